"""The rows of a table, checked: its headings, its dates, its cells and its scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter

from rrmodel.errors import Problem
from rrmodel.io._figure_cells import is_blank, shown
from rrmodel.io._observation_rows import ROW_COLUMNS, CheckedRow, RowReader
from rrmodel.io._table_sources import Table
from rrmodel.io._tidy_layout import TIDY_COLUMNS
from rrmodel.io._tidy_tables import DATE_COLUMNS, Place, checked_rows, column_problems, dates_of
from rrmodel.model import Measure

__all__ = ["read_table"]


def read_table(
    table: Table, measures: Mapping[str, Measure], problems: list[Problem], *, stacklevel: int = 6
) -> Iterator[CheckedRow]:
    """Yield the rows of a table that can be read, and add what is wrong to the problems.

    Args:
        table: The table.
        measures: The measures that it may name, by their ids.
        problems: Is added to until the last row was read.
        stacklevel: The frames between the caller of the public function and the notice of columns
            that are not read.
    """
    if wrong := _heading_problems(table, stacklevel):
        problems += wrong
        return
    names = table.names
    dates = dates_of(_cells_of(table, [name for name in DATE_COLUMNS if name in names]))

    def report(place: Place, column: str, message: str) -> None:
        at = names.index(column) if column in names else None
        path = f"$.observations[{place.row}].{column}"
        problems.append(table.problem(f"{column}: {message}", place.line, at, path))

    def stray(place: Place, at: int, cell: object) -> None:
        message = f"{shown(cell)} is below no heading: give its column one"
        problems.append(table.problem(message, place.line, at, f"$.observations[{place.row}]"))

    reader = RowReader(dates, measures=measures)
    yield from checked_rows(_placed_rows(table, stray), reader, report)


def _heading_problems(table: Table, stacklevel: int) -> list[Problem]:
    names = table.names
    if len(names) == 1 and any(sign in names[0] for sign in (";", "\t", "|")):
        message = "the columns are not separated by commas: save the file as comma-separated"
        return [table.problem(message, table.heading, 0, "$")]
    twice = [
        table.problem(f"the column {name[:60]!r} is here twice: keep one", table.heading, at, "$")
        for at, name in enumerate(names)
        if name in TIDY_COLUMNS and name in names[:at]
    ]
    # The notice is given where the public function was called.
    messages = column_problems(names, where=table.where, required=True, stacklevel=stacklevel)
    return twice + [table.problem(message, table.heading, 0, "$") for message in messages]


def _cells_of(table: Table, columns: Sequence[str]) -> Iterator[object]:
    """Yield the cells of some columns."""
    places = [table.names.index(column) for column in columns]
    for _, cells in table.rows():
        yield from (cells[place] for place in places if place < len(cells))


def _placed_rows(
    table: Table, stray: Callable[[Place, int, object], None]
) -> Iterator[tuple[Place, tuple[object, ...]]]:
    """Yield the cells of rows in the order in which they are read, or report one below no name."""
    names = table.names
    width = len(names)
    unnamed = [place for place, name in enumerate(names) if not name]
    # A column that is not there is the last cell of each row, which is empty.
    pick = itemgetter(*(names.index(name) if name in names else -1 for name in ROW_COLUMNS))
    for number, (line, cells) in enumerate(table.rows()):
        place, row = Place(number, line), [*cells, None]
        if len(cells) != width or unnamed:
            for at in (*unnamed, *range(width, len(cells))):
                if at < len(cells) and not is_blank(cells[at]):
                    stray(place, at, cells[at])
                    break
            else:
                yield place, pick([*cells[:width], *[None] * (width + 1 - len(cells[:width]))])
            continue
        yield place, pick(row)
