"""The rules by which a target that is not yet due is graded on track, at risk or off track."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias, final

import attrs

from rrmodel.errors import RecordError, UnknownNameError, did_you_mean
from rrmodel.model import normal_form
from rrmodel.quantities import PercentagePoints
from rrmodel.records import short_repr

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
    "find_policy",
]


def _check_margin(name: str, margin: PercentagePoints) -> None:
    if margin < PercentagePoints(0):
        raise RecordError(
            f"{name} is {margin}: give how far outside the level is still at risk, without a sign"
        )


def _check_share(name: str, share: Fraction) -> None:
    if not 0 <= share <= 1:
        raise RecordError(f"{name} is {share}: give a share from 0 to 1")


@final
@attrs.frozen(kw_only=True)
class PaceRule:
    """Compare the change made with the change that the trajectory expects by then.

    At or beyond the expected level is on track. A published figure is level with it if the numbers
    that round to the figure reach it.

    Raises:
        RecordError: A threshold is out of its range.
    """

    at_risk_from: Fraction
    """The share of the change expected so far from which a target behind its trajectory is at risk
    rather than off track; between 0 and 1."""
    near: PercentagePoints
    """How far outside a level to maintain is at risk rather than off track. Amounts have no such
    margin: outside the level they are off track."""

    def __attrs_post_init__(self) -> None:
        _check_share("at_risk_from", self.at_risk_from)
        _check_margin("near", self.near)


@final
@attrs.frozen(kw_only=True)
class MarginRule:
    """Compare the level with the expected level, as traffic lights do.

    At or beyond the expected level is on track, and so is a published figure whose rounding reaches
    it. Amounts have no margin.

    Raises:
        RecordError: The margin is negative.
    """

    margin: PercentagePoints
    """How far outside the expected level is at risk rather than off track."""

    def __attrs_post_init__(self) -> None:
        _check_margin("margin", self.margin)


@final
@attrs.frozen(kw_only=True)
class GrowthRule:
    """Compare the yearly growth so far with the yearly growth that the goal needs.

    The ratio is undefined for a level to maintain, for a range, for a baseline or goal of zero and
    without a baseline: such a target is not graded, and the reasons say why.

    Raises:
        RecordError: A threshold is out of its range or the two are not in order.
    """

    on_track_from: Fraction
    """The share of the growth needed from which a target is on track."""
    at_risk_from: Fraction
    """The share of the growth needed from which it is at risk rather than off track."""

    def __attrs_post_init__(self) -> None:
        _check_share("on_track_from", self.on_track_from)
        _check_share("at_risk_from", self.at_risk_from)
        if self.at_risk_from > self.on_track_from:
            raise RecordError(
                f"at_risk_from, {self.at_risk_from}, is above on_track_from, "
                f"{self.on_track_from}: exchange them"
            )


@final
@attrs.frozen(kw_only=True)
class ComparisonRule:
    """Test the counts against the expected level: better, similar or worse.

    Better is on track, similar is at risk and worse is off track. Without counts there is no test,
    so the target is not graded, and the reasons say so.

    Raises:
        RecordError: The confidence is not above 0 and below 1.
    """

    confidence: float = 0.95
    """The confidence of the interval around the level."""

    def __attrs_post_init__(self) -> None:
        if not 0 < self.confidence < 1:
            raise RecordError(
                f"confidence is {self.confidence}: give a share above 0 and below 1, such as 0.95"
            )


@final
@attrs.frozen(kw_only=True)
class AssuranceRule:
    """Read from a control chart whether the process can be relied on to reach the expected level.

    One that consistently passes is on track, one that consistently fails is off track, and one
    that hits and misses is at risk. With too few points the target is not graded.

    Raises:
        RecordError: Fewer than ten points are asked for.
    """

    fewest: int = 13
    """The fewest points of a chart whose limits are used."""

    def __attrs_post_init__(self) -> None:
        if self.fewest < 10:  # noqa: PLR2004  fewer make a run chart
            raise RecordError(
                f"fewest is {self.fewest}: a control chart needs at least 10 points for its limits"
            )


Rule: TypeAlias = PaceRule | MarginRule | GrowthRule | ComparisonRule | AssuranceRule
"""How a target that is not yet due is graded; a closed union, to be matched exhaustively."""


@attrs.frozen(kw_only=True, repr=False)
class Policy:
    """A named rule with its thresholds, which grades targets before their deadlines.

    A policy never changes what is met or missed, and a grade is not a forecast: a target that is
    on track today may be missed.

    >>> [policy.name for policy in POLICIES]
    ['straight line', 'traffic light', 'Statistics Canada', 'statistical', 'assurance']
    """

    name: str
    """Its name."""
    statement: str
    """The rule, in a sentence."""
    citation: str
    """The source of its thresholds."""
    rule: Rule
    """The rule, with its thresholds."""

    def __repr__(self) -> str:
        return short_repr(self, self.name, statement=self.statement)


STRAIGHT_LINE = Policy(
    name="straight line",
    statement=(
        "On track at or beyond the level expected by the date of the figure; at risk with at least "
        "half of the change expected by then, or within one percentage point of a level to "
        "maintain; off track otherwise."
    ),
    citation=(
        "The bands of the four-arrow system of the Sustainable Development Report: all, half or "
        "less of the pace that the goal requires. The margin of one point is our choice."
    ),
    rule=PaceRule(at_risk_from=Fraction(1, 2), near=PercentagePoints(1)),
)
"""The default policy."""

TRAFFIC_LIGHT = Policy(
    name="traffic light",
    statement=(
        "On track (green) at or beyond the level expected by the date of the figure, at risk "
        "(amber) within two percentage points of it, off track (red) otherwise."
    ),
    citation=(
        "Red, amber and green as in public performance reports, whose margins differ; the margin "
        "of two points is our choice."
    ),
    rule=MarginRule(margin=PercentagePoints(2)),
)
"""Red, amber and green against the expected level."""

STATISTICS_CANADA = Policy(
    name="Statistics Canada",
    statement=(
        "On track with at least 95% of the yearly growth that the goal requires, at risk with at "
        "least 60% of it, off track otherwise; not graded where the growth is undefined."
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
        "On track where the counts are significantly better than the expected level, off track "
        "where they are significantly worse, at risk where the difference is within chance, at 95% "
        "confidence; not graded without counts."
    ),
    citation=(
        "Better, similar and worse as in the public health profiles of England, by the interval of "
        "Wilson (1927)."
    ),
    rule=ComparisonRule(confidence=0.95),
)
"""Better, similar or worse than the expected level."""

ASSURANCE = Policy(
    name="assurance",
    statement=(
        "On track where the control chart consistently passes the expected level, off track where "
        "it consistently fails it, at risk where it hits and misses; not graded with fewer than 13 "
        "points."
    ),
    citation="Variation and assurance as in Making Data Count, NHS England.",
    rule=AssuranceRule(fewest=13),
)
"""Whether the process can be relied on to reach the expected level."""

POLICIES = (STRAIGHT_LINE, TRAFFIC_LIGHT, STATISTICS_CANADA, STATISTICAL, ASSURANCE)
"""Every policy of the library, the default first.

:meta hide-value:
"""


def find_policy(policy: Policy | str) -> Policy:
    """Return the policy of a name, such as ``"straight-line"``; a policy itself is returned.

    Names are compared without regard to case, spaces and hyphens.

    Raises:
        UnknownNameError: There is no policy of that name.
    """
    if isinstance(policy, Policy):
        return policy
    known = {_key(each.name): each for each in POLICIES}
    key = _key(str(policy))
    if key not in known:
        raise UnknownNameError(f"unknown policy {policy!r}: {did_you_mean(key, known)}")
    return known[key]


def _key(name: str) -> str:
    return normal_form(name).replace(" ", "-")
