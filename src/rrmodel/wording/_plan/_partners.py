"""Partners: the names in lists of partners, one record for each, and names in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

import attrs

from rrmodel import datasets
from rrmodel.model import Partner, PartnerKind, normal_form
from rrmodel.quantities import singular_of
from rrmodel.wording._partner_names import THE_NAME, split_names
from rrmodel.wording._plan._words import Names, slug, words_of

__all__ = ["Entry", "PartnerRegister", "entry_of", "names_in"]

_KIND_WORDS: Final[Mapping[PartnerKind, str]] = {
    PartnerKind.LOCAL_AUTHORITY: "local authorit(?:y|ies)|councils?|borough|housing "
    "(?:services|associations?|providers?)|district",
    PartnerKind.HEALTH: "nhs|health|hospitals?|clinical|integrated care|healthcare|medical|gps?|"
    "mental",
    PartnerKind.STATUTORY: r"polic\w+|commissioners?|courts?|tribunals?|prosecution|prisons?|"
    "probation|department|ministry|youth justice|jobcentre|dwp|cps|hmcts|hmpps|hmp|his majesty|hm|"
    "home office|fire|violence reduction|youth offending|safeguarding|community safety|"
    "magistrates|government|agencies|criminal justice",
    PartnerKind.COMMISSIONED: r"providers?|contract\w*|commissioned|crs|supplier",
    PartnerKind.VOLUNTARY: r"voluntary|charit\w+|trust|foundation|aid|citizens advice|ymca|"
    "helpline|third sector|salvation army|social enterprise",
    PartnerKind.EMPLOYER: "ltd|limited|plc|employers?|business(?:es)?|construction|logistics|"
    "chambers? of commerce|enterprise partnership",
    PartnerKind.COMMUNITY: "communit(?:y|ies)|schools?|universit(?:y|ies)|colleges?|families|"
    "residents|beneficiaries|faith|victims",
}
_KINDS: Final = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), kind) for kind, words in _KIND_WORDS.items()
)
_DESCRIBES: Final = re.compile(
    r"\s+[–—]\s+|\s+-\s+|:\s+|,\s+(?!(?:and|including|such as|or)\b"
    rf"|{THE_NAME})(?=[a-z])|\s+\((?=[a-z])"
)
_ASIDE: Final = re.compile(r" \([a-z][^()]{0,40}\)(?=[,;] (?:the )?[A-Z])")
"""Words in brackets after one of several names: "Kent Council (chair), Kent Police"."""
_GROUP: Final = re.compile(
    r"(?P<group>[^,(:–—]{3,80}?)(?:,\s+| \()?\s*(?:including|such as|for example|comprising)\s+"
    r"(?P<names>.+?)\)?"
)
_AND: Final = re.compile(r"^(?:and|or)\s+")
_BOTH: Final = re.compile(r"\s+and\s+(?=(?:the\s+)?[A-Z])")
_INNER_AND: Final = re.compile(
    r"\b(?:for|of|Courts|Work|Care|Social|Housing|Education|Crime|Justice|Children|Families|"
    r"Drugs?|Alcohol|Community|Safety|Police|Prison|Customs|Revenue|Skills|Training|Youth|Adult|"
    r"Mental|Physical|Bail|City|Support)\s+and\s"
    r"|\bHealth\s+and\s+(?:Social|Care|Justice|Wellbeing)\b"
)
_PLANNED: Final = re.compile(
    r"\b(?:will be|to be (?:appointed|commissioned|procured|in place)|from (?:[A-Z][a-z]+ "
    r")?20[0-9]{2}|"
    r"being commissioned|being procured|in place from)\b"
)
_PLACE: Final = re.compile(r"[A-Z][a-z]+(?:-[a-z]+-[A-Z][a-z]+)?")
_THE: Final = re.compile("^[Tt]he (?=.)")
_HOUSES: Final = (" House", " Centre", " Project", " Hostel")
_SHORT_NAME: Final = 80


@attrs.frozen(kw_only=True)
class Entry:
    """One entry of a list of partners."""

    names: tuple[str, ...]
    """The names in it; the first is a group if there are members."""
    members: tuple[str, ...] = ()
    """The members of the group that it names."""
    role: str = ""
    """Their work, as it describes it; empty if it does not."""
    is_planned: bool = False
    """Whether they are to work there, and do not yet."""


def entry_of(text: str, *, is_bare: bool = False) -> Entry:
    """Return the names, the members and the role in one entry of a list of partners.

    >>> entry_of("Ingeus, the current provider of training").names
    ('Ingeus',)
    >>> entry_of("Local health providers, including Inclusion Health and Turning Point").members
    ('Inclusion Health', 'Turning Point')
    >>> entry_of("St Andrew's House, Derby", is_bare=True).names
    ("St Andrew's House, Derby",)

    Args:
        text: The entry.
        is_bare: Whether the list names partners only, one on each line, without their roles.
    """
    text = _ASIDE.sub("", text.strip().rstrip(".;,"))
    if (group := _GROUP.fullmatch(text)) and group["names"][:1].isupper():
        members = tuple(_names(group["names"]))
        name = group["group"].strip()
        return Entry(names=(name,), members=members, role="")
    cut = _DESCRIBES.search(text)
    head = text[: cut.start()].strip() if cut else text
    role = text[cut.end() :].strip(" )") if cut else ""
    if is_bare and head and _is_one_name(head):
        names: tuple[str, ...] = (_THE.sub("", head),)
    else:
        names = tuple(_names(head))
    return Entry(names=names, role=role, is_planned=_PLANNED.search(role) is not None)


def _is_one_name(text: str) -> bool:
    """Return whether a line with a comma is one name with its place: "St Anne's House, Derby"."""
    name, comma, place = text.partition(", ")
    if not comma and len(split_names(text)) > 1:
        return False
    return not comma or (_PLACE.fullmatch(place) is not None and " " in name)


def _names(text: str) -> Iterator[str]:
    whole: list[str] = []
    for piece in split_names(text):
        name = _AND.sub("", piece)
        for part in [name] if _INNER_AND.search(name) else _BOTH.split(name):
            before = whole[-1] if whole else ""
            if before.endswith(_HOUSES) and _PLACE.fullmatch(part):
                whole[-1] = f"{before}, {part}"
            else:
                whole.append(part)
    yield from (_THE.sub("", words) for name in whole if (words := name.strip(" .;,")))


class PartnerRegister:
    """The partners of a plan: one record for each organisation, whatever its entries call it."""

    def __init__(self, area: str) -> None:
        self._area = normal_form(area)
        self._ids = Names()
        self._partners: dict[str, Partner] = {}
        self._keys: dict[str, str] = {}
        self.guessed: dict[str, str] = {}
        """The partners whose kind is a guess, with the name that was used for them."""
        self._index: dict[str, list[tuple[list[str], str]]] | None = None

    @property
    def partners(self) -> tuple[Partner, ...]:
        """The partners, in the order of the document."""
        return tuple(self._partners.values())

    def partner(self, identifier: str) -> Partner:
        """Return the partner of an id."""
        return self._partners[identifier]

    def add(self, name: str) -> str:
        """Return the id of the partner of that name, which is new or has the name already."""
        name = name[:_SHORT_NAME].strip() or "partner"
        key = self._key(name)
        if key in self._keys:
            partner = self._partners[self._keys[key]]
            if normal_form(name) not in map(normal_form, partner.names):
                self._index = None
                aliases = (*partner.aliases, name)
                self._partners[partner.id] = attrs.evolve(partner, aliases=aliases)
            return partner.id
        kind = _kind(name)
        identifier = self._ids.new(slug(name, 10))
        if kind is None:
            self.guessed[identifier] = name
        self._partners[identifier] = Partner(
            id=identifier,
            name=name[:1].upper() + name[1:],
            kind=kind or PartnerKind.VOLUNTARY,
        )
        self._keys[key] = identifier
        self._index = None
        return identifier

    def add_members(self, group: str, members: Iterable[str]) -> None:
        """Record that partners are the members of a group."""
        ids = [self.add(member) for member in members]
        partner = self._partners[group]
        joined = dict.fromkeys([*partner.members, *(each for each in ids if each != group)])
        self._partners[group] = attrs.evolve(partner, members=tuple(joined))

    def ids_in(self, text: str) -> tuple[str, ...]:
        """Return the ids of the partners that a text names; of two names, the longer is taken."""
        if self._index is None:
            self._index = _index(self._partners.values())
        if not self._index:
            return ()
        words = words_of(text)
        if self._index.keys().isdisjoint(words):
            return ()
        ids: dict[str, None] = {}
        place = 0
        while place < len(words):
            for name, identifier in self._index.get(words[place], ()):
                if words[place : place + len(name)] == name:
                    ids[identifier] = None
                    place += len(name) - 1
                    break
            place += 1
        return tuple(ids)

    def _key(self, name: str) -> str:
        """Return what the names of one organisation share.

        The name of the plan's own area, "regional" and "the" before it, a plural at its end and
        "providers" after "services" make no difference.
        """
        words = normal_form(name).strip()
        for lead in (self._area, "regional", "the"):
            if lead and words.startswith(f"{lead} ") and words != lead:
                rest = words[len(lead) + 1 :]
                # "Kent Police" and "police" are two: only words in small letters are left over
                if name[-len(rest) :].islower() or lead == "the":
                    words = rest
        for tail in (" providers", " provider"):
            if words.endswith(f"services{tail}"):
                words = words.removesuffix(tail)
        *most, last = words.split()
        return " ".join([*most, singular_of(last)])


def _index(partners: Iterable[Partner]) -> dict[str, list[tuple[list[str], str]]]:
    """Return the names of partners as words, by their first word, longest first."""
    by_word: dict[str, list[tuple[list[str], str]]] = {}
    for partner in partners:
        for name in partner.names:
            if words := words_of(name):
                by_word.setdefault(words[0], []).append((words, partner.id))
    for names in by_word.values():
        names.sort(key=lambda pair: -len(pair[0]))
    return by_word


def _kind(name: str) -> PartnerKind | None:
    """Return the kind of an organisation: as bundled plans say, or as its name does."""
    known = _known_kinds().get(normal_form(name))
    if known is not None:
        return known
    return next((kind for words, kind in _KINDS if words.search(name)), None)


@cache  # the bundled plans do not change
def _known_kinds() -> Mapping[str, PartnerKind]:
    plans = map(datasets.load, datasets.names())
    return {
        normal_form(name): partner.kind
        for plan in plans
        for partner in plan.partners
        for name in partner.names
    }


_CAPITALS: Final = re.compile(
    r"(?:[A-Z][\w’'&-]*|[A-Z]{2,})(?:(?: (?:of|for|and|&|in|the) (?:the )?| "
    r")(?:[A-Z][\w’'&-]*))*"
)
_CAPITAL: Final = re.compile(r" [“‘'\"(]*[A-Z]")
_ORGANISATION: Final = re.compile(
    r"\b(?:Trust|Council|Police|Service|Services|Network|Project|Homes|Housing|Arts|Construction|"
    r"Ltd|"
    r"Limited|Partnership|Centre|Center|Board|Helpline|Logistics|Group|Foundation|Association|"
    r"Agency|"
    r"Department|Office|Unit|College|University|Charity|Commissioner|Commissioners|NHS|YMCA|Aid|"
    r"Federation|Society|Alliance|Mission|Army|Hub|Jobcentre|CAB|Court|Courts|Health|Healthcare|"
    r"Bureau|Church|Forum|Company|Solutions)\b"
)
_CUE: Final = re.compile(
    r"(?:\bwith|\bincluding|\bpartnership with|\bbetween|\balongside|\bproviders?|\bthrough|\bby|"
    r"\bsuch as|\band|,|\bfrom|\bcollaboration with|\bcommissioned)(?: the| our)?\s*$"
)
_RUN_BY: Final = re.compile(
    r"\b(?:run|provided|delivered|led|managed|offered|funded|commissioned) by(?: the)?\s*$"
)
_RUNS: Final = re.compile(r" (?:runs|provides|delivers|offers|manages|holds|leads)\b")
_LIST: Final = re.compile(r"\b(?:with|including|between|such as|partners?|employers)\b")
_NO_NAME: Final = re.compile(
    r"(?:HMP|HMYOI|YOI|January|February|March|April|May|June|July|August|September|October|"
    r"November|"
    r"December|England|Wales|Offender|Prison|Prisons|Probation|The|This|These|We|In|Our|It|"
    r"Through)\b"
)
_MONTH: Final = re.compile(
    " in (?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)
_CONNECTED: Final = re.compile(r" and (?:the )?")


def _has_inner_capital(text: str) -> bool:
    """Return whether a word within a sentence has a capital."""
    for match in _CAPITAL.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()].rstrip("'\"(")
        if before and before[-1] not in ".!?:":
            return True
    return False


def names_in(text: str) -> Iterator[str]:
    """Yield the names in running text that may be those of organisations.

    >>> list(names_in("Delivered the 'Hope' project with Soft Touch Arts and Derby Homes."))
    ['Soft Touch Arts', 'Derby Homes']
    """
    if not _has_inner_capital(text):
        return
    in_list = False
    for match in _CAPITALS.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        is_start = match.start() == 0 or before.rstrip()[-1:] in ".!?:–—("
        in_list = (in_list and before.rstrip()[-1:] == ",") or _LIST.search(before) is not None
        parts = [match[0]]
        if " and " in match[0] and not _INNER_AND.search(match[0]):
            parts = _CONNECTED.split(match[0])
        for part in parts:
            named = _MONTH.sub("", part.strip("'’ ")).removeprefix("The ").removeprefix("Our ")
            if len(named) < 3 or _NO_NAME.match(named):  # noqa: PLR2004
                continue
            if _RUNS.match(text, match.end()) or _RUN_BY.search(before):
                yield named
                continue
            has_word = _ORGANISATION.search(named) is not None
            is_named = " " in named or named.isupper()
            cued = _CUE.search(before) is not None or part is not parts[0]
            if (
                (has_word and (is_named or cued))
                or (in_list and cued)
                or (cued and is_named and not is_start)
            ):
                yield named
