"""The day by which something is due, and how exactly the wording says so."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import total_ordering
from typing import Self, TypeAlias, final

import attrs

from rrmodel._pydantic import PydanticField
from rrmodel.errors import PeriodError
from rrmodel.periods._calendar import checked_day, day_text, month_index, months_from
from rrmodel.periods._periods import DateRange
from rrmodel.periods._reading import find_days
from rrmodel.periods._words import DAY, MONTH, find_day, tidy

_Span: TypeAlias = tuple[date, date]

_LEAD = re.compile(
    r"(?:(?:(?P<before>before|prior to|ahead of)"
    r"|by|on or before|no later than|not later than|in|during|throughout|within|on|at|over|across"
    r"|for|until|till|up to|through) )?"
    r"(?:(?:the )?(?:very )?(?P<edge>end|close|start|beginning)(?: of |[ -]))?"
    r"(?:(?:the )?(?P<year_end>year[ -]end)(?: of)? (?!\w+ ))?"
    r"(?:the )?(?P<rest>.+)"
)
_SEASON = re.compile(
    "(?P<season>spring|summer|autumn|winter)(?: of)? (?P<year>[0-9]{4})(?:[-/](?P<next>[0-9]{2}))?"
)
_SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_PART = re.compile("(?P<part>early|mid|middle|late)[ -](?:in |of )?(?:the )?(?P<whole>.+)")
_DECADE = re.compile("(?P<year>[0-9]{3}0)s")
_START_ONLY = re.compile("(?:from|since|after|starting|beginning) .+|.+ onwards?")
_DAY_OF_A_MONTH = re.compile(f"{DAY} (?:{MONTH})\\b|\\b(?:{MONTH}) {DAY}|\\b(?:{MONTH})$")
_RELATIVE = re.compile(
    "(?:this|next|coming|current|decade|parliament|years?|months?|weeks?|days?|ongoing)"
)


@final
@total_ordering
@attrs.frozen(init=False, repr=False, order=False)
class Deadline(PydanticField):
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
        first_day, last_day = _read(text)
        object.__setattr__(self, "first_day", first_day)
        object.__setattr__(self, "last_day", last_day)
        object.__setattr__(self, "wording", " ".join(text.split()))

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

    A period stands for its last day, whether the plan says "by", "in", "across", "until" or "by
    the end of" it; "before" a period is the day before its first. Seasons, decades, and the early,
    mid or late part of a month, a year or a decade are vague: a season is three whole months, a
    part is a third of the whole (ten days of a month, four months of a year, 2020 to 2023 for the
    early 2020s).

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


def _read(text: str) -> _Span:
    words = tidy(text).removesuffix(" at the latest")
    lead = _LEAD.fullmatch(words)
    if lead is None:
        raise _refusal(text, words)
    rest, is_before = lead["rest"], lead["before"] is not None
    at_start = lead["edge"] in {"start", "beginning"}
    at_end = lead["edge"] in {"end", "close"} or lead["year_end"] is not None
    if vague := _vague_days(rest):
        if at_start or (is_before and not at_end):
            raise PeriodError(
                f"{text!r} asks for the start of {rest!r}, which has no certain first day: "
                "write the month or the day that is meant"
            )
        # a decade ends on a certain day, though "the 2020s" does not name it
        return (vague[1], vague[1]) if at_end and _DECADE.fullmatch(rest) else vague
    days = _definite_days(rest)
    if days is None:
        raise _refusal(text, words)
    first_day, last_day = days
    if is_before and not at_end:
        last_day = first_day - timedelta(days=1)
    elif at_start:
        last_day = first_day
    checked_day(last_day)
    return last_day, last_day


def _definite_days(words: str) -> _Span | None:
    if day := find_day(words):
        return day, day
    if reading := find_days(words):
        return reading.first_day, reading.last_day
    return None


def _vague_days(words: str) -> _Span | None:
    """Return the days that a season, a decade or a part of something can mean."""
    if match := _SEASON.fullmatch(words):
        year, season, following = int(match["year"]), match["season"], match["next"]
        if following and (season != "winter" or int(following) != (year + 1) % 100):
            raise PeriodError(
                f"{words!r} names two years: only a winter lies in two, which follow each other, "
                f"so write 'winter {year}-{(year + 1) % 100:02d}' or '{season} {year}'"
            )
        return months_from(12 * year + _SEASON_STARTS[season] - 1, 3)
    if match := _DECADE.fullmatch(words):
        return months_from(12 * int(match["year"]), 120)
    if match := _PART.fullmatch(words):
        return _part_of(match["part"], match["whole"])
    return None


def _part_of(part: str, whole: str) -> _Span:
    number = {"early": 0, "mid": 1, "middle": 1, "late": 2}[part]
    if decade := _DECADE.fullmatch(whole):
        start, years = ((0, 4), (4, 3), (7, 3))[number]
        return months_from(12 * (int(decade["year"]) + start), 12 * years)
    reading = find_days(whole)
    if reading and reading.kind == "month":
        first_day = reading.first_day.replace(day=(1, 11, 21)[number])
        return first_day, (reading.last_day if part == "late" else first_day + timedelta(days=9))
    if reading and reading.kind in {"calendar_year", "financial_year", "rolling_year"}:
        return months_from(month_index(reading.first_day) + 4 * number, 4)
    raise PeriodError(
        f"'{part} {whole}' is not vague in a way that plans use: early, mid and late go with a "
        "month, a year or a decade, such as 'early 2023' or 'the mid-2020s'"
    )


def _refusal(text: str, words: str) -> PeriodError:
    """Return the error for a text without a deadline, with the advice that fits it best."""
    if _START_ONLY.fullmatch(words):
        return PeriodError(
            f"{text!r} says when something starts, not by when it is done: "
            "write the day it must be done by, such as 'by 31 March 2025'"
        )
    if _RELATIVE.search(words) and not re.search("[0-9]{4}", words):
        return PeriodError(
            f"{text!r} counts from a day that the text does not give: "
            "state the day it ends on, such as 'by 31 March 2025'"
        )
    if _DAY_OF_A_MONTH.search(words) and not re.search("[0-9]{4}", words):
        return PeriodError(
            f"{text!r} does not say the year: write it too, such as 'by 31 March 2025'"
        )
    return PeriodError(
        f"{text!r} is not a deadline: write a day ('6 September 2004', '2004-09-06'), a period "
        "('By July 2023', 'by 2023-24', 'by Q3 2023/24', 'by the end of 2023') or vague words "
        "('early 2023', 'summer 2022', 'the mid-2020s')"
    )
