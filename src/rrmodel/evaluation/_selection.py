"""Which observation decides a target on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from math import inf

import attrs

from rrmodel.evaluation._exclusions import ExcludedObservation, Exclusion
from rrmodel.evaluation._regular_series import length_of
from rrmodel.evaluation._terms import Terms
from rrmodel.evaluation._totals import add_up
from rrmodel.model import (
    Counts,
    DirectionTarget,
    Mark,
    Measure,
    MeasureObservations,
    Observation,
    ObservationIndex,
)
from rrmodel.periods import Period
from rrmodel.quantities import Level
from rrmodel.records import short_repr

__all__ = [
    "NOTHING_SELECTED",
    "Selection",
    "is_usable",
    "latest_by_period",
    "select",
]


@attrs.frozen(kw_only=True, repr=False)
class Selection:
    """The figures of a target's measure in an area: the one that decides, and all the others."""

    latest: Observation | None = None
    """The figure that decides: of the latest period that ends by the deadline."""
    earliest: Observation | None = None
    """The figure that a direction is measured from, where the target has no baseline."""
    later: tuple[Observation, ...] = ()
    """Figures of periods that end after the deadline, earliest first, one for each period."""
    history: tuple[Observation, ...] = ()
    """Every comparable figure known on the day, oldest first, one for each period. Figures from
    before the start and after the deadline are among them."""
    _terms: Terms | None = attrs.field(default=None, alias="terms", eq=False, repr=False)
    _comparable: tuple[Observation, ...] = attrs.field(default=(), alias="comparable", repr=False)
    flawed: tuple[ExcludedObservation, ...] = attrs.field(default=(), repr=False)
    """Figures of the area that could not decide at any time, and why."""
    _group: MeasureObservations | None = attrs.field(
        default=None, alias="group", eq=False, repr=False
    )

    @property
    def is_total(self) -> bool:
        """Whether the latest figure is a sum that was not published as such."""
        published = () if self._group is None else self._group.observations
        return self.latest is not None and self.latest not in published

    def __repr__(self) -> str:
        return short_repr(
            self,
            latest=self.latest and str(self.latest.level),
            history=self.history,
            later=self.later,
            flawed=self.flawed,
        )

    @cached_property
    def excluded(self) -> tuple[ExcludedObservation, ...]:
        """Every figure of the measure that does not decide, and why; ``later`` ones included."""
        if self._terms is None or self._group is None:
            return ()
        used = {observation.period: observation for observation in self.history}
        others = self._group.elsewhere(self._terms.area)
        return (
            *self.flawed,
            *(
                ExcludedObservation(
                    observation, _displaced(self._terms, observation, used[observation.period])
                )
                for observation in self._comparable
                if observation is not self.latest and observation is not self.earliest
            ),
            *(ExcludedObservation(observation, Exclusion.OTHER_AREA) for observation in others),
        )


NOTHING_SELECTED = Selection()
"""The selection of a target without a measure."""


def select(terms: Terms, index: ObservationIndex, as_of: date) -> Selection:
    """Choose the figure that decides a target on a day.

    A figure whose day of publication is not known counts from the day on which its outcomes can be
    known. Where several periods end on one day, the one of the baseline's length is preferred, then
    the longer one. Of several figures for one period the one published last is used, then the
    worse one, then the one with more cases or decimals.

    Args:
        terms: The terms of the target.
        index: The observations.
        as_of: Only what was published by this day is used.
    """
    measure = terms.target.measure
    group = index.measure(measure.id)
    flawed: list[ExcludedObservation] = []
    comparable: list[Observation] = []
    for observation in group.of(terms.area):
        reason = _flaw(measure, observation, as_of)
        if (
            reason is None
            and terms.series is not None
            and _series(measure, observation) != terms.series
        ):
            reason = Exclusion.OTHER_SERIES
        if reason is None and not _is_known(measure, observation, as_of):
            reason = Exclusion.NOT_YET_MATURE
        if reason is None:
            comparable.append(observation)
        else:
            flawed.append(ExcludedObservation(observation, reason))
    history = latest_by_period(terms, comparable)
    if measure.kind == "flow":
        totals, unusable = add_up(terms, history)
        flawed += unusable
        comparable = history = list(totals)
    start, deadline = terms.start or date.min, terms.deadline or date.max
    current = [observation for observation in history if start <= observation.period.last_day]
    in_time = [observation for observation in current if observation.period.last_day <= deadline]
    is_direction = isinstance(terms.target, DirectionTarget) and terms.baseline is None
    return Selection(
        latest=in_time[-1] if in_time else None,
        earliest=in_time[0] if is_direction and len(in_time) > 1 else None,
        later=tuple(current[len(in_time) :]),
        history=tuple(history),
        terms=terms,
        comparable=tuple(comparable),
        flawed=tuple(flawed),
        group=group,
    )


def latest_by_period(terms: Terms, figures: Iterable[Observation]) -> list[Observation]:
    """Return the figure that is used for each period, the preferred of each last day last.

    Args:
        terms: The terms of the target.
        figures: Comparable figures by their last days, earliest first.
    """
    by_period: dict[tuple[date, date], Observation] = {}
    for figure in figures:
        days = figure.period.first_day, figure.period.last_day
        rival = by_period.get(days)
        if rival is None or _precedence(terms, figure) >= _precedence(terms, rival):
            by_period[days] = figure
    used = list(by_period.values())
    if len({last_day for _, last_day in by_period}) < len(used):
        used.sort(key=lambda figure: _rank(terms.window, figure.period))
    return used


def _rank(window: Period | None, period: Period) -> tuple[date, bool, int]:
    is_alike = window is not None and length_of(window) == length_of(period)
    return period.last_day, is_alike, period.days


def _precedence(terms: Terms, observation: Observation) -> tuple[object, ...]:
    """Return what decides between figures for one period: the day published, then the worse.

    Of two equal levels, the one with more cases or decimals says more. The order of the figures
    never decides, so that a table gives the same answer however it is sorted.
    """
    level = observation.level
    severity = () if level is None else _severity(terms, level, observation.counts)
    return observation.published or date.min, *severity


def _severity(terms: Terms, level: Level, counts: Counts | None) -> tuple[object, ...]:
    goal = terms.goal
    better = terms.target.measure.better if goal is None else goal.better
    if goal is not None:
        worse = goal.shortfall(level).value
    else:
        worse = -level.value if better == "higher" else level.value
    cases = successes = 0
    if counts is not None:
        cases, successes = counts.denominator, counts.numerator
    failures = cases - successes if better == "higher" else successes
    decimals = inf if level.places is None else level.places
    return worse, cases, failures, decimals, level.value


def _displaced(terms: Terms, observation: Observation, used: Observation) -> Exclusion:
    """Return why a comparable figure does not decide."""
    last_day = observation.period.last_day
    if observation != used:
        is_rival = observation.published == used.published
        return Exclusion.CONTRADICTED if is_rival else Exclusion.SUPERSEDED
    if terms.start is not None and last_day < terms.start:
        return Exclusion.BEFORE_THE_START
    if terms.deadline is not None and last_day > terms.deadline:
        return Exclusion.AFTER_THE_DEADLINE
    return Exclusion.SUPERSEDED


def is_usable(measure: Measure, observation: Observation, as_of: date) -> bool:
    """Return whether a figure says something of its measure that could be known on a day."""
    is_known = _is_known(measure, observation, as_of)
    return is_known and _flaw(measure, observation, as_of) is None


def _flaw(measure: Measure, observation: Observation, as_of: date) -> Exclusion | None:
    """Return why a figure says nothing of its measure, whatever the target."""
    level: Level | None = observation.level
    if observation.published is not None and observation.published > as_of:
        return Exclusion.NOT_YET_PUBLISHED
    if level is None:
        return Exclusion.NO_FIGURE
    if Mark.FORECAST in observation.marks:
        return Exclusion.FORECAST
    if level.unit != measure.unit:
        return Exclusion.OTHER_UNIT
    if (
        measure.series_breaks
        and observation.series is None
        and measure.straddles(observation.period)
    ):
        return Exclusion.ACROSS_A_BREAK
    return None


def _series(measure: Measure, observation: Observation) -> str | None:
    return observation.series or measure.series_of(observation.period)


def _is_known(measure: Measure, observation: Observation, as_of: date) -> bool:
    # What has been published is known; otherwise the follow-up says when it can be.
    last_day = observation.period.last_day
    return (last_day if observation.published else measure.matures_on(last_day)) <= as_of
