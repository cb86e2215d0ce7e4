"""A chart while it is drawn: its layers, its axes, its key, and the text above and below it.

Charts set no option of the top level of Vega-Lite (config, padding, autosize), so that they can be
combined with others and take the font and the background of a theme. Vega does not break lines:
they are broken here by their number of characters, and Vega cuts one that is still too wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from importlib import import_module
from textwrap import wrap
from typing import Any

from rrmodel.errors import RecordError, requires_extra
from rrmodel.periods import day_text
from rrmodel.quantities import Amount, Level
from rrmodel.reporting import _looks as looks
from rrmodel.reporting._looks import LINE, SIZE, Row

with requires_extra("Drawing charts", "plot"):
    import altair as alt

    import_module("vl_convert")  # which altair saves charts with

__all__: list[str] = []

_LEAST, _NARROW, _MARGIN, _CHARACTER = 320, 620, 9, 0.54
_THICK, _TICK = 5, 70
"""From which width a rule is a bar, and how wide a tick with its label is, in pixels."""
_FEWEST_DAYS, _EPOCH = 180, date(1970, 1, 1).toordinal()
_SIGNS = ("fill", "stroke", "shape", "strokeDash", "size")


def clean(text: str) -> str:
    """Return a text on one line that is safe wherever the chart is put.

    Characters that do not print are removed: SVG cannot contain some, others change the direction
    of text. altair writes HTML pages without escaping ``</script>``, so an invisible word joiner is
    added where a tag could begin.
    """
    shown = "".join(each for each in text if each.isprintable() or each.isspace())
    return re.sub(r"<(?=[/!?a-zA-Z])", "<\u2060", " ".join(shown.split()))


def wrapped(text: str, wide: float, size: float = SIZE, *, most: int = 12) -> list[str]:
    """Return a text as at most so many lines, of about a width in pixels."""
    characters = max(int(wide / size / _CHARACTER), 8)
    return wrap(clean(text), characters, max_lines=most, placeholder=" …") or [""]


def spread(wishes: Sequence[float], sizes: Sequence[float], room: float) -> list[float]:
    """Return middles near those wished for, in their order, at which sizes do not overlap."""
    tops: list[float] = []
    end = 0.0
    for wish, size in zip(wishes, sizes, strict=True):
        tops.append(max(wish - size / 2, end))
        end = tops[-1] + size
    for place in reversed(range(len(tops))):
        room = tops[place] = min(tops[place], room - sizes[place])
    return [top + size / 2 for top, size in zip(tops, sizes, strict=True)]


def number(value: Fraction | float) -> float:
    """Return a value for the data of a chart, rounded to six decimals."""
    return round(float(value), 6)


class Plot:
    """A chart of a given width in pixels, while it is drawn."""

    def __init__(self, width: int, *, left: float = 0, right: float = 8) -> None:
        if width < _LEAST:
            raise RecordError(
                f"a chart of {width} pixels is too narrow to read: use a width of at least {_LEAST}"
            )
        self.is_narrow = width < _NARROW
        self.inner = width - 2 * _MARGIN
        """The width of the chart without its margins."""
        self.left, self.right = left, right
        """The room beside the plot, in pixels."""
        self.height = self.below = 0.0
        """The height of the plot, and of the axis below it."""
        self.x: Any = None
        """The encoding of ``x`` for layers that give no other."""
        self.y: Any = None
        self.layers: list[alt.Chart] = []
        self._key: list[tuple[str, str, Row]] = []
        self._names: list[Row] = []
        self._labels: list[str] = []
        self._first, self._span = 0, 1

    @property
    def wide(self) -> float:
        """The width of the plot."""
        return self.inner - self.left - self.right

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
            rows: The data. Texts are cleaned.
            look: The properties of the mark.
            key: The meaning of the mark, for the key.
            tips: The fields that are shown on hover.
            encoding: Encodings of altair, such as ``"value:Q"``. A number, or the bare name of a
                field, is taken as it is: as a pixel, a colour or a shape. ``None`` omits it.
        """
        data = [
            {name: clean(str(x)) if isinstance(x, str | date) else x for name, x in row.items()}
            for row in rows
        ]
        if not data:
            return
        if key:
            self._key.append((clean(key), mark, look))
        channels = {"x": self.x, "y": self.y} | encoding
        if tips:
            channels["tooltip"] = [alt.Tooltip(f"{x}:N", title=x.title()) for x in tips.split()]
        given = {name: _channel(name, each) for name, each in channels.items() if each is not None}
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
        """Add a layer of the field ``lines``; with a halo it stays legible on top of marks.

        Rows may have a ``colour`` and a ``weight``. Lines are centred on ``y``.
        """
        data, usual = list(rows), looks.TEXT | {"limit": self.inner} | (look or {})
        for edge in (looks.HALO, {})[not halo :]:
            self.draw("text", data, usual | edge, text="lines:N", **encoding)

    def row(self, name: str, detail: str = "", *, room: float = 22, at: float = 0) -> float:
        """Write a name and, below it, a detail at the left of a new row.

        Returns:
            The middle of the room below them, for the marks of the row.
        """
        for text, look in ((name, looks.BOLD), (detail, looks.QUIET)):
            lines = wrapped(text, self.wide - at) if text else []
            middle = self.height + LINE * len(lines) / 2
            self._names += [look | {"lines": lines, "middle": middle, "at": at}] * bool(lines)
            self.height += LINE * len(lines)
        self.height += room + 8
        return self.height - room / 2 - 8

    def levels(self, unit: str, *, tall: float = 340, top: float = 44, **ends: Any) -> None:  # noqa: ANN401
        """Set the vertical axis to levels in a unit.

        Args:
            unit: The unit of the levels.
            tall: The height of the plot.
            top: The room in it above the levels.
            ends: The domain of the axis. Default: all levels that are drawn, with a little room.
        """
        before, after = "£" * unit.startswith("GBP"), "%" * (unit == "%")
        is_plain = unit in {"%", "percentage points"}
        caption = unit if is_plain else str(Amount(0, unit)).partition("0")[2]
        self.left, self.height, self.below = 48 if after else 96, tall, 22
        axis = alt.Axis(
            **looks.LEVELS,
            title=None if after else clean(caption),
            titleX=-self.left,
            titleY=top - 16,
            labelExpr=f"'{before}' + datum.label + '{after}'",
            minExtent=self.left,
            maxExtent=self.left,
        )
        scale = alt.Scale(range=[tall, top], nice=False, zero=False, **ends or {"padding": 12})
        self.y = alt.Y("value:Q", axis=axis, scale=scale)

    def across(self, **look: Any) -> alt.Axis:  # noqa: ANN401 - properties of an axis
        """Return a horizontal axis; labels that would overlap are omitted."""
        usual: Row = looks.ACROSS | {"tickCount": max(2, int(self.wide / _TICK))}
        return alt.Axis(**usual | look)

    def days(self, days: Iterable[date | None]) -> None:
        """Set the horizontal axis to days, with a little room at both ends."""
        given = sorted(day.toordinal() for day in days if day is not None) or [_EPOCH]
        span = max(given[-1] - given[0], _FEWEST_DAYS)
        room = span // 25 + 1
        ends = max(given[0] - room, 1), min(given[0] + span + room, date.max.toordinal())
        steps = (each for each in (1, 3, 6) if each * 30 * self.wide / _TICK >= span)
        axis = self.across(format="%b %Y", tickCount={"interval": "month", "step": next(steps, 12)})
        domain = [(end - _EPOCH) * 86_400_000 for end in ends]
        scale = alt.Scale(type="utc", domain=domain, nice=False)
        self.x = alt.X("last_day:T", axis=axis, scale=scale)
        self._first, self._span = ends[0], ends[1] - ends[0]

    def goals(self, levels: Sequence[Level]) -> None:
        """Draw the level of a goal, or both ends of a range."""
        goal = " to ".join(map(str, levels))
        rows: list[Row] = [{"value": number(level.value), "goal": goal} for level in levels]
        self.draw("rule", rows, looks.GOAL, key=f"Goal {goal}", tips="goal", x=None)

    def dates(self, *, as_of: date | None, deadline: date | None = None, top: float = 0) -> None:
        """Draw the deadline and the day of the assessment, with labels one above the other."""
        marks = [("Deadline", deadline, looks.SOLID), ("As of", as_of, looks.TODAY)]
        for place, (name, day, look) in enumerate(marks):
            if day is not None:
                text, y = f"{name} {day_text(day)}", top + LINE * (place + 0.5)
                row: Row = looks.QUIET | {"last_day": day, "day": text}
                self._labels.append(text)
                self.draw("rule", [row], look, tips="day", y=y, y2=self.height)
                self.label(row, text, y=y)

    def label(self, row: Row, text: str, *, above: float = 0, **place: Any) -> None:  # noqa: ANN401
        """Write a text beside the day of a row: after it, or else before it or at the end."""
        lines = wrapped(text, self.wide)
        long = max(map(len, lines)) * SIZE * 0.6
        at = (row["last_day"].toordinal() - self._first) / self._span * self.wide
        before = {"align": "right", "dx": -8 if at >= long else self.wide - at}
        side: Row = {"align": "left", "dx": 8} if at + long <= self.wide else before
        self.write([row | {"lines": lines}], side | {"dy": -above}, halo=True, **place)

    def chart(
        self,
        *,
        title: str,
        subtitle: str,
        notes: Sequence[str] = (),
        description: Iterable[str] = (),
        as_of: date | None = None,
    ) -> alt.LayerChart:
        """Return the layers with the title and the key above them and the notes below them.

        Args:
            title: The title.
            subtitle: The meaning of the plot, below the title.
            notes: How to read the chart, and its source; empty ones are omitted.
            description: More words for the alternative text.
            as_of: The day by which what is shown had been published.
        """
        self.write(self._names, {"limit": self.wide}, halo=True, x="at", y="middle")
        self._draw_key()
        day = f"With what was published by {day_text(as_of)}." if as_of else ""
        notes = [*filter(None, (*notes, day))]
        lines = [line for note in notes for line in wrapped(note, self.inner)]
        rows = [looks.QUIET | {"lines": lines}] * bool(lines)
        below = max(self.height, 1) + self.below + 16
        self.write(rows, {"baseline": "top", "dy": 0}, x=-self.left, y=below)
        size = 15 if self.is_narrow else 18
        lines = wrapped(title, self.inner, size, most=5)
        heading: Row = looks.HEADING | {"text": lines, "fontSize": size, "lineHeight": size + 4}
        heading |= {"subtitle": wrapped(subtitle, self.inner, SIZE + 1), "limit": self.inner}
        shown = ", ".join(filter(None, (*(name for name, _, _ in self._key), *self._labels)))
        contents = [f"The chart shows: {shown}"] * bool(shown)
        parts = filter(None, (title, subtitle, *contents, *description, *notes))
        return alt.LayerChart(
            layer=self.layers,
            width=self.wide,
            height=max(self.height, 1),
            title=alt.TitleParams(**heading),
            description=". ".join(clean(part).rstrip(".") for part in parts) + ".",
            resolve=alt.Resolve(scale=dict.fromkeys(_SIGNS, "independent")),
            view=alt.ViewBackground(stroke="transparent"),
        )

    def _draw_key(self) -> None:
        """Add the key: the legend of a layer that is not seen."""
        names = [name for name, _, _ in self._key]
        signs = [_sign(mark, look) for _, mark, look in self._key]
        longest = 40 + max(map(len, names), default=0) * SIZE * _CHARACTER
        columns = max(1, int(self.wide / longest))
        legend = alt.Legend(**looks.LEGEND, columns=columns, labelLimit=self.wide - 30)
        encoding: dict[str, Any] = {}
        for sign in _SIGNS:
            scale = alt.Scale(type="ordinal", domain=names, range=[each[sign] for each in signs])
            channel = getattr(alt, sign[0].upper() + sign[1:])
            encoding[sign] = channel("key:N", scale=scale, legend=legend)
        self.draw("point", [{"key": name} for name in names], {"opacity": 0}, x=0, y=0, **encoding)


def _sign(mark: str, look: Row) -> Row:
    """Return how the key shows a mark."""
    is_line = mark in {"line", "rule"} and look.get("strokeWidth", 1) < _THICK
    shape = look.get("shape", "circle" if mark == "point" else "square")
    return {
        "stroke": look.get("stroke", look["color"]),
        "fill": look.get("fill", "transparent" if is_line or shape[0] == "M" else look["color"]),
        "shape": "stroke" if is_line else shape,
        "strokeDash": look.get("strokeDash", [1, 0]),
        "size": 256 if is_line else look.get("size", 120),
    }


def _channel(name: str, given: object) -> object:
    """Return an encoding of a channel; a number or the bare name of a field is its value.

    altair would make the same of a text or a dictionary, and read its whole schema each time.
    """
    kind = name.capitalize()
    match given:
        case int() | float():
            return getattr(alt, f"{kind}Value")(round(given, 2))
        case str() if ":" in given:
            return getattr(alt, kind)(given)
        case str():
            return getattr(alt, f"{kind}Value")(alt.expr(f"datum.{given}"))
        case _:
            return given
