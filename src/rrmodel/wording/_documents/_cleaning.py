"""Words of a document without what setting it in type has done to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["SUPERSCRIPTS", "clean", "is_page_number", "is_rule", "join_lines", "superscript"]

SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The digits of footnote marks."""

_LIGATURES: Final = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
}
_SPACES: Final = dict.fromkeys(["\t", *map(chr, (0xA0, 0x1680, *range(0x2000, 0x200B)))], " ") | (
    dict.fromkeys("\u202f\u205f\u3000", " ")
)
_INVISIBLE: Final = dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\x00", "")
_DASHES: Final = {"‐": "-", "‑": "-", "‒": "–", "−": "-", "―": "—"}
_TABLE: Final = str.maketrans(_LIGATURES | _SPACES | _INVISIBLE | _DASHES)
_SOFT_HYPHEN: Final = "\u00ad"
_EMPHASIS: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_LINK: Final = re.compile(r"<(https?://[^\s<>]+)>")
_CONTROL: Final = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BROKEN: Final = frozenset(["-", "–", _SOFT_HYPHEN])
"""The marks at the end of a line whose last word or figure is broken."""
_LONGEST_HEAD: Final = 60
_HYPHENED: Final = re.compile(r"(?P<head>[A-Za-z]+)-$")
_DIGITS_END: Final = re.compile(r"[0-9][-–]$")
_WORD_START: Final = re.compile(r"[a-z]+")
_PREFIXES: Final = frozenset(
    "re co non pre post self multi anti well long short half drug alcohol high low young third "
    "cross evidence gender trauma inter intra ex semi sub under over out in on full part mid so "
    "to up day face one two three four five six seven eight nine ten decision problem risk "
    "community".split()
)
_PAGE: Final = re.compile(
    r"(?:page\s+)?[0-9]{1,3}(?:\s*(?:of|/)\s*[0-9]{1,3})?|[0-9]{1,3}\s*\|\s*page|[ivxl]{1,6}"
    r"|[-–—]\s*[0-9]{1,3}\s*[-–—]",
    re.IGNORECASE,
)
_RULE: Final = re.compile(r"[-–—_=*~·.•\s|+#]{3,}")


def clean(text: str) -> str:
    """Return a text in one line, with plain letters, spaces and dashes."""
    if text.isascii():
        if "**" in text or "__" in text or "<http" in text:
            text = _unmarked(text)
        text = " ".join(text.split())
        return text if text.isprintable() else _CONTROL.sub("", text).strip()
    text = text.translate(_TABLE).replace(_SOFT_HYPHEN, "")
    return " ".join(_CONTROL.sub("", _unmarked(text)).split())


def _unmarked(text: str) -> str:
    """Return a text without the marks that plain text keeps of bold type and of links."""
    text = _EMPHASIS.sub(lambda match: match[1] or match[2], text)
    return _LINK.sub(r"\1", text)


def join_lines(lines: Sequence[str], words: frozenset[str] = frozenset()) -> str:
    """Return lines as one text; words and figures that were broken at their ends are made whole.

    A hyphen at the end of a line is kept where the document writes the word with it elsewhere, or
    where it follows a prefix such as "co"; else the word was broken to fit the line.

    >>> join_lines(["support for pris-", "oners in 2022-", "25 and co-", "commissioning"])
    'support for prisoners in 2022-25 and co-commissioning'

    Args:
        lines: The lines of one block.
        words: The hyphened words that the document has within its lines, in lower case.
    """
    if len(lines) == 1:
        return clean(lines[0])
    parts = [part for line in lines if (part := line.strip())]
    if not any(map(_BROKEN.__contains__, (part[-1] for part in parts))):
        return clean(" ".join(parts))
    text = ""
    for part in parts:
        last = text[-1:]
        if last == _SOFT_HYPHEN:
            text = text[:-1] + part
        elif _DIGITS_END.search(text[-2:]) and part[0].isdigit():
            text += part
        elif (
            last == "-"
            and (head := _HYPHENED.search(text[-_LONGEST_HEAD:]))
            and (tail := _WORD_START.match(part))
        ):
            keeps = f"{head['head']}-{tail[0]}".lower() in words
            keeps = keeps or head["head"].lower() in _PREFIXES
            text = (text if keeps else text[:-1]) + part
        else:
            text = f"{text} {part}"
    return clean(text)


def superscript(digits: str) -> str:
    """Return the footnote mark of a number: "12" is "¹²"."""
    return "".join(SUPERSCRIPTS[int(digit)] for digit in digits)


def is_page_number(text: str) -> bool:
    """Return whether a line is nothing but the number of a page."""
    return _PAGE.fullmatch(text) is not None


def is_rule(text: str) -> bool:
    """Return whether a line is drawn, and has no words."""
    return _RULE.fullmatch(text) is not None
