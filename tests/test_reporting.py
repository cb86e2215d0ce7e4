"""Pictures of plans: what they show, to whom, and in which order."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest

from rrmodel import Plan, datasets
from rrmodel.coverage import coverage, coverage_through
from rrmodel.errors import RecordError
from rrmodel.graph import merged_partner_graph, partner_graph, partner_projection, plan_graph
from rrmodel.model import (
    Citation,
    Document,
    Fact,
    Partner,
    PartnerKind,
    Partnership,
    Pathway,
    Region,
)
from rrmodel.reporting import Picture, coverage_picture, partner_picture
from rrmodel.reporting._drawing import width_of, wrapped
from rrmodel.reporting._sides import crossings, ordered, sides_of

REGION = datasets.load("east-midlands-2022-25")
PRISON = datasets.load("hmp-leeds-regimes")
SCHEMES = datasets.pathway_schemes()
CROSSWALK = SCHEMES.crosswalk("hmp-leeds", "regional-plans-2022")
HERE = Citation("d", "There")

PICTURES = {
    "who works with whom in the region": partner_picture(REGION),
    "who works with whom in the prison": partner_picture(PRISON),
    "both plans in one": partner_picture(merged_partner_graph([REGION, PRISON])),
    "what the region covers": coverage_picture(coverage(REGION)),
    "what the prison covers": coverage_picture(coverage(PRISON)),
    "the region through the prison's pathways": coverage_picture(
        coverage_through(REGION, CROSSWALK, SCHEMES)
    ),
}
every_picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


def parsed(picture: Picture) -> ET.Element:
    """Return the elements of a picture, without their namespace."""
    root = ET.fromstring(picture.svg)  # noqa: S314  our own text
    for each in root.iter():
        each.tag = each.tag.removeprefix("{http://www.w3.org/2000/svg}")
    return root


def written(picture: Picture) -> list[str]:
    """Return the lines of text in a picture."""
    return [each.text or "" for each in parsed(picture).iter("text")]


def lines(picture: Picture) -> dict[str, ET.Element]:
    """Return the lines of a partner picture by what they say when one points at them."""
    titled = ((each.find("title"), each) for each in parsed(picture).iter("path"))
    return {title.text or "": each for title, each in titled if title is not None}


@attrs.frozen
class Box:
    """The room that a text takes."""

    words: str
    left: int
    right: int
    top: int
    bottom: int


def boxes(element: ET.Element, x: int = 0, y: int = 0) -> Iterator[Box]:
    """Yield the room of each text, even in the widest usual font."""
    if moved := re.fullmatch(r"translate\((\d+) (\d+)\)", element.get("transform", "")):
        x, y = x + int(moved[1]), y + int(moved[2])
    if element.tag == "text":
        words, size = element.text or "", int(element.attrib["font-size"])
        wide = width_of(words, size, bold=element.get("font-weight") == "bold")
        shift = {"start": 0, "middle": wide // 2, "end": wide}[element.attrib["text-anchor"]]
        left, bottom = x + int(element.attrib["x"]) - shift, y + int(element.attrib["y"])
        yield Box(words, left, left + wide, bottom - size, bottom)
    for each in element:
        yield from boxes(each, x, y)


def contrast(colour: str) -> float:
    """Return how a colour stands out from white, as WCAG counts it."""
    levels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in levels
    ]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def plan(*, pathways: tuple[Pathway, ...] = (), partners: tuple[Partner, ...] = ()) -> Plan:
    """Return a small plan."""
    return Plan(
        id="small",
        title="A <small> plan & more",
        subject=Region(id="r", name="A region"),
        documents=(Document(id="d", title="The plan"),),
        pathways=pathways,
        partners=partners,
    )


class TestEveryPicture:
    """An SVG that is worth looking at, with text alternatives and accessible colours."""

    @every_picture
    def test_it_is_named_and_described_to_those_who_cannot_see_it(self, picture: Picture) -> None:
        """Its role is that of an image, and its title and description are its label."""
        root = parsed(picture)
        label = root.attrib["aria-labelledby"].split()
        named = {each.get("id"): each.text for each in root if each.tag in {"title", "desc"}}
        assert root.attrib["role"] == "img"
        assert [named[name] for name in label] == [picture.title, picture.description]

    @every_picture
    def test_it_fetches_and_runs_nothing(self, picture: Picture) -> None:
        """It holds no address but that of SVG itself, no script and no font."""
        assert re.findall(r"https?://[^\"]*", picture.svg) == ["http://www.w3.org/2000/svg"]
        assert not re.search(r"href|url\(|<script|<style|\bon\w+=|@import|data:", picture.svg)

    @every_picture
    def test_its_words_can_be_read_on_its_paper(self, picture: Picture) -> None:
        """Text stands out by 4.5 to one or more, and so do its marks by three to one."""
        root = parsed(picture)
        assert min(contrast(each.attrib["fill"]) for each in root.iter("text")) >= 4.5
        marks = [
            each.get(paint, "none") for each in root.iter("path") for paint in ("fill", "stroke")
        ]
        quiet = {"none", "#B1B4B6"}  # the rules between rows say nothing
        assert min(contrast(colour) for colour in marks if colour not in quiet) >= 3

    @every_picture
    def test_no_two_texts_overlap(self, picture: Picture) -> None:
        """Even in the widest usual font each text has its own place."""
        every = list(boxes(parsed(picture)))
        assert [
            (one.words, other.words)
            for place, one in enumerate(every)
            for other in every[:place]
            if one.left < other.right and other.left < one.right
            if one.top < other.bottom and other.top < one.bottom
        ] == []

    @every_picture
    def test_nothing_stands_beside_the_paper(self, picture: Picture) -> None:
        """Every text begins and ends on it."""
        root = parsed(picture)
        _, _, width, height = map(int, root.attrib["viewBox"].split())
        assert [
            box.words
            for box in boxes(root)
            if box.left < 0 or box.top < 0 or box.right > width or box.bottom > height
        ] == []

    def test_several_share_a_page(self) -> None:
        """What names a picture is the only one of its id there."""
        page = "".join(picture.svg for picture in PICTURES.values())
        ids = re.findall(r' id="([^"]*)"', page)
        assert len(ids) == len(set(ids)) == 2 * len(PICTURES)

    def test_a_notebook_shows_it_with_its_words_below(self) -> None:
        """The words are folded, and nothing in them is taken for HTML."""
        picture = partner_picture(plan())
        assert picture._repr_svg_() == picture.svg
        assert picture.svg in picture._repr_html_()
        assert ">Who works with whom: A &lt;small&gt; plan &amp; more" in picture._repr_html_()

    def test_it_is_the_same_whatever_the_hash_seed(self) -> None:
        """The same plan gives the same bytes in every process."""
        code = (
            "import sys; from rrmodel import datasets; from rrmodel.reporting import *; "
            "sys.stdout.buffer.write(partner_picture(datasets.load('hmp-leeds-regimes')).svg.encode())"
        )
        drawn = {
            subprocess.run(  # noqa: S603  our own interpreter and our own code
                [sys.executable, "-c", code],
                check=True,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONHASHSEED": seed},
            ).stdout
            for seed in ("1", "2")
        }
        assert drawn == {partner_picture(PRISON).svg.encode()}


class TestPartnerPicture:
    def test_all_partners_and_pathways_of_the_region_are_there(self) -> None:
        """59 partners and four pathways are named, whole."""
        text = " ".join(written(PICTURES["who works with whom in the region"]))
        names = [each.name for each in REGION.partners] + [each.name for each in REGION.pathways]
        assert [name for name in names if name not in text] == []

    def test_each_part_is_a_line(self) -> None:
        """A line says who, where, whether yet, and what the part is."""
        drawn = lines(PICTURES["who works with whom in the region"])
        assert len(drawn) == 19 + 19 + 9 + 8
        assert "NACRO: Family, accommodation and readjustment to society, current" in {
            said.partition("\n")[0] for said in drawn
        }

    def test_few_lines_cross(self) -> None:
        """In the order of the document 713 pairs of the region's lines would cross."""
        sides = sides_of(partner_graph(REGION))
        left = [[node for node, own in sides.kinds.items() if own is kind] for kind in PartnerKind]
        document = left, [list(sides.plans)]
        assert crossings(*document, sides.neighbours()) == 713
        assert crossings(*ordered(*document, sides.neighbours()), sides.neighbours()) < 100

    def test_a_part_that_is_yet_to_begin_is_dashed(self) -> None:
        """The region's plan promises one provider who is not at work yet."""
        drawn = lines(PICTURES["who works with whom in the region"])
        dashed = [said for said, line in drawn.items() if "stroke-dasharray" in line.attrib]
        assert [said.partition(":")[0] for said in dashed] == [
            "Community Accommodation Service provider"
        ]
        assert "a part that is yet to begin" in written(
            PICTURES["who works with whom in the region"]
        )

    def test_who_works_in_several_pathways_is_in_bold(self) -> None:
        """In the region these are three."""
        bold = {
            each.text
            for each in parsed(PICTURES["who works with whom in the region"]).iter("text")
            if each.get("font-weight") == "bold" and each.get("fill") == "#0B0C0C"
        }
        assert bold - {"Abc"} == {
            "Who works with whom: East Midlands Reducing Reoffending Plan 2022-25",
            "Police and crime commissioners",
            "East Midlands local authorities",
            "St Giles",
        }

    def test_each_kind_has_a_colour_and_a_shape_of_its_own(self) -> None:
        """Who cannot tell the colours apart can tell the shapes."""
        partners = tuple(Partner(id=kind, name=kind, kind=kind) for kind in PartnerKind)
        markers = [
            each.attrib for each in parsed(partner_picture(plan(partners=partners))).iter("path")
        ]
        assert len({each["d"] for each in markers}) == len(PartnerKind)
        assert len({each["fill"] for each in markers}) == len(PartnerKind)

    def test_pathways_of_one_name_are_told_apart(self) -> None:
        """HMP Leeds lists drugs and alcohol twice."""
        text = PICTURES["who works with whom in the prison"].text
        assert "Drug & Alcohol Misuse (drug-and-alcohol-misuse-recovery-wing)" in text
        assert "Drug & Alcohol Misuse (drug-and-alcohol-misuse-substitute-prescribing)" in text

    def test_pathways_without_a_partner_are_said(self) -> None:
        """The prison has three, in the picture and in its words."""
        picture = PICTURES["who works with whom in the prison"]
        assert written(picture).count("no partner") == 3
        assert picture.text.splitlines()[-1] == (
            "Without a partner: Education, Training & Employment; Children & Families of "
            "Offenders; Attitudes and Thinking Behaviour"
        )

    def test_the_words_list_every_part(self) -> None:
        """Kind, partner, pathway, status and part stand in columns."""
        text = PICTURES["who works with whom in the prison"].text
        (shelter, _) = [line for line in text.splitlines() if "  Shelter  " in line]
        assert re.split(r"\s{2,}", shelter) == [
            "voluntary",
            "Shelter",
            "Accommodation",
            "current",
            "Works with the prison so that people leaving it find suitable housing.",
        ]

    def test_plans_drawn_together_keep_their_pathways_apart(self) -> None:
        """Above the pathways of each plan stands its id."""
        text = " ".join(written(PICTURES["both plans in one"]))
        assert "Plan east-midlands-2022-25" in text
        assert "Plan hmp-leeds-regimes" in text

    def test_a_part_of_a_graph_can_be_drawn(self) -> None:
        """An analyst who wants one pathway takes a subgraph."""
        graph = partner_graph(REGION)
        place = "pathway:public-security"
        picture = partner_picture(graph.subgraph([place, *graph.adj[place]]))
        assert picture.description.startswith("8 of 8 partners have a part in 1 pathway; 0 of them")

    def test_a_plan_with_nothing_in_it_has_a_picture(self) -> None:
        """It says that there is nothing."""
        picture = partner_picture(plan())
        assert picture.description == (
            "0 of 0 partners have a part in 0 pathways; 0 of them work in two or more."
        )
        assert parsed(picture).attrib["role"] == "img"

    def test_a_current_part_beside_a_planned_one_is_current(self) -> None:
        """A partner at work in a pathway is drawn so, whatever else it is to do there."""
        helps = Partnership(partner="p", role="Helps", citation=HERE)
        parts = helps, attrs.evolve(helps, role="Will help more", status="planned")
        small = plan(
            pathways=(Pathway(id="w", name="Work", citation=HERE, partnerships=parts),),
            partners=(Partner(id="p", name="Pat", kind=PartnerKind.HEALTH),),
        )
        ((said, line),) = lines(partner_picture(small)).items()
        assert said == "Pat: Work, current\nHelps\nWill help more"
        assert "stroke-dasharray" not in line.attrib

    @pytest.mark.parametrize(
        ("graph", "message"),
        [
            (plan_graph(REGION), "is neither a partner nor a pathway"),
            (partner_projection(partner_graph(PRISON)), "two of one side"),
        ],
        ids=["of everything", "of partners alone"],
    )
    def test_other_graphs_are_refused(self, graph: Any, message: str) -> None:
        """What is no partner graph is told what is."""
        with pytest.raises(RecordError, match=message):
            partner_picture(graph)


class TestCoveragePicture:
    def test_each_cell_has_its_number(self) -> None:
        """The first row of the region's plan, worked out from the document."""
        said = written(PICTURES["what the region covers"])
        first = said.index("Training, skills and work")
        assert said[first + 1 : first + 9] == ["1", "4", "6", "6", "19", "2", "2", "5"]

    def test_a_gap_has_a_mark_and_a_word(self) -> None:
        """Three cells of the region's plan are empty; none is told by its colour alone."""
        root = parsed(PICTURES["what the region covers"])
        dashed = [each for each in root.iter("rect") if "stroke-dasharray" in each.attrib]
        crosses = [each for each in root.iter("path") if each.get("stroke-width") == "3"]
        assert len(dashed) == 3
        assert len(crosses) == 3 + 1  # and one in the legend
        assert written(PICTURES["what the region covers"]).count("none") == 3

    def test_objectives_without_an_activity_are_counted(self) -> None:
        """A number in a cell does not say that anybody acts on it."""
        said = written(PICTURES["what the region covers"])
        assert [line for line in said if "not served" in line] == [
            "2 objectives not served",
            "1 objective not served",
            "3 objectives not served",
        ]

    def test_the_words_say_what_would_close_each_gap(self) -> None:
        """The list is that of the coverage."""
        text = PICTURES["what the region covers"].text
        assert text.count("\n- ") == len(coverage(REGION).gaps)
        assert (
            "- Drugs and alcohol addiction lacks a target with a measure, so that figures can "
            "decide it\n"
        ) in text
        assert " lacks an activity that serves it (fewer-deaths)\n" in text

    def test_a_number_through_a_crosswalk_may_be_an_upper_bound(self) -> None:
        """The pathway of HMP Leeds for mental health is only related to that for drugs."""
        text = PICTURES["the region through the prison's pathways"].text
        (health,) = [line for line in text.splitlines() if line.startswith("Mental & Physical ")]
        assert re.split(r"\s{2,}", health) == [
            "Mental & Physical Health",
            *("≤ 3", "none", "≤ 6", "≤ 6", "≤ 19", "≤ 2", "none", "≤ 2"),
            "related: Drugs and alcohol addiction",
        ]

    def test_a_pathway_that_nothing_answers_says_so(self) -> None:
        """The voluntary sector is a kind of partner in 2022, and no pathway."""
        picture = PICTURES["the region through the prison's pathways"]
        assert "nothing in the plan corresponds" in picture.text
        assert (
            "- Voluntary Sector Involvement: The voluntary sector is a kind of partner"
            in picture.text
        )

    def test_a_crosswalk_is_read_both_ways(self) -> None:
        """The prison's nine pathways through the four of 2022, each with what it is."""
        text = coverage_picture(coverage_through(PRISON, CROSSWALK, SCHEMES)).text
        assert (
            "exact, a part: Accommodation; narrow: Finance, Benefit & Debt; "
            "exact, a part: Children & Families of Offenders\n"
        ) in text

    def test_a_need_without_a_pathway_is_said(self) -> None:
        """A need that stands outside the pathways, and that none takes up, is a gap of the plan."""
        need = Fact(id="n", statement="Half are lonely", citation=HERE, kind="need")
        lonely = attrs.evolve(plan(), profile=(need,))
        picture = coverage_picture(coverage(lonely))
        assert picture.description == (
            "0 pathways: 0 of 0 cells hold something. No pathway deals with 1 need."
        )
        assert "- A <small> plan & more lacks a pathway that names the need (n)\n" in picture.text

    def test_a_plan_without_pathways_has_a_table_of_none(self) -> None:
        """The words end with the heads of the columns."""
        assert coverage_picture(coverage(plan())).text.splitlines()[-1].startswith("-------  -----")

    def test_a_plan_without_gaps_needs_no_legend(self) -> None:
        """Nothing is explained that is not there."""
        full = attrs.evolve(REGION, pathways=REGION.pathways[:1])
        assert coverage(full).share == 1
        assert written(coverage_picture(coverage(full)))[-1] == "5"


class TestText:
    def test_a_long_word_is_broken_after_its_hyphen(self) -> None:
        """Otherwise wherever the line is full."""
        limit = width_of("drug-and-")
        assert wrapped("drug-and-alcohol", limit) == ("drug-and-", "alcohol")
        assert wrapped("mmmmmm", width_of("mmmm")) == ("mmmm", "mm")

    def test_a_letter_wider_than_the_line_stands_alone(self) -> None:
        """Nothing is lost where nothing fits."""
        assert wrapped("ab", 1) == ("a", "b")

    def test_accents_take_no_room_and_wide_letters_twice_as_much(self) -> None:
        """The width of a line is that of what one sees."""
        assert width_of("e\u0301") == width_of("e")
        assert width_of("漢", 100) > width_of("e", 100) * 3 // 2

    def test_what_svg_cannot_hold_is_replaced(self) -> None:
        """Control characters and half characters become the mark for that, breaks a space."""
        partners = (Partner(id="p", name="A\x07 \ud800\nB", kind=PartnerKind.HEALTH),)
        assert "A\ufffd \ufffd B" in written(partner_picture(plan(partners=partners)))
