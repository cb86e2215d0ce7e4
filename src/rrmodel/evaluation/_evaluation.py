"""What is said of one promise on a day: the answer, its numbers and its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction

import attrs

from rrmodel.evaluation._policy import Policy
from rrmodel.evaluation._selection import Exclusion, LeftOut
from rrmodel.evaluation._terms import (
    baseline_for,
    expected_by,
    is_reached,
    start_of,
)
from rrmodel.evaluation._trajectory import shortfall
from rrmodel.model import (
    ChangeTarget,
    Completion,
    DirectionTarget,
    MaintainTarget,
    MeasuredTarget,
    MilestoneTarget,
    NarrativeTarget,
    Observation,
    QuantifiedTarget,
    ReachTarget,
    Target,
)
from rrmodel.periods import day_text
from rrmodel.quantities import Amount, Level, PercentagePoints

__all__ = ["Evaluation", "Status"]

_MONTH = 30
"""Days in the month of ``required_pace``: one length, so that paces compare."""


class Status(StrEnum):
    """What can be said of a promise on a day."""

    MET = "met"
    """The latest figure for a period that ends by the deadline reaches the goal."""
    MET_LATE = "met_late"
    """Only a later period reaches the goal."""
    ON_TRACK = "on_track"
    """The deadline is to come, and the level is at or beyond the goal or where it should be."""
    AT_RISK = "at_risk"
    """The deadline is to come, and the level is behind, within the limits of the policy."""
    OFF_TRACK = "off_track"
    """The deadline is to come, and the level is further behind than the policy allows."""
    MISSED = "missed"
    """The deadline has passed and no published period reaches the goal."""
    NO_DATA = "no_data"
    """Nothing has been published that tells; this is not the same as missed."""
    NOT_YET_MEASURABLE = "not_yet_measurable"
    """The outcomes that would tell cannot be known yet."""
    NOT_COMPARABLE = "not_comparable"
    """There are figures, but of another series or unit than the promise was made in."""
    NOT_QUANTIFIED = "not_quantified"
    """The promise has nothing to count."""


@attrs.frozen(kw_only=True)
class Evaluation:
    """The judgement of one promise on a day, with the figures that it rests on.

    The numbers and :attr:`reasons` are worked out when they are asked for. A number that is
    undefined is ``None``, never zero, and the reasons say why.
    """

    target: Target
    """The promise."""
    area: str
    """The area whose figures were looked at."""
    as_of: date
    """The day: only what was published by then counts."""
    policy: Policy
    """The rule that grades a promise before its deadline."""
    status: Status
    """The answer."""
    latest: Observation | None = None
    """The figure that decides: of the latest period that ends by the deadline."""
    earliest: Observation | None = None
    """The figure that a promised direction is measured from, if the plan names no baseline."""
    later: tuple[Observation, ...] = ()
    """Figures of periods that end after the deadline, earliest first."""
    completion: Completion | None = None
    """The report that a milestone was reached."""
    left_out: tuple[LeftOut, ...] = ()
    """Every other figure of the same measure, and why it does not decide."""

    @property
    def is_comparator(self) -> bool:
        """Whether the figures are those of another area than the promise was made for."""
        return self.area != self.target.area

    @property
    def goal(self) -> Level | None:
        """The level promised; ``None`` where the promise names none."""
        target = self.target
        return target.goal if isinstance(target, QuantifiedTarget) else None

    @property
    def gap(self) -> PercentagePoints | Amount | None:
        """How far the latest level is short of the goal; zero or less once it is reached."""
        target, level = self.target, self._level
        if level is None or not isinstance(target, QuantifiedTarget):
            return None
        return shortfall(level, target.goal, target.measure.better)

    @property
    def progress(self) -> Fraction | None:
        """The share of the promised change made so far, below 0 and above 1 if it is so.

        ``None`` without a baseline of the same area, and for a level to be held.
        """
        baseline, level = baseline_for(self.target, self.area), self._level
        if baseline is None or level is None or not isinstance(self.target, QuantifiedTarget):
            return None
        better = self.target.measure.better
        change = shortfall(baseline.level, self.target.goal, better)
        made = shortfall(baseline.level, level, better)
        return Fraction(made.value, change.value) if change.sign else None

    @property
    def expected(self) -> Level | None:
        """The level that the trajectory expects by the end of the latest figure's period.

        Without a figure, by :attr:`as_of`. ``None`` before the promise begins, and without a
        baseline of the same area.
        """
        target = self.target
        day = self.latest.period.last_day if self.latest else self.as_of
        if isinstance(target, MaintainTarget):
            start = start_of(target)
            return target.goal if start is None or start <= day else None
        if isinstance(target, ChangeTarget | ReachTarget):
            return expected_by(target, baseline_for(target, self.area), day)
        return None

    @property
    def required_pace(self) -> PercentagePoints | Amount | None:
        """The change per 30 days that leads from the latest figure to the goal by the deadline.

        Zero or less once the goal is reached. ``None`` when the deadline has passed.
        """
        gap = self.gap
        if gap is None or self.latest is None or not isinstance(self.target, QuantifiedTarget):
            return None
        deadline = self.target.deadline.last_day
        if self.as_of >= deadline:
            return None
        return gap * Fraction(_MONTH, (deadline - self.latest.period.last_day).days)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the status is what it is, in short sentences, the most telling first."""
        return tuple(_reasons(self))

    @property
    def _level(self) -> Level | None:
        return self.latest.level if self.latest else None


def _reasons(result: Evaluation) -> Iterator[str]:
    target = result.target
    if isinstance(target, NarrativeTarget):
        yield "The entry names nothing to count and no level to reach."
        return
    if target.deadline is not None and target.deadline.is_vague:
        yield (
            f"The deadline, {target.deadline.wording!r}, is vague: its last possible day, "
            f"{day_text(target.deadline.last_day)}, is used."
        )
    if isinstance(target, MilestoneTarget):
        yield from _milestone_reasons(result, target)
        return
    latest = result.latest
    if latest is None or latest.level is None:
        yield from _without_figure(result, target)
    else:
        if result.is_comparator:
            yield (
                f"The figures are those of {result.area}, a comparator, and not those of "
                f"{target.area}, whose promise it is."
            )
        yield from _standing(result, target, latest.level, str(latest.period))
        if isinstance(target, DirectionTarget):
            yield from _direction(result, target, latest.level)
        else:
            yield from _timing(result, target)
        yield from _undefined(result, target)
        yield from _cautions(result, target, latest)
    yield from _left_out(result)


def _milestone_reasons(result: Evaluation, target: MilestoneTarget) -> Iterator[str]:
    if result.completion is None:
        yield (
            f"Nothing published by {day_text(result.as_of)} reports it done, which is not the same "
            "as not done."
        )
    else:
        late = result.status is Status.MET_LATE
        yield (
            f"It was reported done on {day_text(result.completion.day)}, "
            f"{'after' if late else 'by'} the deadline of {day_text(target.deadline.last_day)}."
        )


def _without_figure(result: Evaluation, target: MeasuredTarget) -> Iterator[str]:
    day = day_text(result.as_of)
    match result.status:
        case Status.NOT_COMPARABLE:
            yield "There are figures, but not in the series and unit that the promise is made in."
        case Status.NOT_YET_MEASURABLE if target.deadline is not None:
            matures = target.measure.matures_on(target.deadline.last_day)
            yield (
                f"Outcomes by the deadline are known from {day_text(matures)}, and none that "
                f"counts is known by {day}."
            )
        case Status.NOT_YET_MEASURABLE:
            yield f"No outcome that counts is known by {day}."
        case _:
            yield f"No figure of {result.area} that tells of it was published by {day}."
            if result.later:
                first = result.later[0]
                yield (
                    f"{first.level} in {first.period} is the first figure after the deadline, and "
                    "does not say whether the promise was kept in time."
                )


def _standing(
    result: Evaluation, target: MeasuredTarget, level: Level, period: str
) -> Iterator[str]:
    gap = result.gap
    if isinstance(target, DirectionTarget) or gap is None:
        yield f"The latest figure is {level} in {period}."
        return
    by = f"the {target.goal} promised by {day_text(target.deadline.last_day)}"
    if gap.sign > 0:
        yield f"{level} in {period} is {gap} short of {by}."
        if is_reached(target, level):
            yield "That is within the tolerance which the plan allows."
    elif gap.sign < 0:
        yield f"{level} in {period} is {-gap} beyond {by}."
    else:
        yield f"{level} in {period} is {by}."


def _timing(result: Evaluation, target: QuantifiedTarget) -> Iterator[str]:
    reached = [f for f in result.later if f.level is not None and is_reached(target, f.level)]
    match result.status:
        case Status.NO_DATA:
            yield (
                "That is no later than the baseline: nothing later, for a period that ends by the "
                f"deadline, was published by {day_text(result.as_of)}."
            )
        case Status.MET_LATE:
            yield (
                f"The goal was first reached after the deadline: {reached[0].level} in "
                f"{reached[0].period}."
            )
        case Status.MISSED if result.later:
            last = result.later[-1]
            yield (
                f"Later figures do not reach it either; the last is {last.level} in {last.period}."
            )
        case Status.ON_TRACK | Status.AT_RISK | Status.OFF_TRACK:
            yield from _pace(result, target)
        case _:
            pass


def _pace(result: Evaluation, target: QuantifiedTarget) -> Iterator[str]:
    gap, expected, latest = result.gap, result.expected, result.latest
    if latest is not None and latest.level is not None and is_reached(target, latest.level):
        last_day = target.deadline.last_day
        if result.as_of <= last_day:
            yield "The deadline has not passed, so the promise is on track and not yet met."
        else:
            matures = day_text(target.measure.matures_on(last_day))
            yield f"The deadline has passed, but outcomes by then are known from {matures}."
    elif isinstance(target, MaintainTarget):
        yield f"The promise is to hold the level until {day_text(target.deadline.last_day)}."
    elif expected is not None and latest is not None:
        day = day_text(latest.period.last_day)
        yield f"The {target.trajectory} line expects {expected} by {day}."
    else:
        yield "Without a baseline of the same area its pace cannot be judged."
    pace = result.required_pace
    if pace is not None and gap is not None and gap.sign > 0:
        yield f"Reaching the goal in time takes {pace} every 30 days."


def _direction(result: Evaluation, target: DirectionTarget, level: Level) -> Iterator[str]:
    start = baseline_for(target, result.area) or result.earliest
    if result.status is Status.NO_DATA or start is None or start.level is None:
        yield "One figure alone, or the baseline itself, shows no direction."
        return
    change = shortfall(start.level, level, target.measure.better)
    if change.sign:
        way = "better" if change.sign > 0 else "worse"
        yield f"That is {abs(change)} {way} than {start.level} in {start.period}."
    else:
        yield f"It has not moved from {start.level} in {start.period}."


def _undefined(result: Evaluation, target: MeasuredTarget) -> Iterator[str]:
    if isinstance(target, MaintainTarget):
        yield "A level to be held has no share of progress."
    elif isinstance(target, DirectionTarget):
        yield "The promise names no level, so there is no gap and no share of progress."
    elif target.baseline is None:
        yield "The plan gives no baseline, so there is no share of progress."
    elif target.baseline.level == result.goal:
        yield "The baseline is at the goal, so there is no change to have a share of."
    elif result.is_comparator:
        yield f"No share of progress is given: the baseline is that of {target.area}."


def _cautions(result: Evaluation, target: MeasuredTarget, latest: Observation) -> Iterator[str]:
    baseline = baseline_for(target, result.area)
    if baseline is not None:
        if baseline.may_be is not None:
            yield f"The baseline may describe {baseline.period} or {baseline.may_be}."
        elif baseline.period.kind != latest.period.kind:
            yield (
                f"The baseline describes {baseline.period} and the figure {latest.period}: two "
                "kinds of period."
            )
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


def _left_out(result: Evaluation) -> Iterator[str]:
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
