"""Partners on one side or on both, pathways on the other or between, and a line for each part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt

from rrmodel.graph import Groups, merged_partner_graph, partner_graph
from rrmodel.model import PartnerKind, Plan
from rrmodel.reporting import _looks as looks
from rrmodel.reporting._looks import Row
from rrmodel.reporting._plot import Plot
from rrmodel.reporting._text import clean, distinct, known, wrapped

__all__ = ["partner_chart"]

_LOOKS: dict[str, tuple[str, str]] = {
    "statutory": ("square", looks.BLUE),
    "local_authority": ("diamond", looks.TEAL),
    "health": ("cross", looks.PINK),
    "commissioned": ("triangle-up", looks.ORANGE),
    "voluntary": ("circle", looks.VIOLET),
    "employer": ("triangle-down", looks.MUTED),
    "community": ("triangle-right", looks.SKY),
}
_FEW = 20
"""Up to so many partners stand on one side; more stand on both, so that they fit a slide."""
_MOST_IDLE, _BETWEEN = 12, 8


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
    >>> chart.to_dict()["title"]["subtitle"]
    ['6 of 12 partners have a part in a pathway; 2 of them in two or more.']

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
    one_plan = isinstance(plans, Plan)
    graph: Any = (
        partner_graph(plans, groups=groups)
        if one_plan
        else merged_partner_graph(plans, groups=groups)
    )
    kind_of = {node: str(kind) for node, kind in graph.nodes(data="partner_kind") if kind}
    wanted = known("kind", _LOOKS if kinds is None else kinds, list(_LOOKS))
    everybody = [node for node, kind in kind_of.items() if kind in wanted]
    nodes = _chosen("pathway", pathways, [node for node in graph if node not in kind_of])
    lit = _chosen("partner", [highlight] if highlight else [], everybody)
    parts: dict[tuple[str, str], list[Row]] = {}
    for one, other, part in graph.edges(data=True):
        pair = (one, other) if one in kind_of else (other, one)
        if pair[0] in everybody and pair[1] in nodes:
            parts.setdefault(pair, []).append(part)
    names: dict[str, str] = {}
    for side in (everybody, nodes):
        called = distinct({node.partition(":")[2]: graph.nodes[node]["name"] for node in side})
        names |= dict(zip(side, called.values(), strict=True))
    homes = {who: [node for node in nodes if (who, node) in parts] for who in everybody}
    partners = {node: [who for who in everybody if (who, node) in parts] for node in nodes}

    def order(who: str) -> tuple[float, int, str]:
        mean = sum(map(nodes.index, homes[who])) / len(homes[who])
        return mean, list(_LOOKS).index(kind_of[who]), names[who]

    active = sorted(filter(homes.get, everybody), key=order)
    several = [who for who in active if len(homes[who]) > 1]
    idle = [names[who] for who in everybody if not homes[who]]
    plot = Plot(width)
    is_double = not plot.is_narrow and len(active) > _FEW
    column, box = (plot.inner * part for part in ((0.32, 0.2) if is_double else (0.46, 0.34)))
    middle = (plot.inner - box) / 2 if is_double else plot.inner - box
    boxes: dict[str, list[str]] = {}
    for node, found in partners.items():
        count = f"{len(found)} partner{'s' * (len(found) != 1)}"
        boxes[node] = [*wrapped(names[node], box - 12, looks.SIZE, most=4), count]
    needed = sum(looks.LINE * len(lines) + 10 + _BETWEEN for lines in boxes.values())

    spots: dict[str, Row] = {}
    sides = [(active[::2], column, "right", -14), (active[1::2], plot.inner - column, "left", 14)]
    gap, height = 3.0, 0.0
    if not is_double:
        sides = [(active, column, "right", -14)]
        gap += min(max(needed / max(len(active), 1) - looks.LINE, 0), 2 * looks.LINE)
    for side, x, align, away in sides:
        plot.height = 0
        for who in side:
            is_shown = not lit or who in lit
            look: Row = {"align": align, "colour": looks.INK if is_shown else looks.MID}
            look |= {"weight": "bold"} if who in several else {}
            y = plot.row([(names[who], look)], column - 16, x=x + away, gap=gap)
            spots[who] = {"x": x, "y": y, "Partner": names[who]}
            spots[who]["colour"] = _LOOKS[kind_of[who]][1] if is_shown else looks.GREY
        height = max(height, plot.height)
    placed: dict[str, Row] = {}
    top, rest = 0.0, max(height - needed + _BETWEEN, 0)
    for node, lines in boxes.items():
        tall, heights = looks.LINE * len(lines) + 10, [spots[who]["y"] for who in partners[node]]
        wish = sum(heights) / len(heights) - tall / 2 if heights else top
        start = min(max(top, wish), top + rest)
        rest -= start - top
        placed[node] = {"x": middle, "x2": middle + box, "y": start, "y2": start + tall}
        placed[node] |= {"mid": middle + box / 2, "level": start + tall / 2}
        placed[node]["text"] = "\n".join(lines)
        top = start + tall + _BETWEEN
    plot.height = max(height, top - _BETWEEN)

    lines: list[Row] = []
    for (who, node), found in parts.items():
        spot, is_left = spots[who], spots[who]["x"] < middle
        row = spot | {"Pathway": names[node], "y2": placed[node]["level"], "is_lit": who in lit}
        row |= {"x": spot["x"] + (6 if is_left else -6), "x2": middle + box * (not is_left)}
        row |= {"Role": "; ".join(dict.fromkeys(clean(str(part["role"])) for part in found))}
        row |= {"colour": looks.RULE if spot["colour"] == looks.GREY else spot["colour"]}
        lines.append(row | {"planned": all(part["status"] == "planned" for part in found)})
    lines.sort(key=lambda row: row["is_lit"])
    for is_planned, dash in ((False, [1, 0]), (True, [5, 4])):
        chosen = [row for row in lines if row["planned"] is is_planned]
        look = looks.THIN | {"opacity": 0.8, "strokeDash": dash}
        place = {"x2": "x2", "y2": "y2", "color": "colour", "tips": "Partner Pathway Role"}
        plot.draw("rule", chosen, look, **place)
    edged: Row = {"color": looks.PALE, "stroke": looks.MID, "opacity": 1}
    plot.draw("rect", placed.values(), edged, x2="x2", y2="y2")
    plot.write(placed.values(), {"align": "center"}, x="mid", y="level")
    for kind, (shape, paint) in _LOOKS.items():
        chosen = [spot for who, spot in spots.items() if kind_of[who] == kind]
        look = looks.DOT | {"size": 55, "shape": shape, "color": paint}
        key = kind.replace("_", " ").capitalize()
        plot.draw("point", chosen, look, key=key, tips="Partner", color="colour")
    shown = "; ".join(idle) if len(idle) <= _MOST_IDLE else f"{len(idle)} partners"
    return plot.chart(
        title=f"Partners and pathways: {clean(graph.graph['name'])}",
        subtitle=f"{len(active)} of {len(everybody)} partners have a part in a pathway; "
        f"{len(several)} of them in two or more.",
        notes=[
            "Dashed: a part that has not begun. Bold: a partner in two or more pathways.",
            *([f"Without a part in these pathways: {shown}."] if idle else []),
        ],
        description=[
            f"{names[node]}: {', '.join(names[who] for who in found) or 'nobody'}"
            for node, found in partners.items()
        ],
    )


def _chosen(what: str, names: Iterable[str] | None, nodes: Sequence[str]) -> list[str]:
    """Return the nodes with the ids asked for; all of them by default."""
    ids = [node.partition(":")[2] for node in nodes]
    return [f"{what}:{name}" for name in known(what, ids if names is None else names, ids)]
