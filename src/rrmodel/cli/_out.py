"""The option that assesses targets by columns and writes the results as a table."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from rrmodel import datasets, frames
from rrmodel.cli._inputs import is_table, known_measures, read_set, write_losses
from rrmodel.evaluation import STRAIGHT_LINE, Policy
from rrmodel.model import Completion, Plan

__all__ = ["out_option", "places_option", "query_option", "written"]

out_option = click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a table of the results, as Parquet, CSV or JSON lines by the ending of FILE, for "
    "any number of plans, areas and figures. Memory grows with the figures of the plans' measures.",
)
query_option = click.option(
    "--query",
    metavar="SQL",
    help="Read the figures that this query gives, if the observations are a database of DuckDB.",
)
places_option = click.option(
    "--places",
    metavar="NUMBER",
    type=click.IntRange(0, 4),
    help="Round binary values of Parquet, Arrow and databases to so many decimals. Default: those "
    "in the column 'places'.",
)


def written(
    path: Path,
    plans: Sequence[Plan],
    names: Sequence[str],
    *,
    as_of: date,
    areas: str | None,
    policies: Sequence[Policy],
    query: str | None,
    places: int | None,
) -> Counter[str]:
    """Write the results as a table, and return how many have each status.

    Raises:
        UsageError: Several policies or a format are asked for.
        KeyboardInterrupt: The user stopped; the file is as it was.
    """
    context = click.get_current_context()
    if len(policies) > 1:
        raise click.UsageError("give --out one --policy", context)
    if context.get_parameter_source("layout") is ParameterSource.COMMANDLINE:
        raise click.UsageError("give --out or --format, not both", context)
    sources: list[Any] = []
    completions: list[Completion] = []
    for name in dict.fromkeys(names) or datasets.observation_sets():
        if is_table(name):
            sources.append(name)
        else:
            figure_set = read_set(name, plans)
            sources.append(frames.to_frame(figure_set.observations))
            completions += figure_set.completions
    try:
        with write_losses(), _progress() as progress:
            return frames.write_evaluations(
                path,
                sources,
                plans,
                as_of=as_of,
                areas=areas,
                policy=policies[0] if policies else STRAIGHT_LINE,
                completions=completions,
                measures=known_measures(plans),
                query=query,
                places=places,
                progress=progress,
            )
    except KeyboardInterrupt:
        sys.stderr.write(f"stopped: {path} was not written\n")
        raise


@contextmanager
def _progress() -> Generator[Callable[[int], None]]:
    """Show the number of rows read, if standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

    columns = BarColumn(), TextColumn("{task.completed:,} rows of figures read")
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda count: bar.update(task, completed=count)
