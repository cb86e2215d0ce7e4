"""The parts of partners in pathways as a table."""

from __future__ import annotations

from typing import Any

import attrs
import networkx  # noqa: ICN001 - the pages link what annotations spell out

from rrmodel.graph._sides import partner_id, pathway_id, sides_of
from rrmodel.records import Field, Layout, ShownColumn, Table, short_repr

__all__ = ["partner_table"]


@attrs.frozen(repr=False)
class _Part:
    """An edge of a partner graph, with the attributes of its ends."""

    partner: str
    pathway: str
    of_partner: dict[str, Any]
    of_pathway: dict[str, Any]
    of_edge: dict[str, Any]

    def __repr__(self) -> str:
        return short_repr(self, self.partner, pathway=self.pathway)


_PART: Layout[_Part] = Layout(
    "part",
    "The part of a partner in a pathway.",
    (
        Field("partner", "text", "The id of the partner.", lambda part: part.partner),
        Field("partner_name", "text", "Its name.", lambda part: part.of_partner["name"]),
        Field(
            "partner_kind",
            "text",
            "The kind of organisation.",
            lambda part: part.of_partner["partner_kind"],
        ),
        Field("plan", "text", "The id of the plan.", lambda part: part.of_pathway["plan"]),
        Field("pathway", "text", "The id of the pathway.", lambda part: part.pathway),
        Field("pathway_name", "text", "Its name.", lambda part: part.of_pathway["name"]),
        Field(
            "kind",
            "text",
            "Whether it is a partnership, leads an activity or takes part in one.",
            lambda part: part.of_edge["kind"],
            choose_from=lambda: ("partnership", "lead", "activity"),
        ),
        Field("role", "text", "The activities of the partner.", lambda part: part.of_edge["role"]),
        Field("status", "text", "Whether it works there now.", lambda part: part.of_edge["status"]),
        Field("citation", "text", "Where it was read.", lambda part: part.of_edge["citation"]),
        Field(
            "named_as",
            "text",
            "The name that the plan uses there, if it is another.",
            lambda part: part.of_edge.get("named_as"),
            is_optional=True,
        ),
        Field(
            "starts",
            "text",
            "When it starts, if the plan says.",
            lambda part: part.of_edge.get("starts"),
            is_optional=True,
        ),
        Field(
            "group",
            "text",
            "The id of the group through which it came, if groups were expanded.",
            lambda part: part.of_edge.get("group"),
            is_optional=True,
        ),
    ),
    shown=(
        ShownColumn(
            "Partner",
            "partner_name",
            on_hover=("partner", "named_as", "citation"),
            distinguished_by="partner",
        ),
        ShownColumn("Pathway", "pathway_name", distinguished_by="pathway"),
        ShownColumn("Role", "role"),
        ShownColumn("Part", "kind"),
        ShownColumn("Status", "status", if_different=True),
        ShownColumn("Starts", "starts"),
        ShownColumn("Group", "group"),
    ),
)


def partner_table(graph: networkx.MultiGraph[str]) -> Table[Any]:
    """Return each part that a partner has in a pathway, as a table.

    >>> from rrmodel import datasets
    >>> from rrmodel.graph import partner_graph
    >>> table = partner_table(partner_graph(datasets.load("hmp-leeds-regimes")))
    >>> record = table.to_records()[0]
    >>> record["partner"], record["pathway"], record["kind"]
    ('voluntary-and-community-sector-partners', 'voluntary-sector-involvement', 'partnership')

    Args:
        graph: A partner graph.
    """
    nodes: dict[str, dict[str, Any]] = dict(graph.nodes.items())
    return Table(
        _PART,
        tuple(
            _Part(partner_id(node), pathway_id(pathway), nodes[node], nodes[pathway], edge)
            for node in sides_of(graph).pathways
            for _, pathway, edge in graph.edges(node, data=True)
        ),
    )
