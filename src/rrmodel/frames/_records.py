"""Figures and results in data frames: polars, pandas, pyarrow and others that narwhals knows.

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
>>> to_frame([figure], "polars")["value"].to_list()
[86.3]

Narwhals is imported by the first call, not with this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rrmodel.errors import RecordError
from rrmodel.evaluation import Evaluation
from rrmodel.frames._engine_names import EngineName, chosen_engine
from rrmodel.frames._making import make_frame
from rrmodel.io import observations_from_rows, observations_to_rows
from rrmodel.model import Observation
from rrmodel.records import Table, Tabular, to_table

__all__ = ["EVALUATION_COLUMNS", "observations", "to_frame"]

EVALUATION_COLUMNS: tuple[str, ...] = tuple(Evaluation.layout.columns)
"""The columns of a frame of evaluations, which are those of ``to_records()``."""


def observations(
    frame: Any,  # noqa: ANN401 - narwhals knows a dozen kinds, none of which need be installed
    *,
    places: int | None = None,
) -> tuple[Observation, ...]:
    """Return the figures of a frame in the tidy layout; a null is a blank.

    A period may be a text or a ``pandas.Period``, ``published`` a day, a ``Timestamp`` or a text.
    The columns ``first_day`` and ``last_day`` of :func:`read_observations` follow from the period.

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
    follow = ("first_day", "last_day") if "period" in table.columns else ()
    # Null is asked of each column, because pandas has several values for it, one of them a number.
    columns = {
        name: [
            None if is_null else value
            for value, is_null in zip(
                table[name].to_list(), table[name].is_null().to_list(), strict=True
            )
        ]
        for name in table.columns
        if name not in follow
    }
    rows = (
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    )
    return observations_from_rows(rows, places=places)


def to_frame(
    records: Tabular | Table[Any] | Iterable[Tabular],
    engine: EngineName | None = None,
) -> Any:  # noqa: ANN401 - the frame of a package that need not be installed
    """Return results as a frame: the rows of their ``to_records()``.

    Whatever has ``to_records()`` is taken: evaluations of targets and plans, comparisons of
    policies, coverage, findings, figures, targets, answers about partners, control charts and
    forecasts; and any number of results of one kind. The columns are the same with and without
    rows. Days are days, counts are whole numbers, and what is unknown or undefined is null.

    Figures are in the tidy layout and read back as equal figures: beside the exact ``level`` there
    are ``value``, the nearest binary number, and ``places``, the decimals printed. Targets, such as
    ``plan.targets``, are in the texts of plan files, and :func:`evaluate` takes their frame.

    >>> from rrmodel import datasets
    >>> from rrmodel.coverage import coverage
    >>> frame = to_frame(coverage(datasets.load("hmp-leeds-regimes")), "polars")
    >>> frame.select("pathway", "counts_objectives").row(0)
    ('accommodation', 1)

    Args:
        records: A result, a table, or results of one kind; of none, the frame is one of figures.
        engine: The package whose frame is made. Default: the first that is installed of polars,
            pandas, pyarrow and DuckDB. A frame of DuckDB is a relation of its default connection.

    Raises:
        UnknownNameError: There is no such engine.
        MissingExtraError: The package of the engine is not installed, or none is.
        RecordError: A value is not a result, the results are of different kinds, or a text of a
            figure is empty or has spaces around it, which a table cannot keep.
    """
    chosen = chosen_engine(engine)
    table = _table_of(records)
    rows = table.to_records()
    if table.layout is Observation.layout:
        rows = [
            # a level that is not published, beside counts that are, is not that of the counts
            {**row, "level": row["level"] or cells["level"]}
            for row, cells in zip(rows, observations_to_rows(table.subjects), strict=True)
        ]
    cells = {name: [row[name] for row in rows] for name in table.columns}
    return make_frame(table.columns, cells, chosen)


def _table_of(records: Tabular | Table[Any] | Iterable[Tabular]) -> Table[Any]:
    """Return the rows of a result, or of results of one kind, as one table."""
    if isinstance(records, Table):
        return records
    if isinstance(records, Tabular):
        return records.to_table()
    return to_table(records, of=Observation)
