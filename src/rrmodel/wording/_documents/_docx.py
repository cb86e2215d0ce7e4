"""Blocks of a DOCX file, by python-docx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from rrmodel.errors import LoadError, Problem, requires_extra
from rrmodel.wording._documents._blocks import Block
from rrmodel.wording._documents._cleaning import clean, superscript
from rrmodel.wording._documents._text import BULLET, note_of

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

__all__ = ["docx_blocks"]

_HEADING: Final = re.compile(r"heading ([1-9])", re.IGNORECASE)
_CONTENTS: Final = re.compile(r"toc [1-9]", re.IGNORECASE)
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LIST: Final = re.compile(r"list (?:bullet|number|paragraph)(?: ([2-9]))?", re.IGNORECASE)
_LARGEST: Final = 200_000_000
"""The most bytes that a file may have when it is unpacked."""


def docx_blocks(content: bytes) -> tuple[list[Block], str | None]:
    """Return the blocks of a DOCX file; a line is the number of a paragraph. Its title follows.

    Raises:
        LoadError: The file is damaged, or is not DOCX.
        MissingExtraError: python-docx is not installed.
    """
    with requires_extra("Reading DOCX", "documents"):
        import docx  # noqa: PLC0415 -- of an extra

    _check_size(content)
    try:
        document = docx.Document(BytesIO(content))
        blocks = list(_File(document).blocks())
        title = clean(document.core_properties.title or "")
    except Exception as error:  # the packages raise whatever a damaged archive brings about
        why = str(error) or type(error).__name__
        raise LoadError(
            [Problem(f"the DOCX file cannot be read: {why}. Save it again as .docx")]
        ) from error
    return blocks, title or None


def _check_size(content: bytes) -> None:
    """Refuse an archive that would not fit in memory, or a file that is not an archive."""
    import zipfile  # noqa: PLC0415 -- only archives need it

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            size = sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise LoadError(
            [Problem(f"the DOCX file cannot be read: {error}. Save it again as .docx")]
        ) from error
    if size > _LARGEST:
        raise LoadError([Problem(f"the DOCX file unpacks to {size:,} bytes: split it")])


class _File:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._line = 0

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of the body, then the footnotes."""
        from docx.text.paragraph import Paragraph  # noqa: PLC0415 -- of an extra

        for element in self._document.iter_inner_content():
            if isinstance(element, Paragraph):
                yield from self._paragraph(element)
            else:
                yield from self._table(element)
        yield from self._notes()

    def _table(self, table: Table) -> Iterator[Block]:
        for place, row in enumerate(table.rows):
            self._line += 1
            cells: list[str] = []
            for cell in row.cells:
                text = clean(" ".join(map(_text, cell.paragraphs)))
                cells.append(text)
            if any(cells):
                yield Block(
                    kind="row",
                    text=" | ".join(cells).strip(),
                    line=self._line,
                    last_line=self._line,
                    cells=tuple(cells),
                    is_header=place == 0,
                )

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Block]:
        self._line += 1
        raw = _text(paragraph)
        text, line = clean(raw), self._line
        if not text:
            return
        style = paragraph.style.name or "" if paragraph.style is not None else ""
        if heading := _HEADING.fullmatch(style):
            level = int(heading[1]) + 1
            yield Block(kind="heading", text=text, line=line, last_line=line, level=level)
        elif style.lower() == "title":
            yield Block(kind="heading", text=text, line=line, last_line=line, level=1)
        elif _CONTENTS.fullmatch(style):
            cells = tuple(cell for cell in map(clean, raw.split("\t")) if cell)
            yield Block(
                kind="row", text=" | ".join(cells).strip(), line=line, last_line=line, cells=cells
            )
        elif (depth := _depth(paragraph, style)) is not None:
            yield Block(kind="item", text=text, line=line, last_line=line, level=depth)
        elif (bullet := BULLET.match(text)) and bullet["mark"] in "•●○▪■◦‣⁃":
            yield Block(kind="item", text=text[bullet.end() :], line=line, last_line=line)
        else:
            yield note_of(text, line, line) or Block(
                kind="paragraph", text=text, line=line, last_line=line
            )

    def _notes(self) -> Iterator[Block]:
        from docx.oxml import parse_xml  # noqa: PLC0415 -- of an extra

        for relation in self._document.part.rels.values():
            if not relation.reltype.endswith("/footnotes"):
                continue
            for note in parse_xml(relation.target_part.blob).iter(f"{_W}footnote"):
                text = clean("".join(each.text or "" for each in note.iter(f"{_W}t")))
                if text:
                    self._line += 1
                    yield Block(
                        kind="note",
                        text=text,
                        line=self._line,
                        last_line=self._line,
                        number=note.get(f"{_W}id"),
                    )


def _depth(paragraph: Paragraph, style: str) -> int | None:
    """Return how deep in a list a paragraph is, or ``None`` if it is in none."""
    properties: Any = paragraph._p.pPr  # noqa: SLF001 -- python-docx has no other way to lists
    if properties is not None and properties.numPr is not None:
        level = properties.numPr.ilvl
        return 0 if level is None else int(level.val)
    named = _LIST.fullmatch(style)
    if named is None or style.lower() == "list paragraph":
        return None
    return int(named[1]) - 1 if named[1] else 0


def _text(paragraph: Paragraph) -> str:
    """Return the words of a paragraph; superscript numbers are marks of footnotes."""
    parts: list[str] = []
    for inner in paragraph.iter_inner_content():
        for run in getattr(inner, "runs", [inner]):
            text = run.text
            if run.font.superscript and text.strip().isascii() and text.strip().isdigit():
                text = superscript(text.strip())
            parts.append(text)
            parts += [
                superscript(number)
                for each in run._r.iter(f"{_W}footnoteReference")  # noqa: SLF001 -- as above
                if (number := each.get(f"{_W}id") or "").isdigit()
            ]
    return "".join(parts)
