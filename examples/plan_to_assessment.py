# %% [markdown]
# # Plan to assessment in ten minutes
#
# This notebook opens a published plan, assesses its targets on a day, and shows why each has its
# status. It needs the extra `plot`.

# %%
"""From a published plan to an assessment of its targets, with charts."""

from __future__ import annotations

from rrmodel import Month, Observation, Percentage, datasets, evaluate, evaluate_plan
from rrmodel.reporting import target_chart, targets_chart, timeline_chart

# %% [markdown]
# ## Open a plan
#
# Two plans come with the package; `rrmodel.io.load("plan.yaml")` opens yours.

# %%
plan = datasets.load("east-midlands-2022-25")
plan

# %% [markdown]
# When is each target due?

# %%
timeline_chart(plan)

# %% [markdown]
# ## Find figures
#
# Published figures come in sets. Each figure has its period, its series and its source, and the day
# on which it was published where that is known.

# %%
figures = datasets.observation_set("england-and-wales")
figures

# %% [markdown]
# ## Assess the plan
#
# You always name the day: figures published later are not used. The sets have no figures for the
# region itself, so England and Wales is assessed as a comparator.

# %%
result = evaluate_plan(plan, figures, as_of="2024-08-01", area="England and Wales")
result

# %% [markdown]
# The same as a chart:

# %%
targets_chart(result)

# %% [markdown]
# ## Look at one target
#
# Hover over a dotted underline to see the source.

# %%
housed = result.of("housed-on-release-by-july-2023")
housed

# %% [markdown]
# The expected line, the goal, the deadline and every figure:

# %%
target_chart(housed)

# %% [markdown]
# ## Try your own figure
#
# Suppose that 87% of the people released in December 2022 had been housed. This figure is made up.

# %%
target = plan.target("housed-on-release-by-july-2023")
december = Observation(
    measure=target.measure,
    area="East Midlands",
    period=Month("December 2022"),
    level=Percentage("87"),
)
evaluate(target, [december], as_of="2023-01-31")

# %% [markdown]
# ## Take the results away
#
# `result.to_records()` gives rows, `result.to_dict()` gives JSON, and `rrmodel.frames.to_frame`
# gives a frame of polars, pandas or pyarrow, all with the same names.

# %%
[(row["target"], row["status"], row["gap_value"]) for row in result.to_records()]
