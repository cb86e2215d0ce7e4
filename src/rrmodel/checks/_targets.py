"""Rules about pathways: their targets, their objectives and their activities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rrmodel.errors import Problem
from rrmodel.evaluation import shortfall
from rrmodel.model import (
    Baseline,
    ChangeTarget,
    DirectionTarget,
    MaintainTarget,
    MeasuredTarget,
    NarrativeTarget,
    Observation,
    Plan,
    QuantifiedTarget,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    Target,
    normal_form,
)
from rrmodel.periods import Deadline
from rrmodel.quantities import Amount, Level

__all__ = [
    "activities_without_objective",
    "amounts_over_time_of_stocks",
    "effect_sizes",
    "goals_met_at_the_start",
    "impossible_goals",
    "measures_without_figures",
    "objectives_without_activity",
    "repeated_pathway_names",
    "targets_of",
    "targets_without_baseline",
    "targets_without_number",
    "targets_without_tolerance",
    "untargeted_pathways",
]

_SHARE = re.compile(r"(?:\bper cent|\bpercentage points?|%)(?!\w)", re.IGNORECASE)
_LIKELIER = re.compile(r"\b(?:less|more) likely\b", re.IGNORECASE)
_OVER_TIME = re.compile(
    r"\b(?:over|across|during|within)\s+(?:the\s+)?(?:next\s+|first\s+|coming\s+)?"
    r"(?:[\w-]+\s+)?(?:years|months|quarters)\b|\b(?:in|a) total\b|\baltogether\b",
    re.IGNORECASE,
)


def targets_of(plan: Plan) -> Iterator[tuple[str, Target]]:
    """Yield the targets of a plan with their paths."""
    for place, pathway in enumerate(plan.pathways):
        for index, target in enumerate(pathway.targets):
            yield f"$.pathways[{place}].targets[{index}]", target


def untargeted_pathways(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find pathways without targets."""
    for place, pathway in enumerate(plan.pathways):
        if not pathway.targets:
            yield Problem(
                f"the pathway {pathway.id!r} has no targets, so it cannot be assessed: add those "
                "that its chapter states, or ask its authors for one",
                f"$.pathways[{place}]",
            )


def repeated_pathway_names(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find pathways with the name of an earlier one."""
    homes: dict[str, str] = {}
    for place, pathway in enumerate(plan.pathways):
        home = homes.setdefault(normal_form(pathway.name), pathway.id)
        if home != pathway.id:
            yield Problem(
                f"the pathway {pathway.id!r} is named {pathway.name!r}, like {home!r}: give them "
                "different names, or merge them if the document means one",
                f"$.pathways[{place}]",
            )


def objectives_without_activity(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find objectives that no activity serves."""
    for place, pathway in enumerate(plan.pathways):
        served = {name for activity in pathway.activities for name in activity.serves}
        for index, objective in enumerate(pathway.objectives):
            if objective.id not in served:
                yield Problem(
                    f"no activity serves the objective {objective.id!r}: name it under 'serves' of "
                    "an activity that does, or ask for an activity",
                    f"$.pathways[{place}].objectives[{index}]",
                )


def activities_without_objective(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find activities that serve no objective."""
    for place, pathway in enumerate(plan.pathways):
        for index, activity in enumerate(pathway.activities):
            if not activity.serves:
                none = "" if pathway.objectives else ", and its pathway has no objectives"
                yield Problem(
                    f"the activity {activity.id!r} serves no objective{none}: name one under "
                    "'serves', or ask for its purpose",
                    f"$.pathways[{place}].activities[{index}]",
                )


def targets_without_number(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find targets that state neither a level nor a change."""
    for path, target in targets_of(plan):
        if isinstance(target, NarrativeTarget | DirectionTarget):
            yield Problem(
                f"the target {target.id!r} has no number, so it has no level to be met: ask for a "
                "level and a deadline",
                path,
            )


def targets_without_baseline(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find targets that do not say when they start."""
    for path, target in targets_of(plan):
        match target:
            case (
                ReachTarget(baseline=None, since=None)
                | RangeTarget(baseline=None, since=None, deadline=Deadline())
                | DirectionTarget(baseline=None, every=None)
            ):
                period = (
                    "the first period to add up, under 'since'"
                    if target.measure.kind == "flow"
                    else "the level and the period that it starts from"
                )
                yield Problem(
                    f"the target {target.id!r} has no baseline, so its progress cannot be "
                    f"measured: give {period}",
                    path,
                )
            case MaintainTarget(since=None):
                yield Problem(
                    f"the target {target.id!r} does not say from when the level is maintained: "
                    "give the first period that it covers, under 'since'",
                    path,
                )
            case _:
                pass


def goals_met_at_the_start(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find targets whose baseline meets the goal already."""
    for path, target in targets_of(plan):
        match target:
            case ReachTarget(baseline=Baseline(level=start), goal=goal, measure=measure):
                is_met = shortfall(start, goal, measure.better).sign <= 0
                why = f"the goal {goal}, and {measure.better} is better"
            case RangeTarget(baseline=Baseline(level=start), goal=within):
                is_met, why = start in within, f"the range {within}"
            case _:
                continue
        if is_met:
            yield Problem(
                f"the target {target.id!r} is met at its start: the baseline is {start}, {why}; "
                "correct one of them, or make it a level to maintain",
                path,
            )


def impossible_goals(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find goals below 0; a share outside 0% to 100% cannot be written at all."""
    for path, target in targets_of(plan):
        if isinstance(target, QuantifiedTarget):
            for here, level in _levels_of(path, target):
                if _is_below_nothing(level):
                    yield Problem(
                        f"the target {target.id!r} has a level of {level}, which is below 0: "
                        "correct its levels, or the change from the baseline",
                        here,
                    )


def _levels_of(path: str, target: QuantifiedTarget) -> Iterator[tuple[str, Level]]:
    """Yield the levels that a target aims at, with their paths."""
    if isinstance(target, RangeTarget):
        yield f"{path}.goal", target.goal.low
        return
    yield path, target.goal
    if isinstance(target, ChangeTarget | ReachTarget):
        for index, point in enumerate(target.interim):
            yield f"{path}.interim[{index}]", point.level


def _is_below_nothing(level: Level) -> bool:
    # Money may be owed; places, posts and people cannot be fewer than 0.
    return isinstance(level, Amount) and level.sign < 0 and not level.unit.startswith("GBP")


def targets_without_tolerance(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find levels to maintain without a tolerance."""
    for path, target in targets_of(plan):
        if isinstance(target, MaintainTarget | StandingTarget) and target.tolerance is None:
            yield Problem(
                f"the target {target.id!r} is to maintain {target.goal} and states no tolerance, "
                "so any shortfall misses it: ask how far short still meets it",
                path,
            )


def measures_without_figures(
    plan: Plan, observations: tuple[Observation, ...]
) -> Iterator[Problem]:
    """Find targets whose measure has no figure; silent if no figures are given at all."""
    if not observations:
        return
    measured = {
        normal_form(observation.measure)
        for observation in observations
        if observation.level is not None
    }
    for path, target in targets_of(plan):
        if isinstance(target, MeasuredTarget) and normal_form(target.measure.id) not in measured:
            yield Problem(
                f"no figure of the measure {target.measure.id!r} is given, so the target "
                f"{target.id!r} cannot be assessed: add figures, or correct the measure's id",
                path,
            )


def effect_sizes(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find targets that compare likelihoods, or repeat a fact that does."""
    known = {
        (fact.citation, figure.value)
        for pathway in plan.pathways
        for fact in (*pathway.background, *pathway.context)
        if fact.kind == "effect size"
        for figure in fact.figures
    }
    for path, target in targets_of(plan):
        repeats = isinstance(target, ChangeTarget) and (target.citation, target.change) in known
        if repeats or (target.deadline is None and _compares_likelihoods(target.statement)):
            yield Problem(
                f"the target {target.id!r} reads as an effect size, which says what helps and is "
                "not a target: record it as a fact of the kind 'effect size'",
                path,
            )


def _compares_likelihoods(sentence: str) -> bool:
    return bool(_LIKELIER.search(sentence) and _SHARE.search(sentence))


def amounts_over_time_of_stocks(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find totals over several periods whose measure has levels instead of counts by period."""
    for path, target in targets_of(plan):
        if (
            isinstance(target, ReachTarget)
            and isinstance(target.goal, Amount)
            and target.measure.kind == "stock"
            and (target.since is not None or _OVER_TIME.search(target.statement))
        ):
            yield Problem(
                f"the target {target.id!r} is a total over time, and the figures of its measure "
                f"{target.measure.id!r} are levels, of which the latest counts: write 'kind: flow' "
                "if each figure counts one period; if not, omit 'since'",
                path,
            )
