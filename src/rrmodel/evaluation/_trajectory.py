"""The level that a promise expects on a day, and levels compared on their better side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from rrmodel.errors import MixedQuantityError
from rrmodel.model import Better, Trajectory
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints

__all__ = ["expected_level", "shortfall"]


def expected_level(
    points: Sequence[tuple[date, Level]], day: date, trajectory: Trajectory = "straight"
) -> Level | None:
    """Return the level expected on a day.

    A straight trajectory moves by the same amount every day between one point and the next; a
    stepped one holds the level of each point from its day until the next. Before the first point
    nothing is expected, so the answer is ``None``; after the last its level holds.

    >>> housed = [(date(2022, 3, 31), Percentage(82)), (date(2023, 7, 31), Percentage(90))]
    >>> expected_level(housed, date(2022, 12, 31))
    Percentage('42134/487')
    >>> expected_level(housed, date(2022, 12, 31), "stepped")
    Percentage('82')

    Args:
        points: The baseline, interim goals and goal, earliest first.
        day: The day asked about.
        trajectory: How the level moves between the points.
    """
    reached = [point for point in points if point[0] <= day]
    if not reached:
        return None
    start_day, start = reached[-1]
    if trajectory == "stepped" or len(reached) == len(points):
        return start
    end_day, end = points[len(reached)]
    elapsed = Fraction((day - start_day).days, (end_day - start_day).days)
    if isinstance(start, Percentage) and isinstance(end, Percentage):
        return start + (end - start) * elapsed
    if isinstance(start, Amount) and isinstance(end, Amount):
        return start + (end - start) * elapsed
    raise MixedQuantityError(f"no line leads from {start} to {end}: write both in one unit")


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
