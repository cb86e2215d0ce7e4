"""The command that shows the coverage of a plan and its gaps."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, TextIO, assert_never

import click

import rrmodel
from rrmodel import datasets
from rrmodel.cli._answer import Answer, json_text, layout_option
from rrmodel.cli._charts import chart_option, save_chart
from rrmodel.cli._completion import complete_plans, complete_schemes
from rrmodel.cli._inputs import PLAN_HELP, read_plan
from rrmodel.cli._page import Cell, Page
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

_HEADS = (
    *("Pathway", "Needs", "Objectives", "Activities", "Partners", "Targets measured"),
    *("Deadlines", "Gaps"),
)
_NARROW_HEADS = (
    *("Pathway", "Needs", "Objec- tives", "Activi- ties", "Partners", "Targets measured"),
    *("Dead- lines", "Gaps"),
)


@click.command(
    "coverage",
    help="Show the coverage of a plan and its gaps. Count the parts of each pathway, and say "
    f"how to close each gap.\n\n{PLAN_HELP}",
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
@click.option(
    "--needs",
    is_flag=True,
    help="List the needs that the plan states for each pathway. Default: count them.",
)
@layout_option("text", "json", "csv", "markdown")
@chart_option
def coverage_command(
    *,
    plan: str,
    through: str | None,
    needs: bool,
    layout: Literal["text", "json", "csv", "markdown"],
    chart: Path | None,
) -> Answer:
    record = read_plan(plan)
    result = coverage(record) if through is None else _through(record, through)
    if chart is not None:
        return save_chart(rrmodel.reporting.coverage_chart(result), chart)
    match layout:
        case "text":
            return Answer(_text(result, sys.stdout, with_needs=needs))
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


def _text(result: Coverage | SchemeCoverage, stream: TextIO, *, with_needs: bool) -> str:
    page = Page(stream, ())
    page.paragraph(result.plan.title, "bold")
    if isinstance(result, SchemeCoverage):
        _add_mapping(page, result)
        return str(page)
    page.paragraph(result.summary)
    page.space()
    counts = Counter(gap.pathway for gap in result.gaps)
    names = result.names
    rows = [(names[row.pathway], *_numbers(row), str(counts[row.pathway])) for row in result]
    _add_counts(page, rows, has_gaps=True)
    if with_needs:
        _add_lists(
            page,
            "Needs",
            (
                (name, (_need(need) for need in result.needs if pathway in need.pathways))
                for pathway, name in names.items()
            ),
        )
    missing: dict[str, list[Gap]] = {}
    for gap in result.gaps:
        missing.setdefault(gap.closed_by.capitalize(), []).append(gap)
    _add_lists(page, "Missing", ((part, _gaps(result, gaps)) for part, gaps in missing.items()))
    return str(page)


def _add_mapping(page: Page, result: SchemeCoverage) -> None:
    page.paragraph(f"Mapped to: {result.scheme.name}")
    page.paragraph(result.summary)
    page.space()
    rows = tuple(result)
    marks = {row.pathway: " *" if row.is_upper_bound else "" for row in rows}
    names = result.names
    lines = [(f"{names[row.pathway]}{marks[row.pathway]}", *_numbers(row)) for row in rows]
    _add_counts(page, lines, has_gaps=False)
    for mark in sorted({mark.strip() for mark in marks.values() if mark}):
        page.space()
        page.paragraph(f"{mark} At most: some of what is counted may not belong to this pathway.")
    _add_lists(
        page,
        "Mapping",
        ((names[row.pathway], map(_correspondence, row.correspondences)) for row in rows),
    )


def _add_counts(page: Page, rows: Sequence[Sequence[Cell]], *, has_gaps: bool) -> None:
    heads = _NARROW_HEADS if page.is_narrow else _HEADS
    shown = heads if has_gaps else heads[:-1]
    page.table(shown, [("", rows)], right=shown[1:])


def _add_lists(page: Page, heading: str, lists: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Add a heading, and a list for each pathway that has one."""
    filled_lists = [(name, items) for name, each in lists if (items := list(each))]
    if filled_lists:
        page.space()
        page.heading(heading)
    for name, items in filled_lists:
        page.paragraph(name, "bold")
        page.bullets(items)


def _numbers(row: PathwayCoverage | SchemeRow) -> tuple[str, ...]:
    counts = row.counts()
    targets = counts["targets"]
    measured = f"{counts['measured_targets']} of {targets}" if targets else "–"
    numbers = (counts["needs"], counts["objectives"], counts["activities"], counts["partners"])
    return (*map(str, numbers), measured, str(counts["deadlines"]))


def _need(need: NeedCoverage) -> str:
    share = "" if need.share is None else f"{need.share} "
    place = "" if need.stated_in else f" ({need.reason})"
    return f"{share}{need.of}{place}"


def _correspondence(link: Correspondence) -> str:
    part = ", in part" if link.part else ""
    return f"{link.strength or 'none'}{part}: {link.reason}"


def _gaps(result: Coverage, gaps: Sequence[Gap]) -> Iterator[str]:
    """Yield where one part is missing: each pathway or record, or that all pathways lack it."""
    if len(gaps) > 1 and {gap.pathway for gap in gaps if gap.of is None} == {*result.names}:
        yield f"all {len(gaps)} pathways"
        return
    for gap in gaps:
        of = gap.of or ""
        if gap.missing == "activity_for_objective":
            of = result.plan.objective(of).statement
        yield ": ".join(filter(None, (result.names.get(gap.pathway or ""), of)))
