"""The command that checks a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import click

from rrmodel import datasets, io
from rrmodel.checks import Finding, Positions, Severity, check, to_json, to_sarif
from rrmodel.cli._answer import Answer
from rrmodel.cli._inputs import PLAN_HELP, read_figures, read_plan
from rrmodel.cli._page import counted
from rrmodel.errors import did_you_mean
from rrmodel.model import Observation, Plan

__all__ = ["check_command"]

_LEVELS = [severity.value for severity in Severity]
_PLACED: dict[str, io.Format] = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}


def _selectors(_: click.Context, __: click.Parameter, texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for text in texts for word in text.split(","))


def _severities(
    _: click.Context, __: click.Parameter, texts: tuple[str, ...]
) -> dict[str, Severity]:
    chosen: dict[str, Severity] = {}
    for text in texts:
        selector, equals, level = text.partition("=")
        if not equals:
            raise click.BadParameter(f"{text!r} is not written as RRT005=error")
        if level not in _LEVELS:
            raise click.BadParameter(f"{level!r} is no severity: {did_you_mean(level, _LEVELS)}")
        chosen[selector] = Severity(level)
    return chosen


@click.command(
    "check",
    short_help="Say what is missing, doubtful or contradictory in a plan.",
    help=f"Say what is missing, doubtful or contradictory in a plan. {PLAN_HELP}",
    epilog="\b\nExample:\n  rrmodel check east-midlands-2022-25 --select T,D --fail-on warning",
)
@click.argument("plan")
@click.option(
    "--observations",
    "sets",
    metavar="SET",
    multiple=True,
    help="Figures that the plan is to be judged by: the path of an observation file or the name of "
    "a bundled set. May be given several times. Without any, no rule asks for figures.",
)
@click.option(
    "--select",
    metavar="RULE,...",
    multiple=True,
    callback=_selectors,
    help="Ask only these rules: ids such as RRT005, or how they begin, such as RRT or T. All if "
    "left out.",
)
@click.option(
    "--ignore",
    metavar="RULE,...",
    multiple=True,
    callback=_selectors,
    help="Do not ask these rules. Where --select and --ignore disagree, the longer word decides.",
)
@click.option(
    "--severity",
    "severities",
    metavar="RULE=LEVEL",
    multiple=True,
    callback=_severities,
    help="Let the findings of a rule be error, warning or advice. May be given several times.",
)
@click.option(
    "--fail-on",
    "failure",
    type=click.Choice(_LEVELS),
    default=Severity.ERROR.value,
    help="End with exit code 1 if a finding weighs as much or more. Errors alone if left out.",
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    help="Text for people (the default), JSON for scripts, or SARIF for editors and CI.",
)
def check_command(
    *,
    plan: str,
    sets: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severities: dict[str, Severity],
    failure: str,
    layout: Literal["text", "json", "sarif"],
) -> Answer:
    record = read_plan(plan)
    findings = check(
        record,
        observations=[found for each in _figures(sets, record) for found in each],
        select=select or None,
        ignore=ignore,
        severities=severities,
    )
    file = None if plan in datasets.names() else plan
    positions = None if file is None else _positions(Path(file))
    if layout == "json":
        text = to_json(findings, file=file, positions=positions)
    elif layout == "sarif":
        text = to_sarif(findings, file=file, positions=positions)
    else:
        text = _text(findings, plan, positions)
    failed = any(finding.severity.is_at_least(Severity(failure)) for finding in findings)
    return Answer(text, code=int(failed))


def _figures(sets: tuple[str, ...], plan: Plan) -> Iterable[tuple[Observation, ...]]:
    """Return the figures that are named; unlike a judgement, a check needs none."""
    return (each.observations for each in read_figures(sets, plan).sets) if sets else ()


def _positions(file: Path) -> Positions | None:
    """Return what tells lines and columns of a file, if it is of a format that has them."""
    text_format = _PLACED.get(file.suffix.lower())
    return text_format and io.positions(file.read_text(encoding="utf-8"), text_format)


def _text(findings: tuple[Finding, ...], name: str, positions: Positions | None) -> str:
    """Write a line for each finding, as compilers do, and one that counts them."""
    lines: list[str] = []
    for finding in findings:
        place = positions(finding.path) if positions else None
        lines.append(f"{':'.join([name, *map(str, place or ())])} {finding}")
    if not findings:
        return "No findings.\n"
    weights = Counter(finding.severity for finding in findings)
    parts = (_weighed(weights[severity], severity) for severity in Severity if weights[severity])
    lines.append(f"{counted(len(findings), 'finding')}: {', '.join(parts)}")
    return "\n".join(lines) + "\n"


def _weighed(number: int, severity: Severity) -> str:
    return f"{number} advice" if severity is Severity.ADVICE else counted(number, severity.value)
