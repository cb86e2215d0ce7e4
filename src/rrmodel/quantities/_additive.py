"""The kinds that add up and scale: changes in points, and amounts of one unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Self, overload

from rrmodel.errors import QuantityError
from rrmodel.quantities._quantity import Quantity
from rrmodel.quantities._reading import read_number
from rrmodel.quantities._refusals import refuse

__all__ = ["Additive"]


class Additive(Quantity):
    """A quantity that adds to its own kind and is scaled by exact numbers."""

    __slots__ = ()

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

    def __abs__(self) -> Self:
        return self._like(abs(self._numerator), self._denominator)

    def __mul__(self, factor: int | Decimal | Fraction) -> Self:
        if not _is_exact(factor):
            refuse(self, "*", factor)
            return NotImplemented
        return self._like(*(self.value * _exact(factor)).as_integer_ratio())

    __rmul__ = __mul__

    @overload
    def __truediv__(self, other: int | Decimal | Fraction) -> Self: ...
    @overload
    def __truediv__(self, other: Self) -> Fraction: ...
    def __truediv__(self, other: Self | int | Decimal | Fraction) -> Self | Fraction:
        if isinstance(other, Quantity):
            self._is_like("/", other)  # raises for another kind or unit: both are quantities
            if not other._numerator:
                raise QuantityError(f"{self} / {other}: a share of nothing is undefined")
            return self.value / other.value
        if not _is_exact(other):
            refuse(self, "/", other)
            return NotImplemented
        divisor = _exact(other)
        if not divisor:
            raise QuantityError(f"{self} / {other}: nothing divides into no parts")
        return self._like(*(self.value / divisor).as_integer_ratio())


def _is_exact(number: object) -> bool:
    return isinstance(number, int | Decimal | Fraction) and not isinstance(number, bool)


def _exact(number: int | Decimal | Fraction) -> Fraction:
    numerator, denominator, _ = read_number(number, "a factor")
    return Fraction(numerator, denominator)
