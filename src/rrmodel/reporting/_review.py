"""A page for the review of a parsed document: each line beside what was read from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

import attrs

from rrmodel.errors import requires_extra
from rrmodel.model import (
    Activity,
    Commitment,
    CommitmentPart,
    Fact,
    Figure,
    Objective,
    PartnerListing,
    Partnership,
    Plan,
    Term,
    walk,
)
from rrmodel.wording import ParsedPlan, ReadLine

__all__ = ["review_page"]

_QUIET: Final = frozenset(["page", "cover", "contents", "heading", "stem"])
_RANKS: Final = {"ambiguous": 0, "in question": 1, "inherited": 3, "derived": 3}
_UNPLACED: Final = 2
_CERTAIN: Final = 4
_FIELDS: Final = (
    "kind measure goal baseline change deadline since area amount bound starts lead partner status "
    "named_as partners members serves footnotes url"
).split()
_UNSAID: Final = frozenset(["exactly", "context", "current"])


@attrs.frozen
class _Reading:
    """One record that a line became, in words."""

    path: str
    kind: str
    values: tuple[tuple[str, str], ...]


@attrs.frozen
class _Line:
    """A line of the page."""

    line: ReadLine
    readings: tuple[_Reading, ...]
    rank: int


def review_page(parsed: ParsedPlan) -> str:
    """Return a page of HTML that shows a document beside what was read from each line.

    Lines with something open come first, those that are certain follow in the order of the
    document. The page is complete in itself: it loads nothing and runs no script.

    Args:
        parsed: What :func:`rrmodel.wording.parse_plan` returned.

    Raises:
        MissingExtraError: Jinja2 is not installed.
    """
    with requires_extra("Writing a review page", "report"):
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 -- of an extra

    records = dict(walk(parsed.plan))
    lines = [
        _line(line, records, parsed.plan)
        for line in parsed.lines
        if line.part not in _QUIET or line.questions or line.unplaced
    ]
    environment = Environment(
        loader=PackageLoader("rrmodel.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("review.html").render(
        plan=parsed.plan,
        counts=parsed.counts,
        general=[finding for finding in parsed.findings if finding.line is None],
        uncertain=sorted(
            (line for line in lines if line.rank < _CERTAIN), key=lambda one: one.rank
        ),
        certain=[line for line in lines if line.rank == _CERTAIN],
        candidates=parsed.candidates,
    )


def _line(line: ReadLine, records: Mapping[str, object], plan: Plan) -> _Line:
    questions = sorted(line.questions, key=lambda question: _RANKS[question.kind])
    line = attrs.evolve(line, questions=tuple(questions))
    ranks = [_RANKS[question.kind] for question in questions]
    if line.unplaced is not None:
        ranks.append(_UNPLACED)
    readings = tuple(_reading(path, records[path], plan) for path in line.paths)
    return _Line(line, readings, min(ranks, default=_CERTAIN))


def _reading(path: str, record: object, plan: Plan) -> _Reading:
    values: list[tuple[str, str]] = []
    if isinstance(record, Term):
        values.append(("term", record.term))
    for name in _FIELDS:
        value: object = getattr(record, name, None)
        if name == "kind" and not isinstance(record, Fact):
            continue
        if value is None or value == () or value in _UNSAID:
            continue
        values.append((name.replace("_", " "), _words(name, value, plan)))
    figures: tuple[Figure, ...] = getattr(record, "figures", ())
    for figure in figures:
        period = f", {figure.period}" if figure.period is not None else ""
        bound = "" if figure.bound == "exactly" else f"{figure.bound} "
        values.append(("figure", f"{bound}{figure.value}: {figure.of}{period}"))
    parts: tuple[CommitmentPart, ...] = getattr(record, "parts", ())
    values += [("part", f"{part.amount}, {part.deadline.wording}") for part in parts]
    return _Reading(path, _kind(record), tuple(values))


def _kind(record: object) -> str:
    match record:
        case Fact():
            return "Fact"
        case Commitment():
            return "Commitment"
        case Objective():
            return "Objective"
        case Activity():
            return "Activity"
        case Partnership() | PartnerListing():
            return "Partner"
        case _:
            name = type(record).__name__
            words = "".join(f" {mark}" if mark.isupper() else mark for mark in name).split()
            return " ".join(words).capitalize()


def _words(name: str, value: object, plan: Plan) -> str:
    names = {partner.id: partner.name for partner in plan.partners}
    match name, value:
        case "partner" | "lead", str():
            return names.get(value, value)
        case "serves", tuple():
            served = set(cast("tuple[str, ...]", value))
            return "; ".join(each.statement for each in plan.objectives if each.id in served)
        case "partners" | "members" | "footnotes", tuple():
            listed = cast("tuple[str, ...]", value)
            return ", ".join(names.get(each, each) for each in listed)
        case "deadline", _:
            return f"{getattr(value, 'wording', value)} ({getattr(value, 'last_day', '')})"
        case "measure", _:
            return str(getattr(value, "name", value))
        case "baseline", _:
            level, period = getattr(value, "level", value), getattr(value, "period", "")
            return f"{level}, {period}"
        case _:
            return str(value)
