"""The day by which something is due, and how exactly the wording says so."""

from __future__ import annotations

from datetime import date
from functools import total_ordering
from typing import Self, final

import attrs

from rrmodel._pydantic import text_field
from rrmodel.periods._calendar import checked_day, day_text
from rrmodel.periods._periods import DateRange
from rrmodel.periods._text_schemas import DEADLINE_SCHEMA


@final
@total_ordering
@attrs.frozen(init=False, repr=False, order=False)
class Deadline:
    """The day on which something is due, the wording, and whether that wording is vague.

    A definite wording means one day, the last on which the target can be met. A vague one
    ("early 2023") means some day from ``first_day`` to ``last_day``; which one is not guessed.
    Deadlines are equal if their wording is the same too; they are ordered by ``last_day``, then by
    ``first_day`` and wording.

    >>> Deadline("By July 2023").last_day
    datetime.date(2023, 7, 31)
    >>> Deadline("early 2023").interval
    DateRange('2023-01-01/2023-04-30')
    >>> sorted([Deadline("by the end of 2023"), Deadline("by 2022-23")])
    [Deadline('by 2022-23'), Deadline('by the end of 2023')]

    Raises:
        PeriodError: The text does not name a day by which something is due.
    """

    first_day: date
    """The earliest day that the wording can mean."""
    last_day: date
    """The latest day that the wording can mean: for a definite one, the deadline itself."""
    wording: str
    """The words of the plan."""

    def __init__(self, text: str) -> None:
        from rrmodel.periods._deadline_words import (  # noqa: PLC0415 - its patterns cost 5 ms
            read_deadline,
        )

        first_day, last_day = read_deadline(text)
        object.__setattr__(self, "first_day", first_day)
        object.__setattr__(self, "last_day", last_day)
        object.__setattr__(self, "wording", " ".join(text.split()))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> object:
        """Return what pydantic builds a field from: the text that a file has."""
        return text_field(cls, read=parse_deadline, write=str, schema=DEADLINE_SCHEMA)

    @classmethod
    def on(cls, day: date) -> Self:
        """Return the deadline at the end of an exact day.

        >>> Deadline.on(date(2004, 9, 6))
        Deadline('by 6 September 2004')
        """
        return cls(f"by {day_text(checked_day(day))}")

    @property
    def is_vague(self) -> bool:
        """Whether the wording leaves open which day is meant."""
        return self.first_day != self.last_day

    @property
    def interval(self) -> DateRange:
        """The days that the wording can mean; a single one if it is definite."""
        return DateRange(self.first_day, self.last_day)

    def __lt__(self, other: Deadline) -> bool:
        theirs = _key(other)
        if theirs is None:
            return NotImplemented
        return (self.last_day, self.first_day, self.wording) < theirs

    def __str__(self) -> str:
        return self.wording

    def __repr__(self) -> str:
        return f"Deadline({self.wording!r})"


def parse_deadline(text: str) -> Deadline:
    """Read when something is due: an exact day, the end of a period, or vague words.

    A period means its last day, whether the plan says "by", "in", "across", "until" or "by
    the end of" it; "before" a period is the day before its first. Seasons, decades, and the early,
    mid or late part of a month, a season, a year or a decade are vague: a season is three whole
    months, a part is a third of the whole (ten days of a month, four months of a year, 2020 to 2023
    for the early 2020s). Labels with two meanings, such as "FY 2018", "year ending 2021" and
    "academic year 2005/06", are refused with both.

    >>> parse_deadline("by the end of the 2023-24 financial year").last_day
    datetime.date(2024, 3, 31)
    >>> parse_deadline("by March 31, 2024").last_day
    datetime.date(2024, 3, 31)
    >>> parse_deadline("before April 2023").last_day
    datetime.date(2023, 3, 31)
    >>> parse_deadline("by summer 2022").is_vague
    True
    >>> parse_deadline("in the next two years")
    Traceback (most recent call last):
    ...
    rrmodel.errors.PeriodError: 'in the next two years' counts from a day that the text does ...

    Raises:
        PeriodError: The text names no deadline, only a start, or a day that does not exist; or it
            may mean two days, which the message then names.
    """
    return Deadline(text)


def _key(value: object) -> tuple[date, date, str] | None:
    if isinstance(value, Deadline):
        return value.last_day, value.first_day, value.wording
    return None
