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
from rrmodel.frames._sheets import ListSheet, where
from rrmodel.frames._target_rows import Cell, TargetTable, TermRow
from rrmodel.frames._whole_numbers import MOST_PLACES, UNITS

__all__ = ["Figure", "cells_of", "decided_in_python", "expected_without", "figures_of"]

_CLOSE = 1e-3
"""How far a value times ten thousand may be from a whole number, being a binary number."""
_MOST_EXACT = 2**50
_DECEMBER = 12
_DAY_FIELDS = ("end", "month", "is_month_end")
_ROLES = (LATER, START, EARLIEST, LATEST)
_FIGURE_NUMBERS = ("top", "bottom", "rounding", "cases_in", "cases")


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
    places_of_terms = [int(place) for place in columns["term"]]
    terms = [cast("Deciding", table.terms[place].deciding) for place in places_of_terms]
    figures = list(figures_of(columns, [row.is_share == 1 for row in terms], places))
    invalid = {row for row, figure in enumerate(figures) if figure.is_invalid}
    chosen = _chosen(columns["key"], columns["role"], terms, figures)
    latest = [figures[each.latest] for each in chosen]
    before = [None if each.before is None else figures[each.before] for each in chosen]
    starts = [None if each.start is None else figures[each.start] for each in chosen]
    days = [_day_numbers(figure.last_day) for figure in latest]
    paths = [table.terms[places_of_terms[each.latest]].path for each in chosen]
    sheet = ListSheet.of(
        {
            **{name: [getattr(figure, name) for figure in latest] for name in _FIGURE_NUMBERS},
            **_columns(Deciding._fields, [terms[each.latest] for each in chosen]),
            **_columns(
                PathPart._fields,
                [part_on(path, day) for path, (day, *_) in zip(paths, days, strict=True)],
            ),
            **_columns(_DAY_FIELDS, days),
            "has_before": [int(figure is not None) for figure in before],
            "top_before": [0 if figure is None else figure.top for figure in before],
            "bottom_before": [0 if figure is None else figure.bottom for figure in before],
            "cases_in_before": [0 if figure is None else figure.cases_in for figure in starts],
            "cases_before": [0 if figure is None else figure.cases for figure in starts],
            "late": [int(each.is_late) for each in chosen],
            "is_invalid": [int(not invalid.isdisjoint(each.rows)) for each in chosen],
        },
        len(chosen),
    )
    is_start = starts_at_baseline(sheet)
    counts = ("cases_in_before", "cases_before")
    sheet = sheet.having(**{name: where(is_start, sheet[name], 0) for name in counts})
    decided = decide(sheet, quantile)
    result_columns = {name: decided.cells(name) for name in decided.columns}
    for name in ("first_day", "last_day", "published"):
        result_columns[f"latest_{name}"] = [getattr(figure, name) for figure in latest]
    return [each.key for each in chosen], result_columns


class _Chosen(NamedTuple):
    """The places of the figures that decide a row of the result."""

    key: int
    latest: int
    before: int | None = None
    """The figure that a direction starts from."""
    start: int | None = None
    """The figure whose counts are those of the start."""
    later: Sequence[int] = ()
    is_late: bool = False
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
    by_key: dict[int, list[int]] = {}
    for row, key in enumerate(keys):
        by_key.setdefault(key, []).append(row)
    compared = [row for rows in by_key.values() if len(rows) > 1 for row in rows]
    short, meets = _shortfalls(compared, terms, figures)

    def severity(row: int) -> tuple[Any, ...]:
        return _severity(terms[row], figures[row], short[row])

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
    for key, rows in by_key.items():
        if len(rows) == 1:
            if roles[rows[0]] == LATEST:
                chosen.append(_Chosen(key, rows[0]))
            continue
        of = {role: [row for row in rows if roles[row] == role] for role in _ROLES}
        if not of[LATEST]:
            continue
        before = preferred(of[EARLIEST], first=True) if of[EARLIEST] else None
        start = worst(of[START]) if of[START] else before
        later = [worst(rivals) for rivals in _by_period(of[LATER], figures)]
        is_late = any(meets[row] for row in later)
        latest = preferred(of[LATEST], first=False)
        chosen.append(_Chosen(key, latest, before, start, later, is_late))
    return chosen


def _shortfalls(
    rows: Sequence[int], terms: Sequence[Deciding], figures: Sequence[Figure]
) -> tuple[Mapping[int, int], Mapping[int, bool]]:
    """Return how far the levels of rows are outside the goal, and whether they meet it."""
    sheet = ListSheet.of(
        {
            **_columns(Deciding._fields, [terms[row] for row in rows]),
            "top": [figures[row].top for row in rows],
            "bottom": [figures[row].bottom for row in rows],
        },
        len(rows),
    )
    short = shortfall_at_goal(sheet)
    meets = short <= sheet["tolerance"] * sheet["bottom"]
    cells = (column.cells(len(rows)) for column in (short, meets))
    by_row = [dict(zip(rows, column, strict=True)) for column in cells]
    return by_row[0], by_row[1]


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


def _columns(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Mapping[str, Sequence[Any]]:
    cells: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else [()] * len(names)
    return dict(zip(names, cells, strict=True))


def expected_without(terms: Sequence[TermRow], as_of: date) -> list[dict[str, Cell]]:
    """Return the level that each target expects by a day, by the names of the result."""
    levels: list[dict[str, Cell]] = [{} for _ in terms]
    measured = [(place, row.deciding, row.path) for place, row in enumerate(terms) if row.deciding]
    day = _day_numbers(as_of)
    sheet = ListSheet.of(
        {
            **_columns(Deciding._fields, [deciding for _, deciding, _ in measured]),
            **_columns(PathPart._fields, [part_on(path, day[0]) for _, _, path in measured]),
            **_columns(_DAY_FIELDS, [day] * len(measured)),
        },
        len(measured),
    )
    expected = with_expected(sheet)
    for name, numbers in expected_values(expected, expected["scale"] > 0).items():
        for (place, _, _), cell in zip(measured, numbers.cells(len(measured)), strict=True):
            levels[place][name] = cell
    return levels
