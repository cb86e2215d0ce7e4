"""The reasons to read some points of a control chart with care."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

import attrs

from rrmodel.records import Field, Layout, Result, short_repr

__all__ = ["CAUTION", "Caution", "CautionKind", "named"]


class CautionKind(StrEnum):
    """Why some points of a chart should be read with care."""

    NO_LIMITS = "no_limits"
    """A group has too few points for limits: it is a run chart."""
    TRIAL_LIMITS = "trial_limits"
    """A group has limits, but fewer than 13 points: the limits will still move."""
    FEW_CASES = "few_cases"
    """Fewer than five cases are expected with the outcome, or without it."""
    OVERDISPERSED = "overdispersed"
    """The shares change more than chance alone explains: the limits are too narrow."""
    OVERLAPPING = "overlapping"
    """The periods overlap: the points are not independent, and no run rules apply."""
    MISSING_PERIODS = "missing_periods"
    """Periods are missing: no moving range and no run reaches across the gap."""

    @property
    def summary(self) -> str:
        """The reason in short, as for the note below a chart."""
        return _SUMMARIES[self]


_SUMMARIES = {
    CautionKind.NO_LIMITS: "there are too few figures for limits",
    CautionKind.TRIAL_LIMITS: "limits of fewer than 13 figures are trial limits",
    CautionKind.FEW_CASES: "fewer than 5 expected cases make limits rough",
    CautionKind.OVERDISPERSED: "figures vary by more than chance, so the limits are too narrow",
    CautionKind.OVERLAPPING: "periods overlap, so no rules about runs apply",
    CautionKind.MISSING_PERIODS: "periods are missing, and no rule reaches across the gap",
}

CAUTION: Layout[Caution] = Layout(
    "chart_caution",
    "A reason to read some points of a chart with care.",
    (
        Field(
            "kind",
            "text",
            "Which reason.",
            lambda one: one.kind.value,
            choose_from=lambda: CautionKind,
        ),
        Field(
            "points",
            "wholes",
            "The points concerned, counted from 0.",
            lambda one: one.points,
        ),
        Field("statement", "text", "The reason in a sentence.", lambda one: one.statement),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class Caution(Result):
    """A reason to read some points of a chart with care."""

    kind: CautionKind
    """Which reason."""
    points: tuple[int, ...]
    """The points concerned, counted from 0."""
    statement: str
    """The reason in a sentence."""

    layout: ClassVar[Layout[Caution]] = CAUTION
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(self, self.kind.value, points=self.points, statement=self.statement)


def named(places: range) -> str:
    """Return how a statement names points."""
    if len(places) == 1:
        return f"point {places.start}"
    return f"points {places.start} to {places.stop - 1}"
