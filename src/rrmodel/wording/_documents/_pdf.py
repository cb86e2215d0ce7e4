"""Blocks of a PDF with a text layer, by pypdf: headings are found by the size of their type."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

from rrmodel.errors import LoadError, Problem, requires_extra
from rrmodel.wording._documents._blocks import Block, BlockKind
from rrmodel.wording._documents._cleaning import clean, is_page_number, is_rule, join_lines
from rrmodel.wording._documents._pdf_lines import Line, lines_of, width_of
from rrmodel.wording._documents._text import BULLET, hyphened_words, note_of

__all__ = ["pdf_blocks"]

_SAME_PARAGRAPH: Final = 1.45
"""How far apart two lines of one paragraph may be, as a share of the size of type."""
_FULL: Final = 0.94
"""How wide a line is at least that is full, as a share of the widest at its place."""
_ONE_COLUMN: Final = 0.6
"""How wide the widest line of a page with one column is at least, as a share of the page."""
_INDENT: Final = 1.2
_FAR: Final = 8
"""How far to the right, in sizes of type, an indented line and a column begin."""
_LARGER: Final = 1.12
_SMALLER: Final = 0.8
_LONGEST_HEADING: Final = 120
_BULLETS: Final = "•●○▪■◦‣⁃\uf0b7\uf0a7"
_BACK: Final = "↩"
_NO_TITLE: Final = re.compile(
    r"\W*(?:untitled|anonymous|unspecified|microsoft word\b.*)?\W*", re.IGNORECASE
)


def pdf_blocks(content: bytes) -> tuple[list[Block], str | None]:
    """Return the blocks of a PDF, each with its page and its lines there, and the PDF's title.

    Raises:
        LoadError: The file is damaged or locked, or has no text layer, as scanned pages have none.
        MissingExtraError: pypdf is not installed.
    """
    with requires_extra("Reading PDF", "documents"):
        import pypdf  # noqa: PLC0415 -- of an extra

    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else list(reader.pages)
        lines = [line for number, page in enumerate(pages, 1) for line in lines_of(page, number)]
        breadth = max((float(page.mediabox.width) for page in pages), default=0.0)
        title = reader.metadata.title if not locked and reader.metadata else None
    except Exception as error:  # pypdf raises whatever a damaged file brings about
        why = str(error) or type(error).__name__
        raise LoadError(
            [Problem(f"the PDF cannot be read: {why}. Save it again as PDF")]
        ) from error
    finally:
        logger.setLevel(level)
    if locked:
        raise LoadError([Problem("the PDF is locked with a password: save it without one")])
    if not lines:
        message = (
            "the PDF has no text layer, as scanned pages have none: make one with a program for "
            "text recognition, or find the document in another format"
        )
        raise LoadError([Problem(message)])
    named = clean(title) if isinstance(title, str) else ""
    return list(_Pages(lines, breadth).blocks()), None if _NO_TITLE.fullmatch(named) else named


class _Pages:
    """The lines of all pages, made into blocks."""

    def __init__(self, lines: Sequence[Line], breadth: float) -> None:
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
        self._margin = self._left()
        self._full = breadth - 2 * self._margin
        self._widest: dict[int, float] = {}
        for line in lines:
            if not line.cells and not self._is_heading([line]):
                place = round(line.x)
                self._widest[place] = max(self._widest.get(place, 0), line.end - line.x)
        if max(self._widest.values(), default=0.0) < _ONE_COLUMN * self._full:
            self._full = 0.0

    def _left(self) -> float:
        """Return where headings begin, or else most lines: what is further right is indented."""
        headings = Counter(round(line.x) for line in self._lines if self._is_heading([line]))
        places = headings or Counter(round(line.x) for line in self._lines)
        return float(max(places, key=lambda place: (places[place], -place)))

    def blocks(self) -> Iterator[Block]:
        """Yield each block."""
        group: list[Line] = []
        for line in self._lines:
            if self._is_furniture(line):
                continue
            if group and not self._continues(group, line):
                yield from self._block(group)
                group = []
            group.append(line)
        if group:
            yield from self._block(group)

    def _is_furniture(self, line: Line) -> bool:
        text = line.text.strip()
        if (text, round(line.y)) in self._repeated or is_rule(text):
            return True
        numbered = is_page_number(text) or any(is_page_number(each.strip()) for each in line.cells)
        return numbered and line.y in self._edges[line.page]

    def _continues(self, group: Sequence[Line], line: Line) -> bool:
        last = group[-1]
        if last.cells or line.cells or _is_item(line.text):
            return False
        if abs(last.size - line.size) > 0.05 * last.size:
            return False
        if self._is_heading(group) != self._is_heading([line]):
            return False
        starts_small = line.text.lstrip()[:1].islower()
        if last.page != line.page:
            return last.text.rstrip()[-1:] not in ".:;!?" and starts_small
        gap = last.y - line.y
        if not 0 <= gap <= _SAME_PARAGRAPH * max(last.size, line.size):
            return False
        return starts_small or not self._is_ended(group, line)

    def _is_ended(self, group: Sequence[Line], line: Line) -> bool:
        """Return whether the next word would have stood in the line above, so that it was ended."""
        last, first = group[-1], line.text.split()[0]
        if self._is_heading(group) or not (self._is_indented(line) or first[0].isupper()):
            return False
        full = self._widest.get(round(last.x), 0.0)
        if self._is_indented(line):
            full = max(full, self._full - last.x + self._margin)
        return last.size * width_of(f"{last.text.strip()} {first}") < _FULL * full

    def _is_indented(self, line: Line) -> bool:
        return _INDENT * line.size < line.x - self._margin < _FAR * line.size

    def _is_heading(self, group: Sequence[Line]) -> bool:
        size = group[0].size
        if group[0].cells:
            return False
        if size > _LARGER * self._body:
            return sum(len(line.text) for line in group) <= _LONGEST_HEADING
        text = group[0].text.strip()
        is_short = len(text) <= _LONGEST_HEADING and text[-1:] not in ".,;:"
        return group[0].bold and is_short and not _is_item(text) and size >= _SMALLER * self._body

    def _block(self, group: Sequence[Line]) -> Iterator[Block]:
        first = group[0]
        last_line = max(line.number for line in group if line.page == first.page)
        text = join_lines([line.text for line in group], self._words)
        if not text:
            return
        kind: BlockKind
        number: str | None = None
        level = 0
        cells: tuple[str, ...] = ()
        if first.cells:
            kind, cells = "row", tuple(map(clean, first.cells))
            text = " | ".join(cells)
        elif self._is_heading(group):
            kind = "heading"
            level = self._levels.get(round(first.size, 1), len(self._levels) + 1)
        elif _is_item(text) and (match := BULLET.match(text)):
            kind, text, number = "item", text[match.end() :], match["number"]
            if text.endswith(_BACK):
                kind, text = "note", text.rstrip(_BACK).strip()
        elif note := note_of(text, first.number, last_line, first.page):
            yield note
            return
        else:
            kind = "item" if self._is_indented(first) else "paragraph"
        yield Block(
            kind=kind,
            text=text,
            line=first.number,
            last_line=last_line,
            page=first.page,
            level=level,
            number=number,
            cells=cells,
            is_header=first.bold,
        )


def _is_item(text: str) -> bool:
    text = text.strip()
    match = BULLET.match(text)
    if match is None or match.end() == len(text):
        return False
    return text[0] in _BULLETS or match.end() > match.end("mark")


def _repeated(lines: Sequence[Line]) -> frozenset[tuple[str, int]]:
    """Return the lines that are at one height on most pages: their headers and footers."""
    pages = len({line.page for line in lines})
    places = Counter((line.text.strip(), round(line.y)) for line in lines)
    return frozenset(place for place, times in places.items() if times > 1 and times > pages / 2)
