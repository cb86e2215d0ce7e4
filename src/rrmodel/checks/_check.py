"""Asking a plan every question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

from rrmodel.checks._findings import Finding, Severity
from rrmodel.checks._rules import chosen_rules, severity_of
from rrmodel.model import Citation, Observation, Plan, walk

__all__ = ["check"]

_NOTHING: Mapping[str, Severity] = {}
_LAST_STEP = re.compile(r"(?:\.\w+|\[\d+\])\Z")


def check(
    plan: Plan,
    *,
    observations: Iterable[Observation] = (),
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    severities: Mapping[str, Severity] = _NOTHING,
) -> tuple[Finding, ...]:
    """Return what the rules find in a plan, in the order of the document, then of the rules.

    A selector is a rule's id or its beginning, with or without the ``RR``: ``RRT005``, ``RRT``,
    ``T0``. Where two selectors disagree the longer one decides, and of equals the one that ignores.

    >>> from rrmodel.model import Citation, Document, Pathway, Plan, Region
    >>> plan = Plan(id="p", title="A plan", subject=Region(id="r", name="A region"),
    ...     documents=(Document(id="d", title="The plan"),),
    ...     pathways=(Pathway(id="work", name="Work", citation=Citation("d", "Work")),))
    >>> [(found.rule, found.path) for found in check(plan)]
    [('RRP001', '$.pathways[0]')]
    >>> check(plan, ignore=["P"])
    ()

    Args:
        plan: The plan.
        observations: Figures by which its targets are to be judged; without any, no rule asks
            for them.
        select: The rules to ask; all if left out.
        ignore: The rules not to ask.
        severities: How much the findings of rules weigh, by selector, where not as they say.

    Raises:
        UnknownNameError: No rule begins so, or there is no such severity.
    """
    figures = tuple(observations)
    rules = {found: severity_of(found, severities) for found in chosen_rules(select, ignore)}
    records = dict(walk(plan))
    places = {path: place for place, path in enumerate(records)}
    findings = [
        Finding(
            rule=rule.id,
            severity=severity,
            path=problem.path,
            message=problem.message,
            citation=_citation(records, problem.path),
        )
        for rule, severity in rules.items()
        for problem in rule.find(plan, figures)
    ]
    return tuple(sorted(findings, key=lambda found: (places[found.path], found.rule)))


def _citation(records: Mapping[str, attrs.AttrsInstance], path: str) -> Citation | None:
    for around in _outwards(path):
        citation = getattr(records.get(around), "citation", None)
        if isinstance(citation, Citation):
            return citation
    return None


def _outwards(path: str) -> Iterator[str]:
    """Yield a path and those of the records around it, the nearest first."""
    while True:
        yield path
        path, steps = _LAST_STEP.subn("", path)
        if not steps:
            return
