"""The judgement of a plan, for a reader who has a minute."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TextIO

from rrmodel.cli._inputs import Figures, areas
from rrmodel.cli._page import Page, counted, listed
from rrmodel.evaluation import Evaluation, PlanEvaluation, Status, evaluate_plan
from rrmodel.model import (
    DirectionTarget,
    MaintainTarget,
    MeasuredTarget,
    MilestoneTarget,
    NarrativeTarget,
    Observation,
    Target,
)
from rrmodel.periods import day_text
from rrmodel.quantities import Amount, PercentagePoints

__all__ = ["evaluation_text"]

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
_LABELS = ("  Goal", "  Latest", "  Progress", "  Pace needed")
_UNDECIDED = (
    Status.NO_DATA,
    Status.NOT_YET_MEASURABLE,
    Status.NOT_COMPARABLE,
    Status.NOT_QUANTIFIED,
)
_PACED = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
_COMPARATOR = "a comparator"
"""Words of the reason that the head gives once for all promises."""
_AREAS = 4
"""Areas that the head names before it counts the rest."""


def evaluation_text(judged: PlanEvaluation, figures: Figures, stream: TextIO) -> str:
    """Return the judgement of a plan as it is to stand on a stream."""
    counts = judged.counts()
    page = Page(stream, (*_LABELS, *map(_said, counts)))
    page.paragraph(judged.plan.title, "bold")
    page.paragraph(_setting(judged))
    page.space()
    if not judged.evaluations:
        page.paragraph("The plan lists no targets, so there is nothing to judge.")
        return str(page)
    for sentence in _known(judged, figures):
        page.paragraph(sentence)
    page.space()
    each = ", ".join(f"{number} {_said(status)}" for status, number in counts.items())
    page.paragraph(f"{counted(len(judged.evaluations), 'target')}: {each}", "bold")
    for pathway, results in judged.by_pathway().items():
        page.space()
        page.heading(judged.plan.pathway(pathway).name)
        if not results:
            page.paragraph("No targets.")
        for number, result in enumerate(results):
            if number:
                page.space()
            _add(page, result, figures)
    page.space()
    for note in _notes(judged, figures):
        page.paragraph(note)
    return str(page)


def _said(status: Status) -> str:
    return status.replace("_", " ")


def _setting(judged: PlanEvaluation) -> str:
    of = sorted({result.area for result in judged.evaluations})
    return " · ".join(
        (f"As of {day_text(judged.as_of)}", *([f"figures of {listed(of)}"] if of else []))
    )


def _known(judged: PlanEvaluation, figures: Figures) -> Iterator[str]:
    """Say of whom the figures are, and what they and those of other areas can tell."""
    plan, as_of = judged.plan, judged.as_of
    measured = [
        result for result in judged.evaluations if isinstance(result.target, MeasuredTarget)
    ]
    if not measured:
        yield "None of the targets is measured by a figure."
        return
    own = evaluate_plan(plan, figures.evidence, as_of=as_of)
    decided = sum(own.of(result.target.id).status not in _UNDECIDED for result in measured)
    areas_promised = sorted({result.target.area for result in measured})
    places = listed(areas_promised)
    comparators = [result for result in measured if result.is_comparator]
    if comparators:
        yield (
            f"These are the figures of {judged.area}, a comparator: the promises are those of "
            f"{places}."
        )
    yield (
        f"Of {places} {'itself' if len(areas_promised) == 1 else 'themselves'}, the figures read "
        f"decide {decided or 'none'} of the {counted(len(measured), 'measured target')}."
    )
    others = [area for area in areas(plan, figures) if area not in areas_promised]
    if others and not comparators and decided < len(measured):
        more = f" and {len(others) - _AREAS} more" if len(others) > _AREAS else ""
        yield (
            f"With --area, another area can be looked at as a comparator: "
            f"{', '.join(others[:_AREAS])}{more}."
        )


def _add(page: Page, result: Evaluation, figures: Figures) -> None:
    status = _said(result.status)
    page.entry(
        status[0].upper() + status[1:], result.target.statement, style=_STYLES[result.status]
    )
    goal = _goal(result.target)
    if goal is not None:
        page.entry("  Goal", goal)
    if result.latest is not None:
        page.entry("  Latest", _latest(result.latest))
        if document := figures.source(result.latest):
            page.entry("  Source", document.title)
    if result.gap is not None:
        page.entry("  Gap", _gap(result.gap))
    if result.status not in _UNDECIDED:
        _add_pace(page, result)
    page.entry("  Why", *(reason for reason in result.reasons if _COMPARATOR not in reason))


def _add_pace(page: Page, result: Evaluation) -> None:
    if result.progress is not None:
        page.entry("  Progress", f"{_percent(result.progress)} of the promised change")
    if result.latest is not None and result.expected not in (None, result.goal):
        page.entry("  Expected", f"{result.expected} by {day_text(result.latest.period.last_day)}")
    if result.required_pace is not None and result.required_pace.value > 0:
        page.entry("  Pace needed", f"{result.required_pace} every 30 days")


def _goal(target: Target) -> str | None:
    day = day_text(target.deadline.last_day) if target.deadline else None
    match target:
        case MaintainTarget():
            return f"{target.goal}, held until {day}"
        case DirectionTarget():
            return f"a {target.measure.better} level" + (f" by {day}" if day else "")
        case MilestoneTarget():
            return f"done by {day}"
        case NarrativeTarget():
            return None
        case _:
            return f"{target.goal} by {day}"


def _latest(observation: Observation) -> str:
    published = observation.published
    when = f", published {day_text(published)}" if published else ""
    return f"{observation.level} ({observation.period}){when}"


def _gap(gap: PercentagePoints | Amount) -> str:
    if not gap.value:
        return "none: exactly at the goal"
    return f"{gap} short" if gap.value > 0 else f"none: {-gap} beyond the goal"


def _percent(share: Fraction) -> str:
    return f"{Decimal(round(share * 1000)).scaleb(-1)}%"


def _notes(judged: PlanEvaluation, figures: Figures) -> Iterator[str]:
    """Say by which rule pace was judged, if it was, and where the figures were read."""
    if any(result.status in _PACED for result in judged.evaluations):
        policy = judged.policy
        yield (
            f"On track, at risk and off track are said by the policy {policy.name!r}: "
            f"{policy.statement}"
        )
    measures = {measure.id for measure in judged.plan.measures}
    used = sorted(
        each.id
        for each in figures.sets
        if any(found.measure in measures for found in each.observations)
    )
    if used:
        yield f"Figures read from: {', '.join(used)}."
    else:
        read = ", ".join(each.id for each in figures.sets)
        yield f"No figure of the plan's measures is in the sets read: {read}."
