"""The partners of two plans, and a plan's list of partners against its chapters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar

import attrs

from rrmodel.model import Fact, Plan, same_partners, walk
from rrmodel.quantities import counted
from rrmodel.records import Field, Layout, Result, Table, fraction, short_repr

__all__ = [
    "PartnerListComparison",
    "PartnerOverlap",
    "SharedPartner",
    "partner_list_against_chapters",
    "partner_overlap",
]


_SHARED: Layout[SharedPartner] = Layout(
    "shared_partner",
    "A partner that two plans have in common.",
    (
        Field("partner", "text", "The id in the first plan.", lambda one: one.partner),
        Field("other", "text", "The id in the second.", lambda one: one.other),
        Field("name", "text", "The name in the first.", lambda one: one.name),
        Field(
            "pathways",
            "texts",
            "The pathways of the first plan that it works in.",
            lambda one: one.pathways,
        ),
        Field(
            "other_pathways",
            "texts",
            "The pathways of the second plan that it works in.",
            lambda one: one.other_pathways,
        ),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class SharedPartner(Result):
    """A partner that two plans have in common."""

    partner: str
    """Its id in the first plan."""
    other: str
    """Its id in the second."""
    name: str
    """Its name in the first."""
    pathways: tuple[str, ...]
    """The pathways of the first plan that it works in."""
    other_pathways: tuple[str, ...]
    """The pathways of the second that it works in."""

    layout: ClassVar[Layout[SharedPartner]] = _SHARED
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.partner,
            other=self.other,
            pathways=self.pathways,
            other_pathways=self.other_pathways,
        )


def _share(one: PartnerOverlap) -> Fraction | None:
    return one.share


_OVERLAP: Layout[PartnerOverlap] = Layout(
    "partner_overlap",
    "The partners that two plans have in common, and those that only one has.",
    (
        Field(
            "shared", "records", "Those in common.", lambda one: one.shared, of=SharedPartner.layout
        ),
        Field(
            "only_first",
            "texts",
            "The ids of those that only the first plan has.",
            lambda one: one.only_first,
        ),
        Field(
            "only_second",
            "texts",
            "The ids of those that only the second has.",
            lambda one: one.only_second,
        ),
        *fraction("share", "The partners in common as a share of all", _share),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class PartnerOverlap(Result):
    """The partners that two plans have in common, and those that only one has."""

    shared: tuple[SharedPartner, ...]
    """Those in common, in the order of the first plan."""
    only_first: tuple[str, ...]
    """The ids of those that only the first plan has."""
    only_second: tuple[str, ...]
    """The ids of those that only the second has."""

    layout: ClassVar[Layout[PartnerOverlap]] = _OVERLAP
    """The fields of :meth:`to_dict`; the rows of :meth:`to_records` are the partners in common."""

    def __repr__(self) -> str:
        return short_repr(
            self, shared=self.shared, only_first=self.only_first, only_second=self.only_second
        )

    def to_table(self) -> Table[SharedPartner]:
        """Return the partners in common as a table with its columns."""
        caption = (
            f"{counted(len(self.shared), 'partner')} in common; {len(self.only_first)} only in the "
            f"first plan, {len(self.only_second)} only in the second"
        )
        return Table(SharedPartner.layout, self.shared, caption=caption)

    @property
    def share(self) -> Fraction | None:
        """The partners in common as a share of all; ``None`` if neither plan has a partner."""
        every = len(self.shared) + len(self.only_first) + len(self.only_second)
        return Fraction(len(self.shared), every) if every else None


_COMPARISON: Layout[PartnerListComparison] = Layout(
    "partner_list_comparison",
    "The list of partners of a plan against its chapters.",
    (
        Field(
            "listed_and_used", "texts", "Listed, and with a part.", lambda one: one.listed_and_used
        ),
        Field(
            "listed_and_mentioned",
            "texts",
            "Listed, without a part, and named by a fact.",
            lambda one: one.listed_and_mentioned,
        ),
        Field(
            "listed_and_never_used",
            "texts",
            "Listed and nowhere else.",
            lambda one: one.listed_and_never_used,
        ),
        Field(
            "used_and_never_listed",
            "texts",
            "With a part and not listed.",
            lambda one: one.used_and_never_listed,
        ),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class PartnerListComparison(Result):
    """A plan's own list of partners against those with a part in its chapters, by id."""

    listed_and_used: tuple[str, ...]
    """Listed, and with a part: their own, or that of a group they belong to or of a member."""
    listed_and_mentioned: tuple[str, ...]
    """Listed, without a part, and named by a fact."""
    listed_and_never_used: tuple[str, ...]
    """Listed and nowhere else."""
    used_and_never_listed: tuple[str, ...]
    """With a part and not listed, nor a group they belong to, nor all of their members."""

    layout: ClassVar[Layout[PartnerListComparison]] = _COMPARISON
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            listed_and_used=self.listed_and_used,
            listed_and_mentioned=self.listed_and_mentioned,
            listed_and_never_used=self.listed_and_never_used,
            used_and_never_listed=self.used_and_never_listed,
        )


def partner_overlap(plan: Plan, other: Plan) -> PartnerOverlap:
    """Return the partners that two plans have in common: by id, or else by name or alias.

    >>> from rrmodel import datasets
    >>> plans = map(datasets.load, datasets.names())
    >>> partner_overlap(*plans).shared
    ()
    """
    first, second = same_partners([plan, other])  # whose homes are the ids of the first
    elsewhere = {home: name for name, home in second.items()}
    own, others = _pathways(plan), _pathways(other)
    return PartnerOverlap(
        shared=tuple(
            SharedPartner(
                partner=partner.id,
                other=(name := elsewhere[partner.id]),
                name=partner.name,
                pathways=own.get(partner.id, ()),
                other_pathways=others.get(name, ()),
            )
            for partner in plan.partners
            if partner.id in elsewhere
        ),
        only_first=tuple(name for name in first if name not in elsewhere),
        only_second=tuple(name for name, home in second.items() if home not in first),
    )


def partner_list_against_chapters(plan: Plan) -> PartnerListComparison:
    """Return the partners that are listed and never used, and those used and never listed.

    Used means with a part in a pathway, in another chapter or in an activity. A group and its
    members count as each other, as :class:`PartnerListComparison` says.

    >>> from rrmodel import datasets
    >>> compared = partner_list_against_chapters(datasets.load("east-midlands-2022-25"))
    >>> compared.listed_and_mentioned
    ('nhs',)
    >>> compared.listed_and_never_used
    ('local-authority-housing-services', 'local-authority-health-services')
    """
    groups: dict[str, set[str]] = {partner.id: set() for partner in plan.partners}
    members = {partner.id: partner.members for partner in plan.partners}
    for group, each in members.items():
        for member in each:
            groups[member].add(group)
    facts = (record for _, record in walk(plan) if isinstance(record, Fact))
    mentioned = {partner for fact in facts for partner in fact.partners}
    used = set(_used(plan))
    listed = {listing.partner for listing in plan.partner_list}

    def is_listed_by_members(name: str) -> bool:
        return bool(members[name]) and listed.issuperset(members[name])

    answer: dict[str, list[str]] = {"used": [], "mentioned": [], "never": [], "unlisted": []}
    for name, own in members.items():
        if name in listed:
            if used & {name, *groups[name], *own}:
                answer["used"].append(name)
            else:
                answer["mentioned" if name in mentioned else "never"].append(name)
        elif name in used and not listed & groups[name] and not is_listed_by_members(name):
            answer["unlisted"].append(name)
    in_list = {listing.partner: place for place, listing in enumerate(plan.partner_list)}
    return PartnerListComparison(
        listed_and_used=tuple(sorted(answer["used"], key=in_list.__getitem__)),
        listed_and_mentioned=tuple(sorted(answer["mentioned"], key=in_list.__getitem__)),
        listed_and_never_used=tuple(sorted(answer["never"], key=in_list.__getitem__)),
        used_and_never_listed=tuple(answer["unlisted"]),
    )


def _pathways(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return the pathways that each partner works in."""
    by_partner: defaultdict[str, list[str]] = defaultdict(list)
    for pathway in plan:
        for partner in pathway.partners:
            by_partner[partner].append(pathway.id)
    return {partner: tuple(pathways) for partner, pathways in by_partner.items()}


def _used(plan: Plan) -> Iterator[str]:
    """Yield each partner with a part in a pathway or in another chapter."""
    for pathway in plan:
        yield from pathway.partners
    for chapter in plan.chapters:
        yield from (partnership.partner for partnership in chapter.partnerships)
