"""Sets of figures in tables of the tidy layout: CSV and JSON lines, and spreadsheets in."""

from __future__ import annotations

import csv
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path

from rrmodel.errors import DumpError, LoadError, Problem
from rrmodel.io._reading_tables import read_table, usable_tables
from rrmodel.io._source_files import STANDARD_INPUT, failure, file_name
from rrmodel.io._table_sources import JSON_LINES, Table, csv_table, open_tables
from rrmodel.io._tidy_layout import TIDY_COLUMNS, observations_to_rows
from rrmodel.io._written_files import write_whole
from rrmodel.model import Document, Measure, Observation, ObservationSet

__all__ = [
    "dump_observations",
    "dumps_observations",
    "iterate_observations",
    "load_observations",
    "loads_observations",
]


def load_observations(
    path: str | os.PathLike[str],
    *,
    measures: Iterable[Measure],
    documents: Iterable[Document] = (),
    id: str | None = None,  # noqa: A002 - the field of the record
    title: str | None = None,
) -> ObservationSet:
    """Read the figures of a table in the tidy layout: CSV, JSON lines, ``.xlsx`` or ``.ods``.

    In a workbook every sheet is read that has the required headings in one of its first rows. In
    JSON lines (``.jsonl`` or ``.ndjson``) each line is an object whose keys are the columns, such
    as the ``to_dict()`` of an observation.

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
    name = Path(file_name(path))
    return _observation_set(
        open_tables(path), measures, documents, id or name.stem, title or name.name
    )


def iterate_observations(
    path: str | os.PathLike[str], *, measures: Iterable[Measure]
) -> Iterator[Observation]:
    """Yield the figures of a table, one after another, without keeping them.

    The file is read twice, so that all of it is checked before the first figure is given. Memory
    does not grow with the length of a CSV file or of JSON lines.

    Args:
        path: A file that :func:`load_observations` reads, other than standard input.
        measures: The measures that the column ``measure`` may name.

    Raises:
        LoadError: The file cannot be read or has errors, which are all named.
        MissingExtraError: A workbook is read without the extra ``excel``.
    """
    if os.fspath(path) == STANDARD_INPUT:
        raise failure("standard input cannot be read twice: use load_observations", path)
    known = {measure.id: measure for measure in measures}
    problems: list[Problem] = []
    tables = usable_tables(open_tables(path), problems, stacklevel=3)
    for table in tables:
        deque(read_table(table, known, problems), maxlen=0)
    if problems:
        raise LoadError(problems)
    for table in tables:
        yield from (row.observation() for row in read_table(table, known, problems))


def loads_observations(
    text: str,
    *,
    measures: Iterable[Measure],
    documents: Iterable[Document] = (),
    id: str = "observations",  # noqa: A002 - the field of the record
    title: str = "Observations",
    name: str | None = None,
) -> ObservationSet:
    r"""Read the figures of a CSV text in the tidy layout; ``name`` is its name in errors.

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
    return _observation_set([csv_table(text, name)], measures, documents, id, title)


def dump_observations(
    observations: ObservationSet | Iterable[Observation], path: str | os.PathLike[str]
) -> None:
    """Write figures as CSV or JSON lines in the tidy layout, whole or not at all.

    The suffix of the file says which: ``.csv``, ``.jsonl`` or ``.ndjson``.

    Raises:
        RecordError: A text has spaces around it or half of a character.
        DumpError: The file cannot be written; the file that was there is unchanged.
    """
    suffix = Path(path).suffix.lower()
    if suffix in JSON_LINES:
        text = _json_lines_of(observations)
    elif suffix == ".csv":
        text = dumps_observations(observations)
    else:
        known = ", ".join((".csv", *JSON_LINES))
        raise DumpError(f"{path}: figures are written as a table: end the name in {known}")
    write_whole(text, path)


def _json_lines_of(observations: ObservationSet | Iterable[Observation]) -> str:
    """Return one JSON object for each figure, without the keys that have nothing."""
    lines: list[str] = []
    for row in observations_to_rows(_figures(observations)):
        fields = {
            column: cell.isoformat() if isinstance(cell, date) else cell
            for column, cell in row.items()
            if cell is not None
        }
        lines.append(json.dumps(fields, ensure_ascii=False) + "\n")
    return "".join(lines)


def _figures(observations: ObservationSet | Iterable[Observation]) -> Iterable[Observation]:
    if isinstance(observations, ObservationSet):
        return observations.observations
    return observations


def dumps_observations(observations: ObservationSet | Iterable[Observation]) -> str:
    """Write figures as a CSV text that reads back as equal figures with the same decimals.

    The measures and documents of a set are not in the text: pass them again when it is read.

    Raises:
        RecordError: A text has spaces around it or half of a character.
    """
    text = StringIO(newline="")
    # With these line ends, those of RFC 4180, the writer also quotes a carriage return in a text.
    writer = csv.DictWriter(text, TIDY_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(observations_to_rows(_figures(observations)))
    return text.getvalue()


def _observation_set(
    tables: Iterable[Table],
    measures: Iterable[Measure],
    documents: Iterable[Document],
    id: str,  # noqa: A002 - the field of the record
    title: str,
) -> ObservationSet:
    known = {measure.id: measure for measure in measures}
    cited = {document.id: document for document in documents}
    problems: list[Problem] = []
    figures: list[Observation] = []
    for table in usable_tables(tables, problems, stacklevel=4):
        # A row that is wrong ends the making of records, and the others are only checked.
        figures.extend(
            row.observation() for row in read_table(table, known, problems) if not problems
        )
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
