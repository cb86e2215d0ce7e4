"""One day, from whatever a caller, a file or a table has."""

from __future__ import annotations

import re
from datetime import date, datetime

from rrmodel.errors import PeriodError

__all__ = ["parse_day"]

_ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_LONGEST_SHOWN = 80


def parse_day(value: object) -> date:
    """Return the calendar day that a value names.

    A date and time keeps its own calendar day: no time zone is converted.

    >>> parse_day("2024-08-01")
    datetime.date(2024, 8, 1)
    >>> parse_day(datetime(2024, 8, 1, 23, 59))
    datetime.date(2024, 8, 1)
    >>> parse_day("01/08/2024")
    Traceback (most recent call last):
    ...
    rrmodel.errors.PeriodError: '01/08/2024' is not a valid date: use 2024-08-01

    Args:
        value: A ``date``, a ``datetime`` or a subclass of them such as ``pandas.Timestamp``, or
            ISO 8601 text such as ``"2024-08-01"``.

    Returns:
        A plain ``date``.

    Raises:
        PeriodError: The value is anything else, a missing date such as ``pandas.NaT`` or a day
            that does not exist included.
    """
    try:
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            return date(value.year, value.month, value.day)
        if isinstance(value, str) and _ISO_DAY.fullmatch(value.strip()):
            return date.fromisoformat(value.strip())
    except (TypeError, ValueError):
        pass  # a day that does not exist, or pandas.NaT, which is a datetime without a year
    raise PeriodError(f"{_shown(value)} is not a valid date: use 2024-08-01")


def _shown(value: object) -> str:
    if not isinstance(value, str | date):
        return f"a value of type {type(value).__name__}"
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
