"""The law that no evaluation contradicts itself: status, verdict, numbers and words agree."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrmodel import (
    Baseline,
    ChangeTarget,
    Citation,
    DateRange,
    Deadline,
    FinancialYear,
    Measure,
    Observation,
    Percentage,
    PercentagePoints,
    ReachTarget,
    Status,
    evaluate,
)
from rrmodel.evaluation import POLICIES, Evaluation, Policy, terms_of
from rrmodel.model import (
    Better,
    Counts,
    LevelRange,
    MaintainTarget,
    ObservationIndex,
    ObservationSet,
    QuantifiedTarget,
    RangeTarget,
    StandingTarget,
)

GOOD = {Status.MET, Status.ON_TRACK}
BAD = {Status.MISSED, Status.MET_LATE, Status.OFF_TRACK, Status.AT_RISK}
NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
DISTANCE = re.compile(
    rf"(?P<level>{NUMBER})% in .+? is (?P<gap>{NUMBER}) percentage points? (?P<side>above|below) "
    rf"the (?P<goal>{NUMBER})% goal"
)
BEHIND = re.compile(
    rf"That is (?P<gap>{NUMBER}) percentage points? (?P<side>above|below) the expected "
    rf"(?P<expected>{NUMBER})%"
)
BETTER = st.sampled_from(("higher", "lower"))
LEVELS = st.integers(0, 1000).map(lambda tenths: Percentage(f"{tenths / 10:.1f}")) | st.integers(
    0, 100
).map(lambda whole: Percentage(str(whole)))
YEARS = st.integers(2020, 2025)


def year(first: int) -> FinancialYear:
    """Return the financial year that starts in a year."""
    return FinancialYear(f"{first}-{(first + 1) % 100:02}")


@st.composite
def targets(draw: st.DrawFn) -> QuantifiedTarget:
    """Draw a target of any kind that names a level in per cent."""
    better: Better = draw(BETTER)
    measure = Measure(id="m", name="M", counts="some", out_of="all", better=better)
    common = {
        "id": "t",
        "statement": "Improve it.",
        "citation": Citation("d"),
        "measure": measure,
        "area": "York",
    }
    start, goal = draw(LEVELS), draw(LEVELS)
    first = draw(st.integers(2018, 2021))
    deadline = Deadline(f"March {first + draw(st.integers(3, 8))}")
    baseline = Baseline(level=start, period=year(first))
    kind = draw(
        st.sampled_from((ChangeTarget, ReachTarget, MaintainTarget, StandingTarget, RangeTarget))
    )
    if kind is ChangeTarget and (goal > start) == (better == "higher") and goal != start:
        return ChangeTarget(**common, baseline=baseline, change=goal - start, deadline=deadline)
    if kind is MaintainTarget:
        tolerance = draw(st.none() | st.just(PercentagePoints("0.5")))
        return MaintainTarget(**common, goal=goal, deadline=deadline, tolerance=tolerance)
    if kind is StandingTarget:
        return StandingTarget(**common, goal=goal)
    if kind is RangeTarget and start < goal:
        own = draw(st.none() | LEVELS.map(lambda level: Baseline(level=level, period=year(first))))
        return RangeTarget(
            **common, goal=LevelRange(low=start, high=goal), deadline=deadline, baseline=own
        )
    return ReachTarget(
        **common, goal=goal, deadline=deadline, baseline=draw(st.none() | st.just(baseline))
    )


@st.composite
def figures(draw: st.DrawFn, first: int, near: Percentage) -> Observation:
    """Draw a figure: counted, published, or both within rounding; often near a level."""
    level = draw(
        st.one_of(LEVELS, *[st.integers(-5, 5).map(lambda tenths: moved(near, tenths))] * 4)
    )
    counts = None
    if draw(st.booleans()):
        cases = draw(st.sampled_from((9, 160, 1_000, 100_000)))
        count = round(level.share * cases) + draw(st.integers(-2, 2))
        counts = Counts(min(max(count, 0), cases), cases)
        exact = Percentage.from_counts(counts.numerator, counts.denominator)
        places = draw(st.none() | st.integers(0, 2))
        level = exact if places is None else exact.rounded(places)
    elif draw(st.booleans()):
        level = level.rounded(draw(st.integers(0, 1)))
    return Observation(
        measure="m",
        area="York",
        period=year(first),
        counts=counts,
        level=level,
        published=date(first + 1, 7, 1),
    )


def moved(level: Percentage, tenths: int) -> Percentage:
    """Return a level some tenths of a point away, as far as there is one."""
    return Percentage(min(max(level.value + Fraction(tenths, 10), Fraction(0)), Fraction(100)))


@st.composite
def evaluations(draw: st.DrawFn) -> Evaluation:
    """Draw the evaluation of a target from a few yearly figures, under any policy."""
    target = draw(targets())
    goal = target.goal.high if isinstance(target.goal, LevelRange) else target.goal
    assert isinstance(goal, Percentage)
    levels = [goal]
    paths = terms_of(target)
    expected = [paths.expected(year(first).last_day) for first in (2021, 2022, 2023)]
    levels += [
        bounds.level for bounds in expected if bounds and isinstance(bounds.level, Percentage)
    ]
    years = draw(st.lists(YEARS, min_size=1, max_size=4, unique=True))
    near = draw(st.sampled_from(levels))
    return evaluate(
        target,
        [draw(figures(first, near)) for first in years],
        as_of=date(draw(st.integers(2021, 2027)), 8, 1),
        policy=draw(st.sampled_from(POLICIES)),
    )


EVALUATIONS = evaluations()


def sides(result: Evaluation) -> tuple[str, str]:
    """Return the words for short of the goal and beyond it."""
    target = result.target
    assert isinstance(target, QuantifiedTarget)
    return ("below", "above") if target.measure.better == "higher" else ("above", "below")


@given(EVALUATIONS)
def test_the_status_agrees_with_the_gap(result: Evaluation) -> None:
    """Met is at or beyond the goal, within a tolerance; missed is not."""
    if result.gap is None or result.assessment.terms is None:
        return
    is_met = result.assessment.terms.is_within_tolerance(result.gap)
    if result.status is Status.MET:
        assert is_met
    if result.status in {Status.MISSED, Status.AT_RISK, Status.OFF_TRACK, Status.NOT_GRADED}:
        assert not is_met


@given(EVALUATIONS)
def test_the_grade_agrees_with_the_expected_level(result: Evaluation) -> None:
    """By pace and by margin, on track is at the expected level or beyond, as far as is known."""
    lag = result.assessment.progress.lag
    if lag is None or result.policy not in POLICIES[:2] or result.assessment.grade is None:
        return
    assert (result.status is Status.ON_TRACK) == (not lag.is_behind)


@given(EVALUATIONS)
def test_words_never_claim_more_than_the_evidence(result: Evaluation) -> None:
    """Where the verdict points the other way the text says so before anything else."""
    evidence, badge = result.evidence, result.explain("badge")
    direction = None if evidence is None else evidence.verdict.direction
    opposed = (direction == "met" and result.status in BAD) or (
        direction == "missed" and result.status in GOOD
    )
    assert badge.endswith(", evidence disagrees") == opposed
    if badge.endswith(", clearly"):
        assert evidence is not None
        assert evidence.verdict.is_significant
        assert direction == ("met" if result.status is Status.MET else "missed")
    if opposed:
        for text in (result.explain("sentence"), result.explain("paragraph")):
            assert re.search(rf"{badge}[:.] [Tt]he .+? disagree: ", text)


@given(EVALUATIONS)
def test_distances_are_of_the_numbers_beside_them(result: Evaluation) -> None:
    """A printed level, goal and distance add up, on the side that is named, and none is zero."""
    for match in DISTANCE.finditer(result.explain("paragraph")):
        level, gap, goal = (Fraction(match[name]) for name in ("level", "gap", "goal"))
        difference = level - goal
        assert difference
        assert (match["side"] == "above") == (difference > 0)
        places = max(len(match[name].partition(".")[2]) for name in ("level", "gap", "goal"))
        assert abs(abs(difference) - gap) <= Fraction(1, 10**places)
        assert gap


@given(EVALUATIONS)
def test_a_distance_from_the_expected_level_is_on_the_side_of_its_grade(
    result: Evaluation,
) -> None:
    """A level that is behind is named so, and nothing that prints as zero is a distance."""
    short, beyond = sides(result)
    if isinstance(result.target, RangeTarget):
        return
    for match in BEHIND.finditer(result.explain("paragraph")):
        assert Fraction(match["gap"])
        assert match["side"] == (beyond if result.status is Status.ON_TRACK else short)


@given(EVALUATIONS)
def test_the_evidence_is_about_one_value(result: Evaluation) -> None:
    """Verdict, interval and p value are on the same side of the same reference."""
    evidence = result.evidence
    if evidence is None:
        return
    low, high = (end.value for end in evidence.interval)
    lowest, highest = (end.value for end in evidence.reference)
    sign = 1 if evidence.better == "higher" else -1
    best, worst = max(sign * low, sign * high), min(sign * low, sign * high)
    easy, hard = min(sign * lowest, sign * highest), max(sign * lowest, sign * highest)
    direction = evidence.verdict.direction
    if direction == "met":
        assert worst >= hard
        assert evidence.cases_needed is None
    elif direction == "missed":
        assert best < easy
        assert evidence.cases_needed is None
    else:
        assert best >= easy
        assert worst <= hard
    if evidence.p_value is not None and direction is not None:
        assert (evidence.p_value < 0.5) == (direction == "met")


@given(EVALUATIONS)
def test_a_share_below_all_never_reads_as_all(result: Evaluation) -> None:
    """100% of the change expected has been made only where it has."""
    if result.status in {Status.AT_RISK, Status.OFF_TRACK}:
        assert not any(reason.startswith("100% of the change") for reason in result.reasons)


@given(EVALUATIONS)
def test_every_undefined_number_has_its_reason(result: Evaluation) -> None:
    """A number is given, or the reason why it is not."""
    for name in ("gap", "progress", "expected", "pace", "required_pace"):
        assert (getattr(result, name) is None) == (name in result.undefined)


# Schedules and spellings


@pytest.mark.parametrize("start", range(2020, 2027))
@pytest.mark.parametrize("years", range(2, 6))
@pytest.mark.parametrize("level", ["60", "80.0", "81.55"])
def test_exactly_on_schedule_is_on_track(start: int, years: int, level: str) -> None:
    """Two points a year from April of each year: the figure of every year is on its line."""
    measure = Measure(id="m", name="M", counts="some", out_of="all", better="higher")
    target = ChangeTarget(
        id="t",
        statement="Improve it.",
        citation=Citation("d"),
        measure=measure,
        area="York",
        baseline=Baseline(level=Percentage(level), period=year(start - 1)),
        change=PercentagePoints(2 * years),
        deadline=Deadline(f"March {start + years}"),
    )
    for passed in range(1, years):
        exact = Percentage(level) + PercentagePoints(2 * passed)
        figure = Observation(
            measure=measure, area="York", period=year(start + passed - 1), level=exact
        )
        result = evaluate(target, [figure], as_of=date(start + passed, 5, 1))
        assert (result.status, result.expected) == (Status.ON_TRACK, exact)


@given(EVALUATIONS, st.sampled_from(POLICIES))
def test_a_period_is_its_days(result: Evaluation, policy: Policy) -> None:
    """A financial year written as its days gives the same answer."""
    spelt = [
        attrs.evolve(
            observation, period=DateRange(observation.period.first_day, observation.period.last_day)
        )
        for observation in result.history
    ]
    first, second = (
        evaluate(result.target, given_figures, as_of=result.as_of, policy=policy)
        for given_figures in (result.history, spelt)
    )
    assert first.status is second.status
    assert first.gap == second.gap


@given(EVALUATIONS)
def test_observations_may_come_in_any_form(result: Evaluation) -> None:
    """A tuple, an iterator, a set and an index of the same figures give the same evaluation."""
    target, history = result.target, result.history
    assert isinstance(target, QuantifiedTarget)
    forms = (
        history,
        iter(history),
        ObservationIndex.of(history),
        ObservationSet(id="s", title="S", measures=(target.measure,), observations=history),
    )
    answers = [evaluate(target, form, as_of=result.as_of) for form in forms]
    assert all(answer == answers[0] for answer in answers)


def test_two_contradicting_figures_of_one_year_meet_however_it_is_written() -> None:
    """The worse of 92% for 2022-23 and 88% for its days decides."""
    measure = Measure(id="m", name="M", counts="some", out_of="all", better="higher")
    target = ReachTarget(
        id="t",
        statement="Reach 90%.",
        citation=Citation("d"),
        measure=measure,
        area="York",
        goal=Percentage(90),
        deadline=Deadline("March 2023"),
    )
    named, spelt = year(2022), DateRange("2022-04-01 to 2023-03-31")
    assert type(named) is not type(spelt)
    common = {"measure": measure, "area": "York", "published": date(2023, 7, 1)}
    better = Observation(**common, period=named, level=Percentage("92"))
    worse = Observation(**common, period=spelt, level=Percentage("88"))
    for given_figures in ((better, worse), (worse, better)):
        result = evaluate(target, given_figures, as_of=date(2023, 9, 1))
        assert (result.status, result.latest) == (Status.MISSED, worse)
