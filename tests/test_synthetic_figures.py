"""Synthetic figures of a whole country, by example."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from rrmodel import Measure, Month, datasets, frames
from rrmodel.errors import RecordError, UnknownNameError
from rrmodel.io import TIDY_COLUMNS

PLAN = datasets.load("east-midlands-2022-25")
SIZE: dict[str, Any] = {"areas": 20, "months": 6}
FIGURES = frames.synthetic_figures(PLAN, **SIZE, engine="polars")


def as_polars(frame: Any, engine: str) -> pl.DataFrame:
    """Return a frame of any package as one of polars, sorted."""
    match engine:
        case "duckdb":
            frame = frame.pl()
        case "pandas":
            frame = pl.from_pandas(frame)
        case _:
            frame = pl.DataFrame(frame)
    days = pl.col("first_day", "last_day", "published").cast(pl.Date)
    counts = pl.col("numerator", "denominator").cast(pl.Int64)
    return pl.DataFrame(frame).with_columns(days, counts).sort(pl.all())


@pytest.mark.parametrize("engine", ["pandas", "pyarrow", "duckdb"])
def test_every_engine_makes_the_same_figures(engine: Any) -> None:
    """The rows are equal, to the last digit."""
    made = frames.synthetic_figures(PLAN, **SIZE, engine=engine)
    assert as_polars(made, engine).equals(as_polars(FIGURES, "polars"))


def test_the_seed_decides() -> None:
    """The same seed gives the same figures, another one gives others."""
    assert frames.synthetic_figures(PLAN, **SIZE, engine="polars").equals(FIGURES)
    other = frames.synthetic_figures(PLAN, **SIZE, seed=1, engine="polars")
    assert not other["value"].equals(FIGURES["value"])


def test_each_month_has_a_figure_and_some_a_revision() -> None:
    """A revision is published later, and differs."""
    keys = ["measure", "area", "period"]
    first = FIGURES.filter(marks="provisional")
    later = FIGURES.filter(marks="revised")
    assert first.height == first.select(keys).n_unique() == 20 * 6 * len(PLAN.measures)
    assert 0.05 < later.height / first.height < 0.15
    both = first.join(later, on=keys)
    assert both.height == later.height
    assert (both["published_right"] > both["published"]).all()
    assert (both["denominator_right"] == both["denominator"]).all()
    assert (both["numerator_right"] != both["numerator"]).mean() > 0.5


def test_areas_are_of_different_sizes() -> None:
    """A few have many times the cases of most, and small ones vary more."""
    cases = FIGURES.group_by("area").agg(pl.col("denominator").median().alias("cases"))["cases"]
    assert cases.max() > 5 * cases.median()
    assert FIGURES["value"].std() > 5
    shares = FIGURES.with_columns(share=100 * pl.col("numerator") / pl.col("denominator"))
    assert ((shares["share"] - shares["value"]).abs() < 0.0501).all()


def test_each_row_says_that_it_is_synthetic() -> None:
    """By its document, its note, and the names of the areas that are not given."""
    assert set(FIGURES["document"]) == {frames.SYNTHETIC_DOCUMENT}
    assert FIGURES["note"].str.contains("Synthetic").all()
    assert FIGURES["area"].str.starts_with("Synthetic area").all()


def test_figures_are_read_as_records_and_assessed() -> None:
    """They are in the tidy layout."""
    tidy = [name for name in FIGURES.columns if name in TIDY_COLUMNS]
    assert set(FIGURES.columns) - set(tidy) == {"first_day", "last_day"}
    figures = frames.observations(FIGURES.select(tidy))
    assert len(figures) == FIGURES.height
    areas = FIGURES["area"].unique().to_list()
    results = frames.evaluate(FIGURES, PLAN, as_of="2023-08-01", areas=areas)
    counts = frames.count_statuses(results)
    assert counts["targets"].item() == 20 * len(PLAN.targets)
    assert counts["missed"].item() > 20


def test_other_units_have_whole_numbers() -> None:
    """Only shares have counts, and areas and the first month may be given."""
    beds = Measure(id="beds", name="Beds", counts="beds", unit="place", better="lower")
    frame = frames.synthetic_figures(
        [beds], areas=["Hull"], start=Month("March 2020"), months=1, engine="polars"
    )
    row = frame.row(0, named=True)
    assert (row["area"], row["period"], row["unit"]) == ("Hull", "March 2020", "place")
    assert (row["value"] % 1, row["places"], row["numerator"]) == (0, 0, None)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"areas": 0, "months": 0}, "no area: give at least one\nthere is no month"),
        ({"measures": []}, "no measure"),
        ({"months": -1}, "no month"),
        ({"areas": ["York", "Hull", "York"]}, "the area 'York' is there more than once"),
    ],
)
def test_nothing_to_make_is_an_error(options: dict[str, Any], message: str) -> None:
    """All that is missing or repeated is named."""
    with pytest.raises(RecordError, match=message):
        frames.synthetic_figures(**({"measures": PLAN} | options))


def test_an_unknown_engine_gets_advice() -> None:
    """The nearest name is offered."""
    engine: Any = "duckbd"
    with pytest.raises(UnknownNameError, match="did you mean 'duckdb'"):
        frames.synthetic_figures(PLAN, engine=engine)
