"""Laws that hold for the charts of any plan, any text and any areas."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outline import Outline

from rrmodel import Plan, evaluate_plan, reporting
from rrmodel.coverage import COLUMNS
from rrmodel.graph import partner_graph
from rrmodel.inference import funnel
from rrmodel.model import Counts, deadlines
from rrmodel.reporting import _report
from rrmodel.reporting._plot import clean, spread, wrapped
from rrmodel.testing import observation_sets, plans

FEW = settings(max_examples=settings.default.max_examples // 2)
COUNTS = st.integers(1, 3000).flatmap(
    lambda cases: st.integers(0, cases).map(lambda count: Counts(count, cases))
)
AREAS = st.dictionaries(st.text(min_size=1, max_size=30), COUNTS, min_size=1, max_size=12)
WIDTHS = st.integers(320, 1400)
BOXES = st.lists(st.tuples(st.floats(-50, 500), st.floats(1, 60)), max_size=20)
"""Where each of some boxes should have its middle, and its size."""


def rows(chart: Any, *fields: str) -> list[dict[str, Any]]:
    """Return the rows of every layer that have these fields."""
    layers = chart.to_dict(validate=False).get("datasets", {}).values()
    return [row for data in layers for row in data if set(fields) <= set(row)]


@FEW
@given(plan=plans(), width=WIDTHS)
def test_every_plan_has_its_charts(plan: Plan, width: int) -> None:
    """Each cell, part, target and deadline is drawn, whatever the plan and the width."""
    cells = rows(reporting.coverage_chart(plan, width=width), "column", "lines")
    assert len({(row["column"], row["y"]) for row in cells}) == len(plan.pathways) * len(COLUMNS)
    parts = {frozenset(each[:2]) for each in partner_graph(plan).edges}
    drawn = rows(reporting.partner_chart(plan, width=width), "role")
    assert len({(row["partner"], row["pathway"]) for row in drawn}) == len(parts)
    result = evaluate_plan(plan, [], as_of=date(2024, 1, 1))
    icons = rows(reporting.targets_chart(result, width=width), "shape")
    assert len({row["y"] for row in icons}) == len(plan.targets)
    due = rows(reporting.timeline_chart(result, width=width), "due")
    assert len({row["y"] for row in due}) == len(deadlines(plan))
    for evaluation in result.evaluations[:3]:
        assert rows(reporting.target_chart(evaluation, width=width), "lines")


@settings(max_examples=settings.default.max_examples // 3)
@given(plan=plans(), data=st.data(), as_of=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_every_plan_has_its_report(plan: Plan, data: st.DataObject, as_of: date) -> None:
    """The page is well formed and has each target, whatever the plan, the figures and the day."""
    figures = data.draw(observation_sets(plan))
    result = evaluate_plan(plan, figures, as_of=as_of)
    with patch.object(_report, "picture", lambda *_: ("A chart", "", "")):
        page = Outline(reporting.report(result, sets=[figures]))
    ids = [given["id"] for _, given, _ in page.elements if "id" in given]
    assert len(set(ids)) == len(ids)
    assert len(page.of("article")) == len(plan.targets)
    assert len(page.of("h1")) == 1


@FEW
@given(areas=AREAS, width=WIDTHS)
def test_every_area_is_named_in_a_funnel(areas: dict[str, Counts], width: int) -> None:
    """Each point has its name, no two names overlap, and all are inside the plot."""
    compared = funnel(areas, better="higher")
    chart = reporting.funnel_chart(compared, measure="m", period="p", width=width)
    names = {row["y"]: row for row in rows(chart, "lines", "cases")}
    assert len(names) == len(areas)
    boxes = [(y - 8 * len(row["lines"]), y + 8 * len(row["lines"])) for y, row in names.items()]
    assert all(above[1] <= below[0] + 1e-6 for above, below in pairwise(sorted(boxes)))
    assert max(end for _, end in boxes) <= chart.to_dict(validate=False)["height"] + 1e-6


@FEW
@given(areas=AREAS, width=WIDTHS)
def test_every_area_has_its_own_row(areas: dict[str, Counts], width: int) -> None:
    """Areas are in the order of their ranks, each in a row with a label that no other has."""
    chart = reporting.areas_chart(
        funnel(areas, better="higher"), measure="m", period="p", width=width
    )
    ranked = {row["label"]: row["rank"] for row in rows(chart, "rank")}
    assert len(ranked) == len(areas)
    assert list(ranked.values()) == sorted(ranked.values())


@given(boxes=BOXES, room=st.floats(0, 900))
def test_spread_boxes_keep_their_order_and_do_not_overlap(
    boxes: list[tuple[float, float]], room: float
) -> None:
    """Each box begins where the one before it ends, or below; the last ends in the room."""
    wishes, sizes = [wish for wish, _ in boxes], [size for _, size in boxes]
    middles = spread(wishes, sizes, room)
    ends = [(at - size / 2, at + size / 2) for at, size in zip(middles, sizes, strict=True)]
    assert all(above[1] <= below[0] + 1e-6 for above, below in pairwise(ends))
    assert all(end <= room + 1e-6 for _, end in ends)


@given(boxes=BOXES, spare=st.floats(0, 200))
def test_spread_boxes_are_in_a_room_that_holds_them(
    boxes: list[tuple[float, float]], spare: float
) -> None:
    """None begins above the room if their sizes together fit into it."""
    sizes = [size for _, size in boxes]
    middles = spread([wish for wish, _ in boxes], sizes, sum(sizes) + spare)
    assert all(at - size / 2 >= -1e-6 for at, size in zip(middles, sizes, strict=True))


@given(boxes=BOXES)
def test_boxes_that_have_room_are_where_they_should_be(boxes: list[tuple[float, float]]) -> None:
    """Nothing moves if nothing overlaps and all is inside the room."""
    sizes, wishes, end = [size for _, size in boxes], list[float](), 0.0
    for gap, size in boxes:
        wishes.append(end + abs(gap) + size / 2)
        end = wishes[-1] + size / 2
    assert spread(wishes, sizes, end) == pytest.approx(wishes)


@given(text=st.text(max_size=80), wide=st.integers(40, 400), most=st.integers(1, 9))
def test_lines_lose_nothing_without_an_ellipsis(text: str, wide: int, most: int) -> None:
    """Lines have all characters, or as many as fit and then an ellipsis."""
    lines = wrapped(text, wide, 12, most=most)
    whole = "".join(clean(text).split())
    assert 1 <= len(lines) <= most
    shown = "".join("".join(lines).split())
    assert shown == whole or (shown.endswith("…") and whole.startswith(shown[:-1]))


@given(text=st.text(max_size=80), wide=st.integers(40, 400))
def test_no_line_has_more_characters_than_its_width_holds(text: str, wide: int) -> None:
    """A character counts as 0.52 of the size of the font, and a line has eight or more."""
    assert max(map(len, wrapped(text, wide, 12, most=200))) <= max(wide / 12 / 0.52, 8)


@given(text=st.text(max_size=80))
def test_no_clean_text_opens_a_tag(text: str) -> None:
    """Nothing in it could be read as a tag, a comment or the end of a script."""
    assert re.search(r"<[/!?a-zA-Z]", clean(text)) is None
    assert clean(clean(text)) == clean(text)


@given(text=st.text(max_size=80))
def test_a_clean_text_is_one_line_that_prints(text: str) -> None:
    """Nothing in it changes its direction, is forbidden in XML or ends a line."""
    assert all(each.isprintable() or each == "\u2060" for each in clean(text))
    assert clean(text) == " ".join(clean(text).split())
