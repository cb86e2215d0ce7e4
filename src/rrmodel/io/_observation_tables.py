"""Sets of figures in tables of the tidy layout: CSV in and out, spreadsheets in."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

import attrs

from rrmodel.errors import DumpError, LoadError, Problem
from rrmodel.io._figure_cells import is_blank, shown
from rrmodel.io._observation_rows import RowReading, read_row
from rrmodel.io._source_files import STANDARD_INPUT, decoded, failure, file_name, read_file
from rrmodel.io._tidy_layout import REQUIRED_COLUMNS, TIDY_COLUMNS, observations_to_rows
from rrmodel.io._tidy_tables import column_problems, dates_of, row_scale_problems
from rrmodel.io._workbook_cells import Scalar
from rrmodel.io._workbook_files import cell_name, open_workbook
from rrmodel.io._written_files import write_whole
from rrmodel.model import Document, Measure, Observation, ObservationSet

__all__ = [
    "dump_observations",
    "dumps_observations",
    "load_observations",
    "loads_observations",
]

_LARGEST_TABLE = 100_000_000
"""Bytes; a table of every figure that the ministry publishes in a year is smaller."""
_WORKBOOKS = (".ods", ".xlsx")


@attrs.frozen
class _Line:
    """One row of a table, and its number."""

    number: int
    cells: tuple[Scalar, ...]


@attrs.frozen
class _Table:
    """A heading and the rows below it, of a file or of one sheet."""

    file: str | None
    sheet: str | None
    heading: _Line
    lines: tuple[_Line, ...]

    @property
    def where(self) -> str:
        """What a notice about the whole table begins with."""
        return "".join(f"{part}: " for part in (self.file, self.sheet) if part is not None)

    def problem(self, message: str, line: _Line, column: int | None, path: str) -> Problem:
        """Return a problem with its place: line and name of a column, or sheet and cell."""
        if self.sheet is None:
            return Problem(message, path, self.file, line.number)
        place = cell_name(line.number - 1, column or 0)
        return Problem(message, f"{self.sheet}!{place}", self.file)


def load_observations(
    path: str | os.PathLike[str],
    *,
    measures: Iterable[Measure],
    documents: Iterable[Document] = (),
    id: str | None = None,  # noqa: A002 - the field of the record
    title: str | None = None,
) -> ObservationSet:
    """Read the figures of a table in the tidy layout: ``.csv``, ``.xlsx`` or ``.ods``.

    In a workbook every sheet is read that has the required headings in one of its first rows.

    Args:
        path: The file.
        measures: The measures that the column ``measure`` may name, such as those of a plan.
        documents: Those that the column ``document`` may name; any other document enters the set
            under the words of the table, as its id and its title.
        id: The id of the set. Default: the name of the file without its suffix.
        title: Its title. Default: the name of the file.

    Raises:
        LoadError: The file cannot be read or has errors, which are all named by line and column,
            or by sheet and cell.
        MissingExtraError: A workbook is read without the extra ``excel``.
    """
    file = Path(path)
    if file.suffix.lower() in _WORKBOOKS:
        tables = _workbook_tables(file)
    else:
        tables = [_csv_table(_read_text(path), file_name(path))]
    name = Path(file_name(path))
    return _observation_set(tables, measures, documents, id or name.stem, title or name.name)


def loads_observations(
    text: str,
    *,
    measures: Iterable[Measure],
    documents: Iterable[Document] = (),
    id: str = "observations",  # noqa: A002 - the field of the record
    title: str = "Observations",
    name: str | None = None,
) -> ObservationSet:
    r"""Read the figures of a CSV text in the tidy layout; ``name`` is what errors call it.

    >>> housed = Measure(id="housed", name="Housed on release", counts="releases", better="higher")
    >>> text = "measure,area,period,level,marks\nhoused,York,2022/23,86.3%,provisional\n"
    >>> print(loads_observations(text, measures=[housed]).observations[0].level)
    86.3%
    >>> loads_observations(text.replace("86.3", "186.3"), measures=[housed], name="york.csv")
    Traceback (most recent call last):
    ...
    rrmodel.errors.LoadError: york.csv:2: level: 186.3% is not between 0% and 100% ($.obser...)

    Raises:
        LoadError: The text has errors; each is named by its line and column.
    """
    return _observation_set([_csv_table(text, name)], measures, documents, id, title)


def dump_observations(
    observations: ObservationSet | Iterable[Observation], path: str | os.PathLike[str]
) -> None:
    """Write figures as a CSV file in the tidy layout, whole or not at all.

    Raises:
        RecordError: A text has spaces around it or half of a character.
        DumpError: The file cannot be written; what stood there before is untouched.
    """
    text, file = dumps_observations(observations), Path(path)
    if file.suffix.lower() != ".csv":
        raise DumpError(f"{file}: figures are written as CSV: end the name in .csv")
    write_whole(text, file)


def dumps_observations(observations: ObservationSet | Iterable[Observation]) -> str:
    """Write figures as a CSV text that reads back as equal figures with the same decimals.

    The measures and documents of a set are not in the text: pass them again when it is read.

    Raises:
        RecordError: A text has spaces around it or half of a character.
    """
    if isinstance(observations, ObservationSet):
        observations = observations.observations
    text = StringIO(newline="")
    # With these line ends, those of RFC 4180, the writer also quotes a carriage return in a text.
    writer = csv.DictWriter(text, TIDY_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(observations_to_rows(observations))
    return text.getvalue()


def _read_text(path: str | os.PathLike[str]) -> str:
    if os.fspath(path) != STANDARD_INPUT and Path(path).suffix.lower() != ".csv":
        suffix, known = Path(path).suffix, ", ".join((".csv", *_WORKBOOKS))
        raise failure(f"the suffix {suffix!r} is not that of a table: use {known}", path)
    return decoded(read_file(path, _LARGEST_TABLE), path)


def _csv_table(text: str, name: str | None) -> _Table:
    # Python's reader counts lines, not records: a record starts after the end of the last one.
    reader = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    lines: list[_Line] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append(_Line(start, tuple(cells)))
            start = reader.line_num + 1
    except csv.Error as error:
        message = f"this cannot be read as CSV: {error}: check the quotation marks of this row"
        raise LoadError([Problem(message, "$", name, start)]) from error
    if not lines:
        message = f"the table is empty: write a heading such as {','.join(REQUIRED_COLUMNS)},level"
        raise LoadError([Problem(message, "$", name)])
    return _Table(name, None, lines[0], tuple(lines[1:]))


_DEEPEST_HEADING = 50
"""Rows in which a heading is looked for; below titles and notes, published ones start by row 15."""


def _workbook_tables(file: Path) -> list[_Table]:
    tables: list[_Table] = []
    for sheet in open_workbook(file):
        lines = [
            _Line(number, row)
            for number, row in enumerate(sheet.rows, start=1)
            if not all(map(is_blank, row))
        ]
        for place, line in enumerate(lines[:_DEEPEST_HEADING]):
            if not sheet.is_hidden and set(REQUIRED_COLUMNS) <= set(_names(line)):
                tables.append(_Table(str(file), sheet.name, line, tuple(lines[place + 1 :])))
                break
    if not tables:
        message = (
            f"no sheet has the headings {', '.join(REQUIRED_COLUMNS)}: write them, or describe a "
            "published workbook with a Layout and read it with read_workbook"
        )
        raise LoadError([Problem(message, "$", str(file))])
    return tables


def _names(heading: _Line) -> list[str]:
    return [" ".join(str(cell).split()).lower() for cell in heading.cells]


def _heading_problems(table: _Table) -> list[Problem]:
    names = _names(table.heading)
    if len(names) == 1 and any(sign in names[0] for sign in (";", "\t", "|")):
        message = "the columns are not separated by commas: save the file as comma-separated"
        return [table.problem(message, table.heading, 0, "$")]
    twice = [
        table.problem(f"the column {name[:60]!r} is here twice: keep one", table.heading, at, "$")
        for at, name in enumerate(names)
        if name in TIDY_COLUMNS and name in names[:at]
    ]
    # The notice is given where the public function was called.
    problems = column_problems(names, where=table.where, required=True, stacklevel=5)
    return twice + [table.problem(message, table.heading, 0, "$") for message in problems]


def _observation_set(
    tables: Iterable[_Table],
    measures: Iterable[Measure],
    documents: Iterable[Document],
    id: str,  # noqa: A002 - the field of the record
    title: str,
) -> ObservationSet:
    known = {measure.id: measure for measure in measures}
    cited = {document.id: document for document in documents}
    figures: list[Observation] = []
    problems: list[Problem] = []
    for table in tables:
        if unusable := _heading_problems(table):
            problems += unusable
            continue
        readings, wrong = _readings(table, known)
        problems += wrong
        figures += [reading.observation for reading in readings if reading.observation]
    if problems:
        raise LoadError(problems)
    for figure in figures:
        if (citation := figure.citation) and citation.document not in cited:
            cited[citation.document] = Document(id=citation.document, title=citation.document)
    return ObservationSet(
        id=id,
        title=title,
        documents=tuple(cited.values()),
        measures=tuple(known.values()),
        observations=tuple(figures),
    )


def _readings(
    table: _Table, measures: Mapping[str, Measure]
) -> tuple[list[RowReading], list[Problem]]:
    """Return what is read of each row of a table, and what is wrong in them."""
    names = _names(table.heading)
    rows = [dict(zip(names, line.cells, strict=False)) for line in table.lines]
    dates = dates_of(rows)
    readings: list[RowReading] = []
    problems: list[Problem] = []
    for place, (line, row) in enumerate(zip(table.lines, rows, strict=True)):
        path = f"$.observations[{place}]"
        strays = [
            at
            for at, cell in enumerate(line.cells)
            if not is_blank(cell) and (at >= len(names) or not names[at])
        ]
        if strays:
            message = f"{shown(line.cells[strays[0]])} is below no heading: give its column one"
            problems.append(table.problem(message, line, strays[0], path))
            readings.append(RowReading(None, (), None))
            continue
        reading = read_row(row, dates, measures=measures)
        readings.append(reading)
        for each in reading.problems:
            at = names.index(each.column) if each.column in names else None
            said = f"{each.column}: {each.message}"
            problems.append(table.problem(said, line, at, f"{path}.{each.column}"))
    for place, message in row_scale_problems(readings):
        path = f"$.observations[{place}].value"
        at = names.index("value")
        problems.append(table.problem(f"value: {message}", table.lines[place], at, path))
    return readings, problems
