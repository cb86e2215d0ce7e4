"""Strategies for sets of published figures."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from hypothesis import strategies as st

from rrmodel.model import Measure, MilestoneTarget, Observation, ObservationSet, Plan
from rrmodel.testing._records import (
    AREAS,
    TEXTS,
    citations,
    completions,
    documents,
    few,
    measures,
    observations_of,
)

__all__ = ["observation_sets"]

_MOST = 6


def observation_sets(plan: Plan | None = None) -> st.SearchStrategy[ObservationSet]:
    """Sets of published figures with their measures.

    A set for a plan has figures of the plan's measures in the areas of its targets, and reports of
    its milestones.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, derandomize=True)
    ... @given(observation_sets())
    ... def test_of_any_set_of_figures(figures):
    ...     known = {measure.id for measure in figures.measures}
    ...     assert {figure.measure for figure in figures.observations} <= known
    >>> test_of_any_set_of_figures()

    Args:
        plan: The plan whose measures, areas and milestones are drawn from. Default: none.
    """
    if plan is None:
        measured = st.lists(measures(), max_size=2, unique_by=lambda measure: measure.id)
        return measured.flatmap(lambda drawn_measures: _sets(drawn_measures, AREAS, ["target-1"]))
    milestones = [target.id for target in plan.targets if isinstance(target, MilestoneTarget)]
    places = sorted({target.area for target in plan.targets})
    return _sets(plan.measures, st.sampled_from(places) if places else AREAS, milestones)


def _sets(
    measured: Sequence[Measure], placed: st.SearchStrategy[str], milestones: Sequence[str]
) -> st.SearchStrategy[ObservationSet]:
    cited = citations()
    figures = (
        observations_of(st.sampled_from(measured), placed, cited) if measured else st.nothing()
    )
    reports = completions(milestones, cited) if milestones else st.nothing()
    return st.builds(
        ObservationSet,
        id=st.just("figures"),
        title=TEXTS,
        documents=st.tuples(documents()),
        measures=st.just(tuple(measured)),
        observations=few(figures, _MOST).map(_named_apart),
        completions=few(reports, 2),
    )


def _named_apart(figures: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """Return the figures with each id kept once."""
    named = {figure.id: place for place, figure in enumerate(figures)}
    return tuple(
        figure if named[figure.id] == place else attrs.evolve(figure, id=None)
        for place, figure in enumerate(figures)
    )
