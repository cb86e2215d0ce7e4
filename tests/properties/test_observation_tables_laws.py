"""Laws of figures in tables: what is written is read back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import attrs
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rrmodel import frames
from rrmodel.errors import LoadError
from rrmodel.io import (
    dumps_observations,
    loads_observations,
    observations_from_rows,
    observations_to_rows,
)
from rrmodel.model import Measure, Observation
from rrmodel.testing import observations

RECORDS = st.lists(observations(), max_size=4)


def measures_of(records: list[Observation]) -> list[Measure]:
    """Return a measure for each figure's id, in the unit of its levels."""
    measures: dict[str, Measure] = {}
    for each in records:
        unit = getattr(each.level, "unit", "%")
        measures[each.measure] = Measure(
            id=each.measure, name="m", counts="c", better="higher", unit=unit
        )
    return list(measures.values())


def printed(records: tuple[Observation, ...]) -> list[int | None]:
    """Return the decimals with which each level was printed."""
    return [None if each.level is None else each.level.places for each in records]


@given(RECORDS)
def test_rows_give_back_the_figures(records: list[Observation]) -> None:
    """Figures come back from rows equal to what they were."""
    assert observations_from_rows(observations_to_rows(records)) == tuple(records)


@given(RECORDS)
def test_rows_give_back_the_printed_decimals(records: list[Observation]) -> None:
    """Levels come back from rows with the decimals that were printed, where any were."""
    back = observations_from_rows(observations_to_rows(records))
    for before, after in zip(printed(tuple(records)), printed(back), strict=True):
        assert before in {None, after}


@given(observations())
def test_csv_gives_back_the_figure(observation: Observation) -> None:
    """A figure comes back from CSV equal to what it was."""
    text = dumps_observations([observation])
    assert loads_observations(text, measures=measures_of([observation])).observations == (
        observation,
    )


@given(observations(), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9))
def test_csv_keeps_any_note(observation: Observation, words: str) -> None:
    """Quotes, commas, line ends and signs of any script survive within a text."""
    observation = attrs.evolve(observation, note=f"<{words}>")
    text = dumps_observations([observation])
    assert loads_observations(text, measures=measures_of([observation])).observations == (
        observation,
    )


@given(observations())
def test_writing_is_stable(observation: Observation) -> None:
    """Records that were read are written as the same bytes."""
    text = dumps_observations([observation])
    assert dumps_observations(loads_observations(text, measures=measures_of([observation]))) == text


@given(RECORDS)
def test_a_frame_gives_back_the_figures(records: list[Observation]) -> None:
    """Figures come back from a frame equal to what they were."""
    assert frames.observations(frames.to_frame(records, engine="polars")) == tuple(records)


@given(st.text(max_size=40) | st.text("measure,area,period,value\n\"';", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text ends in an error that is not ours."""
    with suppress(LoadError):
        loads_observations(text, measures=[])


@given(
    st.dictionaries(
        st.sampled_from(["measure", "area", "period", "level", "value", "unit", "places"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    )
)
def test_any_row_is_read_or_refused(row: dict[str, object]) -> None:
    """No value of a row ends in an error that is not ours."""
    with suppress(LoadError):
        observations_from_rows([row])


CELLS = (
    st.sampled_from(
        ["", "[c]", "[x] [p]", "..", "82%", "82 % [r]", "0.5%", "200 place", "8 out of 16", "0",
         "1", "336 [e]", "#N/A", "-", "none", "n/a", "8 percentage points"]
    )
    | st.integers(0, 400).map(str)
    | st.decimals(0, 100, places=1).map("{}%".format)
)  # fmt: skip


@given(st.lists(st.fixed_dictionaries({}, optional={
    "level": CELLS, "numerator": CELLS, "denominator": CELLS, "value": CELLS,
    "unit": st.sampled_from(["%", "place"]), "places": st.sampled_from(["", "0", "1"]),
    "published": st.sampled_from(["2024-07-25", "25/07/2024", "01/08/2024", "soon"]),
}), min_size=1, max_size=3))  # fmt: skip
def test_rows_frames_and_csv_answer_alike(rows: list[dict[str, str]]) -> None:
    """The same cells give the same figures or the same errors, whatever they are read from."""
    plain = {"measure": "m", "area": "York", "period": "2023"}
    filled = [dict.fromkeys(NAMES, "") | plain | row for row in rows]
    lines = [NAMES, *([row[name] for name in NAMES] for row in filled)]
    text = "\n".join(map(",".join, lines))
    frame = pl.DataFrame(filled)
    answers = [
        answer_of(lambda: observations_from_rows(filled)),
        answer_of(lambda: frames.observations(frame)),
    ]
    assert answers[0] == answers[1]
    levels = [each.level for each in answers[0] if isinstance(each, Observation)]
    units = [level.unit for level in levels if level]
    measure = Measure(id="m", name="m", counts="c", better="higher", unit=(units or ["%"])[0])
    if len(set(units)) <= 1:
        by_csv = answer_of(lambda: loads_observations(text, measures=[measure]).observations)
        unit_errors = [each for each in by_csv if "the unit of the measure" in str(each)]
        assert unit_errors or by_csv == answers[0]


NAMES = [
    "measure", "area", "period", "level", "numerator", "denominator", "value", "unit", "places",
    "published",
]  # fmt: skip


def answer_of(read: Callable[[], tuple[Observation, ...]]) -> list[object]:
    """Return the figures that are read, or what is wrong by its path."""
    try:
        return list(read())
    except LoadError as error:
        return [
            (each.path, each.message.removeprefix(f"{each.path.rpartition('.')[2]}: "))
            for each in error.problems
        ]
