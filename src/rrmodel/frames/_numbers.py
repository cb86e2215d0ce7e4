"""The numbers and the status of targets from their deciding figures, by whole numbers alone."""

from __future__ import annotations

from rrmodel.frames._chance import with_evidence
from rrmodel.frames._expected import expected_values, shortfall_at_goal, with_expected
from rrmodel.frames._sheets import Column, Sheet, SheetT, choose, ratio, text_of, where
from rrmodel.frames._whole_numbers import UNITS

__all__ = ["decide"]

_DAYS = 30
"""Days in the unit of a pace."""
_INVALID = (None, "invalid_figure")
_ANSWERS: tuple[tuple[str | None, str], ...] = (
    _INVALID,
    ("no_data", "one_figure"),
    ("met", "direction"),
    ("missed", "direction"),
    ("on_track", "direction"),
    ("off_track", "direction"),
    ("at_risk", "direction"),
    ("no_data", "baseline_only"),
    ("met", "goal"),
    ("missed", "goal"),
    ("no_data", "incomplete_total"),
    ("met_late", "later_period"),
    ("on_track", "goal"),
    ("not_graded", "no_expected_level"),
    ("on_track", "expected_level"),
    ("at_risk", "expected_level"),
    ("off_track", "expected_level"),
    ("at_risk", "pace"),
    ("off_track", "pace"),
    ("not_graded", "no_grade"),
    ("on_track", "chance"),
    ("off_track", "chance"),
    ("at_risk", "chance"),
)
"""Every status with the reason for it."""
_MOVEMENTS = ("already_past", "towards", "none", "away", None)
_MARGIN, _COMPARISON = 1, 2
"""The kinds of rule besides the pace."""


def decide(sheet: SheetT, quantile: float) -> SheetT:
    """Return status, reason, numbers and evidence of targets, by the names of the result.

    Args:
        sheet: The deciding figure of each target, what else it needs, the whole numbers of the
            target, and the part of its trajectory in which the figure's period ends.
        quantile: How many standard errors each side of an interval reaches.
    """
    sheet = with_expected(sheet)
    sheet = sheet.having(short=shortfall_at_goal(sheet))
    sheet = _behind(sheet)
    sheet = _made(sheet)
    sheet = with_evidence(sheet, quantile)
    sheet = sheet.having(answer=_answer(sheet))
    return _results(sheet)


def _behind(sheet: SheetT) -> SheetT:
    """Add how far figures are behind: ``behind`` over ``scale * time * bottom``."""
    up, time, scale = sheet["up"], sheet["time"], sheet["scale"]
    top, bottom, cases = sheet["top"], sheet["bottom"], sheet["cases"]
    limit, has_limit = sheet["limit_at"], sheet["has_limit"] == 1

    def distance(part: Column, whole: Column) -> tuple[Column, Column]:
        short = up * (sheet["expected_at"] * whole - part * scale * time)
        past = up * (part * scale - limit * whole) * time
        is_past = has_limit & (past > short)
        return where(is_past, past, short), is_past

    behind, is_past = distance(top, bottom)
    by_counts, _ = distance(sheet["cases_in"] * 100, cases)
    due = up * (sheet["expected_at"] - sheet["baseline_at"] * time)
    due_past = up * (sheet["baseline_at"] - limit) * time
    sheet = sheet.having(
        behind=behind,
        is_past=is_past,
        behind_by_counts=by_counts,
        due=where(has_limit & (due_past > due), due_past, due),
    )
    rounding = sheet["rounding"]
    # Amounts without decimals are counted, so that nothing was rounded.
    is_rounded = (rounding > 0) & ((sheet["is_points"] == 1) | (rounding != UNITS))
    is_level = choose(
        [
            (
                (cases > 0) & (sheet["is_share"] == 1),
                sheet["behind_by_counts"] <= 0,
            ),
            (is_rounded & (sheet["behind"] * 2 <= rounding * scale * time), True),
        ],
        False,
    )
    return sheet.having(is_level=is_level)


def _made(sheet: SheetT) -> SheetT:
    """Add the change made, and whether the goal is met."""
    up, top, bottom = sheet["up"], sheet["top"], sheet["bottom"]
    by_baseline, has_before = sheet["has_baseline"] == 1, sheet["has_before"] == 1
    change = choose(
        [
            (by_baseline, up * (top * sheet["scale"] - sheet["baseline_at"] * bottom)),
            (has_before, up * (top * sheet["bottom_before"] - sheet["top_before"] * bottom)),
        ],
        0,
    )
    has_change = (by_baseline & (sheet["baseline_end"] < sheet["end"])) | (
        ~by_baseline & has_before
    )
    meets = sheet["short"] <= sheet["tolerance"] * bottom
    return sheet.having(
        change=change,
        has_change=has_change,
        is_met=(sheet["has_goal"] == 1) & meets,
        made=sheet["intended"] * bottom - sheet["short"],
    )


def _answer(sheet: Sheet) -> Column:
    """Return the numbers of the statuses and their reasons."""
    has_goal, is_met = sheet["has_goal"] == 1, sheet["is_met"]
    is_settled, has_deadline = sheet["is_settled"] == 1, sheet["has_deadline"] == 1
    is_partial = (sheet["is_total"] == 1) & (sheet["end"] != sheet["deadline_at"])
    is_behind = (sheet["behind"] > 0) & ~sheet["is_level"]
    in_margin = (sheet["is_points"] == 1) & (
        sheet["behind"] <= sheet["margin"] * sheet["time"] * sheet["bottom"]
    )
    by_margin = (
        (sheet["rule"] == _MARGIN)
        | (sheet["is_kept"] == 1)
        | (sheet["has_baseline"] == 0)
        | sheet["is_past"]
    )
    is_halfway = (
        sheet["made"] * sheet["time"] * sheet["share_below"]
        >= sheet["due"] * sheet["bottom"] * sheet["share_above"]
    )
    improves, worsens = sheet["change"] > 0, sheet["change"] < 0
    is_open = is_partial & (is_met == (sheet["open_if_met"] == 1))
    by_chance, verdict = sheet["rule"] == _COMPARISON, sheet["verdict_order"]
    cases = [
        (sheet["is_invalid"] == 1, _code(None, "invalid_figure")),
        (~has_goal & ~sheet["has_change"], _code("no_data", "one_figure")),
        (~has_goal & is_settled & improves, _code("met", "direction")),
        (~has_goal & is_settled, _code("missed", "direction")),
        (~has_goal & improves, _code("on_track", "direction")),
        (~has_goal & worsens, _code("off_track", "direction")),
        (~has_goal, _code("at_risk", "direction")),
        (sheet["end"] == sheet["stated_end"], _code("no_data", "baseline_only")),
        (~has_deadline & is_met, _code("met", "goal")),
        (~has_deadline, _code("missed", "goal")),
        (is_settled & is_open, _code("no_data", "incomplete_total")),
        (is_settled & is_met, _code("met", "goal")),
        (is_settled & (sheet["late"] == 1), _code("met_late", "later_period")),
        (is_settled, _code("missed", "goal")),
        (is_met, _code("on_track", "goal")),
        (sheet["has_path"] == 0, _code("not_graded", "no_expected_level")),
        (by_chance & ~sheet["by_counts"], _code("not_graded", "no_grade")),
        (by_chance & (verdict == 2), _code("on_track", "chance")),  # noqa: PLR2004 - its order
        (by_chance & (verdict == 0), _code("off_track", "chance")),
        (by_chance, _code("at_risk", "chance")),
        (~is_behind, _code("on_track", "expected_level")),
        (by_margin & in_margin, _code("at_risk", "expected_level")),
        (by_margin | (sheet["due"] <= 0), _code("off_track", "expected_level")),
        (is_halfway, _code("at_risk", "pace")),
    ]
    return choose(cases, _code("off_track", "pace"))


def _code(status: str | None, reason: str) -> int:
    return _ANSWERS.index((status, reason))


def _results(sheet: SheetT) -> SheetT:
    """Add the columns of the result."""
    is_valid = sheet["is_invalid"] == 0
    has_goal = is_valid & (sheet["has_goal"] == 1)
    has_made = has_goal & (sheet["has_baseline"] == 1)
    whole, bottom = sheet["scale"] * sheet["bottom"], sheet["bottom"]
    days_made = sheet["end"] - sheet["baseline_end"]
    days_left = sheet["due_at"] - sheet["end"]
    has_intended = has_made & (sheet["intended"] > 0)
    is_counted = is_valid & (sheet["cases"] > 0)

    def quotient(condition: Column, top: Column, below: Column | int) -> Column:
        # Both sides of a condition are calculated, and nothing may be divided by 0.
        return where(condition, ratio(top, where(condition, below, 1)))

    movement = choose(
        [
            (~has_made, 4),
            (sheet["intended"] <= 0, 0),
            (sheet["made"] > 0, 1),
            (sheet["made"] < 0, 3),
        ],
        2,
    )
    return sheet.having(
        status=text_of(sheet["answer"], [status for status, _ in _ANSWERS]),
        reason=text_of(sheet["answer"], [reason for _, reason in _ANSWERS]),
        latest_value=quotient(is_valid, sheet["top"], bottom),
        latest_numerator=quotient(is_counted, sheet["cases_in"], 1),
        latest_denominator=quotient(is_counted, sheet["cases"], 1),
        gap_value=quotient(has_goal, sheet["short"], whole),
        progress_value=quotient(has_intended, sheet["made"], sheet["intended"] * bottom),
        movement=text_of(movement, _MOVEMENTS),
        **expected_values(sheet, is_valid),
        pace_value=quotient(has_made & (days_made > 0), sheet["made"] * _DAYS, whole * days_made),
        required_pace_value=quotient(
            has_goal & (days_left > 0), sheet["short"] * _DAYS, whole * days_left
        ),
    )
