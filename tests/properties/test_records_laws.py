"""The laws of results as data, one to a test."""

from __future__ import annotations

import csv
import json
import math
from datetime import date
from functools import cache
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml.html import fromstring

from rrmodel.checks import check, to_table
from rrmodel.cli._tables import csv_text, markdown_text
from rrmodel.coverage import coverage
from rrmodel.evaluation import POLICIES, Evaluation, PlanEvaluation, Policy, evaluate_plan
from rrmodel.graph import partner_graph, partner_table
from rrmodel.io import json_schema
from rrmodel.model import Citation, LevelRange, ObservationSet, Plan, QuantifiedTarget
from rrmodel.quantities import AnyQuantity, read_quantity
from rrmodel.records import FieldKind, Table, Value
from rrmodel.testing import observation_sets, plans

FEWER = settings(max_examples=settings.default.max_examples // 3)
TYPES: dict[FieldKind, type | tuple[type, ...]] = {
    "number": float,
    "whole": int,
    "flag": bool,
    "day": date,
}


@cache
def validator() -> Draft202012Validator:
    """Return the validator of evaluations."""
    return Draft202012Validator(json_schema("evaluation"))


@st.composite
def results(draw: st.DrawFn) -> PlanEvaluation:
    """Return the evaluation of any plan, from any figures, on any day, under any policy."""
    plan: Plan = draw(plans())
    figures: ObservationSet = draw(observation_sets(plan))
    day = draw(st.dates(date(2015, 1, 1), date(2040, 12, 31)))
    policy: Policy = draw(st.sampled_from(POLICIES))
    return evaluate_plan(plan, figures, as_of=day, policy=policy)


def read_levels(text: str) -> AnyQuantity | LevelRange:
    """Read a level or a range from its exact text."""
    low, word, high = text.partition(" to ")
    if not word:
        return read_quantity(text)
    ends = read_quantity(low), read_quantity(high)
    return LevelRange(low=ends[0], high=ends[1])  # type: ignore[arg-type]


@FEWER
@given(results())
def test_the_json_of_any_evaluation_is_valid_by_the_schema(result: PlanEvaluation) -> None:
    """That of a plan and that of each target, without NaN."""
    for fields in (result.to_dict(), *(each.to_dict() for each in result.evaluations)):
        assert json.loads(json.dumps(fields, allow_nan=False)) == fields
        assert list(validator().iter_errors(fields)) == []


@FEWER
@given(results())
def test_records_have_the_same_columns_whatever_the_plan(result: PlanEvaluation) -> None:
    """Each value is of the kind of its column, or null."""
    columns = Evaluation.layout.columns
    for record in result.to_records():
        assert list(record) == list(columns)
        for name, value in record.items():
            assert value is None or type(value) is TYPES.get(columns[name], str), name
            assert not (isinstance(value, float) and math.isnan(value))


@FEWER
@given(results())
def test_the_exact_texts_are_read_back(result: PlanEvaluation) -> None:
    """Goal, gap and level lose nothing by being written."""
    for record, evaluation in zip(result.to_records(), result.evaluations, strict=True):
        written = (record["goal"], record["gap"], record["latest_level"])
        latest = evaluation.latest
        exact = (evaluation.goal, evaluation.gap, None if latest is None else latest.level)
        for text, value in zip(written, exact, strict=True):
            assert (None if text is None else read_levels(str(text))) == value
        if isinstance(evaluation.target, QuantifiedTarget):
            assert record["goal"] is not None


@FEWER
@given(results())
def test_a_row_has_the_values_of_the_mapping(result: PlanEvaluation) -> None:
    """A column is the key, or the keys joined by ``_``."""
    for record, fields in zip(result.to_records(), result.to_dict()["targets"], strict=True):
        inner = {key: value for key, value in fields.items() if isinstance(value, dict)}
        flat = {
            f"{key}_{name}": value
            for key, values in inner.items()
            for name, value in values.items()
        }
        for name, value in record.items():
            same = {**flat, **fields}.get(name)
            if not isinstance(same, list | dict) and name in {**flat, **fields}:
                assert (value.isoformat() if isinstance(value, date) else value) == same


@FEWER
@given(plans())
def test_every_table_is_written_whole(plan: Plan) -> None:
    """CSV is read back as its rows, and Markdown has a line for each."""
    tables = (
        coverage(plan).to_table(),
        to_table(check(plan)),
        partner_table(partner_graph(plan)),
    )
    for table in tables:
        records = table.to_records()
        rows = list(csv.DictReader(StringIO(csv_text(table), newline="")))
        assert [[*row.values()] for row in rows] == [
            [shown(value) for value in record.values()] for record in records
        ]
        assert len(markdown_text(table).splitlines()) == 2 + len(records)


@FEWER
@given(results())
def test_a_notebook_shows_every_plan_and_result(result: PlanEvaluation) -> None:
    """Each table is made, and has a cell for each column in every row."""
    shown = [result, result.plan, coverage(result.plan), to_table(check(result.plan))]
    for each in (*shown, *result.evaluations):
        for row in fromstring(each._repr_html_()).findall(".//thead/tr"):
            (body,) = row.getparent().getparent().findall("tbody")
            widths = {len(cells) for cells in body if cells[0].get("colspan") is None}
            assert widths == {len(row)}


ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT, ANY_TEXT)
def test_hostile_names_stay_text(name: str, other: str) -> None:
    """Whatever a text holds, it makes no element and no attribute."""
    bait = "<script>alert(1)</script>\" onmouseover='x' &lt;"
    hostile = Citation(f"d{name}{bait}", f"s{other}.", f"{bait}{name}.")
    for texts, harmless in (
        (hostile, Citation("d", "s", "i")),
        (
            Table(Citation.layout, (hostile,), caption=bait + other),
            Citation("d", "s", "i").to_table(),
        ),
    ):
        shown = texts._repr_html_()
        elements = list(fromstring(shown).iter())
        tags = {element.tag for element in fromstring(harmless._repr_html_()).iter()}
        assert {element.tag for element in elements} <= {*tags, "caption"}
        names = {name for element in elements for name in element.attrib}
        assert names == {"class", "role", "tabindex", "aria-label", "scope"}
        shown.encode()


def shown(value: Value) -> str:
    """Return a value as CSV has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
