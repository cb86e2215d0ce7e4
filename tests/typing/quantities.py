"""The operations of quantities that type checkers allow and refuse. Checked, never run."""

# pyright: reportUnusedExpression=false
# ruff: noqa: B015, B018, PLR0124, PLR0915 -- a list of expressions is what this file is

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, assert_type

from rrmodel.quantities import Amount, Change, Level, Percentage, PercentagePoints, RelativeChange

if TYPE_CHECKING:
    level, points = Percentage(82), PercentagePoints(8)
    relative, amount = RelativeChange(20), Amount(200, "place")

    def allowed(either: Level, change: Change) -> None:
        """Every combination of the algebra, and its kind."""
        assert_type(level + points, Percentage)
        assert_type(points + level, Percentage)
        assert_type(level - points, Percentage)
        assert_type(level - level, PercentagePoints)
        assert_type(level * relative, Percentage)
        assert_type(relative * level, Percentage)
        assert_type(points + points, PercentagePoints)
        assert_type(points - points, PercentagePoints)
        assert_type(-points, PercentagePoints)
        assert_type(abs(points), PercentagePoints)
        assert_type(points * 2, PercentagePoints)
        assert_type(Fraction(1, 2) * points, PercentagePoints)
        assert_type(points / Decimal(2), PercentagePoints)
        assert_type(points / points, Fraction)
        assert_type(amount + amount, Amount)
        assert_type(amount - amount, Amount)
        assert_type(-amount, Amount)
        assert_type(abs(amount), Amount)
        assert_type(2 * amount, Amount)
        assert_type(amount / 2, Amount)
        assert_type(amount / amount, Fraction)
        assert_type(amount * relative, Amount)
        assert_type(points * relative, PercentagePoints)
        assert_type(relative * points, PercentagePoints)
        assert_type(+points, PercentagePoints)
        assert_type(float(level), float)
        assert_type(int(amount), int)
        assert_type(floor(level), Percentage)
        assert_type(relative * amount, Amount)
        assert_type(either * relative, Percentage | PercentagePoints | Amount)
        assert_type(sum([points, points], start=PercentagePoints(0)), PercentagePoints)
        assert_type(level < level, bool)
        assert_type(points >= points, bool)
        assert_type(max(level, level), Percentage)
        assert_type(sorted([points]), list[PercentagePoints])
        assert_type(round(level, 1), Percentage)
        assert_type(level.rounded(1, rounding="half_up"), Percentage)
        assert_type(level.value, Fraction)
        assert_type(level.share, Fraction)
        assert_type(level.places, int | None)
        assert_type(level.complement, Percentage)
        assert_type(level.published_interval, tuple[Percentage, Percentage])
        assert_type(points.published_interval, tuple[PercentagePoints, PercentagePoints])
        assert_type(Percentage.from_counts(715, 2352), Percentage)
        assert_type(PercentagePoints.from_float(0.5, places=1), PercentagePoints)
        assert_type(relative.factor, Fraction)
        assert_type(RelativeChange.between(level, level), RelativeChange)
        assert_type(RelativeChange.between(amount, amount), RelativeChange)
        assert_type(points.is_consistent_with(level, level), bool)
        assert_type(level == change, bool)

    def refused() -> None:
        """Every other combination."""
        level + level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level + relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level + amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points + relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points + amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative + level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative + points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative + relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative + amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount + level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount + points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount + relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level + 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 + level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level + 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points + 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 + points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points + 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative + 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 + relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative + 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount + 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 + amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount + 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level - relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level - amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points - level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points - relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points - amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative - level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative - points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative - relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative - amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount - level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount - points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount - relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level - 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 - level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level - 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points - 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 - points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points - 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative - 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 - relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative - 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount - 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 - amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount - 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level * level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level * points  # type: ignore[arg-type]  # pyright: ignore[reportOperatorIssue]
        level * amount  # type: ignore[arg-type]  # pyright: ignore[reportOperatorIssue]
        points * level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points * points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points * amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative * relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount * level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount * points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount * amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level * 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 * level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level * 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points * 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative * 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 * relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative * 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount * 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level / level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level / points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level / relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level / amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points / level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points / relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points / amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative / level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative / points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative / relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative / amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount / level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount / points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount / relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level / 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 / level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level / 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 / points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points / 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative / 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 / relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative / 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        8 / amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount / 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level < points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points < relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative < amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount < level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level < 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level <= points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points <= relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative <= amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount <= level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level <= 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level > points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points > relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative > amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount > level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level > 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level >= points  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        points >= relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        relative >= amount  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        amount >= level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        level >= 8  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        -level  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        abs(level)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        -relative  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        abs(relative)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        sum([level])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType, reportCallIssue]
        sum([points])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType, reportCallIssue]
        sum([amount])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType, reportCallIssue]
        Percentage(0.5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        RelativeChange.between(level, amount)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]
        level.value = Fraction(1)  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
