"""Cells of published tables: a number, and apart from it the marks and notes printed beside it.

Government statistics print marks in square brackets, one after another if need be. A table of
marks says which text means which :class:`~rrmodel.model.Mark`. For a publisher with other signs,
pass another table.

====================  ==========================  ==========================
text                  meaning                     number
====================  ==========================  ==========================
``12.3 [p] [r]``      provisional and revised     12.3
``8 [r] out of 16``   revised                     8, out of 16
``[x]``, ``[z]``      not available, applicable   none: missing is not zero
``[low]``             rounds to zero              none, but not missing
``7 [note 2]``        see the second note         7
====================  ==========================  ==========================

>>> cell = read_cell("8 [r] out of 16")
>>> cell.number.value, cell.out_of.value, cell.marks
(Fraction(8, 1), Fraction(16, 1), (<Mark.REVISED: 'revised'>,))
>>> read_cell("..", GOVERNMENT_SHORTHAND | OLDER_SYMBOLS).is_missing
True
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

import attrs

from rrmodel.errors import BinaryFloatError, NumeralError, did_you_mean
from rrmodel.model import Mark
from rrmodel.numerals import Numeral, read_numeral

__all__ = [
    "GOVERNMENT_SHORTHAND",
    "LONGEST_CELL",
    "OLDER_SYMBOLS",
    "Cell",
    "Label",
    "MarkTable",
    "read_cell",
    "read_label",
]

MarkTable: TypeAlias = Mapping[str, Mark]
"""The meaning of each printed sign; a key in square brackets is matched in either case."""

GOVERNMENT_SHORTHAND: MappingProxyType[str, Mark] = MappingProxyType(
    {
        "[b]": Mark.BREAK,
        "[c]": Mark.CONFIDENTIAL,
        "[e]": Mark.ESTIMATED,
        "[er]": Mark.EARLIEST_REVISION,
        "[f]": Mark.FORECAST,
        "[low]": Mark.ROUNDS_TO_ZERO,
        "[n]": Mark.NOT_SIGNIFICANT,
        "[p]": Mark.PROVISIONAL,
        "[r]": Mark.REVISED,
        "[s]": Mark.SIGNIFICANT_AT_5_PER_CENT,
        "[ss]": Mark.SIGNIFICANT_AT_1_PER_CENT,
        "[sss]": Mark.SIGNIFICANT_AT_0_1_PER_CENT,
        "[u]": Mark.LOW_RELIABILITY,
        "[x]": Mark.NOT_AVAILABLE,
        "[z]": Mark.NOT_APPLICABLE,
    }
)
"""The shorthand that the Government Statistical Service recommends."""

OLDER_SYMBOLS: MappingProxyType[str, Mark] = MappingProxyType(
    {
        "..": Mark.NOT_AVAILABLE,
        ":": Mark.NOT_AVAILABLE,
        ".": Mark.NOT_APPLICABLE,
        "*": Mark.CONFIDENTIAL,
        "~": Mark.CONFIDENTIAL,
        "0~": Mark.ROUNDS_TO_ZERO,
        "-": Mark.ROUNDS_TO_ZERO,
        "–": Mark.ROUNDS_TO_ZERO,
        "(e)": Mark.ESTIMATED,
        "(p)": Mark.PROVISIONAL,
        "(r)": Mark.REVISED,
    }
)
"""Signs of older tables. They varied, so read the key of the table and replace those that differ.
A dash, for example, means nil or less than half of the last digit here, and no figure elsewhere.
"""

LONGEST_CELL = 1_000
"""The most characters of a cell that is read; a published one has a few dozen."""

_LONGEST_SHOWN = 60
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_NOTE = re.compile(r"notes? ?(.+)", re.IGNORECASE)
_NOTE_NUMBERS = re.compile(r"[^\s,]+")
_OUT_OF = re.compile(r" out of ", re.IGNORECASE)


@attrs.frozen
class Cell:
    """The contents of a cell: at most one number, or one number out of another."""

    number: Numeral | None = None
    """The number, with the decimals printed; ``None`` where none is printed."""
    out_of: Numeral | None = None
    """The whole that it is a part of, where the cell prints that too."""
    marks: tuple[Mark, ...] = ()
    """The marks beside it, in the order printed, each once."""
    notes: tuple[str, ...] = ()
    """The numbers of the notes that it refers to, such as ``"2"``."""
    in_per_cent: bool = False
    """Whether a per cent sign is printed."""

    @property
    def is_missing(self) -> bool:
        """Whether there is no figure; one that rounds to zero is not missing."""
        return self.number is None and Mark.ROUNDS_TO_ZERO not in self.marks


@attrs.frozen
class Label:
    """The words of a heading or of a row's name, and the marks and notes printed beside them."""

    text: str
    """The words, in one line with single spaces."""
    marks: tuple[Mark, ...] = ()
    """The marks, each once."""
    notes: tuple[str, ...] = ()
    """The numbers of the notes that it refers to."""


def read_cell(
    text: str | int | None,
    marks: MarkTable = GOVERNMENT_SHORTHAND,
) -> Cell:
    """Read a cell, which may be empty.

    >>> read_cell("12.3 [p] [note 2]")  # doctest: +ELLIPSIS
    Cell(number=Numeral(value=Fraction(123, 10), places=1, ...), ..., notes=('2',), ...)
    >>> read_cell("[low]").is_missing, read_cell("[x]").is_missing, read_cell("0").is_missing
    (False, True, False)
    >>> read_cell("12 [q]")
    Traceback (most recent call last):
    ...
    rrmodel.errors.NumeralError: '12 [q]' has the unknown mark '[q]': did you mean '[z]'?

    Args:
        text: The text of the cell, or a whole number.
        marks: The table of marks.

    Raises:
        NumeralError: It is not a number, a known mark, or a number with marks beside it.
        BinaryFloatError: It is a binary float.
    """
    if isinstance(text, float):
        raise BinaryFloatError(
            f"{text!r} is a binary float: print it with the decimals that the table shows first"
        )
    written = "" if text is None else str(text)
    if len(written) > LONGEST_CELL:
        raise NumeralError(
            f"a cell of {len(written)} characters is too long to be a figure: write at most "
            f"{LONGEST_CELL}"
        )
    label = _take_brackets(written, marks)
    if unknown := _BRACKETED.search(label.text):
        advice = did_you_mean(unknown[0], marks)
        raise NumeralError(
            f"{_quoted(written)} has the unknown mark {_quoted(unknown[0])}: {advice}"
        )
    cell_marks = list(label.marks)
    parts = _OUT_OF.split(label.text, maxsplit=1)
    numbers = [_take_number(part, marks, cell_marks, written) for part in parts]
    number, in_per_cent = numbers[0]
    out_of, whole_in_per_cent = numbers[1] if len(numbers) > 1 else (None, False)
    if len(numbers) > 1 and (out_of is None or in_per_cent or whole_in_per_cent):
        raise NumeralError(
            f"{_quoted(written)} is not one count out of another: write '8 out of 16'"
        )
    return Cell(number, out_of, tuple(dict.fromkeys(cell_marks)), label.notes, in_per_cent)


def read_label(text: str, marks: MarkTable = GOVERNMENT_SHORTHAND) -> Label:
    r"""Read a heading or the name of a row; brackets that are not marks or notes stay in it.

    >>> read_label("Proportion of\r\noffenders who\r\nreoffend (%) [note 3]")
    Label(text='Proportion of offenders who reoffend (%)', marks=(), notes=('3',))
    >>> read_label("2023/24 [p]").marks
    (<Mark.PROVISIONAL: 'provisional'>,)
    """
    return _take_brackets(text, marks)


def _take_brackets(text: str, marks: MarkTable) -> Label:
    """Return the text without its known marks and notes, and these."""
    if "[" not in text:
        return Label(" ".join(text.split()))
    known = {key.lower(): mark for key, mark in marks.items()}
    label_marks: list[Mark] = []
    notes: list[str] = []

    def take(match: re.Match[str]) -> str:
        inside = " ".join(match[1].split())
        if mark := known.get(f"[{inside.lower()}]"):
            label_marks.append(mark)
        elif note := _NOTE.fullmatch(inside):
            numbers = _NOTE_NUMBERS.findall(note[1])
            notes.extend(number for number in numbers if number != "and")
        else:
            return match[0]
        return " "

    rest = " ".join(_BRACKETED.sub(take, text).split())
    return Label(rest, tuple(dict.fromkeys(label_marks)), tuple(dict.fromkeys(notes)))


def _take_number(
    text: str, marks: MarkTable, cell_marks: list[Mark], written: str
) -> tuple[Numeral | None, bool]:
    """Return the number of a text and whether it is in per cent; add symbols to ``cell_marks``."""
    rest = text.strip()
    symbols: list[Mark] = []
    while rest:
        # A symbol may look like a number or end one, so that a number is tried before each.
        in_per_cent = rest.endswith("%")
        if rest[0].isdigit() or rest[0] in "+-−.":
            try:
                number = read_numeral(rest.removesuffix("%").rstrip())
            except NumeralError:
                pass
            else:
                cell_marks.extend(reversed(symbols))
                return number, in_per_cent
        symbol = max(
            (key for key in marks if key[0] != "[" and rest.endswith(key)), key=len, default=None
        )
        if symbol is None:
            raise NumeralError(
                f"{_quoted(written)} is not a number or a known mark: {_advice(rest, marks)}"
            )
        symbols.append(marks[symbol])
        rest = rest.removesuffix(symbol).rstrip()
    cell_marks.extend(reversed(symbols))
    return None, False


def _advice(rest: str, marks: MarkTable) -> str:
    if rest.strip() in OLDER_SYMBOLS and rest.strip() not in marks:
        return "add OLDER_SYMBOLS to the table of marks, which has this sign of older tables"
    return "write digits such as 82.5, or add the sign to the table of marks"


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…")
