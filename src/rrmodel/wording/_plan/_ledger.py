"""The ledger of a reading: what each block became, what is open, or why it has no place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, cast

import attrs

from rrmodel.model import Citation, Plan, normal_form
from rrmodel.wording._documents import Block
from rrmodel.wording._plan._questions import OpenQuestion, QuestionKind, UnplacedLine
from rrmodel.wording._plan._result import ParsedPlan, PartnerCandidate, ReadLine

__all__ = ["Ledger"]


_Question: TypeAlias = tuple[QuestionKind, str, object]


@dataclass
class _Entry:
    block: Block
    part: str
    citation: Citation | None = None
    records: list[object] = field(default_factory=list[object])
    questions: list[_Question] = field(default_factory=list[_Question])
    unplaced: str | None = None


class Ledger:
    """Collects what each block of a document became."""

    def __init__(self) -> None:
        self._entries: dict[int, _Entry] = {}
        self._general: list[_Question] = []
        self._candidates: list[PartnerCandidate] = []

    def open(self, block: Block, part: str, citation: Citation | None = None) -> None:
        """Note to which part a block belongs."""
        self._entries[id(block)] = _Entry(block, part, citation)

    def placed(
        self,
        block: Block,
        records: Iterable[object],
        questions: Iterable[tuple[QuestionKind, str]] = (),
    ) -> None:
        """Note the records that a block became; its questions are about the last of them."""
        entry = self._entries[id(block)]
        entry.records += records
        about = entry.records[-1] if entry.records else None
        entry.questions.extend((kind, message, about) for kind, message in questions)

    def unplaced(self, block: Block, reason: str) -> None:
        """Note that a block has no place, and why."""
        self._entries[id(block)].unplaced = reason

    def general(self, kind: QuestionKind, message: str, about: object = None) -> None:
        """Note what is open about the whole plan, or about a record that no one block made."""
        self._general.append((kind, message, about))

    def candidate(self, candidate: PartnerCandidate) -> None:
        """Note a name in running text."""
        self._candidates.append(candidate)

    def result(self, plan: Plan, blocks: Sequence[Block]) -> ParsedPlan:
        """Return what was read, with the paths of the records in the plan."""
        paths = {id(record): path for path, record in _records(plan)}
        findings = [
            OpenQuestion(kind=kind, message=message, path=paths.get(id(about), "$"), line=None)
            for kind, message, about in self._general
        ]
        known = {normal_form(name) for partner in plan.partners for name in partner.names}
        lines: list[ReadLine] = []
        unplaced: list[UnplacedLine] = []
        for block in blocks:
            entry = self._entries.get(id(block)) or _Entry(block, "page")
            line = _read_line(entry, paths)
            lines.append(line)
            findings += line.questions
            if entry.unplaced is not None:
                unplaced.append(
                    UnplacedLine(
                        line=block.line, page=block.page, text=block.text, reason=entry.unplaced
                    )
                )
        return ParsedPlan(
            plan=plan,
            unplaced=tuple(unplaced),
            findings=tuple(findings),
            candidates=tuple(
                each for each in self._candidates if normal_form(each.name) not in known
            ),
            lines=tuple(lines),
        )


def _records(plan: Plan) -> Iterator[tuple[str, object]]:
    """Yield the records of a plan, its pathways and its chapters, each with its path."""
    homes: list[tuple[str, attrs.AttrsInstance]] = [("$", plan)]
    for name in ("pathways", "chapters"):
        homes += [(f"$.{name}[{n}]", each) for n, each in enumerate(getattr(plan, name))]
    for home, record in homes:
        yield home, record
        for each_field in attrs.fields(type(record)):
            name = each_field.name
            value: object = getattr(record, name)
            if isinstance(value, tuple):
                parts = cast("tuple[object, ...]", value)
                yield from ((f"{home}.{name}[{n}]", each) for n, each in enumerate(parts))


def _read_line(entry: _Entry, paths: dict[int, str]) -> ReadLine:
    block = entry.block
    questions = tuple(
        OpenQuestion(
            kind=kind,
            message=message,
            path=paths.get(id(about), "$"),
            line=block.line,
            page=block.page,
        )
        for kind, message, about in entry.questions
    )
    return ReadLine(
        line=block.line,
        last_line=block.last_line,
        page=block.page,
        place=block.place,
        text=block.text,
        part=entry.part,
        citation=entry.citation,
        paths=tuple(path for each in entry.records if (path := paths.get(id(each)))),
        questions=questions,
        unplaced=entry.unplaced,
    )
