"""The evaluation of a plan as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TextIO, assert_never

from rrmodel.cli._assessed_target import GRADED, UNDECIDED, AssessedTarget, status_text
from rrmodel.cli._inputs import Figures, areas
from rrmodel.cli._page import Page, listed
from rrmodel.cli._target_table import add_table
from rrmodel.evaluation import (
    Basis,
    Difference,
    Evaluation,
    Length,
    PlanEvaluation,
    PolicyComparison,
    evaluate_plan,
)
from rrmodel.model import (
    ChangeTarget,
    DirectionTarget,
    MaintainTarget,
    MeasuredTarget,
    MilestoneTarget,
    NarrativeTarget,
    Observation,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    Target,
    with_article,
)
from rrmodel.periods import day_text
from rrmodel.quantities import counted

__all__ = ["evaluation_text"]

_LONGEST: dict[Length, str] = {
    "badge": "",
    "sentence": "  Evidence",
    "paragraph": "  Pace needed",
}
"""The longest label beside the statuses."""
_COMPARATOR = ", a comparator; "
"""Words of the reason that the head gives once for all targets."""
_AREAS = 4
"""Areas that the head names before it counts the rest."""


def evaluation_text(
    results: Sequence[PlanEvaluation], figures: Figures, length: Length, stream: TextIO
) -> str:
    """Return the evaluation of a plan, under one policy or several, as text for a stream.

    Args:
        results: The evaluation under each policy.
        figures: The figures it rests on.
        length: How much to say about each target.
        stream: The stream, which decides width and colour.
    """
    first = results[0]
    by_pathway = _by_pathway(results)
    targets = [target for each in by_pathway.values() for target in each]
    page = Page(stream, _labels(targets, length))
    page.paragraph(first.plan.title, "bold")
    page.paragraph(_setting(first))
    page.space()
    if not targets:
        page.paragraph("The plan has no targets.")
        return str(page)
    for sentence in (*_known(first, figures), *_doubts(targets, length)):
        page.paragraph(sentence)
    page.space()
    for sentence in _counted(results):
        page.paragraph(sentence, "bold")
    if length == "badge":
        page.space()
        _add_lines(page, results, by_pathway)
    else:
        for pathway, each in by_pathway.items():
            page.space()
            page.heading(_heading(results, pathway))
            if not each:
                page.paragraph("No targets.")
            for number, target in enumerate(each):
                if number:
                    page.space()
                _add(page, target, figures, length)
        page.space()
    for note in _notes(results, targets, figures):
        page.paragraph(note)
    return str(page)


def _by_pathway(results: Sequence[PlanEvaluation]) -> dict[str, list[AssessedTarget]]:
    """Put the evaluations of each target side by side, by the id of its pathway."""
    verdicts = results[0].verdicts()
    by_policy = [result.by_pathway() for result in results]
    return {
        pathway: [
            AssessedTarget(PolicyComparison(evaluations), verdicts.get(evaluations[0].target.id))
            for evaluations in zip(*(each[pathway] for each in by_policy), strict=True)
        ]
        for pathway in by_policy[0]
    }


def _labels(targets: Iterable[AssessedTarget], length: Length) -> Iterator[str]:
    """Yield every label; the longest one sets the width of their column."""
    yield _LONGEST[length]
    for target in targets:
        yield target.label
        if length == "sentence":
            yield target.certainty


def _setting(result: PlanEvaluation) -> str:
    of = sorted({each.area for each in result.evaluations})
    figures = [f"figures for {listed(map(with_article, of))}"] if of else []
    return " · ".join((f"As of {day_text(result.as_of)}", *figures))


def _known(result: PlanEvaluation, figures: Figures) -> Iterator[str]:
    """Say which area the figures describe, and for how many targets they decide."""
    plan, as_of = result.plan, result.as_of
    measured = [each for each in result.evaluations if isinstance(each.target, MeasuredTarget)]
    if not measured:
        yield "None of the targets has a measure."
        return
    own = evaluate_plan(plan, figures.reports, as_of=as_of)
    decided = sum(own.of(each.target.id).status not in UNDECIDED for each in measured)
    target_areas = sorted({each.target.area for each in measured})
    places = listed(map(with_article, target_areas))
    comparators = [each for each in measured if each.is_comparator]
    if comparators:
        area = with_article(comparators[0].area)
        yield f"These figures describe {area}, a comparator; the targets are for {places}."
    themselves = "itself" if len(target_areas) == 1 else "themselves"
    yield f"{_decided(decided, len(measured))} from figures for {places} {themselves}."
    others = [area for area in areas(plan, figures) if area not in target_areas]
    if others and not comparators and decided < len(measured):
        more = f" and {len(others) - _AREAS} more" if len(others) > _AREAS else ""
        yield f"To assess a comparator, use --area: {', '.join(others[:_AREAS])}{more}."


def _decided(number: int, total: int) -> str:
    """Say how many of the measured targets can be assessed."""
    if total == 1:
        return f"The measured target {'can' if number else 'cannot'} be assessed"
    if number == total:
        return f"All {total} measured targets can be assessed"
    return f"{number or 'None'} of the {total} measured targets can be assessed"


def _doubts(targets: Sequence[AssessedTarget], length: Length) -> Iterator[str]:
    """Write the notes that apply to many targets, or do not fit beside one."""
    tested = [evidence for target in targets if (evidence := target.result.evidence) is not None]
    without = [evidence for evidence in tested if evidence.basis is Basis.ROUNDING]
    if without and length != "paragraph":
        which, them = "These figures were", ""
        if len(without) < len(tested):
            were, them = ("was", "it ") if len(without) == 1 else ("were", "them ")
            which = f"{len(without)} of the {len(tested)} figures {were}"
        unclear = sum(evidence.verdict.direction is None for evidence in without)
        results = counted(unclear, "result")
        rounding = f"leaves {results} open" if unclear else "does not change any result"
        yield (
            f"{which} published without counts, so we cannot test {them}for chance. "
            f"Rounding {rounding}."
        )
    alone = sum(target.is_clear_alone and target.certainty != "" for target in targets)
    if alone and length == "badge":
        yield (
            f"Adjusted for how many targets are tested, the evidence is not clear for {alone} of "
            "the targets that are clearly met or missed."
        )


def _counted(results: Sequence[PlanEvaluation]) -> Iterator[str]:
    targets = counted(len(results[0].evaluations), "target")
    for result in results:
        by = f" by {result.policy.name}" if len(results) > 1 else ""
        yield f"{targets}{by}: {result.summary}"


def _heading(results: Sequence[PlanEvaluation], pathway: str) -> str:
    """Return the name of a pathway, with its counts where there is one policy."""
    first, *others = results
    name, counts = first.plan.pathway_names[pathway], first.counts_by_pathway()[pathway]
    each = ", ".join(f"{number} {status_text(status)}" for status, number in counts.items())
    return f"{name}: {each}" if counts and not others else name


def _add_lines(
    page: Page,
    results: Sequence[PlanEvaluation],
    by_pathway: Mapping[str, Sequence[AssessedTarget]],
) -> None:
    """Add a line for each target with a number or a date, then a list of the others."""
    others: list[str] = []
    groups: list[tuple[str, Sequence[AssessedTarget]]] = []
    for pathway, targets in by_pathway.items():
        stated = [each for each in targets if isinstance(each.result.target, NarrativeTarget)]
        name = results[0].plan.pathway_names[pathway]
        others += (f"{each.result.target.statement} ({name})" for each in stated)
        assessed = [each for each in targets if each not in stated]
        groups.append((_heading(results, pathway) if targets else f"{name}: no targets", assessed))
    if any(assessed for _, assessed in groups):
        add_table(page, groups)
        page.space()
    if others:
        page.heading("Targets without a number")
        page.paragraph("They have no measure and no goal level, so they cannot be assessed.")
        page.bullets(others)
        page.space()


def _add(page: Page, target: AssessedTarget, figures: Figures, length: Length) -> None:
    page.entry(target.label, target.result.target.statement, style=target.style)
    if length == "paragraph":
        _add_everything(page, target, figures)
        return
    certainty = target.certainty
    style = target.style if certainty else ""
    page.entry(certainty or "  Why", " ".join(target.deciding_reasons), style=style)
    page.items("  Policies", target.grades)
    evidence = target.result.evidence
    if evidence is not None and (
        evidence.basis is not Basis.ROUNDING or evidence.verdict.direction is None
    ):
        page.entry("  Evidence", *target.evidence)


def _add_everything(page: Page, target: AssessedTarget, figures: Figures) -> None:
    result = target.result
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
        page.entry("  Gap", str(result.gap) if result.gap.sign > 0 else "none")
    page.entry("  Evidence", *target.evidence)
    if result.status not in UNDECIDED:
        _add_pace(page, result)
    page.entry("  Why", *(reason for reason in target.reasons if _COMPARATOR not in reason))
    page.items("  Policies", target.grades)


def _add_pace(page: Page, result: Evaluation) -> None:
    if result.progress is not None:
        page.entry("  Progress", f"{_percent(result.progress)} of the intended change")
    if result.latest is not None and result.expected not in (None, result.goal):
        page.entry("  Expected", f"{result.expected} by {day_text(result.latest.period.last_day)}")
    if result.pace is not None:
        page.entry("  Pace so far", _pace(result.pace))
    if result.required_pace is not None and result.required_pace.value > 0:
        page.entry("  Pace needed", f"{result.required_pace} every 30 days")


def _goal(target: Target) -> str | None:
    day = day_text(target.deadline.last_day) if target.deadline else None
    due = f", due by {day}" if day else ""
    match target:
        case NarrativeTarget():
            return None
        case MilestoneTarget():
            return f"complete by {day}"
        case DirectionTarget(every=None):
            return f"a {target.measure.better} level{due}"
        case DirectionTarget():
            return f"a {target.measure.better} level than {target.every} before{due}"
        case MaintainTarget():
            return f"{target.goal}, maintained until {day}"
        case StandingTarget() | RangeTarget(deadline=None):
            return f"{target.goal}, at all times"
        case ChangeTarget() | ReachTarget() | RangeTarget():
            return f"{target.goal}{due}"
        case _:
            assert_never(target)


def _latest(observation: Observation) -> str:
    published = observation.published
    when = f", published {day_text(published)}" if published else ""
    return f"{observation.level} ({observation.period}){when}"


def _pace(pace: Difference) -> str:
    if not pace.sign:
        return "none"
    return f"{abs(pace)} every 30 days, for the {'better' if pace.sign > 0 else 'worse'}"


def _percent(share: Fraction) -> str:
    return f"{Decimal(round(share * 1000)).scaleb(-1)}%"


def _side_by_side(
    results: Sequence[PlanEvaluation], targets: Sequence[AssessedTarget]
) -> Iterator[str]:
    """Say for how many targets the policies matter, and what each policy does."""
    same = sum(not target.grades for target in targets)
    if same:
        which = f"{same} of the {len(targets)}" if same < len(targets) else "any of the"
        yield (
            f"No policy changes {which} targets: a policy grades only a target that is not yet due "
            "and does not meet its goal."
        )
    if same < len(targets):
        yield "A grade describes a target on the day; it is not a forecast."
        for policy in (result.policy for result in results):
            yield f"{policy.name[0].upper()}{policy.name[1:]}: {policy.statement}"


def _notes(
    results: Sequence[PlanEvaluation], targets: Sequence[AssessedTarget], figures: Figures
) -> Iterator[str]:
    """Name the policy, if it graded a target, and the sets of figures."""
    first = results[0]
    if len(results) > 1:
        yield from _side_by_side(results, targets)
    elif any(each.status in GRADED for each in first.evaluations):
        policy = first.policy
        yield f'Targets not yet due are graded by the "{policy.name}" policy: {policy.statement}'
    measures = {measure.id for measure in first.plan.measures}
    used = sorted(
        each.id
        for each in figures.sets
        if any(observation.measure in measures for observation in each.observations)
    )
    if used:
        yield f"Figures read from: {', '.join(used)}."
    else:
        read = ", ".join(each.id for each in figures.sets)
        yield f"These sets have no figure for the plan's measures: {read}."
