# %% [markdown]
# # The same region through two pathway schemes
#
# Plans are organised by pathways, and there is no final list of them. HMP Leeds worked by nine;
# the regional plans of 2022 have four themes. Between two schemes the relation is many-to-many
# and lossy. This notebook looks at the plan of 2022 through the nine pathways of the prison: what
# would somebody who still thinks in those find in it?

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
for found in crosswalk.correspondences:
    part = ", to a part of it" if found.part else ""
    print(f"{found.source} -> {found.target} ({found.strength}{part})")
    print(f"    {found.reason}")

# %% [markdown]
# ## The plan by its own four themes

# %%
coverage_chart(coverage(plan))

# %% [markdown]
# ## The same plan through nine pathways
#
# The crosswalk leads from the nine to the four, and is read backwards here. A number with "≤" may
# be too high: where pathways correspond in part or loosely, all that the theme holds is counted,
# and some of it belongs elsewhere.

# %%
seen = coverage_through(plan, crosswalk, schemes)
coverage_chart(seen)

# %% [markdown]
# ## What is not there
#
# No theme answers the voluntary sector: it is a kind of partner and not a need. Health has
# objectives only as a part of drugs and alcohol, and nothing there is measured.

# %%
print("no objective:", *seen.without("objectives"))
print("no measured target:", *seen.without("measured_targets"))

# %% [markdown]
# ## Only what corresponds well
#
# With exact and close correspondences alone, what was only related or narrow drops out:

# %%
strict = coverage_through(plan, crosswalk, schemes, strengths=["exact", "close"])
print("lost:", *sorted(set(strict.without("objectives")) - set(seen.without("objectives"))))

# %% [markdown]
# ## The other way round
#
# The prison's regimes through the four themes of 2022. Nothing of it is a target: the prison
# promised nothing that can be counted.

# %%
prison = coverage_through(datasets.load("hmp-leeds-regimes"), crosswalk, schemes)
coverage_chart(prison)
