"""Numbers in sentences, printed so that two different numbers never look the same."""

from __future__ import annotations

import re

from rrmodel.evaluation._terms import Bounds
from rrmodel.evaluation._trajectory import difference
from rrmodel.model import LevelRange
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints

__all__ = ["apart", "change_text", "goal_name", "position", "printed"]

_MOST_PLACES = 12
"""Decimals beyond which a number is printed as a fraction."""
_DECIMALS = re.compile(r"\.([0-9]+)")


def apart(level: Level, other: Level) -> tuple[str, str]:
    """Return the texts of two levels, with as many decimals as it takes to tell them apart.

    >>> from rrmodel import Percentage
    >>> apart(Percentage("84.0"), Percentage("84.0018"))
    ('84.0%', '84.0018%')
    >>> apart(Percentage.from_counts(89999, 100001), Percentage("90"))
    ('89.998%', '90.000%')
    """
    if level == other or printed(level) != printed(other):
        return str(level), str(other)
    for places in range(3, _MOST_PLACES + 1):
        if level.rounded(places) != other.rounded(places):
            return f"{level:.{places}}", f"{other:.{places}}"
    return f"{level.value} {level.unit}", f"{other.value} {other.unit}"


def change_text(change: PercentagePoints | Amount, places: int | None = None) -> str:
    """Return the text of a change without its sign; one that is not zero never reads as zero.

    A change between shares that may pass 100% is in percentage points too.

    >>> change_text(PercentagePoints("-1/700"))
    '0.001 percentage points'
    >>> change_text(Amount(104, "% of capacity") - Amount(95, "% of capacity"))
    '9 percentage points'

    Args:
        change: The change.
        places: How many decimals it has, if it is not zero then. Default: as many as it has, up to
            two.
    """
    if change.unit.startswith("%"):
        change = PercentagePoints(change.value)
    size = abs(change)
    if places is not None and size.rounded(places).value:
        return f"{size:.{places}}"
    if not change.value or printed(change).value:
        return str(size)
    for more in range(3, _MOST_PLACES + 1):
        if change.rounded(more).value:
            return f"{size:.{more}}"
    return f"{abs(change.value)} {change.unit}"


def printed(level: Level) -> Level:
    """Return the number that the text of a level shows."""
    decimals = _DECIMALS.search(str(level))
    return level.rounded(len(decimals[1]) if decimals else 0)


def goal_name(goal: Level | LevelRange) -> str:
    """Return how a sentence names a goal of this kind, with ``{}`` for its text."""
    return "the {} goal" if isinstance(goal, Percentage) else "the goal of {}"


def position(level: Level, bounds: Bounds, name: str) -> tuple[str, str]:
    """Return the text of a level, and where it is: so far above or below the bounds, or at them.

    >>> from rrmodel import Percentage
    >>> position(Percentage("86.3"), Bounds(Percentage(90), "higher"), "the {} goal")
    ('86.3%', '3.7 percentage points below the 90% goal')

    Args:
        level: The level.
        bounds: The levels that are good enough.
        name: Their name, with ``{}`` for their text.
    """
    end, _ = bounds.nearest(level)
    text, end_text = apart(level, end)
    named = name.format(end_text if bounds.limit is None else bounds.levels)
    if bounds.limit is not None and bounds.shortfall(level).sign <= 0:
        return text, f"within {named}"
    if level == end:
        return text, f"exactly {named}"
    distance = difference(level, end)
    return text, f"{change_text(distance)} {'above' if distance.sign > 0 else 'below'} {named}"
