"""The types of periods; never run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import assert_never, assert_type

from rrmodel.periods import (
    CalendarYear,
    DateRange,
    Deadline,
    Duration,
    FinancialYear,
    Month,
    Period,
    PeriodKind,
    Quarter,
    parse_day,
    parse_deadline,
    parse_period,
    whole_months_between,
)


def allowed(month: Month, quarter: Quarter, deadline: Deadline, duration: Duration) -> None:
    """Each kind keeps its type through steps, and questions have precise answers."""
    assert_type(month + 1, Month)
    assert_type(quarter - 1, Quarter)
    assert_type(month.kind, PeriodKind)
    assert_type(month.first_day, date)
    assert_type(quarter.months, tuple[Month, ...])
    assert_type(quarter.month_count, int | None)
    assert_type(whole_months_between(month.first_day, month.last_day), int | None)
    assert_type(parse_day("2024-08-01"), date)
    assert_type(quarter.is_financial, bool)
    assert_type(iter(month), Iterator[date])
    assert_type(month in quarter, bool)
    assert_type(month < quarter, bool)
    assert_type(month >= quarter, bool)
    assert_type(FinancialYear.of(2023), FinancialYear)
    assert_type(parse_period("2023-24"), Period)
    assert_type(parse_deadline("by 2023-24"), Deadline)
    assert_type(deadline.interval, DateRange)
    assert_type(deadline.is_vague, bool)
    assert_type(duration.after(month.last_day), date)
    assert_type(duration + duration, Duration)


def refused(month: Month, deadline: Deadline, duration: Duration, later: Duration) -> None:
    """Steps are whole numbers, and things of different kinds have no order."""
    _ = month + 1.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownVariableType]
    _ = month + month  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownVariableType]
    _ = month < date(2023, 4, 1)  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownVariableType]
    _ = deadline < month  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownVariableType]
    _ = duration < later  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownVariableType]
    Month(2022, 3)  # type: ignore[call-arg, arg-type]  # pyright: ignore[reportCallIssue]
    Quarter.of(2023, 1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def exhaustive(period: Period) -> str:
    """The union of periods is closed."""
    match period:
        case Month() | Quarter():
            return "within a year"
        case FinancialYear() | CalendarYear():
            return "a year"
        case DateRange():
            return "any days"
        case _:
            assert_never(period)
