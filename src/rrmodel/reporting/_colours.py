"""The colours of the charts.

Those for categories and sequences are in the Analysis Function's guidance "Data visualisation:
colours in charts". The package afcharts has them too, but for matplotlib and plotly only.
"""

BLUE, TEAL, PINK, ORANGE, VIOLET = "#12436D", "#28A197", "#801650", "#F46A25", "#A285D1"
SKY, GREY = "#2073BC", "#BFBFBF"
INK, MUTED, MID, RULE, PALE = "#0B0C0C", "#3D3D3D", "#6B7276", "#D6D6D6", "#F2F2F2"
BLUSH = "#FBF3F7"
