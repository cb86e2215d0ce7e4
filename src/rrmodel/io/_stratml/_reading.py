"""Plans from StratML: ours without loss, other documents with a report of the losses.

The plan is put together as a JSON file would hold it, and loaded as one; so a damaged instruction
has the same messages as an error in a plan file.
"""

from __future__ import annotations

import json
from typing import cast

import attrs

from rrmodel.errors import LoadError, Problem
from rrmodel.io._own_texts import SCHEMA_VERSION, read_text
from rrmodel.io._stratml._draft import Draft, Source
from rrmodel.io._stratml._goals import read_goal
from rrmodel.io._stratml._ledger import OURS, Fields
from rrmodel.io._stratml._markup import Element, Markup, excerpt, read_markup
from rrmodel.io._stratml._writing import (
    FOREWORD,
    IN_ELEMENTS,
    NAMESPACES,
    PLAN_OTHER,
    VALUES,
    draw_administration,
)
from rrmodel.model import Plan
from rrmodel.periods import DateRange
from rrmodel.records import short_repr

__all__ = ["StratmlReading", "read_stratml"]


@attrs.frozen(repr=False)
class StratmlReading:
    """A plan read from StratML, and the content of the document that is not in it."""

    plan: Plan
    """The plan."""
    losses: tuple[Problem, ...]
    """Content that was not read, assumed or overruled, with the line and the XPath."""

    def __repr__(self) -> str:
        return short_repr(self, self.plan.id, losses=self.losses)


def read_stratml(text: str | bytes, *, name: str | None = None) -> StratmlReading:
    """Read a plan from StratML, ISO 17469 Part 1 or 2; ``name`` is its name in errors.

    A document of :func:`dumps` gives back an equal plan. Where it was edited since, a
    changed text counts; a changed date, number or identifier does not, and is among the losses.
    In a document of another origin the plan cites that document's own elements.

    >>> reading = read_stratml('''
    ... <StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core">
    ...   <Name>A plan</Name>
    ...   <StrategicPlanCore>
    ...     <Organization><Name>A region</Name><Acronym>AR</Acronym></Organization>
    ...     <Goal><Name>Work</Name><Description/></Goal>
    ...   </StrategicPlanCore>
    ... </StrategicPlan>''')
    >>> reading.plan.pathways[0].id
    'work'
    >>> [loss.path.rpartition("/")[2] for loss in reading.losses]
    ['Organization[1]', 'Acronym[1]']

    Raises:
        LoadError: The text is not StratML, is not safe to read, or makes no valid plan.
        MissingExtraError: The extra ``stratml`` is not installed.
    """
    markup = read_markup(text, name)
    root = markup.root
    draft = Draft(root, name)
    _check_root(draft, markup)
    title = _begin(draft, root)
    core = draft.ledger.take(root, "StrategicPlanCore") or Element("StrategicPlanCore")
    _read_subject(draft, core, root, title)
    _read_core(draft, core)
    for part, others in (("Description", FOREWORD), ("OtherInformation", PLAN_OTHER)):
        section = draft.ledger.take(root, part)
        draft.read_texts(section, draft.whole, others, "foreword", Source(part))
    _end(draft, root, title)
    try:
        plan = cast("Plan", read_text(json.dumps(draft.plan), "json", name))
    except LoadError as error:
        raise LoadError(map(draft.placed, error.problems)) from None
    for element, draw in draft.drawn:
        for drawn in draw(plan):
            draft.ledger.compare(element, drawn)
    return StratmlReading(plan, draft.ledger.losses(root, markup.outside))


def _check_root(draft: Draft, markup: Markup) -> None:
    root = markup.root
    if root.name not in NAMESPACES:
        raise draft.ledger.refusal(
            f"a StratML document begins with {' or '.join(NAMESPACES)}, not with {root.name}", root
        )
    if any(instruction.name == OURS for instruction in markup.outside):
        message = f"an {OURS} instruction is outside the plan: put it into its element"
        raise draft.ledger.refusal(message, root)
    if markup.namespace != NAMESPACES[root.name]:
        draft.ledger.lose(
            f"the namespace {markup.namespace!r} is not that of ISO 17469: it was read as if it "
            "were",
            root,
        )


def _begin(draft: Draft, root: Element) -> str:
    """Begin the plan and return its title."""
    draft.ledger.attribute(root, "Type")
    ours = draft.instruction(root, ("kind", *IN_ELEMENTS))
    title = draft.ledger.text(root, "Name")
    draft.plan["kind"] = "plan"
    if ours is None:
        draft.plan |= {"schema_version": SCHEMA_VERSION, "id": draft.names.new(title, "plan")}
    else:
        draft.plan |= ours
    if title:
        draft.plan["title"] = title
    draft.plan["pathways"] = []
    draft.document = draft.names.new(f"stratml {title}", "stratml")
    draft.cites_itself = ours is None
    return title


def _read_subject(draft: Draft, core: Element, root: Element, title: str) -> None:
    ledger = draft.ledger
    organization = ledger.take(core, "Organization") or Element("Organization")
    where = organization if organization.path else root
    draft.places["$.subject"] = where
    subject = draft.instruction(organization, ("name",))
    name = ledger.text(organization, "Name")
    if subject is not None:
        draft.check_identifier(organization, "organization", subject)
    else:
        message = (
            f"the organisation {excerpt(name)} is taken for a region, as StratML does not say "
            "whether it is one or an establishment"
        )
        if not name:
            name, message = title, "no organisation is named: the subject is the plan's title"
        ledger.lose(message, where)
        subject = {"kind": "region", "id": draft.names.new(name, "organization")}
    draft.plan["subject"] = {**subject, "name": name}
    draft.area = name
    description = ledger.take(organization, "Description")
    draft.read_texts(description, draft.whole, (), "profile", Source("Organization"))
    for stakeholder in draft.stakeholders(organization):
        partner = draft.instruction(stakeholder, ("name",))
        called = ledger.text(stakeholder, "Name")
        if partner is None:
            draft.partner(called, stakeholder)
        else:
            draft.add_partner({**partner, "name": called}, stakeholder)


def _read_core(draft: Draft, core: Element) -> None:
    ledger = draft.ledger
    for name in ("Vision", "Mission"):
        if statement := ledger.take(core, name):
            source = Source(name, ledger.text(statement, "Identifier"))
            description = ledger.take(statement, "Description")
            draft.read_texts(description, draft.whole, ("vision",), "vision", source)
    for value in ledger.waiting(core, "Value"):
        ledger.accept(value)
        if name := ledger.text(value, "Name"):
            more = ledger.text(value, "Description")
            record: Fields = {
                "statement": f"{name}: {more}" if more else name,
                "citation": draft.cite(Source("Value", name)),
            }
            draft.add(draft.whole, "values", record, value)
        else:
            description = ledger.take(value, "Description")
            draft.read_texts(description, draft.whole, VALUES, "values", Source("Value"))
    for goal in ledger.waiting(core, "Goal"):
        read_goal(draft, goal)


def _end(draft: Draft, root: Element, title: str) -> None:
    """Read the dates and the address, and list the document itself if anything cites it."""
    administration = draft.ledger.take(root, "AdministrativeInformation")
    document: Fields = {"id": draft.document, "title": title or draft.document}
    if administration and "documents" in draft.plan:
        draft.drawn.append((administration, draw_administration))
    elif administration:
        first = draft.day(administration, "StartDate")
        last = draft.day(administration, "EndDate")
        if first and last and first <= last:
            draft.plan["period"] = str(DateRange(first, last))
        elif first or last:
            days = f"from {first or 'no day'} to {last or 'no day'}"
            message = f"a period {days} has no place, as it needs two days in order"
            draft.ledger.lose(f"{message}: it was not read", administration)
        if published := draft.day(administration, "PublicationDate"):
            document["published"] = str(DateRange(published, published))
        if source := draft.ledger.text(administration, "Source"):
            document["url"] = source
    documents = draft.plan.setdefault("documents", [])
    if draft.cites_itself and isinstance(documents, list):
        cast("list[Fields]", documents).append(document)
