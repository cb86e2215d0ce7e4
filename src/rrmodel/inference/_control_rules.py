"""The rules of a control chart: which points stand out, and whether a target is in reach."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Generic, TypeVar

import attrs

from rrmodel.inference._goals import sign_of
from rrmodel.model import Better

__all__ = [
    "Assurance",
    "Caution",
    "CautionKind",
    "ControlChart",
    "ControlPoint",
    "Line",
    "Signal",
    "Variation",
    "judge",
]

LimitT = TypeVar("LimitT", Fraction, float)

_RUN = 7
_SETTLED_FROM = 13


class Signal(StrEnum):
    """The rule by which a point stands out; of several, the first in this order."""

    ABOVE_UPPER_LIMIT = "above_upper_limit"
    BELOW_LOWER_LIMIT = "below_lower_limit"
    SEVEN_RISING = "seven_rising"
    SEVEN_FALLING = "seven_falling"
    TWO_OF_THREE_NEAR_UPPER_LIMIT = "two_of_three_near_upper_limit"
    TWO_OF_THREE_NEAR_LOWER_LIMIT = "two_of_three_near_lower_limit"
    SEVEN_ABOVE_MEAN = "seven_above_mean"
    SEVEN_BELOW_MEAN = "seven_below_mean"


_OUTSIDE = {1: Signal.ABOVE_UPPER_LIMIT, -1: Signal.BELOW_LOWER_LIMIT}
_TREND = {1: Signal.SEVEN_RISING, -1: Signal.SEVEN_FALLING}
_NEAR = {1: Signal.TWO_OF_THREE_NEAR_UPPER_LIMIT, -1: Signal.TWO_OF_THREE_NEAR_LOWER_LIMIT}
_SHIFT = {1: Signal.SEVEN_ABOVE_MEAN, -1: Signal.SEVEN_BELOW_MEAN}
_HIGH = {rule[1] for rule in (_OUTSIDE, _TREND, _NEAR, _SHIFT)}


class Variation(StrEnum):
    """What a point says of the process: nothing new, or that it has changed, and which way."""

    COMMON_CAUSE = "common_cause"
    """What the process does anyway."""
    IMPROVEMENT = "improvement"
    """A change for the better."""
    CONCERN = "concern"
    """A change for the worse."""


class Assurance(StrEnum):
    """Whether a process that stays as it is will reach its target."""

    CONSISTENTLY_PASSES = "consistently_passes"
    """Even the worse limit is at or beyond the target."""
    INCONSISTENT = "inconsistent"
    """The target lies between the limits: chance decides whether it is hit."""
    CONSISTENTLY_FAILS = "consistently_fails"
    """Even the better limit is short of the target."""


class CautionKind(StrEnum):
    """Why some points of a chart should be read with care."""

    NO_LIMITS = "no_limits"
    """A group of one point has no moving range, and so no limits."""
    TRIAL_LIMITS = "trial_limits"
    """A group has limits, but fewer than 13 points: the limits will still move."""
    FEW_CASES = "few_cases"
    """Fewer than five cases are expected with the outcome, or without it."""
    OVERDISPERSED = "overdispersed"
    """The shares move more than chance alone explains: the limits are too narrow."""


@attrs.frozen(kw_only=True)
class Caution:
    """A reason to read some points of a chart with care."""

    kind: CautionKind
    """Which reason."""
    points: tuple[int, ...]
    """The points it is about, counted from 0."""
    statement: str
    """The reason in a sentence."""


@attrs.frozen(kw_only=True)
class ControlPoint(Generic[LimitT]):
    """One point of a control chart, and what it is judged by."""

    value: Fraction
    """The figure."""
    mean: Fraction
    """The centre line of its group."""
    lower: LimitT | None
    """The lower limit; ``None`` in a group of one point, which has no moving range."""
    upper: LimitT | None
    """The upper limit; ``None`` where the lower one is."""
    group: int
    """Its group, counted from 0."""
    target: Fraction | None
    """What is expected of it, if anything."""
    signal: Signal | None
    """The rule by which it stands out; ``None`` if it does not."""
    variation: Variation
    """Whether that is an improvement, a concern or neither."""


@attrs.frozen(kw_only=True)
class ControlChart(Generic[LimitT]):
    """A series judged by its own usual variation.

    The limits of :func:`xmr_chart` are exact fractions, those of :func:`p_chart` are floats.
    """

    points: tuple[ControlPoint[LimitT], ...]
    """The points, in order of time."""
    assurance: Assurance | None
    """The last limits against the target: that of the last point which has one. ``None`` without
    a target, and where the last group has no limits."""
    cautions: tuple[Caution, ...]
    """What a reader should be told beside the chart."""

    @property
    def variation(self) -> Variation:
        """What the last point says: whether the process has changed of late, and which way."""
        return self.points[-1].variation


@attrs.frozen(kw_only=True)
class Line(Generic[LimitT]):
    """What one point is judged by."""

    mean: Fraction
    lower: LimitT | None
    """The limit as shown, which is never beyond what a figure can be."""
    upper: LimitT | None
    squared_reach: Fraction | None
    """The square of how far the limits lie from the mean, before any is cut to what a figure can
    be. It is exact even where the limits are not, so the rules go by it."""


def judge(
    values: Sequence[Fraction],
    lines: Sequence[Line[LimitT]],
    groups: Sequence[range],
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
        for place, signal in zip(
            group,
            _signals(values[group.start : group.stop], lines[group.start : group.stop]),
            strict=True,
        )
    ]
    expected = [target for target in targets if target is not None]
    return ControlChart[LimitT](
        points=tuple(points),
        assurance=_assurance(lines[-1], expected[-1], sign) if expected else None,
        cautions=(
            *cautions,
            *(
                _trial_limits(group)
                for group in groups
                if len(group) < _SETTLED_FROM and lines[group.start].lower is not None
            ),
        ),
    )


def _signals(values: Sequence[Fraction], lines: Sequence[Line[LimitT]]) -> list[Signal | None]:
    """Return the signal of each point of a group: the weakest rule first, then what overrides."""
    found: list[Signal | None] = [None] * len(values)
    departures = [value - line.mean for value, line in zip(values, lines, strict=True)]
    sides = [_sign(departure) for departure in departures]
    steps = [_sign(later - earlier) for earlier, later in pairwise(values)]
    beyond = [
        (_is_beyond(departure, line, 1), _is_beyond(departure, line, Fraction(2, 3)))
        for departure, line in zip(departures, lines, strict=True)
    ]
    for start in _starts(sides, _RUN):
        found[start : start + _RUN] = [_SHIFT[sides[start]]] * _RUN
    for start in _starts(sides, 3):
        near = [place for place in range(start, start + 3) if beyond[place] == (False, True)]
        if len(near) > 1:
            for place in near:
                found[place] = _NEAR[sides[start]]
    # A point at which one trend ends and the next starts is given to the next.
    for start in _starts(steps, _RUN - 1):
        found[start : start + _RUN] = [_TREND[steps[start]]] * _RUN
    for place, (outside, _) in enumerate(beyond):
        if outside:
            found[place] = _OUTSIDE[sides[place]]
    return found


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
    is_better = (signal in _HIGH) == (sign > 0)
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
            f"points {group.start} to {group.stop - 1}: limits of {len(group)} points are trial "
            f"limits and will still move; {_SETTLED_FROM} points settle them"
        ),
    )
