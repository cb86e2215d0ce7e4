"""Score intervals of a share and of the change between two shares."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot, sqrt
from typing import Any

from rrmodel.inference._arithmetic import ArithmeticT
from rrmodel.inference._interval import Interval, normal_quantile
from rrmodel.model import Counts

__all__ = ["newcombe_interval", "score_reach", "wilson_interval", "wilson_reach"]


def wilson_interval(counts: Counts, *, confidence: float = 0.95) -> Interval:
    """Return the confidence interval of a share (the score interval of Wilson).

    It contains the shares that a score test does not reject. Unlike the share plus or minus two
    standard errors it stays between 0 and 1, and for 0 of n it is wider than a point. Fingertips
    and other public health profiles use the same interval.

    >>> housed = wilson_interval(Counts(410, 500))
    >>> print(f"{housed.lower:.3f} to {housed.upper:.3f}")
    0.784 to 0.851
    >>> wilson_interval(Counts(0, 10)).lower
    0.0

    Args:
        counts: How many of how many, such as 410 of 500 housed on release.
        confidence: The share of such intervals that should cover the true share.

    Raises:
        ConfidenceError: The confidence is not above 0 and below 1.

    Follows E. B. Wilson (1927), "Probable inference, the law of succession, and statistical
    inference", Journal of the American Statistical Association.
    """
    share = counts.numerator / counts.denominator
    below, above = _reach(counts, normal_quantile(confidence))
    return Interval(share - below, share + above)


def newcombe_interval(current: Counts, baseline: Counts, *, confidence: float = 0.95) -> Interval:
    """Return the confidence interval of the change between two shares: current less baseline.

    The two samples are assumed to be different people. The ends come from the Wilson intervals of
    both shares, so they stay within -1 and 1, also for samples of none or all.

    >>> employed = newcombe_interval(Counts(28, 120), Counts(21, 118))
    >>> print(f"{100 * employed.lower:+.1f} to {100 * employed.upper:+.1f} percentage points")
    -4.8 to +15.7 percentage points

    Args:
        current: The counts of the later period, or of one group.
        baseline: The counts of the earlier period, or of the other group.
        confidence: The share of such intervals that should cover the true change.

    Raises:
        ConfidenceError: The confidence is not above 0 and below 1.

    Follows R. G. Newcombe (1998), "Interval estimation for the difference between independent
    proportions", Statistics in Medicine, method 10.
    """
    quantile = normal_quantile(confidence)
    below_current, above_current = _reach(current, quantile)
    below_baseline, above_baseline = _reach(baseline, quantile)
    # One division of whole numbers is rounded once: swapping the samples changes only the sign.
    change = (
        current.numerator * baseline.denominator - baseline.numerator * current.denominator
    ) / (current.denominator * baseline.denominator)
    return Interval(
        change - hypot(below_current, above_baseline),
        change + hypot(above_current, below_baseline),
    )


def score_reach(share: float, rest: float, cases: int, quantile: float) -> tuple[float, float]:
    """Return how far Wilson's interval reaches below a share and above it.

    The reach below a share of 0 is exactly 0, as is that above a share of 1.

    Args:
        share: The share, from 0 to 1.
        rest: One less the share, as an argument because ``1 - share`` would be less exact.
        cases: The number of cases.
        quantile: The number of standard errors on each side.
    """
    spread = quantile * quantile * (1 / cases)
    if spread == 0:  # the quantile is 0, or there are more cases than a float can count
        return 0.0, 0.0
    return wilson_reach(share, rest, spread, sqrt)


def wilson_reach(
    share: ArithmeticT, rest: ArithmeticT, spread: ArithmeticT, root: Callable[[Any], ArithmeticT]
) -> tuple[ArithmeticT, ArithmeticT]:
    """Return how far Wilson's interval reaches below a share and above it, of numbers or columns.

    Every term is a sum of numbers that are not negative, so nothing cancels, however many the
    cases.

    >>> from math import sqrt
    >>> below, above = wilson_reach(0.82, 0.18, normal_quantile(0.95) ** 2 / 500, sqrt)
    >>> print(f"{0.82 - below:.3f} to {0.82 + above:.3f}")
    0.784 to 0.851

    Args:
        share: The share, from 0 to 1.
        rest: One less the share.
        spread: The square of the number of standard errors, over the number of cases; above 0.
        root: The square root.
    """
    reach = spread + root(spread * (spread + 4 * share * rest))
    return share * (reach / (2 * share + reach)), rest * (reach / (2 * rest + reach))


def _reach(counts: Counts, quantile: float) -> tuple[float, float]:
    counted, cases = counts.numerator, counts.denominator
    return score_reach(counted / cases, (cases - counted) / cases, cases, quantile)
