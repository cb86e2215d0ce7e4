"""The judgement of a plan, for a reader who has a minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TextIO

from rrmodel.cli._inputs import Figures, areas
from rrmodel.cli._page import Page, counted, listed
from rrmodel.cli._promise import PACED, UNDECIDED, Promise, said
from rrmodel.evaluation import (
    Basis,
    Evaluation,
    Length,
    PlanEvaluation,
    PolicyComparison,
    Status,
    evaluate_plan,
)
from rrmodel.inference import Verdict
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

_LONGEST: dict[Length, str] = {
    "badge": "",
    "sentence": "  Evidence",
    "paragraph": "  Pace needed",
}
"""The longest label beside the statuses."""
_COMPARATOR = ", a comparator, "
"""Words of the reason that the head gives once for all promises."""
_AREAS = 4
"""Areas that the head names before it counts the rest."""


def evaluation_text(
    judgements: Sequence[PlanEvaluation], figures: Figures, length: Length, stream: TextIO
) -> str:
    """Return the judgement of a plan, under one policy or several, as it is to stand on a stream.

    Args:
        judgements: The judgement under each policy.
        figures: What it was judged by.
        length: How much is said of each promise.
        stream: Where the text is to stand.
    """
    judged = judgements[0]
    by_pathway = _by_pathway(judgements)
    promises = [promise for each in by_pathway.values() for promise in each]
    page = Page(stream, _labels(promises, length))
    page.paragraph(judged.plan.title, "bold")
    page.paragraph(_setting(judged))
    page.space()
    if not promises:
        page.paragraph("The plan lists no targets, so there is nothing to judge.")
        return str(page)
    for sentence in (*_known(judged, figures), *_doubts(promises, length)):
        page.paragraph(sentence)
    page.space()
    for sentence in _counted(judgements):
        page.paragraph(sentence, "bold")
    for pathway, each in by_pathway.items():
        page.space()
        page.heading(_heading(judgements, pathway))
        if not each:
            page.paragraph("No targets.")
        for number, promise in enumerate(each):
            if number and length != "badge":
                page.space()
            _add(page, promise, figures, length)
    page.space()
    for note in _notes(judgements, promises, figures):
        page.paragraph(note)
    return str(page)


def _by_pathway(judgements: Sequence[PlanEvaluation]) -> dict[str, list[Promise]]:
    """Put the judgements of each promise side by side, by the id of its pathway."""
    verdicts = judgements[0].verdicts()
    each_way = [judged.by_pathway() for judged in judgements]
    return {
        pathway: [
            Promise(PolicyComparison(results), verdicts.get(results[0].target.id))
            for results in zip(*(judged[pathway] for judged in each_way), strict=True)
        ]
        for pathway in each_way[0]
    }


def _labels(promises: Iterable[Promise], length: Length) -> Iterator[str]:
    """Yield every label, so that the page can be as wide as it must and no wider."""
    yield _LONGEST[length]
    for promise in promises:
        yield promise.label
        if length == "badge":
            yield promise.badge
        elif length == "sentence":
            yield promise.sureness


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
    own = evaluate_plan(plan, figures.reports, as_of=as_of)
    decided = sum(own.of(result.target.id).status not in UNDECIDED for result in measured)
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


def _doubts(promises: Sequence[Promise], length: Length) -> Iterator[str]:
    """Say once what would have to be said of many promises, or has no room beside one."""
    weighed = [
        evidence for promise in promises if (evidence := promise.result.evidence) is not None
    ]
    without = [evidence for evidence in weighed if evidence.basis is Basis.ROUNDING]
    if without and length != "paragraph":
        if len(without) == len(weighed):
            none = "none"
            chance = "No figure held to a goal has counts, so chance cannot be weighed"
        else:
            none = "no level"
            have = "has" if len(without) == 1 else "have"
            chance = (
                f"{len(without)} of the {len(weighed)} figures held to a goal {have} no counts, so "
                "chance cannot be weighed there"
            )
        unclear = sum(evidence.verdict is Verdict.NOT_DISTINGUISHABLE for evidence in without)
        rounding = f"alone leaves {unclear} open" if unclear else f"moves {none} past its goal"
        yield f"{chance}; rounding {rounding}."
    alone = sum(promise.is_clear_alone and promise.sureness != "" for promise in promises)
    if alone and length == "badge":
        are = "is" if alone == 1 else "are"
        yield (
            f"Allowing for how many targets are judged, {alone} of those said to be clearly met or "
            f"missed {are} not clear."
        )


def _counted(judgements: Sequence[PlanEvaluation]) -> Iterator[str]:
    targets = counted(len(judgements[0].evaluations), "target")
    for judged in judgements:
        by = f" by {judged.policy.name}" if len(judgements) > 1 else ""
        yield f"{targets}{by}: {_each(judged.counts())}"


def _heading(judgements: Sequence[PlanEvaluation], pathway: str) -> str:
    """Return the name of a pathway, with its counts where there is one answer to count."""
    judged, *others = judgements
    name, counts = judged.plan.pathway(pathway).name, judged.counts_by_pathway()[pathway]
    return f"{name}: {_each(counts)}" if counts and not others else name


def _each(counts: Mapping[Status, int]) -> str:
    return ", ".join(f"{number} {said(status)}" for status, number in counts.items())


def _add(page: Page, promise: Promise, figures: Figures, length: Length) -> None:
    statement = promise.result.target.statement
    if length == "badge":
        page.line(promise.badge, statement, promise.style)
        return
    page.entry(promise.label, statement, style=promise.style)
    if length == "paragraph":
        _add_everything(page, promise, figures)
        return
    sureness = promise.sureness
    style = promise.style if sureness else ""
    page.entry(sureness or "  Why", " ".join(promise.deciding_reasons), style=style)
    page.items("  Policies", promise.grades)
    evidence = promise.result.evidence
    if evidence is not None and (
        evidence.basis is not Basis.ROUNDING or evidence.verdict is Verdict.NOT_DISTINGUISHABLE
    ):
        page.entry("  Evidence", *promise.weighed)


def _add_everything(page: Page, promise: Promise, figures: Figures) -> None:
    result = promise.result
    goal = _goal(result.target)
    if goal is not None:
        page.entry("  Goal", goal)
    if result.latest is not None:
        page.entry("  Latest", _latest(result.latest))
        if document := figures.source(result.latest):
            page.entry("  Source", document.title)
    if len(result.revisions) > 1:
        page.entry("  Revised", *map(_latest, result.revisions))
    if result.gap is not None:
        page.entry("  Gap", _gap(result.gap))
    page.entry("  Evidence", *promise.weighed)
    if result.status not in UNDECIDED:
        _add_pace(page, result)
    page.entry("  Why", *(reason for reason in promise.reasons if _COMPARATOR not in reason))
    page.items("  Policies", promise.grades)


def _add_pace(page: Page, result: Evaluation) -> None:
    if result.progress is not None:
        page.entry("  Progress", f"{_percent(result.progress)} of the promised change")
    if result.latest is not None and result.expected not in (None, result.goal):
        page.entry("  Expected", f"{result.expected} by {day_text(result.latest.period.last_day)}")
    if result.pace is not None:
        page.entry("  Pace so far", _pace(result.pace))
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


def _pace(pace: PercentagePoints | Amount) -> str:
    if not pace.sign:
        return "none"
    return f"{abs(pace)} every 30 days, for the {'better' if pace.sign > 0 else 'worse'}"


def _percent(share: Fraction) -> str:
    return f"{Decimal(round(share * 1000)).scaleb(-1)}%"


def _side_by_side(
    judgements: Sequence[PlanEvaluation], promises: Sequence[Promise]
) -> Iterator[str]:
    """Say what the policies change and what they do not, and what they are."""
    same = sum(not promise.grades for promise in promises)
    if same:
        which = f"{same} of the {len(promises)}" if same < len(promises) else "any of the"
        yield (
            f"No policy changes {which} targets: a policy grades only a promise that is short of "
            "its goal with time left."
        )
    if same < len(promises):
        yield "A policy says how a promise stands on the day, and is no forecast."
        for policy in (judged.policy for judged in judgements):
            yield f"{policy.name[0].upper()}{policy.name[1:]}: {policy.statement}"


def _notes(
    judgements: Sequence[PlanEvaluation], promises: Sequence[Promise], figures: Figures
) -> Iterator[str]:
    """Say by which rules pace was judged, if it was, and where the figures were read."""
    judged = judgements[0]
    if len(judgements) > 1:
        yield from _side_by_side(judgements, promises)
    elif any(result.status in PACED for result in judged.evaluations):
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
