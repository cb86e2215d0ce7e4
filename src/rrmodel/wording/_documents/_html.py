"""Blocks of HTML, as government sites serve it, by lxml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from rrmodel.errors import LoadError, Problem, requires_extra
from rrmodel.wording._documents._blocks import Block
from rrmodel.wording._documents._cleaning import clean, superscript
from rrmodel.wording._documents._text import note_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["html_blocks"]

_SKIPPED: Final = frozenset(
    "script style noscript template nav header footer form button svg iframe select head".split()
)
_FURNITURE: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navigation|breadcrumbs?|cookies?|skip-link|contents-list|related|feedback|"
    r"share|pagination|banner|sidebar|print-link|toc|back-to-top|phase-banner|menu)(?:$|[\s_-])"
)
_HEADING: Final = re.compile("h[1-6]")
_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr br".split()
)
_LISTS: Final = frozenset(["ul", "ol"])
_MARK: Final = re.compile(r"\[?(?:footnote\s*)?([0-9]{1,3})\]?", re.IGNORECASE)
_NUMBER: Final = re.compile("[0-9]{1,5}")
_SITE: Final = re.compile(r"\s+(?:[-–—|])\s+[^-–—|]*$")
_TOO_DEEP: Final = 150
_MOST_SPANNED: Final = 100
_NOTE_PLACES: Final = ("footnote", "endnote")


def html_blocks(content: bytes) -> tuple[list[Block], str | None]:
    """Return the blocks of the main part of a page, and its title.

    Raises:
        LoadError: The page has no elements.
        MissingExtraError: lxml is not installed.
    """
    with requires_extra("Reading HTML", "documents"):
        from lxml import etree, html  # noqa: PLC0415 -- of an extra

    encoding: str | None = "utf-8"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        encoding = None
    parser = html.HTMLParser(
        encoding=encoding, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise LoadError([Problem(f"the text is not HTML: {error}")]) from error
    title = root.findtext(".//title")
    heading = root.find(".//h1")
    words = clean(heading.text_content()) if heading is not None else ""
    named = words or clean(_SITE.sub("", title or ""))
    return list(_Page().blocks(_main(root))), named or None


def _main(root: HtmlElement) -> HtmlElement:
    """Return the element that has the text of the page: main, article or body."""
    for path in (".//main", ".//*[@role='main']", ".//article", ".//body"):
        element = root.find(path)
        if element is not None:
            return element
    return root


class _Page:
    """The elements of a page, read in their order."""

    def blocks(self, element: HtmlElement, depth: int = 0, level: int = -1) -> Iterator[Block]:
        """Yield the blocks of an element."""
        if depth > _TOO_DEEP:
            yield from self._paragraph(element, element.text_content())
            return
        words: list[str] = [element.text or ""]
        for child in element:
            tag = str(child.tag)
            if tag in _INLINE and not _has_blocks(child):
                words.append(_inline(child))
            else:
                yield from self._paragraph(element, "".join(words))
                words = []
                if not _is_furniture(child, tag):
                    yield from self._element(child, tag, depth + 1, level)
            words.append(child.tail or "")
        yield from self._paragraph(element, "".join(words))

    def _element(self, element: HtmlElement, tag: str, depth: int, level: int) -> Iterator[Block]:
        if _HEADING.fullmatch(tag):
            if text := clean(_inline(element)):
                line = _line(element)
                yield Block(kind="heading", text=text, line=line, last_line=line, level=int(tag[1]))
        elif tag in _LISTS:
            yield from self._list(element, depth, level + 1)
        elif tag == "table":
            yield from self._table(element)
        elif tag == "dl":
            yield from self._terms(element)
        else:
            yield from self.blocks(element, depth, level)

    def _list(self, element: HtmlElement, depth: int, level: int) -> Iterator[Block]:
        if depth > _TOO_DEEP:
            yield from self._paragraph(element, element.text_content())
            return
        is_notes = any(_is_notes(each) for each in (element, *element.iterancestors()))
        start = element.get("start", "1")
        number = int(start) if _NUMBER.fullmatch(start) else 1
        for child in element:
            if child.tag in _LISTS:
                yield from self._list(child, depth + 1, level + 1)
            if child.tag != "li":
                continue
            nested: list[HtmlElement] = []
            if text := clean(_own_text(child, nested)):
                printed = element.tag == "ol" or is_notes
                yield Block(
                    kind="note" if is_notes else "item",
                    text=text,
                    line=_line(child),
                    last_line=_line(child),
                    level=level,
                    number=str(number) if printed else None,
                )
            number += 1
            for each in nested:
                yield from self._list(each, depth + 1, level + 1)

    def _table(self, element: HtmlElement) -> Iterator[Block]:
        spans: dict[int, tuple[int, str]] = {}
        for row in element.iter("tr"):
            own = [cell for cell in row if cell.tag in {"td", "th"}]
            cells = tuple(_spanned(own, spans))
            if not any(cells):
                continue
            is_header = all(cell.tag == "th" for cell in own)
            line = _line(row)
            yield Block(
                kind="row",
                text=" | ".join(cells).strip(),
                line=line,
                last_line=line,
                cells=cells,
                is_header=is_header,
            )

    def _terms(self, element: HtmlElement) -> Iterator[Block]:
        term = ""
        for child in element.iter("dt", "dd"):
            text, line = clean(_inline(child)), _line(child)
            if child.tag == "dt":
                term = text
            elif text:
                cells = (term, text)
                yield Block(
                    kind="row",
                    text=" | ".join(cells).strip(),
                    line=line,
                    last_line=line,
                    cells=cells,
                )

    def _paragraph(self, element: HtmlElement, words: str) -> Iterator[Block]:
        text = clean(words)
        if text:
            line = _line(element)
            yield note_of(text, line, line) or Block(
                kind="paragraph", text=text, line=line, last_line=line
            )


def _spanned(row: Iterable[HtmlElement], spans: dict[int, tuple[int, str]]) -> Iterator[str]:
    """Yield the words of each column of a row; a cell that spans rows or columns is in each.

    Args:
        row: The cells of the row itself.
        spans: How many rows below each cell of rows above still spans, and its words, by column.
    """
    place = 0

    def from_above() -> Iterator[str]:
        nonlocal place
        while place in spans:
            rows, words = spans.pop(place)
            if rows > 1:
                below[place] = rows - 1, words
            yield words
            place += 1

    below: dict[int, tuple[int, str]] = {}
    for cell in row:
        yield from from_above()
        words = clean(_inline(cell))
        rows, columns = (_span(cell, name) for name in ("rowspan", "colspan"))
        for _ in range(columns):
            if rows > 1:
                below[place] = rows - 1, words
            yield words
            place += 1
    yield from from_above()
    spans.update(below)


def _span(cell: HtmlElement, name: str) -> int:
    span = cell.get(name, "1")
    return min(int(span), _MOST_SPANNED) if _NUMBER.fullmatch(span) and int(span) else 1


def _line(element: HtmlElement) -> int:
    return int(element.sourceline or 1)


def _is_furniture(element: HtmlElement, tag: str) -> bool:
    if tag in _SKIPPED or element.get("role") in {"navigation", "search", "banner", "contentinfo"}:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return _FURNITURE.search(names) is not None


def _is_notes(element: HtmlElement) -> bool:
    names = f"{element.get('class', '')} {element.get('role', '')} {element.get('id', '')}".lower()
    return any(place in names for place in _NOTE_PLACES)


def _has_blocks(element: HtmlElement) -> bool:
    return any(
        isinstance(each.tag, str) and each.tag not in _INLINE and each.tag not in _SKIPPED
        for each in element.iterdescendants()
    )


def _own_text(item: HtmlElement, nested: list[HtmlElement]) -> str:
    """Return the words of a list item without those of lists in it, which are put into a list."""
    parts = [item.text or ""]
    for child in item:
        if child.tag in _LISTS:
            nested.append(child)
        elif any(each.tag in _LISTS for each in child):
            parts.append(_own_text(child, nested))
        else:
            parts.append(_inline(child) if child.tag in _INLINE else f" {_inline(child)} ")
        parts.append(child.tail or "")
    return "".join(parts)


def _inline(element: HtmlElement) -> str:
    """Return the words of an element; marks of footnotes are superscript digits."""
    if element.tag == "br":
        return "\n"
    if element.tag in _SKIPPED or "reversefootnote" in element.get("class", ""):
        return ""
    is_mark = element.tag == "sup" or element.get("role") == "doc-noteref"
    if is_mark and (mark := _MARK.fullmatch("".join(element.text_content().split()))):
        return superscript(mark[1])
    if not len(element):
        if element.get("role") == "doc-backlink":
            return ""
        return element.text or ""
    if sum(1 for _ in element.iterancestors()) > _TOO_DEEP:
        return str(element.text_content())
    parts = [element.text or ""]
    for child in element:
        words = _inline(child)
        parts.append(words if child.tag in _INLINE else f" {words} ")
        parts.append(child.tail or "")
    return "".join(parts)
