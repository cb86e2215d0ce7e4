"""The examples run, each in its own process; the notebooks are shown by the pages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
NOTEBOOKS = {
    "assessing_with_evidence.py": "6 periods are too few for a forecast",
    "drawing_charts.py": "South Central is first and may rank 1 to 3",
    "exploring_plan_coverage.py": "a target with a measure, so that figures can decide it",
    "many_areas_at_once.py": "12 areas against an average of",
    "plan_to_assessment.py": "1 met, 3 missed, 1 no data, 2 not quantified",
    "two_pathway_schemes.py": "hmp-leeds mapped onto regional-plans-2022",
    "what_was_known_when.py": "Not comparable",
    "who_works_with_whom.py": "voluntary-sector-involvement",
}
SHOW = """
import ast, pathlib, sys

def show(value):
    if value is not None:
        html = getattr(type(value), "_repr_html_", repr)
        print(html(value))

sys.displayhook = show
path = pathlib.Path(sys.argv[1])
cells = ast.Interactive(ast.parse(path.read_text("utf-8")).body[1:])
exec(compile(cells, path, "single"), {"__name__": "__main__"})
"""
"""Runs a notebook and prints what each expression shows; the docstring comes before the code."""
SCRIPTS = {"assess_a_plan.py": "missed: housed-on-release-by-july-2023 (86.3% in 2022/23)"}
SERVICE = "service.py"
"""``test_example_service.py`` runs it, in another process too."""
every_notebook = pytest.mark.parametrize("name", NOTEBOOKS)


@pytest.mark.parametrize("name", {**NOTEBOOKS, **SCRIPTS})
def test_an_example_runs(name: str) -> None:
    """From top to bottom, without a warning, with the answer that it is about."""
    program = ["-c", SHOW] if name in NOTEBOOKS else []
    ran = subprocess.run(  # noqa: S603  our own interpreter and our own example
        [sys.executable, "-W", "error", *program, EXAMPLES / name],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert ran.stderr == ""
    assert {**NOTEBOOKS, **SCRIPTS}[name] in ran.stdout


@every_notebook
def test_a_notebook_is_made_of_cells(name: str) -> None:
    """Each piece of code follows words that say what it is for, as notebook tools read them."""
    text = (EXAMPLES / name).read_text("utf-8")
    kinds = re.findall(r"^# %%(.*)$", text, re.MULTILINE)
    assert text.startswith("# %% [markdown]\n# # ")
    assert set(kinds) == {"", " [markdown]"}
    assert [one for one, other in pairwise(kinds) if one == other] == []
    assert "print(" not in text


def test_every_example_is_listed_and_every_notebook_shown() -> None:
    """No example is missing from these tests or the list, no notebook from the pages."""
    texts = {path.name: path.read_text("utf-8") for path in EXAMPLES.glob("*.py")}
    notebooks = {name for name, text in texts.items() if "# %%" in text}
    pages = "".join(path.read_text("utf-8") for path in (EXAMPLES / "../docs").rglob("*.md"))
    listed = (EXAMPLES / "README.md").read_text("utf-8")
    assert notebooks == set(NOTEBOOKS)
    assert [name for name in notebooks if f"<!-- notebook: {name} -->" not in pages] == []
    assert set(texts) == {*NOTEBOOKS, *SCRIPTS, SERVICE}
    assert [name for name in texts if name not in listed] == []
