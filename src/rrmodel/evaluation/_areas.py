"""One measure in many areas over one period, with the uncertainty of each."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from rrmodel import inference
from rrmodel.evaluation._selection import is_usable
from rrmodel.model import Measure, ObservationIndex, Observations
from rrmodel.periods import Period, parse_day

__all__ = ["compare_areas"]


def compare_areas(
    measure: Measure,
    observations: Observations,
    *,
    period: Period,
    as_of: date | str,
    average: Fraction | None = None,
    winsorise: float = 0.1,
) -> inference.Funnel:
    """Compare all areas whose counts for a period were known on a day.

    Each area is compared with the average by the limits of chance for an area of its size, with and
    without an allowance for the usual differences between areas, and ranked with its uncertainty.
    Only figures for exactly the days of the period are compared, however the period is written.
    Figures without counts, across a break in the series or from another series are excluded.

    Args:
        measure: The measure.
        observations: Observations of any measures and areas. Where an area has several for the
            period, the one published last is used.
        period: The period.
        as_of: The day: only figures published by then are used.
        average: The share to compare with, from 0 to 1. Default: that of all areas together.
        winsorise: The share of the most extreme areas at each end that is drawn in before the
            usual differences between areas are estimated.

    Raises:
        QuantityError: No area has counts for the period, or an option is out of its range.
    """
    day = parse_day(as_of)
    known = [
        observation
        for observation in ObservationIndex.of(observations).measure(measure.id).observations
        if observation.period == period
        and observation.series in {None, measure.series_of(period)}
        and is_usable(measure, observation, day)
    ]
    latest = {
        observation.area: observation.counts
        for observation in sorted(known, key=lambda observation: observation.published or date.min)
        if observation.counts is not None
    }
    return inference.funnel(latest, better=measure.better, average=average, winsorise=winsorise)
