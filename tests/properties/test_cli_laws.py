"""The laws of the command line."""

from __future__ import annotations

import contextlib
import io

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from rrmodel import datasets
from rrmodel.cli import main
from rrmodel.cli._page import Page

WORDS = st.sampled_from(
    [
        *("evaluate", "show", "-h", "--version", "--format", "json", "--area", "East Midlands"),
        *("figures", "forecast", "compare", "check", "--statistics", "--explain", "--period"),
        *("--as-of", "2024-08-01", "--fail-on", "missed", "--observations"),
        *(*datasets.names(), *datasets.observation_sets()),
    ]
)


@settings(max_examples=settings.default.max_examples * 3 // 5)
@given(st.lists(WORDS | st.text(max_size=8), max_size=6))
@example(["show", "/"])
@example(["show", "\0.yaml"])
def test_any_words_have_an_answer(words: list[str]) -> None:
    """Whatever the words, the command ends with 0, 1 or 2, and says something."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(words)
    assert code in {0, 1, 2}
    assert bool(out.getvalue()) != bool(err.getvalue())


@given(st.text(max_size=300), st.text(alphabet="ab", max_size=20))
def test_no_line_is_wider_than_the_page(words: str, label: str) -> None:
    """Whatever the words, a page keeps to its width and ends no line with a space."""
    page = Page(io.StringIO(), [label])
    page.heading(words)
    page.entry(label, words)
    page.items(label, [words])
    lines = str(page).split("\n")
    assert max(map(cell_len, lines)) <= 100
    assert [line for line in lines if line.endswith(" ")] == []


@given(
    rows=st.lists(st.tuples(st.text(max_size=60), st.text(max_size=120)), max_size=4),
    is_cut=st.booleans(),
)
def test_no_table_is_wider_than_the_page(rows: list[tuple[str, str]], *, is_cut: bool) -> None:
    """Whatever the cells, a table keeps to the width of its page and has a line for each row."""
    page = Page(io.StringIO(), ())
    page.table(("First", "Second"), [("Heading", rows)], is_shortened=is_cut)
    lines = str(page).split("\n")
    assert max(map(cell_len, lines)) <= 100
    assert [line for line in lines if line.endswith(" ")] == []
    assert len(lines) >= 3 + len(rows)
