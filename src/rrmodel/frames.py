"""Figures in data frames: polars, pandas, pyarrow and whatever else narwhals knows.

A frame in the tidy layout has a figure in each row and the columns that
:data:`rrmodel.io.TIDY_COLUMNS` names, of which ``measure``, ``area`` and ``period`` are required.
Exact numbers stand in the column ``level`` as texts; ``value`` has the nearest binary numbers, with
which frames calculate.

>>> import polars
>>> frame = polars.DataFrame({"measure": ["housed"], "area": ["York"], "period": ["2022/23"],
...     "value": [86.3], "unit": ["%"], "places": [1]})
>>> seen, = observations(frame)
>>> print(seen.level)
86.3%
>>> to_frame([seen], backend="polars")["value"].to_list()
[86.3]

Narwhals does the work and is loaded by the first call, not by the import.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypeAlias, get_args

from rrmodel.errors import RecordError, UnknownNameError, did_you_mean, requires_extra
from rrmodel.io import (
    TIDY_COLUMNS,
    observations_from_rows,
    observations_to_rows,
)
from rrmodel.model import Observation, ObservationSet

__all__ = ["Backend", "observations", "to_frame"]

_WHOLE = ("numerator", "denominator", "places")

Backend: TypeAlias = Literal["pandas", "polars", "pyarrow"]
"""The packages whose frames are made."""


def observations(
    frame: Any,  # noqa: ANN401 - narwhals knows a dozen kinds, none of which need be installed
    *,
    places: int | None = None,
) -> tuple[Observation, ...]:
    """Return the figures of a frame in the tidy layout; a null is a blank.

    Args:
        frame: Any frame that narwhals knows; a lazy one is collected.
        places: The decimals that ``value`` is rounded to where a row names no ``places``.

    Raises:
        LoadError: A row has mistakes; all of all rows are reported at once. A binary number that
            is not whole is one unless its places are known.
        RecordError: It is no frame that narwhals knows.
    """
    import narwhals.stable.v2 as narwhals  # noqa: PLC0415 - loaded late, being heavy

    try:
        known = narwhals.from_native(frame)
    except TypeError as error:
        raise RecordError(
            f"{type(frame).__name__} is no data frame that narwhals knows: pass one of polars, "
            "pandas, pyarrow or another of its packages"
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
    observations: ObservationSet | Iterable[Observation], *, backend: Backend = "polars"
) -> Any:  # noqa: ANN401 - the frame of a package that need not be installed
    """Return figures as a frame in the tidy layout, which reads back as equal figures.

    Besides the exact ``level`` there are ``value``, the nearest binary number, and ``places``, the
    decimals printed. Counts and places are whole numbers, ``published`` holds days, and the other
    columns are texts.

    Raises:
        UnknownNameError: There is no such backend.
        MissingExtraError: The package of the backend is not installed.
        RecordError: A text is empty or has spaces around it, which no table can keep.
    """
    import narwhals.stable.v2 as narwhals  # noqa: PLC0415 - as above

    if backend not in get_args(Backend):
        advice = did_you_mean(backend, get_args(Backend))
        raise UnknownNameError(f"there is no backend {backend!r}: {advice}")
    if isinstance(observations, ObservationSet):
        observations = observations.observations
    seen = tuple(observations)
    columns: dict[str, list[object]] = {name: [] for name in TIDY_COLUMNS}
    for row, observation in zip(observations_to_rows(seen), seen, strict=True):
        numbers: dict[str, object] = {}
        if (level := observation.level) is not None:
            unit = level.unit
            exact = f"{row['value'] or level.value}{'' if unit == '%' else ' '}{unit}"
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
        "published": narwhals.Datetime() if is_pandas else narwhals.Date(),
    }
    with requires_extra(f"A frame for {backend}", backend):
        frame: Any = narwhals.from_dict(columns, kinds, backend=backend).to_native()
    if not is_pandas:
        return frame
    types = {name: "string" for name, kind in kinds.items() if kind == text}
    return frame.astype(types | dict.fromkeys(_WHOLE, "Int64"))
