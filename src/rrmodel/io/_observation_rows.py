"""One figure as one row: the tidy layout that CSV files, spreadsheets and frames share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias, TypeVar

import attrs

from rrmodel.errors import (
    BinaryFloatError,
    LoadError,
    Problem,
    RecordError,
    RrmodelError,
    did_you_mean,
)
from rrmodel.io._quantity_texts import read_quantity, write_quantity
from rrmodel.io._source_texts import has_half_character
from rrmodel.model import Citation, Counts, Mark, Observation
from rrmodel.numerals import LONGEST_NUMERAL, read_numeral
from rrmodel.periods import parse_period
from rrmodel.quantities import Amount, Level, Percentage

__all__ = [
    "NO_LEVEL",
    "REQUIRED_COLUMNS",
    "TIDY_COLUMNS",
    "Mistake",
    "ObservationRow",
    "level_of_number",
    "observations_from_rows",
    "observations_to_rows",
    "read_row",
    "shown",
]

TIDY_COLUMNS: tuple[str, ...] = (
    "id",
    "measure",
    "area",
    "period",
    "level",
    "numerator",
    "denominator",
    "value",
    "unit",
    "places",
    "published",
    "series",
    "marks",
    "document",
    "section",
    "item",
    "note",
)
"""The columns of the tidy layout, in the order in which they are written."""

REQUIRED_COLUMNS: tuple[str, ...] = ("measure", "area", "period")

NO_LEVEL = "none"
"""What stands as the level where counts are published and a level is not."""

ObservationRow: TypeAlias = dict[str, str | int | date | None]
"""A figure by column: counts are numbers, days are days, and everything else is a text."""

_Read = TypeVar("_Read")
_LONGEST_SHOWN = 60
_TOO_MANY = 10**18


@attrs.frozen
class Mistake:
    """What is wrong in a row, and in which column."""

    column: str
    message: str


def observations_from_rows(
    rows: Iterable[Mapping[str, object]], *, places: int | None = None
) -> tuple[Observation, ...]:
    """Return the figures of rows in the tidy layout, such as those of ``csv.DictReader``.

    >>> seen, = observations_from_rows([
    ...     {"measure": "housed", "area": "York", "period": "2022/23", "level": "86.3%"}])
    >>> print(seen.level, seen.period)
    86.3% 2022/23

    Args:
        rows: Mappings from the names of columns to texts, numbers and days; ``None`` and the empty
            text are blanks.
        places: The decimals that a binary float is rounded to where its row names no ``places``.

    Raises:
        LoadError: A row has mistakes; all of all rows are reported at once.
    """
    found: list[Observation] = []
    problems: list[Problem] = []
    for place, row in enumerate(rows):
        path = f"$.observations[{place}]"
        unknown = [name for name in row if name not in TIDY_COLUMNS]
        problems += [Problem(_unknown_column(name), path) for name in unknown]
        observation, mistakes = read_row(row, places=places)
        problems += [Problem(each.message, f"{path}.{each.column}") for each in mistakes]
        if observation:
            found.append(observation)
    if problems:
        raise LoadError(problems)
    return tuple(found)


def _unknown_column(name: object) -> str:
    advice = did_you_mean(str(name)[:_LONGEST_SHOWN], TIDY_COLUMNS)
    return f"there is no column {shown(name)}: {advice}"


def read_row(
    row: Mapping[str, object], *, places: int | None = None
) -> tuple[Observation | None, list[Mistake]]:
    """Return the figure of a row, or everything that is wrong with it."""
    mistakes: list[Mistake] = []

    def read(column: str, reader: Callable[[object], _Read]) -> _Read | None:
        value = row.get(column)
        if value is None or (isinstance(value, str) and not value.strip()):
            if column in REQUIRED_COLUMNS:
                message = f"the {column} is missing: every figure needs one"
                mistakes.append(Mistake(column, message))
            return None
        try:
            return reader(value)
        except RrmodelError as error:
            mistakes.append(Mistake(column, str(error)))
            return None

    measure, area = read("measure", _text), read("area", _text)
    period = read("period", lambda value: parse_period(_text(value)))
    numerator, denominator = read("numerator", _count), read("denominator", _count)
    published, series, marks = read("published", _day), read("series", _text), read("marks", _marks)
    document, section = read("document", _text), read("section", _text)
    item, name, note = read("item", _text), read("id", _text), read("note", _text)
    unit, own_places = read("unit", _text), read("places", _count)
    stated = read("level", _level)

    def has_mistake(*columns: str) -> bool:
        return any(mistake.column in columns for mistake in mistakes)

    if not has_mistake("level", "unit", "places"):
        decimals = places if own_places is None else own_places
        # Given a level, the value only has to agree with it.
        valued = read("value", lambda value: _valued(value, stated, unit, decimals))
        stated = stated or valued
    counts: Counts | None = None
    if numerator is not None and denominator is not None:
        counts = read("numerator", lambda _: Counts(numerator, denominator))
    elif numerator != denominator and not has_mistake("numerator", "denominator"):
        mistakes.append(Mistake("numerator", "a count stands alone: write both or neither"))
    if document is None and (section or item):
        message = "a section or an item is cited of no document: name the document"
        mistakes.append(Mistake("document", message))
    if mistakes or measure is None or area is None or period is None:
        return None, mistakes
    observation = Observation(
        measure=measure,
        area=area,
        period=period,
        counts=counts,
        published=published,
        series=series,
        marks=marks or (),
        citation=None if document is None else Citation(document, section, item),
        id=name,
        note=note,
    )
    if stated is not None:
        observation = attrs.evolve(observation, level=stated.level)
    return observation, mistakes


@attrs.frozen
class _Stated:
    """What a row says of the level: which it is, or that there is none."""

    level: Level | None


def shown(value: object) -> str:
    """Return a value as a message quotes it: a long one in part."""
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a spreadsheet holds 2023 as a float
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise RecordError(f"{shown(value)} is no text: write the words")
    if has_half_character(value):
        raise RecordError(f"{shown(value)} has only half of a character: write it whole")
    return value.strip()


def _count(value: object) -> int:
    number = Fraction(value) if isinstance(value, float) and value.is_integer() else _number(value)
    if number.denominator != 1 or not 0 <= number < _TOO_MANY:
        raise RecordError(f"{shown(value)} is no count: write a whole number such as 336")
    return number.numerator


def _day(value: object) -> date:
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value.strip() if isinstance(value, str) else "")
    except ValueError as error:
        raise RecordError(f"{shown(value)} is no day: write it as 2024-07-25") from error


def _marks(value: object) -> tuple[Mark, ...]:
    parts: Iterable[object] = value.split(";") if isinstance(value, str) else _list(value)
    known = {mark.value: mark for mark in Mark}
    found: list[Mark] = []
    for part in map(_text, parts):
        if part not in known:
            advice = did_you_mean(part, known)
            raise RecordError(f"there is no mark {shown(part)}: {advice}")
        found.append(known[part])
    return tuple(found)


def _list(value: object) -> list[object]:
    if isinstance(value, list | tuple):
        return list(value)  # pyright: ignore[reportUnknownArgumentType]
    raise RecordError(f"{shown(value)} is no mark: write words such as 'provisional; revised'")


def _level(value: object) -> _Stated:
    if not isinstance(value, str):
        raise RecordError(
            f"{shown(value)} does not say what it is a number of: write a text such as '82%', or "
            "use the columns value and unit"
        )
    if value.strip().lower() == NO_LEVEL:
        return _Stated(None)
    quantity = read_quantity(value)
    if isinstance(quantity, Percentage | Amount):
        return _Stated(quantity)
    raise RecordError(f"{shown(value)} is a change, not a level: write '82%' or '200 place'")


def _valued(value: object, stated: _Stated | None, unit: str | None, places: int | None) -> _Stated:
    """Return what a value says, which must agree with the level of its row if that has one."""
    if stated is not None:
        level = stated.level
        found = value if isinstance(value, float) else _number(value)
        if level is None or unit not in {None, level.unit} or found not in _numbers(level):
            raise RecordError(
                f"{shown(value)} is not the level of this row, {level or NO_LEVEL}: keep one"
            )
        return stated
    if unit is None:
        raise RecordError(f"{shown(value)} has no unit: write '%' or a name such as 'place'")
    return _Stated(level_of_number(value, unit, places))


def _numbers(level: Level) -> tuple[Fraction, float]:
    # The nearest binary number is all that a column of floats can hold of the level.
    return level.value, float(level.value)


def _number(value: object) -> Fraction:
    """Return an exact number."""
    if isinstance(value, str):
        return read_numeral(value).value
    if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool):
        return Amount(value, "case").value
    raise RecordError(f"{shown(value)} is no number: write digits such as 82.5")


def level_of_number(value: object, unit: str, places: int | None) -> Level:
    """Return so many of a unit; a binary float is rounded to the places, which must be known.

    Places also restore the zeros that a table of numbers has dropped: 82 to one place is 82.0.
    """
    number: str | int | Decimal | Fraction
    match value:
        case bool():
            raise RecordError(f"{value} is a truth value, not a number")
        case float() if places is not None:
            number = Amount.from_float(value, "case", places=places).value
        case float() if value.is_integer():
            number = Fraction(value)  # exact, and nothing is known of its decimals
        case float():
            raise BinaryFloatError(
                f"{shown(value)} is a binary number: say to how many places it was printed"
            )
        case str() | int() | Decimal() | Fraction():
            number = value
        case _:
            raise RecordError(f"{shown(value)} is no number: write digits such as 82.5")
    level = Percentage(number) if unit == "%" else Amount(number, unit)
    if places is None:
        return level
    rounded = level.rounded(places)
    if rounded != level:
        raise RecordError(f"{shown(value)} has more decimals than the {places} of its places")
    return rounded


def observations_to_rows(observations: Iterable[Observation]) -> tuple[ObservationRow, ...]:
    """Return figures as rows of the tidy layout, each with all of :data:`TIDY_COLUMNS`.

    Reading them gives equal figures with the same printed decimals. ``places`` stays blank,
    because ``value`` shows them; a level that only follows from counts is left out.

    >>> from rrmodel.periods import Month
    >>> seen = Observation(measure="housed", area="York", period=Month("2023-03"),
    ...     level=Percentage("86.0"))
    >>> row, = observations_to_rows([seen])
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
                f"the {column} {shown(text)} cannot stand in a table: write a text without "
                "spaces around it"
            )
    row["published"] = observation.published
    if counts:
        if counts.denominator >= _TOO_MANY:
            raise RecordError("a count of 19 digits or more cannot stand in a table")
        row.update(numerator=counts.numerator, denominator=counts.denominator)
    follows = counts is not None and level == Percentage.from_counts(
        counts.numerator, counts.denominator
    )
    if level is None and counts is not None:
        row["level"] = NO_LEVEL
    elif level is not None and (level.places is not None or not follows):
        text = write_quantity(level)
        number = text[:-1] if isinstance(level, Percentage) else text.partition(" ")[0]
        if len(number) > LONGEST_NUMERAL:
            raise RecordError(f"a number of {len(number)} characters cannot stand in a table")
        row.update(value=number, unit=level.unit)
    return row
