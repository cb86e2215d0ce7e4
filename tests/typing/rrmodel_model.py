"""The types of ``rrmodel.model`` for type checkers; never run."""

from __future__ import annotations

from datetime import date
from typing import assert_never, assert_type

from rrmodel.model import (
    Baseline,
    ChangeTarget,
    Citation,
    Counts,
    DirectionTarget,
    LevelRange,
    MaintainTarget,
    Measure,
    MeasuredTarget,
    MilestoneTarget,
    NarrativeTarget,
    Observation,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    Target,
)
from rrmodel.periods import Deadline, Month, Period
from rrmodel.quantities import Level, Percentage


def allowed(measure: Measure, cited: Citation, period: Period) -> None:
    """A level, a range, a day and a period are accepted where they are read."""
    goal = LevelRange(low=Percentage(40), high=Percentage(50))
    assert_type(Percentage(45) in goal, bool)
    target = RangeTarget(
        id="t", statement="S", citation=cited, measure=measure, area="York", goal=goal
    )
    assert_type(target.deadline, Deadline | None)
    standing = StandingTarget(
        id="t", statement="S", citation=cited, measure=measure, area="York", goal=Percentage(90)
    )
    assert_type(standing.goal, Level)
    figure = Observation(
        measure=measure,
        area="York",
        period=period,
        counts=Counts(1, 3, rounded_to=1),
        published="2024-08-01",
    )
    assert_type(figure.published, date | None)
    assert_type(figure.contradiction, str | None)
    Observation(measure="m", area="York", period="2022-23", published=date(2024, 8, 1))
    Baseline(level=Percentage(82), period=Month("March 2022"))


def refused(measure: Measure, cited: Citation) -> None:
    """Numbers are not levels, and a standing target has no deadline."""
    LevelRange(low=40, high=50)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Observation(measure=measure, area="York", period=2022)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    StandingTarget(  # type: ignore[call-arg]
        id="t",
        statement="S",
        citation=cited,
        measure=measure,
        area="York",
        goal=Percentage(90),
        deadline=Deadline("in 2023"),  # pyright: ignore[reportCallIssue]
    )


def exhaustive(target: Target) -> str:
    """The union of targets is closed."""
    match target:
        case ChangeTarget() | ReachTarget() | MaintainTarget() | StandingTarget() | RangeTarget():
            return str(target.goal)
        case DirectionTarget():
            return target.measure.better
        case MilestoneTarget() | NarrativeTarget():
            return target.area
        case _:
            assert_never(target)


def measured(target: MeasuredTarget) -> Measure:
    """Each measured target has a measure."""
    return target.measure
