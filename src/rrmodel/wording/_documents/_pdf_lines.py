"""The printed lines of a PDF: pieces of text put together by where they stand on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from rrmodel.wording._documents._cleaning import superscript

__all__ = ["Line", "lines_of", "width_of"]

_SAME_LINE: Final = 0.3
"""How far apart two pieces of one line may be, as a share of the size of type."""
_APART: Final = 1.5
"""How far apart two cells of a row are at least, in sizes of type."""
_INVISIBLE: Final = "\u200b\ufeff \t\r\n\x00"
_NARROW: Final = frozenset("iljtfrI.,:;'’!|()[] ")
_WIDE: Final = frozenset("mwMW%@")
_SMALLER: Final = 0.9
_MARK: Final = re.compile(r"\[?(?:footnote |note )?([0-9]{1,3})\]?", re.IGNORECASE)


@dataclass
class Line:
    """One printed line, or one row of a table."""

    text: str
    page: int
    number: int
    x: float
    y: float
    size: float
    bold: bool = False
    cells: list[str] = field(default_factory=list[str])
    """Its cells, if it is the row of a table."""
    last: float = 0
    """Where its last cell begins."""
    end: float = 0
    """About where it ends."""

    def __post_init__(self) -> None:
        self.last = self.x
        self.end = self.x + width_of(self.text.strip()) * self.size


def lines_of(page: Any, number: int) -> Iterator[Line]:  # noqa: ANN401 -- pypdf is loaded late
    """Yield the printed lines of a page, in the order in which it was written."""
    pieces: list[Line] = []

    def visit(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:  # noqa: ANN401
        if not text.strip():
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
        bold = "bold" in str(font and font.get("/BaseFont")).lower()
        for place, part in enumerate(text.split("\n")):
            if part.strip(_INVISIBLE):
                height = y if place == 0 else y - place * abs(size) * scale
                pieces.append(Line(part, number, 0, x, height, abs(size) * scale, bold))

    page.extract_text(visitor_text=visit)
    columns = _columns(pieces)
    lines: list[Line] = []
    for piece in pieces:
        piece.number = len(lines) + 1
        if lines and _is_cell(lines[-1], piece, columns):
            line = lines[-1]
            line.cells = line.cells or [line.text]
            line.cells.append(piece.text)
            line.text = f"{line.text.rstrip()} {piece.text.strip()}"
            line.last, line.end = piece.x, piece.end
        elif not (lines and _joined(lines[-1], piece)):
            lines.append(piece)
    yield from lines


def width_of(text: str) -> float:
    """Return about how wide words are, in sizes of type, in a common proportional font."""
    narrow = sum(mark in _NARROW for mark in text)
    wide = sum(mark in _WIDE for mark in text)
    capitals = sum(mark.isupper() for mark in text)
    return 0.29 * narrow + 0.82 * wide + 0.15 * capitals + 0.5 * (len(text) - narrow - wide)


def _columns(pieces: Sequence[Line]) -> frozenset[int]:
    """Return the places at which pieces that do not begin a line are in more lines than one."""
    places: Counter[int] = Counter()
    for before, piece in pairwise(pieces):
        if _is_level(before, piece) and piece.x > before.x + 2 * piece.size:
            places[round(piece.x)] += 1
    return frozenset(place for place, times in places.items() if times > 1)


def _is_level(line: Line, piece: Line) -> bool:
    return abs(line.y - piece.y) <= _SAME_LINE * max(line.size, piece.size)


def _is_cell(line: Line, piece: Line, columns: frozenset[int]) -> bool:
    """Return whether a piece is beside a line, apart from it, as the next cell of a row."""
    if not _is_level(line, piece) or len(line.text.strip()) == 1:
        return False
    size = max(line.size, piece.size)
    if piece.x <= line.last + 2 * size or not any(mark.isalnum() for mark in piece.text):
        return False
    return round(piece.x) in columns or piece.x > line.end + _APART * size


def _joined(line: Line, piece: Line) -> bool:
    """Add a piece to a line if it is in it; a small number in it is the mark of a footnote."""
    mark = _mark(piece, line)
    if not _is_level(line, piece):
        rise = piece.y - line.y
        is_raised = mark and 0 < rise < line.size
        # a mark may be broken off to the next line
        is_broken_off = mark and piece.text.strip()[0] == "[" and -1.6 * line.size < rise < 0
        if not (is_raised or is_broken_off):
            return False
    ends = piece.end if piece.x > line.x else line.end + piece.end - piece.x
    line.end = max(line.end, ends)
    if mark:
        line.text = line.text.rstrip() + superscript(mark)
        return True
    if own := _mark(line, piece):
        line.text = f"{superscript(own)} {piece.text.lstrip()}"
    elif len(line.text.strip()) == 1 and not line.text.strip().isalnum():
        # fonts give the sign of an item many codes: alone before the words, it is one
        line.text = f"• {piece.text.lstrip()}"
    else:
        line.text += piece.text
        piece.size = max(line.size, piece.size)
    line.size, line.bold, line.y = piece.size, piece.bold and line.bold, piece.y
    return True


def _mark(piece: Line, line: Line) -> str:
    """Return the number of the footnote that a piece in smaller type than its line marks."""
    match = _MARK.fullmatch(piece.text.strip())
    return match[1] if match and match[1].isascii() and piece.size < _SMALLER * line.size else ""
