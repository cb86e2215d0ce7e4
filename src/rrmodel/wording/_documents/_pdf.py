"""Blocks of a PDF with a text layer, by pypdf: headings are found by the size of their type."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

import attrs

from rrmodel.errors import LoadError, Problem, requires_extra
from rrmodel.wording._documents._blocks import Block
from rrmodel.wording._documents._cleaning import is_page_number, is_rule, join_lines, superscript
from rrmodel.wording._documents._text import BULLET, hyphened_words, note_of

__all__ = ["pdf_blocks"]

_SAME_LINE: Final = 0.3
"""How far apart two pieces of one line may be, as a share of the size of type."""
_SAME_PARAGRAPH: Final = 1.45
"""How far apart two lines of one paragraph may be, as a share of the size of type."""
_WIDTH: Final = 0.5
"""About how wide a letter is, as a share of the size of type."""
_APART: Final = 4
"""How far apart two columns are at least, in sizes of type."""
_NO_TITLE: Final = re.compile(r"\W*(?:untitled|anonymous|unspecified|microsoft word\b.*)\W*", re.IGNORECASE)
_LARGER: Final = 1.12
_SMALLER: Final = 0.8
_LONGEST_HEADING: Final = 120
_BULLETS: Final = "•●○▪■◦‣⁃\uf0b7\uf0a7"
_LOGGER: Final = "pypdf"


@attrs.define
class _Line:
    """One printed line."""

    text: str
    page: int
    number: int
    x: float
    y: float
    size: float
    bold: bool = False


def pdf_blocks(content: bytes) -> tuple[list[Block], str | None]:
    """Return the blocks of a PDF, each with its page and its lines there, and the PDF's title.

    Raises:
        LoadError: The file is damaged or locked, or has no text layer, as scanned pages have none.
        MissingExtraError: pypdf is not installed.
    """
    with requires_extra("Reading PDF", "documents"):
        import pypdf  # noqa: PLC0415 -- of an extra

    logger = logging.getLogger(_LOGGER)
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise LoadError([Problem("the PDF is locked with a password: save it without one")])
        lines = [
            line for number, page in enumerate(reader.pages, 1) for line in _lines(page, number)
        ]
        title = reader.metadata.title if reader.metadata else None
    except LoadError:
        raise
    except Exception as error:  # pypdf raises whatever a damaged file brings about
        why = str(error) or type(error).__name__
        raise LoadError([Problem(f"the PDF cannot be read: {why}")]) from error
    finally:
        logger.setLevel(level)
    if not lines:
        message = (
            "the PDF has no text layer, as scanned pages have none: make one with a program for "
            "text recognition, or find the document in another format"
        )
        raise LoadError([Problem(message)])
    named = " ".join(title.split()) if isinstance(title, str) else ""
    return list(_Pages(lines).blocks()), None if _NO_TITLE.fullmatch(named) else named or None


def _lines(page: Any, number: int) -> Iterator[_Line]:  # noqa: ANN401 -- pypdf is loaded late
    """Yield the printed lines of a page."""
    pieces: list[tuple[str, float, float, float, bool]] = []

    def visit(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:  # noqa: ANN401
        if not text.strip():
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
        bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        pieces.append((text, x, y, abs(size) * scale, bold))

    page.extract_text(visitor_text=visit)
    found: list[_Line] = []
    for text, x, y, size, bold in pieces:
        for place, part in enumerate(text.split("\n")):
            if not part.strip():
                continue
            piece = _Line(part, number, len(found) + 1, x, y, size, bold)
            if not (found and place == 0 and _joined(found[-1], piece)):
                found.append(piece)
    yield from found


def _joined(line: _Line, piece: _Line) -> bool:
    """Add a piece to a line if it stands in it; a small number in it is the mark of a footnote."""
    if abs(line.y - piece.y) > _SAME_LINE * max(line.size, piece.size):
        is_raised = _is_mark(piece, line) and 0 < piece.y - line.y < line.size
        if not is_raised:
            return False
    if piece.x - line.x > (_WIDTH * len(line.text) + _APART) * line.size:
        return False
    if _is_mark(piece, line):
        line.text = line.text.rstrip() + superscript(piece.text.strip())
        return True
    if _is_mark(line, piece):
        line.text = f"{superscript(line.text.strip())} {piece.text.lstrip()}"
    elif len(line.text.strip()) == 1 and not line.text.strip().isalnum():
        # fonts give the sign of an item many codes: alone before the words, it is one
        line.text = f"• {piece.text.lstrip()}"
    else:
        line.text += piece.text
        piece.size = max(line.size, piece.size)
    line.size, line.bold, line.y = piece.size, piece.bold and line.bold, piece.y
    return True


def _is_mark(piece: _Line, line: _Line) -> bool:
    """Return whether a piece is a number in smaller type than the words beside it."""
    digits = piece.text.strip()
    return digits.isascii() and digits.isdigit() and piece.size < _SMALLER * line.size


class _Pages:
    """The lines of all pages, made into blocks."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = lines
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        self._body = max(sizes, key=lambda size: (sizes[size], size))
        larger = sorted((size for size in sizes if size > _LARGER * self._body), reverse=True)
        self._levels = {size: place for place, size in enumerate(larger, 1)}
        self._words = hyphened_words("\n".join(line.text.strip() for line in lines))
        self._repeated = _repeated(lines)
        heights: dict[int, list[float]] = {}
        for line in lines:
            heights.setdefault(line.page, []).append(line.y)
        self._edges = {page: (min(each), max(each)) for page, each in heights.items()}

    def blocks(self) -> Iterator[Block]:
        """Yield each block."""
        group: list[_Line] = []
        for line in self._lines:
            if self._is_furniture(line):
                continue
            if group and not self._continues(group, line):
                yield from self._block(group)
                group = []
            group.append(line)
        if group:
            yield from self._block(group)

    def _is_furniture(self, line: _Line) -> bool:
        text = line.text.strip()
        if (text, round(line.y)) in self._repeated or is_rule(text):
            return True
        return is_page_number(text) and line.y in self._edges[line.page]

    def _continues(self, group: Sequence[_Line], line: _Line) -> bool:
        last = group[-1]
        if abs(last.size - line.size) > 0.05 * last.size or _is_item(line.text):
            return False
        if self._is_heading(group) != self._is_heading([line]):
            return False
        if last.page != line.page:
            ends = last.text.rstrip()[-1:] in ".:;!?"
            return not ends and line.text.lstrip()[:1].islower()
        gap = last.y - line.y
        return 0 <= gap <= _SAME_PARAGRAPH * max(last.size, line.size)

    def _is_heading(self, group: Sequence[_Line]) -> bool:
        size = group[0].size
        if size > _LARGER * self._body:
            return sum(len(line.text) for line in group) <= _LONGEST_HEADING
        text = group[0].text.strip()
        is_short = len(text) <= _LONGEST_HEADING and text[-1:] not in ".,;:"
        return group[0].bold and is_short and not _is_item(text) and size >= _SMALLER * self._body

    def _block(self, group: Sequence[_Line]) -> Iterator[Block]:
        first, last = group[0], group[-1]
        text = join_lines([line.text for line in group], self._words)
        if not text:
            return
        place = {"line": first.number, "last_line": last.number, "page": first.page}
        if self._is_heading(group):
            level = self._levels.get(round(first.size, 1), len(self._levels) + 1)
            yield Block(kind="heading", text=text, level=level, **place)
        elif _is_item(text) and (match := BULLET.match(text)):
            yield Block(kind="item", text=text[match.end() :], number=match["number"], **place)
        else:
            note = note_of(text, first.number, last.number, first.page)
            yield note or Block(kind="paragraph", text=text, **place)


def _is_item(text: str) -> bool:
    text = text.strip()
    match = BULLET.match(text)
    if match is None or match.end() == len(text):
        return False
    return text[0] in _BULLETS or match.end() > match.end("mark")


def _repeated(lines: Sequence[_Line]) -> frozenset[tuple[str, int]]:
    """Return the lines that stand at one height on most pages: their headers and footers."""
    pages = len({line.page for line in lines})
    places = Counter((line.text.strip(), round(line.y)) for line in lines)
    return frozenset(
        place for place, times in places.items() if times > 1 and times > pages / 2
    )
