"""Pictures: who works with whom, what is covered, figures over time, and areas compared.

Each is one SVG, drawn here from whole numbers and nothing else: it fetches nothing, runs nothing
and is the same to the byte on any machine. Notebooks show it as it is. Every picture also says in
words what it shows, for those who cannot see it and for places that show no pictures.

>>> from rrmodel import datasets
>>> picture = partner_picture(datasets.load("hmp-leeds-regimes"))
>>> print(picture.description)
6 of 12 partners have a part in 9 pathways; 2 of them work in two or more. 3 pathways have no
partner.
>>> picture.svg.startswith("<svg ")
True
"""

from __future__ import annotations

from rrmodel.reporting._control_chart_picture import control_chart_picture
from rrmodel.reporting._coverage_picture import coverage_picture
from rrmodel.reporting._funnel_picture import funnel_picture
from rrmodel.reporting._partner_picture import partner_picture
from rrmodel.reporting._picture import Picture
from rrmodel.reporting._sides import PartnerGraph

__all__ = [
    "PartnerGraph",
    "Picture",
    "control_chart_picture",
    "coverage_picture",
    "funnel_picture",
    "partner_picture",
]
