"""The parts of a pathway: each entry of a section read as what the section's heading says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import attrs

from rrmodel.model import (
    Activity,
    Citation,
    Commitment,
    Fact,
    FactKind,
    NarrativeTarget,
    Objective,
    Partnership,
    Target,
)
from rrmodel.periods import Deadline
from rrmodel.wording._dates import deadline_of
from rrmodel.wording._documents import Block
from rrmodel.wording._facts import dates_in
from rrmodel.wording._fields import Direction
from rrmodel.wording._plan._amounts import without_role
from rrmodel.wording._plan._facts import FactReader
from rrmodel.wording._plan._ledger import Ledger
from rrmodel.wording._plan._notes import Notes
from rrmodel.wording._plan._partners import PartnerRegister, entry_of, names_in
from rrmodel.wording._plan._questions import QuestionKind
from rrmodel.wording._plan._result import PartnerCandidate
from rrmodel.wording._plan._sentence_figures import deadline_in, figures_of
from rrmodel.wording._plan._tables import Row
from rrmodel.wording._plan._targets import ReadTarget, TargetReader
from rrmodel.wording._plan._words import Names, has_figure, sentences, slug, without_marks

__all__ = ["Draft", "Inherited", "PartReader", "is_sentence"]

_ADDS: Final = re.compile(
    r"\b(?:recruit|open|creat|add|provid|deliver|appoint|build|employ|train|fund|offer|commission|"
    r"establish|introduc|launch|plant|support|complet|invest|expand|increas)\w*"
    r"(?: (?:up to|at least|a further|an additional|another|over|around|about|by))*\s*$",
    re.IGNORECASE,
)
_COMMITS: Final = re.compile(
    r"\b(?:will|shall|must|target|ambition|goal|commit|aim|pledge|plans? to|intends? to|ensure)",
    re.IGNORECASE,
)
"""A word without which no running text is a target."""
_LEAD: Final = re.compile(
    r"\b[Ll]ead(?:s| agency| partner| organisation| body)?\s?:\s*(?P<name>[^.;)\]]{2,80})"
    r"|\bled by (?:the )?(?P<led>[A-Z][\w'’&-]*(?: (?:of |and |for |& )?[A-Z][\w'’&-]*)*)"
)
_UP: Final = re.compile(r"\b(?:increase|raise|improve|grow)\b", re.IGNORECASE)
_DOWN: Final = re.compile(r"\b(?:reduce|cut|decrease|lower)\b", re.IGNORECASE)
_FROM_DATE: Final = re.compile(r"\b(?:from|in) $")
_SHARES: Final = frozenset(["percent", "points", "rate"])
_AMOUNTS: Final = frozenset(["count", "money"])
_WITHOUT_ROLE: Final = "Named as a partner; the document does not say what it does here."
_SENTENCE: Final = 12


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

    @classmethod
    def from_words(cls, words: str) -> Inherited:
        """Return what a stem says: "By March 2025 we will reduce:" has both."""
        direction: Direction | None = None
        if bool(_UP.search(words)) != bool(_DOWN.search(words)):
            direction = "up" if _UP.search(words) else "down"
        due = [date for date in dates_in(words) if date.role == "deadline"]
        deadline = deadline_of("", due[0].text) if len(due) == 1 else None
        return cls(deadline=deadline, direction=direction)


class PartReader:
    """Reads the entries of sections into a draft, and notes in the ledger what they became."""

    def __init__(
        self,
        ledger: Ledger,
        targets: TargetReader,
        partners: PartnerRegister,
        facts: FactReader,
        notes: Notes,
    ) -> None:
        self._ledger = ledger
        self._targets = targets
        self._partners = partners
        self._facts = facts
        self._objectives = Names()
        self._activities = Names()
        self._notes = notes

    def fact(
        self,
        block: Block,
        citation: Citation,
        draft: Draft,
        into: list[Fact],
        kind: FactKind = "context",
        *,
        is_funding: bool = False,
        has_targets: bool = False,
    ) -> None:
        """Read a statement of running text: facts, commitments and, in a pathway, targets."""
        text, footnotes = self._unmarked(block, citation)
        partners = self._partners.found_in(text)
        if not has_figure(text):
            fact = self._facts.plain(text, citation, kind, footnotes=footnotes, partners=partners)
            into.append(fact)
            self._ledger.placed(block, (fact,))
        else:
            rest = self._running_targets(block, text, citation, draft) if has_targets else text
            if rest:
                said = self._facts.read(
                    rest,
                    citation,
                    kind,
                    is_funding=is_funding,
                    footnotes=footnotes,
                    partners=partners,
                )
                into += said.facts
                draft.commitments += said.commitments
                self._ledger.placed(block, (*said.facts, *said.commitments), said.questions)
        self.candidates(text, citation, block)

    def _running_targets(self, block: Block, text: str, citation: Citation, draft: Draft) -> str:
        """Read the sentences that are targets, and return the others."""
        rest: list[str] = []
        for sentence in sentences(text):
            found = (
                self._targets.read(sentence, citation, mode="running")
                if _COMMITS.search(sentence) and has_figure(sentence)
                else None
            )
            if found is None or found.target is None or not _has_goal(found):
                rest.append(sentence)
                continue
            draft.targets.append(found.target)
            self._ledger.placed(block, (found.target,), found.questions)
        return " ".join(rest)

    def candidates(self, text: str, citation: Citation, block: Block) -> None:
        """Note the names in running text that no list of partners has."""
        for name in dict.fromkeys(names_in(text)):
            self._ledger.candidate(PartnerCandidate(name=name, citation=citation, line=block.line))

    def target(
        self, block: Block, citation: Citation, draft: Draft, inherited: Inherited, row: Row | None
    ) -> None:
        """Read an entry of a list of targets."""
        text, _ = self._unmarked(block, citation)
        if row is not None:
            text = row.target_sentence(text)
        pending: list[str] = []
        for sentence in sentences(text):
            if pending and not has_figure(sentence):
                pending[-1] = f"{pending[-1]} {sentence}"
            else:
                pending.append(sentence)
        for sentence in pending:
            self._one_target(block, sentence, citation, draft, inherited)

    def _one_target(
        self, block: Block, sentence: str, citation: Citation, draft: Draft, inherited: Inherited
    ) -> None:
        found = self._targets.read(
            sentence,
            citation,
            mode="listed",
            deadline=inherited.deadline,
            direction=inherited.direction,
        )
        if found.refusal is not None:
            message = f"an entry among targets that is not one: {found.refusal.message}; confirm it"
            said = self._facts.read(
                sentence, citation, "context", is_funding=False, footnotes=(), partners=()
            )
            draft.context += said.facts
            draft.commitments += said.commitments
            questions: list[tuple[QuestionKind, str]] = [("in question", message), *said.questions]
            self._ledger.placed(block, (*said.facts, *said.commitments), questions)
            return
        assert found.target is not None  # noqa: S101 -- without a refusal there is one
        draft.targets.append(found.target)
        self._ledger.placed(block, (found.target,), found.questions)
        if isinstance(found.target, NarrativeTarget) and found.reading is not None:
            amounts = [each for each in figures_of(sentence) if each.figure.kind in _AMOUNTS]
            commitments = self._facts.committed(amounts, amounts, sentence, citation, [])
            draft.commitments += commitments
            self._ledger.placed(block, commitments)

    def objective(self, block: Block, citation: Citation, draft: Draft, row: Row | None) -> None:
        """Read an entry of a list of objectives."""
        text, _ = self._unmarked(block, citation)
        statement = text if row is None else row.statement
        deadline = self._deadline(statement, row, block)
        objective = Objective(
            id=self._objectives.new(slug(statement)),
            statement=statement,
            citation=citation,
            deadline=deadline,
        )
        draft.objectives.append(objective)
        self._ledger.placed(block, (objective,))
        self._figures(block, statement, citation, draft, deadline)
        self.candidates(statement, citation, block)

    def activity(
        self,
        block: Block,
        citation: Citation,
        draft: Draft,
        row: Row | None,
        inherited: Inherited = Inherited(),
    ) -> None:
        """Read an entry of a list of activities."""
        text, _ = self._unmarked(block, citation)
        statement = text if row is None else row.statement
        lead, others = self._lead(statement, row)
        named = dict.fromkeys([*others, *self._partners.found_in(statement)])
        deadline = self._deadline(statement, row, block) or inherited.deadline
        activity = Activity(
            id=self._activities.new(slug(statement)),
            statement=statement,
            citation=citation,
            deadline=deadline,
            lead=lead,
            partners=tuple(named),
        )
        draft.activities.append(activity)
        self._ledger.placed(block, (activity,))
        if deadline is not None and deadline is inherited.deadline:
            message = f"the deadline {deadline.wording!r} is that of the heading: confirm it"
            self._ledger.placed(block, (), [("inherited", message)])
        self._figures(block, statement, citation, draft, deadline)
        self.candidates(statement, citation, block)

    def _lead(self, statement: str, row: Row | None) -> tuple[str | None, tuple[str, ...]]:
        words = row.lead if row is not None else ""
        if not words and (match := _LEAD.search(statement)):
            words = match["name"] or match["led"]
        if not words.strip():
            return None, ()
        names = entry_of(words).names
        ids = [self._partners.add(name) for name in names if name]
        return (ids[0], tuple(ids[1:])) if ids else (None, ())

    def _deadline(self, statement: str, row: Row | None, block: Block) -> Deadline | None:
        if row is not None and row.deadline:
            if found := deadline_of("by", row.deadline) or deadline_of("", row.deadline):
                return found
            message = f"the deadline {row.deadline!r} is not a day or a period: correct it"
            self._ledger.placed(block, (), [("in question", message)])
        return deadline_in(statement) if has_figure(statement) else None

    def _figures(
        self,
        block: Block,
        statement: str,
        citation: Citation,
        draft: Draft,
        deadline: Deadline | None,
    ) -> None:
        """Read the figures in an objective or activity: targets, commitments, or questions."""
        if not has_figure(statement):
            return
        for sentence in sentences(statement):
            figures = figures_of(sentence)
            if any(each.figure.kind in _SHARES for each in figures):
                found = self._targets.read(sentence, citation, mode="listed")
                if found.target is not None and _has_goal(found):
                    draft.targets.append(found.target)
                    self._ledger.placed(block, (found.target,), found.questions)
                    continue
            self._amounts(block, sentence, citation, draft, deadline)

    def _amounts(
        self,
        block: Block,
        sentence: str,
        citation: Citation,
        draft: Draft,
        deadline: Deadline | None,
    ) -> None:
        """Read the amounts that an action commits; every other figure is a question."""
        figures = figures_of(sentence)
        if not figures:
            return
        questions: list[tuple[QuestionKind, str]] = []
        chosen = [
            each
            for each in figures
            if each.figure.kind == "money" or _ADDS.search(sentence[: each.span[0]]) is not None
        ]
        found = self._facts.committed(
            chosen, figures, sentence, citation, questions, deadline=deadline
        )
        draft.commitments += found
        questions += [without_role(each) for each in figures if each not in chosen]
        self._ledger.placed(block, found, questions)

    def partner(self, block: Block, citation: Citation, draft: Draft, row: Row | None) -> None:
        """Read an entry of a list of partners."""
        text, _ = self._unmarked(block, citation)
        entry = entry_of(text if row is None else row.statement)
        if not entry.names:
            self._ledger.unplaced(block, "no name of a partner could be read: add it by hand")
            return
        said = (row.role if row is not None else "") or entry.role
        role = said[:1].upper() + said[1:] if said else _WITHOUT_ROLE
        ids = [(self._partners.add(name), name) for name in entry.names]
        if entry.members:
            self._partners.add_members(ids[0][0], entry.members)
            ids += [(self._partners.add(name), name) for name in entry.members]
        found: list[Partnership] = []
        for identifier, name in dict(ids).items():
            partnership = Partnership(
                partner=identifier,
                role=role,
                citation=citation,
                named_as=self.alias(identifier, name),
                status="planned" if entry.is_planned else "current",
                starts=_start(text) if entry.is_planned else None,
            )
            found.append(partnership)
        draft.partnerships += found
        self._ledger.placed(block, found)

    def sentence_fact(self, block: Block, text: str, citation: Citation, draft: Draft) -> None:
        """Read one sentence as a fact of context."""
        fact = self._facts.plain(text, citation, "context")
        draft.context.append(fact)
        self._ledger.placed(block, (fact,))

    def partner_id(self, name: str) -> str:
        """Return the id of a partner that running text names."""
        return self._partners.add(name)

    def new_activity_id(self, words: str) -> str:
        """Return an id for an activity."""
        return self._activities.new(slug(words))

    def new_objective_id(self, words: str) -> str:
        """Return an id for an objective."""
        return self._objectives.new(slug(words))

    def alias(self, identifier: str, name: str) -> str | None:
        """Return the name that a document uses for a partner, if it is not the usual one."""
        partner = self._partners.partner(identifier)
        return None if partner.name == name[:1].upper() + name[1:] else name

    def _unmarked(self, block: Block, citation: Citation) -> tuple[str, tuple[str, ...]]:
        """Return the words of a block without marks of footnotes, and the marks that have notes."""
        text, numbers = without_marks(block.text)
        known: list[str] = []
        for number in numbers:
            if number in self._notes:
                known.append(number)
                self._notes.marks.setdefault(number, citation.section or "")
            else:
                message = f"there is no footnote {number}: add it, or correct the mark"
                self._ledger.placed(block, (), [("in question", message)])
        return text, tuple(known)


def _has_goal(found: ReadTarget) -> bool:
    reading = found.reading
    if reading is None or isinstance(found.target, NarrativeTarget):
        return False
    return any(
        field is not None and field.value.kind in _SHARES
        for field in (reading.goal, reading.change)
    )


def _start(text: str) -> Deadline | None:
    """Return the day from which a planned partner is to work: "in place from 2023"."""
    starts = [date for date in dates_in(text) if _FROM_DATE.search(text[: date.span[0]])]
    return deadline_of("in", starts[0].text) if starts else None


def is_sentence(text: str) -> bool:
    """Return whether an entry is a sentence rather than a name."""
    return text.endswith(".") and len(text.split()) >= _SENTENCE
