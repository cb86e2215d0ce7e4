"""The levels of a target as whole numbers of one scale, and how large those of figures may be."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import isqrt, lcm
from typing import NamedTuple, TypeAlias

import attrs

from rrmodel.evaluation import MarginRule, PaceRule, Policy, Terms
from rrmodel.model import ChangeTarget, ReachTarget
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints, RelativeChange

__all__ = ["MOST_PLACES", "UNITS", "RuleNumbers", "WholeNumbers"]

MOST_PLACES = 4
"""The most decimals of a published figure."""
UNITS = 10**MOST_PLACES
"""The units of a published figure in 1: levels are counted in ten-thousandths."""

Ratio: TypeAlias = tuple[int, int]
"""A numerator and a denominator above 0."""

_MOST = 2**60
"""Products of whole numbers stay below this, and sums of a few of them below 2 ** 63."""
_MOST_CASES = 2**26
"""Shares of fewer cases than this are in the same order as the nearest binary numbers."""
_MOST_UNITS = 2**50
_FEWEST_UNITS = 100 * UNITS
_FEWEST_CASES = 10_000
_MOST_PARTS = 2 * 10**8
_NOTHING: Ratio = 0, 1
_PACE, _MARGIN, _COMPARISON = range(3)


@attrs.frozen
class RuleNumbers:
    """The thresholds of a policy."""

    kind: int
    """0 for the pace, 1 for a margin, 2 for a comparison by counts."""
    margin: Ratio = _NOTHING
    share: Ratio = _NOTHING

    @classmethod
    def of(cls, policy: Policy) -> RuleNumbers:
        """Return the thresholds of a policy."""
        match policy.rule:
            case PaceRule() as rule:
                return cls(_PACE, rule.near.ratio, rule.at_risk_from.as_integer_ratio())
            case MarginRule() as rule:
                return cls(_MARGIN, rule.margin.ratio)
            case _:
                return cls(_COMPARISON)


class WholeNumbers(NamedTuple):
    """The levels of terms as whole numbers, and how large those of figures may be."""

    scale: int
    """The least number whose product with every level of the terms is whole."""
    goal: int
    limit: int | None
    tolerance: int
    margin: int
    baseline: int
    points: tuple[int, ...]
    rounded: tuple[tuple[int, ...], ...]
    """The points of the trajectory from each end of a rounded baseline, the goal last; empty where
    nothing was rounded."""
    start: tuple[int, int, int]
    """The values that a baseline in per cent can be: their ends over the third number."""
    most_units: int
    """The greatest published figure, in units, whose products stay in 64 bits."""
    most_cases: int
    """The greatest denominator whose products stay in 64 bits."""

    @property
    def is_bounded(self) -> bool:
        """Whether figures of a usual size can be compared in 64 bits."""
        return (
            self.most_units >= _FEWEST_UNITS
            and self.most_cases >= _FEWEST_CASES
            and self.start[2] <= _MOST_PARTS
        )

    @classmethod
    def of(cls, terms: Terms, rule: RuleNumbers) -> WholeNumbers:
        """Return the levels of terms, and of the rule that grades them."""
        goal, tolerance, baseline = terms.goal, terms.tolerance, terms.baseline
        limit = None if goal is None else goal.limit
        points = [level.ratio for _, level in terms.points]
        at_goal = _NOTHING if goal is None else goal.level.ratio
        rounded = _from_rounded_baselines(terms, points, at_goal)
        levels = [
            at_goal,
            _NOTHING if limit is None else limit.ratio,
            _NOTHING if tolerance is None else tolerance.ratio,
            rule.margin,
            _NOTHING if baseline is None else baseline.level.ratio,
            *points,
            *(level for track in rounded for level in track),
        ]
        scale = lcm(*[below for _, below in levels])
        whole = [above * (scale // below) for above, below in levels]
        greatest = max(*whole, -min(whole)) + 1
        # What a level is multiplied with besides the scale: time, and the share of a pace.
        spans = [(later - earlier).days for (earlier, _), (later, _) in pairwise(terms.points)]
        days = max(spans, default=1)
        factor = 8 * days * max(rule.share)
        most_cases = min(_MOST_CASES, _MOST // ((greatest + 100 * scale) * factor))
        if limit is not None:
            # Distances to either end of a range are put in order as binary numbers.
            most_cases = min(most_cases, isqrt(2**52 // (greatest + 100 * scale)))
        most_units = _MOST // (scale * factor) if greatest * UNITS * factor <= _MOST else 0
        first, length = 5 + len(points), len(rounded[0]) if rounded else 0
        return cls(
            scale=scale,
            goal=whole[0],
            limit=None if limit is None else whole[1],
            tolerance=whole[2],
            margin=whole[3],
            baseline=whole[4],
            points=tuple(whole[5:first]),
            rounded=(
                (tuple(whole[first : first + length]), tuple(whole[first + length :]))
                if rounded
                else ()
            ),
            start=_start(None if baseline is None else baseline.level),
            most_units=min(_MOST_UNITS, most_units),
            most_cases=most_cases,
        )


def _from_rounded_baselines(
    terms: Terms, points: Sequence[Ratio], goal: Ratio
) -> list[list[Ratio]]:
    """Return the points of the trajectory from each end of the values that a baseline can be.

    The last level is the goal; without a trajectory it is the only one.
    """
    target = terms.target
    if not isinstance(target, ChangeTarget | ReachTarget) or target.baseline is None:
        return []
    level = target.baseline.level
    if isinstance(level, Amount) or level.places is None:
        return []
    change = target.change if isinstance(target, ChangeTarget) else None
    moved = _NOTHING
    if isinstance(change, RelativeChange):
        moved = change.factor.as_integer_ratio()
    elif change is not None:
        moved = change.ratio
    paths: list[list[Ratio]] = []
    for above, below in _ends_of(level.ratio, level.places, is_share=isinstance(level, Percentage)):
        aim = goal
        if isinstance(change, RelativeChange):
            aim = above * moved[0], below * moved[1]
        elif change is not None:
            aim = above * moved[1] + moved[0] * below, below * moved[1]
        if isinstance(level, Percentage):
            aim = min(max(aim[0], 0), 100 * aim[1]), aim[1]
        paths.append([(above, below), *points[1:-1], aim] if points else [aim])
    return paths


@lru_cache(maxsize=4096)
def _ends_of(level: Ratio, places: int, *, is_share: bool) -> Sequence[Ratio]:
    """Return the ends of the values that a printed level, or a gap between two shares, can be."""
    number = Fraction(*level)
    quantity = Percentage(number) if is_share else PercentagePoints(number)
    printed = quantity.rounded(places)
    return tuple(end.ratio for end in printed.published_interval)


def _start(level: Level | None) -> tuple[int, int, int]:
    """Return the ends of the values that a baseline in per cent can be, over the third number."""
    if not isinstance(level, Percentage):
        return 0, 0, 1
    low = high = level.ratio
    if level.places is not None:
        low, high = _ends_of(low, level.places, is_share=True)
    parts = lcm(low[1], high[1])
    return low[0] * (parts // low[1]), high[0] * (parts // high[1]), parts
