# %% [markdown]
# # Many areas at once
#
# One call assesses a target in any number of areas, from a frame of figures to a frame of results.
# A funnel then shows which areas differ by more than chance. The figures of this notebook are
# **made up**. It needs the extras `plot` and `polars`.

# %%
"""Many areas at once: a frame of figures in, a frame of results out, and the areas compared."""

from __future__ import annotations

import polars as pl

from rrmodel import FinancialYear, datasets
from rrmodel.evaluation import compare_areas
from rrmodel.frames import evaluate, observations
from rrmodel.reporting import areas_chart, funnel_chart

housed = datasets.load("east-midlands-2022-25").target("housed-on-release-by-july-2023")

# %% [markdown]
# ## A frame of figures
#
# A row for each area and period, with counts. Other column names are given by `columns=`.

# %%
counts = {
    "North East": (410, 500), "North West": (520, 640), "Yorkshire": (298, 350),
    "East Midlands": (735, 800), "Wales": (130, 190), "West Midlands": (610, 700),
    "East of England": (455, 520), "London": (240, 310), "South Central": (890, 980),
    "South West": (350, 440), "Kent": (77, 100), "Greater Manchester": (640, 820),
}  # fmt: skip
frame = pl.DataFrame(
    {
        "measure": housed.measure.id,
        "area": list(counts),
        "period": "2022/23",
        "numerator": [numerator for numerator, _ in counts.values()],
        "denominator": [denominator for _, denominator in counts.values()],
    }
)
frame.head()

# %% [markdown]
# ## Assess every area
#
# The result is a frame of the same kind, with a row for each target and area.

# %%
result = evaluate(frame, housed, as_of="2023-08-01", areas=list(counts))
result.select("area", "status", "goal", "latest", "gap").sort("gap")

# %% [markdown]
# How many areas have each status?

# %%
result.group_by("status").len().sort("status")

# %% [markdown]
# ## Compare the areas
#
# One of twelve areas is always last. Which of them differ from the average by more than chance, and
# by more than areas usually differ?

# %%
year = FinancialYear("2022-23")
compared = compare_areas(housed.measure, observations(frame), period=year, as_of="2023-08-01")
compared

# %% [markdown]
# As a funnel:

# %%
funnel_chart(compared, measure=housed.measure, period=year, source="made up")

# %% [markdown]
# ## Ranks, with their uncertainty
#
# Never publish a rank without the ranks that an area may truly have.

# %%
areas_chart(compared, measure=housed.measure, period=year, source="made up")
