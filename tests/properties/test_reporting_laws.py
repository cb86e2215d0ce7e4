"""Laws that hold for the charts of any plan, any text and any areas."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outline import Outline

from rrmodel import Plan, evaluate_plan, reporting
from rrmodel.inference import funnel
from rrmodel.model import Counts
from rrmodel.reporting import _report
from rrmodel.reporting._areas_charts import _overlap
from rrmodel.reporting._report import Picture
from rrmodel.reporting._text import clean, text_width, wrapped
from rrmodel.testing import observation_sets, plans

FEW = settings(max_examples=settings.default.max_examples // 2)
COUNTS = st.integers(1, 3000).flatmap(
    lambda cases: st.integers(0, cases).map(lambda count: Counts(count, cases))
)
AREAS = st.dictionaries(st.text(min_size=1, max_size=30), COUNTS, min_size=1, max_size=12)
WIDTHS = st.integers(320, 1400)


def rows(chart: Any, *fields: str) -> list[dict[str, Any]]:
    """Return the rows of every layer that have these fields."""
    found = chart.to_dict(validate=False).get("datasets", {}).values()
    return [row for data in found for row in data if set(fields) <= set(row)]


@FEW
@given(plan=plans(), width=WIDTHS)
def test_every_plan_has_its_charts(plan: Plan, width: int) -> None:
    """Each cell, each part and each target is drawn, whatever the plan and the width."""
    cells = rows(reporting.coverage_chart(plan, width=width), "Column")
    assert {row["Column"] for row in cells} == ({"Needs", *_HEADS} if plan.pathways else set())
    assert rows(reporting.partner_chart(plan, width=width), "text")
    result = evaluate_plan(plan, [], as_of=date(2024, 1, 1))
    icons = rows(reporting.targets_chart(result, width=width), "Target", "Status")
    assert len({row["y"] for row in icons if row["x"] == 8}) <= len(plan.targets)
    assert rows(reporting.timeline_chart(result, width=width), "text")
    for evaluation in result.evaluations[:3]:
        assert rows(reporting.target_chart(evaluation, width=width), "text")


@settings(max_examples=settings.default.max_examples // 3)
@given(plan=plans(), data=st.data(), as_of=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_every_plan_has_its_report(plan: Plan, data: st.DataObject, as_of: date) -> None:
    """The page is well formed and has each target, whatever the plan, the figures and the day."""
    figures = data.draw(observation_sets(plan))
    result = evaluate_plan(plan, figures, as_of=as_of)
    with patch.object(_report, "picture", lambda *_: Picture("A chart", "", "")):
        page = Outline(reporting.report(result, sets=[figures]))
    ids = [given["id"] for _, given, _ in page.elements if "id" in given]
    assert len(set(ids)) == len(ids)
    assert len(page.of("article")) == len(plan.targets)
    assert len(page.of("h1")) == 1


_HEADS = (
    "Context facts",
    "Objectives",
    "Activities",
    "Partners",
    "Targets",
    "Measured targets",
    "Deadlines",
)


@FEW
@given(areas=AREAS, width=WIDTHS)
def test_names_in_a_funnel_never_overlap(areas: dict[str, Counts], width: int) -> None:
    """Each name is drawn once at most, and no two overlap."""
    compared = funnel(areas, better="higher")
    chart = reporting.funnel_chart(compared, measure="m", period="p", width=width)
    boxes = {
        row["name"]: (row["x"], row["y"], row["x"] + row["long"], row["y"] + 16)
        for row in rows(chart, "is_far")
    }
    assert not any(_overlap(*pair) for pair in combinations(boxes.values(), 2))


@given(text=st.text(max_size=80), limit=st.integers(40, 400), is_bold=st.booleans())
def test_lines_fit_and_lose_nothing(text: str, limit: int, is_bold: bool) -> None:
    """Lines are no wider than the limit and have all characters, unless they are too many."""
    lines = wrapped(text, limit, 12, is_bold=is_bold, most=200)
    assert all(text_width(line, 12, is_bold=is_bold) <= limit for line in lines)
    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")


@given(text=st.text(max_size=80))
def test_no_clean_text_opens_a_tag(text: str) -> None:
    """Nothing in it could be read as a tag, a comment or the end of a script."""
    assert re.search(r"<[/!?a-zA-Z]", clean(text)) is None
    assert clean(clean(text)) == clean(text)
