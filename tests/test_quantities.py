"""Levels, changes and amounts, by example."""

# ruff: noqa: S301 -- wrong operands have no type, and the pickles are our own

from __future__ import annotations

import copy
import math
import operator
import pickle
import statistics
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

import numpy as np
import pytest

from rrmodel.errors import (
    BinaryFloatError,
    CountsError,
    MixedQuantityError,
    NumeralError,
    PercentageOutOfRangeError,
    QuantityError,
    RrmodelError,
    UnitError,
)
from rrmodel.quantities import (
    Amount,
    Percentage,
    PercentagePoints,
    RelativeChange,
    counted,
    plural_of,
    singular_of,
)

level, points = Percentage(82), PercentagePoints(8)
relative, places = RelativeChange(20), Amount(200, "place")
nights = Amount(84, "night")
EVERY_KIND = [level, points, relative, places]

type_of_kind = pytest.mark.parametrize("kind", [Percentage, PercentagePoints, RelativeChange])
each = pytest.mark.parametrize("quantity", EVERY_KIND, ids=lambda quantity: type(quantity).__name__)


class TestReading:
    """'Read from "82", "82%", "82.0 per cent", "8 percentage points", "+0.5pp", spelt numbers'."""

    @pytest.mark.parametrize(
        ("written", "value", "printed"),
        [
            ("82", Fraction(82), 0),
            ("82%", Fraction(82), 0),
            ("82.0 per cent", Fraction(82), 1),
            ("82.5", Fraction(165, 2), 1),
            ("82 percent", Fraction(82), 0),
            ("45 %", Fraction(45), 0),
            ("eighty-two per cent", Fraction(82), 0),
            ("one hundred Per Cent", Fraction(100), 0),
            (" 82.50 % ", Fraction(165, 2), 2),
            ("17875/588", Fraction(17875, 588), None),
            ("90\u00a0%", Fraction(90), 0),
            ("90\u202fper\u00a0cent", Fraction(90), 0),
            ("one in five", Fraction(20), None),
            ("two thirds", Fraction(200, 3), None),
            ("12 per 1,000", Fraction(6, 5), None),
            (82, Fraction(82), 0),
            (np.int64(82), Fraction(82), 0),
            (np.uint8(82), Fraction(82), 0),
            (Decimal("82.0"), Fraction(82), 1),
            (Decimal("8E+1"), Fraction(80), 0),
            (Fraction(1, 3), Fraction(1, 3), None),
        ],
    )
    def test_reads_a_level(
        self, written: int | str | Decimal | Fraction, value: Fraction, printed: int | None
    ) -> None:
        """A level is read exactly and remembers its printed decimals."""
        read = Percentage(written)
        assert (read.value, read.places) == (value, printed)

    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("8", Fraction(8)),
            ("8 percentage points", Fraction(8)),
            ("1 percentage point", Fraction(1)),
            ("+0.5pp", Fraction(1, 2)),
            ("-3.5 pp", Fraction(-7, 2)),
            ("−4 ppt", Fraction(-4)),
            ("8 ppts", Fraction(8)),
            ("8 percentage-point", Fraction(8)),
            ("nine percentage points", Fraction(9)),
            (Decimal("-2.7"), Fraction(-27, 10)),
        ],
    )
    def test_reads_a_change_in_points(self, written: str | Decimal, value: Fraction) -> None:
        """Points are read with either sign and any of their spellings."""
        assert PercentagePoints(written).value == value

    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("+20%", Fraction(20)),
            ("20%", Fraction(20)),
            ("-2.7 per cent", Fraction(-27, 10)),
            ("20", Fraction(20)),
            ("twenty per cent", Fraction(20)),
            ("-100%", Fraction(-100)),
            ("250%", Fraction(250)),
        ],
    )
    def test_reads_a_relative_change(self, written: str, value: Fraction) -> None:
        """A relative change is read with or without its sign and its words."""
        assert RelativeChange(written).value == value

    def test_reads_an_amount(self) -> None:
        """An amount is a number and a unit's singular name."""
        amount = Amount("1,500.50", "GBP/year")
        assert (amount.value, amount.unit, amount.places) == (Fraction(3001, 2), "GBP/year", 2)

    @pytest.mark.parametrize(
        "hostile",
        [
            "1e5",
            "nan",
            "inf",
            "82_0",
            "٨٢",
            "",
            "%",
            "twenty%",
            "8apps",
            "82%%",
            "1/0",
            "9" * 61,
            "9" * 10**6,
            "9" * 10**6 + "%",
            Decimal("1E+999999999"),
            Decimal("1E-999999999"),
            10**5000,
            Fraction(1, 10**5000),
        ],
        ids=lambda hostile: str(type(hostile).__name__),
    )
    @type_of_kind
    def test_refuses_hostile_numbers(
        self,
        kind: Callable[[object], object],
        hostile: object,
    ) -> None:
        """Exponents, infinities, other scripts and endless digits are refused by their shape."""
        with pytest.raises(NumeralError):
            kind(hostile)

    @type_of_kind
    def test_refuses_a_float_and_points_to_from_float(
        self, kind: Callable[[object], object]
    ) -> None:
        """A binary float is refused with the way to round it."""
        with pytest.raises(BinaryFloatError, match=r"82\.0 is a binary float.*\.from_float"):
            kind(82.0)
        for number in (np.float64(82.5), np.float32(82.5)):
            with pytest.raises(BinaryFloatError, match=r"82\.5.* is a binary float.*\.from_float"):
                kind(number)

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            (True, "True is a truth value"),
            (None, "not from NoneType"),
            (Decimal("NaN"), "NaN is not a number"),
            (Decimal("-Infinity"), "-Infinity is not a number"),
            (np.bool_(True), "not from bool"),
            (np.array([1, 2]), "not from ndarray"),
            (points, "not from PercentagePoints"),
        ],
    )
    def test_refuses_values_that_are_not_numbers(self, wrong: Any, message: str) -> None:
        """Truth values, nothing, and decimals that are not numbers are refused by name."""
        with pytest.raises(QuantityError, match=message):
            Percentage(wrong)

    @pytest.mark.parametrize(
        ("kind", "text", "advice"),
        [
            (
                Percentage,
                "8 percentage points",
                "is a change, not a level: write PercentagePoints('8')",
            ),
            (Percentage, "+82%", "has a sign and so is a change"),
            (Percentage, "-0", "has a sign and so is a change"),
            (PercentagePoints, "8%", "write PercentagePoints('8') or RelativeChange('8%')"),
            (PercentagePoints, "eight per cent", "PercentagePoints('8') or RelativeChange('8%')"),
            (RelativeChange, "+8pp", "write PercentagePoints('8')"),
        ],
    )
    def test_refuses_the_words_of_another_kind(
        self, kind: Callable[[str], object], text: str, advice: str
    ) -> None:
        """The words after a number say its kind, and the message names the right one."""
        with pytest.raises(QuantityError) as caught:
            kind(text)
        assert advice in str(caught.value)

    def test_refuses_a_share_as_an_amount(self) -> None:
        """An amount has a unit, not a percent sign."""
        with pytest.raises(QuantityError, match="not an amount"):
            Amount("5%", "GBP")

    @pytest.mark.parametrize(
        "unit",
        [
            *("Places", "", "place/", "a/b/c", "p" * 81, "gbp2", None, "é", "per", "%"),
            *("% of", "% of 5", "per 1,00 prisoners", "per 0 prisoners", "per 1,000", "per prison"),
        ],
    )
    def test_refuses_what_is_not_written_as_a_unit(self, unit: Any) -> None:
        """A unit is a small name, one over another, a rate or a share of something."""
        with pytest.raises(UnitError, match="is not written as a unit"):
            Amount(5, unit)

    @pytest.mark.parametrize(
        ("number", "message"),
        [
            ("103", "103% is not between 0% and 100%"),
            ("-5%", "-5% is not between 0% and 100%"),
            ("100.001", "100.001% is not between 0% and 100%"),
            (Fraction(301, 3), "301/3% is not between 0% and 100%"),
        ],
    )
    def test_a_level_lies_between_nothing_and_everything(
        self, number: str | Fraction, message: str
    ) -> None:
        """A level outside 0% to 100% is shown in full."""
        with pytest.raises(PercentageOutOfRangeError) as caught:
            Percentage(number)
        assert str(caught.value) == message

    def test_nothing_falls_by_more_than_all(self) -> None:
        """A relative change below -100% is below -100%."""
        with pytest.raises(QuantityError, match=r"-101% is below -100%"):
            RelativeChange(-101)


class TestFromCounts:
    """'from_counts' keeps the exact share."""

    def test_is_exact(self) -> None:
        """715 of 2,352 is 17875/588 per cent, with no printed decimals."""
        share = Percentage.from_counts(715, 2352)
        assert (share.value, share.share, share.places) == (
            Fraction(17875, 588),
            Fraction(715, 2352),
            None,
        )

    @pytest.mark.parametrize(
        ("counted", "whole", "message"),
        [
            (True, 2, "True is not a count"),
            (-1, 2, "-1 is not a count"),
            (1, 2.0, "2.0 is not a count"),
            (1, "2", "2 is not a count"),
            (0, 0, "0 out of 0 is not a share"),
            (3, 2, "3 is more than 2"),
        ],
    )
    def test_refuses_counts_that_make_no_share(
        self,
        counted: Any,
        whole: Any,
        message: str,
    ) -> None:
        """Counts are whole, not negative, and part of something."""
        with pytest.raises(CountsError, match=message):
            Percentage.from_counts(counted, whole)


class TestFromFloat:
    """'from_float' rounds to stated places."""

    @type_of_kind
    def test_rounds_to_the_places_meant(
        self, kind: type[Percentage | PercentagePoints | RelativeChange]
    ) -> None:
        """0.1 + 0.2 at one place is 0.3, which remembers the place."""
        read = kind.from_float(0.1 + 0.2, places=1)
        assert (read, read.places) == (kind("0.3"), 1)

    def test_reads_amounts_too(self) -> None:
        """Money that arrives as a float is rounded to the penny, whatever the kind of float."""
        assert Amount.from_float(np.float32(0.1), "GBP", places=2) == Amount("0.10", "GBP")
        assert Amount.from_float(-0.1 - 0.2, "GBP", places=2) == Amount("-0.30", "GBP")

    def test_rounds_before_it_checks_the_range(self) -> None:
        """Noise above 100 in the last bit is not an error."""
        assert Percentage.from_float(100.00000000000001, places=1) == Percentage(100)

    @pytest.mark.parametrize(
        "number", [float("nan"), float("inf"), -float("inf"), True, "1.5", points]
    )
    def test_refuses_values_that_are_not_finite_floats(self, number: Any) -> None:
        """Not-a-number, infinities, truth values and texts are refused."""
        with pytest.raises(QuantityError, match=r"finite|takes a float"):
            PercentagePoints.from_float(number, places=1)

    def test_refuses_a_level_out_of_range(self) -> None:
        """A level is in per cent, not beyond it."""
        with pytest.raises(PercentageOutOfRangeError):
            Percentage.from_float(100.1, places=1)


class TestRounding:
    """'Rounding half-even by default, half-up by name'."""

    @pytest.mark.parametrize(
        ("number", "even", "up"),
        [("82.5", 82, 83), ("83.5", 84, 84), ("82.4", 82, 82), ("82.6", 83, 83)],
    )
    def test_ties(self, number: str, even: int, up: int) -> None:
        """A tie goes to the even neighbour, or away from zero if asked."""
        change = PercentagePoints(number)
        assert change.rounded(0) == PercentagePoints(even)
        assert change.rounded(0, rounding="half_up") == PercentagePoints(up)
        assert (-change).rounded(0, rounding="half_up") == PercentagePoints(-up)

    def test_remembers_the_places(self) -> None:
        """A rounded number is printed with its decimals."""
        assert repr(Percentage(Fraction(1, 3)).rounded(2)) == "Percentage('0.33')"

    def test_works_through_round(self) -> None:
        """The built-in rounds too, keeping the kind."""
        assert (round(Percentage("82.45"), 1), round(Amount("2.5", "night"))) == (
            Percentage("82.4"),
            Amount(2, "night"),
        )

    @pytest.mark.parametrize("wrong", [-1, 31, True, 1.0, None])
    def test_refuses_places_that_are_no_count(self, wrong: Any) -> None:
        """Decimals are counted from 0 to 30."""
        with pytest.raises(QuantityError, match="places is a number of decimals"):
            level.rounded(wrong)

    def test_refuses_an_unknown_rounding(self) -> None:
        """The two ways are named in the message."""
        with pytest.raises(QuantityError, match="write 'half_even' or 'half_up'"):
            level.rounded(0, rounding="down")  # type: ignore[arg-type]


class TestPublishedFigures:
    """'82% printed to 0 decimals means [81.5, 82.5]'."""

    @pytest.mark.parametrize(
        ("printed", "low", "high"),
        [
            ("82", "81.5", "82.5"),
            ("82.0", "81.95", "82.05"),
            ("0", "0", "0.5"),
            ("100", "99.5", "100"),
            ("1/3", "1/3", "1/3"),
        ],
    )
    def test_interval_of_a_level(self, printed: str, low: str, high: str) -> None:
        """A printed level may have been rounded from half a unit either side, within 0 to 100."""
        assert Percentage(printed).published_interval == (Percentage(low), Percentage(high))

    def test_interval_of_changes_and_amounts(self) -> None:
        """Changes and amounts have no upper end; a relative change stops at -100%."""
        assert PercentagePoints("-120").published_interval == (
            PercentagePoints("-120.5"),
            PercentagePoints("-119.5"),
        )
        assert RelativeChange("-100").published_interval == (
            RelativeChange(-100),
            RelativeChange("-99.5"),
        )
        assert Amount("200", "place").published_interval == (
            Amount("199.5", "place"),
            Amount("200.5", "place"),
        )

    @pytest.mark.parametrize(
        ("before", "after", "change", "consistent"),
        [
            ("37", "43", "+5", True),
            ("30", "43", "+12", True),
            ("37", "43", "+4", False),
            ("37", "43", "+8", False),
            ("37.0", "43.0", "+5", False),
            ("37", "43", "11/2", True),
        ],
    )
    def test_changes_in_points(
        self, before: str, after: str, change: str, consistent: bool
    ) -> None:
        """A printed change fits printed levels if unrounded ones could give it."""
        assert (
            PercentagePoints(change).is_consistent_with(Percentage(before), Percentage(after))
            is consistent
        )

    @pytest.mark.parametrize(
        ("before", "after", "change", "consistent"),
        [
            ("37", "43", "+16%", True),
            ("37", "43", "+12%", False),
            ("37", "43", "+20%", False),
            ("0", "1", "+5000%", True),
            ("0/1", "1", "+5000%", False),
            ("1", "0", "-100%", True),
        ],
    )
    def test_relative_changes(self, before: str, after: str, change: str, consistent: bool) -> None:
        """A first level that may be almost nothing allows any rise; one that is nothing, none."""
        assert (
            RelativeChange(change).is_consistent_with(Percentage(before), Percentage(after))
            is consistent
        )

    def test_relative_changes_of_money(self) -> None:
        """Amounts of one unit are compared in the same way, debts included."""
        assert RelativeChange("+50%").is_consistent_with(Amount(-2, "GBP"), Amount(-3, "GBP"))

    def test_refuses_values_that_are_not_a_pair_of_levels(self) -> None:
        """A change lies between two levels of one kind."""
        wrong: Any = places
        with pytest.raises(MixedQuantityError, match="between two percentages"):
            points.is_consistent_with(level, wrong)
        with pytest.raises(MixedQuantityError, match="two amounts of one unit"):
            relative.is_consistent_with(places, nights)


class TestRelativeChange:
    """Changes as shares of the starting level, told apart from points."""

    @pytest.mark.parametrize(
        ("before", "after", "in_points", "in_per_cent"),
        [
            ("86.3", "85.7", Fraction(-3, 5), Fraction(-600, 863)),
            ("75.6", "73.5", Fraction(-21, 10), Fraction(-25, 9)),
        ],
    )
    def test_the_two_readings_of_a_published_change(
        self, before: str, after: str, in_points: Fraction, in_per_cent: Fraction
    ) -> None:
        """Points and per cent of one published change are different numbers."""
        first, second = Percentage(before), Percentage(after)
        assert (second - first).value == in_points
        assert RelativeChange.between(first, second).value == in_per_cent

    def test_factor(self) -> None:
        """A rise by a fifth multiplies by six fifths."""
        assert relative.factor == Fraction(6, 5)

    def test_scales_from_either_side(self) -> None:
        """62% with a 20 per cent increase is 74.4%, not 82%."""
        assert Percentage(62) * relative == relative * Percentage(62) == Percentage("74.4")
        assert places * relative == relative * places == Amount(240, "place")

    def test_does_not_scale_beyond_the_whole(self) -> None:
        """A level that would pass 100% is refused."""
        with pytest.raises(PercentageOutOfRangeError, match=r"108% is not between"):
            Percentage(90) * relative

    def test_nothing_has_no_relative_change(self) -> None:
        """A relative change from zero is not defined."""
        with pytest.raises(QuantityError, match="a share of zero"):
            RelativeChange.between(Percentage(0), Percentage(5))

    @pytest.mark.parametrize(
        ("before", "after"),
        [(level, places), (places, nights), (points, level), (82, 90)],
    )
    def test_needs_a_pair_of_one_kind(self, before: Any, after: Any) -> None:
        """Only two percentages or two amounts of one unit have a relative change."""
        with pytest.raises(MixedQuantityError, match="two amounts of one unit"):
            RelativeChange.between(before, after)


class TestArithmetic:
    """The algebra, and nothing else."""

    @pytest.mark.parametrize(
        ("result", "expected"),
        [
            (level + points, Percentage(90)),
            (points + level, Percentage(90)),
            (level - points, Percentage(74)),
            (Percentage("82.5") + points, Percentage("90.5")),
            (Percentage(90) - Percentage("82.5"), PercentagePoints("7.5")),
            (Percentage("82.5") - points, Percentage("74.5")),
            (Percentage(82) - Percentage(90), PercentagePoints(-8)),
            (points + PercentagePoints("0.5"), PercentagePoints("8.5")),
            (points - PercentagePoints(16), -points),
            (abs(-points), points),
            (points * Fraction(1, 2), PercentagePoints(4)),
            (3 * points, PercentagePoints(24)),
            (points / Decimal("0.5"), PercentagePoints(16)),
            (points / PercentagePoints(16), Fraction(1, 2)),
            (places + Amount(5, "place"), Amount(205, "place")),
            (places - Amount(500, "place"), Amount(-300, "place")),
            (abs(-places), places),
            (Decimal(3) * Amount(200_000_000, "GBP/year"), Amount(600_000_000, "GBP/year")),
            (places / 3, Amount(Fraction(200, 3), "place")),
            (places / Amount(50, "place"), Fraction(4)),
            (sum([points, points], start=PercentagePoints(0)), PercentagePoints(16)),
            (sum(cast("Any", [points, -points, points])), points),
            (sum(cast("Any", [places, places])), Amount(400, "place")),
            (+points, points),
            (points * np.int64(2), PercentagePoints(16)),
            (np.int64(2) * points, PercentagePoints(16)),
            (places / np.int32(4), Amount(50, "place")),
            (points * relative, PercentagePoints("9.6")),
            (relative * points, PercentagePoints("9.6")),
            (
                statistics.mean(cast("Any", [points, PercentagePoints("0.5")])),
                PercentagePoints("4.25"),
            ),
            (statistics.mean(cast("Any", [level, Percentage(83)])), Percentage("82.5")),
            (statistics.median(cast("Any", [points, -points])), PercentagePoints(0)),
            (max(level, Percentage("82.1")), Percentage("82.1")),
            (math.floor(Percentage("82.7")), Percentage(82)),
            (math.ceil(PercentagePoints("-8.7")), PercentagePoints(-8)),
            (math.trunc(Amount("-8.7", "night")), Amount(-8, "night")),
            (float(Percentage("82.5")), 82.5),
            (float(Amount(Fraction(1, 3), "place")), 1 / 3),
            (int(PercentagePoints("-8.7")), -8),
            (level.complement, Percentage(18)),
        ],
    )
    def test_what_is_allowed(self, result: object, expected: object) -> None:
        """Each allowed combination gives its exact answer, of the right kind."""
        assert type(result) is type(expected)
        assert result == expected

    @pytest.mark.parametrize("too_much", [points * 3, -points * 11])
    def test_levels_stay_within_the_whole(self, too_much: PercentagePoints) -> None:
        """A level moved beyond 0% or 100% is refused, from either side and by either sign."""
        with pytest.raises(PercentageOutOfRangeError):
            level + too_much
        with pytest.raises(PercentageOutOfRangeError):
            level - -too_much

    def test_the_message_of_a_level_beyond_the_whole(self) -> None:
        """95% plus 8 points is said to be 103%."""
        with pytest.raises(PercentageOutOfRangeError) as caught:
            Percentage(95) + points
        assert str(caught.value) == "103% is not between 0% and 100%"

    def test_only_no_change_is_false(self) -> None:
        """A change of nothing is false, as a duration of nothing is."""
        assert points
        assert not PercentagePoints("0.0")

    @pytest.mark.parametrize(
        ("dividend", "divisor", "message"),
        [
            (points, PercentagePoints(0), "a share of zero is undefined"),
            (places, Amount(0, "place"), "a share of zero is undefined"),
            (points, 0, "cannot divide by zero"),
        ],
    )
    def test_division_by_nothing(self, dividend: Any, divisor: Any, message: str) -> None:
        """A share of no change is undefined, not infinite."""
        with pytest.raises(QuantityError, match=message):
            dividend / divisor

    @pytest.mark.parametrize(
        ("left", "sign", "right", "advice"),
        [
            (
                level,
                "+",
                level,
                "82% + 82% adds two levels. If the second is a change",
            ),
            (level, "+", Percentage(8), "write PercentagePoints('8')"),
            (level, "*", level, "Percentage(first.value * second.share)"),
            (level, "/", level, "RelativeChange.between(before, after)"),
            (level, "+", relative, "write PercentagePoints('+20')"),
            (relative, "-", level, "write PercentagePoints('+20')"),
            (level, "*", places, "Write quantity * level.share"),
            (points, "*", level, "Write quantity * level.share"),
            (level, "+", places, "Change an amount by an amount of the same unit"),
            (places, "-", points, "Change an amount by an amount of the same unit"),
            (level, "+", 8, "PercentagePoints('8') for a change or Percentage('8') for a level"),
            (8, "-", level, "PercentagePoints('8') for a change or Percentage('8') for a level"),
            (2, "*", level, "scales a level by a bare number"),
            (level, "/", 2.0, "scales a level by a bare number"),
            (level, "<", points, "compares two kinds"),
            (level, ">=", 90, "Write Percentage('90')"),
            (90, ">", level, "Write Percentage('90')"),
            (level, "<=", "90%", None),
            (level, "//", 2, "Work with plain numbers"),
            (2, "%", places, "Work with plain numbers"),
            (points, "**", 2, "Work with plain numbers"),
            (points, "-", level, "Write level - change"),
            (points, "+", relative, "level * relative + points"),
            (relative, "-", points, "level * relative + points"),
            (points, "*", points, "Work with plain numbers"),
            (points, "+", 0, "Write PercentagePoints('0')"),
            (points, "+", 8, "Write PercentagePoints('8')"),
            (points, ">", relative, "compares two kinds"),
            (2, "/", points, "Work with plain numbers"),
            (points, "*", True, "True in it, which is a truth value"),
            (points, "/", relative, "Work with plain numbers"),
            (relative, "+", relative, "Apply changes to the level in turn"),
            (relative, "*", 2, "Apply changes to the level in turn"),
            (places, "+", nights, "'place' and 'night'. Convert one with rrmodel.units.convert"),
            (places, "/", nights, "Convert one with rrmodel.units.convert"),
            (places, "<", nights, "Convert one with rrmodel.units.convert"),
            (places, "*", places, "Multiply one by the value of the other"),
            (places, "-", 5, "Write Amount('5', 'place')"),
        ],
    )
    def test_what_is_refused(self, left: Any, sign: str, right: Any, advice: str | None) -> None:
        """Each refused pair has its own advice; other types get Python's own error."""
        with pytest.raises(MixedQuantityError if advice else TypeError) as caught:
            OPERATORS[sign](left, right)
        assert (advice or "") in str(caught.value)

    def test_a_number_too_long_to_print_is_described(self) -> None:
        """A refusal does not fail on the number it refuses."""
        longest: Any = 10**5000
        with pytest.raises(MixedQuantityError, match="a very long int"):
            longest + places

    @pytest.mark.parametrize("sign", ["+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">="])
    @each
    def test_strangers_may_answer(self, quantity: Any, sign: str) -> None:
        """An operand of another library is asked for its own answer, from either side."""
        assert OPERATORS[sign](quantity, Stranger()) == "asked"
        if sign in {"+", "-", "*", "/", "//", "%", "**"}:
            with pytest.raises(TypeError, match="unsupported operand"):
                OPERATORS[sign](object(), quantity)

    @pytest.mark.parametrize("sign", ["*", "/"])
    @pytest.mark.parametrize("quantity", [points, places])
    def test_floats_do_not_scale(self, quantity: Any, sign: str) -> None:
        """Where an exact number would do, a float is told to become one."""
        with pytest.raises(BinaryFloatError, match=r"Decimal\('0\.5'\)"):
            OPERATORS[sign](quantity, 0.5)

    @pytest.mark.parametrize("quantity", [level, relative])
    @pytest.mark.parametrize("alone", [operator.neg, operator.pos, abs])
    def test_levels_and_relative_changes_have_no_negative(
        self,
        quantity: Any,
        alone: Callable[[Any], object],
    ) -> None:
        """Only points and amounts have a negative and a size."""
        with pytest.raises(MixedQuantityError, match="does not apply to"):
            alone(quantity)

    @pytest.mark.parametrize(
        "quantities", [[level, level], [relative, relative], [points, places], [places, nights]]
    )
    def test_only_changes_and_amounts_of_one_unit_are_summed(self, quantities: Any) -> None:
        """The built-in sum is refused where adding two of the quantities is."""
        with pytest.raises(MixedQuantityError):
            sum(quantities)

    @pytest.mark.parametrize(
        ("quantities", "advice"),
        [
            ([places, places], r"write sum\(amounts\) / len\(amounts\)"),
            ([relative, relative], "apply changes to the level in turn"),
        ],
    )
    def test_only_levels_and_points_have_a_plain_mean(self, quantities: Any, advice: str) -> None:
        """A mean that would lose the unit, or that means nothing, is refused with advice."""
        with pytest.raises(MixedQuantityError, match=advice):
            statistics.mean(quantities)

    def test_a_share_beyond_the_whole_is_an_amount(self) -> None:
        """Occupancy of 104% is refused as a level, with the amount to write instead."""
        with pytest.raises(PercentageOutOfRangeError) as caught:
            Percentage("104%")
        (note,) = caught.value.__notes__
        assert "such as occupancy, write Amount('104', '% of capacity')" in note
        with pytest.raises(PercentageOutOfRangeError) as caught:
            Percentage(-4)
        assert not hasattr(caught.value, "__notes__")

    def test_a_gap_is_a_level(self) -> None:
        """A gap between two groups has a unit, an order and relative changes."""
        before, after = PercentagePoints("3.7"), PercentagePoints("3.2")
        assert (before.unit, after < before) == ("percentage points", True)
        assert RelativeChange.between(PercentagePoints(8), PercentagePoints(4)).value == -50


class Stranger:
    """A class of another library that has an answer to every operator."""

    def _answer(self, _other: object) -> str:
        return "asked"

    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __rfloordiv__ = __rmod__ = __rpow__ = _answer
    __lt__ = __le__ = __gt__ = __ge__ = _answer


OPERATORS: dict[str, Callable[[Any, Any], object]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class TestComparison:
    """'Equality ignores how many decimals were printed'."""

    def test_equal_across_spellings(self) -> None:
        """82 and 82.0 are one level, with one hash."""
        assert Percentage("82") == Percentage("82.0") == Percentage(Fraction(82))
        assert len({Percentage("82"), Percentage("82.0")}) == 1

    @pytest.mark.parametrize(
        ("left", "right"),
        [
            (Percentage(8), PercentagePoints(8)),
            (PercentagePoints(8), RelativeChange(8)),
            (Amount(8, "place"), Amount(8, "night")),
            (Percentage(8), 8),
            (Amount(8, "place"), "8 places"),
        ],
    )
    def test_kinds_and_units_are_never_equal(self, left: object, right: object) -> None:
        """Equality across kinds is false and no error."""
        assert left != right
        assert right != left

    def test_order(self) -> None:
        """Quantities of one kind are ordered by their exact numbers."""
        low, high = Percentage(Fraction(1, 3)), Percentage("33.4")
        assert low < high
        assert low <= high
        assert high > low
        assert high >= low
        assert sorted([nights, Amount(7, "night")]) == [Amount(7, "night"), nights]


class TestPrinting:
    """'repr that reads back' and 'format specs'."""

    @pytest.mark.parametrize(
        ("quantity", "written", "printed"),
        [
            (Percentage("82%"), "Percentage('82')", "82%"),
            (Percentage("82.0"), "Percentage('82.0')", "82.0%"),
            (Percentage(62) * relative, "Percentage('74.4')", "74.4%"),
            (Percentage.from_counts(715, 2352), "Percentage('17875/588')", "30.40%"),
            (Percentage(Fraction(1, 2**40)), f"Percentage('1/{2**40}')", "0.00%"),
            (PercentagePoints(8), "PercentagePoints('8')", "8 percentage points"),
            (PercentagePoints(1), "PercentagePoints('1')", "1 percentage point"),
            (PercentagePoints("-1.0"), "PercentagePoints('-1.0')", "-1.0 percentage points"),
            (RelativeChange(20), "RelativeChange('+20%')", "+20%"),
            (RelativeChange("-2.7"), "RelativeChange('-2.7%')", "-2.7%"),
            (RelativeChange(0), "RelativeChange('0%')", "0%"),
            (RelativeChange(Fraction(1, 1000)).rounded(2), "RelativeChange('0.00%')", "0.00%"),
            (RelativeChange(Fraction(1, 900)), "RelativeChange('+1/900%')", "0.00%"),
            (places, "Amount('200', 'place')", "200 places"),
            (Amount(1, "person"), "Amount('1', 'person')", "1 person"),
            (Amount(41_205, "person"), "Amount('41205', 'person')", "41,205 people"),
            (Amount(2, "activity"), "Amount('2', 'activity')", "2 activities"),
            (Amount(2, "bus"), "Amount('2', 'bus')", "2 buses"),
            (Amount(2, "staff"), "Amount('2', 'staff')", "2 staff"),
            (Amount(2, "day"), "Amount('2', 'day')", "2 days"),
            (Amount(5, "place/prison"), "Amount('5', 'place/prison')", "5 places per prison"),
            (
                Amount(200_000_000, "GBP/year"),
                "Amount('200000000', 'GBP/year')",
                "£200,000,000 a year",
            ),
            (Amount("-3.5", "GBP"), "Amount('-3.5', 'GBP')", "-£3.50"),
            (Amount("12", "GBP"), "Amount('12', 'GBP')", "£12"),
            (Amount("£75m", "GBP"), "Amount('75000000', 'GBP')", "£75,000,000"),
            (Amount("-£3.50", "GBP/week"), "Amount('-3.50', 'GBP/week')", "-£3.50 a week"),
            (
                Amount("104%", "% of capacity"),
                "Amount('104', '% of capacity')",
                "104% of capacity",
            ),
            (
                Amount("12.3", "per 1000 prisoners"),
                "Amount('12.3', 'per 1,000 prisoners')",
                "12.3 per 1,000 prisoners",
            ),
            (PercentagePoints("3.7"), "PercentagePoints('3.7')", "3.7 percentage points"),
        ],
    )
    def test_writes_and_prints(self, quantity: object, written: str, printed: str) -> None:
        """The code form reads back; the printed form reads aloud."""
        assert repr(quantity) == written
        assert str(quantity) == printed

    @pytest.mark.parametrize(
        "long",
        [
            Amount(10**70, "place"),
            Amount(Fraction(10**70, 3), "place"),
            PercentagePoints(10**70),
        ],
    )
    def test_a_number_too_long_for_a_text_is_written_another_way(self, long: object) -> None:
        """The code form reads back for long numbers too."""
        assert eval(repr(long), dict(globals())) == long  # noqa: S307

    @pytest.mark.parametrize(
        ("quantity", "spec", "printed"),
        [
            (level, "", "82%"),
            (level, ".1", "82.0%"),
            (level, ".1w", "82.0 per cent"),
            (level, "n", "82"),
            (points, "+", "+8 percentage points"),
            (points, "+.1p", "+8.0pp"),
            (-points, "+p", "-8pp"),
            (PercentagePoints(0), "+n", "0"),
            (PercentagePoints("-0.04"), ".1p", "0.0pp"),
            (relative, "w", "+20 per cent"),
            (relative, "n", "+20"),
            (places * 10, "", "2,000 places"),
            (places * 10, "+n", "+2000"),
            (places, ".2w", "200.00 places"),
            (level, ".1f", "82.0"),
            (level, "f", "82.000000"),
            (level, "+.1f", "+82.0"),
            (level, ">8", "     82%"),
            (level, "8", "     82%"),
            (level, "<8.1", "82.0%   "),
            (level, "*^9", "***82%***"),
            (-points, "=+8.1f", "-    8.0"),
            (-points, "08.1f", "-00008.0"),
            (points, " .0f", " 8"),
            (points, "-p", "8pp"),
            (places * 10, ",.1f", "2,000.0"),
            (places * 10, ",n", "2,000"),
            (places * 10, ">14", "  2,000 places"),
            (PercentagePoints("-0.04"), ".1f", "0.0"),
            (Percentage(Fraction(1, 3)), ".3f", "0.333"),
            (Amount(10**40, "place") + Amount("0.5", "place"), ".1f", f"{10**40}.5"),
            (Percentage("0.125"), ".2f", "0.12"),
        ],
    )
    def test_format_specs(self, quantity: object, spec: str, printed: str) -> None:
        """A spec gives the sign, the decimals and the words."""
        assert format(quantity, spec) == printed

    @pytest.mark.parametrize(
        ("quantity", "spec"),
        [
            (level, "p"),
            (level, "+"),
            (level, " n"),
            (places, "%"),
            (points, "e"),
            (points, "08"),
            (points, "=8w"),
            (places, "_w"),
            (level, ".f"),
            (level, ">99999"),
            (level, "anything"),
        ],
    )
    def test_unknown_specs_name_the_allowed_ones(self, quantity: object, spec: str) -> None:
        """A spec that is not ours says which are."""
        with pytest.raises(
            QuantityError, match=r"an optional \.1 for decimals and one of .* Python's f"
        ):
            format(quantity, spec)

    def test_too_many_decimals(self) -> None:
        """Decimals stop at thirty."""
        with pytest.raises(QuantityError, match="give 0 to 30"):
            format(level, ".31")


class TestImmutability:
    """'exact, immutable, hashable'."""

    @pytest.mark.parametrize("name", ["value", "places", "anything"])
    @each
    def test_nothing_can_be_assigned(self, quantity: object, name: str) -> None:
        """No public attribute has a setter and none can be added."""
        with pytest.raises(AttributeError):
            setattr(quantity, name, 1)

    @each
    def test_made_once(self, quantity: Any) -> None:
        """Calling the initialiser again changes nothing."""
        before = repr(quantity)
        quantity.__init__(1)
        assert repr(quantity) == before

    @pytest.mark.parametrize(
        "quantity",
        [Percentage("82.0"), level + points, RelativeChange("1/3"), Amount("3.50", "GBP")],
    )
    def test_copies_and_pickles_keep_the_places(self, quantity: Percentage) -> None:
        """A copy is equal and remembers, or does not, how it was printed."""
        for twin in (
            copy.copy(quantity),
            copy.deepcopy(quantity),
            pickle.loads(pickle.dumps(quantity)),
        ):
            assert (twin, twin.places, repr(twin)) == (quantity, quantity.places, repr(quantity))

    def test_every_refusal_is_an_error_of_ours(self) -> None:
        """One base class catches every refusal of a quantity."""
        with pytest.raises(RrmodelError):
            Percentage("many")


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("place", "places"),
        ("burglary", "burglaries"),
        ("tie", "ties"),
        ("bus", "buses"),
        ("business", "businesses"),
        ("box", "boxes"),
        ("church", "churches"),
        ("house", "houses"),
        ("case-holder", "case-holders"),
        ("policewoman", "policewomen"),
        ("salesperson", "salespeople"),
        ("case analysis", "case analyses"),
        ("life", "lives"),
        ("staff", "staff"),
        ("specimen", "specimens"),
    ],
)
def test_a_noun_has_one_plural(one: str, many: str) -> None:
    """The plural is the one that people write, and leads back to the singular."""
    assert plural_of(one) == many
    assert singular_of(many) == singular_of(one) == one


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 activities"), (1, "1 activity"), (12, "12 activities")]
)
def test_a_noun_agrees_with_its_number(number: int, text: str) -> None:
    """Only one is in the singular."""
    assert counted(number, "activity") == text
