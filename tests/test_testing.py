"""The strategies for property tests of users."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from rrmodel import _hypothesis_plugin
from rrmodel.errors import PeriodError, QuantityError
from rrmodel.model import (
    ChangeTarget,
    DirectionTarget,
    MaintainTarget,
    Measure,
    MilestoneTarget,
    NarrativeTarget,
    Observation,
    ObservationSet,
    Plan,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    Target,
)
from rrmodel.periods import (
    CalendarYear,
    DateRange,
    Deadline,
    Duration,
    FinancialYear,
    Month,
    Period,
    Quarter,
)
from rrmodel.quantities import Amount, Percentage, PercentagePoints, RelativeChange
from rrmodel.testing import (
    amounts,
    calendar_years,
    date_ranges,
    deadlines,
    financial_years,
    measures,
    months,
    observation_sets,
    observations,
    percentage_points,
    percentages,
    periods,
    plans,
    quarters,
    relative_changes,
    targets,
)

KINDS = (
    ChangeTarget,
    DirectionTarget,
    MaintainTarget,
    MilestoneTarget,
    NarrativeTarget,
    RangeTarget,
    ReachTarget,
    StandingTarget,
)
QUANTITIES = (Amount, Percentage, PercentagePoints, RelativeChange)
PERIODS = (CalendarYear, DateRange, FinancialYear, Month, Quarter)
RECORDS = (Deadline, Duration, Measure, Observation, ObservationSet, Plan)


@given(percentages(lowest=Percentage("33.3"), highest=Percentage(50)))
def test_levels_keep_to_their_bounds(level: Percentage) -> None:
    """No level is drawn outside the bounds asked for."""
    assert Percentage("33.3") <= level <= Percentage(50)


def test_bounds_may_have_more_decimals_than_are_printed() -> None:
    """Where no printed number lies between the bounds, exact ones do."""
    lowest, highest = Percentage("33.3331"), Percentage("33.3332")
    assert lowest <= find(percentages(lowest=lowest, highest=highest), lambda _: True) <= highest


def test_levels_are_drawn_with_and_without_decimals() -> None:
    """Published levels have decimals, and levels from counts have none."""
    for places in (None, 0, 1, 2):
        assert find(percentages(), lambda level, p=places: level.places == p).places == places


@pytest.mark.parametrize(
    "reversed_bounds",
    [
        lambda: percentages(lowest=Percentage(90), highest=Percentage(82)),
        lambda: percentage_points(lowest=PercentagePoints(1), highest=PercentagePoints(-1)),
        lambda: relative_changes(lowest=RelativeChange(1), highest=RelativeChange(-1)),
        lambda: amounts("place", lowest=2, highest=1),
    ],
)
def test_reversed_numbers_are_refused(reversed_bounds: object) -> None:
    """Bounds in the wrong order are refused when the strategy is made."""
    assert callable(reversed_bounds)
    with pytest.raises(QuantityError, match="write the lowest first, then the highest"):
        reversed_bounds()


def test_reversed_days_are_refused() -> None:
    """Days in the wrong order are refused when the strategy is made."""
    with pytest.raises(PeriodError, match="write the earlier one first"):
        periods(earliest=date(2023, 1, 2), latest=date(2023, 1, 1))


@pytest.mark.parametrize("kind", [months, quarters, financial_years, calendar_years, date_ranges])
@given(data=st.data())
@settings(max_examples=settings.default.max_examples // 5)
def test_periods_lie_between_the_days_asked_for(kind: object, data: st.DataObject) -> None:
    """A period neither starts before the earliest day nor ends after the latest."""
    assert callable(kind)
    earliest, latest = date(2021, 1, 15), date(2023, 4, 30)
    period = data.draw(kind(earliest=earliest, latest=latest))
    assert earliest <= period.first_day
    assert period.last_day <= latest


@pytest.mark.parametrize("kind", [months, quarters, financial_years, calendar_years])
def test_nothing_is_drawn_where_no_period_fits(kind: object) -> None:
    """A strategy without a period between its days is empty."""
    assert callable(kind)
    nothing = kind(earliest=date(2023, 1, 2), latest=date(2023, 1, 30))
    with pytest.raises(NoSuchExample):
        find(st.none() | nothing, lambda value: value is not None)


@given(deadlines(earliest=date(2022, 2, 1), latest=date(2024, 1, 31)))
def test_deadlines_lie_between_the_days_asked_for(deadline: Deadline) -> None:
    """Whatever the wording, a deadline means a day within the bounds."""
    assert date(2022, 2, 1) <= deadline.first_day <= deadline.last_day <= date(2024, 1, 31)


def test_deadlines_are_also_vague() -> None:
    """Vague wordings are drawn among the definite ones."""
    assert find(deadlines(), lambda deadline: deadline.is_vague).is_vague


@settings(max_examples=settings.default.max_examples // 5)
@given(measures(unit="place"))
def test_a_measure_has_the_unit_asked_for(measure: Measure) -> None:
    """A given unit is the unit of each measure."""
    assert measure.unit == "place"


@pytest.mark.parametrize(
    "wanted",
    [
        lambda measure: measure.unit == "percentage points",
        lambda measure: measure.unit == "per 1,000 prisoners",
        lambda measure: measure.kind == "flow",
        lambda measure: measure.unit == "%" and measure.kind == "stock",
    ],
)
def test_measures_are_of_every_kind(wanted: Callable[[Measure], bool]) -> None:
    """Shares, gaps, rates and flows are drawn."""
    assert wanted(find(measures(), wanted))


@settings(max_examples=settings.default.max_examples // 10)
@given(st.data(), st.sampled_from([None, "place"]))
def test_a_flow_is_drawn_if_asked_for(data: st.DataObject, unit: str | None) -> None:
    """A measure that is to be a flow has a unit that adds up."""
    assert data.draw(measures(kind="flow", unit=unit)).kind == "flow"
    assert data.draw(measures(kind="stock")).kind == "stock"


@settings(max_examples=settings.default.max_examples // 10)
@given(
    observations(
        measure=Measure(
            id="gap", name="Gap", counts="women less men", unit="percentage points", better="lower"
        )
    )
)
def test_a_figure_of_a_gap_is_in_points(figure: Observation) -> None:
    """Figures of a gap are in percentage points, and have no counts."""
    assert figure.level is None or isinstance(figure.level, PercentagePoints)
    assert figure.counts is None


@settings(max_examples=settings.default.max_examples // 10)
@given(st.data())
def test_an_observation_is_of_the_measure_and_area_asked_for(data: st.DataObject) -> None:
    """A figure of a given measure and area names both, and is in the measure's unit."""
    measure = data.draw(measures(unit="place"))
    figure = data.draw(observations(measure=measure, area="Leeds"))
    assert (figure.measure, figure.area) == (measure.id, "Leeds")
    assert figure.level is None or isinstance(figure.level, Amount)


@settings(max_examples=settings.default.max_examples // 10)
@given(measures().flatmap(lambda measure: st.tuples(st.just(measure), targets(measure))))
def test_a_target_has_the_measure_asked_for(case: tuple[Measure, Target]) -> None:
    """A given measure is the measure of every target that has one."""
    measure, target = case
    assert getattr(target, "measure", measure) is measure


@pytest.mark.slow
def test_plans_have_targets_of_every_kind() -> None:
    """All eight kinds of target are drawn in plans."""
    kinds: set[type] = set()

    @settings(max_examples=300)  # as many as it takes, whatever the profile
    @given(plans())
    def look(plan: Plan) -> None:
        kinds.update(type(target) for target in plan.targets)

    look()
    assert kinds == set(KINDS)


@settings(max_examples=settings.default.max_examples // 10)
@given(plans().flatmap(lambda plan: st.tuples(st.just(plan), observation_sets(plan))))
def test_figures_of_a_plan_are_of_its_measures(case: tuple[Plan, ObservationSet]) -> None:
    """A set that is drawn for a plan observes the plan's own measures, in areas of its targets."""
    plan, figures = case
    areas = {target.area for target in plan.targets}
    assert figures.measures == plan.measures
    assert not areas or {figure.area for figure in figures.observations} <= areas
    assert {report.target for report in figures.completions} <= {
        target.id for target in plan.targets if isinstance(target, MilestoneTarget)
    }


@pytest.mark.parametrize("kind", [*KINDS, *QUANTITIES, *PERIODS, *RECORDS])
def test_each_type_is_drawn_by_its_name(kind: type) -> None:
    """``st.from_type`` draws a record of the type given."""
    _hypothesis_plugin.register()

    @settings(max_examples=1)
    @given(st.from_type(kind))
    def look(record: object) -> None:
        assert type(record) is kind

    look()


@pytest.mark.parametrize("union", [Target, Period])
def test_a_union_is_drawn_by_its_name(union: type) -> None:
    """The closed unions are drawn from all their kinds."""
    _hypothesis_plugin.register()

    @settings(max_examples=1)
    @given(st.from_type(union))
    def look(record: object) -> None:
        assert isinstance(record, union)

    look()


@pytest.mark.parametrize(
    "first",
    [
        "import rrmodel",
        "import rrmodel.testing",
        "from rrmodel.testing import plans",
        "from hypothesis import strategies",
    ],
)
def test_types_are_known_whatever_is_imported_first(first: str) -> None:
    """The installed entry point tells Hypothesis of a plan, in any order of imports."""
    ask = (
        f"{first}\n"
        "import rrmodel\n"
        "from hypothesis import given, settings, strategies as st\n"
        "once = settings(max_examples=1, derandomize=True, deadline=None)\n"
        "once(given(st.from_type(rrmodel.Plan))(lambda plan: print(plan.id)))()\n"
    )
    answer = subprocess.run(  # noqa: S603  our own interpreter and our own words
        [sys.executable, "-W", "error", "-c", ask],
        check=False,
        capture_output=True,
        text=True,
        env={key: value for key, value in os.environ.items() if not key.startswith("COV")},
    )
    assert (answer.stdout.strip(), answer.stderr) == ("plan", "")
