"""A judgement in plain English, at three lengths, claiming no more than the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.evaluation._evidence import UNCLEAR, weigh_evidence
from rrmodel.evaluation._reasons import deciding_reasons, main_reason, reasons
from rrmodel.evaluation._standing import Standing, Status
from rrmodel.inference import Verdict

__all__ = ["Length", "explain"]

Length: TypeAlias = Literal["badge", "sentence", "paragraph"]
"""How much is said: two or three words, a sentence, or all there is to say."""

_SETTLED = (Status.MET, Status.MISSED)
_HOW_SURE: dict[Verdict, str] = {
    Verdict.SIGNIFICANTLY_MET: ", clearly",
    Verdict.MET_BEYOND_ROUNDING: " on the figures",
    Verdict.NOT_DISTINGUISHABLE: ", evidence unclear",
    Verdict.MISSED_BEYOND_ROUNDING: " on the figures",
    Verdict.SIGNIFICANTLY_MISSED: ", clearly",
}


def explain(result: Standing, length: Length) -> str:
    """Return what is said of a promise on a day.

    Raises:
        UnknownNameError: There is no such length.
    """
    if length not in _SAID:
        raise UnknownNameError(f"there is no length {length!r}: {did_you_mean(length, _SAID)}")
    return _SAID[length](result)


def _sentence(result: Standing) -> str:
    said = "; ".join(reason[0].lower() + reason[1:-1] for reason in deciding_reasons(result))
    sentence = f"{_badge(result)}: {said}"
    if result.is_comparator and result.latest is not None:
        sentence += f" (figures of {result.area}, a comparator)"
    evidence = weigh_evidence(result)
    if evidence is not None and evidence.verdict is Verdict.NOT_DISTINGUISHABLE:
        sentence += f"; {UNCLEAR}"
    return f"{sentence}."


def _paragraph(result: Standing) -> str:
    return " ".join(_everything(result))


def _everything(result: Standing) -> Iterator[str]:
    yield result.target.statement
    yield f"{_badge(result)}."
    evidence, main = weigh_evidence(result), main_reason(result)
    for reason in reasons(result):
        yield reason
        if reason == main and evidence is not None:
            yield evidence.statement
    yield f"The promise stands in {result.target.citation}."
    if result.latest is not None and result.latest.citation is not None:
        yield f"The figure was read in {result.latest.citation}."


def _badge(result: Standing) -> str:
    words = result.status.replace("_", " ").capitalize()
    evidence = weigh_evidence(result) if result.status in _SETTLED else None
    return words if evidence is None else words + _HOW_SURE[evidence.verdict]


_SAID: dict[Length, Callable[[Standing], str]] = {
    "badge": _badge,
    "sentence": _sentence,
    "paragraph": _paragraph,
}
