"""Figures and dates of a sentence: which of them say how much, and when something is due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import attrs

from rrmodel.errors import PeriodError
from rrmodel.periods import (
    CalendarYear,
    DateRange,
    Deadline,
    FinancialYear,
    Period,
    Quarter,
    parse_period,
)
from rrmodel.wording._dates import deadline_of
from rrmodel.wording._facts import StatedFigure, dates_in, read_figures

__all__ = [
    "COMMITS",
    "PAST",
    "deadline_in",
    "each_part",
    "figures_of",
    "period_of",
    "shared_deadline",
    "year_of",
]

COMMITS: Final = re.compile(
    r"\b(?:will|shall|(?:are|is) recruiting|to be recruited|commit(?:s|ted)? to|adding|plans? to|"
    r"intends? to|making permanent|due to|pledge[sd]?|is investing|are investing)\b",
    re.IGNORECASE,
)
PAST: Final = re.compile(
    r"\b(?:launched|was|were|has|have|had|supported|delivered|achieved|commissioned|established|"
    r"increased|reduced|completed|received)\b",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(
    r"\W*(?:after|before|following|of (?:their|the|his|her|its|release|starting)|prior|later|"
    r"post|ago|"
    r"old|strategy|plan)\b",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(
    r"\b(?:within|in the (?:last|first|next|past)|over the (?:last|next)|every|for the next|last|"
    r"next|"
    r"the first)\s*$",
    re.IGNORECASE,
)
_IS: Final = re.compile(r"\b(?:is|are|was|were|averages?|averaged|takes|took|to)\s*$")
_RANGE_END: Final = re.compile(r"\W*(?:to|and|or|[-–])\s*[0-9]")
_IN: Final = re.compile(
    r"\b(?:in|during|by|until|before|from|go live in)\s+(?:the )?$", re.IGNORECASE
)
_DUE_TO: Final = re.compile(r"\bdue to \w+ in $")
_FOR_YEAR: Final = re.compile(r"\b(?:for|in|during) (20[0-9]{2}[-/–][0-9]{2})\b")
_BREAK: Final = re.compile(r"\s[–—]\s|;")
_LEAD: Final = re.compile(
    r"^(?:by|in|before|until|at|from)?\s*(?:the )?(?:end of )?", re.IGNORECASE
)
_SOURCE: Final = re.compile(r"\([^()]*[A-Za-z][^()]*,\s+(?P<year>(?:19|20)[0-9]{2})\)")
_BETWEEN: Final = re.compile(r"^[Bb]etween (?P<first>.+) and (?P<last>.+)$")

_read_figures = lru_cache(maxsize=256)(read_figures)
_dates_in = lru_cache(maxsize=256)(dates_in)
# One sentence is asked for its figures and dates by several readers, one after the other.


def deadline_in(text: str) -> Deadline | None:
    """Return the day by which a statement is due: "by 2023-24", or "in 2022-23" after a verb.

    >>> deadline_in("Create a service in 2022-23 for people on probation")
    Deadline('in 2022-23')
    >>> deadline_in("It was established in January 2021.") is None
    True
    """
    dates = _dates_in(text)
    due = [date for date in dates if date.role == "deadline"]
    if due:
        return deadline_of("", due[-1].text)
    if PAST.search(text) and not COMMITS.search(text):
        return None
    for date in dates:
        lead = text[: date.span[0]]
        starts_late = date.role == "first period" and _DUE_TO.search(lead)
        if (date.role == "baseline period" or starts_late) and _IN.search(lead):
            words = date.text
            vague = words.lower().startswith(("early", "mid", "late"))
            return deadline_of("" if vague else "in", words)
    return None


def shared_deadline(sentence: str, stated: StatedFigure) -> Deadline | None:
    """Return the one deadline of a sentence, if it is after a figure in the same clause."""
    due = [date for date in _dates_in(sentence) if date.role == "deadline"]
    if len(due) != 1 or 0 < due[0].span[0] < stated.span[1]:
        return None
    if _BREAK.search(sentence, stated.span[1], due[0].span[0]):
        return None
    return deadline_of("", due[0].text)


def period_of(words: str) -> Period | None:
    """Return the period that words name, with or without "by the end of" before them."""
    try:
        return parse_period(_LEAD.sub("", _BETWEEN.sub(r"\g<first> to \g<last>", words)))
    except PeriodError:
        return None


def year_of(sentence: str) -> Period | None:
    """Return the one year that a sentence about money is for: "the budget for 2024-25"."""
    years = set(_FOR_YEAR.findall(sentence))
    return period_of(years.pop()) if len(years) == 1 else None


def figures_of(sentence: str) -> list[StatedFigure]:
    """Return the figures of a sentence that say how much; others do not.

    A period belongs to the figure beside it: in "7% have a job six weeks after release
    (April 2020 to March 2021)" it is that of the share, and in "Between April 2020 and March 2021,
    77% were housed" that of the figure after it. The year of a source in brackets is not a period.
    """
    figures: list[StatedFigure] = []
    for each in _read_figures(sentence):
        if _is_name(each, sentence):
            continue
        if _is_condition(each, sentence):
            if each.period is not None and figures and figures[-1].period is None:
                figures[-1] = attrs.evolve(figures[-1], period=each.period)
            continue
        figures.append(each)
    if any(each.period is not None for each in figures) and (source := _SOURCE.search(sentence)):
        year = parse_period(source["year"])
        figures = [
            attrs.evolve(each, period=None) if each.period == year else each for each in figures
        ]
    return _dated_before(figures, sentence)


def _is_name(stated: StatedFigure, sentence: str) -> bool:
    """Return whether a number in words is part of a name, such as "the Five Wells project"."""
    start, end = stated.span
    return sentence[start].isupper() and sentence[end:].lstrip()[:1].isupper()


def _dated_before(figures: list[StatedFigure], sentence: str) -> list[StatedFigure]:
    """Give the one figure of a sentence the span of time before it."""
    if len(figures) != 1 or figures[0].deadline is not None or figures[0].parts:
        return figures
    figure = figures[0]
    dates = [date for date in _dates_in(sentence) if date.span[1] <= figure.span[0]]
    if len(dates) != 1 or figure.period is not None or figure.starts is not None:
        return figures
    period = period_of(dates[0].text)
    spans_time = isinstance(period, DateRange | FinancialYear | CalendarYear | Quarter)
    return [attrs.evolve(figure, period=period)] if spans_time else figures


def each_part(figures: list[StatedFigure]) -> Iterator[StatedFigure]:
    """Yield figures, each with its instalments after it."""
    for each in figures:
        yield each
        yield from each.parts


def _is_condition(stated: StatedFigure, sentence: str) -> bool:
    """Return whether a length of time says when or how often, and is not an amount."""
    after, before = sentence[stated.span[1] :], sentence[: stated.span[0]]
    if stated.figure.kind == "duration":
        if _CONDITION.match(after) or _WITHIN.search(before):
            return True
        return not stated.of and _IS.search(before) is None
    if stated.figure.kind == "count" and not stated.figure.noun and _RANGE_END.match(after):
        # of "12 to 16 weeks of their supervision", the first number has the unit of the second
        return (
            re.match(r"\W*(?:to|and|or|[-–])\s*[0-9]+ (?:days|weeks|months|years)\b", after)
            is not None
        )
    return False
