"""Pathways against what a plan has for each of them."""

from __future__ import annotations

from typing import Any

import altair as alt

from rrmodel.coverage import COLUMNS, Column, Coverage, SchemeCoverage, SchemeRow, coverage
from rrmodel.model import Plan
from rrmodel.reporting._colours import BLUE, BLUSH, PINK, RULE
from rrmodel.reporting._plot import BAR, LINE, SIZE, Plot, Row, pixels_x, pixels_y
from rrmodel.reporting._text import clean, distinct, wrapped

__all__ = ["coverage_chart"]

_HEADS: dict[Column, str] = {
    "needs": "Needs",
    "context": "Context facts",
    "objectives": "Objectives",
    "activities": "Activities",
    "partners": "Partners",
    "targets": "Targets",
    "measured_targets": "Measured targets",
    "deadlines": "Deadlines",
}
_EMPTY: Row = {"color": BLUSH, "stroke": PINK, "strokeDash": [3, 3], "opacity": 1}


def coverage_chart(
    subject: Plan | Coverage | SchemeCoverage, *, width: int = 900
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
    found = coverage(subject) if isinstance(subject, Plan) else subject
    plot = Plot(width)
    narrow, column = plot.is_narrow, 0.0 if plot.is_narrow else round(plot.inner * 0.24)
    cell = (plot.inner - column) / len(COLUMNS)
    most = {each: max((row.counts()[each] for row in found), default=0) for each in COLUMNS}
    top = 112.0 if narrow else 2.0 * LINE
    names: list[Row] = []
    cells: list[Row] = []
    called = distinct({row.pathway: row.name for row in found})
    for row in found:
        lines = wrapped(called[row.pathway], (column or plot.inner) - 10, SIZE, is_bold=True)
        words, is_upper = LINE * len(lines), isinstance(row, SchemeRow) and row.is_upper_bound
        tall = 40 if narrow else max(46, words + 12)
        middle = top + 8 if narrow else top + (tall - words) / 2
        names.append({"x": 0, "y": middle, "text": "\n".join(lines)})
        top += words + 6 if narrow else 0
        for place, each in enumerate(COLUMNS):
            left, count = column + cell * place + 3, row.counts()[each]
            bar = (cell - 6) * (count / most[each] if count else 0)
            here: Row = {"x": left, "right": left + cell - 6, "bar": left + bar, "count": count}
            here |= {"y": top + 3, "bottom": top + tall - 3, "base": top + tall / 2 + 11}
            here |= {"middle": left + cell / 2 - 3, "number": top + tall / 2 - 4 * bool(count)}
            here |= {"Pathway": called[row.pathway], "Column": _HEADS[each]}
            cells.append(here | {"text": f"{'≤' * is_upper}{count}" if count else "none"})
        top += tall
    full, empty = ([row for row in cells if bool(row["count"]) is has] for has in (True, False))
    for place, name in enumerate(_HEADS.values()):
        lines = [name] if narrow else wrapped(name, cell - 6, SIZE)
        look: Row = {"angle": 270} if narrow else {"align": "center", "baseline": "top"}
        y = 108 if narrow else 2 * LINE - 4 - LINE * len(lines)
        plot.print(lines, look, x=column + cell * (place + 0.5), y=y)
    plot.write(names, {"fontWeight": "bold", "baseline": "top"})
    tips, base = "Pathway Column count", pixels_y("base")
    middle_of: dict[str, Any] = {"x": pixels_x("middle"), "y": pixels_y("number"), "tips": tips}
    plot.draw("bar", full, BAR | {"size": 6, "color": RULE}, x2="right:Q", y=base)
    share = "Share of the largest number in the column"
    look = BAR | {"size": 6, "color": BLUE}
    plot.draw("bar", full, look, key=share, x2="bar:Q", y=base, tips=tips)
    ends = {"x2": "right:Q", "y2": "bottom:Q"}
    plot.draw("rect", empty, _EMPTY, key="Nothing in the plan", tips=tips, **ends)
    plot.write(full, {"align": "center", "fontSize": 14}, **middle_of)
    plot.write(empty, {"align": "center", "color": PINK, "fontWeight": "bold"}, **middle_of)
    scheme = f", by {found.scheme.name}" if isinstance(found, SchemeCoverage) else ""
    is_bound = any(row["text"].startswith("≤") for row in cells)
    return plot.chart(
        title=f"Coverage of the {clean(found.plan.title)}{clean(scheme)}",
        subtitle=f"{len(names)} pathways: {len(full)} of {len(cells)} cells are filled."
        f"{_unserved(found)}",
        height=top,
        notes=["≤ may include things of other pathways, which correspond only in part or loosely."]
        * is_bound,
        description=[
            f"{called[row.pathway]}: "
            + ", ".join(f"{_HEADS[each].lower()} {count}" for each, count in row.counts().items())
            for row in found
        ],
    )


def _unserved(found: Coverage | SchemeCoverage) -> str:
    gaps = [gap.missing for gap in found.gaps] if isinstance(found, Coverage) else []
    count = gaps.count("activity_for_objective")
    return f" No activity serves {count} of the objectives." if count else ""
