"""The parts of a pathway: each entry of a section read as what the section's heading says."""

from __future__ import annotations

import re
from typing import Final

from rrmodel.model import (
    Activity,
    Citation,
    Fact,
    FactKind,
    NarrativeTarget,
    Objective,
    Partnership,
    normal_form,
)
from rrmodel.periods import Deadline
from rrmodel.wording._dates import deadline_of
from rrmodel.wording._documents import Block
from rrmodel.wording._facts import dates_in
from rrmodel.wording._plan._amounts import without_role
from rrmodel.wording._plan._draft import Draft, Inherited
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

__all__ = ["PartReader", "is_sentence"]

_ADDS: Final = re.compile(
    r"\b(?:recruit|open|creat|add|put|provid|deliver|appoint|build|employ|train|fund|offer|commission|"
    r"establish|introduc|launch|plant|support|complet|invest|expand|increas)\w*"
    r"(?: (?:up to|at least|a further|an additional|another|over|around|about|by))*\s*$",
    re.IGNORECASE,
)
_COMMITS: Final = re.compile(
    r"\b(?:will|shall|must|target|ambition|goal|commit|aim|pledge|plans? to|intends? to|ensure)",
    re.IGNORECASE,
)
"""A word without which no running text is a target."""
_ASKS: Final = re.compile(
    r"(?:increase|raise|improve|reduce|cut|lower|decrease|halve|double|maintain|ensure|achieve|"
    r"reach)\b|by (?:the end of )?[^,]{0,20}20[0-9]{2},",
    re.IGNORECASE,
)
"""How an item starts that asks for a level without "we will"."""
_LEAD: Final = re.compile(
    r"\b[Ll]ead(?:s| agency| partner| organisation| body)?\s?:\s*(?P<name>[^.;)\]]{2,80})"
    r"|\bled by (?:the )?(?P<led>[A-Z][\w'’&-]*(?: (?:of |and |for |& )?[A-Z][\w'’&-]*)*)"
)
_WITH: Final = re.compile(
    r"\b(?:in collaboration with|in partnership with|partners?|supported by)\s?:\s*"
    r"(?P<names>[^.;)\]]{2,200})",
    re.IGNORECASE,
)
_DUE: Final = re.compile(
    r"\b(?:timescales?|deadline|(?:by )?when|due(?: date)?|target date|completion date)\s?:\s*"
    r"(?P<words>[^.;)\]]{2,60})",
    re.IGNORECASE,
)
_FROM_DATE: Final = re.compile(r"\b(?:from|in) $")
_FROM_TO: Final = re.compile(r"\bfrom\b.*\bto\b")
"""The words of a change between two levels."""
_SHARES: Final = frozenset(["percent", "points", "rate"])
_AMOUNTS: Final = frozenset(["count", "money"])
_WITHOUT_ROLE: Final = "Named as a partner; the document does not say what it does here."
_SENTENCE: Final = 12


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
        partners = self._partners.ids_in(text)
        if not has_figure(text):
            fact = self._facts.plain(text, citation, kind, footnotes=footnotes, partners=partners)
            into.append(fact)
            self._ledger.placed(block, (fact,))
        else:
            rest = self._running_targets(block, text, citation, draft) if has_targets else text
            if rest:
                contents = self._facts.read(
                    rest,
                    citation,
                    kind,
                    is_funding=is_funding,
                    footnotes=footnotes,
                    partners=partners,
                )
                into += contents.facts
                draft.commitments += contents.commitments
                self._ledger.placed(
                    block, (*contents.facts, *contents.commitments), contents.questions
                )
        self.candidates(text, citation, block)

    def _running_targets(self, block: Block, text: str, citation: Citation, draft: Draft) -> str:
        """Read the sentences that are targets, and return the others."""
        rest: list[str] = []
        for sentence in sentences(text):
            # a bare instruction in a list commits as much as "we will" does in a sentence
            asks = block.kind == "item" and _ASKS.match(sentence) is not None
            result = (
                self._targets.read(sentence, citation, mode="listed" if asks else "running")
                if (asks or _COMMITS.search(sentence)) and has_figure(sentence)
                else None
            )
            if result is None or result.target is None or not _has_goal(result, is_dated=asks):
                rest.append(sentence)
                continue
            draft.targets.append(result.target)
            self._ledger.placed(block, (result.target,), result.questions)
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
        if row is None:
            self._targets_in(text, block, citation, draft, inherited)
            return
        if row.objective:
            self.objective_named(row.objective, block, citation, draft)
        for sentence in row.target_sentences():
            self._one_target(block, sentence, citation, draft, inherited)
        for identifier, name in self._leads(row.lead):
            partnership = Partnership(
                partner=identifier,
                role=f"Leads on: {row.statement}",
                citation=citation,
                named_as=self.alias(identifier, name),
            )
            draft.partnerships.append(partnership)
            self._ledger.placed(block, (partnership,))

    def _targets_in(
        self, text: str, block: Block, citation: Citation, draft: Draft, inherited: Inherited
    ) -> None:
        """Read the targets in one entry; a sentence without figures belongs to that before it."""
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
        result = self._targets.read(
            sentence,
            citation,
            mode="listed",
            deadline=inherited.deadline,
            direction=inherited.direction,
        )
        if result.refusal is not None:
            message = (
                f"an entry among targets that is not one: {result.refusal.message}; confirm it"
            )
            contents = self._facts.read(
                sentence, citation, "context", is_funding=False, footnotes=(), partners=()
            )
            draft.context += contents.facts
            draft.commitments += contents.commitments
            questions: list[tuple[QuestionKind, str]] = [
                ("in question", message),
                *contents.questions,
            ]
            self._ledger.placed(block, (*contents.facts, *contents.commitments), questions)
            return
        assert result.target is not None  # noqa: S101 -- without a refusal there is one
        draft.targets.append(result.target)
        self._ledger.placed(block, (result.target,), result.questions)
        if isinstance(result.target, NarrativeTarget) and result.reading is not None:
            amounts = [each for each in figures_of(sentence) if each.figure.kind in _AMOUNTS]
            commitments = self._facts.committed(amounts, amounts, sentence, citation, [])
            draft.commitments += commitments
            self._ledger.placed(block, commitments)

    def objective(self, block: Block, citation: Citation, draft: Draft, row: Row | None) -> None:
        """Read an entry of a list of objectives."""
        text, _ = self._unmarked(block, citation)
        statement = text if row is None else row.statement
        self.objective_named(statement, block, citation, draft, row)
        self.candidates(statement, citation, block)

    def objective_named(
        self,
        statement: str,
        block: Block,
        citation: Citation,
        draft: Draft,
        row: Row | None = None,
    ) -> str:
        """Return the id of the objective of those words, which the pathway has or is given."""
        words = _plain(statement)
        for known in draft.objectives:
            if _plain(known.statement) == words:
                self._ledger.placed(block, (known,))
                return known.id
        deadline, questions = self._deadline(statement, row)
        objective = Objective(
            id=self._objectives.new(slug(statement)),
            statement=statement,
            citation=citation,
            deadline=deadline,
        )
        draft.objectives.append(objective)
        self._ledger.placed(block, (objective,), questions)
        self._figures(block, statement, citation, draft, deadline)
        return objective.id

    def activity(
        self,
        block: Block,
        citation: Citation,
        draft: Draft,
        row: Row | None,
        inherited: Inherited,
    ) -> None:
        """Read an entry of a list of activities."""
        text, _ = self._unmarked(block, citation)
        statement = text if row is None else row.statement
        lead, others = self._lead(statement, row)
        named = dict.fromkeys([*others, *self._partners.ids_in(statement)])
        stated, questions = self._deadline(statement, row)
        deadline = stated or inherited.deadline
        serves = inherited.serves
        if row is not None and row.objective:
            serves = (self.objective_named(row.objective, block, citation, draft),)
        activity = Activity(
            id=self._activities.new(slug(statement)),
            statement=statement,
            citation=citation,
            deadline=deadline,
            lead=lead,
            partners=tuple(named),
            serves=serves,
        )
        draft.activities.append(activity)
        if deadline is not None and stated is None:
            message = f"the deadline {deadline.wording!r} is that of the heading: confirm it"
            questions.append(("inherited", message))
        self._ledger.placed(block, (activity,), questions)
        self._figures(block, statement, citation, draft, deadline)
        if row is not None:
            for words in (row.success, *(level for level, _ in row.goals)):
                if deadline_of("by", words) is None:
                    self._targets_in(words, block, citation, draft, Inherited())
        self.candidates(statement, citation, block)

    def _lead(self, statement: str, row: Row | None) -> tuple[str | None, tuple[str, ...]]:
        words = row.lead if row is not None else ""
        if not words and (match := _LEAD.search(statement)):
            words = match["name"] or match["led"]
        ids = [identifier for identifier, _ in self._leads(words)]
        others = _WITH.search(statement)
        shared = [each for each, _ in self._leads(others["names"])] if others else []
        return (ids[0], (*ids[1:], *shared)) if ids else (None, tuple(shared))

    def _leads(self, words: str) -> list[tuple[str, str]]:
        """Return the partners that lead, each with the name that is used."""
        return [(self._partners.add(name), name) for name in entry_of(words).names if name]

    def _deadline(
        self, statement: str, row: Row | None
    ) -> tuple[Deadline | None, list[tuple[QuestionKind, str]]]:
        """Return the deadline of a statement, and what is open about it."""
        words = row.deadline if row is not None else ""
        if row is not None and not words:
            # the target of an action is often the day by which it is done
            words = next((day for day, _ in row.goals if deadline_of("by", day)), "")
        if not words and (labelled := _DUE.search(statement)):
            words = labelled["words"].strip()
        if not words:
            return deadline_in(statement) if has_figure(statement) else None, []
        if deadline := deadline_of("by", words) or deadline_of("", words):
            return deadline, []
        return None, [
            ("in question", f"the deadline {words!r} is not a day or a period: correct it")
        ]

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
            has_levels = len(figures) > 1 and _FROM_TO.search(sentence) is not None
            if has_levels or any(each.figure.kind in _SHARES for each in figures):
                result = self._targets.read(sentence, citation, mode="listed")
                if result.target is not None and _has_goal(result, has_baseline=has_levels):
                    draft.targets.append(result.target)
                    self._ledger.placed(block, (result.target,), result.questions)
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
        commitments = self._facts.committed(
            chosen, figures, sentence, citation, questions, deadline=deadline
        )
        draft.commitments += commitments
        questions += [without_role(each) for each in figures if each not in chosen]
        self._ledger.placed(block, commitments, questions)

    def partner(self, block: Block, citation: Citation, draft: Draft, row: Row | None) -> None:
        """Read an entry of a list of partners."""
        text, _ = self._unmarked(block, citation)
        self.partner_names(text if row is None else row.statement, block, citation, draft, row)

    def partner_names(
        self, text: str, block: Block, citation: Citation, draft: Draft, row: Row | None = None
    ) -> None:
        """Read the names of partners, and what they do."""
        entry = entry_of(text)
        if not entry.names:
            self._ledger.unplaced(block, "no name of a partner could be read: add it by hand")
            return
        words = (row.role if row is not None else "") or entry.role
        role = words[:1].upper() + words[1:] if words else _WITHOUT_ROLE
        ids = [(self._partners.add(name), name) for name in entry.names]
        if entry.members:
            self._partners.add_members(ids[0][0], entry.members)
            ids += [(self._partners.add(name), name) for name in entry.members]
        partnerships: list[Partnership] = []
        for identifier, name in dict(ids).items():
            partnership = Partnership(
                partner=identifier,
                role=role,
                citation=citation,
                named_as=self.alias(identifier, name),
                status="planned" if entry.is_planned else "current",
                starts=_start(text) if entry.is_planned else None,
            )
            partnerships.append(partnership)
        draft.partnerships += partnerships
        self._ledger.placed(block, partnerships)

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


def _has_goal(result: ReadTarget, *, has_baseline: bool = False, is_dated: bool = False) -> bool:
    """Return whether a target has a share to reach, or any level with a baseline or a deadline."""
    reading = result.reading
    if reading is None or isinstance(result.target, NarrativeTarget):
        return False
    if is_dated and (reading.deadline is None or reading.deadline.origin != "stated"):
        return False
    if reading.goal is not None and (is_dated or (has_baseline and reading.baseline is not None)):
        return True
    return any(
        field is not None and field.value.kind in _SHARES
        for field in (reading.goal, reading.change)
    )


def _plain(statement: str) -> str:
    return normal_form(statement.strip(" .;"))


def _start(text: str) -> Deadline | None:
    """Return the day from which a planned partner is to work: "in place from 2023"."""
    starts = [date for date in dates_in(text) if _FROM_DATE.search(text[: date.span[0]])]
    return deadline_of("in", starts[0].text) if starts else None


def is_sentence(text: str) -> bool:
    """Return whether an entry is a sentence rather than a name."""
    return text.endswith(".") and len(text.split()) >= _SENTENCE
