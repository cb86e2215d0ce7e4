"""The columns that a notebook shows, and their values in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias

import attrs

from rrmodel.errors import QuantityError, UnitError
from rrmodel.periods import day_text
from rrmodel.quantities import read_quantity

__all__ = ["Cell", "ShownColumn", "Source", "Value", "ValueForm", "cell_of", "is_numeric"]

Value: TypeAlias = str | int | float | date | None
"""The value of a cell of a table."""

ValueForm: TypeAlias = Literal["text", "choice", "quantity", "number", "whole", "flag", "day"]
"""How a value is put into words: a text as it is; a word of a closed list; an exact quantity; a
binary number; a whole number; yes or no; a day."""

_NO_ICONS: Mapping[str, str] = MappingProxyType({})
_NUMERIC: frozenset[ValueForm] = frozenset({"quantity", "number", "whole"})
_FINE = 1


@attrs.frozen
class ShownColumn:
    """A column of the compact table that a notebook shows of results."""

    heading: str
    """Its heading."""
    name: str
    """The column of the records whose values it shows."""
    also: tuple[str, ...] = ()
    """Columns whose values follow in small print."""
    on_hover: tuple[str, ...] = ()
    """Columns whose values are shown on hover, such as the source."""
    icons: Mapping[str, str] = attrs.field(default=_NO_ICONS, hash=False)
    """The icon before the words, by the value of :attr:`icon_of`."""
    icon_of: str | None = None
    """The column that chooses the icon. Default: the same column."""
    distinguished_by: str | None = None
    """The column of ids that follow in small print where several ids have the same words."""
    is_share: bool = False
    """Whether its numbers are shares of 1, which are shown in per cent."""
    if_different: bool = False
    """Whether it is omitted where all of several rows have one value."""


@attrs.frozen
class Source:
    """A column of the records: the last part of its name, and its kind of value."""

    label: str
    form: ValueForm


@attrs.frozen
class Cell:
    """A cell in words."""

    text: str
    """The words; empty for null."""
    small: str = ""
    """The text that follows in small print."""
    hover: str = ""
    """The text that is shown on hover."""
    icon: str = ""
    """The icon before the words."""


def is_numeric(column: ShownColumn, sources: Mapping[str, Source]) -> bool:
    """Return whether the values of a column are numbers, which are aligned to the right."""
    return sources[column.name].form in _NUMERIC


def cell_of(
    column: ShownColumn, sources: Mapping[str, Source], record: Mapping[str, Value]
) -> Cell:
    """Return the cell of a column and a record.

    Args:
        column: The column.
        sources: The kind of values of each column of the records.
        record: The record.
    """
    value, form = record[column.name], sources[column.name].form
    text = _share(value) if column.is_share else _words(value, form)
    small = [_words(record[name], sources[name].form) for name in column.also]
    notes = [
        (sources[name].label, _words(record[name], sources[name].form)) for name in column.on_hover
    ]
    exact = [f"Exactly {value}"] if form == "quantity" and text and text != value else []
    chosen = record[column.icon_of or column.name]
    return Cell(
        text=text,
        small=", ".join(filter(None, small)),
        hover="\n".join([*exact, *(f"{label}: {words}" for label, words in notes if words)]),
        icon=column.icons.get(str(chosen), "") if column.icons else "",
    )


def _words(value: Value, form: ValueForm) -> str:
    """Return a value in words; nothing for null."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():
            return day_text(value)
        case float():
            return _number(value)
        case int():
            return f"{value:,}"
        case _ if form == "choice":
            return value.replace("_", " ").capitalize()
        case _ if form == "quantity":
            return _quantity(value)
        case _:
            return value


def _quantity(text: str) -> str:
    """Return a quantity, a range of two or a bare fraction, with its decimals rounded."""
    if not any(character in text for character in " %"):
        return text
    try:
        return str(read_quantity(text))
    except (QuantityError, UnitError):
        # both ends have one unit, which may itself contain the word
        words = text.split(" to ")
        ends = words[: len(words) // 2], words[len(words) // 2 :]
        return " to ".join(str(read_quantity(" to ".join(end))) for end in ends)


def _number(value: float) -> str:
    """Return a number with two decimals, or with three digits if it is below one."""
    return f"{value:,.2f}" if abs(value) >= _FINE or not value else f"{value:.3g}"


def _share(value: Value) -> str:
    return f"{value:.1%}" if isinstance(value, float) else ""
