"""Blocks of plain text: paragraphs between empty lines, lists, tabbed rows, underlined headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import attrs

from rrmodel.wording._documents._blocks import Block
from rrmodel.wording._documents._cleaning import (
    SUPERSCRIPTS,
    clean,
    is_page_number,
    is_rule,
    join_lines,
)

__all__ = ["BULLET", "hyphened_words", "note_of", "term_lines", "text_blocks"]

BULLET: Final = re.compile(
    r"(?P<mark>[-•*–·●○▪■◦‣⁃\uf0b7\uf0a7]|o(?=\s)|\(?(?P<number>[0-9]{1,2})[.)](?=\s))\s*"
)
"""The start of a line of a list."""
_STARTS_ITEM: Final = frozenset("-•*–·●○▪■◦‣⁃\uf0b7\uf0a7o(0123456789")
_UNSPACED: Final = frozenset("•●○▪■◦‣⁃\uf0b7\uf0a7")
_NOTE: Final = re.compile(
    rf"(?P<mark>[{SUPERSCRIPTS}]+)\s*(?P<text>\S.*)|\[(?P<number>[0-9]{{1,3}})\]:?\s+(?P<rest>\S.*)"
)
_HYPHENED: Final = re.compile(r"[A-Za-z]+-[A-Za-z]+")
_CELLS: Final = re.compile(r"\t+|\s*\.{4,}\s*|\s+(?:\. ){3,}\s*")
_NUMBERED: Final = re.compile(
    r"^[ \t]*(?P<mark>(?P<number>([0-9]{1,2}(?:\.[0-9]{1,2})?)\.([0-9]{1,2}))\.?(?=[ \t]))"
    r"\s+(?=\S)",
    re.MULTILINE,
)
_TERM: Final = re.compile(
    r"(?!(?:leads?|owner|timescales?|(?:by )?when|deadline|due|partners?|measures?|targets?|"
    r"baseline|actions?|outcomes?|objectives?|status|progress)\b)"
    r"(?P<term>[A-Z0-9][\w&’'()/-]*(?: [\w&’'()/-]+){0,4}?)(?: ?:| [–—-]) +\S",
    re.IGNORECASE,
)
_SHORTER: Final = 12
"""How much shorter than the longest line of a text one is that was ended by hand."""
_NO_MARK: Final = ""


def text_blocks(text: str) -> list[Block]:
    """Return the blocks of a plain text.

    Numbers that are alone on a line and rise are those of pages; else they are figures of the text.

    Args:
        text: The text, with any line ends; a form feed ends a page.
    """
    blocks = list(_blocks(text))
    alone = [place for place, block in enumerate(blocks) if block.text.isdecimal()]
    numbers = [int(blocks[place].text) for place in alone]
    if len(numbers) < 2 or numbers != sorted(set(numbers)):  # noqa: PLR2004
        for place in alone:
            blocks[place] = attrs.evolve(blocks[place], kind="paragraph")
    return blocks


def _blocks(text: str) -> Iterator[Block]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.replace("\f", "\n\n").split("\n") if "\f" in text else text.split("\n")
    words = hyphened_words(text)
    numbers = _in_order(text)
    start = 0
    for place, line in enumerate(lines):
        if line and not line.isspace():
            continue
        if place > start:
            yield from _group(lines[start:place], start + 1, words, numbers)
        start = place + 1
    if start < len(lines):
        yield from _group(lines[start:], start + 1, words, numbers)


def hyphened_words(text: str) -> frozenset[str]:
    """Return the words of a text that are written with a hyphen, in lower case."""
    if "-\n" not in text:
        return frozenset()
    return frozenset(word.lower() for word in _HYPHENED.findall(text))


def _in_order(text: str) -> frozenset[str]:
    """Return the numbers such as "2.1" that begin lines, with one before or after them: "2.2"."""
    numbers = {(match[3], int(match[4])) for match in _NUMBERED.finditer(text)}
    return frozenset(
        f"{head}.{last}"
        for head, last in numbers
        if (head, last - 1) in numbers or (head, last + 1) in numbers
    )


def _group(
    lines: Sequence[str], first: int, words: frozenset[str], numbers: frozenset[str]
) -> Iterator[Block]:
    """Yield the blocks of lines without an empty line between them."""
    if len(lines) == 1 and lines[0].lstrip()[:1] not in _STARTS_ITEM:
        yield from _paragraph(lines, first, words)
        return
    if len(lines) > 1 and _is_heading(lines):
        yield from _paragraph(lines[:1], first, words)
        yield from _group(lines[1:], first + 1, words, numbers)
        return
    if _is_prose(lines) and _TERM.match(lines[0]) is None:
        yield from _paragraph(lines, first, words)
        return
    if starts := term_lines(lines):
        for start, end in pairwise((0, *starts, len(lines))):
            yield from _paragraph(lines[start:end], first + start, words)
        return
    marks = [_mark(line, numbers) for line in lines]
    if not marks[0] and not _is_list(lines, marks):
        marks = [_NO_MARK] * len(lines)
    start = 0
    for place in range(1, len(lines) + 1):
        if (
            place < len(lines)
            and not marks[place]
            and not _stands_alone(lines, place, marks[start])
        ):
            continue
        if marks[start]:
            yield _item(lines[start:place], first + start, words, numbers)
        else:
            yield from _paragraph(lines[start:place], first + start, words)
        start = place


def _mark(line: str, numbers: frozenset[str]) -> str:
    stripped = line.lstrip()
    if stripped[:1] not in _STARTS_ITEM or is_rule(stripped):
        return _NO_MARK
    match = _bullet(stripped, numbers)
    if match is None or match.end() == len(stripped):
        return _NO_MARK
    has_space = match.end() > match.end("mark")
    if not has_space and match["mark"] not in _UNSPACED:
        return _NO_MARK
    return "1" if match["number"] else match["mark"]


def _is_heading(lines: Sequence[str]) -> bool:
    """Return whether the first line was ended by hand: a heading without an empty line below it."""
    heading, text = lines[0].strip(), lines[1].strip()
    is_ended = len(heading) + len(text.split()[0]) < max(map(len, lines)) - 2 * _SHORTER
    return (
        is_ended
        and ": " not in heading
        and heading[0].isupper()
        and text[0].isupper()
        and (heading[-1].isalnum() or heading[-1] == "?")
    )


def _is_prose(lines: Sequence[str]) -> bool:
    """Return whether no line can be an item, a row, a rule or a note: each begins with a word."""
    return not any(
        not line.lstrip()[0].isalpha()
        or line.lstrip().startswith("o ")
        or "\t" in line
        or "...." in line
        for line in lines
    )


def _bullet(line: str, numbers: frozenset[str]) -> re.Match[str] | None:
    """Return what an item starts with: a sign, a number, or one of those in order."""
    numbered = _NUMBERED.match(line) if numbers else None
    if numbered and numbered["number"] in numbers:
        return numbered
    return BULLET.match(line)


def term_lines(lines: Sequence[str]) -> list[int]:
    """Return the lines after the first that begin another term: "IOM: Integrated management".

    A line is one if that before it is ended, or if its term is an abbreviation. Labels such as
    "Lead:" say more of the line above them.
    """
    if _TERM.match(lines[0]) is None:
        return []
    longest = max(map(len, lines))
    return [
        place
        for place in range(1, len(lines))
        if (term := _TERM.match(lines[place]))
        and (
            term["term"].isupper()
            or lines[place - 1].rstrip()[-1:] in {".", ";"}
            or len(lines[place - 1]) < longest - _SHORTER
        )
    ]


def _is_list(lines: Sequence[str], marks: Sequence[str]) -> bool:
    """Return whether marks after a line without one begin items, and are not dashes of a text."""
    begun = [place for place, mark in enumerate(marks) if mark]
    if not begun:
        return False
    stem = lines[begun[0] - 1].rstrip()
    return stem.endswith((":", "?")) or (
        len(begun) > 1 and len({marks[place] for place in begun}) == 1
    )


def _stands_alone(lines: Sequence[str], place: int, mark: str) -> bool:
    """Return whether a line is a block by itself in the middle of lines: a row, a rule, a note."""
    line, before = lines[place], lines[place - 1]
    if "\t" in line.strip() or "\t" in before.strip() or "...." in line or "...." in before:
        return True
    first = line.lstrip()[:1]
    if first in SUPERSCRIPTS:
        return True
    if is_rule(line.strip()):
        return bool(mark) or place > 1
    return is_rule(before.strip())


def _paragraph(lines: Sequence[str], first: int, words: frozenset[str]) -> Iterator[Block]:
    last = first + len(lines) - 1
    stripped = lines[0].strip()
    if len(lines) == 2 and is_rule(lines[1].strip()) and not is_rule(stripped):  # noqa: PLR2004
        level = 1 if lines[1].strip()[0] == "=" else 2
        yield Block(kind="heading", text=clean(stripped), line=first, last_line=last, level=level)
        return
    if len(lines) == 1 and ("\t" in stripped or "...." in stripped or ". . ." in stripped):
        pieces: list[str] = _CELLS.split(stripped)
        cells = tuple(cell for cell in map(clean, pieces) if cell)
        if len(cells) > 1:
            text = " | ".join(cells)
            yield Block(kind="row", text=text, line=first, last_line=last, cells=cells)
            return
    text = join_lines(lines, words)
    if not text:
        return
    if is_page_number(text) or is_rule(text) or not any(map(str.isalnum, text)):
        yield Block(kind="furniture", text=text, line=first, last_line=last)
        return
    yield note_of(text, first, last) or Block(
        kind="paragraph", text=text, line=first, last_line=last
    )


def note_of(text: str, line: int, last_line: int, page: int | None = None) -> Block | None:
    """Return the footnote that a text is, if it starts with a mark."""
    if text[0] not in SUPERSCRIPTS and text[0] != "[":
        return None
    match = _NOTE.fullmatch(text)
    if match is None:
        return None
    mark = match["mark"]
    number = match["number"] or "".join(str(SUPERSCRIPTS.index(digit)) for digit in mark)
    words = match["text"] or match["rest"]
    return Block(kind="note", text=words, line=line, last_line=last_line, page=page, number=number)


def _item(
    lines: Sequence[str], first: int, words: frozenset[str], numbers: frozenset[str]
) -> Block:
    indent = len(lines[0].expandtabs(4)) - len(lines[0].expandtabs(4).lstrip())
    text = join_lines(lines, words)
    match = _bullet(text, numbers)
    number = match["number"] if match else None
    return Block(
        kind="item",
        text=text[match.end() :] if match else text,
        line=first,
        last_line=first + len(lines) - 1,
        level=indent // 4,
        number=number,
    )
