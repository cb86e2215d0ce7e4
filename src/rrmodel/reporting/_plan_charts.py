"""The charts of a plan: its targets, its deadlines, what it covers, and who works in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import fmean
from typing import Any

import altair as alt

from rrmodel import model
from rrmodel.coverage import COLUMNS, Coverage, PathwayCoverage, SchemeCoverage, SchemeRow, coverage
from rrmodel.evaluation import Evaluation, PlanEvaluation, Status
from rrmodel.graph import Groups, merged_partner_graph, partner_graph, sides_of
from rrmodel.model import PartnerKind, Plan
from rrmodel.periods import day_text
from rrmodel.quantities import Level, counted
from rrmodel.reporting import _looks as looks
from rrmodel.reporting._looks import LINE, Row
from rrmodel.reporting._plot import Plot, spread, wrapped

__all__ = ["coverage_chart", "partner_chart", "targets_chart", "timeline_chart"]

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
    "Target": {"shape": "circle", "color": looks.BLUE},
    "Milestone": {"shape": "square", "color": looks.PINK},
    "Interim goal": {"shape": "circle", "color": looks.TEAL},
    "Objective": {"shape": "triangle-up", "color": looks.ORANGE},
    "Activity": {"shape": "diamond", "color": looks.MID},
    "Commitment": {"shape": "cross", "color": looks.INK},
}
_EMPTY: Row = {"color": looks.BLUSH, "stroke": looks.PINK, "strokeDash": [3, 3], "opacity": 1}
_GOAL: Row = {"shape": "M0,-1L0,1", "color": looks.INK, "size": 400, "strokeWidth": 3, "opacity": 1}
_PARTNERS: dict[str, tuple[str, str]] = {
    "statutory": ("square", looks.BLUE),
    "local_authority": ("diamond", looks.TEAL),
    "health": ("cross", looks.PINK),
    "commissioned": ("triangle-up", looks.ORANGE),
    "voluntary": ("circle", looks.VIOLET),
    "employer": ("triangle-down", looks.MUTED),
    "community": ("triangle-right", looks.SKY),
}
_ASSESSED = frozenset({"Target", "Milestone"})
_BOX: Row = {"color": looks.PALE, "stroke": looks.MID, "opacity": 1}
_FEW, _MOST_IDLE = 20, 12
"""How many partners stand on one side, of more half on each, so that they fit a slide; and how many
partners without a part are named."""


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
    >>> print(*targets_chart(result).to_dict()["title"]["subtitle"])
    1 met, 3 missed, 1 no data, 2 not quantified.

    Args:
        plan_evaluation: The assessment of the plan.
        width: The width of the whole chart in pixels.

    Raises:
        RecordError: The width is less than 320 pixels.
    """
    plan, plot = plan_evaluation.plan, Plot(width, left=22)
    plot.x = alt.X("share:Q", scale=alt.Scale(domain=[0, 1]), axis=None)
    drawn: dict[str, list[Row]] = {kind: [] for kind in ("icon", "latest", "goal", "baseline")}
    for pathway, results in plan_evaluation.by_pathway().items():
        if results:
            plot.row(plan.pathway_names[pathway], at=-plot.left, room=0)
        for result in results:
            levels, middle = _levels(result), plot.height + LINE / 2
            name, badge = result.target.short_name, result.explain("badge")
            y = plot.row(name, result.explain(), room=20 * bool(levels))
            row: Row = {"target": name, "status": badge, "y": y}
            shape, colour = _ICONS.get(result.status, (_DASH, looks.MID))
            icon: Row = {"shape": shape, "colour": colour, "y": middle}
            drawn["icon"].append(row | icon | {"fill": None if shape[0] == "M" else colour})
            is_share = any(level.unit == "%" for _, level in levels)
            highest = max([abs(level.value) for _, level in levels], default=0) or 1
            for kind, level in levels:
                share = min(max(float(level.value / (100 if is_share else highest)), 0), 1)
                drawn[kind].append(row | {"share": share, "level": str(level)})
    icons, latest, goals, baselines = drawn.values()
    tips, look = "target status", {"size": 100, "strokeWidth": 2.5, "opacity": 1}
    ways = {"shape": "shape", "stroke": "colour", "fill": "fill", "tips": tips}
    plot.draw("point", icons, look, x=-14, y="y", **ways)
    place = {"y": "y", "tips": f"{tips} level"}
    rail: Row = {"color": looks.RULE, "strokeWidth": 14}
    tracks = {row["y"]: row for row in (*latest, *goals, *baselines)}
    plot.draw("rule", tracks.values(), rail, x=0, x2=plot.wide, y="y")
    bar: Row = {"color": looks.BLUE, "strokeWidth": 8}
    plot.draw("rule", latest, bar, key="Latest figure", x2=0, **place)
    plot.draw("point", goals, _GOAL, key="Goal", **place)
    plot.draw("point", baselines, looks.BASELINE, key="Baseline", **place)
    area = f": {plan_evaluation.area}" if plan_evaluation.area else ""
    summary = plan_evaluation.summary if plan.targets else "The plan has no targets"
    bars = "Bars of percentages run from 0% to 100%, other bars from 0 to the highest level."
    return plot.chart(
        title=f"Targets of the {plan.title}{area}",
        subtitle=f"{summary}.",
        notes=[bars],
        as_of=plan_evaluation.as_of,
        description=[
            f"{each.target.short_name}: {each.explain()}" for each in plan_evaluation.evaluations
        ],
    )


def _levels(result: Evaluation) -> list[tuple[str, Level]]:
    """Return the levels of a bullet bar, with the kind of each."""
    terms = result.assessment.terms
    observations = [("latest", result.decided_by), ("baseline", terms.baseline if terms else None)]
    levels = [(kind, each.level) for kind, each in observations if each is not None and each.level]
    return levels + [("goal", level) for level in (terms.goals if terms else ())]


def timeline_chart(
    subject: Plan | PlanEvaluation, *, as_of: date | None = None, width: int = 800
) -> alt.LayerChart:
    """Draw the deadlines of a plan's targets, milestones, objectives, activities and commitments.

    A vague deadline is a bar over all days that it may mean.

    >>> from rrmodel import datasets
    >>> chart = timeline_chart(datasets.load("east-midlands-2022-25"))
    >>> print(*chart.to_dict()["title"]["text"])
    Deadlines of the East Midlands Reducing Reoffending Plan 2022-25

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
        statuses = {each.target.id: each.explain("badge") for each in subject.evaluations}
        subject = subject.plan
    plot, rows = Plot(width, left=8), list[Row]()
    plot.height, plot.below = 40, 22
    for item in model.deadlines(subject):
        first, last = item.deadline.first_day, item.deadline.last_day
        when = str(item.deadline) if item.deadline.is_vague else day_text(last)
        details = [item.kind, when, statuses.get(item.id, "") * (item.kind in _ASSESSED)]
        y = plot.row(item.statement, " · ".join(filter(None, details)), at=-plot.left)
        rows.append(item.to_dict() | {"first_day": first, "last_day": last, "due": when, "y": y})
    plot.days([*(row[end] for row in rows for end in ("first_day", "last_day")), as_of])
    plot.dates(as_of=as_of)
    tips, bar = "statement kind due", {"color": looks.GREY, "strokeWidth": 8}
    plot.draw("rule", rows, {"color": looks.PALE}, x=None, y="y")
    plot.draw("rule", rows, bar, x2="first_day:T", y="y", tips=tips)
    for kind, look in _KINDS.items():
        chosen = [row for row in rows if row["kind"] == kind]
        plot.draw("point", chosen, looks.DOT | look, key=kind, tips=tips, y="y")
    ends = " to ".join(dict.fromkeys(day_text(row["last_day"]) for row in (rows[:1] + rows[-1:])))
    vague = "A grey bar shows all the days that a vague deadline may mean."
    return plot.chart(
        title=f"Deadlines of the {subject.title}",
        subtitle=f"{counted(len(rows), 'deadline')}, {ends}." if rows else "No deadlines.",
        notes=[vague] * any(row["is_vague"] for row in rows),
        description=[f"{row['kind']} due {row['due']}: {row['statement']}" for row in rows],
    )


def coverage_chart(
    subject: Plan | Coverage | SchemeCoverage, *, width: int = 900
) -> alt.LayerChart:
    """Draw what a plan has for each pathway: needs, objectives, activities, partners and more.

    Each cell has a number and a bar that compares it with the largest number of its column. Empty
    cells are pale and say "none". In another pathway scheme, "≤" marks a number that may include
    things of other pathways.

    >>> from rrmodel import datasets
    >>> chart = coverage_chart(datasets.load("east-midlands-2022-25"))
    >>> print(*chart.to_dict()["title"]["subtitle"])
    4 pathways, 9 gaps. Filled cells: 29 of 32. Objectives without an activity: 6 of 23.

    Args:
        subject: A plan, its coverage, or its coverage in another scheme.
        width: The width of the whole chart in pixels.

    Raises:
        RecordError: The width is less than 320 pixels.
    """
    covered = coverage(subject) if isinstance(subject, Plan) else subject
    heads = [each.replace("_", " ").capitalize() for each in COLUMNS]
    table: Iterable[PathwayCoverage | SchemeRow] = covered.rows
    plot, cells, names = Plot(width, left=4, right=4), list[Row](), covered.names
    for row in table:
        y = plot.row(names[row.pathway], room=34)
        for place, (column, count) in enumerate(row.counts().items()):
            share = count / max(1, *(other.counts()[column] for other in table))
            cell: Row = {"pathway": names[row.pathway], "column": heads[place], "count": count}
            cell |= {"from": place + 0.06, "to": place + 0.94, "middle": place + 0.5, "y": y}
            cell |= {"share": place + 0.06 + 0.88 * share, "top": y - 14, "bottom": y + 14}
            cell |= {"align": "center", "lines": ["≤" * row.is_upper_bound + str(count)]}
            none = looks.BOLD | {"lines": ["none"], "colour": looks.PINK}
            cells.append(cell if count else cell | none)
    centres = [place + 0.5 for place in range(len(heads))]
    labels: Row = {"values": centres, "tickCount": len(heads), "labelOverlap": False}
    labels |= {"labelExpr": f"{heads}[floor(datum.value)]", "domain": False, "ticks": False}
    labels |= {"labelAngle": -90, "labelBaseline": "middle"} if plot.is_narrow else {}
    axis = plot.across(orient="top", **labels)
    plot.x = alt.X("from:Q", scale=alt.Scale(domain=[0, len(heads)], nice=False), axis=axis)
    full, empty = (
        [cell for cell in cells if bool(cell["count"]) is each] for each in (True, False)
    )
    tips, key = "pathway column count", "Share of the largest number in the column"
    rail, bar = ({"strokeWidth": 6, "color": colour} for colour in (looks.RULE, looks.BLUE))
    plot.draw("rule", full, rail, x2="to:Q", y="bottom")
    plot.draw("rule", full, bar, key=key, tips=tips, x2="share:Q", y="bottom")
    ends = {"x2": "to:Q", "y": "top", "y2": "bottom"}
    plot.draw("rect", empty, _EMPTY, key="Nothing in the plan", tips=tips, **ends)
    plot.write(cells, x="middle:Q", y="y", tips=tips)
    scheme = f", by {covered.scheme.name}" if isinstance(covered, SchemeCoverage) else ""
    at_most = "≤ may include things of other pathways, which correspond only in part or loosely."
    return plot.chart(
        title=f"Coverage of the {covered.plan.title}{scheme}",
        subtitle=covered.summary,
        notes=[at_most * any(row.is_upper_bound for row in table)],
        description=[f"{each['pathway']}, {each['column']}: {each['count']}" for each in cells],
    )


def partner_chart(
    plans: Plan | Sequence[Plan],
    *,
    pathways: Iterable[str] | None = None,
    kinds: Iterable[PartnerKind | str] | None = None,
    highlight: str | None = None,
    groups: Groups = "keep",
    width: int = 1000,
) -> alt.LayerChart:
    """Draw who works in which pathway: partners, pathways, and a line for each part.

    A dashed line is a part that has not begun. The names of partners in two or more pathways are
    bold. The roles are shown on hover.

    >>> from rrmodel import datasets
    >>> chart = partner_chart(datasets.load("hmp-leeds-regimes"), highlight="shelter")
    >>> print(*chart.to_dict()["title"]["subtitle"])
    Partners with a part: 6 of 12. In two or more pathways: 2.

    Args:
        plans: A plan, or several, whose partners are then merged by name.
        pathways: The ids of the pathways to draw. Default: all.
        kinds: The kinds of partner to draw. Default: all.
        highlight: The id of a partner to highlight; the others are grey.
        groups: Whether groups of partners are kept as one or expanded to their members.
        width: The width of the whole chart in pixels.

    Raises:
        UnknownNameError: A pathway, kind, partner or choice of groups does not exist.
        RecordError: The width is less than 320 pixels.
    """
    draw: Any = partner_graph if isinstance(plans, Plan) else merged_partner_graph
    graph = draw(plans, groups=groups, pathways=pathways, kinds=kinds)
    sides = sides_of(graph)
    names, order = sides.labels, [*sides.partners]
    highlighted = sides.partner(highlight) if highlight else None
    drawn: dict[str, Row] = {}
    for who, homes in sides.pathways.items():
        if homes:
            kind, is_dim = sides.kinds[who].value, highlighted not in {None, who}
            row: Row = {"partner": names[who], "kind": kind, "is_highlighted": who == highlighted}
            row |= looks.BOLD if len(homes) > 1 else {}
            row |= {"colour": looks.MID if is_dim else looks.INK}
            row |= {"paint": looks.GREY if is_dim else _PARTNERS[kind][1]}
            drawn[who] = row | {"order": (fmean(map(order.index, homes)), [*_PARTNERS].index(kind))}
    rows = sorted(drawn.values(), key=lambda row: (row["order"], row["partner"]))
    plot = Plot(width, right=0)
    halves = 2 if len(rows) > _FEW and not plot.is_narrow else 1
    column, box = (plot.inner * part for part in ((0.46, 0.34), (0.32, 0.2))[halves - 1])
    staff = {node: counted(len(ids), "partner") for node, ids in sides.partners.items()}
    texts = [[*wrapped(names[node], box - 12), count] for node, count in staff.items()]
    sizes = [float(LINE * len(lines) + 18) for lines in texts]
    for row in rows:
        row["lines"] = wrapped(row["partner"], column - 16)
    groups_of_rows = [rows[side::halves] for side in range(halves)]
    talls = [[LINE * len(row["lines"]) + 4.0 for row in each] for each in groups_of_rows]
    plot.height = max(map(sum, (sizes, *talls)))
    for side, (each, tall) in enumerate(zip(groups_of_rows, talls, strict=True)):
        x, align, shift = (column, "right", -14) if not side else (plot.inner - column, "left", 14)
        even = [(place + 0.5) * plot.height / len(each) for place in range(len(each))]
        for row, y in zip(each, spread(even, tall, plot.height), strict=True):
            row |= {"x": x, "y": y, "align": align, "name": x + shift}
    wishes = [
        fmean([drawn[who]["y"] for who in ids] or [plot.height]) for ids in sides.partners.values()
    ]
    places = spread(wishes, sizes, plot.height)
    left = (plot.inner - box) / halves
    same = {"x": left, "x2": left + box, "name": left + box / 2, "align": "center"}
    boxes = {
        node: same | {"lines": lines, "level": y, "y": y - size / 2 + 4, "y2": y + size / 2 - 4}
        for node, lines, size, y in zip(sides.partners, texts, sizes, places, strict=True)
    }
    parts = [
        drawn[who]
        | {"x2": each["x" if drawn[who]["x"] < each["x"] else "x2"], "y2": each["level"]}
        | {
            "pathway": names[node],
            "role": "; ".join(dict.fromkeys(edge["role"] for edge in graph[who][node].values())),
            "planned": {edge["status"] for edge in graph[who][node].values()} == {"planned"},
        }
        for node, each in boxes.items()
        for who in sides.partners[node]
    ]
    for is_planned, dash in ((False, [1, 0]), (True, [5, 4])):
        look = looks.THIN | {"opacity": 0.8, "strokeDash": dash}
        place = {"x": "x", "y": "y", "x2": "x2", "y2": "y2", "color": "paint"}
        chosen = [part for part in parts if part["planned"] is is_planned]
        chosen.sort(key=lambda part: part["is_highlighted"])
        plot.draw("rule", chosen, look, tips="partner pathway role", **place)
    plot.draw("rect", boxes.values(), _BOX, x="x", y="y", x2="x2", y2="y2")
    plot.write(boxes.values(), x="name", y="level")
    plot.write(rows, x="name", y="y")
    for kind, (shape, colour) in _PARTNERS.items():
        look = looks.DOT | {"size": 55, "shape": shape, "color": colour}
        key = kind.replace("_", " ").capitalize()
        chosen = [row for row in rows if row["kind"] == kind]
        plot.draw("point", chosen, look, key=key, tips="partner", x="x", y="y", color="paint")
    idle = [names[who] for who in sides.pathways if who not in drawn]
    shown = "; ".join(idle) if len(idle) <= _MOST_IDLE else f"{len(idle)} partners"
    dashed = "Dashed: a part that has not begun. Bold: a partner in two or more pathways."
    return plot.chart(
        title=f"Partners and pathways: {graph.graph['name']}",
        subtitle=sides.summary,
        notes=[dashed, f"Without a part in these pathways: {shown}." * bool(idle)],
        description=[
            f"{names[node]}: {', '.join(map(names.__getitem__, ids)) or 'nobody'}"
            for node, ids in sides.partners.items()
        ],
    )
