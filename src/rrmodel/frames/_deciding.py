"""The numbers and the trajectory of a target, with which deciding figures are compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rrmodel.evaluation import Terms
from rrmodel.frames._whole_numbers import RuleNumbers, WholeNumbers
from rrmodel.model import ChangeTarget
from rrmodel.periods import whole_months_between
from rrmodel.quantities import PercentagePoints

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "Deciding",
    "PathPart",
    "deciding_numbers",
    "part_on",
    "path_of",
]

FIRST_DAY, LAST_DAY = date(1700, 1, 1), date(2199, 12, 31)
"""The first and the last day of a frame, which pandas can hold in nanoseconds."""

_END = LAST_DAY.toordinal()


class Deciding(NamedTuple):
    """The whole numbers of a target. Levels (``..._at``) are over ``scale``, flags are 0 or 1."""

    term: int
    scale: int
    up: int
    has_goal: int
    goal_at: int
    has_limit: int
    limit_at: int
    tolerance: int
    is_kept: int
    has_baseline: int
    baseline_at: int
    baseline_end: int
    stated_end: int
    intended: int
    has_deadline: int
    is_settled: int
    deadline_at: int
    due_at: int
    is_total: int
    open_if_met: int
    window_whole: int
    window_length: int
    is_points: int
    is_share: int
    rule: int
    margin: int
    share_above: int
    share_below: int
    goal_least: int
    goal_most: int
    has_rounded: int
    rounded_goal_0: int
    rounded_goal_1: int
    is_by_points: int
    start_least: int
    start_most: int
    start_parts: int
    most_units: int
    most_cases: int


class PathPart(NamedTuple):
    """A part of a trajectory: its days, its levels over ``scale``, and its time.

    ``..._0`` and ``..._1`` are of the trajectories from either end of a rounded baseline.
    """

    term: int
    from_day: int
    to_day: int
    has_path: int = 0
    start_at: int = 0
    start_0: int = 0
    start_1: int = 0
    rise: int = 0
    rise_0: int = 0
    rise_1: int = 0
    days: int = 1
    months: int = 0
    first_month: int = 0


def deciding_numbers(
    place: int, terms: Terms, rule: RuleNumbers, numbers: WholeNumbers, as_of: date
) -> Deciding:
    """Return the whole numbers that the figures of a target are compared with.

    Args:
        place: The number of the terms.
        terms: The terms.
        rule: The thresholds of the policy.
        numbers: The levels of the terms.
        as_of: The day of the assessment.
    """
    goal, baseline, deadline, window = terms.goal, terms.baseline, terms.deadline, terms.window
    target = terms.target
    unit, better = target.measure.unit, target.measure.better
    months = None if window is None else window.month_count
    up = 1 if (better if goal is None else goal.better) == "higher" else -1
    intended = up * (numbers.goal - numbers.baseline)
    if numbers.limit is not None:
        intended = max(intended, up * (numbers.baseline - numbers.limit))
    tolerated = numbers.goal - up * numbers.tolerance
    if unit == "%":
        tolerated = min(max(tolerated, 0), 100 * numbers.scale)
    rounded_goals = [track[-1] for track in numbers.rounded] or [tolerated, tolerated]
    is_by_points = isinstance(target, ChangeTarget) and isinstance(target.change, PercentagePoints)
    start_least, start_most, start_parts = numbers.start
    return Deciding(
        term=place,
        scale=numbers.scale,
        up=up,
        has_goal=int(goal is not None),
        goal_at=numbers.goal,
        has_limit=int(numbers.limit is not None),
        limit_at=numbers.limit or 0,
        tolerance=numbers.tolerance,
        is_kept=int(terms.is_kept),
        has_baseline=int(baseline is not None),
        baseline_at=numbers.baseline,
        baseline_end=baseline.period.last_day.toordinal() if baseline else 0,
        stated_end=terms.baseline_day.toordinal() if terms.baseline_day else 0,
        intended=intended,
        has_deadline=int(deadline is not None),
        is_settled=int(terms.has_settled(as_of)),
        deadline_at=deadline.toordinal() if deadline else 0,
        due_at=deadline.toordinal() if deadline and as_of < deadline else 0,
        is_total=int(terms.counts_from is not None),
        open_if_met=int(better == "lower"),
        window_whole=-1 if window is None else int(months is not None),
        window_length=0 if window is None else months or window.days,
        is_points=int(unit in {"%", "percentage points"}),
        is_share=int(unit == "%"),
        rule=rule.kind,
        margin=numbers.margin,
        share_above=rule.share[0],
        share_below=rule.share[1],
        # The goal as it is tested for chance: with its tolerance, and from a rounded baseline.
        goal_least=min(tolerated, *rounded_goals),
        goal_most=max(tolerated, *rounded_goals),
        has_rounded=int(bool(numbers.rounded)),
        rounded_goal_0=rounded_goals[0],
        rounded_goal_1=rounded_goals[1],
        is_by_points=int(is_by_points and baseline is not None),
        # What the counts of the baseline must round to, in parts of a point.
        start_least=start_least,
        start_most=start_most,
        start_parts=start_parts,
        most_units=numbers.most_units,
        most_cases=numbers.most_cases,
    )


def path_of(place: int, terms: Terms, numbers: WholeNumbers) -> Sequence[PathPart]:
    """Return the parts of the trajectory; the level is not defined before its first point."""
    if terms.is_kept:
        first = max(terms.start or FIRST_DAY, FIRST_DAY).toordinal()
        level = (numbers.goal,) * 3
        return PathPart(place, 0, first - 1), PathPart(place, first, _END, 1, *level)
    days = tuple([day for day, _ in terms.points])
    if not days:
        return (PathPart(place, 0, _END),)
    points = numbers.points
    track_0, track_1 = numbers.rounded or (points, points)
    last = PathPart(place, days[-1].toordinal(), _END, 1, points[-1], track_0[-1], track_1[-1])
    parts = [PathPart(place, 0, days[0].toordinal() - 1)]
    is_stepped = terms.trajectory == "stepped"
    for number, (from_day, to_day, *time) in enumerate(_spans(days)):
        levels = points[number], track_0[number], track_1[number]
        rises = (
            (0, 0, 0)
            if is_stepped
            else (
                points[number + 1] - levels[0],
                track_0[number + 1] - levels[1],
                track_1[number + 1] - levels[2],
            )
        )
        parts.append(PathPart(place, from_day, to_day, 1, *levels, *rises, *time))
    return *parts, last


@lru_cache(maxsize=4096)
def _spans(days: tuple[date, ...]) -> Sequence[tuple[int, int, int, int, int]]:
    """Return the first and last day between points, their days, months and first month."""
    return [
        (
            day.toordinal(),
            next_day.toordinal() - 1,
            (next_day - day).days,
            whole_months_between(day, next_day) or 0,
            day.year * 12 + day.month,
        )
        for day, next_day in pairwise(days)
    ]


def part_on(path: Sequence[PathPart], day: int) -> PathPart:
    """Return the part of a trajectory in which a day lies."""
    return next(part for part in path if day <= part.to_day)
