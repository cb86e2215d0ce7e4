"""Areas compared: by the number of their cases, and by their ranks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from statistics import median_low
from typing import Literal, TypeAlias

import altair as alt

from rrmodel.inference import Funnel, FunnelArea, FunnelLimits, FunnelPosition
from rrmodel.model import Measure
from rrmodel.periods import Period, day_text
from rrmodel.reporting import _looks as looks
from rrmodel.reporting._looks import Row
from rrmodel.reporting._plot import Plot, across, number
from rrmodel.reporting._text import clean, known, text_width, wrapped

__all__ = ["areas_chart", "funnel_chart"]

Limits: TypeAlias = Literal["adjusted", "chance", "both"]
"""Which limits a funnel shows: those that allow for how much areas differ anyway, those of chance
alone, or both."""

_FEW = 25
"""If there are at most so many areas, all of them are named."""
_TOLD, _LEADER, _TICK = 4, 60, 22
_CURVES = [
    (*limit, end) for limit in (("outer", [1, 0]), ("inner", [5, 4])) for end in ("upper", "lower")
]
_OPEN: Row = {"size": 90, "fill": "white", "strokeWidth": 2, "opacity": 1}
_FAR: Row = looks.DOT | {"size": 110}
_POSITIONS: dict[FunnelPosition, tuple[str, Row]] = {
    FunnelPosition.NOT_DISTINGUISHABLE: ("within the {inner:g}%", looks.DOT | {"color": looks.MID}),
    FunnelPosition.BETTER: ("better, beyond the {inner:g}%", _OPEN | looks.HIGH),
    FunnelPosition.FAR_BETTER: ("better, beyond the {outer:g}%", _FAR | looks.HIGH),
    FunnelPosition.WORSE: ("worse, beyond the {inner:g}%", _OPEN | looks.LOW),
    FunnelPosition.FAR_WORSE: ("worse, beyond the {outer:g}%", _FAR | looks.LOW),
}
_RISES = (0, -14, 14, -28, 28, -44, 44, -64, 64, -90, 90)
_STEPS = (10, 28, 50, 80, 120)
_LIT: Row = {"weight": "bold", "colour": looks.BLUE}


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.1f}%"


def _heading(measure: Measure | str, period: Period | str, compared: Funnel) -> str:
    name = measure if isinstance(measure, str) else measure.name
    return f"{clean(name)}: {len(compared.areas)} areas, {clean(str(period))}"


def _notes(as_of: date | None, source: str | None) -> Iterator[str]:
    if source:
        yield f"Source: {clean(source)}."
    if as_of:
        yield f"With what was published by {day_text(as_of)}."


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

    Up to 25 areas are all named; of more, those beyond the limits and those highlighted. A name
    that does not fit beside its point is moved and joined to it by a line.

    >>> from rrmodel.inference import funnel
    >>> from rrmodel.model import Counts
    >>> housed = funnel(
    ...     {"North": Counts(410, 500), "East": Counts(705, 800), "West": Counts(130, 190)},
    ...     better="higher",
    ... )
    >>> chart = funnel_chart(housed, measure="Housed on release", period="2022/23")
    >>> chart.to_dict()["title"]["text"]
    ['Housed on release: 3 areas, 2022/23']

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
    known("area", highlight, [area.name for area in compared.areas])
    areas = sorted(compared.areas, key=lambda area: -abs(area.z_score))
    sizes = [area.counts.denominator for area in areas]
    most = max(10, *sizes) * 1.04
    confidence: dict[str, float] = {"inner": 100 * compared.inner, "outer": 100 * compared.outer}
    middling = _limits_at(compared, median_low(sizes), limits)[0].outer
    shown: list[Fraction | float] = [middling.lower, middling.upper, compared.average]
    shown += [area.share for area in areas]
    plot = Plot(width, right=10)
    plot.levels([100 * share for share in shown], "%", bottom=360, top=8)
    plot.below = 42
    named: Row = looks.TITLE | {"title": "Cases", "format": ",d"}
    scale = alt.Scale(domain=[0, most], nice=False)
    plot.x = alt.X("cases:Q", scale=scale, axis=across(plot, **named))

    is_wider = limits != "chance" and any(area.adjusted_position for area in areas)
    allowing = "that allow for the usual differences between areas" if is_wider else "of chance"
    dashes = f"{confidence['inner']:g}% dashed, {confidence['outer']:g}% solid"
    keys = [(looks.BLUE, f"Limits {allowing}: {dashes}"), (looks.GREY, "Limits of chance alone")]
    steps = sorted({max(1, int(most * (step / 200) ** 2)) for step in range(1, 201)})
    every = [(cases, _limits_at(compared, cases, limits)) for cases in steps]
    for place, (colour, key) in enumerate(keys[: len(every[0][1])]):
        for name, dash, end in _CURVES:
            look = looks.THIN | {"color": colour, "strokeDash": dash, "clip": True}
            curve: list[Row] = [
                {"cases": n, "level": number(100 * getattr(getattr(each[place], name), end))}
                for n, each in every
            ]
            plot.draw("line", curve, look, key=key * (name == "outer" and end == "upper"))
    average: Row = {"level": number(100 * compared.average)}
    key = f"Average {_percent(compared.average)}"
    plot.draw("rule", [average], looks.THIN | {"color": looks.INK}, key=key, x=None)

    positions = {area.name: _position(area, limits) for area in areas}
    words = {each: f"{text.format(**confidence)} limits" for each, (text, _) in _POSITIONS.items()}
    rows: dict[str, Row] = {
        area.name: {
            "cases": area.counts.denominator,
            "level": number(100 * area.share),
            "Area": clean(area.name),
            "Share": _percent(area.share),
            "Cases": f"{area.counts.denominator:,}",
            "Position": words[positions[area.name]],
        }
        for area in areas
    }
    for position, (_, look) in _POSITIONS.items():
        chosen = [row for name, row in rows.items() if positions[name] is position]
        key, tips = words[position].capitalize(), "Area Share Cases Position"
        plot.draw("point", chosen[::-1], look, key=key, tips=tips)
    ring: Row = {"color": looks.BLUE, "filled": False, "size": 260, "strokeWidth": 2, "opacity": 1}
    plot.draw("point", [rows[name] for name in highlight], ring)

    ordinary = FunnelPosition.NOT_DISTINGUISHABLE
    beyond = [name for name, position in positions.items() if position is not ordinary]
    wanted = [name for name in rows if len(rows) <= _FEW or name in beyond or name in highlight]
    points = {
        name: (row["cases"] / most * plot.wide, plot.at(row["level"])) for name, row in rows.items()
    }
    labels = {row["name"]: row for row in _labels(points, wanted, plot, plot.at(average["level"]))}
    far = [label for label in labels.values() if label["is_far"]]
    plot.draw("rule", far, {"color": looks.MID}, x="end", y="edge", x2="from", y2="to")
    texts = [label | (_LIT if name in highlight else {}) for name, label in labels.items()]
    plot.write(texts, halo=True, x="x", y="y")
    without = "; ".join(clean(name) for name in wanted if name not in labels)
    told = [f"{clean(name)} ({words[positions[name]].partition(',')[0]})" for name in beyond]
    told[_TOLD:] = [f"{len(told) - _TOLD} more"] * (len(told) > _TOLD)
    return plot.chart(
        title=_heading(measure, period, compared),
        subtitle=f"Beyond the {confidence['inner']:g}% limits {allowing}: "
        f"{'; '.join(told) or 'none'}.",
        notes=[
            *([f"Without space for a name: {without}."] if without else []),
            *_notes(as_of, source),
        ],
        description=[f"{row['Area']}: {row['Share']} of {row['Cases']}" for row in rows.values()],
    )


def _position(area: FunnelArea, limits: Limits) -> FunnelPosition:
    adjusted = area.adjusted_position
    return area.position if limits == "chance" or adjusted is None else adjusted


def _limits_at(compared: Funnel, cases: int, limits: Limits) -> list[FunnelLimits]:
    """Return the limits for a number of cases: those that areas are compared with come first."""
    chance, adjusted = compared.limits_at(cases), compared.adjusted_limits_at(cases)
    if limits == "chance" or adjusted is None:
        return [chance]
    return [adjusted, chance] if limits == "both" else [adjusted]


def _labels(
    points: Mapping[str, tuple[float, float]], names: Sequence[str], plot: Plot, average: float
) -> Iterator[Row]:
    """Yield where each name goes in pixels: to the nearest place that is free, if any is.

    A row has where the name is and where a leader runs between it and its point.
    """
    taken = [(x - 7, y - 7, x + 7, y + 7) for x, y in points.values()]
    for name in names:
        x, y = points[name]
        (text,) = wrapped(name, plot.wide * 0.45, looks.SIZE, most=1)
        long = text_width(text, looks.SIZE, is_bold=True)
        steps = (*_STEPS, *(-step - long for step in _STEPS[:3]), -long / 2)
        free: list[tuple[float, tuple[float, float, float, float]]] = []
        for rise, step in product(_RISES, steps):
            left, top, right, bottom = box = _box(x + step, y + rise, long)
            is_in = left >= 0 and top >= 0 and right <= plot.wide and bottom <= plot.height
            if is_in and not any(_overlap(box, other) for other in taken):
                away = abs(min(max(left, x), right) - x) + 1.5 * abs(rise)
                free.append((away + 50 * (top < average < bottom), box))
        if free:
            cost, (left, top, right, bottom) = min(free)
            taken.append((left, top, right, bottom))
            row: Row = {"name": name, "text": text, "long": long}
            row |= {"x": left, "y": (top + bottom) / 2}
            row |= {"end": min(max(left - 2, x), right + 2), "edge": min(max(top, y), bottom)}
            yield row | {"from": x, "to": y, "is_far": cost > _LEADER}


def _box(left: float, middle: float, wide: float) -> tuple[float, float, float, float]:
    return left, middle - looks.LINE / 2, left + wide, middle + looks.LINE / 2


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


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
    >>> chart.to_dict()["title"]["subtitle"]
    ['East is first and may rank 1 to 2; West is last and may rank 3.']

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
    known("area", highlight, [area.name for area in compared.areas])
    areas = sorted(compared.areas, key=lambda area: (area.rank, area.name))
    plot, last = Plot(width, right=8), len(areas)
    column = round(plot.inner * 0.36)
    plot.left = column + 58
    cap = 5 * max(last - 1, 1) / plot.wide
    rows: list[Row] = []
    for area in areas:
        best, worst = area.possible_ranks.best, area.possible_ranks.worst
        look = _LIT if area.name in highlight else {}
        row: Row = {"y": plot.row([(area.name, look)], column - 10, gap=10)}
        row |= {"Area": clean(area.name), "Share": _percent(area.share), "Rank": area.rank}
        row |= {"Ranks": " to ".join(dict.fromkeys((str(best), str(worst))))}
        rows.append(
            row
            | {"low": best - cap, "high": worst + cap, "text": row["Share"], "colour": looks.MUTED}
        )
    every = -(-last * _TICK // int(plot.wide))
    ticks = sorted({1, *range(every, last + 1, every)})
    lines: Row = {"grid": True, "gridColor": looks.RULE, "domain": False, "ticks": False}
    axis = across(plot, orient="top", values=ticks, tickCount=last, **lines)
    scale = alt.Scale(domain=[1, max(last, 2)], nice=False, zero=False)
    plot.x = alt.X("Rank:Q", axis=axis, scale=scale)
    tips, key = "Area Share Rank Ranks", "Ranks that an area may truly have"
    bar: Row = looks.BAR | {"color": looks.GREY}
    plot.draw("bar", rows, bar, key=key, tips=tips, x="low:Q", x2="high:Q")
    plot.draw("point", rows, looks.DOT | {"color": looks.BLUE}, key="Rank by the share", tips=tips)
    plot.write(rows, {"align": "right"}, x=-12)
    ends = {"first": rows[0], "last": rows[-1]} if last > 1 else {"first": rows[0]}
    told = [f"{row['Area']} is {name} and may rank {row['Ranks']}" for name, row in ends.items()]
    together = f"All ranges together have {100 * compared.rank_confidence:g}% confidence."
    return plot.chart(
        title=_heading(measure, period, compared),
        subtitle=f"{'; '.join(told)}.",
        notes=[f"Rank 1 is the best. {together}", *_notes(as_of, source)],
        description=[
            f"{row['Area']}: {row['Share']}, rank {row['Rank']}, may be {row['Ranks']}"
            for row in rows
        ],
    )
