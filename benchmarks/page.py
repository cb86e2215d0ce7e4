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
AXIS = alt.Axis(format="~s", tickCount=4)
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
    for title, found in groupby(measured.points, key=lambda point: point.chart):
        points = tuple(found)
        name = f"benchmark-{re.sub('[^a-z]+', '-', title.lower()).strip('-')}.svg"
        chart(points).save(str(static / name))
        parts += [f"### {title}", f"![{alternative(title, points)}](../static/{name})"]
    text = path.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    path.write_text("\n\n".join([head + BEGIN, *parts, END + tail]), "utf-8")


def summary(results: tuple[Result, ...]) -> str:
    """Return how many goals were met and missed."""
    counts = Counter(result.verdict for result in results)
    return (
        f"{counts['met']} goals were met, {counts['missed']} were missed and "
        f"{counts['not measured']} were not measured at this size."
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
            f"**{each.verdict}**" if each.verdict == "missed" else each.verdict,
            each.detail,
        )
        for each in results
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def alternative(title: str, points: tuple[Point, ...]) -> str:
    """Return what a chart shows, in words: the first and the last time of each line."""
    lines: list[str] = []
    for name, found in groupby(points_by_line(points), key=lambda point: point.line):
        line = list(found)
        lines.append(
            f"{name}: {line[0].seconds:.3g} s at {line[0].size:,}, "
            f"{line[-1].seconds:.3g} s at {line[-1].size:,}"
        )
    return f"{title}, in seconds, both axes logarithmic. {'; '.join(lines)}."


def points_by_line(points: tuple[Point, ...]) -> list[Point]:
    """Return the points of each line together, from the smallest size."""
    return sorted(points, key=lambda point: (point.line, point.size))


def chart(points: tuple[Point, ...]) -> alt.Chart | alt.FacetChart:
    """Draw lines of times by sizes on logarithmic axes."""
    names = list(dict.fromkeys(point.line for point in points))
    rows = [{"line": point.line, "size": point.size, "seconds": point.seconds} for point in points]
    base = (
        alt.Chart(alt.Data(values=rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("size:Q", scale=LOG, axis=AXIS, title=points[0].unit),
            y=alt.Y("seconds:Q", scale=LOG, axis=AXIS, title="seconds"),
        )
    )
    if len(names) > MOST_LINES:
        small = base.properties(width=SMALL, height=SMALL * 2 // 3)
        drawn = small.facet(alt.Facet("line:N", title=None, sort=names), columns=3)
    else:
        drawn = base.encode(
            color=alt.Color("line:N", title=None, sort=names),
            shape=alt.Shape("line:N", title=None, sort=names),
        ).properties(width=WIDTH, height=HEIGHT)
    return drawn.properties(background="white")
