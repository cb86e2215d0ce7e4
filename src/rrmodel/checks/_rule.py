"""The rules that plans are checked against, and how serious their findings are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

import attrs

from rrmodel.errors import Problem
from rrmodel.model import Observation, Plan

__all__ = ["Rule", "Severity"]


class Severity(StrEnum):
    """How serious a finding is, the most serious first."""

    ERROR = "error"
    """The plan contradicts itself, or states something impossible."""
    WARNING = "warning"
    """Something is missing or doubtful, so that an assessment of the plan is less reliable."""
    ADVICE = "advice"
    """A reader should know about it, and the plan may be right."""

    def is_at_least(self, other: Severity) -> bool:
        """Return whether this is as serious as another or more.

        >>> Severity.ERROR.is_at_least(Severity.WARNING)
        True
        """
        order = list(Severity)
        return order.index(self) <= order.index(other)


@attrs.frozen(kw_only=True)
class Rule:
    """A rule that plans are checked against, with a stable id.

    The letter after ``RR`` is its subject: A objectives and activities, D dates, F figures,
    P pathways, S statements, T targets, W partners who work on the plan.
    """

    id: str
    """Its id, which keeps its meaning for ever."""
    name: str
    """Its name, for people."""
    severity: Severity
    """The severity of its findings, unless the caller sets another."""
    summary: str
    """The problem that it finds, in a sentence."""
    explanation: str
    """Why that matters, and what to do."""
    find: Callable[[Plan, tuple[Observation, ...]], Iterator[Problem]] = attrs.field(repr=False)
    """The function that finds the problems in a plan, given published figures."""
