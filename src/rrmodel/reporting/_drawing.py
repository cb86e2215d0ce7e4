"""The parts of an SVG: elements, text that fits, and the sheet that they stand on.

All measures are whole pixels. Nobody knows here which font a reader has, so that texts are taken
to be as wide as the widest of the usual ones would make them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from html import escape
from typing import Literal
from unicodedata import combining, east_asian_width

__all__ = [
    "INK",
    "LINE_HEIGHT",
    "MARGIN",
    "MUTED",
    "PAPER",
    "RULE",
    "SIZE",
    "SMALL",
    "Anchor",
    "clean",
    "element",
    "sheet",
    "width_of",
    "words",
    "wrapped",
]

INK = "#0B0C0C"
MUTED = "#3D3D3D"
RULE = "#B1B4B6"
PAPER = "#FFFFFF"
SIZE = 15
SMALL = 13
LINE_HEIGHT = 19
MARGIN = 16

_TITLE = 19
_TITLE_HEIGHT = 25
_FONTS = "Arial, Helvetica, sans-serif"
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold."""
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""What would turn the words after it about too."""
_NARROW = frozenset(" !'(),./:;I[]fijlrt|")
_WIDE = frozenset("%@MW_mw—…")

Anchor = Literal["start", "middle", "end"]


def clean(text: str) -> str:
    """Return a text on one line, without what XML cannot hold and what upsets other words."""
    return " ".join(_FORBIDDEN.sub("\ufffd", _TURNING.sub("", text)).split())


def element(name: str, *inside: str, **attributes: str | int) -> str:
    """Return an element; an underscore in the name of an attribute is a hyphen."""
    said = "".join(
        f' {key.replace("_", "-")}="{escape(str(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>"


def words(
    x: int,
    y: int,
    text: str,
    *,
    anchor: Anchor = "start",
    size: int = SIZE,
    fill: str = INK,
    bold: bool = False,
    edged: bool = False,
) -> str:
    """Return a line of text whose middle is at a height; edged, it is clear of lines below it."""
    # a third of the size below the middle, as browsers differ about what the middle is
    look: dict[str, str | int] = {"font_weight": "bold"} if bold else {}
    if edged:
        look |= {"stroke": PAPER, "stroke_width": 4, "paint_order": "stroke"}
    place = {"x": x, "y": y + size // 3}
    return element(
        "text", escape(text), **place, text_anchor=anchor, font_size=size, fill=fill, **look
    )


def width_of(text: str, size: int = SIZE, *, bold: bool = False) -> int:
    """Return how wide a line of text may be."""
    hundredths = sum(map(_advance, text)) * size * (110 if bold else 100) // 100
    return hundredths // 100 + 1


def _advance(character: str) -> int:
    """Return the width of a character in hundredths of the size."""
    if combining(character):
        return 0
    if character in _NARROW:
        return 38
    if character in _WIDE or east_asian_width(character) in "WF":
        return 100
    return 72 if character.isupper() else 61


def wrapped(text: str, limit: int, size: int = SIZE, *, bold: bool = False) -> tuple[str, ...]:
    """Return a text as lines that are no wider than a limit, broken at spaces where one can."""
    lines: list[str] = []
    rest = text
    while rest:
        fits = _fitting(rest, limit, size, bold=bold)
        if fits < len(rest):
            # a space is left out where the line ends there; a hyphen or slash stays
            space = rest.rfind(" ", 0, fits + 1)
            joint = max(rest.rfind("-", 0, fits), rest.rfind("/", 0, fits)) + 1
            fits = space if space > 0 else joint or fits
        lines.append(rest[:fits].rstrip())
        rest = rest[fits:].lstrip()
    return tuple(lines)


def _fitting(text: str, limit: int, size: int, *, bold: bool) -> int:
    """Return how many characters of a text fit, at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(text[:middle], size, bold=bold) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def sheet(*, title: str, description: str, width: int, height: int, inside: Iterable[str]) -> str:
    """Return a whole picture: title and description on top, what is inside below them.

    What is inside begins at height 0 of its own; height is how much it takes.
    """
    limit = width - 2 * MARGIN
    said: list[str] = []
    y = MARGIN
    for line in wrapped(title, limit, _TITLE, bold=True):
        said.append(words(MARGIN, y + _TITLE_HEIGHT // 2, line, size=_TITLE, bold=True))
        y += _TITLE_HEIGHT
    for line in wrapped(description, limit):
        said.append(words(MARGIN, y + LINE_HEIGHT // 2, line, fill=MUTED))
        y += LINE_HEIGHT
    y += MARGIN
    body = "\n".join(
        [
            element("rect", width=width, height=y + height + MARGIN, fill=PAPER),
            *said,
            element("g", "\n", "\n".join(inside), "\n", transform=f"translate(0 {y})"),
        ]
    )
    # pictures may share a page, and what names a picture must be the only one of its id there
    name = f"picture-{blake2b((title + body).encode(), digest_size=6).hexdigest()}"
    return (
        element(
            "svg",
            "\n",
            element("title", escape(title), id=f"{name}-title"),
            "\n",
            element("desc", escape(description), id=f"{name}-description"),
            "\n",
            body,
            "\n",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {width} {y + height + MARGIN}",
            width=width,
            height=y + height + MARGIN,
            style="max-width: 100%; height: auto",
            font_family=_FONTS,
            role="img",
            aria_labelledby=f"{name}-title {name}-description",
        )
        + "\n"
    )
