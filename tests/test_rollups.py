"""Roll-ups of frames, by example."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import dask.dataframe as dask
import duckdb
import pandas as pd
import polars as pl
import pytest

from rrmodel import datasets, evaluate_plan, frames
from rrmodel.errors import ConfidenceError, QuantityError, RecordError, UnknownNameError
from rrmodel.frames import _engines

PLAN = datasets.load("east-midlands-2022-25")
RESULTS = evaluate_plan(
    PLAN,
    datasets.observations("england-and-wales"),
    as_of="2024-08-01",
    area="England and Wales",
)
COUNTS = pl.DataFrame(
    {
        "area": ["York", "Leeds", "Hull"],
        "numerator": [82, 0, None],
        "denominator": [100, 10, None],
    }
)
SERIES = pl.DataFrame({"last_day": range(12), "value": [82.0, 84.0] * 6})


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """Return the rows of a frame of any package."""
    if isinstance(frame, pl.DataFrame):
        return frame.to_dicts()
    if isinstance(frame, duckdb.DuckDBPyRelation):
        return frame.pl().to_dicts()
    return pl.DataFrame(frame).to_dicts()


class TestStatuses:
    @pytest.mark.parametrize("engine", ["polars", "pandas", "pyarrow", "duckdb"])
    def test_the_statuses_of_a_plan_are_counted_by_pathway(self, engine: Any) -> None:
        """The frame of an evaluated plan has pathways."""
        counts = rows_of(frames.count_statuses(frames.to_frame(RESULTS, engine), "pathway"))
        by_pathway = {
            pathway: [result.status.value for result in results]
            for pathway, results in RESULTS.by_pathway().items()
            if results
        }
        assert {row["pathway"]: row["targets"] for row in counts} == {
            pathway: len(statuses) for pathway, statuses in by_pathway.items()
        }
        assert all(row["missed"] == by_pathway[row["pathway"]].count("missed") for row in counts)
        assert sum(row["missed"] for row in counts) > 0

    def test_regions_are_joined(self) -> None:
        """Any column makes groups, and several do."""
        figures = pl.DataFrame(
            {
                "measure": ["housed-on-release"] * 3,
                "area": ["East Midlands", "Wales", "London"],
                "first_day": [date(2022, 4, 1)] * 3,
                "last_day": [date(2023, 3, 31)] * 3,
                "value": [86.3, 90.4, 79.0],
                "unit": ["%"] * 3,
            }
        )
        target = PLAN.target("housed-on-release-by-july-2023")
        areas = figures["area"].to_list()
        result = frames.evaluate(figures, target, as_of="2024-08-01", areas=areas, places=1)
        regions = pl.DataFrame({"area": areas, "region": ["North", "South", "South"]})
        counts = frames.count_statuses(result.join(regions, on="area"), ["measure", "region"])
        assert counts.select("region", "targets", "met", "missed").rows() == [
            ("North", 1, 0, 1),
            ("South", 2, 1, 1),
        ]

    def test_no_rows_are_counted_as_none(self) -> None:
        """Without groups there is one row of zeros, in engines that add nothing up to null too."""
        empty = pl.DataFrame({"status": []}, {"status": pl.String})
        for frame in (empty, duckdb.from_arrow(empty.to_arrow())):
            (row,) = rows_of(frames.count_statuses(frame))
            assert set(row.values()) == {0}
        assert frames.count_statuses(empty.with_columns(area="status"), "area").is_empty()

    def test_the_column_may_have_another_name(self) -> None:
        """A status is read from the column that is named."""
        frame = pl.DataFrame({"grade": ["met"]})
        assert frames.count_statuses(frame, status="grade")["met"].to_list() == [1]


class TestIntervals:
    def test_rows_keep_their_columns_and_order(self) -> None:
        """A row without counts has no share."""
        rows = frames.wilson_intervals(COUNTS)
        assert rows.columns == [*COUNTS.columns, "share", "interval_low", "interval_high"]
        assert rows["area"].to_list() == ["York", "Leeds", "Hull"]
        assert rows["share"].to_list() == [0.82, 0.0, None]
        assert rows["interval_low"].to_list()[1:] == [0.0, None]

    def test_all_rows_are_one_group(self) -> None:
        """An empty list of names adds all counts up."""
        (row,) = frames.wilson_intervals(COUNTS, []).to_dicts()
        assert (row["numerator"], row["denominator"], row["share"]) == (82, 110, 82 / 110)

    def test_wrong_counts_are_refused(self) -> None:
        """The first are named, and in a lazy frame they count as missing."""
        wrong = pl.DataFrame({"numerator": [3, -1, 1, None, 7], "denominator": [2, 5, None, 5, 9]})
        with pytest.raises(RecordError, match=r"\(3 of 2, -1 of 5, 1 of None and 1 more\)"):
            frames.wilson_intervals(wrong)
        with pytest.raises(RecordError, match=r"not a share \(3 of 2\)"):
            frames.funnel_limits(wrong[:1], better="higher")
        shares = frames.wilson_intervals(wrong.lazy()).collect()["share"]
        assert shares.to_list() == [None, None, None, None, 7 / 9]

    def test_the_confidence_is_a_share(self) -> None:
        """95 is not one."""
        with pytest.raises(ConfidenceError, match="95 is not between 0 and 1"):
            frames.wilson_intervals(COUNTS, confidence=95)


class TestFunnels:
    def test_rows_keep_their_order_and_names(self) -> None:
        """Columns of the frame may have any name, such as one that the calculation uses."""
        frame = COUNTS.rename({"area": "place"}).with_columns(angle=1, cases=2, group=pl.lit("x"))
        rows = frames.funnel_limits(frame, "group", better="lower")
        assert rows["place"].to_list() == ["York", "Leeds", "Hull"]
        assert rows.columns == [*frame.columns, *frames.FUNNEL_COLUMNS]
        assert rows["position"].to_list() == ["not_distinguishable", "far_better", None]

    def test_wrong_options_are_refused(self) -> None:
        """The messages are those of the scalar funnel."""
        with pytest.raises(QuantityError, match="winsorise is 1"):
            frames.funnel_limits(COUNTS, better="higher", winsorise=1)
        with pytest.raises(UnknownNameError, match="which way is better"):
            frames.funnel_limits(COUNTS, better=cast("Any", "up"))


class TestProcessLimits:
    def test_a_blank_is_a_gap(self) -> None:
        """No moving range reaches across it, whether it is null or not a number."""
        blanks = pl.DataFrame({"last_day": range(5), "value": [1.0, 2.0, None, 9.0, 9.5]})
        for frame in (blanks, blanks.with_columns(pl.col("value").fill_null(float("nan")))):
            (row,) = frames.process_limits(frame, min_points=2).to_dicts()
            assert (row["points"], row["mean"], row["mean_range"]) == (4, 5.375, 0.75)

    def test_a_short_series_has_no_limits(self) -> None:
        """It has a mean."""
        (row,) = frames.process_limits(SERIES[:9]).to_dicts()
        assert (row["points"], row["lower"], row["upper"]) == (9, None, None)
        assert row["mean"] == pytest.approx(82 + 8 / 9)

    def test_two_figures_in_one_place_are_refused(self) -> None:
        """A revision beside the first figure is not a later period."""
        twice = pl.concat([SERIES, SERIES[-1:]])
        with pytest.raises(RecordError, match=r"1 values of 'last_day' are .* the first is 11"):
            frames.process_limits(twice)

    def test_wrong_options_are_refused(self) -> None:
        """The messages are those of the scalar chart."""
        with pytest.raises(QuantityError, match="min_points is 1"):
            frames.process_limits(SERIES, min_points=1)
        with pytest.raises(QuantityError, match="the bounds are 100 and 0"):
            frames.process_limits(SERIES, bounds=(100, 0))


class TestTables:
    @pytest.mark.filterwarnings("ignore:Dask support is moving:FutureWarning")
    def test_dask_cannot_put_rows_in_order(self) -> None:
        """The error names the engine and the reason."""
        counts = dask.from_pandas(COUNTS.to_pandas(), npartitions=1)
        with pytest.raises(RecordError, match=r"dask cannot number .* as funnel limits need"):
            frames.funnel_limits(counts, better="higher")
        series = dask.from_pandas(SERIES.to_pandas(), npartitions=1)
        with pytest.raises(RecordError, match=r"dask cannot number .* as process limits need"):
            frames.process_limits(series)

    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (lambda: frames.count_statuses([1]), "'list' is not a data frame"),
            (lambda: frames.count_statuses(SERIES), "no column 'status'"),
            (
                lambda: frames.wilson_intervals(SERIES, ["area"]),
                "no column 'area'.*\n.*'numerator'.*\n.*'denominator'",
            ),
            (
                lambda: frames.wilson_intervals(COUNTS, numerator="area"),
                "'area' has the type String, not numbers",
            ),
            (
                lambda: frames.wilson_intervals(COUNTS.with_columns(share=1)),
                "already has a column 'share'",
            ),
            (
                lambda: frames.wilson_intervals(COUNTS, "numerator"),
                "'numerator' cannot make groups",
            ),
        ],
    )
    def test_mistakes_are_named(self, call: Any, message: str) -> None:
        """Columns that are missing, of another type or in the way are named, all at once."""
        with pytest.raises((RecordError, UnknownNameError), match=message):
            call()

    def test_pandas_has_blanks_of_its_own(self) -> None:
        """A missing group is a group, and missing counts count as none."""
        frame = pd.DataFrame(
            {"area": ["York", None], "numerator": [1, None], "denominator": [2, None]}
        )
        rows = frames.wilson_intervals(frame, "area").to_dict("records")
        assert [row["denominator"] for row in rows] == [0, 2]


def test_the_small_frames_of_spark_are_one_constant() -> None:
    """The rows are a parameter of a query: Spark sends constants to its workers."""
    asked: list[tuple[str, Any]] = []
    session = SimpleNamespace(sql=lambda query, args: asked.append((query, args)))
    kinds = {"area": "text", "day": "day", "share": "number"}
    columns: dict[str, list[Any]] = {
        "area": ['King\'s "Lynn"'],
        "day": [date(2023, 3, 31)],
        "share": [None],
    }
    _engines._for_spark(SimpleNamespace(sparkSession=session), columns, kinds)
    ((query, args),) = asked
    assert query.startswith("SELECT inline(from_json(:rows, ")
    assert "'ARRAY<STRUCT<area: STRING, day: DATE, share: DOUBLE>>'" in query
    assert args == {"rows": '[{"area":"King\'s \\"Lynn\\"","day":"2023-03-31","share":null}]'}
