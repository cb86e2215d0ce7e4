"""The levels that targets name: baselines, interim goals and ranges."""

from __future__ import annotations

import re

import attrs

from rrmodel.errors import MixedQuantityError, RecordError
from rrmodel.model._fields import (
    read_deadline,
    read_optional_period,
    read_period,
    require_level,
)
from rrmodel.periods import Deadline, Period
from rrmodel.quantities import Amount, Level
from rrmodel.records import PydanticRecord

__all__ = ["Baseline", "InterimGoal", "LevelRange"]

_NUMBER = re.compile(r"[-£]*[0-9.,]+%?")


@attrs.frozen(kw_only=True)
class Baseline(PydanticRecord):
    """The level that a target starts from: "from 82% in March 2022"."""

    level: Level = attrs.field(validator=require_level)
    """The level."""
    period: Period = attrs.field(converter=read_period)
    """The period it describes; its last day is the start of the target."""
    may_be: Period | None = attrs.field(default=None, converter=read_optional_period)
    """Another period that the wording allows: "in March 2022" may mean the year to March."""


@attrs.frozen(kw_only=True)
class InterimGoal(PydanticRecord):
    """A level to reach on the way: "20 per cent in 2002-03 and 25 per cent in 2003-04"."""

    level: Level = attrs.field(validator=require_level)
    """The level."""
    deadline: Deadline = attrs.field(converter=read_deadline)
    """The day by which it is due."""


@attrs.frozen(kw_only=True)
class LevelRange(PydanticRecord):
    """The levels from one to another, both included: "between 40% and 50%".

    >>> from rrmodel.quantities import Percentage
    >>> aim = LevelRange(low=Percentage(40), high=Percentage(50))
    >>> str(aim), Percentage("50.0") in aim, Percentage("50.1") in aim
    ('40% to 50%', True, False)

    Raises:
        RecordError: The ends are in different units, or the low end is not below the high end.
        MixedQuantityError: A level in another unit is compared with the range.
    """

    low: Level = attrs.field(validator=require_level)
    """The lowest level that is good enough."""
    high: Level = attrs.field(validator=require_level)
    """The highest level that is good enough."""

    def __attrs_post_init__(self) -> None:
        if self.low.unit != self.high.unit or type(self.low) is not type(self.high):
            raise RecordError(
                f"the range from {self.low} to {self.high} has two units: use one unit for both"
            )
        if self.low.value >= self.high.value:
            raise RecordError(
                f"the range from {self.low} to {self.high} is not in order: give the lower level "
                "as 'low' and the higher one as 'high'"
            )

    @property
    def unit(self) -> str:
        """The unit of both ends."""
        return self.low.unit

    def __contains__(self, level: Level) -> bool:
        if type(level) is not type(self.low) or level.unit != self.unit:
            raise MixedQuantityError(
                f"{level} cannot be compared with {self}: use a level in {self.unit!r}"
            )
        return self.low.value <= level.value <= self.high.value

    def __str__(self) -> str:
        low, high = str(self.low), str(self.high)
        if isinstance(self.low, Amount) and (number := _NUMBER.match(low)):
            # One unit is enough for both ends: "90% to 98% of capacity".
            is_same_unit = low[number.end() :] == _NUMBER.sub("", high, count=1)
            low = number[0] if is_same_unit else low
        return f"{low} to {high}"
