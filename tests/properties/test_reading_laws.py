"""Laws of figures read into columns: they are those of the records, errors included."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rrmodel import frames
from rrmodel.errors import LoadError
from rrmodel.io import (
    CHECKED_COLUMNS,
    checked_columns,
    columns_of_rows,
    iterate_observations,
    loads_observations,
    observations_from_rows,
    observations_to_rows,
)
from rrmodel.model import Measure, Observation
from rrmodel.quantities import write_quantity

MEASURES = [
    Measure(id="housed", name="m", counts="c", better="higher"),
    Measure(id="places", name="m", counts="c", better="higher", unit="place"),
    Measure(id="gap", name="m", counts="c", better="lower", unit="percentage points"),
]
CELLS: dict[str, st.SearchStrategy[str]] = {
    "measure": st.sampled_from(["housed", "housed", "housed", "places", "gap", "huosed", ""]),
    "area": st.sampled_from(["York", "York", "Hull", " Hull ", ""]),
    "period": st.sampled_from(
        ["2022/23", "2023", "2022/23 [p]", "March 2023 [note 2]", "01/08/2024", "Mar-24", "x", ""]
    ),
    "level": st.sampled_from(
        ["", "", "", "82%", "50%", "0.5%", "none", "[c]", "82% [e]", "1/3%", "8 out of 16",
         "200 place", "4 percentage points", "182%"]
    ),
    "value": st.sampled_from(["", "", "50", "50.0", "82", "0.5", "0.0", "1", "200", "-1", "[x]"]),
    "unit": st.sampled_from(["", "%", "%", "%", "place", "percentage points", "% of places"]),
    "places": st.sampled_from(["", "", "", "0", "1", "x"]),
    "numerator": st.sampled_from(["", "", "8", "82", "1,300", "0", "[c]", "8 [r]", "x"]),
    "denominator": st.sampled_from(["", "", "16", "100", "1,600", "0", "[c]"]),
    "rounded_to": st.sampled_from(["", "", "1", "5", "0"]),
    "published": st.sampled_from(["", "2024-07-25", "25/07/2024", "soon"]),
    "marks": st.sampled_from(["", "", "provisional", "estimated", "revised; [p]", "x"]),
    "document": st.sampled_from(["", "d"]),
    "section": st.sampled_from(["", "", "s"]),
    "note": st.sampled_from(["", "a, b", 'say "so"', "two\nlines"]),
    "": st.sampled_from(["", "", "", "stray"]),
}  # fmt: skip
FIGURES: list[dict[str, str]] = [
    {"value": "50", "unit": "%", "numerator": "8", "denominator": "16"},
    {"value": "50.0", "unit": "%"},
    {"value": "82.5", "unit": "%"},
    {"value": "0.9", "unit": "%"},
    {"value": "1", "unit": "%"},
    {"value": "100", "unit": "%"},
    {"level": "50%", "numerator": "8", "denominator": "16"},
    {"level": "82% [r]", "value": "82"},
    {"level": "none", "numerator": "8", "denominator": "16"},
    {"value": "40", "unit": "%", "numerator": "8", "denominator": "16", "marks": "estimated"},
    {"value": "53", "unit": "%", "numerator": "10", "denominator": "20", "rounded_to": "5"},
    {"value": "40", "unit": "%", "numerator": "8", "denominator": "16"},
    {"numerator": "8", "denominator": "16"},
    {"numerator": "[c]", "denominator": "16"},
    {"measure": "places", "level": "200 place"},
    {"measure": "gap", "value": "4", "unit": "percentage points"},
    {"measure": "gap", "value": "0", "unit": "percentage points"},
    {"measure": "places", "value": "0", "unit": "place"},
    {"document": "d", "section": "s", "note": "a, b"},
]
PLACES = {"area": ["York", "York", "Hull"], "period": ["2022/23", "March 2023", "2023 [p]"]}
COLUMNS = list(CELLS)


def rows_with(most_odd: int) -> st.SearchStrategy[list[dict[str, str]]]:
    """Return rows that are right but for at most so many cells."""
    plain = st.builds(
        lambda area, period, figure: (
            dict.fromkeys(COLUMNS, "")
            | {"measure": "housed", "area": area, "period": period}
            | figure
        ),
        st.sampled_from(PLACES["area"]),
        st.sampled_from(PLACES["period"]),
        st.sampled_from(FIGURES),
    )
    odd = st.sampled_from(COLUMNS).flatmap(
        lambda column: st.tuples(st.integers(0, 7), st.just(column), CELLS[column])
    )
    return st.builds(
        _with_odd, st.lists(plain, min_size=2, max_size=8), st.lists(odd, max_size=most_odd)
    )


def _with_odd(rows: list[dict[str, str]], odd: list[tuple[int, str, str]]) -> list[dict[str, str]]:
    for place, column, cell in odd:
        rows[place % len(rows)][column] = cell
    used = [column for column in COLUMNS if any(row[column] for row in rows)]
    kept = list(dict.fromkeys(["measure", "area", "period", *used]))
    return [{column: row[column] for column in kept} for row in rows]


def csv_of(rows: list[dict[str, str]]) -> str:
    """Return rows as a CSV text."""
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def columns_of(figure: Observation) -> dict[str, Any]:
    """Return the cells that checked columns must have of a figure."""
    (row,) = observations_to_rows([figure])
    cells: dict[str, Any] = dict(row)
    cells["first_day"] = figure.period.first_day
    cells["last_day"] = figure.period.last_day
    if row["value"] is None:
        return {**cells, "places": None}
    assert figure.level is not None
    return {
        **cells,
        "level": write_quantity(figure.level),
        "value": float(figure.level.value),
        "places": figure.level.places,
    }


def rows_of(parts: Iterator[dict[str, list[Any]]]) -> list[dict[str, Any]]:
    """Return columns as rows."""
    rows: list[dict[str, Any]] = []
    for part in parts:
        assert list(part) == list(CHECKED_COLUMNS)
        rows += [dict(zip(part, cells, strict=True)) for cells in zip(*part.values(), strict=True)]
    return rows


def answer_of(read: Callable[[], list[Any]]) -> list[Any]:
    """Return what is read, or what is wrong by its path."""
    try:
        return read()
    except LoadError as error:
        return [(each.path, each.line, each.message) for each in error.problems]


@settings(max_examples=4 * settings.default.max_examples)
@given(rows_with(0) | rows_with(1) | rows_with(1) | rows_with(9))
def test_columns_have_what_records_have(rows: list[dict[str, str]]) -> None:
    """A CSV file gives the same figures in columns, records and a stream, or the same errors."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "f.csv")
        path.write_text(csv_of(rows), newline="")
        records = answer_of(
            lambda: list(loads_observations(csv_of(rows), measures=MEASURES).observations)
        )
        by_columns = answer_of(lambda: rows_of(checked_columns(path, measures=MEASURES)))
        streamed = answer_of(lambda: list(iterate_observations(path, measures=MEASURES)))
    assert streamed == records
    assert by_columns == [
        columns_of(each) if isinstance(each, Observation) else each for each in records
    ]


TYPED = st.fixed_dictionaries(
    {"measure": st.just("housed"), "area": st.just("York"), "period": st.just("2022/23")},
    optional={
        "value": st.sampled_from([50, 50.0, 82.5, 0.9, -0.0, True, None, "50", float("nan")]),
        "unit": st.sampled_from(["%", None]),
        "places": st.sampled_from([0, 1, 1.0, None]),
        "numerator": st.sampled_from([8, 8.0, None, "8"]),
        "denominator": st.sampled_from([16, 16.0, None]),
        "published": st.sampled_from([date(2024, 7, 25), "2024-07-25", None]),
    },
)


@given(st.lists(TYPED, min_size=1, max_size=4), st.sampled_from([None, 1]))
def test_rows_of_any_types_give_the_same_columns(
    rows: list[dict[str, object]], places: int | None
) -> None:
    """Rows of numbers and days give the same figures in columns and records, or the same errors."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[row.get(name) for name in names] for row in rows]
    by_columns = answer_of(lambda: rows_of(columns_of_rows(names, lambda: cells, places=places)))
    records = answer_of(lambda: list(observations_from_rows(rows, places=places)))
    assert by_columns == [
        columns_of(each) if isinstance(each, Observation) else (each[0], None, _numbered(*each))
        for each in records
    ]


def _numbered(path: str, _: None, message: str) -> str:
    """Return a message as rows in columns have it: with the number of the row and the column."""
    row, column = path.removeprefix("$.observations[").split("].")
    return f"row {int(row) + 1}: {column}: {message}"


@given(rows_with(1))
def test_a_checked_frame_gives_back_the_figures(rows: list[dict[str, str]]) -> None:
    """Records made of a checked frame are those made of the file."""
    with tempfile.TemporaryDirectory() as folder, suppress(LoadError):
        path = Path(folder, "f.csv")
        path.write_text(csv_of(rows), newline="")
        frame: pl.DataFrame = frames.read_observations(path, measures=MEASURES, engine="polars")
        expected = loads_observations(csv_of(rows), measures=MEASURES).observations
        assert frames.observations(frame) == expected
