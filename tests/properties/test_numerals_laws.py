"""The laws of numbers in words and digits, one a test."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from rrmodel.errors import NumeralError
from rrmodel.numerals import LONGEST_NUMERAL, Numeral, read_numeral, read_share

PIECES = st.sampled_from(
    "one two twenty-five hundred thousand million half third thirds quarter and a in per out of "
    "1 2.5 1,000 - / m k % ٣".split()
)
TEXTS = st.text(max_size=70) | st.lists(PIECES, max_size=8).map(" ".join)


def spelt_out(number: int) -> str:
    """Return a number below a trillion in words, as a person would write it."""
    ones = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen"
    ).split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    for size, name in (
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ):
        if number >= size:
            count, rest = divmod(number, size)
            joint = " and " if 0 < rest < 100 else " "
            return f"{spelt_out(count)} {name}" + (joint + spelt_out(rest) if rest else "")
    if number < 20:
        return ones[number]
    return tens[number // 10 - 2] + (f"-{ones[number % 10]}" if number % 10 else "")


@given(st.integers(0, 10**12 - 1))
def test_a_number_spelt_out_reads_back(number: int) -> None:
    """Whatever whole number is spelt out, it is read as that number."""
    spelt = spelt_out(number)
    assume(len(spelt) <= LONGEST_NUMERAL)
    assert read_numeral(spelt) == Numeral(Fraction(number), 0)


@given(st.integers(1, 99), st.integers(1, 10**6))
def test_so_many_of_a_number_is_their_ratio(part: int, whole: int) -> None:
    """The share is the same in words and in digits, and exact."""
    assert read_share(f"{spelt_out(part)} in {whole:,}") == Fraction(part, whole)


@given(TEXTS)
def test_no_text_is_both_a_number_and_a_share(text: str) -> None:
    """A text is read as a number, as a share or not at all, and ends in no other error."""
    readings = 0
    for read in (read_numeral, read_share):
        try:
            read(text)
        except NumeralError:
            continue
        readings += 1
    assert readings <= 1
