"""The errors of a text that is not YAML, line by line, and the parts of a text that YAML drops."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml
from yaml.composer import ComposerError

__all__ = ["dropped_text", "syntax_error"]

_LONGEST_SHOWN = 40
_QUOTE = "put the text in quotation marks"
_BACKSLASH = "a backslash is special in double quotation marks: use single ones"
_TAB = "a tab indents this line: use spaces"
_WORDS: Mapping[str, str] = {
    "mapping values are not allowed": f"a second colon in this line: {_QUOTE}",
    "could not find expected ':'": (
        "this line has no colon after its key: write 'key: text', or indent a line that continues "
        "the text above"
    ),
    "did not find expected key": (
        "this does not fit the lines above: indent the keys of one record alike, and put a text "
        "that has quotation marks within it in double quotation marks"
    ),
    "did not find expected '-' indicator": (
        "this is not an item of the list above: begin it with '- ', or indent it alike"
    ),
    "did not find expected node content": (
        "a text cannot begin with this sign, and a bracket may be closed that was not opened: "
        f"{_QUOTE}"
    ),
    "did not find expected alphabetic": f"a text cannot begin with this sign: {_QUOTE}",
    "found undefined alias": f"a text cannot begin with '*': {_QUOTE}",
    "unknown escape character": _BACKSLASH,
    "hexdecimal number": _BACKSLASH,
    "tab character": _TAB,
    "did not find expected comment or line break": (
        "nothing may follow '|' or '>' in its line: begin the text in the next one"
    ),
    "block sequence entries are not allowed": (
        f"a list begins in the line below its key: move it there, or {_QUOTE}"
    ),
    "second occurrence": "this anchor is defined before: give each another name",
    "found another document": ("'---' begins a second document here: write each into another file"),
}
"""Our words for those of the parser."""
_BRACKETS = {"flow sequence": "[", "flow mapping": "{"}
_ANCHOR = re.compile(r"&([^\s,\[\]{}]+)")
_CORE = "tag:yaml.org,2002:"
_PROSE = frozenset(
    {
        "counts",
        "excludes",
        "item",
        "name",
        "note",
        "out_of",
        "reason",
        "role",
        "section",
        "statement",
        "text",
        "title",
        "wording",
    }
)
"""Keys of texts that people write, in which ' #' is rarely meant as the beginning of a comment."""
_HASH = re.compile(r"[ \t]+(#[^\n]*)")
_COMMENT = re.compile(r"[^\S\n]{2,}#[ \n]")
"""A comment as it is usually set: two spaces before its sign, and one behind."""


def syntax_error(error: yaml.YAMLError, text: str) -> tuple[str, int | None, int | None]:
    """Return what is wrong with a text, and its line and column."""
    if not isinstance(error, yaml.MarkedYAMLError):
        match = re.search("#x([0-9a-f]+)", str(error))
        sign = f"the character U+{match[1].upper()}" if match else "a character"
        position = getattr(error, "position", 0)
        before = text[:position]
        column = position - before.rfind("\n")
        return f"{sign} cannot be in a text: remove it", before.count("\n") + 1, column
    mark, opening = error.problem_mark, error.context_mark
    context, problem = error.context or "", error.problem or ""
    message = next((words for key, words in _WORDS.items() if key in problem), None)
    bracket = next((sign for name, sign in _BRACKETS.items() if name in context), None)
    if "quoted scalar" in context and "unexpected" in problem:
        message, mark = "the quotation mark that opens here is not closed: close it", opening
    elif "node content" in problem and mark and not text[mark.index :].strip():
        message = "the text ends here: close every bracket"
    elif bracket and message is None:
        message, mark = f"the {bracket!r} that opens here is not closed: close it", opening
        if opening and " #" in text[opening.index :].partition("\n")[0]:
            message = f"the {bracket!r} that opens here is not closed before ' #': {_QUOTE}"
    elif "cannot start any token" in problem and mark:
        sign = text[mark.index : mark.index + 1]
        message = _TAB if sign == "\t" else f"a text cannot begin with {sign!r}: {_QUOTE}"
    elif message is None and not isinstance(error, ComposerError):
        message = f"this line is not valid YAML: {_QUOTE}, and indent with spaces"
    line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
    return message or problem, line, column


def dropped_text(node: yaml.ScalarNode, key: str | None, text: str) -> str | None:
    """Return what is wrong with a value of which YAML drops a part, or ``None``.

    Args:
        node: The value.
        key: Its key.
        text: The whole text that is read.
    """
    if not node.tag.startswith(_CORE):
        return f"'!' begins a tag in YAML, which is not read: {_QUOTE}"
    start, end = node.start_mark.index, node.end_mark.index
    if (anchor := _ANCHOR.match(text, start)) and f"*{anchor[1]}" not in text:
        return f"{anchor[0]!r} is an anchor in YAML, which is not read: {_QUOTE}"
    comment = None if node.style else _HASH.match(text, end)
    if comment and (key == "statement" or (key in _PROSE and not _COMMENT.match(text, end))):
        lost = comment[1].strip()
        shown = lost if len(lost) <= _LONGEST_SHOWN else f"{lost[:_LONGEST_SHOWN]}…"
        return f"{shown!r} is a comment in YAML, which is not read: {_QUOTE}"
    return None
