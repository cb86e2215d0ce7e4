"""Walks through records, and checks of their references."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from functools import cache
from typing import Any, Protocol, TypeGuard, TypeVar, cast

import attrs

from rrmodel.errors import Problem, UnknownNameError, did_you_mean
from rrmodel.model._sources import Citation, Document

__all__ = ["Identified", "cited_documents", "duplicates", "find", "unknown", "walk"]


class Identified(Protocol):
    """A record with an id."""

    @property
    def id(self) -> str: ...


_Record = TypeVar("_Record", bound=Identified)


def walk(record: attrs.AttrsInstance, path: str = "$") -> Iterator[tuple[str, attrs.AttrsInstance]]:
    """Yield a record and every record in it, in document order, each with its path.

    >>> from rrmodel.model import Citation, Statement
    >>> vision = Statement(statement="Work together.", citation=Citation("a-plan", "Vision"))
    >>> [path for path, _ in walk(vision)]
    ['$', '$.citation']
    """
    yield path, record
    for name in _field_names(type(record)) or ():
        value: object = getattr(record, name)
        if value is None or isinstance(value, str):  # most fields: quicker than a look-up
            continue
        if isinstance(value, tuple):
            for place, item in enumerate(cast("tuple[object, ...]", value)):
                if not isinstance(item, str) and _is_record(item):
                    yield from walk(item, f"{path}.{name}[{place}]")
        elif _is_record(value):
            yield from walk(value, f"{path}.{name}")


def _is_record(value: object) -> TypeGuard[attrs.AttrsInstance]:
    return _field_names(cast("Hashable", type(value))) is not None


@cache
def _field_names(kind: Any) -> tuple[str, ...] | None:  # noqa: ANN401 - a class
    """Return the names of the fields of a kind of record; ``None`` if it is not a record."""
    return tuple(field.name for field in attrs.fields(kind)) if attrs.has(kind) else None


def duplicates(path: str, ids: Iterable[str | None], name: str = "id") -> Iterator[Problem]:
    """Yield a problem for every id that an earlier record of the same kind has."""
    earlier: set[str | None] = set()
    for place, identifier in enumerate(ids):
        if identifier is not None and identifier in earlier:
            yield Problem(
                f"{identifier!r} is also the {name} of an earlier record: give each another {name}",
                f"{path}[{place}].{name}",
            )
        earlier.add(identifier)


def unknown(path: str, kind: str, identifier: str, known: Collection[str]) -> Iterator[Problem]:
    """Yield a problem if there is no record with an id."""
    if identifier not in known:
        yield Problem(f"there is no {kind} {identifier!r}: {did_you_mean(identifier, known)}", path)


def find(kind: str, name: str, records: Iterable[_Record]) -> _Record:
    """Return the record of that id; an :class:`UnknownNameError` if there is none."""
    known: list[str] = []
    for record in records:
        if record.id == name:
            return record
        known.append(record.id)
    raise UnknownNameError(f"there is no {kind} {name!r}: {did_you_mean(name, known)}")


def cited_documents(
    parts: Iterable[tuple[str, attrs.AttrsInstance]], documents: Iterable[Document]
) -> Iterator[Problem]:
    """Yield a problem for every citation, among the parts of a walk, of an unlisted document."""
    known = [document.id for document in documents]
    for path, part in parts:
        # A target has a measure of the plan, which is walked under the measures of the plan.
        if isinstance(part, Citation) and ".measure." not in path:
            yield from unknown(f"{path}.document", "document", part.document, known)
