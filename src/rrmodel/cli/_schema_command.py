"""The command that prints the JSON Schema of a kind of file or of an evaluation."""

from __future__ import annotations

from typing import get_args

import click

from rrmodel.cli._answer import Answer, json_text
from rrmodel.io import SchemaKind, json_schema

__all__ = ["schema_command"]


@click.command(
    "schema",
    help="Print the JSON Schema of a kind of file, or of an evaluation. Editors use it (draft "
    "2020-12) to check and complete a file while you write it. Default: plan.",
    epilog="\b\nExample:\n  rrmodel schema observations > observations.schema.json",
)
@click.argument("kind", type=click.Choice(get_args(SchemaKind)), default="plan")
def schema_command(kind: SchemaKind) -> Answer:
    return Answer(json_text(json_schema(kind)))
