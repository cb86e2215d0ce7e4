"""Names as they are compared, by their words, and as sentences have them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["normal_form", "with_article"]

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


def with_article(area: str) -> str:
    """Return the name of an area as a sentence has it, with "the" if English requires it.

    >>> with_article("East Midlands"), with_article("East of England"), with_article("Kent")
    ('the East Midlands', 'the East of England', 'Kent')

    Args:
        area: The name.
    """
    return f"the {area}" if _WITH_ARTICLE.fullmatch(area) else area
