"""Strategies for days, periods, deadlines and durations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from dateutil.relativedelta import relativedelta
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
)

__all__ = [
    "calendar_years",
    "date_ranges",
    "days",
    "deadlines",
    "durations",
    "financial_years",
    "months",
    "periods",
    "quarters",
]

_EARLIEST, _LATEST = date(2010, 1, 1), date(2030, 12, 31)
_VAGUE = ("early", "mid", "late", "spring", "summer", "autumn")
_PeriodT = TypeVar("_PeriodT", Month, Quarter, FinancialYear, CalendarYear)


def days(*, earliest: date = _EARLIEST, latest: date = _LATEST) -> st.SearchStrategy[date]:
    """Return days from the earliest to the latest.

    Raises:
        PeriodError: The latest is before the earliest.
    """
    if latest < earliest:
        raise PeriodError(f"no day lies from {earliest} to {latest}: write the earlier one first")
    return st.dates(earliest, latest)


def _within(first: _PeriodT, earliest: date, latest: date) -> st.SearchStrategy[_PeriodT]:
    """Return the whole periods from the first on; nothing where none fits between the days."""
    if first.first_day < earliest:
        first = first + 1
    start, end = first.first_day, latest + timedelta(days=1)
    months = 12 * (end.year - start.year) + end.month - start.month
    count = months // len(first.months)
    if count < 1:
        return st.nothing()
    return st.integers(0, count - 1).map(lambda steps: first + steps)


def months(*, earliest: date = _EARLIEST, latest: date = _LATEST) -> st.SearchStrategy[Month]:
    """Whole months between two days.

    >>> from hypothesis import find
    >>> find(months(earliest=date(2022, 3, 2)), lambda month: True)
    Month('2022-04')

    Args:
        earliest: The first day that may belong to one.
        latest: The last day that may belong to one. Where none fits, nothing is drawn.
    """
    return _within(Month.containing(earliest), earliest, latest)


def quarters(*, earliest: date = _EARLIEST, latest: date = _LATEST) -> st.SearchStrategy[Quarter]:
    """Whole quarters between two days, of calendar and of financial years.

    >>> from hypothesis import find
    >>> find(quarters(earliest=date(2022, 1, 1)), lambda quarter: True)
    Quarter('2022 Q1')

    Args:
        earliest: The first day that may belong to one.
        latest: The last day that may belong to one. Where none fits, nothing is drawn.
    """
    calendar, financial = (
        _within(Quarter.containing(earliest, financial=financial), earliest, latest)
        for financial in (False, True)
    )
    return calendar | financial


def financial_years(
    *, earliest: date = _EARLIEST, latest: date = _LATEST
) -> st.SearchStrategy[FinancialYear]:
    """Whole financial years between two days.

    >>> from hypothesis import find
    >>> find(financial_years(earliest=date(2022, 1, 1)), lambda year: True)
    FinancialYear('2022-23')

    Args:
        earliest: The first day that may belong to one.
        latest: The last day that may belong to one. Where none fits, nothing is drawn.
    """
    return _within(FinancialYear.containing(earliest), earliest, latest)


def calendar_years(
    *, earliest: date = _EARLIEST, latest: date = _LATEST
) -> st.SearchStrategy[CalendarYear]:
    """Whole calendar years between two days.

    >>> from hypothesis import find
    >>> find(calendar_years(earliest=date(2022, 1, 1)), lambda year: True)
    CalendarYear('2022')

    Args:
        earliest: The first day that may belong to one.
        latest: The last day that may belong to one. Where none fits, nothing is drawn.
    """
    return _within(CalendarYear.containing(earliest), earliest, latest)


def date_ranges(
    *, earliest: date = _EARLIEST, latest: date = _LATEST
) -> st.SearchStrategy[DateRange]:
    """Ranges of days between two days: any days, cohorts and rolling years.

    >>> from hypothesis import find
    >>> find(date_ranges(earliest=date(2022, 7, 1), latest=date(2022, 7, 1)), lambda days: True)
    DateRange('2022-07-01/2022-07-01')

    Args:
        earliest: The first day that may belong to one.
        latest: The last day that may belong to one.

    Raises:
        PeriodError: The latest is before the earliest.
    """
    any_days = days(earliest=earliest, latest=latest).flatmap(
        lambda first: days(earliest=first, latest=latest).map(lambda last: DateRange(first, last))
    )
    cohorts = quarters(earliest=earliest, latest=latest).map(
        lambda quarter: DateRange(quarter.first_day, quarter.last_day, kind="cohort")
    )
    one_day = timedelta(days=1)
    last_start = latest + one_day - relativedelta(months=11) - one_day
    rolling_years = months(earliest=earliest, latest=last_start).map(
        lambda month: DateRange(month.first_day, (month + 11).last_day)
    )
    return any_days | cohorts | rolling_years


def periods(*, earliest: date = _EARLIEST, latest: date = _LATEST) -> st.SearchStrategy[Period]:
    """Periods of every kind between two days.

    >>> from hypothesis import find
    >>> find(periods(earliest=date(2022, 4, 1)), lambda period: True)
    Month('2022-04')

    Args:
        earliest: The first day that may belong to one.
        latest: The last day that may belong to one.

    Raises:
        PeriodError: The latest is before the earliest.
    """
    return st.one_of(
        months(earliest=earliest, latest=latest),
        financial_years(earliest=earliest, latest=latest),
        quarters(earliest=earliest, latest=latest),
        calendar_years(earliest=earliest, latest=latest),
        date_ranges(earliest=earliest, latest=latest),
    )


def deadlines(*, earliest: date = _EARLIEST, latest: date = _LATEST) -> st.SearchStrategy[Deadline]:
    """Deadlines as plans word them, definite and vague, whose last day lies between two days.

    >>> from hypothesis import find
    >>> find(deadlines(earliest=date(2023, 7, 1)), lambda deadline: True)
    Deadline('by July 2023')

    Args:
        earliest: The first day that a deadline may mean.
        latest: The last day that a deadline may mean.

    Raises:
        PeriodError: The latest is before the earliest.
    """
    years = calendar_years(earliest=earliest, latest=latest).map(str)
    wordings = st.one_of(
        months(earliest=earliest, latest=latest).map(lambda month: f"by {month}"),
        financial_years(earliest=earliest, latest=latest).map(lambda year: f"by {year}"),
        quarters(earliest=earliest, latest=latest).map(lambda quarter: f"in {quarter}"),
        years.map(lambda year: f"by the end of {year}"),
        st.builds(" ".join, st.tuples(st.sampled_from(_VAGUE), years)),
    )
    return st.one_of(
        wordings.map(Deadline), days(earliest=earliest, latest=latest).map(Deadline.on)
    )


def durations() -> st.SearchStrategy[Duration]:
    """Durations such as follow-ups: of one unit, or of several.

    >>> from hypothesis import find
    >>> find(durations(), lambda duration: True)
    Duration('0 days')
    """
    return st.builds(
        Duration.of,
        years=st.integers(0, 2),
        months=st.integers(0, 18),
        weeks=st.integers(0, 12),
        days=st.integers(0, 100),
    )
