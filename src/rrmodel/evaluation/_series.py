"""The figures of an area over time: what a chart says of them, and what may come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import attrs

from rrmodel import inference
from rrmodel.evaluation._selection import is_usable, latest_by_period, select
from rrmodel.evaluation._terms import Terms, terms_of
from rrmodel.model import (
    MeasuredTarget,
    Observation,
    ObservationIndex,
    Observations,
    QuantifiedTarget,
)
from rrmodel.periods import PeriodKind, parse_day
from rrmodel.quantities import Percentage

__all__ = [
    "ObservedChart",
    "chart_history",
    "control_chart",
    "forecast_goal",
    "proportion_chart",
]

_SHORT: tuple[PeriodKind, ...] = ("month", "calendar_quarter", "financial_quarter")
"""Kinds of period of which a year has enough to forecast from."""
_NOTHING = "no figure of the measure, in its unit and of the area, was known on that day"


@attrs.frozen
class ObservedChart:
    """A control chart and the figures that it charts, point for point."""

    figures: tuple[Observation, ...]
    """The figures, oldest first."""
    chart: inference.ControlChart[Fraction] | inference.ControlChart[float]
    """The chart: in per cent or the unit of the amounts from :func:`control_chart`, in shares from
    0 to 1 from :func:`proportion_chart`."""


def control_chart(
    target: MeasuredTarget,
    observations: Observations,
    *,
    as_of: date,
    area: str | None = None,
    kind: PeriodKind | None = None,
    rebase_on: Sequence[date] = (),
    fix_after: int | None = None,
) -> ObservedChart | inference.Undefined:
    """Chart the figures of a target's measure that were known on a day, by their moving range.

    Each point is compared with the level that the trajectory expects by its day. A new group starts
    where the series breaks and on each day named.

    Args:
        target: The target; it carries its measure.
        observations: Observations of any measures and areas.
        as_of: The day of the assessment.
        area: The area. Default: the target's own.
        kind: The kind of period to chart, such as ``"month"``. Default: the most frequent.
        rebase_on: Days on which the process is known to have changed.
        fix_after: How many points of each group the limits rest on. Default: all.

    Returns:
        The chart, or why there is none.
    """
    terms = terms_of(target, area)
    figures = _charted_figures(terms, observations, parse_day(as_of), kind)
    if not figures:
        return inference.Undefined(_NOTHING)
    return chart_history(terms, figures, rebase_on=rebase_on, fix_after=fix_after)


def chart_history(
    terms: Terms,
    figures: Sequence[Observation],
    *,
    rebase_on: Sequence[date] = (),
    fix_after: int | None = None,
) -> ObservedChart:
    """Chart figures of one kind of period, oldest first, against what is expected of them."""
    measure = terms.target.measure
    chart = inference.xmr_chart(
        [found.level.value for found in figures if found.level is not None],
        better=measure.better,
        target=_targets(terms, figures, 1),
        rebase_at=_starts(terms, figures, rebase_on),
        fix_after=fix_after,
        bounds=(0, 100) if measure.unit == "%" else (None, None),
    )
    cautions = chart.cautions
    counts = [found.counts for found in figures]
    for number in range(chart.points[-1].group + 1):
        group = [place for place, point in enumerate(chart.points) if point.group == number]
        mean = chart.points[group[0]].mean / 100
        cautions += inference.few_cases(range(group[0], group[-1] + 1), counts, mean)
    return ObservedChart(tuple(figures), attrs.evolve(chart, cautions=cautions))


def proportion_chart(
    target: MeasuredTarget,
    observations: Observations,
    *,
    as_of: date,
    area: str | None = None,
    kind: PeriodKind | None = None,
    rebase_on: Sequence[date] = (),
    fix_after: int | None = None,
) -> ObservedChart | inference.Undefined:
    """Chart the figures of a target's measure whose counts are known, by what chance allows.

    As :func:`control_chart`, with limits for each point from its own cases, in shares from 0 to 1.
    Figures without counts are not charted.
    """
    terms = terms_of(target, area)
    known = _charted_figures(terms, observations, parse_day(as_of), kind, counted=True)
    if not known:
        return inference.Undefined(_NOTHING)
    return ObservedChart(
        known,
        inference.p_chart(
            [found.counts for found in known if found.counts is not None],
            better=target.measure.better,
            target=_targets(terms, known, 100),
            rebase_at=_starts(terms, known, rebase_on),
            fix_after=fix_after,
        ),
    )


def _charted_figures(
    terms: Terms,
    observations: Observations,
    as_of: date,
    kind: PeriodKind | None,
    *,
    counted: bool = False,
) -> tuple[Observation, ...]:
    """Choose the figures of one kind of period, in whichever of the measure's own series."""
    measure = terms.target.measure
    codes = {None, measure.code, *(later.code for later in measure.series_breaks)}
    known = [
        found
        for found in ObservationIndex.of(observations).measure(measure.id).of(terms.area)
        if found.series in codes
        and is_usable(measure, found, as_of)
        and (found.counts is not None or not counted)
    ]
    kinds = Counter(found.period.kind for found in known).items()
    charted = kind or max(kinds, key=lambda each: each[::-1], default=(None, 0))[0]
    alike = [found for found in known if found.period.kind == charted]
    return tuple(latest_by_period(terms, alike))


def _targets(
    terms: Terms, figures: Sequence[Observation], parts: int
) -> list[Fraction | None] | None:
    """Return what is expected of each figure: by the trajectory, or of another area the goal."""
    if terms.goal is None:
        return None
    expected = [
        terms.goal if terms.is_comparator else terms.expected(found.period.last_day)
        for found in figures
    ]
    return [None if bounds is None else bounds.level.value / parts for bounds in expected]


def _starts(terms: Terms, figures: Sequence[Observation], rebase_on: Sequence[date]) -> list[int]:
    """Return the first figure of each group: after a break in the series, and from each day on."""
    breaks = (each.starts for each in terms.target.measure.series_breaks)
    first_days = [found.period.first_day for found in figures]
    starts = {
        next((place for place, first in enumerate(first_days) if first >= day), None)
        for day in (*breaks, *rebase_on)
    }
    return sorted(start for start in starts if start is not None)


def forecast_goal(
    target: QuantifiedTarget,
    observations: Observations,
    *,
    as_of: date,
    area: str | None = None,
) -> inference.Forecast | inference.Undefined:
    """Say how probable it is that a target is met, from the months or quarters known on a day.

    The figure forecast is the one that will decide: of the last month or quarter that ends by the
    deadline. The series is the latest unbroken run of months, or of quarters, in the series of the
    target; where every one has counts, chance is allowed for.

    Args:
        target: The target; it carries its measure.
        observations: Observations of any measures and areas.
        as_of: The day of the forecast.
        area: The area. Default: the target's own.

    Returns:
        The forecast, or why there is none.
    """
    terms, goal = terms_of(target, area), target.goal
    if not isinstance(goal, Percentage):
        return inference.Undefined(
            "the goal is not one level in per cent, and only shares are forecast"
        )
    if target.deadline is None:
        return inference.Undefined("the target has no deadline, so there is no period to forecast")
    selection = select(terms, ObservationIndex.of(observations), parse_day(as_of))
    run = _latest_run(selection.history)
    if not run:
        return inference.Undefined("no monthly or quarterly figure was known on that day")
    ahead, period, last_day = 0, run[-1].period, target.deadline.last_day
    # Asked in this order, since no period follows the last day of which plans can speak.
    while period.last_day < last_day and (following := period + 1).last_day <= last_day:
        ahead, period = ahead + 1, following
    if not ahead:
        return inference.Undefined(
            f"the figure of {period}, the last by the deadline, is known: there is nothing to "
            "forecast"
        )
    better = target.measure.better
    counts = [found.counts for found in run if found.counts is not None]
    if len(counts) == len(run):
        return inference.forecast(counts, ahead=ahead, goal=goal.share, better=better)
    levels = [found.level.value / 100 for found in run if found.level is not None]
    return inference.forecast_levels(levels, ahead=ahead, goal=goal.share, better=better)


def _latest_run(history: Sequence[Observation]) -> list[Observation]:
    """Return the latest figures of months, or of quarters, that follow one another."""
    run: list[Observation] = []
    for found in reversed(history):
        if found.period.kind not in _SHORT or (run and found.period.kind != run[0].period.kind):
            continue
        if run and found.period + 1 != run[0].period:
            break
        run.insert(0, found)
    return run
