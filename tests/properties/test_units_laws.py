"""The laws of units, one a test."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rrmodel.errors import UnitError
from rrmodel.quantities import Amount, Percentage, PercentagePoints
from rrmodel.units import add, convert, divide, from_pint, multiply, to_pint, units

NIGHTS = {"night": Fraction(1), "day": Fraction(1), "week": Fraction(7)}
MONTHS = {"month": Fraction(1), "quarter": Fraction(3), "year": Fraction(12)}
ALONE = sorted(set(units()) - NIGHTS.keys() - MONTHS.keys())
KINDS = [*[(name,) for name in ALONE], tuple(NIGHTS), tuple(MONTHS)]

NUMBERS = st.fractions(-(10**9), 10**9, max_denominator=10**6)
POSITIVE = st.fractions(Fraction(1, 10**6), 10**9, max_denominator=10**6)
TWO_KINDS = st.lists(st.sampled_from(KINDS), min_size=2, max_size=2, unique=True)


@st.composite
def alike(draw: st.DrawFn, *, count: int) -> list[str]:
    """Draw units that convert into each other, alone or as rates."""
    above, below = draw(TWO_KINDS)
    names = st.lists(st.sampled_from(above), min_size=count, max_size=count)
    if draw(st.booleans()):
        return draw(names)
    under = st.lists(st.sampled_from(below), min_size=count, max_size=count)
    return [f"{name}/{other}" for name, other in zip(draw(names), draw(under), strict=True)]


UNITS = alike(count=1).map(lambda names: names[0])
AMOUNTS = st.builds(Amount, NUMBERS, UNITS)


def product_or_none(left: Amount, right: Amount) -> Amount | None:
    """Return the product with its unit, or ``None`` where it is refused."""
    try:
        return multiply(left, right)
    except UnitError:
        return None


@given(NUMBERS, alike(count=2))
def test_there_and_back_is_the_same(number: Fraction, pair: list[str]) -> None:
    """Converting to another unit and back loses nothing."""
    amount = Amount(number, pair[0])
    assert convert(convert(amount, pair[1]), pair[0]) == amount


@given(NUMBERS, alike(count=3))
def test_the_way_round_does_not_matter(number: Fraction, three: list[str]) -> None:
    """Converting by way of a third unit is converting straight."""
    amount, (_, by, to) = Amount(number, three[0]), three
    assert convert(convert(amount, by), to) == convert(amount, to)


@given(NUMBERS, NUMBERS, alike(count=2))
def test_order_is_kept(first: Fraction, second: Fraction, pair: list[str]) -> None:
    """The larger of two amounts is the larger in any unit."""
    left, right = Amount(first, pair[0]), Amount(second, pair[0])
    assert (left < right) == (convert(left, pair[1]) < convert(right, pair[1]))


@given(NUMBERS, NUMBERS, alike(count=2))
def test_sums_convert(first: Fraction, second: Fraction, pair: list[str]) -> None:
    """The converted sum is the sum of the converted amounts."""
    left, right = Amount(first, pair[0]), Amount(second, pair[0])
    assert convert(left + right, pair[1]) == convert(left, pair[1]) + convert(right, pair[1])


@given(
    NUMBERS,
    st.sampled_from([NIGHTS, MONTHS]).flatmap(
        lambda spans: st.tuples(*[st.sampled_from(list(spans.items()))] * 2)
    ),
)
def test_conversion_is_exact(
    number: Fraction, pair: tuple[tuple[str, Fraction], tuple[str, Fraction]]
) -> None:
    """The number is multiplied by the ratio of the units, to the last digit."""
    (here, size), (there, other) = pair
    assert convert(Amount(number, here), there).value == number * size / other


@given(NUMBERS, NUMBERS, alike(count=2))
def test_addition_commutes(first: Fraction, second: Fraction, pair: list[str]) -> None:
    """Either amount may come first; only the unit of the sum depends on it."""
    left, right = Amount(first, pair[0]), Amount(second, pair[1])
    assert add(left, right) == convert(add(right, left), pair[0])


@given(AMOUNTS, AMOUNTS)
def test_multiplication_commutes(left: Amount, right: Amount) -> None:
    """Either factor may come first: the product, its unit or its refusal is the same."""
    assert product_or_none(left, right) == product_or_none(right, left)


@given(NUMBERS, POSITIVE, TWO_KINDS, st.data())
def test_division_undoes_multiplication(
    number: Fraction, span: Fraction, kinds: list[tuple[str, ...]], data: st.DataObject
) -> None:
    """A rate times an amount, divided by the amount, is the rate again."""
    above, below = (data.draw(st.sampled_from(kind)) for kind in kinds)
    rate, amount = Amount(number, f"{above}/{below}"), Amount(span, below)
    assert divide(multiply(rate, amount), amount) == rate


@given(NUMBERS, NUMBERS, TWO_KINDS, st.data())
def test_units_of_a_factor_do_not_matter(
    number: Fraction, span: Fraction, kinds: list[tuple[str, ...]], data: st.DataObject
) -> None:
    """A rate times an amount is the same, in whichever unit of its kind the amount is."""
    above, below = (data.draw(st.sampled_from(kind)) for kind in kinds)
    rate, amount = Amount(number, f"{above}/{below}"), Amount(span, below)
    other = convert(amount, data.draw(st.sampled_from(kinds[1])))
    assert multiply(rate, other) == multiply(rate, amount)


@given(
    AMOUNTS
    | st.fractions(0, 100, max_denominator=10**6).map(Percentage)
    | NUMBERS.map(PercentagePoints)
)
def test_pint_gives_back_what_it_was_given(
    quantity: Percentage | PercentagePoints | Amount,
) -> None:
    """A level, a change in points and an amount come back from pint as they went."""
    assert from_pint(to_pint(quantity)) == quantity
