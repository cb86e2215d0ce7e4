"""The tidy layout of figures: its columns, and figures written as its rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from rrmodel.errors import RecordError
from rrmodel.io._figure_cells import NO_LEVEL, shown
from rrmodel.io._source_texts import has_half_character
from rrmodel.model import Observation
from rrmodel.numerals import LONGEST_NUMERAL
from rrmodel.quantities import Percentage, write_quantity

__all__ = ["REQUIRED_COLUMNS", "TIDY_COLUMNS", "ObservationRow", "observations_to_rows"]

TIDY_COLUMNS: tuple[str, ...] = tuple(Observation.layout.columns)
"""The columns of the tidy layout, in the order in which they are written."""

REQUIRED_COLUMNS: tuple[str, ...] = ("measure", "area", "period")

ObservationRow: TypeAlias = dict[str, str | int | date | None]
"""A figure by column: counts are numbers, days are days, and everything else is a text."""


def observations_to_rows(observations: Iterable[Observation]) -> tuple[ObservationRow, ...]:
    """Return figures as rows of the tidy layout, each with all of :data:`TIDY_COLUMNS`.

    Reading them gives equal figures with the same printed decimals. ``places`` stays blank,
    because ``value`` shows them; a level that only follows from its counts is not written.

    >>> from rrmodel.periods import Month
    >>> figure = Observation(measure="housed", area="York", period=Month("2023-03"),
    ...     level=Percentage("86.0"))
    >>> row, = observations_to_rows([figure])
    >>> row["value"], row["unit"], row["period"]
    ('86.0', '%', 'March 2023')

    Raises:
        RecordError: A text is empty, has spaces around it or half of a character, which no table
            can keep.
    """
    return tuple(map(_row, observations))


def _row(observation: Observation) -> ObservationRow:
    counts, level, cited = observation.counts, observation.level, observation.citation
    row = dict[str, str | int | date | None].fromkeys(TIDY_COLUMNS)
    row.update(
        id=observation.id,
        measure=observation.measure,
        area=observation.area,
        period=str(observation.period),
        series=observation.series,
        marks="; ".join(mark.value for mark in observation.marks) or None,
        note=observation.note,
    )
    if cited:
        row.update(document=cited.document, section=cited.section, item=cited.item)
    for column, text in row.items():
        if isinstance(text, str) and (text != text.strip() or not text or has_half_character(text)):
            raise RecordError(
                f"the {column} {shown(text)} cannot be written in a table: write a text without "
                "spaces around it"
            )
    row["published"] = observation.published
    if counts:
        row.update(numerator=counts.numerator, denominator=counts.denominator)
        row["rounded_to"] = None if counts.rounded_to == 1 else counts.rounded_to
    follows = counts is not None and level == Percentage.from_counts(
        counts.numerator, counts.denominator
    )
    if level is None and counts is not None:
        row["level"] = NO_LEVEL
    elif level is not None and (level.places is not None or not follows):
        text = write_quantity(level)
        number = text.removesuffix(level.unit).rstrip()
        if len(number) > LONGEST_NUMERAL:
            raise RecordError(f"a number of {len(number)} characters cannot be written in a table")
        row.update(value=number, unit=level.unit)
        # A bare number so small could be a share of 1, so its unit is written beside it.
        if isinstance(level, Percentage) and 0 < level.value < 1:
            row["level"] = text
    return row
