"""Converting and combining amounts: weeks into nights, pounds a year into pounds.

The units that convert are few; each counts one kind of thing, and kinds never mix:

=============== =================================================================================
people          ``person``, ``offender``, ``prisoner``, ``employee``, ``reoffender``
events, cases   ``release``, ``case``, ``referral``, ``completion``, ``intervention``, ``reoffence``
provision       ``place``, ``bed``, ``post``, ``service-level``, ``prison``, ``region``
money           ``GBP``
nights          ``night``, ``day`` (one night), ``week`` (7 nights)
months          ``month``, ``quarter`` (3 months), ``year`` (12 months)
work            ``hour``
=============== =================================================================================

Nights and months do not convert into each other, because months differ in length, nor do hours and
days, because a day of work is not 24 hours. An :class:`~rrmodel.quantities.Amount` may have any
other unit, a rate such as "per 1,000 prisoners" or a share such as "% of capacity" included, and
adds up with amounts of the same unit; converting one is an error.

Everything is exact. A converted amount has no printed decimals, like any result of arithmetic. Pint
is loaded by the first call, not by the import, and its registry is private, so that definitions
made elsewhere do not change the answers.

>>> convert(Amount(12, "week"), "night")
Amount('84', 'night')
>>> multiply(Amount(200_000_000, "GBP/year"), Amount(3, "year"))
Amount('600000000', 'GBP')
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, cast

from rrmodel.errors import MixedQuantityError, QuantityError, UnitError, did_you_mean
from rrmodel.quantities import Amount, Exact, Percentage, PercentagePoints, RelativeChange

# Some of pint's types are unknown, hence the comments for pyright.
if TYPE_CHECKING:
    from pint.facets.plain import PlainUnit
    from pint.registry import Quantity, UnitRegistry

__all__ = ["add", "convert", "divide", "from_pint", "multiply", "to_pint", "units"]

_KINDS = frozenset(
    "GBP bed case completion employee hour intervention month night offender person place post "
    "prison prisoner referral region release reoffence reoffender service-level".split()
)
_MULTIPLES = {"day": "night", "week": "7 * night", "quarter": "3 * month", "year": "12 * month"}
_SHARES = {"percent": "Percentage", "percentage-point": "PercentagePoints"}
_SPANS = {"[month]", "[night]"}

_building = Lock()


def units() -> tuple[str, ...]:
    """Return the names of the units that convert, in alphabetical order.

    >>> [name for name in units() if name.startswith("p")]
    ['person', 'place', 'post', 'prison', 'prisoner']
    """
    return tuple(sorted(_KINDS | _MULTIPLES.keys()))


def convert(amount: Amount, unit: str) -> Amount:
    """Return the same amount in another unit of its kind.

    Args:
        amount: The amount to convert.
        unit: A name of :func:`units`, or one such name over another, as in ``"GBP/month"``.

    >>> convert(Amount("200,000,000", "GBP/year"), "GBP/quarter")
    Amount('50000000', 'GBP/quarter')
    >>> convert(Amount(1, "year"), "night")
    Traceback (most recent call last):
    ...
    rrmodel.errors.MixedQuantityError: 1 year cannot become 'night': months differ in length, ...

    Raises:
        UnitError: One of the two units is not known.
        MixedQuantityError: The units count different kinds of thing.
    """
    asked = Amount(0, unit).unit  # an amount knows how a unit is written
    here, there = _unit_of(amount), _known(asked)
    if not here.is_compatible_with(there):
        raise MixedQuantityError(f"{amount} cannot become {asked!r}: {_difference(here, there)}")
    if here == there:
        return amount
    return Amount(amount.value * _factor(here, there), asked)


def add(left: Amount, right: Amount) -> Amount:
    """Return the sum of two amounts of one kind, in the unit of the first.

    >>> add(Amount(12, "week"), Amount(7, "night"))
    Amount('13', 'week')
    >>> add(Amount(200, "place"), Amount(5, "GBP"))
    Traceback (most recent call last):
    ...
    rrmodel.errors.MixedQuantityError: 200 places + £5 has no sum: 'place' and 'GBP' count ...

    Raises:
        UnitError: One of the two units is not known.
        MixedQuantityError: The units count different kinds of thing.
    """
    here, there = _unit_of(left), _unit_of(right)
    if not here.is_compatible_with(there):
        raise MixedQuantityError(f"{left} + {right} has no sum: {_difference(here, there)}")
    return left + convert(right, left.unit)


def multiply(left: Amount, right: Amount) -> Amount:
    """Return the product of a rate and an amount, or of two rates.

    Units of one kind cancel, whatever their size: pounds a week for so many nights are pounds.

    >>> multiply(Amount(70, "GBP/week"), Amount(84, "night"))
    Amount('840', 'GBP')

    Raises:
        UnitError: A unit is not known, or the product has no unit that an amount can have.
    """
    unit = cast("PlainUnit", _unit_of(left) * _unit_of(right))
    advice = "multiply one by the value of the other"
    return _amount(left.value * right.value, unit, f"{left} * {right}", advice)


def divide(left: Amount, right: Amount) -> Amount:
    """Return the rate of one amount over another, or how many a rate makes an amount of.

    >>> divide(Amount(600, "GBP"), Amount(3, "year"))
    Amount('200', 'GBP/year')
    >>> divide(Amount(600, "GBP"), Amount(200, "GBP/year"))
    Amount('3', 'year')

    Raises:
        UnitError: A unit is not known, or the quotient has no unit that an amount can have.
        QuantityError: The second argument is not an amount.
    """
    unit = cast("PlainUnit", _unit_of(left) / _unit_of(right))
    if not right.value:
        raise QuantityError(f"{left} / {right}: a share of zero is undefined")
    advice = "convert one to the unit of the other, then divide them with /"
    return _amount(left.value / right.value, unit, f"{left} / {right}", advice)


def to_pint(
    quantity: Percentage | PercentagePoints | RelativeChange | Amount,
) -> Quantity[Fraction]:
    """Return a quantity as pint's, with a ``Fraction`` as its magnitude.

    A level is in ``percent`` and a change in ``percentage_point``, which do not mix; a relative
    change is the plain factor that it multiplies by. Hyphens of unit names become underscores.
    Pint's algebra is looser than ours: it adds two levels. A pickled quantity, or one mixed from
    another registry, does not come back, and a power of a unit cannot be printed: keep amounts.

    >>> to_pint(Percentage("82")).units == to_pint(PercentagePoints("8")).units
    False
    >>> print(to_pint(Amount(3, "service-level")), to_pint(RelativeChange("+20%")))
    3 service_level 6/5 dimensionless

    Raises:
        UnitError: The amount's unit is not known.
    """
    unit = _registry().Unit
    match quantity:
        case Percentage():
            return _quantity(quantity.value, unit("percent"))
        case PercentagePoints():
            return _quantity(quantity.value, unit("percentage_point"))
        case RelativeChange():
            return _quantity(quantity.factor, unit(""))
        case _:
            counted = _unit_of(quantity)
            return _quantity(quantity.value, counted)


def from_pint(quantity: Quantity[Fraction]) -> Percentage | PercentagePoints | Amount:
    """Return a quantity of :func:`to_pint`, or a result of pint from one, as a quantity of ours.

    A number without a unit is refused, because it may be a ratio as well as a relative change.

    >>> from_pint(to_pint(Amount(70, "GBP/week")) * to_pint(Amount(84, "night")))
    Amount('840', 'GBP')

    Raises:
        UnitError: The quantity is of another registry, or its unit is not one that ours can have.
        BinaryFloatError: The magnitude is a binary float.
        QuantityError: The magnitude is not an exact number, or not a level from 0% to 100%.
    """
    registry = _registry()
    if not isinstance(quantity, registry.Quantity):
        raise UnitError(
            "from_pint takes back a quantity that came from rrmodel.units.to_pint, not "
            f"{type(quantity).__module__}.{type(quantity).__name__} from elsewhere: "
            "write Amount(number, unit)"
        )
    number = cast("Exact", quantity.magnitude)  # pyright: ignore[reportUnknownMemberType]
    if quantity.units == registry.Unit("percent"):
        return Percentage(number)
    if quantity.units == registry.Unit("percentage_point"):
        return PercentagePoints(number)
    advice = "work with that; a factor of change is RelativeChange(100 * (factor - 1))"
    return _amount(number, quantity.units, "this quantity", advice)


def _registry() -> UnitRegistry[Fraction]:
    # Two threads that come first together must not get a registry each: their quantities would
    # not mix, and from_pint would refuse those of one of them.
    with _building:
        return _built_registry()


@cache
def _built_registry() -> UnitRegistry[Fraction]:
    from pint import UnitRegistry  # noqa: PLC0415  loaded late, being slower than all the rest

    registry = cast(
        "UnitRegistry[Fraction]",
        UnitRegistry(
            None,  # pyright: ignore[reportArgumentType]  pint documents it and types it as a text
            non_int_type=Fraction,  # pyright: ignore[reportArgumentType]  as above, as a float
            on_redefinition="raise",
        ),
    )
    for name in sorted(_KINDS | _SHARES.keys()):
        registry.define(f"{_pint_name(name)} = [{_pint_name(name)}]")
    for name, multiple in _MULTIPLES.items():
        registry.define(f"{name} = {multiple}")
    return registry


def _pint_name(unit: str) -> str:
    return unit.replace("-", "_")


def _known(unit: str) -> PlainUnit:
    """Return pint's unit of this name, if it is one of ours."""
    for name in unit.split("/"):
        if name in _SHARES:
            raise UnitError(f"{name!r} is not a unit of an amount: write {_SHARES[name]}")
        if name not in units():
            raise UnitError(
                f"{name!r} is not a unit that converts: {did_you_mean(name, units())}. "
                "Amounts of any one unit add up with +"
            )
    known = _registry().Unit(_pint_name(unit))
    if known.dimensionless:
        raise UnitError(f"{unit!r} is a plain number: both names count one kind of thing")
    return known


def _unit_of(amount: object) -> PlainUnit:
    if not isinstance(amount, Amount):
        raise UnitError(
            f"{type(amount).__name__} has no unit to convert: write Amount(number, unit)"
        )
    return _known(amount.unit)


def _quantity(value: Fraction, unit: PlainUnit) -> Quantity[Fraction]:
    return cast("Quantity[Fraction]", _registry().Quantity(value, unit))


def _difference(here: PlainUnit, there: PlainUnit) -> str:
    """Say why two units do not convert, with advice."""
    if set(here.dimensionality) ^ set(there.dimensionality) == _SPANS:
        return (
            "months differ in length, so that no month, quarter or year has a fixed number of "
            "nights. Count the days of the very period that is meant"
        )
    return (
        f"{_name(here)!r} and {_name(there)!r} count different kinds of thing. Report them side "
        "by side, or use rrmodel.units.multiply with a rate such as 'GBP/place'"
    )


def _amount(number: Exact, unit: PlainUnit, source: str, advice: str) -> Amount:
    """Return a number of a unit of pint's as an amount, with units of one kind cancelled."""
    one = _quantity(Fraction(1), unit)
    reduced = one.to_reduced_units().units  # pyright: ignore[reportUnknownMemberType]
    powers = _powers(reduced)
    if not powers:
        raise UnitError(f"{source} is a plain number, without a unit: {advice}")
    name = _name(reduced)
    if sorted(powers.values()) not in ([1], [-1, 1]) or not set(name.split("/")) <= set(units()):
        raise UnitError(
            f"{source} is in {name!r}, and an amount has one unit, or one over another: "
            "work with the values"
        )
    return Amount(number, name) * _factor(unit, reduced)


def _factor(here: PlainUnit, there: PlainUnit) -> Fraction:
    return _registry().convert(Fraction(1), here, there)  # pyright: ignore[reportUnknownMemberType]


def _powers(unit: PlainUnit) -> dict[str, Fraction]:
    return cast("dict[str, Fraction]", dict(_quantity(Fraction(1), unit).unit_items()))


def _name(unit: PlainUnit) -> str:
    """Write a unit of pint's as ours are, and anything else so that it can be read."""
    powers = sorted(_powers(unit).items())
    above = [_power(name, power) for name, power in powers if power > 0]
    below = [_power(name, -power) for name, power in powers if power < 0]
    return "/".join(["*".join(above) or "1", *below]).replace("_", "-")


def _power(name: str, power: Fraction) -> str:
    return name if power == 1 else f"{name}**{power}"
