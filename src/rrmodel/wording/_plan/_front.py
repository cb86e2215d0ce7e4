"""The title of a plan, its area, and the years that it covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import attrs

from rrmodel.model import Establishment, Region
from rrmodel.periods import DateRange, Period
from rrmodel.wording._documents import Block
from rrmodel.wording._plan._words import slug

__all__ = ["Front", "front_of"]

_YEARS: Final = re.compile(
    r"\b(?P<start>20[0-9]{2})(?: ?[-–—/] ?| to )(?P<end>20[0-9]{2}|[0-9]{2})\b"
)
_PRISON: Final = re.compile(
    r"\bHM(?:P|YOI|P/YOI|P & YOI)\.? (?P<name>[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*)"
)
_KIND: Final = (
    r"(?:reducing re-?offending|police and crime|police & crime|community safety|"
    r"criminal justice|offender management|probation|local)"
)
_BEFORE: Final = re.compile(
    r"^(?:the |a )?(?P<name>[A-Z][\w&'’,. -]*?)(?:['’]s)?(?: (?:police and crime commissioner|"
    r"regional|local|joint|partnership|probation service|safer|criminal justice board)"
    r"(?:['’]s)?)*\s+"
    rf"(?:{_KIND}\b|plan\b|strategy\b)",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(
    r"\b[Tt]he (?P<name>[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*?) (?:Local |Regional )?"
    r"(?:Reducing Re-?[Oo]ffending|Police and Crime) (?:Plan|Strategy)\b"
)
_AFTER: Final = re.compile(
    r"\b(?:for|in|across) (?:the )?(?P<name>[A-Z][\w&'’-]*(?:(?: | and | & |, )[A-Z][\w&'’-]*)*)"
)
_TAIL: Final = re.compile(r"[\s,:;–—-]+$|\s*\b(?:20[0-9]{2}.*)$")
_AREAS: Final = re.compile(
    r"police and crime commissioner areas\W+(?P<names>[A-Z][\w-]*(?:(?:, | and |, and "
    r")[A-Z][\w-]*)+)"
)
_SEPARATOR: Final = re.compile(r",? and |, ")
_SPAN: Final = 20
_MOST_WORDS: Final = 8
_WHOLE_YEAR: Final = 4
_FIRST_YEARS: Final = re.compile(r"\breducing re-?offending\b", re.IGNORECASE)
_GENERIC: Final = frozenset(
    "reducing reoffending police and crime local regional community safety plan strategy our the a "
    "joint partnership commissioner commissioners".split()
)


@attrs.frozen(kw_only=True)
class Front:
    """For whom a plan is, and for when."""

    subject: Region | Establishment
    """The region or prison."""
    period: Period | None
    """The years."""
    questions: tuple[str, ...]
    """The values that are guesses."""


def front_of(title: str, cover: Sequence[Block], blocks: Sequence[Block]) -> Front:
    """Return what the title and the cover say, and where they do not say it, the first blocks."""
    lines = [title, *(block.text for block in cover)]
    opening = [block.text for block in blocks[:_SPAN]]
    questions: list[str] = []
    period = _period(lines, questions)
    if prison := next((match for line in lines if (match := _PRISON.search(line))), None):
        name = prison[0].strip()
        return Front(
            subject=Establishment(id=slug(name), name=name),
            period=period,
            questions=tuple(questions),
        )
    area = _area(lines, (_BEFORE, _AFTER)) or _area(opening, (_WITHIN, _AFTER))
    if area is None:
        questions.append(
            "the document does not say for which area it is, so the title is used: correct "
            "the subject"
        )
        area = title
    elif _area(lines, (_BEFORE, _AFTER)) is None:
        questions.append(f"the area {area!r} is read from the text, not from the title: confirm it")
    region = Region(id=slug(area), name=area, areas=_areas(blocks))
    return Front(subject=region, period=period, questions=tuple(questions))


def _period(lines: Sequence[str], questions: list[str]) -> Period | None:
    for line in lines:
        match = _YEARS.search(line)
        if match is None:
            continue
        start = int(match["start"])
        end = (
            int(match["end"])
            if len(match["end"]) == _WHOLE_YEAR
            else start // 100 * 100 + int(match["end"])
        )
        if not start < end <= start + 25:
            continue
        period = DateRange(f"April {start} to March {end}")
        message = f"{match[0]!r} is taken for the financial years from {period}: confirm it"
        questions.append(message)
        return period
    return None


def _area(lines: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> str | None:
    for line in lines:
        for pattern in patterns:
            match = pattern.search(line)
            if match is None:
                continue
            name = _TAIL.sub("", match["name"]).strip(" ,'’")
            words = name.split()
            telling = [word for word in words if word.lower() not in _GENERIC]
            if telling and all(word[0].isupper() for word in telling) and len(words) <= _MOST_WORDS:
                return name.removeprefix("The ").removeprefix("the ")
    return None


def _areas(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the police and crime commissioner areas that a profile lists."""
    for block in blocks:
        if "commissioner areas" in block.text and (match := _AREAS.search(block.text)):
            return tuple(_SEPARATOR.split(match["names"]))
    return ()
