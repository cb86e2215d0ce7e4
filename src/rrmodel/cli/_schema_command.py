"""The command that prints the JSON Schema of a kind of file or of an evaluation."""

from __future__ import annotations

from typing import get_args

import click

from rrmodel.cli._answer import Answer, json_text
from rrmodel.io import SchemaKind, json_schema

__all__ = ["schema_command"]

_KINDS = get_args(SchemaKind)


@click.command(
    "schema",
    help="Print the JSON Schema of a kind of file, or of an evaluation. Editors use it (draft "
    "2020-12) to check and complete a file while you write it.\n\n"
    f"KIND is {', '.join(_KINDS[:-1])} or {_KINDS[-1]}. Default: plan.",
    epilog="\b\nExample:\n  rrmodel schema observations > observations.schema.json",
)
@click.argument("kind", metavar="[KIND]", type=click.Choice(_KINDS), default="plan")
def schema_command(kind: SchemaKind) -> Answer:
    return Answer(json_text(json_schema(kind)))
