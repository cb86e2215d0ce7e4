"""Days and months as numbers: bounds, steps, whole months and how they print."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal, Protocol, TypeAlias

from rrmodel.errors import PeriodError

PeriodKind: TypeAlias = Literal[
    "month",
    "calendar_quarter",
    "financial_quarter",
    "financial_year",
    "calendar_year",
    "rolling_year",
    "cohort",
    "custom",
]
"""How a period is named. Equality looks at the days only; the kind says which name was used."""

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
READABLE = 10**9
"""Numbers from here on are not printed in messages: thousands of digits would fail or flood."""
_MONTHS_OF_A_YEAR = 12
_DAY = timedelta(days=1)

MONTH_NAMES = (
    "January February March April May June July August September October November December"
).split()


class Timed(Protocol):
    """A period of another library, such as ``pandas.Period``."""

    @property
    def start_time(self) -> datetime:
        """When it starts."""
        ...

    @property
    def end_time(self) -> datetime:
        """The last moment that belongs to it."""
        ...


def out_of_bounds(days: str) -> PeriodError:
    """Return the error for days outside the years that plans can mean."""
    return PeriodError(
        f"{days} reaches outside {EARLIEST.year} to {LATEST.year}, the years that are supported: "
        "check the year"
    )


def checked_day(day: object) -> date:
    """Return the day if it is a plain date within the bounds, and refuse anything else."""
    plain = plain_day(day)
    if not EARLIEST <= plain <= LATEST:
        raise out_of_bounds(str(plain))
    return plain


def plain_day(day: object) -> date:
    """Return the day if it is a date without a time."""
    if isinstance(day, datetime):
        raise PeriodError(f"{day!r} has a time of day: pass its date(), a period is made of days")
    if not isinstance(day, date):
        raise PeriodError(f"{day!r} is not a day: pass a datetime.date")
    return day


def checked_number(number: object, name: str, least: int, most: int) -> int:
    """Return the number if it is a whole number within the limits."""
    if not isinstance(number, int) or isinstance(number, bool):
        raise PeriodError(f"{number!r} is not a {name}: pass a whole number")
    if not least <= number <= most:
        shown = number if abs(number) < READABLE else "so large a number"
        raise PeriodError(f"{shown} is not a {name}: pass one from {least} to {most}")
    return number


def checked_year(year: object) -> int:
    """Return the year if it lies within the bounds."""
    return checked_number(year, "year", EARLIEST.year, LATEST.year)


def day_text(day: date) -> str:
    """Return the day as plans print it, whatever the locale.

    >>> day_text(date(2023, 7, 31))
    '31 July 2023'
    """
    return f"{day.day} {month_text(day)}"


def month_text(day: date) -> str:
    """Return the month of a day as plans print it."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def years_text(first_year: int) -> str:
    """Return a financial year as plans print it."""
    return f"{first_year}/{(first_year + 1) % 100:02d}"


def month_index(day: date) -> int:
    """Return the count of months since year 0, so that months add like numbers."""
    return 12 * day.year + day.month - 1


def month_start(index: int) -> date:
    """Return the first day of the month with that index."""
    year, month = divmod(index, 12)
    if not EARLIEST.year <= year <= LATEST.year:
        raise out_of_bounds(f"the year {year}" if abs(year) < READABLE else "a step of that size")
    return date(year, month + 1, 1)


def months_from(index: int, count: int) -> tuple[date, date]:
    """Return the first and last day of ``count`` months, the first of them with that index."""
    last_month = month_start(index + count - 1)
    # from any 28th, four days on is always in the next month
    next_month = (last_month.replace(day=28) + timedelta(days=4)).replace(day=1)
    return month_start(index), next_month - _DAY


def whole_months(first_day: date, last_day: date) -> int:
    """Return how many whole months the days are, or 0 if they are not whole months."""
    if first_day.day != 1 or not is_month_end(last_day):
        return 0
    return max(0, month_index(last_day) - month_index(first_day) + 1)


def is_month_end(day: date) -> bool:
    """Return whether the day is the last of its month."""
    return day == date.max or (day + _DAY).day == 1


def whole_months_between(first: date, last: date) -> int | None:
    """Return how many months pass between the ends of two months.

    Between two such days time runs evenly in months: a quarter is 3 and a year is 12, whether or
    not it has a leap day. Between other days months are not even, and there is no answer.

    >>> whole_months_between(date(2022, 3, 31), date(2024, 2, 29))
    23
    >>> whole_months_between(date(2022, 3, 31), date(2022, 12, 30)) is None
    True

    Args:
        first: The day to count from.
        last: The day to count to. The answer is below zero if it is the earlier one.

    Returns:
        The number of months, or ``None`` unless both days are the last of their month.

    Raises:
        PeriodError: An argument is not a plain ``date``.
    """
    start, end = plain_day(first), plain_day(last)
    if not is_month_end(start) or not is_month_end(end):
        return None
    return month_index(end) - month_index(start)


def kind_of_days(first_day: date, last_day: date) -> PeriodKind:
    """Return the name that the field has for exactly these days, if it has one."""
    match whole_months(first_day, last_day), first_day.month:
        case 1, _:
            return "month"
        case 3, 1 | 4 | 7 | 10:
            return "calendar_quarter"
        case 12, 4:
            return "financial_year"
        case 12, 1:
            return "calendar_year"
        case 12, _:
            return "rolling_year"
        case _:
            return "custom"


def range_kind(first_day: date, last_day: date) -> Literal["rolling_year", "custom"]:
    """Return the kind of a range of days: twelve whole months are a rolling year."""
    is_year = whole_months(first_day, last_day) == _MONTHS_OF_A_YEAR
    return "rolling_year" if is_year else "custom"


def not_backwards(first_day: date, last_day: date) -> None:
    """Refuse a range that ends before it starts."""
    if last_day < first_day:
        raise PeriodError(
            f"a range from {day_text(first_day)} to {day_text(last_day)} runs backwards: "
            "write the earlier end first, and the year of both"
        )
