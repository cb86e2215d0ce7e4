"""The colours of charts and how their marks look.

Colours for categories and sequences are those of the Analysis Function's guidance "Data
visualisation: colours in charts". afcharts has them for matplotlib and plotly only.
"""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
"""One row of the data of a layer, or the properties of a mark."""

BLUE, TEAL, PINK, ORANGE, VIOLET = "#12436D", "#28A197", "#801650", "#F46A25", "#A285D1"
SKY, GREY, INK, MUTED, MID = "#2073BC", "#BFBFBF", "#0B0C0C", "#3D3D3D", "#6B7276"
RULE, PALE, BLUSH = "#D6D6D6", "#F2F2F2", "#FBF3F7"
SIZE, LINE = 12, 16
"""The size of text and the height of a line of it, in pixels."""
CROSS = "M-1,-1L1,1M-1,1L1,-1"
DOT: Row = {"filled": True, "size": 70, "opacity": 1}
THIN: Row = {"strokeWidth": 1.5}
BAR: Row = {"size": 8, "orient": "horizontal"}
GOAL: Row = {"color": TEAL, "strokeWidth": 2.5}
EXPECTED: Row = {"color": PINK, "strokeWidth": 2, "strokeDash": [7, 4]}
BASELINE: Row = DOT | {"shape": "diamond", "color": PINK, "size": 100}
HIGH: Row = {"shape": "diamond", "color": SKY}
LOW: Row = {"shape": "triangle-up", "color": ORANGE}
DEADLINE: Row = THIN | {"color": INK}
TODAY: Row = THIN | {"color": MID, "strokeDash": [2, 3]}
BOLD: Row = {"weight": "bold"}
TITLE: Row = {"titleColor": MUTED, "titleFontSize": SIZE, "titleFontWeight": "normal"}
