"""A chart while it is drawn: its layers, its key, and the text above and below it.

Charts set no option of the top level of Vega-Lite (config, padding, autosize), so that they can be
combined with others and take the font and the background of a theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt

from rrmodel.errors import RecordError
from rrmodel.reporting._colours import INK, MUTED
from rrmodel.reporting._text import clean, text_width, wrapped

SIZE, LINE = 12, 16
"""The size of text and the height of a line of it, in pixels."""
CROSS = "M-1,-1L1,1M-1,1L1,-1"
_NARROW, _LEAST, _MARGIN = 560, 320, 5
_SAMPLE, _BETWEEN = 30, 18
_LONG = 1000

Row = dict[str, Any]
"""One row of the data of a layer, or the properties of a mark."""
DOT: Row = {"filled": True, "size": 70, "opacity": 1}
BAR: Row = {"size": 8, "orient": "horizontal"}


_PIXELS: dict[str, Any] = {"x": alt.XValue, "y": alt.YValue, "x2": alt.X2Value, "y2": alt.Y2Value}
_ENDS: dict[str, Any] = {"x2": alt.X2, "y2": alt.Y2}


def pixels_x(field: str = "x") -> alt.X:
    """Return the encoding of a field as pixels from the left."""
    scale = alt.Scale(domain=[0, _LONG], range=[0, _LONG], nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=None)


def pixels_y(field: str = "y") -> alt.Y:
    """Return the encoding of a field as pixels from the top."""
    scale = alt.Scale(domain=[0, _LONG], range=[0, _LONG], nice=False, zero=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=None)


def _channel(name: str, given: object) -> object:
    """Return an encoding, which may be given as a pixel or as the name of a field."""
    if isinstance(given, int | float):
        return _PIXELS[name](round(given, 2))
    return _ENDS[name](given) if isinstance(given, str) and name in _ENDS else given


class Plot:
    """A chart of a given width in pixels, while it is drawn."""

    def __init__(self, width: int, *, left: float = 0, right: float = 0) -> None:
        if width < _LEAST:
            raise RecordError(
                f"a chart of {width} pixels is too narrow to read: use a width of at least {_LEAST}"
            )
        self.width = width
        self.left = left
        """The room left of the plot, in pixels."""
        self.right = right
        self.x: alt.X = pixels_x()
        """The encoding of ``x`` for layers that give no other."""
        self.y: alt.Y = pixels_y()
        self.layers: list[alt.Chart] = []
        self._key: list[tuple[str, str, Row]] = []

    @property
    def inner(self) -> float:
        """The width of the chart without its margins."""
        return self.width - 2 * _MARGIN - 1  # vl-convert rounds up

    @property
    def wide(self) -> float:
        """The width of the plot."""
        return self.inner - self.left - self.right

    @property
    def is_narrow(self) -> bool:
        """Whether labels are above their marks, and not beside them."""
        return self.width < _NARROW

    def draw(
        self,
        mark: str,
        rows: Iterable[Row],
        look: Row,
        *,
        key: str = "",
        tips: str = "",
        **encoding: Any,  # noqa: ANN401
    ) -> None:
        """Add a layer with a mark for each row; without rows, nothing.

        Args:
            mark: The name of the mark.
            rows: The data.
            look: The properties of the mark.
            key: The meaning of the mark, for the key.
            tips: The fields that are shown on hover.
            encoding: Encodings; a number is a pixel. Default for ``x`` and ``y``: those of the
                plot; ``None`` if there is none.
        """
        data = list(rows)
        if not data:
            return
        if key:
            self._key.append((key, mark, look))
        channels = {"x": self.x, "y": self.y} | encoding
        if tips:
            channels["tooltip"] = [alt.Tooltip(f"{field}:N") for field in tips.split()]
        marked = getattr(alt.Chart(alt.InlineData(values=data)), f"mark_{mark}")(**look)
        given = {name: _channel(name, each) for name, each in channels.items() if each is not None}
        self.layers.append(marked.encode(**given))

    def write(
        self,
        rows: Iterable[Row],
        look: Row | None = None,
        *,
        halo: bool = False,
        **encoding: Any,  # noqa: ANN401
    ) -> None:
        """Add a layer of the field ``text``; with a halo it stays legible on top of lines."""
        usual: Row = {"align": "left", "baseline": "middle", "color": INK, "fontSize": SIZE}
        usual |= {"lineBreak": "\n", "lineHeight": LINE} | (look or {})
        data = list(rows)
        if halo:
            edge: Row = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
            self.draw("text", data, usual | edge, text=alt.Text("text:N"), **encoding)
        self.draw("text", data, usual, text=alt.Text("text:N"), **encoding)

    def print(self, lines: Sequence[str], look: Row, *, x: float, y: float) -> None:
        """Add lines of text at pixels of the plot."""
        self.write([{"text": "\n".join(lines)}], look, x=x, y=y)

    def chart(
        self,
        *,
        title: str,
        subtitle: str,
        height: float,
        below: float = 0,
        notes: Sequence[str] = (),
        description: Sequence[str] = (),
    ) -> alt.LayerChart:
        """Return the layers with the title above them, and the key and the notes below them.

        Args:
            title: The title.
            subtitle: The meaning of the plot, below the title.
            height: The height of the plot in pixels.
            below: The height of the axis below the plot in pixels.
            notes: How to read the chart, its source and its day.
            description: More words for the alternative text.
        """
        lines = [line for note in notes for line in wrapped(note, self.inner, SIZE)]
        bottom = self._draw_key(height + below + LINE / 2)
        self.print(lines, {"baseline": "top", "color": MUTED}, x=-self.left, y=bottom)
        size = 15 if self.is_narrow else 18
        heading = alt.TitleParams(
            text=wrapped(title, self.inner, size, is_bold=True, most=5),
            subtitle=wrapped(subtitle, self.inner, SIZE + 1, most=8),
            anchor="start",
            frame="bounds",
            offset=14,
            color=INK,
            fontSize=size,
            fontWeight="bold",
            lineHeight=size + 4,
            subtitleColor=MUTED,
            subtitleFontSize=SIZE + 1,
            subtitleLineHeight=SIZE + 5,
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

    def _draw_key(self, top: float) -> float:
        """Add the key, and return where what follows it begins."""
        across = -self.left
        key, self._key = self._key, []
        for text, mark, look in key:
            lines = wrapped(text, self.inner - _SAMPLE, SIZE)
            wide = _SAMPLE + max(text_width(line, SIZE) for line in lines)
            if across + wide > self.inner - self.left:
                across, top = -self.left, top + LINE + 2
            middle, end = top + SIZE / 2, across + _SAMPLE - 8
            if mark in {"line", "rule"}:
                self.draw("rule", [{}], look, x=across, x2=end, y=middle)
            elif mark == "point":
                self.draw("point", [{}], look, x=(across + end) / 2, y=middle)
            else:
                sample = {name: look[name] for name in look if name not in {"size", "orient"}}
                ends: Row = {"x2": end, "y2": middle + 6}
                self.draw("rect", [{}], sample, x=across, y=middle - 6, **ends)
            self.print(lines, {"baseline": "top", "color": MUTED}, x=across + _SAMPLE, y=top)
            across += wide + _BETWEEN
            top += LINE * (len(lines) - 1)
        return top + (LINE + 10 if key else 0)
