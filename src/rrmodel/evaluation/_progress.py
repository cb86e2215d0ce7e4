"""The exact numbers that the figures of a target give on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

import attrs

from rrmodel.evaluation._selection import Selection
from rrmodel.evaluation._terms import Bounds, Terms
from rrmodel.evaluation._trajectory import difference, ratio, shortfall
from rrmodel.model import Baseline, DirectionTarget, Observation
from rrmodel.periods import Duration
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints
from rrmodel.records import short_repr

__all__ = [
    "NOTHING_MEASURED",
    "Difference",
    "Lag",
    "Movement",
    "Progress",
    "Step",
    "measure_progress",
]

Difference: TypeAlias = PercentagePoints | Amount
"""A difference between two levels."""

_DAYS = 30
"""Days in the unit of a pace: one length, so that paces compare."""
_DAY = timedelta(days=1)


class Movement(StrEnum):
    """Which way a level has moved since the baseline of its target."""

    ALREADY_PAST = "already_past"
    """The baseline was at or beyond the goal from the start."""
    TOWARDS = "towards"
    """The level is on the goal's side of the baseline."""
    NONE = "none"
    """The level is that of the baseline."""
    AWAY = "away"
    """The level is further from the goal than the baseline was."""


@attrs.frozen
class Step:
    """The change of a direction target from one level to a later one."""

    start: Baseline | Observation
    """The earlier level and its period."""
    end: Observation
    """The later figure."""
    change: Difference
    """The change, above zero if it is for the better."""


@attrs.frozen(kw_only=True, repr=False)
class Lag:
    """How the latest level compares with the levels expected by then."""

    latest: Observation
    """The latest figure."""
    level: Level
    """Its level."""
    expected: Bounds
    """The levels expected."""
    behind: Difference
    """How far the level is outside them; zero or less if it is not."""

    def __repr__(self) -> str:
        return short_repr(self, level=self.level, expected=self.expected.levels, behind=self.behind)

    @property
    def counted(self) -> Percentage | None:
        """The exact share by the counts of the figure; ``None`` without counts and for amounts."""
        counts = self.latest.counts
        if counts is None or not isinstance(self.level, Percentage):
            return None
        return Percentage.from_counts(counts.numerator, counts.denominator)

    @property
    def is_level(self) -> bool:
        """Whether only rounding separates the published figure from a level expected."""
        if self.behind.sign <= 0:
            return False
        counted = self.counted
        if counted is not None:
            return self.expected.shortfall(counted).sign <= 0
        places = self.level.places
        if places is None or (isinstance(self.level, Amount) and not places):
            return False
        above, below = self.behind.ratio
        halves: int = 2 * 10**places
        return above * halves <= below

    @property
    def is_behind(self) -> bool:
        """Whether the level is behind, and by more than rounding."""
        return self.behind.sign > 0 and not self.is_level


@attrs.frozen(kw_only=True, repr=False)
class Progress:
    """The numbers of the deciding figure, all exact; ``None`` where one is undefined."""

    gap: Difference | None = None
    """How far the latest level is outside the goal; zero or less once the goal is met."""
    made: Difference | None = None
    """The change made since the baseline, above zero if it is towards the goal."""
    intended: Difference | None = None
    """The change from the baseline to the goal; zero or less if it was at the goal or beyond."""
    expected: Bounds | None = None
    """The levels expected by the last day of the latest period; without a figure, by the day of the
    assessment."""
    lag: Lag | None = None
    """How the latest level compares with the levels expected."""
    steps: tuple[Step, ...] = ()
    """The changes by which a direction is assessed, earliest first."""
    _days_made: int = attrs.field(default=0, alias="days_made")
    _days_left: int = attrs.field(default=0, alias="days_left")

    def __repr__(self) -> str:
        return short_repr(
            self,
            gap=self.gap,
            share=self.share,
            movement=self.movement,
            pace=self.pace,
            required_pace=self.required_pace,
            steps=self.steps,
        )

    @property
    def share(self) -> Fraction | None:
        """The share of the intended change made so far, below 0 and above 1 where it is so.

        ``None`` where the baseline was at the goal or beyond it: there was no change to make.
        """
        if self.made is None or self.intended is None or self.intended.sign <= 0:
            return None
        return ratio(self.made, self.intended)

    @property
    def pace(self) -> Difference | None:
        """The change per 30 days since the baseline, above zero if it is for the better."""
        if self.made is None or self.intended is None or self._days_made <= 0:
            return None
        return self.made * Fraction(_DAYS, self._days_made)

    @property
    def required_pace(self) -> Difference | None:
        """The change per 30 days that leads from the latest figure to the goal by the deadline.

        Zero or less once the goal is met; ``None`` once the deadline has passed.
        """
        if self.gap is None or self._days_left <= 0:
            return None
        return self.gap * Fraction(_DAYS, self._days_left)

    @property
    def movement(self) -> Movement | None:
        """Which way the level has moved since the baseline."""
        if self.made is None or self.intended is None:
            return None
        if self.intended.sign <= 0:
            return Movement.ALREADY_PAST
        return {1: Movement.TOWARDS, 0: Movement.NONE, -1: Movement.AWAY}[self.made.sign]


NOTHING_MEASURED = Progress()
"""The progress of a target without a measure, or without a figure."""


def measure_progress(terms: Terms, selection: Selection, as_of: date) -> Progress:
    """Return the numbers of a target on a day.

    Args:
        terms: The terms of the target.
        selection: The figures.
        as_of: The day.
    """
    latest, baseline, goal = selection.latest, terms.baseline, terms.goal
    if latest is None or latest.level is None:
        return Progress(expected=terms.expected(as_of))
    if goal is None:
        return Progress(steps=_steps(terms, selection, latest))
    level, last_day = latest.level, latest.period.last_day
    gap = goal.shortfall(level)
    made = intended = None
    days_made = 0
    if baseline is not None:
        intended = goal.shortfall(baseline.level)
        made = difference(intended, gap)
        days_made = (last_day - baseline.period.last_day).days
    expected = terms.expected(last_day)
    lag = None
    if expected is not None:
        lag = Lag(latest=latest, level=level, expected=expected, behind=expected.shortfall(level))
    return Progress(
        gap=gap,
        made=made,
        intended=intended,
        expected=expected,
        lag=lag,
        days_made=days_made,
        days_left=(
            0
            if terms.deadline is None or as_of >= terms.deadline
            else (terms.deadline - last_day).days
        ),
    )


def _steps(terms: Terms, selection: Selection, latest: Observation) -> tuple[Step, ...]:
    """Return the changes by which a direction is assessed, the last one up to the latest figure."""
    target = terms.target
    every = target.every if isinstance(target, DirectionTarget) else None
    starts: list[Baseline | Observation] = [terms.baseline] if terms.baseline else []
    if every is None:
        starts += [selection.earliest] if selection.earliest else []
        pairs = [(start, latest) for start in starts]
    else:
        figures = [
            figure
            for figure in selection.history
            if (terms.start or date.min) <= figure.period.last_day <= latest.period.last_day
        ]
        pairs = _pairs(every, [*starts, *figures], figures)
    better = target.measure.better
    steps = tuple(
        Step(start, end, -shortfall(end.level, start.level, better))
        for start, end in pairs
        if start.level is not None
        and end.level is not None
        and start.period.last_day < end.period.last_day
    )
    return steps if steps and steps[-1].end is latest else ()


def _pairs(
    every: Duration,
    starts: Sequence[Baseline | Observation],
    figures: Sequence[Observation],
) -> list[tuple[Baseline | Observation, Observation]]:
    """Return each figure with the level that lies one such time before it, by its last day."""
    # Counted from the day after, so that a year from the end of February is the end of February.
    due = {every.after(start.period.last_day + _DAY) - _DAY: start for start in reversed(starts)}
    return [
        (due[figure.period.last_day], figure) for figure in figures if figure.period.last_day in due
    ]
