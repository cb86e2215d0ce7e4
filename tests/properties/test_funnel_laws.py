"""The laws of funnels, one to a test."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrmodel.inference import (
    FunnelArea,
    FunnelPosition,
    Interval,
    arcsine_limits,
    funnel,
    score_limits,
    wilson_interval,
)
from rrmodel.model import Better, Counts

BETTER = st.sampled_from(("higher", "lower"))
COUNTS = st.integers(1, 2000).flatmap(
    lambda whole: st.builds(Counts, st.integers(0, whole), st.just(whole))
)
ALIKE = st.integers(20, 2000).flatmap(
    lambda whole: st.builds(
        lambda step: Counts(max(0, min(whole, 4 * whole // 5 + step)), whole), st.integers(-20, 20)
    )
)
AREAS = st.dictionaries(st.text("ABCDEFGH", min_size=1), COUNTS, min_size=1, max_size=12) | (
    st.dictionaries(st.text("ABCDEFGH", min_size=1), ALIKE, min_size=2, max_size=12)
)
SHARES = st.fractions(0, 1, max_denominator=1000)
SIZES = st.integers(1, 10_000)
CONFIDENCES = st.floats(0.5, 0.999)
MIRRORED = dict(zip(FunnelPosition, reversed(FunnelPosition), strict=True))


def opposite(better: Better) -> Better:
    """Return the other way round."""
    return "lower" if better == "higher" else "higher"


def without(areas: dict[str, Counts]) -> dict[str, Counts]:
    """Return how many of the same cases did not have the outcome."""
    return {
        name: Counts(count.denominator - count.numerator, count.denominator)
        for name, count in areas.items()
    }


def holds(outer: Interval, inner: Interval) -> bool:
    """Whether one interval lies within the other, but for the last digit of a float."""
    return outer.lower <= inner.lower + 1e-12 and inner.upper <= outer.upper + 1e-12


def ends(area: FunnelArea) -> list[float]:
    """Return the outer limits of an area, with and without adjustment."""
    return [
        end
        for limits in (area.limits, area.adjusted_limits)
        if limits is not None
        for end in (limits.outer.lower, limits.outer.upper)
    ]


@given(AREAS, BETTER)
def test_the_other_outcome_mirrors_the_funnel(areas: dict[str, Counts], better: Better) -> None:
    """Those without the outcome, less being better, have the same ranks and mirrored limits."""
    result = funnel(areas, better=better)
    rest = funnel(without(areas), better=opposite(better))
    assert rest.average == 1 - result.average
    assert [(area.rank, area.possible_ranks) for area in rest.areas] == [
        (area.rank, area.possible_ranks) for area in result.areas
    ]
    for area, other in zip(result.areas, rest.areas, strict=True):
        assert other.position is area.position
        assert other.z_score == pytest.approx(-area.z_score, abs=1e-9)
        assert other.limits.outer.upper == pytest.approx(1 - area.limits.outer.lower, abs=1e-9)


@given(AREAS, BETTER)
def test_the_direction_decides_only_what_is_better(
    areas: dict[str, Counts], better: Better
) -> None:
    """The other way round every position is mirrored, and no limit moves."""
    result, other = funnel(areas, better=better), funnel(areas, better=opposite(better))
    for area, turned in zip(result.areas, other.areas, strict=True):
        assert ends(turned) == ends(area)
        assert turned.position is MIRRORED[area.position]
        assert turned.possible_ranks.best == len(areas) + 1 - area.possible_ranks.worst


@given(AREAS, BETTER, SIZES)
def test_adjusted_limits_are_never_narrower(
    areas: dict[str, Counts], better: Better, size: int
) -> None:
    """Allowing for more variation leaves more room, at any size."""
    result = funnel(areas, better=better)
    plain, adjusted = result.limits_at(size), result.limits_at(size, "adjusted")
    assert holds(adjusted.inner, plain.inner)
    assert holds(adjusted.outer, plain.outer)


@given(AREAS, BETTER)
def test_adjusting_never_makes_an_exception(areas: dict[str, Counts], better: Better) -> None:
    """An area within the limits is within the adjusted ones."""
    for area in funnel(areas, better=better).areas:
        if area.position is FunnelPosition.NOT_DISTINGUISHABLE and area.adjusted_position:
            assert area.adjusted_position is FunnelPosition.NOT_DISTINGUISHABLE


@given(AREAS, BETTER)
def test_the_funnel_agrees_with_each_area_s_own_interval(
    areas: dict[str, Counts], better: Better
) -> None:
    """An area is within its limits exactly where its Wilson interval holds the average."""
    result = funnel(areas, better=better)
    average = float(result.average)
    for area in result.areas:
        own = wilson_interval(area.counts, confidence=result.inner)
        is_near_an_end = min(abs(own.lower - average), abs(own.upper - average)) < 1e-9
        is_within = area.position is FunnelPosition.NOT_DISTINGUISHABLE
        assert is_near_an_end or own.contains(average) == is_within


@given(AREAS, BETTER, CONFIDENCES)
def test_the_ranks_that_may_be_true_hold_the_rank(
    areas: dict[str, Counts], better: Better, confidence: float
) -> None:
    """The rank by share is always one of them, and all lie among the areas."""
    for area in funnel(areas, better=better, rank_confidence=confidence).areas:
        assert 1 <= area.possible_ranks.best <= area.rank
        assert area.rank <= area.possible_ranks.worst <= len(areas)


@given(AREAS, BETTER, CONFIDENCES)
def test_ranks_are_what_counting_the_areas_gives(
    areas: dict[str, Counts], better: Better, confidence: float
) -> None:
    """One more than those surely better, and as many as are not surely worse."""
    sign = 1 if better == "higher" else -1
    intervals = {
        name: wilson_interval(count, confidence=confidence ** (1 / len(areas)))
        for name, count in areas.items()
    }
    for area in funnel(areas, better=better, rank_confidence=confidence).areas:
        own = intervals[area.name]
        above = sum(other.lower > own.upper for other in intervals.values())
        below = sum(other.upper < own.lower for other in intervals.values())
        surely_better, surely_worse = (above, below)[::sign]
        assert area.possible_ranks.best == 1 + surely_better
        assert area.possible_ranks.worst == len(areas) - surely_worse


@given(AREAS, BETTER)
def test_the_order_of_the_areas_does_not_matter(areas: dict[str, Counts], better: Better) -> None:
    """Listed backwards, each area gets the same assessment."""
    result = funnel(areas, better=better)
    backwards = funnel(dict(reversed(areas.items())), better=better)
    for area, same in zip(result.areas, reversed(backwards.areas), strict=True):
        assert (same.name, same.position, same.rank) == (area.name, area.position, area.rank)
        assert same.possible_ranks == area.possible_ranks
        assert ends(same) == pytest.approx(ends(area), abs=1e-9)


@given(AREAS, BETTER)
def test_outer_limits_hold_the_inner_ones(areas: dict[str, Counts], better: Better) -> None:
    """And all of them lie within 0 and 1."""
    for area in funnel(areas, better=better).areas:
        for limits in (area.limits, area.adjusted_limits):
            if limits is not None:
                assert holds(limits.outer, limits.inner)
                assert 0 <= limits.outer.lower <= limits.outer.upper <= 1


@given(SHARES, SIZES, SIZES, CONFIDENCES)
def test_more_cases_have_narrower_limits(
    average: Fraction, one: int, other: int, confidence: float
) -> None:
    """On either scale the funnel narrows with the cases."""
    few, many = sorted((one, other))
    for limits in (score_limits, arcsine_limits):
        assert holds(
            limits(average, few, confidence=confidence),
            limits(average, many, confidence=confidence),
        )


@given(SHARES, SIZES, CONFIDENCES, st.floats(0, 0.5), st.floats(0, 0.5))
def test_more_variance_between_areas_leaves_more_room(
    average: Fraction, size: int, confidence: float, one: float, other: float
) -> None:
    """The arcsine limits widen with it and hold the average."""
    less, more = (
        arcsine_limits(average, size, confidence=confidence, between_variance=variance)
        for variance in sorted((one, other))
    )
    assert holds(more, less)
    assert holds(less, Interval(float(average), float(average)))
