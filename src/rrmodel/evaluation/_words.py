"""The parts of an assessment in a few words each, as tables and reports have them."""

from __future__ import annotations

from typing import assert_never

import attrs

from rrmodel.evaluation._assessment import Assessment
from rrmodel.evaluation._texts import apart, change_text
from rrmodel.model import (
    ChangeTarget,
    DirectionTarget,
    LevelRange,
    MaintainTarget,
    MilestoneTarget,
    NarrativeTarget,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    Target,
)
from rrmodel.periods import day_text

__all__ = ["AssessmentWords", "words_of"]


@attrs.frozen(kw_only=True)
class AssessmentWords:
    """The parts of an assessment in a few words each, for a table."""

    goal: str
    """The goal: a level, a direction such as ``"lower"``, ``"done"`` or ``"none stated"``."""
    due: str
    """The last day of the deadline, ``"always"`` for a level without one, or ``"no date"``."""
    latest: str
    """The figure that decides and its period, or the day of completion; empty without either."""
    gap: str
    """How far that figure is above or below the goal, or whether a direction was kept; empty if it
    is not known."""


def words_of(case: Assessment) -> AssessmentWords:
    """Return the words of an assessment."""
    target = case.target
    return AssessmentWords(
        goal=_goal(target), due=_due(target), latest=_latest(case), gap=_gap(case)
    )


def _goal(target: Target) -> str:
    match target:
        case ChangeTarget() | ReachTarget() | MaintainTarget() | StandingTarget() | RangeTarget():
            return str(target.goal)
        case DirectionTarget():
            return target.measure.better + (f" than {target.every} before" if target.every else "")
        case MilestoneTarget():
            return "done"
        case NarrativeTarget():
            return "none stated"
        case _:
            assert_never(target)


def _due(target: Target) -> str:
    if target.deadline is not None:
        return day_text(target.deadline.last_day)
    return "no date" if isinstance(target, DirectionTarget | NarrativeTarget) else "always"


def _latest(case: Assessment) -> str:
    if case.completion is not None:
        return f"done {day_text(case.completion.day)}"
    latest, goal = case.decided_by, case.goal
    if latest is None or latest.level is None:
        return ""
    if goal is None or isinstance(goal, LevelRange):
        return f"{latest.level} in {latest.period}"
    return f"{apart(latest.level, goal)[0]} in {latest.period}"


def _gap(case: Assessment) -> str:
    if steps := case.progress.steps:
        change = steps[-1].change
        if not change.sign:
            return "no change"
        return f"{change_text(change)} {'better' if change.sign > 0 else 'worse'}"
    distance = case.distance
    if distance is None:
        return ""
    if not distance.sign:
        return "within" if isinstance(case.goal, LevelRange) else "none"
    return f"{change_text(distance)} {'above' if distance.sign > 0 else 'below'}"
