"""Columns to calculate with: of a frame that stays in its engine, or of whole numbers in Python.

The formulas of an assessment are written once, for either. Those of a lazy frame become expressions
of its engine, in whole numbers of 64 bits. The few rows that decide in a frame that is not lazy are
columns of Python's own whole numbers, which have no bounds.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from math import sqrt
from typing import Any, Protocol, Self, TypeAlias, TypeVar

import attrs
import narwhals.stable.v2 as nw

__all__ = ["Column", "FrameSheet", "ListSheet", "Numbers", "Sheet", "SheetT", "choose"]

Column: TypeAlias = Any
"""A column of either kind, or one number for all rows."""

_and_: Callable[[Any, Any], Any] = operator.and_  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
_or_: Callable[[Any, Any], Any] = operator.or_  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
_ratio: Callable[[Any, Any], Any] = operator.truediv  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


class Sheet(Protocol):
    """Columns by name, and what cannot be written with operators alone."""

    def __getitem__(self, name: str) -> Column:
        """Return a column."""

    def having(self, **columns: Column) -> Self:  # pyright: ignore[reportReturnType] - a protocol
        """Return the sheet with more columns."""

    def where(self, condition: Column, then: Column, otherwise: Column = None) -> Column:
        """Return one column where a condition is true and another where it is not."""

    def ratio(self, top: Column, bottom: Column) -> Column:
        """Return the binary number that is nearest to a ratio."""

    def root(self, number: Column) -> Column:
        """Return the square root of numbers that are not negative."""

    def beside(
        self,
        condition: Column,
        number: Column,
        ends: tuple[Column, Column],
        places: tuple[int, int],
    ) -> Column:
        """Return numbers rounded, where a condition is true.

        They have the first number of decimals, or up to the second to keep their side of the ends.
        """

    def text(self, codes: Column, texts: Sequence[str | None]) -> Column:
        """Return the texts of codes, which count from 0."""


SheetT = TypeVar("SheetT", bound=Sheet)
"""Columns of one kind, to which more of the same kind are added."""


def choose(sheet: Sheet, cases: Sequence[tuple[Any, Any]], otherwise: Column) -> Column:
    """Return the column of the first condition that is true."""
    for condition, column in reversed(cases):
        otherwise = sheet.where(condition, column, otherwise)
    return otherwise


@attrs.frozen
class FrameSheet:
    """The columns of a lazy frame, as expressions."""

    frame: nw.LazyFrame[Any]
    """The frame."""

    def __getitem__(self, name: str) -> nw.Expr:
        return nw.col(name)

    def having(self, **columns: Column) -> Self:
        """Return the sheet with more columns."""
        return type(self)(self.frame.with_columns(**columns))

    def where(self, condition: Column, then: Column, otherwise: Column = None) -> nw.Expr:
        """Return one column where a condition is true and another where it is not."""
        chosen = nw.when(condition).then(_expression(then))
        return chosen if otherwise is None else chosen.otherwise(_expression(otherwise))

    def ratio(self, top: Column, bottom: Column) -> nw.Expr:
        """Return the binary number that is nearest to a ratio."""
        double = nw.Float64()
        quotient: nw.Expr = _expression(top).cast(double) / _expression(bottom).cast(double)
        return quotient

    def root(self, number: Column) -> nw.Expr:
        """Return the square root of numbers that are not negative."""
        return _expression(number).sqrt()

    def beside(
        self,
        condition: Column,
        number: Column,
        ends: tuple[Column, Column],
        places: tuple[int, int],
    ) -> nw.Expr:
        """Return numbers rounded, where a condition is true, but on their side of the ends."""
        rounded = number.round(places[1])
        for fewer in reversed(range(*places)):
            closer = number.round(fewer)
            low, high = (((closer - end) * (number - end)) > 0 for end in ends)
            rounded = nw.when(low & high).then(closer).otherwise(rounded)
        return nw.when(condition).then(rounded)

    def text(self, codes: Column, texts: Sequence[str | None]) -> nw.Expr:
        """Return the texts of codes, which count from 0."""
        by_text: dict[str, list[int]] = {}
        for code, text in enumerate(texts):
            if text is not None:
                by_text.setdefault(text, []).append(code)
        (first, places), *others = by_text.items()
        chain = nw.when(codes.is_in(places)).then(nw.lit(first))
        for text, places in others:
            chain = chain.when(codes.is_in(places)).then(nw.lit(text))
        return chain


def _expression(column: Column) -> nw.Expr:
    return column if isinstance(column, nw.Expr) else nw.lit(column)


@attrs.frozen(eq=False)
class Numbers:
    """A column of Python's numbers, or of true and false."""

    cells: list[Any]
    """The numbers."""

    def _with(self, operation: Callable[[Any, Any], Any], other: Column) -> Numbers:
        cells = other.cells if isinstance(other, Numbers) else repeat(other)
        return Numbers(list(map(operation, self.cells, cells)))

    def __add__(self, other: Column) -> Numbers:
        return self._with(operator.add, other)

    def __sub__(self, other: Column) -> Numbers:
        return self._with(operator.sub, other)

    def __mul__(self, other: Column) -> Numbers:
        return self._with(operator.mul, other)

    __rmul__ = __mul__

    def __rsub__(self, other: Column) -> Numbers:
        return Numbers([other - cell for cell in self.cells])

    def __and__(self, other: Column) -> Numbers:
        return self._with(_and_, other)

    def __or__(self, other: Column) -> Numbers:
        return self._with(_or_, other)

    def __invert__(self) -> Numbers:
        return Numbers(list(map(operator.not_, self.cells)))

    def __lt__(self, other: Column) -> Numbers:
        return self._with(operator.lt, other)

    def __le__(self, other: Column) -> Numbers:
        return self._with(operator.le, other)

    def __gt__(self, other: Column) -> Numbers:
        return self._with(operator.gt, other)

    def __ge__(self, other: Column) -> Numbers:
        return self._with(operator.ge, other)

    def __eq__(self, other: Column) -> Numbers:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._with(operator.eq, other)

    def __ne__(self, other: Column) -> Numbers:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._with(operator.ne, other)

    __hash__ = None  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]


@attrs.frozen
class ListSheet:
    """Columns of equal length in Python."""

    columns: Mapping[str, Numbers]
    """The columns by name."""

    def __getitem__(self, name: str) -> Numbers:
        return self.columns[name]

    def having(self, **columns: Column) -> Self:
        """Return the sheet with more columns."""
        return type(self)({**self.columns, **columns})

    def where(self, condition: Column, then: Column, otherwise: Column = None) -> Numbers:
        """Return one column where a condition is true and another where it is not."""
        return Numbers(
            [
                yes if holds else no
                for holds, yes, no in zip(
                    condition.cells, _cells(then), _cells(otherwise), strict=False
                )
            ]
        )

    def ratio(self, top: Column, bottom: Column) -> Numbers:
        """Return the binary number that is nearest to a ratio."""
        return Numbers(list(map(_ratio, _cells(top), _cells(bottom))))

    def root(self, number: Column) -> Numbers:
        """Return the square root of numbers that are not negative."""
        return Numbers(list(map(sqrt, number.cells)))

    def beside(
        self,
        condition: Column,
        number: Column,
        ends: tuple[Column, Column],
        places: tuple[int, int],
    ) -> Numbers:
        """Return numbers rounded, where a condition is true, but on their side of the ends."""

        def rounded(holds: bool, cell: float, low: float, high: float) -> float | None:
            if not holds:
                return None
            sides = _sides(cell, low, high)
            fewest = (round(cell, fewer) for fewer in range(*places))
            kept = (closer for closer in fewest if _sides(closer, low, high) == sides)
            return next(kept, round(cell, places[1]))

        low, high = (_cells(end) for end in ends)
        return Numbers(list(map(rounded, condition.cells, number.cells, low, high)))

    def text(self, codes: Column, texts: Sequence[str | None]) -> Numbers:
        """Return the texts of codes, which count from 0."""
        return Numbers([texts[code] for code in codes.cells])


def _sides(number: float, low: float, high: float) -> tuple[bool, bool, bool, bool]:
    return number > low, number < low, number > high, number < high


def _cells(column: Column) -> Column:
    return column.cells if isinstance(column, Numbers) else repeat(column)
