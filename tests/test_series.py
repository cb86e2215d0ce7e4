"""The figures of an area over time, and of many areas at one time."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any, get_args

import attrs
import pytest

from rrmodel import (
    Amount,
    CalendarYear,
    DateRange,
    Deadline,
    DirectionTarget,
    FinancialYear,
    Measure,
    Month,
    Observation,
    Percentage,
    Quarter,
    ReachTarget,
    datasets,
    evaluate,
    parse_period,
)
from rrmodel.errors import ConfidenceError, QuantityError
from rrmodel.evaluation import (
    ExcludedFigure,
    ForecastPath,
    Movement,
    ObservedChart,
    Rebase,
    SeriesExclusion,
    Status,
    compare_areas,
    control_chart,
    evaluate_over,
    forecast_goal,
    forecast_path,
    proportion_chart,
)
from rrmodel.inference import (
    Assurance,
    CautionKind,
    Forecast,
    FunnelPosition,
    Undefined,
    Variation,
    forecast,
    forecast_levels,
)
from rrmodel.model import Completion, Counts, NarrativeTarget, StandingTarget
from rrmodel.periods import Period, PeriodKind

PLAN = datasets.load("east-midlands-2022-25")
HOUSED: Any = PLAN.target("housed-on-release-by-july-2023")
SETTLED: Any = PLAN.target("settled-three-months-after-release-by-july-2023")
WORK: Any = PLAN.target("employed-six-weeks-after-release-by-july-2023")
PLACES = ReachTarget(
    id="places",
    statement="200 places are open.",
    citation=HOUSED.citation,
    measure=Measure(id="places", name="Places", counts="places", unit="place", better="higher"),
    area="York",
    goal=Amount(200, "place"),
    deadline=HOUSED.deadline,
)
MORE = DirectionTarget(
    id="more",
    statement="More are housed.",
    citation=HOUSED.citation,
    measure=HOUSED.measure,
    area=HOUSED.area,
    baseline=HOUSED.baseline,
)
JUNE = date(2023, 6, 30)
DECEMBER = Month("December 2022")


def monthly(*levels: str, last: Month = DECEMBER, of: Any = HOUSED) -> list[Observation]:
    """Return as many monthly figures of a target, each published when its month was over."""
    return [
        Observation(
            measure=of.measure,
            area=of.area,
            period=month,
            level=Percentage(level),
            published=month.last_day,
        )
        for place, level in enumerate(levels)
        for month in [last - (len(levels) - 1 - place)]
    ]


def counted(*numerators: int, of: int = 1000, last: Any = DECEMBER) -> list[Observation]:
    """Return as many figures from counts, of consecutive periods."""
    periods = [last - (len(numerators) - 1 - place) for place in range(len(numerators))]
    return [
        Observation(
            measure=HOUSED.measure,
            area=HOUSED.area,
            period=period,
            counts=Counts(numerator, of),
            published=period.last_day,
        )
        for numerator, period in zip(numerators, periods, strict=True)
    ]


def charted(*args: Any, **more: Any) -> ObservedChart:
    """Return a chart that there is."""
    result = control_chart(*args, as_of=more.pop("as_of", JUNE), **more)
    assert isinstance(result, ObservedChart)
    return result


class TestControlChart:
    """The figures known on a day are charted against what the target expects of each."""

    LEVELS = ("82", "81", "83", "82", "80", "83", "82", "81", "82", "84", "81", "82", "83")

    def test_charts_each_figure_once(self) -> None:
        """The figures are beside the points, oldest first, in per cent."""
        result = charted(HOUSED, monthly(*self.LEVELS))
        assert [observation.level for observation in result.figures] == [
            Percentage(each) for each in self.LEVELS
        ]
        assert [point.value for point in result.chart.points] == [int(each) for each in self.LEVELS]

    def test_expects_nothing_before_the_baseline(self) -> None:
        """The line starts on 31 March 2022 and rises to 86.517% by the end of the year."""
        result = charted(HOUSED, monthly(*self.LEVELS))
        targets = [point.target for point in result.chart.points]
        assert targets[:3] == [None, None, None]
        assert (targets[3], targets[-1]) == (82, Fraction("86.5"))

    def test_holds_the_last_level_against_the_line(self) -> None:
        """A process around 82% fails a line that has risen to 86.517%."""
        result = charted(HOUSED, monthly(*self.LEVELS))
        assert result.chart.assurance is Assurance.CONSISTENTLY_FAILS

    def test_holds_a_comparator_against_the_goal(self) -> None:
        """Another area has no line, and the goal is what it is compared with."""
        wales = [attrs.evolve(observation, area="Wales") for observation in monthly(*self.LEVELS)]
        result = charted(HOUSED, wales, area="Wales")
        assert {point.target for point in result.chart.points} == {90}

    def test_the_summary_says_what_the_latest_figure_shows(self) -> None:
        """Where the target names a level, it also says whether the process reaches it."""
        result = charted(HOUSED, monthly(*self.LEVELS))
        assert result.summary == (
            "The latest figure, 83%, shows common-cause variation; the process consistently misses "
            "the expected level."
        )
        assert result.to_table().caption == (
            f"housed-on-release, East Midlands. {result.summary} {result.statement}"
        )
        assert charted(MORE, monthly(*self.LEVELS)).summary == (
            "The latest figure, 83%, shows common-cause variation."
        )

    def test_a_chart_may_have_one_figure(self) -> None:
        """The nouns of its texts are in the singular."""
        result = charted(HOUSED, monthly("82"))
        assert result.statement == "Charted: 1 of 1 figure."
        assert "for 'East Midlands': 1 figure, December 2022 to" in repr(result)

    def test_expects_nothing_of_a_direction(self) -> None:
        """A target to move the better way names no level."""
        result = charted(MORE, monthly(*self.LEVELS))
        assert result.chart.assurance is None

    def test_shows_no_limit_above_all(self) -> None:
        """Limits of a share end at 100%."""
        result = charted(HOUSED, monthly(*["97", "99", "96", "100", "98"] * 2))
        assert result.chart.points[0].upper == 100

    def test_shows_no_limit_below_none(self) -> None:
        """Limits of a share start at 0%."""
        result = charted(HOUSED, monthly(*["1", "4", "0", "3", "1"] * 2))
        assert result.chart.points[0].lower == 0

    def test_shows_any_limit_of_an_amount(self) -> None:
        """A number of places has no upper end."""
        observations = [
            Observation(measure=PLACES.measure, area="York", period=DECEMBER - place, level=level)
            for place, level in enumerate([Amount(150, "place"), Amount(170, "place")] * 5)
        ]
        assert charted(PLACES, observations).chart.points[0].upper == 160 + Fraction("2.66") * 20

    def test_starts_anew_where_the_series_breaks(self) -> None:
        """The employment series broke on 1 May 2024, so May begins a new group."""
        observations = monthly(*["17", "18"] * 3, last=Month("July 2024"), of=WORK)
        result = charted(WORK, observations, as_of=date(2024, 9, 1))
        assert [point.group for point in result.chart.points] == [0, 0, 0, 1, 1, 1]
        (rebase,) = result.rebases
        assert (rebase.place, rebase.period) == (3, Month("May 2024"))
        assert rebase.reason == WORK.measure.series_breaks[0].reason.rstrip(".")
        record = {"place": 3, "period": "May 2024", "reason": rebase.reason}
        assert result.to_dict()["rebases"] == [record]
        assert result.statement == (
            f"Charted: 6 of 6 figures. Limits calculated anew from May 2024: {rebase.reason}."
        )

    def test_a_break_in_the_series_is_the_first_reason_to_start_anew(self) -> None:
        """Of several reasons before one figure, the break is named; places are in order."""
        observations = monthly(*["17", "18"] * 3, last=Month("July 2024"), of=WORK)
        known = [date(2024, 6, 10), date(2024, 5, 1), date(2024, 3, 10), date(2024, 1, 1)]
        result = charted(WORK, observations, as_of=date(2024, 9, 1), rebase_on=known)
        reason, change = result.rebases[1].reason, "a known change of the process"
        assert [(each.place, each.reason) for each in result.rebases] == [
            (2, change),
            (3, reason),
            (5, change),
        ]
        assert reason != change

    def test_starts_anew_on_a_day_named(self) -> None:
        """A change of practice on 15 August 2022 is seen from September on."""
        result = charted(HOUSED, monthly(*self.LEVELS), rebase_on=[date(2022, 8, 15)])
        assert [point.group for point in result.chart.points] == [0] * 9 + [1] * 4
        assert result.rebases == (
            Rebase(9, Month("September 2022"), "a known change of the process"),
        )

    def test_a_day_after_the_last_figure_changes_nothing(self) -> None:
        """No group starts where there is no figure."""
        observations = monthly(*self.LEVELS)
        assert charted(HOUSED, observations, rebase_on=[JUNE]) == charted(HOUSED, observations)

    def test_can_fix_its_limits(self) -> None:
        """The first ten months may set the limits."""
        levels = (*self.LEVELS[:10], "95")
        result = charted(HOUSED, monthly(*levels), fix_after=10)
        assert result.chart.points[-1].mean == Fraction(sum(map(int, self.LEVELS[:10])), 10)
        assert result.chart.variation is Variation.IMPROVEMENT

    def test_charts_the_most_frequent_kind_of_period(self) -> None:
        """Months and a year do not go on one line."""
        year = Observation(
            measure=HOUSED.measure,
            area=HOUSED.area,
            period=FinancialYear("2021-22"),
            level=Percentage("81"),
        )
        observations = [year, *monthly(*self.LEVELS)]
        result = charted(HOUSED, observations)
        assert {each.period.kind for each in result.figures} == {"month"}
        assert result.excluded == (ExcludedFigure(year, SeriesExclusion.OTHER_LENGTH),)
        assert result.statement == (
            "Charted: 13 of 14 figures. Excluded: 1 with a period of another length."
        )
        yearly = charted(HOUSED, observations, kind="financial_year")
        assert yearly.figures == (year,)
        assert {each.reason for each in yearly.excluded} == {SeriesExclusion.OTHER_KIND}

    def test_warns_of_points_with_few_cases(self) -> None:
        """With ten cases a month fewer than five are expected not to be housed."""
        result = charted(
            HOUSED, [*counted(*[820, 830] * 5, last=DECEMBER - 2), *counted(8, 9, of=10)]
        )
        (caution,) = [each for each in result.chart.cautions if each.kind is CautionKind.FEW_CASES]
        assert caution.points == (10, 11)

    def test_five_expected_cases_are_not_few(self) -> None:
        """A tenth of fifty is five, which is enough."""
        result = charted(HOUSED, counted(*[5] * 10, of=50))
        assert CautionKind.FEW_CASES not in {each.kind for each in result.chart.cautions}

    def test_uses_only_what_was_known(self) -> None:
        """A month published later is not charted."""
        assert len(charted(HOUSED, monthly(*self.LEVELS), as_of=date(2022, 12, 1)).figures) == 12

    def test_leaves_ad_hoc_series_out(self) -> None:
        """A figure of a series that the measure does not name is not comparable."""
        ad_hoc = attrs.evolve(monthly("90")[0], series="ad hoc")
        assert control_chart(HOUSED, [ad_hoc], as_of=JUNE) == Undefined(
            "no figure for this measure, in its unit and for the area, was known on that day"
        )

    def test_passes_reports_of_milestones_over(self) -> None:
        """A completed milestone is not a figure."""
        report = Completion(target="x", day=JUNE)
        assert len(charted(HOUSED, [report, *monthly("82", "83")]).figures) == 2

    def test_says_that_all_figures_are_charted(self) -> None:
        """Nothing excluded, nothing to explain."""
        assert charted(HOUSED, monthly("82", "83")).statement == "Charted: 2 of 2 figures."

    @pytest.mark.parametrize("number", [2, 9])
    def test_is_a_run_chart_below_ten_figures(self, number: int) -> None:
        """Two to nine figures have a mean, and neither limits nor assurance."""
        for chart in (control_chart, proportion_chart):
            result = chart(HOUSED, counted(*[820] * number), as_of=JUNE)
            assert isinstance(result, ObservedChart)
            assert {point.lower for point in result.chart.points} == {None}
            assert result.chart.assurance is None
            assert [each.kind for each in result.chart.cautions] == [CautionKind.NO_LIMITS]

    def test_a_direction_from_a_period_of_its_own(self) -> None:
        """Of two equally large series, that of the baseline is charted."""
        target = attrs.evolve(SETTLED, since=DECEMBER)
        year = attrs.evolve(monthly("80", of=SETTLED)[0], period=FinancialYear("2021-22"))
        month = monthly("81", of=SETTLED)[0]
        assert charted(target, [year, month]).figures == (month,)


def at(*periods: Period) -> list[Observation]:
    """Return a figure for each period, from counts, published when it was over."""
    return [
        Observation(
            measure=HOUSED.measure,
            area=HOUSED.area,
            period=period,
            counts=Counts(800 + 10 * (place % 3), 1000),
            published=period.last_day,
        )
        for place, period in enumerate(periods)
    ]


def months_to(last: str, months: int, *, number: int, step: int) -> list[Period]:
    """Return periods of so many months that end at a step, the last one with a month."""
    ends = [Month(last) - step * place for place in reversed(range(number))]
    return [DateRange((end - (months - 1)).first_day, end.last_day) for end in ends]


QUARTERLY_YEARS = [
    parse_period(f"year ending {month} {year}")
    for year in range(2016, 2022)
    for month in ("March", "June", "September", "December")
]
WEEKS = [
    DateRange(date(2022, 1, 3) + timedelta(days=7 * n), date(2022, 1, 9) + timedelta(days=7 * n))
    for n in range(20)
]
FEBRUARY_2021 = [
    DateRange(date(2021, 1, 4) + timedelta(days=28 * n), date(2021, 1, 31) + timedelta(days=28 * n))
    for n in range(13)
]
EVERY_OTHER_YEAR = [FinancialYear("2001-02") + 2 * n for n in range(11)]
TWO_CALENDARS: list[Period] = [
    year.of(2010 + n) for n in range(6) for year in (FinancialYear, CalendarYear)
]


class TestOneSeries:
    """A series is figures of equal length and regular step; the calendar does not matter."""

    @pytest.mark.parametrize(
        ("periods", "charted_number", "cautions"),
        [
            (QUARTERLY_YEARS, 24, {CautionKind.OVERLAPPING}),
            (months_to("December 2021", 12, number=36, step=1), 36, {CautionKind.OVERLAPPING}),
            (months_to("December 2021", 3, number=30, step=1), 30, {CautionKind.OVERLAPPING}),
            (months_to("December 2021", 3, number=30, step=3), 30, set()),
            (months_to("November 2021", 6, number=16, step=6), 16, set()),
            (months_to("December 2021", 12, number=16, step=12), 16, set()),
            ([Month("January 2021") + n for n in range(24)], 24, set()),
            (WEEKS, 20, set()),
            (WEEKS[:5] + WEEKS[7:], 18, {CautionKind.MISSING_PERIODS}),
            (FEBRUARY_2021, 13, set()),
            (EVERY_OTHER_YEAR, 11, {CautionKind.TRIAL_LIMITS}),
            (TWO_CALENDARS, 6, {CautionKind.NO_LIMITS}),
            (
                [*months_to("June 2018", 1, number=10, step=1),
                 *months_to("February 2022", 1, number=10, step=1)],
                20,
                {CautionKind.MISSING_PERIODS},
            ),
            (
                [*QUARTERLY_YEARS[:8], *QUARTERLY_YEARS[9:]],
                23,
                {CautionKind.OVERLAPPING, CautionKind.MISSING_PERIODS},
            ),
            (
                [Month("January 2021") + n for n in range(24) if n not in {5, 11}],
                22,
                {CautionKind.MISSING_PERIODS},
            ),
            ([Quarter("Q1 2016/17") + n for n in range(8)]
             + [Quarter("Q2 2018") + n for n in range(8)], 16, set()),
            ([Month("March 2010"), Month("March 2013")], 2,
             {CautionKind.NO_LIMITS, CautionKind.MISSING_PERIODS}),
        ],
    )  # fmt: skip
    def test_is_charted_whole(
        self, periods: list[Period], charted_number: int, cautions: set[CautionKind]
    ) -> None:
        """Every figure of one length and step is charted, with a caution where one is due."""
        for chart in (control_chart, proportion_chart):
            result = chart(HOUSED, at(*periods), as_of=date(2024, 1, 1))
            assert isinstance(result, ObservedChart)
            assert len(result.figures) == charted_number
            assert len(result.excluded) == len(periods) - charted_number
            assert {each.kind for each in result.chart.cautions} == cautions

    @pytest.mark.parametrize("kind", get_args(PeriodKind))
    def test_of_a_kind_that_is_asked_for(self, kind: PeriodKind) -> None:
        """Years that end each quarter can be charted as years of one calendar."""
        result = control_chart(HOUSED, at(*QUARTERLY_YEARS), as_of=date(2024, 1, 1), kind=kind)
        number = {"financial_year": 6, "calendar_year": 6, "rolling_year": 24}.get(kind, 0)
        assert (len(result.figures) if isinstance(result, ObservedChart) else 0) == number

    def test_names_the_figure_between_the_steps(self) -> None:
        """One calendar year among financial years is excluded, with its reason."""
        observations = at(*[FinancialYear("2010-11") + n for n in range(10)], CalendarYear("2015"))
        result = control_chart(HOUSED, observations, as_of=date(2024, 1, 1))
        assert isinstance(result, ObservedChart)
        assert result.excluded == (ExcludedFigure(observations[-1], SeriesExclusion.OTHER_STEP),)
        assert result.statement == (
            "Charted: 10 of 11 figures. Excluded: 1 with a period that ends between the steps of "
            "the series."
        )

    def test_a_run_does_not_bridge_missing_months(self) -> None:
        """Three high months, 34 missing ones and four high months are not seven in a row."""
        low = months_to("June 2018", 1, number=18, step=1)
        high = months_to("September 2018", 1, number=3, step=1)
        later = months_to("November 2021", 1, number=4, step=1)
        observations = [
            attrs.evolve(each, counts=Counts(count, 1000))
            for each, count in zip(
                at(*low, *high, *later), [*[800, 820] * 9, *[830] * 7], strict=True
            )
        ]
        result = control_chart(HOUSED, observations, as_of=date(2024, 1, 1))
        assert isinstance(result, ObservedChart)
        assert {point.signal for point in result.chart.points} == {None}

    def test_a_forecast_takes_periods_that_follow_each_other(self) -> None:
        """Of three months to each month every third one is used, in any calendar's quarters."""
        windows = months_to("December 2022", 3, number=30, step=1)
        quarters = [Quarter("Q1 2021") + n for n in range(8)]
        named = [Quarter.of(2020, 4, financial=True) + n for n in range(8)]
        result = forecast_goal(HOUSED, at(*windows), as_of=JUNE)
        assert isinstance(result, Forecast)
        assert result.points == 10
        assert windows[-1::-3][0].last_day == quarters[-1].last_day
        mixed = forecast_goal(HOUSED, at(*quarters[:4], *named[4:]), as_of=JUNE)
        assert isinstance(mixed, Forecast)
        assert mixed.points == 8

    def test_a_forecast_of_weeks(self) -> None:
        """Weeks follow each other by days."""
        short = attrs.evolve(HOUSED, deadline=Deadline("31 July 2022"))
        result = forecast_goal(short, at(*WEEKS), as_of=JUNE)
        assert isinstance(result, Forecast)
        assert result.points == 20

    def test_a_forecast_takes_the_longer_run_of_two_that_end_together(self) -> None:
        """Nine quarters are used rather than the three months of the last one."""
        months = [Month("October 2022") + n for n in range(3)]
        quarters = [Quarter("Q4 2020") + n for n in range(9)]
        result = forecast_goal(HOUSED, at(*months, *quarters), as_of=JUNE)
        assert isinstance(result, Forecast)
        assert result.points == 9

    def test_areas_are_compared_over_the_same_days(self) -> None:
        """A year named by its days is the financial year with those days."""
        observations = at(DateRange(date(2021, 4, 1), date(2022, 3, 31)), FinancialYear("2020-21"))
        comparison = compare_areas(
            HOUSED.measure, observations, period=FinancialYear("2021-22"), as_of=date(2024, 1, 1)
        )
        assert [area.counts for area in comparison.areas] == [observations[0].counts]


class TestProportionChart:
    """Where counts are known, each point has the limits that chance allows its cases."""

    def test_charts_shares_from_counts(self) -> None:
        """820 of 1,000 are .82, and what is expected is a share too."""
        result = proportion_chart(HOUSED, counted(*[820, 830, 810] * 3, 825), as_of=JUNE)
        assert isinstance(result, ObservedChart)
        last = result.chart.points[-1]
        assert (last.value, last.target) == (Fraction(825, 1000), Fraction("0.865"))
        assert last.lower == pytest.approx(0.785, abs=0.001)

    def test_leaves_printed_figures_out(self) -> None:
        """Without counts there is nothing to work limits out from."""
        observations = [*monthly("82", last=DECEMBER - 4), *counted(820, 830, 810)]
        result = proportion_chart(HOUSED, observations, as_of=JUNE)
        assert isinstance(result, ObservedChart)
        assert len(result.figures) == 3
        assert result.statement == ("Charted: 3 of 4 figures. Excluded: 1 without counts.")
        assert isinstance(proportion_chart(HOUSED, monthly("82"), as_of=JUNE), Undefined)


class TestForecast:
    """How likely it is that a target is met, from the months or quarters known on a day."""

    RISING = (820, 825, 830, 835, 840, 845, 850, 855, 860, 865)

    def test_of_the_month_that_decides(self) -> None:
        """From December 2022 there are seven months to July 2023."""
        result = forecast_goal(HOUSED, counted(*self.RISING), as_of=JUNE)
        assert isinstance(result, Forecast)
        assert result == forecast(
            [Counts(count, 1000) for count in self.RISING],
            ahead=7,
            goal=HOUSED.goal.share,
            better="higher",
        )
        assert 0 < result.probability < 1
        assert result.interval.contains(result.level)

    def test_needs_a_deadline(self) -> None:
        """A level that applies at all times has no period that decides."""
        standing = StandingTarget(
            id="standing",
            statement="80% are housed.",
            citation=HOUSED.citation,
            measure=HOUSED.measure,
            area=HOUSED.area,
            goal=Percentage(80),
        )
        result = forecast_goal(standing, counted(*self.RISING), as_of=JUNE)
        assert result == Undefined("the target has no deadline, so there is no period to forecast")

    def test_from_printed_levels(self) -> None:
        """Without counts the series alone tells how far it scatters."""
        levels = ("82", "83", "82.5", "84", "83.6", "84.4", "85", "84.7", "86")
        result = forecast_goal(HOUSED, monthly(*levels), as_of=JUNE)
        assert result == forecast_levels(
            [Fraction(level) / 100 for level in levels],
            ahead=7,
            goal=HOUSED.goal.share,
            better="higher",
        )

    def test_from_quarters(self) -> None:
        """Quarters are forecast as quarters."""
        observations = counted(*self.RISING, last=Quarter("Q3 2022/23"))
        result = forecast_goal(HOUSED, observations, as_of=JUNE)
        assert isinstance(result, Forecast)

    def test_rests_on_the_latest_unbroken_run(self) -> None:
        """A month that is missing ends the run, and other kinds of period are passed over."""
        observations = counted(*self.RISING)
        year = attrs.evolve(observations[0], period=FinancialYear("2021-22"))
        later = observations[1:]
        assert forecast_goal(HOUSED, [year, *later], as_of=JUNE) == forecast_goal(
            HOUSED, later, as_of=JUNE
        )
        refused = forecast_goal(HOUSED, [*observations[:5], *observations[6:]], as_of=JUNE)
        assert isinstance(refused, Undefined)
        assert "4" in refused.reason

    def test_is_refused_with_too_few_points(self) -> None:
        """Two months say nothing of a trend."""
        refused = forecast_goal(HOUSED, counted(820, 825), as_of=JUNE)
        assert isinstance(refused, Undefined)

    def test_is_refused_when_the_answer_is_known(self) -> None:
        """July 2023 decides, and it is there."""
        observations = counted(*self.RISING, last=Month("July 2023"))
        assert forecast_goal(HOUSED, observations, as_of=date(2023, 8, 1)) == Undefined(
            "the figure for July 2023, the last period by the deadline, is already known, so there "
            "is nothing to forecast"
        )

    def test_up_to_the_last_day_of_which_plans_can_speak(self) -> None:
        """No month follows December 2199, and none is asked for."""
        observations = counted(*self.RISING, last=Month("October 2199"))
        last = attrs.evolve(HOUSED, deadline=Deadline("31 December 2199"))
        assert isinstance(forecast_goal(last, observations, as_of=date(2199, 11, 30)), Forecast)

    def test_is_refused_of_years(self) -> None:
        """A plan of three years has too few of them to forecast from."""
        observations = datasets.observations("england-and-wales")
        refused = forecast_goal(
            HOUSED, observations, as_of=date(2023, 5, 1), area="England and Wales"
        )
        assert refused == Undefined(
            "no figure for a month, a quarter or another short period was known on that day"
        )

    def test_years_are_no_series_to_forecast_from(self) -> None:
        """Ten yearly figures of one's own are passed over too."""
        observations = counted(*self.RISING, last=FinancialYear("2021-22"))
        refused = forecast_goal(HOUSED, observations, as_of=JUNE)
        assert refused == Undefined(
            "no figure for a month, a quarter or another short period was known on that day"
        )

    def test_is_refused_of_amounts(self) -> None:
        """Only shares are forecast."""
        refused = forecast_goal(PLACES, [], as_of=JUNE)
        assert refused == Undefined("the goal is not one percentage, and nothing else is forecast")


class TestForecastPath:
    """The forecasts of all periods until a deadline."""

    RESULT = evaluate(HOUSED, counted(*TestForecast.RISING), as_of=JUNE)

    def test_the_summary_is_of_the_goal(self) -> None:
        """The interval is the last one with the confidence nearest to 80%, decimals included."""
        path = forecast_path(self.RESULT, confidences=(0.995, 0.5))
        assert isinstance(path, ForecastPath)
        goal_forecast = path.forecasts[-2].forecast
        assert path.summary == (
            f"The goal of 90% by July 2023 has a probability of {goal_forecast.probability_text}. "
            f"With 99.5% probability, the figure will be from {goal_forecast.interval_text}."
        )
        assert f"probability {goal_forecast.probability_text}>" in repr(path)

    def test_needs_a_confidence(self) -> None:
        """Without one there would be no forecast."""
        with pytest.raises(ConfidenceError, match="a forecast needs a confidence: give one"):
            forecast_path(self.RESULT, confidences=())


class TestBetweenAreas:
    """All areas of one period at once, each with its uncertainty."""

    REGIONS = (("R1", 410, 500), ("R4", 705, 800), ("R5", 130, 190), ("R9", 890, 980))

    def observations(self, **more: Any) -> list[Observation]:
        """Return a figure for each region."""
        return [
            Observation(
                measure=HOUSED.measure,
                area=region,
                period=FinancialYear("2022-23"),
                counts=Counts(*counts),
                **{"published": date(2023, 7, 27), **more},
            )
            for region, *counts in self.REGIONS
        ]

    def compared(self, observations: list[Observation], as_of: date = date(2024, 1, 1)) -> Any:
        """Compare the regions."""
        return compare_areas(
            HOUSED.measure, observations, period=FinancialYear("2022-23"), as_of=as_of
        )

    def test_labels_each_area(self) -> None:
        """130 of 190 is far below the average of the four."""
        comparison = self.compared(self.observations())
        positions = {area.name: area.position for area in comparison.areas}
        assert positions["R5"] is FunnelPosition.FAR_WORSE
        assert len(positions) == 4

    def test_takes_the_latest_revision(self) -> None:
        """A revised figure replaces the first."""
        revised = attrs.evolve(
            self.observations()[0], counts=Counts(420, 500), published=date(2023, 12, 1)
        )
        comparison = self.compared([revised, *self.observations()])
        assert {area.name: area.counts for area in comparison.areas}["R1"] == Counts(420, 500)

    def test_uses_only_what_was_known(self) -> None:
        """Before the day of publication there is nothing to compare."""
        with pytest.raises(QuantityError):
            self.compared(self.observations(), as_of=date(2023, 7, 26))

    def test_passes_over_what_does_not_compare(self) -> None:
        """Other periods, measures, series, printed figures and milestones are not compared."""
        others = [
            attrs.evolve(self.observations()[0], area="X", period=FinancialYear("2021-22")),
            attrs.evolve(self.observations()[0], area="X", measure="another"),
            attrs.evolve(self.observations()[0], area="X", series="CU150"),
            attrs.evolve(self.observations()[0], area="X", counts=None, level=Percentage("80")),
            Completion(target="x", day=JUNE),
        ]
        assert self.compared([*others, *self.observations()]) == self.compared(self.observations())


class TestHistory:
    """The assessment on each of several days."""

    def test_is_that_of_each_day(self) -> None:
        """The assessment changes as figures are published."""
        observations = monthly("83", "91", last=Month("July 2023"))
        days = [date(2023, 6, 1), date(2023, 7, 1), date(2023, 8, 15)]
        evaluations = evaluate_over(HOUSED, iter(observations), days)
        assert evaluations == tuple(evaluate(HOUSED, observations, as_of=day) for day in days)
        assert [result.status for result in evaluations] == [
            Status.NO_DATA,
            Status.OFF_TRACK,
            Status.MET,
        ]


class TestOverTheCourse:
    """The direction and pace of a level, and its earlier assessments."""

    @pytest.mark.parametrize(
        ("level", "movement", "pace"),
        [
            ("84.75", Movement.TOWARDS, "0.3"),
            ("82", Movement.NONE, "0"),
            ("79.25", Movement.AWAY, "-0.3"),
        ],
    )
    def test_says_which_way(self, level: str, movement: Movement, pace: str) -> None:
        """275 days after the baseline a change of 2.75 points is 0.3 every 30 days."""
        result = evaluate(HOUSED, monthly(level), as_of=JUNE)
        assert result.movement is movement
        assert str(result.pace).startswith(pace)

    def test_says_that_it_moves_away(self) -> None:
        """A level below the baseline is a reason."""
        result = evaluate(HOUSED, monthly("79.25"), as_of=JUNE)
        assert (
            "The level has moved away from the goal, by 0.3 percentage points every 30 days."
            in result.reasons
        )

    def test_a_baseline_may_be_past_its_goal(self) -> None:
        """A target of 80% from 82% was met before it began."""
        target = ReachTarget(
            id="past",
            statement="80% are housed.",
            citation=HOUSED.citation,
            measure=HOUSED.measure,
            area=HOUSED.area,
            goal=Percentage(80),
            baseline=HOUSED.baseline,
            deadline=HOUSED.deadline,
        )
        result = evaluate(target, monthly("79"), as_of=JUNE)
        assert result.movement is Movement.ALREADY_PAST
        assert "The baseline, 82%, was beyond the goal from the start." in result.reasons

    def test_without_a_baseline_there_is_no_way(self) -> None:
        """A level to be held, and a target without a figure, have neither way nor pace."""
        settled = evaluate(SETTLED, monthly("80", of=SETTLED), as_of=JUNE)
        unknown = evaluate(HOUSED, [], as_of=JUNE)
        assert {settled.movement, settled.pace, unknown.movement, unknown.pace} == {None}

    def test_the_baseline_itself_has_no_pace(self) -> None:
        """On the day of the baseline no time has passed."""
        result = evaluate(HOUSED, monthly("82", last=Month("March 2022")), as_of=JUNE)
        assert result.pace is None

    def test_a_direction_has_no_pace_to_a_goal(self) -> None:
        """A target without a level has no pace to it."""
        result = evaluate(MORE, monthly("84"), as_of=JUNE)
        assert (result.pace, result.movement, result.reached_late) == (None, None, None)

    def test_a_target_without_a_measure_is_not_reached_late(self) -> None:
        """A narrative target has no figures."""
        narrative = next(each for each in PLAN.targets if isinstance(each, NarrativeTarget))
        assert evaluate(narrative, [], as_of=JUNE).reached_late is None

    def test_says_when_it_was_reached_late(self) -> None:
        """August reaches what July did not."""
        observations = monthly("88", "90", "91", last=Month("September 2023"))
        result = evaluate(HOUSED, observations, as_of=date(2023, 11, 1))
        assert result.status is Status.MET_LATE
        assert result.reached_late == observations[1]

    def test_a_goal_that_is_never_reached_is_not_reached_late(self) -> None:
        """88% in August is no better than in July."""
        result = evaluate(
            HOUSED, monthly("88", "88", last=Month("August 2023")), as_of=date(2023, 11, 1)
        )
        assert result.reached_late is None

    def test_a_figure_is_known_on_the_day_it_is_published(self) -> None:
        """The day of publication is the first on which a figure counts."""
        observations = [attrs.evolve(each, published=date(2023, 1, 26)) for each in monthly("84")]
        assert evaluate(HOUSED, observations, as_of=date(2023, 1, 26)).latest == observations[0]
        assert evaluate(HOUSED, observations, as_of=date(2023, 1, 25)).latest is None

    def test_keeps_what_was_first_published(self) -> None:
        """A revision replaces the first figure, and the first is shown beside it."""
        (first,) = monthly("84.2")
        revised = attrs.evolve(first, level=Percentage("85"), published=date(2023, 3, 1))
        result = evaluate(HOUSED, [revised, first], as_of=JUNE)
        assert result.latest == revised
        assert result.revisions == (first, revised)
        assert (
            "It was first published on 31 December 2022 as 84.2%, and has been revised."
            in result.reasons
        )

    def test_the_first_published_comes_first_however_given(self) -> None:
        """Three versions are in the order of their days."""
        (first,) = monthly("84.2")
        second = attrs.evolve(first, level=Percentage("84.6"), published=date(2023, 2, 1))
        third = attrs.evolve(first, level=Percentage("85"), published=date(2023, 3, 1))
        result = evaluate(HOUSED, [second, third, first], as_of=JUNE)
        assert result.revisions == (first, second, third)

    def test_no_pace_is_needed_on_the_last_day(self) -> None:
        """On the deadline itself nothing more can be done."""
        result = evaluate(HOUSED, monthly("84"), as_of=date(2023, 7, 31))
        assert result.required_pace is None

    def test_says_what_could_have_been_said_before_a_revision(self) -> None:
        """Assessed on an earlier day, the figure first published decides."""
        (first,) = monthly("84.2")
        revised = attrs.evolve(first, level=Percentage("85"), published=date(2023, 3, 1))
        result = evaluate(HOUSED, [revised, first], as_of=date(2023, 2, 1))
        assert (result.latest, result.revisions) == (first, (first,))

    def test_says_a_first_figure_whose_day_is_not_known(self) -> None:
        """Without its day the first figure is named all the same."""
        (first,) = monthly("84.2")
        observations = [
            attrs.evolve(first, published=None),
            attrs.evolve(first, level=Percentage("85")),
        ]
        result = evaluate(HOUSED, observations, as_of=JUNE)
        assert "It was first published as 84.2%, and has been revised." in result.reasons

    def test_there_are_no_revisions_of_nothing(self) -> None:
        """Without a figure nothing was revised."""
        assert evaluate(HOUSED, [], as_of=JUNE).revisions == ()

    def test_the_history_has_every_comparable_figure(self) -> None:
        """Figures before the target and after its deadline are part of the history."""
        observations = monthly(*["82"] * 20, last=Month("September 2023"))
        result = evaluate(HOUSED, observations, as_of=date(2023, 11, 1))
        assert result.history == tuple(observations)

    def test_a_narrative_has_no_history(self) -> None:
        """A target without a measure has no figures."""
        assert evaluate(PLAN.pathways[1].targets[0], [], as_of=JUNE).history == ()
