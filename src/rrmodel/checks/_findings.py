"""What a check says of a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

import attrs

from rrmodel.errors import Problem
from rrmodel.model import Citation, Observation, Plan

__all__ = ["Finding", "Rule", "Severity"]


class Severity(StrEnum):
    """How much a finding weighs, the heaviest first."""

    ERROR = "error"
    """The plan contradicts itself, or promises what cannot be."""
    WARNING = "warning"
    """Something is missing or doubtful, and a judgement of the plan suffers."""
    ADVICE = "advice"
    """A reader should know of it, and the plan may well be right."""

    def is_at_least(self, other: Severity) -> bool:
        """Return whether this weighs as much as another or more.

        >>> Severity.ERROR.is_at_least(Severity.WARNING)
        True
        """
        weights = list(Severity)
        return weights.index(self) <= weights.index(other)


@attrs.frozen(kw_only=True)
class Finding:
    """One thing that a rule found in a plan."""

    rule: str
    """The id of the rule, such as ``RRT005``."""
    severity: Severity
    """How much it weighs."""
    path: str
    """Where in the plan, written as a JSONPath."""
    message: str
    """What was found and what to do about it."""
    citation: Citation | None = None
    """Where the document says so: that of the record, or of the nearest record around it."""

    def __str__(self) -> str:
        return f"{self.rule} {self.severity} {self.message} ({self.path})"


@attrs.frozen(kw_only=True)
class Rule:
    """A question that every plan is asked, with a stable id.

    The letter after ``RR`` says what it looks at: A objectives and activities, D dates, F figures,
    P pathways, S statements, T targets, W those who work on the plan.
    """

    id: str
    """Its id, which never changes its meaning."""
    name: str
    """Its name, for people."""
    severity: Severity
    """How much its findings weigh unless one says otherwise."""
    summary: str
    """What it finds."""
    explanation: str
    """Why that matters, and what to do."""
    find: Callable[[Plan, tuple[Observation, ...]], Iterator[Problem]] = attrs.field(repr=False)
    """What finds it in a plan, given the figures that are known; messages with their paths."""
