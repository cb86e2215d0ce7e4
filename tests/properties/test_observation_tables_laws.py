"""Laws of figures in tables: what is written is read back."""

from __future__ import annotations

from contextlib import suppress

import attrs
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

SEEN = st.lists(observations(), max_size=4)


def measures_of(seen: list[Observation]) -> list[Measure]:
    """Return a measure for each figure's id, in the unit of its levels."""
    found: dict[str, Measure] = {}
    for each in seen:
        unit = getattr(each.level, "unit", "%")
        found[each.measure] = Measure(
            id=each.measure, name="m", counts="c", better="higher", unit=unit
        )
    return list(found.values())


def printed(seen: tuple[Observation, ...]) -> list[int | None]:
    """Return the decimals with which each level was printed."""
    return [None if each.level is None else each.level.places for each in seen]


@given(SEEN)
def test_rows_give_back_the_figures(seen: list[Observation]) -> None:
    """Figures come back from rows equal to what they were."""
    assert observations_from_rows(observations_to_rows(seen)) == tuple(seen)


@given(SEEN)
def test_rows_give_back_the_printed_decimals(seen: list[Observation]) -> None:
    """Levels come back from rows with the decimals that were printed, where any were."""
    back = observations_from_rows(observations_to_rows(seen))
    for before, after in zip(printed(tuple(seen)), printed(back), strict=True):
        assert before in {None, after}


@given(observations())
def test_csv_gives_back_the_figure(seen: Observation) -> None:
    """A figure comes back from CSV equal to what it was."""
    text = dumps_observations([seen])
    assert loads_observations(text, measures=measures_of([seen])).observations == (seen,)


@given(observations(), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9))
def test_csv_keeps_any_note(seen: Observation, words: str) -> None:
    """Quotes, commas, line ends and signs of any script survive within a text."""
    seen = attrs.evolve(seen, note=f"<{words}>")
    text = dumps_observations([seen])
    assert loads_observations(text, measures=measures_of([seen])).observations == (seen,)


@given(observations())
def test_writing_is_stable(seen: Observation) -> None:
    """What was read is written as the same bytes."""
    text = dumps_observations([seen])
    assert dumps_observations(loads_observations(text, measures=measures_of([seen]))) == text


@given(SEEN)
def test_a_frame_gives_back_the_figures(seen: list[Observation]) -> None:
    """Figures come back from a frame equal to what they were."""
    assert frames.observations(frames.to_frame(seen, backend="polars")) == tuple(seen)


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
