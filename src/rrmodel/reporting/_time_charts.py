"""Figures over time: a target, its forecast, and the process behind the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

import altair as alt

from rrmodel import model
from rrmodel.errors import RecordError
from rrmodel.evaluation import Evaluation, Exclusion, ObservedChart, Terms, forecast_path
from rrmodel.inference import (
    Assurance,
    CautionKind,
    Undefined,
    Variation,
    wilson_interval,
)
from rrmodel.periods import Period, day_text
from rrmodel.quantities import Level, Percentage
from rrmodel.reporting import _looks as looks
from rrmodel.reporting._looks import Row
from rrmodel.reporting._plot import Plot, number
from rrmodel.reporting._text import clean

__all__ = ["forecast_chart", "process_chart", "target_chart"]

_ELSEWHERE = 24
"""Figures of other areas are drawn only if there are at most so many."""
_LATER: Row = {"color": looks.BLUE, "fill": "white", "size": 60, "strokeWidth": 2, "opacity": 1}
_EXCLUDED: Row = {
    "shape": looks.CROSS,
    "color": looks.MID,
    "size": 22,
    "strokeWidth": 1.5,
    "opacity": 1,
}
_FIGURES: dict[str, Row] = {
    "Other figures": looks.DOT | {"color": looks.BLUE, "size": 40},
    "After the deadline": _LATER,
    "Latest figure by the deadline": looks.DOT | {"color": looks.BLUE, "size": 110},
}
_TIPS = "Figure Period Area Counts Published"
_BANDS = {95: "#ADD1F1", 80: "#6BACE6", 50: "#2073BC"}
"""The bands of a fan by their confidence, in the sequence of colours of the Analysis Function."""
_POINT = ("mean", "lower", "upper", "expected", "group", "variation")
_WAVE = "M-1,0.1C-0.6,-0.9,-0.4,-0.9,0,0S0.6,0.9,1,-0.1"
_FAR: Row = looks.DOT | {"size": 110}
_VARIATIONS: dict[Variation, tuple[str, Row]] = {
    Variation.COMMON_CAUSE: ("common-cause variation", looks.DOT | {"color": looks.MID}),
    Variation.IMPROVEMENT: ("special-cause improvement", _FAR | looks.HIGH),
    Variation.CONCERN: ("special-cause concern", _FAR | looks.LOW),
}
_ASSURANCES: dict[Assurance, tuple[str, str, str, str]] = {
    Assurance.CONSISTENTLY_PASSES: ("P", looks.SKY, "Passes", "consistently reaches {}"),
    Assurance.INCONSISTENT: ("?", looks.MID, "Hit or miss", "reaches {} only by chance"),
    Assurance.CONSISTENTLY_FAILS: ("F", looks.ORANGE, "Fails", "consistently misses {}"),
}
_CAUTIONS: dict[CautionKind, str] = {
    CautionKind.NO_LIMITS: "there are too few figures for limits",
    CautionKind.TRIAL_LIMITS: "limits of fewer than 13 figures are trial limits",
    CautionKind.FEW_CASES: "fewer than 5 expected cases make limits rough",
    CautionKind.OVERDISPERSED: "figures vary by more than chance, so the limits are too narrow",
    CautionKind.OVERLAPPING: "periods overlap, so no rules about runs apply",
    CautionKind.MISSING_PERIODS: "periods are missing, and no rule reaches across the gap",
}


def goals_of(target: model.Target) -> list[Level]:
    """Return the level of a goal, both ends of a range, or nothing."""
    goal: Any = getattr(target, "goal", None)
    if isinstance(goal, model.LevelRange):
        return [goal.low, goal.high]
    return [] if goal is None else [goal]


def figure(observation: model.Observation, use: str = "decides") -> Row:
    """Return a figure as charts and tables show it.

    Its true level may be anywhere in the 95% interval of Wilson (1927) for its counts, else
    anywhere that rounds to the published level.
    """
    level, counts = observation.level, observation.counts
    ends: tuple[Fraction | float, ...] = (Fraction(0), Fraction(0))
    if counts is not None and isinstance(level, Percentage):
        interval = wilson_interval(counts, confidence=0.95)
        ends = 100 * interval.lower, 100 * interval.upper
    elif level is not None:
        ends = tuple(end.value for end in level.published_interval)
    return {
        "day": observation.period.last_day.isoformat(),
        "level": None if level is None else number(level.value),
        "low": number(ends[0]),
        "high": number(ends[1]),
        "Period": str(observation.period),
        "Figure": "none" if level is None else str(level),
        "Area": clean(observation.area),
        "Counts": f"{counts.numerator:,} of {counts.denominator:,}" if counts else "not published",
        "Published": day_text(observation.published) if observation.published else "not known",
        "Use": use.replace("_", " "),
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
    >>> target_chart(result).to_dict()["title"]["text"]
    ['Housed on the night of release: England and Wales, 2022/23 to 2023/24']

    Args:
        evaluation: The assessment of the target.
        width: The width of the whole chart in pixels.

    Raises:
        RecordError: The width is less than 320 pixels.
    """
    terms, plot = evaluation.assessment.terms, Plot(width, left=8, right=8)
    if terms is not None:
        return _measured(plot, evaluation, terms)
    target = evaluation.target
    due = target.deadline.last_day if target.deadline else None
    done = [evaluation.completion.day] if evaluation.completion else []
    plot.height = 72
    plot.days([evaluation.as_of, *([due] if due else []), *done])
    plot.dates(as_of=evaluation.as_of, deadline=due)
    rows: list[Row] = [{"day": day.isoformat(), "Done": day_text(day)} for day in done]
    plot.draw("point", rows, looks.DOT | {"color": looks.BLUE}, key="Done", tips="Done", y=58)
    subtitle = evaluation.explain("sentence")
    return plot.chart(title=target.statement, subtitle=subtitle, notes=_sources(evaluation))


def _measured(plot: Plot, evaluation: Evaluation, terms: Terms) -> alt.LayerChart:
    target, due, latest = terms.target, terms.deadline, evaluation.latest
    goals, unit, notes = goals_of(target), target.measure.unit, _sources(evaluation)
    decide = [each for each in (evaluation.earliest, latest) if each is not None]
    later = [each for each in evaluation.later if each not in decide]
    other = [each for each in evaluation.history if each not in (*decide, *later)]
    known = sorted((*decide, *later, *other), key=lambda each: each.period.last_day)
    rest = [each for each in evaluation.excluded if each.observation not in known]
    drawn = [each for each in rest if (level := each.observation.level) and level.unit == unit]
    if sum(each.reason is Exclusion.OTHER_AREA for each in drawn) > _ELSEWHERE:
        drawn = [each for each in drawn if each.reason is not Exclusion.OTHER_AREA]
    if undrawn := len(rest) - len(drawn):
        notes.insert(0, f"Excluded and not shown, as of another area or unit: {undrawn}.")
    shown = [figure(each) for each in known]
    excluded = [figure(each.observation, each.reason.value) for each in drawn]
    start = [_stated(each.period.last_day, each.level) for each in filter(None, [terms.baseline])]
    line = [_stated(*point) for point in _line(terms)]
    band = sorted(number(level) for level in _band(target))
    rows = [*shown, *excluded, *start, *line]
    ends = [row[end] for row in rows for end in ("low", "high") if end in row]
    plot.levels([*ends, *(row["level"] for row in (*start, *line)), *band], unit)
    every = [date.fromisoformat(row["day"]) for row in rows]
    plot.days([*every, evaluation.as_of, *([due] if due else [])])
    if len(band) > 1:
        shade: Row = {"color": looks.TEAL, "opacity": 0.15}
        plot.draw(
            "rect", [{"low": band[0], "high": band[-1]}], shade, x=None, y="low:Q", y2="high:Q"
        )
    plot.goals(goals)
    plot.dates(as_of=evaluation.as_of, deadline=due)
    plot.draw("line", line, looks.EXPECTED, key="Expected", tips="Level")
    for row in start:
        plot.draw("point", start, looks.BASELINE, key=f"Baseline {row['Level']}", tips="Level")
    plot.draw("point", excluded, _EXCLUDED, key="Excluded", tips=f"Use {_TIPS}")
    plot.draw("line", shown, looks.THIN | {"color": looks.BLUE})
    plot.draw("rule", shown, looks.THIN | {"color": looks.BLUE}, y="low:Q", y2="high:Q")
    for (name, look), group in zip(_FIGURES.items(), (other, later, decide), strict=True):
        plot.draw("point", map(figure, group), look, key=name, tips=_TIPS)
    if latest is not None:
        row = figure(latest) | {"text": f"{latest.level} in {latest.period}"}
        plot.label(
            row | {"colour": looks.BLUE, "weight": "bold"}, latest.period.last_day, gap=10, dy=-10
        )
    begins = [terms.baseline.period] if terms.baseline else []
    periods = sorted((*begins, *(each.period for each in known)), key=lambda each: each.last_day)
    told = ", ".join(f"{row['Figure']} in {row['Period']}" for row in shown)
    return plot.chart(
        title=f"{target.measure.name}: {clean(evaluation.area)}, {_span(periods, due)}",
        subtitle=evaluation.explain("sentence"),
        notes=notes,
        description=[
            *(
                f"Baseline: {row['Level']} in {period}"
                for row, period in zip(start, begins, strict=True)
            ),
            *([f"Goal: {' to '.join(map(str, goals))}"] if goals else []),
            *([f"Deadline: {day_text(due)}"] if due else []),
            f"Figures: {told or 'none'}",
        ],
    )


def _stated(day: date, level: Level) -> Row:
    return {"day": day.isoformat(), "level": number(level.value), "Level": str(level)}


def _band(target: model.MeasuredTarget) -> list[Fraction]:
    """Return the levels at the edges of what meets the goal, as far as they are stated."""
    edges = [level.value for level in goals_of(target)]
    if isinstance(target, model.MaintainTarget | model.StandingTarget) and target.tolerance:
        allowed = target.tolerance.value
        edges.append(edges[0] + (-allowed if target.measure.better == "higher" else allowed))
    return edges


def _line(terms: Terms) -> Iterator[tuple[date, Level]]:
    """Yield the days and levels that draw the expected line: a curve needs more than its points."""
    yield from terms.points[:1]
    for (start, level), (end, following) in pairwise(terms.points):
        if terms.trajectory == "stepped":
            yield end, level
        elif terms.trajectory == "logit":
            days = range(start.toordinal(), end.toordinal(), max(1, (end - start).days // 20))
            between = ((day, terms.expected(day)) for day in map(date.fromordinal, days))
            yield from ((day, bounds.level) for day, bounds in between if bounds is not None)
        yield end, following


def _span(periods: Sequence[Period], due: date | None = None) -> str:
    """Return from which period to which period, or to which month, a chart runs."""
    ends = [str(periods[0]), str(periods[-1])] if periods else ["no figures"]
    if due is not None and (not periods or periods[-1].last_day < due):
        ends[1:] = [day_text(due).split(" ", 1)[1]]
    return " to ".join(dict.fromkeys(ends))


def _sources(evaluation: Evaluation) -> list[str]:
    """Return the source of the target and of its latest figure, and the day of the assessment."""
    latest = evaluation.latest
    notes = [f"Source of the target: {evaluation.target.citation}."]
    if latest is not None and latest.citation is not None:
        notes.append(f"Source of the latest figure: {latest.citation}.")
    return [*notes, f"Assessed with what was published by {day_text(evaluation.as_of)}."]


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
    shown = [figure(each) for each in path.figures]
    start: Row = {name: shown[-1][name] for name in ("day", "Period", "level")}
    start |= {f"{end}{band}": start["level"] for band in _BANDS for end in ("low", "high")}
    fan = [start]
    for period, forecasts in groupby(path.forecasts, key=lambda each: each.period):
        row: Row = {"day": period.last_day.isoformat(), "Period": str(period)}
        for band, each in zip(_BANDS, forecasts, strict=True):
            low, high = each.forecast.interval.lower, each.forecast.interval.upper
            row |= {f"low{band}": number(100 * low), f"high{band}": number(100 * high)}
            row |= {f"Interval_{band}": f"{low:.1%} to {high:.1%}"}
            row |= {"level": number(100 * each.forecast.level)}
            row |= {"probability": number(each.forecast.probability)}
        fan.append(row)
    plot, final = Plot(width, right=8), fan[-1]
    ends = [row[end] for row in fan for end in ("low95", "high95")]
    plot.levels([*(row["level"] for row in shown), path.goal.value, *ends], "%")
    plot.days([*(each.period.last_day for each in path.figures), path.deadline, evaluation.as_of])
    for band, colour in _BANDS.items():
        tips, place = f"Period Interval_{band}", {"y": f"low{band}:Q", "y2": f"high{band}:Q"}
        look: Row = {"color": colour, "opacity": 1}
        plot.draw("area", fan, look, key=f"{band}% interval", tips=tips, **place)
    plot.draw("line", fan, looks.THIN | {"color": looks.INK, "strokeDash": [3, 3]})
    plot.goals([path.goal])
    plot.dates(as_of=evaluation.as_of, deadline=path.deadline)
    plot.draw("line", shown, looks.THIN | {"color": looks.BLUE})
    tips = "Figure Period Counts Published"
    plot.draw("point", shown, looks.DOT | {"color": looks.BLUE}, key="Published figure", tips=tips)
    span = _span([each.period for each in path.figures], path.deadline)
    percent = round(100 * final["probability"])
    chance = {0: "less than 1%", 100: "more than 99%"}.get(percent, f"{percent}%")
    return plot.chart(
        title=f"Forecast: {path.target.measure.name}, {clean(evaluation.area)}, {span}",
        subtitle=f"The goal of {path.goal} by {final['Period']} has a probability of {chance}. "
        f"With 80% probability that figure is {final['Interval_80']}.",
        notes=[
            "The forecast continues the movement of the figures so far, without regard to causes.",
            *_sources(evaluation),
        ],
        description=[f"{row['Period']}: {row['Figure']}" for row in shown],
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
    for each, record in zip(figures, observed.to_records(), strict=True):
        row = figure(each) | {name: record[name] for name in _POINT}
        rows.append(row | {"Signal": str(record["signal"] or "none").replace("_", " ")})
    last, variation = rows[-1], _VARIATIONS[chart.points[-1].variation]
    unit = next((each.level.unit for each in figures if each.level is not None), "%")
    due = target.deadline.last_day if target is not None and target.deadline else None
    goals = goals_of(target) if target is not None else []
    ends = [row[end] for row in rows for end in ("level", "lower", "upper", "expected")]
    shown = [*(end for end in ends if end is not None), *(level.value for level in goals)]
    plot = Plot(width, right=8)
    plot.levels(shown, unit, bottom=380, top=88)
    days = [*(each.period.last_day for each in figures), due, as_of]
    plot.days(day for day in days if day is not None)
    _draw_icons(plot, last["Signal"], variation, chart.assurance)
    plot.goals(goals)
    plot.dates(as_of=as_of, deadline=due, top=44)
    expected = [row for row in rows if row["expected"] is not None]
    plot.draw("line", expected, looks.EXPECTED, key="Expected", y="expected:Q")
    limited = [row for row in rows if row["lower"] is not None]
    limit: Row = {"color": looks.MID, "strokeDash": [2, 3]}
    for name, look, key in (
        ("mean", {"color": looks.INK}, "Mean"),
        ("lower", limit, "Process limits"),
        ("upper", limit, ""),
    ):
        step = looks.THIN | {"interpolate": "step"} | look
        plot.draw("line", limited, step, key=key, y=f"{name}:Q", detail="group:N")
    plot.draw("line", rows, looks.THIN | {"color": looks.MID})
    for kind, (name, look) in _VARIATIONS.items():
        chosen = [row for row in rows if row["variation"] == kind.value]
        plot.draw("point", chosen, look, key=name.capitalize(), tips="Figure Period Signal Counts")
    named = target.measure.name if target else figures[0].measure.replace("-", " ").capitalize()
    way = _ASSURANCES[chart.assurance][3] if chart.assurance else ""
    reached = f"; the process {way.format('the expected level')}" * bool(way)
    cautions = "; ".join(dict.fromkeys(_CAUTIONS[caution.kind] for caution in chart.cautions))
    return plot.chart(
        title=f"{named}: {clean(figures[0].area)}, {_span([each.period for each in figures])}",
        subtitle=f"The latest figure, {last['Figure']}, shows {variation[0]}{reached}.",
        notes=[
            observed.statement,
            *_rebases(rows, figures, target),
            *([f"Caution: {cautions}."] if cautions else []),
            *([f"With what was published by {day_text(as_of)}."] if as_of else []),
        ],
        description=[f"{row['Period']}: {row['Figure']}, signal {row['Signal']}" for row in rows],
    )


def _rebases(
    rows: Sequence[Row], figures: Sequence[model.Observation], target: model.MeasuredTarget | None
) -> Iterator[str]:
    """Yield when the limits were calculated anew, and why."""
    breaks = target.measure.series_breaks if target is not None else ()
    for (one, before), (other, found) in pairwise(zip(rows, figures, strict=True)):
        if one["group"] != other["group"]:
            ends = before.period.first_day, found.period.first_day
            reasons = [each.reason for each in breaks if ends[0] < each.starts <= ends[1]]
            reason = (reasons or ["a known change of the process"])[0].rstrip(".")
            yield f"Limits calculated anew from {found.period}: {reason}."


def _draw_icons(
    plot: Plot, signal: str, variation: tuple[str, Row], assurance: Assurance | None
) -> None:
    """Draw the icons of variation and assurance in the manner of NHS England, with their words."""
    name, look = variation
    is_high = any(word in signal for word in ("above", "upper", "rising"))
    sign = "" if signal == "none" else "H" if is_high else "L"
    words = name.removeprefix("special-cause ").removesuffix(" variation").replace("-", " ")
    icons = [(sign, look["color"], words.capitalize())]
    icons += [_ASSURANCES[assurance][:3]] if assurance else []
    line: Row = {"opacity": 1, "filled": False}
    for x, (letter, colour, label) in zip((20, 160), icons, strict=False):
        for shape, size, wide in [("circle", 850, 3)] + [(_WAVE, 160, 2)] * (not letter):
            mark = {"shape": shape, "size": size, "strokeWidth": wide, "color": colour}
            plot.draw("point", [{}], line | mark, x=x, y=18)
        bold: Row = {"align": "center", "fontSize": 16}
        plot.write([{"text": letter, "weight": "bold"}], bold, x=x, y=18)
        plot.write([{"text": label}], x=x + 24, y=18)
