"""Partners on the left, pathways on the right, and a line for each part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import attrs

from rrmodel.graph import partner_graph
from rrmodel.model import PartnerKind, Plan
from rrmodel.reporting._drawing import (
    INK,
    LINE_HEIGHT,
    MARGIN,
    MUTED,
    PAPER,
    SMALL,
    clean,
    element,
    sheet,
    width_of,
    words,
    wrapped,
)
from rrmodel.reporting._picture import Picture, counted, table
from rrmodel.reporting._sides import Blocks, PartnerGraph, Sides, ordered, sides_of

__all__ = ["partner_picture"]

_WIDEST_PARTNER = 340
_WIDEST_PATHWAY = 220
_BETWEEN = 250
_MARKER = 14
_BAR = 10
_HEADING = 32
_ROW_SPACE = 3
_PORT = 7
_GAP = 18
_SAMPLE = 34

_COLOURS: dict[PartnerKind, str] = {
    PartnerKind.STATUTORY: "#12436D",
    PartnerKind.LOCAL_AUTHORITY: "#28A197",
    PartnerKind.HEALTH: "#801650",
    PartnerKind.COMMISSIONED: "#F46A25",
    PartnerKind.VOLUNTARY: "#A285D1",
    PartnerKind.EMPLOYER: "#3D3D3D",
    PartnerKind.COMMUNITY: "#2073BC",
}
"""The colours of the Analysis Function: each stands out from the paper by three to one or more."""

_SHAPES: dict[PartnerKind, str] = {
    PartnerKind.STATUTORY: "M-5 -5H5V5H-5Z",
    PartnerKind.LOCAL_AUTHORITY: "M0 -6L6 0L0 6L-6 0Z",
    PartnerKind.HEALTH: "M-2 -6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",
    PartnerKind.COMMISSIONED: "M0 -6L6 5H-6Z",
    PartnerKind.VOLUNTARY: "M0 -5A5 5 0 0 1 0 5A5 5 0 0 1 0 -5Z",
    PartnerKind.EMPLOYER: "M-6 -5H6L0 6Z",
    PartnerKind.COMMUNITY: "M0 -6L6 -1L4 6H-4L-6 -1Z",
}
"""Each kind has a shape too, for those to whom the colours look alike."""

_HEADINGS: dict[PartnerKind, str] = {
    PartnerKind.STATUTORY: "Statutory",
    PartnerKind.LOCAL_AUTHORITY: "Local authorities",
    PartnerKind.HEALTH: "Health",
    PartnerKind.COMMISSIONED: "Commissioned",
    PartnerKind.VOLUNTARY: "Voluntary",
    PartnerKind.EMPLOYER: "Employers",
    PartnerKind.COMMUNITY: "Community",
}
_IDLE = "No part in a pathway"


@attrs.frozen(kw_only=True)
class _Row:
    """A partner on the left."""

    partner: str
    heading: str | None
    """What stands above it, if it is the first of its block."""
    label: tuple[str, ...]
    top: int
    """Where its label begins."""

    @property
    def middle(self) -> int:
        return self.top + self.height // 2

    @property
    def height(self) -> int:
        return LINE_HEIGHT * len(self.label) + _ROW_SPACE


@attrs.frozen(kw_only=True)
class _Bar:
    """A pathway on the right."""

    pathway: str
    heading: tuple[str, ...]
    """What stands above it, if it is the first of its block."""
    label: tuple[str, ...]
    partners: tuple[str, ...]
    """Its partners, top down."""
    top: int = 0
    """Where its heading or else its bar begins."""

    @property
    def bar_top(self) -> int:
        return self.top + (LINE_HEIGHT * len(self.heading) + _GAP if self.heading else 0)

    @property
    def bar_height(self) -> int:
        return max(LINE_HEIGHT * (len(self.label) + 1), _PORT * (len(self.partners) + 1))

    @property
    def bottom(self) -> int:
        return self.bar_top + self.bar_height

    def port(self, partner: str) -> int:
        """Return the height at which the line of a partner arrives."""
        rest = self.bar_height - _PORT * (len(self.partners) - 1)
        return self.bar_top + rest // 2 + _PORT * self.partners.index(partner)


def partner_picture(subject: Plan | PartnerGraph) -> Picture:
    """Return a picture of who works where: partners by kind, pathways, and a line for each part.

    The order on both sides is one in which few lines cross. A dashed line is a part that is yet to
    begin; a partner in bold works in two pathways or more. Partners without a part stand last.

    >>> from rrmodel import datasets
    >>> picture = partner_picture(datasets.load("east-midlands-2022-25"))
    >>> print(picture.description)
    50 of 59 partners have a part in 4 pathways; 3 of them work in two or more.

    Args:
        subject: A plan; or a partner graph, which may be one of several plans, or of groups in
            their members, or a subgraph.

    Raises:
        RecordError: It is a graph, and no partner graph.
    """
    graph: PartnerGraph = partner_graph(subject) if isinstance(subject, Plan) else subject
    sides = sides_of(graph)
    title = clean(f"Who works with whom: {graph.name}")
    description = _description(sides)
    width, height, inside = _drawn(sides)
    return Picture(
        svg=sheet(title=title, description=description, width=width, height=height, inside=inside),
        title=title,
        description=description,
        text=_text(title, description, sides),
    )


def _description(sides: Sides) -> str:
    working = [found for found in sides.pathways.values() if found]
    several = sum(len(found) > 1 for found in working)
    empty = sum(not staff for staff in sides.partners.values())
    said = (
        f"{len(working)} of {counted(len(sides.kinds), 'partner')} have a part in "
        f"{counted(len(sides.plans), 'pathway')}; {several} of them work in two or more."
    )
    if empty:
        said += f" {counted(empty, 'pathway')} {'has' if empty == 1 else 'have'} no partner."
    return said


def _text(title: str, description: str, sides: Sides) -> str:
    rows: list[tuple[str, ...]] = []
    for partner, kind in sides.kinds.items():
        about = kind.value.replace("_", " "), sides.names[partner]
        for pathway, parts in sides.pathways[partner].items():
            where = sides.names[pathway], _status(parts)
            rows += [(*about, *where, clean(str(part.get("role", "")))) for part in parts]
        if not sides.pathways[partner]:
            rows.append((*about, "none", "", ""))
    head = "Kind", "Partner", "Pathway", "Status", "Part"
    said = f"{title}\n{description}\n\n{table(head, rows)}"
    if empty := [sides.names[pathway] for pathway, staff in sides.partners.items() if not staff]:
        said += f"\nWithout a partner: {'; '.join(empty)}\n"
    return said


def _status(parts: Sequence[Mapping[str, Any]]) -> str:
    """Return whether a partner is at work in a pathway by any of its parts there."""
    return "planned" if all(part.get("status") == "planned" for part in parts) else "current"


def _drawn(sides: Sides) -> tuple[int, int, list[str]]:
    """Return the width and height of what stands below the title, and its elements."""
    plans = dict.fromkeys(sides.plans.values())
    left: Blocks = [
        [node for node, own in sides.kinds.items() if own is kind and sides.pathways[node]]
        for kind in PartnerKind
    ]
    right: Blocks = [[node for node, own in sides.plans.items() if own == plan] for plan in plans]
    left, right = ordered(left, right, sides.neighbours())
    idle = [
        node
        for kind in PartnerKind
        for node, own in sides.kinds.items()
        if own is kind and not sides.pathways[node]
    ]
    legend = list(_legend(sides))
    top = LINE_HEIGHT * (len(legend) // 2)  # each entry is a sample and what it means
    rows = list(_rows(sides, left, idle, top))
    bars = _bars(sides, right, rows, top)
    widths = [width_of(text, bold=True) for row in rows for text in (*row.label, row.heading or "")]
    edge = MARGIN + max(widths, default=0)
    start = edge + 2 * _MARKER
    end = start + _BETWEEN
    homes = {bar.pathway: bar for bar in bars}
    inside = legend
    for row in rows:
        for pathway, parts in sides.pathways[row.partner].items():
            port = homes[pathway].port(row.partner)
            inside.append(_line(sides, row.partner, pathway, parts, (start, row.middle, end, port)))
    for row in rows:
        inside += _partner(row, edge, sides)
    for bar in bars:
        inside += _pathway(bar, end)
    bottom = max([row.top + row.height for row in rows] + [bar.bottom for bar in bars], default=top)
    return end + _BAR + 8 + _WIDEST_PATHWAY + MARGIN, bottom, inside


def _rows(sides: Sides, blocks: Blocks, idle: Sequence[str], top: int) -> Iterator[_Row]:
    for block in [*blocks, idle]:
        heading = _IDLE if block is idle else None
        for number, partner in enumerate(block):
            first = (heading or _HEADINGS[sides.kinds[partner]]) if number == 0 else None
            row = _Row(
                partner=partner,
                heading=first,
                label=wrapped(sides.names[partner], _WIDEST_PARTNER, bold=True),
                top=top + (_HEADING if first else 0),
            )
            yield row
            top = row.top + row.height


def _bars(sides: Sides, blocks: Blocks, rows: Sequence[_Row], top: int) -> list[_Bar]:
    """Return each pathway beside the middle of its partners, as far as the others leave room."""
    middles = {row.partner: row.middle for row in rows}
    bars: list[_Bar] = []
    for block in blocks:
        for number, pathway in enumerate(block):
            heading = f"Plan {sides.plans[pathway]}" if number == 0 and len(blocks) > 1 else ""
            staff = tuple(sorted(sides.partners[pathway], key=middles.__getitem__))
            bar = _Bar(
                pathway=pathway,
                heading=wrapped(heading, _WIDEST_PATHWAY, bold=True),
                label=wrapped(sides.names[pathway], _WIDEST_PATHWAY),
                partners=staff,
                top=bars[-1].bottom + _GAP if bars else top,
            )
            if staff:
                middle = sum(map(middles.__getitem__, staff)) // len(staff)
                wanted = middle - bar.bar_height // 2 - (bar.bar_top - bar.top)
                bar = attrs.evolve(bar, top=max(bar.top, wanted))
            bars.append(bar)
    # what was pushed down below the last partner is moved up again, but not above the top
    needed = top + sum(bar.bottom - bar.top + _GAP for bar in bars) - _GAP
    limit = max([needed, *(row.top + row.height for row in rows)])
    for place in reversed(range(len(bars))):
        bar = bars[place]
        bars[place] = attrs.evolve(bar, top=min(bar.top, limit - (bar.bottom - bar.top)))
        limit = bars[place].top - _GAP
    return bars


def _line(
    sides: Sides,
    partner: str,
    pathway: str,
    parts: Sequence[Mapping[str, Any]],
    ends: tuple[int, int, int, int],
) -> str:
    left, start, right, end = ends
    status = _status(parts)
    roles = [f"\n{clean(str(part['role']))}" for part in parts if "role" in part]
    said = f"{sides.names[partner]}: {sides.names[pathway]}, {status}{''.join(roles)}"
    middle = (left + right) // 2
    return element(
        "path",
        element("title", escape(said)),
        d=f"M{left} {start}C{middle} {start} {middle} {end} {right} {end}",
        fill="none",
        stroke=_COLOURS[sides.kinds[partner]],
        stroke_width=2,
        **_dashes(planned=status == "planned"),
    )


def _dashes(*, planned: bool) -> dict[str, str]:
    return {"stroke_dasharray": "6 4"} if planned else {}


def _partner(row: _Row, edge: int, sides: Sides) -> Iterator[str]:
    if row.heading is not None:
        above = row.top - _HEADING // 2 + 4
        yield words(edge, above, row.heading, anchor="end", bold=True, fill=MUTED)
    several = len(sides.pathways[row.partner]) > 1
    for number, line in enumerate(row.label):
        middle = row.top + _ROW_SPACE // 2 + LINE_HEIGHT * number + LINE_HEIGHT // 2
        yield words(edge, middle, line, anchor="end", bold=several)
    kind = sides.kinds[row.partner]
    place = f"translate({edge + _MARKER} {row.middle})"
    yield element("path", d=_SHAPES[kind], fill=_COLOURS[kind], transform=place)


def _pathway(bar: _Bar, left: int) -> Iterator[str]:
    beside = left + _BAR + 8
    for number, line in enumerate(bar.heading):
        middle = bar.top + _GAP // 2 + LINE_HEIGHT * number + LINE_HEIGHT // 2
        yield words(beside, middle, line, bold=True, fill=MUTED)
    fill = INK if bar.partners else PAPER
    size = {"width": _BAR, "height": bar.bar_height}
    yield element("rect", x=left, y=bar.bar_top, fill=fill, stroke=INK, **size)
    top = bar.bar_top + (bar.bar_height - LINE_HEIGHT * (len(bar.label) + 1)) // 2
    for number, line in enumerate(bar.label):
        yield words(beside, top + LINE_HEIGHT * number + LINE_HEIGHT // 2, line)
    said = counted(len(bar.partners), "partner") if bar.partners else "no partner"
    below = top + LINE_HEIGHT * len(bar.label) + LINE_HEIGHT // 2
    yield words(beside, below, said, size=SMALL, fill=MUTED)


def _legend(sides: Sides) -> Iterator[str]:
    """Yield what dashes, bold names and empty bars mean, those of them that there are."""
    found = [parts for each in sides.pathways.values() for parts in each.values()]
    sample: dict[str, str | int] = {"d": f"M0 0H{_SAMPLE}", "stroke": INK, "stroke_width": 2}
    entries: list[tuple[str, str]] = []
    if any(_status(parts) == "planned" for parts in found):
        entries.append((element("path", **sample), "a part in the pathway now"))
        dashed = element("path", **sample, **_dashes(planned=True))
        entries.append((dashed, "a part that is yet to begin"))
    if any(len(each) > 1 for each in sides.pathways.values()):
        bold = words(_SAMPLE, 0, "Abc", anchor="end", size=SMALL, bold=True)
        entries.append((bold, "a partner in two pathways or more"))
    for number, (shown, said) in enumerate(entries):
        middle = LINE_HEIGHT * number + LINE_HEIGHT // 2
        yield element("g", shown, transform=f"translate({MARGIN} {middle})")
        yield words(MARGIN + _SAMPLE + 8, middle, said, size=SMALL, fill=MUTED)
