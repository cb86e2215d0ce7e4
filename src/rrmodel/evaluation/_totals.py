"""Figures of a flow, added up over the time that a target covers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rrmodel.evaluation._exclusions import ExcludedObservation, Exclusion
from rrmodel.evaluation._regular_series import length_of
from rrmodel.evaluation._terms import Terms
from rrmodel.model import Mark, Observation, RangeTarget, ReachTarget
from rrmodel.periods import period_of_days
from rrmodel.quantities import Amount

__all__ = ["add_up"]

_DAY = timedelta(days=1)


def add_up(
    terms: Terms, figures: Sequence[Observation]
) -> tuple[Sequence[Observation], Sequence[ExcludedObservation]]:
    """Return the totals of a flow over the target's own span, and the figures that make none.

    Towards a total since a first day ("210 places over three years") each total runs from that
    day. Otherwise each is as long as the baseline's period or the first period covered, so that
    twelve months are compared with a year. A total is made of figures whose periods follow one
    another without a gap or an overlap.

    Args:
        terms: The terms of a target whose measure is a flow.
        figures: Comparable figures, one for each period, by their last days.
    """
    ends = dict.fromkeys(figure.period.last_day for figure in figures)
    spans = {end: first for end in ends if (first := terms.first_day_of_total(end)) is not None}
    if not spans:
        is_towards = isinstance(terms.target, ReachTarget | RangeTarget) and terms.deadline
        if is_towards or len({length_of(figure.period) for figure in figures}) > 1:
            return (), [ExcludedObservation(figure, Exclusion.NO_SPAN) for figure in figures]
        return figures, ()
    chains = {end: _chain(figures, first, end) for end, first in spans.items()}
    parts = {part for chain in chains.values() for part in chain}
    unused = [
        ExcludedObservation(figure, _reason(figures, figure, spans[figure.period.last_day]))
        for figure in figures
        if figure not in parts
    ]
    in_time = [end for end in spans if terms.deadline is None or end <= terms.deadline]
    if in_time and not chains[max(in_time)]:
        # What is known last cannot be added, so that an older total would be out of date.
        reason = max(each.reason for each in unused)
        used = (ExcludedObservation(figure, reason) for figure in figures if figure in parts)
        return (), (*unused, *used)
    return [_total(chain) for chain in chains.values() if chain], unused


def _chain(figures: Sequence[Observation], first: date, end: date) -> tuple[Observation, ...]:
    """Return the fewest figures that cover the days from first to end, each once."""
    chains: dict[date, tuple[Observation, ...]] = {first - _DAY: ()}
    for figure in figures:
        period = figure.period
        before = chains.get(period.first_day - _DAY)
        if before is None or period.first_day < first:
            continue
        rival = chains.get(period.last_day)
        if rival is None or len(before) < len(rival) - 1:
            chains[period.last_day] = (*before, figure)
    return chains.get(end, ())


def _total(parts: Sequence[Observation]) -> Observation:
    """Return the figures of a chain as one figure; one alone is itself."""
    last = parts[-1]
    if len(parts) == 1:
        return last
    levels = [part.level for part in parts if isinstance(part.level, Amount)]
    published = [part.published for part in parts]
    marks = {mark for part in parts for mark in part.marks} | {Mark.DERIVED}
    known = [day for day in published if day is not None]
    return Observation(
        measure=last.measure,
        area=last.area,
        period=period_of_days(parts[0].period.first_day, last.period.last_day),
        level=sum(levels[1:], levels[0]),
        published=max(known) if len(known) == len(published) else None,
        series=last.series,
        marks=tuple(sorted(marks)),
        citation=last.citation,
        note=f"The sum of {len(parts)} figures.",
    )


def _reason(figures: Sequence[Observation], figure: Observation, first: date) -> Exclusion:
    """Return why the total that would end with a figure cannot be made."""
    covered = first - _DAY
    for other in sorted(figures, key=lambda other: other.period.first_day):
        if (
            other.period.first_day <= covered + _DAY
            and other.period.last_day <= figure.period.last_day
        ):
            covered = max(covered, other.period.last_day)
    is_covered = covered >= figure.period.last_day
    return Exclusion.OVERLAPPING if is_covered else Exclusion.INCOMPLETE
