# %% [markdown]
# # Exploring plan coverage
#
# A plan has needs, objectives, activities and targets. Does each need have an objective, an
# activity and a target, and can figures decide whether it was met? This notebook looks at the plan
# of the East Midlands for 2022 to 2025. The counts describe the text of the plan, not whether an
# activity helps.

# %%
"""Exploring plan coverage: the contents of each pathway of a plan, and its gaps."""

from __future__ import annotations

from rrmodel import datasets
from rrmodel.coverage import coverage
from rrmodel.records import to_table
from rrmodel.reporting import coverage_chart

plan = datasets.load("east-midlands-2022-25")
plan_coverage = coverage(plan)

# %% [markdown]
# ## The matrix
#
# Pathways are rows. Each cell has a number and a bar that compares it with the highest number in
# its column. An empty cell is pale and has the word "none".

# %%
coverage_chart(plan_coverage)

# %% [markdown]
# The same numbers as a table:

# %%
plan_coverage

# %% [markdown]
# ## The gaps, and how to close them
#
# A pathway may have many activities and still have an objective that none of them serves.

# %%
to_table(plan_coverage.gaps)

# %% [markdown]
# ## Needs beside objectives, activities and targets
#
# Plans publish how many people have a need. Beside each share are the numbers of objectives,
# activities, targets and measures of the pathways for that need. With 0 measures, no figure can
# show whether the plan met the need.

# %%
to_table(need for need in plan_coverage.needs if need.share is not None)

# %% [markdown]
# Drugs and alcohol are frequent needs, and the pathway has two entries under its targets. Neither
# has a number:

# %%
[target.statement for target in plan.pathway("drugs-and-alcohol").targets]

# %% [markdown]
# ## Your own questions
#
# The rows have the records themselves and not only their number, so any other question is a line of
# Python. When is the last activity or target of each pathway due?

# %%
{row.name: str(max(deadline.last_day for deadline in row.deadlines)) for row in plan_coverage}
