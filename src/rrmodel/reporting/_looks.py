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
FAR: Row = DOT | {"size": 110}
OPEN: Row = {"size": 90, "fill": "white", "strokeWidth": 2, "opacity": 1}
THIN: Row = {"strokeWidth": 1.5}
GOAL: Row = {"color": TEAL, "strokeWidth": 2.5}
EXPECTED: Row = {"color": PINK, "strokeWidth": 2, "strokeDash": [7, 4]}
BASELINE: Row = DOT | {"shape": "diamond", "color": PINK, "size": 100}
HIGH: Row = {"shape": "diamond", "color": SKY}
LOW: Row = {"shape": "triangle-up", "color": ORANGE}
SOLID: Row = THIN | {"color": INK}
TODAY: Row = THIN | {"color": MID, "strokeDash": [2, 3]}
BOLD: Row = {"weight": "bold"}
QUIET: Row = {"colour": MUTED}
HIGHLIGHTED: Row = BOLD | {"colour": BLUE}
HALO: Row = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
TEXT: Row = {"align": {"expr": "datum.align || 'left'"}, "baseline": "middle", "fontSize": SIZE}
TEXT.update(color={"expr": f"datum.colour || '{INK}'"}, lineHeight=LINE)
TEXT.update(fontWeight={"expr": "datum.weight || 'normal'"})
TEXT.update(dy={"expr": f"-{LINE / 2} * (length(datum.lines) - 1)"})
AXIS: Row = {"titleColor": MUTED, "titleFontSize": SIZE, "titleFontWeight": "normal"}
AXIS.update(labelColor=MUTED, labelFontSize=SIZE, domainColor=GREY, tickColor=GREY)
LEVELS: Row = AXIS | {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end"}
LEVELS.update(labelPadding=6, domain=False, ticks=False, tickCount=6, gridColor=RULE)
ACROSS: Row = AXIS | {"title": None, "grid": False, "gridColor": RULE}
ACROSS.update(labelOverlap="greedy", labelSeparation=8, labelBound=8)
HEADING: Row = {"anchor": "start", "frame": "bounds", "offset": 12, "color": INK}
HEADING.update(fontWeight="bold", subtitleColor=MUTED, subtitleFontSize=SIZE + 1)
HEADING.update(subtitleLineHeight=SIZE + 5, subtitlePadding=5)
LEGEND: Row = {"title": None, "orient": "top", "labelFontSize": SIZE, "labelColor": MUTED}
LEGEND.update(symbolOpacity=1, symbolStrokeWidth=2, columnPadding=14)
