"""Tables of figures in files: CSV, JSON lines and sheets of workbooks, row by row.

The rows of a table can be gone through more than once. They are read from the file each time, so
that a long table takes no more memory than its longest row.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO, TypeAlias, cast

import attrs

from rrmodel.errors import LoadError, Problem
from rrmodel.io._figure_cells import is_blank, shown
from rrmodel.io._source_files import (
    STANDARD_INPUT,
    failure,
    file_name,
    open_regular,
    read_file,
    reading,
    undecodable_byte,
)
from rrmodel.io._tidy_layout import REQUIRED_COLUMNS
from rrmodel.io._workbook_files import cell_name, open_workbook

__all__ = ["JSON_LINES", "TABLE_SUFFIXES", "Row", "Table", "csv_table", "open_tables"]

TABLE_SUFFIXES: tuple[str, ...] = (".csv", ".jsonl", ".ndjson", ".ods", ".xlsx")
"""The suffixes of the tables that :func:`load_observations` reads."""
_WORKBOOKS = frozenset({".ods", ".xlsx"})
JSON_LINES = (".jsonl", ".ndjson")
"""The suffixes of JSON lines."""
_MOST_FROM_A_STREAM = 100_000_000
"""Bytes of standard input, which is kept in memory."""
_DEEPEST_HEADING = 50
"""Rows in which a heading is looked for; below titles and notes, published ones start by row 15."""

Row: TypeAlias = tuple[int, Sequence[object]]
"""The number of a line or row, and its cells."""
_OpenText: TypeAlias = Callable[[], AbstractContextManager[TextIO]]


@attrs.frozen
class Table:
    """A heading and the rows below it, of a file or of one sheet."""

    file: str | None
    sheet: str | None
    heading: int
    """The line or row of the heading."""
    names: list[str]
    """The names of the columns, in lower case."""
    rows: Callable[[], Iterator[Row]]
    """Returns the rows that are not empty, from the first one each time."""
    has_lines: bool = True
    """Whether the numbers of rows are those of lines in a text, or only count the rows."""

    @property
    def where(self) -> str:
        """The first words of a notice about the whole table."""
        return "".join(f"{part}: " for part in (self.file, self.sheet) if part is not None)

    def problem(self, message: str, line: int, column: int | None, path: str) -> Problem:
        """Return a problem with its place: line or row and name of a column, or sheet and cell."""
        if not self.has_lines:
            return Problem(f"row {line}: {message}" if line else message, path, self.file)
        if self.sheet is None:
            return Problem(message, path, self.file, line)
        place = cell_name(line - 1, column or 0)
        return Problem(message, f"{self.sheet}!{place}", self.file)


def open_tables(path: str | os.PathLike[str]) -> list[Table]:
    """Return the tables of a file.

    Raises:
        LoadError: It cannot be read, or has no table.
        MissingExtraError: A workbook is read without the extra ``excel``.
    """
    file, suffix = Path(path), Path(path).suffix.lower()
    if suffix in _WORKBOOKS:
        return _workbook_tables(file)
    if os.fspath(path) == STANDARD_INPUT:
        content = read_file(path, _MOST_FROM_A_STREAM)
        opened = _decoding(path, lambda: BytesIO(content))
    elif suffix in TABLE_SUFFIXES:
        opened = _decoding(path, lambda: open_regular(path))
    else:
        known = ", ".join(TABLE_SUFFIXES)
        raise failure(f"the suffix {suffix!r} is not that of a table: use {known}", path)
    name = file_name(path)
    return [_json_lines_table(opened, name) if suffix in JSON_LINES else _csv_table(opened, name)]


def csv_table(text: str, name: str | None) -> Table:
    """Return the table of a CSV text; ``name`` is its name in errors.

    Raises:
        LoadError: The text is empty, or its heading cannot be read as CSV.
    """
    plain = text.removeprefix("\ufeff")
    return _csv_table(lambda: StringIO(plain, newline=""), name)


def _decoding(path: str | os.PathLike[str], opened: Callable[[], BinaryIO]) -> _OpenText:
    """Return a function that opens a file as a text, and says which byte is not UTF-8."""

    @contextmanager
    def decoded() -> Generator[TextIO]:
        with reading(path):
            stream = opened()
        with TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
            try:
                yield text
            except UnicodeDecodeError as error:
                with opened() as again:
                    byte = undecodable_byte(again)
                message = f"byte {byte} is not UTF-8: save the file in that encoding"
                raise failure(message, path) from error

    return decoded


def _csv_table(opened: _OpenText, name: str | None) -> Table:
    lines = _csv_lines(opened, name)
    heading = next(lines, None)
    lines.close()
    if heading is None:
        message = f"the table is empty: write a heading such as {','.join(REQUIRED_COLUMNS)},level"
        raise LoadError([Problem(message, "$", name)])
    number, cells = heading

    def rows() -> Iterator[Row]:
        below = _csv_lines(opened, name)
        next(below)
        yield from below

    return Table(name, None, number, _names(cells), rows)


def _csv_lines(opened: _OpenText, name: str | None) -> Generator[Row]:
    """Yield the rows of a CSV text that have something in a cell."""
    start = 1
    with opened() as text:
        # Python's reader counts lines, not records: a record starts after the end of the last one.
        reader = csv.reader(text, strict=True)
        try:
            for cells in reader:
                if any(map(str.strip, cells)):
                    yield start, cells
                start = reader.line_num + 1
        except csv.Error as error:
            message = f"this cannot be read as CSV: {error}: check the quotation marks of this row"
            raise LoadError([Problem(message, "$", name, start)]) from error


def _json_lines_table(opened: _OpenText, name: str) -> Table:
    names: dict[str, None] = {}
    problems: list[Problem] = []
    for number, line in _json_lines(opened):
        try:
            names.update(dict.fromkeys(_json_object(line)))
        except ValueError as error:
            problems.append(
                Problem(f"this line is not one JSON object: {error}", "$", name, number)
            )
    if not names and not problems:
        shown_keys = ", ".join(f'"{key}": …' for key in (*REQUIRED_COLUMNS, "level"))
        message = f"the table is empty: write lines such as {{{shown_keys}}}"
        problems.append(Problem(message, "$", name))
    if problems:
        raise LoadError(problems)
    keys = list(names)

    def rows() -> Iterator[Row]:
        for number, line in _json_lines(opened):
            yield number, list(map(_json_object(line).get, keys))

    return Table(name, None, 1, keys, rows)


def _json_lines(opened: _OpenText) -> Iterator[tuple[int, str]]:
    with opened() as text:
        yield from ((number, line) for number, line in enumerate(text, start=1) if line.strip())


def _json_object(line: str) -> dict[str, object]:
    """Return the object of a line.

    Raises:
        ValueError: The line is anything else, or has a key twice.
    """
    try:
        data = json.loads(line, object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(data, dict):
        raise ValueError(f"{shown(data)} is not an object")  # noqa: TRY004 - of the text, as above
    return cast("dict[str, object]", data)


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {shown(twice)} is here twice: keep one")
    return fields


def _workbook_tables(file: Path) -> list[Table]:
    tables: list[Table] = []
    for sheet in open_workbook(file):
        lines = [
            (number, row)
            for number, row in enumerate(sheet.rows, start=1)
            if not all(map(is_blank, row))
        ]
        for place, (number, cells) in enumerate(lines[:_DEEPEST_HEADING]):
            names = _names(cells)
            if not sheet.is_hidden and set(REQUIRED_COLUMNS) <= set(names):
                below = lines[place + 1 :]
                tables.append(Table(str(file), sheet.name, number, names, partial(iter, below)))
                break
    if not tables:
        message = (
            f"no sheet has the headings {', '.join(REQUIRED_COLUMNS)}: write them, or describe a "
            "published workbook with a Layout and read it with read_workbook"
        )
        raise LoadError([Problem(message, "$", str(file))])
    return tables


def _names(cells: Sequence[object]) -> list[str]:
    return [" ".join(str(cell).split()).lower() for cell in cells]
