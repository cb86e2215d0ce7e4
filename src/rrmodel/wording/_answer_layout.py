"""The fields of an answer to a sentence, one list for all three answers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias, get_args

import attrs

from rrmodel.model import Trajectory
from rrmodel.periods import Deadline, Period
from rrmodel.quantities import Amount, Percentage, PercentagePoints
from rrmodel.records import Field, Layout, ShownColumn, fraction, quantity
from rrmodel.wording._fields import (
    Direction,
    GoalBound,
    Mention,
    NoTargetReason,
    Origin,
    ReadingKind,
    ReadingProblem,
    Role,
    Span,
    Step,
)
from rrmodel.wording._fields import Field as Stated
from rrmodel.wording._figures import Figure, FigureKind
from rrmodel.wording._readings import Reading

__all__ = ["ANSWER", "AnswerKind", "AnswerRow"]

AnswerKind: TypeAlias = Literal["parsed", "ambiguous", "not_a_target"]
"""Which of the three answers it is."""


@attrs.frozen(kw_only=True)
class AnswerRow:
    """What every answer has; of what an answer does not have, ``None`` or nothing."""

    answer: AnswerKind
    text: str
    reason: NoTargetReason | None = None
    message: str | None = None
    span: Span | None = None
    reading: Reading | None = None
    alternative: Reading | None = None
    mentions: tuple[Mention, ...]
    problems: tuple[ReadingProblem, ...]


def _span(get: Callable[[Any], Span | None]) -> tuple[Field[Any], Field[Any]]:
    """Return the two fields of where words stand in the sentence."""

    def end(place: int) -> Callable[[Any], int | None]:
        return lambda subject: None if (span := get(subject)) is None else span[place]

    return (
        Field(
            "start",
            "whole",
            "Where the words start in the sentence, counted from 0; null if they do not stand in "
            "it.",
            end(0),
            is_optional=True,
        ),
        Field("end", "whole", "The place after their last character.", end(1), is_optional=True),
    )


def _value(stated: Stated[Any]) -> Any:  # noqa: ANN401 - of many types
    return stated.value


def _number(figure: Figure) -> Fraction:
    return figure.value


def _goal_level(reading: Reading) -> Percentage | PercentagePoints | Amount | None:
    return reading.goal_level


def _stated(name: str, description: str, fields: tuple[Field[Any], ...]) -> Layout[Stated[Any]]:
    """Return the layout of a value of a reading with where it comes from."""
    value: tuple[Field[Stated[Any]], ...] = Layout[Any](name, description, fields).through(_value)
    origin: Field[Stated[Any]] = Field(
        "origin",
        "text",
        "Whether the sentence states it, other values give it, or the context; `in question` for "
        "a guess to check.",
        lambda stated: stated.origin,
        choose_from=lambda: get_args(Origin),
    )
    return Layout(name, description, (*value, origin, *_span(lambda stated: stated.span)))


_FIGURE_FIELDS: Final[tuple[Field[Figure], ...]] = (
    Field("text", "text", "The number and its unit, as printed.", lambda one: one.text),
    Field(
        "kind",
        "text",
        "What it is a number of.",
        lambda one: one.kind,
        choose_from=lambda: get_args(FigureKind),
    ),
    *fraction("number", "The number", _number, is_optional=False),
    Field(
        "unit",
        "text",
        "Its unit: `%` for per cent and points, `GBP/year`; empty where it names none.",
        lambda one: one.unit,
    ),
)
_FIGURE: Final = Layout[Figure]("sentence_figure", "A figure of a sentence.", _FIGURE_FIELDS)
_STATED_FIGURE: Final = _stated("stated_figure", "A figure of a reading.", _FIGURE_FIELDS)
_DEADLINE_FIELDS: Final[tuple[Field[Deadline], ...]] = (
    Field("day", "day", "The last day for it.", lambda one: one.last_day),
    Field("wording", "text", "The words that name it.", lambda one: one.wording),
    Field(
        "is_vague", "flag", "Whether they are vague, as 'early 2027' is.", lambda one: one.is_vague
    ),
)
_STATED_DEADLINE: Final = _stated(
    "stated_deadline", "The day by which a target is due.", _DEADLINE_FIELDS
)
_PERIOD_FIELDS: Final[tuple[Field[Period], ...]] = (
    Field("text", "text", "The period.", str),
    Field("first_day", "day", "Its first day.", lambda one: one.first_day),
    Field("last_day", "day", "Its last day.", lambda one: one.last_day),
)
_STATED_PERIOD: Final = _stated("stated_period", "A period of a reading.", _PERIOD_FIELDS)
_STEP: Final = Layout[Step](
    "reading_step",
    "A level, or a change, on the way to the goal.",
    (
        Field("figure", "record", "The level or the change.", lambda one: one.figure, of=_FIGURE),
        Field("day", "day", "The last day for it.", lambda one: one.deadline.last_day),
    ),
)


def _record(
    name: str, description: str, get: Callable[[Reading], Stated[Any] | None], of: Layout[Any]
) -> Field[Reading]:
    return Field(name, "record", description, get, is_optional=True, of=of)


def _word(
    name: str,
    description: str,
    get: Callable[[Reading], Stated[Any] | None],
    choices: object = (),
) -> Field[Reading]:
    return Field(
        name,
        "text",
        description,
        lambda one: None if (stated := get(one)) is None else str(stated.value),
        is_optional=True,
        choose_from=lambda: get_args(choices),
    )


_READING: Final = Layout[Reading](
    "reading",
    "One reading of a sentence as a target.",
    (
        Field(
            "kind",
            "text",
            "What it asks for.",
            lambda one: one.kind,
            choose_from=lambda: get_args(ReadingKind),
        ),
        *quantity(
            "goal_level",
            "The level to reach, as stated or as baseline and change give it",
            _goal_level,
        ),
        _record(
            "goal",
            "The level to reach or to maintain, or the low end of a range.",
            lambda one: one.goal,
            _STATED_FIGURE,
        ),
        _record("high", "The high end of a range.", lambda one: one.high, _STATED_FIGURE),
        _record(
            "change",
            "How much the level is to change: a size without a sign.",
            lambda one: one.change,
            _STATED_FIGURE,
        ),
        Field(
            "is_relative",
            "flag",
            "Whether the change is a share of the level it starts from.",
            lambda one: one.is_relative,
        ),
        _word("bound", "On which side of the goal it is met.", lambda one: one.bound, GoalBound),
        _word(
            "direction", "Which way the level is to change.", lambda one: one.direction, Direction
        ),
        _record(
            "deadline", "The day by which it is due.", lambda one: one.deadline, _STATED_DEADLINE
        ),
        _word(
            "horizon",
            "How long the plan has, where the sentence gives a length instead of a day.",
            lambda one: one.horizon,
        ),
        _word("every", "How far apart the periods are that it compares.", lambda one: one.every),
        _record(
            "baseline", "The level that it starts from.", lambda one: one.baseline, _STATED_FIGURE
        ),
        _record(
            "baseline_period",
            "The period of that level.",
            lambda one: one.baseline_period,
            _STATED_PERIOD,
        ),
        _record(
            "may_be",
            "Another period that the sentence allows for it.",
            lambda one: one.may_be,
            _STATED_PERIOD,
        ),
        _record("since", "The first period that it covers.", lambda one: one.since, _STATED_PERIOD),
        _record(
            "tolerance",
            "How far outside the goal still meets it.",
            lambda one: one.tolerance,
            _STATED_FIGURE,
        ),
        _word("trajectory", "How the level is to change.", lambda one: one.trajectory, Trajectory),
        Field("interim", "records", "Steps, earliest first.", lambda one: one.interim, of=_STEP),
        Field(
            "parts",
            "records",
            "Other figures, which are not the goal.",
            lambda one: one.parts,
            of=_FIGURE,
        ),
        _word(
            "measure", "The id of the measure, where its words are known.", lambda one: one.measure
        ),
        Field(
            "missing",
            "texts",
            "What the target needs and nobody says, and what the sentence says and is not read.",
            lambda one: one.missing,
        ),
    ),
)
_MENTION: Final = Layout[Mention](
    "mention",
    "A figure, date or number of a sentence, and what it is for.",
    (
        Field("text", "text", "The words.", lambda one: one.text),
        Field(
            "role",
            "text",
            "What they are for.",
            lambda one: one.role,
            choose_from=lambda: get_args(Role),
        ),
        *_span(lambda one: one.span),
    ),
)
_PROBLEM: Final = Layout[ReadingProblem](
    "reading_problem",
    "What a person should check, or an error in the sentence itself.",
    (
        Field("message", "text", "What is wrong, and what to do.", lambda one: one.message),
        Field(
            "is_error",
            "flag",
            "Whether no target can be meant as printed.",
            lambda one: one.is_error,
        ),
        Field(
            "unread",
            "text",
            "The part of the target that is not read because of it.",
            lambda one: one.unread or None,
            is_optional=True,
        ),
        *_span(lambda one: one.span),
    ),
)

ANSWER: Final = Layout[AnswerRow](
    "answer",
    "What a sentence can be read as.",
    (
        Field(
            "answer",
            "text",
            "Which answer it is.",
            lambda one: one.answer,
            choose_from=lambda: get_args(AnswerKind),
        ),
        Field("text", "text", "The sentence.", lambda one: one.text),
        Field(
            "reason",
            "text",
            "Why it is not a target.",
            lambda one: one.reason,
            is_optional=True,
            choose_from=lambda: get_args(NoTargetReason),
        ),
        Field(
            "message",
            "text",
            "Why it is not a target, or why it has two readings, in words.",
            lambda one: one.message,
            is_optional=True,
        ),
        *_span(lambda one: one.span),
        Field(
            "reading",
            "record",
            "The reading; of two readings, the one in percentage points.",
            lambda one: one.reading,
            is_optional=True,
            of=_READING,
        ),
        Field(
            "alternative",
            "record",
            "The other reading of an ambiguous sentence.",
            lambda one: one.alternative,
            is_optional=True,
            of=_READING,
        ),
        Field(
            "mentions",
            "records",
            "Every figure and date of the sentence, in order.",
            lambda one: one.mentions,
            of=_MENTION,
        ),
        Field("problems", "records", "What to check.", lambda one: one.problems, of=_PROBLEM),
    ),
    shown=(
        ShownColumn("Answer", "answer"),
        ShownColumn("Sentence", "text", also=("message",)),
        ShownColumn("Kind", "reading_kind", also=("alternative_kind",)),
        ShownColumn("Goal", "reading_goal_level", also=("alternative_goal_level",)),
        ShownColumn("Due", "reading_deadline_day"),
    ),
)
"""The fields of an answer; ``start`` and ``end`` are those of words with two meanings."""
