"""Charts: what they show, in which words, and that every text can be read at any width."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import combinations, islice, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
import attrs
import pytest
import vl_convert
from tests.text_widths import text_width

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
from rrmodel.evaluation import (
    Evaluation,
    ObservedChart,
    Status,
    control_chart,
    proportion_chart,
)
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
from rrmodel.reporting._plot import clean, wrapped

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
NUMERATORS = (410, 520, 298, 705, 130, 610, 455, 240, 890, 350, 77, 640)
AREAS = {name: Counts(*pair) for name, *pair in zip(NAMES, NUMERATORS, CASES, strict=True)}
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
GIVEN = target(
    ReachTarget,
    goal=Amount(240_000_000, "GBP/year"),
    deadline=Deadline("by September 2025"),
    measure=measure(unit="GBP/year", out_of=None),
)
"""A target whose labels are long, and which is due a few days after it is assessed."""
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
    "target-tight": lambda width: reporting.target_chart(
        evaluate(GIVEN, [], as_of=date(2025, 9, 25)), width=max(width - 54, 320)
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
SPECS: deque[tuple[alt.LayerChart, dict[str, Any]]] = deque(maxlen=8)
FAMILIES = (
    "target-change targets-region timeline-region forecast process funnel areas coverage-region "
    "partner-region"
).split()
every_family = pytest.mark.parametrize("name", FAMILIES)
every_chart = pytest.mark.parametrize("name", MADE)
every_width = pytest.mark.parametrize("width", WIDTHS)


def spec(chart: alt.LayerChart) -> dict[str, Any]:
    """Return the Vega-Lite of a chart, made once for the last charts."""
    for each, made_before in SPECS:
        if each is chart:
            return made_before
    SPECS.append((chart, chart.to_dict(validate=False)))
    return SPECS[-1][1]


@cache
def made(name: str, width: int) -> alt.LayerChart:
    """Return a chart of those that all tests share."""
    return MADE[name](width)


def rows(chart: alt.LayerChart, *fields: str) -> list[dict[str, Any]]:
    """Return the rows of every layer that have these fields."""
    result = [row for data in spec(chart).get("datasets", {}).values() for row in data]
    return [row for row in result if set(fields) <= set(row)]


def key(chart: alt.LayerChart) -> list[str]:
    """Return the meanings in the key of a chart."""
    return [row["key"] for row in rows(chart, "key")]


def words_shown(chart: alt.LayerChart) -> str:
    """Return the words above, in and below a chart, and in its key, a text a line."""
    heading = spec(chart)["title"]
    texts = [heading["text"], heading["subtitle"], *(row["lines"] for row in rows(chart, "lines"))]
    return "\n".join([*map(" ".join, texts), *key(chart)])


def layers(chart: alt.LayerChart, mark: str) -> list[list[dict[str, Any]]]:
    """Return the rows of each layer of a mark, in the order in which they are drawn."""
    drawn = spec(chart)
    return [
        drawn["datasets"][layer["data"]["name"]]
        for layer in drawn["layer"]
        if layer["mark"]["type"] == mark
    ]


def tips(chart: alt.LayerChart, wanted: list[dict[str, Any]]) -> set[str]:
    """Return the fields that are shown on hover of the marks of rows."""
    drawn = spec(chart)
    return {
        shown["field"]
        for layer in drawn["layer"]
        if any(row in wanted for row in drawn["datasets"][layer["data"]["name"]])
        for shown in layer["encoding"].get("tooltip", [])
    }


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
        texts = list(words_of(svg))
        wide, tall = (float(ET.fromstring(svg).get(side, "")) for side in ("width", "height"))  # noqa: S314
        assert wide <= width
        assert min(words.size for words in texts) >= 11
        clipped = [
            words
            for words in texts
            if words.left < -1
            or words.right > wide + 1
            or words.top < -1
            or words.bottom > tall + 1
        ]
        assert clipped == []
        is_ordinary = "hostile" not in name and name != "timeline-far"
        assert not is_ordinary or [words for words in texts if words.text.endswith("…")] == []
        assert [pair for pair in combinations(texts, 2) if pair[0].overlaps(pair[1])] == []

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

    def test_charts_in_a_figure_are_drawn_as_they_are_alone(self) -> None:
        """Beside and below others, each has its own axes, key and notes in their own places."""
        names = ("target-change", "forecast", "process")
        one, two, three = (made(name, 374) for name in names)
        svg = vl_convert.vegalite_to_svg(((one | two) & three).to_dict(validate=False))
        together, alone = words_of(svg), [[*words_of(rendered(name, 374))] for name in names]
        moves = [
            {
                (words.text == own.text, round(words.left - own.left), round(words.top - own.top))
                for own, words in zip(each, islice(together, len(each)), strict=True)
            }
            for each in alone
        ]
        assert [*together] == []
        (left, top), (right, _), (_, below) = ((x, y) for ((_, x, y),) in moves)
        assert all(is_same for ((is_same, _, _),) in moves)
        assert left < 370 < right
        assert top < 500 < below
        signs = [sign for chart in (one, two, three) for sign in signs_of(chart).values()]
        for colour in {sign["fill"] for sign in signs} - {"white", "transparent"}:
            own = [rendered(name, 374).count(f'fill="{colour}"') for name in names]
            assert svg.count(f'fill="{colour}"') == sum(own)

    @every_chart
    def test_the_data_of_a_chart_is_plain_json(self, name: str) -> None:
        """Days are ISO 8601, levels are numbers, and every text is safe wherever it is put."""
        data = spec(made(name, 374)).get("datasets", {})
        assert json.dumps(data, allow_nan=False)
        texts = {
            text
            for drawn in data.values()
            for row in drawn
            for value in row.values()
            for text in (value if isinstance(value, list) else [value])
            if isinstance(text, str)
        }
        assert {text for text in texts if clean(text) != text} == set()
        assert all(
            date.fromisoformat(row["last_day"])
            for drawn in data.values()
            for row in drawn
            if "last_day" in row
        )

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
        chart = made("target-change", 374)
        text = words_shown(chart).split("\n")
        assert key(chart) == [
            "Goal 90%",
            "Expected",
            "Baseline 82%",
            "Excluded",
            "Other figures",
            "Latest figure by the deadline",
        ]
        for words in (
            "Housed: North, March 2022 to March 2026",
            "Deadline 31 March 2026",
            "As of 1 August 2024",
            "84% in 2023/24",
            "The target is in d, There.",
            "With what was published by 1 August 2024.",
        ):
            assert any(words in line for line in text)

    def test_the_expected_line_leads_through_the_interim_goal(self) -> None:
        """It goes from the baseline by each interim goal to the goal."""
        line, _ = layers(made("target-change", 374), "line")
        assert [tuple(row.values()) for row in line] == [
            ("2022-03-31", 82.0, "82%"),
            ("2024-03-31", 85.0, "85%"),
            ("2026-03-31", 90.0, "90%"),
        ]

    def test_a_stepped_line_stays_level_and_a_logit_line_bends(self) -> None:
        """A step has two points at its day; a curve has points between."""
        stepped, _ = layers(made("target-stepped", 374), "line")
        assert [row["value"] for row in stepped] == [82.0, 82.0, 85.0, 85.0, 90.0]
        assert len(layers(made("target-logit", 374), "line")[0]) > 40

    def test_figures_have_their_intervals(self) -> None:
        """With counts it is the 95% interval of Wilson, else what rounds to the figure."""
        _, intervals = layers(made("target-change", 374), "rule")[-2:]
        ends = {row["period"]: (row["lower"], row["value"], row["upper"]) for row in intervals}
        assert ends["2022/23"] == (83.35, 83.4, 83.45)
        assert ends["2023/24"] == (pytest.approx(81.598, abs=1e-3), 84, pytest.approx(86.141, 1e-4))
        (latest,) = [row for row in intervals if row["use"] == "decides"]
        assert (latest["numerator"], latest["denominator"]) == (840, 1000)

    def test_excluded_figures_have_their_reason(self) -> None:
        """They are crosses with the reason on hover; those without a level are counted below."""
        chart = made("target-change", 374)
        excluded = [row for row in rows(chart, "use") if not row["is_comparable"]]
        assert {row["use"] for row in excluded} == {"other area", "not yet published"}
        assert "use" in tips(chart, excluded)
        assert "Excluded and not shown, as of another area or unit: 1." in words_shown(chart)

    def test_many_figures_of_other_areas_are_counted_and_not_drawn(self) -> None:
        """Their crosses would hide the figures of the area itself."""
        others = [year("2022-23", "70", area=f"Area {place}") for place in range(30)]
        chart = reporting.target_chart(evaluate(RAISE, [*YEARS, *others], as_of=CHECKED))
        assert "another area or unit: 32." in words_shown(chart)
        assert {row["area"] for row in rows(chart, "area")} == {"North"}

    def test_a_range_and_a_tolerance_are_bands(self) -> None:
        """A band runs between the ends of a range, or from the goal as far as is tolerated."""
        for kind, ends in (("range", (82, 86)), ("maintain", (83, 84)), ("standing", (20, 22))):
            ((band,),) = layers(made(f"target-{kind}", 374), "rect")
            assert (band["low"], band["high"]) == ends
        assert "Goal 82% to 86%" in key(made("target-range", 374))
        assert "Deadline" not in words_shown(made("target-standing", 374))

    def test_a_direction_has_no_goal(self) -> None:
        """It shows its baseline and figures."""
        text = words_shown(made("target-direction", 374))
        assert "Goal" not in text
        assert "Baseline 82%" in text

    def test_a_milestone_shows_its_days(self) -> None:
        """A completed one has the day on which it was done."""
        chart = made("target-milestone", 374)
        assert "House more people." in words_shown(chart)
        assert "Deadline 31 March 2024" in words_shown(chart)
        assert key(chart) == ["Done"]
        assert [row["last_day"] for row in rows(chart, "done")] == ["2024-02-01"]
        assert key(made("target-narrative", 374)) == []

    def test_figures_after_the_deadline_are_hollow(self) -> None:
        """They and the one that decides look different, and its source is below."""
        chart = made("target-nation", 374)
        assert {"After the deadline", "Latest figure by the deadline"} <= set(key(chart))
        (hollow,) = [
            layer["mark"] for layer in spec(chart)["layer"] if layer["mark"].get("fill") == "white"
        ]
        assert hollow["stroke" if "stroke" in hollow else "color"] == "#12436D"
        assert "The figure is in offender-accommodation-outcomes-" in words_shown(chart)

    def test_a_target_without_figures_still_has_its_line(self) -> None:
        """No data is said in words; the line, the goal and the deadline are drawn."""
        chart = reporting.target_chart(evaluate(RAISE, [], as_of=CHECKED))
        assert "No data" in words_shown(chart)
        assert "Housed: North, March 2022 to March 2026" in words_shown(chart)
        assert key(chart) == ["Goal 90%", "Expected", "Baseline 82%"]
        assert "No figures" in spec(chart)["description"]

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
        chart = reporting.targets_chart(results, width=1400)
        assert late.explain() in words_shown(chart)
        shown = {row["level"] for row in rows(chart, "share") if row["status"] == "Met late"}
        assert str(late.reached_late.level) in shown

    def test_each_target_has_a_bar_an_icon_and_its_words(self) -> None:
        """Bars of shares have the scale of shares; a target without a level has none."""
        chart = made("targets-region", 1100)
        text = words_shown(chart)
        assert "1 met, 3 missed, 1 no data, 2 not quantified." in text
        assert "Missed on the figures: 86.3% in 2022/23 is 3.7 percentage points below" in text
        assert "Not quantified" in text
        housed = {
            (row["level"], row["share"])
            for row in rows(chart, "share")
            if row["target"] == "Housed on the night of release"
        }
        assert housed == {("86.3%", 0.863), ("90%", 0.9)}
        icons = rows(chart, "shape")
        assert len(icons) == len(REGION.targets)
        assert len({row["shape"] for row in icons}) == 3
        assert {row["target"] for row in icons} - {row["target"] for row in rows(chart, "share")}

    def test_each_status_has_an_icon(self) -> None:
        """Each shape and colour goes with one word; statuses without an answer share a dash."""
        plan = datasets.load("made-up-plan-under-way")
        figures = datasets.observations("made-up-figures-under-way")
        looks: dict[Status, set[tuple[str, str]]] = {}
        for day in ("2025-01-01", "2026-07-01", "2028-01-01"):
            results = evaluate_plan(plan, figures, as_of=day)
            icons = rows(reporting.targets_chart(results), "shape")
            ordered = [one for each in results.by_pathway().values() for one in each]
            for row, one in zip(icons, ordered, strict=True):
                assert row["status"].startswith(one.status.value.replace("_", " ").capitalize())
                looks.setdefault(one.status, set()).add((row["shape"], row["colour"]))
        graded = {Status.MET, Status.MET_LATE, Status.MISSED, Status.ON_TRACK, Status.AT_RISK}
        assert graded | {Status.OFF_TRACK, Status.NO_DATA} <= set(looks)
        assert all(len(each) == 1 for each in looks.values())
        dash = looks.pop(Status.NO_DATA)
        answers = [status for status, look in looks.items() if look != dash]
        assert len({next(iter(looks[status])) for status in answers}) == len(answers)

    def test_a_range_has_two_goals_and_an_amount_its_own_scale(self) -> None:
        """A bar of an amount runs to the highest level in the row."""
        places = measure(id="places", name="Places", unit="place", out_of=None)
        opened = attrs.evolve(KINDS["reach"], id="u", goal=Amount(200, "place"), measure=places)
        plan = plan_of(KINDS["range"], opened)
        (goals,) = [
            drawn
            for drawn in layers(reporting.targets_chart(evaluated(plan)), "point")
            if "share" in drawn[0]
        ]
        assert [(row["target"], row["level"], row["share"]) for row in goals] == [
            ("Housed", "82%", 0.82),
            ("Housed", "86%", 0.86),
            ("Places", "200 places", 1.0),
        ]

    def test_a_plan_without_targets_says_so(self) -> None:
        """Nothing is drawn but the words."""
        assert "The plan has no targets." in words_shown(made("targets-none", 374))
        assert "No deadlines." in words_shown(made("timeline-none", 374))

    def test_only_targets_have_a_status_on_the_timeline(self) -> None:
        """An objective may have the id of a target, and has no status."""
        aim = target(MilestoneTarget, deadline=Deadline("by March 2024"))
        wish = Objective(id=aim.id, statement="A wish", citation=HERE, deadline=aim.deadline)
        text = words_shown(reporting.timeline_chart(evaluated(plan_of(aim, objectives=(wish,)))))
        assert "Milestone · 31 March 2024 · " in text
        assert "Objective · 31 March 2024\n" in f"{text}\n"

    def test_the_timeline_orders_all_that_has_a_deadline(self) -> None:
        """All kinds of record, the earliest deadline first; vague ones are bars."""
        plan = plan_of(RAISE, attrs.evolve(KINDS["milestone"], id="u"))
        _, bars, *_ = layers(reporting.timeline_chart(plan), "rule")
        assert [row["kind"] for row in bars] == ["Interim goal", "Milestone", "Target"]
        chart = made("timeline-region", 1100)
        _, _, bars = layers(chart, "rule")
        assert [row["last_day"] for row in bars] == sorted(row["last_day"] for row in bars)
        assert [row["y"] for row in bars] == sorted({row["y"] for row in bars})
        assert set(key(chart)) == {row["kind"] for row in bars}
        assert "23 deadlines, 31 December 2022 to 31 March 2025." in words_shown(chart)
        assert "Commitment · early 2023" in words_shown(chart)
        assert "A grey bar shows all the days that a vague deadline may mean." in words_shown(chart)
        (vague,) = [row for row in bars if row["is_vague"]]
        assert (vague["first_day"], vague["due"]) == ("2023-01-01", "early 2023")
        points = [row for drawn in layers(chart, "point") for row in drawn if "kind" in row]
        assert len(points) == len(bars) == 23

    def test_the_timeline_of_an_assessment_has_statuses_and_its_day(self) -> None:
        """A plan alone has neither, unless a day is given."""
        assert "Target · 31 July 2023 · No data" in words_shown(made("timeline-region", 1100))
        assert "As of 1 August 2024" in words_shown(made("timeline-region", 1100))
        assert "As of" not in words_shown(reporting.timeline_chart(REGION))
        assert "No data" not in words_shown(reporting.timeline_chart(REGION))
        assert "As of 2 May 2022" in words_shown(
            reporting.timeline_chart(REGION, as_of=date(2022, 5, 2))
        )

    def test_every_name_of_a_row_is_above_its_marks(self) -> None:
        """So that it has the width of the chart, on a wide page as on a narrow one."""
        for width in WIDTHS:
            chart = made("timeline-region", width)
            names = [row["middle"] for row in rows(chart, "middle")]
            marks = [row["y"] for row in layers(chart, "rule")[-1]]
            for name, mark in zip(names[1::2], marks, strict=False):
                assert 0 < mark - name < 40


class TestSeriesCharts:
    def test_a_process_has_limits_signals_and_icons(self) -> None:
        """The subtitle and the icons say the variation and the assurance in words too."""
        chart = made("process", 374)
        text = words_shown(chart)
        assert "shows special-cause improvement; the process reaches" in text
        assert "signal seven below mean" in spec(chart)["description"]
        assert "_" not in spec(chart)["description"]
        for words in ("Improvement", "H", "Hit or miss", "?", "Deadline 31 July 2023"):
            assert words in text.split("\n")
        assert key(chart) == [
            "Goal 90%",
            "Expected",
            "Mean",
            "Process limits",
            "Common cause",
            "Improvement",
            "Concern",
        ]
        assert "Housed on the night of release: East Midlands, November 2021 to" in text
        plotted = layers(chart, "line")[-1]
        assert [row["value"] for row in plotted] == [
            pytest.approx(float(Percentage.from_counts(count, 600).value)) for count in COUNTED
        ]
        assert all(row["lower"] < row["mean"] < row["upper"] for row in plotted)
        assert plotted[-1]["signal"] == "above upper limit"
        points = [row for drawn in layers(chart, "point") for row in drawn if "signal" in row]
        assert sorted(row["last_day"] for row in points) == [row["last_day"] for row in plotted]

    def test_new_limits_have_their_reason(self) -> None:
        """A break of the series has the publisher's reason, another day none that is known."""
        chart = reporting.process_chart(controlled(rebase_on=[date(2022, 6, 1)]))
        assert (
            "Limits calculated anew from June 2022: a known change of the process."
            in words_shown(chart)
        )
        assert {row["group"] for row in rows(chart, "group")} == {0, 1}
        broken = attrs.evolve(
            HOUSED.measure,
            series_breaks=(SeriesBreak(starts=date(2022, 6, 1), code="B", reason="New rules."),),
        )
        aim = attrs.evolve(HOUSED, measure=broken)
        figures = [attrs.evolve(figure, series=None) for figure in MONTHS]
        observed = control_chart(aim, figures, as_of=FEBRUARY)
        chart = reporting.process_chart(observed, target=aim)
        assert "Limits calculated anew from June 2022: New rules." in words_shown(chart)

    def test_shares_are_in_per_cent_and_cautions_are_short(self) -> None:
        """A chart of shares from 0 to 1 is drawn from 0% to 100%."""
        observed = proportion_chart(HOUSED, MONTHS[:12], as_of=FEBRUARY)
        chart = reporting.process_chart(observed)
        assert "Caution: limits of fewer than 13 figures are trial limits." in words_shown(chart)
        assert all(row["mean"] > 50 for row in rows(chart, "mean"))
        assert "Housed on release: East Midlands" in words_shown(chart)

    def test_too_few_figures_have_no_limits(self) -> None:
        """A run chart has no limits, no assurance and says why."""
        observed = control_chart(HOUSED, MONTHS[:3], as_of=FEBRUARY)
        chart = reporting.process_chart(observed, target=KINDS["direction"])
        assert "too few figures for limits" in words_shown(chart)
        assert not {"Process limits", "Goal 90%"} & set(key(chart))
        assert {"Passes", "Hit or miss", "Fails"}.isdisjoint(words_shown(chart).split("\n"))

    def test_a_special_cause_below_has_the_letter_l(self) -> None:
        """H and L say on which side of the usual the figure is."""
        fallen = [attrs.evolve(MONTHS[-1], counts=Counts(300, 600), level=Percentage(50))]
        observed = control_chart(HOUSED, [*MONTHS[:-1], *fallen], as_of=FEBRUARY)
        lines = words_shown(reporting.process_chart(observed)).split("\n")
        assert "L" in lines
        assert "Concern" in lines

    def test_common_cause_has_a_wave_and_no_letter(self) -> None:
        """A figure that varies as usual is neither high nor low."""
        observed = control_chart(HOUSED, MONTHS[:2], as_of=FEBRUARY)
        lines = words_shown(reporting.process_chart(observed)).split("\n")
        assert "~" in lines
        assert {"H", "L"}.isdisjoint(lines)

    def test_without_a_chart_the_reason_is_an_error(self) -> None:
        """There is nothing to draw, and the message says why."""
        with pytest.raises(RecordError, match="no chart to draw: because"):
            reporting.process_chart(Undefined("because"))

    def test_a_fan_widens_until_the_deadline(self) -> None:
        """Its bands lie in each other, and the last one agrees with the forecast of the goal."""
        from rrmodel.evaluation import forecast_goal  # noqa: PLC0415

        chart = made("forecast", 374)
        assert key(chart)[:3] == ["95% interval", "80% interval", "50% interval"]
        bands = layers(chart, "area")
        assert [len(band) for band in bands] == [8, 8, 8]
        outer, middle, inner = (band[-1] for band in bands)
        assert outer["last_day"] == "2023-07-31"
        assert outer["lower"] < middle["lower"] < inner["lower"] < inner["value"]
        assert inner["value"] < inner["upper"] < middle["upper"] < outer["upper"]
        assert bands[0][0]["lower"] == bands[0][0]["upper"] == bands[0][0]["value"]
        forecast = forecast_goal(HOUSED, MONTHS, as_of=FEBRUARY)
        assert not isinstance(forecast, Undefined)
        assert middle["lower"] == pytest.approx(100 * forecast.interval.lower, abs=1e-4)
        assert f"has a probability of {forecast.probability:.0%}" in words_shown(chart)
        assert f"{forecast.interval.lower:.1%} to {forecast.interval.upper:.1%}" in words_shown(
            chart
        )
        assert len(layers(chart, "point")[0]) == len(MONTHS)

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
            assert f"has a probability of {chance}" in words_shown(chart)

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
        """Each has its name at the right; the one asked for is bold and has a ring."""
        chart = made("funnel", 1100)
        (names,) = layers(chart, "text")
        assert {row["area"] for row in names} == set(NAMES)
        assert [row["area"] for row in names if row.get("weight") == "bold"] == ["London"]
        assert "Housed on the night of release: 12 areas, 2022/23" in words_shown(chart)
        assert "West Midlands (worse)" in words_shown(chart)
        (ring,) = [layer for layer in spec(chart)["layer"] if layer["mark"].get("size") == 260]
        assert [row["area"] for row in spec(chart)["datasets"][ring["data"]["name"]]] == ["London"]

    def test_each_point_of_a_funnel_has_its_share_and_position(self) -> None:
        """All areas are points, also those that are not named."""
        chart = made("funnel-many", 1100)
        points = [row for drawn in layers(chart, "point") for row in drawn if "share" in row]
        assert {row["area"]: row["cases"] for row in points} == {
            area.name: area.counts.denominator for area in MANY.areas
        }
        assert {row["position"] for row in points} <= set(key(chart))

    def test_of_many_areas_only_the_striking_are_named(self) -> None:
        """And those asked for."""
        chart = reporting.funnel_chart(
            MANY, measure="Housed", period="2022/23", highlight=["Prison 30"], limits="chance"
        )
        (names,) = layers(chart, "text")
        labels = {row["area"] for row in names}
        beyond = {row["area"] for row in rows(chart, "position") if row["position"][0] != "W"}
        assert {"Prison 30"} | beyond <= labels
        assert 1 < len(labels) < 59
        assert "more." in words_shown(chart)

    def test_each_name_is_joined_to_its_point(self) -> None:
        """A line leads from the point, at its cases and share, to the height of the name."""
        chart = made("funnel", 374)
        (names,) = layers(chart, "text")
        joined = next(drawn for drawn in layers(chart, "rule") if "area" in drawn[0])
        assert joined == names
        (line,) = [
            layer["encoding"]
            for layer in spec(chart)["layer"]
            if layer["mark"]["type"] == "rule" and "x2" in layer["encoding"]
        ]
        assert line["x"]["field"] == "cases"
        assert line["y"]["field"] == "value"
        assert line["y2"]["value"]["expr"] == "datum.y"

    def test_names_of_equal_areas_stand_one_below_the_other(self) -> None:
        """However many points are in one place, no name is omitted."""
        crowd = {f"Area number {n}": Counts(800, 1000) for n in range(25)}
        compared = funnel(crowd, better="higher")
        chart = reporting.funnel_chart(compared, measure="m", period="p", width=320)
        (names,) = layers(chart, "text")
        assert {row["area"] for row in names} == set(crowd)
        heights = sorted(row["y"] for row in names)
        assert all(after - before >= 16 for before, after in pairwise(heights))
        assert heights[-1] <= spec(chart)["height"]

    def test_one_pair_of_limits_unless_both_are_asked_for(self) -> None:
        """The limits that areas are compared with are the ones drawn."""
        assert key(made("funnel", 374))[:2] == ["95% limits", "99.8% limits"]
        assert len(layers(made("funnel", 374), "line")) == 2
        both = made("funnel-many", 374)
        assert key(both)[2:4] == ["95% limits of chance", "99.8% limits of chance"]
        assert len(layers(both, "line")) == 4
        chance = reporting.funnel_chart(COMPARED, measure="m", period="p", limits="chance")
        assert "Beyond the 95% limits of chance: " in words_shown(chance)
        at = {(row["cases"], row["end"]): row["value"] for row in layers(chance, "line")[0]}
        inner = COMPARED.limits_at(1019).inner
        assert at[1019, "upper"] == pytest.approx(100 * inner.upper, abs=1e-6)
        assert at[1019, "lower"] == pytest.approx(100 * inner.lower, abs=1e-6)

    def test_one_area_has_no_ranks_to_share(self) -> None:
        """It is compared with itself."""
        alone = funnel({"North": Counts(41, 50)}, better="higher")
        assert "North is first and may rank 1." in words_shown(
            reporting.areas_chart(alone, measure="m", period="p")
        )
        assert "No area is beyond the" in words_shown(
            reporting.funnel_chart(alone, measure="m", period="p")
        )

    def test_ranks_have_their_range(self) -> None:
        """The bar runs over all ranks that an area may have, and the words say them."""
        chart = reporting.areas_chart(
            COMPARED,
            measure="Housed",
            period=FinancialYear("2022-23"),
            source="A table",
            as_of=CHECKED,
        )
        text = words_shown(chart)
        assert "South Central is first and may rank 1 to 5; West Midlands is last" in text
        assert "Source: A table." in text
        assert "With what was published by 1 August 2024." in text
        ranks = {row["area"]: row for row in rows(chart, "rank")}
        assert list(ranks) == [
            area.name for area in sorted(COMPARED.areas, key=lambda area: area.rank)
        ]
        first = ranks["South Central"]
        assert (first["low"], first["rank"], first["high"]) == (0.8, 1, 5.2)
        assert (first["label"], first["ranks"]) == ("South Central · 90.8%", "1 to 5")

    def test_an_unknown_area_is_named(self) -> None:
        """With the name that was meant."""
        with pytest.raises(UnknownNameError, match=r"'Londn'.*'London'"):
            reporting.funnel_chart(COMPARED, measure="m", period="p", highlight=["Londn"])


class TestCoverageChart:
    def test_each_cell_has_its_number(self) -> None:
        """An empty cell says none, and the bars are explained."""
        chart = made("coverage-region", 1100)
        cells = {(row["pathway"], row["column"]): row["lines"] for row in rows(chart, "column")}
        assert cells["Training, skills and work", "Partners"] == ["19"]
        assert cells["Drugs and alcohol addiction", "Measured targets"] == ["none"]
        assert len(cells) == 32
        assert key(chart) == ["Share of the largest number in the column", "Nothing in the plan"]
        assert "Objectives without an activity: 6 of 23." in words_shown(chart)

    def test_a_bar_is_the_share_of_the_largest_number(self) -> None:
        """The largest number of a column has a full bar, and others a part of it."""
        _, bars = layers(made("coverage-region", 1100), "rule")
        most = max(row["count"] for row in bars if row["column"] == "Partners")
        for row in bars:
            full = (row["share"] - row["from"]) / (row["to"] - row["from"])
            if row["column"] == "Partners":
                assert full == pytest.approx(row["count"] / most)

    def test_another_scheme_marks_upper_bounds(self) -> None:
        """Equal names are told apart by their ids."""
        text = words_shown(made("coverage-through", 1100))
        assert "≤ may include things of other pathways" in text
        assert "by Nine pathways of HMP Leeds" in text
        assert "Drug & Alcohol Misuse" in text
        assert "Drug & Alcohol Misuse (recovery-wing)" in text
        assert re.search(r"^≤\d", text, re.MULTILINE)

    def test_a_coverage_is_drawn_as_its_plan(self) -> None:
        """A plan and its coverage give one chart."""
        drawn = reporting.coverage_chart(coverage(REGION)).to_json()
        assert drawn == reporting.coverage_chart(REGION).to_json()


class TestPartnerChart:
    def test_partners_stand_on_both_sides_where_they_are_many(self) -> None:
        """So that the chart fits a slide; on a narrow page they stand on one."""
        drawn = spec(made("partner-region", 1100))
        assert drawn["height"] < 520
        for width, sides in ((1100, 2), (374, 1)):
            partners = rows(made("partner-region", width), "partner", "lines")
            assert len({row["x"] for row in partners if "role" not in row}) == sides

    def test_it_says_who_works_where(self) -> None:
        """The roles are on hover, and partners without a part are named below."""
        chart = made("partner-region", 1100)
        text = words_shown(chart)
        assert "Partners with a part: 50 of 59. In two or more pathways: 3." in text
        assert "Without a part in these pathways: Nottingham Woman's Centre;" in text
        assert "15 partners." in words_shown(made("partner-two", 1100))
        parts = rows(chart, "role")
        assert tips(chart, parts) == {"partner", "pathway", "role"}
        assert len({(row["partner"], row["pathway"]) for row in parts}) == len(parts)
        (part,) = [row for row in parts if row["planned"]]
        assert part["partner"] == "Community Accommodation Service provider"
        shown = [row for row in layers(chart, "point") if "partner" in row[0]]
        assert sum(map(len, shown)) == 50
        (names,) = [drawn for drawn in layers(chart, "text") if "19 partners" in drawn[0]["lines"]]
        assert len(names) == len(REGION.pathways)
        assert sum(row.get("weight") == "bold" for drawn in shown for row in drawn) == 3

    def test_filters_choose_pathways_and_kinds(self) -> None:
        """Groups may be expanded to their members."""
        chart = reporting.partner_chart(
            REGION, pathways=["public-security"], kinds=[PartnerKind.STATUTORY], groups="expand"
        )
        assert {row["pathway"] for row in rows(chart, "role")} == {
            "Public security through engagement and compliance"
        }
        assert key(chart) == ["Statutory"]

    def test_one_partner_is_highlighted(self) -> None:
        """The others are grey."""
        chart = reporting.partner_chart(REGION, highlight="st-giles")
        colours = {row["partner"]: row["paint"] for row in rows(chart, "role")}
        assert colours["St Giles"] == "#F46A25"
        assert set(colours.values()) == {"#F46A25", "#BFBFBF"}
        last = next(drawn for drawn in layers(chart, "rule") if not drawn[0]["planned"])[-1]
        assert last["partner"] == "St Giles"

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


class TestKey:
    def test_each_kind_of_mark_has_its_sign(self) -> None:
        """A line is a stroke with its dashes, a bar a square, and a point its shape and size."""
        signs = {**signs_of(made("target-nation", 374)), **signs_of(made("target-change", 374))}
        line, dashes = signs["Goal 90%"], signs["Expected"]
        assert (line["shape"], line["stroke"], line["fill"]) == ("stroke", "#28A197", "transparent")
        assert (line["strokeDash"], dashes["strokeDash"]) == ([1, 0], [7, 4])
        assert signs["Baseline 82%"]["shape"] == "diamond"
        assert signs["Baseline 82%"]["fill"] == signs["Baseline 82%"]["stroke"] == "#801650"
        assert signs["Excluded"]["fill"] == "transparent"
        assert signs["Excluded"]["shape"].startswith("M")
        assert signs["After the deadline"]["fill"] == "white"
        known, latest = signs["Other figures"], signs["Latest figure by the deadline"]
        assert known["shape"] == latest["shape"] == "circle"
        assert known["size"] < latest["size"]
        bar = signs_of(made("targets-region", 374))["Latest figure"]
        assert (bar["shape"], bar["fill"]) == ("square", "#12436D")
        area = signs_of(made("forecast", 374))["95% interval"]
        assert (area["shape"], area["fill"]) == ("square", "#ADD1F1")
        empty = signs_of(made("coverage-region", 374))["Nothing in the plan"]
        assert (empty["shape"], empty["stroke"], empty["strokeDash"]) == (
            "square",
            "#801650",
            [3, 3],
        )

    @every_chart
    def test_no_two_meanings_have_one_sign(self, name: str) -> None:
        """Each meaning is named once, and its sign differs from the others."""
        signs = signs_of(made(name, 374))
        assert len(signs) == len(key(made(name, 374)))
        assert len({json.dumps(sign) for sign in signs.values()}) == len(signs)

    @every_family
    def test_colour_is_never_the_only_difference(self, name: str) -> None:
        """Points differ in their shape, size or fill too."""
        points = [
            (sign["shape"], sign["size"], sign["fill"] in {"white", "transparent"})
            for sign in signs_of(made(name, 374)).values()
            if sign["shape"] not in {"stroke", "square"}
        ]
        assert len(set(points)) == len(points)


def signs_of(chart: alt.LayerChart) -> dict[str, dict[str, Any]]:
    """Return the sign of each meaning in the key of a chart, as its channels."""
    (layer,) = [layer for layer in spec(chart)["layer"] if layer["mark"].get("opacity") == 0] or [
        {"encoding": {}}
    ]
    ranges = {
        channel: given["scale"]["range"]
        for channel, given in layer["encoding"].items()
        if "scale" in given
    }
    return {
        meaning: dict(zip(ranges, signs, strict=True))
        for meaning, signs in zip(key(chart), zip(*ranges.values(), strict=True), strict=True)
    }


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

    def test_lines_say_all(self) -> None:
        """Lines end at spaces, hyphens and in long words; only an ellipsis says that more was."""
        for text in HOSTILE:
            assert "".join("".join(wrapped(text, 150)).split()) == "".join(clean(text).split())
        assert wrapped("one two three four five", 60, most=2) == ["one two", "three …"]
        assert wrapped("well-known and so on", 70) == ["well-known", "and so on"]
        assert wrapped("", 100) == [""]

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
