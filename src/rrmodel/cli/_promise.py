"""One promise as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from rrmodel.evaluation import Evaluation, PolicyComparison, Status
from rrmodel.inference import Verdict

__all__ = ["PACED", "UNDECIDED", "Promise", "said"]

_STYLES: dict[Status, str] = {
    Status.MET: "bold green",
    Status.MET_LATE: "bold green",
    Status.ON_TRACK: "bold green",
    Status.AT_RISK: "bold yellow",
    Status.OFF_TRACK: "bold red",
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
"""What is said where no figure decides."""
PACED = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
"""What is said before the deadline."""


def said(status: Status) -> str:
    """Return a status in words."""
    return status.replace("_", " ")


@attrs.frozen
class Promise:
    """One promise as the page shows it: judged under one policy, or under several side by side."""

    judged: PolicyComparison
    """The judgement under each policy."""
    together: Verdict | None
    """What its counts show once it is allowed for how many promises are looked at."""

    @property
    def result(self) -> Evaluation:
        """The judgement under the first policy; the others change no more than its grade."""
        return self.judged.evaluations[0]

    @property
    def label(self) -> str:
        """Every status that a policy gives it."""
        first, *others = dict.fromkeys(said(each.status) for each in self.judged.evaluations)
        return " / ".join((first.capitalize(), *others))

    @property
    def sureness(self) -> str:
        """What its badge adds to the status: how far the figures bear it out."""
        badge = self.result.explain("badge")
        return badge.removeprefix(said(self.result.status).capitalize()).removeprefix(",").strip()

    @property
    def badge(self) -> str:
        """Its badge, or every status where the policies differ."""
        return self.result.explain("badge") if self.judged.agree else self.label

    @property
    def style(self) -> str:
        """The style of its label on a terminal."""
        return _STYLES[self.result.status] if self.judged.agree else "bold"

    @property
    def grades(self) -> Sequence[str]:
        """What each of several policies makes of it; nothing if no policy grades it."""
        _, _, *grades = self.judged.reasons
        return grades if len(self.judged.evaluations) > 1 else ()

    @property
    def reasons(self) -> Sequence[str]:
        """The reasons that hold under each policy."""
        return _shared(each.reasons for each in self.judged.evaluations)

    @property
    def deciding_reasons(self) -> Sequence[str]:
        """Those without which the status cannot be understood, but for what each policy says."""
        shared = _shared(each.deciding_reasons for each in self.judged.evaluations)
        return [reason for reason in shared if not any(reason in grade for grade in self.grades)]

    @property
    def weighed(self) -> Iterator[str]:
        """What the evidence says, if there is any."""
        if self.result.evidence is not None:
            yield self.result.evidence.statement
        if self.is_clear_alone:
            yield "Allowing for how many targets are judged, it is not clear."

    @property
    def is_clear_alone(self) -> bool:
        """Whether evidence that looks clear is not, once it is one answer of many."""
        unclear, evidence = Verdict.NOT_DISTINGUISHABLE, self.result.evidence
        return evidence is not None and self.together is unclear and evidence.verdict is not unclear


def _shared(reasons: Iterable[Sequence[str]]) -> Sequence[str]:
    first, *others = reasons
    return [reason for reason in first if all(reason in other for other in others)]
