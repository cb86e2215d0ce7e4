"""XML as plain records, read with limits that make untrusted documents safe.

Only what a plan can need comes through: elements, attributes, text and processing instructions.
Whatever lets a document reach beyond its own text, or grow when it is read, is refused.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias, cast

import attrs

from rrmodel.errors import LoadError, Problem, RecordError, requires_extra

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Element", "Instruction", "Markup", "excerpt", "read_markup", "write_markup"]

_LONGEST = 1_000_000
"""Characters that a text may have; the longest plan known has a hundred thousand."""
_MOST_ELEMENTS = 10_000
"""Elements and instructions that it may have; that plan has two thousand."""
_MOST_ATTRIBUTES = 50
"""Attributes of one element; StratML has two at most, and lxml is slow with thousands."""
_EXCERPT = 60
_XINCLUDE = "{http://www.w3.org/2001/XInclude}"
_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_DECLARATION = re.compile(r"<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(r"""\sencoding\s*=\s*["']([^"']*)""")
_DOCTYPE = re.compile(r"(?>\s+|<!--.*?-->|<\?.*?\?>)*+<!DOCTYPE", re.DOTALL)
_UTF_8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLACE_AT_END = re.compile(r"(?:, line \d+, column \d+)?(?: \([^()]*\))?$")


@attrs.frozen(eq=False)
class Instruction:
    """A processing instruction: ``<?name text?>``."""

    name: str
    """Its target; ours is ``rrmodel``."""
    text: str
    """Its text."""
    line: int | None = None
    """Where it was read, counted from 1."""


@attrs.frozen(eq=False)
class Element:
    """An element with what it holds, in order. Each is equal to itself alone."""

    name: str
    """Its name; with its namespace in braces if that is not the root's."""
    content: tuple[Content, ...] = ()
    """Elements, instructions and texts."""
    attributes: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """Its attributes."""
    line: int | None = None
    """Where it was read, counted from 1."""
    path: str = ""
    """Which one it is, written as an XPath without namespaces."""

    @property
    def children(self) -> tuple[Element, ...]:
        """The elements in it."""
        return tuple(part for part in self.content if isinstance(part, Element))

    @property
    def instructions(self) -> tuple[Instruction, ...]:
        """The instructions in it, but not those of the elements in it."""
        return tuple(part for part in self.content if isinstance(part, Instruction))

    @property
    def text(self) -> str:
        """Its own text, without the space around it."""
        return "".join(part for part in self.content if isinstance(part, str)).strip()


Content: TypeAlias = Element | Instruction | str
"""The content of an element."""


@attrs.frozen
class Markup:
    """A document: its root, in which namespace, and the instructions outside the root."""

    root: Element
    """The outermost element."""
    namespace: str
    """The namespace of the root, in which the names of elements are written plainly."""
    outside: tuple[Instruction, ...]
    """Instructions before and after the root, such as a style sheet's."""


def excerpt(text: str) -> str:
    """Return the beginning of a text, quoted, for a message."""
    words = " ".join(text.split())
    return repr(words if len(words) <= _EXCERPT else f"{words[:_EXCERPT]}…")


def write_markup(root: Element, namespace: str) -> str:
    """Return a document as text, indented, always the same for the same element.

    Raises:
        RecordError: A text has a character that XML cannot contain.
    """
    whole = attrs.evolve(root, attributes={"xmlns": namespace, **root.attributes})
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *_lines(whole, ""), ""])


def _lines(element: Element, indent: str) -> Iterator[str]:
    attributes = "".join(f' {name}="{value}"' for name, value in element.attributes.items())
    opening, closing = f"{indent}<{element.name}{attributes}", f"</{element.name}>"
    match element.content:
        case ():
            yield f"{opening}/>"
        case (str() as text,):
            yield f"{opening}>{_escaped(text, element.name)}{closing}"
        case parts:
            yield f"{opening}>"
            for part in parts:
                match part:
                    case Element():
                        yield from _lines(part, f"{indent}  ")
                    case Instruction():
                        # Only texts of JSON hold "?>", and these may write it so.
                        json_text = part.text.replace("?>", "?\\u003e")
                        yield f"{indent}  <?{part.name} {json_text}?>"
                    case _:
                        yield f"{indent}  {_escaped(part, element.name)}"
            yield f"{indent}{closing}"


def _escaped(text: str, name: str) -> str:
    if match := _IMPOSSIBLE.search(text):
        raise RecordError(
            f"the text {excerpt(text)} of a {name} has the character {match[0]!r}, which XML "
            "cannot contain: remove it"
        )
    return html.escape(text, quote=False).replace("\r", "&#13;")


def read_markup(text: str | bytes, file: str | None) -> Markup:
    """Read a document without references to others.

    Raises:
        LoadError: It is not XML, is not in UTF-8, is larger than any plan, or has a DOCTYPE,
            an entity or an inclusion.
        MissingExtraError: lxml is not installed.
    """
    with requires_extra("Reading StratML", "stratml"):
        from lxml import etree  # noqa: PLC0415 - only this reader needs it, and it is an extra

    source = _checked(text, file)
    # The wall: no entity, no network, no DTD, and libxml2's own limits stay in force.
    parser = etree.XMLParser(
        encoding="utf-8",
        huge_tree=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        resolve_entities=False,
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        what = _PLACE_AT_END.sub("", str(error))
        raise _refusal(f"this cannot be read as XML: {what}", file, error.lineno) from error
    _check_size(root.iter(), file)
    outside = (*list(root.itersiblings(preceding=True))[::-1], *root.itersiblings())
    name = etree.QName(root)
    space = name.namespace or ""
    return Markup(
        _element(root, f"{{{space}}}" if space else "", f"/{name.localname}"),
        space,
        tuple(_instruction(part) for part in outside),
    )


def _checked(text: str | bytes, file: str | None) -> bytes:
    """Return the text as UTF-8 without its declaration, or refuse it."""
    if len(text) > _LONGEST:
        raise _refusal(f"it is longer than {_LONGEST:,} characters, more than any plan has", file)
    try:
        words = text if isinstance(text, str) else text.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8: save the file in that encoding"
        raise _refusal(message, file) from error
    words = words.removeprefix("\ufeff")
    if declared := _DECLARATION.match(words):
        encoding = _ENCODING.search(declared[0])
        if isinstance(text, bytes) and encoding and encoding[1].lower() not in _UTF_8:
            message = f"it says that it is in {encoding[1]!r}: save it in UTF-8, and say so"
            raise _refusal(message, file, 1)
        # Lines keep their numbers.
        words = "\n" * declared[0].count("\n") + words[declared.end() :]
    if match := _DOCTYPE.match(words):
        message = "a DOCTYPE can define entities and name other files: remove it"
        raise _refusal(message, file, words.count("\n", 0, match.end()) + 1)
    try:
        return words.encode("utf-8")
    except UnicodeEncodeError as error:
        message = f"{words[error.start]!r} is only half of a character: write it whole"
        raise _refusal(message, file, words.count("\n", 0, error.start) + 1) from error


def _check_size(parts: Iterable[_Element], file: str | None) -> None:
    for count, part in enumerate(parts):
        if count > _MOST_ELEMENTS:
            message = f"it has more than {_MOST_ELEMENTS:,} elements, more than any plan has"
            raise _refusal(message, file, part.sourceline)
        if not _is_element(part):
            continue
        if len(part.attrib) > _MOST_ATTRIBUTES:
            message = (
                f"an element has more than {_MOST_ATTRIBUTES} attributes, more than any plan has"
            )
            raise _refusal(message, file, part.sourceline)
        if _tag(part).startswith(_XINCLUDE):
            message = "it includes another file: replace this with its contents"
            raise _refusal(message, file, part.sourceline)


def _refusal(message: str, file: str | None, line: int | None = None) -> LoadError:
    return LoadError([Problem(message, "$", file, line)])


def _is_element(part: _Element) -> bool:
    return isinstance(cast("object", part.tag), str)


def _tag(part: _Element) -> str:
    # The stubs of lxml allow for more than its parser ever makes.
    return cast("str", part.tag)


def _instruction(part: _Element) -> Instruction:
    # lxml gives an instruction as an element with a target.
    target = cast("str", getattr(part, "target"))  # noqa: B009 - see above
    return Instruction(target, (part.text or "").strip(), part.sourceline)


def _element(node: _Element, space: str, path: str) -> Element:
    content: list[Content] = [node.text] if node.text else []
    counted: Counter[str] = Counter()
    for part in node:
        if _is_element(part):
            name = _tag(part).removeprefix(space)
            local = name.rpartition("}")[2]
            counted[local] += 1
            content.append(_element(part, space, f"{path}/{local}[{counted[local]}]"))
        else:
            content.append(_instruction(part))
        if part.tail:
            content.append(part.tail)
    attributes = {
        name: value for name, value in node.attrib.items() if not name.startswith(_INSTANCE)
    }
    return Element(
        _tag(node).removeprefix(space), tuple(content), attributes, node.sourceline, path
    )
