"""The widths of characters as vl-convert draws them, to find texts that overlap or are clipped.

They are those of Arial and of Liberation Sans, which has the same ones and which vl-convert uses
for the font ``sans-serif``.
"""

from __future__ import annotations

from unicodedata import combining, east_asian_width, normalize

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
_SPACE, _OTHER, _SQUARE = 278, 620, 1250


def _table(text: str) -> dict[str, int]:
    widths = {" ": _SPACE}
    for group in text.split(" "):
        digits = 4 if group.startswith("10") else 3
        widths |= dict.fromkeys(group[digits:], int(group[:digits]))
    return widths


_WIDTHS = {False: _table(_REGULAR), True: _table(_BOLD)}


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width of a line of text in pixels, at a size of the font in pixels."""
    widths = _WIDTHS[is_bold]

    def width(character: str) -> int:
        if character == "\u2060" or combining(character):
            return 0
        other = _SQUARE if east_asian_width(character) in "WF" else _OTHER
        return widths.get(normalize("NFD", character)[0], other)

    return sum(map(width, text)) * size / 1000
