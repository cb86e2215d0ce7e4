"""Whether the figures are evidence enough: a second answer, which never changes the status."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

import attrs

from rrmodel import inference
from rrmodel.evaluation._progress import Progress
from rrmodel.evaluation._selection import Selection
from rrmodel.evaluation._terms import Bounds, Terms
from rrmodel.evaluation._texts import goal_name, printed
from rrmodel.evaluation._trajectory import expected_level, opposite
from rrmodel.model import Better, ChangeTarget, Counts, LevelRange, Observation, ReachTarget
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints, RelativeChange

__all__ = ["UNCLEAR", "Against", "Basis", "Evidence", "evidence_for"]

UNCLEAR = "More cases are needed, and this must not be read as failure."
"""The accepted wording where the evidence is not clear."""

Pair: TypeAlias = tuple[Fraction, Fraction]
Ends: TypeAlias = tuple[Level, Level]
Kind: TypeAlias = type[Percentage] | type[PercentagePoints]

_PLACES = 2
"""Decimals of an interval in per cent: more would claim what counts cannot show."""
_MOST_PLACES = 12
"""Decimals at most, where fewer would put an end of the interval on the wrong side of the goal."""


class Basis(StrEnum):
    """What a verdict rests on."""

    COUNTS = "counts"
    """The counts of the latest figure, tested against a level."""
    CHANGE = "change"
    """The counts of the baseline and of the latest figure, both of which vary by chance."""
    ROUNDING = "rounding"
    """The published figure. Without counts there is no test for chance."""


class Against(StrEnum):
    """What the figure is tested against."""

    GOAL = "goal"
    """The goal, once the deadline has passed or where there is no path to it."""
    EXPECTED = "expected_level"
    """Before the deadline, the level expected by then."""
    NO_CHANGE = "no_change"
    """The start of a direction."""


@attrs.frozen(kw_only=True)
class Evidence:
    """How far the latest figure is evidence that a target is met, or on track, or is not."""

    verdict: inference.Verdict
    """The answer."""
    basis: Basis
    """What it rests on."""
    against: Against
    """What the figure is tested against."""
    reference: Ends
    """The lowest and the highest value of what it is tested against: a level, or of
    :attr:`Basis.CHANGE` a change. They are equal where the value is exact."""
    better: Better
    """The side of the reference on which the figure should be."""
    level: Percentage | PercentagePoints
    """The level as published."""
    interval: Ends
    """The lowest and the highest level, or of :attr:`Basis.CHANGE` change, that the figure allows:
    from counts the confidence interval, otherwise what rounds to the published figure."""
    within: LevelRange | None = None
    """The range of which the reference is the end that decides."""
    has_tolerance: bool = False
    """Whether the reference includes a tolerance of the target."""
    confidence: float | None = None
    """The confidence of the interval; ``None`` without counts."""
    p_value: float | None = None
    """The probability of a figure at least this good if the true value were the one within the
    reference that is nearest to the figure; ``None`` without counts."""
    cases: int | None = None
    """How many cases the latest figure counts; ``None`` without counts."""
    cases_needed: int | None = None
    """How many cases would settle it if the figure stayed the same; ``None`` where it is settled,
    and where no number would settle it."""

    @property
    def statement(self) -> str:
        """The verdict in a sentence or two, with its interval and what would settle it."""
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.basis is Basis.ROUNDING:
            yield from self._of_rounding()
        else:
            yield from self._of_chance()
        low, high = self.reference
        if low != high:
            name = "goal" if self.against is Against.GOAL else "expected level"
            yield f"The {name} is between {low} and {high}, because its baseline was rounded."

    def _of_rounding(self) -> Iterator[str]:
        low, high = self.interval
        if low != high:
            published = f"Published as {self.level}, so the true value is between {low} and {high}"
            if self.verdict.direction is None:
                yield f"{published}: rounding leaves open whether it reaches {self._name}."
            else:
                yield f"{published}: {self._side} {self._name} either way."
        yield "It was published without counts, so there is no test for chance."

    def _of_chance(self) -> Iterator[str]:
        low, high = (
            _shown(self.interval[0], self.reference, "n"),
            _shown(self.interval[1], self.reference),
        )
        of = " of the change" if self.basis is Basis.CHANGE else ""
        interval = (
            f"with {self.cases:,} cases the {self.confidence:.0%} confidence interval{of} is {low} "
            f"to {high}"
        )
        if self.verdict.direction is not None:
            yield f"The evidence is clear: {interval}, all of it {self._side} {self._name}."
            return
        yield f"The difference from {self._name} is within chance: {interval}."
        yield UNCLEAR
        if self.cases_needed is not None:
            yield f"At this level, about {self.cases_needed:,} cases would settle it."

    @property
    def conclusion(self) -> str | None:
        """Where the figure is, such as "below the 90% goal"; ``None`` where the verdict is open."""
        return None if self.verdict.direction is None else f"{self._side} {self._name}"

    @property
    def _side(self) -> str:
        if self.verdict.direction == "met":
            if self.within is not None:
                return "within"
            return "at or above" if self.better == "higher" else "at or below"
        return "below" if self.better == "higher" else "above"

    @property
    def _name(self) -> str:
        low, high = self.reference
        if self.against is Against.NO_CHANGE:
            return "no change"
        is_goal = self.against is Against.GOAL
        if self.basis is Basis.CHANGE:
            return f"the {'intended' if is_goal else 'expected'} change of {low}"
        if self.within is not None:
            return f"the {'goal of' if is_goal else 'expected'} {self.within}"
        if self.has_tolerance:
            return f"the goal with its tolerance, {low},"
        if low != high:
            return "the goal" if is_goal else "the expected level"
        return goal_name(low).format(low) if is_goal else f"the expected {low}"


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
    A figure without counts stands for all that rounds to it. A goal or an expected level that rests
    on a rounded baseline is an interval, and a verdict holds for all of it. A direction
    is tested against no change, where both ends were counted.

    Args:
        terms: What is asked.
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
    found = [
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
    return min(found, key=lambda evidence: _ORDER[evidence.verdict.direction], default=None)


_ORDER = {"missed": 0, None: 1, "met": 2}


@attrs.frozen
class _Question:
    """What a figure is tested against, in per cent."""

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
    for found in selection.history:
        counts = found.counts
        if found.period == baseline.period and counts and lowest <= 100 * counts.share <= highest:
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
    level = bounds.level.value
    if terms.tolerance is not None:
        allowed = terms.tolerance.value if bounds.better == "lower" else -terms.tolerance.value
        level = _possible(bounds.level, level + allowed)
    values = [level, *_by_rounded_baselines(terms, day)]
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
        goal = _possible(target.goal, goal)
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


def _possible(level: Level, value: Fraction) -> Fraction:
    """Return a value, cut to what a level of that kind can be."""
    return min(max(value, Fraction(0)), Fraction(100)) if isinstance(level, Percentage) else value


def _percents(kind: Kind, pair: Pair) -> Ends:
    return kind(pair[0]), kind(pair[1])


def _rounded(kind: Kind, interval: inference.Interval, reference: Pair) -> Ends:
    """Return an interval of shares in per cent, rounded but on the same side of the reference."""
    exact = 100 * interval.lower, 100 * interval.upper

    def keeps_order(places: int) -> bool:
        return all(
            _order(kind.from_float(end, places=places).value, other) == _order(end, other)
            for end in exact
            for other in reference
        )

    places = next(filter(keeps_order, range(_PLACES, _MOST_PLACES)), _MOST_PLACES)
    return kind.from_float(exact[0], places=places), kind.from_float(exact[1], places=places)


def _order(number: Fraction | float, other: Fraction) -> int:
    return (number > other) - (number < other)


def _shown(end: Level, reference: Ends, form: str = "") -> str:
    """Return the text of an end of an interval: one decimal, or as many as keep it on its side."""
    places = next(
        (
            places
            for places in range(1, _MOST_PLACES)
            if all(
                _order(end.rounded(places).value, printed(other).value)
                == _order(end.value, other.value)
                for other in reference
            )
        ),
        _MOST_PLACES,
    )
    if isinstance(end, PercentagePoints):
        return f"{end:+.{places}{form}}"
    return f"{end:.{places}}"
