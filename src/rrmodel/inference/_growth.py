"""Growth ratios: the yearly growth of a level against the growth that its goal requires."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import expm1, inf, log
from typing import ClassVar, TypeVar

import attrs

from rrmodel.errors import QuantityError
from rrmodel.inference._goals import sign_of
from rrmodel.inference._interval import Undefined
from rrmodel.model import Better
from rrmodel.records import Field, Layout, Result

__all__ = [
    "GrowthCategory",
    "GrowthRatio",
    "GrowthTowardsLimit",
    "growth_ratio",
    "growth_towards_limit",
]


class GrowthCategory(StrEnum):
    """The category of a rate of growth, as Statistics Canada and Open SDG publish it."""

    TARGET_ACHIEVED = "target_achieved"
    """The level is at the goal or beyond."""
    ON_TRACK = "on_track"
    """At least 95% of the required growth; without a goal, at least 1.5% a year."""
    ACCELERATION_NEEDED = "acceleration_needed"
    """At least 60% of the required growth; without a goal, at least 0.5% a year."""
    LIMITED_PROGRESS = "limited_progress"
    """Less than that, down to no change at all."""
    DETERIORATION = "deterioration"
    """The level has moved the wrong way."""
    NOT_AVAILABLE = "not_available"
    """The method has no answer."""

    @property
    def open_sdg_status(self) -> str:
        """The word of the Open SDG programs for it in their data.

        >>> GrowthCategory.ON_TRACK.open_sdg_status
        'substantial_progress'
        """
        match self:
            case GrowthCategory.ON_TRACK:
                return "substantial_progress"
            case GrowthCategory.ACCELERATION_NEEDED:
                return "moderate_progress"
            case _:
                return self.value


_GrowthT = TypeVar("_GrowthT")


def _optional(
    name: str, description: str, get: Callable[[_GrowthT], float | None]
) -> Field[_GrowthT]:
    return Field(name, "number", f"{description}; null if undefined.", get, is_optional=True)


_RATIO: Layout[GrowthRatio] = Layout(
    "growth_ratio",
    "The growth so far against the growth that a goal requires.",
    (
        _optional(
            "observed",
            "The growth so far, a share of the level each year",
            lambda one: one.observed,
        ),
        _optional("required", "The growth that the goal requires", lambda one: one.required),
        _optional("ratio", "The observed growth over the required one", lambda one: one.ratio),
        Field(
            "category",
            "text",
            "The category of the ratio.",
            lambda one: one.category.value,
            choose_from=lambda: GrowthCategory,
        ),
        _optional("score", "The score from -5 to 5", lambda one: one.score),
        _optional("open_sdg_score", "The score of Open SDG", lambda one: one.open_sdg_score),
        Field("reason", "text", "A note on it.", lambda one: one.reason, is_optional=True),
    ),
)


@attrs.frozen(kw_only=True)
class GrowthRatio(Result):
    """The growth so far against the growth that a goal requires."""

    observed: float | None
    """The growth so far: a share of the level each year, of any sign; ``None`` if undefined."""
    required: float | None
    """The growth that leads from the baseline to the goal in time; ``None`` if undefined."""
    ratio: float | None
    """The observed growth over the size of the required one: above 0 for an improvement, ``None``
    if undefined."""
    category: GrowthCategory
    """The category of the ratio."""
    score: float | None
    """From -5 to 5, as the method is described: -5 up to -60%, 0 at 60%, 5 from 130% and for a
    goal achieved; ``None`` if undefined."""
    open_sdg_score: float | None
    """The score that the programs of Open SDG print. Their slopes are rounded to four decimals, so
    it differs from the one described by up to 0.0001."""
    reason: str | None
    """The reason, if there is no ratio or the category is doubtful; otherwise ``None``."""

    layout: ClassVar[Layout[GrowthRatio]] = _RATIO
    """The fields of :meth:`to_dict`."""

    @property
    def statement(self) -> str:
        """The ratio in a sentence, whichever way the measure should go.

        >>> growth_ratio(18, 16, 10, elapsed=1, allowed=3, better="lower").statement
        'It has improved at 62% of the yearly rate that the goal requires.'
        """
        if self.ratio is None:
            return f"The growth ratio is undefined: {self.reason}."
        if self.ratio == 0:
            return "It has not changed."
        moved = "improved" if self.ratio > 0 else "worsened"
        return f"It has {moved} at {abs(self.ratio):.0%} of the yearly rate that the goal requires."


_LIMIT: Layout[GrowthTowardsLimit] = Layout(
    "growth_towards_limit",
    "The growth so far against fixed rates, where no goal is given.",
    (
        _optional(
            "growth", "The growth so far, a share of the level each year", lambda one: one.growth
        ),
        Field(
            "scaling",
            "number",
            "The factor of the fixed rates: 1 far from the limit, 0 at it.",
            lambda one: float(one.scaling),
        ),
        Field(
            "category",
            "text",
            "The category of the growth.",
            lambda one: one.category.value,
            choose_from=lambda: GrowthCategory,
        ),
        _optional("score", "The score from -5 to 5", lambda one: one.score),
        Field(
            "reason",
            "text",
            "The reason, if there is no rate.",
            lambda one: one.reason,
            is_optional=True,
        ),
    ),
)


@attrs.frozen(kw_only=True)
class GrowthTowardsLimit(Result):
    """The growth so far, where no goal is given, against fixed rates."""

    growth: float | None
    """The growth so far: a share of the level each year, above 0 when better; ``None`` if
    undefined."""
    scaling: float
    """The factor of the fixed rates: 1 far from the limit, 0 at it."""
    category: GrowthCategory
    """The category of the growth."""
    score: float | None
    """From -5 to 5: -5 up to -2% a year, -2.5 at no change, 5 from 2%, of which those above 0 are
    scaled; ``None`` if undefined."""
    reason: str | None
    """The reason, if there is no growth rate; otherwise ``None``."""

    layout: ClassVar[Layout[GrowthTowardsLimit]] = _LIMIT
    """The fields of :meth:`to_dict`."""

    @property
    def on_track_from(self) -> float:
        """The yearly growth from which a level is on track."""
        return _ON_TRACK * self.scaling

    @property
    def acceleration_needed_from(self) -> float:
        """The yearly growth from which there is progress, though acceleration is needed."""
        return _ACCELERATION_NEEDED * self.scaling


def growth_ratio(
    baseline: float | Fraction,
    level: float | Fraction,
    goal: float | Fraction,
    *,
    elapsed: float,
    allowed: float,
    better: Better,
    in_place_of_zero: float | None = None,
) -> GrowthRatio:
    """Compare the yearly growth so far with the yearly growth that a goal requires.

    The answer depends on which share is counted. After the first of three years 84% housed is .774
    of the growth required from 82% to 90%; counted as people not housed, from 18% by way of 16% to
    10%, the same facts are .624 of it. Use it to compare with reports that print it, and not to
    assess a target.

    >>> housed = growth_ratio(82, 84, 90, elapsed=1, allowed=3, better="higher")
    >>> print(f"{housed.ratio:.3f} {housed.category}")
    0.774 acceleration_needed
    >>> not_housed = growth_ratio(18, 16, 10, elapsed=1, allowed=3, better="lower")
    >>> print(f"{not_housed.ratio:.3f} {not_housed.category}")
    0.624 acceleration_needed
    >>> growth_ratio(82, 81, 82, elapsed=2, allowed=4, better="higher").reason
    'the goal equals the baseline, so it requires no growth and there is no ratio'

    Args:
        baseline: The level at the start, in any unit.
        level: The latest level, in the same unit.
        goal: The goal level, in the same unit.
        elapsed: Years from the baseline to the latest level.
        allowed: Years from the baseline to the deadline.
        better: Which way the level improves. Stated wrongly, a goal that is still ahead counts as
            achieved from the first day on; the reason then says so.
        in_place_of_zero: A small number that replaces a baseline or goal of zero, from or to which
            no rate of growth leads. Open SDG takes 0.001. The ratio depends on it so much that
            there is none unless it is stated.

    Raises:
        QuantityError: A level is not finite, the time elapsed is negative, the time allowed is
            not above 0, or the number in place of zero is not above 0.
        UnknownNameError: Better is neither "higher" nor "lower".

    Follows the progress measure of Statistics Canada for quantitative targets, as Open SDG
    describes it ("Progress Measurement Methodology for the Sustainable Development Goals"), which
    was inspired by Eurostat's.
    """
    if not 0 < allowed < inf:
        raise QuantityError(
            f"the deadline is {allowed} years after the baseline: give a number above 0"
        )
    sign = sign_of(better)
    start = _start(baseline, in_place_of_zero)
    observed = _yearly_growth(start, _finite(level), elapsed)
    aim = _start(goal, in_place_of_zero)
    required = _yearly_growth(start, aim, allowed) if aim else _undefined_for_zero("to a goal")
    ratio, reason = None, None
    if isinstance(observed, Undefined):
        reason = observed.reason
    elif isinstance(required, Undefined):
        reason = required.reason
    elif abs(required) < _NO_GROWTH:
        reason = "the goal equals the baseline, so it requires no growth and there is no ratio"
    else:
        ratio = _for_the_better(observed, start, sign) / abs(required)
    achieved = sign * level >= sign * goal
    if sign * baseline > sign * goal:
        doubt = f"the baseline is already beyond the goal: check that {better} is better"
        reason = f"{reason}; {doubt}" if reason else doubt
    return GrowthRatio(
        observed=None if isinstance(observed, Undefined) else observed,
        required=None if isinstance(required, Undefined) else required,
        ratio=ratio,
        category=GrowthCategory.TARGET_ACHIEVED if achieved else _category(ratio, 0.6, 0.95),
        score=5.0 if achieved else _score(ratio, _RATIO_SCORES),
        open_sdg_score=5.0 if achieved else _open_sdg_score(ratio),
        reason=reason,
    )


def growth_towards_limit(
    baseline: float | Fraction,
    level: float | Fraction,
    limit: float | Fraction | None,
    *,
    elapsed: float,
    better: Better,
    in_place_of_zero: float | None = None,
) -> GrowthTowardsLimit:
    """Compare the yearly growth with fixed rates, for a measure that has no numeric goal.

    A level close to its natural limit, such as 100%, cannot grow by 1.5% a year for long. So the
    fixed rates are scaled down by 1 - (baseline / limit) ** 4.44.

    >>> housed = growth_towards_limit(82, 83, 100, elapsed=2, better="higher")
    >>> print(f"{housed.growth:.4f} where {housed.on_track_from:.4f} is on track")
    0.0061 where 0.0088 is on track
    >>> print(housed.category)
    acceleration_needed

    Args:
        baseline: The level at the start, in any unit.
        level: The latest level, in the same unit.
        limit: The level that cannot be passed in the better direction; ``None`` if there is none.
        elapsed: Years from the baseline to the latest level.
        better: Which way the level improves.
        in_place_of_zero: A small number that replaces a baseline of zero, as in
            :func:`growth_ratio`.

    Raises:
        QuantityError: A level or the limit is not finite, the time elapsed is negative, or the
            number in place of zero is not above 0.
        UnknownNameError: Better is neither "higher" nor "lower".

    Follows the progress measure of Statistics Canada without quantitative targets, as Open SDG
    describes it ("Progress Measurement Methodology for the Sustainable Development Goals").
    """
    sign = sign_of(better)
    start = _start(baseline, in_place_of_zero)
    observed = _yearly_growth(start, _finite(level), elapsed)
    scaling = _scaling(_finite(baseline), limit)
    if isinstance(observed, Undefined):
        growth, scaled, reason = None, None, observed.reason
    else:
        growth, reason = _for_the_better(observed, start, sign), None
        # At the limit itself the level can only be maintained.
        scaled = growth if growth < 0 else growth / scaling if scaling else inf
    return GrowthTowardsLimit(
        growth=growth,
        scaling=scaling,
        category=_category(scaled, _ACCELERATION_NEEDED, _ON_TRACK),
        score=_score(scaled, _GROWTH_SCORES),
        reason=reason,
    )


_ON_TRACK = 0.015
_ACCELERATION_NEEDED = 0.005
_LIMIT_POWER = 4.44
_NO_GROWTH = 1e-12  # a smaller yearly growth is what rounding makes of none
_MOST_GROWTH = 500.0  # on a log scale; more than this only comes of times close to none
_RATIO_SCORES = ((-0.6, -5.0), (0.6, 0.0), (1.3, 5.0))
_GROWTH_SCORES = ((-0.02, -5.0), (0.0, -2.5), (0.005, 0.0), (0.015, 2.5), (0.02, 5.0))


def _finite(number: float | Fraction) -> float:
    try:
        level = float(number)
    except OverflowError:
        level = inf
    if not abs(level) < inf:
        raise QuantityError(f"{level} is not a level: give a finite number")
    return level


def _start(number: float | Fraction, in_place_of_zero: float | None) -> float:
    if in_place_of_zero is not None and not 0 < in_place_of_zero < inf:
        raise QuantityError(f"{in_place_of_zero} cannot replace zero: give a number above 0")
    return _finite(number) or in_place_of_zero or 0.0


def _undefined_for_zero(place: str) -> Undefined:
    return Undefined(
        f"no rate of growth leads {place} of 0: give a number in place of zero, such as 0.001, "
        "or count the other outcome instead"
    )


def _yearly_growth(start: float, end: float, years: float) -> float | Undefined:
    """Return the compound yearly growth from a level to another, as a share of the level."""
    if not 0 <= years < inf:
        raise QuantityError(
            f"the level is {years} years after the baseline: give a number of 0 or more"
        )
    if years == 0:
        return Undefined("no time has passed since the baseline: wait for a later level")
    if start == 0:
        return _undefined_for_zero("from a baseline")
    if end == 0:
        return -1.0
    if (start < 0) != (end < 0):
        return Undefined(
            f"no rate of growth leads from {start} to {end}: both must have the same sign"
        )
    growth = (log(abs(end)) - log(abs(start))) / years
    if growth > _MOST_GROWTH:
        return Undefined(f"from {start} to {end} in {years} years is too fast for a yearly rate")
    return expm1(growth)


def _for_the_better(growth: float, start: float, sign: int) -> float:
    return growth if sign * start > 0 else 0.0 - growth


def _scaling(baseline: float, limit: float | Fraction | None) -> float:
    size, most = abs(baseline), abs(_finite(limit)) if limit is not None else 0.0
    beyond = size - most
    if beyond >= most:
        return 1.0
    nearness: float = ((size if beyond <= 0 else most - beyond) / most) ** _LIMIT_POWER
    return 1 - nearness


def _category(number: float | None, acceleration_needed: float, on_track: float) -> GrowthCategory:
    if number is None:
        return GrowthCategory.NOT_AVAILABLE
    if number >= on_track:
        return GrowthCategory.ON_TRACK
    if number >= acceleration_needed:
        return GrowthCategory.ACCELERATION_NEEDED
    return GrowthCategory.LIMITED_PROGRESS if number >= 0 else GrowthCategory.DETERIORATION


def _score(number: float | None, corners: Sequence[tuple[float, float]]) -> float | None:
    """Return the score on the broken line through the corners, level outside them."""
    if number is None:
        return None
    for (left, low), (right, high) in pairwise(corners):
        if number < right:
            return max(low, low + (high - low) * (number - left) / (right - left))
    return corners[-1][1]


def _open_sdg_score(ratio: float | None) -> float | None:
    if ratio is None:
        return None
    if ratio < 0.6:  # noqa: PLR2004 - where the two lines of the score meet
        return max(4.1667 * ratio - 2.5, -5.0)
    return min(7.1429 * ratio - 4.2857, 5.0)
