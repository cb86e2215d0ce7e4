"""The assessment of one target on a day, step by step: terms, figures, numbers, status."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import attrs

from rrmodel.evaluation._evidence import Evidence
from rrmodel.evaluation._grading import Grade, grade
from rrmodel.evaluation._policy import ComparisonRule, Policy
from rrmodel.evaluation._progress import NOTHING_MEASURED, Difference, Progress, measure_progress
from rrmodel.evaluation._selection import NOTHING_SELECTED, Selection, select
from rrmodel.evaluation._significance import evidence_for
from rrmodel.evaluation._status import (
    Status,
    completion_by,
    status_of_milestone,
    status_without_grade,
)
from rrmodel.evaluation._terms import Terms, terms_of
from rrmodel.evaluation._trajectory import difference
from rrmodel.model import (
    Completion,
    LevelRange,
    MeasuredTarget,
    MilestoneTarget,
    NarrativeTarget,
    Observation,
    ObservationIndex,
    QuantifiedTarget,
    Target,
)
from rrmodel.quantities import Level
from rrmodel.records import short_repr

__all__ = ["Assessment", "assess"]

_CONFIDENCE = 0.95


@attrs.frozen(kw_only=True, repr=False)
class Assessment:
    """One target on a day: each part is made once, from the parts before it."""

    target: Target
    """The target."""
    area: str
    """The area whose figures are assessed."""
    as_of: date
    """The day: only what was published by then is used."""
    policy: Policy
    """The policy that grades a target before its deadline."""
    terms: Terms | None = None
    """The terms for the area; ``None`` without a measure."""
    selection: Selection = NOTHING_SELECTED
    """The figure that decides, and every other figure of the measure."""
    progress: Progress = NOTHING_MEASURED
    """The numbers that the figures give."""
    grade: Grade | None = None
    """How the policy graded the target, where it had to."""
    completion: Completion | None = None
    """The report that a milestone was completed."""
    status: Status
    """The answer."""

    def __repr__(self) -> str:
        return short_repr(
            self, self.target.id, area=self.area, as_of=str(self.as_of), status=self.status.value
        )

    @property
    def is_comparator(self) -> bool:
        """Whether the figures describe another area than the target is for."""
        return self.area != self.target.area

    @property
    def goal(self) -> Level | LevelRange | None:
        """The level or range to reach; ``None`` where the target names none."""
        return self.target.goal if isinstance(self.target, QuantifiedTarget) else None

    @property
    def expected(self) -> Level | LevelRange | None:
        """The level that the trajectory expects; of a range to stay within, the range."""
        expected, terms = self.progress.expected, self.terms
        if expected is None or terms is None:
            return None
        return expected.levels if terms.is_kept else expected.level

    @property
    def reached_late(self) -> Observation | None:
        """The first figure after the deadline that meets the goal; ``None`` if none does."""
        if self.terms is None:
            return None
        for figure in self.selection.later:
            if figure.level is not None and self.terms.is_met_by(figure.level):
                return figure
        return None

    @property
    def decided_by(self) -> Observation | None:
        """The figure that decides the status: the latest, or of a target met late, that one."""
        is_late = self.status is Status.MET_LATE
        return self.reached_late if is_late else self.selection.latest

    @property
    def distance(self) -> Difference | None:
        """How far the figure that decides is above the goal, or if negative below it.

        Of a range it is the distance from its nearest end, and zero within the range. ``None``
        without such a figure or without a goal.
        """
        goal = None if self.terms is None else self.terms.goal
        level = None if self.decided_by is None else self.decided_by.level
        if goal is None or level is None:
            return None
        is_within = goal.limit is not None and goal.shortfall(level).sign <= 0
        return difference(level, level if is_within else goal.nearest(level)[0])

    @cached_property
    def evidence(self) -> Evidence | None:
        """How far the figures are evidence for the answer, at 95% or the policy's confidence."""
        rule = self.policy.rule
        confidence = rule.confidence if isinstance(rule, ComparisonRule) else _CONFIDENCE
        return self.evidence_at(confidence)

    def evidence_at(self, confidence: float) -> Evidence | None:
        """Return the evidence at another confidence."""
        if self.terms is None:
            return None
        return evidence_for(
            self.terms, self.selection, self.progress, self.as_of, confidence=confidence
        )


def assess(
    target: Target, index: ObservationIndex, *, as_of: date, area: str, policy: Policy
) -> Assessment:
    """Assess a target on a day.

    Args:
        target: The target.
        index: The observations and completions.
        as_of: The day.
        area: The area whose figures are assessed.
        policy: The policy that grades it before its deadline.
    """
    match target:
        case NarrativeTarget():
            return Assessment(
                target=target, area=area, as_of=as_of, policy=policy, status=Status.NOT_QUANTIFIED
            )
        case MilestoneTarget():
            completion = completion_by(index.completions(target.id), as_of)
            return Assessment(
                target=target,
                area=area,
                as_of=as_of,
                policy=policy,
                completion=completion,
                status=status_of_milestone(target, completion),
            )
        case _:
            return _assess_measured(target, index, as_of, area, policy)


def _assess_measured(
    target: MeasuredTarget, index: ObservationIndex, as_of: date, area: str, policy: Policy
) -> Assessment:
    terms = terms_of(target, area)
    selection = select(terms, index, as_of)
    progress = measure_progress(terms, selection, as_of)
    status, graded = status_without_grade(terms, selection, progress, as_of), None
    if status is None:
        graded = grade(terms, selection, progress, as_of, policy.rule)
        status = graded.status
    return Assessment(
        target=target,
        area=terms.area,
        as_of=as_of,
        policy=policy,
        terms=terms,
        selection=selection,
        progress=progress,
        grade=graded,
        status=status,
    )
