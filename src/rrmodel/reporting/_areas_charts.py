"""Areas compared: by the number of their cases, and by their ranks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from statistics import median_low
from typing import Literal, TypeAlias

import altair as alt

from rrmodel.inference import Funnel, FunnelArea, FunnelPosition, LimitsKind
from rrmodel.model import Measure
from rrmodel.periods import Period
from rrmodel.quantities import counted
from rrmodel.reporting import _looks as looks
from rrmodel.reporting._looks import LINE, Row
from rrmodel.reporting._plot import Plot, clean, number, spread, wrapped

__all__ = ["areas_chart", "funnel_chart"]

Limits: TypeAlias = LimitsKind | Literal["both"]
"""Which limits a funnel shows: those that allow for how much areas differ anyway, those of chance
alone, or both."""

_FEW = 25
"""If there are at most so many areas, all of them are named."""
_POSITIONS: dict[FunnelPosition, tuple[str, Row]] = {
    FunnelPosition.NOT_DISTINGUISHABLE: ("Within the limits", looks.DOT | {"color": looks.MID}),
    FunnelPosition.BETTER: ("Better, beyond {0}", looks.OPEN | looks.HIGH),
    FunnelPosition.FAR_BETTER: ("Better, beyond {1}", looks.FAR | looks.HIGH),
    FunnelPosition.WORSE: ("Worse, beyond {0}", looks.OPEN | looks.LOW),
    FunnelPosition.FAR_WORSE: ("Worse, beyond {1}", looks.FAR | looks.LOW),
}


def _row(area: FunnelArea) -> Row:
    return {"area": area.name, "share": f"{float(area.share):.1%}"}


def _heading(measure: Measure | str, period: Period | str, compared: Funnel) -> str:
    name = measure if isinstance(measure, str) else measure.name
    return f"{name}: {counted(len(compared.areas), 'area')}, {period}"


def funnel_chart(
    compared: Funnel,
    *,
    measure: Measure | str,
    period: Period | str,
    highlight: Collection[str] = (),
    limits: Limits = "adjusted",
    as_of: date | None = None,
    source: str | None = None,
    width: int = 800,
) -> alt.LayerChart:
    """Draw areas against their average, with the limits for each number of cases.

    Up to 25 areas are all named; of more, those beyond the limits and those highlighted. A line
    joins each name to its point.

    >>> from rrmodel.inference import funnel
    >>> from rrmodel.model import Counts
    >>> housed = funnel(
    ...     {"North": Counts(410, 500), "East": Counts(705, 800), "West": Counts(130, 190)},
    ...     better="higher",
    ... )
    >>> chart = funnel_chart(housed, measure="Housed on release", period="2022/23")
    >>> print(*chart.to_dict()["title"]["text"])
    Housed on release: 3 areas, 2022/23

    Args:
        compared: The areas, from :func:`~rrmodel.evaluation.compare_areas` or
            :func:`~rrmodel.inference.funnel`.
        measure: The measure that is compared, or its name.
        period: For which period.
        highlight: The names of areas to highlight.
        limits: Which limits to draw; areas are compared with those that allow for how much areas
            differ anyway (``"adjusted"``, ``"both"``) or with those of ``"chance"``.
        as_of: The day of the comparison, for the note below.
        source: The source, for the note below.
        width: The width of the whole chart in pixels.

    Raises:
        UnknownNameError: A highlighted area is not among those compared.
        RecordError: The width is less than 320 pixels.
    """
    highlighted = [compared.area(name) for name in highlight]
    applied: LimitsKind = "chance" if limits == "chance" else "adjusted"
    names = [f"{100 * each:g}%" for each in (compared.inner, compared.outer)]
    words = {each: text.format(*names) for each, (text, _) in _POSITIONS.items()}
    rows: list[Row] = []
    for area in sorted(compared.areas, key=lambda area: area.share, reverse=True):
        position = area.position_within(applied)
        row = _row(area) | {"value": number(100 * area.share), "position": words[position]}
        row |= {"cases": area.counts.denominator, "is_highlighted": area in highlighted}
        is_usual = position is FunnelPosition.NOT_DISTINGUISHABLE
        is_named = not is_usual or area in highlighted or len(compared.areas) <= _FEW
        rows.append(row | {"is_named": is_named})
    named = [row for row in rows if row["is_named"]]
    plot, most = Plot(width), 1.04 * max(10, *(row["cases"] for row in rows))
    longest = max((len(row["area"]) for row in named), default=0)
    plot.right = 12 + min(longest * 7, 0.36 * plot.inner)
    texts = [wrapped(row["area"], plot.right - 12) for row in named]
    sizes = [float(LINE * len(lines)) for lines in texts]
    tall = max(360, sum(sizes))
    typical = compared.limits_at(median_low(row["cases"] for row in rows), applied).outer
    ends = (100 * typical.lower, 100 * typical.upper, *(row["value"] for row in rows))
    low, high = max(min(ends) - 1, 0), min(max(ends) + 1, 100)
    plot.levels("%", tall=tall, top=8, domain=[low, high])
    plot.below = 42
    scale = alt.Scale(domain=[0, most], nice=False)
    plot.x = alt.X("cases:Q", scale=scale, axis=plot.across(title="Cases", format=",d"))
    kinds: list[LimitsKind] = ["adjusted", "chance"] if limits == "both" else [applied]
    steps = sorted({max(1, int(most * (step / 200) ** 2)) for step in range(1, 201)})
    for kind, colour in zip(kinds, (looks.BLUE, looks.GREY), strict=False):
        curves = [(cases, compared.limits_at(cases, kind)) for cases in steps]
        for name, band, dash in zip(names, ("inner", "outer"), ([5, 4], [1, 0]), strict=True):
            curve = [
                {"cases": cases, "end": end, "value": number(100 * getattr(limits, end))}
                for cases, each in curves
                for limits in [getattr(each, band)]
                for end in ("lower", "upper")
            ]
            look = looks.THIN | {"color": colour, "clip": True, "strokeDash": dash}
            key = f"{name} limits{' of chance' * (colour == looks.GREY)}"
            plot.draw("line", curve, look, key=key, detail="end:N")
    average: Row = {"value": number(100 * compared.average)}
    plot.draw("rule", [average], looks.SOLID, key=f"Average {float(compared.average):.1%}", x=None)
    wishes = [8 + (high - row["value"]) * (tall - 8) / (high - low) for row in named]
    labels = [
        row | {"y": y, "lines": lines} | (looks.HIGHLIGHTED if row["is_highlighted"] else {})
        for row, y, lines in zip(named, spread(wishes, sizes, tall), texts, strict=True)
    ]
    plot.draw("rule", labels, {"color": looks.RULE}, x2=plot.wide + 8, y2="y")
    plot.write(labels, x=plot.wide + 12, y="y")
    for position, (_, look) in _POSITIONS.items():
        chosen = [row for row in rows if row["position"] == words[position]]
        plot.draw("point", chosen, look, key=words[position], tips="area share cases position")
    ring: Row = {"color": looks.BLUE, "filled": False, "size": 260, "strokeWidth": 2, "opacity": 1}
    plot.draw("point", [row for row in rows if row["is_highlighted"]], ring)
    return plot.chart(
        title=_heading(measure, period, compared),
        subtitle=compared.summary(applied),
        notes=[f"Source: {source}." if source else ""],
        as_of=as_of,
        description=[f"{row['area']}: {row['share']} of {row['cases']:,}" for row in rows],
    )


def areas_chart(
    compared: Funnel,
    *,
    measure: Measure | str,
    period: Period | str,
    highlight: Collection[str] = (),
    as_of: date | None = None,
    source: str | None = None,
    width: int = 800,
) -> alt.LayerChart:
    """Draw the rank of each area, with all the ranks that it may truly have.

    >>> from rrmodel.inference import funnel
    >>> from rrmodel.model import Counts
    >>> housed = funnel(
    ...     {"North": Counts(410, 500), "East": Counts(705, 800), "West": Counts(130, 190)},
    ...     better="higher",
    ... )
    >>> chart = areas_chart(housed, measure="Housed on release", period="2022/23")
    >>> print(*chart.to_dict()["title"]["subtitle"])
    East is first and may rank 1 to 2; West is last and may rank 3.

    Args:
        compared: The areas, from :func:`~rrmodel.evaluation.compare_areas` or
            :func:`~rrmodel.inference.funnel`.
        measure: The measure that is compared, or its name.
        period: For which period.
        highlight: The names of areas to highlight.
        as_of: The day of the comparison, for the note below.
        source: The source, for the note below.
        width: The width of the whole chart in pixels.

    Raises:
        UnknownNameError: A highlighted area is not among those compared.
        RecordError: The width is less than 320 pixels.
    """
    highlighted = [compared.area(name) for name in highlight]
    rows: list[Row] = []
    for area in sorted(compared.areas, key=lambda area: (area.rank, area.name)):
        ranks = area.possible_ranks
        row = _row(area) | {"low": ranks.best - 0.2, "high": ranks.worst + 0.2, "rank": area.rank}
        row |= looks.HIGHLIGHTED if area in highlighted else {"colour": looks.INK}
        label = clean(f"{area.name} · {row['share']}")
        rows.append(row | {"ranks": str(ranks), "label": label, "lines": [label]})
    plot, last, tips = Plot(width), len(rows), "area share rank ranks"
    plot.left = min(7 * max(len(row["label"]) for row in rows), 0.55 * plot.inner)
    plot.height = 26 * last
    plot.y = alt.Y("label:N", sort=None, axis=None)
    plot.write(rows, {"align": "right", "limit": plot.left - 6}, x=-6)
    axis = plot.across(orient="top", tickMinStep=1, format="d", grid=True, domain=False)
    scale = alt.Scale(domain=[0.5, max(last, 2) + 0.5], nice=False, zero=False)
    plot.x = alt.X("rank:Q", axis=axis, scale=scale)
    bar: Row = {"color": looks.GREY, "strokeWidth": 8}
    plot.draw("rule", rows, bar, key="Possible ranks", tips=tips, x="low:Q", x2="high:Q")
    plot.draw("point", rows, looks.DOT | {"color": looks.BLUE}, key="Rank", tips=tips)
    together = f"All ranges together have {100 * compared.rank_confidence:g}% confidence."
    return plot.chart(
        title=_heading(measure, period, compared),
        subtitle=compared.rank_summary,
        notes=[f"Rank 1 is the best. {together}", f"Source: {source}." if source else ""],
        as_of=as_of,
        description=[
            f"{row['area']}: {row['share']}, rank {row['rank']}, may be {row['ranks']}"
            for row in rows
        ],
    )
