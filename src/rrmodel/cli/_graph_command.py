"""The command that says who works with whom, or writes the graph of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

import click

from rrmodel.cli._answer import Answer
from rrmodel.cli._charts import chart_option, save_chart
from rrmodel.cli._inputs import PLAN_HELP, read_plan
from rrmodel.cli._page import Page, counted, listed
from rrmodel.model import Plan

if TYPE_CHECKING:
    from rrmodel.graph import Departure, GraphFormat, Groups

__all__ = ["graph_command"]

_FORMATS = ("text", "graphml", "gexf", "cytoscape", "dot", "node-link")
_LABELS = ("Several pathways", "Hinges", "Kinds missing", "Listed, unused", "Used, unlisted")


@click.command(
    "graph",
    short_help="Say who works with whom, or write the graph of it.",
    help="Say who works in several pathways, where a pathway hangs on one partner, which kinds of "
    "partner are missing, and how the partner list fits the chapters; or write the graph for "
    f"another tool. Several plans make one graph. {PLAN_HELP}",
    epilog="\b\nExamples:\n  rrmodel graph east-midlands-2022-25\n"
    "  rrmodel graph east-midlands-2022-25 --chart partners.svg\n"
    "  rrmodel graph east-midlands-2022-25 --format graphml > partners.graphml",
)
@click.argument("plans", metavar="PLAN...", nargs=-1, required=True)
@click.option(
    "--groups",
    type=click.Choice(["keep", "expand"]),
    default="keep",
    help="Keep a group of partners as one (the default), or expand it to its members.",
)
@click.option(
    "--everything",
    is_flag=True,
    help="Write everything that the plan holds, not only partners and pathways.",
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(_FORMATS),
    default="text",
    help="Text for people (the default), or the graph in a format of other tools.",
)
@chart_option
def graph_command(
    *,
    plans: tuple[str, ...],
    groups: Groups,
    everything: bool,
    layout: Literal["text"] | GraphFormat,
    chart: Path | None,
) -> Answer:
    # loaded here, so that no other command waits for networkx
    from rrmodel import graph  # noqa: PLC0415

    if everything and (layout == "text" or len(plans) > 1):
        raise click.UsageError("--everything takes one plan and a --format of another tool.")
    records = [read_plan(plan) for plan in plans]
    if chart is not None:
        from rrmodel import reporting  # noqa: PLC0415 - as above

        return save_chart(reporting.partner_chart(records, groups=groups), chart)
    if layout == "text":
        return Answer(_text(records, groups, sys.stdout))
    if len(records) == 1:
        made = graph.partner_graph(records[0], groups=groups)
    else:
        made = graph.merged_partner_graph(records, groups=groups)
    return Answer(graph.export(graph.plan_graph(records[0]) if everything else made, layout))


def _text(plans: list[Plan], groups: Groups, stream: TextIO) -> str:
    """Return the answers about the graph of the plans, which may be one."""
    from rrmodel import graph  # noqa: PLC0415 - as above

    made = graph.merged_partner_graph(plans, groups=groups)
    names: dict[str, str] = {node: data["name"] for node, data in made.nodes.items()}
    page = Page(stream, _LABELS)
    for plan in plans:
        page.paragraph(plan.title, "bold")
    sides = [data["bipartite"] for data in made.nodes.values()]
    page.paragraph(
        f"{counted(sides.count(0), 'partner')} · {counted(sides.count(1), 'pathway')} · "
        f"{counted(made.number_of_edges(), 'part')} in all"
    )
    page.space()
    several = graph.partners_in_several_pathways(made)
    page.items(
        "Several pathways", (f"{each.name}: {_names(names, each.pathways)}" for each in several)
    )
    page.items("Hinges", (_hinge(names, each) for each in graph.hinges(made)))
    page.items(
        "Kinds missing",
        (
            f"{each.name}: {listed(kind.replace('_', ' ') for kind in each.missing)}"
            for each in graph.missing_kinds(made)
            if each.missing
        ),
    )
    for plan in plans:
        found = graph.partner_list_against_chapters(plan)
        unused = (*found.listed_and_mentioned, *found.listed_and_never_used)
        # a plan without a list of its own leaves nobody out
        unlisted = found.used_and_never_listed if plan.partner_list else ()
        for label, partners in (("Listed, unused", unused), ("Used, unlisted", unlisted)):
            if partners:
                page.entry(label, "; ".join(plan.partner(each).name for each in partners))
    return str(page)


def _names(names: Mapping[str, str], pathways: Iterable[str]) -> str:
    return listed(repr(names[f"pathway:{pathway}"]) for pathway in pathways)


def _hinge(names: Mapping[str, str], lost: Departure) -> str:
    losses: list[str] = []
    if lost.left_empty:
        losses.append(f"nobody else works in {_names(names, lost.left_empty)}")
    if lost.parted:
        groups = [_names(names, group) for group in lost.parted]
        losses.append(f"nobody else joins {' to '.join(groups)}")
    return f"{lost.name}: {'; '.join(losses)}"
