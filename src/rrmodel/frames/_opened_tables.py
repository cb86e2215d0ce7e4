"""Tables of any engine, opened with the columns that a roll-up reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import narwhals.stable.v2 as nw

from rrmodel.errors import RecordError, UnknownNameError, did_you_mean
from rrmodel.frames._engines import SUPPORTED

__all__ = ["OpenedTable", "names_of", "open_table"]

_Frame = nw.LazyFrame[Any]


@attrs.frozen
class OpenedTable:
    """A table of a caller, and how the result is handed back."""

    frame: _Frame
    """Its rows, in columns named ``given_0``, ``given_1`` …, so that none can be one of ours."""
    names: tuple[str, ...]
    """The caller's names of the columns."""
    is_lazy: bool
    """Whether the caller's was lazy, so that nothing must be collected."""

    def __getitem__(self, name: str) -> str:
        """Return the column that has a name of the caller's."""
        return f"given_{self.names.index(name)}"

    def under(self, names: Sequence[str]) -> list[nw.Expr]:
        """Return columns under the caller's names."""
        return [nw.col(self[name]).alias(name) for name in names]

    def result(self, frame: _Frame) -> Any:  # noqa: ANN401 - the same kind as the caller's
        """Return a frame as the caller gave it: collected, unless it was lazy."""
        return (frame if self.is_lazy else frame.collect()).to_native()

    def require_order(self, use: str) -> None:
        """Refuse an engine that cannot number the rows of a group in order.

        Raises:
            RecordError: It is Dask.
        """
        if self.frame.implementation.is_dask():
            raise RecordError(
                f"dask cannot number the rows of a group in order, as {use} need: give a frame of "
                "polars, pandas, pyarrow, DuckDB, ibis or PySpark"
            )

    def in_order(
        self, frame: _Frame, by: Sequence[str], order: str, beside: Sequence[str] = ()
    ) -> _Frame:
        """Return a frame with the ``place`` of each row in its group, from 0.

        Rows in memory stay in their order.

        Args:
            frame: The rows.
            by: The columns that make a group; at least one.
            order: The column that puts a group in order. A blank has no place.
            beside: The columns whose values in the rows before and after are wanted, in
                ``before_<name>`` and ``after_<name>``; null where there is no such row.
        """
        groups = list(by)
        steps = {"before": 1, "after": -1}
        if self.is_lazy:
            return frame.with_columns(
                (nw.col(order).cum_count().over(groups, order_by=order) - 1).alias("place"),
                *(
                    nw.col(name).shift(step).over(groups, order_by=order).alias(f"{side}_{name}")
                    for side, step in steps.items()
                    for name in beside
                ),
            )
        # pyarrow has no such windows, and rows in memory can be sorted.
        rows = frame.collect().with_row_index("given_row")
        rows = rows.sort(*groups, order, nulls_last=True).with_row_index("row")
        row, place = nw.col("row").cast(nw.Int64()), nw.col("place")
        rows = rows.with_columns(
            row.alias("row"),
            *(
                nw.col(name).shift(step).alias(f"{side}_{name}")
                for side, step in steps.items()
                for name in beside
            ),
        ).with_columns(
            nw.col("row").min().over(groups).alias("first"),
            nw.col("row").max().over(groups).alias("last"),
        )
        rows = rows.with_columns((nw.col("row") - nw.col("first")).alias("place"))
        is_there = {"before": place > 0, "after": nw.col("row") < nw.col("last")}
        rows = rows.with_columns(
            nw.when(condition).then(nw.col(f"{side}_{name}")).alias(f"{side}_{name}")
            for side, condition in is_there.items()
            for name in beside
        )
        return rows.sort("given_row").lazy()


def names_of(by: str | Iterable[str], results: Sequence[str] = ()) -> list[str]:
    """Return the names of columns that make groups, once each: a text is one name.

    Raises:
        RecordError: One of them is the name of a result.
    """
    names = [by] if isinstance(by, str) else list(dict.fromkeys(by))
    if clashing := [name for name in names if name in results]:
        raise RecordError(
            f"the column {clashing[0]!r} cannot make groups, because the result has a column of "
            "this name: rename it first"
        )
    return names


def open_table(
    frame: Any,  # noqa: ANN401 - narwhals knows a dozen kinds
    *,
    columns: Sequence[str],
    numbers: Sequence[str] = (),
    results: Sequence[str] = (),
) -> OpenedTable:
    """Return a table whose columns have been checked.

    Args:
        frame: The table of a caller.
        columns: The columns that are read.
        numbers: Those that must be numbers.
        results: The columns that the result adds, which the table must not have yet.

    Raises:
        RecordError: It is not a frame, a column that must be numbers is of another type, or a
            column of the result is there already.
        UnknownNameError: There is no such column.
    """
    try:
        known = nw.from_native(frame)
    except TypeError as error:
        raise RecordError(
            f"a value of type {type(frame).__name__!r} is not a data frame: give one of {SUPPORTED}"
        ) from error
    schema = known.collect_schema()
    present = schema.names()
    missing = [
        f"the frame has no column {name!r}: {did_you_mean(name, present)}"
        for name in dict.fromkeys([*columns, *numbers])
        if name not in present
    ]
    if missing:
        raise UnknownNameError("\n".join(missing))
    problems = [
        f"the column {name!r} has the type {schema[name]}, not numbers: convert it first"
        for name in numbers
        if not schema[name].is_numeric()
    ]
    problems += [
        f"the frame already has a column {name!r}, which the result would replace: rename or drop "
        "it first"
        for name in results
        if name in present
    ]
    if problems:
        raise RecordError("\n".join(problems))
    names = tuple(present)
    frame = known.lazy().select(
        nw.col(name).alias(f"given_{place}") for place, name in enumerate(names)
    )
    return OpenedTable(frame, names, isinstance(known, nw.LazyFrame))
