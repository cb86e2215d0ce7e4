"""Targets of many areas from a frame, against hand-written polars doing the same selection.

Run it with ``python benchmarks/frames.py``, or with numbers of figures, such as ``1000000``. Both
racers choose the latest comparable figure for each target and area (published by the day, of a
period within the target's span and over by the day, in the right unit, no forecast, the last
revision, the worse of two), and give the gap, the level expected and a status. The hand-written
query compares names letter by letter, knows that there are no breaks, follow-ups or ranges, and
decides by binary numbers; it gives 6 columns, without pace or evidence. They run in turns, A B B A.
"""

from __future__ import annotations

import sys
from datetime import date
from time import perf_counter

import numpy as np
import polars as pl
from results import Goal, Measured, Point, Result, at_most, race, show, timed, times_slower

from rrmodel import (
    Baseline,
    Citation,
    Deadline,
    Measure,
    Month,
    Percentage,
    ReachTarget,
    frames,
)

ROUNDS = 2
SIZES = (1_000, 10_000, 100_000, 200_000, 1_000_000)
MORE_SIZES = (*SIZES, 10_000_000)
SUBJECT = "Frames"
GOALS = {200_000: 1.4, 1_000_000: 1.4, 10_000_000: 1.1}
"""The most that we may take of the time of the query by hand, by the number of figures."""
EXACT = 1.6
"""The same where statuses are exact, as ours always are."""
MEASURES, AREAS = 5, 500
MONTHS = 20
DAY = date(2023, 10, 1)
START, DEADLINE = date(2022, 1, 31), date(2024, 3, 31)
SEED = 20230731


def targets() -> list[ReachTarget]:
    """Return a target for each measure and area, each with its own baseline."""
    measures = [
        Measure(id=f"measure-{number}", name="M", counts="some", out_of="all", better="higher")
        for number in range(MEASURES)
    ]
    rng = np.random.default_rng(SEED)
    return [
        ReachTarget(
            id=f"{measure.id}-{area}",
            statement="Reach 90%.",
            citation=Citation("plan"),
            measure=measure,
            area=f"area-{area}",
            baseline=Baseline(
                level=Percentage(f"{rng.integers(6000, 7500) / 100:.1f}"),
                period=Month("January 2022"),
            ),
            goal=Percentage("90"),
            deadline=Deadline("March 2024"),
        )
        for area in range(AREAS)
        for measure in measures
    ]


def figures(rows: int, seed: int = SEED) -> pl.DataFrame:
    """Return synthetic figures by month, a tenth of them forecasts or revised later."""
    rng = np.random.default_rng(seed)
    months = pl.date_range(START, date(2023, 8, 31), "1mo", eager=True).dt.month_end()
    places = rng.integers(0, MONTHS, rows)
    last_day = months.gather(places)
    return pl.DataFrame(
        {
            "measure": pl.Series(np.arange(rows) % MEASURES).cast(pl.String),
            "area": pl.Series(np.arange(rows) // MEASURES % AREAS).cast(pl.String),
            "first_day": last_day.dt.month_start(),
            "last_day": last_day,
            "value": np.round(70 + rng.normal(places * 0.8, 6, rows).clip(-70, 30), 1),
            "unit": pl.Series(["%"]).gather(np.zeros(rows, np.int64)),
            "places": np.ones(rows, np.int64),
            "published": pl.select(
                last_day + pl.Series(rng.integers(25, 200, rows)) * pl.duration(days=1)
            ).to_series(),
            "marks": pl.Series([None, "forecast", "provisional"]).gather(
                rng.choice(3, rows, p=(0.9, 0.05, 0.05))
            ),
        }
    ).with_columns(measure="measure-" + pl.col("measure"), area="area-" + pl.col("area"))


def goal_rows(asked: list[ReachTarget]) -> pl.DataFrame:
    """Return the goals and baselines of targets, as the query by hand needs them."""
    return pl.DataFrame(
        [
            (each.id, each.measure.id, each.area, 90.0, float(each.baseline.level.value))
            for each in asked
            if each.baseline is not None
        ],
        schema=["target", "measure", "area", "goal", "start"],
        orient="row",
    )


def by_hand(observations: pl.LazyFrame, goals: pl.DataFrame) -> pl.LazyFrame:
    """Return a hand-written query of the figures."""
    passed = (
        (pl.col("last_day").dt.year() - START.year) * 12
        + pl.col("last_day").dt.month()
        - START.month
    )
    total = (DEADLINE.year - START.year) * 12 + DEADLINE.month - START.month
    start = pl.col("start")
    expected = pl.min_horizontal(start + (90 - start) * passed / total, pl.lit(90.0))
    latest = (
        observations.join(goals.lazy(), on=["measure", "area"])
        .filter(
            (pl.col("published").is_null() | (pl.col("published") <= DAY))
            & pl.col("value").is_not_null()
            & (pl.col("unit") == "%")
            & ~pl.col("marks").str.contains("forecast").fill_null(value=False)
            & pl.col("last_day").is_between(START, DEADLINE)
            & (pl.col("last_day") <= DAY)
        )
        .group_by("target", "area")
        .agg(pl.all().sort_by("last_day", "published", -pl.col("value")).last())
        .with_columns(gap=pl.col("goal") - pl.col("value"), expected=expected)
    )
    status = (
        pl.when(pl.col("gap") <= 0).then(pl.lit("on_track"))
        .when(pl.col("value") + 0.05 >= pl.col("expected")).then(pl.lit("on_track"))
        .when(2 * (pl.col("value") - start) >= pl.col("expected") - start).then(pl.lit("at_risk"))
        .otherwise(pl.lit("off_track"))
    )  # fmt: skip
    return (
        goals.lazy()
        .join(latest.with_columns(status=status), on=["target", "area"], how="left")
        .select("target", "measure", "area", "status", "value", "gap", "expected")
    )


def race_frames(rows: int) -> tuple[dict[str, float], int]:
    """Return the median time of each racer, and how often their statuses differ."""
    observations, asked = figures(rows), targets()
    goals = goal_rows(asked)
    calls = {
        "rrmodel": lambda: frames.evaluate(observations, asked, as_of=DAY),
        "rrmodel, exact names": lambda: frames.evaluate(
            observations, asked, as_of=DAY, names="exact"
        ),
        "rrmodel, lazy": lambda: frames.evaluate(
            observations.lazy(), asked, as_of=DAY, names="exact"
        ).collect(),
        "polars by hand": lambda: by_hand(observations.lazy(), goals).collect(),
    }
    both = calls["rrmodel"]().join(calls["polars by hand"](), on=["target", "area"])
    differing = both.filter(pl.col("status") != pl.col("status_right").fill_null("no_data")).height
    racers = {name: timed(call, calls=1, timer=perf_counter) for name, call in calls.items()}
    return race(racers, ROUNDS if rows in GOALS else 1), differing


def measure(sizes: tuple[int, ...] = SIZES) -> Measured:
    """Race frames of each size."""
    results: list[Result] = []
    points: list[Point] = []
    for rows in sizes:
        taken, differing = race_frames(rows)
        points += [
            Point("Targets of areas from a frame", "rows", name, rows, seconds)
            for name, seconds in taken.items()
        ]
        if rows in GOALS:
            results += goals_of(rows, taken)
            detail = "the query by hand decides by binary numbers"
            name = f"{rows:,} figures, rows whose status differs by hand"
            results.append(Result(SUBJECT, name, differing, "rows", None, "", detail))
    for rows in GOALS.keys() - set(sizes):
        name = f"{rows:,} figures, 2,500 targets"
        results.append(Result(SUBJECT, name, None, "", at_most(GOALS[rows])))
    return Measured(tuple(results), tuple(points))


def goals_of(rows: int, taken: dict[str, float]) -> list[Result]:
    """Return the ratios of one size, with both goals that hold for it."""
    name = f"{rows:,} figures, 2,500 targets"
    kinds: list[tuple[str, str, Goal | None]] = [
        (name, "rrmodel", at_most(GOALS[rows])),
        (f"{name}: goal for exact statuses", "rrmodel", at_most(EXACT)),
        (f"{name}, exact names", "rrmodel, exact names", None),
        (f"{name}, lazy", "rrmodel, lazy", None),
    ]
    return [
        times_slower(SUBJECT, each, taken, "polars by hand", goal, ours=ours)
        for each, ours, goal in kinds
    ]


if __name__ == "__main__":
    show(measure(tuple(map(int, sys.argv[1:])) or SIZES))
