"""Frames and rows of targets, by example."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

from rrmodel import Measure, datasets, frames
from rrmodel.errors import LoadError, LossWarning, RecordError
from rrmodel.io import TARGET_COLUMNS, targets_from_rows
from rrmodel.model import RangeTarget, ReachTarget

PLAN = datasets.load("east-midlands-2022-25")
HOUSED = Measure(id="housed", name="Housed", counts="releases", better="higher")
ROW = {
    "id": "housed-by-2024",
    "statement": "Reach 90% by March 2024.",
    "kind": "reach",
    "measure": "housed",
    "area": "York",
    "goal": "90%",
    "deadline": "by March 2024",
    "document": "a-plan",
}
FIGURE = {"measure": "housed", "area": "York", "period": "2023/24", "value": 86.3, "unit": "%"}
FIGURES = pl.DataFrame([FIGURE])
TWO_UNITS = (
    "the goal of 'housed-by-2024' is in 'places' and its measure 'housed' in '%': "
    "use one unit for both"
)
ALLOWED = "use 'straight', 'stepped' or 'logit'"


def messages(*rows: dict[str, Any]) -> list[str]:
    """Return what is wrong with rows, without the paths."""
    with pytest.raises(LoadError) as caught:
        targets_from_rows(rows, measures=[HOUSED])
    return [problem.message for problem in caught.value.problems]


def assessed(targets: Any, **options: Any) -> Any:
    """Return the result of targets."""
    chosen: dict[str, Any] = {"as_of": "2024-08-01", "places": 1, "measures": [HOUSED]} | options
    return frames.evaluate(FIGURES, targets, **chosen)


class TestRows:
    def test_a_row_may_have_few_columns(self) -> None:
        """Only those that its kind needs; spaces around a text make no difference."""
        (target,) = targets_from_rows([ROW | {"area": " York ", "since": ""}], measures=[HOUSED])
        assert isinstance(target, ReachTarget)
        assert (target.area, target.measure, target.since) == ("York", HOUSED, None)

    def test_no_rows_are_no_targets(self) -> None:
        """A table may be empty."""
        assert targets_from_rows([], measures=[]) == ()

    def test_a_range_has_two_levels(self) -> None:
        """They are in separate columns."""
        levels = {"kind": " range ", "goal": None, "goal_low": "40%", "goal_high": "50%"}
        (target,) = targets_from_rows([ROW | levels], measures=[HOUSED])
        assert isinstance(target, RangeTarget)
        assert str(target.goal) == "40% to 50%"

    def test_interim_goals_share_a_cell(self) -> None:
        """Their levels and deadlines are in the same order."""
        between = {"interim_levels": "82.0%; 86%", "interim_deadlines": "by 2020-21; by 2021-22"}
        (target,) = targets_from_rows([ROW | between], measures=[HOUSED])
        assert isinstance(target, ReachTarget)
        written = [(str(each.level), str(each.deadline.last_day)) for each in target.interim]
        assert written == [("82.0%", "2021-03-31"), ("86%", "2022-03-31")]

    def test_the_bundled_plans_are_read_back(self) -> None:
        """Through a table of each."""
        assert PLAN.targets
        rows = frames.to_frame(PLAN.targets, "polars").to_dicts()
        assert targets_from_rows(rows, measures=PLAN.measures) == PLAN.targets


class TestErrors:
    def test_all_are_reported_at_once(self) -> None:
        """Each by the number of its row and its column, in order."""
        wrong = [
            ROW | {"goal": "190%", "deadline": "soon", "measure": "housd"},
            ROW,
            ROW | {"kind": "milestone"},
            ROW | {"statement": " ", "goal": 90},
        ]
        with pytest.raises(LoadError) as caught:
            targets_from_rows(wrong, measures=[HOUSED])
        problems = caught.value.problems
        assert [problem.path for problem in problems] == [
            "$.targets[0].measure",
            "$.targets[0].goal",
            "$.targets[0].deadline",
            "$.targets[2].measure",
            "$.targets[2].goal",
            "$.targets[3].statement",
            "$.targets[3].goal",
        ]
        assert [problem.message.partition(" is not a deadline")[0] for problem in problems] == [
            "row 1: measure: there is no measure 'housd': did you mean 'housed'?",
            "row 1: goal: 190% is not between 0% and 100%",
            "row 1: deadline: 'soon'",
            "row 3: measure: a milestone target has none: leave the cell empty",
            "row 3: goal: a milestone target has none: leave the cell empty",
            "row 4: statement: a value is needed here",
            "row 4: goal: a text is needed here, not 90",
        ]

    @pytest.mark.parametrize(
        ("cells", "expected"),
        [
            ({"goal": None}, ["goal: a value is needed here"]),
            ({"document": 3}, ["document: a text is needed here, not 3"]),
            ({"baseline_level": "82%"}, ["baseline_period: a value is needed here"]),
            (
                {"goal_low": "80%"},
                ["goal_low: a reach target has one level: write it as goal"],
            ),
            (
                {"kind": "range", "goal_low": "80%", "goal_high": "90%"},
                ["goal: a range has two levels: write them as goal_low and goal_high"],
            ),
            (
                {"kind": "range", "goal": None},
                ["goal_low: a value is needed here", "goal_high: a value is needed here"],
            ),
            (
                {"interim_levels": "40%; 50%", "interim_deadlines": "by 2021-22"},
                ["interim_deadlines: a value is needed here"],
            ),
            (
                {"interim_levels": 40, "interim_deadlines": "by 2021-22"},
                ["interim_levels: a text is needed here, not 40"],
            ),
            (
                {"goal": "90 places"},
                [TWO_UNITS],
            ),
            (
                {"trajectory": "curved"},
                [f"trajectory: 'curved' is not allowed here: {ALLOWED}"],
            ),
        ],
    )
    def test_a_cell_is_named(self, cells: dict[str, Any], expected: list[str]) -> None:
        """Its error follows its column, in the words of plan files."""
        assert messages(ROW | cells) == [f"row 1: {message}" for message in expected]

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            (None, "the key 'kind' is missing"),
            ("reaches", "'reaches' is not allowed here"),
            (["reach"], "a text is needed here, not a list"),
        ],
    )
    def test_the_kind_is_needed(self, kind: object, expected: str) -> None:
        """Nothing else can be said of such a row."""
        first, second = messages(ROW | {"kind": kind, "goal_low": "3"}, ROW | {"goal": "x"})
        assert first.startswith(f"row 1: {expected}")
        assert second.startswith("row 2: goal: ")

    def test_columns_are_named(self) -> None:
        """A misspelt one, and those that are missing."""
        row = {name: text for name, text in ROW.items() if name not in {"document", "goal"}}
        assert messages(row | {"goals": "90%"}) == [
            "there is no column 'goals': did you mean 'goal'?",
            "the column 'document' is missing: every target needs one",
        ]

    def test_other_columns_are_not_read(self) -> None:
        """There is a notice of them."""
        with pytest.warns(LossWarning, match="not part of the layout and not read: 'owner'"):
            targets_from_rows([ROW | {"owner": "the council"}], measures=[HOUSED])


class TestFrames:
    @pytest.mark.parametrize("engine", ["polars", "pandas", "pyarrow"])
    def test_a_plan_may_be_a_frame(self, engine: frames.EngineName) -> None:
        """The result is that of its targets."""
        as_frame = frames.to_frame(PLAN.targets, engine)
        of_records, of_frame = (
            assessed(targets, areas="East Midlands", measures=PLAN.measures)
            for targets in (PLAN.targets, as_frame)
        )
        assert of_frame.equals(of_records)
        assert len(of_frame) == len(PLAN.targets) > 0

    def test_a_notebook_shows_targets(self) -> None:
        """One by one and as a table."""
        assert "By July 2023" in PLAN.targets[1]._repr_html_()

    def test_nulls_of_pandas_are_blanks(self) -> None:
        """Whatever value it has for them."""
        frame = pd.DataFrame([ROW | {"since": float("nan")}, ROW | {"tolerance": pd.NA}])
        assert assessed(frame)["status"].to_list() == ["missed", "missed"]

    def test_errors_are_those_of_rows(self) -> None:
        """By the number of the row."""
        with pytest.raises(LoadError, match="row 2: goal: 190% is not between 0% and 100%"):
            assessed(pl.DataFrame([ROW, ROW | {"goal": "190%"}]))

    def test_a_frame_without_rows(self) -> None:
        """There is nothing to assess."""
        with pytest.raises(RecordError, match="there is no target to assess"):
            assessed(pl.DataFrame(schema=dict.fromkeys(TARGET_COLUMNS, pl.String())))

    @pytest.mark.parametrize(
        "frame", [pl.LazyFrame([ROW]), frames.to_frame(PLAN.targets, "duckdb")]
    )
    def test_a_lazy_frame_is_refused(self, frame: Any) -> None:
        """It would have to be collected."""
        with pytest.raises(RecordError, match=r"the targets are a lazy frame of .*: collect them"):
            assessed(frame)

    def test_the_measures_are_needed(self) -> None:
        """A frame only has their ids."""
        with pytest.raises(RecordError, match="give measures="):
            assessed(pl.DataFrame([ROW]), measures=None)

    @pytest.mark.parametrize("names", [["id", "id"], [0, 1]])
    def test_each_column_needs_a_name(self, names: list[Any]) -> None:
        """Only pandas has others."""
        with pytest.raises(RecordError, match="each column of a frame of targets needs a name"):
            assessed(pd.DataFrame([["a", "b"]], columns=names))

    def test_results_are_written(self, tmp_path: Path) -> None:
        """The measures are those of the figures and of the targets, even if given once."""
        source = FIGURES.with_columns(places=1)
        targets = pl.DataFrame([ROW])
        counts = frames.write_evaluations(
            tmp_path / "results.csv",
            [source, source.with_columns(area=pl.lit("Leeds"))],
            targets,
            as_of="2024-08-01",
            measures=iter([HOUSED]),
        )
        assert counts == Counter({"missed": 1})
