"""Why an observation does not decide a target."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

import attrs

from rrmodel.model import Observation
from rrmodel.records import Field, Layout, Result, ShownColumn, short_repr

__all__ = ["ExcludedObservation", "Exclusion"]


class Exclusion(StrEnum):
    """Why an observation of the target's own measure does not decide it."""

    OTHER_AREA = "other_area"
    """It describes another area."""
    NOT_YET_PUBLISHED = "not_yet_published"
    """It was published after the day of the assessment."""
    NO_FIGURE = "no_figure"
    """The publisher gives no figure, which is not zero."""
    FORECAST = "forecast"
    """It is marked as a forecast."""
    OTHER_UNIT = "other_unit"
    """It is in another unit than the measure."""
    OTHER_SERIES = "other_series"
    """It belongs to another series than the target."""
    ACROSS_A_BREAK = "across_a_break"
    """The series breaks within its period."""
    NOT_YET_MATURE = "not_yet_mature"
    """Its period is not over, or its outcomes cannot be known yet."""
    BEFORE_THE_START = "before_the_start"
    """Its period ends before the baseline, or before the first period that the target covers."""
    AFTER_THE_DEADLINE = "after_the_deadline"
    """Its period ends after the deadline."""
    CONTRADICTED = "contradicted"
    """Another figure for the same period, published the same day, is worse and is used."""
    SUPERSEDED = "superseded"
    """A later period or a later revision is used."""
    INCOMPLETE = "incomplete"
    """It is part of a total, and figures for other parts are missing."""
    OVERLAPPING = "overlapping"
    """It is part of a total, and its period overlaps with others or is not wholly covered."""
    NO_SPAN = "no_span"
    """It is a figure of a flow, and the target does not say over which time figures are added."""


def _observation(excluded: ExcludedObservation) -> Observation:
    return excluded.observation


_EXCLUDED: Layout[ExcludedObservation] = Layout(
    "excluded",
    "A figure of the measure that does not decide, and the reason.",
    (
        *Observation.layout.through(_observation),
        Field(
            "reason",
            "text",
            "Why it does not decide.",
            lambda one: one.reason.value,
            choose_from=lambda: Exclusion,
        ),
    ),
    shown=(
        ShownColumn("Reason", "reason"),
        *(column for column in Observation.layout.shown if column.name != "measure"),
    ),
)


@attrs.frozen(repr=False)
class ExcludedObservation(Result):
    """An observation of the target's measure that does not decide it, and the reason."""

    observation: Observation
    """The observation."""
    reason: Exclusion
    """Why it does not decide."""

    layout: ClassVar[Layout[ExcludedObservation]] = _EXCLUDED
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(self, self.reason.value, observation=self.observation)
