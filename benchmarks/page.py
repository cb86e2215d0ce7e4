"""The results of benchmarks on a page of the docs: a table and growth curves as SVG."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from pathlib import Path

import altair as alt
from results import Measured, Point, Result

BEGIN, END = "<!-- results begin -->", "<!-- results end -->"
COLUMNS = ("subject", "measured", "value", "goal", "verdict", "detail")
LOG = alt.Scale(type="log")
IN_WORDS = """datum.value >= 1 ? format(datum.value, '~g') + ' s'
    : datum.value >= 0.001 ? format(datum.value * 1e3, '~g') + ' ms'
    : format(datum.value * 1e6, '~g') + ' µs'"""
"""Writes the seconds beside a line of the axis, in the unit that suits them."""
WIDTH, HEIGHT = 520, 300
SMALL = 150
MOST_LINES = 6
"""So many lines stand in one chart; more have a small chart each."""


def problem_of(path: Path) -> str | None:
    """Return why results cannot be written to a page, if they cannot."""
    if not path.is_file():
        return f"{path}: there is no such page; create it with the lines {BEGIN} and {END}"
    text = path.read_text("utf-8")
    if not 0 <= text.find(BEGIN) < text.find(END):
        return f"{path}: the results have no place: add the lines {BEGIN} and {END}"
    return None


def write(path: Path, measured: Measured, circumstances: list[str]) -> None:
    """Replace the results on a page, and write the charts to ``static`` beside its folder."""
    static = path.parent.parent / "static"
    parts = [*circumstances, summary(measured.results), table(measured.results)]
    for title, group in groupby(measured.points, key=lambda point: point.chart):
        points = tuple(group)
        name = f"benchmark-{re.sub('[^a-z]+', '-', title.lower()).strip('-')}.svg"
        chart(points).save(str(static / name))
        parts += [f"### {title}", f"![{alternative(title, points)}](../static/{name})"]
    text = path.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    path.write_text("\n\n".join([head + BEGIN, *parts, END + tail]), "utf-8")


def summary(results: tuple[Result, ...]) -> str:
    """Return how many goals were met and missed."""
    counts = Counter(result.is_met for result in results if result.goal is not None)
    return (
        f"{counts[True]} goals were met, {counts[False]} were missed, and {counts[None]} need "
        "`--full` to be measured."
    )


def table(results: tuple[Result, ...]) -> str:
    """Return the results as a table of Markdown."""
    rows = [COLUMNS, ("---",) * len(COLUMNS)]
    rows += [
        (
            each.subject,
            each.name,
            each.measured,
            str(each.goal or ""),
            f"**{each.verdict}**" if each.is_met is False else each.verdict,
            each.detail,
        )
        for each in results
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def alternative(title: str, points: tuple[Point, ...]) -> str:
    """Return what a chart shows, in words: the first and the last time of each line."""
    lines: list[str] = []
    for name, group in groupby(points_by_line(points), key=lambda point: point.line):
        line = list(group)
        lines.append(
            f"{name}: {line[0].seconds:.3g} s at {line[0].size:,}, "
            f"{line[-1].seconds:.3g} s at {line[-1].size:,}"
        )
    return f"{title}, in seconds, both axes logarithmic. {'; '.join(lines)}."


def points_by_line(points: tuple[Point, ...]) -> list[Point]:
    """Return the points of each line together, from the smallest size."""
    return sorted(points, key=lambda point: (point.line, point.size))


def chart(points: tuple[Point, ...]) -> alt.LayerChart | alt.FacetChart:
    """Draw lines of times by sizes on logarithmic axes."""
    names = list(dict.fromkeys(point.line for point in points))
    rows = [{"line": point.line, "size": point.size, "seconds": point.seconds} for point in points]
    lines = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("size:Q", scale=LOG, axis=axis("format(datum.value, '~s')"), title=points[0].unit),
        y=alt.Y("seconds:Q", scale=LOG, axis=axis(IN_WORDS), title="time"),
    )
    if len(names) > MOST_LINES:
        small = alt.layer(lines.mark_line(), lines.mark_point(filled=True, opacity=1))
        return (
            small.properties(width=SMALL, height=SMALL * 2 // 3)
            .facet(alt.Facet("line:N", title=None, sort=names), columns=3)
            .properties(background="white")
        )
    legend = alt.Legend(orient="bottom", columns=2, labelLimit=0) if len(names) > 1 else None
    scale = alt.Scale(domain=names)  # with `sort` instead, Vega shows two legends
    colour = alt.Color("line:N", title=None, scale=scale, legend=legend)
    shape = alt.Shape("line:N", title=None, scale=scale, legend=legend)
    return alt.layer(
        lines.mark_line().encode(color=colour),
        lines.mark_point(filled=True, opacity=1, size=60).encode(color=colour, shape=shape),
    ).properties(width=WIDTH, height=HEIGHT, background="white")


def axis(label: str) -> alt.Axis:
    """Return an axis with a line for each power of ten."""
    return alt.Axis(values=[10.0**power for power in range(-6, 9)], labelExpr=label)
