"""Rules about statements that a plan makes twice: lengths, sentences and targets."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from rrmodel.checks._partners import partners_as_ids, sentences_of
from rrmodel.checks._targets import targets_of
from rrmodel.errors import Problem
from rrmodel.model import (
    Citation,
    Commitment,
    Figure,
    MeasuredTarget,
    Observation,
    Partnership,
    Plan,
    Target,
    normal_form,
    walk,
)
from rrmodel.quantities import Amount

__all__ = ["lengths_in_two_units", "repeated_sentences", "repeated_targets"]

_DAYS = {"day": 1, "night": 1, "week": 7}


def lengths_in_two_units(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find the same length of time in weeks and in days or nights, within one chapter."""
    chapters: list[tuple[str, attrs.AttrsInstance]] = [
        *((f"$.pathways[{place}]", pathway) for place, pathway in enumerate(plan.pathways)),
        *((f"$.chapters[{place}]", chapter) for place, chapter in enumerate(plan.chapters)),
    ]
    for home, chapter in chapters:
        lengths: dict[tuple[object, str], tuple[str, Amount]] = {}
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
            first = lengths.setdefault((amount.value * _DAYS[amount.unit], bound), (path, amount))
            if "week" in {first[1].unit, amount.unit} and first[1].unit != amount.unit:
                yield Problem(
                    f"{amount} and {first[1]}, at {first[0]}, are the same length: write both in "
                    "one unit if they are the same thing",
                    path,
                )


def repeated_sentences(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find statements that repeat an earlier one, whatever they call the partners in it."""
    statements: dict[str, str] = {}
    named = partners_as_ids(plan)
    for path, record, sentence in sentences_of(plan):
        if isinstance(record, Partnership):
            continue
        plain = " ".join(re.findall(r"\w+", normal_form(named(sentence))))
        first = statements.setdefault(plain or sentence, path)
        if first != path:
            yield Problem(
                f"this repeats the statement at {first}: keep one of them, or say how they differ",
                path,
            )


def repeated_targets(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find targets that repeat an earlier one in other words."""
    targets: dict[Target, str] = {}
    for path, target in targets_of(plan):
        if not isinstance(target, MeasuredTarget):
            continue
        area = normal_form(target.area)
        alike = attrs.evolve(target, id="-", statement="-", citation=Citation("-"), area=area)
        first = targets.setdefault(alike, target.id)
        if first != target.id:
            yield Problem(
                f"the target {target.id!r} repeats {first!r}, with the same measure, area, levels "
                "and dates: keep one of them",
                path,
            )
