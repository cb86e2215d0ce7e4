"""The two sides of a partner graph, read once and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import networkx  # noqa: ICN001 - the pages link what annotations spell out

from rrmodel.errors import RecordError, UnknownNameError, did_you_mean
from rrmodel.graph._partner_graph import partner_node, pathway_node
from rrmodel.model import PartnerKind, distinct_names

__all__ = ["Sides", "partner_id", "pathway_id", "sides_of"]

_PARTNER = partner_node("")
_PATHWAY = pathway_node("")
_KINDS = {kind.value: kind for kind in PartnerKind}


@attrs.frozen(kw_only=True)
class Sides:
    """Both sides of a partner graph, each node with those across, in the order of the nodes."""

    names: dict[str, str]
    """The name of each node."""
    kinds: dict[str, PartnerKind]
    """The kind of each partner."""
    pathways: dict[str, tuple[str, ...]]
    """The pathways of each partner."""
    partners: dict[str, tuple[str, ...]]
    """The partners of each pathway."""

    @property
    def labels(self) -> dict[str, str]:
        """The name of each node, told apart from equal ones on its side."""
        partners = {partner_id(node): self.names[node] for node in self.pathways}
        pathways = {pathway_id(node): self.names[node] for node in self.partners}
        return {partner_node(each): name for each, name in distinct_names(partners).items()} | {
            pathway_node(each): name for each, name in distinct_names(pathways).items()
        }

    @property
    def summary(self) -> str:
        """How many partners have a part, and how many have parts in several pathways.

        >>> from rrmodel import datasets
        >>> from rrmodel.graph import partner_graph
        >>> print(sides_of(partner_graph(datasets.load("hmp-leeds-regimes"))).summary)
        Partners with a part: 6 of 12. In two or more pathways: 2.
        """
        parts = [*map(len, self.pathways.values())]
        some, several = (sum(number > least for number in parts) for least in (0, 1))
        text = f"Partners with a part: {some} of {len(parts)}."
        return f"{text} In two or more pathways: {several}."

    def partner(self, name: str) -> str:
        """Return the node of the partner of that id.

        Raises:
            UnknownNameError: There is none.
        """
        node = partner_node(name)
        if node not in self.pathways:
            known = map(partner_id, self.pathways)
            raise UnknownNameError(f"there is no partner {name!r}: {did_you_mean(name, known)}")
        return node


def partner_id(node: str) -> str:
    """Return the id in the node of a partner."""
    return node.removeprefix(_PARTNER)


def pathway_id(node: str) -> str:
    """Return the id in the node of a pathway, with its plan's in a graph of several plans."""
    return node.removeprefix(_PATHWAY)


def sides_of(graph: networkx.MultiGraph[str]) -> Sides:
    """Return both sides of a partner graph.

    >>> from rrmodel import datasets
    >>> from rrmodel.graph import partner_graph
    >>> sides = sides_of(partner_graph(datasets.load("hmp-leeds-regimes")))
    >>> sides.pathways["partner:shelter"], len(sides.partners["pathway:accommodation"])
    (('pathway:accommodation',), 1)

    Args:
        graph: A partner graph.

    Raises:
        RecordError: It is not a partner graph.
    """
    names: dict[str, str] = {}
    kinds: dict[str, PartnerKind] = {}
    pathways: dict[str, list[str]] = {}
    partners: dict[str, list[str]] = {}
    node: object
    data: Mapping[str, Any]
    for node, data in graph.nodes.items():
        side, kind = data.get("bipartite"), _KINDS.get(data.get("partner_kind", ""))
        if side == 0 and kind is not None and str(node).startswith(_PARTNER):
            kinds[str(node)] = kind
            pathways[str(node)] = []
        elif side == 1 and str(node).startswith(_PATHWAY):
            partners[str(node)] = []
        else:
            raise _no_partner_graph(f"the node {node!r} is neither a partner nor a pathway")
        names[str(node)] = str(data.get("name", node))
    # each side is filled from the other, so that both are in the order of the nodes
    for pathway in partners:
        for partner in graph.adj[pathway]:
            if partner not in pathways:
                raise _no_partner_graph(f"an edge joins {pathway!r} to {partner!r}")
            pathways[partner].append(pathway)
    for partner, places in pathways.items():
        if len(graph.adj[partner]) != len(places):
            raise _no_partner_graph(f"an edge joins {partner!r} to a node that is not a pathway")
        for pathway in places:
            partners[pathway].append(partner)
    return Sides(
        names=names,
        kinds=kinds,
        pathways={partner: tuple(places) for partner, places in pathways.items()},
        partners={pathway: tuple(staff) for pathway, staff in partners.items()},
    )


def _no_partner_graph(message: str) -> RecordError:
    return RecordError(
        f"{message}: ask this of a graph that partner_graph or merged_partner_graph made"
    )
