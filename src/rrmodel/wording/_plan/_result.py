"""What a document was read as: a plan, what has no place in it, and what is open."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from rrmodel.model import Citation, Plan

__all__ = [
    "LineCounts",
    "OpenQuestion",
    "ParsedPlan",
    "PartnerCandidate",
    "QuestionKind",
    "ReadLine",
    "UnplacedLine",
]

QuestionKind: TypeAlias = Literal["ambiguous", "in question", "inherited", "derived"]
"""Why a person should look: the words have two readings; the reading may be wrong or a figure has
no role; a value comes from a heading or the plan; a value follows from others by a rule."""


@attrs.frozen(kw_only=True)
class OpenQuestion:
    """Something in a parsed plan that a person should confirm or correct."""

    kind: QuestionKind
    """Why it is open."""
    message: str
    """What is open, and what to do."""
    path: str
    """Where it is in the plan, as a JSONPath; ``$`` if it is about the whole plan."""
    line: int | None
    """The line of the document that it comes from; ``None`` if it comes from none."""
    page: int | None = None
    """The page, in a PDF; lines are counted on each page."""

    def __str__(self) -> str:
        place = f"page {self.page}, " if self.page is not None else ""
        where = "" if self.line is None else f"{place}line {self.line}: "
        return f"{where}{self.message} ({self.kind}, {self.path})"


@attrs.frozen(kw_only=True)
class UnplacedLine:
    """A statement of a document that has no place in the plan."""

    line: int
    """Its first line."""
    page: int | None
    """Its page, in a PDF."""
    text: str
    """Its words."""
    reason: str
    """Why it has no place, and what to do."""

    def __str__(self) -> str:
        place = f"page {self.page}, " if self.page is not None else ""
        return f"{place}line {self.line}: {self.reason}: {self.text!r}"


@attrs.frozen(kw_only=True)
class PartnerCandidate:
    """A name in running text that may be that of a partner, and is not in the plan's lists."""

    name: str
    """The name, as printed."""
    citation: Citation
    """Where it stands."""
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
    text: str
    """Its words."""
    part: str
    """The part of the plan that it belongs to: ``"targets"``, ``"heading"``, ``"cover"`` …"""
    citation: Citation | None
    """How its records are cited; ``None`` if it made none."""
    paths: tuple[str, ...] = ()
    """The records that it made, as JSONPaths into the plan."""
    questions: tuple[OpenQuestion, ...] = ()
    """What is open about them."""
    unplaced: str | None = None
    """Why it has no place in the plan, if it has none."""


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

    Its statements are those of the document, word for word; each cites its section and its bullet,
    paragraph, footnote or row. :attr:`lines` says in which line of the document it stands.
    """

    plan: Plan
    """The plan."""
    unplaced: tuple[UnplacedLine, ...] = ()
    """What has no place in it, in the order of the document."""
    findings: tuple[OpenQuestion, ...] = ()
    """What is open, in the order of the document."""
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
        from rrmodel.wording._plan._plan_file import plan_file  # noqa: PLC0415 -- it reads this

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
