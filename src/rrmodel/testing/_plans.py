"""Strategies for whole plans with valid cross-references."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import product
from typing import TypeVar

import attrs
from hypothesis import strategies as st

from rrmodel.model import (
    Activity,
    Bound,
    Chapter,
    Citation,
    Commitment,
    CommitmentPart,
    Document,
    Establishment,
    Fact,
    FactKind,
    Figure,
    Footnote,
    Measure,
    MeasuredTarget,
    MeasureKind,
    Objective,
    Partner,
    PartnerKind,
    PartnerListing,
    Partnership,
    PartnershipStatus,
    Pathway,
    Plan,
    Region,
    Statement,
    Target,
    Term,
)
from rrmodel.testing._periods import deadlines, periods
from rrmodel.testing._quantities import amounts, percentage_points, percentages, relative_changes
from rrmodel.testing._records import AREAS, BETTER, TEXTS, citations, documents, few, measures
from rrmodel.testing._targets import kinds_of_targets

__all__ = ["plans"]

_LONGEST = 2
_MOST_TARGETS = 3
_OBJECTIVES = ("1", "2")
_UNITS_AND_KINDS: tuple[tuple[str, MeasureKind], ...] = (
    ("%", "stock"),
    ("place", "stock"),
    ("place", "flow"),
    ("percentage points", "stock"),
    ("per 1,000 prisoners", "stock"),
)
_UNNUMBERED = st.just("unnumbered")
_BOUNDS: tuple[Bound, ...] = ("exactly", "about", "at least", "over", "up to", "almost")
_FACT_KINDS: tuple[FactKind, ...] = ("context", "need", "effect size", "achievement", "priority")
_STATUSES: tuple[PartnershipStatus, ...] = ("current", "planned")
_Record = TypeVar("_Record", Activity, Commitment, Document, Fact, Measure, Objective)


def plans() -> st.SearchStrategy[Plan]:
    """Small valid plans with every part that a plan may have.

    Their targets are of all eight kinds, and every reference is to a record of the plan.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, derandomize=True)
    ... @given(plans())
    ... def test_of_any_plan(plan):
    ...     assert all(plan.target(target.id) is target for target in plan.targets)
    >>> test_of_any_plan()
    """
    return st.builds(_world, st.integers(1, 2), st.integers(0, 3), st.integers(0, 2)).flatmap(
        _plans
    )


@attrs.frozen
class _World:
    """The strategies for the parts of a plan with given numbers of documents and partners."""

    documents: st.SearchStrategy[tuple[Document, ...]]
    partners: st.SearchStrategy[tuple[Partner, ...]]
    targets: st.SearchStrategy[tuple[Target, ...]]
    statements: st.SearchStrategy[tuple[Statement, ...]]
    facts: st.SearchStrategy[tuple[Fact, ...]]
    commitments: st.SearchStrategy[tuple[Commitment, ...]]
    pathways: st.SearchStrategy[Pathway]
    chapters: st.SearchStrategy[tuple[Chapter, ...]]
    listings: st.SearchStrategy[tuple[PartnerListing, ...]]
    terms: st.SearchStrategy[tuple[Term, ...]]
    footnotes: st.SearchStrategy[tuple[Footnote, ...]]


def _numbered(name: str, records: Iterable[_Record]) -> tuple[_Record, ...]:
    """Return records with ids that number them in order."""
    return tuple(
        attrs.evolve(record, id=f"{name}-{number}") for number, record in enumerate(records, 1)
    )


@attrs.frozen
class _Statements:
    """Strategies for the parts of a plan that refer to its documents only."""

    cited: st.SearchStrategy[Citation]
    targets: st.SearchStrategy[tuple[Target, ...]]
    statements: st.SearchStrategy[tuple[Statement, ...]]
    commitments: st.SearchStrategy[tuple[Commitment, ...]]
    objectives: st.SearchStrategy[tuple[Objective, ...]]
    terms: st.SearchStrategy[tuple[Term, ...]]


@cache
def _statements(document_count: int) -> _Statements:
    """Return the strategies that all worlds with so many documents share."""
    cited = citations([f"document-{number}" for number in range(1, document_count + 1)])
    commitments = st.builds(
        Commitment,
        id=_UNNUMBERED,
        statement=TEXTS,
        citation=cited,
        amount=st.none() | amounts(),
        bound=st.sampled_from(_BOUNDS),
        starts=_MAYBE_PERIODS,
        deadline=_MAYBE_DEADLINES,
        parts=few(st.builds(CommitmentPart, amount=amounts(), deadline=deadlines())),
    )
    objectives = st.builds(
        Objective, id=_UNNUMBERED, statement=TEXTS, citation=cited, deadline=_MAYBE_DEADLINES
    )
    targets = kinds_of_targets(st.sampled_from(_OUTLINES), AREAS, cited)
    return _Statements(
        cited=cited,
        targets=few(st.one_of(list(targets.values())), _MOST_TARGETS),
        statements=few(st.builds(Statement, statement=TEXTS, citation=cited)),
        commitments=few(commitments),
        objectives=few(objectives, _LONGEST),
        terms=few(st.builds(Term, term=TEXTS, statement=TEXTS, citation=cited, figures=_FIGURES)),
    )


@cache
def _world(document_count: int, partner_count: int, footnote_count: int) -> _World:
    """Return a world, made once: a strategy costs more to make than to draw from."""
    stated = _statements(document_count)
    cited, commitments = stated.cited, stated.commitments
    partner_ids = [f"partner-{number}" for number in range(1, partner_count + 1)]
    partner = st.sampled_from(partner_ids) if partner_ids else st.nothing()
    numbers = [str(number) for number in range(1, footnote_count + 1)]
    number = st.sampled_from(numbers) if numbers else st.nothing()
    facts = few(
        st.builds(
            Fact,
            id=_UNNUMBERED,
            statement=TEXTS,
            citation=cited,
            kind=st.sampled_from(_FACT_KINDS),
            figures=_FIGURES,
            partners=few(partner),
            footnotes=few(number),
        )
    )
    partnerships = few(
        st.builds(
            Partnership,
            partner=partner,
            role=TEXTS,
            citation=cited,
            named_as=_MAYBE_TEXTS,
            status=st.sampled_from(_STATUSES),
            starts=_MAYBE_DEADLINES,
        ),
        _LONGEST,
    )
    activities = st.builds(
        Activity,
        id=_UNNUMBERED,
        statement=TEXTS,
        citation=cited,
        deadline=_MAYBE_DEADLINES,
        lead=st.none() | partner,
        partners=few(partner, _LONGEST),
        serves=few(st.sampled_from(_OBJECTIVES)),
    )
    return _World(
        documents=_documents(document_count),
        partners=st.tuples(*(_partners(partner_ids, place) for place in range(partner_count))),
        targets=stated.targets,
        statements=stated.statements,
        facts=facts,
        commitments=commitments,
        pathways=st.builds(
            Pathway,
            id=_UNNUMBERED,
            name=TEXTS,
            citation=cited,
            scheme_pathway=st.none() | st.just("work"),
            background=facts,
            context=facts,
            partnerships=partnerships,
            objectives=stated.objectives,
            activities=few(activities, _LONGEST),
            commitments=commitments,
        ),
        chapters=few(
            st.builds(
                Chapter,
                id=st.just("chapter-1"),
                name=TEXTS,
                facts=facts,
                partnerships=partnerships,
                commitments=commitments,
            )
        ),
        listings=few(
            st.builds(PartnerListing, partner=partner, citation=cited, named_as=_MAYBE_TEXTS)
        ),
        terms=stated.terms,
        footnotes=st.tuples(*(_footnotes(name, cited) for name in numbers)),
    )


def _documents(count: int) -> st.SearchStrategy[tuple[Document, ...]]:
    return st.lists(documents(), min_size=count, max_size=count).map(
        lambda drawn_documents: _numbered("document", drawn_documents)
    )


def _footnotes(number: str, cited: st.SearchStrategy[Citation]) -> st.SearchStrategy[Footnote]:
    return st.builds(
        Footnote,
        number=st.just(number),
        statement=TEXTS,
        citation=cited,
        url=st.none() | st.just("https://example.org/source"),
    )


def _partners(ids: list[str], place: int) -> st.SearchStrategy[Partner]:
    """Return the partner at an index, which may be a group of earlier ones."""
    earlier = st.sampled_from(ids[:place]) if place else st.nothing()
    return st.builds(
        Partner,
        id=st.just(ids[place]),
        name=TEXTS,
        kind=st.sampled_from(PartnerKind),
        aliases=few(TEXTS),
        members=few(earlier),
    )


def _subjects() -> st.SearchStrategy[Region | Establishment]:
    return st.builds(Region, id=st.just("region"), name=AREAS, areas=few(TEXTS)) | st.builds(
        Establishment, id=st.just("prison"), name=TEXTS, aliases=few(TEXTS)
    )


# Targets are drawn for outlines of measures, which the measures of the plan then replace.
_OUTLINES = tuple(
    Measure(id=f"measure-{number}", name="n", counts="c", unit=unit, kind=kind, better=better)
    for number, ((unit, kind), better) in enumerate(product(_UNITS_AND_KINDS, BETTER), 1)
)
_MEASURES = measures()
_MORE_MEASURES = few(st.sampled_from(_OUTLINES))
_SUBJECTS = _subjects()
_MAYBE_TEXTS = st.none() | TEXTS
_MAYBE_PERIODS = st.none() | periods()
_MAYBE_DEADLINES = st.none() | deadlines()
_FIGURES = few(
    st.builds(
        Figure,
        value=st.one_of(percentages(), percentage_points(), relative_changes(), amounts()),
        of=TEXTS,
        bound=st.sampled_from(_BOUNDS),
        period=_MAYBE_PERIODS,
        area=st.none() | AREAS,
    )
)


@st.composite
def _plans(draw: st.DrawFn, world: _World) -> Plan:
    drawn = [
        (draw(world.pathways), draw(world.targets)) for _ in range(draw(st.integers(1, _LONGEST)))
    ]
    used = {
        target.measure.id
        for _, targets in drawn
        for target in targets
        if isinstance(target, MeasuredTarget)
    }
    used.update(measure.id for measure in draw(_MORE_MEASURES))
    measured = {
        outline.id: attrs.evolve(
            draw(_MEASURES),
            id=outline.id,
            unit=outline.unit,
            kind=outline.kind,
            better=outline.better,
        )
        for outline in _OUTLINES
        if outline.id in used
    }
    pathways = [
        _placed(pathway, targets, measured, place)
        for place, (pathway, targets) in enumerate(drawn, 1)
    ]
    chapters = [
        attrs.evolve(
            chapter,
            facts=_numbered("chapter-fact", chapter.facts),
            commitments=_numbered("chapter-commitment", chapter.commitments),
        )
        for chapter in draw(world.chapters)
    ]
    return Plan(
        id="plan",
        title=draw(TEXTS),
        subject=draw(_SUBJECTS),
        documents=draw(world.documents),
        period=draw(_MAYBE_PERIODS),
        edition=draw(_MAYBE_TEXTS),
        replaces=draw(_MAYBE_TEXTS),
        scheme=draw(_MAYBE_TEXTS),
        foreword=draw(world.statements),
        vision=draw(world.statements),
        principles=draw(world.statements),
        values=draw(world.statements),
        profile=_numbered("profile", draw(world.facts)),
        achievements=_numbered("achievement", draw(world.facts)),
        priorities=_numbered("priority", draw(world.facts)),
        commitments=_numbered("commitment", draw(world.commitments)),
        pathways=tuple(pathways),
        chapters=tuple(chapters),
        monitoring=draw(world.statements),
        partners=draw(world.partners),
        partner_list=draw(world.listings),
        measures=tuple(measured.values()),
        glossary=draw(world.terms),
        footnotes=draw(world.footnotes),
    )


def _placed(
    pathway: Pathway, targets: tuple[Target, ...], measured: dict[str, Measure], place: int
) -> Pathway:
    """Return a pathway with its targets, and with ids that no other pathway has."""
    with_measures = [
        attrs.evolve(target, measure=measured[target.measure.id])
        if isinstance(target, MeasuredTarget)
        else target
        for target in targets
    ]
    count = len(pathway.objectives)
    activities = [
        attrs.evolve(
            activity,
            serves=tuple(
                f"objective-{place}-{number}" for number in activity.serves if int(number) <= count
            ),
        )
        for activity in pathway.activities
    ]
    return attrs.evolve(
        pathway,
        id=f"pathway-{place}",
        background=_numbered(f"background-{place}", pathway.background),
        context=_numbered(f"context-{place}", pathway.context),
        targets=tuple(
            attrs.evolve(target, id=f"target-{place}-{number}")
            for number, target in enumerate(with_measures, 1)
        ),
        objectives=_numbered(f"objective-{place}", pathway.objectives),
        activities=_numbered(f"activity-{place}", activities),
        commitments=_numbered(f"commitment-{place}", pathway.commitments),
    )
