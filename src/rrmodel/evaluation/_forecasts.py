"""Forecasts of the periods of an area until a deadline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

import attrs

from rrmodel.errors import ConfidenceError
from rrmodel.evaluation._evaluation import Evaluation
from rrmodel.evaluation._regular_series import length_of
from rrmodel.evaluation._selection import select
from rrmodel.evaluation._terms import terms_of
from rrmodel.inference import Forecast, Undefined, forecast, forecast_levels
from rrmodel.model import Observation, ObservationIndex, Observations, QuantifiedTarget, Target
from rrmodel.periods import Period, parse_day
from rrmodel.quantities import Percentage
from rrmodel.records import Field, Layout, Result, Table

__all__ = ["ForecastPath", "PeriodForecast", "forecast_goal", "forecast_path"]

_CONFIDENCE = 0.8
"""The confidence of an interval by default."""
_QUARTER_MONTHS = 3
_QUARTER_DAYS = 92
_DAY = timedelta(days=1)
_PERIOD: Layout[PeriodForecast] = Layout(
    "period_forecast",
    "The forecast of one period.",
    (
        Field("period", "text", "The period.", lambda one: str(one.period)),
        Field("last_day", "day", "Its last day.", lambda one: one.period.last_day),
        Field(
            "confidence", "number", "The confidence of the interval.", lambda one: one.confidence
        ),
        *Forecast.layout.through(lambda one: one.forecast),
    ),
)


@attrs.frozen
class PeriodForecast(Result):
    """A period that has not been published, and the forecast of its figure."""

    period: Period
    """The period."""
    confidence: float
    """The share of its intervals that should cover the figure."""
    forecast: Forecast
    """Its forecast."""

    layout: ClassVar[Layout[PeriodForecast]] = _PERIOD
    """The fields of :meth:`to_dict`."""


_PATH: Layout[ForecastPath] = Layout(
    "forecast_path",
    "The forecasts of all periods until a deadline.",
    (
        Field("target", "text", "The id of the target.", lambda one: one.target.id),
        Field("measure", "text", "The id of the measure.", lambda one: one.target.measure.id),
        Field("area", "text", "The area.", lambda one: one.figures[0].area),
        Field(
            "figures",
            "whole",
            "The number of published figures that the forecasts rest on.",
            lambda one: len(one.figures),
        ),
        Field(
            "latest_period",
            "text",
            "The period of the last of them.",
            lambda one: str(one.figures[-1].period),
        ),
        Field("forecasts", "records", "The forecasts.", lambda one: one.forecasts, of=_PERIOD),
    ),
)


@attrs.frozen(repr=False)
class ForecastPath(Result):
    """The forecasts of all periods from the latest figure to a deadline."""

    target: QuantifiedTarget
    """The target."""
    goal: Percentage
    """Its goal."""
    deadline: date
    """The last day by which it is due."""
    figures: tuple[Observation, ...]
    """The published figures that the forecasts rest on, oldest first."""
    forecasts: tuple[PeriodForecast, ...]
    """One for each period and confidence, earliest period first; the last ones are of the goal."""

    layout: ClassVar[Layout[ForecastPath]] = _PATH
    """The fields of :meth:`to_dict`; the rows of :meth:`to_records` are the forecasts."""

    def __repr__(self) -> str:
        first, last = self.figures[0], self.forecasts[-1]
        return (
            f"<ForecastPath of {self.target.id!r} for {first.area!r}: {len(self.figures)} figures, "
            f"forecasts to {last.period}, probability {last.forecast.probability_text}>"
        )

    @property
    def summary(self) -> str:
        """The probability of the goal, and the last interval, in two sentences.

        Of several intervals it is the one whose confidence is nearest to 80%.
        """
        final = self.forecasts[-1].period
        last = min(
            (each for each in self.forecasts if each.period == final),
            key=lambda each: abs(each.confidence - _CONFIDENCE),
        )
        last_forecast = last.forecast
        return (
            f"The goal of {self.goal} by {last.period} has a probability of "
            f"{last_forecast.probability_text}. With {100 * last.confidence:g}% probability, "
            f"the figure will be from {last_forecast.interval_text}."
        )

    def to_table(self) -> Table[Any]:
        """Return the forecasts as a table, which knows its columns."""
        return Table(_PERIOD, self.forecasts)


@attrs.frozen
class _Basis:
    """The basis of the forecasts of a goal."""

    target: QuantifiedTarget
    goal: Percentage
    deadline: date
    figures: tuple[Observation, ...]
    periods: tuple[Period, ...]

    def forecast(self, ahead: int, confidence: float) -> Forecast | Undefined:
        """Return the forecast of a period: from counts if every figure has some, else levels."""
        better, goal = self.target.measure.better, self.goal.share
        counts = [figure.counts for figure in self.figures if figure.counts is not None]
        if len(counts) == len(self.figures):
            return forecast(
                counts, ahead=ahead, goal=goal, better=better, interval_confidence=confidence
            )
        levels = [figure.level.value / 100 for figure in self.figures if figure.level is not None]
        return forecast_levels(
            levels, ahead=ahead, goal=goal, better=better, interval_confidence=confidence
        )


def forecast_goal(
    target: QuantifiedTarget,
    observations: Observations,
    *,
    as_of: date | str,
    area: str | None = None,
) -> Forecast | Undefined:
    """Return the probability that a target is met, from the short periods known on a day.

    The forecast is of the figure that will decide: for the last period that ends by the deadline.
    It uses the latest unbroken run of periods of equal length, a quarter at most, in the series in
    which the target was set. Where every one has counts, the forecast allows for chance.

    Args:
        target: The target, which has its measure.
        observations: Observations of any measures and areas.
        as_of: The day of the forecast.
        area: The area. Default: the target's own.

    Returns:
        The forecast, or the reason if there is none.
    """
    terms = terms_of(target, area)
    selection = select(terms, ObservationIndex.of(observations), parse_day(as_of))
    basis = _basis(target, selection.history)
    return (
        basis if isinstance(basis, Undefined) else basis.forecast(len(basis.periods), _CONFIDENCE)
    )


def forecast_path(
    evaluation: Evaluation, *, confidences: Sequence[float] = (_CONFIDENCE,)
) -> ForecastPath | Undefined:
    r"""Return the forecasts of all periods from the latest figure to the deadline.

    Each is made as in :func:`forecast_goal`, from the figures of the evaluation; the last one is
    that of the goal.

    >>> from rrmodel import Month, Observation, datasets, evaluate
    >>> from rrmodel.model import Counts
    >>> housed = datasets.load("east-midlands-2022-25").target("housed-on-release-by-july-2023")
    >>> figures = [
    ...     Observation(measure=housed.measure, area="East Midlands",
    ...         counts=Counts(490 + 2 * place, 600), period=Month("March 2022") + place)
    ...     for place in range(11)
    ... ]
    >>> path = forecast_path(evaluate(housed, figures, as_of="2023-02-10"))
    >>> last = path.forecasts[-1]
    >>> str(last.period), f"{last.forecast.level:.1%}"
    ('July 2023', '86.5%')
    >>> print(path.summary.replace(". ", ".\n"))
    The goal of 90% by July 2023 has a probability of 1%.
    With 80% probability, the figure will be from 84.6% to 88.3%.

    Args:
        evaluation: The assessment of a target.
        confidences: The shares of intervals that should cover the figure, one for each interval.

    Returns:
        The forecasts, or the reason if there are none.

    Raises:
        ConfidenceError: There is no confidence, or one is not above 0 and below 1.
    """
    if not confidences:
        raise ConfidenceError("a forecast needs a confidence: give one, such as 0.8")
    basis = _basis(evaluation.target, evaluation.history)
    if isinstance(basis, Undefined):
        return basis
    forecasts: list[PeriodForecast] = []
    for ahead, period in enumerate(basis.periods, 1):
        for confidence in confidences:
            result = basis.forecast(ahead, confidence)
            if isinstance(result, Undefined):
                return result
            forecasts.append(PeriodForecast(period, confidence, result))
    return ForecastPath(basis.target, basis.goal, basis.deadline, basis.figures, tuple(forecasts))


def _basis(target: Target, history: Sequence[Observation]) -> _Basis | Undefined:
    """Return the basis of the forecasts of a target, or the reason if there are none."""
    if not isinstance(target, QuantifiedTarget) or not isinstance(target.goal, Percentage):
        return Undefined("the goal is not one percentage, and nothing else is forecast")
    if target.deadline is None:
        return Undefined("the target has no deadline, so there is no period to forecast")
    figures = _latest_run(history)
    if not figures:
        return Undefined(
            "no figure for a month, a quarter or another short period was known on that day"
        )
    periods = tuple(_periods_until(figures[-1].period, target.deadline.last_day))
    if not periods:
        return Undefined(
            f"the figure for {figures[-1].period}, the last period by the deadline, is already "
            "known, so there is nothing to forecast"
        )
    return _Basis(target, target.goal, target.deadline.last_day, tuple(figures), periods)


def _periods_until(period: Period, last_day: date) -> Iterator[Period]:
    """Yield the periods after one that end by a day."""
    # Asked in this order, since no period follows the last day of which plans can speak.
    while period.last_day < last_day and (following := period + 1).last_day <= last_day:
        yield following
        period = following


def _latest_run(history: Sequence[Observation]) -> list[Observation]:
    """Return the latest figures of equal length, a quarter at most, that follow each other.

    Of overlapping periods, such as three months to each month, every third one is used. Where runs
    of two lengths end on the same day, the one with more figures is used.
    """
    short = [figure for figure in history if _is_short(figure.period)]
    by_end = {(length_of(figure.period), figure.period.last_day): figure for figure in short}
    last_day = max((day for _, day in by_end), default=None)
    runs = [
        list(_run_back(figure, by_end)) for (_, day), figure in by_end.items() if day == last_day
    ]
    return max(runs, key=len)[::-1] if runs else []


def _run_back(
    figure: Observation, by_end: dict[tuple[tuple[bool, int], date], Observation]
) -> Iterator[Observation]:
    """Yield a figure and those before it, each ending on the day before the next one starts."""
    length, observation = length_of(figure.period), figure
    while True:
        yield observation
        before = by_end.get((length, observation.period.first_day - _DAY))
        if before is None:
            return
        observation = before


def _is_short(period: Period) -> bool:
    months = period.month_count
    return period.days <= _QUARTER_DAYS if months is None else months <= _QUARTER_MONTHS
