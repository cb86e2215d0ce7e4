"""The command that compares assessments of a plan, or two editions of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Literal, TextIO, assert_never

import click

from rrmodel.cli._answer import Answer, json_text, layout_option
from rrmodel.cli._assessed_target import AssessedTarget
from rrmodel.cli._completion import complete_areas, complete_plans
from rrmodel.cli._edition_changes import changes_of, changes_table, changes_text
from rrmodel.cli._inputs import PLAN_HELP, Figures, check_area, read_day, read_figures, read_plan
from rrmodel.cli._options import policy_option, sets_option
from rrmodel.cli._page import Cell, Group, Page, listed
from rrmodel.cli._progress import working
from rrmodel.cli._tables import csv_text, evaluations_table, markdown_text
from rrmodel.cli._target_table import latest_text
from rrmodel.coverage import compare_editions
from rrmodel.evaluation import (
    STRAIGHT_LINE,
    PlanEvaluation,
    Policy,
    PolicyComparison,
    evaluate_plan,
)
from rrmodel.model import Plan
from rrmodel.periods import day_text

__all__ = ["compare_command"]

_SHOWN = ("target", "as_of", "area", "policy", "status", "goal", "latest_level", "latest_period")
"""The columns of the table of assessments in Markdown; CSV has all."""
_RESPECTS = {"days": "day", "areas": "area", "policies": "policy"}
"""The labels of assessments that are compared, by their plural."""
_NOTHING = "give two plans, or repeat one of --as-of, --area and --policy, to say what to compare"


@click.command(
    "compare",
    help="Compare days, areas, policies or editions of a plan. Repeat --as-of, --area or --policy "
    "to put assessments side by side, or name a second PLAN, the newer edition, to list the "
    "changes."
    f"\n\n{PLAN_HELP}",
    epilog="\b\nExamples:\n"
    "  rrmodel compare made-up-plan-under-way --as-of 2025-07-01 --as-of 2026-07-01\n"
    '  rrmodel compare made-up-plan-under-way --area Tarnside --area "High Pike"\n'
    "  rrmodel compare made-up-plan-under-way --policy straight-line --policy statistical\n"
    "  rrmodel compare old-plan.yaml new-plan.yaml",
)
@click.argument("plan", shell_complete=complete_plans)
@click.argument("newer", metavar="[PLAN]", required=False, shell_complete=complete_plans)
@sets_option
@click.option(
    "--as-of",
    "days",
    metavar="DAY",
    multiple=True,
    help="Use only figures published by this day. Repeat to compare days. Default: today.",
)
@click.option(
    "--area",
    "areas",
    metavar="AREA",
    multiple=True,
    shell_complete=complete_areas,
    help="Use the figures for this area. Repeat to compare areas. Default: the area of each "
    "target.",
)
@policy_option(
    "Grade targets that are not yet due by this policy: {names}. Repeat to compare policies. "
    "Default: {default}."
)
@layout_option("text", "json", "csv", "markdown")
def compare_command(
    *,
    plan: str,
    newer: str | None,
    sets: tuple[str, ...],
    days: tuple[str, ...],
    areas: tuple[str, ...],
    policies: tuple[Policy, ...],
    layout: Literal["text", "json", "csv", "markdown"],
) -> Answer:
    repeated = [len(words) > 1 for words in (days, areas, policies)]
    if newer is not None:
        if sets or days or areas or policies:
            raise click.UsageError("two editions are compared without figures: omit options")
        return _editions(read_plan(plan), read_plan(newer), layout)
    if sum(repeated) != 1:
        raise click.UsageError(
            "repeat only one of --as-of, --area and --policy" if any(repeated) else _NOTHING
        )
    record = read_plan(plan)
    figures = read_figures(sets, record)
    for area in areas:
        check_area(area, record, figures)
    with working("Assessing"):
        results = tuple(
            evaluate_plan(record, figures.reports, as_of=day, area=area, policy=policy)
            for day in map(read_day, days or (None,))
            for area in areas or (None,)
            for policy in policies or (STRAIGHT_LINE,)
        )
    by = list(_RESPECTS)[repeated.index(True)]
    return Answer(_written(results, figures, by, layout))


def _editions(old: Plan, new: Plan, layout: Literal["text", "json", "csv", "markdown"]) -> Answer:
    changes = changes_of(compare_editions(old, new))
    match layout:
        case "text":
            return Answer(changes_text(old, new, changes, sys.stdout))
        case "json":
            rows = [changes_table(changes).layout.to_dict(each) for each in changes]
            return Answer(json_text({"old": old.id, "new": new.id, "changes": rows}))
        case "csv":
            return Answer(csv_text(changes_table(changes)))
        case "markdown":
            return Answer(markdown_text(changes_table(changes)))
        case _:
            assert_never(layout)


def _written(
    results: Sequence[PlanEvaluation],
    figures: Figures,
    by: str,
    layout: Literal["text", "json", "csv", "markdown"],
) -> str:
    match layout:
        case "text":
            return _text(results, by, sys.stdout)
        case "json":
            every = [each.to_dict(document_of=figures.source) for each in results]
            return json_text({"plan": results[0].plan.id, "by": by, "evaluations": every})
        case "csv":
            return csv_text(evaluations_table(results, figures))
        case "markdown":
            return markdown_text(evaluations_table(results, figures), _SHOWN)
        case _:
            assert_never(layout)


def _text(results: Sequence[PlanEvaluation], by: str, stream: TextIO) -> str:
    """Return the assessments beside each other, with a mark at each target that differs."""
    first = results[0]
    names = [result.labels[_RESPECTS[by]] for result in results]
    page = Page(stream, ())
    page.paragraph(first.plan.title, "bold")
    page.paragraph(f"Compared by {by}: {listed(names)}")
    if by != "days":
        page.paragraph(f"As of {day_text(first.as_of)}")
    page.space()
    if not first.evaluations:
        page.paragraph("The plan has no targets.")
        return str(page)
    groups: list[Group] = []
    differ = 0
    by_pathway = [result.by_pathway() for result in results]
    for pathway in first.plan.pathways:
        rows: list[Sequence[Cell]] = []
        for sides in zip(*(each[pathway.id] for each in by_pathway), strict=True):
            targets = [AssessedTarget(PolicyComparison((side,)), None) for side in sides]
            statuses = {side.status for side in sides}
            differ += len(statuses) > 1
            cells = [(_cell(target), target.style) for target in targets]
            rows.append(("*" if len(statuses) > 1 else "", sides[0].target.short_name, *cells))
        if rows:
            groups.append((first.plan.pathway_names[pathway.id], rows))
    page.table(("", "Target", *names), groups)
    page.space()
    total = len(first.evaluations)
    page.paragraph(
        f"* The status of {differ} of the {total} targets differs."
        if differ
        else f"The status of each of the {total} targets is the same."
    )
    return str(page)


def _cell(target: AssessedTarget) -> str:
    latest = latest_text(target.result)
    return f"{target.label}, {latest}" if latest else target.label
