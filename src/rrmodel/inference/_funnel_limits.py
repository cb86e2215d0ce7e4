"""The limits of funnels: how far chance and usual differences take an area from the average."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from math import asin, inf, pi, sin, sqrt

import attrs

from rrmodel.errors import QuantityError
from rrmodel.inference._goals import require_share, sign_of
from rrmodel.inference._interval import Interval, normal_quantile
from rrmodel.model import Better

__all__ = ["FunnelLimits", "FunnelPosition", "angle", "arcsine_limits", "score_limits"]


class FunnelPosition(StrEnum):
    """Where an area lies in the funnel. On a limit is within it."""

    FAR_BETTER = "far_better"
    """Better than the average, and beyond the outer limit."""
    BETTER = "better"
    """Better than the average, between the inner and the outer limit."""
    NOT_DISTINGUISHABLE = "not_distinguishable"
    """Within the inner limits: chance explains the difference."""
    WORSE = "worse"
    """Worse than the average, between the inner and the outer limit."""
    FAR_WORSE = "far_worse"
    """Worse than the average, and beyond the outer limit."""


@attrs.frozen(kw_only=True)
class FunnelLimits:
    """The limits of chance for an area of one size. They stay within 0 and 1."""

    inner: Interval
    """The inner limits. Default: 95%."""
    outer: Interval
    """The outer limits. Default: 99.8%."""

    def position(self, share: Fraction, *, better: Better) -> FunnelPosition:
        """Return where a share lies."""
        if self.inner.lower <= share <= self.inner.upper:
            return FunnelPosition.NOT_DISTINGUISHABLE
        is_far = not self.outer.lower <= share <= self.outer.upper
        if (share > self.inner.upper) == (sign_of(better) > 0):
            return FunnelPosition.FAR_BETTER if is_far else FunnelPosition.BETTER
        return FunnelPosition.FAR_WORSE if is_far else FunnelPosition.WORSE


def score_limits(average: Fraction, denominator: int, *, confidence: float) -> Interval:
    """Return the shares at which an area's own Wilson interval would just touch the average.

    With few cases they may leave 0 to 1, which means that no such share is possible.

    >>> limits = score_limits(Fraction(5325, 6350), 500, confidence=0.95)
    >>> print(f"{limits.lower:.3f} to {limits.upper:.3f}")
    0.806 to 0.871

    Args:
        average: The share that areas are compared with, exact, from 0 to 1.
        denominator: How many cases the area has.
        confidence: The confidence of the limits: 0.95 leaves 2.5% beyond each.

    Raises:
        PercentageOutOfRangeError: The average is not from 0 to 1.
        BinaryFloatError: The average is a binary float.
        QuantityError: The denominator is not above 0.
        ConfidenceError: The confidence is not above 0 and below 1.

    As in the technical guidance of Fingertips, the public health profiles of England.
    """
    _check_size(average, denominator)
    reach = normal_quantile(confidence) * sqrt(average * (1 - average) / denominator)
    return Interval(average - reach, average + reach)


def arcsine_limits(
    average: Fraction, denominator: int, *, confidence: float, between_variance: float = 0.0
) -> Interval:
    """Return limits on the scale on which the spread of a share depends on its cases only.

    The scale is the arcsine of the square root. The variance between areas is added to that of
    chance.

    >>> limits = arcsine_limits(Fraction(5325, 6350), 500, confidence=0.998)
    >>> print(f"{limits.lower:.3f} to {limits.upper:.3f}")
    0.785 to 0.886
    >>> limits = arcsine_limits(
    ...     Fraction(5325, 6350), 500, confidence=0.998, between_variance=0.003464
    ... )
    >>> print(f"{limits.lower:.3f} to {limits.upper:.3f}")
    0.674 to 0.953

    Args:
        average: The share that areas are compared with, exact, from 0 to 1.
        denominator: How many cases the area has.
        confidence: The confidence of the limits: 0.998 leaves 0.1% beyond each.
        between_variance: How much areas differ besides, see :class:`Overdispersion`.

    Raises:
        PercentageOutOfRangeError: The average is not from 0 to 1.
        BinaryFloatError: The average is a binary float.
        QuantityError: The denominator is not above 0, or the variance is below 0.
        ConfidenceError: The confidence is not above 0 and below 1.

    Follows D. J. Spiegelhalter (2005), "Funnel plots for comparing institutional performance",
    Statistics in Medicine 24.
    """
    _check_size(average, denominator)
    if not 0 <= between_variance < inf:
        raise QuantityError(
            f"a variance of {between_variance} is not valid: write a finite number, 0 or more"
        )
    centre = angle(average)
    reach = normal_quantile(confidence) * sqrt(1 / (4 * denominator) + between_variance)
    # Beyond the ends of the scale the sine would turn back, and the limits with it.
    return Interval(sin(max(centre - reach, 0.0)) ** 2, sin(min(centre + reach, pi / 2)) ** 2)


def _check_size(average: Fraction, denominator: int) -> None:
    require_share("average", average)
    if denominator <= 0:
        raise QuantityError(
            f"an area of {denominator} cases has no limits: write how many cases, 1 or more"
        )


def angle(share: Fraction) -> float:
    """Return a share on the scale on which its variance is one over four times the cases."""
    return asin(sqrt(share))
