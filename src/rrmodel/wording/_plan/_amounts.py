"""Figures of a sentence as levels, changes and amounts, each with what it describes."""

from __future__ import annotations

import re
from typing import Final

from rrmodel.errors import RrmodelError
from rrmodel.model import Figure
from rrmodel.quantities import Amount, Change, Level, PercentagePoints, RelativeChange, singular_of
from rrmodel.wording._facts import StatedFigure
from rrmodel.wording._plan._questions import QuestionKind
from rrmodel.wording._plan._sentence_figures import period_of
from rrmodel.wording._plan._words import shortened

__all__ = ["EFFECT", "amount_of", "fact_figure", "without_role", "without_unit"]

EFFECT: Final = re.compile(
    r"\b(?P<way>less|more|as) likely\b|\b(?P<odds>lower|higher) (?:odds|risk)\b"
)
_OF: Final = re.compile(
    r"(?P<noun>[a-z][a-z-]+)(?: of| ?:)"
    r"(?: (?:over|around|about|approximately|more than|up to|almost|nearly|some|at least))?\s*$",
    re.IGNORECASE,
)
_NUMBER_OF: Final = re.compile(
    r"\b(?:number|total|volume) of (?P<noun>[a-z' -]{3,60}?)(?: across [\w ]+| in [\w ]+| for "
    r"[\w ]+)? by\s*$",
    re.IGNORECASE,
)
_RISING: Final = re.compile(
    r"\b(?:rising|increasing|growing|falling|reducing|up|down|and) to\s*$|\bto\s*$"
)
_POSTS: Final = re.compile(
    r"\b(?:leads?|managers?|officers?|supervisors?|specialists?|co-?ordinators?|workers?|staff|"
    r"coaches|"
    r"mentors?|posts?|employees|practitioners?|navigators?|advisers?|advisors?)\b",
    re.IGNORECASE,
)
_PLURAL: Final = re.compile(r"\b(?:people|staff|children|men|women|[A-Za-z-]{2,}(?<![su])s)\b")
_STOP: Final = re.compile(r"\b(?:in|of|for|to|by|on|with|who|that|and|at|from)\b")
_COUNTED_AS: Final = {"population": "person", "caseload": "case"}
_SHARES: Final = frozenset(["percent", "points"])
_NEAR: Final = 60
_MOST_IN_OF: Final = 120


def fact_figure(
    stated: StatedFigure,
    sentence: str,
    figures: list[StatedFigure],
    questions: list[tuple[QuestionKind, str]],
) -> Figure | None:
    """Return a figure as a fact records it; one without a unit becomes a question."""
    value = _value(stated, sentence, figures)
    if value is None:
        questions.append(without_unit(stated))
        return None
    period = stated.period
    if period is None and stated.deadline is not None:
        period = period_of(stated.deadline.wording)
    of = stated.of.removeprefix("of ")
    if stated.group is not None:
        of = f"{of} {stated.group}"
    if not of.strip() or EFFECT.search(of) or sentence[stated.span[1] :].lstrip().startswith("("):
        of = shortened(sentence, _MOST_IN_OF)
    return Figure(
        value=value,
        of=" ".join(of.split())[:_MOST_IN_OF].strip(),
        bound=stated.bound,
        period=period,
    )


def _value(
    stated: StatedFigure, sentence: str, figures: list[StatedFigure]
) -> Level | Change | None:
    figure = stated.figure
    effect = EFFECT.search(sentence, stated.span[1])
    if effect and figure.kind in _SHARES and effect.start() - stated.span[1] < _NEAR:
        way = effect["way"] or effect["odds"]
        if way == "as":
            return None
        sign = -1 if way in {"less", "lower"} else 1
        if figure.kind == "points":
            return PercentagePoints(sign * figure.value)
        return RelativeChange(sign * figure.value)
    if figure.kind in {"count", "duration"}:
        return amount_of(stated, sentence, figures)
    try:
        return figure.level
    except RrmodelError:
        return None


def amount_of(stated: StatedFigure, sentence: str, figures: list[StatedFigure]) -> Amount | None:
    """Return a figure as an amount; the unit of a bare number is found in the words before it."""
    units = [stated.figure.unit]
    before = sentence[: stated.span[0]]
    phrase = _PLURAL.findall(_STOP.split(stated.of, maxsplit=1)[0])
    named = _POSTS.findall(stated.of)[:1] or phrase[-1:] or _PLURAL.findall(stated.of)[:1]
    if named and stated.figure.kind == "count" and not {"/", " "}.intersection(stated.figure.unit):
        units.insert(0, singular_of(named[0].lower()))
    if not stated.figure.unit:
        if _RISING.search(before) and (
            earlier := [each for each in figures if each.span < stated.span]
        ):
            units.append(earlier[-1].figure.unit)
        if counted := _NUMBER_OF.search(before):
            units.append(singular_of(counted["noun"].split()[-1].lower()))
        elif noun := _OF.search(before):
            word = singular_of(noun["noun"].lower())
            units.append(_COUNTED_AS.get(word, word))
    for unit in filter(None, units):
        try:
            return Amount(stated.figure.number, unit)
        except RrmodelError:
            continue
    return None


def without_unit(stated: StatedFigure) -> tuple[QuestionKind, str]:
    """Return the question about a figure that cannot be recorded."""
    words = stated.figure.text
    return "in question", f"{words!r} is not a level or amount, so it is not recorded: check it"


def without_role(stated: StatedFigure) -> tuple[QuestionKind, str]:
    """Return the question about a figure that no record of its sentence has."""
    return "in question", f"{stated.figure.text!r} has no role: check what it is for"
