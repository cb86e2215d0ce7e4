"""The targets of a plan as a table with one line for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from rrmodel.cli._assessed_target import AssessedTarget
from rrmodel.cli._page import Cell, Group, Page
from rrmodel.evaluation import Evaluation, apart, change_text
from rrmodel.model import LevelRange
from rrmodel.periods import day_text
from rrmodel.quantities import Level

__all__ = ["add_table", "latest_text"]

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


def _cells(target: AssessedTarget, *, names_area: bool, in_full: bool) -> Iterator[Cell]:
    result = target.result
    record, words, badge = result.target, result.words, target.badge
    yield f"{record.short_name}, {record.area}" if names_area else record.short_name
    if in_full:
        yield from (words.goal, words.latest or _NOTHING, words.gap or _NOTHING)
    else:
        badge = badge.removesuffix(" on the figures").replace(", evidence ", ", ")
        yield from (_goal(result), latest_text(result) or _NOTHING, _gap(result) or _NOTHING)
    yield badge, target.style
    yield words.due if in_full else _due(result)


def _goal(result: Evaluation) -> str:
    """Return a goal without units that its column does not need."""
    match result.goal:
        case None:
            return result.words.goal.partition(" than ")[0]
        case LevelRange(low=low, high=high):
            return f"{_brief(str(low))}–{_brief(str(high))}"
        case level:
            return _brief(str(level))


def latest_text(result: Evaluation) -> str:
    """Return the latest figure and its period, or when a milestone was done; empty if neither."""
    latest = result.decided_by
    if latest is None or latest.level is None:
        return _abbreviated(result.words.latest)
    level, period = latest.level, str(latest.period)
    if len(period) > _LONG:
        period = f"to {_month(latest.period.last_day)}"
    goal = None if isinstance(result.goal, LevelRange) else result.goal
    # two numbers that differ never look the same
    is_close = goal is not None and level.rounded(1) == goal.rounded(1)
    shown = apart(level, goal)[0] if goal is not None and is_close else f"{level:.{_places(level)}}"
    return f"{_brief(shown)} {_abbreviated(period)}"


def _gap(result: Evaluation) -> str:
    """Return how far the latest level is from the goal, with one decimal and its sign."""
    distance, words = result.assessment.distance, result.words.gap
    if distance is None or not distance.sign:
        return words if words == "no change" else words.rpartition(" ")[2]
    size = change_text(distance, _places(distance))
    return f"{'+' if distance.sign > 0 else '−'}{_brief(size)}"


def _places(number: Level) -> int:
    """Return how many decimals are shown: one, or none of a whole number."""
    return 0 if number.rounded(0) == number else 1


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


def _due(result: Evaluation) -> str:
    """Return a deadline, in brief without the day where it is the last one of a month."""
    if result.target.deadline is None:
        return result.words.due
    day = result.target.deadline.last_day
    return _month(day) if (day + timedelta(days=1)).day == 1 else _abbreviated(day_text(day))
