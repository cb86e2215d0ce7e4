"""The laws of forecasting, one to a test."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from rrmodel.inference import Forecast, forecast, forecast_levels
from rrmodel.model import Better, Counts

MOST = 2000
BETTER: tuple[Better, ...] = ("higher", "lower")
GOALS = st.integers(0, 100).map(lambda percent: Fraction(percent, 100))


def counts(cases: int) -> st.SearchStrategy[Counts]:
    """Draw how many of so many had the outcome."""
    return st.integers(0, cases).map(lambda count: Counts(count, cases))


SERIES = st.lists(st.integers(1, MOST).flatmap(counts), min_size=8, max_size=24)


@attrs.frozen
class Asked:
    """A series and the question about it."""

    series: list[Counts]
    ahead: int
    goal: Fraction
    better: Better

    def answer(self, *, times: int = 1, confidence: float = 0.8) -> Forecast:
        """Return the forecast if every count were so many times as large."""
        result = forecast(
            [
                Counts(times * counts.numerator, times * counts.denominator)
                for counts in self.series
            ],
            ahead=self.ahead,
            goal=self.goal,
            better=self.better,
            interval_confidence=confidence,
        )
        assert isinstance(result, Forecast)
        return result

    @property
    def complement(self) -> Asked:
        """The same facts, told by those who did not have the outcome."""
        return Asked(
            [
                Counts(counts.denominator - counts.numerator, counts.denominator)
                for counts in self.series
            ],
            self.ahead,
            1 - self.goal,
            "lower" if self.better == "higher" else "higher",
        )


ASKED = st.builds(Asked, SERIES, st.integers(1, 8), GOALS, st.sampled_from(BETTER))


@given(ASKED)
def test_every_answer_is_made_of_shares(asked: Asked) -> None:
    """Every number is finite, from 0 to 1, and the middle lies in the interval."""
    result = asked.answer()
    assert 0 <= result.probability <= 1
    assert 0 <= result.interval.lower <= result.level <= result.interval.upper <= 1
    assert result.overdispersion is not None
    assert result.overdispersion >= 1
    assert isfinite(result.overdispersion)


@given(ASKED, st.integers(2, 50))
def test_a_forecast_is_never_more_certain_with_fewer_cases(asked: Asked, times: int) -> None:
    """With the same shares of more cases the interval lies inside that of fewer."""
    fewer, more = asked.answer().interval, asked.answer(times=times).interval
    assert fewer.lower <= more.lower
    assert more.upper <= fewer.upper


@given(ASKED, st.integers(2, 50))
def test_more_cases_do_not_make_an_unlikely_goal_likelier(asked: Asked, times: int) -> None:
    """A goal that a count meets exactly, and which is unlikely, is as unlikely with more cases."""
    goal = Fraction(asked.series[0].numerator, asked.series[0].denominator)
    exact = attrs.evolve(asked, goal=goal, series=[*asked.series[1:], asked.series[0]])
    fewer = exact.answer().probability
    assume(fewer <= 0.5)
    assert exact.answer(times=times).probability <= fewer


@given(ASKED)
def test_counting_the_rest_tells_the_same(asked: Asked) -> None:
    """Housed and higher, or not housed and lower: the probability and the interval agree."""
    result, mirrored = asked.answer(), asked.complement.answer()
    assert mirrored.probability == result.probability
    assert abs(mirrored.interval.lower - (1 - result.interval.upper)) < 1e-12
    assert abs(mirrored.interval.upper - (1 - result.interval.lower)) < 1e-12


@given(ASKED, GOALS)
def test_an_easier_goal_is_no_less_likely(asked: Asked, other: Fraction) -> None:
    """The probability never falls as the goal comes nearer."""
    goals = sorted((asked.goal, other), reverse=asked.better == "higher")
    harder, easier = (attrs.evolve(asked, goal=goal).answer() for goal in goals)
    assert harder.probability <= easier.probability


@given(ASKED, st.sampled_from((0.5, 0.9, 0.99)))
def test_intervals_of_different_confidence_nest(asked: Asked, confidence: float) -> None:
    """A more confident interval holds a less confident one."""
    one, other = sorted((asked.answer(), asked.answer(confidence=confidence)), key=_width)
    assert other.interval.lower <= one.interval.lower
    assert one.interval.upper <= other.interval.upper


@given(ASKED)
def test_either_a_goal_or_its_opposite_is_met(asked: Asked) -> None:
    """Of the same goal from both sides one is met, and both are if the level is at it exactly."""
    other: Better = "lower" if asked.better == "higher" else "higher"
    opposite = attrs.evolve(asked, better=other)
    assert asked.answer().probability + opposite.answer().probability >= 1 - 1e-12


@given(ASKED)
def test_levels_and_counts_of_one_size_agree_where_chance_is_small(asked: Asked) -> None:
    """With a million cases in every period, what chance does alone is next to nothing."""
    levels = [Fraction(round(MOST * _share(counts)), MOST) for counts in asked.series]
    assume(len(set(levels)) > 1)
    size = 10**6
    series = [Counts(int(level * size), size) for level in levels]
    many = attrs.evolve(asked, series=series).answer()
    result = forecast_levels(levels, ahead=asked.ahead, goal=asked.goal, better=asked.better)
    assert isinstance(result, Forecast)
    assert abs(result.level - many.level) < 1e-9
    assert abs(result.interval.lower - many.interval.lower) < 1e-3
    assert abs(result.interval.upper - many.interval.upper) < 1e-3


def _share(counts: Counts) -> float:
    return counts.numerator / counts.denominator


def _width(result: Forecast) -> float:
    return result.interval.width
