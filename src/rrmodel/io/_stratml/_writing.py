"""Plans as StratML: what the standard has an element for in its elements, the rest beside it.

=============================  ====================================================
of a plan                      in StratML
=============================  ====================================================
title                          ``Name``
foreword                       ``Description``
profile, achievements,         ``OtherInformation``
priorities, commitments,
monitoring
subject, partners              ``Organization`` and each ``Stakeholder`` in it
vision                         ``Vision``
principles, values             a ``Value`` each
a pathway                      a ``Goal``
its background and context     ``Description`` of the goal
its commitments                ``OtherInformation`` of the goal
its partnerships               each a ``Stakeholder`` of the goal, the role its ``Description``
objectives, targets,           each an ``Objective``, its ``Name`` the kind
activities
measure, baseline and levels   ``PerformanceIndicator`` of the target (Part 2 only)
of a target
period, first document         ``AdministrativeInformation``
=============================  ====================================================

A ``<?rrmodel …?>`` instruction is in the element that it completes, before the text. It never
repeats that text, so each statement is written once, in the standard's own element.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rrmodel.errors import RecordError
from rrmodel.io._own_texts import write_text
from rrmodel.io._stratml._ledger import OURS, Fields
from rrmodel.io._stratml._markup import Content, Element, Instruction, write_markup
from rrmodel.model import (
    Activity,
    ChangeTarget,
    DirectionTarget,
    MaintainTarget,
    Objective,
    Partner,
    Pathway,
    Plan,
    QuantifiedTarget,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    Target,
)
from rrmodel.periods import Deadline, Period
from rrmodel.quantities import Level

__all__ = [
    "FOREWORD",
    "GOAL_FACTS",
    "GOAL_OTHER",
    "HANDS",
    "IN_ELEMENTS",
    "KINDS",
    "NAMESPACES",
    "PART_1",
    "PART_2",
    "PLAN_OTHER",
    "VALUES",
    "draw_administration",
    "draw_indicators",
    "identifier",
    "write_stratml",
]

PART_1 = "StrategicPlan"
"""The root of ISO 17469-1, which has no element for a measured target."""
PART_2 = "PerformancePlanOrReport"
"""The root of ISO 17469-2, which has."""
NAMESPACES = {
    PART_1: "urn:ISO:std:iso:17469:tech:xsd:stratml_core",
    PART_2: "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport",
}
"""The namespace of each."""
FOREWORD = ("foreword",)
"""The fields in the ``Description`` of a plan."""
PLAN_OTHER = ("profile", "achievements", "priorities", "commitments", "monitoring")
"""The fields in its ``OtherInformation``."""
VALUES = ("principles", "values")
"""The fields in a ``Value``."""
GOAL_FACTS = ("background", "context")
"""The fields in the ``Description`` of a goal."""
GOAL_OTHER = ("commitments",)
"""The fields in its ``OtherInformation``."""
KINDS = {"objectives": "Objective", "targets": "Target", "activities": "Activity"}
"""The kinds of records in an ``Objective``, each with the ``Name`` that readers see."""
HANDS = (["lead"], ["partners"], ["lead", "partners"])
"""The parts that a ``Stakeholder`` may have in an activity."""
IN_ELEMENTS = (
    *("title", "subject", "vision", "pathways", "partners"),
    *FOREWORD,
    *PLAN_OTHER,
    *VALUES,
)
"""The parts of a plan that are in elements, not in the instruction of the root."""

_MOST_PLACES = 30
_PLAIN_ID = re.compile("[A-Za-z0-9_.-]+")
_ADDRESS = re.compile(r"https?://[\w.:-]+(?:[/?][\w/?.,:;~!$&'()*+=@-]*)?", re.ASCII)


def write_stratml(plan: Plan) -> str:
    """Write a plan as StratML, ISO 17469, so that :func:`read_stratml` gives back an equal plan.

    A plan with a target that names a level is written as Part 2, because only that part has
    elements for measures and levels; any other plan as Part 1, which more tools read.

    >>> from rrmodel.model import Citation, Document, Pathway, Region
    >>> plan = Plan(id="a-plan", title="A plan", subject=Region(id="r", name="A region"),
    ...     documents=(Document(id="d", title="The plan"),),
    ...     pathways=(Pathway(id="work", name="Work", citation=Citation("d", "Work")),))
    >>> "<Name>Work</Name>" in write_stratml(plan)
    True

    Raises:
        RecordError: The plan has no pathway, which StratML requires, or a character that XML
            cannot contain.
    """
    if not plan.pathways:
        raise RecordError(
            f"the plan {plan.id!r} has no pathway, and StratML requires a goal: add a pathway"
        )
    part = PART_2 if any(map(_names_level, plan.targets)) else PART_1
    fields: Fields = json.loads(write_text(plan, "json"))
    content: tuple[Content, ...] = (
        _instruction(_without(fields, "kind", *IN_ELEMENTS)),
        Element("Name", (plan.title,)),
        *_statements("Description", fields, FOREWORD),
        *_statements("OtherInformation", fields, PLAN_OTHER),
        Element("StrategicPlanCore", tuple(_core(plan, fields, part))),
        *draw_administration(plan),
    )
    attributes = {"Type": "Performance_Plan"} if part == PART_2 else {}
    return write_markup(Element(part, content, attributes), NAMESPACES[part])


def identifier(kind: str, name: str) -> str | None:
    """Return an XML identifier for a record, or ``None`` if its id makes none.

    StratML has one set of identifiers for all elements, so each begins with the kind of record.
    """
    return f"{kind}.{name}" if _PLAIN_ID.fullmatch(name) else None


def draw_administration(plan: Plan) -> Iterator[Element]:
    """Yield the element with a plan's dates and address, if it has any that fit."""
    document = plan.documents[0]
    content = list(_days(plan.period))
    if document.published and document.published.first_day == document.published.last_day:
        content.append(Element("PublicationDate", (document.published.first_day.isoformat(),)))
    if document.url and _ADDRESS.fullmatch(document.url):
        content.append(Element("Source", (document.url,)))
    if content:
        yield Element("AdministrativeInformation", tuple(content))


def draw_indicators(target: Target) -> Iterator[Element]:
    """Yield the performance indicator of a target that has a measure."""
    match target:
        case ChangeTarget() | ReachTarget():
            goals = [(goal.level, goal.deadline) for goal in target.interim]
            goals.append((target.goal, target.deadline))
            results = [
                _result("TargetResult", _end(deadline), _number(level), _words(deadline.wording))
                for level, deadline in goals
            ]
            baseline = target.baseline
        case MaintainTarget():
            since = list(_days(target.since))[:1]
            end, number = [*_end(target.deadline)], _number(target.goal)
            results = [_result("TargetResult", since, end, number, _words(target.deadline.wording))]
            baseline = None
        case StandingTarget():
            since = list(_days(target.since))[:1]
            results = [_result("TargetResult", since, _number(target.goal), _words("At all times"))]
            baseline = None
        case RangeTarget():
            since, deadline = list(_days(target.since))[:1], target.deadline
            end = [] if deadline is None else [*_end(deadline)]
            words = _words("At all times" if deadline is None else deadline.wording)
            goal = _descriptor("Range", str(target.goal))
            results = [_result("TargetResult", since, end, goal, words)]
            baseline = target.baseline
        case DirectionTarget():
            deadline = target.deadline
            direction = _descriptor("Direction", target.measure.better)
            groups = (
                [_end(deadline), direction, _words(deadline.wording)] if deadline else [direction]
            )
            results = [_result("TargetResult", *groups)]
            baseline = target.baseline
        case _:
            return
    if baseline is not None:
        number, words = _number(baseline.level), _words("Baseline")
        results.append(_result("ActualResult", _days(baseline.period), number, words))
    content = [
        Element("MeasurementDimension", (target.measure.name,)),
        Element("UnitOfMeasurement", (target.measure.unit,)),
    ]
    content += _identifiers("indicator", target.id)
    content.append(Element("MeasurementInstance", tuple(results)))
    yield Element(
        "PerformanceIndicator", tuple(content), {"PerformanceIndicatorType": "Quantitative"}
    )


def _names_level(target: Target) -> bool:
    return isinstance(target, QuantifiedTarget)


def _result(name: str, *parts: Iterable[Element]) -> Element:
    return Element(name, tuple(part for group in parts for part in group))


def _days(period: Period | None) -> Iterator[Element]:
    if period:
        yield Element("StartDate", (period.first_day.isoformat(),))
        yield Element("EndDate", (period.last_day.isoformat(),))


def _end(deadline: Deadline) -> tuple[Element]:
    return (Element("EndDate", (deadline.last_day.isoformat(),)),)


def _words(text: str) -> tuple[Element]:
    return (Element("Description", (text,)),)


def _descriptor(name: str, value: str) -> tuple[Element]:
    parts = Element("DescriptorName", (name,)), Element("DescriptorValue", (value,))
    return (Element("Descriptor", parts),)


def _number(level: Level) -> Iterator[Element]:
    """Yield a level as a decimal, if it is one; the instruction has others, such as a third."""
    for places in range(level.places or 0, _MOST_PLACES + 1):
        if 10**places % level.value.denominator == 0:
            yield Element("NumberOfUnits", (f"{level:.{places}n}",))
            return


def _without(fields: Mapping[str, Any], *keys: str) -> Fields:
    return {key: value for key, value in fields.items() if key not in keys}


def _instruction(fields: Fields) -> Instruction:
    # All ASCII: in an instruction, a tool that saves in a smaller encoding can escape nothing.
    return Instruction(OURS, json.dumps(fields))


def _statements(
    name: str, fields: Fields, collections: Iterable[str], *, required: bool = False
) -> Iterator[Element]:
    """Yield an element with the statements of some collections, each after its instruction."""
    content: list[Content] = []
    for collection in collections:
        for record in fields.get(collection, ()):
            rest = _without(record, "statement")
            content += [_instruction({"in": collection, **rest}), record["statement"]]
    if content or required:
        yield Element(name, tuple(content))


def _core(plan: Plan, fields: Fields, part: str) -> Iterator[Element]:
    yield Element("Organization", tuple(_organization(plan, fields)))
    for vision in _statements("Description", fields, ("vision",)):
        yield Element("Vision", (vision,))
    for collection in VALUES:
        for record in fields.get(collection, ()):
            yield Element(
                "Value", tuple(_statements("Description", {collection: [record]}, (collection,)))
            )
    partners = {partner.id: partner for partner in plan.partners}
    for pathway, record in zip(plan.pathways, fields["pathways"], strict=True):
        yield Element("Goal", tuple(_goal(pathway, record, partners, part)))


def _organization(plan: Plan, fields: Fields) -> Iterator[Content]:
    yield _instruction(_without(fields["subject"], "name"))
    yield Element("Name", (plan.subject.name,))
    yield from _identifiers("organization", plan.subject.id)
    for partner, record in zip(plan.partners, fields.get("partners", ()), strict=True):
        yield _stakeholder(partner, _without(record, "name"), partner.name)


def _identifiers(kind: str, name: str) -> Iterator[Element]:
    if text := identifier(kind, name):
        yield Element("Identifier", (text,))


def _stakeholder(
    partner: Partner, fields: Fields, name: str, description: str | None = None
) -> Element:
    content: list[Content] = [_instruction(fields), Element("Name", (name,))]
    if description is not None:
        content.append(Element("Description", (description,)))
    sort = "Generic_Group" if partner.members else "Organization"
    return Element("Stakeholder", tuple(content), {"StakeholderTypeType": sort})


def _goal(
    pathway: Pathway, fields: Fields, partners: Mapping[str, Partner], part: str
) -> Iterator[Content]:
    elsewhere = ("name", "partnerships", *KINDS, *GOAL_FACTS, *GOAL_OTHER)
    yield _instruction(_without(fields, *elsewhere))
    yield Element("Name", (pathway.name,))
    yield from _statements("Description", fields, GOAL_FACTS, required=True)
    yield from _identifiers("pathway", pathway.id)
    for partnership, record in zip(
        pathway.partnerships, fields.get("partnerships", ()), strict=True
    ):
        partner = partners[partnership.partner]
        name = partnership.named_as or partner.name
        yield _stakeholder(partner, _without(record, "role"), name, partnership.role)
    yield from _statements("OtherInformation", fields, GOAL_OTHER)
    collections: dict[str, tuple[Objective | Target | Activity, ...]] = {
        "objectives": pathway.objectives,
        "targets": pathway.targets,
        "activities": pathway.activities,
    }
    for collection, records in collections.items():
        for record, record_fields in zip(records, fields.get(collection, ()), strict=True):
            content: list[Content] = [
                _instruction(
                    {"in": collection, **_without(record_fields, "statement", "lead", "partners")}
                ),
                Element("Name", (KINDS[collection],)),
                Element("Description", (record.statement,)),
                *_identifiers(KINDS[collection].lower(), record.id),
            ]
            if isinstance(record, Activity):
                content += _hands(record, partners)
            elif part == PART_2 and not isinstance(record, Objective):
                content += draw_indicators(record)
            yield Element("Objective", tuple(content))


def _hands(activity: Activity, partners: Mapping[str, Partner]) -> Iterator[Element]:
    """Yield who takes part in an activity: who leads it first, unless named among the others."""
    lead = activity.lead
    if lead is not None and lead not in activity.partners:
        partner = partners[lead]
        yield _stakeholder(partner, {"partner": lead, "parts": ["lead"]}, partner.name)
        lead = None
    for name in activity.partners:
        parts = ["lead", "partners"] if name == lead else ["partners"]
        lead = None if name == lead else lead
        partner = partners[name]
        yield _stakeholder(partner, {"partner": name, "parts": parts}, partner.name)
