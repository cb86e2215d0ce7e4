"""Every example runs: in docstrings, in the README and in the pages."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import re
import shlex
import subprocess
import sysconfig
from pathlib import Path

import pytest
from sybil import Document, Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

import rrmodel

ROOT = Path(__file__).parents[1]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
COMMAND = Path(sysconfig.get_path("scripts")) / "rrmodel"


def run_console(example: Example) -> str | None:
    """Run each ``$ rrmodel`` line of a console block; return how its output differs, if it does."""
    if not example.parsed.startswith("$ rrmodel"):
        return None
    for session in re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)[1:]:
        line, _, wanted = session.partition("\n")
        program, *arguments = shlex.split(line)
        assert program == "rrmodel", f"only rrmodel is run in a console block, not {program}"
        ran = subprocess.run(  # noqa: S603  our own command, as our own page shows it
            [COMMAND, *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
            cwd=ROOT,
        )
        compare = doctest.OutputChecker()
        if not compare.check_output(wanted.strip() + "\n", ran.stdout.strip() + "\n", FLAGS):
            shown = doctest.Example(line, wanted.strip() + "\n")
            return compare.output_difference(shown, ran.stdout.strip() + "\n", FLAGS)
    return None


PAGES = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=FLAGS),
        CodeBlockParser("console", run_console),
    ],
)


def pages() -> dict[str, Document]:
    """Return the README and the pages that have examples."""
    paths = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    parsed = {path.relative_to(ROOT).as_posix(): PAGES.parse(path) for path in paths}
    return {name: page for name, page in parsed.items() if list(page.examples())}


PARSED = pages()
MODULES = [
    rrmodel.__name__,
    *(found.name for found in pkgutil.walk_packages(rrmodel.__path__, "rrmodel.")),
]


@pytest.mark.parametrize("name", PARSED)
def test_the_examples_of_a_page_run(name: str) -> None:
    """What a page shows is what happens."""
    for example in PARSED[name].examples():
        example.evaluate()


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What a docstring shows is what happens."""
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
    assert not failed, capsys.readouterr().out


def test_pages_have_no_example_that_is_not_run() -> None:
    """Python stands in ``python`` fences, the only ones that are run."""
    other = re.compile(
        r"^```(?:\{code-block\} )?(?:py|pycon|python3|ipython|doctest)\s*$", re.MULTILINE
    )
    paths = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert [path.name for path in paths if other.search(path.read_text("utf-8"))] == []
