"""The engines of frames that tests run a call on: polars in, polars out, each engine between."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from functools import cache
from itertools import count
from typing import Any, TypeAlias

import dask.dataframe as dask
import duckdb
import ibis
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

CALLS = count()
Call: TypeAlias = Callable[[Any], Any]
"""What is done with a frame of an engine."""


def through_duckdb(frame: pl.DataFrame, run: Call) -> pl.DataFrame:
    """Run a call on a relation of a connection that is not the default one."""
    connection, arrow = duckdb.connect(), frame.to_arrow()
    result = run(connection.from_arrow(arrow))
    assert isinstance(result, duckdb.DuckDBPyRelation)
    return pl.DataFrame(pl.from_arrow(result.to_arrow_table()))


def through_ibis(frame: pl.DataFrame, run: Call) -> pl.DataFrame:
    """Run a call on a table of ibis."""
    result = run(ibis.memtable(frame.to_arrow()))
    assert isinstance(result, ibis.Table)
    return pl.DataFrame(pl.from_arrow(result.to_pyarrow()))


def through_dask(frame: pl.DataFrame, run: Call) -> pl.DataFrame:
    """Run a call on a frame of Dask in two partitions."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Dask support is moving", FutureWarning)
        result = run(dask.from_pandas(frame.to_pandas(), npartitions=2))
        assert isinstance(result, dask.DataFrame)
        return from_pandas(result.compute())


@cache
def spark_session() -> Any:
    """Return a session of Spark: two threads, bound to this machine, without a page."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - only the tests of Spark need it

    builder = SparkSession.builder.master("local[2]")
    options = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # The others make small frames quicker.
        "spark.python.sql.dataFrameDebugging.enabled": "false",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
    }
    for name, value in options.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def through_spark(frame: pl.DataFrame, run: Call) -> pl.DataFrame:
    """Run a call on a frame of Spark; no job may run before its rows are asked for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PySpark warns of pandas 3
        session = spark_session()
        context = session.sparkContext
        native = session.createDataFrame(frame.to_arrow())
        group = f"call {next(CALLS)}"
        context.setJobGroup(group, "what a test runs")
        result = run(native)
        assert context.statusTracker().getJobIdsForGroup(group) == []
        return pl.DataFrame(pl.from_arrow(result.toArrow()))


def from_pandas(frame: pd.DataFrame) -> pl.DataFrame:
    """Return a frame of pandas as one of polars."""
    return pl.DataFrame(pl.from_arrow(pa.Table.from_pandas(frame, preserve_index=False)))


def checked(result: Any, kind: type) -> Any:
    """Return a result that is of the same kind as what was given."""
    assert isinstance(result, kind)
    return result


ENGINES: dict[str, Callable[[pl.DataFrame, Call], pl.DataFrame]] = {
    "polars": lambda frame, run: checked(run(frame), pl.DataFrame),
    "lazy polars": lambda frame, run: checked(run(frame.lazy()), pl.LazyFrame).collect(),
    "pandas": lambda frame, run: from_pandas(checked(run(frame.to_pandas()), pd.DataFrame)),
    "pandas with Arrow": lambda frame, run: from_pandas(
        checked(run(frame.to_pandas(use_pyarrow_extension_array=True)), pd.DataFrame)
    ),
    "pyarrow": lambda frame, run: pl.DataFrame(
        pl.from_arrow(checked(run(frame.to_arrow()), pa.Table))
    ),
    "duckdb": through_duckdb,
    "ibis": through_ibis,
    "dask": through_dask,
    "spark": through_spark,
}


MARKS = {
    "dask": [pytest.mark.slow],
    "ibis": [pytest.mark.slow],
    "spark": [pytest.mark.spark],
}


def each_engine(*, but: Iterable[str] = ()) -> pytest.MarkDecorator:
    """Return the mark that runs a test on each engine, by its name in ``engine``.

    Dask and ibis take long to plan a query, and Spark runs in a separate session.
    """
    return pytest.mark.parametrize(
        "engine",
        [pytest.param(name, marks=MARKS.get(name, [])) for name in ENGINES if name not in but],
    )
