"""Rows of figures together: their columns, their dates and their scale."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from rrmodel.errors import LoadError, LossWarning, Problem
from rrmodel.io._figure_cells import is_blank, shown
from rrmodel.io._observation_rows import RowReading, read_row
from rrmodel.io._scale import Figure, scale_problems
from rrmodel.io._table_dates import TableDates
from rrmodel.io._tidy_layout import REQUIRED_COLUMNS, TIDY_COLUMNS
from rrmodel.model import Observation

__all__ = ["column_problems", "dates_of", "observations_from_rows", "row_scale_problems"]

_LONGEST_NAME = 60
_ALIKE = 0.8
"""How alike a name and one of ours are, from 0 to 1, that is taken for a misspelling."""
_MOST_LISTED = 10
_ADVICE = "write {share} in the column 'level' if it is a share of 1, or {number}% if it is not"


def observations_from_rows(
    rows: Iterable[Mapping[str, object]], *, places: int | None = None
) -> tuple[Observation, ...]:
    """Return the figures of rows in the tidy layout, such as those of ``csv.DictReader``.

    >>> figure, = observations_from_rows([
    ...     {"measure": "housed", "area": "York", "period": "2022/23", "level": "86.3% [p]"}])
    >>> print(figure.level, figure.period, *figure.marks)
    86.3% 2022/23 provisional

    Args:
        rows: Mappings from the names of columns to texts, numbers and days; ``None`` and the empty
            text are blanks.
        places: The decimals that a binary float is rounded to where its row has no ``places``.

    Raises:
        LoadError: Rows have errors; all of them are reported at once.

    Warns:
        LossWarning: There are columns that are not part of the layout.
    """
    given = list(rows)
    problems = [
        Problem(message, "$") for message in column_problems(_names_of(given), stacklevel=3)
    ]
    dates = dates_of(given)
    readings = [read_row(row, dates, places=places) for row in given]
    for place, reading in enumerate([] if problems else readings):
        path = f"$.observations[{place}]"
        problems += [Problem(each.message, f"{path}.{each.column}") for each in reading.problems]
    for place, message in row_scale_problems(readings):
        problems.append(Problem(message, f"$.observations[{place}].value"))
    if problems:
        raise LoadError(problems)
    return tuple(reading.observation for reading in readings if reading.observation)


def _names_of(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """Return the names of all columns that have something in one of the rows."""
    names: dict[str, None] = {}
    for row in rows:
        names.update((str(name), None) for name, value in row.items() if not is_blank(value))
    return list(names)


def column_problems(
    names: Sequence[str], *, where: str = "", required: bool = False, stacklevel: int
) -> list[str]:
    """Return what is wrong with the names of columns, and give one notice of those not read.

    Args:
        names: The names, in lower case.
        where: What the notice begins with, such as the name of the file.
        required: Whether the required columns must be among them.
        stacklevel: The frames between the caller of the public function and this one.
    """
    absent = [name for name in TIDY_COLUMNS if name not in names]
    extra = [name for name in dict.fromkeys(names) if name not in TIDY_COLUMNS]
    meant = {
        name: close[0]
        for name in extra
        if (close := get_close_matches(name[:_LONGEST_NAME], absent, n=1, cutoff=_ALIKE))
    }
    problems = [
        f"there is no column {shown(name)}: did you mean {close!r}?"
        for name, close in meant.items()
    ]
    if required:
        problems += [
            f"the column {name!r} is missing: every figure needs one"
            for name in REQUIRED_COLUMNS
            if name in absent and name not in meant.values()
        ]
    unread = [shown(name) for name in extra if name and name not in meant]
    if unread and not problems:
        listed = ", ".join(unread[:_MOST_LISTED]) + (" …" if len(unread) > _MOST_LISTED else "")
        plural = "columns are" if len(unread) > 1 else "column is"
        message = f"{where}{len(unread)} {plural} not part of the layout and not read: {listed}"
        warnings.warn(message, LossWarning, stacklevel=stacklevel)
    return problems


def dates_of(rows: Iterable[Mapping[str, object]]) -> TableDates:
    """Return what the dates and periods of all rows say of each other."""
    columns = ("period", "published")
    return TableDates.of(row.get(column) for row in rows for column in columns)


def row_scale_problems(readings: Sequence[RowReading]) -> Iterator[tuple[int, str]]:
    """Yield the places of rows whose percentages look like shares of 1, with what is wrong."""
    measures: defaultdict[str, list[Figure]] = defaultdict(list)
    for place, reading in enumerate(readings):
        if (found := reading.observation) and found.level is not None:
            level = found.level.value
            measures[found.measure].append(Figure(place, found.area, level, reading.bare))
    for measure, figures in measures.items():
        for places, message in scale_problems(f"the figures of {measure!r}", figures, _ADVICE):
            yield places[0], message
