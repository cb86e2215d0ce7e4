"""The cells of one published figure: its level, its counts, and what is noted beside them."""

from __future__ import annotations

import attrs

from rrmodel.errors import BinaryFloatError, RecordError
from rrmodel.io._layouts import FigureColumn, Layout
from rrmodel.io._observation_rows import level_of_number, shown
from rrmodel.io._workbook_files import Scalar
from rrmodel.model import Counts, Mark
from rrmodel.numerals import Numeral
from rrmodel.quantities import Level
from rrmodel.shorthand import read_cell

__all__ = ["FigureCells", "read_count", "read_level"]


@attrs.frozen(kw_only=True)
class FigureCells:
    """What one cell holds, or what the cells of one figure hold together."""

    level: Level | None = None
    count: int | None = None
    counts: Counts | None = None
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()


def read_level(value: Scalar, column: FigureColumn, layout: Layout) -> FigureCells:
    """Read the cell of a level, or of a count out of another."""
    if not isinstance(value, str):
        return FigureCells(level=_stored_level(value, column))
    cell = read_cell(value, layout.marks)
    level: Level | None = None
    counts: Counts | None = None
    if cell.number is None:
        if Mark.ROUNDS_TO_ZERO in cell.marks:
            if column.places is None:
                raise RecordError(
                    f"{shown(value)} rounds to zero: say in the layout to how many places"
                )
            level = level_of_number(0, column.unit, column.places)
    elif cell.out_of is not None:
        counts = Counts(_whole(cell.number, value), _whole(cell.out_of, value))
    elif cell.in_per_cent and column.stored == "number":
        raise RecordError(f"{shown(value)} is in per cent where a number of {column.unit!r} is due")
    elif column.stored == "share" and not cell.in_per_cent:
        places = cell.number.places
        shifted = None if places is None else max(0, places - 2)
        level = level_of_number(100 * cell.number.value, "%", shifted)
    else:
        level = level_of_number(cell.number.value, column.unit, cell.number.places)
    return FigureCells(level=level, counts=counts, marks=cell.marks, notes=cell.notes)


def _stored_level(value: Scalar, column: FigureColumn) -> Level:
    """Return the level of a number that the workbook holds as a number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RecordError(f"{value} is no number but a {type(value).__name__}: check the column")
    places = column.places
    try:
        if column.stored != "share":
            return level_of_number(value, column.unit, places)
        in_share = level_of_number(value, "case", None if places is None else places + 2)
        return level_of_number(100 * in_share.value, "%", places)
    except BinaryFloatError as error:
        raise BinaryFloatError(
            f"{value} is a binary number: say in the layout to how many places the table shows it"
        ) from error


def read_count(value: Scalar, layout: Layout) -> FigureCells:
    if isinstance(value, str):
        cell = read_cell(value, layout.marks)
        if cell.out_of is not None or cell.in_per_cent:
            raise RecordError(f"{shown(value)} is no count: write a whole number such as 336")
        count = None if cell.number is None else _whole(cell.number, value)
        return FigureCells(count=count, marks=cell.marks, notes=cell.notes)
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1:
        return FigureCells(count=int(value))
    raise RecordError(f"{shown(value)} is no count: write a whole number such as 336")


def _whole(number: Numeral, printed: str) -> int:
    if number.value.denominator != 1 or number.value < 0:
        raise RecordError(f"{shown(printed)} is no count: write a whole number such as 336")
    return number.value.numerator
