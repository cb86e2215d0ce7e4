"""Rules about partners and their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

import attrs

from rrmodel.errors import Problem
from rrmodel.model import (
    Activity,
    Fact,
    Footnote,
    Observation,
    PartnerListing,
    Partnership,
    Plan,
    Term,
    normal_form,
    walk,
)

__all__ = [
    "partners_as_ids",
    "partners_never_listed",
    "partners_never_used",
    "partners_of_one_name",
    "partners_under_two_names",
    "sentences_of",
]

_SMALL_WORDS = frozenset("a and for in of the".split())


def sentences_of(plan: Plan) -> Iterator[tuple[str, attrs.AttrsInstance, str]]:
    """Yield the sentences of a plan, without footnotes and terms, with their paths and records."""
    for path, record in walk(plan):
        if isinstance(record, Partnership):
            yield path, record, record.role
        elif (statement := _statement(record)) is not None:
            yield path, record, statement


def _statement(record: attrs.AttrsInstance) -> str | None:
    if isinstance(record, Footnote | Term):
        return None
    statement: object = getattr(record, "statement", None)
    return statement if isinstance(statement, str) else None


def partners_as_ids(plan: Plan) -> Callable[[str], str]:
    """Return a function that replaces the names of partners in a sentence by their ids."""
    owners = _owners(plan)
    pattern = _pattern(owners)
    return lambda sentence: pattern.sub(lambda match: owners[match[0]], _spelling(sentence))


def _owners(plan: Plan) -> dict[str, str]:
    """Return the partner of each name, without names of two partners."""
    owners: dict[str, str] = {}
    shared: set[str] = set()
    for partner in plan.partners:
        for name in map(_spelling, partner.names):
            if owners.setdefault(name, partner.id) != partner.id:
                shared.add(name)
    return {name: owner for name, owner in owners.items() if name and name not in shared}


def _spelling(name: str) -> str:
    """Return a name in one encoding, with one kind of apostrophe: case matters in sentences."""
    return unicodedata.normalize("NFC", name).replace("\u2019", "'")


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds names as whole words, the longest first."""
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if either else "(?!)")


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text without case, plural and small words."""
    words = (re.sub("(?:ie|y)?s?$", "", word) for word in re.findall(r"\w+", normal_form(text)))
    return tuple(word for word in words if word not in _SMALL_WORDS)


def _kin(plan: Plan) -> dict[str, frozenset[str]]:
    """Return for each partner its own id, its members and the groups that it belongs to."""
    members = {partner.id: partner.members for partner in plan.partners}
    groups: dict[str, list[str]] = {name: [] for name in members}
    for name, each in members.items():
        for member in each:
            groups[member].append(name)

    def reached(start: str, steps: dict[str, tuple[str, ...]] | dict[str, list[str]]) -> set[str]:
        visited, waiting = {start}, [start]
        while waiting:
            new = [name for name in steps[waiting.pop()] if name not in visited]
            visited.update(new)
            waiting.extend(new)
        return visited

    return {name: frozenset(reached(name, members) | reached(name, groups)) for name in members}


def _uses(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the paths at which a partner has a part, with the id of the partner."""
    for path, record in walk(plan):
        if isinstance(record, Partnership):
            yield path, record.partner
        elif isinstance(record, Activity):
            yield from ((path, partner) for partner in record.lead_and_partners)


def partners_never_used(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find partners that have no part in the plan and are not mentioned in it."""
    used, kin = {partner for _, partner in _uses(plan)}, _kin(plan)
    facts = (record for _, record in walk(plan) if isinstance(record, Fact))
    used.update(partner for fact in facts for partner in fact.partners)
    listed = {
        listing.partner: index for index, listing in reversed([*enumerate(plan.partner_list)])
    }
    sentences = [frozenset(_words(sentence)) for _, _, sentence in sentences_of(plan)]
    for place, partner in enumerate(plan.partners):
        if used & kin[partner.id]:
            continue
        names = [*map(_words, partner.names)]
        if any(sentence.issuperset(name) for name in names for sentence in sentences):
            continue
        index = listed.get(partner.id)
        yield Problem(
            f"the partner {partner.name!r} has no part: no pathway, chapter or activity names it; "
            "give it its part, or ask for it",
            f"$.partners[{place}]" if index is None else f"$.partner_list[{index}]",
        )


def partners_never_listed(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find partners with a part in the plan that are missing from its list of partners."""
    listed = {listing.partner for listing in plan.partner_list}
    if not listed:
        return
    partners, kin = {partner.id: partner for partner in plan.partners}, _kin(plan)
    names = {partner.id: [*map(frozenset, map(_words, partner.names))] for partner in plan.partners}
    known = [name for partner in listed for name in names[partner]]
    # "Police" on the list covers "Leicestershire Police", and the parts of a body cover the body.
    covered = {
        partner
        for partner, own in names.items()
        if any(name <= other or other <= name for name in own for other in known)
    }
    checked: set[str] = set()
    for path, name in _uses(plan):
        if name in checked:
            continue
        checked.add(name)
        members = frozenset(partners[name].members)
        if covered & (kin[name] - members) or (members and covered >= members):
            continue
        yield Problem(
            f"the partner {partners[name].name!r} has a part in the plan and is missing from its "
            "list of partners: add it to 'partner_list' if the document lists it, or ask whether "
            "it belongs there",
            path,
        )


def partners_under_two_names(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find partners that the document calls by two names."""
    partners, owners = {partner.id: partner for partner in plan.partners}, _owners(plan)
    pattern = _pattern(owners)
    names: dict[str, dict[tuple[str, ...], tuple[str, str]]] = {}
    for path, record in walk(plan):
        printed: list[tuple[str, str]] = []
        if isinstance(record, Partnership | PartnerListing):
            name = record.named_as or partners[record.partner].name
            printed.append((record.partner, name))
        elif (statement := _statement(record)) is not None:
            printed += [(owners[match], match) for match in pattern.findall(_spelling(statement))]
        for partner, name in printed:
            names.setdefault(partner, {}).setdefault(_words(name), (name, path))
    for partner, spellings in names.items():
        first, *others = spellings.values()
        if others:
            also = ", ".join(repr(name) for name, _path in others)
            yield Problem(
                f"the partner {partner!r} is called {first[0]!r} and also {also}: use one name "
                "and keep the others as aliases, so that nobody counts it twice",
                others[0][1],
            )


def partners_of_one_name(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find partners with the name of an earlier partner."""
    homes: dict[str, str] = {}
    for place, partner in enumerate(plan.partners):
        for name in partner.names:
            home = homes.setdefault(normal_form(name), partner.id)
            if home != partner.id:
                yield Problem(
                    f"the partner {partner.id!r} is called {name!r}, like {home!r}: merge them if "
                    "they are one, or give them different names",
                    f"$.partners[{place}]",
                )
                break
