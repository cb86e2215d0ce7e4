"""Figures and evaluations in data frames: polars, pandas, pyarrow and others that narwhals knows.

A frame in the tidy layout has a figure in each row and the columns that
:data:`rrmodel.io.TIDY_COLUMNS` names, of which ``measure``, ``area`` and ``period`` are required.
Exact numbers are texts in the column ``level``; ``value`` has the nearest binary numbers, with
which frames calculate.

>>> import polars
>>> frame = polars.DataFrame({"measure": ["housed"], "area": ["York"], "period": ["2022/23"],
...     "value": [86.3], "unit": ["%"], "places": [1]})
>>> figure, = observations(frame)
>>> print(figure.level)
86.3%
>>> to_frame([figure], backend="polars")["value"].to_list()
[86.3]

Narwhals is imported by the first call, not with this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypeAlias, cast, get_args

from rrmodel.errors import RecordError, UnknownNameError, did_you_mean, requires_extra
from rrmodel.evaluation import Evaluation, PlanEvaluation
from rrmodel.io import (
    TIDY_COLUMNS,
    observations_from_rows,
    observations_to_rows,
)
from rrmodel.model import Observation, ObservationSet

__all__ = ["EVALUATION_COLUMNS", "Backend", "observations", "to_frame"]

EVALUATION_COLUMNS: tuple[str, ...] = (
    "target",
    "area",
    "as_of",
    "status",
    "goal",
    "expected",
    "latest",
    "period",
    "gap",
    "progress",
    "verdict",
    "summary",
)
"""The columns of a frame of evaluations. Levels and gaps are texts with their units, ``progress``
is a binary number, and what is undefined is null."""

_WHOLE = ("numerator", "denominator", "rounded_to", "places")

Backend: TypeAlias = Literal["pandas", "polars", "pyarrow"]
"""The packages whose frames are made."""


def observations(
    frame: Any,  # noqa: ANN401 - narwhals knows a dozen kinds, none of which need be installed
    *,
    places: int | None = None,
) -> tuple[Observation, ...]:
    """Return the figures of a frame in the tidy layout; a null is a blank.

    A period may be a text or a ``pandas.Period``, ``published`` a day, a ``Timestamp`` or a text.

    Args:
        frame: Any frame that narwhals knows; a lazy one is collected.
        places: The decimals that ``value`` is rounded to where a row has no ``places``.

    Raises:
        LoadError: Rows have errors; all of them are reported at once. A binary number that is not
            whole is one unless its places are known.
        RecordError: It is not a frame that narwhals knows.

    Warns:
        LossWarning: There are columns that are not part of the layout.
    """
    import narwhals.stable.v2 as narwhals  # noqa: PLC0415 - loaded late, being heavy

    try:
        known = narwhals.from_native(frame)
    except TypeError as error:
        raise RecordError(
            f"a value of type {type(frame).__name__!r} is not a data frame that narwhals knows: "
            "give one of polars, pandas, pyarrow or another of its packages"
        ) from error
    table = known.collect() if isinstance(known, narwhals.LazyFrame) else known
    # Null is asked of each column, because pandas has several values for it, one of them a number.
    columns = {
        name: [
            None if is_null else value
            for value, is_null in zip(
                table[name].to_list(), table[name].is_null().to_list(), strict=True
            )
        ]
        for name in table.columns
    }
    rows = (
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    )
    return observations_from_rows(rows, places=places)


def to_frame(
    records: PlanEvaluation
    | Evaluation
    | ObservationSet
    | Iterable[Observation]
    | Iterable[Evaluation],
    backend: Backend = "polars",
) -> Any:  # noqa: ANN401 - the frame of a package that need not be installed
    """Return figures or evaluations as a frame.

    Figures are in the tidy layout and read back as equal figures. Besides the exact ``level``
    there are ``value``, the nearest binary number, and ``places``, the decimals printed. Counts
    and places are whole numbers, ``published`` is a day, and the other columns are texts.
    Evaluations have the columns :data:`EVALUATION_COLUMNS`, one row each.

    Args:
        records: Observations or evaluations; of a set, its observations.
        backend: The package whose frame is made. Default: polars.

    Raises:
        UnknownNameError: There is no such backend.
        MissingExtraError: The package of the backend is not installed.
        RecordError: The records are neither, or a text is empty or has spaces around it, which a
            table cannot keep.
    """
    if backend not in get_args(Backend):
        advice = did_you_mean(backend, get_args(Backend))
        raise UnknownNameError(f"there is no backend {backend!r}: {advice}")
    if isinstance(records, PlanEvaluation):
        return _evaluation_frame(records.evaluations, backend)
    figures, evaluations = _sorted_out(records)
    if evaluations:
        return _evaluation_frame(evaluations, backend)
    return _figure_frame(figures, backend)


def _sorted_out(records: object) -> tuple[list[Observation], list[Evaluation]]:
    """Return the records as a list of figures and a list of evaluations, one of them empty."""
    if isinstance(records, ObservationSet):
        return list(records.observations), []
    is_many = isinstance(records, Iterable) and not isinstance(records, Evaluation)
    given: list[object] = list(cast("Iterable[object]", records)) if is_many else [records]
    figures = [each for each in given if isinstance(each, Observation)]
    evaluations = [each for each in given if isinstance(each, Evaluation)]
    for each in given:
        if not isinstance(each, Observation | Evaluation):
            raise RecordError(
                f"a value of type {type(each).__name__!r} has no place in a frame: give "
                "observations, or evaluations"
            )
    if figures and evaluations:
        raise RecordError(
            "observations and evaluations have different columns: make a frame of each"
        )
    return figures, evaluations


def _evaluation_frame(evaluations: Iterable[Evaluation], backend: Backend) -> Any:  # noqa: ANN401
    import narwhals.stable.v2 as narwhals  # noqa: PLC0415 - as above

    columns: dict[str, list[object]] = {name: [] for name in EVALUATION_COLUMNS}
    for result in evaluations:
        latest, progress, evidence = result.latest, result.progress, result.evidence
        row: dict[str, object] = {
            "target": result.target.id,
            "area": result.area,
            "as_of": result.as_of,
            "status": result.status.value,
            "goal": _text(result.goal),
            "expected": _text(result.expected),
            "latest": _text(latest and latest.level),
            "period": _text(latest and latest.period),
            "gap": _text(result.gap),
            "progress": None if progress is None else float(progress),
            "verdict": evidence and evidence.verdict.value,
            "summary": result.explain("sentence"),
        }
        for name, values in columns.items():
            values.append(row[name])
    kinds = dict.fromkeys(EVALUATION_COLUMNS, narwhals.String()) | {
        "as_of": _day_kind(backend),
        "progress": narwhals.Float64(),
    }
    return _made(columns, kinds, backend)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _figure_frame(figures: Iterable[Observation], backend: Backend) -> Any:  # noqa: ANN401
    import narwhals.stable.v2 as narwhals  # noqa: PLC0415 - as above

    listed = tuple(figures)
    columns: dict[str, list[object]] = {name: [] for name in TIDY_COLUMNS}
    for row, observation in zip(observations_to_rows(listed), listed, strict=True):
        numbers: dict[str, object] = {}
        if (level := observation.level) is not None:
            unit = level.unit
            exact = f"{row['value'] or level.value}{'' if unit[0] == '%' else ' '}{unit}"
            numbers = {"level": exact, "value": float(level.value)}
            numbers |= {"unit": unit, "places": level.places}
        for name, values in columns.items():
            values.append(numbers.get(name, row[name]))
    # pandas needs other types for texts, whole numbers and days, of which some may be missing.
    is_pandas = backend == "pandas"
    whole = narwhals.Object() if is_pandas else narwhals.Int64()
    text = narwhals.Object() if is_pandas else narwhals.String()
    kinds = dict.fromkeys(TIDY_COLUMNS, text) | {
        **dict.fromkeys(_WHOLE, whole),
        "value": narwhals.Float64(),
        "published": _day_kind(backend),
    }
    frame = _made(columns, kinds, backend)
    if not is_pandas:
        return frame
    types = {name: "string" for name, kind in kinds.items() if kind == text}
    return frame.astype(types | dict.fromkeys(_WHOLE, "Int64"))


def _day_kind(backend: Backend) -> Any:  # noqa: ANN401 - a type of a package imported late
    import narwhals.stable.v2 as narwhals  # noqa: PLC0415 - as above

    return narwhals.Datetime() if backend == "pandas" else narwhals.Date()


def _made(columns: dict[str, list[object]], kinds: Any, backend: Backend) -> Any:  # noqa: ANN401
    import narwhals.stable.v2 as narwhals  # noqa: PLC0415 - as above

    with requires_extra(f"A frame for {backend}", backend):
        return narwhals.from_dict(columns, kinds, backend=backend).to_native()
