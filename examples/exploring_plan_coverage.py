# %% [markdown]
# # Exploring plan coverage
#
# A plan names needs, says what it wants and what it will do, and promises some of it. Does each
# need meet with an answer, and can figures decide whether the answer worked? This notebook asks
# the plan of the East Midlands for 2022 to 2025. Counts say what is on paper: whether an activity
# helps is not decided here.

# %%
"""Exploring plan coverage: what each pathway of a plan holds, and what it leaves open."""

from __future__ import annotations

from rrmodel import datasets
from rrmodel.coverage import coverage
from rrmodel.reporting import coverage_chart

plan = datasets.load("east-midlands-2022-25")
found = coverage(plan)

# %% [markdown]
# ## The matrix
#
# Pathways are rows. Each cell has a number, and a bar that compares it with the largest number of
# its column. An empty cell is pale and has the word "none".

# %%
coverage_chart(found)

# %% [markdown]
# ## The gaps, and what would close them
#
# A pathway may be full of activities and still have an objective that none of them serves.

# %%
for gap in found.gaps:
    of = f" ({gap.of})" if gap.of else ""
    print(f"{gap.pathway} lacks {gap.closed_by}{of}")

# %% [markdown]
# ## Needs against answers
#
# Plans publish how many people have a need. Beside each share stands what the pathways that deal
# with it want, do, promise and measure. With 0 in the last column no figure can show whether the
# plan met the need.

# %%
print("share  wanted  done  promised  measured  need")
for need in found.needs:
    if need.share is not None:
        counts = len(need.objectives), len(need.activities), len(need.targets), len(need.measures)
        wanted, done, promised, measured = counts
        cells = f"{wanted:>6}  {done:>4}  {promised:>8}  {measured:>8}"
        print(f"{need.share!s:>5}  {cells}  {need.of}")

# %% [markdown]
# Drugs and alcohol are the needs of many, and the pathway has two entries under its targets.
# Neither has a number:

# %%
for target in plan.pathway("drugs-and-alcohol").targets:
    print(f"{target.citation}: {target.statement}")

# %% [markdown]
# ## A question of one's own
#
# The rows hold the records themselves and not only their number, so that any other question is a
# line of Python. By when does each pathway want to be judged?

# %%
for row in found:
    days = sorted({deadline.last_day for deadline in row.deadlines})
    print(f"{row.name}: {', '.join(map(str, days))}")
