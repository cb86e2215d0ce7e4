"""Days, months and years as plans and official statistics write them.

A :data:`Period` has a first and a last day and a kind; a :class:`Deadline` is the day by which a
target is due; a :class:`Duration` is a length of time such as a follow-up. All are read from the
words that documents print, are frozen, and contain plain dates: no clock and no time zone is
involved. Days from 1 January 1900 to 31 December 2199 are supported.

======================  ==========================================  ===========================
class                   reads                                       prints
======================  ==========================================  ===========================
:class:`Month`          "March 2022", "2022-03", "1971 JAN"         March 2022
:class:`Quarter`        "Q3 2023/24", "2023/24 Q3"                  Q3 2023/24
(calendar)              "Q1 2023", "2018-Q2", "Jan-Mar 2023"        January to March 2023
:class:`FinancialYear`  "2023-24", "2023 to 2024", "FY 2023/24"     2023/24
(by its end)            "year to March 2024", "FYE 2024"            2023/24
:class:`CalendarYear`   "2023", "January to December 2023"          2023
:class:`DateRange`      "1 July 2021 - 17 June 2022"                1 July 2021 to 17 June 2022
(months)                "Dec-Feb 1972", "H1 2023", "six months to"  January to June 2023
(week)                  "week ending 5 April 2024", "2024-W14"      30 March 2024 to 5 April ...
(rolling year)          "year to September 2021"                    year to September 2021
(cohort)                "Apr-Jun 2023 cohort"                       April to June 2023 cohort
======================  ==========================================  ===========================

A text that may mean two periods is refused with both: "FY 2018" is 2017/18 or 2018/19, "Mar-24" is
March 2024 or 24 March, "01/02/2023" is a day in February or in January.

Every period takes ``day in period``, ``period in period``, ``for day in period``, ``len``,
``period + 1`` and ``period - 1`` (the next and the previous of the same length). Periods with the
same days are equal and hash alike, whatever their class or spelling, and all periods have one
order: by first day, then by last day.

>>> FinancialYear("2022-23") + 1
FinancialYear('2023-24')
>>> Month("March 2023") in FinancialYear("2022-23")
True
>>> FinancialYear("2022-23") == DateRange("2022-04-01 to 2023-03-31")
True
"""

from __future__ import annotations

from rrmodel.periods._calendar import PeriodKind, Timed, day_text, whole_months_between
from rrmodel.periods._days import parse_day
from rrmodel.periods._deadlines import Deadline, parse_deadline
from rrmodel.periods._durations import Duration
from rrmodel.periods._period_of_days import period_of_days
from rrmodel.periods._periods import (
    CalendarYear,
    DateRange,
    FinancialYear,
    Month,
    Period,
    Quarter,
    parse_period,
)
from rrmodel.periods._text_schemas import DEADLINE_SCHEMA, DURATION_SCHEMA, PERIOD_SCHEMA

__all__ = [
    "DEADLINE_SCHEMA",
    "DURATION_SCHEMA",
    "PERIOD_SCHEMA",
    "CalendarYear",
    "DateRange",
    "Deadline",
    "Duration",
    "FinancialYear",
    "Month",
    "Period",
    "PeriodKind",
    "Quarter",
    "Timed",
    "day_text",
    "parse_day",
    "parse_deadline",
    "parse_period",
    "period_of_days",
    "whole_months_between",
]
