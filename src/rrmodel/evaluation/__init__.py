"""Targets assessed on a day: exactly, with evidence and reasons.

:func:`evaluate` assesses one target and :func:`evaluate_plan` a whole plan. Both are pure: the same
target, figures and day give the same answer, and every target has one. An assessment is made in
steps, each a record made once from those before it:

.. code-block:: text

    target + area ──► Terms ─┐   goal, baseline, series, start, deadline, path
    observations ──► index ──┴► Selection   the deciding figure, and why not the others
                                  └► Progress    gap, share, expected level, pace
                                       └► Status     by the rule of the policy
                                            └► Evidence   interval and verdict
                                                 └► words
"""

from typing import TYPE_CHECKING

from rrmodel._on_first_use import on_first_use

if TYPE_CHECKING:
    from rrmodel.evaluation._areas import compare_areas
    from rrmodel.evaluation._assessment import Assessment
    from rrmodel.evaluation._evaluation import (
        Evaluation,
        assess_evidence,
        evaluate,
        evaluate_over,
    )
    from rrmodel.evaluation._evidence import Against, Basis, Evidence
    from rrmodel.evaluation._exclusions import ExcludedObservation, Exclusion
    from rrmodel.evaluation._explanation import Length
    from rrmodel.evaluation._figures import AssessedFigure
    from rrmodel.evaluation._forecasts import (
        ForecastPath,
        PeriodForecast,
        forecast_goal,
        forecast_path,
    )
    from rrmodel.evaluation._grading import Grade, NoGrade, Pace
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
        find_policy,
    )
    from rrmodel.evaluation._policy_comparison import PolicyComparison, compare_policies
    from rrmodel.evaluation._progress import Difference, Lag, Movement, Progress, Step
    from rrmodel.evaluation._regular_series import ExcludedFigure, SeriesExclusion
    from rrmodel.evaluation._selection import Selection, select
    from rrmodel.evaluation._series import (
        ObservedChart,
        Rebase,
        control_chart,
        proportion_chart,
    )
    from rrmodel.evaluation._status import Status
    from rrmodel.evaluation._terms import Bounds, Point, Terms, terms_of
    from rrmodel.evaluation._texts import apart, change_text
    from rrmodel.evaluation._trajectory import Elapsed, expected_level, shortfall
    from rrmodel.evaluation._words import AssessmentWords
else:
    __getattr__, __dir__ = on_first_use(
        __name__,
        (
            "rrmodel.evaluation._exclusions",
            "rrmodel.evaluation._trajectory",
            "rrmodel.evaluation._terms",
            "rrmodel.evaluation._selection",
            "rrmodel.evaluation._texts",
            "rrmodel.evaluation._progress",
            "rrmodel.evaluation._status",
            "rrmodel.evaluation._policy",
            "rrmodel.evaluation._evidence",
            "rrmodel.evaluation._grading",
            "rrmodel.evaluation._assessment",
            "rrmodel.evaluation._explanation",
            "rrmodel.evaluation._figures",
            "rrmodel.evaluation._words",
            "rrmodel.evaluation._evaluation",
            "rrmodel.evaluation._plan_evaluation",
            "rrmodel.evaluation._policy_comparison",
            "rrmodel.evaluation._regular_series",
            "rrmodel.evaluation._series",
            "rrmodel.evaluation._forecasts",
            "rrmodel.evaluation._areas",
        ),
    )

__all__ = [
    "ASSURANCE",
    "POLICIES",
    "STATISTICAL",
    "STATISTICS_CANADA",
    "STRAIGHT_LINE",
    "TRAFFIC_LIGHT",
    "Against",
    "AssessedFigure",
    "Assessment",
    "AssessmentWords",
    "AssuranceRule",
    "Basis",
    "Bounds",
    "ComparisonRule",
    "Difference",
    "Elapsed",
    "Evaluation",
    "Evidence",
    "ExcludedFigure",
    "ExcludedObservation",
    "Exclusion",
    "ForecastPath",
    "Grade",
    "GrowthRule",
    "Lag",
    "Length",
    "MarginRule",
    "Movement",
    "NoGrade",
    "ObservedChart",
    "Pace",
    "PaceRule",
    "PeriodForecast",
    "PlanEvaluation",
    "Point",
    "Policy",
    "PolicyComparison",
    "Progress",
    "Rebase",
    "Rule",
    "Selection",
    "SeriesExclusion",
    "Status",
    "Step",
    "Terms",
    "apart",
    "assess_evidence",
    "change_text",
    "compare_areas",
    "compare_policies",
    "control_chart",
    "evaluate",
    "evaluate_over",
    "evaluate_plan",
    "expected_level",
    "find_policy",
    "forecast_goal",
    "forecast_path",
    "proportion_chart",
    "select",
    "shortfall",
    "terms_of",
]
