"""The laws of periods, deadlines and durations, one a test."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rrmodel.errors import PeriodError
from rrmodel.periods import (
    CalendarYear,
    DateRange,
    Deadline,
    Duration,
    FinancialYear,
    Month,
    Period,
    Quarter,
    parse_deadline,
    parse_period,
    whole_months_between,
)

DAYS = st.dates(date(1910, 1, 1), date(2189, 12, 31))
MONTHS = DAYS.map(Month.containing)
FINANCIAL_YEARS = DAYS.map(FinancialYear.containing)
RANGES = st.builds(
    lambda first_day, length, kind: DateRange(
        first_day, first_day + timedelta(days=length), kind=kind
    ),
    DAYS,
    st.integers(0, 1500),
    st.sampled_from([None, "cohort"]),
)
MONTH_RANGES = st.builds(
    lambda month, count, kind: DateRange(month.first_day, (month + count).last_day, kind=kind),
    MONTHS,
    st.integers(0, 36),
    st.sampled_from([None, "cohort"]),
)
PERIODS: st.SearchStrategy[Period] = st.one_of(
    MONTHS,
    st.builds(Quarter.containing, DAYS, financial=st.booleans()),
    FINANCIAL_YEARS,
    DAYS.map(CalendarYear.containing),
    RANGES,
    MONTH_RANGES,
)
DURATIONS = st.builds(
    lambda years, months, weeks, days: Duration.of(
        years=years, months=months, weeks=weeks, days=days
    ),
    st.integers(0, 3),
    st.integers(0, 30),
    st.integers(0, 60),
    st.integers(0, 400),
)
WORDS = st.sampled_from(
    "by before in the end start of from to year until early mid late winter summer 2023 24 "
    "2020s march jan 30th - / – q1 q3 2023-24 2023/24 2023-03-31 cohort onwards six months fy fye "
    "week weeks w/e w/c ending half first quarter h2 2023-q1 2023m04 2023-w09 '23 31, 01/04/2023 "
    "31/03/2024 financial calendar rolling 12 4 before across until between and dec feb".split()
)
TEXTS = st.one_of(st.text(max_size=110), st.lists(WORDS, max_size=7).map(" ".join))


def following(period: Period) -> Period | None:
    """Return the next period, or ``None`` where the step is refused."""
    try:
        return period + 1
    except PeriodError:
        return None


@given(PERIODS)
def test_a_step_forward_and_back_returns(period: Period) -> None:
    """Wherever there is a next period, the one before it is the period."""
    after = following(period)
    assert after is None or after - 1 == period


@given(PERIODS)
def test_only_ranges_of_days_refuse_a_step(period: Period) -> None:
    """A step is refused only where a range that is not whole months would become so."""
    if following(period) is None:
        last_day = period.last_day + timedelta(days=len(period))
        assert period.kind in {"custom", "cohort"}
        assert DateRange(period.last_day + timedelta(days=1), last_day).months


@given(PERIODS)
def test_the_next_period_starts_the_day_after(period: Period) -> None:
    """Nothing lies between a period and the next, and they share no day."""
    after = following(period)
    assert after is None or after.first_day == period.last_day + timedelta(days=1)


@given(PERIODS)
def test_the_next_period_is_of_the_same_kind(period: Period) -> None:
    """A step changes the days and nothing else."""
    after = following(period)
    assert after is None or (type(after), after.kind) == (type(period), period.kind)


@given(PERIODS)
def test_the_length_counts_the_days(period: Period) -> None:
    """The length is the number of days that iteration yields."""
    assert len(period) == period.days == sum(1 for _ in period)


@given(PERIODS)
def test_iteration_yields_each_day_in_turn(period: Period) -> None:
    """The days run from the first to the last without a gap."""
    days = list(period)
    assert (days[0], days[-1]) == (period.first_day, period.last_day)
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))


@given(PERIODS, st.integers(-1600, 1600))
def test_a_day_is_in_a_period_between_its_ends(period: Period, offset: int) -> None:
    """A day belongs to a period exactly if it lies from its first to its last day."""
    day = period.first_day + timedelta(days=offset)
    assert (day in period) == (period.first_day <= day <= period.last_day)


@given(PERIODS, PERIODS)
def test_a_period_contains_another_with_all_its_days(period: Period, other: Period) -> None:
    """One period lies in another exactly if both its ends do."""
    assert (other in period) == (other.first_day in period and other.last_day in period)


@given(PERIODS)
def test_the_printed_text_reads_back(period: Period) -> None:
    """The printed text of a period is read as that period, whatever its kind."""
    assert parse_period(str(period)) == period


@given(PERIODS)
def test_the_repr_reads_back(period: Period) -> None:
    """The repr is the Python that builds the period."""
    assert eval(repr(period)) == period  # noqa: S307 - the repr must be Python that reads back


@given(PERIODS)
def test_pickles_are_equal(period: Period) -> None:
    """A period survives pickling."""
    assert pickle.loads(pickle.dumps(period)) == period  # noqa: S301 - our own bytes


@given(PERIODS, PERIODS)
def test_the_order_is_total_and_agrees_with_equality(one: Period, other: Period) -> None:
    """Of two periods exactly one is true: before, equal, after."""
    assert [one < other, one == other, one > other].count(True) == 1


@given(PERIODS, PERIODS, PERIODS)
def test_the_order_is_transitive(one: Period, two: Period, three: Period) -> None:
    """Sorting any three periods leaves each at or before the next, and the first at the last."""
    first, second, third = sorted([one, two, three])
    assert first <= second <= third
    assert first <= third


@given(PERIODS, PERIODS)
def test_equal_periods_hash_alike(one: Period, other: Period) -> None:
    """A set of two periods has two members exactly if they differ."""
    assert len({one, other}) == (1 if one == other else 2)


@given(PERIODS)
def test_a_range_of_the_same_days_is_equal(period: Period) -> None:
    """A period equals the range of its days, hashes like it and steps like it."""
    days = DateRange(period.first_day, period.last_day)
    assert (period, hash(period)) == (days, hash(days))
    assert following(period) == following(days)


@given(PERIODS)
def test_the_number_of_months_is_that_of_the_months(period: Period) -> None:
    """A period has a number of months exactly if it has months, and as many."""
    if period.month_count is None:
        assert (period.first_day.day, (period.last_day + timedelta(days=1)).day) != (1, 1)
    else:
        assert len(period.months) == period.month_count


@given(MONTHS, st.integers(-120, 120))
def test_steps_of_months_are_elapsed_months(month: Month, steps: int) -> None:
    """From the end of a month to the end of the one some steps later pass as many months."""
    assert whole_months_between(month.last_day, (month + steps).last_day) == steps


@given(MONTHS, MONTHS, MONTHS)
def test_elapsed_months_add_up(one: Month, two: Month, three: Month) -> None:
    """The way over a third month end is as long as the direct way."""
    first, middle, last = one.last_day, two.last_day, three.last_day
    parts = whole_months_between(first, middle), whole_months_between(middle, last)
    assert sum(part for part in parts if part) == whole_months_between(first, last)


@given(DAYS, DAYS)
def test_elapsed_months_need_two_month_ends(one: date, other: date) -> None:
    """There is an answer exactly if the day after each of the two is a first."""
    ends = all((day + timedelta(days=1)).day == 1 for day in (one, other))
    assert (whole_months_between(one, other) is not None) == ends


@given(FINANCIAL_YEARS)
def test_months_tile_a_financial_year(year: FinancialYear) -> None:
    """The twelve months of a financial year have its days, in order."""
    assert [day for month in year.months for day in month] == list(year)


@given(FINANCIAL_YEARS)
def test_a_financial_year_ends_on_31_march(year: FinancialYear) -> None:
    """The performance year runs from 1 April to 31 March."""
    assert (year.last_day.month, year.last_day.day) == (3, 31)


@given(DAYS)
def test_the_year_that_contains_a_day_contains_it(day: date) -> None:
    """Each day lies in the financial year that is built from it."""
    assert day in FinancialYear.containing(day)


@given(DAYS, DAYS, DURATIONS)
def test_a_duration_keeps_the_order_of_days(one: date, other: date, duration: Duration) -> None:
    """A later start does not give an earlier end."""
    earlier, later = sorted([one, other])
    try:
        answers = duration.after(earlier), duration.after(later)
    except PeriodError:
        return
    assert answers[0] <= answers[1]


@given(DURATIONS)
def test_a_duration_reads_back(duration: Duration) -> None:
    """The printed text of a duration is read as that duration."""
    assert Duration(str(duration)) == duration


@given(DURATIONS, DURATIONS)
def test_adding_durations_commutes(one: Duration, other: Duration) -> None:
    """The sum of two durations does not depend on their order."""
    assert one + other == other + one


@given(PERIODS)
def test_by_a_period_means_its_last_day(period: Period) -> None:
    """The deadline "by" a period is the period's last day."""
    assert parse_deadline(f"by {period}").last_day == period.last_day


@given(DAYS)
def test_an_exact_day_is_its_own_deadline(day: date) -> None:
    """The deadline on a day is that day, and is not vague."""
    assert Deadline.on(day).interval == DateRange(day, day)


@given(
    st.sampled_from(["by", "early", "mid", "late", "spring", "summer", "autumn", "winter"]),
    st.integers(1900, 2198),
)
def test_vague_is_more_than_a_day(words: str, year: int) -> None:
    """A deadline is vague exactly if its interval is longer than a day."""
    deadline = parse_deadline(f"{words} {year}")
    assert deadline.is_vague == (len(deadline.interval) > 1) == (words != "by")


@given(TEXTS)
def test_any_text_is_a_period_or_refused(text: str) -> None:
    """Reading a period ends in a period or in our error, never in another."""
    try:
        period = parse_period(text)
    except PeriodError:
        return
    assert parse_period(str(period)) == period


@given(TEXTS)
def test_any_text_is_a_deadline_or_refused(text: str) -> None:
    """Reading a deadline ends in a deadline or in our error, never in another."""
    try:
        deadline = parse_deadline(text)
    except PeriodError:
        return
    assert parse_deadline(deadline.wording) == deadline


@given(TEXTS)
def test_any_text_is_a_duration_or_refused(text: str) -> None:
    """Reading a duration ends in a duration or in our error, never in another."""
    try:
        duration = Duration(text)
    except PeriodError:
        return
    assert Duration(str(duration)) == duration
