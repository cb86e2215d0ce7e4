"""The answer of a command."""

from __future__ import annotations

from typing import NamedTuple

import click

__all__ = ["Answer", "text_or_json"]

text_or_json = click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Print text for people or JSON for programs. Default: text.",
)
"""The option of a command that prints text or JSON."""


class Answer(NamedTuple):
    """The text that a command prints, and its exit code."""

    text: str
    code: int = 0
