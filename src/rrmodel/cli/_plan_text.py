"""What a plan holds, for a reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import TextIO

from rrmodel.cli._page import Page, counted
from rrmodel.model import Document, PartnerKind, Plan

__all__ = ["plan_text"]

_LABELS = ("Documents", "Objectives", "Outside them")


def plan_text(plan: Plan, stream: TextIO) -> str:
    """Return the overview of a plan as it is to stand on a stream."""
    page = Page(stream, _LABELS)
    page.paragraph(plan.title, "bold")
    page.paragraph(" · ".join(_about(plan)))
    page.space()
    page.entry("Vision", *(said.statement for said in plan.vision))
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
        "Outside them",
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
        page.heading(pathway.name)
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
    """Return how many of each there are, without what there is none of."""
    counts = (counted(len(records), noun) for records, noun in collections if records)
    return ", ".join(counts) or "nothing listed"
