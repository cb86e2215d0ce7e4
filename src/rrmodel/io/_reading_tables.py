"""The rows of a table, checked: its headings, its dates, its cells and its scale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from operator import itemgetter

from rrmodel.errors import Problem
from rrmodel.io._column_reader import ColumnReader, Columns
from rrmodel.io._figure_cells import is_blank, shown
from rrmodel.io._observation_rows import ROW_COLUMNS, CheckedRow, RowReader
from rrmodel.io._table_sources import Row, Table
from rrmodel.io._tidy_layout import REQUIRED_COLUMNS, TIDY_COLUMNS
from rrmodel.io._tidy_tables import (
    DATE_COLUMNS,
    Place,
    Scales,
    checked_rows,
    column_problems,
    dates_of,
)
from rrmodel.model import Measure

__all__ = ["read_columns", "read_table", "usable_tables"]

_ROWS_AT_A_TIME = 10_000


def usable_tables(
    tables: Iterable[Table], problems: list[Problem], *, stacklevel: int
) -> list[Table]:
    """Return the tables with the right headings, and add what is wrong with others to the problems.

    Args:
        tables: The tables.
        problems: Is added to.
        stacklevel: The frames between the caller of the public function, who is given a notice of
            columns that are not read, and this one.
    """
    usable: list[Table] = []
    for table in tables:
        names = table.names
        if len(names) == 1 and any(sign in names[0] for sign in (";", "\t", "|")):
            wrong = ["the columns are not separated by commas: save the file as comma-separated"]
            places = [0]
        else:
            places = [
                at for at, name in enumerate(names) if name in TIDY_COLUMNS and name in names[:at]
            ]
            wrong = [f"the column {names[at][:60]!r} is here twice: keep one" for at in places]
            # The notice is given where the public function was called.
            others = column_problems(
                names, where=table.where, required=REQUIRED_COLUMNS, stacklevel=stacklevel + 1
            )
            wrong += others
            places += [0] * len(others)
        problems += [
            table.problem(message, table.heading, at, "$")
            for message, at in zip(wrong, places, strict=True)
        ]
        if not wrong:
            usable.append(table)
    return usable


def read_table(
    table: Table,
    measures: Mapping[str, Measure] | None,
    problems: list[Problem],
    places: int | None = None,
) -> Iterator[CheckedRow]:
    """Yield the rows of a table that can be read, and add what is wrong to the problems.

    Args:
        table: The table.
        measures: The measures that it may name, by their ids; any if that is not known.
        problems: Is added to until the last row was read.
        places: The decimals of binary floats in a row without ``places``.
    """
    reader, report = _reader(table, measures, places), _reporter(table, problems)
    placed = _Placing(table, problems)
    rows = (
        (Place(number, line), cells)
        for number, (line, row) in enumerate(table.rows())
        if (cells := placed.cells(Place(number, line), row))
    )
    yield from checked_rows(rows, reader, report)


def read_columns(
    table: Table,
    measures: Mapping[str, Measure] | None,
    problems: list[Problem],
    places: int | None = None,
) -> Iterator[Columns]:
    """Yield the rows of a table as checked columns, and add what is wrong to the problems.

    The arguments are those of :func:`read_table`. After a row that is wrong, the others are only
    checked.
    """
    reader, report = _reader(table, measures, places), _reporter(table, problems)
    placed, scales = _Placing(table, problems), Scales()
    columns = ColumnReader(reader, measures, scales)
    numbers, rows = count(), table.rows()
    while some := list(islice(rows, _ROWS_AT_A_TIME)):
        at = [Place(number, line) for (line, _), number in zip(some, numbers, strict=False)]

        def read_odd(
            row: int, some: Sequence[Row] = some, at: Sequence[Place] = at
        ) -> CheckedRow | None:
            in_order = placed.cells(at[row], some[row][1])
            if in_order is None:
                return None
            odd = reader.read(in_order)
            if isinstance(odd, CheckedRow):
                return odd
            for each in odd:
                report(at[row], each.column, each.message)
            return None

        cells, strays = placed.columns(some)
        checked = columns.read(cells, at, strays, read_odd)
        if checked is not None and not problems:
            yield checked
    for place, message in scales.problems():
        report(place, "value", message)


def _reader(table: Table, measures: Mapping[str, Measure] | None, places: int | None) -> RowReader:
    dates = dates_of(_cells_of(table, [name for name in DATE_COLUMNS if name in table.names]))
    return RowReader(dates, places=places, measures=measures)


def _reporter(table: Table, problems: list[Problem]) -> Callable[[Place, str, str], None]:
    names = table.names

    def report(place: Place, column: str, message: str) -> None:
        at = names.index(column) if column in names else None
        path = f"$.observations[{place.row}].{column}"
        problems.append(table.problem(f"{column}: {message}", place.line, at, path))

    return report


def _cells_of(table: Table, columns: Sequence[str]) -> Iterator[object]:
    """Yield the cells of some columns."""
    places = [table.names.index(column) for column in columns]
    for _, cells in table.rows():
        yield from (cells[place] for place in places if place < len(cells))


class _Placing:
    """Puts the cells of rows in the order in which they are read."""

    def __init__(self, table: Table, problems: list[Problem]) -> None:
        self._table, self._problems = table, problems
        self._width = len(table.names)
        self._unnamed = [at for at, name in enumerate(table.names) if not name]
        # A column that is not there is the last cell of each row, which is empty.
        self._pick = itemgetter(
            *(table.names.index(name) if name in table.names else -1 for name in ROW_COLUMNS)
        )

    def cells(self, place: Place, row: Sequence[object]) -> tuple[object, ...] | None:
        """Return the cells of a row, or report one below no heading."""
        at = self._stray(row)
        if at is not None:
            message = f"{shown(row[at])} is below no heading: give its column one"
            path = f"$.observations[{place.row}]"
            self._problems.append(self._table.problem(message, place.line, at, path))
            return None
        cells: tuple[object, ...] = self._pick(self._filled(row))
        return cells

    def columns(self, rows: Sequence[Row]) -> tuple[dict[str, Sequence[object]], set[int]]:
        """Return the columns of rows, and the numbers of those with a cell below no heading."""
        width, names = self._width, self._table.names
        cells: Sequence[Sequence[object]] = [row for _, row in rows]
        strays: set[int] = set()
        if self._unnamed or set(map(len, cells)) != {width}:
            strays = {at for at, row in enumerate(cells) if self._stray(row) is not None}
            cells = [self._filled(row)[:-1] for row in cells]
        ours = zip(names, zip(*cells, strict=True), strict=True)
        return {name: column for name, column in ours if name in TIDY_COLUMNS}, strays

    def _stray(self, row: Sequence[object]) -> int | None:
        """Return the first column without a heading in which a row has something."""
        places = (*self._unnamed, *range(self._width, len(row)))
        return next((at for at in places if at < len(row) and not is_blank(row[at])), None)

    def _filled(self, row: Sequence[object]) -> list[object]:
        """Return a row with a cell below each heading, and an empty one after them."""
        cells = list(row[: self._width])
        return cells + [None] * (self._width + 1 - len(cells))
