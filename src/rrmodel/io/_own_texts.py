"""Texts of our own layout, in YAML, JSON and TOML, read and written whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Literal, TypeAlias

import attrs
import yaml
from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

from rrmodel.errors import LoadError, PlanError, Problem, RecordError, did_you_mean
from rrmodel.io._converter import make_converter
from rrmodel.io._source_texts import Format, SourceText, parse, path_of
from rrmodel.io._toml import parse_toml
from rrmodel.model import ObservationSet, PathwaySchemes, Plan

__all__ = [
    "KINDS",
    "SCHEMA_VERSION",
    "Root",
    "plain_converter",
    "positions",
    "problems_of",
    "read_text",
    "write_text",
]

SCHEMA_VERSION = "1"
"""The version of the layout that is written, and the only one so far that is read."""

Root: TypeAlias = Plan | ObservationSet | PathwaySchemes
"""What a file may hold."""

KINDS: dict[str, type[Root]] = {
    "plan": Plan,
    "observations": ObservationSet,
    "schemes": PathwaySchemes,
}
_LONGEST_MESSAGE = 1_500


def read_text(text: str, text_format: Format | Literal["toml"], name: str | None) -> Root:
    """Read a text of our own layout."""
    if text_format == "toml":
        source = parse_toml(text, name)
    else:
        source = parse(text, format=text_format, name=name)
    data: Any = source.data
    problems = list(source.problems)
    if not isinstance(data, dict):
        problem = Problem("a mapping with keys such as schema_version and kind is needed", "$")
        raise LoadError(_placed([problem], source, name))
    fields: dict[str, Any] = dict(data)  # pyright: ignore[reportUnknownArgumentType]
    version, kind = fields.pop("schema_version", None), fields.pop("kind", None)
    if version != SCHEMA_VERSION:
        message = f"schema_version is {_shown(version)}: this release reads {SCHEMA_VERSION!r}"
        problems.append(Problem(message, "$.schema_version"))
    if not isinstance(kind, str) or kind not in KINDS:
        advice = did_you_mean(kind if isinstance(kind, str) else "", KINDS)
        problem = Problem(f"kind is {_shown(kind)}: {advice}", "$.kind")
        raise LoadError(_placed([*problems, problem], source, name))
    try:
        record = plain_converter().structure(fields, KINDS[kind])
    except (BaseValidationError, PlanError) as error:
        raise LoadError(_placed([*problems, *problems_of(error)], source, name)) from None
    if problems:
        raise LoadError(_placed(problems, source, name))
    return record


def positions(text: str, format: Format = "yaml") -> Callable[[str], tuple[int, int] | None]:  # noqa: A002
    """Return what leads from a path in a text, such as ``$.targets[0]``, to its line and column.

    >>> positions("{kind: plan, id: a-plan}")("$.id")
    (1, 18)

    Raises:
        LoadError: The text is not in that format.
    """
    return parse(text, format=format, name=None).place


def write_text(record: Root, text_format: Format) -> str:
    """Write a record in our own layout."""
    kind = next((name for name, known in KINDS.items() if isinstance(record, known)), None)
    if kind is None:
        raise RecordError(
            f"{type(record).__name__} is not written as a file of its own: put it into a Plan, an "
            "ObservationSet or PathwaySchemes"
        )
    fields = {
        "schema_version": SCHEMA_VERSION,
        "kind": kind,
        **plain_converter().unstructure(record),
    }
    try:
        if text_format == "json":
            text = json.dumps(fields, ensure_ascii=False, indent=2) + "\n"
        else:
            text = yaml.dump(
                fields, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=100
            )
        text.encode()
    except UnicodeEncodeError as error:
        half = error.object[error.start]
        raise RecordError(f"{half!r} is only half of a character: write it whole") from error
    return text


@cache
def plain_converter() -> Converter:
    return make_converter()


def _shown(value: object) -> str:
    match value:
        case None:
            return "missing"
        case str():
            return value
        case _:
            return "not a text"


def _placed(problems: list[Problem], source: SourceText, name: str | None) -> list[Problem]:
    """Return the problems with their file, line and column, in the order of the text."""
    placed = [_at(problem, source, name) for problem in problems]
    return sorted(placed, key=lambda problem: (problem.line or 0, problem.column or 0))


def _at(problem: Problem, source: SourceText, name: str | None) -> Problem:
    message = problem.message
    if len(message) > _LONGEST_MESSAGE:
        message = f"{message[: _LONGEST_MESSAGE // 2]} … {message[-_LONGEST_MESSAGE // 2 :]}"
    known = problem.line, problem.column
    line, column = known if problem.line else source.place(problem.path) or (None, None)
    return attrs.evolve(problem, message=message, file=name, line=line, column=column)


def problems_of(error: PlanError | ExceptionGroup[Exception]) -> list[Problem]:
    """Return what is wrong in our words, from what cattrs collected."""
    if isinstance(error, PlanError):
        return list(error.problems)
    # A plan reports its cross-references as one error of ours, with paths of its own.
    references, others = error.split(PlanError)
    problems = [] if references is None else problems_of(references.exceptions[0])
    causes: list[BaseException] = []

    def remember(cause: BaseException, _: type | None) -> str:
        causes.append(cause)
        return ""

    lines = [] if others is None else transform_error(others, format_exception=remember)
    for cause, line in zip(causes, lines, strict=True):
        problems += _problems_at(line.removeprefix(" @ "), cause)
    return problems


def _problems_at(path: str, cause: BaseException) -> Iterator[Problem]:
    match cause:
        case ForbiddenExtraKeysError(cl=kind, extra_fields=keys):
            known = [field.name for field in attrs.fields(kind) if field.init]
            for key in sorted(keys):
                message = f"there is no key {key!r} here: {did_you_mean(key, known)}"
                yield Problem(message, path_of(path, key))
        case KeyError():
            yield Problem("this key is missing", path)
        case _:
            yield Problem(str(cause), path)
