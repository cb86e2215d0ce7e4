"""The numbers and the status of targets from their deciding figures, by whole numbers alone."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from rrmodel.frames._expressions import shortfall_at_goal
from rrmodel.frames._target_rows import UNITS

__all__ = ["decide"]

_Frame = nw.LazyFrame[Any]
_DAYS = 30
"""Days in the unit of a pace."""
_ANSWERS: tuple[tuple[str | None, str], ...] = (
    (None, "invalid_figure"),
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
)
"""Every status with the reason for it."""


def decide(figures: _Frame, deciding: _Frame, path: _Frame) -> _Frame:
    """Return status, reason and numbers of targets, one row each.

    Args:
        figures: The deciding figure of each target, and what else it needs.
        deciding: The whole numbers of the targets.
        path: The parts of their trajectories.
    """
    end, has_before = nw.col("end"), nw.col("has_before") == 1
    before = [
        nw.when(has_before).then(nw.col(name)).otherwise(nw.lit(0)).alias(name)
        for name in ("top_before", "bottom_before")
    ]
    frame = (
        figures.with_columns(*before)
        .join(deciding, on="term", how="inner")
        .join(path, on="term", how="inner")
        .filter((nw.col("from_day") <= end) & (end <= nw.col("to_day")))
    )
    frame = _expected(frame)
    frame = frame.with_columns(shortfall_at_goal().alias("short"))
    frame = _behind(frame)
    return _numbers(_answers(frame))


def _expected(frame: _Frame) -> _Frame:
    """Add the level expected: ``expected_at`` over ``scale * time``."""
    by_months = (nw.col("months") > 0) & (nw.col("is_month_end") == 1)
    time = nw.when(by_months).then(nw.col("months")).otherwise(nw.col("days"))
    passed = (
        nw.when(by_months)
        .then(nw.col("month") - nw.col("first_month"))
        .otherwise(nw.col("end") - nw.col("from_day"))
    )
    # A level that is not rising needs no time, so that none is counted from the first of all days.
    passed = nw.when(nw.col("rise") == 0).then(nw.lit(0)).otherwise(passed)
    frame = frame.with_columns(time.alias("time"), passed.alias("passed"))
    level = nw.col("start_at") * nw.col("time") + nw.col("rise") * nw.col("passed")
    at_goal = nw.col("goal_at") * nw.col("time")
    is_beyond = nw.col("up") * (at_goal - level) < 0
    return frame.with_columns(
        nw.when(is_beyond).then(at_goal).otherwise(level).alias("expected_at")
    )


def _behind(frame: _Frame) -> _Frame:
    """Add how far figures are behind: ``behind`` over ``scale * time * bottom``."""
    up, time, scale = nw.col("up"), nw.col("time"), nw.col("scale")
    top, bottom, cases = nw.col("top"), nw.col("bottom"), nw.col("cases")
    limit, has_limit = nw.col("limit_at"), nw.col("has_limit") == 1

    def distance(part: nw.Expr, whole: nw.Expr) -> tuple[nw.Expr, nw.Expr]:
        short = up * (nw.col("expected_at") * whole - part * scale * time)
        past = up * (part * scale - limit * whole) * time
        is_past = has_limit & (past > short)
        return nw.when(is_past).then(past).otherwise(short), is_past

    behind, is_past = distance(top, bottom)
    by_counts, _ = distance(100 * nw.col("cases_in"), cases)
    due = up * (nw.col("expected_at") - nw.col("baseline_at") * time)
    due_past = up * (nw.col("baseline_at") - limit) * time
    frame = frame.with_columns(
        behind.alias("behind"),
        nw.when(is_past).then(nw.lit(1)).otherwise(nw.lit(0)).alias("is_past"),
        by_counts.alias("behind_by_counts"),
        nw.when(has_limit & (due_past > due)).then(due_past).otherwise(due).alias("due"),
    )
    # Amounts without decimals are counted, so that nothing was rounded.
    is_rounded = (nw.col("rounding") > 0) & (
        (nw.col("is_points") == 1) | (nw.col("rounding") != UNITS)
    )
    is_level = (
        nw.when((cases > 0) & (nw.col("is_share") == 1))
        .then(nw.when(nw.col("behind_by_counts") <= 0).then(nw.lit(1)).otherwise(nw.lit(0)))
        .when(is_rounded & (2 * nw.col("behind") <= nw.col("rounding") * scale * time))
        .then(nw.lit(1))
        .otherwise(nw.lit(0))
    )
    return frame.with_columns(is_level.alias("is_level"))


def _answers(frame: _Frame) -> _Frame:
    """Add ``answer``, the number of a status and its reason."""
    has_goal, is_met = nw.col("has_goal") == 1, nw.col("is_met") == 1
    is_settled = nw.col("is_settled") == 1
    by_baseline = nw.col("has_baseline") == 1
    change = (
        nw.when(by_baseline)
        .then(
            nw.col("up")
            * (nw.col("top") * nw.col("scale") - nw.col("baseline_at") * nw.col("bottom"))
        )
        .when(nw.col("has_before") == 1)
        .then(
            nw.col("up")
            * (nw.col("top") * nw.col("bottom_before") - nw.col("top_before") * nw.col("bottom"))
        )
        .otherwise(nw.lit(0))
    )
    has_change = (by_baseline & (nw.col("baseline_end") < nw.col("end"))) | (
        ~by_baseline & (nw.col("has_before") == 1)
    )
    meets = nw.col("short") <= nw.col("tolerance") * nw.col("bottom")
    is_partial = (nw.col("is_total") == 1) & (nw.col("end") != nw.col("deadline_at"))
    made = nw.col("intended") * nw.col("bottom") - nw.col("short")
    frame = frame.with_columns(
        change.alias("change"),
        nw.when(has_change).then(nw.lit(1)).otherwise(nw.lit(0)).alias("has_change"),
        nw.when(has_goal & meets).then(nw.lit(1)).otherwise(nw.lit(0)).alias("is_met"),
        made.alias("made"),
    )
    is_behind = (nw.col("behind") > 0) & (nw.col("is_level") == 0)
    in_margin = (nw.col("is_points") == 1) & (
        nw.col("behind") <= nw.col("margin") * nw.col("time") * nw.col("bottom")
    )
    by_margin = (
        (nw.col("by_margin") == 1)
        | (nw.col("is_kept") == 1)
        | ~by_baseline
        | (nw.col("is_past") == 1)
    )
    is_halfway = nw.col("made") * nw.col("time") * nw.col("share_below") >= nw.col("due") * nw.col(
        "bottom"
    ) * nw.col("share_above")
    improves, worsens = nw.col("change") > 0, nw.col("change") < 0
    no_change = nw.col("has_change") == 0
    is_open = is_partial & (nw.col("is_met") == nw.col("open_if_met"))
    answer = (
        nw.when(nw.col("is_invalid") == 1)
        .then(_code(None, "invalid_figure"))
        .when(~has_goal & no_change)
        .then(_code("no_data", "one_figure"))
        .when(~has_goal & is_settled & improves)
        .then(_code("met", "direction"))
        .when(~has_goal & is_settled)
        .then(_code("missed", "direction"))
        .when(~has_goal & improves)
        .then(_code("on_track", "direction"))
        .when(~has_goal & worsens)
        .then(_code("off_track", "direction"))
        .when(~has_goal)
        .then(_code("at_risk", "direction"))
        .when(nw.col("end") == nw.col("stated_end"))
        .then(_code("no_data", "baseline_only"))
        .when((nw.col("has_deadline") == 0) & is_met)
        .then(_code("met", "goal"))
        .when(nw.col("has_deadline") == 0)
        .then(_code("missed", "goal"))
        .when(is_settled & is_open)
        .then(_code("no_data", "incomplete_total"))
        .when(is_settled & is_met)
        .then(_code("met", "goal"))
        .when(is_settled & (nw.col("late") == 1))
        .then(_code("met_late", "later_period"))
        .when(is_settled)
        .then(_code("missed", "goal"))
        .when(is_met)
        .then(_code("on_track", "goal"))
        .when(nw.col("has_path") == 0)
        .then(_code("not_graded", "no_expected_level"))
        .when(~is_behind)
        .then(_code("on_track", "expected_level"))
        .when(by_margin & in_margin)
        .then(_code("at_risk", "expected_level"))
        .when(by_margin | (nw.col("due") <= 0))
        .then(_code("off_track", "expected_level"))
        .when(is_halfway)
        .then(_code("at_risk", "pace"))
        .otherwise(_code("off_track", "pace"))
    )
    return frame.with_columns(answer.alias("answer"))


def _numbers(frame: _Frame) -> _Frame:
    """Return the columns of the result."""
    present = frame.collect_schema().names()

    def real(name: str) -> nw.Expr:
        return nw.col(name).cast(nw.Float64())

    has_goal, has_baseline = nw.col("has_goal") == 1, nw.col("has_baseline") == 1
    whole = real("scale") * real("bottom")
    days_made = nw.col("end") - nw.col("baseline_end")
    days_left = nw.col("due_at") - nw.col("end")
    has_range = (nw.col("is_kept") == 1) & (nw.col("has_limit") == 1)
    numbers = {
        "latest": real("top") / real("bottom"),
        "numerator": nw.when(nw.col("cases") > 0).then(real("cases_in")),
        "denominator": nw.when(nw.col("cases") > 0).then(real("cases")),
        "gap": nw.when(has_goal).then(real("short") / whole),
        "progress": nw.when(has_goal & has_baseline & (nw.col("intended") > 0)).then(
            real("made") / (real("intended") * real("bottom"))
        ),
        "expected": nw.when(has_goal & (nw.col("has_path") == 1) & ~has_range).then(
            real("expected_at") / (real("scale") * real("time"))
        ),
        "pace": nw.when(has_goal & has_baseline & (days_made > 0)).then(
            real("made") * _DAYS / (whole * days_made.cast(nw.Float64()))
        ),
        "required_pace": nw.when(has_goal & (days_left > 0)).then(
            real("short") * _DAYS / (whole * days_left.cast(nw.Float64()))
        ),
    }
    is_valid = nw.col("is_invalid") == 0
    days = [name for name in ("first_day", "last_day", "published") if name in present]
    return frame.select(
        "key",
        _text_of(0).alias("status"),
        _text_of(1).alias("reason"),
        *days,
        *(nw.when(is_valid).then(number).alias(name) for name, number in numbers.items()),
    )


def _code(status: str | None, reason: str) -> nw.Expr:
    return nw.lit(_ANSWERS.index((status, reason)))


def _text_of(part: int) -> nw.Expr:
    """Return the statuses or the reasons of the answers."""
    codes: dict[str, list[int]] = {}
    for code, answer in enumerate(_ANSWERS):
        if text := answer[part]:
            codes.setdefault(text, []).append(code)
    (text, first), *others = codes.items()
    chain = nw.when(nw.col("answer").is_in(first)).then(nw.lit(text))
    for text, places in others:
        chain = chain.when(nw.col("answer").is_in(places)).then(nw.lit(text))
    return chain
