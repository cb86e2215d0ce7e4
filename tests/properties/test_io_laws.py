"""The laws of reading and writing, one a test."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from cattrs import Converter
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rrmodel import datasets
from rrmodel.errors import LoadError, Problem
from rrmodel.io import Format, configure_converter, dumps, loads
from rrmodel.model import Document, ObservationSet, Plan, Region
from rrmodel.periods import Period
from rrmodel.quantities import AnyQuantity, RelativeChange, read_quantity, write_quantity
from rrmodel.testing import (
    amounts,
    observation_sets,
    percentage_points,
    percentages,
    periods,
    plans,
    relative_changes,
)

FEWER = settings(max_examples=settings.default.max_examples // 3)

FORMATS: st.SearchStrategy[Format] = st.sampled_from(("yaml", "json"))
QUANTITIES: st.SearchStrategy[AnyQuantity] = st.one_of(
    percentages(), percentage_points(), relative_changes(), amounts()
)
PRINTED: st.SearchStrategy[AnyQuantity] = st.one_of(
    percentages(),
    percentage_points(),
    relative_changes(),
    amounts("per 1,000 prisoners"),
    amounts("% of capacity"),
)
"""The quantities that people and files read in the same words."""
SMALL = datasets.load("hmp-leeds-regimes")
TEXTS = {form: dumps(SMALL, format=form) for form in ("yaml", "json")}
PIECES = st.sampled_from(
    [
        *(
            "",
            " ",
            "\n",
            "  - ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            '"',
            "'",
            "&a ",
            "*a",
            "!x ",
            "?",
        ),
        *("|", "#", "\t", "\0", "\ud800", "null", "true", "kind", "kind: reach\n", '"kind": "x",'),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | PIECES
VALUES = st.recursive(
    SCALARS,
    lambda parts: st.lists(parts, max_size=2) | st.dictionaries(PIECES, parts, max_size=2),
    max_leaves=4,
)
CONVERTER = Converter()
configure_converter(CONVERTER)


@st.composite
def spoilt_texts(draw: st.DrawFn) -> tuple[str, Format]:
    """Draw a plan's text in which a few passages are cut out or overwritten."""
    form: Format = draw(FORMATS)
    text = TEXTS[form]
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 40))
        text = text[:start] + draw(PIECES) + text[end:]
    return text, form


@st.composite
def spoilt_data(draw: st.DrawFn) -> str:
    """Draw a plan's JSON in which one part, anywhere, is something else."""
    data: Any = json.loads(TEXTS["json"])
    part: dict[str, Any] | list[Any] = data
    key: Any = draw(st.sampled_from(sorted(data)))
    while part[key] and not isinstance(part[key], str | int) and draw(st.integers(0, 9)):
        part = part[key]
        key = draw(st.sampled_from(list(part) if isinstance(part, dict) else range(len(part))))
    part[key] = draw(VALUES)
    return json.dumps(data)


@FEWER
@given(plans(), FORMATS)
def test_plan_comes_back(plan: Plan, form: Format) -> None:
    """A plan that is written and read is the same plan."""
    assert loads(dumps(plan, format=form), format=form) == plan


@FEWER
@given(observation_sets(), FORMATS)
def test_figures_come_back(figures: ObservationSet, form: Format) -> None:
    """A set of figures that is written and read is the same set."""
    assert loads(dumps(figures, format=form), format=form) == figures


@FEWER
@given(observation_sets(), FORMATS)
def test_printed_decimals_come_back(figures: ObservationSet, form: Format) -> None:
    """Every level keeps its printed decimals, which equality does not compare."""
    read = loads(dumps(figures, format=form), format=form)
    assert isinstance(read, ObservationSet)
    for before, after in zip(figures.observations, read.observations, strict=True):
        if before.level is not None and before.level.places is not None:
            assert after.level is not None
            assert after.level.places == before.level.places


@FEWER
@given(plans() | observation_sets(), FORMATS)
def test_second_writing_is_the_first(record: Plan | ObservationSet, form: Format) -> None:
    """Writing what was read gives the same text."""
    text = dumps(record, format=form)
    assert dumps(loads(text, format=form), format=form) == text


@given(st.text(min_size=1).map(str.strip).filter(bool), FORMATS)
def test_any_text_comes_back(text: str, form: Format) -> None:
    """A title may hold any characters and comes back with each of them."""
    plan = Plan(
        id="a-plan",
        title=text,
        subject=Region(id="a-region", name="A region"),
        documents=(Document(id="printed", title="The plan as printed"),),
        pathways=(),
    )
    assert loads(dumps(plan, format=form), format=form) == plan


@given(QUANTITIES)
def test_quantity_comes_back(quantity: AnyQuantity) -> None:
    """A quantity's text gives back its kind, its value and the decimals it was printed with."""
    read = read_quantity(write_quantity(quantity))
    assert (type(read), read) == (type(quantity), quantity)
    assert quantity.places in {None, read.places}


@given(QUANTITIES)
def test_quantity_is_a_fraction_only_where_decimals_do_not_end(quantity: AnyQuantity) -> None:
    """A file has a stroke in a number exactly if no number of decimals is the number."""
    number = write_quantity(quantity).removesuffix(getattr(quantity, "unit", ""))
    assert ("/" in number) == (10**30 % quantity.value.denominator != 0)


@given(PRINTED)
def test_printed_quantity_is_read_as_itself(quantity: AnyQuantity) -> None:
    """The text for people is read as the same quantity, if its decimals end.

    A relative change of nothing prints "0%", as a level does; files say "+0%".
    """
    assume(quantity != RelativeChange(0))
    assume(10**30 % quantity.value.denominator == 0)
    assert (type(quantity), quantity) == (type(read := read_quantity(str(quantity))), read)


@given(st.text() | st.lists(PIECES).map("".join), FORMATS)
def test_any_text_is_read_or_refused(text: str, form: Format) -> None:
    """Whatever the text, nothing but a record or our error comes of it."""
    with contextlib.suppress(LoadError):
        loads(text, format=form)


@given(spoilt_texts())
def test_spoilt_plan_is_read_or_refused(spoilt: tuple[str, Format]) -> None:
    """However a plan's text is spoilt, nothing but a record or our error comes of it."""
    text, form = spoilt
    with contextlib.suppress(LoadError):
        assert isinstance(loads(text, format=form), Plan | ObservationSet)


@given(spoilt_data())
def test_misplaced_value_is_read_or_refused(text: str) -> None:
    """Whatever replaces one of its parts, a plan is read or refused by our error."""
    with contextlib.suppress(LoadError):
        assert isinstance(loads(text, format="json"), Plan | ObservationSet)


@given(spoilt_data())
def test_problems_come_in_the_order_of_the_text(text: str) -> None:
    """Each problem of a text has a place within it, and earlier places come first."""
    problems: tuple[Problem, ...] = ()
    try:
        loads(text, format="json", name="plan.json")
    except LoadError as error:
        problems = error.problems
    places = [(problem.line or 0, problem.column or 0) for problem in problems]
    assert places == sorted(places)
    assert all(line <= 1 and column <= len(text) for line, column in places)
    assert {problem.file for problem in problems} <= {"plan.json"}


@given(periods() | QUANTITIES)
def test_converter_of_ones_own_gives_values_back(value: Period | AnyQuantity) -> None:
    """A configured converter reads what it writes of any value of ours."""
    assert CONVERTER.structure(CONVERTER.unstructure(value), type(value)) == value
