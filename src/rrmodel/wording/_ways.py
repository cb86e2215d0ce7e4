"""Which way a level is to change, and on which side of its goal a target is met."""

from __future__ import annotations

import re
from typing import Final

from rrmodel.wording._fields import Direction, Field, GoalBound, Origin
from rrmodel.wording._rules import leading_verb
from rrmodel.wording._sentence import Sentence

__all__ = ["bound_of", "direction_of"]

_MOVES: Final = re.compile("(?:to )?(?:ris|fall|increas|reduc|down|grow|drop|decreas)")
_PROVISO: Final = re.compile(
    r"\b(?:provided|providing that|unless|(?<!met )(?<!achieved )if|although|even though)\b"
)
_CURBS: Final = re.compile(r"\b(?:limit|restrict|curb)(?:ing)?\b (?:[a-z]+ ){0,4}$")
_PLACES: Final = re.compile("(?:und|ov)er")
_BOUNDS: Final[dict[str, GoalBound]] = {
    "AT_LEAST": "at_least",
    "AT_MOST": "at_most",
    "ABOVE": "above",
    "BELOW": "below",
    "OR_MORE": "at_least",
    "OR_LESS": "at_most",
}


def direction_of(sentence: Sentence, place: int | None) -> Field[Direction] | None:
    """Return which way the level goes, by the nearest verb before the figure."""
    proviso = _PROVISO.search(sentence.low, 1) if place is None else None
    end = proviso.start() if proviso else len(sentence.low)
    verbs = [
        number
        for number, token in enumerate(sentence.tokens)
        if token.start < end and _is_way(sentence, number)
    ]
    ways = [number for number in verbs if sentence.tokens[number].name != "EXTRA"]
    if place is not None and place in sentence.places("change"):
        close = [
            n
            for n in verbs
            if abs(n - place) == 1
            and sentence.tokens[n].name in {"EXTRA", "ADD"}
            and not (ways and sentence.low.startswith("further", sentence.tokens[n].start))
        ]
        if close and not {place + 1}.intersection(ways):
            return _way(sentence, close[0])
        if place + 1 < len(sentence.tokens) and _compares(sentence, place + 1):
            return _way(sentence, place + 1)
    if place is None:
        ways = ways[:1]
    else:
        noun = [n for n in ways if 0 < n - place <= 2]  # noqa: PLR2004
        # "fewer" belongs to its noun, unless the sentence starts with it
        before = [
            n
            for n in ways
            if n < place and not _is_fewer(sentence, n) and not _is_curbed(sentence, n)
        ]
        rest = ways[:1] if place in sentence.places("change") else []
        ways = _governing(sentence, before) or noun or rest
    if ways:
        return _way(sentence, ways[0])
    more = [n for n in verbs if sentence.tokens[n].name == "EXTRA"]
    if place is None and more and sentence.places("baseline_period"):
        return _way(sentence, more[0])
    compared = [
        n for n, token in enumerate(sentence.tokens) if token.start < end and _compares(sentence, n)
    ]
    if place is None and compared:
        return _way(sentence, compared[-1])
    return None


def _is_way(sentence: Sentence, place: int) -> bool:
    """Return whether a token says that a level moves, or which way more of it is."""
    token = sentence.tokens[place]
    before = sentence.tokens[place - 1].name if place else ""
    if before == "ZERO" or (before == "WORDS" and sentence.low.startswith("limit", token.start)):
        # "no increase in …", "the financing limit"
        return False
    return (
        token.name in {"UP", "DOWN", "ADD", "EXTRA", "MULTIPLY", "HALVE"}
        or (token.name == "THEN_TO" and _MOVES.match(sentence.low, token.start) is not None)
        or (token.name == "GAIN" and bool(sentence.places("change")))
    )


def _compares(sentence: Sentence, place: int) -> bool:
    """Return whether a word compares levels: an order that people are under does not."""
    token = sentence.tokens[place]
    return token.name in {"ABOVE", "BELOW"} and not _PLACES.match(sentence.low, token.start)


def _is_fewer(sentence: Sentence, place: int) -> bool:
    return place > 1 and sentence.low.startswith("fewer", sentence.tokens[place].start)


def _is_curbed(sentence: Sentence, place: int) -> bool:
    """Return whether a rise is what another verb limits: "limit price increases to 2%"."""
    start = sentence.tokens[place].start
    return _CURBS.search(sentence.low, max(0, start - 40), start) is not None


def _governing(sentence: Sentence, ways: list[int]) -> list[int]:
    """Return the verb that a figure after it belongs to: the nearest, or the one at the head.

    A noun such as "growth" in "reduce the rate of growth by 2%" is not a verb of the figure's; one
    that starts a clause is, as in "improve attainment by increasing to 50% the share …".
    """
    head = leading_verb(sentence.low, sentence.tokens, sentence.line)
    if not ways or head not in ways:
        return ways[-1:]
    before = {token.name for token in sentence.tokens[ways[-1] - 2 : ways[-1]]}
    starts_clause = before & {"AND", "COMMA", "COLON", "BY", "TO", "COMMIT", "WHO", "WITH"}
    follows_interim = sentence.tokens[ways[-1] + 1].name in {"TO", "BY", "FROM", "OF"}
    return ways[-1:] if starts_clause or (follows_interim and "DATE" in before) else [head]


def _way(sentence: Sentence, place: int) -> Field[Direction]:
    token = sentence.tokens[place]
    down = token.name in {"DOWN", "BELOW", "HALVE"} or sentence.low.startswith(
        ("fall", "reduc", "down", "drop", "decreas"), token.start
    )
    # "improve" says better: the levels, where both are printed, say which way that is
    improves = sentence.low.startswith("improv", token.start)
    origin: Origin = "derived" if improves else "stated"
    return Field("down" if down else "up", origin, sentence.span(place))


def bound_of(sentence: Sentence, place: int) -> Field[GoalBound] | None:
    if sentence.tokens[place].name == "ZERO":
        return Field("at_most", "derived", sentence.span(place))
    after = [token.name for token in sentence.tokens[place + 1 : place + 3]]
    last = place + 2 if after[:1] == ["WORDS"] else place + 1
    if after[last - place - 1 : last - place] in (["OR_MORE"], ["OR_LESS"]):
        return Field(_BOUNDS[sentence.tokens[last].name], "stated", sentence.span(last))
    number = place - 1
    while number >= 0 and sentence.tokens[number].name in {
        "OF",
        "AVERAGE",
        "WORDS",
        "AT",
        "TARGET",
        "LEVELS",
        "BASELINE",
        "DATE",
    }:
        number -= 1
        if place - number > 3:  # noqa: PLR2004
            break
    if number >= 0 and sentence.tokens[number].name in _BOUNDS:
        return Field(_BOUNDS[sentence.tokens[number].name], "stated", sentence.span(number))
    return None
