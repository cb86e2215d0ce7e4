"""Texts of our own layout, in YAML, JSON and TOML, read and written whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Literal, TypeAlias

import attrs
import yaml
from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

from rrmodel.errors import LoadError, PlanError, Problem, RecordError
from rrmodel.io._converter import allowed_words, make_converter
from rrmodel.io._skeletons import reference_problems
from rrmodel.io._source_texts import Format, SourceText, parse, path_of
from rrmodel.io._toml import parse_toml
from rrmodel.model import ObservationSet, PathwaySchemes, Plan

__all__ = [
    "KINDS",
    "SCHEMA_VERSION",
    "Root",
    "missing_key",
    "plain_converter",
    "positions",
    "problems_of",
    "read_text",
    "write_text",
]

SCHEMA_VERSION = "1"
"""The version of the layout that is written, and the only one so far that is read."""

Root: TypeAlias = Plan | ObservationSet | PathwaySchemes
"""The records that a file can contain."""

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
        problem = Problem(_not_a_mapping(text), "$")
        raise LoadError(_placed([problem], source, name))
    fields: dict[str, Any] = dict(data)  # pyright: ignore[reportUnknownArgumentType]
    version, kind = fields.pop("schema_version", None), fields.pop("kind", None)
    if version != SCHEMA_VERSION:
        message = f"{_wrong_value('schema_version', version)}: write {SCHEMA_VERSION!r}"
        problems.append(Problem(message, "$.schema_version"))
    if not isinstance(kind, str) or kind not in KINDS:
        advice = allowed_words(kind if isinstance(kind, str) else "", KINDS)
        problem = Problem(f"{_wrong_value('kind', kind)}: {advice}", "$.kind")
        raise LoadError(_placed([*problems, problem], source, name))
    try:
        record = plain_converter().structure(fields, KINDS[kind])
    except (BaseValidationError, PlanError) as error:
        problems += problems_of(error)
        problems += reference_problems(fields, KINDS[kind], problems)
        raise LoadError(_placed(problems, source, name)) from None
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
            f"{type(record).__name__} cannot be written as a file: put it into a Plan, an "
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


def _wrong_value(key: str, value: object) -> str:
    """Return what is wrong with the value of a key that every file has."""
    if value is None:
        return f"the key {key!r} is missing"
    return f"{key} is {value!r}" if isinstance(value, str) else f"{key} is not a text"


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


def missing_key(path: str) -> str:
    """Return what is wrong where the last key of a path is missing."""
    return f"the key {path.rpartition('.')[2]!r} is missing"


def _not_a_mapping(text: str) -> str:
    """Return what is wrong with a text that is not a mapping: it may be a table."""
    first = text.removeprefix("\ufeff").lstrip().partition("\n")[0].lower()
    if {"measure", "area", "period"} <= set(re.split(r"[^a-z]+", first)):
        return (
            "this is a table of figures, not a plan: save it as .csv and read it with "
            "load_observations, or on the command line with --observations"
        )
    return "a mapping with keys such as schema_version and kind is needed"


def problems_of(error: PlanError | ExceptionGroup[Exception]) -> list[Problem]:
    """Return what is wrong in our words, from what cattrs collected."""
    if isinstance(error, PlanError):
        return list(error.problems)
    # A plan reports its cross-references as one error of ours, which has their paths.
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
                message = f"there is no key {key!r} here: {allowed_words(key, known)}"
                yield Problem(message, path_of(path, key))
        case KeyError():
            yield Problem(missing_key(path), path)
        case _:
            yield Problem(str(cause), path)
