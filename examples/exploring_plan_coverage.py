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
from rrmodel.reporting import coverage_picture

plan = datasets.load("east-midlands-2022-25")
found = coverage(plan)

# %% [markdown]
# ## The matrix
#
# Pathways are rows. Each cell has a number and a bar that compares it with the highest number in
# its column; a gap has a cross and the word "none". The text below the picture says the same.

# %%
coverage_picture(found)

# %% [markdown]
# ## The gaps, and how to close them
#
# A pathway may have many activities and still have an objective that none of them serves.

# %%
for gap in found.gaps:
    of = f" ({gap.of})" if gap.of else ""
    print(f"{gap.pathway} lacks {gap.closed_by}{of}")

# %% [markdown]
# ## Needs beside objectives, activities and targets
#
# Plans publish how many people have a need. Beside each share are the numbers of objectives,
# activities, targets and measures of the pathways for that need. With 0 measures, no figure can
# show whether the plan met the need.

# %%
print("share  objectives  activities  targets  measures  need")
for need in found.needs:
    if need.share is not None:
        counts = len(need.objectives), len(need.activities), len(need.targets), len(need.measures)
        objectives, activities, targets, measures = counts
        cells = f"{objectives:>10}  {activities:>10}  {targets:>7}  {measures:>8}"
        print(f"{need.share!s:>5}  {cells}  {need.of}")

# %% [markdown]
# Drugs and alcohol are frequent needs, and the pathway has two entries under its targets. Neither
# has a number:

# %%
for target in plan.pathway("drugs-and-alcohol").targets:
    print(f"{target.citation}: {target.statement}")

# %% [markdown]
# ## Your own questions
#
# The rows have the records themselves and not only their number, so any other question is a line of
# Python. When are the activities and targets of each pathway due?

# %%
for row in found:
    days = sorted({deadline.last_day for deadline in row.deadlines})
    print(f"{row.name}: {', '.join(map(str, days))}")
