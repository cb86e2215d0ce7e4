"""Tables of results as CSV and as Markdown."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO
from typing import Any

from rrmodel.cli._inputs import Figures
from rrmodel.evaluation import Evaluation, PlanEvaluation
from rrmodel.records import FieldKind, Record, Table, Value

__all__ = ["csv_text", "evaluations_table", "markdown_text"]

_RIGHT: frozenset[FieldKind] = frozenset({"number", "whole"})
_RETURN = re.compile(r"\r\n?")
_BREAKS = re.compile(r"\s+")


def csv_text(table: Table[Any]) -> str:
    """Return a table as CSV, with all of its columns."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    for record in table.to_records():
        # the writer quotes a line feed and not a carriage return, which ends a line for readers
        writer.writerow(_RETURN.sub("\n", _cell(value)) for value in record.values())
    return stream.getvalue()


def markdown_text(table: Table[Any], columns: Iterable[str] | None = None) -> str:
    """Return a table as Markdown.

    Args:
        table: The table.
        columns: The names of the columns to show. Default: all.
    """
    kinds = table.columns
    chosen = tuple(kinds if columns is None else columns)
    rules = ["---:" if kinds[name] in _RIGHT else "---" for name in chosen]
    lines = [_line(chosen), _line(rules)]
    lines += [_line(_shown(record, chosen)) for record in table.to_records()]
    return "".join(lines)


def evaluations_table(results: Iterable[PlanEvaluation], figures: Figures) -> Table[Any]:
    """Return the evaluations of a plan, one after the other, as one table."""
    tables = (each.to_table(document_of=figures.source) for each in results)
    return Table(Evaluation.layout, tuple(row for table in tables for row in table.subjects))


def _shown(record: Record, columns: Sequence[str]) -> list[str]:
    return [_BREAKS.sub(" ", _cell(record[name])).replace("|", "\\|") for name in columns]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case _:
            return str(value)
