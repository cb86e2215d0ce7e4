"""The commands, their options, and what becomes of what goes wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Literal, TextIO

import click

from rrmodel import io
from rrmodel.cli._answer import Answer, text_or_json
from rrmodel.cli._check_command import check_command
from rrmodel.cli._convert_command import convert_command
from rrmodel.cli._coverage_command import coverage_command
from rrmodel.cli._evaluate_command import evaluate_command
from rrmodel.cli._graph_command import graph_command
from rrmodel.cli._inputs import PLAN_HELP, read_plan
from rrmodel.cli._plan_text import plan_text
from rrmodel.cli._schema_command import schema_command
from rrmodel.errors import RrmodelError

__all__ = ["run"]

_BAD_INPUT = 2
_INTERRUPTED = 130
"""What shells report of a program that the user stopped."""
_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code, with every error said in one message."""
    if sys.stdout is None:
        return _refused("the answer cannot be written: standard output is closed")
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
    except RrmodelError as error:  # before OSError: a DumpError is one, with words of its own
        return _refused(str(error))
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        _discard_output()
        return _refused(f"the answer cannot be written: {(error.strerror or str(error)).lower()}")
    return code


def _prepare(stream: TextIO) -> None:
    """Let a file or a pipe get the same bytes everywhere, and a terminal what it can show."""
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
    """Let what cannot be written go, so that Python does not complain of it when it ends."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


@click.group(
    context_settings=_SETTINGS,
    epilog="'rrmodel evaluate -h' and 'rrmodel show -h' say more, each with an example.",
)
@click.version_option(package_name="rrmodel", message="%(prog)s %(version)s")
def _program() -> None:
    """Reducing reoffending plans: what they hold, and what became of their promises."""


@_program.command(
    "show",
    short_help="Show what a plan holds.",
    help=f"Show what a plan holds: its pathways, targets, objectives and partners. {PLAN_HELP}",
    epilog="\b\nExample:\n  rrmodel show east-midlands-2022-25",
)
@click.argument("plan")
@text_or_json
def _show(plan: str, layout: Literal["text", "json"]) -> Answer:
    record = read_plan(plan)
    if layout == "json":
        return Answer(io.dumps(record, format="json"))
    return Answer(plan_text(record, sys.stdout))


_program.add_command(evaluate_command)
_program.add_command(check_command)
_program.add_command(coverage_command)
_program.add_command(graph_command)
_program.add_command(schema_command)
_program.add_command(convert_command)
