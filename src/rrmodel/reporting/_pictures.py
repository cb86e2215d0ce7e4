"""Charts as SVG within a page: their words, their ids and their widths are those of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol
from xml.etree import ElementTree as ET

import altair as alt
import attrs
import vl_convert
from markupsafe import Markup

__all__: list[str] = []

_NARROW, _WIDE = 320, 700
_DROPPED = ("class", "role", "aria-")
"""Attributes by which a chart describes each of its marks: the page describes it as a whole."""


class Drawn(Protocol):
    """A chart."""

    def to_dict(self, *, validate: bool) -> dict[str, Any]: ...


@attrs.frozen
class Picture:
    """A chart in two widths, of which the page shows one, without its title."""

    title: str
    wide: Markup
    narrow: Markup


def picture(draw: Callable[[int], Drawn], place: str) -> Picture:
    """Return a chart as pictures for wide and narrow pages.

    Args:
        draw: Draws the chart in a width in pixels.
        place: An id that no other picture of the page has.
    """
    title, wide = _svg(draw(_WIDE), f"{place}-wide")
    _, narrow = _svg(draw(_NARROW), f"{place}-narrow")
    return Picture(title, wide, narrow)


def _svg(chart: Drawn, place: str) -> tuple[str, Markup]:
    """Return the title of a chart, and the rest of it as SVG with a text alternative."""
    spec = chart.to_dict(validate=False)
    title = " ".join(spec.pop("title")["text"])
    language = alt.SCHEMA_VERSION.removeprefix("v").rpartition(".")[0]
    root = ET.fromstring(vl_convert.vegalite_to_svg(spec, vl_version=language))  # noqa: S314 - ours
    for element in root.iter():
        element.tag = _local(element.tag)
        given = {_local(name): value for name, value in element.items()}
        element.attrib.clear()
        for name, value in given.items():
            if name == "id":
                element.set("id", f"{place}-{value}")
            elif not name.startswith(_DROPPED):
                element.set(name, value.replace("url(#", f"url(#{place}-"))
    root.set("role", "img")
    root.set("aria-label", spec["description"])
    return title, Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704 - well-formed XML


def _local(name: str) -> str:
    """Return a name without its namespace, which HTML does not write."""
    return name.rpartition("}")[2]
