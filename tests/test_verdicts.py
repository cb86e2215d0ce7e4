"""Whether figures are evidence of a target kept, by example."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import sqrt
from typing import Any, cast

import attrs
import pytest

from rrmodel.errors import (
    BinaryFloatError,
    ConfidenceError,
    PercentageOutOfRangeError,
    QuantityError,
    UnknownNameError,
)
from rrmodel.inference import (
    Comparison,
    Interval,
    Undefined,
    Verdict,
    assess_change,
    assess_published,
    assess_share,
    cases_needed,
    cases_needed_for_change,
    compare,
    holm,
    score_statistic,
)
from rrmodel.model import Better, Counts

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("counts", "better", "is_met", "verdict", "comparison"),
    [
        (Counts(941, 1000), "higher", True, "significantly_met", "better"),
        (Counts(910, 1000), "higher", True, "not_distinguishable_from_target", "similar"),
        (Counts(900, 1000), "higher", True, "not_distinguishable_from_target", "similar"),
        (Counts(890, 1000), "higher", False, "not_distinguishable_from_target", "similar"),
        (Counts(863, 1000), "higher", False, "significantly_missed", "worse"),
        (Counts(863, 1000), "lower", True, "significantly_met", "better"),
        (Counts(900, 1000), "lower", True, "not_distinguishable_from_target", "similar"),
        (Counts(941, 1000), "lower", False, "significantly_missed", "worse"),
    ],
)
def test_a_share_against_90_per_cent(
    counts: Counts, better: Better, is_met: bool, verdict: str, comparison: str
) -> None:
    """Met is exact and inclusive; whether it is evidence is another answer."""
    assessment = assess_share(counts, Fraction(90, 100), better=better)
    assert (assessment.is_met, assessment.verdict, assessment.comparison) == (
        is_met,
        verdict,
        comparison,
    )


def test_nine_of_ten_meet_nine_tenths() -> None:
    """Being at the goal is meeting it, with no rounding on the way, and z is 0."""
    assessment = assess_share(Counts(9, 10), Fraction(9, 10), better="higher")
    assert (assessment.is_met, assessment.z, assessment.p_value) == (True, 0, 0.5)


@pytest.mark.parametrize(
    ("counts", "goal", "better", "expected"),
    [
        (Counts(10, 10), 1, "higher", (True, "not_distinguishable_from_target", 1)),
        (Counts(9, 10), 1, "higher", (False, "significantly_missed", 1)),
        (Counts(9, 10), 1, "lower", (True, "significantly_met", 0)),
        (Counts(0, 10), 0, "lower", (True, "not_distinguishable_from_target", 1)),
        (Counts(1, 10), 0, "lower", (False, "significantly_missed", 1)),
        (Counts(1, 10), 0, "higher", (True, "significantly_met", 0)),
    ],
)
def test_a_goal_of_none_or_all_leaves_nothing_to_chance(
    counts: Counts, goal: int, better: Better, expected: tuple[bool, str, int]
) -> None:
    """One case is enough to rule out none or all; there is no z, and the p value is exact."""
    assessment = assess_share(counts, Fraction(goal), better=better)
    assert (assessment.is_met, assessment.verdict, assessment.p_value) == expected
    assert assessment.z is None


def test_a_promise_to_fall_is_judged_as_one_to_rise() -> None:
    """Three points fewer who reoffend is three points more who do not."""
    fall = assess_change(Counts(230, 1000), Counts(290, 1000), Fraction(-3, 100), better="lower")
    rise = assess_change(Counts(770, 1000), Counts(710, 1000), Fraction(3, 100), better="higher")
    assert (fall.is_met, fall.verdict) == (True, Verdict.NOT_DISTINGUISHABLE)
    assert (fall.is_met, fall.verdict) == (rise.is_met, rise.verdict)
    assert (fall.z, fall.p_value) == pytest.approx((rise.z, rise.p_value))


@pytest.mark.parametrize(
    ("current", "baseline", "change", "z"),
    [
        (Counts(0, 10), Counts(0, 10), 0, None),
        (Counts(10, 10), Counts(20, 20), 0, None),
        (Counts(10, 10), Counts(0, 10), 1, None),
        (Counts(9, 10), Counts(0, 10), 1, None),
        # The most likely shares are 8% and 0%, 100% and 92%, and 54% and 46%.
        (Counts(0, 10), Counts(0, 10), "0.08", -0.08 / sqrt(0.08 * 0.92 / 10)),
        (Counts(10, 10), Counts(10, 10), "0.08", -0.08 / sqrt(0.08 * 0.92 / 10)),
        (Counts(10, 10), Counts(0, 10), "0.08", 0.92 / sqrt(2 * 0.54 * 0.46 / 10)),
    ],
)
def test_samples_of_none_and_all_have_a_score(
    current: Counts, baseline: Counts, change: str | int, z: float | None
) -> None:
    """Nothing is divided by zero; it is missing only where the change leaves nothing to chance."""
    score = score_statistic(current, baseline, Fraction(change))
    assert score == (z if z is None else pytest.approx(z, rel=1e-12))


@pytest.mark.parametrize(
    ("current", "baseline", "change", "direction", "verdict"),
    [
        (Counts(0, 10), Counts(0, 10), 0, "met", Verdict.NOT_DISTINGUISHABLE),
        (Counts(10, 10), Counts(0, 10), 1, "met", Verdict.NOT_DISTINGUISHABLE),
        (Counts(9, 10), Counts(0, 10), 1, "missed", Verdict.SIGNIFICANTLY_MISSED),
        (Counts(10, 10), Counts(0, 10), "0.08", "met", Verdict.SIGNIFICANTLY_MET),
        (Counts(0, 10), Counts(10, 10), "0.08", "missed", Verdict.SIGNIFICANTLY_MISSED),
    ],
)
def test_samples_of_none_and_all_are_assessed(
    current: Counts, baseline: Counts, change: str | int, direction: str, verdict: Verdict
) -> None:
    """Nothing is divided by zero, and the p value is on the side of the direction."""
    assessment = assess_change(current, baseline, Fraction(change), better="higher")
    assert (assessment.direction, assessment.verdict) == (direction, verdict)
    assert (assessment.p_value <= 0.5) is assessment.is_met


@pytest.mark.parametrize(
    ("better", "direction", "p_value"), [("higher", "met", 0), ("lower", "missed", 1)]
)
def test_a_change_that_is_impossible_by_chance_has_no_z(
    better: Better, direction: str, p_value: int
) -> None:
    """From all to none cannot be explained if truly everybody was to change the other way."""
    assessment = assess_change(Counts(1, 10), Counts(10, 10), Fraction(-1), better=better)
    assert (assessment.direction, assessment.z, assessment.p_value) == (direction, None, p_value)


def test_a_far_tail_is_still_a_probability() -> None:
    """Ninety standard errors beyond the goal the p value is 0 or as good as 0, and no error."""
    assessment = assess_share(Counts(90_000, 100_000), Fraction(75, 100), better="higher")
    assert assessment.z is not None
    assert assessment.z > 90
    assert 0 <= assessment.p_value < 1e-300


@pytest.mark.parametrize(
    ("figure", "goal", "better", "verdict"),
    [
        (("81.5", "82.5"), ("81.5", "81.5"), "higher", "met_beyond_rounding"),
        (("81.5", "82.5"), ("81.6", "81.6"), "higher", "not_distinguishable_from_target"),
        (("81.5", "82.5"), ("82.5", "82.5"), "higher", "not_distinguishable_from_target"),
        (("81.5", "82.5"), ("82.6", "82.6"), "higher", "missed_beyond_rounding"),
        (("81.5", "82.5"), ("82.5", "82.5"), "lower", "met_beyond_rounding"),
        (("81.5", "82.5"), ("81.5", "81.5"), "lower", "not_distinguishable_from_target"),
        (("81.5", "82.5"), ("81.4", "81.4"), "lower", "missed_beyond_rounding"),
        (("86.25", "86.35"), ("89.5", "90.5"), "higher", "missed_beyond_rounding"),
        (("90.3", "90.4"), ("89.5", "90.5"), "higher", "not_distinguishable_from_target"),
        (("90.5", "91.5"), ("89.5", "90.5"), "higher", "met_beyond_rounding"),
    ],
)
def test_a_printed_figure_is_judged_for_all_that_it_may_stand_for(
    figure: tuple[str, str], goal: tuple[str, str], better: Better, verdict: str
) -> None:
    """Met needs every pair of figure and goal to meet it, missed every pair to miss it."""
    low, high, goal_low, goal_high = (Fraction(end) / 100 for end in (*figure, *goal))
    assert assess_published((low, high), (goal_low, goal_high), better=better) == verdict


@pytest.mark.parametrize(
    ("better", "answers"),
    [("higher", ["worse", "similar", "similar", "better"]),
     ("lower", ["better", "similar", "similar", "worse"])],
)  # fmt: skip
def test_an_area_is_compared_with_a_reference(better: Better, answers: list[str]) -> None:
    """An interval that ends at the reference does not rule it out."""
    intervals = [(0.1, 0.24), (0.1, 0.25), (0.25, 0.3), (0.26, 0.3)]
    comparisons = [compare(Interval(*ends), Fraction(1, 4), better=better) for ends in intervals]
    assert comparisons == [Comparison(answer) for answer in answers]


def test_cases_are_more_the_nearer_the_goal() -> None:
    """86.3% needs 253 cases to differ clearly from 90%, and 89% more than ten times as many."""
    assert cases_needed(Fraction("0.863"), Fraction("0.9")) == 253
    assert cases_needed(Fraction("0.89"), Fraction("0.9")) == 3458
    assert cases_needed(Fraction("0.863"), Fraction("0.9"), confidence=0.998) == 628


def test_a_goal_of_none_or_all_is_settled_by_one_case() -> None:
    """A single case that went the other way rules it out."""
    assert cases_needed(Fraction("0.82"), Fraction(1)) == 1
    assert cases_needed(Fraction("0.82"), Fraction(0)) == 1


def test_cases_for_a_change_are_those_of_each_sample() -> None:
    """From 18% to 23%, 502 of each show a rise; a rise of five points no number can show."""
    shares = Fraction("0.23"), Fraction("0.18")
    assert cases_needed_for_change(*shares, Fraction(0)) == 502
    assert cases_needed_for_change(*shares, Fraction("0.1")) == 497
    assert cases_needed_for_change(*shares, Fraction(1)) == 1
    for change in (Fraction("0.05"), Fraction("0.0500000000001")):
        needed = cases_needed_for_change(*shares, change)
        assert isinstance(needed, Undefined)
        assert needed.reason == (
            "the change equals the intended change, or nearly, so no number of cases would settle "
            "it"
        )


def test_a_share_at_the_goal_is_settled_by_no_number() -> None:
    """There is no such number, rather than a very large one."""
    assert cases_needed(HALF, HALF) == Undefined(
        "the share equals the goal, so no number of cases would settle it"
    )


def test_several_promises_raise_the_bar() -> None:
    """The smallest of five is taken five times, the next four times, and none falls below it."""
    p_values = holm([0.04, 0.01, 0.011, 0.5, 0.9])
    assert p_values == pytest.approx((0.12, 0.05, 0.05, 1, 1))
    assert holm([]) == ()


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_a_p_value_is_a_probability(wrong: float) -> None:
    """The invalid one is named by its place."""
    with pytest.raises(QuantityError, match=f"p value 2 of 3 is {wrong}: give a probability"):
        holm([0.5, wrong, 0.5])


ASKED: list[tuple[str, Callable[[Any], object]]] = [
    ("goal", lambda number: assess_share(Counts(1, 2), number, better="higher")),
    ("change", lambda number: assess_change(Counts(1, 2), Counts(1, 2), number, better="lower")),
    ("share", lambda number: cases_needed(number, HALF)),
    ("goal", lambda number: cases_needed(HALF, number)),
    ("share", lambda number: cases_needed_for_change(number, HALF, HALF)),
    ("baseline", lambda number: cases_needed_for_change(HALF, number, HALF)),
    ("change", lambda number: cases_needed_for_change(HALF, HALF, number)),
]


@pytest.mark.parametrize(("what", "ask"), ASKED)
def test_what_is_no_share_is_refused(what: str, ask: Callable[[Any], object]) -> None:
    """A goal in per cent is told how to be written as a share."""
    with pytest.raises(PercentageOutOfRangeError) as error:
        ask(Fraction(90))
    lowest = "-1" if what == "change" else "0"
    assert str(error.value) == (
        f"the {what} 90 is not between {lowest} and 1: write 8 per cent, or 8 percentage points, "
        "as Fraction(8, 100)"
    )


@pytest.mark.parametrize(
    ("what", "ask"),
    [
        *ASKED,
        ("reference", lambda number: compare(Interval(0, 1), number, better="higher")),
        ("lowest end of the figure", lambda number: assess_published(
            (number, HALF), HALF, better="higher")),
        ("highest end of the figure", lambda number: assess_published(
            (HALF, number), HALF, better="higher")),
        ("lowest end of the goal", lambda number: assess_published(
            HALF, (number, HALF), better="higher")),
        ("highest end of the goal", lambda number: assess_published(
            HALF, (HALF, number), better="higher")),
        ("figure", lambda number: assess_published(number, HALF, better="higher")),
    ],
)  # fmt: skip
def test_a_binary_float_is_refused(what: str, ask: Callable[[Any], object]) -> None:
    """0.9 is a little more than nine tenths: nine of ten would not meet it."""
    with pytest.raises(BinaryFloatError) as error:
        ask(0.9)
    assert str(error.value) == (
        f"the {what} is the binary float 0.9, which may be slightly more or less than "
        "intended: write Fraction('0.9')"
    )


def test_ends_stand_in_order() -> None:
    """An interval from more to less is refused, for the figure and for the goal."""
    low, high = Fraction(81, 100), Fraction(82, 100)
    with pytest.raises(QuantityError, match="the figure is from 41/50 to 81/100: give the lower"):
        assess_published((high, low), low, better="higher")
    with pytest.raises(QuantityError, match="the goal is from 41/50 to 81/100: give the lower"):
        assess_published(low, (high, low), better="higher")


def test_a_direction_is_never_guessed() -> None:
    """A word that is neither does not count as "lower", even where it would make no difference."""
    wrong = cast("Better", "Higher")
    for ask in (
        lambda: assess_share(Counts(1, 2), HALF, better=wrong),
        lambda: assess_change(Counts(1, 2), Counts(1, 2), HALF, better=wrong),
        lambda: assess_published(HALF, HALF, better=wrong),
        lambda: compare(Interval(0, 1), HALF, better=wrong),
    ):
        with pytest.raises(UnknownNameError, match="'Higher' does not say which way is better: "):
            ask()


def test_the_confidence_is_checked_before_all_else() -> None:
    """A confidence of 95 is refused even where no number of cases would do."""
    for ask in (
        lambda: assess_share(Counts(1, 2), HALF, better="higher", confidence=95),
        lambda: assess_change(Counts(1, 2), Counts(1, 2), HALF, better="higher", confidence=95),
        lambda: cases_needed(HALF, HALF, confidence=95),
        lambda: cases_needed_for_change(HALF, HALF, Fraction(0), confidence=95),
    ):
        with pytest.raises(ConfidenceError):
            ask()


@pytest.mark.parametrize(
    ("count", "reference", "verdict"),
    [
        (840, "0.895", "significantly_missed"),
        (890, "0.895", "not_distinguishable_from_target"),
        (900, "0.900", "not_distinguishable_from_target"),
        (915, "0.905", "not_distinguishable_from_target"),
        (950, "0.905", "significantly_met"),
    ],
)
def test_a_rounded_goal_is_tested_at_the_value_nearest_to_the_figure(
    count: int, reference: str, verdict: str
) -> None:
    """Interval, z, p value and verdict all belong to one value of a goal from 89.5% to 90.5%."""
    goal = Fraction("0.895"), Fraction("0.905")
    assessment = assess_share(Counts(count, 1000), goal, better="higher")
    assert assessment.reference == Fraction(reference)
    assert assessment.verdict == verdict
    assert assessment.goal == goal
    exact = assess_share(Counts(count, 1000), Fraction(reference), better="higher")
    assert attrs.evolve(assessment, goal=exact.goal) == exact


@pytest.mark.parametrize(
    ("goal", "better", "direction", "verdict"),
    [
        ((90, 90), "higher", "missed", "significantly_missed"),
        ((90, 90), "lower", "met", "significantly_met"),
        (("89.5", "90.5"), "higher", None, "not_distinguishable_from_target"),
        (("89.5", "90.5"), "lower", None, "not_distinguishable_from_target"),
        (("88.5", "89.6"), "higher", "met", "not_distinguishable_from_target"),
        (("88.5", "89.6"), "lower", None, "not_distinguishable_from_target"),
        (("89.6", "90.5"), "higher", None, "not_distinguishable_from_target"),
        (("89.6", "90.5"), "lower", "met", "not_distinguishable_from_target"),
        (("88.5", "89.3"), "higher", "met", "significantly_met"),
        (("89.9", "90.5"), "higher", "missed", "significantly_missed"),
    ],
)
def test_direction_and_strength_of_a_share_that_is_printed_as_its_goal(
    goal: tuple[str, str], better: Better, direction: str | None, verdict: str
) -> None:
    """89,600 of 100,000 is printed as 90% and misses 90%, but not a goal that is printed as 90%."""
    low, high = (Fraction(end) / 100 for end in goal)
    assessment = assess_share(Counts(89_600, 100_000), (low, high), better=better)
    assert (assessment.direction, assessment.verdict) == (direction, verdict)
    assert assessment.verdict.direction in {direction, None}
    published = Fraction("0.895"), Fraction("0.905")
    assert assess_published(published, Fraction("0.9"), better=better).direction is None


def test_a_rounded_change_is_tested_at_the_value_nearest_to_the_change_made() -> None:
    """A rise of 14 points is tested against the upper end of 7 to 9 points."""
    change = Fraction(7, 100), Fraction(9, 100)
    assessment = assess_change(Counts(96, 100), Counts(82, 100), change, better="higher")
    exact = assess_change(Counts(96, 100), Counts(82, 100), Fraction(9, 100), better="higher")
    assert assessment.reference == Fraction(9, 100)
    assert attrs.evolve(assessment, goal=exact.goal) == exact


def test_a_verdict_has_a_direction_and_a_strength() -> None:
    """Only significance is a matter of chance, and what is open has no direction."""
    assert {verdict: (verdict.direction, verdict.is_significant) for verdict in Verdict} == {
        Verdict.SIGNIFICANTLY_MET: ("met", True),
        Verdict.MET_BEYOND_ROUNDING: ("met", False),
        Verdict.NOT_DISTINGUISHABLE: (None, False),
        Verdict.MISSED_BEYOND_ROUNDING: ("missed", False),
        Verdict.SIGNIFICANTLY_MISSED: ("missed", True),
    }
