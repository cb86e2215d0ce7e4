"""Names as they are compared: by their words, not by how those are spelt."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["normal_form"]

_PLAIN = re.compile("[a-z0-9]+(?: [a-z0-9]+)*")
_QUOTES = re.compile("[\"'`´ʼ‘’‚‛“”„‟′″]")
_DASHES = re.compile("[-‐‑‒–—―−\\s]+")


def normal_form(name: str) -> str:
    """Return the form in which the names of areas, partners and measures are compared.

    >>> normal_form("Citizens’ Advice  &  Support") == normal_form("citizens' advice and support")
    True

    Args:
        name: The name as a document or a table writes it.
    """
    lower = name.lower()
    if _PLAIN.fullmatch(lower):
        return lower
    words = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    return _DASHES.sub(" ", _QUOTES.sub("'", words)).strip()
