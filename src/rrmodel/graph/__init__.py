"""Who works with whom: a plan as a graph of networkx, and questions about it.

:func:`partner_graph` has partners on one side and pathways on the other, :func:`plan_graph` has
all records of a plan. Both are plain networkx graphs, so that every algorithm of networkx
works on them. The questions are pure functions of a partner graph, or of plans, and each answers
with a record.

**Who works in a pathway.** A partner works in a pathway if the pathway gives it a partnership, or
if one of its activities is led by it or names it. A fact that names a partner gives it no part, and
a chapter that is not a pathway is not counted; :func:`partner_list_against_chapters` looks at both.
A partner whose part is yet to begin works there too, and the edge says ``planned``.

**Nodes** are texts: the kind, a colon and the id, such as ``partner:nacro`` or
``pathway:drugs-and-alcohol``. In a graph of several plans a pathway carries its plan as well,
``pathway:hmp-leeds-regimes/accommodation``. **Attributes** are texts and whole numbers only, so
that :func:`export` can write them; what a plan does not say is absent. **Answers** name partners
and pathways by the part after the colon, which for one plan is the id in the plan, and are in the
order of the document.

>>> from rrmodel import datasets
>>> regions = partner_graph(datasets.load("east-midlands-2022-25"))
>>> for partner in partners_in_several_pathways(regions):
...     print(partner.name, len(partner.pathways))
Police and crime commissioners 3
East Midlands local authorities 3
St Giles 2
"""

from __future__ import annotations

from rrmodel.graph._comparisons import (
    PartnerListComparison,
    PartnerOverlap,
    SharedPartner,
    partner_list_against_chapters,
    partner_overlap,
)
from rrmodel.graph._connections import (
    Departure,
    Route,
    SharedPathways,
    departure,
    partner_projection,
    reach,
    route,
    shared_pathways,
    single_points,
)
from rrmodel.graph._exports import GraphFormat, export
from rrmodel.graph._partner_graph import Groups, merged_partner_graph, partner_graph
from rrmodel.graph._partner_table import partner_table
from rrmodel.graph._parts import (
    MissingKinds,
    SeveralPathways,
    missing_kinds,
    partners_in_several_pathways,
)
from rrmodel.graph._plan_graph import plan_graph
from rrmodel.graph._sides import Sides, sides_of

__all__ = [
    "Departure",
    "GraphFormat",
    "Groups",
    "MissingKinds",
    "PartnerListComparison",
    "PartnerOverlap",
    "Route",
    "SeveralPathways",
    "SharedPartner",
    "SharedPathways",
    "Sides",
    "departure",
    "export",
    "merged_partner_graph",
    "missing_kinds",
    "partner_graph",
    "partner_list_against_chapters",
    "partner_overlap",
    "partner_projection",
    "partner_table",
    "partners_in_several_pathways",
    "plan_graph",
    "reach",
    "route",
    "shared_pathways",
    "sides_of",
    "single_points",
]
