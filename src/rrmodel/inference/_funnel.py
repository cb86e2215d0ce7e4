"""Funnels: which areas differ from the average by more than chance, and their possible ranks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from math import asin, inf, pi, sin, sqrt

import attrs

from rrmodel.errors import ConfidenceError, QuantityError
from rrmodel.inference._arithmetic import ArithmeticT
from rrmodel.inference._goals import require_share, sign_of
from rrmodel.inference._interval import Interval, Undefined, normal_quantile
from rrmodel.inference._proportions import wilson_interval
from rrmodel.model import Better, Counts
from rrmodel.records import short_repr

__all__ = [
    "Funnel",
    "FunnelArea",
    "FunnelLimits",
    "FunnelPosition",
    "Overdispersion",
    "RankRange",
    "arcsine_limits",
    "check_limits",
    "funnel",
    "score_limits",
    "variance_between",
]


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


@attrs.frozen(kw_only=True)
class Overdispersion:
    """How much more areas differ than chance explains."""

    dispersion: float
    """The mean square of the winsorised z-scores, which is about 1 where chance explains all."""
    between_variance: float
    """The variance between areas that chance leaves unexplained, on the arcsine scale; 0 where it
    leaves none."""


@attrs.frozen(kw_only=True)
class RankRange:
    """The ranks that an area may truly have. 1 is the best."""

    best: int
    """The best of them."""
    worst: int
    """The worst of them."""


@attrs.frozen(kw_only=True)
class FunnelArea:
    """One area of a funnel."""

    name: str
    """Its name."""
    counts: Counts
    """How many of how many."""
    share: Fraction
    """Its share, exactly."""
    z_score: float
    """How many standard errors it lies above the average, on the arcsine scale."""
    limits: FunnelLimits
    """Its limits if chance is all that makes areas differ."""
    position: FunnelPosition
    """Where it lies within those."""
    adjusted_limits: FunnelLimits | None
    """Its limits if areas also differ as much as these do; ``None`` where that is undefined."""
    adjusted_position: FunnelPosition | None
    """Where it lies within those."""
    rank: int
    """Its rank by share, 1 for the best; ties share the better one. Never quote it alone."""
    possible_ranks: RankRange
    """The ranks that it may truly have."""


@attrs.frozen(kw_only=True, repr=False)
class Funnel:
    """Areas compared with their average, allowing for how many cases each has."""

    better: Better
    """Which way is better."""
    average: Fraction
    """The share that areas are compared with."""
    inner: float
    """The confidence of the inner limits."""
    outer: float
    """The confidence of the outer limits."""
    rank_confidence: float
    """The joint confidence of all possible ranks."""
    overdispersion: Overdispersion | Undefined
    """How much more the areas differ than chance explains; undefined for a single area."""
    areas: tuple[FunnelArea, ...]
    """The areas, in the order given."""

    def __repr__(self) -> str:
        return short_repr(self, better=self.better, average=str(self.average), areas=self.areas)

    def limits_at(self, denominator: int) -> FunnelLimits:
        """Return the limits of an area of a size, as for drawing the funnel.

        Raises:
            QuantityError: The denominator is not above 0.
        """
        return FunnelLimits(
            inner=_cut(score_limits(self.average, denominator, confidence=self.inner)),
            outer=_cut(score_limits(self.average, denominator, confidence=self.outer)),
        )

    def adjusted_limits_at(self, denominator: int) -> FunnelLimits | None:
        """Return the limits of an area of a size if areas differ as much as these do.

        They are never narrower than :meth:`limits_at`, and the same where there is no
        overdispersion. ``None`` where that is undefined.

        Raises:
            QuantityError: The denominator is not above 0.
        """
        plain = self.limits_at(denominator)
        if isinstance(self.overdispersion, Undefined):
            return None
        variance = self.overdispersion.between_variance
        if not variance:
            return plain
        inner, outer = (
            arcsine_limits(
                self.average, denominator, confidence=confidence, between_variance=variance
            )
            for confidence in (self.inner, self.outer)
        )
        return FunnelLimits(inner=_hull(plain.inner, inner), outer=_hull(plain.outer, outer))


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
            f"a variance of {between_variance} is none: write a finite number, 0 or more"
        )
    centre = _angle(average)
    reach = normal_quantile(confidence) * sqrt(1 / (4 * denominator) + between_variance)
    # Beyond the ends of the scale the sine would turn back, and the limits with it.
    return Interval(sin(max(centre - reach, 0.0)) ** 2, sin(min(centre + reach, pi / 2)) ** 2)


def funnel(
    areas: Mapping[str, Counts],
    *,
    better: Better,
    average: Fraction | None = None,
    inner: float = 0.95,
    outer: float = 0.998,
    winsorise: float = 0.1,
    rank_confidence: float = 0.95,
) -> Funnel:
    """Compare areas with their average, allowing for chance and for how much areas differ anyway.

    Chance keeps the share of a small area less close to the average than that of a large one. If
    far more areas lie beyond their limits than chance puts there, it is seldom that most of them
    are exceptional: areas differ in ways that nobody has allowed for. The adjusted limits add that
    much variance, and what is beyond them stands out from areas like these.

    >>> housed = funnel(
    ...     {"North": Counts(410, 500), "East": Counts(705, 800), "West": Counts(130, 190)},
    ...     better="higher",
    ... )
    >>> west = housed.areas[2]
    >>> west.position.value, west.adjusted_position.value
    ('far_worse', 'worse')
    >>> [(area.rank, area.possible_ranks.best, area.possible_ranks.worst) for area in housed.areas]
    [(2, 1, 2), (1, 1, 2), (3, 3, 3)]

    Args:
        areas: The counts of each area by its name.
        better: Which way is better.
        average: The share to compare with, such as a national one, exact. Default: the share of
            all areas together.
        inner: The confidence of the inner limits.
        outer: The confidence of the outer limits, above that of the inner ones.
        winsorise: Which share of the areas at each end is drawn in before the overdispersion is
            worked out, so that a real exception does not widen everybody's limits.
        rank_confidence: The joint confidence of all ranges of ranks.

    Raises:
        QuantityError: There is no area, or ``winsorise`` is not from 0 to below one half.
        PercentageOutOfRangeError: The average is not from 0 to 1.
        BinaryFloatError: The average is a binary float.
        ConfidenceError: A confidence is not above 0 and below 1, or the limits are out of order.
        UnknownNameError: Which way is better is neither "higher" nor "lower".

    Follows D. J. Spiegelhalter (2005), "Funnel plots for comparing institutional performance",
    Statistics in Medicine 24, and D. J. Spiegelhalter and others (2012), "Statistical methods for
    healthcare regulation", Journal of the Royal Statistical Society A 175, for the limits, and
    M. Klein, T. Wright and J. Wieczorek (2020), "A joint confidence region for an overall ranking
    of populations", Journal of the Royal Statistical Society C 69, for the ranks.
    """
    counts = list(areas.values())
    if not counts:
        raise QuantityError("a funnel needs areas, and there are none: give at least one")
    check_limits(inner=inner, outer=outer, winsorise=winsorise)
    if average is None:
        average = Fraction(
            sum(count.numerator for count in counts), sum(count.denominator for count in counts)
        )
    require_share("average", average)
    shares = [count.share for count in counts]
    scores = [
        (_angle(share) - _angle(average)) * 2 * sqrt(count.denominator)
        for share, count in zip(shares, counts, strict=True)
    ]
    bare = Funnel(
        better=better,
        average=average,
        inner=inner,
        outer=outer,
        rank_confidence=rank_confidence,
        overdispersion=_overdispersion(scores, counts, winsorise),
        areas=(),
    )
    found: list[FunnelArea] = []
    for name, count, share, score, rank, possible in zip(
        areas,
        counts,
        shares,
        scores,
        _ranks(shares, better),
        _rank_ranges(counts, better, rank_confidence),
        strict=True,
    ):
        limits = bare.limits_at(count.denominator)
        adjusted = bare.adjusted_limits_at(count.denominator)
        found.append(
            FunnelArea(
                name=name,
                counts=count,
                share=share,
                z_score=score,
                limits=limits,
                position=limits.position(share, better=better),
                adjusted_limits=adjusted,
                adjusted_position=adjusted.position(share, better=better) if adjusted else None,
                rank=rank,
                possible_ranks=possible,
            )
        )
    return attrs.evolve(bare, areas=tuple(found))


def check_limits(*, inner: float, outer: float, winsorise: float) -> None:
    """Refuse limits that are out of order, and a share of areas that cannot be drawn in."""
    if not 0 <= winsorise < 1 / 2:
        raise QuantityError(
            f"winsorise is {winsorise}: write the share of areas drawn in at each end, from 0 to "
            "below 0.5"
        )
    if inner >= outer:
        raise ConfidenceError(
            f"the inner limits have a confidence of {inner} and the outer ones of {outer}: write "
            "the smaller one first"
        )


def _check_size(average: Fraction, denominator: int) -> None:
    require_share("average", average)
    if denominator <= 0:
        raise QuantityError(
            f"an area of {denominator} cases has no limits: write how many cases, 1 or more"
        )


def _angle(share: Fraction) -> float:
    """Return a share on the scale on which its variance is one over four times the cases."""
    return asin(sqrt(share))


def _cut(limits: Interval) -> Interval:
    return Interval(max(limits.lower, 0.0), min(limits.upper, 1.0))


def _hull(one: Interval, other: Interval) -> Interval:
    return Interval(min(one.lower, other.lower), max(one.upper, other.upper))


def _overdispersion(
    scores: Sequence[float], counts: Sequence[Counts], winsorise: float
) -> Overdispersion | Undefined:
    number = len(scores)
    if number == 1:
        return Undefined("one area cannot show how much areas differ: give two or more")
    ordered = sorted(scores)
    lowest, highest = _quantile(ordered, winsorise), _quantile(ordered, 1 - winsorise)
    dispersion = sum(min(max(score, lowest), highest) ** 2 for score in scores) / number
    weights = [4 * count.denominator for count in counts]
    total, squares = sum(weights), sum(weight**2 for weight in weights)
    between = variance_between(number, dispersion, total, squares)
    return Overdispersion(dispersion=dispersion, between_variance=max(between, 0.0))


def variance_between(
    number: ArithmeticT, dispersion: ArithmeticT, total: ArithmeticT, squares: ArithmeticT
) -> ArithmeticT:
    """Return the variance between areas that chance leaves unexplained; below 0 it is none.

    Args:
        number: How many areas there are, above 1.
        dispersion: The mean square of their winsorised z-scores.
        total: The sum of four times their cases.
        squares: The sum of the squares of four times their cases.
    """
    return (number * dispersion - (number - 1)) / (total - squares / total)


def _quantile(ordered: Sequence[float], part: float) -> float:
    """Return the number below which so large a part of the numbers lies, between two if need be."""
    place = (len(ordered) - 1) * part
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _ranks(shares: Sequence[Fraction], better: Better) -> list[int]:
    merits = [sign_of(better) * share for share in shares]
    ordered = sorted(merits)
    return [1 + len(merits) - bisect_right(ordered, merit) for merit in merits]


def _rank_ranges(counts: Sequence[Counts], better: Better, confidence: float) -> list[RankRange]:
    """Return the ranks that no pair of wholly separate intervals rules out."""
    number = len(counts)
    normal_quantile(confidence)  # which refuses what is no confidence, before a root is taken
    # With the root each, independent intervals hold together with the confidence asked for.
    intervals = [wilson_interval(count, confidence=confidence ** (1 / number)) for count in counts]
    sign = sign_of(better)
    ends = [sorted((sign * found.lower, sign * found.upper)) for found in intervals]
    lows = sorted(low for low, _ in ends)
    highs = sorted(high for _, high in ends)
    return [
        RankRange(
            best=1 + number - bisect_right(lows, high), worst=number - bisect_left(highs, low)
        )
        for low, high in ends
    ]
