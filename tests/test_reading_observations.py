"""Figures of files, databases and frames read into frames and streams, by example."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from rrmodel import datasets, frames
from rrmodel.errors import DumpError, LoadError, LossWarning, MissingExtraError, RecordError
from rrmodel.io import (
    CHECKED_COLUMNS,
    checked_columns,
    columns_of_rows,
    dump_observations,
    iterate_observations,
    load_observations,
)
from rrmodel.model import Measure, Observation, ObservationSet

HOUSED = Measure(id="housed", name="Housed", counts="releases", better="higher")
TEXT = """measure,area,period,level,published
housed,York,2022/23,86.3%,2023-07-27
housed,Hull,March 2023,[c],2023-07-27
"""
WRONG = """{"measure": "housed", "area": "York", "period": "2022/23", "level": "186.3%"}

{"measure": "huosed", "area": "York", "period": "2022/23"}
"""
TABLE = pa.table(
    {
        "measure": ["housed", "housed"],
        "area": ["York", "Hull"],
        "period": ["2022/23", "March 2023"],
        "value": [86.3, None],
        "unit": ["%", None],
        "marks": [None, "confidential"],
        "published": [date(2023, 7, 27), date(2023, 7, 27)],
    }
)


def rows(frame: Any) -> list[tuple[Any, ...]]:
    """Return what the two figures have in a polars frame."""
    chosen = "area", "last_day", "level", "value", "places", "marks", "published"
    return frame.select(chosen).rows()  # type: ignore[no-any-return]


EXPECTED = [
    ("York", date(2023, 3, 31), "86.3%", 86.3, 1, None, date(2023, 7, 27)),
    ("Hull", date(2023, 3, 31), None, None, None, "confidential", date(2023, 7, 27)),
]


def written(folder: Path, name: str) -> Path:
    """Write the two figures as a file."""
    path = folder / name
    frame = pl.from_arrow(TABLE)
    assert isinstance(frame, pl.DataFrame)
    match path.suffix:
        case ".csv":
            path.write_text(TEXT)
        case ".parquet":
            frame.write_parquet(path)
        case ".jsonl":
            fields = frame.with_columns(pl.col("published").cast(str), places=1).to_dicts()
            path.write_text("\n".join(map(json.dumps, fields)))
        case ".duckdb":
            with duckdb.connect(path) as connection:
                connection.register("given", TABLE)
                connection.execute("create table figures as select * from given")
        case _:
            frame.write_ipc(path)
    return path


class TestFiles:
    @pytest.mark.parametrize("name", ["f.csv", "f.parquet", "f.feather", "f.arrow", "f.jsonl"])
    def test_every_format_has_the_same_figures(self, tmp_path: Path, name: str) -> None:
        """The format of a file makes no difference to what is read."""
        frame = frames.read_observations(
            written(tmp_path, name), measures=[HOUSED], places=1, engine="polars"
        )
        assert frame.columns == list(CHECKED_COLUMNS)
        assert rows(frame) == EXPECTED

    @pytest.mark.parametrize("name", ["f.parquet", "f.arrow"])
    def test_pyarrow_reads_files_without_polars(
        self, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Either package reads files of columns."""
        path = written(tmp_path, name)
        monkeypatch.setattr("rrmodel.frames._reading_files._READERS", ("pyarrow",))
        assert rows(frames.read_observations(path, places=1, engine="polars")) == EXPECTED

    def test_files_of_columns_need_a_package(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without polars and pyarrow the message says what to install."""
        path = written(tmp_path, "f.parquet")
        monkeypatch.setattr("rrmodel.frames._engine_names.find_spec", lambda _: None)
        with pytest.raises(MissingExtraError, match="Reading parquet"):
            frames.read_observations(path, engine="polars")

    @pytest.mark.parametrize("name", ["f.parquet", "f.arrow", "f.duckdb", "none.parquet"])
    @pytest.mark.parametrize("reader", ["polars", "pyarrow"])
    def test_damaged_files_are_refused(
        self, tmp_path: Path, name: str, reader: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The message names the file and what it was read as."""
        monkeypatch.setattr("rrmodel.frames._reading_files._READERS", (reader,))
        if name != "none.parquet":
            (tmp_path / name).write_bytes(b"neither one nor the other" * 40)
        query = "select 1" if name == "f.duckdb" else None
        with pytest.raises(LoadError, match=rf"{name}: the (file|database) cannot be read"):
            frames.read_observations(tmp_path / name, query=query)

    def test_a_long_table_is_read_in_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The parts are put together in order, and rows keep their numbers."""
        monkeypatch.setattr("rrmodel.io._reading_tables._ROWS_AT_A_TIME", 2)
        monkeypatch.setattr("rrmodel.frames._reading_files._ROWS_AT_A_TIME", 3)
        table = pl.DataFrame({"measure": "housed", "area": [f"Area {n}" for n in range(7)],
                              "period": "2022/23", "level": "82%"})  # fmt: skip
        frame = frames.read_observations(table, engine="polars")
        assert frame["area"].to_list() == table["area"].to_list()
        table[5, "level"] = "182%"
        with pytest.raises(LoadError, match=r"^row 6: level: 182% is not between"):
            frames.read_observations(table, engine="polars")


class TestDatabases:
    def test_a_query_gives_the_figures(self, tmp_path: Path) -> None:
        """A database is read through a query."""
        path = written(tmp_path, "f.duckdb")
        frame = frames.read_observations(
            path, query="select * from figures", places=1, engine="polars"
        )
        assert rows(frame) == EXPECTED

    def test_a_relation_is_a_frame(self) -> None:
        """A query of DuckDB is taken as it is."""
        relation = duckdb.sql("select 'housed' measure, 'York' area, '2023' period, 86.3 AS value,"
                              " '%' unit")  # fmt: skip
        frame = frames.read_observations(relation, engine="polars")
        assert frame["level"].to_list() == ["86.3%"]

    def test_errors_name_the_query(self, tmp_path: Path) -> None:
        """The message of DuckDB about a query is part of ours."""
        with pytest.raises(LoadError, match=r"the database cannot be read: .* nothing"):
            frames.read_observations(written(tmp_path, "f.duckdb"), query="select * from nothing")

    def test_a_query_and_a_database_belong_together(self, tmp_path: Path) -> None:
        """Neither goes without the other."""
        with pytest.raises(RecordError, match="give the query"):
            frames.read_observations(tmp_path / "f.duckdb")
        with pytest.raises(RecordError, match="a query needs a database"):
            frames.read_observations(tmp_path / "f.csv", query="select 1")


class TestFrames:
    @pytest.mark.parametrize("kind", ["polars", "lazy", "pandas", "pyarrow"])
    @pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow"])
    def test_any_frame_gives_any_frame(self, kind: str, backend: Any) -> None:
        """The kind of the frame makes no difference to what is read."""
        given: Any = TABLE
        if kind != "pyarrow":
            given = TABLE.to_pandas() if kind == "pandas" else pl.from_arrow(TABLE)
        given = given.lazy() if kind == "lazy" else given
        frame = frames.read_observations(given, places=1, engine=backend)
        if backend == "pandas":
            assert isinstance(frame, pd.DataFrame)
            assert frame["value"].tolist()[0] == EXPECTED[0][3]
        else:
            assert rows(frame if backend == "polars" else pl.from_arrow(frame)) == EXPECTED

    def test_a_checked_frame_is_assessed_as_it_is(self) -> None:
        """The frame that is read goes straight into the assessment."""
        plan = datasets.load("east-midlands-2022-25")
        table = pl.DataFrame(
            {"measure": "housed-on-release", "area": ["East Midlands", "Wales"],
             "period": "2022/23", "level": ["86.3%", "90.4%"], "published": "2023-07-27"}
        )  # fmt: skip
        checked = frames.read_observations(table, measures=plan.measures, engine="polars")
        housed = plan.target("housed-on-release-by-july-2023")
        result = frames.evaluate(
            checked, housed, as_of="2024-08-01", areas=["East Midlands", "Wales"]
        )
        assert result["status"].to_list() == ["missed", "met"]

    def test_other_columns_are_reported(self) -> None:
        """Columns that are not part of the layout are not read, and one notice lists them."""
        table = pl.DataFrame({"measure": ["m"], "area": ["York"], "period": ["2023"], "x": [[1]]})
        with pytest.warns(LossWarning, match="not read: 'x'"):
            frame = frames.read_observations(table, engine="polars")
        assert "x" not in frame.columns

    def test_no_rows_make_an_empty_frame(self) -> None:
        """The columns are the same without rows."""
        table = pl.DataFrame({"measure": [], "area": [], "period": []})
        frame = frames.read_observations(table, engine="polars")
        assert (frame.height, frame.columns) == (0, list(CHECKED_COLUMNS))

    def test_anything_else_is_refused(self) -> None:
        """The message says what can be read."""
        with pytest.raises(RecordError, match="'int' is not a data frame"):
            frames.read_observations(1)


class TestScale:
    def test_a_larger_number_below_another_level_settles_the_scale(self, tmp_path: Path) -> None:
        """A number above 1 is remembered even if counts gave a larger level before it."""
        path = tmp_path / "f.csv"
        path.write_text(
            "measure,area,period,value,unit,numerator,denominator\n"
            "housed,York,2020,,,8,8\n"
            "housed,York,2021,50,%,,\n"
            "housed,Hull,2021,0.9,%,,\n"
        )
        assert [part["area"] for part in checked_columns(path)] == [["York", "York", "Hull"]]


class TestOddRows:
    def test_few_cells_are_remembered(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A forgotten cell is read again."""
        path = written(tmp_path, "f.csv")
        expected = list(checked_columns(path, measures=[HOUSED]))
        monkeypatch.setattr("rrmodel.io._observation_rows._MOST_KEPT", 1)
        monkeypatch.setattr("rrmodel.io._column_reader._MOST_KEPT", 1)
        assert list(checked_columns(path, measures=[HOUSED])) == expected
        assert len(load_observations(path, measures=[HOUSED])) == len(expected[0]["area"])

    def test_a_cell_below_no_heading_is_named(self, tmp_path: Path) -> None:
        """The row is not read, and the others are checked."""
        path = tmp_path / "f.csv"
        path.write_text(TEXT + "housed,York,2022/23,82%,,stray\nhoused,York,2022/23,182%,\n")
        with pytest.raises(LoadError) as caught:
            list(checked_columns(path, measures=[HOUSED]))
        assert [each.line for each in caught.value.problems] == [4, 5]

    def test_notes_beside_cells_are_kept(self, tmp_path: Path) -> None:
        """The numbers of notes are added to the note of a figure."""
        path = tmp_path / "f.csv"
        path.write_text("measure,area,period,level,note\nhoused,York,2023 [note 1],8% [note 2],x\n")
        (columns,) = checked_columns(path)
        assert columns["note"] == ["x [note 2] [note 1]"]

    def test_a_number_too_large_for_a_binary_one_is_a_text(self) -> None:
        """The level is exact, and the number beside it is null."""
        cells = [("m", "York", "2023", 10**400, "place")]
        names = ["measure", "area", "period", "value", "unit"]
        (columns,) = columns_of_rows(names, lambda: cells)
        assert (columns["level"], columns["value"]) == ([f"{10**400} place"], [None])

    def test_a_frame_needs_the_columns(self) -> None:
        """A missing package is named."""
        with pytest.raises(LoadError, match="the column 'period' is missing"):
            frames.read_observations(pl.DataFrame({"measure": ["m"], "area": ["York"]}))


class TestJsonLines:
    def test_figures_come_back(self, tmp_path: Path) -> None:
        """Figures that are written are read as equal figures."""
        figures = datasets.observations("england-and-wales")
        path = tmp_path / "f.jsonl"
        dump_observations(figures, path)
        measures = datasets.observation_set("england-and-wales").measures
        assert load_observations(path, measures=measures).observations == tuple(figures)

    def test_the_mapping_of_a_figure_is_a_line(self, tmp_path: Path) -> None:
        """Lines may be made of to_dict()."""
        figures = [each for each in datasets.observations("england-and-wales") if each.level]
        path = tmp_path / "f.ndjson"
        path.write_text("\n".join(json.dumps(each.to_dict()) for each in figures))
        measures = datasets.observation_set("england-and-wales").measures
        assert tuple(iterate_observations(path, measures=measures)) == tuple(figures)

    def test_errors_are_named_by_line(self, tmp_path: Path) -> None:
        """Blank lines count."""
        path = tmp_path / "f.jsonl"
        path.write_text(WRONG)
        with pytest.raises(LoadError) as caught:
            load_observations(path, measures=[HOUSED])
        assert [each.line for each in caught.value.problems] == [1, 3]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "the table is empty"),
            ("{}\n[1]", r":2: this line is not one JSON object: \[1\] is not an object"),
            ('{"a": 1', "this line is not one JSON object: Expecting ',' delimiter at column 8"),
            ('{"area": 1, "area": 2}', "the key 'area' is here twice"),
            ("[" * 100_000, "nested too deeply"),
        ],
    )
    def test_other_lines_are_refused(self, tmp_path: Path, text: str, message: str) -> None:
        """The message says which line and why."""
        path = tmp_path / "f.jsonl"
        path.write_text(text)
        with pytest.raises(LoadError, match=message):
            load_observations(path, measures=[HOUSED])

    def test_tables_have_known_suffixes(self, tmp_path: Path) -> None:
        """The message lists what is written."""
        with pytest.raises(DumpError, match=r"end the name in \.csv, \.jsonl, \.ndjson"):
            dump_observations([], tmp_path / "f.json")


class TestStreams:
    def test_standard_input_is_not_read_twice(self) -> None:
        """A stream is checked before it is given, so that it has to be a file."""
        with pytest.raises(LoadError, match="cannot be read twice"):
            next(iterate_observations("-", measures=[HOUSED]))

    def test_nothing_is_given_of_a_wrong_file(self, tmp_path: Path) -> None:
        """The error comes before the first figure."""
        path = tmp_path / "f.csv"
        path.write_text(TEXT + "housed,York,2022/23,186%,\n")
        with pytest.raises(LoadError, match=":4: level: 186%"):
            next(iterate_observations(path, measures=[HOUSED]))

    def test_a_byte_far_into_a_file_is_named(self, tmp_path: Path) -> None:
        """The place of a byte that is not UTF-8 is that in the file."""
        path = tmp_path / "f.csv"
        long = "é" * 600_000
        path.write_bytes(TEXT.encode() + f'housed,"{long}'.encode() + b"\xff")
        place = len(TEXT.encode()) + len(f'housed,"{long}'.encode())
        with pytest.raises(LoadError, match=f"byte {place} is not UTF-8"):
            load_observations(path, measures=[HOUSED])

    def test_a_set_is_cited_and_iterated(self, tmp_path: Path) -> None:
        """The figures of a stream are those of the set."""
        path = tmp_path / "f.csv"
        path.write_text(TEXT)
        observation_set: ObservationSet = load_observations(path, measures=[HOUSED])
        streamed: list[Observation] = list(iterate_observations(path, measures=[HOUSED]))
        assert tuple(streamed) == observation_set.observations
