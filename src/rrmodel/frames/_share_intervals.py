"""Shares with their confidence intervals, for each row or each group of counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import narwhals.stable.v2 as nw

from rrmodel.errors import RecordError
from rrmodel.frames._opened_tables import OpenedTable, names_of, open_table
from rrmodel.inference import normal_quantile
from rrmodel.inference._proportions import reach_of_spread

__all__ = ["has_counts", "ratio", "refuse_wrong_counts", "wilson_intervals"]

_Frame = nw.LazyFrame[Any]
_RESULTS = ("share", "interval_low", "interval_high")
_MOST_NAMED = 3


def wilson_intervals(
    counts: Any,  # noqa: ANN401 - narwhals knows a dozen kinds, none of which need be installed
    by: str | Iterable[str] | None = None,
    *,
    numerator: str = "numerator",
    denominator: str = "denominator",
    confidence: float = 0.95,
) -> Any:  # noqa: ANN401 - the same kind of frame
    """Return shares with the intervals of :func:`rrmodel.inference.wilson_interval`.

    >>> import polars
    >>> counts = polars.DataFrame({"region": ["North", "North", "South"],
    ...     "numerator": [205, 205, 0], "denominator": [250, 250, 10]})
    >>> for row in wilson_intervals(counts, "region").rows():
    ...     print("{} {} of {}: {:.3f}, {:.3f} to {:.3f}".format(*row))
    North 410 of 500: 0.820, 0.784 to 0.851
    South 0 of 10: 0.000, 0.000 to 0.278

    Args:
        counts: A frame with counts in each row, such as published figures.
        by: The column or columns that make a group whose counts are added up; without any name,
            all rows are one group. Default: each row has its own interval.
        numerator: The column that says how many.
        denominator: The column that says of how many.
        confidence: The share of such intervals that should cover the true share.

    Returns:
        One row for each group, sorted, with the columns of ``by`` and both counts; or else the
        rows given. Both have ``share``, ``interval_low`` and ``interval_high``, from 0 to 1; they
        are null where there are no counts, or 0 of 0. Lazy if the counts were.

    Raises:
        ConfidenceError: The confidence is not above 0 and below 1.
        UnknownNameError: There is no such column.
        RecordError: It is not a frame, the columns have other types, or a frame that is not lazy
            has counts that are not a share. In a lazy one, such rows count as having none.
    """
    quantile = normal_quantile(confidence)
    numbers = (numerator, denominator)
    groups = [] if by is None else names_of(by, [*numbers, *_RESULTS])
    results = _RESULTS if by is None else ()
    table = open_table(counts, columns=groups, numbers=numbers, results=results)
    refuse_wrong_counts(table, numerator, denominator)
    counted, cases = nw.col(table[numerator]), nw.col(table[denominator])
    frame, kept = table.frame, list(table.names)
    if by is not None:
        frame, kept = _added_up(table, groups, counted, cases), [*groups, *numbers]
    is_counted = has_counts(counted, cases)
    share, rest = nw.col("share"), nw.col("rest")
    frame = frame.with_columns(
        nw.when(is_counted).then(ratio(counted, cases)).alias("share"),
        nw.when(is_counted).then(ratio(cases - counted, cases)).alias("rest"),
        nw.when(is_counted).then(ratio(nw.lit(quantile * quantile), cases)).alias("spread"),
    )
    below = above = nw.lit(0.0)
    if quantile:
        below, above = reach_of_spread(share, rest, nw.col("spread"), nw.Expr.sqrt)
    frame = frame.with_columns(
        (share - below).alias("interval_low"), (share + above).alias("interval_high")
    )
    frame = frame.sort(*(table[name] for name in groups)) if groups else frame
    return table.result(frame.select(*table.under(kept), *_RESULTS))


def has_counts(numerator: nw.Expr, denominator: nw.Expr) -> nw.Expr:
    """Return whether a row has counts that make a share."""
    is_share = (denominator > 0) & (numerator >= 0) & (numerator <= denominator)
    return is_share.fill_null(value=False)


def ratio(numerator: nw.Expr, denominator: nw.Expr) -> nw.Expr:
    """Return a ratio as a binary number; null over 0, whatever the engine makes of it."""
    divisor = nw.when(denominator != 0).then(denominator.cast(nw.Float64()))
    return numerator.cast(nw.Float64()) / divisor


def refuse_wrong_counts(table: OpenedTable, numerator: str, denominator: str) -> None:
    """Refuse counts that are not a share, unless the table is lazy.

    Raises:
        RecordError: It has such counts; the first of them are named.
    """
    if table.is_lazy:
        return
    counted, cases = nw.col(table[numerator]), nw.col(table[denominator])
    is_wrong = (counted < 0) | (counted > cases) | (counted.is_null() & ~cases.is_null())
    is_wrong = is_wrong.fill_null(value=False) | (cases.is_null() & ~counted.is_null())
    wrong = table.frame.filter(is_wrong).select(counted, cases).collect()
    if len(wrong):
        pairs = wrong.iter_rows()
        named = ", ".join(f"{one} of {other}" for one, other in list(pairs)[:_MOST_NAMED])
        more = f" and {len(wrong) - _MOST_NAMED} more" if len(wrong) > _MOST_NAMED else ""
        raise RecordError(
            f"rows have counts that are not a share ({named}{more}): correct {numerator!r} and "
            f"{denominator!r}, or leave both blank"
        )


def _added_up(
    table: OpenedTable, groups: list[str], numerator: nw.Expr, denominator: nw.Expr
) -> _Frame:
    """Return one row for each group, with its counts in the columns of the table."""
    is_counted = has_counts(numerator, denominator)
    counts = [
        nw.when(is_counted).then(count).otherwise(nw.lit(0)).cast(nw.Int64())
        for count in (numerator, denominator)
    ]
    keys = [table[name] for name in groups]
    rows = table.frame.select(*keys, *counts)
    names = [name for name in rows.collect_schema().names() if name not in keys]
    sums = [nw.col(name).sum() for name in names]
    added = rows.group_by(*keys).agg(*sums) if keys else rows.select(*sums)
    return added.with_columns(nw.col(name).fill_null(0).cast(nw.Int64()) for name in names)
