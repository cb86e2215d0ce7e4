"""The command that draws a chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, get_args

import attrs
import click

import rrmodel
from rrmodel.cli._answer import Answer
from rrmodel.cli._charts import Chart, chart_path, save_chart
from rrmodel.cli._completion import complete_areas, complete_measures, complete_plans
from rrmodel.cli._inputs import PLAN_HELP, Figures, check_area, read_day, read_figures, read_plan
from rrmodel.cli._options import (
    area_option,
    day_option,
    find_target,
    policy_option,
    read_period,
    sets_option,
    target_option,
)
from rrmodel.cli._progress import working
from rrmodel.errors import did_you_mean
from rrmodel.evaluation import (
    STRAIGHT_LINE,
    PlanEvaluation,
    Policy,
    compare_areas,
    control_chart,
    evaluate,
    evaluate_plan,
    proportion_chart,
)
from rrmodel.inference import Undefined
from rrmodel.model import Measure, MeasuredTarget, Observation, Plan, Target
from rrmodel.periods import Period, day_text

__all__ = ["chart_command"]

_Kind = Literal[
    "target",
    "targets",
    "timeline",
    "forecast",
    "process",
    "funnel",
    "areas",
    "coverage",
    "partners",
]
_WIDTHS: dict[_Kind, int] = {"target": 700, "coverage": 900, "partners": 1000}
"""The width in pixels of each kind of chart; of all others it is 800."""
_OF_TARGETS = frozenset({"target", "forecast", "process"})
_OF_AREAS = frozenset({"funnel", "areas"})


@click.command(
    "chart",
    help="Draw a chart of a plan, a target or areas. Save it as SVG, PNG, HTML or JSON (Vega-Lite) "
    "by the ending of FILE. KIND is one of these:\n\n\b\n"
    "  target    one target over time, with its goal and expected line\n"
    "  targets   all targets of the plan, one below the other\n"
    "  timeline  the deadlines of the plan\n"
    "  forecast  the likely figures of a target until its deadline\n"
    "  process   the figures of a target with their process limits\n"
    "  funnel    areas against their average, by the number of their cases\n"
    "  areas     the ranks of areas, with their uncertainty\n"
    "  coverage  the contents of each pathway\n"
    "  partners  who works in which pathway\n\n"
    f"{PLAN_HELP}",
    epilog="\b\nExamples:\n  rrmodel chart targets made-up-plan-under-way targets.svg\n"
    "  rrmodel chart forecast made-up-plan-under-way forecast.png "
    "--target housed-on-release-by-september-2026 --as-of 2026-07-01\n"
    "  rrmodel chart areas made-up-plan-under-way areas.html --measure fellmoor-housed-on-release",
)
@click.argument("kind", metavar="KIND", type=click.Choice(get_args(_Kind)))
@click.argument("plan", shell_complete=complete_plans)
@click.argument(
    "path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), callback=chart_path
)
@target_option("Draw this target: required for target, forecast and process.")
@click.option(
    "--measure",
    metavar="ID",
    shell_complete=complete_measures,
    help="Compare areas by this measure of the plan: required for funnel and areas.",
)
@click.option(
    "--period",
    metavar="PERIOD",
    callback=read_period,
    help="Compare areas in this period, such as 2025/26. Default: the latest in which two areas "
    "have counts.",
)
@click.option(
    "--highlight",
    metavar="NAME",
    multiple=True,
    shell_complete=complete_areas,
    help="Highlight this area, or the partner with this id. Repeat for several areas. Default: "
    "none.",
)
@sets_option
@day_option
@area_option
@policy_option("Grade targets that are not yet due by this policy: {names}. Default: {default}.")
@click.option(
    "--width",
    type=click.IntRange(min=320),
    metavar="PIXELS",
    help="Set the width of the chart. Default: that of its kind, 700 to 1000.",
)
def chart_command(
    *,
    kind: _Kind,
    plan: str,
    path: Path,
    target: str | None,
    measure: str | None,
    period: Period | None,
    highlight: tuple[str, ...],
    sets: tuple[str, ...],
    day: str | None,
    area: str | None,
    policies: tuple[Policy, ...],
    width: int | None,
) -> Answer:
    record, as_of = read_plan(plan), read_day(day)
    request = _Request(
        plan=record,
        figures=read_figures(sets, record),
        as_of=as_of,
        area=area,
        policy=policies[0] if policies else STRAIGHT_LINE,
        highlight=highlight,
        width=_WIDTHS.get(kind, 800) if width is None else width,
    )
    with working(f"Drawing {path}"):
        if kind in _OF_TARGETS:
            drawn = _of_target(kind, request, _target(record, kind, target))
        elif kind in _OF_AREAS:
            drawn = _of_areas(kind, request, _measure(record, kind, measure), period)
        else:
            drawn = _of_plan(kind, request)
        return save_chart(drawn, path)


@attrs.frozen(kw_only=True)
class _Request:
    """The inputs of every kind of chart."""

    plan: Plan
    figures: Figures
    as_of: date
    area: str | None
    policy: Policy
    highlight: tuple[str, ...]
    width: int


def _target(plan: Plan, kind: str, name: str | None) -> Target:
    if name is None:
        ids = [target.id for target in plan.targets]
        raise click.UsageError(f"a {kind} chart needs --target: {_known(ids, 'targets')}")
    return find_target(plan, name)


def _measure(plan: Plan, kind: str, name: str | None) -> Measure:
    ids = [measure.id for measure in plan.measures]
    if name is None:
        raise click.UsageError(f"a chart of {kind} needs --measure: {_known(ids, 'measures')}")
    return plan.measure(name)


def _known(ids: Sequence[str], noun: str) -> str:
    return did_you_mean("", ids) if ids else f"this plan has no {noun}"


def _of_target(kind: _Kind, request: _Request, target: Target) -> Chart:
    area = request.area
    if area is not None:
        check_area(area, request.plan, request.figures)
    reports, as_of = request.figures.reports, request.as_of
    if kind == "process":
        if not isinstance(target, MeasuredTarget):
            raise click.UsageError(f"{target.id!r} has no measure, so there are no figures to draw")
        observed = proportion_chart(target, reports, as_of=as_of, area=area)
        if isinstance(observed, Undefined):
            observed = control_chart(target, reports, as_of=as_of, area=area)
        return rrmodel.reporting.process_chart(
            observed, target=target, as_of=as_of, width=request.width
        )
    result = evaluate(target, reports, as_of=as_of, area=area, policy=request.policy)
    if kind == "forecast":
        return rrmodel.reporting.forecast_chart(result, width=request.width)
    return rrmodel.reporting.target_chart(result, width=request.width)


def _of_areas(kind: _Kind, request: _Request, measure: Measure, asked: Period | None) -> Chart:
    counted = [
        one
        for one in request.figures.of(request.plan)
        if one.measure == measure.id
        and one.counts is not None
        and (one.published or date.min) <= request.as_of
    ]
    period = _latest_shared(counted) if asked is None else asked
    figures = [one for one in counted if one.period == period]
    if period is None or not figures:
        of_what = "for two areas" if asked is None else f"for {asked}"
        raise click.UsageError(
            f"no counts of {measure.id!r} {of_what} had been published by "
            f"{day_text(request.as_of)}: add figures with --observations"
        )
    compared = compare_areas(measure, figures, period=period, as_of=request.as_of)
    sources = map(request.figures.source, figures)
    titles = dict.fromkeys(source.title for source in sources if source is not None)
    draw = rrmodel.reporting.funnel_chart if kind == "funnel" else rrmodel.reporting.areas_chart
    return draw(
        compared,
        measure=measure,
        period=period,
        highlight=request.highlight,
        as_of=request.as_of,
        source="; ".join(titles) or None,
        width=request.width,
    )


def _latest_shared(figures: Iterable[Observation]) -> Period | None:
    """Return the latest period that two areas have figures for."""
    areas: dict[Period, set[str]] = {}
    for one in figures:
        areas.setdefault(one.period, set()).add(one.area)
    shared = (period for period, names in areas.items() if len(names) > 1)
    return max(shared, key=lambda period: period.last_day, default=None)


def _of_plan(kind: _Kind, request: _Request) -> Chart:
    plan, reporting = request.plan, rrmodel.reporting
    match kind:
        case "coverage":
            return reporting.coverage_chart(plan, width=request.width)
        case "partners":
            if len(request.highlight) > 1:
                raise click.UsageError("a chart of partners highlights one partner")
            highlighted = next(iter(request.highlight), None)
            return reporting.partner_chart(plan, highlight=highlighted, width=request.width)
        case _:
            result = _assessed(request)
    if kind == "timeline":
        return reporting.timeline_chart(result, width=request.width)
    return reporting.targets_chart(result, width=request.width)


def _assessed(request: _Request) -> PlanEvaluation:
    if request.area is not None:
        check_area(request.area, request.plan, request.figures)
    return evaluate_plan(
        request.plan,
        request.figures.reports,
        as_of=request.as_of,
        area=request.area,
        policy=request.policy,
    )
