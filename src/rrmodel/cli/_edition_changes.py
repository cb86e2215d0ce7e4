"""The changes from one edition of a plan to another, as rows and as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, TextIO, TypeAlias, assert_never, cast

import attrs

from rrmodel.cli._page import Cell, Group, Page
from rrmodel.coverage import Compared, EditionComparison
from rrmodel.model import Activity, Baseline, Measure, Objective, Pathway, Plan, Target
from rrmodel.periods import Deadline
from rrmodel.quantities import counted
from rrmodel.records import Field, Layout, Table

__all__ = ["Change", "changes_of", "changes_table", "changes_text"]

_Compared: TypeAlias = (
    Compared[Pathway] | Compared[Target] | Compared[Objective] | Compared[Activity]
)
_Kind: TypeAlias = Literal["added", "dropped", "changed"]


@attrs.frozen(kw_only=True)
class Change:
    """One thing that two editions do not share, or a field of it."""

    record: str
    """Its kind: a pathway, a target, an objective, an activity or a partner."""
    id: str
    """Its id; in the newer edition where it has one there."""
    name: str
    """Its name or statement."""
    kind: _Kind
    """Its change: added, dropped or changed."""
    field: str | None = None
    """The field that changed."""
    old: str | None = None
    """The field in the older edition."""
    new: str | None = None
    """The field in the newer edition."""


_CHANGE: Layout[Change] = Layout(
    "edition_change",
    "A difference between two editions of a plan.",
    (
        Field("record", "text", "The kind of record.", lambda one: one.record),
        Field("id", "text", "Its id.", lambda one: one.id),
        Field("name", "text", "Its name or statement.", lambda one: one.name),
        Field("change", "text", "Added, dropped or changed.", lambda one: one.kind),
        Field("field", "text", "The field that changed.", lambda one: one.field, is_optional=True),
        Field("old", "text", "It in the older edition.", lambda one: one.old, is_optional=True),
        Field("new", "text", "It in the newer edition.", lambda one: one.new, is_optional=True),
    ),
)


def changes_table(changes: Iterable[Change]) -> Table[Any]:
    """Return changes as a table."""
    return Table(_CHANGE, tuple(changes))


def changes_of(compared: EditionComparison) -> tuple[Change, ...]:
    """Return every change of pathways, targets, objectives, activities and partners."""
    return (
        *_changes("pathway", compared.pathways),
        *_changes("target", compared.targets),
        *_changes("objective", compared.objectives),
        *_changes("activity", compared.activities),
        *(
            Change(record="partner", id=each.id, name=each.name, kind="added")
            for each in compared.partners_joined
        ),
        *(
            Change(record="partner", id=each.id, name=each.name, kind="dropped")
            for each in compared.partners_left
        ),
    )


def _changes(record: str, compared: _Compared) -> Iterator[Change]:
    for each in compared.dropped:
        yield Change(record=record, id=each.id, name=_name(each), kind="dropped")
    for each in compared.added:
        yield Change(record=record, id=each.id, name=_name(each), kind="added")
    for amended in compared.amended:
        for field in amended.fields:
            yield Change(
                record=record,
                id=amended.new.id,
                name=_name(amended.new),
                kind="changed",
                field=field,
                old=_value(amended.old, field),
                new=_value(amended.new, field),
            )


def _name(record: Pathway | Target | Objective | Activity) -> str:
    return record.name if isinstance(record, Pathway) else record.statement


def _value(record: object, field: str) -> str | None:
    """Return a field of a record as a reader writes it."""
    value: object = type(record).__name__ if field == "kind" else getattr(record, field, None)
    match value:
        case None | ():
            return None
        case Deadline():
            return str(value)
        case Baseline():
            return f"{value.level} in {value.period}"
        case Measure():
            out_of = f" out of {value.out_of}" if value.out_of else ""
            return f"{value.id}: {value.counts}{out_of}"
        case tuple():
            return ", ".join(map(str, cast("tuple[object, ...]", value)))
        case _:
            return str(value)


def changes_text(old: Plan, new: Plan, changes: Sequence[Change], stream: TextIO) -> str:
    """Return changes as text, by what they concern."""
    page = Page(stream, ())
    page.paragraph(new.title, "bold")
    page.paragraph(f"Older edition: {_edition(old)} · newer edition: {_edition(new)}")
    if not changes:
        page.space()
        page.paragraph(
            "The two editions have the same pathways, targets, objectives, activities and partners."
        )
    groups: list[Group] = []
    for record in dict.fromkeys(change.record for change in changes):
        of_record = [change for change in changes if change.record == record]
        number = len({change.id for change in of_record})
        groups.append((f"{counted(number, record)} changed", [*map(_line, of_record)]))
    if groups:
        page.space()
        page.table(("Id", "Change", "Older edition", "Newer edition"), groups)
    return str(page)


def _edition(plan: Plan) -> str:
    return plan.edition or plan.id


def _line(change: Change) -> Sequence[Cell]:
    match change.kind:
        case "added":
            return change.id, "added", "–", change.name
        case "dropped":
            return change.id, "dropped", change.name, "–"
        case "changed":
            return change.id, f"{change.field}", change.old or "–", change.new or "–"
        case _:
            assert_never(change.kind)
