"""Reducing reoffending plans as typed, cited, checkable data, and its targets assessed.

The names in ``__all__`` are the core. ``import rrmodel`` loads none of it: each name, and each
public module such as ``rrmodel.datasets`` or ``rrmodel.io``, is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rrmodel._on_first_use import on_first_use

if TYPE_CHECKING:
    from rrmodel import checks as checks
    from rrmodel import cli as cli
    from rrmodel import coverage as coverage
    from rrmodel import datasets as datasets
    from rrmodel import errors as errors
    from rrmodel import evaluation as evaluation
    from rrmodel import frames as frames
    from rrmodel import graph as graph
    from rrmodel import inference as inference
    from rrmodel import io as io
    from rrmodel import model as model
    from rrmodel import numerals as numerals
    from rrmodel import periods as periods
    from rrmodel import quantities as quantities
    from rrmodel import records as records
    from rrmodel import reporting as reporting
    from rrmodel import shorthand as shorthand
    from rrmodel import testing as testing
    from rrmodel import units as units
    from rrmodel import wording as wording
    from rrmodel.evaluation import (
        STRAIGHT_LINE,
        Evaluation,
        PlanEvaluation,
        Policy,
        Status,
        evaluate,
        evaluate_plan,
    )
    from rrmodel.model import (
        Activity,
        Baseline,
        ChangeTarget,
        Citation,
        Commitment,
        Crosswalk,
        DirectionTarget,
        Document,
        Establishment,
        Fact,
        LevelRange,
        MaintainTarget,
        Measure,
        MilestoneTarget,
        NarrativeTarget,
        Objective,
        Observation,
        Partner,
        Partnership,
        Pathway,
        PathwayScheme,
        Plan,
        RangeTarget,
        ReachTarget,
        Region,
        StandingTarget,
        Target,
    )
    from rrmodel.periods import (
        CalendarYear,
        DateRange,
        Deadline,
        Duration,
        FinancialYear,
        Month,
        Period,
        Quarter,
        parse_deadline,
        parse_period,
    )
    from rrmodel.quantities import Amount, Percentage, PercentagePoints, RelativeChange
else:
    __getattr__, __dir__ = on_first_use(
        __name__,
        ("rrmodel.quantities", "rrmodel.periods", "rrmodel.model", "rrmodel.evaluation"),
    )

__all__ = [
    "STRAIGHT_LINE",
    "Activity",
    "Amount",
    "Baseline",
    "CalendarYear",
    "ChangeTarget",
    "Citation",
    "Commitment",
    "Crosswalk",
    "DateRange",
    "Deadline",
    "DirectionTarget",
    "Document",
    "Duration",
    "Establishment",
    "Evaluation",
    "Fact",
    "FinancialYear",
    "LevelRange",
    "MaintainTarget",
    "Measure",
    "MilestoneTarget",
    "Month",
    "NarrativeTarget",
    "Objective",
    "Observation",
    "Partner",
    "Partnership",
    "Pathway",
    "PathwayScheme",
    "Percentage",
    "PercentagePoints",
    "Period",
    "Plan",
    "PlanEvaluation",
    "Policy",
    "Quarter",
    "RangeTarget",
    "ReachTarget",
    "Region",
    "RelativeChange",
    "StandingTarget",
    "Status",
    "Target",
    "evaluate",
    "evaluate_plan",
    "parse_deadline",
    "parse_period",
]
