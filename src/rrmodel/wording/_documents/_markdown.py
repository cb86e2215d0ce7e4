"""Blocks of Markdown, by markdown-it-py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rrmodel.errors import requires_extra
from rrmodel.wording._documents._blocks import Block
from rrmodel.wording._documents._cleaning import clean, join_lines, superscript
from rrmodel.wording._documents._text import hyphened_words, note_of, term_lines

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["markdown_blocks"]

_MARK: Final = re.compile(r"\[\^([0-9]{1,3})\]|<sup>\s*([0-9]{1,3})\s*</sup>")
_NOTE: Final = re.compile(r"\[\^(?P<number>[0-9]{1,3})\]:\s*(?P<text>.*)", re.DOTALL)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_ITEM_END: Final = frozenset(["bullet_list_open", "ordered_list_open", "list_item_close"])


def markdown_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a Markdown text; a line of the text is the line of its block.

    Raises:
        MissingExtraError: markdown-it-py is not installed.
    """
    with requires_extra("Reading Markdown", "documents"):
        from markdown_it import MarkdownIt  # noqa: PLC0415 -- of an extra

    # without code blocks, an indented paragraph is one; without references, "[^1]: …" is text
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "reference"])
    yield from _Reader(parser.parse(text), hyphened_words(text)).blocks()


class _Reader:
    """The tokens of a text, read from the first to the last."""

    def __init__(self, tokens: Sequence[Token], words: frozenset[str]) -> None:
        self._tokens = tokens
        self._words = words

    def blocks(self) -> Iterator[Block]:
        """Yield each block."""
        depth = -1
        number: str | None = None
        item: list[Token] | None = None
        cells: list[str] = []
        is_header = False
        level = 0
        for token in self._tokens:
            if item and token.type in _ITEM_END:
                yield self._item(item, depth, number)
                item = None
            match token.type:
                case "heading_open":
                    level = int(token.tag[1])
                case "heading_close":
                    level = 0
                case "bullet_list_open" | "ordered_list_open":
                    depth += 1
                case "bullet_list_close" | "ordered_list_close":
                    depth -= 1
                case "list_item_open":
                    item, number = [], token.info or None
                case "thead_open":
                    is_header = True
                case "thead_close":
                    is_header = False
                case "tr_open":
                    cells = []
                case "tr_close" if any(cells):
                    yield self._row(cells, is_header=is_header)
                case "inline" if level:
                    yield self._heading(token, level)
                case "inline" if item is not None:
                    item.append(token)
                case "inline" if token.map is not None and token.level and self._is_cell(token):
                    cells.append(self._words_of(token))
                    self._row_map = token.map
                case "inline":
                    yield from self._paragraph(token)
                case "fence" | "html_block":
                    yield from self._paragraph(token)
                case _:
                    pass

    _row_map: list[int] = [0, 1]  # noqa: RUF012 -- of the row being read

    @staticmethod
    def _is_cell(token: Token) -> bool:
        return token.level >= 4  # noqa: PLR2004 -- table, head or body, row, cell

    def _words_of(self, token: Token) -> str:
        text = _TAG.sub("", _MARK.sub(_superscript, _text(token)))
        return join_lines(text.split("\n"), self._words)

    def _heading(self, token: Token, level: int) -> Block:
        first, last = token.map or (0, 1)
        text = self._words_of(token)
        return Block(kind="heading", text=text, line=first + 1, last_line=last, level=level)

    def _item(self, tokens: Sequence[Token], depth: int, number: str | None) -> Block:
        first = (tokens[0].map or [0, 1])[0] + 1
        last = (tokens[-1].map or [0, 1])[1]
        text = " ".join(map(self._words_of, tokens))
        return Block(kind="item", text=text, line=first, last_line=last, level=depth, number=number)

    def _row(self, cells: Sequence[str], *, is_header: bool) -> Block:
        first, last = self._row_map
        return Block(
            kind="row",
            text=" | ".join(cells).strip(),
            line=first + 1,
            last_line=last,
            cells=tuple(cells),
            is_header=is_header,
        )

    def _paragraph(self, token: Token) -> Iterator[Block]:
        first, last = token.map or (0, 1)
        lines = _text(token).split("\n")
        notes = [place for place, line in enumerate(lines) if place and _NOTE.match(line)]
        starts = notes or term_lines(lines)
        for start, end in zip([0, *starts], [*starts, len(lines)], strict=True):
            raw = "\n".join(lines[start:end])
            if note := _NOTE.fullmatch(raw):
                text = join_lines(_TAG.sub("", note["text"]).split("\n"), self._words)
                yield Block(
                    kind="note",
                    text=text,
                    line=first + start + 1,
                    last_line=min(last, first + end),
                    number=note["number"],
                )
                continue
            words = _TAG.sub("", _MARK.sub(_superscript, raw))
            text = join_lines(words.split("\n"), self._words)
            if text:
                line, last_line = first + start + 1, min(last, first + end)
                yield note_of(text, line, last_line) or Block(
                    kind="paragraph", text=text, line=line, last_line=last_line
                )


def _superscript(match: re.Match[str]) -> str:
    return superscript(match[1] or match[2])


def _text(token: Token) -> str:
    """Return the words of a token, without emphasis; a link is its words."""
    if token.children is None:
        return token.content
    parts: list[str] = []
    for child in token.children:
        match child.type:
            case "text" | "code_inline" | "html_inline":
                parts.append(child.content)
            case "softbreak" | "hardbreak":
                parts.append("\n")
            case "image":
                parts.append(clean(child.content))
            case _:
                pass
    return "".join(parts)
