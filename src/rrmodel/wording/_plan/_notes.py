"""The footnotes of a plan, cited in the section in which their marks stand."""

from __future__ import annotations

import re
from typing import Final

from rrmodel.model import Citation, Footnote
from rrmodel.wording._documents import Block
from rrmodel.wording._plan._ledger import Ledger
from rrmodel.wording._plan._outline import Outline

__all__ = ["Notes"]

_ADDRESS: Final = re.compile(r"https?://[^\s<>]+[^\s<>.,;)]")


class Notes:
    """The footnotes of one document."""

    def __init__(self, outline: Outline, document: str, ledger: Ledger) -> None:
        self._document = document
        self._ledger = ledger
        self._notes: dict[str, tuple[Block, str]] = {}
        self.marks: dict[str, str] = {}
        """The section in which the mark of each footnote stands first."""
        for block, path in outline.notes:
            self._take(block, path, block.number or str(len(self._notes) + 1))
        for chapter in outline.chapters:
            for section in chapter.walk():
                if section.role == "footnotes":
                    for place, block in enumerate(section.blocks, 1):
                        self._take(block, section.path, block.number or str(place))

    def _take(self, block: Block, path: str, number: str) -> None:
        citation = Citation(self._document, path, f"footnote {number}", block.place)
        self._ledger.open(block, "footnotes", citation)
        if number in self._notes:
            reason = f"there are two footnotes {number}: give each its own number"
            self._ledger.unplaced(block, reason)
        else:
            self._notes[number] = block, path

    def __contains__(self, number: str) -> bool:
        return number in self._notes

    def footnotes(self) -> tuple[Footnote, ...]:
        """Return the footnotes, in the order of the document."""
        footnotes: list[Footnote] = []
        for number, (block, path) in self._notes.items():
            address = _ADDRESS.search(block.text)
            note = Footnote(
                number=number,
                statement=block.text,
                citation=Citation(
                    self._document,
                    self.marks.get(number, path),
                    f"footnote {number}",
                    block.place,
                ),
                url=address[0] if address else None,
            )
            footnotes.append(note)
            self._ledger.placed(block, (note,))
        return tuple(footnotes)
