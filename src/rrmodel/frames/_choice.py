"""The figures that may decide targets, chosen by joins, filters and aggregations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import attrs
import narwhals.stable.v2 as nw

from rrmodel.frames._deciding import FIRST_DAY, LAST_DAY
from rrmodel.frames._engines import Engine
from rrmodel.frames._expressions import has_level, is_true, name_form
from rrmodel.frames._target_rows import Cell, TargetTable

__all__ = [
    "COMPARABLE",
    "EARLIEST",
    "IMMATURE",
    "INCOMPARABLE",
    "INVALID",
    "LATER",
    "LATEST",
    "START",
    "Asked",
    "candidates",
    "classed",
    "greatest",
    "known_figures",
    "spelt_in_engine",
    "summary_of",
]

_Frame = nw.LazyFrame[Any]
COMPARABLE, IMMATURE, INCOMPARABLE, INVALID = range(4)
"""How fit a figure is, the worst last."""
LATER, START, EARLIEST, LATEST = range(4)
"""The use of a figure: a period after the deadline, the counts of the baseline, the start of a
direction, and the figure that decides."""
_FORECAST = r"(?:^|;)\s*(?:forecast|\[f\])\s*(?:;|$)"
_READ = ("published", "value", "places", "numerator", "denominator")
_DAYS = frozenset({"start", "deadline", "known_by", "start_first", "start_last"})
_TEXTS = frozenset({"measure", "area", "target_unit", "target_series"})
_LATER_THAN_ANY = LAST_DAY


@attrs.frozen
class Asked:
    """The rows that choose among figures, one for each target, area and spelling of their names.

    A column that is alike in all rows is a literal, so that it is not joined to every figure.
    """

    columns: Mapping[str, Sequence[Cell]]
    """The columns."""
    engine: Engine
    """The engine of the figures."""
    breaks: int
    """The most breaks in a series."""

    @classmethod
    def of(cls, engine: Engine, table: TargetTable, names: Sequence[tuple[int, str, str]]) -> Asked:
        """Return what chooses for rows of the result.

        Args:
            engine: The engine of the figures.
            table: The targets.
            names: The number of a row of the result, a measure and an area as figures spell them.
        """
        terms = [row.selecting for row in table.terms]
        places = [table.pairs[key][0] for key, _, _ in names]
        # A series without a break has one that never starts.
        defaults = {
            name: _LATER_THAN_ANY if name.startswith("break_") else 0
            for row in terms
            for name in row
            if name not in {"measure", "area"}
        }
        columns: dict[str, list[Cell]] = {
            name: [terms[place].get(name, default) for place in places]
            for name, default in defaults.items()
        }
        columns["key"] = [key for key, _, _ in names]
        columns["measure"] = [measure for _, measure, _ in names]
        columns["area"] = [area for _, _, area in names]
        return cls(columns, engine, sum(name.startswith("break_") for name in columns))

    def __getitem__(self, name: str) -> nw.Expr:
        if name in self._varying:
            return nw.col(name)
        cell = self.columns[name][0]
        return self.engine.day(cell) if isinstance(cell, date) else nw.lit(cell)

    def any(self, name: str) -> bool:
        """Return whether a flag is set in any row."""
        return any(self.columns[name])

    @property
    def frame(self) -> _Frame:
        """The columns that differ between rows, with the names that figures are joined by."""
        columns = {name: list(self.columns[name]) for name in self._varying}
        kinds = {name: _kind_of(name) for name in columns}
        frame: _Frame = self.engine.frame(columns, kinds)
        return frame

    @property
    def _varying(self) -> list[str]:
        return [
            name
            for name, cells in self.columns.items()
            if name in {"key", "term", "measure", "area"} or len(set(cells)) > 1
        ]


def _kind_of(name: str) -> str:
    if name in _TEXTS:
        return "text"
    return "day" if name in _DAYS or name.startswith("break_") else "whole"


def known_figures(figures: _Frame, as_of: nw.Expr) -> _Frame:
    """Return the figures that could say something on a day, whatever the target."""
    present = figures.collect_schema().names()
    if "published" in present:
        published = nw.col("published")
        figures = figures.filter(published.is_null() | is_true(published <= as_of))
    figures = figures.filter(has_level(present))
    if "marks" in present:
        marks = nw.col("marks").str.to_lowercase()
        figures = figures.filter(~is_true(marks.str.contains(_FORECAST)))
    return figures


def spelt_in_engine(figures: _Frame, selecting: _Frame) -> _Frame:
    """Return what chooses among figures, with the names of measures and areas as figures have them.

    Args:
        figures: The figures.
        selecting: The rows that choose among them, with names in their form for comparison.
    """
    names = figures.select("measure", "area").unique()
    forms = [name_form(nw.col(name)).alias(f"{name}_form") for name in ("measure", "area")]
    others = [
        name for name in selecting.collect_schema().names() if name not in {"measure", "area"}
    ]
    by_form = selecting.select(
        *others, nw.col("measure").alias("measure_form"), nw.col("area").alias("area_form")
    )
    return (
        names.with_columns(*forms)
        .join(by_form, on=["measure_form", "area_form"], how="inner")
        .select("measure", "area", *others)
    )


def classed(figures: _Frame, asked: Asked, selecting: _Frame, as_of: nw.Expr) -> _Frame:
    """Return the figures of the targets that were published by a day, and how fit each is.

    Args:
        figures: The figures.
        asked: The rows that choose among them.
        selecting: The columns of it that differ between targets, to join to the figures.
        as_of: The day.
    """
    present = figures.collect_schema().names()
    first, last = nw.col("first_day"), nw.col("last_day")
    joined = known_figures(figures, as_of).join(selecting, on=["measure", "area"], how="inner")
    is_published = nw.lit(value=False)
    if "published" in present:
        is_published = ~nw.col("published").is_null()
    is_other_unit = is_true(asked["target_unit"] != "%")
    if "value" in present:
        # Without a value the level is that of the counts, which is in per cent.
        is_valued = ~nw.col("value").is_null()
        is_same = is_true(nw.col("unit") == asked["target_unit"])
        is_other_unit = (is_valued & ~is_same) | (~is_valued & is_other_unit)
    in_series = asked["in_series_0"] == 1
    straddles = nw.lit(value=False)
    for place in range(1, asked.breaks + 1):
        starts = asked[f"break_{place}"]
        has_started = is_true(starts <= last)
        straddles |= is_true(first < starts) & has_started
        in_series = (has_started & (asked[f"in_series_{place}"] == 1)) | (~has_started & in_series)
    in_series |= asked["any_series"] == 1
    if "series" in present:
        series = nw.col("series")
        is_stated = ~series.is_null()
        straddles &= ~is_stated
        is_named = (asked["any_series"] == 1) | is_true(series == asked["target_series"])
        in_series = (is_stated & is_named) | (~is_stated & in_series)
    known = (is_published & is_true(last <= as_of)) | (
        ~is_published & is_true(last <= asked["known_by"])
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
    in_time = is_fit & is_true(last >= asked["start"]) & is_true(last <= asked["deadline"])
    columns: list[nw.Expr] = [nw.when(in_time).then(last).alias("day_in_time")]
    if asked.any("needs_earliest"):
        is_start = in_time & (asked["needs_earliest"] == 1)
        columns.append(nw.when(is_start).then(last).alias("first_in_time"))
    if asked.any("needs_later"):
        is_after = is_true(last > asked["deadline"])
        columns.append((is_fit & (asked["needs_later"] == 1) & is_after).alias("is_later"))
    if asked.any("needs_start") and "denominator" in present:
        is_same = is_true(first == asked["start_first"]) & is_true(last == asked["start_last"])
        columns.append((is_fit & (asked["needs_start"] == 1) & is_same).alias("is_start"))
    return joined.select("key", "term", "fitness", *_read_of(present), *columns)


def _read_of(present: Sequence[str]) -> list[str]:
    """Return the columns of a figure that are read once it is chosen."""
    return ["first_day", "last_day", *(name for name in _READ if name in present)]


def summary_of(known: _Frame) -> _Frame:
    """Return the worst fitness of the figures of each row, and the days that decide."""
    present = known.collect_schema().names()
    days = [nw.col("day_in_time").max().alias("latest_day")]
    if "first_in_time" in present:
        days.append(nw.col("first_in_time").min().alias("earliest_day"))
    return known.group_by("key").agg(nw.col("fitness").max(), *days)


def candidates(known: _Frame, summary: _Frame, engine: Engine) -> _Frame:
    """Return the figures that may decide, and what each is for.

    Of each period only the figures published last are among them.
    """
    present = known.collect_schema().names()
    roles = [(LATEST, is_true(nw.col("day_in_time") == nw.col("latest_day")))]
    if "is_start" in present:
        roles.append((START, nw.col("is_start")))
    if "first_in_time" in present:
        is_earliest = is_true(nw.col("first_in_time") == nw.col("earliest_day")) & is_true(
            nw.col("earliest_day") < nw.col("latest_day")
        )
        roles.append((EARLIEST, is_earliest))
    if "is_later" in present:
        roles.append((LATER, nw.col("is_later")))
    (first, is_first), *others = roles
    role, is_any = nw.when(is_first).then(nw.lit(first)), is_first
    for number, condition in others:
        role, is_any = role.when(condition).then(nw.lit(number)), is_any | condition
    rivals = (
        known.join(summary.drop("fitness"), on="key", how="inner")
        .filter(is_any)
        .select("key", "term", role.alias("role"), *_read_of(present))
    )
    if "published" not in present:
        return rivals
    by_period = ["key", "role", "first_day", "last_day"]
    published = nw.col("published")
    on = nw.when(published.is_null()).then(engine.day(FIRST_DAY)).otherwise(published)
    return greatest(rivals.with_columns(on.alias("published_on")), by_period, "published_on").drop(
        "published_on"
    )


def greatest(frame: _Frame, by: list[str], column: str) -> _Frame:
    """Return the rows of each group that have its greatest value in a column."""
    best = nw.col(column).max()
    if frame.implementation.is_dask():  # it cannot filter by a window
        groups = frame.group_by(by).agg(best.alias("best"))
        ranked = frame.join(groups, on=by, how="inner")
    else:  # engines that write SQL would repeat the frame for each side of a join
        ranked = frame.with_columns(best.over(by).alias("best"))
    return ranked.filter(nw.col(column) == nw.col("best")).drop("best")
