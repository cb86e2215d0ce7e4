"""Laws that hold for the picture of any plan."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from rrmodel import Plan
from rrmodel.coverage import coverage
from rrmodel.graph import partner_graph
from rrmodel.reporting import coverage_picture, partner_picture
from rrmodel.reporting._drawing import width_of, wrapped
from rrmodel.reporting._sides import Blocks, crossings, ordered
from rrmodel.testing import plans

TEXT = "{http://www.w3.org/2000/svg}text"
PATH = "{http://www.w3.org/2000/svg}path"
TITLE = "{http://www.w3.org/2000/svg}title"
Joined = dict[str, set[str]]


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
