"""A plan, one edition of it: pathways with their objectives, activities, partners and targets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import attrs

from rrmodel.errors import PlanError, Problem
from rrmodel.model._fields import (
    optional_text,
    read_optional_deadline,
    read_optional_period,
    require_text,
)
from rrmodel.model._measures import Measure
from rrmodel.model._names import distinct_names
from rrmodel.model._partners import Partner, PartnerListing, Partnership
from rrmodel.model._references import Identified, cited_documents, duplicates, find, unknown, walk
from rrmodel.model._sources import Citation, Commitment, Document, Fact, Footnote, Statement, Term
from rrmodel.model._targets import MeasuredTarget, Target
from rrmodel.periods import Deadline, Period
from rrmodel.records import Field, Layout, PydanticRecord, ShownColumn, Table, short_repr

__all__ = ["Activity", "Chapter", "Establishment", "Objective", "Pathway", "Plan", "Region"]


@attrs.frozen(kw_only=True)
class Region(PydanticRecord):
    """The probation region that a plan is for."""

    id: str = attrs.field(validator=require_text)
    """Its short name."""
    name: str = attrs.field(validator=require_text)
    """Its name, as published figures name the area."""
    areas: tuple[str, ...] = ()
    """The police and crime commissioner areas in it."""


@attrs.frozen(kw_only=True)
class Establishment(PydanticRecord):
    """The prison that a plan is for."""

    id: str = attrs.field(validator=require_text)
    """Its short name."""
    name: str = attrs.field(validator=require_text)
    """Its name, as published figures name it."""
    aliases: tuple[str, ...] = ()
    """Other names that documents use for it."""


@attrs.frozen(kw_only=True, repr=False)
class Objective(PydanticRecord):
    """An aim of a plan in a pathway."""

    id: str = attrs.field(validator=require_text)
    """The name that activities use."""
    statement: str = attrs.field(validator=require_text)
    """The aim, in a sentence of ours."""
    citation: Citation
    """Where it was read."""
    deadline: Deadline | None = attrs.field(default=None, converter=read_optional_deadline)
    """The day by which it is due, if the plan says."""

    def __repr__(self) -> str:
        return short_repr(self, self.id, statement=self.statement, deadline=self.deadline)


@attrs.frozen(kw_only=True, repr=False)
class Activity(PydanticRecord):
    """An action of a plan in a pathway."""

    id: str = attrs.field(validator=require_text)
    """The name that other records use."""
    statement: str = attrs.field(validator=require_text)
    """The action, in a sentence of ours."""
    citation: Citation
    """Where it was read."""
    deadline: Deadline | None = attrs.field(default=None, converter=read_optional_deadline)
    """The day by which it is due, if the plan says."""
    lead: str | None = attrs.field(default=None, validator=optional_text)
    """The id of the partner who leads it, if the plan says."""
    partners: tuple[str, ...] = ()
    """The ids of the partners that it names."""
    serves: tuple[str, ...] = ()
    """The ids of the objectives of the same pathway that it serves, in our reading."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.id,
            statement=self.statement,
            deadline=self.deadline,
            partners=self.lead_and_partners,
            serves=self.serves,
        )

    @property
    def lead_and_partners(self) -> tuple[str, ...]:
        """The ids of the partners with a part in it, each once, the lead first."""
        lead = () if self.lead is None else (self.lead,)
        return tuple(dict.fromkeys((*lead, *self.partners)))


@attrs.frozen(kw_only=True, repr=False)
class Pathway(PydanticRecord):
    """A chapter of a plan about one need or theme."""

    id: str = attrs.field(validator=require_text)
    """Its short name."""
    name: str = attrs.field(validator=require_text)
    """Its heading."""
    citation: Citation
    """Where it begins."""
    scheme_pathway: str | None = attrs.field(default=None, validator=optional_text)
    """The pathway of the plan's scheme that it is, where the id differs from its own."""
    background: tuple[Fact, ...] = ()
    """Facts about the nation, before those of the plan's own area."""
    context: tuple[Fact, ...] = ()
    """Facts about the plan's own area."""
    partnerships: tuple[Partnership, ...] = ()
    """Its partners, with their roles."""
    targets: tuple[Target, ...] = ()
    """Its targets."""
    objectives: tuple[Objective, ...] = ()
    """Its objectives."""
    activities: tuple[Activity, ...] = ()
    """Its activities."""
    commitments: tuple[Commitment, ...] = ()
    """Money, posts and places committed in it."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.id,
            background=self.background,
            context=self.context,
            partnerships=self.partnerships,
            targets=self.targets,
            objectives=self.objectives,
            activities=self.activities,
            commitments=self.commitments,
        )

    @property
    def partners(self) -> tuple[str, ...]:
        """The ids of the partners that work in it, each once, in document order.

        A partner works in a pathway if the pathway gives it a partnership, or if one of its
        activities is led by it or names it.
        """
        named = [partnership.partner for partnership in self.partnerships]
        for activity in self.activities:
            named += activity.lead_and_partners
        return tuple(dict.fromkeys(named))


@attrs.frozen(kw_only=True, repr=False)
class Chapter(PydanticRecord):
    """A chapter that is not a pathway, such as a prison's drug strategy."""

    id: str = attrs.field(validator=require_text)
    """Its short name."""
    name: str = attrs.field(validator=require_text)
    """Its heading."""
    facts: tuple[Fact, ...]
    """Its facts."""
    partnerships: tuple[Partnership, ...] = ()
    """The partners that it names, with their roles."""
    commitments: tuple[Commitment, ...] = ()
    """Money, posts and places committed in it."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.id,
            facts=self.facts,
            partnerships=self.partnerships,
            commitments=self.commitments,
        )


_PATHWAY: Layout[Pathway] = Layout(
    "pathway",
    "The contents of a pathway.",
    (
        Field("pathway", "text", "The id of the pathway.", lambda one: one.id),
        Field("name", "text", "Its name.", lambda one: one.name),
        Field("objectives", "whole", "How many it has.", lambda one: len(one.objectives)),
        Field("activities", "whole", "How many it has.", lambda one: len(one.activities)),
        Field("partners", "whole", "How many work in it.", lambda one: len(one.partners)),
        Field("targets", "whole", "How many it has.", lambda one: len(one.targets)),
        Field(
            "target_ids",
            "texts",
            "The ids of its targets.",
            lambda one: [target.id for target in one.targets],
        ),
        Field("citation", "text", "Where it begins.", lambda one: str(one.citation)),
    ),
    shown=(
        ShownColumn("Pathway", "name", also=("pathway",), on_hover=("citation",)),
        ShownColumn("Objectives", "objectives"),
        ShownColumn("Activities", "activities"),
        ShownColumn("Partners", "partners"),
        ShownColumn("Targets", "targets"),
        ShownColumn("Ids of the targets", "target_ids"),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class Plan(PydanticRecord):
    """One edition of a published plan, whole, with every cross-reference checked.

    Iterating a plan yields its pathways; every collection is in document order.

    >>> plan = Plan(id="a-plan", title="A plan", subject=Region(id="r", name="A region"),
    ...     documents=(Document(id="d", title="The plan"),),
    ...     pathways=(Pathway(id="work", name="Work", citation=Citation("d", "Work")),))
    >>> [pathway.name for pathway in plan]
    ['Work']

    Raises:
        PlanError: An id is used twice, a reference is broken, an activity serves an objective of
            another pathway, or a target has a measure that is not the plan's. All problems are
            reported at once, with their paths.
    """

    id: str = attrs.field(validator=require_text)
    """Its short name."""
    title: str = attrs.field(validator=require_text)
    """Its title."""
    subject: Region | Establishment
    """The region or the establishment that it is for."""
    documents: tuple[Document, ...]
    """The documents that its statements are cited from."""
    period: Period | None = attrs.field(default=None, converter=read_optional_period)
    """The time it covers, if it says."""
    edition: str | None = attrs.field(default=None, validator=optional_text)
    """Which edition it is, if there are several."""
    replaces: str | None = attrs.field(default=None, validator=optional_text)
    """The id of the plan that it replaces."""
    scheme: str | None = attrs.field(default=None, validator=optional_text)
    """The id of the pathway scheme that it follows."""
    foreword: tuple[Statement, ...] = ()
    """The statements of its authors and ministers at the beginning."""
    vision: tuple[Statement, ...] = ()
    """Its vision."""
    principles: tuple[Statement, ...] = ()
    """Its principles."""
    values: tuple[Statement, ...] = ()
    """Its values."""
    profile: tuple[Fact, ...] = ()
    """Facts about its area."""
    achievements: tuple[Fact, ...] = ()
    """Achievements so far."""
    priorities: tuple[Fact, ...] = ()
    """National priorities that it serves."""
    commitments: tuple[Commitment, ...] = ()
    """Money, posts and places committed outside the pathways."""
    pathways: tuple[Pathway, ...]
    """Its pathways."""
    chapters: tuple[Chapter, ...] = ()
    """Chapters that are not pathways."""
    monitoring: tuple[Statement, ...] = ()
    """Statements about how progress is measured."""
    partners: tuple[Partner, ...] = ()
    """Every organisation and group that it names."""
    partner_list: tuple[PartnerListing, ...] = ()
    """Its own list of its partners."""
    measures: tuple[Measure, ...] = ()
    """The measures of its targets."""
    glossary: tuple[Term, ...] = ()
    """The terms that it explains."""
    footnotes: tuple[Footnote, ...] = ()
    """Its footnotes."""

    def __attrs_post_init__(self) -> None:
        if problems := tuple(_problems(self)):
            raise PlanError(problems)

    def __iter__(self) -> Iterator[Pathway]:
        return iter(self.pathways)

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.id,
            title=self.title,
            pathways=self.pathways,
            targets=self.targets,
            objectives=self.objectives,
            activities=self.activities,
            partners=self.partners,
            measures=self.measures,
            documents=self.documents,
        )

    def _repr_html_(self) -> str:
        """Return the table that a notebook shows: the contents of each pathway."""
        caption = f"{self.title}, {self.subject.name} ({self.id})"
        return Table(_PATHWAY, self.pathways, caption=caption)._repr_html_()

    @property
    def pathway_names(self) -> dict[str, str]:
        """The names of its pathways by their ids, told apart by :func:`distinct_names`."""
        return distinct_names({pathway.id: pathway.name for pathway in self.pathways})

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """The objectives of all pathways."""
        return tuple(objective for pathway in self.pathways for objective in pathway.objectives)

    @property
    def activities(self) -> tuple[Activity, ...]:
        """The activities of all pathways."""
        return tuple(activity for pathway in self.pathways for activity in pathway.activities)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets of all pathways."""
        return tuple(target for pathway in self.pathways for target in pathway.targets)

    def pathway(self, name: str) -> Pathway:
        """Return the pathway of that id; an :class:`UnknownNameError` if there is none."""
        return find("pathway", name, self.pathways)

    def objective(self, name: str) -> Objective:
        """Return the objective of that id; an :class:`UnknownNameError` if there is none."""
        return find("objective", name, self.objectives)

    def activity(self, name: str) -> Activity:
        """Return the activity of that id; an :class:`UnknownNameError` if there is none."""
        return find("activity", name, self.activities)

    def target(self, name: str) -> Target:
        """Return the target of that id; an :class:`UnknownNameError` if there is none."""
        return find("target", name, self.targets)

    def partner(self, name: str) -> Partner:
        """Return the partner of that id; an :class:`UnknownNameError` if there is none."""
        return find("partner", name, self.partners)

    def measure(self, name: str) -> Measure:
        """Return the measure of that id; an :class:`UnknownNameError` if there is none."""
        return find("measure", name, self.measures)

    def document(self, name: str) -> Document:
        """Return the document of that id; an :class:`UnknownNameError` if there is none."""
        return find("document", name, self.documents)


def _unique(path: str, records: Iterable[Identified]) -> Iterator[Problem]:
    return duplicates(path, [record.id for record in records])


def _problems(plan: Plan) -> Iterator[Problem]:
    partners = dict.fromkeys(partner.id for partner in plan.partners)
    yield from _unique("$.documents", plan.documents)
    yield from _unique("$.measures", plan.measures)
    yield from _unique("$.partners", plan.partners)
    yield from _unique("$.pathways", plan.pathways)
    yield from _unique("$.chapters", plan.chapters)
    yield from duplicates("$.glossary", [term.term for term in plan.glossary], "term")
    yield from duplicates("$.footnotes", [note.number for note in plan.footnotes], "number")
    yield from _repeated_statements(plan)
    parts = tuple(walk(plan))
    yield from cited_documents(parts, plan.documents)
    yield from _fact_problems(parts, plan, partners)
    for place, partner in enumerate(plan.partners):
        for index, member in enumerate(partner.members):
            path = f"$.partners[{place}].members[{index}]"
            yield from unknown(path, "partner", member, partners)
            if member == partner.id:
                yield Problem(f"{member!r} is a member of itself: remove it", path)
    for place, listing in enumerate(plan.partner_list):
        yield from unknown(f"$.partner_list[{place}].partner", "partner", listing.partner, partners)
    for place, pathway in enumerate(plan.pathways):
        path = f"$.pathways[{place}]"
        yield from _partnership_problems(path, pathway.partnerships, partners)
        yield from _pathway_problems(path, pathway, plan, partners)
    for place, chapter in enumerate(plan.chapters):
        yield from _partnership_problems(f"$.chapters[{place}]", chapter.partnerships, partners)


def _partnership_problems(
    path: str, partnerships: tuple[Partnership, ...], partners: Collection[str]
) -> Iterator[Problem]:
    for place, partnership in enumerate(partnerships):
        here = f"{path}.partnerships[{place}].partner"
        yield from unknown(here, "partner", partnership.partner, partners)


def _fact_problems(
    parts: Iterable[tuple[str, attrs.AttrsInstance]], plan: Plan, partners: Collection[str]
) -> Iterator[Problem]:
    numbers = [footnote.number for footnote in plan.footnotes]
    for path, record in parts:
        if isinstance(record, Fact):
            for place, partner in enumerate(record.partners):
                yield from unknown(f"{path}.partners[{place}]", "partner", partner, partners)
            for place, number in enumerate(record.footnotes):
                yield from unknown(f"{path}.footnotes[{place}]", "footnote", number, numbers)


def _repeated_statements(plan: Plan) -> Iterator[Problem]:
    """Yield a problem for each id that two statements of one kind have, wherever they are."""
    kinds: dict[str, dict[str, str]] = {}
    collections: list[tuple[str, str, Iterable[Identified]]] = [
        ("commitment", "$.commitments", plan.commitments),
        ("fact", "$.profile", plan.profile),
        ("fact", "$.achievements", plan.achievements),
        ("fact", "$.priorities", plan.priorities),
    ]
    for place, pathway in enumerate(plan.pathways):
        path = f"$.pathways[{place}]"
        collections += [
            ("fact", f"{path}.background", pathway.background),
            ("fact", f"{path}.context", pathway.context),
            ("target", f"{path}.targets", pathway.targets),
            ("objective", f"{path}.objectives", pathway.objectives),
            ("activity", f"{path}.activities", pathway.activities),
            ("commitment", f"{path}.commitments", pathway.commitments),
        ]
    for place, chapter in enumerate(plan.chapters):
        path = f"$.chapters[{place}]"
        collections += [
            ("fact", f"{path}.facts", chapter.facts),
            ("commitment", f"{path}.commitments", chapter.commitments),
        ]
    for kind, path, records in collections:
        paths = kinds.setdefault(kind, {})
        for place, record in enumerate(records):
            here = f"{path}[{place}].id"
            first = paths.setdefault(record.id, here)
            if first != here:
                yield Problem(
                    f"{record.id!r} is also the id of the {kind} at {first}: give each another id",
                    here,
                )


def _pathway_problems(
    path: str, pathway: Pathway, plan: Plan, partners: Collection[str]
) -> Iterator[Problem]:
    objectives = [objective.id for objective in pathway.objectives]
    homes = {objective.id: other.id for other in plan.pathways for objective in other.objectives}
    for index, target in enumerate(pathway.targets):
        if isinstance(target, MeasuredTarget):
            here = f"{path}.targets[{index}].measure"
            if target.measure not in plan.measures:
                known = [measure.id for measure in plan.measures]
                if target.measure.id in known:
                    yield Problem(
                        f"the target's measure {target.measure.id!r} differs from the plan's "
                        "measure of that id: use the same record",
                        here,
                    )
                yield from unknown(here, "measure", target.measure.id, known)
    for index, activity in enumerate(pathway.activities):
        here = f"{path}.activities[{index}]"
        if activity.lead is not None:
            yield from unknown(f"{here}.lead", "partner", activity.lead, partners)
        for number, partner in enumerate(activity.partners):
            yield from unknown(f"{here}.partners[{number}]", "partner", partner, partners)
        for number, objective in enumerate(activity.serves):
            if objective not in objectives and objective in homes:
                yield Problem(
                    f"{objective!r} is an objective of the pathway {homes[objective]!r}: name an "
                    "objective of the activity's own pathway",
                    f"{here}.serves[{number}]",
                )
            else:
                yield from unknown(f"{here}.serves[{number}]", "objective", objective, objectives)
