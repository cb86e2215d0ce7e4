"""Hypothesis strategies for quantities, periods, targets, figures and whole plans.

Every record drawn is valid and small, and shrinks to the simplest example. With the extra
``testing`` installed, ``st.from_type`` knows these types without an import of this module::

    @given(st.from_type(Plan))
    def test_of_any_plan(plan: Plan) -> None: ...

Bounds and other choices are keyword arguments of the strategies.
"""

from __future__ import annotations

from rrmodel.errors import requires_extra

with requires_extra("rrmodel.testing", "testing"):
    import hypothesis as hypothesis  # its absence is told by the name of the extra

from rrmodel.testing._observation_sets import observation_sets
from rrmodel.testing._periods import (
    calendar_years,
    date_ranges,
    deadlines,
    durations,
    financial_years,
    months,
    periods,
    quarters,
)
from rrmodel.testing._plans import plans
from rrmodel.testing._quantities import (
    amounts,
    percentage_points,
    percentages,
    relative_changes,
)
from rrmodel.testing._records import measures, observations
from rrmodel.testing._targets import targets

__all__ = [
    "amounts",
    "calendar_years",
    "date_ranges",
    "deadlines",
    "durations",
    "financial_years",
    "measures",
    "months",
    "observation_sets",
    "observations",
    "percentage_points",
    "percentages",
    "periods",
    "plans",
    "quarters",
    "relative_changes",
    "targets",
]
