"""``rrmodel new``: a plan and figures to start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from rrmodel import io
from rrmodel.checks import Severity, check
from rrmodel.cli import _new_command as new_command
from rrmodel.cli import main
from rrmodel.errors import DumpError
from rrmodel.model import Plan

WORDS = ["new", "riverside-2026-29", "--starts", "2026-27"]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(name: str = "riverside-2026-29") -> Plan:
    """Return the plan that was written."""
    plan = io.load(f"{name}.yaml")
    assert isinstance(plan, Plan)
    return plan


def test_two_files_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    """The plan and the table are named by the id, and the next commands are printed."""
    assert main(WORDS) == 0
    assert capsys.readouterr().out == (
        "riverside-2026-29.yaml: plan written\n"
        "riverside-2026-29-figures.csv: figures written\n\n"
        "Replace each example, then run:\n"
        "  rrmodel check riverside-2026-29.yaml\n"
        "  rrmodel evaluate riverside-2026-29.yaml --observations riverside-2026-29-figures.csv\n"
    )
    plan = written()
    assert (plan.id, plan.title) == ("riverside-2026-29", "Riverside Reducing Reoffending Plan")
    assert (plan.subject.id, plan.subject.name) == ("riverside", "Riverside")
    assert str(plan.period) == "April 2026 to March 2029"


def test_it_passes_the_checks_and_can_be_assessed(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing but advice is found, and a figure decides the measured target."""
    assert main(WORDS) == 0
    assert {finding.severity for finding in check(written())} <= {Severity.ADVICE}
    figures = ["--observations", "riverside-2026-29-figures.csv"]
    assert main(["evaluate", "riverside-2026-29.yaml", *figures, "--as-of", "2026-09-30"]) == 0
    out = capsys.readouterr().out
    assert "2 targets: 1 on track, 1 no data\n" in out
    assert "Example: housed on the night" in out


@pytest.mark.parametrize(
    ("title", "region", "subject"),
    [
        ('A: "b" {c} # d', "L'Île $id", "l-le-id"),
        ("[x", "Ἀθῆναι", "north"),
        ("- y\\n", "  Spaces  ", "spaces"),
    ],
)
def test_any_title_and_region_are_kept(title: str, region: str, subject: str) -> None:
    """Signs that mean something in YAML are text in the plan."""
    assert main(["new", "north", "--title", title, "--region", region]) == 0
    plan = written("north")
    assert (plan.title, plan.subject.name) == (title, region.strip())
    assert plan.subject.id == subject
    assert {target.area for target in plan.targets} == {region.strip()}


def test_the_words_of_the_id_are_the_region() -> None:
    """An id of numbers alone is its own region; the years start now."""
    for name in ("2026-29", "greater-city"):
        assert main(["new", name]) == 0
    assert written("2026-29").subject.name == "2026-29"
    assert written("greater-city").subject.name == "Greater City"


@pytest.mark.parametrize("taken", ["riverside-2026-29.yaml", "riverside-2026-29-figures.csv"])
def test_no_file_is_overwritten(capsys: pytest.CaptureFixture[str], taken: str) -> None:
    """If one of the files exists, neither is written."""
    Path(taken).write_text("mine", "utf-8")
    assert main(WORDS) == 2
    assert f"{taken}: the file exists: choose another ID or --folder" in capsys.readouterr().err
    assert [(file.name, file.read_text("utf-8")) for file in Path.cwd().iterdir()] == [
        (taken, "mine")
    ]


def test_both_files_that_exist_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Running it twice changes nothing."""
    assert (main(WORDS), main(WORDS)) == (0, 2)
    assert "-figures.csv: the files exist: choose another" in capsys.readouterr().err


def test_a_plan_is_not_left_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the figures cannot be written, the plan is removed again."""

    def write(text: str, path: Path) -> None:
        if path.suffix == ".csv":
            raise DumpError(f"{path}: no space")
        path.write_text(text, "utf-8")

    monkeypatch.setattr(new_command, "write_whole", write)
    assert main(WORDS) == 2
    assert capsys.readouterr().err.endswith("no space\n")
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["X y"], "'X y' is not an id: use small letters, digits and hyphens"),
        (["a-"], "is not an id"),
        (["a", "--starts", "2020"], "'2020' is not a financial year: use 2026-27"),
        (["a", "--title", ""], "a.yaml:"),
        (["a", "--folder", "nowhere"], "nowhere/a.yaml: the file cannot be written: no such"),
    ],
)
def test_what_no_plan_may_have_is_refused(
    capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    """One message says what is wrong, and nothing is written."""
    assert main(["new", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert list(Path.cwd().iterdir()) == []
