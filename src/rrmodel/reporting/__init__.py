"""A report of a plan as a page of HTML, and charts of plans, evaluations, figures and areas.

:func:`report` needs the extra ``report``. Each other function takes records and returns an altair
chart, which can be changed, combined with others by ``|``, ``&`` and ``+``, given a theme,
and saved: ``chart.save("target.png")``. They need the extra ``plot``.

========================  ========================================================================
:func:`report`            the assessment of a plan, with charts, reasons, sources and data
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

:func:`review_page` shows a document beside what was read from it, and needs the extra ``report``.

Colours are those of the government's Analysis Function, and never the only sign of anything. Every
chart has an alternative text (``chart.description``), and the same input gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rrmodel._on_first_use import on_first_use

if TYPE_CHECKING:
    from rrmodel.reporting._areas_charts import areas_chart, funnel_chart
    from rrmodel.reporting._pages import review_page
    from rrmodel.reporting._plan_charts import (
        coverage_chart,
        partner_chart,
        targets_chart,
        timeline_chart,
    )
    from rrmodel.reporting._report import report
    from rrmodel.reporting._time_charts import forecast_chart, process_chart, target_chart
else:
    homes = "_pages _plot _time_charts _plan_charts _areas_charts _report".split()
    __getattr__, __dir__ = on_first_use(__name__, [f"{__name__}.{home}" for home in homes])

__all__ = [
    "areas_chart",
    "coverage_chart",
    "forecast_chart",
    "funnel_chart",
    "partner_chart",
    "process_chart",
    "report",
    "review_page",
    "target_chart",
    "targets_chart",
    "timeline_chart",
]
