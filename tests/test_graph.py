"""Partner graphs, plan graphs, the questions and the exports, by example."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import attrs
import networkx as nx
import pytest

from rrmodel import datasets
from rrmodel.errors import PlanError, RecordError, UnknownNameError
from rrmodel.graph import (
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
    Chapter,
    Citation,
    Commitment,
    Document,
    Fact,
    Measure,
    MilestoneTarget,
    Objective,
    Partner,
    PartnerKind,
    PartnerListing,
    Partnership,
    Pathway,
    Plan,
    ReachTarget,
    Region,
)
from rrmodel.periods import Deadline
from rrmodel.quantities import Amount

CITED = Citation("d", "A section", "1")


def part(partner: str, **fields: Any) -> Partnership:
    """Return a partner's part."""
    return Partnership(partner=partner, role=f"What {partner} does.", citation=CITED, **fields)


def pathway(name: str, /, *partners: str, **fields: Any) -> Pathway:
    """Return a pathway in which partners work."""
    parts = tuple(map(part, partners))
    return Pathway(
        **{"id": name, "name": name.title(), "citation": CITED, "partnerships": parts, **fields}
    )


def partner(name: str, /, kind: str = "voluntary", **fields: Any) -> Partner:
    """Return a partner."""
    return Partner(**{"id": name, "name": name.upper(), "kind": PartnerKind(kind), **fields})


def plan_of(partners: Iterable[Partner], pathways: Iterable[Pathway], **fields: Any) -> Plan:
    """Return a plan of those."""
    return Plan(
        **{
            "id": "p",
            "title": "A plan",
            "subject": Region(id="r", name="A region"),
            "documents": (Document(id="d", title="The plan"),),
            "partners": tuple(partners),
            "pathways": tuple(pathways),
            **fields,
        }
    )


HOUSED = Measure(id="housed", name="Housed", counts="people", unit="person", better="higher")
WHOLE = plan_of(
    [
        partner("group", members=("a", "b"), aliases=("The group", "All")),
        partner("a", "health"),
        partner("b"),
        partner("idle"),
    ],
    [
        pathway(
            "homes",
            "a",
            partnerships=(
                part("a", named_as="Firm A", status="planned", starts=Deadline("by July 2023")),
            ),
            background=(Fact(id="f1", statement="It rains.", citation=CITED),),
            context=(Fact(id="f2", statement="A is here.", citation=CITED, partners=("a",)),),
            objectives=(Objective(id="o", statement="It is dry.", citation=CITED),),
            activities=(
                Activity(
                    id="x",
                    statement="Roofs are built.",
                    citation=CITED,
                    lead="b",
                    partners=("b", "group"),
                    serves=("o",),
                ),
            ),
            targets=(
                ReachTarget(
                    id="t",
                    statement="Three are housed.",
                    citation=CITED,
                    measure=HOUSED,
                    area="A region",
                    goal=Amount(3, "person"),
                    deadline=Deadline("by July 2023"),
                ),
                MilestoneTarget(
                    id="m",
                    statement="A strategy is there.",
                    citation=CITED,
                    area="A region",
                    deadline=Deadline("by 2023-24"),
                ),
            ),
            commitments=(
                Commitment(id="c", statement="Beds.", citation=CITED, amount=Amount(5, "bed")),
            ),
        )
    ],
    measures=(HOUSED,),
    profile=(Fact(id="f3", statement="It is large.", citation=CITED),),
    commitments=(Commitment(id="c2", statement="Money.", citation=CITED),),
    chapters=(
        Chapter(
            id="drugs",
            name="Drugs",
            facts=(Fact(id="f4", statement="There are drugs.", citation=CITED),),
            partnerships=(part("b"),),
            commitments=(Commitment(id="c3", statement="Tests.", citation=CITED),),
        ),
    ),
    partner_list=(PartnerListing(partner="a", citation=CITED, named_as="A Ltd"),),
)


def links(graph: nx.MultiGraph[str], kind: str) -> list[tuple[str, str]]:
    """Return the edges of a kind."""
    return [(one, other) for one, other, data in graph.edges(data=True) if data["kind"] == kind]


class TestPartnerGraph:
    def test_partners_stand_on_one_side_and_pathways_on_the_other(self) -> None:
        """Every partner is a node of side 0, also an idle one; every pathway of side 1."""
        graph = partner_graph(WHOLE)
        sides = {node: data["bipartite"] for node, data in graph.nodes.items()}
        assert sides == {
            "partner:group": 0,
            "partner:a": 0,
            "partner:b": 0,
            "partner:idle": 0,
            "pathway:homes": 1,
        }
        assert nx.is_bipartite(graph)
        assert graph.graph == {"name": "A plan"}

    def test_nodes_say_what_they_are(self) -> None:
        """A partner has its name, kind and aliases; a pathway its name, citation and plan."""
        graph = partner_graph(WHOLE)
        assert graph.nodes["partner:group"] == {
            "bipartite": 0,
            "kind": "partner",
            "name": "GROUP",
            "partner_kind": "voluntary",
            "aliases": "The group; All",
        }
        assert graph.nodes["pathway:homes"] == {
            "bipartite": 1,
            "kind": "pathway",
            "name": "Homes",
            "citation": "d, A section, 1",
            "plan": "p",
        }

    def test_edges_carry_role_status_and_citation(self) -> None:
        """A partnership is an edge with what the plan says of it."""
        assert partner_graph(WHOLE).edges["partner:a", "pathway:homes", 0] == {
            "kind": "partnership",
            "role": "What a does.",
            "status": "planned",
            "citation": "d, A section, 1",
            "named_as": "Firm A",
            "starts": "by July 2023",
        }

    def test_whom_an_activity_names_works_in_its_pathway(self) -> None:
        """Its lead and its partners each have one edge, and a lead that is named too has one."""
        graph = partner_graph(WHOLE)
        assert links(graph, "lead") == [("partner:b", "pathway:homes")]
        assert links(graph, "activity") == [("partner:group", "pathway:homes")]
        assert graph.edges["partner:b", "pathway:homes", 0] == {
            "kind": "lead",
            "role": "Roofs are built.",
            "status": "current",
            "citation": "d, A section, 1",
        }

    def test_whom_a_fact_or_another_chapter_names_has_no_edge(self) -> None:
        """A mention is not a part in a pathway."""
        assert partner_graph(WHOLE).number_of_edges() == 3

    def test_groups_give_way_to_their_members(self) -> None:
        """Members take the group's parts, and each edge says through whom."""
        graph = partner_graph(WHOLE, groups="expand")
        assert "partner:group" not in graph
        through = {one: data["group"] for one, _, data in graph.edges(data=True) if "group" in data}
        assert through == {"partner:a": "group", "partner:b": "group"}

    def test_groups_of_groups_give_way_to_single_partners(self) -> None:
        """Expansion goes to the bottom, names each once and does not go round in circles."""
        plan = plan_of(
            [
                partner("top", members=("left", "right")),
                partner("left", members=("a", "top")),
                partner("right", members=("b", "a")),
                partner("a"),
                partner("b"),
                partner("one", members=("other",)),
                partner("other", members=("one",)),
            ],
            [pathway("w", "top", "one")],
        )
        graph = partner_graph(plan, groups="expand")
        assert [one for one, _ in graph.edges("pathway:w")] == ["pathway:w"] * 3
        assert list(graph.adj["pathway:w"]) == ["partner:a", "partner:b", "partner:one"]
        assert "partner:other" in graph

    def test_pathways_and_kinds_may_be_chosen(self) -> None:
        """Every other node is gone with its edges; a partner of a kind that is kept stays."""
        plan = plan_of(
            [partner("a"), partner("b", "health"), partner("c", "health"), partner("d")],
            [pathway("w", "a", "b"), pathway("v", "b", "c"), pathway("u", "d")],
        )
        graph = partner_graph(plan, pathways=["v", "w"], kinds=[PartnerKind.HEALTH])
        assert list(graph) == ["partner:b", "partner:c", "pathway:w", "pathway:v"]
        assert sorted(graph.edges()) == [
            ("partner:b", "pathway:v"),
            ("partner:b", "pathway:w"),
            ("partner:c", "pathway:v"),
        ]
        assert list(partner_graph(plan, pathways=iter("u"), kinds=iter(["employer"]))) == [
            "pathway:u"
        ]
        assert list(partner_graph(plan, pathways=[], kinds=["voluntary"])) == [
            "partner:a",
            "partner:d",
        ]

    def test_a_kind_whose_partners_are_gone_may_be_chosen(self) -> None:
        """Members that take the place of a group keep their own kind."""
        graph = partner_graph(WHOLE, groups="expand", kinds=[])
        assert {data["bipartite"] for _, data in graph.nodes.items()} == {1}

    @pytest.mark.parametrize(
        ("choices", "message"),
        [
            ({"pathways": ["homez"]}, "there is no pathway 'homez': did you mean 'homes'?"),
            ({"pathways": ["p/homes"]}, "there is no pathway 'p/homes': did you mean 'homes'?"),
            ({"kinds": ["private"]}, "there is no kind 'private': choose from 'statutory', "),
            ({"kinds": ["helth"]}, "there is no kind 'helth': did you mean 'health'?"),
        ],
    )
    def test_what_the_graph_does_not_have_cannot_be_kept(
        self, choices: dict[str, list[str]], message: str
    ) -> None:
        """The error offers what there is."""
        plan = plan_of([partner("a")], [pathway("homes", "a")])
        with pytest.raises(UnknownNameError, match=re.escape(message)):
            partner_graph(plan, **choices)

    def test_an_unknown_choice_of_groups_is_refused(self) -> None:
        """The error offers what there is."""
        with pytest.raises(UnknownNameError, match="did you mean 'expand'"):
            partner_graph(WHOLE, groups="expnd")  # type: ignore[arg-type]


class TestMergedPartnerGraph:
    def test_partners_are_one_by_id_or_by_a_name(self) -> None:
        """The first plan's id, name and kind are those of all; case and spaces do not matter."""
        first = plan_of([partner("a", name="Alpha", aliases=("The A",))], [pathway("w", "a")])
        other = plan_of(
            [partner("z", "health", name="the  a"), partner("y"), partner("x", name="alpha")],
            [pathway("w", "z", "y")],
            id="q/1",
            title="Another",
        )
        third = plan_of(
            [partner("z", name="Zed"), partner("b", aliases=("Zed",)), partner("y")],
            [pathway("v", "z")],
            id="r%",
        )
        graph = merged_partner_graph([first, other, third])
        assert graph.graph["name"] == "A plan; Another; A plan"
        assert {node: data["name"] for node, data in graph.nodes.items()} == {
            "partner:a": "Alpha",
            "partner:y": "Y",
            "partner:x": "alpha",
            "partner:b": "B",
            "pathway:p/w": "W",
            "pathway:q%2F1/w": "W",
            "pathway:r%25/v": "V",
        }
        assert sorted(graph.adj["partner:a"]) == [
            "pathway:p/w",
            "pathway:q%2F1/w",
            "pathway:r%25/v",
        ]

    def test_two_partners_of_one_plan_stay_two(self) -> None:
        """Another plan that has one name for both does not make them one."""
        first = plan_of([partner("a"), partner("b")], [pathway("w", "a", "b")])
        other = plan_of([partner("c", name="A", aliases=("B",))], [pathway("w", "c")], id="q")
        graph = merged_partner_graph([first, other])
        assert [node for node in graph if node.startswith("partner")] == ["partner:a", "partner:b"]
        assert list(graph.adj["pathway:q/w"]) == ["partner:a"]

    def test_the_id_that_stands_for_a_partner_is_never_given_twice(self) -> None:
        """A plan's own partner of that id has it, whatever other ids led to it before."""
        first = plan_of([partner("a")], [pathway("w", "a")])
        other = plan_of([partner("b", name="A")], [pathway("w", "b")], id="q")
        third = plan_of([partner("b", name="Bee"), partner("a")], [pathway("w", "b", "a")], id="r")
        graph = merged_partner_graph([first, other, third])
        assert list(graph.adj["pathway:r/w"]) == ["partner:b", "partner:a"]

    def test_pathways_are_chosen_with_their_plan(self) -> None:
        """Two plans may have a pathway of one id."""
        first = plan_of([partner("a"), partner("b", "health")], [pathway("w", "a", "b")])
        other = attrs.evolve(first, id="q")
        graph = merged_partner_graph([first, other], pathways=["q/w"], kinds=["health"])
        assert list(graph) == ["partner:b", "pathway:q/w"]
        with pytest.raises(UnknownNameError, match="no pathway 'w': "):
            merged_partner_graph([first, other], pathways=["w"])

    def test_groups_expand_in_each_plan(self) -> None:
        """The group named on an edge is the one that includes the partner."""
        first = plan_of([partner("g", members=("a",)), partner("a")], [pathway("w", "g")])
        other = attrs.evolve(first, id="q")
        graph = merged_partner_graph([first, other], groups="expand")
        assert [data["group"] for _, _, data in graph.edges(data=True)] == ["g", "g"]

    def test_two_editions_under_one_id_are_refused(self) -> None:
        """Different plans need different ids, and the error names both."""
        with pytest.raises(PlanError, match=r"'p' is the id of another plan too \('A plan'\)"):
            merged_partner_graph([WHOLE, attrs.evolve(WHOLE, title="Another")])

    def test_no_plan_makes_an_empty_graph(self) -> None:
        """Nothing in, nothing out."""
        assert len(merged_partner_graph([])) == 0


class TestPlanGraph:
    def test_it_holds_everything(self) -> None:
        """Each record is a node, whose id begins with its kind."""
        graph = plan_graph(WHOLE)
        assert set(graph) == set(
            "plan:p region:r measure:housed partner:group partner:a partner:b partner:idle "
            "fact:f1 fact:f2 fact:f3 fact:f4 commitment:c commitment:c2 commitment:c3 "
            "pathway:homes objective:o activity:x target:t target:m chapter:drugs".split()
        )
        assert all(data["kind"] == node.partition(":")[0] for node, data in graph.nodes.items())
        assert all(data["name"] for data in graph.nodes.values())

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            ("is_for", [("plan:p", "region:r")]),
            ("has_pathway", [("plan:p", "pathway:homes")]),
            ("has_chapter", [("plan:p", "chapter:drugs")]),
            (
                "has_fact",
                [
                    ("plan:p", "fact:f3"),
                    ("pathway:homes", "fact:f1"),
                    ("pathway:homes", "fact:f2"),
                    ("chapter:drugs", "fact:f4"),
                ],
            ),
            (
                "has_commitment",
                [
                    ("plan:p", "commitment:c2"),
                    ("pathway:homes", "commitment:c"),
                    ("chapter:drugs", "commitment:c3"),
                ],
            ),
            ("has_target", [("pathway:homes", "target:t"), ("pathway:homes", "target:m")]),
            ("has_objective", [("pathway:homes", "objective:o")]),
            ("has_activity", [("pathway:homes", "activity:x")]),
            ("serves", [("activity:x", "objective:o")]),
            ("measured_by", [("target:t", "measure:housed")]),
            ("works_in", [("partner:a", "pathway:homes")]),
            ("named_in", [("partner:b", "chapter:drugs")]),
            ("led_by", [("activity:x", "partner:b")]),
            (
                "names",
                [
                    ("fact:f2", "partner:a"),
                    ("activity:x", "partner:b"),
                    ("activity:x", "partner:group"),
                ],
            ),
            ("lists", [("plan:p", "partner:a")]),
            ("member_of", [("partner:a", "partner:group"), ("partner:b", "partner:group")]),
        ],
    )
    def test_edges_say_how_things_are_joined(
        self, kind: str, expected: list[tuple[str, str]]
    ) -> None:
        """Every kind of edge joins what it says, from holder to held."""
        assert sorted(links(plan_graph(WHOLE), kind)) == sorted(expected)

    def test_statements_keep_what_they_promise(self) -> None:
        """A target has its kind, goal and deadline, and a commitment its amount."""
        graph = plan_graph(WHOLE)
        assert graph.nodes["target:t"] == {
            "kind": "target",
            "name": "Three are housed.",
            "target_kind": "reach",
            "area": "A region",
            "goal": str(Amount(3, "person")),
            "deadline": "by July 2023",
            "citation": "d, A section, 1",
        }
        assert graph.nodes["commitment:c"]["amount"] == str(Amount(5, "bed"))

    def test_a_prison_is_an_establishment(self) -> None:
        """For whom the plan is tells the kind of that node."""
        graph = plan_graph(datasets.load("hmp-leeds-regimes"))
        assert links(graph, "is_for") == [("plan:hmp-leeds-regimes", "establishment:hmp-leeds")]


NORTH = plan_of(
    [partner("a", "health"), partner("b"), partner("c", "employer"), partner("d"), partner("e")],
    [pathway("u", "a", "b"), pathway("v", "b", "c"), pathway("w", "c", "b"), pathway("x", "d")],
)
"""A and B in U; B and C in V and W; D alone in X; E nowhere."""


class TestQuestions:
    def test_who_works_in_several_pathways(self) -> None:
        """Who works in most comes first, then who the plan names first."""
        partners = partners_in_several_pathways(partner_graph(NORTH))
        assert [(each.partner, each.name, each.pathways) for each in partners] == [
            ("b", "B", ("u", "v", "w")),
            ("c", "C", ("v", "w")),
        ]
        assert partners[1].kind is PartnerKind.EMPLOYER

    def test_in_how_many_pathways_can_be_chosen(self) -> None:
        """With 0 the idle are there too."""
        partners = partners_in_several_pathways(partner_graph(NORTH), at_least=0)
        assert [each.partner for each in partners] == ["b", "c", "a", "d", "e"]

    def test_which_kinds_are_missing(self) -> None:
        """Requested kinds that are absent are missing, in the order requested."""
        kinds = [PartnerKind.EMPLOYER, PartnerKind.HEALTH, PartnerKind.EMPLOYER]
        gaps = missing_kinds(partner_graph(NORTH), kinds=kinds)
        assert [(each.pathway, each.present, each.missing) for each in gaps] == [
            ("u", ("health",), ("employer",)),
            ("v", ("employer",), ("health",)),
            ("w", ("employer",), ("health",)),
            ("x", (), ("employer", "health")),
        ]
        assert gaps[0].name == "U"

    def test_who_shares_pathways(self) -> None:
        """Pairs that share most come first; a threshold omits the rest."""
        graph = partner_graph(NORTH)
        assert [(each.partner, each.other, each.weight) for each in shared_pathways(graph)] == [
            ("b", "c", 2),
            ("a", "b", 1),
        ]
        assert [each.pathways for each in shared_pathways(graph, at_least=2)] == [("v", "w")]

    def test_the_projection_keeps_what_partners_are(self) -> None:
        """Its nodes are the partners with their attributes, its weights what they share."""
        projection = partner_projection(partner_graph(NORTH))
        assert list(projection.edges(data="weight")) == [
            ("partner:a", "partner:b", 1),
            ("partner:b", "partner:c", 2),
        ]
        assert projection.nodes["partner:e"]["name"] == "E"
        assert projection.graph == {"name": "A plan"}

    def test_where_a_pathway_hangs_on_one_partner(self) -> None:
        """B alone joins U to the rest, and D is alone in X."""
        departures = single_points(partner_graph(NORTH))
        assert [(each.partner, each.left_empty, each.parted) for each in departures] == [
            ("b", (), (("u",), ("v", "w"))),
            ("d", ("x",), ()),
        ]

    def test_what_is_lost_if_a_partner_leaves(self) -> None:
        """C is not a single point of dependence, but nobody else is an employer."""
        lost = departure(partner_graph(NORTH), "c")
        assert (lost.name, lost.is_single_point) == ("C", False)
        assert lost.pathways == lost.only_of_its_kind == ("v", "w")

    def test_who_reaches_whom_and_how(self) -> None:
        """The nearest come first, and the way is said in words."""
        routes = reach(partner_graph(NORTH), "a")
        assert [(each.partners, each.pathways, each.steps) for each in routes] == [
            (("a", "b"), ("u",), 1),
            (("a", "b", "c"), ("u", "v"), 2),
        ]
        assert str(routes[1]) == "A and B are both in 'U'; B and C are both in 'V'"

    def test_a_route_may_be_none_and_may_be_no_way_at_all(self) -> None:
        """Who shares nothing cannot be reached, and who asks for itself is there."""
        graph = partner_graph(NORTH)
        assert route(graph, "a", "d") is None
        here = route(graph, "a", "a")
        assert here is not None
        assert (here.partners, here.steps, str(here)) == (("a",), 0, "A itself")

    def test_an_unknown_partner_is_refused(self) -> None:
        """The error offers who there is."""
        with pytest.raises(UnknownNameError, match="no partner 'z': choose from 'a', 'b'"):
            reach(partner_graph(NORTH), "z")

    @pytest.mark.parametrize(
        ("graph", "message"),
        [
            (nx.path_graph(2, create_using=nx.MultiGraph), "the node 0 is neither"),
            (plan_graph(WHOLE), "the node 'plan:p' is neither"),
        ],
    )
    def test_other_graphs_are_refused(self, graph: nx.MultiGraph[str], message: str) -> None:
        """A question needs the two sides of a partner graph, and says where to get one."""
        with pytest.raises(RecordError, match=f"{message} .* merged_partner_graph made"):
            single_points(graph)

    @pytest.mark.parametrize(
        ("one", "other"), [("partner:a", "partner:c"), ("pathway:u", "pathway:v")]
    )
    def test_an_edge_within_a_side_is_refused(self, one: str, other: str) -> None:
        """Partners work in pathways, and in nothing else."""
        graph = partner_graph(NORTH)
        graph.add_edge(one, other)
        with pytest.raises(RecordError, match=f"an edge joins '{one}' to"):
            single_points(graph)


class TestComparisons:
    def test_the_partners_of_two_plans(self) -> None:
        """Who is in both has both ids and the pathways of both; the share is exact."""
        other = plan_of(
            [partner("bee", name="b"), partner("f"), partner("e")], [pathway("z", "bee")], id="q"
        )
        overlap = partner_overlap(NORTH, other)
        assert [(each.partner, each.other, each.name) for each in overlap.shared] == [
            ("b", "bee", "B"),
            ("e", "e", "E"),
        ]
        assert [each.pathways for each in overlap.shared] == [("u", "v", "w"), ()]
        assert [each.other_pathways for each in overlap.shared] == [("z",), ()]
        assert (overlap.only_first, overlap.only_second) == (("a", "c", "d"), ("f",))
        assert overlap.share == Fraction(1, 3)

    def test_plans_without_partners_share_no_share(self) -> None:
        """Nothing out of nothing is not defined."""
        empty = plan_of([], [])
        assert partner_overlap(empty, empty).share is None

    def test_the_list_against_the_chapters(self) -> None:
        """A group and its members count as each other; a mention is not a part."""
        plan = plan_of(
            [
                partner("group", members=("a", "b")),
                partner("a"),
                partner("b"),
                partner("told"),
                partner("idle"),
                partner("new"),
                partner("half", members=("idle", "late")),
                partner("late"),
            ],
            [pathway("w", "group", "new", "half")],
            partner_list=tuple(
                PartnerListing(partner=name, citation=CITED) for name in ("told", "b", "a", "idle")
            ),
            chapters=(Chapter(id="c", name="C", facts=(), partnerships=(part("late"),)),),
            profile=(Fact(id="f", statement="Told.", citation=CITED, partners=("told",)),),
        )
        comparison = partner_list_against_chapters(plan)
        assert comparison.listed_and_used == ("b", "a", "idle")
        assert comparison.listed_and_mentioned == ("told",)
        assert comparison.listed_and_never_used == ()
        assert comparison.used_and_never_listed == ("new", "half", "late")

    def test_who_is_listed_and_nowhere_else(self) -> None:
        """A line of the list that no chapter knows is told apart; a listed group lists members."""
        plan = plan_of(
            [partner("group", members=("a",)), partner("a"), partner("idle")],
            [pathway("w", "a")],
            partner_list=tuple(
                PartnerListing(partner=name, citation=CITED) for name in ("idle", "group")
            ),
        )
        comparison = partner_list_against_chapters(plan)
        assert comparison.listed_and_used == ("group",)
        assert comparison.listed_and_never_used == ("idle",)
        assert comparison.used_and_never_listed == ()


TRICKY = plan_of(
    [partner("a\\", name='A "quoted" \\n <name> & é\r\n\tlast')],
    [pathway("w:1", "a\\")],
    title="\\",
)


def same(one: nx.Graph[str], other: nx.Graph[str]) -> bool:
    """Return whether two graphs have the same nodes and edges with the same attributes."""

    def edges(graph: nx.Graph[str]) -> list[Any]:
        return sorted(
            (*((ends) if graph.is_directed() else sorted(ends)), sorted(data.items()))
            for *ends, data in graph.edges(data=True)
        )

    return dict(one.nodes(data=True)) == dict(other.nodes(data=True)) and edges(one) == edges(other)


GRAPHS = {
    "partners": partner_graph(WHOLE),
    "everything": plan_graph(WHOLE),
    "tricky": partner_graph(TRICKY),
}


@pytest.mark.parametrize("name", GRAPHS)
class TestReadingBack:
    def test_graphml(self, name: str) -> None:
        """The graph is read back by networkx from GraphML."""
        graph = GRAPHS[name]
        again = nx.parse_graphml(export(graph, "graphml"), force_multigraph=True)
        assert same(graph, again)

    def test_gexf(self, name: str) -> None:
        """The graph is read back by networkx from GEXF, with the names as labels."""
        graph = GRAPHS[name]
        again = nx.read_gexf(io.BytesIO(export(graph, "gexf").encode()))
        assert again.is_directed() == graph.is_directed()
        for data in again.nodes.values():
            assert data.pop("label") == data["name"]
        for _, _, data in again.edges(data=True):
            data.pop("id")
        assert same(graph, again)

    def test_cytoscape(self, name: str) -> None:
        """The graph is read back by networkx from Cytoscape JSON, with its ids."""
        graph = GRAPHS[name]
        again = nx.cytoscape_graph(json.loads(export(graph, "cytoscape")))
        for node, data in again.nodes.items():
            assert {data.pop("id"), data.pop("value")} == {node}
        for _, _, data in again.edges(data=True):
            for extra in ("source", "target", "key"):
                data.pop(extra)
        assert same(graph, again)

    def test_node_link(self, name: str) -> None:
        """The graph is read back by networkx from node-link JSON."""
        graph = GRAPHS[name]
        again = nx.node_link_graph(json.loads(export(graph, "node-link")), edges="edges")
        assert same(graph, again)
        assert again.graph == graph.graph


class TestExport:
    def test_dot_is_quoted(self) -> None:
        """Quotes and backslashes of a plan are escaped, so that none ends a text early."""
        text = export(partner_graph(plan_of([partner('a"\\')], [pathway("w", 'a"\\')])), "dot")
        assert text == (
            'graph "A plan" {\n'
            '  rankdir="LR";\n'
            '  node [shape="box"];\n'
            '  "partner:a\\"\\\\" ["label"="A\\"\\\\", "bipartite"="0", "kind"="partner", '
            '"partner_kind"="voluntary"];\n'
            '  "pathway:w" ["label"="W", "bipartite"="1", "kind"="pathway", '
            '"citation"="d, A section, 1", "plan"="p"];\n'
            '  "partner:a\\"\\\\" -- "pathway:w" ["kind"="partnership", '
            '"role"="What a\\"\\\\ does.", "status"="current", "citation"="d, A section, 1"];\n'
            "}\n"
        )

    def test_directed_graphs_have_arrows(self) -> None:
        """A plan graph is a digraph."""
        text = export(plan_graph(WHOLE), "dot")
        assert text.startswith("digraph ")
        assert '"plan:p" -> "region:r" ["kind"="is_for"];' in text

    def test_a_simple_graph_is_written_too(self) -> None:
        """A projection has no keys, and is read back as it is."""
        projection = partner_projection(partner_graph(NORTH))
        again = nx.node_link_graph(json.loads(export(projection, "node-link")), edges="edges")
        assert same(projection, again)
        assert not again.is_multigraph()

    def test_no_day_is_written(self) -> None:
        """GEXF would carry the day of writing; the same graph gives the same text instead."""
        assert "lastmodifieddate" not in export(GRAPHS["partners"], "gexf")

    def test_an_unknown_format_is_refused(self) -> None:
        """The error offers what there is."""
        with pytest.raises(UnknownNameError, match="did you mean 'graphml'"):
            export(GRAPHS["partners"], "graphxml")  # type: ignore[arg-type]

    @pytest.mark.parametrize("layout", ["graphml", "gexf", "node-link"])
    def test_attributes_that_a_format_cannot_hold_are_refused(self, layout: Any) -> None:
        """A set is neither a text nor a number."""
        graph: nx.MultiGraph[str] = nx.MultiGraph()
        graph.add_node("a", odd={1})
        with pytest.raises(RecordError, match=f"cannot be written as {layout}"):
            export(graph, layout)

    @pytest.mark.parametrize("layout", ["graphml", "gexf", "dot"])
    @pytest.mark.parametrize("character", ["\0", "\ud800"])
    def test_characters_that_a_format_cannot_hold_are_refused(
        self, layout: Any, character: str
    ) -> None:
        """A control character is not allowed in XML or DOT, and JSON escapes it."""
        graph = partner_graph(plan_of([partner("a", name=f"x{character}")], []))
        with pytest.raises(RecordError, match="remove it, or write the graph as node-link"):
            export(graph, layout)
        assert json.loads(export(graph, "node-link"))["nodes"][0]["name"] == f"x{character}"


def test_answers_do_not_depend_on_the_hash_seed() -> None:
    """Every answer and export is the same in every process."""
    ask = """
from rrmodel import datasets, graph
region = datasets.load("east-midlands-2022-25")
made = graph.partner_graph(region, groups="expand")
print(graph.single_points(made), graph.shared_pathways(made), graph.reach(made, "novus"))
print(graph.missing_kinds(made), graph.partners_in_several_pathways(made))
print(graph.partner_list_against_chapters(region))
for layout in ("graphml", "gexf", "cytoscape", "dot", "node-link"):
    print(graph.export(made, layout), graph.export(graph.plan_graph(region), layout))
"""
    outputs = {
        subprocess.run(  # noqa: S603  our own interpreter and our own words
            [sys.executable, "-c", ask],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
