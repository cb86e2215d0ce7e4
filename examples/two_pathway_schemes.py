# %% [markdown]
# # The same region through two pathway schemes
#
# Plans are organised by pathways, and there is no final list of them. HMP Leeds used nine; the
# regional plans of 2022 have four themes. The relation between two schemes is many-to-many and
# lossy. This notebook maps the plan of 2022 to the nine pathways of the prison: what does the plan
# have for each of them?

# %%
"""The same region through two pathway schemes, by a crosswalk with strengths and reasons."""

from __future__ import annotations

from rrmodel import datasets
from rrmodel.coverage import coverage, coverage_through
from rrmodel.reporting import coverage_chart

plan = datasets.load("east-midlands-2022-25")
schemes = datasets.pathway_schemes()
crosswalk = schemes.crosswalk("hmp-leeds", "regional-plans-2022")

# %% [markdown]
# ## The crosswalk
#
# Each correspondence has a strength, in the words of SKOS, and a reason.

# %%
crosswalk

# %% [markdown]
# ## The plan by its own four themes

# %%
coverage_chart(coverage(plan))

# %% [markdown]
# ## The same plan through nine pathways
#
# The crosswalk maps the nine to the four, and is used in reverse here. A number with "≤" may be
# too high: if pathways correspond in part or loosely, everything in the theme is counted, and some
# of it belongs elsewhere.

# %%
mapped = coverage_through(plan, crosswalk, schemes)
coverage_chart(mapped)

# %% [markdown]
# ## The gaps
#
# No theme corresponds to the voluntary sector: it is a kind of partner and not a need. Health has
# objectives only as a part of drugs and alcohol, and no target there has a measure.

# %%
mapped

# %% [markdown]
# ## Exact and close correspondences only
#
# Without related and narrow correspondences, some pathways lose their objectives:

# %%
strict = coverage_through(plan, crosswalk, schemes, strengths=["exact", "close"])
sorted(set(strict.without("objectives")) - set(mapped.without("objectives")))

# %% [markdown]
# ## The other direction
#
# The prison's regimes, mapped to the four themes of 2022. The prison has no targets.

# %%
prison = coverage_through(datasets.load("hmp-leeds-regimes"), crosswalk, schemes)
coverage_chart(prison)
