"""Findings for machines: JSON for scripts, SARIF for editors and continuous integration."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from rrmodel.checks._findings import Finding, Positions, place_of
from rrmodel.checks._rule import Severity
from rrmodel.checks._rules import RULES

__all__ = ["to_json", "to_sarif"]

_SCHEMA_VERSION = "1"
_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def to_json(
    findings: Iterable[Finding], *, file: str | None = None, positions: Positions | None = None
) -> str:
    """Return findings as JSON, with their lines and columns in a file if these are known.

    >>> print(to_json([]))
    {
      "schema_version": "1",
      "kind": "findings",
      "file": null,
      "findings": [],
      "counts": {
        "error": 0,
        "warning": 0,
        "advice": 0
      }
    }
    <BLANKLINE>

    Args:
        findings: The findings, from :func:`check`.
        file: The file that was checked. Default: none.
        positions: Returns the line and column of a path in the file. Default: unknown.
    """
    all_findings = tuple(findings)
    fields = {
        "schema_version": _SCHEMA_VERSION,
        "kind": "findings",
        "file": file,
        "findings": [finding.to_dict(positions=positions) for finding in all_findings],
        "counts": {
            severity.value: sum(finding.severity is severity for finding in all_findings)
            for severity in Severity
        },
    }
    return _written(fields)


def to_sarif(
    findings: Iterable[Finding], *, file: str | None = None, positions: Positions | None = None
) -> str:
    """Return findings in the Static Analysis Results Interchange Format, SARIF 2.1.0 of OASIS.

    Every rule is described, with or without findings. Advice has the level ``note``.

    >>> '"version": "2.1.0"' in to_sarif([])
    True

    Args:
        findings: The findings, from :func:`check`.
        file: The file that was checked; relative to the root of the repository for services that
            show findings beside the code. Default: none.
        positions: Returns the line and column of a path in the file. Default: unknown.
    """
    places = {known.id: place for place, known in enumerate(RULES)}
    results = [
        {
            "ruleId": finding.rule,
            "ruleIndex": places[finding.rule],
            "level": _SARIF_LEVELS[finding.severity],
            "message": {"text": finding.message},
            "locations": [_sarif_location(finding, file, positions)],
            **({"properties": {"citation": str(finding.citation)}} if finding.citation else {}),
        }
        for finding in findings
    ]
    driver = {
        "name": "rrmodel",
        "version": version("rrmodel"),
        "rules": [
            {
                "id": known.id,
                "name": known.name,
                "shortDescription": {"text": known.summary},
                "fullDescription": {"text": known.explanation},
                "help": {"text": known.explanation},
                "defaultConfiguration": {"level": _SARIF_LEVELS[known.severity]},
            }
            for known in RULES
        ],
    }
    return _written(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {"driver": driver},
                    "columnKind": "unicodeCodePoints",
                    "results": results,
                }
            ],
        }
    )


def _sarif_location(
    finding: Finding, file: str | None, positions: Positions | None
) -> dict[str, Any]:
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": finding.path}]}
    if file is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": quote(PurePath(file).as_posix())}}
        if (place := place_of(finding, positions)) is not None:
            physical["region"] = {"startLine": place[0], "startColumn": place[1]}
        location["physicalLocation"] = physical
    return location


def _written(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"
