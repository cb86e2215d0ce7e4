"""Promises judged on a day: exactly, with their evidence and their reasons.

:func:`evaluate` judges one promise and :func:`evaluate_plan` a whole plan. Both are pure: the same
promise, figures and day give the same answer, and every promise has one.
"""

from rrmodel.evaluation._areas import compare_areas
from rrmodel.evaluation._evaluation import Evaluation
from rrmodel.evaluation._evidence import Basis, Evidence, weigh_evidence
from rrmodel.evaluation._explanation import Length
from rrmodel.evaluation._judgement import evaluate, evaluate_over
from rrmodel.evaluation._plan_evaluation import PlanEvaluation, evaluate_plan
from rrmodel.evaluation._policy import (
    ASSURANCE,
    POLICIES,
    STATISTICAL,
    STATISTICS_CANADA,
    STRAIGHT_LINE,
    TRAFFIC_LIGHT,
    AssuranceRule,
    ComparisonRule,
    GrowthRule,
    MarginRule,
    PaceRule,
    Policy,
    Rule,
)
from rrmodel.evaluation._policy_comparison import PolicyComparison, compare_policies
from rrmodel.evaluation._regular_series import ExcludedFigure, SeriesExclusion
from rrmodel.evaluation._selection import Exclusion, LeftOut, Report, Selection
from rrmodel.evaluation._series import (
    ObservedChart,
    control_chart,
    forecast_goal,
    proportion_chart,
)
from rrmodel.evaluation._standing import Movement, Standing, Status
from rrmodel.evaluation._trajectory import expected_level, shortfall

__all__ = [
    "ASSURANCE",
    "POLICIES",
    "STATISTICAL",
    "STATISTICS_CANADA",
    "STRAIGHT_LINE",
    "TRAFFIC_LIGHT",
    "AssuranceRule",
    "Basis",
    "ComparisonRule",
    "Evaluation",
    "Evidence",
    "ExcludedFigure",
    "Exclusion",
    "GrowthRule",
    "LeftOut",
    "Length",
    "MarginRule",
    "Movement",
    "ObservedChart",
    "PaceRule",
    "PlanEvaluation",
    "Policy",
    "PolicyComparison",
    "Report",
    "Rule",
    "Selection",
    "SeriesExclusion",
    "Standing",
    "Status",
    "compare_areas",
    "compare_policies",
    "control_chart",
    "evaluate",
    "evaluate_over",
    "evaluate_plan",
    "expected_level",
    "forecast_goal",
    "proportion_chart",
    "shortfall",
    "weigh_evidence",
]
