"""The laws of assessing a target, one to a test."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import TypeAlias

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from rrmodel.evaluation import (
    POLICIES,
    Evaluation,
    ExcludedObservation,
    Exclusion,
    Policy,
    Status,
    assess_evidence,
    evaluate,
    evaluate_plan,
)
from rrmodel.inference import Verdict
from rrmodel.model import (
    Baseline,
    Better,
    ChangeTarget,
    Completion,
    Counts,
    DirectionTarget,
    InterimGoal,
    LevelRange,
    MaintainTarget,
    Measure,
    MilestoneTarget,
    Observation,
    ObservationSet,
    Plan,
    ReachTarget,
    Target,
)
from rrmodel.periods import Duration
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints
from rrmodel.testing import (
    amounts,
    financial_years,
    months,
    observation_sets,
    observations,
    percentages,
    plans,
    targets,
)

FEWER = settings(max_examples=settings.default.max_examples // 6)

Measured: TypeAlias = ChangeTarget | ReachTarget | MaintainTarget | DirectionTarget
Case: TypeAlias = tuple[Measured, tuple[Observation, ...], date]

DAYS = st.dates(date(2017, 1, 1), date(2033, 12, 31))
BETTER: tuple[Better, ...] = ("higher", "lower")
LAGS = st.integers(0, 900).map(timedelta)
RANKS = (
    {Status.OFF_TRACK: 0, Status.AT_RISK: 1, Status.NOT_GRADED: 1, Status.ON_TRACK: 2},
    {Status.MISSED: 0, Status.MET_LATE: 1, Status.MET: 2},
)
MEASURED = (ChangeTarget, ReachTarget, MaintainTarget, DirectionTarget)


def measures(unit: str) -> list[Measure]:
    """Return measures of one unit in one series, so that most figures count."""
    return [
        Measure(
            id="measure",
            name="A measure",
            counts="releases",
            unit=unit,
            better=better,
            follow_up=follow_up,
        )
        for better in BETTER
        for follow_up in (None, Duration("6 months"))
    ]


def cases(*units: str) -> st.SearchStrategy[Case]:
    """Draw a target with a measure, its figures, no two of the same days, and a day."""
    return st.one_of(
        [
            st.tuples(targets(measure, kind=kind, area="York"), FIGURES[measure], DAYS)
            for unit in units
            for measure in measures(unit)
            for kind in MEASURED
        ]
    )


def figures(measure: Measure) -> st.SearchStrategy[tuple[Observation, ...]]:
    """Draw figures of a measure for its area, no two of the same days."""
    strategy = st.builds(
        Observation,
        measure=st.just(measure.id),
        area=st.just("York"),
        period=financial_years() | months(earliest=date(2017, 1, 1)),
        level=percentages() if measure.unit == "%" else amounts(measure.unit, lowest=0),
        published=st.none() | st.dates(date(2017, 1, 1), date(2033, 12, 31)),
    )
    return st.lists(strategy, min_size=1, max_size=4).map(tuple)


def counted(observation: Observation, counts: Counts) -> Observation:
    """Return a figure that was published with its counts."""
    level = Percentage.from_counts(counts.numerator, counts.denominator)
    return attrs.evolve(observation, counts=counts, level=level)


COUNTS = st.integers(1, 2000).flatmap(
    lambda cases: st.integers(0, cases).map(lambda count: Counts(count, cases))
)
FIGURES = {measure: figures(measure) for unit in ("%", "place") for measure in measures(unit)}
ANY_CASES = cases("%", "place")
SHARE_CASES = cases("%")
AMOUNT_CASES = cases("place")
COUNTED_CASES = SHARE_CASES.flatmap(
    lambda case: st.tuples(
        st.just(case[0]),
        st.tuples(*(COUNTS.map(partial(counted, observation)) for observation in case[1])),
        st.just(case[2]),
    )
)
CHANGES = st.one_of(
    [
        targets(measure, kind=ChangeTarget, area="York")
        for unit in ("%", "place")
        for measure in measures(unit)
    ]
)
STRANGE = observations(measure=attrs.evolve(measures("%")[0], id="another"))
ELSEWHERE = observations(measure=measures("%")[0], area="Leeds")
FACTORS = st.fractions(Fraction(1, 100), 100, max_denominator=100)


@st.composite
def plan_cases(draw: st.DrawFn) -> tuple[Plan, ObservationSet, date]:
    """Draw a plan, figures for it, and a day."""
    plan = draw(plans())
    return plan, draw(observation_sets(plan)), draw(DAYS)


def assessed(case: Case) -> Evaluation:
    """Assess the target."""
    target, observations, day = case
    return evaluate(target, observations, as_of=day)


def answer(result: Evaluation) -> tuple[object, ...]:
    """Return the status and all numbers."""
    return (
        result.status,
        result.latest,
        result.goal,
        result.gap,
        result.progress,
        result.expected,
        result.required_pace,
    )


def moved(target: Measured, change: Callable[[Level], Level], measure: Measure) -> Measured:
    """Return the target with every level in it changed, and a measure that fits."""
    match target:
        case MaintainTarget(goal=goal):
            return attrs.evolve(target, measure=measure, goal=change(goal))
        case DirectionTarget(baseline=baseline):
            return attrs.evolve(target, measure=measure, baseline=moved_baseline(baseline, change))
        case ReachTarget(baseline=baseline, goal=goal, interim=interim):
            return attrs.evolve(
                target,
                measure=measure,
                baseline=moved_baseline(baseline, change),
                goal=change(goal),
                interim=moved_interim(interim, change),
            )
        case ChangeTarget(baseline=baseline, goal=goal, interim=interim):
            start, end = change(baseline.level), change(goal)
            by = end.value - start.value
            return attrs.evolve(
                target,
                measure=measure,
                baseline=attrs.evolve(baseline, level=start),
                interim=moved_interim(interim, change),
                change=Amount(by, end.unit) if isinstance(end, Amount) else PercentagePoints(by),
            )


def moved_baseline(baseline: Baseline | None, change: Callable[[Level], Level]) -> Baseline | None:
    """Return the baseline with its level changed."""
    return baseline and attrs.evolve(baseline, level=change(baseline.level))


def moved_interim(
    interim: tuple[InterimGoal, ...], change: Callable[[Level], Level]
) -> tuple[InterimGoal, ...]:
    """Return the goals on the way with their levels changed."""
    return tuple(attrs.evolve(point, level=change(point.level)) for point in interim)


def moved_figures(
    figures: tuple[Observation, ...], change: Callable[[Level], Level]
) -> tuple[Observation, ...]:
    """Return the figures with their levels changed."""
    return tuple(
        attrs.evolve(
            observation,
            counts=observation.counts
            and Counts(
                observation.counts.denominator - observation.counts.numerator,
                observation.counts.denominator,
            ),
            level=None if observation.level is None else change(observation.level),
        )
        for observation in figures
    )


def complement(level: Level) -> Level:
    """Return what a share leaves of the whole."""
    assert isinstance(level, Percentage)
    return level.complement


def turned(case: Case) -> Case:
    """Return the same facts, counted as those without the outcome."""
    target, observations, day = case
    better = "lower" if target.measure.better == "higher" else "higher"
    measure = attrs.evolve(target.measure, better=better)
    return moved(target, complement, measure), moved_figures(observations, complement), day


def scaled(case: Case, factor: Fraction) -> Case:
    """Return the same facts in a unit that is so many times smaller."""
    target, observations, day = case

    def scale(level: Level) -> Level:
        assert isinstance(level, Amount)
        return level * factor

    larger = moved(target, scale, target.measure)
    if isinstance(larger, MaintainTarget) and isinstance(larger.tolerance, Amount):
        larger = attrs.evolve(larger, tolerance=larger.tolerance * factor)
    return larger, moved_figures(observations, scale), day


# Every target has an answer


@FEWER
@given(plan_cases())
def test_every_promise_has_an_answer(case: tuple[Plan, ObservationSet, date]) -> None:
    """Whatever the plan, the figures and the day, each target has one evaluation."""
    plan, figures, day = case
    result = evaluate_plan(plan, (*figures.observations, *figures.completions), as_of=day)
    assert [evaluation.target for evaluation in result.evaluations] == list(plan.targets)


@FEWER
@given(plan_cases())
def test_every_number_is_exact_or_none(case: tuple[Plan, ObservationSet, date]) -> None:
    """A number of an answer is a quantity or a fraction, or it is not there."""
    plan, figures, day = case
    for result in evaluate_plan(plan, figures.observations, as_of=day).evaluations:
        exact = (Percentage, PercentagePoints, Amount, LevelRange, Fraction, type(None))
        numbers = (result.goal, result.gap, result.progress, result.expected, result.required_pace)
        assert all(isinstance(number, exact) for number in numbers)


@FEWER
@given(plan_cases())
def test_every_answer_has_reasons_in_sentences(case: tuple[Plan, ObservationSet, date]) -> None:
    """There is a reason for every status, and each reason is a sentence."""
    plan, figures, day = case
    evidence = (*figures.observations, *figures.completions)
    for result in evaluate_plan(plan, evidence, as_of=day).evaluations:
        assert result.reasons
        assert all(reason[0].strip() and reason.endswith(".") for reason in result.reasons)


# What an answer rests on


@given(ANY_CASES, st.data())
def test_the_order_of_the_figures_does_not_matter(case: Case, data: st.DataObject) -> None:
    """The same figures in another order give the same answer."""
    target, observations, day = case
    others = data.draw(st.permutations(observations))
    assert answer(evaluate(target, others, as_of=day)) == answer(assessed(case))


@given(ANY_CASES, st.lists(STRANGE | ELSEWHERE, min_size=1, max_size=3))
def test_other_measures_and_areas_change_nothing(case: Case, others: list[Observation]) -> None:
    """Figures of another measure or another area change neither status nor numbers."""
    target, observations, day = case
    assert answer(evaluate(target, (*others, *observations), as_of=day)) == answer(assessed(case))


@given(ANY_CASES, ELSEWHERE, STRANGE)
def test_only_figures_of_the_measure_are_left_out(
    case: Case, elsewhere: Observation, strange: Observation
) -> None:
    """A figure of another area is excluded as such; one of another measure is not mentioned."""
    target, observations, day = case
    result = evaluate(target, (elsewhere, strange, *observations), as_of=day)
    assert result.excluded == (
        *assessed(case).excluded,
        ExcludedObservation(elsewhere, Exclusion.OTHER_AREA),
    )


@given(ANY_CASES, st.data(), LAGS.filter(bool))
def test_what_is_published_later_changes_nothing(
    case: Case, data: st.DataObject, lag: timedelta
) -> None:
    """A figure published after the day changes neither status nor numbers."""
    target, observations, day = case
    later = [
        attrs.evolve(observation, published=day + lag)
        for observation in data.draw(FIGURES[target.measure])
    ]
    assert answer(evaluate(target, (*later, *observations), as_of=day)) == answer(assessed(case))


@given(ANY_CASES)
def test_an_answer_rests_on_what_was_published_by_its_day(case: Case) -> None:
    """All figures, and those published by the day, give the same answer."""
    target, observations, day = case
    known = [
        observation
        for observation in observations
        if observation.published is None or observation.published <= day
    ]
    assert answer(evaluate(target, known, as_of=day)) == answer(assessed(case))


# What an answer says


@given(ANY_CASES, st.fractions(0, 1, max_denominator=20))
def test_a_better_level_never_has_a_worse_status(case: Case, share: Fraction) -> None:
    """A level moved its better way keeps the status or betters it."""
    target, observations, day = case
    before = assessed(case)
    latest = before.latest
    if latest is None or latest.level is None or before.status is Status.NO_DATA:
        return
    is_higher = target.measure.better == "higher"

    def status_at(share: Fraction, level: Level) -> Status:
        # Arithmetic drops the printed decimals, so that neither level counts as rounded.
        if isinstance(level, Percentage):
            room = (Percentage(100) if is_higher else Percentage(0)) - level
            better: Level = level + room * share
        else:
            better = level * (1 + share if is_higher else 1 - share)
        moved_on = attrs.evolve(latest, level=better)
        figures = [
            moved_on if observation is latest else observation for observation in observations
        ]
        return evaluate(target, figures, as_of=day).status

    exact, after = status_at(Fraction(0), latest.level), status_at(share, latest.level)
    ranks = next(ranks for ranks in RANKS if exact in ranks)
    assert ranks[after] >= ranks[exact]


@given(SHARE_CASES)
def test_the_status_does_not_depend_on_whom_one_counts(case: Case) -> None:
    """82 to 90 of 100 housed is assessed as 18 to 10 of 100 not housed."""
    assert assessed(turned(case)).status is assessed(case).status


@given(SHARE_CASES)
def test_the_numbers_do_not_depend_on_whom_one_counts(case: Case) -> None:
    """Gap, progress and pace are the same for those counted and those not counted."""
    these, those = assessed(case), assessed(turned(case))
    assert (those.gap, those.progress, those.required_pace) == (
        these.gap,
        these.progress,
        these.required_pace,
    )


@given(SHARE_CASES)
def test_the_level_expected_of_the_others_is_the_rest(case: Case) -> None:
    """The level expected of those not counted is what that of those counted leaves."""
    these, those = assessed(case).expected, assessed(turned(case)).expected
    assert those == (None if these is None else complement(these))


@given(AMOUNT_CASES, FACTORS)
def test_the_status_does_not_depend_on_the_size_of_a_unit(case: Case, factor: Fraction) -> None:
    """Amounts that are all so many times larger have the same status."""
    # Scaling by one drops the printed decimals, so that nothing counts as rounded.
    assert assessed(scaled(case, factor)).status is assessed(scaled(case, Fraction(1))).status


@given(AMOUNT_CASES, FACTORS)
def test_progress_does_not_depend_on_the_size_of_a_unit(case: Case, factor: Fraction) -> None:
    """Amounts that are all so many times larger have the same share of progress."""
    assert assessed(scaled(case, factor)).progress == assessed(case).progress


@given(CHANGES, st.fractions(0, 1, max_denominator=1000))
def test_progress_is_the_share_of_the_way(target: Target, share: Fraction) -> None:
    """From 0 at the baseline to 1 at the goal, progress is the share of the change made."""
    assert isinstance(target, ChangeTarget)
    start, goal = target.baseline.level, target.goal
    level = start.value + (goal.value - start.value) * share
    observation = Observation(
        measure=target.measure,
        area="York",
        period=target.baseline.period,
        level=Amount(level, start.unit) if isinstance(start, Amount) else Percentage(level),
    )
    assert evaluate(target, [observation], as_of=target.deadline.last_day).progress == share


@given(CHANGES, DAYS)
def test_the_level_expected_lies_between_baseline_and_goal(target: Target, day: date) -> None:
    """A straight line leads from the baseline to the goal and never beyond either."""
    assert isinstance(target, ChangeTarget)
    straight = attrs.evolve(target, interim=(), trajectory="straight")
    expected = evaluate(straight, [], as_of=day).expected
    low, high = sorted([target.baseline.level.value, target.goal.value])
    assert expected is None or low <= expected.value <= high


@given(CHANGES, DAYS)
def test_a_level_is_expected_from_the_baseline_on(target: Target, day: date) -> None:
    """There is a level expected from the last day of the baseline on, and none before."""
    assert isinstance(target, ChangeTarget)
    expected = evaluate(target, [], as_of=day).expected
    assert (expected is not None) is (day >= target.baseline.period.last_day)


@given(targets(kind=MilestoneTarget), st.integers(0, 800).map(timedelta), LAGS, LAGS)
def test_a_milestone_done_in_time_is_met_once_reported(
    target: Target, early: timedelta, lag: timedelta, after: timedelta
) -> None:
    """A milestone done by its deadline is met on any day from its report on."""
    assert target.deadline is not None
    day = target.deadline.last_day - early
    report = Completion(target=target.id, day=day, published=day + lag)
    assert evaluate(target, [report], as_of=day + lag + after).status is Status.MET


@given(ANY_CASES)
def test_met_and_missed_are_said_after_the_deadline(case: Case) -> None:
    """Nothing is met or missed until the deadline has passed and outcomes by then are known."""
    target, _, day = case
    if assessed(case).status in {Status.MET, Status.MET_LATE, Status.MISSED}:
        assert target.deadline is not None
        assert target.deadline.last_day < day
        assert target.measure.matures_on(target.deadline.last_day) <= day


@given(ANY_CASES)
def test_a_promise_is_under_way_until_it_is_settled(case: Case) -> None:
    """A target is on or off its track only while the deadline or its outcomes are to come."""
    target, _, day = case
    if assessed(case).status in {Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK}:
        last_day = target.deadline.last_day if target.deadline else date.max
        assert last_day >= day or target.measure.matures_on(last_day) > day


# What policies, evidence and words do to an answer


@given(ANY_CASES, st.sampled_from(POLICIES))
def test_a_policy_grades_only_what_is_under_way(case: Case, policy: Policy) -> None:
    """Any policy moves a status among on track, at risk and off track, and touches no other."""
    target, observations, day = case
    before, after = (
        assessed(case).status,
        evaluate(target, observations, as_of=day, policy=policy).status,
    )
    assert after is before or {before, after} <= RANKS[0].keys()


@given(ANY_CASES, st.sampled_from(POLICIES))
def test_a_policy_changes_no_number(case: Case, policy: Policy) -> None:
    """The figures and the numbers are the same under every policy."""
    target, observations, day = case
    after = evaluate(target, observations, as_of=day, policy=policy)
    assert answer(after)[1:] == answer(assessed(case))[1:]


@given(COUNTED_CASES)
def test_the_evidence_does_not_depend_on_whom_one_counts(case: Case) -> None:
    """Counts of those housed and of those not housed are evidence of the same."""
    these, those = assessed(case).evidence, assessed(turned(case)).evidence
    assert (these and these.verdict) == (those and those.verdict)


@given(COUNTED_CASES, st.floats(0.5, 0.99), st.floats(0.5, 0.99))
def test_more_confidence_never_makes_evidence_clear(
    case: Case, confidence: float, other: float
) -> None:
    """A verdict that is unclear at a confidence is unclear at a higher one."""
    lower, higher = sorted((confidence, other))
    result = assessed(case)
    sure, surer = (assess_evidence(result, confidence=each) for each in (lower, higher))
    if sure is not None and sure.verdict is Verdict.NOT_DISTINGUISHABLE:
        assert surer is not None
        assert surer.verdict is Verdict.NOT_DISTINGUISHABLE


@given(COUNTED_CASES)
def test_evidence_never_contradicts_a_status(case: Case) -> None:
    """A met target is not significantly missed, and a missed one is not significantly met."""
    result = assessed(case)
    if result.evidence is not None:
        against = {
            Status.MET: (Verdict.SIGNIFICANTLY_MISSED, Verdict.MISSED_BEYOND_ROUNDING),
            Status.MISSED: (Verdict.SIGNIFICANTLY_MET, Verdict.MET_BEYOND_ROUNDING),
        }
        assert result.evidence.verdict not in against.get(result.status, ())


@given(ANY_CASES | COUNTED_CASES, st.sampled_from(POLICIES))
def test_every_judgement_can_be_said(case: Case, policy: Policy) -> None:
    """Each length says more than the one before, in whole sentences and without a None."""
    target, observations, day = case
    result = evaluate(target, observations, as_of=day, policy=policy)
    badge, sentence, paragraph = (
        result.explain(length) for length in ("badge", "sentence", "paragraph")
    )
    assert sentence.startswith(f"{badge}: ")
    assert f"{badge}." in paragraph
    assert sentence[-1] == paragraph[-1] == "."
    assert not re.search(r"\b(None|nan|inf)\b", paragraph)


@given(ANY_CASES)
def test_the_history_holds_what_decides(case: Case) -> None:
    """The figure that decides is one of the comparable figures known on the day, each once."""
    result = assessed(case)
    if result.latest is not None:
        assert result.latest in result.history
    assert len({observation.period for observation in result.history}) == len(result.history)
