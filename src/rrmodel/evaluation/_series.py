"""The figures of an area over time: what a chart says of them, and what may come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

import attrs

from rrmodel.evaluation._selection import Report, is_usable, latest_by_period, select
from rrmodel.evaluation._terms import expected_of
from rrmodel.inference import (
    ControlChart,
    Forecast,
    Undefined,
    few_cases,
    forecast,
    forecast_levels,
    p_chart,
    xmr_chart,
)
from rrmodel.model import Completion, MeasuredTarget, Observation, QuantifiedTarget
from rrmodel.periods import PeriodKind
from rrmodel.quantities import Percentage

__all__ = ["ObservedChart", "chart_figures", "control_chart", "forecast_goal", "proportion_chart"]

_SHORT: tuple[PeriodKind, ...] = ("month", "calendar_quarter", "financial_quarter")
"""Kinds of period of which a year has enough to forecast from."""
_NOTHING = "no figure of the measure, in its unit and of the area, was known on that day"


@attrs.frozen
class ObservedChart:
    """A control chart and the figures that it charts, point for point."""

    figures: tuple[Observation, ...]
    """The figures, oldest first."""
    chart: ControlChart[Fraction] | ControlChart[float]
    """The chart: in per cent or the unit of the amounts from :func:`control_chart`, in shares from
    0 to 1 from :func:`proportion_chart`."""


def control_chart(
    target: MeasuredTarget,
    seen: Iterable[Report],
    *,
    as_of: date,
    area: str | None = None,
    kind: PeriodKind | None = None,
    rebase_on: Sequence[date] = (),
    fix_after: int | None = None,
) -> ObservedChart | Undefined:
    """Chart the figures of a promise's measure that were known on a day, by their moving range.

    Each point is held against the level that the trajectory expects by its day. A new group starts
    where the series breaks and on each day named.

    Args:
        target: The promise; it carries its measure.
        seen: Observations of any measures and areas.
        as_of: The day of the judgement.
        area: The area to look at if that is not the target's own.
        kind: The kind of period to chart, such as ``"month"``; the most frequent if left out.
        rebase_on: Days on which the process is known to have changed.
        fix_after: How many points of each group the limits rest on; all if left out.

    Returns:
        The chart, or why there is none.
    """
    place = target.area if area is None else area
    figures = _charted_figures(target, seen, as_of, place, kind)
    if not figures:
        return Undefined(_NOTHING)
    return chart_figures(target, figures, place, rebase_on=rebase_on, fix_after=fix_after)


def chart_figures(
    target: MeasuredTarget,
    figures: Sequence[Observation],
    area: str,
    *,
    rebase_on: Sequence[date] = (),
    fix_after: int | None = None,
) -> ObservedChart:
    """Chart figures of one kind of period, oldest first, against what a promise expects of them."""
    chart = xmr_chart(
        [seen.level.value for seen in figures if seen.level is not None],
        better=target.measure.better,
        target=_targets(target, figures, area, 1),
        rebase_at=_starts(target, figures, rebase_on),
        fix_after=fix_after,
        bounds=(0, 100) if target.measure.unit == "%" else (None, None),
    )
    cautions = chart.cautions
    counts = [seen.counts for seen in figures]
    for number in range(chart.points[-1].group + 1):
        group = [place for place, point in enumerate(chart.points) if point.group == number]
        mean = chart.points[group[0]].mean / 100
        cautions += few_cases(range(group[0], group[-1] + 1), counts, mean)
    return ObservedChart(tuple(figures), attrs.evolve(chart, cautions=cautions))


def proportion_chart(
    target: MeasuredTarget,
    seen: Iterable[Report],
    *,
    as_of: date,
    area: str | None = None,
    kind: PeriodKind | None = None,
    rebase_on: Sequence[date] = (),
    fix_after: int | None = None,
) -> ObservedChart | Undefined:
    """Chart the figures of a promise's measure whose counts are known, by what chance allows.

    As :func:`control_chart`, with limits for each point from its own cases, in shares from 0 to 1.
    Figures without counts are left out.
    """
    place = target.area if area is None else area
    counted = [
        found for found in seen if isinstance(found, Observation) and found.counts is not None
    ]
    figures = _charted_figures(target, counted, as_of, place, kind)
    if not figures:
        return Undefined(_NOTHING)
    return ObservedChart(
        figures,
        p_chart(
            [found.counts for found in figures if found.counts is not None],
            better=target.measure.better,
            target=_targets(target, figures, place, 100),
            rebase_at=_starts(target, figures, rebase_on),
            fix_after=fix_after,
        ),
    )


def _charted_figures(
    target: MeasuredTarget,
    seen: Iterable[Report],
    as_of: date,
    area: str,
    kind: PeriodKind | None,
) -> tuple[Observation, ...]:
    """Choose the figures of one kind of period, in whichever of the measure's own series."""
    measure = target.measure
    codes = {measure.code, *(later.code for later in measure.series_breaks)}
    known = [
        found
        for found in seen
        if not isinstance(found, Completion)
        and found.measure == measure.id
        and found.series in {None, *codes}
        and is_usable(measure, found, as_of, area)
    ]
    kinds = Counter(found.period.kind for found in known).items()
    charted = kind or max(kinds, key=lambda each: each[::-1], default=(None, 0))[0]
    alike = [found for found in known if found.period.kind == charted]
    return tuple(latest_by_period(target, alike).values())


def _targets(
    target: MeasuredTarget, figures: Sequence[Observation], area: str, parts: int
) -> list[Fraction | None] | None:
    """Return what is expected of each figure: by the trajectory, or of another area the goal."""
    if not isinstance(target, QuantifiedTarget):
        return None
    expected = [
        expected_of(target, area, seen.period.last_day) if area == target.area else target.goal
        for seen in figures
    ]
    return [None if level is None else level.value / parts for level in expected]


def _starts(
    target: MeasuredTarget, figures: Sequence[Observation], rebase_on: Sequence[date]
) -> list[int]:
    """Return the first figure of each group: after a break in the series, and from each day on."""
    breaks = (each.starts for each in target.measure.series_breaks)
    first_days = [seen.period.first_day for seen in figures]
    starts = {
        next((place for place, first in enumerate(first_days) if first >= day), None)
        for day in (*breaks, *rebase_on)
    }
    return sorted(start for start in starts if start is not None)


def forecast_goal(
    target: QuantifiedTarget,
    seen: Iterable[Report],
    *,
    as_of: date,
    area: str | None = None,
) -> Forecast | Undefined:
    """Say how probable it is that a promise is met, from the months or quarters known on a day.

    The figure forecast is the one that will decide: of the last month or quarter that ends by the
    deadline. The series is the latest unbroken run of months, or of quarters, in the series that
    the promise is made in; where every one has counts, what chance does to them is allowed for.

    Args:
        target: The promise; it carries its measure.
        seen: Observations of any measures and areas.
        as_of: The day of the forecast.
        area: The area to look at if that is not the target's own.

    Returns:
        The forecast, or why there is none.
    """
    place = target.area if area is None else area
    goal = target.goal
    if not isinstance(goal, Percentage):
        return Undefined("the goal is an amount, and only shares are forecast")
    run = _latest_run(select(target, seen, as_of=as_of, area=place).history(target))
    if not run:
        return Undefined("no monthly or quarterly figure was known on that day")
    ahead, period, last_day = 0, run[-1].period, target.deadline.last_day
    # Asked in this order, since no period follows the last day of which plans can speak.
    while period.last_day < last_day and (following := period + 1).last_day <= last_day:
        ahead, period = ahead + 1, following
    if not ahead:
        return Undefined(
            f"the figure of {period}, the last by the deadline, is known: there is nothing to "
            "forecast"
        )
    better = target.measure.better
    counts = [found.counts for found in run if found.counts is not None]
    if len(counts) == len(run):
        return forecast(counts, ahead=ahead, goal=goal.share, better=better)
    levels = [found.level.value / 100 for found in run if found.level is not None]
    return forecast_levels(levels, ahead=ahead, goal=goal.share, better=better)


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
