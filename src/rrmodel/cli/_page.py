"""A page of text, wrapped to a width. Only terminals get colour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO, TypeAlias

if TYPE_CHECKING:
    from rich.console import JustifyMethod, OverflowMethod, RenderableType
    from rich.text import Text

__all__ = ["Cell", "Group", "Page", "listed"]

Cell: TypeAlias = str | tuple[str, str]
"""The text of a cell, or a text and its style."""
Group: TypeAlias = tuple[str, Sequence[Sequence[Cell]]]
"""A heading and the rows below it. Without one they are not indented; a space only indents them."""

_PIPE = 100
"""The width of files and pipes."""
_NARROWEST = 60
_GAP = 2
"""Columns of a terminal between two cells."""
_SHORTEST, _LITTLE = 28, 44
"""The widths to which the first column of a table of one line each may be shortened: at worst, and
without losing much."""
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
            self._console.width = max(_NARROWEST, self._console.width)
        else:
            self._console = Console(
                file=stream,
                width=_PIPE,
                color_system=None,
                force_terminal=False,
                force_jupyter=False,
            )
        self._width = self._console.width
        self._column = max(map(len, labels), default=0) + _GAP
        self._lines: list[RenderableType] = []

    @property
    def is_narrow(self) -> bool:
        """Whether the lines are shorter than those of a file."""
        return self._width < _PIPE

    def space(self) -> None:
        """Add an empty line."""
        self._lines.append(self._text())

    def paragraph(self, words: str, style: str = "") -> None:
        """Add words across the whole width."""
        self._lines += self._wrapped(words, self._width, style)

    def assembled(self, *parts: Cell) -> None:
        """Add words in several styles across the whole width."""
        line = self._text()
        for part in parts:
            line.append_text(self._cell(part))
        self._lines += line.wrap(self._console, self._width)

    def heading(self, words: str) -> None:
        """Add words, underlined with dashes."""
        lines = self._wrapped(words, self._width, "bold")
        self._lines += [*lines, self._text("-" * max(line.cell_len for line in lines), "dim")]

    def entry(self, label: str, *words: str, style: str = "") -> None:
        """Add a label, in a style, with texts beside it, one below the other."""
        width = self._width - self._column
        self._add(label, style, [line for each in words for line in self._wrapped(each, width)])

    def items(self, label: str, each: Iterable[str]) -> None:
        """Add a label with a list beside it, a dash before each item."""
        self._add(label, "", self._listed(each, self._width - self._column))

    def bullets(self, each: Iterable[str]) -> None:
        """Add a list across the whole width, a dash before each item."""
        self._lines += self._listed(each, self._width)

    def place(self, place: str, words: str) -> None:
        """Add a place, which is never broken, with words below it."""
        self._lines.append(self._text("  ") + self._cell(place))
        self._lines += [self._text("    ") + line for line in self._wrapped(words, self._width - 4)]

    def fits(self, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bool:
        """Whether a table with headings fits if its first column is shortened a little."""
        columns = self._columns(heads, rows)
        first, *others = (max(cell.cell_len for cell in column) for column in columns)
        return _GAP + _total([min(first, _LITTLE), *others]) <= self._width

    def table(
        self,
        heads: Sequence[str],
        groups: Sequence[Group],
        *,
        right: Iterable[str] = (),
        is_shortened: bool = False,
    ) -> None:
        """Add a table, with one head and the same columns for all groups of rows.

        Args:
            heads: The names of the columns. Without any name there is no head.
            groups: The rows, in groups with a heading each.
            right: The columns that are aligned on the right.
            is_shortened: Whether the first column is shortened where the table is too wide, so
                that each row is one line. On a narrow terminal, and by default, the widest columns
                are wrapped.
        """
        from rich.padding import Padding  # noqa: PLC0415 - as above
        from rich.table import Table  # noqa: PLC0415 - as above

        aligned, rows = frozenset(right), [row for _, rows in groups for row in rows]
        indent = _GAP if any(heading for heading, _ in groups) else 0
        columns = self._columns(heads, rows)
        widest = [max(cell.cell_len for cell in column) for column in columns]
        is_shortened &= _total([min(widest[0], _SHORTEST), *widest[1:]]) <= self._width - indent
        widths = self._fitted(columns, self._width - indent, is_shortened=is_shortened)

        def made(rows: Iterable[Sequence[Cell]], style: str = "") -> RenderableType:
            table = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
            for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
                is_cut = is_shortened and not place
                overflow: OverflowMethod = "ellipsis" if is_cut else "fold"
                justify: JustifyMethod = "right" if head in aligned else "left"
                table.add_column(width=width, justify=justify, no_wrap=is_cut, overflow=overflow)
            for row in rows:
                table.add_row(*map(self._cell, row), style=style)
            return Padding(table, (0, 0, 0, indent))

        if any(heads):
            self._lines.append(made([heads], "bold"))
        for number, (heading, each) in enumerate(groups):
            if heading.strip():
                if number:
                    self.space()
                self.paragraph(heading, "bold")
            if each:
                self._lines.append(made(each))

    def __str__(self) -> str:
        with self._console.capture() as capture:
            for line in self._lines:
                self._console.print(line, soft_wrap=isinstance(line, self._text))
        # tables fill their last column with spaces
        return "\n".join(line.rstrip(" ") for line in capture.get().split("\n"))

    def _cell(self, cell: Cell) -> Text:
        words, style = (cell, "") if isinstance(cell, str) else cell
        return self._text(_CONTROL.sub(" ", words), style)

    def _columns(self, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> list[list[Text]]:
        return [[self._cell(cell) for cell in column] for column in zip(heads, *rows, strict=True)]

    def _fitted(
        self, columns: Sequence[Sequence[Text]], room: int, *, is_shortened: bool
    ) -> list[int]:
        """Return widths that fit: of the first column, then of those with the fewest new lines."""
        lengths = [[cell.cell_len for cell in column] for column in columns]
        widths = [max(column) for column in lengths]
        words = [
            [len(word) for cell in column for word in cell.plain.split()] for column in columns
        ]
        least = [max(column, default=0) for column in words]
        if is_shortened:
            least[0] = min(widths[0], _SHORTEST)
            widths[0] = max(least[0], min(widths[0], room - _total([0, *widths[1:]])))

        def lines(place: int, width: int) -> int:
            return sum(-(-length // width) for length in lengths[place])

        def cost(place: int) -> tuple[bool, int, int]:
            width = widths[place]
            more = lines(place, width - 1) - lines(place, width) if width > 1 else 0
            return width <= least[place], more, -width

        for _ in range(_total(widths) - room):
            widths[min(range(len(widths)), key=cost)] -= 1
        return widths

    def _add(self, label: str, style: str, lines: Iterable[Text]) -> None:
        for number, line in enumerate(lines):
            beside = self._text.assemble(("" if number else label, style))
            beside.pad_right(self._column - beside.cell_len)
            self._lines.append(beside + line)

    def _listed(self, each: Iterable[str], width: int) -> list[Text]:
        return [
            self._text("  " if place else "- ") + line
            for words in each
            for place, line in enumerate(self._wrapped(words, width - 2))
        ]

    def _wrapped(self, words: str, width: int, style: str = "") -> list[Text]:
        return list(self._text(_CONTROL.sub(" ", words), style).wrap(self._console, width))


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: one, two and three."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
