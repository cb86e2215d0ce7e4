"""The kinds of target in a plan."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, ClassVar, Literal, TypeAlias, cast, final, get_args

import attrs

from rrmodel.errors import RecordError, did_you_mean
from rrmodel.model._fields import (
    read_deadline,
    read_optional_deadline,
    read_optional_period,
    require_a,
    require_level,
    require_text,
)
from rrmodel.model._measures import Measure
from rrmodel.model._sources import Citation
from rrmodel.model._target_layout import TARGET, TargetKind
from rrmodel.model._target_parts import Baseline, InterimGoal, LevelRange
from rrmodel.periods import Deadline, Duration, Period
from rrmodel.quantities import Amount, Change, Level, Percentage, PercentagePoints, RelativeChange
from rrmodel.records import Layout, PydanticRecord, Tabular, short_repr

__all__ = [
    "ChangeTarget",
    "DirectionTarget",
    "MaintainTarget",
    "MeasuredTarget",
    "MilestoneTarget",
    "NarrativeTarget",
    "QuantifiedTarget",
    "RangeTarget",
    "ReachTarget",
    "StandingTarget",
    "Target",
    "Trajectory",
]

Trajectory: TypeAlias = Literal["straight", "stepped", "logit"]
"""How a level is expected to change between the points that a target names: by the same amount in
each unit of time, all at once on the day of each point, or by the same log odds, slower near 0% and
100%."""

_GIVE_BASELINE = "give a Baseline, with a level and a period"
_MEASURE = require_a(Measure, "give the Measure itself, not its id")
_OPTIONAL_BASELINE = attrs.validators.optional(require_a(Baseline, _GIVE_BASELINE))
_RANGE = require_a(LevelRange, "give a LevelRange, with a low and a high level")


def _read_baseline(value: Baseline) -> Baseline:
    """Return a baseline as it is: the goal is made from it before any validator runs."""
    match cast("object", value):
        case Baseline() as baseline:
            return baseline
        case other:
            raise RecordError(f"baseline cannot be {other!r}: {_GIVE_BASELINE}")


def _check_unit(target: _CitedTarget, measure: Measure, name: str, level: Level) -> None:
    if level.unit != measure.unit:
        raise RecordError(
            f"the {name} of {target.id!r} is in {level.unit!r} and its measure {measure.id!r} in "
            f"{measure.unit!r}: use one unit for both"
        )


def _check_points(
    target: _CitedTarget,
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
            f"the baseline, interim goals and deadline of {target.id!r} end on "
            f"{', '.join(map(str, days))}: each must be later than the one before"
        )


def _check_since(target: _CitedTarget, since: Period | None, deadline: Deadline | None) -> None:
    if since is not None and deadline is not None and since.first_day > deadline.last_day:
        raise RecordError(
            f"{target.id!r} covers the time from {since} and ends before it, on "
            f"{deadline.last_day}: correct 'since' or the deadline"
        )


def _check_trajectory(target: ChangeTarget | ReachTarget) -> None:
    known: tuple[str, ...] = get_args(Trajectory)
    if target.trajectory not in known:
        raise RecordError(
            f"the trajectory of {target.id!r} is {target.trajectory!r}: "
            f"{did_you_mean(target.trajectory, known)}"
        )
    if target.trajectory != "logit":
        return
    start = [target.baseline.level] if target.baseline else []
    for level in (*start, *(point.level for point in target.interim), target.goal):
        if not isinstance(level, Percentage) or not 0 < level.share < 1:
            raise RecordError(
                f"the logit trajectory of {target.id!r} cannot pass {level}: odds exist only for "
                "shares above 0% and below 100%; use a straight or stepped trajectory"
            )


def _check_tolerance(
    target: _CitedTarget, measure: Measure, tolerance: PercentagePoints | Amount | None
) -> None:
    if tolerance is None:
        return
    is_share = measure.unit in {"%", "percentage points"}
    if is_share:
        fits = isinstance(tolerance, PercentagePoints)
    else:
        fits = isinstance(tolerance, Amount) and tolerance.unit == measure.unit
    if not fits:
        raise RecordError(
            f"the tolerance of {target.id!r}, {tolerance}, does not fit its measure in "
            f"{measure.unit!r}: use percentage points for a share or a gap, else the measure's unit"
        )
    if tolerance.sign < 0:
        raise RecordError(f"the tolerance of {target.id!r} is negative: use {-tolerance}")


@attrs.frozen(kw_only=True)
class _CitedTarget(PydanticRecord, Tabular):
    kind: ClassVar[TargetKind]
    """The word for this kind of target in files and tables."""
    layout: ClassVar[Layout[Any]] = TARGET
    """The fields of :meth:`to_dict`, which are the columns of a table of targets."""

    id: str = attrs.field(validator=require_text)
    """The name that other records and tools use; it says the measure."""
    statement: str = attrs.field(validator=require_text)
    """The target, in a sentence of ours."""
    citation: Citation
    """Where it was read."""

    @property
    def short_name(self) -> str:
        """The name of its measure, or without one its statement: its name in tables and charts."""
        measure: Measure | None = getattr(self, "measure", None)
        return self.statement if measure is None else measure.name

    def __repr__(self) -> str:
        parts = {name: getattr(self, name, ()) for name in ("goal", "deadline", "area")}
        parts["measure"] = getattr(getattr(self, "measure", ()), "id", ())
        return short_repr(self, self.id, **parts)


def _changed_level(target: ChangeTarget) -> Level:
    level, change = target.baseline.level, target.change
    if isinstance(change, RelativeChange):
        return level * change
    if isinstance(level, Percentage | PercentagePoints) and isinstance(change, PercentagePoints):
        return level + change
    if isinstance(level, Amount) and isinstance(change, Amount):
        return level + change
    raise RecordError(
        f"{target.id!r} changes a level of {level} by {change}: give the change of a percentage in "
        "percentage points, that of an amount in its unit, or either as a relative change"
    )


@final
@attrs.frozen(kw_only=True, repr=False)
class ChangeTarget(_CitedTarget):
    """Change a level by a stated amount from a stated baseline.

    >>> from rrmodel.periods import Month
    >>> housed = Measure(id="housed-on-release", name="Housed on the night of release",
    ...     counts="releases into accommodation", out_of="releases", better="higher")
    >>> target = ChangeTarget(id="housed-on-release-by-july-2023", area="East Midlands",
    ...     statement="Raise the share housed on the night of release by 8 points by July 2023.",
    ...     citation=Citation("east-midlands-2022-25"), measure=housed,
    ...     baseline=Baseline(level=Percentage("82"), period=Month("March 2022")),
    ...     change=PercentagePoints("8"), deadline=Deadline("By July 2023"))
    >>> target.goal
    Percentage('90')

    Raises:
        RecordError: The change is zero, is in another unit than the measure or goes the worse way,
            the deadline is not after the baseline, or the trajectory is unknown or, if logit,
            meets 0%, 100% or an amount.
        PercentageOutOfRangeError: The goal would be below 0% or above 100%.
    """

    kind: ClassVar[TargetKind] = "change"
    measure: Measure = attrs.field(validator=_MEASURE)
    """The measure."""
    area: str = attrs.field(validator=require_text)
    """The area that the target is for."""
    baseline: Baseline = attrs.field(converter=_read_baseline)
    """The level that it starts from. Of a flow, totals over periods of this length are compared."""
    change: Change
    """The change of the level."""
    deadline: Deadline = attrs.field(converter=read_deadline)
    """The day by which it is due."""
    interim: tuple[InterimGoal, ...] = ()
    """Goals on the way, earliest first."""
    trajectory: Trajectory = "straight"
    """How the level is expected to change between baseline, interim goals and goal."""
    goal: Level = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_changed_level, takes_self=True)
    )
    """The level to reach, which baseline and change give."""

    def __attrs_post_init__(self) -> None:
        _check_points(self, self.measure, self.baseline, self.interim, self.deadline)
        goal, start = self.goal.value, self.baseline.level.value
        if goal == start:
            raise RecordError(
                f"{self.id!r} changes nothing: use a MaintainTarget for a level to maintain"
            )
        moves = "higher" if goal > start else "lower"
        if moves != self.measure.better:
            raise RecordError(
                f"{self.id!r} aims at a {moves} level of {self.measure.id!r}, for which "
                f"{self.measure.better} is better: correct the change or the measure"
            )
        _check_trajectory(self)


@final
@attrs.frozen(kw_only=True, repr=False)
class ReachTarget(_CitedTarget):
    """Reach a stated level by a deadline: "at least 85% by the end of 2023".

    Raises:
        RecordError: A level is in another unit than the measure, the deadline is not after the
            baseline, both a baseline and ``since`` are given, or the trajectory is unknown or, if
            logit, meets 0%, 100% or an amount.
    """

    kind: ClassVar[TargetKind] = "reach"
    measure: Measure = attrs.field(validator=_MEASURE)
    """The measure; the goal is met at or beyond it on the measure's better side."""
    area: str = attrs.field(validator=require_text)
    """The area that the target is for."""
    goal: Level = attrs.field(validator=require_level)
    """The level to reach."""
    deadline: Deadline = attrs.field(converter=read_deadline)
    """The day by which it is due."""
    baseline: Baseline | None = attrs.field(default=None, validator=_OPTIONAL_BASELINE)
    """The level that it starts from, if the plan says."""
    since: Period | None = attrs.field(default=None, converter=read_optional_period)
    """The first period counted. A flow is added up from its first day: "210 places over three
    years"."""
    interim: tuple[InterimGoal, ...] = ()
    """Goals on the way, earliest first."""
    trajectory: Trajectory = "straight"
    """How the level is expected to change between baseline, interim goals and goal."""

    def __attrs_post_init__(self) -> None:
        _check_unit(self, self.measure, "goal", self.goal)
        _check_points(self, self.measure, self.baseline, self.interim, self.deadline)
        _check_since(self, self.since, self.deadline)
        if self.baseline is not None and self.since is not None:
            raise RecordError(
                f"{self.id!r} has a baseline and 'since': keep the baseline for a level to raise "
                "or lower, 'since' for a total to add up"
            )
        _check_trajectory(self)


@final
@attrs.frozen(kw_only=True, repr=False)
class MaintainTarget(_CitedTarget):
    """Maintain a level until a deadline: "continue to maintain … at 20%".

    There is no change to make, so its share of progress is undefined.

    Raises:
        RecordError: The goal or tolerance is in another unit than the measure, the tolerance is
            negative, or the deadline is before the first period covered.
    """

    kind: ClassVar[TargetKind] = "maintain"
    measure: Measure = attrs.field(validator=_MEASURE)
    """The measure; the goal is met at or beyond it on the measure's better side."""
    area: str = attrs.field(validator=require_text)
    """The area that the target is for."""
    goal: Level = attrs.field(validator=require_level)
    """The level to maintain."""
    deadline: Deadline = attrs.field(converter=read_deadline)
    """The day until which it applies."""
    tolerance: PercentagePoints | Amount | None = None
    """How far outside the goal still meets the target; ``None`` if the plan allows nothing."""
    since: Period | None = attrs.field(default=None, converter=read_optional_period)
    """The first period that the target covers; earlier figures do not decide it. Of a flow, totals
    over periods of this length are compared."""

    def __attrs_post_init__(self) -> None:
        _check_unit(self, self.measure, "goal", self.goal)
        _check_since(self, self.since, self.deadline)
        _check_tolerance(self, self.measure, self.tolerance)


@final
@attrs.frozen(kw_only=True, repr=False)
class StandingTarget(_CitedTarget):
    """Be at a level at all times, without a date: "no more than 10% wait over a week".

    It is assessed by the latest figure.

    Raises:
        RecordError: The goal or tolerance is in another unit than the measure, or the tolerance is
            negative.
    """

    kind: ClassVar[TargetKind] = "standing"
    measure: Measure = attrs.field(validator=_MEASURE)
    """The measure; the goal is met at or beyond it on the measure's better side."""
    area: str = attrs.field(validator=require_text)
    """The area that the target is for."""
    goal: Level = attrs.field(validator=require_level)
    """The level."""
    tolerance: PercentagePoints | Amount | None = None
    """How far outside the goal still meets the target; ``None`` if the plan allows nothing."""
    since: Period | None = attrs.field(default=None, converter=read_optional_period)
    """The first period that the target covers, if the plan says. Of a flow, totals over periods of
    this length are compared."""

    def __attrs_post_init__(self) -> None:
        _check_unit(self, self.measure, "goal", self.goal)
        _check_tolerance(self, self.measure, self.tolerance)

    @property
    def deadline(self) -> None:
        """``None``: the target applies at all times."""
        return None


@final
@attrs.frozen(kw_only=True, repr=False)
class RangeTarget(_CitedTarget):
    """Be within a range of levels: "between 40% and 50% by March 2025", or at all times.

    Raises:
        RecordError: A level is in another unit than the measure, the deadline is not after the
            baseline or is before the first period covered, or both a baseline and ``since`` are
            given.
    """

    kind: ClassVar[TargetKind] = "range"
    measure: Measure = attrs.field(validator=_MEASURE)
    """The measure. Which way is better does not matter within the range."""
    area: str = attrs.field(validator=require_text)
    """The area that the target is for."""
    goal: LevelRange = attrs.field(validator=_RANGE)
    """The range, both ends included."""
    deadline: Deadline | None = attrs.field(default=None, converter=read_optional_deadline)
    """The day by which it is due; ``None`` if it applies at all times."""
    baseline: Baseline | None = attrs.field(default=None, validator=_OPTIONAL_BASELINE)
    """The level that it starts from, if the plan says."""
    since: Period | None = attrs.field(default=None, converter=read_optional_period)
    """The first period that the target covers, where the level is to stay within the range."""

    def __attrs_post_init__(self) -> None:
        _check_unit(self, self.measure, "goal", self.goal.low)
        _check_points(self, self.measure, self.baseline, (), self.deadline)
        _check_since(self, self.since, self.deadline)
        if self.baseline is not None and self.since is not None:
            raise RecordError(
                f"{self.id!r} has a baseline and 'since': keep the baseline for a level to change, "
                "'since' for a level to maintain"
            )


@final
@attrs.frozen(kw_only=True, repr=False)
class DirectionTarget(_CitedTarget):
    """Improve a measure, without saying how far: "increase the use of", "reduce year on year"."""

    kind: ClassVar[TargetKind] = "direction"
    measure: Measure = attrs.field(validator=_MEASURE)
    """The measure, which the target improves."""
    area: str = attrs.field(validator=require_text)
    """The area that the target is for."""
    baseline: Baseline | None = attrs.field(default=None, validator=_OPTIONAL_BASELINE)
    """The level that it starts from, if the plan says. Default: the first figure is the start."""
    deadline: Deadline | None = attrs.field(default=None, converter=read_optional_deadline)
    """The day by which it is due, if the plan says."""
    every: Duration | None = None
    """How long before each period the one lies that it must improve on: ``1 year`` for "year on
    year". ``None`` if only the latest period and the start are compared."""

    def __attrs_post_init__(self) -> None:
        _check_points(self, self.measure, self.baseline, (), self.deadline)
        if self.every == Duration.of():
            raise RecordError(
                f"{self.id!r} compares each period with itself: give 'every' a length such as "
                "'1 year'"
            )


@final
@attrs.frozen(kw_only=True, repr=False)
class MilestoneTarget(_CitedTarget):
    """Complete something by a day: "a strategy in place by the end of 2023"."""

    kind: ClassVar[TargetKind] = "milestone"
    area: str = attrs.field(validator=require_text)
    """The area that the target is for."""
    deadline: Deadline = attrs.field(converter=read_deadline)
    """The day by which it is due."""


@final
@attrs.frozen(kw_only=True, repr=False)
class NarrativeTarget(_CitedTarget):
    """An entry among a plan's targets that can be neither counted nor dated."""

    kind: ClassVar[TargetKind] = "narrative"
    area: str = attrs.field(validator=require_text)
    """The area that it is for."""
    deadline: Deadline | None = attrs.field(default=None, converter=read_optional_deadline)
    """The day by which it is due, if the plan says."""


QuantifiedTarget: TypeAlias = (
    ChangeTarget | ReachTarget | MaintainTarget | StandingTarget | RangeTarget
)
"""The targets that name a level or a range: each has ``goal`` and ``deadline``."""

MeasuredTarget: TypeAlias = QuantifiedTarget | DirectionTarget
"""The targets that have a measure, so that figures can decide them."""

Target: TypeAlias = MeasuredTarget | MilestoneTarget | NarrativeTarget
"""Any target; a closed union, to be matched exhaustively."""
