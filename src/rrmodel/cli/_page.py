"""A page of text: wrapped to a width, coloured on a terminal and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import shorten
from typing import TextIO

from rich.console import Console
from rich.text import Text

__all__ = ["Page", "counted", "listed"]

_WIDEST = 100
"""The width off a terminal, and the longest line that is easy to read on one."""
_NARROWEST = 60
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
"""Line breaks, and what would command a terminal."""


class Page:
    """Lines that grow downwards, most of them a label with its text beside it.

    On a terminal the lines fit its width and may be coloured. Anywhere else they are plain and
    always the same.
    """

    def __init__(self, stream: TextIO, labels: Iterable[str]) -> None:
        """Begin a page for a stream, whose first column holds the longest of the labels."""
        if stream.isatty():
            self._console = Console(file=stream, force_jupyter=False)
        else:
            self._console = Console(
                file=stream,
                width=_WIDEST,
                color_system=None,
                force_terminal=False,
                force_jupyter=False,
            )
        self._width = max(_NARROWEST, min(self._console.width, _WIDEST))
        self._column = max(map(len, labels)) + 2
        self._lines: list[Text] = []

    def space(self) -> None:
        """Add an empty line."""
        self._lines.append(Text())

    def paragraph(self, words: str, style: str = "") -> None:
        """Add words over the whole width."""
        self._lines += self._wrapped(words, self._width, style)

    def heading(self, words: str) -> None:
        """Add words with a line below them."""
        lines = self._wrapped(words, self._width, "bold")
        self._lines += [*lines, Text("-" * max(line.cell_len for line in lines), "dim")]

    def entry(self, label: str, *words: str, style: str = "") -> None:
        """Add a label, in a style, and beside it one text below the other."""
        width = self._width - self._column
        self._add(label, style, [line for each in words for line in self._wrapped(each, width)])

    def line(self, label: str, words: str, style: str) -> None:
        """Add a label, in a style, and beside it as many words as fit on its line."""
        width = self._width - self._column
        self.entry(label, shorten(words, width, placeholder="…"), style=style)

    def items(self, label: str, each: Iterable[str]) -> None:
        """Add a label and a list beside it, each item with its dash."""
        lines = [
            Text("  " if place else "- ") + line
            for words in each
            for place, line in enumerate(self._wrapped(words, self._width - self._column - 2))
        ]
        self._add(label, "", lines)

    def __str__(self) -> str:
        with self._console.capture() as capture:
            for line in self._lines:
                line.rstrip()
                self._console.print(line, soft_wrap=True)
        return capture.get()

    def _add(self, label: str, style: str, lines: Iterable[Text]) -> None:
        for number, line in enumerate(lines):
            beside = Text.assemble(("" if number else label, style))
            beside.pad_right(self._column - beside.cell_len)
            self._lines.append(beside + line)

    def _wrapped(self, words: str, width: int, style: str = "") -> list[Text]:
        return list(Text(_CONTROL.sub(" ", words), style).wrap(self._console, width))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 target, 2 activities."""
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("ity") else f"{noun}s"
    return f"{number} {plural}"


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence: one, two and three."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
