"""A document read again, with what a person corrected in the plan that it was read as before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

import attrs

from rrmodel.model import (
    Chapter,
    Measure,
    Objective,
    Partner,
    Pathway,
    Plan,
    Target,
    normal_form,
    walk,
)
from rrmodel.wording._plan._matching import (
    CHAPTER_PARTS,
    PATHWAY_PARTS,
    PLAN_PARTS,
    Record,
    Statement,
    match,
    statements,
)
from rrmodel.wording._plan._questions import OpenQuestion
from rrmodel.wording._plan._result import ParsedPlan
from rrmodel.wording._plan._words import Names, shortened

__all__ = ["KeptCorrections", "keep_corrections"]

_Home = TypeVar("_Home", Pathway, Chapter)


@attrs.frozen(kw_only=True)
class KeptCorrections:
    """A document read again, with a person's corrections."""

    parsed: ParsedPlan
    """The corrected plan with what the document adds to it. Questions about records that were
    corrected are answered, and gone."""
    kept: tuple[str, ...]
    """Each record that was corrected or added by hand, with the fields that were."""
    added: tuple[str, ...]
    """Each statement of the document that the corrected plan did not have."""


def keep_corrections(parsed: ParsedPlan, corrected: Plan) -> KeptCorrections:
    r"""Return what a document was read as, with a person's corrections of an earlier reading.

    A record of the corrected plan is a statement of the document if it has its words, or else its
    section and item, or else most of its words in the same section. The corrected record is kept.
    A statement is added if the corrected plan has no record of it and none of its section and item:
    what a person deleted stays deleted as long as something else is left of its line.

    >>> from rrmodel.wording import parse_plan
    >>> text = "# Kent Plan 2022-25\n## Work\n### Objectives\n- Open hubs by 2023"
    >>> read = parse_plan(text)
    >>> objective = attrs.evolve(read.plan.objectives[0], deadline="by June 2023")
    >>> work = attrs.evolve(read.plan.pathways[0], objectives=(objective,))
    >>> again = keep_corrections(read, attrs.evolve(read.plan, pathways=(work,)))
    >>> again.parsed.plan.objectives[0].deadline, again.kept
    (Deadline('by June 2023'), ("Work > Objectives, 1: deadline of 'Open hubs by 2023'",))

    Args:
        parsed: The document as it is read now.
        corrected: The plan as a person corrected it.

    Raises:
        PlanError: The corrected plan and the statements that are added do not fit together.
    """
    return _Merge(parsed, corrected).result()


class _Merge:
    def __init__(self, parsed: ParsedPlan, corrected: Plan) -> None:
        self._parsed = parsed
        self._old = corrected
        self._new_statements = list(statements(parsed.plan))
        self._old_statements = list(statements(corrected))
        self._matches = match(self._new_statements, self._old_statements)
        self._cited = {each.place[1:] for each in self._old_statements}
        self._partners = _same_names(parsed.plan.partners, corrected.partners)
        self._measures = {measure.id: measure for measure in corrected.measures}
        self._notes = {note.number for note in corrected.footnotes}
        self._ids: dict[str, Names] = {}
        for each in self._old_statements:
            if hasattr(each.record, "id"):
                self._ids.setdefault(each.kind, Names()).new(each.record.id)
        self._objectives: dict[str, str] = {}
        for each in self._new_statements:
            if each.kind == "objectives":
                same = self._matches.get(id(each.record))
                self._objectives[each.record.id] = (same or each).record.id
        self._kinds = {id(each.record): each.kind for each in self._new_statements}
        self._final: dict[int, Record] = {}
        self._added: list[str] = []

    def result(self) -> KeptCorrections:
        """Build the plan, and say what was kept and added."""
        plan = self._plan()
        return KeptCorrections(
            parsed=self._reread(plan), kept=tuple(self._kept()), added=tuple(self._added)
        )

    def _plan(self) -> Plan:
        new, old = self._parsed.plan, self._old
        document = new.documents[0]
        known = {each.id for each in old.documents}
        self._notes |= {each.number for each in new.footnotes}
        parts: dict[str, Any] = {
            name: self._joined(getattr(new, name), getattr(old, name)) for name in PLAN_PARTS
        }
        pathways = self._homes(new.pathways, old.pathways, PATHWAY_PARTS)
        chapters = self._homes(new.chapters, old.chapters, CHAPTER_PARTS)
        partners = list(old.partners)
        partners += self._new_partners((old, *parts.values(), pathways, chapters))
        return attrs.evolve(
            old,
            documents=old.documents if document.id in known else (*old.documents, document),
            pathways=pathways,
            chapters=chapters,
            partners=tuple(partners),
            measures=tuple(self._measures.values()),
            **parts,
        )

    def _homes(
        self, new: Sequence[_Home], old: Sequence[_Home], names: Sequence[str]
    ) -> tuple[_Home, ...]:
        """Return the pathways, or the chapters, each with what the document adds to it."""
        homes: list[_Home] = []
        same = {normal_form(each.name): each for each in reversed(new)} | {
            each.id: each for each in new
        }
        used: set[int] = set()
        for each in old:
            twin = same.get(each.id) or same.get(normal_form(each.name))
            if twin is None or id(twin) in used:
                homes.append(each)
                continue
            used.add(id(twin))
            parts: dict[str, Any] = {
                name: self._joined(getattr(twin, name), getattr(each, name)) for name in names
            }
            homes.append(attrs.evolve(each, **_with_served(parts)))
        for each in new:
            if id(each) in used:
                continue
            added: dict[str, Any] = {name: self._joined(getattr(each, name), ()) for name in names}
            if any(added.values()):
                homes.append(attrs.evolve(each, **_with_served(added)))
        return tuple(homes)

    def _joined(self, new: Sequence[Record], old: Sequence[Record]) -> tuple[Record, ...]:
        """Return the corrected records of one part, then those that the document adds."""
        records = list(old)
        places = {id(record): place for place, record in enumerate(old)}
        for record in new:
            citation = record.citation
            same = self._matches.get(id(record))
            if same is not None:
                kept = same.record
                if id(kept) in places and kept.citation == citation:
                    records[places[id(kept)]] = kept = attrs.evolve(kept, citation=citation)
                self._final[id(record)] = kept
                continue
            if (citation.section, citation.item) in self._cited:
                continue
            added = self._fitting(record)
            if isinstance(record, Objective):
                self._objectives[record.id] = added.id
            self._final[id(record)] = added
            self._added.append(f"{citation.section}, {citation.item}: {shortened(_name(record))}")
            records.append(added)
        return tuple(records)

    def _fitting(self, record: Record) -> Record:
        """Return a record with the ids that the corrected plan has for its partners and measure."""
        fields: dict[str, object] = {}
        for field in ("partner", "lead"):
            if (value := getattr(record, field, None)) is not None:
                fields[field] = self._partners.get(value, value)
        if partners := getattr(record, "partners", None):
            fields["partners"] = tuple(self._partners.get(each, each) for each in partners)
        if serves := getattr(record, "serves", None):
            fields["serves"] = self._fitted("serves", serves)
        if isinstance(measure := getattr(record, "measure", None), Measure):
            fields["measure"] = self._measures.setdefault(measure.id, measure)
        if hasattr(record, "id"):
            kind = self._kinds[id(record)]
            fields["id"] = self._ids.setdefault(kind, Names()).new(record.id)
        return attrs.evolve(record, **fields)

    def _new_partners(self, records: Iterable[object]) -> Iterator[Partner]:
        """Yield the partners that added records name, and the members of those that are groups."""
        known = {partner.id for partner in self._old.partners}
        every = {partner.id: partner for partner in self._parsed.plan.partners}
        wanted = [each for record in records for each in _partner_ids(record)]
        while wanted:
            name = wanted.pop(0)
            if name in known or name not in every:
                continue
            known.add(name)
            members = tuple(self._partners.get(each, each) for each in every[name].members)
            wanted += members
            yield attrs.evolve(every[name], members=members)

    def _kept(self) -> Iterator[str]:
        matched = {id(each): None for each in self._matches.values()}
        for each in self._new_statements:
            same = self._matches.get(id(each.record))
            if same is None:
                continue
            if fields := self._corrected(each.record, same.record):
                yield f"{_where(same)}: {', '.join(fields)} of {shortened(_name(same.record))!r}"
        for each in self._old_statements:
            if id(each) not in matched:
                name = shortened(_name(each.record))
                yield f"{_where(each)}: {name!r}, which the document does not have"

    def _corrected(self, new: Record, old: Record) -> list[str]:
        """Return the fields in which a corrected record differs from the document's."""
        if type(new) is not type(old):
            return ["kind"]
        return [
            field.name
            for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(new)))
            if field.init
            and field.name not in {"id", "citation"}
            and self._fitted(field.name, getattr(new, field.name)) != getattr(old, field.name)
        ]

    def _fitted(self, field: str, value: Any) -> Any:  # noqa: ANN401 -- the value of any field
        """Return the value of a field with the ids that the corrected plan has for partners."""
        if field in {"partner", "lead"}:
            return self._partners.get(value, value)
        if field == "partners":
            return tuple(self._partners.get(each, each) for each in value)
        if field == "serves":
            return tuple(self._objectives.get(each, each) for each in value)
        return value

    def _reread(self, plan: Plan) -> ParsedPlan:
        """Return the reading with the paths of the plan that it is now."""
        places: dict[int, str] = {}
        for path, record in walk(plan):
            places.setdefault(id(record), path)
        moved: dict[str, str] = {}
        answered: set[str] = set()
        for path, record in walk(self._parsed.plan):
            final = self._final.get(id(record))
            if final is not None and id(final) in places:
                moved[path] = places[id(final)]
                same = self._matches.get(id(record))
                if same is not None and self._corrected(record, same.record):
                    answered.add(path)
        partner_paths = {partner.id: f"$.partners[{n}]" for n, partner in enumerate(plan.partners)}
        for n, partner in enumerate(self._parsed.plan.partners):
            name = self._partners.get(partner.id, partner.id)
            if name in partner_paths:
                moved[f"$.partners[{n}]"] = partner_paths[name]

        def still_open(questions: Iterable[OpenQuestion]) -> tuple[OpenQuestion, ...]:
            return tuple(
                attrs.evolve(each, path=moved.get(each.path, "$"))
                for each in questions
                if each.path not in answered and (each.path == "$" or each.path in moved)
            )

        return attrs.evolve(
            self._parsed,
            plan=plan,
            findings=still_open(self._parsed.findings),
            lines=tuple(
                attrs.evolve(
                    line,
                    paths=tuple(moved[path] for path in line.paths if path in moved),
                    questions=still_open(line.questions),
                )
                for line in self._parsed.lines
            ),
        )


def _with_served(parts: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a pathway, whose activities serve only objectives that it still has."""
    if "activities" not in parts:
        return parts
    known: set[str] = {objective.id for objective in parts["objectives"]}
    activities = tuple(
        attrs.evolve(each, serves=tuple(name for name in each.serves if name in known))
        if not known.issuperset(each.serves)
        else each
        for each in parts["activities"]
    )
    return {**parts, "activities": activities}


def _same_names(new: Iterable[Partner], old: Iterable[Partner]) -> Mapping[str, str]:
    """Return the ids that the corrected plan has for partners of the document."""
    known: dict[str, str] = {}
    for partner in old:
        for name in partner.names:
            known.setdefault(normal_form(name), partner.id)
    return {
        partner.id: same
        for partner in new
        if (
            same := next(
                (known[key] for name in partner.names if (key := normal_form(name)) in known), None
            )
        )
    }


def _partner_ids(record: object) -> Iterator[str]:
    """Yield the ids of partners that a record, or the records in it, refer to."""
    if isinstance(record, tuple):
        for each in cast("tuple[object, ...]", record):
            yield from _partner_ids(each)
        return
    for _, part in walk(cast("attrs.AttrsInstance", record)):
        if isinstance(part, Target):
            continue
        for field in ("partner", "lead"):
            if isinstance(value := getattr(part, field, None), str):
                yield value
        if not isinstance(part, Plan):
            yield from getattr(part, "partners", ())


def _name(record: Record) -> str:
    names = (getattr(record, field, None) for field in ("term", "statement", "partner"))
    return next(name for name in names if isinstance(name, str))


def _where(statement: Statement) -> str:
    citation = statement.record.citation
    return ", ".join(part for part in (citation.section, citation.item) if part)
