"""One measure in many areas, each with how sure one can be of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from rrmodel.evaluation._selection import Report, is_usable
from rrmodel.inference import Funnel, funnel
from rrmodel.model import Completion, Measure
from rrmodel.periods import Period

__all__ = ["compare_areas"]


def compare_areas(
    measure: Measure,
    seen: Iterable[Report],
    *,
    period: Period,
    as_of: date,
    average: Fraction | None = None,
    winsorise: float = 0.1,
) -> Funnel:
    """Compare all areas whose counts for a period were known on a day.

    Each area is held against the average by the limits that chance allows an area of its size, with
    and without allowing for differences that areas always have, and ranked with its uncertainty.
    Figures without counts, across a break in the series or of another series than the measure's own
    in that period are passed over.

    Args:
        measure: What is measured.
        seen: Observations of any measures and areas. Where an area has several for the period, the
            one published last counts.
        period: The period.
        as_of: The day: only what was published by then counts.
        average: The share to compare with, from 0 to 1; that of all areas together if left out.
        winsorise: The share of the most extreme areas at each end that is drawn in before the
            usual differences between areas are worked out.

    Raises:
        QuantityError: No area has counts for the period, or an option is out of its range.
    """
    known = [
        found
        for found in seen
        if not isinstance(found, Completion)
        and found.measure == measure.id
        and found.period == period
        and found.series in {None, measure.series_of(period)}
        and is_usable(measure, found, as_of, found.area)
    ]
    latest = {
        found.area: found.counts
        for found in sorted(known, key=lambda found: found.published or date.min)
        if found.counts is not None
    }
    return funnel(latest, better=measure.better, average=average, winsorise=winsorise)
