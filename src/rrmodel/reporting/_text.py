"""The width of text, so that labels can be broken into lines that fit.

The widths are those of Arial and of Liberation Sans, which has the same ones and which vl-convert
uses for the font ``sans-serif``. A test compares them with what vl-convert draws.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import combining, east_asian_width, normalize

from rrmodel.errors import UnknownNameError, did_you_mean

_REGULAR = (
    "191' 222ijl‘’ 260f| 278!,./:;I[\\]t 334()-`r{}“”· 355\"• 389* 469^ 500Jcksvxyz "
    "556#$0123456789?L_abdeghnopqu–£≤≥ 584+<=>~−× 611FTZ 667&ABEKPSVXY 722CDHNRUw 778GOQ 833Mm "
    "889% 944W 1015@—…→"
)
_BOLD = (
    "238' 278,./I\\ijl‘’| 333!()-:;[]`ft· 389*r{}• 500z“”\" 556#$0123456789J_aceksvxy–£≤≥ "
    "584+<=>^~−× 611?FLTZbdghnopqu 667EPSVXY 722&ABCDHKNRU 778GOQw 833M 889%m 1000W@—…→"
)
"""Characters after their width in thousandths of the size of the font. The first three digits, or
four from 1000, are the width."""
_SPACE, _OTHER, _SQUARE = 278, 750, 1250
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DIRECTIONS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_PIECES = re.compile(r"[^-/]+[-/]*|[-/]+")
_TAG = re.compile(r"<(?=[/!?a-zA-Z])")


def _table(text: str) -> dict[str, int]:
    widths = {" ": _SPACE}
    for group in text.split(" "):
        digits = 4 if group.startswith("10") else 3
        widths |= dict.fromkeys(group[digits:], int(group[:digits]))
    return widths


_WIDTHS = {False: _table(_REGULAR), True: _table(_BOLD)}


def clean(text: str) -> str:
    """Return a text on one line that is safe wherever the chart is put.

    Characters that SVG cannot contain, or that change the direction of text, are removed. altair
    writes HTML pages without escaping ``</script>``, so an invisible word joiner is added where a
    tag could begin.
    """
    line = " ".join(_FORBIDDEN.sub("\ufffd", _DIRECTIONS.sub("", text)).split())
    return _TAG.sub("<\u2060", line)


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width of a line of text in pixels, at a size of the font in pixels."""
    widths = _WIDTHS[is_bold]

    def width(character: str) -> int:
        if character == "\u2060" or combining(character):
            return 0
        other = _SQUARE if east_asian_width(character) in "WF" else _OTHER
        return widths.get(normalize("NFD", character)[0], other)

    return sum(map(width, text)) * size / 1000


def wrapped(
    text: str, limit: float, size: float, *, is_bold: bool = False, most: int = 12
) -> list[str]:
    """Return a text as at most so many lines, no wider than a limit in pixels.

    Lines end at spaces, hyphens and slashes where possible. A text that needs more lines ends with
    an ellipsis.
    """

    def fits(line: str) -> bool:
        return text_width(line, size, is_bold=is_bold) <= limit

    lines = [""]
    for word in clean(text).split(" "):
        gap = " "
        for piece in [word] if fits(word) else _PIECES.findall(word):
            for part in [piece] if fits(piece) else piece:
                if lines[-1] and not fits(lines[-1] + gap + part):
                    lines.append(part)
                else:
                    lines[-1] += (gap if lines[-1] else "") + part
                gap = ""
    if len(lines) > most:
        while lines[most - 1] and not fits(f"{lines[most - 1]}…"):
            lines[most - 1] = lines[most - 1][:-1]
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip()}…"]
    return lines


def distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names of ids, cleaned, with the id where two names are equal."""
    shown = {identity: clean(name) for identity, name in names.items()}
    counts = Counter(shown.values())
    return {
        identity: name if counts[name] == 1 else f"{name} ({clean(identity)})"
        for identity, name in shown.items()
    }


def known(what: str, names: Iterable[str], choices: Sequence[str]) -> list[str]:
    """Return the choices that are named, in their order.

    Raises:
        UnknownNameError: A name is not among the choices.
    """
    asked = list(names)
    for name in asked:
        if name not in choices:
            raise UnknownNameError(f"there is no {what} {name!r}: {did_you_mean(name, choices)}")
    return [name for name in choices if name in asked]
