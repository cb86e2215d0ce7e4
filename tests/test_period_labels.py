"""Labels of official tables and wordings of plans, each with the days that it means."""

from __future__ import annotations

from datetime import date

import pytest

from rrmodel.errors import PeriodError
from rrmodel.periods import parse_deadline, parse_period

LABELS = """
1971 JAN                               1971-01-01 1971-01-31
1971 FEB                               1971-02-01 1971-02-28
1972 FEB                               1972-02-01 1972-02-29
2023 DEC                               2023-12-01 2023-12-31
1971 Q1                                1971-01-01 1971-03-31
1971 Q4                                1971-10-01 1971-12-31
1971                                   1971-01-01 1971-12-31
Jan-Mar 1971                           1971-01-01 1971-03-31
Feb-Apr 1971                           1971-02-01 1971-04-30
Nov-Jan 1972                           1971-11-01 1972-01-31
Dec-Feb 1972                           1971-12-01 1972-02-29
Dec to Feb 1972                        1971-12-01 1972-02-29
December to February 1972              1971-12-01 1972-02-29
Dec-Feb-1972                           1971-12-01 1972-02-29
Dec 1971-Feb 1972                      1971-12-01 1972-02-29
Oct-Dec 1971                           1971-10-01 1971-12-31
15 December to 15 February 2024        2023-12-15 2024-02-15
July to June 2024                      2023-07-01 2024-06-30
April to March 2024                    2023-04-01 2024-03-31
October to March 2023                  2022-10-01 2023-03-31
2018-Q2                                2018-04-01 2018-06-30
2018Q2                                 2018-04-01 2018-06-30
2018 Q2                                2018-04-01 2018-06-30
2018/Q2                                2018-04-01 2018-06-30
Q2-2018                                2018-04-01 2018-06-30
Q2/2018                                2018-04-01 2018-06-30
Q2 of 2018                             2018-04-01 2018-06-30
Qtr 2 2018                             2018-04-01 2018-06-30
quarter 2 2018                         2018-04-01 2018-06-30
second quarter of 2018                 2018-04-01 2018-06-30
4th quarter 2023                       2023-10-01 2023-12-31
first quarter of the calendar year 2023  2023-01-01 2023-03-31
2023-Jan                               2023-01-01 2023-01-31
2023Jan                                2023-01-01 2023-01-31
2023-M01                               2023-01-01 2023-01-31
2023M01                                2023-01-01 2023-01-31
2023 M1                                2023-01-01 2023-01-31
2023-M12                               2023-12-01 2023-12-31
Mar-2023                               2023-03-01 2023-03-31
Mar/2023                               2023-03-01 2023-03-31
MAR2023                                2023-03-01 2023-03-31
March of 2023                          2023-03-01 2023-03-31
month of March 2023                    2023-03-01 2023-03-31
July, 2023                             2023-07-01 2023-07-31
Sept. 2023                             2023-09-01 2023-09-30
03/2023                                2023-03-01 2023-03-31
3/2023                                 2023-03-01 2023-03-31
03.2023                                2023-03-01 2023-03-31
Mar '23                                2023-03-01 2023-03-31
Mar ’23                                2023-03-01 2023-03-31
Mar-99                                 1999-03-01 1999-03-31
Jan-32                                 2032-01-01 2032-01-31
Feb-00                                 2000-02-01 2000-02-29
Feb-30                                 2030-02-01 2030-02-28
Q1 2024/25                             2024-04-01 2024-06-30
Q1-2024/25                             2024-04-01 2024-06-30
2023-24 Q3                             2023-10-01 2023-12-31
2023-24Q3                              2023-10-01 2023-12-31
2023/24-Q4                             2024-01-01 2024-03-31
Q3 FY 2023/24                          2023-10-01 2023-12-31
FY 2023/24 Q3                          2023-10-01 2023-12-31
FY2023-24 Q3                           2023-10-01 2023-12-31
Q3 of the 2023/24 financial year       2023-10-01 2023-12-31
2023/24 financial year Q3              2023-10-01 2023-12-31
third quarter of 2023-24               2023-10-01 2023-12-31
Q4 1999/2000                           2000-01-01 2000-03-31
H1 2023                                2023-01-01 2023-06-30
2023H1                                 2023-01-01 2023-06-30
2023-S2                                2023-07-01 2023-12-31
half 2 2023                            2023-07-01 2023-12-31
first half of 2023                     2023-01-01 2023-06-30
H2 2023/24                             2023-10-01 2024-03-31
second half of 2023/24                 2023-10-01 2024-03-31
the 2024-25 financial year             2024-04-01 2025-03-31
across the 2024/25 financial year      2024-04-01 2025-03-31
within the 2024/25 performance year    2024-04-01 2025-03-31
2024/25 fiscal year                    2024-04-01 2025-03-31
fiscal year 2024/25                    2024-04-01 2025-03-31
reporting year 2024/25                 2024-04-01 2025-03-31
2024/25 FY                             2024-04-01 2025-03-31
FY23/24                                2023-04-01 2024-03-31
FY 23-24                               2023-04-01 2024-03-31
FY99/00                                1999-04-01 2000-03-31
financial year 23/24                   2023-04-01 2024-03-31
23/24 financial year                   2023-04-01 2024-03-31
financial year 1999–2000               1999-04-01 2000-03-31
financial-year 2023-24                 2023-04-01 2024-03-31
financial year ending 2021             2020-04-01 2021-03-31
FYE 2021                               2020-04-01 2021-03-31
FYE21                                  2020-04-01 2021-03-31
FYE March 2021                         2020-04-01 2021-03-31
FY ending March 2021                   2020-04-01 2021-03-31
the year 2002                          2002-01-01 2002-12-31
2021 calendar year                     2021-01-01 2021-12-31
calendar year ending 2021              2021-01-01 2021-12-31
calendar year ending December 2021     2021-01-01 2021-12-31
Year to Mar-23                         2022-04-01 2023-03-31
year to Mar '23                        2022-04-01 2023-03-31
Year ending Dec 23                     2023-01-01 2023-12-31
year ending of March 2006              2005-04-01 2006-03-31
year-ending March 2006                 2005-04-01 2006-03-31
year end March 2006                    2005-04-01 2006-03-31
year ended March 31, 2024              2023-04-01 2024-03-31
year to the end of March 2024          2023-04-01 2024-03-31
year up to March 2024                  2023-04-01 2024-03-31
year ending 31/03/2024                 2023-04-01 2024-03-31
year ending 2024-03-31                 2023-04-01 2024-03-31
year to 2024-03                        2023-04-01 2024-03-31
12-month period ending March 2024      2023-04-01 2024-03-31
12 months ending in March 2024         2023-04-01 2024-03-31
rolling 12 months to March 2024        2023-04-01 2024-03-31
rolling year to June 2023              2022-07-01 2023-06-30
three months to June 2024              2024-04-01 2024-06-30
3 months ending 30 June 2024           2024-04-01 2024-06-30
three months to February 2024          2023-12-01 2024-02-29
6 months to September 2023             2023-04-01 2023-09-30
twenty-four months to March 2024       2022-04-01 2024-03-31
quarter ending June 2024               2024-04-01 2024-06-30
quarter to 30 June 2024                2024-04-01 2024-06-30
half-year to September 2023            2023-04-01 2023-09-30
month ending 31 March 2024             2024-03-01 2024-03-31
month to March 2024                    2024-03-01 2024-03-31
week ending 5 April 2024               2024-03-30 2024-04-05
week ended Friday 5 April 2024         2024-03-30 2024-04-05
w/e 25/04/2024                         2024-04-19 2024-04-25
week commencing 1 April 2024           2024-04-01 2024-04-07
week beginning 1 April 2024            2024-04-01 2024-04-07
w/c 1 April 2024                       2024-04-01 2024-04-07
4 weeks to 28 April 2024               2024-04-01 2024-04-28
four weeks ending 28 April 2024        2024-04-01 2024-04-28
2024-W14                               2024-04-01 2024-04-07
2024W14                                2024-04-01 2024-04-07
2020-W53                               2020-12-28 2021-01-03
Jan - Mar 2020                         2020-01-01 2020-03-31
Apr-Jun 2024                           2024-04-01 2024-06-30
Jan.–Mar. 2020                         2020-01-01 2020-03-31
Jan-Mar 23                             2023-01-01 2023-03-31
Apr 22 - Mar 23                        2022-04-01 2023-03-31
Apr '22 to Mar '23                     2022-04-01 2023-03-31
July 2023 to June 2024                 2023-07-01 2024-06-30
between April 2022 and March 2023      2022-04-01 2023-03-31
April 2022 through March 2023          2022-04-01 2023-03-31
in the period April 2022 to March 2023  2022-04-01 2023-03-31
1-Apr-2023 to 31-Mar-2024              2023-04-01 2024-03-31
1 April 22 to 31 March 23              2022-04-01 2023-03-31
March 1-15, 2024                       2024-03-01 2024-03-15
March 1, 2023 to March 31, 2024        2023-03-01 2024-03-31
July 1 to September 30, 2023           2023-07-01 2023-09-30
December 15 to February 15, 2024       2023-12-15 2024-02-15
01/04/2023 - 31/03/2024                2023-04-01 2024-03-31
04/01/2023 - 03/31/2024                2023-04-01 2024-03-31
05/05/2023 to 06/06/2023               2023-05-05 2023-06-06
Q1 2020 to Q4 2021                     2020-01-01 2021-12-31
Q1 to Q3 2023/24                       2023-04-01 2023-12-31
Q1-Q3 2023                             2023-01-01 2023-09-30
H1 to H2 2023                          2023-01-01 2023-12-31
2019/20 to 2023/24                     2019-04-01 2024-03-31
2022-23 to 2024-25                     2022-04-01 2025-03-31
2001-02/2003-04                        2001-02-01 2003-04-30
2022-04 to 2023-03                     2022-04-01 2023-03-31
"""
REFUSED_LABELS = {
    "FY 2018": "2017/18, which ends in 2018, or 2018/19, which starts in it",
    "FY18": "2017/18, which ends in 2018, or 2018/19, which starts in it",
    "financial year 2018": "2017/18, which ends in 2018, or 2018/19",
    "2018 fiscal year": "2017/18, which ends in 2018, or 2018/19",
    "Q1 FY2018": "2017/18, which ends in 2018, or 2018/19",
    "FY2018 Q1": "2017/18, which ends in 2018, or 2018/19",
    "academic year 2005/06": "1 September 2005 to 31 August 2006, as schools count, or 1 August",
    "2005-06 school year": "1 September 2005 to 31 August 2006, as schools count, or 1 August",
    "year ending 2021": "March 2021 ('2020/21') or the year to December 2021 ('2021')",
    "12 months to 2021": "March 2021 ('2020/21') or the year to December 2021 ('2021')",
    "Mar-24": "March 2024 or 24 March",
    "Mar 24": "March 2024 or 24 March",
    "March to March 2024": "March 2024 or March 2023 to March 2024",
    "2001-02 to 2003-04": "April 2001 to March 2004 or February 2001 to April 2003",
    "w/e 05/04/2024": "5 April 2024 or 4 May 2024",
    "01/02/2023 - 03/04/2023": "1 February 2023 to 3 April 2023 or 2 January 2023 to 4 March 2023",
    "31/13/2023 to 1/1/2024": "check the days and the months",
    "1/4/2024 to 31/3/2023": "check the days and the months",
    "01/02/2023": "1 February 2023 or 2 January 2023",
    "31-03-2023": "is one day, not a period",
    "28 March to 3 March 2024": "runs backwards",
    "Q3 to Q1 2023/24": "runs backwards",
    "H3 2023": "there is no half 3: halves run from H1 to H2",
    "2023-M13": "2023-13 names no month",
    "13/2023": "2023-13 names no month",
    "2024-W54": "weeks of ISO 8601 run from W01",
    "Apr 22 - Mar 2023": "a year of two digits and one of four",
    "year ending 5 April 2024": "write both days, such as '6 April 2023 to 5 April 2024'",
    "year ending March": "does not say in which month of which year",
    "week ending March 2024": "does not say which day",
    "0 weeks to 5 April 2024": "has no days",
    "zero months to June 2024": "has no days",
    "umpteen months to June 2024": "'umpteen' is not a plain number",
    "week ending 3 January 1900": "1899-12-28 reaches outside",
    "w/c 31 December 2199": "2200-01-06 reaches outside",
    "2018 to 2021": "a span of 3 plan years",
    "Q1 to March 2023": "is not a period",
    "March 2023 to Q1 2024": "is not a period",
    "31/02/2023 to": "is not a period",
    "23/24": "is not a period",
    "202303": "is not a period",
    "spring 2023": "is not a period",
}
DEADLINES = """
by March 31, 2024                                2024-03-31
by March 31 2024                                 2024-03-31
by 31st March, 2024                              2024-03-31
by Friday 31 March 2023                          2023-03-31
by 31 Mar 23                                     2023-03-31
by 31-Mar-2023                                   2023-03-31
by the 31 March 2024                             2024-03-31
by 25/07/2024                                    2024-07-25
by 07/25/2024                                    2024-07-25
by 05/05/2024                                    2024-05-05
by 31.03.2024                                    2024-03-31
by 2024/07/25                                    2024-07-25
by July, 2023                                    2023-07-31
by Mar '23                                       2023-03-31
by 2018-Q2                                       2018-06-30
by H1 2024                                       2024-06-30
by the first half of 2024                        2024-06-30
by the end of Q3 2024                            2024-09-30
by the end of the first quarter of 2023          2023-03-31
by the end of the 2024-25 financial year         2025-03-31
by 2004/5                                        2005-03-31
by 2009-0                                        2010-03-31
by Christmas 2024                                2024-12-25
before Easter 2005                               2005-03-26
across the 2024/25 financial year                2025-03-31
within the 2024/25 financial year                2025-03-31
over 2023-24                                     2024-03-31
for 2024                                         2024-12-31
by end of FY 2023/24                             2024-03-31
by the end of the financial year 2023-24         2024-03-31
by the end of the calendar year 2024             2024-12-31
by the start of the 2024-25 financial year       2024-04-01
before the end of the 2024-25 financial year     2025-03-31
before the close of 2023                         2023-12-31
before the year 2002                             2001-12-31
before year end 2024                             2024-12-31
prior to April 2023                              2023-03-31
ahead of 2025                                    2024-12-31
by the year 2020                                 2020-12-31
by the end of the year 2020                      2020-12-31
by year end 2024                                 2024-12-31
by year-end 2024                                 2024-12-31
by the year end of 2024                          2024-12-31
by year end March 2024                           2024-03-31
by the year ending March 2006                    2006-03-31
by the close of 2023                             2023-12-31
by the very end of 2023                          2023-12-31
no later than the end of March 2025              2025-03-31
until 31 March 2024                              2024-03-31
until the end of 2024                            2024-12-31
until March 2025                                 2025-03-31
until 2025                                       2025-12-31
till 2025                                        2025-12-31
up to 31 March 2025                              2025-03-31
through 2025                                     2025-12-31
between April 2022 and March 2025                2025-03-31
by week ending 5 April 2024                      2024-04-05
by the end of week commencing 1 April 2024       2024-04-07
by the end of 2024-W14                           2024-04-07
"""
REFUSED_DEADLINES = {
    "by FY 2018": "2017/18, which ends in 2018, or 2018/19, which starts in it",
    "by the end of FY18": "2017/18, which ends in 2018, or 2018/19, which starts in it",
    "by year ending 2021": "March 2021 ('2020/21') or the year to December 2021 ('2021')",
    "in the academic year 2005/06": "as schools count, or 1 August 2005 to 31 July 2006",
    "by 2004/7": "a span of 3 plan years",
    "by Mar-23": "March 2023 or 23 March",
    "by 05/06/2024": "5 June 2024 or 6 May 2024",
    "by 25/07/24": "the day, the month or the year first",
    "by 31/02/2024": "is not a day: check the day and the month",
    "by 31 March": "does not say the year: write it too",
    "by March": "does not say the year: write it too",
    "by March 31": "March 2031 or 31 March",
    "until further notice": "is not a deadline",
    "at year end": "counts from a day that the text does not give",
}


def rows(table: str) -> list[tuple[str, ...]]:
    """Return the wording and the days of each line."""
    lines = [line.rsplit("  ", 1) for line in table.strip().splitlines()]
    return [(words.strip(), *days.split()) for words, days in lines]


@pytest.mark.parametrize(("label", "first_day", "last_day"), rows(LABELS))
def test_a_label_means_its_days(label: str, first_day: str, last_day: str) -> None:
    """Each label with one meaning is read as its days, and what it prints reads back."""
    period = parse_period(label)
    assert (f"{period.first_day}", f"{period.last_day}") == (first_day, last_day)
    assert parse_period(str(period)) == period


@pytest.mark.parametrize("label", [row[0] for row in rows(LABELS)])
def test_letters_and_spaces_do_not_matter(label: str) -> None:
    """Capitals, no-break spaces, other dashes and a full stop leave the meaning as it is."""
    spelt = f" {label.upper()}. ".replace(" ", "\u00a0").replace("-", "\u2013")
    assert parse_period(spelt) == parse_period(label)


@pytest.mark.parametrize(("label", "words"), REFUSED_LABELS.items())
def test_a_label_without_one_meaning_is_refused(label: str, words: str) -> None:
    """A label with two meanings is refused with both, and any other with what to write."""
    with pytest.raises(PeriodError) as raised:
        parse_period(label)
    assert words in str(raised.value)


@pytest.mark.parametrize(("wording", "last_day"), rows(DEADLINES))
def test_a_deadline_means_its_day(wording: str, last_day: str) -> None:
    """Each wording with one meaning is read as its day."""
    deadline = parse_deadline(wording)
    assert not deadline.is_vague
    assert deadline.last_day == date.fromisoformat(last_day)


@pytest.mark.parametrize(("wording", "words"), REFUSED_DEADLINES.items())
def test_a_deadline_without_one_meaning_is_refused(wording: str, words: str) -> None:
    """A deadline with two meanings is refused with both, and any other with what to write."""
    with pytest.raises(PeriodError) as raised:
        parse_deadline(wording)
    assert words in str(raised.value)


def test_the_middle_of_a_year_is_vague() -> None:
    """The middle of a year is the same four months as mid-year."""
    middle, mid = parse_deadline("by the middle of 2023"), parse_deadline("mid-2023")
    assert middle.interval == mid.interval


def test_a_part_of_a_season_is_one_of_its_months() -> None:
    """Early, mid and late summer are June, July and August, and vague as every month is."""
    parts = [parse_deadline(f"{part} summer 2024").interval for part in ("early", "mid", "late")]
    assert parts == [parse_period(f"{month} 2024") for month in ("June", "July", "August")]
