"""Workbooks, opened as if they came from a stranger: XLSX and ODS, values only.

The reader of the cells lays a sheet out in full, so two cells in opposite corners need memory for
seventeen thousand million, and without it ends the process. On some damaged sheets it does not
return.
The archive is therefore unpacked once before, to count its bytes and cells and to check its XML.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

import attrs

from rrmodel.errors import LoadError, Problem, requires_extra
from rrmodel.io._source_files import read_file, reading
from rrmodel.io._workbook_cells import Scalar, Sign, signs_of, with_sign

__all__ = ["Sheet", "cell_name", "open_workbook"]

_LARGEST_FILE = 50_000_000
_LARGEST_UNPACKED = 200_000_000
_MOST_PARTS = 5_000
_MOST_CELLS = 2_000_000
"""Cells of all sheets together; the largest of the ministry's published tables has 300,000."""

_REFERENCE = re.compile("([A-Za-z]{0,4})([0-9]{1,9})", re.ASCII)
_REPEATS = re.compile("[0-9]{1,9}", re.ASCII)
_TABLES = frozenset({"sheetData", "table"})
_ROWS = frozenset({"row", "table-row"})
_CELLS = frozenset({"c", "table-cell", "covered-table-cell"})
_XML = (".rels", ".xml")


@attrs.frozen
class Sheet:
    """A sheet of a workbook, from its first cell on."""

    name: str
    is_hidden: bool
    rows: tuple[tuple[Scalar, ...], ...]


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell by its row and column, counted from 0.

    >>> cell_name(16, 3), cell_name(0, 26)
    ('D17', 'AA1')
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def open_workbook(file: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that have cells.

    Raises:
        LoadError: It cannot be read, is not a workbook, or unpacks to more than any published one.
        MissingExtraError: The extra ``excel`` is not installed.
    """
    with requires_extra(f"Reading {file.suffix[1:].upper()}", "excel"):
        # This module is imported without the extra too, for the names that it defines.
        import python_calamine  # noqa: PLC0415
    content = read_file(file, _LARGEST_FILE)
    try:
        with reading(file):
            signs = _checked_signs(content)
        with python_calamine.load_workbook(BytesIO(content)) as workbook:  # pyright: ignore[reportUnknownMemberType]
            return tuple(
                Sheet(
                    about.name,
                    about.visible is not python_calamine.SheetVisibleEnum.Visible,
                    _signed(
                        workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False),
                        signs.get(about.name, {}),
                    ),
                )
                for about in workbook.sheets_metadata
                if about.typ is python_calamine.SheetTypeEnum.WorkSheet
            )
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError) as error:
        message = f"the workbook is damaged: {error}: save it again as .xlsx or .ods"
        raise LoadError([Problem(message, "$", str(file))]) from error
    except python_calamine.CalamineError as error:
        message = f"this cannot be read as a workbook: {error}: save it again as .xlsx or .ods"
        raise LoadError([Problem(message, "$", str(file))]) from error


def _signed(
    values: Sequence[Sequence[Scalar]], signs: Mapping[tuple[int, int], Sign]
) -> tuple[tuple[Scalar, ...], ...]:
    """Return the rows of a sheet, given what else is known of some of their cells."""
    rows = list(map(list, values))
    for (row, column), sign in signs.items():
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
        if (known := with_sign(value, sign)) is not value:
            # The reader ends a sheet before cells that have only an error.
            rows += [[] for _ in range(len(rows), row + 1)]
            rows[row] += [""] * (column + 1 - len(rows[row]))
            rows[row][column] = known
    width = max(map(len, rows), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def _checked_signs(content: bytes) -> Mapping[str, Mapping[tuple[int, int], Sign]]:
    """Unpack all parts once, count what they would become, and return the signs of their cells."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        # A part that unpacks to more than it says fails the check of its sum when it is read.
        unpacked = sum(part.file_size for part in parts)
        if unpacked > _LARGEST_UNPACKED or len(parts) > _MOST_PARTS:
            raise ValueError(
                f"it unpacks to {unpacked:,} bytes in {len(parts):,} parts, more than a published "
                "workbook does: split it"
            )
        names = {part.filename for part in parts}
        if not names & {"xl/workbook.xml", "content.xml"}:
            raise zipfile.BadZipFile("it is an archive without sheets")
        cells = 0
        for part in parts:
            cells += _cells_of(part.filename, archive.read(part))
            if cells > _MOST_CELLS:
                raise ValueError(
                    f"its sheets reach over more than {_MOST_CELLS:,} cells: delete the empty rows "
                    "and columns"
                )
        return signs_of(archive)


def _cells_of(name: str, part: bytes) -> int:
    """Return how many cells the sheet in a part reaches over, or more, but never fewer.

    Raises:
        BadZipFile: The part is not well-formed XML, on which the reader of cells may never
            return, or it hides a sheet under another name.
    """
    if not name.lower().endswith(_XML):
        if b"sheetData" in part.replace(b"\0", b""):
            raise zipfile.BadZipFile(f"{name[:60]!r} is not a name for a sheet")
        return 0
    cells = rows = columns = row = column = 0
    is_inside = False
    around: list[tuple[int, int, int]] = []

    def begin(element: str, attributes: dict[str, str]) -> None:
        nonlocal rows, columns, row, column, is_inside
        local = element.rpartition(":")[2]
        if local in _TABLES:
            around.append((rows, columns, row))
            rows = columns = row = column = 0
            return
        is_filled = is_inside
        if local in _CELLS or local in _ROWS:
            repeats = 1
            for key, value in attributes.items():
                if key.endswith("-repeated"):
                    if not _REPEATS.fullmatch(value):
                        raise zipfile.BadZipFile(f"a cell is repeated {value[:20]!r} times")
                    repeats = int(value)
                elif key.endswith("value-type"):
                    is_filled = True
            is_inside = local in _CELLS
            row, column = (row, column + repeats) if is_inside else (row + repeats, 0)
            if match := _REFERENCE.fullmatch(attributes.get("r", "")):
                row = max(row, int(match[2]))
                column = max(column, _column_number(match[1]))
        # Empty cells that only fill a row up, by their thousands, count where more follows.
        if is_filled:
            rows, columns = max(rows, row), max(columns, column)

    def end(element: str) -> None:
        nonlocal cells, rows, columns, row, is_inside
        local = element.rpartition(":")[2]
        if local in _TABLES:
            cells += rows * columns
            rows, columns, row = around.pop()
        is_inside = is_inside and local not in _CELLS

    def refuse(*_: object) -> None:
        raise zipfile.BadZipFile(f"{name[:60]!r} declares a document type, which no workbook needs")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, LookupError) as error:  # an unknown encoding is looked up
        raise zipfile.BadZipFile(f"{name[:60]!r} is not well-formed XML, {error}") from error
    return cells + rows * columns


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
