"""The command that shows who works with whom, or writes the partner graph."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO, TypedDict

import click

import rrmodel
from rrmodel.cli._answer import Answer, layout_option
from rrmodel.cli._charts import chart_option, save_chart
from rrmodel.cli._completion import complete_pathways, complete_plans
from rrmodel.cli._inputs import PLAN_HELP, read_plan
from rrmodel.cli._page import Cell, Page, listed
from rrmodel.cli._tables import csv_text, markdown_text
from rrmodel.model import PartnerKind, Plan
from rrmodel.quantities import counted

if TYPE_CHECKING:
    from rrmodel.graph import Departure, GraphFormat, Groups

__all__ = ["graph_command"]

_FORMATS = {
    "graphml": "the graph for Gephi, yEd and networkx",
    "gexf": "the graph for Gephi",
    "cytoscape": "the graph for Cytoscape",
    "dot": "the graph for Graphviz",
    "node-link": "the graph as JSON for D3 and networkx",
}
_SHOWN = ("partner_name", "pathway_name", "kind", "role", "status")
"""The columns of the table in Markdown; CSV has all."""
_DESCRIBED = frozenset({"text", "csv", "markdown"})
"""The formats that describe partners and pathways, and not the whole plan."""
_LISTS = {
    "several-pathways": "In several pathways",
    "single-points": "Single points of dependence",
    "unused": "Listed by the plan, without a part in a pathway",
    "unlisted": "With a part in a pathway, not listed by the plan",
}
"""The lists of partners and their headings, by the names that ``--list`` takes."""
_OF_WHOLE = frozenset({"unused", "unlisted"})
"""The lists that compare the whole plan with its partner list."""
_FEW = 3
"""Names that the summary shows of each list."""


class _Shown(TypedDict):
    """The choices of what a graph or a chart shows."""

    groups: Groups
    pathways: tuple[str, ...] | None
    kinds: tuple[str, ...] | None


@click.command(
    "graph",
    help="Show who works with whom, draw it, or write the partner graph. The text counts partners "
    "in several pathways, single points of dependence, missing kinds of partner, and differences "
    "between the plan's partner list and its chapters. Several plans are merged into one graph."
    f"\n\n{PLAN_HELP}",
    epilog="\b\nExamples:\n  rrmodel graph east-midlands-2022-25\n"
    "  rrmodel graph east-midlands-2022-25 --list single-points\n"
    "  rrmodel graph east-midlands-2022-25 --chart partners.svg\n"
    "  rrmodel graph hmp-leeds-regimes --pathway accommodation --kind voluntary\n"
    "  rrmodel graph east-midlands-2022-25 --format graphml > partners.graphml",
)
@click.argument("plans", metavar="PLAN...", nargs=-1, required=True, shell_complete=complete_plans)
@click.option(
    "--groups",
    type=click.Choice(["keep", "expand"]),
    default="keep",
    help="Keep a group of partners as one, or expand it to its members. Default: keep.",
)
@click.option(
    "--pathway",
    "pathways",
    metavar="ID",
    multiple=True,
    shell_complete=complete_pathways,
    help="Show only this pathway. Of several plans, write plan/pathway. Repeatable. Default: all.",
)
@click.option(
    "--kind",
    "kinds",
    metavar="KIND",
    type=click.Choice([kind.value for kind in PartnerKind]),
    multiple=True,
    help=f"Show only partners of this kind: {', '.join(PartnerKind)}. Repeatable. Default: all.",
)
@click.option(
    "--everything",
    is_flag=True,
    help="Write the graph of the whole plan. Default: partners and pathways only.",
)
@click.option(
    "--list",
    "lists",
    type=click.Choice(list(_LISTS)),
    multiple=True,
    help="List all partners of a kind, and why they are in it. Repeatable. Default: the first "
    "three of each kind.",
)
@layout_option("text", "csv", "markdown", others=_FORMATS)
@chart_option
def graph_command(
    *,
    plans: tuple[str, ...],
    groups: Groups,
    pathways: tuple[str, ...],
    kinds: tuple[str, ...],
    everything: bool,
    lists: tuple[str, ...],
    layout: Literal["text", "csv", "markdown"] | GraphFormat,
    chart: Path | None,
) -> Answer:
    is_part = bool(pathways or kinds)
    if everything and (layout in _DESCRIBED or len(plans) > 1 or is_part):
        raise click.UsageError(
            "--everything takes one plan and a --format for other tools, and neither --pathway "
            "nor --kind"
        )
    if is_part and (whole := [name for name in lists if name in _OF_WHOLE]):
        raise click.UsageError(
            f"--list {whole[0]} is about the whole plan: omit --pathway and --kind"
        )
    records = [read_plan(plan) for plan in plans]
    shown: _Shown = {"groups": groups, "pathways": pathways or None, "kinds": kinds or None}
    if chart is not None:
        drawn = records[0] if len(records) == 1 else records
        return save_chart(rrmodel.reporting.partner_chart(drawn, **shown), chart)
    if len(records) == 1:
        made = rrmodel.graph.partner_graph(records[0], **shown)
    else:
        made = rrmodel.graph.merged_partner_graph(records, **shown)
    if layout == "text":
        return Answer(_text(records, made, shown, lists, sys.stdout))
    if layout == "csv":
        return Answer(csv_text(rrmodel.graph.partner_table(made)))
    if layout == "markdown":
        return Answer(markdown_text(rrmodel.graph.partner_table(made), _SHOWN))
    return Answer(
        rrmodel.graph.export(rrmodel.graph.plan_graph(records[0]) if everything else made, layout)
    )


def _text(
    plans: list[Plan],
    made: Any,  # noqa: ANN401 - a graph, whose class only rrmodel.graph may name
    shown: _Shown,
    lists: Collection[str],
    stream: TextIO,
) -> str:
    """Return the description of the graph of one or more plans, laid out for a stream."""
    names = rrmodel.graph.sides_of(made).labels
    page = Page(stream, ())
    for plan in plans:
        page.paragraph(plan.title, "bold")
    kinds = [PartnerKind(kind) for kind in shown["kinds"] or PartnerKind]
    is_part = any((shown["pathways"], shown["kinds"]))
    if is_part:
        parts = [f"pathway {pathway}" for pathway in shown["pathways"] or ()]
        parts += [f"{kind.replace('_', ' ')} partners" for kind in shown["kinds"] or ()]
        page.paragraph(f"Only these are considered: {listed(parts)}.")
    sides = [data["bipartite"] for data in made.nodes.values()]
    page.paragraph(
        f"{counted(sides.count(0), 'partner')} · {counted(sides.count(1), 'pathway')} · "
        f"{counted(made.number_of_edges(), 'link')}"
    )
    page.space()
    rows: list[Sequence[Cell]] = []
    for each in rrmodel.graph.missing_kinds(made, kinds=kinds):
        partners = set(made[f"pathway:{each.pathway}"])
        missing = listed(kind.replace("_", " ") for kind in each.missing) if each.missing else "–"
        rows.append((names[f"pathway:{each.pathway}"], str(len(partners)), missing))
    page.table(
        ("Pathway", "Partners", "Kinds of partner missing"), [("", rows)], right=["Partners"]
    )
    page.space()
    several = rrmodel.graph.partners_in_several_pathways(made)
    points = rrmodel.graph.single_points(made)
    entries: dict[str, list[tuple[str, str]]] = {
        "several-pathways": [
            (names[f"partner:{each.partner}"], _names(names, each.pathways)) for each in several
        ],
        "single-points": [
            (names[f"partner:{each.partner}"], _dependence(names, each)) for each in points
        ],
        "unused": [],
        "unlisted": [],
    }
    for plan in [] if is_part else plans:
        compared = rrmodel.graph.partner_list_against_chapters(plan)
        unused = (*compared.listed_and_mentioned, *compared.listed_and_never_used)
        # without a partner list, no partner is missing from it
        unlisted = compared.used_and_never_listed if plan.partner_list else ()
        entries["unused"] += ((plan.partner(each).name, "") for each in unused)
        entries["unlisted"] += ((plan.partner(each).name, "") for each in unlisted)
    summary: list[Sequence[Cell]] = [
        (title, str(len(items)), _some([name for name, _ in items]))
        for name, title in _LISTS.items()
        if (items := entries[name])
    ]
    page.table(("Partners", "Number", "Who"), [("", summary)], right=["Number"])
    for name in (name for name in _LISTS if name in lists):
        page.space()
        page.heading(_LISTS[name])
        page.bullets(f"{who}: {why}" if why else who for who, why in entries[name])
    hidden = [name for name in _LISTS if entries[name] and name not in lists]
    if hidden:
        page.space()
        page.paragraph(f"For all names and the reasons, use --list: {', '.join(hidden)}.")
    return str(page)


def _some(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"{'; '.join(names[:_FEW])}{more}"


def _names(names: Mapping[str, str], pathways: Iterable[str]) -> str:
    return listed(repr(names[f"pathway:{pathway}"]) for pathway in pathways)


def _dependence(names: Mapping[str, str], lost: Departure) -> str:
    losses: list[str] = []
    if lost.left_empty:
        losses.append(f"no other partner works in {_names(names, lost.left_empty)}")
    if lost.parted:
        groups = [_names(names, group) for group in lost.parted]
        losses.append(f"no other partner joins {' to '.join(groups)}")
    return "; ".join(losses)
