"""The same figures under several policies, side by side, and why the answers differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

import attrs

from rrmodel.errors import RecordError
from rrmodel.evaluation._evaluation import Evaluation, evaluate
from rrmodel.evaluation._layouts import EVALUATION, AssessedRow
from rrmodel.evaluation._policy import POLICIES, Policy
from rrmodel.evaluation._reasons import expectation, grading, main_reason
from rrmodel.model import ObservationIndex, Observations, Target
from rrmodel.records import Field, Layout, Result, Table

__all__ = ["PolicyComparison", "compare_policies"]

_NOT_NEEDED = "A policy grades only a target that is not yet due and does not meet its goal."


def _rows(comparison: PolicyComparison) -> tuple[AssessedRow, ...]:
    return tuple(AssessedRow(result.assessment) for result in comparison.evaluations)


_COMPARISON: Layout[PolicyComparison] = Layout(
    "policy_comparison",
    "The evaluations of one target on one day under several policies.",
    (
        Field("target", "text", "The id of the target.", lambda one: one.evaluations[0].target.id),
        Field("area", "text", "The area assessed.", lambda one: one.evaluations[0].area),
        Field("as_of", "day", "The day of the assessment.", lambda one: one.evaluations[0].as_of),
        Field("agree", "flag", "Whether all policies agree.", lambda one: one.agree),
        Field(
            "reasons",
            "sentences",
            "The reasons that all policies share, then the status by each, with its reason.",
            lambda one: one.reasons,
        ),
        Field(
            "evaluations",
            "records",
            "The evaluation under each policy, in the order given.",
            _rows,
            of=EVALUATION,
        ),
    ),
)


@attrs.frozen(repr=False)
class PolicyComparison(Result):
    """The evaluations of one target on one day under several policies."""

    evaluations: tuple[Evaluation, ...]
    """One for each policy, in the order given."""

    layout: ClassVar[Layout[PolicyComparison]] = _COMPARISON
    """The fields of :meth:`to_dict`; those of a row are the layout of :class:`Evaluation`."""

    def __repr__(self) -> str:
        first = self.evaluations[0]
        statuses = ", ".join(
            f"{result.policy.name}={result.status.value}" for result in self.evaluations
        )
        return f"<PolicyComparison of {first.target.id!r} on {first.as_of}: {statuses}>"

    def to_table(self) -> Table[Any]:
        """Return the evaluations as a table of one row for each policy."""
        first = self.evaluations[0].assessment
        caption = " ".join([main_reason(first), *expectation(first)])
        return Table(Evaluation.layout, _rows(self), caption=caption)

    @property
    def agree(self) -> bool:
        """Whether every policy gives the same status."""
        return len({result.status for result in self.evaluations}) == 1

    @property
    def grades(self) -> tuple[str, ...]:
        """The status by each policy and why, a sentence each; empty where no policy is needed."""
        return tuple(
            f"{result.policy.name}: {result.status.replace('_', ' ')}. {grading(grade)}"
            for result in self.evaluations
            if (grade := result.assessment.grade) is not None
        )

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons that all policies share, then the :attr:`grades`."""
        first = self.evaluations[0].assessment
        start = main_reason(first), *expectation(first)
        return (*start, *(self.grades or (_NOT_NEEDED,)))


def compare_policies(
    target: Target,
    observations: Observations,
    policies: Sequence[Policy | str] = POLICIES,
    *,
    as_of: date | str,
    area: str | None = None,
) -> PolicyComparison:
    """Assess one target on one day under several policies.

    Only grades before the deadline may differ: no policy changes what is met or missed.

    >>> from datetime import date
    >>> from rrmodel import Month, Observation, Percentage, datasets
    >>> housed = datasets.load("east-midlands-2022-25").target("housed-on-release-by-july-2023")
    >>> figures = [Observation(measure=housed.measure, area="East Midlands",
    ...     level=Percentage("84.5"), period=Month("December 2022"))]
    >>> for reason in compare_policies(housed, figures, POLICIES[:3], as_of="2023-02-01").reasons:
    ...     print(reason)
    84.5% in December 2022 is 5.5 percentage points below the 90% goal, due by 31 July 2023.
    The straight trajectory expects 86.5% by 31 December 2022.
    straight line: at risk. 55% of the change expected by then has been made.
    traffic light: at risk. That is 2 percentage points below the expected 86.5%.
    Statistics Canada: off track. It has improved at 56% of the yearly rate that the goal requires.

    Args:
        target: The target; it carries its measure.
        observations: Observations of any measures and areas, and completions of milestones.
        policies: The policies or their names. Default: every policy of the library.
        as_of: The day of the assessment.
        area: The area to assess. Default: the target's own.

    Raises:
        RecordError: No policy is given.
        UnknownNameError: There is no such policy.
    """
    if not policies:
        raise RecordError("no policy is given: name at least one")
    index = ObservationIndex.of(observations)
    return PolicyComparison(
        tuple(evaluate(target, index, as_of=as_of, area=area, policy=each) for each in policies)
    )
