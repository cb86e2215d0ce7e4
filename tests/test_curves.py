"""Levels between two points of time on curves that are not straight."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan

import pytest

from rrmodel.errors import QuantityError
from rrmodel.inference import Undefined, geometric_level, logit_level

Curve = Callable[[float, float, float], float | Undefined]
CURVES = (geometric_level, logit_level)


def number(level: float | Undefined) -> float:
    """Return a level that must be there."""
    assert isinstance(level, float)
    return level


def test_near_the_ceiling_the_log_odds_run_ahead_of_a_straight_line() -> None:
    """Half of the way from 95% to 99% is at 97.7%, where a straight line is at 97%."""
    assert number(logit_level(0.95, 0.99, 0.5)) == pytest.approx(0.9775, abs=5e-5)


def test_in_the_middle_the_log_odds_are_all_but_straight() -> None:
    """Between 45% and 55% the curve is within a hundredth of a point of a straight line."""
    assert number(logit_level(0.45, 0.55, 0.25)) == pytest.approx(0.475, abs=1e-4)


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize(("elapsed", "level"), [(0, 0.82), (1, 0.9)])
def test_both_ends_are_hit_exactly(curve: Curve, elapsed: float, level: float) -> None:
    """At the beginning and at the end the curve has the very numbers given."""
    assert curve(0.82, 0.9, elapsed) == level


@pytest.mark.parametrize("curve", CURVES)
def test_a_level_to_be_held_stays(curve: Curve) -> None:
    """Between two equal levels nothing moves."""
    assert curve(0.82, 0.82, 0.3) == 0.82


@pytest.mark.parametrize("ends", [(5e-324, 1 - 1e-16), (1 - 1e-16, 5e-324)])
def test_shares_next_to_none_and_all_have_a_curve(ends: tuple[float, float]) -> None:
    """The log-odds of the most extreme shares neither overflow nor lose their way."""
    assert 0 < number(logit_level(*ends, 0.5)) < 1


def test_a_level_may_grow_a_thousandfold_in_any_unit() -> None:
    """Half of the way from 1 to 1,000,000 is 1,000."""
    assert number(geometric_level(1, 1e6, 0.5)) == pytest.approx(1000)


@pytest.mark.parametrize(("start", "end", "share"), [(0.0, 0.5, "0.0"), (0.95, 1.0, "1.0")])
def test_none_and_all_have_no_odds(start: float, end: float, share: str) -> None:
    """A curve on the log-odds scale neither starts nor ends at 0% or 100%, and says so."""
    assert logit_level(start, end, 0.5) == Undefined(
        f"log-odds are undefined for a share of {share}: draw a straight line to it, "
        "or end just short of it"
    )


def test_no_rate_of_growth_leads_to_nothing() -> None:
    """A constant rate of growth neither starts nor ends at zero, and says so."""
    assert geometric_level(0.5, 0.0, 0.5) == Undefined(
        "no rate of growth leads from 0.5 to 0.0: draw a straight line, or start and end above 0"
    )
    assert isinstance(geometric_level(0.0, 0.5, 0.5), Undefined)


@pytest.mark.parametrize("share", [-0.1, 82.0, nan, inf])
def test_a_share_is_from_0_to_1(share: float) -> None:
    """82 where 0.82 is meant is refused."""
    message = f"^{share} is not a share: write a number from 0 to 1$"
    with pytest.raises(QuantityError, match=message):
        logit_level(0.5, share, 0.5)


@pytest.mark.parametrize("level", [-0.1, nan, inf])
def test_a_level_that_grows_is_finite_and_not_negative(level: float) -> None:
    """A level below zero or beyond all numbers is refused."""
    message = f"^{level} is not a level: write a number of 0 or more$"
    with pytest.raises(QuantityError, match=message):
        geometric_level(level, 0.5, 0.5)


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("elapsed", [-0.1, 1.1, nan])
def test_the_part_of_the_time_is_from_0_to_1(curve: Curve, elapsed: float) -> None:
    """Before the start and after the end there is no curve."""
    message = (
        f"^{elapsed} is not a share of the time: write the share that has passed, from 0 to 1$"
    )
    with pytest.raises(QuantityError, match=message):
        curve(0.82, 0.9, elapsed)
