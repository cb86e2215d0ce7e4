"""Targets: an entry or a sentence read by :func:`parse_target`, made a record of the plan."""

from __future__ import annotations

import re
from typing import Final

import attrs

from rrmodel.errors import RrmodelError
from rrmodel.model import Citation, Measure, NarrativeTarget, Target
from rrmodel.periods import Deadline, FinancialYear, Month, Period
from rrmodel.wording._fields import Context, Direction, Field
from rrmodel.wording._parse import parse_target
from rrmodel.wording._plan._measures import Measures
from rrmodel.wording._plan._questions import QuestionKind
from rrmodel.wording._plan._words import Names, shortened, slug
from rrmodel.wording._readings import Reading
from rrmodel.wording._refusals import Mode
from rrmodel.wording._results import Ambiguous, NotATarget
from rrmodel.wording._vocabulary import Vocabulary

__all__ = ["ReadTarget", "TargetReader"]

_NATIONAL: Final = re.compile(
    r"\b(?:nationally|across England and Wales|England and Wales|nationwide)\b", re.IGNORECASE
)
_NEEDS_DEADLINE: Final = frozenset(["change", "relative", "count_change"])
_MARCH: Final = 3


@attrs.frozen(kw_only=True)
class ReadTarget:
    """The result of a sentence: a target, or the reason why it is not a target."""

    target: Target | None
    """The target."""
    questions: tuple[tuple[QuestionKind, str], ...] = ()
    """The open questions about it."""
    refusal: NotATarget | None = None
    """Why it is not a target."""
    reading: Reading | None = None
    """The reading it was made of; ``None`` if there are two or none."""


class TargetReader:
    """Reads the targets of one plan."""

    def __init__(
        self,
        *,
        area: str,
        period: Period | None,
        measures: Measures,
        vocabulary: Vocabulary,
    ) -> None:
        self._area = area
        self._period = period
        self._measures = measures
        self._vocabulary = vocabulary
        self._ids = Names()

    def read(
        self,
        sentence: str,
        citation: Citation,
        *,
        mode: Mode,
        deadline: Deadline | None = None,
        direction: Direction | None = None,
    ) -> ReadTarget:
        """Read a sentence.

        Args:
            sentence: The sentence.
            citation: Its place.
            mode: Whether it is an entry of a list of targets or running text.
            deadline: The deadline of its stem or heading.
            direction: The direction of its stem or heading.
        """
        context = Context(deadline=deadline, direction=direction)
        result = parse_target(sentence, mode=mode, context=context, vocabulary=self._vocabulary)
        match result:
            case NotATarget():
                return ReadTarget(target=None, refusal=result)
            case Ambiguous():
                return self._ambiguous(result, citation)
            case _:
                return self._parsed(result.reading, citation)

    def _ambiguous(self, result: Ambiguous, citation: Citation) -> ReadTarget:
        first = result.readings[0]
        target = self._narrative(first, citation)
        questions: list[tuple[QuestionKind, str]] = [("ambiguous", result.reason)]
        questions.extend(("in question", each.message) for each in result.problems)
        return ReadTarget(target=target, questions=tuple(questions))

    def _parsed(self, reading: Reading, citation: Citation) -> ReadTarget:
        questions: list[tuple[QuestionKind, str]] = []
        reading = self._completed(reading, questions)
        questions.extend(("in question", problem.message) for problem in reading.problems)
        if reading.kind in {"milestone", "narrative"}:
            return ReadTarget(
                target=self._built(reading, citation, None),
                questions=tuple(questions),
                reading=reading,
            )
        measure = None if reading.measure is None else self._measures.known(reading.measure.value)
        if measure is None and reading.kind == "direction":
            message = (
                "no measure is known for what is to change, so the target is narrative: give it a "
                "measure to make it a direction target"
            )
            questions.append(("in question", message))
            narrative = self._narrative(reading, citation)
            return ReadTarget(target=narrative, questions=tuple(questions), reading=reading)
        try:
            if measure is None and (measure := self._measures.new(reading)) is not None:
                questions.append(("in question", _new_measure(measure, reading)))
            target = self._built(reading, citation, measure)
        except RrmodelError as error:
            questions.append(("in question", f"no target could be made: {error}"))
            target = self._narrative(reading, citation)
        return ReadTarget(target=target, questions=tuple(questions), reading=reading)

    def _completed(self, reading: Reading, questions: list[tuple[QuestionKind, str]]) -> Reading:
        """Return a reading with what it inherits from the plan; each such value is a question."""
        if reading.deadline is not None and reading.deadline.origin == "inherited":
            wording = reading.deadline.value.wording
            questions.append(
                ("inherited", f"the deadline {wording!r} is that of the heading: confirm it")
            )
        if reading.direction is not None and reading.direction.origin == "inherited":
            message = (
                f"the direction {reading.direction.value!r} is that of the heading: confirm it"
            )
            questions.append(("inherited", message))
        if (
            reading.deadline is None
            and reading.kind in _NEEDS_DEADLINE
            and self._period is not None
        ):
            deadline = Deadline.on(self._period.last_day)
            reading = attrs.evolve(reading, deadline=Field(deadline, "inherited"))
            message = (
                f"the sentence has no deadline, so it is the end of the plan, {deadline.wording!r}"
            )
            questions.append(("inherited", f"{message}: confirm it"))
        start = reading.baseline_period
        if reading.baseline is not None and start is None:
            message = (
                f"the level {reading.baseline.value.text!r} to start from has no period: give one"
            )
            questions.append(("in question", message))
        if start is not None and reading.may_be is None and _ends_year(start.value):
            year = FinancialYear.containing(start.value.last_day)
            reading = attrs.evolve(reading, may_be=Field(year, "in question"))
            message = (
                f"{str(start.value)!r} may be the month or the year to it ({year}): confirm which"
            )
            questions.append(("derived", message))
        if reading.kind == "maintain" and reading.since is None and reading.deadline is not None:
            reading = self._since(reading, reading.deadline.value, questions)
        return reading

    def _since(
        self,
        reading: Reading,
        deadline: Deadline,
        questions: list[tuple[QuestionKind, str]],
    ) -> Reading:
        if self._period is None or self._period.first_day > deadline.last_day:
            return reading
        year = FinancialYear.containing(self._period.first_day)
        message = f"the level is maintained from {year}, the first year of the plan: confirm it"
        questions.append(("derived", message))
        return attrs.evolve(reading, since=Field(year, "derived"))

    def _built(self, reading: Reading, citation: Citation, measure: Measure | None) -> Target:
        words = slug(reading.text)
        if measure is not None:
            due = "" if reading.deadline is None else f"-{slug(reading.deadline.value.wording)}"
            words = f"{measure.id}{due and due.replace('-by-', '-').replace('-', '-by-', 1)}"
        target = reading.target(
            measure=measure, area=self._area_of(reading.text), citation=citation, id="target"
        )
        return attrs.evolve(target, id=self._ids.new(words))

    def _narrative(self, reading: Reading, citation: Citation) -> NarrativeTarget:
        return NarrativeTarget(
            id=self._ids.new(slug(reading.text)),
            statement=reading.text,
            citation=citation,
            area=self._area_of(reading.text),
            deadline=None if reading.deadline is None else reading.deadline.value,
        )

    def _area_of(self, sentence: str) -> str:
        is_national = _NATIONAL.search(sentence) and self._area not in sentence
        return "England and Wales" if is_national else self._area


def _new_measure(measure: Measure, reading: Reading) -> str:
    if reading.direction is None and reading.bound is None:
        way = f"; that {measure.better} is better is a guess"
    else:
        way = ""
    name = shortened(measure.name)
    return f"the measure {name!r} is new, made of the words of the target{way}: confirm it"


def _ends_year(period: Period) -> bool:
    return isinstance(period, Month) and period.last_day.month == _MARCH
