"""Score intervals of shares and of changes, by example."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest

from rrmodel.errors import ConfidenceError
from rrmodel.inference import Interval, newcombe_interval, wilson_interval
from rrmodel.inference._interval import normal_quantile
from rrmodel.model import Counts


@pytest.mark.parametrize(
    ("counts", "lower", "upper"),
    [(Counts(0, 10), 0.0, 0.277533), (Counts(10, 10), 0.722467, 1.0), (Counts(1, 1), 0.206549, 1)],
)
def test_none_and_all_have_an_interval_that_ends_with_them(
    counts: Counts, lower: float, upper: float
) -> None:
    """Nobody of ten still leaves up to 28% possible, and the end at 0 or 1 is exact."""
    interval = wilson_interval(counts)
    assert (interval.lower, interval.upper) == pytest.approx((lower, upper), abs=1e-6)
    share = counts.numerator / counts.denominator
    assert (interval.lower if share == 0 else interval.upper) == share


@pytest.mark.parametrize("cases", [10**3, 10**6, 10**9])
@pytest.mark.parametrize("counted", [0, 1, 7, 500, -7, -1])
@pytest.mark.parametrize("confidence", [0.8, 0.998])
def test_no_digits_are_lost_however_many_the_cases(
    cases: int, counted: int, confidence: float
) -> None:
    """The ends agree with forty-digit arithmetic, relative to how far they are from 0."""
    counts = Counts(counted % cases, cases)
    interval = wilson_interval(counts, confidence=confidence)
    with localcontext(prec=40):
        z = Decimal(normal_quantile(confidence))
        share = Decimal(counts.numerator) / cases
        middle = (2 * counts.numerator + z * z) / (2 * (cases + z * z))
        reach = z * (z * z + 4 * counts.numerator * (1 - share)).sqrt() / (2 * (cases + z * z))
        exact = float(middle - reach), float(middle + reach)
    assert (interval.lower, interval.upper) == pytest.approx(exact, rel=1e-13, abs=1e-30)


def test_more_cases_than_a_float_can_count_leave_the_share_itself() -> None:
    """Nothing is divided by zero where the interval is too narrow to be seen."""
    assert wilson_interval(Counts(10**400, 4 * 10**400)) == Interval(0.25, 0.25)
    assert wilson_interval(Counts(1, 4), confidence=1e-20) == Interval(0.25, 0.25)


def test_a_rise_in_small_samples_may_be_none() -> None:
    """From 18% to 23% of 160 each is not distinguishable from no change, or from ten points."""
    interval = newcombe_interval(Counts(37, 160), Counts(29, 160))
    assert interval.contains(0)
    assert interval.contains(0.1)


def test_samples_of_none_and_all_differ_by_no_more_than_the_whole() -> None:
    """From nobody to everybody is a change of 1, and the interval ends there."""
    assert newcombe_interval(Counts(10, 10), Counts(0, 10)).upper == 1
    assert newcombe_interval(Counts(0, 10), Counts(10, 10)).lower == -1


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, float("nan")])
def test_a_confidence_is_a_share(confidence: float) -> None:
    """95 where 0.95 is meant is refused by both intervals."""
    for interval in (
        lambda: wilson_interval(Counts(1, 2), confidence=confidence),
        lambda: newcombe_interval(Counts(1, 2), Counts(1, 2), confidence=confidence),
    ):
        with pytest.raises(ConfidenceError, match="is not between 0 and 1: give a share such as"):
            interval()
