"""Amounts: how many of a unit, such as places, nights or pounds a year."""

# ruff: noqa: SLF001 -- the kinds of this package share one representation

from __future__ import annotations

import re
from typing import Self, final

from rrmodel.errors import MixedQuantityError, QuantityError, UnitError
from rrmodel.quantities._additive import Additive
from rrmodel.quantities._nouns import plural_of
from rrmodel.quantities._quantity import make
from rrmodel.quantities._reading import Exact, read, read_float
from rrmodel.quantities._refusals import refuse

__all__ = ["Amount"]

_UNIT_NAME = r"(?:[a-z][a-z-]*|GBP)"
_UNIT = re.compile(rf"{_UNIT_NAME}(?:/{_UNIT_NAME})?", re.ASCII)
_WORDS = r"[a-z][a-z'-]*(?: [a-z][a-z'-]*)*"
_PHRASE = re.compile(
    rf"(?P<share>% of {_WORDS})"
    rf"|per (?P<many>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+) (?P<things>{_WORDS})",
    re.ASCII,
)
_LONGEST_UNIT = 80
_POUND = re.compile(r"^\s*([+\-−]?)£")
_SPANS = frozenset({"day", "night", "week", "month", "quarter", "year"})


@final
class Amount(Additive):
    """An exact number of one unit, of any sign: 200 places, £200 million a year.

    Args:
        number: A text such as ``"1,500"`` or ``"twelve"``, an int, a Decimal or a Fraction.
        unit: The unit's singular name, ``"place"``, ``"night"`` or ``"GBP"``, or one such name
            over another, ``"GBP/year"``; a rate, ``"per 1,000 prisoners"``; or a share that may
            pass 100%, ``"% of capacity"``.

    A format spec is Python's, ending in ``w`` for words (the default) or ``n`` for the number
    alone as it was printed, without commas; Python's own ``f`` prints a bare number. ``sum`` adds
    amounts of one unit; write ``sum(amounts) / len(amounts)`` for their mean.

    >>> Amount(200, "place") + Amount("fifty", "place")
    Amount('250', 'place')
    >>> print(Amount(200_000_000, "GBP/year"), Amount(1, "person"), Amount(5, "person"), sep=", ")
    £200,000,000 a year, 1 person, 5 people
    >>> print(Amount("12.3", "per 1,000 prisoners"), Amount(104, "% of capacity"), sep=", ")
    12.3 per 1,000 prisoners, 104% of capacity
    >>> Amount(200, "place") < Amount(84, "night")
    Traceback (most recent call last):
    ...
    rrmodel.errors.MixedQuantityError: 200 places < 84 nights mixes 'place' and 'night'. ...

    Raises:
        QuantityError: The number is not a plain number, or the words after it are those of
            another kind.
        BinaryFloatError: The number is a binary float.
        UnitError: The unit is not written as above.
    """

    __slots__ = ("_unit",)
    _unit: str

    _forms = "wn"

    def __new__(cls, number: Exact, unit: str) -> Self:
        """Read a number of a unit."""
        name = read_unit(unit)
        if isinstance(number, str) and name.startswith("GBP"):
            number = _POUND.sub(r"\1", number, count=1)
        numerator, denominator, places, _, ending = read(number, "Amount")
        if ending and (ending != "%" or name[0] != "%"):
            raise QuantityError(
                f"{number!r} is a share or a change in points, not an amount: "
                "write Percentage, PercentagePoints or RelativeChange"
            )
        amount = make(cls, numerator, denominator, places)
        amount._unit = name
        return amount

    @classmethod
    def from_float(cls, number: float, unit: str, *, places: int) -> Self:
        """Round a binary float, half to even, to the decimals that it was meant to have.

        >>> Amount.from_float(0.1 + 0.2, "GBP", places=2)
        Amount('0.30', 'GBP')

        Raises:
            QuantityError: The float is not finite or the places are not 0 to 30.
            UnitError: The unit is not written as the class describes.
        """
        return cls(read_float(number, places), unit)

    @property
    def unit(self) -> str:
        """The unit's name, in the singular."""
        return self._unit

    def as_integer_ratio(self) -> tuple[int, int]:
        """Refuse to be averaged as a bare number, which would lose the unit.

        Raises:
            MixedQuantityError: Always; the message says what to write instead.
        """
        raise MixedQuantityError(
            f"{self} has a unit that a bare number loses: write sum(amounts) / len(amounts) for a "
            "mean, or amount.value for the number"
        )

    def _like(self, numerator: int, denominator: int, places: int | None = None) -> Self:
        amount = make(type(self), numerator, denominator, places)
        amount._unit = self._unit
        return amount

    def _is_like(self, sign: str, other: object) -> bool:
        if isinstance(other, Amount) and self._unit != other._unit:
            refuse(self, sign, other)
        return super()._is_like(sign, other)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Amount) and self._unit != other._unit:
            return False
        return super().__eq__(other)

    def __hash__(self) -> int:
        return super().__hash__()

    def _made_from(self, number: object) -> tuple[object, ...]:
        return number, self._unit

    def _places_to_print(self) -> int:
        places = super()._places_to_print()
        return 2 if places == 1 and self._is_money else places

    @property
    def _is_money(self) -> bool:
        return self._unit.partition("/")[0] == "GBP"

    def _printed(self, sign: str, digits: str, form: str) -> str:
        if form == "n":
            return sign + digits
        if self._unit[0] == "%":
            return f"{sign}{digits}{self._unit}"
        if self._unit.startswith("per "):
            return f"{sign}{digits} {self._unit}"
        name, _, per = self._unit.partition("/")
        ending = f" {'a' if per in _SPANS else 'per'} {per}" if per else ""
        if self._is_money:
            return f"{sign}£{digits}{ending}"
        return f"{sign}{digits} {name if digits == '1' else plural_of(name)}{ending}"


def read_unit(unit: object) -> str:
    """Return a unit in its one spelling, so that "per 1000 prisoners" is "per 1,000 prisoners"."""
    if isinstance(unit, str) and len(unit) <= _LONGEST_UNIT:
        if _UNIT.fullmatch(unit) and unit != "per":
            return unit
        phrase = _PHRASE.fullmatch(unit)
        if phrase and phrase["share"]:
            return phrase["share"]
        if phrase and (many := int(phrase["many"].replace(",", ""))):
            return f"per {many:,} {phrase['things']}"
    raise UnitError(
        f"{str(unit)[:_LONGEST_UNIT]!r} is not written as a unit: write a singular name such "
        "as 'place' or 'GBP', one over another such as 'GBP/year', a rate such as "
        "'per 1,000 prisoners' or a share such as '% of capacity'"
    )
