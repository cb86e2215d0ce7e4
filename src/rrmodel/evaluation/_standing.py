"""Where a promise stands on a day: the figures that tell, and the numbers that they give."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

import attrs

from rrmodel.evaluation._policy import Policy
from rrmodel.evaluation._selection import NOTHING_SEEN, Exclusion, LeftOut, Selection
from rrmodel.evaluation._terms import baseline_for, expected_of, is_reached
from rrmodel.evaluation._trajectory import shortfall
from rrmodel.model import (
    Completion,
    MeasuredTarget,
    Observation,
    QuantifiedTarget,
    Target,
)
from rrmodel.quantities import Amount, Level, PercentagePoints

__all__ = ["Movement", "Standing", "Status"]

_MONTH = 30
"""Days in the month of a pace: one length, so that paces compare."""


class Status(StrEnum):
    """What can be said of a promise on a day."""

    MET = "met"
    """The latest figure for a period that ends by the deadline reaches the goal."""
    MET_LATE = "met_late"
    """Only a later period reaches the goal."""
    ON_TRACK = "on_track"
    """The deadline is to come, and the level is at or beyond the goal or where it should be."""
    AT_RISK = "at_risk"
    """The deadline is to come, and the level is behind, within the limits of the policy."""
    OFF_TRACK = "off_track"
    """The deadline is to come, and the level is further behind than the policy allows."""
    MISSED = "missed"
    """The deadline has passed and no published period reaches the goal."""
    NO_DATA = "no_data"
    """Nothing has been published that tells; this is not the same as missed."""
    NOT_YET_MEASURABLE = "not_yet_measurable"
    """The outcomes that would tell cannot be known yet."""
    NOT_COMPARABLE = "not_comparable"
    """There are figures, but of another series or unit than the promise was made in."""
    NOT_QUANTIFIED = "not_quantified"
    """The promise has nothing to count."""


class Movement(StrEnum):
    """Which way a level has gone since the baseline of its promise."""

    ALREADY_PAST = "already_past"
    """The baseline was at or beyond the goal before the promise began."""
    TOWARDS = "towards"
    """The level is on the goal's side of the baseline."""
    NONE = "none"
    """The level is that of the baseline."""
    AWAY = "away"
    """The level is further from the goal than the baseline was."""


@attrs.frozen(kw_only=True)
class Standing:
    """Where one promise stands on a day: the figures that decide, and the numbers they give."""

    target: Target
    """The promise."""
    area: str
    """The area whose figures were looked at."""
    as_of: date
    """The day: only what was published by then counts."""
    policy: Policy
    """The rule that grades a promise before its deadline."""
    status: Status
    """The answer."""
    figures: Selection = NOTHING_SEEN
    """The figures that decide, and those that do not."""
    completion: Completion | None = None
    """The report that a milestone was reached."""

    @property
    def latest(self) -> Observation | None:
        """The figure that decides: of the latest period that ends by the deadline."""
        return self.figures.latest

    @property
    def earliest(self) -> Observation | None:
        """The figure that a promised direction is measured from, if the plan has no baseline."""
        return self.figures.earliest

    @property
    def later(self) -> tuple[Observation, ...]:
        """Figures of periods that end after the deadline, earliest first."""
        return self.figures.later

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Every other figure of the same measure, and why it does not decide."""
        return self.figures.left_out

    @property
    def is_comparator(self) -> bool:
        """Whether the figures are those of another area than the promise was made for."""
        return self.area != self.target.area

    @property
    def goal(self) -> Level | None:
        """The level promised; ``None`` where the promise names none."""
        target = self.target
        return target.goal if isinstance(target, QuantifiedTarget) else None

    @property
    def gap(self) -> PercentagePoints | Amount | None:
        """How far the latest level is short of the goal; zero or less once it is reached."""
        target, level = self.target, self._level
        if level is None or not isinstance(target, QuantifiedTarget):
            return None
        return shortfall(level, target.goal, target.measure.better)

    @property
    def progress(self) -> Fraction | None:
        """The share of the promised change made so far, below 0 and above 1 if it is so.

        ``None`` without a baseline of the same area, and for a level to be held.
        """
        baseline, level = baseline_for(self.target, self.area), self._level
        if baseline is None or level is None or not isinstance(self.target, QuantifiedTarget):
            return None
        better = self.target.measure.better
        change = shortfall(baseline.level, self.target.goal, better)
        made = shortfall(baseline.level, level, better)
        return Fraction(made.value, change.value) if change.sign else None

    @property
    def movement(self) -> Movement | None:
        """Which way the level has gone since the baseline.

        ``None`` without a goal, without a baseline of the same area, and without a figure.
        """
        baseline, level = baseline_for(self.target, self.area), self._level
        if baseline is None or level is None or not isinstance(self.target, QuantifiedTarget):
            return None
        if is_reached(self.target, baseline.level):
            return Movement.ALREADY_PAST
        made = shortfall(baseline.level, level, self.target.measure.better).sign
        return {1: Movement.TOWARDS, 0: Movement.NONE, -1: Movement.AWAY}[made]

    @property
    def expected(self) -> Level | None:
        """The level that the trajectory expects by the end of the latest figure's period.

        Without a figure, by :attr:`as_of`. ``None`` before the promise begins, and without a
        baseline of the same area.
        """
        day = self.latest.period.last_day if self.latest else self.as_of
        return expected_of(self.target, self.area, day)

    @property
    def pace(self) -> PercentagePoints | Amount | None:
        """The change per 30 days made since the baseline, above zero if it is for the better.

        ``None`` without a baseline of the same area, and without a figure later than it.
        """
        baseline, level = baseline_for(self.target, self.area), self._level
        if baseline is None or level is None or self.latest is None:
            return None
        days = (self.latest.period.last_day - baseline.period.last_day).days
        if days <= 0 or not isinstance(self.target, QuantifiedTarget):
            return None
        return shortfall(baseline.level, level, self.target.measure.better) * Fraction(_MONTH, days)

    @property
    def required_pace(self) -> PercentagePoints | Amount | None:
        """The change per 30 days that leads from the latest figure to the goal by the deadline.

        Zero or less once the goal is reached. ``None`` when the deadline has passed.
        """
        gap = self.gap
        if gap is None or self.latest is None or not isinstance(self.target, QuantifiedTarget):
            return None
        deadline = self.target.deadline.last_day
        if self.as_of >= deadline:
            return None
        return gap * Fraction(_MONTH, (deadline - self.latest.period.last_day).days)

    @property
    def reached_late(self) -> Observation | None:
        """The first figure after the deadline that reaches the goal; ``None`` if none does."""
        target = self.target
        if not isinstance(target, QuantifiedTarget):
            return None
        return next(
            (
                seen
                for seen in self.later
                if seen.level is not None and is_reached(target, seen.level)
            ),
            None,
        )

    @property
    def history(self) -> tuple[Observation, ...]:
        """Every comparable figure known on the day, oldest first, one for each period.

        Figures from before the promise began and after its deadline are among them.
        """
        target = self.target
        return self.figures.history(target) if isinstance(target, MeasuredTarget) else ()

    @property
    def revisions(self) -> tuple[Observation, ...]:
        """Every figure published for the latest period, the first published first.

        The last is :attr:`latest`; one alone has not been revised.
        """
        if self.latest is None:
            return ()
        earlier = [
            left.observation
            for left in self.left_out
            if left.because is Exclusion.SUPERSEDED
            and left.observation.period == self.latest.period
        ]
        return (*sorted(earlier, key=lambda seen: seen.published or date.min), self.latest)

    @property
    def _level(self) -> Level | None:
        return self.latest.level if self.latest else None
