"""Everything in a plan that is due by a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, TypeAlias, get_args

import attrs

from rrmodel.model._plan import Activity, Objective, Plan
from rrmodel.model._references import walk
from rrmodel.model._sources import Commitment
from rrmodel.model._targets import ChangeTarget, MilestoneTarget, ReachTarget, Target
from rrmodel.periods import Deadline
from rrmodel.records import Field, Layout, Result, ShownColumn, short_repr

__all__ = ["DueItem", "DueKind", "deadlines"]

DueKind: TypeAlias = Literal[
    "Target", "Milestone", "Interim goal", "Objective", "Activity", "Commitment"
]
"""The kinds of statement that have a deadline."""


_DUE: Layout[DueItem] = Layout(
    "due_item",
    "A statement of a plan that is due by a deadline.",
    (
        Field(
            "deadline", "text", "The deadline, as the plan words it.", lambda one: str(one.deadline)
        ),
        Field(
            "first_day",
            "day",
            "The first day that it may mean; the last one, unless it is vague.",
            lambda one: one.deadline.first_day,
        ),
        Field(
            "last_day", "day", "The last day that it may mean.", lambda one: one.deadline.last_day
        ),
        Field(
            "is_vague",
            "flag",
            "Whether the wording leaves the day open.",
            lambda one: one.deadline.is_vague,
        ),
        Field(
            "kind",
            "text",
            "The kind of statement.",
            lambda one: one.kind,
            choose_from=lambda: _KINDS,
        ),
        Field(
            "statement",
            "text",
            "The statement, after the level of an interim goal or the amount of a part.",
            lambda one: one.statement,
        ),
        Field(
            "id",
            "text",
            "The id of the record; of an interim goal, that of its target.",
            lambda one: one.id,
        ),
    ),
    shown=(
        ShownColumn("Due", "deadline"),
        ShownColumn("Last day", "last_day"),
        ShownColumn("Kind", "kind"),
        ShownColumn("Statement", "statement", on_hover=("id",)),
    ),
)
_KINDS: tuple[str, ...] = get_args(DueKind)


@attrs.frozen(repr=False)
class DueItem(Result):
    """A statement of a plan that is due by a deadline."""

    deadline: Deadline
    """The deadline."""
    kind: DueKind
    """The kind of statement."""
    statement: str
    """The statement: of an interim goal after its level, of a part of a commitment after its
    amount."""
    id: str
    """The id of the record. Interim goals have that of their target, parts that of their
    commitment."""

    layout: ClassVar[Layout[DueItem]] = _DUE
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(self, self.id, kind=self.kind, deadline=str(self.deadline))


def deadlines(plan: Plan) -> tuple[DueItem, ...]:
    """Return everything in a plan that has a deadline, by the last day of it.

    Items due on one day are in the order of their kinds and statements.

    >>> from rrmodel import datasets
    >>> for each in deadlines(datasets.load("made-up-plan-under-way"))[:3]:
    ...     print(each.deadline, "|", each.kind, "|", each.statement)
    by March 2025 | Interim goal | 25%: Raise the share in work six weeks after release by ...
    by March 2025 | Target | Complete 85% of accredited programmes by March 2025.
    by September 2025 | Milestone | Have an employment adviser in each prison by September 2025.

    Args:
        plan: The plan.
    """
    items = (item for _, record in walk(plan) for item in _items(record))
    return tuple(
        sorted(items, key=lambda one: (one.deadline.last_day, one.kind, one.statement, one.id))
    )


def _items(record: object) -> Iterator[DueItem]:
    """Yield a record of a plan, its interim goals and its parts, as far as each has a deadline."""
    if not isinstance(record, Target | Objective | Activity | Commitment):
        return
    statement = record.statement
    if record.deadline is not None:
        yield DueItem(record.deadline, _kind(record), statement, record.id)
    if isinstance(record, ChangeTarget | ReachTarget):
        for goal in record.interim:
            yield DueItem(goal.deadline, "Interim goal", f"{goal.level}: {statement}", record.id)
    elif isinstance(record, Commitment):
        for part in record.parts:
            yield DueItem(part.deadline, "Commitment", f"{part.amount}: {statement}", record.id)


def _kind(record: Target | Objective | Activity | Commitment) -> DueKind:
    match record:
        case Objective():
            return "Objective"
        case Activity():
            return "Activity"
        case Commitment():
            return "Commitment"
        case MilestoneTarget():
            return "Milestone"
        case _:
            return "Target"
