"""The command that assesses the targets of a plan."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal, assert_never

import click

from rrmodel.cli._answer import Answer, json_text, layout_option
from rrmodel.cli._completion import complete_plans, completer_of
from rrmodel.cli._evaluation_text import evaluation_text
from rrmodel.cli._inputs import PLAN_HELP, check_area, read_day, read_figures, read_plan
from rrmodel.cli._options import area_option, day_option, policy_option, sets_option
from rrmodel.cli._out import out_option, places_option, query_option, written
from rrmodel.cli._progress import working
from rrmodel.cli._report_options import report_options, save_report
from rrmodel.cli._tables import csv_text, evaluations_table, markdown_text
from rrmodel.errors import did_you_mean
from rrmodel.evaluation import (
    STRAIGHT_LINE,
    Length,
    Policy,
    Status,
    evaluate_plan,
)

__all__ = ["evaluate_command"]

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


@click.command(
    "evaluate",
    help="Assess the targets of a plan on a day. Use only figures that were published by then."
    f"\n\n{PLAN_HELP}",
    epilog="\b\nExample:\n  rrmodel evaluate east-midlands-2022-25 "
    '--area "England and Wales" --as-of 2024-08-01',
)
@click.argument("plans", metavar="PLAN...", nargs=-1, required=True, shell_complete=complete_plans)
@sets_option
@day_option
@area_option
@policy_option(
    "Grade targets that are not yet due by this policy: {names}. Repeat to compare several. "
    "Default: {default}. A grade is not a forecast."
)
@click.option(
    "--length",
    type=click.Choice(["badge", "sentence", "paragraph"]),
    default="badge",
    metavar="LENGTH",
    help="Set how much the text says about each target: badge, one line; sentence, the deciding "
    "reasons; paragraph, everything. JSON always has everything. Default: badge.",
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
@report_options
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
    report: Path | None,
    comparators: tuple[str, ...],
    earlier: str | None,
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
    with working("Assessing"):
        results = tuple(
            evaluate_plan(record, figures.reports, as_of=as_of, area=area, policy=policy)
            for policy in policies or (STRAIGHT_LINE,)
        )
    result_statuses = {status for result in results for status in result.counts()}
    code = 1 if failures & result_statuses else 0
    saved = save_report(results, figures, report, comparators, earlier)
    if saved is not None:
        return Answer(saved, code)
    first, *others = results
    match layout:
        case "text":
            text = evaluation_text(results, figures, length, sys.stdout)
        case "json":
            text = json_text(first.to_dict(document_of=figures.source, others=others))
        case "csv":
            text = csv_text(evaluations_table(results, figures))
        case "markdown":
            text = markdown_text(evaluations_table(results, figures), _SHOWN)
        case _:
            assert_never(layout)
    return Answer(text, code)


def _counted(
    out: Path, as_of: date, statuses: Mapping[str, int], failures: frozenset[Status]
) -> Answer:
    """Return how many results of each status were written."""
    counts = ", ".join(f"{status} {statuses[status]:,}" for status in sorted(statuses))
    text = f"{out}: {sum(statuses.values()):,} results on {as_of} ({counts})\n"
    return Answer(text, code=1 if failures & set(statuses) else 0)
