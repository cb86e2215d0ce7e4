"""The command that forecasts whether targets will be met."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal, TextIO, TypeVar, assert_never

import attrs
import click

from rrmodel.cli._answer import Answer, json_text, layout_option
from rrmodel.cli._completion import complete_plans
from rrmodel.cli._inputs import PLAN_HELP, Figures, check_area, read_day, read_figures, read_plan
from rrmodel.cli._options import (
    area_option,
    day_option,
    find_target,
    sets_option,
    target_option,
)
from rrmodel.cli._page import Page
from rrmodel.cli._progress import working
from rrmodel.cli._tables import csv_text, markdown_text
from rrmodel.evaluation import forecast_goal
from rrmodel.inference import Forecast, Undefined
from rrmodel.model import DirectionTarget, Plan, QuantifiedTarget, RangeTarget, Target
from rrmodel.periods import day_text
from rrmodel.quantities import Level
from rrmodel.records import Field, Layout, Table, quantity

__all__ = ["forecast_command"]

_ValueT = TypeVar("_ValueT")

_SHOWN = ("target", "area", "goal", "deadline", "probability", "interval_low", "interval_high")
"""The columns of the table in Markdown; CSV has all."""


@attrs.frozen
class _Row:
    """The forecast of a target, or the reason if there is no forecast."""

    target: Target
    area: str
    as_of: date
    answer: Forecast | Undefined

    @property
    def reason(self) -> str | None:
        """The reason, if there is no forecast."""
        return self.answer.reason if isinstance(self.answer, Undefined) else None


def _goal(row: _Row) -> Level | None:
    """Return the level to reach, where the target names one."""
    target = row.target
    if isinstance(target, QuantifiedTarget) and not isinstance(target, RangeTarget):
        return target.goal
    return None


def _of(get: Callable[[Forecast], _ValueT]) -> Callable[[_Row], _ValueT | None]:
    return lambda row: get(row.answer) if isinstance(row.answer, Forecast) else None


_ROW: Layout[_Row] = Layout(
    "goal_forecast",
    "The probability that the goal of a target is met by its deadline.",
    (
        Field("target", "text", "The id of the target.", lambda one: one.target.id),
        Field("area", "text", "The area whose figures are used.", lambda one: one.area),
        Field("as_of", "day", "The day of the forecast.", lambda one: one.as_of),
        *quantity("goal", "The goal", _goal),
        Field(
            "deadline",
            "day",
            "The last day by which it is due.",
            lambda one: one.target.deadline and one.target.deadline.last_day,
            is_optional=True,
        ),
        *(
            Field(
                field.name,
                field.kind,
                field.description,
                _of(field.get),
                is_optional=True,
            )
            for field in Forecast.layout.fields
        ),
        Field(
            "reason",
            "text",
            "The reason, if there is no forecast; otherwise null.",
            lambda one: one.reason,
            is_optional=True,
        ),
    ),
)


@click.command(
    "forecast",
    help="Forecast whether targets will be met. Use the months or quarters published by a day, and "
    "continue their movement to the last one before the deadline. If a target cannot be forecast, "
    f"the reason is given.\n\n{PLAN_HELP}",
    epilog="\b\nExamples:\n  rrmodel forecast made-up-plan-under-way --as-of 2026-07-01\n"
    "  rrmodel forecast made-up-plan-under-way --target housed-on-release-by-september-2026 "
    "--format json",
)
@click.argument("plan", shell_complete=complete_plans)
@target_option("Forecast this target. Default: all targets.")
@sets_option
@day_option
@area_option
@layout_option("text", "json", "csv", "markdown")
def forecast_command(
    *,
    plan: str,
    target: str | None,
    sets: tuple[str, ...],
    day: str | None,
    area: str | None,
    layout: Literal["text", "json", "csv", "markdown"],
) -> Answer:
    record, as_of = read_plan(plan), read_day(day)
    figures = read_figures(sets, record)
    if area is not None:
        check_area(area, record, figures)
    targets = record.targets if target is None else (find_target(record, target),)
    with working("Forecasting"):
        rows = tuple(
            _Row(each, area or each.area, as_of, _forecast(each, figures, as_of, area))
            for each in targets
        )
    match layout:
        case "text":
            return Answer(_text(record, as_of, rows, sys.stdout))
        case "json":
            fields = {"plan": record.id, "title": record.title, "as_of": as_of.isoformat()}
            return Answer(json_text({**fields, "targets": [_ROW.to_dict(row) for row in rows]}))
        case "csv":
            return Answer(csv_text(Table(_ROW, rows)))
        case "markdown":
            return Answer(markdown_text(Table(_ROW, rows), _SHOWN))
        case _:
            assert_never(layout)


def _forecast(
    target: Target, figures: Figures, as_of: date, area: str | None
) -> Forecast | Undefined:
    if isinstance(target, QuantifiedTarget):
        return forecast_goal(target, figures.reports, as_of=as_of, area=area)
    if isinstance(target, DirectionTarget):
        return Undefined("the target has no goal level, and only a level can be forecast")
    return Undefined("the target has no measure, so there are no figures to continue")


def _text(plan: Plan, as_of: date, rows: Sequence[_Row], stream: TextIO) -> str:
    page = Page(stream, ())
    page.paragraph(plan.title, "bold")
    page.paragraph(f"Forecast from figures published by {day_text(as_of)}")
    page.space()
    areas = {row.area for row in rows}
    lines = [
        _line(row, row.answer, names_area=len(areas) > 1)
        for row in rows
        if isinstance(row.answer, Forecast)
    ]
    if lines:
        heads = ("Target", "Goal", "Due", "Probability", "Likely figure", "Periods")
        page.table(heads, [("", lines)], right=["Probability", "Periods"])
        page.space()
        page.paragraph(
            "The likely figure is an interval with 80% probability. The forecast continues the "
            "movement of the figures so far, without regard to causes."
        )
    else:
        page.paragraph("No target can be forecast.")
    refused: dict[str, list[str]] = {}
    for row in rows:
        if row.reason is not None:
            refused.setdefault(row.reason, []).append(row.target.short_name)
    if refused:
        page.space()
        page.heading("No forecast")
    for reason, names in refused.items():
        page.paragraph(f"{reason[0].upper()}{reason[1:]}:")
        page.bullets(names)
    return str(page)


def _line(row: _Row, forecast: Forecast, *, names_area: bool) -> list[str]:
    target = row.target
    deadline = target.deadline
    return [
        f"{target.short_name}, {row.area}" if names_area else target.short_name,
        str(_goal(row)),
        "–" if deadline is None else day_text(deadline.last_day),
        forecast.probability_text,
        forecast.interval_text,
        str(forecast.points),
    ]
