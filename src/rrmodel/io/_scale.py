"""Percentages that look like shares of 1: 0.82 where 82% is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Generic, TypeVar

import attrs

__all__ = ["Figure", "scale_problems"]

_FAR_LARGER = 50
"""How many times larger another figure is, beside which a number below 1 is doubted. A share of 1
is a hundred times smaller than its percentage."""


_PlaceT = TypeVar("_PlaceT")


@attrs.frozen
class Figure(Generic[_PlaceT]):
    """A level and where it was read."""

    place: _PlaceT
    """The row."""
    area: str
    """The area."""
    level: Fraction
    """The level in per cent, as it was read."""
    bare: Fraction | None
    """The number, where no per cent sign is beside it."""


def scale_problems(
    column: str, figures: Sequence[Figure[_PlaceT]], advice: str
) -> Iterator[tuple[tuple[_PlaceT, ...], str]]:
    """Yield the rows of figures that look like shares of 1, with what is wrong with them.

    >>> figures = [Figure(0, "York", Fraction("0.82"), Fraction("0.82"))]
    >>> next(scale_problems("column B", figures, "write {share} or {number}%"))[1]
    '0.82 is read as 0.82%, but no number in column B is above 1: write 82% or 0.82%'

    Args:
        column: The name of the column in errors.
        figures: Its figures, in order.
        advice: The advice; ``{number}`` is replaced by the number in doubt and ``{share}`` by its
            value as a share of 1.
    """
    bare = [(each, each.bare) for each in figures if each.bare is not None]
    if all(0 <= number <= 1 for _, number in bare):
        for _, number in [pair for pair in bare if 0 < pair[1] < 1][:1]:
            places = tuple(each.place for each, number in bare if number)
            yield places, _message(number, f"no number in {column} is above 1", advice)
        return
    largest: defaultdict[str, Fraction] = defaultdict(Fraction)
    for each in figures:
        largest[each.area] = max(largest[each.area], each.level)
    for each, number in bare:
        if 0 < number < 1 and largest[each.area] >= _FAR_LARGER * number:
            other = f"another figure of {each.area!r} is {_decimal(largest[each.area])}%"
            yield (each.place,), _message(number, other, advice)


def _message(number: Fraction, fact: str, advice: str) -> str:
    here, share = _decimal(number), f"{_decimal(100 * number)}%"
    correction = advice.format(number=here, share=share)
    return f"{here} is read as {here}%, but {fact}: {correction}"


def _decimal(number: Fraction) -> str:
    return f"{float(number):.10g}"
