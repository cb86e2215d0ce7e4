"""The judgement of one promise on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rrmodel.evaluation._evaluation import Evaluation
from rrmodel.evaluation._grading import Unfinished, grade
from rrmodel.evaluation._policy import STRAIGHT_LINE, Policy
from rrmodel.evaluation._selection import Exclusion, LeftOut, Report, Selection, select
from rrmodel.evaluation._standing import Status
from rrmodel.evaluation._terms import (
    baseline_day,
    baseline_for,
    has_settled,
    is_reached,
    start_of,
)
from rrmodel.evaluation._trajectory import shortfall
from rrmodel.model import (
    Completion,
    DirectionTarget,
    MeasuredTarget,
    MilestoneTarget,
    NarrativeTarget,
    Target,
)
from rrmodel.quantities import Level

__all__ = ["evaluate", "evaluate_over"]


def evaluate(
    target: Target,
    seen: Iterable[Report],
    *,
    as_of: date,
    area: str | None = None,
    policy: Policy = STRAIGHT_LINE,
) -> Evaluation:
    """Judge one promise on a day, from the figures published by then.

    >>> from datetime import date
    >>> from rrmodel import datasets
    >>> plan = datasets.load("east-midlands-2022-25")
    >>> figures = datasets.observations("england-and-wales")
    >>> housed = plan.target("housed-on-release-by-july-2023")
    >>> result = evaluate(housed, figures, as_of=date(2024, 8, 1), area="England and Wales")
    >>> result.status, result.gap
    (<Status.MISSED: 'missed'>, PercentagePoints('3.7'))

    Args:
        target: The promise; it carries its measure.
        seen: Observations of any measures and areas, and completions of milestones.
        as_of: The day of the judgement.
        area: The area to look at if that is not the target's own, as a comparator.
        policy: The rule that grades a promise before its deadline.
    """
    place = target.area if area is None else area
    if isinstance(target, NarrativeTarget):
        return Evaluation(
            target=target, area=place, as_of=as_of, policy=policy, status=Status.NOT_QUANTIFIED
        )
    if isinstance(target, MilestoneTarget):
        return _milestone(target, seen, as_of, place, policy)
    chosen = select(target, seen, as_of=as_of, area=place)
    return Evaluation(
        target=target,
        area=place,
        as_of=as_of,
        policy=policy,
        status=_status(target, chosen, as_of, place, policy),
        figures=chosen,
    )


def evaluate_over(
    target: Target,
    seen: Iterable[Report],
    days: Iterable[date],
    *,
    area: str | None = None,
    policy: Policy = STRAIGHT_LINE,
) -> tuple[Evaluation, ...]:
    """Judge one promise on several days: what could have been said on each.

    >>> from datetime import date
    >>> from rrmodel import datasets
    >>> plan = datasets.load("east-midlands-2022-25")
    >>> held = plan.target("employed-six-weeks-after-release-by-july-2023")
    >>> days = [date(2023, 1, 1), date(2023, 8, 1), date(2024, 8, 1)]
    >>> seen = datasets.observations("england-and-wales")
    >>> for result in evaluate_over(held, seen, days, area="England and Wales"):
    ...     print(result.as_of, result.explain("badge"))
    2023-01-01 No data
    2023-08-01 Not comparable
    2024-08-01 Missed on the figures

    Args:
        target: The promise; it carries its measure.
        seen: Observations of any measures and areas, and completions of milestones.
        days: The days of the judgements, in any order.
        area: The area to look at if that is not the target's own, as a comparator.
        policy: The rule that grades a promise before its deadline.

    Returns:
        One evaluation for each day, in the order given.
    """
    known = tuple(seen)
    return tuple(evaluate(target, known, as_of=day, area=area, policy=policy) for day in days)


def _milestone(
    target: MilestoneTarget, seen: Iterable[Report], as_of: date, area: str, policy: Policy
) -> Evaluation:
    reports = [
        found
        for found in seen
        if isinstance(found, Completion)
        and found.target == target.id
        and max(found.day, found.published or found.day) <= as_of
    ]
    first = min(reports, key=lambda report: report.day, default=None)
    if first is None:
        status = Status.NO_DATA
    else:
        status = Status.MET if first.day <= target.deadline.last_day else Status.MET_LATE
    return Evaluation(
        target=target, area=area, as_of=as_of, policy=policy, status=status, completion=first
    )


def _status(
    target: MeasuredTarget, chosen: Selection, as_of: date, area: str, policy: Policy
) -> Status:
    latest = chosen.latest
    if latest is None or latest.level is None:
        return _without_figure(target, chosen.left_out, as_of)
    if isinstance(target, DirectionTarget):
        return _direction(target, chosen, latest.level, as_of, area)
    if latest.period.last_day == baseline_day(target):
        return Status.NO_DATA
    reached = is_reached(target, latest.level)
    if has_settled(target, as_of):
        if reached:
            return Status.MET
        if any(f.level is not None and is_reached(target, f.level) for f in chosen.later):
            return Status.MET_LATE
        return Status.MISSED
    if reached:
        return Status.ON_TRACK
    return grade(Unfinished(target, area, chosen, latest, latest.level), policy.rule)


def _direction(
    target: DirectionTarget, chosen: Selection, level: Level, as_of: date, area: str
) -> Status:
    baseline = baseline_for(target, area)
    start = baseline or chosen.earliest
    if (
        start is None
        or start.level is None
        or (chosen.latest and chosen.latest.period.last_day == baseline_day(target))
    ):
        return Status.NO_DATA
    moved = shortfall(start.level, level, target.measure.better).sign
    if has_settled(target, as_of):
        return Status.MET if moved > 0 else Status.MISSED
    return {1: Status.ON_TRACK, 0: Status.AT_RISK, -1: Status.OFF_TRACK}[moved]


def _without_figure(target: MeasuredTarget, left_out: Sequence[LeftOut], as_of: date) -> Status:
    why = {found.because for found in left_out}
    if why & {Exclusion.OTHER_SERIES, Exclusion.ACROSS_A_BREAK, Exclusion.OTHER_UNIT}:
        return Status.NOT_COMPARABLE
    start, deadline = start_of(target), target.deadline
    matures_on = target.measure.matures_on
    too_early = start is not None and as_of < matures_on(start)
    too_late_to_know = deadline is not None and (
        deadline.last_day < as_of < matures_on(deadline.last_day)
    )
    if Exclusion.NOT_YET_MATURE in why or too_early or too_late_to_know:
        return Status.NOT_YET_MEASURABLE
    return Status.NO_DATA
