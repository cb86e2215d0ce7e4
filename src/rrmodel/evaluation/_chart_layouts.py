"""The fields of a control chart as data, in the unit of its figures."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

import attrs

from rrmodel import inference
from rrmodel.evaluation._regular_series import ExcludedFigure, SeriesExclusion
from rrmodel.model import Observation
from rrmodel.quantities import Level
from rrmodel.records import Field, Layout, ShownColumn, nearest_number, quantity

__all__ = ["CAUTION", "EXCLUDED", "POINT", "NamedCaution", "PlottedFigure", "Point"]

Number: TypeAlias = Fraction | float
Point: TypeAlias = "inference.ControlPoint[Fraction] | inference.ControlPoint[float]"


@attrs.frozen
class PlottedFigure:
    """A figure and its point in a chart."""

    figure: Observation
    point: Point
    scale: int
    """The factor from the numbers of the chart to the unit of the figures."""

    def in_unit(self, number: Number | None) -> float | None:
        """Return a number of the chart in the unit of the figures."""
        return None if number is None else nearest_number(Fraction(number) * self.scale)


@attrs.frozen
class NamedCaution:
    """A caution about a chart, with the periods that it is about."""

    caution: inference.Caution
    periods: tuple[str, ...]


def _level(plotted: PlottedFigure) -> Level | None:
    return plotted.figure.level


def _observation(excluded: ExcludedFigure) -> Observation:
    return excluded.observation


POINT: Layout[PlottedFigure] = Layout(
    "point",
    "One figure of a control chart.",
    (
        Field("period", "text", "The period of the figure.", lambda one: str(one.figure.period)),
        Field("first_day", "day", "The first day of it.", lambda one: one.figure.period.first_day),
        Field("last_day", "day", "The last day of it.", lambda one: one.figure.period.last_day),
        *quantity("level", "The level", _level, value_name="value"),
        Field(
            "mean",
            "number",
            "The mean of its group.",
            lambda one: one.in_unit(one.point.mean),
            is_optional=True,
        ),
        Field(
            "lower",
            "number",
            "The lower process limit; null in a group with too few points.",
            lambda one: one.in_unit(one.point.lower),
            is_optional=True,
        ),
        Field(
            "upper",
            "number",
            "The upper process limit; null where the lower one is.",
            lambda one: one.in_unit(one.point.upper),
            is_optional=True,
        ),
        Field(
            "expected",
            "number",
            "The level expected by then.",
            lambda one: one.in_unit(one.point.target),
            is_optional=True,
        ),
        Field("group", "whole", "Its group, counted from 0.", lambda one: one.point.group),
        Field(
            "signal",
            "text",
            "The rule by which it is a signal of special-cause variation; null if it is not one.",
            lambda one: one.point.signal and one.point.signal.value,
            is_optional=True,
            choose_from=lambda: inference.Signal,
        ),
        Field(
            "variation",
            "text",
            "Whether the signal is an improvement or a concern.",
            lambda one: one.point.variation.value,
            choose_from=lambda: inference.Variation,
        ),
    ),
    shown=(
        ShownColumn("Period", "period"),
        ShownColumn("Level", "level"),
        ShownColumn("Mean", "mean"),
        ShownColumn("Lower limit", "lower"),
        ShownColumn("Upper limit", "upper"),
        ShownColumn("Expected", "expected"),
        ShownColumn("Signal", "signal"),
        ShownColumn("Variation", "variation"),
    ),
)
CAUTION: Layout[NamedCaution] = Layout(
    "caution",
    "A reason to read some figures of a chart with care.",
    (
        Field(
            "kind",
            "text",
            "Which reason.",
            lambda one: one.caution.kind.value,
            choose_from=lambda: inference.CautionKind,
        ),
        Field("periods", "texts", "The periods concerned.", lambda one: one.periods),
        Field("statement", "text", "The reason in a sentence.", lambda one: one.caution.statement),
    ),
)
EXCLUDED: Layout[ExcludedFigure] = Layout(
    "excluded_figure",
    "A comparable figure that is not in the chart, and the reason.",
    (
        *Observation.layout.through(_observation),
        Field(
            "reason",
            "text",
            "Why it is excluded.",
            lambda one: one.reason.value,
            choose_from=lambda: SeriesExclusion,
        ),
    ),
)
