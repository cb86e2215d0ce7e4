"""One target as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from rrmodel.evaluation import Evaluation, PolicyComparison, Status
from rrmodel.inference import Verdict

__all__ = ["GRADED", "UNDECIDED", "AssessedTarget", "status_text"]

_STYLES: dict[Status, str] = {
    Status.MET: "bold green",
    Status.MET_LATE: "bold green",
    Status.ON_TRACK: "bold green",
    Status.AT_RISK: "bold yellow",
    Status.OFF_TRACK: "bold red",
    Status.NOT_GRADED: "bold magenta",
    Status.MISSED: "bold red",
    Status.NO_DATA: "bold magenta",
    Status.NOT_YET_MEASURABLE: "bold magenta",
    Status.NOT_COMPARABLE: "bold magenta",
    Status.NOT_QUANTIFIED: "bold",
}
UNDECIDED = (
    Status.NO_DATA,
    Status.NOT_YET_MEASURABLE,
    Status.NOT_COMPARABLE,
    Status.NOT_QUANTIFIED,
)
"""The statuses of targets that no figure decides."""
GRADED = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.NOT_GRADED)
"""The statuses of targets that are not yet due."""


def status_text(status: Status) -> str:
    """Return a status in words."""
    return status.replace("_", " ")


@attrs.frozen
class AssessedTarget:
    """One target, assessed under one policy or under several side by side."""

    comparison: PolicyComparison
    """The evaluation under each policy."""
    adjusted: Verdict | None
    """The verdict of its counts, adjusted for how many targets are tested."""

    @property
    def result(self) -> Evaluation:
        """The evaluation under the first policy; the others change only its grade."""
        return self.comparison.evaluations[0]

    @property
    def label(self) -> str:
        """Every status that a policy gives it."""
        statuses = (status_text(each.status) for each in self.comparison.evaluations)
        first, *others = dict.fromkeys(statuses)
        return " / ".join((first.capitalize(), *others))

    @property
    def certainty(self) -> str:
        """The part of its badge after the status: how certain the figures are."""
        badge = self.result.explain("badge")
        status = status_text(self.result.status).capitalize()
        return badge.removeprefix(status).removeprefix(",").strip()

    @property
    def badge(self) -> str:
        """Its badge, or every status where the policies differ."""
        return self.result.explain("badge") if self.comparison.agree else self.label

    @property
    def style(self) -> str:
        """The style of its label on a terminal."""
        return _STYLES[self.result.status] if self.comparison.agree else "bold"

    @property
    def grades(self) -> Sequence[str]:
        """The grade by each of several policies; empty if no policy grades it."""
        if len(self.comparison.evaluations) == 1 or self.result.assessment.grade is None:
            return ()
        return self.comparison.grades

    @property
    def reasons(self) -> Sequence[str]:
        """The reasons that hold under each policy."""
        return _shared(each.reasons for each in self.comparison.evaluations)

    @property
    def deciding_reasons(self) -> Sequence[str]:
        """The reasons that decide under each policy, without those that a grade states."""
        shared = _shared(each.deciding_reasons for each in self.comparison.evaluations)
        return [reason for reason in shared if not any(reason in grade for grade in self.grades)]

    @property
    def evidence(self) -> Iterator[str]:
        """The statement of the evidence, if there is any."""
        if self.result.evidence is not None:
            yield self.result.evidence.statement
        if self.is_clear_alone:
            yield "Adjusted for how many targets are tested, the evidence is not clear."

    @property
    def is_clear_alone(self) -> bool:
        """Whether evidence that is clear by itself is not clear among so many tests."""
        evidence, adjusted = self.result.evidence, self.adjusted
        return (
            evidence is not None
            and adjusted is not None
            and adjusted.direction is None
            and evidence.verdict.direction is not None
        )


def _shared(reasons: Iterable[Sequence[str]]) -> Sequence[str]:
    first, *others = reasons
    return [reason for reason in first if all(reason in other for other in others)]
