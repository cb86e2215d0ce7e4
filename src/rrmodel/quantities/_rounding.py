"""Rounding an exact ratio to decimals, and printing it with them."""

from __future__ import annotations

from typing import Literal, get_args

from rrmodel.errors import QuantityError

__all__ = ["MOST_PLACES", "Rounding", "check_places", "exact_places", "fixed", "round_ratio"]

Rounding = Literal["half_even", "half_up"]
"""How ties are rounded: to the even neighbour, or away from zero."""

MOST_PLACES = 30
"""The most decimals that a quantity is rounded to or printed with."""


def check_places(places: object) -> int:
    """Return the number of decimals, if it is one."""
    if isinstance(places, bool) or not isinstance(places, int):
        raise QuantityError(f"places is a number of decimals: give a whole number, not {places!r}")
    if not 0 <= places <= MOST_PLACES:
        raise QuantityError(f"places is a number of decimals: give 0 to {MOST_PLACES}")
    return places


def round_ratio(
    numerator: int, denominator: int, places: int, rounding: Rounding = "half_even"
) -> int:
    """Return the nearest whole number of units of the last decimal.

    >>> round_ratio(1, 8, 2), round_ratio(1, 8, 2, "half_up")
    (12, 13)
    """
    if rounding not in get_args(Rounding):
        raise QuantityError(
            f"{rounding!r} is not a way of rounding: write 'half_even' or 'half_up'"
        )
    scale: int = 10**places
    units, rest = divmod(abs(numerator) * scale, denominator)
    tie_goes_up = rounding == "half_up" or units % 2
    if 2 * rest > denominator or (2 * rest == denominator and tie_goes_up):
        units += 1
    return units if numerator >= 0 else -units


def exact_places(denominator: int) -> int | None:
    """Return the fewest decimals that hold a reduced ratio exactly, if there are any.

    >>> exact_places(8), exact_places(3)
    (3, None)
    """
    if 10**MOST_PLACES % denominator:
        return None
    return next(places for places in range(MOST_PLACES + 1) if 10**places % denominator == 0)


def fixed(units: int, places: int, *, commas: bool = False) -> str:
    """Print a whole number of units of the last decimal.

    >>> fixed(-123450, 2, commas=True)
    '-1,234.50'
    """
    whole, rest = divmod(abs(units), 10**places)
    sign = "-" if units < 0 else ""
    decimals = f".{rest:0{places}}" if places else ""
    return f"{sign}{whole:,}{decimals}" if commas else f"{sign}{whole}{decimals}"
