"""Rows of figures in files of columns, in databases and in frames."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any

import attrs
import narwhals.stable.v2 as nw
from narwhals.exceptions import NarwhalsError

from rrmodel.errors import LoadError, Problem, RecordError, requires_extra
from rrmodel.frames._engine_names import EngineName, chosen_engine
from rrmodel.io import TIDY_COLUMNS

__all__ = ["Rows", "rows_of_database", "rows_of_file", "rows_of_frame"]

_ROWS_AT_A_TIME = 10_000
_READERS: tuple[EngineName, ...] = ("polars", "pyarrow")
_DAYS = frozenset({"first_day", "last_day"})
"""Columns of checked figures that follow from the period."""


@attrs.frozen
class Rows:
    """The rows of a table, and the names of its columns."""

    names: list[str]
    rows: Callable[[], Iterable[Sequence[object]]]
    """Returns all rows each time it is called."""


def rows_of_file(path: str | os.PathLike[str]) -> Rows:
    """Return the rows of a Parquet or Arrow file.

    Raises:
        LoadError: It cannot be read.
        MissingExtraError: Neither polars nor pyarrow is installed.
    """
    file, suffix = os.fspath(path), Path(path).suffix.lower()
    engine = chosen_engine(use=f"Reading {suffix[1:]}", engines=_READERS)
    package = nw.Implementation.from_backend(engine).to_native_namespace()
    errors = package.exceptions.PolarsError if engine == "polars" else package.ArrowException
    try:
        if suffix == ".parquet":
            table = nw.scan_parquet(file, backend=engine)
        elif engine == "polars":
            table = nw.from_native(package.scan_ipc(file))
        else:
            table = nw.from_native(package.ipc.open_file(package.memory_map(file)).read_all())
        return rows_of_frame(table)
    except (OSError, errors, NarwhalsError) as error:
        message = f"the file cannot be read as {suffix[1:]}: {_first_line(error)}"
        raise LoadError([Problem(message, "$", file)]) from error


def rows_of_database(path: str | os.PathLike[str], query: str) -> Rows:
    """Return the rows of a query on a database of DuckDB, which is opened for reading only.

    Raises:
        LoadError: The database or the query cannot be read.
        MissingExtraError: DuckDB is not installed.
    """
    file = os.fspath(path)
    with requires_extra("Reading a database", "duckdb"):
        package = nw.Implementation.DUCKDB.to_native_namespace()
    try:
        connection = package.connect(file, read_only=True)
        names = [column[0] for column in connection.execute(query).description]
    except package.Error as error:
        message = f"the database cannot be read: {_first_line(error)}"
        raise LoadError([Problem(message, "$", file)]) from error

    def rows() -> Iterator[Sequence[object]]:
        result = connection.execute(query)
        while some := result.fetchmany(_ROWS_AT_A_TIME):
            yield from some

    return Rows(names, rows)


def rows_of_frame(frame: Any) -> Rows:  # noqa: ANN401 - narwhals knows a dozen kinds
    """Return the rows of a frame; a lazy one is collected.

    Raises:
        RecordError: It is not a frame that narwhals knows.
    """
    try:
        known = nw.from_native(frame)
    except TypeError as error:
        raise RecordError(
            f"a value of type {type(frame).__name__!r} is not a data frame that narwhals knows: "
            "give one of polars, pandas, pyarrow or another of its packages"
        ) from error
    names = known.collect_schema().names()
    if "period" in names:
        names = [name for name in names if name not in _DAYS]
    ours = [name for name in names if name in TIDY_COLUMNS]
    chosen = known.select(ours)
    table = chosen.collect() if isinstance(chosen, nw.LazyFrame) else chosen

    def rows() -> Iterator[Sequence[object]]:
        for start in range(0, len(table), _ROWS_AT_A_TIME):
            part = table[start : start + _ROWS_AT_A_TIME]
            # Nothing is read of other columns.
            yield from zip(
                *(_cells(part[name]) if name in ours else repeat(None) for name in names),
                strict=False,
            )

    return Rows(names, rows)


def _cells(column: nw.Series[Any]) -> list[object]:
    cells: list[object] = column.to_list()
    if not column.implementation.is_pandas():
        return cells
    # pandas has several values for null, one of them a number.
    return [
        None if is_null else cell
        for cell, is_null in zip(cells, column.is_null().to_list(), strict=True)
    ]


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]
