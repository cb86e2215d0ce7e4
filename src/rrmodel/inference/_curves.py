"""The levels between two points of time on curves that are not straight."""

from __future__ import annotations

from math import exp, inf, log

from rrmodel.errors import QuantityError
from rrmodel.inference._interval import Undefined

__all__ = ["geometric_level", "logit_level"]


def logit_level(start: float, end: float, elapsed: float) -> float | Undefined:
    """Return the share part of the way between two shares, straight on the log-odds scale.

    The odds change by the same factor in every equal stretch of time. So the curve flattens
    towards 0% and 100%, which a share can come near and never pass, and it is the same curve
    whether one counts who was housed or who was not.

    >>> print(f"{logit_level(0.18, 0.23, 0.5):.4f}")
    0.2039
    >>> print(f"{logit_level(0.95, 0.99, 0.5):.4f}")  # a straight line would give 0.97
    0.9775
    >>> logit_level(0.95, 1.0, 0.5).reason
    'log-odds are undefined for a share of 1.0: draw a straight line to it, or end just short of it'

    Args:
        start: The share at the beginning, above 0 and below 1.
        end: The share at the end, above 0 and below 1.
        elapsed: How much of the time has passed, from 0 to 1.

    Returns:
        The share, or the reason if there is none. 0% and 100% have no log-odds.

    Raises:
        QuantityError: A share or the elapsed time is not from 0 to 1.

    Follows J. Berkson (1944), "Application of the logistic function to bio-assay", Journal of the
    American Statistical Association.
    """
    _check(start, end, elapsed, highest=1)
    for share in (start, end):
        if not 0 < share < 1:
            return Undefined(
                f"log-odds are undefined for a share of {share}: draw a straight line to it, or "
                "end just short of it"
            )
    reached = _between(log(start / (1 - start)), log(end / (1 - end)), elapsed)
    # Whichever way round, the exponent is not positive, so nothing overflows.
    odds = exp(-abs(reached))
    share = (1 if reached > 0 else odds) / (1 + odds)
    return _clamped_level(start, end, elapsed, share)


def geometric_level(start: float, end: float, elapsed: float) -> float | Undefined:
    """Return the level part of the way between two levels, at a constant rate of growth.

    The level changes by the same factor in every equal stretch of time. Growth ratios assume this
    curve. Unlike the log-odds it differs between who was housed and who was not.

    >>> print(f"{geometric_level(0.82, 0.90, 0.5):.4f}")
    0.8591

    Args:
        start: The level at the beginning, above 0, in any unit.
        end: The level at the end, above 0, in the same unit.
        elapsed: How much of the time has passed, from 0 to 1.

    Returns:
        The level, or the reason if there is none. No rate of growth leads from or to 0.

    Raises:
        QuantityError: A level is negative or not finite, or the elapsed time is not from 0 to 1.
    """
    _check(start, end, elapsed, highest=inf)
    if start == 0 or end == 0:
        return Undefined(
            f"no rate of growth leads from {start} to {end}: draw a straight line, or start and "
            "end above 0"
        )
    return _clamped_level(start, end, elapsed, exp(_between(log(start), log(end), elapsed)))


def _check(start: float, end: float, elapsed: float, *, highest: float) -> None:
    for level in (start, end):
        if not 0 <= level <= highest or level == inf:
            kind, bounds = ("share", "from 0 to 1") if highest == 1 else ("level", "of 0 or more")
            raise QuantityError(f"{level} is not a {kind}: write a number {bounds}")
    if not 0 <= elapsed <= 1:
        raise QuantityError(
            f"{elapsed} is not a share of the time: write the share that has passed, from 0 to 1"
        )


def _between(start: float, end: float, elapsed: float) -> float:
    return start + (end - start) * elapsed


def _clamped_level(start: float, end: float, elapsed: float, level: float) -> float:
    """Hit both ends exactly, and let no rounding lead past them."""
    if elapsed in {0, 1}:
        return end if elapsed else start
    return min(max(level, min(start, end)), max(start, end))
