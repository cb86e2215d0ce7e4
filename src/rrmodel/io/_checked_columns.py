"""Tables of figures as checked columns, without a record for each row."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from rrmodel.errors import LoadError, Problem
from rrmodel.io._column_reader import Columns
from rrmodel.io._reading_tables import read_columns, usable_tables
from rrmodel.io._table_sources import Row, Table, open_tables
from rrmodel.model import Measure

__all__ = ["checked_columns", "columns_of_rows"]


def checked_columns(
    path: str | os.PathLike[str], *, measures: Iterable[Measure] | None = None
) -> Iterator[Columns]:
    r"""Yield the figures of a table as columns, some thousand rows at a time.

    The file is read and checked as by :func:`load_observations`, in a fraction of its time and
    memory.

    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp(), "york.csv")
    >>> _ = path.write_text("measure,area,period,level\nhoused,York,2022/23,86.3%\n")
    >>> columns, = checked_columns(path)
    >>> columns["value"], columns["places"], columns["last_day"]
    ([86.3], [1], [datetime.date(2023, 3, 31)])

    Args:
        path: A file that :func:`load_observations` reads.
        measures: The measures that the column ``measure`` may name. Default: any.

    Raises:
        LoadError: The file cannot be read or has errors. They are all named once the last row was
            read, so use nothing before then.
        MissingExtraError: A workbook is read without the extra ``excel``.

    Warns:
        LossWarning: There are columns that are not part of the layout.
    """
    problems: list[Problem] = []
    tables = usable_tables(open_tables(path), problems, stacklevel=3)
    yield from _columns(tables, measures, problems, None)


def columns_of_rows(
    names: Sequence[str],
    rows: Callable[[], Iterable[Sequence[object]]],
    *,
    measures: Iterable[Measure] | None = None,
    places: int | None = None,
    name: str | None = None,
) -> Iterator[Columns]:
    """Yield the figures of rows, such as those of a query, as checked columns.

    >>> rows = [("housed", "York", "2022/23", 86.3, "%")]
    >>> names = "measure area period value unit".split()
    >>> columns, = columns_of_rows(names, lambda: rows, places=1)
    >>> columns["level"]
    ['86.3%']

    Args:
        names: The names of the columns.
        rows: Returns the cells of all rows. It is called twice.
        measures: The measures that the column ``measure`` may name. Default: any.
        places: The decimals of binary floats in a row without ``places``.
        name: The name of the table in errors.

    Raises:
        LoadError: Rows have errors. They are all named once the last row was read.

    Warns:
        LossWarning: There are columns that are not part of the layout.
    """

    def numbered() -> Iterator[Row]:
        return enumerate(rows(), start=1)

    table = Table(name, None, 0, list(names), numbered, has_lines=False)
    problems: list[Problem] = []
    tables = usable_tables([table], problems, stacklevel=3)
    yield from _columns(tables, measures, problems, places)


def _columns(
    tables: Iterable[Table],
    measures: Iterable[Measure] | None,
    problems: list[Problem],
    places: int | None,
) -> Iterator[Columns]:
    known = None if measures is None else {measure.id: measure for measure in measures}
    for table in tables:
        yield from read_columns(table, known, problems, places)
    if problems:
        raise LoadError(problems)
