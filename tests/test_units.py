"""Converting and combining amounts, by example."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pint
import pytest

import rrmodel.units
from rrmodel.errors import (
    BinaryFloatError,
    MixedQuantityError,
    PercentageOutOfRangeError,
    QuantityError,
    UnitError,
)
from rrmodel.quantities import Amount, Percentage, PercentagePoints, RelativeChange
from rrmodel.units import add, convert, divide, from_pint, multiply, to_pint, units


class TestUnits:
    def test_the_units_that_the_plans_use_are_there(self) -> None:
        """Every unit of the two bundled plans converts."""
        named = "GBP case night person place post release service-level week year".split()
        assert set(named) <= set(units())

    def test_names_are_in_order(self) -> None:
        """The names come in alphabetical order, each once."""
        assert list(units()) == sorted(set(units()))

    def test_every_unit_is_in_the_table(self) -> None:
        """The table of the module's page leaves no unit out."""
        assert [name for name in units() if f"``{name}``" not in str(rrmodel.units.__doc__)] == []

    def test_every_unit_is_one_that_an_amount_can_have(self) -> None:
        """Each name is written as an amount writes its unit, and converts into itself."""
        assert [convert(Amount(1, name), name).unit for name in units()] == list(units())


class TestConvert:
    """Accommodation for "up to 84 nights" in one place and "up to 12 weeks" in another."""

    def test_twelve_weeks_are_84_nights(self) -> None:
        """The two printed forms of one commitment are equal."""
        assert convert(Amount(12, "week"), "night") == Amount(84, "night")

    def test_84_nights_are_twelve_weeks(self) -> None:
        """The way back gives a whole number."""
        assert convert(Amount(84, "night"), "week") == Amount(12, "week")

    def test_thirds_stay_thirds(self) -> None:
        """A third of a night is exactly a twenty-first of a week."""
        assert convert(Amount(Fraction(1, 3), "night"), "week").value == Fraction(1, 21)

    def test_a_rate_converts_in_its_second_unit(self) -> None:
        """£200 million a year is £50 million a quarter."""
        yearly = Amount("200,000,000", "GBP/year")
        assert convert(yearly, "GBP/quarter") == Amount(50_000_000, "GBP/quarter")

    def test_a_day_is_a_night(self) -> None:
        """A day and a night are as long as each other."""
        assert convert(Amount(84, "day"), "night") == Amount(84, "night")

    def test_its_own_unit_keeps_the_printed_decimals(self) -> None:
        """An amount already in the unit comes back as it was printed."""
        assert convert(Amount("12.0", "week"), "week").places == 1

    def test_another_unit_forgets_the_printed_decimals(self) -> None:
        """A converted amount was not printed in its new unit."""
        assert convert(Amount("12.0", "week"), "night").places is None

    def test_places_are_no_pounds(self) -> None:
        """Different kinds of thing do not convert, and the message gives advice."""
        with pytest.raises(
            MixedQuantityError,
            match=r"^200 places cannot become 'GBP': 'place' and 'GBP' count different "
            r"kinds of thing\. Report them side by side, or use rrmodel\.units\.multiply",
        ):
            convert(Amount(200, "place"), "GBP")

    @pytest.mark.parametrize(
        ("unit", "other"), [("year", "night"), ("week", "month"), ("GBP/year", "GBP/week")]
    )
    def test_months_have_no_fixed_number_of_nights(self, unit: str, other: str) -> None:
        """Nights and months are refused with their own reason, alone and in rates."""
        with pytest.raises(MixedQuantityError, match="months differ in length"):
            convert(Amount(1, unit), other)

    def test_a_day_of_work_is_not_24_hours(self) -> None:
        """Hours and days do not convert."""
        with pytest.raises(MixedQuantityError, match="different kinds"):
            convert(Amount(1, "day"), "hour")

    def test_a_near_miss_gets_a_suggestion(self) -> None:
        """A plural is unknown, and the singular is offered."""
        with pytest.raises(UnitError, match=r"'nights' is not .* did you mean 'night'\?"):
            convert(Amount(12, "week"), "nights")

    @pytest.mark.parametrize("unit", ["hectare", "GBP/hectare", "hectare/year"])
    def test_a_unit_of_the_user_is_unknown_here(self, unit: str) -> None:
        """An amount may have any unit, but only the listed ones convert."""
        with pytest.raises(UnitError, match="'hectare' is not a unit that converts"):
            convert(Amount(1, unit), unit)

    @pytest.mark.parametrize("unit", ["", "place/", "GBP/year/person", "place*night", "7", "a b"])
    def test_an_unknown_unit_is_refused(self, unit: str) -> None:
        """A unit is written as an amount writes it, whatever pint could read."""
        with pytest.raises(UnitError, match="is not written as a unit"):
            convert(Amount(1, "place"), unit)

    @pytest.mark.parametrize("unit", ["week/night", "place/place"])
    def test_a_unit_over_its_own_kind_is_a_number(self, unit: str) -> None:
        """A rate needs two kinds of thing."""
        with pytest.raises(UnitError, match=f"'{unit}' is a plain number"):
            convert(Amount(1, unit), unit)

    @pytest.mark.parametrize(
        ("unit", "kind"), [("percent", "Percentage"), ("percentage-point", "PercentagePoints")]
    )
    def test_a_share_is_not_an_amount(self, unit: str, kind: str) -> None:
        """Per cent and points are separate kinds, which the message names."""
        with pytest.raises(UnitError, match=f"write {kind}$"):
            convert(Amount(82, unit), unit)

    def test_only_amounts_convert(self) -> None:
        """A percentage has no unit to convert."""
        level: Any = Percentage(82)
        with pytest.raises(UnitError, match="Percentage has no unit"):
            convert(level, "place")


class TestAdd:
    def test_the_sum_is_in_the_first_unit(self) -> None:
        """Seven nights more than twelve weeks are thirteen weeks."""
        total = add(Amount(12, "week"), Amount(7, "night"))
        assert (total, total.unit) == (Amount(13, "week"), "week")

    def test_places_and_pounds_have_no_sum(self) -> None:
        """Adding pounds to places is an error that names both."""
        with pytest.raises(MixedQuantityError, match=r"^200 places \+ £5 has no sum: 'place' and"):
            add(Amount(200, "place"), Amount(5, "GBP"))

    def test_money_a_year_and_money_have_no_sum(self) -> None:
        """£200 million a year is not £200 million."""
        with pytest.raises(MixedQuantityError, match="'GBP/year' and 'GBP'"):
            add(Amount(200, "GBP/year"), Amount(200, "GBP"))


class TestMultiply:
    """Funding of "£200 million a year" is committed for each of three years."""

    def test_three_years_of_funding(self) -> None:
        """£200 million a year for three years is £600 million."""
        funding = multiply(Amount(200_000_000, "GBP/year"), Amount(3, "year"))
        assert funding == Amount(600_000_000, "GBP")

    @pytest.mark.parametrize(
        ("left", "right", "product"),
        [
            (Amount(70, "GBP/week"), Amount(84, "night"), Amount(840, "GBP")),
            (Amount(12, "GBP/year"), Amount(Fraction(1, 3), "month"), Amount("1/3", "GBP")),
            (Amount(10, "GBP/night"), Amount(2, "night/person"), Amount(20, "GBP/person")),
            (Amount(10, "GBP/week"), Amount(14, "night/person"), Amount(20, "GBP/person")),
            (Amount(2, "service-level/region"), Amount(12, "region"), Amount(24, "service-level")),
        ],
    )
    def test_units_of_one_kind_cancel(self, left: Amount, right: Amount, product: Amount) -> None:
        """The units left after cancelling are the unit of the product."""
        assert multiply(left, right) == product

    @pytest.mark.parametrize(
        ("left", "right", "unit"),
        [
            ("place", "night", "night*place"),
            ("week", "night", "(?:week|night)**2"),
            ("GBP/year", "night", "GBP*night/year"),
            ("GBP/year", "place/night", "GBP*place/night/year"),
        ],
    )
    def test_a_product_without_a_unit_is_refused(self, left: str, right: str, unit: str) -> None:
        """An amount cannot have a product of units, and the message shows it."""
        with pytest.raises(UnitError, match=f"is in '{unit.replace('*', '[*]')}', and an amount"):
            multiply(Amount(2, left), Amount(3, right))

    def test_two_rates_that_cancel_are_refused(self) -> None:
        """A product that is a plain number is not an amount."""
        with pytest.raises(UnitError, match="is a plain number, without a unit: multiply one by"):
            multiply(Amount(2, "GBP/place"), Amount(3, "place/GBP"))


class TestDivide:
    def test_money_over_years_is_money_a_year(self) -> None:
        """£600 million over three years is £200 million a year."""
        assert divide(Amount(600, "GBP"), Amount(3, "year")) == Amount(200, "GBP/year")

    def test_money_over_money_a_year_is_years(self) -> None:
        """£600 million at £200 million a year lasts three years."""
        assert divide(Amount(600, "GBP"), Amount(200, "GBP/year")) == Amount(3, "year")

    def test_two_amounts_of_one_kind_make_a_number(self) -> None:
        """The advice for a share is the operator."""
        with pytest.raises(UnitError, match=r"12 weeks / 84 nights is a plain .* with /$"):
            divide(Amount(12, "week"), Amount(84, "night"))

    def test_a_unit_below_only_is_refused(self) -> None:
        """A number of times a year needs to say of what."""
        with pytest.raises(UnitError, match="is in '1/year'"):
            divide(Amount(1, "GBP/year"), Amount(1, "GBP"))

    def test_nothing_divides(self) -> None:
        """Division by a zero amount is undefined."""
        with pytest.raises(QuantityError, match="£600 / 0 years: a share of zero is undefined"):
            divide(Amount(600, "GBP"), Amount(0, "year"))


class TestPint:
    def test_an_amount_becomes_a_quantity(self) -> None:
        """The magnitude is exact and the unit is named alike, without hyphens."""
        quantity = to_pint(Amount(Fraction(1, 3), "service-level/year"))
        assert quantity.magnitude == Fraction(1, 3)
        assert str(quantity.units) == "service_level / year"

    def test_a_level_and_its_change_do_not_mix(self) -> None:
        """Per cent and percentage points have different dimensions."""
        level, change = to_pint(Percentage(82)), to_pint(PercentagePoints(8))
        with pytest.raises(pint.DimensionalityError):
            level + change

    def test_a_relative_change_is_its_factor(self) -> None:
        """Multiplied in pint, a relative change scales as it does here."""
        level, change = Percentage(62), RelativeChange("+20%")
        assert from_pint(to_pint(level) * to_pint(change)) == level * change

    def test_no_number_becomes_a_quantity(self) -> None:
        """A bare number is refused."""
        number: Any = 82
        with pytest.raises(UnitError, match="int has no unit"):
            to_pint(number)

    def test_units_cancel_on_the_way_back(self) -> None:
        """Units that pint leaves uncancelled are reduced."""
        quantity = to_pint(Amount(70, "GBP/week")) * to_pint(Amount(84, "night"))
        assert from_pint(quantity) == Amount(840, "GBP")

    def test_a_sum_of_levels_is_still_no_level(self) -> None:
        """Pint adds 82% and 90%; the sum does not come back."""
        total = to_pint(Percentage(82)) + to_pint(Percentage(90))
        with pytest.raises(PercentageOutOfRangeError, match="172%"):
            from_pint(total)

    @pytest.mark.parametrize(
        ("make", "words"),
        [
            (
                lambda: to_pint(RelativeChange("+20%")),
                "plain number, without a unit: work with that; a fac",
            ),
            (lambda: to_pint(Percentage(50)) * to_pint(Percentage(50)), r"'percent\*\*2'"),
            (lambda: to_pint(Percentage(50)) / to_pint(Amount(1, "year")), "'percent/year'"),
            (lambda: 1 / to_pint(Amount(1, "year")), "'1/year'"),
        ],
    )
    def test_what_has_no_kind_here_is_refused(
        self, make: Callable[[], pint.Quantity[Fraction]], words: str
    ) -> None:
        """A factor, a product of units and a rate of per cent are not guessed at."""
        with pytest.raises(UnitError, match=words):
            from_pint(make())

    @pytest.mark.parametrize(
        "make", [lambda: pint.UnitRegistry().Quantity(5, "week"), lambda: Amount(5, "week")]
    )
    def test_a_stranger_is_refused(self, make: Callable[[], Any]) -> None:
        """A quantity of another registry has other definitions, and ours is not one of pint's."""
        with pytest.raises(UnitError, match=r"that came from rrmodel\.units\.to_pint, not "):
            from_pint(make())

    @pytest.mark.parametrize("unit", ["percent", "percentage_point", "place"])
    def test_a_binary_float_is_refused(self, unit: str) -> None:
        """A magnitude that became a float on the way has lost its exactness."""
        registry: Any = type(to_pint(Percentage(82)))
        with pytest.raises(BinaryFloatError, match="binary float"):
            from_pint(registry(0.1, unit))

    def test_an_exact_number_of_any_type_comes_back(self) -> None:
        """Whole numbers and decimals that a user put into pint are as good as fractions."""
        made: Any = type(to_pint(Percentage(82)))
        assert from_pint(made(Decimal("8.5"), "percent")) == Percentage("8.5")
        assert from_pint(made(14, "GBP*night/week")) == Amount(2, "GBP")

    def test_threads_share_one_registry(self) -> None:
        """Threads that come first together get quantities that mix."""
        ask = (
            "import sys; from concurrent.futures import ThreadPoolExecutor as Threads\n"
            "from rrmodel.quantities import Amount; from rrmodel.units import to_pint\n"
            "sys.setswitchinterval(1e-6)\n"
            "with Threads(8) as threads:\n"
            "    made = list(threads.map(to_pint, [Amount(1, 'week')] * 8))\n"
            "print(len({type(quantity) for quantity in made}))"
        )
        assert answer_of(ask) == 1


def answer_of(ask: str) -> object:
    """Run a script in a new interpreter, and read what it prints."""
    answer = subprocess.run(  # noqa: S603  our own interpreter and our own words
        [sys.executable, "-c", ask],
        check=True,
        capture_output=True,
        text=True,
        env={key: value for key, value in os.environ.items() if not key.startswith("COV")},
    )
    return json.loads(answer.stdout)


def test_the_import_loads_no_pint() -> None:
    """Pint is loaded by the first conversion, not by the import or by the names."""
    ask = "import sys, rrmodel.units; rrmodel.units.units(); print(int('pint' in sys.modules))"
    assert answer_of(ask) == 0
