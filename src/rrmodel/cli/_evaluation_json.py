"""The evaluation of a plan as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from rrmodel import io
from rrmodel.cli._inputs import Figures
from rrmodel.evaluation import Evaluation, Evidence, PlanEvaluation
from rrmodel.model import LevelRange, Observation, Plan
from rrmodel.quantities import Level

__all__ = ["evaluation_json"]

_SCHEMA_VERSION = "1"
"""The version of this layout, which is not that of plan files."""


def evaluation_json(results: Sequence[PlanEvaluation], figures: Figures) -> str:
    """Return the evaluation of a plan, under one policy or several, as JSON.

    Quantities are texts as in plan files, shares are fractions, and a number that is unknown or
    undefined is null.
    """
    first = results[0]
    plan = first.plan
    fields = {
        "schema_version": _SCHEMA_VERSION,
        "kind": "evaluation",
        "plan": plan.id,
        "title": plan.title,
        "as_of": first.as_of.isoformat(),
        "area": first.area,
        "policy": first.policy.name,
        "policy_statement": first.policy.statement,
        "targets": [
            _target(plan, pathway, result, figures)
            for pathway, evaluations in first.by_pathway().items()
            for result in evaluations
        ],
        "counts": _counts(first),
        "verdicts": {target: verdict.value for target, verdict in first.verdicts().items()},
        "policies": [_policy(each) for each in results],
    }
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"


def _counts(result: PlanEvaluation) -> dict[str, int]:
    return {status.value: number for status, number in result.counts().items()}


def _policy(result: PlanEvaluation) -> dict[str, Any]:
    return {
        "name": result.policy.name,
        "statement": result.policy.statement,
        "counts": _counts(result),
        "statuses": {each.target.id: each.status.value for each in result.evaluations},
    }


def _target(plan: Plan, pathway: str, result: Evaluation, figures: Figures) -> dict[str, Any]:
    target, latest, progress = result.target, result.latest, result.progress
    evidence, movement = result.evidence, result.movement
    write = _writer()
    return {
        "id": target.id,
        "pathway": pathway,
        "statement": target.statement,
        "citation": write(target.citation),
        "area": result.area,
        "is_comparator": result.is_comparator,
        "status": result.status.value,
        "badge": result.explain("badge"),
        "explanation": result.explain("sentence"),
        "goal": _quantity(result.goal),
        "deadline": target.deadline.last_day.isoformat() if target.deadline else None,
        "latest": None if latest is None else _latest(plan, latest, figures),
        "gap": _quantity(result.gap),
        "evidence": None if evidence is None else _evidence(evidence),
        "progress": None if progress is None else str(progress),
        "undefined": result.undefined,
        "movement": None if movement is None else movement.value,
        "expected": _quantity(result.expected),
        "pace": _quantity(result.pace),
        "required_pace": _quantity(result.required_pace),
        "reasons": list(result.reasons),
        "revisions": [write(published) for published in result.revisions],
        "excluded": [
            {**write(each.observation), "reason": each.reason.value} for each in result.excluded
        ],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    p_value = evidence.p_value
    return {
        "verdict": evidence.verdict.value,
        "basis": evidence.basis.value,
        "against": evidence.against.value,
        "reference": [_quantity(end) for end in evidence.reference],
        "interval": [_quantity(end) for end in evidence.interval],
        "confidence": evidence.confidence,
        # the last digits of a float differ between machines
        "p_value": None if p_value is None else float(f"{p_value:.6g}"),
        "cases": evidence.cases,
        "cases_needed": evidence.cases_needed,
    }


def _latest(plan: Plan, latest: Observation, figures: Figures) -> dict[str, Any]:
    document, citation = figures.source(latest), latest.citation
    return {
        "id": latest.id,
        "level": _quantity(latest.level),
        "period": str(latest.period),
        "period_kind": latest.period.kind,
        "published": latest.published and latest.published.isoformat(),
        "series": latest.series or plan.measure(latest.measure).series_of(latest.period),
        "marks": [mark.value for mark in latest.marks],
        "source": document
        and citation
        and {
            "title": document.title,
            "publisher": document.publisher,
            "url": document.url,
            "section": citation.section,
            "item": citation.item,
        },
    }


@cache
def _writer() -> Callable[[object], Any]:
    """Return what writes values as plan files do; a converter takes 30 ms to make."""
    return io.make_converter().unstructure


def _quantity(quantity: Level | LevelRange | None) -> object:
    """Return a level or a difference as plan files write it."""
    return None if quantity is None else _writer()(quantity)
