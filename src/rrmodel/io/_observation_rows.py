"""One figure as one row: the reader that CSV files, spreadsheets and frames share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import attrs

from rrmodel.errors import RecordError, RrmodelError, did_you_mean
from rrmodel.io._figure_cells import (
    NO_LEVEL,
    TIDY_MARKS,
    FigureCells,
    PartProblem,
    is_blank,
    plain_number,
    read_count,
    read_figure,
    read_level,
    read_number,
    refuse_error,
    shown,
)
from rrmodel.io._source_texts import has_half_character
from rrmodel.io._table_dates import TableDates
from rrmodel.io._tidy_layout import REQUIRED_COLUMNS
from rrmodel.io._workbook_cells import PerCent
from rrmodel.model import Citation, Mark, Measure, Observation
from rrmodel.numerals import read_numeral
from rrmodel.periods import Period
from rrmodel.quantities import Level, PercentagePoints
from rrmodel.shorthand import GOVERNMENT_SHORTHAND, LONGEST_CELL, Label, read_label

__all__ = ["ROW_COLUMNS", "CheckedRow", "ColumnProblem", "RowReader", "require_agreement"]

_FIELDS = (
    "measure",
    "area",
    "period",
    "marks",
    "published",
    "series",
    "document",
    "section",
    "item",
    "id",
    "note",
)
ROW_COLUMNS = (
    *_FIELDS,
    "level",
    "numerator",
    "denominator",
    "rounded_to",
    "value",
    "unit",
    "places",
)
"""The columns in the order in which cells are read; the last seven say what the figure is."""

# Values of these types are equal only if they are the same cell: 1 and True are not kept together.
_KEPT = frozenset({str, type(None), int, date})
_KEPT_IN_FIGURES = _KEPT | {float}
_MOST_KEPT = 20_000
"""Different cells of a column that are remembered, so that memory does not grow with the table."""


@attrs.frozen
class ColumnProblem:
    """One thing that is wrong in a row, and the column where it is."""

    column: str
    message: str


@attrs.frozen
class CheckedRow:
    """The figure of a row, every cell of which was read."""

    measure: str
    area: str
    period: Period
    figure: FigureCells
    published: date | None
    series: str | None
    marks: tuple[Mark, ...]
    citation: Citation | None
    id: str | None
    note: str | None

    def observation(self) -> Observation:
        """Return it as a record."""
        return Observation(
            measure=self.measure,
            area=self.area,
            period=self.period,
            counts=self.figure.counts,
            level=self.figure.level,
            published=self.published,
            series=self.series,
            marks=self.marks,
            citation=self.citation,
            id=self.id,
            note=self.note,
        )


class _KnownCells(dict[Any, Any]):
    """The values of the cells of one column, each different one read once."""

    def __init__(
        self, column: str, reader: Callable[[object], object], problems: list[ColumnProblem]
    ) -> None:
        self.column = column
        self.reader = reader
        self.problems = problems

    def __missing__(self, cell: object) -> object:
        before = len(self.problems)
        value = self.read(cell)
        if len(self.problems) == before:
            _keep(self, cell, value)
        return value

    def of(self, cell: object) -> Any:  # noqa: ANN401 - each column has its own type
        """Return what a cell says, read once if that can be told apart from other cells."""
        return self[cell] if type(cell) in _KEPT else self.read(cell)

    def read(self, cell: object) -> object:
        """Return what a cell says, or ``None`` and add a problem."""
        if is_blank(cell):
            if self.column in REQUIRED_COLUMNS:
                message = f"the {self.column} is missing: every figure needs one"
                self.problems.append(ColumnProblem(self.column, message))
            return None
        try:
            return self.reader(cell)
        except RrmodelError as error:
            self.problems.append(ColumnProblem(self.column, str(error)))
            return None


def _keep(known: dict[Any, Any], key: object, value: object) -> None:
    if len(known) >= _MOST_KEPT:
        known.clear()
    known[key] = value


class RowReader:
    """Reads the rows of one table. Equal cells, and equal figures, are read once."""

    def __init__(
        self,
        dates: TableDates,
        *,
        places: int | None = None,
        measures: Mapping[str, Measure] | None = None,
    ) -> None:
        """Return a reader.

        Args:
            dates: Those of the whole table.
            places: The decimals of binary floats in a row without ``places``.
            measures: The measures that rows may name; any where that is not known.
        """
        self._places = places
        self._measures = measures
        self._problems: list[ColumnProblem] = []
        readers: dict[str, Callable[[object], object]] = dict.fromkeys(ROW_COLUMNS, _text)
        readers |= {
            "period": lambda value: _period(value, dates),
            "marks": _marks,
            "published": dates.day,
            "numerator": lambda value: read_count(value, TIDY_MARKS),
            "denominator": lambda value: read_count(value, TIDY_MARKS),
            "rounded_to": _whole_number,
            "places": _whole_number,
        }
        self._known = {
            column: _KnownCells(column, reader, self._problems)
            for column, reader in readers.items()
        }
        self._fields = tuple(self._known[column] for column in _FIELDS)
        self._levels: dict[object, FigureCells | None] = {}
        self._figures: dict[object, tuple[FigureCells, str | None]] = {}
        self._citations: dict[tuple[str, str | None, str | None], Citation] = {}

    def read(self, cells: tuple[object, ...]) -> CheckedRow | tuple[ColumnProblem, ...]:
        """Return the figure of a row, or everything that is wrong with it.

        Args:
            cells: The cells in the order of :data:`ROW_COLUMNS`.
        """
        problems = self._problems
        problems.clear()
        fields: list[Any] = [
            known[cell] if type(cell) in _KEPT else known.read(cell)
            for known, cell in zip(self._fields, cells, strict=False)
        ]
        measure, area, labelled, marks, published, series, document, section, item, name, note = (
            fields
        )
        figure, contradiction = self._figure(cells[len(_FIELDS) :])
        marks = marks or ()
        period: Any = None
        if labelled is not None:
            period, label = labelled
            if figure.marks or label.marks:
                marks = tuple(dict.fromkeys((*marks, *figure.marks, *label.marks)))
            if figure.notes or label.notes:
                notes = dict.fromkeys((*figure.notes, *label.notes))
                note = " ".join([*([note] if note else []), *(f"[note {each}]" for each in notes)])
        if document is None and (section or item) and not self._has("document"):
            message = "a section or an item needs the document that it is in: write its name here"
            problems.append(ColumnProblem("document", message))
        if self._measures is not None and measure:
            self._check_measure(measure, figure.level)
        if (
            contradiction
            and not self._has("marks")
            and (Mark.ESTIMATED not in marks or isinstance(figure.level, PercentagePoints))
        ):
            problems.append(ColumnProblem("level", contradiction))
        if problems:
            return tuple(problems)
        citation = None if document is None else self._citation(document, section, item)
        return CheckedRow(
            measure, area, period, figure, published, series, marks, citation, name, note
        )

    def cell(self, column: str, cell: object) -> tuple[Any, bool]:
        """Return what one cell says, or ``None``, and whether nothing is wrong in it."""
        self._problems.clear()
        return self._known[column].of(cell), not self._problems

    def figure(self, cells: tuple[object, ...]) -> FigureCells | None:
        """Return what the cells of one figure say, or ``None`` if something is wrong in them.

        Args:
            cells: The level, the two counts, what they are rounded to, the value, its unit and
                places.
        """
        self._problems.clear()
        figure, contradiction = self._figure(cells)
        return None if self._problems or contradiction else figure

    def _has(self, column: str) -> bool:
        """Return whether something is wrong in a column of the row."""
        return any(each.column == column for each in self._problems)

    def _check_measure(self, name: str, level: Level | None) -> None:
        known = self._measures.get(name) if self._measures else None
        if known is None:
            advice = did_you_mean(name, self._measures or ())
            self._problems.append(
                ColumnProblem("measure", f"there is no measure {name!r}: {advice}")
            )
        elif level is not None and level.unit != known.unit:
            message = f"{level} is not in {known.unit!r}, the unit of the measure {known.id!r}"
            self._problems.append(ColumnProblem("level", message))

    def _citation(self, document: str, section: str | None, item: str | None) -> Citation:
        key = document, section, item
        if key not in self._citations:
            _keep(self._citations, key, Citation(document, section, item))
        return self._citations[key]

    def _figure(self, cells: tuple[Any, ...]) -> tuple[FigureCells, str | None]:
        """Return the contents of a figure's cells, and how its level contradicts its counts."""
        kinds = tuple(map(type, cells))
        key = (cells, kinds) if _KEPT_IN_FIGURES.issuperset(kinds) else None
        if key is not None and (kept := self._figures.get(key)):
            return kept
        before = len(self._problems)
        figure = self._read_figure(cells)
        if isinstance(figure, PartProblem):
            self._problems.append(ColumnProblem(figure.part, figure.message))
            figure = FigureCells()
        if len(self._problems) > before:
            return figure, None
        contradiction = None
        if figure.counts is not None and figure.level is not None and not figure.follows:
            contradiction = figure.counts.contradiction(figure.level)
        if key is not None:
            _keep(self._figures, key, (figure, contradiction))
        return figure, contradiction

    def _read_figure(self, cells: tuple[Any, ...]) -> FigureCells | PartProblem:
        level, numerator, denominator, rounded_to, value, unit, places = cells
        problems, known = self._problems, self._known
        before = len(problems)
        unit, own_places = known["unit"].of(unit), known["places"].of(places)
        decimals = self._places if own_places is None else own_places
        step = known["rounded_to"].of(rounded_to)
        stated = self._level("level", level, unit, decimals)
        counted = known["numerator"].of(numerator), known["denominator"].of(denominator)
        # With an error in the level or the unit, nothing can be said of the value.
        if len(problems) == before or not any(
            each.column in {"level", "unit", "places"} for each in problems[before:]
        ):
            if stated is None:
                stated = self._level("value", value, unit, decimals)
            elif not is_blank(value):
                try:
                    _require_same(value, stated, unit)
                except RrmodelError as error:
                    problems.append(ColumnProblem("value", str(error)))
        if len(problems) > before:
            return FigureCells()
        return read_figure(stated, *counted, 1 if step is None else step)

    def _level(
        self, column: str, cell: object, unit: str | None, places: int | None
    ) -> FigureCells | None:
        """Return what the cell of a level or of a value says, or ``None`` and add a problem."""
        if is_blank(cell):
            return None
        kind = type(cell)
        key = (column, kind, cell, unit, places) if kind in _KEPT_IN_FIGURES else None
        if key is not None and (kept := self._levels.get(key)):
            return kept
        try:
            if column == "level":
                figure = read_level(cell, unit or "%", places, TIDY_MARKS)
            else:
                figure = _value(cell, unit, places)
        except RrmodelError as error:
            self._problems.append(ColumnProblem(column, str(error)))
            return None
        if key is not None:
            _keep(self._levels, key, figure)
        return figure


def require_agreement(observation: Observation) -> None:
    """Refuse a figure whose level and counts contradict each other.

    Raises:
        RecordError: They do.
    """
    if observation.contradiction is not None:
        raise RecordError(observation.contradiction)


def _value(value: object, unit: str | None, places: int | None) -> FigureCells:
    """Return the level of a value with its unit in another column."""
    shows_unit = isinstance(value, PerCent) or (isinstance(value, str) and "%" in value)
    figure = read_number(value, "%" if shows_unit and unit is None else unit or "case", None,
                         places, TIDY_MARKS)  # fmt: skip
    if figure.level is not None and unit is None and not shows_unit:
        raise RecordError(f"{shown(value)} has no unit: write '%' or a name such as 'place'")
    return figure


def _require_same(value: object, stated: FigureCells, unit: str | None) -> None:
    """Refuse a value that is not the level beside it."""
    refuse_error(value)
    level = stated.level
    if isinstance(value, str):
        text = " ".join(value.split()).removesuffix("%").rstrip()
        number: object = read_numeral(text).value
    else:
        number = value.number if isinstance(value, PerCent) else plain_number(value)
    # The nearest binary number is all that a column of floats can have of the level.
    same = level is not None and (
        number == float(level.value) if isinstance(number, float) else number == level.value
    )
    if level is None or unit not in {None, level.unit} or not same:
        raise RecordError(
            f"{shown(value)} is not the level of this row, {level or NO_LEVEL}: keep one"
        )


def _period(value: object, dates: TableDates) -> tuple[Period, Label]:
    """Return a period, and the marks and notes beside it."""
    refuse_error(value)
    if isinstance(value, str):
        label = read_label(value, TIDY_MARKS.beside) if len(value) <= LONGEST_CELL else Label(value)
        return dates.period(label.text), label
    number = plain_number(value)
    return dates.period(_text(number) if isinstance(number, int | float) else value), Label("")


def _text(value: object) -> str:
    refuse_error(value)
    value = plain_number(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a spreadsheet has 2023 as a float
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise RecordError(f"{shown(value)} is not a text: write words")
    if has_half_character(value):
        raise RecordError(f"{shown(value)} has only half of a character: write it whole")
    return value.strip()


def _whole_number(value: object) -> int:
    count = read_count(value, TIDY_MARKS).count
    if count is None:
        raise RecordError(f"{shown(value)} is not a number: write a whole one such as 1 or 5")
    return count


def _marks(value: object) -> tuple[Mark, ...]:
    refuse_error(value)
    parts: Iterable[object] = value.split(";") if isinstance(value, str) else _list(value)
    known = {mark.value: mark for mark in Mark}
    marks: list[Mark] = []
    for part in filter(None, map(_text, parts)):
        mark = known.get(part.lower()) or GOVERNMENT_SHORTHAND.get(part.lower())
        if mark is None:
            raise RecordError(f"there is no mark {shown(part)}: {did_you_mean(part, known)}")
        marks.append(mark)
    return tuple(dict.fromkeys(marks))


def _list(value: object) -> list[object]:
    if isinstance(value, list | tuple):
        return list(value)  # pyright: ignore[reportUnknownArgumentType]
    raise RecordError(f"{shown(value)} is not a mark: write words such as 'provisional; revised'")
