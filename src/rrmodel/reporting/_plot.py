"""A chart while it is drawn: its layers, its axes, its key, and the text above and below it.

Charts set no option of the top level of Vega-Lite (config, padding, autosize), so that they can be
combined with others and take the font and the background of a theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from importlib import import_module
from math import floor, inf, log10
from typing import Any

from rrmodel.errors import RecordError, requires_extra
from rrmodel.periods import day_text
from rrmodel.quantities import Amount, Level
from rrmodel.reporting import _looks as looks
from rrmodel.reporting._looks import Row
from rrmodel.reporting._text import clean, text_width, wrapped

with requires_extra("Drawing charts", "plot"):
    import altair as alt

    import_module("vl_convert")  # which altair saves charts with

__all__: list[str] = []

_NARROW, _LEAST, _MARGIN = 560, 320, 5
_SAMPLE, _BETWEEN = 30, 18
_FEWEST_DAYS, _TICKS = 180, 6
_TEXT: Row = {
    "align": alt.expr("datum.align || 'left'"),
    "baseline": "middle",
    "color": alt.expr(f"datum.colour || '{looks.INK}'"),
    "fontWeight": alt.expr("datum.weight || 'normal'"),
    "fontSize": looks.SIZE,
    "lineBreak": "\n",
    "lineHeight": looks.LINE,
    "dy": alt.expr(f"-{looks.LINE / 2} * (length(split(datum.text, '\\n')) - 1)"),
}
_AXIS: Row = {
    "title": None,
    "labelColor": looks.MUTED,
    "labelFontSize": looks.SIZE,
    "labelLimit": 0,
}


def number(value: Fraction | float) -> float:
    """Return a value for the data of a chart, rounded to six decimals."""
    return round(float(value), 6)


def across(plot: Plot, **look: Any) -> alt.Axis:  # noqa: ANN401 - properties of an axis
    """Return a horizontal axis; labels that would overlap are omitted."""
    usual: Row = _AXIS | {"grid": False, "domainColor": looks.GREY, "tickColor": looks.GREY}
    usual |= {"labelOverlap": "greedy", "labelSeparation": 8, "labelBound": 8}
    usual |= {"tickCount": plot.ticks} | look
    return alt.Axis(**usual)


class Plot:
    """A chart of a given width in pixels, while it is drawn."""

    def __init__(self, width: int, *, left: float = 0, right: float = 0) -> None:
        if width < _LEAST:
            raise RecordError(
                f"a chart of {width} pixels is too narrow to read: use a width of at least {_LEAST}"
            )
        self.is_narrow = width < _NARROW
        """Whether labels are above their marks, and not beside them."""
        self.inner = width - 2 * _MARGIN - 1  # vl-convert rounds up
        """The width of the chart without its margins."""
        self.left, self.right = left, right
        """The room beside the plot, in pixels."""
        self.halo = False
        """Whether rows of text are on top of lines."""
        self.height = self.top = 0.0
        self.below = 0.0
        """The height of the axis below the plot."""
        self.x: Any = "x"
        """The encoding of ``x`` for layers that give no other."""
        self.y: Any = "y"
        self.layers: list[alt.Chart] = []
        self._key: list[tuple[str, str, Row]] = []
        self._words: list[Row] = []
        self._days = (0, 1)
        self._levels = (0.0, 1.0)

    @property
    def wide(self) -> float:
        """The width of the plot."""
        return self.inner - self.left - self.right

    @property
    def ticks(self) -> int:
        """How many labels a horizontal axis has room for."""
        return max(2, min(10, int(self.wide / 70)))

    def draw(
        self,
        mark: str,
        rows: Iterable[Row],
        look: Row,
        *,
        key: str = "",
        tips: str = "",
        **encoding: Any,  # noqa: ANN401 - of altair
    ) -> None:
        """Add a layer with a mark for each row; without rows, nothing.

        Args:
            mark: The name of the mark.
            rows: The data.
            look: The properties of the mark.
            key: The meaning of the mark, for the key.
            tips: The fields that are shown on hover.
            encoding: Encodings of altair, such as ``"level:Q"``. A number, or the bare name of a
                field, is taken as it is: as a pixel, a colour or a shape. ``None`` omits it.
        """
        data = list(rows)
        if not data:
            return
        if key:
            self._key.append((key, mark, look))
        channels = {"x": self.x, "y": self.y} | encoding
        if tips:
            channels["tooltip"] = [f"{field}:N" for field in tips.split()]
        given = {name: _as_is(each) for name, each in channels.items() if each is not None}
        layer = getattr(alt.Chart(alt.InlineData(values=data)), f"mark_{mark}")(**look)
        self.layers.append(layer.encode(**given))

    def write(
        self,
        rows: Iterable[Row],
        look: Row | None = None,
        *,
        halo: bool = False,
        **encoding: Any,  # noqa: ANN401 - of altair
    ) -> None:
        """Add a layer of the field ``text``; with a halo it stays legible on top of lines.

        Rows may have an ``align``, a ``colour`` and a ``weight``. Lines are centred on ``y``.
        """
        data, usual = list(rows), _TEXT | (look or {})
        if halo:
            edge: Row = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
            self.draw("text", data, usual | edge, text="text:N", **encoding)
        self.draw("text", data, usual, text="text:N", **encoding)

    def row(
        self,
        texts: Iterable[tuple[str, Row]],
        wide: float,
        *,
        x: float = 0,
        gap: float = 12,
        least: float = 0,
        below: float = 0,
    ) -> float:
        """Write texts at the left of a new row, each below the one before.

        Args:
            texts: The texts, with the fields of :meth:`write`.
            wide: The width of their lines.
            x: Where they begin or, aligned to the right, end.
            gap: The room above and below them together.
            least: The least height of the row.
            below: The room below them for what is drawn there, and not beside them.

        Returns:
            The height at which the row is drawn.
        """
        broken = [
            (wrapped(text, wide, looks.SIZE, is_bold="weight" in look, most=5), look)
            for text, look in texts
        ]
        words = looks.LINE * sum(len(lines) for lines, _ in broken)
        tall = max(words + below + gap, least)
        top = self.height + (tall - words - below) / 2
        for lines, look in broken:
            middle = top + looks.LINE * len(lines) / 2
            self._words.append(look | {"x": x - self.left, "y": middle, "text": "\n".join(lines)})
            top += looks.LINE * len(lines)
        self.height += tall
        return top + below / 2 if below else self.height - tall / 2

    def levels(
        self,
        values: Iterable[Fraction | float],
        unit: str,
        *,
        bottom: float = 340,
        top: float = 44,
    ) -> None:
        """Set the vertical axis to levels in a unit, with a little room at both ends."""
        known = [float(value) for value in values] or [0.0, 100.0]
        low, high = min(known), max(known)
        room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
        least, most = 0.0 if low >= 0 else -inf, 100.0 if unit == "%" else inf
        domain = number(max(low - room, least)), number(min(high + room, most))
        before, after = "£" * unit.startswith("GBP"), "%" * (unit == "%")
        places = max(0, -floor(log10((domain[1] - domain[0]) / _TICKS)))
        labels = [f"{before}{end:,.{places}f}{after}" for end in domain]
        self.left = round(max(text_width(label, looks.SIZE) for label in labels)) + 12
        self.top, self.height = top, bottom
        named: Row = _AXIS | looks.TITLE | {"title": _caption(unit), "titleAngle": 0}
        axis = alt.Axis(
            **named,
            titleAlign="left",
            titleAnchor="end",
            titleX=-self.left,
            titleY=top - 16,
            labelExpr=f"'{before}' + datum.label + '{after}'",
            labelPadding=6,
            tickCount=_TICKS,
            domain=False,
            ticks=False,
            gridColor=looks.RULE,
            minExtent=self.left,
            maxExtent=self.left,
        )
        self._levels = domain
        scale = alt.Scale(domain=[*domain], range=[bottom, top], nice=False, zero=False)
        self.y = alt.Y("level:Q", axis=axis, scale=scale)

    def at(self, level: float) -> float:
        """Return the pixel of a level."""
        low, high = self._levels
        return self.height - (level - low) / (high - low) * (self.height - self.top)

    def days(self, days: Iterable[date]) -> None:
        """Set the horizontal axis to days, with a little room at both ends."""
        known = sorted(day.toordinal() for day in days)
        span = max(known[-1] - known[0], _FEWEST_DAYS)
        room = span // 25 + 1
        first, last = known[0] - room, known[0] + span + room
        self._days = max(first, 1), min(last, date.max.toordinal())
        step = next((each for each in (1, 3, 6) if each * 30 * self.ticks >= span), None)
        axis = across(self, format="%Y")
        if step is not None:
            axis = across(self, format="%b %Y", tickCount={"interval": "month", "step": step})
        epoch = date(1970, 1, 1).toordinal()
        domain = [(end - epoch) * 86_400_000 for end in self._days]
        scale = alt.Scale(type="utc", domain=domain, nice=False)
        self.x = alt.X("day:T", axis=axis, scale=scale)
        self.below = 22

    def goals(self, levels: Sequence[Level]) -> None:
        """Draw the level of a goal, or both ends of a range."""
        goal = " to ".join(map(str, levels))
        rows: list[Row] = [{"level": number(level.value), "Goal": goal} for level in levels]
        self.draw("rule", rows, looks.GOAL, key=f"Goal {goal}", tips="Goal", x=None)

    def dates(self, *, as_of: date | None, deadline: date | None = None, top: float = 0) -> None:
        """Draw the deadline and the day of the assessment, with labels one above the other."""
        marks = [("Deadline", deadline, looks.DEADLINE), ("As of", as_of, looks.TODAY)]
        for place, (name, day, look) in enumerate(marks):
            if day is not None:
                middle = top + looks.LINE * (place + 0.5)
                row: Row = {"day": day.isoformat(), "text": f"{name} {day_text(day)}"}
                self.draw("rule", [row], look, tips="text", y=middle, y2=self.height)
                self.label(row | {"colour": looks.MUTED}, day, y=middle)

    def label(
        self, row: Row, day: date, *, gap: float = 5, y: float | None = None, dy: float = 0
    ) -> None:
        """Write the text of a row beside its day, on the side that has room."""
        wide = text_width(row["text"], looks.SIZE, is_bold="weight" in row) + gap + 1
        first, last = self._days
        at = (day.toordinal() - first) / (last - first) * self.wide
        side: Row = {"align": "left", "dx": gap, "dy": dy}
        if at + wide > self.wide:
            side |= {"align": "right", "dx": -gap if at >= wide else self.wide - at}
        self.write([row], side, halo=True, y=self.y if y is None else y)

    def chart(
        self,
        *,
        title: str,
        subtitle: str,
        notes: Sequence[str] = (),
        description: Iterable[str] = (),
    ) -> alt.LayerChart:
        """Return the layers with the title above them, and the key and the notes below them.

        Args:
            title: The title.
            subtitle: The meaning of the plot, below the title.
            notes: How to read the chart, its source and its day.
            description: More words for the alternative text.
        """
        self.write(self._words, halo=self.halo, x="x", y="y")
        height = max(self.height, 1)
        top = self._draw_key(height + self.below + looks.LINE / 2)
        lines = [line for note in notes for line in wrapped(note, self.inner, looks.SIZE)]
        self._print(lines, -self.left, top)
        size = 15 if self.is_narrow else 18
        heading = alt.TitleParams(
            text=wrapped(title, self.inner, size, is_bold=True, most=5),
            subtitle=wrapped(subtitle, self.inner, looks.SIZE + 1, most=8),
            anchor="start",
            frame="bounds",
            offset=14,
            color=looks.INK,
            fontSize=size,
            fontWeight="bold",
            lineHeight=size + 4,
            subtitleColor=looks.MUTED,
            subtitleFontSize=looks.SIZE + 1,
            subtitleLineHeight=looks.SIZE + 5,
            subtitlePadding=5,
        )
        said = (title, subtitle, *description, *notes)
        return alt.LayerChart(
            layer=self.layers,
            width=self.wide,
            height=height,
            title=heading,
            description=". ".join(clean(part).rstrip(".") for part in said) + ".",
            view=alt.ViewBackground(stroke="transparent"),
        )

    def _print(self, lines: Sequence[str], x: float, y: float) -> None:
        row = {"text": "\n".join(lines), "colour": looks.MUTED}
        self.write([row], {"baseline": "top", "dy": 0}, x=x, y=y)

    def _draw_key(self, top: float) -> float:
        """Add the key, and return where what follows it begins."""
        left = -self.left
        key, self._key = self._key, []
        for text, mark, look in key:
            lines = wrapped(text, self.inner - _SAMPLE, looks.SIZE)
            wide = _SAMPLE + max(text_width(line, looks.SIZE) for line in lines)
            if left + wide > self.inner - self.left:
                left, top = -self.left, top + looks.LINE + 2
            end, middle = left + _SAMPLE - 8, top + looks.SIZE / 2
            place: Row = {"x": left, "x2": end, "y": middle}
            if mark == "point":
                self.draw(mark, [{}], look, x=(left + end) / 2, y=middle)
            elif mark in {"line", "rule"}:
                self.draw("rule", [{}], look | {"clip": False}, **place)
            else:
                plain = {name: look[name] for name in look if name not in looks.BAR}
                place |= {"y": middle - 6, "y2": middle + 6}
                self.draw("rect", [{}], plain, **place)
            self._print(lines, left + _SAMPLE, top)
            left += wide + _BETWEEN
            top += looks.LINE * (len(lines) - 1)
        return top + (looks.LINE + 10 if key else 0)


def _as_is(given: object) -> object:
    """Return an encoding; a number or the bare name of a field is its value."""
    if isinstance(given, int | float):
        return alt.value(round(given, 2))
    if isinstance(given, str) and ":" not in given:
        return alt.value(alt.expr(f"datum.{given}"))
    return given


def _caption(unit: str) -> str | None:
    """Return the unit where the numbers do not have it."""
    if unit in {"%", "percentage points"}:
        return None if unit == "%" else unit
    return clean(str(Amount(0, unit)).partition("0")[2]) or None
