"""What the fields of records accept: texts, days, periods and levels, each checked when made."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import cast, get_args

import attrs

from rrmodel.errors import RecordError
from rrmodel.periods import Period, parse_day, parse_period, period_of_days
from rrmodel.quantities import Level

__all__ = [
    "optional_text",
    "read_day",
    "read_optional_day",
    "read_period",
    "require_level",
    "require_text",
]

_PERIODS: frozenset[type] = frozenset(get_args(Period))
_LEVELS: frozenset[type] = frozenset(get_args(Level))
_LAST_SECOND = time(23, 59, 59)


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


def read_day(value: date | str) -> date:
    """Return the calendar day that a value names, see :func:`~rrmodel.periods.parse_day`."""
    return value if type(value) is date else parse_day(value)


def read_optional_day(value: date | str | None) -> date | None:
    """Return the calendar day that a value names, or ``None`` for ``None``."""
    return None if value is None else read_day(value)


def read_period(value: Period | str) -> Period:
    """Return the period that a value names: one of ours, its text, or a pandas ``Period``.

    Raises:
        PeriodError: The text names no period, or more than one.
        RecordError: The value is anything else, or part of a day.
    """
    found: object = value
    if type(found) in _PERIODS:
        return cast("Period", found)
    if isinstance(found, str):
        return parse_period(found)
    if (days := _days_of(found)) is not None:
        return days
    raise RecordError(
        f"period cannot be {_shown(value)}: write a period of whole days such as "
        "FinancialYear('2022-23') or Month('March 2022')"
    )


def _days_of(value: object) -> Period | None:
    """Return the period of a value with the first and the last moment of whole days."""
    start, end = (getattr(value, name, None) for name in ("start_time", "end_time"))
    if not (isinstance(start, datetime) and isinstance(end, datetime)):
        return None
    if start.time() != time.min or end.time() < _LAST_SECOND:
        return None
    return period_of_days(parse_day(start), parse_day(end))


def _shown(value: object) -> str:
    return f"{value!r}, of type {type(value).__name__!r}"
