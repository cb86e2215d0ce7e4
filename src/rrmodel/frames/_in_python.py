"""Targets decided in Python, from the few figures that an engine has chosen for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from typing import Any, cast

import attrs
import narwhals.stable.v2 as nw

from rrmodel.frames._chance import starts_at_baseline
from rrmodel.frames._choice import EARLIEST, LATER, LATEST, START
from rrmodel.frames._expected import expected_values, shortfall_at_goal, with_expected
from rrmodel.frames._numbers import decide
from rrmodel.frames._sheets import ListSheet, Numbers
from rrmodel.frames._target_rows import Cell, TargetTable, TermRow, part_on
from rrmodel.frames._whole_numbers import MOST_PLACES, UNITS

__all__ = ["Figure", "cells_of", "decided_in_python", "expected_without", "figures_of"]

_CLOSE = 1e-3
"""How far a value times ten thousand may be from a whole number, being a binary number."""
_MOST_EXACT = 2**50
_DECEMBER = 12


@attrs.frozen
class Figure:
    """A figure as a row has it, with its level as a ratio of whole numbers."""

    first_day: date
    last_day: date
    published: date | None
    top: int
    """The level is ``top`` / ``bottom``."""
    bottom: int
    rounding: int
    """What the last decimal is worth, in units of ``bottom``; 0 where that is not known."""
    cases_in: int
    cases: int
    """The counts; 0 without counts."""
    is_invalid: bool
    """Whether the level or the counts cannot be read exactly."""

    @property
    def places(self) -> int | None:
        """The decimals printed."""
        return None if not self.rounding else MOST_PLACES + 1 - len(str(self.rounding))


def cells_of(frame: nw.DataFrame[Any]) -> dict[str, list[Any]]:
    """Return the columns of a frame, with ``None`` for null and days for times at midnight."""
    columns: dict[str, list[Any]] = {}
    for name in frame.columns:
        column = frame[name]
        cells = column.to_list()
        if frame.implementation.is_pandas():  # it has several values for null
            nulls = column.is_null().to_list()
            cells = [None if null else cell for cell, null in zip(cells, nulls, strict=True)]
        if isinstance(column.dtype, nw.Datetime):
            cells = [cell.date() if isinstance(cell, datetime) else None for cell in cells]
        columns[name] = cells
    return columns


def figures_of(
    columns: Mapping[str, list[Any]], is_share: Sequence[bool], places: int | None
) -> Iterator[Figure]:
    """Yield the figures of rows.

    Args:
        columns: The columns, as :func:`cells_of` returns them.
        is_share: Whether the level of each row is in per cent.
        places: The decimals of values in a row without ``places``.
    """
    read = cache(_read_value)
    blank = [None] * len(is_share)
    names = ("first_day", "last_day", "published", "value", "places", "numerator", "denominator")
    rows = zip(*(columns.get(name, blank) for name in names), is_share, strict=True)
    for first, last, published, value, stated, numerator, denominator, share in rows:
        cases_in, cases, is_wrong = _read_counts(numerator, denominator)
        if value is None:
            top, bottom, rounding, is_invalid = 100 * cases_in, cases or 1, 0, cases == 0
        else:
            kept = places if stated is None else stated
            top, rounding, is_invalid = read(value, kept, share)
            bottom = UNITS
        yield Figure(
            first, last, published, top, bottom, rounding, cases_in, cases, is_invalid or is_wrong
        )


def _read_counts(numerator: float | None, denominator: float | None) -> tuple[int, int, bool]:
    if numerator is None and denominator is None:
        return 0, 0, False
    if numerator is None or denominator is None or not 0 <= numerator <= denominator:
        return 0, 0, True
    cases_in, cases = int(numerator), int(denominator)
    if cases_in != numerator or cases != denominator or not cases:
        return 0, 0, True
    return cases_in, cases, False


def _read_value(value: float, places: float | None, is_share: bool) -> tuple[int, int, bool]:
    """Return a value in units, what its last decimal is worth, and whether it is wrong."""
    scaled = float(value) * UNITS
    if not abs(scaled) <= _MOST_EXACT or places not in {None, *range(MOST_PLACES + 1)}:
        return 0, 0, True
    units = round(scaled)
    # Nothing is known of the decimals of a whole binary number; another one needs its places.
    worth = 0 if places is None else 10 ** (MOST_PLACES - int(places))
    is_wrong = abs(scaled - units) > _CLOSE or units % (worth or UNITS) != 0
    is_outside = is_share and not 0 <= units <= 100 * UNITS
    return units, worth, is_wrong or is_outside


@cache
def _day_numbers(day: date) -> tuple[int, int, bool]:
    """Return the number of a day and of its month, and whether it is the last of the month."""
    following = date.fromordinal(day.toordinal() + 1)
    return day.toordinal(), day.year * _DECEMBER + day.month, following.day == 1


def _rank(deciding: Mapping[str, Cell], figure: Figure) -> tuple[bool, int]:
    """Return the rank of a period among others with its last day: like the window, then longer."""
    first, first_month, _ = _day_numbers(figure.first_day)
    end, month, is_month_end = _day_numbers(figure.last_day)
    is_whole = figure.first_day.day == 1 and is_month_end
    days = end - first + 1
    length = month - first_month + 1 if is_whole else days
    is_alike = deciding["window_whole"] == is_whole and deciding["window_length"] == length
    return is_alike, days


def decided_in_python(
    rivals: nw.DataFrame[Any],
    table: TargetTable,
    places: int | None,
    quantile: float,
) -> tuple[list[int], Mapping[str, list[Any]]]:
    """Return the numbers of the rows of the result that a figure decides, and their columns.

    Args:
        rivals: The figures that may decide, and what each is for.
        table: The targets.
        places: The decimals of values in a row without ``places``.
        quantile: How many standard errors each side of an interval reaches.
    """
    columns = cells_of(rivals)
    terms = [table.terms[place] for place in columns["term"]]
    is_share = [row.deciding["is_share"] == 1 for row in terms]
    figures = list(figures_of(columns, is_share, places))
    sheet = _sheet([row.deciding for row in terms]).having(
        top=Numbers([figure.top for figure in figures]),
        bottom=Numbers([figure.bottom for figure in figures]),
    )
    short = shortfall_at_goal(sheet)
    meets = (short <= sheet["tolerance"] * sheet["bottom"]).cells
    groups: defaultdict[int, defaultdict[int, list[int]]]
    groups = defaultdict(lambda: defaultdict(list))
    for place, (key, role) in enumerate(zip(columns["key"], columns["role"], strict=True)):
        groups[key][role].append(place)

    def worst(rows: list[int]) -> int:
        if len(rows) == 1:
            return rows[0]
        return max(
            rows, key=lambda row: _severity(terms[row].deciding, figures[row], short.cells[row])
        )

    def preferred(rows: list[int], choose: Callable[..., tuple[bool, int]]) -> int:
        ranks = {row: _rank(terms[row].deciding, figures[row]) for row in rows}
        rank = choose(ranks.values())
        return worst([row for row in rows if ranks[row] == rank])

    keys = [key for key, roles in groups.items() if LATEST in roles]
    latest: list[int] = []
    before: list[int | None] = []
    late: list[list[int]] = []
    starts: list[int | None] = []
    for key in keys:
        roles = groups[key]
        rows = roles[LATEST]
        latest.append(rows[0] if len(rows) == 1 else preferred(rows, max))
        earliest = preferred(roles[EARLIEST], min) if EARLIEST in roles else None
        before.append(earliest)
        starts.append(worst(roles[START]) if START in roles else earliest)
        late.append([worst(rivals) for rivals in _by_period(roles.get(LATER, ()), figures)])
    used = zip(latest, before, starts, late, strict=True)
    is_invalid = [
        any(figures[row].is_invalid for row in (now, then, start, *later) if row is not None)
        for now, then, start, later in used
    ]
    decided = decide(
        _deciding_sheet(
            [terms[row] for row in latest],
            [figures[row] for row in latest],
            [None if row is None else figures[row] for row in before],
            [None if row is None else figures[row] for row in starts],
        ).having(
            late=Numbers([any(meets[row] for row in later) for later in late]),
            is_invalid=Numbers(is_invalid),
        ),
        quantile,
    )
    found = {name: numbers.cells for name, numbers in cast("ListSheet", decided).columns.items()}
    for name in ("first_day", "last_day", "published"):
        found[f"latest_{name}"] = [getattr(figures[row], name) for row in latest]
    return keys, found


def _by_period(rows: Iterable[int], figures: Sequence[Figure]) -> Iterable[list[int]]:
    periods: defaultdict[tuple[date, date], list[int]] = defaultdict(list)
    for row in rows:
        periods[figures[row].first_day, figures[row].last_day].append(row)
    return periods.values()


def _severity(deciding: Mapping[str, Cell], figure: Figure, short: int) -> tuple[Any, ...]:
    """Return what decides between figures for one period: the worse, then what says more."""
    is_up = deciding["up"] == 1
    level = Fraction(figure.top, figure.bottom)
    worse = Fraction(short, figure.bottom) if deciding["has_limit"] else -level if is_up else level
    failures = figure.cases - figure.cases_in if is_up else figure.cases_in
    decimals = MOST_PLACES + 1 if figure.places is None else figure.places
    return figure.is_invalid, worse, figure.cases, failures, decimals, level


def _sheet(rows: Sequence[Mapping[str, Any]]) -> ListSheet:
    names = rows[0] if rows else ()
    return ListSheet({name: Numbers([row[name] for row in rows]) for name in names})


def _deciding_sheet(
    terms: Sequence[TermRow],
    latest: Sequence[Figure],
    before: Sequence[Figure | None],
    starts: Sequence[Figure | None],
) -> ListSheet:
    days = [_day_numbers(figure.last_day) for figure in latest]
    parts = [part_on(row.path, end) for row, (end, _, _) in zip(terms, days, strict=True)]
    columns: dict[str, list[Any]] = {
        name: [getattr(figure, name) for figure in latest]
        for name in ("top", "bottom", "rounding", "cases_in", "cases")
    }
    columns |= {
        "end": [end for end, _, _ in days],
        "month": [month for _, month, _ in days],
        "is_month_end": [is_end for _, _, is_end in days],
        "has_before": [figure is not None for figure in before],
        "top_before": [0 if figure is None else figure.top for figure in before],
        "bottom_before": [0 if figure is None else figure.bottom for figure in before],
        "cases_in_before": [0 if figure is None else figure.cases_in for figure in starts],
        "cases_before": [0 if figure is None else figure.cases for figure in starts],
    }
    sheet = ListSheet(
        {
            **_sheet([row.deciding for row in terms]).columns,
            **_sheet(parts).columns,
            **{name: Numbers(cells) for name, cells in columns.items()},
        }
    )
    is_same = starts_at_baseline(sheet)
    return sheet.having(
        **{
            name: sheet.where(is_same, sheet[name], 0)
            for name in ("cases_in_before", "cases_before")
        }
    )


def expected_without(terms: Sequence[TermRow], as_of: date) -> list[dict[str, Cell]]:
    """Return the level that each target expects by a day, by the names of the result."""
    places = [place for place, row in enumerate(terms) if row.deciding]
    found: list[dict[str, Cell]] = [{} for _ in terms]
    if not places:
        return found
    day, month, is_month_end = _day_numbers(as_of)
    measured = [terms[place] for place in places]
    parts = [part_on(row.path, day) for row in measured]
    columns = {"end": day, "month": month, "is_month_end": is_month_end}
    sheet = ListSheet(
        {
            **_sheet([row.deciding for row in measured]).columns,
            **_sheet(parts).columns,
            **{name: Numbers([cell] * len(places)) for name, cell in columns.items()},
        }
    )
    expected = with_expected(sheet)
    for name, numbers in expected_values(expected, expected["scale"] > 0).items():
        for place, cell in zip(places, numbers.cells, strict=True):
            found[place][name] = cell
    return found
