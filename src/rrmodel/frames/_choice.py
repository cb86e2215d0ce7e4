"""The figures that decide targets, chosen by joins, filters and aggregations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw

from rrmodel.frames._expressions import has_level, is_true, read_days, read_levels

__all__ = ["IMMATURE", "INCOMPARABLE", "INVALID", "chosen", "classed"]

_Frame = nw.LazyFrame[Any]
COMPARABLE, IMMATURE, INCOMPARABLE, INVALID = range(4)
"""How fit a figure is, the worst last."""
_LATER, _EARLIEST, _LATEST = range(3)
_NOTHING = -(2**62)
"""Less than any number of a figure."""
_FORECAST = r"(?:^|;)\s*(?:forecast|\[f\])\s*(?:;|$)"
_READ = ("value", "unit", "places", "numerator", "denominator", "published", "level")


def classed(
    figures: _Frame, selecting: _Frame, breaks: int, as_of: date, *, days_are_times: bool
) -> _Frame:
    """Return the figures of the targets that were published by a day, and how fit each is."""
    present = figures.collect_schema().names()
    day = nw.lit(as_of).cast(nw.Datetime("us")) if days_are_times else nw.lit(as_of)
    first, last = nw.col("first_day"), nw.col("last_day")
    joined = figures.join(selecting, on=["measure", "area"], how="inner")
    is_published = nw.lit(value=False)
    if "published" in present:
        published = nw.col("published")
        joined = joined.filter(published.is_null() | is_true(published <= day))
        is_published = ~published.is_null()
    joined = joined.filter(has_level(present))
    if "marks" in present:
        marks = nw.col("marks").str.to_lowercase()
        joined = joined.filter(~is_true(marks.str.contains(_FORECAST)))
    is_other_unit = is_true(nw.col("target_unit") != "%")
    if "value" in present:
        # Without a value the level is that of the counts, which is in per cent.
        is_valued = ~nw.col("value").is_null()
        is_same = is_true(nw.col("unit") == nw.col("target_unit"))
        is_other_unit = (is_valued & ~is_same) | (~is_valued & is_other_unit)
    in_series = nw.col("in_series_0") == 1
    straddles = nw.lit(value=False)
    for place in range(1, breaks + 1):
        starts = nw.col(f"break_{place}")
        has_started = is_true(starts <= last)
        straddles |= is_true(first < starts) & has_started
        in_series = (has_started & (nw.col(f"in_series_{place}") == 1)) | (~has_started & in_series)
    in_series |= nw.col("any_series") == 1
    if "series" in present:
        series = nw.col("series")
        is_stated = ~series.is_null()
        straddles &= ~is_stated
        is_named = (nw.col("any_series") == 1) | is_true(series == nw.col("target_series"))
        in_series = (is_stated & is_named) | (~is_stated & in_series)
    known = (is_published & is_true(last <= day)) | (
        ~is_published & is_true(last <= nw.col("known_by"))
    )
    is_read = ~first.is_null() & ~last.is_null() & is_true(first <= last)
    if "value" in present:
        is_read &= nw.col("value").is_null() | ~nw.col("unit").is_null()
    fitness = (
        nw.when(~is_read)
        .then(nw.lit(INVALID))
        .when(is_other_unit | straddles | ~in_series)
        .then(nw.lit(INCOMPARABLE))
        .when(~known)
        .then(nw.lit(IMMATURE))
        .otherwise(nw.lit(COMPARABLE))
    )
    joined = joined.with_columns(fitness.alias("fitness"))
    is_fit = nw.col("fitness") == COMPARABLE
    in_time = is_fit & is_true(last >= nw.col("start")) & is_true(last <= nw.col("deadline"))
    is_later = is_fit & (nw.col("needs_later") == 1) & is_true(last > nw.col("deadline"))
    return joined.select(
        "key",
        "term",
        "fitness",
        *_read_of(present),
        nw.when(in_time).then(last).alias("day_in_time"),
        nw.when(in_time & (nw.col("needs_earliest") == 1)).then(last).alias("first_in_time"),
        is_later.alias("is_later"),
    )


def _read_of(present: Sequence[str]) -> list[str]:
    """Return the columns of a figure that are read once it is chosen."""
    return ["first_day", "last_day", *(name for name in _READ if name in present)]


def chosen(
    known: _Frame, summary: _Frame, deciding: _Frame, present: Sequence[str], places: int | None
) -> _Frame:
    """Return one row for each target that has a deciding figure, with the others it needs."""
    is_latest = is_true(nw.col("day_in_time") == nw.col("latest_day"))
    is_earliest = is_true(nw.col("first_in_time") == nw.col("earliest_day")) & is_true(
        nw.col("earliest_day") < nw.col("latest_day")
    )
    days = summary.select(
        "key",
        nw.col("day_in_time").alias("latest_day"),
        nw.col("first_in_time").alias("earliest_day"),
    )
    role = (
        nw.when(is_latest)
        .then(nw.lit(_LATEST))
        .when(is_earliest)
        .then(nw.lit(_EARLIEST))
        .otherwise(nw.lit(_LATER))
    )
    rivals = (
        known.join(days, on="key", how="inner")
        .filter(is_latest | is_earliest | nw.col("is_later"))
        .select("key", "term", *_read_of(present), role.alias("role"))
        .join(deciding, on="term", how="inner")
    )
    rivals = read_days(rivals, has_published="published" in present)
    # Of several periods with one last day the preferred one, then the figure published last, then
    # the worse one, then the one that says most.
    by_period = ["key", "role", "end", "length"]
    rivals = _greatest(rivals, ["key", "role"], "period_rank")
    rivals = _greatest(rivals, by_period, "published_on")
    rivals = read_levels(rivals, present, places)
    rivals = _greatest(rivals, by_period, "badness")
    rivals = _greatest(rivals, by_period, "detail")
    return _one_row_each(rivals, "published" in present)


def _greatest(frame: _Frame, by: list[str], column: str) -> _Frame:
    """Return the rows of each group that have its greatest value in a column."""
    best = nw.col(column).max()
    if frame.implementation.is_dask():  # it cannot filter by a window
        groups = frame.group_by(by).agg(best.alias("best"))
        ranked = frame.join(groups, on=by, how="inner")
    else:  # engines that write SQL would repeat the frame for each side of a join
        ranked = frame.with_columns(best.over(by).alias("best"))
    return ranked.filter(nw.col(column) == nw.col("best")).drop("best")


def _one_row_each(rivals: _Frame, has_published: bool) -> _Frame:
    is_latest = nw.col("role") == _LATEST
    is_earliest = nw.col("role") == _EARLIEST
    of_latest = "top bottom cases_in cases rounding end is_month_end month".split()
    numbers = [
        nw.when(is_latest).then(nw.col(name)).otherwise(nw.lit(_NOTHING)).alias(name)
        for name in of_latest
    ]
    numbers += [
        nw.when(is_earliest).then(nw.col(name)).otherwise(nw.lit(_NOTHING)).alias(f"{name}_before")
        for name in ("top", "bottom")
    ]
    days = ["first_day", "last_day", *(["published"] if has_published else [])]
    dates = [nw.when(is_latest).then(nw.col(name)).alias(name) for name in days]
    flags = [
        nw.when(nw.col("role") == _LATER).then(nw.col("meets")).otherwise(nw.lit(0)).alias("late"),
        nw.when(is_latest).then(nw.lit(1)).otherwise(nw.lit(0)).alias("has_latest"),
        nw.when(is_earliest).then(nw.lit(1)).otherwise(nw.lit(0)).alias("has_before"),
        nw.col("term"),
        nw.col("is_invalid"),
    ]
    wide = rivals.select("key", *numbers, *dates, *flags)
    names = [name for name in wide.collect_schema().names() if name != "key"]
    rows = wide.group_by("key").agg(nw.col(name).max() for name in names)
    return rows.filter(nw.col("has_latest") == 1)
