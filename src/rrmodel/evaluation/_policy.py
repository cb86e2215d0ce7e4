"""The rules by which an unfinished promise is called on track, at risk or off track."""

from __future__ import annotations

from fractions import Fraction

import attrs

from rrmodel.errors import RecordError
from rrmodel.quantities import PercentagePoints

__all__ = ["STRAIGHT_LINE", "Policy"]


@attrs.frozen(kw_only=True)
class Policy:
    """Named thresholds. They grade a promise before its deadline, and never touch *met*.

    A policy is a rule about pace. It is no forecast: a promise on track today may be missed.

    >>> STRAIGHT_LINE.at_risk_from
    Fraction(1, 2)

    Raises:
        RecordError: A threshold is out of its range.
    """

    name: str
    """What it is called."""
    statement: str
    """What it does, in a sentence."""
    source: str
    """Where the thresholds come from."""
    at_risk_from: Fraction
    """The share of the change expected so far from which a promise behind its line is at risk
    rather than off track; between 0 and 1."""
    near: PercentagePoints
    """How far short of a level to be held is at risk rather than off track. Amounts have no such
    margin: short of the level they are off track."""

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.at_risk_from <= 1:
            raise RecordError(
                f"at_risk_from of the policy {self.name!r} is {self.at_risk_from}: it is a share, "
                "so write a number from 0 to 1"
            )
        if self.near < PercentagePoints(0):
            raise RecordError(
                f"near of the policy {self.name!r} is {self.near}: write how far below the level, "
                "without a sign"
            )


STRAIGHT_LINE = Policy(
    name="straight line",
    statement=(
        "On track at or beyond the level expected by the day of the figure; at risk with at least "
        "half of the change expected by then, or within one percentage point of a level to be "
        "held; off track otherwise."
    ),
    source=(
        "The bands of the four-arrow system of the Sustainable Development Report: all, half or "
        "less of the pace that the goal needs. The margin of one point is ours."
    ),
    at_risk_from=Fraction(1, 2),
    near=PercentagePoints(1),
)
"""The policy used where none is named."""
