"""All targets of a plan below each other, and all of its deadlines in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import altair as alt

from rrmodel import model
from rrmodel.evaluation import Evaluation, PlanEvaluation, Status
from rrmodel.periods import Deadline, day_text
from rrmodel.quantities import Level
from rrmodel.reporting._colours import BLUE, GREY, INK, MID, MUTED, ORANGE, PALE, PINK, RULE, TEAL
from rrmodel.reporting._plot import BAR, CROSS, DOT, LINE, SIZE, Plot, Row, pixels_y
from rrmodel.reporting._scales import Days, number
from rrmodel.reporting._target_chart import (
    BASELINE,
    draw_dates,
    goal_text,
    goals_of,
)
from rrmodel.reporting._text import clean, wrapped

__all__ = ["targets_chart", "timeline_chart"]

_TICK, _DASH = "M-1,0L-0.3,0.7L1,-0.8", "M-1,0L1,0"
_LOOKS: dict[str, tuple[str, str]] = {
    "met": (_TICK, BLUE),
    "met_late": (_TICK, MID),
    "on_track": ("triangle-up", TEAL),
    "at_risk": ("diamond", ORANGE),
    "off_track": ("triangle-down", PINK),
    "missed": (CROSS, PINK),
}
"""A shape and a colour for each status; every other one has a dash."""
_KINDS: dict[str, Row] = {
    kind: DOT | {"shape": shape, "color": colour}
    for kind, shape, colour in (
        ("Target", "circle", BLUE),
        ("Milestone", "square", PINK),
        ("Interim goal", "circle", TEAL),
        ("Objective", "triangle-up", ORANGE),
        ("Activity", "diamond", MID),
        ("Commitment", "cross", INK),
    )
}
_GOAL: Row = {
    "shape": "stroke",
    "angle": 90,
    "color": INK,
    "size": 400,
    "strokeWidth": 3,
    "opacity": 1,
}
_INDENT = 22


def status_text(status: Status) -> str:
    """Return a status in words."""
    return status.value.replace("_", " ").capitalize()


def _icon(status: Status) -> Row:
    shape, colour = _LOOKS.get(status.value, (_DASH, MID))
    is_line = shape.startswith("M")
    look: Row = {"shape": shape, "color": colour, "filled": not is_line, "opacity": 1}
    return look | {"size": 90 if is_line else 110, "strokeWidth": 2.5}


class _List:
    """Rows below each other: text, and what is drawn beside it or below it."""

    def __init__(self, plot: Plot, column: float, *, indent: float = 0, top: float = 0) -> None:
        self.plot = plot
        self.column = column
        """The width of the text if the drawing is beside it; 0 if it is below."""
        self.indent = indent
        self.top = top
        self.words: list[Row] = []

    def add(self, lines: Sequence[str], *, is_bold: bool, indent: float) -> None:
        """Add lines of text at the end."""
        for line in lines:
            self.words.append({"y": self.top + LINE / 2, "text": line, "x": indent})
            self.words[-1]["weight"] = "bold" if is_bold else "normal"
            self.top += LINE

    def row(self, name: str, detail: str, *, is_drawn: bool = True) -> float:
        """Add a row, with its name in bold, and return the height of its drawing."""
        start, limit = self.top, (self.column or self.plot.inner) - self.indent
        for text, is_bold in ((name, True), (detail, False)):
            lines = wrapped(text, limit, SIZE, is_bold=is_bold, most=5)
            self.add(lines, is_bold=is_bold, indent=self.indent)
        middle = (start + self.top) / 2 if self.column else self.top + 6
        self.top = max(self.top + (18 if is_drawn and not self.column else 0), start + 28) + 12
        return middle

    def write(self) -> None:
        """Write the text of all rows."""
        for weight, indent in sorted({(row["weight"], row["x"]) for row in self.words}):
            look: Row = {"fontWeight": weight, "color": INK if weight == "bold" else MUTED}
            rows = [row for row in self.words if (row["weight"], row["x"]) == (weight, indent)]
            texts = [{"y": row["y"], "text": row["text"]} for row in rows]
            place = {"x": indent - self.plot.left, "y": pixels_y()}
            self.plot.write(texts, look, halo=True, **place)


def targets_chart(plan_evaluation: PlanEvaluation, *, width: int = 800) -> alt.LayerChart:
    """Draw all targets of a plan as bullet bars: the latest level, the goal and the baseline.

    Bars of percentages run from 0% to 100%, other bars from 0 to the highest level in the row.

    >>> from datetime import date
    >>> from rrmodel import datasets, evaluate_plan
    >>> result = evaluate_plan(
    ...     datasets.load("east-midlands-2022-25"),
    ...     datasets.observations("england-and-wales"),
    ...     as_of=date(2024, 8, 1),
    ...     area="England and Wales",
    ... )
    >>> targets_chart(result).to_dict()["title"]["subtitle"]
    ['1 met, 3 missed, 1 no data, 2 not quantified.']

    Args:
        plan_evaluation: The assessment of the plan.
        width: The width of the whole chart in pixels.

    Raises:
        RecordError: The width is less than 320 pixels.
    """
    plan, area, plot = plan_evaluation.plan, plan_evaluation.area, Plot(width)
    column = 0.0 if plot.is_narrow else round(plot.inner * 0.55)
    listed, start = _List(plot, column, indent=_INDENT), column + _INDENT
    length = plot.inner - start - 6
    drawn: dict[str, list[Row]] = {"track": [], "latest": [], "goal": [], "baseline": []}
    for pathway, results in plan_evaluation.by_pathway().items():
        if not results:
            continue
        lines = wrapped(plan.pathway(pathway).name, plot.inner, SIZE, is_bold=True)
        listed.add(lines, is_bold=True, indent=0)
        listed.top += 4
        for result in results:
            here: Row = {"Target": clean(_name(result)), "Status": status_text(result.status)}
            icon = {**here, "x": 8, "y": listed.top + LINE / 2}
            plot.draw("point", [icon], _icon(result.status), tips="Target Status")
            levels = _levels(result)
            here["y"] = listed.row(_name(result), _detail(result), is_drawn=bool(levels))
            measure = _measure(result)
            is_share = measure is not None and measure.unit == "%"
            most = 100.0 if is_share else max((abs(level) for _, level in levels), default=0) or 1
            for kind, level in [("track", most), *levels] if levels else []:
                at = start + length * min(max(level / most, 0), 1)
                drawn[kind].append({**here, "start": start, "x": at, "Level": level})
    listed.write()
    track = BAR | {"size": 14, "color": RULE}
    latest, tips = BAR | {"color": BLUE}, "Target Status Level"
    plot.draw("bar", drawn["track"], track, x2="start:Q")
    plot.draw("bar", drawn["latest"], latest, key="Latest figure", x2="start:Q", tips=tips)
    plot.draw("point", drawn["goal"], _GOAL, key="Goal", tips=tips)
    plot.draw("point", drawn["baseline"], BASELINE, key="Baseline", tips=tips)
    counts = plan_evaluation.counts().items()
    told = ", ".join(f"{count} {status_text(status).lower()}" for status, count in counts)
    return plot.chart(
        title=f"Targets of the {clean(plan.title)}{f': {clean(area)}' if area else ''}",
        subtitle=f"{told}." if told else "The plan has no targets.",
        height=max(listed.top, 1),
        notes=[
            "Bars of percentages run from 0% to 100%, other bars from 0 to the highest level.",
            f"Assessed with what was published by {day_text(plan_evaluation.as_of)}.",
        ],
        description=[f"{_name(each)}: {_detail(each)}" for each in plan_evaluation.evaluations],
    )


def _measure(result: Evaluation) -> model.Measure | None:
    target = result.target
    return target.measure if isinstance(target, model.MeasuredTarget) else None


def _name(result: Evaluation) -> str:
    measure = _measure(result)
    return result.target.statement if measure is None else measure.name


def _told(result: Evaluation) -> model.Observation | None:
    """Return the figure that the status is about: of a target met late, the one that met it."""
    return result.reached_late if result.status is Status.MET_LATE else result.latest


def _levels(result: Evaluation) -> list[tuple[str, float]]:
    """Return the levels of a bullet bar, with the kind of each."""
    latest = _told(result)
    terms = result.assessment.terms
    baseline = terms.baseline if terms is not None else None
    found: list[tuple[str, Level | None]]
    found = [("latest", latest.level if latest is not None else None)]
    found += [("goal", each) for each in goals_of(result.target)]
    found += [("baseline", baseline.level if baseline is not None else None)]
    return [(kind, number(level.value)) for kind, level in found if level is not None]


def _detail(result: Evaluation) -> str:
    latest, deadline = _told(result), result.target.deadline
    told = [status_text(result.status)]
    if latest is not None and latest.level is not None:
        told.append(f"{latest.level!s} in {latest.period}")
    goal = goal_text(result.target)
    told += [f"goal {goal}"] if goal else []
    told += [f"due {day_text(deadline.last_day)}"] if deadline is not None else []
    return " · ".join(told)


def _dated(plan: model.Plan) -> Iterator[tuple[Deadline, str, str, str]]:
    """Yield what has a deadline: the deadline, the kind, the statement and the id."""
    for pathway in plan:
        for target in pathway.targets:
            for point in getattr(target, "interim", ()):
                yield point.deadline, "Interim goal", f"{point.level}: {target.statement}", ""
            if target.deadline is not None:
                is_milestone = isinstance(target, model.MilestoneTarget)
                kind = "Milestone" if is_milestone else "Target"
                yield target.deadline, kind, target.statement, target.id
    records: list[model.Objective | model.Activity | model.Commitment] = [*plan.commitments]
    for part in plan:
        records += [*part.objectives, *part.activities, *part.commitments]
    records += [commitment for chapter in plan.chapters for commitment in chapter.commitments]
    for record in records:
        if record.deadline is not None:
            yield record.deadline, type(record).__name__, record.statement, ""


def timeline_chart(
    subject: model.Plan | PlanEvaluation, *, as_of: date | None = None, width: int = 800
) -> alt.LayerChart:
    """Draw the deadlines of a plan's targets, milestones, objectives, activities and commitments.

    A vague deadline is a bar over all days that it may mean.

    >>> from rrmodel import datasets
    >>> chart = timeline_chart(datasets.load("east-midlands-2022-25"))
    >>> chart.to_dict()["title"]["text"]
    ['Deadlines of the East Midlands Reducing Reoffending Plan 2022-25']

    Args:
        subject: A plan, or its assessment, whose statuses are then shown.
        as_of: A day to mark. Default: the day of the assessment; none for a plan.
        width: The width of the whole chart in pixels.

    Raises:
        RecordError: The width is less than 320 pixels.
    """
    day = as_of
    statuses: dict[str, str] = {}
    if isinstance(subject, model.Plan):
        plan = subject
    else:
        plan, day = subject.plan, as_of or subject.as_of
        statuses = {each.target.id: status_text(each.status) for each in subject.evaluations}
    dated = sorted(_dated(plan), key=lambda found: (found[0].last_day, *found[1:]))
    plot = Plot(width)
    column = 0.0 if plot.is_narrow else round(plot.inner * 0.5)
    plot.left, plot.right = column or 8, 8
    every = [end for due, *_ in dated for end in (due.first_day, due.last_day)]
    days = Days.of([*every, *([day] if day else [])] or [date(2000, 1, 1)], plot.wide)
    plot.x = days.channel()
    listed = _List(plot, column, top=40)
    rows: list[Row] = []
    for due, kind, name, identity in dated:
        when = clean(str(due)) if due.is_vague else day_text(due.last_day)
        status = [statuses[identity]] if identity in statuses else []
        row: Row = {"Kind": kind, "Statement": clean(name), "Due": when}
        row |= {"day": due.last_day.isoformat(), "first": due.first_day.isoformat()}
        rows.append(row | {"y": listed.row(name, " · ".join([kind, when, *status]))})
    draw_dates(plot, days, listed.top, as_of=day)
    listed.write()
    tips = "Statement Kind Due"
    plot.draw("rule", rows, {"color": PALE}, x=None)
    plot.draw("bar", rows, BAR | {"color": GREY}, x2="first:T", tips=tips)
    for kind, look in _KINDS.items():
        chosen = [row for row in rows if row["Kind"] == kind]
        plot.draw("point", chosen, look, key=kind, tips=tips)
    ends = dict.fromkeys(day_text(dated[end][0].last_day) for end in (0, -1) if dated)
    vague = any(due.is_vague for due, *_ in dated)
    return plot.chart(
        title=f"Deadlines of the {clean(plan.title)}",
        subtitle=f"{len(dated)} deadlines, {' to '.join(ends)}."
        if dated
        else "The plan has no deadlines.",
        height=listed.top,
        below=22 * bool(plot.layers),
        notes=["A grey bar shows all the days that a vague deadline may mean."] * vague,
        description=[f"{row['Kind']} due {row['Due']}: {row['Statement']}" for row in rows],
    )
