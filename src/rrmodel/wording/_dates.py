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
_YEARS = (
    rf"{_YEAR}(?: ?[-/] ?(?:{_YEAR}|[0-9]{{2}})(?![0-9,.]*[0-9%])|[-/][0-9](?![0-9/-]|[,.][0-9])"
    rf"| to {_YEAR})"
)
_YEAR_NAME = "(?:financial|fiscal|performance|reporting|calendar|academic|school)[ -]year"
_FY = rf"(?:{_YEAR_NAME}|fy|year)"
_QUARTER = (
    "(?:q[1-4]|quarter (?:[1-4]|one|two|three|four)|(?:first|second|third|fourth|last) quarter"
    "|(?:first|second) half|h[12])"
)
_ONE = (
    rf"(?:(?:{_DAY}(?: of)? )?(?:{MONTHS})\.?,? (?:{_YEAR}|'[0-9]{{2}}\b)"
    rf"|{_YEAR}-[0-9]{{2}}-[0-9]{{2}}|(?:{MONTHS})\.? {_DAY},? {_YEAR}"
    rf"|{_QUARTER},? (?:of )?(?:the )?(?:{_FY} ?)?(?:{_YEARS}|{_YEAR})"
    rf"|(?:{_YEARS}|{_YEAR}),? q[1-4]|fy ?[0-9]{{2}}(?:[-/][0-9]{{2}})?(?![0-9])"
    rf"|(?:christmas|easter) {_YEAR}"
    rf"|(?:spring|summer|autumn|winter)(?: of)? {_YEAR}(?:[-/][0-9]{{2}})?"
    rf"|(?:{_FY} ?)?(?:{_YEARS}|{_YEAR}s?)(?: {_YEAR_NAME})?)"
)
_EDGE = r"(?:(?:the )?(?:very )?(?:end|start|beginning|close)[ -](?:of )?(?:the )?)"
_YEAR_END = r"(?:(?:the )?(?:(?:calendar|financial|fiscal) )?year[ -]end (?:of )?)"
_VAGUE = r"(?:early|mid|late|middle of)[ -](?:in )?(?:the )?"
_YEAR_TO = (
    r"(?:(?:financial |fiscal |performance |calendar )?year|quarter|half[ -]year"
    r"|(?:12|twelve|6|six|3|three)[ -]months?(?: period)?) "
    r"(?:to|ending|ended)(?: in| of)? (?:the end of )?(?:the )?"
)
_HEAD = re.compile(
    rf"(?P<edge>{_EDGE}|{_YEAR_END})?(?:the )?(?P<head>(?:{_VAGUE})|(?:{_YEAR_TO}))?(?P<one>{_ONE})"
    rf"(?![0-9]|,[0-9]{{3}}\b|[/.][0-9]|[ ]?%)"
)
_IDLE_WORDS = re.compile(
    rf"(?<=ending )(?:of|in) |(?<=ended )(?:of|in) "
    rf"|(?<!calendar )(?<!financial )(?<!performance )(?<!academic )(?<!fiscal )"
    rf"(?<!reporting )(?<!school )\b(?:the )?year (?={_YEAR}(?:[-/][0-9]{{1,4}})?$)",
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
_MONTHS_APART = re.compile(
    rf"(?P<first>(?:{MONTHS}) {_YEAR})(?: to | ?- ?| until )(?:{MONTHS}) {_YEAR}"
)
_SHORT_YEARS = re.compile(
    r"(?P<start>[0-9]{2})[-/](?P<end>[0-9]{2})"
    rf"(?![0-9%/-]|[,.][0-9]|[ ]?%| per| to (?!{_YEAR}|[0-9]{{2}}[-/][0-9]{{2}}))"
)
_BEFORE_SHORT_YEARS = re.compile(
    r"\b(?:from|in|by|since|during|until|before|after|than|between|and|to|for|end of|of|year) "
    r"(?:the )?$"
)
_TWO_YEARS = re.compile(f"{_YEAR} to {_YEAR}")
_NUMERIC = re.compile("[0-9]{1,2}([-/.])[0-9]{1,2}\\1(?:[0-9]{4}|[0-9]{2})(?![0-9])")
_MONTH_OR_SPAN = re.compile("[0-9]{4}-[0-9]{2}")
_NINETIES: Final = "90"
_LATEST_SHORT: Final = "50"
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
        "middle",
        "close",
        "financial",
        "fiscal",
        "reporting",
        "academic",
        "school",
        "first",
        "second",
        "third",
        "fourth",
        "last",
        "h1",
        "h2",
        "christmas",
        "easter",
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
    refusal: str = ""
    """Why the words name no day, in the words of the reader of periods."""


def match_date(low: str, start: int, text: str) -> tuple[Date | None, int]:
    """Read the date that starts at a place of a text: the longest words that name one.

    Returns:
        The date, or ``None`` if no date starts here, and where it ends. Words in the shape of a
        date that name no day are a date without ``deadline`` and ``period``.
    """
    if numeric := _NUMERIC.match(low, start):
        deadline, _, refusal = _read_date(numeric[0])
        return (
            Date(text[start : numeric.end()], deadline, None, refusal=refusal),
            numeric.end(),
        )
    match = _RANGE.match(low, start) or _HEAD.match(low, start) or _short_years(low, start)
    if match is None:
        return None, start
    end = match.end()
    if low.endswith("from ", 0, start):
        # of "from 2020 to 2025" each year has its own part
        if _TWO_YEARS.fullmatch(low, start, end):
            end = start + len("2020")
        elif apart := _MONTHS_APART.fullmatch(low, start, end):
            end = apart.end("first")
    if low.startswith(" cohort", end):
        end += len(" cohort")
    words = low[start:end]
    deadline, period, refusal = _read_date(_plain_words(" ".join(text[start:end].split())))
    if _MONTH_OR_SPAN.fullmatch(words) and isinstance(period, Month):
        # in prose, 2003-06 is three years rather than June 2003
        deadline = period = None
    bare = len(words) == 4 and words.isdigit()  # noqa: PLR2004
    return Date(text[start:end], deadline, period, bare, refusal), end


@lru_cache(maxsize=4096)
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
    if short := _SHORT_YEARS.fullmatch(words):
        return f"{'19' if short['start'] > _LATEST_SHORT else '20'}{words}"
    words = re.sub(rf"^{_YEAR_END}", "end of ", words, flags=re.IGNORECASE)
    return _IDLE_WORDS.sub("", words)


def _short_years(low: str, start: int) -> re.Match[str] | None:
    """Return two years of two digits, one after the other, where the words before ask for a time.

    With a dash, "24-25" is more often two numbers: only years of the last century are taken.
    """
    match = _SHORT_YEARS.match(low, start)
    if match is None or (int(match["start"]) + 1) % 100 != int(match["end"]):
        return None
    is_dashed = "-" in match[0] and match["start"] < _NINETIES
    if is_dashed or not _BEFORE_SHORT_YEARS.search(low, max(0, start - 20), start):
        return None
    return match


@lru_cache(maxsize=4096)
def _read_date(words: str) -> tuple[Deadline | None, Period | None, str]:
    deadline: Deadline | None
    period: Period | None
    refusal = ""
    try:
        deadline = parse_deadline(words)
    except PeriodError as error:
        deadline, refusal = None, str(error)
    try:
        period = parse_period(words)
    except PeriodError:
        period = None
    return deadline, period, refusal
