"""``rrmodel compare``: days, areas, policies and editions side by side."""

from __future__ import annotations

import csv
import json
from importlib.resources import files
from pathlib import Path

import pytest

from rrmodel.cli import main

MADE_UP = "made-up-plan-under-way"
SOURCE = files("rrmodel.datasets") / "data" / "made-up" / "plans" / f"{MADE_UP}.yaml"


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run ``rrmodel compare`` and return how it ended and what it printed."""
    code = main(["compare", *words])
    return code, *capsys.readouterr()


def lines(out: str) -> list[str]:
    """Return the lines of a page, each with single spaces."""
    return [" ".join(line.split()) for line in out.splitlines()]


@pytest.fixture
def newer(tmp_path: Path) -> str:
    """Write a newer edition of the made-up plan."""
    text = SOURCE.read_text("utf-8")
    for old, new in (
        (f"id: {MADE_UP}", "id: newer"),
        ('edition: "2024"', 'edition: "2025"'),
        ("by 8 percentage points, from 22%", "by 9 percentage points, from 22%"),
        ("change: 8 percentage points", "change: 9 percentage points"),
        ("id: video-visits", "id: letters"),
        ("Offer video visits in each prison.", "Print letters from families in each prison."),
        ("id: moorland-bakeries, name: Moorland Bakeries", "id: mill-bakers, name: Mill Bakers"),
        ("moorland-bakeries", "mill-bakers"),
        ("since: 2024-25\n        deadline: by 2026", "since: 2025-26\n        deadline: by 2026"),
    ):
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "newer.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def test_days_stand_beside_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    """A target whose status differs has a mark, and the marks are counted."""
    days = ("--as-of", "2025-07-01", "--as-of", "2026-07-01")
    code, out, _ = answer(capsys, MADE_UP, *days)
    assert code == 0
    page_lines = lines(out)
    assert page_lines[1] == "Compared by days: 1 July 2025 and 1 July 2026"
    assert any(
        line.startswith("* Recalls to prison At risk, 131 2024/25 Met, 117") for line in page_lines
    )
    assert any(
        line.startswith("Job starts through employment hubs Off track, 674") for line in page_lines
    )
    marked = sum(line.startswith("* ") for line in page_lines) - 1
    assert page_lines[-1] == f"* The status of {marked} of the 18 targets differs."


def test_areas_and_policies_stand_beside_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    """The head names the sides, and the day that they share."""
    out = answer(
        capsys, MADE_UP, "--as-of", "2026-07-01", "--area", "Tarnside", "--area", "Fellmoor"
    )
    assert lines(out[1])[1:3] == ["Compared by areas: Tarnside and Fellmoor", "As of 1 July 2026"]
    policies = ("--policy", "straight-line", "--policy", "traffic-light")
    out = answer(capsys, MADE_UP, "--as-of", "2026-07-01", *policies)
    assert "Compared by policies: straight line and traffic light" in lines(out[1])


def test_equal_assessments_are_said_to_be_equal(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a difference there is no mark."""
    days = ("--as-of", "2026-07-01", "--as-of", "2026-07-02")
    assert answer(capsys, MADE_UP, *days)[1].endswith(
        "\n\nThe status of each of the 18 targets is the same.\n"
    )


def test_a_plan_without_targets_has_nothing_to_compare(capsys: pytest.CaptureFixture[str]) -> None:
    """The page says so."""
    days = ("--as-of", "2026-07-01", "--as-of", "2026-07-02")
    assert answer(capsys, "hmp-leeds-regimes", *days)[1].endswith("\nThe plan has no targets.\n")


def test_a_pathway_without_targets_has_no_lines(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Only pathways with targets are headed."""
    path = tmp_path / "plan.yaml"
    path.write_text(
        'schema_version: "1"\nkind: plan\nid: p\ntitle: P\n'
        "subject: {kind: region, id: r, name: R}\ndocuments: [{id: d, title: D}]\n"
        "pathways:\n  - {id: a, name: Empty, citation: {document: d}}\n"
        "  - id: b\n    name: Full\n    citation: {document: d}\n    targets:\n"
        "      - {kind: narrative, id: t, statement: Do it., citation: {document: d}, area: R}\n",
        "utf-8",
    )
    out = answer(capsys, str(path), "--as-of", "2026-07-01", "--as-of", "2026-07-02")[1]
    assert "Empty" not in out
    assert "\nFull\n" in out


def test_tables_have_the_rows_of_every_side(capsys: pytest.CaptureFixture[str]) -> None:
    """CSV has all columns of an evaluation, JSON an evaluation for each side."""
    days = ("--as-of", "2025-07-01", "--as-of", "2026-07-01")
    rows = list(csv.DictReader(answer(capsys, MADE_UP, *days, "--format", "csv")[1].splitlines()))
    assert [row["as_of"] for row in rows[::18]] == ["2025-07-01", "2026-07-01"]
    document = json.loads(answer(capsys, MADE_UP, *days, "--format", "json")[1])
    assert (document["by"], [each["as_of"] for each in document["evaluations"]]) == (
        "days",
        ["2025-07-01", "2026-07-01"],
    )
    assert answer(capsys, MADE_UP, *days, "--format", "markdown")[1].startswith(
        "| target | as_of | area | policy | status |"
    )


def test_what_changed_between_editions_is_listed(
    capsys: pytest.CaptureFixture[str], newer: str
) -> None:
    """Fields that changed have both values; what was added or dropped is named."""
    code, out, _ = answer(capsys, MADE_UP, newer)
    assert code == 0
    page_lines = lines(out)
    assert page_lines[1] == "Older edition: 2024 · newer edition: 2025"
    for line in (
        "2 targets changed",
        "employed-six-weeks-by-march-2027 goal 30% 31%",
        "job-starts-by-march-2027 since 2024/25 2025/26",
        "moorland-bakeries dropped Moorland Bakeries –",
        "mill-bakers added – Mill Bakers",
    ):
        assert line in page_lines
    assert any(line.startswith("video-visits dropped Offer video visits") for line in page_lines)
    assert any(line.startswith("letters added – Print letters") for line in page_lines)


def test_changes_are_rows_for_programs(capsys: pytest.CaptureFixture[str], newer: str) -> None:
    """JSON, CSV and Markdown have the same rows."""
    document = json.loads(answer(capsys, MADE_UP, newer, "--format", "json")[1])
    rows = list(csv.DictReader(answer(capsys, MADE_UP, newer, "--format", "csv")[1].splitlines()))
    assert [row["id"] for row in rows] == [change["id"] for change in document["changes"]]
    out = answer(capsys, MADE_UP, newer, "--format", "markdown")[1]
    assert len(out.splitlines()) == 2 + len(rows)
    goal = next(each for each in document["changes"] if each["field"] == "goal")
    assert (goal["change"], goal["old"], goal["new"]) == ("changed", "30%", "31%")


def test_values_are_written_as_in_a_plan(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A kind, a measure, a baseline, a deadline and partners that changed are words."""
    text = SOURCE.read_text("utf-8")
    for old, new in (
        (f"id: {MADE_UP}", "id: newer"),
        ("baseline: {level: 22%, period: 2023-24}", "baseline: {level: 21%, period: 2023-24}"),
        ("partners: [harrow-and-pike-builders, moorland-bakeries]", "partners: [second-start]"),
        (
            "        deadline: by March 2026\n        serves: [fewer-drugs]",
            "        serves: [fewer-drugs]",
        ),
        (
            "kind: narrative\n        id: release-planning",
            "kind: milestone\n        id: release-planning",
        ),
        (
            "in planning for release.\n",
            "in planning for release.\n        deadline: by March 2026\n",
        ),
        ('edition: "2024"\n', ""),
        ("    out_of: Releases of people who can work\n", ""),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "newer.yaml"
    path.write_text(text, "utf-8")
    changes = json.loads(answer(capsys, MADE_UP, str(path), "--format", "json")[1])["changes"]
    counted = (
        "fellmoor-employed-six-weeks: Releases after which the person is in work six weeks later"
    )
    assert {(each["field"], each["old"], each["new"]) for each in changes} >= {
        ("baseline", "22% in 2023/24", "21% in 2023/24"),
        ("partners", "harrow-and-pike-builders, moorland-bakeries", "second-start"),
        ("deadline", "by March 2026", None),
        ("measure", f"{counted} out of Releases of people who can work", counted),
        ("kind", "NarrativeTarget", "MilestoneTarget"),
    }
    head = lines(answer(capsys, MADE_UP, str(path))[1])[1]
    assert head == "Older edition: 2024 · newer edition: newer"


def test_equal_editions_are_said_to_be_equal(capsys: pytest.CaptureFixture[str]) -> None:
    """Two plans without a difference give one sentence."""
    out = answer(capsys, MADE_UP, MADE_UP)[1]
    assert "\nThe two editions have the same pathways, targets, objectives, activities and" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "give two plans, or repeat one of --as-of, --area and --policy"),
        (["--as-of", "2026-07-01"], "give two plans, or repeat one of"),
        (
            ["--as-of", "2026-07-01", "--as-of", "2026-07-02", "--area", "A", "--area", "B"],
            "repeat only one of --as-of, --area and --policy",
        ),
        ([MADE_UP, "--area", "Tarnside"], "two editions are compared without figures"),
        (["--area", "Tarnside", "--area", "Tarnsid"], "did you mean 'Tarnside'?"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    """The message says what to repeat."""
    code, out, err = answer(capsys, MADE_UP, *words)
    assert (code, out) == (2, "")
    assert message in err
