"""The commands, their options, and what becomes of what goes wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Literal, TextIO

import click

from rrmodel import io
from rrmodel.cli._answer import Answer
from rrmodel.cli._check_command import check_command
from rrmodel.cli._convert_command import convert_command
from rrmodel.cli._coverage_command import coverage_command
from rrmodel.cli._evaluation_json import evaluation_json
from rrmodel.cli._evaluation_text import evaluation_text
from rrmodel.cli._graph_command import graph_command
from rrmodel.cli._inputs import PLAN_HELP, check_area, read_day, read_figures, read_plan
from rrmodel.cli._plan_text import plan_text
from rrmodel.cli._schema_command import schema_command
from rrmodel.errors import RrmodelError, did_you_mean
from rrmodel.evaluation import Status, evaluate_plan

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


def _statuses(_: click.Context, __: click.Parameter, text: str | None) -> frozenset[Status]:
    known = {status.value: status for status in Status}
    words = [word.strip() for word in text.split(",")] if text is not None else []
    for word in words:
        if word not in known:
            raise click.BadParameter(f"{word!r} is no status: {did_you_mean(word, known)}")
    return frozenset(known[word] for word in words)


@click.group(
    context_settings=_SETTINGS,
    epilog="'rrmodel evaluate -h' and 'rrmodel show -h' say more, each with an example.",
)
@click.version_option(package_name="rrmodel", message="%(prog)s %(version)s")
def _program() -> None:
    """Reducing reoffending plans: what they hold, and what became of their promises."""


_format = click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Text for people (the default) or JSON for machines.",
)


@_program.command(
    "evaluate",
    short_help="Judge the promises of a plan on a day.",
    help=f"Judge the promises of a plan on a day, by the figures published by then. {PLAN_HELP}",
    epilog="\b\nExample:\n  rrmodel evaluate east-midlands-2022-25 "
    '--area "England and Wales" --as-of 2024-08-01',
)
@click.argument("plan")
@click.option(
    "--observations",
    "sets",
    metavar="SET",
    multiple=True,
    help="Figures to judge by: the path of an observation file or the name of a bundled set. "
    "May be given several times. All bundled sets if left out.",
)
@click.option(
    "--as-of",
    "day",
    metavar="DAY",
    help="Use only what was published by this day. Today if left out.",
)
@click.option(
    "--area",
    metavar="AREA",
    help="Look at the figures of this area, as a comparator. Each target's own area if left out.",
)
@click.option(
    "--fail-on",
    "failures",
    metavar="STATUS,...",
    callback=_statuses,
    help="End with exit code 1 if a target has one of these statuses, such as missed,at_risk.",
)
@_format
def _evaluate(
    *,
    plan: str,
    sets: tuple[str, ...],
    day: str | None,
    area: str | None,
    failures: frozenset[Status],
    layout: Literal["text", "json"],
) -> Answer:
    record, as_of = read_plan(plan), read_day(day)
    figures = read_figures(sets, record)
    if area is not None:
        check_area(area, record, figures)
    judged = evaluate_plan(record, figures.evidence, as_of=as_of, area=area)
    if layout == "json":
        text = evaluation_json(judged, figures)
    else:
        text = evaluation_text(judged, figures, sys.stdout)
    return Answer(text, code=1 if failures & set(judged.counts()) else 0)


@_program.command(
    "show",
    short_help="Show what a plan holds.",
    help=f"Show what a plan holds: its pathways, targets, objectives and partners. {PLAN_HELP}",
    epilog="\b\nExample:\n  rrmodel show east-midlands-2022-25",
)
@click.argument("plan")
@_format
def _show(plan: str, layout: Literal["text", "json"]) -> Answer:
    record = read_plan(plan)
    if layout == "json":
        return Answer(io.dumps(record, format="json"))
    return Answer(plan_text(record, sys.stdout))


_program.add_command(check_command)
_program.add_command(coverage_command)
_program.add_command(graph_command)
_program.add_command(schema_command)
_program.add_command(convert_command)
