"""Names of partners: known ones in running text, and lists of names inside one entry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import attrs

from rrmodel.model import Partner, normal_form
from rrmodel.wording._fields import Span

__all__ = ["THE_NAME", "PartnerMention", "find_partners", "split_names"]

THE_NAME: Final = r"the (?:[A-Z][\w'’&-]*(?: (?:of |for )?(?=[A-Z]))?)+(?:,| and |$)"
"""A name with "the" before it, to the end of a list or the next name."""

_WORD: Final = re.compile(r"[\w&]+(?:['’\-‐‑–][\w&]+)*")
_AFTER: Final = re.compile(
    rf"\s+[–—-]\s+|,\s+(?!{THE_NAME})(?=(?:an?|the|which|who|helping|offering|giving|providing|"
    r"funded|delivering|undertaking|specialising|linking)\b)|\s\("
)
_SHARED: Final = re.compile(
    r"(?P<first>[A-Z][\w'’-]*) City and (?P<second>[A-Z][\w'’-]*) County Council"
)
_SEPARATOR: Final = re.compile(r",\s+(?:and\s+|including\s+|such as\s+)?|\s+and\s+(?=[A-Z])|;\s+")
_COMMAS: Final = re.compile(r",\s+(?:and\s+|including\s+|such as\s+)?|;\s+")
_LONGEST_NAME: Final = 12


@attrs.frozen
class PartnerMention:
    """A place of a text that names a partner."""

    partner: str
    """The partner's id."""
    text: str
    """The name used there, which may be an alias."""
    span: Span
    """Its place."""


def find_partners(text: str, partners: Iterable[Partner]) -> tuple[PartnerMention, ...]:
    """Return every place of a text that names one of some partners, by any of their names.

    Where two names fit, the longer one is taken. Case, quotation marks, hyphens and "&" do not
    matter.

    >>> from rrmodel.model import PartnerKind
    >>> nacro = Partner(id="nacro", name="NACRO", aliases=("Nacro Services",),
    ...     kind=PartnerKind.VOLUNTARY)
    >>> [mention.text for mention in find_partners("Nacro Services and NACRO help.", [nacro])]
    ['Nacro Services', 'NACRO']

    Args:
        text: The text.
        partners: The partners to look for.
    """
    known: dict[str, str] = {}
    lengths: set[int] = set()
    for partner in partners:
        for name in partner.names:
            words = normal_form(name)
            known.setdefault(words, partner.id)
            lengths.add(len(_WORD.findall(name)))
    spans = [match.span() for match in _WORD.finditer(text)]
    sizes = sorted((size for size in lengths if 0 < size <= _LONGEST_NAME), reverse=True)
    mentions: list[PartnerMention] = []
    place = 0
    while place < len(spans):
        for size in sizes:
            if place + size > len(spans):
                continue
            start, end = spans[place][0], spans[place + size - 1][1]
            if (partner_id := known.get(normal_form(text[start:end]))) is not None:
                mentions.append(PartnerMention(partner_id, text[start:end], (start, end)))
                place += size
                break
        else:
            place += 1
    return tuple(mentions)


def split_names(entry: str) -> tuple[str, ...]:
    """Return the names that one entry of a list of partners has.

    The words after a dash, a bracket or "…, which" describe their work, and are omitted. Two
    councils that share their last words are two names.

    >>> split_names("Leicester City and Leicestershire County Council, Turning Point – linking in")
    ('Leicester City Council', 'Leicestershire County Council', 'Turning Point')
    >>> split_names("Department for Work and Pensions, helping people to find work")
    ('Department for Work and Pensions',)

    Args:
        entry: The entry, as printed.
    """
    cut = _AFTER.search(entry)
    names = entry[: cut.start()] if cut else entry
    names = _SHARED.sub(r"\g<first> City Council, \g<second> County Council", names)
    if "," not in names and ";" not in names:
        return (names.strip(),) if names.strip() else ()
    separator = _SEPARATOR if " Council" in names else _COMMAS
    return tuple(name.strip() for name in separator.split(names) if name.strip())
