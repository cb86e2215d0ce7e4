"""The status of a target on a day, which follows from its terms, figures and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from rrmodel.evaluation._exclusions import ExcludedObservation, Exclusion
from rrmodel.evaluation._progress import Progress
from rrmodel.evaluation._selection import Selection
from rrmodel.evaluation._terms import Terms
from rrmodel.model import Completion, DirectionTarget, MilestoneTarget, Observation

__all__ = ["Status", "completion_by", "status_of_milestone", "status_without_grade"]


class Status(StrEnum):
    """The answer for a target on a day."""

    MET = "met"
    """The latest figure for a period that ends by the deadline meets the goal."""
    MET_LATE = "met_late"
    """Only a later period meets the goal."""
    ON_TRACK = "on_track"
    """Not yet due, and at or beyond the goal or the expected level."""
    AT_RISK = "at_risk"
    """Not yet due, and behind the expected level within the limits of the policy."""
    OFF_TRACK = "off_track"
    """Not yet due, and further behind than the policy allows."""
    NOT_GRADED = "not_graded"
    """Not yet due, and the policy has no rule for what is known: there is no expected level, or
    what the rule needs was not published."""
    MISSED = "missed"
    """The deadline has passed and no published period meets the goal."""
    NO_DATA = "no_data"
    """No figure that decides has been published; this is not the same as missed."""
    NOT_YET_MEASURABLE = "not_yet_measurable"
    """The outcomes that decide cannot be known yet."""
    NOT_COMPARABLE = "not_comparable"
    """There are figures, but of another series or unit, or they cannot be added up."""
    NOT_QUANTIFIED = "not_quantified"
    """The target has no measure and no milestone."""


_INCOMPARABLE = frozenset(
    {
        Exclusion.OTHER_SERIES,
        Exclusion.ACROSS_A_BREAK,
        Exclusion.OTHER_UNIT,
        Exclusion.OVERLAPPING,
        Exclusion.NO_SPAN,
    }
)


def status_without_grade(
    terms: Terms, selection: Selection, progress: Progress, as_of: date
) -> Status | None:
    """Return the status of a measured target; ``None`` where a policy is needed to grade it."""
    latest = selection.latest
    if latest is None or latest.level is None:
        return _without_figure(terms, selection.flawed, as_of)
    if isinstance(terms.target, DirectionTarget):
        return _of_direction(terms, progress, as_of)
    if latest.period.last_day == terms.baseline_day:
        return Status.NO_DATA
    is_met = progress.gap is not None and terms.is_within_tolerance(progress.gap)
    if terms.deadline is None:
        return Status.MET if is_met else Status.MISSED
    if not terms.has_settled(as_of):
        return Status.ON_TRACK if is_met else None
    if _is_open(terms, latest, is_met=is_met):
        return Status.NO_DATA
    if is_met:
        return Status.MET
    is_late = any(
        observation.level is not None and terms.is_met_by(observation.level)
        for observation in selection.later
    )
    return Status.MET_LATE if is_late else Status.MISSED


def _is_open(terms: Terms, latest: Observation, *, is_met: bool) -> bool:
    """Return whether the rest of a total that does not reach the deadline may change the answer."""
    is_partial = terms.counts_from is not None and latest.period.last_day != terms.deadline
    return is_partial and is_met == (terms.target.measure.better == "lower")


def _of_direction(terms: Terms, progress: Progress, as_of: date) -> Status:
    signs = [step.change.sign for step in progress.steps]
    if not signs:
        return Status.NO_DATA
    is_kept = min(signs) > 0
    if terms.has_settled(as_of):
        return Status.MET if is_kept else Status.MISSED
    if is_kept:
        return Status.ON_TRACK
    return Status.OFF_TRACK if signs[-1] < 0 else Status.AT_RISK


def _without_figure(terms: Terms, excluded: Iterable[ExcludedObservation], as_of: date) -> Status:
    reasons = {item.reason for item in excluded}
    if reasons & _INCOMPARABLE:
        return Status.NOT_COMPARABLE
    start, deadline = terms.start, terms.deadline
    is_too_early = start is not None and as_of < terms.target.measure.matures_on(start)
    is_open = deadline is not None and deadline < as_of and not terms.has_settled(as_of)
    if Exclusion.NOT_YET_MATURE in reasons or is_too_early or is_open:
        return Status.NOT_YET_MEASURABLE
    return Status.NO_DATA


def completion_by(completions: Iterable[Completion], as_of: date) -> Completion | None:
    """Return the first completion of a milestone that was published by a day."""
    known = (
        completion
        for completion in completions
        if max(completion.day, completion.published or completion.day) <= as_of
    )
    return min(known, key=lambda completion: completion.day, default=None)


def status_of_milestone(target: MilestoneTarget, completion: Completion | None) -> Status:
    """Return the status of a milestone, which is met as soon as it is reported as completed."""
    if completion is None:
        return Status.NO_DATA
    return Status.MET if completion.day <= target.deadline.last_day else Status.MET_LATE
