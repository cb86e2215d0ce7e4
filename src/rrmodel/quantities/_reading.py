"""Reading an exact number, with the words after it that say its kind."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from operator import index
from typing import SupportsIndex

from rrmodel.errors import BinaryFloatError, NumeralError, QuantityError
from rrmodel.numerals import LONGEST_NUMERAL, read_numeral, read_share
from rrmodel.quantities._rounding import check_places, round_ratio

__all__ = ["Exact", "read", "read_float", "read_number", "whole_number"]

Exact = int | str | Decimal | Fraction
"""The values that constructors accept: a whole number, a text, a decimal or a fraction."""

_MOST_DIGITS = 1_000
_LONGEST_ENDING = 24
_SHARES_OF_A_WHOLE = frozenset({"Percentage", "RelativeChange"})
_PLAIN = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,9}))?(%?)", re.ASCII)
_ENDING = re.compile(
    r"(?<![a-z-])(?:(?P<percent>%|per ?cent)|percentage[ -]points?|ppts?|pp)$",
    re.ASCII | re.IGNORECASE,
)


def read(number: Exact, kind: str) -> tuple[int, int, int | None, bool, str]:
    """Read a number and the words printed with it.

    >>> read("+0.5pp", "PercentagePoints")
    (5, 10, 1, True, 'points')

    Returns:
        Numerator, denominator, decimals printed, whether a sign was printed, and the ending:
        ``"%"``, ``"points"`` or nothing. Printed decimals stay the denominator, so that figures
        of one table share it and their arithmetic needs no common multiple.

    Raises:
        NumeralError: The text holds more or less than one plain number, or far too long a one.
        BinaryFloatError: The number is a binary float.
        QuantityError: It is not a number at all.
    """
    if isinstance(number, str):
        if plain := _PLAIN.fullmatch(number):
            whole, decimals, ending = plain.groups()
            if decimals is None:
                return int(whole), 1, 0, False, ending
            places = len(decimals)
            return int(whole + decimals), 10**places, places, False, ending
        return _read_text(number, kind)
    return (*read_number(number, kind), False, "")


def _read_text(text: str, kind: str) -> tuple[int, int, int | None, bool, str]:
    if len(text) > LONGEST_NUMERAL + _LONGEST_ENDING:
        raise NumeralError(
            f"a quantity of {len(text)} characters is longer than any published figure: "
            f"write at most {LONGEST_NUMERAL + _LONGEST_ENDING}"
        )
    text = " ".join(text.split())  # no-break spaces too, as editors put them before a %
    ending = ""
    if match := _ENDING.search(text):
        ending = "%" if match["percent"] else "points"
        text = text[: match.start()]
    try:
        numeral = read_numeral(text)
    except NumeralError as error:
        if ending or kind not in _SHARES_OF_A_WHOLE:
            raise
        try:
            share = 100 * read_share(text)
        except NumeralError:
            raise error from None
        return (*share.as_integer_ratio(), None, False, "")
    numerator, denominator = numeral.value.as_integer_ratio()
    if numeral.places:
        numerator *= 10**numeral.places // denominator
        denominator = 10**numeral.places
    return numerator, denominator, numeral.places, numeral.signed, ending


def whole_number(number: object) -> int | None:
    """Return a whole number of Python or of another library, such as numpy, if it is one.

    >>> whole_number(82), whole_number(82.0), whole_number(True)
    (82, None, None)
    """
    if isinstance(number, bool) or not isinstance(number, SupportsIndex):
        return None
    try:
        return index(number)
    except TypeError:  # arrays have the method, whatever they contain
        return None


def read_number(number: object, kind: str) -> tuple[int, int, int | None]:
    """Return numerator, denominator and decimals of a number that is not a text.

    Raises:
        BinaryFloatError: It is a binary float.
        QuantityError: It is not a number, is a truth value, infinite, or has too many digits.
    """
    if isinstance(number, bool):
        raise QuantityError(f"{number} is a truth value, not a number for {kind}")
    places: int | None = None
    if isinstance(number, Decimal):
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int):
            raise QuantityError(f"{number} is not a number: {kind} needs a finite one")
        # Looked at before it is expanded: Decimal("1E+999999999") would fill the memory.
        _check_length(len(number.as_tuple().digits) + abs(exponent), kind)
        numerator, denominator = number.as_integer_ratio()
        places = max(0, -exponent)
        return numerator * (10**places // denominator), 10**places, places
    if isinstance(number, Fraction):
        numerator, denominator = number.numerator, number.denominator
    elif (whole := whole_number(number)) is not None:
        numerator, denominator, places = whole, 1, 0
    elif isinstance(number, Real):  # floats of Python and of numpy
        raise BinaryFloatError(
            f"{number!r} is a binary float, which is rarely the number that was printed: write "
            f"the text, as in {kind}('82.5'), or round it with {kind}.from_float and its places"
        )
    else:
        raise QuantityError(
            f"{kind} is made from a text, an int, a Decimal or a Fraction, "
            f"not from {type(number).__name__}"
        )
    _check_length(max(numerator.bit_length(), denominator.bit_length()) * 3 // 10, kind)
    return numerator, denominator, places


def _check_length(digits: int, kind: str) -> None:
    if digits > _MOST_DIGITS:
        raise NumeralError(f"a number of more than {_MOST_DIGITS} digits is too long for a {kind}")


def read_float(number: object, places: int) -> Decimal:
    """Round a binary float, half to even, to the decimals that it was meant to have.

    >>> read_float(0.1 + 0.2, places=1)
    Decimal('0.3')
    """
    check_places(places)
    if isinstance(number, bool | Fraction) or not isinstance(number, Real):
        raise QuantityError(f"from_float takes a float, not {type(number).__name__}")
    plain = float(number)
    if not math.isfinite(plain):
        raise QuantityError(f"{number} is not a finite number")
    units = round_ratio(*plain.as_integer_ratio(), places)
    # Built from its parts: arithmetic on decimals would round to the caller's context.
    return Decimal((int(units < 0), tuple(map(int, str(abs(units)))), -places))
