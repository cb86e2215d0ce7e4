"""Published workbooks, read as they are: built here in the layouts that publishers use."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, ClassVar, cast

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P

from rrmodel.errors import LoadError, MissingExtraError, RecordError
from rrmodel.io import FigureColumn, Layout, WorkbookReading, read_workbook
from rrmodel.model import Citation, Counts, Mark, Measure, Observation
from rrmodel.periods import CalendarYear, FinancialYear, Month, Period, Quarter
from rrmodel.quantities import Amount, Percentage
from rrmodel.shorthand import GOVERNMENT_SHORTHAND, OLDER_SYMBOLS

Row = Sequence[object]
REOFFENDING = "Proportion of\r\noffenders who\r\nreoffend (%)"
TABLE: list[Row] = [
    ["Table 3: Proven reoffending, by local authority, April 2022 to March 2023"],
    [],
    ["Local authority", "Number of\r\noffenders", "Number of\nreoffenders", REOFFENDING],
    ["York", 1138, 336, 29.5254],
    ["Leeds [note 2]", "[c]", "[c]", "[x]"],
    ["Hull", 100, 20, "20.0 [p] [r]"],
    [],
    ["Total", 1000, 200, "20.0 [note 9]"],
    ["Source: Police National Computer"],
]
NOTES: list[Row] = [
    ["Notes"],
    ["Note number", "Note text"],
    ["note 2", "Small\nnumbers."],
    [1, "One year."],
    ["[note 3]"],
]


def layout(**changes: Any) -> Layout:
    """Return the layout of the table above, with changes."""
    return Layout(
        **{
            "figures": [
                FigureColumn(
                    measure="reoffending",
                    heading="Proportion of offenders who reoffend (%)",
                    numerator="number of reoffenders",
                    denominator="number of offenders",
                    places=1,
                )
            ],
            "area_heading": "Local authority",
            "period_from": "title",
        }
        | changes
    )


def simple(**changes: Any) -> Layout:
    """Return the layout of tables of areas and one column of levels, with changes."""
    figure = {key: changes.pop(key) for key in ("places", "stored", "unit") if key in changes}
    return Layout(
        **{
            "figures": [FigureColumn(measure="m", heading="Level", **figure)],
            "area_heading": "Area",
            "period_from": "sheet name",
        }
        | changes
    )


def write_xlsx(path: Path, sheets: Mapping[str, Sequence[Row]]) -> None:
    """Write the rows of each sheet, the first of its titles across merged cells."""
    book = openpyxl.Workbook()
    book.remove(cast("Any", book.active))
    for name, rows in sheets.items():
        sheet = cast("Any", book.create_sheet(name))
        for row in rows:
            sheet.append(list(row))
        if rows and len(rows[0]) == 1:
            sheet.merge_cells("A1:D1")
    book.save(path)


def write_ods(path: Path, sheets: Mapping[str, Sequence[Row]]) -> None:
    """Write the rows of each sheet with their types."""
    document = cast("Any", OpenDocumentSpreadsheet())
    for name, rows in sheets.items():
        table = Table(name=name)
        for row in rows:
            line = TableRow()
            for value in row:
                line.addElement(ods_cell(value))
            line.addElement(TableCell(numbercolumnsrepeated="16000"))
            table.addElement(line)
        table.addElement(TableRow(numberrowsrepeated="1048000"))
        document.spreadsheet.addElement(table)
    document.save(str(path))


def ods_cell(value: object) -> Any:
    """Return a cell of the value's type."""
    if isinstance(value, date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=str(value))
    cell = TableCell(valuetype="string")
    for line in str(value).splitlines():
        cell.addElement(P(text=line))
    return cell


def read(path: Path, sheets: Mapping[str, Sequence[Row]], described: Layout) -> WorkbookReading:
    """Write a workbook and read it back."""
    (write_ods if path.suffix == ".ods" else write_xlsx)(path, sheets)
    return read_workbook(path, described)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a path for a workbook."""
    return tmp_path / "book.xlsx"


class TestPublishedTable:
    """Header on row 3 below a merged title, line breaks in headings, marks beside numbers."""

    @pytest.fixture(params=[".xlsx", ".ods"])
    def reading(self, request: pytest.FixtureRequest, tmp_path: Path) -> WorkbookReading:
        """Return what is read of the table, in either format."""
        described = layout(
            document="prs", published=date(2025, 4, 24), area_names={"Total": "England"}
        )
        sheets = {"Cover": [["Read me"]], "Table 3": TABLE, "Notes": NOTES}
        return read(tmp_path / f"book{request.param}", sheets, described)

    def test_every_area_has_its_figure(self, reading: WorkbookReading) -> None:
        """Rows of words and gaps are not figures, and a total is renamed as the layout says."""
        assert [observation.area for observation in reading.observations] == [
            "York",
            "Leeds",
            "Hull",
            "England",
        ]
        assert reading.unread == ()

    def test_a_figure_is_whole(self, reading: WorkbookReading) -> None:
        """Level rounded to the places shown, counts, period, publication and cell are kept."""
        assert reading.observations[0] == Observation(
            measure="reoffending",
            area="York",
            period=FinancialYear("2022-23"),
            counts=Counts(336, 1138),
            level=Percentage("29.5"),
            published=date(2025, 4, 24),
            citation=Citation("prs", "Table 3", "D4"),
        )

    def test_a_withheld_figure_has_its_marks_and_note(self, reading: WorkbookReading) -> None:
        """A missing level is not zero, and the note of the area is resolved."""
        observation = reading.observations[1]
        assert (observation.level, observation.counts, observation.note) == (
            None,
            None,
            "Small numbers.",
        )
        assert observation.marks == (Mark.NOT_AVAILABLE, Mark.CONFIDENTIAL)

    def test_marks_are_apart_from_the_number(self, reading: WorkbookReading) -> None:
        """20.0 [p] [r] is a level of 20.0, provisional and revised."""
        observation = reading.observations[2]
        assert (observation.level, observation.marks) == (
            Percentage("20.0"),
            (Mark.PROVISIONAL, Mark.REVISED),
        )

    def test_a_note_without_a_text_keeps_its_number(self, reading: WorkbookReading) -> None:
        """A note that cannot be resolved is not lost."""
        assert reading.observations[3].note == "[note 9]"


def test_an_accessible_workbook_is_read(book: Path) -> None:
    """A workbook by the government's own rules: one table a sheet, notes on another."""
    sheets: dict[str, list[Row]] = {
        "Cover": [["Accommodation"], ["Contact: a team"]],
        "Contents": [["Sheet name", "Title"], ["Table_1", "Housed on release"]],
        "Notes": [["Notes"], ["Note number", "Note text"], ["note 1", "Few cases."]],
        "Table_1": [
            ["Housed on release, year to March 2024"],
            ["This worksheet contains one table. Some cells have shorthand: [x], [c]"],
            ["Source: Ministry of Justice"],
            ["Area", "Level (%)", "n"],
            ["York", "86.3", "[c]"],
            ["Hull [note 1]", "[x]", 12],
        ],
    }
    described = Layout(
        figures=[FigureColumn(measure="housed", heading="Level (%)")],
        area_heading="Area",
        period_from="title",
    )
    reading = read(book, sheets, described)
    assert reading.unread == ()
    assert [
        (observation.area, observation.level, observation.note)
        for observation in reading.observations
    ] == [
        ("York", Percentage("86.3"), None),
        ("Hull", None, "Few cases."),
    ]
    assert {observation.period for observation in reading.observations} == {
        FinancialYear("2023-24")
    }


class TestPeriods:
    ROWS: ClassVar[list[Row]] = [["Area", "Level"], ["York", "86.3"]]

    def periods(self, reading: WorkbookReading) -> list[Period]:
        """Return the periods of the figures."""
        return [observation.period for observation in reading.observations]

    def test_the_names_of_sheets(self, book: Path) -> None:
        """Each sheet is one period, whatever else its name holds."""
        sheets = dict.fromkeys(["2022-23", "Apr-Jun 2023", "Table_3_March_2022"], self.ROWS)
        assert self.periods(read(book, sheets, simple())) == [
            FinancialYear("2022-23"),
            Quarter("Apr-Jun 2023"),
            Month("March 2022"),
        ]

    def test_a_sheet_that_names_none_or_two_is_reported(self, book: Path) -> None:
        """Nothing is guessed."""
        sheets = dict.fromkeys(["Table 1", "2021 and 2023"], self.ROWS)
        reading = read(book, sheets, simple())
        assert [str(each).partition(":")[0] for each in reading.unread] == list(sheets)
        assert "2021 and 2023" in reading.unread[1].message

    def test_a_layout_may_state_the_period(self, book: Path) -> None:
        """It counts where the sheet names none."""
        described = simple(period=CalendarYear("2023"))
        reading = read(book, {"Table": self.ROWS}, described)
        assert self.periods(reading) == [CalendarYear("2023")]

    def test_a_column_of_words(self, book: Path) -> None:
        """Marks beside a period belong to its figures, and a year may be a number."""
        rows = [["Area", "Level", "Year"], ["York", "1", "2022/23 [p]"], ["York", "2", 2023],
                ["York", "3", ""], ["York", "4", "soon"]]  # fmt: skip
        described = simple(period_from="column", period_heading="Year")
        reading = read(book, {"T": rows}, described)
        assert self.periods(reading) == [FinancialYear("2022-23"), CalendarYear("2023")]
        assert reading.observations[0].marks == (Mark.PROVISIONAL,)
        assert [each.cell for each in reading.unread] == ["C4", "C5"]

    @pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
    @pytest.mark.parametrize(
        ("meaning", "period"),
        [
            ("month", Month("2023-03")),
            ("quarter", Quarter("Q1 2023")),
            ("financial year", FinancialYear("2022-23")),
            ("calendar year", CalendarYear("2023")),
        ],
    )
    def test_a_column_of_days(
        self, tmp_path: Path, suffix: str, meaning: Any, period: Period
    ) -> None:
        """The layout gives the meaning of a day."""
        rows = [["Area", "Level", "To"], ["York", "1", date(2023, 3, 31)]]
        described = simple(period_from="column", period_heading="To", dates_mean=meaning)
        assert self.periods(read(tmp_path / f"b{suffix}", {"T": rows}, described)) == [period]

    def test_a_day_of_unknown_meaning_is_reported(self, book: Path) -> None:
        """A day with a time is still a day, and no period."""
        rows = [["Area", "Level", "To"], ["York", "1", datetime(2023, 3, 31, 9, 30)]]  # noqa: DTZ001
        reading = read(book, {"T": rows}, simple(period_from="column", period_heading="To"))
        assert "dates_mean" in reading.unread[0].message

    def test_headings_that_are_periods(self, book: Path) -> None:
        """Each column is a period of the one measure, with the marks of its heading."""
        rows = [["Area", "2021/22", "2022/23 [r]", "Change"], ["York", 86, "[x]", "1"],
                ["Hull", "", 82, ""]]  # fmt: skip
        described = simple(figures=[FigureColumn(measure="m", places=0)], period_from="headings")
        reading = read(book, {"T": rows}, described)
        assert [
            (observation.area, str(observation.period), observation.level)
            for observation in reading.observations
        ] == [
            ("York", "2021/22", Percentage(86)),
            ("York", "2022/23", None),
            ("Hull", "2022/23", Percentage(82)),
        ]
        assert reading.observations[1].marks == (Mark.NOT_AVAILABLE, Mark.REVISED)

    def test_headings_without_a_period_are_reported(self, book: Path) -> None:
        """A table without a column of figures is not read."""
        described = simple(figures=[FigureColumn(measure="m")], period_from="headings")
        with pytest.raises(LoadError, match="none of the headings here is a period"):
            read(book, {"T": [["Area", "Level"], ["York", 1]]}, described)


class TestCells:
    def figures(self, path: Path, values: Sequence[object], **changes: Any) -> WorkbookReading:
        """Return what is read of a column of levels."""
        rows: list[Row] = [
            ["Area", "Level"],
            *([f"A{at}", value] for at, value in enumerate(values)),
        ]
        return read(path, {"2023": rows}, simple(**changes))

    def levels(self, reading: WorkbookReading) -> list[object]:
        """Return the levels of the figures."""
        return [observation.level for observation in reading.observations]

    def test_a_share_is_no_level_in_per_cent(self, book: Path) -> None:
        """0.274 formatted as 27.4% is 27.4 where the layout says so."""
        values = [0.274, "0.274", "27.4%", 1.0, "1/2"]
        reading = self.figures(book, values, stored="share", places=1)
        wanted = ["27.4", "27.4", "27.4", "100.0", "50"]
        assert self.levels(reading) == [Percentage(each) for each in wanted]

    def test_the_same_number_in_per_cent(self, book: Path) -> None:
        """If the layout says per cent, 0.274 is 0.274%, rounded to the places shown."""
        reading = self.figures(book, [0.274], places=1, stored="per cent")
        assert self.levels(reading) == [Percentage("0.3")]

    def test_an_amount_has_the_unit_of_its_column(self, book: Path) -> None:
        """Numbers of places are amounts, and per cent among them is an error."""
        reading = self.figures(book, [2396.0, "2,400 [e]", "5%"], stored="number", unit="place")
        assert self.levels(reading) == [Amount(2396, "place"), Amount(2400, "place")]
        assert [each.cell for each in reading.unread] == ["B4"]

    def test_what_rounds_to_zero_is_a_zero_with_a_mark(self, book: Path) -> None:
        """[low] is not a missing figure, if the places are known that it rounds to."""
        (observation,) = self.figures(book, ["[low]"], places=1).observations
        assert (observation.level, observation.marks) == (Percentage("0.0"), (Mark.ROUNDS_TO_ZERO,))
        (unread,) = self.figures(book, ["[low]"]).unread
        assert "places" in unread.message

    def test_a_count_out_of_another_has_both(self, book: Path) -> None:
        """8 [r] out of 16 is half."""
        (observation,) = self.figures(book, ["8 [r] out of 16"]).observations
        assert (observation.level, observation.counts) == (Percentage(50), Counts(8, 16))

    def test_an_empty_cell_is_no_figure(self, book: Path) -> None:
        """Nothing published is nothing observed."""
        assert self.figures(book, ["", None, " "]).observations == ()

    def test_older_symbols_are_a_table_of_their_own(self, book: Path) -> None:
        """The same sheet is read once the layout has their marks."""
        assert self.figures(book, [".."]).unread
        reading = self.figures(book, [".."], marks=GOVERNMENT_SHORTHAND | OLDER_SYMBOLS)
        assert reading.observations[0].marks == (Mark.NOT_AVAILABLE,)

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            ("n/k", "is not a number or a known mark"),
            ("[rr]", r"did you mean '\[r\]'"),
            (29.5254, "to how many places"),
            (0.5, "to how many places"),
            (129.0, "not between 0% and 100%"),
            ("-3", "not between 0% and 100%"),
            (True, "not a number but a bool"),
            (date(2023, 3, 1), "not a number but a date"),
            (time(9, 30), "not a number but a time"),
            ("8.5 out of 16", "not a count"),
            ("17 out of 16", "does not make a share"),
            ("x" * 30_000, "30000 characters"),
        ],
    )
    def test_what_cannot_be_read_is_reported_by_its_cell(
        self, book: Path, value: object, message: str
    ) -> None:
        """The rest of the sheet is read, and the message is short."""
        reading = self.figures(book, [50, value])
        assert len(reading.observations) == 1
        (unread,) = reading.unread
        assert str(unread).startswith("2023!B3: ")
        assert len(str(unread)) < 500
        with pytest.raises(AssertionError, match=message):
            raise AssertionError(unread.message)

    def test_formulas_count_by_their_saved_values(self, book: Path) -> None:
        """A formula that was never calculated has no value, and so no figure."""
        reading = self.figures(book, ["=1+1", 50])
        assert self.levels(reading) == [Percentage(50)]


class TestCounts:
    def counts(self, path: Path, numerator: object, denominator: object) -> WorkbookReading:
        """Return what is read of two counts."""
        described = Layout(
            figures=[FigureColumn(measure="m", numerator="Of", denominator="All")],
            area="York",
            period_from="sheet name",
        )
        rows = [["Of", "All"], [numerator, denominator]]
        return read(path, {"2023": rows}, described)

    def test_counts_alone_make_a_level(self, book: Path) -> None:
        """Where no level is published it is exactly that of the counts."""
        (observation,) = self.counts(book, "1,336", 2672.0).observations
        assert (observation.area, observation.level, observation.counts) == (
            "York",
            Percentage(50),
            Counts(1336, 2672),
        )

    def test_a_withheld_count_makes_no_level(self, book: Path) -> None:
        """One count is not a share."""
        (observation,) = self.counts(book, "[c]", 2672).observations
        assert (observation.level, observation.counts, observation.marks) == (
            None,
            None,
            (Mark.CONFIDENTIAL,),
        )

    @pytest.mark.parametrize("count", ["1.5", 1.5, "5%", "1 out of 2", "-1", True, "many", 9])
    def test_what_is_no_count_is_reported(self, book: Path, count: object) -> None:
        """Counts are whole, and the part is no more than the whole."""
        reading = self.counts(book, count, 8)
        assert [each.cell for each in reading.unread] == ["A2"]
        assert reading.observations == ()


class TestTables:
    def test_an_area_that_is_missing_is_reported(self, book: Path) -> None:
        """A total row without a name is not a figure of any area."""
        reading = read(book, {"2023": [["Area", "Level"], ["", 5], ["York", 6]]}, simple())
        assert [str(each).partition(" ")[0] for each in reading.unread] == ["2023!A2:"]

    def test_rows_may_be_left_out(self, book: Path) -> None:
        """Totals are read unless the layout omits them."""
        rows = [["Area", "Level"], ["York", 5], ["Total (all)", 6]]
        reading = read(book, {"2023": rows}, simple(skip_rows=["total *"]))
        assert [observation.area for observation in reading.observations] == ["York"]

    def test_only_the_named_sheets_are_read(self, book: Path) -> None:
        """One that is named and has no table is reported."""
        rows = [["Area", "Level"], ["York", 5]]
        sheets = {"2022": rows, "Table 2023": rows, "Table 2024": [["nothing"]]}
        reading = read(book, sheets, simple(sheets=["Table *"]))
        assert [str(observation.period) for observation in reading.observations] == ["2023"]
        assert [each.sheet for each in reading.unread] == ["Table 2024"]

    def test_a_hidden_sheet_is_reported_and_not_read(self, book: Path) -> None:
        """A hidden figure of a workbook is not a published figure."""
        rows: list[Row] = [["Area", "Level"], ["York", 5]]
        write_xlsx(book, {"2022": rows, "2023": rows})
        opened = openpyxl.load_workbook(book)
        cast("Any", opened["2022"]).sheet_state = "hidden"
        opened.save(book)
        reading = read_workbook(book, simple())
        assert [str(observation.period) for observation in reading.observations] == ["2023"]
        assert [str(each).partition(":")[0] for each in reading.unread] == ["2022"]

    def test_a_hidden_table_of_ods_is_reported(self, tmp_path: Path) -> None:
        """ODS hides a sheet by its style."""
        document = cast("Any", OpenDocumentSpreadsheet())
        style = Style(name="hidden", family="table")
        style.addElement(TableProperties(display="false"))
        document.automaticstyles.addElement(style)
        table = Table(name="2023", stylename=style)
        line = TableRow()
        line.addElement(ods_cell("Area"))
        table.addElement(line)
        document.spreadsheet.addElement(table)
        document.save(str(tmp_path / "book.ods"))
        with pytest.raises(LoadError, match="hidden"):
            read_workbook(tmp_path / "book.ods", simple())

    def test_a_missing_heading_gets_advice(self, book: Path) -> None:
        """The nearest row is taken for the heading that was meant."""
        with pytest.raises(LoadError, match="'Level' is missing: did you mean 'Levels'") as caught:
            read(book, {"2023": [["Area", "Levels"], ["York", 5]]}, simple())
        assert caught.value.problems[0].path == "2023"

    def test_a_heading_that_stands_twice_is_reported(self, book: Path) -> None:
        """The layout must say more of it."""
        with pytest.raises(LoadError, match="is in B1 and C1"):
            read(book, {"2023": [["Area", "Level", "LEVEL [note 1]"], ["York", 5, 6]]}, simple())

    def test_a_workbook_without_any_heading(self, book: Path) -> None:
        """The message names what was looked for."""
        with pytest.raises(LoadError, match="no sheet has a heading 'Area', 'Level'"):
            read(book, {"2023": [["nothing"]]}, simple())

    def test_a_misspelt_sheet_gets_advice(self, book: Path) -> None:
        """The nearest name is offered."""
        with pytest.raises(LoadError, match="did you mean 'Table 3'"):
            read(book, {"Table 3": TABLE}, layout(sheets=["Table3"]))

    def test_no_period_heading_anywhere(self, book: Path) -> None:
        """A layout without any heading still says what it looked for."""
        described = Layout(figures=[FigureColumn(measure="m")], area="York", period_from="headings")
        with pytest.raises(LoadError, match="period"):
            read(book, {"T": [["x"]]}, described)


class TestLayouts:
    HOUSED = Measure(id="housed", name="Housed", counts="releases", better="higher")

    def test_a_measure_may_be_given_whole(self) -> None:
        """Its id is what counts."""
        assert FigureColumn(measure=self.HOUSED, heading="Level").measure == "housed"

    @pytest.mark.parametrize(
        "fields",
        [
            {"heading": "a", "numerator": "b"},
            {"heading": "a", "stored": "number"},
            {"heading": "a", "unit": "place"},
        ],
    )
    def test_a_column_that_contradicts_itself(self, fields: dict[str, Any]) -> None:
        """One count alone, a number of per cent and per cent of a unit are refused."""
        with pytest.raises(RecordError, match="'m'"):
            FigureColumn(measure="m", **fields)

    @pytest.mark.parametrize(
        "changes",
        [
            {"figures": []},
            {"figures": [FigureColumn(measure="m")]},
            {"area": "York"},
            {"area_heading": None},
            {"period_heading": "Year"},
            {"period_from": "column"},
            {"period_from": "headings"},
        ],
    )
    def test_a_layout_that_contradicts_itself(self, changes: dict[str, Any]) -> None:
        """Too little and too much are refused when the layout is made, not when it is used."""
        with pytest.raises(RecordError):
            layout(**changes)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def plain_parts() -> dict[str, bytes]:
    """Return the parts of a small workbook."""
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    cast("Any", book.active).append(["Area", "Level"])
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


SHEET = "xl/worksheets/sheet1.xml"
XLSX = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
ODS = b"<x:document><x:table>"


def with_sheet(rows: bytes) -> bytes:
    """Return a workbook whose sheet has these rows, in XML."""
    return packed(plain_parts() | {SHEET: XLSX + rows + b"</sheetData></worksheet>"})


def with_table(rows: bytes) -> bytes:
    """Return a document whose table has these rows, in XML."""
    return packed({"content.xml": ODS + rows + b"</x:table></x:document>"})


FAR_APART = (
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="999999"><c r="XFD999999"><v>1</v></c></row>'
)
REPEATED = b'<x:table-row x:number-rows-repeated="1000000"><x:table-cell %s/></x:table-row>'
ENTITIES = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'


class TestStrangers:
    """A workbook from a stranger ends in one message, or in its figures."""

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "the workbook is damaged"),
            (b"hello", "the workbook is damaged"),
            (packed(plain_parts())[:900], "the workbook is damaged"),
            (packed({"readme.txt": b"hello"}), "an archive without sheets"),
            (packed({"xl/workbook.xml": b"<a/>"}), "cannot be read as a workbook"),
            (packed({"xl/workbook.xml": ENTITIES}), "declares a document type"),
            (packed({"content.xml": b"<table:table>"}), "not well-formed XML"),
            (packed({"content.xml": b'<?xml version="1.0" encoding="UTF-88"?><a/>'}), "XML"),
            (with_sheet(FAR_APART), "reach over more than"),
            (with_sheet(b"<row/>" * 300 + b'<row r="9999"/>' + b"<row><c><v/></c></row>"
                        + b"<row>" + b"<c><v>1</v></c>" * 300 + b"</row>"), "reach over more than"),
            (with_table(REPEATED % b'x:value-type="a" x:number-columns-repeated="9"'), "reach"),
            (with_table(REPEATED % b'x:number-columns-repeated="many"'), "repeated 'many' times"),
            (packed(plain_parts() | {"xl/sheet.bin": XLSX}), "not a name for a sheet"),
            (packed(plain_parts() | {SHEET: b"<worksheet/>"}), None),
        ],
    )  # fmt: skip
    def test_a_hostile_file_is_answered_once(
        self, book: Path, content: bytes, message: str | None
    ) -> None:
        """Broken, swollen, sparse and disguised files each have one clear error."""
        book.write_bytes(content)
        with pytest.raises(LoadError, match=message or "no sheet has a heading") as caught:
            read_workbook(book, simple())
        assert len(caught.value.problems) == 1

    @pytest.mark.parametrize("filled", [b"", b'<x:table-cell x:value-type="float"/>'])
    def test_empty_repeated_cells_cost_nothing(
        self, book: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Programs fill sheets up with a million empty rows, which is not an attack."""
        monkeypatch.setattr("rrmodel.io._workbook_files._MOST_CELLS", 5)
        rows = (
            b"<x:table-row>%s</x:table-row>" % filled + REPEATED % b'x:number-columns-repeated="9"'
        )
        book.write_bytes(with_table(rows))
        with pytest.raises(LoadError, match="cannot be read as a workbook"):
            read_workbook(book, simple())

    @pytest.mark.parametrize(
        ("limit", "message"),
        [
            ("_LARGEST_FILE", "split it"),
            ("_LARGEST_UNPACKED", "split it"),
            ("_MOST_PARTS", "parts"),
        ],
    )
    def test_a_swollen_file_is_refused_unread(
        self, book: Path, monkeypatch: pytest.MonkeyPatch, limit: str, message: str
    ) -> None:
        """Bytes and parts are counted before any is unpacked."""
        book.write_bytes(packed(plain_parts()))
        monkeypatch.setattr(f"rrmodel.io._workbook_files.{limit}", 5)
        with pytest.raises(LoadError, match=message):
            read_workbook(book, simple())

    def test_a_part_that_unpacks_to_more_than_it_says(self, book: Path) -> None:
        """The sum over the part gives the lie away."""
        content = bytearray(packed({"xl/workbook.xml": b"<a>" + b" " * 10_000 + b"</a>"}))
        place = content.rindex(b"PK\x01\x02") + 24
        content[place : place + 4] = (10).to_bytes(4, "little")
        book.write_bytes(content)
        with pytest.raises(LoadError, match="the workbook is damaged"):
            read_workbook(book, simple())

    def test_a_locked_workbook_is_refused(self, book: Path) -> None:
        """A part with a password cannot be unpacked."""
        content = bytearray(packed({"xl/workbook.xml": b"<a/>"}))
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            content[content.rindex(mark) + place] |= 1
        book.write_bytes(content)
        with pytest.raises(LoadError, match="password"):
            read_workbook(book, simple())

    @pytest.mark.parametrize(
        ("name", "message"), [("a.xls", "suffix"), ("none.ods", "no such file")]
    )
    def test_a_file_that_is_not_there_or_of_another_kind(
        self, tmp_path: Path, name: str, message: str
    ) -> None:
        """The message says which suffixes are read."""
        with pytest.raises(LoadError, match=message):
            read_workbook(tmp_path / name, simple())

    def test_the_extra_is_named_when_it_is_missing(
        self, book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without python-calamine the message says what to install."""
        monkeypatch.setitem(sys.modules, "python_calamine", None)
        with pytest.raises(MissingExtraError, match=r"^Reading XLSX needs python-calamine: pip"):
            read_workbook(book, simple())

    def test_a_sheet_of_charts_is_no_table(self, book: Path) -> None:
        """Only sheets with cells are read."""
        opened = openpyxl.Workbook()
        opened.create_chartsheet("Chart")
        opened.save(book)
        with pytest.raises(LoadError, match="no sheet has a heading"):
            read_workbook(book, simple())


CHANGES: list[Callable[[str], str]] = [str.upper, str.lower, lambda text: f"  {text}\n[note 1]"]


@pytest.mark.parametrize("change", CHANGES)
def test_headings_match_by_their_words(book: Path, change: Callable[[str], str]) -> None:
    """Case, spaces and notes make no difference."""
    reading = read(book, {"2023": [["Area", change("Level")], ["York", 5]]}, simple())
    assert len(reading.observations) == 1
