"""Results as data: the fields of each kind of result, declared once.

A :class:`Layout` lists the fields of a result. Its mapping for JSON, its row of a table, its JSON
Schema and its tables in the documentation are all made from that one list, so their names agree.

- A quantity is an exact text, as plan files write it (``90%``, ``27/110 percentage points``), and
  beside it ``..._value`` is the nearest binary number. A range is the text ``40% to 50%``, with
  ``..._low_value`` and ``..._high_value``.
- An unknown or undefined value is null, never NaN. A number too large for a binary number is null
  too; its text is exact.
- Days are ``datetime.date`` in records and ISO texts such as ``2024-07-25`` in JSON.
- A row joins the keys that lead to a value by ``_``: the column ``latest_period`` is the key
  ``period`` of the mapping ``latest``. Lists of texts are joined by ``"; "``, and sentences by a
  space. Other lists, and mappings by name, have no column.

>>> from rrmodel import datasets
>>> figure = datasets.observations("england-and-wales")[0]
>>> record = figure.to_records()[0]
>>> record["level"], record["value"], record["published"]
('19.3%', 19.3, datetime.date(2024, 7, 25))
>>> figure.to_dict()["published"]
'2024-07-25'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar, Generic, Literal, TypeAlias, TypeVar, cast

import attrs

from rrmodel._pydantic import PydanticField
from rrmodel.quantities import AnyQuantity, write_quantity

__all__ = [
    "Field",
    "FieldKind",
    "Layout",
    "Record",
    "Result",
    "Table",
    "Tabular",
    "Value",
    "nearest_number",
    "quantity",
    "short_repr",
]

Value: TypeAlias = str | int | float | date | None
"""What a cell of a table has."""

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
    "record",
    "records",
    "texts_by_name",
    "numbers_by_name",
]
"""What a field has: a text; a binary number; a whole number; true or false; a day; a list of texts,
or of sentences; the mapping of another layout, or a list of them; a mapping from names to texts, or
to whole numbers."""

_NO_COLUMN = frozenset({"records", "texts_by_name", "numbers_by_name"})

_SubjectT = TypeVar("_SubjectT")
_OwnerT = TypeVar("_OwnerT")


@attrs.frozen
class Field(Generic[_SubjectT]):
    """One field of a layout."""

    name: str
    """Its name in JSON; in a table, the end of the name of its column."""
    kind: FieldKind
    """What it has."""
    description: str
    """What it means."""
    get: Callable[[_SubjectT], Any] = attrs.field(repr=False)
    """The function that reads it from a result."""
    is_optional: bool = attrs.field(default=False, kw_only=True)
    """Whether it may be null."""
    choose_from: Callable[[], Iterable[str]] = attrs.field(default=tuple, kw_only=True, repr=False)
    """Returns the texts that it may have, if they are a closed list. It is a function, so that
    their module is not loaded before they are asked for."""
    of: Layout[Any] | None = attrs.field(default=None, kw_only=True, repr=False)
    """The layout of its mapping, or of each in its list."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The texts that it may have; empty if they are not a closed list."""
        return tuple(self.choose_from())

    @property
    def inner(self) -> Layout[Any]:
        """The layout of its mappings; without fields where it has none."""
        return _EMPTY if self.of is None else self.of


@attrs.frozen
class Layout(Generic[_SubjectT]):
    """The fields of one kind of result, in order."""

    name: str
    """The name of the kind, such as ``evaluation``."""
    description: str
    """What such a result is."""
    fields: tuple[Field[_SubjectT], ...]
    """Its fields."""

    @property
    def columns(self) -> dict[str, FieldKind]:
        """The columns of a table, and what each has."""
        return dict(self._columns())

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
            )
            for field in self.fields
        )

    def _columns(self) -> Iterator[tuple[str, FieldKind]]:
        for field in self.fields:
            if field.kind == "record":
                for name, kind in field.inner._columns():  # noqa: SLF001 - of the same class
                    yield f"{field.name}_{name}", kind
            elif field.kind not in _NO_COLUMN:
                yield field.name, field.kind

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
            elif field.kind == "texts":
                yield field.name, "; ".join(value) or None
            elif field.kind == "sentences":
                yield field.name, " ".join(value) or None
            else:
                yield field.name, value


def _composed(
    outer: Callable[[_SubjectT], Any], inner: Callable[[_OwnerT], _SubjectT]
) -> Callable[[_OwnerT], Any]:
    return lambda owner: outer(inner(owner))


_EMPTY: Layout[Any] = Layout("nothing", "No fields.", ())


def _in_json(field: Field[Any], value: Any) -> Any:  # noqa: ANN401 - JSON is of many types
    if value is None:
        return None
    match field.kind:
        case "day":
            return value.isoformat()
        case "texts" | "sentences":
            return list(value)
        case "record":
            return field.inner.to_dict(value)
        case "records":
            return [field.inner.to_dict(each) for each in value]
        case "texts_by_name" | "numbers_by_name":
            return dict(value)
        case _:
            return value


@attrs.frozen
class Table(Generic[_SubjectT]):
    """Results of one kind, as rows with the same columns whatever they hold."""

    layout: Layout[_SubjectT]
    """The layout of each row."""
    subjects: tuple[_SubjectT, ...]
    """The results, one for each row."""

    @property
    def columns(self) -> dict[str, FieldKind]:
        """The columns, and what each has."""
        return self.layout.columns

    def to_records(self) -> list[Record]:
        """Return the rows."""
        return [self.layout.to_record(each) for each in self.subjects]


class Tabular:
    """What is written as a mapping for JSON, and as rows of a table."""

    __slots__ = ()

    layout: ClassVar[Layout[Any]]
    """The layout of its mapping."""

    def to_dict(self) -> dict[str, Any]:
        """Return the mapping for JSON, by its layout; see :mod:`rrmodel.records`."""
        return self.layout.to_dict(self)

    def to_table(self) -> Table[Any]:
        """Return its rows as a table, which knows their columns."""
        return Table(self.layout, (self,))

    def to_records(self) -> list[Record]:
        """Return its rows, which all have the same columns; see :mod:`rrmodel.records`."""
        return self.to_table().to_records()


class Result(Tabular, PydanticField):
    """A result, which pydantic models and services write by its layout, and do not read."""

    __slots__ = ()


def nearest_number(value: Fraction | None) -> float | None:
    """Return the nearest binary number; ``None`` for none, and where it would be too large.

    >>> nearest_number(Fraction(1, 3)), nearest_number(Fraction(10**400))
    (0.3333333333333333, None)
    """
    if value is None:
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def quantity(
    name: str,
    description: str,
    get: Callable[[_SubjectT], AnyQuantity | None],
    *,
    is_optional: bool = True,
    value_name: str | None = None,
) -> tuple[Field[_SubjectT], Field[_SubjectT]]:
    """Return the two fields of a quantity: its exact text, and the nearest binary number.

    Args:
        name: The name of the text.
        description: What it means.
        get: Reads it from a result.
        is_optional: Whether it may be null.
        value_name: The name of the number. Default: the name of the text, then ``_value``.
    """

    def text(subject: _SubjectT) -> str | None:
        found = get(subject)
        return None if found is None else write_quantity(found)

    def number(subject: _SubjectT) -> float | None:
        found = get(subject)
        return None if found is None else nearest_number(found.value)

    return (
        Field(name, "text", f"{description}, as exact text.", text, is_optional=is_optional),
        Field(
            value_name or f"{name}_value",
            "number",
            f"{description}, as the nearest binary number.",
            number,
            is_optional=True,
        ),
    )


def short_repr(record: object, name: str | None = None, /, **parts: object) -> str:
    """Return a representation of a record that holds others, which fits a line.

    It names the attributes to look at; ``attrs.asdict``, or ``to_dict()`` where there is one, gives
    everything.

    >>> short_repr(Fraction(1, 2), "half", title="One in two", parts=2)
    "<Fraction 'half': title='One in two', parts=2>"

    Args:
        record: The record.
        name: What it is or whose, first.
        parts: Its numbers and short values by the names of its attributes; a tuple is counted, and
            an empty one is left out.
    """
    shown = [f"{key}={_counted(value)}" for key, value in parts.items() if value != ()]
    named = "" if name is None else f" {name!r}"
    return f"<{type(record).__name__}{named}{': ' if shown else ''}{', '.join(shown)}>"


def _counted(value: object) -> str:
    """Return how many a tuple has, or else the representation of a value."""
    return str(len(cast("tuple[object, ...]", value))) if isinstance(value, tuple) else repr(value)
