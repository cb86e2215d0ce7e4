# %% [markdown]
# # Who works with whom
#
# A plan is carried out by partners. This notebook draws who has a part in which pathway of the
# plan of the East Midlands, and answers questions of an analyst: which partners join the pathways,
# which pathways depend on one partner, and which partners have no part.

# %%
"""Who works with whom: the partners of a plan, and questions about them."""

from __future__ import annotations

from rrmodel import datasets
from rrmodel.graph import (
    merged_partner_graph,
    missing_kinds,
    partner_graph,
    partner_list_against_chapters,
    partners_in_several_pathways,
    route,
    single_points,
)
from rrmodel.model import PartnerKind
from rrmodel.records import to_table
from rrmodel.reporting import partner_chart

plan = datasets.load("east-midlands-2022-25")
graph = partner_graph(plan)

# %% [markdown]
# ## The chart
#
# Each line is a part that a partner has in a pathway; its role is shown on hover. One partner can
# be highlighted with `highlight="st-giles"`. The graph behind it is a networkx graph.

# %%
partner_chart(plan)

# %% [markdown]
# ## Who joins the pathways
#
# The plan names police and crime commissioners in two ways, in three pathways; they are one
# partner.

# %%
to_table(partners_in_several_pathways(graph))

# %% [markdown]
# ## Single points of dependence
#
# A pathway depends on one partner if no other partner works in it, or if only that partner joins it
# to the others. In the region, two partners join the pathways. In the prison, which has few
# partners, pathways would be left without a partner.

# %%
to_table(single_points(graph))

# %% [markdown]
# The same of the prison:

# %%
prison = datasets.load("hmp-leeds-regimes")
to_table(single_points(partner_graph(prison)))

# %% [markdown]
# ## Which kinds of partner are missing

# %%
asked = [PartnerKind.HEALTH, PartnerKind.VOLUNTARY, PartnerKind.EMPLOYER]
to_table(missing_kinds(graph, kinds=asked))

# %% [markdown]
# ## How one partner reaches another

# %%
route(graph, "novus", "nacro")

# %% [markdown]
# ## The list of partners against the chapters
#
# The plan ends with a list of its partners. Some of them are named nowhere else.

# %%
partner_list_against_chapters(plan)

# %% [markdown]
# ## One pathway alone
#
# A chart can be limited to some pathways and kinds of partner. Here is one pathway, with each group
# expanded to its members:

# %%
partner_chart(plan, pathways=["public-security"], groups="expand")

# %% [markdown]
# ## Two plans in one graph
#
# Partners of two plans are one if they have an id or a name in common. The regional plan and the
# prison have none in common.

# %%
both = merged_partner_graph([plan, prison])
len(both), len(graph), len(partner_graph(prison))
