"""Figures of a sentence in the unit of a measure."""

from __future__ import annotations

import attrs

from rrmodel.errors import RecordError
from rrmodel.quantities import (
    Amount,
    Change,
    Level,
    PercentagePoints,
    RelativeChange,
    plural_of,
    singular_of,
)
from rrmodel.wording._figures import Figure

__all__ = ["MeasureUnit", "moved"]


@attrs.frozen
class MeasureUnit:
    """The figures of a sentence in the unit of a measure."""

    unit: str

    def level(self, figure: Figure) -> Level:
        """Return a figure as a level of the measure."""
        if self._is_number(figure):
            return Amount(figure.number, self.unit)
        return figure.level

    def change(self, figure: Figure) -> PercentagePoints | Amount:
        """Return a figure as a change of the measure, without a sign."""
        if self._is_number(figure):
            return Amount(figure.number, self.unit)
        return figure.change

    def _is_number(self, figure: Figure) -> bool:
        """Return whether the figure is printed so that the measure's unit fits it."""
        match figure.kind:
            case "percent":
                return self.unit.startswith("% ")
            case "rate":
                return self.unit.split()[:2] == figure.unit.split()[:2]
            case "count":
                return not self.unit.startswith(("%", "per", "GBP")) and self._is_noun(figure)
            case "duration":
                # "to 12 days per head by 2009 and 11 days by 2010" counts both per head
                return self.unit.partition("/")[0] == figure.unit
            case _:
                return False

    def _is_noun(self, figure: Figure) -> bool:
        """Return whether the words after a number name the unit, or nothing."""
        name, _, per = self.unit.partition("/")
        if figure.unit == self.unit or not figure.noun:
            return True
        words = figure.noun.split()
        fits = plural_of(name) in words or name in map(singular_of, words)
        return fits and per == figure.unit.partition("/")[2]


def moved(level: Level, change: Change) -> Level:
    """Return a level after a change.

    Raises:
        RecordError: They are in different units.
    """
    if isinstance(change, RelativeChange):
        return level * change
    if isinstance(change, PercentagePoints) and not isinstance(level, Amount):
        return level + change
    if isinstance(change, Amount) and isinstance(level, Amount):
        return level + change
    raise RecordError(f"{level} cannot change by {change}: use one unit for both")
