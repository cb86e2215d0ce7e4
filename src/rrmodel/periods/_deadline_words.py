"""The words in which plans say when something is due."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TypeAlias

from dateutil.easter import easter

from rrmodel.errors import PeriodError
from rrmodel.periods._calendar import checked_day, month_index, months_from
from rrmodel.periods._reading import find_days
from rrmodel.periods._words import DAY, MONTH, find_day, tidy

__all__ = ["read_deadline"]

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
_FEAST = re.compile("(?P<feast>christmas|easter) (?P<year>(?:19|20|21)[0-9]{2})")
_SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_PART = re.compile("(?P<part>early|mid|middle|late)[ -](?:in |of )?(?:the )?(?P<whole>.+)")
_DECADE = re.compile("(?P<year>[0-9]{3}0)s")
_START_ONLY = re.compile("(?:from|since|after|starting|beginning) .+|.+ onwards?")
_DAY_OF_A_MONTH = re.compile(f"{DAY} (?:{MONTH})\\b|\\b(?:{MONTH}) {DAY}|\\b(?:{MONTH})$")
_RELATIVE = re.compile(
    "(?:this|next|coming|current|decade|parliament|years?|months?|weeks?|days?|ongoing)"
)


def read_deadline(text: str) -> tuple[date, date]:
    """Return the first and the last day that the words of a deadline can mean."""
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
    if match := _FEAST.fullmatch(words):
        year = int(match["year"])
        feast = easter(year) if match["feast"] == "easter" else date(year, 12, 25)
        return feast, feast
    if day := find_day(words):
        return day, day
    if reading := find_days(words):
        return reading.first_day, reading.last_day
    return None


def _vague_days(words: str) -> _Span | None:
    """Return the days that a season, a decade or a part of something can mean."""
    if match := _SEASON.fullmatch(words):
        return months_from(_first_month(match), 3)
    if match := _DECADE.fullmatch(words):
        return months_from(12 * int(match["year"]), 120)
    if match := _PART.fullmatch(words):
        return _part_of(match["part"], match["whole"])
    return None


def _first_month(match: re.Match[str]) -> int:
    """Return the index of the first month of a season."""
    year, season, following = int(match["year"]), match["season"], match["next"]
    if following and (season != "winter" or int(following) != (year + 1) % 100):
        raise PeriodError(
            f"{match[0]!r} names two years: only a winter lies in two, which follow each other, "
            f"so write 'winter {year}-{(year + 1) % 100:02d}' or '{season} {year}'"
        )
    return 12 * year + _SEASON_STARTS[season] - 1


def _part_of(part: str, whole: str) -> _Span:
    number = {"early": 0, "mid": 1, "middle": 1, "late": 2}[part]
    if decade := _DECADE.fullmatch(whole):
        start, years = ((0, 4), (4, 3), (7, 3))[number]
        return months_from(12 * (int(decade["year"]) + start), 12 * years)
    if season := _SEASON.fullmatch(whole):
        return months_from(_first_month(season) + number, 1)
    reading = find_days(whole)
    if reading and reading.kind == "month":
        first_day = reading.first_day.replace(day=(1, 11, 21)[number])
        return first_day, (reading.last_day if part == "late" else first_day + timedelta(days=9))
    if reading and reading.kind in {"calendar_year", "financial_year", "rolling_year"}:
        return months_from(month_index(reading.first_day) + 4 * number, 4)
    raise PeriodError(
        f"'{part} {whole}' is not vague in a way that plans use: early, mid and late go with a "
        "month, a season, a year or a decade, such as 'early 2023' or 'the mid-2020s'"
    )


def _refusal(text: str, words: str) -> PeriodError:
    """Return the error for a text without a deadline, with the advice that fits it best."""
    if _START_ONLY.fullmatch(words):
        return PeriodError(
            f"{text!r} is the start of something, not its deadline: "
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
