"""Graphs of 10^2 to 10^5 edges: building them against the bare networkx calls, and each question.

Run it with ``python benchmarks/graph.py``, or with another largest power of ten as its argument.
The bare calls get the finished nodes and edges of the same graph for nothing and only add them; the
racers run in turns, A B B A, and the ratio is that of the medians. A question close to linear takes
about the same time an edge at every size. Each pathway has 20 partners, so that pairs of partners
grow with the edges and not with their square.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial

import networkx as nx
from results import Measured, Point, Result, at_most, growth, race, show, timed, times_slower

from rrmodel.coverage import coverage
from rrmodel.graph import (
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
    shared_pathways,
    single_points,
)
from rrmodel.model import (
    Activity,
    Citation,
    Document,
    Objective,
    Partner,
    PartnerKind,
    Partnership,
    Pathway,
    Plan,
    Region,
)

ROUNDS = 2
POWERS = (2, 3, 4, 5)
SUBJECT = "Graph"
ALMOST_LINEAR = 1.2
"""The largest power of the edges by which the time of a question may grow."""
PARTNERS = 20
MOST_PARTNERS = 1_000
"""A plan checks each reference against a list of its partners, so that more would only be waited
for."""


def plan_of(edges: int) -> Plan:
    """Return a plan whose partners have so many parts."""
    count = min(MOST_PARTNERS, max(PARTNERS + 1, edges // 5))
    kinds = tuple(PartnerKind)
    return Plan(
        id="a-plan",
        title="A plan",
        subject=Region(id="r", name="A region"),
        documents=(Document(id="d", title="The plan"),),
        partners=tuple(
            Partner(id=f"p{number}", name=f"Partner {number}", kind=kinds[number % len(kinds)])
            for number in range(count)
        ),
        pathways=tuple(
            Pathway(
                id=f"w{place}",
                name=f"Pathway {place}",
                citation=Citation("d", f"Chapter {place}"),
                partnerships=tuple(
                    Partnership(
                        # steps of many lengths, so that few pathways share the same partners
                        partner=f"p{(place * 13 + number * (1 + place % 97)) % count}",
                        role="It has a part.",
                        citation=Citation("d", f"Chapter {place}", str(number)),
                    )
                    for number in range(PARTNERS)
                ),
                objectives=(
                    Objective(id=f"o{place}", statement="It is so.", citation=Citation("d")),
                ),
                activities=(
                    Activity(
                        id=f"a{place}",
                        statement="It is done.",
                        citation=Citation("d"),
                        serves=(f"o{place}",),
                    ),
                ),
            )
            for place in range(max(1, edges // PARTNERS))
        ),
    )


def bare(graph: nx.Graph) -> Callable[[], object]:
    """Return what builds a graph again from its finished nodes and edges."""
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
    made = type(graph)

    def build() -> object:
        again = made()
        again.add_nodes_from(nodes)
        again.add_edges_from(edges)
        return again

    return build


def collected(run: Callable[[], float]) -> Callable[[], float]:
    """Return a run that starts without garbage of the one before."""

    def collect_and_run() -> float:
        gc.collect()
        return run()

    return collect_and_run


def questions_of(plan: Plan, graph: nx.MultiGraph) -> dict[str, Callable[[], object]]:
    """Return every question, ready to be asked."""
    return {
        "partners_in_several_pathways": lambda: partners_in_several_pathways(graph),
        "missing_kinds": lambda: missing_kinds(graph),
        "single_points": lambda: single_points(graph),
        "reach": lambda: reach(graph, "p0"),
        "shared_pathways": lambda: shared_pathways(graph, at_least=2),
        "partner_projection": lambda: partner_projection(graph),
        "partner_overlap": lambda: partner_overlap(plan, plan),
        "partner_list_against_chapters": lambda: partner_list_against_chapters(plan),
        "merged_partner_graph": lambda: merged_partner_graph([plan]),
        "coverage": lambda: coverage(plan),
        "export node-link": lambda: export(graph, "node-link"),
    }


def measure(powers: tuple[int, ...] = POWERS) -> Measured:
    """Race the builders, then time the questions."""
    results: list[Result] = []
    lines: dict[str, list[Point]] = {}
    for size in (10**power for power in powers):
        plan = plan_of(size)
        graph, whole = partner_graph(plan), plan_graph(plan)
        assert graph.number_of_edges() == size
        calls = max(1, 2_000 // size)
        for build, built in ((partner_graph, graph), (plan_graph, whole)):
            racers = {"ours": partial(build, plan), "bare networkx": bare(built)}
            runs = {name: collected(timed(each, calls=calls)) for name, each in racers.items()}
            name = f"{build.__name__}, {size:,} edges"
            result = times_slower(SUBJECT, name, race(runs, ROUNDS), "bare networkx", at_most(1.2))
            results.append(result)
        for name, question in questions_of(plan, graph).items():
            taken = timed(question, calls=calls)()
            lines.setdefault(name, []).append(
                Point("Questions to a graph", "edges", name, size, taken)
            )
    results += [growth(SUBJECT, line, at_most(ALMOST_LINEAR)) for line in lines.values()]
    return Measured(tuple(results), tuple(point for line in lines.values() for point in line))


if __name__ == "__main__":
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else POWERS[-1]
    show(measure(tuple(range(POWERS[0], largest + 1))))
