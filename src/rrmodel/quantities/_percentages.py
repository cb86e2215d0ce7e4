"""The three kinds that are printed in per cent: levels, changes in points, relative changes."""

# ruff: noqa: SLF001 -- the kinds of this package share one representation

from __future__ import annotations

from abc import abstractmethod
from fractions import Fraction
from typing import Self, TypeVar, final, overload

from rrmodel.errors import (
    CountsError,
    MixedQuantityError,
    PercentageOutOfRangeError,
    QuantityError,
)
from rrmodel.quantities._additive import Additive
from rrmodel.quantities._amounts import Amount
from rrmodel.quantities._quantity import Quantity, make
from rrmodel.quantities._reading import Exact, read, read_float, whole_number
from rrmodel.quantities._refusals import refuse, shown

__all__ = ["Change", "Level", "Percentage", "PercentagePoints", "RelativeChange"]


_new = object.__new__

_BEYOND_THE_WHOLE = (
    "For a share that may pass 100%, such as occupancy, write Amount('{}', '% of capacity')."
)


class _InPercent(Quantity):
    """A kind that one number in per cent makes."""

    __slots__ = ()

    def __new__(cls, number: Exact) -> Self:
        """Read a number in per cent."""
        numerator, denominator, places, signed, ending = read(number, cls.__name__)
        try:
            cls._check(numerator, denominator)
        except PercentageOutOfRangeError as error:
            if numerator > 0:
                error.add_note(_BEYOND_THE_WHOLE.format(shown(number).rstrip(" %")))
            raise
        quantity = make(cls, numerator, denominator, places)
        if signed and cls._lowest == 0:
            raise QuantityError(
                f"{number!r} has a sign and so is a change, not a level: write PercentagePoints "
                "or RelativeChange, or omit the sign"
            )
        if ending:
            quantity._check_ending(shown(number), ending)
        return quantity

    @classmethod
    def from_float(cls, number: float, *, places: int) -> Self:
        """Round a binary float in per cent, half to even, to the decimals it was meant to have.

        >>> Percentage.from_float(0.1 + 0.2, places=1)
        Percentage('0.3')

        Raises:
            QuantityError: The float is not finite, out of range, or the places are not 0 to 30.
        """
        return cls(read_float(number, places))

    def _like(self, numerator: int, denominator: int, places: int | None = None) -> Self:
        self._check(numerator, denominator)
        return super()._like(numerator, denominator, places)

    @classmethod
    def _check(cls, numerator: int, denominator: int) -> None:
        """Raise if the number lies outside the kind's range."""

    @abstractmethod
    def _check_ending(self, text: str, ending: str) -> None:
        """Raise if the words after the number belong to another kind."""


@final
class Percentage(_InPercent):
    """A level: a share of a whole, from 0% to 100%, exact.

    Args:
        number: The number in per cent: ``"82"``, ``"82.0%"``, ``"eighty-two per cent"``,
            ``82``, ``Decimal("82.0")``, ``Fraction(1, 3)`` or ``"17875/588"``; or a share in words
            such as ``"one in five"``, which is 20%.

    A format spec is Python's, ending in ``%`` (the default), ``w`` for "per cent" in words, or
    ``n`` for the number alone as it was printed; Python's own ``f`` prints a bare number.

    ``float(level)`` is the number in per cent, and ``statistics.mean`` of levels is a level: their
    plain average, which is not the share of all cases taken together unless each level is a share
    of as many.

    >>> Percentage("82%") + PercentagePoints(8)
    Percentage('90')
    >>> f"{Percentage('82%'):>8}|{Percentage('82%'):.1f}|{Percentage('82%'):.1w}"
    '     82%|82.0|82.0 per cent'
    >>> Percentage(95) + PercentagePoints(8)
    Traceback (most recent call last):
    ...
    rrmodel.errors.PercentageOutOfRangeError: 103% is not between 0% and 100%

    Raises:
        PercentageOutOfRangeError: The number is below 0 or above 100.
        QuantityError: The text is not a plain number, has a plus sign, or ends in points.
        BinaryFloatError: The number is a binary float.
    """

    __slots__ = ()
    _forms = "%wn"
    _lowest = 0
    _highest = 100

    @classmethod
    def from_counts(cls, numerator: int, denominator: int) -> Percentage:
        """Return the exact share that counts make, such as 715 people of 2,352.

        >>> Percentage.from_counts(715, 2352)
        Percentage('17875/588')

        Raises:
            CountsError: The counts are not whole, are negative, out of nothing, or more than all.
        """
        counted, whole = (_read_count(count) for count in (numerator, denominator))
        if not whole:
            raise CountsError(f"{counted} out of 0 is not a share: there was nobody to count")
        if counted > whole:
            raise CountsError(
                f"{counted} is more than {whole}: the first count is part of the second"
            )
        share = Fraction(100 * counted, whole)
        return make(cls, share.numerator, share.denominator)

    @property
    def unit(self) -> str:
        """``%``, so that a level of either kind can be asked for its unit.

        >>> [level.unit for level in (Percentage(82), Amount(200, "place"))]
        ['%', 'place']
        """
        return "%"

    def as_integer_ratio(self) -> tuple[int, int]:
        """Return the number in per cent as a ratio in lowest terms, as Python's numbers do."""
        return self.value.as_integer_ratio()

    @property
    def share(self) -> Fraction:
        """The level as a share of one, so that 82% is 41/50."""
        return self.value / 100

    @property
    def complement(self) -> Percentage:
        """The remaining share, printed with as many decimals, so that 82% leaves 18%.

        >>> Percentage("82").complement
        Percentage('18')
        """
        numerator = 100 * self._denominator - self._numerator
        return make(Percentage, numerator, self._denominator, self._places)

    def __add__(self, change: PercentagePoints) -> Percentage:
        kind: type = change.__class__
        if kind is not PercentagePoints:
            refuse(self, "+", change)
            return NotImplemented
        denominator = self._denominator
        if denominator == change._denominator:
            numerator = self._numerator + change._numerator
        else:
            numerator, denominator = self._total(change, 1)
        if not 0 <= numerator <= 100 * denominator:
            self._check(numerator, denominator)
        # Here and in the difference, make() stands in full: calling it takes a sixth longer.
        level = _new(Percentage)
        level._numerator = numerator
        level._denominator = denominator
        level._places = None
        return level

    def __radd__(self, change: PercentagePoints) -> Percentage:
        kind: type = change.__class__
        if kind is not PercentagePoints:
            refuse(change, "+", self)
            return NotImplemented
        return self + change

    @overload
    def __sub__(self, other: Percentage) -> PercentagePoints: ...
    @overload
    def __sub__(self, other: PercentagePoints) -> Percentage: ...
    def __sub__(self, other: Percentage | PercentagePoints) -> PercentagePoints | Percentage:
        kind: type = other.__class__
        if kind is not Percentage and kind is not PercentagePoints:
            refuse(self, "-", other)
            return NotImplemented
        denominator = self._denominator
        if denominator == other._denominator:
            numerator = self._numerator - other._numerator
        else:
            numerator, denominator = self._total(other, -1)
        result: PercentagePoints | Percentage
        if kind is Percentage:
            result = _new(PercentagePoints)
        else:
            if not 0 <= numerator <= 100 * denominator:
                self._check(numerator, denominator)
            result = _new(Percentage)
        result._numerator = numerator
        result._denominator = denominator
        result._places = None
        return result

    def _printed(self, sign: str, digits: str, form: str) -> str:
        return sign + digits + _PERCENT[form]

    @classmethod
    def _check(cls, numerator: int, denominator: int) -> None:
        if not 0 <= numerator <= 100 * denominator:
            # Shown without rounding: 100.001% must not read as 100%.
            outside = make(RelativeChange, numerator, denominator)._exact_text()
            raise PercentageOutOfRangeError(f"{outside}% is not between 0% and 100%")

    def _check_ending(self, text: str, ending: str) -> None:
        if ending == "points":
            raise QuantityError(
                f"{text!r} is a change, not a level: write PercentagePoints({self._exact_text()!r})"
            )


@final
class PercentagePoints(_InPercent, Additive):
    """A change between two levels, exact, of any sign.

    Args:
        number: The points: ``"8"``, ``"+0.5pp"``, ``"nine percentage points"``, ``8``,
            ``Decimal("-2.7")`` or a ``Fraction``. A ``%`` is refused, because a change of 20%
            may be 20 points or a fifth.

    A gap between two groups is also counted in points, so points are a :data:`Level` too: that of
    a measure whose unit is "percentage points".

    A format spec is Python's, ending in ``w`` for words (the default), ``p`` for "pp", or ``n``
    for the number alone as it was printed; Python's own ``f`` prints a bare number. ``sum`` and
    ``statistics.mean`` of points are points.

    >>> Percentage(90) - Percentage(82)
    PercentagePoints('8')
    >>> PercentagePoints(8) / PercentagePoints(16)
    Fraction(1, 2)
    >>> sum([PercentagePoints(8), PercentagePoints("0.5")])
    PercentagePoints('8.5')
    >>> f"{PercentagePoints('0.5'):+}, {PercentagePoints(1)}, {PercentagePoints(-8):p}"
    '+0.5 percentage points, 1 percentage point, -8pp'

    Raises:
        QuantityError: The text is not a plain number of points.
        BinaryFloatError: The number is a binary float.
    """

    __slots__ = ()
    _forms = "wpn"

    @property
    def unit(self) -> str:
        """``percentage points``, so that a level of each kind can be asked for its unit.

        >>> PercentagePoints("3.7").unit
        'percentage points'
        """
        return "percentage points"

    def as_integer_ratio(self) -> tuple[int, int]:
        """Return the number of points as a ratio in lowest terms, as Python's numbers do."""
        return self.value.as_integer_ratio()

    def __bool__(self) -> bool:
        return self._numerator != 0

    def is_consistent_with(self, before: Percentage, after: Percentage) -> bool:
        """Whether this change could be the exact one that all three figures were rounded from.

        37% then 43% was rightly published as 5 points up: 37.4% then 42.6% is 5.2 points.

        >>> PercentagePoints("+5").is_consistent_with(Percentage("37"), Percentage("43"))
        True
        >>> PercentagePoints("+4").is_consistent_with(Percentage("37"), Percentage("43"))
        False

        Raises:
            MixedQuantityError: The levels are not two percentages.
        """
        if not before.__class__ is after.__class__ is Percentage:
            raise MixedQuantityError(
                f"a change in points lies between two percentages, "
                f"not between {shown(before)} and {shown(after)}"
            )
        least, most = self.published_interval
        before_least, before_most = before.published_interval
        after_least, after_most = after.published_interval
        return least <= after_most - before_least and most >= after_least - before_most

    def _printed(self, sign: str, digits: str, form: str) -> str:
        match form:
            case "n":
                return sign + digits
            case "p":
                return f"{sign}{digits}pp"
            case _:
                return f"{sign}{digits} percentage point{'' if digits == '1' else 's'}"

    def _check_ending(self, text: str, ending: str) -> None:
        if ending == "%":
            number = self._exact_text()
            raise QuantityError(
                f"{text!r} may mean points or a share of the level: write "
                f"PercentagePoints({number!r}) or RelativeChange('{number}%')"
            )


LevelT = TypeVar("LevelT", "Percentage", "PercentagePoints", Amount)


@final
class RelativeChange(_InPercent):
    """A change as a share of the level it starts from, exact, not below -100%.

    Args:
        number: The number in per cent: ``"+20%"``, ``"-2.7 per cent"``, ``"20"``, ``20``,
            ``Decimal("-2.7")`` or a ``Fraction``.

    It multiplies a level of any kind, from either side. A format spec is Python's, ending in ``%``
    (the default), ``w`` for "per cent" in words, or ``n`` for the number alone as it was printed,
    each with the plus sign of a rise; Python's own ``f`` prints a bare number.

    >>> Percentage(62) * RelativeChange("+20%")
    Percentage('74.4')
    >>> RelativeChange("20") * Amount(200, "place")
    Amount('240', 'place')

    Raises:
        QuantityError: The text is not a plain number, ends in points, or is below -100%.
        BinaryFloatError: The number is a binary float.
    """

    __slots__ = ()
    _forms = "%wn"
    _lowest = -100

    @classmethod
    def between(cls, before: LevelT, after: LevelT) -> RelativeChange:
        """Return the change from one level to another as a share of the first.

        >>> RelativeChange.between(Percentage("75.6"), Percentage("73.5")).value
        Fraction(-25, 9)

        Raises:
            QuantityError: The first is not above zero, or the second is below it.
            MixedQuantityError: They are not two levels of one unit.
        """
        _check_pair(before, after)
        if before._numerator <= 0:
            raise QuantityError(f"from {before} to {after}: a share of zero is undefined")
        ratio = after.value / before.value
        return cls(100 * (ratio - 1))

    def as_integer_ratio(self) -> tuple[int, int]:
        """Refuse to be averaged: relative changes follow one another and do not add up.

        Raises:
            MixedQuantityError: Always; the message says what to write instead.
        """
        raise MixedQuantityError(
            f"{self} is a factor, and factors have no plain mean: apply changes to the level in "
            "turn, or work with change.value"
        )

    @property
    def factor(self) -> Fraction:
        """The factor of the level: +20% is 6/5."""
        return 1 + self.value / 100

    def is_consistent_with(self, before: LevelT, after: LevelT) -> bool:
        """Whether this change could be the exact one that all three figures were rounded from.

        A first level that may have been 0 puts no limit on how large the change may be.

        >>> RelativeChange("+16%").is_consistent_with(Percentage("37"), Percentage("43"))
        True
        >>> RelativeChange("+500%").is_consistent_with(Percentage("0"), Percentage("1"))
        True

        Raises:
            MixedQuantityError: They are not two levels of one unit.
        """
        _check_pair(before, after)
        reached = [
            start.value * change.factor
            for start in before.published_interval
            for change in self.published_interval
        ]
        least, most = after.published_interval
        return min(reached) <= most.value and max(reached) >= least.value

    @overload
    def __mul__(self, level: Percentage) -> Percentage: ...
    @overload
    def __mul__(self, level: PercentagePoints) -> PercentagePoints: ...
    @overload
    def __mul__(self, level: Amount) -> Amount: ...
    def __mul__(self, level: Level) -> Level:
        kind: type = level.__class__
        if kind not in {Percentage, PercentagePoints, Amount}:
            refuse(self, "*", level)
            return NotImplemented
        return level._like(*(level.value * self.factor).as_integer_ratio())

    __rmul__ = __mul__

    def _printed(self, sign: str, digits: str, form: str) -> str:
        rise = "+" if self._numerator > 0 and digits.strip("0.,") else ""
        return (sign or rise) + digits + _PERCENT[form]

    def _written(self) -> str:
        return f"{'+' if self._numerator > 0 else ''}{self._exact_text()}%"

    @classmethod
    def _check(cls, numerator: int, denominator: int) -> None:
        if numerator < -100 * denominator:
            fall = make(PercentagePoints, numerator, denominator)._exact_text()
            raise QuantityError(f"{fall}% is below -100%, the largest possible fall")

    def _check_ending(self, text: str, ending: str) -> None:
        if ending == "points":
            raise QuantityError(
                f"{text!r} is a change in points, not in per cent of the level: "
                f"write PercentagePoints({self._exact_text()!r})"
            )


Level = Percentage | PercentagePoints | Amount
"""The figure that a measure has: a share, a gap in points, or an amount of a unit."""

Change = PercentagePoints | RelativeChange | Amount
"""A difference between two levels."""

_PERCENT = {"%": "%", "w": " per cent", "n": ""}


def _read_count(count: int) -> int:
    number = whole_number(count)
    if number is None or number < 0:
        raise CountsError(f"{shown(count)} is not a count: write a whole number, 0 or more")
    return number


def _check_pair(before: Level, after: Level) -> None:
    if (
        before.__class__ not in {Percentage, PercentagePoints, Amount}
        or before.__class__ is not after.__class__
        or getattr(before, "unit", None) != getattr(after, "unit", None)
    ):
        raise MixedQuantityError(
            "a relative change lies between two percentages, two gaps in points or two amounts of "
            f"one unit, not between {shown(before)} and {shown(after)}"
        )
