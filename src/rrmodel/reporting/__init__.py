"""Charts of plans, evaluations, figures over time and areas, as altair charts.

Each function takes records and returns an altair chart, which can be changed, combined with others
by ``|``, ``&`` and ``+``, given a theme, and saved: ``chart.save("target.png")``. They need the
extra ``plot``.

========================  ========================================================================
:func:`target_chart`      one target over time, with its goal, expected line and deadline
:func:`targets_chart`     all targets of a plan, one below the other
:func:`timeline_chart`    the deadlines and milestones of a plan
:func:`forecast_chart`    what may follow the figures until the deadline
:func:`process_chart`     figures over time with their process limits
:func:`funnel_chart`      areas compared with their average, by the number of their cases
:func:`areas_chart`       the ranks of areas, with their uncertainty
:func:`coverage_chart`    pathways against what a plan has for each
:func:`partner_chart`     who works in which pathway
========================  ========================================================================

Colours are those of the government's Analysis Function, and never the only sign of anything. Every
chart has an alternative text (``chart.description``), and the same input gives the same bytes.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from rrmodel.errors import MissingExtraError

if TYPE_CHECKING:
    from rrmodel.reporting._areas_charts import areas_chart, funnel_chart
    from rrmodel.reporting._coverage_chart import coverage_chart
    from rrmodel.reporting._partner_chart import partner_chart
    from rrmodel.reporting._plan_charts import targets_chart, timeline_chart
    from rrmodel.reporting._series_charts import forecast_chart, process_chart
    from rrmodel.reporting._target_chart import target_chart
else:
    _HOMES = {
        "areas_chart": "_areas_charts",
        "coverage_chart": "_coverage_chart",
        "forecast_chart": "_series_charts",
        "funnel_chart": "_areas_charts",
        "partner_chart": "_partner_chart",
        "process_chart": "_series_charts",
        "target_chart": "_target_chart",
        "targets_chart": "_plan_charts",
        "timeline_chart": "_plan_charts",
    }

    def __getattr__(name: str) -> object:  # altair is loaded when the first chart is asked for
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if any(find_spec(package) is None for package in ("altair", "vl_convert")):
            raise MissingExtraError(
                "Drawing charts needs altair and vl-convert-python: pip install altair "
                "vl-convert-python (extra: plot)"
            )
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "areas_chart",
    "coverage_chart",
    "forecast_chart",
    "funnel_chart",
    "partner_chart",
    "process_chart",
    "target_chart",
    "targets_chart",
    "timeline_chart",
]
