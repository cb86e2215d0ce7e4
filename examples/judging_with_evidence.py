# %% [markdown]
# # Judging with evidence
#
# The plan of the East Midlands promised that the share of people housed on the night of release
# would rise from 82% to 90% by July 2023. Was the promise kept, and how sure can one be? The
# figures published answer the first question and hardly the second. What counts would add is
# shown with figures that are **made**, and each time it is said that they are.

# %%
"""Judging with evidence: from a figure that was published to what counts would add."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from rrmodel import FinancialYear, Month, Observation, datasets, evaluate
from rrmodel.evaluation import compare_areas, compare_policies, control_chart, forecast_goal
from rrmodel.inference import cases_needed
from rrmodel.model import Counts
from rrmodel.reporting import forecast_chart, funnel_chart, process_chart

housed = datasets.load("east-midlands-2022-25").target("housed-on-release-by-july-2023")
published = datasets.observations("england-and-wales")

# %% [markdown]
# ## Missed, on the figures
#
# The region's own figures are not in the published sets, so England and Wales stand in, as a
# comparator. They are shares without counts. One can allow for rounding then, and for nothing else.

# %%
judged = evaluate(housed, published, as_of=date(2024, 8, 1), area="England and Wales")
print(judged.explain("badge"))
print(judged.evidence.statement)

# %% [markdown]
# ## What counts would add
#
# How many releases would it take to tell 86.3% from 90%? And what could be said of a month with
# 160 of them, or with 1,600? From here on the figures of the East Midlands are made.

# %%
print(cases_needed(Fraction("0.863"), housed.goal.share), "cases would do")
for cases in (160, 1_600):
    month = Observation(
        measure=housed.measure,
        area="East Midlands",
        period=Month("July 2023"),
        counts=Counts(cases * 7 // 8, cases),
        published=date(2023, 8, 31),
    )
    result = evaluate(housed, [month], as_of=date(2023, 9, 1))
    print(f"\n{result.explain('badge')}. {result.evidence.statement}")

# %% [markdown]
# ## On track, by which rule?
#
# Half a year before the deadline there were, let us say, fourteen months of 600 releases each.
# Five policies look at the same month and ask five different questions.

# %%
housed_of_600 = (492, 488, 497, 490, 483, 499, 494, 489, 493, 503, 518, 521, 517, 507)
made = [
    Observation(
        measure=housed.measure,
        area="East Midlands",
        period=Month("November 2021") + place,
        counts=Counts(count, 600),
        published=(Month("December 2021") + place).last_day,
    )
    for place, count in enumerate(housed_of_600)
]
february = date(2023, 2, 1)
for reason in compare_policies(housed, made, as_of=february).reasons:
    print(reason)

# %% [markdown]
# ## Has anything changed?
#
# A month may be up or down without a cause. The chart tells usual variation from a signal, and
# says whether the level expected by then lies within reach.

# %%
process_chart(control_chart(housed, made, as_of=february), target=housed, as_of=february)

# %% [markdown]
# ## Will it be kept?
#
# A forecast says how likely, if the months go on as they have moved so far. Where it would be a
# guess, as with six months or with yearly figures, it is refused, with the reason.

# %%
found = forecast_goal(housed, made, as_of=february)
low, high = found.interval.lower, found.interval.upper
print(f"{found.probability:.0%} likely: {low:.0%} to {high:.0%} in July 2023")
for known, area in ((made[-6:], "East Midlands"), (published, "England and Wales")):
    refused = forecast_goal(housed, known, as_of=february, area=area)
    print("Refused:", refused.reason)
forecast_chart(evaluate(housed, made, as_of=february))

# %% [markdown]
# ## Is the region different from others?
#
# Twelve made regions, R1 to R12. Of any twelve one is last. The funnel shows which of them differ
# from the average by more than chance, and by more than regions differ anyway.

# %%
housed_of = [
    *((410, 500), (520, 640), (298, 350), (705, 800), (130, 190), (610, 700)),
    *((455, 520), (240, 310), (890, 980), (350, 440), (77, 100), (640, 820)),
]
year = FinancialYear("2022-23")
regions = [
    Observation(measure=housed.measure, area=f"R{number}", period=year, counts=Counts(*counts))
    for number, counts in enumerate(housed_of, start=1)
]
compared = compare_areas(housed.measure, regions, period=year, as_of=date(2023, 8, 1))
funnel_chart(compared, measure=housed.measure, period=year, source="made figures")

# %% [markdown]
# ## In words, at three lengths
#
# For a dashboard, a sentence in a report, and a paragraph with all there is to say. Each claims
# no more than the figures published can show.

# %%
for length in ("badge", "sentence", "paragraph"):
    print(judged.explain(length), end="\n\n")
