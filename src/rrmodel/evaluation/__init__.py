"""Promises judged on a day: exactly, with their evidence and their reasons.

:func:`evaluate` judges one promise and :func:`evaluate_plan` a whole plan. Both are pure: the same
promise, figures and day give the same answer, and every promise has one.
"""

from rrmodel.evaluation._evaluation import Evaluation, Status
from rrmodel.evaluation._judgement import evaluate
from rrmodel.evaluation._plan_evaluation import PlanEvaluation, evaluate_plan
from rrmodel.evaluation._policy import STRAIGHT_LINE, Policy
from rrmodel.evaluation._selection import Evidence, Exclusion, LeftOut
from rrmodel.evaluation._trajectory import expected_level, shortfall

__all__ = [
    "STRAIGHT_LINE",
    "Evaluation",
    "Evidence",
    "Exclusion",
    "LeftOut",
    "PlanEvaluation",
    "Policy",
    "Status",
    "evaluate",
    "evaluate_plan",
    "expected_level",
    "shortfall",
]
