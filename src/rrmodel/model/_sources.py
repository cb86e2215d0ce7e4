"""Where a statement was read, and the statements, facts and commitments themselves."""

from __future__ import annotations

from typing import Literal

import attrs

from rrmodel._pydantic import PydanticField
from rrmodel.model._fields import optional_text, require_text
from rrmodel.periods import Deadline, Period
from rrmodel.quantities import Amount, Change, Level

__all__ = [
    "Bound",
    "Citation",
    "Commitment",
    "CommitmentPart",
    "Document",
    "Fact",
    "FactKind",
    "Figure",
    "Footnote",
    "Statement",
    "Term",
]

Bound = Literal["exactly", "about", "at least", "over", "up to", "almost"]
"""How a document hedges a figure: "around 1,500", "over 21,000", "up to 84 nights"."""

FactKind = Literal["context", "need", "effect size", "achievement", "priority"]
"""What a fact tells: a need is a share of people who have one, an effect size is no promise."""


@attrs.frozen(kw_only=True)
class Document(PydanticField):
    """A published document that statements are cited from."""

    id: str = attrs.field(validator=require_text)
    """The name that citations use."""
    title: str = attrs.field(validator=require_text)
    """The title as printed."""
    publisher: str | None = attrs.field(default=None, validator=optional_text)
    """Who published it."""
    published: Period | None = None
    """When it was published, as exactly as is known."""
    url: str | None = attrs.field(default=None, validator=optional_text)
    """Where it was read."""
    licence: str | None = attrs.field(default=None, validator=optional_text)
    """The terms under which it may be used."""


@attrs.frozen
class Citation(PydanticField):
    """Where a statement was read.

    >>> print(Citation("east-midlands-2022-25", "Training, skills and work > Targets", "2"))
    east-midlands-2022-25, Training, skills and work > Targets, 2
    """

    document: str = attrs.field(validator=require_text)
    """The id of the :class:`Document`."""
    section: str | None = attrs.field(default=None, validator=optional_text)
    """The heading it stands under; a heading within a heading follows ``>``."""
    item: str | None = attrs.field(default=None, validator=optional_text)
    """Which bullet, paragraph, footnote or row it is."""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.document, self.section, self.item) if part)


@attrs.frozen(kw_only=True)
class Statement(PydanticField):
    """Something a plan says that is neither a figure nor a promise, such as its vision."""

    statement: str = attrs.field(validator=require_text)
    """What it says, in our sentence."""
    citation: Citation
    """Where it was read."""


@attrs.frozen(kw_only=True)
class Figure(PydanticField):
    """One number within a fact, with what it is a number of.

    A regional fact that is split by sex or by sentence type has a figure for each part.
    """

    value: Level | Change
    """The level, change or amount."""
    of: str = attrs.field(validator=require_text)
    """What or whom it describes, such as "women on probation in the community"."""
    bound: Bound = "exactly"
    """How the document hedges it."""
    period: Period | None = None
    """The period it describes, if the document says."""
    area: str | None = attrs.field(default=None, validator=optional_text)
    """The area it describes, if that is not the plan's own."""


@attrs.frozen(kw_only=True)
class Fact(PydanticField):
    """Something a plan states as context, with the figures in it.

    An effect size ("up to nine percentage points less likely") looks like a target and is none:
    it is a fact whose ``kind`` says so.
    """

    id: str = attrs.field(validator=require_text)
    """The name that other records use."""
    statement: str = attrs.field(validator=require_text)
    """What it says, in our sentence."""
    citation: Citation
    """Where it was read."""
    kind: FactKind = "context"
    """What sort of fact it is."""
    figures: tuple[Figure, ...] = ()
    """Its numbers, in the order of the document."""
    partners: tuple[str, ...] = ()
    """The ids of the partners that it names."""
    footnotes: tuple[str, ...] = ()
    """The numbers of the footnotes that give its source."""


@attrs.frozen(kw_only=True)
class CommitmentPart(PydanticField):
    """One instalment of a commitment: "5 in 2022 and 7 in 2023" has two."""

    amount: Amount
    """How much of it."""
    deadline: Deadline
    """By when."""


@attrs.frozen(kw_only=True)
class Commitment(PydanticField):
    """Money, posts or places promised.

    Some have a start ("to commence in 2022-23"), some an end ("by 2024-25"), some neither.
    """

    id: str = attrs.field(validator=require_text)
    """The name that other records use."""
    statement: str = attrs.field(validator=require_text)
    """What is promised, in our sentence."""
    citation: Citation
    """Where it was read."""
    amount: Amount | None = None
    """How much, if the document says."""
    bound: Bound = "exactly"
    """How the document hedges the amount."""
    starts: Period | None = None
    """When it begins, if the document says."""
    deadline: Deadline | None = None
    """When it is to be in place, if the document says."""
    parts: tuple[CommitmentPart, ...] = ()
    """Its instalments, if the document divides it."""


@attrs.frozen(kw_only=True)
class Footnote(PydanticField):
    """A footnote of a document: the source it names for a figure."""

    number: str = attrs.field(validator=require_text)
    """Its mark in the document."""
    statement: str = attrs.field(validator=require_text)
    """What it says, in our sentence."""
    citation: Citation
    """Where it stands."""
    url: str | None = attrs.field(default=None, validator=optional_text)
    """The address it gives."""


@attrs.frozen(kw_only=True)
class Term(PydanticField):
    """A term of the plan's glossary."""

    term: str = attrs.field(validator=require_text)
    """The words explained."""
    statement: str = attrs.field(validator=require_text)
    """What they mean, in our sentence."""
    citation: Citation
    """Where it was read."""
    figures: tuple[Figure, ...] = ()
    """Numbers that the definition holds, such as "up to 120 days"."""
