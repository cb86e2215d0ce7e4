"""Figures of a country in Parquet files, to counts of statuses by pathway, against polars by hand.

Run it with ``python benchmarks/parquet.py``, or with a number of figures in millions. Both racers
are lazy queries of the same files, which polars streams; each measure represents a pathway. The
memory is that of a new process which does nothing else.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import polars as pl
from frames import DAY, by_hand, figures, goal_rows, targets
from results import Measured, Result, at_most, memory, race, show, timed, times_slower

from rrmodel import frames

ROWS_A_FILE = 1_000_000
FILES = 2
ALL_FILES = 100
ROUNDS = 2
SUBJECT = "Parquet"


def write_files(folder: Path, files: int) -> str:
    """Write files of synthetic figures, and return the pattern of their names."""
    for number in range(files):
        figures(ROWS_A_FILE, seed=number).write_parquet(folder / f"{number}.parquet")
    return str(folder / "*.parquet")


def ours(pattern: str) -> pl.DataFrame:
    """Count statuses as rrmodel does."""
    observations = pl.scan_parquet(pattern)
    assessed = frames.evaluate(observations, targets(), as_of=DAY, names="exact")
    return frames.count_statuses(assessed, "measure").collect(engine="streaming")


def counted_by_hand(pattern: str) -> pl.DataFrame:
    """Count statuses as a hand-written query does."""
    assessed = by_hand(pl.scan_parquet(pattern), goal_rows(targets()))
    counts = assessed.group_by("measure", "status").len().sort("measure", "status")
    return counts.collect(engine="streaming")


def measure(files: int = FILES) -> Measured:
    """Race both queries, then measure the memory of ours."""
    name = f"{files * ROWS_A_FILE:,} rows to counts by pathway"
    with TemporaryDirectory() as folder:
        pattern = write_files(Path(folder), files)
        calls = {"ours": lambda: ours(pattern), "polars by hand": lambda: counted_by_hand(pattern)}
        racers = {each: timed(call, calls=1, timer=perf_counter) for each, call in calls.items()}
        taken = race(racers, ROUNDS)
        setup = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import parquet"
        megabytes = memory(setup, f"parquet.ours({pattern!r})") / 1e6
    results = [
        times_slower(SUBJECT, name, taken, "polars by hand", at_most(1.2)),
        Result(SUBJECT, f"memory of {name}", megabytes, "MB", at_most(700)),
    ]
    if files < ALL_FILES:
        whole = f"{ALL_FILES * ROWS_A_FILE:,} rows to counts by pathway"
        results += [
            Result(SUBJECT, whole, None, "", at_most(1.2)),
            Result(SUBJECT, f"memory of {whole}", None, "", at_most(700)),
        ]
    return Measured(tuple(results))


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else FILES))
