"""The formats of the cells of a workbook: per cent, months and errors.

The reader of the cells gives 0.821 where a cell shows 82.1%, and an empty cell where one shows
``#DIV/0!`` or has a formula that was saved without its value. The number formats of XLSX (ECMA-376
Part 1, section 18.8) and the value types of ODS (OpenDocument 1.3 Part 3, section 19.389) tell.
"""

from __future__ import annotations

import math
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TypeAlias
from xml.parsers import expat

import attrs

from rrmodel.periods import Month, parse_day

__all__ = [
    "ERROR_TEXT",
    "UNSAVED",
    "CellError",
    "PerCent",
    "Scalar",
    "ShownMonth",
    "Sign",
    "signs_of",
    "with_sign",
]


@attrs.frozen
class PerCent:
    """A number whose cell shows it as per cent: 0.821 as 82.1%."""

    number: Decimal
    """The number in per cent, as stored."""
    places: int
    """The decimals that the cell shows."""

    def rounded(self, places: int | None = None) -> Decimal:
        """Return the number to the decimals shown, or to others, halves up as spreadsheets do."""
        step = Decimal(1).scaleb(-(self.places if places is None else places))
        with localcontext() as context:
            context.prec = 400  # more digits than any float has
            return self.number.quantize(step, ROUND_HALF_UP)

    def __str__(self) -> str:
        return f"{self.rounded():f}%"


@attrs.frozen
class ShownMonth:
    """A day whose cell shows only its month and year."""

    day: date
    """The day as stored."""

    def __str__(self) -> str:
        return str(Month.containing(self.day))


@attrs.frozen
class CellError:
    """A cell that shows an error, or a formula whose value was not saved."""

    shown: str
    """The text that the cell shows."""

    def __str__(self) -> str:
        return self.shown


Scalar: TypeAlias = (
    str | int | float | bool | date | datetime | time | timedelta | PerCent | ShownMonth | CellError
)
"""The contents of a cell; of an empty one, the empty text."""

ERROR_TEXT = re.compile(r"#[A-Z][A-Z/_0-9]*[!?]?|Err:[0-9]{3}", re.ASCII)
"""The errors of spreadsheets, as cells show them."""


@attrs.frozen
class _PerCentFormat:
    """A number format that shows a per cent sign."""

    places: int
    is_scaled: bool = True
    """Whether the sign multiplies by 100, as it does unless it is quoted."""


@attrs.frozen
class _MonthFormat:
    """A number format that shows a month and a year, and no day."""


_Format: TypeAlias = _PerCentFormat | _MonthFormat
Sign: TypeAlias = _Format | CellError
"""The properties of a cell beside its value."""
_Signs: TypeAlias = dict[tuple[int, int], Sign]
_Attributes: TypeAlias = dict[str, str]

_BUILT_IN: Mapping[int, _Format] = {
    9: _PerCentFormat(0),
    10: _PerCentFormat(2),
    17: _MonthFormat(),
}
UNSAVED = CellError("a formula without a saved value")
"""The content of the cell of a formula that was saved without being calculated."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
_SHOWN_DECIMALS = re.compile(r"[.,]([0-9]+)\s*%", re.ASCII)
_MOST_PLACES = 30
"""Decimals that a format may show; Excel allows as many."""
_DECIMALS = re.compile(r"\.([0#?]+)")
_REFERENCE = re.compile("([A-Za-z]{1,4})([0-9]{1,9})", re.ASCII)


def with_sign(value: Scalar, sign: Sign) -> Scalar:
    """Return the contents of a cell, given its value and what else is known of it.

    >>> str(with_sign(0.821, _PerCentFormat(1)))
    '82.1%'
    """
    if isinstance(sign, CellError):
        return sign
    if isinstance(sign, _MonthFormat):
        return ShownMonth(parse_day(value)) if isinstance(value, date) else value
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return value
    # The shortest decimal that stands for a float is the number that was typed.
    number = Decimal(repr(value))
    return PerCent(number.scaleb(2) if sign.is_scaled else number, sign.places)


def signs_of(archive: zipfile.ZipFile) -> Mapping[str, _Signs]:
    """Return what is known of cells beside their values, by the names of their sheets.

    The parts of the archive are known to be well-formed XML.
    """
    parts = {name.lower(): name for name in archive.namelist()}
    signs: dict[str, _Signs] = {}

    def read(name: str) -> bytes:
        return archive.read(parts[name]) if name in parts else b"<none/>"

    content = read("content.xml")
    if any(sign in content for sign in (b"percentage", b"#", b"Err:")):
        signs.update(_ods_signs(content))
    formats = _xlsx_formats(read("xl/styles.xml"))
    for sheet, part in _xlsx_sheets(read("xl/workbook.xml"), read("xl/_rels/workbook.xml.rels")):
        content = read(part.lower())
        if (
            formats
            or b'"e"' in content
            or b"'e'" in content
            or b"<f" in content
            or b":f" in content
        ):
            signs[sheet] = _xlsx_signs(content, formats)
    return signs


def _parse(
    part: bytes,
    begin: Callable[[str, _Attributes], None],
    end: Callable[[str], None] = lambda _: None,
    text: Callable[[str], None] = lambda _: None,
) -> None:
    """Call back for each element by its local name, and for each text."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: begin(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.Parse(part, True)


def _elements(part: bytes) -> Iterator[tuple[str, _Attributes]]:
    """Return the elements of a short part with their attributes, by their local names."""
    elements: list[tuple[str, _Attributes]] = []

    def begin(name: str, attributes: _Attributes) -> None:
        elements.append(
            (name, {key.rpartition(":")[2]: value for key, value in attributes.items()})
        )

    _parse(part, begin)
    return iter(elements)


def _xlsx_sheets(workbook: bytes, relations: bytes) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and of its part."""
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for name, attributes in _elements(relations)
        if name == "Relationship"
    }
    for name, attributes in _elements(workbook):
        if name == "sheet" and (target := targets.get(attributes.get("id", ""))):
            part = posixpath.normpath(posixpath.join("/xl", target.replace("\\", "/")))
            yield attributes.get("name", ""), part.removeprefix("/").removeprefix("xl/xl/")


def _xlsx_formats(styles: bytes) -> Mapping[str, _Format]:
    """Return the formats that matter here, by the number by which cells name them."""
    codes: dict[str, _Format | None] = {str(key): known for key, known in _BUILT_IN.items()}
    formats: dict[str, _Format] = {}
    is_cell_format = False
    count = 0
    for name, attributes in _elements(styles):
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = _format_of(attributes.get("formatCode", ""))
        elif name in {"cellStyleXfs", "cellXfs"}:
            is_cell_format = name == "cellXfs"
        elif name == "xf" and is_cell_format:
            if known := codes.get(attributes.get("numFmtId", "")):
                formats[str(count)] = known
            count += 1
    return formats


def _format_of(code: str) -> _Format | None:
    """Return what a number format shows.

    >>> # doctest: +ELLIPSIS
    ... _format_of('0.0%;[Red]-0.0%'), _format_of('0.0"%"'), _format_of("mmm yyyy")
    (_PerCentFormat(places=1, ...True), _PerCentFormat(places=1, ...False), _MonthFormat())
    """
    literals = "".join(_LITERAL.findall(code))
    bare = _LITERAL.sub("", code).partition(";")[0].lower()
    if "%" in bare or "%" in literals:
        decimals = _DECIMALS.search(bare)
        return _PerCentFormat(_places(decimals), is_scaled="%" in bare)
    if "y" in bare and "m" in bare and not set("dhs") & set(bare):
        return _MonthFormat()
    return None


def _xlsx_signs(sheet: bytes, formats: Mapping[str, _Format]) -> _Signs:
    signs: _Signs = {}
    row = column = -1
    attributes: _Attributes = {}
    words: list[str] = []
    is_value = has_formula = False

    def begin(name: str, given: _Attributes) -> None:
        nonlocal row, column, attributes, is_value, has_formula
        if name == "row":
            row = int(given["r"]) - 1 if given.get("r", "").isdecimal() else row + 1
            column = -1
        elif name == "c":
            attributes, has_formula = given, False
            words.clear()
            column += 1
            if match := _REFERENCE.fullmatch(given.get("r", "")):
                row, column = int(match[2]) - 1, _column(match[1])
        elif name == "f":
            has_formula = True
        is_value = name == "v"

    def text(part: str) -> None:
        if is_value:
            words.append(part)

    def end(name: str) -> None:
        nonlocal is_value
        is_value = False
        if name != "c":
            return
        kind, value = attributes.get("t"), "".join(words).strip()
        if kind == "e" and (value or has_formula):
            signs[row, column] = CellError(value[:20] or "#N/A")
        elif has_formula and not value and kind != "str":
            signs[row, column] = UNSAVED
        elif known := formats.get(attributes.get("s", "")):
            signs[row, column] = known

    _parse(sheet, begin, end, text)
    return signs


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _ods_signs(content: bytes) -> Mapping[str, _Signs]:
    tables: dict[str, _Signs] = {}
    signs: _Signs = {}
    row = column = 0
    depth = notes = 0
    here: _Attributes = {}
    row_repeats = repeats = 1
    words: list[str] = []
    in_row: dict[int, Sign] = {}

    def local(attributes: _Attributes, name: str) -> str:
        return next((each for key, each in attributes.items() if key.endswith(f":{name}")), "")

    def begin(name: str, attributes: _Attributes) -> None:
        nonlocal signs, row, column, depth, notes, here, row_repeats, repeats
        if name == "table":
            depth += 1
            if depth == 1:
                signs = tables.setdefault(local(attributes, "name"), {})
                row = 0
        elif depth != 1:
            return
        elif name == "table-row":
            column, row_repeats = 0, int(local(attributes, "number-rows-repeated") or 1)
            in_row.clear()
        elif name in {"table-cell", "covered-table-cell"}:
            here, repeats = attributes, int(local(attributes, "number-columns-repeated") or 1)
            words.clear()
        elif name == "annotation":
            notes += 1

    def text(part: str) -> None:
        if not notes:
            words.append(part)

    def end(name: str) -> None:
        nonlocal row, column, depth, notes
        if name == "table":
            depth -= 1
        elif depth != 1:
            return
        elif name == "annotation":
            notes -= 1
        elif name in {"table-cell", "covered-table-cell"}:
            if sign := _ods_sign(here, "".join(words).strip()):
                in_row.update(dict.fromkeys(range(column, column + repeats), sign))
            column += repeats
        elif name == "table-row":
            if in_row:
                signs.update(
                    ((line, at), sign)
                    for line in range(row, row + row_repeats)
                    for at, sign in in_row.items()
                )
            row += row_repeats

    _parse(content, begin, end, text)
    return tables


def _ods_sign(attributes: _Attributes, shown: str) -> Sign | None:
    """Return the sign of a cell that shows a text."""
    kinds = {value for key, value in attributes.items() if key.endswith(":value-type")}
    if ERROR_TEXT.fullmatch(shown) or "error" in kinds:
        return CellError(shown[:20] or "#N/A")
    if "percentage" in kinds:
        return _PerCentFormat(_places(_SHOWN_DECIMALS.search(shown)))
    return None


def _places(decimals: re.Match[str] | None) -> int:
    return min(len(decimals[1]), _MOST_PLACES) if decimals else 0
