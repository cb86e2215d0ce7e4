"""Sentences in the manner of justice plans, each with the reading that a person gives it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rrmodel.quantities import Amount
from rrmodel.wording import Ambiguous, Field, Figure, NotATarget, Reading, Result, parse_target

TABLE = Path(__file__).parent / "specimens/target-sentences.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()[1:]]


def printed(figure: Figure) -> str:
    """Return a figure by its exact number and the unit that changes its meaning."""
    number = str(Amount(figure.value, "x")).split()[0].replace(",", "")
    if figure.value.denominator % 3 == 0:
        number = str(figure.value)
    match figure.kind:
        case "percent":
            return f"{number}%"
        case "points":
            return f"{number}pp"
        case "rate":
            return f"{number} {' '.join(figure.unit.split()[:2])}"
        case "money" | "duration":
            return f"{number} {figure.unit}"
        case _:
            return f"{number} {figure.unit}" if "/" in figure.unit else number


def pieces(result: Result) -> Iterator[str]:
    """Give what a result says, as the table writes it."""
    if isinstance(result, NotATarget):
        yield result.reason
        return
    reading: Reading = result.readings[0] if isinstance(result, Ambiguous) else result.reading
    yield "ambiguous" if isinstance(result, Ambiguous) else reading.kind
    figures: dict[str, Field[Figure] | None] = {
        "by": reading.change,
        "from": reading.baseline,
        "to": reading.goal,
        "and": reading.high,
    }
    yield from (f"{name} {printed(field.value)}" for name, field in figures.items() if field)
    fields = {
        "in": reading.baseline_period,
        "": reading.bound or reading.direction,
        "over": reading.horizon,
        "every": reading.every,
        "since": reading.since,
    }
    yield from (f"{name} {field.value}".strip() for name, field in fields.items() if field)
    if reading.bound and reading.direction:
        yield reading.direction.value
    if reading.deadline:
        yield f"due {reading.deadline.value.last_day}"
    for step in reading.interim:
        yield f"step {printed(step.figure)} {step.deadline.last_day}"
    yield from (f"part {printed(part)}" for part in reading.parts)
    if result.problems:
        yield "check"


@pytest.mark.parametrize(("sentence", "reading"), ROWS, ids=[row[0][:60] for row in ROWS])
def test_a_sentence_is_read_as_a_person_reads_it(sentence: str, reading: str) -> None:
    """Kind, figures, bound, direction, days, steps and parts are those of the table."""
    assert ", ".join(pieces(parse_target(sentence))) == reading
