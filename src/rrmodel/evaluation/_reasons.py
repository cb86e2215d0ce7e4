"""Why the status of a promise is what it is, in short sentences."""

from __future__ import annotations

from collections.abc import Iterator

from rrmodel.evaluation._grading import Unfinished, expectation, grading
from rrmodel.evaluation._selection import Exclusion
from rrmodel.evaluation._standing import Movement, Standing, Status
from rrmodel.evaluation._terms import baseline_for, is_reached
from rrmodel.evaluation._trajectory import shortfall
from rrmodel.model import (
    DirectionTarget,
    MaintainTarget,
    MeasuredTarget,
    MilestoneTarget,
    NarrativeTarget,
    Observation,
    QuantifiedTarget,
    Target,
)
from rrmodel.periods import day_text
from rrmodel.quantities import Level

__all__ = ["deciding_reasons", "main_reason", "reasons", "unfinished"]

_GRADED = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
_KEPT = (Status.MET, Status.ON_TRACK)


def reasons(result: Standing) -> Iterator[str]:
    """Say why the status is what it is, the most telling reason first."""
    target, latest = result.target, result.latest
    yield from _vagueness(target)
    if result.is_comparator and latest is not None:
        yield (
            f"The figures are those of {result.area}, a comparator, and not those of "
            f"{target.area}, whose promise it is."
        )
    yield main_reason(result)
    yield from _grounds(result)
    if isinstance(target, MeasuredTarget):
        if latest is None:
            yield from _first_after(result)
        else:
            yield from _course(result)
            yield from _undefined(result, target)
            yield from _cautions(result, target, latest)
        yield from _left_out(result)


def deciding_reasons(result: Standing) -> Iterator[str]:
    """Say only what the status cannot be understood without."""
    yield main_reason(result)
    yield from _grounds(result)
    yield from _vagueness(result.target)


def _vagueness(target: Target) -> Iterator[str]:
    if not isinstance(target, NarrativeTarget) and target.deadline and target.deadline.is_vague:
        yield (
            f"The deadline, {target.deadline.wording!r}, is vague: its last possible day, "
            f"{day_text(target.deadline.last_day)}, is used."
        )


def main_reason(result: Standing) -> str:
    """Say the one thing that decides the status."""
    target, latest = result.target, result.latest
    match target:
        case NarrativeTarget():
            return "The entry names nothing to count and no level to reach."
        case MilestoneTarget():
            return _of_milestone(result, target)
        case _ if latest is None or latest.level is None:
            return _without_figure(result, target)
        case DirectionTarget():
            return f"The latest figure is {latest.level} in {latest.period}."
        case _:
            return _of_level(target, latest.level, str(latest.period))


def _of_milestone(result: Standing, target: MilestoneTarget) -> str:
    if result.completion is None:
        return (
            f"Nothing published by {day_text(result.as_of)} reports it done, which is not the same "
            "as not done."
        )
    late = result.status is Status.MET_LATE
    return (
        f"It was reported done on {day_text(result.completion.day)}, "
        f"{'after' if late else 'by'} the deadline of {day_text(target.deadline.last_day)}."
    )


def _without_figure(result: Standing, target: MeasuredTarget) -> str:
    day = day_text(result.as_of)
    match result.status:
        case Status.NOT_COMPARABLE:
            return "There are figures, but not in the series and unit that the promise is made in."
        case Status.NOT_YET_MEASURABLE if target.deadline is not None:
            matures = target.measure.matures_on(target.deadline.last_day)
            return (
                f"Outcomes by the deadline are known from {day_text(matures)}, and none that "
                f"counts is known by {day}."
            )
        case Status.NOT_YET_MEASURABLE:
            return f"No outcome that counts is known by {day}."
        case _:
            return f"No figure of {result.area} that tells of it was published by {day}."


def _first_after(result: Standing) -> Iterator[str]:
    if result.status is Status.NO_DATA and result.later:
        first = result.later[0]
        yield (
            f"{first.level} in {first.period} is the first figure after the deadline, and does not "
            "say whether the promise was kept in time."
        )


def _of_level(target: QuantifiedTarget, level: Level, period: str) -> str:
    gap = shortfall(level, target.goal, target.measure.better)
    promised = f"the {target.goal} promised by {day_text(target.deadline.last_day)}"
    if not gap.sign:
        return f"{level} in {period} is {promised}."
    where = f"{gap} short of" if gap.sign > 0 else f"{-gap} beyond"
    return f"{level} in {period} is {where} {promised}."


def _grounds(result: Standing) -> Iterator[str]:
    """Say what makes of the deciding figure the status that it has."""
    target, latest, late = result.target, result.latest, result.reached_late
    if latest is None or latest.level is None:
        return
    if isinstance(target, DirectionTarget):
        yield _direction(result, target, latest.level)
        return
    promise = unfinished(result)
    if promise is not None:
        yield expectation(promise)
        yield from grading(promise, result.policy.rule)
        return
    if result.gap is not None and result.gap.sign > 0 and result.status in _KEPT:
        yield "That is within the tolerance which the plan allows."
    match result.status:
        case Status.NO_DATA:
            yield (
                "That is no later than the baseline: nothing later, for a period that ends by the "
                f"deadline, was published by {day_text(result.as_of)}."
            )
        case Status.MET_LATE if late is not None:
            yield f"The goal was first reached after the deadline: {late.level} in {late.period}."
        case Status.ON_TRACK if target.deadline and result.as_of <= target.deadline.last_day:
            yield "The deadline has not passed, so the promise is on track and not yet met."
        case Status.ON_TRACK if isinstance(target, QuantifiedTarget):
            matures = day_text(target.measure.matures_on(target.deadline.last_day))
            yield f"The deadline has passed, but outcomes by then are known from {matures}."
        case _:
            pass


def _course(result: Standing) -> Iterator[str]:
    """Say how the level has moved, and what is left to do."""
    pace, needed = result.pace, result.required_pace
    if result.status is Status.MISSED and result.later:
        last = result.later[-1]
        yield f"Later figures do not reach it either; the last is {last.level} in {last.period}."
    if unfinished(result) is not None:
        if result.movement is Movement.AWAY and pace is not None:
            yield f"It has moved away from the goal, by {-pace} every 30 days."
        if needed is not None:
            yield f"Reaching the goal in time takes {needed} every 30 days."


def unfinished(result: Standing) -> Unfinished | None:
    """Return the promise if it is short of its goal with time left, so that a policy grades it."""
    target, latest = result.target, result.latest
    if (
        result.status in _GRADED
        and isinstance(target, QuantifiedTarget)
        and latest is not None
        and latest.level is not None
        and not is_reached(target, latest.level)
    ):
        return Unfinished(target, result.area, result.figures, latest, latest.level)
    return None


def _direction(result: Standing, target: DirectionTarget, level: Level) -> str:
    start = baseline_for(target, result.area) or result.earliest
    if result.status is Status.NO_DATA or start is None or start.level is None:
        return "One figure alone, or the baseline itself, shows no direction."
    change = shortfall(start.level, level, target.measure.better)
    if not change.sign:
        return f"It has not moved from {start.level} in {start.period}."
    way = "better" if change.sign > 0 else "worse"
    return f"That is {abs(change)} {way} than {start.level} in {start.period}."


def _undefined(result: Standing, target: MeasuredTarget) -> Iterator[str]:
    if isinstance(target, MaintainTarget):
        yield "A level to be held has no share of progress."
    elif isinstance(target, DirectionTarget):
        yield "The promise names no level, so there is no gap and no share of progress."
    elif target.baseline is None:
        yield "The plan gives no baseline, so there is no share of progress."
    elif target.baseline.level == result.goal:
        yield "The baseline is at the goal, so there is no change to have a share of."
    elif result.movement is Movement.ALREADY_PAST:
        yield f"The baseline, {target.baseline.level}, was beyond the goal from the start."
    elif result.is_comparator:
        yield f"No share of progress is given: the baseline is that of {target.area}."


def _cautions(result: Standing, target: MeasuredTarget, latest: Observation) -> Iterator[str]:
    baseline = baseline_for(target, result.area)
    if baseline is not None:
        if baseline.may_be is not None:
            yield f"The baseline may describe {baseline.period} or {baseline.may_be}."
        elif baseline.period.kind != latest.period.kind:
            yield (
                f"The baseline describes {baseline.period} and the figure {latest.period}: two "
                "kinds of period."
            )
    first, *revised = result.revisions
    if revised:
        when = f" on {day_text(first.published)}" if first.published else ""
        yield f"It was first published{when} as {first.level}, and has been revised."
    notable = [mark.value.replace("_", " ") for mark in latest.marks]
    if notable:
        yield f"The figure is marked {', '.join(notable)}."
    if latest.published is None:
        yield "The day on which the figure was published is not known."


_SAID = 3
"""Figures that a reason names before it counts the rest."""
_SAID_OF: dict[Exclusion, str] = {
    Exclusion.OTHER_AREA: "another area",
    Exclusion.NOT_YET_PUBLISHED: "published later",
    Exclusion.NO_FIGURE: "no figure given",
    Exclusion.FORECAST: "a forecast",
    Exclusion.OTHER_UNIT: "another unit",
    Exclusion.OTHER_SERIES: "another series",
    Exclusion.ACROSS_A_BREAK: "across a break in the series",
    Exclusion.NOT_YET_MATURE: "outcomes not yet known",
    Exclusion.BEFORE_THE_START: "before the promise began",
    Exclusion.CONTRADICTED: "published the same day as a worse figure for the same period",
}


def _left_out(result: Standing) -> Iterator[str]:
    """Say what was left out, but not the older figures and other areas that a better one beat."""
    groups: list[str] = []
    for because, words in _SAID_OF.items():
        found = [item.observation for item in result.left_out if item.because is because]
        if because is Exclusion.OTHER_AREA:
            names = [] if result.latest else sorted({f"figures of {seen.area}" for seen in found})
        else:
            names = [
                f"{'no figure' if seen.level is None else seen.level} in {seen.period}"
                for seen in found
            ]
        if names:
            more = f" and {len(names) - _SAID} more" if len(names) > _SAID else ""
            groups.append(f"{', '.join(names[:_SAID])}{more} ({words})")
    if groups:
        yield f"Left out: {'; '.join(groups)}."
