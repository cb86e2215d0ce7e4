"""Laws that hold for the picture of any plan, of any figures and of any areas."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from rrmodel import Month, Observation, Plan, datasets
from rrmodel.coverage import coverage
from rrmodel.evaluation import control_chart, proportion_chart
from rrmodel.graph import partner_graph
from rrmodel.inference import funnel
from rrmodel.model import Counts
from rrmodel.reporting import (
    Picture,
    control_chart_picture,
    coverage_picture,
    funnel_picture,
    partner_picture,
)
from rrmodel.reporting._axes import scale_of
from rrmodel.reporting._drawing import width_of, wrapped
from rrmodel.reporting._sides import Blocks, crossings, ordered
from rrmodel.testing import plans

TEXT = "{http://www.w3.org/2000/svg}text"
PATH = "{http://www.w3.org/2000/svg}path"
TITLE = "{http://www.w3.org/2000/svg}title"
Joined = dict[str, set[str]]
HOUSED: Any = datasets.load("east-midlands-2022-25").target("housed-on-release-by-july-2023")
COUNTS = st.integers(1, 3000).flatmap(
    lambda cases: st.integers(0, cases).map(lambda count: Counts(count, cases))
)
FIGURES = st.lists(
    st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6), min_size=1, max_size=9
)
AREAS = st.dictionaries(st.text(max_size=40), COUNTS, min_size=1, max_size=30)


def flat(blocks: Blocks) -> list[str]:
    """Return the nodes of a side, top down."""
    return [node for block in blocks for node in block]


@st.composite
def two_sides(draw: st.DrawFn) -> tuple[Blocks, Blocks, Joined]:
    """Return two sides in blocks, and what is joined across."""
    left = [[f"{block}l{place}" for place in range(draw(st.integers(0, 4)))] for block in "ab"]
    right = [[f"{block}r{place}" for place in range(draw(st.integers(0, 4)))] for block in "ab"]
    pairs = [(one, other) for one in flat(left) for other in flat(right)]
    chosen = draw(st.sets(st.sampled_from(pairs))) if pairs else set[tuple[str, str]]()
    joined: Joined = {node: set() for node in flat([*left, *right])}
    for one, other in sorted(chosen):
        joined[one].add(other)
        joined[other].add(one)
    return left, right, joined


@given(two_sides())
def test_crossings_are_the_pairs_of_lines_that_change_sides(
    sides: tuple[Blocks, Blocks, Joined],
) -> None:
    """Two lines cross if one begins above the other and ends below it."""
    left, right, joined = sides
    above = {node: place for place, node in enumerate(flat([*left, *right]))}
    lines = [(above[one], above[other]) for one in flat(left) for other in joined[one]]
    crossing = [
        1 for one, other in combinations(lines, 2) if (one[0] - other[0]) * (one[1] - other[1]) < 0
    ]
    assert crossings(left, right, joined) == len(crossing)


@given(two_sides())
def test_the_order_of_a_picture_never_makes_more_lines_cross(
    sides: tuple[Blocks, Blocks, Joined],
) -> None:
    """The order of the document is the one to beat."""
    left, right, joined = sides
    one, other = ordered(left, right, joined)
    assert crossings(one, other, joined) <= crossings(left, right, joined)


@given(two_sides())
def test_the_order_of_a_picture_loses_nobody(
    sides: tuple[Blocks, Blocks, Joined],
) -> None:
    """Each block has the nodes that it had."""
    left, right, joined = sides
    for before, after in zip((left, right), ordered(left, right, joined), strict=True):
        assert sorted(map(sorted, after)) == sorted(map(sorted, before))


@given(plans())
def test_every_partner_and_pathway_is_named(plan: Plan) -> None:
    """In the words of the picture all stand whole."""
    picture = partner_picture(plan)
    text = " ".join(picture.text.split())
    for record in (*plan.partners, *plan.pathways):
        if plan.partners or coverage(plan).without("partners"):
            assert " ".join(record.name.split()) in text


@given(plans())
def test_every_partner_in_a_pathway_is_a_line(plan: Plan) -> None:
    """However many parts a partner has there."""
    lines = ET.fromstring(partner_picture(plan).svg).iterfind(f".//{PATH}/{TITLE}")  # noqa: S314
    pairs = {(one, other) for one, other in partner_graph(plan).edges()}
    assert len(list(lines)) == len(pairs)


@given(plans())
def test_every_empty_cell_is_marked(plan: Plan) -> None:
    """And no cell that holds something is."""
    picture = ET.fromstring(coverage_picture(coverage(plan)).svg)  # noqa: S314
    empty = [1 for row in coverage(plan) for count in row.counts().values() if not count]
    assert sum(text.text == "none" for text in picture.iter(TEXT)) == len(empty)


@given(st.text(max_size=60).map(lambda text: " ".join(text.split())), st.integers(1, 200))
def test_wrapping_loses_no_letter(text: str, limit: int) -> None:
    """Only spaces go, where a line ends."""
    assert "".join(wrapped(text, limit)).replace(" ", "") == text.replace(" ", "")


@given(st.text(max_size=60).map(lambda text: " ".join(text.split())), st.integers(1, 200))
def test_a_line_fits_or_is_one_letter(text: str, limit: int) -> None:
    """Nothing is wider than its place if it can be helped."""
    lines = wrapped(text, limit)
    assert [line for line in lines if width_of(line) > limit and len(line) > 1] == []


@st.composite
def charts(draw: st.DrawFn) -> tuple[int, Picture]:
    """Return how many months are charted, and their picture."""
    months = draw(st.lists(st.integers(0, 60), min_size=1, max_size=40, unique=True))
    seen = [
        Observation(
            measure=HOUSED.measure,
            area="East Midlands",
            period=Month("June 2020") + place,
            counts=draw(COUNTS),
        )
        for place in months
    ]
    chart = draw(st.sampled_from([control_chart, proportion_chart]))
    rebased = draw(st.lists(st.dates(date(2020, 6, 1), date(2025, 6, 30)), max_size=3))
    found = chart(HOUSED, seen, as_of=date(2026, 1, 1), rebase_on=rebased)
    return len(seen), control_chart_picture(found)


def overlaps(picture: Picture) -> list[tuple[str | None, str | None]]:
    """Return the texts of a plot that have no room beside each other."""
    boxes: list[tuple[int, int, int, int, str | None]] = []
    plot = next(ET.fromstring(picture.svg).iterfind("*/{*}g[@transform]"))  # noqa: S314  our own
    for each in plot.iterfind(TEXT):
        wide = width_of(each.text or "", 13, bold=each.get("font-weight") == "bold")
        shift = {"start": 0, "middle": wide // 2, "end": wide}[each.attrib["text-anchor"]]
        left, bottom = int(each.attrib["x"]) - shift, int(each.attrib["y"])
        boxes.append((left, left + wide, bottom - 13, bottom, each.text))
    return [
        (one[4], other[4])
        for one, other in combinations(boxes, 2)
        if one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
    ]


@given(FIGURES, st.sampled_from(["place", "GBP/year"]))
def test_a_scale_holds_its_figures(figures: list[Fraction], unit: str) -> None:
    """Each has its pixel between those of the first tick and the last."""
    scale = scale_of(figures, unit=unit, start=400, end=0)
    assert scale.low <= min(figures)
    assert max(figures) <= scale.high
    assert {scale.low, scale.high} == {scale.ticks[0], scale.ticks[-1]}
    assert all(0 <= scale.at(figure) <= 400 for figure in figures)


@given(FIGURES)
def test_ticks_are_few_and_told_apart(figures: list[Fraction]) -> None:
    """No two are written alike, and none stands in the place of another."""
    scale = scale_of(figures, unit="place", start=400, end=0)
    assert 2 <= len(scale.ticks) <= 10
    assert len(set(scale.tick_labels)) == len(scale.ticks)
    assert all(lower - upper >= 40 for lower, upper in pairwise(map(scale.at, scale.ticks)))


@given(FIGURES)
def test_a_scale_keeps_the_order(figures: list[Fraction]) -> None:
    """What is more is never drawn below what is less."""
    scale = scale_of(figures, unit="place", start=400, end=0)
    heights = [scale.at(figure) for figure in sorted(figures)]
    assert heights == sorted(heights, reverse=True)


@given(charts())
def test_every_figure_over_time_is_a_mark(chart: tuple[int, Picture]) -> None:
    """However many there are, and whatever gaps lie between them."""
    count, picture = chart
    marks = ET.fromstring(picture.svg).iterfind(f".//{PATH}/{TITLE}")  # noqa: S314  our own text
    assert len(list(marks)) == count


@given(charts())
def test_no_two_texts_of_a_control_chart_overlap(chart: tuple[int, Picture]) -> None:
    """Of periods and of figures beside the plot, so many are written as have room."""
    assert overlaps(chart[1]) == []


@given(AREAS, st.sampled_from(["higher", "lower"]))
def test_every_area_is_a_mark(areas: dict[str, Counts], better: Any) -> None:
    """Whatever its name is made of."""
    picture = funnel_picture(funnel(areas, better=better))
    marks = ET.fromstring(picture.svg).iterfind(f".//{PATH}/{TITLE}")  # noqa: S314  our own text
    assert len(list(marks)) == len(areas)


@given(AREAS)
def test_no_two_names_of_areas_overlap(areas: dict[str, Counts]) -> None:
    """A name that has no room is left out."""
    assert overlaps(funnel_picture(funnel(areas, better="higher"))) == []
