"""The examples run, each in a process of its own; the notebooks are shown by the pages."""

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
    "assessing_with_evidence.py": "No forecast: 6 periods are too few for a forecast",
    "exploring_plan_coverage.py": "drugs-and-alcohol lacks a target with a measure",
    "two_pathway_schemes.py": "no objective: voluntary-sector-involvement",
    "who_works_with_whom.py": "without Shelter nobody works in accommodation",
}
SCRIPTS = {"assess_a_plan.py": "missed: housed-on-release-by-july-2023 (86.3% in 2022/23)"}
SERVICE = "service.py"
"""``test_example_service.py`` runs it, in another process too."""
every_notebook = pytest.mark.parametrize("name", NOTEBOOKS)


@pytest.mark.parametrize("name", {**NOTEBOOKS, **SCRIPTS})
def test_an_example_runs_as_a_script(name: str) -> None:
    """From top to bottom, without a warning, with the answer that it is about."""
    ran = subprocess.run(  # noqa: S603  our own interpreter and our own example
        [sys.executable, "-W", "error", EXAMPLES / name],
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


def test_every_example_is_listed_and_every_notebook_shown() -> None:
    """No example is missing from these tests or the list, no notebook from the pages."""
    texts = {path.name: path.read_text("utf-8") for path in EXAMPLES.glob("*.py")}
    found = {name for name, text in texts.items() if "# %%" in text}
    pages = "".join(path.read_text("utf-8") for path in (EXAMPLES / "../docs").rglob("*.md"))
    listed = (EXAMPLES / "README.md").read_text("utf-8")
    assert found == set(NOTEBOOKS)
    assert [name for name in found if f"<!-- notebook: {name} -->" not in pages] == []
    assert set(texts) == {*NOTEBOOKS, *SCRIPTS, SERVICE}
    assert [name for name in texts if name not in listed] == []
