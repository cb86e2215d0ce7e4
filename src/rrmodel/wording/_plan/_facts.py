"""Statements with figures: facts of context, and commitments of money, posts and places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import attrs

from rrmodel.model import Citation, Commitment, CommitmentPart, Fact, FactKind, Figure
from rrmodel.periods import Deadline
from rrmodel.quantities import Amount
from rrmodel.wording._dates import deadline_of
from rrmodel.wording._facts import StatedFigure
from rrmodel.wording._plan._amounts import (
    EFFECT,
    amount_of,
    fact_figure,
    without_role,
    without_unit,
)
from rrmodel.wording._plan._questions import QuestionKind
from rrmodel.wording._plan._sentence_figures import (
    COMMITS,
    PAST,
    deadline_in,
    each_part,
    figures_of,
    shared_deadline,
    year_of,
)
from rrmodel.wording._plan._words import Names, sentences, slug

__all__ = ["FactReader", "ReadStatement"]

_CAN: Final = re.compile(r"\b(?:can|could|may) (?P<way>increase|reduce|raise|cut|lower)\b")
_NEED: Final = re.compile(r"\b(?:needs?|misuse)\b")


@attrs.frozen(kw_only=True)
class ReadStatement:
    """The statements of one block of running text."""

    facts: tuple[Fact, ...] = ()
    """Its facts."""
    commitments: tuple[Commitment, ...] = ()
    """Its commitments."""
    questions: tuple[tuple[QuestionKind, str], ...] = ()
    """The open questions."""


class FactReader:
    """Reads the facts and commitments of one plan."""

    def __init__(self) -> None:
        self._facts = Names()
        self._commitments = Names()

    def plain(
        self,
        text: str,
        citation: Citation,
        kind: FactKind,
        *,
        footnotes: tuple[str, ...] = (),
        partners: tuple[str, ...] = (),
    ) -> Fact:
        """Return a statement without figures as a fact."""
        return Fact(
            id=self._facts.new(slug(text)),
            statement=text,
            citation=citation,
            kind=kind,
            footnotes=footnotes,
            partners=partners,
        )

    def read(
        self,
        text: str,
        citation: Citation,
        kind: FactKind,
        *,
        is_funding: bool,
        footnotes: tuple[str, ...],
        partners: tuple[str, ...],
    ) -> ReadStatement:
        """Read a statement with figures or dates.

        Sentences that commit somebody to an amount or a date become commitments; the others one
        fact, or more where a sentence is of another kind than its neighbours.

        Args:
            text: The statement, one sentence or many.
            citation: Its place.
            kind: The kind of facts that its section has.
            is_funding: Whether its section is about money.
            footnotes: The numbers of its footnotes.
            partners: The ids of the partners that it names.
        """
        runs: list[tuple[FactKind, list[str], list[Figure]]] = []
        commitments: list[Commitment] = []
        questions: list[tuple[QuestionKind, str]] = []
        for sentence in sentences(text):
            figures = figures_of(sentence)
            committed = self.commitments(
                sentence, figures, citation, questions, is_funding=is_funding
            )
            if committed:
                commitments += committed
                continue
            own = _kind(sentence, figures, kind)
            values = [
                one
                for each in each_part(figures)
                if (one := fact_figure(each, sentence, figures, questions))
            ]
            if runs and runs[-1][0] == own:
                runs[-1][1].append(sentence)
                runs[-1][2].extend(values)
            else:
                runs.append((own, [sentence], values))
        facts = [
            Fact(
                id=self._facts.new(slug(words := " ".join(run))),
                statement=words,
                citation=citation,
                kind=own,
                figures=tuple(values),
                footnotes=footnotes,
                partners=partners,
            )
            for own, run, values in runs
        ]
        return ReadStatement(
            facts=tuple(facts), commitments=tuple(commitments), questions=tuple(questions)
        )

    def commitments(
        self,
        sentence: str,
        figures: list[StatedFigure],
        citation: Citation,
        questions: list[tuple[QuestionKind, str]],
        *,
        is_funding: bool,
    ) -> list[Commitment]:
        """Return the commitments that a sentence makes."""
        commits = COMMITS.search(sentence) is not None
        if EFFECT.search(sentence) or (PAST.search(sentence) and not commits):
            return []
        chosen = [
            each
            for each in figures
            if _may_be_committed(each, commits=commits, is_funding=is_funding)
        ]
        commitments = self.committed(chosen, figures, sentence, citation, questions)
        if commitments:
            questions += [without_role(each) for each in figures if each not in chosen]
        if not chosen and commits and not figures:
            commitments += self._dated(sentence, citation)
        return commitments

    def committed(
        self,
        chosen: list[StatedFigure],
        figures: list[StatedFigure],
        sentence: str,
        citation: Citation,
        questions: list[tuple[QuestionKind, str]],
        *,
        deadline: Deadline | None = None,
    ) -> list[Commitment]:
        """Return some figures of a sentence as commitments; one without a unit is a question."""
        commitments: list[Commitment] = []
        for each in chosen:
            amount = amount_of(each, sentence, figures)
            if amount is None:
                questions.append(without_unit(each))
            else:
                commitments.append(self._commitment(each, amount, sentence, citation, deadline))
        return commitments

    def _commitment(
        self,
        stated: StatedFigure,
        amount: Amount,
        sentence: str,
        citation: Citation,
        default: Deadline | None,
    ) -> Commitment:
        parts: list[CommitmentPart] = []
        for part in stated.parts:
            due = part.deadline
            if due is None and part.period is not None:
                due = deadline_of("in", str(part.period))
            if due is not None:
                amount_due = Amount(part.figure.number, amount.unit)
                parts.append(CommitmentPart(amount=amount_due, deadline=due))
        deadline, starts = stated.deadline, stated.starts
        if stated.figure.kind == "money":
            starts = starts or stated.period or year_of(sentence)
        elif stated.period is not None:
            deadline = deadline_of("in", str(stated.period))
        if deadline is None and starts is None:
            deadline = shared_deadline(sentence, stated) or default
        return Commitment(
            id=self._commitments.new(
                slug(f"{stated.figure.text} {stated.of}" if stated.of else sentence)
            ),
            statement=sentence,
            citation=citation,
            amount=amount,
            bound=stated.bound,
            starts=starts,
            deadline=deadline,
            parts=tuple(parts),
        )

    def _dated(self, sentence: str, citation: Citation) -> Iterator[Commitment]:
        deadline = deadline_in(sentence)
        if deadline is not None:
            yield Commitment(
                id=self._commitments.new(slug(sentence)),
                statement=sentence,
                citation=citation,
                deadline=deadline,
            )


def _may_be_committed(stated: StatedFigure, *, commits: bool, is_funding: bool) -> bool:
    match stated.figure.kind:
        case "money":
            return commits or is_funding
        case "count":
            return commits and not stated.figure.text.startswith("-")
        case "duration":
            return commits and stated.bound in {"up to", "at least"}
        case _:
            return False


def _kind(sentence: str, figures: list[StatedFigure], kind: FactKind) -> FactKind:
    if not figures:
        return kind
    if EFFECT.search(sentence) or _CAN.search(sentence):
        return "effect size"
    shares = any(each.figure.kind == "percent" for each in figures)
    if shares and kind == "context" and _NEED.search(sentence):
        return "need"
    return kind
