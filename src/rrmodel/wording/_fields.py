"""The pieces of a reading: values with their origin, mentions, problems, context."""

from __future__ import annotations

from typing import Generic, Literal, TypeAlias, TypeVar

import attrs

from rrmodel.periods import Deadline, Period
from rrmodel.wording._figures import Figure

__all__ = [
    "Context",
    "Direction",
    "Field",
    "GoalBound",
    "Mention",
    "NoTargetReason",
    "Origin",
    "ReadingKind",
    "ReadingProblem",
    "Role",
    "Span",
    "Step",
]

_Value_co = TypeVar("_Value_co", covariant=True)

Span: TypeAlias = tuple[int, int]
"""Where words stand: the place of the first character, and the place after the last."""

Origin: TypeAlias = Literal["stated", "derived", "inherited", "in question"]
"""Where a value comes from: the sentence, other values of it, the context, or a guess to check."""

ReadingKind: TypeAlias = Literal[
    "reach",
    "change",
    "relative",
    "count_change",
    "range",
    "maintain",
    "direction",
    "milestone",
    "narrative",
]
"""The kind of a target: a level, a change in points or from one level to another, a change as a
share of the level, a change by a number, a range, a level to maintain, an improvement of any size,
something done by a day, or nothing that can be counted or dated."""

GoalBound: TypeAlias = Literal["at_least", "at_most", "above", "below"]
"""On which side of its level a target is met: "above" and "below" do not include the level."""

Direction: TypeAlias = Literal["up", "down"]
"""Which way a level is to change."""

NoTargetReason: TypeAlias = Literal[
    "fact", "effect size", "share of need", "no commitment", "no words", "too long"
]
"""Why a sentence is not a target."""

Role: TypeAlias = Literal[
    "goal",
    "low",
    "high",
    "change",
    "baseline",
    "interim",
    "tolerance",
    "part",
    "condition",
    "deadline",
    "baseline period",
    "first period",
    "horizon",
    "repeat",
    "name",
    "fact",
    "unplaced",
]
"""The role of a figure or a date. A condition belongs to what is measured ("within 30 days"); a
part is a second figure; an unplaced one has a problem that names it."""


@attrs.frozen
class Field(Generic[_Value_co]):
    """A value of a reading, and where it comes from."""

    value: _Value_co
    """The value."""
    origin: Origin = "stated"
    """Where it comes from."""
    span: Span | None = None
    """Its place in the sentence; ``None`` if it does not."""


@attrs.frozen
class Mention:
    """A figure, date or number of a sentence, and what it is for."""

    text: str
    """The words."""
    span: Span
    """Where they stand."""
    role: Role
    """Their role."""


@attrs.frozen
class ReadingProblem:
    """Something to check, or an error in the sentence itself."""

    message: str
    """The problem, and how to fix it."""
    span: Span | None = None
    """Its place in the sentence; ``None`` for the whole of it."""
    is_error: bool = False
    """Whether no target can be meant as printed, such as a level over 100%."""
    unread: str = ""
    """The part of the target that the sentence states and that is not read because of it, such as
    "the deadline"; empty if all parts are read. No target is built without it."""


@attrs.frozen
class Step:
    """A level, or a change, on the way and the day by which it is due."""

    figure: Figure
    """The level or the change."""
    deadline: Deadline
    """The day by which it is due."""


@attrs.frozen(kw_only=True)
class Context:
    """The values that a sentence inherits: from the stem of its list, its heading or its plan.

    >>> from rrmodel.periods import Deadline
    >>> by_july = Context(deadline=Deadline("By July 2023"))
    """

    deadline: Deadline | None = None
    """The day by which targets without a date are due."""
    direction: Direction | None = None
    """Which way changes without a direction go: of "reduce:" before a list of crimes."""
    baseline: Period | None = None
    """The period that levels without one start from."""
