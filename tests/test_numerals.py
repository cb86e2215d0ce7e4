"""Numbers as documents print them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rrmodel.errors import NumeralError
from rrmodel.numerals import LONGEST_NUMERAL, Numeral, read_numeral


@pytest.mark.parametrize(
    ("text", "value", "places"),
    [
        ("82", Fraction(82), 0),
        ("82.0", Fraction(82), 1),
        ("+0.5", Fraction(1, 2), 1),
        ("−4", Fraction(-4), 0),
        ("-4", Fraction(-4), 0),
        ("41,205", Fraction(41205), 0),
        ("1/3", Fraction(1, 3), None),
        ("nine", Fraction(9), 0),
        ("Twenty five", Fraction(25), 0),
        ("twenty-five", Fraction(25), 0),
        ("one hundred", Fraction(100), 0),
        (" 7 ", Fraction(7), 0),
    ],
)
def test_reads_what_documents_print(text: str, value: Fraction, places: int | None) -> None:
    """Digits, commas, decimals, signs, fractions and words are read exactly."""
    read = read_numeral(text)
    assert (read.value, read.places) == (value, places)


def test_remembers_whether_a_sign_was_printed() -> None:
    """A printed plus sign marks a change rather than a level."""
    assert read_numeral("+8") == Numeral(Fraction(8), 0, signed=True)
    assert not read_numeral("8").signed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1e9",
        "1e999999999",
        "NaN",
        "Infinity",
        "1_000",
        "٨٢",
        "８２",
        "1,00",
        "12,34,567",
        ".5",
        "5.",
        "1/0",
        "1/",
        "--1",
        "0x1f",
        "one hundred and one",
        "82\n",
        "1" * (LONGEST_NUMERAL + 1),
        "9" * 1_000_000,
    ],
)
def test_refuses_what_is_no_plain_number(text: str) -> None:
    """Exponents, infinities, underscores, foreign digits and endless texts are refused."""
    with pytest.raises(NumeralError):
        read_numeral(text)
