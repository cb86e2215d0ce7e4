"""The types of units; never run."""

from __future__ import annotations

from typing import assert_type

from rrmodel.quantities import Amount, Percentage, PercentagePoints, RelativeChange
from rrmodel.units import add, convert, divide, from_pint, multiply, to_pint, units


def allowed(amount: Amount, level: Percentage, change: RelativeChange) -> None:
    """Amounts stay amounts, and what comes back from pint is one of three kinds."""
    assert_type(convert(amount, "night"), Amount)
    assert_type(add(amount, amount), Amount)
    assert_type(multiply(amount, amount), Amount)
    assert_type(divide(amount, amount), Amount)
    assert_type(units(), tuple[str, ...])
    assert_type(from_pint(to_pint(level)), Percentage | PercentagePoints | Amount)
    to_pint(PercentagePoints(8))
    to_pint(change)


def refused(amount: Amount, level: Percentage) -> None:
    """Only amounts have units, and only our quantities go to pint."""
    convert(level, "place")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    add(amount, level)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    multiply(amount, 3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    divide(3, amount)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    to_pint(82)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    from_pint(amount)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
