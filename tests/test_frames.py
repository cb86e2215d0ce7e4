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
    MaintainTarget,
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
from rrmodel.model import Completion, MilestoneTarget, Trajectory
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
            "pathway": None,
            "target": "housed-by-2024",
            "measure": "housed",
            "area": "York",
            "is_comparator": False,
            "as_of": date(2023, 8, 1),
            "policy": "straight line",
            "status": "on_track",
            "reason": "expected_level",
            "unit": "%",
            "goal_value": 90.0,
            "goal_low_value": None,
            "goal_high_value": None,
            "deadline": date(2024, 3, 31),
            "latest_value": 82.5,
            "latest_first_day": date(2022, 4, 1),
            "latest_last_day": date(2023, 3, 31),
            "latest_numerator": None,
            "latest_denominator": None,
            "latest_published": date(2023, 7, 27),
            "gap_value": 7.5,
            "progress_value": 0.625,
            "movement": "towards",
            "expected_value": 80.0,
            "expected_low_value": None,
            "expected_high_value": None,
            "pace_value": pytest.approx(12.5 * 30 / 365),
            "required_pace_value": pytest.approx(7.5 * 30 / 366),
            "evidence_verdict": "met_beyond_rounding",
            "evidence_basis": "rounding",
            "evidence_against": "expected_level",
            # The baseline was printed as 70%, so that it may be half a point more or less.
            "evidence_reference_low_value": 79.75,
            "evidence_reference_high_value": 80.25,
            "evidence_interval_low_value": 82.45,
            "evidence_interval_high_value": 82.55,
            "completed": None,
        }

    def test_the_columns_are_those_of_records(self) -> None:
        """All but the code of the reason have the names of the columns of records."""
        others = set(frames.RESULT_COLUMNS) - set(frames.EVALUATION_COLUMNS)
        assert others == {"reason"}

    def test_a_tie_that_binary_numbers_miss(self) -> None:
        """82.4% and 0.2 points are 82.6%, although the binary numbers are not equal."""
        assert 82.4 + 0.2 > 82.6
        target = attrs.evolve(TARGET, goal=Percentage("82.4") + PercentagePoints("0.2"))
        assert answer(polars(ROW | {"value": 82.6}), target, as_of="2025-01-01")["status"] == "met"

    @pytest.mark.parametrize(
        "row",
        [
            {name: ROW[name] for name in ROW if name != "places"},
            {name: ROW[name] for name in ("measure", "area", "first_day", "last_day")}
            | {"numerator": 165, "denominator": 200},
            ROW | {"numerator": 165, "denominator": 200},
        ],
        ids=["a value without decimals", "counts alone", "both"],
    )
    def test_lazy_frames_may_lack_columns(self, row: dict[str, Any]) -> None:
        """A lazy frame gives what an eager one does, whatever columns it has."""
        for day in ("2023-08-01", "2025-01-01"):
            lazy = frames.evaluate(polars(row).lazy(), TARGET, as_of=day, places=1).collect()
            assert lazy.to_dicts() == [answer(polars(row), as_of=day, places=1)]

    def test_both_ends_of_an_interval_have_the_same_decimals(self) -> None:
        """The lower end needs a third decimal to be above 40.75%, so the upper end has three."""
        target = MaintainTarget(
            id="maintained",
            statement="Maintain 40.75%.",
            citation=Citation("plan"),
            measure=HOUSED,
            area="York",
            goal=Percentage("40.75"),
            deadline=Deadline("March 2024"),
        )
        counts = {"numerator": 438, "denominator": 1_000, "value": None, "places": None}
        row = answer(polars(ROW | counts), target)
        assert row["evidence_interval_low_value"] == 40.754
        assert row["evidence_interval_high_value"] == 46.893

    def test_counts_alone_give_a_level(self) -> None:
        """Figures may have counts and no values."""
        names = ("measure", "area", "first_day", "last_day")
        row = {name: ROW[name] for name in names} | {"numerator": 5, "denominator": 6}
        result = answer(polars(row))
        assert (result["latest_value"], result["latest_numerator"]) == (pytest.approx(500 / 6), 5)
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
    @pytest.mark.parametrize("area", ["YORK", " York", "york", "'York’"])
    def test_names_are_compared_as_records_compare_them(self, area: str) -> None:
        """Case, spaces, hyphens and quotation marks make no difference, in lazy frames too."""
        frame = polars(ROW | {"area": area, "measure": "Housed"})
        assert answer(frame)["latest_value"] == 82.5
        lazy = frames.evaluate(frame.lazy(), TARGET, as_of="2023-08-01").collect()
        assert lazy["latest_value"].to_list() == [82.5]

    def test_spellings_of_one_area_are_one_area(self) -> None:
        """The latest of all spellings decides."""
        later = ROW | {"area": "YORK", "last_day": date(2023, 6, 30), "value": 84.0}
        assert answer(polars(ROW, later))["latest_value"] == 84.0
        lazy = frames.evaluate(polars(ROW, later).lazy(), TARGET, as_of="2023-08-01").collect()
        assert lazy["latest_value"].to_list() == [84.0]

    def test_names_may_be_compared_letter_by_letter(self) -> None:
        """Exact names save a pass over the figures."""
        assert answer(polars(ROW), names="exact")["latest_value"] == 82.5
        for frame in (polars(ROW | {"area": "YORK"}), polars(ROW | {"area": "YORK"}).lazy()):
            result = frames.evaluate(frame, TARGET, as_of="2023-08-01", names="exact")
            assert result.lazy().collect()["reason"].to_list() == ["no_figure"]
        with pytest.raises(UnknownNameError, match=r"no way 'alik' to compare names.*'alike'"):
            answer(polars(ROW), names="alik")

    def test_columns_may_have_other_names(self) -> None:
        """The names of columns are given by ours."""
        frame = polars(ROW).rename({"area": "region", "value": "rate"})
        assert answer(frame, columns={"area": "region", "value": "rate"})["latest_value"] == 82.5

    def test_areas_other_than_the_own_are_comparators(self) -> None:
        """A comparator has no baseline, so no level is expected of it."""
        areas = ["York", "Leeds", "Hull"]
        frame = polars(*(ROW | {"area": area} for area in areas))
        result = frames.evaluate(frame, TARGET, as_of="2023-08-01", areas=areas)
        assert result["area"].to_list() == areas
        assert result["status"].to_list() == ["on_track", "not_graded", "not_graded"]
        assert result["progress_value"].to_list() == [0.625, None, None]

    def test_one_area_needs_no_list(self) -> None:
        """A text is one area, and each target's spelling of it is accepted."""
        given = [TARGET, attrs.evolve(TARGET, id="other", area="YORK")]
        result = frames.evaluate(polars(ROW), given, as_of="2023-08-01", areas="York")
        assert result["area"].to_list() == ["York", "York"]
        assert result["status"].to_list() == ["on_track", "not_graded"]

    def test_unknown_areas_are_refused(self) -> None:
        """An area that neither targets nor figures have is a misspelling."""
        with pytest.raises(UnknownNameError, match="'Yorck': did you mean 'York'"):
            answer(polars(ROW), areas=["Yorck"])
        with pytest.raises(UnknownNameError, match="is 'York', not 'york': write it as they do"):
            answer(polars(ROW), areas=["york"])


class TestColumns:
    def test_periods_are_read_where_there_are_no_days(self) -> None:
        """The texts of periods are read once each."""
        frame = polars(ROW | {"period": "2022/23"}).drop("first_day", "last_day")
        assert answer(frame)["latest_last_day"] == date(2023, 3, 31)
        with pytest.raises(RecordError, match="the periods of a lazy frame cannot be read"):
            frames.evaluate(frame.lazy(), TARGET, as_of="2023-08-01")

    def test_places_may_be_given_for_all(self) -> None:
        """A frame without places has those of the call."""
        frame = polars(ROW).drop("places")
        assert answer(frame, places=1)["latest_value"] == 82.5
        with pytest.raises(RecordError, match="cannot be read exactly"):
            answer(frame)

    def test_none_is_the_level_of_counts_without_one(self) -> None:
        """Counts may be published where the level is not."""
        row = ROW | {"value": None, "unit": None, "numerator": 5, "denominator": 6}
        assert answer(polars(row))["latest_denominator"] == 6
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
        assert answer(frame)["latest_published"] == date(2023, 8, 1)
        result = frames.evaluate(frame.to_pandas(), TARGET, as_of="2023-08-01")
        assert list(result["latest_published"]) == [pd.Timestamp(2023, 8, 1)]

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


FLOW = Measure(
    id="opened", name="Opened", counts="places", unit="place", better="higher", kind="flow"
)
FIELDS: dict[str, Any] = {"statement": "Do.", "citation": Citation("p"), "area": "York"}
OPENED = ReachTarget(
    **FIELDS,
    id="flow",
    measure=FLOW,
    goal=Amount(9, "place"),
    deadline=Deadline("March 2024"),
    since=FinancialYear("2022-23"),
)


class TestMoreThanSums:
    def test_the_figures_of_a_flow_add_up(self) -> None:
        """A total is made of the figures of its span, and a figure for another time is omitted."""
        row = ROW | {"measure": "opened", "unit": "place", "value": 5, "places": 0}
        second = {"first_day": date(2023, 4, 1), "last_day": date(2024, 3, 31), "value": 4}
        result = answer(polars(row, row | second), OPENED, as_of="2025-01-01")
        assert (result["status"], result["reason"]) == ("met", "goal")
        assert (result["latest_value"], result["latest_first_day"]) == (9.0, date(2022, 4, 1))
        alone = answer(polars(row | second), OPENED, as_of="2025-01-01")
        assert (alone["status"], alone["reason"]) == ("no_data", "no_figure")

    def test_a_flow_without_figures_has_none(self) -> None:
        """A target that needs records has a row where no figure is for it."""
        result = frames.evaluate(polars(ROW), [OPENED, TARGET], as_of="2023-08-01")
        assert result["status"].to_list() == ["no_data", "on_track"]

    @pytest.mark.parametrize(
        "change", [{"value": 5.5}, {"unit": None}, {"first_day": date(2024, 4, 1)}]
    )
    def test_a_figure_of_a_flow_must_be_exact(self, change: dict[str, Any]) -> None:
        """Each part of a total must be read exactly."""
        row = ROW | {"measure": "opened", "unit": "place", "value": 5, "places": 0}
        frame = pl.DataFrame([row | change], schema_overrides={"unit": pl.String})
        with pytest.raises(RecordError, match="targets 'flow' in York"):
            answer(frame, OPENED, as_of="2025-01-01")

    @pytest.mark.parametrize(
        ("policy", "reason"),
        [
            ("Statistics Canada", "growth"),
            ("assurance", "no_grade"),
            ("statistical", "no_grade"),
            ("traffic light", "expected_level"),
        ],
    )
    def test_every_policy_grades(self, policy: str, reason: str) -> None:
        """The reason says on what a policy's grade rests."""
        result = answer(polars(ROW | {"value": 75.0}), policy=policy)
        assert (result["policy"].casefold(), result["reason"]) == (policy.casefold(), reason)

    def test_control_charts_and_counts_grade(self) -> None:
        """With enough figures a control chart grades, and with counts the test for chance."""
        months = pl.date_range(date(2022, 4, 1), date(2023, 5, 1), "1mo", eager=True)
        row = ROW | {"numerator": 750, "denominator": 1000, "value": 75.0}
        frame = polars(
            *(
                row | {"first_day": first, "last_day": last}
                for first, last in zip(months, months.dt.month_end(), strict=True)
            )
        )
        assert answer(frame, policy="assurance")["reason"] == "control_chart"
        result = answer(frame, policy="statistical")
        assert (result["status"], result["reason"]) == ("off_track", "chance")
        assert result["evidence_interval_low_value"] == 72.22

    def test_completions_decide_milestones(self) -> None:
        """A milestone is met on the day that it was reported."""
        milestone = MilestoneTarget(**FIELDS, id="m", deadline=Deadline("March 2024"))
        done = Completion(target="m", day="2023-07-01")
        result = answer(polars(ROW), milestone, completions=[done])
        assert (result["status"], result["reason"]) == ("met", "completion")
        assert result["completed"] == date(2023, 7, 1)

    def test_levels_with_many_decimals_need_no_bounds(self) -> None:
        """Python's whole numbers decide in a frame that is not lazy."""
        fine = attrs.evolve(TARGET, goal=Percentage("90.000000001"))
        assert answer(polars(ROW), fine)["gap_value"] == 7.500000001


class TestReasons:
    @pytest.mark.parametrize(
        ("value", "policy", "reason"),
        [
            (70.5, "straight-line", "pace"),
            (84.0, "straight-line", "expected_level"),
            (81.0, "statistics-canada", "growth"),
            (81.0, "statistical", "no_grade"),
        ],
    )
    @pytest.mark.parametrize("trajectory", ["straight", "logit"])
    def test_a_target_on_the_way_has_the_reason_of_its_policy(
        self, trajectory: Trajectory, value: float, policy: str, reason: str
    ) -> None:
        """The reason is the same whether columns or records decide."""
        target = attrs.evolve(TARGET, trajectory=trajectory)
        row = answer(polars(ROW | {"value": value}), target, policy=policy)
        assert row["reason"] == reason


class TestRefusals:
    @pytest.mark.parametrize("counts", [(4.5, 6.0), (4.0, 6.5), (7.0, 6.0), (0.0, -1.0)])
    def test_counts_of_another_kind_are_refused(self, counts: tuple[float, float]) -> None:
        """Counts are whole, the first at most the second."""
        frame = polars(ROW | dict(zip(("numerator", "denominator"), counts, strict=True)))
        with pytest.raises(RecordError, match="check its days, unit and counts"):
            answer(frame.drop("value", "unit", "places"))

    def test_each_target_that_a_lazy_frame_cannot_assess_is_named(self) -> None:
        """All are named at once, with the engine, the reason and what to do instead."""
        given = [
            OPENED,
            DirectionTarget(**FIELDS, id="yearly", measure=HOUSED, every=Duration("1 year")),
            attrs.evolve(TARGET, id="logit", trajectory="logit"),
            attrs.evolve(TARGET, id="fine", goal=Percentage("90.000000001")),
        ]
        with pytest.raises(RecordError) as caught:
            frames.evaluate(polars(ROW).lazy(), given, as_of="2023-08-01")
        assert str(caught.value).splitlines() == [
            f"the target {name!r} cannot be assessed in a lazy frame of polars, because {reason}: "
            "collect the frame first, or use rrmodel.evaluate"
            for name, reason in {
                "flow": "the figures of its measure add up over periods",
                "yearly": "each period is compared with the one 1 year before",
                "logit": "its trajectory is logit",
                "fine": "its levels have too many decimals for whole numbers of 64 bits",
            }.items()
        ]
        with pytest.raises(RecordError, match="the policy 'assurance' needs more than sums"):
            frames.evaluate(polars(ROW).lazy(), TARGET, as_of="2023-08-01", policy="assurance")

    def test_lazy_frames_take_targets_without_a_measure(self) -> None:
        """Targets without figures need no plan but their own rows."""
        wish = NarrativeTarget(**FIELDS, id="n")
        result = frames.evaluate(polars(ROW).lazy(), wish, as_of="2023-08-01").collect()
        assert result["status"].to_list() == ["not_quantified"]

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"as_of": "1600-01-01"}, "1600-01-01 is outside the years 1700 to 2199"),
            ({"places": 5}, "places is 5: give a number from 0 to 4"),
            ({"targets": []}, "there is no target to assess"),
            ({"targets": 7}, "a value of type 'int' is not a target"),
            ({"frame": [ROW]}, "a value of type 'list' is not a data frame"),
            (
                {"frame": polars(ROW).drop("area", "unit", "value")},
                "'area'; no column 'value' and 'unit', or",
            ),
            ({"frame": polars(ROW).drop("unit")}, "the frame has no column 'unit': add it"),
            ({"frame": polars(ROW).drop("value")}, "no column 'value' and 'unit', or"),
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
        """Targets that cannot be assessed are refused before anything is calculated."""
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
