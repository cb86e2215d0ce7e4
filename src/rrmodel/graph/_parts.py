"""Who has a part where, and which kinds of partner have none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs
import networkx  # noqa: ICN001 - the pages link what annotations spell out

from rrmodel.graph._sides import partner_id, pathway_id, sides_of
from rrmodel.model import PartnerKind
from rrmodel.records import Field, Layout, Result, ShownColumn, short_repr

__all__ = ["MissingKinds", "SeveralPathways", "missing_kinds", "partners_in_several_pathways"]


_SEVERAL: Layout[SeveralPathways] = Layout(
    "several_pathways",
    "A partner, and the pathways that it works in.",
    (
        Field("partner", "text", "The id of the partner.", lambda one: one.partner),
        Field("name", "text", "Its name.", lambda one: one.name),
        Field("kind", "text", "The kind of organisation.", lambda one: one.kind.value),
        Field("pathways", "texts", "The pathways that it works in.", lambda one: one.pathways),
        Field("pathway_count", "whole", "How many they are.", lambda one: len(one.pathways)),
    ),
    shown=(
        ShownColumn("Partner", "name", on_hover=("partner",), distinguished_by="partner"),
        ShownColumn("Kind", "kind"),
        ShownColumn("Number", "pathway_count"),
        ShownColumn("Pathways", "pathways"),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class SeveralPathways(Result):
    """A partner, and the pathways that it works in."""

    partner: str
    """Its id."""
    name: str
    """Its name."""
    kind: PartnerKind
    """Its kind of organisation."""
    pathways: tuple[str, ...]
    """The pathways that it works in."""

    layout: ClassVar[Layout[SeveralPathways]] = _SEVERAL
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(
            self, self.partner, name=self.name, kind=self.kind.value, pathways=self.pathways
        )


_MISSING: Layout[MissingKinds] = Layout(
    "missing_kinds",
    "The kinds of partner that work in a pathway, and those that do not.",
    (
        Field("pathway", "text", "The id of the pathway.", lambda one: one.pathway),
        Field("name", "text", "Its name.", lambda one: one.name),
        Field(
            "present",
            "texts",
            "The kinds that work in it.",
            lambda one: [each.value for each in one.present],
        ),
        Field(
            "missing",
            "texts",
            "The kinds that do not.",
            lambda one: [each.value for each in one.missing],
        ),
    ),
    shown=(
        ShownColumn("Pathway", "name", on_hover=("pathway",), distinguished_by="pathway"),
        ShownColumn("Missing", "missing"),
        ShownColumn("Present", "present"),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class MissingKinds(Result):
    """Which kinds of partner work in a pathway, and which do not."""

    pathway: str
    """Its id."""
    name: str
    """Its name."""
    present: tuple[PartnerKind, ...]
    """The kinds that work in it."""
    missing: tuple[PartnerKind, ...]
    """The kinds that do not."""

    layout: ClassVar[Layout[MissingKinds]] = _MISSING
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(
            self, self.pathway, name=self.name, present=self.present, missing=self.missing
        )


def partners_in_several_pathways(
    graph: networkx.MultiGraph[str], *, at_least: int = 2
) -> tuple[SeveralPathways, ...]:
    """Return the partners that work in two or more pathways, those with the most first.

    >>> from rrmodel import datasets
    >>> from rrmodel.graph import partner_graph
    >>> regimes = partner_graph(datasets.load("hmp-leeds-regimes"))
    >>> for partner in partners_in_several_pathways(regimes):
    ...     print(partner.name, len(partner.pathways))
    Leeds Community Healthcare 3
    Lifeline 2

    Args:
        graph: A partner graph.
        at_least: In how many pathways; with 0 every partner is there.

    Raises:
        RecordError: It is not a partner graph.
    """
    sides = sides_of(graph)
    records = (
        SeveralPathways(
            partner=partner_id(partner),
            name=sides.names[partner],
            kind=sides.kinds[partner],
            pathways=tuple(map(pathway_id, pathways)),
        )
        for partner, pathways in sides.pathways.items()
        if len(pathways) >= at_least
    )
    return tuple(sorted(records, key=lambda each: -len(each.pathways)))


def missing_kinds(
    graph: networkx.MultiGraph[str], *, kinds: Iterable[PartnerKind] = tuple(PartnerKind)
) -> tuple[MissingKinds, ...]:
    """Return for each pathway which kinds of partner work in it, and which are missing.

    >>> from rrmodel import datasets
    >>> from rrmodel.graph import partner_graph
    >>> regions = partner_graph(datasets.load("east-midlands-2022-25"))
    >>> asked = [PartnerKind.HEALTH, PartnerKind.VOLUNTARY, PartnerKind.EMPLOYER]
    >>> for gap in missing_kinds(regions, kinds=asked):
    ...     print(gap.pathway, "lacks", *gap.missing)
    training-skills-and-work lacks health voluntary
    drugs-and-alcohol lacks employer
    family-accommodation-and-readjustment lacks health employer
    public-security lacks health voluntary employer

    Args:
        graph: A partner graph.
        kinds: The kinds to look for. Default: all.

    Raises:
        RecordError: It is not a partner graph.
    """
    sides, asked = sides_of(graph), tuple(dict.fromkeys(kinds))
    answer: list[MissingKinds] = []
    for pathway, partners in sides.partners.items():
        there = {sides.kinds[partner] for partner in partners}
        answer.append(
            MissingKinds(
                pathway=pathway_id(pathway),
                name=sides.names[pathway],
                present=tuple(kind for kind in asked if kind in there),
                missing=tuple(kind for kind in asked if kind not in there),
            )
        )
    return tuple(answer)
