"""The command that writes a plan and a table of figures to start from."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
from datetime import date
from importlib.resources import files
from io import StringIO
from pathlib import Path
from string import Template

import click

from rrmodel.cli._answer import Answer
from rrmodel.cli._inputs import read_day
from rrmodel.errors import DumpError, PeriodError
from rrmodel.io import loads, write_whole
from rrmodel.periods import FinancialYear, Quarter

__all__ = ["new_command"]

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WORD = re.compile("[a-z0-9]+")
_YEARS = 3
"""How many financial years a plan lasts."""


def _id(_: click.Context, __: click.Parameter, text: str) -> str:
    if not _ID.fullmatch(text):
        raise click.BadParameter(
            f"{text!r} is not an id: use small letters, digits and hyphens, such as "
            "riverside-2026-29"
        )
    return text


def _year(_: click.Context, __: click.Parameter, text: str | None) -> FinancialYear:
    if text is None:
        return FinancialYear.containing(read_day(None))
    try:
        return FinancialYear(text)
    except PeriodError:
        raise click.BadParameter(f"{text!r} is not a financial year: use 2026-27") from None


@click.command(
    "new",
    help="Write a commented plan and a table of figures to start from. ID names them: ID.yaml and "
    "ID-figures.csv. Existing files are never overwritten.",
    epilog="\b\nExample:\n  rrmodel new riverside-2026-29 --region Riverside --starts 2026-27",
)
@click.argument("name", metavar="ID", callback=_id)
@click.option(
    "--region",
    metavar="NAME",
    help="Set the region or establishment of the plan. Default: the words of ID.",
)
@click.option(
    "--title",
    metavar="TITLE",
    help="Set the title of the plan. Default: the region, and Reducing Reoffending Plan.",
)
@click.option(
    "--starts",
    "first",
    metavar="YEAR",
    callback=_year,
    help="Set the first of the three financial years of the plan, such as 2026-27. Default: the "
    "current one.",
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="Write the files into this folder. Default: the current one.",
)
def new_command(
    *, name: str, region: str | None, title: str | None, first: FinancialYear, folder: Path
) -> Answer:
    plan, figures = folder / f"{name}.yaml", folder / f"{name}-figures.csv"
    taken = [str(file) for file in (plan, figures) if os.path.lexists(file)]
    if taken:
        exists = "the file exists" if len(taken) == 1 else "the files exist"
        raise DumpError(f"{' and '.join(taken)}: {exists}: choose another ID or --folder")
    area = _words(name) if region is None else region.strip()
    start, end = first.first_day.year, first.first_day.year + _YEARS
    texts = {
        "id": name,
        "title": _quoted(f"{area} Reducing Reoffending Plan" if title is None else title.strip()),
        "region": _quoted(area),
        "region_id": "-".join(_WORD.findall(area.lower())) or name,
        "period": f"April {start} to March {end}",
        "before": str(first - 1),
        "start_year": str(start),
        "end_year": str(end),
        "file": plan.name,
        "figures": figures.name,
    }
    template = (files("rrmodel.cli") / "new-plan.yaml").read_text("utf-8")
    text = Template(template).substitute(texts)
    loads(text, name=str(plan))  # a title or a region that no plan may have is refused here
    write_whole(text, plan)
    try:
        write_whole(_figures(area, first), figures)
    except DumpError:
        plan.unlink()
        raise
    command = shlex.join(["rrmodel", "evaluate", str(plan), "--observations", str(figures)])
    return Answer(
        f"{plan}: plan written\n{figures}: figures written\n\n"
        f"Replace each example, then run:\n  {shlex.join(['rrmodel', 'check', str(plan)])}\n"
        f"  {command}\n"
    )


def _words(name: str) -> str:
    """Return the words of an id, without its years: "riverside-2026-29" is "Riverside"."""
    words = [word for word in name.split("-") if not word.isdigit()]
    return " ".join(words or [name]).title()


def _quoted(text: str) -> str:
    """Return a text in quotation marks, as YAML and JSON write it."""
    return json.dumps(text, ensure_ascii=False)


def _figures(area: str, first: FinancialYear) -> str:
    """Return a table with a figure for the baseline and one for the first quarter."""
    year = first.first_day.year
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("measure", "area", "period", "numerator", "denominator", "published", "note"))
    for period, count, cases, published in (
        (first - 1, 960, 1200, date(year, 6, 25)),
        (Quarter.of(year, 1, financial=True), 249, 305, date(year, 8, 27)),
    ):
        note = "Example: replace it with a published figure."
        writer.writerow(("housed-on-release", area, period, count, cases, published, note))
    return text.getvalue()
