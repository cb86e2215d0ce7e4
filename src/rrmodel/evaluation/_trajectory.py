"""The level that a trajectory expects on a day, and how far one level is short of another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias, cast, get_args

from rrmodel.errors import MixedQuantityError, RecordError, UnknownNameError, did_you_mean
from rrmodel.model import Better, Trajectory
from rrmodel.periods import whole_months_between
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints

__all__ = ["Elapsed", "difference", "expected_level", "opposite", "ratio", "shortfall"]

Elapsed: TypeAlias = Literal["months", "days"]
"""In what the time on a trajectory is counted."""

_TRAJECTORIES: tuple[str, ...] = get_args(Trajectory)
_ELAPSED: tuple[str, ...] = get_args(Elapsed)
_PLACES = 4
"""Decimals of a level on a logit curve, which is not exact: more than any publisher prints."""


def expected_level(
    points: Sequence[tuple[date, Level]],
    day: date,
    trajectory: Trajectory = "straight",
    *,
    elapsed: Elapsed | None = None,
) -> Level | None:
    """Return the level that a trajectory expects on a day.

    A straight trajectory changes by the same amount in each unit of time between one point and the
    next. A stepped one keeps the level of each point until the next. A logit one changes by the
    same log odds, so that it slows near 0% and 100%; its levels are rounded to four decimals.

    Time is counted in whole months where the day and the points on either side of it are the last
    days of months, so that quarters and years are of equal length; otherwise it is counted in days.

    >>> housed = [(date(2022, 3, 31), Percentage(82)), (date(2023, 7, 31), Percentage(90))]
    >>> expected_level(housed, date(2022, 12, 31))
    Percentage('86.5')
    >>> expected_level(housed, date(2022, 12, 31), elapsed="days")
    Percentage('42134/487')
    >>> expected_level(housed, date(2022, 12, 31), "stepped")
    Percentage('82')
    >>> f"{expected_level(housed, date(2022, 12, 31), 'logit'):.2}"
    '86.98%'

    Args:
        points: The baseline, interim goals and goal with their days, earliest first.
        day: The day.
        trajectory: How the level changes between the points.
        elapsed: ``"months"`` or ``"days"``. Default: months where all days are the last of a
            month, else days.

    Returns:
        The level. ``None`` before the first point; the level of the last point after it.

    Raises:
        MixedQuantityError: Two points are in different units.
        UnknownNameError: The trajectory or the unit of time is not known.
        RecordError: A logit trajectory starts or ends at 0%, 100% or an amount, or time is to be
            counted in months between days that are not the last of a month.
    """
    if trajectory not in _TRAJECTORIES:
        raise UnknownNameError(
            f"unknown trajectory {trajectory!r}: {did_you_mean(trajectory, _TRAJECTORIES)}"
        )
    if elapsed is not None and elapsed not in _ELAPSED:
        raise UnknownNameError(
            f"unknown unit of time {elapsed!r}: {did_you_mean(elapsed, _ELAPSED)}"
        )
    reached = 0
    while reached < len(points) and points[reached][0] <= day:
        reached += 1
    if not reached:
        return None
    start_day, start = points[reached - 1]
    if trajectory == "stepped" or reached == len(points) or day == start_day:
        return start
    end_day, end = points[reached]
    share = _share_elapsed(start_day, day, end_day, elapsed)
    if trajectory == "logit":
        return _by_odds(start, end, share)
    if isinstance(start, Percentage) and isinstance(end, Percentage):
        return start + (end - start) * share
    if isinstance(start, PercentagePoints) and isinstance(end, PercentagePoints):
        return start + (end - start) * share
    if isinstance(start, Amount) and isinstance(end, Amount):
        return start + (end - start) * share
    raise MixedQuantityError(f"no line leads from {start} to {end}: use one unit for both")


@lru_cache(maxsize=4096)
def _share_elapsed(start: date, day: date, end: date, elapsed: Elapsed | None) -> Fraction:
    """Return the share of the time from start to end that has passed by a day."""
    if elapsed != "days":
        passed, total = whole_months_between(start, day), whole_months_between(start, end)
        if passed is not None and total is not None:
            return Fraction(passed, total)
        if elapsed == "months":
            raise RecordError(
                f"the time from {start} to {day} and {end} is not whole months: count it in days, "
                "or give the last days of months"
            )
    return Fraction((day - start).days, (end - start).days)


def _by_odds(start: Level, end: Level, share: Fraction) -> Percentage:
    from rrmodel.inference import Undefined, logit_level  # noqa: PLC0415  few targets need it

    if isinstance(start, Percentage) and isinstance(end, Percentage):
        # Those counted and those not counted must add up to all, so one half is worked out.
        is_upper = start.share + end.share > 1
        ends = (start.complement, end.complement) if is_upper else (start, end)
        odds = logit_level(float(ends[0].share), float(ends[1].share), float(share))
        if not isinstance(odds, Undefined):
            level = Percentage.from_float(100 * odds, places=_PLACES)
            return level.complement if is_upper else level
    raise RecordError(
        f"a logit trajectory cannot run from {start} to {end}: odds exist only for shares above 0% "
        "and below 100%; use a straight or stepped trajectory"
    )


def opposite(better: Better) -> Better:
    """Return the other side of a level."""
    return "lower" if better == "higher" else "higher"


def difference(level: Level, other: Level) -> PercentagePoints | Amount:
    """Return one level less another, in percentage points or the unit of the amounts.

    Raises:
        MixedQuantityError: They are of different kinds or in different units.
    """
    if isinstance(level, Percentage) and isinstance(other, Percentage):
        return level - other
    if isinstance(level, PercentagePoints) and isinstance(other, PercentagePoints):
        return level - other
    if isinstance(level, Amount) and isinstance(other, Amount):
        return level - other
    raise MixedQuantityError(f"{level} and {other} cannot be compared: use one unit for both")


def ratio(change: PercentagePoints | Amount, whole: PercentagePoints | Amount) -> Fraction:
    """Return one change as a share of another in the same unit.

    Raises:
        MixedQuantityError: They are in different units.
        QuantityError: The other change is zero.
    """
    # Divided by a change in another unit, each refuses it.
    if isinstance(change, Amount):
        return change / cast("Amount", whole)
    return change / cast("PercentagePoints", whole)


def shortfall(level: Level, goal: Level, better: Better) -> PercentagePoints | Amount:
    """Return how far a level is short of a goal; zero or less once it is reached.

    >>> shortfall(Percentage("86.3"), Percentage(90), "higher")
    PercentagePoints('3.7')
    >>> shortfall(Percentage("13.7"), Percentage(10), "lower")
    PercentagePoints('3.7')

    Raises:
        MixedQuantityError: They are of different kinds or in different units.
    """
    return difference(goal, level) if better == "higher" else difference(level, goal)
