"""A pathway or chapter as it is read: its records so far, and what its lists inherit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import attrs

from rrmodel.model import Activity, Commitment, Fact, Objective, Partnership, Target
from rrmodel.periods import Deadline
from rrmodel.wording._dates import deadline_of
from rrmodel.wording._facts import dates_in
from rrmodel.wording._fields import Direction

__all__ = ["Draft", "Inherited"]

_UP: Final = re.compile(r"\b(?:increase|raise|improve|grow)\b", re.IGNORECASE)
_DOWN: Final = re.compile(r"\b(?:reduce|cut|decrease|lower)\b", re.IGNORECASE)


@dataclass
class Draft:
    """The records of one pathway or chapter, as they are read."""

    background: list[Fact] = field(default_factory=list[Fact])
    context: list[Fact] = field(default_factory=list[Fact])
    partnerships: list[Partnership] = field(default_factory=list[Partnership])
    targets: list[Target] = field(default_factory=list[Target])
    objectives: list[Objective] = field(default_factory=list[Objective])
    activities: list[Activity] = field(default_factory=list[Activity])
    commitments: list[Commitment] = field(default_factory=list[Commitment])


@attrs.frozen(kw_only=True)
class Inherited:
    """The values that the entries of a list take from its stem or heading."""

    deadline: Deadline | None = None
    """The deadline."""
    direction: Direction | None = None
    """The direction of changes."""
    serves: tuple[str, ...] = ()
    """The objective that activities below its label serve."""

    @classmethod
    def from_words(cls, words: str) -> Inherited:
        """Return what a stem says: "By March 2025 we will reduce:" has both."""
        direction: Direction | None = None
        if bool(_UP.search(words)) != bool(_DOWN.search(words)):
            direction = "up" if _UP.search(words) else "down"
        due = [date for date in dates_in(words) if date.role == "deadline"]
        deadline = deadline_of("", due[0].text) if len(due) == 1 else None
        return cls(deadline=deadline, direction=direction)
