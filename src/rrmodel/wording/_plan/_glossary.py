"""The terms of a glossary: "Term – meaning", two cells, or a short line above its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import attrs

from rrmodel.errors import RrmodelError
from rrmodel.model import Figure, Term, normal_form
from rrmodel.wording._facts import read_figures
from rrmodel.wording._plan._items import Item
from rrmodel.wording._plan._ledger import Ledger
from rrmodel.wording._plan._words import shortened, without_marks

__all__ = ["Glossary"]

_TERM: Final = re.compile(r"(?P<term>.{1,120}?)(?:\s+[–—-]\s+|\s*:\s+)(?P<meaning>\S.*)")
_MOST_WORDS: Final = 8


class Glossary:
    """Reads the terms of one plan."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._terms: dict[str, Term] = {}

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms, in the order of the document."""
        return tuple(self._terms.values())

    def read(self, items: Iterable[Item]) -> None:
        """Read the items of a section."""
        above: Item | None = None
        for item in items:
            text, _ = without_marks(item.block.text)
            if item.row is not None and item.row.role:
                self._add(item, item.row.statement, item.row.role)
            elif match := _TERM.fullmatch(text):
                self._add(item, match["term"], match["meaning"])
            elif above is not None:
                self._add(item, above.block.text, text)
                self._ledger.open(above.block, "heading")
                above = None
                continue
            elif len(text.split()) <= _MOST_WORDS:
                above = item
                continue
            else:
                reason = "there is no term before the meaning: write 'Term – meaning'"
                self._ledger.unplaced(item.block, reason)
            if above is not None:
                self._without_meaning(above)
                above = None
        if above is not None:
            self._without_meaning(above)

    def _without_meaning(self, item: Item) -> None:
        self._ledger.unplaced(item.block, "there is no meaning of the term: add it")

    def _add(self, item: Item, term: str, meaning: str) -> None:
        term = term.strip(" *") or term
        key = normal_form(term)
        if key in self._terms:
            self._ledger.unplaced(item.block, f"the term {term!r} is explained twice: keep one")
            return
        figures: list[Figure] = []
        for stated in read_figures(meaning):
            try:
                value = stated.figure.level
            except RrmodelError:
                continue
            of = stated.of or shortened(meaning)
            figures.append(Figure(value=value, of=of, bound=stated.bound, period=stated.period))
        citation = attrs.evolve(item.citation, item=term)
        entry = Term(term=term, statement=meaning, citation=citation, figures=tuple(figures))
        self._terms[key] = entry
        self._ledger.open(item.block, "glossary", citation)
        self._ledger.placed(item.block, (entry,))
