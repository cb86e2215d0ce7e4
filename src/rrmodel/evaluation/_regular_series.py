"""Which figures are one series: those of equal length whose periods end at a regular step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

import attrs

from rrmodel.model import Observation
from rrmodel.periods import Period, PeriodKind
from rrmodel.records import short_repr

__all__ = [
    "ExcludedFigure",
    "Series",
    "SeriesExclusion",
    "is_of_kind",
    "length_of",
    "one_series",
]

Length: TypeAlias = tuple[bool, int]
"""Whether a period is made of whole months, and how many months or else days it has."""

_ENOUGH = Fraction(2, 3)
"""The share of figures that must follow each other at a step for the step to be regular."""
_FEWEST = 3
"""The fewest figures that show a step other than the length of their periods."""
_KINDS: dict[PeriodKind, tuple[int, frozenset[int]]] = {
    "month": (1, frozenset(range(1, 13))),
    "calendar_quarter": (3, frozenset({1, 4, 7, 10})),
    "financial_quarter": (3, frozenset({1, 4, 7, 10})),
    "financial_year": (12, frozenset({4})),
    "calendar_year": (12, frozenset({1})),
    "rolling_year": (12, frozenset(range(1, 13))),
}
"""How many months each kind of period has, and the months of the year in which it may start."""


class SeriesExclusion(StrEnum):
    """Why a comparable figure is not part of a series."""

    OTHER_LENGTH = "other_length"
    """Its period is longer or shorter than the others."""
    OTHER_STEP = "other_step"
    """Its period ends between the steps of the series."""
    OTHER_KIND = "other_kind"
    """Its period is of another kind than the one asked for."""
    NO_COUNTS = "no_counts"
    """It was published without counts, which the chart needs."""


@attrs.frozen(repr=False)
class ExcludedFigure:
    """A comparable figure that is not part of a series, and the reason."""

    observation: Observation
    """The figure."""
    reason: SeriesExclusion
    """Why it is excluded."""

    def __repr__(self) -> str:
        return short_repr(self, self.reason.value, observation=self.observation)


@attrs.frozen(kw_only=True)
class Series:
    """Figures of equal length at a regular step, oldest first."""

    figures: tuple[Observation, ...]
    """The figures."""
    gaps: tuple[int, ...]
    """The figures, counted from 0, before which periods are missing."""
    overlapping: bool
    """Whether the periods overlap, as rolling years do that are published each quarter."""
    excluded: tuple[ExcludedFigure, ...] = ()
    """The figures that are not part of it, each with its reason."""


def length_of(period: Period) -> Length:
    """Return the length of a period: in whole months, or in days if it is not whole months."""
    months = period.month_count
    return (False, period.days) if months is None else (True, months)


def is_of_kind(period: Period, kind: PeriodKind) -> bool:
    """Return whether a period is of a kind by its days, whatever it is called.

    >>> from rrmodel import DateRange
    >>> is_of_kind(DateRange("year to September 2021"), "rolling_year")
    True
    """
    if kind not in _KINDS:
        return period.kind == kind
    months, starts = _KINDS[kind]
    return period.month_count == months and period.first_day.month in starts


def one_series(figures: Iterable[Observation], *, like: Period | None = None) -> Series | None:
    """Return the largest series among figures, at most one of each period.

    Figures are one series if their periods have equal length and end at a regular step; the
    calendar does not matter. Years that end each quarter are one series of overlapping periods.
    Ends are counted in whole months where the periods are made of them, else in days. A step is
    regular if two in three of the figures follow the one before at that step. The length of the
    periods is always a possible step, so a monthly series may have gaps.

    Args:
        figures: The figures, in any order.
        like: The period whose length and place in the year are preferred among equally large
            series, such as that of the baseline. Otherwise the longer periods are preferred, and
            those that end last.

    Returns:
        The series; ``None`` without figures.
    """
    ordered = sorted(figures, key=lambda figure: figure.period.last_day)
    if not ordered:
        return None
    by_length = {
        length: [figure for figure in ordered if _has_length(figure.period, length)]
        for length in {length_of(figure.period): None for figure in ordered}
    }
    candidates = {length: _at_one_step(alike, length, like) for length, alike in by_length.items()}
    preferred = length_of(like) if like is not None else None
    chosen = max(
        candidates,
        key=lambda length: (
            len(candidates[length].figures),
            length == preferred,
            candidates[length].figures[0].period.days,
        ),
    )
    others = (
        ExcludedFigure(figure, SeriesExclusion.OTHER_LENGTH)
        for figure in ordered
        if not _has_length(figure.period, chosen)
    )
    return attrs.evolve(candidates[chosen], excluded=(*candidates[chosen].excluded, *others))


def _has_length(period: Period, length: Length) -> bool:
    # Among periods of 28 days, February is one of them.
    in_months, size = length
    return period.month_count == size if in_months else period.days == size


def _at_one_step(alike: Sequence[Observation], length: Length, like: Period | None) -> Series:
    """Return the figures of one length that end at the most telling step."""
    in_months, size = length
    ends = [_end(figure.period, in_months=in_months) for figure in alike]
    steps = {size, *(later - earlier for earlier, later in pairwise(ends))}
    wanted = None if like is None else _end(like, in_months=in_months)
    candidates = [(step, _members(ends, step, wanted)) for step in steps]
    step, places = max(
        (
            (step, places)
            for step, places in candidates
            if step == size or _is_regular([ends[place] for place in places], step)
        ),
        key=lambda candidate: (len(candidate[1]), candidate[0]),
    )
    kept = set(places)
    return Series(
        figures=tuple(alike[place] for place in places),
        gaps=tuple(
            number
            for number, (earlier, later) in enumerate(pairwise(places), start=1)
            if ends[later] - ends[earlier] != step
        ),
        overlapping=step < size and len(places) > 1,
        excluded=tuple(
            ExcludedFigure(figure, SeriesExclusion.OTHER_STEP)
            for place, figure in enumerate(alike)
            if place not in kept
        ),
    )


def _members(ends: Sequence[int], step: int, wanted: int | None) -> list[int]:
    """Return the most figures that end a whole number of steps from each other."""
    by_phase: defaultdict[int, list[int]] = defaultdict(list)
    for place, end in enumerate(ends):
        by_phase[end % step].append(place)
    preferred = None if wanted is None else wanted % step
    return max(
        by_phase.values(),
        key=lambda places: (len(places), ends[places[0]] % step == preferred, places[-1]),
    )


def _is_regular(ends: Sequence[int], step: int) -> bool:
    moves = [later - earlier for earlier, later in pairwise(ends)]
    return len(ends) >= _FEWEST and moves.count(step) >= _ENOUGH * len(moves)


def _end(period: Period, *, in_months: bool) -> int:
    day = period.last_day
    return 12 * day.year + day.month if in_months else day.toordinal()
