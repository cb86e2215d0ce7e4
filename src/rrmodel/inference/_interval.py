"""An interval of numbers, and the answer of a method where a number is undefined."""

from __future__ import annotations

from typing import ClassVar

import attrs

from rrmodel.errors import ConfidenceError
from rrmodel.records import Field, Layout, Result

__all__ = ["Interval", "Undefined", "normal_quantile"]


_INTERVAL: Layout[Interval] = Layout(
    "interval",
    "The numbers between two ends, both included.",
    (
        Field("lower", "number", "The lower end.", lambda one: float(one.lower)),
        Field("upper", "number", "The upper end.", lambda one: float(one.upper)),
    ),
)


@attrs.frozen
class Interval(Result):
    """The numbers between two ends, both included.

    Shares are written from 0 to 1, and differences of shares from -1 to 1.

    >>> Interval(0.78, 0.85).contains(0.82)
    True
    """

    lower: float
    """The lower end."""
    upper: float
    """The upper end."""

    layout: ClassVar[Layout[Interval]] = _INTERVAL
    """The fields of :meth:`to_dict`."""

    @property
    def width(self) -> float:
        """How far the ends are apart."""
        return self.upper - self.lower

    def contains(self, number: float) -> bool:
        """Return whether a number lies in the interval."""
        return self.lower <= number <= self.upper


_UNDEFINED: Layout[Undefined] = Layout(
    "undefined",
    "A number that a method cannot give.",
    (Field("reason", "text", "The reason, if there is no number.", lambda one: one.reason),),
)


@attrs.frozen
class Undefined(Result):
    """A number that a method cannot give, and the reason. It is not zero."""

    reason: str
    """The reason, if there is no number, and how to get one."""

    layout: ClassVar[Layout[Undefined]] = _UNDEFINED
    """The fields of :meth:`to_dict`."""


def normal_quantile(confidence: float) -> float:
    """Return how many standard errors each side of a two-sided interval reaches.

    >>> round(normal_quantile(0.95), 4)
    1.96

    Args:
        confidence: The share of such intervals that should cover the true value, such as 0.95.

    Raises:
        ConfidenceError: The confidence is not above 0 and below 1.
    """
    from statistics import NormalDist  # noqa: PLC0415 - loads random, and few need it at once

    if not 0 < confidence < 1:
        raise ConfidenceError(
            f"a confidence of {confidence} is not between 0 and 1: give a share such as 0.95"
        )
    return -NormalDist().inv_cdf((1 - confidence) / 2)
