"""Goals of StratML, read as pathways with all that is in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from rrmodel.io._stratml._draft import Draft, Place, Source
from rrmodel.io._stratml._ledger import Fields
from rrmodel.io._stratml._markup import Element, excerpt
from rrmodel.io._stratml._writing import GOAL_FACTS, GOAL_OTHER, HANDS, KINDS, draw_indicators
from rrmodel.model import Plan
from rrmodel.periods import Deadline

__all__ = ["read_goal"]

_MEASURED = ("change", "reach", "maintain", "standing", "range", "direction")


def read_goal(draft: Draft, goal: Element) -> None:
    """Read a goal into the plan as a pathway."""
    ledger = draft.ledger
    ledger.accept(goal)
    ours = draft.instruction(goal, ("name", "partnerships", *KINDS, *GOAL_FACTS, *GOAL_OTHER))
    name, item = ledger.text(goal, "Name"), ""
    if ours is not None:
        draft.check_identifier(goal, "pathway", ours)
        pathway = {**ours, **({"name": name} if name else {})}
    else:
        item = _item(draft, goal)
        if not name:
            name = f"Goal {len(draft.plan['pathways']) + 1}"
            ledger.lose(f"the goal has no name: it is called {name!r}", goal)
        citation = draft.cite(Source(name, item))
        pathway = {"id": draft.names.new(name, "pathway"), "name": name, "citation": citation}
    place = Place(pathway, f"$.pathways[{len(draft.plan['pathways'])}]")
    source = Source(name or "Goal", item)
    draft.add(draft.whole, "pathways", pathway, goal)
    description, other = ledger.take(goal, "Description"), ledger.take(goal, "OtherInformation")
    draft.read_texts(description, place, GOAL_FACTS, "context", source)
    draft.read_texts(other, place, GOAL_OTHER, "context", source)
    for stakeholder in draft.stakeholders(goal):
        _read_partnership(draft, stakeholder, place, source)
    for objective in ledger.waiting(goal, "Objective"):
        _read_objective(draft, objective, place, source.section)


def _item(draft: Draft, element: Element) -> str:
    """Take that by which a citation can find an element."""
    return draft.ledger.text(element, "Identifier") or draft.ledger.text(
        element, "SequenceIndicator"
    )


def _read_partnership(draft: Draft, stakeholder: Element, place: Place, source: Source) -> None:
    ledger = draft.ledger
    fields = draft.instruction(stakeholder, ("role",))
    name = ledger.text(stakeholder, "Name")
    description = ledger.text(stakeholder, "Description")
    if fields is None:
        roles = [_role(draft, role) for role in ledger.waiting(stakeholder, "Role")]
        statement = "; ".join(filter(None, [description, *roles]))
        fields = {
            "partner": draft.partner(name, stakeholder),
            "role": statement or "Is named as a stakeholder.",
            "citation": draft.cite(source),
        }
    else:
        if description:
            fields["role"] = description
        # A name that is no longer the one written was changed by somebody, and counts.
        alias = fields.get("named_as")
        usual = next(iter(draft.names_of(fields.get("partner"))), "")
        expected = usual if alias is None else str(alias)
        if name and name.split() != expected.split():
            fields["named_as"] = name
    draft.add(place, "partnerships", fields, stakeholder)


def _role(draft: Draft, role: Element) -> str:
    ledger = draft.ledger
    ledger.accept(role)
    texts = [ledger.text(role, "Name"), ledger.text(role, "Description")]
    kinds = [ledger.text(role, "RoleType") for _ in ledger.waiting(role, "RoleType")]
    words = ": ".join(filter(None, texts))
    return f"{words} ({', '.join(kinds)})".strip() if any(kinds) else words


def _read_objective(draft: Draft, objective: Element, place: Place, goal: str) -> None:
    ledger = draft.ledger
    fields = draft.instruction(objective, ("statement", "lead", "partners"))
    shown = ledger.take(objective, "Name")
    name = shown.text if shown else ""
    statement = ledger.text(objective, "Description")
    if fields is not None:
        source = Source(goal)
        collection = draft.collection(fields, KINDS, objective)
        draft.check_identifier(objective, KINDS[collection].lower(), fields)
        if shown:
            ledger.compare(shown, Element("Name", (KINDS[collection],)))
        record = {**fields, **({"statement": statement} if statement else {})}
    elif name or statement:
        if shown:
            ledger.words(shown)
        source = Source(f"{goal} > {name}" if name else goal, _item(draft, objective))
        collection = "objectives"
        record = {
            "id": draft.names.new(name or source.item, "objective"),
            "statement": statement or name,
            "citation": draft.cite(source),
        }
    else:
        return
    ledger.accept(objective)
    draft.add(place, collection, record, objective)
    for stakeholder in draft.stakeholders(objective):
        if collection == "activities":
            _read_hand(draft, stakeholder, record)
        else:
            _read_partnership(draft, stakeholder, place, source)
    other = ledger.take(objective, "OtherInformation")
    draft.read_texts(other, place, (), "context", source)
    for number, indicator in enumerate(ledger.waiting(objective, "PerformanceIndicator")):
        if collection == "targets" and not number and record.get("kind") in _MEASURED:
            counts = len(draft.plan["pathways"]), len(place.owner["targets"])
            draft.drawn.append((indicator, partial(_indicators_of, *counts)))
        else:
            _read_indicator(draft, indicator, place, source.section)


def _indicators_of(pathways: int, targets: int, plan: Plan) -> Iterator[Element]:
    """Yield the indicator of the last target there was when so many had been read."""
    return draw_indicators(plan.pathways[pathways - 1].targets[targets - 1])


def _read_hand(draft: Draft, stakeholder: Element, activity: Fields) -> None:
    """Read who takes part in an activity."""
    fields = draft.ledger.instruction(stakeholder)
    name = draft.ledger.text(stakeholder, "Name")
    if fields is None:
        fields = {"partner": draft.partner(name, stakeholder), "parts": ["partners"]}
    partner, parts = fields.get("partner"), fields.get("parts")
    if parts not in HANDS or fields.keys() != {"partner", "parts"}:
        raise draft.ledger.refusal(
            "the rrmodel instruction of a stakeholder here has a partner and its parts, which are "
            f"{' or '.join(map(json.dumps, HANDS))}",
            stakeholder,
        )
    known = draft.names_of(partner)
    if name and known and name.split() not in map(str.split, known):
        draft.ledger.lose(
            f"the name {excerpt(name)} has no place: the rrmodel instruction means {known[0]!r}, "
            "and counts",
            stakeholder,
        )
    if "lead" in parts:
        activity["lead"] = partner
    if "partners" in parts:
        activity.setdefault("partners", []).append(partner)


def _read_indicator(draft: Draft, indicator: Element, place: Place, section: str) -> None:
    """Read the results that an indicator of another program states, as narrative targets."""
    ledger = draft.ledger
    has_number = any(
        number.text
        for instance in ledger.waiting(indicator, "MeasurementInstance")
        for result in ledger.waiting(instance, "TargetResult")
        for number in ledger.waiting(result, "NumberOfUnits")
    )
    instances = [
        instance
        for instance in ledger.waiting(indicator, "MeasurementInstance")
        if ledger.waiting(instance, "TargetResult")
    ]
    if not instances:
        return
    ledger.accept(indicator)
    dimension = ledger.text(indicator, "MeasurementDimension") or "A result"
    units = ledger.waiting(indicator, "UnitOfMeasurement")
    unit = ledger.text(indicator, "UnitOfMeasurement")
    if unit and not has_number:
        message = f"the unit {excerpt(unit)} has no number beside it and was not read"
        ledger.lose(f"{message}: write one in NumberOfUnits", units[0])
    citation = draft.cite(Source(section, _item(draft, indicator)))
    for instance in instances:
        ledger.accept(instance)
        for result in ledger.waiting(instance, "TargetResult"):
            record = _narrative(draft, result, dimension, unit)
            draft.add(place, "targets", {**record, "citation": citation}, result)


def _narrative(draft: Draft, result: Element, dimension: str, unit: str) -> Fields:
    ledger = draft.ledger
    ledger.accept(result)
    number = ledger.text(result, "NumberOfUnits")
    texts = [f"{number} {unit}".strip()] if number else []
    if descriptor := ledger.take(result, "Descriptor"):
        parts = ("DescriptorName", "DescriptorValue")
        texts.append(": ".join(filter(None, (ledger.text(descriptor, part) for part in parts))))
    texts.append(ledger.text(result, "Description"))
    words = ", ".join(filter(None, texts))
    ledger.lose(
        "StratML does not say which way is better, so this result is a narrative target: write a "
        "target of another kind to have it assessed",
        result,
    )
    record: Fields = {
        "kind": "narrative",
        "id": draft.names.new(dimension, "target"),
        "statement": f"{dimension}: {words}" if words else dimension,
        "area": draft.area,
    }
    if day := draft.day(result, "EndDate"):
        record["deadline"] = str(Deadline.on(day))
    return record
