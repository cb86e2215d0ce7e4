"""Whether the figures are evidence enough: a second answer, which never changes the first."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

import attrs

from rrmodel.evaluation._standing import Standing, Status
from rrmodel.evaluation._terms import baseline_for
from rrmodel.inference import (
    Interval,
    Undefined,
    Verdict,
    assess_change,
    assess_published,
    assess_share,
    cases_needed,
    cases_needed_for_change,
)
from rrmodel.model import (
    Better,
    ChangeTarget,
    Counts,
    DirectionTarget,
    MaintainTarget,
    MeasuredTarget,
    QuantifiedTarget,
)
from rrmodel.quantities import Percentage, PercentagePoints, RelativeChange

__all__ = ["UNCLEAR", "Basis", "Evidence", "weigh_evidence"]

UNCLEAR = "more cases are needed, and this must not be read as failure"
"""The accepted wording where the evidence is not clear."""

_PLACES = 2
"""Decimals of an interval in per cent: more would claim what counts cannot show."""
_WHERE = {
    Verdict.SIGNIFICANTLY_MET: "all of it at or beyond what was promised",
    Verdict.MET_BEYOND_ROUNDING: "all of it at or beyond what was promised",
    Verdict.NOT_DISTINGUISHABLE: "which holds what was promised",
    Verdict.MISSED_BEYOND_ROUNDING: "all of it short of what was promised",
    Verdict.SIGNIFICANTLY_MISSED: "all of it short of what was promised",
}
"""Where the interval lies."""
_OPEN = "so rounding alone leaves open whether the goal is reached"


class Basis(StrEnum):
    """What a verdict rests on."""

    COUNTS = "counts"
    """The counts of the latest figure, held against a fixed goal."""
    CHANGE = "change"
    """The counts of the baseline and of the latest figure: both vary by chance."""
    ROUNDING = "rounding"
    """The figure as printed. Without counts nothing can be said of chance."""


@attrs.frozen(kw_only=True)
class Evidence:
    """How far the latest figure is evidence that the promise is kept, or that it is not."""

    verdict: Verdict
    """The answer."""
    basis: Basis
    """What it rests on."""
    interval: tuple[Percentage, Percentage] | tuple[PercentagePoints, PercentagePoints]
    """What the level may be; of :attr:`Basis.CHANGE`, what the change since the baseline may be.
    From counts it is the confidence interval, to two decimals, otherwise what was rounded."""
    confidence: float | None = None
    """The confidence of the interval; ``None`` without counts."""
    p_value: float | None = None
    """The probability of a figure at least this good if the true level were exactly at the goal;
    ``None`` without counts."""
    cases: int | None = None
    """How many cases the latest figure counts; ``None`` without counts."""
    cases_needed: int | None = None
    """How many cases would settle it if the level stayed as it is; ``None`` where it is settled,
    and where no number would."""

    @property
    def statement(self) -> str:
        """The verdict in a sentence or two, with the interval and what would settle it."""
        low, high = self.interval
        if self.confidence is None or self.cases is None:
            where = _OPEN if self.verdict is Verdict.NOT_DISTINGUISHABLE else _WHERE[self.verdict]
            printed = f"As printed it stands for {low} to {high}, {where}. "
            return f"{'' if low == high else printed}Without counts, chance cannot be weighed."
        if self.basis is Basis.CHANGE:
            may_be = f"the change may be {low:+.1n} to {high:+.1n} percentage points"
        else:
            may_be = f"the level may be {low:.1} to {high:.1}"
        seen = (
            f"with {self.cases:,} cases {may_be} at {self.confidence:.0%} confidence, "
            f"{_WHERE[self.verdict]}"
        )
        if self.verdict is not Verdict.NOT_DISTINGUISHABLE:
            return f"The evidence is clear: {seen}."
        unclear = f"The evidence is not clear: {seen}; {UNCLEAR}."
        if self.cases_needed is None:
            return unclear
        return f"{unclear} At this level {self.cases_needed:,} would do."


def weigh_evidence(standing: Standing, *, confidence: float = 0.95) -> Evidence | None:
    """Ask whether the latest figure shows that a promise is kept, or that it is not.

    Counts are held against the goal by the interval of Wilson (1927). If the counts of the
    baseline are among the figures too, the change is held against the one promised by that of
    Newcombe (1998). A figure without counts stands for all that rounds to it, and so does a
    baseline; a verdict holds for all of them or is none. A promise of direction is held against no
    change, where both ends were counted.

    Args:
        standing: The judgement of the promise.
        confidence: The confidence of intervals, above 0 and below 1.

    Returns:
        The evidence; ``None`` where nothing in per cent is promised and where no figure decides.

    Raises:
        ConfidenceError: The confidence is not above 0 and below 1.
    """
    target, latest = standing.target, standing.latest
    if (
        not isinstance(target, MeasuredTarget)
        or latest is None
        or standing.status is Status.NO_DATA  # the baseline shows nothing of what came after
    ):
        return None
    start = _counts_at_start(standing)
    if isinstance(target, DirectionTarget):
        if latest.counts is None or start is None:
            return None
        return _of_change(target.measure.better, Fraction(0), latest.counts, start, confidence)
    goals, level = _goals(target), latest.level
    if goals is None or not isinstance(level, Percentage):
        return None
    if latest.counts is None:
        lowest, highest = level.published_interval
        return Evidence(
            verdict=assess_published(
                (lowest.share, highest.share), goals, better=target.measure.better
            ),
            basis=Basis.ROUNDING,
            interval=(lowest, highest),
        )
    if (
        start is not None
        and isinstance(target, ChangeTarget)
        and isinstance(target.change, PercentagePoints)
    ):
        change = target.change.value / 100
        return _of_change(target.measure.better, change, latest.counts, start, confidence)
    return _of_level(target, latest.counts, goals, confidence)


def _goals(target: QuantifiedTarget) -> tuple[Fraction, Fraction] | None:
    """Return the lowest and highest share that the goal may be, as its baseline was rounded."""
    goal = target.goal
    if not isinstance(goal, Percentage):
        return None
    lowest = highest = goal.share
    if isinstance(target, ChangeTarget):
        ends = [end.value / 100 for end in target.baseline.level.published_interval]
        if isinstance(target.change, RelativeChange):
            lowest, highest = (end * target.change.factor for end in ends)
        else:
            promised = goal.share - target.baseline.level.value / 100
            lowest, highest = (end + promised for end in ends)
    elif isinstance(target, MaintainTarget) and target.tolerance is not None:
        allowed = target.tolerance.value / 100
        lowest = highest = goal.share + (allowed if target.measure.better == "lower" else -allowed)
    return min(max(lowest, Fraction(0)), Fraction(1)), min(max(highest, Fraction(0)), Fraction(1))


def _of_level(
    target: QuantifiedTarget, counts: Counts, goals: tuple[Fraction, Fraction], confidence: float
) -> Evidence:
    """Hold counts against every goal that the printed baseline allows."""
    better = target.measure.better
    easy, hard = goals if better == "higher" else goals[::-1]
    easily, hardly = (
        assess_share(counts, goal, better=better, confidence=confidence) for goal in (easy, hard)
    )
    verdict = hardly.verdict if hardly.verdict is easily.verdict else Verdict.NOT_DISTINGUISHABLE
    # The nearer end is told from the share last; a share between the two is told from neither.
    nearer = min(max(counts.share, goals[0]), goals[1])
    settled_by = cases_needed(counts.share, nearer, confidence=confidence)
    return Evidence(
        verdict=verdict,
        basis=Basis.COUNTS,
        interval=_percentages(hardly.interval),
        confidence=confidence,
        p_value=(easily if verdict is Verdict.SIGNIFICANTLY_MISSED else hardly).p_value,
        cases=counts.denominator,
        cases_needed=_needed(verdict, settled_by),
    )


def _of_change(
    better: Better, change: Fraction, counts: Counts, start: Counts, confidence: float
) -> Evidence:
    """Hold the change between two counts against the one promised."""
    judged = assess_change(counts, start, change, better=better, confidence=confidence)
    needed = cases_needed_for_change(counts.share, start.share, change, confidence=confidence)
    low, high = judged.interval.lower, judged.interval.upper
    return Evidence(
        verdict=judged.verdict,
        basis=Basis.CHANGE,
        interval=(_points(low), _points(high)),
        confidence=confidence,
        p_value=judged.p_value,
        cases=counts.denominator,
        cases_needed=_needed(judged.verdict, needed),
    )


def _counts_at_start(standing: Standing) -> Counts | None:
    """Return the counts that a promise starts from, if they were published.

    Those of a baseline must round to what the plan says of it.
    """
    if standing.earliest is not None:
        return standing.earliest.counts
    baseline = baseline_for(standing.target, standing.area)
    if baseline is None:
        return None
    lowest, highest = (end.value for end in baseline.level.published_interval)
    for seen in standing.history:
        counts = seen.counts
        if seen.period == baseline.period and counts and lowest <= 100 * counts.share <= highest:
            return counts
    return None


def _needed(verdict: Verdict, cases: int | Undefined) -> int | None:
    settled = verdict is not Verdict.NOT_DISTINGUISHABLE
    return None if settled or isinstance(cases, Undefined) else cases


def _percentages(interval: Interval) -> tuple[Percentage, Percentage]:
    return (
        Percentage.from_float(100 * interval.lower, places=_PLACES),
        Percentage.from_float(100 * interval.upper, places=_PLACES),
    )


def _points(difference: float) -> PercentagePoints:
    return PercentagePoints.from_float(100 * difference, places=_PLACES)
