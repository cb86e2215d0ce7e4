"""The two counts behind a share, and whether a published level agrees with them."""

from __future__ import annotations

import re
from fractions import Fraction
from operator import index
from typing import SupportsIndex

import attrs

from rrmodel.errors import CountsError
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints
from rrmodel.records import PydanticRecord

__all__ = ["Counts", "share_scale"]

_MOST_PLACES = 30
_RATE = re.compile(r"per ([0-9]{1,3}(?:,[0-9]{3})*|[0-9]+) ")


def _read_count(value: SupportsIndex) -> int:
    try:
        count = -1 if isinstance(value, bool) else int(index(value))
    except TypeError:  # a number that is not whole, or no number
        count = -1
    if count < 0:
        raise CountsError(f"{_shown(value)} is not a count: give a whole number from 0")
    return count


def _shown(value: object) -> str:
    try:
        return repr(value)
    except ValueError:  # an integer beyond the interpreter's limit for printing
        return "a number of thousands of digits"


@attrs.frozen
class Counts(PydanticRecord):
    """The two counts behind a share: 336 of 1,138.

    Whole numbers of any kind are accepted, such as those of NumPy.

    >>> Counts(336, 1138).share
    Fraction(168, 569)
    >>> Counts(10, 25, rounded_to=5).share_interval
    (Fraction(3, 11), Fraction(5, 9))

    Raises:
        CountsError: A count is not a whole number from 0, the first is more than the second, the
            second is 0, or one is not a multiple of ``rounded_to``.
    """

    numerator: int = attrs.field(converter=_read_count)
    """How many had the outcome."""
    denominator: int = attrs.field(converter=_read_count)
    """Out of how many."""
    rounded_to: int = attrs.field(default=1, converter=_read_count)
    """The number whose multiples the publisher rounds counts to, such as 5. Default: 1, which means
    exact counts."""

    def __attrs_post_init__(self) -> None:
        if not 0 < self.denominator >= self.numerator:
            raise CountsError(
                f"{self.numerator:,} of {self.denominator:,} does not make a share: the first "
                "count must be at most the second, and the second above 0"
            )
        for count in (self.numerator, self.denominator):
            if self.rounded_to < 1 or count % self.rounded_to:
                raise CountsError(
                    f"{count:,} was not rounded to a multiple of {self.rounded_to:,}: correct the "
                    "count or 'rounded_to'"
                )

    @property
    def share(self) -> Fraction:
        """The share of the counts as published, exactly, from 0 to 1."""
        return Fraction(self.numerator, self.denominator)

    @property
    def share_interval(self) -> tuple[Fraction, Fraction]:
        """The lowest and the highest share that the counts may have had before they were rounded.

        Both are the share itself if the counts are exact.
        """
        lowest, highest = self._extremes()
        return Fraction(*lowest), Fraction(*highest)

    def _extremes(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return numerator and denominator of the lowest and of the highest share."""
        step = self.rounded_to if self.rounded_to > 1 else 0
        numerator, denominator = 2 * self.numerator, 2 * self.denominator
        # A denominator is at least one step, so that half a step less leaves it above 0.
        most = denominator - step
        return (
            (max(numerator - step, 0), denominator + step),
            (min(numerator + step, most), most),
        )

    def can_give(self, level: Level) -> bool:
        """Return whether the counts can give a level, rounded to its printed decimals.

        An amount that is not a share is never contradicted by counts.

        >>> counts = Counts(1300, 1600)
        >>> counts.can_give(Percentage("81.3")), counts.can_give(Percentage("82"))
        (True, False)
        >>> counts.can_give(Amount(200, "place"))
        True
        """
        bounds = self.bounds_of(level)
        if bounds is None:
            return True
        least, scale, most = bounds
        (low, below), (high, above) = self._extremes()
        return scale * low <= most * below and least * above <= scale * high

    @staticmethod
    def bounds_of(level: Level) -> tuple[int, int, int] | None:
        """Return three whole numbers that say which exact counts a published level can be that of.

        >>> least, scale, most = Counts.bounds_of(Percentage("81.3"))
        >>> least * 1600 <= scale * 1300 <= most * 1600
        True

        Returns:
            The least and the most by which the denominator, and between them that by which the
            numerator is multiplied for the comparison; ``None`` if a share is not a level in the
            unit.
        """
        whole = share_scale(level)
        if whole is None:
            return None
        value, places = level.value, level.places
        unit, half = (1, 0) if places is None else (2 * 10**places, 1)
        published, bottom = unit * value.numerator, value.denominator
        return published - half * bottom, unit * whole * bottom, published + half * bottom

    def contradiction(self, level: Level) -> str | None:
        """Return how a published level contradicts the counts and how to correct it, or ``None``.

        >>> Counts(1300, 1600).contradiction(Percentage("82.5"))
        "82.5% is published beside 1,300 of 1,600, which is 81.25%: correct one of them; ..."
        >>> Counts(1300, 1600).contradiction(Percentage("81.3")) is None
        True
        """
        if isinstance(level, PercentagePoints):
            return f"{level} is a gap between two shares, and {self} is one share: omit the counts"
        whole = share_scale(level)
        if whole is None or self.can_give(level):
            return None
        value = whole * self.share
        exact = Amount(value, level.unit) if isinstance(level, Amount) else Percentage(value)
        places = min((level.places or 0) + 1, _MOST_PLACES)
        return (
            f"{level} is published beside {self}, which is {exact.rounded(places)}: correct one "
            "of them; if the publisher rounds the counts, give 'rounded_to'; if the level is an "
            "estimate, give the mark 'estimated'"
        )

    def __str__(self) -> str:
        return f"{self.numerator:,} of {self.denominator:,}"


def share_scale(level: Level) -> int | None:
    """Return the number that is a whole in the unit of a level, such as 100 for a percentage.

    Returns:
        ``None`` if a share is not a level in that unit: a gap, or an amount that is not a rate.
    """
    if isinstance(level, Percentage) or level.unit.startswith("% of "):
        return 100
    rate = _RATE.match(level.unit)
    return None if rate is None else int(rate[1].replace(",", ""))
