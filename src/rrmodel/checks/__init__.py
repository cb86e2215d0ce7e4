"""Rules that find missing, doubtful or contradictory statements in a plan.

:func:`check` applies every rule in :data:`RULES` to a plan and returns a :class:`Finding` for each
problem. A rule reports only what is certain. Findings become text for people, JSON for scripts
(:func:`to_json`), SARIF for editors (:func:`to_sarif`) and a table (:func:`to_table`). They are
grouped by :func:`by_rule` and counted by :func:`severities_text`.
"""

from __future__ import annotations

from rrmodel.checks._check import check
from rrmodel.checks._findings import Finding, Positions, by_rule, severities_text, to_table
from rrmodel.checks._reports import to_json, to_sarif
from rrmodel.checks._rule import Rule, Severity
from rrmodel.checks._rules import RULES, rule

__all__ = [
    "RULES",
    "Finding",
    "Positions",
    "Rule",
    "Severity",
    "by_rule",
    "check",
    "rule",
    "severities_text",
    "to_json",
    "to_sarif",
    "to_table",
]
