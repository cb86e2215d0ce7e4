"""A target over time: where it starts, what is expected, what was published, what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

import altair as alt

from rrmodel import model
from rrmodel.evaluation import Evaluation, Exclusion, Terms
from rrmodel.inference import wilson_interval
from rrmodel.periods import Period, day_text
from rrmodel.quantities import Level, Percentage
from rrmodel.reporting._colours import BLUE, INK, MID, MUTED, PINK, TEAL
from rrmodel.reporting._plot import CROSS, DOT, LINE, SIZE, Plot, Row
from rrmodel.reporting._scales import Days, Levels, number
from rrmodel.reporting._text import clean, text_width

__all__ = ["target_chart"]

_ELSEWHERE = 24
"""Figures of other areas are drawn only if there are at most so many."""
GOAL: Row = {"color": TEAL, "strokeWidth": 2.5}
EXPECTED: Row = {"color": PINK, "strokeWidth": 2, "strokeDash": [7, 4]}
THIN: Row = {"color": BLUE, "strokeWidth": 1.5}
_DEADLINE: Row = {"color": INK, "strokeWidth": 1.5}
_TODAY: Row = {"color": MID, "strokeWidth": 1.5, "strokeDash": [2, 3]}
BASELINE: Row = DOT | {"shape": "diamond", "color": PINK, "size": 100}
_LATER: Row = {"color": BLUE, "fill": "white", "size": 60, "strokeWidth": 2, "opacity": 1}
_EXCLUDED: Row = {"shape": CROSS, "color": MID, "size": 22, "strokeWidth": 1.5, "opacity": 1}
_FIGURES: dict[str, Row] = {
    "Other figures": DOT | {"color": BLUE, "size": 40},
    "After the deadline": _LATER,
    "Latest figure by the deadline": DOT | {"color": BLUE, "size": 110},
}
_TIPS = "Figure Period Area Counts Published"


def goals_of(target: model.Target) -> list[Level]:
    """Return the level of a goal, both ends of a range, or nothing."""
    match target:
        case model.RangeTarget():
            return [target.goal.low, target.goal.high]
        case model.ChangeTarget() | model.ReachTarget():
            return [target.goal]
        case model.MaintainTarget() | model.StandingTarget():
            return [target.goal]
        case _:
            return []


def goal_text(target: model.Target) -> str:
    """Return the goal in words."""
    return " to ".join(map(str, goals_of(target)))


def figure(observation: model.Observation, reason: str = "") -> Row:
    """Return the row of a figure: its level, where the true level may be, and what is known of it.

    The true level may be anywhere in the 95% interval of Wilson (1927) for its counts, else
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
        "Figure": "none" if level is None else str(level),
        "Period": str(observation.period),
        "Area": clean(observation.area),
        "Counts": f"{counts.numerator:,} of {counts.denominator:,}" if counts else "not published",
        "Published": day_text(observation.published) if observation.published else "not known",
        "Reason": reason.replace("_", " "),
    }


def draw_dates(
    plot: Plot,
    days: Days,
    bottom: float,
    *,
    as_of: date | None,
    deadline: date | None = None,
    top: float = 0,
) -> None:
    """Draw the deadline and the day of the assessment, with labels one above the other."""
    marks = [("Deadline", deadline, _DEADLINE), ("As of", as_of, _TODAY)]
    for place, (name, day, look) in enumerate(marks):
        if day is None:
            continue
        row: Row = {"day": day.isoformat(), "text": f"{name} {day_text(day)}"}
        middle = top + LINE * place + LINE / 2
        plot.draw("rule", [row], look, tips="text", y=middle, y2=bottom)
        wide, at = text_width(row["text"], SIZE) + 6, days.at(day)
        side: Row = {"align": "left", "dx": 5}
        if at + wide > days.wide:
            side = {"align": "right", "dx": -5 if at >= wide else days.wide - at}
        plot.write([row], side | {"color": MUTED}, halo=True, y=middle)


def span_of(periods: Sequence[Period], due: date | None = None) -> str:
    """Return from which period to which period, or to which month, a chart runs."""
    ends = [str(periods[0]), str(periods[-1])] if periods else ["no figures"]
    if due is not None and (not periods or periods[-1].last_day < due):
        ends[1:] = [day_text(due).split(" ", 1)[1]]
    return " to ".join(dict.fromkeys(ends))


def notes_of(evaluation: Evaluation) -> list[str]:
    """Return the source of the target and of its latest figure, and the day of the assessment."""
    notes = [f"Source of the target: {evaluation.target.citation}."]
    if evaluation.latest is not None and evaluation.latest.citation is not None:
        notes.append(f"Source of the latest figure: {evaluation.latest.citation}.")
    return [*notes, f"Assessed with what was published by {day_text(evaluation.as_of)}."]


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
    target, subtitle = evaluation.target, evaluation.explain("sentence")
    due = target.deadline.last_day if target.deadline else None
    terms = evaluation.assessment.terms
    if terms is None:
        done = [evaluation.completion.day] if evaluation.completion else []
        plot = Plot(width, left=8, right=8)
        days = Days.of([evaluation.as_of, *([due] if due else []), *done], plot.wide)
        plot.x = days.channel()
        draw_dates(plot, days, 72, as_of=evaluation.as_of, deadline=due)
        rows: list[Row] = [{"day": day.isoformat(), "Done": day_text(day)} for day in done]
        plot.draw("point", rows, DOT | {"color": BLUE}, key="Done", tips="Done", y=58)
        notes = notes_of(evaluation)
        return plot.chart(
            title=target.statement, subtitle=subtitle, height=72, below=22, notes=notes
        )
    return _measured(evaluation, terms, subtitle, width)


def _measured(evaluation: Evaluation, terms: Terms, subtitle: str, width: int) -> alt.LayerChart:
    target, due, baseline = terms.target, terms.deadline, terms.baseline
    area, unit, notes = evaluation.area, target.measure.unit, notes_of(evaluation)
    band = _band(target)
    decide = [each for each in (evaluation.earliest, evaluation.latest) if each is not None]
    later = [each for each in evaluation.later if each not in decide]
    other = [each for each in evaluation.history if each not in (*decide, *later)]
    known = sorted((*decide, *later, *other), key=lambda each: each.period.last_day)
    rest = [each for each in evaluation.excluded if each.observation not in known]
    drawn = [each for each in rest if _unit(each.observation) == unit]
    if sum(each.reason is Exclusion.OTHER_AREA for each in drawn) > _ELSEWHERE:
        drawn = [each for each in drawn if each.reason is not Exclusion.OTHER_AREA]
    if undrawn := len(rest) - len(drawn):
        notes.insert(0, f"Excluded and not shown, as of another area or unit: {undrawn}.")
    shown = [figure(each) for each in known]
    excluded = [figure(each.observation, each.reason.value) for each in drawn]
    start = (baseline.period.last_day, baseline.level) if baseline else None
    stated = [*terms.points, *([start] if start else [])]
    ends = [row[end] for row in (*shown, *excluded) for end in ("low", "high")]
    levels = Levels.of([*ends, *(level.value for _, level in stated), *band], unit)
    plot = Plot(width, left=levels.room, right=8)
    every = [date.fromisoformat(row["day"]) for row in (*shown, *excluded)]
    every += [evaluation.as_of, *(day for day, _ in stated), *([due] if due else [])]
    days = Days.of(every, plot.wide)
    plot.x, plot.y = days.channel(), levels.channel()

    goal = goal_text(target)
    if len(band) > 1:
        rows = [{"low": number(min(band)), "high": number(max(band))}]
        shade: Row = {"color": TEAL, "opacity": 0.15}
        plot.draw("rect", rows, shade, x=None, y=levels.channel("low"), y2="high:Q")
    edges = [{"level": number(edge.value), "Goal": goal} for edge in goals_of(target)]
    plot.draw("rule", edges, GOAL, key=f"Goal {goal}", tips="Goal", x=None)
    draw_dates(plot, days, levels.bottom, as_of=evaluation.as_of, deadline=due)
    line = [_stated(day, level) for day, level in _line(terms)]
    plot.draw("line", line, EXPECTED, key="Expected", tips="Level")
    if start is not None:
        name = f"Baseline {start[1]}"
        plot.draw("point", [_stated(*start)], BASELINE, key=name, tips="Level")
    hidden = "Excluded"
    plot.draw("point", excluded, _EXCLUDED, key=hidden, tips=f"Reason {_TIPS}")
    plot.draw("line", shown, THIN)
    plot.draw("rule", shown, THIN, y=levels.channel("low"), y2="high:Q")
    for (name, look), group in zip(_FIGURES.items(), (other, later, decide), strict=True):
        plot.draw("point", map(figure, group), look, key=name, tips=_TIPS)
    if evaluation.latest is not None:
        _name_latest(plot, days, evaluation.latest)
    periods = [*([baseline.period] if baseline else []), *(each.period for each in known)]
    periods.sort(key=lambda period: period.last_day)
    told = ", ".join(f"{row['Figure']} in {row['Period']}" for row in shown)
    return plot.chart(
        title=f"{target.measure.name}: {clean(area)}, {span_of(periods, due)}",
        subtitle=subtitle,
        height=levels.bottom,
        below=22,
        notes=notes,
        description=[
            *([f"Baseline: {baseline.level} in {baseline.period}"] if baseline else []),
            *([f"Goal: {goal}"] if goal else []),
            *([f"Deadline: {day_text(due)}"] if due else []),
            f"Figures: {told or 'none'}",
        ],
    )


def _name_latest(plot: Plot, days: Days, latest: model.Observation) -> None:
    """Write the latest figure beside its point, on the side that has room."""
    row = figure(latest)
    row["text"] = f"{row['Figure']} in {row['Period']}"
    room = text_width(row["text"], SIZE, is_bold=True) + 12
    is_left = days.at(latest.period.last_day) + room > days.wide
    side: Row = {"align": "right" if is_left else "left", "dx": -10 if is_left else 10}
    plot.write([row], side | {"dy": -10, "fontWeight": "bold", "color": BLUE}, halo=True)


def _unit(observation: model.Observation) -> str | None:
    return None if observation.level is None else observation.level.unit


def _stated(day: date, level: Level) -> Row:
    return {"day": day.isoformat(), "level": number(level.value), "Level": str(level)}


def _band(target: model.MeasuredTarget) -> list[Fraction]:
    """Return the levels at the edges of what meets the goal, as far as they are stated."""
    edges = [level.value for level in goals_of(target)]
    if isinstance(target, model.MaintainTarget | model.StandingTarget) and target.tolerance:
        allowed = target.tolerance.value
        edges.append(
            edges[0] - allowed if target.measure.better == "higher" else edges[0] + allowed
        )
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
