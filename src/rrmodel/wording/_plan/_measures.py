"""Measures: the words of a target matched with known measures, or made into a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import attrs

from rrmodel import datasets
from rrmodel.model import Better, Measure
from rrmodel.quantities import singular_of
from rrmodel.wording._fields import Field
from rrmodel.wording._figures import Figure
from rrmodel.wording._plan._words import slug
from rrmodel.wording._readings import Reading

__all__ = ["Measures"]

_LOWER: Final = re.compile(
    r"\b(?:re-?offen\w+|offend(?:ing|ed)|crimes?|offences|deaths?|self-harm|assaults?|violence|"
    r"recalls?|"
    r"breach(?:es)?|homeless\w*|rough sleep\w*|supply|misuse|absconds?|escapes?|vacanc\w+|sickness|"
    r"burglar\w+|robber\w+|theft|victims?|waiting|backlogs?|collisions?|casualties|knife|"
    r"drug-related)\b",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    r"^(?:and |to |of |in |that |we will |will |be |the |a |an |by |its |our |their )+",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"(?:[\s,;:–—-]+(?:by|to|from|at|of|in|on|with|and|the|a|an|is|are|be|least|most|more|than|no|"
    r"level|up|around|about|will|per|below|above|"
    r"baseline|target|currently|current|continue|maintain|each|every|over|or|for|until|"
    r"an additional))+$",
    re.IGNORECASE,
)
_RATE: Final = re.compile(
    r"\bper (?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|10+) (?P<things>[A-Za-z][a-z-]*(?: [a-z][a-z-]*)?)"
)
_OFTEN: Final = re.compile(r" (?:a|per|each|every) (day|night|week|month|quarter|year)\b")
_COUNTED: Final = re.compile(
    r"\b(?:number|total|volume) of (?P<things>[a-z][a-z' -]*)", re.IGNORECASE
)
_PLURAL: Final = re.compile(r"\b(?:people|staff|children|men|women|[A-Za-z-]{2,}(?<![su])s)\b")
_STOP: Final = re.compile(
    r"\b(?:in|of|for|to|by|on|with|who|that|and|at|from|released|falls?|rises?|[–—-])\b|[–—(]"
)
_PUNCTUATION: Final = " .,;:–—-()[]“”\"'"
_SHORTEST: Final = 4
_NOTHING: Final = frozenset(
    "share rate proportion percentage level number figure target total average them".split()
)
_LONGEST: Final = 120


class Measures:
    """The measures that a plan may use: those given, those of the bundled sets, and new ones."""

    def __init__(self, given: Iterable[Measure]) -> None:
        self._given = {measure.id: measure for measure in given}
        self._used: dict[str, Measure] = {}

    @property
    def used(self) -> tuple[Measure, ...]:
        """The measures of the targets read so far, in their order."""
        return tuple(self._used.values())

    def known(self, name: str) -> Measure | None:
        """Return the known measure of that id; ``None`` if there is none."""
        measure = self._given.get(name) or self._used.get(name) or _bundled().get(name)
        return measure and self._used.setdefault(name, attrs.evolve(measure, citation=None))

    def new(self, reading: Reading) -> Measure | None:
        """Return a measure of the words of a reading; ``None`` if there are none to name it.

        Raises:
            RecordError: The unit of its figures is not one that amounts can have.
        """
        words = _words(reading)
        if words is None:
            return None
        name = slug(words, 9)
        if name in self._used:
            return self._used[name]
        unit = _unit(reading)
        if unit is None:
            return None
        measure = Measure(
            id=name,
            name=words[:1].upper() + words[1:],
            counts=words,
            unit=unit,
            better=_better(reading),
        )
        return self._used.setdefault(name, measure)

    def with_units(self, reading: Reading) -> Reading:
        """Return a reading whose bare numbers have the unit that its other words name.

        In "Burglaries per 1,000 households: from 4.6 to 4.2" both levels are rates; in "The number
        of diversion cases is to reach 260" the level is a number of cases.
        """
        fields = {
            name: field
            for name in ("goal", "baseline", "change")
            if (field := getattr(reading, name)) is not None
        }
        bare = {name for name, field in fields.items() if _is_bare(field.value)}
        unit = (_unit(reading) or _unit_in_words(reading) or "") if bare else ""
        often = next((match[1] for name in bare if (match := _often(fields[name], reading))), "")
        if unit and often and not unit.startswith("per "):
            unit = f"{unit}/{often}"
        with_units: dict[str, Any] = {
            name: attrs.evolve(field, value=_with_unit(field.value, unit))
            for name, field in fields.items()
        }
        interim = tuple(
            attrs.evolve(step, figure=_with_unit(step.figure, unit)) for step in reading.interim
        )
        return attrs.evolve(reading, **with_units, interim=interim)

    def drop_unused(self, ids: Iterable[str]) -> None:
        """Forget the measures of readings that made no target."""
        kept = set(ids)
        self._used = {name: each for name, each in self._used.items() if name in kept}


@cache  # the bundled sets do not change
def _bundled() -> dict[str, Measure]:
    sets = map(datasets.observation_set, datasets.observation_sets())
    plans = map(datasets.load, datasets.names())
    measures = [measure for each in sets for measure in each.measures]
    measures += [measure for plan in plans for measure in plan.measures]
    return {measure.id: measure for measure in measures}


def _words(reading: Reading) -> str | None:
    """Return the words that say what is measured: the longest run without a figure or date."""
    spans = sorted(mention.span for mention in reading.mentions if mention.role != "condition")
    start = 0
    runs: list[str] = []
    verb = reading.direction.span if reading.direction is not None else None
    if verb is not None and all(verb[1] <= span[0] or verb[0] >= span[1] for span in spans):
        spans = sorted([*spans, verb])
    for first, last in (*spans, (len(reading.text), len(reading.text))):
        runs.append(reading.text[start:first])
        start = max(start, last)
    best = ""
    for run in runs:
        words = _LEAD.sub("", _TAIL.sub("", run.strip(_PUNCTUATION)).strip(_PUNCTUATION))
        if len(words) > len(best):
            best = words
    best = best[:_LONGEST].rstrip(_PUNCTUATION)
    if best.count("(") > best.count(")"):
        best = f"{best})"
    if len(best) >= _SHORTEST and best.lower() not in _NOTHING:
        return best
    # "no more than 4 escapes" says what is counted beside the number only
    counted = [field.value.noun for field in (reading.goal, reading.change) if field is not None]
    return next((noun for noun in counted if noun), None)


def _unit(reading: Reading) -> str | None:
    """Return the unit of the levels of a reading; ``None`` if they have none."""
    for field in (reading.goal, reading.baseline, reading.change):
        if field is None or not field.value.unit:
            continue
        unit = field.value.unit
        if unit == "%":
            if field is reading.change and reading.is_relative:
                continue
            return "%"
        return unit
    return None


def _is_bare(figure: Figure) -> bool:
    return figure.kind == "count" and not figure.unit


def _with_unit(figure: Figure, unit: str) -> Figure:
    """Return a count with a unit: the given one if it has none, or the plural among its words."""
    if _is_bare(figure):
        return attrs.evolve(figure, kind="rate" if unit.startswith("per ") else "count", unit=unit)
    nouns = _PLURAL.findall(figure.noun) if figure.kind == "count" else []
    # of "120 teachers trained", the last word is no noun
    if nouns and figure.noun.endswith(f" {figure.unit}") and nouns[-1] != figure.unit:
        return attrs.evolve(figure, unit=singular_of(nouns[-1]))
    return figure


def _often(field: Field[Figure], reading: Reading) -> re.Match[str] | None:
    """Return the time that a number is counted over: "300 a year"."""
    return None if field.span is None else _OFTEN.match(reading.text, field.span[1])


def _unit_in_words(reading: Reading) -> str | None:
    """Return the unit that a sentence names apart from its figures; ``None`` if it names none."""
    if rate := _RATE.search(reading.text):
        return f"per {rate['whole']} {rate['things'].lower()}"
    end = reading.direction.span[0] if reading.direction and reading.direction.span else None
    figures = [field.span for field in (reading.baseline, reading.goal, reading.change) if field]
    starts = [span[0] for span in figures if span] + ([end] if end else [])
    counted = _COUNTED.search(reading.text)
    words = counted["things"] if counted else reading.text[: min(starts, default=0)]
    nouns = _PLURAL.findall(_STOP.split(words.split(":")[0].strip(), maxsplit=1)[0])
    return singular_of(nouns[-1].lower()) if nouns else None


def _better(reading: Reading) -> Better:
    """Return which way is better: as the reading moves, else by what is counted."""
    if reading.direction is not None:
        return "higher" if reading.direction.value == "up" else "lower"
    if reading.bound is not None:
        return "higher" if reading.bound.value in {"at_least", "above"} else "lower"
    return "lower" if _LOWER.search(reading.text) else "higher"
