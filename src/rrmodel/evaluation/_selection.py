"""Which observation decides a promise on a day, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

import attrs

from rrmodel.evaluation._terms import baseline_for, series_of, start_of
from rrmodel.model import (
    Better,
    Completion,
    DirectionTarget,
    MaintainTarget,
    Mark,
    Measure,
    MeasuredTarget,
    Observation,
)
from rrmodel.periods import Period
from rrmodel.quantities import Level

__all__ = [
    "NOTHING_SEEN",
    "Exclusion",
    "LeftOut",
    "Report",
    "Selection",
    "is_usable",
    "latest_by_period",
    "select",
]

Report: TypeAlias = Observation | Completion
"""What is reported of a promise: a figure, or that a milestone was reached."""


class Exclusion(StrEnum):
    """Why an observation of the target's own measure does not decide it."""

    OTHER_AREA = "other_area"
    NOT_YET_PUBLISHED = "not_yet_published"
    NO_FIGURE = "no_figure"
    FORECAST = "forecast"
    OTHER_UNIT = "other_unit"
    OTHER_SERIES = "other_series"
    ACROSS_A_BREAK = "across_a_break"
    NOT_YET_MATURE = "not_yet_mature"
    BEFORE_THE_START = "before_the_start"
    AFTER_THE_DEADLINE = "after_the_deadline"
    CONTRADICTED = "contradicted"
    SUPERSEDED = "superseded"


_COMPARABLE = frozenset(
    {
        Exclusion.SUPERSEDED,
        Exclusion.CONTRADICTED,
        Exclusion.BEFORE_THE_START,
        Exclusion.AFTER_THE_DEADLINE,
    }
)
"""Why a comparable figure may not decide: it describes another time, or a better one stands."""


@attrs.frozen
class LeftOut:
    """An observation of the target's measure that does not decide it, and why."""

    observation: Observation
    """The observation."""
    because: Exclusion
    """Why it does not decide."""


@attrs.frozen
class Selection:
    """The observations of a promise's measure: those that decide it, and those that do not."""

    latest: Observation | None = None
    """The figure that decides: of the latest period that ends by the deadline."""
    earliest: Observation | None = None
    """The figure that a promised direction is measured from, if the plan names no baseline."""
    later: tuple[Observation, ...] = ()
    """Figures of periods that end after the deadline, earliest first."""
    left_out: tuple[LeftOut, ...] = ()
    """Every figure that does not decide, and why, ``later`` ones included."""

    def history(self, target: MeasuredTarget) -> tuple[Observation, ...]:
        """Return every comparable figure, oldest first, one for each period."""
        decide = [seen for seen in (self.earliest, self.latest) if seen is not None]
        known = [left.observation for left in self.left_out if left.because in _COMPARABLE]
        return tuple(latest_by_period(target, [*known, *decide]).values())


NOTHING_SEEN = Selection()
"""The selection where a promise has no measure, or nothing was seen of it."""


def select(target: MeasuredTarget, seen: Iterable[Report], *, as_of: date, area: str) -> Selection:
    """Choose the observation that decides a promise as of a day.

    A figure whose day of publication is not known counts from the day its outcomes are known.
    Where several figures end on one day, the one of the baseline's kind of period is chosen, then
    the one of the longer period, then the one published last, then the worse of the two.
    """
    usable: list[Observation] = []
    left_out: list[LeftOut] = []
    measure = target.measure.id
    for found in seen:
        if isinstance(found, Completion) or found.measure != measure:
            continue
        because = _exclusion(target, found, as_of, area)
        if because is None:
            usable.append(found)
        else:
            left_out.append(LeftOut(found, because))
    by_period = latest_by_period(target, usable)
    current = list(by_period.values())
    last_day = target.deadline.last_day if target.deadline else date.max
    in_time = [found for found in current if found.period.last_day <= last_day]
    latest = in_time[-1] if in_time else None
    later = tuple(found for found in current if found.period.last_day > last_day)
    earliest = None
    has_start = baseline_for(target, area) is not None
    if isinstance(target, DirectionTarget) and not has_start and len(in_time) > 1:
        earliest = in_time[0]
    for found in usable:
        if found in (latest, earliest):
            continue
        if found in later:
            because = Exclusion.AFTER_THE_DEADLINE
        else:
            stays = by_period[found.period]
            rivals = stays != found and stays.published == found.published
            because = Exclusion.CONTRADICTED if rivals else Exclusion.SUPERSEDED
        left_out.append(LeftOut(found, because))
    return Selection(latest, earliest, later, tuple(left_out))


def latest_by_period(
    target: MeasuredTarget, figures: Iterable[Observation]
) -> dict[Period, Observation]:
    """Return the figure that stands for each period, the most telling period last."""
    preferred = _preferred_kind(target)

    def standing(observation: Observation) -> tuple[object, ...]:
        period = observation.period
        return (
            period.last_day,
            period.kind == preferred,
            period.days,
            observation.published or date.min,
            _standing_of(observation.level, target.measure.better),
        )

    by_period: dict[Period, Observation] = {}
    for found in sorted(figures, key=standing):
        by_period.pop(found.period, None)  # so that the last of a period keeps its own rank
        by_period[found.period] = found
    return by_period


def _standing_of(level: Level | None, better: Better) -> Fraction:
    value = Fraction(0) if level is None else level.value
    return -value if better == "higher" else value


def _preferred_kind(target: MeasuredTarget) -> str | None:
    if isinstance(target, MaintainTarget):
        return target.since.kind if target.since else None
    return target.baseline.period.kind if target.baseline else None


def is_usable(measure: Measure, found: Observation, as_of: date, area: str) -> bool:
    """Whether a figure says something of an area's measure that could be known on a day."""
    return _flaw(measure, found, as_of, area) is None and _is_known(measure, found, as_of)


def _exclusion(
    target: MeasuredTarget, found: Observation, as_of: date, area: str
) -> Exclusion | None:
    measure, period = target.measure, found.period
    because = _flaw(measure, found, as_of, area)
    if because is not None:
        return because
    series = series_of(target)
    if series is not None and (found.series or measure.series_of(period)) != series:
        return Exclusion.OTHER_SERIES
    if not _is_known(measure, found, as_of):
        return Exclusion.NOT_YET_MATURE
    start = start_of(target)
    if start is not None and period.last_day < start:
        return Exclusion.BEFORE_THE_START
    return None


def _flaw(measure: Measure, found: Observation, as_of: date, area: str) -> Exclusion | None:
    """Return why a figure tells nothing of the measure in the area, whatever was promised."""
    level = found.level
    if found.area != area:
        return Exclusion.OTHER_AREA
    if found.published is not None and found.published > as_of:
        return Exclusion.NOT_YET_PUBLISHED
    if level is None:
        return Exclusion.NO_FIGURE
    if Mark.FORECAST in found.marks:
        return Exclusion.FORECAST
    if level.unit != measure.unit:
        return Exclusion.OTHER_UNIT
    if found.series is None and measure.straddles(found.period):
        return Exclusion.ACROSS_A_BREAK
    return None


def _is_known(measure: Measure, found: Observation, as_of: date) -> bool:
    # What has been published is known; otherwise the follow-up says when it can be.
    last_day = found.period.last_day
    return (last_day if found.published else measure.matures_on(last_day)) <= as_of
