"""An evaluation in plain English, at three lengths, claiming no more than the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias, get_args

from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.evaluation._assessment import Assessment
from rrmodel.evaluation._evidence import UNCLEAR
from rrmodel.evaluation._reasons import deciding_reasons, reasons, vagueness
from rrmodel.evaluation._status import Status
from rrmodel.evaluation._texts import apart
from rrmodel.model import with_article
from rrmodel.quantities import Percentage

__all__ = ["Length", "disagreement", "explain", "sources"]

Length: TypeAlias = Literal["badge", "sentence", "paragraph"]
"""How much to say: two or three words, a sentence, or everything."""

_LENGTHS: tuple[str, ...] = get_args(Length)
_MET = frozenset({Status.MET, Status.ON_TRACK})
_MISSED = frozenset({Status.MISSED, Status.MET_LATE, Status.AT_RISK, Status.OFF_TRACK})


def explain(case: Assessment, length: Length) -> str:
    """Return an assessment in words.

    Raises:
        UnknownNameError: The length is not known.
    """
    match length:
        case "badge":
            return _badge(case)
        case "sentence":
            return _sentence(case)
        case "paragraph":
            return " ".join(_paragraph(case))
        case _:
            raise UnknownNameError(f"unknown length {length!r}: {did_you_mean(length, _LENGTHS)}")


def disagreement(case: Assessment) -> str | None:
    """Return a sentence that says where status and evidence disagree; ``None`` if they do not."""
    evidence, latest = case.evidence, case.selection.latest
    if evidence is None or latest is None or latest.level is None:
        return None
    opposed = {"met": _MISSED, "missed": _MET, None: frozenset[Status]()}
    if case.status not in opposed[evidence.verdict.direction]:
        return None
    counts = latest.counts
    if case.grade is None and counts is not None:
        share = Percentage.from_counts(counts.numerator, counts.denominator)
        level, counted = apart(latest.level, share)
        return (
            f"The published figure and its counts disagree: the status rests on {level}, but "
            f"{counts.numerator:,} of {counts.denominator:,} is {counted}."
        )
    return (
        f"The status and the evidence disagree: the status is that of the policy "
        f"{case.policy.name!r}, but by the evidence the figure is {evidence.conclusion}."
    )


def _badge(case: Assessment) -> str:
    words, evidence = case.status.replace("_", " ").capitalize(), case.evidence
    if disagreement(case) is not None:
        return f"{words}, evidence disagrees"
    if evidence is None or case.status not in {Status.MET, Status.MISSED}:
        return words
    if evidence.verdict.direction is None:
        return f"{words}, evidence unclear"
    return f"{words}, clearly" if evidence.verdict.is_significant else f"{words} on the figures"


def _sentence(case: Assessment) -> str:
    contradiction, evidence = disagreement(case), case.evidence
    parts = [
        *([contradiction] if contradiction else []),
        *deciding_reasons(case),
        *vagueness(case.target),
    ]
    clauses = "; ".join(part[0].lower() + part[1:-1] for part in parts)
    sentence = f"{_badge(case)}: {clauses}"
    if case.area != case.target.area and case.selection.latest is not None:
        sentence += f" (figures for {with_article(case.area)}, a comparator)"
    if evidence is not None and evidence.verdict.direction is None and evidence.cases is not None:
        sentence += f"; {UNCLEAR[0].lower()}{UNCLEAR[1:-1]}"
    return f"{sentence}."


def _paragraph(case: Assessment) -> Iterator[str]:
    yield case.target.statement
    yield f"{_badge(case)}."
    contradiction, (*_, last) = disagreement(case), deciding_reasons(case)
    if contradiction is not None:
        yield contradiction
    for reason in reasons(case):
        yield reason
        if reason == last and case.evidence is not None:
            yield case.evidence.statement
    yield from sources(case)


def sources(case: Assessment) -> Iterator[str]:
    """Yield where the target and the figure that decides were read, a sentence each."""
    yield f"The target is in {case.target.citation}."
    figure = case.decided_by
    if figure is not None and figure.citation is not None:
        yield f"The figure is in {figure.citation}."
