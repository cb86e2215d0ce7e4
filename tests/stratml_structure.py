"""The rules of StratML's two schemas, written down anew to hold written documents to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

NAMESPACES = {
    "StrategicPlan": "urn:ISO:std:iso:17469:tech:xsd:stratml_core",
    "PerformancePlanOrReport": "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport",
}
GOAL = "Name Description Identifier? SequenceIndicator? Stakeholder* OtherInformation? Objective*"
OBJECTIVE = "Name? Description? Identifier? SequenceIndicator? Stakeholder* OtherInformation?"
RESULT = "StartDate? EndDate? NumberOfUnits? Descriptor? Description?"
CONTENT = {
    "StrategicPlan": (
        "Name Description? OtherInformation? StrategicPlanCore AdministrativeInformation?"
    ),
    "StrategicPlanCore": "Organization* Vision? Mission? Value* Goal+",
    "Organization": "Name? Acronym? Identifier? Description? Stakeholder*",
    "Vision": "Description? Identifier?",
    "Mission": "Description? Identifier?",
    "Value": "Name? Description?",
    "Goal": GOAL,
    "Objective": OBJECTIVE,
    "Stakeholder": "Name Description?",
    "AdministrativeInformation": "StartDate? EndDate? PublicationDate? Source? Submitter?",
}
CONTENT_OF_PART_2 = CONTENT | {
    "PerformancePlanOrReport": f"{CONTENT['StrategicPlan']} Submitter?",
    "Objective": f"{OBJECTIVE} PerformanceIndicator*",
    "Stakeholder": "Name Description? Role*",
    "PerformanceIndicator": (
        "SequenceIndicator? MeasurementDimension UnitOfMeasurement Identifier? Relationship* "
        "MeasurementInstance* OtherInformation?"
    ),
    "MeasurementInstance": "TargetResult* ActualResult*",
    "TargetResult": RESULT,
    "ActualResult": RESULT,
    "Descriptor": "DescriptorName? DescriptorValue?",
    "AdministrativeInformation": "Identifier? StartDate? EndDate? PublicationDate? Source?",
}
DATES = ("StartDate", "EndDate", "PublicationDate")
ATTRIBUTES = {
    ("Stakeholder", "StakeholderTypeType"): {"Person", "Organization", "Generic_Group"},
    ("PerformanceIndicator", "PerformanceIndicatorType"): {"Quantitative", "Qualitative"},
    ("PerformancePlanOrReport", "Type"): {
        "Strategic_Plan",
        "Performance_Plan",
        "Performance_Report",
    },
}


def broken_rules(text: str) -> list[str]:
    """Return each rule of the standard that a document breaks."""
    root = etree.fromstring(text.encode())
    name = etree.QName(root).localname
    content = CONTENT if name == "StrategicPlan" else CONTENT_OF_PART_2
    missing = [] if content is CONTENT or "Type" in root.attrib else ["the root has no Type"]
    return [*missing, *_broken(root, f"{{{NAMESPACES[name]}}}", content, set())]


def _broken(
    element: etree._Element, space: str, content: dict[str, str], known: set[str]
) -> Iterator[str]:
    name = element.tag.removeprefix(space)
    children = [child for child in element if isinstance(child.tag, str)]
    text = "".join(element.xpath("text()"))
    if name in content:
        names = "".join(f"{child.tag.removeprefix(space)} " for child in children)
        rule = re.sub(r"(\w+)([?*+]?) ?", r"(?:\1 )\2", content[name])
        if not re.fullmatch(rule, names):
            yield f"{name} holds {names}, not {content[name]}"
        if text.strip():
            yield f"{name} holds the text {text!r}"
    else:
        if children:
            yield f"{name} holds elements"
        yield from _broken_text(name, text, known)
    for attribute, value in element.attrib.items():
        if value not in ATTRIBUTES.get((name, attribute), ()):
            yield f"{name} has the attribute {attribute}={value!r}"
    for child in children:
        yield from _broken(child, space, content, known)


def _broken_text(name: str, text: str, known: set[str]) -> Iterator[str]:
    try:
        if name in DATES:
            date.fromisoformat(text)
        elif name == "NumberOfUnits":
            Decimal(text)
    except (ValueError, InvalidOperation):
        yield f"{name} is {text!r}"
    if name == "Identifier":
        if not re.fullmatch(r"[A-Za-z_][\w.-]*", text, re.ASCII) or text in known:
            yield f"the identifier {text!r} is none, or stands twice"
        known.add(text)
    if name == "Source" and not re.fullmatch(r"https?://\S+", text):
        yield f"the source {text!r} is no address"
