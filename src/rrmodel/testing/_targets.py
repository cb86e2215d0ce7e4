"""Strategies for targets of every kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, Literal, TypeAlias, get_args

import attrs
from hypothesis import strategies as st

from rrmodel.model import (
    Baseline,
    ChangeTarget,
    Citation,
    DirectionTarget,
    InterimGoal,
    LevelRange,
    MaintainTarget,
    Measure,
    MilestoneTarget,
    NarrativeTarget,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    Target,
    Trajectory,
)
from rrmodel.periods import Deadline, Duration
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints, RelativeChange
from rrmodel.testing._periods import deadlines, periods
from rrmodel.testing._quantities import levels
from rrmodel.testing._records import AREAS, DOCUMENTS, TEXTS, citations, measures

__all__ = ["kinds_of_targets", "targets"]

# Baselines end on or before this day and deadlines lie after it.
_BETWEEN = date(2018, 12, 31)
_DEADLINES = deadlines(earliest=date(2019, 1, 1))
_MOST_INTERIM = 2
_STOPS = st.lists(
    _DEADLINES,
    min_size=1,
    max_size=1 + _MOST_INTERIM,
    unique_by=lambda deadline: deadline.last_day,
).map(sorted)
_BASELINES = periods(latest=_BETWEEN)
_MAY_BE = st.none() | periods()
_Start: TypeAlias = Literal["none", "baseline", "since"]
_STARTS = st.sampled_from(get_args(_Start))
_EVERY = st.none() | st.sampled_from([Duration("1 year"), Duration("3 months")])
_TRAJECTORIES: tuple[Trajectory, ...] = ("straight", "stepped")


def targets(
    measure: Measure | None = None,
    *,
    kind: type[Target] | None = None,
    area: str | None = None,
    documents: Sequence[str] = DOCUMENTS,
) -> st.SearchStrategy[Target]:
    """Targets of all eight kinds, with dates in order and levels in the unit of the measure.

    >>> from hypothesis import given, settings
    >>> housed = Measure(id="housed", name="Housed", counts="releases", better="higher")
    >>> @settings(max_examples=5, derandomize=True)
    ... @given(targets(housed, kind=ChangeTarget))
    ... def test_every_change_is_a_rise(target):
    ...     assert target.goal > target.baseline.level
    >>> test_every_change_is_a_rise()

    Args:
        measure: The measure of those that have one. Default: any.
        kind: The kind of target, such as ``ChangeTarget``. Default: any of the eight.
        area: The area of the target. Default: any of a few.
        documents: The ids of the documents that may be cited.
    """
    measured = measures(documents=documents) if measure is None else st.just(measure)
    placed = AREAS if area is None else st.just(area)
    kinds = kinds_of_targets(measured, placed, citations(documents))
    return st.one_of(list(kinds.values())) if kind is None else kinds[kind]


def kinds_of_targets(
    measured: st.SearchStrategy[Measure],
    placed: st.SearchStrategy[str],
    cited: st.SearchStrategy[Citation],
) -> dict[type[Target], st.SearchStrategy[Target]]:
    """Return a strategy for each kind of target; the two that need no measure come first."""
    ids = st.integers(1, 3).map(lambda number: f"target-{number}")
    common = st.builds(_Common, ids, TEXTS, cited, placed)
    course, improving = (_courses(measured, improving=improving) for improving in (False, True))
    flag = st.booleans()
    return {
        NarrativeTarget: st.builds(_narrative, common, st.none() | _DEADLINES),
        MilestoneTarget: st.builds(_milestone, common, _DEADLINES),
        ReachTarget: st.builds(_reach, common, course, start=_STARTS),
        ChangeTarget: st.builds(_change, common, improving, is_relative=flag),
        MaintainTarget: st.builds(_maintain, common, course, has_tolerance=flag, has_start=flag),
        StandingTarget: st.builds(_standing, common, course, has_tolerance=flag, has_start=flag),
        RangeTarget: st.builds(_range, common, improving, start=_STARTS, has_deadline=flag),
        DirectionTarget: st.builds(
            _direction, common, course, has_baseline=flag, has_deadline=flag, every=_EVERY
        ),
    }


@attrs.frozen
class _Common:
    """The fields of every target."""

    id: str
    statement: str
    citation: Citation
    area: str


@attrs.frozen
class _Course:
    """A baseline, interim goals and a goal, in order of time."""

    measure: Measure
    baseline: Baseline
    interim: tuple[InterimGoal, ...]
    goal: Level
    deadline: Deadline
    trajectory: Trajectory


@cache
def _levels_of_a_course(unit: str, *, improving: bool) -> st.SearchStrategy[list[Level]]:
    """Return enough levels for any course, described once for each unit."""
    count = 2 + _MOST_INTERIM
    return st.lists(levels(unit), min_size=count, max_size=count, unique=improving)


def _trajectories(way: list[Level]) -> tuple[Trajectory, ...]:
    """Return the trajectories through some levels: odds need shares between 0% and 100%."""
    has_odds = all(isinstance(level, Percentage) and 0 < float(level.share) < 1 for level in way)
    return (*_TRAJECTORIES, "logit") if has_odds else _TRAJECTORIES


@st.composite
def _courses(draw: st.DrawFn, measured: st.SearchStrategy[Measure], *, improving: bool) -> _Course:
    measure = draw(measured)
    *stops, deadline = draw(_STOPS)
    way = draw(_levels_of_a_course(measure.unit, improving=improving))[: len(stops) + 2]
    if improving:
        way.sort(key=lambda level: level.value, reverse=measure.better == "lower")
    start, *between, goal = way
    return _Course(
        measure=measure,
        baseline=Baseline(level=start, period=draw(_BASELINES), may_be=draw(_MAY_BE)),
        interim=tuple(
            InterimGoal(level=level, deadline=stop)
            for level, stop in zip(between, stops, strict=True)
        ),
        goal=goal,
        deadline=deadline,
        trajectory=draw(st.sampled_from(_trajectories(way))),
    )


def _difference(start: Level, goal: Level, unit: str) -> PercentagePoints | Amount:
    difference = goal.value - start.value
    if unit in {"%", "percentage points"}:
        return PercentagePoints(difference)
    return Amount(difference, unit)


def _fields(common: _Common, course: _Course | None = None) -> dict[str, Any]:
    """Return the fields of every target, and the measure of one that has a course."""
    fields: dict[str, Any] = attrs.asdict(common, recurse=False)
    return fields if course is None else {**fields, "measure": course.measure}


def _start_fields(course: _Course, start: _Start) -> dict[str, Any]:
    if start == "since":
        return {"since": course.baseline.period}
    return {"baseline": course.baseline} if start == "baseline" else {}


def _narrative(common: _Common, deadline: Deadline | None) -> NarrativeTarget:
    return NarrativeTarget(**_fields(common), deadline=deadline)


def _milestone(common: _Common, deadline: Deadline) -> MilestoneTarget:
    return MilestoneTarget(**_fields(common), deadline=deadline)


def _reach(common: _Common, course: _Course, *, start: _Start) -> ReachTarget:
    return ReachTarget(
        **_fields(common, course),
        **_start_fields(course, start),
        goal=course.goal,
        deadline=course.deadline,
        interim=course.interim,
        trajectory=course.trajectory,
    )


def _change(common: _Common, course: _Course, *, is_relative: bool) -> ChangeTarget:
    start, goal = course.baseline.level, course.goal
    return ChangeTarget(
        **_fields(common, course),
        baseline=course.baseline,
        change=(
            RelativeChange(100 * (goal.value / start.value - 1))
            if is_relative and goal.value >= 0 < start.value
            else _difference(start, goal, course.measure.unit)
        ),
        deadline=course.deadline,
        interim=course.interim,
        trajectory=course.trajectory,
    )


def _tolerance(course: _Course) -> PercentagePoints | Amount:
    low, high = sorted((course.baseline.level, course.goal), key=lambda level: level.value)
    return _difference(low, high, course.measure.unit)


def _maintain(
    common: _Common, course: _Course, *, has_tolerance: bool, has_start: bool
) -> MaintainTarget:
    return MaintainTarget(
        **_fields(common, course),
        goal=course.goal,
        deadline=course.deadline,
        tolerance=_tolerance(course) if has_tolerance else None,
        since=course.baseline.period if has_start else None,
    )


def _standing(
    common: _Common, course: _Course, *, has_tolerance: bool, has_start: bool
) -> StandingTarget:
    return StandingTarget(
        **_fields(common, course),
        goal=course.goal,
        tolerance=_tolerance(course) if has_tolerance else None,
        since=course.baseline.period if has_start else None,
    )


def _range(common: _Common, course: _Course, *, start: _Start, has_deadline: bool) -> RangeTarget:
    low, high = sorted((course.baseline.level, course.goal), key=lambda level: level.value)
    return RangeTarget(
        **_fields(common, course),
        **_start_fields(course, start),
        goal=LevelRange(low=low, high=high),
        deadline=course.deadline if has_deadline else None,
    )


def _direction(
    common: _Common,
    course: _Course,
    *,
    has_baseline: bool,
    has_deadline: bool,
    every: Duration | None,
) -> DirectionTarget:
    return DirectionTarget(
        **_fields(common, course),
        baseline=course.baseline if has_baseline else None,
        deadline=course.deadline if has_deadline else None,
        every=every,
    )
