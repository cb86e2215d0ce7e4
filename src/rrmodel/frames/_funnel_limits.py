"""Areas compared with the average of their group, allowing for chance and for what they differ."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import pi
from typing import Any

import narwhals.stable.v2 as nw

from rrmodel.frames._opened_tables import OpenedTable, names_of, open_table
from rrmodel.frames._share_intervals import has_counts, ratio, refuse_wrong_counts
from rrmodel.inference import FunnelPosition, normal_quantile
from rrmodel.inference._funnel import check_limits, variance_between
from rrmodel.inference._goals import require_share, sign_of
from rrmodel.model import Better

__all__ = ["FUNNEL_COLUMNS", "funnel_limits"]

_Frame = nw.LazyFrame[Any]
_LIMITS = tuple(f"{limit}_{end}" for limit in ("inner", "outer") for end in ("low", "high"))

FUNNEL_COLUMNS: tuple[str, ...] = (
    "average",
    "share",
    "z_score",
    "dispersion",
    "between_variance",
    *_LIMITS,
    "position",
    *(f"adjusted_{name}" for name in _LIMITS),
    "adjusted_position",
)
"""The columns that :func:`funnel_limits` adds.

Shares and limits are from 0 to 1; ``z_score`` is in standard errors and ``between_variance`` on the
arcsine scale. They are described by :class:`~rrmodel.inference.FunnelArea` and
:class:`~rrmodel.inference.Overdispersion`; a position is one of
:class:`~rrmodel.inference.FunnelPosition`."""

_GROUP = "group"
_STEPS = 3


def funnel_limits(
    areas: Any,  # noqa: ANN401 - narwhals knows a dozen kinds, none of which need be installed
    by: str | Iterable[str] = (),
    *,
    better: Better,
    numerator: str = "numerator",
    denominator: str = "denominator",
    average: Fraction | None = None,
    inner: float = 0.95,
    outer: float = 0.998,
    winsorise: float = 0.1,
) -> Any:  # noqa: ANN401 - the same kind of frame
    """Compare areas with their average, as :func:`rrmodel.inference.funnel` does, in each group.

    >>> import polars
    >>> areas = polars.DataFrame({"area": ["North", "East", "West"],
    ...     "numerator": [410, 705, 130], "denominator": [500, 800, 190]})
    >>> limits = funnel_limits(areas, better="higher")
    >>> limits.select("area", "position", "adjusted_position").rows()[-1]
    ('West', 'far_worse', 'worse')

    Args:
        areas: A frame with a row for each area of each group, and its counts.
        by: The column or columns that make a group, such as measure and period. Default: all rows
            are one group.
        better: Which way is better, in every group.
        numerator: The column that says how many.
        denominator: The column that says of how many.
        average: The share to compare with, exact. Default: the share of all areas of the group
            together.
        inner: The confidence of the inner limits.
        outer: The confidence of the outer limits, above that of the inner ones.
        winsorise: Which share of the areas at each end is drawn in before the overdispersion is
            worked out.

    Returns:
        The rows given with the columns :data:`FUNNEL_COLUMNS`; lazy if the areas were. Undefined
        values are null: all of these columns in a row without counts, and the adjusted ones where a
        group has a single area.

    Raises:
        QuantityError: ``winsorise`` is not from 0 to below one half.
        PercentageOutOfRangeError: The average is not from 0 to 1.
        BinaryFloatError: The average is a binary float.
        ConfidenceError: A confidence is not above 0 and below 1, or the limits are out of order.
        UnknownNameError: There is no such column, or which way is better is neither "higher" nor
            "lower".
        RecordError: It is not a frame, the columns have other types or names of the result, a
            frame that is not lazy has counts that are not a share, or its engine is Dask.
    """
    sign = sign_of(better)
    check_limits(inner=inner, outer=outer, winsorise=winsorise)
    if average is not None:
        require_share("average", average)
    quantiles = {"inner": normal_quantile(inner), "outer": normal_quantile(outer)}
    groups = names_of(by, FUNNEL_COLUMNS)
    table = open_table(
        areas, columns=groups, numbers=(numerator, denominator), results=FUNNEL_COLUMNS
    )
    table.require_order("funnel limits")
    refuse_wrong_counts(table, numerator, denominator)
    keys = [_GROUP, *(table[name] for name in groups)]
    frame = table.frame.with_columns(nw.lit(1).alias(_GROUP))
    frame = _shares(frame, keys, table[numerator], table[denominator], average)
    frame = _scores(frame, keys)
    frame = _overdispersion(table, frame, keys, winsorise)
    frame = _limits(frame, quantiles)
    for prefix in ("", "adjusted_"):
        frame = frame.with_columns(_position(prefix, sign).alias(f"{prefix}position"))
    return table.result(frame.select(*table.under(table.names), *FUNNEL_COLUMNS))


def _shares(
    frame: _Frame, groups: list[str], numerator: str, denominator: str, average: Fraction | None
) -> _Frame:
    """Add ``share``, ``rest``, ``cases`` and the ``average`` of the group with ``average_rest``."""
    counted, cases = nw.col(numerator), nw.col(denominator)
    is_counted = has_counts(counted, cases)
    frame = frame.with_columns(
        nw.when(is_counted).then(counted.cast(nw.Float64())).alias("counted"),
        nw.when(is_counted).then(cases.cast(nw.Float64())).alias("cases"),
    )
    counted, cases = nw.col("counted"), nw.col("cases")
    frame = frame.with_columns(
        ratio(counted, cases).alias("share"),
        ratio(cases - counted, cases).alias("rest"),
        counted.sum().over(groups).alias("all_counted"),
        cases.sum().over(groups).alias("all_cases"),
    )
    is_there = ~nw.col("share").is_null()
    part, whole = nw.col("all_counted"), nw.col("all_cases")
    centre, other = ratio(part, whole), ratio(whole - part, whole)
    if average is not None:
        centre, other = nw.lit(float(average)), nw.lit(float(1 - average))
    return frame.with_columns(
        nw.when(is_there).then(centre).alias("average"),
        nw.when(is_there).then(other).alias("average_rest"),
    )


def _scores(frame: _Frame, groups: list[str]) -> _Frame:
    """Add ``z_score``, the angle of the average in ``centre``, and ``number`` of areas."""
    frame = _with_angle(frame, "share", "rest", "angle")
    frame = _with_angle(frame, "average", "average_rest", "centre")
    score = (nw.col("angle") - nw.col("centre")) * 2 * nw.col("cases").sqrt()
    is_there = nw.when(~nw.col("share").is_null()).then(nw.lit(1.0)).otherwise(nw.lit(0.0))
    return frame.with_columns(score.alias("z_score"), is_there.alias("is_there")).with_columns(
        nw.col("is_there").sum().over(groups).alias("number")
    )


def _with_angle(frame: _Frame, share: str, rest: str, name: str) -> _Frame:
    """Add the arcsine of the square root of a share.

    Engines have sines but no arcsine here, so it is found by Newton's method, from a start that is
    within 0.01. Below 45 degrees, where the cosine is far from 0, three steps leave no error.
    """
    is_low = nw.col(share) <= nw.col(rest)
    lower = nw.when(is_low).then(nw.col(share)).otherwise(nw.col(rest))
    frame = frame.with_columns(lower.sqrt().alias("sine"))
    sine, angle = nw.col("sine"), nw.col(name)
    start = sine * (1 + sine * sine / 6 + sine * sine * sine * sine * 3 / 40)
    frame = frame.with_columns(start.alias(name))
    for _ in range(_STEPS):
        frame = frame.with_columns((angle - (angle.sin() - sine) / angle.cos()).alias(name))
    return frame.with_columns(nw.when(is_low).then(angle).otherwise(pi / 2 - angle).alias(name))


def _overdispersion(
    table: OpenedTable, frame: _Frame, groups: list[str], winsorise: float
) -> _Frame:
    """Add ``dispersion`` and ``between_variance``."""
    frame = table.in_order(frame, groups, "z_score")
    last = nw.col("number") - 1
    for end, part in (("least", winsorise), ("most", 1 - winsorise)):
        frame = frame.with_columns((last * part).alias(f"{end}_place"))
        frame = frame.with_columns(nw.col(f"{end}_place").floor().alias(f"{end}_whole"))
        place, whole = nw.col("place"), nw.col(f"{end}_whole")
        is_above = (place == whole + 1) | ((whole >= last) & (place == last))
        at = {"below": place == whole, "above": is_above}
        frame = frame.with_columns(
            nw.when(here).then(nw.col("z_score")).max().over(groups).alias(f"{end}_{side}")
            for side, here in at.items()
        )
        below, above = nw.col(f"{end}_below"), nw.col(f"{end}_above")
        between = nw.col(f"{end}_place") - whole
        frame = frame.with_columns((below + between * (above - below)).alias(end))
    score, least, most = nw.col("z_score"), nw.col("least"), nw.col("most")
    drawn = nw.when(score < least).then(least).when(score > most).then(most).otherwise(score)
    weight = nw.col("cases") * 4
    frame = frame.with_columns((drawn * drawn).alias("squared"), (weight * weight).alias("weight"))
    frame = frame.with_columns(
        nw.col("squared").sum().over(groups).alias("all_squared"),
        nw.col("weight").sum().over(groups).alias("squares"),
    )
    number, squares = nw.col("number"), nw.col("squares")
    is_several = (nw.col("is_there") == 1) & (number > 1)
    frame = frame.with_columns(
        nw.when(is_several).then(ratio(nw.col("all_squared"), number)).alias("dispersion"),
        nw.when(is_several).then(nw.col("all_cases") * 4).alias("total"),
    )
    between = variance_between(number, nw.col("dispersion"), nw.col("total"), squares)
    frame = frame.with_columns(nw.when(is_several).then(between).alias("between_variance"))
    variance = nw.col("between_variance")
    return frame.with_columns(
        nw.when(variance < 0).then(nw.lit(0.0)).otherwise(variance).alias("between_variance")
    )


def _limits(frame: _Frame, quantiles: dict[str, float]) -> _Frame:
    """Add the limits of chance, and those that allow for overdispersion."""
    average, cases = nw.col("average"), nw.col("cases")
    variance, centre = nw.col("between_variance"), nw.col("centre")
    frame = frame.with_columns(
        (average * nw.col("average_rest") / cases).sqrt().alias("error"),
        (0.25 / cases + variance).sqrt().alias("adjusted_error"),
    )
    for limit, quantile in quantiles.items():
        reach, adjusted = nw.col("error") * quantile, nw.col("adjusted_error") * quantile
        low, high = f"{limit}_low", f"{limit}_high"
        frame = frame.with_columns(
            _most(average - reach, nw.lit(0.0)).alias(low),
            _least(average + reach, nw.lit(1.0)).alias(high),
            _most(centre - adjusted, nw.lit(0.0)).sin().alias("low_sine"),
            _least(centre + adjusted, nw.lit(pi / 2)).sin().alias("high_sine"),
        )
        below, above = nw.col("low_sine") * nw.col("low_sine"), nw.col("high_sine")
        is_wider, is_same = variance > 0, variance == 0
        frame = frame.with_columns(
            nw.when(is_wider)
            .then(_least(nw.col(low), below))
            .when(is_same)
            .then(nw.col(low))
            .alias(f"adjusted_{low}"),
            nw.when(is_wider)
            .then(_most(nw.col(high), above * above))
            .when(is_same)
            .then(nw.col(high))
            .alias(f"adjusted_{high}"),
        )
    return frame


def _position(prefix: str, sign: int) -> nw.Expr:
    share = nw.col("share")
    low, high, far_low, far_high = (nw.col(f"{prefix}{name}") for name in _LIMITS)
    above, below = (
        (FunnelPosition.BETTER, FunnelPosition.FAR_BETTER),
        (FunnelPosition.WORSE, FunnelPosition.FAR_WORSE),
    )[::sign]
    return (
        nw.when((low <= share) & (share <= high))
        .then(nw.lit(FunnelPosition.NOT_DISTINGUISHABLE.value))
        .when(share > far_high)
        .then(nw.lit(above[1].value))
        .when(share > high)
        .then(nw.lit(above[0].value))
        .when(share < far_low)
        .then(nw.lit(below[1].value))
        .when(share < low)
        .then(nw.lit(below[0].value))
    )


def _least(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return nw.when(one < other).then(one).when(one >= other).then(other)


def _most(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return nw.when(one > other).then(one).when(one <= other).then(other)
