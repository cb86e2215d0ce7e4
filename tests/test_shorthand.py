"""Reading the cells of published tables, by example."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

import pytest

from rrmodel.errors import BinaryFloatError, NumeralError
from rrmodel.model import Mark
from rrmodel.shorthand import (
    GOVERNMENT_SHORTHAND,
    LONGEST_CELL,
    OLDER_SYMBOLS,
    read_cell,
    read_label,
)

BOTH = GOVERNMENT_SHORTHAND | OLDER_SYMBOLS


class TestNumbers:
    def test_a_number_keeps_its_printed_decimals(self) -> None:
        """12.30 has two decimals."""
        number = read_cell("12.30 [p]").number
        assert number is not None
        assert (number.value, number.places) == (Fraction(123, 10), 2)

    def test_a_whole_number_is_read_as_it_is(self) -> None:
        """A workbook's 5 needs no text."""
        number = read_cell(5).number
        assert number is not None
        assert number.value == 5

    def test_a_part_of_a_whole_has_both_counts(self) -> None:
        """Both numbers of "8 [r] out of 16" are kept, apart from the mark between them."""
        cell = read_cell("8 [r] out of 16")
        assert cell.number is not None
        assert cell.out_of is not None
        assert (cell.number.value, cell.out_of.value, cell.marks) == (8, 16, (Mark.REVISED,))

    def test_a_per_cent_sign_is_remembered(self) -> None:
        """27.4% says of itself what 27.4 does not."""
        assert read_cell("27.4%").in_per_cent
        assert not read_cell("27.4").in_per_cent

    def test_a_negative_number_is_read(self) -> None:
        """A change of −3.2 marked as significant has its sign."""
        cell = read_cell("−3.2 [s]")
        assert cell.number is not None
        assert cell.number.value == Fraction(-16, 5)


class TestMarks:
    @pytest.mark.parametrize(("text", "mark"), GOVERNMENT_SHORTHAND.items())
    def test_every_mark_stands_beside_a_number(self, text: str, mark: Mark) -> None:
        """Each sign of the recommended shorthand is read and leaves the number alone."""
        cell = read_cell(f"12.3 {text.upper()}")
        assert cell.number is not None
        assert cell.marks == (mark,)

    def test_marks_stack(self) -> None:
        """Marks are kept in the order printed, each once."""
        assert read_cell("1 [p][ r ] [p]").marks == (Mark.PROVISIONAL, Mark.REVISED)

    @pytest.mark.parametrize(("text", "mark"), OLDER_SYMBOLS.items())
    def test_every_older_symbol_stands_alone(self, text: str, mark: Mark) -> None:
        """Each older sign is a cell without a number."""
        cell = read_cell(text, BOTH)
        assert (cell.number, cell.marks) == (None, (mark,))

    def test_an_older_symbol_follows_a_number(self) -> None:
        """Signs that touch their number, or each other, are read in order."""
        cell = read_cell("12.3 (p)*", BOTH)
        assert cell.number is not None
        assert (cell.number.places, cell.marks) == (1, (Mark.PROVISIONAL, Mark.CONFIDENTIAL))

    def test_a_zero_is_a_number_in_every_table(self) -> None:
        """A true zero is not missing."""
        cell = read_cell("0", BOTH)
        assert cell.number is not None
        assert not cell.marks
        assert not cell.is_missing

    def test_a_table_of_marks_is_replaceable(self) -> None:
        """A publisher's own key decides what a sign means."""
        assert read_cell("-", {"-": Mark.NOT_AVAILABLE}).is_missing

    @pytest.mark.parametrize("text", ["", "  ", None, "[x]", "[z]", "[c]", "[note 1]"])
    def test_no_figure_is_missing(self, text: str | None) -> None:
        """A blank, a figure that is withheld and one that makes no sense have no number."""
        assert read_cell(text).is_missing

    def test_what_rounds_to_zero_is_not_missing(self) -> None:
        """[low] is a figure without a number."""
        cell = read_cell("[low]")
        assert cell.number is None
        assert not cell.is_missing


class TestNotes:
    @pytest.mark.parametrize("text", ["7 [note 2] [note 3]", "7 [Notes 2 and 3]", "[note 2, 3] 7"])
    def test_notes_are_kept_apart(self, text: str) -> None:
        """However notes are listed, their numbers are found."""
        assert read_cell(text).notes == ("2", "3")

    def test_a_label_loses_its_line_breaks_marks_and_notes(self) -> None:
        """A heading is its words in one line."""
        label = read_label("Housed on\r\nrelease (%) [p] [note 4]")
        assert (label.text, label.notes) == ("Housed on release (%)", ("4",))
        assert label.marks == (Mark.PROVISIONAL,)

    def test_other_brackets_are_words_of_a_label(self) -> None:
        """A text that is not a mark stays where it is."""
        assert read_label("Wales [without Cardiff]").text == "Wales [without Cardiff]"


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("n/k", "is not a number or a known mark"),
            ("5 6", "is not a number or a known mark"),
            ("1e9", "is not a number or a known mark"),
            ("5 [p", "is not a number or a known mark"),
            ("5 out of", "is not a number or a known mark"),
            ("5% out of 6", "is not one count out of another"),
            ("5 out of [x]", "is not a number or a known mark"),
            ("5 [rr]", r"has the unknown mark '\[rr\]': did you mean '\[r\]'\?"),
            ("..", "OLDER_SYMBOLS"),
            ("9" * 5_000, "5000 characters"),
        ],
    )
    def test_anything_else_is_refused(self, text: str, message: str) -> None:
        """A text that is neither number nor mark is reported, and long texts are not repeated."""
        with pytest.raises(NumeralError, match=message) as caught:
            read_cell(text)
        assert len(str(caught.value)) < LONGEST_CELL

    def test_a_part_needs_its_whole(self) -> None:
        """A count out of a withheld number is not a share."""
        with pytest.raises(NumeralError, match="is not one count out of another"):
            read_cell("5 out of ..", BOTH)

    def test_a_binary_float_is_refused(self) -> None:
        """A float does not say which decimals were printed."""
        with pytest.raises(BinaryFloatError, match=r"27\.4"):
            read_cell(cast("Any", 27.4))
