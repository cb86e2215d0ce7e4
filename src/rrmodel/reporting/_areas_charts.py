"""Areas compared: by the number of their cases, and by their ranks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from statistics import median_low
from typing import Literal, TypeAlias

import altair as alt

from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.inference import Funnel, FunnelArea, FunnelLimits, FunnelPosition
from rrmodel.model import Measure
from rrmodel.periods import Period, day_text
from rrmodel.reporting._colours import BLUE, GREY, INK, MID, MUTED, ORANGE, RULE, SKY
from rrmodel.reporting._plot import BAR, DOT, LINE, SIZE, Plot, Row, pixels_x, pixels_y
from rrmodel.reporting._scales import Levels, horizontal_axis, number
from rrmodel.reporting._text import clean, text_width, wrapped

__all__ = ["areas_chart", "funnel_chart"]

Limits: TypeAlias = Literal["adjusted", "chance", "both"]
"""Which limits a funnel shows: those that allow for how much areas differ anyway, those of chance
alone, or both."""

_FEW = 25
"""If there are at most so many areas, all of them are named."""
_TOLD, _LEADER, _TICK = 4, 60, 22
_OPEN: Row = {"size": 90, "fill": "white", "strokeWidth": 2, "opacity": 1}
_HIGH: Row = {"shape": "diamond", "color": SKY}
_LOW: Row = {"shape": "triangle-up", "color": ORANGE}
_POSITIONS: dict[FunnelPosition, tuple[str, str, Row]] = {
    FunnelPosition.NOT_DISTINGUISHABLE: ("within", "inner", DOT | {"color": MID}),
    FunnelPosition.BETTER: ("better, beyond", "inner", _OPEN | _HIGH),
    FunnelPosition.FAR_BETTER: ("better, beyond", "outer", DOT | {"size": 110} | _HIGH),
    FunnelPosition.WORSE: ("worse, beyond", "inner", _OPEN | _LOW),
    FunnelPosition.FAR_WORSE: ("worse, beyond", "outer", DOT | {"size": 110} | _LOW),
}


def _percent(share: Fraction | float) -> str:
    return f"{float(100 * share):.1f}%"


def _heading(measure: Measure | str, period: Period | str, compared: Funnel) -> str:
    name = measure if isinstance(measure, str) else measure.name
    return f"{clean(name)}: {len(compared.areas)} areas, {clean(str(period))}"


def _notes(as_of: date | None, source: str | None) -> list[str]:
    known = [f"Source: {clean(source)}."] if source else []
    return [*known, *([f"With what was published by {day_text(as_of)}."] if as_of else [])]


def _check(compared: Funnel, highlight: Collection[str]) -> None:
    names = [area.name for area in compared.areas]
    for name in highlight:
        if name not in names:
            raise UnknownNameError(f"there is no area {name!r}: {did_you_mean(name, names)}")


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
    _check(compared, highlight)
    areas = sorted(compared.areas, key=lambda area: -abs(area.z_score))
    sizes = [area.counts.denominator for area in areas]
    most = max(10, *sizes) * 1.04
    confidence = {"inner": f"{100 * compared.inner:g}%", "outer": f"{100 * compared.outer:g}%"}
    middling = _limits_at(compared, median_low(sizes), limits)[0].outer
    shown: list[Fraction | float] = [
        compared.average,
        *(area.share for area in areas),
        middling.lower,
        middling.upper,
    ]
    levels = Levels.of([100 * share for share in shown], "%", bottom=360, top=8)
    plot = Plot(width, left=levels.room, right=10)
    scale = alt.Scale(domain=[0, most], nice=False)
    named: Row = {"title": "Cases", "titleColor": MUTED, "titleFontSize": SIZE, "format": ",d"}
    axis = horizontal_axis(plot.wide, **named, titleFontWeight="normal")
    plot.x, plot.y = alt.X("cases:Q", scale=scale, axis=axis), levels.channel()

    is_wider = limits != "chance" and any(area.adjusted_position for area in areas)
    allowing = "that allow for the usual differences between areas" if is_wider else "of chance"
    entry = f"Limits {allowing}: {confidence['inner']} dashed, {confidence['outer']} solid"
    for colour, name, dash, curve in _curves(compared, limits, most, levels):
        key = (
            (entry if colour == BLUE else "Limits of chance alone") if name == "outer-upper" else ""
        )
        plot.draw("line", curve, {"color": colour, "strokeWidth": 1.5, "strokeDash": dash}, key=key)
    average: Row = {"level": number(100 * compared.average)}
    key = f"Average {_percent(compared.average)}"
    plot.draw("rule", [average], {"color": INK, "strokeWidth": 1.5}, key=key, x=None)
    rows: dict[str, Row] = {}
    for area in areas:
        where, which, _ = _POSITIONS[_position(area, limits)]
        row: Row = {"cases": area.counts.denominator, "level": number(100 * area.share)}
        row |= {"Area": clean(area.name), "Share": _percent(area.share)}
        row |= {"Cases": f"{row['cases']:,}", "Position": f"{where} the {confidence[which]} limits"}
        rows[area.name] = row
    for position, (where, which, look) in _POSITIONS.items():
        found = [rows[area.name] for area in areas if _position(area, limits) is position]
        key = f"{where.capitalize()} the {confidence[which]} limits"
        plot.draw("point", found[::-1], look, key=key, tips="Area Share Cases Position")
    ring: Row = {"color": BLUE, "filled": False, "size": 260, "strokeWidth": 2, "opacity": 1}
    plot.draw("point", [rows[name] for name in highlight], ring)

    ordinary = FunnelPosition.NOT_DISTINGUISHABLE
    beyond = [area.name for area in areas if _position(area, limits) is not ordinary]
    wanted = [name for name in rows if len(rows) <= _FEW or name in beyond or name in highlight]
    placed = list(
        _labels(rows, wanted, levels, wide=plot.wide, most=most, average=average["level"])
    )
    far = [label for label in placed if label["is_far"]]
    leader: Row = {"x": alt.X("end:Q", scale=scale), "y": levels.channel("edge")}
    plot.draw("rule", far, {"color": MID, "strokeWidth": 1}, **leader, x2="from:Q", y2="to:Q")
    lit: Row = {"fontWeight": "bold", "color": BLUE}
    plot.write((row for row in placed if row["name"] not in highlight), halo=True)
    plot.write((row for row in placed if row["name"] in highlight), lit, halo=True)
    unnamed = set(wanted) - {label["name"] for label in placed}
    without = "; ".join(clean(name) for name in wanted if name in unnamed)
    told = [f"{clean(name)} ({rows[name]['Position'].split(',')[0]})" for name in beyond]
    more = [f"{len(told) - _TOLD} more"] * (len(told) > _TOLD)
    return plot.chart(
        title=_heading(measure, period, compared),
        subtitle=f"Beyond the {confidence['inner']} limits {allowing}: "
        f"{'; '.join([*told[:_TOLD], *more]) or 'none'}.",
        height=levels.bottom,
        below=42,
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


def _curves(
    compared: Funnel, limits: Limits, most: float, levels: Levels
) -> Iterator[tuple[str, str, list[int], list[Row]]]:
    """Yield the colour, name, dash and points of each limit, as far as it is within the plot."""
    steps = sorted({max(1, int(most * (step / 200) ** 2)) for step in range(1, 201)})
    every = [(cases, _limits_at(compared, cases, limits)) for cases in steps]
    for place, colour in enumerate((BLUE, GREY)[: len(every[0][1])]):
        for name, dash in (("outer", [1, 0]), ("inner", [5, 4])):
            for end in ("upper", "lower"):
                found = [
                    {
                        "cases": cases,
                        "level": number(100 * getattr(getattr(each[place], name), end)),
                    }
                    for cases, each in every
                ]
                inside = [row for row in found if levels.low <= row["level"] <= levels.high]
                yield colour, f"{name}-{end}", dash, inside


def _labels(
    rows: Mapping[str, Row],
    names: Sequence[str],
    levels: Levels,
    *,
    wide: float,
    most: float,
    average: float,
) -> Iterator[Row]:
    """Yield where each name goes: to the nearest place that is free, if any is.

    It has where the name begins in cases and levels, and where a leader from its point ends.
    """
    points = {
        name: (row["cases"] / most * wide, levels.at(row["level"])) for name, row in rows.items()
    }
    middle_line = levels.at(average)
    taken = [(x - 7, y - 7, x + 7, y + 7) for x, y in points.values()]
    for name in names:
        x, y = points[name]
        (text,) = wrapped(name, wide * 0.45, SIZE, most=1)
        long = text_width(text, SIZE, is_bold=True)
        free: list[tuple[float, float, float]] = []
        for rise in (0, -14, 14, -28, 28, -44, 44, -64, 64, -90, 90):
            for step in (10, 28, 50, 80, 120, -10 - long, -28 - long, -50 - long, -long / 2):
                left, middle = x + step, y + rise
                box = left, middle - LINE / 2, left + long, middle + LINE / 2
                is_in = box[0] >= 0 and box[2] <= wide and box[1] >= 0 and box[3] <= levels.bottom
                if is_in and not any(_overlap(box, other) for other in taken):
                    away = min(max(left, x), left + long) - x
                    cost = abs(away) + 1.5 * abs(rise) + 50 * (box[1] < middle_line < box[3])
                    free.append((cost, left, middle))
        if free:
            cost, left, middle = min(free)
            taken.append((left, middle - LINE / 2, left + long, middle + LINE / 2))
            row: Row = {"name": name, "text": text, "x": left, "is_far": cost > _LEADER}
            row |= {"y": middle, "long": long}
            end = min(max(left - 2, x), left + long + 2)
            row |= {"cases": number(left / wide * most), "end": number(end / wide * most)}
            row |= {"from": rows[name]["cases"], "to": rows[name]["level"]}
            edge = min(max(middle - LINE / 2, y), middle + LINE / 2)
            heights = {"level": middle, "edge": edge}
            yield row | {name: levels.level(at) for name, at in heights.items()}


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
    _check(compared, highlight)
    areas = sorted(compared.areas, key=lambda area: (area.rank, area.name))
    plot, last = Plot(width), len(areas)
    column = round(plot.inner * 0.36)
    start, wide = column + 58, plot.inner - column - 66
    step = wide / max(last - 1, 1)
    every = next(
        each for each in (1, 2, 5, 10, 20, 50, 100, 200, 500, last) if each * step >= _TICK
    )
    rows: list[Row] = []
    top = 16.0
    for area in areas:
        lines = wrapped(area.name, column - 10, SIZE, is_bold=area.name in highlight, most=3)
        tall, possible = max(26, LINE * len(lines) + 8), area.possible_ranks
        best, worst = possible.best, possible.worst
        row: Row = {"x": start + step * (area.rank - 1), "y": top + tall / 2}
        row |= {"low": start + step * (best - 1) - 5, "high": start + step * (worst - 1) + 5}
        row |= {"Area": clean(area.name), "Share": _percent(area.share), "Rank": area.rank}
        row |= {"Ranks": _ranks(area), "lit": area.name in highlight}
        row["first"] = row["y"] - LINE * (len(lines) - 1) / 2
        rows.append(row | {"text": "\n".join(lines)})
        top += tall
    ticks = [
        {"x": start + step * (n - 1), "text": str(n)}
        for n in sorted({1, *range(every, last + 1, every)})
    ]
    plot.draw("rule", ticks, {"color": RULE}, y=16, y2=top)
    plot.write(ticks, {"align": "center", "color": MUTED}, y=6)
    tips, ranks = "Area Share Rank Ranks", "Ranks that an area may truly have"
    plot.draw(
        "bar", rows, BAR | {"color": GREY}, key=ranks, x=pixels_x("low"), x2="high:Q", tips=tips
    )
    plot.draw("point", rows, DOT | {"color": BLUE}, key="Rank by the share", tips=tips)
    shares = [{"y": row["y"], "text": row["Share"]} for row in rows]
    plot.write(shares, {"align": "right", "color": MUTED}, x=column + 46)
    place: Row = {"x": 0, "y": pixels_y("first")}
    plot.write((row for row in rows if not row["lit"]), **place)
    lit: Row = {"fontWeight": "bold", "color": BLUE}
    plot.write((row for row in rows if row["lit"]), lit, **place)
    ends = {"first": areas[0], "last": areas[-1]} if last > 1 else {"first": areas[0]}
    told = [f"{clean(a.name)} is {name} and may rank {_ranks(a)}" for name, a in ends.items()]
    confidence = f"{100 * compared.rank_confidence:g}%"
    return plot.chart(
        title=_heading(measure, period, compared),
        subtitle=f"{'; '.join(told)}.",
        height=top,
        notes=[
            f"Rank 1 is the best. All ranges together have {confidence} confidence.",
            *_notes(as_of, source),
        ],
        description=[
            f"{row['Area']}: {row['Share']}, rank {row['Rank']}, may be {row['Ranks']}"
            for row in rows
        ],
    )


def _ranks(area: FunnelArea) -> str:
    possible = area.possible_ranks
    return " to ".join(dict.fromkeys((str(possible.best), str(possible.worst))))
