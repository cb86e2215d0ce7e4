"""The types of names that load on first use; never run."""

from __future__ import annotations

from datetime import date
from typing import assert_type

import rrmodel as rr
from rrmodel import Percentage, PercentagePoints, inference
from rrmodel.model import Plan


def allowed(name: str) -> None:
    """Modules and names that load late have their types."""
    plan = rr.datasets.load(name)
    assert_type(plan, Plan)
    assert_type(rr.Percentage("82%"), Percentage)
    assert_type(rr.Percentage(90) - rr.Percentage(82), PercentagePoints)
    assert_type(rr.evaluate_plan(plan, (), as_of=date(2023, 7, 31)), rr.PlanEvaluation)
    assert_type(rr.io.dumps(plan, format="yaml"), str)
    assert_type(rr.inference.Interval(0.7, 0.8).contains(0.75), bool)
    assert_type(inference.Interval(0.7, 0.8).width, float)


def refused() -> None:
    """A misspelt name is an error, in the package and in its modules."""
    rr.Percentge(8)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    rr.dataset.load("")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    rr.datasets.loads("")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    inference.wilson(1)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    from rrmodel import Percentge  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnusedImport]  # noqa: F401, PLC0415
