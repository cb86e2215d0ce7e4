"""What is measured, and what has been observed of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Literal, get_args

import attrs

from rrmodel._pydantic import PydanticField
from rrmodel.errors import CountsError, RecordError, did_you_mean
from rrmodel.model._sources import Citation, optional_text, require_text
from rrmodel.periods import Duration, Period
from rrmodel.quantities import Level, Percentage

__all__ = [
    "Better",
    "Completion",
    "Counts",
    "Mark",
    "Measure",
    "MeasureKind",
    "Observation",
    "SeriesBreak",
]

Better = Literal["higher", "lower"]
"""Which way a measure improves. It is stated, never assumed."""


MeasureKind = Literal["stock", "flow"]
"""Whether the figures of a measure each describe a period by itself, or add up over periods."""


class Mark(StrEnum):
    """A note that a publisher or we put beside a figure."""

    BREAK = "break"
    CONFIDENTIAL = "confidential"
    DERIVED = "derived"
    EARLIEST_REVISION = "earliest_revision"
    ESTIMATED = "estimated"
    FORECAST = "forecast"
    LOW_RELIABILITY = "low_reliability"
    NOT_APPLICABLE = "not_applicable"
    NOT_AVAILABLE = "not_available"
    NOT_SIGNIFICANT = "not_significant"
    PROVISIONAL = "provisional"
    REVISED = "revised"
    ROUNDS_TO_ZERO = "rounds_to_zero"
    SECOND_HAND = "second_hand"
    SIGNIFICANT_AT_0_1_PER_CENT = "significant_at_0_1_per_cent"
    SIGNIFICANT_AT_1_PER_CENT = "significant_at_1_per_cent"
    SIGNIFICANT_AT_5_PER_CENT = "significant_at_5_per_cent"


_KINDS: tuple[str, ...] = get_args(MeasureKind)
_SHARES = ("%", "percentage points")


@attrs.frozen(kw_only=True)
class SeriesBreak(PydanticField):
    """A day from which a measure counts something else and is not comparable with before."""

    starts: date
    """The first day of the new series."""
    code: str = attrs.field(validator=require_text)
    """The code of the new series."""
    reason: str = attrs.field(validator=require_text)
    """What changed."""


@attrs.frozen(kw_only=True)
class Measure(PydanticField):
    """What is counted over what, in which unit, and which way is better.

    Two measures may have the same words and different denominators; they are two measures.

    >>> from rrmodel.periods import FinancialYear
    >>> housed = Measure(id="housed-on-release", name="Housed on the night of release",
    ...     counts="releases into accommodation", out_of="releases", better="higher", code="MI014")
    >>> housed.series_of(FinancialYear("2022-23"))
    'MI014'
    """

    id: str = attrs.field(validator=require_text)
    """The name that targets and observations use."""
    name: str = attrs.field(validator=require_text)
    """What it is called."""
    counts: str = attrs.field(validator=require_text)
    """What is counted: the numerator of a share."""
    out_of: str | None = attrs.field(default=None, validator=optional_text)
    """What it is counted out of: the denominator of a share."""
    excludes: str | None = attrs.field(default=None, validator=optional_text)
    """What both leave out."""
    unit: str = "%"
    """``%`` for a share from 0% to 100%, ``percentage points`` for a gap between two shares,
    otherwise the unit of its amounts, such as ``place``, ``per 1,000 prisoners`` or, for a share
    that may pass 100%, ``% of capacity``."""
    kind: MeasureKind = "stock"
    """``stock`` for levels, rates and shares, each of which describes a period by itself; ``flow``
    for amounts that add up over periods, such as places opened in each year."""
    better: Better
    """Which way is better."""
    code: str | None = attrs.field(default=None, validator=optional_text)
    """The publisher's code: the name of its first series."""
    follow_up: Duration | None = None
    """How long after a period its outcomes can be known."""
    publication_lag: Duration | None = None
    """How long after that they are usually published."""
    series_breaks: tuple[SeriesBreak, ...] = ()
    """Where the series breaks, in order of time."""
    citation: Citation | None = None
    """Where the definition was read."""

    def __attrs_post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise RecordError(
                f"the kind of {self.id!r} is {self.kind!r}: {did_you_mean(self.kind, _KINDS)}"
            )
        if self.kind == "flow" and self.unit in _SHARES:
            raise RecordError(
                f"the measure {self.id!r} is a flow in {self.unit!r}, and shares do not add up: "
                "make it a stock, or give the unit that is counted"
            )
        days = [series_break.starts for series_break in self.series_breaks]
        if days != sorted(set(days)):
            raise RecordError(
                f"the series breaks of {self.id!r} are out of order: write the earliest first, "
                "each day once"
            )

    def series_on(self, day: date) -> str | None:
        """Return the code of the series in force on a day."""
        code = self.code
        for series_break in self.series_breaks:
            if series_break.starts <= day:
                code = series_break.code
        return code

    def series_of(self, period: Period) -> str | None:
        """Return the code of a period's series: that of its last day, see :meth:`straddles`."""
        return self.series_on(period.last_day)

    def straddles(self, period: Period) -> bool:
        """Return whether a series break falls inside a period, so that it belongs to no series."""
        return any(
            period.first_day < series_break.starts <= period.last_day
            for series_break in self.series_breaks
        )

    def matures_on(self, day: date) -> date:
        """Return the day on which outcomes of people counted on ``day`` are known."""
        return self.follow_up.after(day) if self.follow_up else day

    def published_by(self, day: date) -> date:
        """Return the day by which outcomes of ``day`` are usually published."""
        matured = self.matures_on(day)
        return self.publication_lag.after(matured) if self.publication_lag else matured


@attrs.frozen
class Counts(PydanticField):
    """The two counts behind a share: 336 of 1,138.

    >>> Counts(336, 1138).share
    Fraction(168, 569)
    """

    numerator: int
    """How many had the outcome."""
    denominator: int
    """Out of how many."""

    def __attrs_post_init__(self) -> None:
        whole = all(type(count) is int for count in (self.numerator, self.denominator))
        if not whole or not 0 <= self.numerator <= self.denominator or self.denominator == 0:
            raise CountsError(
                f"{self.numerator} of {self.denominator} is no share: write two whole numbers, the "
                "first between 0 and the second, and the second above 0"
            )

    @property
    def share(self) -> Fraction:
        """The share, exactly, from 0 to 1."""
        return Fraction(self.numerator, self.denominator)


def _level_from_counts(observation: Observation) -> Level | None:
    if observation.counts is None:
        return None
    return Percentage.from_counts(observation.counts.numerator, observation.counts.denominator)


def _measure_id(measure: Measure | str) -> str:
    return measure.id if isinstance(measure, Measure) else measure


@attrs.frozen(kw_only=True)
class Observation(PydanticField):
    """A measure's level for an area and a period.

    >>> from rrmodel.periods import DateRange
    >>> york = Observation(measure="proven-reoffending", area="York",
    ...     period=DateRange("year to September 2021"), counts=Counts(336, 1138))
    >>> f"{york.level:.1}"
    '29.5%'
    """

    measure: str = attrs.field(converter=_measure_id)
    """The measure's id; a :class:`Measure` may be given."""
    area: str = attrs.field(validator=require_text)
    """The area, as the publisher names it."""
    period: Period
    """The period it describes."""
    counts: Counts | None = None
    """The counts behind it, if published."""
    level: Level | None = attrs.field(default=attrs.Factory(_level_from_counts, takes_self=True))
    """The level: as published, else exactly that of the counts; ``None`` where the publisher gives
    none. A true zero is a level."""
    published: date | None = None
    """The day it was published, where that is known."""
    series: str | None = attrs.field(default=None, validator=optional_text)
    """The series it belongs to, where the measure's breaks do not tell."""
    marks: tuple[Mark, ...] = ()
    """What the publisher, or we, note beside it."""
    citation: Citation | None = None
    """Where it was read."""
    id: str | None = attrs.field(default=None, validator=optional_text)
    """A name for it, where something refers to it."""
    note: str | None = attrs.field(default=None, validator=optional_text)
    """What a reader should know of it."""


@attrs.frozen(kw_only=True)
class Completion(PydanticField):
    """The report that a milestone was reached."""

    target: str = attrs.field(validator=require_text)
    """The id of the :class:`MilestoneTarget`."""
    day: date
    """The day on which it was done."""
    published: date | None = None
    """The day on which that was published, where known."""
    citation: Citation | None = None
    """Where it was read."""
