"""A promise before its deadline: on track, at risk or off track, by the rule of a policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

import attrs

from rrmodel.evaluation._policy import (
    AssuranceRule,
    ComparisonRule,
    GrowthRule,
    MarginRule,
    PaceRule,
    Rule,
)
from rrmodel.evaluation._selection import Selection
from rrmodel.evaluation._series import chart_figures
from rrmodel.evaluation._standing import Status
from rrmodel.evaluation._terms import baseline_for, expected_of
from rrmodel.evaluation._trajectory import shortfall
from rrmodel.inference import (
    Assurance,
    Comparison,
    GrowthRatio,
    ShareAssessment,
    Undefined,
    assess_share,
    growth_ratio,
)
from rrmodel.model import MaintainTarget, Observation, QuantifiedTarget
from rrmodel.periods import day_text
from rrmodel.quantities import Level, Percentage, PercentagePoints

__all__ = ["Unfinished", "expectation", "grade", "grading"]

_YEAR = 365.25
"""Days in a year of growth."""


@attrs.frozen
class Unfinished:
    """A promise short of its goal with time left, and the figure that says so."""

    target: QuantifiedTarget
    """The promise."""
    area: str
    """The area whose figures are looked at."""
    figures: Selection
    """The figures of its measure."""
    latest: Observation
    """The figure that decides."""
    level: Level
    """Its level."""

    @property
    def expected(self) -> Level | None:
        """The level that the trajectory expects by the end of the figure's period."""
        return expected_of(self.target, self.area, self.latest.period.last_day)


def grade(promise: Unfinished, rule: Rule) -> Status:
    """Return how a promise stands that is short of its goal with time left."""
    expected = promise.expected
    if expected is None:
        return Status.AT_RISK  # without a baseline no pace can be judged
    match rule:
        case PaceRule():
            return _by_pace(promise, expected, rule)
        case MarginRule():
            return _by_margin(promise, expected, rule.margin)
        case GrowthRule():
            growth = _growth(promise)
            ratio = None if isinstance(growth, Undefined) else growth.ratio
            if ratio is None or rule.at_risk_from <= ratio < rule.on_track_from:
                return Status.AT_RISK
            return Status.ON_TRACK if ratio >= rule.on_track_from else Status.OFF_TRACK
        case ComparisonRule():
            judged = _comparison(promise, expected, rule)
            return _OF_COMPARISON[judged.comparison] if judged else Status.AT_RISK
        case AssuranceRule():
            charted = _charted(promise, rule)
            return _OF_ASSURANCE[charted] if isinstance(charted, Assurance) else Status.AT_RISK
        case _:
            assert_never(rule)


def expectation(promise: Unfinished) -> str:
    """Say what is expected of a promise that is short of its goal with time left."""
    target, expected = promise.target, promise.expected
    if expected is None:
        return "Without a baseline of the same area its pace cannot be judged."
    if isinstance(target, MaintainTarget):
        return f"The promise is to hold the level until {day_text(target.deadline.last_day)}."
    day = day_text(promise.latest.period.last_day)
    return f"The {target.trajectory} line expects {expected} by {day}."


def grading(promise: Unfinished, rule: Rule) -> Iterator[str]:
    """Say what a rule makes of a promise that is short of its goal with time left."""
    expected = promise.expected
    if expected is None:
        return
    match rule:
        case PaceRule():
            yield _pace_made(promise, expected)
        case MarginRule():
            yield _short_of(promise, expected)
        case GrowthRule():
            growth = _growth(promise)
            if isinstance(growth, Undefined) or growth.ratio is None:
                yield f"The growth ratio is undefined: {growth.reason}."
            else:
                yield f"It has grown at {growth.ratio:.0%} of the yearly rate that the goal needs."
        case ComparisonRule():
            judged = _comparison(promise, expected, rule)
            if judged is None:
                yield "Without counts it cannot be told from the level expected."
            else:
                yield f"By its counts it is {_WORDS[judged.comparison]} the level expected."
        case AssuranceRule():
            charted = _charted(promise, rule)
            if isinstance(charted, Undefined):
                yield f"No assurance is given: {charted.reason}."
            else:
                yield f"The control chart {_SAYS[charted]} the level expected."
        case _:
            assert_never(rule)


def _pace_made(promise: Unfinished, expected: Level) -> str:
    baseline, better = baseline_for(promise.target, promise.area), promise.target.measure.better
    due = None if baseline is None else shortfall(baseline.level, expected, better).value
    if baseline is None or not due:
        return _short_of(promise, expected)
    made = shortfall(baseline.level, promise.level, better).value
    if made <= 0:
        return "It has made none of the change expected by then."
    return f"It has made {float(made / due):.0%} of the change expected by then."


def _short_of(promise: Unfinished, expected: Level) -> str:
    short = shortfall(promise.level, expected, promise.target.measure.better)
    return f"It is {short} short of that." if short.sign > 0 else "It is at that level or beyond."


_OF_COMPARISON = {
    Comparison.BETTER: Status.ON_TRACK,
    Comparison.SIMILAR: Status.AT_RISK,
    Comparison.WORSE: Status.OFF_TRACK,
}
_WORDS = {
    Comparison.BETTER: "better than",
    Comparison.SIMILAR: "not to be told from",
    Comparison.WORSE: "worse than",
}
_OF_ASSURANCE = {
    Assurance.CONSISTENTLY_PASSES: Status.ON_TRACK,
    Assurance.INCONSISTENT: Status.AT_RISK,
    Assurance.CONSISTENTLY_FAILS: Status.OFF_TRACK,
}
_SAYS = {
    Assurance.CONSISTENTLY_PASSES: "consistently passes",
    Assurance.INCONSISTENT: "hits and misses",
    Assurance.CONSISTENTLY_FAILS: "consistently fails",
}


def _by_pace(promise: Unfinished, expected: Level, rule: PaceRule) -> Status:
    target = promise.target
    baseline = baseline_for(target, promise.area)
    if baseline is None:
        return _by_margin(promise, expected, rule.near)
    better = target.measure.better
    if shortfall(promise.level, expected, better).sign <= 0:
        return Status.ON_TRACK
    due = shortfall(baseline.level, expected, better)
    made = shortfall(baseline.level, promise.level, better)
    enough = due.sign > 0 and made.value >= due.value * rule.at_risk_from
    return Status.AT_RISK if enough else Status.OFF_TRACK


def _by_margin(promise: Unfinished, expected: Level, margin: PercentagePoints) -> Status:
    short = shortfall(promise.level, expected, promise.target.measure.better)
    if short.sign <= 0:
        return Status.ON_TRACK
    near = isinstance(short, PercentagePoints) and short <= margin
    return Status.AT_RISK if near else Status.OFF_TRACK


def _growth(promise: Unfinished) -> GrowthRatio | Undefined:
    """Compare the growth so far with the growth that the goal needs."""
    target = promise.target
    baseline = baseline_for(target, promise.area)
    if baseline is None:
        return Undefined("a level to be held needs no growth")
    start = baseline.period.last_day
    return growth_ratio(
        baseline.level.value,
        promise.level.value,
        target.goal.value,
        elapsed=(promise.latest.period.last_day - start).days / _YEAR,
        allowed=(target.deadline.last_day - start).days / _YEAR,
        better=target.measure.better,
    )


def _comparison(
    promise: Unfinished, expected: Level, rule: ComparisonRule
) -> ShareAssessment | None:
    """Hold the counts against the level expected; ``None`` without counts."""
    counts = promise.latest.counts
    if counts is None or not isinstance(expected, Percentage):
        return None
    better = promise.target.measure.better
    return assess_share(counts, expected.share, better=better, confidence=rule.confidence)


def _charted(promise: Unfinished, rule: AssuranceRule) -> Assurance | Undefined:
    """Return what a control chart says of the level expected, if it has points enough."""
    kind = promise.latest.period.kind
    history = promise.figures.history(promise.target)
    figures = [seen for seen in history if seen.period.kind == kind]
    if len(figures) < rule.fewest:
        return Undefined(
            f"a control chart needs {rule.fewest} comparable figures to be relied on, and "
            f"{len(figures)} {'is' if len(figures) == 1 else 'are'} known"
        )
    assurance = chart_figures(promise.target, figures, promise.area).chart.assurance
    return Undefined("nothing is expected of the latest figure") if assurance is None else assurance
