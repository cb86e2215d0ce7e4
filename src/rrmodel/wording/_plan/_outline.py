"""From blocks to sections: the headings of a document, found by what they say and how they look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import attrs

from rrmodel.model import normal_form
from rrmodel.wording._documents import SUPERSCRIPTS, Block, Source
from rrmodel.wording._plan._headings import (
    PATHWAY_PARTS,
    Headings,
    SectionRole,
    is_labelled,
    objective_of,
    unnumbered,
)
from rrmodel.wording._plan._words import without_marks

__all__ = ["Outline", "Section", "outline_of"]

_MOST_WORDS: Final = 12
_LONGEST: Final = 90
_LONG_TEXT: Final = 12
_ENDS_SENTENCE: Final = frozenset(".,;:!")
_PAGE: Final = re.compile(r"[0-9]{1,3}")
_ENDS_IN_PAGE: Final = re.compile(r"(?P<name>\S.*?)[\s.…]+[0-9]{1,3}")
_FIGURE: Final = re.compile("[0-9%£]")
_NAVIGATION: Final = re.compile(
    r"all content is available under.*|(?:©|crown copyright).*|(?:(?:return|back|go back|skip) "
    r"to|print|share|next|previous|top of|is this page|contact) ?"
    r"(?:[\w’'-]+ ?){0,5}[.:?]?",
    re.IGNORECASE,
)
_COVER: Final = 12
"""The most short blocks before the first heading that are taken for a cover."""
_CHAPTER, _PART = 1, 2
_STATEMENTS: Final = frozenset(["foreword", "vision", "principles", "values", "monitoring"])


@dataclass
class Section:
    """A heading with the blocks below it, and the sections within it."""

    name: str
    """The heading."""
    role: SectionRole | None
    """The part of a plan that it names."""
    level: int
    """Its depth: chapters have the least level."""
    heading: Block | None
    """Its block; ``None`` for the text before any heading."""
    path: str
    """The headings above it and its own, as citations write them."""
    blocks: list[Block] = field(default_factory=list[Block])
    """Its own blocks, without those of sections within it."""
    sections: list[Section] = field(
        default_factory=lambda: list[Section]()  # noqa: PLW0108 -- the class is not made yet
    )
    """The sections within it."""

    @property
    def is_pathway(self) -> bool:
        """Whether it has parts of a pathway, one of them more than context, and is not a part."""
        if self.role in PATHWAY_PARTS:
            return False
        return any(
            section.role in PATHWAY_PARTS - {"context"} or section.objective is not None
            for section in self.sections
        )

    @property
    def objective(self) -> str | None:
        """The objective that its heading names: "Objective 1: Fewer people reoffend"."""
        return None if self.heading is None else objective_of(self.heading.text)

    def walk(self) -> Iterator[Section]:
        """Yield it and every section within it, in the order of the document."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass
class Outline:
    """The sections of a document."""

    title: str
    """The title, from the cover, the first heading or the file."""
    chapters: list[Section]
    """The chapters."""
    cover: list[Block]
    """The blocks before the first heading that make the cover."""
    contents: list[Block]
    """The entries of the table of contents, and its heading."""
    furniture: list[Block]
    """Page numbers, rules and repeated lines."""
    notes: list[tuple[Block, str]]
    """The footnotes, each with the path of its section."""
    blocks: list[Block]
    """Every block of the document, with the kinds that these sections give them."""


def outline_of(source: Source, headings: Headings) -> Outline:
    """Return the sections of a document."""
    printed = [block for block in source.blocks if block.kind != "furniture"]
    blocks = _with_endnotes(printed)
    renewed = {id(old): new for old, new in zip(printed, blocks, strict=True)}
    furniture = [block for block in source.blocks if block.kind == "furniture"]
    while blocks and _NAVIGATION.fullmatch(blocks[-1].text):
        furniture.append(blocks.pop())
    contents, listed, rest = _contents(blocks, headings)
    levelled = _levelled(rest, listed, headings)
    renewed |= {id(old): new for old, new in zip(rest, levelled, strict=True)}
    cover, body, title = _cover(levelled, source, headings)
    outline = Outline(
        title=title,
        chapters=[],
        cover=cover,
        contents=contents,
        furniture=furniture,
        notes=[],
        blocks=[renewed.get(id(block), block) for block in source.blocks],
    )
    known = {normal_form(block.text) for block in cover}
    while body and body[-1].kind == "paragraph" and normal_form(body[-1].text) in known:
        outline.furniture.append(body.pop())
    _nest(outline, body, headings)
    return outline


def _with_endnotes(blocks: list[Block]) -> list[Block]:
    """Return the blocks; a numbered list at the very end is notes, if the text has their marks."""
    end = len(blocks)
    while end and (blocks[end - 1].kind == "note" or _NAVIGATION.fullmatch(blocks[end - 1].text)):
        end -= 1
    start = end
    while start and blocks[start - 1].kind == "item" and blocks[start - 1].number is not None:
        start -= 1
    numbers = [block.number for block in blocks[start:end]]
    marks = {number for block in blocks[:start] for number in without_marks(block.text)[1]}
    marks -= {str(block.number) for block in blocks if block.kind == "note"}
    if not numbers or not marks.issuperset(map(str, numbers)):
        return blocks
    notes = [attrs.evolve(block, kind="note") for block in blocks[start:end]]
    return [*blocks[:start], *notes, *blocks[end:]]


def _contents(
    blocks: Sequence[Block], headings: Headings
) -> tuple[list[Block], frozenset[str], list[Block]]:
    """Return the table of contents, the headings that it lists, and the other blocks."""
    entries: list[Block] = []
    listed: set[str] = set()
    rest: list[Block] = []
    in_contents = False
    for block in blocks:
        is_short = len(block.text) <= _LONGEST
        if is_short and block.kind in {"heading", "paragraph"} and _is_contents(block, headings):
            in_contents = True
            entries.append(block)
            continue
        name = _entry(block, in_contents=in_contents)
        if name is not None:
            entries.append(block)
            listed.add(normal_form(name))
            continue
        if in_contents and block.kind == "item" and is_short:
            # a list of headings without page numbers, as web pages have
            entries.append(block)
            listed.add(normal_form(block.text))
            continue
        in_contents = False
        rest.append(block)
    return entries, frozenset(listed), rest


def _is_contents(block: Block, headings: Headings) -> bool:
    return headings.role_of(block.text) == "contents"


def _entry(block: Block, *, in_contents: bool) -> str | None:
    """Return the heading that an entry of a table of contents names; ``None`` if it is not one."""
    cells = block.cells
    if block.kind == "row" and len(cells) == 2 and _PAGE.fullmatch(cells[1]):  # noqa: PLR2004
        is_entry = in_contents or not _FIGURE.search(cells[0])
        return unnumbered(cells[0]) if is_entry else None
    if in_contents and block.kind in {"paragraph", "item"}:
        match = _ENDS_IN_PAGE.fullmatch(block.text)
        return unnumbered(match["name"]) if match else None
    return None


def _levelled(blocks: Sequence[Block], listed: frozenset[str], headings: Headings) -> list[Block]:
    """Return the blocks; paragraphs that are headings by words, contents or shape become such."""
    explicit = sum(block.kind == "heading" for block in blocks)
    lowest = max((block.level for block in blocks if block.kind == "heading"), default=0)
    levelled: list[Block] = []
    shaped = not explicit and not listed
    for place, block in enumerate(blocks):
        if block.kind != "paragraph" or not _is_short(block.text):
            levelled.append(block)
            continue
        level = _level(block, listed, headings, lowest if explicit else 0)
        if level is None and shaped and _is_shaped(blocks, place, headings):
            level = _CHAPTER
        levelled.append(
            block if level is None else attrs.evolve(block, kind="heading", level=level)
        )
    return levelled


def _is_short(text: str) -> bool:
    return (
        len(text) <= _LONGEST
        and text[-1] not in _ENDS_SENTENCE
        and text[-1] not in SUPERSCRIPTS
        and len(text.split()) <= _MOST_WORDS
    )


def _level(block: Block, listed: frozenset[str], headings: Headings, lowest: int) -> int | None:
    """Return the level of a short paragraph that is a heading by its words; ``None`` if not."""
    name = normal_form(unnumbered(block.text))
    if not lowest and (name in listed or normal_form(block.text) in listed):
        return _CHAPTER
    role = headings.role_of(block.text)
    if role is None:
        if not lowest and is_labelled(block.text):
            return _CHAPTER
        return None
    if lowest:
        return lowest + 1 if role in PATHWAY_PARTS else None
    is_part = role in PATHWAY_PARTS and not name.startswith("our partners")
    return _PART if is_part else _CHAPTER


def _is_shaped(blocks: Sequence[Block], place: int, headings: Headings) -> bool:
    """Return whether a short line looks like a heading: alone above a text, without figures."""
    text = blocks[place].text
    is_plain = text[0].isupper() and ": " not in text and not _FIGURE.search(text)
    if not is_plain or place + 1 == len(blocks):
        return False
    before, after = blocks[place - 1] if place else None, blocks[place + 1]
    if before is not None and before.kind == "paragraph" and _is_short(before.text):
        role = headings.role_of(before.text)
        # what stands below the heading of a part is its text
        if role in PATHWAY_PARTS or (role is None and not _is_title(blocks, place - 1)):
            return False
    if after.kind == "item":
        return True
    if after.kind != "paragraph":
        return False
    if _is_short(after.text):
        return headings.role_of(after.text) in PATHWAY_PARTS
    return len(after.text.split()) >= _LONG_TEXT or after.text[-1] in _ENDS_SENTENCE


def _is_title(blocks: Sequence[Block], place: int) -> bool:
    return place == 0 or all(_is_short(block.text) for block in islice(blocks, place))


_TITLE: Final = re.compile(r"\b(?:plan|strategy|framework|programme|regimes?)\b", re.IGNORECASE)
_YEARS: Final = re.compile(r"(?:19|20)[0-9]{2}")
_PUBLISHER: Final = re.compile(
    r"\b(?:service|ministry|department|office|board|commissioner|hmpps|government|council)\b",
    re.IGNORECASE,
)


def _cover(
    blocks: list[Block], source: Source, headings: Headings
) -> tuple[list[Block], list[Block], str]:
    """Return the blocks of the cover, those of the body, and the title."""
    first = next((n for n, block in enumerate(blocks) if block.kind == "heading"), len(blocks))
    explicit = source.format != "text" and first < len(blocks)
    if explicit:
        top = min(block.level for block in blocks if block.kind == "heading")
        tops = [
            n for n, block in enumerate(blocks) if block.kind == "heading" and block.level == top
        ]
        is_title = len(tops) == 1 and headings.role_of(blocks[tops[0]].text) is None
        if is_title and tops[0] == first:
            return [*blocks[:first], blocks[first]], blocks[first + 1 :], blocks[first].text
        if source.title:
            return blocks[:first], blocks[first:], source.title
    short = 0
    while short < min(first, _COVER) and _is_cover(blocks[short]):
        short += 1
    cover = blocks[:short]
    title = _title([block.text for block in cover])
    if title is None and short == 0 and first == 0:
        return [], blocks, source.title or (blocks or source.blocks)[0].text
    return cover, blocks[short:], title or source.title or blocks[0].text[:_LONGEST].strip()


def _is_cover(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text) <= _LONGEST and block.text[-1] not in ".;:"


def _title(lines: Sequence[str]) -> str | None:
    """Return the title that the lines of a cover make: the name of the area may stand apart."""
    place = next((n for n, line in enumerate(lines) if _TITLE.search(line)), None)
    if place is None:
        return lines[0] if lines else None
    title = lines[place]
    after = lines[place + 1] if place + 1 < len(lines) else ""
    if not _YEARS.search(title) and _YEARS.search(after) and len(after) < 20:  # noqa: PLR2004
        title = f"{title} {after}"
    before = lines[place - 1] if place else ""
    starts = title.split()[0].lower()
    is_area = before and len(before.split()) <= 4 and not _PUBLISHER.search(before)  # noqa: PLR2004
    if is_area and starts in {"reducing", "plan", "strategy", "police", "local", "regional"}:
        title = f"{before} {title}"
    return title


def _nest(outline: Outline, blocks: Sequence[Block], headings: Headings) -> None:
    """Put blocks into sections, and sections into each other by their levels."""
    stack: list[Section] = []
    for block in blocks:
        if block.kind == "heading":
            role = headings.role_of(block.text)
            while stack and (stack[-1].level >= block.level or _holds_no(role, stack[-1])):
                stack.pop()
            name = unnumbered(block.text).strip(" :") or block.text
            path = f"{stack[-1].path} > {name}" if stack else name
            section = Section(name, role, block.level, block, path)
            (stack[-1].sections if stack else outline.chapters).append(section)
            stack.append(section)
            continue
        if not stack:
            section = Section(outline.title, None, 99, None, outline.title)
            outline.chapters.append(section)
            stack.append(section)
        if block.kind == "note":
            outline.notes.append((block, stack[-1].path))
        else:
            stack[-1].blocks.append(block)


def _holds_no(role: SectionRole | None, above: Section) -> bool:
    """Return whether a part of a plan cannot stand within the part above it, whatever its level."""
    return role in PATHWAY_PARTS and above.role in _STATEMENTS
