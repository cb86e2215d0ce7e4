"""Rules about statements of one fact that differ: in sentences, records and published figures.

Two printed numbers agree if one number could have been rounded to both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import TypeVar

from rrmodel.checks._targets import targets_of
from rrmodel.errors import Problem, QuantityError
from rrmodel.model import (
    Baseline,
    ChangeTarget,
    Commitment,
    DirectionTarget,
    Fact,
    Figure,
    MaintainTarget,
    MeasuredTarget,
    Observation,
    ObservationIndex,
    Plan,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    normal_form,
    walk,
    with_article,
)
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints, RelativeChange

__all__ = [
    "baselines_that_differ_from_figures",
    "changes_that_do_not_fit",
    "figures_that_differ",
    "levels_that_differ_from_counts",
    "parts_that_do_not_add_up",
    "sentences_that_differ",
]

_Number = TypeVar("_Number", Percentage, PercentagePoints, RelativeChange)

_NUMERAL = r"([0-9][0-9.]*|[a-z]+(?:-[a-z]+)?)"
_PER_CENT = r"(?:\s?%|\s+per\s?cent\b)"
_BY_POINTS = re.compile(rf"\bby {_NUMERAL} percentage points?\b", re.IGNORECASE)
_BY_SHARE = re.compile(rf"\bby {_NUMERAL}{_PER_CENT}", re.IGNORECASE)
_FROM = re.compile(rf"\bfrom {_NUMERAL}{_PER_CENT}", re.IGNORECASE)
_AIM = r"to|reach|reaches|reaching|at least|at most|no less than|no more than"
_LEVEL = rf"{_NUMERAL}{_PER_CENT}(?!\s+(?:more|less|fewer|higher|lower|points?)\b)"
_TO = re.compile(rf"\b(?:{_AIM}) {_LEVEL}", re.IGNORECASE)
_AT = re.compile(rf"\b(?:{_AIM}|at|above|below) {_LEVEL}", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"\b(?:between|from) {_NUMERAL}(?:{_PER_CENT})? (?:and|to) {_NUMERAL}{_PER_CENT}",
    re.IGNORECASE,
)


def parts_that_do_not_add_up(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find commitments whose parts add up to more or less than the whole allows."""
    for path, record in walk(plan):
        if not isinstance(record, Commitment) or record.amount is None or not record.parts:
            continue
        amounts = [part.amount for part in record.parts]
        if any(amount.unit != record.amount.unit for amount in amounts):
            continue
        together = sum(amounts[1:], amounts[0])
        difference = together.value - record.amount.value
        rounding = sum(map(_rounding, (*amounts, record.amount)))
        match record.bound:
            case "exactly":
                fits = abs(difference) <= rounding
            case "at least" | "over":
                fits = difference >= -rounding
            case "up to":
                fits = difference <= rounding
            case _:
                fits = True
        if not fits:
            hedge = "" if record.bound == "exactly" else f"{record.bound} "
            yield Problem(
                f"the parts of the commitment {record.id!r} add up to {together}, and its amount "
                f"is {hedge}{record.amount}: correct one of them, or ask",
                path,
            )


def _rounding(amount: Amount) -> Fraction:
    """Return how far a printed amount may be from the exact one: whole numbers are counted."""
    return Fraction(1, 2 * 10**amount.places) if amount.places else Fraction(0)


def changes_that_do_not_fit(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find changes that do not fit the levels printed beside them, even if all are rounded."""
    for path, record in walk(plan):
        if isinstance(record, Fact):
            yield from _facts_that_do_not_fit(path, record)
        elif isinstance(record, ReachTarget):
            yield from _points_that_do_not_fit(path, record)


def _facts_that_do_not_fit(path: str, fact: Fact) -> Iterator[Problem]:
    """Look at a fact with two levels of one thing in two periods, and their change."""
    levels: list[Figure] = []
    changes: list[tuple[int, PercentagePoints | RelativeChange]] = []
    for index, figure in enumerate(fact.figures):
        if isinstance(figure.value, PercentagePoints | RelativeChange):
            changes.append((index, figure.value))
        else:
            levels.append(figure)
    if any(figure.bound != "exactly" or figure.area for figure in fact.figures):
        return
    match levels, changes:
        case [Figure(of=one), Figure(of=other)], [(index, change)] if one == other:
            dated = [(level.period, level.value) for level in levels if level.period is not None]
        case _:
            return
    if len(dated) != len(levels) or dated[0][0].last_day == dated[1][0].last_day:
        return
    (_, before), (_, after) = sorted(dated, key=lambda pair: pair[0].last_day)
    match change, before, after:
        case PercentagePoints(), Percentage(), Percentage():
            fits = change.is_consistent_with(before, after)
        case RelativeChange(), Percentage(), Percentage():
            fits = change.is_consistent_with(before, after)
        case RelativeChange(), Amount(), Amount() if before.unit == after.unit:
            fits = change.is_consistent_with(before, after)
        case _:
            return
    if not fits:
        yield Problem(
            f"a change of {change:+} does not fit {before} and {after}, even if all three are "
            "rounded: correct one of them, or ask which is meant",
            f"{path}.figures[{index}]",
        )


def _points_that_do_not_fit(path: str, target: ReachTarget) -> Iterator[Problem]:
    """Look at a level to reach whose sentence says by how many points it changes."""
    if target.baseline is None:
        return
    before, after = target.baseline.level, target.goal
    points = _only(_BY_POINTS, target.statement, PercentagePoints)
    if points is None or not (isinstance(before, Percentage) and isinstance(after, Percentage)):
        return
    signed = -points if after < before else points
    if not signed.is_consistent_with(before, after):
        yield Problem(
            f"the sentence of the target {target.id!r} says by {points}, which does not fit the "
            f"baseline of {before} and the goal of {after}: correct one of them",
            path,
        )


def sentences_that_differ(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find targets whose sentence states another level or change than the record."""
    for path, target in targets_of(plan):
        if isinstance(target, MeasuredTarget):
            for stated, recorded in _differences(target):
                yield Problem(
                    f"the sentence of the target {target.id!r} says {stated}, and {recorded}: "
                    "correct one of them",
                    path,
                )


def _differences(target: MeasuredTarget) -> Iterator[tuple[str, str]]:
    """Yield what a sentence says beside what the record does, where the two differ."""
    sentence = target.statement
    start = None if isinstance(target, RangeTarget) else _only(_FROM, sentence, Percentage)
    baseline = None if isinstance(target, MaintainTarget | StandingTarget) else target.baseline
    if start is not None and baseline is not None and not _agree(start, baseline.level):
        yield f"from {start}", f"its baseline is {baseline.level}"
    if isinstance(target, ChangeTarget):
        aim = _only(_TO, sentence, Percentage)
        if aim is not None and not _leads_to(target, aim):
            yield f"{aim}", f"its baseline and change give {target.goal}"
        yield from _changes_that_differ(target)
    elif isinstance(target, RangeTarget):
        ends = [_number(end, Percentage) for pair in _BETWEEN.findall(sentence) for end in pair]
        goal = target.goal
        match ends:
            case [Percentage() as low, Percentage() as high]:
                if not (_agree(low, goal.low) and _agree(high, goal.high)):
                    yield f"{low} to {high}", f"its goal is {goal}"
            case _:
                pass
    elif not isinstance(target, DirectionTarget):
        aim = _only(_TO if isinstance(target, ReachTarget) else _AT, sentence, Percentage)
        stages = target.interim if isinstance(target, ReachTarget) else ()
        if aim is not None and not stages and not _agree(aim, target.goal):
            yield f"{aim}", f"its goal is {target.goal}"


def _leads_to(target: ChangeTarget, aim: Percentage) -> bool:
    """Return whether the baseline and change of a target can give a level, if all are rounded."""
    start, change = target.baseline.level, target.change
    if not isinstance(start, Percentage) or isinstance(change, Amount):
        return True  # the sentence gives a share of something else
    return bool(target.interim) or change.is_consistent_with(start, aim)


def _changes_that_differ(target: ChangeTarget) -> Iterator[tuple[str, str]]:
    change = target.change
    if isinstance(change, Amount):
        return
    stated: PercentagePoints | RelativeChange | None
    if isinstance(change, PercentagePoints):
        stated = _only(_BY_POINTS, target.statement, PercentagePoints)
    else:
        stated = _only(_BY_SHARE, target.statement, RelativeChange)
    if stated is not None and not _close(abs(stated.value), abs(change.value), stated, change):
        yield f"by {stated}", f"its change is {change}"


def _only(pattern: re.Pattern[str], sentence: str, kind: type[_Number]) -> _Number | None:
    """Return the number at the only match of a pattern in a sentence."""
    matches: list[str] = pattern.findall(sentence)
    return _number(matches[0], kind) if len(matches) == 1 else None


def _number(text: str, kind: type[_Number]) -> _Number | None:
    try:
        return kind(text.rstrip("."))
    except QuantityError:  # a word that is not a number
        return None


def _agree(one: Level, other: Level) -> bool:
    """Return whether two levels may be one, rounded; levels in two units are not compared."""
    return one.unit != other.unit or _close(one.value, other.value, one, other)


def _close(first: Fraction, second: Fraction, *printed: Level | RelativeChange) -> bool:
    """Return whether two values are equal within the rounding of the numbers as printed."""
    places = [number.places for number in printed if number.places is not None]
    rounding = sum((Fraction(1, 2 * 10**count) for count in places), Fraction(0))
    return first == second or abs(first - second) < rounding


def baselines_that_differ_from_figures(
    plan: Plan, observations: tuple[Observation, ...]
) -> Iterator[Problem]:
    """Find baselines that no published figure for their period, measure and area agrees with."""
    index = ObservationIndex.of(observations)
    for path, target in targets_of(plan):
        match target:
            case (
                ChangeTarget(baseline=Baseline() as baseline)
                | ReachTarget(baseline=Baseline() as baseline)
                | RangeTarget(baseline=Baseline() as baseline)
                | DirectionTarget(baseline=Baseline() as baseline)
            ):
                figures = index.measure(target.measure.id).of(target.area)
            case _:
                continue
        periods = (baseline.period, baseline.may_be)
        levels = [
            (observation.level, observation)
            for observation in figures
            if observation.period in periods and observation.level is not None
        ]
        if levels and not any(_agree(level, baseline.level) for level, _ in levels):
            level, observation = levels[-1]
            where = "" if observation.citation is None else f" ({observation.citation})"
            yield Problem(
                f"the baseline of the target {target.id!r} is {baseline.level}, and the figure for "
                f"{observation.period} was published as {level}{where}: correct one of them, or "
                "ask which figure is meant",
                f"{path}.baseline",
            )


def levels_that_differ_from_counts(
    plan: Plan, observations: tuple[Observation, ...]
) -> Iterator[Problem]:
    """Find measures with a figure whose level and counts contradict each other."""
    by_measure: defaultdict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        if observation.contradiction is not None:
            by_measure[normal_form(observation.measure)].append(observation)
    for place, measure in enumerate(plan.measures):
        figures = by_measure[normal_form(measure.id)]
        if figures:
            first = figures[0]
            more = f" (one of {len(figures)} such figures)" if len(figures) > 1 else ""
            area = with_article(first.area)
            yield Problem(
                f"the figure of {measure.id!r} for {area} in {first.period}{more}: "
                f"{first.contradiction}",
                f"$.measures[{place}]",
            )


def figures_that_differ(plan: Plan, observations: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find measures with two different figures for one area and period, published together."""
    measures = {normal_form(measure.id): place for place, measure in enumerate(plan.measures)}
    groups: defaultdict[tuple[object, ...], list[tuple[Level, Observation]]] = defaultdict(list)
    for observation in observations:
        place = measures.get(normal_form(observation.measure))
        if place is not None and observation.level is not None:
            area = normal_form(observation.area)
            key = (place, area, observation.period, observation.series, observation.published)
            groups[key].append((observation.level, observation))
    differing: defaultdict[int, list[tuple[Level, Level, Observation]]] = defaultdict(list)
    for group in groups.values():
        first, figure = group[0]
        other = next((level for level, _ in group if not _agree(first, level)), None)
        if other is not None:
            differing[measures[normal_form(figure.measure)]].append((first, other, figure))
    for place, cases in sorted(differing.items()):
        first, other, figure = cases[0]
        more = f" (and {len(cases) - 1} more such pairs)" if len(cases) > 1 else ""
        when = "" if figure.published is None else f", both published on {figure.published}"
        yield Problem(
            f"the figures of {plan.measures[place].id!r} for {with_article(figure.area)} in "
            f"{figure.period} are "
            f"{first} and {other}{when}{more}: keep one, or give the day when each was published",
            f"$.measures[{place}]",
        )
