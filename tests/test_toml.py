"""TOML: what is read, and what is refused with which words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rrmodel import io
from rrmodel.errors import LoadError, UnknownNameError
from rrmodel.io._toml import parse_toml
from rrmodel.model import ObservationSet, Plan
from rrmodel.quantities import Percentage

PLAN = """\
schema_version = "1"
kind = "plan"
id = "a-plan"
title = "A plan"
subject = { kind = "region", id = "a-region", name = "A region" }

[[documents]]
id = "printed"
title = "The plan as printed"

[[measures]]
id = "housed"
name = "Housed on the night of release"
counts = "releases into accommodation"
better = "higher"
series_breaks = [{ starts = 2024-05-01, code = "MI014R", reason = "It counts other cases." }]

[[pathways]]
id = "homes"
name = "Homes"
citation = { document = "printed", section = "Homes" }

[[pathways.targets]]
kind = "change"
id = "housed-by-july"
statement = "The share housed on release rises by 8 points by July 2023."
citation = { document = "printed", item = 1 }
measure = "housed"
area = "A region"
baseline = { level = "82%", period = "March 2022" }
change = "8 percentage points"
deadline = 2023-07-31
"""

THE_SAME = """\
schema_version: "1"
kind: plan
id: a-plan
title: A plan
subject: {kind: region, id: a-region, name: A region}
documents: [{id: printed, title: The plan as printed}]
measures:
  - id: housed
    name: Housed on the night of release
    counts: releases into accommodation
    better: higher
    series_breaks: [{starts: 2024-05-01, code: MI014R, reason: It counts other cases.}]
pathways:
  - id: homes
    name: Homes
    citation: {document: printed, section: Homes}
    targets:
      - kind: change
        id: housed-by-july
        statement: The share housed on release rises by 8 points by July 2023.
        citation: {document: printed, item: 1}
        measure: housed
        area: A region
        baseline: {level: 82%, period: March 2022}
        change: 8 percentage points
        deadline: 2023-07-31
"""

FIGURES = """\
schema_version = "1"
kind = "observations"
id = "figures"
title = "Figures"
measures = [{ id = "housed", name = "Housed", counts = "people", better = "higher" }]

[[observations]]
measure = "housed"
area = "A region"
period = "March 2022"
counts = { numerator = 1_715, denominator = 2352 }
level = "72.9%"
published = 2023-07-27
"""


def data_of(text: str) -> Any:
    """Return the data of a text."""
    return parse_toml(text, None).data


def refusal(text: str, name: str | None = "plan.toml") -> str:
    """Return the message about a text that is not TOML."""
    with pytest.raises(LoadError) as caught:
        parse_toml(text, name)
    return str(caught.value)


class TestTexts:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("82.0", "82.0"),
            ("-0.10", "-0.10"),
            ("1e400", "1e400"),
            ("nan", "nan"),
            ("82", "82"),
            ("0x10", "16"),
            ("2023-07-31", "2023-07-31"),
            ("2023-07-31T10:00:00Z", "2023-07-31T10:00:00+00:00"),
            ("10:30:00", "10:30:00"),
            ("'a text'", "a text"),
            ("true", True),
            ("[1, [2.50]]", ["1", ["2.50"]]),
            ("{b.c = 1}", {"b": {"c": "1"}}),
        ],
    )
    def test_value_is_what_json_would_give(self, written: str, read: object) -> None:
        """Numbers keep their printed digits, days are texts, switches are switches."""
        assert data_of(f"a = {written}") == {"a": read}

    def test_byte_order_mark_is_overlooked(self) -> None:
        """A mark that some editors put at the start does no harm."""
        assert data_of("\ufeffa = 1") == {"a": "1"}

    def test_places_are_not_known(self) -> None:
        """No part has a known place."""
        assert parse_toml("a = 1", None).place("$.a") is None


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("a = 1\nb = \n", "plan.toml:2:5: this cannot be read as TOML: "),
            ("a = 1\na = 2\n", "plan.toml:2:6: this cannot be read as TOML: "),
            ("[a]\n[a]\n", "plan.toml:2:3: this cannot be read as TOML: "),
            ("a = 1\nb = '''", "plan.toml:2: this cannot be read as TOML: "),
            ("a = '\0'", "plan.toml:1:6: this cannot be read as TOML: "),
            ("id: a-plan", "plan.toml:1:3: this cannot be read as TOML: "),
        ],
    )
    def test_mistake_is_named_with_its_line(self, text: str, message: str) -> None:
        """An error in TOML is named with its line, and its column where that is known."""
        assert refusal(text).startswith(message)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("a = " + "[" * 5_000 + "]" * 5_000, id="far too many brackets"),
            pytest.param("a = " + "[" * 60 + "]" * 60, id="too many brackets"),
            pytest.param("a" + ".a" * 20_000 + " = 1", id="dotted key"),
            pytest.param("[a" + ' . "a"' * 20_000 + "]", id="dotted table"),
        ],
    )
    def test_deep_nesting_is_refused(self, text: str) -> None:
        """A text that nests deeper than any plan is refused at once."""
        assert "it nests more than 50 levels deep, more than any plan needs" in refusal(text)

    def test_nesting_up_to_the_limit_is_read(self) -> None:
        """Fifty levels are not too many."""
        assert data_of("a = " + "[" * 50 + "]" * 50)

    @pytest.mark.parametrize("number", ["9" * 5_000, "0x" + "f" * 8_000])
    def test_endless_number_is_refused(self, number: str) -> None:
        """A number that takes seconds to read is refused."""
        assert "it has a number of thousands of digits: write a shorter one" in refusal(
            f"a = {number}"
        )

    def test_dots_in_a_sentence_are_no_key(self) -> None:
        """A sentence with many dots is a text."""
        assert data_of(f"a = '{'and so on ... ' * 60}'")


class TestFiles:
    def test_plan_is_that_of_yaml(self) -> None:
        """A plan in TOML is the plan that the same words give in YAML."""
        assert io.loads(PLAN, format="toml") == io.loads(THE_SAME)

    def test_suffix_tells_the_format(self, tmp_path: Path) -> None:
        """A file whose name ends in .toml is read as TOML."""
        file = tmp_path / "plan.toml"
        file.write_text(PLAN, "utf-8")
        assert isinstance(io.load(file), Plan)

    def test_figures(self) -> None:
        """Counts, days and printed decimals of figures are read."""
        figures = io.loads(FIGURES, format="toml")
        assert isinstance(figures, ObservationSet)
        (figure,) = figures.observations
        assert figure.level == Percentage("72.9")
        assert f"{figure.level:n}" == "72.9"
        assert figure.counts is not None
        assert figure.counts.numerator == 1715

    def test_mistake_of_the_plan_is_named_by_its_path(self) -> None:
        """An error in a plan is named by its file and path."""
        text = PLAN.replace('"82%"', '"182%"').replace('"homes"', "[]")
        with pytest.raises(LoadError) as caught:
            io.loads(text, format="toml", name="plan.toml")
        first, second = str(caught.value).splitlines()
        assert first.startswith("plan.toml: a text is needed here")
        assert first.endswith("($.pathways[0].id)")
        assert second.startswith("plan.toml: 182% is not between 0% and 100%")
        assert second.endswith("($.pathways[0].targets[0].baseline.level)")

    def test_bare_number_is_no_quantity(self) -> None:
        """A number without its kind is refused, as in the other formats."""
        with pytest.raises(LoadError, match=r"baseline\.level"):
            io.loads(PLAN.replace('"82%"', "82.0"), format="toml")

    def test_toml_is_not_written(self) -> None:
        """There is no writer of TOML, and the formats that are written are named."""
        form: Any = "toml"
        with pytest.raises(UnknownNameError, match="is only read: choose from 'yaml', 'json'"):
            io.dumps(io.loads(PLAN, format="toml"), format=form)
