"""The judgement of a whole plan on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import attrs

from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.evaluation._evaluation import Evaluation
from rrmodel.evaluation._evidence import Evidence, weigh_evidence
from rrmodel.evaluation._judgement import evaluate
from rrmodel.evaluation._policy import STRAIGHT_LINE, Policy
from rrmodel.evaluation._selection import Report
from rrmodel.evaluation._standing import Status
from rrmodel.inference import Verdict, holm
from rrmodel.model import Plan

__all__ = ["PlanEvaluation", "evaluate_plan"]


@attrs.frozen(kw_only=True)
class PlanEvaluation:
    """The judgement of each promise of a plan on a day.

    Statuses are counted and never averaged: seven promises have no mean colour.
    """

    plan: Plan
    """The plan."""
    as_of: date
    """The day: only what was published by then counts."""
    area: str | None
    """The area looked at, if that is not each target's own."""
    policy: Policy
    """The rule that grades promises before their deadlines."""
    evaluations: tuple[Evaluation, ...]
    """One for each target, in document order."""

    def by_pathway(self) -> dict[str, tuple[Evaluation, ...]]:
        """Return the evaluations by the id of their pathway, in document order."""
        places = iter(self.evaluations)
        return {
            pathway.id: tuple(next(places) for _ in pathway.targets)
            for pathway in self.plan.pathways
        }

    def counts(self) -> dict[Status, int]:
        """Return how many promises have each status; a status that none has is left out."""
        return _counted(self.evaluations)

    def counts_by_pathway(self) -> dict[str, dict[Status, int]]:
        """Return how many promises of each pathway have each status, by the id of the pathway."""
        return {pathway: _counted(results) for pathway, results in self.by_pathway().items()}

    def verdicts(self, *, confidence: float = 0.95) -> dict[str, Verdict]:
        """Return what the counts show of each target, allowing for how many were looked at.

        Of twenty promises that are exactly at their goals one will look significant by chance. By
        the procedure of Holm (1979) none is called so unless it stands out among all of them.
        Targets without counts are left out.

        Args:
            confidence: The confidence that holds for all of them together.

        Raises:
            ConfidenceError: The confidence is not above 0 and below 1.
        """
        weighed = {
            result.target.id: found
            for result in self.evaluations
            if (found := weigh_evidence(result, confidence=confidence)) is not None
            and found.p_value is not None
        }
        adjusted = holm([_both_ways(found) for found in weighed.values()])
        return {
            target: found.verdict if p_value <= 1 - confidence else Verdict.NOT_DISTINGUISHABLE
            for (target, found), p_value in zip(weighed.items(), adjusted, strict=True)
        }

    def of(self, target: str) -> Evaluation:
        """Return the evaluation of the target of that id.

        Raises:
            UnknownNameError: The plan has no such target.
        """
        known = {evaluation.target.id: evaluation for evaluation in self.evaluations}
        if target not in known:
            raise UnknownNameError(f"there is no target {target!r}: {did_you_mean(target, known)}")
        return known[target]


def _both_ways(evidence: Evidence) -> float:
    """Return the probability of a figure at least as far from the goal on either side."""
    p_value = evidence.p_value
    if p_value is None or evidence.verdict is Verdict.NOT_DISTINGUISHABLE:
        return 1.0
    return min(1.0, 2 * min(p_value, 1 - p_value))


def _counted(results: Iterable[Evaluation]) -> dict[Status, int]:
    counted = Counter(result.status for result in results)
    return {status: counted[status] for status in Status if counted[status]}


def evaluate_plan(
    plan: Plan,
    seen: Iterable[Report],
    *,
    as_of: date,
    area: str | None = None,
    policy: Policy = STRAIGHT_LINE,
) -> PlanEvaluation:
    """Judge every promise of a plan on a day, from the figures published by then.

    >>> from datetime import date
    >>> from rrmodel import datasets
    >>> judged = evaluate_plan(
    ...     datasets.load("east-midlands-2022-25"),
    ...     datasets.observations("england-and-wales"),
    ...     as_of=date(2024, 8, 1),
    ...     area="England and Wales",
    ... )
    >>> {status.value: count for status, count in judged.counts().items()}
    {'met': 1, 'missed': 3, 'no_data': 1, 'not_quantified': 2}
    """
    known = tuple(seen)
    return PlanEvaluation(
        plan=plan,
        as_of=as_of,
        area=area,
        policy=policy,
        evaluations=tuple(
            evaluate(target, known, as_of=as_of, area=area, policy=policy)
            for target in plan.targets
        ),
    )
