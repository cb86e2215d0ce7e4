"""The five kinds of period, their days, their order and their arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import total_ordering
from typing import TYPE_CHECKING, Literal, Self, TypeAlias, TypeVar, final

import attrs

from rrmodel._pydantic import text_field
from rrmodel.errors import PeriodError
from rrmodel.periods._calendar import (
    EARLIEST,
    LATEST,
    MONTH_NAMES,
    PeriodKind,
    Timed,
    checked_day,
    checked_number,
    checked_year,
    day_text,
    kind_of_days,
    month_index,
    month_text,
    months_from,
    not_backwards,
    out_of_bounds,
    range_kind,
    whole_months,
    years_text,
)
from rrmodel.periods._text_schemas import PERIOD_SCHEMA

if TYPE_CHECKING:
    from rrmodel.periods._labels import Reading

_DaysT = TypeVar("_DaysT", bound="_Days")


@total_ordering
@attrs.frozen(init=False, repr=False, eq=False)
class _Days:
    """The behaviour that all periods share; the five classes differ in how they read and print.

    Periods with the same days are equal and hash alike, whatever their class and kind.
    """

    first_day: date
    """The first day that belongs to the period."""
    last_day: date
    """The last day that belongs to the period."""
    kind: PeriodKind
    """How the period is named; equality does not look at it."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> object:
        return text_field(cls, read=parse_period, write=str, schema=PERIOD_SCHEMA)

    @property
    def days(self) -> int:
        """How many days the period has, which is also its ``len``."""
        return (self.last_day - self.first_day).days + 1

    @property
    def month_count(self) -> int | None:
        """How many whole months the period has, or ``None`` if it is not made of whole months.

        Figures of equal length are those with the same ``month_count``, or where that is ``None``
        the same ``days``.

        >>> Quarter("Q3 2023/24").month_count, DateRange("1-15 April 2024").month_count
        (3, None)
        """
        return whole_months(self.first_day, self.last_day) or None

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that the period is made of, in order.

        Raises:
            PeriodError: The period does not start and end with a month.
        """
        count = self.month_count
        if count is None:
            raise PeriodError(f"{self} is not made of whole months: iterate over its days instead")
        index = month_index(self.first_day)
        return tuple(_make(Month, *months_from(index + step, 1), "month") for step in range(count))

    def __len__(self) -> int:
        return self.days

    def __iter__(self) -> Iterator[date]:
        return (self.first_day + timedelta(days=step) for step in range(self.days))

    def __contains__(self, other: date | Period) -> bool:
        if isinstance(other, _Days):
            return self.first_day <= other.first_day and other.last_day <= self.last_day
        return self.first_day <= checked_day(other) <= self.last_day

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Days):
            return NotImplemented
        return self.first_day == other.first_day and self.last_day == other.last_day

    def __hash__(self) -> int:
        return hash((self.first_day, self.last_day))

    def __lt__(self, other: Period) -> bool:
        theirs = _key(other)
        if theirs is None:
            return NotImplemented
        return (self.first_day, self.last_day) < theirs

    def __add__(self, steps: int) -> Self:
        if not _is_whole_number(steps):
            return NotImplemented
        index, count = month_index(self.first_day), whole_months(self.first_day, self.last_day)
        if count:
            return _make(type(self), *months_from(index + count * steps, count), self.kind)
        first, length = self.first_day.toordinal() + self.days * steps, self.days
        if first < EARLIEST.toordinal() or first + length - 1 > LATEST.toordinal():
            raise out_of_bounds(f"a step of that size from {self}")
        first_day, last_day = date.fromordinal(first), date.fromordinal(first + length - 1)
        if whole_months(first_day, last_day):
            # one step back from there would go by months and never return here
            raise PeriodError(
                f"the {length} days from {day_text(first_day)} are whole months, which {self} is "
                f"not: write DateRange('{first_day}/{last_day}') if they are meant"
            )
        return _make(type(self), first_day, last_day, self.kind)

    def __sub__(self, steps: int) -> Self:
        if not _is_whole_number(steps):
            return NotImplemented
        return self + -steps


def _key(value: object) -> tuple[date, date] | None:
    return (value.first_day, value.last_day) if isinstance(value, _Days) else None


def _fill(period: _Days, first_day: date, last_day: date, kind: PeriodKind) -> None:
    object.__setattr__(period, "first_day", first_day)
    object.__setattr__(period, "last_day", last_day)
    object.__setattr__(period, "kind", kind)


def _make(cls: type[_DaysT], first_day: date, last_day: date, kind: PeriodKind) -> _DaysT:
    period = object.__new__(cls)
    _fill(period, first_day, last_day, kind)
    return period


def _is_whole_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@final
@attrs.frozen(init=False, repr=False, eq=False)
class Month(_Days):
    """One month, read from "March 2022", "Mar 2022" or "2022-03".

    Asked for a month, "2007-08" is August 2007; :func:`parse_period` reads the financial year.

    >>> Month("March 2022").last_day
    datetime.date(2022, 3, 31)
    >>> Month("2022-12") + 1
    Month('2023-01')
    >>> Month("2023-24")
    Traceback (most recent call last):
    ...
    rrmodel.errors.PeriodError: '2023-24' is a financial year, not a month: write ...

    Raises:
        PeriodError: The text is not one month.
    """

    def __init__(self, text: str) -> None:
        reading = _read_only(text, "month", "'March 2022' or '2022-03'", prefer_month=True)
        _fill(self, reading.first_day, reading.last_day, "month")

    @classmethod
    def of(cls, year: int, month: int) -> Self:
        """Return the month with that number, 1 to 12, of a year."""
        index = 12 * checked_year(year) + checked_number(month, "month", 1, 12) - 1
        return _make(cls, *months_from(index, 1), "month")

    @classmethod
    def containing(cls, day: date) -> Self:
        """Return the month that a day lies in."""
        return _make(cls, *months_from(month_index(checked_day(day)), 1), "month")

    def __str__(self) -> str:
        return month_text(self.first_day)

    def __repr__(self) -> str:
        return f"Month('{self.first_day:%Y-%m}')"


@final
@attrs.frozen(init=False, repr=False, eq=False)
class Quarter(_Days):
    """Three months, of a calendar year ("Q1 2023") or of a financial year ("Q3 2023/24").

    The first quarter of 2023/24 and the second of 2023 have the same days and are equal; each
    prints by its own year. Named by its months, as in "April to June 2023", a quarter is a
    calendar quarter.

    >>> Quarter("Q3 2023/24").last_day
    datetime.date(2023, 12, 31)
    >>> Quarter("Q1 2023/24") == Quarter("April to June 2023")
    True

    Raises:
        PeriodError: The text is not one quarter.
    """

    def __init__(self, text: str) -> None:
        reading = _read_only(text, "quarter", "'Q3 2023/24', 'Q1 2023' or 'January to March 2023'")
        _fill(self, reading.first_day, reading.last_day, reading.kind)

    @classmethod
    def of(cls, year: int, number: int, *, financial: bool) -> Self:
        """Return a quarter by its number, 1 to 4.

        Args:
            year: The calendar year, or the first year of the financial year.
            number: Which quarter of that year.
            financial: Whether the year runs from April to March.
        """
        index = 12 * checked_year(year) + 3 * (checked_number(number, "quarter", 1, 4) - 1)
        start = index + 3 if financial else index
        return _make(cls, *months_from(start, 3), _quarter_kind(financial=financial))

    @classmethod
    def containing(cls, day: date, *, financial: bool) -> Self:
        """Return the quarter that a day lies in."""
        index = month_index(checked_day(day)) // 3 * 3
        return _make(cls, *months_from(index, 3), _quarter_kind(financial=financial))

    @property
    def is_financial(self) -> bool:
        """Whether it is counted from April."""
        return self.kind == "financial_quarter"

    def __str__(self) -> str:
        if self.is_financial:
            year, number = self._year_and_number()
            return f"Q{number} {year}"
        return f"{MONTH_NAMES[self.first_day.month - 1]} to {month_text(self.last_day)}"

    def __repr__(self) -> str:
        year, number = self._year_and_number()
        return f"Quarter('{year} Q{number}')"

    def _year_and_number(self) -> tuple[str, int]:
        if self.is_financial:
            index = month_index(self.first_day) - 3
            return years_text(index // 12), index % 12 // 3 + 1
        return str(self.first_day.year), self.first_day.month // 3 + 1


@final
@attrs.frozen(init=False, repr=False, eq=False)
class FinancialYear(_Days):
    """The performance year, April to March: "2023-24", "2023/24", "year to March 2024".

    >>> FinancialYear("2023-24").last_day
    datetime.date(2024, 3, 31)
    >>> str(FinancialYear("2023 to 2024") - 1)
    '2022/23'
    >>> FinancialYear("2022-25")
    Traceback (most recent call last):
    ...
    rrmodel.errors.PeriodError: 2022-25 is a span of 3 plan years, not a financial year: write ...

    Raises:
        PeriodError: The text is not one financial year.
    """

    def __init__(self, text: str) -> None:
        reading = _read_only(text, "financial year", "'2023-24' or 'year to March 2024'")
        _fill(self, reading.first_day, reading.last_day, "financial_year")

    @classmethod
    def of(cls, first_year: int) -> Self:
        """Return the financial year that starts in April of a year."""
        return _make(cls, *months_from(12 * checked_year(first_year) + 3, 12), "financial_year")

    @classmethod
    def containing(cls, day: date) -> Self:
        """Return the financial year that a day lies in."""
        return cls.of((month_index(checked_day(day)) - 3) // 12)

    def __str__(self) -> str:
        return years_text(self.first_day.year)

    def __repr__(self) -> str:
        return f"FinancialYear('{str(self).replace('/', '-')}')"


@final
@attrs.frozen(init=False, repr=False, eq=False)
class CalendarYear(_Days):
    """January to December of one year, read from "2023" or "January to December 2023".

    >>> CalendarYear("2023").days
    365

    Raises:
        PeriodError: The text is not one calendar year.
    """

    def __init__(self, text: str) -> None:
        reading = _read_only(text, "calendar year", "'2023'")
        _fill(self, reading.first_day, reading.last_day, "calendar_year")

    @classmethod
    def of(cls, year: int) -> Self:
        """Return the calendar year with that number."""
        return _make(cls, *months_from(12 * checked_year(year), 12), "calendar_year")

    @classmethod
    def containing(cls, day: date) -> Self:
        """Return the calendar year that a day lies in."""
        return cls.of(checked_day(day).year)

    def __str__(self) -> str:
        return str(self.first_day.year)

    def __repr__(self) -> str:
        return f"CalendarYear('{self}')"


@final
@attrs.frozen(init=False, repr=False, eq=False)
class DateRange(_Days):
    """The days from a first to a last day: a rolling year, eleven months, a cohort, any days.

    Twelve whole months are a ``rolling_year``; a ``cohort`` is one only because its caller or
    its text says so; anything else is ``custom``.

    A range of whole months steps by its months, so that the year to September 2021 is followed
    by the year to September 2022. Any other range steps by its length in days; where that would
    give whole months the step is refused, because the way back would not return.

    >>> DateRange("year to September 2021") + 1
    DateRange('2021-10-01/2022-09-30')
    >>> str(DateRange(date(2021, 7, 1), date(2022, 6, 17)))
    '1 July 2021 to 17 June 2022'
    >>> DateRange("Apr-Jun 2023 cohort").kind
    'cohort'

    Args:
        first_day: The first day, or the whole range as text.
        last_day: The last day.
        kind: ``"cohort"``, or the kind that follows from the days. Default: derived from them.

    Raises:
        PeriodError: The text is not a range, the days run backwards, or the kind is not theirs.
    """

    def __init__(
        self,
        first_day: date | str,
        last_day: date | None = None,
        *,
        kind: Literal["rolling_year", "cohort", "custom"] | None = None,
    ) -> None:
        if isinstance(first_day, str):
            if last_day is not None:
                raise PeriodError(
                    f"{first_day!r} is a text, which has both ends: omit last_day, "
                    "or pass two dates"
                )
            reading = _read_range(first_day)
            start, end = reading.first_day, reading.last_day
            kind = kind or ("cohort" if reading.kind == "cohort" else None)
        else:
            start, end = checked_day(first_day), checked_day(last_day)
            not_backwards(start, end)
        derived = range_kind(start, end)
        if kind not in {None, "cohort", derived}:
            raise PeriodError(
                f"{day_text(start)} to {day_text(end)} is of kind {derived!r}, not {kind!r}: "
                "omit kind, or write kind='cohort'"
            )
        _fill(self, start, end, kind or derived)

    def __str__(self) -> str:
        if self.kind == "cohort":
            return f"{self._words()} cohort"
        if kind_of_days(self.first_day, self.last_day) not in {"rolling_year", "custom"}:
            # words would be read as the quarter or the year that has these days
            return f"{self.first_day}/{self.last_day}"
        if self.kind == "rolling_year":
            return f"year to {month_text(self.last_day)}"
        return self._words()

    def __repr__(self) -> str:
        kind = ", kind='cohort'" if self.kind == "cohort" else ""
        return f"DateRange('{self.first_day}/{self.last_day}'{kind})"

    def _words(self) -> str:
        match whole_months(self.first_day, self.last_day):
            case 0:
                return f"{day_text(self.first_day)} to {day_text(self.last_day)}"
            case 1:
                return month_text(self.first_day)
            case _:
                start = month_text(self.first_day)
                if self.first_day.year == self.last_day.year:
                    start = MONTH_NAMES[self.first_day.month - 1]
                return f"{start} to {month_text(self.last_day)}"


Period: TypeAlias = Month | Quarter | FinancialYear | CalendarYear | DateRange
"""Any period: a closed union, to be matched exhaustively."""


def parse_period(text: str | Period | Timed) -> Period:
    """Read any period as plans, bulletins and official tables print it.

    A span that is exactly a month, a quarter, a calendar year or a financial year is read as
    that; an interval in ISO 8601, such as "2022-04-01/2023-03-31", is always a range. Two years
    that follow each other are a financial year, so "2007-08" is 2007/08 and "2022-03" is March
    2022. A span with one year has the year of its end, so "Dec-Feb 1972" starts in 1971. Years of
    two digits are 1969 to 2068. ``parse_period(str(period))`` is the period again.

    >>> parse_period("in the year to March 2022")
    FinancialYear('2021-22')
    >>> parse_period("2007-08"), parse_period("2022-03")
    (FinancialYear('2007-08'), Month('2022-03'))
    >>> parse_period("Jul–Sep 2019"), parse_period("2023-M01"), parse_period("H1 2023")
    (Quarter('2019 Q3'), Month('2023-01'), DateRange('2023-01-01/2023-06-30'))

    Args:
        text: The words of the period. A period is returned as it is; a ``pandas.Period`` becomes
            the period with the same days.

    Raises:
        PeriodError: The text does not name a period that exists, or it may mean two, which the
            message then names.
    """
    if isinstance(text, _Days):
        return text
    return _period_of(_read(text))


def _read(text: str | Timed, *, prefer_month: bool = False) -> Reading:
    from rrmodel.periods._reading import read_days  # noqa: PLC0415 - its patterns cost 10 ms

    return read_days(text, prefer_month=prefer_month)


def _period_of(reading: Reading) -> Period:
    days = reading.first_day, reading.last_day
    match reading.kind:
        case "month":
            return _make(Month, *days, "month")
        case "calendar_quarter" | "financial_quarter":
            return _make(Quarter, *days, reading.kind)
        case "financial_year":
            return _make(FinancialYear, *days, "financial_year")
        case "calendar_year":
            return _make(CalendarYear, *days, "calendar_year")
        case _:
            return _make(DateRange, *days, reading.kind)


def _kind_words(reading: Reading) -> str:
    if reading.kind in {"rolling_year", "cohort", "custom"}:
        return "range of days"
    return "quarter" if reading.kind.endswith("quarter") else reading.kind.replace("_", " ")


def _read_only(text: str, wanted: str, examples: str, *, prefer_month: bool = False) -> Reading:
    reading = _read(text, prefer_month=prefer_month)
    if (kind := _kind_words(reading)) != wanted:
        raise PeriodError(
            f"{text!r} is a {kind}, not a {wanted}: write {_period_of(reading)!r}, "
            f"or a {wanted} such as {examples}"
        )
    return reading


def _read_range(text: str) -> Reading:
    reading = _read(text)
    if not reading.has_two_ends and reading.kind != "custom":
        raise PeriodError(
            f"{text!r} is a {_kind_words(reading)}, not a range of days: write "
            f"{_period_of(reading)!r}, or both ends such as '1 July 2021 to 17 June 2022'"
        )
    return reading


def _quarter_kind(*, financial: bool) -> PeriodKind:
    return "financial_quarter" if financial else "calendar_quarter"
