"""From a sentence to its reading: tokens, roles, then one record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, TypeVar, cast

import attrs

from rrmodel.errors import PeriodError, RecordError
from rrmodel.model import Trajectory
from rrmodel.periods import Deadline, Duration, Period
from rrmodel.wording._changes import readings_of_share_change
from rrmodel.wording._fields import (
    Bound,
    Context,
    Direction,
    Field,
    Mention,
    NoTargetReason,
    Origin,
    ReadingKind,
    ReadingProblem,
    Role,
    Span,
    Step,
)
from rrmodel.wording._figures import Date, Figure, deadline_of
from rrmodel.wording._impossible import impossible
from rrmodel.wording._readings import Reading
from rrmodel.wording._refusals import Mode, message_of, refusal
from rrmodel.wording._results import NotATarget, Parsed, Result
from rrmodel.wording._rules import leading_verb, roles_of
from rrmodel.wording._tokens import LONGEST_SENTENCE, Token, plain, symbols, tokens_of
from rrmodel.wording._vocabulary import Vocabulary

__all__ = ["parse_target"]

_Value = TypeVar("_Value")

_WORDS_OF_NOTHING: Final = re.compile(r"[^a-zA-Z]*")
_MAY_HAVE_FIGURE: Final = re.compile(
    r"[\d%£]|\b(?:[Hh]al[fv]|[Dd]oubl|[Tt]reb|[Tt]ripl|per ?cent|third|quarter|target|ambition)"
)
_ONE_YEAR: Final = Duration.of(years=1)
_NUMBERED: Final = frozenset(
    {
        "LEVEL",
        "POINTS",
        "COUNT",
        "DURATION",
        "DATE",
        "NAME",
        "UNREADABLE",
        "ZERO",
        "QUOTED",
        "UNDATED",
    }
)
_BOUNDS: Final[dict[str, Bound]] = {
    "AT_LEAST": "at_least",
    "AT_MOST": "at_most",
    "ABOVE": "above",
    "BELOW": "below",
    "OR_MORE": "at_least",
    "OR_LESS": "at_most",
}
_FACTORS: Final = {"DOUBLE": Fraction(100), "TREBLE": Fraction(200), "HALVE": Fraction(50)}
_LEADS: Final = frozenset({"BY", "END", "IN", "AT", "WITHIN"})
_OPEN_VERBS: Final = re.compile(
    r"(?:to )?(?:work|support|continue|contribute|promote|seek|encourage|explore|consider|aim|focus|"
    r"maintain|keep|sustain)\b"
)


def parse_target(
    sentence: str,
    *,
    mode: Mode = "listed",
    context: Context = Context(),  # noqa: B008 -- a frozen record
    vocabulary: Vocabulary = Vocabulary(),  # noqa: B008 -- a frozen record
) -> Result:
    """Read a sentence as a target.

    The same sentence always has the same answer. A reading says of each value whether the sentence
    states it, and names each figure and date that has no role as a problem.

    >>> result = parse_target("By July 2023, raise the share housed by 8 percentage points from "
    ...     "82% in March 2022")
    >>> result.reading.kind, str(result.reading.goal_level), result.problems
    ('change', '90%', ())

    Args:
        sentence: One sentence, or one entry of a list, as printed.
        mode: ``"listed"`` for an entry in a list of targets; ``"running"`` for running text, where
            only a sentence that commits somebody to a figure by a date is a target.
        context: What the sentence inherits from the stem of its list, its heading or its plan.
        vocabulary: The nouns and measures to know, besides those of the package.

    Returns:
        One reading, the readings of an ambiguous sentence, or why it is not a target.

    Raises:
        RecordError: The sentence is not a text.
    """
    if not isinstance(sentence, str):
        raise RecordError(
            f"expected a sentence, not {type(sentence).__name__}: pass the words as printed"
        )
    if len(sentence) > LONGEST_SENTENCE:
        return _not(sentence[:LONGEST_SENTENCE], "too long", ())
    if mode == "running" and not _MAY_HAVE_FIGURE.search(sentence):
        return _not(sentence, "no commitment", ())
    if _WORDS_OF_NOTHING.fullmatch(sentence):
        return _not(sentence, "no words", ())
    tokens = tokens_of(sentence)
    return _Sentence(sentence, tokens, symbols(tokens), mode, context, vocabulary).result()


def _not(text: str, reason: NoTargetReason, mentions: tuple[Mention, ...]) -> NotATarget:
    return NotATarget(text, reason, message_of(reason), mentions)


@attrs.frozen
class _Dated:
    """A figure of the target with the date that belongs to it."""

    place: int
    figure: Figure
    deadline: Field[Deadline] | None


@attrs.define
class _Sentence:
    text: str
    tokens: list[Token]
    line: str
    mode: Mode
    context: Context
    vocabulary: Vocabulary
    roles: dict[int, str] = attrs.Factory(dict)
    problems: list[ReadingProblem] = attrs.Factory(list)

    def result(self) -> Result:
        """Return the answer."""
        self.roles = roles_of(self.tokens)
        self._settle_times()
        self._settle_series()
        reason = refusal(self.text, self.tokens, self.line, self.roles, self.mode)
        if reason is not None:
            return _not(self.text, reason, self._mentions(fact=True))
        self._settle_dates()
        reading = self._reading()
        changed = reading.change
        if (
            changed is None
            or changed.value.unit != "%"
            or changed.value.kind == "points"
            or reading.is_relative
        ):
            return Parsed(self._finished(reading))
        return readings_of_share_change(
            reading, self._words_changed(changed), self.vocabulary, self._finished
        )

    # -- roles ---------------------------------------------------------------------------------

    def _settle_times(self) -> None:
        """Tell the time that a plan has from a limit that belongs to what is measured."""
        for place, role in list(self.roles.items()):
            if role == "horizon":
                figure = self._figure(place)
                before = self.tokens[place - 1].name
                if figure.unit not in {"year", "month"} and before != "NEXT":
                    self.roles[place] = "condition"
        levels = [
            place
            for place in self._places("goal", "change")
            if self.tokens[place].name != "DURATION"
        ]
        for place in self._places("change"):
            if self.tokens[place - 2].name == "GAIN" and self._figure(place).kind == "money":
                self.roles[place] = "goal"
        for place in self._places("goal"):
            if levels and self.tokens[place].name == "DURATION":
                self.roles[place] = "condition"

    def _settle_series(self) -> None:
        """Read "by 16% by 2004 and 25% by 2005" as two changes."""
        last: int | None = None
        for place, role in sorted(self.roles.items()):
            if role == "change":
                last = place
            elif role == "goal" and last is not None:
                joined = self.tokens[place - 1].name in {"AND", "COMMA", "BY"}
                if joined and self._figure(place).kind == self._figure(last).kind:
                    self.roles[place] = "change"
                    last = place

    def _settle_dates(self) -> None:
        """Give each date without a role that of a deadline, if it can be one."""
        in_brackets = 0
        for place, token in enumerate(self.tokens):
            in_brackets += (token.name == "OPEN") - (token.name == "CLOSE")
            if token.name != "DATE" or place in self.roles:
                continue
            before = self.tokens[place - 1].name if place else ""
            date = cast("Date", token.value)
            if date.deadline is None and date.period is None:
                continue
            if in_brackets > 0 and before not in {"BY", "END"}:
                continue
            self.roles[place] = "deadline"

    def _places(self, *roles: str) -> list[int]:
        return [place for place, role in self.roles.items() if role in roles]

    def _figure(self, place: int) -> Figure:
        token = self.tokens[place]
        if token.name == "ZERO":
            after = self.tokens[place + 1] if place + 1 < len(self.tokens) else token
            noun = self.text[after.start : after.end]
            return Figure(self.text[token.start : token.end], "count", Fraction(0), 0, "", noun)
        return cast("Figure", token.value)

    def _field(self, place: int, origin: Origin = "stated") -> Field[Figure]:
        return Field(self._figure(place), origin, self._span(place))

    def _span(self, place: int) -> Span:
        return self.tokens[place].start, self.tokens[place].end

    # -- dates ---------------------------------------------------------------------------------

    def _deadline(self, place: int) -> Field[Deadline] | None:
        token = self.tokens[place]
        if token.name == "QUOTED":
            quoted = deadline_of("", self.text[token.start + 1 : token.end - 1])
            return None if quoted is None else Field(quoted, "stated", self._span(place))
        date = cast("Date", token.value)
        before = self.tokens[place - 1] if place else None
        start, lead = token.start, ""
        if before is not None and before.name in _LEADS:
            lead = self.text[before.start : before.end]
            if plain(lead).split()[0] in {"in", "during", "over", "throughout", "for"} and plain(
                lead
            ).endswith(" the"):
                lead = lead.rsplit(None, 1)[0] + " the"
            start = before.start
        deadline = deadline_of(lead, date.text) or (
            deadline_of("", date.text) if plain(lead) not in {"before"} else None
        )
        if deadline is None:
            return None
        span = start, token.end
        if lead or (before is not None and before.name in {"DUE", "AND", "OPEN"}):
            return Field(deadline, "stated", span)
        self.problems.append(
            ReadingProblem(f"{date.text!r} stands without a word such as 'by': check it", span)
        )
        return Field(deadline, "in question", span)

    def _period(self, role: str) -> Field[Period] | None:
        for place in self._places(role):
            period = cast("Date", self.tokens[place].value).period
            if period is not None:
                return Field(period, "stated", self._span(place))
            self._unplaced(place, "names no period")
        return None

    def _dated(self, figures: list[int]) -> list[_Dated]:
        """Pair figures with deadlines: one each in their order, else by what follows each figure."""
        if not figures:
            return []
        days = self._places("deadline")
        found = {place: self._deadline(place) for place in days}
        for place, deadline in found.items():
            if deadline is None:
                self._unplaced(place, "names no day by which something is due")
        days = [place for place in days if found[place] is not None]
        if len(figures) == 1:
            chosen = self._one_deadline(days)
            return [_Dated(figures[0], self._figure(figures[0]), found.get(chosen))]
        if len(days) == len(figures):
            return [
                _Dated(place, self._figure(place), found[day])
                for place, day in zip(figures, days, strict=True)
            ]
        pairs: list[_Dated] = []
        used: set[int] = set()
        for number, place in enumerate(figures):
            end = figures[number + 1] if number + 1 < len(figures) else len(self.tokens)
            day = next((day for day in days if place < day < end), None)
            used |= set() if day is None else {day}
            pairs.append(
                _Dated(place, self._figure(place), found.get(day) if day is not None else None)
            )
        if len(days) == 1 and days[0] < figures[0]:
            used.add(days[0])
            pairs[0] = attrs.evolve(pairs[0], deadline=found[days[0]])
        for day in days:
            if day not in used:
                self._unplaced(day, "belongs to no figure")
        return pairs

    def _one_deadline(self, days: list[int]) -> int:
        """Return the date that is the deadline of a sentence with one figure or none."""
        if not days:
            return -1
        strong = [place for place in days if place and self.tokens[place - 1].name in {"BY", "END"}]
        chosen = (strong or days)[0]
        for place in days:
            if place != chosen:
                self._unplaced(place, "is a second date")
        return chosen

    def _unplaced(self, place: int, why: str) -> None:
        self.roles[place] = "unplaced"
        words = self.text[slice(*self._span(place))]
        self.problems.append(
            ReadingProblem(f"{words!r} {why}: check what it is for", self._span(place))
        )

    # -- the reading ---------------------------------------------------------------------------

    def _reading(self) -> Reading:
        baseline = self._baseline()
        changes, goals = self._places("change"), self._places("goal")
        interim = self._places("interim")
        range_ends = (self._places("low"), self._places("high"))
        if range_ends[0] and range_ends[1]:
            goals = range_ends[0]
        leading = changes or goals
        same = [
            place for place in leading if self._figure(place).kind == self._figure(leading[0]).kind
        ]
        pairs = self._dated(sorted([*same, *interim]))
        final, steps = self._steps(pairs, interim)
        if changes:
            goals_printed = [place for place in goals if self._figure(place).kind != "duration"]
        else:
            goals_printed = [final.place] if final else []
        for place in [*leading, *(goals if changes else [])]:
            if place not in {pair.place for pair in pairs} and place not in goals_printed[:1]:
                self._unplaced(place, "is a second figure")
        deadline = final.deadline if final else self._deadline_alone(pairs)
        direction = self._direction(final.place if final else None)
        reading = Reading(
            text=self.text,
            kind="narrative",
            goal=_in_unit_of(
                self._field(goals_printed[0]) if goals_printed else None,
                range_ends[1] and self._figure(range_ends[1][0]),
            ),
            high=self._field(range_ends[1][0]) if range_ends[0] and range_ends[1] else None,
            change=self._field(final.place) if changes and final else None,
            is_relative="RELATIVE" in self._names,
            bound=self._bound(goals_printed[0]) if goals_printed else None,
            direction=direction,
            deadline=deadline,
            horizon=self._horizon(),
            baseline=_in_unit_of(baseline, goals_printed and self._figure(goals_printed[0])),
            baseline_period=self._period("baseline_period"),
            may_be=self._period("may_be"),
            since=self._period("since"),
            every=self._every(),
            tolerance=self._single("tolerance"),
            trajectory=self._trajectory(),
            interim=tuple(steps),
            parts=tuple(map(self._figure, sorted(self._places("part")))),
            measure=self._measure(),
        )
        reading = self._with_factor(reading)
        return self._inherited(attrs.evolve(reading, kind=self._kind(reading)))

    @property
    def _names(self) -> set[str]:
        return {token.name for token in self.tokens}

    def _deadline_alone(self, pairs: Sequence[_Dated]) -> Field[Deadline] | None:
        if pairs:
            return None
        chosen = self._one_deadline(self._places("deadline"))
        if chosen < 0:
            return None
        deadline = self._deadline(chosen)
        if deadline is None:
            self._unplaced(chosen, "names no day by which something is due")
        return deadline

    def _steps(self, pairs: list[_Dated], interim: list[int]) -> tuple[_Dated | None, list[Step]]:
        """Return the last figure in time and the steps before it."""
        finals = [pair for pair in pairs if pair.place not in interim]
        if not finals:
            return None, []
        dated = [pair for pair in pairs if pair.deadline is not None]
        if len(dated) < 2:  # noqa: PLR2004
            for pair in finals[1:]:
                self.roles[pair.place] = "part"
            for pair in pairs:
                if pair.place in interim:
                    self._unplaced(pair.place, "is a step without a date")
            if len(finals) > 1 and not self._has_part_words():
                self.problems.append(
                    ReadingProblem(
                        f"{finals[1].figure.text!r} is a second level: read it as a target of its "
                        "own if it is one",
                        self._span(finals[1].place),
                    )
                )
            return finals[0], []
        final = max(
            (pair for pair in dated if pair.place not in interim),
            key=lambda pair: cast("Field[Deadline]", pair.deadline).value.last_day,
            default=finals[0],
        )
        steps: list[Step] = []
        for pair in sorted(pairs, key=lambda pair: (pair.deadline is None, pair.place)):
            if pair is final:
                continue
            if (
                pair.deadline is None
                or final.deadline is None
                or (pair.deadline.value.last_day >= final.deadline.value.last_day)
            ):
                self.roles[pair.place] = "part"
                self.problems.append(
                    ReadingProblem(
                        f"{pair.figure.text!r} is neither the goal nor a step before it: check it",
                        self._span(pair.place),
                    )
                )
            else:
                self.roles[pair.place] = "interim"
                steps.append(Step(pair.figure, pair.deadline.value))
        return final, sorted(steps, key=lambda step: step.deadline.last_day)

    def _has_part_words(self) -> bool:
        return "WITH" in self._names

    def _kind(self, reading: Reading) -> ReadingKind:
        if reading.high is not None:
            return "range"
        if reading.change is not None:
            if reading.is_relative:
                return "relative"
            return "change" if reading.change.value.unit.startswith("%") else "count_change"
        if reading.goal is not None:
            if "MAINTAIN" in self._names and reading.baseline is None:
                return "maintain"
            return "reach" if reading.baseline is None else "change"
        if reading.direction is not None and self._is_about_direction(reading):
            return "direction"
        if reading.deadline is not None and not _OPEN_VERBS.match(plain(self.text)):
            return "milestone"
        return "narrative"

    def _is_about_direction(self, reading: Reading) -> bool:
        verb = leading_verb(plain(self.text), self.tokens, self.line)
        if verb is not None:
            return self.tokens[verb].name in {"UP", "DOWN"}
        return bool(reading.baseline_period) or (
            "COMMIT" in self._names and bool(self._names & {"BELOW", "ABOVE"})
        )

    def _direction(self, place: int | None) -> Field[Direction] | None:
        """Return which way the level goes, by the nearest verb before the figure."""
        verbs = [
            number
            for number, token in enumerate(self.tokens)
            if token.name in {"UP", "DOWN", "ADD", "EXTRA", "GAIN"}
        ]
        if place is not None and place in self._places("change"):
            close = [
                n for n in verbs if abs(n - place) == 1 and self.tokens[n].name in {"EXTRA", "ADD"}
            ]
            if close:
                return self._way(close[0])
        ways = [number for number in verbs if self.tokens[number].name != "EXTRA"]
        if place is None:
            ways = ways[:1]
        else:
            noun = [n for n in ways if 0 < n - place <= 2]  # noqa: PLR2004
            ways = [n for n in ways if n < place][-1:] or noun or ways[:1]
        if ways:
            return self._way(ways[0])
        compared = [n for n, token in enumerate(self.tokens) if token.name in {"ABOVE", "BELOW"}]
        if place is None and compared:
            return self._way(compared[-1])
        return None

    def _way(self, place: int) -> Field[Direction]:
        down = self.tokens[place].name in {"DOWN", "BELOW"}
        return Field("down" if down else "up", "stated", self._span(place))

    def _bound(self, place: int) -> Field[Bound] | None:
        if self.tokens[place].name == "ZERO":
            return Field("at_most", "derived", self._span(place))
        after = self.tokens[place + 1].name if place + 1 < len(self.tokens) else ""
        if after in {"OR_MORE", "OR_LESS"}:
            return Field(_BOUNDS[after], "stated", self._span(place + 1))
        number = place - 1
        while number >= 0 and self.tokens[number].name in {
            "OF",
            "AVERAGE",
            "WORDS",
            "AT",
            "TARGET",
            "LEVELS",
        }:
            number -= 1
            if place - number > 3:  # noqa: PLR2004
                break
        if number >= 0 and self.tokens[number].name in _BOUNDS:
            return Field(_BOUNDS[self.tokens[number].name], "stated", self._span(number))
        return None

    def _baseline(self) -> Field[Figure] | None:
        places = self._places("baseline")
        for place in places[1:]:
            self._unplaced(place, "is a second level to start from")
        return self._field(places[0]) if places else None

    def _single(self, role: str) -> Field[Figure] | None:
        places = self._places(role)
        return self._field(places[0]) if places else None

    def _horizon(self) -> Field[Duration] | None:
        for place in self._places("horizon"):
            try:
                return Field(Duration(self._figure(place).text), "stated", self._span(place))
            except PeriodError:
                self._unplaced(place, "is not a whole number of years, months, weeks or days")
        return None

    def _every(self) -> Field[Duration] | None:
        for place, token in enumerate(self.tokens):
            if token.name == "YEARLY":
                return Field(_ONE_YEAR, "stated", self._span(place))
            if token.name == "EVERY":
                end = place + 1
                while end < len(self.tokens) and self.tokens[end].name == "DURATION":
                    self.roles[end] = "repeat"
                    end += 1
                if end > place + 1:
                    span = self.tokens[place + 1].start, self.tokens[end - 1].end
                    return Field(Duration(self.text[slice(*span)]), "stated", span)
        return None

    def _trajectory(self) -> Field[Trajectory] | None:
        for place, token in enumerate(self.tokens):
            if token.name in {"STEPPED", "LOGIT"}:
                shape: Trajectory = "stepped" if token.name == "STEPPED" else "logit"
                return Field(shape, "stated", self._span(place))
        return None

    def _measure(self) -> Field[str] | None:
        measure = self.vocabulary.measure_in(self.text)
        return None if measure is None else Field(measure, "stated")

    def _with_factor(self, reading: Reading) -> Reading:
        """Read "double" and "halve" as changes by a share of the level."""
        if reading.change is not None or reading.goal is not None:
            return reading
        for place, token in enumerate(self.tokens):
            if token.name in _FACTORS:
                words = self.text[slice(*self._span(place))]
                figure = Figure(words, "percent", _FACTORS[token.name], 0, "%")
                way: Direction = "down" if token.name == "HALVE" else "up"
                if token.name == "HALVE" and reading.direction is not None:
                    way = reading.direction.value
                return attrs.evolve(
                    reading,
                    change=Field(figure, "stated", self._span(place)),
                    direction=Field(way, "stated", self._span(place)),
                    is_relative=True,
                )
        return reading

    def _inherited(self, reading: Reading) -> Reading:
        context = self.context
        if reading.deadline is None and context.deadline is not None:
            reading = attrs.evolve(reading, deadline=Field(context.deadline, "inherited"))
        if reading.direction is None and context.direction is not None:
            reading = attrs.evolve(reading, direction=Field(context.direction, "inherited"))
        if reading.baseline is not None and reading.baseline_period is None and context.baseline:
            reading = attrs.evolve(reading, baseline_period=Field(context.baseline, "inherited"))
        return reading

    def _words_changed(self, change: Field[Figure]) -> tuple[str, ...]:
        """Return the words that may say what changes, the most telling first."""
        start, end = cast("Span", change.span)
        verb = max(
            (
                token.end
                for token in self.tokens
                if token.name in {"UP", "DOWN"} and token.end <= start
            ),
            default=0,
        )
        return self.text[verb:start], self.text[end : end + 80], self.text[:verb]

    # -- every figure has a role or a problem ---------------------------------------------------

    def _mentions(self, *, fact: bool = False) -> tuple[Mention, ...]:
        return tuple(self._mentioned(fact=fact))

    def _mentioned(self, *, fact: bool) -> Iterator[Mention]:
        for place, token in enumerate(self.tokens):
            if token.name not in _NUMBERED:
                continue
            role = self.roles.get(place, "unplaced")
            name: Role = cast(
                "Role",
                {
                    "baseline_period": "baseline period",
                    "may_be": "baseline period",
                    "since": "first period",
                }.get(role, role),
            )
            if token.name in {"NAME", "QUOTED"}:
                name = "name"
            elif fact:
                name = "fact"
            yield Mention(self.text[token.start : token.end], self._span(place), name)

    def _finished(self, reading: Reading) -> Reading:
        """Return the reading with its mentions, and a problem for each figure without a role."""
        problems = [*self.problems, *impossible(reading)]
        known = {problem.span for problem in problems}
        mentions = self._mentions()
        for mention in mentions:
            if mention.role == "unplaced" and mention.span not in known:
                problems.append(
                    ReadingProblem(
                        f"{mention.text!r} has no part in the target: check what it is for",
                        mention.span,
                    )
                )
        return attrs.evolve(reading, mentions=mentions, problems=tuple(problems))


def _in_unit_of(field: Field[Figure] | None, other: Figure | list[int]) -> Field[Figure] | None:
    """Return a bare number in the unit of another figure: of "from 29 to 26%", both are shares."""
    if field is None or not isinstance(other, Figure):
        return field
    if field.value.kind == "count" and not field.value.noun and other.kind != "count":
        return attrs.evolve(
            field,
            value=attrs.evolve(field.value, kind=other.kind, unit=other.unit),
            origin="derived",
        )
    return field
