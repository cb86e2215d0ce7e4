"""The command that checks a plan."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, assert_never

import click

import rrmodel
from rrmodel.checks import RULES, Positions, Severity, check, rule, to_json, to_sarif, to_table
from rrmodel.cli._answer import Answer, layout_option
from rrmodel.cli._completion import complete_plans, complete_sets, completer_of
from rrmodel.cli._findings_text import findings_text, rule_text, statistics_text
from rrmodel.cli._inputs import PLAN_HELP, PLANS, read_figures, read_plan
from rrmodel.cli._tables import csv_text, markdown_text
from rrmodel.errors import did_you_mean
from rrmodel.model import Observation, Plan

__all__ = ["check_command"]

_LEVELS = [severity.value for severity in Severity]
_complete_rules = completer_of(rule.id for rule in RULES)
_SHOWN = ("rule", "severity", "path", "line", "message")
"""The columns of the table in Markdown; CSV has all."""
_PLACED: dict[str, Literal["json", "yaml"]] = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}


def _selectors(_: click.Context, __: click.Parameter, texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for text in texts for word in text.split(","))


def _severities(
    _: click.Context, __: click.Parameter, texts: tuple[str, ...]
) -> dict[str, Severity]:
    chosen: dict[str, Severity] = {}
    for text in texts:
        selector, equals, level = text.partition("=")
        if not equals:
            raise click.BadParameter(f"{text!r} has no severity: write RRT005=error")
        if level not in _LEVELS:
            raise click.BadParameter(f"{level!r} is not a severity: {did_you_mean(level, _LEVELS)}")
        chosen[selector] = Severity(level)
    return chosen


def _explain(ctx: click.Context, _: click.Parameter, name: str | None) -> None:
    if name is not None:
        sys.stdout.write(rule_text(rule(name), sys.stdout))
        ctx.exit()


@click.command(
    "check",
    help=f"List missing, doubtful and contradictory statements in a plan.\n\n{PLAN_HELP}",
    epilog="\b\nExamples:\n  rrmodel check east-midlands-2022-25 --select T,D --fail-on warning\n"
    "  rrmodel check --explain RRW002",
)
@click.argument("plan", shell_complete=complete_plans)
@click.option(
    "--observations",
    "sets",
    metavar="SET",
    multiple=True,
    shell_complete=complete_sets,
    help="Check that this set has figures for the plan's targets. SET is the path of an "
    "observation file or the name of a bundled set. Repeatable. Default: no rule needs figures.",
)
@click.option(
    "--select",
    metavar="RULE,...",
    multiple=True,
    callback=_selectors,
    shell_complete=_complete_rules,
    help="Apply only these rules. RULE is an id such as RRT005, or a prefix such as RRT or T. "
    "Repeatable. Default: all rules.",
)
@click.option(
    "--ignore",
    metavar="RULE,...",
    multiple=True,
    callback=_selectors,
    shell_complete=_complete_rules,
    help="Do not apply these rules. If --select and --ignore disagree, the longer RULE wins. "
    "Repeatable. Default: none.",
)
@click.option(
    "--severity",
    "severities",
    metavar="RULE=LEVEL",
    multiple=True,
    callback=_severities,
    help="Set the severity of a rule: error, warning or advice. Repeatable. Default: the rule's "
    "own.",
)
@click.option(
    "--fail-on",
    "failure",
    type=click.Choice(_LEVELS),
    default=Severity.ERROR.value,
    help="End with exit code 1 if a finding has this severity or a higher one. Default: error.",
)
@click.option(
    "--statistics",
    is_flag=True,
    help="Count the findings of each rule. Default: list them.",
)
@click.option(
    "--explain",
    metavar="RULE",
    is_eager=True,
    expose_value=False,
    callback=_explain,
    shell_complete=_complete_rules,
    help="Explain a rule and how to fix its findings. Nothing is checked.",
)
@layout_option("text", "json", "csv", "markdown", others={"sarif": "SARIF for editors and CI"})
def check_command(
    *,
    plan: str,
    sets: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severities: dict[str, Severity],
    failure: str,
    statistics: bool,
    layout: Literal["text", "json", "csv", "markdown", "sarif"],
) -> Answer:
    if statistics and layout != "text":
        raise click.UsageError("--statistics is text: omit --format")
    record = read_plan(plan)
    findings = check(
        record,
        observations=[observation for each in _figures(sets, record) for observation in each],
        select=select or None,
        ignore=ignore,
        severities=severities,
    )
    file = None if plan in PLANS else plan
    positions = None if file is None else _positions(Path(file))
    match layout:
        case "text":
            if statistics:
                text = statistics_text(findings, record, sys.stdout)
            else:
                text = findings_text(findings, record, sys.stdout, file=file, positions=positions)
        case "json":
            text = to_json(findings, file=file, positions=positions)
        case "csv":
            text = csv_text(to_table(findings, positions=positions))
        case "markdown":
            text = markdown_text(to_table(findings, positions=positions), _SHOWN)
        case "sarif":
            text = to_sarif(findings, file=file, positions=positions)
        case _:
            assert_never(layout)
    failed = any(finding.severity.is_at_least(Severity(failure)) for finding in findings)
    return Answer(text, code=int(failed))


def _figures(sets: tuple[str, ...], plan: Plan) -> Iterable[tuple[Observation, ...]]:
    """Return the figures of the sets. Without sets a check uses none, unlike an evaluation."""
    return (each.observations for each in read_figures(sets, plan).sets) if sets else ()


def _positions(file: Path) -> Positions | None:
    """Return the lines and columns of a file's values, if its format has them."""
    text_format = _PLACED.get(file.suffix.lower())
    return text_format and rrmodel.io.positions(file.read_text(encoding="utf-8"), text_format)
