"""Files and texts, read and written whole."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import yaml
from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

from rrmodel.errors import DumpError, LoadError, PlanError, Problem, RecordError, did_you_mean
from rrmodel.io._converter import make_converter
from rrmodel.io._source_texts import Format, SourceText, check_format, parse, path_of
from rrmodel.model import ObservationSet, PathwaySchemes, Plan

__all__ = [
    "SCHEMA_VERSION",
    "Root",
    "dump",
    "dumps",
    "load",
    "loads",
    "positions",
]

SCHEMA_VERSION = "1"
"""The version of the layout that is written, and the only one so far that is read."""

Root: TypeAlias = Plan | ObservationSet | PathwaySchemes
"""What a file may hold."""

_KINDS: dict[str, type[Root]] = {
    "plan": Plan,
    "observations": ObservationSet,
    "schemes": PathwaySchemes,
}
_LONGEST_MESSAGE = 1_500
_FORMATS: dict[str, Format] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}


def load(path: str | os.PathLike[str]) -> Root:
    """Read a file; its suffix, ``.yaml`` or ``.json``, tells the format.

    Raises:
        LoadError: The file cannot be read or has mistakes; each is named with its line and path.
    """
    file = Path(path)
    try:
        text_format = _format_of(file)
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8: save the file in that encoding"
        raise LoadError([Problem(message, "$", str(file))]) from error
    except (OSError, ValueError) as error:
        message = f"the file cannot be read: {_why(error)}"
        raise LoadError([Problem(message, "$", str(file))]) from error
    return loads(text, format=text_format, name=str(file))


def loads(text: str, *, format: Format = "yaml", name: str | None = None) -> Root:  # noqa: A002
    """Read a text; ``name`` is what errors call it.

    >>> plan = loads('''
    ... schema_version: "1"
    ... kind: plan
    ... id: a-plan
    ... title: A plan
    ... subject: {kind: region, id: a-region, name: A region}
    ... documents: [{id: d, title: The plan as published}]
    ... pathways: [{id: work, name: Work, citation: {document: d, section: Work}}]
    ... ''')
    >>> plan.pathways[0].name
    'Work'

    Raises:
        LoadError: The text has mistakes; each is named with its line and path.
        UnknownNameError: There is no such format.
    """
    source = parse(text, format=format, name=name)
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
    if not isinstance(kind, str) or kind not in _KINDS:
        advice = did_you_mean(kind if isinstance(kind, str) else "", _KINDS)
        problem = Problem(f"kind is {_shown(kind)}: {advice}", "$.kind")
        raise LoadError(_placed([*problems, problem], source, name))
    try:
        record = _converter().structure(fields, _KINDS[kind])
    except (BaseValidationError, PlanError) as error:
        raise LoadError(_placed([*problems, *_problems(error)], source, name)) from None
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


def dump(record: Root, path: str | os.PathLike[str]) -> None:
    """Write a file, whole or not at all; its suffix tells the format.

    Raises:
        DumpError: The suffix names no format, or the file cannot be written.
        RecordError: The record is none that a file can hold.
    """
    file = Path(path)
    try:
        text = dumps(record, format=_format_of(file))
        target = Path(os.path.realpath(file))
        # A file written apart and moved into its place is never seen half written.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".rrmodel-") as folder:
            finished = Path(folder, target.name)
            finished.write_text(text, encoding="utf-8", newline="\n")
            if target.exists():
                shutil.copymode(target, finished)
            finished.replace(target)
    except RecordError:
        raise
    except (OSError, ValueError) as error:
        raise DumpError(f"{file}: the file cannot be written: {_why(error)}") from error


def dumps(record: Root, *, format: Format = "yaml") -> str:  # noqa: A002 - the word of the trade
    """Write a text that :func:`loads` reads back as an equal record.

    Raises:
        RecordError: It is none of the records that a file holds, or has only half of a character.
        UnknownNameError: There is no such format.
    """
    check_format(format)
    kind = next((name for name, known in _KINDS.items() if isinstance(record, known)), None)
    if kind is None:
        raise RecordError(
            f"{type(record).__name__} is not written as a file of its own: put it into a Plan, an "
            "ObservationSet or PathwaySchemes"
        )
    fields = {"schema_version": SCHEMA_VERSION, "kind": kind, **_converter().unstructure(record)}
    try:
        if format == "json":
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
def _converter() -> Converter:
    return make_converter()


def _format_of(file: Path) -> Format:
    if file.suffix.lower() in _FORMATS:
        return _FORMATS[file.suffix.lower()]
    known = ", ".join(_FORMATS)
    raise ValueError(f"the suffix {file.suffix!r} names no format, choose from {known}")


def _why(error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return reason.lower() if reason else str(error)


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


def _problems(error: PlanError | ExceptionGroup[Exception]) -> list[Problem]:
    """Return what is wrong in our words, from what cattrs collected."""
    if isinstance(error, PlanError):
        return list(error.problems)
    # A plan reports its cross-references as one error of ours, with paths of its own.
    references, others = error.split(PlanError)
    problems = [] if references is None else _problems(references.exceptions[0])
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
            known = [field.name for field in attrs.fields(kind)]
            for key in sorted(keys):
                message = f"there is no key {key!r} here: {did_you_mean(key, known)}"
                yield Problem(message, path_of(path, key))
        case KeyError():
            yield Problem("this key is missing", path)
        case _:
            yield Problem(str(cause), path)
