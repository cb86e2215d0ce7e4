"""From a text to the days that it names: the spellings, and nothing of the records.

Every spelling is matched whole against a written shape. A general date parser is not used: it
fills what a text leaves out from today's date, and reads the year 2007-08 as a month.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

import attrs

from rrmodel.errors import PeriodError
from rrmodel.periods._calendar import (
    MONTH_NAMES,
    PeriodKind,
    day_text,
    kind_of_days,
    month_index,
    month_text,
    months_from,
    not_backwards,
    range_kind,
)

LONGEST_TEXT = 100
LONGEST_SPAN = 20
"""Years that "2001-21" may span and still be plan years rather than a slip."""

_MONTHS = (
    {name.lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
    | {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
    | {"sept": 9}
)

_DAY = "[0-9]{1,2}(?:st|nd|rd|th)?(?: of)?"
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = "[0-9]{4}"
_YEARS = rf"(?P<start>{_YEAR})(?P<dash> ?[-/] ?| to )(?P<end>{_YEAR}|[0-9]{{2}})"
_QUARTER = "(?:q|quarter )(?P<quarter>[0-9])"

_ISO_DAY = re.compile(rf"(?P<year>{_YEAR})-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}))?")
_ISO_MONTH = re.compile(rf"(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])")
_NAMED_DAY = re.compile(rf"(?:(?P<day>{_DAY}) )?(?P<month>{_MONTH}) (?P<year>{_YEAR})")
_NUMERIC_DAY = re.compile("[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2})")
_YEAR_TO = "(?:(?:financial |performance )?year|(?:12|twelve) months) (?:to|ending|ended)"
_SPAN_START = f"(?:from )?(?P<day1>{_DAY})?(?: ?(?P<month1>{_MONTH}))?(?: (?P<year1>{_YEAR}))?"
_ISO_START = f"(?:from )?(?P<year1>{_YEAR})-(?P<month1>[0-9]{{2}})(?:-(?P<day1>[0-9]{{2}}))?"
_INTRODUCTION = re.compile("(?:(?:in|during|throughout|over|for) )?(?:the )?")


@attrs.frozen
class Reading:
    """The days that a text names, and as what."""

    kind: PeriodKind
    first_day: date
    last_day: date
    has_two_ends: bool = False
    """Whether the text spells out where it starts and ends, and so can be a range of days."""


def tidy(text: object) -> str:
    """Return the text in lower case, with one kind of dash and single spaces."""
    if not isinstance(text, str):
        raise PeriodError(
            f"expected a text, not {type(text).__name__}: write the words as the plan prints them"
        )
    if len(text) > LONGEST_TEXT:
        raise PeriodError(
            f"a text of {len(text)} characters is too long to be a period, a deadline or a "
            f"duration: pass only those words, at most {LONGEST_TEXT} characters"
        )
    return re.sub("[‐‑‒–—−]", "-", " ".join(text.lower().split())).strip(" .,;")


def read_days(text: str, *, prefer_month: bool = False) -> Reading:
    """Read the days that a text names, or say which shapes can be read."""
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
        PeriodError: The shape is known, but there are no such days.
    """
    words = _INTRODUCTION.sub("", words, count=1)
    if words.endswith(" cohort"):
        reading = find_days(words.removesuffix(" cohort"))
        return reading and attrs.evolve(reading, kind="cohort", has_two_ends=True)
    if prefer_month and (match := _ISO_MONTH.fullmatch(words)):
        return _read_month(match)
    for pattern, reader in _shapes():
        if match := pattern.fullmatch(words):
            return reader(match)
    return None


def find_day(words: str) -> date | None:
    """Return the one day that tidied words name, or ``None`` if they have no shape of a day."""
    match = _NAMED_DAY.fullmatch(words) or _ISO_DAY.fullmatch(words)
    return _end(match)[0] if match and match["day"] else None


def _end(match: re.Match[str]) -> tuple[date, date]:
    """Return the first and the last day of a day or a month that was matched."""
    return _days_of(match["day"], match["month"], match["year"])


def _days_of(day: str | None, month: str, year: str) -> tuple[date, date]:
    number = _MONTHS.get(month) or int(month)
    if not 1 <= number <= len(MONTH_NAMES):
        raise PeriodError(f"{year}-{month} names no month: months run from 01 to 12")
    first_day, last_day = months_from(12 * int(year) + number - 1, 1)
    if day is None:
        return first_day, last_day
    in_month = int(day[:2].rstrip("snrt"))
    if not 1 <= in_month <= last_day.day:
        raise PeriodError(
            f"there is no day {in_month} in {month_text(first_day)}, which has {last_day.day} days"
        )
    named_day = first_day.replace(day=in_month)
    return named_day, named_day


def _first_year(match: re.Match[str]) -> int:
    """Return the first year of a financial year, whose second year must be the next one."""
    start, printed = int(match["start"]), match["end"]
    end = int(printed) if len(printed) > 2 else start + (int(printed) - start) % 100  # noqa: PLR2004
    if end == start + 1:
        return start
    if 1 < end - start <= LONGEST_SPAN:
        raise PeriodError(
            f"{start}-{printed} is a span of {end - start} plan years, not a financial year: "
            f"write 'April {start} to March {end}', a DateRange, for the span, or one year such "
            f"as '{end - 1}-{end % 100:02d}'"
        )
    raise PeriodError(
        f"{start}{match['dash']}{printed} is neither a financial year, whose second year follows "
        f"the first ('{start}-{(start + 1) % 100:02d}'), nor a month ('{start}-03')"
    )


def _read_years(match: re.Match[str]) -> Reading:
    start, printed = int(match["start"]), match["end"]
    follows = int(printed) == (start + 1) % 100
    may_be_month = match["dash"] == "-" and len(printed) == 2 and 1 <= int(printed) <= 12  # noqa: PLR2004
    if may_be_month and not follows:
        return Reading("month", *_days_of(None, printed, match["start"]))
    return _read_financial_year(match)


def _read_financial_year(match: re.Match[str]) -> Reading:
    return Reading("financial_year", *months_from(12 * _first_year(match) + 3, 12))


def _read_calendar_year(match: re.Match[str]) -> Reading:
    return Reading("calendar_year", *months_from(12 * int(match["year"]), 12))


def _quarter_offset(match: re.Match[str]) -> int:
    number = int(match["quarter"])
    if not 1 <= number <= 4:  # noqa: PLR2004
        raise PeriodError(f"there is no quarter {number}: quarters run from Q1 to Q4")
    return 3 * (number - 1)


def _read_financial_quarter(match: re.Match[str]) -> Reading:
    index = 12 * _first_year(match) + 3 + _quarter_offset(match)
    return Reading("financial_quarter", *months_from(index, 3))


def _read_calendar_quarter(match: re.Match[str]) -> Reading:
    index = 12 * int(match["year"]) + _quarter_offset(match)
    return Reading("calendar_quarter", *months_from(index, 3))


def _read_month(match: re.Match[str]) -> Reading:
    return Reading("month", *_days_of(None, match["month"], match["year"]))


def _read_year_to(match: re.Match[str]) -> Reading:
    _, last_day = _end(match)
    first_day, month_end = months_from(month_index(last_day) - 11, 12)
    if last_day != month_end:
        raise PeriodError(
            f"a year to {day_text(last_day)} does not end with a month: "
            "write both days, such as '18 June 2021 to 17 June 2022'"
        )
    return Reading(kind_of_days(first_day, last_day), first_day, last_day, has_two_ends=True)


def _read_span(match: re.Match[str]) -> Reading:
    day, month, year = match.group("day1", "month1", "year1")
    if month is None and (day is None or year or match["day"] is None):
        raise PeriodError(
            f"{match[0]!r} does not say in which month it starts: "
            "write both ends, such as '1 July 2021 to 17 June 2022'"
        )
    first_day, _ = _days_of(day, month or match["month"], year or match["year"])
    _, last_day = _end(match)
    not_backwards(first_day, last_day)
    return Reading(kind_of_days(first_day, last_day), first_day, last_day, has_two_ends=True)


def _read_iso_span(match: re.Match[str]) -> Reading:
    """Read an ISO 8601 interval, which names days and never a financial year or a quarter."""
    first_day, _ = _days_of(*match.group("day1", "month1", "year1"))
    _, last_day = _end(match)
    not_backwards(first_day, last_day)
    return Reading(range_kind(first_day, last_day), first_day, last_day, has_two_ends=True)


def _refuse_numeric_day(match: re.Match[str]) -> Reading:
    raise PeriodError(
        f"{match[0]!r} can be read with the day or with the month first: "
        "write the month as a word ('1 February 2023') or the year first ('2023-02-01')"
    )


@cache  # most of what importing this module would cost
def _shapes() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading]], ...]:
    """Return each spelling of a period and its reader; the first that matches is used."""
    shapes: tuple[tuple[str, Callable[[re.Match[str]], Reading]], ...] = (
        (_YEARS, _read_years),
        (rf"(?:fy ?|(?:financial|performance) year ){_YEARS}", _read_financial_year),
        (rf"(?:calendar year )?(?P<year>{_YEAR})", _read_calendar_year),
        (rf"{_QUARTER},? (?:of )?{_YEARS}", _read_financial_quarter),
        (rf"{_YEARS},? {_QUARTER}", _read_financial_quarter),
        (rf"{_QUARTER},? (?:of )?(?P<year>{_YEAR})", _read_calendar_quarter),
        (rf"(?P<year>{_YEAR}),? {_QUARTER}", _read_calendar_quarter),
        (rf"(?P<month>{_MONTH}) (?P<year>{_YEAR})", _read_month),
        (
            f"{_YEAR_TO} (?:the end of )?{_NAMED_DAY.pattern}",
            _read_year_to,
        ),
        (
            f"{_SPAN_START}(?: ?[-/] ?| to | until ){_NAMED_DAY.pattern}",
            _read_span,
        ),
        (
            f"{_ISO_START}(?: ?/ ?| - | to | until ){_ISO_DAY.pattern}",
            _read_iso_span,
        ),
        (_NUMERIC_DAY.pattern, _refuse_numeric_day),
    )
    return tuple((re.compile(shape), reader) for shape, reader in shapes)
