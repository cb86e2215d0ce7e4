"""Strategies for promises of every kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

import attrs
from hypothesis import strategies as st

from rrmodel.model import (
    Baseline,
    ChangeTarget,
    Citation,
    DirectionTarget,
    InterimGoal,
    MaintainTarget,
    Measure,
    MilestoneTarget,
    NarrativeTarget,
    ReachTarget,
    Target,
    Trajectory,
)
from rrmodel.periods import Deadline
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints, RelativeChange
from rrmodel.testing._periods import deadlines, periods
from rrmodel.testing._quantities import levels
from rrmodel.testing._records import AREAS, DOCUMENTS, TEXTS, citations, measures

__all__ = ["kinds_of_targets", "targets"]

# Baselines end before this day and deadlines lie after it, so that promises run forward in time.
_BETWEEN = date(2018, 12, 31)
_DEADLINES = deadlines(earliest=date(2019, 1, 1))
_MOST_ON_THE_WAY = 2
_STOPS = st.lists(
    _DEADLINES,
    min_size=1,
    max_size=1 + _MOST_ON_THE_WAY,
    unique_by=lambda deadline: deadline.last_day,
).map(sorted)
_BASELINES = periods(latest=_BETWEEN)
_MAY_BE = st.none() | periods()
_TRAJECTORIES: tuple[Trajectory, ...] = ("straight", "stepped")


def targets(
    measure: Measure | None = None,
    *,
    kind: type[Target] | None = None,
    area: str | None = None,
    documents: Sequence[str] = DOCUMENTS,
) -> st.SearchStrategy[Target]:
    """Promises of all six kinds, with their dates in order and their levels in the measure's unit.

    >>> from hypothesis import given, settings
    >>> housed = Measure(id="housed", name="Housed", counts="releases", better="higher")
    >>> @settings(max_examples=5, derandomize=True)
    ... @given(targets(housed, kind=ChangeTarget))
    ... def test_of_any_change_promised(target):
    ...     assert target.goal > target.baseline.level
    >>> test_of_any_change_promised()

    Args:
        measure: The measure of those that have one; any if left out.
        kind: The kind of promise, such as ``ChangeTarget``; any of the six if left out.
        area: The area that the promise is made for; any of a few if left out.
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
    """Return strategies for each kind of promise; the two that need no measure stand first."""
    ids = st.integers(1, 3).map(lambda number: f"target-{number}")
    said = st.builds(_Said, ids, TEXTS, cited, placed)
    course, improving = (_courses(measured, improving=improving) for improving in (False, True))
    has = st.booleans()
    return {
        NarrativeTarget: st.builds(_narrative, said, st.none() | _DEADLINES),
        MilestoneTarget: st.builds(_milestone, said, _DEADLINES),
        ReachTarget: st.builds(_reach, said, course, has_baseline=has),
        ChangeTarget: st.builds(_change, said, improving, is_relative=has),
        MaintainTarget: st.builds(_maintain, said, course, has_tolerance=has, has_start=has),
        DirectionTarget: st.builds(_direction, said, course, has_baseline=has, has_deadline=has),
    }


@attrs.frozen
class _Said:
    """What every promise has."""

    id: str
    statement: str
    citation: Citation
    area: str


@attrs.frozen
class _Course:
    """A baseline, goals on the way and a last one, in order of time."""

    measure: Measure
    baseline: Baseline
    interim: tuple[InterimGoal, ...]
    goal: Level
    deadline: Deadline
    trajectory: Trajectory


@cache
def _levels_on_the_way(unit: str, *, improving: bool) -> st.SearchStrategy[list[Level]]:
    """Return levels enough for any course, described once for each unit."""
    count = 2 + _MOST_ON_THE_WAY
    return st.lists(levels(unit), min_size=count, max_size=count, unique=improving)


def _trajectories(way: list[Level]) -> tuple[Trajectory, ...]:
    """Return how a level can move through these: there are no odds of 0%, 100% or an amount."""
    has_odds = all(isinstance(level, Percentage) and 0 < float(level.share) < 1 for level in way)
    return (*_TRAJECTORIES, "logit") if has_odds else _TRAJECTORIES


@st.composite
def _courses(draw: st.DrawFn, measured: st.SearchStrategy[Measure], *, improving: bool) -> _Course:
    measure = draw(measured)
    *stops, deadline = draw(_STOPS)
    way = draw(_levels_on_the_way(measure.unit, improving=improving))[: len(stops) + 2]
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
    return PercentagePoints(difference) if unit == "%" else Amount(difference, unit)


def _narrative(said: _Said, deadline: Deadline | None) -> NarrativeTarget:
    return NarrativeTarget(
        id=said.id,
        statement=said.statement,
        citation=said.citation,
        area=said.area,
        deadline=deadline,
    )


def _milestone(said: _Said, deadline: Deadline) -> MilestoneTarget:
    return MilestoneTarget(
        id=said.id,
        statement=said.statement,
        citation=said.citation,
        area=said.area,
        deadline=deadline,
    )


def _reach(said: _Said, course: _Course, *, has_baseline: bool) -> ReachTarget:
    return ReachTarget(
        id=said.id,
        statement=said.statement,
        citation=said.citation,
        area=said.area,
        measure=course.measure,
        goal=course.goal,
        deadline=course.deadline,
        baseline=course.baseline if has_baseline else None,
        interim=course.interim,
        trajectory=course.trajectory,
    )


def _change(said: _Said, course: _Course, *, is_relative: bool) -> ChangeTarget:
    start, goal = course.baseline.level, course.goal
    return ChangeTarget(
        id=said.id,
        statement=said.statement,
        citation=said.citation,
        area=said.area,
        measure=course.measure,
        baseline=course.baseline,
        change=(
            RelativeChange(100 * (goal.value / start.value - 1))
            if is_relative and start.value
            else _difference(start, goal, course.measure.unit)
        ),
        deadline=course.deadline,
        interim=course.interim,
        trajectory=course.trajectory,
    )


def _maintain(
    said: _Said, course: _Course, *, has_tolerance: bool, has_start: bool
) -> MaintainTarget:
    tolerance = _difference(course.baseline.level, course.goal, course.measure.unit)
    return MaintainTarget(
        id=said.id,
        statement=said.statement,
        citation=said.citation,
        area=said.area,
        measure=course.measure,
        goal=course.goal,
        deadline=course.deadline,
        tolerance=tolerance if has_tolerance and tolerance.value >= 0 else None,
        since=course.baseline.period if has_start else None,
    )


def _direction(
    said: _Said, course: _Course, *, has_baseline: bool, has_deadline: bool
) -> DirectionTarget:
    return DirectionTarget(
        id=said.id,
        statement=said.statement,
        citation=said.citation,
        area=said.area,
        measure=course.measure,
        baseline=course.baseline if has_baseline else None,
        deadline=course.deadline if has_deadline else None,
    )
