"""A sentence with its tokens, and the role of each figure and date in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, cast

from rrmodel.wording._dates import Date
from rrmodel.wording._fields import Context, Field, Mention, ReadingProblem, Role, Span
from rrmodel.wording._figures import Figure
from rrmodel.wording._rules import leading_verb, roles_of
from rrmodel.wording._tokens import FIGURES, plain, symbols, tokens_of
from rrmodel.wording._vocabulary import Vocabulary

__all__ = ["Sentence"]

_NUMBERED: Final = FIGURES | {"DATE", "NAME", "UNREADABLE", "ZERO", "QUOTED", "UNDATED"}
_CHANGING: Final = frozenset({"UP", "DOWN", "MULTIPLY", "HALVE"})
_ROLES: Final[dict[str, Role]] = {
    "baseline_period": "baseline period",
    "may_be": "baseline period",
    "since": "first period",
}


_FAR: Final = 60
_MOVED_BY: Final = re.compile(r"\b(?:up|down)(?: by)?$")
_NAMES_CHANGE: Final = re.compile(
    r" (?:(?!(?:and|are|at|by|for|from|have|in|is|of|on|or|that|to|who|will|with)\b)[a-z-]+ ){1,4}"
    r"(?:cut|decrease|gain|growth|improvement|increase|reduction|rise|saving|uplift)s?\b(?! [0-9])"
)
_MOVES: Final = re.compile("(?:decline|decrease|drop|fall|grow|increase|rise)s?")
_IN_STOCK: Final = re.compile(
    r"\b(?:in hand|outstanding|pending|in post|on file|waiting|open|unresolved|undecided)(?: as)? "
    r"(?:at|on) (?:the )?$"
)
_OF_STUDY: Final = re.compile(
    r"\b(?:survey|indicator|measure|system|review|model|method|study|index|tool|target|baseline)"
    r"s?,? (?:to be|due to be|(?:which|that) (?:is to be|will be)) "
    r"(?:[a-z]+e[dn]|held|set|made|built|run) by (?:the )?$"
)
_OF_CASES: Final = re.compile(
    r"\b(?<!be )(?:received|made|taken|registered|lodged|opened|sentenced|recorded|referred"
    r"|submitted|started)(?: on or)? (?:from|after|since|before|prior to) (?:the )?$"
)
_WITH_CHANGE: Final = re.compile(
    r"\bwith an? (?:[a-z]+ ){0,3}(?:gain|growth|improvement|increase|reduction|saving)s? of $"
)
_SPENT: Final = re.compile(
    r"\b(?:allocat|commit|fund|invest|spend|us)(?:e|ing|ment of|ting)?(?: of)?"
    r"(?: (?:an?|almost|nearly|over|about|around|up to|more than|extra|additional|further))* $"
    r"|\bwith (?:almost |nearly |over |about |around |up to |more than )?$"
)
_AFTER: Final = re.compile(r"\b(?:after|following|post) $")
_SO_MANY: Final = re.compile(
    r"\bwith $|\b(?:accreditation|appointment|capacity|caseload|closure|completion|creation"
    r"|delivery|inspection|installation|membership|number|population|provision|recruitment|release"
    r"|relocation|throughput|total|training|workforce)(?: [a-z]+){0,2} (?:of|for) $"
)
_AS_MEASURED: Final = re.compile(
    r"(?<!be )\b(?:agreed|announced|assessed|estimated|identified|set|set out) (?:in|at|on|during)"
    r" (?:the )?$"
)
_DONE: Final = re.compile(
    r"\b(?:(?:we|they|it|was|were|had(?: been)?) [a-z]+ed|was|were) (?:in|at|during) (?:the )?$"
)


_HEDGE: Final = re.compile(
    r"(?:(?:a|an|the|some|around|about|approximately|roughly|nearly|almost|circa|up|to|total|of"
    r"|average|overall|projected|estimated|maximum|minimum|net|real|full|whole|least|at|least) ?)+"
)


def _are_change_and_goal(change: Figure, goal: Figure) -> bool:
    """Return whether "by 150,000 to 1.15 million" is a change and what it leads to.

    The ends of a range of changes lie near each other; a level lies far above its change.
    """
    return change.kind == goal.kind == "count" and goal.value >= 5 * change.value > 0


class Sentence:
    """A sentence that is being read: roles are settled and problems added as it is."""

    __slots__ = (
        "bare",
        "context",
        "line",
        "low",
        "names",
        "problems",
        "roles",
        "text",
        "tokens",
        "vocabulary",
    )

    def __init__(self, text: str, context: Context, vocabulary: Vocabulary) -> None:
        self.text: Final = text
        """The sentence as printed."""
        self.context: Final = context
        """The values that it inherits."""
        self.vocabulary: Final = vocabulary
        """The words that it is read by."""
        self.low: Final = plain(text)
        """The sentence in lower case, with plain dashes, spaces and quotes."""
        self.tokens: Final = tokens_of(text, self.low)
        """Its tokens."""
        self.line: Final = symbols(self.tokens)
        """Their symbols."""
        self.names: Final = frozenset(token.name for token in self.tokens)
        """The names of its tokens."""
        self.roles: Final = roles_of(self.tokens)
        """The role of each figure and date, by the token's place."""
        self.bare: Final = frozenset(self.places("bare"))
        """The places of levels without a word such as "to" or "at least" before them."""
        self.problems: Final[list[ReadingProblem]] = []
        """Problems to check."""
        self._settle_series()
        self._settle_levels()
        self._settle_times()
        self._settle_lone_count()
        self._settle_changes()
        self._settle_spans()
        self._settle_dates_of_what_is_measured()

    def _settle_levels(self) -> None:
        """Take a level without a word before it as the goal, and question it after "reduce"."""
        verb = leading_verb(self.low, self.tokens, self.line)
        for place in self.places("bare"):
            before = self.tokens[max(0, place - 1)]
            moved = self.low[before.start : before.end]
            moves = before.name in _CHANGING and (_MOVED_BY.search(moved) or self._moves(place - 1))
            is_share = self.figure(place).kind == "percent"
            if moves or (is_share and _NAMES_CHANGE.match(self.low, self.tokens[place].end)):
                self.roles[place] = "change"
                continue
            self.roles[place] = "goal"
            # "raise £2 million for victims" is a sum to find, and no change
            is_raised = verb == place - 1 and self.figure(place).kind == "money"
            if verb is not None and self.tokens[verb].name in {"UP", "DOWN"} and not is_raised:
                self.problems.append(
                    ReadingProblem(
                        f"{self.figure(place).text!r} stands without 'to' or 'by' before it: check "
                        "whether it is the level to reach or the change",
                        self.span(place),
                        unread="the level to reach or the change",
                    )
                )
                if self._is_fall(verb, place):
                    self.roles[place] = "change"

    def _moves(self, verb: int) -> bool:
        """Return whether a verb says that a level moves by itself: "crime to fall 5%"."""
        token = self.tokens[verb]
        return verb > 0 and _MOVES.fullmatch(self.low, token.start, token.end) is not None

    def _is_fall(self, verb: int, place: int) -> bool:
        """Return whether a figure ends what a verb at the head cuts: "reduce wounding 15%"."""
        is_cut = self.tokens[verb].name == "DOWN" and self.tokens[place - 1].name == "WORDS"
        return is_cut and self.places("goal", "change", "bare") == [place]

    def _settle_changes(self) -> None:
        """Say of a range of changes, and of a level as a share of another, that neither is read."""
        for place in self.places("change"):
            before = self.low[max(0, self.tokens[place].start - _FAR) : self.tokens[place].start]
            if self._is_of_something_done(place):
                self.roles[place] = "goal"
            elif min(self.places("goal", "change")) < place and _WITH_CHANGE.search(before):
                self.roles[place] = "part"
        for place in self.places("change", "goal"):
            before = self.low[max(0, self.tokens[place].start - _FAR) : self.tokens[place].start]
            if self.figure(place).kind == "money" and _SPENT.search(before):
                others = [n for n in self.places("change", "goal") if self._is_paid_for(place, n)]
                self.roles[place] = "part" if others else self.roles[place]
        ends = self.places("change_range")
        if len(ends) == 2 and _are_change_and_goal(*map(self.figure, ends)):  # noqa: PLR2004
            self.roles.update(zip(ends, ("change", "goal"), strict=True))
        for place in self.places("change_range"):
            self.unplaced(
                place, "is an end of a range of changes, and a target has one change", "the change"
            )
        for place in self.places("of_level"):
            self.unplaced(
                place,
                "is a share of another level: write the level or the change",
                "the level to reach",
            )

    def _is_paid_for(self, means: int, place: int) -> bool:
        """Return whether a figure is what money before it is spent for: "£2m to create 40 jobs"."""
        between = self.low[self.tokens[means].end : self.tokens[place].start]
        return place > means and self.figure(place).kind != "money" and " to " in between

    def _is_of_something_done(self, place: int) -> bool:
        """Return whether "by" goes with a verb before a figure: "by taking decisions on 75%"."""
        if place < 2 or self.tokens[place - 1].name != "WORDS":  # noqa: PLR2004
            return False
        words = self.tokens[place - 1]
        is_hedged = _HEDGE.fullmatch(self.low, words.start, words.end)
        adds = [token.name for token in self.tokens[place + 1 : place + 2]] == ["EXTRA"]
        return self.tokens[place - 2].name == "BY" and not is_hedged and not adds

    def _settle_lone_count(self) -> None:
        """Take "with 1.5 million homes" as the goal, if no other figure comes before it.

        So it is with nouns of what is done or held: "release of 1,200 men", "a capacity of 900".
        """
        leading = self.places("goal", "change", "low", "of_level", "change_range")
        for place, token in enumerate(self.tokens[: min(leading, default=None)]):
            is_free = token.name == "COUNT" and place not in self.roles
            words = _SO_MANY.search(self.low, 0, token.start)
            if is_free and words and (words[0] == "with " or self.names & {"BY", "END"}):
                self.roles[place] = "goal"
                self._settle_series_of_counts(place)
                return

    def _settle_series_of_counts(self, first: int) -> None:
        """Take the counts after "and" or a comma as goals too: "with 60 starts and 20 awards"."""
        for place, token in enumerate(self.tokens[first + 1 :], first + 1):
            joined = self.tokens[place - 1].name in {"AND", "COMMA"}
            if token.name == "COUNT" and joined and place not in self.roles:
                self.roles[place] = "goal"

    def _settle_spans(self) -> None:
        """Take "between 2022 and 2025" as the time to count in, where no level changes."""
        for place in self.places("since"):
            is_start = self.tokens[place - 1].name == "SINCE"
            if " to " in self.low[slice(*self.span(place))] and not is_start:
                self.roles[place] = "deadline"
        for place in self.places("baseline_period"):
            if self.names & _CHANGING and not self._is_yearly():
                return
            after = [token.name for token in self.tokens[place + 1 : place + 3]]
            if self._is_first(place) or after in (["AND", "DATE"], ["TO", "DATE"]):
                self.roles[place] = "since"

    def _is_yearly(self) -> bool:
        """Return whether a change returns each year: "cut costs by £25m a year from 2011/12"."""
        changes = self.places("change")
        return bool(changes) and self.figure(changes[0]).unit.endswith("/year")

    def _is_first(self, place: int) -> bool:
        """Return whether a date after "from" is a first day, and not that of a level."""
        return self.tokens[place - 1].name == "FROM" and not self.places("baseline")

    def _settle_dates_of_what_is_measured(self) -> None:
        """Take the dates that say which cases are measured, or when something else was done."""
        changes = bool(self.places("change"))
        for place, token in enumerate(self.tokens):
            if token.name != "DATE":
                continue
            before = self.low[max(0, token.start - _FAR) : token.start]
            if "FROM" in [each.name for each in self.tokens[max(0, place - 2) : place]]:
                continue
            is_of_stock = changes and _IN_STOCK.search(before)
            is_of_study = self.names & _CHANGING and _OF_STUDY.search(before)
            if (
                is_of_stock
                or is_of_study
                or any(words.search(before) for words in (_OF_CASES, _AS_MEASURED, _DONE))
            ):
                self.roles[place] = "condition"

    def _settle_times(self) -> None:
        """Tell the time that a plan has from a limit that belongs to what is measured."""
        for place, token in enumerate(self.tokens):
            if token.name == "DURATION" and self.low.startswith(" period", token.end):
                self.roles.setdefault(place, "horizon")
        for place in self.places("condition"):
            if self.tokens[place].name == "DURATION" and self.figure(place).unit == "decade":
                self.roles[place] = "horizon"
        for place, role in list(self.roles.items()):
            if role == "horizon":
                figure = self.figure(place)
                before = self.tokens[place - 1].name
                if figure.unit not in {"decade", "year", "month"} and before != "NEXT":
                    self.roles[place] = "condition"
        levels = [
            place
            for place in self.places("goal", "change")
            if self.tokens[place].name != "DURATION"
        ]
        for place in self.places("change"):
            names = {token.name for token in self.tokens[max(0, place - 3) : place]}
            if "GAIN" in names and self.figure(place).kind == "money":
                self.roles[place] = "goal"
        ends = self.places("low", "high")
        if levels and any(self.tokens[place].name == "DURATION" for place in ends):
            self.roles.update(dict.fromkeys(ends, "condition"))
        for place in self.places("goal"):
            after_to = self.tokens[place - 1].name in {"TO", "THEN_TO"}
            if levels and self.tokens[place].name == "DURATION" and not after_to:
                self.roles[place] = "condition"

    def _settle_series(self) -> None:
        """Read "by 16% by 2004 and 25% by 2005" as two changes."""
        last: int | None = None
        for place, role in sorted(self.roles.items()):
            if role == "change":
                last = place
            elif role in {"goal", "bare"} and last is not None:
                joined = self.tokens[place - 1].name in {"AND", "COMMA", "COLON", "BY"}
                if joined and self.figure(place).kind == self.figure(last).kind:
                    self.roles[place] = "change"
                    last = place

    def settle_dates(self) -> None:
        """Give each date without a role that of a deadline, if it can be one."""
        in_brackets = 0
        for place, token in enumerate(self.tokens):
            in_brackets += (token.name == "OPEN") - (token.name == "CLOSE")
            if token.name != "DATE" or place in self.roles:
                continue
            before = self.tokens[place - 1].name if place else ""
            date = cast("Date", token.value)
            if date.deadline is None and date.period is None:
                if date.refusal:
                    self.problems.append(
                        ReadingProblem(date.refusal, self.span(place), unread="the deadline")
                    )
                continue
            if self._continues_date(place):
                self.unplaced(place, "is the year of a date that is not read", "the deadline")
                continue
            if before == "WITHIN" and _AFTER.search(self.low, 0, token.start):
                self.unplaced(place, "says after when, and not by when", "the deadline")
                continue
            if in_brackets > 0 and before not in {"BY", "END"} and not self._ends(place):
                continue
            changes = bool(self.names & _CHANGING) and date.period is not None
            if changes and before == "WORDS" and self.low.endswith(" on ", 0, token.start):
                self.roles[place] = "baseline_period"
                continue
            self.roles[place] = "deadline"

    def _continues_date(self, place: int) -> bool:
        """Return whether a year belongs to words before it: "June 2025/26", "week 12 of 2025"."""
        before = [token.name for token in self.tokens[max(0, place - 2) : place]]
        return before[-1:] == ["UNDATED"] or before in (["COUNT", "OF"], ["NAME", "OF"])

    def _ends(self, place: int) -> bool:
        """Return whether a date in brackets follows the goal, as another does the baseline."""
        is_alone = [token.name for token in self.tokens[place - 1 : place + 2 : 2]]
        return (
            is_alone == ["OPEN", "CLOSE"]
            and self.roles.get(place - 2) == "goal"
            and bool(self.places("baseline_period"))
        )

    def places(self, *roles: str) -> list[int]:
        """Return the places of the tokens with one of some roles."""
        if not self.roles:
            return []
        return [place for place, role in self.roles.items() if role in roles]

    def figure(self, place: int) -> Figure:
        """Return the figure at a place; of "no escapes", 0."""
        token = self.tokens[place]
        if token.name == "ZERO":
            after = self.tokens[place + 1] if place + 1 < len(self.tokens) else token
            noun = self.text[after.start : after.end]
            return Figure(self.text[token.start : token.end], "count", Fraction(0), 0, "", noun)
        return cast("Figure", token.value)

    def field(self, place: int) -> Field[Figure]:
        """Return the figure at a place as a value that the sentence states."""
        return Field(self.figure(place), "stated", self.span(place))

    def span(self, place: int) -> Span:
        """Return where the token at a place stands."""
        return self.tokens[place].start, self.tokens[place].end

    def are_of_one_kind(self, first: int, second: int) -> bool:
        """Return whether two levels may be of one measure; a bare number takes the other's unit."""
        figures = self.figure(first), self.figure(second)
        kinds = {figure.kind for figure in figures}
        is_bare = any(figure.kind == "count" and not figure.noun for figure in figures)
        return is_bare or len(kinds) == 1 or "percent" not in kinds

    def unplaced(self, place: int, why: str, unread: str = "") -> None:
        """Take the role of a figure or date away, and say why and which part is not read."""
        self.roles[place] = "unplaced"
        words = self.text[slice(*self.span(place))]
        self.problems.append(
            ReadingProblem(
                f"{words!r} {why}: check what it is for", self.span(place), unread=unread
            )
        )

    def mentions(self, *, fact: bool = False) -> tuple[Mention, ...]:
        """Return every figure, date and number with its role; in a fact, all are facts."""
        return tuple(self._mentioned(fact=fact))

    def _mentioned(self, *, fact: bool) -> Iterator[Mention]:
        for place, token in enumerate(self.tokens):
            if token.name not in _NUMBERED:
                continue
            role = self.roles.get(place, "unplaced")
            name = _ROLES.get(role, cast("Role", role))
            if token.name in {"NAME", "QUOTED"}:
                name = "name"
            elif fact:
                name = "fact"
            yield Mention(self.text[token.start : token.end], self.span(place), name)
