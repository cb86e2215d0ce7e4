"""Figures over time: a target, its forecast, and the process behind the figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import altair as alt

from rrmodel import model
from rrmodel.errors import RecordError
from rrmodel.evaluation import (
    AssessedFigure,
    Evaluation,
    ObservedChart,
    Terms,
    forecast_path,
    terms_of,
)
from rrmodel.inference import Undefined
from rrmodel.periods import Period, day_text
from rrmodel.quantities import Level
from rrmodel.reporting import _looks as looks
from rrmodel.reporting._looks import Row
from rrmodel.reporting._plot import Plot, number

__all__ = ["forecast_chart", "process_chart", "target_chart"]

_ELSEWHERE = 24
"""Figures of other areas are drawn only if there are at most so many."""
_EXCLUDED: Row = looks.THIN | {"shape": looks.CROSS, "color": looks.MID, "size": 22, "opacity": 1}
_USES: dict[str, tuple[str, Row]] = {
    "": ("Other figures", looks.DOT | {"color": looks.BLUE, "size": 40}),
    "after the deadline": ("After the deadline", looks.OPEN | {"color": looks.BLUE, "size": 60}),
    "decides": ("Latest figure by the deadline", looks.FAR | {"color": looks.BLUE}),
}
_TIPS = "use level period area numerator denominator published"
_BANDS = {0.95: "#ADD1F1", 0.8: "#6BACE6", 0.5: "#2073BC"}
"""The bands of a fan by their confidence, in the sequence of colours of the Analysis Function."""
_VARIATIONS: dict[str, tuple[str, Row]] = {
    "common_cause": ("Common cause", looks.DOT | {"color": looks.MID}),
    "improvement": ("Improvement", looks.FAR | looks.HIGH),
    "concern": ("Concern", looks.FAR | looks.LOW),
}
_ASSURANCES = {
    "consistently_passes": ("P", looks.SKY, "Passes"),
    "inconsistent": ("?", looks.MID, "Hit or miss"),
    "consistently_fails": ("F", looks.ORANGE, "Fails"),
}


def target_chart(evaluation: Evaluation, *, width: int = 700) -> alt.LayerChart:
    """Draw one target: its baseline, expected line, goal, deadline and published figures.

    Each figure is at the last day of its period, with the 95% confidence interval of its counts
    (Wilson 1927) or else with the levels that round to it. Excluded figures are grey crosses, with
    the reason on hover. The subtitle states the status.

    >>> from datetime import date
    >>> from rrmodel import datasets, evaluate
    >>> housed = datasets.load("east-midlands-2022-25").target("housed-on-release-by-july-2023")
    >>> figures = datasets.observations("england-and-wales")
    >>> result = evaluate(housed, figures, as_of=date(2024, 8, 1), area="England and Wales")
    >>> print(*target_chart(result).to_dict()["title"]["text"])
    Housed on the night of release: England and Wales, 2022/23 to 2023/24

    Args:
        evaluation: The assessment of the target.
        width: The width of the whole chart in pixels.

    Raises:
        RecordError: The width is less than 320 pixels.
    """
    plot, target, terms = Plot(width, left=8), evaluation.target, evaluation.assessment.terms
    due = target.deadline.last_day if target.deadline else None
    if terms is not None:
        return _measured(plot, evaluation, terms, due)
    plot.height, plot.below = 72, 22
    done = [evaluation.completion.day] if evaluation.completion else []
    plot.days([evaluation.as_of, due, *done])
    plot.dates(as_of=evaluation.as_of, deadline=due)
    rows: list[Row] = [{"last_day": day, "done": day_text(day)} for day in done]
    plot.draw("point", rows, looks.DOT | {"color": looks.BLUE}, key="Done", tips="done", y=58)
    return plot.chart(
        title=target.statement,
        subtitle=evaluation.explain(),
        notes=evaluation.sources,
        as_of=evaluation.as_of,
    )


def _measured(plot: Plot, evaluation: Evaluation, terms: Terms, due: date | None) -> alt.LayerChart:
    measure, baseline = terms.target.measure, terms.baseline
    rows = [
        _row(each)
        for each in evaluation.figures
        if (level := each.observation.level) is not None and level.unit == measure.unit
    ]
    if sum(row["use"] == "other area" for row in rows) > _ELSEWHERE:
        rows = [row for row in rows if row["use"] != "other area"]
    shown = [row for row in rows if row["is_comparable"]]
    line = [_point(*each) for each in terms.path()]
    start = [_point(baseline.period.last_day, baseline.level)] if baseline else []
    edges = [number(level.value) for level in terms.edges]
    plot.levels(measure.unit)
    plot.days([*(each["last_day"] for each in (*rows, *line, *start)), evaluation.as_of, due])
    band: list[Row] = [{"low": edges[0], "high": edges[-1]}] if len(edges) > 1 else []
    shade: Row = {"color": looks.TEAL, "opacity": 0.15}
    plot.draw("rect", band, shade, x=None, y="low:Q", y2="high:Q")
    plot.goals(terms.goals)
    plot.dates(as_of=evaluation.as_of, deadline=due)
    plot.draw("line", line, looks.EXPECTED, key="Expected", tips="level")
    for each in start:
        plot.draw("point", start, looks.BASELINE, key=f"Baseline {each['level']}", tips="level")
    excluded = [row for row in rows if not row["is_comparable"]]
    plot.draw("point", excluded, _EXCLUDED, key="Excluded", tips=_TIPS)
    thin = looks.THIN | {"color": looks.BLUE}
    plot.draw("line", shown, thin)
    plot.draw("rule", shown, thin, y="lower:Q", y2="upper:Q")
    for use, (name, look) in _USES.items():
        chosen = [row for row in shown if (row["use"] if row["use"] in _USES else "") == use]
        plot.draw("point", chosen, look, key=name, tips=_TIPS)
        if use == "decides" and chosen:
            text = f"{chosen[-1]['level']} in {chosen[-1]['period']}"
            plot.label(chosen[-1] | looks.HIGHLIGHTED, text, above=10)
    periods = [baseline.period] if baseline else []
    periods += [each.observation.period for each in evaluation.figures if each.is_comparable]
    undrawn = len(evaluation.figures) - len(rows)
    unseen = f"Excluded and not shown, as of another area or unit: {undrawn}."
    return plot.chart(
        title=f"{measure.name}: {evaluation.area}, {_span(periods, due)}",
        subtitle=evaluation.explain(),
        notes=[unseen * bool(undrawn), *evaluation.sources],
        as_of=evaluation.as_of,
        description=[f"{row['level']} in {row['period']}" for row in shown] or ["No figures"],
    )


def _row(figure: AssessedFigure) -> Row:
    row = figure.to_dict() | {"last_day": figure.observation.period.last_day}
    row |= {"level": str(figure.observation.level), "use": figure.use.replace("_", " ")}
    return {name: "not known" if each is None else each for name, each in row.items()}


def _point(day: date, level: Level) -> Row:
    return {"last_day": day, "value": number(level.value), "level": str(level)}


def _span(periods: Sequence[Period], due: date | None = None) -> str:
    """Return from which period to which period, or to which month, a chart runs."""
    known = sorted(periods, key=lambda each: each.last_day)
    ends = [str(known[0]), str(known[-1])] if known else []
    if due is not None and (not known or known[-1].last_day < due):
        ends[1:] = [day_text(due).split(" ", 1)[1]]
    return " to ".join(dict.fromkeys(ends)) or "no figures"


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
    >>> print(*chart.to_dict()["title"]["text"])
    Forecast: Housed on the night of release, East Midlands, March 2022 to July 2023

    Args:
        evaluation: The assessment of the target.
        width: The width of the whole chart in pixels.

    Raises:
        RecordError: There is no forecast, with the reason, or the width is less than 320 pixels.
    """
    path = forecast_path(evaluation, confidences=[*_BANDS])
    if isinstance(path, Undefined):
        raise RecordError(f"there is no forecast of {evaluation.target.id!r}: {path.reason}")
    shown = [_row(each) for each in evaluation.figures if each.observation in path.figures]
    ends = dict.fromkeys(("lower", "upper"), shown[-1]["value"])
    bands: dict[float, list[Row]] = {band: [shown[-1] | ends] for band in _BANDS}
    for each in path.forecasts:
        row: Row = {"last_day": each.period.last_day, "period": str(each.period)}
        row |= {"interval": each.forecast.interval_text, "value": number(100 * each.forecast.level)}
        interval = each.forecast.interval
        row |= {side: number(100 * getattr(interval, side)) for side in ("lower", "upper")}
        bands[each.confidence].append(row)
    plot, thin = Plot(width), looks.THIN | {"color": looks.BLUE}
    plot.levels("%")
    plot.days([*(row["last_day"] for row in shown), path.deadline, evaluation.as_of])
    for band, colour in _BANDS.items():
        key, look = f"{band:.0%} interval", {"color": colour, "opacity": 1}
        place = {"y": "lower:Q", "y2": "upper:Q", "tips": "period interval"}
        plot.draw("area", bands[band], look, key=key, **place)
    plot.draw("line", bands[0.5], looks.THIN | {"color": looks.INK, "strokeDash": [3, 3]})
    plot.goals([path.goal])
    plot.dates(as_of=evaluation.as_of, deadline=path.deadline)
    plot.draw("line", shown, thin)
    plot.draw("point", shown, looks.DOT | thin, key="Published figure", tips=_TIPS)
    span = _span([figure.period for figure in path.figures], path.deadline)
    causes = "The forecast continues the movement of the figures so far, without regard to causes."
    return plot.chart(
        title=f"Forecast: {path.target.measure.name}, {evaluation.area}, {span}",
        subtitle=path.summary,
        notes=[causes, *evaluation.sources],
        as_of=evaluation.as_of,
        description=[f"{row['period']}: {row['level']}" for row in shown],
    )


def process_chart(
    observed: ObservedChart | Undefined,
    *,
    target: model.MeasuredTarget | None = None,
    as_of: date | None = None,
    width: int = 800,
) -> alt.LayerChart:
    """Draw a control chart: figures, mean, process limits and signals, with the icons of the NHS.

    The first icon is the variation of the latest figure: H or L in blue or orange for a special
    cause, and a grey ~ for common-cause variation. The second is the assurance: P, F or ?.

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
    >>> print(*process_chart(observed, target=housed).to_dict()["title"]["text"])
    Housed on the night of release: East Midlands, September 2022 to December 2022

    Args:
        observed: The chart, from :func:`~rrmodel.evaluation.control_chart` or
            :func:`~rrmodel.evaluation.proportion_chart`.
        target: The target, whose name, goal and deadline are then shown.
        as_of: The day of the chart, to mark it.
        width: The width of the whole chart in pixels.

    Raises:
        RecordError: There is no chart, with the reason, or the width is less than 320 pixels.
    """
    if isinstance(observed, Undefined):
        raise RecordError(f"there is no chart to draw: {observed.reason}")
    plot, chart, figures = Plot(width), observed.chart, observed.figures
    rows: list[Row] = observed.to_records()
    for row, each in zip(rows, figures, strict=True):
        row["level"] = str(each.level)
        row["signal"] = str(row["signal"] or "none").replace("_", " ")
    terms = terms_of(target) if target is not None else None
    goals, due = (terms.goals, terms.deadline) if terms else ((), None)
    unit = next(level.unit for figure in figures if (level := figure.level) is not None)
    plot.levels(unit, tall=380, top=88)
    plot.days([*(figure.period.last_day for figure in figures), due, as_of])
    words, look = _VARIATIONS[chart.variation]
    signal = chart.points[-1].signal
    icons = [("~" if signal is None else "H" if signal.is_high else "L", look["color"], words)]
    icons += [_ASSURANCES[chart.assurance]] if chart.assurance else []
    _draw_icons(plot, icons)
    plot.goals(goals)
    plot.dates(as_of=as_of, deadline=due, top=44)
    step: Row = looks.THIN | {"interpolate": "step"}
    limit = step | {"color": looks.MID, "strokeDash": [2, 3]}
    for name, look, key in (
        ("expected", looks.EXPECTED, "Expected"),
        ("mean", step | {"color": looks.INK}, "Mean"),
        ("lower", limit, "Process limits"),
        ("upper", limit, ""),
    ):
        points = [row for row in rows if row[name] is not None]
        detail = None if name == "expected" else "group:N"
        plot.draw("line", points, look, key=key, y=f"{name}:Q", detail=detail)
    plot.draw("line", rows, looks.THIN | {"color": looks.MID})
    for kind, (name, look) in _VARIATIONS.items():
        chosen = [row for row in rows if row["variation"] == kind]
        plot.draw("point", chosen, look, key=name, tips="level period signal")
    named = target.measure.name if target else figures[0].measure.replace("-", " ").capitalize()
    cautions = "; ".join(dict.fromkeys(caution.kind.summary for caution in chart.cautions))
    return plot.chart(
        title=f"{named}: {figures[0].area}, {_span([figure.period for figure in figures])}",
        subtitle=observed.summary,
        notes=[observed.statement, f"Caution: {cautions}." * bool(cautions)],
        as_of=as_of,
        description=[f"{row['period']}: {row['level']}, signal {row['signal']}" for row in rows],
    )


def _draw_icons(plot: Plot, icons: Sequence[tuple[str, str, str]]) -> None:
    """Draw icons of variation and assurance in the manner of NHS England, with their words."""
    ring: Row = {"filled": False, "opacity": 1, "size": 850, "strokeWidth": 3}
    look: Row = {"align": "center", "fontSize": 16}
    for x, (letter, colour, label) in zip((20, 160), icons, strict=False):
        plot.draw("point", [{}], ring | {"color": colour}, x=x, y=18)
        plot.write([looks.BOLD | {"lines": [letter]}], look, x=x, y=18)
        plot.write([{"lines": [label]}], x=x + 24, y=18)
