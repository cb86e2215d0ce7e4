"""Charts as SVG within a page of HTML, which has their titles and text alternatives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol
from xml.etree import ElementTree as ET

import altair as alt
import attrs
import vl_convert

__all__: list[str] = []

_NARROW, _WIDE = 320, 700
_OF_MARKS = ("class", "role", "aria-")
"""How the attributes begin that describe the marks of a chart; the page describes all of it."""


class Drawn(Protocol):
    """A chart."""

    def to_dict(self, *, validate: bool) -> dict[str, Any]:
        """Return the chart in Vega-Lite."""
        ...


@attrs.frozen
class Picture:
    """A chart without its title, in two widths of which the page shows one."""

    title: str
    wide: str
    narrow: str


def picture(draw: Callable[[int], Drawn]) -> Picture:
    """Return a chart as SVG for wide and for narrow pages.

    Args:
        draw: Draws the chart in a width in pixels.
    """
    title, wide = _svg(draw(_WIDE))
    _, narrow = _svg(draw(_NARROW))
    return Picture(title, wide, narrow)


def _svg(chart: Drawn) -> tuple[str, str]:
    """Return the title of a chart, and the rest of it as SVG with a text alternative."""
    spec = chart.to_dict(validate=False)
    title = " ".join(spec.pop("title")["text"])
    language = alt.SCHEMA_VERSION.removeprefix("v").rpartition(".")[0]
    root = ET.fromstring(vl_convert.vegalite_to_svg(spec, vl_version=language))  # noqa: S314 - ours
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]  # HTML writes no namespaces
        element.attrib = {
            name: value for name, value in element.items() if not name.startswith(_OF_MARKS)
        }
    root.set("role", "img")
    root.set("aria-label", spec["description"])
    return title, ET.tostring(root, encoding="unicode")
