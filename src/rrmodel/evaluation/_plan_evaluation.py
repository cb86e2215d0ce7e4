"""The judgement of a whole plan on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import attrs

from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.evaluation._evaluation import Evaluation, Status
from rrmodel.evaluation._judgement import evaluate
from rrmodel.evaluation._policy import STRAIGHT_LINE, Policy
from rrmodel.evaluation._selection import Evidence
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
        counted = Counter(evaluation.status for evaluation in self.evaluations)
        return {status: counted[status] for status in Status if counted[status]}

    def of(self, target: str) -> Evaluation:
        """Return the evaluation of the target of that id.

        Raises:
            UnknownNameError: The plan has no such target.
        """
        known = {evaluation.target.id: evaluation for evaluation in self.evaluations}
        if target not in known:
            raise UnknownNameError(f"there is no target {target!r}: {did_you_mean(target, known)}")
        return known[target]


def evaluate_plan(
    plan: Plan,
    evidence: Iterable[Evidence],
    *,
    as_of: date,
    area: str | None = None,
    policy: Policy = STRAIGHT_LINE,
) -> PlanEvaluation:
    """Judge every promise of a plan on a day, from the figures published by then.

    >>> from datetime import date
    >>> from rrmodel import datasets
    >>> seen = evaluate_plan(
    ...     datasets.load("east-midlands-2022-25"),
    ...     datasets.observations("england-and-wales"),
    ...     as_of=date(2024, 8, 1),
    ...     area="England and Wales",
    ... )
    >>> {status.value: count for status, count in seen.counts().items()}
    {'met': 1, 'missed': 3, 'no_data': 1, 'not_quantified': 2}
    """
    known = tuple(evidence)
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
