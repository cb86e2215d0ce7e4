"""The laws of control charts, one to a test."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import partial
from itertools import pairwise

import attrs
from hypothesis import given
from hypothesis import strategies as st

from rrmodel.inference import CautionKind, ControlChart, Signal, Variation, p_chart, xmr_chart
from rrmodel.model import Better, Counts

BETTER = st.sampled_from(("higher", "lower"))
FIGURES = st.builds(Fraction, st.integers(0, 300), st.sampled_from((1, 2, 3, 10)))
STEADY = st.lists(st.sampled_from((80, 81, 82, 83)).map(Fraction), min_size=1, max_size=25)
MOVING = st.lists(FIGURES, min_size=1, max_size=25)
SERIES = STEADY | MOVING | st.builds(lambda some, more: [*some, *sorted(more)], STEADY, MOVING)
TARGETS = st.none() | FIGURES
GROUPS = st.sets(st.integers(1, 24), max_size=3)
COUNTS = st.lists(
    st.integers(1, 400).flatmap(
        lambda whole: st.builds(Counts, st.integers(0, whole), st.just(whole))
    ),
    min_size=1,
    max_size=20,
)
HIGH, LOW = list(Signal)[::2], list(Signal)[1::2]
MIRRORED = dict(zip([*HIGH, *LOW], [*LOW, *HIGH], strict=True))


any_xmr_chart = partial(xmr_chart, min_points=2)
any_p_chart = partial(p_chart, min_points=2)
RUNS = {
    Signal.SEVEN_RISING,
    Signal.SEVEN_FALLING,
    Signal.SEVEN_ABOVE_MEAN,
    Signal.SEVEN_BELOW_MEAN,
}


def starts(places: set[int], series: list[Fraction]) -> list[int]:
    """Return those places that lie in a series, in order."""
    return sorted(place for place in places if place < len(series))


def opposite(better: Better) -> Better:
    """Return the other way round."""
    return "lower" if better == "higher" else "higher"


def conclusions(chart: ControlChart[Fraction]) -> list[object]:
    """Return the assurance of a chart and the signals and variations of its points."""
    return [chart.assurance, *((point.signal, point.variation) for point in chart.points)]


@given(SERIES, BETTER, TARGETS, GROUPS)
def test_a_new_start_at_the_start_changes_nothing(
    values: list[Fraction], better: Better, target: Fraction | None, places: set[int]
) -> None:
    """The first point starts a group anyway."""
    groups = starts(places, values)
    chart = any_xmr_chart(values, better=better, target=target, rebase_at=groups)
    again = any_xmr_chart(values, better=better, target=target, rebase_at=[0, *groups])
    assert again == chart


@given(SERIES, BETTER, GROUPS)
def test_each_group_is_a_chart_of_its_own(
    values: list[Fraction], better: Better, places: set[int]
) -> None:
    """Charted apart, the groups give the same points."""
    groups = starts(places, values)
    whole = any_xmr_chart(values, better=better, rebase_at=groups)
    apart = [
        attrs.evolve(point, group=number)
        for number, (start, end) in enumerate(pairwise([0, *groups, len(values)]))
        for point in any_xmr_chart(values[start:end], better=better).points
    ]
    assert list(whole.points) == apart


@given(SERIES, BETTER, TARGETS, st.booleans())
def test_the_rest_of_the_whole_mirrors_the_chart(
    values: list[Fraction], better: Better, target: Fraction | None, screen: bool
) -> None:
    """Not housed, less is better: the limits swap, and the chart says the same."""
    chart = any_xmr_chart(values, better=better, target=target, screen_outliers=screen)
    rest = any_xmr_chart(
        [100 - value for value in values],
        better=opposite(better),
        target=None if target is None else 100 - target,
        screen_outliers=screen,
    )
    assert rest.assurance == chart.assurance
    for point, mirrored in zip(chart.points, rest.points, strict=True):
        assert mirrored.mean == 100 - point.mean
        assert mirrored.variation == point.variation
        assert mirrored.signal == (point.signal and MIRRORED[point.signal])
        if point.lower is not None and point.upper is not None:
            assert (mirrored.lower, mirrored.upper) == (100 - point.upper, 100 - point.lower)


@given(SERIES, BETTER, TARGETS, st.fractions(-50, 50), st.fractions("0.01", 100))
def test_the_unit_does_not_matter(
    values: list[Fraction],
    better: Better,
    target: Fraction | None,
    shift: Fraction,
    scale: Fraction,
) -> None:
    """Shifted or scaled, a series has shifted or scaled limits, and the chart says the same."""
    chart = any_xmr_chart(values, better=better, target=target)
    other = any_xmr_chart(
        [scale * value + shift for value in values],
        better=better,
        target=None if target is None else scale * target + shift,
    )
    assert conclusions(other) == conclusions(chart)
    for point, moved in zip(chart.points, other.points, strict=True):
        for number, limit in ((point.lower, moved.lower), (point.upper, moved.upper)):
            assert limit == (None if number is None else scale * number + shift)


@given(FIGURES, st.integers(2, 25), FIGURES, BETTER, st.booleans())
def test_a_constant_series_meets_its_target_always_or_never(
    value: Fraction, number: int, target: Fraction, better: Better, screen: bool
) -> None:
    """Its limits are the value itself, and no point stands out."""
    chart = any_xmr_chart([value] * number, better=better, target=target, screen_outliers=screen)
    assert {(point.lower, point.upper, point.signal) for point in chart.points} == {
        (value, value, None)
    }
    met = value >= target if better == "higher" else value <= target
    assert chart.assurance == ("consistently_passes" if met else "consistently_fails")


@given(SERIES, BETTER)
def test_bounds_never_change_a_signal(values: list[Fraction], better: Better) -> None:
    """They cut what is shown, and nothing that is assessed."""
    free = any_xmr_chart(values, better=better)
    bound = any_xmr_chart(values, better=better, bounds=(min(values) - 1, max(values) + 1))
    assert conclusions(bound) == conclusions(free)
    for point, wide in zip(bound.points, free.points, strict=True):
        if point.lower is None or point.upper is None:
            assert (wide.lower, wide.upper) == (None, None)
        else:
            assert point.lower == max(wide.lower or 0, min(values) - 1)
            assert point.upper == min(wide.upper or 0, max(values) + 1)


@given(SERIES, BETTER, st.none() | st.integers(2, 20))
def test_beyond_a_limit_is_always_that_signal(
    values: list[Fraction], better: Better, fix_after: int | None
) -> None:
    """No weaker rule takes its place, and it applies to no other point."""
    for point in any_xmr_chart(values, better=better, fix_after=fix_after).points:
        is_above = point.upper is not None and point.value > point.upper
        is_below = point.lower is not None and point.value < point.lower
        assert (point.signal is Signal.ABOVE_UPPER_LIMIT) == is_above
        assert (point.signal is Signal.BELOW_LOWER_LIMIT) == is_below


@given(SERIES, BETTER)
def test_screening_never_widens_the_limits(values: list[Fraction], better: Better) -> None:
    """The largest moves are excluded."""
    for screened, point in zip(
        any_xmr_chart(values, better=better).points,
        any_xmr_chart(values, better=better, screen_outliers=False).points,
        strict=True,
    ):
        assert screened.mean == point.mean
        if screened.upper is not None and point.upper is not None:
            assert screened.upper <= point.upper


@given(SERIES, BETTER)
def test_a_signal_is_an_improvement_or_a_concern(values: list[Fraction], better: Better) -> None:
    """A signal is one of the two; other points are neither; the other direction swaps them."""
    for point, other in zip(
        any_xmr_chart(values, better=better).points,
        any_xmr_chart(values, better=opposite(better)).points,
        strict=True,
    ):
        assert other.signal == point.signal
        assert {point.variation, other.variation} == (
            {Variation.COMMON_CAUSE}
            if point.signal is None
            else {Variation.IMPROVEMENT, Variation.CONCERN}
        )


@given(st.integers(1, 400), st.lists(st.integers(0, 400), min_size=1, max_size=20), BETTER)
def test_equal_cases_have_equal_limits(cases: int, numbers: list[int], better: Better) -> None:
    """Where every point has as many cases, the limits are one line."""
    counts = [Counts(min(number, cases), cases) for number in numbers]
    points = any_p_chart(counts, better=better).points
    assert len({(point.lower, point.upper) for point in points}) == 1


@given(COUNTS, BETTER)
def test_more_cases_have_narrower_limits(counts: list[Counts], better: Better) -> None:
    """The limits hold the mean, and narrow with the cases."""
    points = any_p_chart(counts, better=better).points
    limits = sorted(
        (-count.denominator, point.lower or 0, point.upper or 0)
        for count, point in zip(counts, points, strict=True)
    )
    lower = [low for _, low, _ in limits]
    upper = [high for _, _, high in limits]
    assert lower == sorted(lower, reverse=True)
    assert upper == sorted(upper)
    assert all(
        low <= points[0].mean <= high or high - low < 1e-12
        for low, high in zip(lower, upper, strict=True)
    )


@given(COUNTS, BETTER)
def test_the_other_outcome_mirrors_the_shares(counts: list[Counts], better: Better) -> None:
    """Those without the outcome say the same of the process."""
    chart = any_p_chart(counts, better=better)
    rest = any_p_chart(
        [Counts(count.denominator - count.numerator, count.denominator) for count in counts],
        better=opposite(better),
    )
    for point, mirrored in zip(chart.points, rest.points, strict=True):
        assert mirrored.mean == 1 - point.mean
        assert mirrored.variation == point.variation
        assert mirrored.signal == (point.signal and MIRRORED[point.signal])
    assert [caution.kind for caution in rest.cautions] == [
        caution.kind for caution in chart.cautions
    ]


@given(SERIES, BETTER, TARGETS, GROUPS)
def test_few_points_are_a_run_chart(
    values: list[Fraction], better: Better, target: Fraction | None, places: set[int]
) -> None:
    """A group of fewer than ten points has a mean and no limits, says why, and assures nothing."""
    chart = xmr_chart(values, better=better, target=target, rebase_at=starts(places, values))
    without = [place for place, point in enumerate(chart.points) if point.lower is None]
    sizes = Counter(point.group for point in chart.points)
    assert without == [place for place, point in enumerate(chart.points) if sizes[point.group] < 10]
    assert without == sorted(
        place
        for caution in chart.cautions
        if caution.kind is CautionKind.NO_LIMITS
        for place in caution.points
    )
    if chart.points[-1].lower is None:
        assert chart.assurance is None


@given(SERIES, BETTER, GROUPS)
def test_no_rule_and_no_moving_range_reaches_across_a_gap(
    values: list[Fraction], better: Better, places: set[int]
) -> None:
    """A part of fewer than seven points has no run, and the limits rest on moves inside parts."""
    gaps = starts(places, values)
    chart = any_xmr_chart(values, better=better, gaps_at=gaps)
    ranges = [
        abs(values[place] - values[place - 1])
        for place in range(1, len(values))
        if place not in gaps
    ]
    first = chart.points[0]
    if first.upper is not None:
        most = max(ranges) * Fraction("2.66")
        assert first.upper - first.mean <= most
    for start, end in pairwise([0, *gaps, len(values)]):
        if end - start < 7:
            assert not RUNS & {point.signal for point in chart.points[start:end]}


@given(SERIES, BETTER)
def test_overlapping_periods_signal_only_beyond_a_limit(
    values: list[Fraction], better: Better
) -> None:
    """Points that are not independent follow no run rules; their limits are the same."""
    plain = any_xmr_chart(values, better=better)
    chart = any_xmr_chart(values, better=better, overlapping=True)
    outside = {Signal.ABOVE_UPPER_LIMIT, Signal.BELOW_LOWER_LIMIT}
    for point, usual in zip(chart.points, plain.points, strict=True):
        assert (point.lower, point.upper) == (usual.lower, usual.upper)
        assert point.signal == (usual.signal if usual.signal in outside else None)
    assert CautionKind.OVERLAPPING in {caution.kind for caution in chart.cautions}
