"""A bare "%" change: points of the level, or a share of it."""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from rrmodel.wording._fields import Field
from rrmodel.wording._figures import Figure
from rrmodel.wording._readings import Reading
from rrmodel.wording._results import Ambiguous, Parsed
from rrmodel.wording._vocabulary import Vocabulary

__all__ = ["choose_reading"]

_MORE_THINGS = re.compile(
    r"\s*(?:more|fewer|additional|extra)(?P<things>(?: (?!(?:of|in|on|by|to|with|for|from"
    r"|than|at|and|or|per|the|a|an)\b)[a-z'-]+)*(?<=[a-rtv-z]s))(?![\w'-])"
)
"""Things that there are to be more of: nobody says "10% fewer" of a rate."""


def choose_reading(
    points: Reading,
    relative: Reading,
    change: Field[Figure],
    words: tuple[str, ...],
    vocabulary: Vocabulary,
) -> Parsed | Ambiguous:
    """Return the one reading that the sentence decides on, or both.

    Printed levels decide: "a 3% reduction from 29% to 26%" is in points. A counted noun has only
    the relative reading: "increase the number of spaces by 10%".

    Args:
        points: The sentence with its change in percentage points.
        relative: The sentence with its change as a share of the level.
        change: The change.
        words: The words that may say what changes, the most telling first.
        vocabulary: The nouns that are counted.
    """
    fits = [reading for reading in (points, relative) if _fits(reading, change.value)]
    if len(fits) == 1:
        return Parsed(attrs.evolve(fits[0], change=attrs.evolve(change, origin="derived")))
    kinds = {level.value.kind for level in (points.baseline, points.goal) if level is not None}
    # "10% more people from 60%" changes a share of people, whatever its words count
    is_counted = "percent" not in kinds and _is_counted(words, vocabulary)
    # nobody says "a third" for 33 percentage points
    is_fraction = change.value.places is None
    if kinds - {"percent", "points"} or is_counted or is_fraction:
        return Parsed(relative)
    text = change.value.text
    goals = [] if points.goal else [points.goal_level, relative.goal_level]
    known = " or ".join(str(goal) for goal in goals if goal is not None)
    return Ambiguous(
        (points, relative),
        f"{text!r} may mean as many percentage points, or {text} of the level"
        f"{f' (a goal of {known})' if known else ''}: ask which one, or give the level to reach",
        change.span,
    )


def _is_counted(words: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Return whether the first words that name something name something counted."""
    for part in words:
        names = {word.strip(".,;:()").lower() for word in part.split()}
        if vocabulary.is_counted(part):
            return True
        more = _MORE_THINGS.match(part.lower())
        if more and not vocabulary.sharing.intersection(more["things"].split()):
            return True
        if names & vocabulary.sharing:
            return False
    return False


def _fits(reading: Reading, change: Figure) -> bool:
    """Return whether the printed goal is the baseline with the change, as far as it is rounded."""
    goal, start, way = reading.goal, reading.baseline, reading.direction
    if goal is None or start is None or way is None:
        return False
    sign = 1 if way.value == "up" else -1
    low, high = _interval(start.value)
    least, most = _interval(change)
    if reading.is_relative:
        ends = [level * (1 + sign * size / 100) for level in (low, high) for size in (least, most)]
    else:
        ends = [level + sign * size for level in (low, high) for size in (least, most)]
    bottom, top = _interval(goal.value)
    return min(ends) <= top and max(ends) >= bottom


def _interval(figure: Figure) -> tuple[Fraction, Fraction]:
    if figure.places is None:
        return figure.value, figure.value
    half = Fraction(1, 2 * 10**figure.places)
    return figure.value - half, figure.value + half
