"""The kinds of promise that a plan makes under the heading of targets."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, TypeAlias, final, get_args

import attrs

from rrmodel._pydantic import PydanticField
from rrmodel.errors import RecordError, did_you_mean
from rrmodel.model._measures import Measure
from rrmodel.model._sources import Citation, require_text
from rrmodel.periods import Deadline, Period
from rrmodel.quantities import Amount, Change, Level, Percentage, PercentagePoints, RelativeChange

__all__ = [
    "Baseline",
    "ChangeTarget",
    "DirectionTarget",
    "InterimGoal",
    "MaintainTarget",
    "MeasuredTarget",
    "MilestoneTarget",
    "NarrativeTarget",
    "QuantifiedTarget",
    "ReachTarget",
    "Target",
    "Trajectory",
]

Trajectory: TypeAlias = Literal["straight", "stepped", "logit"]
"""How a level is expected to move between the points that a target names: by the same amount every
day, all at once on the day of each, or by the same odds every day, slower near 0% and 100%."""


@attrs.frozen(kw_only=True)
class Baseline(PydanticField):
    """The level that a promise starts from: "from 82% in March 2022"."""

    level: Level
    """The level."""
    period: Period
    """The period it describes; the promise counts from its last day."""
    may_be: Period | None = None
    """Another period that the wording allows: "in March 2022" may be the year to March."""


@attrs.frozen(kw_only=True)
class InterimGoal(PydanticField):
    """A level to be reached on the way: "20 per cent in 2002-03 and 25 per cent in 2003-04"."""

    level: Level
    """The level."""
    deadline: Deadline
    """By when."""


def _check_unit(target: _Promise, measure: Measure, name: str, level: Level) -> None:
    if level.unit != measure.unit:
        raise RecordError(
            f"the {name} of {target.id!r} is in {level.unit!r} and its measure {measure.id!r} in "
            f"{measure.unit!r}: write both in one unit"
        )


def _check_points(
    target: _Promise,
    measure: Measure,
    baseline: Baseline | None,
    interim: tuple[InterimGoal, ...],
    deadline: Deadline | None,
) -> None:
    for point in interim:
        _check_unit(target, measure, "interim goal", point.level)
    days = [point.last_day for point in (*(goal.deadline for goal in interim), deadline) if point]
    if baseline is not None:
        _check_unit(target, measure, "baseline", baseline.level)
        days.insert(0, baseline.period.last_day)
    if any(earlier >= later for earlier, later in pairwise(days)):
        raise RecordError(
            f"{target.id!r} does not run forward in time: its baseline, interim goals and deadline "
            f"end on {', '.join(map(str, days))}; write each later than the one before"
        )


def _check_trajectory(target: ChangeTarget | ReachTarget) -> None:
    known: tuple[str, ...] = get_args(Trajectory)
    if target.trajectory not in known:
        raise RecordError(
            f"{target.trajectory!r} is no trajectory of {target.id!r}: "
            f"{did_you_mean(target.trajectory, known)}"
        )
    if target.trajectory != "logit":
        return
    start = [target.baseline.level] if target.baseline else []
    for level in (*start, *(point.level for point in target.interim), target.goal):
        if not isinstance(level, Percentage) or not 0 < float(level.share) < 1:
            raise RecordError(
                f"the logit trajectory of {target.id!r} cannot pass {level}: odds are those of a "
                "share above 0% and below 100%, so write a straight or stepped trajectory"
            )


@attrs.frozen(kw_only=True)
class _Promise(PydanticField):
    id: str = attrs.field(validator=require_text)
    """The name that other records and tools use; it says the measure."""
    statement: str = attrs.field(validator=require_text)
    """What is promised, in our sentence."""
    citation: Citation
    """Where it was read."""


def _changed_level(target: ChangeTarget) -> Level:
    level, change = target.baseline.level, target.change
    if isinstance(level, Percentage):
        if isinstance(change, PercentagePoints):
            return level + change
        if isinstance(change, RelativeChange):
            return level * change
    elif isinstance(level, Amount) and isinstance(change, Amount):
        return level + change
    elif isinstance(change, RelativeChange):
        return level * change
    raise RecordError(
        f"{target.id!r} changes a level of {level} by {change}: write the change of a percentage "
        "in percentage points, that of an amount in its unit, or either as a relative change"
    )


@final
@attrs.frozen(kw_only=True)
class ChangeTarget(_Promise):
    """A promise to change a level by a stated amount from a stated baseline.

    >>> from rrmodel.periods import Month
    >>> housed = Measure(id="housed-on-release", name="Housed on the night of release",
    ...     counts="releases into accommodation", out_of="releases", better="higher")
    >>> promise = ChangeTarget(id="housed-on-release-by-july-2023", area="East Midlands",
    ...     statement="The share housed on the night of release rises by 8 points by July 2023.",
    ...     citation=Citation("east-midlands-2022-25"), measure=housed,
    ...     baseline=Baseline(level=Percentage("82"), period=Month("March 2022")),
    ...     change=PercentagePoints("8"), deadline=Deadline("By July 2023"))
    >>> promise.goal
    Percentage('90')

    Raises:
        RecordError: The change is none at all, is in another unit than the measure or goes the
            worse way, the deadline is not after the baseline, or the trajectory is none or, being
            logit, meets 0%, 100% or an amount.
        PercentageOutOfRangeError: The goal would lie below 0% or above 100%.
    """

    measure: Measure
    """What is measured."""
    area: str = attrs.field(validator=require_text)
    """The area that the promise is made for."""
    baseline: Baseline
    """Where it starts."""
    change: Change
    """By how much the level is to change."""
    deadline: Deadline
    """By when."""
    interim: tuple[InterimGoal, ...] = ()
    """Goals on the way, earliest first."""
    trajectory: Trajectory = "straight"
    """How the level is expected to move between baseline, interim goals and goal."""
    goal: Level = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_changed_level, takes_self=True)
    )
    """The level to be reached, baseline and change together."""

    def __attrs_post_init__(self) -> None:
        _check_points(self, self.measure, self.baseline, self.interim, self.deadline)
        goal, start = self.goal.value, self.baseline.level.value
        if goal == start:
            raise RecordError(
                f"{self.id!r} changes nothing: a level to be held is a MaintainTarget"
            )
        moves = "higher" if goal > start else "lower"
        if moves != self.measure.better:
            raise RecordError(
                f"{self.id!r} promises a {moves} level of {self.measure.id!r}, of which the "
                f"measure says {self.measure.better} is better: correct one of them"
            )
        _check_trajectory(self)


@final
@attrs.frozen(kw_only=True)
class ReachTarget(_Promise):
    """A promise to reach a stated level: "at least 85% by the end of 2023".

    Raises:
        RecordError: A level is in another unit than the measure, the deadline is not after the
            baseline, or the trajectory is none or, being logit, meets 0%, 100% or an amount.
    """

    measure: Measure
    """What is measured; the level is reached at or beyond the goal on its better side."""
    area: str = attrs.field(validator=require_text)
    """The area that the promise is made for."""
    goal: Level
    """The level to be reached."""
    deadline: Deadline
    """By when."""
    baseline: Baseline | None = None
    """Where it starts, if the plan says."""
    interim: tuple[InterimGoal, ...] = ()
    """Goals on the way, earliest first."""
    trajectory: Trajectory = "straight"
    """How the level is expected to move between baseline, interim goals and goal."""

    def __attrs_post_init__(self) -> None:
        _check_unit(self, self.measure, "goal", self.goal)
        _check_points(self, self.measure, self.baseline, self.interim, self.deadline)
        _check_trajectory(self)


@final
@attrs.frozen(kw_only=True)
class MaintainTarget(_Promise):
    """A promise to hold a level: "continue to maintain … at 20%".

    There is no change to make, so no share of it: ``progress`` of such a target is undefined.

    Raises:
        RecordError: The goal or tolerance is in another unit than the measure, or the tolerance is
            negative.
    """

    measure: Measure
    """What is measured; the level is held at or beyond the goal on its better side."""
    area: str = attrs.field(validator=require_text)
    """The area that the promise is made for."""
    goal: Level
    """The level to be held."""
    deadline: Deadline
    """Until when."""
    tolerance: PercentagePoints | Amount | None = None
    """How far short of the goal still counts as held; none if the plan allows none."""
    since: Period | None = None
    """The first period that the promise covers; earlier figures do not decide it."""

    def __attrs_post_init__(self) -> None:
        _check_unit(self, self.measure, "goal", self.goal)
        if self.since is not None and self.since.first_day > self.deadline.last_day:
            raise RecordError(
                f"{self.id!r} is to hold a level from {self.since} and ends before, on "
                f"{self.deadline.last_day}: write a later deadline or an earlier start"
            )
        tolerance = self.tolerance
        if tolerance is not None:
            unit = tolerance.unit if isinstance(tolerance, Amount) else "%"
            if unit != self.measure.unit:
                raise RecordError(
                    f"the tolerance of {self.id!r}, {tolerance}, does not go with its goal, "
                    f"{self.goal}: write it in percentage points for a percentage, in the goal's "
                    "unit otherwise"
                )
            if tolerance.sign < 0:
                raise RecordError(f"the tolerance of {self.id!r} is negative: write {-tolerance}")


@final
@attrs.frozen(kw_only=True)
class DirectionTarget(_Promise):
    """A promise to move a measure the better way, without saying how far: "increase the use of"."""

    measure: Measure
    """What is measured; the promise is that it moves its better way."""
    area: str = attrs.field(validator=require_text)
    """The area that the promise is made for."""
    baseline: Baseline | None = None
    """Where it starts, if the plan says; otherwise the first figure counts as the start."""
    deadline: Deadline | None = None
    """By when, if the plan says."""

    def __attrs_post_init__(self) -> None:
        _check_points(self, self.measure, self.baseline, (), self.deadline)


@final
@attrs.frozen(kw_only=True)
class MilestoneTarget(_Promise):
    """A promise to have done something by a day: "a strategy in place by the end of 2023"."""

    area: str = attrs.field(validator=require_text)
    """The area that the promise is made for."""
    deadline: Deadline
    """By when."""


@final
@attrs.frozen(kw_only=True)
class NarrativeTarget(_Promise):
    """An entry among a plan's targets that promises nothing that can be counted or dated."""

    area: str = attrs.field(validator=require_text)
    """The area that it is made for."""
    deadline: Deadline | None = None
    """By when, if the plan says."""


QuantifiedTarget: TypeAlias = ChangeTarget | ReachTarget | MaintainTarget
"""The targets that name a level: each has ``goal`` and ``deadline``."""

MeasuredTarget: TypeAlias = QuantifiedTarget | DirectionTarget
"""The targets that have a measure, so that figures can decide them."""

Target: TypeAlias = (
    ChangeTarget
    | ReachTarget
    | MaintainTarget
    | DirectionTarget
    | MilestoneTarget
    | NarrativeTarget
)
"""Any promise; a closed union, to be matched exhaustively."""
