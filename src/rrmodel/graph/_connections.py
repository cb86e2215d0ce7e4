"""Connections between partners: shared pathways, paths, and single points of dependence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import ClassVar

import attrs
import networkx  # noqa: ICN001 - the pages link what annotations spell out

from rrmodel.graph._sides import Sides, partner_id, pathway_id, sides_of
from rrmodel.records import Field, Layout, Result, ShownColumn, short_repr

__all__ = [
    "Departure",
    "Route",
    "SharedPathways",
    "departure",
    "partner_projection",
    "reach",
    "route",
    "shared_pathways",
    "single_points",
]


_SHARED: Layout[SharedPathways] = Layout(
    "shared_pathways",
    "Two partners, and the pathways that both work in.",
    (
        Field(
            "partner",
            "text",
            "The id of the one that the plan names first.",
            lambda one: one.partner,
        ),
        Field("other", "text", "The id of the other.", lambda one: one.other),
        Field("pathways", "texts", "The pathways that both work in.", lambda one: one.pathways),
        Field("weight", "whole", "How many pathways they share.", lambda one: one.weight),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class SharedPathways(Result):
    """Two partners, and the pathways that both work in."""

    partner: str
    """The id of the one that the plan names first."""
    other: str
    """The id of the other."""
    pathways: tuple[str, ...]
    """The pathways that both work in."""

    layout: ClassVar[Layout[SharedPathways]] = _SHARED
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(self, self.partner, other=self.other, pathways=self.pathways)

    @property
    def weight(self) -> int:
        """How many they share; the weight of their edge in :func:`partner_projection`."""
        return len(self.pathways)


_DEPARTURE: Layout[Departure] = Layout(
    "departure",
    "The losses if a partner leaves.",
    (
        Field("partner", "text", "The id of the partner.", lambda one: one.partner),
        Field("name", "text", "Its name.", lambda one: one.name),
        Field("pathways", "texts", "The pathways that it works in.", lambda one: one.pathways),
        Field(
            "left_empty",
            "texts",
            "Those in which no other partner works.",
            lambda one: one.left_empty,
        ),
        Field(
            "only_of_its_kind",
            "texts",
            "Those in which it is the only partner of its kind.",
            lambda one: one.only_of_its_kind,
        ),
        Field(
            "parted",
            "texts",
            "The groups of its pathways that no other partner joins, each joined by ' + '.",
            lambda one: [" + ".join(group) for group in one.parted],
        ),
        Field(
            "is_single_point",
            "flag",
            "Whether it is a single point of dependence.",
            lambda one: one.is_single_point,
        ),
    ),
    shown=(
        ShownColumn(
            "Partner", "name", on_hover=("partner", "pathways"), distinguished_by="partner"
        ),
        ShownColumn("Left without a partner", "left_empty"),
        ShownColumn("Joined only by it", "parted"),
        ShownColumn("Only one of its kind", "only_of_its_kind"),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class Departure(Result):
    """The losses if a partner leaves."""

    partner: str
    """Its id."""
    name: str
    """Its name."""
    pathways: tuple[str, ...]
    """The pathways that it works in."""
    left_empty: tuple[str, ...]
    """Those that nobody else works in: they would have no partner at all."""
    only_of_its_kind: tuple[str, ...]
    """Those in which it is the only partner of its kind."""
    parted: tuple[tuple[str, ...], ...]
    """Its pathways in groups that only it joins; empty if they stay joined without it."""

    layout: ClassVar[Layout[Departure]] = _DEPARTURE
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.partner,
            name=self.name,
            pathways=self.pathways,
            left_empty=self.left_empty,
            only_of_its_kind=self.only_of_its_kind,
            parted=self.parted,
        )

    @property
    def is_single_point(self) -> bool:
        """Whether a pathway would have no partner, or pathways would no longer be joined."""
        return bool(self.left_empty or self.parted)


_ROUTE: Layout[Route] = Layout(
    "route",
    "How one partner reaches another.",
    (
        Field(
            "partners",
            "texts",
            "The ids of the partners, from the first to the last.",
            lambda one: one.partners,
        ),
        Field(
            "pathways", "texts", "The ids of the pathways between them.", lambda one: one.pathways
        ),
        Field("steps", "whole", "How many pathways lie on the way.", lambda one: one.steps),
        Field("words", "text", "The route in words.", lambda one: one.words),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class Route(Result):
    """How one partner reaches another: by partners, each in one pathway with the next."""

    partners: tuple[str, ...]
    """The ids of the partners, from the first to the last."""
    pathways: tuple[str, ...]
    """The ids of the pathways, each shared by the partners before and after it."""
    words: str
    """The route in words."""

    layout: ClassVar[Layout[Route]] = _ROUTE
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(
            self, self.partners[0], to=self.partners[-1], steps=self.steps, words=self.words
        )

    @property
    def steps(self) -> int:
        """How many pathways lie on the way."""
        return len(self.pathways)

    def __str__(self) -> str:
        return self.words


def shared_pathways(
    graph: networkx.MultiGraph[str], *, at_least: int = 1
) -> tuple[SharedPathways, ...]:
    """Return the pairs of partners that share pathways; those that share most come first.

    >>> from rrmodel import datasets
    >>> from rrmodel.graph import partner_graph
    >>> regions = partner_graph(datasets.load("east-midlands-2022-25"))
    >>> for pair in shared_pathways(regions, at_least=2):
    ...     print(pair.partner, pair.other, pair.weight)
    police-and-crime-commissioners east-midlands-local-authorities 2
    police-and-crime-commissioners st-giles 2
    east-midlands-local-authorities st-giles 2

    Args:
        graph: A partner graph.
        at_least: How many pathways they share; no pair shares fewer than one.

    Raises:
        RecordError: It is not a partner graph.
    """
    pairs = (
        SharedPathways(
            partner=partner_id(partner),
            other=partner_id(other),
            pathways=tuple(map(pathway_id, pathways)),
        )
        for (partner, other), pathways in _pairs(sides_of(graph))
        if len(pathways) >= at_least
    )
    return tuple(sorted(pairs, key=lambda each: -each.weight))


def partner_projection(graph: networkx.MultiGraph[str]) -> networkx.Graph[str]:
    """Return the graph of the partners alone, joined by the number of pathways that they share.

    >>> from rrmodel import datasets
    >>> from rrmodel.graph import partner_graph
    >>> regimes = partner_projection(partner_graph(datasets.load("hmp-leeds-regimes")))
    >>> regimes.edges["partner:leeds-community-healthcare", "partner:lifeline"]
    {'weight': 2}

    Raises:
        RecordError: It is not a partner graph.
    """
    sides = sides_of(graph)
    projection: networkx.Graph[str] = networkx.Graph(**graph.graph)
    projection.add_nodes_from((partner, graph.nodes[partner]) for partner in sides.pathways)
    projection.add_weighted_edges_from(
        (partner, other, len(pathways)) for (partner, other), pathways in _pairs(sides)
    )
    return projection


def _pairs(sides: Sides) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """Yield every two partners that share a pathway, and what they share."""
    partners = list(sides.pathways)
    places = {partner: place for place, partner in enumerate(partners)}
    shared: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for pathway, staff in sides.partners.items():
        for pair in combinations([places[partner] for partner in staff], 2):
            shared[pair].append(pathway)
    for (first, second), pathways in sorted(shared.items(), key=lambda each: each[0]):
        yield (partners[first], partners[second]), pathways


def departure(graph: networkx.MultiGraph[str], partner: str) -> Departure:
    """Return the losses if a partner leaves.

    >>> from rrmodel import datasets
    >>> from rrmodel.graph import partner_graph
    >>> regimes = partner_graph(datasets.load("hmp-leeds-regimes"))
    >>> departure(regimes, "shelter").left_empty
    ('accommodation',)

    Raises:
        RecordError: It is not a partner graph.
        UnknownNameError: There is no such partner.
    """
    sides = sides_of(graph)
    node = sides.partner(partner)
    return next(each for each in _departures(graph, sides) if partner_id(node) == each.partner)


def single_points(graph: networkx.MultiGraph[str]) -> tuple[Departure, ...]:
    """Return the single points of dependence, each with the losses if the partner leaves.

    A pathway depends on one partner if no other works in it, or if no other joins it to the
    partner's other pathways: such a partner is a bridge, an articulation point of the graph.

    >>> from rrmodel import datasets
    >>> from rrmodel.graph import partner_graph
    >>> regimes = partner_graph(datasets.load("hmp-leeds-regimes"))
    >>> for departure in single_points(regimes):
    ...     print(departure.partner, departure.left_empty)
    voluntary-and-community-sector-partners ('voluntary-sector-involvement',)
    shelter ('accommodation',)
    leeds-community-healthcare ('mental-and-physical-health',)

    Raises:
        RecordError: It is not a partner graph.
    """
    return tuple(each for each in _departures(graph, sides_of(graph)) if each.is_single_point)


def _departures(graph: networkx.MultiGraph[str], sides: Sides) -> Iterator[Departure]:
    # edges of one biconnected component stay joined whichever node goes, and no others do
    blocks: defaultdict[str, defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for number, edges in enumerate(networkx.biconnected_component_edges(graph)):
        for one, other in edges:
            partner, pathway = (one, other) if one in sides.pathways else (other, one)
            blocks[partner][number].add(pathway)
    of_kind = {
        pathway: Counter(sides.kinds[partner] for partner in staff)
        for pathway, staff in sides.partners.items()
    }
    for partner, pathways in sides.pathways.items():
        homes = {pathway: number for number, block in blocks[partner].items() for pathway in block}
        groups: dict[int, list[str]] = {}
        for pathway in pathways:
            groups.setdefault(homes[pathway], []).append(pathway_id(pathway))
        yield Departure(
            partner=partner_id(partner),
            name=sides.names[partner],
            pathways=tuple(map(pathway_id, pathways)),
            left_empty=tuple(
                pathway_id(pathway) for pathway in pathways if len(sides.partners[pathway]) == 1
            ),
            only_of_its_kind=tuple(
                pathway_id(pathway)
                for pathway in pathways
                if of_kind[pathway][sides.kinds[partner]] == 1
            ),
            parted=tuple(map(tuple, groups.values())) if len(groups) > 1 else (),
        )


def route(graph: networkx.MultiGraph[str], partner: str, other: str) -> Route | None:
    """Return a shortest way from one partner to another, or ``None`` if there is none.

    >>> from rrmodel import datasets
    >>> from rrmodel.graph import partner_graph
    >>> regions = partner_graph(datasets.load("east-midlands-2022-25"))
    >>> print(route(regions, "novus", "nacro"))
    Novus and Police and crime commissioners are both in 'Training, skills and work'; Police and
    crime commissioners and NACRO are both in 'Family, accommodation and readjustment to society'

    Raises:
        RecordError: It is not a partner graph.
        UnknownNameError: There is no such partner.
    """
    sides = sides_of(graph)
    start, end = sides.partner(partner), sides.partner(other)
    before = _steps(sides, start)
    return _route(sides, before, end) if end in before else None


def reach(graph: networkx.MultiGraph[str], partner: str) -> tuple[Route, ...]:
    """Return the partners that a partner reaches, each by a shortest way, the nearest first.

    >>> from rrmodel import datasets
    >>> from rrmodel.graph import partner_graph
    >>> regimes = partner_graph(datasets.load("hmp-leeds-regimes"))
    >>> [(route.partners[-1], route.steps) for route in reach(regimes, "lifeline")]
    [('leeds-community-healthcare', 1)]

    Raises:
        RecordError: It is not a partner graph.
        UnknownNameError: There is no such partner.
    """
    sides = sides_of(graph)
    start = sides.partner(partner)
    before = _steps(sides, start)
    return tuple(_route(sides, before, end) for end in before if end != start)


_Steps = dict[str, tuple[str, str] | None]
"""Where one comes from to a partner, and by which pathway; ``None`` for the start."""


def _steps(sides: Sides, start: str) -> _Steps:
    """Return how each partner in reach is reached first, the nearest first."""
    before: _Steps = {start: None}
    visited: set[str] = set()
    for partner in (waiting := [start]):
        for pathway in sides.pathways[partner]:
            if pathway in visited:
                continue
            visited.add(pathway)
            for other in sides.partners[pathway]:
                if other not in before:
                    before[other] = (partner, pathway)
                    waiting.append(other)
    return before


def _route(sides: Sides, before: _Steps, end: str) -> Route:
    partners, pathways = [end], list[str]()
    while (step := before[partners[-1]]) is not None:
        partners.append(step[0])
        pathways.append(step[1])
    partners.reverse()
    pathways.reverse()
    names = sides.names
    words = "; ".join(
        f"{names[partner]} and {names[other]} are both in {names[pathway]!r}"
        for partner, other, pathway in zip(partners, partners[1:], pathways, strict=False)
    )
    return Route(
        partners=tuple(map(partner_id, partners)),
        pathways=tuple(map(pathway_id, pathways)),
        words=words or f"{names[end]} itself",
    )
