"""The laws of control charts, one to a test."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import attrs
from hypothesis import given
from hypothesis import strategies as st

from rrmodel.inference import ControlChart, Signal, Variation, p_chart, xmr_chart
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


def starts(places: set[int], series: list[Fraction]) -> list[int]:
    """Return those places that lie in a series, in order."""
    return sorted(place for place in places if place < len(series))


def opposite(better: Better) -> Better:
    """Return the other way round."""
    return "lower" if better == "higher" else "higher"


def judgement(chart: ControlChart[Fraction]) -> list[object]:
    """Return what a chart says, and none of its numbers."""
    return [chart.assurance, *((point.signal, point.variation) for point in chart.points)]


@given(SERIES, BETTER, TARGETS, GROUPS)
def test_a_new_start_at_the_start_changes_nothing(
    values: list[Fraction], better: Better, target: Fraction | None, places: set[int]
) -> None:
    """The first point starts a group anyway."""
    groups = starts(places, values)
    assert xmr_chart(values, better=better, target=target, rebase_at=[0, *groups]) == xmr_chart(
        values, better=better, target=target, rebase_at=groups
    )


@given(SERIES, BETTER, GROUPS)
def test_each_group_is_a_chart_of_its_own(
    values: list[Fraction], better: Better, places: set[int]
) -> None:
    """Charted apart, the groups give the same points."""
    groups = starts(places, values)
    whole = xmr_chart(values, better=better, rebase_at=groups)
    apart = [
        attrs.evolve(point, group=number)
        for number, (start, end) in enumerate(pairwise([0, *groups, len(values)]))
        for point in xmr_chart(values[start:end], better=better).points
    ]
    assert list(whole.points) == apart


@given(SERIES, BETTER, TARGETS, st.booleans())
def test_the_rest_of_the_whole_mirrors_the_chart(
    values: list[Fraction], better: Better, target: Fraction | None, screen: bool
) -> None:
    """Not housed, less is better: the limits swap, and the chart says the same."""
    chart = xmr_chart(values, better=better, target=target, screen_outliers=screen)
    rest = xmr_chart(
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
    chart = xmr_chart(values, better=better, target=target)
    other = xmr_chart(
        [scale * value + shift for value in values],
        better=better,
        target=None if target is None else scale * target + shift,
    )
    assert judgement(other) == judgement(chart)
    for point, moved in zip(chart.points, other.points, strict=True):
        for number, found in ((point.lower, moved.lower), (point.upper, moved.upper)):
            assert found == (None if number is None else scale * number + shift)


@given(FIGURES, st.integers(2, 25), FIGURES, BETTER, st.booleans())
def test_a_constant_series_meets_its_target_always_or_never(
    value: Fraction, number: int, target: Fraction, better: Better, screen: bool
) -> None:
    """Its limits are the value itself, and no point stands out."""
    chart = xmr_chart([value] * number, better=better, target=target, screen_outliers=screen)
    assert {(point.lower, point.upper, point.signal) for point in chart.points} == {
        (value, value, None)
    }
    met = value >= target if better == "higher" else value <= target
    assert chart.assurance == ("consistently_passes" if met else "consistently_fails")


@given(SERIES, BETTER)
def test_bounds_never_change_a_signal(values: list[Fraction], better: Better) -> None:
    """They cut what is shown, and nothing that is judged."""
    free = xmr_chart(values, better=better)
    bound = xmr_chart(values, better=better, bounds=(min(values) - 1, max(values) + 1))
    assert judgement(bound) == judgement(free)
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
    """No weaker rule takes its place, and it is said of no other point."""
    for point in xmr_chart(values, better=better, fix_after=fix_after).points:
        is_above = point.upper is not None and point.value > point.upper
        is_below = point.lower is not None and point.value < point.lower
        assert (point.signal is Signal.ABOVE_UPPER_LIMIT) == is_above
        assert (point.signal is Signal.BELOW_LOWER_LIMIT) == is_below


@given(SERIES, BETTER)
def test_screening_never_widens_the_limits(values: list[Fraction], better: Better) -> None:
    """What is left out are the largest moves."""
    for screened, point in zip(
        xmr_chart(values, better=better).points,
        xmr_chart(values, better=better, screen_outliers=False).points,
        strict=True,
    ):
        assert screened.mean == point.mean
        if screened.upper is not None and point.upper is not None:
            assert screened.upper <= point.upper


@given(SERIES, BETTER)
def test_a_signal_is_an_improvement_or_a_concern(values: list[Fraction], better: Better) -> None:
    """What stands out is one of the two; what does not is neither; the other way swaps them."""
    for point, other in zip(
        xmr_chart(values, better=better).points,
        xmr_chart(values, better=opposite(better)).points,
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
    points = p_chart(counts, better=better).points
    assert len({(point.lower, point.upper) for point in points}) == 1


@given(COUNTS, BETTER)
def test_more_cases_have_narrower_limits(counts: list[Counts], better: Better) -> None:
    """The limits hold the mean, and narrow with the cases."""
    points = p_chart(counts, better=better).points
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
    chart = p_chart(counts, better=better)
    rest = p_chart(
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
