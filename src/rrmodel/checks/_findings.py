"""The findings of a check, as records, as a table and as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeAlias

import attrs

from rrmodel.checks._rule import Rule, Severity
from rrmodel.checks._rules import rule
from rrmodel.model import Citation
from rrmodel.quantities import counted
from rrmodel.records import Field, Layout, Result, ShownColumn, Table, short_repr

__all__ = ["Finding", "Positions", "by_rule", "place_of", "severities_text", "to_table"]

Positions: TypeAlias = Callable[[str], tuple[int, int] | None]
"""A function that returns the line and column, from 1, of the part of a file at a path."""


@attrs.frozen(repr=False)
class _Placed:
    """A finding, and where it is in a file."""

    finding: Finding
    line: int | None = None
    column: int | None = None

    def __repr__(self) -> str:
        return short_repr(self, self.finding.rule, line=self.line, column=self.column)


_FINDING: Layout[_Placed] = Layout(
    "finding",
    "One thing that a rule finds in a plan.",
    (
        Field("rule", "text", "The id of the rule.", lambda one: one.finding.rule),
        Field("name", "text", "Its name.", lambda one: rule(one.finding.rule).name),
        Field(
            "severity",
            "text",
            "How serious it is.",
            lambda one: one.finding.severity.value,
            choose_from=lambda: Severity,
        ),
        Field(
            "path",
            "text",
            "Where in the plan, written as a JSONPath.",
            lambda one: one.finding.path,
        ),
        Field(
            "line",
            "whole",
            "The line in the file, where that is known.",
            lambda one: one.line,
            is_optional=True,
        ),
        Field(
            "column",
            "whole",
            "The column in the file, where that is known.",
            lambda one: one.column,
            is_optional=True,
        ),
        Field(
            "message", "text", "The problem, and how to fix it.", lambda one: one.finding.message
        ),
        Field(
            "citation",
            "record",
            "The citation of the record, or of the nearest record around it.",
            lambda one: one.finding.citation,
            is_optional=True,
            of=Citation.layout,
        ),
    ),
    shown=(
        ShownColumn("Severity", "severity", icons={"error": "✗", "warning": "▲", "advice": "–"}),
        ShownColumn("Rule", "rule", also=("name",)),
        ShownColumn(
            "Finding",
            "message",
            also=("path",),
            on_hover=("citation_document", "citation_section", "citation_item", "citation_place"),
        ),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class Finding(Result):
    """One thing that a rule finds in a plan."""

    rule: str
    """The id of the rule, such as ``RRT005``."""
    severity: Severity
    """How serious it is."""
    path: str
    """Where in the plan, written as a JSONPath."""
    message: str
    """The problem, and how to fix it."""
    citation: Citation | None = None
    """The citation of the record, or of the nearest record around it."""

    layout: ClassVar[Layout[Any]] = _FINDING
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(
            self, self.rule, severity=self.severity.value, path=self.path, message=self.message
        )

    def to_dict(self, *, positions: Positions | None = None) -> dict[str, Any]:
        """Return the finding as a mapping for JSON, by :attr:`layout`.

        Args:
            positions: Returns the line and column of a path in the file. Default: unknown.
        """
        return self.layout.to_dict(_placed(self, positions))

    def to_table(self) -> Table[Any]:
        """Return the finding as a table of one row."""
        return to_table((self,))

    def __str__(self) -> str:
        return f"{self.rule} {self.severity} {self.message} ({self.path})"


def place_of(finding: Finding, positions: Positions | None) -> tuple[int, int] | None:
    """Return the line and column of a finding in a file, where they are known."""
    return None if positions is None else positions(finding.path)


def _placed(finding: Finding, positions: Positions | None) -> _Placed:
    return _Placed(finding, *(place_of(finding, positions) or ()))


def to_table(findings: Iterable[Finding], *, positions: Positions | None = None) -> Table[Any]:
    """Return findings as a table, which has the same columns with and without findings.

    >>> to_table([]).to_records()
    []

    Args:
        findings: The findings, from :func:`check`.
        positions: Returns the line and column of a path in the file. Default: unknown.
    """
    return Table(Finding.layout, tuple(_placed(each, positions) for each in findings))


def by_rule(findings: Iterable[Finding]) -> dict[Rule, tuple[Finding, ...]]:
    """Return the findings of each rule in their order, those of the most serious rules first.

    >>> from rrmodel import datasets
    >>> from rrmodel.checks import check
    >>> groups = by_rule(check(datasets.load("hmp-leeds-regimes")))
    >>> {rule.name: len(group) for rule, group in groups.items() if len(group) > 1}
    {'pathway-without-targets': 9, 'activity-without-objective': 5, 'partner-under-two-names': 2}

    Args:
        findings: The findings, from :func:`check`.

    Raises:
        UnknownNameError: A finding is of a rule that is not in :data:`RULES`.
    """
    order = list(Severity)
    groups: dict[str, list[Finding]] = {}
    for each in sorted(findings, key=lambda each: (order.index(each.severity), each.rule)):
        groups.setdefault(each.rule, []).append(each)
    return {rule(name): tuple(group) for name, group in groups.items()}


def severities_text(findings: Iterable[Finding]) -> str:
    """Return how many findings have each severity in words, the most serious first.

    >>> from rrmodel import datasets
    >>> from rrmodel.checks import check
    >>> severities_text(check(datasets.load("hmp-leeds-regimes")))
    '11 warnings, 7 advice'

    Args:
        findings: The findings, from :func:`check`.
    """
    counts = Counter(each.severity for each in findings)
    parts = (counted(counts[each], each) for each in Severity if counts[each])
    return ", ".join(parts) or "none"
