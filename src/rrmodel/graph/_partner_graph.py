"""Partners on one side, pathways on the other, and an edge for each part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias, get_args

import networkx  # noqa: ICN001 - the pages link what annotations spell out

from rrmodel.errors import PlanError, Problem, UnknownNameError, did_you_mean
from rrmodel.model import Partner, PartnerKind, Partnership, Pathway, Plan, same_partners

__all__ = [
    "Groups",
    "merged_partner_graph",
    "part_attributes",
    "partner_graph",
    "partner_node",
    "pathway_node",
]

Groups: TypeAlias = Literal["keep", "expand"]
"""Whether a group of partners stays one node or gives way to its members."""

Attributes: TypeAlias = dict[str, Any]


def partner_graph(
    plan: Plan,
    *,
    groups: Groups = "keep",
    pathways: Iterable[str] | None = None,
    kinds: Iterable[PartnerKind | str] | None = None,
) -> networkx.MultiGraph[str]:
    """Return the graph of a plan's partners (``bipartite=0``) and pathways (``bipartite=1``).

    Each role of a partner in a pathway is one edge. Every partner is a node, also
    one that has no part.

    >>> from rrmodel import datasets
    >>> regimes = partner_graph(datasets.load("hmp-leeds-regimes"))
    >>> for _, pathway, part in regimes.edges("partner:shelter", data=True):
    ...     print(pathway, "|", part["kind"], "|", part["status"], "|", part["citation"])
    pathway:accommodation | partnership | current | hmp-leeds-regimes, Offender management, 1
    pathway:accommodation | activity | current | hmp-leeds-regimes, Offender management, 1
    >>> plan = datasets.load("hmp-leeds-regimes")
    >>> list(partner_graph(plan, pathways=["accommodation"], kinds=["health"]))[-2:]
    ['partner:primary-care-service', 'pathway:accommodation']

    Args:
        plan: The plan.
        groups: With ``keep`` a group is a node like any other. With ``expand`` its members take
            its parts, each edge with the ``group`` through which it came.
        pathways: The ids of the pathways to keep. Default: all.
        kinds: The kinds of partner to keep. Default: all.

    Returns:
        A graph whose partners have ``name``, ``partner_kind`` and perhaps ``aliases``; whose
        pathways have ``name``, ``citation`` and ``plan``; and whose edges have ``kind``
        (``partnership``, ``lead`` or ``activity``), ``role``, ``status``, ``citation`` and perhaps
        ``named_as``, ``starts`` and ``group``. The role in an activity is what the activity is;
        a partner is current there, as no plan says otherwise.

    Raises:
        UnknownNameError: There is no such choice of groups, pathway or kind of partner.
    """
    own = {partner.id: partner.id for partner in plan.partners}
    made = _graph([(plan, own, {pathway.id: pathway.id for pathway in plan})], groups)
    return _part_of(made, pathways, kinds)


def merged_partner_graph(
    plans: Iterable[Plan],
    *,
    groups: Groups = "keep",
    pathways: Iterable[str] | None = None,
    kinds: Iterable[PartnerKind | str] | None = None,
) -> networkx.MultiGraph[str]:
    """Return one partner graph of several plans.

    Partners are one node if they have one id, or else a name or alias in common, whatever the
    capitals; two partners of one plan stay two. The first plan that has a partner decides its
    id, name and kind. Pathways stay apart: each is named with its plan and has it as ``plan``.

    >>> from rrmodel import datasets
    >>> both = merged_partner_graph(map(datasets.load, datasets.names()))
    >>> both.nodes["pathway:hmp-leeds-regimes/accommodation"]["name"]
    'Accommodation'

    Args:
        plans: The plans.
        groups: Whether a group is a node or its members take its parts, see :func:`partner_graph`.
        pathways: The pathways to keep, by the ids of plan and pathway with a slash between, such as
            ``hmp-leeds-regimes/accommodation``. Default: all.
        kinds: The kinds of partner to keep. Default: all.

    Raises:
        PlanError: Two different plans have one id.
        UnknownNameError: There is no such choice of groups, pathway or kind of partner.
    """
    different: list[Plan] = []
    for plan in plans:
        if plan not in different:
            different.append(plan)
    homes: dict[str, int] = {}
    for place, plan in enumerate(different):
        if (first := homes.setdefault(plan.id, place)) != place:
            raise PlanError(
                [
                    Problem(
                        f"{plan.id!r} is the id of another plan too ({different[first].title!r}): "
                        "give each edition its own",
                        "$.id",
                    )
                ]
            )
    made = _graph(
        [
            (plan, own, {pathway.id: f"{_quoted(plan.id)}/{pathway.id}" for pathway in plan})
            for plan, own in zip(different, same_partners(different), strict=True)
        ],
        groups,
    )
    return _part_of(made, pathways, kinds)


def partner_node(name: str) -> str:
    """Return the node of a partner."""
    return f"partner:{name}"


def pathway_node(name: str) -> str:
    """Return the node of a pathway."""
    return f"pathway:{name}"


def _quoted(name: str) -> str:
    """Return a plan's id without the slash that parts it from its pathways."""
    return name.replace("%", "%25").replace("/", "%2F")


def _graph(
    plans: list[tuple[Plan, Mapping[str, str], Mapping[str, str]]], groups: Groups
) -> networkx.MultiGraph[str]:
    """Build the graph of plans, each with the names of its partners and of its pathways."""
    if groups not in get_args(Groups):
        raise UnknownNameError(
            f"there is no choice of groups {groups!r}: {did_you_mean(groups, get_args(Groups))}"
        )
    graph: networkx.MultiGraph[str] = networkx.MultiGraph(
        name="; ".join(plan.title for plan, _, _ in plans)
    )
    for plan, own, _ in plans:
        expanded = _members(plan) if groups == "expand" else {}
        graph.add_nodes_from(
            (node, _partner(partner))
            for partner in plan.partners
            if partner.id not in expanded and (node := partner_node(own[partner.id])) not in graph
        )
    for plan, _, pathways in plans:
        graph.add_nodes_from(
            (pathway_node(pathways[pathway.id]), _pathway(plan, pathway)) for pathway in plan
        )
    for plan, own, pathways in plans:
        expanded = _members(plan) if groups == "expand" else {}
        nodes = {name: partner_node(home) for name, home in own.items()}
        for pathway in plan:
            place = pathway_node(pathways[pathway.id])
            for partner, part in _parts_of(pathway):
                if partner not in expanded:
                    graph.add_edge(nodes[partner], place, None, **part)
                    continue
                for member in expanded[partner]:
                    graph.add_edge(nodes[member], place, None, **part, group=own[partner])
    return graph


def _part_of(
    graph: networkx.MultiGraph[str],
    pathways: Iterable[str] | None,
    kinds: Iterable[PartnerKind | str] | None,
) -> networkx.MultiGraph[str]:
    """Return a partner graph without the pathways and kinds of partner that are not to be kept."""
    sides: dict[int, dict[str, Attributes]] = {0: {}, 1: {}}
    for node, attributes in graph.nodes.items():
        sides[attributes["bipartite"]][node] = attributes
    partners, places = sides.values()
    if pathways is not None:
        kept = _known("pathway", pathways, [node.partition(":")[2] for node in places])
        graph.remove_nodes_from(places.keys() - map(pathway_node, kept))
    if kinds is not None:
        kept = _known("kind", kinds, [kind.value for kind in PartnerKind])
        graph.remove_nodes_from(
            [node for node, one in partners.items() if one["partner_kind"] not in kept]
        )
    return graph


def _known(what: str, names: Iterable[str], known: Collection[str]) -> set[str]:
    """Return names, each of which is among those known.

    Raises:
        UnknownNameError: One is not.
    """
    asked = dict.fromkeys(names)
    for name in asked:
        if name not in known:
            raise UnknownNameError(f"there is no {what} {name!r}: {did_you_mean(name, known)}")
    return set(asked)


def _members(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return for each group its members, and theirs, that are not groups themselves."""
    members = {partner.id: partner.members for partner in plan.partners if partner.members}
    expanded: dict[str, tuple[str, ...]] = {}
    for group in members:
        visited, waiting = {group: None}, [group]
        while waiting:
            new = [name for name in members.get(waiting.pop(), ()) if name not in visited]
            visited.update(dict.fromkeys(new))
            waiting.extend(reversed(new))
        # groups that are only members of each other have nobody to give way to
        if single := tuple(name for name in visited if name not in members):
            expanded[group] = single
    return expanded


def _partner(partner: Partner) -> Attributes:
    attributes: Attributes = {
        "bipartite": 0,
        "kind": "partner",
        "name": partner.name,
        "partner_kind": partner.kind.value,
    }
    if partner.aliases:
        attributes["aliases"] = "; ".join(partner.aliases)
    return attributes


def _pathway(plan: Plan, pathway: Pathway) -> Attributes:
    return {
        "bipartite": 1,
        "kind": "pathway",
        "name": pathway.name,
        "citation": str(pathway.citation),
        "plan": plan.id,
    }


def _parts_of(pathway: Pathway) -> Iterator[tuple[str, Attributes]]:
    """Yield each part that a partner has in a pathway: the partner's id, and what the edge says."""
    for partnership in pathway.partnerships:
        yield partnership.partner, part_attributes("partnership", partnership)
    for activity in pathway.activities:
        for partner in activity.lead_and_partners:
            yield (
                partner,
                {
                    "kind": "lead" if partner == activity.lead else "activity",
                    "role": activity.statement,
                    "status": "current",
                    "citation": str(activity.citation),
                },
            )


def part_attributes(kind: str, partnership: Partnership) -> Attributes:
    """Return the attributes of the edge of a partnership, as an edge of that kind."""
    attributes: Attributes = {
        "kind": kind,
        "role": partnership.role,
        "status": partnership.status,
        "citation": str(partnership.citation),
    }
    if partnership.named_as:
        attributes["named_as"] = partnership.named_as
    if partnership.starts is not None:
        attributes["starts"] = str(partnership.starts)
    return attributes
