"""Axes of levels and of days, the same for every layer of a chart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import floor, log10, sqrt
from typing import Any

import altair as alt
import attrs

from rrmodel.quantities import Amount
from rrmodel.reporting._colours import GREY, MUTED, RULE
from rrmodel.reporting._plot import SIZE, Row
from rrmodel.reporting._text import clean, text_width

_TICK_LABEL, _YEAR_LABEL = 70, 46
_MONTHS = (1, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000)
_TICKS = 6
_FEWEST_DAYS = 180
_EPOCH = date(1970, 1, 1)
_LABELS: Row = {"title": None, "labelColor": MUTED, "labelFontSize": SIZE, "labelLimit": 0}


def number(value: Fraction | float) -> float:
    """Return a value for the data of a chart, rounded to six decimals."""
    return round(float(value), 6)


def horizontal_axis(wide: float, **look: Any) -> alt.Axis:  # noqa: ANN401
    """Return a horizontal axis for a width. Labels that would overlap are omitted."""
    usual: Row = _LABELS | {"grid": False, "domainColor": GREY, "tickColor": GREY}
    usual |= {"labelOverlap": "greedy", "labelSeparation": 8, "labelBound": 8}
    usual |= {"tickCount": max(2, int(wide / _TICK_LABEL))} | look
    return alt.Axis(**usual)


@attrs.frozen
class Levels:
    """A vertical axis of levels in one unit, from a pixel at the bottom to one at the top."""

    low: float
    high: float
    unit: str
    bottom: float
    top: float = 44

    @classmethod
    def of(
        cls, levels: Iterable[Fraction | float], unit: str, *, bottom: float = 340, top: float = 44
    ) -> Levels:
        """Return the axis that shows all levels, with a little room at both ends."""
        known = [float(level) for level in levels] or [0.0, 100.0]
        low, high = min(known), max(known)
        room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
        least = 0.0 if low >= 0 else low - room
        most = 100.0 if unit == "%" else high + room
        return cls(
            number(max(low - room, least)), number(min(high + room, most)), unit, bottom, top
        )

    @property
    def _places(self) -> int:
        """The decimals of the ticks, of which d3 makes about as many as it is asked for."""
        step = (self.high - self.low) / _TICKS
        power = floor(log10(step))
        return max(0, -power - int(step >= sqrt(50) * 10**power))

    @property
    def room(self) -> float:
        """The width of the labels and of the gap beside them, in pixels."""
        before, after = self._signs
        labels = (f"{before}{end:,.{self._places}f}{after}" for end in (self.low, self.high))
        return round(max(text_width(label, SIZE) for label in labels)) + 12

    @property
    def _signs(self) -> tuple[str, str]:
        """The text before and after each number."""
        if self.unit == "%":
            return "", "%"
        return ("£" if self.unit.startswith("GBP") else ""), ""

    @property
    def _caption(self) -> str | None:
        """The unit, where the numbers do not have it."""
        if self.unit in {"%", "percentage points"}:
            return None if self.unit == "%" else self.unit
        return clean(str(Amount(0, self.unit)).partition("0")[2]) or None

    def channel(self, field: str = "level") -> alt.Y:
        """Return the encoding of a field."""
        before, after = self._signs
        named: Row = {"titleAlign": "left", "titleAnchor": "end", "titleAngle": 0}
        named |= {"titleY": self.top - 16, "titleX": -self.room, "titleFontSize": SIZE}
        named |= {"title": self._caption, "titleFontWeight": "normal", "titleColor": MUTED}
        axis = alt.Axis(
            **(_LABELS | named),
            format=f",.{self._places}f",
            labelExpr=f"'{before}' + datum.label + '{after}'",
            tickCount=_TICKS,
            domain=False,
            ticks=False,
            gridColor=RULE,
            labelPadding=6,
            minExtent=self.room,
            maxExtent=self.room,
        )
        ends: Row = {"domain": [self.low, self.high], "range": [self.bottom, self.top]}
        return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(**ends, nice=False, zero=False))

    def level(self, pixel: float) -> float:
        """Return the level at a pixel."""
        share = (self.bottom - pixel) / (self.bottom - self.top)
        return number(self.low + share * (self.high - self.low))

    def at(self, level: Fraction | float) -> float:
        """Return the pixel of a level."""
        share = (float(level) - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)


@attrs.frozen
class Days:
    """A horizontal axis of days over a plot of a width in pixels."""

    first: date
    last: date
    wide: float

    @classmethod
    def of(cls, days: Iterable[date], wide: float) -> Days:
        """Return the axis that shows all days, with a little room at both ends."""
        known = sorted(day.toordinal() for day in days)
        span = max(known[-1] - known[0], _FEWEST_DAYS)
        room = span // 25 + 1
        ends = known[0] - room, known[0] + span + room
        first, last = (date.fromordinal(min(max(end, 1), date.max.toordinal())) for end in ends)
        return cls(first, last, wide)

    def channel(self, field: str = "day") -> alt.X:
        """Return the encoding of a field."""
        months = (self.last - self.first).days / 30
        fits = self.wide / _TICK_LABEL
        step = next((each for each in _MONTHS if months / each <= fits), None)
        count: Row = {"interval": "month", "step": step}
        if step is None:
            years = (each for each in _YEARS if months / 12 / each <= self.wide / _YEAR_LABEL)
            count = {"interval": "year", "step": next(years)}
        form = "%b %Y" if step else "%Y"
        axis = horizontal_axis(self.wide, format=form, tickCount=count)
        domain = [(end - _EPOCH).days * 86_400_000 for end in (self.first, self.last)]
        scale = alt.Scale(type="utc", domain=domain, nice=False)
        return alt.X(f"{field}:T", axis=axis, scale=scale)

    def at(self, day: date) -> float:
        """Return the pixel of a day."""
        return (day - self.first).days / (self.last - self.first).days * self.wide
