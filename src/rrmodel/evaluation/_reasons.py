"""Why a target has its status, in short sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import assert_never

from rrmodel import inference
from rrmodel.evaluation._assessment import Assessment
from rrmodel.evaluation._evidence import Evidence
from rrmodel.evaluation._exclusions import Exclusion
from rrmodel.evaluation._grading import Grade, NoGrade, Pace
from rrmodel.evaluation._progress import Lag, Movement
from rrmodel.evaluation._regular_series import length_of
from rrmodel.evaluation._selection import Selection
from rrmodel.evaluation._status import Status
from rrmodel.evaluation._terms import Terms
from rrmodel.evaluation._texts import apart, change_text, goal_name, position
from rrmodel.model import (
    DirectionTarget,
    MilestoneTarget,
    NarrativeTarget,
    Observation,
    Target,
    with_article,
)
from rrmodel.periods import day_text

__all__ = [
    "deciding_reasons",
    "expectation",
    "grading",
    "main_reason",
    "reasons",
    "revisions",
    "undefined",
    "vagueness",
]


def reasons(case: Assessment) -> Iterator[str]:
    """Say why the status is what it is, the most important reason first."""
    yield from vagueness(case.target)
    terms, latest = case.terms, case.selection.latest
    if terms is None:
        yield main_reason(case)
        return
    if terms.is_comparator and latest is not None:
        own, area = with_article(case.target.area), with_article(case.area)
        yield f"The figures describe {area}, a comparator; the target is for {own}."
    yield main_reason(case)
    yield from _grounds(case, terms)
    if latest is None:
        yield from _first_after(case)
    else:
        yield from _course(case)
        if "progress" in (why := undefined(case)):
            yield why["progress"]
        yield from _cautions(case, terms, latest)
    yield from _excluded(case)


def deciding_reasons(case: Assessment) -> Iterator[str]:
    """Give only the reasons without which the status cannot be understood."""
    yield main_reason(case)
    if case.terms is not None:
        yield from _grounds(case, case.terms)


def vagueness(target: Target) -> Iterator[str]:
    """Say that a deadline is vague, and which day is used."""
    if not isinstance(target, NarrativeTarget) and target.deadline and target.deadline.is_vague:
        yield (
            f"The deadline, {target.deadline.wording!r}, is vague: its last possible day, "
            f"{day_text(target.deadline.last_day)}, is used."
        )


def main_reason(case: Assessment) -> str:
    """Give the one reason that decides the status."""
    target, latest, terms = case.target, case.selection.latest, case.terms
    if isinstance(target, MilestoneTarget):
        return _of_milestone(case, target)
    if terms is None:
        return "This target has no measure and no goal level, so it cannot be assessed."
    if latest is None or latest.level is None:
        return _without_figure(case, terms)
    if terms.goal is None:
        return f"The latest figure is {latest.level} in {latest.period}."
    due = "" if terms.deadline is None else f", due by {day_text(terms.deadline)}"
    level, where = position(latest.level, terms.goal, goal_name(terms.goal.levels))
    return f"{level} in {latest.period} is {where}{due}."


def _of_milestone(case: Assessment, target: MilestoneTarget) -> str:
    if case.completion is None:
        return (
            f"No completion had been published by {day_text(case.as_of)}, which does not mean that "
            "the milestone was missed."
        )
    late = case.status is Status.MET_LATE
    return (
        f"It was reported as completed on {day_text(case.completion.day)}, "
        f"{'after' if late else 'by'} the deadline of {day_text(target.deadline.last_day)}."
    )


def _without_figure(case: Assessment, terms: Terms) -> str:
    day = day_text(case.as_of)
    match case.status:
        case Status.NOT_COMPARABLE:
            return _incomparable({item.reason for item in case.selection.flawed})
        case Status.NOT_YET_MEASURABLE if terms.deadline and terms.known_from:
            return (
                f"Outcomes by the deadline can be known from {day_text(terms.known_from)}, and no "
                f"figure that decides was known by {day}."
            )
        case Status.NOT_YET_MEASURABLE:
            return f"No outcome that decides was known by {day}."
        case _ if any(item.reason is Exclusion.INCOMPLETE for item in case.selection.flawed):
            return (
                f"The figures for {with_article(case.area)} published by {day} do not cover the "
                "whole time that the target covers, so they cannot be added up."
            )
        case _:
            if case.area.lower().startswith("the "):
                return f"No figure for {case.area} had been published for this measure by {day}."
            return f"No {case.area} figure for this measure had been published by {day}."


def _incomparable(reasons: set[Exclusion]) -> str:
    if Exclusion.NO_SPAN in reasons:
        return (
            "The target does not say over which time its figures are added up: state the first "
            "period with 'since'."
        )
    if Exclusion.OVERLAPPING in reasons:
        return "The periods of the figures overlap, so the figures cannot be added up."
    return "All figures are of another series or unit than the target."


def _first_after(case: Assessment) -> Iterator[str]:
    if case.status is Status.NO_DATA and case.selection.later:
        first = case.selection.later[0]
        yield (
            f"{first.level} in {first.period} is the first figure after the deadline; it does not "
            "show whether the target was met in time."
        )


def _grounds(case: Assessment, terms: Terms) -> Iterator[str]:
    """Say what leads from the deciding figure to the status."""
    latest, gap, deadline = case.selection.latest, case.progress.gap, terms.deadline
    if latest is None or latest.level is None:
        return
    if terms.goal is None:
        yield from _direction(case)
        return
    if case.grade is not None:
        yield from expectation(case)
        yield grading(case.grade)
        return
    is_met = gap is not None and terms.is_within_tolerance(gap)
    if is_met and gap is not None and gap.sign > 0 and terms.tolerance is not None:
        yield f"That is within the tolerance of {terms.tolerance}."
    if case.status is Status.NO_DATA and latest.period.last_day != terms.baseline_day:
        yield "The figures do not cover the whole time that the target covers."
    elif case.status is Status.NO_DATA:
        yield (
            "That is the baseline itself: no figure for a later period that ends by the deadline "
            f"had been published by {day_text(case.as_of)}."
        )
    elif case.status is Status.MET_LATE:
        first = next(
            observation
            for observation in case.selection.later
            if observation.level is not None and terms.is_met_by(observation.level)
        )
        yield f"The goal was first met after the deadline: {first.level} in {first.period}."
    elif case.status is Status.ON_TRACK and deadline is not None:
        if case.as_of <= deadline:
            yield "The deadline has not passed, so the target is on track and not yet met."
        else:
            known_from = day_text(terms.known_from or deadline)
            yield f"The deadline has passed, but outcomes by then can be known from {known_from}."


def expectation(case: Assessment) -> Iterator[str]:
    """Say which level is expected of a target that is graded."""
    terms, lag = case.terms, case.progress.lag
    if case.grade is None or terms is None or lag is None:
        return
    if terms.is_kept and terms.deadline is not None:
        yield f"The level is to be maintained until {day_text(terms.deadline)}."
        return
    expected, _ = apart(lag.expected.level, lag.level)
    by = day_text(lag.latest.period.last_day)
    yield f"The {terms.trajectory} trajectory expects {expected} by {by}."


def grading(grade: Grade) -> str:
    """Say what the rule of a policy makes of a target that is not yet due."""
    basis = grade.basis
    match basis:
        case NoGrade():
            return f"{basis.reason[0].upper()}{basis.reason[1:]}."
        case Pace() if basis.share <= 0:
            return "No part of the change expected by then has been made."
        case Pace():
            # Rounded down, so that less than all never reads as all.
            return f"{int(100 * basis.share)}% of the change expected by then has been made."
        case Lag():
            return _of_lag(basis)
        case inference.GrowthRatio():
            return basis.statement
        case Evidence() if basis.conclusion is None:
            return "The difference from the expected level is within chance."
        case Evidence():
            return f"By its counts it is significantly {basis.conclusion}."
        case inference.Assurance.CONSISTENTLY_PASSES:
            return "The control chart consistently passes the expected level."
        case inference.Assurance.INCONSISTENT:
            return "The control chart hits and misses the expected level."
        case inference.Assurance.CONSISTENTLY_FAILS:
            return "The control chart consistently fails the expected level."
        case _:
            assert_never(basis)


def _of_lag(lag: Lag) -> str:
    if lag.is_level:
        if lag.counted is not None:
            return (
                f"Published as {lag.level}, which is {lag.counted} by its counts: that reaches "
                "the expected level."
            )
        low, high = lag.level.published_interval
        return (
            f"Published as {lag.level}, so the true value is between {low} and {high}: that "
            "includes the expected level."
        )
    _, where = position(lag.level, lag.expected, "the expected {}")
    return f"That is {where}."


def _course(case: Assessment) -> Iterator[str]:
    """Say how the level has moved, and what change is still required."""
    progress, later = case.progress, case.selection.later
    if case.status is Status.MISSED and later:
        last = later[-1]
        yield f"No later figure meets the goal either; the last is {last.level} in {last.period}."
    if case.grade is None:
        return
    if progress.movement is Movement.AWAY and progress.pace is not None:
        pace = change_text(progress.pace)
        yield f"The level has moved away from the goal, by {pace} every 30 days."
    if progress.required_pace is not None:
        needed = change_text(progress.required_pace)
        yield f"Meeting the goal by the deadline requires a change of {needed} every 30 days."


def _direction(case: Assessment) -> Iterator[str]:
    steps = case.progress.steps
    every = case.target.every if isinstance(case.target, DirectionTarget) else None
    if not steps and every is not None:
        yield f"No comparable figure is known for the period that lies {every} before."
        return
    if not steps:
        yield "One figure alone, or the baseline itself, shows no direction."
        return
    last = steps[-1]
    if not last.change.sign:
        yield f"That is the same as in {last.start.period}."
    else:
        way = "better" if last.change.sign > 0 else "worse"
        change, level = change_text(last.change), last.start.level
        yield f"That is {change} {way} than {level} in {last.start.period}."
    broken = next((step for step in steps[:-1] if step.change.sign <= 0), None)
    if broken is not None:
        yield (
            f"It did not improve from {broken.start.level} in {broken.start.period} to "
            f"{broken.end.level} in {broken.end.period}."
        )


def undefined(case: Assessment) -> dict[str, str]:
    """Return why a number of the assessment is undefined, by the name of each that is."""
    terms, progress = case.terms, case.progress
    if terms is None:
        return dict.fromkeys(_NUMBERS, "The target has no measure.")
    if terms.goal is None:
        return dict.fromkeys(
            _NUMBERS, "The target names no level, so there is no gap and no share of progress."
        )
    reasons_by_name: dict[str, str] = {}
    if progress.gap is None:
        reasons_by_name |= dict.fromkeys(
            ("gap", "progress", "pace", "required_pace"), "No figure decides."
        )
    elif progress.share is None:
        reasons_by_name["progress"] = _no_share(terms)
    if progress.expected is None:
        reasons_by_name["expected"] = (
            "No level is expected on that day: the target has no path by then."
        )
    if progress.gap is not None and progress.pace is None:
        reasons_by_name["pace"] = "There is no baseline of the same area with a later figure."
    if progress.gap is not None and progress.required_pace is None:
        reasons_by_name["required_pace"] = "There is no deadline to come."
    return reasons_by_name


_NUMBERS = ("goal", "gap", "progress", "expected", "pace", "required_pace")


def _no_share(terms: Terms) -> str:
    if terms.baseline_day is not None and terms.is_comparator:
        return (
            f"There is no share of progress: the baseline is for {with_article(terms.target.area)}."
        )
    if terms.baseline is not None and terms.goal is not None:
        if terms.goal.shortfall(terms.baseline.level).sign == 0:
            return "The baseline is at the goal, so a share of progress is undefined."
        return f"The baseline, {terms.baseline.level}, was beyond the goal from the start."
    if terms.is_kept:
        return "A level to maintain has no share of progress."
    return "The plan gives no baseline, so there is no share of progress."


def _cautions(case: Assessment, terms: Terms, latest: Observation) -> Iterator[str]:
    baseline = terms.baseline
    if baseline is not None:
        if baseline.may_be is not None:
            yield f"The baseline may describe {baseline.period} or {baseline.may_be}."
        elif length_of(baseline.period) != length_of(latest.period):
            yield (
                f"The baseline describes {baseline.period} and the figure {latest.period}: periods "
                "of different lengths."
            )
    first, *revised = revisions(case.selection)
    if revised:
        when = f" on {day_text(first.published)}" if first.published else ""
        yield f"It was first published{when} as {first.level}, and has been revised."
    marks = [mark.value.replace("_", " ") for mark in latest.marks]
    if case.selection.is_total and latest.note is not None:
        yield f"The figure is {latest.note[0].lower()}{latest.note[1:]}"
    elif marks:
        yield f"The figure is marked {', '.join(marks)}."
    if latest.published is None:
        yield "The date of publication of the figure is not known."


def revisions(selection: Selection) -> tuple[Observation, ...]:
    """Return every figure published for the latest period, the first published first."""
    latest = selection.latest
    if latest is None:
        return ()
    earlier = [
        each.observation
        for each in selection.excluded
        if each.reason is Exclusion.SUPERSEDED and each.observation.period == latest.period
    ]
    return (*sorted(earlier, key=lambda observation: observation.published or date.min), latest)


_SHOWN = 3
"""Figures that a reason names before it counts the others."""
_WORDS: dict[Exclusion, str] = {
    Exclusion.OTHER_AREA: "another area",
    Exclusion.NOT_YET_PUBLISHED: "published later",
    Exclusion.NO_FIGURE: "no figure published",
    Exclusion.FORECAST: "a forecast",
    Exclusion.OTHER_UNIT: "another unit",
    Exclusion.OTHER_SERIES: "another series",
    Exclusion.ACROSS_A_BREAK: "across a break in the series",
    Exclusion.NOT_YET_MATURE: "outcomes not yet known",
    Exclusion.BEFORE_THE_START: "before the target's start",
    Exclusion.CONTRADICTED: "a worse figure for the same period was published the same day",
    Exclusion.INCOMPLETE: "figures for other parts of the total are missing",
    Exclusion.OVERLAPPING: "overlaps with other figures",
    Exclusion.NO_SPAN: "not known over which time to add up",
}
"""The reasons in words; later and older figures that another one replaces are not named."""


def _excluded(case: Assessment) -> Iterator[str]:
    """Name the figures that were not used, but not those that a later one replaces."""
    groups: list[str] = []
    for reason, words in _WORDS.items():
        observations = [
            item.observation for item in case.selection.excluded if item.reason is reason
        ]
        if reason is Exclusion.OTHER_AREA:
            others = () if case.selection.latest else sorted({each.area for each in observations})
            names = [f"figures for {with_article(area)}" for area in others]
        else:
            names = [
                str(each.period) if each.level is None else f"{each.level} in {each.period}"
                for each in observations
            ]
        if names:
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            groups.append(f"{', '.join(names[:_SHOWN])}{more} ({words})")
    if groups:
        yield f"Not used: {'; '.join(groups)}."
