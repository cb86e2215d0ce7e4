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
import timeit
from collections.abc import Callable
from functools import partial
from statistics import median

import networkx as nx

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

ROUNDS = 3
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


def seconds(racers: dict[str, Callable[[], object]], calls: int) -> dict[str, float]:
    """Return each racer's median time for one call."""
    times: dict[str, list[float]] = {name: [] for name in racers}
    for _ in range(ROUNDS):
        for name in [*racers, *reversed(racers)]:
            gc.collect()
            times[name].append(timeit.timeit(racers[name], number=calls) / calls)
    return {name: median(taken) for name, taken in times.items()}


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


def main() -> None:
    """Race the builders, then time the questions."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    names = ("partner_graph", "plan_graph")
    print(f"{'edges':>8}  " + "".join(f"{name + ' x bare':>22}" for name in names))
    each: dict[str, list[float]] = {}
    sizes = [10**power for power in range(2, largest + 1)]
    for size in sizes:
        plan = plan_of(size)
        graph, whole = partner_graph(plan), plan_graph(plan)
        assert graph.number_of_edges() == size
        calls = max(1, 10_000 // size)
        ratios: list[float] = []
        for build, built in ((partner_graph, graph), (plan_graph, whole)):
            taken = seconds({"ours": partial(build, plan), "bare": bare(built)}, calls)
            ratios.append(taken["ours"] / taken["bare"])
        print(f"{size:>8}  " + "".join(f"{ratio:>22.2f}" for ratio in ratios))
        for name, question in questions_of(plan, graph).items():
            taken = timeit.timeit(question, number=calls) / calls
            each.setdefault(name, []).append(taken / size * 1e6)
    print("\nmicroseconds an edge" + "".join(f"{size:>12}" for size in sizes))
    for name, taken in each.items():
        print(f"{name:<32}" + "".join(f"{value:>12.2f}" for value in taken).removeprefix(" " * 12))


if __name__ == "__main__":
    main()
