"""The rules of a control chart: which points are signals, and whether a target is in reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar, Generic, TypeVar

import attrs

from rrmodel.inference._cautions import Caution, CautionKind, named
from rrmodel.inference._goals import sign_of
from rrmodel.model import Better
from rrmodel.records import (
    Field,
    Layout,
    Result,
    ShownColumn,
    Table,
    fraction,
    nearest_number,
    short_repr,
)

__all__ = [
    "Assurance",
    "ControlChart",
    "ControlPoint",
    "Line",
    "Signal",
    "Spacing",
    "Variation",
    "assess",
]

LimitT = TypeVar("LimitT", Fraction, float)

_RUN = 7
_SETTLED_FROM = 13


class Signal(StrEnum):
    """The rule by which a point is a signal; of several, the first in this order."""

    ABOVE_UPPER_LIMIT = "above_upper_limit"
    BELOW_LOWER_LIMIT = "below_lower_limit"
    SEVEN_RISING = "seven_rising"
    SEVEN_FALLING = "seven_falling"
    TWO_OF_THREE_NEAR_UPPER_LIMIT = "two_of_three_near_upper_limit"
    TWO_OF_THREE_NEAR_LOWER_LIMIT = "two_of_three_near_lower_limit"
    SEVEN_ABOVE_MEAN = "seven_above_mean"
    SEVEN_BELOW_MEAN = "seven_below_mean"

    @property
    def is_high(self) -> bool:
        """Whether the point is higher than usual, and not lower."""
        return self in _HIGH


_OUTSIDE = {1: Signal.ABOVE_UPPER_LIMIT, -1: Signal.BELOW_LOWER_LIMIT}
_TREND = {1: Signal.SEVEN_RISING, -1: Signal.SEVEN_FALLING}
_NEAR = {1: Signal.TWO_OF_THREE_NEAR_UPPER_LIMIT, -1: Signal.TWO_OF_THREE_NEAR_LOWER_LIMIT}
_SHIFT = {1: Signal.SEVEN_ABOVE_MEAN, -1: Signal.SEVEN_BELOW_MEAN}
_HIGH = {rule[1] for rule in (_OUTSIDE, _TREND, _NEAR, _SHIFT)}


class Variation(StrEnum):
    """Whether a point shows that the process has changed, and which way."""

    COMMON_CAUSE = "common_cause"
    """The usual variation of the process."""
    IMPROVEMENT = "improvement"
    """A change for the better."""
    CONCERN = "concern"
    """A change for the worse."""


class Assurance(StrEnum):
    """Whether the process will reach its target if nothing changes."""

    CONSISTENTLY_PASSES = "consistently_passes"
    """Even the worse limit is at or beyond the target."""
    INCONSISTENT = "inconsistent"
    """The target lies between the limits: chance decides whether it is hit."""
    CONSISTENTLY_FAILS = "consistently_fails"
    """Even the better limit is short of the target."""


@attrs.frozen(kw_only=True)
class ControlPoint(Generic[LimitT]):
    """One point of a control chart, with its mean, limits, target and signal."""

    value: Fraction
    """The figure."""
    mean: Fraction
    """The centre line of its group."""
    lower: LimitT | None
    """The lower limit; ``None`` in a group with too few points for limits."""
    upper: LimitT | None
    """The upper limit; ``None`` where the lower one is."""
    group: int
    """Its group, counted from 0."""
    target: Fraction | None
    """The target for it, if there is one."""
    signal: Signal | None
    """The rule by which it is a signal; ``None`` if it is not one."""
    variation: Variation
    """Whether the signal is an improvement or a concern; common cause without one."""


def _nearest(number: Fraction | float | None) -> float | None:
    return None if number is None else nearest_number(Fraction(number))


def _signal(point: ControlPoint[Any]) -> str | None:
    return point.signal and point.signal.value


def _value(one: ControlPoint[Any]) -> Fraction:
    return one.value


def _mean(one: ControlPoint[Any]) -> Fraction:
    return one.mean


def _target(one: ControlPoint[Any]) -> Fraction | None:
    return one.target


_POINT: Layout[ControlPoint[Any]] = Layout(
    "control_point",
    "One point of a control chart, in the unit of the chart.",
    (
        *fraction("value", "The figure", _value, is_optional=False),
        *fraction("mean", "The mean of its group", _mean, is_optional=False),
        Field(
            "lower",
            "number",
            "The lower process limit; null in a group with too few points.",
            lambda one: _nearest(one.lower),
            is_optional=True,
        ),
        Field(
            "upper",
            "number",
            "The upper process limit; null where the lower one is.",
            lambda one: _nearest(one.upper),
            is_optional=True,
        ),
        *fraction("target", "The level expected of it", _target),
        Field("group", "whole", "Its group, counted from 0.", lambda one: one.group),
        Field(
            "signal",
            "text",
            "The rule by which it is a signal; null if it is not one.",
            _signal,
            is_optional=True,
            choose_from=lambda: Signal,
        ),
        Field(
            "variation",
            "text",
            "Whether the signal is an improvement or a concern.",
            lambda one: one.variation.value,
            choose_from=lambda: Variation,
        ),
    ),
    shown=(
        ShownColumn("Value", "value_value", on_hover=("value",)),
        ShownColumn("Mean", "mean_value"),
        ShownColumn("Lower limit", "lower"),
        ShownColumn("Upper limit", "upper"),
        ShownColumn("Expected", "target_value"),
        ShownColumn("Signal", "signal"),
        ShownColumn("Variation", "variation"),
    ),
)
_CHART: Layout[ControlChart[Any]] = Layout(
    "series_chart",
    "A series with its mean and process limits, and the signals of change.",
    (
        Field(
            "variation",
            "text",
            "Whether the last point shows that the process has changed.",
            lambda one: one.variation.value,
            choose_from=lambda: Variation,
        ),
        Field(
            "assurance",
            "text",
            "Whether the process will reach its target if nothing changes; null without a target "
            "or without limits.",
            lambda one: one.assurance and one.assurance.value,
            is_optional=True,
            choose_from=lambda: Assurance,
        ),
        Field("points", "records", "The points, in order.", lambda one: one.points, of=_POINT),
        Field(
            "cautions",
            "records",
            "Notes for readers of the chart.",
            lambda one: one.cautions,
            of=Caution.layout,
        ),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class ControlChart(Result, Generic[LimitT]):
    """A series with its mean and process limits, and the signals of change.

    The limits of :func:`xmr_chart` are exact fractions, those of :func:`p_chart` are floats.
    """

    points: tuple[ControlPoint[LimitT], ...]
    """The points, in order of time."""
    assurance: Assurance | None
    """The last limits against the target: that of the last point which has one. ``None`` without
    a target, and where the last group has no limits."""
    cautions: tuple[Caution, ...]
    """Notes for readers of the chart."""

    layout: ClassVar[Layout[Any]] = _CHART
    """The fields of :meth:`to_dict`; the rows of :meth:`to_records` are the points."""

    def to_table(self) -> Table[Any]:
        """Return the points as a table, which knows its columns."""
        return Table(_POINT, self.points)

    def __repr__(self) -> str:
        return short_repr(
            self,
            points=self.points,
            variation=self.variation.value,
            assurance=self.assurance and self.assurance.value,
            cautions=self.cautions,
        )

    @property
    def variation(self) -> Variation:
        """Whether the last point shows that the process has changed, and which way."""
        return self.points[-1].variation


@attrs.frozen(kw_only=True)
class Line(Generic[LimitT]):
    """The mean and the limits of one point."""

    mean: Fraction
    lower: LimitT | None
    """The limit as shown, which is never beyond what a figure can be."""
    upper: LimitT | None
    squared_reach: Fraction | None
    """The square of how far the limits lie from the mean, before any is cut to what a figure can
    be. It is exact even where the limits are not, so the rules go by it."""


@attrs.frozen
class Spacing:
    """How the points of a series follow each other."""

    gaps: frozenset[int]
    """The points before which periods are missing."""
    overlapping: bool = attrs.field(kw_only=True)
    """Whether the periods overlap."""

    def neighbours(self, places: range) -> list[tuple[int, int]]:
        """Return each two points of a range that follow each other without a gap."""
        return [pair for pair in pairwise(places) if pair[1] not in self.gaps]

    def unbroken(self, places: range) -> list[range]:
        """Return the parts of a range that have no gap inside."""
        inside = sorted(self.gaps.intersection(places[1:]))
        return [range(*ends) for ends in pairwise([places.start, *inside, places.stop])]


def assess(
    values: Sequence[Fraction],
    lines: Sequence[Line[LimitT]],
    groups: Sequence[range],
    spacing: Spacing,
    *,
    better: Better,
    targets: Sequence[Fraction | None],
    cautions: Sequence[Caution],
) -> ControlChart[LimitT]:
    """Apply the rules within each group, and the last target to the last limits."""
    sign = sign_of(better)
    points = [
        ControlPoint[LimitT](
            value=values[place],
            mean=lines[place].mean,
            lower=lines[place].lower,
            upper=lines[place].upper,
            group=number,
            target=targets[place],
            signal=signal,
            variation=_variation(signal, sign),
        )
        for number, group in enumerate(groups)
        for run in spacing.unbroken(group)
        for place, signal in zip(
            run,
            _signals(
                values[run.start : run.stop],
                lines[run.start : run.stop],
                limits_only=spacing.overlapping,
            ),
            strict=True,
        )
    ]
    expected = [target for target in targets if target is not None]
    return ControlChart[LimitT](
        points=tuple(points),
        assurance=_assurance(lines[-1], expected[-1], sign) if expected else None,
        cautions=(
            *_of_spacing(spacing, len(values)),
            *cautions,
            *(
                _trial_limits(group)
                for group in groups
                if len(group) < _SETTLED_FROM and lines[group.start].lower is not None
            ),
        ),
    )


def _of_spacing(spacing: Spacing, count: int) -> Iterator[Caution]:
    if spacing.overlapping:
        yield Caution(
            kind=CautionKind.OVERLAPPING,
            points=tuple(range(count)),
            statement=(
                f"{named(range(count))}: the periods overlap, so the points are not independent: "
                "only points beyond a limit are signals"
            ),
        )
    if spacing.gaps:
        places = sorted(spacing.gaps)
        yield Caution(
            kind=CautionKind.MISSING_PERIODS,
            points=tuple(places),
            statement=(
                f"before point{'' if len(places) == 1 else 's'} {', '.join(map(str, places))}: "
                "periods are missing, so no moving range and no run reaches across the gap"
            ),
        )


def _signals(
    values: Sequence[Fraction], lines: Sequence[Line[LimitT]], *, limits_only: bool
) -> list[Signal | None]:
    """Return the signal of each point of a run: the weakest rule first, then what overrides."""
    signals: list[Signal | None] = [None] * len(values)
    departures = [value - line.mean for value, line in zip(values, lines, strict=True)]
    sides = [_sign(departure) for departure in departures]
    steps = [_sign(later - earlier) for earlier, later in pairwise(values)]
    beyond = [
        (_is_beyond(departure, line, 1), _is_beyond(departure, line, Fraction(2, 3)))
        for departure, line in zip(departures, lines, strict=True)
    ]
    if not limits_only:
        _follow_run_rules(signals, sides, steps, [zone == (False, True) for zone in beyond])
    for place, (outside, _) in enumerate(beyond):
        if outside:
            signals[place] = _OUTSIDE[sides[place]]
    return signals


def _follow_run_rules(
    signals: list[Signal | None], sides: Sequence[int], steps: Sequence[int], outer: Sequence[bool]
) -> None:
    for start in _starts(sides, _RUN):
        signals[start : start + _RUN] = [_SHIFT[sides[start]]] * _RUN
    for start in _starts(sides, 3):
        near = [place for place in range(start, start + 3) if outer[place]]
        if len(near) > 1:
            for place in near:
                signals[place] = _NEAR[sides[start]]
    # A point at which one trend ends and the next starts is given to the next.
    for start in _starts(steps, _RUN - 1):
        signals[start : start + _RUN] = [_TREND[steps[start]]] * _RUN


def _starts(signs: Sequence[int], length: int) -> list[int]:
    """Return where so many signs in a row are the same and none is 0."""
    return [
        start
        for start in range(len(signs) - length + 1)
        if abs(sum(signs[start : start + length])) == length
    ]


def _is_beyond(departure: Fraction, line: Line[LimitT], part: Fraction | int) -> bool:
    reach = line.squared_reach
    return reach is not None and departure**2 > part**2 * reach


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _variation(signal: Signal | None, sign: int) -> Variation:
    if signal is None:
        return Variation.COMMON_CAUSE
    is_better = signal.is_high == (sign > 0)
    return Variation.IMPROVEMENT if is_better else Variation.CONCERN


def _assurance(line: Line[LimitT], target: Fraction, sign: int) -> Assurance | None:
    if line.lower is None or line.upper is None:
        return None
    if line.lower >= target if sign > 0 else line.upper <= target:
        return Assurance.CONSISTENTLY_PASSES
    if line.upper < target if sign > 0 else line.lower > target:
        return Assurance.CONSISTENTLY_FAILS
    return Assurance.INCONSISTENT


def _trial_limits(group: range) -> Caution:
    return Caution(
        kind=CautionKind.TRIAL_LIMITS,
        points=tuple(group),
        statement=(
            f"{named(group)}: limits of {len(group)} points are trial limits and will still move; "
            f"{_SETTLED_FROM} points settle them"
        ),
    )
