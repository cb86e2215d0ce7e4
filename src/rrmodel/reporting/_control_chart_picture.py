"""Figures over time against what they usually do, and against what is expected of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from html import escape
from itertools import groupby, pairwise

import attrs

from rrmodel.errors import RecordError
from rrmodel.evaluation import ObservedChart
from rrmodel.inference import Assurance, Caution, CautionKind, Signal, Undefined, Variation
from rrmodel.reporting._axes import (
    BETTER,
    CHANCE,
    SAMPLE,
    USUAL,
    WORSE,
    Mark,
    Scale,
    bottom_axis,
    left_axis,
    left_edge,
    legend,
    remarks,
    scale_of,
    trace,
)
from rrmodel.reporting._drawing import (
    INK,
    LINE_HEIGHT,
    MARGIN,
    MUTED,
    RULE,
    SMALL,
    clean,
    element,
    sheet,
    width_of,
    words,
    wrapped,
)
from rrmodel.reporting._picture import Picture, table

__all__ = ["control_chart_picture"]

_TOP = 30
_TALL = 360
_WIDE = 640
_INSET = 16
_LEADER = 22
_SHORT_LINE = 60
_LONG_LINE = 110
_BETWEEN_PERIODS = 10
_EXPECTED = "#801650"
_EXPECTED_LINE: dict[str, str | int] = {
    "fill": "none",
    "stroke": _EXPECTED,
    "stroke_width": 2,
    "stroke_dasharray": "10 3 2 3",
}
_MANY = 48
_NONE = None, None
_DASHES = "6 4"
_DOTS = "2 4"

_MARKS: dict[Variation, Mark] = {
    Variation.COMMON_CAUSE: USUAL,
    Variation.IMPROVEMENT: BETTER,
    Variation.CONCERN: WORSE,
}
_MEANINGS: dict[Variation, str] = {
    Variation.COMMON_CAUSE: "no signal",
    Variation.IMPROVEMENT: "a signal of improvement",
    Variation.CONCERN: "a signal of concern",
}
_SIGNALS: dict[Signal, str] = {
    Signal.ABOVE_UPPER_LIMIT: "above the upper limit",
    Signal.BELOW_LOWER_LIMIT: "below the lower limit",
    Signal.SEVEN_RISING: "one of seven that rise",
    Signal.SEVEN_FALLING: "one of seven that fall",
    Signal.TWO_OF_THREE_NEAR_UPPER_LIMIT: "one of two in three near the upper limit",
    Signal.TWO_OF_THREE_NEAR_LOWER_LIMIT: "one of two in three near the lower limit",
    Signal.SEVEN_ABOVE_MEAN: "one of seven above the mean",
    Signal.SEVEN_BELOW_MEAN: "one of seven below the mean",
}
_ASSURANCES: dict[Assurance | None, str] = {
    Assurance.CONSISTENTLY_PASSES: "Left as it is, it would keep reaching the {} expected.",
    Assurance.INCONSISTENT: "Left as it is, chance decides whether it reaches the {} expected.",
    Assurance.CONSISTENTLY_FAILS: "Left as it is, it would keep falling short of the {} expected.",
    None: "Without limits, nothing is said of reaching the {} expected.",
}
_CAUTIONS: dict[CautionKind, tuple[str, str]] = {
    CautionKind.NO_LIMITS: ("no limits", "there are too few points for limits"),
    CautionKind.TRIAL_LIMITS: (
        "trial limits",
        "the limits are those of few points and will still move",
    ),
    CautionKind.FEW_CASES: (
        "few cases",
        "fewer than five cases are expected with the outcome, or without: the limits are rough",
    ),
    CautionKind.OVERDISPERSED: (
        "limits too narrow",
        "the shares move more than chance explains, so the limits are too narrow",
    ),
    CautionKind.OVERLAPPING: (
        "overlapping periods",
        "the periods overlap, so only points beyond a limit are signals",
    ),
    CautionKind.MISSING_PERIODS: (
        "missing periods",
        "periods before these points are missing, and no run reaches across the gap",
    ),
}
"""Each caution in two or three words, and in a clause."""


@attrs.frozen(kw_only=True)
class _Point:
    """A figure with what it is judged by, in the unit of its scale, and its place."""

    x: int
    period: str
    value: Fraction
    mean: Fraction
    limits: tuple[Fraction | float, Fraction | float] | None
    target: Fraction | None
    group: int
    signal: Signal | None
    variation: Variation

    @property
    def figures(self) -> Iterator[Fraction | float]:
        """All that must have room on the scale."""
        yield self.value
        yield from self.limits or ()
        if self.target is not None:
            yield self.target

    @property
    def said(self) -> str:
        """What its signal says, if it has one."""
        if self.signal is None:
            return "no signal"
        return f"{self.variation.value}, {_SIGNALS[self.signal]}"


def control_chart_picture(
    charted: ObservedChart | Undefined, *, title: str | None = None
) -> Picture:
    """Return a picture of figures over time: their mean and limits, what is expected, and signals.

    Points stand at the days on which their periods end. Each group has a mean and limits of its
    own. A point that stands out has another shape and another colour, one for the better and one
    for the worse. Shares are written in per cent.

    >>> from datetime import date
    >>> from rrmodel import Month, Observation, datasets
    >>> from rrmodel.evaluation import proportion_chart
    >>> from rrmodel.model import Counts
    >>> housed = datasets.load("east-midlands-2022-25").target("housed-on-release-by-july-2023")
    >>> seen = [
    ...     Observation(measure=housed.measure, area="East Midlands", counts=Counts(count, 600),
    ...         period=Month("March 2022") + place)
    ...     for place, count in enumerate((490, 483, 499) * 3 + (540,))
    ... ]
    >>> picture = control_chart_picture(proportion_chart(housed, seen, as_of=date(2023, 2, 1)))
    >>> print(picture.description)
    90.0% in December 2022; 78.0% to 87.2% is usual. The last of 10 points is a signal of
    improvement, above the upper limit. Signals: 1 of improvement. Left as it is, chance decides
    whether it reaches the 86.5% expected. Read with care: trial limits.

    Args:
        charted: The chart, from :func:`~rrmodel.evaluation.control_chart` or
            :func:`~rrmodel.evaluation.proportion_chart`.
        title: What stands above it; the measure, the area and the periods, if left out.

    Raises:
        RecordError: There is no chart, with the reason why.
    """
    if isinstance(charted, Undefined):
        raise RecordError(f"there is no chart to draw: {charted.reason}")
    points = _points(charted)
    first, last = points[0], points[-1]
    if title is None:
        seen = charted.figures[0]
        span = last.period if len(points) == 1 else f"{first.period} – {last.period}"
        title = f"{seen.measure.replace('-', ' ').capitalize()}: {seen.area}, {span}"
    title = clean(title)
    scale = scale_of(
        (figure for point in points for figure in point.figures),
        unit=_unit(charted),
        start=_TOP + _TALL,
        end=_TOP,
    )
    description = _description(points, charted, scale)
    width, height, inside = _drawn(points, charted.chart.cautions, scale)
    return Picture(
        svg=sheet(title=title, description=description, width=width, height=height, inside=inside),
        title=title,
        description=description,
        text=_text(title, description, points, charted, scale),
    )


def _unit(charted: ObservedChart) -> str:
    return next((seen.level.unit for seen in charted.figures if seen.level is not None), "%")


def _points(charted: ObservedChart) -> list[_Point]:
    """Return the points in the unit of the figures, each where its period ends."""
    days = [seen.period.last_day.toordinal() for seen in charted.figures]
    span = days[-1] - days[0]
    room = _WIDE - 2 * _INSET
    points: list[_Point] = []
    for place, (day, seen) in enumerate(zip(days, charted.figures, strict=True)):
        judged = charted.chart.points[place]
        lower, upper = judged.lower, judged.upper
        parts = charted.scale
        points.append(
            _Point(
                x=_INSET + (room * (day - days[0]) // span if span else room // 2),
                period=str(seen.period),
                value=judged.value * parts,
                mean=judged.mean * parts,
                limits=None if lower is None or upper is None else (lower * parts, upper * parts),
                target=None if judged.target is None else judged.target * parts,
                group=judged.group,
                signal=judged.signal,
                variation=judged.variation,
            )
        )
    return points


def _description(points: Sequence[_Point], charted: ObservedChart, scale: Scale) -> str:
    last, chart = points[-1], charted.chart
    if last.limits is None:
        usual = "what is usual is not known yet"
    else:
        lower, upper = last.limits
        usual = f"{scale.number(lower)} to {scale.written(upper)} is usual"
    said = [f"{scale.written(last.value)} in {last.period}; {usual}."]
    if last.signal is not None:
        about = f"is {_MEANINGS[last.variation]}, {_SIGNALS[last.signal]}"
        said.append(f"The last of {len(points)} points {about}.")
    elif last.limits is not None:
        said.append(f"The last of {len(points)} points shows usual variation.")
    signals = {
        kind: sum(point.variation is kind for point in points)
        for kind in (Variation.IMPROVEMENT, Variation.CONCERN)
    }
    found = [f"{count} of {kind.value}" for kind, count in signals.items() if count]
    said.append(f"Signals: {' and '.join(found) or 'none'}.")
    expected = [point.target for point in points if point.target is not None]
    if expected:
        said.append(_ASSURANCES[chart.assurance].format(scale.written(expected[-1])))
    kinds = dict.fromkeys(_CAUTIONS[caution.kind][0] for caution in chart.cautions)
    if kinds:
        said.append(f"Read with care: {', '.join(kinds)}.")
    return " ".join(said)


def _care(points: Sequence[_Point], cautions: Sequence[Caution]) -> Iterator[str]:
    """Yield each caution as a sentence that names its periods."""
    for caution in cautions:
        first, last, count = caution.points[0], caution.points[-1], len(caution.points)
        where = points[first].period
        if count == len(points) > 1:
            where = "all periods"
        elif first != last:
            where += f" – {points[last].period}"
            if count <= last - first:
                where = f"{count} periods of {where}"
        yield f"{where}: {_CAUTIONS[caution.kind][1]}."


def _text(
    title: str,
    description: str,
    points: Sequence[_Point],
    charted: ObservedChart,
    scale: Scale,
) -> str:
    head = "Period", "Level", "Mean", "Lower limit", "Upper limit", "Expected", "Cases", "Signal"
    rows = [
        (
            point.period,
            *(
                "" if figure is None else scale.written(figure)
                for figure in (point.value, point.mean, *(point.limits or _NONE), point.target)
            ),
            f"{seen.counts.denominator:,}" if seen.counts else "",
            point.said,
        )
        for point, seen in zip(points, charted.figures, strict=True)
    ]
    said = f"{title}\n{description}\n\n{table(head, rows)}"
    care = list(_care(points, charted.chart.cautions))
    if care:
        said += "\n" + "".join(f"- {each}\n" for each in care)
    return said


def _drawn(
    points: Sequence[_Point], cautions: Sequence[Caution], scale: Scale
) -> tuple[int, int, list[str]]:
    """Return the width, the height of what stands below the title, and its elements."""
    left = left_edge(scale)
    labels = list(_line_labels(points, scale))
    beside = _LEADER + 6 + max(width_of(said, SMALL, bold=True) for _, said, _ in labels)
    width = left + _WIDE + beside + MARGIN
    periods = [_in_lines(point.period, _WIDE // len(points)) for point in points]
    chosen = _chosen(points, periods)
    plot = [
        *left_axis(scale, _WIDE),
        *bottom_axis([(points[place].x, periods[place]) for place in chosen], _WIDE, scale.start),
        *_starts(points, scale),
        *_judged_by(points, scale),
        *_expected(points, scale),
        element(
            "path",
            d=trace((point.x, scale.at(point.value)) for point in points),
            fill="none",
            stroke=CHANCE,
            stroke_width=2,
        ),
        *_marked(points, scale),
        *_beside(labels),
    ]
    inside = [element("g", "\n", "\n".join(plot), "\n", transform=f"translate({left} 0)")]
    top = scale.start + LINE_HEIGHT * (max(len(periods[place]) for place in chosen) + 1)
    bottom, explained = legend(_legend(points), top, width)
    care = (f"Caution: {each}" for each in _care(points, cautions))
    bottom, cared = remarks(care, bottom, width)
    return width, bottom, [*inside, *explained, *cared]


def _in_lines(period: str, room: int) -> tuple[str, ...]:
    """Return the name of a period in lines, short ones where there are many periods."""
    widest = max(width_of(word, SMALL) for word in period.split())
    return wrapped(period, max(widest, _SHORT_LINE, min(room, _LONG_LINE)), SMALL)


def _chosen(points: Sequence[_Point], labels: Sequence[Sequence[str]]) -> list[int]:
    """Return which periods are named below the plot: the last, and others as far as they fit."""
    halves = [
        max(width_of(line, SMALL) for line in lines) // 2 + _BETWEEN_PERIODS // 2
        for lines in labels
    ]

    def fit(earlier: int, later: int) -> bool:
        return points[earlier].x + halves[earlier] <= points[later].x - halves[later]

    last = len(points) - 1
    every = (
        [*(place for place in range(0, last, step) if fit(place, last)), last]
        for step in (1, 2, 3, 4, 6, *range(12, last + 12, 12))
    )
    return next(chosen for chosen in every if all(fit(*pair) for pair in pairwise(chosen)))


def _edges(points: Sequence[_Point]) -> list[int]:
    """Return where the room of each point begins, and that of the last one ends."""
    between = [(earlier.x + later.x) // 2 for earlier, later in pairwise(points)]
    return [0, *between, _WIDE]


def _starts(points: Sequence[_Point], scale: Scale) -> Iterator[str]:
    """Yield a line where a group starts anew."""
    edges = _edges(points)
    for place, (earlier, later) in enumerate(pairwise(points), start=1):
        if earlier.group != later.group:
            d = f"M{edges[place]} {scale.end}V{scale.start}"
            yield element("path", d=d, stroke=CHANCE, stroke_dasharray=_DOTS)


def _judged_by(points: Sequence[_Point], scale: Scale) -> Iterator[str]:
    """Yield the mean and the limits of each group that has some, as steps."""
    rooms = zip(points, pairwise(_edges(points)), strict=True)
    for _, group in groupby(rooms, key=lambda room: room[0].group):
        lines = [(point.mean, *point.limits, room) for point, room in group if point.limits]
        if lines:
            mean = [(middle, room) for middle, _, _, room in lines]
            yield _steps(mean, scale, stroke=INK, stroke_width=2)
            for limit in (
                [(lower, room) for _, lower, _, room in lines],
                [(upper, room) for _, _, upper, room in lines],
            ):
                yield _steps(limit, scale, stroke=INK, stroke_dasharray=_DASHES)


def _steps(
    figures: Iterable[tuple[Fraction | float, tuple[int, int]]], scale: Scale, **line: str | int
) -> str:
    """Return a line that is level in the room of each point."""
    levels = [(scale.at(figure), start, end) for figure, (start, end) in figures]
    first, start, _ = levels[0]
    path = "".join(f"V{y}H{end}" for y, _, end in levels)
    return element("path", d=f"M{start} {first}{path}", fill="none", **line)


def _expected(points: Sequence[_Point], scale: Scale) -> Iterator[str]:
    """Yield the line of what is expected, broken where nothing is."""
    for _, run in groupby(points, key=lambda point: point.target is None):
        places = [(point.x, scale.at(point.target)) for point in run if point.target is not None]
        if len(places) == 1:
            ((x, y),) = places
            places = [(x - _INSET, y), (x + _INSET, y)]
        if places:
            yield element("path", d=trace(places), **_EXPECTED_LINE)


def _marked(points: Sequence[_Point], scale: Scale) -> Iterator[str]:
    is_small = len(points) > _MANY
    for point in points:
        said = f"{point.period}: {scale.written(point.value)}, {point.said}"
        title = element("title", escape(said))
        mark = _MARKS[point.variation]
        yield mark.at(point.x, scale.at(point.value), title, is_small=is_small)


def _line_labels(points: Sequence[_Point], scale: Scale) -> Iterator[tuple[int, str, str]]:
    """Yield what stands right of the plot: a height, words and their colour."""
    last = points[-1]
    named: list[tuple[str, Fraction | float, str]] = [("latest", last.value, INK)]
    if last.limits is not None:
        lower, upper = last.limits
        named += [("upper limit", upper, MUTED), ("mean", last.mean, MUTED)]
        named.append(("lower limit", lower, MUTED))
    if last.target is not None:
        named.append(("expected", last.target, _EXPECTED))
    for name, figure, fill in named:
        yield scale.at(figure), f"{name} {scale.number(figure)}", fill


def _beside(labels: Iterable[tuple[int, str, str]]) -> Iterator[str]:
    """Yield the words right of the plot, apart from each other, each led to its height."""
    ordered = sorted(labels, key=lambda label: label[0])
    heights: list[int] = []
    for wanted, _, _ in ordered:
        heights.append(max(wanted, heights[-1] + LINE_HEIGHT) if heights else wanted)
    limit = _TOP + _TALL
    for place in reversed(range(len(heights))):
        heights[place] = min(heights[place], limit)
        limit = heights[place] - LINE_HEIGHT
    for (wanted, said, fill), y in zip(ordered, heights, strict=True):
        yield element("path", d=f"M{_WIDE} {wanted}L{_WIDE + _LEADER} {y}", stroke=RULE)
        x = _WIDE + _LEADER + 6
        yield words(x, y, said, size=SMALL, fill=fill, bold=fill == INK)


def _legend(points: Sequence[_Point]) -> Iterator[tuple[str, str]]:
    """Yield what marks and lines mean, those of them that there are."""
    found = {point.variation for point in points}
    for variation, mark in _MARKS.items():
        if variation in found:
            yield mark.at(0, 0), _MEANINGS[variation]
    sample = f"M{-SAMPLE // 2} 0H{SAMPLE // 2}"
    if any(point.limits for point in points):
        yield element("path", d=sample, stroke=INK, stroke_width=2), "the mean"
        dashed = element("path", d=sample, stroke=INK, stroke_dasharray=_DASHES)
        yield dashed, "the limits of usual variation"
    if any(point.target is not None for point in points):
        yield element("path", d=sample, **_EXPECTED_LINE), "what the promise expects by then"
    if points[-1].group:
        start = element("path", d="M0 -8V8", stroke=CHANCE, stroke_dasharray=_DOTS)
        yield start, "mean and limits start anew"
