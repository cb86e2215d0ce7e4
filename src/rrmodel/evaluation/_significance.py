"""Tests whether the latest figure shows that a target is met, or on track, or is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TypeAlias

import attrs

from rrmodel import inference
from rrmodel.evaluation._evidence import MOST_PLACES, Against, Basis, Ends, Evidence, order
from rrmodel.evaluation._progress import Progress
from rrmodel.evaluation._selection import Selection
from rrmodel.evaluation._terms import Bounds, Terms, possible
from rrmodel.evaluation._trajectory import expected_level, opposite
from rrmodel.model import Better, ChangeTarget, Counts, LevelRange, Observation, ReachTarget
from rrmodel.quantities import Amount, Percentage, PercentagePoints, RelativeChange

__all__ = ["evidence_for"]

Pair: TypeAlias = tuple[Fraction, Fraction]
Kind: TypeAlias = type[Percentage] | type[PercentagePoints]

_PLACES = 2
"""Decimals of an interval in per cent: more would claim what counts cannot show."""


def evidence_for(
    terms: Terms,
    selection: Selection,
    progress: Progress,
    as_of: date,
    *,
    confidence: float = 0.95,
) -> Evidence | None:
    """Test whether the latest figure shows that a target is met, or that it is not.

    Once the deadline has passed the figure is tested against the goal; before it, against the level
    expected by then. Counts are tested by the interval of Wilson (1927); where the counts of the
    baseline are among the figures too, the change since then is tested by that of Newcombe (1998).
    A figure without counts can be any value that rounds to it. A goal or an expected level that
    rests on a rounded baseline is an interval, and a verdict holds for all of it. A direction is
    tested against no change, where both ends were counted.

    Args:
        terms: The terms of the target.
        selection: The figures.
        progress: The numbers that they give.
        as_of: The day of the assessment.
        confidence: The confidence of intervals, above 0 and below 1.

    Returns:
        The evidence; ``None`` where no level in per cent or percentage points is asked for, where
        no figure decides, and before the deadline where no level is expected.

    Raises:
        ConfidenceError: The confidence is not above 0 and below 1.
    """
    latest, gap = selection.latest, progress.gap
    if terms.goal is None:
        return _of_direction(terms, selection, progress, confidence)
    if latest is None or gap is None or latest.period.last_day == terms.baseline_day:
        return None
    is_due = terms.deadline is None or terms.has_settled(as_of)
    expected = None if is_due else progress.expected
    if expected is None and not is_due and not terms.is_within_tolerance(gap):
        return None
    day = None if expected is None else latest.period.last_day
    against = Against.GOAL if day is None else Against.EXPECTED
    within = (expected or terms.goal).levels
    candidates = [
        evidence
        for reference, better in _references(terms, expected or terms.goal, day)
        if (
            evidence := _tested(
                terms,
                selection,
                latest,
                day,
                _Question(
                    reference,
                    better,
                    against,
                    confidence,
                    within=within if isinstance(within, LevelRange) else None,
                    has_tolerance=terms.tolerance is not None,
                ),
            )
        )
    ]
    # Of a range, the end that is missed, or is least clearly met, decides.
    return min(candidates, key=lambda evidence: _ORDER[evidence.verdict.direction], default=None)


_ORDER = {"missed": 0, None: 1, "met": 2}


@attrs.frozen
class _Question:
    """The level that a figure is tested against, in per cent."""

    reference: Pair
    better: Better
    against: Against
    confidence: float
    within: LevelRange | None = None
    has_tolerance: bool = False


def _tested(
    terms: Terms,
    selection: Selection,
    latest: Observation,
    day: date | None,
    question: _Question,
) -> Evidence | None:
    """Test the latest figure against one end of what is asked."""
    level, counts = latest.level, latest.counts
    if isinstance(level, Percentage) and counts is not None:
        start, change = _counts_at_start(terms, selection), _change_asked(terms, day)
        if start is not None and change is not None:
            asked = attrs.evolve(question, reference=(100 * change, 100 * change), within=None)
            return _of_change(level, counts, start, asked)
        return _of_counts(level, counts, question)
    if isinstance(level, Percentage | PercentagePoints):
        return _of_rounding(level, question)
    return None


def _of_rounding(level: Percentage | PercentagePoints, question: _Question) -> Evidence:
    """Test all that rounds to a published level."""
    lowest, highest = (end.value for end in level.published_interval)
    return Evidence(
        verdict=inference.assess_published(
            (lowest, highest), question.reference, better=question.better
        ),
        basis=Basis.ROUNDING,
        against=question.against,
        reference=_percents(type(level), question.reference),
        better=question.better,
        within=question.within,
        has_tolerance=question.has_tolerance,
        level=level,
        interval=level.published_interval,
    )


def _of_counts(level: Percentage, counts: Counts, question: _Question) -> Evidence:
    """Test counts against a level."""
    goal = question.reference[0] / 100, question.reference[1] / 100
    assessed = inference.assess_share(
        counts, goal, better=question.better, confidence=question.confidence
    )
    needed = inference.cases_needed(
        counts.share, assessed.reference, confidence=question.confidence
    )
    return _of_chance(level, counts, assessed, needed, question, basis=Basis.COUNTS)


def _of_change(level: Percentage, counts: Counts, start: Counts, question: _Question) -> Evidence:
    """Test the change between two counts against a change."""
    change = question.reference[0] / 100
    assessed = inference.assess_change(
        counts, start, change, better=question.better, confidence=question.confidence
    )
    needed = inference.cases_needed_for_change(
        counts.share, start.share, change, confidence=question.confidence
    )
    return _of_chance(level, counts, assessed, needed, question, basis=Basis.CHANGE)


def _change_asked(terms: Terms, day: date | None) -> Fraction | None:
    """Return the change in shares that a target asks for by a day, if it is stated in points."""
    target, baseline = terms.target, terms.baseline
    bounds = terms.goal if day is None else terms.expected(day)
    if (
        baseline is None
        or bounds is None
        or not isinstance(target, ChangeTarget)
        or not isinstance(target.change, PercentagePoints)
    ):
        return None
    return (bounds.level.value - baseline.level.value) / 100


def _of_chance(
    level: Percentage,
    counts: Counts,
    assessed: inference.ShareAssessment,
    needed: int | inference.Undefined,
    question: _Question,
    *,
    basis: Basis,
) -> Evidence:
    """Return the evidence of a test of counts."""
    kind: Kind = PercentagePoints if basis is Basis.CHANGE else Percentage
    is_open = assessed.verdict.direction is None
    return Evidence(
        verdict=assessed.verdict,
        basis=basis,
        against=question.against,
        reference=_percents(kind, question.reference),
        better=question.better,
        within=question.within,
        has_tolerance=question.has_tolerance,
        level=level,
        interval=_rounded(kind, assessed.interval, question.reference),
        confidence=question.confidence,
        p_value=assessed.p_value,
        cases=counts.denominator,
        cases_needed=needed if is_open and isinstance(needed, int) else None,
    )


def _of_direction(
    terms: Terms, selection: Selection, progress: Progress, confidence: float
) -> Evidence | None:
    """Test the last change of a direction against no change, where both ends were counted."""
    if not progress.steps:
        return None
    start, end = progress.steps[-1].start, progress.steps[-1].end
    before = start.counts if isinstance(start, Observation) else _counts_at_start(terms, selection)
    if before is None or end.counts is None or not isinstance(end.level, Percentage):
        return None
    nothing = Fraction(0), Fraction(0)
    question = _Question(nothing, terms.target.measure.better, Against.NO_CHANGE, confidence)
    return _of_change(end.level, end.counts, before, question)


def _counts_at_start(terms: Terms, selection: Selection) -> Counts | None:
    """Return the counts of the baseline, if they were published and round to what the plan says."""
    baseline = terms.baseline
    if baseline is None:
        return None
    lowest, highest = (end.value for end in baseline.level.published_interval)
    for observation in selection.history:
        counts = observation.counts
        if (
            observation.period == baseline.period
            and counts
            and lowest <= 100 * counts.share <= highest
        ):
            return counts
    return None


def _references(terms: Terms, bounds: Bounds, day: date | None) -> Iterator[tuple[Pair, Better]]:
    """Yield each end of what is asked, with its own rounding in per cent, and its better side."""
    yield _reference(terms, bounds, day), bounds.better
    if bounds.limit is not None:
        yield (bounds.limit.value, bounds.limit.value), opposite(bounds.better)


def _reference(terms: Terms, bounds: Bounds, day: date | None) -> Pair:
    """Return the lowest and highest level that bounds may begin with, as the baseline was rounded.

    A tolerance is part of the goal.
    """
    if terms.tolerance is not None:
        bounds = bounds.widened(terms.tolerance)
    values = [bounds.level.value, *_by_rounded_baselines(terms, day)]
    return min(values), max(values)


def _by_rounded_baselines(terms: Terms, day: date | None) -> Iterator[Fraction]:
    """Yield the goal, or the level expected on a day, from each end of a rounded baseline."""
    target = terms.target
    if not isinstance(target, ChangeTarget | ReachTarget) or target.baseline is None:
        return
    if isinstance(target.baseline.level, Amount) or terms.trajectory == "logit":
        return
    for start in target.baseline.level.published_interval:
        goal = target.goal.value
        if isinstance(target, ChangeTarget) and isinstance(target.change, RelativeChange):
            goal = start.value * target.change.factor
        elif isinstance(target, ChangeTarget):
            goal = start.value + target.change.value
        goal = possible(target.goal, goal)
        days = [point[0] for point in terms.points]
        between = (level.value for _, level in terms.points[1:-1])
        points = [
            (each, PercentagePoints(level))
            for each, level in zip(days, (start.value, *between, goal), strict=False)
        ]
        level = None if day is None else expected_level(points, day, terms.trajectory)
        if level is None:
            yield goal
        else:
            is_higher = target.measure.better == "higher"
            yield min(level.value, goal) if is_higher else max(level.value, goal)


def _percents(kind: Kind, pair: Pair) -> Ends:
    return kind(pair[0]), kind(pair[1])


def _rounded(kind: Kind, interval: inference.Interval, reference: Pair) -> Ends:
    """Return an interval of shares in per cent, rounded but on the same side of the reference."""
    exact = 100 * interval.lower, 100 * interval.upper

    def keeps_order(places: int) -> bool:
        return all(
            order(kind.from_float(end, places=places).value, other) == order(end, other)
            for end in exact
            for other in reference
        )

    places = next(filter(keeps_order, range(_PLACES, MOST_PLACES)), MOST_PLACES)
    return kind.from_float(exact[0], places=places), kind.from_float(exact[1], places=places)
