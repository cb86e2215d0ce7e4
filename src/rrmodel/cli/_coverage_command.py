"""The command that shows the coverage of a plan and its gaps."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal, TextIO, assert_never

import click

import rrmodel
from rrmodel import datasets
from rrmodel.cli._answer import Answer, json_text, layout_option
from rrmodel.cli._charts import chart_option, save_chart
from rrmodel.cli._completion import complete_plans, complete_schemes
from rrmodel.cli._inputs import PLAN_HELP, read_plan
from rrmodel.cli._page import Page, counted
from rrmodel.cli._tables import csv_text, markdown_text
from rrmodel.coverage import (
    Coverage,
    Gap,
    NeedCoverage,
    PathwayCoverage,
    SchemeCoverage,
    SchemeRow,
    coverage,
    coverage_through,
)
from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.model import Correspondence, Plan

__all__ = ["coverage_command"]

_LABELS = ("Contents", "Mapping", "Needs", "Gaps")


@click.command(
    "coverage",
    help="Show what a plan covers and where its gaps are. Count the parts of each pathway, list "
    f"the needs that the plan states, and say how to close each gap.\n\n{PLAN_HELP}",
    epilog="\b\nExamples:\n  rrmodel coverage east-midlands-2022-25\n"
    "  rrmodel coverage east-midlands-2022-25 --through hmp-leeds\n"
    "  rrmodel coverage east-midlands-2022-25 --chart coverage.png",
)
@click.argument("plan", shell_complete=complete_plans)
@click.option(
    "--through",
    metavar="SCHEME",
    shell_complete=complete_schemes,
    help="Map the plan to another pathway scheme, with a bundled crosswalk. Default: the plan's "
    "own pathways.",
)
@layout_option("text", "json", "csv", "markdown")
@chart_option
def coverage_command(
    *,
    plan: str,
    through: str | None,
    layout: Literal["text", "json", "csv", "markdown"],
    chart: Path | None,
) -> Answer:
    record = read_plan(plan)
    result = coverage(record) if through is None else _through(record, through)
    if chart is not None:
        return save_chart(rrmodel.reporting.coverage_chart(result), chart)
    match layout:
        case "text":
            return Answer(_text(result, sys.stdout))
        case "json":
            return Answer(json_text(result.to_dict()))
        case "csv":
            return Answer(csv_text(result.to_table()))
        case "markdown":
            return Answer(markdown_text(result.to_table()))
        case _:
            assert_never(layout)


def _through(plan: Plan, scheme: str) -> SchemeCoverage:
    """Return the coverage of a plan in another scheme, whichever way the crosswalk runs."""
    schemes = datasets.pathway_schemes()
    walks = {
        each.target if each.source == plan.scheme else each.source: each
        for each in schemes.crosswalks
        if plan.scheme in {each.source, each.target}
    }
    if scheme not in walks:
        raise UnknownNameError(
            f"--through: no bundled crosswalk maps the scheme of this plan to {scheme!r}: "
            f"{did_you_mean(scheme, walks)}"
        )
    return coverage_through(plan, walks[scheme], schemes)


def _text(result: Coverage | SchemeCoverage, stream: TextIO) -> str:
    page = Page(stream, _LABELS)
    page.paragraph(result.plan.title, "bold")
    if isinstance(result, SchemeCoverage):
        page.paragraph(f"Mapped to: {result.scheme.name}")
        for mapped in result:
            page.space()
            page.heading(mapped.name)
            page.entry("Contents", ("at most " if mapped.is_upper_bound else "") + _counts(mapped))
            page.items("Mapping", map(_correspondence, mapped.correspondences))
        return str(page)
    page.paragraph(f"{counted(len(result.rows), 'pathway')} · {counted(len(result.gaps), 'gap')}")
    for row in result:
        page.space()
        page.heading(row.name)
        page.entry("Contents", _counts(row))
        needs = [need for need in result.needs if row.pathway in need.pathways]
        page.items("Needs", map(_need, needs))
        page.items("Gaps", (_gap(result, gap) for gap in result.gaps if gap.pathway == row.pathway))
    without_pathway = [_gap(result, gap) for gap in result.gaps if gap.pathway is None]
    if without_pathway:
        page.space()
        page.items("Gaps", without_pathway)
    return str(page)


def _counts(row: PathwayCoverage | SchemeRow) -> str:
    counts = row.counts()
    parts = (
        counted(counts["needs"], "need"),
        counted(counts["context"], "context fact"),
        counted(counts["objectives"], "objective"),
        counted(counts["activities"], "activity"),
        counted(counts["partners"], "partner"),
        counted(counts["targets"], "target"),
        f"{counts['measured_targets']} of them measured",
        counted(counts["deadlines"], "deadline"),
    )
    return ", ".join(parts)


def _need(need: NeedCoverage) -> str:
    share = "" if need.share is None else f"{need.share} "
    place = "" if need.stated_in else f" ({need.reason})"
    return f"{share}{need.of}{place}"


def _correspondence(link: Correspondence) -> str:
    part = ", in part" if link.part else ""
    return f"{link.strength or 'none'}{part}: {link.reason}"


def _gap(result: Coverage, gap: Gap) -> str:
    if gap.missing == "activity_for_objective" and gap.of is not None:
        return f"{gap.closed_by}: {result.plan.objective(gap.of).statement}"
    return gap.closed_by if gap.of is None else f"{gap.closed_by}: {gap.of}"
