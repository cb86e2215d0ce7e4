"""Days and periods in tables, where editors have turned them into numbers.

``25/07/2024`` can only be a day in July. ``01/08/2024`` is in August or in January, and ``Mar-24``
is a month or a day: these are read where the other dates of the same table leave one reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, TypeAlias, cast

import attrs

from rrmodel.errors import PeriodError
from rrmodel.io._workbook_cells import ShownMonth
from rrmodel.periods import (
    FinancialYear,
    Month,
    Period,
    Timed,
    day_text,
    parse_day,
    parse_period,
)

__all__ = ["TableDates"]

_Order: TypeAlias = Literal["day first", "month first"]

_NUMERIC = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})", re.ASCII)
_NUMERIC_ANYWHERE = re.compile(rf"(?<![0-9/.-]){_NUMERIC.pattern}(?![0-9/.-])", re.ASCII)
_SHORT_MONTH = re.compile(r"([A-Za-z]{3,9})[- ]'?([0-9]{2})", re.ASCII)
_YEAR = re.compile(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])", re.ASCII)
_LONGEST = 100
_NEAR = 50
"""Years from the other dates of a table within which a year of two digits is taken to lie."""


@attrs.frozen
class TableDates:
    """The evidence that the dates of a table give about each other."""

    orders: frozenset[_Order] = frozenset()
    """The orders of the numeric dates that have one reading."""
    years: frozenset[int] = frozenset()
    """The years that are written with four digits."""

    @classmethod
    def of(cls, values: Iterable[object]) -> TableDates:
        """Return what the values of a table's columns of dates say.

        >>> dates = TableDates.of(["25/07/2024", "01/08/2024"])
        >>> dates.day("01/08/2024")
        datetime.date(2024, 8, 1)
        """
        orders: set[_Order] = set()
        years: set[int] = set()
        for value in values:
            if isinstance(value, date):
                years.add(value.year)
            elif isinstance(value, str) and len(value) <= _LONGEST:
                years.update(map(int, _YEAR.findall(value)))
                for first, _, second, _ in _NUMERIC_ANYWHERE.findall(value):
                    if int(first) > 12 >= int(second):  # noqa: PLR2004 - months of a year
                        orders.add("day first")
                    elif int(second) > 12 >= int(first):  # noqa: PLR2004
                        orders.add("month first")
        return cls(frozenset(orders), frozenset(years))

    def day(self, value: object) -> date:
        """Return the day that a value names.

        Raises:
            PeriodError: It names none, or one of two.
        """
        if isinstance(value, ShownMonth):
            return value.day
        if isinstance(value, str) and (match := _NUMERIC.fullmatch(value.strip())):
            return self._numeric(match)
        return parse_day(value)

    def period(self, value: object) -> Period:
        """Return the period that a value names.

        Raises:
            PeriodError: It names none, or one of two.
        """
        if isinstance(value, ShownMonth):
            return Month.containing(value.day)
        if isinstance(value, date):
            day = parse_day(value)
            raise PeriodError(
                f"{day} is a day, not a period: write a period such as "
                f"'{Month.containing(day)}' or '{FinancialYear.containing(day)}'"
            )
        if not isinstance(value, str):
            return parse_period(cast("Timed", value))
        text = " ".join(value.split())
        if match := _SHORT_MONTH.fullmatch(text):
            return self._short_month(match)
        if len(text) <= _LONGEST:
            text = _NUMERIC_ANYWHERE.sub(lambda numeric: str(self._numeric(numeric)), text)
        return parse_period(text)

    def _numeric(self, match: re.Match[str]) -> date:
        first, second = int(match[1]), int(match[3])
        year = int(match[4]) if len(match[4]) > 2 else self._year(match[4], match[0])  # noqa: PLR2004
        readings: dict[_Order, date] = dict(_readings(first, second, year))
        if len(set(readings.values())) == 2 and len(self.orders) == 1:  # noqa: PLR2004 - of two orders
            (order,) = self.orders
            return readings[order]
        days = sorted(set(readings.values()), key=lambda day: day.day != first)
        if not days:
            raise PeriodError(f"{match[0]!r} is not a valid date: use 2024-08-01")
        if len(days) > 1:
            raise PeriodError(
                f"{match[0]!r} is {day_text(days[0])} or {day_text(days[1])}: "
                f"write {days[0]} or {days[1]}"
            )
        return days[0]

    def _year(self, digits: str, shown: str) -> int:
        near = [
            century + int(digits)
            for century in (1900, 2000, 2100)
            if any(abs(century + int(digits) - year) < _NEAR for year in self.years)
        ]
        if len(near) != 1:
            raise PeriodError(
                f"{shown!r} is of the year 19{digits} or 20{digits}: write four digits"
            )
        return near[0]

    def _short_month(self, match: re.Match[str]) -> Period:
        name, digits = match[1], match[2]
        parse_period(f"{name} 20{digits}")  # is it a month at all?
        try:
            year = self._year(digits, match[0])
        except PeriodError as error:
            month = parse_period(f"{name} 20{digits}")
            raise PeriodError(
                f"{match[0]!r} is {month} or {int(digits)} {str(month).split()[0]}: write "
                f"{month.first_day:%Y-%m}"
            ) from error
        return parse_period(f"{name} {year}")


def _readings(first: int, second: int, year: int) -> Iterator[tuple[_Order, date]]:
    orders: tuple[tuple[_Order, int, int], ...] = (
        ("day first", second, first),
        ("month first", first, second),
    )
    for order, month, day in orders:
        try:
            yield order, date(year, month, day)
        except ValueError:
            continue
