"""The command that prints the JSON Schema of a kind of file."""

from __future__ import annotations

import json
from typing import Literal

import click

import rrmodel
from rrmodel.cli._answer import Answer

__all__ = ["schema_command"]


@click.command(
    "schema",
    help="Print the JSON Schema of a kind of file. Editors use it (draft 2020-12) to check and "
    "complete a file while you write it. Default: plan.",
    epilog="\b\nExample:\n  rrmodel schema observations > observations.schema.json",
)
@click.argument("kind", type=click.Choice(["plan", "observations", "schemes"]), default="plan")
def schema_command(kind: Literal["plan", "observations", "schemes"]) -> Answer:
    return Answer(json.dumps(rrmodel.io.json_schema(kind), ensure_ascii=False, indent=2) + "\n")
