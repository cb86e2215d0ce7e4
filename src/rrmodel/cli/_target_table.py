"""The targets of a plan as a table with one line for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import assert_never

from rrmodel.cli._assessed_target import AssessedTarget
from rrmodel.cli._page import Cell, Group, Page
from rrmodel.evaluation import Difference, Evaluation, apart, change_text, shortfall
from rrmodel.model import (
    ChangeTarget,
    DirectionTarget,
    LevelRange,
    MaintainTarget,
    MeasuredTarget,
    MilestoneTarget,
    NarrativeTarget,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    Target,
)
from rrmodel.periods import Deadline, day_text
from rrmodel.quantities import Level

__all__ = ["add_table"]

_HEADS = ("Target", "Goal", "Latest figure", "Gap", "Status", "Due")
_NOTHING = "–"
_MONTH = re.compile("|".join(day_text(date(2000, month, 1)).split()[1] for month in range(1, 13)))


def add_table(page: Page, groups: Iterable[tuple[str, Sequence[AssessedTarget]]]) -> None:
    """Add a line for each target to a page, with units and months in full where they fit.

    Args:
        page: The page.
        groups: The heading of each pathway and its targets.
    """
    each = [(heading, list(targets)) for heading, targets in groups]
    targets = [target for _, group in each for target in group]
    areas = {target.result.target.area for target in targets}

    def rows(group: Iterable[AssessedTarget], *, in_full: bool) -> list[list[Cell]]:
        return [
            list(_cells(target, names_area=len(areas) > 1, in_full=in_full)) for target in group
        ]

    in_full = page.fits(_HEADS, rows(targets, in_full=True))
    tables: list[Group] = [(heading, rows(group, in_full=in_full)) for heading, group in each]
    page.table(_HEADS, tables, is_shortened=True)
    if not in_full and any(" pp" in cell for _, each in tables for row in each for cell in row[3]):
        page.space()
        page.paragraph("pp: percentage points.")


def _cells(target: AssessedTarget, *, names_area: bool, in_full: bool) -> Iterator[Cell]:
    result = target.result
    record = result.target
    name = record.measure.name if isinstance(record, MeasuredTarget) else record.statement
    yield f"{name}, {record.area}" if names_area else name
    yield _goal(record, in_full=in_full)
    yield _latest(result, in_full=in_full)
    yield _gap(result, in_full=in_full)
    badge = target.badge
    if not in_full:
        badge = badge.removesuffix(" on the figures").replace(", evidence ", ", ")
    yield badge, target.style
    yield _due(record, in_full=in_full)


def _goal(target: Target, *, in_full: bool) -> str:
    match target:
        case NarrativeTarget():
            return _NOTHING
        case MilestoneTarget():
            return "complete"
        case DirectionTarget():
            return f"{target.measure.better}{' each time' if target.every else ''}"
        case RangeTarget():
            low, high = (_level(end, in_full=in_full) for end in (target.goal.low, target.goal.high))
            return str(target.goal) if in_full else f"{low} to {high}"
        case ChangeTarget() | ReachTarget() | MaintainTarget() | StandingTarget():
            return _level(target.goal, in_full=in_full)
        case _:
            assert_never(target)


def _latest(result: Evaluation, *, in_full: bool) -> str:
    if result.completion is not None:
        return f"done {_day(result.completion.day, in_full=in_full)}"
    if result.latest is None or result.latest.level is None:
        return _NOTHING
    level = _level(result.latest.level, result.goal, in_full=in_full)
    return f"{level} in {_months(str(result.latest.period), in_full=in_full)}"


def _gap(result: Evaluation, *, in_full: bool) -> str:
    """Return how far the latest level is from the goal, or how a direction has moved."""
    steps = result.assessment.progress.steps
    if steps:
        change = steps[-1].change
        way = "better" if change.sign > 0 else "worse"
        return f"{_change(change, in_full=in_full)} {way}" if change.sign else "no change"
    level = None if result.latest is None else result.latest.level
    if result.gap is None or level is None or result.goal is None:
        return _NOTHING
    goal = result.goal
    if isinstance(goal, LevelRange):
        if result.gap.sign <= 0:
            return "within"
        goal = goal.low if level.value < goal.low.value else goal.high
    change = shortfall(level, goal, "lower")
    if not change.sign:
        return "none"
    return f"{_change(change, in_full=in_full)} {'above' if change.sign > 0 else 'below'}"


def _level(level: Level, goal: Level | LevelRange | None = None, *, in_full: bool) -> str:
    """Return the text of a level, in brief without its unit. It never reads as a goal it is not."""
    text = str(level) if goal is None or isinstance(goal, LevelRange) else apart(level, goal)[0]
    return text if in_full else _brief(text)


def _change(change: Difference, *, in_full: bool) -> str:
    text = change_text(change)
    return text if in_full else _brief(text)


def _brief(text: str) -> str:
    """Return a quantity with a short unit: none for an amount, which the measure's name says."""
    number, _, unit = text.partition(" percentage point")
    return f"{number} pp" if unit or text != number else text.partition(" ")[0]


def _months(text: str, *, in_full: bool) -> str:
    return text if in_full else _MONTH.sub(lambda found: found[0][:3], text)


def _day(day: date, *, in_full: bool) -> str:
    return _months(day_text(day), in_full=in_full)


def _due(target: Target, *, in_full: bool) -> str:
    """Return a deadline, in brief without the day where it is the last one of a month."""
    if target.deadline is None:
        return _NOTHING if isinstance(target, DirectionTarget | NarrativeTarget) else "always"
    day = target.deadline.last_day
    text = _day(day, in_full=in_full)
    is_month = not in_full and (day + timedelta(days=1)).day == 1
    return text.partition(" ")[2] if is_month else text
