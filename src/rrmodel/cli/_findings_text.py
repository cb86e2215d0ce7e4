"""The findings of a check as text: one entry for each rule, with a list of its findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import TextIO

from rrmodel.checks import Finding, Positions, Rule, Severity, by_rule, severities_text
from rrmodel.cli._page import Cell, Page
from rrmodel.model import Plan
from rrmodel.quantities import counted

__all__ = ["findings_text", "rule_text", "statistics_text"]

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.ADVICE: "bold blue",
}
_OPENING, _CLOSING = re.compile("(?<!\\S)['\"]"), re.compile("['\"](?=[:;,.]?(?!\\S))")
_BESIDE = 42
"""The longest place that has its message on the same line; a longer one has it below."""
_GAP = "…"
"""The text in a message that replaces the words that differ between findings."""


def findings_text(
    findings: Sequence[Finding],
    plan: Plan,
    stream: TextIO,
    *,
    file: str | None,
    positions: Positions | None,
) -> str:
    """Return the findings of a plan, grouped by rule, the most serious first.

    Args:
        findings: The findings.
        plan: The plan.
        stream: The stream, which decides width and colour.
        file: The file of the plan. Default: the places are paths within the plan.
        positions: Returns the line and column of a path in the file.
    """
    page = Page(stream, ())
    _add_head(page, findings, plan)
    for known, each in by_rule(findings).items():
        page.space()
        page.assembled(*_heading(known, each))
        message, differing = _factored([finding.message for finding in each])
        if message:
            page.paragraph(message)
        places = [_place(finding, file, positions) for finding in each]
        rows = list(zip(places, differing, strict=True))
        if max(map(len, places)) <= _BESIDE:
            page.table(("", ""), [(" ", rows)])
        else:
            for place, words in rows:
                page.place(place, words)
    return str(page)


def statistics_text(findings: Sequence[Finding], plan: Plan, stream: TextIO) -> str:
    """Return how many findings each rule has, the most serious first."""
    page = Page(stream, ())
    _add_head(page, findings, plan)
    if findings:
        page.space()
        rows: list[list[Cell]] = [
            [
                str(len(each)),
                (each[0].severity, _STYLES[each[0].severity]),
                known.id,
                known.summary,
            ]
            for known, each in by_rule(findings).items()
        ]
        heads = ("Findings", "Severity", "Rule", "What it finds")
        page.table(heads, [("", rows)], right=["Findings"])
    return str(page)


def rule_text(known: Rule, stream: TextIO) -> str:
    """Return the explanation of a rule."""
    page = Page(stream, ())
    severity = (known.severity.value, _STYLES[known.severity])
    page.assembled((f"{known.id} {known.name}", "bold"), " · ", severity)
    page.paragraph(known.summary)
    page.space()
    page.paragraph(known.explanation)
    return str(page)


def _add_head(page: Page, findings: Sequence[Finding], plan: Plan) -> None:
    page.paragraph(plan.title, "bold")
    total = f"{counted(len(findings), 'finding')}: {severities_text(findings)}"
    page.paragraph(total if findings else "No findings.")


def _heading(known: Rule, findings: Sequence[Finding]) -> tuple[Cell, ...]:
    severity = findings[0].severity
    name, number = f"{known.id} {known.name}", counted(len(findings), "finding")
    return (name, "bold"), " · ", (severity.value, _STYLES[severity]), f" · {number}"


def _place(finding: Finding, file: str | None, positions: Positions | None) -> str:
    place = positions(finding.path) if positions else None
    if file is None:
        return finding.path
    return f"{file}:{place[0]}" if place else f"{file} {finding.path}"


def _factored(messages: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the words that all messages share, and what each has in the gap between them.

    One message, or messages that share less than half of their words, stay as they are.
    """
    words = [message.split() for message in messages]
    first, shortest = words[0], min(map(len, words))
    start = _shared(words)
    end = min(_shared([each[::-1] for each in words]), shortest - start)
    # quoted words stay together
    while not _is_balanced(first[:start]):
        start -= 1
    while not _is_balanced(first[len(first) - end :]):
        end -= 1
    if len(messages) == 1 or 2 * (start + end) < shortest:
        return "", messages
    gaps = [" ".join(each[start : len(each) - end]) for each in words]
    mark = ":" if all(gap.endswith(":") for gap in gaps) else ""
    shared = [*first[:start], f"{_GAP}{mark}", *first[len(first) - end :]]
    return " ".join(shared), [gap.removesuffix(mark) for gap in gaps]


def _shared(words: Iterable[Sequence[str]]) -> int:
    """Return how many words, from the first on, are the same in all lists."""
    return sum(1 for _ in takewhile(lambda each: len(set(each)) == 1, zip(*words, strict=False)))


def _is_balanced(words: Iterable[str]) -> bool:
    text = " ".join(words)
    return len(_OPENING.findall(text)) == len(_CLOSING.findall(text))
