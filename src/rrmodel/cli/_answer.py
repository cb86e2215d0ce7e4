"""What a command answers."""

from __future__ import annotations

import attrs
import click

__all__ = ["Answer", "text_or_json"]

text_or_json = click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Text for people (the default) or JSON for machines.",
)
"""The option of a command that answers people or machines."""


@attrs.frozen
class Answer:
    """What a command prints, and how it ends."""

    text: str
    code: int = 0
