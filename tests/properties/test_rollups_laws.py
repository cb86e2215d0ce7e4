"""The law that roll-ups of frames are those of `rrmodel.inference`, on every engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from fractions import Fraction
from math import isclose
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frame_engines import ENGINES, each_engine

from rrmodel import frames
from rrmodel.evaluation import Status
from rrmodel.inference import (
    FunnelLimits,
    Overdispersion,
    funnel,
    wilson_interval,
    xmr_chart,
)
from rrmodel.model import Counts

GROUPS = ("North", "South", "Wales", None)
COUNTS = {"group": pl.String, "area": pl.String, "numerator": pl.Int64, "denominator": pl.Int64}
Check = Callable[[Random, str], None]


def a_table(rng: Random) -> pl.DataFrame:
    """Draw areas of all sizes in groups, of which some have one area or none with counts."""
    rows: list[tuple[str | None, str, int | None, int | None]] = []
    for group in GROUPS[: rng.randint(1, 4)]:
        usual = rng.random()
        for number in range(rng.choice((1, 2, 3, 12))):
            cases = rng.choice((1, 7, 160, 5_000, 2_000_000))
            share = rng.choice((0, 1, usual, usual, usual, rng.random()))
            rows.append((group, f"area {number}", round(share * cases), cases))
        rows.append((group, "blank", *rng.choice(((None, None), (0, 0)))))
    rng.shuffle(rows)
    return pl.DataFrame(rows, COUNTS, orient="row")


def counts_in(table: pl.DataFrame) -> dict[str | None, dict[str, Counts]]:
    """Return the counts of each area by group; none of those without."""
    groups: dict[str | None, dict[str, Counts]] = {group: {} for group in table["group"]}
    for group, area, counted, cases in table.rows():
        if cases:
            groups[group][area] = Counts(counted, cases)
    return groups


def alike(number: float | None, exact: float | Fraction | None) -> bool:
    """Return whether a number is the exact one but for the last binary digits."""
    if number is None or exact is None:
        return number is exact
    return isclose(number, exact, rel_tol=1e-9, abs_tol=1e-12)


def intervals_agree(rng: Random, engine: str) -> None:
    """Compare the intervals of rows and of groups with the scalar ones."""
    table = a_table(rng)
    confidence = rng.choice((0.95, 0.998, 0.2, 1e-20))

    def expected(counts: Counts | None) -> tuple[float | None, ...]:
        if counts is None:
            return None, None, None
        interval = wilson_interval(counts, confidence=confidence)
        return float(counts.share), interval.lower, interval.upper

    names = ("share", "interval_low", "interval_high")
    rows = ENGINES[engine](
        table, lambda native: frames.wilson_intervals(native, confidence=confidence)
    )
    assert rows.columns == [*table.columns, *names]
    assert rows.height == table.height
    for row in rows.to_dicts():
        cases = row["denominator"]
        counts = Counts(round(row["numerator"]), round(cases)) if cases else None
        assert all(map(alike, (row[name] for name in names), expected(counts)))
    added = ENGINES[engine](
        table, lambda native: frames.wilson_intervals(native, "group", confidence=confidence)
    )
    assert added.columns == ["group", "numerator", "denominator", *names]
    assert added.height == table["group"].n_unique()
    for row in added.to_dicts():
        known = counts_in(table)[row["group"]].values()
        assert row["numerator"] == sum(each.numerator for each in known)
        assert row["denominator"] == sum(each.denominator for each in known)
        total = Counts(row["numerator"], row["denominator"]) if known else None
        assert all(map(alike, (row[name] for name in names), expected(total)))


def funnels_agree(rng: Random, engine: str) -> None:
    """Compare the funnel of each group with the scalar one."""
    table = a_table(rng)
    options: dict[str, Any] = {
        "better": rng.choice(("higher", "lower")),
        "average": rng.choice((None, None, Fraction(1, 2), Fraction(1), Fraction(8, 10))),
        "winsorise": rng.choice((0, 0.1, 0.25, 0.49)),
        "inner": rng.choice((0.95, 0.8)),
    }
    rows = ENGINES[engine](table, lambda native: frames.funnel_limits(native, "group", **options))
    assert rows.columns == [*table.columns, *frames.FUNNEL_COLUMNS]
    assert rows.height == table.height
    funnels = {
        group: funnel(counts, **options) for group, counts in counts_in(table).items() if counts
    }
    for row in rows.to_dicts():
        if not row["denominator"]:
            assert [row[name] for name in frames.FUNNEL_COLUMNS] == [None] * 15
            continue
        whole = funnels[row["group"]]
        (area,) = (each for each in whole.areas if each.name == row["area"])
        spread = whole.overdispersion
        is_known = isinstance(spread, Overdispersion)
        expected: dict[str, float | Fraction | None] = {
            "average": whole.average,
            "share": area.share,
            "z_score": area.z_score,
            "dispersion": spread.dispersion if is_known else None,
            "between_variance": spread.between_variance if is_known else None,
            **ends("", area.limits),
            **ends("adjusted_", area.adjusted_limits),
        }
        differing = {
            name: (row[name], number)
            for name, number in expected.items()
            if not alike(row[name], number)
        }
        assert differing == {}
        # An area on a limit may lie on either side of the nearest binary number.
        if not any(alike(float(area.share), end) for end in expected.values() if end is not None):
            assert row["position"] == area.position
            assert row["adjusted_position"] == area.adjusted_position


def ends(prefix: str, limits: FunnelLimits | None) -> dict[str, float | None]:
    """Return the ends of limits by the names of their columns."""
    return {
        f"{prefix}{name}_{end}": None if limits is None else getattr(getattr(limits, name), side)
        for name in ("inner", "outer")
        for end, side in (("low", "lower"), ("high", "upper"))
    }


def a_series(rng: Random) -> list[tuple[int | None, bool]]:
    """Draw figures in tenths, with the places before which periods are missing."""
    count = rng.choice((1, 2, 9, 10, 11, 25))
    centre, spread = rng.randint(0, 1_000), rng.choice((0, 3, 90))
    return [
        (centre + rng.randint(-spread, spread) * rng.choice((1, 1, 1, 9)), rng.randrange(8) == 0)
        for _ in range(count)
    ]


def limits_agree(rng: Random, engine: str) -> None:
    """Compare the limits of each series with the scalar chart."""
    series = {group: a_series(rng) for group in GROUPS[: rng.randint(1, 4)]}
    has_gaps = rng.randrange(2) == 0
    rows = [
        (group, place, value / 10 if value is not None else None, gap)
        for group, figures in series.items()
        for place, (value, gap) in enumerate(figures)
    ]
    rng.shuffle(rows)
    schema = {"group": pl.String, "last_day": pl.Int64, "value": pl.Float64, "gap": pl.Boolean}
    table = pl.DataFrame(rows, schema, orient="row")
    options: dict[str, Any] = {
        "min_points": rng.choice((2, 10)),
        "screen_outliers": rng.randrange(2) == 0,
        "bounds": rng.choice(((None, None), (-900, None), (-900, 60), (None, 900))),
    }
    options["bounds"] = options["bounds"] if in_bounds(series, options["bounds"]) else (None, None)
    gaps = "gap" if has_gaps else None
    result = ENGINES[engine](
        table, lambda native: frames.process_limits(native, "group", gaps=gaps, **options)
    )
    assert result.columns == ["group", *frames.PROCESS_COLUMNS]
    assert sorted(result["group"], key=str) == sorted(series, key=str)
    for row in result.to_dicts():
        figures = series[row["group"]]
        chart = xmr_chart(
            [Fraction(value or 0, 10) for value, _ in figures],
            better="higher",
            gaps_at=[place for place, (_, gap) in enumerate(figures) if gap and has_gaps],
            **options,
        )
        point = chart.points[0]
        assert row["points"] == len(figures)
        for name in ("mean", "lower", "upper"):
            assert alike(row[name], getattr(point, name)), (name, row, point)


def in_bounds(
    series: dict[str | None, list[tuple[int | None, bool]]],
    bounds: tuple[int | None, int | None],
) -> bool:
    """Return whether all figures are within bounds."""
    values = [value or 0 for figures in series.values() for value, _ in figures]
    low, high = bounds
    return (low is None or min(values) >= 10 * low) and (high is None or max(values) <= 10 * high)


def statuses_agree(rng: Random, engine: str) -> None:
    """Compare the counts of statuses with those of the standard library."""
    words = [status.value for status in Status]
    rows = [
        (rng.choice(GROUPS), rng.choice(("met", "missed", rng.choice(words), None)))
        for _ in range(rng.randint(1, 60))
    ]
    table = pl.DataFrame(rows, {"group": pl.String, "status": pl.String}, orient="row")
    by_group: dict[str | None, Counter[str]] = defaultdict(Counter)
    for group, status in rows:
        by_group[group][status or "invalid_figure"] += 1
    result = ENGINES[engine](table, lambda native: frames.count_statuses(native, "group"))
    names = [*words, "invalid_figure"]
    assert {
        row["group"]: (row["targets"], [row[name] for name in names]) for row in result.to_dicts()
    } == {
        group: (counts.total(), [counts[name] for name in names])
        for group, counts in by_group.items()
    }
    (total,) = ENGINES[engine](table, frames.count_statuses).to_dicts()
    assert total["targets"] == len(rows)


@each_engine()
@pytest.mark.parametrize("check", [intervals_agree, statuses_agree])
@given(seed=st.integers(0, 2**32))
@settings(max_examples=1)
def test_sums_agree(engine: str, check: Check, seed: int) -> None:
    """Counts and intervals are those of scalars, whatever the engine."""
    check(Random(seed), engine)  # noqa: S311  not for secrets


@each_engine(but=["dask"])
@pytest.mark.parametrize("check", [funnels_agree, limits_agree])
@given(seed=st.integers(0, 2**32))
@settings(max_examples=1)
def test_limits_agree(engine: str, check: Check, seed: int) -> None:
    """Funnels and process limits are those of scalars, on each engine that puts rows in order."""
    check(Random(seed), engine)  # noqa: S311  not for secrets


@pytest.mark.parametrize("check", [intervals_agree, statuses_agree, funnels_agree, limits_agree])
@given(seed=st.integers(0, 2**32))
def test_many_agree(check: Check, seed: int) -> None:
    """Frames of polars give what scalars give, for groups of every kind."""
    check(Random(seed), "polars")  # noqa: S311  not for secrets
