"""Numbers as plans and bulletins print them: digits, thousands commas, decimals, words.

Only plain numbers are read. Exponents, underscores, infinities, digits of other scripts and texts
longer than :data:`LONGEST_NUMERAL` are refused after looking at their length alone or once
at each character, so that a hostile text costs no more than an honest one.
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from rrmodel.errors import NumeralError

__all__ = ["LONGEST_NUMERAL", "Numeral", "read_numeral"]

LONGEST_NUMERAL = 60
"""The most characters that a number may have; no published figure comes near it."""

_PLAIN = re.compile(
    r"""(?P<sign>[+\-−]?)
        (?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)
        (?:\.(?P<decimals>[0-9]+)|/(?P<denominator>[0-9]+))?""",
    re.VERBOSE | re.ASCII,
)
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = (
    {word: number for number, word in enumerate(_UNITS)}
    | {word: 10 * tens for tens, word in enumerate(_TENS, start=2)}
    | {
        f"{tens_word}-{_UNITS[unit]}": 10 * tens + unit
        for tens, tens_word in enumerate(_TENS, start=2)
        for unit in range(1, 10)
    }
    | {"one hundred": 100, "a hundred": 100}
)


@attrs.frozen
class Numeral:
    """A number read from text: its exact value and how many decimals were printed.

    >>> read_numeral("82.0").places
    1
    """

    value: Fraction
    """The exact value."""
    places: int | None
    """Decimals that were printed; ``None`` for a fraction such as ``1/3``."""
    signed: bool = False
    """Whether a sign was printed."""


def read_numeral(text: str) -> Numeral:
    """Read one plain number, in digits or in words up to one hundred.

    >>> read_numeral("41,205").value
    Fraction(41205, 1)
    >>> read_numeral("twenty-five").value
    Fraction(25, 1)
    >>> read_numeral("1e9")
    Traceback (most recent call last):
    ...
    rrmodel.errors.NumeralError: '1e9' is not a plain number: write digits such as 82, 82.5 or ...

    Raises:
        NumeralError: The text is anything but one plain number.
    """
    if len(text) > LONGEST_NUMERAL:
        raise NumeralError(
            f"a number of {len(text)} characters is longer than any published figure: "
            f"write at most {LONGEST_NUMERAL}"
        )
    stripped = text.strip(" \t")
    if match := _PLAIN.fullmatch(stripped):
        sign, whole, decimals, denominator = match.group("sign", "whole", "decimals", "denominator")
        bottom = int(denominator) if denominator else 1
        if bottom == 0:
            raise NumeralError(f"{stripped!r} divides by zero")
        value = Fraction(int(whole.replace(",", "") + (decimals or "")), bottom)
        value /= 10 ** len(decimals or "")
        return Numeral(
            -value if sign in {"-", "−"} else value,
            None if denominator else len(decimals or ""),
            signed=bool(sign),
        )
    words = " ".join(stripped.lower().split())
    number = _WORDS.get(words, _WORDS.get(words.replace(" ", "-")))
    if number is None:
        raise NumeralError(
            f"{stripped!r} is not a plain number: write digits such as 82, 82.5 or 1,500, "
            "or a word up to one hundred"
        )
    return Numeral(Fraction(number), 0)
