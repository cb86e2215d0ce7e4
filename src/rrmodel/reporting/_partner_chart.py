"""Partners on one side or on both, pathways on the other or between, and a line for each part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import altair as alt
import attrs

from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.graph import Groups, merged_partner_graph, partner_graph
from rrmodel.model import PartnerKind, Plan
from rrmodel.reporting._colours import (
    BLUE,
    GREY,
    INK,
    MID,
    MUTED,
    ORANGE,
    PALE,
    PINK,
    RULE,
    SKY,
    TEAL,
    VIOLET,
)
from rrmodel.reporting._plot import DOT, LINE, SIZE, Plot, Row, pixels_y
from rrmodel.reporting._text import clean, distinct, wrapped

__all__ = ["partner_chart"]

_LOOKS: dict[str, tuple[str, str]] = {
    "statutory": ("square", BLUE),
    "local_authority": ("diamond", TEAL),
    "health": ("cross", PINK),
    "commissioned": ("triangle-up", ORANGE),
    "voluntary": ("circle", VIOLET),
    "employer": ("triangle-down", MUTED),
    "community": ("triangle-right", SKY),
}
_FEW = 20
"""Up to so many partners stand on one side; more stand on both, so that they fit a slide."""
_MOST_IDLE = 12
_COLOUR = alt.Color("colour:N", scale=None)


@attrs.frozen
class _Graph:
    """The partners and pathways that are drawn, by their nodes."""

    title: str
    names: dict[str, str]
    kinds: dict[str, str]
    everybody: list[str]
    pathways: list[str]
    parts: dict[tuple[str, str], list[dict[str, Any]]]

    def homes(self, partner: str) -> list[str]:
        """Return the pathways of a partner."""
        return [node for node in self.pathways if (partner, node) in self.parts]

    def partners(self, pathway: str) -> list[str]:
        """Return the partners of a pathway."""
        return [who for who in self.everybody if (who, pathway) in self.parts]


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
    found = _graph(plans, pathways, kinds, groups)
    lit = _chosen("partner", [highlight] if highlight else [], found.everybody)
    places = {node: place for place, node in enumerate(found.pathways)}
    homes = {who: found.homes(who) for who in found.everybody if found.homes(who)}
    ranks = list(_LOOKS)

    def order(who: str) -> tuple[float, int, str]:
        mean = sum(places[node] for node in homes[who]) / len(homes[who])
        return mean, ranks.index(found.kinds[who]), found.names[who]

    active = sorted(homes, key=order)
    several = {who for who in active if len(homes[who]) > 1}
    plot = Plot(width)
    is_double = not plot.is_narrow and len(active) > _FEW
    column, box = (plot.inner * part for part in ((0.32, 0.2) if is_double else (0.46, 0.34)))
    middle = (plot.inner - box) / 2 if is_double else plot.inner - box
    labels = {
        who: wrapped(found.names[who], column - 16, SIZE, is_bold=who in several, most=3)
        for who in active
    }
    sides = [active[::2], active[1::2]] if is_double else [active, []]
    boxes = {node: _box(found, node, box) for node in found.pathways}
    needed = sum(tall for _, tall in boxes.values()) + 8 * len(boxes)
    ends: dict[str, tuple[float, float]] = {}
    names: list[Row] = []
    height = 0.0
    for side, edge, away in zip(sides, (column, plot.inner - column), (-14, 14), strict=True):
        rows = [LINE * len(labels[who]) + 4 * (len(labels[who]) > 1) for who in side]
        spare = min(max(needed - sum(rows), 0) / max(len(side), 1), 2 * LINE) * (not is_double)
        top = 0.0
        for who, tall in zip(side, rows, strict=True):
            top += tall + spare
            ends[who] = edge, top - (tall + spare) / 2
            first = ends[who][1] - LINE * (len(labels[who]) - 1) / 2
            names.append({"x": edge + away, "y": first, "text": "\n".join(labels[who]), "who": who})
        height = max(height, top)
    placed = _stacked(found, boxes, ends, height)
    height = max(height, *(row["bottom"] for row in placed.values()), 1.0)

    _draw_parts(plot, found, ends, placed=placed, box=(middle, box), lit=lit)
    rects = [row | {"x": middle, "x2": middle + box} for row in placed.values()]
    edged: Row = {"color": PALE, "stroke": MID, "opacity": 1}
    plot.draw("rect", rects, edged, x2="x2:Q", y=pixels_y("top"), y2="bottom:Q")
    texts = [row | {"x": middle + box / 2} for row in rects]
    plot.write(texts, {"align": "center", "baseline": "top"}, y=pixels_y("label"))
    _draw_partners(plot, found, ends, names=names, several=several, lit=lit)
    idle = [found.names[who] for who in found.everybody if who not in homes]
    shown = "; ".join(idle) if len(idle) <= _MOST_IDLE else f"{len(idle)} partners"
    return plot.chart(
        title=f"Partners and pathways: {clean(found.title)}",
        subtitle=f"{len(active)} of {len(found.everybody)} partners have a part in a pathway; "
        f"{len(several)} of them in two or more.",
        height=height,
        notes=[
            "Dashed: a part that has not begun. Bold: a partner in two or more pathways.",
            *([f"Without a part in these pathways: {shown}."] if idle else []),
        ],
        description=[
            f"{found.names[node]}: "
            + (", ".join(found.names[who] for who in found.partners(node)) or "nobody")
            for node in found.pathways
        ],
    )


def _draw_parts(
    plot: Plot,
    found: _Graph,
    ends: Mapping[str, tuple[float, float]],
    *,
    placed: Mapping[str, Row],
    box: tuple[float, float],
    lit: Collection[str],
) -> None:
    """Draw a line for each part, from a partner to the box of a pathway."""
    lines: list[Row] = []
    for (who, node), parts in found.parts.items():
        is_left = ends[who][0] < box[0]
        row: Row = {"Partner": found.names[who], "Pathway": found.names[node], "lit": who in lit}
        row["Role"] = "; ".join(dict.fromkeys(clean(str(part["role"])) for part in parts))
        row["planned"] = all(part["status"] == "planned" for part in parts)
        row["colour"] = _LOOKS[found.kinds[who]][1] if not lit or who in lit else RULE
        row |= {"x": ends[who][0] + (6 if is_left else -6), "y": ends[who][1]}
        lines.append(row | {"x2": box[0] + box[1] * (not is_left), "y2": placed[node]["y"]})
    lines.sort(key=lambda row: row["lit"])
    for is_planned, dash in ((False, {}), (True, {"strokeDash": [5, 4]})):
        chosen = [row for row in lines if row["planned"] is is_planned]
        look: Row = {"strokeWidth": 1.5, "opacity": 0.8} | dash
        place: Row = {"x2": "x2:Q", "y2": "y2:Q", "color": _COLOUR}
        plot.draw("rule", chosen, look, tips="Partner Pathway Role", **place)


def _draw_partners(
    plot: Plot,
    found: _Graph,
    ends: Mapping[str, tuple[float, float]],
    *,
    names: Sequence[Row],
    several: Collection[str],
    lit: Collection[str],
) -> None:
    """Draw the icon and write the name of each partner."""
    for kind, (shape, paint) in _LOOKS.items():
        rows = [
            {"x": ends[who][0], "y": ends[who][1], "Partner": found.names[who]}
            | {"colour": paint if not lit or who in lit else GREY}
            for who in ends
            if found.kinds[who] == kind
        ]
        look = DOT | {"size": 55, "shape": shape, "color": paint}
        key = kind.replace("_", " ").capitalize()
        plot.draw("point", rows, look, key=key, tips="Partner", color=_COLOUR)
    for align, is_left in (("right", True), ("left", False)):
        for is_bold in (False, True):
            chosen = [
                row | {"colour": INK if not lit or row["who"] in lit else MID}
                for row in names
                if (ends[row["who"]][0] > row["x"]) is is_left
                and (row["who"] in several) is is_bold
            ]
            look = {"align": align, "fontWeight": "bold" if is_bold else "normal"}
            plot.write(chosen, look, color=_COLOUR)


def _graph(
    plans: Plan | Sequence[Plan],
    pathways: Iterable[str] | None,
    kinds: Iterable[str] | None,
    groups: Groups,
) -> _Graph:
    """Return the part of the graph of partners that was asked for."""
    if isinstance(plans, Plan):
        graph = partner_graph(plans, groups=groups)
    else:
        graph = merged_partner_graph(plans, groups=groups)
    nodes: dict[str, dict[str, Any]] = {node: graph.nodes[node] for node in graph}
    partners, homes = (
        {node: data for node, data in nodes.items() if data["bipartite"] == side} for side in (0, 1)
    )
    wanted = _known("kind", kinds, list(_LOOKS))
    kind_of = {node: str(data["partner_kind"]) for node, data in partners.items()}
    everybody = [node for node in partners if kind_of[node] in wanted]
    chosen = _chosen("pathway", pathways, list(homes))
    parts: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one, other, data in graph.edges(data=True):
        pair = (one, other) if one in partners else (other, one)
        if pair[0] in everybody and pair[1] in chosen:
            parts.setdefault(pair, []).append(data)
    names: dict[str, str] = {}
    for side in (partners, homes):
        called = {node.partition(":")[2]: str(data["name"]) for node, data in side.items()}
        names |= dict(zip(side, distinct(called).values(), strict=True))
    return _Graph(str(graph.graph["name"]), names, kind_of, everybody, chosen, parts)


def _known(what: str, names: Iterable[str] | None, known: Sequence[str]) -> list[str]:
    """Return the names asked for, in the order known; all of them by default."""
    asked = list(known) if names is None else list(names)
    for name in asked:
        if name not in known:
            raise UnknownNameError(f"there is no {what} {name!r}: {did_you_mean(name, known)}")
    return [name for name in known if name in asked]


def _chosen(what: str, names: Iterable[str] | None, nodes: Sequence[str]) -> list[str]:
    """Return the nodes with the ids asked for."""
    known = [node.partition(":")[2] for node in nodes]
    return [f"{what}:{name}" for name in _known(what, names, known)]


def _box(found: _Graph, node: str, wide: float) -> tuple[list[str], float]:
    """Return the lines in the box of a pathway, and its height."""
    count = len(found.partners(node))
    lines = wrapped(found.names[node], wide - 12, SIZE, most=4)
    lines.append(f"{count} partner" if count == 1 else f"{count} partners")
    return lines, LINE * len(lines) + 10


def _stacked(
    found: _Graph,
    boxes: dict[str, tuple[list[str], float]],
    ends: dict[str, tuple[float, float]],
    height: float,
) -> dict[str, Row]:
    """Return each box beside the middle of its partners, as far as the others allow."""
    rest = max(height - sum(tall + 8 for _, tall in boxes.values()) + 8, 0)
    placed: dict[str, Row] = {}
    top = 0.0
    for node, (lines, tall) in boxes.items():
        heights = [ends[who][1] for who in found.partners(node)]
        wish = sum(heights) / len(heights) - tall / 2 if heights else top
        start = min(max(top, wish), top + rest)
        rest -= start - top
        placed[node] = {"top": start, "bottom": start + tall, "y": start + tall / 2}
        placed[node] |= {"label": start + 7, "text": "\n".join(lines)}
        top = start + tall + 8
    return placed
