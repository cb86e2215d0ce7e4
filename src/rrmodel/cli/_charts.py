"""The option that saves a chart, and how it is saved."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Protocol

import click

from rrmodel.cli._answer import Answer, refuse_beside
from rrmodel.io import write_whole

__all__ = ["Chart", "chart_option", "chart_path", "save_chart"]

_ENDINGS = (".svg", ".png", ".html", ".json")


class Chart(Protocol):
    """An altair chart, which only :mod:`rrmodel.reporting` may name."""

    @property
    def save(self) -> Callable[..., None]: ...


def chart_path(context: click.Context, option: click.Parameter, path: Path | None) -> Path | None:
    """Return the path of a chart, whose ending is that of a format."""
    if path is not None and path.suffix.lower() not in _ENDINGS:
        raise click.BadParameter(
            f"{str(path)!r} does not end in .svg, .png, .html or .json.", context, option
        )
    return path


chart_option = click.option(
    "--chart",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=chart_path,
    help="Save a chart, as SVG, PNG, HTML or JSON (Vega-Lite) by the ending of FILE.",
)
"""The option of a command that can draw its answer."""


def save_chart(chart: Chart, path: Path) -> Answer:
    """Save a chart in the format of its file's ending. Pages work without a network.

    Raises:
        UsageError: A format is asked for too.
        DumpError: The file cannot be written; the file that was there is unchanged.
    """
    refuse_beside("--chart", layout="--format")
    suffix = path.suffix.lower()
    drawn = BytesIO() if suffix == ".png" else StringIO()
    if suffix == ".html":
        chart.save(drawn, format="html", inline=True)
    elif suffix == ".json":
        chart.save(drawn, format="json")
    elif suffix == ".png":
        chart.save(drawn, format="png", scale_factor=2)
    else:
        chart.save(drawn, format="svg")
    write_whole(drawn.getvalue(), path)
    return Answer(f"{path}: chart saved\n")
