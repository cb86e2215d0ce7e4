"""Files and texts, read and written whole."""

from __future__ import annotations

import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import yaml
from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

from rrmodel.errors import LoadError, PlanError, Problem, did_you_mean
from rrmodel.io._converter import make_converter
from rrmodel.io._source_texts import Format, SourceText, parse
from rrmodel.model import ObservationSet, PathwaySchemes, Plan

__all__ = [
    "SCHEMA_VERSION",
    "Root",
    "dump",
    "dumps",
    "load",
    "loads",
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
_FORMATS: dict[str, Format] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}


def load(path: str | os.PathLike[str]) -> Root:
    """Read a file; its suffix, ``.yaml`` or ``.json``, tells the format.

    Raises:
        LoadError: The file cannot be read or has mistakes; each is named with its line and path.
    """
    file = Path(path)
    text_format = _format_of(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8: save the file in that encoding"
        raise LoadError([Problem(message, "$", str(file))]) from error
    except OSError as error:
        message = f"the file cannot be read: {(error.strerror or str(error)).lower()}"
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
    """
    source = parse(text, format=format, name=name)
    data: Any = source.data
    problems = list(source.problems)
    if not isinstance(data, dict):
        raise LoadError([Problem("a mapping with schema_version and kind is needed", "$", name)])
    fields: dict[str, Any] = dict(data)  # pyright: ignore[reportUnknownArgumentType]
    version, kind = (str(fields.pop(key, "missing")) for key in ("schema_version", "kind"))
    if version != SCHEMA_VERSION:
        message = f"schema_version is {version}: this release reads {SCHEMA_VERSION!r}"
        problems.append(Problem(message, "$.schema_version"))
    if kind not in _KINDS:
        message = f"kind is {kind}: {did_you_mean(kind, _KINDS)}"
        raise LoadError(_placed([*problems, Problem(message, "$.kind")], source, name))
    try:
        record = _converter().structure(fields, _KINDS[kind])
    except (BaseValidationError, PlanError) as error:
        raise LoadError(_placed([*problems, *_problems(error)], source, name)) from None
    if problems:
        raise LoadError(_placed(problems, source, name))
    return record


def dump(record: Root, path: str | os.PathLike[str]) -> None:
    """Write a file, whole or not at all; its suffix tells the format.

    Raises:
        LoadError: The suffix names no format, or the file cannot be written.
    """
    file = Path(path)
    text = dumps(record, format=_format_of(file))
    try:
        handle, unfinished = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            Path(unfinished).replace(file)
        except OSError:
            Path(unfinished).unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"the file cannot be written: {(error.strerror or str(error)).lower()}"
        raise LoadError([Problem(message, "$", str(file))]) from error


def dumps(record: Root, *, format: Format = "yaml") -> str:  # noqa: A002 - the word of the trade
    """Write a text that :func:`loads` reads back as an equal record."""
    kind = next(name for name, known in _KINDS.items() if isinstance(record, known))
    fields = {"schema_version": SCHEMA_VERSION, "kind": kind, **_converter().unstructure(record)}
    if format == "json":
        return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"
    return yaml.dump(
        fields, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=100
    )


@cache
def _converter() -> Converter:
    return make_converter()


def _format_of(file: Path) -> Format:
    if file.suffix.lower() in _FORMATS:
        return _FORMATS[file.suffix.lower()]
    message = f"the suffix {file.suffix!r} names no format: choose from {', '.join(_FORMATS)}"
    raise LoadError([Problem(message, "$", str(file))])


def _placed(problems: list[Problem], source: SourceText, name: str | None) -> list[Problem]:
    """Return the problems with their file, line and column, in the order of the text."""
    placed = [
        problem if problem.line else _at(problem, source.place(problem.path), name)
        for problem in problems
    ]
    return sorted(placed, key=lambda problem: (problem.line or 0, problem.column or 0))


def _at(problem: Problem, place: tuple[int, int] | None, name: str | None) -> Problem:
    line, column = place or (None, None)
    return attrs.evolve(problem, file=name, line=line, column=column)


def _problems(error: PlanError | ExceptionGroup[Exception]) -> list[Problem]:
    """Return what is wrong in our words, from what cattrs collected."""
    if isinstance(error, PlanError):
        return list(error.problems)
    # A plan reports its cross-references as one error of ours, with paths of its own.
    references, others = error.split(PlanError)
    problems = [] if references is None else _problems(references.exceptions[0])
    if others is not None:
        for line in transform_error(others, format_exception=_message):
            messages, _, path = line.rpartition(" @ ")
            for message in messages.split("\n"):
                text, _, key = message.partition("\t")
                problems.append(Problem(text, f"{path}.{key}" if key else path))
    return problems


def _message(error: BaseException, _: type | None) -> str:
    """Say what is wrong, a line for each thing; a tab leads to the key that it stands at."""
    match error:
        case ForbiddenExtraKeysError(cl=kind, extra_fields=keys):
            known = [field.name for field in attrs.fields(kind)]
            return "\n".join(
                f"there is no key {key!r} here: {did_you_mean(key, known)}\t{key}"
                for key in sorted(keys)
            )
        case KeyError():
            return "this key is missing"
        case _:
            return str(error)
