"""The same figures under several policies, side by side, and why the answers differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import attrs

from rrmodel.errors import RecordError
from rrmodel.evaluation._evaluation import Evaluation
from rrmodel.evaluation._grading import expectation, grading
from rrmodel.evaluation._judgement import evaluate
from rrmodel.evaluation._policy import POLICIES, Policy
from rrmodel.evaluation._reasons import main_reason, unfinished
from rrmodel.evaluation._selection import Report
from rrmodel.model import Target

__all__ = ["PolicyComparison", "compare_policies"]


@attrs.frozen
class PolicyComparison:
    """One promise judged on one day under several policies."""

    evaluations: tuple[Evaluation, ...]
    """One for each policy, in the order given."""

    @property
    def agree(self) -> bool:
        """Whether every policy gives the same status."""
        return len({result.status for result in self.evaluations}) == 1

    @property
    def reasons(self) -> tuple[str, ...]:
        """What all the policies look at, then what each makes of it and why, a sentence each."""
        return tuple(self._reasons())

    def _reasons(self) -> Iterator[str]:
        first = self.evaluations[0]
        promise = unfinished(first)
        yield main_reason(first)
        if promise is None:
            yield "A policy grades only a promise that is short of its goal with time left."
            return
        yield expectation(promise)
        for result in self.evaluations:
            why = " ".join(grading(promise, result.policy.rule))
            yield f"{result.policy.name}: {result.status.replace('_', ' ')}. {why}".rstrip()


def compare_policies(
    target: Target,
    seen: Iterable[Report],
    policies: Sequence[Policy] = POLICIES,
    *,
    as_of: date,
    area: str | None = None,
) -> PolicyComparison:
    """Judge one promise on one day under several policies.

    Only on track, at risk and off track may differ: no policy changes what is met or missed.

    >>> from datetime import date
    >>> from rrmodel import Month, Observation, Percentage, datasets
    >>> housed = datasets.load("east-midlands-2022-25").target("housed-on-release-by-july-2023")
    >>> seen = [Observation(measure=housed.measure, area="East Midlands", level=Percentage("84.5"),
    ...     period=Month("December 2022"))]
    >>> for said in compare_policies(housed, seen, POLICIES[:3], as_of=date(2023, 2, 1)).reasons:
    ...     print(said)
    84.5% in December 2022 is 5.5 percentage points short of the 90% promised by 31 July 2023.
    The straight line expects 86.52% by 31 December 2022.
    straight line: at risk. It has made 55% of the change expected by then.
    traffic light: off track. It is 2.02 percentage points short of that.
    Statistics Canada: off track. It has improved at 56% of the yearly rate that the goal requires.

    Args:
        target: The promise; it carries its measure.
        seen: Observations of any measures and areas, and completions of milestones.
        policies: The policies; all that come with the library if left out.
        as_of: The day of the judgement.
        area: The area to look at if that is not the target's own, as a comparator.

    Raises:
        RecordError: No policy is named.
    """
    if not policies:
        raise RecordError("no policy is named to judge by: name at least one")
    known = tuple(seen)
    return PolicyComparison(
        tuple(evaluate(target, known, as_of=as_of, area=area, policy=each) for each in policies)
    )
