"""Numbers as plans and bulletins print them: digits, words, millions and shares.

:func:`read_numeral` reads:

====================  ===============================================================
digits                "82", "82.0", "41,205", "+0.5", "1/3"
words                 "nine", "twenty-five", "one hundred and twenty", "two thousand", "a dozen"
halves                "2½", "two and a half", "one and a half million", "half a million"
magnitudes            "1.2 million", "1.15m", "75k", "3bn"
====================  ===============================================================

:func:`read_share` reads:

====================  ===============================================================
fractions in words    "half", "a quarter", "one-third", "two thirds", "three-twentieths", "¾"
so many of a number   "one in five", "7 out of 10", "12 per 1,000"
====================  ===============================================================

A share says a part of a whole and is never read as a plain number: "one in five" is 20%, not 0.2%.

Exponents, underscores, infinities, digits of other scripts and texts longer than
:data:`LONGEST_NUMERAL` are refused after looking at their length alone or once at each character,
so that a hostile text costs no more than an honest one.
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from rrmodel.errors import NumeralError

__all__ = ["LONGEST_NUMERAL", "Numeral", "read_numeral", "read_share"]

LONGEST_NUMERAL = 60
"""The most characters that a number may have; no published figure comes near it."""

_MAGNITUDES = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "bn": 10**9,
    "billion": 10**9,
}
_PLAIN = re.compile(
    rf"""(?P<sign>[+\-−]?)
        (?P<whole>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)
        (?:/(?P<denominator>[0-9]+)
          |(?:\.(?P<decimals>[0-9]+))?(?:[ ]?(?P<magnitude>{"|".join(_MAGNITUDES)}))?)""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_OUT_OF = re.compile(
    "(?P<part>.+?) (?:out of every|out of|in every|in|for every|per) (?P<whole>.+)"
)
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_BELOW_HUNDRED = (
    {word: number for number, word in enumerate(_UNITS)}
    | {word: 10 * tens for tens, word in enumerate(_TENS, start=2)}
    | {
        f"{tens_word}{hyphen}{_UNITS[unit]}": 10 * tens + unit
        for tens, tens_word in enumerate(_TENS, start=2)
        for unit in range(1, 10)
        for hyphen in "- "
    }
)
_SCALES = (
    ("billion", 10**9),
    ("million", 10**6),
    ("thousand", 10**3),
    ("hundred", 100),
    ("dozen", 12),
)
_ORDINALS = (
    {
        name: bottom
        for bottom, name in enumerate(
            "third quarter fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=3
        )
    }
    | {f"{tens[:-1]}ieth": 10 * place for place, tens in enumerate(_TENS, start=2)}
    | {"hundredth": 100, "thousandth": 1000}
)
_PARTS = {"half": 2, "halves": 2} | {
    ending: bottom for name, bottom in _ORDINALS.items() for ending in (name, f"{name}s")
}
_SIGNS = {"½": "a half", "¼": "a quarter", "¾": "three quarters", "⅓": "a third", "⅔": "two thirds"}
_PART_OF_MANY = re.compile("(?:(?P<half>half)|a quarter of) a (?P<many>million|billion|dozen)")
_MIXED = re.compile(
    "(?P<whole>.+?)(?: and (?P<part>a half|a quarter|three quarters)"
    rf"| ?(?P<sign>[{''.join(_SIGNS)}]))"
    "(?: ?(?P<magnitude>thousand|million|m|billion|bn))?"
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
    """Decimals that were printed; ``None`` for a fraction such as ``1/3`` and for a magnitude such
    as ``1.2 million``, whose last decimal is not a decimal of the value."""
    signed: bool = False
    """Whether a sign was printed."""


def read_numeral(text: str) -> Numeral:
    """Read one number, in digits or in words.

    >>> read_numeral("41,205").value
    Fraction(41205, 1)
    >>> read_numeral("one hundred and twenty-five").value, read_numeral("1.15m").value
    (Fraction(125, 1), Fraction(1150000, 1))
    >>> read_numeral("1e9")
    Traceback (most recent call last):
    ...
    rrmodel.errors.NumeralError: '1e9' is not a plain number: write digits such as 82, 82.5 or ...

    Args:
        text: The number alone, without its unit.

    Raises:
        NumeralError: The text is anything but one number.
    """
    checked = _checked_length(text)
    numeral = _plain(checked)
    if numeral is None:
        raise NumeralError(
            f"{checked!r} is not a plain number: write digits such as 82, 82.5 or 1,500, "
            "or words such as 'twenty-five' or '1.2 million'"
        )
    return numeral


def read_share(text: str) -> Fraction:
    """Read a part of a whole: a fraction in words, or so many out of a number.

    >>> read_share("two thirds"), read_share("one in five"), read_share("12 per 1,000")
    (Fraction(2, 3), Fraction(1, 5), Fraction(3, 250))

    Args:
        text: The share alone, without the words for the whole.

    Returns:
        The share of one. It is above 1 where more is counted than there are, as in "3 in 2".

    Raises:
        NumeralError: The text is not such a share.
    """
    checked = _checked_length(text)
    words = " ".join(checked.lower().split())
    share = _out_of(words)
    if share is None:
        share = _fraction(words)
    if share is None:
        raise NumeralError(
            f"{checked!r} is not a share: write words such as 'two thirds', 'one in five' or "
            "'12 per 1,000'"
        )
    return share


def _checked_length(text: str) -> str:
    if len(text) > LONGEST_NUMERAL:
        raise NumeralError(
            f"a number of {len(text)} characters is longer than any published figure: "
            f"write at most {LONGEST_NUMERAL}"
        )
    return text.strip(" \t")


def _plain(text: str) -> Numeral | None:
    if digits := _in_digits(text):
        return digits
    words = " ".join(text.lower().split())
    return _whole(words) or _mixed(words)


def _mixed(words: str) -> Numeral | None:
    """Return a number with a half or a quarter, such as "1½ million" or "half a million"."""
    if alone := _PART_OF_MANY.fullmatch(words):
        share = Fraction(1, 2) if alone["half"] else Fraction(1, 4)
        return Numeral(share * _MAGNITUDES.get(alone["many"], 12), None)
    match = _MIXED.fullmatch(words)
    if match is None:
        return None
    whole = _in_digits(match["whole"]) or _whole(match["whole"])
    part = _fraction(match["part"] or match["sign"])
    if whole is None or part is None or whole.places != 0 or whole.signed:
        return None
    return Numeral((whole.value + part) * _MAGNITUDES.get(match["magnitude"] or "", 1), None)


def _whole(words: str) -> Numeral | None:
    number = _spelt(words)
    return None if number is None else Numeral(Fraction(number), 0)


def _in_digits(text: str) -> Numeral | None:
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    whole, decimals, magnitude = match.group("whole", "decimals", "magnitude")
    bottom = int(match["denominator"] or 1)
    if bottom == 0:
        raise NumeralError(f"{text!r} divides by zero")
    value = Fraction(int(whole.replace(",", "") + (decimals or "")), bottom)
    value /= 10 ** len(decimals or "")
    if magnitude:
        value *= _MAGNITUDES[magnitude.lower()]
    return Numeral(
        -value if match["sign"] in {"-", "−"} else value,
        None if match["denominator"] or magnitude else len(decimals or ""),
        signed=bool(match["sign"]),
    )


def _out_of(words: str) -> Fraction | None:
    match = _OUT_OF.fullmatch(words)
    part, whole = (_plain(match["part"]), _plain(match["whole"])) if match else (None, None)
    if part is None or whole is None or part.signed or whole.signed or not whole.value:
        return None
    return part.value / whole.value


def _fraction(words: str) -> Fraction | None:
    words = _SIGNS.get(words, "a half" if words == "half" else words)
    count, _, name = words.replace(" ", "-").rpartition("-")
    bottom = _PARTS.get(name)
    top = 1 if count in {"a", "an"} else _BELOW_HUNDRED.get(count)
    # one third, but two thirds
    if bottom is None or not top or (name[-1] == "s") is not (top > 1):
        return None
    return Fraction(top, bottom)


def _spelt(words: str, scales: tuple[tuple[str, int], ...] = _SCALES) -> int | None:
    """Return a whole number that is spelt out, its largest part first."""
    for place, (name, size) in enumerate(scales):
        head, scale, tail = words.partition(f" {name}")
        if not scale:
            continue
        smaller = scales[place + 1 :]
        # "a hundred" is a number, and so is "nine hundred thousand"
        count = 1 if head == "a" else _spelt(head, smaller)
        rest = _spelt(tail.lstrip(", ").removeprefix("and "), smaller) if tail else 0
        if not count or rest is None or (tail and (not rest or tail[0] not in ", ")):
            return None
        return count * size + rest
    return _BELOW_HUNDRED.get(words)
