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
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a plan with two findings into a new folder, and work there."""
    monkeypatch.chdir(tmp_path)
    path = Path("plan.yaml")
    path.write_text(PLAN, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Run ``rrmodel check`` and return how it ended and what it printed."""
    code = main(["check", *map(str, words)])
    out, err = capsys.readouterr()
    return code, out, err


def test_each_finding_names_its_line(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    """Below each rule stand its findings, with file and line; the most serious rule is first."""
    code, out, _ = run(capsys, plan, "--select", "RRD001,RRT005")
    head, *lines = out.splitlines()
    assert (head, lines[0]) == ("The Northern Plan", "2 findings: 1 warning, 1 advice")
    assert lines[2] == "RRD001 vague-deadline · warning · 1 finding"
    assert lines[3].startswith(f"  {plan}:15  'early 2023' is vague")
    assert "RRT005 maintain-without-tolerance · advice · 1 finding" in lines
    assert any(line.startswith(f"  {plan}:14  the target 't' is to") for line in lines)
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


def test_a_long_path_is_never_broken(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    """The words about a long path are below it, so that editors and people can follow it."""
    folder = Path("a-folder-with-a-long-name") / "and-another-one-in-it" / ("x" * 60)
    folder.mkdir(parents=True)
    path = plan.rename(folder / "plan.yaml")
    lines = run(capsys, path, "--select", "RRD001")[1].splitlines()
    place = lines.index(f"  {path}:15")
    assert lines[place + 1].startswith("    'early 2023' is vague")


def test_a_bundled_plan_has_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Findings of a bundled plan have paths within it; an error ends the command with 1."""
    code, out, _ = run(capsys, "east-midlands-2022-25", "--select", "RRD002")
    assert "\n1 finding: 1 error\n" in out
    assert "\n  $.commitments[2].parts[1]  the commitment 'neurodiversity-support" in out
    assert code == 1


def test_findings_of_one_rule_are_one_entry(capsys: pytest.CaptureFixture[str]) -> None:
    """The shared words of findings are printed once, and the list has the words that differ."""
    out = run(capsys, "east-midlands-2022-25", "--select", "RRW002,RRW001,RRW003")[1]
    assert "\nRRW002 partner-never-listed · advice · 22 findings\n" in out
    assert out.count("is missing from its list of partners") == 1
    assert "\n  $.pathways[0].partnerships[1]   'GXO Logistics'\n" in out
    assert "\nthe partner … has no part: no pathway, chapter or activity names it; " in out
    assert "\n  $.partner_list[17]  'Local authority health services'\n" in out
    assert "\nthe partner …: use one name and keep the others as aliases, so that" in out


def test_findings_that_share_little_stay_as_they_are(
    capsys: pytest.CaptureFixture[str], plan: Path
) -> None:
    """Messages of a rule that differ in most of their words are listed whole."""
    target = PLAN.index("      - {kind: maintain")
    later = PLAN[target:].replace("id: t,", "id: other,").replace("82%", "83%")
    plan.write_text(PLAN + later.replace("early 2023", "late 2023"), encoding="utf-8")
    out = run(capsys, plan, "--select", "RRD001")[1]
    assert "…" not in out
    assert "'early 2023' is vague" in out
    assert "'late 2023' is vague" in out


def test_statistics_count_the_findings_of_each_rule(
    capsys: pytest.CaptureFixture[str], plan: Path
) -> None:
    """``--statistics`` prints a line for each rule, the most serious first, and is text only."""
    code, out, _ = run(capsys, plan, "--statistics", "--select", "T,D")
    assert code == 0
    assert [line.split()[:3] for line in out.splitlines()[3:]] == [
        ["Findings", "Severity", "Rule"],
        ["1", "warning", "RRD001"],
        ["1", "advice", "RRT005"],
    ]
    assert run(capsys, plan, "--statistics", "--select", "P")[1].endswith("\nNo findings.\n")
    code, _, err = run(capsys, plan, "--statistics", "--format", "json")
    assert (code, err.splitlines()[0]) == (2, "--statistics is text: omit --format")


def test_a_rule_is_explained_without_a_plan(capsys: pytest.CaptureFixture[str]) -> None:
    """``--explain`` says what a rule finds and why that matters; a misspelt rule is an error."""
    code, out, _ = run(capsys, "--explain", "RRW002")
    assert code == 0
    assert out.startswith("RRW002 partner-never-listed · advice\nA partner with a part in the plan")
    assert "Readers expect the list to be complete." in out
    code, out, err = run(capsys, "--explain", "RRW02")
    assert (code, out) == (2, "")
    assert "did you mean 'RRW002'?" in err


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
        ("--select T,D", ["RRD001", "RRT005"]),
        ("--select T --select D", ["RRD001", "RRT005"]),
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
    assert [line.split()[0] for line in out.splitlines() if line.startswith("RR")] == rules


def test_no_findings_are_reported(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    """Of a plan without findings there is a line that says so."""
    assert run(capsys, plan, "--select", "P") == (0, "The Northern Plan\nNo findings.\n", "")


def test_figures_are_asked_for_if_some_are_named(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    """With a set of figures, a target without figures in it is a finding."""
    figures = tmp_path / "seen.yaml"
    figures.write_text(FIGURES, encoding="utf-8")
    select = ["--select", "RRT006"]
    assert run(capsys, plan, *select)[1].endswith("\nNo findings.\n")
    assert "· warning · 1 finding" in run(capsys, plan, *select, "--observations", figures)[1]
    assert run(capsys, plan, *select, "--observations", "england-and-wales")[1].count("RRT006") == 1


def test_sarif_points_into_the_file(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    """SARIF on standard output names the file and the places in it."""
    written = json.loads(run(capsys, plan, "--format", "sarif")[1])
    first = written["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"]["uri"] == "plan.yaml"
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
