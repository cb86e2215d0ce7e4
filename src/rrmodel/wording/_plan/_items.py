"""The items of a section: its blocks, as citations number them."""

from __future__ import annotations

import attrs

from rrmodel.model import Citation
from rrmodel.wording._documents import Block
from rrmodel.wording._plan._headings import objective_of
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
    objective: str | None = None
    """The objective that it names for the items below it: "Objective 1: Fewer victims"."""


def items_of(section: Section, document: str, ledger: Ledger) -> list[Item]:
    """Return the items of a section, and note them and its heading in the ledger."""
    paragraphs = items = rows = 0
    stem = ""
    columns: Columns | None = None
    section_items: list[Item] = []
    if section.heading is not None:
        ledger.open(section.heading, "heading")
    for block in section.blocks:
        row: Row | None = None
        label: str | None = None
        match block.kind:
            case "item":
                items += 1
                name = block.number or str(items)
            case "row" if block.is_header and (columns := Columns.of(block)) is not None:
                ledger.open(block, "heading")
                continue
            case "row" if _is_label(block):
                label = objective_of(block.cells[0])
                if label is None:
                    ledger.open(block, "heading")
                    continue
                rows += 1
                name = f"row {rows}"
            case "row":
                rows += 1
                name = f"row {rows}"
                row = columns.row(block) if columns is not None else plain_row(block.cells)
            case _:
                paragraphs += 1
                name = f"paragraph {paragraphs}"
                stem = block.text if block.text.endswith(":") else ""
                columns = None
                label = objective_of(block.text) if block.kind == "paragraph" else None
        citation = Citation(document, section.path, name, block.place)
        ledger.open(block, section.role or "text", citation)
        if label is not None:
            section_items.append(Item(block, citation, None, stem, label))
        elif block.kind == "row" and row is None:
            ledger.unplaced(block, "the row has no statement in its first column: add it by hand")
        else:
            section_items.append(Item(block, citation, row, stem))
    return section_items


def _is_label(row: Block) -> bool:
    """Return whether one cell spans a whole table: it is a heading within it."""
    return len(row.cells) > 1 and len(set(row.cells)) == 1 and row.cells[0][:1].isalpha()
