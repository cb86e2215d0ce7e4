"""Labels of one period: a year, a half, a quarter, a month, a week, or a time up to a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import attrs
from dateutil.relativedelta import relativedelta

from rrmodel.errors import PeriodError
from rrmodel.periods._calendar import (
    MONTH_NAMES,
    PeriodKind,
    checked_day,
    day_text,
    is_month_end,
    kind_of_days,
    month_index,
    months_from,
    years_text,
)
from rrmodel.periods._words import (
    MONTH,
    SHORT_YEAR,
    YEAR,
    count_of,
    days_of,
    find_day,
    two_meanings,
    year_of,
)

LONGEST_SPAN = 20
"""Years that "2001-21" may span and still be plan years rather than a slip."""
_QUARTER = 3
"""Months of a quarter."""


@attrs.frozen
class Reading:
    """The days that a text names, and as what."""

    kind: PeriodKind
    first_day: date
    last_day: date
    has_two_ends: bool = False
    """Whether the text spells out where it starts and ends, and so can be a range of days."""


def find_label(words: str, *, prefer_month: bool = False) -> Reading | None:
    """Return the days that a label names, or ``None`` if the words have no shape of one."""
    if prefer_month and (match := _ISO_MONTH.fullmatch(words)):
        return _read_month(match)
    for pattern, reader in _SHAPES:
        if match := pattern.fullmatch(words):
            return reader(match)
    return None


def _first_year(match: re.Match[str]) -> int:
    """Return the first year of a financial year, whose second year must be the next one."""
    start, printed = year_of(match["start"]), match["end"]
    turn = 10 ** len(printed)
    end = start + (int(printed) - start) % turn if turn <= 100 else int(printed)  # noqa: PLR2004
    if end == start + 1:
        return start
    if 1 < end - start <= LONGEST_SPAN:
        raise PeriodError(
            f"{start}-{printed} is a span of {end - start} plan years, not a financial year: "
            f"write 'April {start} to March {end}', a DateRange, for the span, or one year such "
            f"as '{end - 1}-{end % 100:02d}'"
        )
    raise PeriodError(
        f"{match['start']}{match['dash']}{printed} is neither a financial year, whose second year "
        f"follows the first ('{start}-{(start + 1) % 100:02d}'), nor a month ('{start}-03')"
    )


def _read_years(match: re.Match[str]) -> Reading:
    start, printed = int(match["start"]), match["end"]
    follows = int(printed) == (start + 1) % 100
    may_be_month = match["dash"] == "-" and len(printed) == 2 and 1 <= int(printed) <= 12  # noqa: PLR2004
    if may_be_month and not follows:
        return Reading("month", *days_of(None, printed, match["start"]))
    return _read_financial_year(match)


def _read_financial_year(match: re.Match[str]) -> Reading:
    return _financial_year(_first_year(match))


def _financial_year(first_year: int) -> Reading:
    return Reading("financial_year", *months_from(12 * first_year + 3, 12))


def _refuse_academic_year(match: re.Match[str]) -> Reading:
    start = _first_year(match)
    raise two_meanings(
        match[0],
        f"1 September {start} to 31 August {start + 1}, as schools count,",
        f"1 August {start} to 31 July {start + 1}, as colleges do",
    )


def _read_financial_year_by_its_end(match: re.Match[str]) -> Reading:
    return _financial_year(year_of(match["year"]) - 1)


def _read_calendar_year(match: re.Match[str]) -> Reading:
    return Reading("calendar_year", *months_from(12 * int(match["year"]), 12))


def _refuse_named_for_one_year(match: re.Match[str]) -> Reading:
    year = year_of(match["year"])
    raise two_meanings(
        match[0],
        f"{years_text(year - 1)}, which ends in {year},",
        f"{years_text(year)}, which starts in it",
    )


def _refuse_year_to_a_year(match: re.Match[str]) -> Reading:
    year = year_of(match["year"])
    raise two_meanings(
        match[0],
        f"the year to March {year} ('{years_text(year - 1)}')",
        f"the year to December {year} ('{year}')",
    )


def _part_months(match: re.Match[str]) -> tuple[int, int]:
    """Return where in its year a quarter or a half starts, and how many months it has."""
    name = match["ordinal_part"] or ("quarter" if match["letter"][0] == "q" else "half")
    number = _ORDINALS.get(match["ordinal"]) or int(match["number"])
    parts, plural = (4, "quarters") if name == "quarter" else (2, "halves")
    if not 1 <= number <= parts:
        letter = name[0].upper()
        raise PeriodError(
            f"there is no {name} {number}: {plural} run from {letter}1 to {letter}{parts}"
        )
    months = 12 // parts
    return months * (number - 1), months


def _read_financial_part(match: re.Match[str]) -> Reading:
    offset, months = _part_months(match)
    days = months_from(12 * _first_year(match) + 3 + offset, months)
    return Reading("financial_quarter" if months == _QUARTER else "custom", *days)


def _read_calendar_part(match: re.Match[str]) -> Reading:
    offset, months = _part_months(match)
    days = months_from(12 * int(match["year"]) + offset, months)
    return Reading("calendar_quarter" if months == _QUARTER else "custom", *days)


def _read_month(match: re.Match[str]) -> Reading:
    return Reading("month", *days_of(None, match["month"], match["year"]))


def _read_short_month(match: re.Match[str]) -> Reading:
    """Read a month whose year has two digits, unless they may be a day."""
    digits = match["year"]
    reading = _read_month(match)
    if digits[0] in "'’" or not 1 <= int(digits) <= reading.last_day.day:
        return reading
    name = MONTH_NAMES[reading.first_day.month - 1]
    raise two_meanings(match[0], f"{name} {reading.first_day.year}", f"{int(digits)} {name}")


def _read_time_to(match: re.Match[str]) -> Reading:
    """Read so many months up to the end of a month."""
    count = _NAMED_COUNTS.get(match["named"]) or _count(match)
    last_day = _end(match)
    if not is_month_end(last_day):
        first_day = last_day - relativedelta(months=count) + timedelta(days=1)
        raise PeriodError(
            f"{match[0]!r} does not end with a month: write both days, such as "
            f"'{day_text(first_day)} to {day_text(last_day)}'"
        )
    first_day, _ = months_from(month_index(last_day) - count + 1, count)
    return Reading(kind_of_days(first_day, last_day), first_day, last_day, has_two_ends=True)


def _count(match: re.Match[str]) -> int:
    count = count_of(match["count"])
    if count < 1:
        raise PeriodError(f"{match[0]!r} has no days: write how many there are, from 1")
    return count


def _end(match: re.Match[str]) -> date:
    """Return the last day of the day or month that ends a match."""
    words = match["until"]
    if month := _END_MONTH.fullmatch(words) or _ISO_MONTH.fullmatch(words):
        return days_of(None, month["month"], month["year"])[1]
    day = find_day(words)
    if day is None:
        raise PeriodError(
            f"{match[0]!r} does not say in which month of which year it ends: write it as in "
            "'year to March 2024'"
        )
    return day


def _read_weeks_to(match: re.Match[str]) -> Reading:
    weeks, last_day = _count(match) if match["count"] else 1, _day(match)
    first_day = checked_day(last_day - timedelta(days=7 * weeks - 1))
    return Reading("custom", first_day, last_day, has_two_ends=True)


def _read_week_from(match: re.Match[str]) -> Reading:
    return _week(_day(match))


def _week(first_day: date) -> Reading:
    last_day = checked_day(first_day + timedelta(days=6))
    return Reading("custom", checked_day(first_day), last_day, has_two_ends=True)


def _day(match: re.Match[str]) -> date:
    day = find_day(match["until"])
    if day is None:
        raise PeriodError(
            f"{match[0]!r} does not say which day it means: write it as in "
            "'week ending 5 April 2024'"
        )
    return day


def _read_iso_week(match: re.Match[str]) -> Reading:
    try:
        first_day = date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
    except ValueError:
        raise PeriodError(
            f"{match[0]!r} names no week: weeks of ISO 8601 run from W01 to W52 or W53"
        ) from None
    return _week(first_day)


_YEARS = rf"(?P<start>{YEAR})(?P<dash> ?[-/] ?| to )(?P<end>{YEAR}|[0-9]{{1,2}})"
_SHORT_YEARS = r"['’]?(?P<start>[0-9]{2})(?P<dash> ?[-/] ?)(?P<end>[0-9]{2})"
_FINANCIAL = "(?:financial|fiscal|performance|reporting)[ -]year"
_ACADEMIC = "(?:academic|school)[ -]year"
_ORDINALS = {
    word: place
    for place, words in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th"), start=1)
    for word in words.split()
}
_NTH = "|".join(_ORDINALS)
_PART = (
    "(?:(?P<letter>q|quarter |qtr ?|[hs]|half )(?P<number>[0-9])"
    f"|(?P<ordinal>{'|'.join(_ORDINALS)}) (?P<ordinal_part>quarter|half))"
)
_NAMED_COUNTS = {"year": 12, "half-year": 6, "half year": 6, "quarter": 3, "month": 1, "fy": 12}
_NAMED = f"(?P<named>{'|'.join(_NAMED_COUNTS)})"
_COUNT = "(?P<count>[0-9]{1,3}|[a-z]+(?:-[a-z]+)?)"
_TO = "[ -](?:up )?(?:to|ending|ended|end)(?: on| in| at)?(?: the)?(?: end)?(?: of)?(?: the)? "
_ROLLING = "(?:(?:rolling|calendar|financial|fiscal|performance|reporting) )?"
_ISO_MONTH = re.compile(rf"(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])")
_END_MONTH = re.compile(rf"(?P<month>{MONTH})(?: of |[ /-]?)(?P<year>{YEAR}|{SHORT_YEAR})")
_ONE_YEAR = rf"(?P<year>{YEAR}|{SHORT_YEAR})"
_IN_A_YEAR = "(?: (?:of )?(?:the )?|[-/])"
_FY = f"(?:fy ?|{_FINANCIAL} )"
_UNTIL = "(?P<until>.+)"

_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading]], ...] = tuple(
    (re.compile(shape), reader)
    for shape, reader in (
        (_YEARS, _read_years),
        (rf"(?:calendar year |year )?(?P<year>{YEAR})(?: calendar year)?", _read_calendar_year),
        (rf"(?:month of )?(?P<month>{MONTH})(?: of |[ /-]?)(?P<year>{YEAR})", _read_month),
        (rf"(?P<year>{YEAR})[ /-]?(?P<month>{MONTH})", _read_month),
        (rf"(?P<year>{YEAR})[ -]?m(?P<month>[0-9]{{1,2}})", _read_month),
        (rf"(?P<month>[0-9]{{1,2}})[-/.](?P<year>{YEAR})", _read_month),
        (rf"(?P<month>{MONTH})[ /-]?(?P<year>{SHORT_YEAR})", _read_short_month),
        (rf"(?P<year>{YEAR})[ /-]?{_PART}", _read_calendar_part),
        (rf"{_PART}{_IN_A_YEAR}(?:calendar )?(?:year )?(?P<year>{YEAR})", _read_calendar_part),
        (rf"{_FY}?{_YEARS}(?: {_FINANCIAL}| fy)?[ /-]?{_PART}", _read_financial_part),
        (rf"{_PART}{_IN_A_YEAR}{_FY}?{_YEARS}(?: {_FINANCIAL}| fy)?", _read_financial_part),
        (rf"{_FY}{_YEARS}", _read_financial_year),
        (rf"{_YEARS} (?:{_FINANCIAL}|fy)", _read_financial_year),
        (rf"{_ACADEMIC} {_YEARS}", _refuse_academic_year),
        (rf"{_YEARS} {_ACADEMIC}", _refuse_academic_year),
        (rf"{_FY}{_SHORT_YEARS}", _read_financial_year),
        (rf"{_SHORT_YEARS} (?:{_FINANCIAL}|fy)", _read_financial_year),
        (rf"(?:{_FINANCIAL}|fy){_TO}{_ONE_YEAR}", _read_financial_year_by_its_end),
        (rf"fye(?: march| mar)? ?{_ONE_YEAR}", _read_financial_year_by_its_end),
        (rf"{_FY}{_ONE_YEAR}", _refuse_named_for_one_year),
        (rf"(?P<year>{YEAR}) (?:{_FINANCIAL}|fy)", _refuse_named_for_one_year),
        (rf"{_PART}{_IN_A_YEAR}{_FY}{_ONE_YEAR}", _refuse_named_for_one_year),
        (rf"{_FY}{_ONE_YEAR}[ /-]?{_PART}", _refuse_named_for_one_year),
        (rf"calendar year{_TO}(?P<year>{YEAR})", _read_calendar_year),
        (
            rf"(?:rolling )?(?:year|(?:12|twelve)[ -]months?){_TO}{_ONE_YEAR}",
            _refuse_year_to_a_year,
        ),
        (
            rf"{_ROLLING}(?:{_NAMED}|{_COUNT}[ -]months?)(?: period)?{_TO}{_UNTIL}",
            _read_time_to,
        ),
        (rf"(?:{_COUNT}[ -])?weeks?{_TO}{_UNTIL}", _read_weeks_to),
        (rf"(?P<count>)w/e {_UNTIL}", _read_weeks_to),
        (rf"(?:week (?:commencing|beginning|starting)|w/c) {_UNTIL}", _read_week_from),
        (rf"(?P<year>{YEAR})[ -]?w(?P<week>[0-9]{{1,2}})", _read_iso_week),
    )
)
