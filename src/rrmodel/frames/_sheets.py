"""Columns to calculate with: of a frame that stays in its engine, or of whole numbers in Python.

The formulas of an assessment are written once, for either. Those of a lazy frame become expressions
of its engine, in whole numbers of 64 bits. The few rows that decide in a frame that is not lazy are
columns of Python's own whole numbers, which have no bounds.

A column that is alike in all rows is one number, so that what does not depend on the rows, such as
an end of a range where no target has a range, is decided once and leaves nothing to calculate.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from math import sqrt
from typing import Any, Protocol, Self, TypeAlias, TypeGuard, TypeVar

import attrs
import narwhals.stable.v2 as nw

__all__ = [
    "Branch",
    "Column",
    "FrameSheet",
    "ListSheet",
    "Operand",
    "Sheet",
    "SheetT",
    "choose",
    "fewest_places",
    "ratio",
    "root",
    "rounded",
    "text_of",
    "where",
]

Operation: TypeAlias = Callable[[Any, Any], Any]

_and_: Operation = operator.and_  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
_or_: Operation = operator.or_  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
_ratio: Operation = operator.truediv  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]

_NEUTRAL: dict[Operation, object] = {operator.add: 0, operator.mul: 1, _and_: True, _or_: False}
"""The value that changes nothing on either side of an operation."""
_DECIDING: dict[Operation, object] = {operator.mul: 0, _and_: False, _or_: True}
"""The value that decides an operation, whatever is on its other side."""


class Column:
    """A column of a sheet, or one number for all rows.

    Its values are a list of Python's numbers, an expression of a frame, or one number, text, true,
    false or ``None`` for all rows.
    """

    __slots__ = ("values",)

    def __init__(self, values: Any) -> None:  # noqa: ANN401 - cells of any kind
        self.values = values

    def cells(self, length: int) -> list[Any]:
        """Return the cells of a column in Python."""
        return self.values if _is_list(self.values) else [self.values] * length

    @property
    def may_be_true(self) -> bool:
        """Whether a condition is true in any row, as far as is known without reading a frame."""
        return self.values is not False

    def __add__(self, other: Operand) -> Column:
        return _calculated(operator.add, self.values, _values(other))

    def __sub__(self, other: Operand) -> Column:
        return _calculated(operator.sub, self.values, _values(other))

    def __mul__(self, other: Operand) -> Column:
        return _calculated(operator.mul, self.values, _values(other))

    def __and__(self, other: Operand) -> Column:
        return _calculated(_and_, self.values, _values(other))

    def __or__(self, other: Operand) -> Column:
        return _calculated(_or_, self.values, _values(other))

    def __invert__(self) -> Column:
        values = self.values
        if _is_list(values):
            return Column(list(map(operator.not_, values)))
        return Column(~values if isinstance(values, nw.Expr) else not values)

    def __lt__(self, other: Operand) -> Column:
        return _compared(operator.lt, self.values, _values(other))

    def __le__(self, other: Operand) -> Column:
        return _compared(operator.le, self.values, _values(other))

    def __gt__(self, other: Operand) -> Column:
        return _compared(operator.gt, self.values, _values(other))

    def __ge__(self, other: Operand) -> Column:
        return _compared(operator.ge, self.values, _values(other))

    def __eq__(self, other: Operand) -> Column:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return _compared(operator.eq, self.values, _values(other))

    def __ne__(self, other: Operand) -> Column:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return _compared(operator.ne, self.values, _values(other))

    __hash__ = None  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]


Operand: TypeAlias = Column | float | None
"""A column, or one number for all rows."""


Branch: TypeAlias = Operand | Callable[[], Operand]
"""A column, or what returns one, where it may not be needed."""


def _values(column: Branch) -> Any:  # noqa: ANN401 - cells of any kind
    if callable(column):
        column = column()
    return column.values if isinstance(column, Column) else column


def _is_list(values: object) -> TypeGuard[list[Any]]:
    return isinstance(values, list)


def _is_one(values: object) -> bool:
    """Return whether there is one value for all rows."""
    return not isinstance(values, list | nw.Expr)


def _cells(values: Any) -> Any:  # noqa: ANN401 - cells of any kind
    return values if _is_list(values) else repeat(values)


def _expression(values: Any) -> nw.Expr:  # noqa: ANN401 - cells of any kind
    return values if isinstance(values, nw.Expr) else nw.lit(values)


def _applied(operation: Operation, one: Any, other: Any) -> Any:  # noqa: ANN401
    if _is_list(one) or _is_list(other):
        return list(map(operation, _cells(one), _cells(other)))
    return operation(one, other)


def _calculated(operation: Operation, one: Any, other: Any) -> Column:  # noqa: ANN401
    for value, rest in ((one, other), (other, one)):
        if _is_one(value):
            if operation in _NEUTRAL and value == _NEUTRAL[operation]:
                return Column(rest)
            if operation in _DECIDING and value == _DECIDING[operation]:
                return Column(value)
    return Column(_applied(operation, one, other))


def _compared(operation: Operation, one: Any, other: Any) -> Column:  # noqa: ANN401
    result = _applied(operation, one, other)
    if _is_list(result):
        true = result.count(True)
        return Column(result if 0 < true < len(result) else bool(true))
    return Column(result)


def where(condition: Column, then: Branch, otherwise: Branch = None) -> Column:
    """Return one column where a condition is true and another where it is not."""
    test = condition.values
    if _is_one(test):
        return Column(_values(then if test else otherwise))
    yes, no = _values(then), _values(otherwise)
    if _is_list(test):
        rows = zip(test, _cells(yes), _cells(no), strict=False)
        return Column([one if holds else other for holds, one, other in rows])
    chosen = nw.when(test).then(_expression(yes))
    return Column(chosen if no is None else chosen.otherwise(_expression(no)))


def choose(cases: Sequence[tuple[Column, Operand]], otherwise: Operand) -> Column:
    """Return the column of the first condition that is true."""
    for condition, column in reversed(cases):
        otherwise = where(condition, column, otherwise)
    return Column(_values(otherwise))


def ratio(top: Operand, bottom: Operand) -> Column:
    """Return the binary number that is nearest to a ratio."""
    above, below = _values(top), _values(bottom)
    if isinstance(above, nw.Expr) or isinstance(below, nw.Expr):
        above, below = (_expression(values).cast(nw.Float64()) for values in (above, below))
    return Column(_applied(_ratio, above, below))


def root(number: Column) -> Column:
    """Return the square root of numbers that are not negative."""
    values = number.values
    if _is_list(values):
        return Column(list(map(sqrt, values)))
    return Column(values.sqrt() if isinstance(values, nw.Expr) else sqrt(values))


def fewest_places(
    numbers: tuple[Column, Column], ends: tuple[Column, Column], places: tuple[int, int]
) -> Column:
    """Return to how many decimals both numbers are rounded, to keep their side of both ends.

    That is the first number of decimals, or more, up to the second.
    """
    values = [each.values for each in (*numbers, *ends)]
    if any(isinstance(each, nw.Expr) for each in values):
        low, high, *both = map(_expression, values)
        chosen = nw.lit(places[1])
        for fewer in reversed(range(*places)):
            first, *others = [
                ((number.round(fewer) - end) * (number - end)) > 0
                for number in (low, high)
                for end in both
            ]
            keeps = first
            for other in others:
                keeps &= other
            chosen = nw.when(keeps).then(nw.lit(fewer)).otherwise(chosen)
        return Column(chosen)
    if any(map(_is_list, values)):
        rows = zip(*map(_cells, values), strict=False)
        return Column([_fewest_places(row[:2], row[2:], places) for row in rows])
    return Column(_fewest_places(values[:2], values[2:], places))


def _fewest_places(numbers: Sequence[float], ends: Sequence[float], places: tuple[int, int]) -> int:
    def keeps_sides(fewer: int) -> bool:
        return all(
            _side(round(number, fewer), end) == _side(number, end)
            for number in numbers
            for end in ends
        )

    return next(filter(keeps_sides, range(*places)), places[1])


def _side(number: float, end: float) -> int:
    return (number > end) - (number < end)


def rounded(number: Column, kept: Column, places: tuple[int, int]) -> Column:
    """Return numbers rounded to the decimals kept, which are within the bounds of places."""
    values, digits = number.values, kept.values
    if isinstance(digits, nw.Expr):
        values = _expression(values)
        result = values.round(places[1])
        for fewer in range(*places):
            result = nw.when(digits == fewer).then(values.round(fewer)).otherwise(result)
        return Column(result)
    return Column(_applied(round, values, digits))


def text_of(codes: Column, texts: Sequence[str | None]) -> Column:
    """Return the texts of codes, which count from 0."""
    values = codes.values
    if _is_list(values):
        return Column([texts[code] for code in values])
    if not isinstance(values, nw.Expr):
        return Column(texts[values])
    by_text: dict[str, list[int]] = {}
    for code, text in enumerate(texts):
        if text is not None:
            by_text.setdefault(text, []).append(code)
    (first, places), *others = by_text.items()
    chain = nw.when(values.is_in(places)).then(nw.lit(first))
    for text, places in others:
        chain = chain.when(values.is_in(places)).then(nw.lit(text))
    return Column(chain)


class Sheet(Protocol):
    """Columns by name."""

    def __getitem__(self, name: str) -> Column:  # pyright: ignore[reportReturnType] - a protocol
        """Return a column."""

    def having(self, **columns: Column) -> Self:  # pyright: ignore[reportReturnType] - a protocol
        """Return the sheet with more columns."""

    def without(self, *names: str) -> Self:  # pyright: ignore[reportReturnType] - a protocol
        """Return the sheet without columns that are needed no more."""


SheetT = TypeVar("SheetT", bound=Sheet)
"""Columns of one kind, to which more of the same kind are added."""


@attrs.frozen
class FrameSheet:
    """The columns of a lazy frame, as expressions, and those that are one number for all rows."""

    frame: nw.LazyFrame[Any]
    """The frame."""
    alike: Mapping[str, Any]
    """The numbers."""

    def __getitem__(self, name: str) -> Column:
        return Column(self.alike[name] if name in self.alike else nw.col(name))

    def having(self, **columns: Column) -> Self:
        """Return the sheet with more columns."""
        alike = {name: each.values for name, each in columns.items() if _is_one(each.values)}
        added = {name: each.values for name, each in columns.items() if name not in alike}
        kept = {name: value for name, value in self.alike.items() if name not in added}
        return type(self)(self.frame.with_columns(**added) if added else self.frame, kept | alike)

    def without(self, *names: str) -> Self:
        """Return the sheet without columns that are needed no more.

        Engines that write SQL plan each step for every column.
        """
        alike = {name: value for name, value in self.alike.items() if name not in names}
        dropped = [name for name in names if name not in self.alike]
        return type(self)(self.frame.drop(dropped) if dropped else self.frame, alike)


@attrs.frozen
class ListSheet:
    """Columns of equal length in Python."""

    columns: Mapping[str, Column]
    """The columns by name."""
    length: int
    """How many rows there are."""

    @classmethod
    def of(cls, columns: Mapping[str, Sequence[Any]], length: int) -> Self:
        """Return columns of cells, one number for those that are alike in all rows."""
        return cls(
            {
                name: Column(cells[0] if len(set(cells)) == 1 else list(cells))
                for name, cells in columns.items()
            },
            length,
        )

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def cells(self, name: str) -> list[Any]:
        """Return the cells of a column."""
        return self.columns[name].cells(self.length)

    def having(self, **columns: Column) -> Self:
        """Return the sheet with more columns."""
        return type(self)({**self.columns, **columns}, self.length)

    def without(self, *names: str) -> Self:
        """Return the sheet without columns that are needed no more."""
        kept = {name: column for name, column in self.columns.items() if name not in names}
        return type(self)(kept, self.length)
