"""The default page of ``rrmodel evaluate``: one line for each target."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rrmodel.cli import main

UNDER_WAY = "evaluate made-up-plan-under-way --as-of 2026-07-01".split()
SNAPSHOTS = Path(__file__).parent / "snapshots"

PLAN = """
schema_version: "1"
kind: plan
id: northern
title: The Northern Plan
subject: {{kind: region, id: north, name: The North}}
documents: [{{id: d, title: The plan as published}}]
measures:
  - {{id: housed, name: Housed, counts: people housed, out_of: releases, better: higher}}
  - {{id: full, name: Occupied, counts: residents, unit: "% of capacity", better: lower}}
pathways:
  - id: homes
    name: Homes
    citation: {{document: d, section: Homes}}
    targets:
      - {{{target}, id: it, statement: It is so., citation: {{document: d}}, area: The North}}
  - {{id: work, name: Work, citation: {{document: d, section: Work}}}}
"""
FIGURES = """
schema_version: "1"
kind: observations
id: seen
title: Figures seen
measures:
  - {{id: housed, name: Housed, counts: people housed, out_of: releases, better: higher}}
  - {{id: full, name: Occupied, counts: residents, unit: "% of capacity", better: lower}}
observations:
  - {{{figure}, area: The North, period: January to March 2023, published: 2023-05-01}}
"""
HOUSED = "kind: reach, measure: housed, goal: 90%, deadline: by 15 March 2024"
RANGE = "kind: range, measure: full, goal: {low: 85% of capacity, high: 95% of capacity}"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def on_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int, *words: str
) -> list[str]:
    """Return the lines that a terminal of that width shows, without colour."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(words) == 0
    return [
        re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip()
        for line in capsys.readouterr().out.splitlines()
    ]


def test_the_plan_under_way_reads_as_reviewed(capsys: pytest.CaptureFixture[str]) -> None:
    """The made-up plan is, word for word, the page that was reviewed, and says it is made up."""
    assert main(UNDER_WAY) == 0
    out = capsys.readouterr().out
    assert out == (SNAPSHOTS / "evaluate-made-up-plan.txt").read_text("utf-8")
    assert out.startswith("Made up: ")


@pytest.mark.parametrize("columns", [60, 80, 120, 160])
def test_lines_fit_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int
) -> None:
    """No line is wider than the terminal, and each target has its status on its first line."""
    lines = on_terminal(monkeypatch, capsys, columns, *UNDER_WAY)
    assert max(map(len, lines)) <= columns
    assert sum(line.startswith("  Housed on the") for line in lines) == 1
    if columns > 60:
        assert any("85.1% to" in line and "At risk" in line for line in lines)


def test_a_narrow_terminal_wraps_the_names_of_targets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names are in full on two lines where a single line would have too few words of them."""
    wide, narrow = (on_terminal(monkeypatch, capsys, columns, *UNDER_WAY) for columns in (100, 80))
    assert any(line.startswith("  Employed six weeks after relea…") for line in wide)
    first = next(place for place, line in enumerate(narrow) if line.startswith("  Employed six"))
    assert narrow[first].split()[:3] == ["Employed", "six", "weeks"]
    assert narrow[first + 1].strip() == "after release"
    assert "…" not in "".join(narrow)


@pytest.mark.parametrize(
    ("target", "figure", "line"),
    [
        pytest.param(
            HOUSED,
            "measure: housed, level: 84%",
            "Housed 90% 84% in January to March 2023 6 percentage points below Not graded "
            "15 March 2024",
            id="below",
        ),
        pytest.param(
            HOUSED,
            "measure: housed, level: 91.25%",
            "Housed 90% 91.25% in January to March 2023 1.25 percentage points above On track "
            "15 March 2024",
            id="above",
        ),
        pytest.param(
            HOUSED,
            "measure: housed, level: 90.0%",
            "Housed 90% 90.0% in January to March 2023 none On track 15 March 2024",
            id="at the goal",
        ),
        pytest.param(
            HOUSED,
            "measure: housed, counts: {numerator: 89999, denominator: 100001}",
            "Housed 90% 89.998% in January to March 2023 0.002 percentage points below "
            "Not graded 15 March 2024",
            id="two numbers that differ never look the same",
        ),
        pytest.param(
            HOUSED,
            "measure: full, level: 84% of capacity",
            "Housed 90% – – No data 15 March 2024",
            id="no figure",
        ),
        pytest.param(
            RANGE,
            "measure: full, level: 84% of capacity",
            "Occupied 85% to 95% of capacity 84% of capacity in January to March 2023 "
            "1 percentage point below Missed always",
            id="below a range",
        ),
        pytest.param(
            RANGE,
            "measure: full, level: 97% of capacity",
            "Occupied 85% to 95% of capacity 97% of capacity in January to March 2023 "
            "2 percentage points above Missed always",
            id="above a range",
        ),
        pytest.param(
            RANGE,
            "measure: full, level: 90% of capacity",
            "Occupied 85% to 95% of capacity 90% of capacity in January to March 2023 within Met "
            "always",
            id="within a range",
        ),
        pytest.param(
            "kind: direction, measure: housed, baseline: {level: 82%, period: 2021-22}",
            "measure: housed, level: 84%",
            "Housed higher 84% in January to March 2023 2 percentage points better "
            "On track no date",
            id="a direction",
        ),
        pytest.param(
            "kind: direction, measure: housed, baseline: {level: 82%, period: 2021-22}, "
            "every: 1 year",
            "measure: housed, level: 81%",
            "Housed higher than 1 year before 81% in January to March 2023 "
            "1 percentage point worse Off track no date",
            id="year on year",
        ),
        pytest.param(
            "kind: direction, measure: housed, baseline: {level: 82%, period: 2021-22}",
            "measure: housed, level: 82%",
            "Housed higher 82% in January to March 2023 no change At risk no date",
            id="no change",
        ),
    ],
)
def test_a_line_in_full(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    target: str,
    figure: str,
    line: str,
) -> None:
    """On a wide terminal each kind of target has goal, figure, gap, status and deadline in full."""
    Path("plan.yaml").write_text(PLAN.format(target=target), "utf-8")
    Path("seen.yaml").write_text(FIGURES.format(figure=figure), "utf-8")
    words = "evaluate plan.yaml --observations seen.yaml --as-of 2023-06-30".split()
    lines = on_terminal(monkeypatch, capsys, 160, *words)
    assert line in [" ".join(each.split()) for each in lines]
    assert "Work: no targets" in lines


def test_targets_without_a_number_need_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    """A plan that has nothing to measure or to date gets the list alone."""
    Path("plan.yaml").write_text(PLAN.format(target="kind: narrative"), "utf-8")
    assert main(["evaluate", "plan.yaml", "--as-of", "2023-06-30"]) == 0
    out = capsys.readouterr().out
    assert "Latest figure" not in out
    assert "\n- It is so. (Homes)\n" in out
