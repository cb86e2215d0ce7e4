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

__all__ = ["AnyQuantity", "quantity_schema", "read_quantity", "write_quantity"]

AnyQuantity: TypeAlias = Percentage | PercentagePoints | RelativeChange | Amount
"""A quantity of any kind."""

_NUMBER = r"[0-9][0-9,]*(?:[./][0-9]+)?"
_WORDS = r"[A-Za-z]+(?:[\s-]+[A-Za-z]+)?"
_SHARE = r"(?:0[0-9,]*|[0-9]{1,2})(?:\.[0-9]+)?|100(?:\.0+)?|[0-9][0-9,]*/[0-9]+"
_UNIT = r"(?:[a-z][a-z-]*|GBP)"
_THINGS = r"[a-z][a-z'-]*(?:\s+[a-z][a-z'-]*)*"
_PATTERNS: dict[type[AnyQuantity], str] = {
    Percentage: rf"(?:(?:{_SHARE})\s*|{_WORDS}\s+)%",
    PercentagePoints: rf"(?:[+−-]?{_NUMBER}\s*|{_WORDS}\s+)percentage\s+points?",
    RelativeChange: rf"[+−-]{_NUMBER}\s*%",
    Amount: rf"(?:[+−-]?{_NUMBER}|[A-Za-z]+(?:-[A-Za-z]+)?)"
    rf"(?:\s+{_UNIT}(?:/{_UNIT})?|\s+per\s+[0-9,]*[1-9][0-9,]*\s+{_THINGS}|\s*%\s+of\s+{_THINGS})",
}
_EXAMPLES: dict[type[AnyQuantity], str] = {
    Percentage: "82%",
    PercentagePoints: "8 percentage points",
    RelativeChange: "+20%",
    Amount: "200 place",
}


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


def quantity_schema(*kinds: type[AnyQuantity]) -> dict[str, object]:
    """Return the JSON Schema of the texts of quantities of some kinds.

    >>> quantity_schema(Percentage)["examples"]
    ['82%']
    """
    patterns = "|".join(_PATTERNS[kind] for kind in kinds)
    return {
        "type": "string",
        "pattern": rf"^\s*(?:{patterns})\s*$",
        "examples": [_EXAMPLES[kind] for kind in kinds],
    }
