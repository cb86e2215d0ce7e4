"""Targets decided in Python, from the few figures that an engine has chosen for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple, cast

import narwhals.stable.v2 as nw

from rrmodel.frames._chance import starts_at_baseline
from rrmodel.frames._choice import EARLIEST, LATER, LATEST, START
from rrmodel.frames._deciding import Deciding, PathPart, part_on
from rrmodel.frames._expected import expected_values, shortfall_at_goal, with_expected
from rrmodel.frames._numbers import decide
from rrmodel.frames._sheets import ListSheet, Numbers
from rrmodel.frames._target_rows import Cell, TargetTable, TermRow
from rrmodel.frames._whole_numbers import MOST_PLACES, UNITS

__all__ = ["Figure", "cells_of", "decided_in_python", "expected_without", "figures_of"]

_CLOSE = 1e-3
"""How far a value times ten thousand may be from a whole number, being a binary number."""
_MOST_EXACT = 2**50
_DECEMBER = 12
_DAY_FIELDS = ("end", "month", "is_month_end")


class Figure(NamedTuple):
    """A figure as a row has it, with its level as a ratio of whole numbers."""

    first_day: date
    last_day: date
    published: date | None
    top: int
    """The level is ``top`` / ``bottom``."""
    bottom: int
    rounding: int
    """The size of the last decimal, in units of ``bottom``; 0 where that is not known."""
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
    terms = [_numbers_of(table.terms[int(place)]) for place in columns["term"]]
    figures = list(figures_of(columns, [row.is_share == 1 for row in terms], places))
    chosen = _chosen(columns["key"], columns["role"], terms, figures)
    latest = [figures[each.latest] for each in chosen]
    paths = [table.terms[terms[each.latest].term].path for each in chosen]
    sheet = _deciding_sheet(
        [terms[each.latest] for each in chosen],
        [
            part_on(path, figure.last_day.toordinal())
            for path, figure in zip(paths, latest, strict=True)
        ],
        latest,
        [None if each.before is None else figures[each.before] for each in chosen],
        [None if each.start is None else figures[each.start] for each in chosen],
    ).having(
        late=Numbers([each.is_late for each in chosen]),
        is_invalid=Numbers([any(figures[row].is_invalid for row in each.rows) for each in chosen]),
    )
    found = {name: each.cells for name, each in decide(sheet, quantile).columns.items()}
    for name in ("first_day", "last_day", "published"):
        found[f"latest_{name}"] = [getattr(figure, name) for figure in latest]
    return [each.key for each in chosen], found


def _numbers_of(row: TermRow) -> Deciding:
    return cast("Deciding", row.deciding)


class _Chosen(NamedTuple):
    """The places of the figures that decide a row of the result."""

    key: int
    latest: int
    before: int | None
    """The figure that a direction starts from."""
    start: int | None
    """The figure whose counts are those of the start."""
    later: Sequence[int]
    is_late: bool
    """Whether a later period meets the goal."""

    @property
    def rows(self) -> Iterator[int]:
        """The places of all of them."""
        yield self.latest
        yield from self.later
        yield from (row for row in (self.before, self.start) if row is not None)


def _chosen(
    keys: Sequence[int],
    roles: Sequence[int],
    terms: Sequence[Deciding],
    figures: Sequence[Figure],
) -> list[_Chosen]:
    """Choose among the figures for each row of the result and what each is for."""
    sheet = _sheet(Deciding._fields, terms).having(
        top=Numbers([figure.top for figure in figures]),
        bottom=Numbers([figure.bottom for figure in figures]),
    )
    short = shortfall_at_goal(sheet)
    meets = (short <= sheet["tolerance"] * sheet["bottom"]).cells
    groups: dict[tuple[int, int], list[int]] = {}
    for place, group in enumerate(zip(keys, roles, strict=True)):
        groups.setdefault(group, []).append(place)

    def severity(row: int) -> tuple[Any, ...]:
        return _severity(terms[row], figures[row], short.cells[row])

    def rank(row: int) -> tuple[bool, int]:
        return _rank(terms[row], figures[row])

    def worst(rows: Sequence[int]) -> int:
        return rows[0] if len(rows) == 1 else max(rows, key=severity)

    def preferred(rows: Sequence[int], *, first: bool) -> int:
        if len(rows) == 1:
            return rows[0]
        best = (min if first else max)(map(rank, rows))
        return worst([row for row in rows if rank(row) == best])

    chosen: list[_Chosen] = []
    for (key, role), rows in groups.items():
        if role != LATEST:
            continue
        earliest = groups.get((key, EARLIEST))
        before = None if earliest is None else preferred(earliest, first=True)
        starts = groups.get((key, START))
        start = before if starts is None else worst(starts)
        later = [worst(rivals) for rivals in _by_period(groups.get((key, LATER), ()), figures)]
        is_late = any(meets[row] for row in later)
        chosen.append(_Chosen(key, preferred(rows, first=False), before, start, later, is_late))
    return chosen


def _by_period(rows: Iterable[int], figures: Sequence[Figure]) -> Iterable[list[int]]:
    periods: dict[tuple[date, date], list[int]] = {}
    for row in rows:
        period = figures[row].first_day, figures[row].last_day
        periods.setdefault(period, []).append(row)
    return periods.values()


def _rank(terms: Deciding, figure: Figure) -> tuple[bool, int]:
    """Return the rank of a period among others with its last day: like the window, then longer."""
    first, first_month, _ = _day_numbers(figure.first_day)
    end, month, is_month_end = _day_numbers(figure.last_day)
    is_whole = figure.first_day.day == 1 and is_month_end
    days = end - first + 1
    length = month - first_month + 1 if is_whole else days
    return terms.window_whole == is_whole and terms.window_length == length, days


def _severity(terms: Deciding, figure: Figure, short: int) -> tuple[Any, ...]:
    """Return what decides between figures for one period: the worse, then what says more."""
    is_up = terms.up == 1
    level = Fraction(figure.top, figure.bottom)
    worse = Fraction(short, figure.bottom) if terms.has_limit else -level if is_up else level
    failures = figure.cases - figure.cases_in if is_up else figure.cases_in
    decimals = MOST_PLACES + 1 if figure.places is None else figure.places
    return figure.is_invalid, worse, figure.cases, failures, decimals, level


def _sheet(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> ListSheet:
    cells: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else [()] * len(names)
    return ListSheet(
        {name: Numbers(list(column)) for name, column in zip(names, cells, strict=True)}
    )


def _deciding_sheet(
    terms: Sequence[Deciding],
    parts: Sequence[PathPart],
    latest: Sequence[Figure],
    before: Sequence[Figure | None],
    starts: Sequence[Figure | None],
) -> ListSheet:
    days = [_day_numbers(figure.last_day) for figure in latest]
    columns: dict[str, list[Any]] = {
        "has_before": [figure is not None for figure in before],
        "top_before": [0 if figure is None else figure.top for figure in before],
        "bottom_before": [0 if figure is None else figure.bottom for figure in before],
        "cases_in_before": [0 if figure is None else figure.cases_in for figure in starts],
        "cases_before": [0 if figure is None else figure.cases for figure in starts],
    }
    sheet = ListSheet(
        {
            **_sheet(Figure._fields, latest).columns,
            **_sheet(Deciding._fields, terms).columns,
            **_sheet(PathPart._fields, parts).columns,
            **_sheet(_DAY_FIELDS, days).columns,
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
    found: list[dict[str, Cell]] = [{} for _ in terms]
    measured = [(place, row.deciding, row.path) for place, row in enumerate(terms) if row.deciding]
    day = _day_numbers(as_of)
    sheet = ListSheet(
        {
            **_sheet(Deciding._fields, [deciding for _, deciding, _ in measured]).columns,
            **_sheet(PathPart._fields, [part_on(path, day[0]) for _, _, path in measured]).columns,
            **_sheet(_DAY_FIELDS, [day] * len(measured)).columns,
        }
    )
    expected = with_expected(sheet)
    for name, numbers in expected_values(expected, expected["scale"] > 0).items():
        for (place, _, _), cell in zip(measured, numbers.cells, strict=True):
            found[place][name] = cell
    return found
