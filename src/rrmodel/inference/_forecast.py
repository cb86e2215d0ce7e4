"""The probability that a goal is met, from the series of levels so far."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import asin, ceil, exp, floor, log, pi, sin, sqrt
from statistics import NormalDist
from typing import ClassVar

import attrs

from rrmodel.errors import QuantityError
from rrmodel.inference._goals import require_denominator, require_share, sign_of
from rrmodel.inference._interval import Interval, Undefined, normal_quantile
from rrmodel.model import Better, Counts
from rrmodel.records import Field, Layout, Result, ShownColumn

__all__ = ["Forecast", "forecast", "forecast_levels"]


_FORECAST: Layout[Forecast] = Layout(
    "forecast",
    "The probability that a goal is met. Levels are shares from 0 to 1.",
    (
        Field(
            "probability",
            "number",
            "The probability that the level is at the goal or beyond, from 0 to 1.",
            lambda one: one.probability,
        ),
        Field("level", "number", "The middle of the forecast.", lambda one: one.level),
        Field(
            "interval_low", "number", "The low end of its interval.", lambda one: one.interval.lower
        ),
        Field(
            "interval_high",
            "number",
            "The high end of its interval.",
            lambda one: one.interval.upper,
        ),
        Field(
            "overdispersion",
            "number",
            "The variance of the levels around their path, in that of chance alone; null without "
            "counts.",
            lambda one: one.overdispersion,
            is_optional=True,
        ),
        Field("points", "whole", "The number of periods that it rests on.", lambda one: one.points),
    ),
    shown=(
        ShownColumn("Probability that the goal is met", "probability", is_share=True),
        ShownColumn("Middle of the forecast", "level", is_share=True),
        ShownColumn("Interval from", "interval_low", is_share=True),
        ShownColumn("Interval to", "interval_high", is_share=True),
        ShownColumn("Overdispersion", "overdispersion"),
        ShownColumn("Periods", "points"),
    ),
)


@attrs.frozen(kw_only=True)
class Forecast(Result):
    """The probability that a goal is met, and the levels between which the series will be.

    It is valid if the series continues to move as it has so far. It does not know about causes.
    """

    probability: float
    """The probability that the level is at the goal or beyond, from 0 to 1."""
    level: float
    """The middle of the forecast: the level is as likely to be above it as below."""
    interval: Interval
    """The levels between which it will be, with the given confidence."""
    overdispersion: float | None
    """The variance of the levels around their path, in that of chance alone; never below 1, and
    ``None`` where there are no counts to tell what chance alone does."""
    points: int
    """The number of periods that it rests on."""

    layout: ClassVar[Layout[Forecast]] = _FORECAST
    """The fields of :meth:`to_dict`."""

    @property
    def probability_text(self) -> str:
        """The probability in whole per cent, or ``"less than 1%"`` or ``"more than 99%"``."""
        percent = round(100 * self.probability)
        return {0: "less than 1%", 100: "more than 99%"}.get(percent, f"{percent}%")

    @property
    def interval_text(self) -> str:
        """The interval in per cent, such as ``"84.4% to 90.7%"``."""
        return f"{self.interval.lower:.1%} to {self.interval.upper:.1%}"


def forecast(
    series: Sequence[Counts],
    *,
    ahead: int,
    goal: Fraction,
    better: Better,
    next_denominator: int | None = None,
    interval_confidence: float = 0.8,
) -> Forecast | Undefined:
    """Return the probability that a share meets its goal some periods after the last known one.

    It is the mean of two models. In the first the level wanders; in the second it also has a
    trend, which is shrunk and damped. Both start with equal weight, and are then weighted by how
    well each predicted the series. They work on a scale on which chance moves every share equally
    (the arc sine), so 0% and 100% are allowed, and estimate from the series how far its levels
    wander and scatter, which is never less than by chance. With fewer cases, for the same shares,
    the interval is never narrower.

    >>> quarters = (164, 159, 168, 162, 171, 165, 166, 174, 168, 176, 171, 175)
    >>> housed = [Counts(count, 200) for count in quarters]
    >>> result = forecast(housed, ahead=4, goal=Fraction(9, 10), better="higher")
    >>> result.probability_text, result.interval_text
    ('25%', '83.9% to 91.3%')

    Args:
        series: The counts of equally spaced periods, such as months or quarters, oldest first.
        ahead: How many periods after the last one the goal is to be met, from 1.
        goal: The goal, an exact share from 0 to 1.
        better: Which way the share improves.
        next_denominator: How many cases that period will have. Default: those of the last period.
        interval_confidence: The share of such intervals that should cover the level.

    Returns:
        The forecast. With fewer than 8 periods, or further ahead than the series is long, the
        reason.

    Raises:
        QuantityError: ``ahead`` is not a whole number from 1.
        PercentageOutOfRangeError: The goal is not from 0 to 1.
        BinaryFloatError: The goal is a binary float.
        UnknownNameError: Better is neither "higher" nor "lower".
        CountsError: The next denominator is not a whole number from 1.
        ConfidenceError: The confidence is not above 0 and below 1.

    Follows A. C. Harvey (1989), "Forecasting, structural time series models and the Kalman
    filter"; E. S. Gardner and E. McKenzie (1985), "Forecasting trends in time series", Management
    Science, for trends that wear off; J. M. Bates and C. W. J. Granger (1969), "The combination
    of forecasts", Operational Research Quarterly; F. J. Anscombe (1948), "The transformation of
    Poisson, binomial and negative-binomial data", Biometrika.
    """
    _check_ahead(ahead)
    require_share("goal", goal)
    sign = sign_of(better)
    if next_denominator is not None:
        require_denominator(next_denominator)
    quantile = normal_quantile(interval_confidence)
    points = len(series)
    if refusal := _refusal(points, ahead):
        return refusal
    cases = sum(counts.denominator for counts in series)
    future = next_denominator or series[-1].denominator
    chance = _ratio(points, cases)
    outlook = _outlook(
        _Task(
            angles=[_angle(counts.numerator, counts.denominator) for counts in series],
            noises=[_ratio(cases, points * counts.denominator) for counts in series],
            ahead=ahead,
            next_noise=_ratio(cases, points * future),
            chance=chance,
        )
    )
    just = ceil(goal * future) if better == "higher" else floor(goal * future)
    # Half a case short of the count that just meets the goal, as the normal curve is smooth.
    edge = 2 * just - sign - future
    certain = abs(edge) > future  # no count can miss the goal
    return Forecast(
        probability=1.0 if certain else outlook.probability(asin(edge / future), sign),
        level=_level(outlook.middle),
        interval=outlook.interval(quantile),
        overdispersion=max(1.0, outlook.scatter / chance),
        points=points,
    )


def forecast_levels(
    levels: Sequence[Fraction],
    *,
    ahead: int,
    goal: Fraction,
    better: Better,
    interval_confidence: float = 0.8,
) -> Forecast | Undefined:
    """Return how likely a published level is to meet its goal, where the counts are not known.

    This is :func:`forecast` with nothing but the series to tell how far levels scatter by chance.
    It takes the periods to be of about equal size.

    >>> per_mille = (820, 795, 840, 810, 855, 825, 830, 870, 840, 880, 855, 875)
    >>> housed = [Fraction(level, 1000) for level in per_mille]
    >>> result = forecast_levels(housed, ahead=4, goal=Fraction(9, 10), better="higher")
    >>> print(f"{result.probability:.0%}")
    21%

    Args:
        levels: The shares of equally spaced periods, oldest first, from 0 to 1.
        ahead: How many periods after the last one the goal is to be met, from 1.
        goal: The goal, an exact share from 0 to 1.
        better: Which way the share improves.
        interval_confidence: The share of such intervals that should cover the level.

    Returns:
        The forecast, or the reason if there is none. It is refused as by :func:`forecast`, and if
        all levels are equal: without counts nothing tells how far they may scatter.

    Raises:
        QuantityError: ``ahead`` is not a whole number from 1.
        PercentageOutOfRangeError: The goal or a level is not from 0 to 1.
        BinaryFloatError: The goal or a level is a binary float.
        UnknownNameError: Better is neither "higher" nor "lower".
        ConfidenceError: The confidence is not above 0 and below 1.
    """
    _check_ahead(ahead)
    require_share("goal", goal)
    for level in levels:
        require_share("level", level)
    sign = sign_of(better)
    quantile = normal_quantile(interval_confidence)
    if refusal := _refusal(len(levels), ahead):
        return refusal
    if all(earlier == later for earlier, later in pairwise(levels)):
        return Undefined(
            "the levels are all equal, and without counts their scatter cannot be estimated: "
            "forecast from the counts"
        )
    outlook = _outlook(
        _Task(
            angles=[_angle(level.numerator, level.denominator) for level in levels],
            noises=[1.0] * len(levels),
            ahead=ahead,
            next_noise=1.0,
            chance=0.0,
        )
    )
    certain = goal == (0 if better == "higher" else 1)
    edge = _angle(goal.numerator, goal.denominator)
    return Forecast(
        probability=1.0 if certain else outlook.probability(edge, sign),
        level=_level(outlook.middle),
        interval=outlook.interval(quantile),
        overdispersion=None,
        points=len(levels),
    )


_FEWEST_POINTS = 8
_MOVEMENTS = (0.0, 0.01, 0.1, 1.0)
"""How far the level may wander from period to period: variances, in those of its noise."""
_TRENDS = {0.0: 1 / 2, 0.01: 1 / 6, 0.1: 1 / 6, 1.0: 1 / 6}
"""How steep the trend may be: variances, in those of the noise, and how far each is trusted before
the series is seen. None at all has half of the trust."""
_WEARING_OFF = 0.95
"""The share of the trend that remains after each period ahead."""
_LARGEST_RATIO = 10**12  # of two sizes: beyond it the smaller tells next to nothing
_LEAST_SQUARES = 1e-12  # what rounding may leave of none


def _check_ahead(ahead: int) -> None:
    if type(ahead) is not int or ahead < 1:
        raise QuantityError(
            f"{ahead} is not a number of periods ahead: give a whole number from 1, the next period"
        )


def _refusal(points: int, ahead: int) -> Undefined | None:
    if points < _FEWEST_POINTS:
        return Undefined(
            f"{points} periods are too few for a forecast: at least {_FEWEST_POINTS} are needed"
        )
    if ahead > points:
        return Undefined(
            f"{ahead} periods ahead is too far for a series of {points}: forecast at most as many "
            "periods as are known"
        )
    return None


def _ratio(cases: int, others: int) -> float:
    return max(min(cases, _LARGEST_RATIO * others) / others, 1 / _LARGEST_RATIO)


def _angle(numerator: int, denominator: int) -> float:
    """Return a share on the scale on which chance alone has the variance 1 / denominator."""
    return asin((2 * numerator - denominator) / denominator)


def _in_range(angle: float) -> float:
    """Return the angle, or that of 0% or 100% if a trend or an interval leads past it."""
    return max(-pi / 2, min(pi / 2, angle))


def _level(angle: float) -> float:
    return (1 + sin(_in_range(angle))) / 2


@attrs.frozen(kw_only=True)
class _Outlook:
    """The forecast, on the scale of angles."""

    middle: float
    deviation: float
    scatter: float

    def interval(self, quantile: float) -> Interval:
        reach = quantile * self.deviation
        return Interval(_level(self.middle - reach), _level(self.middle + reach))

    def probability(self, edge: float, sign: int) -> float:
        return NormalDist().cdf(sign * (self.middle - edge) / self.deviation)


@attrs.frozen(kw_only=True)
class _Task:
    """A series on the scale of angles, and which period of it is asked about."""

    angles: Sequence[float]
    noises: Sequence[float]
    """The variance of each by chance, in those of a period of the average size."""
    ahead: int
    next_noise: float
    """The same of the period asked about."""
    chance: float
    """The variance by chance alone of a period of the average size."""


@attrs.frozen(kw_only=True)
class _Branch:
    """The fit of a model to the series, for given sizes of movement of level and trend."""

    support: float
    middle: float
    variance: float
    scatter: float


def _outlook(task: _Task) -> _Outlook:
    """Take the mean of all branches, each weighted by how well it foresaw the series."""
    branches = [
        _branch(task, movement, trend, trust)
        for movement in _MOVEMENTS
        for trend, trust in _TRENDS.items()
    ]
    best = max(branch.support for branch in branches)
    weights = [exp(branch.support - best) for branch in branches]
    total = sum(weights)
    weighted = [(weight / total, branch) for weight, branch in zip(weights, branches, strict=True)]
    middle = sum(weight * branch.middle for weight, branch in weighted)
    variance = sum(
        weight * (branch.variance + (branch.middle - middle) ** 2) for weight, branch in weighted
    )
    return _Outlook(
        middle=_in_range(middle),
        deviation=sqrt(variance),
        scatter=sum(weight * branch.scatter for weight, branch in weighted),
    )


def _branch(task: _Task, movement: float, trend: float, trust: float) -> _Branch:
    """Run the Kalman filter of a wandering level with a trend, and look ahead.

    All variances are in those of the noise, whose own size comes last. So the middle and the
    weights rest on the shares and on how large the periods are relative to each other, and the
    number of cases says only how small the noise may be. That is why more cases never widen an
    interval.
    """
    level, slope = task.angles[0], 0.0
    of_level, of_both, of_slope = task.noises[0], 0.0, trend
    squares, log_sizes = _LEAST_SQUARES, 0.0
    for angle, noise in zip(task.angles[1:], task.noises[1:], strict=True):
        level += slope
        of_level += 2 * of_both + of_slope + movement
        of_both += of_slope
        size = of_level + noise
        surprise = angle - level
        squares += surprise * surprise / size
        log_sizes += log(size)
        level += of_level / size * surprise
        slope += of_both / size * surprise
        of_slope -= of_both * of_both / size
        of_level *= noise / size
        of_both *= noise / size
    points = len(task.angles)
    scatter = squares / (points - 1)
    steps = _WEARING_OFF * (1 - _WEARING_OFF**task.ahead) / (1 - _WEARING_OFF)
    of_level += 2 * steps * of_both + steps * steps * of_slope + task.ahead * movement
    return _Branch(
        support=log(trust) - (log_sizes + (points - 1) * log(squares)) / 2,
        middle=level + steps * slope,
        variance=max(
            (of_level + task.next_noise) * scatter, (1 / points + task.next_noise) * task.chance
        ),
        scatter=scatter,
    )
