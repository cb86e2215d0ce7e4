"""The terms of a target for an area: the goal, the start, the deadline and the trajectory."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias, assert_never

import attrs

from rrmodel.evaluation._trajectory import difference, expected_level, opposite, shortfall
from rrmodel.model import (
    Baseline,
    Better,
    ChangeTarget,
    DirectionTarget,
    LevelRange,
    MaintainTarget,
    MeasuredTarget,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    Trajectory,
)
from rrmodel.periods import Duration, Period
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints
from rrmodel.records import short_repr

__all__ = ["Bounds", "Point", "Terms", "possible", "terms_of"]

_DAY = timedelta(days=1)
_STEPS = 20
"""A curve between two points is drawn with about so many levels."""

Point: TypeAlias = tuple[date, Level]
"""A day and the level that is due on it."""


@attrs.frozen
class Bounds:
    """The levels that are good enough: those at or beyond one level, up to a limit if any."""

    level: Level
    """The level at which they begin."""
    better: Better
    """The side of it on which they lie."""
    limit: Level | None = None
    """The level at which they end, where more is not better: the other end of a range."""

    @property
    def levels(self) -> Level | LevelRange:
        """The level, or with a limit the range."""
        if self.limit is None:
            return self.level
        low, high = (
            (self.level, self.limit) if self.better == "higher" else (self.limit, self.level)
        )
        return LevelRange(low=low, high=high)

    def shortfall(self, level: Level) -> PercentagePoints | Amount:
        """Return how far a level is outside the bounds; zero or less inside them."""
        if self.limit is None:
            return shortfall(level, self.level, self.better)
        return shortfall(level, *self.nearest(level))

    def widened(self, tolerance: PercentagePoints | Amount) -> Bounds:
        """Return the bounds with a tolerance where they begin, cut to what a level can be."""
        level, allowed = self.level, tolerance.value
        value = possible(level, level.value + (allowed if self.better == "lower" else -allowed))
        wider = Amount(value, level.unit) if isinstance(level, Amount) else type(level)(value)
        return attrs.evolve(self, level=wider)

    def nearest(self, level: Level) -> tuple[Level, Better]:
        """Return the end that a level is nearest to passing or has passed, and its better side."""
        if self.limit is None:
            return self.level, self.better
        other_side = opposite(self.better)
        past = shortfall(level, self.limit, other_side)
        if past.value > shortfall(level, self.level, self.better).value:
            return self.limit, other_side
        return self.level, self.better


@attrs.frozen(kw_only=True, repr=False)
class Terms:
    """The terms of a measured target for an area. All later steps follow from these and figures."""

    target: MeasuredTarget
    """The target."""
    area: str
    """The area whose figures are assessed."""
    is_comparator: bool
    """Whether that is another area than the target's own."""
    goal: Bounds | None = None
    """The levels that meet the target, before any tolerance; ``None`` where it names no level."""
    tolerance: PercentagePoints | Amount | None = None
    """How far outside the goal still meets the target."""
    baseline: Baseline | None = None
    """The level that the area starts from: that of the target, and never of a comparator."""
    baseline_day: date | None = None
    """The last day of the target's baseline: a figure of that day says nothing of what followed."""
    start: date | None = None
    """Figures of periods that end before this day say nothing of the target."""
    window: Period | None = None
    """The period whose length figures should have: the baseline's, or the first one covered."""
    counts_from: date | None = None
    """The day from which a flow is added up towards the goal, where the target says so."""
    series: str | None = None
    """The series of the measure in which the target was set."""
    deadline: date | None = None
    """The day by which the target is due; ``None`` where it has none."""
    known_from: date | None = None
    """The day from which outcomes by the deadline can be known."""
    is_kept: bool = False
    """Whether the goal applies throughout, rather than by the deadline only."""
    points: tuple[Point, ...] = ()
    """The points of the trajectory, earliest first; empty where there is no path to follow."""
    trajectory: Trajectory = "straight"
    """How the level is expected to change between the points."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.target.id,
            area=self.area,
            start=self.start,
            deadline=self.deadline,
            series=self.series,
            points=self.points,
        )

    @property
    def goals(self) -> tuple[Level, ...]:
        """The goal, or both ends of a range, lowest first; empty where it names no level."""
        if self.goal is None:
            return ()
        levels = self.goal.levels
        return (levels.low, levels.high) if isinstance(levels, LevelRange) else (levels,)

    @property
    def edges(self) -> tuple[Level, ...]:
        """The levels at the edges of what meets the goal, lowest first, as far as they are stated.

        They are the :attr:`goals` and, with a tolerance, the furthest level that still meets the
        goal: all levels between two edges meet it.

        >>> from rrmodel import datasets
        >>> plan = datasets.load("made-up-plan-under-way")
        >>> for edge in terms_of(plan.target("occupancy")).edges:
        ...     print(edge)
        85% of capacity
        95% of capacity
        """
        edges = set(self.goals)
        if self.goal is not None and self.tolerance is not None:
            edges.add(self.goal.widened(self.tolerance).level)
        return tuple(sorted(edges, key=lambda level: level.value))

    def path(self) -> tuple[Point, ...]:
        """Return the days and levels that draw the expected line, earliest first.

        Lines between them follow the trajectory: a stepped one also has the old level on the day
        of each step, and a logit one the levels of some 20 days between its points.

        >>> from rrmodel import datasets
        >>> plan = datasets.load("east-midlands-2022-25")
        >>> for day, level in terms_of(plan.target("housed-on-release-by-july-2023")).path():
        ...     print(day, level)
        2022-03-31 82%
        2023-07-31 90%
        """
        if self.trajectory == "straight":
            return self.points
        path = [*self.points[:1]]
        for (start, level), (end, following) in pairwise(self.points):
            if self.trajectory == "stepped":
                path.append((end, level))
            else:
                step = max(1, (end - start).days // _STEPS)
                days = map(date.fromordinal, range(start.toordinal(), end.toordinal(), step))
                between = ((day, expected_level(self.points, day, "logit")) for day in days)
                path += (
                    (day, level) for day, level in between if day > start and level is not None
                )
            path.append((end, following))
        return tuple(path)

    def is_met_by(self, level: Level) -> bool:
        """Return whether a level meets the goal, exactly and inclusively."""
        return self.goal is not None and self.is_within_tolerance(self.goal.shortfall(level))

    def is_within_tolerance(self, shortfall: PercentagePoints | Amount) -> bool:
        """Return whether a shortfall is zero or less, or within the tolerance of the target."""
        if self.tolerance is None:
            return shortfall.sign <= 0
        return shortfall.value <= self.tolerance.value

    def expected(self, day: date) -> Bounds | None:
        """Return the levels that are good enough on a day; ``None`` where nothing is expected."""
        goal = self.goal
        if goal is None:
            return None
        if self.is_kept:
            return goal if self.start is None or self.start <= day else None
        level = expected_level(self.points, day, self.trajectory)
        if level is None:
            return None
        # A path may start or pass beyond the goal; no more than the goal is ever expected.
        is_beyond = shortfall(level, goal.level, goal.better).sign < 0
        return goal if is_beyond else Bounds(level, goal.better, goal.limit)

    def first_day_of_total(self, end: date) -> date | None:
        """Return the first day of the total that ends on a day, where figures are to be added up.

        Towards a total since a first day it is that day; otherwise the total is as long as the
        :attr:`window`. ``None`` where the target says neither.
        """
        if self.counts_from is not None or self.window is None:
            return self.counts_from
        months = self.window.month_count
        length = (
            Duration.of(days=self.window.days) if months is None else Duration.of(months=months)
        )
        return length.before(end + _DAY)

    def has_settled(self, day: date) -> bool:
        """Return whether the deadline has passed and outcomes by then can be known on a day."""
        deadline, known_from = self.deadline, self.known_from
        return deadline is not None and deadline < day and (known_from or deadline) <= day


def possible(level: Level, value: Fraction) -> Fraction:
    """Return a value, cut to what a level of that kind can be."""
    return min(max(value, Fraction(0)), Fraction(100)) if isinstance(level, Percentage) else value


def terms_of(target: MeasuredTarget, area: str | None = None) -> Terms:
    """Return the terms of a target for an area.

    Args:
        target: The target.
        area: The area. Default: the target's own.
    """
    measure = target.measure
    place = target.area if area is None else area
    is_comparator = place != target.area
    deadline = target.deadline.last_day if target.deadline else None
    stated = None if isinstance(target, MaintainTarget | StandingTarget) else target.baseline
    since = None if isinstance(target, ChangeTarget | DirectionTarget) else target.since
    baseline = None if is_comparator else stated
    goal: Bounds | None = None
    tolerance: PercentagePoints | Amount | None = None
    trajectory: Trajectory = "straight"
    is_kept = False
    points: tuple[Point, ...] = ()
    counts_from: date | None = None
    match target:
        case ChangeTarget() | ReachTarget():
            goal = Bounds(target.goal, measure.better)
            trajectory = target.trajectory
            steps = [(step.deadline.last_day, step.level) for step in target.interim]
            first: Point | None = None
            if baseline is not None:
                first = baseline.period.last_day, baseline.level
                if measure.kind == "flow" and baseline.level.value == 0:
                    counts_from = baseline.period.last_day + _DAY  # a total from nothing
            elif since is not None and isinstance(target.goal, Amount):
                counts_from = since.first_day
                first = counts_from - _DAY, target.goal - target.goal
            if first is not None:
                points = (first, *steps, (target.deadline.last_day, target.goal))
        case MaintainTarget() | StandingTarget():
            goal = Bounds(target.goal, measure.better)
            tolerance = target.tolerance
            is_kept = True
        case RangeTarget():
            goal = _range(target, baseline)
            if baseline is None or goal.shortfall(baseline.level).sign <= 0:
                is_kept = baseline is not None or since is not None or deadline is None
            elif deadline is not None:
                points = (baseline.period.last_day, baseline.level), (deadline, goal.level)
        case DirectionTarget():
            pass
        case _:
            assert_never(target)
    baseline_day = stated.period.last_day if stated else None
    if stated is not None:
        series = measure.series_of(stated.period)
    else:
        series = measure.code if deadline is None else measure.series_on(deadline)
    return Terms(
        target=target,
        area=place,
        is_comparator=is_comparator,
        goal=goal,
        tolerance=tolerance,
        baseline=baseline,
        baseline_day=baseline_day,
        start=since.first_day if since else baseline_day,
        window=None if counts_from else stated.period if stated else since,
        counts_from=counts_from,
        series=series,
        deadline=deadline,
        known_from=None if deadline is None else measure.matures_on(deadline),
        is_kept=is_kept,
        points=points,
        trajectory=trajectory,
    )


def _range(target: RangeTarget, baseline: Baseline | None) -> Bounds:
    """Return the range, from the end that a baseline outside it reaches first."""
    low, high = target.goal.low, target.goal.high
    if baseline is not None and difference(baseline.level, high).sign > 0:
        return Bounds(high, "lower", limit=low)
    return Bounds(low, "higher", limit=high)
