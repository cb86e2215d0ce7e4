"""The laws of levels, changes and amounts, one to a test.

Levels are to changes in points as dates are to durations: an affine line over a vector space. The
oracle is plain fractions.
"""

# ruff: noqa: S301 -- the pickles are our own

from __future__ import annotations

import math
import pickle
import statistics
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias, cast

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rrmodel.errors import PercentageOutOfRangeError
from rrmodel.quantities import Amount, Percentage, PercentagePoints, RelativeChange, Rounding

Quantity: TypeAlias = Percentage | PercentagePoints | RelativeChange | Amount
PLACES = st.integers(0, 4)
ROUNDINGS: st.SearchStrategy[Rounding] = st.sampled_from(["half_even", "half_up"])
FACTORS = st.fractions(-50, 50, max_denominator=1000)


def printed(lowest: int, highest: int) -> st.SearchStrategy[str]:
    """Numbers as published: with so many decimals."""
    return PLACES.flatmap(
        lambda places: st.decimals(lowest, highest, places=places).map(lambda d: f"{d:f}")
    )


def exact(lowest: int, highest: int) -> st.SearchStrategy[Fraction | str]:
    """Fractions and published numbers, mixed."""
    return st.fractions(lowest, highest, max_denominator=3000) | printed(lowest, highest)


LEVELS = exact(0, 100).map(Percentage)
POINTS = exact(-100, 100).map(PercentagePoints)
RELATIVES = exact(-100, 300).map(RelativeChange)
AMOUNTS = exact(-5000, 5000).map(lambda number: Amount(number, "place"))
QUANTITIES = st.one_of(LEVELS, POINTS, RELATIVES, AMOUNTS)
SCALABLES = POINTS | AMOUNTS
TERMINATING = st.one_of(
    printed(0, 100).map(Percentage),
    printed(-100, 100).map(PercentagePoints),
    printed(-100, 300).map(RelativeChange),
)


# Levels and points: the affine laws


@given(LEVELS)
def test_no_change_changes_nothing(p: Percentage) -> None:
    """``p + 0 = p``."""
    assert p + PercentagePoints(0) == p


@given(LEVELS, POINTS, POINTS)
def test_changes_apply_in_turn_or_at_once(
    p: Percentage, a: PercentagePoints, b: PercentagePoints
) -> None:
    """``(p + a) + b = p + (a + b)`` wherever both stay within the whole."""
    assume(0 <= p.value + a.value <= 100)
    assume(0 <= p.value + a.value + b.value <= 100)
    assert (p + a) + b == p + (a + b)


@given(LEVELS, LEVELS)
def test_the_difference_leads_from_one_level_to_the_other(p: Percentage, q: Percentage) -> None:
    """``p + (q - p) = q``."""
    assert p + (q - p) == q


@given(LEVELS, LEVELS)
def test_differences_are_antisymmetric(p: Percentage, q: Percentage) -> None:
    """``p - q = -(q - p)``."""
    assert p - q == -(q - p)


@given(LEVELS, LEVELS, LEVELS)
def test_differences_chain(p: Percentage, q: Percentage, r: Percentage) -> None:
    """``(r - q) + (q - p) = r - p``."""
    assert (r - q) + (q - p) == r - p


@given(LEVELS, LEVELS)
def test_taking_away_is_adding_the_negative(p: Percentage, q: Percentage) -> None:
    """``p - a = p + (-a)``."""
    change = p - q
    assert p - change == p + -change == q


@given(LEVELS, POINTS)
def test_a_change_is_added_from_either_side(p: Percentage, a: PercentagePoints) -> None:
    """``a + p = p + a``."""
    assume(0 <= p.value + a.value <= 100)
    assert a + p == p + a


@given(LEVELS, POINTS)
def test_a_moved_level_is_the_sum_or_an_error(p: Percentage, a: PercentagePoints) -> None:
    """Plain fractions agree, and levels beyond the whole do not exist."""
    moved = p.value + a.value
    if 0 <= moved <= 100:
        assert (p + a).value == moved
    else:
        with pytest.raises(PercentageOutOfRangeError):
            p + a


@given(LEVELS, LEVELS, LEVELS)
def test_translation_preserves_order(p: Percentage, q: Percentage, r: Percentage) -> None:
    """If p < q then p + a < q + a."""
    change = r - max(p, q)
    assume(min(p, q).value + change.value >= 0)
    in_order = p + change < q + change
    assert in_order is (p < q)


@given(LEVELS)
def test_the_complement_of_the_complement_is_the_level(p: Percentage) -> None:
    """Taking the rest twice gives the level back, with its printed decimals."""
    assert (p.complement.complement, p.complement.complement.places) == (p, p.places)


@given(LEVELS, LEVELS)
def test_the_complement_turns_differences(p: Percentage, q: Percentage) -> None:
    """``p' - q' = q - p``."""
    assert p.complement - q.complement == q - p


@given(LEVELS)
def test_the_interval_of_the_complement_is_the_complement_of_the_interval(p: Percentage) -> None:
    """Those not counted were published with the same precision."""
    low, high = p.published_interval
    assert p.complement.published_interval == (high.complement, low.complement)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_counting_the_others_gives_the_complement(counted: int, whole: int) -> None:
    """The share of k in n is the complement of the share of n - k in n."""
    assume(counted <= whole)
    others = Percentage.from_counts(whole - counted, whole)
    assert Percentage.from_counts(counted, whole).complement == others


# Points and amounts: the laws of a vector space over the fractions


@given(POINTS, POINTS, POINTS)
def test_addition_is_associative(
    a: PercentagePoints, b: PercentagePoints, c: PercentagePoints
) -> None:
    """``(a + b) + c = a + (b + c)``."""
    assert (a + b) + c == a + (b + c)


@given(POINTS, POINTS)
def test_addition_is_commutative(a: PercentagePoints, b: PercentagePoints) -> None:
    """``a + b = b + a``."""
    assert a + b == b + a


@given(POINTS)
def test_the_negative_cancels(a: PercentagePoints) -> None:
    """``a + (-a) = a - a = 0 * a``."""
    assert a + -a == a - a == 0 * a


@given(SCALABLES)
def test_one_is_neutral(a: PercentagePoints | Amount) -> None:
    """1 * a = a."""
    assert 1 * a == a


@given(FACTORS, POINTS, POINTS)
def test_scaling_distributes_over_changes(
    k: Fraction, a: PercentagePoints, b: PercentagePoints
) -> None:
    """``k * (a + b) = k * a + k * b``."""
    assert k * (a + b) == k * a + k * b


@given(FACTORS, FACTORS, POINTS)
def test_scaling_distributes_over_numbers(k: Fraction, m: Fraction, a: PercentagePoints) -> None:
    """``(k + m) * a = k * a + m * a``."""
    assert (k + m) * a == k * a + m * a


@given(FACTORS, FACTORS, SCALABLES)
def test_scaling_is_associative(k: Fraction, m: Fraction, a: PercentagePoints | Amount) -> None:
    """``k * (m * a) = (k * m) * a``."""
    assert k * (m * a) == (k * m) * a


@given(FACTORS, SCALABLES)
def test_division_undoes_scaling(k: Fraction, a: PercentagePoints | Amount) -> None:
    """``(a * k) / k = a``."""
    assume(k)
    assert (a * k) / k == a


@given(POINTS, POINTS)
def test_the_ratio_of_two_changes_scales_one_to_the_other(
    a: PercentagePoints, b: PercentagePoints
) -> None:
    """``(a / b) * b = a``."""
    assume(b)
    assert (a / b) * b == a


@given(SCALABLES)
def test_the_size_is_the_change_or_its_negative(a: PercentagePoints | Amount) -> None:
    """|a| is a or -a, and never negative."""
    assert abs(a) in (a, -a)
    assert abs(a).value >= 0


@given(AMOUNTS, AMOUNTS)
def test_amounts_agree_with_plain_fractions(a: Amount, b: Amount) -> None:
    """Sums and differences of amounts are those of their numbers."""
    assert ((a + b).value, (a - b).value) == (a.value + b.value, a.value - b.value)


# Relative changes


@given(LEVELS, RELATIVES)
def test_a_relative_change_is_found_again(p: Percentage, r: RelativeChange) -> None:
    """The change between p and p * r is r."""
    assume(p.value > 0)
    assume(p.value * r.factor <= 100)
    assert RelativeChange.between(p, p * r) == r


@given(LEVELS, LEVELS)
def test_a_relative_change_and_its_inverse_cancel(p: Percentage, q: Percentage) -> None:
    """There and back again is the level that one started from."""
    assume(p.value > 0)
    assume(q.value > 0)
    there, back = RelativeChange.between(p, q), RelativeChange.between(q, p)
    assert (p * there, p * there * back) == (q, p)


@given(AMOUNTS, RELATIVES)
def test_scaling_an_amount_multiplies_its_number(a: Amount, r: RelativeChange) -> None:
    """Plain fractions agree."""
    assert (a * r).value == a.value * (1 + r.value / 100)


# Printing, reading and remembering


@given(QUANTITIES)
def test_the_written_form_reads_back(q: Percentage) -> None:
    """Evaluating repr gives an equal quantity."""
    assert eval(repr(q), dict(globals())) == q  # noqa: S307


@given(TERMINATING)
def test_the_printed_form_reads_back(q: Percentage | PercentagePoints | RelativeChange) -> None:
    """The constructor reads the printed text of a number whose decimals end, with its decimals."""
    again = type(q)(str(q))
    assert (again, again.places) == (q, q.places)


@given(QUANTITIES)
def test_pickles_are_equal_and_remember(q: Percentage) -> None:
    """A pickle keeps the number and the printed decimals."""
    again = pickle.loads(pickle.dumps(q))
    assert (again, again.places) == (q, q.places)


@given(printed(0, 100))
def test_equality_and_hash_ignore_places(text: str) -> None:
    """A printed level equals the bare fraction, and hashes like it."""
    p, bare = Percentage(text), Percentage(Fraction(text))
    assert (p, hash(p)) == (bare, hash(bare))


@given(LEVELS, LEVELS)
def test_order_is_that_of_the_numbers(p: Percentage, q: Percentage) -> None:
    """All four comparisons and equality agree with plain fractions."""
    a, b = p.value, q.value
    assert (p < q, p <= q, p > q, p >= q, p == q) == (a < b, a <= b, a > b, a >= b, a == b)


# Rounding and published figures


@given(QUANTITIES, PLACES, ROUNDINGS)
def test_rounding_errs_by_half_a_unit_at_most(
    q: Percentage, places: int, rounding: Rounding
) -> None:
    """The rounded number lies within half a unit of its last decimal."""
    error = q.rounded(places, rounding=rounding).value - q.value
    assert abs(error) <= Fraction(1, 2 * 10**places)


@given(QUANTITIES, PLACES, ROUNDINGS)
def test_rounding_twice_is_rounding_once(q: Percentage, places: int, rounding: Rounding) -> None:
    """A rounded number stays as it is."""
    once = q.rounded(places, rounding=rounding)
    assert once.rounded(places, rounding=rounding) == once


@given(LEVELS, LEVELS, PLACES, ROUNDINGS)
def test_rounding_preserves_order(
    p: Percentage, q: Percentage, places: int, rounding: Rounding
) -> None:
    """A lower level never rounds above a higher one."""
    low, high = sorted([p, q])
    assert low.rounded(places, rounding=rounding) <= high.rounded(places, rounding=rounding)


@given(QUANTITIES)
def test_half_even_is_that_of_fractions(q: Percentage) -> None:
    """The standard library rounds a Fraction to the same number."""
    assert q.rounded(1).value == round(q.value, 1)


@given(QUANTITIES, PLACES, ROUNDINGS)
def test_the_published_interval_holds_whatever_was_rounded(
    q: Percentage, places: int, rounding: Rounding
) -> None:
    """A number lies in the interval of its own rounding."""
    low, high = q.rounded(places, rounding=rounding).published_interval
    assert low <= q <= high


@given(LEVELS, LEVELS, PLACES, PLACES, ROUNDINGS)
def test_rounded_true_figures_are_consistent_in_points(
    p: Percentage, q: Percentage, places: int, places_of_change: int, rounding: Rounding
) -> None:
    """Figures that were all rounded from true ones never contradict each other."""
    change = (q - p).rounded(places_of_change, rounding=rounding)
    assert change.is_consistent_with(p.rounded(places), q.rounded(places))


@given(LEVELS, LEVELS, PLACES, PLACES, ROUNDINGS)
def test_rounded_true_figures_are_consistent_relatively(
    p: Percentage, q: Percentage, places: int, places_of_change: int, rounding: Rounding
) -> None:
    """The same is true of a published relative change."""
    assume(p.value > 0)
    change = RelativeChange.between(p, q).rounded(places_of_change, rounding=rounding)
    assert change.is_consistent_with(p.rounded(places), q.rounded(places))


@given(LEVELS, LEVELS, st.fractions(-100, 100))
def test_exact_figures_are_consistent_with_their_difference_only(
    p: Percentage, q: Percentage, guess: Fraction
) -> None:
    """Without rounding there is one consistent change."""
    p, q = Percentage(p.value), Percentage(q.value)
    assert (q - p).is_consistent_with(p, q)
    assert PercentagePoints(guess).is_consistent_with(p, q) == (guess == q.value - p.value)


@given(st.floats(0, 100, allow_subnormal=False), PLACES)
def test_a_float_is_rounded_from_its_exact_value(number: float, places: int) -> None:
    """from_float gives what the exact fraction of the float rounds to."""
    assert Percentage.from_float(number, places=places) == Percentage(Fraction(number)).rounded(
        places
    )


@given(QUANTITIES)
def test_a_float_is_the_one_nearest_to_the_value(quantity: Quantity) -> None:
    """``float`` gives the same number as ``float`` of the exact value."""
    assert float(quantity) == float(quantity.value)


@given(QUANTITIES)
def test_whole_numbers_lie_around_the_value(quantity: Quantity) -> None:
    """Floor, ceiling and truncation agree with those of the exact value and keep the kind."""
    around = [math.floor(quantity), math.ceil(quantity), math.trunc(quantity)]
    value = quantity.value
    assert [whole.value for whole in around] == [math.floor(value), math.ceil(value), int(value)]
    assert {type(whole) for whole in around} == {type(quantity)}


@given(st.lists(POINTS, min_size=1) | st.lists(AMOUNTS, min_size=1))
def test_a_sum_has_the_sum_of_the_values(changes: list[Any]) -> None:
    """``sum`` without a start adds points, or amounts of one unit, exactly."""
    total = cast("PercentagePoints | Amount", sum(changes))
    assert total.value == sum(change.value for change in changes)
    assert type(total) is type(changes[0])


@given(st.lists(POINTS, min_size=1) | st.lists(LEVELS, min_size=1))
def test_a_mean_has_the_mean_of_the_values(quantities: list[Any]) -> None:
    """``statistics.mean`` of points or levels is exact and keeps the kind."""
    mean = statistics.mean(quantities)
    assert mean.value == statistics.mean(quantity.value for quantity in quantities)
    assert type(mean) is type(quantities[0])


@given(QUANTITIES, PLACES, st.sampled_from("<>^="), st.integers(1, 30))
def test_a_bare_number_is_printed_as_python_prints_it(
    quantity: Quantity, places: int, align: str, width: int
) -> None:
    """With "f" a quantity prints like the decimal that it rounds to."""
    rounded = round(quantity.value * 10**places)
    decimal = Decimal(rounded).scaleb(-places)
    spec = f"*{align}{width},.{places}f"
    assert format(quantity, spec) == format(decimal if rounded else Decimal(0), spec)


@given(QUANTITIES, st.sampled_from("<>^"), st.integers(1, 60))
def test_a_width_changes_only_the_fill(quantity: Quantity, align: str, width: int) -> None:
    """A quantity in a width is its text, filled up to the width."""
    text = format(quantity, f"*{align}{width}")
    assert text.strip("*") == str(quantity)
    assert len(text) == max(width, len(str(quantity)))
