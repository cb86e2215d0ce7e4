"""The process limits of many series at once, from their moving ranges."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

from rrmodel.errors import RecordError
from rrmodel.frames._opened_tables import OpenedTable, names_of, open_table
from rrmodel.frames._share_intervals import ratio
from rrmodel.inference import ProcessSettings

__all__ = ["PROCESS_COLUMNS", "process_limits"]

_Frame = nw.LazyFrame[Any]
_Number: TypeAlias = int | Decimal | Fraction
_SERIES = "series_key"

PROCESS_COLUMNS: tuple[str, ...] = ("points", "mean", "mean_range", "lower", "upper")
"""The columns that :func:`process_limits` returns after those of the groups: how many figures there
are; their mean; the mean moving range, after outliers are excluded; and the process limits."""


def process_limits(
    figures: Any,  # noqa: ANN401 - narwhals knows a dozen kinds, none of which need be installed
    by: str | Iterable[str] = (),
    *,
    value: str = "value",
    order: str = "last_day",
    gaps: str | None = None,
    min_points: int = 10,
    screen_outliers: bool = True,
    bounds: tuple[_Number | None, _Number | None] = (None, None),
) -> Any:  # noqa: ANN401 - the same kind of frame
    """Return the limits of :func:`rrmodel.inference.xmr_chart` for each series of figures.

    >>> import polars
    >>> values = [82, 81, 83, 82, 80, 83, 82, 81, 82, 84, 81, 82, 88]
    >>> figures = polars.DataFrame({"area": "York", "value": values}).with_row_index("last_day")
    >>> (row,) = process_limits(figures, "area", bounds=(0, 100)).to_dicts()
    >>> print(f"{row['points']} figures: {row['lower']:.1f} to {row['upper']:.1f}")
    13 figures: 77.1 to 87.7

    Args:
        figures: A frame with one row for each figure. A blank value is a gap.
        by: The column or columns that make a series, such as measure and area. Default: all rows
            are one series.
        value: The column of the figures.
        order: The column that puts a series in order, such as the last day of each period; each
            value once in a series.
        gaps: A column of true and false that says before which figures periods are missing. No
            moving range reaches across a gap. Default: there are none.
        min_points: How many figures limits need, from 2.
        screen_outliers: Whether moving ranges above 3.267 times their mean are excluded from a
            second mean.
        bounds: The lowest and the highest figure possible, such as ``(0, 100)``. Limits are not
            shown beyond them.

    Returns:
        One row for each series, sorted, with the columns of ``by`` and :data:`PROCESS_COLUMNS`;
        lazy if the figures were. With fewer figures than ``min_points`` the limits are null.

    Raises:
        QuantityError: ``min_points`` is below 2, or the bounds are out of order.
        BinaryFloatError: A bound is a binary float.
        UnknownNameError: There is no such column.
        RecordError: It is not a frame, the values are not numbers, its engine is Dask, or a frame
            that is not lazy has two figures in one place of a series.
    """
    settings = ProcessSettings(
        min_points=min_points, screen_outliers=screen_outliers, bounds=bounds
    )
    lowest, highest = settings.bounds
    groups = names_of(by, PROCESS_COLUMNS)
    columns = [*groups, order, *([] if gaps is None else [gaps])]
    table = open_table(figures, columns=columns, numbers=[value])
    table.require_order("process limits")
    keys = [table[name] for name in groups]
    number = nw.col(table[value]).cast(nw.Float64())
    frame = table.frame.select(
        *keys,
        nw.when(~number.is_nan()).then(number).alias("value"),
        nw.col(table[order]).alias("order"),
        (nw.lit(value=False) if gaps is None else nw.col(table[gaps])).alias("gap"),
        nw.lit(1).alias(_SERIES),
    )
    _refuse_repeated(table, frame, [_SERIES, *keys], order)
    frame = _moves(table, frame, [_SERIES, *keys])
    limits = _limits(frame, [_SERIES, *keys], settings)
    limits = limits.with_columns(
        _bounded(nw.col("lower"), lowest, highest).alias("lower"),
        _bounded(nw.col("upper"), lowest, highest).alias("upper"),
    )
    limits = limits.sort(*keys) if keys else limits
    return table.result(limits.select(*table.under(groups), *PROCESS_COLUMNS))


def _refuse_repeated(table: OpenedTable, frame: _Frame, groups: list[str], order: str) -> None:
    if table.is_lazy:
        return
    repeated = frame.filter(~nw.col("value").is_null()).group_by(*groups, "order").agg(nw.len())
    first = repeated.filter(nw.col("len") > 1).sort(*groups, "order").collect()
    if len(first):
        place = first["order"].to_list()[0]
        raise RecordError(
            f"a series has several figures in one place: {len(first)} values of {order!r} are "
            f"there more than once, the first is {place}: keep one figure for each, or name more "
            "columns in 'by'"
        )


def _moves(table: OpenedTable, frame: _Frame, groups: list[str]) -> _Frame:
    """Add ``moved`` from the figure before, and whether a figure has a neighbour."""
    frame = table.in_order(frame, groups, "order", beside=["value", "gap"])
    value, before, after = nw.col("value"), nw.col("before_value"), nw.col("after_value")
    moved = nw.when(~_is_true("gap")).then((value - before).abs())
    is_followed = ~value.is_null() & ~after.is_null() & ~_is_true("after_gap")
    frame = frame.with_columns(moved.alias("moved"), is_followed.alias("is_followed"))
    is_paired = ~nw.col("moved").is_null() | nw.col("is_followed")
    return frame.with_columns(_flag(is_paired).alias("is_paired"))


def _is_true(column: str) -> nw.Expr:
    # a flag that was moved by a row is a column of objects in pandas, which cannot be negated
    return nw.col(column).fill_null(value=False).cast(nw.Boolean())


def _limits(frame: _Frame, groups: list[str], settings: ProcessSettings) -> _Frame:
    moved, is_moved = nw.col("moved"), ~nw.col("moved").is_null()
    frame = frame.with_columns(
        _flag(~nw.col("value").is_null()).alias("is_there"), _flag(is_moved).alias("is_moved")
    )
    if settings.screen_outliers:
        frame = frame.with_columns(
            moved.sum().over(groups).alias("all_moved"),
            nw.col("is_moved").sum().over(groups).alias("moves"),
        )
        most = ratio(nw.col("all_moved"), nw.col("moves")) * float(settings.SCREEN)
        is_usual = (moved <= most).fill_null(value=False)
        frame = frame.with_columns(
            nw.when(is_usual).then(moved).alias("moved"), _flag(is_usual).alias("is_moved")
        )
    sums = ("value", "moved", "is_there", "is_moved", "is_paired")
    limits = frame.group_by(*groups).agg(nw.col(name).sum() for name in sums)
    points = nw.col("is_there")
    limits = limits.with_columns(
        points.cast(nw.Int64()).alias("points"),
        ratio(nw.col("value"), points).alias("mean"),
        ratio(nw.col("moved"), nw.col("is_moved")).alias("mean_range"),
    )
    has_limits = nw.col("is_paired") >= settings.min_points
    reach = nw.col("mean_range") * float(settings.REACH)
    return limits.with_columns(
        nw.when(has_limits).then(nw.col("mean") - reach).alias("lower"),
        nw.when(has_limits).then(nw.col("mean") + reach).alias("upper"),
    )


def _bounded(limit: nw.Expr, lowest: Fraction | None, highest: Fraction | None) -> nw.Expr:
    if lowest is not None:
        limit = nw.when(limit < float(lowest)).then(nw.lit(float(lowest))).otherwise(limit)
    if highest is not None:
        limit = nw.when(limit > float(highest)).then(nw.lit(float(highest))).otherwise(limit)
    return limit


def _flag(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64())
