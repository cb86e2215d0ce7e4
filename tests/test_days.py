"""Days, from whatever a caller, a file or a table has."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd  # pyright: ignore[reportMissingTypeStubs]
import pytest

from rrmodel.errors import PeriodError
from rrmodel.periods import FinancialYear, Month, Period, Quarter, parse_day, parse_period


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


@pytest.mark.parametrize(
    ("given", "period", "shown"),
    [
        (pd.Period("2023-03", freq="M"), Month("2023-03"), "March 2023"),
        (pd.Period("2023Q2", freq="Q"), Quarter("2023 Q2"), "April to June 2023"),
        (pd.Period("2023Q1", freq="Q-MAR"), Quarter("2022 Q2"), "April to June 2022"),
        (pd.Period("2023", freq="Y-MAR"), FinancialYear("2022-23"), "2022/23"),
        (Quarter("2022/23 Q1"), Quarter("2022/23 Q1"), "Q1 2022/23"),
    ],
    ids=repr,
)
def test_a_period_of_pandas_is_the_one_with_its_days(
    given: Period, period: Period, shown: str
) -> None:
    """A period of pandas is read by its days, and one of ours stays as it is."""
    read = parse_period(given)
    assert (read, str(read)) == (period, shown)


@pytest.mark.parametrize("value", [pd.NaT, None, 2023, pd.Period("2250", freq="Y")])
def test_what_is_not_a_period_is_refused(value: object) -> None:
    """A number, a missing value and a year out of bounds are refused by our error."""
    with pytest.raises(PeriodError):
        parse_period(value)  # type: ignore[arg-type]
