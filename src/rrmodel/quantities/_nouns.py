"""The plural and the singular of nouns that figures count."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["counted", "plural_of", "singular_of"]

_PLURALS: Final = {
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "life": "lives",
    "knife": "knives",
    "wife": "wives",
    "half": "halves",
    "shelf": "shelves",
    "foot": "feet",
    "tooth": "teeth",
    "hero": "heroes",
    "analysis": "analyses",
    "basis": "bases",
    "crisis": "crises",
    "diagnosis": "diagnoses",
    "quiz": "quizzes",
} | {
    noun: f"{noun}es"
    for noun in "bus bonus campus census focus gas status virus surplus bias".split()
}
"""Plurals that no rule gives, and those that no rule takes back."""
_SINGULARS: Final = {plural: noun for noun, plural in _PLURALS.items()}
_UNCOUNTED: Final = frozenset(
    "staff police series species offspring personnel headquarters people children men women money "
    "advice evidence training equipment information work progress".split()
)
"""Nouns that print alike for one and for many."""
_HISSING: Final = re.compile("(?:[sxz]|ch|sh)$")
_HISSED: Final = re.compile("(?:ss|x|zz|ch|sh)es$")
_CONSONANT_Y: Final = re.compile("[^aeiou]y$")


def plural_of(noun: str) -> str:
    """Return the plural of a noun, whose last word counts: "case holder" is "case holders".

    >>> [plural_of(noun) for noun in ("place", "bus", "burglary", "day", "woman", "staff")]
    ['places', 'buses', 'burglaries', 'days', 'women', 'staff']

    Args:
        noun: The singular, in lower case.
    """
    start, last = _last_word(noun)
    if last in _UNCOUNTED:
        return noun
    if last in _PLURALS:
        return start + _PLURALS[last]
    if _CONSONANT_Y.search(last):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if _HISSING.search(last) else f"{noun}s"


def singular_of(noun: str) -> str:
    """Return the singular of a noun, as units are written; a singular stays as it is.

    >>> [singular_of(noun) for noun in ("places", "buses", "burglaries", "people", "staff", "bus")]
    ['place', 'bus', 'burglary', 'person', 'staff', 'bus']

    Args:
        noun: The plural, in lower case.
    """
    start, last = _last_word(noun)
    if last in _SINGULARS:
        return start + _SINGULARS[last]
    if last in _UNCOUNTED or last in _PLURALS or not last.endswith("s"):
        return noun
    if last.endswith("ies") and len(last) > len("ties"):
        return f"{noun[:-3]}y"
    if _HISSED.search(last):
        return noun[:-2]
    return noun if last.endswith(("ss", "us", "is")) else noun[:-1]


def counted(number: int, noun: str) -> str:
    """Return a whole number with its noun.

    >>> counted(1, "pathway"), counted(2, "activity"), counted(0, "gap")
    ('1 pathway', '2 activities', '0 gaps')

    Args:
        number: The number.
        noun: The singular, in lower case.
    """
    return f"{number} {noun if number == 1 else plural_of(noun)}"


def _last_word(noun: str) -> tuple[str, str]:
    """Return the text before the last word, and that word: "spokes", "person"."""
    start = max(noun.rfind(mark) for mark in " -") + 1
    for ending in ("people", "person", "women", "woman", "children", "child"):
        if noun.endswith(ending):
            start = len(noun) - len(ending)
    return noun[:start], noun[start:]
