"""Targets assessed from tables of figures, and the results written as a table."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from itertools import compress
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw

from rrmodel.errors import DumpError
from rrmodel.evaluation import STRAIGHT_LINE, Policy
from rrmodel.frames._engine_names import chosen_engine
from rrmodel.frames._engines import FIGURE_COLUMNS
from rrmodel.frames._evaluate import evaluate
from rrmodel.frames._making import make_frame
from rrmodel.frames._reading import columns_of
from rrmodel.frames._target_frames import TargetFrame, records_of
from rrmodel.frames._target_rows import given_targets
from rrmodel.io import CHECKED_COLUMNS, replacing
from rrmodel.model import Completion, Measure, MeasuredTarget, Plan, Target, normal_form
from rrmodel.records import FieldKind, Value

__all__ = ["write_evaluations"]

_WRITTEN = (".csv", ".jsonl", ".ndjson", ".parquet")
"""The suffixes of the tables that are written."""
_KINDS: dict[str, FieldKind] = {
    name: kind for name, kind in CHECKED_COLUMNS.items() if name in FIGURE_COLUMNS
}


def write_evaluations(
    path: str | os.PathLike[str],
    sources: Iterable[Any],
    targets: Plan | Target | Iterable[Plan | Target] | TargetFrame,
    *,
    as_of: date | str,
    areas: str | Iterable[str] | None = None,
    policy: Policy | str = STRAIGHT_LINE,
    completions: Iterable[Completion] = (),
    measures: Iterable[Measure] | None = None,
    query: str | None = None,
    places: int | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Counter[str]:
    """Assess targets from tables of figures, write the results as a table, and count the statuses.

    The tables are checked whole, as :func:`read_observations` does. Of their rows, only those of
    the targets' measures are kept, so memory grows with these figures and not with the tables. The
    file is written whole or not at all.

    Args:
        path: The file of the results: ``.parquet``, ``.csv``, ``.jsonl`` or ``.ndjson``. Its
            columns are :data:`RESULT_COLUMNS`.
        sources: The tables, each of which :func:`read_observations` takes.
        targets: A plan, a target, several of them, or a frame of targets, as :func:`evaluate` takes
            it.
        as_of: The day of the assessment: only what was published by then is used.
        areas: The area or areas to assess each target in; ``*`` for every area that has figures.
            Default: each target's own.
        policy: The policy that grades targets before their deadlines.
        completions: The milestones reported as completed.
        measures: The measures that the figures may name, and a frame of targets names. Default: the
            figures may name any.
        query: The query on each of the sources, which are databases then.
        places: The decimals of binary values in a row without ``places``.
        progress: Is called with the number of rows read so far.

    Raises:
        DumpError: The file cannot be written, or its suffix is not that of a table.
        LoadError: A table or a frame of targets cannot be read or has errors.
        RecordError: A target or a figure cannot be assessed in frames.
        UnknownNameError: There is no such policy or area.
        MissingExtraError: A package that this needs is not installed.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _WRITTEN:
        known = ", ".join(_WRITTEN)
        raise DumpError(f"{path}: results are written as a table: end the name in {known}")
    named = None if measures is None else tuple(measures)
    records = records_of(targets, named)
    chosen_targets = [records] if isinstance(records, Plan | Target) else list(records)
    engine = chosen_engine()
    # The name of a measure may be spelt in several ways.
    wanted = {
        normal_form(each.target.measure.id)
        for each in given_targets(chosen_targets)
        if isinstance(each.target, MeasuredTarget)
    }

    @cache
    def is_wanted(name: Value) -> bool:
        return normal_form(str(name)) in wanted

    parts: list[nw.DataFrame[Any]] = []
    read = 0
    for source in sources:
        for columns in columns_of(source, named, query, places):
            chosen = list(map(is_wanted, columns["measure"]))
            kept = {name: list(compress(columns[name], chosen)) for name in _KINDS}
            parts.append(nw.from_native(make_frame(_KINDS, kept, engine), eager_only=True))
            read += len(chosen)
            progress(read)
    empty: Mapping[str, list[Value]] = {name: [] for name in _KINDS}
    parts = parts or [nw.from_native(make_frame(_KINDS, empty, engine), eager_only=True)]
    figures = nw.concat(parts)
    asked = figures["area"].unique().sort().to_list() if areas == "*" else areas
    result = nw.from_native(
        evaluate(
            figures.to_native(),
            chosen_targets,
            as_of=as_of,
            areas=asked,
            policy=policy,
            completions=completions,
        ),
        eager_only=True,
    )
    with replacing(path) as file:
        _write(result, file, suffix)
    return Counter(status for status in result["status"].to_list())


def _write(result: nw.DataFrame[Any], file: Path, suffix: str) -> None:
    if suffix == ".parquet":
        result.write_parquet(file)
    elif suffix == ".csv":
        result.write_csv(file)
    else:
        with file.open("w", encoding="utf-8", newline="\n") as lines:
            for row in result.iter_rows(named=True):
                fields = {
                    name: cell.isoformat() if isinstance(cell, date) else cell
                    for name, cell in row.items()
                }
                lines.write(json.dumps(fields, ensure_ascii=False) + "\n")
