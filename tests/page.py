"""Run the examples of one page: ``python tests/page.py docs/how-to/convert.md``.

``test_documentation.py`` starts a fresh interpreter for each page, so no page can depend on what
another one imported. The examples of a page share their names, from top to bottom, and one folder,
which is empty at first. A block with a caption is a file of that name in it.
"""

from __future__ import annotations

import doctest
import re
import shlex
import sys
from collections.abc import Iterable
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from sybil import Document, Example, Region, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser
from sybil.parsers.myst.lexers import DirectiveLexer

from rrmodel import cli

ROOT = Path(__file__).parents[1]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def run_console(example: Example) -> str | None:
    """Run each ``$ rrmodel`` line of a console block; return how its output differs, if it does."""
    if not example.parsed.startswith("$ rrmodel"):
        return None
    for session in re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)[1:]:
        line, _, wanted = session.partition("\n")
        program, *arguments = shlex.split(line)
        assert program == "rrmodel", f"only rrmodel is run in a console block, not {program}"
        output = StringIO()
        with redirect_stdout(output), redirect_stderr(output):
            cli.main(arguments)
        compare = doctest.OutputChecker()
        if not compare.check_output(wanted.strip() + "\n", output.getvalue().strip() + "\n", FLAGS):
            shown = doctest.Example(line, wanted.strip() + "\n")
            return compare.output_difference(shown, output.getvalue().strip() + "\n", FLAGS)
    return None


def write_file(example: Example) -> None:
    """Write a block with a caption as a file of that name, as a reader would."""
    if name := example.region.lexemes["options"].get("caption"):
        Path(name).write_text(example.parsed, "utf-8")


def find_files(document: Document) -> Iterable[Region]:
    """Find the blocks that have options, and so may have a caption."""
    for region in DirectiveLexer("code-block", "(?:yaml|text)")(document):
        region.parsed = region.lexemes["source"]
        region.evaluator = write_file
        yield region


PAGES = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=FLAGS),
        CodeBlockParser("console", run_console),
        find_files,
    ],
)


def main(name: str) -> None:
    """Run the examples of a page; the first that differs raises, with its line.

    Args:
        name: The path of the page, from the root of the project.
    """
    page = PAGES.parse(ROOT / name)
    if "hypothesis" in page.text:
        _ignore_the_clock()
    with TemporaryDirectory() as folder, chdir(folder):
        for example in page.examples():
            example.evaluate()


def _ignore_the_clock() -> None:
    """Let Hypothesis draw examples on a busy machine, and keep them out of the project."""
    from hypothesis import HealthCheck, settings  # noqa: PLC0415 - few pages need it

    settings.register_profile(
        "page", database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("page")


if __name__ == "__main__":
    main(sys.argv[1])
