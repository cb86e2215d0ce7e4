"""Errors in a sentence itself: levels over 100%, days out of order, sums that do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from rrmodel.errors import PercentageOutOfRangeError
from rrmodel.wording._fields import ReadingProblem
from rrmodel.wording._readings import Reading

__all__ = ["impossible"]


def impossible(reading: Reading) -> Iterator[ReadingProblem]:
    """Give an error for each thing that no target can mean."""
    for field in (reading.goal, reading.high, reading.baseline):
        if field is not None:
            try:
                if field.value.unit == "%" and field.value.kind == "percent":
                    _ = field.value.level
            except PercentageOutOfRangeError as error:
                yield ReadingProblem(f"{error}", field.span, is_error=True)
    if reading.deadline is not None and reading.baseline_period is not None:
        due, start = reading.deadline.value.last_day, reading.baseline_period.value.last_day
        if due <= start:
            yield ReadingProblem(
                f"the deadline, {due}, is not after the baseline, which ends on {start}",
                reading.deadline.span,
                is_error=True,
            )
    if (
        reading.high is not None
        and reading.goal is not None
        and (reading.goal.value.value >= reading.high.value.value)
    ):
        yield ReadingProblem(
            f"the range from {reading.goal.value.text} to {reading.high.value.text} is not in "
            "order",
            reading.high.span,
            is_error=True,
        )
    yield from _negative(reading)
    yield from _wrong_way(reading)
    yield from _impossible_change(reading)


def _negative(reading: Reading) -> Iterator[ReadingProblem]:
    """Give an error for a change below zero, which its verb would turn round, and for "minus"."""
    change = reading.change
    if change is not None and change.value.value < 0 and reading.direction is not None:
        yield ReadingProblem(
            f"a change {reading.direction.value} by {change.value.text} says both ways: write it "
            "without its sign, and the verb that is meant",
            change.span,
            is_error=True,
        )
    for field in (reading.goal, reading.high, reading.baseline, change):
        if field is not None and field.span is not None:
            before = reading.text[: field.span[0]].lower().rstrip()
            if before.endswith(" minus"):
                yield ReadingProblem(
                    f"'minus' before {field.value.text} is not read: write a sign, or the verb "
                    "that is meant",
                    field.span,
                    is_error=True,
                )


def _wrong_way(reading: Reading) -> Iterator[ReadingProblem]:
    """Give an error where the goal lies on the other side of the baseline than the verb says."""
    goal, baseline, direction = reading.goal, reading.baseline, reading.direction
    if goal is None or baseline is None or direction is None:
        return
    start, end = baseline.value, goal.value
    if reading.kind != "change" or (start.kind, start.unit) != (end.kind, end.unit):
        return
    if (end.value < start.value) if direction.value == "up" else (end.value > start.value):
        yield ReadingProblem(
            f"from {start.text} to {end.text} is not a change {direction.value}, as the verb says",
            goal.span,
            is_error=True,
        )


def _impossible_change(reading: Reading) -> Iterator[ReadingProblem]:
    if reading.change is None or reading.baseline is None or reading.direction is None:
        return
    level, change = reading.baseline.value, reading.change.value
    if level.unit != "%" or level.kind != "percent" or change.kind not in {"points", "percent"}:
        return
    sign = 1 if reading.direction.value == "up" else -1
    size = level.value * change.value / 100 if reading.is_relative else change.value
    goal = level.value + sign * size
    if not 0 <= goal <= 100:  # noqa: PLR2004
        yield ReadingProblem(
            f"{level.text} changed by {change.text} is {float(goal):g}%, which is not between 0% "
            "and 100%",
            reading.change.span,
            is_error=True,
        )
    elif (
        reading.goal is not None
        and reading.goal.value.kind == "percent"
        and abs(reading.goal.value.value - goal) > 1
    ):
        yield ReadingProblem(
            f"{level.text} changed by {change.text} is {float(goal):g}%, not "
            f"{reading.goal.value.text}",
            reading.goal.span,
            is_error=True,
        )
