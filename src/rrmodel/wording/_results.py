"""The answers to a sentence: one reading, two of them, or why it is not a target."""

from __future__ import annotations

from typing import Any, ClassVar, TypeAlias, cast

import attrs

from rrmodel import records
from rrmodel.model import Citation, Measure, Target
from rrmodel.records import Layout, Table, short_repr
from rrmodel.wording._answer_layout import ANSWER, AnswerRow
from rrmodel.wording._fields import Mention, NoTargetReason, ReadingProblem, Span
from rrmodel.wording._readings import Reading

__all__ = ["Ambiguous", "NotATarget", "Parsed", "Result"]


class _Answer(records.Result):
    """An answer as data: all three have the same fields, so that one table takes them all."""

    __slots__ = ()

    layout: ClassVar[Layout[Any]] = ANSWER
    """The fields of :meth:`to_dict`."""

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as a mapping for JSON, by :attr:`layout`."""
        return self.layout.to_dict(_row(cast("Result", self)))

    def to_table(self) -> Table[Any]:
        """Return the answer as a table of one row."""
        return Table(self.layout, (_row(cast("Result", self)),))


@attrs.frozen(repr=False)
class Parsed(_Answer):
    """A sentence that is a target, with its one reading.

    >>> from rrmodel.wording import parse_target
    >>> parsed = parse_target("Reduce the reoffending rate to 25% by March 2026")
    >>> parsed.reading.kind, parsed.reading.goal.value.level, parsed.reading.deadline.value
    ('reach', Percentage('25'), Deadline('by March 2026'))
    >>> parsed.to_dict()["reading"]["deadline"]["day"]
    '2026-03-31'
    """

    reading: Reading
    """The reading."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.reading.kind,
            text=self.reading.text,
            goal=str(self.reading.goal_level),
            problems=self.problems,
        )

    @property
    def problems(self) -> tuple[ReadingProblem, ...]:
        """Problems to check in the sentence."""
        return self.reading.problems

    def target(
        self,
        *,
        measure: Measure | None = None,
        area: str | None = None,
        citation: Citation | None = None,
        id: str | None = None,  # noqa: A002 -- the name of the record's field
        statement: str | None = None,
    ) -> Target:
        """Build the record of the target, see :meth:`Reading.target`."""
        return self.reading.target(
            measure=measure, area=area, citation=citation, id=id, statement=statement
        )


@attrs.frozen(repr=False)
class Ambiguous(_Answer):
    """A sentence with two readings, between which a person must choose.

    >>> from rrmodel.wording import parse_target
    >>> both = parse_target("20% increase in the share from 62% in 2021/22 by March 2025")
    >>> [(reading.kind, str(reading.goal_level)) for reading in both.readings]
    [('change', '82%'), ('relative', '74.4%')]
    """

    readings: tuple[Reading, ...]
    """The readings, the one in percentage points first."""
    reason: str
    """Why there are two, and what to ask."""
    span: Span | None
    """The words that have two meanings."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            " or ".join(reading.kind for reading in self.readings),
            text=self.readings[0].text,
            readings=self.readings,
            problems=self.problems,
        )

    @property
    def problems(self) -> tuple[ReadingProblem, ...]:
        """Problems to check in the sentence, besides the choice of a reading."""
        return self.readings[0].problems


@attrs.frozen(repr=False)
class NotATarget(_Answer):
    """A sentence that is not a target, and why.

    >>> from rrmodel.wording import parse_target
    >>> parse_target("Prison leavers who get a job are 9% less likely to reoffend.").reason
    'effect size'
    """

    text: str
    """The sentence."""
    reason: NoTargetReason
    """The kind of reason."""
    message: str
    """The reason in words."""
    mentions: tuple[Mention, ...] = ()
    """Every figure and date of the sentence, in order."""
    problems: tuple[ReadingProblem, ...] = ()
    """Problems to check."""

    def __repr__(self) -> str:
        return short_repr(
            self, self.reason, text=self.text, mentions=self.mentions, problems=self.problems
        )


Result: TypeAlias = Parsed | Ambiguous | NotATarget
"""The answers to a sentence: a closed union, to be matched exhaustively."""


def _row(answer: Result) -> AnswerRow:
    """Return what every answer has."""
    if isinstance(answer, NotATarget):
        return AnswerRow(
            answer="not_a_target",
            text=answer.text,
            reason=answer.reason,
            message=answer.message,
            mentions=answer.mentions,
            problems=answer.problems,
        )
    if isinstance(answer, Ambiguous):
        reading, alternative = answer.readings
        return AnswerRow(
            answer="ambiguous",
            text=reading.text,
            message=answer.reason,
            span=answer.span,
            reading=reading,
            alternative=alternative,
            mentions=reading.mentions,
            problems=answer.problems,
        )
    return AnswerRow(
        answer="parsed",
        text=answer.reading.text,
        reading=answer.reading,
        mentions=answer.reading.mentions,
        problems=answer.problems,
    )
