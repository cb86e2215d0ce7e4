"""Checks of goals, directions and denominators, before figures are tested against them."""

from __future__ import annotations

from fractions import Fraction

from rrmodel.errors import (
    BinaryFloatError,
    CountsError,
    PercentageOutOfRangeError,
    UnknownNameError,
    did_you_mean,
)
from rrmodel.model import Better

__all__ = ["refuse_float", "require_denominator", "require_share", "sign_of"]

_SIGNS = {"higher": 1, "lower": -1}


def sign_of(better: Better) -> int:
    """Return 1 where higher is better and -1 where lower is.

    Raises:
        UnknownNameError: It is neither "higher" nor "lower".
    """
    try:
        return _SIGNS[better]
    except KeyError:
        raise UnknownNameError(
            f"{better!r} does not say which way is better: {did_you_mean(better, _SIGNS)}"
        ) from None


def require_share(what: str, number: Fraction, *, lowest: int = 0) -> None:
    """Refuse a number that is not an exact share; with -1 as the lowest, not an exact change.

    Raises:
        PercentageOutOfRangeError: It is below the lowest or above 1.
        BinaryFloatError: It is a binary float.
    """
    refuse_float(what, number)
    if not lowest <= number <= 1:
        raise PercentageOutOfRangeError(
            f"the {what} {number} is not between {lowest} and 1: write 8 per cent, or 8 "
            "percentage points, as Fraction(8, 100)"
        )


def require_denominator(number: int) -> None:
    """Refuse a number that cannot be the denominator of a future share.

    Raises:
        CountsError: It is not a whole number from 1.
    """
    if type(number) is not int or number < 1:
        raise CountsError(
            f"{number} is not a denominator: give the number of cases, as a whole number from 1"
        )


def refuse_float(what: str, number: Fraction | float) -> None:
    """Refuse a binary float: 0.9 is a little more than nine tenths, so 9 of 10 would miss it.

    Raises:
        BinaryFloatError: It is one.
    """
    if isinstance(number, float):
        raise BinaryFloatError(
            f"the {what} is the binary float {number}, which may be slightly more or less than "
            f"intended: write Fraction('{number}')"
        )
