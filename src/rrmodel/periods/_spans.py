"""Spans from one day, month, quarter or year to another."""

from __future__ import annotations

import re
from datetime import date

from rrmodel.errors import PeriodError
from rrmodel.periods._calendar import (
    MONTH_NAMES,
    day_text,
    kind_of_days,
    month_text,
    not_backwards,
    range_kind,
)
from rrmodel.periods._labels import Reading, find_label
from rrmodel.periods._words import (
    DAY,
    MONTH,
    SHORT_YEAR,
    YEAR,
    day_or_month,
    days_of,
    month_number,
    numeric_days,
    two_meanings,
)

_FROM = "(?:from |between )?(?:the )?"
_TO = "(?: ?[-/] ?| to | until | till | through | up to | and )"
_START = rf"(?P<day1>{DAY})?(?:[ -]?(?P<month1>{MONTH}))?(?:[ -]?(?P<year1>{YEAR}|{SHORT_YEAR}))?"
_SPAN = re.compile(f"{_FROM}{_START}{_TO}{day_or_month(2, short_years=True)}")
_MONTH_FIRST_SPAN = re.compile(
    rf"{_FROM}(?P<month1>{MONTH}) (?P<day1>{DAY})(?: (?P<year1>{YEAR}))?{_TO}"
    rf"(?:(?P<month2>{MONTH}) )?(?P<day2>{DAY}) (?P<year2>{YEAR})"
)
_ISO_SPAN = re.compile(
    rf"{_FROM}(?P<first>(?P<year1>{YEAR})-(?P<month1>[0-9]{{2}})(?:-(?P<day1>[0-9]{{2}}))?)"
    rf"(?P<to> ?/ ?| - | to | until | till | through | up to | and )"
    rf"(?P<last>(?P<year2>{YEAR})-(?P<month2>[0-9]{{2}})(?:-(?P<day2>[0-9]{{2}}))?)"
)
_BARE_PARTS = re.compile("(?P<first>[qhs][0-9]) ?- ?(?P<last>[qhs].+)")
_TWO_PARTS = re.compile(
    f"{_FROM}(?P<first>.+?)(?: - | to | until | till | through | up to | and )(?:the )?(?P<last>.+)"
)
_PART = re.compile("[qhs][0-9]")
_SPANNED = {"financial_year", "financial_quarter", "calendar_quarter", "custom"}
"""Kinds of which a span may be made; two calendar years may also be plan years."""


def find_span(words: str) -> Reading | None:
    """Return the days from one end to another, or ``None`` if the words have no two ends."""
    for pattern, reader in (
        (_SPAN, _read_span),
        (_MONTH_FIRST_SPAN, _read_month_first_span),
        (_ISO_SPAN, _read_iso_span),
        (_BARE_PARTS, _read_two_parts),
        (_TWO_PARTS, _read_two_parts),
    ):
        if match := pattern.fullmatch(words):
            return reader(match)
    return None


def _read_span(match: re.Match[str]) -> Reading:
    day, month, year = match.group("day1", "month1", "year1")
    if month is None and (day is None or year or match["day2"] is None):
        raise PeriodError(
            f"{match[0]!r} does not say in which month it starts: "
            "write both ends, such as '1 July 2021 to 17 June 2022'"
        )
    if year and (len(year) == len("2024")) != (len(match["year2"]) == len("2024")):
        raise PeriodError(
            f"{match[0]!r} has a year of two digits and one of four: write both in full"
        )
    return _between(match, day, month or match["month2"], year, match["month2"])


def _read_month_first_span(match: re.Match[str]) -> Reading:
    month = match["month1"]
    return _between(match, match["day1"], month, match["year1"], match["month2"] or month)


def _between(
    match: re.Match[str], day: str | None, month: str, year: str | None, end_month: str
) -> Reading:
    """Return the days between two ends. The year of the end is printed, that of the start may be.

    In "Dec to Feb 1972" the year is that of the end, so that the span starts in 1971.
    """
    first_day, _ = days_of(day, month, year or match["year2"])
    _, last_day = days_of(match["day2"], end_month, match["year2"])
    if year is None and month_number(month) > month_number(end_month):
        first_day, _ = days_of(day, month, str(last_day.year - 1))
    elif year is None and match["month1"] and day is None and match["day2"] is None:
        _refuse_one_month(match, first_day, last_day)
    not_backwards(first_day, last_day)
    return Reading(kind_of_days(first_day, last_day), first_day, last_day, has_two_ends=True)


def _refuse_one_month(match: re.Match[str], first_day: date, last_day: date) -> None:
    """Refuse "March to March 2024", which may be a month or thirteen."""
    if first_day.month == last_day.month:
        name, year = MONTH_NAMES[last_day.month - 1], last_day.year
        raise two_meanings(match[0], f"{name} {year}", f"{name} {year - 1} to {name} {year}")


def _read_iso_span(match: re.Match[str]) -> Reading:
    """Read an ISO 8601 interval, which names days and never a financial year or a quarter."""
    if financial := _financial_span(match):
        return financial
    first_day, _ = days_of(*match.group("day1", "month1", "year1"))
    _, last_day = days_of(*match.group("day2", "month2", "year2"))
    not_backwards(first_day, last_day)
    return Reading(range_kind(first_day, last_day), first_day, last_day, has_two_ends=True)


def _financial_span(match: re.Match[str]) -> Reading | None:
    """Read "2022-23 to 2024-25", unless its ends may be months as well."""
    if match["day1"] or match["day2"] or "/" in match["to"]:
        return None
    start, end = find_label(match["first"]), find_label(match["last"])
    if not (start and end and start.kind == end.kind == "financial_year"):
        return None
    if max(int(match["month1"]), int(match["month2"])) <= len(MONTH_NAMES):
        years = f"{month_text(start.first_day)} to {month_text(end.last_day)}"
        first_day, _ = days_of(None, match["month1"], match["year1"])
        last_day, _ = days_of(None, match["month2"], match["year2"])
        raise two_meanings(match[0], years, f"{month_text(first_day)} to {month_text(last_day)}")
    return _spanned(start, end)


def _spanned(start: Reading, end: Reading) -> Reading:
    first_day, last_day = start.first_day, end.last_day
    not_backwards(first_day, last_day)
    return Reading(kind_of_days(first_day, last_day), first_day, last_day, has_two_ends=True)


def _read_two_parts(match: re.Match[str]) -> Reading | None:
    """Read a span of quarters, halves or financial years, or of two days in numbers."""
    first, last = match["first"], match["last"]
    starts, ends = numeric_days(first), numeric_days(last)
    if starts and ends:
        return _read_numeric_span(match, starts, ends)
    end = find_label(last)
    if end is None or end.kind not in _SPANNED:
        return None
    # in "Q1 to Q3 2023/24" the year of the end is that of the start
    start = find_label(_PART.sub(first, last, count=1) if _PART.fullmatch(first) else first)
    if start is None or start.kind not in _SPANNED:
        return None
    return _spanned(start, end)


def _read_numeric_span(
    match: re.Match[str], starts: list[date | None], ends: list[date | None]
) -> Reading:
    """Read two days in numbers, both with the day first or both with the month first."""
    spans = dict.fromkeys(
        (start, end)
        for start, end in zip(starts, ends, strict=True)
        if start and end and start <= end
    )
    match list(spans):
        case [(first_day, last_day)]:
            kind = kind_of_days(first_day, last_day)
            return Reading(kind, first_day, last_day, has_two_ends=True)
        case []:
            raise PeriodError(f"{match[0]!r} is not a span of days: check the days and the months")
        case both:
            meanings = [f"{day_text(start)} to {day_text(end)}" for start, end in both]
            raise two_meanings(match[0], *meanings, note="the day or with the month first")
