"""Targets of a frame of Dask, decided in Python for each of its partitions.

Dask plans every operation of every column by running it on a sample, so that the formulas as
expressions would take it a minute to plan. The few figures that may decide are in memory wherever
a partition is, and Python decides them as it does those of a frame that is not lazy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw

from rrmodel.frames._engines import new_frame
from rrmodel.frames._in_python import decided_in_python
from rrmodel.frames._result_columns import RESULT_KINDS
from rrmodel.frames._target_rows import Cell, TargetTable

__all__ = ["decided_in_partitions"]

_DAYS = ("first_day", "last_day", "published")


def decided_in_partitions(
    rivals: nw.LazyFrame[Any],
    table: TargetTable,
    columns: Sequence[str],
    *,
    places: int | None,
    quantile: float,
) -> nw.LazyFrame[Any]:
    """Return the row of each target that has a deciding figure, as a plan of Dask.

    Args:
        rivals: The figures that may decide, and what each is for.
        table: The targets.
        columns: The columns of the result to return, besides the days of the figure.
        places: The decimals of values in a row without ``places``.
        quantile: How many standard errors each side of an interval reaches.
    """
    present = rivals.collect_schema().names()
    days = [name for name in _DAYS if name in present]
    kinds = {"key": "whole", **dict.fromkeys(days, "day")}
    kinds |= {name: RESULT_KINDS[name] for name in columns}
    native: Any = rivals.to_native()
    decided: nw.LazyFrame[Any] = nw.from_native(
        native.shuffle("key").map_partitions(
            _decided,
            table,
            kinds,
            places,
            quantile,
            meta=_frame({name: [] for name in kinds}, kinds),
        )
    )
    return decided


def _decided(
    rivals: Any,  # noqa: ANN401 - a frame of pandas, which need not be installed
    table: TargetTable,
    kinds: Mapping[str, str],
    places: int | None,
    quantile: float,
) -> Any:  # noqa: ANN401
    keys, cells = decided_in_python(nw.from_native(rivals), table, places, quantile)
    days = {name: cells[f"latest_{name}"] for name in _DAYS}
    columns: dict[str, list[Cell]] = {**cells, **days, "key": list(keys)}
    return _frame(columns, kinds)


def _frame(columns: Mapping[str, list[Cell]], kinds: Mapping[str, str]) -> Any:  # noqa: ANN401
    frame = new_frame("pandas", {name: columns[name] for name in kinds}, kinds)
    return frame.collect().to_native()
