"""Published workbooks as they are: titles above the heading, marks and notes beside the numbers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import attrs

from rrmodel.errors import (
    LoadError,
    PeriodError,
    Problem,
    RecordError,
    RrmodelError,
    did_you_mean,
)
from rrmodel.io._figure_cells import (
    FigureCells,
    Part,
    PartProblem,
    Signs,
    is_blank,
    read_count,
    read_figure,
    read_number,
    refuse_error,
)
from rrmodel.io._layouts import DatesMean, FigureColumn, Layout, heading_matches
from rrmodel.io._observation_rows import require_agreement
from rrmodel.io._scale import Figure, scale_problems
from rrmodel.io._workbook_cells import Scalar, ShownMonth
from rrmodel.io._workbook_files import Sheet, cell_name, open_workbook
from rrmodel.model import Citation, Observation
from rrmodel.periods import (
    CalendarYear,
    FinancialYear,
    Month,
    Period,
    Quarter,
    parse_day,
    parse_period,
)
from rrmodel.records import short_repr
from rrmodel.shorthand import LONGEST_CELL, Label, read_label

__all__ = ["Unread", "WorkbookReading", "read_workbook"]

_DEEPEST_HEADING = 50
"""Rows in which a heading is looked for."""
_LONGEST_PERIOD = 10
"""Words that a period in a title may have."""
_MOST_TITLE_WORDS = 200
_SCALE_ADVICE = "write stored='share' in the layout if it is {share}, or stored='per cent'"

_Row: TypeAlias = tuple[Scalar, ...]


@attrs.frozen
class Unread:
    """Something in a workbook that could not be read.

    >>> print(Unread("Table 3", "D17", "'n/k' is not a number or a known mark"))
    Table 3!D17: 'n/k' is not a number or a known mark
    """

    sheet: str
    """The name of the sheet."""
    cell: str | None
    """The name of the cell; ``None`` for what is wrong with the whole sheet."""
    message: str
    """The problem, and how to fix it."""

    def __str__(self) -> str:
        place = self.sheet if self.cell is None else f"{self.sheet}!{self.cell}"
        return f"{place}: {self.message}"


@attrs.frozen(repr=False)
class WorkbookReading:
    """The figures of a workbook, and what could not be read."""

    observations: tuple[Observation, ...]
    """The figures, sheet by sheet and row by row."""
    unread: tuple[Unread, ...]
    """The cells that could not be read, each with its sheet."""

    def __repr__(self) -> str:
        return short_repr(self, observations=self.observations, unread=self.unread)


def read_workbook(path: str | os.PathLike[str], layout: Layout) -> WorkbookReading:
    """Read the figures of a published workbook, ``.xlsx`` or ``.ods``.

    The heading of a table is looked for below its titles. Marks and notes are taken off the
    numbers: a figure has the marks of its row and column too, and the texts of its notes are in
    its ``note``. A cell that is formatted as per cent is read as it is shown. A cell ``[x]`` gives
    a figure without a level, an empty cell gives no figure, and ``[low]`` is a level of 0, marked
    as rounded, to the places of its column. A row below the table that has only words is skipped.
    Formulas are read by their saved values; those without one, and errors such as ``#DIV/0!``,
    are among the ``unread``.

    Raises:
        LoadError: The file is not a workbook, or none of its sheets has the headings of the
            layout.
        MissingExtraError: The extra ``excel`` is not installed.
    """
    file = Path(path)
    if file.suffix.lower() not in {".xlsx", ".ods"}:
        message = f"the suffix {file.suffix!r} is not that of a workbook: use .xlsx or .ods"
        raise LoadError([Problem(message, "$", str(file))])
    sheets = open_workbook(file)
    notes = _notes_of(sheets, layout)
    unread: list[Unread] = []
    observations: list[Observation] = []
    has_table = False
    for sheet in sheets:
        if sheet.name == layout.notes_sheet or not _named(sheet.name, layout.sheets):
            continue
        if sheet.is_hidden:
            unread.append(
                Unread(sheet.name, None, "the sheet is hidden and was not read: unhide it")
            )
            continue
        heading, missing = _find_heading(sheet, layout)
        if heading is None:
            if not missing and layout.sheets != ("*",):
                message = f"none of its first {_DEEPEST_HEADING} rows has the layout's headings"
                missing = [Unread(sheet.name, None, message)]
            unread += missing
            continue
        has_table = True
        table = _Table(sheet, layout, heading, notes)
        observations += table.read()
        unread += table.unread
    if not has_table:
        raise LoadError(_without_table(file, sheets, layout, unread))
    return WorkbookReading(tuple(observations), tuple(unread))


def _named(name: str, patterns: Iterable[str]) -> bool:
    return any(heading_matches(pattern, name) for pattern in patterns)


def _text(value: Scalar) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a workbook has every number as a float
    return str(value)


def _without_table(
    file: Path, sheets: Iterable[Sheet], layout: Layout, unread: Iterable[Unread]
) -> list[Problem]:
    partial = [Problem(each.message, each.sheet, str(file)) for each in unread]
    names = [sheet.name for sheet in sheets]
    wanted = [name for name in layout.sheets if not any(_named(each, [name]) for each in names)]
    problems = [
        Problem(f"there is no sheet {name!r}: {did_you_mean(name, names)}", "$", str(file))
        for name in wanted
    ]
    if partial or problems:
        return partial + problems
    headings = ", ".join(map(repr, layout.headings)) or "that is a period"
    return [Problem(f"no sheet has a heading {headings}: check the layout", "$", str(file))]


def _notes_of(sheets: Iterable[Sheet], layout: Layout) -> dict[str, str]:
    """Return the texts of the notes by their numbers."""
    notes: dict[str, str] = {}
    for sheet in sheets:
        for row in sheet.rows if sheet.name == layout.notes_sheet else ():
            words = [_text(cell).strip() for cell in row if not is_blank(cell)]
            if len(words) > 1:
                number = words[0].strip("[]").lower().removeprefix("note").strip()
                notes[number] = " ".join(words[1].split())
    return notes


@attrs.frozen
class _Heading:
    """The row of a table's headings."""

    row: int
    columns: Mapping[str, int]
    """The column of each heading of the layout."""
    periods: Mapping[int, Period]
    """The columns whose headings are periods."""
    labels: tuple[Label, ...]


def _labels(row: _Row, layout: Layout) -> tuple[Label, ...]:
    return tuple(read_label(_text(cell)[:LONGEST_CELL], layout.marks) for cell in row)


def _period_or_none(text: str) -> Period | None:
    try:
        return parse_period(text)
    except PeriodError:
        return None


def _find_heading(sheet: Sheet, layout: Layout) -> tuple[_Heading | None, list[Unread]]:
    """Return the heading of a sheet's table, or what keeps the nearest thing from being one."""
    nearest: list[Unread] = []
    most = 0
    for number, row in enumerate(sheet.rows[:_DEEPEST_HEADING]):
        labels = _labels(row, layout)
        columns: dict[str, int] = {}
        problems: list[Unread] = []
        for wanted in layout.headings:
            places = [at for at, label in enumerate(labels) if heading_matches(wanted, label.text)]
            if len(places) == 1:
                columns[wanted] = places[0]
            elif places:
                cells = " and ".join(cell_name(number, place) for place in places)
                message = f"the heading {wanted!r} is in {cells}: write more of its words"
                problems.append(Unread(sheet.name, cell_name(number, places[0]), message))
            else:
                printed = [label.text for label in labels if label.text]
                advice = did_you_mean(wanted, printed)
                message = f"the heading {wanted!r} is missing: {advice}"
                problems.append(Unread(sheet.name, cell_name(number, 0), message))
        periods: dict[int, Period] = {}
        if layout.period_from == "headings":
            read = {at: _period_or_none(label.text) for at, label in enumerate(labels)}
            taken = columns.values()
            periods = {at: period for at, period in read.items() if period and at not in taken}
            if not periods:
                message = "none of the headings here is a period"
                problems.append(Unread(sheet.name, cell_name(number, 0), message))
        if not problems:
            return _Heading(number, columns, periods, labels), []
        if len(columns) > most:
            nearest, most = problems, len(columns)
    return None, nearest


@attrs.frozen
class _Read:
    """A figure and where it was read."""

    row: int
    place: int
    column: FigureColumn
    observation: Observation
    bare: Fraction | None


@attrs.frozen
class _Table:
    """One table, and what of it has turned out not to be readable."""

    sheet: Sheet
    layout: Layout
    heading: _Heading
    notes: Mapping[str, str]
    unread: list[Unread] = attrs.field(factory=list[Unread], init=False)

    def read(self) -> Iterator[Observation]:
        """Yield the figures, and note what cannot be read."""
        read = list(self._read_rows())
        doubted: set[int] = set()
        for column in self.layout.figures:
            figures = [
                Figure(place, each.observation.area, each.observation.level.value, each.bare)
                for place, each in enumerate(read)
                if each.column is column and each.observation.level is not None
            ]
            for places, message in scale_problems("its column", figures, _SCALE_ADVICE):
                self._note(read[places[0]].row, read[places[0]].place, message)
                doubted.update(places)
        for place, each in enumerate(read):
            if place not in doubted:
                yield each.observation

    def _read_rows(self) -> Iterator[_Read]:
        layout, heading = self.layout, self.heading
        period = layout.period
        if layout.period_from in {"sheet name", "title"}:
            try:
                period = self._title_period() or period
            except RecordError as error:
                self._note(None, None, str(error))
                return
            if period is None:
                message = f"the {layout.period_from} has no period: state one in the layout"
                self._note(None, None, message)
                return
        for number in range(heading.row + 1, len(self.sheet.rows)):
            yield from self._read_row(number, self.sheet.rows[number], period)

    def _note(self, row: int | None, column: int | None, message: str) -> None:
        place = None if row is None or column is None else cell_name(row, column)
        self.unread.append(Unread(self.sheet.name, place, message))

    def _title_period(self) -> Period | None:
        """Return the one period that the name of the sheet or the rows above the heading name."""
        if self.layout.period_from == "sheet name":
            titles = [self.sheet.name.replace("_", " ")]
        else:
            rows = self.sheet.rows[: self.heading.row]
            titles = [_text(cell) for row in rows for cell in row if isinstance(cell, str)]
        periods = dict.fromkeys(
            period
            for title in titles
            for period in _periods_in(read_label(title, self.layout.marks).text)
        )
        if len(periods) > 1:
            named = " and ".join(map(str, periods))
            raise RecordError(
                f"the {self.layout.period_from} has two periods, {named}: read the periods from "
                "elsewhere, see period_from in the layout"
            )
        return next(iter(periods), None)

    def _read_row(self, number: int, row: _Row, period: Period | None) -> Iterator[_Read]:
        layout, heading = self.layout, self.heading
        figures = self._figure_cells()
        used = {place for _, places in figures for place in places.values()}
        if all(is_blank(row[place]) for place in used):
            return  # a gap, a group of rows, or words below the table
        area, dated = Label(layout.area or ""), Label("")
        if layout.area_heading:
            place = heading.columns[layout.area_heading]
            try:
                refuse_error(row[place])
            except RrmodelError as error:
                self._note(number, place, str(error))
                return
            area = read_label(_text(row[place])[:LONGEST_CELL], layout.marks)
            if not area.text:
                self._note(number, place, "the figures of this row have no area: write it here")
                return
            if _named(area.text, layout.skip_rows):
                return
        if layout.period_heading:
            place = heading.columns[layout.period_heading]
            try:
                period = _read_period(row[place], layout) or layout.period
                dated = read_label(_text(row[place])[:LONGEST_CELL], layout.marks)
            except RrmodelError as error:
                self._note(number, place, str(error))
                return
            if period is None:
                self._note(number, place, "the figures of this row have no period: write it here")
                return
        for column, places in figures:
            cells: dict[Part, tuple[int, Scalar]] = {
                part: (place, row[place]) for part, place in places.items()
            }
            figure = self._read_figure(number, column, cells)
            if figure is None:
                continue
            described = period or heading.periods[places["level"]]
            labels = (area, dated, *(heading.labels[place] for place in places.values()))
            first = next(iter(places.values()))
            cited = cell_name(number, first)
            try:
                observation = self._observation(column, figure, labels, described, cited)
            except RrmodelError as error:
                self._note(number, first, str(error))
                continue
            yield _Read(number, first, column, observation, figure.bare)

    def _figure_cells(self) -> list[tuple[FigureColumn, dict[Part, int]]]:
        """Return each measure with the columns of its level and its counts."""
        columns = self.heading.columns
        if self.layout.period_from == "headings":
            (only,) = self.layout.figures
            return [(only, {"level": place}) for place in self.heading.periods]
        figure_columns: list[tuple[FigureColumn, dict[Part, int]]] = []
        for figure in self.layout.figures:
            headings: tuple[tuple[Part, str | None], ...] = (
                ("level", figure.heading),
                ("numerator", figure.numerator),
                ("denominator", figure.denominator),
            )
            figure_columns.append(
                (figure, {part: columns[named] for part, named in headings if named})
            )
        return figure_columns

    def _read_figure(
        self, number: int, column: FigureColumn, cells: Mapping[Part, tuple[int, Scalar]]
    ) -> FigureCells | None:
        """Return the contents of the cells of one figure together; ``None`` if they are empty."""
        read: dict[Part, FigureCells] = {}
        signs = Signs(self.layout.marks)
        for part, (place, value) in cells.items():
            try:
                if part == "level":
                    read[part] = read_number(
                        value, column.unit, column.stored, column.places, signs
                    )
                else:
                    read[part] = read_count(value, signs)
            except RrmodelError as error:
                self._note(number, place, str(error))
        filled = {
            part: read[part]
            for part, (_, value) in cells.items()
            if part in read and not is_blank(value)
        }
        if len(read) < len(cells) or not filled:
            return None
        figure = read_figure(
            filled.get("level"),
            filled.get("numerator"),
            filled.get("denominator"),
            column.rounded_to,
        )
        if isinstance(figure, PartProblem):
            self._note(number, cells[figure.part][0], figure.message)
            return None
        return figure

    def _observation(
        self,
        column: FigureColumn,
        figure: FigureCells,
        labels: Sequence[Label],
        period: Period,
        cited: str,
    ) -> Observation:
        layout, area = self.layout, labels[0].text
        marks = [*figure.marks, *(mark for label in labels for mark in label.marks)]
        notes = [*figure.notes, *(note for label in labels for note in label.notes)]
        citation = Citation(layout.document, self.sheet.name, cited) if layout.document else None
        observation = Observation(
            measure=column.measure,
            area=layout.area_names.get(area, area),
            period=period,
            counts=figure.counts,
            level=figure.level,
            published=layout.published,
            marks=tuple(dict.fromkeys(marks)),
            citation=citation,
            note=" ".join(
                self.notes.get(note.lower(), f"[note {note}]") for note in dict.fromkeys(notes)
            )
            or None,
        )
        require_agreement(observation)
        return observation


def _periods_in(title: str) -> Iterator[Period]:
    """Yield the periods that a title names, the longest wording of each."""
    words = title.split()[:_MOST_TITLE_WORDS]
    start = 0
    while start < len(words):
        for end in range(min(start + _LONGEST_PERIOD, len(words)), start, -1):
            if period := _period_or_none(" ".join(words[start:end]).strip("()[]:")):
                yield period
                start = end - 1
                break
        start += 1


_CONTAINING: Mapping[DatesMean, type[Month | FinancialYear | CalendarYear]] = {
    "month": Month,
    "financial year": FinancialYear,
    "calendar year": CalendarYear,
}


def _read_period(value: Scalar, layout: Layout) -> Period | None:
    if is_blank(value):
        return None
    refuse_error(value)
    if isinstance(value, ShownMonth) and layout.dates_mean is None:
        return Month.containing(value.day)
    if isinstance(value, date | ShownMonth):
        day = value.day if isinstance(value, ShownMonth) else parse_day(value)
        if layout.dates_mean is None:
            raise PeriodError(
                f"{day} is a day, not a period: say in the layout what its days mean, such as "
                "dates_mean='month'"
            )
        if layout.dates_mean == "quarter":
            return Quarter.containing(day, financial=False)
        return _CONTAINING[layout.dates_mean].containing(day)
    return parse_period(read_label(_text(value)[:LONGEST_CELL], layout.marks).text)
