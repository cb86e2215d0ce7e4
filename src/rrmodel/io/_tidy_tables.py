"""Rows of figures together: their columns, their dates and their scale."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from math import inf
from typing import NamedTuple

from rrmodel.errors import LoadError, LossWarning, Problem
from rrmodel.io._figure_cells import is_blank, shown
from rrmodel.io._observation_rows import ROW_COLUMNS, CheckedRow, RowReader
from rrmodel.io._scale import Figure, scale_problems
from rrmodel.io._table_dates import TableDates
from rrmodel.io._tidy_layout import TIDY_COLUMNS
from rrmodel.model import Observation
from rrmodel.quantities import Level

__all__ = [
    "DATE_COLUMNS",
    "Place",
    "Scales",
    "checked_rows",
    "column_problems",
    "dates_of",
    "names_of",
    "observations_from_rows",
]

DATE_COLUMNS = ("period", "published")
"""The columns in which one date may tell how another is to be read."""

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
    problems = [Problem(message, "$") for message in column_problems(names_of(given), stacklevel=3)]
    if problems:
        raise LoadError(problems)

    def report(place: Place, column: str, message: str) -> None:
        problems.append(Problem(message, f"$.observations[{place.row}].{column}"))

    dates = dates_of(row.get(column) for row in given for column in DATE_COLUMNS)
    cells = (
        (Place(place, place), tuple(map(row.get, ROW_COLUMNS))) for place, row in enumerate(given)
    )
    reader = RowReader(dates, places=places)
    observations = tuple(row.observation() for row in checked_rows(cells, reader, report))
    if problems:
        raise LoadError(problems)
    return observations


def names_of(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """Return the names of all columns that have something in one of the rows."""
    names: dict[str, None] = {}
    for row in rows:
        names.update((str(name), None) for name, value in row.items() if not is_blank(value))
    return list(names)


def column_problems(
    names: Sequence[str],
    *,
    known: Sequence[str] = TIDY_COLUMNS,
    required: Sequence[str] = (),
    subject: str = "figure",
    where: str = "",
    stacklevel: int,
) -> list[str]:
    """Return what is wrong with the names of columns, and give one notice of those not read.

    Args:
        names: The names, in lower case.
        known: The columns of the layout.
        required: Those of them that must be there.
        subject: The subject of a row.
        where: The first words of the notice, such as the name of the file.
        stacklevel: The frames between the caller of the public function and this one.
    """
    absent = [name for name in known if name not in names]
    extra = [name for name in dict.fromkeys(names) if name not in known]
    meant = {
        name: close[0]
        for name in extra
        if (close := get_close_matches(name[:_LONGEST_NAME], absent, n=1, cutoff=_ALIKE))
    }
    problems = [
        f"there is no column {shown(name)}: did you mean {close!r}?"
        for name, close in meant.items()
    ]
    problems += [
        f"the column {name!r} is missing: every {subject} needs one"
        for name in required
        if name in absent and name not in meant.values()
    ]
    unread = [shown(name) for name in extra if name and name not in meant]
    if unread and not problems:
        listed = ", ".join(unread[:_MOST_LISTED]) + (" …" if len(unread) > _MOST_LISTED else "")
        plural = "columns are" if len(unread) > 1 else "column is"
        message = f"{where}{len(unread)} {plural} not part of the layout and not read: {listed}"
        warnings.warn(message, LossWarning, stacklevel=stacklevel)
    return problems


def dates_of(cells: Iterable[object]) -> TableDates:
    """Return what the cells of the columns of dates and periods say of each other."""
    # Texts and days alone tell anything, and equal ones tell the same.
    return TableDates.of({cell for cell in cells if isinstance(cell, str | date)})


class Place(NamedTuple):
    """Where a row is."""

    row: int
    """Its place among the rows of figures, from 0."""
    line: int
    """The number of its line or row in the file or sheet."""


def checked_rows(
    rows: Iterable[tuple[Place, tuple[object, ...]]],
    reader: RowReader,
    report: Callable[[Place, str, str], None],
) -> Iterator[CheckedRow]:
    """Yield the rows that can be read, and report the others.

    Args:
        rows: The rows, with their cells in the order of :data:`ROW_COLUMNS`.
        reader: The reader of the rows.
        report: Is called with the place of a row, a column and what is wrong there. After the last
            row it is called for percentages that look like shares of 1.
    """
    scales = Scales()
    for place, cells in rows:
        result = reader.read(cells)
        if isinstance(result, tuple):
            for each in result:
                report(place, each.column, each.message)
            continue
        figure = result.figure
        if figure.level is not None:
            scales.add(place, result.measure, result.area, figure.level, figure.bare)
        yield result
    for place, message in scales.problems():
        report(place, "value", message)


class Scales:
    """Finds percentages that look like shares of 1, keeping few figures of many.

    Of each measure it keeps the first number that is not 0, the first that is not from 0 to 1, all
    that are in doubt, and the largest level of each area.
    """

    def __init__(self) -> None:
        self.settled: set[str] = set()
        """The measures with a number that is not from 0 to 1."""
        self.largest: dict[tuple[str, str], float] = {}
        """The nearest number to the largest level of each measure and area."""
        self._bare: dict[str, list[Figure[Place]]] = {}
        self._largest: dict[tuple[str, str], Figure[Place]] = {}

    def add(
        self, place: Place, measure: str, area: str, level: Level, bare: Fraction | None
    ) -> None:
        """Take a figure into account; figures are added in order."""
        kept = self._bare.setdefault(measure, [])
        if bare is not None:
            is_beyond = not 0 <= bare.numerator <= bare.denominator
            is_doubted = 0 < bare.numerator < bare.denominator
            if (
                is_doubted
                or (is_beyond and measure not in self.settled)
                or (bare.numerator and not kept)
            ):
                kept.append(Figure(place, area, level.value, bare))
            if is_beyond:
                self.settled.add(measure)
        key, number = (measure, area), _nearest(level)
        known = self.largest.get(key, -inf)
        # The nearest binary numbers of two levels are in the order of the levels, or equal.
        if (
            key not in self._largest
            or number > known
            or (number == known and level.value > self._largest[key].level)
        ):
            self.largest[key] = number
            self._largest[key] = Figure(place, area, level.value, None)

    def problems(self) -> Iterator[tuple[Place, str]]:
        """Yield the places of numbers that look like shares of 1, with what is wrong."""
        for measure, bare in self._bare.items():
            largest = [each for (other, _), each in self._largest.items() if other == measure]
            name = f"the figures of {measure!r}"
            for places, message in scale_problems(name, [*bare, *largest], _ADVICE):
                yield places[0], message


def _nearest(level: Level) -> float:
    try:
        return float(level)
    except OverflowError:
        return inf if level.value > 0 else -inf
