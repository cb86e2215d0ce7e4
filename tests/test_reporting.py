"""Pictures of plans: what they show, to whom, and in which order."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest

from rrmodel import (
    Amount,
    DirectionTarget,
    FinancialYear,
    Measure,
    Month,
    Observation,
    Plan,
    ReachTarget,
    datasets,
)
from rrmodel.coverage import coverage, coverage_through
from rrmodel.errors import RecordError
from rrmodel.evaluation import control_chart, proportion_chart
from rrmodel.graph import merged_partner_graph, partner_graph, partner_projection, plan_graph
from rrmodel.inference import Undefined, funnel
from rrmodel.model import (
    Citation,
    Counts,
    Document,
    Fact,
    Partner,
    PartnerKind,
    Partnership,
    Pathway,
    Region,
)
from rrmodel.reporting import (
    Picture,
    control_chart_picture,
    coverage_picture,
    funnel_picture,
    partner_picture,
)
from rrmodel.reporting._axes import scale_of
from rrmodel.reporting._drawing import width_of, wrapped
from rrmodel.reporting._sides import crossings, ordered, sides_of

REGION = datasets.load("east-midlands-2022-25")
PRISON = datasets.load("hmp-leeds-regimes")
SCHEMES = datasets.pathway_schemes()
CROSSWALK = SCHEMES.crosswalk("hmp-leeds", "regional-plans-2022")
HERE = Citation("d", "There")

LATE = date(2040, 1, 1)
HOUSED: Any = REGION.target("housed-on-release-by-july-2023")
MADE = (492, 488, 497, 490, 483, 499, 494, 489, 493, 503, 518, 521, 517, 524)
"""How many of 600 were housed, month by month."""
REGIONS = {
    "R1": Counts(410, 500),
    "R2": Counts(520, 640),
    "R3": Counts(298, 350),
    "R4": Counts(705, 800),
    "R5": Counts(130, 190),
    "R6": Counts(610, 700),
    "R7": Counts(455, 520),
    "R8": Counts(240, 310),
    "R9": Counts(890, 980),
    "R10": Counts(350, 440),
    "R11": Counts(77, 100),
    "R12": Counts(640, 820),
}
MANY = {
    f"Area {number} of a hundred, with a name that is longer than there can be room for": Counts(
        (cases := 30 + 7919 * number % 1400) * (number if number % 4 == 0 else 58) // 100, cases
    )
    for number in range(100)
}


def months(*housed: int, cases: Sequence[int] = ()) -> list[Observation]:
    """Return figures of the region for months from November 2021, of 600 releases if not told."""
    return [
        Observation(
            measure=HOUSED.measure,
            area="East Midlands",
            period=Month("November 2021") + place,
            counts=Counts(count, cases[place] if cases else 600),
        )
        for place, count in enumerate(housed)
    ]


def charted(*housed: int, rebase_on: Sequence[date] = (), title: str | None = None) -> Picture:
    """Return the picture of the control chart of some months."""
    chart = control_chart(HOUSED, months(*housed), as_of=LATE, rebase_on=rebase_on)
    return control_chart_picture(chart, title=title)


def by_counts(*housed: int, cases: Sequence[int] = ()) -> Picture:
    """Return the picture of the chart of proportions of some months."""
    chart = proportion_chart(HOUSED, months(*housed, cases=cases), as_of=LATE)
    return control_chart_picture(chart)


def of_amounts(unit: str, goal: int, *levels: int | Fraction) -> Picture:
    """Return the picture of the control chart of yearly amounts."""
    target = ReachTarget(
        id="t",
        statement="So many are reached.",
        citation=HERE,
        measure=Measure(id="places-open", name="Places", counts="n", unit=unit, better="higher"),
        area="York",
        goal=Amount(goal, unit),
        deadline=HOUSED.deadline,
    )
    years = [
        Observation(
            measure=target.measure,
            area="York",
            period=FinancialYear("2010-11") + place,
            level=Amount(level, unit),
        )
        for place, level in enumerate(levels)
    ]
    return control_chart_picture(control_chart(target, years, as_of=LATE))


PICTURES = {
    "who works with whom in the region": partner_picture(REGION),
    "who works with whom in the prison": partner_picture(PRISON),
    "both plans in one": partner_picture(merged_partner_graph([REGION, PRISON])),
    "what the region covers": coverage_picture(coverage(REGION)),
    "what the prison covers": coverage_picture(coverage(PRISON)),
    "the region through the prison's pathways": coverage_picture(
        coverage_through(REGION, CROSSWALK, SCHEMES)
    ),
    "figures over time": charted(*MADE),
    "figures over time, rebased": charted(
        *MADE, rebase_on=[date(2022, 8, 1), date(2022, 12, 1)], title="Made <figures> & more"
    ),
    "one figure": charted(492),
    "the same figure again and again": charted(*[540] * 14),
    "nobody housed": by_counts(*[0] * 14),
    "everybody housed": by_counts(*[600] * 14),
    "all or nobody": charted(*[0, 600] * 7),
    "a hundred figures": charted(*(480 + 7919 * place % 37 + place // 3 for place in range(100))),
    "figures of few cases": by_counts(
        *(492, 588, 467, 1690, 483, 5, 694, 492, 588, 467),
        cases=(600, 700, 550, 2000, 600, 6, 800, 600, 700, 550),
    ),
    "amounts below nothing and far above": of_amounts(
        "GBP/year",
        300_000_000,
        *[200_000_000, 230_000_000, 166_666_667, 180_000_000, -20_000_000] * 2,
    ),
    "twelve areas": funnel_picture(funnel(REGIONS, better="higher"), title="Twelve made regions"),
    "a hundred areas": funnel_picture(funnel(MANY, better="lower", winsorise=0.3)),
    "areas with names of all kinds": funnel_picture(
        funnel(
            {
                "All <&>": Counts(300, 300),
                "\u05e6\u05e4\u05d5\u05df": Counts(0, 300),
                "Bell\x07": Counts(140, 300),
                "Turned \u202e about": Counts(3, 300),
                "\u202e": Counts(160, 310),
                "Small": Counts(1, 1),
            },
            better="higher",
            winsorise=0.4,
        )
    ),
    "one area": funnel_picture(funnel({"York": Counts(5, 40)}, better="lower")),
    "areas where nobody is": funnel_picture(
        funnel({"York": Counts(0, 40), "Leeds": Counts(0, 7)}, better="lower")
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
        quiet = {"none", "#B1B4B6", "#FFFFFF"}  # rules, and the paper in a mark, say nothing
        assert min(contrast(colour) for colour in marks if colour not in quiet) >= 3

    @every_picture
    def test_it_is_drawn_from_whole_numbers(self, picture: Picture) -> None:
        """No place and no size depends on how a machine writes a fraction."""
        places = {"d", "x", "y", "width", "height", "viewBox", "transform"}
        said = [
            each.attrib[name] for each in parsed(picture).iter() for name in places & {*each.attrib}
        ]
        assert [each for each in said if re.search(r"[.e]", each.replace("translate", ""))] == []

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
            "import sys; from rrmodel import datasets; from rrmodel.inference import funnel; "
            "from rrmodel.model import Counts; from rrmodel.reporting import *; "
            "counts = {'North': Counts(410, 500), 'East': Counts(705, 800)}; "
            "areas = funnel_picture(funnel(counts, better='higher')).svg; "
            "partners = partner_picture(datasets.load('hmp-leeds-regimes')).svg; "
            "sys.stdout.buffer.write((areas + partners).encode())"
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
        counts = {"North": Counts(410, 500), "East": Counts(705, 800)}
        areas = funnel_picture(funnel(counts, better="higher"))
        assert drawn == {(areas.svg + partner_picture(PRISON).svg).encode()}


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


def traced(picture: Picture, **look: str) -> list[ET.Element]:
    """Return the lines of a plot that have a look."""
    lines = [each for each in parsed(picture).iter("path") if each.get("fill") == "none"]
    return [each for each in lines if look.items() <= each.attrib.items()]


def pointed_at(picture: Picture) -> dict[str, str]:
    """Return the shapes of the marks of a plot by what they say when one points at them."""
    return {said: mark.attrib["d"] for said, mark in lines(picture).items()}


TOO_FEW = "there are too few points for limits."
MOVING = "the limits are those of few points and will still move."
DASHES = "6 4"
EXPECTED = "#801650"


class TestControlChartPicture:
    def test_each_figure_is_a_mark_that_says_what_it_is(self) -> None:
        """Signals have another shape, one for the better and one for the worse."""
        marks = pointed_at(PICTURES["figures over time"])
        assert len(marks) == len(MADE)
        assert "December 2022: 87.3%, improvement, above the upper limit" in marks
        assert "August 2022: 83.8%, no signal" in marks
        assert "May 2022: 82.3%, concern, one of seven below the mean" in marks
        assert len(set(marks.values())) == 3

    def test_the_description_says_what_one_sees(self) -> None:
        """The level, what is usual, the signals, and whether chance decides."""
        assert PICTURES["figures over time"].description == (
            "87.3% in December 2022; 80.2% to 86.7% is usual. The last of 14 points is a signal of "
            "improvement, above the upper limit. Signals: 4 of improvement and 9 of concern. Left "
            "as it is, chance decides whether it reaches the 86.5% expected."
        )

    def test_it_is_named_after_the_measure_the_area_and_the_periods(self) -> None:
        """If no title is given."""
        assert PICTURES["figures over time"].title == (
            "Housed on release: East Midlands, November 2021 – December 2022"
        )
        assert PICTURES["one figure"].title == "Housed on release: East Midlands, November 2021"
        assert PICTURES["figures over time, rebased"].title == "Made <figures> & more"

    def test_the_words_have_a_row_for_each_figure(self) -> None:
        """With its mean, its limits, what was expected, its cases and its signal."""
        rows = PICTURES["figures over time"].text.splitlines()
        assert re.split(r"\s{2,}", rows[-1]) == [
            *("December 2022", "87.3%", "83.4%", "80.2%", "86.7%", "86.5%", "600"),
            "improvement, above the upper limit",
        ]
        assert re.split(r"\s{2,}", rows[5])[:6] == [
            *("November 2021", "82.0%", "83.4%", "80.2%", "86.7%", "600"),
        ]

    def test_each_group_has_a_mean_and_limits_of_its_own(self) -> None:
        """Three groups, all of which have too few figures for limits."""
        picture = PICTURES["figures over time, rebased"]
        assert traced(picture, **{"stroke-dasharray": DASHES}) == []
        dotted = [each.get("stroke-dasharray") for each in parsed(picture).iter("path")]
        assert dotted.count("2 4") == 2 + 1  # and one in the legend
        assert "mean and limits start anew" in written(picture)

    def test_cautions_name_their_periods(self) -> None:
        """In the picture and in its words."""
        picture = PICTURES["figures over time, rebased"]
        assert picture.text.splitlines()[-3:] == [
            f"- November 2021 – July 2022: {TOO_FEW}",
            f"- August 2022 – November 2022: {TOO_FEW}",
            f"- December 2022: {TOO_FEW}",
        ]
        assert f"Caution: December 2022: {TOO_FEW}" in written(picture)
        assert picture.description.endswith(
            "Without limits, nothing is said of reaching the 86.5% expected. "
            "Read with care: no limits."
        )

    def test_a_caution_of_some_periods_counts_them(self) -> None:
        """Two of ten months had few releases; the chart of all has trial limits."""
        cases = 600, 6, 600, 600, 6, 600, 600, 600, 600, 600
        text = by_counts(492, 5, 488, 497, 5, 490, 483, 492, 488, 497, cases=cases).text
        assert "- 2 periods of December 2021 – March 2022: fewer than five cases" in text
        assert f"- all periods: {MOVING}\n" in text

    def test_shares_of_counts_are_written_in_per_cent(self) -> None:
        """A chart of proportions counts from 0 to 1, and its picture as plans do."""
        picture = PICTURES["everybody housed"]
        assert picture.description == (
            "100.0% in December 2022; 100.0% to 100.0% is usual. The last of 14 points shows usual "
            "variation. Signals: none. Left as it is, it would keep reaching the 86.5% expected. "
            "Read with care: few cases."
        )
        assert "100%" in written(picture)

    def test_limits_of_counts_are_steps(self) -> None:
        """Each month has limits of its own, wide where cases were few."""
        upper, lower = traced(PICTURES["figures of few cases"], **{"stroke-dasharray": DASHES})
        assert [each.attrib["d"].count("V") for each in (upper, lower)] == [10, 10]
        assert "Read with care: few cases, " in PICTURES["figures of few cases"].description

    def test_what_is_expected_is_a_line_from_where_it_begins(self) -> None:
        """The plan starts in March 2022, and nothing is expected of the four months before."""
        (line,) = traced(PICTURES["figures over time"], stroke=EXPECTED)[:1]
        assert len(re.findall(r"[ML]", line.attrib["d"])) == 10
        assert "expected 86.5%" in written(PICTURES["figures over time"])

    def test_what_is_expected_of_one_figure_is_a_short_line(self) -> None:
        """One month after the start of the plan can be seen too."""
        (line,) = traced(charted(*MADE[:5]), stroke=EXPECTED)[:1]
        (left, y), (right, also) = re.findall(r"(\d+) (\d+)", line.attrib["d"])
        assert int(left) < int(right)
        assert y == also

    def test_without_a_level_expected_nothing_is_said_of_one(self) -> None:
        """A promise to rise has a direction and no level."""
        rising = DirectionTarget(
            id="more",
            statement="More are housed.",
            citation=HERE,
            measure=HOUSED.measure,
            area="East Midlands",
        )
        picture = control_chart_picture(control_chart(rising, months(*MADE), as_of=LATE))
        assert "expected" not in picture.description
        assert traced(picture, stroke=EXPECTED) == []

    def test_a_gap_in_the_months_is_a_gap_in_the_picture(self) -> None:
        """Points stand where their periods end, however many lie between."""
        seen = months(*MADE)
        chart = control_chart(HOUSED, [*seen[:4], *seen[7:]], as_of=LATE)
        places = [
            int(each.attrib["transform"].partition("(")[2].partition(" ")[0])
            for each in lines(control_chart_picture(chart)).values()
        ]
        steps = [later - earlier for earlier, later in pairwise(places)]
        assert max(steps) > 3 * min(steps)
        assert steps.index(max(steps)) == 3

    def test_amounts_have_their_unit(self) -> None:
        """Whole ones have no decimals, and what follows the number stands above the axis."""
        picture = of_amounts("place", 200, *[120, 150, 140] * 4)
        assert picture.description.startswith("140 places in 2021/22; 83 to 190 places is usual")
        assert {"120", "places"} <= set(written(picture))
        assert {"£400,000,000", "a year", "-£100,000,000"} <= set(
            written(PICTURES["amounts below nothing and far above"])
        )

    def test_the_first_and_the_last_of_many_periods_are_named(self) -> None:
        """And as many between them as have room."""
        said = written(PICTURES["a hundred figures"])
        assert said.count("November") == 4
        assert {"2021", "2030"} <= set(said)

    def test_no_chart_has_no_picture(self) -> None:
        """The reason why there is none is passed on."""
        with pytest.raises(RecordError, match="there is no chart to draw: no figure is known"):
            control_chart_picture(Undefined("no figure is known"))


class TestFunnelPicture:
    def test_each_area_is_a_mark_that_says_what_it_is(self) -> None:
        """Only R5 stands out from areas that differ as much as these, and only R5 is named."""
        picture = PICTURES["twelve areas"]
        marks = pointed_at(picture)
        assert len(marks) == len(REGIONS)
        assert "R5: 68.4% of 190, worse" in marks
        assert len(set(marks.values())) == 2
        assert [said for said in written(picture) if said in REGIONS] == ["R5"]

    def test_the_description_says_who_stands_out_and_that_ranks_are_uncertain(self) -> None:
        """By chance alone, and allowing for how much areas differ anyway."""
        assert PICTURES["twelve areas"].description == (
            "12 areas compared with an average of 83.9%; cases: 100 to 980. Beyond the 95% limits "
            "of chance alone: R9, R4, R6, R7 (better); R5, R12, R8, R10 (worse). Areas differ by "
            "more than chance (dispersion 7.5, where chance gives 1.0); beyond the limits that "
            "allow for that: R5 (worse). Ranks are uncertain: R9, the first, may be 1 to 5, and "
            "R5, the last, 6 to 12."
        )

    def test_both_kinds_of_limits_are_drawn(self) -> None:
        """Four curves each: two limits, above and below; the inner ones are dashed."""
        picture = PICTURES["twelve areas"]
        for colour in ("#12436D", "#6B7276"):
            curves = traced(picture, stroke=colour)
            assert ["stroke-dasharray" in each.attrib for each in curves] == [
                *(False, False, True, True)
            ]
        assert "limits of chance alone: 95% dashed, 99.8% whole" in written(picture)

    def test_limits_of_chance_stand_alone_where_areas_differ_no_more(self) -> None:
        """Equal shares show no more than chance."""
        alike = funnel({"A": Counts(84, 100), "B": Counts(168, 200)}, better="higher", inner=0.9)
        picture = funnel_picture(alike)
        assert traced(picture, stroke="#6B7276") == []
        assert len(traced(picture, stroke="#12436D")) == 4
        assert "limits of chance: 90% dashed, 99.8% whole" in written(picture)
        assert "Areas differ no more than chance explains." in picture.description
        assert "Beyond the 90% limits of chance alone: none." in picture.description

    def test_one_area_is_compared_and_not_ranked(self) -> None:
        """It cannot show how much areas differ."""
        picture = PICTURES["one area"]
        assert picture.title == "Areas compared with their average"
        assert picture.description == (
            "1 area compared with an average of 12.5%; cases: 40. Beyond the 95% limits of chance "
            "alone: none. One area cannot show how much areas differ anyway."
        )
        (row,) = [line for line in picture.text.splitlines() if line.startswith("York")]
        assert re.split(r"\s{2,}", row) == [
            *("York", "40", "12.5%", "not distinguishable", "1", "only 1"),
        ]

    def test_the_words_have_both_positions_and_the_range_of_ranks(self) -> None:
        """A rank never comes alone."""
        (row,) = [line for line in PICTURES["twelve areas"].text.splitlines() if "R12 " in line]
        assert re.split(r"\s{2,}", row) == [
            *("R12", "820", "78.0%", "far worse", "not distinguishable", "9", "5 to 12"),
        ]

    def test_better_and_worse_far_and_near_have_marks_of_their_own(self) -> None:
        """A mark is hollow between the inner and the outer limits."""
        counts = {
            **{f"Usual {number}": Counts(600, 1000) for number in range(20)},
            "Far better": Counts(700, 1000),
            "Better": Counts(635, 1000),
            "Far worse": Counts(500, 1000),
            "Worse": Counts(565, 1000),
        }
        picture = funnel_picture(funnel(counts, better="higher", average=Fraction(3, 5)))
        marks = {said.partition(":")[0]: mark for said, mark in lines(picture).items()}
        hollow = {name for name, mark in marks.items() if mark.get("stroke")}
        shapes = {name: mark.attrib["d"] for name, mark in marks.items()}
        assert hollow == {"Better", "Worse"}
        assert shapes["Better"] == shapes["Far better"] != shapes["Worse"] == shapes["Far worse"]
        assert {
            "within the 95% limits",
            "better than the average, beyond the 99.8% limits",
            "worse than the average, beyond the 95% limits",
        } <= set(written(picture))

    def test_of_many_names_those_are_drawn_that_have_room(self) -> None:
        """Of the others the first six are listed below. Only the text has long ones whole."""
        picture = PICTURES["a hundred areas"]
        said = written(picture)
        assert any(line.startswith("Area ") and line.endswith("…") for line in said)
        assert any(line.startswith("No room for the names of Area ") for line in said)
        assert " more (better); " in picture.description
        assert len(lines(picture)) == 100
        assert [name for name in MANY if name not in picture.text] == []

    def test_a_name_upsets_nothing(self) -> None:
        """What would turn the words after it about is left out."""
        picture = PICTURES["areas with names of all kinds"]
        assert "\u202e" not in picture.svg + picture.text
        assert {"All <&>", "Turned about", "\u05e6\u05e4\u05d5\u05df"} <= set(written(picture))
        assert "Bell\ufffd: 46.7% of 300, not distinguishable" in lines(picture)


class TestScale:
    def test_ticks_are_round_and_hold_all_figures(self) -> None:
        """From a round figure below the lowest to one above the highest."""
        scale = scale_of([Fraction("80.2"), Fraction("87.4")], unit="%", start=390, end=30)
        assert scale.tick_labels == tuple(f"{tick}%" for tick in range(80, 89))
        assert (scale.at(80), scale.at(84), scale.at(88)) == (390, 210, 30)

    def test_one_figure_alone_has_room_on_both_sides(self) -> None:
        """But no share is above 100%, and no axis goes below nothing for nothing's sake."""
        ends = {
            (level, unit): (scale.low, scale.high)
            for level, unit in ((0, "%"), (50, "%"), (100, "%"), (0, "place"), (-20, "GBP"))
            for scale in [scale_of([level], unit=unit, start=0, end=100)]
        }
        assert ends == {
            (0, "%"): (0, 1),
            (50, "%"): (44, 56),
            (100, "%"): (90, 100),
            (0, "place"): (0, 1),
            (-20, "GBP"): (-22, -18),
        }

    def test_small_and_large_amounts_are_written_as_they_need(self) -> None:
        """A decimal more than the ticks have; none for whole amounts; pence go in pairs."""
        small = scale_of([Fraction(1, 3), Fraction(1, 2)], unit="night", start=0, end=100)
        assert small.tick_labels[0] == "0.30"
        assert small.written(Fraction(1, 3)) == "0.333 nights"
        large = scale_of([0, 10**9], unit="GBP", start=0, end=100)
        assert large.tick_labels[-1] == "£1,000,000,000"
        assert large.written(Fraction(10**9, 3)) == "£333,333,333"
        pence = scale_of([0, 8], unit="GBP", start=0, end=100)
        assert pence.written(Fraction(1, 3)) == "£0.30"

    def test_more_decimals_than_can_be_written_are_not_written(self) -> None:
        """Thirty are the most that a level is printed with."""
        tiny = scale_of([0, Fraction(1, 10**40)], unit="night", start=0, end=100)
        assert tiny.tick_labels[0] == "0." + "0" * 30


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
