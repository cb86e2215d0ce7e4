"""Ids for records of documents that give them none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["Names"]

_LONGEST = 60
_NOT_PLAIN = re.compile("[^a-z0-9]+")
_NEXT_WORD = re.compile("(?<=[a-z])(?=[A-Z])")


class Names:
    """Ids given so far, so that each new one is given once.

    >>> names = Names(["information-and-ideas"])
    >>> names.new("Information & Ideas", "objective"), names.new("OtherInformation", "fact")
    ('information-ideas', 'other-information')
    >>> names.new("Information and ideas", "objective"), names.new("!", "objective")
    ('information-and-ideas-2', 'objective')
    """

    def __init__(self, used: Iterable[str]) -> None:
        self._used = set(used)
        # Where counting stopped, or a thousand equal names would take a million steps.
        self._numbers: dict[str, int] = {}

    def new(self, words: str, otherwise: str) -> str:
        """Return an id made from words, or from other words if the first have no plain letter."""
        plain = unicodedata.normalize("NFKD", _NEXT_WORD.sub(" ", words))
        plain = plain.encode("ascii", "ignore").decode().lower()
        start = _NOT_PLAIN.sub("-", plain).strip("-") or otherwise
        if len(start) > _LONGEST:
            start = start[:_LONGEST].rpartition("-")[0] or start[:_LONGEST]
        new_id, number = start, self._numbers.get(start, 1)
        while new_id in self._used:
            number += 1
            new_id = f"{start}-{number}"
        self._numbers[start] = number
        self._used.add(new_id)
        return new_id
