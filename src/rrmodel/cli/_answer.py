"""The answer of a command."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

import click
from click.core import ParameterSource

__all__ = ["Answer", "json_text", "layout_option", "refuse_beside", "text_or_json"]

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

_FORMATS = {
    "text": "text for people",
    "json": "JSON for programs",
    "csv": "a table for spreadsheets",
    "markdown": "a table for documents",
}


def layout_option(
    *names: str, others: Mapping[str, str] | None = None
) -> Callable[[CommandT], CommandT]:
    """Return the option ``--format`` of a command.

    Args:
        names: The formats that many commands have, the default first.
        others: The formats of this command alone, and what each prints.
    """
    formats = {name: _FORMATS[name] for name in names} | dict(others or {})
    *most, last = (f"{name}, {words}" for name, words in formats.items())
    return click.option(
        "--format",
        "layout",
        type=click.Choice(list(formats)),
        default=names[0],
        metavar="FORMAT",
        help=f"Choose what to print: {'; '.join(most)}; or {last}. Default: {names[0]}.",
    )


text_or_json = layout_option("text", "json")
"""The option of a command that prints text or JSON."""


def json_text(fields: object) -> str:
    """Return JSON for programs."""
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"


def refuse_beside(option: str, **others: str) -> None:
    """Refuse options that say how to print, where the answer is saved and not printed.

    Args:
        option: The option that saves the answer.
        others: The options that cannot be combined with it, by the names of their parameters.

    Raises:
        UsageError: One of them is given too.
    """
    context = click.get_current_context()
    for parameter, other in others.items():
        if context.get_parameter_source(parameter) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"give {option} or {other}, not both", context)


class Answer(NamedTuple):
    """The text that a command prints, and its exit code."""

    text: str
    code: int = 0
