"""The level that a promise expects on a day, and levels compared on their better side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import get_args

from rrmodel.errors import MixedQuantityError, RecordError, UnknownNameError, did_you_mean
from rrmodel.inference import Undefined, logit_level
from rrmodel.model import Better, Trajectory
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints

__all__ = ["expected_level", "shortfall"]

_TRAJECTORIES: tuple[str, ...] = get_args(Trajectory)
_PLACES = 4
"""Decimals of a level on a curve, which is no exact number: beyond what anybody publishes."""


def expected_level(
    points: Sequence[tuple[date, Level]], day: date, trajectory: Trajectory = "straight"
) -> Level | None:
    """Return the level expected on a day.

    A straight trajectory moves by the same amount every day between one point and the next; a
    stepped one holds the level of each point from its day until the next; a logit one moves by
    the same log odds every day, so that it slows near 0% and 100%, and is rounded to four decimals.
    Before the first point nothing is expected, so the answer is ``None``; after the last its level
    holds.

    >>> housed = [(date(2022, 3, 31), Percentage(82)), (date(2023, 7, 31), Percentage(90))]
    >>> expected_level(housed, date(2022, 12, 31))
    Percentage('42134/487')
    >>> expected_level(housed, date(2022, 12, 31), "stepped")
    Percentage('82')
    >>> f"{expected_level(housed, date(2022, 12, 31), 'logit'):.2}"
    '87.00%'

    Args:
        points: The baseline, interim goals and goal, earliest first.
        day: The day asked about.
        trajectory: How the level moves between the points.

    Raises:
        MixedQuantityError: Two points are in different units.
        UnknownNameError: There is no such trajectory.
        RecordError: A logit trajectory leads from or to 0%, 100% or an amount.
    """
    if trajectory not in _TRAJECTORIES:
        raise UnknownNameError(
            f"{trajectory!r} is no trajectory: {did_you_mean(trajectory, _TRAJECTORIES)}"
        )
    reached = [point for point in points if point[0] <= day]
    if not reached:
        return None
    start_day, start = reached[-1]
    if trajectory == "stepped" or len(reached) == len(points):
        return start
    end_day, end = points[len(reached)]
    elapsed = Fraction((day - start_day).days, (end_day - start_day).days)
    if trajectory == "logit":
        return _by_odds(start, end, elapsed)
    if isinstance(start, Percentage) and isinstance(end, Percentage):
        return start + (end - start) * elapsed
    if isinstance(start, Amount) and isinstance(end, Amount):
        return start + (end - start) * elapsed
    raise MixedQuantityError(f"no line leads from {start} to {end}: write both in one unit")


def _by_odds(start: Level, end: Level, elapsed: Fraction) -> Percentage:
    if isinstance(start, Percentage) and isinstance(end, Percentage):
        # Those counted and those not counted must add up to all, so one half is worked out.
        is_upper = start.share + end.share > 1
        ends = (start.complement, end.complement) if is_upper else (start, end)
        share = logit_level(float(ends[0].share), float(ends[1].share), float(elapsed))
        if not isinstance(share, Undefined):
            level = Percentage.from_float(100 * share, places=_PLACES)
            return level.complement if is_upper else level
    raise RecordError(
        f"no logit line leads from {start} to {end}: odds are those of a share above 0% and below "
        "100%, so ask for a straight or stepped one"
    )


def shortfall(level: Level, goal: Level, better: Better) -> PercentagePoints | Amount:
    """Return how far a level is short of a goal; zero or less once it is reached.

    >>> shortfall(Percentage("86.3"), Percentage(90), "higher")
    PercentagePoints('3.7')
    >>> shortfall(Percentage("13.7"), Percentage(10), "lower")
    PercentagePoints('3.7')

    Raises:
        MixedQuantityError: One is a percentage and the other an amount, or their units differ.
    """
    low, high = (level, goal) if better == "higher" else (goal, level)
    if isinstance(low, Percentage) and isinstance(high, Percentage):
        return high - low
    if isinstance(low, Amount) and isinstance(high, Amount):
        return high - low
    raise MixedQuantityError(f"{level} and {goal} do not compare: write both in one unit")
