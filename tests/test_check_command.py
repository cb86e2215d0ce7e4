"""``rrmodel check``: its output, the places of findings, and its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rrmodel.cli import main

PLAN = """\
schema_version: "1"
kind: plan
id: northern
title: The Northern Plan
subject: {kind: region, id: north, name: The North}
documents: [{id: plan, title: The plan as published}]
measures:
  - {id: housed, name: Housed, counts: homes, out_of: releases, better: higher}
pathways:
  - id: work
    name: Work
    citation: {document: plan, section: Work}
    targets:
      - {kind: maintain, id: t, statement: It holds., citation: {document: plan, item: "1"},
         measure: housed, area: The North, goal: 82%, since: 2021-22, deadline: early 2023}
"""
FIGURES = """\
schema_version: "1"
kind: observations
id: seen
title: Figures seen
measures:
  - {id: beds, name: Beds, counts: beds, unit: bed, better: higher}
observations:
  - {measure: beds, area: The North, period: March 2023, level: 3 bed}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Write a plan with two findings."""
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Run ``rrmodel check`` and return how it ended and what it printed."""
    code = main(["check", *map(str, words)])
    out, err = capsys.readouterr()
    return code, out, err


def test_each_line_names_its_place(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    """Findings are lines as compilers write them, with file, line and column, and a total."""
    code, out, _ = run(capsys, plan)
    first, second, total = out.splitlines()
    assert first.startswith(f"{plan}:14:9 RRT005 advice the target 't' is to maintain 82%")
    assert second.startswith(f"{plan}:15:81 RRD001 warning 'early 2023' is vague")
    assert second.endswith("($.pathways[0].targets[0].deadline)")
    assert total == "2 findings: 1 warning, 1 advice"
    assert code == 0


def test_a_json_file_has_its_places_too(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    """A plan in JSON is pointed into as one in YAML is."""
    assert main(["show", str(plan), "--format", "json"]) == 0
    copy = tmp_path / "plan.json"
    copy.write_text(capsys.readouterr().out, encoding="utf-8")
    written = json.loads(run(capsys, copy, "--select", "D", "--format", "json")[1])
    (finding,) = written["findings"]
    line = copy.read_text("utf-8").splitlines()[finding["line"] - 1]
    assert line[finding["column"] - 1 :].startswith('"early 2023"')


def test_a_bundled_plan_has_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Lines of a bundled plan begin with its name; an error ends the command with 1."""
    code, out, _ = run(capsys, "east-midlands-2022-25", "--select", "RRD002")
    assert out.startswith("east-midlands-2022-25 RRD002 error ")
    assert out.endswith("\n1 finding: 1 error\n")
    assert code == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", 0),
        ("--fail-on error", 0),
        ("--fail-on warning", 1),
        ("--fail-on advice", 1),
        ("--fail-on warning --ignore RRD001", 0),
        ("--severity T=error", 1),
        ("--severity RR=advice --fail-on warning", 0),
    ],
)
def test_the_exit_code_depends_on_severity(
    capsys: pytest.CaptureFixture[str], plan: Path, words: str, code: int
) -> None:
    """The exit code is 1 if a finding has the severity of ``--fail-on`` or a higher one."""
    assert run(capsys, plan, *words.split())[0] == code


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("--select T,D", ["RRT005", "RRD001"]),
        ("--select T --select D", ["RRT005", "RRD001"]),
        ("--select RRT", ["RRT005"]),
        ("--ignore T", ["RRD001"]),
        ("--ignore T,RRD001", []),
    ],
)
def test_rules_are_chosen_by_how_they_begin(
    capsys: pytest.CaptureFixture[str], plan: Path, words: str, rules: list[str]
) -> None:
    """Options may be repeated, or take several selectors with commas between them."""
    out = run(capsys, plan, *words.split())[1]
    assert [line.split()[1] for line in out.splitlines()[:-1]] == rules


def test_no_findings_are_reported(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    """A plan without findings gets one line that says so."""
    assert run(capsys, plan, "--select", "P") == (0, "No findings.\n", "")


def test_figures_are_asked_for_if_some_are_named(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    """With a set of figures, a target without figures in it is a finding."""
    figures = tmp_path / "seen.yaml"
    figures.write_text(FIGURES, encoding="utf-8")
    select = ["--select", "RRT006"]
    assert run(capsys, plan, *select)[1] == "No findings.\n"
    assert "RRT006 warning" in run(capsys, plan, *select, "--observations", figures)[1]
    assert run(capsys, plan, *select, "--observations", "england-and-wales")[1].count("RRT006") == 1


def test_sarif_points_into_the_file(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    """SARIF on standard output names the file and the places in it."""
    written = json.loads(run(capsys, plan, "--format", "sarif")[1])
    first = written["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"]["uri"].endswith("/plan.yaml")
    assert first["region"] == {"startLine": 14, "startColumn": 9}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--select X", "no rule begins with 'X': "),
        ("--ignore RRT05", "no rule begins with 'RRT05': did you mean 'RRT0"),
        ("--severity T", "'T' has no severity: write RRT005=error"),
        ("--severity T=eror", "'eror' is not a severity: did you mean 'error'?"),
        ("--severity X=error", "no rule begins with 'X'"),
        ("--fail-on never", "'never' is not one of"),
    ],
)
def test_bad_words_are_refused(
    capsys: pytest.CaptureFixture[str], plan: Path, words: str, message: str
) -> None:
    """An unknown rule or severity ends the command with 2 and one message."""
    code, out, err = run(capsys, plan, *words.split())
    assert (code, out) == (2, "")
    assert message in err
