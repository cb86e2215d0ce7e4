"""Figures over time: their process limits, and what may follow them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby

import altair as alt

from rrmodel.errors import RecordError
from rrmodel.evaluation import Evaluation, ObservedChart, forecast_path
from rrmodel.inference import (
    Assurance,
    CautionKind,
    ControlPoint,
    Signal,
    Undefined,
    Variation,
)
from rrmodel.model import MeasuredTarget, Observation
from rrmodel.periods import day_text
from rrmodel.reporting._colours import BLUE, INK, MID, ORANGE, SKY
from rrmodel.reporting._plot import DOT, Plot, Row
from rrmodel.reporting._scales import Days, Levels, number
from rrmodel.reporting._target_chart import (
    EXPECTED,
    GOAL,
    THIN,
    draw_dates,
    figure,
    goal_text,
    goals_of,
    notes_of,
    span_of,
)
from rrmodel.reporting._text import clean

__all__ = ["forecast_chart", "process_chart"]

_WAVE = "M-1,0.1C-0.6,-0.9,-0.4,-0.9,0,0S0.6,0.9,1,-0.1"
_HIGH: Row = DOT | {"color": SKY, "shape": "diamond", "size": 110}
_LOW: Row = DOT | {"color": ORANGE, "shape": "triangle-up", "size": 110}
_VARIATIONS: dict[Variation, tuple[str, str, Row]] = {
    Variation.COMMON_CAUSE: ("Common cause", "common-cause variation", DOT | {"color": MID}),
    Variation.IMPROVEMENT: ("Improvement", "special-cause improvement", _HIGH),
    Variation.CONCERN: ("Concern", "special-cause concern", _LOW),
}
_ASSURANCES: dict[Assurance, tuple[str, str, str, str]] = {
    Assurance.CONSISTENTLY_PASSES: ("P", SKY, "Passes", "consistently reaches the expected level"),
    Assurance.INCONSISTENT: ("?", MID, "Hit or miss", "reaches the expected level only by chance"),
    Assurance.CONSISTENTLY_FAILS: ("F", ORANGE, "Fails", "consistently misses the expected level"),
}
_CAUTIONS: dict[CautionKind, str] = {
    CautionKind.NO_LIMITS: "there are too few figures for limits",
    CautionKind.TRIAL_LIMITS: "limits of fewer than 13 figures are trial limits",
    CautionKind.FEW_CASES: "fewer than 5 expected cases make limits rough",
    CautionKind.OVERDISPERSED: "figures vary by more than chance, so the limits are too narrow",
    CautionKind.OVERLAPPING: "periods overlap, so no rules about runs apply",
    CautionKind.MISSING_PERIODS: "periods are missing, and no rule reaches across the gap",
}
_MEAN: Row = {"color": INK, "strokeWidth": 1.5, "interpolate": "step"}
_LIMIT: Row = {"color": MID, "strokeWidth": 1.5, "strokeDash": [2, 3], "interpolate": "step"}
_HIGH_SIGNALS = ("above", "upper", "rising")
_BANDS = {95: "#ADD1F1", 80: "#6BACE6", 50: "#2073BC"}
"""The bands of a fan by their confidence, in the sequence of colours of the Analysis Function."""


def process_chart(
    observed: ObservedChart | Undefined,
    *,
    target: MeasuredTarget | None = None,
    as_of: date | None = None,
    width: int = 800,
) -> alt.LayerChart:
    """Draw a control chart: figures, mean, process limits and signals, with the icons of the NHS.

    The first icon is the variation of the latest figure: H or L in blue or orange for a special
    cause, and a grey wave for common-cause variation. The second is the assurance: P, F or ?.

    >>> from datetime import date
    >>> from rrmodel import Month, Observation, datasets
    >>> from rrmodel.evaluation import proportion_chart
    >>> from rrmodel.model import Counts
    >>> housed = datasets.load("east-midlands-2022-25").target("housed-on-release-by-july-2023")
    >>> figures = [
    ...     Observation(measure=housed.measure, area="East Midlands", counts=Counts(count, 600),
    ...         period=Month("September 2022") + place)
    ...     for place, count in enumerate((490, 483, 499, 540))
    ... ]
    >>> observed = proportion_chart(housed, figures, as_of=date(2023, 2, 1))
    >>> process_chart(observed, target=housed).to_dict()["title"]["text"]
    ['Housed on the night of release: East Midlands, September 2022 to December 2022']

    Args:
        observed: The chart, from :func:`~rrmodel.evaluation.control_chart` or
            :func:`~rrmodel.evaluation.proportion_chart`.
        target: The target, whose name, goal, deadline and series breaks are then shown.
        as_of: The day of the chart, to mark it.
        width: The width of the whole chart in pixels.

    Raises:
        RecordError: There is no chart, with the reason, or the width is less than 320 pixels.
    """
    if isinstance(observed, Undefined):
        raise RecordError(f"there is no chart to draw: {observed.reason}")
    chart, figures = observed.chart, observed.figures
    rows: list[Row] = []
    points: Sequence[ControlPoint[Fraction] | ControlPoint[float]] = chart.points
    for each, point in zip(figures, points, strict=True):
        row = figure(each) | {"group": point.group, "variation": point.variation.value}
        for name in ("mean", "lower", "upper", "target"):
            end = getattr(point, name)
            row[name] = None if end is None else number(end * observed.scale)
        signal = "none" if point.signal is None else point.signal.value.replace("_", " ")
        rows.append(row | {"Signal": signal})
    unit = next((each.level.unit for each in figures if each.level is not None), "%")
    due = target.deadline.last_day if target is not None and target.deadline else None
    goals = goals_of(target) if target is not None else []
    ends = [row[end] for row in rows for end in ("level", "lower", "upper", "target")]
    levels = Levels.of(
        [*(end for end in ends if end is not None), *(level.value for level in goals)],
        unit,
        bottom=380,
        top=88,
    )
    plot = Plot(width, left=levels.room, right=8)
    marked = [day for day in (due, as_of) if day is not None]
    days = Days.of([*(each.period.last_day for each in figures), *marked], plot.wide)
    plot.x, plot.y = days.channel(), levels.channel()
    last = chart.points[-1]
    _draw_icons(plot, last.signal, last.variation, chart.assurance)
    goal_rows: list[Row] = [{"level": number(level.value), "Goal": str(level)} for level in goals]
    goal = "" if target is None else f"Goal {goal_text(target)}"
    plot.draw("rule", goal_rows, GOAL, key=goal, tips="Goal", x=None)
    draw_dates(plot, days, levels.bottom, as_of=as_of, deadline=due, top=44)
    expected = [row for row in rows if row["target"] is not None]
    plot.draw("line", expected, EXPECTED, key="Expected", y=levels.channel("target"))
    for number_, found in groupby(rows, key=lambda row: row["group"]):
        group = [row for row in found if row["lower"] is not None]
        key = "" if number_ else "Mean"
        plot.draw("line", group, _MEAN, key=key, y=levels.channel("mean"))
        plot.draw("line", group, _LIMIT, key=key and "Process limits", y=levels.channel("lower"))
        plot.draw("line", group, _LIMIT, y=levels.channel("upper"))
    plot.draw("line", rows, {"color": MID, "strokeWidth": 1.5})
    for kind, (_, name, look) in _VARIATIONS.items():
        chosen = [row for row in rows if row["variation"] == kind.value]
        tips = "Figure Period Signal Counts"
        plot.draw("point", chosen, look, key=name.capitalize(), tips=tips)
    named = target.measure.name if target else figures[0].measure.replace("-", " ").capitalize()
    reached = f"; the process {_ASSURANCES[chart.assurance][3]}" if chart.assurance else ""
    cautions = dict.fromkeys(_CAUTIONS[caution.kind] for caution in chart.cautions)
    return plot.chart(
        title=f"{named}: {clean(figures[0].area)}, {span_of([each.period for each in figures])}",
        subtitle=f"The latest figure, {rows[-1]['Figure']}, shows "
        f"{_VARIATIONS[last.variation][1]}{reached}.",
        height=levels.bottom,
        below=22,
        notes=[
            observed.statement,
            *_rebases(rows, figures, target),
            *([f"Caution: {'; '.join(cautions)}."] if cautions else []),
            *([f"With what was published by {day_text(as_of)}."] if as_of else []),
        ],
        description=[f"{row['Period']}: {row['Figure']}, signal {row['Signal']}" for row in rows],
    )


def _rebases(
    rows: Sequence[Row], figures: Sequence[Observation], target: MeasuredTarget | None
) -> Iterator[str]:
    """Yield when the limits were calculated anew, and why."""
    breaks = target.measure.series_breaks if target is not None else ()
    for place in range(1, len(rows)):
        if rows[place]["group"] != rows[place - 1]["group"]:
            before, period = figures[place - 1].period, figures[place].period
            ends = before.first_day, period.first_day
            reasons = [each.reason for each in breaks if ends[0] < each.starts <= ends[1]]
            reason = (reasons or ["a known change of the process"])[0].rstrip(".")
            yield f"Limits calculated anew from {period}: {reason}."


def _draw_icons(
    plot: Plot, signal: Signal | None, variation: Variation, assurance: Assurance | None
) -> None:
    """Draw the icons of variation and assurance in the manner of NHS England, with their words."""
    words, _, look = _VARIATIONS[variation]
    is_high = signal is not None and any(word in signal.value for word in _HIGH_SIGNALS)
    icons = [("" if signal is None else "H" if is_high else "L", look["color"], words)]
    icons += [_ASSURANCES[assurance][:3]] if assurance else []
    for place, (sign, colour, name) in enumerate(icons):
        x = 20 + 140 * place
        line: Row = {"color": colour, "strokeWidth": 3, "opacity": 1, "filled": False}
        plot.draw("point", [{}], line | {"shape": "circle", "size": 850}, x=x, y=18)
        if not sign:
            plot.draw(
                "point", [{}], line | {"shape": _WAVE, "size": 160, "strokeWidth": 2}, x=x, y=18
            )
        bold: Row = {"align": "center", "fontSize": 16, "fontWeight": "bold"}
        plot.print([sign], bold, x=x, y=18)
        plot.print([name], {}, x=x + 24, y=18)


def forecast_chart(evaluation: Evaluation, *, width: int = 800) -> alt.LayerChart:
    """Draw what may follow the monthly or quarterly figures until the deadline: a forecast fan.

    The bands contain the figure of a period with 50%, 80% and 95% probability, if the figures go on
    as they have moved so far.

    >>> from datetime import date
    >>> from rrmodel import Month, Observation, datasets, evaluate
    >>> from rrmodel.model import Counts
    >>> housed = datasets.load("east-midlands-2022-25").target("housed-on-release-by-july-2023")
    >>> figures = [
    ...     Observation(measure=housed.measure, area="East Midlands",
    ...         counts=Counts(490 + 2 * place, 600), period=Month("March 2022") + place)
    ...     for place in range(11)
    ... ]
    >>> chart = forecast_chart(evaluate(housed, figures, as_of=date(2023, 2, 10)))
    >>> chart.to_dict()["title"]["text"]
    ['Forecast: Housed on the night of release, East Midlands, March 2022 to July 2023']

    Args:
        evaluation: The assessment of the target.
        width: The width of the whole chart in pixels.

    Raises:
        RecordError: There is no forecast, with the reason, or the width is less than 320 pixels.
    """
    path = forecast_path(evaluation, confidences=[each / 100 for each in _BANDS])
    if isinstance(path, Undefined):
        raise RecordError(f"there is no forecast of {evaluation.target.id!r}: {path.reason}")
    target, goal, due, run = path.target, path.goal, path.deadline, path.figures
    fan: list[Row] = []
    for period, forecasts in groupby(path.forecasts, key=lambda each: each.period):
        row: Row = {"day": period.last_day.isoformat(), "Period": str(period)}
        for confidence, each in zip(_BANDS, forecasts, strict=True):
            low, high = each.forecast.interval.lower, each.forecast.interval.upper
            row |= {f"low{confidence}": number(100 * low), f"high{confidence}": number(100 * high)}
            row |= {f"Interval_{confidence}": f"{low:.1%} to {high:.1%}"}
            row["level"] = number(100 * each.forecast.level)
            row["probability"] = number(each.forecast.probability)
        fan.append(row)
    shown = [figure(each) for each in run]
    start: Row = {name: shown[-1][name] for name in ("day", "Period", "level")}
    for confidence in _BANDS:
        start |= {f"{end}{confidence}": start["level"] for end in ("low", "high")}
    ends = [row[end] for row in fan for end in ("low95", "high95")]
    levels = Levels.of([*(row["level"] for row in shown), goal.value, *ends], "%")
    plot = Plot(width, left=levels.room, right=8)
    every = [*(each.period.last_day for each in run), due, evaluation.as_of]
    days = Days.of(every, plot.wide)
    plot.x, plot.y = days.channel(), levels.channel()
    for confidence, colour in _BANDS.items():
        band: Row = {"y": levels.channel(f"low{confidence}"), "y2": f"high{confidence}:Q"}
        look: Row = {"color": colour, "opacity": 1}
        tips, key = f"Period Interval_{confidence}", f"{confidence}% interval"
        plot.draw("area", [start, *fan], look, key=key, tips=tips, **band)
    plot.draw("line", [start, *fan], {"color": INK, "strokeDash": [3, 3], "strokeWidth": 1.5})
    goals = [{"level": number(goal.value)}]
    plot.draw("rule", goals, GOAL, key=f"Goal {goal}", x=None)
    draw_dates(plot, days, levels.bottom, as_of=evaluation.as_of, deadline=due)
    plot.draw("line", shown, THIN)
    tips = "Figure Period Counts Published"
    plot.draw("point", shown, DOT | {"color": BLUE}, key="Published figure", tips=tips)
    final = fan[-1]
    span = span_of([each.period for each in run], due)
    return plot.chart(
        title=f"Forecast: {target.measure.name}, {clean(evaluation.area)}, {span}",
        subtitle=f"The goal of {goal} by {final['Period']} has a probability of "
        f"{_chance(final['probability'])}. With 80% probability that figure is "
        f"{final['Interval_80']}.",
        height=levels.bottom,
        below=22,
        notes=[
            "The forecast continues the movement of the figures so far, without regard to causes.",
            *notes_of(evaluation),
        ],
        description=[f"{row['Period']}: {row['Figure']}" for row in shown],
    )


def _chance(probability: float) -> str:
    percent = round(100 * probability)
    return {0: "less than 1%", 100: "more than 99%"}.get(percent, f"{percent}%")
