"""The period of some days, of the narrowest kind that has them."""

from __future__ import annotations

from datetime import date

from rrmodel.periods._periods import (
    CalendarYear,
    DateRange,
    FinancialYear,
    Month,
    Period,
    Quarter,
)

__all__ = ["period_of_days"]


def period_of_days(first_day: date, last_day: date) -> Period:
    """Return the period of some days: a month, a quarter or a year if they are one.

    >>> period_of_days(date(2023, 4, 1), date(2024, 3, 31))
    FinancialYear('2023-24')

    Args:
        first_day: The first day.
        last_day: The last day, included.

    Raises:
        PeriodError: The last day is before the first.
    """
    days = DateRange(first_day, last_day)
    calendar: tuple[Period, ...] = (
        Month.containing(first_day),
        Quarter.containing(first_day, financial=False),
        FinancialYear.containing(first_day),
        CalendarYear.containing(first_day),
    )
    return next((period for period in calendar if period == days), days)
