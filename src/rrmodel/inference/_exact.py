"""Exact methods, for small counts and for those who must cite them. They need scipy."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Any, ClassVar

import attrs

from rrmodel.errors import requires_extra
from rrmodel.inference._goals import require_denominator, require_share, sign_of
from rrmodel.inference._interval import Interval, normal_quantile
from rrmodel.model import Better, Counts
from rrmodel.records import Field, Layout, Result

__all__ = [
    "NextFigure",
    "binomial_tails",
    "clopper_pearson_interval",
    "fisher_exact",
    "jeffreys_interval",
    "probability_next_meets",
]

_USE = "An exact method"


_NEXT: Layout[NextFigure] = Layout(
    "next_figure",
    "The count with which the next figure meets a goal, and its probability.",
    (
        Field(
            "count_needed",
            "whole",
            "The fewest cases that meet the goal where higher is better, the most where lower is.",
            lambda one: one.count_needed,
        ),
        Field("probability", "number", "The probability of that.", lambda one: one.probability),
    ),
)


@attrs.frozen(kw_only=True)
class NextFigure(Result):
    """The count with which the next figure meets a goal, and its probability."""

    count_needed: int
    """The fewest cases that meet the goal where higher is better, the most where lower is."""
    probability: float
    """The probability of such a count, if the true share stays where it is."""

    layout: ClassVar[Layout[NextFigure]] = _NEXT
    """The fields of :meth:`to_dict`."""


def clopper_pearson_interval(counts: Counts, *, confidence: float = 0.95) -> Interval:
    """Return the interval that covers the true share at least as often as its confidence.

    It is called exact because it never covers less often. It nearly always covers more often, so
    it is wider than Wilson's interval.

    >>> none = clopper_pearson_interval(Counts(0, 10))
    >>> none.lower, round(none.upper, 4)
    (0.0, 0.3085)

    Args:
        counts: How many of how many.
        confidence: The least share of such intervals that should cover the true share.

    Raises:
        ConfidenceError: The confidence is not above 0 and below 1.
        MissingExtraError: The extra ``stats`` is not installed.

    Follows C. J. Clopper and E. S. Pearson (1934), "The use of confidence or fiducial limits
    illustrated in the case of the binomial", Biometrika.
    """
    counted, rest = counts.numerator, counts.denominator - counts.numerator
    tail = _tail(confidence)
    with requires_extra(_USE, "stats"):
        from scipy.stats import beta  # noqa: PLC0415
    return Interval(
        float(beta.ppf(tail, counted, rest + 1)) if counted else 0.0,
        float(beta.isf(tail, counted + 1, rest)) if rest else 1.0,
    )


def jeffreys_interval(counts: Counts, *, confidence: float = 0.95, raw: bool = False) -> Interval:
    """Return the credible interval of a share under the prior of Jeffreys.

    The equal tails of the posterior under the prior of Jeffreys, a beta distribution of 1/2 and
    1/2. For 0 of n the lower end is 0 and for n of n the upper end is 1: without this the interval
    would exclude the share itself, as it does in some packages.

    >>> print(f"{jeffreys_interval(Counts(410, 500)).upper:.4f}")
    0.8518
    >>> jeffreys_interval(Counts(0, 10)).lower
    0.0
    >>> print(f"{jeffreys_interval(Counts(0, 10), raw=True).lower:.7f}")
    0.0000479

    Args:
        counts: How many of how many.
        confidence: The probability between the ends.
        raw: Give the plain quantiles, also for 0 of n and n of n.

    Raises:
        ConfidenceError: The confidence is not above 0 and below 1.
        MissingExtraError: The extra ``stats`` is not installed.

    Follows L. D. Brown, T. T. Cai and A. DasGupta (2001), "Interval estimation for a binomial
    proportion", Statistical Science.
    """
    counted, rest = counts.numerator, counts.denominator - counts.numerator
    tail = _tail(confidence)
    with requires_extra(_USE, "stats"):
        from scipy.stats import beta  # noqa: PLC0415
    return Interval(
        float(beta.ppf(tail, counted + 0.5, rest + 0.5)) if counted or raw else 0.0,
        float(beta.isf(tail, counted + 0.5, rest + 0.5)) if rest or raw else 1.0,
    )


def binomial_tails(counts: Counts, goal: Fraction) -> tuple[float, float]:
    """Return the probability of at least, and of at most, this count if the goal were the truth.

    These are the exact one-sided p values of the binomial test: the first is small where a goal
    is exceeded by more than chance explains, the second where it is missed by more than that.

    >>> at_least, at_most = binomial_tails(Counts(84, 100), Fraction(90, 100))
    >>> print(f"{at_least:.3f} {at_most:.3f}")
    0.979 0.040

    Args:
        counts: How many of how many.
        goal: The goal, exact, from 0 to 1.

    Raises:
        PercentageOutOfRangeError: The goal is not between 0 and 1.
        BinaryFloatError: The goal is a binary float.
        MissingExtraError: The extra ``stats`` is not installed.
    """
    require_share("goal", goal)
    with requires_extra(_USE, "stats"):
        from scipy.stats import binom  # noqa: PLC0415
    counted, cases = counts.numerator, counts.denominator
    return (
        float(binom.sf(counted - 1, cases, float(goal))),
        float(binom.cdf(counted, cases, float(goal))),
    )


def fisher_exact(current: Counts, baseline: Counts) -> float:
    """Return the two-sided p value of no change between two samples.

    The probability of a table at most as probable as this one, given how many reached the outcome
    in both samples together.

    >>> print(f"{fisher_exact(Counts(28, 120), Counts(21, 118)):.3f}")
    0.337

    Args:
        current: The counts of the later period, or of one group.
        baseline: The counts of the earlier period, or of the other group.

    Raises:
        MissingExtraError: The extra ``stats`` is not installed.

    Follows R. A. Fisher (1935), "The logic of inductive inference", Journal of the Royal
    Statistical Society.
    """
    with requires_extra(_USE, "stats"):
        from scipy import stats  # noqa: PLC0415
    # Lists will do, but its stubs ask for an array.
    table: Any = [
        [counts.numerator, counts.denominator - counts.numerator] for counts in (current, baseline)
    ]
    return float(stats.fisher_exact(table).pvalue)


def probability_next_meets(
    counts: Counts, next_denominator: int, goal: Fraction, *, better: Better
) -> NextFigure:
    """Return the probability that the next figure meets a goal, if the true share does not change.

    It does not forecast a change: it shows the effect of chance on the next count. The uncertainty
    of the true share is included, by the prior of Jeffreys.

    >>> housed = probability_next_meets(Counts(88, 100), 100, Fraction(90, 100), better="higher")
    >>> housed.count_needed, round(housed.probability, 3)
    (90, 0.369)

    Args:
        counts: How many of how many had the outcome.
        next_denominator: How many cases the next figure will count.
        goal: The goal, exact, from 0 to 1.
        better: Which way is better.

    Raises:
        CountsError: The next denominator is not a whole number from 1.
        PercentageOutOfRangeError: The goal is not between 0 and 1.
        BinaryFloatError: The goal is a binary float.
        UnknownNameError: Which way is better is neither "higher" nor "lower".
        MissingExtraError: The extra ``stats`` is not installed.
    """
    require_share("goal", goal)
    require_denominator(next_denominator)
    with requires_extra(_USE, "stats"):
        from scipy.stats import betabinom  # noqa: PLC0415
    posterior = (
        next_denominator,
        counts.numerator + 0.5,
        counts.denominator - counts.numerator + 0.5,
    )
    if sign_of(better) > 0:
        fewest = ceil(goal * next_denominator)
        return NextFigure(
            count_needed=fewest, probability=float(betabinom.sf(fewest - 1, *posterior))
        )
    most = floor(goal * next_denominator)
    return NextFigure(count_needed=most, probability=float(betabinom.cdf(most, *posterior)))


def _tail(confidence: float) -> float:
    """Return the probability excluded at each end, once the confidence has been checked."""
    normal_quantile(confidence)
    return (1 - confidence) / 2
