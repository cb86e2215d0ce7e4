"""Axes: where figures of one unit lie along a picture, how they are written, and what marks mean.

Figures in per cent run from 0 to 100 here, never from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import ceil, floor, log10

import attrs

from rrmodel.quantities import Amount, Level, Percentage
from rrmodel.reporting._drawing import (
    LINE_HEIGHT,
    MARGIN,
    MUTED,
    PAPER,
    RULE,
    SMALL,
    element,
    width_of,
    words,
    wrapped,
)

__all__ = [
    "BETTER",
    "CHANCE",
    "SAMPLE",
    "USUAL",
    "WORSE",
    "Mark",
    "Scale",
    "bottom_axis",
    "left_axis",
    "left_edge",
    "legend",
    "remarks",
    "scale_of",
    "trace",
]

CHANCE = "#6B7276"
"""The colour of what is usual: it says nothing new."""
SAMPLE = 40
"""The room for what the words of a legend explain."""

_MOST_STEPS = 8
_MOST_PLACES = 30
_TICK = 5
_BESIDE = 8


@attrs.frozen
class Mark:
    """The shape and the colour of a point. The shape alone is enough to tell it."""

    shape: str
    small_shape: str
    """Its shape where there are many."""
    colour: str
    is_hollow: bool = False
    """Whether only its edge is coloured, as where little is made of it."""

    def at(self, x: int, y: int, *inside: str, is_small: bool = False) -> str:
        """Return the mark at a place, with what is inside it."""
        fill = PAPER if self.is_hollow else self.colour
        edge: dict[str, str | int] = {"stroke": self.colour, "stroke_width": 2}
        return element(
            "path",
            *inside,
            d=self.small_shape if is_small else self.shape,
            fill=fill,
            transform=f"translate({x} {y})",
            **(edge if self.is_hollow else {}),
        )


USUAL = Mark("M0 -4A4 4 0 0 1 0 4A4 4 0 0 1 0 -4Z", "M0 -3A3 3 0 0 1 0 3A3 3 0 0 1 0 -3Z", CHANCE)
BETTER = Mark("M0 -7L7 0L0 7L-7 0Z", "M0 -5L5 0L0 5L-5 0Z", "#2073BC")
WORSE = Mark("M0 -7L7 6H-7Z", "M0 -5L5 4H-5Z", "#F46A25")


@attrs.frozen(kw_only=True)
class Scale:
    """An axis: from which figure to which it runs, and over which pixels."""

    unit: str
    """The unit of its figures, as that of a level: ``%``, ``place``, ``GBP/year``."""
    low: Fraction
    high: Fraction
    step: Fraction
    """How far its ticks are apart."""
    start: int
    """The pixel of the lowest figure."""
    end: int
    """The pixel of the highest."""

    def at(self, figure: Fraction | float) -> int:
        """Return the pixel of a figure."""
        part = (Fraction(figure) - self.low) / (self.high - self.low)
        return self.start + round(part * (self.end - self.start))

    @property
    def ticks(self) -> tuple[Fraction, ...]:
        """The figures that are written beside the axis."""
        number = round((self.high - self.low) / self.step)
        return tuple(self.low + place * self.step for place in range(number + 1))

    @property
    def tick_labels(self) -> tuple[str, ...]:
        """Each tick as it is written, without its unit."""
        places = min(max(0, -_power(self.step)), _MOST_PLACES)
        return tuple(_number(_rounded(self._level(tick), places)) for tick in self.ticks)

    @property
    def caption(self) -> str:
        """What the ticks leave out: ``places``, or of pounds ``a year``; of per cent nothing."""
        return str(self._level(Fraction(0))).partition(" ")[2]

    def written(self, figure: Fraction | float) -> str:
        """Return a figure with its unit and a decimal more than it takes to tell ticks apart."""
        level = self._level(Fraction(figure))
        places = min(max(0, 1 - _power(self.step)), _MOST_PLACES)
        if self.unit == "%":
            places = max(1, places)
        elif level.value.denominator == 1:
            places = 0
        return _rounded(level, places)

    def number(self, figure: Fraction | float) -> str:
        """Return a figure as it is written, without its unit."""
        return _number(self.written(figure))

    def _level(self, figure: Fraction) -> Level:
        return Percentage(figure) if self.unit == "%" else Amount(figure, self.unit)


def _rounded(level: Level, places: int) -> str:
    return str(level.rounded(places))


def _number(written: str) -> str:
    return written.partition(" ")[0]


def _power(number: Fraction) -> int:
    """Return the power of ten of the first digit of a number above 0, or the power below it."""
    return floor(log10(number.numerator) - log10(number.denominator) + 1e-9)


def scale_of(figures: Iterable[Fraction | float], *, unit: str, start: int, end: int) -> Scale:
    """Return the scale that holds all figures and ends with a tick at either end."""
    exact = [Fraction(figure) for figure in figures]
    low, high = min(exact), max(exact)
    if low == high:
        around = abs(low) / 10 or Fraction(1)
        low, high = (low - around if low else low), high + around
        if unit == "%":
            high = min(high, Fraction(100))
    span = high - low
    tens = _power(span)
    step = next(
        step
        for power in range(tens - 2, tens + 2)
        for step in (digit * Fraction(10) ** power for digit in (1, 2, 5))
        if span <= _MOST_STEPS * step
    )
    return Scale(
        unit=unit,
        low=floor(low / step) * step,
        high=ceil(high / step) * step,
        step=step,
        start=start,
        end=end,
    )


def left_edge(scale: Scale) -> int:
    """Return where a plot begins, right of what is written beside its left axis."""
    return MARGIN + max(width_of(label, SMALL) for label in scale.tick_labels) + _BESIDE


def left_axis(scale: Scale, width: int) -> Iterator[str]:
    """Yield a rule across the plot, which begins at 0, for each tick, and its figure beside it."""
    for tick, label in zip(scale.ticks, scale.tick_labels, strict=True):
        y = scale.at(tick)
        yield element("path", d=f"M0 {y}H{width}", stroke=RULE)
        yield words(-_BESIDE, y, label, anchor="end", size=SMALL, fill=MUTED)
    if scale.caption:
        yield words(0, scale.end - LINE_HEIGHT, scale.caption, size=SMALL, fill=MUTED)


def bottom_axis(labels: Iterable[tuple[int, Sequence[str]]], width: int, y: int) -> Iterator[str]:
    """Yield the lower edge of a plot, and below it a tick and lines of text at each place."""
    yield element("path", d=f"M0 {y}H{width}", stroke=CHANCE)
    for x, lines in labels:
        yield element("path", d=f"M{x} {y}V{y + _TICK}", stroke=CHANCE)
        for number, line in enumerate(lines):
            middle = y + _BESIDE + LINE_HEIGHT * number + LINE_HEIGHT // 2
            yield words(x, middle, line, anchor="middle", size=SMALL, fill=MUTED)


def trace(places: Iterable[tuple[int, int]]) -> str:
    """Return the path of a line through places."""
    return "M" + "L".join(f"{x} {y}" for x, y in places)


def legend(entries: Iterable[tuple[str, str]], top: int, width: int) -> tuple[int, list[str]]:
    """Return where a legend ends that begins at the top, and its elements.

    Each entry is what it explains, drawn around 0, 0, and the words for it.
    """
    inside: list[str] = []
    for sample, said in entries:
        middle = top + LINE_HEIGHT // 2
        place = f"translate({MARGIN + SAMPLE // 2} {middle})"
        inside.append(element("g", sample, transform=place))
        for line in wrapped(said, width - 2 * MARGIN - SAMPLE - _BESIDE, SMALL):
            x = MARGIN + SAMPLE + _BESIDE
            inside.append(words(x, top + LINE_HEIGHT // 2, line, size=SMALL, fill=MUTED))
            top += LINE_HEIGHT
    return top, inside


def remarks(said: Iterable[str], top: int, width: int) -> tuple[int, list[str]]:
    """Return where sentences end that begin a little below the top, and their elements."""
    inside: list[str] = []
    for line in (line for each in said for line in wrapped(each, width - 2 * MARGIN, SMALL)):
        middle = top + LINE_HEIGHT * len(inside) + LINE_HEIGHT
        inside.append(words(MARGIN, middle, line, size=SMALL))
    return top + (LINE_HEIGHT * len(inside) + LINE_HEIGHT // 2 if inside else 0), inside
