"""The module that Hypothesis loads when it starts, so that ``st.from_type`` knows our types.

It is separate from ``rrmodel.testing`` and looks the strategies up when they are used. Importing
that module first starts Hypothesis, which would then load it while it is only partly initialised.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from hypothesis import strategies as st

from rrmodel.model import (
    ChangeTarget,
    DirectionTarget,
    MaintainTarget,
    Measure,
    MilestoneTarget,
    NarrativeTarget,
    Observation,
    ObservationSet,
    Plan,
    RangeTarget,
    ReachTarget,
    StandingTarget,
)
from rrmodel.periods import (
    CalendarYear,
    DateRange,
    Deadline,
    Duration,
    FinancialYear,
    Month,
    Quarter,
)
from rrmodel.quantities import Amount, Percentage, PercentagePoints, RelativeChange

__all__ = ["register"]

_STRATEGIES: dict[type, str] = {
    Amount: "amounts",
    CalendarYear: "calendar_years",
    DateRange: "date_ranges",
    Deadline: "deadlines",
    Duration: "durations",
    FinancialYear: "financial_years",
    Measure: "measures",
    Month: "months",
    Observation: "observations",
    ObservationSet: "observation_sets",
    Percentage: "percentages",
    PercentagePoints: "percentage_points",
    Plan: "plans",
    Quarter: "quarters",
    RelativeChange: "relative_changes",
}
_TARGETS = (
    ChangeTarget,
    DirectionTarget,
    MaintainTarget,
    MilestoneTarget,
    NarrativeTarget,
    RangeTarget,
    ReachTarget,
    StandingTarget,
)


def register() -> None:
    """Register the strategy of each type with Hypothesis."""
    for kind, name in _STRATEGIES.items():
        st.register_type_strategy(kind, _drawn_by(name))
    for target in _TARGETS:
        st.register_type_strategy(target, _drawn_by("targets", kind=target))


def _drawn_by(name: str, **choices: object) -> Callable[[type], st.SearchStrategy[object]]:
    def look_up(_kind: type) -> st.SearchStrategy[object]:
        strategy: st.SearchStrategy[object] = getattr(import_module("rrmodel.testing"), name)(
            **choices
        )
        return strategy

    return look_up
