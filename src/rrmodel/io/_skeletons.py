"""Cross-references of data whose values are partly wrong, so that one reading names both.

A record is only made of values that are right, and a plan checks its references when it is made.
Where a value is wrong, the same check is made of a skeleton: records with the ids and references of
the data, and without whatever else is not a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import NoneType
from typing import Any, cast, get_args, get_origin, get_type_hints

import attrs

from rrmodel.errors import PlanError, Problem
from rrmodel.io._converter import TAGS, members_of
from rrmodel.model import Measure

__all__ = ["reference_problems"]

_NAMES = frozenset({"id", "number", "term"})
"""Keys by which other records are referred to."""


def reference_problems(
    fields: Mapping[str, Any], kind: type[Any], problems: Iterable[Problem]
) -> list[Problem]:
    """Return the wrong references in data that has other problems, which are known.

    Without a name, or a collection of named records, no reference can be checked: then there are
    none to report.
    """
    known = [problem.path for problem in problems]
    hints = get_type_hints(kind)
    for path in known:
        key = path.rpartition(".")[2]
        value = fields.get(key)
        is_collection = get_origin(hints.get(key)) is tuple or isinstance(value, list | dict)
        if key in _NAMES or (path == f"$.{key}" and is_collection):
            return []
    try:
        _Skeletons(fields.get("measures")).of(kind, fields).__attrs_post_init__()
    except PlanError as error:
        return [problem for problem in error.problems if not _is_known(problem.path, known)]
    return []


def _is_known(path: str, known: Iterable[str]) -> bool:
    """Return whether something is already said of a part, or of one within or around it."""
    return any(f"{path}.".startswith(f"{each}.") or each.startswith(path) for each in known)


class _Skeletons:
    """Makes records without looking at their values; targets share the measures of their plan."""

    def __init__(self, measures: object) -> None:
        self._measures: dict[str, Any] = {}
        for raw in _items(measures):
            if isinstance(raw, Mapping):
                fields = cast("Mapping[str, Any]", raw)
                self._measures.setdefault(str(fields.get("id")), self.of(Measure, fields))

    def of(self, kind: type[Any], fields: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any record
        """Return the skeleton of a record."""
        record = object.__new__(kind)
        hints = get_type_hints(kind)
        for field in attrs.fields(kind):
            value = self._value(hints[field.name], fields.get(field.name))
            object.__setattr__(record, field.name, value)
        return record

    def _value(self, kind: Any, value: Any) -> Any:  # noqa: ANN401 - any type and what is in a file
        if get_origin(kind) is tuple:
            return tuple(self._value(get_args(kind)[0], item) for item in _items(value))
        members = members_of(kind)
        records = [member for member in members if attrs.has(member) and "model" in str(member)]
        if value is None and NoneType in members:
            return None
        if records == [Measure]:
            return self._measure(value)
        if records:
            fields = _mapping(value)
            named = [each for each in records if TAGS.get(each) == fields.get("kind")]
            return self.of((named or records[-1:])[0], fields)
        if str in members:
            return value if isinstance(value, str) else ""
        return None

    def _measure(self, value: Any) -> Any:  # noqa: ANN401 - as above
        name = str(_mapping(value).get("id", value))
        return self._measures.get(name) or self.of(Measure, {"id": name})


def _mapping(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def _items(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []
