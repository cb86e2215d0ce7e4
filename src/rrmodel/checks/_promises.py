"""What is looked for in pathways: their targets, their objectives and their activities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rrmodel.errors import Problem
from rrmodel.evaluation import shortfall
from rrmodel.model import (
    ChangeTarget,
    DirectionTarget,
    MaintainTarget,
    MeasuredTarget,
    NarrativeTarget,
    Observation,
    Plan,
    QuantifiedTarget,
    ReachTarget,
    Target,
)
from rrmodel.quantities import Amount, Level

__all__ = [
    "effect_sizes",
    "goals_met_at_the_start",
    "idle_activities",
    "impossible_goals",
    "measures_without_figures",
    "neglected_objectives",
    "repeated_pathway_names",
    "targets_of",
    "targets_without_baseline",
    "targets_without_number",
    "targets_without_tolerance",
    "untargeted_pathways",
]

_SHARE = re.compile(r"(?:\bper cent|\bpercentage points?|%)(?!\w)", re.IGNORECASE)
_LIKELIER = re.compile(r"\b(?:less|more) likely\b", re.IGNORECASE)


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
                f"the pathway {pathway.id!r} has no targets, so nothing in it can be judged: add "
                "those that its chapter states, or ask its authors for one",
                f"$.pathways[{place}]",
            )


def repeated_pathway_names(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find pathways with the name of an earlier one."""
    homes: dict[str, str] = {}
    for place, pathway in enumerate(plan.pathways):
        home = homes.setdefault(pathway.name.casefold(), pathway.id)
        if home != pathway.id:
            yield Problem(
                f"the pathway {pathway.id!r} is named {pathway.name!r}, as {home!r} is: tell them "
                "apart, or make them one if the document means one",
                f"$.pathways[{place}]",
            )


def neglected_objectives(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find objectives that no activity serves."""
    for place, pathway in enumerate(plan.pathways):
        served = {name for activity in pathway.activities for name in activity.serves}
        for index, objective in enumerate(pathway.objectives):
            if objective.id not in served:
                yield Problem(
                    f"no activity serves the objective {objective.id!r}: name it under 'serves' of "
                    "one that does, or ask what is to be done for it",
                    f"$.pathways[{place}].objectives[{index}]",
                )


def idle_activities(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find activities that serve no objective."""
    for place, pathway in enumerate(plan.pathways):
        for index, activity in enumerate(pathway.activities):
            if not activity.serves:
                none = "" if pathway.objectives else ", and its pathway states none"
                yield Problem(
                    f"the activity {activity.id!r} serves no objective{none}: name under 'serves' "
                    "what it is for, or ask",
                    f"$.pathways[{place}].activities[{index}]",
                )


def targets_without_number(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find targets that name neither a level nor a change."""
    for path, target in targets_of(plan):
        if isinstance(target, NarrativeTarget | DirectionTarget):
            yield Problem(
                f"the target {target.id!r} has no number, so nobody can say that it was met: ask "
                "for a level to reach and a day",
                path,
            )


def targets_without_baseline(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find targets that do not say from when they count."""
    for path, target in targets_of(plan):
        if isinstance(target, ReachTarget | DirectionTarget) and target.baseline is None:
            yield Problem(
                f"the target {target.id!r} has no baseline, so its progress has no start: give "
                "the level and the period that it starts from",
                path,
            )
        elif isinstance(target, MaintainTarget) and target.since is None:
            yield Problem(
                f"the target {target.id!r} does not say from when the level is held: give the "
                "first period that it covers under 'since'",
                path,
            )


def goals_met_at_the_start(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find targets whose baseline is at or beyond the goal already."""
    for path, target in targets_of(plan):
        if isinstance(target, ReachTarget) and target.baseline is not None:
            start = target.baseline.level
            if shortfall(start, target.goal, target.measure.better).sign <= 0:
                yield Problem(
                    f"the target {target.id!r} is met at its start: the baseline is {start}, the "
                    f"goal {target.goal}, and {target.measure.better} is better; correct one of "
                    "them, or make it a level to maintain",
                    path,
                )


def impossible_goals(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find goals of less than nothing; a share outside 0% to 100% cannot be written at all."""
    for path, target in targets_of(plan):
        if isinstance(target, QuantifiedTarget):
            levels: list[tuple[str, Level]] = [(path, target.goal)]
            if not isinstance(target, MaintainTarget):
                levels += [
                    (f"{path}.interim[{index}]", point.level)
                    for index, point in enumerate(target.interim)
                ]
            for here, level in levels:
                if _is_below_nothing(level):
                    yield Problem(
                        f"the target {target.id!r} promises {level}, and there is no less than "
                        "none: correct its levels, or the change from the baseline",
                        here,
                    )


def _is_below_nothing(level: Level) -> bool:
    # a sum of money may be owed; places, posts and people may not
    return isinstance(level, Amount) and level.sign < 0 and not level.unit.startswith("GBP")


def targets_without_tolerance(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find levels to be held without saying how closely."""
    for path, target in targets_of(plan):
        if isinstance(target, MaintainTarget) and target.tolerance is None:
            yield Problem(
                f"the target {target.id!r} is to hold {target.goal} and states no tolerance, so "
                "that any shortfall misses it: ask how far short still counts as held",
                path,
            )


def measures_without_figures(
    plan: Plan, observations: tuple[Observation, ...]
) -> Iterator[Problem]:
    """Find targets whose measure has no figure; silent where no figures were given at all."""
    if not observations:
        return
    seen = {found.measure for found in observations if found.level is not None}
    for path, target in targets_of(plan):
        if not isinstance(target, MeasuredTarget) or target.measure.id in seen:
            continue
        yield Problem(
            f"none of the figures given is of the measure {target.measure.id!r} of the target "
            f"{target.id!r}, so it cannot be judged: add figures, or correct the measure's id",
            path,
        )


def effect_sizes(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find targets that say how much likelier something is, or repeat a fact that does."""
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
                f"the target {target.id!r} reads as an effect size, which says what helps and "
                "promises nothing: record it as a fact of the kind 'effect size'",
                path,
            )


def _compares_likelihoods(sentence: str) -> bool:
    return bool(_LIKELIER.search(sentence) and _SHARE.search(sentence))
