"""The terms of a promise: from when, in which series, from which baseline, and what keeps it."""

from __future__ import annotations

from datetime import date

from rrmodel.evaluation._trajectory import expected_level, shortfall
from rrmodel.model import (
    Baseline,
    ChangeTarget,
    DirectionTarget,
    MaintainTarget,
    MeasuredTarget,
    QuantifiedTarget,
    ReachTarget,
    Target,
)
from rrmodel.quantities import Level

__all__ = [
    "baseline_day",
    "baseline_for",
    "expected_of",
    "has_settled",
    "is_reached",
    "series_of",
    "start_of",
]


def start_of(target: MeasuredTarget) -> date | None:
    """Return the first day on which a period may end and still tell of the promise."""
    if isinstance(target, MaintainTarget):
        return target.since.first_day if target.since else None
    return baseline_day(target)


def series_of(target: MeasuredTarget) -> str | None:
    """Return the series that a promise is made in: its baseline's, else that of its deadline."""
    measure = target.measure
    if not isinstance(target, MaintainTarget) and target.baseline is not None:
        return measure.series_of(target.baseline.period)
    return measure.series_on(target.deadline.last_day) if target.deadline else measure.code


def baseline_for(target: Target, area: str) -> Baseline | None:
    """Return the baseline, which is the level of the target's own area and of no other."""
    if isinstance(target, ChangeTarget | ReachTarget | DirectionTarget) and area == target.area:
        return target.baseline
    return None


def baseline_day(target: MeasuredTarget) -> date | None:
    """Return the last day of the baseline's period: a figure of that day is no later one."""
    if isinstance(target, MaintainTarget) or target.baseline is None:
        return None
    return target.baseline.period.last_day


def has_settled(target: Target, as_of: date) -> bool:
    """Whether the deadline has passed and outcomes by then can be known."""
    if target.deadline is None:
        return False
    last_day = target.deadline.last_day
    return last_day < as_of and (
        not isinstance(target, MeasuredTarget) or target.measure.matures_on(last_day) <= as_of
    )


def is_reached(target: QuantifiedTarget, level: Level) -> bool:
    """Whether a level is at or beyond the goal, exactly; a tolerance is part of the promise."""
    short = shortfall(level, target.goal, target.measure.better)
    if isinstance(target, MaintainTarget) and target.tolerance is not None:
        return short.value <= target.tolerance.value
    return short.sign <= 0


def expected_of(target: Target, area: str, day: date) -> Level | None:
    """Return the level that a promise expects of an area by a day, if it expects any."""
    if isinstance(target, MaintainTarget):
        start = start_of(target)
        return target.goal if start is None or start <= day else None
    baseline = baseline_for(target, area)
    if baseline is None or not isinstance(target, ChangeTarget | ReachTarget):
        return None
    points: list[tuple[date, Level]] = [
        (baseline.period.last_day, baseline.level),
        *((point.deadline.last_day, point.level) for point in target.interim),
        (target.deadline.last_day, target.goal),
    ]
    return expected_level(points, day, target.trajectory)
