"""Charts: what they show, in which words, and that every text can be read at any width."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
import attrs
import pytest
import vl_convert

from rrmodel import (
    Baseline,
    ChangeTarget,
    Citation,
    Deadline,
    DirectionTarget,
    FinancialYear,
    MaintainTarget,
    Measure,
    MilestoneTarget,
    Month,
    NarrativeTarget,
    Objective,
    Observation,
    Percentage,
    PercentagePoints,
    Plan,
    ReachTarget,
    datasets,
    evaluate,
    evaluate_plan,
    reporting,
)
from rrmodel.coverage import coverage, coverage_through
from rrmodel.errors import RecordError, UnknownNameError
from rrmodel.evaluation import Evaluation, ObservedChart, control_chart, proportion_chart
from rrmodel.inference import Undefined, funnel
from rrmodel.model import (
    Completion,
    Counts,
    Document,
    InterimGoal,
    LevelRange,
    Partner,
    PartnerKind,
    Partnership,
    Pathway,
    RangeTarget,
    Region,
    SeriesBreak,
    StandingTarget,
)
from rrmodel.quantities import Amount
from rrmodel.reporting._text import clean, text_width, wrapped
from rrmodel.reporting._time_charts import figure

REGION = datasets.load("east-midlands-2022-25")
PRISON = datasets.load("hmp-leeds-regimes")
FIGURES = datasets.observations("england-and-wales")
NATION = "England and Wales"
HERE = Citation("d", "There")
HOUSED: Any = REGION.target("housed-on-release-by-july-2023")
COUNTED = (492, 488, 497, 490, 483, 499, 494, 489, 493, 503, 518, 521, 517, 524)
MONTHS = [
    Observation(
        measure=HOUSED.measure,
        area="East Midlands",
        period=Month("November 2021") + place,
        counts=Counts(count, 600),
        published=(Month("December 2021") + place).last_day,
    )
    for place, count in enumerate(COUNTED)
]
FEBRUARY = date(2023, 2, 1)
NAMES = (
    "North East|North West|Yorkshire and the Humber|East Midlands|West Midlands|East of England|"
    "London|Kent, Surrey and Sussex|South Central|South West|Wales|Greater Manchester"
).split("|")
CASES = (500, 640, 350, 800, 190, 700, 520, 310, 980, 440, 100, 820)
HELD = (410, 520, 298, 705, 130, 610, 455, 240, 890, 350, 77, 640)
AREAS = {name: Counts(*pair) for name, *pair in zip(NAMES, HELD, CASES, strict=True)}
COMPARED = funnel(AREAS, better="higher")
MANY = funnel(
    {f"Prison {n}": Counts(n * 7 % 23 + n * 3, n * 4 + 40) for n in range(1, 60)}, better="higher"
)
HOSTILE = (
    "<script>alert('1')</script>",
    'A "quoted" & <b>bold</b> name',
    "Prison 🦊🦊🦊 with emoji 👩‍👩‍👧",
    ("שירותי שיקום " * 4).strip(),
    "\u202eturned about\u0007",
    "Averylongnamewithoutanyspace" * 6,
    "A name that goes on for many words, as the names of partnerships often do, " * 3 + "at last",
)
SCRIPT = "<\u2060script>alert('1')<\u2060/script>"

Drawer = Callable[[int], alt.LayerChart]


def plan_of(*targets: Any, names: tuple[str, ...] = ("Homes",), **changes: Any) -> Plan:
    """Return a plan with a pathway of each name, the targets in the first."""
    measures = {
        target.measure.id: target.measure for target in targets if hasattr(target, "measure")
    }
    fields: dict[str, Any] = {"targets": targets}
    fields |= {
        name: changes.pop(name) for name in ("objectives", "partnerships") if name in changes
    }
    pathways = [
        Pathway(id=f"p{place}", name=name, citation=HERE, **(fields if place == 0 else {}))
        for place, name in enumerate(names)
    ]
    return Plan(
        id="made",
        title=changes.pop("title", "Made plan"),
        subject=Region(id="north", name="North"),
        documents=(Document(id="d", title="The plan"),),
        pathways=tuple(pathways),
        measures=tuple(measures.values()),
        **changes,
    )


def measure(**changes: Any) -> Measure:
    """Return a measure."""
    fields = {"id": "m", "name": "Housed", "counts": "housed", "out_of": "released"}
    return Measure(**(fields | {"better": "higher"} | changes))


def target(kind: type, **changes: Any) -> Any:
    """Return a target of a kind."""
    fields: dict[str, Any] = {"id": "t", "statement": "House more people.", "citation": HERE}
    fields |= {"area": "North"}
    if kind not in {MilestoneTarget, NarrativeTarget}:
        fields |= {"measure": measure()}
    return kind(**(fields | changes))


def year(name: str, published_as: str, **changes: Any) -> Observation:
    """Return a published figure of the North."""
    fields: dict[str, Any] = {"measure": "m", "area": "North", "period": FinancialYear(name)}
    return Observation(**(fields | {"level": Percentage(published_as)} | changes))


BASELINE = Baseline(level=Percentage(82), period=Month("March 2022"))
RAISE = target(
    ChangeTarget,
    baseline=BASELINE,
    change=PercentagePoints(8),
    deadline=Deadline("by March 2026"),
    interim=(InterimGoal(level=Percentage(85), deadline=Deadline("by March 2024")),),
)
KINDS: dict[str, Any] = {
    "change": RAISE,
    "stepped": attrs.evolve(RAISE, trajectory="stepped"),
    "logit": attrs.evolve(RAISE, trajectory="logit"),
    "reach": target(ReachTarget, goal=Percentage(90), deadline=Deadline("by March 2099")),
    "maintain": target(
        MaintainTarget,
        goal=Percentage(84),
        deadline=Deadline("by March 2024"),
        tolerance=PercentagePoints(1),
    ),
    "standing": target(
        StandingTarget,
        goal=Percentage(20),
        measure=measure(better="lower"),
        tolerance=PercentagePoints(2),
    ),
    "range": target(RangeTarget, goal=LevelRange(low=Percentage(82), high=Percentage(86))),
    "direction": target(DirectionTarget, baseline=BASELINE),
    "milestone": target(MilestoneTarget, deadline=Deadline("by March 2024")),
    "narrative": target(NarrativeTarget),
}
YEARS = [
    year("2021-22", "82"),
    year("2022-23", "83.4"),
    year("2023-24", "84", counts=Counts(840, 1000)),
    year("2024-25", "85", published=date(2030, 1, 1)),
    year("2023-24", "70", area="South"),
    year("2020-21", "81", level=None),
    Completion(target="t", day=date(2024, 2, 1)),
]
CHECKED = date(2024, 8, 1)


def assessed(kind: str) -> Evaluation:
    """Return the assessment of a target of a kind."""
    return evaluate(KINDS[kind], YEARS, as_of=CHECKED)


def hostile_plan() -> Plan:
    """Return a plan whose names try to break out of the chart."""
    partners = tuple(
        Partner(id=f"a{place}", name=name, kind=list(PartnerKind)[place])
        for place, name in enumerate(HOSTILE)
    )
    made = tuple(
        Partnership(partner=partner.id, role=partner.name, citation=HERE, status=status)
        for partner, status in zip(partners, ("current", "planned") * 4, strict=False)
    )
    targets = tuple(
        attrs.evolve(
            KINDS["reach"],
            id=f"t{place}",
            statement=name,
            measure=measure(id=f"m{place}", name=name),
        )
        for place, name in enumerate(HOSTILE)
    )
    return plan_of(*targets, names=HOSTILE, title=HOSTILE[0], partners=partners, partnerships=made)


HOSTILE_PLAN = hostile_plan()
EMPTY = plan_of(names=())
ONE = plan_of(RAISE, objectives=(Objective(id="o", statement="House all.", citation=HERE),))
SCHEMES = datasets.pathway_schemes()
THROUGH = coverage_through(REGION, SCHEMES.crosswalk("hmp-leeds", "regional-plans-2022"), SCHEMES)


def evaluated(plan: Plan, day: date = CHECKED, area: str | None = None) -> Any:
    """Return the assessment of a plan."""
    return evaluate_plan(plan, [*FIGURES, *YEARS], as_of=day, area=area)


def controlled(**changes: Any) -> ObservedChart:
    """Return a control chart of the months."""
    observed = control_chart(HOUSED, MONTHS, as_of=FEBRUARY, **changes)
    assert isinstance(observed, ObservedChart)
    return observed


MADE: dict[str, Drawer] = {
    **{
        f"target-{kind}": lambda width, kind=kind: reporting.target_chart(
            assessed(kind), width=width
        )
        for kind in KINDS
    },
    "target-nation": lambda width: reporting.target_chart(
        evaluate(HOUSED, FIGURES, as_of=CHECKED, area=NATION), width=width
    ),
    "target-hostile": lambda width: reporting.target_chart(
        evaluated(HOSTILE_PLAN).evaluations[0], width=width
    ),
    "targets-region": lambda width: reporting.targets_chart(
        evaluated(REGION, area=NATION), width=width
    ),
    "targets-none": lambda width: reporting.targets_chart(evaluated(EMPTY), width=width),
    "targets-one": lambda width: reporting.targets_chart(evaluated(ONE), width=width),
    "targets-hostile": lambda width: reporting.targets_chart(evaluated(HOSTILE_PLAN), width=width),
    "timeline-region": lambda width: reporting.timeline_chart(evaluated(REGION), width=width),
    "timeline-none": lambda width: reporting.timeline_chart(EMPTY, width=width),
    "timeline-far": lambda width: reporting.timeline_chart(
        HOSTILE_PLAN, as_of=date(1950, 1, 1), width=width
    ),
    "forecast": lambda width: reporting.forecast_chart(
        evaluate(HOUSED, MONTHS, as_of=FEBRUARY), width=width
    ),
    "process": lambda width: reporting.process_chart(
        controlled(), target=HOUSED, as_of=FEBRUARY, width=width
    ),
    "funnel": lambda width: reporting.funnel_chart(
        COMPARED, measure=HOUSED.measure, period="2022/23", highlight=["London"], width=width
    ),
    "funnel-many": lambda width: reporting.funnel_chart(
        MANY, measure="Housed", period="2022/23", limits="both", width=width
    ),
    "areas": lambda width: reporting.areas_chart(
        COMPARED, measure="Housed", period="2022/23", highlight=["London"], width=width
    ),
    "coverage-region": lambda width: reporting.coverage_chart(REGION, width=width),
    "coverage-through": lambda width: reporting.coverage_chart(THROUGH, width=width),
    "coverage-hostile": lambda width: reporting.coverage_chart(HOSTILE_PLAN, width=width),
    "partner-region": lambda width: reporting.partner_chart(REGION, width=width),
    "partner-two": lambda width: reporting.partner_chart([REGION, PRISON], width=width),
    "partner-hostile": lambda width: reporting.partner_chart(HOSTILE_PLAN, width=width),
    "partner-none": lambda width: reporting.partner_chart(EMPTY, width=width),
}
WIDTHS = (374, 1100)
FAMILIES = (
    "target-change targets-region timeline-region forecast process funnel areas coverage-region "
    "partner-region"
).split()
every_family = pytest.mark.parametrize("name", FAMILIES)
every_chart = pytest.mark.parametrize("name", MADE)
every_width = pytest.mark.parametrize("width", WIDTHS)


def spec(chart: alt.LayerChart) -> dict[str, Any]:
    """Return the Vega-Lite of a chart."""
    return chart.to_dict(validate=False)


@cache
def made(name: str, width: int) -> alt.LayerChart:
    """Return a chart of those that all tests share."""
    return MADE[name](width)


def rows(chart: alt.LayerChart, *fields: str) -> list[dict[str, Any]]:
    """Return the rows of every layer that have these fields."""
    found = [row for data in spec(chart)["datasets"].values() for row in data]
    return [row for row in found if set(fields) <= set(row)]


def said(chart: alt.LayerChart) -> str:
    """Return the words above and below a chart, and in its key."""
    heading = spec(chart)["title"]
    texts = [row["text"] for row in rows(chart, "text")]
    return "\n".join([" ".join(heading["text"]), " ".join(heading["subtitle"]), *texts])


def marks(chart: alt.LayerChart) -> list[str]:
    """Return the mark of each layer."""
    return [layer["mark"]["type"] for layer in spec(chart)["layer"]]


@attrs.frozen
class Words:
    """A line of text in a rendered chart, and the box that it takes."""

    text: str
    size: float
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Words) -> bool:
        """Whether more than a hair of the boxes is shared."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 1 and tall > 2


@cache
def rendered(name: str, width: int) -> str:
    """Return a chart as SVG."""
    return vl_convert.vegalite_to_svg(spec(made(name, width)))


def words_of(svg: str) -> Iterator[Words]:
    """Yield each line of text of an SVG, without the halos behind them."""

    def walk(element: ET.Element, across: float, down: float) -> Iterator[Words]:
        move = re.match(r"translate\(([-\d.e]+)[, ]([-\d.e]+)\)", element.get("transform", ""))
        if move:
            across, down = across + float(move[1]), down + float(move[2])
        is_shown = element.get("opacity") != "0" and element.get("stroke") in {None, "none"}
        if element.tag.endswith("}text") and is_shown:
            size = float(element.get("font-size", "").removesuffix("px"))
            is_turned = "rotate(-90)" in element.get("transform", "") or "rotate(270)" in (
                element.get("transform", "")
            )
            lines = [line.text or "" for line in element] or [element.text or ""]
            for place, line in enumerate(lines):
                is_bold = element.get("font-weight") in {"bold", "600", "700"}
                long = text_width(line, size, is_bold=is_bold)
                shift = {"middle": long / 2, "end": long}.get(element.get("text-anchor", ""), 0)
                y = down + place * float((element.findall("*") or [element])[-1].get("dy", 16))
                if is_turned:
                    yield Words(line, size, across - size, y - long, across, y)
                else:
                    top = y - 0.75 * size
                    yield Words(line, size, across - shift, top, across - shift + long, y)
        for child in element:
            yield from walk(child, across, down)

    return (words for words in walk(ET.fromstring(svg), 0, 0) if words.text)  # noqa: S314  our own


class TestEveryChart:
    @every_chart
    @every_width
    def test_no_text_is_small_clipped_or_covered(self, name: str, width: int) -> None:
        """Every text has 11 px or more, lies within the picture and overlaps no other."""
        svg = rendered(name, width)
        found = list(words_of(svg))
        wide, tall = (float(ET.fromstring(svg).get(side, "")) for side in ("width", "height"))  # noqa: S314
        assert wide <= width
        assert min(words.size for words in found) >= 11
        clipped = [
            words
            for words in found
            if words.left < -1
            or words.right > wide + 1
            or words.top < -1
            or words.bottom > tall + 1
        ]
        assert clipped == []
        assert [pair for pair in combinations(found, 2) if pair[0].overlaps(pair[1])] == []

    @every_chart
    def test_a_chart_says_what_it_shows(self, name: str) -> None:
        """It has a title, a subtitle and an alternative text that begins with both."""
        drawn = made(name, 374).to_dict()
        heading = drawn["title"]
        assert all(heading["text"])
        assert all(heading["subtitle"])
        assert drawn["description"].startswith(" ".join(heading["text"])[:20])
        assert "None" not in drawn["description"]

    @every_family
    def test_the_same_input_gives_the_same_bytes(self, name: str) -> None:
        """Drawn twice, a chart is the same Vega-Lite."""
        assert spec(MADE[name](374)) == spec(made(name, 374))

    @every_family
    def test_a_chart_can_be_combined(self, name: str) -> None:
        """It sets nothing that Vega-Lite allows only at the top level, so a theme is free to."""
        both = (made(name, 374) | made("areas", 374)).configure(font="Georgia")
        assert len(both.to_dict(validate=False)["hconcat"]) == 2

    @pytest.mark.parametrize("name", [name for name in MADE if "hostile" in name])
    def test_hostile_names_stay_text(self, name: str) -> None:
        """No name opens a tag, in SVG or in a page; what XML cannot contain is replaced."""
        svg = rendered(name, 374)
        assert "alert" in svg
        assert not re.search(r"<script|<b>", svg)
        assert "\u0007" not in svg
        assert "\u202e" not in svg
        page = made(name, 374).to_html()
        assert "<script>alert" not in page
        assert len(re.findall("</script", page)) == len(re.findall("<script", page))

    def test_a_chart_is_at_least_320_pixels_wide(self) -> None:
        """A narrower one could not be read, and the message says what to do."""
        with pytest.raises(RecordError, match=r"319 pixels is too narrow.*at least 320"):
            reporting.areas_chart(COMPARED, measure="m", period="p", width=319)

    @pytest.mark.slow
    def test_files_are_the_same_in_another_process(self, tmp_path: Path) -> None:
        """SVG, PNG and JSON have the same bytes for another hash seed, time zone and locale."""
        chart = reporting.timeline_chart(REGION, width=374)
        code = (
            "import sys; from rrmodel import datasets, reporting\n"
            "chart = reporting.timeline_chart(datasets.load('east-midlands-2022-25'), width=374)\n"
            "[chart.save(f'{sys.argv[1]}/other.{kind}') for kind in ('svg', 'png', 'json')]\n"
        )
        changes = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
        subprocess.run(  # noqa: S603  our own interpreter and our own code
            [sys.executable, "-c", code, tmp_path], check=True, env={**os.environ, **changes}
        )
        for kind in ("svg", "png", "json"):
            chart.save(tmp_path / f"own.{kind}")
            own, other = ((tmp_path / f"{name}.{kind}").read_bytes() for name in ("own", "other"))
            assert own == other


class TestTargetChart:
    def test_it_shows_baseline_goal_deadline_day_and_figures(self) -> None:
        """Each is there, and the key names those that are drawn and no other."""
        chart = reporting.target_chart(assessed("change"))
        text = said(chart)
        for words in ("Goal 90%", "Expected", "Baseline 82%", "Latest figure by the deadline"):
            assert words in text
        assert "Deadline 31 March 2026" in text
        assert "As of 1 August 2024" in text
        assert "84% in 2023/24" in text
        assert "After the deadline" not in text
        assert "Housed: North, March 2022 to March 2026" in text
        assert "Source of the target: d, There." in text
        assert "published by 1 August 2024" in text

    def test_the_expected_line_leads_through_the_interim_goal(self) -> None:
        """It goes from the baseline by each interim goal to the goal."""
        line = rows(reporting.target_chart(assessed("change")), "Level")
        assert [(row["day"], row["level"]) for row in line[:3]] == [
            ("2022-03-31", 82.0),
            ("2024-03-31", 85.0),
            ("2026-03-31", 90.0),
        ]

    def test_a_stepped_line_stays_level_and_a_logit_line_bends(self) -> None:
        """A step has two points at its day; a curve has points between."""
        stepped = rows(reporting.target_chart(assessed("stepped")), "Level")
        assert [row["level"] for row in stepped[:5]] == [82.0, 82.0, 85.0, 85.0, 90.0]
        assert len(rows(reporting.target_chart(assessed("logit")), "Level")) > 40

    def test_figures_have_their_intervals(self) -> None:
        """With counts it is the 95% interval of Wilson, else what rounds to the figure."""
        by_period = {
            row["Period"]: row
            for row in rows(reporting.target_chart(assessed("change")), "Figure")
            if row["Use"] == "decides"
        }
        assert by_period["2022/23"]["low"] == 83.35
        assert by_period["2022/23"]["Counts"] == "not published"
        assert by_period["2023/24"]["low"] == pytest.approx(81.6, abs=0.05)
        assert by_period["2023/24"]["Counts"] == "840 of 1,000"

    def test_excluded_figures_have_their_reason(self) -> None:
        """They are crosses with the reason on hover; those without a level are counted below."""
        chart = reporting.target_chart(assessed("change"))
        reasons = {row["Use"] for row in rows(chart, "Use")}
        assert "other area" in reasons
        assert "not yet published" in reasons
        assert "Excluded and not shown, as of another area or unit: 1." in said(chart)

    def test_many_figures_of_other_areas_are_counted_and_not_drawn(self) -> None:
        """Their crosses would hide the figures of the area itself."""
        others = [year("2022-23", "70", area=f"Area {place}") for place in range(30)]
        chart = reporting.target_chart(evaluate(RAISE, [*YEARS, *others], as_of=CHECKED))
        assert "another area or unit: 32." in said(chart)
        assert {row["Area"] for row in rows(chart, "Area")} == {"North"}

    def test_a_range_and_a_tolerance_are_bands(self) -> None:
        """A band runs between the ends of a range, or from the goal as far as is tolerated."""
        for kind, ends in (("range", (82, 86)), ("maintain", (83, 84)), ("standing", (20, 22))):
            chart = reporting.target_chart(assessed(kind))
            assert "rect" in marks(chart)
            (band,) = [row for row in rows(chart, "low", "high") if set(row) == {"low", "high"}]
            assert (band["low"], band["high"]) == ends
        assert "Goal 82% to 86%" in said(reporting.target_chart(assessed("range")))
        assert "Deadline" not in said(reporting.target_chart(assessed("standing")))

    def test_a_direction_has_no_goal(self) -> None:
        """It shows its baseline and figures."""
        text = said(reporting.target_chart(assessed("direction")))
        assert "Goal" not in text
        assert "Baseline 82%" in text

    def test_a_milestone_shows_its_days(self) -> None:
        """A completed one has the day on which it was done."""
        text = said(reporting.target_chart(assessed("milestone")))
        assert "House more people." in text
        assert "Deadline 31 March 2024" in text
        assert "Done" in text
        assert "Done" not in said(reporting.target_chart(assessed("narrative")))

    def test_figures_after_the_deadline_are_hollow(self) -> None:
        """They and the one that decides look different, and its source is below."""
        chart = made("target-nation", 700)
        assert "After the deadline" in said(chart)
        assert "Source of the latest figure: " in said(chart)

    def test_a_target_without_figures_still_has_its_line(self) -> None:
        """No data is said in words; the line, the goal and the deadline are drawn."""
        chart = reporting.target_chart(evaluate(RAISE, [], as_of=CHECKED))
        assert "No data" in said(chart)
        assert "Housed: North, March 2022 to March 2026" in said(chart)
        assert "Figures: none" in spec(chart)["description"]

    def test_a_figure_without_a_level_says_so(self) -> None:
        """A publisher may give none."""
        row = figure(year("2022-23", "1", level=None))
        assert (row["level"], row["Figure"], row["low"]) == (None, "none", 0)

    def test_amounts_have_their_unit_on_the_axis(self) -> None:
        """The unit is at the top of the axis; pounds have their sign, points their name."""
        for unit, level, caption, sign in (
            ("place", Amount(240, "place"), "places", ""),
            ("GBP/year", Amount("12.5", "GBP/year"), "a year", "£"),
            ("percentage points", PercentagePoints(6), "percentage points", ""),
        ):
            goal = target(
                ReachTarget,
                goal=level,
                deadline=Deadline("by March 2026"),
                measure=measure(unit=unit),
            )
            drawn = spec(reporting.target_chart(evaluate(goal, [], as_of=CHECKED)))
            axes = [layer["encoding"]["y"].get("axis") for layer in drawn["layer"]]
            axis = next(axis for axis in axes if axis)
            assert axis["title"] == caption
            assert axis["labelExpr"].startswith(f"'{sign}'")


class TestPlanCharts:
    def test_a_target_met_late_shows_the_figure_that_met_it(self) -> None:
        """The figure beside the words is the one that reaches the goal, not an earlier one."""
        plan = datasets.load("made-up-plan-under-way")
        figures = datasets.observations("made-up-figures-under-way")
        results = evaluate_plan(plan, figures, as_of="2026-07-01")
        late = next(
            each for each in results.evaluations if each.target.id == "programmes-by-march-2025"
        )
        assert late.reached_late is not None
        shown = f"Met late · {late.reached_late.level} in {late.reached_late.period}"
        assert shown in said(reporting.targets_chart(results, width=1400))

    def test_each_target_has_a_bar_an_icon_and_its_words(self) -> None:
        """Bars of shares have the scale of shares; a target without a level has none."""
        chart = made("targets-region", 1100)
        text = said(chart)
        assert "1 met, 3 missed, 1 no data, 2 not quantified." in text
        assert "Missed · 86.3% in 2022/23 · goal 90% · due 31 July 2023" in text
        assert "Not quantified" in text
        bars = {row["Target"]: row["Level"] for row in rows(chart, "Level") if row["Level"] < 100}
        assert bars["Housed on the night of release"] in {86.3, 90.0}
        assert len({row["shape"] for row in rows(chart, "shape")}) == 3

    def test_each_status_has_an_icon(self) -> None:
        """Each shape and colour goes with one word; statuses without an answer share a dash."""
        plan = datasets.load("made-up-plan-under-way")
        figures = datasets.observations("made-up-figures-under-way")
        looks: dict[str, set[tuple[str, str]]] = {}
        for day in ("2025-01-01", "2026-07-01", "2028-01-01"):
            chart = reporting.targets_chart(evaluate_plan(plan, figures, as_of=day))
            for row in rows(chart, "shape"):
                looks.setdefault(row["Status"], set()).add((row["shape"], row["colour"]))
        assert {"Met", "Met late", "Missed", "On track", "At risk", "No data"} <= set(looks)
        assert all(len(each) == 1 for each in looks.values())
        dash = looks.pop("No data")
        answers = [status for status, look in looks.items() if look != dash]
        assert len({next(iter(looks[status])) for status in answers}) == len(answers)

    def test_a_range_has_two_goals_and_an_amount_its_own_scale(self) -> None:
        """A bar of an amount runs to the highest level in the row."""
        places = measure(id="places", name="Places", unit="place", out_of=None)
        opened = attrs.evolve(KINDS["reach"], id="u", goal=Amount(200, "place"), measure=places)
        plan = plan_of(KINDS["range"], opened)
        chart = reporting.targets_chart(evaluated(plan))
        ends = [row["Level"] for row in rows(chart, "Level") if row["Target"] == "Housed"]
        assert {82.0, 86.0} <= set(ends)
        assert {row["Level"] for row in rows(chart, "Level") if row["Target"] == "Places"} == {
            200.0
        }

    def test_a_plan_without_targets_says_so(self) -> None:
        """Nothing is drawn but the words."""
        assert "The plan has no targets." in said(made("targets-none", 700))
        assert "The plan has no deadlines." in said(made("timeline-none", 700))

    def test_the_timeline_orders_all_that_has_a_deadline(self) -> None:
        """All kinds of record, the earliest deadline first; vague ones are bars."""
        plan = plan_of(RAISE, attrs.evolve(KINDS["milestone"], id="u"))
        kinds = [row["Kind"] for row in rows(reporting.timeline_chart(plan), "Kind")]
        assert kinds[:3] == ["Interim goal", "Milestone", "Target"]
        chart = made("timeline-region", 700)
        assert "21 deadlines, 31 December 2022 to 31 March 2025." in said(chart)
        assert "Commitment · early 2023" in said(chart)
        assert "vague deadline" in said(chart)
        (vague,) = {row["first"] for row in rows(chart, "Due") if row["Due"] == "early 2023"}
        assert vague == "2023-01-01"

    def test_the_timeline_of_an_assessment_has_statuses_and_its_day(self) -> None:
        """A plan alone has neither, unless a day is given."""
        assert "Target · 31 July 2023 · No data" in said(made("timeline-region", 700))
        assert "As of 1 August 2024" in said(made("timeline-region", 700))
        assert "As of" not in said(reporting.timeline_chart(REGION))
        assert "As of 2 May 2022" in said(reporting.timeline_chart(REGION, as_of=date(2022, 5, 2)))


class TestSeriesCharts:
    def test_a_process_has_limits_signals_and_icons(self) -> None:
        """The subtitle and the icons say the variation and the assurance in words too."""
        text = said(made("process", 700))
        assert "shows special-cause improvement; the process reaches" in text
        for words in ("Improvement", "H", "Hit or miss", "?", "Mean", "Process limits", "Goal 90%"):
            assert words in text.split("\n")
        assert "Deadline 31 July 2023" in text
        assert "Housed on the night of release: East Midlands, November 2021 to" in text
        signals = [row["Signal"] for row in rows(made("process", 700), "Signal")]
        assert "above upper limit" in signals

    def test_new_limits_have_their_reason(self) -> None:
        """A break of the series has the publisher's reason, another day none that is known."""
        chart = reporting.process_chart(controlled(rebase_on=[date(2022, 6, 1)]))
        assert "Limits calculated anew from June 2022: a known change of the process." in said(
            chart
        )
        broken = attrs.evolve(
            HOUSED.measure,
            series_breaks=(SeriesBreak(starts=date(2022, 6, 1), code="B", reason="New rules."),),
        )
        aim = attrs.evolve(HOUSED, measure=broken)
        figures = [attrs.evolve(figure, series=None) for figure in MONTHS]
        observed = control_chart(aim, figures, as_of=FEBRUARY)
        chart = reporting.process_chart(observed, target=aim)
        assert "Limits calculated anew from June 2022: New rules." in said(chart)

    def test_shares_are_in_per_cent_and_cautions_are_short(self) -> None:
        """A chart of shares from 0 to 1 is drawn from 0% to 100%."""
        observed = proportion_chart(HOUSED, MONTHS[:12], as_of=FEBRUARY)
        chart = reporting.process_chart(observed)
        assert "Caution: limits of fewer than 13 figures are trial limits." in said(chart)
        assert all(row["mean"] > 50 for row in rows(chart, "mean"))
        assert "Housed on release: East Midlands" in said(chart)

    def test_too_few_figures_have_no_limits(self) -> None:
        """A run chart has no limits, no assurance and says why."""
        observed = control_chart(HOUSED, MONTHS[:3], as_of=FEBRUARY)
        text = said(reporting.process_chart(observed, target=KINDS["direction"]))
        assert "too few figures for limits" in text
        assert "Mean" not in text
        assert "Goal" not in text

    def test_a_special_cause_below_has_the_letter_l(self) -> None:
        """H and L say on which side of the usual the figure is."""
        fallen = [attrs.evolve(MONTHS[-1], counts=Counts(300, 600), level=Percentage(50))]
        observed = control_chart(HOUSED, [*MONTHS[:-1], *fallen], as_of=FEBRUARY)
        lines = said(reporting.process_chart(observed)).split("\n")
        assert "L" in lines
        assert "Concern" in lines

    def test_without_a_chart_the_reason_is_an_error(self) -> None:
        """There is nothing to draw, and the message says why."""
        with pytest.raises(RecordError, match="no chart to draw: because"):
            reporting.process_chart(Undefined("because"))

    def test_a_fan_widens_until_the_deadline(self) -> None:
        """Its bands lie in each other, and the last one agrees with the forecast of the goal."""
        from rrmodel.evaluation import forecast_goal  # noqa: PLC0415

        chart = made("forecast", 700)
        fan = {row["day"]: row for row in rows(chart, "probability")}
        last = fan["2023-07-31"]
        assert len(fan) == 7
        assert last["low95"] < last["low80"] < last["low50"] < last["level"] < last["high50"]
        found = forecast_goal(HOUSED, MONTHS, as_of=FEBRUARY)
        assert not isinstance(found, Undefined)
        assert last["probability"] == pytest.approx(found.probability, abs=1e-6)
        assert last["low80"] == pytest.approx(100 * found.interval.lower, abs=1e-4)
        assert "has a probability of 18%" in said(chart)

    def test_a_fan_without_counts_and_with_a_sure_goal(self) -> None:
        """Published levels are enough, and no probability is said to be 0% or 100%."""
        levels = [
            attrs.evolve(figure, counts=None, level=Percentage(70 + place % 3))
            for place, figure in enumerate(MONTHS)
        ]
        for goal, chance in (("99", "less than 1%"), ("10", "more than 99%")):
            aim = target(
                ReachTarget,
                goal=Percentage(goal),
                area="East Midlands",
                deadline=Deadline("by July 2023"),
                measure=HOUSED.measure,
            )
            chart = reporting.forecast_chart(evaluate(aim, levels, as_of=FEBRUARY))
            assert f"has a probability of {chance}" in said(chart)

    @pytest.mark.parametrize(
        ("aim", "figures", "why"),
        [
            (KINDS["narrative"], [], "the goal is not one percentage"),
            (KINDS["range"], [], "the goal is not one percentage"),
            (HOUSED, MONTHS[:3], "3 periods are too few"),
            (HOUSED, [], "no figure for a month, a quarter"),
        ],
    )
    def test_a_refused_forecast_has_its_reason(self, aim: Any, figures: Any, why: str) -> None:
        """The message gives the reason."""
        with pytest.raises(RecordError, match=why):
            reporting.forecast_chart(evaluate(aim, figures, as_of=FEBRUARY))


class TestAreasCharts:
    def test_few_areas_are_all_named(self) -> None:
        """Each has its name beside it; the one asked for is bold and has a ring."""
        chart = made("funnel", 1100)
        labels = {row["text"] for row in rows(chart, "is_far")}
        assert labels == set(NAMES)
        assert "Housed on the night of release: 12 areas, 2022/23" in said(chart)
        assert "West Midlands (worse)" in said(chart)
        sizes = [layer["mark"].get("size") for layer in spec(chart)["layer"]]
        assert 260 in sizes

    def test_of_many_areas_only_the_striking_are_named(self) -> None:
        """And those asked for."""
        chart = reporting.funnel_chart(
            MANY, measure="Housed", period="2022/23", highlight=["Prison 30"], limits="chance"
        )
        labels = {row["text"] for row in rows(chart, "is_far")}
        assert "Prison 30" in labels
        assert 1 < len(labels) < 59
        assert "more." in said(chart)

    def test_one_pair_of_limits_unless_both_are_asked_for(self) -> None:
        """The limits that areas are compared with are the ones drawn."""
        assert "Limits of chance alone" not in said(made("funnel", 700))
        assert "Limits of chance alone" in said(made("funnel-many", 700))
        chance = reporting.funnel_chart(COMPARED, measure="m", period="p", limits="chance")
        assert "Limits of chance: 95% dashed, 99.8% solid" in said(chance)

    def test_a_name_without_room_beside_its_point_has_a_line_to_it(self) -> None:
        """In a crowd names are moved away, and a line leads back."""
        crowd = {f"Area number {n}": Counts(800 + n, 1000 + n) for n in range(16)}
        chart = reporting.funnel_chart(
            funnel(crowd, better="higher"), measure="m", period="p", width=374
        )
        assert any(row["is_far"] for row in rows(chart, "is_far"))

    def test_a_name_without_any_room_stands_below(self) -> None:
        """Equal areas cannot all have their names beside the same point."""
        crowd = {f"Area number {n}": Counts(800, 1000) for n in range(25)}
        compared = funnel(crowd, better="higher")
        chart = reporting.funnel_chart(compared, measure="m", period="p", width=320)
        assert re.search(r"Without space for a name: Area number \d+", said(chart))

    def test_one_area_has_no_ranks_to_share(self) -> None:
        """It is compared with itself."""
        alone = funnel({"North": Counts(41, 50)}, better="higher")
        assert "North is first and may rank 1." in said(
            reporting.areas_chart(alone, measure="m", period="p")
        )
        assert "none" in said(reporting.funnel_chart(alone, measure="m", period="p"))

    def test_ranks_have_their_range(self) -> None:
        """The bar runs over all ranks that an area may have, and the words say them."""
        chart = reporting.areas_chart(
            COMPARED,
            measure="Housed",
            period=FinancialYear("2022-23"),
            source="A table",
            as_of=CHECKED,
        )
        text = said(chart)
        assert "South Central is first and may rank 1 to 5; West Midlands is last" in text
        assert "Source: A table." in text
        assert "With what was published by 1 August 2024." in text
        assert {row["Rank"]: row["Ranks"] for row in rows(chart, "Rank")}[1] == "1 to 5"

    def test_an_unknown_area_is_named(self) -> None:
        """With the name that was meant."""
        with pytest.raises(UnknownNameError, match=r"'Londn'.*'London'"):
            reporting.funnel_chart(COMPARED, measure="m", period="p", highlight=["Londn"])


class TestCoverageChart:
    def test_each_cell_has_its_number(self) -> None:
        """An empty cell says none, and the bars are explained."""
        chart = made("coverage-region", 1100)
        cells = {(row["Pathway"], row["Column"]): row["text"] for row in rows(chart, "Column")}
        assert cells["Training, skills and work", "Partners"] == "19"
        assert cells["Drugs and alcohol addiction", "Measured targets"] == "none"
        assert "Share of the largest number in the column" in said(chart)
        assert "No activity serves 6 of the objectives." in said(chart)

    def test_another_scheme_marks_upper_bounds(self) -> None:
        """Equal names are told apart by their ids."""
        text = said(made("coverage-through", 1100))
        assert "≤ may include things of other pathways" in text
        assert "by Nine pathways of HMP Leeds" in text
        assert "Drug & Alcohol Misuse" in text
        assert "(drug-and-alcohol-misuse-recovery-wing)" in text

    def test_a_coverage_is_drawn_as_its_plan(self) -> None:
        """A plan and its coverage give one chart."""
        drawn = reporting.coverage_chart(coverage(REGION)).to_json()
        assert drawn == reporting.coverage_chart(REGION).to_json()


class TestPartnerChart:
    def test_partners_stand_on_both_sides_where_they_are_many(self) -> None:
        """So that the chart fits a slide; on a narrow page they stand on one."""
        drawn = spec(made("partner-region", 1100))
        assert drawn["height"] < 500
        for width, sides in ((1100, 2), (374, 1)):
            partners = rows(made("partner-region", width), "Partner")
            assert len({row["x"] for row in partners if "Role" not in row}) == sides

    def test_it_says_who_works_where(self) -> None:
        """The roles are on hover, and partners without a part are named below."""
        chart = made("partner-region", 1100)
        text = said(chart)
        assert "50 of 59 partners have a part in a pathway; 3 of them in two or more." in text
        assert "Without a part in these pathways: Nottingham Woman's Centre;" in text
        assert "15 partners." in said(made("partner-two", 1100))
        (part,) = [row for row in rows(chart, "Role") if row["planned"]]
        assert part["Partner"] == "Community Accommodation Service provider"

    def test_filters_choose_pathways_and_kinds(self) -> None:
        """Groups may be expanded to their members."""
        chart = reporting.partner_chart(
            REGION, pathways=["public-security"], kinds=[PartnerKind.STATUTORY], groups="expand"
        )
        assert {row["Pathway"] for row in rows(chart, "Role")} == {
            "Public security through engagement and compliance"
        }
        assert "Statutory" in said(chart)
        assert "Voluntary" not in said(chart)

    def test_one_partner_is_highlighted(self) -> None:
        """The others are grey."""
        chart = reporting.partner_chart(REGION, highlight="st-giles")
        colours = {row["Partner"]: row["colour"] for row in rows(chart, "Role")}
        assert colours["St Giles"] == "#F46A25"
        assert set(colours.values()) == {"#F46A25", "#D6D6D6"}

    @pytest.mark.parametrize(
        ("options", "why"),
        [
            ({"highlight": "st-gilez"}, "no partner 'st-gilez'.*'st-giles'"),
            ({"pathways": ["publik"]}, "no pathway 'publik'"),
            ({"kinds": ["private"]}, "no kind 'private'"),
        ],
    )
    def test_what_is_not_there_is_named(self, options: Any, why: str) -> None:
        """With what was meant."""
        with pytest.raises(UnknownNameError, match=why):
            reporting.partner_chart(REGION, **options)


class TestText:
    def test_widths_are_those_that_vl_convert_draws(self) -> None:
        """No text is wider than was measured, and none much narrower."""
        for text in (
            "Housed on the night of release: East Midlands, 2022/23",
            "THE QUICK BROWN FOX (86.3%) – £1,234; “quoted” & more?",
            "jumps over the lazy dog's 0123456789 @ [x] {y} * + = ~ ^ #",
            "Étude à Zürich, Łódź and São Paulo",
        ):
            for weight in ("normal", "bold"):
                drawn = _drawn_width(text, weight)
                known = text_width(text, 100, is_bold=weight == "bold")
                assert 0.97 * known <= drawn <= 1.01 * known + 1

    def test_lines_fit_and_say_all(self) -> None:
        """No line is wider than the limit, and nothing is lost unless it ends with an ellipsis."""
        for text in HOSTILE:
            lines = wrapped(text, 150, 12)
            assert all(text_width(line, 12) <= 150 for line in lines)
            if not lines[-1].endswith("…"):
                assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")
        assert wrapped("one two three four five", 40, 12, most=2)[-1].endswith("…")
        assert wrapped("well-known and-so/on", 60, 12) == ["well-known", "and-so/on"]
        assert wrapped("well-known and-so/on", 40, 12) == ["well-", "known", "and-", "so/on"]

    def test_tags_cannot_begin(self) -> None:
        """A word joiner, which has no width, is where a tag could begin."""
        assert clean(HOSTILE[0]) == SCRIPT
        assert text_width(SCRIPT, 12) == text_width(HOSTILE[0], 12)


def _drawn_width(text: str, weight: str) -> float:
    mark = {
        "text": {"value": f"|{text}|"},
        "font": {"value": "sans-serif"},
        "fontSize": {"value": 100},
        "fontWeight": {"value": weight},
    }
    drawn = {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "padding": 0,
        "marks": [{"type": "text", "encode": {"enter": mark}}],
    }
    wide = re.search(r'width="([\d.]+)"', vl_convert.vega_to_svg(drawn))
    assert wide is not None
    return float(wide[1]) - 2 * text_width("|", 100, is_bold=weight == "bold")


class TestImport:
    def test_altair_is_loaded_by_the_first_chart(self) -> None:
        """``import rrmodel.reporting`` is cheap."""
        code = (
            "import sys, rrmodel.reporting as reporting\n"
            "assert 'altair' not in sys.modules\n"
            "reporting.target_chart\n"
            "assert 'altair' in sys.modules\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603  our own code

    def test_without_altair_the_message_names_the_extra(self) -> None:
        """It says what to install."""
        code = (
            "import sys; sys.modules['altair'] = None\n"
            "from rrmodel import reporting\n"
            "try: reporting.target_chart\n"
            "except ImportError as error: print(type(error).__name__, error)\n"
        )
        ran = subprocess.run(  # noqa: S603  our own code
            [sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8"
        )
        assert ran.stdout == (
            "MissingExtraError Drawing charts needs altair and vl-convert-python: "
            "pip install altair vl-convert-python (extra: plot)\n"
        )

    def test_a_chart_is_json(self) -> None:
        """Its Vega-Lite can be read by anything that reads JSON."""
        assert json.loads(made("areas", 700).to_json())["title"]["text"] == [
            "Housed: 12 areas, 2022/23"
        ]
