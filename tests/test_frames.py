"""Targets assessed from data frames, by example."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import attrs
import duckdb
import pandas as pd
import polars as pl
import pytest

from rrmodel import (
    Baseline,
    Citation,
    Deadline,
    DirectionTarget,
    FinancialYear,
    Measure,
    NarrativeTarget,
    Percentage,
    PercentagePoints,
    ReachTarget,
    datasets,
    frames,
)
from rrmodel.errors import RecordError, UnknownNameError
from rrmodel.frames import _engines
from rrmodel.model import MilestoneTarget
from rrmodel.periods import Duration
from rrmodel.quantities import Amount

HOUSED = Measure(id="housed", name="Housed", counts="releases", better="higher", code="A")
TARGET = ReachTarget(
    id="housed-by-2024",
    statement="Reach 90% by March 2024.",
    citation=Citation("plan"),
    measure=HOUSED,
    area="York",
    baseline=Baseline(level=Percentage("70"), period=FinancialYear("2021-22")),
    goal=Percentage("90"),
    deadline=Deadline("March 2024"),
)
ROW = {
    "measure": "housed",
    "area": "York",
    "first_day": date(2022, 4, 1),
    "last_day": date(2023, 3, 31),
    "value": 82.5,
    "unit": "%",
    "places": 1,
}


def answer(frame: Any, targets: Any = TARGET, **options: Any) -> dict[str, Any]:
    """Return the only row of a result."""
    result = frames.evaluate(frame, targets, **({"as_of": "2023-08-01"} | options))
    (row,) = result.to_dicts()
    return dict(row)


def polars(*rows: dict[str, Any]) -> pl.DataFrame:
    """Return rows as a frame of polars."""
    return pl.DataFrame(list(rows))


class TestTheResult:
    def test_a_row_has_every_number(self) -> None:
        """Half of the way is made where half of the time has passed."""
        row = answer(polars(ROW | {"published": date(2023, 7, 27)}))
        assert list(row) == list(frames.RESULT_COLUMNS)
        assert row == {
            "plan": None,
            "target": "housed-by-2024",
            "measure": "housed",
            "area": "York",
            "as_of": date(2023, 8, 1),
            "status": "on_track",
            "reason": "expected_level",
            "unit": "%",
            "goal": 90.0,
            "goal_low": None,
            "goal_high": None,
            "latest": 82.5,
            "first_day": date(2022, 4, 1),
            "last_day": date(2023, 3, 31),
            "published": date(2023, 7, 27),
            "numerator": None,
            "denominator": None,
            "gap": 7.5,
            "progress": 0.625,
            "expected": 80.0,
            "pace": pytest.approx(12.5 * 30 / 365),
            "required_pace": pytest.approx(7.5 * 30 / 366),
        }

    def test_a_tie_that_binary_numbers_miss(self) -> None:
        """82.4% and 0.2 points are 82.6%, although the binary numbers are not equal."""
        assert 82.4 + 0.2 > 82.6
        target = attrs.evolve(TARGET, goal=Percentage("82.4") + PercentagePoints("0.2"))
        assert answer(polars(ROW | {"value": 82.6}), target, as_of="2025-01-01")["status"] == "met"

    def test_counts_alone_give_a_level(self) -> None:
        """Figures may have counts and no values."""
        names = ("measure", "area", "first_day", "last_day")
        row = {name: ROW[name] for name in names} | {"numerator": 5, "denominator": 6}
        result = answer(polars(row))
        assert (result["latest"], result["numerator"]) == (pytest.approx(500 / 6), 5)
        # 0 of 0 is not a figure.
        nothing = answer(polars(row | {"numerator": 0, "denominator": 0}))
        assert (nothing["status"], nothing["reason"]) == ("no_data", "no_figure")

    def test_plans_name_their_targets(self) -> None:
        """A plan is assessed whole; a target without figures for it says why."""
        plan = datasets.load("east-midlands-2022-25")
        result = frames.evaluate(polars(ROW), [plan, TARGET], as_of="2023-08-01")
        assert result["plan"].to_list() == [plan.id] * 7 + [None]
        assert set(result["reason"]) == {
            "expected_level",
            "no_figure",
            "not_quantified",
            "not_yet_known",
        }

    def test_targets_without_a_measure_need_no_figure(self) -> None:
        """Milestones and wishes have a row, with every column."""
        common = {"statement": "Do it.", "citation": Citation("plan"), "area": "York"}
        given = [
            MilestoneTarget(**common, id="m", deadline=Deadline("March 2024")),
            NarrativeTarget(**common, id="n"),
        ]
        result = frames.evaluate(polars(ROW), given, as_of="2023-08-01")
        assert result.columns == list(frames.RESULT_COLUMNS)
        assert result["status"].to_list() == ["no_data", "not_quantified"]
        assert result["reason"].to_list() == ["no_completion", "not_quantified"]

    def test_a_total_may_be_incomplete(self) -> None:
        """A total that does not reach the deadline is not missed yet."""
        places = Measure(id="places", name="Places", counts="places", unit="place", better="higher")
        target = ReachTarget(
            id="places",
            statement="Have 100 places.",
            citation=Citation("plan"),
            measure=places,
            area="York",
            goal=Amount(100, "place"),
            since=FinancialYear("2022-23"),
            deadline=Deadline("March 2024"),
        )
        row = ROW | {"measure": "places", "unit": "place", "value": 60, "places": 0}
        result = answer(polars(row), target, as_of="2025-01-01")
        assert (result["status"], result["reason"]) == ("no_data", "incomplete_total")


class TestNames:
    def test_names_are_compared_as_records_compare_them(self) -> None:
        """Case and hyphens make no difference in a frame that is not lazy."""
        assert answer(polars(ROW | {"area": "YORK", "measure": "Housed"}))["latest"] == 82.5

    def test_lazy_frames_have_the_names_of_targets(self) -> None:
        """A lazy frame is not searched for other spellings."""
        lazy = polars(ROW | {"area": "YORK"}).lazy()
        result = frames.evaluate(lazy, TARGET, as_of="2023-08-01").collect()
        assert result["reason"].to_list() == ["no_figure"]

    def test_columns_may_have_other_names(self) -> None:
        """The names of columns are given by ours."""
        frame = polars(ROW).rename({"area": "region", "value": "rate"})
        assert answer(frame, columns={"area": "region", "value": "rate"})["latest"] == 82.5

    def test_areas_other_than_the_own_are_comparators(self) -> None:
        """A comparator has no baseline, so no level is expected of it."""
        areas = ["York", "Leeds", "Hull"]
        frame = polars(*(ROW | {"area": area} for area in areas))
        result = frames.evaluate(frame, TARGET, as_of="2023-08-01", areas=areas)
        assert result["area"].to_list() == areas
        assert result["status"].to_list() == ["on_track", "not_graded", "not_graded"]
        assert result["progress"].to_list() == [0.625, None, None]

    def test_one_area_needs_no_list(self) -> None:
        """A text is one area, and each target's spelling of it is accepted."""
        given = [TARGET, attrs.evolve(TARGET, id="other", area="YORK")]
        result = frames.evaluate(polars(ROW), given, as_of="2023-08-01", areas="York")
        assert result["area"].to_list() == ["York", "York"]
        assert result["status"].to_list() == ["on_track", "not_graded"]

    def test_unknown_areas_are_refused(self) -> None:
        """An area that neither targets nor figures have is a mistake of spelling."""
        with pytest.raises(UnknownNameError, match="'Yorck': did you mean 'York'"):
            answer(polars(ROW), areas=["Yorck"])
        with pytest.raises(UnknownNameError, match="is 'York', not 'york': write it as they do"):
            answer(polars(ROW), areas=["york"])


class TestColumns:
    def test_periods_are_read_where_there_are_no_days(self) -> None:
        """The texts of periods are read once each."""
        frame = polars(ROW | {"period": "2022/23"}).drop("first_day", "last_day")
        assert answer(frame)["last_day"] == date(2023, 3, 31)
        with pytest.raises(RecordError, match="the periods of a lazy frame cannot be read"):
            frames.evaluate(frame.lazy(), TARGET, as_of="2023-08-01")

    def test_places_may_be_given_for_all(self) -> None:
        """A frame without places has those of the call."""
        frame = polars(ROW).drop("places")
        assert answer(frame, places=1)["latest"] == 82.5
        with pytest.raises(RecordError, match="cannot be read exactly"):
            answer(frame)

    def test_none_is_the_level_of_counts_without_one(self) -> None:
        """Counts may be published where the level is not."""
        row = ROW | {"value": None, "unit": None, "numerator": 5, "denominator": 6}
        assert answer(polars(row))["denominator"] == 6
        assert answer(polars(row | {"level": "None"}))["reason"] == "no_figure"

    @pytest.mark.parametrize(
        "change",
        [
            {"value": 82.55},
            {"value": 182.5},
            {"places": 5},
            {"unit": None},
            {"first_day": date(2024, 4, 1)},
            {"numerator": 7, "denominator": 6},
            {"numerator": 7},
            {"value": float("nan")},
            {"value": None, "unit": None, "level": "82.5%"},
        ],
    )
    def test_a_figure_that_is_not_exact_is_refused(self, change: dict[str, Any]) -> None:
        """Frames raise an error, and lazy ones have no status and say why."""
        blank = {"numerator": None, "denominator": None, "level": None}
        schema = {
            "unit": pl.String,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
            "level": pl.String,
        }
        rows = [ROW | blank | change]
        frame = pl.DataFrame(rows, schema_overrides={**schema, "value": pl.Float64})
        with pytest.raises(RecordError, match="targets 'housed-by-2024' in York"):
            answer(frame)
        (row,) = frames.evaluate(frame.lazy(), TARGET, as_of="2023-08-01").collect().to_dicts()
        assert (row["status"], row["reason"]) == (None, "invalid_figure")

    def test_many_errors_are_counted(self) -> None:
        """At most five targets are named."""
        targets = [attrs.evolve(TARGET, id=f"t{number}") for number in range(7)]
        with pytest.raises(RecordError, match="'t4' in York and 2 more"):
            frames.evaluate(polars(ROW | {"value": 82.55}), targets, as_of="2023-08-01")

    def test_times_are_their_days(self) -> None:
        """A time of day or a zone makes no difference."""
        at = datetime(2023, 8, 1, 23, 30, tzinfo=UTC)
        frame = polars(ROW | {"published": at, "area": "York"})
        frame = frame.with_columns(pl.col("area").cast(pl.Categorical))
        assert answer(frame)["published"] == date(2023, 8, 1)
        result = frames.evaluate(frame.to_pandas(), TARGET, as_of="2023-08-01")
        assert list(result["published"]) == [pd.Timestamp(2023, 8, 1)]

    def test_pandas_may_have_objects(self) -> None:
        """Texts that are objects are texts, and a column of nothing is nothing."""
        frame = pd.DataFrame([ROW | {"series": None, "published": None}])
        frame["area"] = frame["area"].astype(object)
        frame[["first_day", "last_day"]] = frame[["first_day", "last_day"]].apply(pd.to_datetime)
        result = frames.evaluate(frame, TARGET, as_of="2023-08-01")
        assert isinstance(result, pd.DataFrame)
        assert list(result["status"]) == ["on_track"]

    def test_columns_of_nothing_are_nothing(self) -> None:
        """A column without a type is read as blank."""
        frame = polars(ROW | {"marks": None, "series": None})
        assert answer(frame)["status"] == "on_track"
        lazy = frames.evaluate(frame.lazy(), TARGET, as_of="2023-08-01")
        assert lazy.collect()["status"].to_list() == ["on_track"]

    def test_names_in_sql_are_quoted(self) -> None:
        """An apostrophe in a name does not end it."""
        target = attrs.evolve(TARGET, area="King's Lynn")
        arrow = polars(ROW | {"area": "King's Lynn"}).to_arrow()
        result = frames.evaluate(duckdb.from_arrow(arrow), target, as_of="2023-08-01")
        assert result.select("status").fetchall() == [("on_track",)]


class TestRefusals:
    def test_each_target_that_frames_cannot_assess_is_named(self) -> None:
        """All are named at once, with the reason and what to do instead."""
        flow = Measure(
            id="opened", name="Opened", counts="places", unit="place", better="higher", kind="flow"
        )
        fields: dict[str, Any] = {"statement": "Do.", "citation": Citation("p"), "area": "York"}
        given = [
            ReachTarget(
                **fields,
                id="flow",
                measure=flow,
                goal=Amount(9, "place"),
                deadline=Deadline("March 2024"),
            ),
            DirectionTarget(**fields, id="yearly", measure=HOUSED, every=Duration("1 year")),
            attrs.evolve(TARGET, id="logit", trajectory="logit"),
            attrs.evolve(TARGET, id="fine", goal=Percentage("90.000000001")),
        ]
        with pytest.raises(RecordError) as caught:
            frames.evaluate(polars(ROW), given, as_of="2023-08-01")
        assert str(caught.value).splitlines() == [
            f"the target {name!r} cannot be assessed in frames, because {reason}: assess it with "
            "rrmodel.evaluate"
            for name, reason in {
                "flow": "the figures of its measure add up over periods",
                "yearly": "each period is compared with the one 1 year before",
                "logit": "its trajectory is logit, which is not exact",
                "fine": "its levels have too many decimals for whole numbers of 64 bits",
            }.items()
        ]

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"policy": "assurance"}, "the policy 'assurance' is not available in frames"),
            ({"as_of": "1600-01-01"}, "1600-01-01 is outside the years 1700 to 2199"),
            ({"places": 5}, "places is 5: give a number from 0 to 4"),
            ({"targets": []}, "there is no target to assess"),
            ({"targets": 7}, "a value of type 'int' is not a target"),
            ({"frame": [ROW]}, "a value of type 'list' is not a data frame"),
            (
                {"frame": polars(ROW).drop("area", "unit")},
                "'area'; no column 'value' and 'unit', or",
            ),
            ({"frame": polars(ROW).drop("first_day")}, "'first_day' and 'last_day', or 'period'"),
            ({"frame": polars(ROW | {"numerator": 5})}, "the frame has no column 'denominator'"),
            ({"frame": polars(ROW | {"denominator": 5})}, "the frame has no column 'numerator'"),
            (
                {"frame": polars(ROW | {"published": "2023-07-27"})},
                "the column 'published' has the type String, not days: convert it first",
            ),
        ],
    )
    def test_the_message_says_what_to_do(self, options: dict[str, Any], message: str) -> None:
        """What cannot be assessed is refused before anything is calculated."""
        given = {"frame": polars(ROW), "targets": TARGET, "as_of": "2023-08-01"} | options
        with pytest.raises(RecordError, match=message):
            frames.evaluate(given.pop("frame"), given.pop("targets"), **given)

    def test_values_have_units_beside_counts_too(self) -> None:
        """A column of values needs one of units, even where there are counts."""
        frame = polars(ROW | {"numerator": 5, "denominator": 6}).drop("unit")
        with pytest.raises(RecordError, match="the frame has no column 'unit'"):
            answer(frame)

    def test_an_empty_frame_has_no_figure(self) -> None:
        """Targets are assessed even where there is nothing."""
        assert answer(polars(ROW).clear())["reason"] == "no_figure"
        (row,) = (
            frames.evaluate(polars(ROW).clear().lazy(), TARGET, as_of="2023-08-01")
            .collect()
            .to_dicts()
        )
        assert row["status"] == "no_data"

    def test_wrong_names_of_columns_are_refused(self) -> None:
        """Both sides of a name are checked."""
        with pytest.raises(UnknownNameError, match=r"no column 'levels' is read.*'level'"):
            answer(polars(ROW), columns={"levels": "value"})
        with pytest.raises(UnknownNameError, match=r"the frame has no column 'valu'.*'value'"):
            answer(polars(ROW), columns={"value": "valu"})

    def test_engines_that_take_no_small_frame_are_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The message names the engine."""
        monkeypatch.setattr(_engines, "_MAKERS", {})
        with pytest.raises(RecordError, match="frames of polars cannot be assessed"):
            answer(polars(ROW))
