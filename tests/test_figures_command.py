"""``rrmodel figures``: which figures there are."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from rrmodel import datasets
from rrmodel.cli import main


def answer(capsys: pytest.CaptureFixture[str], line: str = "") -> tuple[int, str, str]:
    """Run ``rrmodel figures`` and return how it ended and what it printed."""
    code = main(["figures", *line.split()])
    return code, *capsys.readouterr()


def rows(capsys: pytest.CaptureFixture[str], line: str) -> list[dict[str, str]]:
    """Return the rows that are printed as CSV."""
    code, out, _ = answer(capsys, f"{line} --format csv")
    assert code == 0
    return list(csv.DictReader(out.splitlines()))


def test_sets_are_listed_with_the_made_up_ones_last(capsys: pytest.CaptureFixture[str]) -> None:
    """Each bundled set has its title and counts of figures, measures and areas."""
    sets = rows(capsys, "")
    names = (*datasets.observation_sets(), *datasets.made_up_observation_sets())
    assert [row["name"] for row in sets] == list(names)
    national = datasets.observation_set("england-and-wales")
    row = next(row for row in sets if row["name"] == national.id)
    assert (row["title"], row["figures"]) == (national.title, str(len(national.observations)))
    assert row["areas"] == "1"
    out = answer(capsys)[1]
    total = sum(len(datasets.observations(name)) for name in names)
    assert out.endswith(f"\n{total} figures in 8 sets.\n")


@pytest.mark.parametrize(
    ("by", "first"),
    [
        ("measure", "settled-accommodation-on-release"),
        ("area", "Cheshire"),
        ("period", "July 2011 to June 2012 cohort"),
    ],
)
def test_figures_are_grouped(capsys: pytest.CaptureFixture[str], by: str, first: str) -> None:
    """Measures are in the order of the sets, areas by name, and periods by their days."""
    groups = rows(capsys, f"--by {by}")
    assert groups[0]["name"] == first
    assert sum(int(row["figures"]) for row in groups) == int(answer(capsys)[1].split()[-5])


def test_a_filter_lists_figures(capsys: pytest.CaptureFixture[str]) -> None:
    """Figures of a measure, an area and a period are listed with their level and day."""
    code, out, _ = answer(capsys, "--measure Housed-On-Release --period 2022/23")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[:2]] == ["Measure", "housed-on-release"]
    assert "86.3%" in out
    assert out.endswith("\n1 figure in 1 set.\n")
    assert {row["area"] for row in rows(capsys, "--area cheshire")} == {"Cheshire"}


def test_unknown_levels_and_days_are_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A figure without a level or a day of publication has words in their place."""
    monkeypatch.chdir(tmp_path)
    Path("seen.csv").write_text(
        "measure,area,period,level,marks\nhoused-on-release,York,2022/23,,not_available\n"
    )
    out = answer(capsys, "seen.csv --by figure")[1]
    assert out.splitlines()[1].split() == (
        "housed-on-release York 2022/23 missing not known seen".split()
    )


def test_json_and_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON has the kind of row and every field; Markdown has the columns that people need."""
    document = json.loads(answer(capsys, "local-areas --by area --format json")[1])
    assert document["kind"] == "figures"
    assert document["rows"][0]["name"] == "Cheshire"
    one = json.loads(answer(capsys, "local-areas --by figure --format json")[1])
    assert (one["kind"], one["rows"][0]["set"]) == ("figure", "local-areas")
    out = answer(capsys, "local-areas --by figure --format markdown")[1]
    assert out.startswith("| set | measure | area | period | level | published |\n")
    assert answer(capsys, "--format markdown")[1].startswith("| name | title | figures | sets |")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--measure housed-on-releas", "did you mean 'housed-on-release'?"),
        ("--area Englnd", "--area: no figure has the area 'Englnd': did you mean 'England'?"),
        ("--period 2099/00", "--period: no figure is for 2099/00: list the periods with --by"),
        ("--period hm", "Invalid value for '--period': 'hm' is not a period"),
        ("englnd", "there is no bundled set of observations 'englnd'"),
    ],
)
def test_what_is_not_there_is_refused(
    capsys: pytest.CaptureFixture[str], line: str, message: str
) -> None:
    """A name that no figure has ends with 2 and advice."""
    code, out, err = answer(capsys, line)
    assert (code, out) == (2, "")
    assert message in err
