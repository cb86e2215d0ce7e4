"""The base of every quantity: one exact ratio, ordered, rounded and printed."""

from __future__ import annotations

from abc import abstractmethod
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from math import gcd
from typing import ClassVar, Self, TypeVar

from rrmodel._pydantic import text_field
from rrmodel.numerals import LONGEST_NUMERAL
from rrmodel.quantities._layout import read_spec
from rrmodel.quantities._refusals import RefusesOperators, refuse
from rrmodel.quantities._rounding import (
    Rounding,
    check_places,
    exact_places,
    fixed,
    round_ratio,
)

__all__ = ["Quantity", "make"]

_PYTHON_PLACES = 6
"""Decimals that Python prints for "f" where a format spec does not state them."""


class Quantity(RefusesOperators):
    """One exact number of something, which cannot be changed.

    The ratio is in two integers, not necessarily in lowest terms. It is not an attrs class,
    because its integers are nobody's fields: ``attrs.asdict`` and converters see one value. As in
    the standard library's ``Fraction``, every public attribute is a property without a setter;
    an overridden ``__setattr__`` would make each result cost half as much again.

    ``float`` and ``int`` give the bare number. ``round``, ``math.floor``, ``math.ceil`` and
    ``math.trunc`` keep the kind.
    """

    __slots__ = ("_denominator", "_numerator", "_places")
    _numerator: int
    _denominator: int
    _places: int | None

    _forms: ClassVar[str]
    """The letters of our own that may end a format spec; the first is the form of ``str``."""
    _lowest: ClassVar[int | None] = None
    _highest: ClassVar[int | None] = None

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> object:
        """Return what pydantic builds a field from: the text that a file has."""
        texts = import_module("rrmodel.quantities")  # which knows every kind, and is loaded
        return text_field(
            cls,
            read=texts.read_quantity,
            write=texts.write_quantity,
            schema=texts.quantity_schema(cls),
        )

    @property
    def value(self) -> Fraction:
        """The exact number, as printed."""
        return Fraction(self._numerator, self._denominator)

    @property
    def ratio(self) -> tuple[int, int]:
        """The exact number as numerator and denominator, not always in lowest terms.

        It is what :attr:`value` is made from, without the cost of a ``Fraction``.
        """
        return self._numerator, self._denominator

    @property
    def places(self) -> int | None:
        """How many decimals were printed; ``None`` for fractions and results of arithmetic."""
        return self._places

    @property
    def published_interval(self) -> tuple[Self, Self]:
        """The closed interval of numbers that a publisher may have rounded to this one.

        Without printed decimals nothing is known to be rounded, and both ends are the number.
        """
        if self._places is None:
            return self, self
        half = Fraction(1, 2 * 10**self._places)
        ends = self.value - half, self.value + half
        if self._lowest is not None:
            ends = max(ends[0], Fraction(self._lowest)), ends[1]
        if self._highest is not None:
            ends = ends[0], min(ends[1], Fraction(self._highest))
        low, high = (self._like(*end.as_integer_ratio()) for end in ends)
        return low, high

    def rounded(self, places: int, *, rounding: Rounding = "half_even") -> Self:
        """Round to so many decimals, which the result remembers as printed.

        Args:
            places: Decimals to keep, from 0 to 30.
            rounding: How ties are rounded: ``"half_even"`` or, away from zero, ``"half_up"``.

        Raises:
            QuantityError: The places or the way of rounding do not exist.
        """
        check_places(places)
        units = round_ratio(self._numerator, self._denominator, places, rounding)
        return self._like(units, 10**places, places)

    def __round__(self, places: int = 0) -> Self:
        return self.rounded(places)

    def __floor__(self) -> Self:
        return self._like(self._numerator // self._denominator, 1, 0)

    def __ceil__(self) -> Self:
        return self._like(-(-self._numerator // self._denominator), 1, 0)

    def __trunc__(self) -> Self:
        return self._like(int(self), 1, 0)

    def __int__(self) -> int:
        return int(self.value)

    def __float__(self) -> float:
        return self._numerator / self._denominator

    def _like(self, numerator: int, denominator: int, places: int | None = None) -> Self:
        """Return a quantity of this kind with another number."""
        return make(type(self), numerator, denominator, places)

    def _total(self, other: Quantity, sign: int) -> tuple[int, int]:
        """Return the sum of both ratios, or their difference if the sign is -1."""
        denominator = self._denominator
        if denominator == other._denominator:
            return self._numerator + sign * other._numerator, denominator
        numerator = self._numerator * other._denominator + sign * other._numerator * denominator
        denominator *= other._denominator
        # Reduced here only, so that long sums of unlike ratios do not grow.
        common = gcd(numerator, denominator)
        return numerator // common, denominator // common

    def _is_like(self, sign: str, other: object) -> bool:
        """Whether the other has this kind; refuse it if it is another quantity or a number."""
        if other.__class__ is self.__class__:
            return True
        refuse(self, sign, other)
        return False

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return self._numerator * other._denominator == other._numerator * self._denominator

    def __hash__(self) -> int:
        return hash(self.value)

    def __lt__(self, other: Self) -> bool:
        if not self._is_like("<", other):
            return NotImplemented
        return self._numerator * other._denominator < other._numerator * self._denominator

    def __le__(self, other: Self) -> bool:
        if not self._is_like("<=", other):
            return NotImplemented
        return self._numerator * other._denominator <= other._numerator * self._denominator

    def __gt__(self, other: Self) -> bool:
        if not self._is_like(">", other):
            return NotImplemented
        return self._numerator * other._denominator > other._numerator * self._denominator

    def __ge__(self, other: Self) -> bool:
        if not self._is_like(">=", other):
            return NotImplemented
        return self._numerator * other._denominator >= other._numerator * self._denominator

    def __repr__(self) -> str:
        text = self._written()
        made_from = self._made_from(text if len(text) <= LONGEST_NUMERAL else self._exact_number())
        return f"{type(self).__name__}({', '.join(map(repr, made_from))})"

    def __str__(self) -> str:
        return self._in_form("", None, self._forms[0], ",")

    def __format__(self, spec: str) -> str:
        if not spec:
            return str(self)
        layout = read_spec(spec, self._forms, type(self).__name__, signed=self._lowest != 0)
        if layout.form == "f":
            places = _PYTHON_PLACES if layout.places is None else layout.places
            units = round_ratio(self._numerator, self._denominator, places)
            return format(Decimal(fixed(units, places)), layout.number_spec(places))
        text = self._in_form(layout.sign, layout.places, layout.form, layout.comma)
        return layout.placed(text)

    def _in_form(self, plus: str, places: int | None, form: str, comma: str) -> str:
        """Print the number with so many decimals, by default its own, and the kind's words."""
        if places is None:
            places = self._places_to_print()
        units = round_ratio(self._numerator, self._denominator, places)
        sign = "-" if units < 0 else plus if units else ""
        digits = fixed(abs(units), places, commas=bool(comma) or form != "n")
        return self._printed(sign, digits, form)

    @abstractmethod
    def _printed(self, sign: str, digits: str, form: str) -> str:
        """Print the kind's words around the digits."""

    def _places_to_print(self) -> int:
        if self._places is not None:
            return self._places
        places = exact_places(self.value.denominator)
        return 2 if places is None else places

    def _written(self) -> str:
        """Write the number as the constructor reads it."""
        return self._exact_text()

    def _made_from(self, number: object) -> tuple[object, ...]:
        """Return the constructor's arguments."""
        return (number,)

    def _exact_text(self) -> str:
        """Print the whole number without rounding, as decimals if they end."""
        value = self.value
        places = exact_places(value.denominator) if self._places is None else self._places
        if places is None:
            return str(value)
        return fixed(int(value * 10**places), places)

    def _exact_number(self) -> Decimal | Fraction:
        """Return the number with its printed decimals where they are known."""
        return self.value if self._places is None else Decimal(self._exact_text())

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), self._made_from(self._exact_number())


QuantityT = TypeVar("QuantityT", bound=Quantity)


def make(
    kind: type[QuantityT], numerator: int, denominator: int, places: int | None = None
) -> QuantityT:
    """Make a quantity from numbers that are known to be right, without reading them again."""
    quantity = object.__new__(kind)
    quantity._numerator = numerator
    quantity._denominator = denominator
    quantity._places = places
    return quantity
