"""Documents and citations, and the statements, facts and commitments that are read in them."""

from __future__ import annotations

import re
from typing import ClassVar, Final, Literal

import attrs

from rrmodel.errors import RecordError
from rrmodel.model._fields import (
    optional_text,
    read_deadline,
    read_optional_deadline,
    read_optional_period,
    require_text,
)
from rrmodel.periods import Deadline, Period
from rrmodel.quantities import Amount, Change, Level
from rrmodel.records import Field, Layout, PydanticRecord, Tabular, short_repr

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
"""How a document qualifies a figure: "around 1,500", "over 21,000", "up to 84 nights"."""

FactKind = Literal["context", "need", "effect size", "achievement", "priority"]
"""The kind of a fact: a need is the share of people who have one, and an effect size is not a
target."""


@attrs.frozen(kw_only=True)
class Document(PydanticRecord):
    """A published document that statements are cited from."""

    id: str = attrs.field(validator=require_text)
    """The name that citations use."""
    title: str = attrs.field(validator=require_text)
    """The title as printed."""
    publisher: str | None = attrs.field(default=None, validator=optional_text)
    """Who published it."""
    published: Period | None = attrs.field(default=None, converter=read_optional_period)
    """When it was published, as exactly as is known."""
    url: str | None = attrs.field(default=None, validator=optional_text)
    """Where it was read."""
    licence: str | None = attrs.field(default=None, validator=optional_text)
    """The terms under which it may be used."""


_CITATION: Layout[Citation] = Layout(
    "citation",
    "Where a statement was read.",
    (
        Field("document", "text", "The id of the document.", lambda one: one.document),
        Field(
            "section", "text", "The heading above it.", lambda one: one.section, is_optional=True
        ),
        Field(
            "item",
            "text",
            "Which bullet, paragraph, footnote or row it is.",
            lambda one: one.item,
            is_optional=True,
        ),
        Field(
            "place",
            "text",
            "Its lines in the file that was read, or its page.",
            lambda one: one.place,
            is_optional=True,
        ),
    ),
)
_NUMBER: Final = "[1-9][0-9]{0,8}"
_PLACE: Final = (
    f"page {_NUMBER}|(?:page {_NUMBER}, )?(?:line {_NUMBER}|lines {_NUMBER} to {_NUMBER})"
)


def _require_place(_instance: object, _attribute: attrs.Attribute[str], value: object) -> None:
    if isinstance(value, str) and re.fullmatch(_PLACE, value):
        _, _, lines = value.partition("lines ")
        first, _, last = lines.partition(" to ")
        if not lines or int(first) < int(last):
            return
    raise RecordError(
        f"place cannot be {value!r}: write 'line 7', 'lines 7 to 9', 'page 4' or 'page 4, line 7'"
    )


@attrs.frozen
class Citation(PydanticRecord, Tabular):
    """Where a statement was read.

    >>> print(Citation("east-midlands-2022-25", "Training, skills and work > Targets", "2"))
    east-midlands-2022-25, Training, skills and work > Targets, 2
    """

    document: str = attrs.field(validator=require_text)
    """The id of the :class:`Document`."""
    section: str | None = attrs.field(default=None, validator=optional_text)
    """The heading above it; a heading within a heading follows ``>``."""
    item: str | None = attrs.field(default=None, validator=optional_text)
    """Which bullet, paragraph, footnote or row it is."""
    place: str | None = attrs.field(
        default=None,
        validator=attrs.validators.optional(_require_place),
        eq=False,
        metadata={"schema": {"type": ["string", "null"], "pattern": f"^(?:{_PLACE})$"}},
    )
    """Its lines in the file that was read, such as ``"lines 120 to 123"``, or its page, such as
    ``"page 4"``. Another edition or format of the document has the same statement in another
    place, so equality ignores it."""

    layout: ClassVar[Layout[Citation]] = _CITATION
    """The fields of :meth:`to_dict`."""

    def __str__(self) -> str:
        parts = (self.document, self.section, self.item, self.place)
        return ", ".join(part for part in parts if part)


@attrs.frozen(kw_only=True)
class Statement(PydanticRecord):
    """A statement of a plan that is neither a figure nor a target, such as its vision."""

    statement: str = attrs.field(validator=require_text)
    """The statement, in a sentence of ours."""
    citation: Citation
    """Where it was read."""


@attrs.frozen(kw_only=True)
class Figure(PydanticRecord):
    """One number in a fact, with the people or things that it describes.

    A regional fact that is split by sex or by sentence type has a figure for each part.
    """

    value: Level | Change
    """The level, change or amount."""
    of: str = attrs.field(validator=require_text)
    """The people or things it describes, such as "women on probation in the community"."""
    bound: Bound = "exactly"
    """How the document qualifies it."""
    period: Period | None = attrs.field(default=None, converter=read_optional_period)
    """The period it describes, if the document says."""
    area: str | None = attrs.field(default=None, validator=optional_text)
    """The area it describes, if it is not the plan's own."""


@attrs.frozen(kw_only=True, repr=False)
class Fact(PydanticRecord):
    """A statement of context in a plan, with the figures in it.

    An effect size ("up to nine percentage points less likely") looks like a target and is not one:
    it is a fact of that ``kind``.
    """

    id: str = attrs.field(validator=require_text)
    """The name that other records use."""
    statement: str = attrs.field(validator=require_text)
    """The statement, in a sentence of ours."""
    citation: Citation
    """Where it was read."""
    kind: FactKind = "context"
    """Its kind."""
    figures: tuple[Figure, ...] = ()
    """Its numbers, in the order of the document."""
    partners: tuple[str, ...] = ()
    """The ids of the partners that it names."""
    footnotes: tuple[str, ...] = ()
    """The numbers of the footnotes that give its source."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.id,
            kind=self.kind,
            statement=self.statement,
            figures=self.figures,
            partners=self.partners,
            footnotes=self.footnotes,
        )


@attrs.frozen(kw_only=True)
class CommitmentPart(PydanticRecord):
    """One instalment of a commitment: "5 in 2022 and 7 in 2023" has two."""

    amount: Amount
    """The amount of the part."""
    deadline: Deadline = attrs.field(converter=read_deadline)
    """The day by which it is due."""


@attrs.frozen(kw_only=True, repr=False)
class Commitment(PydanticRecord):
    """Money, posts or places that a plan commits.

    Some have a start ("to commence in 2022-23"), some an end ("by 2024-25"), some neither.
    """

    id: str = attrs.field(validator=require_text)
    """The name that other records use."""
    statement: str = attrs.field(validator=require_text)
    """The commitment, in a sentence of ours."""
    citation: Citation
    """Where it was read."""
    amount: Amount | None = None
    """The amount, if the document says."""
    bound: Bound = "exactly"
    """How the document qualifies the amount."""
    starts: Period | None = attrs.field(default=None, converter=read_optional_period)
    """When it begins, if the document says."""
    deadline: Deadline | None = attrs.field(default=None, converter=read_optional_deadline)
    """The day by which it is due, if the document says."""
    parts: tuple[CommitmentPart, ...] = ()
    """Its instalments, if the document divides it."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.id,
            statement=self.statement,
            amount=self.amount,
            deadline=self.deadline,
            parts=self.parts,
        )


@attrs.frozen(kw_only=True)
class Footnote(PydanticRecord):
    """A footnote of a document, which gives the source of a figure."""

    number: str = attrs.field(validator=require_text)
    """Its mark in the document."""
    statement: str = attrs.field(validator=require_text)
    """The statement, in a sentence of ours."""
    citation: Citation
    """Where it was read."""
    url: str | None = attrs.field(default=None, validator=optional_text)
    """The address in it."""


@attrs.frozen(kw_only=True)
class Term(PydanticRecord):
    """A term of the plan's glossary."""

    term: str = attrs.field(validator=require_text)
    """The words explained."""
    statement: str = attrs.field(validator=require_text)
    """Their meaning, in a sentence of ours."""
    citation: Citation
    """Where it was read."""
    figures: tuple[Figure, ...] = ()
    """Numbers in the definition, such as "up to 120 days"."""
