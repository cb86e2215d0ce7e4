"""Figures of a file, a database or a frame, read and checked into a frame."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from rrmodel.errors import LoadError, Problem, RecordError
from rrmodel.frames._engine_names import EngineName, chosen_engine
from rrmodel.frames._making import make_frame
from rrmodel.io import CHECKED_COLUMNS, TABLE_SUFFIXES, Columns, checked_columns, columns_of_rows
from rrmodel.model import Measure

__all__ = ["READ_SUFFIXES", "columns_of", "read_observations"]

_COLUMN_FILES = (".parquet", ".arrow", ".feather", ".ipc")
_DATABASES = (".duckdb", ".ddb", ".db")
READ_SUFFIXES: tuple[str, ...] = (*TABLE_SUFFIXES, *_COLUMN_FILES, *_DATABASES)
"""The suffixes of the files that :func:`read_observations` reads."""


def read_observations(
    source: Any,  # noqa: ANN401 - a path, or a frame of which narwhals knows a dozen kinds
    *,
    measures: Iterable[Measure] | None = None,
    query: str | None = None,
    places: int | None = None,
    engine: EngineName | None = None,
) -> Any:  # noqa: ANN401 - the frame of a package that need not be installed
    r"""Read and check figures in the tidy layout, and return them as a frame.

    The figures are those that :func:`rrmodel.io.load_observations` and :func:`observations` give,
    and so are the errors, without a record for each row. The frame has the columns
    :data:`rrmodel.io.CHECKED_COLUMNS`, and :func:`evaluate` takes it as it is.

    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp(), "york.csv")
    >>> _ = path.write_text("measure,area,period,level\nhoused,York,2022/23,86.3% [p]\n")
    >>> frame = read_observations(path, engine="polars")
    >>> frame.select("period", "last_day", "value", "unit", "places", "marks").row(0)
    ('2022/23', datetime.date(2023, 3, 31), 86.3, '%', 1, 'provisional')

    Args:
        source: A file (``.csv``, ``.jsonl``, ``.parquet``, ``.feather``, ``.arrow``, ``.xlsx`` or
            ``.ods``), ``-`` for CSV from standard input, a database of DuckDB (``.duckdb``), or a
            frame or query that narwhals knows. Lazy frames are collected.
        measures: The measures that the figures may name, such as those of a plan. Default: any.
        query: The query on a database, in SQL, such as ``select * from figures``.
        places: The decimals that a binary ``value`` is rounded to in a row without ``places``. CSV
            has texts, whose decimals are known.
        engine: The package whose frame is made. Default: the first that is installed of polars,
            pandas and pyarrow.

    Raises:
        LoadError: The source cannot be read, or rows have errors; all of them are reported at
            once, by line or row.
        RecordError: A query is given for something else than a database, or is missing.
        UnknownNameError: There is no such engine.
        MissingExtraError: A package that this needs is not installed.

    Warns:
        LossWarning: There are columns that are not part of the layout.
    """
    import narwhals.stable.v2 as narwhals  # noqa: PLC0415 - loaded late, being heavy

    made_by = chosen_engine(engine)
    parts: list[Any] = []
    for columns in columns_of(source, measures, query, places):
        frame = make_frame(CHECKED_COLUMNS, columns, made_by)
        parts.append(narwhals.from_native(frame, eager_only=True))
    if not parts:
        return make_frame(CHECKED_COLUMNS, {name: [] for name in CHECKED_COLUMNS}, made_by)
    return narwhals.concat(parts).to_native()


def columns_of(
    source: Any,  # noqa: ANN401 - as above
    measures: Iterable[Measure] | None,
    query: str | None,
    places: int | None,
) -> Iterator[Columns]:
    """Return the checked columns of a source, some thousand rows at a time.

    The arguments and errors are those of :func:`read_observations`.
    """
    from rrmodel.frames import _reading_files as files  # noqa: PLC0415 - narwhals is heavy

    name: str | None = None
    if isinstance(source, str | os.PathLike):
        name = os.fspath(cast("str | os.PathLike[str]", source))
    suffix = "" if name is None else Path(name).suffix.lower()
    if name is not None and suffix in _DATABASES:
        if query is None:
            raise RecordError(f"{name} is a database: give the query whose rows are the figures")
        table = files.rows_of_database(name, query)
    elif query is not None:
        known = ", ".join(_DATABASES)
        raise RecordError(f"a query needs a database, whose name ends in {known}: omit it")
    elif name is not None and suffix in _COLUMN_FILES:
        table = files.rows_of_file(name)
    elif name is not None:
        if name != "-" and suffix not in TABLE_SUFFIXES:
            known = ", ".join(READ_SUFFIXES)
            message = f"the suffix {suffix!r} is not that of a table: use {known}"
            raise LoadError([Problem(message, "$", name)])
        return checked_columns(name, measures=measures)
    else:
        table = files.rows_of_frame(source)
    return columns_of_rows(table.names, table.rows, measures=measures, places=places, name=name)
