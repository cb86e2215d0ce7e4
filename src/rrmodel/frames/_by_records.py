"""Targets that need more than sums, assessed from records of all their figures."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Any, cast

import narwhals.stable.v2 as nw

from rrmodel.evaluation import (
    Difference,
    Evaluation,
    Evidence,
    NoGrade,
    Pace,
    Policy,
    Status,
    evaluate,
)
from rrmodel.frames._in_python import Figure, cells_of, figures_of
from rrmodel.frames._target_rows import Cell, TargetTable
from rrmodel.inference import Assurance, GrowthRatio
from rrmodel.model import Counts, LevelRange, Observation
from rrmodel.periods import DateRange
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints
from rrmodel.records import nearest_number

__all__ = ["decided_by_records", "reason_of"]


def decided_by_records(
    rows: nw.DataFrame[Any], table: TargetTable, *, as_of: date, policy: Policy, places: int | None
) -> dict[int, dict[str, Cell]]:
    """Return the rows of the result that records decide, by their numbers.

    Args:
        rows: Every figure of the targets that was published by the day, with the number of its row
            of the result in ``key``.
        table: The targets.
        as_of: The day of the assessment.
        policy: The policy that grades targets before their deadlines.
        places: The decimals of values in a row without ``places``.
    """
    columns = cells_of(rows)
    blank = [None] * len(columns["key"])
    values = columns.get("value", blank)
    units = [
        "%" if value is None else unit
        for value, unit in zip(values, columns.get("unit", blank), strict=True)
    ]
    figures = figures_of(columns, [unit == "%" for unit in units], places)
    codes = columns.get("series", blank)
    observations: defaultdict[int, list[Observation]] = defaultdict(list)
    invalid: set[int] = set()
    for key, figure, unit, code in zip(columns["key"], figures, units, codes, strict=True):
        row = table.rows[int(key)]
        if unit is None or figure.is_invalid or not _has_days(figure):
            invalid.add(key)
        else:
            observations[key].append(_observation(str(row.measure), row.area, figure, unit, code))
    decided: dict[int, dict[str, Cell]] = {}
    for key, row in enumerate(table.rows):
        if key in invalid:
            decided[key] = {"reason": "invalid_figure"}
        elif table.terms[row.term].by_records:
            target = row.given.target
            result = evaluate(target, observations[key], as_of=as_of, area=row.area, policy=policy)
            decided[key] = _cells(result)
    return decided


def _has_days(figure: Figure) -> bool:
    first, last = cast("date | None", figure.first_day), cast("date | None", figure.last_day)
    return first is not None and last is not None and first <= last


def _observation(
    measure: str, area: str, figure: Figure, unit: str, series: str | None
) -> Observation:
    number = Fraction(figure.top, figure.bottom)
    level: Level
    if unit == "%":
        level = Percentage(number)
    elif unit == "percentage points":
        level = PercentagePoints(number)
    else:
        level = Amount(number, unit)
    return Observation(
        measure=measure,
        area=area,
        period=DateRange(figure.first_day, figure.last_day),
        counts=Counts(figure.cases_in, figure.cases) if figure.cases else None,
        level=level if figure.places is None else level.rounded(figure.places),
        published=figure.published,
        series=series,
    )


def _cells(result: Evaluation) -> dict[str, Cell]:
    """Return the columns of an evaluation by the names of the result."""
    latest, evidence, expected = result.latest, result.evidence, result.expected
    cells: dict[str, Cell] = {
        "status": result.status.value,
        "reason": reason_of(result),
        "gap_value": _number(result.gap),
        "progress_value": nearest_number(result.progress),
        "movement": None if result.movement is None else result.movement.value,
        "pace_value": _number(result.pace),
        "required_pace_value": _number(result.required_pace),
    }
    if isinstance(expected, LevelRange):
        cells["expected_low_value"] = _number(expected.low)
        cells["expected_high_value"] = _number(expected.high)
    else:
        cells["expected_value"] = _number(expected)
    if latest is not None:
        cells["latest_value"] = _number(latest.level)
        cells["latest_first_day"] = latest.period.first_day
        cells["latest_last_day"] = latest.period.last_day
        cells["latest_published"] = latest.published
        if latest.counts is not None:
            cells["latest_numerator"] = latest.counts.numerator
            cells["latest_denominator"] = latest.counts.denominator
    if evidence is not None:
        cells["evidence_verdict"] = evidence.verdict.value
        cells["evidence_basis"] = evidence.basis.value
        cells["evidence_against"] = evidence.against.value
        for name, ends in (("reference", evidence.reference), ("interval", evidence.interval)):
            cells[f"evidence_{name}_low_value"] = _number(ends[0])
            cells[f"evidence_{name}_high_value"] = _number(ends[1])
    return cells


def _number(quantity: Level | Difference | None) -> float | None:
    return None if quantity is None else nearest_number(quantity.value)


def reason_of(result: Evaluation) -> str:
    """Return the code of what decides an evaluation of a measured target."""
    terms, latest, status = result.assessment.terms, result.latest, result.status
    if latest is None or terms is None:
        without = {
            Status.NOT_COMPARABLE: "not_comparable",
            Status.NOT_YET_MEASURABLE: "not_yet_known",
        }
        return without.get(status, "no_figure")
    if terms.goal is None:
        return "one_figure" if status is Status.NO_DATA else "direction"
    if latest.period.last_day == terms.baseline_day:
        return "baseline_only"
    grade = result.assessment.grade
    if grade is None:
        others = {Status.NO_DATA: "incomplete_total", Status.MET_LATE: "later_period"}
        return others.get(status, "goal")
    match grade.basis:
        case NoGrade():
            return "no_grade" if result.assessment.progress.lag else "no_expected_level"
        case Pace():
            return "pace"
        case Evidence():
            return "chance"
        case GrowthRatio():
            return "growth"
        case Assurance():
            return "control_chart"
        case _:
            return "expected_level"
