"""A parsed plan as a plan file that a person corrects: its open questions are comments in it."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from rrmodel.model import Plan
from rrmodel.quantities import counted
from rrmodel.wording._plan._questions import OpenQuestion, UnplacedLine

__all__ = ["plan_file"]

_HEAD: Final = (
    "The plan below was read from a document by rules. Correct it by hand where a comment asks."
)
_MOST_IN_HEAD: Final = 200


def plan_file(
    plan: Plan, findings: tuple[OpenQuestion, ...], unplaced: tuple[UnplacedLine, ...]
) -> str:
    """Return a plan in YAML, with each open question as a comment above the record it is about."""
    from rrmodel.io import dumps, positions  # noqa: PLC0415 -- only files need it

    text = dumps(plan)
    place_of = positions(text, "yaml")
    above: dict[int, list[str]] = defaultdict(list)
    head = [_HEAD]
    for finding in findings:
        place = place_of(finding.path) if finding.path != "$" else None
        if place is None:
            head.append(f"{finding.kind}: {_where(finding.line, finding.page)}{finding.message}")
        else:
            where = _where(finding.line, finding.page)
            above[place[0]].append(f"{finding.kind}: {where}{finding.message}")
    if unplaced:
        has = "has" if len(unplaced) == 1 else "have"
        amount = counted(len(unplaced), "statement")
        head.append(f"{amount} of the document {has} no place in the plan:")
        head += [f"  {line}" for line in unplaced[:_MOST_IN_HEAD]]
        if len(unplaced) > _MOST_IN_HEAD:
            head.append(f"  and {len(unplaced) - _MOST_IN_HEAD} more")
    lines = [_comment(words, "") for words in head]
    for number, line in enumerate(text.split("\n"), 1):
        indent = line[: len(line) - len(line.lstrip())]
        lines += [_comment(words, indent) for words in above.get(number, ())]
        lines.append(line)
    return "\n".join(lines)


def _where(line: int | None, page: int | None) -> str:
    if line is None:
        return ""
    return f"line {line}: " if page is None else f"page {page}, line {line}: "


def _comment(words: str, indent: str) -> str:
    plain = "".join(mark if mark.isprintable() else " " for mark in words)
    return f"{indent}# {plain}"
