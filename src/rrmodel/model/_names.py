"""Names as they are compared: by their words, whatever their spelling and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["normal_form"]

_PLAIN = re.compile("[a-z0-9]+(?: [a-z0-9]+)*")
_QUOTES = re.compile("[\"'`´ʼ‘’‚‛“”„‟′″]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_DASHES = re.compile("[-‐‑‒–—―−\\s]+")


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
