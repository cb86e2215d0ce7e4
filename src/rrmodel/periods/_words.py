"""Words of dates: how a text is tidied, and the ways in which one day or month is written."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rrmodel.errors import NumeralError, PeriodError
from rrmodel.numerals import read_numeral
from rrmodel.periods._calendar import MONTH_NAMES, day_text, month_text, months_from

LONGEST_TEXT = 100
_MONTHS = (
    {name.lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
    | {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
    | {"sept": 9}
)
_FIRST_SHORT_YEAR = 69
"""Two digits mean 1969 to 2068, as in POSIX and in Python's ``strptime``."""

MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
YEAR = "[0-9]{4}"
SHORT_YEAR = "['’]?[0-9]{2}"
DAY = "[0-9]{1,2}(?:st|nd|rd|th)?(?: of)?"
_WEEKDAY = re.compile("(?:mon|tues|wednes|thurs|fri|satur|sun)day ")
_NUMERIC_DAY = re.compile(rf"(?P<one>[0-9]{{1,2}})[-/.](?P<two>[0-9]{{1,2}})[-/.](?P<year>{YEAR})")
_SHORT_NUMERIC_DAY = re.compile("[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}")


def day_or_month(number: int, *, short_years: bool = False) -> str:
    """Return the pattern of a month that may have a day before it, with numbered groups."""
    year = f"{YEAR}|{SHORT_YEAR}" if short_years else YEAR
    return (
        rf"(?:(?P<day{number}>{DAY})[ -])?(?P<month{number}>{MONTH})"
        rf"(?: of |[ -]?)(?P<year{number}>{year})"
    )


def month_before_day(number: int) -> str:
    """Return the pattern of a day written as in "March 31, 2024"."""
    return rf"(?P<month{number}>{MONTH}) (?P<day{number}>{DAY}) (?P<year{number}>{YEAR})"


def year_first(number: int) -> str:
    """Return the pattern of an ISO 8601 day or month, with strokes or dots too for a day."""
    return (
        rf"(?P<year{number}>{YEAR})(?:-(?P<month{number}>[0-9]{{2}})(?:-(?P<day{number}>[0-9]{{2}}))?"
        rf"|[/.](?P<month{number}b>[0-9]{{2}})[/.](?P<day{number}b>[0-9]{{2}}))"
    )


_DAYS = tuple(
    re.compile(pattern)
    for pattern in (day_or_month(1, short_years=True), month_before_day(1), year_first(1))
)


def tidy(text: object) -> str:
    """Return the text in lower case, with one kind of dash and of apostrophe and single spaces.

    Commas and the dots of abbreviations are dropped: "Sept., 2023" and "Sept 2023" are one.
    """
    if not isinstance(text, str):
        raise PeriodError(
            f"expected a text, not {type(text).__name__}: write the words as the plan prints them"
        )
    if len(text) > LONGEST_TEXT:
        raise PeriodError(
            f"a text of {len(text)} characters is too long to be a period, a deadline or a "
            f"duration: pass only those words, at most {LONGEST_TEXT} characters"
        )
    words = re.sub("[‐‑‒–—−]", "-", " ".join(text.lower().split())).strip(" .,;")
    return re.sub("(?<=[a-z])[.](?![a-z])|,(?= )", "", words)


def find_day(words: str) -> date | None:
    """Return the one day that tidied words name, or ``None`` if they have no shape of a day.

    Raises:
        PeriodError: There is no such day, or the words may name two.
    """
    words = _WEEKDAY.sub("", words, count=1)
    for pattern in _DAYS:
        if match := pattern.fullmatch(words):
            groups = match.groupdict()
            day, month = groups["day1"], groups["month1"]
            if day is None:
                day, month = groups.get("day1b"), groups.get("month1b") or month
            return days_of(day, month, groups["year1"])[0] if day else None
    if match := _NUMERIC_DAY.fullmatch(words):
        return _only_reading(words, numeric_days(words))
    if _SHORT_NUMERIC_DAY.fullmatch(words):
        raise PeriodError(
            f"{words!r} can be read with the day, the month or the year first: "
            "write the month as a word and the year in full, such as '1 February 2023'"
        )
    return None


def numeric_days(words: str) -> list[date | None]:
    """Return what a day in numbers means with the day first, and with the month first."""
    match = _NUMERIC_DAY.fullmatch(words)
    if match is None:
        return []
    readings: list[date | None] = []
    for day, month in (match.group("one", "two"), match.group("two", "one")):
        try:
            readings.append(days_of(day, month, match["year"])[0])
        except PeriodError:
            readings.append(None)
    return readings


def _only_reading(words: str, readings: list[date | None]) -> date:
    days = list(dict.fromkeys(day for day in readings if day))  # the day first
    match days:
        case [day]:
            return day
        case []:
            raise PeriodError(f"{words!r} is not a day: check the day and the month")
        case _:
            raise two_meanings(words, *map(day_text, days), note="the day or with the month first")


def two_meanings(words: str, *meanings: str, note: str = "") -> PeriodError:
    """Return the error for words that may mean one thing or another."""
    read = f"can be read with {note}, as" if note else "may mean"
    return PeriodError(f"{words!r} {read} {' or '.join(meanings)}: write the one that is meant")


def year_of(text: str) -> int:
    """Return the year that is printed with four digits or two."""
    digits = text.lstrip("'’")
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004
        return year
    return year + (1900 if year >= _FIRST_SHORT_YEAR else 2000)


def days_of(day: str | None, month: str, year: str) -> tuple[date, date]:
    """Return the first and the last day of a day or a month."""
    number = _MONTHS.get(month) or int(month)
    if not 1 <= number <= len(MONTH_NAMES):
        raise PeriodError(f"{year}-{month} names no month: months run from 01 to 12")
    first_day, last_day = months_from(12 * year_of(year) + number - 1, 1)
    if day is None:
        return first_day, last_day
    in_month = int(day[:2].rstrip("snrt "))
    if not 1 <= in_month <= last_day.day:
        raise PeriodError(
            f"there is no day {in_month} in {month_text(first_day)}, which has {last_day.day} days"
        )
    named_day = first_day + timedelta(days=in_month - 1)
    return named_day, named_day


def month_number(month: str) -> int:
    """Return the number of a month that is written as a word."""
    return _MONTHS[month]


def count_of(text: str) -> int:
    """Return a whole number in digits or words, such as the six of "six months"."""
    if text in {"a", "an"}:
        return 1
    try:
        numeral = read_numeral(text)
    except NumeralError as error:
        raise PeriodError(f"a duration needs a number before each unit: {error}") from None
    if numeral.signed or numeral.value.denominator != 1:
        raise PeriodError(
            f"{text!r} is not a whole number: count a part of a unit in the next smaller one, "
            "such as '6 months' for half a year"
        )
    return numeral.value.numerator
