"""Levels, changes and amounts: exact, immutable, and combined only where it means something.

A level (82%) and a change in levels (8 percentage points) are as different as a date and a
duration, and their algebra is the same: a level moves by a change, two levels differ by a change,
and two levels have no sum. A relative change (+20%) scales a level. An amount counts a unit. The
figure of a measure, a :data:`Level`, is a percentage, a gap in points, or an amount.

============================================ ===========================
``level + points``, ``level - points``       a level, from 0% to 100%
``level - level``                            points
``level * relative``                         a level, from 0% to 100%
``points * relative``                        points
``points + points``, ``points - points``     points
``points * number``, ``points / number``     points
``points / points``                          a ``Fraction``
``amount + amount``, ``amount - amount``     an amount (one unit only)
``amount * number``, ``amount / number``     an amount
``amount * relative``                        an amount
``amount / amount``                          a ``Fraction`` (one unit only)
============================================ ===========================

Anything else raises :class:`~rrmodel.errors.MixedQuantityError` with advice, and type checkers
refuse it too. ``sum`` adds points, and amounts of one unit. ``float(level)`` and Python's format
specs work, and so do ``round``, ``math.floor`` and the like, which keep the kind. Whole numbers of
numpy are read; binary floats are refused, and ``from_float`` rounds one to the places you state.

Every quantity is written with decimals where they end and as a fraction where they do not, and
reads back equal from its ``repr`` and from files. ``str`` is for people: it rounds a number whose
decimals do not end to two.

>>> Percentage("82%") + PercentagePoints(8)
Percentage('90')
>>> Percentage(62) * RelativeChange("+20%")
Percentage('74.4')
"""

from __future__ import annotations

from rrmodel.quantities._amounts import Amount
from rrmodel.quantities._nouns import counted, plural_of, singular_of
from rrmodel.quantities._percentages import (
    Change,
    Level,
    Percentage,
    PercentagePoints,
    RelativeChange,
)
from rrmodel.quantities._reading import Exact
from rrmodel.quantities._rounding import Rounding
from rrmodel.quantities._texts import (
    AnyQuantity,
    quantity_schema,
    read_quantity,
    write_quantity,
)

__all__ = [
    "Amount",
    "AnyQuantity",
    "Change",
    "Exact",
    "Level",
    "Percentage",
    "PercentagePoints",
    "RelativeChange",
    "Rounding",
    "counted",
    "plural_of",
    "quantity_schema",
    "read_quantity",
    "singular_of",
    "write_quantity",
]
