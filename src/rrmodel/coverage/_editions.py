"""The changes between two editions of a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, ClassVar, Generic, Protocol, TypeVar

import attrs

from rrmodel.model import (
    Activity,
    MeasuredTarget,
    Objective,
    Partner,
    Pathway,
    Plan,
    Target,
    same_partners,
)
from rrmodel.periods import Deadline
from rrmodel.records import Field, Layout, Result, ShownColumn, Table, short_repr

__all__ = ["Amendment", "Compared", "EditionComparison", "compare_editions"]


class _Identified(attrs.AttrsInstance, Protocol):
    @property
    def id(self) -> str: ...


_RecordT = TypeVar("_RecordT", bound=_Identified)


@attrs.frozen(kw_only=True, repr=False)
class Amendment(Generic[_RecordT]):
    """A record that two editions have in common and that changed."""

    old: _RecordT
    """As the old edition has it."""
    new: _RecordT
    """As the new edition has it."""
    fields: tuple[str, ...]
    """The fields that differ; ``kind`` if it is another kind of target."""

    def __repr__(self) -> str:
        return short_repr(self, self.new.id, old=self.old.id, fields=", ".join(self.fields))


@attrs.frozen(kw_only=True, repr=False)
class Compared(Generic[_RecordT]):
    """The records of one kind in two editions."""

    kept: tuple[_RecordT, ...]
    """Those that are the same in both."""
    amended: tuple[Amendment[_RecordT], ...]
    """Those that changed."""
    dropped: tuple[_RecordT, ...]
    """Those that only the old edition has."""
    added: tuple[_RecordT, ...]
    """Those that only the new edition has."""

    def __repr__(self) -> str:
        return short_repr(
            self, kept=self.kept, amended=self.amended, dropped=self.dropped, added=self.added
        )


@attrs.frozen(kw_only=True)
class _Change:
    """One change from an edition to another, as data."""

    kind: str
    change: str
    id: str
    old: str | None = None
    new: str | None = None
    fields: tuple[str, ...] = ()


_CHANGE: Layout[_Change] = Layout(
    "edition_change",
    "One change from an edition of a plan to another.",
    (
        Field(
            "kind",
            "text",
            "The change.",
            lambda one: one.kind,
            choose_from=lambda: ("pathway", "target", "objective", "activity", "partner", "part"),
        ),
        Field(
            "change",
            "text",
            "How: for a partner, `added` means that it joined; a part is a pathway that a partner "
            "of both editions works in.",
            lambda one: one.change,
            choose_from=lambda: ("amended", "dropped", "added"),
        ),
        Field("id", "text", "Its id; that of the partner, of a part.", lambda one: one.id),
        Field(
            "old",
            "text",
            "Its statement or name in the old edition; the pathway, of a part.",
            lambda one: one.old,
            is_optional=True,
        ),
        Field(
            "new",
            "text",
            "Its statement or name in the new edition; the pathway, of a part.",
            lambda one: one.new,
            is_optional=True,
        ),
        Field("fields", "texts", "The fields that differ.", lambda one: one.fields),
    ),
    shown=(
        ShownColumn("What", "kind"),
        ShownColumn("Change", "change"),
        ShownColumn("Id", "id"),
        ShownColumn("Fields", "fields"),
        ShownColumn("Old", "old"),
        ShownColumn("New", "new"),
    ),
)


def _kept(comparison: EditionComparison) -> dict[str, int]:
    """Return how many records of each kind are the same in both editions."""
    return {kind: len(compared.kept) for kind, compared, _ in _compared(comparison)}


_EDITIONS: Layout[EditionComparison] = Layout(
    "edition_comparison",
    "The changes from one edition of a plan to another.",
    (
        Field("old", "text", "The id of the earlier edition.", lambda one: one.old.id),
        Field("new", "text", "The id of the later edition.", lambda one: one.new.id),
        Field(
            "kept",
            "numbers_by_name",
            "How many records of each kind are the same in both.",
            _kept,
        ),
        Field("changes", "records", "The changes.", lambda one: tuple(_changes(one)), of=_CHANGE),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class EditionComparison(Result):
    """The changes from one edition of a plan to another."""

    old: Plan
    """The earlier edition."""
    new: Plan
    """The later edition."""
    pathways: Compared[Pathway]
    """Its pathways; one that has another name is amended."""
    targets: Compared[Target]
    """Its targets."""
    objectives: Compared[Objective]
    """Its objectives."""
    activities: Compared[Activity]
    """Its activities."""
    partners_joined: tuple[Partner, ...]
    """The partners that only the new edition names."""
    partners_left: tuple[Partner, ...]
    """The partners that only the old edition names."""
    parts_taken_up: tuple[tuple[str, str], ...]
    """Pathways that a partner of both works in now and did not: the ids of partner and pathway."""
    parts_given_up: tuple[tuple[str, str], ...]
    """Pathways that a partner of both worked in and does no longer: the ids of the old edition."""

    layout: ClassVar[Layout[EditionComparison]] = _EDITIONS
    """The fields of :meth:`to_dict`; the rows of :meth:`to_records` are the changes."""

    def to_table(self) -> Table[Any]:
        """Return the changes as a table with its columns."""
        caption = f"Changes from {self.old.title} to {self.new.title}"
        return Table(_CHANGE, tuple(_changes(self)), caption=caption)

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.new.id,
            old=self.old.id,
            pathways=self.pathways,
            targets=self.targets,
            objectives=self.objectives,
            activities=self.activities,
            partners_joined=self.partners_joined,
            partners_left=self.partners_left,
        )

    @property
    def moved(self) -> tuple[Amendment[Target], ...]:
        """The targets whose goal or deadline changed."""
        return tuple(each for each in self.targets.amended if {"goal", "deadline"} & {*each.fields})

    @property
    def rebaselined(self) -> tuple[Amendment[Target], ...]:
        """The targets whose baseline changed."""
        return tuple(each for each in self.targets.amended if "baseline" in each.fields)


def _compared(
    comparison: EditionComparison,
) -> Iterator[tuple[str, Compared[Any], Callable[[Any], str]]]:
    """Yield the records of each kind, and the function that returns the words of one."""
    yield "pathway", comparison.pathways, _name
    yield "target", comparison.targets, _statement
    yield "objective", comparison.objectives, _statement
    yield "activity", comparison.activities, _statement


def _changes(comparison: EditionComparison) -> Iterator[_Change]:
    for kind, compared, words in _compared(comparison):
        for each in compared.amended:
            yield _Change(
                kind=kind,
                change="amended",
                id=each.new.id,
                old=words(each.old),
                new=words(each.new),
                fields=each.fields,
            )
        for each in compared.dropped:
            yield _Change(kind=kind, change="dropped", id=each.id, old=words(each))
        for each in compared.added:
            yield _Change(kind=kind, change="added", id=each.id, new=words(each))
    for left in comparison.partners_left:
        yield _Change(kind="partner", change="dropped", id=left.id, old=left.name)
    for joined in comparison.partners_joined:
        yield _Change(kind="partner", change="added", id=joined.id, new=joined.name)
    for partner, pathway in comparison.parts_given_up:
        yield _Change(kind="part", change="dropped", id=partner, old=pathway)
    for partner, pathway in comparison.parts_taken_up:
        yield _Change(kind="part", change="added", id=partner, new=pathway)


def compare_editions(old: Plan, new: Plan) -> EditionComparison:
    """Return the changes from one edition of a plan to another.

    Records are one if they have one id. Of the others, two are one if each is the only record of
    its edition with its measure and area (targets) or its statement. A deadline with other words
    for the same day is not a change. Partners are one by id, name or alias.

    >>> from rrmodel import datasets
    >>> plan = datasets.load("east-midlands-2022-25")
    >>> same = compare_editions(plan, plan)
    >>> len(same.targets.kept), same.moved, same.partners_left
    (7, (), ())
    """
    earlier, later = same_partners([old, new])
    partners = {partner: home for partner, home in later.items() if home in earlier}
    known = set(partners.values())
    return EditionComparison(
        old=old,
        new=new,
        pathways=_compare(old.pathways, new.pathways, [_own_id, _name], ("name",)),
        targets=_compare(old.targets, new.targets, [_own_id, _measured, _statement]),
        objectives=_compare(old.objectives, new.objectives, [_own_id, _statement]),
        activities=_compare(old.activities, new.activities, [_own_id, _statement]),
        partners_joined=tuple(each for each in new.partners if each.id not in partners),
        partners_left=tuple(each for each in old.partners if each.id not in known),
        parts_taken_up=tuple(_parts_only_in(new, old, partners)),
        parts_given_up=tuple(_parts_only_in(old, new, {was: now for now, was in partners.items()})),
    )


def _own_id(record: _Identified) -> Hashable:
    return record.id


def _name(pathway: Pathway) -> str:
    return pathway.name


def _statement(record: Target | Objective | Activity) -> str:
    return record.statement


def _measured(target: Target) -> Hashable:
    """Return what a target measures and where; one without a measure is like no other."""
    if not isinstance(target, MeasuredTarget):
        return None
    return target.measure.id, target.area


def _compare(
    old: Iterable[_RecordT],
    new: Iterable[_RecordT],
    keys: Iterable[Callable[[_RecordT], Hashable]],
    fields: tuple[str, ...] = (),
) -> Compared[_RecordT]:
    """Compare the records of one kind, by some of their fields or by all."""
    dropped, added = list(old), list(new)
    places = {record.id: place for place, record in enumerate(added)}
    pairs: list[tuple[_RecordT, _RecordT]] = []
    for key in keys:
        alone, others = _alone(dropped, key), _alone(added, key)
        pairs += [(record, others[name]) for name, record in alone.items() if name in others]
        gone = {record.id for record, _ in pairs}
        come = {record.id for _, record in pairs}
        dropped = [record for record in dropped if record.id not in gone]
        added = [record for record in added if record.id not in come]
    kept: list[_RecordT] = []
    amended: list[Amendment[_RecordT]] = []
    for before, now in sorted(pairs, key=lambda pair: places[pair[1].id]):
        if differences := tuple(_differences(before, now, fields)):
            amended.append(Amendment(old=before, new=now, fields=differences))
        else:
            kept.append(now)
    return Compared(
        kept=tuple(kept), amended=tuple(amended), dropped=tuple(dropped), added=tuple(added)
    )


def _alone(
    records: list[_RecordT], key: Callable[[_RecordT], Hashable]
) -> dict[Hashable, _RecordT]:
    """Return the records that share their key with no other."""
    counts = Counter(map(key, records))
    named = ((key(record), record) for record in records)
    return {name: record for name, record in named if name is not None and counts[name] == 1}


def _differences(old: _Identified, new: _Identified, fields: tuple[str, ...]) -> Iterator[str]:
    if type(old) is not type(new):
        yield "kind"
    every = (field.name for each in (type(old), type(new)) for field in attrs.fields(each))
    for name in fields or dict.fromkeys(every):
        if name not in {"id", "citation"} and _value(old, name) != _value(new, name):
            yield name


def _value(record: _Identified, name: str) -> object:
    value: object = getattr(record, name, None)
    return (value.first_day, value.last_day) if isinstance(value, Deadline) else value


def _parts_only_in(plan: Plan, other: Plan, same: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield who of both editions works where in this edition and did not in the other."""
    there = {(partner, pathway.id) for pathway in other for partner in pathway.partners}
    for pathway in plan:
        for partner in pathway.partners:
            if partner in same and (same[partner], pathway.id) not in there:
                yield partner, pathway.id
