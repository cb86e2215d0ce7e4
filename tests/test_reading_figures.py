"""Figures as people have them: CSV, frames and workbooks answer alike."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import numpy as np
import openpyxl
import pandas as pd
import polars as pl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from rrmodel import datasets, evaluate_plan, frames
from rrmodel.errors import LoadError, LossWarning, RecordError
from rrmodel.io import (
    FigureColumn,
    Layout,
    dumps_observations,
    load_observations,
    loads_observations,
    observations_from_rows,
    read_workbook,
)
from rrmodel.model import Counts, Mark, Measure, Observation
from rrmodel.periods import CalendarYear, DateRange, FinancialYear, Month, Period, Quarter
from rrmodel.quantities import Amount, Percentage

HOUSED = Measure(id="housed", name="Housed", counts="releases", better="higher")
PLACES = Measure(id="places", name="Places", counts="places", better="higher", unit="place")
GAP = Measure(id="gap", name="Gap", counts="people", better="lower", unit="percentage points")
USE = Measure(id="use", name="Use", counts="people", better="lower", unit="% of capacity")
DEATHS = Measure(
    id="deaths", name="Deaths", counts="deaths", better="lower", unit="per 1,000 prisoners"
)
MEASURES = (HOUSED, PLACES, GAP, USE, DEATHS)
PLAIN = {"measure": "housed", "area": "York", "period": "2022/23"}
Rows = Sequence[Mapping[str, object]]
Reader = Callable[[Rows, Path], tuple[Observation, ...]]


def columns_of(rows: Rows) -> list[str]:
    """Return the names of all columns, in order."""
    return list(dict.fromkeys(name for row in rows for name in row))


def by_rows(rows: Rows, _: Path) -> tuple[Observation, ...]:
    """Read mappings."""
    return observations_from_rows(rows)


def by_csv(rows: Rows, _: Path) -> tuple[Observation, ...]:
    """Read a text."""
    names = columns_of(rows)
    lines = [
        names,
        *(["" if row.get(n) is None else str(row.get(n)) for n in names] for row in rows),
    ]
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    return loads_observations(text, measures=MEASURES).observations


def by_polars(rows: Rows, _: Path) -> tuple[Observation, ...]:
    """Read a frame of polars."""
    names = columns_of(rows)
    return frames.observations(pl.DataFrame({n: [row.get(n) for row in rows] for n in names}))


def by_pandas(rows: Rows, _: Path) -> tuple[Observation, ...]:
    """Read a frame of pandas."""
    return frames.observations(pd.DataFrame(list(rows)))


def by_xlsx(rows: Rows, folder: Path) -> tuple[Observation, ...]:
    """Read a workbook in the tidy layout."""
    names = columns_of(rows)
    book = openpyxl.Workbook()
    sheet = cast("Any", book.active)
    sheet.append(names)
    for row in rows:
        sheet.append([row.get(name) for name in names])
    book.save(folder / "f.xlsx")
    return load_observations(folder / "f.xlsx", measures=MEASURES).observations


READERS: list[Reader] = [by_rows, by_csv, by_polars, by_pandas, by_xlsx]
every_reader = pytest.mark.parametrize("read", READERS)


def problems(read: Callable[[], object]) -> list[str]:
    """Return what is wrong in what is read."""
    with pytest.raises(LoadError) as caught:
        read()
    return [problem.message for problem in caught.value.problems]


@every_reader
class TestMissingFigures:
    @pytest.mark.parametrize(
        ("fields", "level", "marks"),
        [
            ({"level": "[c]"}, None, [Mark.CONFIDENTIAL]),
            ({"level": "[x]"}, None, [Mark.NOT_AVAILABLE]),
            ({"level": ".."}, None, [Mark.NOT_AVAILABLE]),
            ({"level": "82% [p]"}, Percentage(82), [Mark.PROVISIONAL]),
            ({"level": "82%(r)"}, Percentage(82), [Mark.REVISED]),
            ({"level": "200 place [e]", "measure": "places"}, Amount(200, "place"),
             [Mark.ESTIMATED]),
            ({"level": "8 out of 16 [r]"}, Percentage(50), [Mark.REVISED]),
            ({"value": "82.1 [p] [r]", "unit": "%"}, Percentage("82.1"),
             [Mark.PROVISIONAL, Mark.REVISED]),
            ({"value": "[z]", "unit": "%"}, None, [Mark.NOT_APPLICABLE]),
            ({"value": "*"}, None, [Mark.CONFIDENTIAL]),
            ({"value": "100/3 [p]", "unit": "%"}, Percentage("100/3"), [Mark.PROVISIONAL]),
            ({"value": "[low]", "unit": "%", "places": "1"}, Percentage("0.0"),
             [Mark.ROUNDS_TO_ZERO]),
            ({"level": "[low]", "places": "0"}, Percentage(0), [Mark.ROUNDS_TO_ZERO]),
            ({"numerator": "0", "denominator": "0"}, None, [Mark.NOT_APPLICABLE]),
            ({"numerator": "[c]", "denominator": "160"}, None, [Mark.CONFIDENTIAL]),
            ({"numerator": "..", "denominator": ".."}, None, [Mark.NOT_AVAILABLE]),
            ({"numerator": "[c]"}, None, [Mark.CONFIDENTIAL]),
            ({"period": "2022/23 [b]", "level": "82%"}, Percentage(82), [Mark.BREAK]),
            ({"marks": "[p]; Revised", "level": "82%"}, Percentage(82),
             [Mark.PROVISIONAL, Mark.REVISED]),
        ],
    )  # fmt: skip
    def test_a_row_without_a_figure_is_a_figure_that_is_missing(
        self, read: Reader, tmp_path: Path, fields: dict[str, object], level: object,
        marks: list[Mark],
    ) -> None:  # fmt: skip
        """Marks are kept, and the rows beside are read."""
        rows = [PLAIN | fields, PLAIN | {"area": "Hull", "level": "83%"}]
        first, second = read(rows, tmp_path)
        assert (first.level, list(first.marks)) == (level, marks)
        assert second.level == Percentage(83)

    def test_counts_may_have_marks(self, read: Reader, tmp_path: Path) -> None:
        """A revised count is a count."""
        (observation,) = read([PLAIN | {"numerator": "338 [r]", "denominator": "1,000"}], tmp_path)
        assert (observation.counts, observation.marks) == (Counts(338, 1000), (Mark.REVISED,))

    def test_the_note_of_a_cell_is_kept(self, read: Reader, tmp_path: Path) -> None:
        """A number of a note joins the note of the row."""
        (observation,) = read([PLAIN | {"level": "82% [note 2]", "note": "Few."}], tmp_path)
        assert observation.note == "Few. [note 2]"

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"level": "#DIV/0!"}, "the error #DIV/0!"),
            ({"value": "#N/A", "unit": "%"}, "the error #N/A"),
            ({"level": "82%", "value": "#REF!"}, "the error #REF!"),
            ({"numerator": "#VALUE!", "denominator": "3"}, "the error #VALUE!"),
            ({"area": "#NAME?"}, "the error #NAME?"),
            ({"period": "Err:502"}, "the error Err:502"),
            ({"marks": "#NULL!"}, "the error #NULL!"),
            ({"level": "n/a"}, "not a level or a known mark"),
            ({"level": "82% [q]"}, "unknown mark"),
            ({"level": "-"}, "not a level or a known mark"),
            ({"level": "[low]"}, "how many places"),
            ({"value": "+5", "unit": "%"}, "has a sign"),
            ({"level": "50%", "numerator": "0", "denominator": "0"}, "0 of 0"),
            ({"level": "8 out of 16", "numerator": "1", "denominator": "2"}, "not those of this"),
            ({"numerator": "5", "denominator": "0"}, "5 of 0"),
            ({"numerator": "5%", "denominator": "7"}, "not a count"),
            ({"value": "82%", "unit": "place"}, "in per cent"),
            ({"value": "1", "unit": "%", "places": "[x]"}, "is not a number: write a whole one"),
            ({"level": "x" * 2000}, "2000 characters"),
        ],
    )
    def test_what_is_neither_a_figure_nor_a_mark_is_reported(
        self, read: Reader, tmp_path: Path, fields: dict[str, object], expected: str
    ) -> None:
        """There is one message, which says what to do."""
        (message,) = problems(lambda: read([PLAIN | fields], tmp_path))
        assert expected in message
        assert len(message) < 300


@every_reader
class TestScale:
    @pytest.mark.parametrize("values", [["0.82"], ["0.82", "0.79"], ["0", "0.5", "1"]])
    def test_a_column_of_shares_is_not_taken_for_per_cent(
        self, read: Reader, tmp_path: Path, values: list[str]
    ) -> None:
        """Where no number is above 1, the message says how to write either meaning."""
        rows = [
            PLAIN | {"area": f"A{at}", "value": value, "unit": "%"}
            for at, value in enumerate(values)
        ]
        (message,) = problems(lambda: read(rows, tmp_path))
        assert "but no number in the figures of 'housed' is above 1" in message
        assert "% in the column 'level' if it is a share of 1" in message

    def test_a_share_among_percentages_is_reported(self, read: Reader, tmp_path: Path) -> None:
        """A figure a hundred times smaller than others of its area is one of another scale."""
        rows = [
            PLAIN | {"value": "81", "unit": "%"},
            PLAIN | {"period": "2023/24", "value": "0.82", "unit": "%"},
            PLAIN | {"area": "Hull", "value": "0.9", "unit": "%"},
        ]
        (message,) = problems(lambda: read(rows, tmp_path))
        assert message.removeprefix("value: ").startswith("0.82 is read as 0.82%, but another ")

    @pytest.mark.parametrize(
        "fields",
        [
            {"level": "0.82%"},
            {"value": "0.82%"},
            {"value": "0.82 %", "unit": "%"},
            {"level": "0.82%", "value": "0.82", "unit": "%"},
        ],
    )
    def test_a_number_with_its_sign_is_what_it_says(
        self, read: Reader, tmp_path: Path, fields: dict[str, object]
    ) -> None:
        """0.82% is a small percentage."""
        (observation,) = read([PLAIN | fields], tmp_path)
        assert observation.level == Percentage("0.82")

    def test_a_small_percentage_is_written_with_its_sign(
        self, read: Reader, tmp_path: Path
    ) -> None:
        """Everything that is written is read back."""
        (observation,) = read([PLAIN | {"level": "0.8%"}], tmp_path)
        assert loads_observations(
            dumps_observations([observation]), measures=MEASURES
        ).observations == (observation,)


def styled(folder: Path, value: object, code: str, heading: str = "level") -> Path:
    """Write a workbook in the tidy layout whose only figure has a number format."""
    book = openpyxl.Workbook()
    sheet = cast("Any", book.active)
    sheet.append(["measure", "area", "period", heading])
    sheet.append(["housed", "York", "2022/23", value])
    sheet["D2"].number_format = code
    book.save(folder / "f.xlsx")
    return folder / "f.xlsx"


class TestFormats:
    @pytest.mark.parametrize(
        ("value", "code", "level"),
        [
            (0.821, "0.0%", "82.1"),
            (0.8215, "0.0%", "82.2"),
            (0.285, "0%", "29"),
            (1, "0.00%", "100.00"),
            (0.82, "#,##0.0%;[Red]-0.0%", "82.0"),
            (82.1, '0.0"%"', "82.1"),
            (82.1, r"0.0\%", "82.1"),
        ],
    )
    def test_a_cell_formatted_as_per_cent_is_read_as_shown(
        self, tmp_path: Path, value: float, code: str, level: str
    ) -> None:
        """0.821 that is shown as 82.1% is 82.1%, with the decimals shown."""
        path = styled(tmp_path, value, code)
        (observation,) = load_observations(path, measures=[HOUSED]).observations
        assert observation.level == Percentage(level)
        assert observation.level.places == Percentage(level).places

    def test_it_is_read_so_beside_a_unit(self, tmp_path: Path) -> None:
        """The column value needs no unit where the cell shows one."""
        path = styled(tmp_path, 0.821, "0.0%", "value")
        (observation,) = load_observations(path, measures=[HOUSED]).observations
        assert observation.level == Percentage("82.1")

    def test_a_level_and_a_value_are_compared(self, tmp_path: Path) -> None:
        """Both may show the same figure."""
        book = openpyxl.Workbook()
        sheet = cast("Any", book.active)
        sheet.append(["measure", "area", "period", "level", "value", "unit"])
        sheet.append(["housed", "York", "2022/23", "82.1%", 0.821, "%"])
        sheet["E2"].number_format = "0.0%"
        book.save(tmp_path / "f.xlsx")
        (observation,) = load_observations(tmp_path / "f.xlsx", measures=[HOUSED]).observations
        assert observation.level == Percentage("82.1")

    @pytest.mark.parametrize("value", [float("1e300"), True, "82%"])
    def test_a_format_alone_makes_no_number(self, tmp_path: Path, value: object) -> None:
        """Texts and switches stay as they are, and numbers beyond 100% are refused."""
        path = styled(tmp_path, value, "0.0%")
        if value == "82%":
            assert load_observations(path, measures=[HOUSED]).observations[0].level
        else:
            assert problems(lambda: load_observations(path, measures=[HOUSED]))

    def test_a_number_without_end_is_refused(self, tmp_path: Path) -> None:
        """A file may have numbers that no program shows."""
        path = styled(tmp_path, 0.821, "0.0%")
        with zipfile.ZipFile(path) as made:
            parts = {name: made.read(name) for name in made.namelist()}
        with zipfile.ZipFile(path, "w") as book:
            for name, part in parts.items():
                book.writestr(name, part.replace(b"<v>0.821</v>", b"<v>1e999</v>"))
        assert problems(lambda: load_observations(path, measures=[HOUSED]))

    def test_a_month_that_a_cell_shows_is_a_period(self, tmp_path: Path) -> None:
        """A program that turned 'Mar-24' into a day still shows the month."""
        book = openpyxl.Workbook()
        sheet = cast("Any", book.active)
        sheet.append(["measure", "area", "period", "level", "published"])
        sheet.append(["housed", "York", date(2024, 3, 1), "82%", date(2024, 5, 1)])
        sheet["C2"].number_format = "mmm-yy"
        sheet["E2"].number_format = "mmm yyyy"
        book.save(tmp_path / "f.xlsx")
        (observation,) = load_observations(tmp_path / "f.xlsx", measures=[HOUSED]).observations
        assert (observation.period, observation.published) == (Month("2024-03"), date(2024, 5, 1))

    def test_a_day_is_not_a_period(self, tmp_path: Path) -> None:
        """The message offers the periods that it can mean."""
        rows = [PLAIN | {"period": date(2024, 3, 1), "level": "82%"}]
        (message,) = problems(lambda: by_xlsx(rows, tmp_path))
        assert "write a period such as 'March 2024' or '2023/24'" in message

    @pytest.mark.parametrize(
        ("dates_mean", "period"),
        [(None, Month("2024-03")), ("financial year", FinancialYear("2023-24"))],
    )
    def test_a_published_workbook_is_read_alike(
        self, tmp_path: Path, dates_mean: Any, period: Period
    ) -> None:
        """Formats count beside a layout, and what the layout states counts before them."""
        book = openpyxl.Workbook()
        sheet = cast("Any", book.active)
        for row in (["Area", "To", "Level"], ["York", date(2024, 3, 31), 0.821]):
            sheet.append(row)
        sheet["B2"].number_format = "mmm-yy"
        sheet["C2"].number_format = "0%"
        book.save(tmp_path / "f.xlsx")
        layout = Layout(
            figures=[FigureColumn(measure="housed", heading="Level", places=1)],
            area_heading="Area", period_from="column", period_heading="To", dates_mean=dates_mean,
        )  # fmt: skip
        (observation,) = read_workbook(tmp_path / "f.xlsx", layout).observations
        assert (observation.level, observation.period) == (Percentage("82.1"), period)

    def test_a_share_in_a_column_of_amounts_is_reported(self, tmp_path: Path) -> None:
        """A cell in per cent is not a number of places."""
        path = styled(tmp_path, 0.5, "0%", "value")
        book = openpyxl.load_workbook(path)
        sheet = cast("Any", book.active)
        sheet["E1"], sheet["E2"] = "unit", "place"
        book.save(path)
        (message,) = problems(lambda: load_observations(path, measures=[HOUSED]))
        assert message == "value: 50% is in per cent, not in 'place': check the unit"


class TestPublishedScale:
    def read(self, path: Path, values: Sequence[object], **fields: Any) -> tuple[Any, ...]:
        """Return what is read of a column, and what is not."""
        book = openpyxl.Workbook()
        sheet = cast("Any", book.active)
        sheet.title = "2023"
        for row in (["Area", "Level"], *zip(["York", "York", "Hull"], values, strict=False)):
            sheet.append(list(row))
        book.save(path / "f.xlsx")
        layout = Layout(
            figures=[FigureColumn(measure="housed", heading="Level", places=2, **fields)],
            area_heading="Area", period_from="sheet name",
        )  # fmt: skip
        reading = read_workbook(path / "f.xlsx", layout)
        return [observation.level for observation in reading.observations], reading.unread

    def test_a_column_of_shares_is_reported_and_not_read(self, tmp_path: Path) -> None:
        """The layout has to say how its numbers are stored."""
        levels, (unread,) = self.read(tmp_path, [0.82, 0.79, "[x]"])
        assert levels == [None]
        assert (unread.cell, "stored='share'" in unread.message) == ("B2", True)

    def test_a_share_among_percentages_is_reported(self, tmp_path: Path) -> None:
        """Only the number that is doubted is not read."""
        levels, (unread,) = self.read(tmp_path, [0.82, 81.0, 79.0])
        assert levels == [Percentage(81), Percentage(79)]
        assert unread.cell == "B2"

    def test_what_the_layout_states_is_believed(self, tmp_path: Path) -> None:
        """Small percentages and shares are read as stated."""
        assert self.read(tmp_path, [0.82], stored="per cent")[0] == [Percentage("0.82")]
        assert self.read(tmp_path, [0.82], stored="share")[0] == [Percentage(82)]


def ods(path: Path, *rows: Sequence[Any]) -> Path:
    """Write an ODS file of one sheet from cells."""
    document = cast("Any", OpenDocumentSpreadsheet())
    table = Table(name="Figures")
    for row in rows:
        line = TableRow()
        for cell in row:
            made = TableCell(valuetype="string") if isinstance(cell, str) else cell
            if isinstance(cell, str):
                made.addElement(P(text=cell))
            line.addElement(made)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def ods_cell(shown: str, **fields: Any) -> Any:
    """Return a cell that shows a text."""
    cell = TableCell(**fields)
    cell.addElement(P(text=shown))
    return cell


HEADING = ("measure", "area", "period", "level")


class TestOds:
    def test_a_percentage_is_read_as_shown(self, tmp_path: Path) -> None:
        """The type of a cell and the decimals that it shows tell."""
        cells = [
            ods_cell("82.1%", valuetype="percentage", value="0.821"),
            ods_cell("82,10 %", valuetype="percentage", value="0.821"),
            ods_cell("82%", valuetype="percentage", value="0.821", numbercolumnsrepeated="1"),
        ]
        rows = [("housed", f"A{at}", "2022/23", cell) for at, cell in enumerate(cells)]
        path = ods(tmp_path / "f.ods", HEADING, *rows)
        levels = [
            observation.level
            for observation in load_observations(path, measures=[HOUSED]).observations
        ]
        assert [str(level) for level in levels] == ["82.1%", "82.10%", "82%"]

    @pytest.mark.parametrize(
        "fields",
        [
            {"valuetype": "string", "stringvalue": ""},
            {"valuetype": "float", "value": "0"},
            {"valuetype": "percentage", "value": "0"},
        ],
    )
    @pytest.mark.parametrize("shown", ["#DIV/0!", "#N/A", "Err:502"])
    def test_an_error_is_reported(self, tmp_path: Path, fields: dict[str, Any], shown: str) -> None:
        """Whatever value a program saves with it."""
        row = ("housed", "York", "2022/23", ods_cell(shown, formula="of:=1/0", **fields))
        path = ods(tmp_path / "f.ods", HEADING, row)
        with pytest.raises(LoadError, match=f"{shown}.*Figures!D2"):
            load_observations(path, measures=[HOUSED])

    def test_repeated_rows_and_notes_of_cells_are_counted(self, tmp_path: Path) -> None:
        """An error below repeated rows has its cell, and a comment is not what a cell shows."""
        names = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{name}</text:p>'
            "</table:table-cell>"
            for name in HEADING
        )
        urn = "urn:oasis:names:tc:opendocument:xmlns"
        content = (
            f'<office:document-content xmlns:office="{urn}:office:1.0"'
            f' xmlns:table="{urn}:table:1.0" xmlns:text="{urn}:text:1.0">'
            '<office:body><office:spreadsheet><table:table table:name="T">'
            f"<table:table-row>{names}</table:table-row>"
            '<table:table-row table:number-rows-repeated="2"><table:table-cell/>'
            "</table:table-row><table:table-row>"
            '<table:table-cell table:number-columns-repeated="3" office:value-type="string">'
            "<text:p>x</text:p></table:table-cell>"
            '<table:table-cell office:value-type="string">'
            "<office:annotation><text:p>#1</text:p></office:annotation><text:p>#N/A</text:p>"
            "<table:table><table:table-row/></table:table></table:table-cell>"
            "</table:table-row></table:table></office:spreadsheet></office:body>"
            "</office:document-content>"
        )
        with zipfile.ZipFile(tmp_path / "f.ods", "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("META-INF/manifest.xml", "<manifest/>")
            archive.writestr("content.xml", content)
        with pytest.raises(LoadError, match=r"#N/A.*T!D4"):
            load_observations(tmp_path / "f.ods", measures=[HOUSED])


class TestErrorCells:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("=1/0", "has no saved value"),
            ("#DIV/0!", "the error #DIV/0!"),
            ("#N/A", "the error #N/A"),
            ("#REF!", "the error #REF!"),
        ],
    )
    def test_an_error_cell_is_reported(self, tmp_path: Path, value: str, expected: str) -> None:
        """It is not an empty cell, also at the end of a sheet."""
        (message,) = problems(lambda: by_xlsx([PLAIN | {"level": value}], tmp_path))
        assert expected in message

    def test_an_error_cell_is_unread_in_a_published_workbook(self, tmp_path: Path) -> None:
        """Figures, areas and periods are reported by their cells, and the rest is read."""
        book = openpyxl.Workbook()
        sheet = cast("Any", book.active)
        for row in (
            ["Area", "Year", "Level"],
            ["York", "2023", "#DIV/0!"],
            ["#REF!", "2023", 82],
            ["Hull", "#N/A", 82],
            ["Ely", "2023", 82],
        ):
            sheet.append(row)
        book.save(tmp_path / "f.xlsx")
        layout = Layout(
            figures=[FigureColumn(measure="housed", heading="Level")],
            area_heading="Area", period_from="column", period_heading="Year",
        )  # fmt: skip
        reading = read_workbook(tmp_path / "f.xlsx", layout)
        assert [observation.area for observation in reading.observations] == ["Ely"]
        assert [each.cell for each in reading.unread] == ["C2", "A3", "B4"]

    def test_cells_without_names_are_counted(self, tmp_path: Path) -> None:
        """A program may leave the names of rows and cells out."""
        buffer = io.BytesIO()
        openpyxl.Workbook().save(buffer)
        sheet = (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            "<sheetData><row>"
            + "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADING)
            + '</row><row><c t="str"><f>A1</f><v></v></c><c/><c/><c t="e"><v>#NUM!</v></c>'
            '<c t="e"/></row></sheetData></worksheet>'
        )
        with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(tmp_path / "f.xlsx", "w") as book:
            for name in made.namelist():
                is_sheet = name.endswith("sheet1.xml")
                book.writestr(name, sheet if is_sheet else made.read(name))
        with pytest.raises(LoadError, match=r"#NUM!.*Sheet!D2"):
            load_observations(tmp_path / "f.xlsx", measures=[HOUSED])


@every_reader
class TestDates:
    def days(self, read: Reader, path: Path, *days: object) -> list[object]:
        """Return the days of publication that are read."""
        rows = [PLAIN | {"area": f"A{at}", "published": day} for at, day in enumerate(days)]
        return [observation.published for observation in read(rows, path)]

    @pytest.mark.parametrize(
        ("days", "first"),
        [
            (["25/07/2024"], date(2024, 7, 25)),
            (["07/25/2024"], date(2024, 7, 25)),
            (["05.05.2024"], date(2024, 5, 5)),
            (["01/08/2024", "25/07/2024"], date(2024, 8, 1)),
            (["08/01/2024", "07/25/2024"], date(2024, 8, 1)),
            (["01-08-24", "25/07/2024"], date(2024, 8, 1)),
            (["25/07/24"], date(2024, 7, 25)),
            (["2024-07-25 "], date(2024, 7, 25)),
        ],
    )
    def test_a_day_is_read_where_the_others_leave_one_reading(
        self, read: Reader, tmp_path: Path, days: list[str], first: date
    ) -> None:
        """The order of day and month is that of the dates beside it."""
        assert self.days(read, tmp_path, *days)[0] == first

    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            (["01/08/2024"], "1 August 2024 or 8 January 2024: write 2024-08-01 or 2024-01-08"),
            (["01/08/2024", "25/07/2024", "07/25/2024"], "1 August 2024 or 8 January 2024"),
            (["31/02/2024"], "not a valid date"),
            (["soon"], "not a valid date"),
        ],
    )
    def test_a_day_of_two_readings_is_refused_with_both(
        self, read: Reader, tmp_path: Path, days: list[str], expected: str
    ) -> None:
        """Nothing is guessed."""
        (message,) = problems(lambda: self.days(read, tmp_path, *days))
        assert expected in message

    @pytest.mark.parametrize("text", ["Mar-24", "March 24", "Mar-'24"])
    def test_a_short_month_is_read_where_other_dates_have_its_century(
        self, read: Reader, tmp_path: Path, text: str
    ) -> None:
        """Otherwise its two readings are named."""
        row = PLAIN | {"period": text}
        (observation,) = read([row | {"published": "2024-05-01"}], tmp_path)
        assert observation.period == Month("2024-03")
        (message,) = problems(lambda: read([row], tmp_path))
        assert "is March 2024 or 24 March: write 2024-03" in message

    def test_a_year_of_two_digits_is_refused_where_no_other_is_written(
        self, read: Reader, tmp_path: Path
    ) -> None:
        """Its century is not known."""
        row = PLAIN | {"period": "Mar-24", "published": "25/07/24"}
        assert any(
            "'25/07/24' is of the year 1924 or 2024: write four digits" in message
            for message in problems(lambda: read([row], tmp_path))
        )

    def test_numeric_days_of_a_range_are_read(self, read: Reader, tmp_path: Path) -> None:
        """A period may be written with the days that editors make."""
        (observation,) = read([PLAIN | {"period": "01/04/2022 to 31/03/2023"}], tmp_path)
        assert observation.period == FinancialYear("2022-23")


class TestColumns:
    def test_extra_columns_are_kept_out_with_one_notice(self) -> None:
        """The notice names them, and the caller's line."""
        text = "measure,area,period,Region code,Comments,,\nhoused,York,2023,E12,Hello,,\n"
        with pytest.warns(LossWarning, match="f.csv: 2 columns are .*: 'region code', ") as notices:
            loads_observations(text, measures=[HOUSED], name="f.csv")
        assert [(each.filename, len(notices)) for each in notices] == [(__file__, 1)]

    @pytest.mark.parametrize("read", [by_rows, by_polars, by_pandas])
    def test_extra_columns_of_frames_are_too(self, read: Reader, tmp_path: Path) -> None:
        """Rows and frames answer alike."""
        with pytest.warns(LossWarning, match="1 column is not part of the layout"):
            read([PLAIN | {"Region": "E12"}], tmp_path)

    def test_many_are_listed_in_part(self) -> None:
        """A notice stays short."""
        row = PLAIN | {f"x{at}": "1" for at in range(30)}
        with pytest.warns(LossWarning, match="30 columns are .*'x9' …$"):
            observations_from_rows([row])

    @every_reader
    def test_a_misspelt_column_is_an_error(self, read: Reader, tmp_path: Path) -> None:
        """Its figures would be lost."""
        (message,) = problems(lambda: read([PLAIN | {"levl": "82%"}], tmp_path))
        assert message == "there is no column 'levl': did you mean 'level'?"

    @pytest.mark.parametrize("end", ["", ",", ",,  ,"])
    def test_empty_last_columns_do_not_matter(self, end: str) -> None:
        """Spreadsheet programs write them, or leave them out of later rows."""
        text = f"measure,area,period,level,note{end}\nhoused , York,2023,82%{end}\n"
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            (observation,) = loads_observations(text, measures=[HOUSED]).observations
        assert (observation.measure, observation.area) == ("housed", "York")

    @pytest.mark.parametrize("space", ["\u00a0", "\u202f", "  "])
    @every_reader
    def test_spaces_of_editors_do_not_matter(
        self, read: Reader, tmp_path: Path, space: str
    ) -> None:
        """No-break spaces are before units."""
        rows = [
            PLAIN | {"level": f"90{space}% "},
            PLAIN | {"measure": "places", "level": f"200{space}place"},
        ]
        assert [observation.level for observation in read(rows, tmp_path)] == [
            Percentage(90),
            Amount(200, "place"),
        ]

    def test_bad_values_do_not_hide_a_wrong_measure(self) -> None:
        """One reading names both."""
        text = "measure,area,period,level\nhousd,York,soon,182%\n"
        messages = problems(lambda: loads_observations(text, measures=[HOUSED]))
        assert [each.split(":")[0] for each in messages] == ["period", "level", "measure"]


class TestFrames:
    @pytest.mark.parametrize(
        ("period", "meant"),
        [
            (pd.Period("2024-03", "M"), Month("2024-03")),
            (pd.Period("2024Q1", "Q"), Quarter("2024 Q1")),
            (pd.Period("2023", "Y-DEC"), CalendarYear("2023")),
            (pd.Period("2023", "Y-MAR"), FinancialYear("2022-23")),
            (pd.Period("2024-03-04", "W"), DateRange("2024-03-04 to 2024-03-10")),
        ],
    )
    def test_a_period_of_pandas_is_a_period(self, period: Any, meant: Period) -> None:
        """It is the period of its days."""
        frame = pd.DataFrame([PLAIN | {"period": period}])
        (observation,) = frames.observations(frame)
        assert observation.period == meant
        assert type(observation.period) is type(meant)

    def test_numbers_of_numpy_are_numbers(self) -> None:
        """Counts, values and years of any width are read."""
        row = PLAIN | {"numerator": np.int64(338), "denominator": np.int16(400)}
        assert observations_from_rows([row])[0].counts == Counts(338, 400)
        row = PLAIN | {"value": np.float32(84.5), "unit": "%", "period": np.int32(2023)}
        assert observations_from_rows([row], places=1)[0].level == Percentage("84.5")

    def test_exact_numbers_are_counts(self) -> None:
        """A decimal that is whole is a count."""
        row = PLAIN | {"numerator": Decimal("338.0"), "denominator": 400}
        assert observations_from_rows([row])[0].counts == Counts(338, 400)

    @pytest.mark.parametrize("value", [object(), True, 1.5])
    def test_what_is_not_a_period_is_refused(self, value: object) -> None:
        """The message says what to write."""
        assert problems(lambda: observations_from_rows([PLAIN | {"period": value}]))

    @pytest.mark.parametrize("engine", ["polars", "pandas", "pyarrow"])
    def test_evaluations_make_a_frame(self, engine: Any) -> None:
        """Each target has a row, whatever the package."""
        results = evaluate_plan(
            datasets.load("east-midlands-2022-25"),
            datasets.observations("england-and-wales"),
            as_of=date(2024, 8, 1),
            area="England and Wales",
        )
        frame = frames.to_frame(results, engine)
        assert tuple(map(str, frame.schema.names if engine == "pyarrow" else frame.columns)) == (
            frames.EVALUATION_COLUMNS
        )
        one = frames.to_frame(results.of("housed-on-release-by-july-2023"), "polars")
        row = one.to_dicts()[0]
        assert (row["status"], row["goal"], row["latest_level"]) == ("missed", "90%", "86.3%")
        assert frames.to_frame(iter(results.evaluations)).shape == (
            7,
            len(frames.EVALUATION_COLUMNS),
        )

    @pytest.mark.parametrize(("given", "message"), [
        (["York"], "'str' has no place in a table"),
        (42, "'int' has no place in a table"),
    ])  # fmt: skip
    def test_other_records_make_no_frame(self, given: Any, message: str) -> None:
        """The message says what does."""
        with pytest.raises(RecordError, match=message):
            frames.to_frame(given)

    def test_observations_and_evaluations_do_not_mix(self) -> None:
        """Their columns differ."""
        figures = datasets.observations("england-and-wales")
        plan = datasets.load("east-midlands-2022-25")
        results = evaluate_plan(plan, figures, as_of=date(2024, 8, 1))
        with pytest.raises(RecordError, match="make a table of each"):
            frames.to_frame(cast("Any", [*figures, *results.evaluations]))


@every_reader
class TestLevelsAndCounts:
    @pytest.mark.parametrize(
        "fields",
        [
            {"level": "82.5%", "numerator": "1300", "denominator": "1,600"},
            {"value": "82.5", "unit": "%", "numerator": "1300", "denominator": "1600"},
            {"level": "50.1%", "numerator": "1", "denominator": "2"},
            {"level": "12.6 per 1,000 prisoners", "numerator": "1", "denominator": "80",
             "measure": "deaths"},
        ],
    )  # fmt: skip
    def test_a_level_and_its_counts_must_agree(
        self, read: Reader, tmp_path: Path, fields: dict[str, object]
    ) -> None:
        """82.5% beside 1,300 of 1,600 says one thing in two ways."""
        messages = problems(lambda: read([PLAIN | fields], tmp_path))
        assert any("is published beside" in message for message in messages)

    @pytest.mark.parametrize(
        "fields",
        [
            {"level": "81%", "numerator": "1300", "denominator": "1600"},
            {"level": "81.25%", "numerator": "1300", "denominator": "1600"},
            {"value": "81.3", "unit": "%", "numerator": "1300", "denominator": "1600"},
            {"level": "82.5% [e]", "numerator": "1300", "denominator": "1600"},
            {"level": "27%", "numerator": "5", "denominator": "20", "rounded_to": "5"},
        ],
    )
    def test_a_level_that_rounds_alike_agrees(
        self, read: Reader, tmp_path: Path, fields: dict[str, object]
    ) -> None:
        """Printed decimals, rounded counts and estimates are allowed for."""
        (observation,) = read([PLAIN | fields], tmp_path)
        assert observation.counts is not None

    def test_what_is_written_is_read_back(self, read: Reader, tmp_path: Path) -> None:
        """Counts that are rounded stay so."""
        row = PLAIN | {"numerator": "5", "denominator": "20", "rounded_to": "5"}
        observations = read([row], tmp_path)
        assert observations[0].counts == Counts(5, 20, rounded_to=5)
        assert (
            loads_observations(dumps_observations(observations), measures=MEASURES).observations
            == observations
        )

    @pytest.mark.parametrize(
        ("fields", "level"),
        [
            ({"measure": "gap", "level": "8 percentage points"}, "8 percentage points"),
            ({"measure": "gap", "value": "-3.5", "unit": "percentage points"},
             "-3.5 percentage points"),
            ({"measure": "use", "level": "104% of capacity [p]"}, "104% of capacity"),
            ({"measure": "use", "value": "104%", "unit": "% of capacity"}, "104% of capacity"),
            ({"measure": "deaths", "value": "12.3", "unit": "per 1,000 prisoners"},
             "12.3 per 1,000 prisoners"),
        ],
    )  # fmt: skip
    def test_gaps_rates_and_shares_of_a_capacity_are_levels(
        self, read: Reader, tmp_path: Path, fields: dict[str, object], level: str
    ) -> None:
        """They come back from CSV and frames as they were."""
        observations = read([PLAIN | fields], tmp_path)
        assert str(observations[0].level) == level
        assert (
            loads_observations(dumps_observations(observations), measures=MEASURES).observations
            == observations
        )
        assert frames.observations(frames.to_frame(observations)) == observations


def test_a_whole_number_of_unknown_decimals_agrees_with_its_counts() -> None:
    """A workbook has 82 where 82% was printed."""
    row = PLAIN | {"value": 82.0, "unit": "%", "numerator": 338, "denominator": 412}
    (observation,) = observations_from_rows([row])
    assert observation.level == Percentage(82)


def test_a_contradiction_in_a_published_workbook_is_reported(tmp_path: Path) -> None:
    """It is at the cell of the level, and the rest is read."""
    book = openpyxl.Workbook()
    sheet = cast("Any", book.active)
    sheet.title = "2023"
    for row in (["Area", "Level", "Of", "All"], ["York", 82.5, 1300, 1600], ["Hull", 81, 81, 100]):
        sheet.append(row)
    book.save(tmp_path / "f.xlsx")
    column = FigureColumn(
        measure="housed", heading="Level", numerator="Of", denominator="All", places=1
    )
    layout = Layout(figures=[column], area_heading="Area", period_from="sheet name")
    reading = read_workbook(tmp_path / "f.xlsx", layout)
    assert [observation.area for observation in reading.observations] == ["Hull"]
    assert [(each.cell, "beside 1,300 of 1,600" in each.message) for each in reading.unread] == [
        ("B2", True)
    ]
