"""The evaluation of a whole plan on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import attrs

from rrmodel import inference
from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.evaluation._assessment import assess
from rrmodel.evaluation._evaluation import Evaluation, assess_evidence, check_area
from rrmodel.evaluation._evidence import Evidence
from rrmodel.evaluation._policy import STRAIGHT_LINE, Policy, find_policy
from rrmodel.evaluation._status import Status
from rrmodel.model import ObservationIndex, Observations, Plan
from rrmodel.periods import parse_day

__all__ = ["PlanEvaluation", "evaluate_plan"]


@attrs.frozen(kw_only=True)
class PlanEvaluation:
    """The evaluation of each target of a plan on a day.

    Statuses are counted and never averaged: seven targets have no mean colour.
    """

    plan: Plan
    """The plan."""
    as_of: date
    """The day: only what was published by then is used."""
    area: str | None
    """The area assessed; ``None`` for each target's own."""
    policy: Policy
    """The policy that grades targets before their deadlines."""
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
        """Return how many targets have each status, without statuses that no target has."""
        return _counted(self.evaluations)

    def counts_by_pathway(self) -> dict[str, dict[Status, int]]:
        """Return how many targets of each pathway have each status, by the id of the pathway."""
        return {pathway: _counted(results) for pathway, results in self.by_pathway().items()}

    def verdicts(self, *, confidence: float = 0.95) -> dict[str, inference.Verdict]:
        """Return the verdict of each target's counts, adjusted for how many are tested.

        Of twenty targets that are exactly at their goals one will look significant by chance. By
        the procedure of Holm (1979) none is called significant unless it stands out among all of
        them. Targets without counts are not among them.

        Args:
            confidence: The confidence that holds for all of them together.

        Raises:
            ConfidenceError: The confidence is not above 0 and below 1.
        """
        tested = {
            result.target.id: found
            for result in self.evaluations
            if (found := assess_evidence(result, confidence=confidence)) is not None
            and found.p_value is not None
        }
        adjusted = inference.holm([_both_ways(found) for found in tested.values()])
        unclear = inference.Verdict.NOT_DISTINGUISHABLE
        return {
            target: found.verdict if p_value <= 1 - confidence else unclear
            for (target, found), p_value in zip(tested.items(), adjusted, strict=True)
        }

    def of(self, target: str) -> Evaluation:
        """Return the evaluation of the target of that id.

        Raises:
            UnknownNameError: The plan has no such target.
        """
        known = {evaluation.target.id: evaluation for evaluation in self.evaluations}
        if target not in known:
            raise UnknownNameError(f"unknown target {target!r}: {did_you_mean(target, known)}")
        return known[target]


def _both_ways(evidence: Evidence) -> float:
    """Return the probability of a figure at least as far from the goal on either side."""
    p_value = evidence.p_value
    if p_value is None or evidence.verdict.direction is None:
        return 1.0
    return min(1.0, 2 * min(p_value, 1 - p_value))


def _counted(results: Iterable[Evaluation]) -> dict[Status, int]:
    counted = Counter(result.status for result in results)
    return {status: counted[status] for status in Status if counted[status]}


def evaluate_plan(
    plan: Plan,
    observations: Observations,
    *,
    as_of: date | str,
    area: str | None = None,
    policy: Policy | str = STRAIGHT_LINE,
) -> PlanEvaluation:
    """Assess every target of a plan on a day, from the figures published by then.

    >>> from datetime import date
    >>> from rrmodel import datasets
    >>> result = evaluate_plan(
    ...     datasets.load("east-midlands-2022-25"),
    ...     datasets.observations("england-and-wales"),
    ...     as_of=date(2024, 8, 1),
    ...     area="England and Wales",
    ... )
    >>> {status.value: count for status, count in result.counts().items()}
    {'met': 1, 'missed': 3, 'no_data': 1, 'not_quantified': 2}

    Args:
        plan: The plan.
        observations: Observations of any measures and areas, and completions of milestones.
        as_of: The day of the assessment.
        area: The area to assess. Default: each target's own.
        policy: The policy that grades targets before their deadlines, or its name.

    Raises:
        PeriodError: ``as_of`` is not a day.
        UnknownNameError: There is no such policy, or no target and no figure has the area.
        RecordError: ``observations`` holds something that is not an observation.
    """
    day, index, chosen = parse_day(as_of), ObservationIndex.of(observations), find_policy(policy)
    if area is not None:
        area = check_area(area, (target.area for target in plan.targets), index)
    return PlanEvaluation(
        plan=plan,
        as_of=day,
        area=area,
        policy=chosen,
        evaluations=tuple(
            Evaluation(assess(target, index, as_of=day, area=area or target.area, policy=chosen))
            for target in plan.targets
        ),
    )
