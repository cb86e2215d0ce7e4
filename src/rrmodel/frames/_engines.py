"""Frames of the engine that a caller's frame belongs to, and the columns read from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

import attrs
import narwhals.stable.v2 as nw

from rrmodel.errors import RecordError, UnknownNameError, did_you_mean
from rrmodel.frames._engine_names import EngineName
from rrmodel.frames._target_rows import Cell

__all__ = ["FIGURE_COLUMNS", "SUPPORTED", "Engine", "new_frame", "open_frame", "sql_values"]

SUPPORTED = "polars, pandas, pyarrow, DuckDB, ibis, Dask or PySpark"
"""The engines, as a message lists them."""

FIGURE_COLUMNS: dict[str, str] = {
    "measure": "text",
    "area": "text",
    "period": "text",
    "first_day": "day",
    "last_day": "day",
    "level": "text",
    "value": "number",
    "unit": "text",
    "places": "number",
    "numerator": "number",
    "denominator": "number",
    "published": "day",
    "series": "text",
    "marks": "text",
}
"""The columns that are read, and what is in each."""

_NEEDS = {"value": "unit", "numerator": "denominator", "denominator": "numerator"}
"""The columns that say nothing without another one, with that one."""
_EAGER: dict[nw.Implementation, Literal["polars", "pandas", "pyarrow"]] = {
    nw.Implementation.POLARS: "polars",
    nw.Implementation.PANDAS: "pandas",
    nw.Implementation.PYARROW: "pyarrow",
}
_PANDAS = nw.Implementation.PANDAS
_WITHOUT_DAYS = (_PANDAS, nw.Implementation.DASK)
"""Engines that have no type for days, and keep them as times."""
_SQL_TYPES = {
    "text": "VARCHAR",
    "whole": "BIGINT",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
    "day": "DATE",
}
_SPARK_TYPES = _SQL_TYPES | {"text": "STRING"}
_EMPTY: dict[str, str | date | int] = {"text": "", "day": date(2000, 1, 1), "number": 0}


@attrs.frozen
class Engine:
    """Makes small frames beside a frame of figures, and returns the result in its form."""

    figures: nw.LazyFrame[Any]
    """The figures, with the columns that they have of :data:`FIGURE_COLUMNS`."""
    is_lazy: bool
    """Whether the frame of the caller was lazy, so that nothing must be collected."""
    days_are_times: bool
    """Whether days are kept as times at midnight, because the engine has no days."""
    _native: Any
    _implementation: nw.Implementation

    def frame(
        self, columns: Mapping[str, list[Cell]], kinds: Mapping[str, str]
    ) -> nw.LazyFrame[Any]:
        """Return columns as a frame of the engine.

        Args:
            columns: The columns.
            kinds: The kind of each column: ``text``, ``whole``, ``number``, ``flag`` or ``day``.
        """
        columns = {name: columns[name] for name in kinds}
        native = _MAKERS[self._implementation](self._native, columns, kinds)
        frame: nw.LazyFrame[Any] = nw.from_native(native).lazy()
        if self.days_are_times:
            days = [name for name, kind in kinds.items() if kind == "day"]
            frame = frame.with_columns(nw.col(*days).cast(nw.Datetime("us"))) if days else frame
        return frame

    @property
    def name(self) -> str:
        """The name of the engine, such as ``"duckdb"``."""
        return self._implementation.name.lower()

    def day(self, day: date) -> nw.Expr:
        """Return a day as the engine keeps days."""
        literal = nw.lit(day)
        return literal.cast(nw.Datetime("us")) if self.days_are_times else literal

    def texts(self, column: str) -> list[str]:
        """Return the different texts of a column of an eager frame."""
        values = self.figures.select(column).unique().drop_nulls().collect()[column]
        return sorted(values.to_list())


def open_frame(frame: Any, columns: Mapping[str, str] | None) -> Engine:  # noqa: ANN401
    """Return the engine of a frame, with its columns checked and under our names.

    Args:
        frame: The frame of a caller.
        columns: The names of the caller's columns by ours, where they differ.

    Raises:
        RecordError: It is not a frame, its engine is not supported, or a column is missing or of
            another type.
        UnknownNameError: ``columns`` names a column that is not read or that the frame lacks.
    """
    try:
        known = nw.from_native(frame)
    except TypeError as error:
        raise RecordError(
            f"a value of type {type(frame).__name__!r} is not a data frame: give one of {SUPPORTED}"
        ) from error
    engine = known.implementation
    if engine not in _MAKERS:
        raise RecordError(
            f"frames of {engine.name.lower()} cannot be assessed, because no small frame can be "
            f"joined to them here: give one of {SUPPORTED}"
        )
    names = _names(known.collect_schema().names(), columns or {})
    figures = known.lazy().select(
        _checked(known, engine, names[name], kind).alias(name)
        for name, kind in FIGURE_COLUMNS.items()
        if name in names
    )
    return Engine(
        figures,
        isinstance(known, nw.LazyFrame),
        engine in _WITHOUT_DAYS,
        frame,
        engine,
    )


def _names(present: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the name in the frame of each column that it has of ours."""
    for ours, theirs in columns.items():
        if ours not in FIGURE_COLUMNS:
            advice = did_you_mean(ours, FIGURE_COLUMNS)
            raise UnknownNameError(f"no column {ours!r} is read from a frame: {advice}")
        if theirs not in present:
            raise UnknownNameError(
                f"the frame has no column {theirs!r}: {did_you_mean(theirs, present)}"
            )
    names = {
        name: columns.get(name, name)
        for name in FIGURE_COLUMNS
        if name in columns or name in present
    }
    has_days = "period" in names or {"first_day", "last_day"} <= names.keys()
    has_levels = {"value", "unit"} <= names.keys() or {"numerator", "denominator"} <= names.keys()
    lone = [repr(other) for one, other in _NEEDS.items() if one in names and other not in names]
    missing = [repr(name) for name in ("measure", "area") if name not in names]
    missing += [] if has_days else ["'first_day' and 'last_day', or 'period'"]
    missing += (
        lone if lone or has_levels else ["'value' and 'unit', or 'numerator' and 'denominator'"]
    )
    if missing:
        raise RecordError(
            f"the frame has no column {'; no column '.join(missing)}: add it, or name yours in "
            "'columns'"
        )
    return names


def _checked(
    known: nw.DataFrame[Any] | nw.LazyFrame[Any], engine: nw.Implementation, name: str, kind: str
) -> nw.Expr:
    """Return the column, without a time of day, or refuse its type."""
    column, kind_there = nw.col(name), known.collect_schema()[name]
    if kind == "text" and isinstance(kind_there, nw.Categorical | nw.Enum):
        return column.cast(nw.String())
    if kind == "text" and kind_there == nw.String:
        # Arrow has two types of texts, which do not join.
        return column.cast(nw.String()) if engine is nw.Implementation.PYARROW else column
    if kind == "number" and kind_there.is_numeric():
        return column
    if kind == "day" and kind_there == nw.Date:
        return column.cast(nw.Datetime("us")) if engine in _WITHOUT_DAYS else column
    if kind == "day" and isinstance(kind_there, nw.Datetime):
        plain = column if kind_there.time_zone is None else column.dt.replace_time_zone(None)
        if engine in _WITHOUT_DAYS:
            return plain.dt.truncate("1d")
        return plain.dt.date()
    if _has_nothing(known, name):
        return nw.when(~column.is_null()).then(nw.lit(_EMPTY[kind]))
    wanted = {"text": "texts", "number": "numbers", "day": "days"}[kind]
    raise RecordError(
        f"the column {name!r} has the type {kind_there}, not {wanted}: convert it first"
    )


def _has_nothing(known: nw.DataFrame[Any] | nw.LazyFrame[Any], name: str) -> bool:
    """Return whether a column is known to be null throughout, so that its type says nothing."""
    if isinstance(known, nw.LazyFrame):
        is_untyped = known.collect_schema()[name] == nw.Unknown
        return is_untyped and known.implementation is nw.Implementation.POLARS
    return bool(known[name].is_null().all())


def _from_dict(
    backend: Literal["polars", "pandas", "pyarrow"],
) -> Callable[[Any, dict[str, list[Cell]], Mapping[str, str]], Any]:
    def make(_: Any, columns: dict[str, list[Cell]], kinds: Mapping[str, str]) -> Any:  # noqa: ANN401
        types = {
            "text": nw.String(),
            "whole": nw.Int64(),
            "number": nw.Float64(),
            "flag": nw.Boolean(),
        }
        is_pandas = backend == "pandas"
        days = nw.Datetime("us") if is_pandas else nw.Date()
        schema = {name: types.get(kind, days) for name, kind in kinds.items()}
        if is_pandas:
            columns = {name: [_midnight(cell) for cell in cells] for name, cells in columns.items()}
        return nw.from_dict(columns, schema, backend=backend).to_native()

    return make


def _midnight(cell: Cell) -> Cell:
    return datetime(cell.year, cell.month, cell.day) if type(cell) is date else cell  # noqa: DTZ001


def new_frame(
    engine: EngineName, columns: dict[str, list[Cell]], kinds: Mapping[str, str]
) -> nw.LazyFrame[Any]:
    """Return columns as a frame of an engine, which need not be one of a caller.

    Args:
        engine: The engine.
        columns: The columns.
        kinds: The kind of each column, as for :meth:`Engine.frame`.
    """
    if engine == "duckdb":
        native = nw.Implementation.DUCKDB.to_native_namespace().sql(sql_values(columns, kinds))
    else:
        native = _from_dict(engine)(None, columns, kinds)
    frame: nw.LazyFrame[Any] = nw.from_native(native).lazy()
    return frame


def sql_values(columns: Mapping[str, Sequence[object]], kinds: Mapping[str, str]) -> str:
    """Return a query of DuckDB that gives columns.

    Args:
        columns: The columns: texts, numbers, days, true and false, and ``None`` for null.
        kinds: The kind of each column: ``text``, ``whole``, ``number``, ``flag`` or ``day``.
    """
    # A list of literals takes DuckDB a thousand times as long as a text of JSON.
    parts = (
        f"unnest(from_json({_quoted(_json(columns[name]))}, '[\"{_SQL_TYPES[kind]}\"]')) AS {name}"
        for name, kind in kinds.items()
    )
    return f"SELECT {', '.join(parts)}"


def _json(cells: object) -> str:
    return json.dumps(cells, default=date.isoformat, separators=(",", ":"))


def _quoted(text: str) -> str:
    quoted = text.replace("'", "''")
    return f"'{quoted}'"


def _for_duckdb(native: Any, columns: dict[str, list[Cell]], kinds: Mapping[str, str]) -> Any:  # noqa: ANN401
    # A query on the caller's relation, because relations of two connections cannot be joined.
    return native.query("rrmodel_figures", sql_values(columns, kinds))


def _for_spark(native: Any, columns: dict[str, list[Cell]], kinds: Mapping[str, str]) -> Any:  # noqa: ANN401
    # Spark knows that a constant is small, and sends it to every worker; it does not know that of
    # rows, and would sort the figures to join them.
    schema = ", ".join(f"{name}: {_SPARK_TYPES[kind]}" for name, kind in kinds.items())
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    query = f"SELECT inline(from_json(:rows, 'ARRAY<STRUCT<{schema}>>'))"
    return native.sparkSession.sql(query, args={"rows": _json(rows)})


def _for_ibis(native: Any, columns: dict[str, list[Cell]], kinds: Mapping[str, str]) -> Any:  # noqa: ANN401
    ibis = nw.from_native(native).__native_namespace__()
    types = {
        "text": "string",
        "whole": "int64",
        "number": "float64",
        "flag": "boolean",
        "day": "date",
    }
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    return ibis.memtable(rows, schema={name: types[kind] for name, kind in kinds.items()})


def _for_dask(native: Any, columns: dict[str, list[Cell]], kinds: Mapping[str, str]) -> Any:  # noqa: ANN401
    dask = nw.from_native(native).__native_namespace__()
    return dask.from_pandas(_from_dict("pandas")(native, columns, kinds), npartitions=1)


_MAKERS = {
    **{engine: _from_dict(backend) for engine, backend in _EAGER.items()},
    nw.Implementation.DUCKDB: _for_duckdb,
    nw.Implementation.IBIS: _for_ibis,
    nw.Implementation.DASK: _for_dask,
    nw.Implementation.PYSPARK: _for_spark,
}
