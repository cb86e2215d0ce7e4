"""The laws of growth ratios and of curves between two levels, one to a test."""

from __future__ import annotations

from collections.abc import Callable
from math import isclose, isfinite

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rrmodel.inference import (
    GrowthCategory,
    GrowthRatio,
    Undefined,
    geometric_level,
    growth_ratio,
    growth_towards_limit,
    logit_level,
)
from rrmodel.model import Better

Curve = Callable[[float, float, float], float | Undefined]

BETTER: tuple[Better, ...] = ("higher", "lower")
DIRECTIONS = st.sampled_from(BETTER)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
TIMES = st.floats(0, 1e300)
LEVELS = st.integers(1, 1000).map(lambda tenths: tenths / 10)
YEARS = st.integers(1, 30)
PARTS = st.floats(0, 1)
SHARES = st.floats(0, 1, exclude_min=True, exclude_max=True)
PERCENTAGES = st.integers(1, 99).map(lambda percent: percent / 100)
BANDS = {
    GrowthCategory.DETERIORATION: (-5, -2.5),
    GrowthCategory.LIMITED_PROGRESS: (-2.5, 0),
    GrowthCategory.ACCELERATION_NEEDED: (0, 2.5),
    GrowthCategory.ON_TRACK: (2.5, 5),
    GrowthCategory.TARGET_ACHIEVED: (5, 5),
}

curves = pytest.mark.parametrize("curve", [geometric_level, logit_level])


def number(level: float | Undefined) -> float:
    """Return a level that must be there."""
    assert isinstance(level, float)
    return level


def in_band(category: GrowthCategory, score: float) -> bool:
    """Whether a score is in the band of its category, but for rounding."""
    lowest, highest = BANDS[category]
    return lowest - 1e-9 <= score <= highest + 1e-9


def housed(baseline: float, level: float, goal: float) -> GrowthRatio:
    """Assess a level after two of five years, higher being better."""
    return growth_ratio(baseline, level, goal, elapsed=2, allowed=5, better="higher")


@given(st.tuples(FINITE, FINITE, FINITE), TIMES, TIMES, DIRECTIONS)
def test_every_question_with_a_goal_has_an_answer(
    levels: tuple[float, float, float], elapsed: float, allowed: float, better: Better
) -> None:
    """There is a finite ratio, or none with a reason; and a score wherever there is a category."""
    assume(allowed > 0)
    baseline, level, goal = levels
    result = growth_ratio(baseline, level, goal, elapsed=elapsed, allowed=allowed, better=better)
    if result.ratio is None:
        assert result.reason
        assert result.category in {GrowthCategory.NOT_AVAILABLE, GrowthCategory.TARGET_ACHIEVED}
    else:
        assert isfinite(result.ratio)
    assert (result.score is None) == (result.category is GrowthCategory.NOT_AVAILABLE)
    assert (result.open_sdg_score is None) == (result.score is None)


@given(FINITE, FINITE, st.none() | FINITE, TIMES, DIRECTIONS)
def test_every_question_without_a_goal_has_an_answer(
    baseline: float, level: float, limit: float | None, elapsed: float, better: Better
) -> None:
    """There is a finite growth with a score, or none with a reason; the scaling is from 0 to 1."""
    result = growth_towards_limit(baseline, level, limit, elapsed=elapsed, better=better)
    assert 0 <= result.scaling <= 1
    if result.growth is None or result.score is None:
        assert result.growth is result.score is None
        assert result.reason
    else:
        assert isfinite(result.growth)
        assert in_band(result.category, result.score)


@given(LEVELS, LEVELS, LEVELS, DIRECTIONS)
def test_the_score_lies_in_the_band_of_its_category(
    baseline: float, level: float, goal: float, better: Better
) -> None:
    """Each category has its quarter of the scale from -5 to 5."""
    result = growth_ratio(baseline, level, goal, elapsed=2, allowed=5, better=better)
    assume(result.score is not None)
    assert in_band(result.category, result.score or 0)


@given(LEVELS, LEVELS, LEVELS, st.integers(-20, 20))
def test_the_unit_does_not_matter(baseline: float, level: float, goal: float, power: int) -> None:
    """Shares, percentages and any other unit give one ratio."""
    assume(baseline != goal)
    one = housed(baseline, level, goal)
    other = housed(baseline * 2**power, level * 2**power, goal * 2**power)
    assert one.ratio == pytest.approx(other.ratio, rel=1e-9, abs=1e-9)


@given(LEVELS, LEVELS, YEARS, YEARS)
def test_a_level_on_the_curve_of_constant_growth_has_the_ratio_one(
    baseline: float, goal: float, elapsed: int, left: int
) -> None:
    """The ratio compares with constant growth, not with a straight line."""
    assume(baseline != goal)
    level = number(geometric_level(baseline, goal, elapsed / (elapsed + left)))
    better: Better = "higher" if goal > baseline else "lower"
    result = growth_ratio(
        baseline, level, goal, elapsed=elapsed, allowed=elapsed + left, better=better
    )
    assert result.ratio == pytest.approx(1, rel=1e-9)


@given(LEVELS, LEVELS, LEVELS, LEVELS)
def test_a_better_level_never_scores_less(
    baseline: float, goal: float, first: float, second: float
) -> None:
    """Neither the ratio nor the score falls as the level improves."""
    worse, better = (housed(baseline, level, goal) for level in sorted((first, second)))
    assume(worse.ratio is not None)
    assert (worse.ratio or 0) <= (better.ratio or 0)
    assert (worse.score or 0) <= (better.score or 0)


@given(LEVELS, LEVELS, LEVELS)
def test_the_other_direction_turns_the_ratio_round(
    baseline: float, level: float, goal: float
) -> None:
    """Told the wrong direction, the method gives the same ratio with the other sign."""
    right = housed(baseline, level, goal)
    wrong = growth_ratio(baseline, level, goal, elapsed=2, allowed=5, better="lower")
    assume(right.ratio is not None)
    assert wrong.ratio == -(right.ratio or 0)


@curves
@given(SHARES, SHARES, PARTS)
def test_a_curve_stays_between_its_ends(
    curve: Curve, start: float, end: float, elapsed: float
) -> None:
    """No level on the way lies beyond either end."""
    assert min(start, end) <= number(curve(start, end, elapsed)) <= max(start, end)


@curves
@given(SHARES, SHARES, PARTS, PARTS)
def test_a_curve_never_turns(
    curve: Curve, start: float, end: float, first: float, second: float
) -> None:
    """It rises all the way or falls all the way."""
    earlier, later = (number(curve(start, end, part)) for part in sorted((first, second)))
    assert (earlier <= later) if start <= end else (earlier >= later)


@curves
@given(PERCENTAGES, PERCENTAGES, PARTS)
def test_a_curve_is_the_same_backwards(
    curve: Curve, start: float, end: float, elapsed: float
) -> None:
    """From the end with the time left one comes to the same level."""
    forwards, backwards = curve(start, end, elapsed), curve(end, start, 1 - elapsed)
    assert isclose(number(forwards), number(backwards), rel_tol=1e-12)


@given(PERCENTAGES, PERCENTAGES, PARTS)
def test_the_log_odds_of_the_rest_take_the_same_course(
    start: float, end: float, elapsed: float
) -> None:
    """Housed and not housed add up to everybody all the way."""
    counted, rest = logit_level(start, end, elapsed), logit_level(1 - start, 1 - end, elapsed)
    assert isclose(number(counted) + number(rest), 1, rel_tol=1e-12)


@given(SHARES, SHARES, PARTS)
def test_constant_growth_is_never_above_a_straight_line(
    start: float, end: float, elapsed: float
) -> None:
    """A level that grows by a constant rate is at or below the line from start to end."""
    straight = (1 - elapsed) * start + elapsed * end
    assert number(geometric_level(start, end, elapsed)) <= straight * (1 + 1e-12) + 1e-300
