"""Strategies for texts, citations, measures and observations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from hypothesis import strategies as st

from rrmodel.model import (
    Better,
    Citation,
    Completion,
    Counts,
    Document,
    Mark,
    Measure,
    MeasureKind,
    Observation,
    SeriesBreak,
)
from rrmodel.quantities import Percentage
from rrmodel.testing._periods import days, durations, periods
from rrmodel.testing._quantities import levels, units

__all__ = [
    "AREAS",
    "BETTER",
    "DOCUMENTS",
    "TEXTS",
    "citations",
    "completions",
    "documents",
    "few",
    "measures",
    "observations",
    "observations_of",
]

DOCUMENTS = ("document-1",)
"""The documents cited by records outside a plan."""
_AREAS = ("East Midlands", "England and Wales", "York")
_TEXTS = ("Work together.", "5 in 2022 and 7 in 2023", "no", "1e3", "[p] “quoted”: a – b # c")
BETTER: tuple[Better, ...] = ("higher", "lower")
_Item = TypeVar("_Item")

_FREE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
TEXTS = st.sampled_from(_TEXTS) | _FREE
"""Texts of records, some of which look like something else in a file."""
AREAS = st.sampled_from(_AREAS)
"""Areas, few enough for targets and figures to have one in common."""


def few(records: st.SearchStrategy[_Item], most: int = 1) -> st.SearchStrategy[tuple[_Item, ...]]:
    """Return none of the records, one or more; none if nothing can be drawn."""
    # None is drawn twice as often, so that a record with many such parts stays small.
    return st.one_of([st.tuples(*[records] * count) for count in (0, *range(most + 1))])


def documents() -> st.SearchStrategy[Document]:
    """Return documents, all with one id."""
    return st.builds(
        Document,
        id=st.sampled_from(DOCUMENTS),
        title=TEXTS,
        publisher=st.none() | TEXTS,
        published=st.none() | periods(),
        url=st.none() | st.just("https://example.org/plan"),
        licence=st.none() | TEXTS,
    )


def citations(documents: Sequence[str] = DOCUMENTS) -> st.SearchStrategy[Citation]:
    """Return citations of documents with those ids."""
    return st.builds(
        Citation,
        st.sampled_from(documents),
        st.none() | TEXTS,
        st.none() | TEXTS,
        st.sampled_from([None, "line 7", "lines 7 to 9", "page 4", "page 4, lines 7 to 9"]),
    )


def _series_breaks() -> st.SearchStrategy[tuple[SeriesBreak, ...]]:
    strategy = st.builds(SeriesBreak, starts=days(), code=st.sampled_from("BCD"), reason=TEXTS)
    return st.lists(strategy, max_size=2, unique_by=lambda series_break: series_break.starts).map(
        lambda breaks: tuple(sorted(breaks, key=lambda series_break: series_break.starts))
    )


def measures(
    *,
    unit: str | None = None,
    kind: MeasureKind | None = None,
    documents: Sequence[str] = DOCUMENTS,
) -> st.SearchStrategy[Measure]:
    """Measures of either direction: shares, gaps, amounts and rates, stocks and flows.

    Some have a follow-up, a publication lag or a series break.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, derandomize=True)
    ... @given(measures(unit="place"))
    ... def test_of_any_measure_of_places(measure):
    ...     assert measure.unit == "place"
    >>> test_of_any_measure_of_places()

    Args:
        unit: The unit, such as ``%`` for a share. Default: any that the kind allows.
        kind: ``stock`` or ``flow``. Default: either, or a stock if a unit is given.
        documents: The ids of the documents that may be cited.

    Raises:
        RecordError: When drawn, if the kind is a flow and the unit does not add up.
    """
    if kind is None and unit is None:
        return _measures_of("stock", _UNITS_OF_STOCKS, documents) | _measures_of(
            "flow", units(adding_up=True), documents
        )
    if unit is not None:
        return _measures_of(kind or "stock", st.just(unit), documents)
    allowed = units(adding_up=True) if kind == "flow" else _UNITS_OF_STOCKS
    return _measures_of(kind or "stock", allowed, documents)


_UNITS_OF_STOCKS = st.just("%") | st.just("percentage points") | units()


def _measures_of(
    kind: MeasureKind, units: st.SearchStrategy[str], documents: Sequence[str]
) -> st.SearchStrategy[Measure]:
    return st.builds(
        Measure,
        id=st.integers(1, 3).map(lambda number: f"measure-{number}"),
        name=TEXTS,
        counts=TEXTS,
        out_of=st.none() | TEXTS,
        excludes=st.none() | TEXTS,
        unit=units,
        kind=st.just(kind),
        better=st.sampled_from(BETTER),
        code=st.none() | st.just("A"),
        follow_up=st.none() | durations(),
        publication_lag=st.none() | durations(),
        series_breaks=_series_breaks(),
        citation=st.none() | citations(documents),
    )


def observations(
    *,
    measure: Measure | None = None,
    area: str | None = None,
    documents: Sequence[str] = DOCUMENTS,
) -> st.SearchStrategy[Observation]:
    """Published figures: levels in the unit of the measure, with or without counts, or none.

    >>> from hypothesis import given, settings
    >>> housed = Measure(id="housed", name="Housed", counts="releases", better="higher")
    >>> @settings(max_examples=5, derandomize=True)
    ... @given(observations(measure=housed, area="York"))
    ... def test_of_any_share_housed(figure):
    ...     assert figure.level is None or Percentage(0) <= figure.level <= Percentage(100)
    >>> test_of_any_share_housed()

    Args:
        measure: The measure. Default: any.
        area: The area. Default: any of a few.
        documents: The ids of the documents that may be cited.
    """
    return observations_of(
        measures(documents=documents) if measure is None else st.just(measure),
        AREAS if area is None else st.just(area),
        citations(documents),
    )


_PERIODS = periods()
_EXACT_COUNTS = st.integers(1, 3_000).flatmap(
    lambda whole: st.builds(Counts, st.integers(0, whole), st.just(whole))
)
_COUNTS = _EXACT_COUNTS | _EXACT_COUNTS.map(
    lambda counts: Counts(5 * counts.numerator, 5 * counts.denominator, rounded_to=5)
)
_LAGS = st.none() | st.integers(0, 800).map(timedelta)
_SERIES = st.none() | st.sampled_from("AB")
_MARKS = few(st.sampled_from(Mark))
_MAYBE_TEXTS = st.none() | TEXTS


@st.composite
def observations_of(
    draw: st.DrawFn,
    measured: st.SearchStrategy[Measure],
    placed: st.SearchStrategy[str],
    cited: st.SearchStrategy[Citation],
) -> Observation:
    """Return figures of drawn measures and areas."""
    measure, period, lag = draw(measured), draw(_PERIODS), draw(_LAGS)
    counts = draw(_COUNTS) if measure.unit == "%" and draw(st.booleans()) else None
    level = draw(levels(measure.unit)) if counts is None else None
    if counts is not None:
        exact = Percentage.from_counts(counts.numerator, counts.denominator)
        level = exact.rounded(1) if draw(st.booleans()) else exact
    return Observation(
        measure=measure.id,
        area=draw(placed),
        period=period,
        counts=counts,
        level=level if counts or draw(st.booleans()) else None,
        published=None if lag is None else period.last_day + lag,
        series=draw(_SERIES),
        marks=draw(_MARKS),
        citation=draw(st.none() | cited),
        id=draw(st.none() | st.just("observation-1")),
        note=draw(_MAYBE_TEXTS),
    )


@st.composite
def completions(
    draw: st.DrawFn, targets: Sequence[str], cited: st.SearchStrategy[Citation]
) -> Completion:
    """Return reports that a milestone with one of those ids was completed."""
    day, lag = draw(days()), draw(_LAGS)
    return Completion(
        target=draw(st.sampled_from(targets)),
        day=day,
        published=None if lag is None else day + lag,
        citation=draw(st.none() | cited),
    )
