"""Texts of a plan: sentences, marks of footnotes, ids made of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rrmodel.model import normal_form
from rrmodel.wording._documents import SUPERSCRIPTS

__all__ = ["Names", "has_figure", "sentences", "shortened", "slug", "without_marks", "words_of"]

_DIGIT: Final = re.compile("[0-9]")
_WITHOUT_MARKS: Final = str.maketrans(
    dict.fromkeys('.,;:!?()[]{}<>/\\|-–—_*"“”‘+=…', " ")
    | dict.fromkeys("'’ʼ`", "")
    | {"&": " and "}
)
_NUMBERS: Final = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "thousand million halve halving halved double doubling doubled treble triple half third thirds "
    "quarter quarters".split()
)
_END: Final = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(]*[A-Z0-9£])")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|no|nos|st|mr|mrs|ms|dr|prof|approx|para|vol|fig|p|pp|c)\.|"
    r"\b[A-Z]\.)$",
    re.IGNORECASE,
)
_MARKS: Final = re.compile(rf"(?<=\S)[{SUPERSCRIPTS}]+(?:[ ,]*[{SUPERSCRIPTS}]+)*")
_MARK: Final = re.compile(rf"[{SUPERSCRIPTS}]+")
_MARK_CHARACTERS: Final = frozenset(SUPERSCRIPTS)
_IN_ID: Final = re.compile("[a-z0-9]+")
_START: Final = 160
"""How much of a text its id is made of."""
_SMALL: Final = frozenset(
    "a an the of to for in on and or with by at from into our we will their its that which this "
    "is are be as who have has more".split()
)
_MOST_WORDS: Final = 7
_LONGEST_WORD: Final = 40


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without apostrophes; a hyphen parts words.

    >>> words_of("St Anne's House (Derby) & co-workers")
    ['st', 'annes', 'house', 'derby', 'and', 'co', 'workers']
    """
    return text.lower().translate(_WITHOUT_MARKS).split()


def has_figure(text: str) -> bool:
    """Return whether a text may have a figure or a date, in digits or in words."""
    return _DIGIT.search(text) is not None or not _NUMBERS.isdisjoint(words_of(text))


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text.

    >>> list(sentences("St. Giles helps, e.g. Women. It began in 2022."))
    ['St. Giles helps, e.g. Women.', 'It began in 2022.']
    """
    start = 0
    for end in _END.finditer(text):
        if _ABBREVIATION.search(text, start, end.start()):
            continue
        yield text[start : end.end()].strip()
        start = end.end()
    if rest := text[start:].strip():
        yield rest


def without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the marks of footnotes, and their numbers."""
    if text.isascii() or _MARK_CHARACTERS.isdisjoint(text):
        return text, ()
    numbers: list[str] = []
    for marks in _MARKS.finditer(text):
        numbers += ["".join(str(SUPERSCRIPTS.index(d)) for d in m) for m in _MARK.findall(marks[0])]
    return _MARKS.sub("", text).strip() or text, tuple(dict.fromkeys(numbers))


def slug(text: str, most: int = _MOST_WORDS) -> str:
    """Return an id of the first words of a text.

    >>> slug("Increase the number of prison leavers in settled accommodation by 2023-24")
    'increase-number-prison-leavers-settled-accommodation-2023'
    """
    start = text[:_START]
    words = words_of(start)
    if not (start.isascii() and all(map(str.isalnum, words))):
        words = _IN_ID.findall(normal_form(start))
    telling = [word for word in words if word not in _SMALL] or words
    return "-".join(word[:_LONGEST_WORD] for word in telling[:most]) or "statement"


def shortened(text: str, longest: int = 60) -> str:
    """Return the beginning of a text, for messages."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


class Names:
    """The ids that records of one kind have, so that each is given once."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def new(self, wanted: str) -> str:
        """Return an id that no other record has: the wanted one, or one with a number."""
        name = wanted
        while name in self._taken:
            self._taken[wanted] += 1
            name = f"{wanted}-{self._taken[wanted]}"
        self._taken[name] = 1
        return name
