"""The laws of intervals and verdicts, one to a test."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import lcm

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rrmodel.inference import (
    Interval,
    ShareAssessment,
    Undefined,
    Verdict,
    assess_change,
    assess_published,
    assess_share,
    binomial_tails,
    cases_needed,
    cases_needed_for_change,
    clopper_pearson_interval,
    fisher_exact,
    holm,
    jeffreys_interval,
    newcombe_interval,
    probability_next_meets,
    wilson_interval,
)
from rrmodel.inference._interval import normal_quantile
from rrmodel.model import Better, Counts

CONFIDENCES = st.floats(0.5, 0.999)
SHARES = st.fractions(0, 1, max_denominator=200)
CHANGES = st.fractions(-1, 1, max_denominator=200)
BETTER: st.SearchStrategy[Better] = st.sampled_from(["higher", "lower"])
ROUNDED_SHARES = st.tuples(SHARES, SHARES).map(lambda ends: (min(ends), max(ends)))
ROUNDED_CHANGES = st.tuples(CHANGES, CHANGES).map(lambda ends: (min(ends), max(ends)))
P_VALUES = st.lists(st.floats(0, 1), max_size=12)
OTHER: dict[Better, Better] = {"higher": "lower", "lower": "higher"}
MET = {Verdict.SIGNIFICANTLY_MET, Verdict.NOT_DISTINGUISHABLE}
MISSED = {Verdict.SIGNIFICANTLY_MISSED, Verdict.NOT_DISTINGUISHABLE}


def counted(most: int) -> st.SearchStrategy[Counts]:
    """Counts of at most so many cases, with none and all among them."""
    return st.integers(1, most).flatmap(
        lambda cases: st.integers(0, cases).map(lambda some: Counts(some, cases))
    )


COUNTS = counted(2000)
MANY = counted(10**9)
SINGLE = [wilson_interval, clopper_pearson_interval, jeffreys_interval]


def share(counts: Counts) -> Fraction:
    """Return the share, exactly."""
    return Fraction(counts.numerator, counts.denominator)


def rest(counts: Counts) -> Counts:
    """Return the counts of those who did not reach the outcome."""
    return Counts(counts.denominator - counts.numerator, counts.denominator)


def ends(interval: Interval) -> tuple[float, float]:
    """Return both ends."""
    return interval.lower, interval.upper


def is_settled(interval: Interval, number: Fraction) -> bool:
    """Whether an interval no longer holds a number."""
    return not interval.contains(float(number))


def assert_same_chance(one: ShareAssessment, other: ShareAssessment) -> None:
    """Two assessments agree on z, also where there is none, and on the p value."""
    assert other.p_value == pytest.approx(one.p_value, rel=1e-6, abs=1e-9)
    assert other.z == (None if one.z is None else pytest.approx(one.z, rel=1e-6, abs=1e-9))


def assert_consistent(assessment: ShareAssessment, confidence: float) -> None:
    """No two answers of an assessment point in different directions."""
    reference, verdict, alpha = (
        float(assessment.reference),
        assessment.verdict,
        (1 - confidence) / 2,
    )
    assert assessment.goal[0] <= assessment.reference <= assessment.goal[1]
    assert verdict.direction in {assessment.direction, None}
    is_above = {"met": assessment.better == "higher", "missed": assessment.better == "lower"}
    if verdict.direction is None:
        assert assessment.interval.lower <= reference + 1e-12
        assert assessment.interval.upper >= reference - 1e-12
        assert alpha - 1e-9 <= assessment.p_value <= 1 - alpha + 1e-9 or assessment.z is None
    elif is_above[verdict.direction]:
        assert assessment.interval.lower > reference - 1e-12
    else:
        assert assessment.interval.upper < reference + 1e-12
    if verdict.direction == "met":
        assert assessment.p_value <= alpha + 1e-9
    elif verdict.direction == "missed":
        assert assessment.p_value >= 1 - alpha - 1e-9
    assert assessment.direction != "met" or assessment.p_value <= 0.5 or assessment.z is None
    assert assessment.direction != "missed" or assessment.p_value >= 0.5


# One share


@given(MANY, CONFIDENCES)
def test_wilson_holds_the_share_seen_and_stays_within_0_and_1(
    counts: Counts, confidence: float
) -> None:
    """``0 <= lower <= share <= upper <= 1``, as floats, without a tolerance."""
    interval = wilson_interval(counts, confidence=confidence)
    assert 0 <= interval.lower <= counts.numerator / counts.denominator <= interval.upper <= 1


@given(COUNTS)
def test_clopper_and_pearson_hold_the_share_seen(counts: Counts) -> None:
    """The exact interval also contains the share, and reaches 0 and 1 only for none and all."""
    interval = clopper_pearson_interval(counts)
    assert interval.lower <= share(counts) <= interval.upper
    assert (interval.lower == 0, interval.upper == 1) == (share(counts) == 0, share(counts) == 1)


@pytest.mark.parametrize("interval", SINGLE)
@given(counts=COUNTS, confidences=st.tuples(CONFIDENCES, CONFIDENCES))
def test_intervals_nest_in_confidence(
    interval: Callable[..., Interval], counts: Counts, confidences: tuple[float, float]
) -> None:
    """More confidence never moves an end inwards."""
    less, more = (interval(counts, confidence=one) for one in sorted(confidences))
    assert more.lower <= less.lower <= less.upper <= more.upper


@pytest.mark.parametrize("interval", SINGLE)
@given(counts=COUNTS, confidence=CONFIDENCES)
def test_the_rest_has_the_mirrored_interval(
    interval: Callable[..., Interval], counts: Counts, confidence: float
) -> None:
    """The answers for the housed are those for the people not housed."""
    original = interval(counts, confidence=confidence)
    other = interval(rest(counts), confidence=confidence)
    assert ends(other) == pytest.approx((1 - original.upper, 1 - original.lower), rel=0, abs=1e-12)


@pytest.mark.parametrize("interval", SINGLE)
@given(counts=COUNTS, confidence=CONFIDENCES)
def test_one_more_success_moves_both_ends_up(
    interval: Callable[..., Interval], counts: Counts, confidence: float
) -> None:
    """Of the same number of cases."""
    assume(counts.numerator < counts.denominator)
    original = interval(counts, confidence=confidence)
    more = interval(Counts(counts.numerator + 1, counts.denominator), confidence=confidence)
    assert original.lower < more.lower
    assert original.upper < more.upper


@pytest.mark.parametrize("interval", SINGLE)
@given(counts=COUNTS, times=st.integers(2, 50))
def test_more_cases_of_the_same_share_narrow_the_interval(
    interval: Callable[..., Interval], counts: Counts, times: int
) -> None:
    """Ten times the cases say more than one time."""
    more = Counts(counts.numerator * times, counts.denominator * times)
    assert interval(more).width < interval(counts).width


# A change between two shares


@given(MANY, MANY, CONFIDENCES)
def test_newcombe_holds_the_change_seen_and_stays_within_the_whole(
    current: Counts, baseline: Counts, confidence: float
) -> None:
    """``-1 <= lower <= change <= upper <= 1``, as floats, without a tolerance."""
    interval = newcombe_interval(current, baseline, confidence=confidence)
    assert -1 <= interval.lower <= float(share(current) - share(baseline)) <= interval.upper <= 1


@given(COUNTS, COUNTS, st.tuples(CONFIDENCES, CONFIDENCES))
def test_newcombe_nests_in_confidence(
    current: Counts, baseline: Counts, confidences: tuple[float, float]
) -> None:
    """More confidence never moves an end inwards."""
    less, more = (
        newcombe_interval(current, baseline, confidence=one) for one in sorted(confidences)
    )
    assert more.lower <= less.lower <= less.upper <= more.upper


@given(MANY, MANY)
def test_swapping_the_samples_swaps_the_signs(current: Counts, baseline: Counts) -> None:
    """To the last digit."""
    interval = newcombe_interval(current, baseline)
    swapped = newcombe_interval(baseline, current)
    assert ends(swapped) == (-interval.upper, -interval.lower)


@given(COUNTS, COUNTS)
def test_the_change_of_the_rest_is_the_mirrored_change(current: Counts, baseline: Counts) -> None:
    """A rise of the housed is a fall of those not housed."""
    interval = newcombe_interval(current, baseline)
    other = newcombe_interval(rest(current), rest(baseline))
    assert ends(other) == pytest.approx((-interval.upper, -interval.lower), rel=0, abs=1e-12)


# Verdicts


@given(MANY, SHARES, BETTER, CONFIDENCES)
def test_a_verdict_on_a_share_agrees_with_whether_it_is_met(
    counts: Counts, goal: Fraction, better: Better, confidence: float
) -> None:
    """Significantly met is met, significantly missed is not, and z is on the same side."""
    assessment = assess_share(counts, goal, better=better, confidence=confidence)
    assert assessment.is_met is (
        share(counts) >= goal if better == "higher" else share(counts) <= goal
    )
    assert assessment.verdict in (MET if assessment.is_met else MISSED)
    assert assessment.z is None or (assessment.z >= 0) is assessment.is_met


@given(COUNTS, COUNTS, CHANGES, BETTER, CONFIDENCES)
def test_a_verdict_on_a_change_agrees_with_whether_it_is_met(
    current: Counts, baseline: Counts, change: Fraction, better: Better, confidence: float
) -> None:
    """Significantly met is met, significantly missed is not, and z is on the same side."""
    assessment = assess_change(current, baseline, change, better=better, confidence=confidence)
    difference = share(current) - share(baseline)
    assert assessment.is_met is (
        difference >= change if better == "higher" else difference <= change
    )
    assert assessment.verdict in (MET if assessment.is_met else MISSED)
    assert assessment.z is None or (assessment.z >= 0) is assessment.is_met


@given(MANY, CONFIDENCES)
def test_a_share_at_its_goal_is_never_evidence(counts: Counts, confidence: float) -> None:
    """Also where the share is not a float: a third of three million is not beyond a third."""
    assessment = assess_share(counts, share(counts), better="higher", confidence=confidence)
    assert (assessment.is_met, assessment.verdict) == (True, Verdict.NOT_DISTINGUISHABLE)


@given(COUNTS, SHARES, BETTER)
def test_what_is_said_of_a_share_is_said_of_its_rest(
    counts: Counts, goal: Fraction, better: Better
) -> None:
    """82% housed against 90% is 18% not housed against 10%."""
    assessment = assess_share(counts, goal, better=better)
    other = assess_share(rest(counts), 1 - goal, better=OTHER[better])
    assert (other.is_met, other.verdict) == (assessment.is_met, assessment.verdict)
    assert_same_chance(assessment, other)


@given(COUNTS, COUNTS, CHANGES, BETTER)
def test_what_is_said_of_a_change_is_said_of_that_of_its_rest(
    current: Counts, baseline: Counts, change: Fraction, better: Better
) -> None:
    """Three points more housed are three points fewer not housed."""
    assessment = assess_change(current, baseline, change, better=better)
    other = assess_change(rest(current), rest(baseline), -change, better=OTHER[better])
    assert (other.is_met, other.verdict) == (assessment.is_met, assessment.verdict)
    assert_same_chance(assessment, other)


@given(COUNTS, ROUNDED_SHARES, BETTER, CONFIDENCES)
def test_the_answers_about_a_share_never_contradict_each_other(
    counts: Counts, goal: tuple[Fraction, Fraction], better: Better, confidence: float
) -> None:
    """Verdict, direction, interval, p value and cases needed are about one value of the goal."""
    assessment = assess_share(counts, goal, better=better, confidence=confidence)
    needed = cases_needed(share(counts), goal, confidence=confidence)
    assert_consistent(assessment, confidence)
    is_open = isinstance(needed, Undefined) or counts.denominator < needed
    assert (assessment.verdict is Verdict.NOT_DISTINGUISHABLE) is is_open


@given(COUNTS, COUNTS, ROUNDED_CHANGES, BETTER, CONFIDENCES)
def test_the_answers_about_a_change_never_contradict_each_other(
    current: Counts,
    baseline: Counts,
    change: tuple[Fraction, Fraction],
    better: Better,
    confidence: float,
) -> None:
    """Verdict, direction, interval and p value are about one value of the intended change."""
    assessment = assess_change(current, baseline, change, better=better, confidence=confidence)
    assert_consistent(assessment, confidence)


@given(st.integers(1, 400), st.data(), ROUNDED_CHANGES, BETTER, CONFIDENCES)
def test_the_cases_needed_for_a_change_agree_with_its_verdict(
    cases: int,
    data: st.DataObject,
    change: tuple[Fraction, Fraction],
    better: Better,
    confidence: float,
) -> None:
    """Two samples of one size are enough where they have the cases needed, and only there."""
    current, baseline = (
        Counts(data.draw(st.integers(0, cases), label=name), cases) for name in ("now", "then")
    )
    assessment = assess_change(current, baseline, change, better=better, confidence=confidence)
    needed = cases_needed_for_change(share(current), share(baseline), change, confidence=confidence)
    is_open = isinstance(needed, Undefined) or cases < needed
    assert (assessment.verdict is Verdict.NOT_DISTINGUISHABLE) is is_open


@given(COUNTS, SHARES, BETTER)
def test_a_share_at_an_end_of_its_goal_is_a_tie(
    counts: Counts, other: Fraction, better: Better
) -> None:
    """At the better end of a goal a share meets it; no tie is ever evidence."""
    ends = min(share(counts), other), max(share(counts), other)
    assessment = assess_share(counts, ends, better=better)
    assert (assessment.reference, assessment.verdict) == (
        share(counts),
        Verdict.NOT_DISTINGUISHABLE,
    )
    assert assessment.direction == ("met" if share(counts) == ends[better == "higher"] else None)


@given(COUNTS, SHARES, CONFIDENCES)
def test_a_goal_is_outside_the_interval_where_z_is_beyond_the_quantile(
    counts: Counts, goal: Fraction, confidence: float
) -> None:
    """Wilson's interval and the score test are one method, read in two directions."""
    assessment = assess_share(counts, goal, better="higher", confidence=confidence)
    assume(assessment.z is not None)
    quantile = normal_quantile(confidence)
    assume(abs(abs(assessment.z) - quantile) > 1e-9)
    assert (assessment.verdict is Verdict.NOT_DISTINGUISHABLE) is (abs(assessment.z) < quantile)


@given(st.tuples(SHARES, SHARES), st.tuples(SHARES, SHARES), BETTER)
def test_a_printed_figure_is_judged_by_every_pair_of_ends(
    figure: tuple[Fraction, Fraction], goal: tuple[Fraction, Fraction], better: Better
) -> None:
    """Met if all meet, missed if none does, and otherwise neither."""
    figure_ends, goal_ends = (min(figure), max(figure)), (min(goal), max(goal))
    met = {
        (one >= other if better == "higher" else one <= other)
        for one, other in product(figure_ends, goal_ends)
    }
    expected = {
        frozenset({True}): Verdict.MET_BEYOND_ROUNDING,
        frozenset({False}): Verdict.MISSED_BEYOND_ROUNDING,
        frozenset({True, False}): Verdict.NOT_DISTINGUISHABLE,
    }
    verdict = assess_published(figure_ends, goal_ends, better=better)
    assert verdict is expected[frozenset(met)]


# Cases needed


@given(st.fractions(0, 1, max_denominator=20), st.fractions(0, 1, max_denominator=50), CONFIDENCES)
def test_so_many_cases_settle_a_goal_and_no_fewer_do(
    observed: Fraction, goal: Fraction, confidence: float
) -> None:
    """Just below the number Wilson's interval holds the goal, and from there on it does not."""
    needed = cases_needed(observed, goal, confidence=confidence)
    assert isinstance(needed, Undefined) is (observed == goal)
    if isinstance(needed, int):
        times = (needed - 1) // observed.denominator
        for many in (max(1, times), times + 1, times + 9):
            counts = Counts(observed.numerator * many, observed.denominator * many)
            interval = wilson_interval(counts, confidence=confidence)
            assert is_settled(interval, goal) is (counts.denominator >= needed)


@given(
    st.fractions(0, 1, max_denominator=10),
    st.fractions(0, 1, max_denominator=10),
    st.fractions(-1, 1, max_denominator=50),
    CONFIDENCES,
)
def test_so_many_cases_settle_a_change_and_no_fewer_do(
    observed: Fraction, baseline: Fraction, change: Fraction, confidence: float
) -> None:
    """Just below the number Newcombe's interval holds the change, and from there on it does not."""
    needed = cases_needed_for_change(observed, baseline, change, confidence=confidence)
    assert isinstance(needed, Undefined) is (observed - baseline == change)
    if isinstance(needed, int):
        step = lcm(observed.denominator, baseline.denominator)
        times = (needed - 1) // step
        for many in (max(1, times), times + 1, times + 9):
            cases = step * many
            interval = newcombe_interval(
                Counts(int(observed * cases), cases),
                Counts(int(baseline * cases), cases),
                confidence=confidence,
            )
            assert is_settled(interval, change) is (cases >= needed)


# Several targets


@given(P_VALUES)
def test_holm_only_raises_and_never_above_bonferroni(p_values: list[float]) -> None:
    """``p <= holm(p) <= min(1, p times how many)``."""
    for raw, adjusted in zip(p_values, holm(p_values), strict=True):
        assert raw <= adjusted <= min(1, raw * len(p_values))


@given(P_VALUES)
def test_holm_keeps_the_order(p_values: list[float]) -> None:
    """A p value that was smaller is not larger afterwards."""
    pairs = sorted(zip(p_values, holm(p_values), strict=True))
    assert [adjusted for _, adjusted in pairs] == sorted(adjusted for _, adjusted in pairs)


@given(P_VALUES.flatmap(lambda values: st.tuples(st.just(values), st.permutations(values))))
def test_holm_does_not_depend_on_the_order_of_the_targets(
    lists: tuple[list[float], list[float]],
) -> None:
    """Each target keeps its own adjusted value in any order."""
    given_order, another = lists
    assert sorted(zip(given_order, holm(given_order), strict=True)) == sorted(
        zip(another, holm(another), strict=True)
    )


# Exact methods


@given(COUNTS, SHARES, CONFIDENCES)
def test_clopper_and_pearson_hold_the_goals_that_no_tail_rejects(
    counts: Counts, goal: Fraction, confidence: float
) -> None:
    """A goal is in the interval if both tails are above half of the excluded probability."""
    tail = (1 - confidence) / 2
    smaller = min(binomial_tails(counts, goal))
    assume(abs(smaller - tail) > 1e-9)
    interval = clopper_pearson_interval(counts, confidence=confidence)
    assert interval.contains(float(goal)) is (smaller > tail)


@given(COUNTS, SHARES)
def test_the_tails_overlap_in_what_was_seen(counts: Counts, goal: Fraction) -> None:
    """At least so many, and at most one fewer, are all that can be."""
    assume(counts.numerator > 0)
    fewer = Counts(counts.numerator - 1, counts.denominator)
    at_least, at_most_fewer = binomial_tails(counts, goal)[0], binomial_tails(fewer, goal)[1]
    assert at_least + at_most_fewer == pytest.approx(1)


@given(counted(200), counted(200))
def test_fisher_does_not_mind_which_sample_comes_first(current: Counts, baseline: Counts) -> None:
    """Nor whether the housed are counted or those not housed."""
    p_value = fisher_exact(current, baseline)
    assert 0 <= p_value <= 1
    assert fisher_exact(baseline, current) == pytest.approx(p_value)
    assert fisher_exact(rest(current), rest(baseline)) == pytest.approx(p_value)


@given(counted(200), st.integers(1, 200), SHARES, BETTER)
def test_the_next_figure_of_the_rest_is_as_probable(
    counts: Counts, cases: int, goal: Fraction, better: Better
) -> None:
    """At least 90% housed is at most 10% not housed, with the counts to match."""
    result = probability_next_meets(counts, cases, goal, better=better)
    other = probability_next_meets(rest(counts), cases, 1 - goal, better=OTHER[better])
    assert other.count_needed == cases - result.count_needed
    assert other.probability == pytest.approx(result.probability, abs=1e-9)
    assert 0 <= result.probability <= 1
