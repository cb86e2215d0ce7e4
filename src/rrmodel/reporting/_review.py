"""A page for the review of a parsed document: each line beside what was read from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

import attrs

from rrmodel.model import Baseline, Fact, Measure, walk
from rrmodel.periods import Deadline
from rrmodel.reporting._pages import page
from rrmodel.wording import OpenQuestion, ParsedPlan, ReadLine

__all__ = ["review_page"]

_QUIET = frozenset(["page", "cover", "contents", "heading", "stem"])
_RANKS = {"ambiguous": 0, "in question": 1, "inherited": 3, "derived": 3}
_UNPLACED, _CERTAIN = 2, 4
_FIELDS = (
    "term kind measure goal baseline change deadline since area amount bound starts lead partner "
    "status named_as partners members serves footnotes url"
).split()
_UNSAID = frozenset(["exactly", "context", "current"])
_PARTNER = frozenset(["Partnership", "PartnerListing"])


def review_page(parsed: ParsedPlan) -> str:
    """Return a page of HTML that shows a document beside what was read from each line.

    Lines with something open come first, those that are certain follow in the order of the
    document. The page is complete in itself: it loads nothing and runs no script.

    Args:
        parsed: What :func:`rrmodel.wording.parse_plan` returned.

    Raises:
        MissingExtraError: Jinja2 is not installed.
    """
    render = page("Writing a review page")
    records = dict(walk(parsed.plan))
    partners = {partner.id: partner.name for partner in parsed.plan.partners}
    served = {objective.id: objective.statement for objective in parsed.plan.objectives}
    lines = [
        attrs.evolve(line, questions=tuple(sorted(line.questions, key=_doubt)))
        for line in parsed.lines
        if line.part not in _QUIET or line.questions or line.unplaced is not None
    ]
    return render(
        "review.html",
        parsed=parsed,
        plan=parsed.plan,
        uncertain=sorted((line for line in lines if _rank(line) < _CERTAIN), key=_rank),
        certain=[line for line in lines if _rank(line) == _CERTAIN],
        read={
            path: (_kind(records[path]), list(_values(records[path], partners, served)))
            for line in lines
            for path in line.paths
        },
    )


def _doubt(question: OpenQuestion) -> int:
    return _RANKS[question.kind]


def _rank(line: ReadLine) -> int:
    """Return how doubtful a line is; 0 is the most doubtful."""
    ranks = [*map(_doubt, line.questions)]
    return min([*ranks, _CERTAIN if line.unplaced is None else _UNPLACED])


def _kind(record: object) -> str:
    name = type(record).__name__
    words = "".join(f" {mark.lower()}" if mark.isupper() else mark for mark in name)
    return "Partner" if name in _PARTNER else words.strip().capitalize()


def _values(
    record: Any,  # noqa: ANN401 - of any kind
    partners: Mapping[str, str],
    served: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """Yield the fields of a record in words."""
    for name in _FIELDS:
        value: object = getattr(record, name, None)
        is_said = value is not None and value != () and value not in _UNSAID
        if is_said and (name != "kind" or isinstance(record, Fact)):
            names = served if name == "serves" else partners
            yield name.replace("_", " "), _words(name, value, names)
    for figure in getattr(record, "figures", ()):
        bound = "" if figure.bound == "exactly" else f"{figure.bound} "
        period = "" if figure.period is None else f", {figure.period}"
        yield "figure", f"{bound}{figure.value}: {figure.of}{period}"
    for part in getattr(record, "parts", ()):
        yield "part", f"{part.amount}, {part.deadline.wording}"


def _words(name: str, value: object, names: Mapping[str, str]) -> str:
    match value:
        case tuple():
            listed = cast("tuple[str, ...]", value)
            return ("; " if name == "serves" else ", ").join(names.get(one, one) for one in listed)
        case str() if name in {"partner", "lead"}:
            return names.get(value, value)
        case Deadline():
            return f"{value.wording} ({value.last_day})"
        case Measure():
            return value.name
        case Baseline():
            return f"{value.level}, {value.period}"
        case _:
            return str(value)
