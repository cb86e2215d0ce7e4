"""A page of text, wrapped to a width. Only terminals get colour."""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import shorten
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["Page", "counted", "listed"]

_WIDEST = 100
"""The width of files and pipes, and the widest line on a terminal that is easy to read."""
_NARROWEST = 60
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
"""Line breaks and control characters of terminals."""


class Page:
    """Lines of text, most of them a label with its text beside it.

    On a terminal the lines fit its width and may be coloured. In files and pipes they are plain,
    with the same bytes everywhere.
    """

    def __init__(self, stream: TextIO, labels: Iterable[str]) -> None:
        """Begin a page for a stream. Its first column is as wide as the longest label."""
        # loaded here, so that a command without a page does not load rich
        from rich.console import Console  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        self._text = Text
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
        self._lines.append(self._text())

    def paragraph(self, words: str, style: str = "") -> None:
        """Add words across the whole width."""
        self._lines += self._wrapped(words, self._width, style)

    def heading(self, words: str) -> None:
        """Add words, underlined with dashes."""
        lines = self._wrapped(words, self._width, "bold")
        self._lines += [*lines, self._text("-" * max(line.cell_len for line in lines), "dim")]

    def entry(self, label: str, *words: str, style: str = "") -> None:
        """Add a label, in a style, with texts beside it, one below the other."""
        width = self._width - self._column
        self._add(label, style, [line for each in words for line in self._wrapped(each, width)])

    def line(self, label: str, words: str, style: str) -> None:
        """Add a label, in a style, with words beside it, shortened to one line."""
        width = self._width - self._column
        self.entry(label, shorten(words, width, placeholder="…"), style=style)

    def items(self, label: str, each: Iterable[str]) -> None:
        """Add a label with a list beside it, a dash before each item."""
        lines = [
            self._text("  " if place else "- ") + line
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
            beside = self._text.assemble(("" if number else label, style))
            beside.pad_right(self._column - beside.cell_len)
            self._lines.append(beside + line)

    def _wrapped(self, words: str, width: int, style: str = "") -> list[Text]:
        return list(self._text(_CONTROL.sub(" ", words), style).wrap(self._console, width))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 target, 2 activities."""
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("ity") else f"{noun}s"
    return f"{number} {plural}"


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: one, two and three."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
