"""The command that reads a published document as a plan."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rrmodel import io
from rrmodel.cli import main
from rrmodel.wording import parse_plan

DOCUMENTS = Path(__file__).parent / "specimens" / "documents"
NORTHSHIRE = str(DOCUMENTS / "northshire-plan.md")


def test_a_document_becomes_a_plan_file_and_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer counts statements; the files are whole, and check and evaluate read the plan."""
    plan, page = tmp_path / "plan.yaml", tmp_path / "review.html"
    assert main(["parse", NORTHSHIRE, "--out", str(plan), "--report", str(page)]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == f"{NORTHSHIRE}: {parse_plan(Path(NORTHSHIRE)).counts}"
    assert "2 pathways, 5 targets, 5 objectives, 6 activities, 15 partners, 3 terms" in out, out
    assert f"{plan}: plan written" in out
    assert "derived by a rule" in out
    assert io.load(plan) == parse_plan(Path(NORTHSHIRE)).plan
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert main(["check", str(plan)]) in {0, 1}
    assert main(["evaluate", str(plan), "--as-of", "2024-08-01"]) == 0
    capsys.readouterr()


def test_files_that_exist_are_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --force nothing is overwritten, and nothing is written beside it."""
    plan = tmp_path / "plan.yaml"
    plan.write_text("mine")
    page = tmp_path / "page.html"
    assert main(["parse", NORTHSHIRE, "--out", str(plan), "--report", str(page)]) == 2
    assert "use --force" in capsys.readouterr().err
    assert (plan.read_text(), page.exists()) == ("mine", False)
    assert main(["parse", NORTHSHIRE, "--out", str(plan), "--force"]) == 0


def test_corrections_are_kept_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--against reads the corrected file, which may be written again."""
    plan = tmp_path / "plan.yaml"
    main(["parse", NORTHSHIRE, "--out", str(plan)])
    text = plan.read_text("utf-8").replace(
        "statement: Reduce alcohol-related deaths", "statement: Fewer deaths"
    )
    plan.write_text(text, "utf-8")
    capsys.readouterr()
    assert main(["parse", NORTHSHIRE, "--against", str(plan), "--out", str(plan)]) == 0
    out = capsys.readouterr().out
    assert "1 correction kept, 0 added" in out
    assert "three-year objectives, 1: statement of 'Fewer deaths'" in out.lower().replace(
        "fewer", "Fewer"
    )
    assert "Fewer deaths" in plan.read_text("utf-8")


def test_unplaced_statements_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first twenty are printed, and how many more there are."""
    document = tmp_path / "plan.md"
    terms = "".join(f"Licence – Again {number}.\n\n" for number in range(23))
    document.write_text(f"# Kent Plan\n\n## Glossary\n\n{terms}", "utf-8")
    assert main(["parse", str(document)]) == 0
    out = capsys.readouterr().out
    assert "1 placed, 22 unplaced" in out
    assert "  line 7: the term 'Licence' is explained twice: keep one: 'Licence – Again 1.'" in out
    assert "  and 2 more" in out


def test_bad_input_is_one_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file is named, and no file is written."""
    out = tmp_path / "plan.yaml"
    assert main(["parse", str(tmp_path / "none.pdf"), "--out", str(out)]) == 2
    assert "none.pdf: the file cannot be read" in capsys.readouterr().err
    assert not out.exists()


def test_progress_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A terminal gets a bar on standard error; a pipe gets nothing there."""
    main(["parse", NORTHSHIRE])
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["parse", NORTHSHIRE]) == 0
