"""Quantities as files write them: the text says the kind, so that nothing has to be guessed.

=============================  ================================
text                           quantity
=============================  ================================
``82%``                        a level
``8 percentage points``        a change or a gap in points
``+20%``, ``-20%``             a relative change
``200 place``                  an amount of a unit
``12.3 per 1,000 prisoners``   a rate
``104% of capacity``           a share that may pass 100%
=============================  ================================

Numbers are decimals where they end, and fractions such as ``1/3%`` where they do not.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias, assert_never

from rrmodel.errors import QuantityError
from rrmodel.quantities._amounts import Amount
from rrmodel.quantities._percentages import Percentage, PercentagePoints, RelativeChange

__all__ = ["AnyQuantity", "read_quantity", "write_quantity"]

AnyQuantity: TypeAlias = Percentage | PercentagePoints | RelativeChange | Amount
"""A quantity of any kind."""


def read_quantity(text: str) -> AnyQuantity:
    """Read a quantity of the kind that its text shows."""
    stripped = " ".join(text.split())  # editors put no-break spaces before units
    if stripped.endswith(("percentage points", "percentage point")):
        return PercentagePoints(stripped)
    if stripped.endswith("%"):
        return RelativeChange(stripped) if stripped[0] in "+-−" else Percentage(stripped)
    number, share, whole = stripped.partition("% of ")
    if share:
        return Amount(number, share + whole)
    number, _, unit = stripped.partition(" ")
    if not unit:
        raise QuantityError(
            f"{text!r} does not say what kind of quantity it is: write '82%' for a level, "
            "'8 percentage points' or '+20%' for a change, '200 place' for an amount of a unit"
        )
    return Amount(number, unit)


def write_quantity(quantity: AnyQuantity) -> str:
    """Write a quantity so that reading gives it back, with its printed decimals."""
    value = quantity.value
    # Pounds print two decimals where one was read: a file keeps the one.
    number = format(quantity, ".1n" if quantity.places == 1 else "n").removeprefix("+")
    if Fraction(number) != value:
        number = f"{value.numerator}/{value.denominator}"
    match quantity:
        case Percentage():
            return f"{number}%"
        case PercentagePoints():
            return f"{number} percentage points"
        case RelativeChange():
            return f"{'' if value < 0 else '+'}{number}%"
        case Amount():
            return f"{number}{'' if quantity.unit[0] == '%' else ' '}{quantity.unit}"
        case _:
            assert_never(quantity)
