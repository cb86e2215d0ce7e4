# %% [markdown]
# # Draw charts
#
# This page is a gallery of every kind of chart. `rrmodel.reporting` has one function for each kind.
# It takes records and returns an altair chart. Charts need the extra `plot`. On the command line,
# `rrmodel chart` draws the same charts.
#
# The figures of the East Midlands on this page are **made up**; those of England and Wales are
# published.

# %%
"""Every kind of chart, and how to change, combine and save it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from rrmodel import FinancialYear, Month, Observation, datasets, evaluate, evaluate_plan, reporting
from rrmodel.evaluation import compare_areas, control_chart
from rrmodel.model import Counts

plan = datasets.load("east-midlands-2022-25")
published = datasets.observations("england-and-wales")
housed = plan.target("housed-on-release-by-july-2023")
counts = (492, 488, 497, 490, 483, 499, 494, 489, 493, 503, 518, 521, 517, 524)
made_up = [
    Observation(
        measure=housed.measure,
        area="East Midlands",
        period=Month("November 2021") + place,
        counts=Counts(count, 600),
        published=(Month("December 2021") + place).last_day,
    )
    for place, count in enumerate(counts)
]
february = date(2023, 2, 1)

# %% [markdown]
# ## One target over time
#
# The chart shows the baseline, the expected line, the goal, the deadline and the published
# figures with their intervals. Excluded figures are grey crosses; the reason is shown on hover.

# %%
result = evaluate(housed, made_up, as_of=february)
reporting.target_chart(result)

# %% [markdown]
# ## All targets of a plan
#
# The icon and the word give the status. The bar is the latest figure.

# %%
whole = evaluate_plan(plan, published, as_of=date(2024, 8, 1), area="England and Wales")
reporting.targets_chart(whole)

# %% [markdown]
# ## Deadlines and milestones
#
# Of a plan or of its assessment. A bar shows all the days that a vague deadline may mean.

# %%
reporting.timeline_chart(whole)

# %% [markdown]
# ## A forecast
#
# The fan contains the figure of each period with 50%, 80% and 95% probability. Without enough
# monthly or quarterly figures there is no forecast, and the error says why.

# %%
reporting.forecast_chart(result)

# %% [markdown]
# ## A control chart
#
# The icons of variation and assurance are those of NHS England. Give the target to show its name,
# goal and deadline.

# %%
observed = control_chart(housed, made_up, as_of=february)
reporting.process_chart(observed, target=housed, as_of=february)

# %% [markdown]
# ## Areas compared
#
# A funnel shows which areas differ from the average by more than chance and by more than areas
# usually differ. Never publish a rank without the ranks that an area may truly have: the second
# chart shows them.

# %%
year = FinancialYear("2022-23")
regions = {
    "East Midlands": (705, 800), "North East": (410, 500), "North West": (520, 640),
    "Wales": (130, 190), "London": (455, 520), "South West": (350, 440),
    "South Central": (890, 980), "West Midlands": (640, 820),
}  # fmt: skip
figures = [
    Observation(measure=housed.measure, area=area, period=year, counts=Counts(*pair))
    for area, pair in regions.items()
]
compared = compare_areas(housed.measure, figures, period=year, as_of=date(2023, 8, 1))
reporting.funnel_chart(
    compared, measure=housed.measure, period=year, highlight=["East Midlands"], source="made up"
)

# %% [markdown]
# The same areas by rank:

# %%
reporting.areas_chart(
    compared, measure=housed.measure, period=year, highlight=["East Midlands"], source="made up"
)

# %% [markdown]
# ## The coverage of a plan

# %%
reporting.coverage_chart(plan)

# %% [markdown]
# ## Who works in which pathway
#
# `pathways`, `kinds` and `groups` choose what is drawn.

# %%
reporting.partner_chart(plan, highlight="police-and-crime-commissioners")

# %% [markdown]
# ## Change, combine, give a theme and save
#
# A chart is an altair chart: its properties can be changed, `|` and `&` combine it with others,
# and `configure` or an altair theme sets the font and the background. `width` is the width of the
# whole chart in pixels; text is broken into lines to fit it, from 320 pixels. `chart.save` writes
# SVG, PNG, HTML or JSON, by the ending of the file.

# %%
pair = reporting.target_chart(result, width=420) | reporting.forecast_chart(result, width=420)
pair = pair.configure(font="serif")
with TemporaryDirectory() as folder:
    pair.save(Path(folder) / "housed.svg")
pair.properties(title="The same target twice")

# %% [markdown]
# Every chart has an alternative text, for pages and documents:

# %%
reporting.areas_chart(compared, measure=housed.measure, period=year).description
