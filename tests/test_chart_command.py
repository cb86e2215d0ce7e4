"""``rrmodel chart``: every kind of chart, and what it needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rrmodel.cli import main

MADE_UP = "made-up-plan-under-way"
DAY = ("--as-of", "2026-07-01")
HOUSED = ("--target", "housed-on-release-by-september-2026")
AREAS = ("--measure", "fellmoor-housed-on-release")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def drawn(capsys: pytest.CaptureFixture[str], kind: str, *words: str) -> dict[str, Any]:
    """Draw a chart of the made-up plan and return it as Vega-Lite."""
    assert main(["chart", kind, MADE_UP, "chart.json", *DAY, *words]) == 0
    assert capsys.readouterr() == ("chart.json: chart saved\n", "")
    chart: dict[str, Any] = json.loads(Path("chart.json").read_text("utf-8"))
    return chart


@pytest.mark.parametrize(
    ("kind", "words", "title"),
    [
        ("target", HOUSED, "Housed on the night of release: Fellmoor"),
        ("targets", (), "Targets of the Made up: Fellmoor Reducing Reoffending Plan 2024-27"),
        ("timeline", (), "Deadlines of the Made up: Fellmoor"),
        ("forecast", HOUSED, "Forecast: Housed on the night of release, Fellmoor"),
        ("process", HOUSED, "Housed on the night of release: Fellmoor, April to June 2023"),
        ("process", ("--target", "unpaid-work-by-december-2025"), "Unpaid work completed within"),
        ("funnel", AREAS, "Housed on the night of release: 5 areas, January to March 2026"),
        ("areas", (*AREAS, "--highlight", "Tarnside", "--highlight", "High Pike"), "Housed on"),
        ("coverage", (), "Made up: Fellmoor"),
        ("partners", ("--highlight", "second-start"), "Partners and pathways"),
        ("target", (*HOUSED, "--area", "Tarnside"), "Housed on the night of release: Tarnside"),
        ("targets", ("--area", "Tarnside", "--policy", "statistical"), "Targets of the Made up"),
    ],
)
def test_every_kind_is_drawn(
    capsys: pytest.CaptureFixture[str], kind: str, words: tuple[str, ...], title: str
) -> None:
    """Each kind of chart has its title."""
    text = " ".join(drawn(capsys, kind, *words)["title"]["text"])
    assert title in text


def test_the_width_may_be_set(capsys: pytest.CaptureFixture[str]) -> None:
    """A chart is as wide as asked."""
    wide, narrow = (drawn(capsys, "targets", "--width", width) for width in ("900", "400"))
    assert wide != narrow


def test_the_source_of_areas_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """A comparison of areas names the documents of its figures, which are made up."""
    chart = drawn(capsys, "funnel", *AREAS, "--period", "January to March 2026")
    assert "Made up: Fellmoor performance bulletin" in json.dumps(chart)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["target", MADE_UP, "c.svg"], "a target chart needs --target: choose from 'employed-"),
        (["target", "hmp-leeds-regimes", "c.svg"], "--target: this plan has no targets"),
        (["funnel", MADE_UP, "c.svg"], "a chart of funnel needs --measure: choose from 'fell"),
        (["target", MADE_UP, "c.svg", "--target", "x"], "this plan has no target 'x'"),
        (["areas", MADE_UP, "c.svg", "--measure", "x"], "measure 'x'"),
        (["process", MADE_UP, "c.svg", "--target", "release-planning"], "has no measure"),
        (["process", MADE_UP, "c.svg", "--target", "victims-informed-by-march-2027"], "no chart"),
        (["forecast", MADE_UP, "c.svg", "--target", "occupancy"], "there is no forecast of 'occ"),
        (
            ["funnel", MADE_UP, "c.svg", "--measure", "fellmoor-recalls"],
            "no counts of 'fellmoor-recalls' for two areas had been published by 1 July 2026",
        ),
        (
            ["funnel", MADE_UP, "c.svg", *AREAS, "--period", "2019/20"],
            "no counts of 'fellmoor-housed-on-release' for 2019/20 had been published",
        ),
        (["areas", MADE_UP, "c.svg", *AREAS, "--highlight", "Mars"], "there is no area 'Mars'"),
        (
            ["partners", MADE_UP, "c.svg", "--highlight", "a", "--highlight", "b"],
            "a chart of partners highlights one partner",
        ),
        (["targets", MADE_UP, "c.svg", "--area", "Mars"], "no figures of 'Mars'"),
        (["target", MADE_UP, "c.svg", *HOUSED, "--area", "Mars"], "no figures of 'Mars'"),
        (["targets", MADE_UP, "c.gif"], "'c.gif' does not end in .svg, .png, .html or .json."),
        (["bogus", MADE_UP, "c.svg"], "'bogus' is not one of 'target', 'targets'"),
        (["targets", MADE_UP, "c.svg", "--width", "10"], "10 is not in the range x>=320"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    """The message says what is missing, and no file is written."""
    assert main(["chart", *words, *DAY]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert list(Path.cwd().iterdir()) == []
