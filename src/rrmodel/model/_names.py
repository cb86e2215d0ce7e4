"""Names as they are compared, by their words, and as sentences have them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import takewhile

__all__ = ["distinct_names", "normal_form", "with_article"]

_PLAIN = re.compile("[a-z0-9]+(?: [a-z0-9]+)*")
_QUOTES = re.compile("[\"'`´ʼ‘’‚‛“”„‟′″]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_DASHES = re.compile("[-‐‑‒–—―−\\s]+")
_WITH_ARTICLE = re.compile(
    "(?:(?:North|South)(?:[ -](?:East|West))?|East|West)(?: Midlands| Coast| of .+)?"
    "|(?:East|North|West) Riding(?: of .+)?|(?:Royal )?Borough of .+"
    "|(?:Scottish )?(?:Borders|Highlands)"
    "|(?:City|Isles?|Vale) of .+|Midlands|UK|United Kingdom"
)


@lru_cache(maxsize=4096)
def normal_form(name: str) -> str:
    """Return the form in which the names of areas, partners and measures are compared.

    Unicode compatibility forms, case, spaces, quotation marks, apostrophes, hyphens and dashes make
    no difference, and "&" is "and".

    >>> normal_form("Citizens’ Advice  &  Support") == normal_form("citizen's advice and support")
    True
    >>> normal_form("Stoke‑on‑Trent")
    'stoke on trent'

    Args:
        name: The name as a document or a table has it.
    """
    plain = name.lower().replace("-", " ")
    if _PLAIN.fullmatch(plain):
        return plain
    # Quotation marks go first: the compatibility form of "´" is a space and an accent.
    words = unicodedata.normalize("NFKC", _QUOTES.sub("", _INVISIBLE.sub("", name)))
    words = unicodedata.normalize("NFKC", words.casefold()).replace("&", " and ")
    return _DASHES.sub(" ", _QUOTES.sub("", words)).strip() or name


def distinct_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names of ids; equal names are followed by the ends in which their ids differ.

    >>> distinct_names({"drugs-wing": "Drugs", "drugs-clinic": "drugs", "work": "Work"})
    {'drugs-wing': 'Drugs (wing)', 'drugs-clinic': 'drugs (clinic)', 'work': 'Work'}

    Args:
        names: The name of each id. Names are equal if their :func:`normal_form` is.
    """
    groups: dict[str, list[str]] = {}
    for each, name in names.items():
        groups.setdefault(normal_form(name), []).append(each)
    ends: dict[str, str] = {}
    for ids in groups.values():
        words = [each.split("-") for each in ids]
        shared = len([*takewhile(lambda column: len({*column}) == 1, zip(*words, strict=False))])
        tails = ["-".join(each[shared:]) for each in words]
        if len(ids) > 1:
            ends |= zip(ids, tails if all(tails) else ids, strict=True)
    return {
        each: f"{name} ({ends[each]})" if each in ends else name for each, name in names.items()
    }


def with_article(area: str) -> str:
    """Return the name of an area as a sentence has it, with "the" if English requires it.

    >>> with_article("East Midlands"), with_article("East of England"), with_article("Kent")
    ('the East Midlands', 'the East of England', 'Kent')

    Args:
        area: The name.
    """
    return f"the {area}" if _WITH_ARTICLE.fullmatch(area) else area
