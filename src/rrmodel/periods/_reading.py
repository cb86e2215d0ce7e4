"""Reading the days of a period from a text, and saying which shapes can be read."""

from __future__ import annotations

import re
from datetime import datetime, time

import attrs

from rrmodel.errors import PeriodError
from rrmodel.periods._calendar import Timed, checked_day, kind_of_days
from rrmodel.periods._labels import Reading, find_label
from rrmodel.periods._spans import find_span
from rrmodel.periods._words import find_day, tidy

_LAST_SECOND = time(23, 59, 59)
_INTRODUCTION = re.compile(
    "(?:(?:in|during|throughout|over|for|across|within) )?(?:the )?(?:period )?"
)


def read_days(text: str | Timed, *, prefer_month: bool = False) -> Reading:
    """Read the days that a text names, or say which shapes can be read."""
    start, end = getattr(text, "start_time", None), getattr(text, "end_time", None)
    if isinstance(start, datetime) and isinstance(end, datetime):
        if start.time() != time.min or end.time() < _LAST_SECOND:
            raise PeriodError(f"{text!r} is part of a day: write a period of whole days")
        first_day, last_day = checked_day(start.date()), checked_day(end.date())
        return Reading(kind_of_days(first_day, last_day), first_day, last_day)
    words = tidy(text)
    reading = find_days(words, prefer_month=prefer_month)
    if reading is not None:
        return reading
    if day := find_day(words):
        raise PeriodError(
            f"{text!r} is one day, not a period: read it with parse_deadline, "
            f"or write DateRange('{day}/{day}')"
        )
    raise PeriodError(
        f"{text!r} is not a period: write a month ('March 2022', '2022-03'), a quarter "
        "('Q3 2023/24', 'January to March 2023'), a financial year ('2023-24', 'year to "
        "March 2024'), a calendar year ('2023') or a range ('1 July 2021 to 17 June 2022')"
    )


def find_days(words: str, *, prefer_month: bool = False) -> Reading | None:
    """Return the days that tidied words name, or ``None`` if they have no shape of a period.

    Raises:
        PeriodError: The shape is known, but there are no such days, or they may be two.
    """
    words = _INTRODUCTION.sub("", words, count=1)
    if words.endswith(" cohort"):
        reading = find_days(words.removesuffix(" cohort"))
        return reading and attrs.evolve(reading, kind="cohort", has_two_ends=True)
    return find_label(words, prefer_month=prefer_month) or find_span(words)
