"""The rules by which an unfinished promise is called on track, at risk or off track."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias, final

import attrs

from rrmodel.errors import RecordError
from rrmodel.quantities import PercentagePoints

__all__ = [
    "ASSURANCE",
    "POLICIES",
    "STATISTICAL",
    "STATISTICS_CANADA",
    "STRAIGHT_LINE",
    "TRAFFIC_LIGHT",
    "AssuranceRule",
    "ComparisonRule",
    "GrowthRule",
    "MarginRule",
    "PaceRule",
    "Policy",
    "Rule",
]


def _check_margin(name: str, margin: PercentagePoints) -> None:
    if margin < PercentagePoints(0):
        raise RecordError(
            f"{name} is {margin}: write how far below the level still counts, without a sign"
        )


def _check_share(name: str, share: Fraction) -> None:
    if not 0 <= share <= 1:
        raise RecordError(f"{name} is {share}: it is a share, so write a number from 0 to 1")


@final
@attrs.frozen(kw_only=True)
class PaceRule:
    """Compare the change made with the change that the trajectory expects by then.

    At or beyond the level expected is on track.

    Raises:
        RecordError: A threshold is out of its range.
    """

    at_risk_from: Fraction
    """The share of the change expected so far from which a promise behind its line is at risk
    rather than off track; between 0 and 1."""
    near: PercentagePoints
    """How far short of a level to be held is at risk rather than off track. Amounts have no such
    margin: short of the level they are off track."""

    def __attrs_post_init__(self) -> None:
        _check_share("at_risk_from", self.at_risk_from)
        _check_margin("near", self.near)


@final
@attrs.frozen(kw_only=True)
class MarginRule:
    """Compare the level with the level that the trajectory expects, as traffic lights do.

    At or beyond the level expected is on track. Amounts have no margin.

    Raises:
        RecordError: The margin is negative.
    """

    margin: PercentagePoints
    """How far short of the level expected, or to be held, is at risk rather than off track."""

    def __attrs_post_init__(self) -> None:
        _check_margin("margin", self.margin)


@final
@attrs.frozen(kw_only=True)
class GrowthRule:
    """Compare the yearly growth so far with the yearly growth that the goal needs.

    The ratio is undefined for a level to be held, for a baseline or goal of zero and without a
    baseline: such a promise, short of its goal, is at risk, and the reasons say so.

    Raises:
        RecordError: A threshold is out of its range or the two are not in order.
    """

    on_track_from: Fraction
    """The share of the growth needed from which a promise is on track."""
    at_risk_from: Fraction
    """The share of the growth needed from which it is at risk rather than off track."""

    def __attrs_post_init__(self) -> None:
        _check_share("on_track_from", self.on_track_from)
        _check_share("at_risk_from", self.at_risk_from)
        if self.at_risk_from > self.on_track_from:
            raise RecordError(
                f"at_risk_from, {self.at_risk_from}, is above on_track_from, "
                f"{self.on_track_from}: write the lower share as at_risk_from"
            )


@final
@attrs.frozen(kw_only=True)
class ComparisonRule:
    """Ask whether the counts can tell the level from the one expected: better, similar or worse.

    Better is on track, similar is at risk and worse is off track. A figure published without
    counts cannot be told from anything: short of its goal it is at risk, and the reasons say so.

    Raises:
        RecordError: The confidence is not above 0 and below 1.
    """

    confidence: float = 0.95
    """The confidence of the interval around the level."""

    def __attrs_post_init__(self) -> None:
        if not 0 < self.confidence < 1:
            raise RecordError(
                f"confidence is {self.confidence}: write a share above 0 and below 1, such as 0.95"
            )


@final
@attrs.frozen(kw_only=True)
class AssuranceRule:
    """Ask of a control chart whether its process can be relied on to be at the level expected.

    One that consistently passes is on track, one that consistently fails is off track, and one
    that hits and misses is at risk. So is one with too few points, and the reasons say so.

    Raises:
        RecordError: Fewer than two points are asked for.
    """

    fewest: int = 13
    """The fewest points of a chart whose limits are trusted."""

    def __attrs_post_init__(self) -> None:
        if self.fewest < 2:  # noqa: PLR2004  one point has no moving range
            raise RecordError(f"fewest is {self.fewest}: a chart has limits from two points on")


Rule: TypeAlias = PaceRule | MarginRule | GrowthRule | ComparisonRule | AssuranceRule
"""How an unfinished promise is graded; a closed union, to be matched exhaustively."""


@attrs.frozen(kw_only=True)
class Policy:
    """A named rule with its thresholds. It grades a promise before its deadline, never *met*.

    A policy says how a promise stands today. It is no forecast: a promise on track today may be
    missed.

    >>> [policy.name for policy in POLICIES]
    ['straight line', 'traffic light', 'Statistics Canada', 'statistical', 'assurance']
    """

    name: str
    """What it is called."""
    statement: str
    """What it does, in a sentence."""
    citation: str
    """Where the thresholds come from."""
    rule: Rule
    """The rule, with its thresholds."""


STRAIGHT_LINE = Policy(
    name="straight line",
    statement=(
        "On track at or beyond the level expected by the day of the figure; at risk with at least "
        "half of the change expected by then, or within one percentage point of a level to be "
        "held; off track otherwise."
    ),
    citation=(
        "The bands of the four-arrow system of the Sustainable Development Report: all, half or "
        "less of the pace that the goal needs. The margin of one point is ours."
    ),
    rule=PaceRule(at_risk_from=Fraction(1, 2), near=PercentagePoints(1)),
)
"""The policy used where none is named."""

TRAFFIC_LIGHT = Policy(
    name="traffic light",
    statement=(
        "On track (green) at or beyond the level expected by the day of the figure, at risk "
        "(amber) within two percentage points of it, off track (red) otherwise."
    ),
    citation=(
        "Red, amber and green as in public performance reports, whose margins differ; that of two "
        "points is ours."
    ),
    rule=MarginRule(margin=PercentagePoints(2)),
)
"""Red, amber and green against a straight line."""

STATISTICS_CANADA = Policy(
    name="Statistics Canada",
    statement=(
        "On track with at least 95% of the yearly growth that the goal needs, at risk with at "
        "least 60% of it, off track otherwise. Where the growth is undefined, at risk."
    ),
    citation=(
        "The progress measure of Statistics Canada for the Sustainable Development Goals, as Open "
        "SDG publishes it: thresholds of 95%, 60% and 0% of the required annual growth."
    ),
    rule=GrowthRule(on_track_from=Fraction(95, 100), at_risk_from=Fraction(60, 100)),
)
"""The growth ratio of the Sustainable Development Goals, for international readers."""

STATISTICAL = Policy(
    name="statistical",
    statement=(
        "On track where the counts show a level better than the one expected, off track where "
        "they show a worse one, at risk where they cannot tell, at 95% confidence."
    ),
    citation=(
        "Better, similar and worse as in the public health profiles of England, by the interval of "
        "Wilson (1927)."
    ),
    rule=ComparisonRule(confidence=0.95),
)
"""Better, similar or worse than the level expected."""

ASSURANCE = Policy(
    name="assurance",
    statement=(
        "On track where the control chart consistently passes the level expected, off track where "
        "it consistently fails it, at risk where it hits and misses or has fewer than 13 points."
    ),
    citation="Variation and assurance as in Making Data Count, NHS England.",
    rule=AssuranceRule(fewest=13),
)
"""Whether the process can be relied on."""

POLICIES = (STRAIGHT_LINE, TRAFFIC_LIGHT, STATISTICS_CANADA, STATISTICAL, ASSURANCE)
"""Every policy that comes with the library, the default first.

:meta hide-value:
"""
