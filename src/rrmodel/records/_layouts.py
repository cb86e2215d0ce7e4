"""The fields of a kind of result, and tables of results of one kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import attrs

from rrmodel.records._short_repr import short_repr
from rrmodel.records._shown import ShownColumn, Source, Value, ValueForm

__all__ = ["Field", "FieldKind", "Layout", "Record", "Table", "Value"]

Record: TypeAlias = dict[str, Value]
"""A row of a table, by the names of its columns."""

FieldKind: TypeAlias = Literal[
    "text",
    "number",
    "whole",
    "flag",
    "day",
    "texts",
    "sentences",
    "wholes",
    "record",
    "records",
    "texts_by_name",
    "numbers_by_name",
]
"""The kind of value of a field: a text; a binary number; a whole number; true or false; a day; a
list of texts, of sentences or of whole numbers; the mapping of another layout, or a list of them; a
mapping from names to texts, or to whole numbers."""

_NO_COLUMN = frozenset({"records", "texts_by_name", "numbers_by_name"})

_SubjectT = TypeVar("_SubjectT")
_OwnerT = TypeVar("_OwnerT")


@attrs.frozen
class Field(Generic[_SubjectT]):
    """One field of a layout."""

    name: str
    """Its name in JSON; in a table, the end of the name of its column."""
    kind: FieldKind
    """Its kind of value."""
    description: str
    """Its meaning."""
    get: Callable[[_SubjectT], Any] = attrs.field(repr=False)
    """The function that reads it from a result."""
    is_optional: bool = attrs.field(default=False, kw_only=True)
    """Whether it may be null."""
    choose_from: Callable[[], Iterable[str]] = attrs.field(default=tuple, kw_only=True, repr=False)
    """Returns the texts that it may have, if they are a closed list. It is a function, so that
    their module is not loaded before they are asked for."""
    of: Layout[Any] | None = attrs.field(default=None, kw_only=True, repr=False)
    """The layout of its mapping, or of each in its list."""
    number: str | None = attrs.field(default=None, kw_only=True)
    """The name of the field with the nearest number, if it is the exact text of a quantity."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The texts that it may have; empty if they are not a closed list."""
        return tuple(self.choose_from())

    @property
    def inner(self) -> Layout[Any]:
        """The layout of its mappings; without fields where it has none."""
        return _EMPTY if self.of is None else self.of


@attrs.frozen(repr=False)
class Layout(Generic[_SubjectT]):
    """The fields of one kind of result, in order."""

    name: str
    """The name of the kind, such as ``evaluation``."""
    description: str
    """A description of such a result."""
    fields: tuple[Field[_SubjectT], ...]
    """Its fields."""
    shown: tuple[ShownColumn, ...] = ()
    """The columns that a notebook shows of several results. Default: all."""
    details: tuple[ShownColumn, ...] = ()
    """The columns that a notebook shows of one result. Default: those of several."""

    def __repr__(self) -> str:
        return short_repr(self, self.name, fields=self.fields)

    @property
    def columns(self) -> dict[str, FieldKind]:
        """The columns of a table, and what each has."""
        return {name: field.kind for name, field in self._columns()}

    @property
    def _sources(self) -> dict[str, Source]:
        """The kind of values of each column, to put them into words."""
        return {name: Source(_heading(field.name), _form(field)) for name, field in self._columns()}

    def shown_columns(self) -> tuple[ShownColumn, ...]:
        """Return the columns that a notebook shows of several results."""
        if self.shown:
            return self.shown
        columns = dict(self._columns())
        beside = {
            name.removesuffix(field.name) + field.number
            for name, field in columns.items()
            if field.number is not None
        }
        return tuple(ShownColumn(_heading(name), name) for name in columns if name not in beside)

    def detail_columns(self) -> tuple[ShownColumn, ...]:
        """Return the columns that a notebook shows of one result."""
        return self.details or self.shown_columns()

    def to_dict(self, subject: _SubjectT) -> dict[str, Any]:
        """Return the mapping of a result, which ``json.dumps`` takes as it is."""
        return {field.name: _in_json(field, field.get(subject)) for field in self.fields}

    def to_record(self, subject: _SubjectT) -> Record:
        """Return the row of a result, with a value or null in each of :attr:`columns`."""
        return dict(self._cells(subject))

    def through(self, get: Callable[[_OwnerT], _SubjectT]) -> tuple[Field[_OwnerT], ...]:
        """Return these fields for a result that has such a result in it, which ``get`` reads."""
        return tuple(
            Field(
                field.name,
                field.kind,
                field.description,
                _composed(field.get, get),
                is_optional=field.is_optional,
                choose_from=field.choose_from,
                of=field.of,
                number=field.number,
            )
            for field in self.fields
        )

    def _columns(self) -> Iterator[tuple[str, Field[Any]]]:
        for field in self.fields:
            if field.kind == "record":
                for name, inner in field.inner._columns():  # noqa: SLF001 - of the same class
                    yield f"{field.name}_{name}", inner
            elif field.kind not in _NO_COLUMN:
                yield field.name, field

    def _cells(self, subject: _SubjectT) -> Iterator[tuple[str, Value]]:
        for field in self.fields:
            if field.kind in _NO_COLUMN:
                continue
            value = field.get(subject)
            if field.kind == "record":
                inner = field.inner
                cells = (
                    ((name, None) for name in inner.columns)
                    if value is None
                    else inner._cells(value)  # noqa: SLF001 - of the same class
                )
                for name, cell in cells:
                    yield f"{field.name}_{name}", cell
            elif field.kind in {"texts", "wholes"}:
                yield field.name, "; ".join(map(str, value)) or None
            elif field.kind == "sentences":
                yield field.name, " ".join(value) or None
            else:
                yield field.name, value


def _composed(
    outer: Callable[[_SubjectT], Any], inner: Callable[[_OwnerT], _SubjectT]
) -> Callable[[_OwnerT], Any]:
    return lambda owner: outer(inner(owner))


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _form(field: Field[Any]) -> ValueForm:
    if field.number is not None:
        return "quantity"
    if field.choices:
        return "choice"
    match field.kind:
        case "number" | "whole" | "flag" | "day":
            return field.kind
        case _:
            return "text"


_EMPTY: Layout[Any] = Layout("nothing", "No fields.", ())


def _in_json(field: Field[Any], value: Any) -> Any:  # noqa: ANN401 - JSON is of many types
    if value is None:
        return None
    match field.kind:
        case "day":
            return value.isoformat()
        case "texts" | "sentences" | "wholes":
            return list(value)
        case "record":
            return field.inner.to_dict(value)
        case "records":
            return [field.inner.to_dict(each) for each in value]
        case "texts_by_name" | "numbers_by_name":
            return dict(value)
        case _:
            return value


@attrs.frozen(repr=False)
class Table(Generic[_SubjectT]):
    """Results of one kind, as rows with the same columns whatever they hold."""

    layout: Layout[_SubjectT]
    """The layout of each row."""
    subjects: tuple[_SubjectT, ...]
    """The results, one for each row."""
    caption: str = attrs.field(default="", kw_only=True)
    """The caption of the table, above it in a notebook."""

    def __repr__(self) -> str:
        return short_repr(self, self.layout.name, rows=self.subjects)

    @property
    def columns(self) -> dict[str, FieldKind]:
        """The columns, and what each has."""
        return self.layout.columns

    def to_records(self) -> list[Record]:
        """Return the rows."""
        return [self.layout.to_record(each) for each in self.subjects]

    def _repr_html_(self) -> str:
        """Return the table that a notebook shows."""
        from rrmodel.records._html import table_html  # noqa: PLC0415 - only a notebook needs it

        columns, sources = self.layout.shown_columns(), self.layout._sources  # noqa: SLF001 - as above
        return table_html(self.caption, columns, sources, self.to_records())
