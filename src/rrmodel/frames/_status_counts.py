"""How many targets have each status, by any columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import narwhals.stable.v2 as nw

from rrmodel.evaluation import Status
from rrmodel.frames._opened_tables import names_of, open_table

__all__ = ["STATUS_COUNT_COLUMNS", "count_statuses"]

STATUS_COUNT_COLUMNS: tuple[str, ...] = (
    "targets",
    *(status.value for status in Status),
    "invalid_figure",
)
"""The columns of whole numbers that :func:`count_statuses` returns after those of the groups.

``targets`` counts all rows, each status those that have it, and ``invalid_figure`` those without a
status, because a lazy frame had a figure that cannot be read exactly."""


def count_statuses(
    results: Any,  # noqa: ANN401 - narwhals knows a dozen kinds, none of which need be installed
    by: str | Iterable[str] = (),
    *,
    status: str = "status",
) -> Any:  # noqa: ANN401 - the same kind of frame
    """Count targets by status: in all, or for each pathway, measure, area or any other column.

    >>> import polars
    >>> results = polars.DataFrame({"measure": ["housed", "housed", "employed"],
    ...     "status": ["met", "missed", "no_data"]})
    >>> counts = count_statuses(results, "measure")
    >>> counts.select("measure", "targets", "met", "missed", "no_data").rows()
    [('employed', 1, 0, 0, 1), ('housed', 2, 1, 1, 0)]

    Args:
        results: The frame that :func:`rrmodel.frames.evaluate` returned, one that
            :func:`rrmodel.frames.to_frame` made of evaluations, or any other with a row for each
            target and area. To count by region, join a frame of areas and regions first.
        by: The column or columns that make a group. Default: all rows are one group.
        status: The column that has the status.

    Returns:
        One row for each group, sorted, with the columns of ``by`` and
        :data:`STATUS_COUNT_COLUMNS`; lazy if the results were.

    Raises:
        UnknownNameError: There is no such column.
        RecordError: It is not a frame, or a column of ``by`` has the name of a result.
    """
    groups = names_of(by, STATUS_COUNT_COLUMNS)
    table = open_table(results, columns=[*groups, status])
    column = nw.col(table[status])
    conditions = {each.value: (column == each.value).fill_null(value=False) for each in Status}
    conditions["invalid_figure"] = column.is_null()
    flags = {name: _flag(condition) for name, condition in conditions.items()}
    keys = [table[name] for name in groups]
    counted = table.frame.select(
        *keys,
        nw.lit(1).cast(nw.Int64()).alias("targets"),
        *(flag.alias(name) for name, flag in flags.items()),
    )
    sums = [nw.col(name).sum() for name in STATUS_COUNT_COLUMNS]
    counts = counted.group_by(*keys).agg(*sums).sort(*keys) if keys else counted.select(*sums)
    return table.result(
        counts.select(
            *table.under(groups),
            # Some engines add whole numbers up to larger ones, and nothing to null.
            *(
                nw.col(name).fill_null(0).cast(nw.Int64()).alias(name)
                for name in STATUS_COUNT_COLUMNS
            ),
        )
    )


def _flag(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64())
