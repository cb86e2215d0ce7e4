"""Measures, and observations of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal, get_args

import attrs

from rrmodel.errors import RecordError, UnitError, did_you_mean
from rrmodel.model._counts import Counts
from rrmodel.model._fields import (
    optional_text,
    read_day,
    read_optional_day,
    read_period,
    require_level,
    require_text,
)
from rrmodel.model._sources import Citation
from rrmodel.periods import Duration, Period
from rrmodel.quantities import Amount, Level, Percentage, PercentagePoints
from rrmodel.records import (
    Field,
    Layout,
    PydanticRecord,
    ShownColumn,
    Tabular,
    quantity,
    short_repr,
)

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
    """A note beside a figure, by its publisher or by us."""

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


_BETTER: tuple[str, ...] = get_args(Better)
_KINDS: tuple[str, ...] = get_args(MeasureKind)
_SHARES = ("%", "percentage points")


@attrs.frozen(kw_only=True)
class SeriesBreak(PydanticRecord):
    """A day from which a measure counts something else and is not comparable with before."""

    starts: date = attrs.field(converter=read_day)
    """The first day of the new series."""
    code: str = attrs.field(validator=require_text)
    """The code of the new series."""
    reason: str = attrs.field(validator=require_text)
    """The change."""


@attrs.frozen(kw_only=True, repr=False)
class Measure(PydanticRecord):
    """A numerator over a denominator, with the unit and the direction that is better.

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
    """Its name."""
    counts: str = attrs.field(validator=require_text)
    """The numerator of a share, or the things that are counted, in words."""
    out_of: str | None = attrs.field(default=None, validator=optional_text)
    """The denominator of a share, in words."""
    excludes: str | None = attrs.field(default=None, validator=optional_text)
    """The cases that neither of them counts."""
    unit: str = attrs.field(default="%", validator=require_text)
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

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.id,
            name=self.name,
            unit=self.unit,
            kind=self.kind,
            better=self.better,
            series_breaks=self.series_breaks,
        )

    def __attrs_post_init__(self) -> None:
        if self.better not in _BETTER:
            raise RecordError(
                f"'better' of the measure {self.id!r} is {self.better!r}: "
                f"{did_you_mean(str(self.better), _BETTER)}"
            )
        if self.kind not in _KINDS:
            raise RecordError(
                f"the kind of the measure {self.id!r} is {self.kind!r}: "
                f"{did_you_mean(str(self.kind), _KINDS)}"
            )
        if self.unit not in _SHARES:
            try:
                Amount(0, self.unit)
            except UnitError as error:
                raise RecordError(f"the unit of the measure {self.id!r}: {error}") from error
        if self.kind == "flow" and not _adds_up(self.unit):
            raise RecordError(
                f"the measure {self.id!r} is a flow in {self.unit!r}, but shares and rates do not "
                "add up over periods: make it a stock, or give the unit of what is counted"
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


def _level_from_counts(observation: Observation) -> Level | None:
    counts = observation.counts
    return None if counts is None else Percentage.from_counts(counts.numerator, counts.denominator)


def _adds_up(unit: str) -> bool:
    is_rate = "/" in unit or "per" in unit.split()
    return not (is_rate or unit in _SHARES or unit.startswith("% "))


def _measure_id(measure: Measure | str) -> str:
    return measure.id if isinstance(measure, Measure) else measure


def _rounding(counts: Counts | None) -> int | None:
    return None if counts is None or counts.rounded_to == 1 else counts.rounded_to


def _level_of(observation: Observation) -> Level | None:
    return observation.level


_LEVEL, _VALUE = quantity("level", "The level", _level_of, value_name="value")
_OBSERVATION: Layout[Observation] = Layout(
    "observation",
    "A published figure, by the columns of the tidy layout.",
    (
        Field(
            "id",
            "text",
            "Its name, where something refers to it.",
            lambda one: one.id,
            is_optional=True,
        ),
        Field("measure", "text", "The id of its measure.", lambda one: one.measure),
        Field("area", "text", "Its area, as the publisher names it.", lambda one: one.area),
        Field("period", "text", "The period it describes.", lambda one: str(one.period)),
        _LEVEL,
        Field(
            "numerator",
            "whole",
            "How many had the outcome.",
            lambda one: one.counts and one.counts.numerator,
            is_optional=True,
        ),
        Field(
            "denominator",
            "whole",
            "Out of how many.",
            lambda one: one.counts and one.counts.denominator,
            is_optional=True,
        ),
        Field(
            "rounded_to",
            "whole",
            "To what the counts are rounded; null if they are exact.",
            lambda one: _rounding(one.counts),
            is_optional=True,
        ),
        _VALUE,
        Field(
            "unit",
            "text",
            "The unit of the level.",
            lambda one: None if one.level is None else one.level.unit,
            is_optional=True,
        ),
        Field(
            "places",
            "whole",
            "The decimals of the level as published.",
            lambda one: None if one.level is None else one.level.places,
            is_optional=True,
        ),
        Field(
            "published",
            "day",
            "The day it was published.",
            lambda one: one.published,
            is_optional=True,
        ),
        Field(
            "series", "text", "The series it belongs to.", lambda one: one.series, is_optional=True
        ),
        Field(
            "marks",
            "texts",
            "The publisher's notes on it, and ours.",
            lambda one: [mark.value for mark in one.marks],
        ),
        Field(
            "document",
            "text",
            "The id of the document that it was read in.",
            lambda one: one.citation and one.citation.document,
            is_optional=True,
        ),
        Field(
            "section",
            "text",
            "The heading above it there.",
            lambda one: one.citation and one.citation.section,
            is_optional=True,
        ),
        Field(
            "item",
            "text",
            "Which row or paragraph it is there.",
            lambda one: one.citation and one.citation.item,
            is_optional=True,
        ),
        Field(
            "note",
            "text",
            "A note for readers.",
            lambda one: one.note,
            is_optional=True,
        ),
    ),
    shown=(
        ShownColumn("Measure", "measure"),
        ShownColumn("Area", "area"),
        ShownColumn("Period", "period"),
        ShownColumn("Level", "level", on_hover=("document", "section", "item", "note")),
        ShownColumn("Out of", "denominator"),
        ShownColumn("Published", "published"),
        ShownColumn("Series", "series"),
        ShownColumn("Marks", "marks"),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class Observation(PydanticRecord, Tabular):
    """A measure's level for an area and a period.

    A level and its counts state one fact twice: the counts should give a level that rounds to the
    one published. :attr:`contradiction` says where they do not; files with one are not loaded, and
    :func:`rrmodel.checks.check` finds it. Where the publisher rounds counts,
    :attr:`Counts.rounded_to` says to what. A level that is marked as estimated may differ.

    >>> from rrmodel.periods import DateRange
    >>> york = Observation(measure="proven-reoffending", area="York",
    ...     period=DateRange("year to September 2021"), counts=Counts(336, 1138))
    >>> f"{york.level:.1}"
    '29.5%'
    >>> housed = Observation(measure="housed", area="York", counts=Counts(1300, 1600),
    ...     period=DateRange("year to September 2021"), level=Percentage("82.5"))
    >>> housed.contradiction
    "82.5% is published beside 1,300 of 1,600, which is 81.25%: correct one of them; ..."

    Raises:
        RecordError: The period or the level is of another type, or a gap between two shares has
            counts.
        PeriodError: The text of a period or of a day cannot be read.
    """

    measure: str = attrs.field(converter=_measure_id)
    """The measure's id; a :class:`Measure` may be given."""
    area: str = attrs.field(validator=require_text)
    """The area, as the publisher names it."""
    period: Period = attrs.field(converter=read_period)
    """The period it describes; its text or a pandas ``Period`` may be given."""
    counts: Counts | None = None
    """The counts behind it, if published."""
    level: Level | None = attrs.field(
        default=attrs.Factory(_level_from_counts, takes_self=True),
        validator=attrs.validators.optional(require_level),
    )
    """The level: as published, else exactly that of the counts; ``None`` where the publisher gives
    none. A true zero is a level."""
    published: date | None = attrs.field(default=None, converter=read_optional_day)
    """The day it was published, where that is known; a ``datetime`` or ISO text may be given."""
    series: str | None = attrs.field(default=None, validator=optional_text)
    """The series it belongs to, where the measure's series breaks do not decide it."""
    marks: tuple[Mark, ...] = ()
    """The publisher's notes on it, and ours."""
    citation: Citation | None = None
    """Where it was read."""
    id: str | None = attrs.field(default=None, validator=optional_text)
    """A name for it, where something refers to it."""
    note: str | None = attrs.field(default=None, validator=optional_text)
    """A note for readers."""

    layout: ClassVar[Layout[Observation]] = _OBSERVATION
    """The fields of :meth:`to_dict`, which are the columns of the tidy layout."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.measure,
            area=self.area,
            period=str(self.period),
            level=str(self.level),
            published=self.published,
            id=self.id or (),
        )

    def __attrs_post_init__(self) -> None:
        if self.counts is not None and isinstance(self.level, PercentagePoints):
            raise RecordError(self.counts.contradiction(self.level))

    @property
    def contradiction(self) -> str | None:
        """How the level and its counts contradict each other and how to correct it, or ``None``."""
        counts, level = self.counts, self.level
        if counts is None or level is None or Mark.ESTIMATED in self.marks:
            return None
        return counts.contradiction(level)


_COMPLETION: Layout[Completion] = Layout(
    "completion",
    "A report that a milestone was completed.",
    (
        Field("target", "text", "The id of the milestone.", lambda one: one.target),
        Field("day", "day", "The day on which it was completed.", lambda one: one.day),
        Field(
            "published",
            "day",
            "The day on which that was published.",
            lambda one: one.published,
            is_optional=True,
        ),
        Field(
            "citation",
            "record",
            "Where it was read.",
            lambda one: one.citation,
            is_optional=True,
            of=Citation.layout,
        ),
    ),
)


@attrs.frozen(kw_only=True)
class Completion(PydanticRecord, Tabular):
    """A report that a milestone was completed."""

    target: str = attrs.field(validator=require_text)
    """The id of the :class:`MilestoneTarget`."""
    day: date = attrs.field(converter=read_day)
    """The day on which it was completed; a ``datetime`` or ISO text may be given."""
    published: date | None = attrs.field(default=None, converter=read_optional_day)
    """The day on which that was published, where that is known."""
    citation: Citation | None = None
    """Where it was read."""

    layout: ClassVar[Layout[Completion]] = _COMPLETION
    """The fields of :meth:`to_dict`."""
