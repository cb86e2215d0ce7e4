"""The targets of a plan as a table with one line for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import assert_never

from rrmodel.cli._assessed_target import AssessedTarget
from rrmodel.cli._page import Cell, Group, Page
from rrmodel.evaluation import Evaluation, apart, change_text, shortfall
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
from rrmodel.periods import day_text
from rrmodel.quantities import Level

__all__ = ["add_table", "latest_text", "target_name"]

_HEADS = ("Target", "Goal", "Latest figure", "Gap", "Status", "Due")
_NOTHING = "–"
_LONG = 9
"""A period with a longer name is named in brief by its end."""
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
    if not in_full and any("pp" in row[3] for _, each in tables for row in each):
        page.space()
        page.paragraph("pp: percentage points.")


def target_name(target: Target, area: str | None) -> str:
    """Return what a line calls a target: its measure, or what it says; and its area, if given."""
    name = target.measure.name if isinstance(target, MeasuredTarget) else target.statement
    return name if area is None else f"{name}, {area}"


def _cells(target: AssessedTarget, *, names_area: bool, in_full: bool) -> Iterator[Cell]:
    result = target.result
    record = result.target
    yield target_name(record, record.area if names_area else None)
    yield _goal(record, in_full=in_full)
    yield latest_text(result, in_full=in_full) or _NOTHING
    yield _gap(result, in_full=in_full)
    badge = target.badge
    if not in_full:
        badge = badge.removesuffix(" on the figures").replace(", evidence ", ", ")
    yield badge, target.style
    yield _due(record, in_full=in_full)


def _goal(target: Target, *, in_full: bool) -> str:
    match target:
        case MilestoneTarget() | NarrativeTarget():
            return "done"
        case DirectionTarget():
            before = f" than {target.every} before" if target.every and in_full else ""
            return f"{target.measure.better}{before}"
        case RangeTarget():
            ends = (_brief(str(end)) for end in (target.goal.low, target.goal.high))
            return str(target.goal) if in_full else "–".join(ends)
        case ChangeTarget() | ReachTarget() | MaintainTarget() | StandingTarget():
            return str(target.goal) if in_full else _brief(str(target.goal))
        case _:
            assert_never(target)


def latest_text(result: Evaluation, *, in_full: bool = False) -> str:
    """Return the latest figure and its period, or when a milestone was done; empty if neither."""
    if result.completion is not None:
        day = day_text(result.completion.day)
        return f"done {day if in_full else _abbreviated(day)}"
    latest = result.decided_by
    if latest is None or latest.level is None:
        return ""
    level, period = latest.level, str(latest.period)
    goal = None if isinstance(result.goal, LevelRange) else result.goal
    if in_full:
        return f"{level if goal is None else apart(level, goal)[0]} in {period}"
    if len(period) > _LONG:
        period = f"to {_month(latest.period.last_day)}"
    # two numbers that differ never look the same
    is_close = goal is not None and level.rounded(1) == goal.rounded(1)
    shown = apart(level, goal)[0] if goal is not None and is_close else _rounded(level)
    return f"{_brief(shown)} {_abbreviated(period)}"


def _rounded(number: Level) -> str:
    """Return a number with one decimal, or without if it is whole."""
    return f"{number:.1}" if number.rounded(0) != number else f"{number:.0}"


def _gap(result: Evaluation, *, in_full: bool) -> str:
    """Return how far the latest level is from the goal, or how a direction has moved."""
    steps = result.assessment.progress.steps
    if steps:
        change = steps[-1].change
        if not change.sign:
            return "no change"
        way = "better" if change.sign > 0 else "worse"
        return f"{change_text(change)} {way}" if in_full else way
    latest, goal = result.decided_by, result.goal
    level = None if latest is None else latest.level
    if result.gap is None or level is None or goal is None:
        return _NOTHING
    if isinstance(goal, LevelRange):
        if level in goal:
            return "within"
        goal = goal.low if level.value < goal.low.value else goal.high
    over, short = shortfall(level, goal, "lower"), shortfall(level, goal, "higher")
    size = max(over, short, key=lambda each: each.sign)
    if not size.sign:
        return "none"
    if in_full:
        return f"{change_text(size)} {'above' if over.sign > 0 else 'below'}"
    shown = _rounded(size) if size.rounded(1).value else change_text(size)
    return f"{'+' if over.sign > 0 else '−'}{_brief(shown)}"


def _brief(text: str) -> str:
    """Return a quantity with a short unit: none for an amount, which the measure's name says."""
    number, _, unit = text.partition(" percentage point")
    return f"{number}pp" if unit or text != number else text.partition(" ")[0]


def _abbreviated(text: str) -> str:
    """Return a text with its months in three letters."""
    return _MONTH.sub(lambda match: match[0][:3], text)


def _month(day: date) -> str:
    """Return the month of a day, in three letters, with its year."""
    return _abbreviated(day_text(day)).partition(" ")[2]


def _due(target: Target, *, in_full: bool) -> str:
    """Return a deadline, in brief without the day where it is the last one of a month."""
    if target.deadline is None:
        return _NOTHING if isinstance(target, DirectionTarget) else "always"
    day = target.deadline.last_day
    if in_full:
        return day_text(day)
    return _month(day) if (day + timedelta(days=1)).day == 1 else _abbreviated(day_text(day))
