"""Target sentences as public bodies print them, read as a person reads them.

The sentences are outside the project, with their sources and licences; without them there is
nothing to test here.
"""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Any

import attrs
import pytest
from tests.beside import ABSENT, SHARED, beside

from rrmodel import datasets
from rrmodel.model import ChangeTarget
from rrmodel.wording import Ambiguous, NotATarget, Parsed, Reading, parse_target

CHECKS = "sentences of published plans are read as people read them"
PLAN = "seeds/004_8b987886d60120c9.txt"
FILE = SHARED / "sentences/open.jsonl"
LINES = FILE.read_text("utf-8").splitlines() if FILE.exists() else []
SENTENCES: list[dict[str, Any]] = [json.loads(line) for line in LINES]
CASES = [pytest.param(sentence, id=sentence["id"]) for sentence in SENTENCES]
NONE = pytest.param({}, marks=pytest.mark.skip(reason=ABSENT + CHECKS))


def kind_of(sentence: dict[str, Any]) -> tuple[str, Reading | None]:
    """Return the kind of a sentence and the reading of its figures."""
    result = parse_target(sentence["t"])
    if isinstance(result, NotATarget):
        return "not_a_target", None
    if isinstance(result, Ambiguous):
        return "ambiguous", result.readings[0]
    return result.reading.kind, result.reading


def accepted(sentence: dict[str, Any]) -> set[str]:
    """Return the kinds that are right."""
    return {sentence["kind"], *sentence.get("also", [])}


def signed(reading: Reading) -> Fraction:
    """Return the change with its sign."""
    assert reading.change is not None
    assert reading.direction is not None
    value = reading.change.value.value
    return value if reading.direction.value == "up" else -value


def level(reading: Reading) -> Fraction:
    """Return the goal; of a rate, as a share."""
    assert reading.goal is not None
    figure = reading.goal.value
    per = int(figure.unit.split()[1].replace(",", "")) if figure.kind == "rate" else 1
    return figure.value / per


@pytest.mark.parametrize("sentence", CASES or [NONE])
class TestSentences:
    def test_kind(self, sentence: dict[str, Any]) -> None:
        """The kind is the one that a person gives it, or another that is right too."""
        assert kind_of(sentence)[0] in accepted(sentence)

    def test_figures(self, sentence: dict[str, Any]) -> None:
        """Goal, change, factor, baseline, steps and parts are the printed ones."""
        kind, reading = kind_of(sentence)
        if reading is None or kind not in {sentence["kind"], "relative", "ambiguous"}:
            return
        if "to" in sentence:
            assert level(reading) == Fraction(sentence["to"])
        if "change" in sentence:
            assert signed(reading) == Fraction(sentence["change"])
        if "factor" in sentence:
            assert 1 + signed(reading) / 100 == Fraction(sentence["factor"])
        if "from" in sentence:
            assert reading.baseline is not None
            assert reading.baseline.value.value == Fraction(sentence["from"])
        assert [figure.value for figure in reading.parts] == [
            Fraction(part) for part in sentence.get("parts", [])
        ]
        assert [str(step.deadline.last_day) for step in reading.interim] == [
            day for _, day in sentence.get("interim", [])
        ]
        bounds = {"at_least", "at_most", "above", "below"}
        if (sense := sentence.get("sense")) in bounds:
            assert reading.bound is not None
            assert reading.bound.value == sense
        elif sense:
            assert reading.direction is not None
            assert reading.direction.value == sense

    def test_days(self, sentence: dict[str, Any]) -> None:
        """The deadline is the right day, and there is none where none is printed."""
        _, reading = kind_of(sentence)
        if reading is None:
            return
        due = reading.deadline and str(reading.deadline.value.last_day)
        assert due == sentence.get("due")
        if "baseline_end" in sentence:
            assert reading.baseline_period is not None
            assert str(reading.baseline_period.value.last_day) == sentence["baseline_end"]


def test_the_targets_of_the_regional_plan_are_the_bundled_ones() -> None:
    """Each printed target gives the goal, deadline and baseline of the bundled record."""
    plan = datasets.load("east-midlands-2022-25")
    bundled = {target.measure.id: target for target in plan.targets if hasattr(target, "measure")}
    printed = re.findall(
        r"- (By \w+ 2023, East Midlands will .*)", beside(PLAN, checks=CHECKS).read_text("utf-8")
    )
    assert len(printed) == 5
    for sentence in printed:
        result = parse_target(sentence)
        assert isinstance(result, Parsed)
        assert not result.problems
        assert result.reading.measure is not None
        expected = bundled.pop(result.reading.measure.value)
        target = result.target(
            measure=expected.measure,
            area=expected.area,
            id=expected.id,
            citation=expected.citation,
            statement=expected.statement,
        )
        assert type(target) is type(expected)
        assert target.goal == expected.goal
        assert target.deadline == expected.deadline
        if isinstance(expected, ChangeTarget):
            assert isinstance(target, ChangeTarget)
            assert target.change == expected.change
            # that "in March 2022" may be the year to March is a person's knowledge
            assert attrs.evolve(expected.baseline, may_be=None) == target.baseline


def test_running_text_of_a_plan_is_not_taken_for_targets() -> None:
    """Of a whole plan only its five measured targets are taken, wherever they stand."""
    text = beside(PLAN, checks=CHECKS).read_text("utf-8")
    pieces = re.split(r"(?<=[.!?])\s+(?=[A-Z])|\n\s*\n|\n- ", text)
    taken = {
        piece.lstrip("- ")
        for piece in pieces
        if not isinstance(parse_target(piece, mode="running"), NotATarget)
    }
    assert len(taken) == 5
    assert all("East Midlands will" in piece for piece in taken)
