"""The laws of partner graphs and of questions to them."""

from __future__ import annotations

from itertools import pairwise

import attrs
import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from rrmodel.graph import (
    Departure,
    departure,
    export,
    merged_partner_graph,
    missing_kinds,
    partner_graph,
    partner_list_against_chapters,
    partner_overlap,
    partner_projection,
    partners_in_several_pathways,
    plan_graph,
    reach,
    route,
    shared_pathways,
    single_points,
)
from rrmodel.model import (
    Activity,
    Citation,
    Document,
    Partner,
    PartnerKind,
    PartnerListing,
    Partnership,
    Pathway,
    Plan,
    Region,
)
from rrmodel.testing import plans

FEWER = settings(max_examples=settings.default.max_examples // 2)

CITED = Citation("d")
IDS = [f"p{number}" for number in range(7)]


@st.composite
def busy_plans(draw: st.DrawFn) -> Plan:
    """Draw a plan in which many partners, some of them groups, work in many pathways."""
    ids = IDS[: draw(st.integers(1, len(IDS)))]
    some = st.lists(st.sampled_from(ids), max_size=4)
    partners = tuple(
        Partner(
            id=name,
            name=draw(st.sampled_from("ABCDEFGH")),
            kind=draw(st.sampled_from(PartnerKind)),
            members=tuple(other for other in draw(st.just([]) | some) if other != name),
        )
        for name in ids
    )
    pathways = tuple(
        Pathway(
            id=f"w{place}",
            name=f"W{place}",
            citation=CITED,
            partnerships=tuple(
                Partnership(partner=name, role="Works.", citation=CITED) for name in draw(some)
            ),
            activities=(
                Activity(
                    id=f"a{place}",
                    statement="Done.",
                    citation=CITED,
                    partners=tuple(draw(st.just([]) | some)),
                ),
            ),
        )
        for place in range(draw(st.integers(1, 5)))
    )
    return Plan(
        id="p",
        title="A plan",
        subject=Region(id="r", name="R"),
        documents=(Document(id="d", title="D"),),
        partners=partners,
        pathways=pathways,
        partner_list=tuple(PartnerListing(partner=name, citation=CITED) for name in draw(some)),
    )


GRAPHS = st.builds(partner_graph, busy_plans(), groups=st.sampled_from(["keep", "expand"]))
BUSY = GRAPHS.filter(lambda graph: any(node.startswith("partner:") for node in graph))


def simple(graph: nx.MultiGraph[str]) -> nx.Graph[str]:
    """Return a graph with one edge where there were several."""
    return nx.Graph(graph)


def partners_of(graph: nx.MultiGraph[str]) -> list[str]:
    """Return the ids of a graph's partners."""
    nodes = (node for node in graph if node.startswith("partner:"))
    return [node.removeprefix("partner:") for node in nodes]


def renamed(name: str) -> str:
    """Return another id: one that sorts the other way round."""
    return f"{9 - int(name[1:])}-{name}"


def relabelled(plan: Plan) -> Plan:
    """Return a plan whose partners have other ids."""
    return attrs.evolve(
        plan,
        partners=tuple(
            attrs.evolve(each, id=renamed(each.id), members=tuple(map(renamed, each.members)))
            for each in plan.partners
        ),
        pathways=tuple(
            attrs.evolve(
                pathway,
                partnerships=tuple(
                    attrs.evolve(part, partner=renamed(part.partner))
                    for part in pathway.partnerships
                ),
                activities=tuple(
                    attrs.evolve(activity, partners=tuple(map(renamed, activity.partners)))
                    for activity in pathway.activities
                ),
            )
            for pathway in plan
        ),
        partner_list=tuple(
            attrs.evolve(each, partner=renamed(each.partner)) for each in plan.partner_list
        ),
    )


@given(busy_plans())
def test_a_graph_has_those_who_work_in_a_pathway(plan: Plan) -> None:
    """An edge leads to a pathway from each partner that works in it, and from no other."""
    graph = partner_graph(plan)
    for pathway in plan:
        there = {f"partner:{partner}" for partner in pathway.partners}
        assert set(graph.adj[f"pathway:{pathway.id}"]) == there


@given(GRAPHS)
def test_every_edge_joins_a_partner_to_a_pathway(graph: nx.MultiGraph[str]) -> None:
    """A partner graph is bipartite, as its nodes say."""
    sides = nx.get_node_attributes(graph, "bipartite")
    assert all({sides[one], sides[other]} == {0, 1} for one, other in graph.edges())


@given(GRAPHS)
def test_projection_weights_equal_shared_pathways(graph: nx.MultiGraph[str]) -> None:
    """The projection is that of networkx over the partners."""
    partners = [node for node in graph if node.startswith("partner:")]
    oracle = nx.bipartite.weighted_projected_graph(simple(graph), partners)
    projection = partner_projection(graph)
    assert list(projection) == partners

    def weights(network: nx.Graph[str]) -> dict[frozenset[str], int]:
        return {frozenset(ends): weight for *ends, weight in network.edges(data="weight")}

    assert weights(projection) == weights(oracle)


@given(GRAPHS)
def test_shared_pathways_are_those_of_both(graph: nx.MultiGraph[str]) -> None:
    """Two partners share the pathways that each of them works in."""
    several = partners_in_several_pathways(graph, at_least=0)
    works = {each.partner: each.pathways for each in several}
    for each in shared_pathways(graph):
        assert set(each.pathways) == set(works[each.partner]) & set(works[each.other])


@given(GRAPHS)
def test_parted_pathways_are_articulation_points(graph: nx.MultiGraph[str]) -> None:
    """Pathways come apart without a partner exactly if it is an articulation point."""
    points = {node for node in nx.articulation_points(graph) if node.startswith("partner:")}
    assert {f"partner:{each.partner}" for each in single_points(graph) if each.parted} == points


@given(BUSY, st.data())
def test_a_departure_is_what_the_graph_without_the_partner_shows(
    graph: nx.MultiGraph[str], data: st.DataObject
) -> None:
    """Its groups are those still joined, its empty pathways those without an edge."""
    lost = departure(graph, data.draw(st.sampled_from(partners_of(graph))))
    rest = graph.copy()
    rest.remove_node(f"partner:{lost.partner}")
    homes = {
        node.removeprefix("pathway:"): number
        for number, part in enumerate(nx.connected_components(rest))
        for node in part
    }
    groups: dict[int, list[str]] = {}
    for pathway in lost.pathways:
        groups.setdefault(homes[pathway], []).append(pathway)
    assert lost.parted == (tuple(map(tuple, groups.values())) if len(groups) > 1 else ())
    assert lost.left_empty == tuple(
        pathway for pathway in lost.pathways if not rest.adj[f"pathway:{pathway}"]
    )


@given(BUSY, st.data())
def test_the_only_one_of_its_kind_leaves_the_kind_missing(
    graph: nx.MultiGraph[str], data: st.DataObject
) -> None:
    """A kind is missing from a pathway after the departure of its only partner there."""
    lost = departure(graph, data.draw(st.sampled_from(partners_of(graph))))
    kind = PartnerKind(graph.nodes[f"partner:{lost.partner}"]["partner_kind"])
    graph.remove_node(f"partner:{lost.partner}")
    lacking = {each.pathway for each in missing_kinds(graph, kinds=[kind]) if each.missing}
    assert set(lost.only_of_its_kind) == lacking & set(lost.pathways)


@given(GRAPHS)
def test_kinds_are_there_or_missing(graph: nx.MultiGraph[str]) -> None:
    """Every kind is one or the other in every pathway."""
    for each in missing_kinds(graph):
        assert sorted([*each.present, *each.missing]) == sorted(PartnerKind)


@given(BUSY, st.data())
def test_routes_are_shortest(graph: nx.MultiGraph[str], data: st.DataObject) -> None:
    """A partner that is in reach is reached in as few steps as networkx finds."""
    start = data.draw(st.sampled_from(partners_of(graph)))
    away = nx.single_source_shortest_path_length(graph, f"partner:{start}")
    assert {each.partners[-1]: 2 * each.steps for each in reach(graph, start)} == {
        node.removeprefix("partner:"): steps
        for node, steps in away.items()
        if node.startswith("partner:") and steps
    }


@given(BUSY, st.data())
def test_each_step_of_a_route_is_a_shared_pathway(
    graph: nx.MultiGraph[str], data: st.DataObject
) -> None:
    """Partners that follow each other on a route both work in the pathway between them."""
    names = st.sampled_from(partners_of(graph))
    path = route(graph, data.draw(names), data.draw(names))
    if path is not None:
        for pair, pathway in zip(pairwise(path.partners), path.pathways, strict=True):
            assert all(graph.has_edge(f"partner:{name}", f"pathway:{pathway}") for name in pair)


@given(busy_plans(), st.sampled_from(["keep", "expand"]))
def test_merging_a_plan_with_itself_changes_nothing(plan: Plan, groups: str) -> None:
    """Twice the same plan is one plan."""
    once = merged_partner_graph([plan], groups=groups)  # type: ignore[arg-type]
    twice = merged_partner_graph([plan, plan], groups=groups)  # type: ignore[arg-type]
    assert nx.utils.graphs_equal(once, twice)


@given(busy_plans())
def test_merging_with_a_copy_adds_no_partner(plan: Plan) -> None:
    """The same partners under another plan's id are the same partners, in twice the pathways."""
    merged = merged_partner_graph([plan, attrs.evolve(plan, id="q")])
    alone = partner_graph(plan)
    assert partners_of(merged) == partners_of(alone)
    assert merged.number_of_edges() == 2 * alone.number_of_edges()


@given(busy_plans())
def test_merging_one_plan_only_names_its_pathways(plan: Plan) -> None:
    """A merged graph of one plan is its partner graph, each pathway with its plan's id."""
    names = {f"pathway:{each.id}": f"pathway:p/{each.id}" for each in plan}
    assert nx.utils.graphs_equal(
        nx.relabel_nodes(partner_graph(plan), names), merged_partner_graph([plan])
    )


@given(busy_plans(), busy_plans())
def test_merging_keeps_the_partners_of_a_plan_apart(plan: Plan, other: Plan) -> None:
    """However many names two plans share, each keeps as many partners as it has."""
    other = attrs.evolve(relabelled(other), id="q")
    merged = merged_partner_graph([plan, other])
    shared = partner_overlap(plan, other).shared
    assert len(partners_of(merged)) == len(plan.partners) + len(other.partners) - len(shared)


@given(busy_plans(), busy_plans())
def test_overlap_is_the_same_from_either_side(plan: Plan, other: Plan) -> None:
    """As many partners are in common, whichever plan comes first."""
    other = attrs.evolve(relabelled(other), id="q")
    assert partner_overlap(plan, other).share == partner_overlap(other, plan).share


@given(busy_plans())
def test_every_partner_is_expanded_or_there(plan: Plan) -> None:
    """Expansion loses no partner, except groups."""
    graph = partner_graph(plan, groups="expand")
    assert {each.id for each in plan.partners if not each.members} <= set(partners_of(graph))


@given(busy_plans())
def test_each_listed_partner_is_in_one_group_of_the_answer(plan: Plan) -> None:
    """A line of the list is used, only mentioned or never used."""
    groups = partner_list_against_chapters(plan)
    every = (*groups.listed_and_used, *groups.listed_and_mentioned, *groups.listed_and_never_used)
    assert sorted(every) == sorted({each.partner for each in plan.partner_list})


@given(busy_plans())
def test_relabelling_ids_changes_no_answer(plan: Plan) -> None:
    """Other ids give the same answers in the same order, with the other ids."""
    graph, other = partner_graph(plan), partner_graph(relabelled(plan))

    def with_new_ids(departures: tuple[Departure, ...]) -> list[Departure]:
        return [attrs.evolve(each, partner=renamed(each.partner)) for each in departures]

    assert with_new_ids(single_points(graph)) == list(single_points(other))
    assert missing_kinds(graph) == missing_kinds(other)
    assert [
        attrs.evolve(each, partner=renamed(each.partner), other=renamed(each.other))
        for each in shared_pathways(graph)
    ] == list(shared_pathways(other))
    assert [
        attrs.evolve(each, partner=renamed(each.partner))
        for each in partners_in_several_pathways(graph)
    ] == list(partners_in_several_pathways(other))
    assert [
        attrs.evolve(each, partners=tuple(map(renamed, each.partners)))
        for each in reach(graph, plan.partners[0].id)
    ] == list(reach(other, renamed(plan.partners[0].id)))


@FEWER
@given(plans())
def test_every_record_of_a_plan_is_a_node(plan: Plan) -> None:
    """Every record with an id is there, and every edge ends at a record."""
    graph = plan_graph(plan)
    counts = {
        "partner": len(plan.partners),
        "measure": len(plan.measures),
        "pathway": len(plan.pathways),
        "target": len(plan.targets),
        "objective": len(plan.objectives),
        "activity": len(plan.activities),
    }
    kinds = [data["kind"] for data in graph.nodes.values() if data]
    assert len(kinds) == len(graph)
    assert {kind: kinds.count(kind) for kind in counts} == counts


@FEWER
@given(plans())
def test_any_plan_can_be_exported(plan: Plan) -> None:
    """Whatever a plan says, its graphs are written without a complaint, or as node-link."""
    for graph in (partner_graph(plan), plan_graph(plan)):
        assert export(graph, "node-link").endswith("}\n")
