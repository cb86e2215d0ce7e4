"""Dates as sentences print them: the span is found here, the days are read by ``periods``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import attrs

from rrmodel.errors import PeriodError
from rrmodel.periods import Deadline, Month, Period, parse_deadline, parse_period

__all__ = ["DATE_WORDS", "MONTHS", "Date", "deadline_of", "match_date"]

MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
"""The names of months, as alternatives of a pattern."""
_DAY = "[0-9]{1,2}(?:st|nd|rd|th)?"
_YEAR = "(?:19|20|21)[0-9]{2}"
_YEARS = rf"{_YEAR}(?: ?[-/] ?(?:{_YEAR}|[0-9]{{2}})(?![0-9,.]*[0-9%])| to {_YEAR})"
_FY = r"(?:financial year|performance year|calendar year|fy|year)"
_ONE = (
    rf"(?:(?:{_DAY}(?: of)? )?(?:{MONTHS})\.?,? {_YEAR}|{_YEAR}-[0-9]{{2}}-[0-9]{{2}}"
    rf"|(?:q[1-4]|quarter [1-4]),? (?:of )?(?:{_YEARS}|{_YEAR})|(?:{_YEARS}|{_YEAR}),? q[1-4]"
    rf"|(?:spring|summer|autumn|winter)(?: of)? {_YEAR}(?:[-/][0-9]{{2}})?"
    rf"|(?:{_FY} )?(?:{_YEARS}|{_YEAR}s?)(?: financial year)?)"
)
_EDGE = r"(?:(?:the )?(?:very )?(?:end|start|beginning)[ -](?:of )?(?:the )?)"
_VAGUE = r"(?:early|mid|late)[ -](?:in )?(?:the )?"
_YEAR_TO = (
    r"(?:(?:financial |performance |calendar )?year|12 months|twelve months) "
    r"(?:to|ending|ended)(?: in| of)? (?:the end of )?(?:the )?"
)
_HEAD = re.compile(
    rf"(?P<edge>{_EDGE})?(?:the )?(?P<head>(?:{_VAGUE})|(?:{_YEAR_TO}))?(?P<one>{_ONE})"
    rf"(?![0-9]|,[0-9]{{3}}\b|[/.][0-9]|[ ]?%)"
)
_IDLE_WORDS = re.compile(
    rf"(?<=ending )(?:of|in) |(?<=ended )(?:of|in) "
    rf"|(?<!calendar )(?<!financial )(?<!performance )\b(?:the )?year (?={_YEAR}$)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?:{_DAY} )?(?:{MONTHS})(?: {_YEAR})?(?: to | ?- ?| until )"
    rf"(?:{_DAY} )?(?:{MONTHS}) {_YEAR}"
    rf"|between (?:{_DAY} )?(?:{MONTHS})(?: {_YEAR})? and "
    rf"(?:{_DAY} )?(?:{MONTHS}) {_YEAR}"
    rf"|{_YEAR}-[0-9]{{2}}-[0-9]{{2}} ?/ ?{_YEAR}-[0-9]{{2}}-[0-9]{{2}}"
    rf"|{_DAY} (?:{MONTHS}) {_YEAR} (?:to|-|until) {_DAY} (?:{MONTHS}) {_YEAR}"
)
_NUMERIC = re.compile("[0-9]{1,2}([-/.])[0-9]{1,2}\\1(?:[0-9]{4}|[0-9]{2})(?![0-9])")
_MONTH_OR_SPAN = re.compile("[0-9]{4}-[0-9]{2}")
DATE_WORDS: Final = frozenset(
    [
        *MONTHS.split("|"),
        "spring",
        "summer",
        "autumn",
        "winter",
        "early",
        "mid",
        "late",
        "end",
        "start",
        "beginning",
        "the",
        "financial",
        "performance",
        "calendar",
        "year",
        "fy",
        "q1",
        "q2",
        "q3",
        "q4",
        "quarter",
        "twelve",
        "12",
    ]
)
"""The words that a date can start with, besides digits."""


@attrs.frozen
class Date:
    """A date of a sentence: the day or period that its words name."""

    text: str
    """The words, without "by" or "in" before them."""
    deadline: Deadline | None
    """The words as a deadline; ``None`` if they name none."""
    period: Period | None
    """The words as a period; ``None`` if they name a day or are vague."""
    is_bare_year: bool = False
    """Whether the words are four digits, which may be a number or part of a name."""


def match_date(low: str, start: int, text: str) -> tuple[Date | None, int]:
    """Read the date that starts at a place of a text: the longest words that name one.

    Returns:
        The date, or ``None`` if no date starts here, and where it ends. Words in the shape of a
        date that name no day are a date without ``deadline`` and ``period``.
    """
    if numeric := _NUMERIC.match(low, start):
        return Date(text[start : numeric.end()], None, None), numeric.end()
    match = _RANGE.match(low, start) or _HEAD.match(low, start)
    if match is None:
        return None, start
    end = match.end()
    if low.startswith(" cohort", end):
        end += len(" cohort")
    words = low[start:end]
    deadline, period = _read_date(_plain_words(" ".join(text[start:end].split())))
    if _MONTH_OR_SPAN.fullmatch(words) and isinstance(period, Month):
        # in prose, 2003-06 is three years rather than June 2003
        deadline = period = None
    bare = len(words) == 4 and words.isdigit()  # noqa: PLR2004
    return Date(text[start:end], deadline, period, bare), end


def deadline_of(lead: str, words: str) -> Deadline | None:
    """Return the deadline that a date and the word before it name; ``None`` if they name none."""
    for wording in (_plain_words(words), words):
        try:
            return parse_deadline(f"{lead} {wording}".strip())
        except PeriodError:
            continue
    return None


def _plain_words(words: str) -> str:
    """Return a date in the order of words that the reader of periods knows."""
    if words.lower().startswith("between "):
        return " to ".join(words[len("between ") :].split(" and "))
    return _IDLE_WORDS.sub("", words)


@lru_cache(maxsize=4096)
def _read_date(words: str) -> tuple[Deadline | None, Period | None]:
    deadline: Deadline | None
    period: Period | None
    try:
        deadline = parse_deadline(words)
    except PeriodError:
        deadline = None
    try:
        period = parse_period(words)
    except PeriodError:
        period = None
    return deadline, period
