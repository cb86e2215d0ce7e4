"""The evaluation of a whole plan on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

import attrs

from rrmodel import inference
from rrmodel.errors import RecordError, UnknownNameError, did_you_mean
from rrmodel.evaluation._assessment import assess
from rrmodel.evaluation._evaluation import Evaluation, assess_evidence, check_area
from rrmodel.evaluation._evidence import Evidence
from rrmodel.evaluation._layouts import EVALUATION, AssessedRow, DocumentOf
from rrmodel.evaluation._policy import STRAIGHT_LINE, Policy, find_policy
from rrmodel.evaluation._status import Status
from rrmodel.model import ObservationIndex, Observations, Plan
from rrmodel.periods import day_text, parse_day
from rrmodel.records import Field, Layout, Result, Table

__all__ = ["PlanEvaluation", "evaluate_plan"]

_SCHEMA_VERSION = "1"
"""The version of the layout of an evaluation, which is not that of plan files."""


@attrs.frozen
class _Compared:
    """The evaluation of a plan under one policy, beside others, as data."""

    result: PlanEvaluation
    others: tuple[PlanEvaluation, ...] = ()
    document_of: DocumentOf | None = None

    @property
    def rows(self) -> tuple[AssessedRow, ...]:
        rows = (
            AssessedRow(result.assessment, self.result.plan.id, pathway)
            for pathway, results in self.result.by_pathway().items()
            for result in results
        )
        if self.document_of is None:
            return tuple(rows)
        return tuple(attrs.evolve(row, document_of=self.document_of) for row in rows)


def _written_counts(result: PlanEvaluation) -> dict[str, int]:
    return {status.value: number for status, number in result.counts().items()}


_POLICY: Layout[PlanEvaluation] = Layout(
    "policy",
    "The statuses that one policy gives.",
    (
        Field("name", "text", "The name of the policy.", lambda one: one.policy.name),
        Field("statement", "text", "Its rule in words.", lambda one: one.policy.statement),
        Field(
            "counts",
            "numbers_by_name",
            "How many targets have each status.",
            _written_counts,
        ),
        Field(
            "statuses",
            "texts_by_name",
            "The status of each target, by its id.",
            lambda one: {each.target.id: each.status.value for each in one.evaluations},
        ),
    ),
)
_PLAN_EVALUATION: Layout[_Compared] = Layout(
    "plan_evaluation",
    "The assessment of each target of a plan on a day.",
    (
        Field("schema_version", "text", "The version of this layout.", lambda _: _SCHEMA_VERSION),
        Field(
            "kind",
            "text",
            "The kind of this result.",
            lambda _: "evaluation",
            choose_from=lambda: ("evaluation",),
        ),
        Field("plan", "text", "The id of the plan.", lambda one: one.result.plan.id),
        Field("title", "text", "Its title.", lambda one: one.result.plan.title),
        Field("as_of", "day", "The day of the assessment.", lambda one: one.result.as_of),
        Field(
            "area",
            "text",
            "The area asked for; null for each target's own.",
            lambda one: one.result.area,
            is_optional=True,
        ),
        Field(
            "policy",
            "text",
            "The policy that graded the targets, the first if there are several.",
            lambda one: one.result.policy.name,
        ),
        Field(
            "policy_statement",
            "text",
            "Its rule in words.",
            lambda one: one.result.policy.statement,
        ),
        Field(
            "targets",
            "records",
            "The assessment of each target, in document order.",
            lambda one: one.rows,
            of=EVALUATION,
        ),
        Field(
            "counts",
            "numbers_by_name",
            "How many targets have each status.",
            lambda one: _written_counts(one.result),
        ),
        Field(
            "verdicts",
            "texts_by_name",
            "The verdict of each target with counts, by its id, adjusted for how many targets are "
            "tested (Holm, at 95% confidence).",
            lambda one: {
                target: verdict.value for target, verdict in one.result.verdicts().items()
            },
        ),
        Field(
            "policies",
            "records",
            "The statuses by each policy, in the order given.",
            lambda one: (one.result, *one.others),
            of=_POLICY,
        ),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class PlanEvaluation(Result):
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

    layout: ClassVar[Layout[Any]] = _PLAN_EVALUATION
    """The fields of :meth:`to_dict`; those of a row are the layout of :class:`Evaluation`."""

    def __repr__(self) -> str:
        counts = ", ".join(f"{status.value}={number}" for status, number in self.counts().items())
        area = "" if self.area is None else f" for {self.area!r}"
        return (
            f"<PlanEvaluation of {self.plan.id!r} on {self.as_of}{area}: {counts or 'no targets'}>"
        )

    def to_dict(
        self,
        *,
        document_of: DocumentOf | None = None,
        others: Iterable[PlanEvaluation] = (),
    ) -> dict[str, Any]:
        """Return the evaluation as a mapping for JSON, by :attr:`layout`.

        Args:
            document_of: Returns the document that a figure cites, whose title, publisher and
                address the mapping then has. Default: no document is known.
            others: The evaluations of the plan under other policies, to list in ``policies``.
        """
        return self.layout.to_dict(_Compared(self, tuple(others), document_of))

    def to_table(self, *, document_of: DocumentOf | None = None) -> Table[Any]:
        """Return the evaluations as a table of one row for each target.

        Args:
            document_of: Returns the document that a figure cites. Default: no document is known.
        """
        area = "" if self.area is None else f", {self.area}"
        caption = f"{self.plan.title}{area}, as of {day_text(self.as_of)}: {self.summary}"
        return Table(Evaluation.layout, _Compared(self, (), document_of).rows, caption=caption)

    @property
    def summary(self) -> str:
        """How many targets have each status, such as ``"1 met, 3 missed"``, or ``"no targets"``."""
        counts = self.counts().items()
        return ", ".join(f"{n} {status.replace('_', ' ')}" for status, n in counts) or "no targets"

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
        the procedure of Holm (1979) none is called significant unless it is so among all of them.
        Targets without counts are not among them.

        Args:
            confidence: The confidence that holds for all of them together.

        Raises:
            ConfidenceError: The confidence is not above 0 and below 1.
        """
        tested = {
            result.target.id: evidence
            for result in self.evaluations
            if (evidence := assess_evidence(result, confidence=confidence)) is not None
            and evidence.p_value is not None
        }
        adjusted = inference.holm([_both_ways(evidence) for evidence in tested.values()])
        unclear = inference.Verdict.NOT_DISTINGUISHABLE
        return {
            target: evidence.verdict if p_value <= 1 - confidence else unclear
            for (target, evidence), p_value in zip(tested.items(), adjusted, strict=True)
        }

    @property
    def labels(self) -> dict[str, str]:
        """Its ``day``, ``area`` and ``policy`` in words.

        Without an area asked for, the area is the one that the targets have in common, if any.
        """
        areas = {each.area for each in self.evaluations}
        common = areas.pop() if len(areas) == 1 else "each target's own area"
        return {
            "day": day_text(self.as_of),
            "area": self.area or common,
            "policy": self.policy.name,
        }

    def side_by_side(
        self, others: Iterable[PlanEvaluation]
    ) -> dict[str, dict[str, PlanEvaluation]]:
        """Return this evaluation beside others of the plan, by what differs and by their labels.

        The others are grouped by the first of ``day``, ``area`` and ``policy`` in which they differ
        from this one, which is in each group. Earlier days are first. A label names all that
        differs within its group.

        >>> from rrmodel import datasets
        >>> plan = datasets.load("hmp-leeds-regimes")
        >>> before, now = (evaluate_plan(plan, (), as_of=f"{year}-08-01") for year in (2023, 2024))
        >>> {by: list(group) for by, group in now.side_by_side([before]).items()}
        {'day': ['1 August 2023', '1 August 2024']}

        Args:
            others: Evaluations of the same plan on another day, for another area or under another
                policy.

        Raises:
            RecordError: One is of another plan, or has the same day, area and policy.
        """
        groups: dict[str, list[PlanEvaluation]] = {by: [] for by in self.labels}
        for other in others:
            if other.plan != self.plan:
                raise RecordError(
                    f"an assessment of {other.plan.id!r} cannot be beside one of "
                    f"{self.plan.id!r}: assess the same plan"
                )
            differ = [by for by, label in self.labels.items() if other.labels[by] != label]
            if not differ:
                raise RecordError(
                    "two assessments have the same day, area and policy: change one of them"
                )
            groups[differ[0]].append(other)
        return {by: _labelled([self, *group]) for by, group in groups.items() if group}

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


def _labelled(results: Iterable[PlanEvaluation]) -> dict[str, PlanEvaluation]:
    """Return evaluations by the words for what differs among them, earlier days first."""
    together = sorted(results, key=lambda each: each.as_of)
    labels = [tuple(each.labels.values()) for each in together]
    varied = [words for words in zip(*labels, strict=True) if len(set(words)) > 1]
    return dict(zip(map(" · ".join, zip(*varied, strict=True)), together, strict=True))


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
