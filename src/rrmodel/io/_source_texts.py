"""Texts of files, parsed into plain data whose every part knows its line and column."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Literal, TypeAlias, cast, get_args

import attrs
import yaml
from yaml.composer import ComposerError

from rrmodel.errors import LoadError, Problem, UnknownNameError, did_you_mean
from rrmodel.io._yaml_errors import dropped_text, syntax_error

__all__ = [
    "DEEPEST",
    "TOO_DEEP",
    "Format",
    "SourceText",
    "check_format",
    "has_half_character",
    "parse",
    "path_of",
]

Format: TypeAlias = Literal["yaml", "json"]
"""YAML for people, JSON for machines."""

DEEPEST = 50
"""Levels of nesting that a text may have; a plan has eight."""
_PARTS_SPARED = 1_000
"""Parts that aliases may add to two for each character, more than any text has without them."""
_LONGEST_PLACED = 5_000_000
"""Characters of a JSON text whose parts are placed by line and column."""
_NULL = "tag:yaml.org,2002:null"
TOO_DEEP = f"it nests more than {DEEPEST} levels deep, more than any plan needs"
_TOO_LONG = "its aliases unfold to more than it could have without them: write the parts out"
_LONGEST_KEY = 80
_PLAIN_KEY = re.compile(rf"[\w-]{{1,{_LONGEST_KEY}}}")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_STEP = re.compile(r"\.([\w-]+)|\[([0-9]+)\]|(.)")


@attrs.frozen
class SourceText:
    """The data of a text, and the place of each part of it in the text."""

    data: Any
    """Mappings, lists, texts and ``None``; JSON also has switches."""
    problems: tuple[Problem, ...]
    """Problems of the text itself, such as duplicate keys."""
    place: Callable[[str], tuple[int, int] | None]
    """Return the line and column, from 1, of the part at a path."""


def check_format(format: str) -> None:  # noqa: A002 - the word of the trade
    """Raise an :class:`UnknownNameError` if no text has that format."""
    known = get_args(Format)
    if format not in known:
        raise UnknownNameError(f"there is no format {format!r}: {did_you_mean(format, known)}")


def parse(text: str, *, format: Format, name: str | None) -> SourceText:  # noqa: A002 - the word
    """Parse a text.

    Raises:
        LoadError: It is not YAML or JSON, or too deep or too large to be a plan.
        UnknownNameError: The format is neither.
    """
    check_format(format)
    text = text.removeprefix("\ufeff")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        half = text[error.start]
        message = f"{half!r}, character {error.start + 1}, is only half of one: write it whole"
        raise LoadError([Problem(message, "$", name)]) from error
    return _parse_json(text, name) if format == "json" else _parse_yaml(text, name)


def has_half_character(text: str) -> bool:
    """Return whether a text has half of a character, which cannot be written to a file."""
    return not text.isascii() and bool(_HALF_CHARACTER.search(text))


def path_of(path: str, key: str) -> str:
    """Return the path of a key, in quotes if it is an odd one."""
    return f"{path}.{key}" if _PLAIN_KEY.fullmatch(key) else f"{path}[{key[:_LONGEST_KEY]!r}]"


class _Loader(yaml.CSafeLoader):
    """The C loader, stopped before nesting exhausts its stack, which would end the process."""

    _depth = 0

    def descend_resolver(self, current_node: yaml.Node, current_index: object) -> None:
        del current_index  # asked for by the loader, which calls this before every part
        self._depth += 1
        if self._depth > DEEPEST:
            raise ComposerError(None, None, TOO_DEEP, current_node.start_mark)

    def ascend_resolver(self) -> None:
        self._depth -= 1


def _compose(text: str, name: str | None) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        message, line, column = syntax_error(error, text)
        raise LoadError([Problem(message, "$", name, line, column)]) from error


def _parse_yaml(text: str, name: str | None) -> SourceText:
    root = _compose(text, name)
    if root is None:
        raise LoadError([Problem("the text is empty: write a plan or a set of figures", "$", name)])
    problems: list[Problem] = []
    left = 2 * len(text) + _PARTS_SPARED

    def build(node: yaml.Node, path: str, depth: int, key: str | None = None) -> object:
        nonlocal left
        left -= 1
        # An alias can contain itself, and aliases of aliases multiply.
        if depth > DEEPEST or left < 0:
            message = TOO_DEEP if depth > DEEPEST else _TOO_LONG
            raise LoadError([Problem(message, path, name, *_mark(node))])
        if isinstance(node, yaml.MappingNode):
            return build_mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [
                build(item, f"{path}[{place}]", depth + 1, key)
                for place, item in enumerate(node.value)
            ]
        if lost := dropped_text(cast("yaml.ScalarNode", node), key, text):
            problems.append(Problem(lost, path, name, *_mark(node)))
        return None if node.tag == _NULL else node.value

    def build_mapping(node: yaml.MappingNode, path: str, depth: int) -> dict[str, object]:
        built: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                message = "a key must be a text, not a list or a mapping"
                problems.append(Problem(message, path, name, *_mark(key_node)))
                continue
            key: str = key_node.value
            here = path_of(path, key)
            if key in built:
                problems.append(Problem(_twice(key), here, name, *_mark(key_node)))
            built[key] = build(value_node, here, depth + 1, key)
        return built

    data = build(root, "$", 0)
    return SourceText(data, tuple(problems), lambda path: _locate(root, path))


def _parse_json(text: str, name: str | None) -> SourceText:
    repeats: dict[int, tuple[dict[str, Any], list[str]]] = {}

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        built = dict(pairs)
        if len(built) < len(pairs):
            counted = Counter(key for key, _ in pairs)
            repeats[id(built)] = built, [key for key, times in counted.items() if times > 1]
        return built

    try:
        # Numbers stay as they were printed, so that 82.0 keeps its place.
        data = json.loads(
            text, object_pairs_hook=build, parse_int=str, parse_float=str, parse_constant=str
        )
    except json.JSONDecodeError as error:
        message = f"this cannot be read as JSON: {_json_words(error, text)}"
        raise LoadError([Problem(message, "$", name, error.lineno, error.colno)]) from error
    except RecursionError as error:
        message = f"this cannot be read as JSON: {TOO_DEEP}"
        raise LoadError([Problem(message, "$", name)]) from error

    @cache
    def root() -> yaml.Node | None:
        # JSON is YAML but for rare escapes: where it is not, the path alone must do, as where the
        # places of all its parts would take more memory than the text.
        if len(text) > _LONGEST_PLACED:
            return None
        try:
            return _compose(text, name)
        except LoadError:
            return None

    def place(path: str) -> tuple[int, int] | None:
        node = root()
        return None if node is None else _locate(node, path)

    problems = tuple(
        Problem(_twice(key), path_of(path, key))
        for path, part in (_parts(data) if repeats else ())
        if id(part) in repeats
        for key in repeats[id(part)][1]
    )
    return SourceText(data, problems, place)


def _json_words(error: json.JSONDecodeError, text: str) -> str:
    """Return what is wrong with a text that is not JSON."""
    if not text[error.pos :].strip():
        return "the text ends here: close every bracket and quotation mark"
    if text[error.pos] == "'":
        return "write double quotation marks"
    words = {
        "Expecting property name": "a key in double quotation marks is needed here",
        "Illegal trailing comma": "remove the comma before the bracket",
        "Expecting ':'": "a colon is needed here",
        "Expecting ','": "a comma is needed here",
        "Extra data": "the text goes on after its end: remove the rest",
        "Invalid control character": "write a line break in a text as \\n, and a tab as \\t",
        "Invalid \\": "write a backslash in a text as \\\\",
        "Unterminated string": "the quotation mark that opens here is not closed",
    }
    return next(
        (message for key, message in words.items() if error.msg.startswith(key)),
        "a text in double quotation marks, a number, a list or a mapping is needed here",
    )


def _twice(key: str) -> str:
    return f"the key {key!r} is here twice: keep one"


def _parts(data: object) -> Iterator[tuple[str, Any]]:
    """Yield every mapping and list of some data, itself first, each with its path."""
    waiting = [("$", data)]
    while waiting:
        path, part = waiting.pop()
        yield path, part
        if isinstance(part, dict):
            mapping: dict[str, Any] = part  # pyright: ignore[reportUnknownVariableType]
            waiting.extend((path_of(path, key), value) for key, value in mapping.items())
        elif isinstance(part, list):
            items: list[Any] = part  # pyright: ignore[reportUnknownVariableType]
            waiting.extend((f"{path}[{place}]", value) for place, value in enumerate(items))


def _mark(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _locate(root: yaml.Node, path: str) -> tuple[int, int]:
    """Return the place of the part at a path, or of the nearest part around it."""
    node = root
    for key, place, _ in _STEP.findall(path.removeprefix("$")):
        child: yaml.Node | None = None
        if place and isinstance(node, yaml.SequenceNode):
            child = node.value[int(place)]
        elif key and isinstance(node, yaml.MappingNode):
            # Of a key that is there twice the last counts, as in the data.
            child = next((part for name, part in node.value[::-1] if name.value == key), None)
        if child is None:
            break
        node = child
    return _mark(node)
