"""Every figure that was considered for a target, and its use."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import ClassVar, TypeAlias

import attrs

from rrmodel import inference
from rrmodel.evaluation._exclusions import Exclusion
from rrmodel.evaluation._selection import Selection
from rrmodel.model import Observation
from rrmodel.quantities import Percentage
from rrmodel.records import Field, Layout, Result, ShownColumn, nearest_number, short_repr

__all__ = ["AssessedFigure", "assessed_figures"]

Number: TypeAlias = Fraction | float


def _observation(figure: AssessedFigure) -> Observation:
    return figure.observation


def _nearest(number: Number | None) -> float | None:
    return None if number is None else nearest_number(Fraction(number))


_FIGURE: Layout[AssessedFigure] = Layout(
    "assessed_figure",
    "A figure that was considered for a target, and its use.",
    (
        *Observation.layout.through(_observation),
        Field(
            "first_day",
            "day",
            "The first day of its period.",
            lambda one: one.observation.period.first_day,
        ),
        Field(
            "last_day",
            "day",
            "The last day of its period.",
            lambda one: one.observation.period.last_day,
        ),
        Field(
            "lower",
            "number",
            "The lowest level that its counts (at 95% confidence) or its rounding allow, in its "
            "unit.",
            lambda one: _nearest(one.lower),
            is_optional=True,
        ),
        Field(
            "upper",
            "number",
            "The highest level that they allow, in its unit.",
            lambda one: _nearest(one.upper),
            is_optional=True,
        ),
        Field(
            "use",
            "text",
            "Whether it `decides`, or the reason why it does not.",
            lambda one: one.use,
            choose_from=lambda: ("decides", *Exclusion),
        ),
        Field(
            "is_comparable",
            "flag",
            "Whether it is one of the comparable figures, one for each period.",
            lambda one: one.is_comparable,
        ),
    ),
    shown=(
        ShownColumn("Use", "use"),
        ShownColumn("Area", "area", if_different=True),
        ShownColumn("Period", "period"),
        ShownColumn("Level", "level", on_hover=("document", "section", "item", "note")),
        ShownColumn("From", "lower"),
        ShownColumn("To", "upper"),
        ShownColumn("Number", "numerator"),
        ShownColumn("Out of", "denominator"),
        ShownColumn("Published", "published"),
        ShownColumn("Marks", "marks"),
    ),
)


@attrs.frozen(repr=False)
class AssessedFigure(Result):
    """A figure that was considered for a target, and its use."""

    observation: Observation
    """The figure."""
    use: str
    """``"decides"``, or the value of the :class:`Exclusion`: why it does not decide."""
    is_comparable: bool
    """Whether it is in the history of the target, which has one figure for each period."""

    layout: ClassVar[Layout[AssessedFigure]] = _FIGURE
    """The fields of :meth:`to_dict`: those of the observation, its days, the interval and use."""

    @property
    def lower(self) -> Number | None:
        """The lowest level that it allows, in its unit; ``None`` without a level.

        Of a share with counts it is the lower end of their 95% confidence interval (Wilson 1927),
        otherwise the lowest level that rounds to the one published.
        """
        return self._ends[0]

    @property
    def upper(self) -> Number | None:
        """The highest level that it allows, in its unit; ``None`` without a level."""
        return self._ends[1]

    @cached_property
    def _ends(self) -> tuple[Number | None, Number | None]:
        level, counts = self.observation.level, self.observation.counts
        if level is None:
            return None, None
        if counts is not None and isinstance(level, Percentage):
            interval = inference.wilson_interval(counts, confidence=0.95)
            return 100 * interval.lower, 100 * interval.upper
        low, high = level.published_interval
        return low.value, high.value

    def __repr__(self) -> str:
        return short_repr(self, self.use, observation=self.observation)


def assessed_figures(selection: Selection) -> tuple[AssessedFigure, ...]:
    """Return every figure that was considered, once, by the last days of their periods.

    Of periods that end on one day, the longer one is later.

    Args:
        selection: The figures of a target on a day.
    """
    history, deciding = set(selection.history), (selection.earliest, selection.latest)
    uses = {each.observation: each.reason.value for each in selection.excluded}
    uses |= dict.fromkeys(filter(None, deciding), "decides")
    figures = (AssessedFigure(each, use, each in history) for each, use in uses.items())
    return tuple(sorted(figures, key=_days))


def _days(figure: AssessedFigure) -> tuple[object, ...]:
    period = figure.observation.period
    return period.last_day, period.days
