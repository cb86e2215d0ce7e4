# %% [markdown]
# # Who works with whom
#
# A plan is carried out by partners. This notebook draws who has a part in which pathway of the
# plan of the East Midlands, and asks what an analyst would ask: who joins the pathways, what
# hangs on one partner, and who is named but has nothing to do.

# %%
"""Who works with whom: the partners of a plan, and what one can ask of them."""

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
from rrmodel.reporting import partner_picture

plan = datasets.load("east-midlands-2022-25")
graph = partner_graph(plan)

# %% [markdown]
# ## The picture
#
# Each line is a part that a partner has in a pathway; point at one to read what it is. The graph
# is one of networkx, so that all of its algorithms work on it too.

# %%
partner_picture(graph)

# %% [markdown]
# ## Who joins the pathways
#
# The plan names police and crime commissioners in two ways, in three pathways; they are one
# partner.

# %%
for partner in partners_in_several_pathways(graph):
    print(f"{partner.name}: {', '.join(partner.pathways)}")
print(plan.partner("police-and-crime-commissioners").aliases)

# %% [markdown]
# ## What hangs on one partner
#
# A pathway hangs on a partner if nobody else works in it, or if only that partner joins it to the
# others. In the region two partners hold the pathways together; in a prison, whose partners are
# few, pathways would be left empty.

# %%
prison = datasets.load("hmp-leeds-regimes")
for lost in single_points(graph):
    groups = (" and ".join(group) for group in lost.parted)
    print(f"without {lost.name}: {' | '.join(groups)}")
for lost in single_points(partner_graph(prison)):
    print(f"without {lost.name} nobody works in {', '.join(lost.left_empty)}")

# %% [markdown]
# ## Which kinds of partner are missing

# %%
asked = [PartnerKind.HEALTH, PartnerKind.VOLUNTARY, PartnerKind.EMPLOYER]
for pathway in missing_kinds(graph, kinds=asked):
    print(f"{pathway.name}: no {' or '.join(pathway.missing)} partner")

# %% [markdown]
# ## How one partner reaches another

# %%
print(route(graph, "novus", "nacro"))

# %% [markdown]
# ## The list of partners against the chapters
#
# The plan ends with a list of its partners. Some of them are named nowhere else.

# %%
listed = partner_list_against_chapters(plan)
print("named by a fact only:", *listed.listed_and_mentioned)
print("named nowhere else:", *listed.listed_and_never_used)

# %% [markdown]
# ## One pathway alone
#
# A subgraph is drawn like any graph. Here is one pathway, with each group in its members:

# %%
members = partner_graph(plan, groups="expand")
place = "pathway:public-security"
partner_picture(members.subgraph([place, *members.adj[place]]))

# %% [markdown]
# ## Two plans in one graph
#
# Partners of two plans are one if they have an id or a name in common. The regional plan and the
# prison have none in common.

# %%
both = merged_partner_graph([plan, prison])
print(len(both), "=", len(graph), "+", len(partner_graph(prison)))
