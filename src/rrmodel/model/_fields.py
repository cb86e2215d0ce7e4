"""Validators and converters of fields: texts, days, periods, deadlines, levels and records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar, cast, get_args

import attrs

from rrmodel.errors import RecordError
from rrmodel.periods import (
    Deadline,
    Period,
    Timed,
    parse_day,
    parse_deadline,
    parse_period,
)
from rrmodel.quantities import Level

__all__ = [
    "optional_text",
    "read_day",
    "read_deadline",
    "read_optional_day",
    "read_optional_deadline",
    "read_optional_period",
    "read_period",
    "require_a",
    "require_level",
    "require_text",
]

_Kind = TypeVar("_Kind")

_PERIODS: frozenset[type] = frozenset(get_args(Period))
_LEVELS: frozenset[type] = frozenset(get_args(Level))


def require_text(_instance: object, attribute: attrs.Attribute[str], value: object) -> None:
    """Check that a field is a text, not empty and without spaces around it."""
    if not isinstance(value, str) or not value or value != value.strip():
        raise RecordError(
            f"{attribute.name} cannot be {value!r}: write a text without spaces around it"
        )


optional_text = attrs.validators.optional(require_text)
"""The same of a field that may be ``None``."""


def require_level(_instance: object, attribute: attrs.Attribute[Level], value: object) -> None:
    """Check that a field is a level."""
    if type(value) not in _LEVELS:
        raise RecordError(
            f"{attribute.name} cannot be {_shown(value)}: write a level such as Percentage('82%'), "
            "PercentagePoints(4) or Amount(200, 'place')"
        )


def require_a(
    kind: type[_Kind], advice: str
) -> Callable[[object, attrs.Attribute[_Kind], _Kind], None]:
    """Return a validator that checks that a field is a record of a kind."""

    def check(_instance: object, attribute: attrs.Attribute[_Kind], value: object) -> None:
        if not isinstance(value, kind):
            raise RecordError(f"{attribute.name} cannot be {_shown(value)}: {advice}")

    return check


def read_day(value: date | str) -> date:
    """Return the calendar day that a value names, see :func:`~rrmodel.periods.parse_day`."""
    return value if type(value) is date else parse_day(value)


def read_optional_day(value: date | str | None) -> date | None:
    """Return the calendar day that a value names, or ``None`` for ``None``."""
    return None if value is None else read_day(value)


def read_period(value: Period | str) -> Period:
    """Return the period that a value names: one of ours, its text, or a pandas ``Period``.

    Raises:
        PeriodError: The text names no period, or more than one, or the value is part of a day.
        RecordError: The value is anything else.
    """
    candidate: object = value
    if type(candidate) in _PERIODS:
        return cast("Period", candidate)
    if isinstance(candidate, str) or hasattr(candidate, "start_time"):
        return parse_period(cast("str | Timed", candidate))
    raise RecordError(
        f"period cannot be {_shown(value)}: write a period of whole days such as "
        "FinancialYear('2022-23') or Month('March 2022')"
    )


def read_optional_period(value: Period | str | None) -> Period | None:
    """Return the period that a value names, or ``None`` for ``None``."""
    return None if value is None else read_period(value)


def read_deadline(value: Deadline | str) -> Deadline:
    """Return the deadline that a value is, or that its wording names.

    Raises:
        PeriodError: The wording names no deadline.
        RecordError: The value is anything else.
    """
    match cast("object", value):
        case Deadline() as deadline:
            return deadline
        case str() as wording:
            return parse_deadline(wording)
        case other:
            raise RecordError(
                f"deadline cannot be {_shown(other)}: write a deadline such as "
                "Deadline('by July 2023')"
            )


def read_optional_deadline(value: Deadline | str | None) -> Deadline | None:
    """Return the deadline that a value names, or ``None`` for ``None``."""
    return None if value is None else read_deadline(value)


def _shown(value: object) -> str:
    return f"{value!r}, of type {type(value).__name__!r}"
