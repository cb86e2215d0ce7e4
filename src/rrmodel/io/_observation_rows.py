"""One figure as one row: the reader that CSV files, spreadsheets and frames share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar, get_args

import attrs

from rrmodel.errors import RecordError, RrmodelError, did_you_mean
from rrmodel.io._figure_cells import (
    NO_LEVEL,
    TIDY_MARKS,
    FigureCells,
    Part,
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
from rrmodel.shorthand import GOVERNMENT_SHORTHAND, LONGEST_CELL, Label, read_label

__all__ = ["ColumnProblem", "RowReading", "read_row", "require_agreement"]

_Read = TypeVar("_Read")
_FIGURE_COLUMNS = frozenset(
    {"level", "value", "unit", "places", "numerator", "denominator", "rounded_to"}
)
"""The columns that say what the figure is."""


@attrs.frozen
class ColumnProblem:
    """One thing that is wrong in a row, and the column where it is."""

    column: str
    message: str


@attrs.frozen
class RowReading:
    """The figure of a row, or everything that is wrong with the row."""

    observation: Observation | None
    problems: tuple[ColumnProblem, ...]
    bare: Fraction | None
    """Its level, where that is a number that only its column of units calls a percentage."""


def read_row(
    row: Mapping[str, object],
    dates: TableDates,
    *,
    places: int | None = None,
    measures: Mapping[str, Measure] | None = None,
) -> RowReading:
    """Return the figure of a row, or everything that is wrong with it.

    Args:
        row: The cells by the names of their columns.
        dates: Those of the whole table.
        places: The decimals of binary floats in a row without ``places``.
        measures: The measures that it may name; any where that is not known.
    """
    problems: list[ColumnProblem] = []
    filled = {column: value for column, value in row.items() if not is_blank(value)}

    def read(column: str, reader: Callable[[object], _Read]) -> _Read | None:
        if column not in filled:
            if column in REQUIRED_COLUMNS:
                message = f"the {column} is missing: every figure needs one"
                problems.append(ColumnProblem(column, message))
            return None
        try:
            return reader(filled[column])
        except RrmodelError as error:
            problems.append(ColumnProblem(column, str(error)))
            return None

    measure, area = read("measure", _text), read("area", _text)
    labelled = read("period", lambda value: _period(value, dates))
    marks = read("marks", _marks) or ()
    published, series = read("published", dates.day), read("series", _text)
    document, section = read("document", _text), read("section", _text)
    item, name, note = read("item", _text), read("id", _text), read("note", _text)
    unit, own_places = read("unit", _text), read("places", _whole_number)
    decimals = places if own_places is None else own_places
    rounded_to = read("rounded_to", _whole_number)
    cells = _cells(read, unit, decimals, problems)
    figure = FigureCells()
    if not any(each.column in _FIGURE_COLUMNS for each in problems):
        blank_parts = frozenset(get_args(Part)) - cells.keys()
        together = read_figure(cells, blank_parts, 1 if rounded_to is None else rounded_to)
        if isinstance(together, PartProblem):
            problems.append(ColumnProblem(together.part, together.message))
        else:
            figure = together
    if "document" not in filled and (section or item):
        message = "a section or an item needs the document that it is in: write its name here"
        problems.append(ColumnProblem("document", message))
    known = None if measures is None or measure is None else measures.get(measure)
    if measures is not None and measure is not None and known is None:
        advice = did_you_mean(measure, measures)
        problems.append(ColumnProblem("measure", f"there is no measure {measure!r}: {advice}"))
    level = figure.level
    if level is not None and known is not None and level.unit != known.unit:
        message = f"{level} is not in {known.unit!r}, the unit of the measure {known.id!r}"
        problems.append(ColumnProblem("level", message))
    if problems or measure is None or area is None or labelled is None:
        return RowReading(None, tuple(problems), figure.bare)
    period, label = labelled
    notes = [note] if note else []
    notes += [f"[note {number}]" for number in dict.fromkeys((*figure.notes, *label.notes))]
    try:
        observation = Observation(
            measure=measure,
            area=area,
            period=period,
            counts=figure.counts,
            level=level,
            published=published,
            series=series,
            marks=tuple(dict.fromkeys((*marks, *figure.marks, *label.marks))),
            citation=None if document is None else Citation(document, section, item),
            id=name,
            note=" ".join(notes) or None,
        )
        require_agreement(observation)
    except RrmodelError as error:
        return RowReading(None, (ColumnProblem("level", str(error)),), figure.bare)
    return RowReading(observation, (), figure.bare)


def require_agreement(observation: Observation) -> None:
    """Refuse a figure whose level and counts contradict each other.

    Raises:
        RecordError: They do.
    """
    if observation.contradiction is not None:
        raise RecordError(observation.contradiction)


def _cells(
    read: Callable[[str, Callable[[object], FigureCells]], FigureCells | None],
    unit: str | None,
    places: int | None,
    problems: Sequence[ColumnProblem],
) -> dict[Part, FigureCells]:
    """Return the cells of a row's figure that are not empty."""
    found: dict[Part, FigureCells | None] = {
        "level": read("level", lambda value: read_level(value, unit or "%", places, TIDY_MARKS)),
        "numerator": read("numerator", lambda value: read_count(value, TIDY_MARKS)),
        "denominator": read("denominator", lambda value: read_count(value, TIDY_MARKS)),
    }
    # With an error in the level or the unit, nothing can be said of the value.
    if not any(each.column in {"level", "unit", "places"} for each in problems):
        level = found["level"]
        if level is None:
            found["level"] = read("value", lambda value: _value(value, unit, places))
        else:
            read("value", lambda value: _agreeing(value, level, unit))
    return {part: cell for part, cell in found.items() if cell is not None}


def _value(value: object, unit: str | None, places: int | None) -> FigureCells:
    """Return the level of a value with its unit in another column."""
    shows_unit = isinstance(value, PerCent) or (isinstance(value, str) and "%" in value)
    figure = read_number(value, "%" if shows_unit and unit is None else unit or "case", None,
                         places, TIDY_MARKS)  # fmt: skip
    if figure.level is not None and unit is None and not shows_unit:
        raise RecordError(f"{shown(value)} has no unit: write '%' or a name such as 'place'")
    return figure


def _agreeing(value: object, stated: FigureCells, unit: str | None) -> FigureCells:
    """Return the level of a row whose value must agree with it."""
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
    return stated


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
    found: list[Mark] = []
    for part in filter(None, map(_text, parts)):
        mark = known.get(part.lower()) or GOVERNMENT_SHORTHAND.get(part.lower())
        if mark is None:
            raise RecordError(f"there is no mark {shown(part)}: {did_you_mean(part, known)}")
        found.append(mark)
    return tuple(found)


def _list(value: object) -> list[object]:
    if isinstance(value, list | tuple):
        return list(value)  # pyright: ignore[reportUnknownArgumentType]
    raise RecordError(f"{shown(value)} is not a mark: write words such as 'provisional; revised'")
