"""Lengths of time that plans count in years, months, weeks and days."""

from __future__ import annotations

import re
from datetime import date
from typing import Self, final

import attrs
from dateutil.relativedelta import relativedelta

from rrmodel._pydantic import text_field
from rrmodel.errors import PeriodError
from rrmodel.periods._calendar import checked_number, plain_day
from rrmodel.periods._text_schemas import DURATION_SCHEMA
from rrmodel.periods._words import count_of, tidy

_UNITS = ("year", "month", "week", "day")
_MULTIPLES = {"decade": ("year", 10), "fortnight": ("week", 2)}
"""Words for so many of a unit."""
_LONGEST = 109_573
"""The days from 1900 to 2199: no unit is counted further than that."""
_UNIT_WORD = re.compile(rf"[ -]({'|'.join([*_UNITS, *_MULTIPLES])})s?(?:,? and |,? |$)")


@final
@attrs.frozen(init=False, repr=False, eq=False, order=False)
class Duration:
    """A length of time in calendar units, such as a follow-up of "six weeks".

    Twelve weeks equal 84 days and a year equals twelve months. Months differ in length, so a month
    is not equal to a number of days, and durations have no order.

    >>> Duration("six months").after(date(2023, 8, 31))
    datetime.date(2024, 2, 29)
    >>> Duration("1 year") + Duration("6 months")
    Duration('1 year 6 months')
    >>> Duration("12 weeks") == Duration("84 days")
    True

    Raises:
        PeriodError: The text is not a list of whole numbers of years, months, weeks and days.
    """

    years: int
    """Whole years."""
    months: int
    """Whole months."""
    weeks: int
    """Whole weeks."""
    days: int
    """Whole days."""

    def __init__(self, text: str) -> None:
        self._set(*_read(text))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> object:
        """Return what pydantic builds a field from: the text that a file has."""
        return text_field(cls, read=cls, write=str, schema=DURATION_SCHEMA)

    @classmethod
    def of(cls, *, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0) -> Self:
        """Return the duration of so many units, each a whole number and none below zero."""
        duration = object.__new__(cls)
        duration._set(years, months, weeks, days)
        return duration

    def _set(self, *numbers: object) -> None:
        for unit, number in zip(_UNITS, numbers, strict=True):
            checked = checked_number(number, f"number of {unit}s", 0, _LONGEST)
            object.__setattr__(self, f"{unit}s", checked)

    def after(self, day: date) -> date:
        """Return the day that lies this long after another.

        Years and months are added first; a day that the month does not have becomes its last.

        Raises:
            PeriodError: The argument is not a day, or the answer lies outside the years 1 to 9999.
        """
        return self._moved(day, 1)

    def before(self, day: date) -> date:
        """Return the day that lies this long before another, by the rule of :meth:`after`."""
        return self._moved(day, -1)

    def _moved(self, day: date, sign: int) -> date:
        start = plain_day(day)
        months, days = self._key()
        try:
            return start + relativedelta(months=sign * months, days=sign * days)
        except (ValueError, OverflowError):
            way = "after" if sign > 0 else "before"
            raise PeriodError(f"{self} {way} {start} is not a day of the calendar") from None

    def _key(self) -> tuple[int, int]:
        return 12 * self.years + self.months, 7 * self.weeks + self.days

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Duration) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def __add__(self, other: Duration) -> Self:
        theirs = _counts(other)
        if theirs is None:
            return NotImplemented
        return self.of(
            years=self.years + theirs.years,
            months=self.months + theirs.months,
            weeks=self.weeks + theirs.weeks,
            days=self.days + theirs.days,
        )

    def __str__(self) -> str:
        numbers = (self.years, self.months, self.weeks, self.days)
        parts = [
            f"{number} {unit}{'' if number == 1 else 's'}"
            for unit, number in zip(_UNITS, numbers, strict=True)
            if number
        ]
        return " ".join(parts) or "0 days"

    def __repr__(self) -> str:
        return f"Duration('{self}')"


def _counts(value: object) -> Duration | None:
    return value if isinstance(value, Duration) else None


def _read(text: str) -> tuple[int, ...]:
    """Return the years, months, weeks and days of a text."""
    *parts, rest = _UNIT_WORD.split(tidy(text))
    multiples = [_MULTIPLES.get(unit, (unit, 1)) for unit in parts[1::2]]
    units = [unit for unit, _ in multiples]
    if rest or not units or len(set(units)) < len(units):
        raise PeriodError(
            f"{text!r} is not a duration: write whole numbers of years, months, weeks and days, "
            "each at most once, such as 'six weeks' or '1 year 6 months'"
        )
    numbers = [size * count_of(part) for part, (_, size) in zip(parts[::2], multiples, strict=True)]
    numbers_by_unit = dict(zip(units, numbers, strict=True))
    return tuple(numbers_by_unit.get(unit, 0) for unit in _UNITS)
