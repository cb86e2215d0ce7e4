"""Growth ratios with a goal, growth without one, and what neither can answer."""

from __future__ import annotations

from fractions import Fraction
from math import inf, nan
from typing import Any

import pytest

from rrmodel.errors import QuantityError, UnknownNameError
from rrmodel.inference import (
    GrowthCategory,
    GrowthRatio,
    GrowthTowardsLimit,
    growth_ratio,
    growth_towards_limit,
)
from rrmodel.model import Better

ZERO_ADVICE = "give a number in place of zero, such as 0.001, or count the other outcome instead"


def housed(level: float, goal: float = 90) -> GrowthRatio:
    """Assess a level, one year of three after 82%."""
    return growth_ratio(82, level, goal, elapsed=1, allowed=3, better="higher")


def test_the_same_facts_give_another_ratio_when_the_rest_is_counted() -> None:
    """82% to 84% of 90% housed is .774 of the growth needed, 18% to 16% of 10% not housed .624."""
    not_housed = growth_ratio(18, 16, 10, elapsed=1, allowed=3, better="lower")
    assert housed(84).ratio == pytest.approx(0.774, abs=5e-4)
    assert not_housed.ratio == pytest.approx(0.624, abs=5e-4)


def test_the_wrong_direction_declares_a_rising_target_achieved_on_day_one() -> None:
    """Told that lower is better, the method says that 90% is achieved at 82%; ours doubts it."""
    result = growth_ratio(82, 82, 90, elapsed=0, allowed=3, better="lower")
    assert (result.category, result.score) == (GrowthCategory.TARGET_ACHIEVED, 5)
    assert result.reason == (
        "no time has passed since the baseline: wait for a later level; "
        "the baseline is already beyond the goal: check that lower is better"
    )


def test_a_ratio_is_given_with_the_doubt_about_its_direction() -> None:
    """With time passed there is a ratio, and the doubt is its only reason."""
    result = growth_ratio(82, 84, 90, elapsed=1, allowed=3, better="lower")
    assert result.ratio == pytest.approx(-0.774, abs=5e-4)
    assert result.reason == "the baseline is already beyond the goal: check that lower is better"


@pytest.mark.parametrize(
    ("level", "category"),
    [
        (90, GrowthCategory.TARGET_ACHIEVED),
        (84.6, GrowthCategory.ON_TRACK),
        (84, GrowthCategory.ACCELERATION_NEEDED),
        (83, GrowthCategory.LIMITED_PROGRESS),
        (82, GrowthCategory.LIMITED_PROGRESS),
        (81, GrowthCategory.DETERIORATION),
    ],
)
def test_each_category_has_its_levels(level: float, category: GrowthCategory) -> None:
    """From achieved to moving away, no change being limited progress."""
    assert housed(level).category is category


@pytest.mark.parametrize("level", [81, 82])
def test_a_level_to_be_held_has_no_ratio(level: float) -> None:
    """It needs no growth, and nothing divides by none: held or not is all there is to say."""
    result = housed(level, goal=82)
    is_maintained = level == 82
    assert result.ratio is None
    assert result.category is (
        GrowthCategory.TARGET_ACHIEVED if is_maintained else GrowthCategory.NOT_AVAILABLE
    )
    assert result.score == result.open_sdg_score == (5 if is_maintained else None)
    assert result.reason == (
        "the goal equals the baseline, so it requires no growth and there is no ratio"
    )


def test_a_goal_that_is_the_baseline_but_for_rounding_has_no_ratio_either() -> None:
    """0.1 + 0.2 is the same goal as 0.3."""
    result = growth_ratio(0.3, 0.4, 0.1 + 0.2, elapsed=1, allowed=2, better="higher")
    assert result.ratio is None


def test_exact_levels_are_compared_exactly() -> None:
    """Nine tenths as a fraction meet nine tenths."""
    result = growth_ratio(
        Fraction(82, 100), Fraction(9, 10), Fraction(9, 10), elapsed=1, allowed=3, better="higher"
    )
    assert (result.category, result.reason) == (GrowthCategory.TARGET_ACHIEVED, None)
    assert result.ratio == pytest.approx(3.096, abs=5e-4)


@pytest.mark.parametrize(
    ("baseline", "level", "goal", "reason"),
    [
        (0, 5, 10, f"no rate of growth leads from a baseline of 0: {ZERO_ADVICE}"),
        (10, 5, 0, f"no rate of growth leads to a goal of 0: {ZERO_ADVICE}"),
        (5, -1, -3, "no rate of growth leads from 5.0 to -1.0: both must have the same sign"),
        (5, 1, -3, "no rate of growth leads from 5.0 to -3.0: both must have the same sign"),
    ],
)
def test_zero_and_a_change_of_sign_have_no_rate(
    baseline: float, level: float, goal: float, reason: str
) -> None:
    """Other tools divide by zero here, put in another number, or give a complex one."""
    better: Better = "higher" if goal > baseline else "lower"
    result = growth_ratio(baseline, level, goal, elapsed=1, allowed=3, better=better)
    assert result.ratio is None
    assert result.reason == reason
    assert (result.category, result.score) == (GrowthCategory.NOT_AVAILABLE, None)
    assert result.open_sdg_score is None


def test_what_stands_for_zero_decides_the_ratio() -> None:
    """From 10 to 5 towards 0, the stand-ins 0.001 and 1 tell opposite stories."""
    small, large = (
        growth_ratio(10, 5, 0, elapsed=5, allowed=15, better="lower", in_place_of_zero=stand_in)
        for stand_in in (0.001, 1)
    )
    assert small.category is GrowthCategory.LIMITED_PROGRESS
    assert large.category is GrowthCategory.ACCELERATION_NEEDED


def test_a_baseline_of_zero_may_be_replaced_too() -> None:
    """From next to nothing to 5 is growth on track to 10."""
    result = growth_ratio(0, 5, 10, elapsed=1, allowed=3, better="higher", in_place_of_zero=0.001)
    assert result.category is GrowthCategory.ON_TRACK


def test_a_level_of_nothing_has_lost_all_there_was() -> None:
    """From 82 to 0 the yearly growth is -100%."""
    assert housed(0).observed == -1


def test_growth_in_no_time_is_no_yearly_rate() -> None:
    """A level that doubles in a millionth of a second has no rate that a number holds."""
    result = growth_ratio(1, 2, 3, elapsed=1e-9, allowed=3, better="higher")
    assert result.observed is None
    assert result.reason == "from 1.0 to 2.0 in 1e-09 years is too fast for a yearly rate"


def test_negative_levels_improve_towards_zero() -> None:
    """A deficit of 10 that falls to 8 has grown for the better."""
    result = growth_ratio(-10, -8, -5, elapsed=5, allowed=15, better="higher")
    assert result.ratio == pytest.approx(0.9665, abs=1e-4)


@pytest.mark.parametrize("score", ["score", "open_sdg_score"])
@pytest.mark.parametrize(("level", "points"), [(70, -5), (89.9, 5)])
def test_scores_end_at_five(level: float, score: str, points: float) -> None:
    """However bad or good, a score is from -5 to 5."""
    assert getattr(housed(level), score) == points


def test_a_level_near_its_limit_need_not_grow_as_fast() -> None:
    """From 98% housed, growth of a fifth of a per cent a year is on track; from 50% it is not."""
    near, far = (
        growth_towards_limit(level, 1.002 * level, 100, elapsed=1, better="higher")
        for level in (98, 50)
    )
    assert near.category is GrowthCategory.ON_TRACK
    assert far.category is GrowthCategory.LIMITED_PROGRESS
    assert near.on_track_from < 0.002 < far.on_track_from


@pytest.mark.parametrize(
    ("level", "score", "category"),
    [(100, 5, GrowthCategory.ON_TRACK), (99, -3.75, GrowthCategory.DETERIORATION)],
)
def test_at_the_limit_holding_the_level_is_all_that_can_be_asked(
    level: float, score: float, category: GrowthCategory
) -> None:
    """At 100% no growth is on track, and less is deterioration as anywhere."""
    result = growth_towards_limit(100, level, 100, elapsed=1, better="higher")
    assert (result.scaling, result.category) == (0, category)
    assert result.score == pytest.approx(score)


@pytest.mark.parametrize(
    ("limit", "scaling"), [(None, 1), (0, 1), (9, 1), (12, 1 - 0.5**4.44), (18, 0)]
)
def test_a_limit_below_works_like_one_above(limit: float | None, scaling: float) -> None:
    """18% counts as far from a limit at half of it or less, and as near above as below."""
    result = growth_towards_limit(18, 17, limit, elapsed=1, better="lower")
    assert result.scaling == pytest.approx(scaling)


def test_without_time_there_is_no_growth_but_there_are_its_thresholds() -> None:
    """On the day of the baseline the fixed rates are known, and nothing else is."""
    result = growth_towards_limit(82, 82, None, elapsed=0, better="higher")
    assert result == GrowthTowardsLimit(
        growth=None,
        scaling=1.0,
        category=GrowthCategory.NOT_AVAILABLE,
        score=None,
        reason="no time has passed since the baseline: wait for a later level",
    )
    assert (result.on_track_from, result.acceleration_needed_from) == (0.015, 0.005)


def test_a_baseline_of_zero_may_be_replaced_without_a_goal() -> None:
    """With a stand-in there is growth, without one a reason."""
    replaced = growth_towards_limit(0, 5, 100, elapsed=1, better="higher", in_place_of_zero=1)
    assert replaced.growth == pytest.approx(4)
    undefined = growth_towards_limit(0, 5, 100, elapsed=1, better="higher")
    assert undefined.reason == f"no rate of growth leads from a baseline of 0: {ZERO_ADVICE}"


@pytest.mark.parametrize(
    ("category", "name"),
    [
        (GrowthCategory.ON_TRACK, "substantial_progress"),
        (GrowthCategory.ACCELERATION_NEEDED, "moderate_progress"),
        (GrowthCategory.NOT_AVAILABLE, "not_available"),
    ],
)
def test_the_two_vocabularies_differ_in_two_names(category: GrowthCategory, name: str) -> None:
    """The pages of Open SDG and its programs call the two better categories differently."""
    assert category.open_sdg_status == name


@pytest.mark.parametrize("number", [nan, inf, -inf, Fraction(10**400)])
def test_a_level_is_finite(number: float | Fraction) -> None:
    """No number of no size goes in, so none comes out."""
    shown = inf if isinstance(number, Fraction) else number
    with pytest.raises(QuantityError, match=f"^{shown} is not a level: give a finite number$"):
        growth_ratio(82, number, 90, elapsed=1, allowed=3, better="higher")
    with pytest.raises(QuantityError, match=f"^{shown} is not a level: give a finite number$"):
        growth_towards_limit(82, 84, number, elapsed=1, better="higher")


@pytest.mark.parametrize("elapsed", [-1, nan, inf])
def test_a_level_does_not_come_before_the_baseline(elapsed: float) -> None:
    """Years that run backwards are refused."""
    message = f"^the level is {elapsed} years after the baseline: give a number of 0 or more$"
    with pytest.raises(QuantityError, match=message):
        growth_ratio(82, 84, 90, elapsed=elapsed, allowed=3, better="higher")


@pytest.mark.parametrize("allowed", [0, -1, nan, inf])
def test_a_deadline_comes_after_the_baseline(allowed: float) -> None:
    """Without time to grow in there is no rate to ask for."""
    message = f"^the deadline is {allowed} years after the baseline: give a number above 0$"
    with pytest.raises(QuantityError, match=message):
        growth_ratio(82, 84, 90, elapsed=1, allowed=allowed, better="higher")


def test_which_way_is_better_is_said_in_our_words() -> None:
    """Another word is refused, where Open SDG would take it for lower."""
    up: Any = "up"
    with pytest.raises(UnknownNameError, match=r"^'up' does not say which way is better"):
        growth_ratio(82, 84, 90, elapsed=1, allowed=3, better=up)
    with pytest.raises(UnknownNameError, match=r"^'up' does not say which way is better"):
        growth_towards_limit(82, 84, 100, elapsed=1, better=up)


@pytest.mark.parametrize("stand_in", [0, -0.001, nan, inf])
def test_what_stands_for_zero_is_above_it(stand_in: float) -> None:
    """Zero cannot replace zero."""
    message = f"^{stand_in} cannot replace zero: give a number above 0$"
    with pytest.raises(QuantityError, match=message):
        growth_ratio(0, 84, 90, elapsed=1, allowed=3, better="higher", in_place_of_zero=stand_in)


@pytest.mark.parametrize(
    ("level", "elapsed", "statement"),
    [
        (16, 1, "It has improved at 62% of the yearly rate that the goal requires."),
        (20, 1, "It has worsened at 62% of the yearly rate that the goal requires."),
        (18, 1, "It has not changed."),
        (
            16,
            0,
            (
                "The growth ratio is undefined: no time has passed since the baseline: wait for a "
                "later level."
            ),
        ),
    ],
)
def test_a_falling_measure_that_should_fall_has_improved(
    level: int, elapsed: int, statement: str
) -> None:
    """The words say better or worse, and not that a level which falls has grown."""
    result = growth_ratio(18, level, 10, elapsed=elapsed, allowed=3, better="lower")
    assert result.statement == statement
