"""The level that a trajectory expects, and how far levels are short of the goal."""

from __future__ import annotations

from rrmodel.frames._sheets import Column, Sheet, SheetT, ratio, where

__all__ = ["expected_at", "expected_values", "shortfall_at_goal", "with_expected"]


def shortfall_at_goal(sheet: Sheet) -> Column:
    """Return how far levels are outside the goal, over ``scale * bottom``."""
    up, top, bottom, scale = sheet["up"], sheet["top"], sheet["bottom"], sheet["scale"]
    short = up * (sheet["goal_at"] * bottom - top * scale)
    past = up * (top * scale - sheet["limit_at"] * bottom)
    return where((sheet["has_limit"] == 1) & (past > short), past, short)


def with_expected(sheet: SheetT) -> SheetT:
    """Add the level expected, ``expected_at`` over ``scale * time``."""
    by_months = (sheet["months"] > 0) & (sheet["is_month_end"] == 1)
    time = where(by_months, sheet["months"], sheet["days"])
    passed = where(
        by_months, sheet["month"] - sheet["first_month"], sheet["end"] - sheet["from_day"]
    )
    sheet = sheet.having(time=time, passed=passed)
    return sheet.having(expected_at=expected_at(sheet, "", sheet["goal_at"]))


def expected_at(sheet: Sheet, track: str, goal: Column) -> Column:
    """Return the level expected on a track from one end of the baseline, at most the goal."""
    rise, time = sheet[f"rise{track}"], sheet["time"]
    # A level that is not rising needs no time, so that none is counted from the first of all days.
    passed = where(rise == 0, 0, sheet["passed"])
    level = sheet[f"start{track or '_at'}"] * time + rise * passed
    at_goal = goal * time
    return where(sheet["up"] * (at_goal - level) < 0, at_goal, level)


def expected_values(sheet: Sheet, is_valid: Column) -> dict[str, Column]:
    """Return the level or range expected, by the names of the result."""
    goal, limit, is_up = sheet["goal_at"], sheet["limit_at"], sheet["up"] == 1
    is_range = (sheet["is_kept"] == 1) & (sheet["has_limit"] == 1)
    is_expected = is_valid & (sheet["has_goal"] == 1) & (sheet["has_path"] == 1)
    low, high = where(is_up, goal, limit), where(is_up, limit, goal)
    scale = sheet["scale"]
    level = ratio(sheet["expected_at"], scale * sheet["time"])
    return {
        "expected_value": where(is_expected & ~is_range, level),
        "expected_low_value": where(is_expected & is_range, ratio(low, scale)),
        "expected_high_value": where(is_expected & is_range, ratio(high, scale)),
    }
