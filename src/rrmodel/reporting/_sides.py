"""The two sides of a partner graph, and an order in which few lines cross."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations, islice
from typing import Any, Protocol, TypeAlias, TypeVar

import attrs

from rrmodel.errors import RecordError
from rrmodel.model import PartnerKind
from rrmodel.reporting._drawing import clean
from rrmodel.reporting._picture import told_apart

__all__ = ["Blocks", "PartnerGraph", "Sides", "crossings", "ordered", "sides_of"]

_PARTNER = "partner:"
_PATHWAY = "pathway:"
_SWEEPS = 12
_TRIALS = 120
_KINDS = {kind.value: kind for kind in PartnerKind}
_Item = TypeVar("_Item")

Neighbours: TypeAlias = Mapping[str, Collection[str]]
"""What each node is joined to."""
Blocks: TypeAlias = Sequence[Sequence[str]]
"""The nodes of one side, top down, in blocks that stay together."""


class PartnerGraph(Protocol):
    """A graph that :func:`~rrmodel.graph.partner_graph` made, or one of its subgraphs."""

    @property
    def name(self) -> str:
        """What it is the graph of."""
        ...

    @cached_property  # as networkx has it, for type checkers take no property instead
    def nodes(self) -> Mapping[str, Mapping[str, Any]]:
        """Each node with what is known of it."""
        ...

    @cached_property
    def adj(self) -> Mapping[str, Mapping[str, Mapping[Any, Any]]]:
        """Each node with its neighbours, and with each neighbour the edges that join them."""
        ...


@attrs.frozen(kw_only=True)
class Sides:
    """Partners and pathways, in the order of the graph."""

    kinds: dict[str, PartnerKind]
    """The kind of each partner."""
    plans: dict[str, str]
    """The id of the plan of each pathway."""
    names: dict[str, str]
    """What each is called, no two of one side and plan alike."""
    pathways: dict[str, dict[str, list[Mapping[str, Any]]]]
    """Each partner with its pathways, and its parts in each."""
    partners: dict[str, list[str]]
    """Each pathway with its partners."""

    def neighbours(self) -> Neighbours:
        """Return what each node is joined to."""
        return {**self.pathways, **self.partners}


def sides_of(graph: PartnerGraph) -> Sides:
    """Return both sides of a partner graph.

    Raises:
        RecordError: It is no partner graph.
    """
    kinds: dict[str, PartnerKind] = {}
    plans: dict[str, str] = {}
    shown: dict[str, str] = {}
    for node, data in graph.nodes.items():
        kind = _KINDS.get(data.get("partner_kind", ""))
        side = data.get("bipartite")
        if side == 0 and kind is not None and str(node).startswith(_PARTNER):
            kinds[node] = kind
        elif side == 1 and str(node).startswith(_PATHWAY):
            plans[node] = clean(str(data.get("plan", "")))
        else:
            raise RecordError(
                f"the node {node!r} is neither a partner nor a pathway: draw a graph that "
                "partner_graph or merged_partner_graph made"
            )
        shown[node] = str(data.get("name", node))
    pathways: dict[str, dict[str, list[Mapping[str, Any]]]] = {partner: {} for partner in kinds}
    partners: dict[str, list[str]] = {pathway: [] for pathway in plans}
    for node in graph.nodes:
        for other, parts in graph.adj[node].items():
            if (node in kinds) == (other in kinds):
                raise RecordError(
                    f"an edge joins {node!r} to {other!r}, two of one side: draw a graph that "
                    "partner_graph or merged_partner_graph made"
                )
            if node in kinds:
                pathways[node][other] = list(parts.values())
                partners[other].append(node)
    names = _told_apart(_PARTNER, {partner: shown[partner] for partner in kinds})
    for plan in dict.fromkeys(plans.values()):
        own = {node: shown[node] for node, home in plans.items() if home == plan}
        names |= _told_apart(_PATHWAY, own)
    return Sides(kinds=kinds, plans=plans, names=names, pathways=pathways, partners=partners)


def _told_apart(prefix: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return the names of nodes, with what follows the prefix wherever two are alike."""
    apart = told_apart({node.removeprefix(prefix): name for node, name in names.items()})
    return {node: apart[node.removeprefix(prefix)] for node in names}


def ordered(left: Blocks, right: Blocks, neighbours: Neighbours) -> tuple[Blocks, Blocks]:
    """Return both sides in an order in which few lines cross, never more than in the given one.

    Each side in turn is put in the order of the mean place of what its nodes are joined to, node
    by node within a block and then block by block. From the best order met, exchanges are made as
    long as one of them helps.
    """

    def count(sides: tuple[Blocks, Blocks]) -> int:
        return crossings(*sides, neighbours)

    met = [(left, right)]
    for sweep in range(_SWEEPS):
        left, right = met[-1]
        if sweep % 2:
            met.append((left, _sorted(right, left, neighbours)))
        else:
            met.append((_sorted(left, right, neighbours), right))
    best = min(met, key=count)
    while True:
        found = min(islice(_exchanges(*best, neighbours), _TRIALS), key=count, default=best)
        if count(found) >= count(best):
            return best
        best = found


def _exchanges(
    left: Blocks, right: Blocks, neighbours: Neighbours
) -> Iterator[tuple[Blocks, Blocks]]:
    """Yield both sides with two of the right exchanged, which the left follows, or two blocks."""
    for place, block in enumerate(right):
        for exchanged in _exchanged(block):
            changed = [*right[:place], exchanged, *right[place + 1 :]]
            yield _sorted(left, changed, neighbours), changed
    for blocks in _exchanged(left):
        yield blocks, right


def _exchanged(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Yield the items with each two of them in each other's place."""
    for one, other in combinations(range(len(items)), 2):
        changed = [*items]
        changed[one], changed[other] = changed[other], changed[one]
        yield changed


def _sorted(blocks: Blocks, other: Blocks, neighbours: Neighbours) -> Blocks:
    """Return one side in the order of the mean places on the other."""
    places = {node: place for place, node in enumerate(node for each in other for node in each)}

    def middle(nodes: Iterable[str]) -> Fraction:
        joined = [places[other] for node in nodes for other in neighbours[node]]
        return Fraction(sum(joined), len(joined)) if joined else Fraction(len(places))

    return sorted((sorted(block, key=lambda node: middle([node])) for block in blocks), key=middle)


def crossings(left: Blocks, right: Blocks, neighbours: Neighbours) -> int:
    """Return how many pairs of lines cross."""
    places = {node: place for place, node in enumerate(node for each in right for node in each)}
    met: list[int] = []
    count = 0
    for node in (node for each in left for node in each):
        ends = sorted(places[other] for other in neighbours[node])
        count += sum(len(met) - bisect_right(met, end) for end in ends)
        for end in ends:
            insort(met, end)
    return count
