"""The result of reading a document: a plan, statements without a place, and open questions."""

from __future__ import annotations

import attrs

from rrmodel.model import Citation, Plan
from rrmodel.wording._plan._plan_file import plan_file
from rrmodel.wording._plan._questions import OpenQuestion, UnplacedLine

__all__ = [
    "LineCounts",
    "ParsedPlan",
    "PartnerCandidate",
    "ReadLine",
]


@attrs.frozen(kw_only=True)
class PartnerCandidate:
    """A name in running text that may be that of a partner, and is not in the plan's lists."""

    name: str
    """The name, as printed."""
    citation: Citation
    """Its place."""
    line: int
    """The line of the document."""


@attrs.frozen(kw_only=True)
class ReadLine:
    """One block of a document, and what was read from it."""

    line: int
    """Its first line."""
    last_line: int
    """Its last line."""
    page: int | None
    """Its page, in a PDF."""
    place: str
    """Its page and lines, as citations write them."""
    text: str
    """Its words."""
    part: str
    """The part of the plan that it belongs to: ``"targets"``, ``"heading"``, ``"cover"`` …"""
    citation: Citation | None
    """How its records are cited; ``None`` if it made none."""
    paths: tuple[str, ...] = ()
    """The records that it made, as JSONPaths into the plan."""
    questions: tuple[OpenQuestion, ...] = ()
    """The open questions about them."""
    unplaced: str | None = None
    """Why it has no place in the plan, if it has none."""

    @property
    def is_statement(self) -> bool:
        """Whether it belongs in a plan, unlike headings, stems, covers, contents and page heads."""
        return self.part not in {"page", "cover", "contents", "heading", "stem"}

    @property
    def doubt(self) -> int:
        """How doubtful it is: as its most doubtful question, 2 without a place, 0 if certain."""
        return max([0 if self.unplaced is None else 2, *(each.doubt for each in self.questions)])


@attrs.frozen(kw_only=True)
class LineCounts:
    """How many statements of a document were placed. Headings and covers are not counted."""

    placed: int
    """Statements with a place in the plan."""
    unplaced: int
    """Statements without one."""
    ambiguous: int
    """Placed statements with something open: ambiguous, or in question."""

    def __str__(self) -> str:
        return f"{self.placed} placed, {self.unplaced} unplaced, {self.ambiguous} ambiguous"


@attrs.frozen(kw_only=True, repr=False)
class ParsedPlan:
    """A plan that was read from a document, with what has no place and what is open.

    Its statements are those of the document, word for word; each cites its section, its bullet,
    paragraph, footnote or row, and its lines.
    """

    plan: Plan
    """The plan."""
    unplaced: tuple[UnplacedLine, ...] = ()
    """The statements without a place in it, in the order of the document."""
    findings: tuple[OpenQuestion, ...] = ()
    """The open questions, in the order of the document."""
    candidates: tuple[PartnerCandidate, ...] = ()
    """Names in running text that may be partners."""
    lines: tuple[ReadLine, ...] = ()
    """Every block of the document with what was read from it."""

    def __repr__(self) -> str:
        return f"<ParsedPlan {self.plan.id!r}: {self.counts}>"

    def to_yaml(self) -> str:
        """Return the plan as a plan file in YAML, its open questions as comments beside the lines.

        :func:`rrmodel.io.loads` reads it back as an equal plan.
        """
        return plan_file(self.plan, self.findings, self.unplaced)

    @property
    def counts(self) -> LineCounts:
        """How many statements are placed, unplaced and ambiguous."""
        placed = [line for line in self.lines if line.paths]
        open_ones = sum(
            any(question.kind in {"ambiguous", "in question"} for question in line.questions)
            for line in placed
        )
        return LineCounts(placed=len(placed), unplaced=len(self.unplaced), ambiguous=open_ones)
