"""The laws of targets in tables, one to a test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rrmodel import FinancialYear, frames
from rrmodel.io import TARGET_COLUMNS, targets_from_rows
from rrmodel.model import Measure, MilestoneTarget, NarrativeTarget, Target
from rrmodel.records import to_table
from rrmodel.testing import measures, targets

DAYS = ("2019-06-01", "2024-08-01")
ENGINES: tuple[frames.EngineName, ...] = ("polars", "pandas", "pyarrow")
PERIODS = [
    (period.first_day, period.last_day)
    for period in (FinancialYear("2015-16"), FinancialYear("2023-24"))
]


@attrs.frozen
class Case:
    """Targets with the measures that they name."""

    targets: tuple[Target, ...]
    measures: tuple[Measure, ...]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a few targets of any kind, whose measures have their own ids."""
    drawn = draw(st.lists(targets(), min_size=1, max_size=5))
    known: list[Measure] = []
    chosen: list[Target] = []
    for place, target in enumerate(drawn):
        if isinstance(target, MilestoneTarget | NarrativeTarget):
            chosen.append(target)
            continue
        known.append(attrs.evolve(target.measure, id=f"measure-{place}"))
        chosen.append(attrs.evolve(target, measure=known[-1]))
    spare = attrs.evolve(draw(measures()), id="spare")
    return Case(tuple(chosen), (*known, spare))


def figures(chosen: Sequence[Target]) -> pl.DataFrame:
    """Return two figures of each target's measure in its area."""
    rows: list[dict[str, Any]] = [
        {
            "measure": target.measure.id,
            "area": target.area,
            "first_day": first_day,
            "last_day": last_day,
            "value": 40.0 + place,
            "unit": target.measure.unit,
            "places": 0,
        }
        for target in chosen
        if not isinstance(target, MilestoneTarget | NarrativeTarget)
        for place, (first_day, last_day) in enumerate(PERIODS)
    ]
    days = dict.fromkeys(("first_day", "last_day"), pl.Date())
    schema: dict[str, Any] = {"measure": pl.String(), "area": pl.String(), **days}
    schema |= {"value": pl.Float64(), "unit": pl.String(), "places": pl.Int64()}
    return pl.DataFrame(rows, schema=schema)


@given(cases())
def test_rows_of_targets_are_read_back(case: Case) -> None:
    """Every kind of target is equal, with the decimals that its levels have."""
    rows = to_table(case.targets).to_records()
    assert {tuple(row) for row in rows} == {TARGET_COLUMNS}
    read = targets_from_rows(rows, measures=case.measures)
    assert read == case.targets
    assert to_table(read).to_records() == rows


@given(cases(), st.sampled_from(ENGINES), st.sampled_from(DAYS))
@settings(max_examples=settings.default.max_examples // 5, deadline=None)
def test_a_frame_of_targets_is_assessed_as_the_targets_are(
    case: Case, engine: frames.EngineName, as_of: str
) -> None:
    """The frame may be of another engine than that of the figures."""
    table = figures(case.targets)
    of_records, of_frame = (
        frames.evaluate(table, each, as_of=as_of, measures=case.measures)
        for each in (case.targets, frames.to_frame(case.targets, engine))
    )
    assert of_frame.equals(of_records)
