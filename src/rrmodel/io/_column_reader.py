"""Rows of a table read by columns where they are plain, and one by one where they are not.

A cell is plain if it says one thing by itself: a name, a day, a count or a level, without marks or
notes beside it. Each different one is read once, by the reader of rows. A row that has any other
cell, or cells that do not fit each other, is left to that reader, so that it alone says what is
wrong and a figure means the same wherever it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import inf
from typing import Any, TypeAlias, cast

import attrs

from rrmodel.io._figure_cells import NO_LEVEL, FigureCells, is_blank
from rrmodel.io._observation_rows import CheckedRow, RowReader
from rrmodel.io._tidy_layout import TIDY_COLUMNS
from rrmodel.io._tidy_tables import Place, Scales
from rrmodel.model import Counts, Mark, Measure, Observation
from rrmodel.periods import Period
from rrmodel.quantities import Level, Percentage, PercentagePoints, write_quantity
from rrmodel.records import FieldKind, Value, nearest_number

__all__ = ["CHECKED_COLUMNS", "ColumnReader", "Columns"]

_AT = TIDY_COLUMNS.index("period") + 1
CHECKED_COLUMNS: Mapping[str, FieldKind] = {
    **{name: Observation.layout.columns[name] for name in TIDY_COLUMNS[:_AT]},
    "first_day": "day",
    "last_day": "day",
    **{name: Observation.layout.columns[name] for name in TIDY_COLUMNS[_AT:]},
}
"""The columns of checked figures and what each has: those of the tidy layout, and the first and the
last day of the period. ``level`` is the exact text of a level that was published, ``none`` where
counts were published without one, and null where it only follows from the counts; ``value``,
``unit`` and ``places`` are those of ``level``."""

Columns: TypeAlias = dict[str, list[Value]]
"""Some rows of checked figures, by the names of :data:`CHECKED_COLUMNS`."""

_ODD: Any = object()
"""The value of a cell that is not plain."""
_KINDS = frozenset({str, int, float, date})
"""The types of plain cells. A column with two of them is read row by row, because 1 equals 1.0."""
_MOST_KEPT = 20_000
_LEVEL_COLUMNS = ("level", "value", "unit", "places")
_PERIOD_COLUMNS = ("period", "first_day", "last_day")
_AS_READ = ("published", "series", "document", "section", "item", "id", "note")


@attrs.frozen
class _PlainLevel:
    """A level, or none, as the cells of a row state it."""

    level: Level | None
    cells: tuple[Value, Value, Value, Value]
    unit: str | None = None
    bounds: tuple[int, int, int] | None = None
    """The level to compare counts with; ``None`` if the reader of rows compares them."""
    bare: Fraction | None = None
    number: float = -inf
    is_doubted: bool = False


class _PlainCells(dict[Any, Any]):
    """The values of the cells of one column, and whether one was odd."""

    def __init__(self, reader: Callable[[Any], Any]) -> None:
        self.reader = reader
        self.has_odd = False

    def __missing__(self, cell: object) -> object:
        value = self.reader(cell)
        if value is _ODD:
            self.has_odd = True
            return value
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[cell] = value
        return value


class ColumnReader:
    """Reads the rows of one table, some at a time, into columns."""

    def __init__(
        self, reader: RowReader, measures: Mapping[str, Measure] | None, scales: Scales
    ) -> None:
        """Return a reader.

        Args:
            reader: The reader of the rows that are not plain.
            measures: The measures that rows may name; any where that is not known.
            scales: Finds shares of 1 among percentages.
        """
        self._reader = reader
        self._units = (
            None if measures is None else {name: one.unit for name, one in measures.items()}
        )
        self._scales = scales
        self._plain: dict[tuple[str, object], _PlainCells] = {}

    def read(
        self,
        columns: Mapping[str, Sequence[object]],
        places: Sequence[Place],
        odd: set[int],
        read_odd: Callable[[int], CheckedRow | None],
    ) -> Columns | None:
        """Return rows as checked columns, or ``None`` if one of them has an error.

        Args:
            columns: The cells of the columns that the table has, of as many rows as there are
                places.
            places: Where each row is.
            odd: The numbers of rows that are not plain for another reason than their cells.
            read_odd: Reads the row of a number, and reports what is wrong with it.
        """
        count = len(places)
        absent: list[Value] = [None] * count
        plain = {
            name: self._cells(name, columns[name]) if name in columns else (absent, False)
            for name in ("measure", "area", "period", "marks", *_AS_READ)
        }
        for name in ("numerator", "denominator", "rounded_to"):
            plain[name] = self._cells(name, columns[name]) if name in columns else (absent, False)
        plain["level"] = self._levels([columns.get(name, absent) for name in _LEVEL_COLUMNS])
        cells: dict[str, list[Any]] = {name: column for name, (column, _) in plain.items()}
        odd |= {
            at
            for column, has_odd in plain.values()
            if has_odd
            for at, cell in enumerate(column)
            if cell is _ODD
        }
        if "section" in columns or "item" in columns:
            cited = zip(cells["document"], cells["section"], cells["item"], strict=True)
            odd |= {at for at, (home, *part) in enumerate(cited) if home is None and any(part)}
        rows = self._fit(cells, places, odd, read_odd)
        return None if rows is None else _arranged(cells, rows)

    def _cells(self, column: str, cells: Sequence[object]) -> tuple[list[Any], bool]:
        """Return what the cells of a column say, and whether one of them is odd."""
        kind = _kind_of(cells)
        if kind is _ODD:
            return [_ODD] * len(cells), True
        key = column, kind
        if key not in self._plain:
            self._plain[key] = _PlainCells(self._reader_of(column))
        known = self._plain[key]
        known.has_odd = False
        return list(map(known.__getitem__, cells)), known.has_odd

    def _levels(self, columns: Sequence[Sequence[object]]) -> tuple[list[Any], bool]:
        kinds = tuple(map(_kind_of, columns))
        if _ODD in kinds:
            return [_ODD] * len(columns[0]), True
        key = "level", kinds
        if key not in self._plain:
            self._plain[key] = _PlainCells(self._plain_level)
        known = self._plain[key]
        known.has_odd = False
        return list(map(known.__getitem__, zip(*columns, strict=True))), known.has_odd

    def _reader_of(self, column: str) -> Callable[[object], Any]:
        finishing: dict[str, Callable[[Any], Any]] = {
            "measure": self._plain_measure,
            "period": _plain_period,
            "marks": lambda marks: _marks_cell(marks or ()),
            "numerator": _plain_count,
            "denominator": _plain_count,
            "rounded_to": lambda step: None if step in {None, 1} else _ODD,
        }
        finish = finishing.get(column, lambda value: value)

        def read(cell: object) -> object:
            value, is_right = self._reader.cell(column, cell)
            return finish(value) if is_right else _ODD

        return read

    def _plain_measure(self, name: str) -> str:
        return name if self._units is None or name in self._units else _ODD

    def _plain_level(self, cells: tuple[object, object, object, object]) -> Any:  # noqa: ANN401
        written, value, unit, places = cells
        figure = self._reader.figure((written, None, None, None, value, unit, places))
        if figure is None or figure.marks or figure.notes or figure.counts:
            return _ODD
        level = figure.level
        if level is None:
            return _NO_LEVEL if is_blank(written) else _ODD
        number, bare = nearest_number(level.value), figure.bare
        if number is None:
            return _ODD
        return _PlainLevel(
            level,
            (write_quantity(level), number, level.unit, level.places),
            level.unit,
            _bounds_of(level),
            bare,
            number,
            bare is not None and 0 < bare < 1,
        )

    def _fit(
        self,
        cells: Mapping[str, list[Any]],
        places: Sequence[Place],
        odd: set[int],
        read_odd: Callable[[int], CheckedRow | None],
    ) -> dict[int, CheckedRow] | None:
        """Return the odd rows, after looking at every row; ``None`` if one has an error."""
        units, scales = self._units, self._scales
        largest, settled = scales.largest, scales.settled
        odd_rows: dict[int, CheckedRow] = {}
        has_errors = False
        names = "measure", "area", "level", "numerator", "denominator"
        rows: Iterator[Any] = zip(*(cells[name] for name in names), strict=True)
        for at, (measure, area, stated, top, bottom) in enumerate(rows):
            number = -inf
            level: Level | None = None
            if at not in odd:
                number, level = stated.number, stated.level
                is_share = top is not None and bottom is not None and 0 <= top <= bottom != 0
                if level is None:
                    fits = is_share or (top is None and bottom is None)
                    unit = "%"
                    if is_share:
                        number = 100 * cast("int", top) / cast("int", bottom)
                elif is_share:
                    bounds, unit = stated.bounds, stated.unit
                    fits = bounds and bounds[0] * bottom <= bounds[1] * top <= bounds[2] * bottom
                else:
                    fits, unit = top is None and bottom is None, stated.unit
                if not fits or (units is not None and number != -inf and units[measure] != unit):
                    odd.add(at)
            if at in odd:
                if (row := read_odd(at)) is None:
                    has_errors = True
                    continue
                odd_rows[at] = row
                if row.figure.level is not None:
                    scales.add(places[at], row.measure, row.area, row.figure.level, row.figure.bare)
            elif number != -inf and (
                number >= largest.get((measure, area), -inf)
                or stated.is_doubted
                or measure not in settled
            ):
                if level is None:
                    level = Percentage.from_counts(cast("int", top), cast("int", bottom))
                scales.add(places[at], measure, area, level, stated.bare)
        return None if has_errors else odd_rows


def _kind_of(cells: Sequence[object]) -> object:
    """Return the one type of cells, beside empty ones, or the marker for odd ones."""
    kinds = set(map(type, cells)) - {type(None)}
    if not kinds:
        return None
    return kinds.pop() if len(kinds) == 1 and kinds <= _KINDS else _ODD


_NO_LEVEL = _PlainLevel(None, (None, None, None, None))


def _bounds_of(level: Level) -> tuple[int, int, int] | None:
    # The decimals of a binary number are unknown: the reader of rows decides what counts mean then.
    if level.places is None or isinstance(level, PercentagePoints):
        return None
    return Counts.bounds_of(level) or (0, 0, 0)


def _plain_period(read: tuple[Period, Any]) -> Any:  # noqa: ANN401 - or what is odd
    period, label = read
    return _ODD if label.marks or label.notes else _period_cells(period)


def _plain_count(read: FigureCells | None) -> Any:  # noqa: ANN401 - or what is odd
    if read is None:
        return None
    return _ODD if read.count is None or read.marks or read.notes else read.count


def _period_cells(period: Period) -> tuple[Value, Value, Value]:
    return str(period), period.first_day, period.last_day


def _marks_cell(marks: tuple[Mark, ...]) -> str | None:
    return "; ".join(mark.value for mark in marks) or None


def _arranged(cells: Mapping[str, list[Any]], odd: Mapping[int, CheckedRow]) -> Columns:
    """Return what plain cells say by the names of the columns, with the odd rows."""
    cells = {name: list(column) for name, column in cells.items()}
    for at, row in odd.items():
        for name, cell in _cells_of(row).items():
            cells[name][at] = cell
    columns: Columns = {name: cells[name] for name in CHECKED_COLUMNS if name in cells}
    for names, parts in (
        (_PERIOD_COLUMNS, cells["period"]),
        (_LEVEL_COLUMNS, [stated.cells for stated in cells["level"]]),
    ):
        columns.update(zip(names, map(list, zip(*parts, strict=True)), strict=True))
    return {name: columns[name] for name in CHECKED_COLUMNS}


def _cells_of(row: CheckedRow) -> dict[str, Any]:
    """Return the cells of an odd row, in the form of plain ones."""
    figure, cited = row.figure, row.citation
    level, counts = figure.level, figure.counts
    stated: tuple[Value, Value, Value, Value] = None, None, None, None
    if level is None and counts is not None:
        stated = NO_LEVEL, None, None, None
    elif level is not None and not figure.follows:
        stated = write_quantity(level), nearest_number(level.value), level.unit, level.places
    return {
        "measure": row.measure,
        "area": row.area,
        "period": _period_cells(row.period),
        "marks": _marks_cell(row.marks),
        "published": row.published,
        "series": row.series,
        "document": None if cited is None else cited.document,
        "section": None if cited is None else cited.section,
        "item": None if cited is None else cited.item,
        "id": row.id,
        "note": row.note,
        "numerator": None if counts is None else counts.numerator,
        "denominator": None if counts is None else counts.denominator,
        "rounded_to": None if counts is None or counts.rounded_to == 1 else counts.rounded_to,
        "level": _PlainLevel(level, stated),
    }
