"""Texts of files, parsed into plain data whose every part knows its line and column."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Literal, TypeAlias

import attrs
import yaml

from rrmodel.errors import LoadError, Problem

__all__ = ["Format", "SourceText", "parse"]

Format: TypeAlias = Literal["yaml", "json"]
"""YAML for people, JSON for machines."""

_DEEPEST = 50
"""Levels of nesting that a file may have; a plan has eight."""
_MOST_NODES = 1_000_000
"""Parts that a file may have, counting what each alias repeats, so that none can explode."""
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")


@attrs.frozen
class SourceText:
    """The data of a text, and where in the text each part of it stands."""

    data: Any
    """Mappings, lists and texts; JSON also has numbers and switches."""
    problems: tuple[Problem, ...]
    """What the text itself has wrong, such as keys that stand twice."""
    place: Callable[[str], tuple[int, int] | None]
    """Return the line and column, from 1, of the part at a path."""


def parse(text: str, *, format: Format, name: str | None) -> SourceText:  # noqa: A002 - the word
    """Parse a text.

    Raises:
        LoadError: It is not YAML or JSON, or too deep or too large to be a plan.
    """
    if format == "json":
        return _parse_json(text, name)
    return _parse_yaml(text, name)


def _compose(text: str, name: str | None) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = (mark.line + 1, mark.column + 1) if mark else (None, None)
        what = " ".join(part for part in (error.context, error.problem) if part)
        raise LoadError([Problem(f"this is not YAML: {what}", "$", name, *place)]) from error
    except (yaml.YAMLError, RecursionError) as error:
        what = str(error).splitlines()[0]
        raise LoadError([Problem(f"this is not YAML: {what}", "$", name)]) from error


def _parse_yaml(text: str, name: str | None) -> SourceText:
    root = _compose(text, name)
    if root is None:
        raise LoadError([Problem("the text is empty: write a plan or a set of figures", "$", name)])
    problems: list[Problem] = []
    left = _MOST_NODES

    def build(node: yaml.Node, path: str, depth: int) -> object:
        nonlocal left
        left -= 1
        if depth > _DEEPEST or left < 0:
            line, column = _mark(node)
            limit = f"{_DEEPEST} levels deep" if depth > _DEEPEST else f"{_MOST_NODES:,} parts long"
            message = f"this is more than {limit}, as no plan is: do without aliases"
            raise LoadError([Problem(message, path, name, line, column)])
        if isinstance(node, yaml.MappingNode):
            return build_mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [
                build(item, f"{path}[{place}]", depth + 1) for place, item in enumerate(node.value)
            ]
        return node.value

    def build_mapping(node: yaml.MappingNode, path: str, depth: int) -> dict[str, object]:
        built: dict[str, object] = {}
        for key_node, value_node in node.value:
            line, column = _mark(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                problems.append(Problem("a key must be a text", path, name, line, column))
                continue
            key: str = key_node.value
            here = f"{path}.{key}"
            if key in built:
                message = f"the key {key!r} stands here twice: keep one"
                problems.append(Problem(message, here, name, line, column))
            built[key] = build(value_node, here, depth + 1)
        return built

    data = build(root, "$", 0)
    return SourceText(data, tuple(problems), lambda path: _locate(root, path))


def _parse_json(text: str, name: str | None) -> SourceText:
    problems: list[Problem] = []

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        built = dict(pairs)
        if len(built) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = sorted({key for key in keys if keys.count(key) > 1})
            message = f"one mapping has the key {', '.join(map(repr, twice))} twice: keep one"
            problems.append(Problem(message, "$", name))
        return built

    try:
        # Decimals stay as they were printed, so that 82.0 keeps its place.
        data = json.loads(text, object_pairs_hook=build, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg}"
        raise LoadError([Problem(message, "$", name, error.lineno, error.colno)]) from error
    except (RecursionError, ValueError) as error:
        raise LoadError([Problem(f"this is no plan in JSON: {error}", "$", name)]) from error

    @cache
    def root() -> yaml.Node | None:
        # JSON is YAML but for rare escapes: where it is not, the path alone must do.
        try:
            return _compose(text, name)
        except LoadError:
            return None

    def place(path: str) -> tuple[int, int] | None:
        node = root()
        return None if node is None else _locate(node, path)

    return SourceText(data, tuple(problems), place)


def _mark(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _steps(path: str) -> Iterator[str | int]:
    for match in _STEP.finditer(path):
        key, place = match.groups()
        yield key if place is None else int(place)


def _locate(root: yaml.Node, path: str) -> tuple[int, int]:
    """Return the place of the part at a path, or of the nearest part around it."""
    node = root
    for step in _steps(path):
        found: yaml.Node | None = None
        if isinstance(step, int) and isinstance(node, yaml.SequenceNode):
            found = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == step), None)
        if found is None:
            break
        node = found
    return _mark(node)
