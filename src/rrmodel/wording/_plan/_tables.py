"""Rows of tables: which column has the statement, the lead, the deadline, the levels."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from rrmodel.model import normal_form
from rrmodel.wording._documents import Block
from rrmodel.wording._plan._headings import COLUMNS

__all__ = ["Columns", "Row", "plain_row"]


@attrs.frozen(kw_only=True)
class Row:
    """A row of a table by its columns; a column that the table has not is empty."""

    statement: str
    """The action, or the level to reach."""
    lead: str = ""
    """Who leads it."""
    deadline: str = ""
    """The deadline."""
    baseline: str = ""
    """The level to start from."""
    goal: str = ""
    """The level to reach."""
    role: str = ""
    """The work of a partner, or the meaning of a term."""

    def target_sentence(self, text: str) -> str:
        """Return the row as a sentence, if its levels are in columns; else its statement."""
        if not self.goal:
            return self.statement if not self.deadline else f"{self.statement} by {self.deadline}"
        start = f" from {self.baseline}" if self.baseline else ""
        by = f" by {self.deadline}" if self.deadline else ""
        return f"{self.statement}:{start} to {self.goal}{by}" if text else self.statement


@attrs.frozen
class Columns:
    """The columns of a table, as its header names them."""

    names: tuple[str | None, ...]

    @classmethod
    def of(cls, header: Block) -> Columns | None:
        """Return the columns that a header names; ``None`` if it names no statement."""
        found: list[str | None] = []
        for place, cell in enumerate(header.cells):
            words = normal_form(cell.strip(" :?"))
            names = [name for name, known in COLUMNS.items() if words in known]
            free = [name for name in names if name not in found]
            # of "Measure | Baseline | Target", the first column has the statement
            if "goal" in free and ("statement" in found or place):
                free = ["goal"]
            found.append(free[0] if free else None)
        if "statement" not in found:
            return None
        return cls(tuple(found))

    def row(self, block: Block) -> Row | None:
        """Return a row by its columns; ``None`` if its statement is empty."""
        cells = {name: cell for name, cell in zip(self.names, block.cells, strict=False) if name}
        return Row(**cells) if cells.get("statement") else None


def plain_row(cells: Sequence[str]) -> Row:
    """Return a row without a header: the first cell is the statement, the second says more."""
    first, *rest = filter(None, cells)
    return Row(statement=first, role=" ".join(rest))
