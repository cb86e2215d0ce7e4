"""The law that frames and scalars agree, row for row, on every engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from math import isclose
from random import Random
from typing import Any

import attrs
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frame_engines import ENGINES, each_engine

from rrmodel import (
    Citation,
    DateRange,
    Deadline,
    FinancialYear,
    Measure,
    Month,
    Quarter,
    evaluate,
    frames,
)
from rrmodel.evaluation import (
    STATISTICAL,
    STRAIGHT_LINE,
    TRAFFIC_LIGHT,
    Evaluation,
    Policy,
    terms_of,
)
from rrmodel.frames._by_records import reason_of as frames_reason
from rrmodel.model import (
    Baseline,
    ChangeTarget,
    Counts,
    DirectionTarget,
    InterimGoal,
    LevelRange,
    MaintainTarget,
    Mark,
    MeasuredTarget,
    Observation,
    ObservationIndex,
    RangeTarget,
    ReachTarget,
    SeriesBreak,
    StandingTarget,
)
from rrmodel.periods import Duration, Period
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints, RelativeChange

UNITS = ("%", "%", "%", "percentage points", "place", "per 1,000 people")
NUMBERS = tuple(name for name in frames.RESULT_COLUMNS if name.endswith("_value"))
COUNTS = ("latest_numerator", "latest_denominator")
TEXTS = tuple(
    name for name in frames.RESULT_COLUMNS if name not in {*NUMBERS, *COUNTS, "plan", "pathway"}
)
DAY = timedelta(days=1)
DAYS = (date(2022, 9, 1), date(2023, 6, 1), date(2023, 12, 31), date(2025, 1, 1))
AREAS = ("York", "Leeds")
POLICIES = (STRAIGHT_LINE, TRAFFIC_LIGHT, STATISTICAL)
MONTHS = [Month(f"{year}-{month:02}") for year in range(2020, 2025) for month in range(1, 13)]


def level_of(number: Fraction, unit: str, places: int | None) -> Level:
    """Return so many of a unit with its decimals; a share is kept between 0 and 100."""
    level: Level
    if unit == "%":
        level = Percentage(min(max(number, Fraction(0)), Fraction(100)))
    elif unit == "percentage points":
        level = PercentagePoints(number)
    else:
        level = Amount(max(number, Fraction(0)), unit)
    return level if places is None else level.rounded(places)


def change_of(number: Fraction, unit: str) -> PercentagePoints | Amount:
    """Return a change of so many of a unit."""
    is_share = unit in {"%", "percentage points"}
    return PercentagePoints(number) if is_share else Amount(number, unit)


def plan_level(rng: Random, unit: str) -> Level:
    """Draw a level of a plan: whole or with one decimal."""
    tenths = rng.choice((1, 10))
    return level_of(Fraction(rng.randint(20 * tenths, 80 * tenths), tenths), unit, None)


def a_period(rng: Random, latest: int = 60) -> Period:
    """Draw a period: months, quarters and years, and other days."""
    first = MONTHS[rng.randrange(latest)].first_day
    last_day = Duration.of(months=rng.choice((1, 1, 3, 12))).after(first) - DAY
    return DateRange(first, last_day + rng.choice((0, 0, 0, 0, 1, -1)) * DAY)


def a_flow(rng: Random) -> MeasuredTarget:
    """Draw a target whose figures add up over its span."""
    measure = Measure(
        id="m", name="M", counts="places", unit="place", better=rng.choice(("higher", "lower")),
        kind="flow", series_breaks=(),
    )  # fmt: skip
    common: dict[str, Any] = {
        "id": "t",
        "statement": "Open places.",
        "citation": Citation("d"),
        "measure": measure,
        "area": "York",
    }
    deadline = Deadline(rng.choice(("31 December 2021", "March 2023")))
    period = rng.choice((Month("2020-12"), Quarter("2021 Q1"), FinancialYear("2020-21")))
    if rng.randrange(2):
        goal = Amount(rng.randint(50, 900), "place")
        return ReachTarget(**common, goal=goal, deadline=deadline, since=period)
    baseline = Baseline(level=Amount(rng.choice((0, 0, 60)), "place"), period=period)
    goal = Amount(rng.randint(61, 300), "place")
    return ReachTarget(**common, goal=goal, deadline=deadline, baseline=baseline)


def by_records(rng: Random, measure: Measure) -> MeasuredTarget:
    """Draw a target that needs all figures: a flow, a yearly direction or a logit trajectory."""
    kind = rng.randrange(3)
    if kind == 0:
        return a_flow(rng)
    common: dict[str, Any] = {
        "id": "t",
        "statement": "Improve it.",
        "citation": Citation("d"),
        "measure": measure,
        "area": "York",
    }
    period = a_period(rng, latest=17)
    level = plan_level(rng, measure.unit)
    own = rng.choice((None, Baseline(level=level, period=period)))
    if kind == 1 or measure.unit != "%":
        deadline = rng.choice((None, Deadline("31 December 2023")))
        every = Duration(rng.choice(("1 month", "1 year")))
        return DirectionTarget(**common, every=every, baseline=own, deadline=deadline)
    return ReachTarget(
        **common,
        goal=plan_level(rng, "%"),
        baseline=own,
        trajectory="logit",
        deadline=Deadline("31 December 2023"),
    )


def a_measure(rng: Random) -> Measure:
    """Draw a measure with a follow-up and breaks in its series."""
    starts = rng.choice(((), (), (date(2022, 4, 1),), (date(2021, 4, 1), date(2023, 1, 1))))
    return Measure(
        id="m",
        name="M",
        counts="some",
        unit=rng.choice(UNITS),
        better=rng.choice(("higher", "lower")),
        code=rng.choice(("A", "A", None)),
        follow_up=rng.choice((None, Duration("6 weeks"), Duration("6 months"))),
        series_breaks=tuple(
            SeriesBreak(starts=start, code=code, reason="Counted anew.")
            for start, code in zip(starts, ("B", rng.choice("CA")), strict=False)
        ),
    )


def a_target(rng: Random, measure: Measure) -> MeasuredTarget:
    """Draw a target of any kind that frames assess."""
    common: dict[str, Any] = {
        "id": "t",
        "statement": "Improve it.",
        "citation": Citation("d"),
        "measure": measure,
        "area": "York",
    }
    start, goal, between = (plan_level(rng, measure.unit) for _ in range(3))
    period = a_period(rng, latest=17)
    baseline = Baseline(level=start, period=period)
    deadline = Deadline(rng.choice(("March 2023", "31 December 2023", "17 May 2024")))
    path: dict[str, Any] = {
        "interim": rng.choice(
            ((), (InterimGoal(level=between, deadline=Deadline("30 September 2022")),))
        ),
        "trajectory": rng.choice(("straight", "straight", "stepped")),
    }
    may_be_due = rng.choice((deadline, None))
    since = rng.choice((None, period))
    gap = goal.value - start.value
    kind = rng.choice((ChangeTarget, ReachTarget, MaintainTarget, RangeTarget, DirectionTarget))
    if kind is ChangeTarget and gap and (gap > 0) == (measure.better == "higher"):
        by_share = RelativeChange(Fraction(10 if gap > 0 else -10))
        change = rng.choice((change_of(gap, measure.unit), by_share))
        return ChangeTarget(**common, **path, baseline=baseline, change=change, deadline=deadline)
    if kind is MaintainTarget:
        tolerance = rng.choice((None, change_of(Fraction(1, 2), measure.unit)))
        kept: dict[str, Any] = {"goal": goal, "tolerance": tolerance, "since": since}
        if may_be_due is None:
            return StandingTarget(**common, **kept)
        return MaintainTarget(**common, **kept, deadline=deadline)
    if kind is RangeTarget and start != between:
        low, high = sorted((start, between), key=lambda level: level.value)
        own = rng.choice((None, attrs.evolve(baseline, level=goal)))
        return RangeTarget(
            **common,
            goal=LevelRange(low=low, high=high),
            deadline=may_be_due,
            baseline=own,
            since=since if own is None else None,
        )
    if kind is DirectionTarget:
        own = rng.choice((None, baseline))
        return DirectionTarget(**common, baseline=own, deadline=may_be_due)
    own = rng.choice((None, baseline))
    return ReachTarget(
        **common,
        **path,
        goal=goal,
        deadline=deadline,
        baseline=own,
        since=since if own is None else None,
    )


def a_figure(rng: Random, target: MeasuredTarget, area: str) -> Observation:
    """Draw a figure, often level with a level that matters to within rounding."""
    terms, period, measure = terms_of(target, area), a_period(rng), target.measure
    unit = rng.choice((*[measure.unit] * 9, "night"))
    expected = terms.expected(period.last_day)
    bounds = [each for each in (expected, terms.goal) if each is not None]
    near = [Fraction(rng.randint(200, 800), 10)]
    near += [each.level.value for each in bounds] * 2
    near += [each.limit.value for each in bounds if each.limit is not None]
    near += [] if terms.baseline is None else [terms.baseline.level.value]
    half = Fraction(1, 2)
    number = rng.choice(near) + rng.choice((0, 0, 0, half, -half, Fraction(1, 20), 1, -1, -2, 5))
    level: Level | None = level_of(number, unit, rng.randint(0, 2))
    if rng.randrange(7) == 0:
        level = level_of(Fraction(round(number)), unit, None)
    counts = None
    if unit == measure.unit == "%" and rng.randrange(2):
        cases = rng.choice((7, 160, 1_000, 100_000))
        count = min(max(round(number * cases / 100) + rng.randint(-1, 1), 0), cases)
        counts = Counts(count, cases)
        level = rng.choice((level, Percentage.from_counts(count, cases)))
    elif rng.randrange(10) == 0:
        level = None
    return Observation(
        measure=measure,
        area=area,
        period=period,
        counts=counts,
        level=level,
        published=rng.choice((None, date(2023, 6, 1), date(2023, 6, 1), date(2024, 2, 29))),
        series=rng.choice((None, None, None, "A", "B", "D")),
        marks=rng.choice(((), (), (), (Mark.FORECAST,), (Mark.PROVISIONAL, Mark.REVISED))),
    )


@attrs.frozen
class Case:
    """A target, an area, and the figures of its measure there."""

    target: MeasuredTarget
    area: str
    figures: tuple[Observation, ...]


def a_case(
    rng: Random, number: int, draw: Callable[[Random, Measure], MeasuredTarget] = a_target
) -> Case:
    """Draw a target with its own measure, with a few figures for its area or a comparator."""
    target = draw(rng, a_measure(rng))
    measure = attrs.evolve(target.measure, id=f"m{number}")
    target = attrs.evolve(target, id=f"t{number}", measure=measure)
    area = rng.choice(("York", *AREAS))
    observations = [a_figure(rng, target, area) for _ in range(rng.randrange(8))]
    if measure.kind == "flow" and rng.randrange(3):
        # Month after month, as totals need them.
        observations += [
            Observation(
                measure=measure,
                area=area,
                period=MONTHS[place],
                level=Amount(rng.randint(0, 40), "place"),
                published=rng.choice((None, date(2023, 6, 1))),
            )
            for place in range(rng.randint(8, 14), rng.randint(20, 40))
        ]
    if observations and rng.randrange(2):
        # Another figure for the same period, published on the same day.
        twin = a_figure(rng, target, area)
        observations.append(
            attrs.evolve(twin, period=observations[0].period, published=observations[0].published)
        )
    return Case(target, area, tuple(observations))


def table(observations: Sequence[Observation]) -> pl.DataFrame:
    """Return figures as a frame; a level that follows from counts is left blank."""
    rows = [
        {
            "measure": each.measure,
            "area": each.area,
            "first_day": each.period.first_day,
            "last_day": each.period.last_day,
            "value": None if each.level is None or is_derived(each) else float(each.level.value),
            "unit": None if each.level is None or is_derived(each) else each.level.unit,
            "places": None if each.level is None or is_derived(each) else each.level.places,
            "numerator": each.counts and each.counts.numerator,
            "denominator": 0
            if each.level is None and each.counts is None
            else each.counts and each.counts.denominator,
            "published": each.published,
            "series": each.series,
            "marks": "; ".join(each.marks) or None,
        }
        for each in observations
    ]
    rows = [row | ({"numerator": 0} if row["denominator"] == 0 else {}) for row in rows]
    schema = dict.fromkeys(("measure", "area", "unit", "series", "marks"), pl.String())
    schema |= dict.fromkeys(("first_day", "last_day", "published"), pl.Date())
    schema |= {"value": pl.Float64()}
    schema |= dict.fromkeys(("places", "numerator", "denominator"), pl.Int64())
    return pl.DataFrame(rows, schema=schema)


def is_derived(observation: Observation) -> bool:
    """Return whether a level is exactly that of the counts."""
    return observation.counts is not None and observation.level == Percentage.from_counts(
        observation.counts.numerator, observation.counts.denominator
    )


def expected_row(result: Evaluation) -> dict[str, Any]:
    """Return the row that a frame should have, from the record of an evaluation."""
    record = result.to_records()[0] | {"reason": frames_reason(result)}
    return {name: record[name] for name in (*TEXTS, *NUMBERS, *COUNTS)}


def disagreements(
    cases: Sequence[Case], as_of: date, policy: Policy, engine: str
) -> list[tuple[object, object, Case]]:
    """Return every value of a frame that differs from the scalar answer, with both."""
    asked = [case.target for case in cases]
    figures = [figure for case in cases for figure in case.figures]
    index = ObservationIndex.of(figures)
    rows = ENGINES[engine](
        table(figures),
        lambda native: frames.evaluate(native, asked, as_of=as_of, areas=AREAS, policy=policy),
    ).to_dicts()
    differences: list[tuple[object, object, Case]] = []
    for (case, area), row in zip(product(cases, AREAS), rows, strict=True):
        result = evaluate(case.target, index, as_of=as_of, area=area, policy=policy)
        for name, exact in expected_row(result).items():
            given_value = as_day(row[name])
            is_number = name in NUMBERS or name in COUNTS
            same = alike(given_value, exact) if is_number else given_value == exact
            if not same:
                differences.append((f"{name} {given_value}", exact, case))
    return differences


def alike(number: float | None, exact: float | None) -> bool:
    """Return whether a number is the exact one but for the last binary digits."""
    if number is None or exact is None:
        return number is exact
    return isclose(number, exact, rel_tol=1e-11, abs_tol=1e-11)


def as_day(value: Any) -> date | None:
    """Return the day of a time, as pandas has it."""
    return value.date() if hasattr(value, "date") else value


CASES = {"dask": 8, "ibis": 30, "duckdb": 60}
"""How many cases an engine assesses, where it takes long to plan a query."""


@each_engine()
@given(seed=st.integers(0, 2**32), as_of=st.sampled_from(DAYS), policy=st.sampled_from(POLICIES))
@settings(max_examples=1, deadline=None)
def test_frames_and_scalars_agree(engine: str, seed: int, as_of: date, policy: Policy) -> None:
    """A frame answers as scalars do, whatever its engine."""
    rng = Random(seed)  # noqa: S311  not for secrets
    cases = [a_case(rng, number) for number in range(CASES.get(engine, 150))]
    assert disagreements(cases, as_of, policy, engine) == []


@given(seed=st.integers(0, 2**32), as_of=st.sampled_from(DAYS), policy=st.sampled_from(POLICIES))
@settings(max_examples=10, deadline=None)
def test_many_targets_agree(seed: int, as_of: date, policy: Policy) -> None:
    """Frames of polars answer as scalars do, for every kind of target and figure."""
    rng = Random(seed)  # noqa: S311  not for secrets
    cases = [a_case(rng, number) for number in range(150)]
    assert disagreements(cases, as_of, policy, "polars") == []


@given(seed=st.integers(0, 2**32), as_of=st.sampled_from(DAYS), policy=st.sampled_from(POLICIES))
@settings(max_examples=4, deadline=None)
def test_targets_that_need_records_agree(seed: int, as_of: date, policy: Policy) -> None:
    """Flows, yearly directions and logit trajectories are assessed as scalars are."""
    rng = Random(seed)  # noqa: S311  not for secrets
    cases = [a_case(rng, number, by_records) for number in range(60)]
    assert disagreements(cases, as_of, policy, "polars") == []


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_the_order_of_figures_never_decides(data: st.DataObject) -> None:
    """A target is assessed alike however its figures are sorted."""
    rng = Random(data.draw(st.integers(0, 2**32)))  # noqa: S311  not for secrets
    case = a_case(rng, 1)
    shuffled = data.draw(st.permutations(case.figures))
    first, second = (
        evaluate(case.target, figures, as_of=DAYS[-1], area=case.area)
        for figures in (case.figures, shuffled)
    )
    assert expected_row(first) == expected_row(second)
