"""Synthetic figures of a whole country, of any size, for trials and benchmarks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from math import exp
from random import Random
from typing import Any

import narwhals.stable.v2 as nw

from rrmodel.errors import RecordError, requires_extra
from rrmodel.frames._engine_names import EngineName, chosen_engine
from rrmodel.frames._engines import new_frame
from rrmodel.frames._target_rows import Cell
from rrmodel.model import Mark, Measure, Plan
from rrmodel.periods import Month

__all__ = ["SYNTHETIC_DOCUMENT", "synthetic_figures"]

SYNTHETIC_DOCUMENT = "synthetic-figures"
"""The text of the column ``document`` in each row that :func:`synthetic_figures` returns."""

_NOTE = "Synthetic: generated at random, published by nobody"
_PRIME = 2**31 - 1
_FACTOR = 48_271
_CHANCES = 4
_REVISED_IN_A_HUNDRED = 10
_FEWEST_CASES, _MOST_CASES = 5, 5_000
_LAGS = (25, 32, 41, 60)
"""Days from the end of a month to the first publication of its figures."""
_REVISION_LAG = 90
_Frame = nw.LazyFrame[Any]


def synthetic_figures(
    measures: Plan | Iterable[Measure],
    *,
    areas: int | Iterable[str] = 500,
    start: Month | str = "January 2022",
    months: int = 24,
    seed: int = 0,
    engine: EngineName | None = None,
) -> Any:  # noqa: ANN401 - the frame of a package that need not be installed
    """Return plausible monthly figures of measures in many areas, all of them made up.

    Areas differ in size as places do: most are small and a few are large. Each has a level of its
    own in each measure, which drifts and varies by chance, the more the fewer cases there are. A
    figure is published some weeks after its month as provisional; one of ten is revised later, in a
    separate row. The same arguments give the same figures in every engine.

    Each row says that it is synthetic: ``document`` is :data:`SYNTHETIC_DOCUMENT`, and ``note``
    says so in words.

    >>> from rrmodel import datasets
    >>> plan = datasets.load("east-midlands-2022-25")
    >>> figures = synthetic_figures(plan, areas=3, months=2, engine="polars")
    >>> figures.height >= 3 * 2 * len(plan.measures)
    True
    >>> figures["document"].unique().to_list()
    ['synthetic-figures']

    Args:
        measures: The measures, or a plan that has them. Figures in per cent have counts; those in
            other units are whole numbers.
        areas: How many areas, which are named, or their names.
        start: The first month.
        months: How many months.
        seed: The seed of the figures.
        engine: The package whose frame is made. Default: the first that is installed of polars,
            pandas, pyarrow and DuckDB. A relation of DuckDB makes its rows when they are asked for,
            so that files of any size can be written from it.

    Returns:
        A frame in the tidy layout, with ``first_day`` and ``last_day`` beside ``period``.

    Raises:
        RecordError: There is no measure, area or month, or a name is there twice.
        PeriodError: ``start`` is not a month.
        UnknownNameError: There is no such engine.
        MissingExtraError: The package of the engine is not installed, or none is.
    """
    chosen = chosen_engine(engine)
    first = start if isinstance(start, Month) else Month(start)
    known = list(measures.measures if isinstance(measures, Plan) else measures)
    names = _named(areas) if isinstance(areas, int) else list(areas)
    _check([each.id for each in known], names, months)
    with requires_extra(f"A frame for {chosen}", chosen):
        frame = (
            _areas(chosen, names, seed)
            .join(_measures(chosen, known, seed), how="cross")
            .join(_months(chosen, first, months), how="cross")
            .join(new_frame(chosen, {"edition": [0, 1]}, {"edition": "whole"}), how="cross")
        )
    figures = _figures(frame, len(known), months, seed)
    return (figures if chosen == "duckdb" else figures.collect()).to_native()


def _named(count: int) -> list[str]:
    return [f"Synthetic area {number:0{len(str(count))}}" for number in range(1, count + 1)]


def _check(measures: list[str], areas: list[str], months: int) -> None:
    problems = [
        f"there is no {what}: give at least one"
        for what, number in (
            ("measure", len(measures)),
            ("area", len(areas)),
            ("month", max(months, 0)),
        )
        if not number
    ]
    for what, names in (("measure", measures), ("area", areas)):
        repeated = [name for name, number in Counter(names).items() if number > 1]
        if repeated:
            problems.append(f"the {what} {repeated[0]!r} is there more than once: give it once")
    if problems:
        raise RecordError("\n".join(problems))


def _areas(engine: EngineName, names: list[str], seed: int) -> _Frame:
    rng = Random(f"{seed} areas")  # noqa: S311 - not for secrets
    sizes = [min(max(exp(rng.gauss(4, 1.1)), _FEWEST_CASES), _MOST_CASES) for _ in names]
    columns: dict[str, list[Cell]] = {
        "area": list(names),
        "area_number": list(range(len(names))),
        "size": [round(size) for size in sizes],
        "area_effect": [rng.gauss(0, 0.05) for _ in names],
    }
    kinds = {"area": "text", "area_number": "whole", "size": "whole", "area_effect": "number"}
    return new_frame(engine, columns, kinds)


def _measures(engine: EngineName, measures: list[Measure], seed: int) -> _Frame:
    rng = Random(f"{seed} measures")  # noqa: S311 - not for secrets
    columns: dict[str, list[Cell]] = {
        "measure": [each.id for each in measures],
        "measure_number": list(range(len(measures))),
        "unit": [each.unit for each in measures],
        "base": [0.2 + 0.6 * rng.random() for _ in measures],
        "drift": [
            (0.002 if each.better == "higher" else -0.002) * rng.random() for each in measures
        ],
    }
    kinds = {
        "measure": "text",
        "measure_number": "whole",
        "unit": "text",
        "base": "number",
        "drift": "number",
    }
    return new_frame(engine, columns, kinds)


def _months(engine: EngineName, start: Month, count: int) -> _Frame:
    months = [start + number for number in range(count)]
    columns: dict[str, list[Cell]] = {
        "period": [str(month) for month in months],
        "month_number": list(range(count)),
        "first_day": [month.first_day for month in months],
        "last_day": [month.last_day for month in months],
    }
    kinds = {"period": "text", "month_number": "whole", "first_day": "day", "last_day": "day"}
    for edition, later in enumerate((0, _REVISION_LAG)):
        for place, lag in enumerate(_LAGS):
            name = f"published_{edition}_{place}"
            columns[name] = [month.last_day + timedelta(days=lag + later) for month in months]
            kinds[name] = "day"
    return new_frame(engine, columns, kinds)


def _figures(frame: _Frame, measures: int, months: int, seed: int) -> _Frame:
    number = (nw.col("area_number") * measures + nw.col("measure_number")) * months
    first = Random(f"{seed} figures").randrange(_PRIME)  # noqa: S311 - not for secrets
    mixed = _modulo((number + nw.col("month_number")) * _FACTOR + first)
    frame = frame.with_columns(_stirred(_stirred(mixed)).alias("of_revision"))
    is_revised = nw.col("of_revision") % 100 < _REVISED_IN_A_HUNDRED
    frame = frame.filter((nw.col("edition") == 0) | is_revised)
    for name, before in pairwise(("of_revision", "of_size", "of_lag")):
        frame = frame.with_columns(_stirred(nw.col(name)).alias(before))
    # From here on, the numbers of a figure and of its revision differ.
    of_edition = _modulo(nw.col("of_lag") + nw.col("edition") * _FACTOR)
    frame = frame.with_columns(_stirred(_stirred(of_edition)).alias("chance_0"))
    names = [f"chance_{place}" for place in range(_CHANCES)]
    for name, following in pairwise(names):
        frame = frame.with_columns(_stirred(nw.col(name)).alias(following))
    total = sum((nw.col(name) for name in names[1:]), nw.col(names[0]))
    chance = total.cast(nw.Float64()) / _PRIME - _CHANCES / 2
    frame = frame.with_columns(
        # The sum of numbers from 0 to 1 is close to normal; each has a variance of 1/12.
        (chance * (12 / _CHANCES) ** 0.5).alias("chance"),
        (nw.col("size") * (80 + nw.col("of_size") % 41) // 100).alias("denominator"),
        (nw.col("of_lag") % len(_LAGS)).alias("lag"),
    )
    level = nw.col("base") + nw.col("area_effect") + nw.col("drift") * nw.col("month_number")
    frame = frame.with_columns(level.clip(0.02, 0.98).alias("level"))
    level, cases = nw.col("level"), nw.col("denominator")
    spread = (level * (1 - level) * cases).sqrt()
    counted = (level * cases + nw.col("chance") * spread + 0.5).floor().cast(nw.Int64())
    frame = frame.with_columns(
        nw.when(counted < 0)
        .then(nw.lit(0))
        .when(counted > cases)
        .then(cases)
        .otherwise(counted)
        .cast(nw.Int64())
        .alias("numerator")
    )
    is_share = nw.col("unit") == "%"
    tenths = (nw.col("numerator") * 2_000 + cases) // (cases * 2)
    # polars multiplies by a tenth, so that the nearest number needs to be found again.
    value = nw.when(is_share).then((tenths.cast(nw.Float64()) / 10).round(1))
    is_revision = nw.col("edition") == 1
    marks = nw.when(is_revision).then(nw.lit(Mark.REVISED.value))
    return frame.select(
        "measure",
        "area",
        "period",
        "first_day",
        "last_day",
        value.otherwise(nw.col("numerator").cast(nw.Float64())).alias("value"),
        "unit",
        nw.when(is_share).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64()).alias("places"),
        nw.when(is_share).then(nw.col("numerator")).alias("numerator"),
        nw.when(is_share).then(nw.col("denominator")).alias("denominator"),
        _published().alias("published"),
        marks.otherwise(nw.lit(Mark.PROVISIONAL.value)).alias("marks"),
        nw.lit(SYNTHETIC_DOCUMENT).alias("document"),
        nw.lit(_NOTE).alias("note"),
    )


def _published() -> nw.Expr:
    cases = [(edition, place) for edition in (0, 1) for place, _ in enumerate(_LAGS)]
    *first, (edition, place) = cases
    days = nw.col(f"published_{edition}_{place}")
    for edition, place in first:
        is_case = (nw.col("edition") == edition) & (nw.col("lag") == place)
        days = nw.when(is_case).then(nw.col(f"published_{edition}_{place}")).otherwise(days)
    return days


def _stirred(number: nw.Expr) -> nw.Expr:
    """Return whole numbers below a prime that look random, the same in every engine.

    No step leaves 64 bits. The square makes neighbours unlike each other.
    """
    return _modulo(_modulo(number * number + _FACTOR) * _FACTOR + 1)


def _modulo(number: nw.Expr) -> nw.Expr:
    return number % _PRIME
