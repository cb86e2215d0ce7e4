"""The command that writes a plan in another format."""

from __future__ import annotations

import os
import sys
from typing import get_args

import click

from rrmodel.cli._answer import Answer
from rrmodel.cli._completion import complete_plans
from rrmodel.cli._inputs import PLAN_HELP, read_plan
from rrmodel.errors import DumpError
from rrmodel.io import WriteFormat, dump, dumps, losses, written_format

__all__ = ["convert_command"]

_OUTPUT = "-"
_NAMES: dict[WriteFormat, str] = {
    "yaml": "a plan file in YAML",
    "json": "a plan file in JSON",
    "stratml": "a StratML document",
    "ics": "a calendar",
}


@click.command(
    "convert",
    help="Write a plan in another format. The formats are YAML, JSON, StratML and, for the "
    "deadlines of a plan, iCalendar. OUT is the path of the new file, or - for standard output. "
    f"Standard error lists the parts of the plan that the format cannot carry.\n\n{PLAN_HELP}",
    epilog="\b\nExample:\n  rrmodel convert east-midlands-2022-25 deadlines.ics",
)
@click.argument("plan", shell_complete=complete_plans)
@click.argument("out", type=click.Path())
@click.option(
    "--to",
    "layout",
    type=click.Choice(get_args(WriteFormat)),
    help="Write this format. Default: the format of OUT's suffix.",
)
@click.option("--force", is_flag=True, help="Overwrite OUT if it exists.")
def convert_command(*, plan: str, out: str, layout: WriteFormat | None, force: bool) -> Answer:
    if out == _OUTPUT and layout is None:
        raise click.UsageError("standard output has no suffix: name the format with --to")
    layout = layout or written_format(out)
    if out != _OUTPUT and not force and os.path.lexists(out):
        raise DumpError(f"{out}: the file exists: choose another name, or use --force")
    record = read_plan(plan)
    if out == _OUTPUT:
        text = dumps(record, format=layout)
    else:
        dump(record, out, format=layout)
        text = f"{out}: written as {_NAMES[layout]}\n"
    for loss in losses(record, format=layout):
        sys.stderr.write(f"{plan}: {loss}\n")
    return Answer(text)
