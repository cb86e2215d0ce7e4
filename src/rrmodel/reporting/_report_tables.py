"""The tables of a report, to read and to copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from rrmodel.coverage import COLUMNS, Coverage
from rrmodel.evaluation import Evaluation, Exclusion, PlanEvaluation
from rrmodel.graph import partner_graph, partner_table
from rrmodel.model import Plan
from rrmodel.periods import day_text
from rrmodel.records import Record, Table, Value
from rrmodel.reporting._time_charts import figure

__all__: list[str] = []

_NUMBERS = frozenset({"number", "whole"})
_CODES = frozenset({"status", "evidence_verdict", "kind", "partner_kind"})
_SHORT = 12
"""Tables of so many rows or fewer are printed on one page."""


@attrs.frozen
class DataTable:
    """A table with a caption; the first cell of each row names it."""

    place: str
    """Its id in the page."""
    caption: str
    headings: dict[str, bool]
    """The heading of each column, and whether it has numbers."""
    rows: list[list[Value]]

    @property
    def is_short(self) -> bool:
        """Whether it is printed on one page."""
        return len(self.rows) <= _SHORT


def _data(place: str, caption: str, table: Table[Any], columns: Mapping[str, str]) -> DataTable:
    """Return some columns of a table, under their headings."""
    kinds = table.columns
    return DataTable(
        place,
        caption,
        {heading: kinds[column] in _NUMBERS for column, heading in columns.items()},
        [[_cell(record, column) for column in columns] for record in table.to_records()],
    )


def _cell(record: Record, column: str) -> Value:
    value = record[column]
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return value.replace("_", " ") if column in _CODES and isinstance(value, str) else value


def results_data(evaluation: PlanEvaluation) -> DataTable:
    """Return the result of each target."""
    columns = {
        "statement": "Target",
        "area": "Area",
        "status": "Status",
        "goal": "Goal",
        "deadline": "Due",
        "latest_value": "Latest figure",
        "unit": "Unit",
        "latest_period": "Period",
        "latest_published": "Published",
        "latest_numerator": "Cases with the outcome",
        "latest_denominator": "Cases",
        "gap_value": "Gap",
    }
    return _data("results", "Result of each target", evaluation.to_table(), columns)


def figures_data(evaluation: Evaluation, place: str) -> DataTable:
    """Return the figures of a target's measure in the area, as its chart shows them, and their use.

    Those of other areas are not listed.
    """
    decides = [each for each in (evaluation.earliest, evaluation.latest) if each is not None]
    used = [(each, "decides") for each in decides]
    used += [
        (each.observation, each.reason.value)
        for each in evaluation.excluded
        if each.reason is not Exclusion.OTHER_AREA
    ]
    used.sort(key=lambda each: (each[0].period.last_day, each[0].period.days))
    columns = {"Period": False, "Figure": True, "Counts": False, "Published": False, "Use": False}
    rows: list[list[Value]] = []
    for found, use in used:
        level = "none" if found.level is None else str(found.level)
        shown = figure(found) | {"Figure": level, "Use": use}
        rows.append([shown[column] for column in columns])
    caption = f"Figures for {evaluation.area}, as of {day_text(evaluation.as_of)}"
    return DataTable(place, caption, columns, rows)


def coverage_data(covered: Coverage) -> DataTable:
    """Return how much of each kind the plan has for each pathway."""
    headings = {f"counts_{each}": each.replace("_", " ").capitalize() for each in COLUMNS}
    columns = {"name": "Pathway"} | headings
    return _data("coverage-data", "Contents of each pathway", covered.to_table(), columns)


def partners_data(plan: Plan) -> DataTable:
    """Return the part of each partner in each pathway."""
    columns = {
        "partner_name": "Partner",
        "partner_kind": "Kind",
        "pathway_name": "Pathway",
        "role": "Role",
        "status": "Now or planned",
    }
    table = partner_table(partner_graph(plan))
    return _data("partners-data", "Part of each partner in each pathway", table, columns)
