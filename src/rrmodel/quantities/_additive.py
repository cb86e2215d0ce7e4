"""The kinds that add up and scale: changes in points, and amounts of one unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Self, overload

from rrmodel.errors import QuantityError
from rrmodel.quantities._quantity import Quantity
from rrmodel.quantities._reading import read_number, whole_number
from rrmodel.quantities._refusals import refuse

__all__ = ["Additive"]


class Additive(Quantity):
    """A quantity that adds to its own kind and is scaled by exact numbers."""

    __slots__ = ()

    @property
    def sign(self) -> int:
        """Which way it goes, as 1, 0 or -1."""
        return (self._numerator > 0) - (self._numerator < 0)

    def __add__(self, other: Self) -> Self:
        if not self._is_like("+", other):
            return NotImplemented
        return self._like(*self._total(other, 1))

    def __sub__(self, other: Self) -> Self:
        if not self._is_like("-", other):
            return NotImplemented
        return self._like(*self._total(other, -1))

    def __neg__(self) -> Self:
        return self._like(-self._numerator, self._denominator)

    def __pos__(self) -> Self:
        return self

    def __abs__(self) -> Self:
        return self._like(abs(self._numerator), self._denominator)

    def __mul__(self, factor: int | Decimal | Fraction) -> Self:
        exact = _exact(factor)
        if exact is None:
            refuse(self, "*", factor)
            return NotImplemented
        numerator, denominator = exact
        return self._like(self._numerator * numerator, self._denominator * denominator)

    __rmul__ = __mul__

    @overload
    def __truediv__(self, other: int | Decimal | Fraction) -> Self: ...
    @overload
    def __truediv__(self, other: Self) -> Fraction: ...
    def __truediv__(self, other: Self | int | Decimal | Fraction) -> Self | Fraction:
        if isinstance(other, Quantity):
            self._is_like("/", other)  # raises for another kind or unit: both are quantities
            if not other._numerator:
                raise QuantityError(f"{self} / {other}: a share of zero is undefined")
            return Fraction(
                self._numerator * other._denominator, self._denominator * other._numerator
            )
        exact = _exact(other)
        if exact is None:
            refuse(self, "/", other)
            return NotImplemented
        numerator, denominator = exact
        if not numerator:
            raise QuantityError(f"{self} / {other}: cannot divide by zero")
        if numerator < 0:
            numerator, denominator = -numerator, -denominator
        return self._like(self._numerator * denominator, self._denominator * numerator)


def _added_to(self: Additive, other: object) -> object:
    if whole_number(other) == 0:
        return self
    refuse(other, "+", self)
    return NotImplemented


# sum() starts from 0. Set at run time, because type checkers must refuse any other number.
setattr(Additive, "__radd__", _added_to)  # noqa: B010  an assignment is what they would see


def _exact(number: object) -> tuple[int, int] | None:
    if isinstance(number, Fraction):
        return number.as_integer_ratio()
    if isinstance(number, Decimal):
        return read_number(number, "factor")[:2]
    whole = whole_number(number)
    return None if whole is None else (whole, 1)
