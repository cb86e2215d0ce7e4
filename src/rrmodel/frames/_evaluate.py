"""Targets assessed from a frame of figures, as joins and aggregations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any, Literal, Self, TypeAlias, get_args

import attrs
import narwhals.stable.v2 as nw

from rrmodel.errors import RecordError, UnknownNameError, did_you_mean
from rrmodel.evaluation import STRAIGHT_LINE, ComparisonRule, Policy, find_policy
from rrmodel.frames._by_records import decided_by_records
from rrmodel.frames._choice import (
    IMMATURE,
    INCOMPARABLE,
    INVALID,
    Asked,
    candidates,
    classed,
    known_figures,
    spelt_in_engine,
    summary_of,
)
from rrmodel.frames._engines import Engine, open_frame
from rrmodel.frames._expressions import is_true
from rrmodel.frames._in_engine import decided_in_engine
from rrmodel.frames._in_python import cells_of, decided_in_python, expected_without
from rrmodel.frames._result_columns import RESULT_COLUMNS, RESULT_KINDS
from rrmodel.frames._target_frames import TargetFrame, records_of
from rrmodel.frames._target_rows import (
    Cell,
    GivenTarget,
    TargetTable,
    TermRow,
    given_targets,
    target_rows,
)
from rrmodel.frames._whole_numbers import MOST_PLACES
from rrmodel.inference import normal_quantile
from rrmodel.model import Completion, Measure, Plan, Target, normal_form
from rrmodel.periods import parse_day, parse_period

__all__ = ["Names", "evaluate"]

Names: TypeAlias = Literal["alike", "exact"]
"""How the names of measures and areas are compared: by their words, or letter by letter."""

_Frame = nw.LazyFrame[Any]
_MOST_NAMED = 5
_CONFIDENCE = 0.95
_WITHOUT_FIGURE = {
    INCOMPARABLE: ("not_comparable", "not_comparable"),
    IMMATURE: ("not_yet_measurable", "not_yet_known"),
}
"""The status and the reason where no figure decides, by the fitness of those that there are."""
_DECIDED = tuple(
    name
    for name in RESULT_COLUMNS
    if name in {"status", "reason", "movement"}
    or name.startswith(("latest_", "gap_", "progress_", "expected_", "pace_", "required_", "evid"))
)
"""The columns that figures decide."""
_DAYS = {f"latest_{name}": name for name in ("first_day", "last_day", "published")}


def evaluate(
    observations: Any,  # noqa: ANN401 - narwhals knows a dozen kinds, none of which need be installed
    targets: Plan | Target | Iterable[Plan | Target] | TargetFrame,
    *,
    as_of: date | str,
    areas: str | Iterable[str] | None = None,
    policy: Policy | str = STRAIGHT_LINE,
    completions: Iterable[Completion] = (),
    measures: Iterable[Measure] | None = None,
    columns: Mapping[str, str] | None = None,
    places: int | None = None,
    names: Names = "alike",
) -> Any:  # noqa: ANN401 - the same kind of frame
    """Assess targets on a day from a frame of figures, and return a frame of the same kind.

    Each row has what :func:`rrmodel.evaluation.evaluate` says, decided by whole numbers. The engine
    chooses the few figures that may decide. Of a frame that is not lazy, Python assesses these; a
    lazy frame stays a plan of its engine, and nothing is collected.

    The figures need the columns ``measure``, ``area`` and ``first_day`` and ``last_day`` (or, where
    the frame is not lazy, ``period``), and either ``value`` and ``unit`` or ``numerator`` and
    ``denominator``. The columns ``places``, ``published``, ``series``, ``marks`` and ``level`` are
    read if present; ``level`` only says where there is no figure.

    >>> import polars
    >>> from rrmodel import datasets
    >>> figures = polars.DataFrame({"measure": ["housed-on-release"], "area": ["East Midlands"],
    ...     "period": ["June 2023"], "value": [86.3], "places": [1], "unit": ["%"]})
    >>> plan = datasets.load("east-midlands-2022-25")
    >>> housed = plan.target("housed-on-release-by-july-2023")
    >>> result = evaluate(figures, housed, as_of="2024-08-01")
    >>> result.select("status", "latest_value", "goal_value", "gap_value").rows()
    [('missed', 86.3, 90.0, 3.7)]

    Args:
        observations: The figures, in a frame of polars, pandas, pyarrow, DuckDB, ibis or Dask.
        targets: A plan, a target, several of them, or a frame of targets: one in each row, with the
            columns :data:`rrmodel.io.TARGET_COLUMNS` in the texts of plan files, which
            :func:`to_frame` makes of a plan's targets. It may be of another engine and is not lazy.
        as_of: The day of the assessment: only what was published by then is used.
        areas: The area or areas to assess each target in. Default: each target's own.
        policy: The policy that grades targets before their deadlines.
        completions: The milestones reported as completed.
        measures: The measures that a frame of targets names, such as those of a plan. Targets that
            are records have theirs.
        columns: The names of the frame's columns by ours, where they differ.
        places: The decimals of values in a row without ``places``.
        names: ``"alike"`` compares measures and areas by their words, as
            :func:`rrmodel.model.normal_form` does (in lazy frames without the compatibility forms
            of Unicode). ``"exact"`` compares them letter by letter, and saves a pass over them.

    Returns:
        One row for each target and area, with the columns :data:`RESULT_COLUMNS`; lazy if the
        figures were.

    Raises:
        LoadError: Rows of a frame of targets have errors; all of them are reported at once, by the
            number of the row.
        RecordError: A frame of targets is lazy or has no ``measures``, a column or a deciding
            figure cannot be read, or a lazy frame of figures cannot assess a target: one of a flow,
            of a direction with ``every``, with a logit trajectory, with levels too fine for 64
            bits, or by a policy other than the straight line, the traffic light and the statistical
            one. The message names it.
        UnknownNameError: There is no such policy or column, or neither the targets nor the frame
            has an area.

    Warns:
        LossWarning: A frame of targets has columns that are not part of the layout.
    """
    day, chosen_policy = parse_day(as_of), find_policy(policy)
    if places is not None and not 0 <= places <= MOST_PLACES:
        raise RecordError(f"places is {places}: give a number from 0 to {MOST_PLACES}")
    engine = open_frame(observations, columns)
    given = list(given_targets(records_of(targets, measures)))
    is_exact = _is_exact(names)
    spellings = None if engine.is_lazy or is_exact else _Spellings.of(engine)
    asked = None
    if areas is not None:
        asked = [areas] if isinstance(areas, str) else list(areas)
        asked = _checked_areas(asked, given, {} if spellings is None else spellings.areas)
    table = target_rows(given, asked, day, chosen_policy, completions)
    assessment = _Assessment(engine, table, day, chosen_policy, places)
    if engine.is_lazy:
        return assessment.in_engine(is_exact=is_exact)
    return assessment.in_python(
        _as_asked(table) if spellings is None else spellings.as_spelt(table)
    )


def _is_exact(names: str) -> bool:
    """Return whether names must be spelt as in the targets."""
    if names not in get_args(Names):
        advice = did_you_mean(names, get_args(Names))
        raise UnknownNameError(f"there is no way {names!r} to compare names: {advice}")
    return names == "exact"


def _as_asked(table: TargetTable) -> list[tuple[int, str, str]]:
    """Return the number of each row of the result with a measure, and its names as it has them."""
    return [
        (key, row.measure, row.area)
        for key, row in enumerate(table.rows)
        if row.measure is not None
    ]


@attrs.frozen
class _Spellings:
    """The spellings of measures and areas in figures, by the form in which names compare."""

    measures: Mapping[str, Sequence[str]]
    areas: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, engine: Engine) -> Self:
        """Return the spellings in an eager frame."""
        by_column: list[dict[str, list[str]]] = []
        for column in ("measure", "area"):
            spellings: dict[str, list[str]] = {}
            for text in engine.texts(column):
                spellings.setdefault(normal_form(text), []).append(text)
            by_column.append(spellings)
        return cls(*by_column)

    def as_spelt(self, table: TargetTable) -> list[tuple[int, str, str]]:
        """Return the number of a row of the result, with each spelling of its names."""
        asked = _as_asked(table)
        names = {name for _, measure, area in asked for name in (measure, area)}
        forms = {name: normal_form(name) for name in names}
        return [
            (key, *pair)
            for key, measure, area in asked
            for pair in product(
                self.measures.get(forms[measure], ()), self.areas.get(forms[area], ())
            )
        ]


def _checked_areas(
    areas: Sequence[str],
    targets: Sequence[GivenTarget],
    known: Mapping[str, Sequence[str]],
) -> list[str]:
    """Return the areas, or refuse one that is not known or is spelt in another way."""
    own: dict[str, list[str]] = {}
    for given in targets:
        own.setdefault(normal_form(given.target.area), []).append(given.target.area)
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


@attrs.frozen
class _Assessment:
    """Targets to assess from the figures of a frame."""

    engine: Engine
    table: TargetTable
    as_of: date
    policy: Policy
    places: int | None

    @property
    def quantile(self) -> float:
        """How many standard errors each side of an interval reaches."""
        rule = self.policy.rule
        confidence = rule.confidence if isinstance(rule, ComparisonRule) else _CONFIDENCE
        return normal_quantile(confidence)

    def in_python(self, spelt: Sequence[tuple[int, str, str]]) -> Any:  # noqa: ANN401
        """Return the result of a frame that is not lazy.

        The engine chooses the few figures that may decide, and Python decides.

        Args:
            spelt: The number of a row of the result, a measure and an area as figures spell them.
        """
        columns = _answers(self.table, self.as_of)
        by_sums = [each for each in spelt if not self.table.terms_of(each[0]).by_records]
        if by_sums:
            self._fill_by_sums(columns, by_sums)
        by_records = [each for each in spelt if self.table.terms_of(each[0]).by_records]
        if by_records or any(row.by_records for row in self.table.terms):
            self._fill_by_records(columns, by_records)
        _refuse_invalid(columns)
        return self.engine.frame(columns, RESULT_KINDS).collect().to_native()

    def _fill_by_sums(
        self, columns: dict[str, list[Cell]], spelt: Sequence[tuple[int, str, str]]
    ) -> None:
        figures = _with_days(self.engine)
        asked = Asked.of(self.engine, self.table, spelt)
        day = self.engine.day(self.as_of)
        known = classed(figures, asked, asked.frame, day).collect().lazy()
        summary = summary_of(known).collect()
        rivals = candidates(known, summary.lazy(), self.engine).collect()
        worst = cells_of(summary.select("key", "fitness"))
        for key, fitness in zip(worst["key"], worst["fitness"], strict=True):
            if fitness in _WITHOUT_FIGURE:
                columns["status"][key], columns["reason"][key] = _WITHOUT_FIGURE[fitness]
        keys, decided = decided_in_python(rivals, self.table, self.places, self.quantile)
        for name in _DECIDED:
            column = columns[name]
            for key, cell in zip(keys, decided[name], strict=True):
                column[key] = cell
        for key, fitness in zip(worst["key"], worst["fitness"], strict=True):
            if fitness == INVALID:
                columns["reason"][key] = "invalid_figure"

    def _fill_by_records(
        self, columns: dict[str, list[Cell]], spelt: Sequence[tuple[int, str, str]]
    ) -> None:
        kinds = {"key": "whole", "measure": "text", "area": "text"}
        cells: dict[str, list[Cell]] = {
            name: [each[place] for each in spelt] for place, name in enumerate(kinds)
        }
        figures = known_figures(_with_days(self.engine), self.engine.day(self.as_of))
        rows = figures.join(self.engine.frame(cells, kinds), on=["measure", "area"], how="inner")
        decided = decided_by_records(
            rows.collect(), self.table, as_of=self.as_of, policy=self.policy, places=self.places
        )
        for key, answer in decided.items():
            for name in _DECIDED:
                columns[name][key] = answer.get(name)

    def in_engine(self, *, is_exact: bool) -> Any:  # noqa: ANN401 - a frame of the caller's kind
        """Return the result of a lazy frame, as a plan of its engine.

        Args:
            is_exact: Whether figures spell names as targets do.

        Raises:
            RecordError: A target needs what the engine cannot do; all are named at once.
        """
        problems = [
            f"the target {row.given.target.id!r} cannot be assessed in a lazy frame of "
            f"{self.engine.name}, because {reason}: collect the frame first, or use "
            "rrmodel.evaluate"
            for row in self.table.rows
            if (reason := _beyond_an_engine(self.table.terms[row.term]))
        ]
        if problems:
            raise RecordError("\n".join(dict.fromkeys(problems)))
        columns = _answers(self.table, self.as_of)
        kinds = {"key": "whole", **RESULT_KINDS}
        answers = self.engine.frame({"key": list(range(len(self.table.rows))), **columns}, kinds)
        if not any(row.deciding for row in self.table.terms):
            return answers.sort("key").drop("key").to_native()
        return (
            self._with_figures(answers, is_exact=is_exact)
            .sort("key")
            .select(*RESULT_COLUMNS)
            .to_native()
        )

    def _with_figures(self, answers: _Frame, *, is_exact: bool) -> _Frame:
        """Return every target with what was decided, or with the status of one without a figure."""
        figures, spelt = _with_days(self.engine), _as_asked(self.table)
        if not is_exact:
            spelt = [(key, normal_form(measure), normal_form(area)) for key, measure, area in spelt]
        asked = Asked.of(self.engine, self.table, spelt)
        selecting = asked.frame if is_exact else spelt_in_engine(figures, asked.frame)
        known = classed(figures, asked, selecting, self.engine.day(self.as_of))
        summary = summary_of(known)
        names = [name for name in _DECIDED if name not in _DAYS]
        decided = decided_in_engine(
            self.engine,
            candidates(known, summary, self.engine),
            self.table,
            names,
            places=self.places,
            quantile=self.quantile,
        )
        present = decided.collect_schema().names()
        days = {theirs: ours for theirs, ours in _DAYS.items() if ours in present}
        decided = decided.select(
            "key",
            *(nw.col(name).alias(f"{name}_decided") for name in names),
            *(nw.col(ours).alias(f"{theirs}_decided") for theirs, ours in days.items()),
            nw.lit(1).alias("is_decided"),
        )
        joined = answers.join(summary.select("key", "fitness"), on="key", how="left").join(
            decided, on="key", how="left"
        )
        is_decided = ~nw.col("is_decided").is_null()
        return joined.with_columns(
            _status(is_decided).alias("status"),
            _reason(is_decided).alias("reason"),
            *(
                nw.when(is_decided)
                .then(nw.col(f"{name}_decided"))
                .otherwise(nw.col(name))
                .alias(name)
                for name in (*names, *days)
                if name not in {"status", "reason"}
            ),
        )


def _beyond_an_engine(row: TermRow) -> str | None:
    if row.out_of_bounds:
        return "its levels have too many decimals for whole numbers of 64 bits"
    return row.by_records


def _status(is_decided: nw.Expr) -> nw.Expr:
    fitness = nw.col("fitness")
    chain = nw.when(is_true(fitness != INVALID) & is_decided).then(nw.col("status_decided"))
    for worst, (status, _) in _WITHOUT_FIGURE.items():
        chain = chain.when(is_true(fitness == worst)).then(nw.lit(status))
    return chain.when(fitness.is_null() | is_true(fitness != INVALID)).then(nw.col("status"))


def _reason(is_decided: nw.Expr) -> nw.Expr:
    fitness = nw.col("fitness")
    chain = nw.when(is_true(fitness == INVALID)).then(nw.lit("invalid_figure"))
    chain = chain.when(is_decided).then(nw.col("reason_decided"))
    for worst, (_, reason) in _WITHOUT_FIGURE.items():
        chain = chain.when(is_true(fitness == worst)).then(nw.lit(reason))
    return chain.otherwise(nw.col("reason"))


def _answers(table: TargetTable, as_of: date) -> dict[str, list[Cell]]:
    """Return the columns of the result where no figure decides."""
    expected = expected_without(table.terms, as_of)
    terms = [{**row.answer, **more} for row, more in zip(table.terms, expected, strict=True)]
    given, areas, measures, places = zip(*table.rows, strict=True)
    filled = {name for term in terms for name in term}
    columns: dict[str, list[Cell]] = {}
    for name in RESULT_COLUMNS:
        cells = [term.get(name) for term in terms] if name in filled else None
        columns[name] = [None] * len(places) if cells is None else [cells[at] for at in places]
    return columns | {
        "plan": [each.plan for each in given],
        "pathway": [each.pathway for each in given],
        "target": [each.target.id for each in given],
        "measure": list(measures),
        "area": list(areas),
    }


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


def _refuse_invalid(columns: Mapping[str, Sequence[Cell]]) -> None:
    """Refuse a result that rests on a figure that cannot be read exactly."""
    rows = zip(columns["target"], columns["area"], columns["reason"], strict=True)
    pairs = [(target, area) for target, area, reason in rows if reason == "invalid_figure"]
    if pairs:
        named = ", ".join(f"{target!r} in {area}" for target, area in pairs[:_MOST_NAMED])
        more = f" and {len(pairs) - _MOST_NAMED} more" if len(pairs) > _MOST_NAMED else ""
        raise RecordError(
            f"a figure that decides cannot be read exactly (targets {named}{more}): check its "
            "days, unit and counts, and give 'places' of at most 4 and a value with no more "
            "decimals than that"
        )
