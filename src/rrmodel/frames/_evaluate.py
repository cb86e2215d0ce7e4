"""Targets assessed from a frame of figures, as joins and aggregations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import narwhals.stable.v2 as nw

from rrmodel.errors import RecordError, UnknownNameError, did_you_mean
from rrmodel.evaluation import STRAIGHT_LINE, Policy, find_policy
from rrmodel.frames._choice import IMMATURE, INCOMPARABLE, INVALID, chosen, classed
from rrmodel.frames._engines import Engine, open_frame
from rrmodel.frames._expressions import is_true
from rrmodel.frames._numbers import decide
from rrmodel.frames._target_rows import (
    MOST_PLACES,
    NEVER,
    RESULT_COLUMNS,
    Cell,
    TargetTable,
    TermRow,
    target_rows,
    targets_in,
)
from rrmodel.model import Plan, Target, normal_form
from rrmodel.periods import parse_day, parse_period

__all__ = ["evaluate"]

_Frame = nw.LazyFrame[Any]
_DAYS = frozenset({"start", "deadline", "known_by"})
_MOST_NAMED = 5
_ANSWER_KINDS = {
    "key": "whole",
    "plan": "text",
    "target": "text",
    "measure": "text",
    "area": "text",
    "as_of": "day",
    "status_without": "text",
    "reason_without": "text",
    "unit": "text",
    "goal": "number",
    "goal_low": "number",
    "goal_high": "number",
    "expected_without": "number",
}


def evaluate(
    observations: Any,  # noqa: ANN401 - narwhals knows a dozen kinds, none of which need be installed
    targets: Plan | Target | Iterable[Plan | Target],
    *,
    as_of: date | str,
    areas: str | Iterable[str] | None = None,
    policy: Policy | str = STRAIGHT_LINE,
    columns: Mapping[str, str] | None = None,
    places: int | None = None,
) -> Any:  # noqa: ANN401 - the same kind of frame
    """Assess targets on a day from a frame of figures, and return a frame of the same kind.

    Each status is that of :func:`rrmodel.evaluation.evaluate`, decided by whole numbers. The
    figures need the columns ``measure``, ``area`` and ``first_day`` and ``last_day`` (or, where the
    frame is not lazy, ``period``), and either ``value`` and ``unit`` or ``numerator`` and
    ``denominator``. The columns ``places``, ``published``, ``series``, ``marks`` and ``level`` are
    read if present; ``level`` only says where there is no figure.

    >>> import polars
    >>> from rrmodel import datasets
    >>> figures = polars.DataFrame({"measure": ["housed-on-release"], "area": ["East Midlands"],
    ...     "period": ["June 2023"], "value": [86.3], "places": [1], "unit": ["%"]})
    >>> plan = datasets.load("east-midlands-2022-25")
    >>> housed = plan.target("housed-on-release-by-july-2023")
    >>> result = evaluate(figures, housed, as_of="2024-08-01")
    >>> result.select("status", "latest", "goal", "gap").rows()
    [('missed', 86.3, 90.0, 3.7)]

    Args:
        observations: The figures, in a frame of polars, pandas, pyarrow, DuckDB, ibis or Dask.
        targets: A plan, a target, or several of them.
        as_of: The day of the assessment: only what was published by then is used.
        areas: The area or areas to assess each target in. Default: each target's own.
        policy: The policy that grades targets before their deadlines: the straight line or the
            traffic light.
        columns: The names of the frame's columns by ours, where they differ.
        places: The decimals of values in a row without ``places``.

    Returns:
        One row for each target and area, with the columns :data:`RESULT_COLUMNS`; lazy if the
        figures were. In lazy frames, measures and areas are spelt as in the targets.

    Raises:
        RecordError: A target, the policy, a column or a deciding figure cannot be assessed in
            frames; the message names it.
        UnknownNameError: There is no such policy or column, or neither the targets nor the frame
            has an area.
    """
    day, chosen_policy = parse_day(as_of), find_policy(policy)
    if places is not None and not 0 <= places <= MOST_PLACES:
        raise RecordError(f"places is {places}: give a number from 0 to {MOST_PLACES}")
    engine = open_frame(observations, columns)
    given = list(targets_in(targets))
    names = None if engine.is_lazy else _spellings(engine)
    asked = None
    if areas is not None:
        asked = _checked_areas([areas] if isinstance(areas, str) else list(areas), given, names)
    table = target_rows(given, asked, day, chosen_policy)
    if not table.pairs:
        raise RecordError("there is no target to assess: give a plan or targets, and areas")
    spelt = _spelt(table, names)
    answers = engine.frame(_answers(table), _ANSWER_KINDS)
    if spelt["key"]:
        result = _with_figures(engine, answers, table.terms, spelt, as_of=day, places=places)
    else:
        result = _without_figures(answers)
    result = engine.result(result.sort("key").select(*RESULT_COLUMNS))
    if not engine.is_lazy:
        _refuse_invalid(result)
    return result.to_native()


def _spellings(engine: Engine) -> dict[str, dict[str, list[str]]]:
    """Return the texts of the names in a frame, by the form in which names are compared."""
    found: dict[str, dict[str, list[str]]] = {}
    for column in ("measure", "area"):
        forms: dict[str, list[str]] = {}
        for text in engine.texts(column):
            forms.setdefault(normal_form(text), []).append(text)
        found[column] = forms
    return found


def _checked_areas(
    areas: Sequence[str],
    targets: Sequence[tuple[str | None, Target]],
    names: dict[str, dict[str, list[str]]] | None,
) -> list[str]:
    """Return the areas, or refuse one that is not known or is spelt in another way."""
    own: dict[str, list[str]] = {}
    for _, target in targets:
        own.setdefault(normal_form(target.area), []).append(target.area)
    known = {} if names is None else names["area"]
    for area in areas:
        form = normal_form(area)
        if form in own and area not in own[form]:
            raise UnknownNameError(
                f"the area of the targets is {own[form][0]!r}, not {area!r}: write it as they do"
            )
        if form not in own and known and form not in known:
            texts = sorted({text for each in (*own.values(), *known.values()) for text in each})
            raise UnknownNameError(
                f"no target and no figure has the area {area!r}: {did_you_mean(area, texts)}"
            )
    return list(dict.fromkeys(areas))


def _without_figures(answers: _Frame) -> _Frame:
    empty = nw.when(nw.col("key") < 0)
    numbers = "latest numerator denominator gap progress pace required_pace".split()
    return answers.with_columns(
        nw.col("status_without").alias("status"),
        nw.col("reason_without").alias("reason"),
        nw.col("expected_without").alias("expected"),
        *(empty.then(nw.lit(0.0)).alias(name) for name in numbers),
        *(
            empty.then(nw.col("as_of")).alias(name)
            for name in ("first_day", "last_day", "published")
        ),
    )


def _with_figures(
    engine: Engine,
    answers: _Frame,
    terms: Sequence[TermRow],
    spelt: Mapping[str, list[Cell]],
    *,
    as_of: date,
    places: int | None,
) -> _Frame:
    """Choose the figures, decide, and put the result beside every target."""
    breaks = sum(name.startswith("break_") for name in spelt)
    kinds = dict.fromkeys(spelt, "whole")
    kinds |= dict.fromkeys(("measure", "area", "target_unit", "target_series"), "text")
    kinds |= {name: "day" for name in spelt if name in _DAYS or name.startswith("break_")}
    selecting = engine.frame(spelt, kinds)
    deciding = _whole_numbers(engine, [row.deciding for row in terms if row.deciding])
    path = _whole_numbers(engine, [part for row in terms for part in row.path])
    figures = _with_days(engine)
    present = figures.collect_schema().names()
    known = classed(figures, selecting, breaks, as_of, days_are_times=engine.days_are_times)
    known = engine.settled(known)
    summary = engine.settled(
        known.group_by("key").agg(
            nw.col("fitness").max(), nw.col("day_in_time").max(), nw.col("first_in_time").min()
        )
    )
    deciding_figures = chosen(known, summary, deciding, present, places)
    decided = decide(deciding_figures, deciding, path)
    if "published" not in present:
        nothing = nw.when(nw.col("key") < 0).then(nw.col("as_of"))
        answers = answers.with_columns(nothing.alias("published"))
    return _beside(answers, summary, decided)


def _whole_numbers(engine: Engine, rows: Sequence[Mapping[str, Cell]]) -> _Frame:
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    frame: _Frame = engine.frame(columns, dict.fromkeys(columns, "whole"))
    return frame


def _answers(table: TargetTable) -> dict[str, list[Cell]]:
    """Return the columns of the result where no figure decides."""
    answers = [row.answer for row in table.terms]
    columns: dict[str, list[Cell]] = {
        name: [answers[place][name] for place, _ in table.pairs]
        for name in _ANSWER_KINDS
        if name not in {"key", "area"}
    }
    areas: list[Cell] = [area for _, area in table.pairs]
    return {"key": list(range(len(areas))), "area": areas, **columns}


def _spelt(
    table: TargetTable, names: dict[str, dict[str, list[str]]] | None
) -> dict[str, list[Cell]]:
    """Return the columns that choose figures: a row for each spelling of a measure and an area."""
    terms = [row.selecting for row in table.terms]
    names_of_columns = dict.fromkeys(name for row in terms for name in row)
    # A series without a break has one that never starts.
    defaults = {name: NEVER if name.startswith("break_") else 0 for name in names_of_columns}
    full: list[dict[str, Cell]] = [{**defaults, **row} if row else {} for row in terms]
    forms = cache(normal_form)

    def ways(column: str, text: str) -> list[str]:
        return [text] if names is None else names[column].get(forms(text), [])

    rows = [
        (key, place, measure, area)
        for key, (place, name) in enumerate(table.pairs)
        if full[place]
        for measure in ways("measure", str(full[place]["measure"]))
        for area in ways("area", name)
    ]
    columns: dict[str, list[Cell]] = {
        name: [full[place][name] for _, place, _, _ in rows] for name in names_of_columns
    }
    columns["key"] = [key for key, _, _, _ in rows]
    columns["measure"] = [measure for _, _, measure, _ in rows]
    columns["area"] = [area for _, _, _, area in rows]
    return columns


def _with_days(engine: Engine) -> _Frame:
    """Return the figures with the first and the last day of their periods.

    Raises:
        RecordError: They have only the texts of periods, and the frame is lazy.
        PeriodError: A text is not a period.
    """
    figures = engine.figures
    if {"first_day", "last_day"} <= set(figures.collect_schema().names()):
        return figures
    if engine.is_lazy:
        raise RecordError(
            "the periods of a lazy frame cannot be read: add the columns 'first_day' and "
            "'last_day', or collect it first"
        )
    texts = engine.texts("period")
    periods = [(text, parse_period(text)) for text in texts]
    columns: dict[str, list[Cell]] = {
        "period": [text for text, _ in periods],
        "first_day": [period.first_day for _, period in periods],
        "last_day": [period.last_day for _, period in periods],
    }
    kinds = {"period": "text", "first_day": "day", "last_day": "day"}
    kept = [name for name in figures.collect_schema().names() if name not in kinds]
    return figures.select(*kept, "period").join(
        engine.frame(columns, kinds), on="period", how="left"
    )


def _beside(answers: _Frame, summary: _Frame, decided: _Frame) -> _Frame:
    """Return every target with what was decided, or with the status of one without a figure."""
    worst = nw.col("fitness")
    joined = answers.join(summary.select("key", "fitness"), on="key", how="left").join(
        decided, on="key", how="left"
    )
    reason = (
        nw.when(is_true(worst == INVALID))
        .then(nw.lit("invalid_figure"))
        .when(~nw.col("reason").is_null())
        .then(nw.col("reason"))
        .when(is_true(worst == INCOMPARABLE))
        .then(nw.lit("not_comparable"))
        .when(is_true(worst == IMMATURE))
        .then(nw.lit("not_yet_known"))
        .otherwise(nw.col("reason_without"))
    )
    status = (
        nw.when(~nw.col("status").is_null())
        .then(nw.col("status"))
        .when(nw.col("reason") == "not_comparable")
        .then(nw.lit("not_comparable"))
        .when(nw.col("reason") == "not_yet_known")
        .then(nw.lit("not_yet_measurable"))
        .otherwise(nw.col("status_without"))
    )
    expected = (
        nw.when(nw.col("status").is_null())
        .then(nw.col("expected_without"))
        .otherwise(nw.col("expected"))
    )
    return (
        joined.with_columns(reason.alias("reason"), expected.alias("expected"))
        .with_columns(status.alias("status"))
        .with_columns(
            nw.when(nw.col("reason") != "invalid_figure").then(nw.col("status")).alias("status")
        )
    )


def _refuse_invalid(result: Any) -> None:  # noqa: ANN401 - a frame of narwhals
    """Refuse a result that rests on a figure that cannot be read exactly."""
    invalid = result.filter(nw.col("reason") == "invalid_figure").select("target", "area")
    pairs = list(zip(invalid["target"].to_list(), invalid["area"].to_list(), strict=True))
    if pairs:
        named = ", ".join(f"{target!r} in {area}" for target, area in pairs[:_MOST_NAMED])
        more = f" and {len(pairs) - _MOST_NAMED} more" if len(pairs) > _MOST_NAMED else ""
        raise RecordError(
            f"a figure that decides cannot be read exactly (targets {named}{more}): check its "
            "days, unit and counts, and give 'places' of at most 4 and a value with no more "
            "decimals than that"
        )
