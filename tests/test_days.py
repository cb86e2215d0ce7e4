"""Days, from whatever a caller, a file or a table has."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd  # pyright: ignore[reportMissingTypeStubs]
import pytest

from rrmodel.errors import PeriodError
from rrmodel.periods import parse_day


class Day(date):
    """A date of another library."""


DAY = date(2024, 8, 1)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        Day(2024, 8, 1),
        datetime(2024, 8, 1, tzinfo=UTC),
        datetime(2024, 8, 1, 23, 59, 59, tzinfo=timezone(timedelta(hours=-9))),
        pd.Timestamp("2024-08-01 12:30"),
        pd.Timestamp("2024-08-01", tz="Europe/London"),
        "2024-08-01",
        " 2024-08-01\n",
    ],
    ids=repr,
)
def test_a_day_is_read_as_a_plain_date(value: object) -> None:
    """A date, a date and time, and ISO text give the calendar day they name."""
    day = parse_day(value)
    assert day == DAY
    assert type(day) is date


@pytest.mark.parametrize(
    "text",
    [
        "01/08/2024",
        "2024-8-1",
        "20240801",
        "2024-W31-4",
        "2024-02-30",
        "2024-08-01T00:00:00",
        "٢٠٢٤-٠٨-٠١",
        "1 August 2024",
        "",
    ],
)
def test_other_text_is_refused_with_the_form_to_use(text: str) -> None:
    """Text that is not an ISO day is named with the form to write."""
    with pytest.raises(PeriodError) as raised:
        parse_day(text)
    assert str(raised.value) == f"{text!r} is not a valid date: use 2024-08-01"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "a value of type NoneType"),
        (10**5000, "a value of type int"),
        (1722470400.0, "a value of type float"),
        (pd.NaT, "NaT"),
        ("9" * 1000, "'" + "9" * 79 + "…"),
    ],
    ids=["none", "integer", "float", "NaT", "long text"],
)
def test_what_is_not_a_day_is_refused_in_one_short_line(value: object, shown: str) -> None:
    """A missing date, a number and a long text get the same advice."""
    with pytest.raises(PeriodError) as raised:
        parse_day(value)
    assert str(raised.value) == f"{shown} is not a valid date: use 2024-08-01"
