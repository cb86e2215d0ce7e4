"""The command that shows the contents of a plan."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Literal, TextIO

import click

import rrmodel
from rrmodel.cli._answer import Answer, text_or_json
from rrmodel.cli._completion import complete_plans
from rrmodel.cli._inputs import PLAN_HELP, read_plan
from rrmodel.cli._page import Page
from rrmodel.model import Document, PartnerKind, Plan
from rrmodel.quantities import counted

__all__ = ["show_command"]

_LABELS = ("Documents", "Objectives", "Whole plan")


@click.command(
    "show",
    help="Show the contents of a plan. List its pathways with their targets and objectives, and "
    f"count the rest.\n\n{PLAN_HELP}",
    epilog="\b\nExample:\n  rrmodel show east-midlands-2022-25",
)
@click.argument("plan", shell_complete=complete_plans)
@text_or_json
def show_command(plan: str, layout: Literal["text", "json"]) -> Answer:
    record = read_plan(plan)
    if layout == "json":
        return Answer(rrmodel.io.dumps(record, format="json"))
    return Answer(_text(record, sys.stdout))


def _text(plan: Plan, stream: TextIO) -> str:
    """Return the overview of a plan, laid out for a stream."""
    page = Page(stream, _LABELS)
    page.paragraph(plan.title, "bold")
    page.paragraph(" · ".join(_about(plan)))
    page.space()
    page.entry("Vision", *(statement.statement for statement in plan.vision))
    page.items("Documents", map(_document, plan.documents))
    page.entry(
        "Contents",
        _counts(
            (plan.pathways, "pathway"),
            (plan.chapters, "further chapter"),
            (plan.targets, "target"),
            (plan.objectives, "objective"),
            (plan.activities, "activity"),
        ),
    )
    page.entry(
        "Whole plan",
        _counts(
            ((*plan.profile, *plan.achievements, *plan.priorities), "fact"),
            (plan.commitments, "commitment"),
        ),
    )
    if plan.partners:
        page.entry("Partners", _partners(plan))
    page.entry(
        "Reference",
        _counts(
            (plan.measures, "measure"),
            (plan.glossary, "glossary term"),
            (plan.footnotes, "footnote"),
        ),
    )
    for pathway in plan:
        page.space()
        page.heading(plan.pathway_names[pathway.id])
        page.paragraph(
            _counts(
                ((*pathway.background, *pathway.context), "fact"),
                (pathway.partners, "partner"),
                (pathway.targets, "target"),
                (pathway.objectives, "objective"),
                (pathway.activities, "activity"),
                (pathway.commitments, "commitment"),
            )
        )
        page.items("Targets", [target.statement for target in pathway.targets])
        page.items("Objectives", [objective.statement for objective in pathway.objectives])
    for chapter in plan.chapters:
        page.space()
        page.heading(chapter.name)
        page.paragraph(
            _counts(
                (chapter.facts, "fact"),
                ({part.partner for part in chapter.partnerships}, "partner"),
                (chapter.commitments, "commitment"),
            )
        )
    return str(page)


def _about(plan: Plan) -> Iterator[str]:
    yield plan.subject.name
    if plan.period is not None:
        yield str(plan.period)
    if plan.edition is not None:
        yield f"edition {plan.edition}"
    if plan.replaces is not None:
        yield f"replaces {plan.replaces}"


def _document(document: Document) -> str:
    known = (document.title, document.publisher, document.published)
    return ", ".join(str(part) for part in known if part is not None)


def _partners(plan: Plan) -> str:
    kinds = Counter(partner.kind for partner in plan.partners)
    parts = (f"{kinds[kind]} {kind.replace('_', ' ')}" for kind in PartnerKind if kinds[kind])
    return f"{len(plan.partners)}: {', '.join(parts)}"


def _counts(*collections: tuple[Collection[object], str]) -> str:
    """Return the size of each collection that is not empty, with its noun."""
    counts = (counted(len(records), noun) for records, noun in collections if records)
    return ", ".join(counts) or "nothing listed"
