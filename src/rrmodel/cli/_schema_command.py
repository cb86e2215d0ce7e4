"""The command that prints the JSON Schema of a kind of file."""

from __future__ import annotations

import json
from typing import Literal

import click

from rrmodel import io
from rrmodel.cli._answer import Answer

__all__ = ["schema_command"]


@click.command(
    "schema",
    short_help="Print the JSON Schema of plan files, or of another kind of file.",
    help="Print the JSON Schema (2020-12) of plan files, or of another kind of file. Editors check "
    "and complete a file by it while it is being written.",
    epilog="\b\nExample:\n  rrmodel schema observations > observations.schema.json",
)
@click.argument("kind", type=click.Choice(["plan", "observations", "schemes"]), default="plan")
def schema_command(kind: Literal["plan", "observations", "schemes"]) -> Answer:
    return Answer(json.dumps(io.json_schema(kind), ensure_ascii=False, indent=2) + "\n")
