"""What is looked for in the figures and sentences of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from rrmodel.checks._partners import partners_as_ids, sentences_of
from rrmodel.checks._promises import targets_of
from rrmodel.errors import Problem, QuantityError
from rrmodel.model import (
    Citation,
    Commitment,
    Fact,
    Figure,
    MeasuredTarget,
    Observation,
    Partnership,
    Plan,
    ReachTarget,
    Target,
    walk,
)
from rrmodel.quantities import Amount, Percentage, PercentagePoints, RelativeChange

__all__ = [
    "changes_that_do_not_fit",
    "lengths_in_two_units",
    "parts_that_do_not_add_up",
    "repeated_promises",
    "repeated_sentences",
]

_BY_POINTS = re.compile(r"\bby ([\w.-]+) percentage points?\b", re.IGNORECASE)
_DAYS = {"day": 1, "night": 1, "week": 7}


def parts_that_do_not_add_up(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find commitments whose parts are together more or less than the whole allows."""
    for path, record in walk(plan):
        if not isinstance(record, Commitment) or record.amount is None or not record.parts:
            continue
        amounts = [part.amount for part in record.parts]
        if any(amount.unit != record.amount.unit for amount in amounts):
            continue
        together = sum(amounts[1:], amounts[0])
        match record.bound:
            case "exactly":
                fits = together == record.amount
            case "at least" | "over":
                fits = together >= record.amount
            case "up to":
                fits = together <= record.amount
            case _:
                fits = True
        if not fits:
            hedge = "" if record.bound == "exactly" else f"{record.bound} "
            yield Problem(
                f"the parts of the commitment {record.id!r} add up to {together}, and it promises "
                f"{hedge}{record.amount}: correct one of them, or ask",
                path,
            )


def changes_that_do_not_fit(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find changes that no levels could have which round to those printed beside them."""
    for path, record in walk(plan):
        if isinstance(record, Fact):
            yield from _unfit_figures(path, record)
        elif isinstance(record, ReachTarget):
            yield from _unfit_points(path, record)


def _unfit_figures(path: str, fact: Fact) -> Iterator[Problem]:
    """Look at a fact that is two levels of one thing, a period apart, and their change."""
    levels: list[Figure] = []
    changes: list[tuple[int, PercentagePoints | RelativeChange]] = []
    for index, figure in enumerate(fact.figures):
        if isinstance(figure.value, PercentagePoints | RelativeChange):
            changes.append((index, figure.value))
        else:
            levels.append(figure)
    if any(figure.bound != "exactly" or figure.area for figure in fact.figures):
        return
    match levels, changes:
        case [Figure(of=one), Figure(of=other)], [(index, change)] if one == other:
            dated = [(found.period, found.value) for found in levels if found.period is not None]
        case _:
            return
    if len(dated) != len(levels) or dated[0][0].last_day == dated[1][0].last_day:
        return
    (_, before), (_, after) = sorted(dated, key=lambda pair: pair[0].last_day)
    match change, before, after:
        case PercentagePoints(), Percentage(), Percentage():
            fits = change.is_consistent_with(before, after)
        case RelativeChange(), Percentage(), Percentage():
            fits = change.is_consistent_with(before, after)
        case RelativeChange(), Amount(), Amount() if before.unit == after.unit:
            fits = change.is_consistent_with(before, after)
        case _:
            return
    if not fits:
        yield Problem(
            f"a change of {change:+} does not lie between {before} and {after}, even if all three "
            "are rounded: correct one of them, or ask which is meant",
            f"{path}.figures[{index}]",
        )


def _unfit_points(path: str, target: ReachTarget) -> Iterator[Problem]:
    """Look at a promise of a level whose sentence says by how many points it moves."""
    if target.baseline is None:
        return
    before, after = target.baseline.level, target.goal
    said = _BY_POINTS.findall(target.statement)
    if len(said) != 1 or not (isinstance(before, Percentage) and isinstance(after, Percentage)):
        return
    try:
        points = PercentagePoints(said[0])
    except QuantityError:
        return
    if after < before:
        points = -points
    if not points.is_consistent_with(before, after):
        yield Problem(
            f"the target {target.id!r} says that it moves by {said[0]} percentage points, which "
            f"does not lie between {before} and {after}: correct one of them",
            path,
        )


def lengths_in_two_units(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find the same length of time in weeks and in days or nights, within one chapter."""
    chapters: list[tuple[str, attrs.AttrsInstance]] = [
        *((f"$.pathways[{place}]", pathway) for place, pathway in enumerate(plan.pathways)),
        *((f"$.chapters[{place}]", chapter) for place, chapter in enumerate(plan.chapters)),
    ]
    for home, chapter in chapters:
        seen: dict[tuple[object, str], tuple[str, Amount]] = {}
        for path, record in walk(chapter, home):
            match record:
                case Figure(value=Amount() as amount, bound=bound):
                    pass
                case Commitment(amount=Amount() as amount, bound=bound):
                    pass
                case _:
                    continue
            if amount.unit not in _DAYS:
                continue
            first = seen.setdefault((amount.value * _DAYS[amount.unit], bound), (path, amount))
            if "week" in {first[1].unit, amount.unit} and first[1].unit != amount.unit:
                yield Problem(
                    f"{amount} and {first[1]}, at {first[0]}, are the same length: write both in "
                    "one unit if they are the same thing",
                    path,
                )


def repeated_sentences(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find statements that an earlier one makes too, whatever it calls the partners in it."""
    seen: dict[str, str] = {}
    named = partners_as_ids(plan)
    for path, record, sentence in sentences_of(plan):
        if isinstance(record, Partnership):
            continue
        plain = " ".join(re.findall(r"\w+", named(sentence).casefold()))
        first = seen.setdefault(plain or sentence, path)
        if first != path:
            yield Problem(
                f"this says the same as {first}: keep one of them, or say how they differ", path
            )


def repeated_promises(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find targets that promise what an earlier one does, in other words."""
    seen: dict[Target, str] = {}
    for path, target in targets_of(plan):
        if not isinstance(target, MeasuredTarget):
            continue
        alike = attrs.evolve(target, id="-", statement="-", citation=Citation("-"))
        first = seen.setdefault(alike, target.id)
        if first != target.id:
            yield Problem(
                f"the target {target.id!r} promises what {first!r} does, with the same measure, "
                "area, levels and dates: keep one of them",
                path,
            )
