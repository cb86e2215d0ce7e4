# %% [markdown]
# # Assessing with evidence
#
# The plan of the East Midlands has the target that the share of people housed on the night of
# release rises from 82% to 90% by July 2023. Was it met, and how certain is the answer? The
# published figures answer the first question and hardly the second. Invented figures, marked as
# such, show what counts would add.

# %%
"""Assessing with evidence: from a published figure to what counts would add."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from rrmodel import FinancialYear, Month, Observation, datasets, evaluate
from rrmodel.evaluation import compare_areas, compare_policies, control_chart, forecast_goal
from rrmodel.inference import cases_needed
from rrmodel.model import Counts
from rrmodel.records import to_table
from rrmodel.reporting import forecast_chart, funnel_chart, process_chart

housed = datasets.load("east-midlands-2022-25").target("housed-on-release-by-july-2023")
published = datasets.observations("england-and-wales")

# %% [markdown]
# ## Missed, on the figures
#
# The published sets have no later figures for the region itself, so England and Wales is assessed
# as a comparator. Its shares were published without counts, so only rounding can be tested.

# %%
missed = evaluate(housed, published, as_of=date(2024, 8, 1), area="England and Wales")
missed

# %% [markdown]
# ## What counts would add
#
# How many releases would make 86.3% clearly different from 90%? And what would a month with 160
# releases show, or one with 1,600? From here on the figures for the East Midlands are invented.

# %%
cases_needed(Fraction("0.863"), housed.goal.share)

# %% [markdown]
# So many releases would be enough. Here are both months:

# %%
july = [
    Observation(
        measure=housed.measure,
        area="East Midlands",
        period=Month("July 2023"),
        counts=Counts(cases * 7 // 8, cases),
        published=date(2023, 8, 31),
    )
    for cases in (160, 1_600)
]
few, many = (evaluate(housed, [month], as_of=date(2023, 9, 1)) for month in july)
to_table([few.evidence, many.evidence])

# %% [markdown]
# ## On track, by which policy?
#
# Suppose that, half a year before the deadline, there are fourteen months with 600 releases each.
# Five policies grade the same month by five different rules.

# %%
housed_of_600 = (492, 488, 497, 490, 483, 499, 494, 489, 493, 503, 518, 521, 517, 507)
months = [
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
compare_policies(housed, months, as_of=february)

# %% [markdown]
# ## Has anything changed?
#
# Months differ without a special cause. The chart separates common-cause variation from signals
# of change, and shows whether the process can reach the level expected by then.

# %%
process_chart(control_chart(housed, months, as_of=february), target=housed, as_of=february)

# %% [markdown]
# ## Will it be met?
#
# A forecast gives the probability if the months continue as they have moved so far. If there are
# too few periods, as with six months or yearly figures, there is a reason instead of a forecast.

# %%
forecast = forecast_goal(housed, months, as_of=february)
forecast

# %% [markdown]
# With six months there is a reason instead:

# %%
forecast_goal(housed, months[-6:], as_of=february)

# %% [markdown]
# The forecast of every month until the deadline:

# %%
forecast_chart(evaluate(housed, months, as_of=february))

# %% [markdown]
# ## Is the region different from others?
#
# Twelve invented regions, R1 to R12. One of twelve is always last. The funnel shows which of them
# differ from the average by more than chance, and by more than the usual differences.

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
funnel_chart(compared, measure=housed.measure, period=year, source="invented figures")

# %% [markdown]
# ## In words, at three lengths
#
# A badge for a dashboard, a sentence for a report, and a paragraph with everything. Each claims no
# more than the published figures show.

# %%
{length: missed.explain(length) for length in ("badge", "sentence", "paragraph")}
