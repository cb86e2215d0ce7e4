"""Figures in rows, CSV files and frames, by example."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any, cast

import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from rrmodel import frames
from rrmodel.errors import (
    DumpError,
    LoadError,
    MissingExtraError,
    RecordError,
    UnknownNameError,
)
from rrmodel.io import (
    TIDY_COLUMNS,
    dump_observations,
    dumps_observations,
    load_observations,
    loads_observations,
    observations_from_rows,
    observations_to_rows,
)
from rrmodel.model import Citation, Counts, Document, Mark, Measure, Observation, ObservationSet
from rrmodel.periods import CalendarYear, FinancialYear
from rrmodel.quantities import Amount, Percentage

HOUSED = Measure(id="housed", name="Housed", counts="releases", better="higher")
PLACES = Measure(id="places", name="Places", counts="places", better="higher", unit="place")
PLAIN = {"measure": "housed", "area": "York", "period": "2022/23"}
FULL = Observation(
    measure="housed",
    area="York",
    period=FinancialYear("2022-23"),
    counts=Counts(336, 1138),
    level=Percentage("29.5"),
    published=date(2024, 7, 25),
    series="MI014",
    marks=(Mark.PROVISIONAL, Mark.REVISED),
    citation=Citation("d", "Table 3", "D4"),
    id="F1",
    note='so-called "final", and\nyet not',
)


def one(**fields: object) -> Observation:
    """Return the figure of one row."""
    (observation,) = observations_from_rows([PLAIN | fields])
    return observation


def level(**fields: object) -> Any:
    """Return the level of one row."""
    return one(**fields).level


def errors(**fields: object) -> dict[str, str]:
    """Return the messages of one row by column."""
    with pytest.raises(LoadError) as caught:
        one(**fields)
    return {
        problem.path.removeprefix("$.observations[0]."): problem.message
        for problem in caught.value.problems
    }


def refused(text: str) -> list[str]:
    """Return the message about a text."""
    with pytest.raises(LoadError) as caught:
        loads_observations(text, measures=[HOUSED, PLACES], name="f.csv")
    return [str(problem) for problem in caught.value.problems]


class TestLevels:
    def test_a_level_is_a_text_with_its_unit(self) -> None:
        """Level and kind are in one text, as in every other file."""
        assert level(level=" 86.3% ") == Percentage("86.3")
        assert level(level="200 place") == Amount(200, "place")

    def test_a_value_has_its_unit_beside_it(self) -> None:
        """A number and its unit in two columns are the same level."""
        assert level(value="86.30", unit="%").places == 2
        assert level(value=200, unit="place") == Amount(200, "place")

    def test_counts_make_a_level(self) -> None:
        """Where only counts are given the level is exactly theirs."""
        assert level(numerator="336", denominator="1,138") == Percentage.from_counts(336, 1138)

    def test_a_published_level_stands_beside_its_counts(self) -> None:
        """The level as published is kept with its decimals."""
        assert level(numerator=336, denominator=1138, level="29.5%").places == 1

    def test_counts_may_have_no_level(self) -> None:
        """The word none says that the publisher gives counts and no level."""
        observation = one(numerator=1, denominator=2, level="none")
        assert (observation.level, observation.counts) == (None, Counts(1, 2))

    def test_no_level_is_no_zero(self) -> None:
        """A blank is missing, and a zero is not."""
        assert one().level is None
        assert level(level="0%") == Percentage(0)

    @pytest.mark.parametrize("value", [86.3, 86.3000001, "86.3", Decimal("86.3")])
    def test_places_say_what_was_printed(self, value: object) -> None:
        """A binary float is rounded to its places; an exact number has them already."""
        assert level(value=value, unit="%", places=1) == Percentage("86.3")

    def test_places_restore_a_lost_zero(self) -> None:
        """82 to one place was printed as 82.0."""
        assert level(value="82", unit="%", places="1").places == 1

    def test_a_whole_float_needs_no_places(self) -> None:
        """Of a float without decimals only the number of printed ones is unknown."""
        assert level(value=82.0, unit="%") == Percentage(82)
        assert level(value=82.0, unit="%").places is None

    def test_a_level_and_its_nearest_float_agree(self) -> None:
        """Frames hold both, and the exact one counts."""
        assert level(level="100/3%", value=100 / 3, unit="%") == Percentage(Fraction(100, 3))

    @pytest.mark.parametrize(
        "fields",
        [
            {"level": "86.3%", "value": "86.4"},
            {"level": "86.3%", "value": "86.3", "unit": "place"},
            {"level": "none", "value": "86.3", "unit": "%"},
            {"value": "86.3"},
            {"value": 86.3, "unit": "%"},
            {"value": "86.35", "unit": "%", "places": 1},
            {"value": True, "unit": "%"},
            {"value": date(2024, 1, 1), "unit": "%"},
            {"level": "86.3%", "value": date(2024, 1, 1)},
            {"value": float("nan"), "unit": "%", "places": 1},
            {"value": "186.3", "unit": "%"},
        ],
    )
    def test_a_value_that_says_too_little_or_too_much_is_refused(
        self, fields: dict[str, object]
    ) -> None:
        """Nothing is guessed of a value without unit or places, or of two that differ."""
        assert list(errors(**fields)) == ["value"]

    @pytest.mark.parametrize("text", ["86.3", "+20%", 86.3])
    def test_a_level_that_is_none_is_refused(self, text: object) -> None:
        """Neither a bare number nor a change is a level."""
        assert list(errors(level=text)) == ["level"]


class TestFields:
    def test_marks_are_words(self) -> None:
        """Marks are separated by semicolons, or a list."""
        assert one(marks="provisional; revised").marks == (Mark.PROVISIONAL, Mark.REVISED)
        assert one(marks=["break"]).marks == (Mark.BREAK,)

    def test_a_day_is_a_text_or_a_day(self) -> None:
        """Frames and spreadsheets hold days as days."""
        day = date(2024, 7, 25)
        midnight = datetime(2024, 7, 25, tzinfo=UTC)
        morning = midnight.replace(hour=9, minute=30)
        given = (day, midnight, morning, pd.Timestamp(morning), " 2024-07-25")
        assert {one(published=each).published for each in given} == {day}

    def test_a_year_may_be_a_number(self) -> None:
        """A spreadsheet holds the year 2023 as the float 2023.0."""
        assert one(period=2023.0).period == CalendarYear("2023")

    @pytest.mark.parametrize("count", [336, 336.0, Decimal(336), "336"])
    def test_a_count_is_whole(self, count: object) -> None:
        """Any whole number is a count."""
        assert one(numerator=count, denominator=1138).counts == Counts(336, 1138)

    @pytest.mark.parametrize(
        "fields",
        [
            {"area": None},
            {"area": True},
            {"area": "half \ud800"},
            {"period": "the summer"},
            {"numerator": 336},
            {"numerator": 5, "denominator": 4},
            {"numerator": "many", "denominator": 4},
            {"numerator": 1.5, "denominator": 4},
            {"numerator": -1, "denominator": 4},
            {"numerator": True, "denominator": 4},
            {"numerator": float("inf"), "denominator": 4},
            {"numerator": Decimal("1E+999999999"), "denominator": 4},
            {"published": "25 July 2024"},
            {"published": 45_000},
            {"marks": "provisionel"},
            {"marks": 3},
            {"places": "x", "value": "1"},
            {"unit": 1.5},
            {"document": None, "item": "4"},
        ],
    )
    def test_a_bad_field_is_named(self, fields: dict[str, object]) -> None:
        """The message is at the column that has to be fixed."""
        (column,) = errors(**fields)
        assert column in fields

    def test_all_mistakes_of_a_row_are_named(self) -> None:
        """One reading is enough to fix a row."""
        wrong = errors(area="", period="x", marks="y", published="z", value="7")
        assert set(wrong) == {"area", "period", "marks", "published", "value"}

    def test_a_misspelt_mark_and_column_get_advice(self) -> None:
        """The nearest name is offered."""
        assert "did you mean 'provisional'?" in errors(marks="provisionel")["marks"]
        assert "did you mean 'numerator'?" in errors(numeratorr=3)["$"]

    def test_a_long_value_is_shown_in_part(self) -> None:
        """A message does not repeat what floods it."""
        assert len(errors(marks="m" * 10_000)["marks"]) < 1_000


class TestRows:
    def test_every_column_comes_back(self) -> None:
        """A figure with all its fields survives."""
        assert observations_from_rows(observations_to_rows([FULL])) == (FULL,)

    def test_rows_have_every_column(self) -> None:
        """The layout does not depend on the figures."""
        assert [tuple(row) for row in observations_to_rows([FULL])] == [TIDY_COLUMNS]

    def test_counts_without_a_level_come_back(self) -> None:
        """That a level is withheld is not forgotten."""
        observation = Observation(**PLAIN_FIELDS, counts=Counts(1, 2), level=None)
        assert observations_from_rows(observations_to_rows([observation])) == (observation,)

    @pytest.mark.parametrize("text", ["", " York", "half \ud800"])
    def test_a_text_that_a_table_cannot_keep_is_refused(self, text: str) -> None:
        """Better no table than one that reads back otherwise."""
        observation = Observation(**PLAIN_FIELDS | {"measure": text})
        with pytest.raises(RecordError, match="the measure"):
            observations_to_rows([observation])

    @pytest.mark.parametrize(
        "fields",
        [{"level": Amount(10**70, "place")}],
    )
    def test_a_number_that_no_table_reads_is_refused(self, fields: dict[str, Any]) -> None:
        """A number longer than any published one is not written either."""
        with pytest.raises(RecordError, match="cannot be written in a table"):
            observations_to_rows([Observation(**PLAIN_FIELDS, **fields)])


PLAIN_FIELDS: dict[str, Any] = {**PLAIN, "period": FinancialYear("2022-23")}


class TestCsv:
    def test_a_set_comes_back_from_a_file(self, tmp_path: Path) -> None:
        """With its measures and documents given, a set of figures survives."""
        observation_set = ObservationSet(
            id="f", title="f.csv", documents=[Document(id="d", title="D")],
            measures=[HOUSED], observations=(FULL,),
        )  # fmt: skip
        path = tmp_path / "f.csv"
        dump_observations(observation_set, path)
        back = load_observations(path, measures=[HOUSED], documents=observation_set.documents)
        assert back.observations == observation_set.observations
        assert [each.name for each in tmp_path.iterdir()] == ["f.csv"]

    def test_a_document_enters_under_its_words(self) -> None:
        """A document that a table cites needs no definition."""
        text = "measure,area,period,document\nhoused,York,2023,Bulletin of July\n"
        (document,) = loads_observations(text, measures=[HOUSED]).documents
        assert document == Document(id="Bulletin of July", title="Bulletin of July")

    @pytest.mark.parametrize("change", [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\n ,,\n" + text.replace("\n", "\n,,\n"),
        lambda text: text.upper().replace("HOUSED", "housed").replace("YORK", '"York"'),
    ])  # fmt: skip
    def test_the_ways_of_programs_do_not_matter(self, change: Callable[[str], str]) -> None:
        """Byte-order marks, line ends, blank rows, case of headings and quotes are read."""
        text = change("measure,area,period\nhoused,York,2023\n")
        (observation,) = loads_observations(text, measures=[HOUSED]).observations
        assert (observation.measure, observation.area) == ("housed", "York")

    def test_the_writer_is_what_other_readers_expect(self) -> None:
        """The standard reader finds the columns and the text with its line break."""
        (row,) = csv.DictReader(StringIO(dumps_observations([FULL]), newline=""))
        assert (row["value"], row["unit"], row["note"]) == ("29.5", "%", FULL.note)

    def test_every_mistake_is_named_by_line_and_column(self) -> None:
        """All errors are reported at once, each with its line, where a text spans several."""
        messages = refused(
            "measure,area,period,level,note\n"
            'housd,York,2023,86.3%,"two\nlines"\n'
            "housed,York,soon,186.3%,\n"
            "places,York,2023,86.3%,\n"
        )
        assert [each.split(" ", 2)[:2] for each in messages] == [
            ["f.csv:2:", "measure:"],
            ["f.csv:4:", "period:"],
            ["f.csv:4:", "level:"],
            ["f.csv:5:", "level:"],
        ]
        assert "did you mean 'housed'?" in messages[0]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "the table is empty"),
            ("\n\n", "the table is empty"),
            ("measure;area;period\n", "not separated by commas"),
            ("measure,area,period,area\n", "'area' is here twice"),
            ("measure,area,perod\n", "no column 'perod': did you mean 'period'?"),
            ("measure,area\n", "'period' is missing"),
            ("measure,area,period\nhoused,York\n", "period: the period is missing"),
            ("measure,area,period\nhoused,York,2023,5\n", "'5' is below no heading"),
            ('measure,area,period\nhoused,"York"s,2023\n', "cannot be read as CSV"),
            ('measure,area,period\nhoused,"York,2023\n', "cannot be read as CSV"),
            ("measure,area,period\nhoused,York," + "9" * 1_000_000, "cannot be read as CSV"),
            ("measure,area,period\nhoused,York," + "9" * 100_000, "100000 characters"),
        ],
    )
    def test_a_broken_table_is_answered_once(self, text: str, message: str) -> None:
        """One clear message, short whatever the file."""
        (problem,) = refused(text)
        assert message in problem
        assert len(problem) < 1_000

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("f.csv", "measure,Ä".encode("cp1252"), "byte 8 is not UTF-8"),
            ("f.txt", b"", "is not that of a table: use .csv"),
            ("none.csv", None, "no such file"),
        ],
    )
    def test_a_file_that_cannot_be_read(
        self, tmp_path: Path, name: str, content: bytes | None, message: str
    ) -> None:
        """The message says what to do with the file."""
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(LoadError, match=message):
            load_observations(path, measures=[HOUSED])

    def test_a_stream_too_long_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Standard input, which is kept, is not read beyond what memory has room for."""
        monkeypatch.setattr("rrmodel.io._table_sources._MOST_FROM_A_STREAM", 10)
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"measure,area,period\n")))
        with pytest.raises(LoadError, match="more than 10 bytes"):
            load_observations("-", measures=[HOUSED])

    @pytest.mark.parametrize("name", ["f.xlsx", "none/f.csv"])
    def test_a_file_that_cannot_be_written(self, tmp_path: Path, name: str) -> None:
        """A wrong suffix or folder is said, and nothing is left behind."""
        with pytest.raises(DumpError):
            dump_observations([FULL], tmp_path / name)
        assert list(tmp_path.iterdir()) == []


class TestTidyWorkbooks:
    def write(self, path: Path, *rows: list[object], hidden: bool = False) -> Path:
        """Write a workbook whose second sheet has the rows."""
        book = openpyxl.Workbook()
        sheet = cast("Any", book.create_sheet("Figures"))
        for row in rows:
            sheet.append(row)
        if hidden:
            sheet.sheet_state = "hidden"
        book.save(path)
        return path

    def test_a_sheet_in_the_layout_is_read(self, tmp_path: Path) -> None:
        """The heading can be below a title, and numbers and days are those of the sheet."""
        path = self.write(
            tmp_path / "f.xlsx",
            ["Our figures"],
            ["measure", "area", "period", None, "value", "unit", "places", "published"],
            ["housed", "York", 2023, None, 86.3, "%", 1, date(2024, 7, 25)],
        )
        (observation,) = load_observations(path, measures=[HOUSED]).observations
        assert (observation.level, observation.published) == (Percentage("86.3"), date(2024, 7, 25))

    def test_mistakes_are_named_by_sheet_and_cell(self, tmp_path: Path) -> None:
        """A binary number without places is one, and a missing area another."""
        path = self.write(
            tmp_path / "f.xlsx",
            ["measure", "area", "period", "value", "unit"],
            ["housed", None, 2023, 86.3, "%"],
        )
        with pytest.raises(LoadError) as caught:
            load_observations(path, measures=[HOUSED])
        assert [problem.path for problem in caught.value.problems] == ["Figures!B2", "Figures!D2"]

    def test_a_cell_below_no_heading_is_reported(self, tmp_path: Path) -> None:
        """Losses are reported."""
        rows = [["measure", None, "area", "period"], ["housed", "?", "York", 2023]]
        with pytest.raises(LoadError, match=r"'\?' is below no heading.*Figures!B2"):
            load_observations(self.write(tmp_path / "f.xlsx", *rows), measures=[HOUSED])

    def test_a_workbook_in_no_layout_names_the_way_out(self, tmp_path: Path) -> None:
        """A hidden sheet is not read, and a published workbook needs a Layout."""
        path = self.write(tmp_path / "f.xlsx", ["measure", "area", "period"], hidden=True)
        with pytest.raises(LoadError, match="Layout"):
            load_observations(path, measures=[HOUSED])


class TestFrames:
    @pytest.mark.parametrize("engine", ["pandas", "polars", "pyarrow", "duckdb"])
    def test_figures_come_back_from_every_frame(self, engine: Any) -> None:
        """Exact levels, blanks, days and counts survive, regardless of who made the frame."""
        plain = Observation(measure="places", area="Hull", period=CalendarYear("2023"))
        counted = Observation(measure="housed", area="Hull", period=CalendarYear("2023"),
                              counts=Counts(1, 3))  # fmt: skip
        amount = Observation(measure="places", area="Hull", period=CalendarYear("2023"),
                             level=Amount("200.5", "place"))  # fmt: skip
        observations = (FULL, plain, counted, amount)
        assert frames.observations(frames.to_frame(observations, engine=engine)) == observations

    def test_a_set_makes_a_frame(self) -> None:
        """The figures of a set are its rows."""
        observation_set = ObservationSet(id="s", title="S", measures=(HOUSED,))
        assert frames.to_frame(observation_set).is_empty()

    def test_a_frame_has_numbers_to_calculate_with(self) -> None:
        """Value is a binary number, whatever the level was made of."""
        frame = frames.to_frame([Observation(**PLAIN_FIELDS, counts=Counts(1, 4))])
        assert frame.schema["value"] == pl.Float64
        assert frame["value"].to_list() == [25.0]

    @pytest.mark.parametrize(
        "frame",
        [
            pl.DataFrame({**{k: [v] for k, v in PLAIN.items()}, "value": [86.3], "unit": ["%"]}),
            pl.LazyFrame({**{k: [v] for k, v in PLAIN.items()}, "value": [86.3], "unit": ["%"]}),
            pd.DataFrame({**{k: [v] for k, v in PLAIN.items()}, "value": [86.3], "unit": ["%"]}),
            pa.table({**{k: [v] for k, v in PLAIN.items()}, "value": [86.3], "unit": ["%"]}),
        ],
    )
    def test_a_column_of_floats_is_rounded_to_its_places(self, frame: Any) -> None:
        """One number of places may be said for the whole frame."""
        (observation,) = frames.observations(frame, places=1)
        assert (observation.level, observation.area) == (Percentage("86.3"), "York")

    def test_nulls_of_pandas_are_blanks(self) -> None:
        """A count that is missing has turned its column into floats with a NaN."""
        frame = pd.DataFrame([PLAIN | {"numerator": 1, "denominator": 2}, PLAIN])
        assert [observation.counts for observation in frames.observations(frame)] == [
            Counts(1, 2),
            None,
        ]

    def test_a_float_of_unknown_places_is_refused(self) -> None:
        """A binary number does not say how it was printed."""
        frame = pl.DataFrame([PLAIN | {"value": 86.3, "unit": "%"}])
        with pytest.raises(LoadError, match="places"):
            frames.observations(frame)

    def test_what_is_no_frame_is_refused(self) -> None:
        """The message names what is."""
        with pytest.raises(RecordError, match="not a data frame"):
            frames.observations(cast("Any", [PLAIN]))

    def test_a_misspelt_engine_gets_advice(self) -> None:
        """The nearest name is offered."""
        with pytest.raises(UnknownNameError, match="did you mean 'polars'"):
            frames.to_frame([], engine=cast("Any", "polar"))

    def test_an_engine_that_is_not_installed_is_named(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without its package no frame is made."""
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(MissingExtraError, match=r"pip install pyarrow \(extra: pyarrow\)"):
            frames.to_frame([], engine="pyarrow")

    def test_importing_frames_loads_no_frames(self) -> None:
        """Narwhals is loaded by the first call."""
        ask = "import sys, rrmodel.frames; print('narwhals' in sys.modules)"
        answer = subprocess.run(  # noqa: S603  our own interpreter and our own words
            [sys.executable, "-c", ask], check=True, capture_output=True, text=True
        )
        assert answer.stdout.strip() == "False"
