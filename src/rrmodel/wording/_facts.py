"""Figures of running text: money, counts with parts, shares of groups, each with its date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, cast

import attrs

from rrmodel.model import Bound
from rrmodel.periods import Deadline, Period
from rrmodel.wording._dates import Date, deadline_of
from rrmodel.wording._fields import Mention, Role, Span
from rrmodel.wording._figures import NUMBER_WORDS, Figure
from rrmodel.wording._tokens import FIGURES, LONGEST_SENTENCE, Token, plain, tokens_of

__all__ = ["StatedFigure", "dates_in", "read_figures"]

_HAS_DIGIT: Final = re.compile(r"[0-9]")
_MAY_HAVE_FIGURE: Final = re.compile(
    rf"[0-9]|\b(?:{'|'.join(sorted(NUMBER_WORDS - {'a', 'an'}))})\b", re.IGNORECASE
)
_MOST_IN_BRACKETS: Final = 40
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9£\"'“‘(*-])|\n\s*\n|\n\s*[-•*]\s+")
_HEDGES: Final[dict[str, Bound]] = {
    "AT_LEAST": "at least",
    "AT_MOST": "up to",
    "ABOVE": "over",
    "BELOW": "up to",
}
_ABOUT: Final = re.compile(r"(?:around|about|approximately|roughly|some|circa)\W*$")
_ALMOST: Final = re.compile(r"(?:almost|nearly|just under|close to)\W*$")
_STARTING: Final = re.compile(
    r"(?:from|since|starting|commence|commencing|begin|beginning|start)(?: in)?(?: the)?\W*$"
)
_RESPECTIVELY: Final = re.compile(r"\brespectively(?: for (?P<group>[^,.;:()]{1,80}))?")
_OF: Final = re.compile(r"\W{0,4}(?P<words>[^,;:.()\d–—]{0,120})")
_ELSEWHERE: Final = re.compile(r"\b(?:by|respectively|compared|will|to commence)\b")
_TRAILING: Final = re.compile(
    r"(?:^|\s+)(?:by|in|from|since|and|or|with|to|for|of|at|over|around|about|up|the|compared|respectively)$"
)


@attrs.frozen(kw_only=True)
class StatedFigure:
    """A figure of running text, with what the text says of it."""

    figure: Figure
    """The number and its unit."""
    span: Span
    """Its place in the text."""
    of: str
    """The words after it, which say what or whom it describes."""
    bound: Bound = "exactly"
    """How the text hedges it."""
    group: str | None = None
    """The group that it is a figure of, where "respectively" splits one sentence by groups."""
    deadline: Deadline | None = None
    """The day by which it is to be reached or in place."""
    period: Period | None = None
    """The period that it describes."""
    starts: Period | None = None
    """When it begins."""
    parts: tuple[StatedFigure, ...] = ()
    """Its instalments: "12 (5 in 2022 and 7 in 2023)" has two."""


def read_figures(text: str) -> tuple[StatedFigure, ...]:
    """Read every figure of a text, with its hedge, its date, its group and its parts.

    Numbers that are part of a name ("Category 2", "24-hour") are not figures.

    >>> for stated in read_figures("£75 million a year by 2024-25 for tags, and up to 84 nights."):
    ...     print(stated.figure.level, "|", stated.bound, "|", stated.deadline)
    £75,000,000 a year | exactly | by 2024-25
    84 nights | up to | None
    >>> [part.period for part in read_figures("12 (5 in 2022 and 7 in 2023) managers")[0].parts]
    [CalendarYear('2022'), CalendarYear('2023')]

    Args:
        text: One sentence or many.

    Returns:
        The figures in the order of the text.
    """
    figures: list[StatedFigure] = []
    for start, sentence in _sentences(text):
        if not _MAY_HAVE_FIGURE.search(sentence):
            continue
        low = plain(sentence)
        figures += _Facts(sentence, low, tokens_of(sentence, low), start).figures()
    return tuple(figures)


def dates_in(text: str) -> tuple[Mention, ...]:
    """Return every date of a text with what it is for: a deadline, a start or a period.

    >>> [(date.text, date.role) for date in dates_in("in place by the end of 2023")]
    [('by the end of 2023', 'deadline')]
    """
    mentions: list[Mention] = []
    for start, sentence in _sentences(text):
        if not _HAS_DIGIT.search(sentence):
            continue
        tokens = tokens_of(sentence)
        for place, token in enumerate(tokens):
            if token.name == "DATE":
                before = tokens[place - 1] if place else None
                has_lead = before is not None and before.name in {"BY", "END"}
                first = before.start if before is not None and has_lead else token.start
                role: Role = "deadline" if has_lead else "baseline period"
                if _STARTING.search(plain(sentence[max(0, token.start - 40) : token.start])):
                    role = "first period"
                mentions.append(
                    Mention(sentence[first : token.end], (start + first, start + token.end), role)
                )
    return tuple(mentions)


def _sentences(text: str) -> list[tuple[int, str]]:
    """Return the sentences of a text that may have figures, each with its place."""
    sentences: list[tuple[int, str]] = []
    start = 0
    for stop in [*(match.start() for match in _SENTENCE.finditer(text)), len(text)]:
        sentences += [
            (piece, text[piece : min(stop, piece + LONGEST_SENTENCE)])
            for piece in range(start, stop, LONGEST_SENTENCE)
        ]
        start = stop
    return sentences


@attrs.frozen
class _Facts:
    text: str
    low: str
    tokens: list[Token]
    start: int

    def figures(self) -> list[StatedFigure]:
        """Return the figures of the sentence, parts inside the figure that they divide."""
        places = [place for place, token in enumerate(self.tokens) if token.name in FIGURES]
        figures: list[StatedFigure] = []
        inside: set[int] = set()
        for place in places:
            if place in inside:
                continue
            parts = self._parts(place)
            inside.update(parts)
            figures.append(self._stated(place, parts))
        return self._grouped(self._shared(figures))

    def _parts(self, place: int) -> list[int]:
        """Return the figures in the brackets right after a figure, if each has a date."""
        if self._name(place + 1) != "OPEN":
            return []
        end = place + 2
        last = min(len(self.tokens), end + _MOST_IN_BRACKETS)
        while end < last and self.tokens[end].name != "CLOSE":
            end += 1
        inside = self.tokens[place + 2 : end]
        figures = [token for token in inside if token.name in FIGURES]
        dates = [token for token in inside if token.name == "DATE"]
        if not figures or len(figures) != len(dates):
            return []
        return [number for number in range(place + 2, end) if self.tokens[number].name in FIGURES]

    def _name(self, place: int) -> str:
        return self.tokens[place].name if 0 <= place < len(self.tokens) else ""

    def _stated(self, place: int, parts: Sequence[int]) -> StatedFigure:
        token = self.tokens[place]
        figure = cast("Figure", token.value)
        end = token.end
        if parts:
            closing = next(
                (other.end for other in self.tokens[parts[-1] :] if other.name == "CLOSE"), end
            )
            end = closing
        dated = self._date(place) if not parts else StatedFigure(figure=figure, span=(0, 0), of="")
        return attrs.evolve(
            dated,
            figure=figure,
            span=(self.start + token.start, self.start + token.end),
            of=self._words_after(end),
            bound=self._hedge(place),
            parts=tuple(self._stated(part, ()) for part in parts),
        )

    def _words_after(self, end: int) -> str:
        match = _OF.match(self.text, end)
        words = _ELSEWHERE.split(" ".join(match["words"].split()) if match else "", maxsplit=1)[0]
        while (shorter := _TRAILING.sub("", words)) != words:
            words = shorter
        return words.strip(" *")

    def _hedge(self, place: int) -> Bound:
        before = self._name(place - 1)
        if before in _HEDGES:
            return _HEDGES[before]
        start = self.tokens[place].start
        lead = self.low[max(0, start - 24) : start]
        if _ABOUT.search(lead):
            return "about"
        return "almost" if _ALMOST.search(lead) else "exactly"

    def _date(self, place: int) -> StatedFigure:
        """Return a figure with the date that follows it before the next figure."""
        bare = StatedFigure(figure=cast("Figure", self.tokens[place].value), span=(0, 0), of="")
        for number in range(place + 1, len(self.tokens)):
            token = self.tokens[number]
            if token.name in FIGURES:
                return bare
            if token.name == "DATE":
                return self._with_date(bare, number)
        return bare

    def _with_date(self, stated: StatedFigure, place: int) -> StatedFigure:
        token, before = self.tokens[place], self.tokens[place - 1]
        date = cast("Date", token.value)
        if before.name in {"BY", "END"}:
            lead = self.text[before.start : before.end]
            return attrs.evolve(stated, deadline=deadline_of(lead, date.text))
        if _STARTING.search(self.low[max(0, token.start - 40) : token.start]):
            return attrs.evolve(stated, starts=date.period)
        return attrs.evolve(stated, period=date.period)

    def _shared(self, figures: list[StatedFigure]) -> list[StatedFigure]:
        """Give the deadline at the end of a list of counts to each of them."""
        shared: Deadline | None = None
        unit = ""
        for number in range(len(figures) - 1, -1, -1):
            stated = figures[number]
            if stated.deadline is not None:
                shared, unit = stated.deadline, stated.figure.kind if stated.figure.noun else ""
            elif (
                shared is not None
                and stated.figure.kind == unit == "count"
                and (stated.period is None and stated.starts is None)
            ):
                figures[number] = attrs.evolve(stated, deadline=shared)
        return figures

    def _grouped(self, figures: list[StatedFigure]) -> list[StatedFigure]:
        """Give figures before "respectively for …" their group."""
        for match in _RESPECTIVELY.finditer(self.low):
            if match["group"] is None:
                continue
            group = self.text[match.start("group") : match.end("group")].strip()
            last = -1
            for number, stated in enumerate(figures):
                if stated.span[1] - self.start <= match.start():
                    last = number
            kind = figures[last].figure.kind if last >= 0 else ""
            while last >= 0 and figures[last].group is None and figures[last].figure.kind == kind:
                figures[last] = attrs.evolve(figures[last], group=group)
                last -= 1
        return figures
