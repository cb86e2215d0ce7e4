"""Control charts by example: limits, rules, groups, targets and cautions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from rrmodel.errors import BinaryFloatError, QuantityError, UnknownNameError
from rrmodel.inference import (
    Assurance,
    CautionKind,
    ControlChart,
    Signal,
    Variation,
    p_chart,
    xmr_chart,
)
from rrmodel.model import Better, Counts

HOUSED = [82, 81, 83, 82, 80, 83, 82, 81, 82, 84, 81, 82]
"""Housed on release, in per cent, month by month: made figures."""
ZIGZAG = [50, 52] * 9
"""Mean 51 and moving range 2, so the limits lie 5.32 from the mean."""
COUNTS = [Counts(90, 500)] * 20


def signals(chart: ControlChart[Fraction] | ControlChart[float]) -> dict[int, Signal]:
    """Return the points that stand out."""
    return {
        place: point.signal for place, point in enumerate(chart.points) if point.signal is not None
    }


def test_the_limits_are_exact_fractions() -> None:
    """A mean of 81 11/12 and moving ranges of 18/11 give limits to the last digit."""
    (first, *_) = xmr_chart(HOUSED, better="higher").points
    assert first.mean == Fraction(983, 12)
    assert first.lower == Fraction(983, 12) - Fraction("2.66") * Fraction(18, 11)
    assert first.upper == Fraction(983, 12) + Fraction("2.66") * Fraction(18, 11)


def test_whole_numbers_decimals_and_fractions_are_one() -> None:
    """The same figures give the same chart, however they are written."""
    written = [HOUSED, [Decimal(value) for value in HOUSED], [Fraction(value) for value in HOUSED]]
    first, *others = [xmr_chart(values, better="higher", target=90) for values in written]
    assert others == [first, first]


def test_a_point_on_a_limit_is_within_it() -> None:
    """Beyond the limit by a thousandth is a signal, and a point on it is not."""
    fixed = [*ZIGZAG, Decimal("56.32")]
    assert signals(xmr_chart(fixed, better="higher", fix_after=18)) == {}
    beyond = [*ZIGZAG, Decimal("56.321")]
    chart = xmr_chart(beyond, better="higher", fix_after=18)
    assert signals(chart) == {18: Signal.ABOVE_UPPER_LIMIT}
    assert chart.variation is Variation.IMPROVEMENT


def test_which_way_is_better_turns_improvement_into_concern() -> None:
    """The same low point is a concern of the share housed, and an improvement of reoffending."""
    values = [*ZIGZAG, 45]
    expected: list[tuple[Better, Variation]] = [
        ("higher", Variation.CONCERN),
        ("lower", Variation.IMPROVEMENT),
    ]
    for better, variation in expected:
        chart = xmr_chart(values, better=better, fix_after=18)
        assert signals(chart) == {18: Signal.BELOW_LOWER_LIMIT}
        assert chart.variation is variation


def test_a_point_beyond_the_limit_says_so_although_it_ends_a_trend() -> None:
    """The stronger rule is named; the other points keep the trend."""
    rising = [*ZIGZAG, 51, 52, 53, 54, 55, 56, 57]
    by_place = signals(xmr_chart(rising, better="higher", fix_after=18))
    assert by_place == {
        **dict.fromkeys(range(18, 24), Signal.SEVEN_RISING),
        24: Signal.ABOVE_UPPER_LIMIT,
    }


def test_a_turning_point_belongs_to_the_trend_that_it_starts() -> None:
    """Seven falling and then seven rising share the lowest point, and it rises."""
    values = [*ZIGZAG, 52, 51, 50, 49, 48, 47, 46, 47, 48, 49, 50, 51, 52]
    by_place = signals(xmr_chart(values, better="higher", fix_after=18))
    assert [by_place[place] for place in range(18, 31)] == [
        *[Signal.SEVEN_FALLING] * 6,
        *[Signal.SEVEN_RISING] * 7,
    ]


def test_the_last_point_before_a_pause_still_rises() -> None:
    """After a tie comes a fall; NHSRplotthedots counts the last rising point to the fall."""
    values = [*ZIGZAG, *range(49, 56), *range(55, 48, -1)]
    by_place = signals(xmr_chart(values, better="higher", fix_after=18))
    assert [by_place[place] for place in range(18, 32)] == [
        *[Signal.SEVEN_RISING] * 7,
        *[Signal.SEVEN_FALLING] * 7,
    ]


def test_the_outer_third_takes_two_of_three_on_one_side() -> None:
    """Both sides count, only the points near the limit are named, and on the line is not near."""
    near, inner = Decimal("54.55"), Decimal("51.5")
    line = 51 + Fraction("2.66") * 2 * 2 / 3
    chart = xmr_chart([*ZIGZAG, near, inner, near, 50], better="higher", fix_after=18)
    assert signals(chart) == {
        18: Signal.TWO_OF_THREE_NEAR_UPPER_LIMIT,
        20: Signal.TWO_OF_THREE_NEAR_UPPER_LIMIT,
    }
    low = xmr_chart([*ZIGZAG, 102 - near, 102 - near, 102 - inner], better="higher", fix_after=18)
    assert signals(low) == {
        18: Signal.TWO_OF_THREE_NEAR_LOWER_LIMIT,
        19: Signal.TWO_OF_THREE_NEAR_LOWER_LIMIT,
    }
    assert signals(xmr_chart([*ZIGZAG, near, inner, line], better="higher", fix_after=18)) == {}


def test_no_rule_reaches_across_groups() -> None:
    """Seven high points of which the first ends a group are not a run of seven."""
    values = [*ZIGZAG, 53, 54, 53, 54, 53, 54, 53]
    whole = xmr_chart(values, better="higher", fix_after=18)
    assert set(signals(whole)) == set(range(17, 25))
    parted = xmr_chart(values, better="higher", rebase_at=[19])
    assert signals(parted) == {}
    assert [point.group for point in parted.points] == [0] * 19 + [1] * 6
    assert parted.points[-1].mean == Fraction(321, 6)


def test_limits_are_fixed_by_the_first_points_of_each_group() -> None:
    """Later points are compared with the limits and do not move them."""
    fixed = xmr_chart([*HOUSED, 95, 95], better="higher", fix_after=12).points
    usual = xmr_chart(HOUSED, better="higher").points
    assert {(point.lower, point.upper) for point in fixed} == {(usual[0].lower, usual[0].upper)}


def test_limits_are_shown_no_further_than_figures_go() -> None:
    """A share of 97% on average has no upper limit of 103%."""
    chart = xmr_chart([97, 99, 95] * 5, better="higher", target=100, bounds=(0, 100))
    assert chart.points[0].upper == 100
    assert chart.assurance is Assurance.INCONSISTENT
    (low, *_) = xmr_chart([3, 1, 5] * 5, better="lower", bounds=(0, None)).points
    assert low.lower == 0
    assert low.upper == 3 + Fraction("2.66") * Fraction(38, 14)


@pytest.mark.parametrize(
    ("better", "target", "assurance"),
    [
        ("higher", "45.68", Assurance.CONSISTENTLY_PASSES),
        ("higher", "45.69", Assurance.INCONSISTENT),
        ("higher", "56.32", Assurance.INCONSISTENT),
        ("higher", "56.33", Assurance.CONSISTENTLY_FAILS),
        ("lower", "56.32", Assurance.CONSISTENTLY_PASSES),
        ("lower", "56.31", Assurance.INCONSISTENT),
        ("lower", "45.68", Assurance.INCONSISTENT),
        ("lower", "45.67", Assurance.CONSISTENTLY_FAILS),
    ],
)
def test_reaching_the_target_exactly_counts(
    better: Better, target: str, assurance: Assurance
) -> None:
    """Limits from 45.68 to 56.32 pass a target that even the worse of them meets."""
    assert xmr_chart(ZIGZAG, better=better, target=Decimal(target)).assurance is assurance


@pytest.mark.parametrize(
    ("target", "assurance"),
    [
        (90, Assurance.CONSISTENTLY_PASSES),
        (95, Assurance.CONSISTENTLY_PASSES),
        (96, Assurance.CONSISTENTLY_FAILS),
    ],
)
@pytest.mark.parametrize("screen_outliers", [True, False])
def test_a_constant_series_is_its_own_limits(
    target: int, assurance: Assurance, screen_outliers: bool
) -> None:
    """It meets its target every time or never, and no point is a signal."""
    chart = xmr_chart([95] * 14, better="higher", target=target, screen_outliers=screen_outliers)
    assert chart.assurance is assurance
    assert {(point.lower, point.upper, point.signal) for point in chart.points} == {(95, 95, None)}


def test_a_moving_target_is_that_of_the_last_point_that_has_one() -> None:
    """Months before and after the target expect nothing; the last expectation counts."""
    targets = [None, *[Decimal("45.68")] * 15, 57, None]
    chart = xmr_chart(ZIGZAG, better="higher", target=targets)
    assert chart.assurance is Assurance.CONSISTENTLY_FAILS
    assert [point.target for point in chart.points[-2:]] == [57, None]
    assert xmr_chart(ZIGZAG, better="higher", target=[None] * 18).assurance is None


def test_a_group_of_one_has_no_limits_and_says_why() -> None:
    """A new start gives no limits until its second point, and assures nothing before."""
    chart = xmr_chart([*ZIGZAG, 60], better="higher", target=50, rebase_at=[18])
    last = chart.points[-1]
    assert (last.mean, last.lower, last.upper, last.signal) == (60, None, None, None)
    assert chart.assurance is None
    (caution,) = chart.cautions
    assert (caution.kind, caution.points) == (CautionKind.NO_LIMITS, (18,))
    assert caution.statement == (
        "point 18: a run chart without limits, because limits need 10 points and this group "
        "has 1 point"
    )


@pytest.mark.parametrize("kind", CautionKind)
def test_each_caution_has_a_short_reason(kind: CautionKind) -> None:
    """It is a clause, to be joined to others below a chart."""
    assert kind.summary[0].islower()
    assert not kind.summary.endswith(".")


def test_short_groups_have_trial_limits() -> None:
    """Each group of fewer than thirteen points is named."""
    (caution,) = xmr_chart([*ZIGZAG, *HOUSED], better="higher", rebase_at=[18]).cautions
    assert (caution.kind, caution.points) == (CautionKind.TRIAL_LIMITS, tuple(range(18, 30)))
    assert caution.statement == (
        "points 18 to 29: limits of 12 points are trial limits and will still move; 13 points "
        "settle them"
    )


def test_the_limits_of_shares_are_wide_where_cases_are_few() -> None:
    """Around a common share of 18%, 100 cases leave more room than 900."""
    chart = p_chart([Counts(162, 900), Counts(18, 100)], better="higher", min_points=2)
    large, small = chart.points
    assert (large.value, large.mean) == (Fraction(18, 100), Fraction(18, 100))
    assert (large.lower, large.upper) == pytest.approx((0.1415813, 0.2184187))
    assert (small.lower, small.upper) == pytest.approx((0.0647438, 0.2952562))


def test_the_limits_of_shares_stay_within_nothing_and_all() -> None:
    """Three standard errors below 2% of 50 is nobody, and above 98% everybody."""
    low, high = (p_chart([Counts(number, 50)] * 10, better="higher") for number in (1, 49))
    assert low.points[0].lower == 0
    assert high.points[0].upper == 1


@pytest.mark.parametrize(("numerator", "share"), [(0, 0), (30, 1)])
def test_nobody_or_everybody_leaves_nothing_to_chance(numerator: int, share: int) -> None:
    """The limits are the share itself, and a target there is passed."""
    chart = p_chart([Counts(numerator, 30)] * 14, better="higher", target=share)
    assert {(point.lower, point.upper) for point in chart.points} == {(share, share)}
    assert chart.assurance is Assurance.CONSISTENTLY_PASSES
    assert [caution.kind for caution in chart.cautions] == [CautionKind.FEW_CASES]


def test_shares_are_judged_exactly() -> None:
    """Of 100 cases around one half, 65 lie on the limit and 66 beyond it."""
    usual = [Counts(50, 100)] * 20
    on_limit = p_chart([*usual, Counts(65, 100)], better="higher", fix_after=20)
    assert signals(on_limit) == {}
    beyond = p_chart([*usual, Counts(66, 100)], better="higher", fix_after=20)
    assert signals(beyond) == {20: Signal.ABOVE_UPPER_LIMIT}


def test_few_expected_cases_are_cautioned() -> None:
    """At 18% a period of 27 cases expects fewer than five, one of 28 does not."""
    chart = p_chart([*COUNTS, Counts(5, 27), Counts(5, 28)], better="higher", fix_after=20)
    (caution,) = chart.cautions
    assert (caution.kind, caution.points) == (CautionKind.FEW_CASES, (20,))
    assert caution.statement == (
        "1 of the points 0 to 21: fewer than 5 cases are expected with the outcome or without it, "
        "so the limits are rough; longer periods have more cases"
    )


def test_shares_that_move_more_than_chance_are_cautioned() -> None:
    """Of 20,000 cases, a share that moves by a point either way is beyond chance."""
    counts = [Counts(3600 + step, 20_000) for step in (0, 180, -170, 150, -160) * 4]
    chart = p_chart(counts, better="higher")
    (caution,) = chart.cautions
    assert (caution.kind, caution.points) == (CautionKind.OVERDISPERSED, tuple(range(20)))
    assert caution.statement == (
        "points 0 to 19: from one to the next the shares change 4.4 times as much as chance "
        "explains, so these limits are too narrow; use xmr_chart, whose limits come from the "
        "changes themselves"
    )
    assert signals(chart)
    assert not signals(xmr_chart([point.value for point in chart.points], better="higher"))


@pytest.mark.parametrize("number", [2, 5, 9])
def test_fewer_than_ten_points_have_no_limits(number: int) -> None:
    """A run chart has a mean, and says how many points limits need; counts change nothing."""
    target = Fraction(23, 100)
    figures = xmr_chart([Fraction(18, 100)] * number, better="higher", target=target)
    shares = p_chart([Counts(90, 500)] * number, better="higher", target=target)
    for chart in (figures, shares):
        assert {(point.mean, point.lower, point.upper) for point in chart.points} == {
            (Fraction(18, 100), None, None)
        }
        assert chart.assurance is None
        (caution,) = chart.cautions
        assert (caution.kind, caution.points) == (CautionKind.NO_LIMITS, tuple(range(number)))
        assert caution.statement == (
            f"points 0 to {number - 1}: a run chart without limits, because limits need 10 points "
            f"and this group has {number} points"
        )


def test_ten_points_have_trial_limits() -> None:
    """With the tenth point the limits come, and a caution that they will still move."""
    chart = xmr_chart(ZIGZAG[:10], better="higher", target=50)
    assert chart.assurance is Assurance.INCONSISTENT
    assert [caution.kind for caution in chart.cautions] == [CautionKind.TRIAL_LIMITS]


def test_no_run_and_no_moving_range_reaches_across_a_gap() -> None:
    """Three high points before 34 missing months and four after them are not a run of seven."""
    values = [*ZIGZAG, 53, 54, 53, 54, 53, 54, 53]
    assert set(signals(xmr_chart(values, better="higher", fix_after=18))) == set(range(17, 25))
    chart = xmr_chart(values, better="higher", fix_after=18, gaps_at=[21])
    assert signals(chart) == {}
    (caution,) = chart.cautions
    assert (caution.kind, caution.points) == (CautionKind.MISSING_PERIODS, (21,))
    assert caution.statement == (
        "before point 21: periods are missing, so no moving range and no run reaches across the gap"
    )
    apart = xmr_chart([*[10, 12] * 6, *[90, 92] * 6], better="higher", gaps_at=[12])
    assert apart.points[0].upper == 51 + Fraction("2.66") * 2


def test_points_without_neighbours_have_no_limits() -> None:
    """Ten figures of which only four follow another one give too few moving ranges."""
    chart = xmr_chart(ZIGZAG[:10], better="higher", gaps_at=[1, 2, 3, 5, 7, 8, 9])
    assert chart.points[0].lower is None
    assert chart.cautions[-1].statement == (
        "points 0 to 9: a run chart without limits, because limits need 10 points and this group "
        "has 10 points, of which 4 have a neighbour"
    )


def test_overlapping_periods_follow_no_run_rules() -> None:
    """Rolling years share most of their cases, so seven in a row on one side say nothing."""
    values = [*ZIGZAG, 53, 54, 53, 54, 53, 54, 60]
    chart = xmr_chart(values, better="higher", fix_after=18, overlapping=True)
    assert signals(chart) == {24: Signal.ABOVE_UPPER_LIMIT}
    (caution,) = chart.cautions
    assert (caution.kind, caution.points) == (CautionKind.OVERLAPPING, tuple(range(25)))
    assert caution.statement == (
        "points 0 to 24: the periods overlap, so the points are not independent: only points "
        "beyond a limit are signals"
    )
    shares = p_chart(
        [Counts(3600 + step, 20_000) for step in (0, 180, -170, 150) * 4],
        better="higher",
        overlapping=True,
    )
    assert [caution.kind for caution in shares.cautions] == [CautionKind.OVERLAPPING]


@pytest.mark.parametrize(
    ("chart", "error", "message"),
    [
        (
            lambda: xmr_chart([], better="higher"),
            QuantityError,
            "a control chart needs points, and there are none: give at least one",
        ),
        (
            lambda: p_chart([], better="higher"),
            QuantityError,
            "a control chart needs points, and there are none: give at least one",
        ),
        (
            lambda: xmr_chart(HOUSED, better="higher", fix_after=1),
            QuantityError,
            "fix_after is 1, and limits need at least 10 points: give 10 or more",
        ),
        *(
            (
                lambda starts=starts: xmr_chart(HOUSED, better="higher", rebase_at=starts),
                QuantityError,
                (
                    f"rebase_at is {starts}: give the first point of each new group, counted "
                    "from 0 to 11, the earliest first and each once"
                ),
            )
            for starts in ([12], [-1], [6, 3], [6, 6])
        ),
        (
            lambda: xmr_chart(HOUSED, better="higher", min_points=1),
            QuantityError,
            "min_points is 1, and a moving range needs two points: give 2 or more",
        ),
        (
            lambda: p_chart(COUNTS, better="higher", gaps_at=[20]),
            QuantityError,
            (
                "gaps_at is [20]: give the first point after each gap, counted from 0 to 19, the "
                "earliest first and each once"
            ),
        ),
        (
            lambda: xmr_chart([82, 81.5], better="higher"),
            BinaryFloatError,
            (
                "the value 1 is the binary float 81.5, which may be slightly more or less than "
                "intended: write Fraction('81.5')"
            ),
        ),
        *(
            (
                lambda value=value: xmr_chart([82, value], better="higher"),
                QuantityError,
                (
                    f"the value 1 is {value!r}, which is not an exact number: use an int, Decimal "
                    "or Fraction"
                ),
            )
            for value in (True, "82", None, Decimal("NaN"), Decimal("1E+999999999"))
        ),
        (
            lambda: xmr_chart([82, 103], better="higher", bounds=(0, 100)),
            QuantityError,
            (
                "the value 1 is 103, beyond the bound 100: check that shares and percentages are "
                "not mixed up"
            ),
        ),
        (
            lambda: xmr_chart([82], better="higher", bounds=(100, 0)),
            QuantityError,
            "the bounds are 100 and 0: give the lowest figure possible, then the highest",
        ),
        (
            lambda: xmr_chart(HOUSED, better="higher", target=[90]),
            QuantityError,
            (
                "there are 1 targets for 12 points: give one for each, None where nothing is "
                "expected, or a single one for all"
            ),
        ),
        (
            lambda: p_chart(COUNTS, better="higher", target=23),
            QuantityError,
            (
                "the target 0 is 23, beyond the bound 1: check that shares and percentages are "
                "not mixed up"
            ),
        ),
        (
            lambda: xmr_chart(HOUSED, better="increase"),
            UnknownNameError,
            "'increase' does not say which way is better: ",
        ),
    ],
)
def test_what_makes_no_chart_is_refused(
    chart: Callable[[], Any], error: type[Exception], message: str
) -> None:
    """The message says what is wrong, where, and what to write instead."""
    with pytest.raises(error) as caught:
        chart()
    assert str(caught.value).startswith(message)
