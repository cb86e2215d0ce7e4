"""The grade of a target that is not yet due, by the rule of a policy."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TypeAlias, assert_never

import attrs

from rrmodel import inference
from rrmodel.evaluation._evidence import Evidence
from rrmodel.evaluation._policy import (
    AssuranceRule,
    ComparisonRule,
    GrowthRule,
    MarginRule,
    PaceRule,
    Rule,
)
from rrmodel.evaluation._progress import Lag, Progress
from rrmodel.evaluation._regular_series import length_of, one_series
from rrmodel.evaluation._selection import Selection
from rrmodel.evaluation._significance import evidence_for
from rrmodel.evaluation._status import Status
from rrmodel.evaluation._terms import Terms
from rrmodel.evaluation._trajectory import ratio
from rrmodel.model import Observation, with_article
from rrmodel.quantities import Level, Percentage, PercentagePoints

__all__ = ["Basis", "Grade", "NoGrade", "Pace", "grade"]

_YEAR = 365.25
"""Days in a year of growth."""
_BY_DIRECTION: dict[inference.Direction | None, Status] = {
    "met": Status.ON_TRACK,
    "missed": Status.OFF_TRACK,
    None: Status.AT_RISK,
}
"""The status by what the counts say of the expected level."""


@attrs.frozen
class Pace:
    """The grade rests on the share of the change expected so far that has been made."""

    share: Fraction
    """The share, below 0 where the level has moved away."""


@attrs.frozen
class NoGrade:
    """The policy has no rule for what is known."""

    reason: str
    """Why, as a sentence without its capital letter and full stop."""


Basis: TypeAlias = "Pace | Lag | Evidence | NoGrade | inference.GrowthRatio | inference.Assurance"
"""The basis of a grade; a text, so that grading by pace loads no method of inference."""


@attrs.frozen
class Grade:
    """A status before the deadline, and what the rule of a policy rests it on."""

    status: Status
    """The status."""
    basis: Basis
    """The number or answer that decides it, or the reason if there is no grade."""


def grade(terms: Terms, selection: Selection, progress: Progress, as_of: date, rule: Rule) -> Grade:
    """Grade a target that is not yet due and whose latest level does not meet the goal.

    Args:
        terms: The terms of the target.
        selection: The figures, the latest of which decides.
        progress: The numbers that they give.
        as_of: The day of the assessment.
        rule: The rule of the policy.
    """
    latest, lag = selection.latest, progress.lag
    if latest is None or lag is None:
        own, area = with_article(terms.target.area), with_article(terms.area)
        why = f"is for {own}" if terms.is_comparator else "is not stated"
        return _not_graded(f"the baseline {why}, so no level is expected of {area} by now")
    match rule:
        case PaceRule():
            return _by_pace(terms, progress, lag, rule)
        case MarginRule():
            return _by_margin(lag, rule.margin)
        case GrowthRule():
            return _by_growth(terms, lag.level, latest.period.last_day, rule)
        case ComparisonRule():
            return _by_comparison(
                lag.level,
                evidence_for(terms, selection, progress, as_of, confidence=rule.confidence),
            )
        case AssuranceRule():
            return _by_assurance(terms, selection, latest, rule)
        case _:
            assert_never(rule)


def _not_graded(reason: str) -> Grade:
    return Grade(Status.NOT_GRADED, NoGrade(reason))


def _by_pace(terms: Terms, progress: Progress, lag: Lag, rule: PaceRule) -> Grade:
    baseline, made = terms.baseline, progress.made
    is_past = lag.expected.nearest(lag.level)[0] != lag.expected.level
    if terms.is_kept or baseline is None or made is None or is_past or not lag.is_behind:
        return _by_margin(lag, rule.near)
    due = lag.expected.shortfall(baseline.level)
    if due.sign <= 0:
        return Grade(Status.OFF_TRACK, lag)
    share = ratio(made, due)
    return Grade(Status.AT_RISK if share >= rule.at_risk_from else Status.OFF_TRACK, Pace(share))


def _by_margin(lag: Lag, margin: PercentagePoints) -> Grade:
    if not lag.is_behind:
        return Grade(Status.ON_TRACK, lag)
    is_near = isinstance(lag.behind, PercentagePoints) and lag.behind <= margin
    return Grade(Status.AT_RISK if is_near else Status.OFF_TRACK, lag)


def _by_growth(terms: Terms, level: Level, last_day: date, rule: GrowthRule) -> Grade:
    """Compare the yearly growth so far with the yearly growth that the goal requires."""
    baseline, goal, deadline = terms.baseline, terms.goal, terms.deadline
    if terms.is_kept or baseline is None or goal is None or deadline is None:
        return _not_graded("a level to maintain requires no growth")
    if goal.limit is not None:
        return _not_graded("growth towards a range is not defined")
    if goal.shortfall(baseline.level).sign <= 0:
        return _not_graded("the baseline was at the goal or beyond it, so no growth is required")
    start = baseline.period.last_day
    growth = inference.growth_ratio(
        baseline.level.value,
        level.value,
        goal.level.value,
        elapsed=(last_day - start).days / _YEAR,
        allowed=(deadline - start).days / _YEAR,
        better=goal.better,
    )
    if growth.ratio is None:
        return _not_graded(f"the growth ratio is undefined: {growth.reason}")
    if growth.ratio >= rule.on_track_from:
        return Grade(Status.ON_TRACK, growth)
    is_near = growth.ratio >= rule.at_risk_from
    return Grade(Status.AT_RISK if is_near else Status.OFF_TRACK, growth)


def _by_comparison(level: Level, evidence: Evidence | None) -> Grade:
    """Take the verdict of the counts about the expected level."""
    if not isinstance(level, Percentage):
        return _not_graded("only shares can be tested for chance")
    if evidence is None or evidence.confidence is None:
        return _not_graded("the figure was published without counts")
    return Grade(_BY_DIRECTION[evidence.verdict.direction], evidence)


def _by_assurance(
    terms: Terms, selection: Selection, latest: Observation, rule: AssuranceRule
) -> Grade:
    """Read from a control chart whether the process reaches the expected level."""
    from rrmodel.evaluation._series import chart_series  # noqa: PLC0415 - only this rule charts

    alike = [
        observation
        for observation in selection.history
        if length_of(observation.period) == length_of(latest.period)
    ]
    series = one_series(alike, like=latest.period)
    count = 0 if series is None else len(series.figures)
    if series is None or count < rule.fewest:
        return _not_graded(
            f"a control chart needs {rule.fewest} comparable figures, and {count} "
            f"{'is' if count == 1 else 'are'} known"
        )
    assurance = chart_series(terms, series).chart.assurance
    match assurance:
        case None:
            return _not_graded("the control chart has no limits after the last break in the series")
        case inference.Assurance.CONSISTENTLY_PASSES:
            return Grade(Status.ON_TRACK, assurance)
        case inference.Assurance.CONSISTENTLY_FAILS:
            return Grade(Status.OFF_TRACK, assurance)
        case inference.Assurance.INCONSISTENT:
            return Grade(Status.AT_RISK, assurance)
        case _:
            assert_never(assurance)
