"""Rows of targets, each read as the mapping that a plan file has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from operator import itemgetter
from typing import Any, get_args

import attrs
from cattrs.errors import BaseValidationError

from rrmodel.errors import LoadError, Problem
from rrmodel.io._converter import MeasureReference
from rrmodel.io._figure_cells import is_blank
from rrmodel.io._own_texts import missing_key, plain_converter, problems_of
from rrmodel.io._tidy_tables import column_problems, names_of
from rrmodel.model import Measure, Target

__all__ = ["TARGET_COLUMNS", "targets_from_rows"]

_KINDS: dict[str, Any] = {target.kind: target for target in get_args(Target)}
TARGET_COLUMNS: tuple[str, ...] = tuple(_KINDS["change"].layout.columns)
"""The columns of a table of targets, of which ``id``, ``statement``, ``kind``, ``area`` and
``document`` are required."""

_REQUIRED = ("id", "statement", "kind", "area", "document")
_KEYS = {name: (name,) for name in TARGET_COLUMNS} | {
    "baseline_level": ("baseline", "level"),
    "baseline_period": ("baseline", "period"),
    "baseline_may_be": ("baseline", "may_be"),
    "goal_low": ("goal", "low"),
    "goal_high": ("goal", "high"),
    "interim_levels": ("interim", "level"),
    "interim_deadlines": ("interim", "deadline"),
    "document": ("citation", "document"),
    "section": ("citation", "section"),
    "item": ("citation", "item"),
}
"""The key of a plan file that each column has, or the two keys, one within the other."""
_COLUMNS = {keys[0]: name for name, keys in reversed(_KEYS.items())} | {
    ".".join(keys): name for name, keys in _KEYS.items()
}
"""The column of each path of keys; of a key with others within it, the first of their columns."""
_NUMBER = re.compile(r"\[\d+\]")


def targets_from_rows(
    rows: Iterable[Mapping[str, object]], *, measures: Iterable[Measure]
) -> tuple[Target, ...]:
    """Return the targets of rows, such as those of ``csv.DictReader``.

    A row has the columns :data:`TARGET_COLUMNS` that its kind needs, each with the text that a plan
    file has: ``90%``, ``8 percentage points``, ``by July 2023``. Several interim goals are in one
    cell, with ``;`` and a space between them. ``rrmodel.records.to_table(plan.targets)`` makes such
    rows.

    >>> from rrmodel.model import Measure
    >>> housed = Measure(id="housed", name="Housed", counts="releases", better="higher")
    >>> target, = targets_from_rows([{
    ...     "id": "housed-by-2023", "statement": "Raise it to 90%.", "kind": "reach",
    ...     "measure": "housed", "area": "York", "goal": "90%", "deadline": "by July 2023",
    ...     "document": "a-plan"}], measures=[housed])
    >>> target.goal, target.deadline.last_day
    (Percentage('90'), datetime.date(2023, 7, 31))

    Args:
        rows: Mappings from the names of columns to texts; ``None`` and the empty text are blanks.
        measures: The measures that the column ``measure`` may name, such as those of a plan.

    Raises:
        LoadError: Rows have errors; all of them are reported at once, by the number of the row.

    Warns:
        LossWarning: There are columns that are not part of the layout.
    """
    given = list(rows)
    wrong = column_problems(
        names_of(given),
        known=TARGET_COLUMNS,
        required=_REQUIRED if given else (),
        subject="target",
        stacklevel=3,
    )
    if wrong:
        raise LoadError(Problem(message, "$") for message in wrong)
    known = {measure.id: measure for measure in measures}
    problems: list[tuple[int, Problem]] = []
    mappings: list[dict[str, Any]] = []
    for place, row in enumerate(given):
        cells = {name: row[name] for name in TARGET_COLUMNS if not is_blank(row.get(name))}
        for name, message in _misplaced(cells):
            problems.append(_problem(place, name, message))
            del cells[name]
        mappings.append(_mapping(cells, known))
    targets: tuple[Target, ...] = ()
    try:
        targets = plain_converter().structure(mappings, tuple[Target, ...])
    except BaseValidationError as error:
        problems += map(_placed, problems_of(error))
    if problems:
        raise LoadError(problem for _, problem in sorted(problems, key=itemgetter(0)))
    return targets


def _kind_of(cells: Mapping[str, object]) -> str | None:
    """Return the kind of a row, or ``None`` where its reader will say that there is no such one."""
    kind = cells.get("kind")
    return kind.strip() if isinstance(kind, str) and kind.strip() in _KINDS else None


def _misplaced(cells: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the columns in which the kind of a row has nothing, with what is wrong."""
    kind = _kind_of(cells)
    if kind is None:
        return
    keys = {field.name for field in attrs.fields(_KINDS[kind]) if field.init} | {"kind"}
    for name in tuple(cells):
        if _KEYS[name][0] not in keys:
            yield name, f"a {kind} target has none: leave the cell empty"
        elif name == "goal" and kind == "range":
            yield name, "a range has two levels: write them as goal_low and goal_high"
        elif name in {"goal_low", "goal_high"} and kind != "range":
            yield name, f"a {kind} target has one level: write it as goal"


def _mapping(cells: Mapping[str, object], measures: Mapping[str, Measure]) -> dict[str, Any]:
    """Return the mapping that a plan file has, with the measure that it names."""
    kind = _kind_of(cells)
    if kind is None:
        return {name: cells[name] for name in cells if name == "kind"}
    fields: dict[str, Any] = {"citation": {}}
    if kind == "range":
        fields["goal"] = {}
    interim: dict[str, list[object]] = {}
    for name, cell in cells.items():
        outer, *inner = _KEYS[name]
        if outer == "interim":
            interim[inner[0]] = [*cell.split("; ")] if isinstance(cell, str) else [cell]
        elif inner:
            fields.setdefault(outer, {})[inner[0]] = cell
        else:
            fields[outer] = MeasureReference(cell, measures) if name == "measure" else cell
    if interim:
        fields["interim"] = [
            {key: text for key, text in zip(interim, texts, strict=True) if text is not None}
            for texts in zip_longest(*interim.values())
        ]
    return fields


def _placed(problem: Problem) -> tuple[int, Problem]:
    """Return a problem of a mapping with the row and the column that it has in a table."""
    row, _, keys = problem.path.removeprefix("$[").partition("]")
    name = _COLUMNS.get(_NUMBER.sub("", keys.removeprefix(".")), "")
    is_missing = problem.message == missing_key(problem.path)
    return _problem(int(row), name, "a value is needed here" if is_missing else problem.message)


def _problem(row: int, column: str, message: str) -> tuple[int, Problem]:
    prefix, path = f"row {row + 1}: ", f"$.targets[{row}]"
    if column:
        prefix, path = f"{prefix}{column}: ", f"{path}.{column}"
    return row, Problem(prefix + message, path)
