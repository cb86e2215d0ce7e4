"""The command that assesses the targets of a plan."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, assert_never

import click

from rrmodel.cli._answer import Answer, json_text, layout_option
from rrmodel.cli._completion import (
    complete_areas,
    complete_plans,
    complete_sets,
    completer_of,
)
from rrmodel.cli._evaluation_text import evaluation_text
from rrmodel.cli._inputs import PLAN_HELP, Figures, check_area, read_day, read_figures, read_plan
from rrmodel.cli._out import out_option, places_option, query_option, written
from rrmodel.cli._tables import csv_text, markdown_text
from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.evaluation import (
    POLICIES,
    STRAIGHT_LINE,
    Evaluation,
    Length,
    PlanEvaluation,
    Policy,
    Status,
    evaluate_plan,
    find_policy,
)
from rrmodel.records import Table

__all__ = ["evaluate_command"]

_POLICIES = tuple(policy.name.lower().replace(" ", "-") for policy in POLICIES)

_SHOWN = (
    "target",
    "policy",
    "status",
    "goal",
    "deadline",
    "latest_level",
    "latest_period",
    "gap",
    "expected",
    "evidence_verdict",
)
"""The columns of the table in Markdown; CSV has all."""


def _statuses(_: click.Context, __: click.Parameter, text: str | None) -> frozenset[Status]:
    known = {status.value: status for status in Status}
    words = [word.strip() for word in text.split(",")] if text is not None else []
    for word in words:
        if word not in known:
            raise click.BadParameter(f"unknown status {word!r}: {did_you_mean(word, known)}")
    return frozenset(known[word] for word in words)


def _policies(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[Policy, ...]:
    try:
        return tuple(dict.fromkeys(map(find_policy, names))) or (STRAIGHT_LINE,)
    except UnknownNameError as error:
        raise click.BadParameter(str(error)) from None


@click.command(
    "evaluate",
    help="Assess the targets of a plan on a day. Use only figures that were published by then."
    f"\n\n{PLAN_HELP}",
    epilog="\b\nExample:\n  rrmodel evaluate east-midlands-2022-25 "
    '--area "England and Wales" --as-of 2024-08-01',
)
@click.argument("plans", metavar="PLAN...", nargs=-1, required=True, shell_complete=complete_plans)
@click.option(
    "--observations",
    "sets",
    metavar="SET",
    multiple=True,
    shell_complete=complete_sets,
    help="Use the figures of this observation file, table or bundled set. Repeat for several. "
    "Default: all bundled sets.",
)
@click.option(
    "--as-of",
    "day",
    metavar="DAY",
    help="Use only what was published by this day. Default: today.",
)
@click.option(
    "--area",
    metavar="AREA",
    shell_complete=complete_areas,
    help="Use the figures for this area, as a comparator; with --out, '*' is every area that has "
    "figures. Default: the area of each target.",
)
@click.option(
    "--policy",
    "policies",
    metavar="NAME",
    multiple=True,
    callback=_policies,
    shell_complete=completer_of(_POLICIES),
    help="Grade targets that are not yet due by this policy: "
    f"{', '.join(_POLICIES)}. Repeat to compare several. Default: {_POLICIES[0]}. A grade is not a "
    "forecast.",
)
@click.option(
    "--length",
    type=click.Choice(["badge", "sentence", "paragraph"]),
    default="sentence",
    metavar="LENGTH",
    help="Set how much the text says about each target: badge, a line; sentence, the deciding "
    "reasons; paragraph, everything. JSON always has everything. Default: sentence.",
)
@click.option(
    "--fail-on",
    "failures",
    metavar="STATUS,...",
    callback=_statuses,
    shell_complete=completer_of(status.value for status in Status),
    help="End with exit code 1 if a target has one of these statuses under any of the policies, "
    "such as missed,at_risk.",
)
@layout_option("text", "json", "csv", "markdown")
@out_option
@query_option
@places_option
def evaluate_command(
    *,
    plans: tuple[str, ...],
    sets: tuple[str, ...],
    day: str | None,
    area: str | None,
    policies: tuple[Policy, ...],
    length: Length,
    failures: frozenset[Status],
    layout: Literal["text", "json", "csv", "markdown"],
    out: Path | None,
    query: str | None,
    places: int | None,
) -> Answer:
    records, as_of = tuple(map(read_plan, plans)), read_day(day)
    if out is not None:
        statuses = written(
            out,
            records,
            sets,
            as_of=as_of,
            areas=area,
            policies=policies,
            query=query,
            places=places,
        )
        return _counted(out, as_of, statuses, failures)
    if len(records) != 1:
        raise click.UsageError("give one PLAN, or --out", click.get_current_context())
    (record,) = records
    figures = read_figures(sets, record, query=query, places=places)
    if area is not None:
        check_area(area, record, figures)
    results = tuple(
        evaluate_plan(record, figures.reports, as_of=as_of, area=area, policy=policy)
        for policy in policies
    )
    first, *others = results
    match layout:
        case "text":
            text = evaluation_text(results, figures, length, sys.stdout)
        case "json":
            text = json_text(first.to_dict(document_of=figures.source, others=others))
        case "csv":
            text = csv_text(_table(results, figures))
        case "markdown":
            text = markdown_text(_table(results, figures), _SHOWN)
        case _:
            assert_never(layout)
    found = {status for result in results for status in result.counts()}
    return Answer(text, code=1 if failures & found else 0)


def _counted(
    out: Path, as_of: date, statuses: Mapping[str, int], failures: frozenset[Status]
) -> Answer:
    """Return how many results of each status were written."""
    counts = ", ".join(f"{status} {statuses[status]:,}" for status in sorted(statuses))
    text = f"{out}: {sum(statuses.values()):,} results on {as_of} ({counts})\n"
    return Answer(text, code=1 if failures & set(statuses) else 0)


def _table(results: Iterable[PlanEvaluation], figures: Figures) -> Table[Any]:
    """Return the rows of each policy, one policy after the other."""
    tables = (each.to_table(document_of=figures.source) for each in results)
    return Table(Evaluation.layout, tuple(row for table in tables for row in table.subjects))
