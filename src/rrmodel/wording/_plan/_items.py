"""The items of a section: its blocks, as citations number them."""

from __future__ import annotations

import attrs

from rrmodel.model import Citation
from rrmodel.wording._documents import Block
from rrmodel.wording._plan._ledger import Ledger
from rrmodel.wording._plan._outline import Section
from rrmodel.wording._plan._tables import Columns, Row, plain_row

__all__ = ["Item", "items_of"]


@attrs.frozen
class Item:
    """A block of a section with what citations call it."""

    block: Block
    """The block."""
    citation: Citation
    """The section, and which bullet, paragraph or row it is."""
    row: Row | None
    """The row that it is, if it is one."""
    stem: str
    """The words before the list that it is in, if they end in a colon."""


def items_of(section: Section, document: str, ledger: Ledger) -> list[Item]:
    """Return the items of a section, and note them and its heading in the ledger."""
    paragraphs = items = rows = 0
    stem = ""
    columns: Columns | None = None
    found: list[Item] = []
    if section.heading is not None:
        ledger.open(section.heading, "heading")
    for block in section.blocks:
        row: Row | None = None
        match block.kind:
            case "item":
                items += 1
                name = block.number or str(items)
            case "row" if block.is_header and (columns := Columns.of(block)) is not None:
                ledger.open(block, "heading")
                continue
            case "row":
                rows += 1
                name = f"row {rows}"
                row = columns.row(block) if columns is not None else plain_row(block.cells)
            case _:
                paragraphs += 1
                name = f"paragraph {paragraphs}"
                stem = block.text if block.text.endswith(":") else ""
                columns = None
        citation = Citation(document, section.path, name)
        ledger.open(block, section.role or "text", citation)
        if block.kind == "row" and row is None:
            ledger.unplaced(block, "the row has no statement in its first column: add it by hand")
        else:
            found.append(Item(block, citation, row, stem))
    return found
