"""Every chart function returns a layered altair chart, and refuses other records."""

from __future__ import annotations

from typing import assert_type

import altair as alt

from rrmodel import Evaluation, Plan, PlanEvaluation, reporting
from rrmodel.inference import Funnel


def charts(
    plan: Plan, evaluation: Evaluation, whole: PlanEvaluation, compared: Funnel
) -> alt.HConcatChart | alt.ConcatChart:
    """Take the records of each chart."""
    assert_type(reporting.target_chart(evaluation), alt.LayerChart)
    assert_type(reporting.forecast_chart(evaluation, width=400), alt.LayerChart)
    assert_type(reporting.targets_chart(whole), alt.LayerChart)
    assert_type(reporting.timeline_chart(plan), alt.LayerChart)
    assert_type(reporting.coverage_chart(plan), alt.LayerChart)
    assert_type(reporting.partner_chart([plan, plan], kinds=["health"]), alt.LayerChart)
    assert_type(reporting.areas_chart(compared, measure="m", period="p"), alt.LayerChart)
    reporting.funnel_chart(compared, measure="m", period="p", limits="all")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    reporting.targets_chart(plan)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    return reporting.target_chart(evaluation) | reporting.timeline_chart(whole)
