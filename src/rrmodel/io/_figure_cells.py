"""The cells of one published figure: its level, its counts, and the marks beside them.

Tables of our own, frames and published workbooks are read by the functions here, so that a cell
means the same in each.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from types import MappingProxyType
from typing import Literal, TypeAlias

import attrs

from rrmodel.errors import BinaryFloatError, CountsError, RecordError, RrmodelError
from rrmodel.io._workbook_cells import ERROR_TEXT, UNSAVED, CellError, PerCent, ShownMonth
from rrmodel.model import Counts, Mark
from rrmodel.numerals import Numeral
from rrmodel.quantities import (
    Amount,
    Level,
    Percentage,
    PercentagePoints,
    RelativeChange,
    read_quantity,
)
from rrmodel.shorthand import (
    GOVERNMENT_SHORTHAND,
    LONGEST_CELL,
    OLDER_SYMBOLS,
    Cell,
    MarkTable,
    read_cell,
    read_label,
)

__all__ = [
    "NO_LEVEL",
    "TIDY_MARKS",
    "FigureCells",
    "Part",
    "PartProblem",
    "Signs",
    "Stored",
    "is_blank",
    "level_of_number",
    "plain_number",
    "read_count",
    "read_figure",
    "read_level",
    "read_number",
    "refuse_error",
    "shown",
]

NO_LEVEL = "none"
"""The level of a row where counts are published and a level is not."""

Part: TypeAlias = Literal["level", "numerator", "denominator"]
"""A part of a figure, each in its cell."""

Stored: TypeAlias = Literal["per cent", "share", "number"]
"""What the number in a cell is: 27.4 for 27.4%, 0.274 for 27.4%, or so many of a unit."""

_LONGEST_SHOWN = 60
_MOST_COUNTED = 10**18
"""Counts are smaller than this."""
_COUNT = "write a whole number such as 336"


@attrs.frozen
class Signs:
    """The meanings of the signs of a table."""

    beside: MarkTable
    """Marks beside a number, or instead of one."""
    alone: MarkTable = MappingProxyType({})
    """Symbols that mean something only where nothing else is in the cell."""


TIDY_MARKS = Signs(
    GOVERNMENT_SHORTHAND | {key: OLDER_SYMBOLS[key] for key in ("(e)", "(p)", "(r)")},
    MappingProxyType({key: OLDER_SYMBOLS[key] for key in ("..", ":", "*", "~")}),
)
"""Those of tables of our own. A dash is not among them, as it means zero in some tables and no
figure in others."""


@attrs.frozen(kw_only=True)
class FigureCells:
    """The contents of one cell, or of the cells of one figure together."""

    level: Level | None = None
    count: int | None = None
    counts: Counts | None = None
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    bare: Fraction | None = None
    """A number that is taken for per cent although no sign says so."""
    follows: bool = False
    """Whether the level is only that of the counts, and was not published itself."""


def shown(value: object) -> str:
    """Return a value as a message quotes it: a long one in part."""
    text = str(value) if isinstance(value, PerCent | ShownMonth | CellError) else repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def is_blank(value: object) -> bool:
    """Return whether a cell is empty, or has only spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def plain_number(value: object) -> object:
    """Return a number of numpy as one of Python, and anything else as it is."""
    if isinstance(value, bool | int | float | Fraction | Decimal):
        return value
    if isinstance(value, Integral):
        return int(value)
    return float(value) if isinstance(value, Real) else value


def refuse_error(value: object) -> None:
    """Refuse what a spreadsheet shows where a formula has failed.

    Raises:
        RecordError: The value is an error of a spreadsheet.
    """
    text = value.strip() if isinstance(value, str) and len(value) <= LONGEST_CELL else ""
    if value is UNSAVED:
        raise RecordError(
            "the formula of this cell has no saved value: open the workbook in a spreadsheet "
            "program and save it"
        )
    if isinstance(value, CellError) or ERROR_TEXT.fullmatch(text):
        raise RecordError(
            f"the cell has the error {value if isinstance(value, CellError) else text}: correct "
            "the formula, or write [x] where there is no figure"
        )


def read_level(value: object, unit: str, places: int | None, signs: Signs) -> FigureCells:
    """Read the cell of a level that says itself what it is a number of.

    The unit and the places are those of a level that rounds to zero.
    """
    refuse_error(value)
    if isinstance(value, PerCent):
        return FigureCells(level=Percentage(value.rounded()))
    if not isinstance(value, str):
        raise RecordError(
            f"{shown(value)} has no unit: write a text such as '82%', or use the columns value "
            "and unit"
        )
    if value.strip().lower() == NO_LEVEL:
        return FigureCells()
    cell = _marked(value, unit, places, signs)
    if isinstance(cell, FigureCells):
        return cell
    try:
        quantity = read_quantity(cell.text)
    except RrmodelError as error:
        if any(sign.isdigit() for sign in cell.text):
            raise
        raise RecordError(
            f"{shown(value)} is not a level or a known mark: write '82%' or '200 place', a mark "
            "such as [x] or [c], or leave the cell empty"
        ) from error
    if isinstance(quantity, RelativeChange):
        raise RecordError(f"{shown(value)} is a change, not a level: write '82%' or '200 place'")
    return FigureCells(level=quantity, marks=cell.marks, notes=cell.notes)


def _words(text: str) -> str:
    """Return a text with single spaces, unless it is too long to be a cell."""
    return " ".join(text.split()) if len(text) <= LONGEST_CELL else text


@attrs.frozen
class _Marked:
    """The words of a cell apart from the marks and notes beside them."""

    text: str
    marks: tuple[Mark, ...]
    notes: tuple[str, ...]


def _marked(text: str, unit: str, places: int | None, signs: Signs) -> _Marked | FigureCells:
    """Take the marks off a level, or return the contents of a cell without a level."""
    words = _words(text)
    label = read_label(words, signs.beside)
    rest, marks = label.text, list(label.marks)
    if alone := signs.alone.get(rest):
        return FigureCells(marks=(*marks, alone), notes=label.notes)
    if not rest or len(words) > LONGEST_CELL or " out of " in rest.lower() or "[" in rest:
        return _figure(read_cell(words, signs.beside), unit, None, places, text)
    for symbol, mark in signs.beside.items():
        if symbol[0] == "(" and rest.endswith(symbol):
            rest = rest.removesuffix(symbol).rstrip()
            marks.append(mark)
    return _Marked(rest, tuple(dict.fromkeys(marks)), label.notes)


def read_number(
    value: object, unit: str, stored: Stored | None, places: int | None, signs: Signs
) -> FigureCells:
    """Read a number of a unit, or a count out of another.

    Args:
        value: The contents of a cell.
        unit: The unit of the number.
        stored: Whether a share is stored in per cent or as a fraction of 1; ``None`` where that is
            not stated, and per cent is assumed.
        places: The decimals that were printed, where that is stated.
        signs: The signs of the table.
    """
    refuse_error(value)
    if isinstance(value, PerCent):
        if unit[0] != "%":
            raise RecordError(f"{shown(value)} is in per cent, not in {unit!r}: check the unit")
        return FigureCells(level=level_of_number(value.rounded(places), unit, None))
    if isinstance(value, str):
        words = _words(value)
        if alone := signs.alone.get(words):
            return FigureCells(marks=(alone,))
        return _figure(read_cell(words, signs.beside), unit, stored, places, value)
    number = plain_number(value)
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal | Fraction):
        raise RecordError(
            f"{shown(value)} is not a number but a {type(value).__name__}: check the column"
        )
    if stored == "share":
        in_share = level_of_number(number, "case", None if places is None else places + 2)
        return FigureCells(level=level_of_number(100 * in_share.value, "%", places))
    level = level_of_number(number, unit, places)
    return FigureCells(level=level, bare=_bare(level.value, unit, stored))


def _bare(number: Fraction, unit: str, stored: Stored | None) -> Fraction | None:
    return number if unit[0] == "%" and stored is None else None


def _figure(
    cell: Cell, unit: str, stored: Stored | None, places: int | None, printed: str
) -> FigureCells:
    """Return the level or the counts that a text prints, with the marks beside them."""
    level: Level | None = None
    counts: Counts | None = None
    bare: Fraction | None = None
    if cell.number is None:
        if Mark.ROUNDS_TO_ZERO in cell.marks:
            if places is None:
                raise RecordError(
                    f"{shown(printed)} rounds to zero: say to how many places the table shows"
                )
            level = level_of_number(0, unit, places)
    elif cell.out_of is not None:
        counts = Counts(_whole(cell.number, printed), _whole(cell.out_of, printed))
    elif cell.in_per_cent and unit[0] != "%":
        raise RecordError(f"{shown(printed)} is in per cent, not in {unit!r}: check the unit")
    elif stored == "share" and not cell.in_per_cent:
        shown_places = cell.number.places
        shifted = None if shown_places is None else max(0, shown_places - 2)
        level = level_of_number(100 * cell.number.value, "%", shifted)
    else:
        level = _printed_level(cell.number, unit, places)
        bare = None if cell.in_per_cent else _bare(cell.number.value, unit, stored)
    return FigureCells(level=level, counts=counts, marks=cell.marks, notes=cell.notes, bare=bare)


def _printed_level(number: Numeral, unit: str, places: int | None) -> Level:
    """Return a level with the decimals that its text prints, or the zeros that were dropped."""
    exact: Fraction | Decimal = number.value
    if number.places is not None:
        units = number.value * 10**number.places
        digits = tuple(map(int, str(abs(units.numerator))))
        exact = Decimal((int(units < 0), digits, -number.places))
    if unit == "%" and number.signed and number.value >= 0:
        raise RecordError(f"+{exact} has a sign and so is a change, not a level: take it off")
    return level_of_number(exact, unit, places)


def read_count(value: object, signs: Signs) -> FigureCells:
    """Read the cell of a count, or of the marks instead of one."""
    refuse_error(value)
    if isinstance(value, str):
        words = _words(value)
        if alone := signs.alone.get(words):
            return FigureCells(marks=(alone,))
        cell = read_cell(words, signs.beside)
        if cell.out_of is not None or cell.in_per_cent:
            raise RecordError(f"{shown(value)} is not a count: {_COUNT}")
        count = None if cell.number is None else _whole(cell.number, value)
        return FigureCells(count=count, marks=cell.marks, notes=cell.notes)
    number = plain_number(value)
    if (
        isinstance(number, int | float | Decimal | Fraction)
        and not isinstance(number, bool)
        and 0 <= number < _MOST_COUNTED
        and number == number // 1
    ):
        return FigureCells(count=int(number))
    raise RecordError(f"{shown(value)} is not a count: {_COUNT}")


def _whole(number: Numeral, printed: str) -> int:
    if number.value.denominator != 1 or not 0 <= number.value < _MOST_COUNTED:
        raise RecordError(f"{shown(printed)} is not a count: {_COUNT}")
    return number.value.numerator


@attrs.frozen
class PartProblem:
    """A contradiction between the cells of a figure, and the cell to correct."""

    part: Part
    message: str


_NOTHING = FigureCells()


def read_figure(
    level: FigureCells | None,
    numerator: FigureCells | None,
    denominator: FigureCells | None,
    rounded_to: int = 1,
) -> FigureCells | PartProblem:
    """Return the contents of the cells of one figure together; ``None`` is an empty cell.

    A level without a number, a suppressed count and 0 of 0 are figures that are missing, with
    their marks.

    Args:
        level: The cell of its level.
        numerator: The cell of its first count.
        denominator: The cell of its second count.
        rounded_to: The number to whose multiples the counts are rounded.
    """
    parts = level or _NOTHING, numerator or _NOTHING, denominator or _NOTHING
    given, (top, bottom) = parts[0], (part.count for part in parts[1:])
    marks = tuple(dict.fromkeys(mark for part in parts for mark in part.marks))
    counts, stated = given.counts, given.level
    if top is not None and bottom is not None:
        if not top and not bottom:
            if stated is not None:
                message = f"{stated} is beside 0 of 0, which is not a share: remove one of them"
                return PartProblem("level", message)
            marks = tuple(dict.fromkeys((*marks, Mark.NOT_APPLICABLE)))
        else:
            try:
                counts = Counts(top, bottom, rounded_to)
            except CountsError as error:
                return PartProblem("numerator", str(error))
            if given.counts is not None and given.counts != counts:
                message = f"the counts are {top} of {bottom}, not those of this cell: keep one"
                return PartProblem("level", message)
    elif (numerator is None) is not (denominator is None) and top is not bottom:
        message = "only one of the two counts is given: write both or neither"
        return PartProblem("numerator", message)
    follows = counts is not None and (given.counts is not None or level is None)
    if counts is not None and follows:
        stated = Percentage.from_counts(counts.numerator, counts.denominator)
    elif counts is not None and stated is not None and stated.places is None:
        # A whole binary number, whose decimals are unknown, is compared as if it had none.
        stated = stated.rounded(0) if stated.value.denominator == 1 else stated
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    return FigureCells(
        level=stated, counts=counts, marks=marks, notes=notes, bare=given.bare, follows=follows
    )


def level_of_number(value: float | Decimal | Fraction, unit: str, places: int | None) -> Level:
    """Return so many of a unit; a binary float is rounded to the places, which must be known.

    Places also restore the zeros that a table of numbers has dropped: 82 to one place is 82.0.
    """
    number: int | Decimal | Fraction
    if not isinstance(value, float):
        number = value
    elif places is not None:
        number = Amount.from_float(value, "case", places=places).value
    elif value.is_integer():
        number = Fraction(value)  # exact, and nothing is known of its decimals
    else:
        raise BinaryFloatError(
            f"{shown(value)} is a binary number: say to how many places it was printed"
        )
    level: Level
    match unit:
        case "%":
            level = Percentage(number)
        case "percentage points":
            level = PercentagePoints(number)
        case _:
            level = Amount(number, unit)
    if places is None:
        return level
    rounded = level.rounded(places)
    if rounded != level:
        raise RecordError(f"{shown(value)} has more decimals than the {places} of its places")
    return rounded
