"""The report: one page that is complete, safe, well formed and says what the records say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from base64 import b64encode
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from tests.outline import Outline

from rrmodel import datasets, evaluate_plan, io
from rrmodel.checks import Severity
from rrmodel.cli import main
from rrmodel.evaluation import PlanEvaluation, Status
from rrmodel.model import ObservationSet, Plan
from rrmodel.reporting import _looks, _report, report

ROOT = Path(__file__).parents[1]
TEMPLATES = Path(_report.__file__).parent / "templates"
PLAN = r"""
schema_version: "1"
kind: plan
id: northern
title: "The <b>Northern</b> & \"Eastern\" Plan"
subject: {kind: region, id: north, name: The North}
documents:
  - {id: d, title: "The plan <i>as published</i>", url: "javascript:alert(1)"}
period: April 2022 to March 2025
measures:
  - {id: housed, name: "Housed <script>alert(1)</script>", counts: people housed, out_of: releases,
     better: higher}
  - {id: beds, name: Beds, counts: beds, unit: bed, better: higher}
partners:
  - {id: shelter, name: "Shelter \u202eretlehS", kind: voluntary}
pathways:
  - id: homes
    name: Homes <script>alert(2)</script>
    citation: {document: d, section: Homes}
    partnerships:
      - {partner: shelter, role: It houses people., citation: {document: d, section: Homes}}
    targets:
      - {kind: change, id: rise, statement: Housing rises <img src=x onerror=alert(3)>.,
         citation: {document: d, section: Targets, item: "1"}, measure: housed, area: The North,
         change: 8 percentage points, deadline: by March 2024,
         baseline: {level: 82%, period: March 2022}}
      - {kind: reach, id: reach, statement: Housing reaches 82%., citation: {document: d},
         measure: housed, area: The North, goal: 82%, deadline: by March 2024}
      - {kind: direction, id: more, statement: Beds increase., citation: {document: d},
         measure: beds, area: The North, deadline: by March 2024}
      - {kind: milestone, id: strategy, statement: A strategy is agreed., citation: {document: d},
         area: The North, deadline: by March 2023}
      - {kind: narrative, id: better, statement: Homes are better., citation: {document: d},
         area: The North}
  - id: work
    name: Work
    citation: {document: d, section: Work}
"""
FIGURES = """
schema_version: "1"
kind: observations
id: seen
title: Figures seen
documents:
  - {id: b, title: A bulletin, publisher: A publisher, published: May 2023,
     url: "https://example.org/b?a=1&b=2", licence: Open Government Licence v3.0}
  - {id: unused, title: Another bulletin}
measures:
  - {id: housed, name: Housed, counts: people housed, out_of: releases, better: higher}
observations:
  - {measure: housed, area: The North, period: March 2023,
     counts: {numerator: 333, denominator: 400}, published: 2023-05-01,
     citation: {document: b, section: Table 1}}
  - {measure: housed, area: The North, period: March 2024,
     counts: {numerator: 345, denominator: 400}, published: 2024-05-01, marks: [provisional]}
  - {measure: housed, area: The South, period: March 2023, level: 95%, published: 2023-05-01}
completions:
  - {target: strategy, day: 2023-01-31}
"""
NOTHING = """
schema_version: "1"
kind: observations
id: other
title: Of other measures
"""
PLAIN = ("A chart", "<svg></svg>", "<svg></svg>")
UNDER_WAY, OVER = "2023-06-30", "2024-06-30"


@cache
def plan() -> Plan:
    """Return a plan with every kind of content, and names that look like markup."""
    return cast("Plan", io.loads(PLAN, format="yaml"))


@cache
def figures() -> tuple[ObservationSet, ...]:
    """Return its figures, and a set that has none of it."""
    sets = (io.loads(text, format="yaml") for text in (FIGURES, NOTHING))
    return cast("tuple[ObservationSet, ...]", tuple(sets))


def assessed(as_of: str = UNDER_WAY, **changes: str) -> PlanEvaluation:
    """Return the assessment of the plan."""
    return evaluate_plan(plan(), figures()[0], as_of=as_of, **changes)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave charts blank, in tests about the rest of the page."""
    monkeypatch.setattr(_report, "picture", lambda *_: PLAIN)


@cache
def drawn() -> str:
    """Return a page with its charts, beside another day, another area and another policy."""
    beside = [assessed("2022-06-30"), assessed(area="The South"), assessed(policy="statistical")]
    return report(assessed(), beside=beside, sets=figures())


@cache
def outline() -> Outline:
    """Return the elements of that page."""
    return Outline(drawn())


class TestPage:
    """The page is well formed, complete in itself, and open to everybody."""

    def test_headings_are_in_order(self) -> None:
        """There is one first heading, and no level is omitted on the way down."""
        levels = [int(tag[1]) for tag, _, _ in outline().elements if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))

    def test_ids_are_unique_and_found(self) -> None:
        """Each link within the page and each label leads to one element."""
        ids = [attributes["id"] for _, attributes, _ in outline().elements if "id" in attributes]
        assert len(set(ids)) == len(ids)
        links = [link[1:] for link in outline().of("a", name="href") if link.startswith("#")]
        labels = outline().of("section", "article", "div", name="aria-labelledby")
        assert {*links, *labels} <= set(ids)

    def test_tables_have_captions_and_headings(self) -> None:
        """Each table has a caption, and each heading cell says what it heads."""
        tables, captions = outline().of("table"), outline().of("caption")
        assert len(tables) == len(captions) > 8
        scopes = outline().of("th", name="scope")
        assert len(scopes) == len(outline().of("th"))
        assert set(scopes) == {"col", "row", "rowgroup"}

    def test_charts_have_text_alternatives(self) -> None:
        """A chart is one image with a text, and says nothing of its marks one by one."""
        charts = [given for tag, given, _ in outline().elements if tag == "svg" and "role" in given]
        assert len(charts) == 2 * 6, "four targets, coverage and partners, in two widths"
        assert all(
            given["role"] == "img" and len(given["aria-label"] or "") > 40 for given in charts
        )
        rest = [given for tag, given, _ in outline().elements if tag in {"g", "path", "text"}]
        assert not any(
            name.startswith("aria-") or name == "role" for given in rest for name in given
        )

    def test_nothing_is_run_or_requested(self) -> None:
        """There is no script, no style but ours and no address that a browser would load."""
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', drawn())
        (style,) = re.findall(r"<style>(.*?)</style>", drawn(), re.DOTALL)
        digest = b64encode(sha256(style.encode()).digest()).decode()
        assert policy == (
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
            "form-action 'none'"
        )
        assert not re.search(r"url\(|@import", style)
        tags = {tag for tag, _, _ in outline().elements}
        assert not tags & {"script", "img", "iframe", "object", "embed", "form", "image", "use"}
        names = {name for _, given, _ in outline().elements for name in given}
        assert not {name for name in names if name.startswith("on")} | names & {"src", "style"}
        assert outline().of("link", name="href") == ["data:,"]

    def test_only_addresses_of_the_web_are_links(self) -> None:
        """An address of another kind, such as a script, is not a link."""
        links = {link for link in outline().of("a", name="href") if link[0] != "#"}
        assert links == {"https://example.org/b?a=1&b=2"}
        assert "javascript" not in drawn()

    def test_names_stay_text(self) -> None:
        """Names that look like markup are shown as they are, without signs that turn text round."""
        assert outline().of("h1") == ['The <\u2060b>Northern<\u2060/b> & "Eastern" Plan']
        assert "Housing rises <\u2060img src=x onerror=alert(3)>." in outline().of("h3")
        assert "\u202e" not in drawn()

    def test_dark_pages_can_be_read(self) -> None:
        """A colour of charts that is too dark for a dark page has another one there."""
        style = (TEMPLATES / "report.css").read_text("utf-8")
        (paper,) = re.findall(r"dark\) \{\s+:root \{ --paper: (#\w+)", style)
        colours = {value for value in vars(_looks).values() if str(value).startswith("#")}
        drawn_in = {colour for colour in colours if f'"{colour}"' in drawn()}
        dark = {colour for colour in drawn_in if contrast(colour, paper) < 3}
        assert len(drawn_in) > 7
        assert [each for each in sorted(dark) if f'[fill="{each}"]' not in style] == []


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


class TestContent:
    """The page says what the records say."""

    def test_the_head_names_the_day_the_area_and_the_version(self) -> None:
        """A reader sees first what is assessed, on which day and with which figures."""
        assert "Targets assessed as of 30 June 2023, with figures for The North" in outline().of(
            "p"
        )
        assert outline().of("footer")[0].startswith("Made with rrmodel 0.1.0 as of 30 June")

    def test_statuses_are_counted_in_words(self) -> None:
        """Each status has its number, its icon and its word."""
        items = outline().of("li")
        assert items.index("1 Met") < items.index("1 On track") < items.index("1 Off track")
        assert {"1 No data", "1 Not quantified"} <= set(items)

    def test_a_target_has_its_numbers_reasons_and_sources(self) -> None:
        """All its numbers are given, with evidence, reasons, sources and figures."""
        (article,) = (text for text in outline().of("article") if "Housing rises" in text)
        for words in (
            "Off track",
            "Goal 90%",
            "Due 31 March 2024",
            "Baseline 82% in March 2022",
            "Latest figure 83.25% in March 2023 published 1 May 2023",
            "Gap 6.75 percentage points",
            "Expected by then 86%",
            "Evidence The difference from the expected level is within chance: with 400 cases",
            "The straight trajectory expects 86% by 31 March 2023.",
            "Target: The plan <\u2060i>as published<\u2060/i>, Targets, item 1",
            "Latest figure: A bulletin, A publisher, Table 1",
            "March 2023 83.25% 333 of 400 1 May 2023 decides",
            "March 2024 86.25% 345 of 400 1 May 2024 not yet published",
        ):
            assert words in article

    def test_what_is_not_known_is_said(self) -> None:
        """Targets and pathways without a measure are listed, and targets without an answer."""
        (section,) = (text for text in outline().of("section") if text.startswith("Not measured"))
        assert "Homes are better. Work: the pathway has no target with a measure." in section
        assert "Beds increase. No data No figure for The North had been published" in section

    def test_others_stand_beside_it(self) -> None:
        """Another day, area and policy have a table each, with the status under each."""
        day, area, policy = (
            text
            for text in outline().of("section")
            if "side by" in text[:20] or text.startswith(("Beside", "Under"))
        )
        assert "Target 30 June 2022 30 June 2023 Change" in day
        assert "No data no figure Off track 83.25% in March 2023 from no data to off track" in day
        assert "Target The North The South" in area
        assert "Off track 83.25% in March 2023 On track 95% in March 2023" in area
        assert "Target straight line statistical" in policy
        assert "Off track 83.25% in March 2023 At risk 83.25% in March 2023" in policy

    def test_method_data_and_quality_are_stated(self) -> None:
        """The policy, what was checked, the data, the figures and the documents are there."""
        (method,) = (text for text in outline().of("section") if text.startswith("Method"))
        assert "The “straight line” policy: On track at or beyond" in method
        assert "Publishers' marks on them 1 provisional" in method
        assert "Deciding figures with counts, tested for chance 2 of 2" in method
        (data,) = (text for text in outline().of("section") if text.startswith("Data and"))
        assert "off track 90% 31 March 2024 83.25 % March 2023 1 May 2023 333 400 6.75" in data
        assert "Figures seen (seen)" in data
        assert "Of other measures" not in data
        assert "A bulletin, A publisher, May 2023 (Open Government Licence v3.0)" in data
        assert "Another bulletin" not in data

    def test_findings_are_grouped_by_rule(self) -> None:
        """Each rule is explained once, the most serious first, and counts what it found."""
        (section,) = (text for text in outline().of("section") if text.startswith("Findings"))
        assert "rule RRP001, found 1 time." in section
        assert re.search(r"They found \d+ warnings, \d+ advice\.", section)
        assert section.index("Warning, rule") < section.index("Advice, rule")

    @pytest.mark.usefixtures("undrawn")
    def test_evidence_that_is_clear_alone_is_not_overstated(self) -> None:
        """Where several targets are tested, evidence that is clear by itself may not be clear."""
        articles = Outline(report(assessed(OVER), sets=figures())).of("article")
        alone = "Adjusted for how many targets are tested, the evidence is not clear."
        assert [alone in text for text in articles] == [True, True, False, False, False]

    @pytest.mark.usefixtures("undrawn")
    def test_the_use_of_each_figure_is_said(self) -> None:
        """A figure decides, is superseded, or is of a period after the deadline."""
        text = PLAN.replace(
            "goal: 82%, deadline: by March 2024", "goal: 82%, deadline: by May 2023"
        )
        result = evaluate_plan(
            cast("Plan", io.loads(text, format="yaml")), figures()[0], as_of=OVER
        )
        rise, reach, *_ = Outline(report(result)).of("article")
        assert "March 2023 83.25% 333 of 400 1 May 2023 superseded March 2024" in rise
        assert "March 2023 83.25% 333 of 400 1 May 2023 decides March 2024" in reach
        assert "86.25% 345 of 400 1 May 2024 decides" in rise
        assert "86.25% 345 of 400 1 May 2024 after the deadline" in reach
        assert "The South" not in rise

    @pytest.mark.usefixtures("undrawn")
    def test_a_new_figure_is_said(self) -> None:
        """A figure published between two days is a change, also where the status stays."""
        earlier = assessed("2024-04-30", policy="statistical")
        page = Outline(report(assessed(OVER), beside=[earlier]))
        (section,) = (text for text in page.of("section") if text.startswith("Dates"))
        assert "30 April 2024 · statistical 30 June 2024 · straight line" in section
        assert "86.25% in March 2024 new figure" in section
        assert "done 31 January 2023 none" in section

    @pytest.mark.usefixtures("undrawn")
    def test_a_comparator_is_named_first(self) -> None:
        """Figures of another area than the targets are for are pointed out at once."""
        paragraphs = Outline(report(assessed(area="The South"))).of("p")
        assert (
            "These figures describe The South, a comparator. The targets are for The North."
            in paragraphs
        )

    @pytest.mark.usefixtures("undrawn")
    def test_a_plan_without_anything_has_a_page(self) -> None:
        """A plan without targets, partners and findings says so."""
        empty = io.loads(
            PLAN[: PLAN.index("measures:")]
            + PLAN[PLAN.index("pathways:") :].partition("    partner")[0],
            format="yaml",
        )
        outline = Outline(report(evaluate_plan(cast("Plan", empty), (), as_of=UNDER_WAY)))
        assert "The plan has no targets." in outline.of("p")
        assert "This pathway has no targets." in outline.of("p")
        assert "No set of figures with a figure for the plan's measures was named." in outline.of(
            "p"
        )
        assert "Every target with a measure or a milestone has an answer." in outline.of("p")
        assert "Partners" not in outline.of("h2")


@pytest.mark.usefixtures("undrawn")
def test_the_same_input_gives_the_same_bytes() -> None:
    """A page depends neither on the clock nor on the seed of hashes."""
    program = (
        "import sys; from tests import test_report as here; "
        "here._report.picture = lambda *_: here.PLAIN; "
        "page = here.report(here.assessed(), sets=here.figures()); "
        "sys.stdout.buffer.write(page.encode())"
    )
    ran = subprocess.run(  # noqa: S603  our own interpreter and our own words
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "4", "TZ": "Pacific/Kiritimati"},
    )
    assert ran.stdout.decode() == report(assessed(), sets=figures())


def test_words_cover_every_status_and_severity() -> None:
    """Each status has a meaning, and an icon where it is not neutral; so has each severity."""
    words = (TEMPLATES / "_words.html").read_text("utf-8")
    assert [each for each in Status if f'"{each.value}": "' not in words] == []
    icons = (TEMPLATES / "_macros.html").read_text("utf-8")
    neutral = {*re.findall(r'"(\w+)"', words[words.index("unknown") : words.index("meanings")])}
    named = {each.value for each in (*Status, *Severity)} - neutral - {"not_quantified", "advice"}
    assert [each for each in sorted(named) if f'"{each}"' not in icons] == []


def test_assumptions_are_those_of_the_documentation() -> None:
    """The log on the page is that of the page about assumptions, row by row."""
    log = (ROOT / "docs/explanation/quality.md").read_text("utf-8")
    rows = re.findall(r"^\| \d+ \| (.+) \| (.+) \| (.+) \|$", log, re.MULTILINE)
    words = (TEMPLATES / "_words.html").read_text("utf-8")
    printed = re.findall(r'\("(.+)",\s+"(.+)",\s+"(.+)"\)', words)
    plain = [tuple(re.sub("[“”]", '"', cell) for cell in row) for row in printed]
    assert plain == [tuple(cell.replace("*", "") for cell in row) for row in rows]


class TestCommand:
    """``rrmodel evaluate … --report FILE`` saves the page."""

    @pytest.fixture
    def words(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Return a command that assesses the plan from its figures, with blank charts."""
        monkeypatch.setattr(_report, "picture", lambda *_: PLAIN)
        monkeypatch.chdir(tmp_path)
        Path("plan.yaml").write_text(PLAN, "utf-8")
        Path("seen.yaml").write_text(FIGURES, "utf-8")
        return f"evaluate plan.yaml --observations seen.yaml --as-of {UNDER_WAY}".split()

    def test_it_saves_what_python_returns(
        self, words: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Comparators, an earlier day and other policies are beside the first assessment."""
        beside = [
            assessed(policy="statistical"),
            assessed(area="The South"),
            assessed("2022-06-30"),
        ]
        asked = ["--comparator", "The South", "--comparator", "The South"]
        asked += ["--earlier", "2022-06-30", "--fail-on", "off_track"]
        policies = ["--policy", "straight-line", "--policy", "statistical"]
        assert main([*words, *asked, *policies, "--report", "out.html"]) == 1
        assert capsys.readouterr() == ("out.html: report saved\n", "")
        page = Path("out.html").read_text("utf-8")
        assert page == report(assessed(), beside=beside, sets=figures())

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ("--report out.pdf", "'out.pdf' does not end in .html or .htm."),
            ("--report out.html --format json", "give --report or --format, not both"),
            ("--report out.html --length badge", "give --report or --length, not both"),
            ("--comparator South", "--comparator and --earlier need --report FILE"),
            ("--earlier 2022-06-30", "--comparator and --earlier need --report FILE"),
            ("--report out.html --comparator South", "--comparator: no figures of 'South'"),
            ("--report out.html --earlier soon", "--earlier: 'soon' is not a valid date"),
            ("--report out.html --earlier 2023-06-30", "--earlier 2023-06-30 is not before"),
            ("--report no/out.html", "no/out.html: the file cannot be written"),
            ("--report out.html --area 北", "--area: no figures of '北'"),
        ],
    )
    def test_bad_options_leave_no_file(
        self, words: list[str], capsys: pytest.CaptureFixture[str], options: str, message: str
    ) -> None:
        """One message says what to change, and nothing is written."""
        assert main([*words, *options.split()]) == 2
        printed = capsys.readouterr()
        assert message in " ".join(printed.err.split())
        left = {path.name for path in Path.cwd().iterdir()}
        assert (printed.out, left) == ("", {"plan.yaml", "seen.yaml"})


@pytest.mark.usefixtures("undrawn")
def test_a_target_met_late_has_the_figure_that_met_it() -> None:
    """The figure beside the status is the one that decides it, and so is the gap."""
    figures = datasets.observations("made-up-figures-under-way")
    plan = datasets.load("made-up-plan-under-way")
    page = report(evaluate_plan(plan, figures, as_of="2026-07-01"))
    (row,) = re.findall(r"<tr>[^\n]*Complete 85% of accredited programmes[^\n]*</tr>", page)
    assert re.findall("<td>(?:<[^>]*>)*([^<]*)", row)[-2:] == [
        "86.14% in 2025/26",
        "1.14 percentage points above",
    ]
