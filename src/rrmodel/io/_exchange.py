"""Plans and figures in and out, in every format: our own layout, and those of other programs."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

from rrmodel.errors import (
    DumpError,
    LossWarning,
    RecordError,
    UnknownNameError,
    did_you_mean,
)
from rrmodel.io._calendar import calendar
from rrmodel.io._own_texts import Root, read_text, write_text
from rrmodel.io._source_files import (
    STANDARD_INPUT,
    decoded,
    failure,
    file_name,
    read_file,
    reading,
)
from rrmodel.io._stratml import read_stratml, write_stratml
from rrmodel.io._table_sources import TABLE_SUFFIXES
from rrmodel.io._written_files import write_whole
from rrmodel.model import Activity, Commitment, Objective, Plan, Target, walk

__all__ = [
    "RECORD_SUFFIXES",
    "ReadFormat",
    "WriteFormat",
    "dump",
    "dumps",
    "load",
    "loads",
    "losses",
    "written_format",
]

ReadFormat: TypeAlias = Literal["yaml", "json", "toml", "stratml"]
"""The formats that are read: YAML for people, JSON for machines, TOML, and StratML of any make."""

WriteFormat: TypeAlias = Literal["yaml", "json", "stratml", "ics"]
"""The formats that are written: YAML, JSON, StratML for planning tools, iCalendar for calendars."""

_READ_SUFFIXES: dict[str, ReadFormat] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".toml": "toml",
    ".stratml": "stratml",
    ".xml": "stratml",
}
RECORD_SUFFIXES: tuple[str, ...] = tuple(
    suffix for suffix, layout in _READ_SUFFIXES.items() if layout != "stratml"
)
"""The suffixes of the files that have a record of any kind; StratML has plans only."""
_WRITE_SUFFIXES: dict[str, WriteFormat] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".stratml": "stratml",
    ".xml": "stratml",
    ".ics": "ics",
}
_LARGEST: dict[ReadFormat, int] = {
    "yaml": 10_000_000,
    "toml": 10_000_000,
    "stratml": 10_000_000,
    "json": 100_000_000,
}
"""Bytes; the longest plan known has 200,000, and only JSON is read without much more memory."""
_TABLE_NOT_PLAN = (
    "this is a table of figures, not a plan: read it with load_observations, or on the command "
    "line with --observations"
)
_PLAN_WRITERS: dict[str, Callable[[Plan], str]] = {"stratml": write_stratml, "ics": calendar}
_WITHOUT_PLACE = (
    "without a place in a calendar: facts, partners, measures, glossary and footnotes, so that no "
    "plan can be read back from it"
)
_Format = TypeVar("_Format", bound=str)


def load(
    path: str | os.PathLike[str],
    *,
    format: ReadFormat | None = None,  # noqa: A002 - the word of the trade
) -> Root:
    """Read a plan, a set of figures or pathway schemes from a file.

    Only regular files and standard input are read, and at most 10 MB of them: 100 MB of JSON.

    Args:
        path: The file, or ``-`` for standard input.
        format: The format. Default: the one that the suffix names, such as ``.yaml`` or ``.json``;
            for standard input, the one that its first character shows.

    Raises:
        LoadError: The file cannot be read or has errors; each has its line and path.
        MissingExtraError: The format needs an extra that is not installed.
        UnknownNameError: There is no such format.

    Warns:
        LossWarning: A StratML file has content that a plan cannot represent;
            :func:`read_stratml` lists all of it.
    """
    if format is not None:
        _check_format(format, _READ_SUFFIXES)
    file = Path(path)
    is_stream = os.fspath(path) == STANDARD_INPUT
    if file.suffix.lower() in TABLE_SUFFIXES:
        raise failure(_TABLE_NOT_PLAN, path)
    if format is None and not is_stream:
        with reading(path):
            format = _format_of(file, _READ_SUFFIXES)  # noqa: A001 - as above
    content = read_file(path, _LARGEST[format or "json"])
    if format is None:
        format = _format_of_stream(content)  # noqa: A001 - as above
    name = file_name(path)
    if len(content) > _LARGEST[format]:
        raise failure(f"{format} of more than {_LARGEST[format]:,} bytes is not read", path)
    # A StratML file says itself how it is encoded.
    if format == "stratml":
        return _read_stratml(content, name)
    return loads(decoded(content, path), format=format, name=name)


def _format_of_stream(content: bytes) -> ReadFormat:
    """Return the format that the first sign of a text shows."""
    first = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return "json" if first == b"{" else "stratml" if first == b"<" else "yaml"


def loads(text: str, *, format: ReadFormat = "yaml", name: str | None = None) -> Root:  # noqa: A002
    """Read a text; ``name`` is its name in errors.

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
        LoadError: The text has errors; each has its line and path.
        MissingExtraError: The format needs an extra that is not installed.
        UnknownNameError: There is no such format.

    Warns:
        LossWarning: A StratML text has content that a plan cannot represent.
    """
    _check_format(format, _READ_SUFFIXES)
    return _read_stratml(text, name) if format == "stratml" else read_text(text, format, name)


def dump(
    record: Root,
    path: str | os.PathLike[str],
    *,
    format: WriteFormat | None = None,  # noqa: A002 - the word of the trade
) -> None:
    """Write a file, whole or not at all; its suffix tells the format, if none is named.

    Raises:
        DumpError: The suffix names no format, or the file cannot be written.
        MissingExtraError: The format needs an extra that is not installed.
        RecordError: A file of that format cannot have such a record.
        UnknownNameError: There is no such format.
    """
    write_whole(dumps(record, format=format or written_format(path)), path)


def dumps(record: Root, *, format: WriteFormat = "yaml") -> str:  # noqa: A002 - as above
    """Write a text; :func:`loads` reads any but a calendar back as an equal record.

    Raises:
        MissingExtraError: The format needs an extra that is not installed.
        RecordError: A text of that format cannot have such a record, or one of its
            characters.
        UnknownNameError: There is no such format.
    """
    _check_format(format, _WRITE_SUFFIXES)
    if format == "yaml" or format == "json":  # noqa: PLR1714 - narrows the type, as `in` does not
        return write_text(record, format)
    if isinstance(record, Plan):
        return _PLAN_WRITERS[format](record)
    raise RecordError(f"{type(record).__name__} is not written as {format}: only plans are")


def written_format(path: str | os.PathLike[str]) -> WriteFormat:
    """Return the format that the suffix of a file to be written names.

    >>> written_format("plan.ics")
    'ics'

    Raises:
        DumpError: It is not that of a format that is written.
    """
    file = Path(path)
    if file.suffix.lower() == ".toml":
        raise DumpError(f"{file}: TOML is read and never written: choose .yaml or .json instead")
    try:
        return _format_of(file, _WRITE_SUFFIXES)
    except ValueError as error:
        raise DumpError(f"{file}: the file cannot be written: {error}") from error


def _read_stratml(text: str | bytes, name: str | None) -> Plan:
    reading = read_stratml(text, name=name)
    for loss in reading.losses:
        warnings.warn(str(loss), LossWarning, stacklevel=3)
    return reading.plan


def _check_format(format: str, suffixes: Mapping[str, str]) -> None:  # noqa: A002 - as above
    known = list(dict.fromkeys(suffixes.values()))
    if format not in known and format in _READ_SUFFIXES.values():
        choices = ", ".join(map(repr, known))
        raise UnknownNameError(f"the format {format!r} is only read: choose from {choices}")
    if format not in known:
        raise UnknownNameError(f"there is no format {format!r}: {did_you_mean(format, known)}")


def _format_of(file: Path, suffixes: Mapping[str, _Format]) -> _Format:
    if file.suffix.lower() in suffixes:
        return suffixes[file.suffix.lower()]
    known = ", ".join(suffixes)
    raise ValueError(f"the suffix {file.suffix!r} is not that of a format: use {known}")


def losses(plan: Plan, *, format: WriteFormat) -> tuple[str, ...]:  # noqa: A002 - as above
    """Return what a plan loses in a format, in sentences; empty where nothing is lost.

    >>> from rrmodel.model import Citation, Document, Objective, Pathway, Plan, Region
    >>> hubs = Objective(id="hubs", statement="There are hubs.", citation=Citation("d"))
    >>> work = Pathway(id="work", name="Work", citation=Citation("d"), objectives=(hubs,))
    >>> plan = Plan(id="a-plan", title="A plan", subject=Region(id="r", name="A region"),
    ...     documents=(Document(id="d", title="The plan"),), pathways=(work,))
    >>> losses(plan, format="yaml")
    ()
    >>> losses(plan, format="ics")[0]
    'without a day, and so not written: 1 of 1 objectives'
    """
    if format != "ics":
        return ()
    records = [record for _, record in walk(plan)]
    kinds: tuple[tuple[str, Sequence[Target | Objective | Activity | Commitment]], ...] = (
        ("targets", plan.targets),
        ("objectives", plan.objectives),
        ("activities", plan.activities),
        ("commitments", [record for record in records if isinstance(record, Commitment)]),
    )
    undated = [
        f"{number} of {len(each)} {kind}"
        for kind, each in kinds
        if (number := sum(not _has_day(record) for record in each))
    ]
    messages = [f"without a day, and so not written: {', '.join(undated)}"] if undated else []
    return (*messages, _WITHOUT_PLACE)


def _has_day(record: Target | Objective | Activity | Commitment) -> bool:
    if isinstance(record, Commitment) and (record.starts is not None or record.parts):
        return True
    return record.deadline is not None
