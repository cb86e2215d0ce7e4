"""Which date belongs to which figure: deadlines, steps on the way, periods."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, cast

import attrs

from rrmodel.periods import Deadline, Period, parse_period
from rrmodel.wording._dates import MONTHS, Date, deadline_of
from rrmodel.wording._fields import Field, ReadingProblem, Step
from rrmodel.wording._figures import Figure
from rrmodel.wording._sentence import Sentence
from rrmodel.wording._tokens import plain

__all__ = ["DatedFigure", "dated", "deadline_alone", "period_of", "start_of_span", "steps_of"]

_SPAN: Final = re.compile("between |.* to ", re.IGNORECASE)
_MOVES_ON: Final = re.compile("(?:ris|increas|grow|fall|reduc|decreas|dropp)ing ")
_BETWEEN: Final = re.compile(rf"between (?P<month>(?:{MONTHS}) [0-9]{{4}}) and ")
_LEADS: Final = frozenset({"BY", "END", "IN", "AT", "WITHIN"})
_UNREAD: Final = {
    "baseline_period": "the period of the baseline",
    "may_be": "the other period of the baseline",
    "since": "the first period",
}


@attrs.frozen
class DatedFigure:
    """A figure of the target with the date that belongs to it."""

    place: int
    figure: Figure
    deadline: Field[Deadline] | None


def deadline_at(sentence: Sentence, place: int) -> Field[Deadline] | None:
    token = sentence.tokens[place]
    if token.name == "QUOTED":
        quoted = deadline_of("", sentence.text[token.start + 1 : token.end - 1])
        return None if quoted is None else Field(quoted, "stated", sentence.span(place))
    date = cast("Date", token.value)
    before = sentence.tokens[place - 1] if place else None
    start, lead = token.start, ""
    if before is not None and before.name in _LEADS:
        lead = sentence.text[before.start : before.end]
        start = before.start
    deadline = deadline_of(lead, date.text) or (
        deadline_of("", date.text) if plain(lead) != "before" else None
    )
    if deadline is None:
        return None
    span = start, token.end
    if lead or _SPAN.match(date.text) or _is_due(sentence, place):
        return Field(deadline, "stated", span)
    sentence.problems.append(
        ReadingProblem(f"{date.text!r} stands without a word such as 'by': check it", span)
    )
    return Field(deadline, "in question", span)


def _is_due(sentence: Sentence, place: int) -> bool:
    """Return whether the tokens around a date without "by" say that something is due then."""
    names = [token.name for token in sentence.tokens[max(0, place - 2) : place + 2]]
    before, after = sentence.tokens[max(0, place - 1)].name, names[-1]
    if before == "TO":
        # "each year to 2027", but not "the average to 2022"
        return names[0] in {"DATE", "REPEATED"}
    return before in {"DUE", "AND", "OPEN", "FOR"} or after == "COLON"


def period_of(sentence: Sentence, role: str) -> Field[Period] | None:
    for place in sentence.places(role):
        period = cast("Date", sentence.tokens[place].value).period
        if period is not None:
            return Field(period, "stated", sentence.span(place))
        sentence.unplaced(place, "names no period", _UNREAD[role])
    return None


def start_of_span(sentence: Sentence, final: DatedFigure | None) -> Field[Period] | None:
    """Return the first of two months that a change is between: "between May 2029 and June 2031"."""
    span = final.deadline.span if final is not None and final.deadline is not None else None
    start = None if span is None else _BETWEEN.match(sentence.low, span[0])
    return None if start is None else Field(parse_period(start["month"]), "stated", span)


def dated(sentence: Sentence, figures: list[int]) -> list[DatedFigure]:
    """Pair figures with deadlines: in their order if there are as many, else with the next one."""
    if not figures:
        return []
    days = sentence.places("deadline")
    deadlines = {place: deadline_at(sentence, place) for place in days}
    for place, deadline in deadlines.items():
        if deadline is None:
            sentence.unplaced(place, "names no day by which something is due", "the deadline")
    days = [place for place in days if deadlines[place] is not None]
    if len(figures) == 1:
        chosen = _one_deadline(sentence, _owned(sentence, days, figures[0]))
        return [DatedFigure(figures[0], sentence.figure(figures[0]), deadlines.get(chosen))]
    if len(days) == len(figures):
        return [
            DatedFigure(place, sentence.figure(place), deadlines[day])
            for place, day in zip(figures, days, strict=True)
        ]
    pairs: list[DatedFigure] = []
    used: set[int] = set()
    for number, place in enumerate(figures):
        end = figures[number + 1] if number + 1 < len(figures) else len(sentence.tokens)
        day = next((day for day in days if place < day < end), None)
        used |= set() if day is None else {day}
        pairs.append(
            DatedFigure(
                place, sentence.figure(place), deadlines.get(day) if day is not None else None
            )
        )
    if len(days) == 1 and (days[0] < figures[0] or _is_shared(sentence, days[0], figures)):
        used.add(days[0])
        pairs[0] = attrs.evolve(pairs[0], deadline=deadlines[days[0]])
    for day in days:
        if day not in used:
            sentence.unplaced(day, "belongs to no figure")
    return pairs


def _owned(sentence: Sentence, days: list[int], figure: int) -> list[int]:
    """Return the dates that may be those of a figure: not each that follows another figure."""
    leading = sentence.places("goal", "change", "low")
    owners = {day: max((place for place in leading if place < day), default=figure) for day in days}
    own = [day for day in days if owners[day] == figure]
    if len(days) == 1 or len(own) == len(days):
        return days
    for day in days:
        if day not in own:
            sentence.unplaced(day, "belongs to another figure")
    return own


def _is_shared(sentence: Sentence, day: int, figures: list[int]) -> bool:
    """Return whether a date at the end is that of all figures: "5 cars and 7 vans by 2025"."""
    between = {token.name for token in sentence.tokens[figures[0] : day]}
    has_steps = bool(sentence.places("interim"))
    return (
        day > figures[-1]
        and not has_steps
        and not between & {"UNDATED", "UNREADABLE", "DATE", "THEN_TO"}
    )


def _is_end(sentence: Sentence, place: int) -> bool:
    """Return whether the level before a figure moves on to it: "75%, rising to 80% in 2017"."""
    before = sentence.tokens[max(0, place - 1)]
    return before.name == "THEN_TO" and _MOVES_ON.match(sentence.low, before.start) is not None


def _one_deadline(sentence: Sentence, days: list[int]) -> int:
    """Return the date that is the deadline of a sentence with one figure or none."""
    if not days:
        return -1
    last: list[int] = []
    for first, second in pairwise(days):
        joint = sentence.low[sentence.tokens[first].end : sentence.tokens[second].start].strip()
        if joint == "or":
            for place in days:
                sentence.unplaced(place, "is one of two dates", "the deadline")
            return -1
        if joint == "and":
            last = [second]
    spans = [place for place in days if _ends_span(sentence, place)]
    strong = [place for place in days if place and sentence.tokens[place - 1].name in {"BY", "END"}]
    chosen = (last or spans or strong or days)[0]
    for place in days:
        if place != chosen:
            sentence.unplaced(place, "is a second date")
    return chosen


def _ends_span(sentence: Sentence, place: int) -> bool:
    """Return whether a date is the second of two: "between 1998-99 and 2010-11"."""
    before = [token.name for token in sentence.tokens[max(0, place - 2) : place]]
    return before in (["DATE", "AND"], ["DATE", "TO"])


def deadline_alone(sentence: Sentence) -> Field[Deadline] | None:
    """Return the deadline of a sentence without a figure that it belongs to."""
    chosen = _one_deadline(sentence, sentence.places("deadline"))
    if chosen < 0:
        return None
    around = [token.name for token in sentence.tokens[max(0, chosen - 1) : chosen + 2]]
    if around[-1] == "TARGET" and around[0] not in _LEADS:
        # "ahead of the 2025-26 target" says which target, and asks for nothing
        sentence.roles[chosen] = "condition"
        return None
    deadline = deadline_at(sentence, chosen)
    if deadline is None:
        sentence.unplaced(chosen, "names no day by which something is due", "the deadline")
    return deadline


def steps_of(
    sentence: Sentence, pairs: list[DatedFigure], interim: list[int]
) -> tuple[DatedFigure | None, list[Step]]:
    """Return the last figure in time and the steps before it."""
    finals = [pair for pair in pairs if pair.place not in interim]
    if not finals:
        return None, []
    dated = [pair for pair in pairs if pair.deadline is not None]
    if len({pair.deadline for pair in dated}) < 2:  # noqa: PLR2004
        final = next((pair for pair in finals if _is_end(sentence, pair.place)), finals[0])
        others = [pair for pair in finals if pair is not final]
        for pair in others:
            sentence.roles[pair.place] = "part"
        for pair in pairs:
            if pair.place in interim:
                sentence.unplaced(pair.place, "is a step without a date")
        if others and "WITH" not in sentence.names:
            sentence.problems.append(
                ReadingProblem(
                    f"{others[0].figure.text!r} is a second level: make it a separate target "
                    "if it is one",
                    sentence.span(others[0].place),
                )
            )
        return final, []
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
            sentence.roles[pair.place] = "part"
            sentence.problems.append(
                ReadingProblem(
                    f"{pair.figure.text!r} is neither the goal nor a step before it: check it",
                    sentence.span(pair.place),
                )
            )
        else:
            sentence.roles[pair.place] = "interim"
            steps.append(Step(pair.figure, pair.deadline.value))
    return final, sorted(steps, key=lambda step: step.deadline.last_day)
