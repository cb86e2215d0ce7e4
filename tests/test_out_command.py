"""The results of any number of plans and areas written as a table, on the command line."""

from __future__ import annotations

import io as streams
import json
from pathlib import Path
from typing import Any

import attrs
import duckdb
import polars as pl
import pytest

from rrmodel import datasets, frames, io
from rrmodel.cli import main
from rrmodel.errors import DumpError
from rrmodel.frames import RESULT_COLUMNS

REGION = "east-midlands-2022-25"
PRISON = "hmp-leeds-regimes"
FIGURES = """measure,area,period,value,unit,published
housed-on-release,East Midlands,2022/23,86.3,%,2023-07-27
housed-on-release,Wales,2022/23,90.4,%,2023-07-27
rooms,Wales,2022/23,5,place,2023-07-27
"""
DAY = ["--as-of", "2024-08-01"]
DONE = """
schema_version: "1"
kind: observations
id: done
title: Milestones done
completions: [{{target: {target}, day: 2024-01-31}}]
"""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test run in a folder with a table of figures."""
    monkeypatch.chdir(tmp_path)
    text = FIGURES.replace("rooms", "housed-on-release").replace("5,place", "50,%")
    Path("f.csv").write_text(text)
    table = pl.read_csv("f.csv", try_parse_dates=True)
    table.write_parquet("f.parquet")
    with duckdb.connect("f.duckdb") as connection:
        connection.execute("create table figures as select * from 'f.csv'")


def results(name: str) -> dict[tuple[str, str], str]:
    """Return the status of each target and area in a file of results."""
    match Path(name).suffix:
        case ".csv":
            rows = pl.read_csv(name).to_dicts()
        case ".parquet":
            rows = pl.read_parquet(name).to_dicts()
        case _:
            rows = [json.loads(line) for line in Path(name).read_text().splitlines()]
    assert {tuple(row) for row in rows} == {tuple(RESULT_COLUMNS)}
    return {(row["target"], row["area"]): row["status"] for row in rows}


HOUSED = "housed-on-release-by-july-2023"


class TestOut:
    @pytest.mark.parametrize("name", ["r.csv", "r.parquet", "r.jsonl", "r.ndjson"])
    @pytest.mark.parametrize("source", ["f.csv", "f.parquet"])
    def test_every_format_has_the_same_results(self, name: str, source: str) -> None:
        """Each target is assessed in each area, whatever the formats are."""
        given = ["--observations", source, "--places", "1", "--out", name, "--area", "*"]
        assert main(["evaluate", REGION, *given, *DAY]) == 0
        statuses = results(name)
        assert statuses[HOUSED, "East Midlands"] == "missed"
        assert statuses[HOUSED, "Wales"] == "missed"
        assert len(statuses) == 2 * len(datasets.load(REGION).targets)

    def test_several_plans_stand_in_one_table(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Bundled figures are used where none are named, and the answer counts the statuses."""
        io.dump(attrs.evolve(datasets.load(REGION), id="other"), "other.json")
        assert main(["evaluate", REGION, "other.json", "--out", "r.csv", *DAY]) == 0
        assert set(pl.read_csv("r.csv")["plan"]) == {REGION, "other"}
        output = capsys.readouterr()
        assert output.out.startswith("r.csv: 14 results on 2024-08-01 (")
        assert output.err == ""

    def test_a_query_gives_the_figures(self) -> None:
        """Databases are read through a query, with --out and without it."""
        given = ["--observations", "f.duckdb", "--query", "select * from figures", "--places", "1"]
        assert main(["evaluate", REGION, *given, "--out", "r.csv", *DAY]) == 0
        assert results("r.csv")[HOUSED, "East Midlands"] == "missed"
        assert main(["evaluate", REGION, *given, *DAY]) == 0

    def test_parquet_is_read_into_text(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Files of columns are accepted wherever observations are, as sets that cite documents."""
        table = pl.read_parquet("f.parquet").with_columns(document=pl.lit("Bulletin"), places=1)
        table.write_parquet("cited.parquet")
        assert main(["evaluate", REGION, "--observations", "cited.parquet", *DAY]) == 0
        assert "86.3%" in capsys.readouterr().out

    def test_missed_targets_may_fail_the_command(self) -> None:
        """The exit code says whether a status was among the results."""
        given = ["evaluate", REGION, "--observations", "f.csv", "--out", "r.csv", *DAY]
        assert main([*given, "--fail-on", "missed"]) == 1
        assert main([*given, "--fail-on", "met_late"]) == 0

    def test_milestones_are_completed(self) -> None:
        """Completions are read from observation files."""
        plan = "made-up-plan-under-way"
        done = datasets.load(plan).target("employers-forum-by-december-2025")
        Path("done.yaml").write_text(DONE.format(target=done.id))
        given = ["--observations", "done.yaml", "--out", "r.csv", "--as-of", "2026-07-01"]
        assert main(["evaluate", plan, *given]) == 0
        assert results("r.csv")[done.id, done.area] == "met"

    def test_no_figures_are_no_data(self) -> None:
        """A table without the measures of the plan leaves its targets without figures."""
        Path("none.csv").write_text("measure,area,period,level\n")
        assert main(["evaluate", REGION, "--observations", "none.csv", "--out", "r.csv", *DAY]) == 0
        assert "met" not in results("r.csv").values()


class TestRefusals:
    @pytest.mark.parametrize(
        ("given", "message"),
        [
            (["--out", "r.xlsx"], "end the name in .csv, .jsonl, .ndjson, .parquet"),
            (["--out", "none/r.csv"], "none/r.csv: the file cannot be written"),
            (["--out", "r.csv", "--policy", "straight-line", "--policy", "traffic-light"],
             "give --out one --policy"),
            ([PRISON], "give one PLAN, or --out"),
            (["--out", "r.csv", "--observations", "wrong.csv"],
             "wrong.csv:4: measure: there is no measure 'rooms'"),
            (["--out", "r.csv", "--format", "json"], "give --out or --format, not both"),
        ],
    )  # fmt: skip
    def test_each_is_one_message_and_leaves_no_file(
        self, given: list[str], message: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """An error of writing is reported, and no file is left behind."""
        Path("wrong.csv").write_text(FIGURES)
        before = sorted(map(str, Path().iterdir()))
        assert main(["evaluate", REGION, *given, *DAY]) == 2
        assert message in capsys.readouterr().err
        assert sorted(map(str, Path().iterdir())) == before

    def test_a_stop_leaves_what_was_there(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Stopping while the file is written leaves the older file and nothing else."""

        def stop(_: object, file: Path) -> None:
            file.write_text("half")
            raise KeyboardInterrupt

        monkeypatch.setattr("narwhals.stable.v2.DataFrame.write_csv", stop)
        Path("r.csv").write_text("older")
        before = sorted(map(str, Path().iterdir()))
        code = main(["evaluate", REGION, "--observations", "f.csv", "--out", "r.csv", *DAY])
        assert (code, Path("r.csv").read_text()) == (130, "older")
        assert "stopped: r.csv was not written" in capsys.readouterr().err
        assert sorted(map(str, Path().iterdir())) == before


class Terminal(streams.StringIO):
    """Standard error of a terminal."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


class TestProgress:
    def test_a_terminal_shows_how_many_rows_were_read(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The bar counts rows."""
        terminal = Terminal()
        monkeypatch.setattr("sys.stderr", terminal)
        assert main(["evaluate", REGION, "--observations", "f.csv", "--out", "r.csv", *DAY]) == 0
        assert "3 rows of figures read" in terminal.getvalue()

    def test_the_function_reports_rows(self) -> None:
        """Callers in Python can show progress as well."""
        counts: list[int] = []
        plan: Any = datasets.load(REGION)
        counted = frames.write_evaluations(
            "r.csv", ["f.csv", "f.csv"], plan.targets, as_of="2024-08-01", progress=counts.append
        )
        assert counts == [3, 6]
        assert sum(counted.values()) == len(plan.targets)

    def test_a_wrong_ending_is_refused_before_reading(self) -> None:
        """The suffix is checked first."""
        with pytest.raises(DumpError, match="end the name in"):
            frames.write_evaluations("r.txt", [], datasets.load(REGION), as_of="2024-08-01")
