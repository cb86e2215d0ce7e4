"""All records of a plan, as one directed graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import networkx  # noqa: ICN001 - the pages link what annotations spell out

from rrmodel.graph._partner_graph import part_attributes, partner_node, pathway_node
from rrmodel.model import (
    Activity,
    Commitment,
    Establishment,
    Fact,
    Measure,
    MeasuredTarget,
    Objective,
    Partner,
    Partnership,
    Pathway,
    Plan,
    Target,
)

__all__ = ["plan_graph"]

Node = tuple[str, dict[str, Any]]
Edge = tuple[str, str, dict[str, Any]]


def plan_graph(plan: Plan) -> networkx.MultiDiGraph[str]:
    """Return the graph of all records of a plan.

    Nodes are the plan, its region or establishment, pathways, chapters, facts, commitments,
    objectives, activities, targets, measures and partners. Edges have a ``kind``:

    - ``is_for`` from the plan to its region or establishment;
    - ``has_pathway``, ``has_chapter``, ``has_fact``, ``has_commitment``, ``has_objective``,
      ``has_activity``, ``has_target`` from what holds to what is held;
    - ``serves`` from an activity to an objective, ``measured_by`` from a target to a measure;
    - ``works_in`` from a partner to a pathway that gives it a part, with role, status and
      citation; ``named_in`` likewise from a partner to a chapter;
    - ``led_by`` and ``names`` from an activity, and ``names`` from a fact, to a partner;
    - ``lists`` from the plan to a partner of its own list; ``member_of`` from a partner to a group.

    >>> from rrmodel import datasets
    >>> plan = plan_graph(datasets.load("hmp-leeds-regimes"))
    >>> [(node, link["kind"]) for _, node, link in plan.edges("activity:fathers-inside", data=True)]
    [('objective:family-and-community-relationships', 'serves')]

    Returns:
        A graph whose nodes have ``kind``, ``name`` (of a statement the statement itself) and what
        else a text can hold of them: ``citation``, ``deadline``, ``goal``, ``amount`` and so on.
    """
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name=plan.title)
    graph.add_nodes_from(_nodes(plan))
    for source, target, link in _edges(plan):
        graph.add_edge(source, target, None, **link)
    return graph


def _as_texts(**attributes: object) -> dict[str, Any]:
    """Return attributes as texts, without those that a plan does not have."""
    return {name: str(value) for name, value in attributes.items() if value is not None}


def _subject_node(plan: Plan) -> str:
    return f"{_subject_kind(plan)}:{plan.subject.id}"


def _subject_kind(plan: Plan) -> str:
    return "establishment" if isinstance(plan.subject, Establishment) else "region"


def _nodes(plan: Plan) -> Iterator[Node]:
    yield _node("plan", plan.id, plan.title, period=plan.period, edition=plan.edition)
    yield _node(_subject_kind(plan), plan.subject.id, plan.subject.name)
    for measure in plan.measures:
        yield _measure(measure)
    for partner in plan.partners:
        yield _partner(partner)
    yield from map(_fact, (*plan.profile, *plan.achievements, *plan.priorities))
    yield from map(_commitment, plan.commitments)
    for pathway in plan:
        yield _node("pathway", pathway.id, pathway.name, citation=pathway.citation)
        yield from map(_fact, (*pathway.background, *pathway.context))
        yield from map(_target, pathway.targets)
        yield from (_aim_or_action("objective", objective) for objective in pathway.objectives)
        yield from (_aim_or_action("activity", activity) for activity in pathway.activities)
        yield from map(_commitment, pathway.commitments)
    for chapter in plan.chapters:
        yield _node("chapter", chapter.id, chapter.name)
        yield from map(_fact, chapter.facts)
        yield from map(_commitment, chapter.commitments)


def _node(kind: str, identifier: str, name: str, **attributes: object) -> Node:
    return f"{kind}:{identifier}", _as_texts(kind=kind, name=name, **attributes)


def _measure(measure: Measure) -> Node:
    attributes = {"unit": measure.unit, "better": measure.better, "code": measure.code}
    return _node("measure", measure.id, measure.name, **attributes)


def _partner(partner: Partner) -> Node:
    aliases = "; ".join(partner.aliases) or None
    kind = partner.kind.value
    return _node("partner", partner.id, partner.name, partner_kind=kind, aliases=aliases)


def _fact(fact: Fact) -> Node:
    return _node(
        "fact",
        fact.id,
        fact.statement,
        fact_kind=fact.kind,
        figures="; ".join(f"{figure.value} {figure.of}" for figure in fact.figures) or None,
        citation=fact.citation,
    )


def _commitment(commitment: Commitment) -> Node:
    return _node(
        "commitment",
        commitment.id,
        commitment.statement,
        amount=commitment.amount,
        deadline=commitment.deadline,
        citation=commitment.citation,
    )


def _aim_or_action(kind: str, record: Objective | Activity) -> Node:
    dates = {"deadline": record.deadline, "citation": record.citation}
    return _node(kind, record.id, record.statement, **dates)


def _target(target: Target) -> Node:
    return _node(
        "target",
        target.id,
        target.statement,
        target_kind=type(target).__name__.removesuffix("Target").lower(),
        area=target.area,
        goal=getattr(target, "goal", None),
        deadline=target.deadline,
        citation=target.citation,
    )


def _edges(plan: Plan) -> Iterator[Edge]:
    own = f"plan:{plan.id}"
    yield own, _subject_node(plan), {"kind": "is_for"}
    yield from _contained(own, "fact", (*plan.profile, *plan.achievements, *plan.priorities))
    yield from _contained(own, "commitment", plan.commitments)
    for pathway in plan:
        yield own, pathway_node(pathway.id), {"kind": "has_pathway"}
        yield from _pathway_edges(pathway)
    for chapter in plan.chapters:
        node = f"chapter:{chapter.id}"
        yield own, node, {"kind": "has_chapter"}
        yield from _contained(node, "fact", chapter.facts)
        yield from _contained(node, "commitment", chapter.commitments)
        yield from _parts(node, "named_in", chapter.partnerships)
    for listing in plan.partner_list:
        link = _as_texts(kind="lists", named_as=listing.named_as, citation=listing.citation)
        yield own, partner_node(listing.partner), link
    for partner in plan.partners:
        for member in partner.members:
            yield partner_node(member), partner_node(partner.id), {"kind": "member_of"}


def _pathway_edges(pathway: Pathway) -> Iterator[Edge]:
    node = pathway_node(pathway.id)
    yield from _contained(node, "fact", (*pathway.background, *pathway.context))
    yield from _contained(node, "target", pathway.targets)
    yield from _contained(node, "objective", pathway.objectives)
    yield from _contained(node, "activity", pathway.activities)
    yield from _contained(node, "commitment", pathway.commitments)
    yield from _parts(node, "works_in", pathway.partnerships)
    for target in pathway.targets:
        if isinstance(target, MeasuredTarget):
            link = {"kind": "measured_by"}
            yield f"target:{target.id}", f"measure:{target.measure.id}", link
    for activity in pathway.activities:
        doing = f"activity:{activity.id}"
        for objective in activity.serves:
            yield doing, f"objective:{objective}", {"kind": "serves"}
        if activity.lead is not None:
            yield doing, partner_node(activity.lead), {"kind": "led_by"}
        for partner in activity.partners:
            yield doing, partner_node(partner), {"kind": "names"}


def _contained(
    holder: str, kind: str, records: Iterable[Fact | Commitment | Target | Objective | Activity]
) -> Iterator[Edge]:
    for record in records:
        node = f"{kind}:{record.id}"
        yield holder, node, {"kind": f"has_{kind}"}
        if isinstance(record, Fact):
            for partner in record.partners:
                yield node, partner_node(partner), {"kind": "names"}


def _parts(node: str, kind: str, partnerships: Iterable[Partnership]) -> Iterator[Edge]:
    for part in partnerships:
        yield partner_node(part.partner), node, part_attributes(kind, part)
