"""The program: its commands, each loaded when it is chosen, and its messages about errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TextIO

import click

import rrmodel
from rrmodel.cli._answer import Answer

__all__ = ["run"]

_BAD_INPUT = 2
_INTERRUPTED = 130
"""The exit code that shells give to a program that the user stopped."""
_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_SUMMARIES = {
    "chart": "Draw a chart of a plan, a target or areas.",
    "check": "List missing, doubtful and contradictory statements in a plan.",
    "compare": "Compare days, areas, policies or editions of a plan.",
    "convert": "Write a plan in another format.",
    "coverage": "Show the coverage of a plan and its gaps.",
    "evaluate": "Assess the targets of a plan on a day.",
    "figures": "List the figures that can be named: their sets, measures, areas and periods.",
    "forecast": "Forecast whether targets will be met.",
    "graph": "Show who works with whom, draw it, or write the partner graph.",
    "new": "Write a commented plan and a table of figures to start from.",
    "parse": "Read a published document as a plan.",
    "schema": "Print the JSON Schema of a kind of file, or of an evaluation.",
    "show": "Show the contents of a plan.",
}
"""The first sentence of each command's help, so that no command is loaded to list them all."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code. Each error becomes one message."""
    if sys.stdout is None:
        return _refused("the output cannot be written: standard output is closed")
    _prepare(sys.stdout)
    code = 0
    try:
        answer = _program.main(list(arguments) or ["-h"], "rrmodel", standalone_mode=False)
        if isinstance(answer, Answer):
            code = answer.code
            sys.stdout.write(answer.text)
        sys.stdout.flush()
    except click.Abort:
        return _INTERRUPTED
    except click.UsageError as error:
        context = error.ctx.command_path if error.ctx else "rrmodel"
        return _refused(f"{error.format_message()}\nTry '{context} -h'.")
    except rrmodel.errors.RrmodelError as error:  # before OSError, which a DumpError also is
        return _refused(str(error))
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        _discard_output()
        return _refused(f"the output cannot be written: {(error.strerror or str(error)).lower()}")
    return code


def _prepare(stream: TextIO) -> None:
    """Write the same bytes to files and pipes everywhere, and to a terminal what it can show."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    if stream.isatty():
        reconfigure(errors="replace")
    else:
        reconfigure(encoding="utf-8", newline="\n")


def _refused(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return _BAD_INPUT


def _discard_output() -> None:
    """Discard unwritten output, so that Python does not report it at exit."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


class _Program(click.Group):
    """A group that lists its commands without loading them."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None:
            module = import_module(f"rrmodel.cli._{name}_command")
            command = getattr(module, f"{name}_command")
        return name, command, rest


@click.group(
    cls=_Program,
    commands=[click.Command(name, short_help=summary) for name, summary in _SUMMARIES.items()],
    context_settings=_SETTINGS,
    epilog="'rrmodel COMMAND -h' describes a command, with an example.",
)
@click.version_option(package_name="rrmodel", message="%(prog)s %(version)s")
def _program() -> None:
    """Read published reducing reoffending plans, check them and assess their targets."""
