"""Partners, their aliases and groups, and their roles in pathways."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import attrs

from rrmodel.model._fields import optional_text, read_optional_deadline, require_text
from rrmodel.model._sources import Citation
from rrmodel.periods import Deadline
from rrmodel.records import PydanticRecord, short_repr

__all__ = ["Partner", "PartnerKind", "PartnerListing", "Partnership", "PartnershipStatus"]


class PartnerKind(StrEnum):
    """A kind of organisation."""

    STATUTORY = "statutory"
    LOCAL_AUTHORITY = "local_authority"
    HEALTH = "health"
    COMMISSIONED = "commissioned"
    VOLUNTARY = "voluntary"
    EMPLOYER = "employer"
    COMMUNITY = "community"


PartnershipStatus = Literal["current", "planned"]
"""Whether a partner works there already, or will."""


@attrs.frozen(kw_only=True, repr=False)
class Partner(PydanticRecord):
    """An organisation, or a group of organisations, that a plan names.

    A partner that a plan names in two ways is one partner with an alias; organisations that are
    named together ("local health providers, including …") are a group with members.
    """

    id: str = attrs.field(validator=require_text)
    """The name that other records use."""
    name: str = attrs.field(validator=require_text)
    """Its usual name."""
    kind: PartnerKind
    """Its kind of organisation."""
    aliases: tuple[str, ...] = ()
    """Other names that documents use for it."""
    members: tuple[str, ...] = ()
    """The ids of its members, if it is a group."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.id,
            name=self.name,
            kind=self.kind.value,
            aliases=self.aliases,
            members=self.members,
        )

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, the usual one first."""
        return (self.name, *self.aliases)


@attrs.frozen(kw_only=True, repr=False)
class Partnership(PydanticRecord):
    """The role of a partner in one pathway."""

    partner: str = attrs.field(validator=require_text)
    """The id of the partner."""
    role: str = attrs.field(validator=require_text)
    """Its role, in a sentence of ours."""
    citation: Citation
    """Where it was read."""
    named_as: str | None = attrs.field(default=None, validator=optional_text)
    """The name used there, if it is an alias."""
    status: PartnershipStatus = "current"
    """Whether it works there already, or will."""
    starts: Deadline | None = attrs.field(default=None, converter=read_optional_deadline)
    """When it will begin, if the document says."""

    def __repr__(self) -> str:
        return short_repr(self, self.partner, role=self.role, status=self.status)


@attrs.frozen(kw_only=True)
class PartnerListing(PydanticRecord):
    """A line of a plan's own list of its partners."""

    partner: str = attrs.field(validator=require_text)
    """The id of the partner."""
    citation: Citation
    """Which line it is."""
    named_as: str | None = attrs.field(default=None, validator=optional_text)
    """The name used there, if it is an alias."""
