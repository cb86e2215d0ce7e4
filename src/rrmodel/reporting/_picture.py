"""A picture, and the same in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape

import attrs

from rrmodel.reporting._drawing import clean

__all__ = ["Picture", "counted", "table", "told_apart"]


@attrs.frozen(kw_only=True)
class Picture:
    """A picture of a plan or of figures. Notebooks show it, with its words folded below it.

    >>> from rrmodel import datasets
    >>> from rrmodel.coverage import coverage
    >>> from rrmodel.reporting import coverage_picture
    >>> picture = coverage_picture(coverage(datasets.load("east-midlands-2022-25")))
    >>> picture.title
    'What is covered: East Midlands Reducing Reoffending Plan 2022-25'
    """

    svg: str
    """The picture: SVG, to stand in a page or in a file of its own (as UTF-8)."""
    title: str
    """What it is a picture of."""
    description: str
    """What it comes to, in a sentence or two."""
    text: str
    """The same as the picture shows, as a table in plain text."""

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return (
            f'<div class="rrmodel-picture">\n{self.svg}'
            "<details><summary>The same in words</summary>\n"
            f'<pre tabindex="0" style="overflow-x: auto">{escape(self.text)}</pre>\n'
            "</details>\n</div>\n"
        )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows of texts as columns below their heads."""
    lines = [tuple(head), *map(tuple, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    widths[-1] = len(head[-1])  # nothing stands to its right
    lines.insert(1, tuple("-" * width for width in widths))
    return "".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in lines
    )


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 partner, 2 partners."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names of ids on one line each, with the id wherever two names are alike."""
    shown = {name: clean(said) for name, said in names.items()}
    alike = Counter(shown.values())
    return {
        name: said if alike[said] == 1 else f"{said} ({clean(name)})"
        for name, said in shown.items()
    }
