"""The open questions of a parsed plan, and the statements without a place in it."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

__all__ = ["OpenQuestion", "QuestionKind", "UnplacedLine"]

QuestionKind: TypeAlias = Literal["ambiguous", "in question", "inherited", "derived"]
"""Why a person should look: the words have two readings; the reading may be wrong or a figure has
no role; a value comes from a heading or the plan; a value follows from others by a rule."""


@attrs.frozen(kw_only=True)
class OpenQuestion:
    """Something in a parsed plan that a person should confirm or correct."""

    kind: QuestionKind
    """Why it is open."""
    message: str
    """The question, and how to answer it."""
    path: str
    """Where it is in the plan, as a JSONPath; ``$`` if it is about the whole plan."""
    line: int | None
    """The line of the document that it comes from; ``None`` if it comes from none."""
    page: int | None = None
    """The page, in a PDF; lines are counted on each page."""

    @property
    def doubt(self) -> int:
        """How doubtful it is: 4 ambiguous, 3 in question, 1 inherited or derived."""
        return {"ambiguous": 4, "in question": 3}.get(self.kind, 1)

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
