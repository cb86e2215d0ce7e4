"""Which statement of one reading of a document is which statement of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Final, TypeAlias

import attrs

from rrmodel.model import Plan, normal_form

__all__ = ["CHAPTER_PARTS", "PATHWAY_PARTS", "PLAN_PARTS", "Statement", "match", "statements"]

PLAN_PARTS: Final = (
    "foreword vision principles values profile achievements priorities commitments monitoring "
    "partner_list glossary footnotes"
).split()
"""The fields of a plan that hold statements."""
PATHWAY_PARTS: Final = (
    "background context partnerships targets objectives activities commitments"
).split()
"""The fields of a pathway that hold statements."""
CHAPTER_PARTS: Final = "facts partnerships commitments".split()
"""The fields of a chapter that hold statements."""
_KINDS: Final = {
    **dict.fromkeys(
        ["profile", "achievements", "priorities", "background", "context", "facts"], "fact"
    ),
    **dict.fromkeys(["foreword", "vision", "principles", "values", "monitoring"], "statement"),
}
_ALIKE: Final = 0.6
_LONGEST: Final = 600

Record: TypeAlias = Any
"""A record of a plan that cites a document; its fields depend on its kind."""


@attrs.frozen(eq=False)
class Statement:
    """A record of a plan, with what it is."""

    kind: str
    """Its kind: "fact", "statement", or the field that holds it."""
    record: Record
    """The record."""

    @property
    def place(self) -> tuple[str, str | None, str | None]:
        """Its kind, section and item."""
        citation = self.record.citation
        return self.kind, citation.section, citation.item

    @property
    def words(self) -> str:
        """The words that it is known by."""
        record = self.record
        parts = [
            str(value)
            for name in ("term", "number", "partner", "statement", "role", "amount")
            if (value := getattr(record, name, None)) is not None
        ]
        return normal_form(" ".join(parts)[:_LONGEST])


def statements(plan: Plan) -> Iterator[Statement]:
    """Yield every statement of a plan, part by part."""
    homes: list[tuple[object, Sequence[str]]] = [(plan, PLAN_PARTS)]
    homes += [(pathway, PATHWAY_PARTS) for pathway in plan.pathways]
    homes += [(chapter, CHAPTER_PARTS) for chapter in plan.chapters]
    for home, names in homes:
        for name in names:
            for record in getattr(home, name):
                yield Statement(_KINDS.get(name, name), record)


def match(new: Sequence[Statement], old: Sequence[Statement]) -> dict[int, Statement]:
    """Return the old statement that each new one is, by the ``id()`` of the new record.

    Statements of one kind are the same if they have the same words; or else the same section and
    item, where the old one is at that item still; or else most words in one section.
    """
    matches: dict[int, Statement] = {}
    taken: set[int] = set()

    def pair(key: Callable[[Statement], object]) -> None:
        waiting: dict[object, list[Statement]] = defaultdict(list)
        for each in old:
            if id(each) not in taken:
                waiting[each.kind, key(each)].append(each)
        for each in new:
            if id(each.record) in matches:
                continue
            if same := waiting.get((each.kind, key(each))):
                matches[id(each.record)] = same.pop(0)
                taken.add(id(matches[id(each.record)]))

    pair(lambda each: (each.words, each.place))
    pair(lambda each: each.words)
    pair(lambda each: each.place)
    _pair_alike(new, [each for each in old if id(each) not in taken], matches)
    return matches


def _pair_alike(
    new: Sequence[Statement], old: Sequence[Statement], matches: dict[int, Statement]
) -> None:
    """Match what is left by likeness, within one section."""
    waiting: dict[tuple[str, str | None], list[Statement]] = defaultdict(list)
    for each in old:
        waiting[each.place[:2]].append(each)
    for each in new:
        if id(each.record) in matches or not (near := waiting.get(each.place[:2])):
            continue
        likeness = [SequenceMatcher(None, each.words, one.words).ratio() for one in near]
        best = max(range(len(near)), key=likeness.__getitem__)
        if likeness[best] >= _ALIKE:
            matches[id(each.record)] = near.pop(best)
