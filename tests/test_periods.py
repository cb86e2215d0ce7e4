"""Periods, deadlines and durations, as plans and bulletins print them."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime

import attrs
import pytest

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

ONE_OF_EACH: list[tuple[Period, str, str, str]] = [
    (Month("March 2022"), "month", "Month('2022-03')", "March 2022"),
    (Quarter("Q1 2023"), "calendar_quarter", "Quarter('2023 Q1')", "January to March 2023"),
    (Quarter("Q3 2023/24"), "financial_quarter", "Quarter('2023/24 Q3')", "Q3 2023/24"),
    (Quarter("Q4 2023/24"), "financial_quarter", "Quarter('2023/24 Q4')", "Q4 2023/24"),
    (FinancialYear("2022-23"), "financial_year", "FinancialYear('2022-23')", "2022/23"),
    (FinancialYear("1999-00"), "financial_year", "FinancialYear('1999-00')", "1999/00"),
    (CalendarYear("2023"), "calendar_year", "CalendarYear('2023')", "2023"),
    (
        DateRange("year to September 2021"),
        "rolling_year",
        "DateRange('2020-10-01/2021-09-30')",
        "year to September 2021",
    ),
    (
        DateRange("1 July 2021 - 17 June 2022"),
        "custom",
        "DateRange('2021-07-01/2022-06-17')",
        "1 July 2021 to 17 June 2022",
    ),
    (
        DateRange("May 2024 - March 2025"),
        "custom",
        "DateRange('2024-05-01/2025-03-31')",
        "May 2024 to March 2025",
    ),
    (
        DateRange("Apr-Aug 2023"),
        "custom",
        "DateRange('2023-04-01/2023-08-31')",
        "April to August 2023",
    ),
    (
        DateRange("April 2020 to March 2021"),
        "rolling_year",
        "DateRange('2020-04-01/2021-03-31')",
        "2020-04-01/2021-03-31",
    ),
    (
        DateRange("Apr-Jun 2023 cohort"),
        "cohort",
        "DateRange('2023-04-01/2023-06-30', kind='cohort')",
        "April to June 2023 cohort",
    ),
    (
        DateRange(date(2022, 3, 1), date(2022, 3, 31), kind="cohort"),
        "cohort",
        "DateRange('2022-03-01/2022-03-31', kind='cohort')",
        "March 2022 cohort",
    ),
]


@pytest.mark.parametrize(("period", "kind", "written", "printed"), ONE_OF_EACH)
def test_kind_repr_and_text(period: Period, kind: str, written: str, printed: str) -> None:
    """A period says its kind, prints as the field prints it, and its repr reads back."""
    assert (period.kind, repr(period), str(period)) == (kind, written, printed)
    assert eval(written) == period  # noqa: S307 - the repr must be Python that reads back


@pytest.mark.parametrize("period", [case[0] for case in ONE_OF_EACH])
def test_copies_are_equal(period: Period) -> None:
    """Pickles and copies equal the period and hash alike."""
    again = pickle.loads(pickle.dumps(period))  # noqa: S301 - our own bytes
    assert {period, again, copy.copy(period), copy.deepcopy(period)} == {period}


def test_records_are_frozen() -> None:
    """The days of a period do not change."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Month("2022-03").first_day = date(2022, 3, 2)  # type: ignore[misc]


@pytest.mark.parametrize("text", ["March 2022", "2022-03", "Mar 2022", " march  2022. ", "2022–03"])
def test_month_spellings(text: str) -> None:
    """A month is read in words or in ISO 8601."""
    assert Month(text) == Month.of(2022, 3)


def test_four_letters_of_september() -> None:
    """Sept is as common as Sep."""
    assert Month("Sept 2021") == Month("Sep 2021") == Month("2021-09")


@pytest.mark.parametrize(
    "text",
    [
        "2023-24",
        "2023/24",
        "2023–24",
        "2023—24",
        "2023 to 2024",
        "2023/2024",
        "2023 - 2024",
        "FY 2023-24",
        "FY2023/24",
        "financial year 2023-24",
        "the performance year 2023/24",
        "year to March 2024",
        "year ending March 2024",
        "the year ending 31 March 2024",
        "financial year ended 31st March 2024",
        "12 months to March 2024",
        "April 2023 - March 2024",
        "1 April 2023 to 31 March 2024",
    ],
)
def test_financial_year_spellings(text: str) -> None:
    """The performance year has many spellings and one meaning (domain notes, section 3)."""
    assert FinancialYear(text) == parse_period(text) == FinancialYear.of(2023)
    assert FinancialYear(text).last_day == date(2024, 3, 31)


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("2023 Q1", Quarter.of(2023, 1, financial=False)),
        ("q1, 2023", Quarter.of(2023, 1, financial=False)),
        ("January to March 2023", Quarter.of(2023, 1, financial=False)),
        ("Jan-Mar 2020", Quarter.of(2020, 1, financial=False)),
        ("Jul–Sep 2019", Quarter.of(2019, 3, financial=False)),
        ("April to June 2023", Quarter.of(2023, 2, financial=False)),
        ("Q3 2023/24", Quarter.of(2023, 3, financial=True)),
        ("2023/24 Q3", Quarter.of(2023, 3, financial=True)),
        ("Q3 2023-24", Quarter.of(2023, 3, financial=True)),
        ("quarter 4 of 2023-24", Quarter.of(2023, 4, financial=True)),
    ],
)
def test_quarter_spellings(text: str, quarter: Quarter) -> None:
    """A quarter is financial only if its year is; one named by months is a calendar quarter."""
    assert Quarter(text) == parse_period(text) == quarter
    assert quarter.is_financial == (quarter.kind == "financial_quarter")


SAME_DAYS: list[tuple[Period, Period]] = [
    (Quarter("Q1 2023/24"), Quarter("Q2 2023")),
    (Quarter("Q2 2023"), DateRange("2023-04-01 to 2023-06-30")),
    (FinancialYear("2022-23"), DateRange("2022-04-01 to 2023-03-31")),
    (CalendarYear("2023"), DateRange("2023-01-01/2023-12-31")),
    (Month("March 2022"), DateRange(date(2022, 3, 1), date(2022, 3, 31))),
    (FinancialYear("2020-21"), DateRange("2020/21 cohort")),
    (DateRange("2020-04-01/2021-03-31"), DateRange("2020-04-01/2021-03-31", kind="cohort")),
]


@pytest.mark.parametrize(("one", "other"), SAME_DAYS)
def test_periods_with_the_same_days_are_equal(one: Period, other: Period) -> None:
    """Equality and the hash look at the days; the kind and the text stay as they were made."""
    assert one == other
    assert hash(one) == hash(other)
    assert not one < other
    assert not one > other
    assert (one.kind, str(one)) != (other.kind, str(other))


def test_a_period_is_not_equal_to_other_things() -> None:
    """Neither a day nor a text nor a period with other days equals a period."""
    day: object = date(2022, 3, 1)
    assert DateRange("2022-03-01/2022-03-01") != day
    assert Month("March 2022") != "March 2022"
    assert Month("March 2022") != DateRange("2022-03-01/2022-03-30")


@pytest.mark.parametrize(
    ("period", "count"),
    [
        (Month("March 2022"), 1),
        (Quarter("Q3 2023/24"), 3),
        (FinancialYear("2023-24"), 12),
        (CalendarYear("2023"), 12),
        (DateRange("year to September 2021"), 12),
        (DateRange("May 2024 - March 2025"), 11),
        (DateRange("Apr-Jun 2023 cohort"), 3),
        (DateRange("1-15 April 2024"), None),
        (DateRange("2 April 2024 to 30 June 2024"), None),
    ],
)
def test_the_length_in_whole_months(period: Period, count: int | None) -> None:
    """A period says how many whole months it has, if it has no part of a month."""
    assert period.month_count == count


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2022, 3, 31), date(2023, 3, 31), 12),
        (date(2023, 2, 28), date(2024, 2, 29), 12),
        (date(2024, 2, 29), date(2024, 2, 29), 0),
        (date(2022, 12, 31), date(2022, 3, 31), -9),
        (date(2024, 2, 28), date(2024, 3, 31), None),
        (date(2024, 1, 31), date(2024, 3, 30), None),
        (date(1, 1, 31), date.max, 119_987),
    ],
)
def test_whole_months_between_two_days(first: date, last: date, months: int | None) -> None:
    """Elapsed time is counted in months only from the end of one month to the end of another."""
    assert whole_months_between(first, last) == months


def test_elapsed_months_are_counted_between_plain_days() -> None:
    """A day with a time is refused, as it is everywhere in this package."""
    with pytest.raises(PeriodError, match="time of day"):
        whole_months_between(date(2022, 3, 31), datetime(2023, 3, 31, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "first_day", "last_day", "kind"),
    [
        ("1 July 2021 - 17 June 2022", date(2021, 7, 1), date(2022, 6, 17), "custom"),
        ("1 Jul 2021 to 17th of June 2022", date(2021, 7, 1), date(2022, 6, 17), "custom"),
        ("2021-07-01/2022-06-17", date(2021, 7, 1), date(2022, 6, 17), "custom"),
        ("2021-07-01 to 2022-06-17", date(2021, 7, 1), date(2022, 6, 17), "custom"),
        ("2022-04 - 2022-08", date(2022, 4, 1), date(2022, 8, 31), "custom"),
        ("from 1 Apr 2021 to 31 Mar 2025", date(2021, 4, 1), date(2025, 3, 31), "custom"),
        ("1–15 April 2024", date(2024, 4, 1), date(2024, 4, 15), "custom"),
        ("1 April to 15 June 2024", date(2024, 4, 1), date(2024, 6, 15), "custom"),
        ("15 April to June 2024", date(2024, 4, 15), date(2024, 6, 30), "custom"),
        ("Jul 2011 - Jun 2012", date(2011, 7, 1), date(2012, 6, 30), "rolling_year"),
        ("year to September 2021", date(2020, 10, 1), date(2021, 9, 30), "rolling_year"),
        ("twelve months to September 2021", date(2020, 10, 1), date(2021, 9, 30), "rolling_year"),
        ("2021-22 cohort", date(2021, 4, 1), date(2022, 3, 31), "cohort"),
        ("Jan-Mar 2020 cohort", date(2020, 1, 1), date(2020, 3, 31), "cohort"),
    ],
)
def test_range_spellings(text: str, first_day: date, last_day: date, kind: str) -> None:
    """A range is read from both ends, from its year's last month, or as a cohort."""
    period = parse_period(text)
    assert period == DateRange(text)
    assert (period.first_day, period.last_day, period.kind) == (first_day, last_day, kind)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("April 2019 to March 2020", FinancialYear("2019-20")),
        ("Apr 2017 - Mar 2018", FinancialYear("2017-18")),
        ("in the year to March 2022", FinancialYear("2021-22")),
        ("January to December 2019", CalendarYear("2019")),
        ("Jan - Dec 2019", CalendarYear("2019")),
        ("year to December 2019", CalendarYear("2019")),
        ("calendar year 2019", CalendarYear("2019")),
        ("1-30 April 2024", Month("2024-04")),
        ("in March 2022", Month("2022-03")),
        ("throughout 2022", CalendarYear("2022")),
        ("during the financial year 2022-23", FinancialYear("2022-23")),
        ("2022-04-01/2023-03-31", DateRange(date(2022, 4, 1), date(2023, 3, 31))),
    ],
)
def test_parse_period_names_the_days(text: str, period: Period) -> None:
    """Days that have a name in the field get it; an ISO interval stays a range."""
    assert parse_period(text) == period


def test_two_following_years_are_a_financial_year() -> None:
    """Trap: "2007-08" is 2007/08, not August 2007, unless a month is asked for."""
    assert parse_period("2007-08") == FinancialYear("2007-08") == FinancialYear.of(2007)
    assert Month("2007-08") == Month.of(2007, 8)
    assert parse_period("2022-03") == Month.of(2022, 3)
    assert parse_period("1999-00") == parse_period("1999-2000") == FinancialYear.of(1999)


def test_the_month_and_the_year_to_it_are_different() -> None:
    """Trap: March 2023 was 19.4% while the year 2022/23 was 17.4%; the periods must differ."""
    month, year = parse_period("in March 2023"), parse_period("in the year to March 2023")
    assert month != year
    assert month in year
    assert year not in month


@pytest.mark.parametrize("read", [parse_period, FinancialYear, Month, parse_deadline])
def test_span_of_plan_years(read: Callable[[str], object]) -> None:
    """Trap: the "2022-25" of a plan's title is three plan years, and says so."""
    with pytest.raises(PeriodError, match=r"3 plan years.*April 2022 to March 2025"):
        read("2022-25")


def test_the_advice_about_plan_years_can_be_followed() -> None:
    """The message's suggestion for 2023-25 is read as those two years."""
    assert DateRange("April 2023 to March 2025").months[-1] == Month("March 2025")
    with pytest.raises(PeriodError, match="span of 2 plan years"):
        parse_period("2023-25")


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (Month, "2023-24", r"is a financial year, not a month: write FinancialYear\('2023-24'\)"),
        (FinancialYear, "2022-03", r"is a month, not a financial year: write Month\('2022-03'\)"),
        (CalendarYear, "2023-24", "is a financial year, not a calendar year"),
        (Quarter, "2023", r"is a calendar year, not a quarter: write CalendarYear\('2023'\)"),
        (Month, "Q1 2023", r"is a quarter, not a month: write Quarter\('2023 Q1'\)"),
        (Month, "year to May 2021", "is a range of days, not a month"),
        (DateRange, "March 2022", "is a month, not a range of days"),
        (DateRange, "Q3 2023/24", r"is a quarter.*write Quarter\('2023/24 Q3'\)"),
        (parse_period, "2023-23", "neither a financial year.*nor a month"),
        (parse_period, "2023-13", "neither a financial year.*nor a month"),
        (parse_period, "2022/03", "neither a financial year.*nor a month"),
        (parse_period, "2023 to 2021", "neither a financial year.*nor a month"),
        (parse_period, "Q5 2023", "there is no quarter 5"),
        (parse_period, "Q0 2023/24", "there is no quarter 0"),
        (parse_period, "6 September 2004", r"is one day.*DateRange\('2004-09-06/2004-09-06'\)"),
        (parse_period, "2004-09-06", "is one day"),
        (parse_period, "01/02/2023", "day or with the month first"),
        (parse_period, "31 February 2023", "no day 31 in February 2023, which has 28 days"),
        (parse_period, "0 March 2023", "no day 0 in March 2023"),
        (parse_period, "2023-13-01", "2023-13 names no month"),
        (parse_period, "April 2023 to March 2023", "runs backwards.*the year of both"),
        (parse_period, "2022-06-17/2021-07-01", "runs backwards"),
        (parse_period, "year to 15 June 2022", "does not end with a month"),
        (parse_period, "1 - April 2024", "does not say in which month it starts"),
        (parse_period, "1 2023 to 5 April 2024", "does not say in which month it starts"),
        (parse_period, "- April 2024", "does not say in which month it starts"),
        (parse_period, "March 1066", "the year 1066 reaches outside 1900 to 2199"),
        (parse_period, "2199-00", "the year 2200 reaches outside"),
        (parse_period, "22/23", "is not a period: write a month"),
        (parse_period, "", "is not a period: write a month"),
        (parse_period, "cohort", "is not a period"),
        (parse_period, "end of 2023", "is not a period"),
        (parse_period, "٢٠٢٣", "is not a period"),
        (parse_period, "x" * 101, "a text of 101 characters is too long"),
    ],
)
def test_refusals_say_what_to_write(read: Callable[[str], object], text: str, message: str) -> None:
    """A text that the class does not read is refused, with its class or the shapes to write."""
    with pytest.raises(PeriodError, match=message):
        read(text)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Month(202203), "expected a text, not int"),  # type: ignore[arg-type]
        (lambda: Month.of(2022, 13), "13 is not a month: pass one from 1 to 12"),
        (lambda: Month.of(2022, True), "True is not a month: pass a whole number"),
        (lambda: Month.of(1899, 1), "1899 is not a year: pass one from 1900 to 2199"),
        (lambda: CalendarYear.of(10**5000), "so large a number is not a year"),
        (lambda: CalendarYear.of("2023"), "'2023' is not a year"),  # type: ignore[arg-type]
        (lambda: Quarter.of(2022, 0, financial=True), "0 is not a quarter"),
        (lambda: FinancialYear.of(2199), "the year 2200 reaches outside"),
        (lambda: FinancialYear.containing(date(1900, 3, 31)), "1899 is not a year"),
        (lambda: Month.containing(date(1066, 10, 14)), "1066-10-14 reaches outside"),
        (lambda: Month.containing(datetime(2022, 3, 1, tzinfo=UTC)), "has a time of day"),
        (lambda: Month.containing("2022-03-01"), "is not a day"),  # type: ignore[arg-type]
        (lambda: DateRange(date(2022, 3, 1)), "None is not a day"),
        (lambda: DateRange(datetime(2022, 3, 1, tzinfo=UTC), date(2022, 3, 2)), "time of day"),
        (lambda: DateRange(date(2022, 3, 2), date(2022, 3, 1)), "runs backwards"),
        (lambda: DateRange("1-2 May 2022", date(2022, 5, 2)), "omit last_day"),
        (lambda: DateRange("1-2 May 2022", kind="rolling_year"), "is of kind 'custom'"),
        (lambda: DateRange("year to May 2022", kind="custom"), "is of kind 'rolling_year'"),
        (lambda: DateRange("1-15 April 2024").months, "not made of whole months"),
        (lambda: CalendarYear("2199") + 1, "the year 2200 reaches outside"),
        (lambda: CalendarYear("1900") - 1, "the year 1899 reaches outside"),
        (lambda: Month("2022-03") + 10**5000, "a step of that size reaches outside"),
        (lambda: DateRange("1-15 April 2024") + 10**5000, "a step of that size from 1 April"),
        (lambda: DateRange("1-15 January 1900") - 1, "a step of that size from 1 January"),
        (lambda: DateRange("4-31 January 2023") + 1, "whole months, which 4 January 2023 to"),
    ],
)
def test_refused_days(build: Callable[[], object], message: str) -> None:
    """Days, numbers and steps that make no period are refused with advice."""
    with pytest.raises(PeriodError, match=message):
        build()


def test_a_cohort_is_one_because_someone_says_so() -> None:
    """The kind of a range follows from its days unless the text or the caller says cohort."""
    days = date(2020, 4, 1), date(2021, 3, 31)
    assert DateRange(*days).kind == DateRange(*days, kind="rolling_year").kind
    assert DateRange(*days, kind="cohort").kind == DateRange("2020/21 cohort").kind
    assert DateRange(*days).kind != DateRange(*days, kind="cohort").kind
    assert DateRange("2020-04-01/2021-03-31", kind="cohort").kind == "cohort"


@pytest.mark.parametrize(
    ("period", "following"),
    [
        (Month("December 2022"), Month("January 2023")),
        (Quarter("Q4 2022"), Quarter("Q1 2023")),
        (Quarter("Q4 2022/23"), Quarter("Q1 2023/24")),
        (FinancialYear("2022-23"), FinancialYear("2023-24")),
        (CalendarYear("2022"), CalendarYear("2023")),
        (DateRange("year to September 2021"), DateRange("year to September 2022")),
        (DateRange("May 2024 - March 2025"), DateRange("April 2025 to February 2026")),
        (DateRange("Apr-Jun 2023 cohort"), DateRange("Jul-Sep 2023 cohort")),
        (DateRange("1-15 April 2024"), DateRange("16-30 April 2024")),
    ],
)
def test_next_and_previous(period: Period, following: Period) -> None:
    """Adding one gives the next period of the same kind, and subtracting one comes back."""
    assert period + 1 == following
    assert following - 1 == period


@pytest.mark.parametrize("step", [1.0, True, "1", None])
def test_steps_are_whole_numbers(step: object) -> None:
    """A period moves by whole steps only."""
    with pytest.raises(TypeError):
        Month("2022-03") + step  # type: ignore[operator]
    with pytest.raises(TypeError):
        Month("2022-03") - step  # type: ignore[operator]


def test_length_and_days() -> None:
    """A leap February makes its year 366 days long."""
    assert len(FinancialYear("2023-24")) == FinancialYear("2023-24").days == 366
    assert list(DateRange("30 April 2024 to 2 May 2024")) == [
        date(2024, 4, 30),
        date(2024, 5, 1),
        date(2024, 5, 2),
    ]


def test_containment() -> None:
    """A period contains its days and the periods that lie wholly within it."""
    year = FinancialYear("2022-23")
    assert date(2022, 4, 1) in year
    assert date(2023, 4, 1) not in year
    assert Quarter("Q4 2022/23") in year
    assert CalendarYear("2022") not in year
    with pytest.raises(PeriodError, match="time of day"):
        _ = datetime(2022, 4, 1, tzinfo=UTC) in year


def test_the_period_that_contains_a_day() -> None:
    """31 March and 1 April lie in different financial years."""
    march, april = date(2023, 3, 31), date(2023, 4, 1)
    assert Month.containing(march) == Month("March 2023")
    assert Quarter.containing(march, financial=True) == Quarter("Q4 2022/23")
    assert Quarter.containing(april, financial=False) == Quarter("Q2 2023")
    assert FinancialYear.containing(march) == FinancialYear("2022-23")
    assert FinancialYear.containing(april) == FinancialYear("2023-24")
    assert CalendarYear.containing(march) == CalendarYear("2023")


def test_one_order_for_all_kinds() -> None:
    """Periods are ordered by first day, then by last day."""
    year, quarter, month = FinancialYear("2022-23"), Quarter("Q1 2022/23"), Month("April 2022")
    assert sorted([year, quarter, month]) == [month, quarter, year]
    assert month < year
    assert month <= year
    assert year > month
    assert year >= month


def test_periods_have_no_order_with_other_things() -> None:
    """A period is neither before nor after a day: ask for its first or last day."""
    with pytest.raises(TypeError):
        _ = Month("2022-03") < date(2022, 4, 1)  # type: ignore[operator]
    with pytest.raises(TypeError):
        _ = Deadline("2022") < date(2022, 4, 1)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "last_day"),
    [
        ("By July 2023", date(2023, 7, 31)),
        ("July 2023", date(2023, 7, 31)),
        ("by 2023-24", date(2024, 3, 31)),
        ("2023-24", date(2024, 3, 31)),
        ("by the end of 2023", date(2023, 12, 31)),
        ("by end 2023", date(2023, 12, 31)),
        ("by end-2023", date(2023, 12, 31)),
        ("at the end of 2023", date(2023, 12, 31)),
        ("by the end of 2023-24", date(2024, 3, 31)),
        ("by the end of the financial year 2023-24", date(2024, 3, 31)),
        ("by the end of March 2022", date(2022, 3, 31)),
        ("in 2022-23", date(2023, 3, 31)),
        ("in 2022", date(2022, 12, 31)),
        ("during 2022-23", date(2023, 3, 31)),
        ("throughout 2022", date(2022, 12, 31)),
        ("within 2022-23", date(2023, 3, 31)),
        ("by Q3 2023/24", date(2023, 12, 31)),
        ("by 6 September 2004", date(2004, 9, 6)),
        ("6 Sep 2004", date(2004, 9, 6)),
        ("on the 6th of September 2004", date(2004, 9, 6)),
        ("2023-07-31", date(2023, 7, 31)),
        ("by 29 February 2024", date(2024, 2, 29)),
        ("in the year to March 2022", date(2022, 3, 31)),
        ("on or before 31 March 2023", date(2023, 3, 31)),
        ("no later than 31 March 2023", date(2023, 3, 31)),
        ("by 31 March 2023 at the latest", date(2023, 3, 31)),
        ("before April 2023", date(2023, 3, 31)),
        ("before 1 March 2024", date(2024, 2, 29)),
        ("before the start of 2023-24", date(2023, 3, 31)),
        ("before the end of 2023", date(2023, 12, 31)),
        ("by the start of 2023-24", date(2023, 4, 1)),
        ("by the beginning of April 2023", date(2023, 4, 1)),
        ("by the end of the 2020s", date(2029, 12, 31)),
        ("by April 2020 to March 2021", date(2021, 3, 31)),
        ("from 1 April 2022 to 31 March 2023", date(2023, 3, 31)),
    ],
)
def test_definite_deadlines(text: str, last_day: date) -> None:
    """A day is itself, and a period means its last day."""
    deadline = parse_deadline(text)
    assert (deadline.last_day, deadline.is_vague) == (last_day, False)
    assert deadline.interval == DateRange(last_day, last_day)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("early 2023", "2023-01-01/2023-04-30"),
        ("in early 2023", "2023-01-01/2023-04-30"),
        ("early in 2023", "2023-01-01/2023-04-30"),
        ("mid 2023", "2023-05-01/2023-08-31"),
        ("by mid-2023", "2023-05-01/2023-08-31"),
        ("late 2023", "2023-09-01/2023-12-31"),
        ("early 2023-24", "2023-04-01/2023-07-31"),
        ("late in the year to September 2021", "2021-06-01/2021-09-30"),
        ("early March 2023", "2023-03-01/2023-03-10"),
        ("mid-March 2023", "2023-03-11/2023-03-20"),
        ("late February 2024", "2024-02-21/2024-02-29"),
        ("by summer 2022", "2022-06-01/2022-08-31"),
        ("spring of 2022", "2022-03-01/2022-05-31"),
        ("in the autumn 2022", "2022-09-01/2022-11-30"),
        ("winter 2022", "2022-12-01/2023-02-28"),
        ("winter 2023/24", "2023-12-01/2024-02-29"),
        ("by the end of summer 2022", "2022-06-01/2022-08-31"),
        ("before the end of summer 2022", "2022-06-01/2022-08-31"),
        ("the 2020s", "2020-01-01/2029-12-31"),
        ("early 2020s", "2020-01-01/2023-12-31"),
        ("by the mid-2020s", "2024-01-01/2026-12-31"),
        ("late 2020s", "2027-01-01/2029-12-31"),
    ],
)
def test_vague_deadlines(text: str, interval: str) -> None:
    """Vague words keep their wording and give the days that they can mean."""
    deadline = parse_deadline(text)
    assert deadline.is_vague
    assert deadline.interval == DateRange(interval)
    assert (deadline.wording, deadline.last_day) == (text, deadline.interval.last_day)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("by the end of the decade", "counts from a day that the text does not give"),
        ("this parliament", "counts from a day that the text does not give"),
        ("in the next two years", "counts from a day that the text does not give"),
        ("within six months of release", "counts from a day that the text does not give"),
        ("from 2023 onwards", "is the start of something"),
        ("from April 2023", "is the start of something"),
        ("2023 onwards", "is the start of something"),
        ("since 6 September 2004", "is the start of something"),
        ("2023-13-01", "2023-13 names no month"),
        ("31 February 2023", "no day 31 in February 2023"),
        ("by 01/02/2023", "day or with the month first"),
        ("before summer 2022", "no certain first day"),
        ("by the start of the 2020s", "no certain first day"),
        ("winter 2022-25", "'winter 2022-23' or 'winter 2022'"),
        ("spring 2022/23", "or 'spring 2022'"),
        ("early Q1 2023", "early, mid and late go with"),
        ("early closing", "early, mid and late go with"),
        ("before 1900", "1899-12-31 reaches outside"),
        ("soon", "is not a deadline: write a day"),
        ("by", "is not a deadline: write a day"),
        ("", "is not a deadline: write a day"),
        ("within days of 2023", "is not a deadline: write a day"),
    ],
)
def test_refused_deadlines(text: str, message: str) -> None:
    """A text without a day by which something is due is refused, with advice."""
    with pytest.raises(PeriodError, match=message):
        parse_deadline(text)


def test_a_deadline_keeps_its_wording() -> None:
    """The words of the plan are kept as printed, and the repr reads back."""
    deadline = Deadline(" By  July 2023")
    assert (str(deadline), repr(deadline)) == ("By July 2023", "Deadline('By July 2023')")
    assert eval(repr(deadline)) == deadline  # noqa: S307 - the repr must be Python that reads back
    assert pickle.loads(pickle.dumps(deadline)) == deadline  # noqa: S301 - our own bytes


def test_deadlines_with_other_words_are_other_records() -> None:
    """Equality includes the wording; the order starts with the last day."""
    by, on = Deadline("by the end of 2023"), Deadline("2023-12-31")
    assert by != on
    assert Deadline("late 2023") < on < by < Deadline("by 2023-24")
    assert len({by, on, Deadline("by the end of 2023")}) == 2


def test_the_deadline_on_a_day() -> None:
    """An exact day is a deadline like any other."""
    assert Deadline.on(date(2004, 9, 6)) == Deadline("by 6 September 2004")
    with pytest.raises(PeriodError, match="time of day"):
        Deadline.on(datetime(2004, 9, 6, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("six weeks", Duration.of(weeks=6)),
        ("a decade", Duration.of(years=10)),
        ("two fortnights", Duration.of(weeks=4)),
        ("6 months", Duration.of(months=6)),
        ("six-month", Duration.of(months=6)),
        ("a year", Duration.of(years=1)),
        ("1 year 6 months", Duration.of(years=1, months=6)),
        ("one year and six months", Duration.of(years=1, months=6)),
        ("1 year, 6 months, 2 weeks and 3 days", Duration.of(years=1, months=6, weeks=2, days=3)),
        ("twenty-one days", Duration.of(days=21)),
        ("0 days", Duration.of()),
    ],
)
def test_duration_spellings(text: str, duration: Duration) -> None:
    """A duration is read in digits or words, and its repr reads back."""
    assert Duration(text) == duration
    assert eval(repr(duration)) == duration  # noqa: S307 - the repr must be Python that reads back


def test_durations_of_the_same_length_are_equal() -> None:
    """Twelve weeks are 84 days and twelve months a year, but four weeks are not a month."""
    assert Duration("12 weeks") == Duration("84 days")
    assert hash(Duration("12 months")) == hash(Duration("1 year"))
    assert Duration("4 weeks") != Duration("1 month")
    assert Duration("6 weeks") != "6 weeks"


def test_durations_print_in_their_own_units() -> None:
    """Equal durations still print as they were read."""
    assert str(Duration("twelve weeks")) == "12 weeks"
    assert str(Duration("1 year and 1 day")) == "1 year 1 day"
    assert str(Duration.of()) == "0 days"


def test_durations_add() -> None:
    """A one-year follow-up and six months for the conviction make eighteen months."""
    assert Duration("1 year") + Duration("6 months") == Duration("18 months")
    with pytest.raises(TypeError):
        Duration("1 year") + 6  # type: ignore[operator]


def test_a_duration_clips_at_the_end_of_a_month() -> None:
    """Six months after 31 August is the last day of February."""
    six_months = Duration("six months")
    assert six_months.after(date(2023, 8, 31)) == date(2024, 2, 29)
    assert six_months.before(date(2023, 8, 31)) == date(2023, 2, 28)
    assert Duration("six weeks").after(date(2022, 3, 31)) == date(2022, 5, 12)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Duration("6 months 3 months"), "is not a duration"),
        (lambda: Duration("weeks"), "is not a duration"),
        (lambda: Duration("six weeks later"), "is not a duration"),
        (lambda: Duration(""), "is not a duration"),
        (lambda: Duration("half a year"), "a number before each unit"),
        (lambda: Duration("1.5 years"), "is not a whole number"),
        (lambda: Duration("-3 months"), "is not a whole number"),
        (lambda: Duration("999999999999 days"), "so large a number is not a number of days"),
        (lambda: Duration.of(months=-1), "-1 is not a number of months"),
        (lambda: Duration.of(weeks=1.5), "1.5 is not a number of weeks"),  # type: ignore[arg-type]
        (lambda: Duration.of(days=True), "True is not a number of days"),
        (lambda: Duration("9999 years").after(date(2022, 3, 1)), "9999 years after 2022-03-01"),
        (lambda: Duration("2022 years").before(date(2022, 3, 1)), "2022 years before 2022-03-01"),
        (
            lambda: Duration("1 day").after(datetime(2022, 3, 1, tzinfo=UTC)),
            "has a time of day",
        ),
    ],
)
def test_refused_durations(build: Callable[[], object], message: str) -> None:
    """A part of a unit, a unit twice, or an answer beyond the known years is refused."""
    with pytest.raises(PeriodError, match=message):
        build()
