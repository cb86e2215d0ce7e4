"""Targets of a lazy frame, decided by expressions of its engine in whole numbers of 64 bits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw

from rrmodel.frames._chance import starts_at_baseline
from rrmodel.frames._choice import EARLIEST, LATER, LATEST, START, greatest
from rrmodel.frames._deciding import Deciding, PathPart
from rrmodel.frames._engines import Engine
from rrmodel.frames._expected import shortfall_at_goal
from rrmodel.frames._expressions import is_true
from rrmodel.frames._in_partitions import decided_in_partitions
from rrmodel.frames._numbers import decide
from rrmodel.frames._result_columns import RESULT_KINDS
from rrmodel.frames._sheets import FrameSheet, where
from rrmodel.frames._target_rows import Cell, TargetTable, TermRow
from rrmodel.frames._whole_numbers import MOST_PLACES, UNITS

__all__ = ["decided_in_engine"]

_Frame = nw.LazyFrame[Any]
_SPAN = 2**22
"""More than any number of days."""
_CASES = 2**27
"""More than any count."""
_DIGITS = MOST_PLACES + 2
_LONG = nw.Int64()
_MOST_EXACT = 2.0**50
_CLOSE = 1e-3
"""How far a value times ten thousand may be from a whole number, being a binary number."""
_COMPARED = """
    term scale up goal_at has_limit limit_at tolerance window_whole window_length is_share
    most_units most_cases
""".split()
"""The numbers of a target by which figures are chosen."""
_OF_LATEST = "top bottom rounding end is_month_end month".split()
_TYPES = {"text": nw.String(), "number": nw.Float64()}
_DECEMBER = 12
_FEBRUARY = 2
_WORST = 2.0**200
_NOTHING = -(2**62)
"""Less than any number of a figure."""


def decided_in_engine(
    engine: Engine,
    rivals: _Frame,
    table: TargetTable,
    columns: Sequence[str],
    *,
    places: int | None,
    quantile: float,
) -> _Frame:
    """Return the row of each target that has a deciding figure.

    Args:
        engine: The engine of the figures.
        rivals: The figures that may decide, and what each is for.
        table: The targets.
        columns: The columns of the result to return, besides the days of the figure.
        places: The decimals of values in a row without ``places``.
        quantile: How many standard errors each side of an interval reaches.
    """
    if rivals.implementation.is_dask():
        return decided_in_partitions(rivals, table, columns, places=places, quantile=quantile)
    present, terms = rivals.collect_schema().names(), table.terms
    rows = [row.deciding for row in terms if row.deciding]
    compared = _whole_numbers(engine, Deciding._fields, rows, _COMPARED)
    rivals = _read_days(rivals.join(compared, on="term", how="inner"))
    # Of several periods with one last day the preferred one, then the worse of the figures that
    # were published last, then the one that says most.
    rivals = greatest(rivals, ["key", "role"], "period_rank")
    by_period = ["key", "role", "end", "length"]
    rivals = _read_levels(rivals, present, places)
    rivals = greatest(rivals, by_period, "badness")
    rivals = greatest(rivals, by_period, "detail")
    days = ["first_day", "last_day", *(["published"] if "published" in present else [])]
    figures, alike = _one_row_each(rivals, days, _roles(terms), has_counts="denominator" in present)
    names = [*Deciding._fields, *PathPart._fields[1:]]
    parts = [(*row.deciding, *part[1:]) for row in terms if row.deciding for part in row.path]
    cells_by_name = dict(zip(names, zip(*parts, strict=True), strict=True))
    alike |= {name: cells[0] for name, cells in cells_by_name.items() if len(set(cells)) == 1}
    kept = {"term", "from_day", "to_day"} | (cells_by_name.keys() - alike.keys())
    asked = _whole_numbers(engine, names, parts, [name for name in names if name in kept])
    end = nw.col("end")
    figures = figures.join(asked, on="term", how="inner").filter(
        (nw.col("from_day") <= end) & (end <= nw.col("to_day"))
    )
    decided = decide(_with_start(FrameSheet(figures, alike)), quantile)
    return decided.frame.select(
        "key",
        *days,
        *(nw.col(name) for name in columns if name not in decided.alike),
        *(
            nw.lit(decided.alike[name], _TYPES[RESULT_KINDS[name]]).alias(name)
            for name in columns
            if name in decided.alike
        ),
    )


def _whole_numbers(
    engine: Engine,
    names: Sequence[str],
    rows: Sequence[tuple[int, ...]],
    kept: Sequence[str],
) -> _Frame:
    """Return the columns to keep of rows of whole numbers."""
    cells_by_name = dict(zip(names, zip(*rows, strict=True), strict=True))
    columns: dict[str, list[Cell]] = {name: list(cells_by_name[name]) for name in kept}
    frame: _Frame = engine.frame(columns, dict.fromkeys(kept, "whole"))
    return frame


def _roles(terms: Sequence[TermRow]) -> frozenset[int]:
    """Return the uses that figures may have."""
    needs = {"needs_later": LATER, "needs_start": START, "needs_earliest": EARLIEST}
    roles = {role for name, role in needs.items() if any(row.selecting.get(name) for row in terms)}
    return frozenset({LATEST, *roles})


def _with_start(sheet: FrameSheet) -> FrameSheet:
    """Return figures with 0 in place of an earlier level or count that is not there."""
    counts = ("cases_in_before", "cases_before")
    has_before, has_counts = sheet["has_before"] == 1, sheet["cases_before"] > 0
    sheet = sheet.having(
        **{name: where(has_before, sheet[name], 0) for name in ("top_before", "bottom_before")},
        **{name: where(has_counts, sheet[name], 0) for name in counts},
    )
    is_start = starts_at_baseline(sheet)
    return sheet.having(**{name: where(is_start, sheet[name], 0) for name in counts})


def _one_row_each(
    rivals: _Frame, days: Sequence[str], roles: frozenset[int], *, has_counts: bool
) -> tuple[_Frame, dict[str, Any]]:
    """Return the deciding figure of each row of the result, with the earlier and later ones.

    Columns that no figure can have are returned as one number for all rows.
    """
    role = nw.col("role")
    is_latest, is_earliest = role == LATEST, role == EARLIEST
    is_before = is_earliest | (role == START)

    def of(condition: nw.Expr, name: str, alias: str) -> nw.Expr:
        return nw.when(condition).then(nw.col(name)).otherwise(nw.lit(_NOTHING)).alias(alias)

    counts = ("cases_in", "cases")
    alike: dict[str, Any] = {}
    chosen = [of(is_latest, name, name) for name in _OF_LATEST]
    if has_counts:
        chosen += [of(is_latest, name, name) for name in counts]
    else:
        alike |= dict.fromkeys(counts, 0)
    if has_counts and roles & {EARLIEST, START}:
        chosen += [of(is_before, name, f"{name}_before") for name in counts]
    else:
        alike |= {f"{name}_before": 0 for name in counts}
    if EARLIEST in roles:
        chosen += [of(is_earliest, name, f"{name}_before") for name in ("top", "bottom")]
        chosen.append(_whole(is_earliest).alias("has_before"))
    else:
        alike |= dict.fromkeys(("top_before", "bottom_before", "has_before"), 0)
    if LATER in roles:
        is_late = nw.when(role == LATER).then(nw.col("meets")).otherwise(nw.lit(0))
        chosen.append(is_late.alias("late"))
    else:
        alike["late"] = 0
    wide = rivals.select(
        "key",
        "term",
        "is_invalid",
        *chosen,
        *(nw.when(is_latest).then(nw.col(name)).alias(name) for name in days),
        _whole(is_latest).alias("has_latest"),
    )
    names = [name for name in wide.collect_schema().names() if name != "key"]
    rows = wide.group_by("key").agg(nw.col(name).max() for name in names)
    return rows.filter(nw.col("has_latest") == 1), alike


def _whole(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(_LONG)


def _divides(divisor: nw.Expr | int, number: nw.Expr) -> nw.Expr:
    return number % divisor == 0


def _year_month(day: nw.Expr) -> tuple[nw.Expr, nw.Expr]:
    return day.dt.year().cast(_LONG), day.dt.month().cast(_LONG)


def _ordinal(day: nw.Expr) -> nw.Expr:
    """Return the number of a day, as ``date.toordinal`` does."""
    before = day.dt.year().cast(_LONG) - 1
    leap_days = before // 4 - before // 100 + before // 400
    return 365 * before + leap_days + day.dt.ordinal_day().cast(_LONG)


def _is_month_end(day: nw.Expr) -> nw.Expr:
    year, month = _year_month(day)
    is_leap = _divides(4, year) & (~_divides(100, year) | _divides(400, year))
    longest = (
        nw.when(month == _FEBRUARY)
        .then(nw.when(is_leap).then(nw.lit(29)).otherwise(nw.lit(28)))
        .when(month.is_in([4, 6, 9, 11]))
        .then(nw.lit(30))
        .otherwise(nw.lit(31))
    )
    return day.dt.day().cast(_LONG) == longest


def _read_days(frame: _Frame) -> _Frame:
    """Return figures with their days as numbers, and the rank of their periods.

    The columns are ``end`` (the last day), ``length`` (in days), ``month``, ``is_month_end`` and
    ``period_rank``.
    """
    first, last = nw.col("first_day"), nw.col("last_day")
    first_year, first_month = _year_month(first)
    year, month = _year_month(last)
    frame = frame.with_columns(
        _ordinal(first).alias("begin"),
        _ordinal(last).cast(_LONG).alias("end"),
        (first_year * _DECEMBER + first_month).alias("first_month_of"),
        (year * _DECEMBER + month).alias("month"),
        _whole(_is_month_end(last)).alias("is_month_end"),
    ).with_columns(
        (nw.col("end") - nw.col("begin") + 1).cast(_LONG).alias("length"),
        (nw.col("month") - nw.col("first_month_of") + 1).alias("month_count"),
        _whole((first.dt.day() == 1) & (nw.col("is_month_end") == 1)).alias("is_whole"),
    )
    is_whole = nw.col("is_whole") == 1
    length = nw.when(is_whole).then(nw.col("month_count")).otherwise(nw.col("length"))
    is_alike = (nw.col("window_whole") == nw.col("is_whole")) & (length == nw.col("window_length"))
    rank = nw.when(is_alike).then(nw.lit(_SPAN)).otherwise(nw.lit(0)) + nw.col("length")
    # Later figures are all kept, and of the earliest ones the other end comes first.
    ranked = (
        nw.when(nw.col("role") == LATER)
        .then(nw.lit(0))
        .when(nw.col("role") == EARLIEST)
        .then(nw.lit(0) - rank)
        .otherwise(rank)
    )
    return frame.with_columns(ranked.cast(_LONG).alias("period_rank"))


def _read_levels(frame: _Frame, present: Sequence[str], places: int | None) -> _Frame:
    """Return figures with their levels as whole numbers.

    A level is ``top`` / ``bottom``, in units of ``1 / UNITS`` or as counts give it. ``rounding`` is
    how many units the last decimal is worth (0 where nothing was rounded), ``cases_in`` and
    ``cases`` are the counts (0 without counts), ``badness`` puts levels in order, the worse the
    greater, and ``detail`` decides between equal levels. ``meets`` says whether the goal is met.
    """
    frame = _read_values(_read_counts(frame, present), present, places)
    from_counts = nw.col("is_from_counts") == 1
    is_counted = nw.col("cases") > 0
    is_invalid = (
        (nw.col("counts_wrong") == 1) | (nw.col("value_wrong") == 1) | (from_counts & ~is_counted)
    )
    # What is invalid gets a level that does no harm, and the answer says so.
    top = nw.when(from_counts).then(100 * nw.col("cases_in")).otherwise(nw.col("units"))
    bottom = nw.when(from_counts).then(nw.col("cases")).otherwise(nw.lit(UNITS))
    frame = frame.with_columns(
        _whole(is_invalid).alias("is_invalid"),
        top.cast(_LONG).alias("top"),
        nw.when(bottom == 0).then(nw.lit(1)).otherwise(bottom).cast(_LONG).alias("bottom"),
    )
    frame = frame.with_columns(shortfall_at_goal(FrameSheet(frame, {})).values.alias("short"))
    worst = nw.when(nw.col("has_limit") == 1).then(nw.col("short"))
    badness = worst.otherwise(nw.lit(0) - nw.col("up") * nw.col("top")).cast(nw.Float64()) / nw.col(
        "bottom"
    ).cast(nw.Float64())
    decimals = nw.lit(_DIGITS - 1)
    for kept in range(MOST_PLACES + 1):
        decimals = (
            nw.when(nw.col("rounding") == 10 ** (MOST_PLACES - kept))
            .then(nw.lit(kept))
            .otherwise(decimals)
        )
    worse_cases = (
        nw.when(nw.col("up") == 1)
        .then(nw.col("cases") - nw.col("cases_in"))
        .otherwise(nw.col("cases_in"))
    )
    # What cannot be read could be the worst.
    badness = nw.when(nw.col("is_invalid") == 1).then(nw.lit(_WORST)).otherwise(badness)
    detail = (nw.col("cases") * _CASES + worse_cases) * _DIGITS + decimals
    meets = nw.col("short") <= nw.col("tolerance") * nw.col("bottom")
    return frame.with_columns(
        badness.alias("badness"),
        detail.cast(_LONG).alias("detail"),
        _whole(meets).alias("meets"),
    )


def _read_counts(frame: _Frame, present: Sequence[str]) -> _Frame:
    """Return figures with their counts as whole numbers, and whether these are wrong."""
    if "denominator" not in present:
        return frame.with_columns(
            nw.lit(0).cast(_LONG).alias(name) for name in ("cases_in", "cases", "counts_wrong")
        )
    numerator, denominator = nw.col("numerator"), nw.col("denominator")
    fits = is_true(
        (denominator > 0)
        & (numerator >= 0)
        & (numerator <= denominator)
        & (denominator <= nw.col("most_cases"))
    )
    frame = frame.with_columns(_whole(fits).alias("fits"))
    fits = nw.col("fits") == 1
    frame = frame.with_columns(
        nw.when(fits).then(numerator).otherwise(nw.lit(0)).cast(_LONG).alias("cases_in"),
        nw.when(fits).then(denominator).otherwise(nw.lit(0)).cast(_LONG).alias("cases"),
    )
    is_whole = is_true((nw.col("cases_in") == numerator) & (nw.col("cases") == denominator))
    is_stated = ~numerator.is_null() | ~denominator.is_null()
    wrong = (~fits & is_stated) | (fits & ~is_whole)
    return frame.with_columns(_whole(wrong).alias("counts_wrong"))


def _read_values(frame: _Frame, present: Sequence[str], places: int | None) -> _Frame:
    """Return figures with their values in units, the size of a last decimal, and the wrong ones.

    A level without a value is that of the counts.
    """
    if "value" not in present:
        return frame.with_columns(
            nw.lit(1).cast(_LONG).alias("is_from_counts"),
            *(nw.lit(0).cast(_LONG).alias(name) for name in ("units", "rounding", "value_wrong")),
        )
    without = 0 if places is None else 10 ** (MOST_PLACES - places)
    rounding, is_refused = nw.lit(without), nw.lit(value=False)
    if "places" in present:
        stated = nw.col("places")
        for number in range(MOST_PLACES + 1):
            rounding = (
                nw.when(is_true(stated == number))
                .then(nw.lit(10 ** (MOST_PLACES - number)))
                .otherwise(rounding)
            )
        is_refused = ~stated.is_null() & ~is_true(stated.is_in(list(range(MOST_PLACES + 1))))
    scaled = nw.col("value").cast(nw.Float64()) * UNITS
    is_close = is_true(scaled.abs() <= _MOST_EXACT)
    frame = frame.with_columns(
        _whole(nw.col("value").is_null()).alias("is_from_counts"),
        _whole(is_close).alias("is_close"),
        nw.when(is_close).then(scaled).otherwise(nw.lit(0.0)).alias("scaled"),
        rounding.cast(_LONG).alias("rounding"),
    )
    frame = frame.with_columns(nw.col("scaled").round(0).cast(_LONG).alias("units"))
    units, worth = nw.col("units"), nw.col("rounding")
    is_outside = (nw.col("is_share") == 1) & ((units < 0) | (units > 100 * UNITS))
    wrong = (
        (nw.col("is_close") == 0)
        | ((nw.col("scaled") - units).abs() > _CLOSE)
        | is_true(units.abs() > nw.col("most_units"))
        | is_outside
        | is_refused
        # Nothing is known of the decimals of a whole binary number; another one needs its places.
        | ~_divides(nw.when(worth == 0).then(nw.lit(UNITS)).otherwise(worth), units)
    )
    frame = frame.with_columns(_whole((nw.col("is_from_counts") == 0) & wrong).alias("value_wrong"))
    is_right = nw.col("value_wrong") == 0
    return frame.with_columns(nw.when(is_right).then(units).otherwise(nw.lit(0)).alias("units"))
