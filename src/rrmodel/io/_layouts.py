"""How the tables of a published workbook are laid out, stated and not guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias

import attrs

from rrmodel.errors import RecordError
from rrmodel.io._figure_cells import Stored
from rrmodel.model import Measure
from rrmodel.periods import Period
from rrmodel.shorthand import GOVERNMENT_SHORTHAND, MarkTable, read_label

__all__ = ["DatesMean", "FigureColumn", "Layout", "PeriodPlace", "heading_matches"]

PeriodPlace: TypeAlias = Literal["sheet name", "title", "column", "headings"]
"""Where a table says which period it describes: in the name of its sheet, in the rows above its
heading, in a column, or in the headings of its columns, one period each."""

DatesMean: TypeAlias = Literal["month", "quarter", "financial year", "calendar year"]
"""The kind of period that a day in a column of periods means: the one that contains the day."""

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def _measure_id(measure: Measure | str) -> str:
    return measure.id if isinstance(measure, Measure) else measure


def _frozen_mapping(names: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(names))


@attrs.frozen(kw_only=True)
class FigureColumn:
    """Where a table has the figures of one measure.

    A heading is given in the words of the table, in one line; line breaks, notes, marks and case
    make no difference, and ``*`` matches any words.

    Raises:
        RecordError: The fields contradict each other.
    """

    measure: str = attrs.field(converter=_measure_id)
    """The measure's id; a :class:`~rrmodel.model.Measure` may be given."""
    heading: str | None = None
    """The heading of the levels; not given where only counts are published, or where the headings
    are the periods."""
    numerator: str | None = None
    """The heading of the first count, if it is published."""
    denominator: str | None = None
    """The heading of the second count, if it is published."""
    stored: Stored | None = None
    """How the numbers are stored. Default: in per cent, but a column without a number above 1 is
    reported and not read. A cell that shows a per cent sign, by its text or its number format, is
    in per cent whatever this says."""
    unit: str = "%"
    """The unit of what is stored as a number."""
    rounded_to: int = 1
    """The number to whose multiples the counts are rounded, such as 5. Default: 1, exact counts."""
    places: int | None = None
    """How many decimals the table shows, to which binary numbers are rounded."""

    def __attrs_post_init__(self) -> None:
        if (self.numerator is None) != (self.denominator is None):
            raise RecordError(
                f"the figures of {self.measure!r} have one heading for two counts: "
                "write numerator and denominator, or neither"
            )
        if (self.stored == "number") != (self.unit != "%"):
            raise RecordError(
                f"the figures of {self.measure!r} are stored as {self.stored!r} and counted in "
                f"{self.unit!r}: write stored='number' and a unit, or omit the unit"
            )


@attrs.frozen(kw_only=True)
class Layout:
    """How the tables of a published workbook are laid out.

    >>> Layout(
    ...     figures=[FigureColumn(measure="proven-reoffending", places=1,
    ...         heading="Proportion of offenders who reoffend (%)")],
    ...     area_heading="Local authority", period_from="title").sheets
    ('*',)

    Raises:
        RecordError: The fields contradict each other.
    """

    figures: tuple[FigureColumn, ...] = attrs.field(converter=tuple)
    """The columns of figures."""
    area_heading: str | None = None
    """The heading of the column of areas."""
    area: str | None = None
    """The one area of a workbook that has no column of areas."""
    period_from: PeriodPlace
    """Where the periods are."""
    period_heading: str | None = None
    """The heading of the column of periods, where there is one."""
    period: Period | None = None
    """The period of a table that names none where ``period_from`` says."""
    dates_mean: DatesMean | None = None
    """The meaning of a day in the column of periods. Default: days are not read."""
    sheets: tuple[str, ...] = attrs.field(default=("*",), converter=tuple)
    """The names of the sheets to read, where ``*`` matches any words."""
    notes_sheet: str | None = "Notes"
    """The name of the sheet that has the notes: their numbers first, their texts beside them."""
    area_names: Mapping[str, str] = attrs.field(default=_NO_NAMES, converter=_frozen_mapping)
    """Areas to rename, such as a row "Total" that is England and Wales."""
    skip_rows: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    """Names of rows that are not read, such as "Total", where ``*`` matches any words."""
    marks: MarkTable = attrs.field(factory=lambda: GOVERNMENT_SHORTHAND)
    """The meanings of the signs beside the numbers."""
    published: date | None = None
    """The day on which the workbook was published."""
    document: str | None = None
    """The id of the document that it is; figures then cite their sheet and cell."""

    def __attrs_post_init__(self) -> None:
        if not self.figures:
            raise RecordError("a layout without figures reads nothing: name their columns")
        if (self.area_heading is None) == (self.area is None):
            raise RecordError("a layout has either the heading of its areas or its one area")
        if (self.period_heading is None) == (self.period_from == "column"):
            raise RecordError(
                "a layout has the heading of its periods if they are in a column, "
                "and only then: write period_heading with period_from='column'"
            )
        across = self.period_from == "headings"
        for column in self.figures:
            if across and (column.heading or column.numerator or len(self.figures) > 1):
                raise RecordError(
                    "a table whose headings are periods has one measure and no other headings "
                    f"for it: omit those of {column.measure!r}"
                )
            if not (across or column.heading or column.numerator):
                raise RecordError(
                    f"the figures of {column.measure!r} have no heading: write that of the levels "
                    "or those of the counts"
                )

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that every table must have."""
        named = [self.area_heading, self.period_heading]
        for column in self.figures:
            named += [column.heading, column.numerator, column.denominator]
        return tuple(dict.fromkeys(heading for heading in named if heading))


def heading_matches(wanted: str, printed: str) -> bool:
    r"""Return whether a printed heading is the one that a layout names.

    >>> heading_matches("Proportion * reoffend (%)",
    ...     "Proportion of\r\noffenders who\r\nreoffend (%) [note 1]")
    True
    """
    words = read_label(printed).text.casefold()
    parts = [re.escape(" ".join(part.split())) for part in wanted.casefold().split("*")]
    return bool(re.fullmatch(r"\s?.*\s?".join(parts), words))
