"""Blocks: the headings, paragraphs, list items, table rows and footnotes of a document."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

__all__ = ["Block", "BlockKind", "DocumentFormat", "Source"]

BlockKind: TypeAlias = Literal["heading", "paragraph", "item", "row", "note", "furniture"]
"""The kind of a block. Furniture belongs to the page and not to the text: page numbers, headers."""

DocumentFormat: TypeAlias = Literal["text", "markdown", "html", "docx", "pdf"]
"""The formats that are read."""


@attrs.frozen(kw_only=True)
class Block:
    """One block of a document, cleaned, with its place."""

    kind: BlockKind
    """Its kind."""
    text: str
    """Its words in one line, with one kind of space; footnote marks are superscript digits."""
    line: int
    """Its first line: of the text, or of the page; in DOCX, the number of the paragraph."""
    last_line: int
    """Its last line."""
    page: int | None = None
    """Its page, in a PDF."""
    level: int = 0
    """The level of a heading, from 1; the depth of an item, from 0."""
    number: str | None = None
    """The number that a list or a footnote prints, if it prints one."""
    cells: tuple[str, ...] = ()
    """The cells of a row."""
    is_header: bool = False
    """Whether a row names the columns of its table."""


@attrs.frozen(kw_only=True)
class Source:
    """A document as blocks."""

    format: DocumentFormat
    """Its format."""
    blocks: tuple[Block, ...]
    """Its blocks, in order."""
    title: str | None = None
    """The title that the file names, if it does."""
