"""Whether a change between two shares is evidence that an intended change is met."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from fractions import Fraction
from math import hypot, sqrt

from rrmodel.inference._goals import require_share, sign_of
from rrmodel.inference._interval import Undefined, normal_quantile
from rrmodel.inference._proportions import newcombe_interval, score_reach
from rrmodel.inference._verdicts import (
    Goal,
    ShareAssessment,
    comparison_of,
    goal_ends,
    nearest,
    p_value_of,
)
from rrmodel.model import Better, Counts

__all__ = ["assess_change", "cases_needed_for_change", "score_statistic"]

_HALVINGS = 100
"""Enough for a share of one in a billion to be found to all the digits of a float."""
_MOST_CASES = 10**18
_MOST_ERRORS = 1e6
"""Standard errors beyond which no interval of a change reaches further."""


def assess_change(
    current: Counts,
    baseline: Counts,
    change: Goal,
    *,
    better: Better,
    confidence: float = 0.95,
) -> ShareAssessment:
    """Test whether a share has changed by as much as intended, or has not.

    Both samples vary by chance, the baseline no less than the later figure.

    >>> small = assess_change(Counts(28, 120), Counts(21, 118), Fraction(5, 100), better="higher")
    >>> small.is_met, small.verdict.value
    (True, 'not_distinguishable_from_target')
    >>> fall = assess_change(
    ...     Counts(2_300, 10_000), Counts(2_900, 10_000), Fraction(-3, 100), better="lower"
    ... )
    >>> fall.verdict.value
    'significantly_met'

    Args:
        current: The counts of the later period.
        baseline: The counts of the baseline's period.
        change: The intended change, exact, from -1 to 1: 8 percentage points up are
            ``Fraction(8, 100)`` and 3 down are ``Fraction(-3, 100)``; or the lowest and the highest
            that it may be.
        better: ``"higher"`` if the change must be at least this, ``"lower"`` if at most.
        confidence: The confidence of the interval.

    Raises:
        PercentageOutOfRangeError: The change is not between -1 and 1.
        BinaryFloatError: The change is a binary float.
        ConfidenceError: The confidence is not above 0 and below 1.
        UnknownNameError: Which way is better is neither "higher" nor "lower".

    The interval is that of R. G. Newcombe (1998), method 10. ``z`` is its inverse: the number of
    standard errors at which the interval ends at the intended change. So the verdict, the interval
    and the p value always agree; :func:`score_statistic` is the classical alternative.
    """
    sign = sign_of(better)
    ends = goal_ends("change", change, lowest=-1)
    figure = current.share - baseline.share
    beyond = figure - nearest(figure, ends)
    quantile = normal_quantile(confidence)
    reach = _reach_of_change(
        (current.share, current.denominator),
        (baseline.share, baseline.denominator),
        is_beyond=beyond > 0,
    )
    is_settled = reach(quantile) < abs(beyond)
    z = _where_it_reaches(reach, float(abs(beyond)))
    if z is not None and beyond * sign < 0:
        z = -z
    return ShareAssessment(
        goal=ends,
        figure=figure,
        interval=newcombe_interval(current, baseline, confidence=confidence),
        comparison=comparison_of(sign * beyond if is_settled else Fraction(0)),
        z=z,
        p_value=p_value_of(z, sign * beyond),
        better=better,
    )


def score_statistic(current: Counts, baseline: Counts, change: Fraction) -> float | None:
    """Return how many standard errors a change between two shares is above an intended change.

    The standard error is that of the shares most likely among those that differ by exactly the
    intended change. :func:`assess_change` does not use it, because near the edge it may disagree
    with the confidence interval; it is here for those who must report the score test.

    >>> round(score_statistic(Counts(930, 1000), Counts(820, 1000), Fraction(8, 100)), 2)
    2.08

    Args:
        current: The counts of the later period.
        baseline: The counts of the baseline's period.
        change: The intended change, exact, from -1 to 1.

    Returns:
        The statistic; ``None`` where the intended change leaves nothing to chance: a change of the
        whole, or no change between two samples that are both none or both all.

    Raises:
        PercentageOutOfRangeError: The change is not between -1 and 1.
        BinaryFloatError: The change is a binary float.

    Follows R. W. Mee (1984), "Confidence bounds for the difference between two probabilities",
    Biometrics, and C. P. Farrington and G. Manning (1990), "Test statistics and sample size
    formulae", Statistics in Medicine.
    """
    require_share("change", change, lowest=-1)
    start = _baseline_share_at(current, baseline, change)
    end = min(1.0, start + float(change))
    variance = end * (1 - end) * (1 / current.denominator)
    variance += start * (1 - start) * (1 / baseline.denominator)
    beyond = current.share - baseline.share - change
    return float(beyond) / sqrt(variance) if variance else None


def cases_needed_for_change(
    share: Fraction, baseline: Fraction, change: Goal, *, confidence: float = 0.95
) -> int | Undefined:
    """Return the fewest cases, in each of two samples, that settle whether a change is as intended.

    Both samples are assumed to have this size and the same shares as now. With that many cases,
    and with any more, :func:`assess_change` finds the change met or missed.

    >>> cases_needed_for_change(Fraction(23, 100), Fraction(18, 100), Fraction(0))
    502

    Args:
        share: The later share, from 0 to 1.
        baseline: The share of the baseline, from 0 to 1.
        change: The intended change, from -1 to 1; or the lowest and the highest that it may be.
        confidence: The confidence of the interval.

    Returns:
        The cases of each sample; undefined if the change equals the intended one, or is so near it
        that a billion billion cases would not settle it.

    Raises:
        PercentageOutOfRangeError: A share is not between 0 and 1, or the change not from -1 to 1.
        QuantityError: The lower end of the change is above its upper end.
        BinaryFloatError: One of the three is a binary float.
        ConfidenceError: The confidence is not above 0 and below 1.
    """
    require_share("share", share)
    require_share("baseline", baseline)
    ends = goal_ends("change", change, lowest=-1)
    quantile = normal_quantile(confidence)
    beyond = share - baseline - nearest(share - baseline, ends)

    def settles(cases: int) -> bool:
        reach = _reach_of_change((share, cases), (baseline, cases), is_beyond=beyond > 0)
        return reach(quantile) < abs(beyond)

    cases = bisect_left(range(_MOST_CASES), True, lo=1, key=settles)
    if cases == _MOST_CASES:
        return Undefined(
            "the change equals the intended change, or nearly, so no number of cases would settle "
            "it"
        )
    return cases


def _reach_of_change(
    current: tuple[Fraction, int], baseline: tuple[Fraction, int], *, is_beyond: bool
) -> Callable[[float], float]:
    """Return how far Newcombe's interval reaches towards the intended change, for a quantile.

    Args:
        current: The later share, and of how many cases.
        baseline: The same of the baseline.
        is_beyond: Whether the change is above the intended one. Then the interval reaches down:
            the later share may be lower, and that of the baseline higher.
    """
    lowered, raised = (current, baseline) if is_beyond else (baseline, current)
    lowered_pair = float(lowered[0]), float(1 - lowered[0])
    raised_pair = float(raised[0]), float(1 - raised[0])

    def reach(quantile: float) -> float:
        below, _ = score_reach(*lowered_pair, lowered[1], quantile)
        _, above = score_reach(*raised_pair, raised[1], quantile)
        return hypot(below, above)

    return reach


def _where_it_reaches(reach: Callable[[float], float], distance: float) -> float | None:
    """Return the quantile at which an interval reaches a distance, or ``None`` if none does."""
    low, high = 0.0, 1.0
    while reach(high) < distance:
        low, high = high, 2 * high
        if high > _MOST_ERRORS:
            return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if reach(middle) < distance else (low, middle)
    return (low + high) / 2


def _baseline_share_at(current: Counts, baseline: Counts, change: Fraction) -> float:
    """Return the baseline's most likely share if the true change were exactly the intended one.

    The likelihood has one peak. Bisection finds it, which unlike the closed form loses no digits
    for samples of none or all.
    """
    cases = current.denominator + baseline.denominator
    if not change:
        return (current.numerator + baseline.numerator) / cases
    step = float(change)
    weight, weight_before = current.denominator / cases, baseline.denominator / cases
    later, share_before = float(current.share), float(baseline.share)
    low, high = max(0.0, -step), min(1.0, 1.0 - step)
    for _ in range(_HALVINGS):
        start = (low + high) / 2
        end = start + step
        # The slope of the log likelihood, times what is positive and would be divided by.
        slope = weight * (later - end) * start * (1 - start)
        slope += weight_before * (share_before - start) * end * (1 - end)
        low, high = (start, high) if slope > 0 else (low, start)
    return (low + high) / 2
