"""Funnels by example: limits, positions, overdispersion and ranks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, cast

import pytest

from rrmodel.errors import (
    BinaryFloatError,
    ConfidenceError,
    PercentageOutOfRangeError,
    QuantityError,
    UnknownNameError,
)
from rrmodel.inference import (
    Funnel,
    FunnelLimits,
    FunnelPosition,
    Interval,
    LimitsKind,
    Overdispersion,
    RankRange,
    Undefined,
    arcsine_limits,
    funnel,
    score_limits,
)
from rrmodel.model import Better, Counts

ALIKE = {
    "North": Counts(83, 100),
    "East": Counts(165, 200),
    "South": Counts(249, 300),
    "West": Counts(334, 400),
}
"""Areas that differ by less than chance would have it."""
APART = {
    "North": Counts(700, 1000),
    "East": Counts(800, 1000),
    "South": Counts(900, 1000),
    "West": Counts(80, 100),
}


def positions(chart: Funnel) -> list[str]:
    """Return where the areas lie, in short."""
    return [area.position.value for area in chart.areas]


def test_the_average_is_the_share_of_all_cases() -> None:
    """It is exact, and no average of shares."""
    assert funnel(APART, better="higher").average == Fraction(2480, 3100)


def test_areas_keep_their_order_and_names() -> None:
    """Each area has its counts and its exact share."""
    first, *_, last = funnel(APART, better="higher").areas
    assert (first.name, first.counts, first.share) == (
        "North",
        Counts(700, 1000),
        Fraction(7, 10),
    )
    assert last.name == "West"


@pytest.mark.parametrize(
    ("better", "wanted"),
    [
        ("higher", ["far_worse", "not_distinguishable", "far_better", "not_distinguishable"]),
        ("lower", ["far_better", "not_distinguishable", "far_worse", "not_distinguishable"]),
    ],
)
def test_positions_depend_on_which_way_is_better(better: Better, wanted: list[str]) -> None:
    """The same shares are good of people housed and bad of people reoffending."""
    assert positions(funnel(APART, better=better)) == wanted


def test_between_the_limits_is_better_or_worse() -> None:
    """Beyond 95% and within 99.8% of a fixed average."""
    chart = funnel(
        {"low": Counts(760, 1000), "high": Counts(830, 1000)},
        better="higher",
        average=Fraction(8, 10),
    )
    assert positions(chart) == ["far_worse", "better"]
    assert positions(
        funnel({"low": Counts(770, 1000)}, better="higher", average=Fraction(8, 10))
    ) == ["worse"]


def test_an_area_on_its_limit_is_within_it() -> None:
    """If nobody is to be counted, an area that counts nobody is as expected, and one is not."""
    chart = funnel({"none": Counts(0, 9), "one": Counts(1, 9)}, better="lower", average=Fraction(0))
    assert positions(chart) == ["not_distinguishable", "far_worse"]


def test_limits_are_cut_where_no_share_can_be() -> None:
    """Five cases have limits beyond 100%, which the funnel shows as 100%."""
    assert score_limits(Fraction(8, 10), 5, confidence=0.95).upper > 1
    limits = funnel(APART, better="higher").limits_at(5)
    assert limits.inner.upper == limits.outer.upper == 1


def test_the_curve_is_that_of_the_areas() -> None:
    """Asked at an area's size, the funnel has the area's own limits."""
    chart = funnel(APART, better="higher")
    for area in chart.areas:
        assert chart.limits_at(area.counts.denominator) == area.limits
        assert chart.limits_at(area.counts.denominator, "adjusted") == area.adjusted_limits


def test_limits_are_chosen_by_their_kind() -> None:
    """The curve and the positions are those of the kind, of chance by default."""
    chart = funnel(APART, better="higher")
    assert chart.limits_at(1000, "chance") == chart.limits_at(1000)
    assert chart.limits_at(1000, "adjusted") != chart.limits_at(1000)
    for area in chart.areas:
        assert area.position_within("adjusted") is area.adjusted_position
        assert area.position_within("chance") is area.position


def test_limits_of_an_unknown_kind_are_refused() -> None:
    """The message names the kind that was meant."""
    chart, kind = funnel(APART, better="higher"), cast("LimitsKind", "adjusted ")
    for compare in (
        lambda: chart.limits_at(9, kind),
        lambda: chart.areas[0].position_within(kind),
        lambda: chart.summary(kind),
    ):
        with pytest.raises(UnknownNameError, match="no kind of limits 'adjusted ': did you mean"):
            compare()


def test_an_area_is_found_by_its_name() -> None:
    """A misspelt name is helped."""
    chart = funnel(APART, better="higher")
    assert chart.area("South") is chart.areas[2]
    with pytest.raises(UnknownNameError, match="no area 'Soth': did you mean 'South'"):
        chart.area("Soth")


def test_the_summary_names_the_areas_beyond_the_inner_limits() -> None:
    """The largest z-score is first, near and far are not told apart, and the limits are named."""
    chart = funnel(APART, better="higher", inner=0.975)
    assert chart.summary("chance") == (
        "Beyond the 97.5% limits of chance: South (better); North (worse)."
    )
    assert chart.summary() == (
        "No area is beyond the 97.5% limits that allow for the usual differences between areas."
    )
    assert chart.to_table().caption == (f"4 areas against an average of 80.0%. {chart.summary()}")


@pytest.mark.parametrize(("number", "end"), [(4, "4 (better)."), (5, "4 (better); 1 more.")])
def test_the_summary_names_four_areas_at_most(number: int, end: str) -> None:
    """It counts the others."""
    areas = {f"Area {place}": Counts(900, 1000) for place in range(1, number + 1)}
    chart = funnel(areas, better="higher", average=Fraction(1, 2))
    assert chart.summary("chance").endswith(f"Area {end}")


def test_the_summary_of_one_area_is_of_the_limits_of_chance() -> None:
    """There are no others, and it is one area, not areas."""
    chart = funnel({"York": Counts(336, 1138)}, better="lower", average=Fraction(25, 100))
    assert chart.summary() == "Beyond the 95% limits of chance: York (worse)."
    assert chart.to_table().caption == f"1 area against an average of 25.0%. {chart.summary()}"
    assert chart.rank_summary == "York is first and may rank 1."


def test_the_summary_of_ranks_names_the_ends() -> None:
    """Each has the ranks that it may truly have; of equal areas none is first."""
    assert funnel(APART, better="higher").rank_summary == (
        "South is first and may rank 1 to 2; North is last and may rank 3 to 4."
    )
    equal = {"A": Counts(8, 10), "B": Counts(80, 100)}
    assert funnel(equal, better="higher").rank_summary == "All areas have the same share and rank."


def test_overdispersion_widens_the_limits() -> None:
    """Of areas that differ as much as these, none stands out from the others."""
    chart = funnel(APART, better="higher")
    assert isinstance(chart.overdispersion, Overdispersion)
    assert chart.overdispersion.dispersion > 10
    assert chart.overdispersion.between_variance > 0
    assert {area.adjusted_position for area in chart.areas} == {FunnelPosition.NOT_DISTINGUISHABLE}


def test_without_overdispersion_nothing_is_adjusted() -> None:
    """Areas that differ less than chance allows have no variance between them."""
    chart = funnel(ALIKE, better="higher")
    assert isinstance(chart.overdispersion, Overdispersion)
    assert chart.overdispersion.dispersion < 1
    assert chart.overdispersion.between_variance == 0
    for area in chart.areas:
        assert area.adjusted_limits == area.limits
        assert area.adjusted_position == area.position


def test_one_area_cannot_show_how_much_areas_differ() -> None:
    """Against a given average it has a position, and no adjusted one."""
    chart = funnel({"York": Counts(336, 1138)}, better="lower", average=Fraction(25, 100))
    assert chart.overdispersion == Undefined(
        "one area cannot show how much areas differ: give two or more"
    )
    (york,) = chart.areas
    assert york.position is FunnelPosition.FAR_WORSE
    assert (york.adjusted_limits, york.adjusted_position) == (None, None)
    assert chart.limits_at(1138, "adjusted") == york.limits
    assert york.position_within("adjusted") is york.position
    assert (york.rank, york.possible_ranks) == (1, RankRange(best=1, worst=1))


def test_a_real_exception_does_not_widen_the_limits_of_all() -> None:
    """Drawn in, it leaves eleven like areas the limits that they have without it."""
    areas = {f"area {place}": Counts(820 + place, 1000) for place in range(11)}
    areas["exception"] = Counts(600, 1000)
    drawn_in, as_it_is = (
        funnel(areas, better="higher", average=Fraction(825, 1000), winsorise=part).areas[0]
        for part in (0.1, 0)
    )
    assert drawn_in.adjusted_limits == drawn_in.limits == as_it_is.limits
    assert as_it_is.adjusted_limits is not None
    assert as_it_is.adjusted_limits.inner.width > 4 * drawn_in.limits.inner.width


def test_arcsine_limits_do_not_turn_back() -> None:
    """Near 0% or 100% the limits stop there, where the sine would come back inside."""
    low = arcsine_limits(Fraction(2, 100), 10, confidence=0.998)
    high = arcsine_limits(Fraction(98, 100), 10, confidence=0.998)
    assert low.lower == 0
    assert high.upper == 1
    assert low.upper == pytest.approx(1 - high.lower)


def test_equal_shares_share_the_better_rank() -> None:
    """Rank 1 is the best by the direction stated, and after two firsts comes the third."""
    areas = {"A": Counts(8, 10), "B": Counts(80, 100), "C": Counts(7, 10), "D": Counts(9, 10)}
    assert [area.rank for area in funnel(areas, better="higher").areas] == [2, 2, 4, 1]
    assert [area.rank for area in funnel(areas, better="lower").areas] == [2, 2, 1, 4]


def test_a_rank_comes_with_the_ranks_that_may_be_true() -> None:
    """Only intervals that lie wholly apart order two areas: West may be anywhere between."""
    ranges = [area.possible_ranks for area in funnel(APART, better="higher").areas]
    assert ranges == [
        RankRange(best=3, worst=4),
        RankRange(best=2, worst=3),
        RankRange(best=1, worst=2),
        RankRange(best=1, worst=4),
    ]


def test_areas_alike_may_have_any_rank() -> None:
    """Where every interval overlaps every other, the ranking says nothing."""
    ranges = {area.possible_ranks for area in funnel(ALIKE, better="higher").areas}
    assert ranges == {RankRange(best=1, worst=4)}


def test_more_confidence_leaves_more_ranks_possible() -> None:
    """What is ruled out at 50% need not be at 99.99%."""
    surer = funnel(APART, better="higher", rank_confidence=0.9999).areas[-1]
    bolder = funnel(APART, better="higher", rank_confidence=0.5).areas[-1]
    assert surer.possible_ranks == RankRange(best=1, worst=4)
    assert bolder.possible_ranks == RankRange(best=2, worst=3)


@pytest.mark.parametrize(
    ("drawn", "error", "message"),
    [
        (
            lambda: funnel({}, better="higher"),
            QuantityError,
            "a funnel needs areas, and there are none: give at least one",
        ),
        *(
            (
                lambda part=part: funnel(APART, better="higher", winsorise=part),
                QuantityError,
                (
                    f"winsorise is {part}: write the share of areas drawn in at each end, from 0 "
                    "to below 0.5"
                ),
            )
            for part in (-0.1, 0.5, float("nan"))
        ),
        (
            lambda: funnel(APART, better="higher", inner=0.998, outer=0.95),
            ConfidenceError,
            (
                "the inner limits have a confidence of 0.998 and the outer ones of 0.95: write the "
                "smaller one first"
            ),
        ),
        (
            lambda: funnel(APART, better="higher", outer=99.8),
            ConfidenceError,
            "a confidence of 99.8 is not between",
        ),
        *(
            (
                lambda rank=rank: funnel(APART, better="higher", rank_confidence=rank),
                ConfidenceError,
                f"a confidence of {rank} is not between",
            )
            for rank in (-0.95, 0, 95)
        ),
        (
            lambda: funnel(APART, better="higher", average=Fraction(80)),
            PercentageOutOfRangeError,
            "the average 80 is not between 0 and 1: ",
        ),
        (
            lambda: funnel(APART, better="higher", average=0.8),
            BinaryFloatError,
            "the average is the binary float 0.8",
        ),
        (
            lambda: funnel(APART, better="up"),
            UnknownNameError,
            "'up' does not say which way is better: ",
        ),
        *(
            (
                lambda limits=limits: limits(Fraction(8, 10), 0, confidence=0.95),
                QuantityError,
                "an area of 0 cases has no limits: write how many cases, 1 or more",
            )
            for limits in (score_limits, arcsine_limits)
        ),
        *(
            (
                lambda variance=variance: arcsine_limits(
                    Fraction(8, 10), 100, confidence=0.95, between_variance=variance
                ),
                QuantityError,
                f"a variance of {variance} is not valid: write a finite number, 0 or more",
            )
            for variance in (-0.1, float("inf"), float("nan"))
        ),
    ],
)
def test_what_makes_no_funnel_is_refused(
    drawn: Callable[[], Any], error: type[Exception], message: str
) -> None:
    """The message says what is wrong and what to write instead."""
    with pytest.raises(error) as caught:
        drawn()
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("eighths", "position"),
    [
        (1, FunnelPosition.FAR_WORSE),
        (2, FunnelPosition.WORSE),
        (3, FunnelPosition.NOT_DISTINGUISHABLE),
        (5, FunnelPosition.NOT_DISTINGUISHABLE),
        (6, FunnelPosition.BETTER),
        (7, FunnelPosition.FAR_BETTER),
    ],
)
def test_on_a_limit_is_within_it(eighths: int, position: FunnelPosition) -> None:
    """The outer limits lie at two and six eighths, the inner ones at three and five."""
    limits = FunnelLimits(inner=Interval(0.375, 0.625), outer=Interval(0.25, 0.75))
    assert limits.position(Fraction(eighths, 8), better="higher") is position
