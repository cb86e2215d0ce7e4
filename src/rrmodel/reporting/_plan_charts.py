"""A plan drawn as rows: its targets, its deadlines, and what it covers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import altair as alt

from rrmodel import model
from rrmodel.coverage import COLUMNS, Coverage, SchemeCoverage, SchemeRow, coverage
from rrmodel.evaluation import Evaluation, PlanEvaluation, Status
from rrmodel.periods import Deadline, day_text
from rrmodel.reporting import _looks as looks
from rrmodel.reporting._looks import Row
from rrmodel.reporting._plot import Plot, number
from rrmodel.reporting._text import clean, distinct, wrapped
from rrmodel.reporting._time_charts import goals_of

__all__ = ["coverage_chart", "targets_chart", "timeline_chart"]

_TICK, _DASH = "M-1,0L-0.3,0.7L1,-0.8", "M-1,0L1,0"
_ICONS: dict[Status, tuple[str, str]] = {
    Status.MET: (_TICK, looks.BLUE),
    Status.MET_LATE: (_TICK, looks.MID),
    Status.ON_TRACK: ("triangle-up", looks.TEAL),
    Status.AT_RISK: ("diamond", looks.ORANGE),
    Status.OFF_TRACK: ("triangle-down", looks.PINK),
    Status.MISSED: (looks.CROSS, looks.PINK),
}
"""A shape and a colour for each status; every other one has a dash."""
_KINDS: dict[str, Row] = {
    kind: looks.DOT | {"shape": shape, "color": colour}
    for kind, shape, colour in (
        ("Target", "circle", looks.BLUE),
        ("Milestone", "square", looks.PINK),
        ("Interim goal", "circle", looks.TEAL),
        ("Objective", "triangle-up", looks.ORANGE),
        ("Activity", "diamond", looks.MID),
        ("Commitment", "cross", looks.INK),
    )
}
_GOAL: Row = {"shape": "stroke", "angle": 90, "color": looks.INK, "size": 400, "strokeWidth": 3}
_EMPTY: Row = {"color": looks.BLUSH, "stroke": looks.PINK, "strokeDash": [3, 3], "opacity": 1}
_INDENT, _BELOW = 22, 22


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
    column = 0 if plot.is_narrow else round(plot.inner * 0.55)
    start, limit = column + _INDENT, (column or plot.inner) - _INDENT
    icons: list[Row] = []
    drawn: dict[str, list[Row]] = {kind: [] for kind in ("track", "latest", "goal", "baseline")}
    for pathway, results in plan_evaluation.by_pathway().items():
        if results:
            plot.row([(plan.pathway(pathway).name, looks.BOLD)], plot.inner, gap=4)
        for result in results:
            row: Row = {"Target": clean(_name(result)), "Status": _words(result.status)}
            shape, colour = _ICONS.get(result.status, (_DASH, looks.MID))
            fill = None if shape.startswith("M") else colour
            icons.append(row | {"x": 8, "shape": shape, "colour": colour, "fill": fill})
            icons[-1]["y"] = plot.height + 6 + looks.LINE / 2
            levels, target = list(_levels(result)), result.target
            texts = [(_name(result), looks.BOLD), (_detail(result), {"colour": looks.MUTED})]
            y = plot.row(texts, limit, x=_INDENT, below=0 if column or not levels else _BELOW)
            is_share = isinstance(target, model.MeasuredTarget) and target.measure.unit == "%"
            most = 100.0 if is_share else max((abs(level) for _, level in levels), default=0) or 1
            for kind, level in [("track", most), *levels] if levels else []:
                x = start + (plot.inner - start - 6) * min(max(level / most, 0), 1)
                drawn[kind].append(row | {"x": x, "start": start, "y": y, "Level": level})
    tips = "Target Status Level"
    ways: Row = {"shape": "shape", "stroke": "colour", "fill": "fill", "tips": "Target Status"}
    plot.draw("point", icons, {"size": 100, "strokeWidth": 2.5, "opacity": 1}, **ways)
    plot.draw("bar", drawn["track"], looks.BAR | {"color": looks.RULE, "size": 14}, x2="start")
    latest = looks.BAR | {"color": looks.BLUE}
    plot.draw("bar", drawn["latest"], latest, key="Latest figure", tips=tips, x2="start")
    plot.draw("point", drawn["goal"], _GOAL | {"opacity": 1}, key="Goal", tips=tips)
    plot.draw("point", drawn["baseline"], looks.BASELINE, key="Baseline", tips=tips)
    counts = plan_evaluation.counts().items()
    told = ", ".join(f"{count} {_words(status).lower()}" for status, count in counts)
    return plot.chart(
        title=f"Targets of the {clean(plan.title)}{f': {clean(area)}' if area else ''}",
        subtitle=f"{told}." if told else "The plan has no targets.",
        notes=[
            "Bars of percentages run from 0% to 100%, other bars from 0 to the highest level.",
            f"Assessed with what was published by {day_text(plan_evaluation.as_of)}.",
        ],
        description=[f"{_name(each)}: {_detail(each)}" for each in plan_evaluation.evaluations],
    )


def _words(status: Status) -> str:
    return status.value.replace("_", " ").capitalize()


def _name(result: Evaluation) -> str:
    target = result.target
    return target.measure.name if isinstance(target, model.MeasuredTarget) else target.statement


def _levels(result: Evaluation) -> Iterator[tuple[str, float]]:
    """Yield the levels of a bullet bar, with the kind of each."""
    latest, terms = result.decided_by, result.assessment.terms
    baseline = terms.baseline if terms is not None else None
    found = [("latest", latest.level if latest else None)]
    found += [("goal", each) for each in goals_of(result.target)]
    found += [("baseline", baseline.level if baseline else None)]
    yield from ((kind, number(level.value)) for kind, level in found if level is not None)


def _detail(result: Evaluation) -> str:
    latest, deadline = result.decided_by, result.target.deadline
    told = [_words(result.status)]
    if latest is not None and latest.level is not None:
        told.append(f"{latest.level} in {latest.period}")
    told += [f"goal {result.goal}"] if result.goal is not None else []
    told += [f"due {day_text(deadline.last_day)}"] if deadline is not None else []
    return " · ".join(told)


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
    statuses: dict[str, str] = {}
    if isinstance(subject, PlanEvaluation):
        as_of = as_of or subject.as_of
        statuses = {each.target.id: _words(each.status) for each in subject.evaluations}
        subject = subject.plan
    dated = sorted(_dated(subject), key=lambda found: (found[0].last_day, *found[1:]))
    plot = Plot(width, left=8, right=8)
    column = 0 if plot.is_narrow else round(plot.inner * 0.5)
    plot.left, plot.height, plot.halo = column or 8, 40, True
    ends = [end for due, *_ in dated for end in (due.first_day, due.last_day)]
    plot.days([*ends, *([as_of] if as_of else [])] or [date(2000, 1, 1)])
    rows: list[Row] = []
    for due, kind, name, identity in dated:
        when = clean(str(due)) if due.is_vague else day_text(due.last_day)
        told = [kind, when, *(statuses[each] for each in [identity] if each in statuses)]
        texts = [(name, looks.BOLD), (" · ".join(told), {"colour": looks.MUTED})]
        y = plot.row(texts, column or plot.inner, below=0 if column else _BELOW)
        row: Row = {"Kind": kind, "Statement": clean(name), "Due": when, "y": y}
        rows.append(row | {"day": due.last_day.isoformat(), "first": due.first_day.isoformat()})
    plot.dates(as_of=as_of)
    tips = "Statement Kind Due"
    plot.draw("rule", rows, {"color": looks.PALE}, x=None)
    plot.draw("bar", rows, looks.BAR | {"color": looks.GREY}, x2="first:T", tips=tips)
    for kind, look in _KINDS.items():
        chosen = [row for row in rows if row["Kind"] == kind]
        plot.draw("point", chosen, look, key=kind, tips=tips)
    span = " to ".join(dict.fromkeys(day_text(dated[end][0].last_day) for end in (0, -1) if dated))
    vague = any(due.is_vague for due, *_ in dated)
    return plot.chart(
        title=f"Deadlines of the {clean(subject.title)}",
        subtitle=f"{len(dated)} deadlines, {span}." if dated else "The plan has no deadlines.",
        notes=["A grey bar shows all the days that a vague deadline may mean."] * vague,
        description=[f"{row['Kind']} due {row['Due']}: {row['Statement']}" for row in rows],
    )


def _dated(plan: model.Plan) -> Iterator[tuple[Deadline, str, str, str]]:
    """Yield what has a deadline: the deadline, the kind, the statement and the id of a target."""
    for target in plan.targets:
        for point in getattr(target, "interim", ()):
            yield point.deadline, "Interim goal", f"{point.level}: {target.statement}", ""
        if target.deadline is not None:
            kind = "Milestone" if isinstance(target, model.MilestoneTarget) else "Target"
            yield target.deadline, kind, target.statement, target.id
    for _, record in model.walk(plan):
        if (
            isinstance(record, model.Objective | model.Activity | model.Commitment)
            and record.deadline
        ):
            yield record.deadline, type(record).__name__, record.statement, ""


def coverage_chart(
    subject: model.Plan | Coverage | SchemeCoverage, *, width: int = 900
) -> alt.LayerChart:
    """Draw what a plan has for each pathway: needs, objectives, activities, partners and more.

    Each cell has a number and a bar that compares it with the largest number of its column. Empty
    cells are pale and say "none". In another pathway scheme, "≤" marks a number that may include
    things of other pathways.

    >>> from rrmodel import datasets
    >>> chart = coverage_chart(datasets.load("east-midlands-2022-25"))
    >>> chart.to_dict()["title"]["subtitle"]
    ['4 pathways: 29 of 32 cells are filled. No activity serves 6 of the objectives.']

    Args:
        subject: A plan, its coverage, or its coverage in another scheme.
        width: The width of the whole chart in pixels.

    Raises:
        RecordError: The width is less than 320 pixels.
    """
    found = coverage(subject) if isinstance(subject, model.Plan) else subject
    plot = Plot(width)
    narrow, column = plot.is_narrow, 0 if plot.is_narrow else round(plot.inner * 0.24)
    cell = (plot.inner - column) / len(COLUMNS)
    heads = {each: each.replace("_", " ").capitalize() for each in COLUMNS}
    heads["context"] = "Context facts"
    look: Row = {"angle": 270, "dy": 0} if narrow else {"align": "center"}
    for place, head in enumerate(heads.values()):
        lines = [head] if narrow else wrapped(head, cell - 6, looks.SIZE)
        x, y = (
            column + cell * (place + 0.5),
            108 if narrow else looks.LINE * (2 - len(lines) / 2) - 4,
        )
        plot.write([{"text": "\n".join(lines)}], look, x=x, y=y)
    plot.height = 112 if narrow else 2 * looks.LINE
    called = distinct({row.pathway: row.name for row in found})
    most = {each: max((row.counts()[each] for row in found), default=0) for each in COLUMNS}
    full: list[Row] = []
    empty: list[Row] = []
    for row in found:
        name, below = [(called[row.pathway], looks.BOLD)], 40 * narrow
        middle = plot.row(name, (column or plot.inner) - 10, least=46, below=below)
        at_most = "≤" * (isinstance(row, SchemeRow) and row.is_upper_bound)
        for place, (each, count) in enumerate(row.counts().items()):
            left, wide = column + cell * place + 3, cell - 6
            here: Row = {"x": left, "right": left + wide, "middle": left + wide / 2}
            here |= {"Pathway": called[row.pathway], "Column": heads[each], "count": count}
            if count:
                here |= {"number": middle - 4, "y": middle + 11, "text": f"{at_most}{count}"}
                full.append(here | {"bar": left + wide * count / most[each]})
            else:
                here |= {"number": middle, "y": middle - 19, "bottom": middle + 19}
                empty.append(here | {"text": "none", "colour": looks.PINK, "weight": "bold"})
    tips = "Pathway Column count"
    bar: Row = looks.BAR | {"size": 6}
    plot.draw("bar", full, bar | {"color": looks.RULE}, x2="right")
    share, blue = "Share of the largest number in the column", bar | {"color": looks.BLUE}
    plot.draw("bar", full, blue, key=share, x2="bar", tips=tips)
    plot.draw("rect", empty, _EMPTY, key="Nothing in the plan", x2="right", y2="bottom", tips=tips)
    for rows, size in ((full, 14), (empty, looks.SIZE)):
        centre: Row = {"align": "center", "fontSize": size}
        plot.write(rows, centre, x="middle", y="number", tips=tips)
    scheme = f", by {clean(found.scheme.name)}" if isinstance(found, SchemeCoverage) else ""
    gaps = [gap.missing for gap in found.gaps] if isinstance(found, Coverage) else []
    unserved = gaps.count("activity_for_objective")
    is_bound = any(row["text"].startswith("≤") for row in full)
    return plot.chart(
        title=f"Coverage of the {clean(found.plan.title)}{scheme}",
        subtitle=f"{len(called)} pathways: {len(full)} of {len(full + empty)} cells are filled."
        + f" No activity serves {unserved} of the objectives." * bool(unserved),
        notes=["≤ may include things of other pathways, which correspond only in part or loosely."]
        * is_bound,
        description=[
            f"{called[row.pathway]}: "
            + ", ".join(f"{heads[each].lower()} {count}" for each, count in row.counts().items())
            for row in found
        ],
    )
