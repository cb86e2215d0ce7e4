"""Check a plan against the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

from rrmodel.checks._findings import Finding
from rrmodel.checks._rule import Severity
from rrmodel.checks._rules import chosen_rules, severity_of
from rrmodel.model import Citation, Completion, Observation, ObservationSet, Plan, walk

__all__ = ["check"]

_AS_STATED: Mapping[str, Severity] = {}
_LAST_STEP = re.compile(r"(?:\.\w+|\[\d+\])\Z")


def check(
    plan: Plan,
    *,
    observations: ObservationSet | Iterable[Observation | Completion] = (),
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    severities: Mapping[str, Severity] = _AS_STATED,
) -> tuple[Finding, ...]:
    """Return the findings of the rules in a plan, in the order of the document, then of the rules.

    A selector is the id of a rule or its beginning, with or without the ``RR``: ``RRT005``,
    ``RRT``, ``T0``. If two selectors disagree, the longer one decides; if they are equally long,
    the one that ignores.

    >>> from rrmodel.model import Citation, Document, Pathway, Plan, Region
    >>> plan = Plan(id="p", title="A plan", subject=Region(id="r", name="A region"),
    ...     documents=(Document(id="d", title="The plan"),),
    ...     pathways=(Pathway(id="work", name="Work", citation=Citation("d", "Work")),))
    >>> [(finding.rule, finding.path) for finding in check(plan)]
    [('RRP001', '$.pathways[0]')]
    >>> check(plan, ignore=["P"])
    ()

    Args:
        plan: The plan.
        observations: Figures for its targets. Default: none, and the rules about figures find
            nothing.
        select: Selectors of the rules to use. Default: all rules.
        ignore: Selectors of the rules to ignore. Default: none.
        severities: Severities by selector. Default: the severity of each rule.

    Raises:
        UnknownNameError: No rule begins with a selector, or a severity does not exist.
    """
    figures = tuple(each for each in observations if isinstance(each, Observation))
    rules = {rule: severity_of(rule, severities) for rule in chosen_rules(select, ignore)}
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
    return tuple(sorted(findings, key=lambda finding: (places[finding.path], finding.rule)))


def _citation(records: Mapping[str, attrs.AttrsInstance], path: str) -> Citation | None:
    for around in _outwards(path):
        citation = getattr(records.get(around), "citation", None)
        if isinstance(citation, Citation):
            return citation
    return None


def _outwards(path: str) -> Iterator[str]:
    """Yield a path and the paths of the records around it, the nearest first."""
    while True:
        yield path
        path, steps = _LAST_STEP.subn("", path)
        if not steps:
            return
