"""Numbers as documents print them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rrmodel.errors import NumeralError
from rrmodel.numerals import LONGEST_NUMERAL, Numeral, read_numeral, read_share


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
        ("one hundred and one", Fraction(101), 0),
        ("a hundred", Fraction(100), 0),
        ("two thousand five hundred", Fraction(2500), 0),
        ("twenty-five hundred", Fraction(2500), 0),
        ("nine hundred thousand", Fraction(900_000), 0),
        ("one million, two hundred thousand and five", Fraction(1_200_005), 0),
        ("one thousand million", Fraction(10**9), 0),
        ("a million", Fraction(10**6), 0),
        ("three billion", Fraction(3 * 10**9), 0),
        ("1.2 million", Fraction(1_200_000), None),
        ("1.15m", Fraction(1_150_000), None),
        ("-75k", Fraction(-75_000), None),
        ("3 thousand", Fraction(3000), None),
        ("2.5bn", Fraction(2_500_000_000), None),
        ("40 Mn", Fraction(40_000_000), None),
        ("a dozen", Fraction(12), 0),
        ("two dozen", Fraction(24), 0),
        ("2½", Fraction(5, 2), None),
        ("1 ¾", Fraction(7, 4), None),
        ("two and a half", Fraction(5, 2), None),
        ("One and a half million", Fraction(1_500_000), None),
        ("1½m", Fraction(1_500_000), None),
        ("half a million", Fraction(500_000), None),
        ("half a dozen", Fraction(6), None),
        ("a quarter of a million", Fraction(250_000), None),
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
        "hundred",
        "one two",
        "five thousands",
        "one hundred and",
        "one hundred zero",
        "a hundred a",
        "zero thousand",
        "two thousand thousand",
        "1/3m",
        "5 millions",
        "one-third",
        "half",
        "one in five",
        "12 per 1,000",
        "a",
        "½",
        "2.5½",
        "+2½",
        "some and a half",
        "82\n",
        "1" * (LONGEST_NUMERAL + 1),
        "9" * 1_000_000,
    ],
)
def test_refuses_text_that_is_not_a_plain_number(text: str) -> None:
    """Exponents, infinities, underscores, foreign digits and endless texts are refused."""
    with pytest.raises(NumeralError):
        read_numeral(text)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("half", Fraction(1, 2)),
        ("a half", Fraction(1, 2)),
        ("One-half", Fraction(1, 2)),
        ("a quarter", Fraction(1, 4)),
        ("three quarters", Fraction(3, 4)),
        ("three-quarters", Fraction(3, 4)),
        ("one-third", Fraction(1, 3)),
        ("two  thirds", Fraction(2, 3)),
        ("an eighth", Fraction(1, 8)),
        ("nine-tenths", Fraction(9, 10)),
        ("one hundredth", Fraction(1, 100)),
        ("one in five", Fraction(1, 5)),
        ("1 in 5", Fraction(1, 5)),
        ("0 in 5", Fraction(0)),
        ("7 out of 10", Fraction(7, 10)),
        ("5 in every 1,000", Fraction(1, 200)),
        ("12 per 1,000", Fraction(3, 250)),
        ("12.3 per 100,000", Fraction(123, 1_000_000)),
        ("three out of every four", Fraction(3, 4)),
        ("two for every one hundred thousand", Fraction(1, 50_000)),
        ("one in a million", Fraction(1, 10**6)),
        ("½", Fraction(1, 2)),
        ("⅔", Fraction(2, 3)),
        ("one twentieth", Fraction(1, 20)),
        ("three-thousandths", Fraction(3, 1000)),
    ],
)
def test_reads_a_share_of_a_whole(text: str, share: Fraction) -> None:
    """Fractions in words and so many of a number are read as shares of one."""
    assert read_share(text) == share


@pytest.mark.parametrize(
    "text",
    [
        "",
        "82",
        "third",
        "quarter",
        "one thirds",
        "two third",
        "two-half",
        "thirty parts",
        "zero thirds",
        "-1 in 5",
        "1 in -5",
        "1 in 0",
        "one in many",
        "some in five",
        "1 in 2 in 3",
        "one per cent",
        "x" * (LONGEST_NUMERAL + 1),
    ],
)
def test_refuses_what_is_not_a_share(text: str) -> None:
    """Plain numbers, ordinals and words that do not agree in number are refused."""
    with pytest.raises(NumeralError):
        read_share(text)
