"""The plan that comes out of a document, while it is being read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, cast

import attrs

from rrmodel.errors import Problem, did_you_mean
from rrmodel.io._stratml._ledger import Fields, Ledger
from rrmodel.io._stratml._markup import Element, excerpt
from rrmodel.io._stratml._naming import Names
from rrmodel.io._stratml._writing import identifier
from rrmodel.model import Plan, normal_form

__all__ = ["Draft", "Place", "Source"]

_DAY = re.compile(r"([1-9]\d{3}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_ID = re.compile(r'"id": *"([^"]*)"')
_NO_KIND = "community"
"""The kind of partner that is assumed where a document states none, as StratML never does."""


@attrs.frozen
class Place:
    """A record that others are added to, and its path in the plan."""

    owner: Fields
    """The record."""
    path: str
    """Its path."""


@attrs.frozen
class Source:
    """Where in a document something was read, as its citation says."""

    section: str
    """The names of the elements around it."""
    item: str = ""
    """Its identifier, if it has one."""


class Draft:
    """A plan in the making, as a JSON file would hold it, with the element behind each record."""

    def __init__(self, root: Element, file: str | None) -> None:
        self.ledger = Ledger(file)
        self.plan: Fields = {}
        self.names = Names(_ids(root))
        self.document = ""
        """The id of the document itself."""
        self.cites_itself = False
        self.area = ""
        """The name of the subject."""
        self.drawn: list[tuple[Element, Callable[[Plan], Iterable[Element]]]] = []
        """Elements that show what instructions say, each with how to draw it from the plan."""
        self.places: dict[str, Element] = {"$": root}
        self._called: dict[str, str] = {}
        self._names_of: dict[str, list[str]] = {}

    @property
    def whole(self) -> Place:
        """The plan itself."""
        return Place(self.plan, "$")

    def instruction(self, element: Element, elsewhere: Iterable[str]) -> Fields | None:
        """Take the instruction of an element, without what its elements say themselves."""
        fields = self.ledger.instruction(element)
        for key in elsewhere if fields else ():
            if fields and key in fields:
                del fields[key]
                message = f"the rrmodel instruction says {key!r} too: what the elements say counts"
                self.ledger.lose(message, element)
        return fields

    def cite(self, source: Source) -> Fields:
        """Return a citation of the document itself."""
        self.cites_itself = True
        item = {"item": source.item} if source.item else {}
        return {"document": self.document, "section": " ".join(source.section.split()), **item}

    def add(self, place: Place, collection: str, record: Fields, element: Element) -> None:
        """Add a record to a collection."""
        items = place.owner.setdefault(collection, [])
        self.places[f"{place.path}.{collection}[{len(items)}]"] = element
        items.append(record)

    def read_texts(
        self, element: Element | None, place: Place, ours: Iterable[str], other: str, source: Source
    ) -> None:
        """Read the statements in an element; those without an instruction go to ``other``."""
        for fields, words in self.ledger.statements(element) if element else ():
            here = cast("Element", element)
            if fields is not None:
                collection = self.collection(fields, ours, here)
                self.add(place, collection, {**fields, "statement": words}, here)
                continue
            record: Fields = {"statement": words, "citation": self.cite(source)}
            if other in {"context", "profile"}:
                record["id"] = self.names.new(f"{source.section} {here.name}", "fact")
            self.add(place, other, record, here)

    def collection(self, fields: Fields, known: Iterable[str], element: Element) -> str:
        """Take the collection that an instruction is for."""
        collection = str(fields.pop("in", "nothing"))
        if collection not in known:
            message = f"the rrmodel instruction is for {collection!r}, which has no place here"
            raise self.ledger.refusal(f"{message}: {did_you_mean(collection, known)}", element)
        return collection

    def check_identifier(self, element: Element, kind: str, fields: Fields) -> None:
        """Compare an identifier with that which the id of the instruction makes."""
        if written := self.ledger.take(element, "Identifier"):
            expected = identifier(kind, str(fields.get("id"))) or ""
            self.ledger.compare(written, Element("Identifier", (expected,)))

    def day(self, parent: Element, name: str) -> date | None:
        """Take a date; any other text stays where it is, and is lost."""
        for element in self.ledger.waiting(parent, name)[:1]:
            if match := _DAY.fullmatch(element.text):
                try:
                    day = date.fromisoformat(match[1])
                except ValueError:
                    return None
                self.ledger.text(parent, name)
                return day
        return None

    def stakeholders(self, parent: Element) -> Iterator[Element]:
        """Take the stakeholders that have a name or an instruction."""
        for stakeholder in self.ledger.waiting(parent, "Stakeholder"):
            named = any(child.name == "Name" and child.text for child in stakeholder.children)
            if named or stakeholder.instructions:
                self.ledger.accept(stakeholder)
                if self.ledger.attribute(stakeholder, "StakeholderTypeType") == "Person":
                    message = "this stakeholder is a person, and is taken for an organisation"
                    self.ledger.lose(message, stakeholder)
                yield stakeholder

    def add_partner(self, record: Fields, element: Element) -> None:
        """Add a partner."""
        self.add(self.whole, "partners", record, element)
        names, partner_id = _named(record), str(record.get("id"))
        self._names_of.setdefault(partner_id, names)
        for name in names:
            self._called.setdefault(normal_form(name), partner_id)

    def names_of(self, partner: object) -> list[str]:
        """Return the names of the partner of an id, the usual one first."""
        return self._names_of.get(str(partner), [])

    def partner(self, name: str, stakeholder: Element) -> str:
        """Return the id of the partner with a name, made new if there is none."""
        if normal_form(name) in self._called:
            return self._called[normal_form(name)]
        partner_id = self.names.new(name, "partner")
        self.add_partner({"id": partner_id, "name": name, "kind": _NO_KIND}, stakeholder)
        self.ledger.lose(
            f"{excerpt(name)} is taken for a partner of the kind {_NO_KIND!r}, as StratML states "
            "none: correct it",
            stakeholder,
        )
        return partner_id

    def placed(self, problem: Problem) -> Problem:
        """Return a problem of the plan with the line of the element that its path leads to."""
        path = problem.path
        while path not in self.places:
            path = path[: max(path.rfind("."), path.rfind("["))]
        return attrs.evolve(problem, line=self.places[path].line, column=None)


def _ids(element: Element) -> Iterator[str]:
    """Yield every id that an instruction names."""
    for instruction in element.instructions:
        yield from _ID.findall(instruction.text)
    for child in element.children:
        yield from _ids(child)


def _named(partner: Fields) -> list[str]:
    """Return the names of a partner, the usual one first, whatever else its record holds."""
    aliases: Any = partner.get("aliases")
    known: list[Any] = [partner.get("name"), *(aliases if isinstance(aliases, list) else ())]
    return [name for name in known if isinstance(name, str)]
