"""Areas by their cases and their shares, and what chance allows an area of each size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape
from itertools import pairwise
from statistics import median_low

import attrs

from rrmodel.inference import Funnel, FunnelArea, FunnelLimits, FunnelPosition, Undefined
from rrmodel.quantities import Percentage
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
    SMALL,
    Anchor,
    clean,
    element,
    sheet,
    width_of,
    words,
    wrapped,
)
from rrmodel.reporting._picture import Picture, counted, table

__all__ = ["funnel_picture"]

_TOP = 20
_TALL = 380
_WIDE = 640
_BESIDE = 10
_COLUMN = 4
"""How far the places are apart at which the limits are worked out."""
_WIDEST_NAME = 260
_MOST_NAMED = 6
_MANY = 48
_REACH = 8
"""How far a mark reaches from its middle."""
_FEWEST_CASES = 10
_LONGEST_STEP = 28
_HIGHEST_STEP = 6
_DASHED: dict[str, str | int] = {"stroke_dasharray": "6 4"}
_STRONG: dict[str, str | int] = {"stroke": "#12436D", "stroke_width": 2}
_PLAIN: dict[str, str | int] = {"stroke": CHANCE}

_MARKS: dict[FunnelPosition, Mark] = {
    FunnelPosition.NOT_DISTINGUISHABLE: USUAL,
    FunnelPosition.BETTER: attrs.evolve(BETTER, is_hollow=True),
    FunnelPosition.FAR_BETTER: BETTER,
    FunnelPosition.WORSE: attrs.evolve(WORSE, is_hollow=True),
    FunnelPosition.FAR_WORSE: WORSE,
}
_SIDES: dict[str, tuple[FunnelPosition, ...]] = {
    "better": (FunnelPosition.BETTER, FunnelPosition.FAR_BETTER),
    "worse": (FunnelPosition.WORSE, FunnelPosition.FAR_WORSE),
}


@attrs.frozen
class _Box:
    """The room that a name or a mark takes."""

    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: _Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def funnel_picture(compared: Funnel, *, title: str | None = None) -> Picture:
    """Return a picture of areas against their average, with the limits for each number of cases.

    Thin lines are the limits that chance alone allows. Where areas differ by more than chance, the
    strong lines allow for that too, and it is by these that an area is marked and named. A name
    that finds no room is left out; every name is shown when one points at its mark, and stands
    whole in the text.

    >>> from rrmodel.inference import funnel
    >>> from rrmodel.model import Counts
    >>> housed = funnel(
    ...     {"North": Counts(410, 500), "East": Counts(705, 800), "West": Counts(130, 190)},
    ...     better="higher",
    ... )
    >>> picture = funnel_picture(housed, title="Housed on release")
    >>> print(picture.description)
    3 areas compared with an average of 83.6%; cases: 190 to 800. Beyond the 95% limits of chance
    alone: East (better); West (worse). Areas differ by more than chance (dispersion 8.6, where
    chance gives 1.0); beyond the limits that allow for that: West (worse). Ranks are uncertain:
    East, the first, may be 1 to 2, and West, the last, only 3.

    Args:
        compared: The areas, from :func:`~rrmodel.evaluation.compare_areas` or
            :func:`~rrmodel.inference.funnel`.
        title: What stands above it, such as the measure and the period.
    """
    title = clean("Areas compared with their average" if title is None else title)
    description = _description(compared)
    width, height, inside = _drawn(compared)
    return Picture(
        svg=sheet(title=title, description=description, width=width, height=height, inside=inside),
        title=title,
        description=description,
        text=_text(title, description, compared),
    )


def _judged(area: FunnelArea) -> FunnelPosition:
    """Return where an area lies, allowing for how areas differ wherever that is known."""
    return area.position if area.adjusted_position is None else area.adjusted_position


def _percent(share: Fraction) -> str:
    return f"{Percentage(100 * share):.1}"


def _confidences(compared: Funnel) -> tuple[str, str]:
    """Return the confidence of the inner and of the outer limits, as written."""
    return f"{100 * compared.inner:g}%", f"{100 * compared.outer:g}%"


def _is_adjusted(compared: Funnel) -> bool:
    """Whether there are limits that allow for more than chance."""
    spread = compared.overdispersion
    return not isinstance(spread, Undefined) and spread.between_variance > 0


def _striking(compared: Funnel) -> list[FunnelArea]:
    """Return the areas, the furthest from the average first."""
    return sorted(compared.areas, key=lambda area: -abs(area.z_score))


def _description(compared: Funnel) -> str:
    areas = compared.areas
    cases = [area.counts.denominator for area in areas]
    sizes = " to ".join(f"{size:,}" for size in sorted({min(cases), max(cases)}))
    average = _percent(compared.average)
    inner, _ = _confidences(compared)
    said = [
        f"{counted(len(areas), 'area')} compared with an average of {average}; cases: {sizes}.",
        f"Beyond the {inner} limits of chance alone: {_outliers(compared, is_adjusted=False)}.",
    ]
    if isinstance(compared.overdispersion, Undefined):
        said.append("One area cannot show how much areas differ anyway.")
    elif _is_adjusted(compared):
        dispersion = f"{compared.overdispersion.dispersion:.1f}"
        said.append(
            f"Areas differ by more than chance (dispersion {dispersion}, where chance gives 1.0); "
            f"beyond the limits that allow for that: {_outliers(compared, is_adjusted=True)}."
        )
    else:
        said.append("Areas differ no more than chance explains.")
    if len(areas) > 1:
        ranked = sorted(areas, key=lambda area: area.rank)
        first, last = ranked[0], ranked[-1]
        said.append(
            f"Ranks are uncertain: {_called(first)}, the first, may be {_ranks(first)}, and "
            f"{_called(last)}, the last, {_ranks(last)}."
        )
    return " ".join(said)


def _called(area: FunnelArea) -> str:
    """Return the name of an area, cut where it is too long to stand beside a mark."""
    name = clean(area.name)
    lines = wrapped(name, _WIDEST_NAME, SMALL)
    return f"{lines[0]}…" if len(lines) > 1 else name


def _ranks(area: FunnelArea) -> str:
    best, worst = area.possible_ranks.best, area.possible_ranks.worst
    return f"{best} to {worst}" if best < worst else f"only {best}"


def _outliers(compared: Funnel, *, is_adjusted: bool) -> str:
    """Return the names of the areas beyond the inner limits, with or without allowing for more."""
    striking = [
        (_called(area), _judged(area) if is_adjusted else area.position)
        for area in _striking(compared)
    ]
    sides = [
        f"{_listed(names)} ({said})"
        for said, side in _SIDES.items()
        if (names := [name for name, position in striking if position in side])
    ]
    return "; ".join(sides) or "none"


def _listed(names: Sequence[str]) -> str:
    """Return names in a list, of many the first ones only."""
    listed = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{listed} and {more} more" if more > 0 else listed


def _text(title: str, description: str, compared: Funnel) -> str:
    head = "Area", "Cases", "Share", "By chance alone", "Allowing for more", "Rank", "May be"
    rows = [
        (
            clean(area.name),
            f"{area.counts.denominator:,}",
            _percent(area.share),
            _said(area.position),
            "" if area.adjusted_position is None else _said(area.adjusted_position),
            f"{area.rank}",
            _ranks(area),
        )
        for area in compared.areas
    ]
    return f"{title}\n{description}\n\n{table(head, rows)}"


def _said(position: FunnelPosition) -> str:
    return position.value.replace("_", " ")


def _drawn(compared: Funnel) -> tuple[int, int, list[str]]:
    """Return the width, the height of what stands below the title, and its elements."""
    across, up = _scales(compared)
    left = left_edge(up)
    average = f"average {_percent(compared.average)}"
    width = left + _WIDE + _BESIDE + width_of(average, SMALL) + MARGIN
    names, unnamed = _names(compared, across, up)
    ticks = [
        (across.at(tick), (label,))
        for tick, label in zip(across.ticks, across.tick_labels, strict=True)
    ]
    bottom = up.start + 2 * LINE_HEIGHT
    middle = up.at(100 * compared.average)
    plot = [
        *left_axis(up, _WIDE),
        *bottom_axis(ticks, _WIDE, up.start),
        words(_WIDE // 2, bottom, across.caption, anchor="middle", size=SMALL),
        *_curves(compared, across, up),
        element("path", d=f"M0 {middle}H{_WIDE}", stroke=INK, stroke_width=2),
        words(_WIDE + _BESIDE, middle, average, size=SMALL),
        *names,
        *_marked(compared, across, up),
    ]
    inside = [element("g", "\n", "\n".join(plot), "\n", transform=f"translate({left} 0)")]
    bottom, explained = legend(_legend(compared), bottom + LINE_HEIGHT, width)
    missing = [f"No room for the names of {_listed(unnamed)}."] if unnamed else []
    bottom, remarked = remarks(missing, bottom, width)
    return width, bottom, [*inside, *explained, *remarked]


def _scales(compared: Funnel) -> tuple[Scale, Scale]:
    """Return the scale of cases, and that of shares.

    All areas have room, and so have the limits of an area of middling size. Those of the smallest
    may leave the plot: they would press all else together.
    """
    cases = [area.counts.denominator for area in compared.areas]
    across = scale_of([0, max(_FEWEST_CASES, *cases)], unit="case", start=0, end=_WIDE)
    outer = _limits(compared, median_low(cases)).outer
    shares = [compared.average, *(area.share for area in compared.areas)]
    shares += [Fraction(outer.lower), Fraction(outer.upper)]
    up = scale_of([100 * share for share in shares], unit="%", start=_TOP + _TALL, end=_TOP)
    return across, up


def _limits(compared: Funnel, cases: int) -> FunnelLimits:
    """Return the limits by which areas of a size are judged."""
    return compared.adjusted_limits_at(cases) or compared.limits_at(cases)


def _curves(compared: Funnel, across: Scale, up: Scale) -> Iterator[str]:
    """Yield the limits as curves: of chance alone, and above them those that allow for more."""
    sizes = sorted({max(1, int(across.high * x / _WIDE)) for x in range(0, _WIDE + 1, _COLUMN)})
    kinds = [([compared.limits_at(cases) for cases in sizes], _STRONG)]
    if _is_adjusted(compared):
        kinds = [(kinds[0][0], _PLAIN), ([_limits(compared, cases) for cases in sizes], _STRONG)]
    columns = [across.at(cases) for cases in sizes]
    for limits, line in kinds:
        for intervals, dashes in (
            ([limit.outer for limit in limits], {}),
            ([limit.inner for limit in limits], _DASHED),
        ):
            for ends in ([each.lower for each in intervals], [each.upper for each in intervals]):
                curve = [
                    (x, up.at(100 * end))
                    for x, end in zip(columns, ends, strict=True)
                    if up.low <= 100 * end <= up.high
                ]
                path = trace(_smoothed(curve))
                yield element("path", d=path, fill="none", **line, **dashes)


def _smoothed(curve: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a curve without the steps that whole pixels make of it where it is all but level."""
    kept = [curve[0]]
    for before, (x, y) in pairwise(curve):
        if abs(y - before[1]) >= _HIGHEST_STEP:
            kept += [before, (x, y)]
        elif abs(y - kept[-1][1]) >= _HIGHEST_STEP or x - kept[-1][0] >= _LONGEST_STEP:
            kept.append((x, y))
    return [*kept, curve[-1]]


def _marked(compared: Funnel, across: Scale, up: Scale) -> Iterator[str]:
    """Yield the mark of each area, the most striking ones on top."""
    is_small = len(compared.areas) > _MANY
    for area in reversed(_striking(compared)):
        said = (
            f"{clean(area.name)}: {_percent(area.share)} of {area.counts.denominator:,}, "
            f"{_said(_judged(area))}"
        )
        x, y = _place(area, across, up)
        title = element("title", escape(said))
        yield _MARKS[_judged(area)].at(x, y, title, is_small=is_small)


def _place(area: FunnelArea, across: Scale, up: Scale) -> tuple[int, int]:
    return across.at(area.counts.denominator), up.at(100 * area.share)


def _names(compared: Funnel, across: Scale, up: Scale) -> tuple[list[str], list[str]]:
    """Return the names of the areas that stand out, and which of them found no room."""
    places = {area.name: _place(area, across, up) for area in compared.areas}
    taken = [_Box(x - _REACH, y - _REACH, x + _REACH, y + _REACH) for x, y in places.values()]
    drawn: list[str] = []
    unnamed: list[str] = []
    for area in _striking(compared):
        if _judged(area) is FunnelPosition.NOT_DISTINGUISHABLE:
            continue
        name = _called(area)
        free = (
            (box, line)
            for box, line in _rooms(*places[area.name], name)
            if box.left >= 0 and box.right <= _WIDE and box.top >= 0 and box.bottom <= up.start
            if not any(box.meets(other) for other in taken)
        )
        box, line = next(free, (None, ""))
        if box is None:
            unnamed.append(name)
        else:
            taken.append(box)
            drawn.append(line)
    return drawn, unnamed


def _rooms(x: int, y: int, name: str) -> Iterator[tuple[_Box, str]]:
    """Yield the rooms beside a mark that its name may take, the best one first, and the name."""
    wide, half = width_of(name, SMALL), LINE_HEIGHT // 2
    sides: tuple[tuple[Anchor, int, int], ...] = (
        ("start", x + _BESIDE, x + _BESIDE),
        ("end", x - _BESIDE, x - _BESIDE - wide),
        ("middle", x, x - wide // 2),
    )
    for anchor, at, left in sides:
        for middle in (y, y - _BESIDE - half, y + _BESIDE + half):
            line = words(at, middle, name, anchor=anchor, size=SMALL, edged=True)
            yield _Box(left, middle - half, left + wide, middle + half), line


def _legend(compared: Funnel) -> Iterator[tuple[str, str]]:
    """Yield what marks and lines mean, those of them that there are."""
    inner, outer = _confidences(compared)
    meanings = {
        FunnelPosition.NOT_DISTINGUISHABLE: f"within the {inner} limits",
        FunnelPosition.BETTER: f"better than the average, beyond the {inner} limits",
        FunnelPosition.FAR_BETTER: f"better than the average, beyond the {outer} limits",
        FunnelPosition.WORSE: f"worse than the average, beyond the {inner} limits",
        FunnelPosition.FAR_WORSE: f"worse than the average, beyond the {outer} limits",
    }
    found = {_judged(area) for area in compared.areas}
    for position, mark in _MARKS.items():
        if position in found:
            yield mark.at(0, 0), meanings[position]
    which = f"{inner} dashed, {outer} whole"
    if _is_adjusted(compared):
        yield _sample(_STRONG), f"limits that allow for how much areas differ anyway: {which}"
        yield _sample(_PLAIN), f"limits of chance alone: {which}"
    else:
        yield _sample(_STRONG), f"limits of chance: {which}"


def _sample(line: dict[str, str | int]) -> str:
    ends = f"H{SAMPLE // 2}"
    whole = element("path", d=f"M{-SAMPLE // 2} -4{ends}", **line)
    return whole + element("path", d=f"M{-SAMPLE // 2} 4{ends}", **line, **_DASHED)
