"""The figures of an area over time, and their control charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

import attrs

from rrmodel import inference
from rrmodel.evaluation._chart_layouts import (
    CAUTION,
    EXCLUDED,
    POINT,
    NamedCaution,
    PlottedFigure,
    Point,
)
from rrmodel.evaluation._regular_series import (
    ExcludedFigure,
    Series,
    SeriesExclusion,
    is_of_kind,
    one_series,
)
from rrmodel.evaluation._selection import is_usable, latest_by_period
from rrmodel.evaluation._terms import Terms, terms_of
from rrmodel.model import (
    MeasuredTarget,
    Observation,
    ObservationIndex,
    Observations,
)
from rrmodel.periods import Period, PeriodKind, parse_day
from rrmodel.quantities import counted
from rrmodel.records import Field, Layout, Result, Table

__all__ = ["ObservedChart", "Rebase", "chart_series", "control_chart", "proportion_chart"]

_PER_CENT = 100
_NOTHING = "no figure for this measure, in its unit and for the area, was known on that day"
_WHY = {
    SeriesExclusion.OTHER_LENGTH: "with a period of another length",
    SeriesExclusion.OTHER_STEP: "with a period that ends between the steps of the series",
    SeriesExclusion.OTHER_KIND: "with another kind of period",
    SeriesExclusion.NO_COUNTS: "without counts",
}
_VARIATIONS = {
    inference.Variation.COMMON_CAUSE: "common-cause variation",
    inference.Variation.IMPROVEMENT: "special-cause improvement",
    inference.Variation.CONCERN: "special-cause concern",
}
_ASSURANCES = {
    inference.Assurance.CONSISTENTLY_PASSES: "consistently reaches the expected level",
    inference.Assurance.INCONSISTENT: "reaches the expected level only by chance",
    inference.Assurance.CONSISTENTLY_FAILS: "consistently misses the expected level",
}


def _plotted(chart: ObservedChart) -> tuple[PlottedFigure, ...]:
    points: Sequence[Point] = chart.chart.points
    return tuple(
        PlottedFigure(figure, point, chart.scale)
        for figure, point in zip(chart.figures, points, strict=True)
    )


def _cautions(chart: ObservedChart) -> tuple[NamedCaution, ...]:
    return tuple(
        NamedCaution(caution, tuple(str(chart.figures[place].period) for place in caution.points))
        for caution in chart.chart.cautions
    )


_REBASE: Layout[Rebase] = Layout(
    "rebase",
    "A place in a control chart from which the limits are calculated anew.",
    (
        Field("place", "whole", "The first point of the group, from 0.", lambda one: one.place),
        Field("period", "text", "The period of its figure.", lambda one: str(one.period)),
        Field("reason", "text", "The reason.", lambda one: one.reason),
    ),
)
_CHART: Layout[ObservedChart] = Layout(
    "control_chart",
    "A control chart of the figures of one measure and area.",
    (
        Field("measure", "text", "The id of the measure.", lambda one: one.figures[0].measure),
        Field("area", "text", "The area.", lambda one: one.figures[0].area),
        Field(
            "assurance",
            "text",
            "Whether the process will reach its target if nothing changes; null without a target "
            "or without limits.",
            lambda one: one.chart.assurance and one.chart.assurance.value,
            is_optional=True,
            choose_from=lambda: inference.Assurance,
        ),
        Field(
            "variation",
            "text",
            "Whether the last figure shows that the process has changed.",
            lambda one: one.chart.variation.value,
            choose_from=lambda: inference.Variation,
        ),
        Field(
            "statement",
            "text",
            "How many figures are in the chart, why others are not, and where limits start anew.",
            lambda one: one.statement,
        ),
        Field("points", "records", "The figures, oldest first.", _plotted, of=POINT),
        Field("cautions", "records", "Reasons to read it with care.", _cautions, of=CAUTION),
        Field(
            "excluded",
            "records",
            "The comparable figures that are not in the chart.",
            lambda one: one.excluded,
            of=EXCLUDED,
        ),
        Field(
            "rebases",
            "records",
            "Where the limits are calculated anew.",
            lambda one: one.rebases,
            of=_REBASE,
        ),
    ),
)


@attrs.frozen
class Rebase:
    """A place in a control chart from which the limits are calculated anew."""

    place: int
    """The first figure of the new group, counted from 0."""
    period: Period
    """Its period."""
    reason: str
    """Why: the reason for the break in the series, or that a change is known."""


@attrs.frozen(repr=False)
class ObservedChart(Result):
    """A control chart and the figures in it, point for point."""

    figures: tuple[Observation, ...]
    """The figures, oldest first: periods of equal length at a regular step."""
    chart: inference.ControlChart[Fraction] | inference.ControlChart[float]
    """The chart: in per cent or the unit of the amounts from :func:`control_chart`, in shares from
    0 to 1 from :func:`proportion_chart`."""
    excluded: tuple[ExcludedFigure, ...] = ()
    """The comparable figures that are not in the chart, each with its reason."""
    scale: int = 1
    """The factor from the numbers of the chart to the unit of the figures: 100 for a chart of
    shares, else 1."""
    rebases: tuple[Rebase, ...] = ()
    """Where its limits are calculated anew, and why."""

    layout: ClassVar[Layout[ObservedChart]] = _CHART
    """The fields of :meth:`to_dict`; the rows of :meth:`to_records` are the figures."""

    def __repr__(self) -> str:
        first, last = self.figures[0], self.figures[-1]
        assurance = self.chart.assurance and self.chart.assurance.value
        return (
            f"<ObservedChart of {first.measure!r} for {first.area!r}: "
            f"{counted(len(self.figures), 'figure')}, {first.period} to {last.period}, "
            f"variation {self.chart.variation.value}, assurance {assurance}>"
        )

    def to_table(self) -> Table[Any]:
        """Return the figures as a table, which knows its columns."""
        first = self.figures[0]
        caption = f"{first.measure}, {first.area}. {self.summary} {self.statement}"
        return Table(POINT, _plotted(self), caption=caption)

    @property
    def summary(self) -> str:
        """The variation of the latest figure, and whether the process reaches the expected level.

        Such as "The latest figure, 84%, shows common-cause variation; the process consistently
        misses the expected level."
        """
        assurance = self.chart.assurance
        reached = "" if assurance is None else f"; the process {_ASSURANCES[assurance]}"
        shown = _VARIATIONS[self.chart.variation]
        return f"The latest figure, {self.figures[-1].level}, shows {shown}{reached}."

    @property
    def statement(self) -> str:
        """How many figures are in the chart, why others are not, and where limits start anew."""
        count, total = len(self.figures), len(self.figures) + len(self.excluded)
        reasons = Counter(each.reason for each in self.excluded)
        why = [f"{reasons[reason]} {_WHY[reason]}" for reason in SeriesExclusion if reasons[reason]]
        sentences = [f"Charted: {count} of {counted(total, 'figure')}."]
        sentences += [f"Excluded: {', '.join(why)}."] if why else []
        sentences += [
            f"Limits calculated anew from {each.period}: {each.reason}." for each in self.rebases
        ]
        return " ".join(sentences)


def control_chart(
    target: MeasuredTarget,
    observations: Observations,
    *,
    as_of: date | str,
    area: str | None = None,
    kind: PeriodKind | None = None,
    rebase_on: Sequence[date] = (),
    fix_after: int | None = None,
) -> ObservedChart | inference.Undefined:
    """Chart the figures of a target's measure that were known on a day, by their moving range.

    Each point is compared with the level that the trajectory expects by its day. A new group starts
    where the series breaks and on each day named. The figures are one series: of equal length and
    regular step, whatever the calendar. With fewer than ten figures the result is a run chart
    without limits. Cautions name overlapping and missing periods.

    Args:
        target: The target, which has its measure.
        observations: Observations of any measures and areas.
        as_of: The day of the assessment.
        area: The area. Default: the target's own.
        kind: The kind of period to chart, such as ``"month"``. Default: the length and step with
            the most figures, then those of the baseline, then the longer one.
        rebase_on: Days on which the process is known to have changed.
        fix_after: How many points of each group the limits rest on. Default: all.

    Returns:
        The chart, or the reason if there is none.

    Raises:
        QuantityError: ``fix_after`` is below ten.
    """
    terms = terms_of(target, area)
    series = _charted_series(terms, _known(terms, observations, parse_day(as_of)), kind)
    if series is None:
        return inference.Undefined(_NOTHING)
    return chart_series(terms, series, rebase_on=rebase_on, fix_after=fix_after)


def chart_series(
    terms: Terms,
    series: Series,
    *,
    rebase_on: Sequence[date] = (),
    fix_after: int | None = None,
) -> ObservedChart:
    """Chart one series, and compare it with the levels that a target expects."""
    measure, figures = terms.target.measure, series.figures
    rebases = _rebases(terms, figures, rebase_on)
    chart = inference.xmr_chart(
        [figure.level.value for figure in figures if figure.level is not None],
        better=measure.better,
        target=_targets(terms, figures, 1),
        rebase_at=[each.place for each in rebases],
        fix_after=fix_after,
        gaps_at=series.gaps,
        overlapping=series.overlapping,
        bounds=(0, 100) if measure.unit == "%" else (None, None),
    )
    cautions = chart.cautions
    counts = [figure.counts for figure in figures]
    for number in range(chart.points[-1].group + 1):
        group = [place for place, point in enumerate(chart.points) if point.group == number]
        if chart.points[group[0]].lower is not None:
            mean = chart.points[group[0]].mean / 100
            cautions += inference.few_cases(range(group[0], group[-1] + 1), counts, mean)
    chart = attrs.evolve(chart, cautions=cautions)
    return ObservedChart(figures, chart, series.excluded, rebases=rebases)


def proportion_chart(
    target: MeasuredTarget,
    observations: Observations,
    *,
    as_of: date | str,
    area: str | None = None,
    kind: PeriodKind | None = None,
    rebase_on: Sequence[date] = (),
    fix_after: int | None = None,
) -> ObservedChart | inference.Undefined:
    """Chart the figures of a target's measure that have counts, with limits from the counts.

    As :func:`control_chart`, with limits for each point from its own cases, in shares from 0 to 1.
    Figures without counts are excluded.
    """
    terms = terms_of(target, area)
    known = _known(terms, observations, parse_day(as_of))
    counted = [figure for figure in known if figure.counts is not None]
    series = _charted_series(terms, counted, kind)
    if series is None:
        return inference.Undefined(_NOTHING)
    figures = series.figures
    rebases = _rebases(terms, figures, rebase_on)
    without = (
        ExcludedFigure(figure, SeriesExclusion.NO_COUNTS)
        for figure in known
        if figure.counts is None
    )
    return ObservedChart(
        figures,
        inference.p_chart(
            [figure.counts for figure in figures if figure.counts is not None],
            better=target.measure.better,
            target=_targets(terms, figures, _PER_CENT),
            rebase_at=[each.place for each in rebases],
            fix_after=fix_after,
            gaps_at=series.gaps,
            overlapping=series.overlapping,
        ),
        (*series.excluded, *without),
        scale=_PER_CENT,
        rebases=rebases,
    )


def _known(terms: Terms, observations: Observations, as_of: date) -> list[Observation]:
    """Return the figures that were known on a day, in whichever of the measure's own series."""
    measure = terms.target.measure
    codes = {None, measure.code, *(later.code for later in measure.series_breaks)}
    return [
        figure
        for figure in ObservationIndex.of(observations).measure(measure.id).of(terms.area)
        if figure.series in codes and is_usable(measure, figure, as_of)
    ]


def _charted_series(
    terms: Terms, known: Iterable[Observation], kind: PeriodKind | None
) -> Series | None:
    """Return the series to chart, of a kind if one is asked for."""
    current = latest_by_period(terms, known)
    asked = [figure for figure in current if kind is None or is_of_kind(figure.period, kind)]
    series = one_series(asked, like=terms.window)
    if series is None:
        return None
    others = (
        ExcludedFigure(figure, SeriesExclusion.OTHER_KIND)
        for figure in current
        if figure not in asked
    )
    return attrs.evolve(series, excluded=(*series.excluded, *others))


def _targets(
    terms: Terms, figures: Sequence[Observation], parts: int
) -> list[Fraction | None] | None:
    """Return the expected level of each figure: of another area it is the goal."""
    if terms.goal is None:
        return None
    expected = [
        terms.goal if terms.is_comparator else terms.expected(figure.period.last_day)
        for figure in figures
    ]
    return [None if bounds is None else bounds.level.value / parts for bounds in expected]


def _rebases(
    terms: Terms, figures: Sequence[Observation], rebase_on: Sequence[date]
) -> tuple[Rebase, ...]:
    """Return where limits are calculated anew: after a break in the series, and from days named."""
    breaks = ((each.starts, each.reason.rstrip(".")) for each in terms.target.measure.series_breaks)
    periods = [figure.period for figure in figures]
    rebases: dict[int, Rebase] = {}
    for day, reason in (*breaks, *((day, "a known change of the process") for day in rebase_on)):
        later = (place for place, period in enumerate(periods) if period.first_day >= day)
        place = next(later, 0)
        if place:
            rebases.setdefault(place, Rebase(place, periods[place], reason))
    return tuple(rebases[place] for place in sorted(rebases))
