"""From a sentence to its reading: tokens, roles, then one record."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, cast

import attrs

from rrmodel.errors import PeriodError, RecordError
from rrmodel.model import Trajectory
from rrmodel.periods import Duration
from rrmodel.wording._changes import choose_reading
from rrmodel.wording._dating import (
    DatedFigure,
    dated,
    deadline_alone,
    period_of,
    start_of_span,
    steps_of,
)
from rrmodel.wording._fields import (
    Context,
    Direction,
    Field,
    GoalBound,
    Mention,
    NoTargetReason,
    ReadingProblem,
    Span,
    Step,
)
from rrmodel.wording._figures import Figure
from rrmodel.wording._impossible import impossible
from rrmodel.wording._kinds import kind_of, question_time
from rrmodel.wording._readings import Reading
from rrmodel.wording._refusals import Mode, message_of, refusal
from rrmodel.wording._results import NotATarget, Parsed, Result
from rrmodel.wording._sentence import Sentence
from rrmodel.wording._tokens import LONGEST_SENTENCE
from rrmodel.wording._vocabulary import Vocabulary
from rrmodel.wording._ways import bound_of, direction_of

__all__ = ["parse_target"]

_WORDS_OF_NOTHING: Final = re.compile(r"[^a-zA-Z]*")
_MAY_HAVE_FIGURE: Final = re.compile(
    r"[\d%£]|\b(?:[Hh]al[fv]|[Dd]oubl|[Tt]reb|[Tt]ripl|per ?cent|third|quarter|target|ambition)"
)
_REPEATS: Final = frozenset({"REPEATED", "EVERY"})
_NEAR: Final = 10
_LIMIT: Final = re.compile(r"\b(?:within|after|over|for|under|than|of) $")
_ANNUAL: Final = re.compile(
    r"\b(?P<word>annual|yearly) (?:reduction|increase|improvement|fall|rise|growth|decrease)"
)
_ONE_YEAR: Final = Duration.of(years=1)
_LENGTHS: Final = {
    "quarter": Duration.of(months=3),
    "month": Duration.of(months=1),
    "week": Duration.of(weeks=1),
}
_FACTORS: Final = re.compile(
    "(?P<m2>doubl|two)|(?P<m3>treb|tripl|three)|(?P<m4>quadrupl|four)|(?P<m5>five)|(?P<m6>six)"
    "|(?P<m10>ten)"
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
        context: The values that the sentence inherits from its list, its heading or its plan.
        vocabulary: The nouns and measures to know, besides those of the package.

    Returns:
        One reading, the readings of an ambiguous sentence, or why it is not a target.

    Raises:
        RecordError: The sentence is not a text.
    """
    sentence = _checked(sentence)
    if len(sentence) > LONGEST_SENTENCE:
        return _not(sentence[:LONGEST_SENTENCE], "too long", ())
    if mode == "running" and not _MAY_HAVE_FIGURE.search(sentence):
        return _not(sentence, "no commitment", ())
    if _WORDS_OF_NOTHING.fullmatch(sentence):
        return _not(sentence, "no words", ())
    return _result(Sentence(sentence, context, vocabulary), mode)


def _checked(sentence: object) -> str:
    if not isinstance(sentence, str):
        raise RecordError(
            f"expected a sentence, not {type(sentence).__name__}: pass the words as printed"
        )
    return sentence


def _not(text: str, reason: NoTargetReason, mentions: tuple[Mention, ...]) -> NotATarget:
    return NotATarget(text, reason, message_of(reason), mentions)


def _result(sentence: Sentence, mode: Mode) -> Result:
    reason = refusal(sentence, mode)
    if reason is not None:
        return _not(sentence.text, reason, sentence.mentions(fact=True))
    sentence.settle_dates()
    reading = _reading(sentence)
    change = reading.change
    if (
        change is None
        or change.value.unit != "%"
        or change.value.kind == "points"
        or reading.is_relative
    ):
        return Parsed(_finished(sentence, reading))
    points, relative = (
        _finished(sentence, attrs.evolve(reading, kind=kind, is_relative=kind == "relative"))
        for kind in ("change", "relative")
    )
    return choose_reading(
        points, relative, change, _words_changed(sentence, change), sentence.vocabulary
    )


@attrs.frozen
class _Chosen:
    """The figures that make the target, by their places; the others are parts or unplaced."""

    final: DatedFigure | None
    """The goal or the change that is due last."""
    steps: tuple[Step, ...]
    """The steps on the way to it."""
    change: int | None
    """The change."""
    goal: int | None
    """The level to reach or to maintain, or the low end of a range."""
    high: int | None
    """The high end of a range."""


def _chosen(sentence: Sentence) -> _Chosen:
    """Return the figures that make the target, with the dates that belong to them."""
    low, high = sentence.places("low"), sentence.places("high")
    is_range = bool(low and high)
    changes = sentence.places("change")
    goals = low if is_range else sentence.places("goal")
    leading = changes or goals
    kinds = {place: sentence.figure(place).kind for place in leading}
    same = [place for place in leading if kinds[place] == kinds[leading[0]]]
    interim = sentence.places("interim")
    pairs = dated(sentence, sorted([*same, *interim]))
    final, steps = steps_of(sentence, pairs, interim)
    if changes:
        goals = [
            place
            for place in goals
            if place not in sentence.bare and _is_of_change(sentence, place, same)
        ]
        goal = goals[0] if goals else None
        leading = [*changes, *sentence.places("goal")]
    else:
        goal = final.place if final else None
    paired = {pair.place for pair in pairs}
    for place in leading:
        if place not in paired and place != goal:
            sentence.unplaced(place, "is a second figure")
    change = final.place if changes and final else None
    return _Chosen(final, tuple(steps), change, goal, high[0] if is_range else None)


def _is_of_change(sentence: Sentence, place: int, changes: list[int]) -> bool:
    """Return whether a level may be the end of a change: of its unit, and asked for with it.

    A level is a share, or a sum of money, exactly if its changes are; any level may change by "%".
    One after a semicolon is another target.
    """
    if any(token.name == "COMMIT" for token in sentence.tokens[changes[-1] : place]):
        return False
    if ";" in sentence.low[sentence.tokens[changes[0]].start : sentence.tokens[place].start]:
        return False
    if place < changes[0] and sentence.tokens[changes[0] - 1].name == "AND":
        # "1,000 by March 2025 and 1,300 more by March 2026"
        return False
    goal = sentence.figure(place)
    figures = [sentence.figure(change) for change in changes]
    if any(figure.unit.startswith("%") for figure in figures):
        return True
    is_money = {figure.kind == "money" for figure in (goal, *figures)}
    return not goal.unit.startswith("%") and len(is_money) == 1


def _reading(sentence: Sentence) -> Reading:
    chosen = _chosen(sentence)
    for place in sentence.places("baseline"):
        if chosen.goal is not None and not sentence.are_of_one_kind(place, chosen.goal):
            sentence.unplaced(place, "is in another unit than the level to reach")
    baseline = _single(sentence, "baseline")
    for place in sentence.places("baseline")[1:]:
        sentence.unplaced(place, "is a second level to start from")
    final, goal, high = chosen.final, _field(sentence, chosen.goal), _field(sentence, chosen.high)
    reading = Reading(
        text=sentence.text,
        kind="narrative",
        goal=_in_unit_of(goal, high or baseline),
        high=high,
        change=_field(sentence, chosen.change),
        is_relative="RELATIVE" in sentence.names,
        bound=_bound_of_series(sentence, chosen),
        direction=direction_of(sentence, final.place if final else None),
        deadline=final.deadline if final else deadline_alone(sentence),
        horizon=_horizon(sentence),
        baseline=_in_unit_of(baseline, goal),
        baseline_period=period_of(sentence, "baseline_period")
        or (start_of_span(sentence, final) if chosen.change is not None else None),
        may_be=period_of(sentence, "may_be"),
        since=period_of(sentence, "since"),
        every=_every(sentence),
        tolerance=_single(sentence, "tolerance"),
        trajectory=_trajectory(sentence),
        interim=chosen.steps,
        parts=tuple(map(sentence.figure, sorted(sentence.places("part")))),
        measure=_measure(sentence),
    )
    reading = _with_derived_direction(_with_factor(sentence, reading))
    kind = kind_of(sentence, reading)
    if kind == "reach" and chosen.goal in sentence.bare and not chosen.steps:
        question_time(sentence, reading.deadline)
    # "hold tax rises at 2%" asks for no rise
    direction = None if kind == "maintain" else reading.direction
    return _inherited(sentence, attrs.evolve(reading, kind=kind, direction=direction))


def _bound_of_series(sentence: Sentence, chosen: _Chosen) -> Field[GoalBound] | None:
    """Return the bound of the goal; steps before it may say it for all."""
    if chosen.goal is None:
        return None
    steps = sentence.places("interim") if chosen.steps and chosen.change is None else []
    bounds = (bound_of(sentence, place) for place in (chosen.goal, *steps))
    return next((bound for bound in bounds if bound is not None), None)


def _field(sentence: Sentence, place: int | None) -> Field[Figure] | None:
    return None if place is None else sentence.field(place)


def _single(sentence: Sentence, role: str) -> Field[Figure] | None:
    places = sentence.places(role)
    return sentence.field(places[0]) if places else None


def _horizon(sentence: Sentence) -> Field[Duration] | None:
    places = sentence.places("horizon")
    return _length(sentence, places[0], places[0]) if places else None


def _every(sentence: Sentence) -> Field[Duration] | None:
    if match := _ANNUAL.search(sentence.low):
        return Field(_ONE_YEAR, "stated", match.span("word"))
    if not sentence.names & _REPEATS:
        return None
    for place, token in enumerate(sentence.tokens):
        before = sentence.low[max(0, token.start - _NEAR) : token.start]
        if token.name == "REPEATED" and not _LIMIT.search(before):
            length = _LENGTHS.get(sentence.low[token.start : token.end].rsplit(None, 1)[-1])
            # "20 visits each month" is a rate, and "each month, 20 visits" a target that returns
            if length is None or place == 0 or sentence.places("change"):
                return Field(length or _ONE_YEAR, "stated", sentence.span(place))
        if token.name == "EVERY":
            end = place + 1
            while end < len(sentence.tokens) and sentence.tokens[end].name == "DURATION":
                sentence.roles[end] = "repeat"
                end += 1
            if end > place + 1:
                return _length(sentence, place + 1, end - 1)
    return None


def _length(sentence: Sentence, first: int, last: int) -> Field[Duration] | None:
    """Return the length of time from one token to another."""
    span = sentence.tokens[first].start, sentence.tokens[last].end
    try:
        return Field(Duration(sentence.text[slice(*span)]), "stated", span)
    except PeriodError:
        for place in range(first, last + 1):
            sentence.unplaced(place, "is not a whole number of years, months, weeks or days")
        return None


def _trajectory(sentence: Sentence) -> Field[Trajectory] | None:
    for place, token in enumerate(sentence.tokens):
        if token.name in {"STEPPED", "LOGIT"}:
            shape: Trajectory = "stepped" if token.name == "STEPPED" else "logit"
            return Field(shape, "stated", sentence.span(place))
    return None


def _measure(sentence: Sentence) -> Field[str] | None:
    measure = sentence.vocabulary.measure_in(sentence.text)
    return None if measure is None else Field(measure, "stated")


def _with_derived_direction(reading: Reading) -> Reading:
    """Return the reading with the direction that its baseline and goal give."""
    start, goal = reading.baseline, reading.goal
    if reading.direction is not None and reading.direction.origin != "derived":
        return reading
    if start is None or goal is None or reading.high is not None:
        return reading
    units = {figure.unit for figure in (start.value, goal.value) if figure.unit or figure.noun}
    if len(units) > 1 or start.value.value == goal.value.value:
        return reading
    up = goal.value.value > start.value.value
    return attrs.evolve(reading, direction=Field("up" if up else "down", "derived"))


def _with_factor(sentence: Sentence, reading: Reading) -> Reading:
    """Read "double", "fivefold" and "halve" as changes by a share of the level."""
    if reading.change is not None or reading.goal is not None:
        return reading
    for place, token in enumerate(sentence.tokens):
        if token.name in {"MULTIPLY", "HALVE"}:
            words = sentence.text[slice(*sentence.span(place))]
            times = _FACTORS.match(sentence.low, token.start)
            size = 100 * (int((times.lastgroup or "m")[1:]) - 1) if times else 50
            figure = Figure(words, "percent", Fraction(size), 0, "%")
            way: Direction = "down" if token.name == "HALVE" else "up"
            if token.name == "HALVE" and reading.direction is not None:
                way = reading.direction.value
            return attrs.evolve(
                reading,
                change=Field(figure, "stated", sentence.span(place)),
                direction=Field(way, "stated", sentence.span(place)),
                is_relative=True,
            )
    return reading


def _inherited(sentence: Sentence, reading: Reading) -> Reading:
    context = sentence.context
    if reading.deadline is None and context.deadline is not None:
        reading = attrs.evolve(reading, deadline=Field(context.deadline, "inherited"))
    if reading.direction is None and context.direction is not None:
        reading = attrs.evolve(reading, direction=Field(context.direction, "inherited"))
    if reading.baseline is not None and reading.baseline_period is None and context.baseline:
        reading = attrs.evolve(reading, baseline_period=Field(context.baseline, "inherited"))
    return reading


def _words_changed(sentence: Sentence, change: Field[Figure]) -> tuple[str, ...]:
    """Return the words that may say what changes, the most telling first."""
    start, end = cast("Span", change.span)
    verb = max(
        (
            token.end
            for token in sentence.tokens
            if token.name in {"UP", "DOWN"} and token.end <= start
        ),
        default=0,
    )
    return sentence.text[verb:start], sentence.text[end : end + 80], sentence.text[:verb]


def _finished(sentence: Sentence, reading: Reading) -> Reading:
    """Return the reading with its mentions, and a problem for each figure without a role."""
    problems = [*sentence.problems, *impossible(reading)]
    known = {problem.span for problem in problems}
    mentions = sentence.mentions()
    vague = {(token.start, token.end) for token in sentence.tokens if token.name == "UNDATED"}
    problems += [
        ReadingProblem(
            f"{mention.text!r} has no part in the target: check what it is for",
            mention.span,
            unread="the deadline" if mention.span in vague else "",
        )
        for mention in mentions
        if mention.role == "unplaced" and mention.span not in known
    ]
    return attrs.evolve(reading, mentions=mentions, problems=tuple(problems))


def _in_unit_of(field: Field[Figure] | None, other: Field[Figure] | None) -> Field[Figure] | None:
    """Return a bare number in the unit of another figure: of "from 29 to 26%", both are shares."""
    if field is None or other is None:
        return field
    figure, unit = field.value, other.value
    if figure.kind == "count" and not figure.noun and unit.kind != "count":
        return attrs.evolve(
            field, value=attrs.evolve(figure, kind=unit.kind, unit=unit.unit), origin="derived"
        )
    return field
