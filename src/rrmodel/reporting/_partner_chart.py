"""Partners on one side or on both, pathways on the other or between, and a line for each part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

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
    found = _parts(plans, groups, pathways, kinds)
    lit = _chosen("partner", [highlight] if highlight else [], list(found.homes))
    ranks = list(_LOOKS)

    def order(who: str) -> tuple[float, int, str]:
        mean = sum(map(list(found.partners).index, found.homes[who])) / len(found.homes[who])
        return mean, ranks.index(found.kinds[who]), found.names[who]

    idle = [found.names[who] for who, homes in found.homes.items() if not homes]
    active = sorted((who for who, homes in found.homes.items() if homes), key=order)
    several = [who for who in active if len(found.homes[who]) > 1]
    plot = Plot(width)
    is_double = not plot.is_narrow and len(active) > _FEW
    column, box = (plot.inner * part for part in ((0.32, 0.2) if is_double else (0.46, 0.34)))
    middle = (plot.inner - box) / 2 if is_double else plot.inner - box
    lines = {
        node: wrapped(found.names[node], box - 12, looks.SIZE, most=4) for node in found.partners
    }
    for node, partners in found.partners.items():
        lines[node].append(f"{len(partners)} partner{'s' * (len(partners) != 1)}")
    needed = sum(looks.LINE * len(each) + 10 + _BETWEEN for each in lines.values()) - _BETWEEN

    spots: dict[str, Row] = {}
    gap, height = 3.0, 0.0
    sides = [(active[::2], column, -1), (active[1::2], plot.inner - column, 1)]
    if not is_double:
        sides = [(active, column, -1)]
        gap += min(max(needed / max(len(active), 1) - looks.LINE, 0), 2 * looks.LINE)
    for side, x, way in sides:
        plot.height = 0
        for who in side:
            is_shown = not lit or who in lit
            look: Row = {"align": "right" if way < 0 else "left"}
            look |= {"colour": looks.INK if is_shown else looks.MID}
            look |= looks.BOLD if who in several else {}
            y = plot.row([(found.names[who], look)], column - 16, x=x + 14 * way, gap=gap)
            spots[who] = {"x": x, "y": y, "Partner": found.names[who]}
            spots[who]["colour"] = _LOOKS[found.kinds[who]][1] if is_shown else looks.GREY
        height = max(height, plot.height)
    boxes: dict[str, Row] = {}
    top, rest = 0.0, max(height - needed, 0)
    for node, each in lines.items():
        tall = looks.LINE * len(each) + 10
        heights = [spots[who]["y"] for who in found.partners[node]]
        wish = sum(heights) / len(heights) - tall / 2 if heights else top
        start = min(max(top, wish), top + rest)
        rest -= start - top
        boxes[node] = {"x": middle, "x2": middle + box, "y": start, "y2": start + tall}
        boxes[node] |= {"mid": middle + box / 2, "level": start + tall / 2, "text": "\n".join(each)}
        top = start + tall + _BETWEEN
    plot.height = max(height, top - _BETWEEN)
    _draw(plot, found, spots, boxes, lit)
    shown = "; ".join(idle) if len(idle) <= _MOST_IDLE else f"{len(idle)} partners"
    return plot.chart(
        title=f"Partners and pathways: {clean(found.title)}",
        subtitle=f"{len(active)} of {len(found.homes)} partners have a part in a pathway; "
        f"{len(several)} of them in two or more.",
        notes=[
            "Dashed: a part that has not begun. Bold: a partner in two or more pathways.",
            *([f"Without a part in these pathways: {shown}."] if idle else []),
        ],
        description=[
            f"{found.names[node]}: {', '.join(found.names[who] for who in partners) or 'nobody'}"
            for node, partners in found.partners.items()
        ],
    )


class _Parts(NamedTuple):
    """The partners and pathways to draw, by their nodes, and what partners do in them."""

    title: str
    names: dict[str, str]
    kinds: dict[str, str]
    homes: dict[str, list[str]]
    partners: dict[str, list[str]]
    roles: dict[tuple[str, str], list[Row]]


def _parts(
    plans: Plan | Sequence[Plan],
    groups: Groups,
    pathways: Iterable[str] | None,
    kinds: Iterable[str] | None,
) -> _Parts:
    """Return what was asked for of the graph of partners."""
    if isinstance(plans, Plan):
        graph: Any = partner_graph(plans, groups=groups)
    else:
        graph = merged_partner_graph(plans, groups=groups)
    kind_of = {node: str(kind) for node, kind in graph.nodes(data="partner_kind") if kind}
    wanted = known("kind", _LOOKS if kinds is None else kinds, list(_LOOKS))
    everybody = [node for node, kind in kind_of.items() if kind in wanted]
    nodes = _chosen("pathway", pathways, [node for node in graph if node not in kind_of])
    names: dict[str, str] = {}
    for side in (everybody, nodes):
        called = distinct({node.partition(":")[2]: graph.nodes[node]["name"] for node in side})
        names |= dict(zip(side, called.values(), strict=True))
    roles: dict[tuple[str, str], list[Row]] = {}
    for one, other, role in graph.edges(data=True):
        pair = (one, other) if one in kind_of else (other, one)
        if names.keys() >= {*pair}:
            roles.setdefault(pair, []).append(role)
    homes = {who: [node for node in nodes if (who, node) in roles] for who in everybody}
    partners = {node: [who for who in everybody if (who, node) in roles] for node in nodes}
    return _Parts(str(graph.graph["name"]), names, kind_of, homes, partners, roles)


def _draw(
    plot: Plot,
    found: _Parts,
    spots: Mapping[str, Row],
    boxes: Mapping[str, Row],
    lit: Collection[str],
) -> None:
    """Draw a line for each part, a box for each pathway, and an icon for each partner."""
    lines: list[Row] = []
    for (who, node), parts in found.roles.items():
        spot, box = spots[who], boxes[node]
        is_left = spot["x"] < box["x"]
        row = spot | {"x": spot["x"] + (6 if is_left else -6), "y2": box["level"]}
        row |= {"x2": box["x" if is_left else "x2"], "Pathway": found.names[node]}
        row |= {"Role": "; ".join(dict.fromkeys(clean(str(part["role"])) for part in parts))}
        row |= {"colour": looks.RULE if spot["colour"] == looks.GREY else spot["colour"]}
        lines.append(row | {"planned": all(part["status"] == "planned" for part in parts)})
        lines[-1]["is_lit"] = who in lit
    lines.sort(key=lambda row: row["is_lit"])
    for is_planned, dash in ((False, [1, 0]), (True, [5, 4])):
        chosen = [row for row in lines if row["planned"] is is_planned]
        look = looks.THIN | {"opacity": 0.8, "strokeDash": dash}
        place = {"x2": "x2", "y2": "y2", "color": "colour", "tips": "Partner Pathway Role"}
        plot.draw("rule", chosen, look, **place)
    edged: Row = {"color": looks.PALE, "stroke": looks.MID, "opacity": 1}
    plot.draw("rect", boxes.values(), edged, x2="x2", y2="y2")
    plot.write(boxes.values(), {"align": "center"}, x="mid", y="level")
    for kind, (shape, paint) in _LOOKS.items():
        chosen = [spot for who, spot in spots.items() if found.kinds[who] == kind]
        look = looks.DOT | {"size": 55, "shape": shape, "color": paint}
        key = kind.replace("_", " ").capitalize()
        plot.draw("point", chosen, look, key=key, tips="Partner", color="colour")


def _chosen(what: str, names: Iterable[str] | None, nodes: Sequence[str]) -> list[str]:
    """Return the nodes with the ids asked for; all of them by default."""
    ids = [node.partition(":")[2] for node in nodes]
    return [f"{what}:{name}" for name in known(what, ids if names is None else names, ids)]
