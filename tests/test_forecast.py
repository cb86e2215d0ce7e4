"""Forecasts from counts and from published levels, and when there is none."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from rrmodel.errors import (
    BinaryFloatError,
    ConfidenceError,
    CountsError,
    PercentageOutOfRangeError,
    QuantityError,
    UnknownNameError,
)
from rrmodel.inference import Forecast, Interval, Undefined, forecast, forecast_levels
from rrmodel.model import Counts

GOAL = Fraction(9, 10)
QUARTERS = (164, 159, 168, 162, 171, 165, 166, 174, 168, 176, 171, 175)
HOUSED = [Counts(count, 200) for count in QUARTERS]
LEVELS = [Fraction(count, 200) for count in QUARTERS]
ASKED: dict[str, Any] = {"ahead": 4, "goal": GOAL, "better": "higher"}


def forecast_of(series: list[Counts], **changes: Any) -> Forecast:
    """Return a forecast that must be there."""
    given = forecast(series, **{**ASKED, **changes})
    assert isinstance(given, Forecast)
    return given


def from_levels(levels: list[Fraction], **changes: Any) -> Forecast:
    """Return a forecast from levels that must be there."""
    given = forecast_levels(levels, **{**ASKED, **changes})
    assert isinstance(given, Forecast)
    return given


def test_a_forecast_gives_a_chance_and_an_interval() -> None:
    """Twelve quarters from 82% to 87.5% give 90% in a year a chance of one in four."""
    given = forecast_of(HOUSED)
    assert given.probability == pytest.approx(0.245, abs=5e-4)
    assert given.level == pytest.approx(0.878, abs=5e-4)
    assert given.interval.lower == pytest.approx(0.839, abs=5e-4)
    assert given.interval.upper == pytest.approx(0.913, abs=5e-4)
    assert given.points == 12


@pytest.mark.parametrize(
    ("probability", "text"),
    [(0.004, "less than 1%"), (0.006, "1%"), (0.994, "99%"), (0.996, "more than 99%")],
)
def test_no_probability_is_called_certain(probability: float, text: str) -> None:
    """A probability that rounds to 0% or 100% is not written as that; an interval has decimals."""
    given = attrs.evolve(forecast_of(HOUSED), probability=probability)
    assert given.probability_text == text
    assert given.interval_text == "83.9% to 91.3%"


def test_levels_that_scatter_no_more_than_chance_are_not_overdispersed() -> None:
    """The overdispersion is never below 1, and is undefined without counts."""
    assert forecast_of(HOUSED).overdispersion == 1
    assert from_levels(LEVELS).overdispersion is None


def test_the_same_shares_of_many_more_cases_are_overdispersed() -> None:
    """Chance explains a difference in 200 cases, but not in 20,000."""
    many = forecast_of([Counts(100 * counts.numerator, 20_000) for counts in HOUSED])
    assert many.overdispersion is not None
    assert many.overdispersion > 10
    assert many.interval.width < forecast_of(HOUSED).interval.width


def test_without_counts_the_scatter_of_the_levels_is_all_there_is() -> None:
    """Levels give the same middle as counts of equal size, and another interval."""
    assert from_levels(LEVELS).level == forecast_of(HOUSED).level
    assert from_levels(LEVELS).interval.width < forecast_of(HOUSED).interval.width


def test_a_step_upwards_is_followed() -> None:
    """Once the level has stepped from 80% to 90%, the forecast leaves 80% behind."""
    stepped = forecast_of([Counts(400, 500)] * 12 + [Counts(450, 500)] * 12)
    assert not stepped.interval.contains(0.8)


def test_a_trend_is_drawn_on_and_held_back() -> None:
    """A share that rose a point a quarter is forecast above its last level, not on its line."""
    rising = forecast_of([Counts(600 + 10 * quarter, 1000) for quarter in range(12)])
    assert 0.71 < rising.level < 0.75


@pytest.mark.parametrize("count", [0, 50])
def test_a_series_of_none_or_all_has_a_finite_forecast(count: int) -> None:
    """After twelve periods of 0% or 100% the next is likely, and not certain, to be the same."""
    share = Fraction(count, 50)
    given = forecast_of(
        [Counts(count, 50)] * 12, goal=share, better="lower" if count == 0 else "higher"
    )
    assert given.level == share
    assert given.interval.contains(float(share))
    assert 0 < given.interval.width < 0.02
    assert 0.9 < given.probability < 1


@pytest.mark.parametrize(("goal", "better"), [(Fraction(0), "higher"), (Fraction(1), "lower")])
def test_what_no_level_can_miss_is_certain(goal: Fraction, better: str) -> None:
    """At least 0% and at most 100% are always kept."""
    assert forecast_of(HOUSED, goal=goal, better=better).probability == 1
    assert from_levels(LEVELS, goal=goal, better=better).probability == 1


def test_a_small_next_period_may_meet_its_goal_by_chance() -> None:
    """Of 20 releases 18 are likelier to be housed than 1,800 of 2,000."""
    small, large = (forecast_of(HOUSED, next_denominator=cases) for cases in (20, 2000))
    assert small.probability > large.probability
    assert small.interval.width > large.interval.width


def test_a_goal_between_two_counts_is_met_by_the_next_count_only() -> None:
    """Of ten, more than 80% and 90% ask for the same nine."""
    above, nine = (
        forecast_of(HOUSED, next_denominator=10, goal=goal) for goal in (Fraction(81, 100), GOAL)
    )
    assert above.probability == nine.probability


def test_a_higher_confidence_gives_a_wider_interval() -> None:
    """The interval is for 80% unless said otherwise."""
    assert forecast_of(HOUSED) == forecast_of(HOUSED, interval_confidence=0.8)
    assert (
        forecast_of(HOUSED, interval_confidence=0.95).interval.width
        > forecast_of(HOUSED).interval.width
    )


@pytest.mark.parametrize("size", [1, 10**400])
def test_the_size_of_a_period_breaks_nothing(size: int) -> None:
    """Periods of one case beside periods of more than a float can count have a forecast."""
    lopsided = [Counts(1, 1), *HOUSED, Counts(8 * 10**399, 10**400), Counts(size, size)]
    given = forecast_of(lopsided, next_denominator=size)
    assert 0 <= given.interval.lower <= given.level <= given.interval.upper <= 1


def test_levels_of_none_and_all_beside_each_other_have_a_forecast() -> None:
    """A series that jumps between 0% and 100% has an interval from the one to the other."""
    given = from_levels([Fraction(0), Fraction(1)] * 6)
    assert given.interval == Interval(0.0, 1.0)


@pytest.mark.parametrize("points", [0, 1, 7])
def test_few_periods_give_no_forecast(points: int) -> None:
    """Fewer than eight periods do not show how a series moves."""
    refusal = Undefined(f"{points} periods are too few for a forecast: at least 8 are needed")
    assert forecast(HOUSED[:points], **ASKED) == refusal
    assert forecast_levels(LEVELS[:points], **ASKED) == refusal


def test_no_forecast_looks_further_ahead_than_back() -> None:
    """Twelve periods after twelve is the furthest."""
    refusal = Undefined(
        "13 periods ahead is too far for a series of 12: forecast at most as many periods as are "
        "known"
    )
    assert forecast_of(HOUSED, ahead=12).interval.width > forecast_of(HOUSED).interval.width
    assert forecast(HOUSED, **{**ASKED, "ahead": 13}) == refusal


def test_levels_that_never_move_need_counts() -> None:
    """Without counts equal levels would be certain for ever, so there is no answer."""
    assert forecast_levels([GOAL] * 12, **ASKED) == Undefined(
        "the levels are all equal, and without counts their scatter cannot be estimated: "
        "forecast from the counts"
    )


@pytest.mark.parametrize("ahead", [0, -1, True, 1.0])
def test_a_forecast_is_of_a_later_period(ahead: object) -> None:
    """The past and parts of periods are refused."""
    message = f"^{ahead} is not a number of periods ahead: give a whole number from 1"
    with pytest.raises(QuantityError, match=message):
        forecast(HOUSED, **{**ASKED, "ahead": ahead})
    with pytest.raises(QuantityError, match=message):
        forecast_levels(LEVELS, **{**ASKED, "ahead": ahead})


@pytest.mark.parametrize("share", [90, Fraction(-1, 10), Fraction(11, 10)])
def test_goals_and_levels_are_shares(share: Fraction) -> None:
    """A percentage and what is below 0% or above 100% are refused."""
    with pytest.raises(PercentageOutOfRangeError, match=f"^the goal {share} is not between 0 and"):
        forecast(HOUSED, **{**ASKED, "goal": share})
    with pytest.raises(PercentageOutOfRangeError, match=f"^the goal {share} is not between 0 and"):
        forecast_levels(LEVELS, **{**ASKED, "goal": share})
    with pytest.raises(PercentageOutOfRangeError, match=f"^the level {share} is not between 0 and"):
        forecast_levels([*LEVELS, share], **ASKED)


def test_goals_and_levels_are_exact() -> None:
    """0.9 as a binary float is a little more than nine tenths, and refused."""
    goal: Any = 0.9
    with pytest.raises(BinaryFloatError, match=r"^the goal is the binary float 0\.9"):
        forecast(HOUSED, **{**ASKED, "goal": goal})
    with pytest.raises(BinaryFloatError, match=r"^the level is the binary float 0\.9"):
        forecast_levels([*LEVELS, goal], **ASKED)


def test_which_way_is_better_is_said_in_our_words() -> None:
    """Another word is refused, where a guess would turn the probability round."""
    with pytest.raises(UnknownNameError, match=r"^'up' does not say which way is better"):
        forecast(HOUSED, **{**ASKED, "better": "up"})
    with pytest.raises(UnknownNameError, match=r"^'up' does not say which way is better"):
        forecast_levels(LEVELS, **{**ASKED, "better": "up"})


@pytest.mark.parametrize("cases", [0, -1, True, 20.0])
def test_the_next_period_has_somebody_in_it(cases: object) -> None:
    """A denominator of none, or of no whole number, is refused."""
    message = f"^{cases} is not a denominator: give the number of cases, as a whole number from 1$"
    with pytest.raises(CountsError, match=message):
        forecast(HOUSED, **{**ASKED, "next_denominator": cases})


@pytest.mark.parametrize("confidence", [0, 1, 80])
def test_the_confidence_is_between_none_and_all(confidence: float) -> None:
    """It is refused even where the series is too short for a forecast."""
    with pytest.raises(ConfidenceError, match=f"^a confidence of {confidence} is not between"):
        forecast([], **ASKED, interval_confidence=confidence)
    with pytest.raises(ConfidenceError, match=f"^a confidence of {confidence} is not between"):
        forecast_levels([], **ASKED, interval_confidence=confidence)
