"""How much more areas differ than chance explains."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from rrmodel.inference._arithmetic import ArithmeticT
from rrmodel.inference._interval import Undefined
from rrmodel.model import Counts

__all__ = ["Overdispersion", "between_variance", "overdispersion"]


@attrs.frozen(kw_only=True)
class Overdispersion:
    """How much more areas differ than chance explains."""

    dispersion: float
    """The mean square of the winsorised z-scores, which is about 1 where chance explains all."""
    between_variance: float
    """The variance between areas that chance leaves unexplained, on the arcsine scale; 0 where it
    leaves none."""


def overdispersion(
    scores: Sequence[float], counts: Sequence[Counts], winsorise: float
) -> Overdispersion | Undefined:
    number = len(scores)
    if number == 1:
        return Undefined("one area cannot show how much areas differ: give two or more")
    ordered = sorted(scores)
    lowest, highest = _quantile(ordered, winsorise), _quantile(ordered, 1 - winsorise)
    dispersion = sum(min(max(score, lowest), highest) ** 2 for score in scores) / number
    weights = [4 * count.denominator for count in counts]
    total, squares = sum(weights), sum(weight**2 for weight in weights)
    between = between_variance(number, dispersion, total, squares)
    return Overdispersion(dispersion=dispersion, between_variance=max(between, 0.0))


def between_variance(
    number: ArithmeticT, dispersion: ArithmeticT, total: ArithmeticT, squares: ArithmeticT
) -> ArithmeticT:
    """Return the variance between areas beyond chance; a value below 0 counts as 0.

    It is on the arcsine scale. The arguments are numbers, or columns of a frame with a row for each
    group of areas.

    >>> round(between_variance(3, 2.5, 12_000, 4e7), 6)
    0.000635

    Args:
        number: How many areas there are, above 1.
        dispersion: The mean square of their winsorised z-scores.
        total: The sum of four times their cases.
        squares: The sum of the squares of four times their cases.

    Follows D. J. Spiegelhalter (2005), "Funnel plots for comparing institutional performance",
    Statistics in Medicine 24, in its appendix.
    """
    return (number * dispersion - (number - 1)) / (total - squares / total)


def _quantile(ordered: Sequence[float], part: float) -> float:
    """Return the number below which so large a part of the numbers lies, between two if need be."""
    place = (len(ordered) - 1) * part
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
