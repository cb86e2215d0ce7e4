"""Rules that say what is missing, doubtful or contradictory in a plan.

:func:`check` asks a plan every question in :data:`RULES` and returns a :class:`Finding` for each
answer that its author should know of. A rule is silent where it is not sure. Findings become text
for people, JSON for scripts (:func:`to_json`) and SARIF for editors (:func:`to_sarif`).
"""

from __future__ import annotations

from rrmodel.checks._check import check
from rrmodel.checks._findings import Finding, Rule, Severity
from rrmodel.checks._reports import Positions, to_json, to_sarif
from rrmodel.checks._rules import RULES, rule

__all__ = [
    "RULES",
    "Finding",
    "Positions",
    "Rule",
    "Severity",
    "check",
    "rule",
    "to_json",
    "to_sarif",
]
