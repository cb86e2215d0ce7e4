"""Strategies for levels, changes and amounts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, floor

from hypothesis import strategies as st

from rrmodel.errors import QuantityError
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints, RelativeChange

__all__ = ["amounts", "levels", "percentage_points", "percentages", "relative_changes", "units"]

_PRINTED_PLACES = (0, 1, 2)
_MOST_COUNTED = 1_000
_UNITS = ("place", "person", "post", "night", "GBP")
"""Units of amounts that add up over periods."""
_RATES = ("GBP/year", "per 1,000 prisoners", "% of capacity")
"""Units of amounts that do not."""
_LOWEST_LEVEL, _HIGHEST_LEVEL = Percentage(0), Percentage(100)
_LOWEST_POINTS, _HIGHEST_POINTS = PercentagePoints(-100), PercentagePoints(100)
_LOWEST_RELATIVE, _HIGHEST_RELATIVE = RelativeChange(-100), RelativeChange(200)
_MOST = 10_000


def _numbers(lowest: Fraction, highest: Fraction) -> st.SearchStrategy[Decimal | Fraction]:
    """Return whole numbers first, as the simplest, then decimals, then shares of the span."""
    if lowest > highest:
        raise QuantityError(
            f"no number lies from {lowest} to {highest}: write the lowest first, then the highest"
        )
    kinds: list[st.SearchStrategy[Decimal | Fraction]] = []
    for places in _PRINTED_PLACES:
        first, last = ceil(lowest * 10**places), floor(highest * 10**places)
        if first <= last:
            printed = st.builds(
                Decimal.scaleb, st.integers(first, last).map(Decimal), st.just(-places)
            )
            kinds.append(printed)
    shares = st.fractions(0, 1, max_denominator=_MOST_COUNTED)
    kinds.append(shares.map(lambda share: lowest + (highest - lowest) * share))
    return st.one_of(kinds)


def percentages(
    *, lowest: Percentage = _LOWEST_LEVEL, highest: Percentage = _HIGHEST_LEVEL
) -> st.SearchStrategy[Percentage]:
    """Levels: whole percentages, printed decimals, and exact shares such as those of counts.

    >>> from hypothesis import find
    >>> find(percentages(lowest=Percentage(82)), lambda level: True)
    Percentage('82')
    >>> percentages(lowest=Percentage(90), highest=Percentage(82))
    Traceback (most recent call last):
    ...
    rrmodel.errors.QuantityError: no number lies from 90 to 82: write the lowest first, ...

    Args:
        lowest: The lowest level; included.
        highest: The highest level; included.

    Raises:
        QuantityError: The lowest is above the highest.
    """
    return _numbers(lowest.value, highest.value).map(Percentage)


def percentage_points(
    *, lowest: PercentagePoints = _LOWEST_POINTS, highest: PercentagePoints = _HIGHEST_POINTS
) -> st.SearchStrategy[PercentagePoints]:
    """Changes in percentage points, of either sign.

    >>> from hypothesis import find
    >>> find(percentage_points(lowest=PercentagePoints(8)), lambda change: True)
    PercentagePoints('8')

    Args:
        lowest: The lowest change; included.
        highest: The highest change; included.

    Raises:
        QuantityError: The lowest is above the highest.
    """
    return _numbers(lowest.value, highest.value).map(PercentagePoints)


def relative_changes(
    *, lowest: RelativeChange = _LOWEST_RELATIVE, highest: RelativeChange = _HIGHEST_RELATIVE
) -> st.SearchStrategy[RelativeChange]:
    """Changes as a share of the starting level, from -100% to +200%.

    >>> from hypothesis import find
    >>> find(relative_changes(lowest=RelativeChange(20)), lambda change: True)
    RelativeChange('+20%')

    Args:
        lowest: The lowest change; included.
        highest: The highest change; included.

    Raises:
        QuantityError: The lowest is above the highest.
    """
    return _numbers(lowest.value, highest.value).map(RelativeChange)


def units(*, adding_up: bool = False) -> st.SearchStrategy[str]:
    """Return units of amounts: any, or only those that add up over periods."""
    return st.sampled_from(_UNITS if adding_up else (*_UNITS, *_RATES))


def amounts(
    unit: str | None = None, *, lowest: int = -_MOST, highest: int = _MOST
) -> st.SearchStrategy[Amount]:
    """Amounts in one unit, of either sign.

    >>> from hypothesis import find
    >>> find(amounts("place", lowest=200), lambda amount: True)
    Amount('200', 'place')

    Args:
        unit: The unit. Default: any of a few.
        lowest: The lowest number; included.
        highest: The highest number; included.

    Raises:
        QuantityError: The lowest is above the highest.
    """
    numbers = _numbers(Fraction(lowest), Fraction(highest))
    return st.builds(Amount, numbers, units() if unit is None else st.just(unit))


@cache
def levels(unit: str) -> st.SearchStrategy[Level]:
    """Return levels of a measure in that unit; amounts among them are not below 0."""
    match unit:
        case "%":
            return percentages()
        case "percentage points":
            return percentage_points()
        case _:
            return amounts(unit, lowest=0)
