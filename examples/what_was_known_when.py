# %% [markdown]
# # What was known when
#
# Figures are published late, revised, and moved to new series. An assessment uses only what had
# been published by its day, so the answer for one target changes from day to day, and an old answer
# can be given again. This notebook follows one target of the East Midlands plan, by the figures for
# England and Wales.

# %%
"""What was known when: one target on several days, and the figures that were not used."""

from __future__ import annotations

from rrmodel import datasets, evaluate
from rrmodel.evaluation import evaluate_over
from rrmodel.records import to_table
from rrmodel.reporting import target_chart

plan = datasets.load("east-midlands-2022-25")
figures = datasets.observation_set("england-and-wales")
employed = plan.target("employed-six-weeks-after-release-by-july-2023")
area = "England and Wales"

# %% [markdown]
# ## One target on four days
#
# The target was due on 31 July 2023. On the day after, nothing that decides it had been published.

# %%
days = ["2023-01-01", "2023-08-01", "2024-08-01", "2025-08-01"]
to_table(evaluate_over(employed, figures, days, area=area))

# %% [markdown]
# ## The day after the deadline
#
# The reasons say what is missing, and when it can be known.

# %%
evaluate(employed, figures, as_of="2023-08-01", area=area)

# %% [markdown]
# ## A year later

# %%
later = evaluate(employed, figures, as_of="2024-08-01", area=area)
target_chart(later)

# %% [markdown]
# ## The figures that were not used
#
# Every other figure of the measure is there with its reason. From 1 May 2024 the measure counts
# other cases, so its new series is not compared with the old one.

# %%
to_table(later.excluded)
