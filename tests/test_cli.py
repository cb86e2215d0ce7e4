"""The command line: what it prints, how it ends, and what it says of bad input."""

from __future__ import annotations

import contextlib
import io as streams
import json
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from rrmodel import cli, datasets, frames, io
from rrmodel.cli import main
from rrmodel.cli._commands import _SUMMARIES, _program
from rrmodel.errors import RrmodelError
from rrmodel.evaluation import STRAIGHT_LINE, Status

COMMAND = Path(sysconfig.get_path("scripts")) / "rrmodel"
SNAPSHOTS = Path(__file__).parent / "snapshots"
REGION = "evaluate east-midlands-2022-25 --as-of 2024-08-01 --length sentence".split()
MAIN_JOB = [*REGION, "--area", "England and Wales"]

PLAN = """
schema_version: "1"
kind: plan
id: northern
title: "The \\e[31mNorthern\\nPlan"
subject: {kind: region, id: north, name: The North}
documents: [{id: d, title: The plan as published, publisher: A publisher, published: June 2022}]
period: April 2022 to March 2025
edition: second
replaces: northern-2019
measures:
  - {id: housed, name: Housed, counts: people housed, out_of: releases, better: higher, code: A1}
  - {id: beds, name: Beds, counts: beds, unit: bed, better: higher}
pathways:
  - id: homes
    name: Homes
    citation: {document: d, section: Homes}
    targets:
      - {kind: change, id: rise, statement: Housing rises., citation: {document: d},
         measure: housed, area: The North, change: 8 percentage points, deadline: by March 2024,
         baseline: {level: 82%, period: March 2022}}
      - {kind: reach, id: reach, statement: There are beds., citation: {document: d},
         measure: beds, area: The North, goal: 3 bed, deadline: by March 2023}
      - {kind: reach, id: exact, statement: Housing stands at 84%., citation: {document: d},
         measure: housed, area: The North, goal: 84%, deadline: by March 2024,
         baseline: {level: 82%, period: March 2022}}
      - {kind: direction, id: more, statement: Housing goes up., citation: {document: d},
         measure: housed, area: The North}
      - {kind: direction, id: more-by, statement: Housing goes up soon., citation: {document: d},
         measure: housed, area: The North, deadline: by March 2025}
      - {kind: milestone, id: strategy, statement: A strategy is there., citation: {document: d},
         area: The North, deadline: by March 2023}
  - id: work
    name: Work
    citation: {document: d, section: Work}
chapters:
  - {id: health, name: Health, facts: []}
"""

FIGURES = """
schema_version: "1"
kind: observations
id: seen
title: Figures seen
documents: [{id: d, title: A bulletin, publisher: A publisher}]
measures:
  - {id: housed, name: Housed, counts: people housed, out_of: releases, better: higher, code: A1}
  - {id: beds, name: Beds, counts: beds, unit: bed, better: higher}
observations:
  - {measure: housed, area: The North, period: March 2023, level: 84%, published: 2023-05-01,
     citation: {document: d, section: Table 1}}
  - {measure: housed, area: The South, period: March 2023, level: 85%, published: 2023-05-01}
  - {measure: beds, area: The North, period: March 2023, level: 5 bed, published: 2023-05-01}
completions:
  - {target: strategy, day: 2023-01-31}
"""

UNDER_WAY = """
schema_version: "1"
kind: observations
id: under-way
title: The East Midlands in December 2022
measures:
  - {id: employed-six-weeks-after-release, name: In work, counts: in work, better: higher}
  - {id: employed-six-months-after-release, name: In work, counts: in work, better: higher}
  - {id: housed-on-release, name: Housed, counts: housed, better: higher}
  - {id: settled-three-months-after-release, name: Settled, counts: settled, better: higher}
observations:
  - {measure: employed-six-weeks-after-release, area: East Midlands, period: December 2022,
     counts: {numerator: 210, denominator: 1100}, published: 2023-01-20}
  - {measure: employed-six-months-after-release, area: East Midlands, period: December 2022,
     level: 17%, published: 2023-01-20}
  - {measure: housed-on-release, area: East Midlands, period: December 2022, level: 84%,
     published: 2023-01-10}
  - {measure: housed-on-release, area: East Midlands, period: December 2022,
     counts: {numerator: 337, denominator: 400}, published: 2023-01-20}
  - {measure: settled-three-months-after-release, area: East Midlands, period: December 2022,
     counts: {numerator: 133, denominator: 160}, published: 2023-01-20}
"""
OVER = (
    UNDER_WAY.replace("id: under-way", "id: over")
    .replace("December 2022", "March 2023")
    .replace("2023-01", "2023-05")
    .replace("17%", "23%")
    .replace("numerator: 337", "numerator: 345")
)
"""The same after the deadlines, with a figure at its goal and others short of it."""


class Ran(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command in this process."""

    def run_command(*arguments: str) -> Ran:
        code = main(arguments)
        return Ran(code, *capsys.readouterr())

    return run_command


@pytest.fixture
def northern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a command that assesses a plan file from an observation file."""
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(PLAN, "utf-8")
    Path("seen.yaml").write_text(FIGURES, "utf-8")
    return (
        "evaluate plan.yaml --observations seen.yaml --length sentence --as-of 2023-06-30".split()
    )


@pytest.fixture
def under_way(tmp_path: Path) -> list[str]:
    """Return a command that assesses the East Midlands plan half a year before its deadlines."""
    (tmp_path / "under-way.yaml").write_text(UNDER_WAY, "utf-8")
    figures = ["--observations", str(tmp_path / "under-way.yaml")]
    length = ["--length", "sentence"]
    return ["evaluate", "east-midlands-2022-25", "--as-of", "2023-02-01", *length, *figures]


@pytest.fixture
def over(tmp_path: Path) -> list[str]:
    """Return a command that assesses the East Midlands plan a year after its deadlines."""
    (tmp_path / "over.yaml").write_text(OVER, "utf-8")
    return [*REGION, "--observations", str(tmp_path / "over.yaml")]


def words(out: str) -> str:
    """Return a page as one line, so that where its lines end does not matter."""
    return " ".join(out.split())


def spawn(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command as a user does."""
    return subprocess.run(  # noqa: S603  our own command
        [COMMAND, *arguments],
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


class TestEvaluate:
    """``rrmodel evaluate`` assesses the targets of a plan."""

    @pytest.mark.parametrize(
        ("arguments", "name"),
        [
            pytest.param(MAIN_JOB, "evaluate-east-midlands.txt", id="comparator"),
            pytest.param(REGION, "evaluate-east-midlands-itself.txt", id="region itself"),
            pytest.param(
                [*MAIN_JOB, "--length", "badge"], "evaluate-east-midlands-badges.txt", id="badges"
            ),
            pytest.param(
                [*MAIN_JOB, "--length", "paragraph"],
                "evaluate-east-midlands-in-full.txt",
                id="in full",
            ),
        ],
    )
    def test_the_bundled_plan_reads_as_reviewed(
        self, run: Run, arguments: list[str], name: str
    ) -> None:
        """The assessment of the East Midlands plan is, word for word, the one that was reviewed."""
        assert run(*arguments) == (0, (SNAPSHOTS / name).read_text("utf-8"), "")

    def test_the_head_says_once_that_a_comparator_is_used(self, run: Run) -> None:
        """The figures are said to be a comparator's in the head, not again at each target."""
        lines = run(*MAIN_JOB).out.splitlines()
        assert [number for number, line in enumerate(lines) if "comparator" in line] == [3]

    def test_the_main_job_fits_on_a_screen(self, run: Run) -> None:
        """All seven targets, each with its reason, are in 48 lines of a hundred characters."""
        lines = run(*MAIN_JOB).out.splitlines()
        assert len(lines) <= 48
        assert max(map(len, lines)) <= 100

    def test_every_kind_of_target_has_its_words(self, run: Run, northern: list[str]) -> None:
        """Goal, latest figure, gap, progress and pace are given where they are defined."""
        out = run(*northern, "--length", "paragraph").out
        for line in (
            "  Goal         90%, due by 31 March 2024",
            "  Latest       84% (March 2023), published 1 May 2023",
            "  Source       A bulletin",
            "  Gap          6 percentage points",
            "  Progress     25.0% of the intended change",
            "  Expected     86% by 31 March 2023",
            "  Pace so far  0.16 percentage points every 30 days, for the better",
            "  Pace needed  0.49 percentage points every 30 days",
            "  Goal         3 beds, due by 31 March 2023",
            "  Gap          none",
            "  Goal         a higher level",
            "  Goal         a higher level, due by 31 March 2025",
            "  Goal         complete by 31 March 2023",
        ):
            assert line in out.splitlines()

    @pytest.mark.parametrize(
        ("target", "goal"),
        [
            pytest.param("kind: standing, goal: 80%", "80%, at all times", id="standing"),
            pytest.param(
                "kind: range, goal: {low: 80%, high: 90%}", "80% to 90%, at all times", id="range"
            ),
            pytest.param(
                "kind: range, goal: {low: 80%, high: 90%}, deadline: by March 2024",
                "80% to 90%, due by 31 March 2024",
                id="range with a deadline",
            ),
            pytest.param(
                "kind: maintain, goal: 80%, deadline: by March 2024",
                "80%, maintained until 31 March 2024",
                id="maintain",
            ),
            pytest.param(
                "kind: direction, every: 1 year",
                "a higher level than 1 year before",
                id="year on year",
            ),
        ],
    )
    def test_every_kind_of_goal_has_its_words(
        self, run: Run, northern: list[str], target: str, goal: str
    ) -> None:
        """The goal of a target says until when or at which times it applies."""
        start, end = PLAN.index("      - {kind: change"), PLAN.index("      - {kind: reach, id: r")
        common = "id: it, statement: It is so., citation: {document: d}, measure: housed"
        record = f"      - {{{target}, {common}, area: The North}}\n"
        Path("plan.yaml").write_text(PLAN[:start] + record + PLAN[end:], "utf-8")
        assert f"  Goal         {goal}\n" in run(*northern, "--length", "paragraph").out

    def test_a_pathway_without_targets_says_so(self, run: Run, northern: list[str]) -> None:
        """A pathway without targets is listed all the same."""
        assert "\nWork\n----\nNo targets.\n" in run(*northern).out

    def test_a_pathway_is_headed_by_its_counts(self, run: Run) -> None:
        """The statuses of a pathway's targets are counted beside its name."""
        assert "\nTraining, skills and work: 1 met, 1 missed\n------" in run(*MAIN_JOB).out

    def test_the_rule_about_pace_is_named(self, run: Run, northern: list[str]) -> None:
        """Where a target is graded before its deadline, the policy is stated."""
        assert 'are graded by the "straight line" policy: On track at or' in run(*northern).out

    def test_a_plan_without_targets_is_not_an_error(self, run: Run) -> None:
        """There is nothing to assess, and the page says so."""
        ran = run("evaluate", "hmp-leeds-regimes")
        assert ran.code == 0
        assert "The plan has no targets.\n" in ran.out

    def test_a_plan_whose_targets_are_not_measured_says_so(
        self, run: Run, northern: list[str]
    ) -> None:
        """Milestones alone need no figures."""
        text = PLAN.partition("measures:")[0] + (
            "pathways: [{id: w, name: W, citation: {document: d}, targets: [{kind: milestone, "
            "id: m, statement: It is done., citation: {document: d}, area: A, "
            "deadline: by March 2023}]}]"
        )
        Path("plan.yaml").write_text(text, "utf-8")
        assert "None of the targets has a measure." in run(*northern).out

    def test_sets_without_a_figure_of_the_plan_are_named(
        self, run: Run, northern: list[str]
    ) -> None:
        """Sets without a figure for the plan's measures are named on the page."""
        northern[northern.index("seen.yaml")] = "continuity-of-care"
        out = run(*northern).out
        assert "These sets have no figure for the plan's measures: continuity-of-care." in out

    def test_figures_that_decide_are_counted(self, run: Run, northern: list[str]) -> None:
        """The head says how many targets the area's own figures decide, and offers others."""
        head = run(*northern).out.splitlines()[3:5]
        assert head == [
            "3 of the 5 measured targets can be assessed from figures for The North itself.",
            "To assess a comparator, use --area: The South.",
        ]

    @pytest.mark.parametrize(
        ("figures", "sentence"),
        [
            ("level: 84%", "The measured target can be assessed from figures for The North itself"),
            ("marks: [not_available]", "The measured target cannot be assessed from figures for"),
        ],
    )
    def test_one_measured_target_is_not_counted(
        self, run: Run, northern: list[str], figures: str, sentence: str
    ) -> None:
        """With one measured target, the head says whether it can be assessed."""
        first, _, rest = PLAN.partition("      - {kind: reach, id: reach")
        Path("plan.yaml").write_text(first + rest[rest.index("  - id: work") :], "utf-8")
        Path("seen.yaml").write_text(FIGURES.replace("level: 84%", figures), "utf-8")
        assert sentence in words(run(*northern).out)

    def test_all_measured_targets_may_be_assessed(self, run: Run, northern: list[str]) -> None:
        """Where every measured target can be assessed, the head says so."""
        directions = PLAN.index("      - {kind: direction, id: more,")
        text = PLAN[:directions] + PLAN[PLAN.index("      - {kind: milestone") :]
        Path("plan.yaml").write_text(text, "utf-8")
        sentence = "All 3 measured targets can be assessed from figures for The North itself."
        assert sentence in words(run(*northern).out)

    def test_several_areas_are_named_together(self, run: Run, northern: list[str]) -> None:
        """A plan may have targets for more than one area."""
        moved = PLAN.replace("area: The North, goal: 3 bed", "area: The West, goal: 3 bed")
        Path("plan.yaml").write_text(moved, "utf-8")
        out = run(*northern).out
        assert "figures for The North and The West\n" in out
        assert "can be assessed from figures for The North and The West themselves." in out

    def test_many_areas_are_counted_after_the_first(self, run: Run, northern: list[str]) -> None:
        """The head stays short however many areas have figures."""
        more = "".join(
            f"  - {{measure: housed, area: Area {n}, period: March 2023, level: 80%}}\n"
            for n in range(1, 6)
        )
        Path("seen.yaml").write_text(FIGURES.replace("completions:", more + "completions:"))
        words = " ".join(run(*northern).out.split())
        assert "use --area: Area 1, Area 2, Area 3, Area 4 and 2 more." in words

    def test_a_set_named_twice_is_read_once(self, run: Run, northern: list[str]) -> None:
        """Repeating an option does not repeat its figures."""
        twice = run(*northern, "--observations", "seen.yaml")
        assert twice == run(*northern)

    def test_control_characters_do_not_reach_the_terminal(
        self, run: Run, northern: list[str]
    ) -> None:
        """A file cannot colour, clear or break the page."""
        assert run(*northern).out.splitlines()[0] == "The  [31mNorthern Plan"

    def test_today_is_used_and_said_when_no_day_is_given(self, run: Run) -> None:
        """Without --as-of the day of the assessment is today, in the answer as in the figures."""
        before = datetime.now().astimezone().date().isoformat()
        as_of = json.loads(run("evaluate", "hmp-leeds-regimes", "--format", "json").out)["as_of"]
        assert before <= as_of <= datetime.now().astimezone().date().isoformat()

    def test_a_day_may_be_written_in_words(self, run: Run) -> None:
        """Any exact day that a deadline can be read from will do."""
        words = run(*MAIN_JOB[:2], "--as-of", "1 August 2024", *MAIN_JOB[4:])
        assert words == run(*MAIN_JOB)

    @pytest.mark.parametrize(
        ("failures", "code"),
        [("missed", 1), ("met_late,no_data", 1), ("met_late, at_risk", 0)],
    )
    def test_the_exit_code_is_1_only_if_asked(self, run: Run, failures: str, code: int) -> None:
        """--fail-on ends with 1 if a target has one of its statuses; the text is the same."""
        ran = run(*MAIN_JOB, "--fail-on", failures)
        assert ran == (code, run(*MAIN_JOB).out, "")


class TestReasons:
    """By default each target is shown with the reasons without which its status means nothing."""

    @pytest.mark.parametrize(
        ("day", "reason"),
        [
            pytest.param(
                "2023-06-30",
                "At risk Housing rises. Why 84% in March 2023 is 6 percentage points below the 90% "
                "goal, due by 31 March 2024. The straight trajectory expects 86% by 31 March 2023. "
                "50% of the change expected by then has been made. Met",
                id="behind its trajectory",
            ),
            pytest.param(
                "2023-06-30",
                "On track Housing stands at 84%. Why 84% in March 2023 is exactly the 84% goal, "
                "due by 31 March 2024. The deadline has not passed, so the target is on track and "
                "not yet met. No data",
                id="at its goal early",
            ),
            pytest.param(
                "2023-06-30",
                "Met There are beds. Why 5 beds in March 2023 is 2 beds above the goal of 3 beds, "
                "due by 31 March 2023. On track",
                id="met",
            ),
            pytest.param(
                "2023-06-30",
                "No data Housing goes up. Why The latest figure is 84% in March 2023. One figure "
                "alone, or the baseline itself, shows no direction. No data",
                id="a direction",
            ),
            pytest.param(
                "2024-06-30",
                "Missed Housing rises. on the figures 84% in March 2023 is 6 percentage points "
                "below the 90% goal, due by 31 March 2024. Met",
                id="missed",
            ),
            pytest.param(
                "2025-06-30",
                "Met Housing goes up soon. Why The latest figure is 86% in March 2025. That is 2 "
                "percentage points better than 84% in March 2023. Met",
                id="a direction that is met",
            ),
        ],
    )
    def test_the_reasons_that_decide_are_given(
        self, run: Run, northern: list[str], day: str, reason: str
    ) -> None:
        """A status is explained by the words beside it, and nothing more is there."""
        later = "  - {measure: housed, area: The North, period: March 2025, level: 86%}\n"
        Path("seen.yaml").write_text(FIGURES.replace("completions:", f"{later}completions:"))
        northern[-1] = day
        assert reason in words(run(*northern).out)

    def test_a_goal_reached_late_is_explained(self, run: Run, northern: list[str]) -> None:
        """The figure that meets the goal is named, and not only the one below it."""
        later = (
            "  - {measure: housed, area: The North, period: March 2025, level: 91%,\n"
            "     published: 2025-05-01}\n"
        )
        Path("seen.yaml").write_text(FIGURES.replace("completions:", f"{later}completions:"))
        northern[-1] = "2025-06-30"
        assert "The goal was first met after the deadline: 91% in March 2025." in words(
            run(*northern).out
        )

    def test_a_gap_of_zero_is_a_figure(self, run: Run, northern: list[str]) -> None:
        """Zero percentage points is a level like any other, and meets the goal of a gap."""
        measure = "{id: beds, name: Gap, counts: points, unit: percentage points, better: lower}"
        old = "{id: beds, name: Beds, counts: beds, unit: bed, better: higher}"
        plan = PLAN.replace(old, measure).replace("goal: 3 bed", "goal: 3 percentage points")
        later = (
            "  - {measure: beds, area: The North, period: March 2024, level: 0 percentage points,\n"
            "     published: 2024-05-01}\n"
        )
        figures = FIGURES.replace(old, measure).replace(
            "level: 5 bed", "level: 5 percentage points"
        )
        Path("plan.yaml").write_text(plan, "utf-8")
        Path("seen.yaml").write_text(
            figures.replace("completions:", f"{later}completions:"), "utf-8"
        )
        northern[-1] = "2025-06-30"
        assert "first met after the deadline: 0 percentage points in March 2024." in words(
            run(*northern).out
        )

    def test_a_vague_deadline_is_said(self, run: Run, northern: list[str]) -> None:
        """Where the day that decides was read from vague words, the reader is told."""
        vague = PLAN.replace(
            "change: 8 percentage points, deadline: by March 2024",
            "change: 8 percentage points, deadline: early 2024",
        )
        Path("plan.yaml").write_text(vague, "utf-8")
        assert "The deadline, 'early 2024', is vague: its last possible day" in words(
            run(*northern).out
        )

    def test_all_there_is_to_say_is_said(self, run: Run, under_way: list[str]) -> None:
        """A paragraph has the evidence, the pace so far, and every version of a revised figure."""
        out = run(*under_way, "--length", "paragraph").out
        for passage in (
            "  Revised       84% (December 2022), published 10 January 2023\n",
            "                84.25% (December 2022), published 20 January 2023\n",
            "  Evidence      Published as 17%, so the true value is between 16.5% and 17.5%: below",
            "  Pace so far   0.25 percentage points every 30 days, for the better\n",
            "  Pace so far   0.11 percentage points every 30 days, for the worse\n",
            "It was first published on 10 January 2023 as 84%, and has been revised.\n",
        ):
            assert passage in out

    def test_a_level_that_has_not_moved_has_no_pace(
        self, run: Run, under_way: list[str], tmp_path: Path
    ) -> None:
        """No change is said in a word."""
        still = UNDER_WAY.replace("level: 17%", "level: 18%")
        (tmp_path / "under-way.yaml").write_text(still, "utf-8")
        assert "  Pace so far   none\n" in run(*under_way, "--length", "paragraph").out


class TestEvidence:
    """The evidence for a status is stated beside it."""

    @pytest.mark.parametrize(
        "statement",
        [
            pytest.param(
                "clearly 86.25% in March 2023 is 3.75 percentage points below the 90% goal, due by "
                "31 July 2023. Evidence The evidence is clear: with 400 cases the 95% confidence "
                "interval is 82.5% to 89.3%, all of it below the goal.",
                id="clear",
            ),
            pytest.param(
                "evidence unclear 83.125% in March 2023 is 1.125 percentage points above the 82% "
                "goal, due by 31 July 2023. Evidence The difference from the 82% goal is within "
                "chance: with 160 cases",
                id="unclear",
            ),
            pytest.param(
                "evidence unclear 23% in March 2023 is exactly the 23% goal, due by 31 July 2023. "
                "Evidence Published as 23%, so the true value is between 22.5% and 23.5%: rounding "
                "leaves open whether it reaches the goal.",
                id="rounded",
            ),
        ],
    )
    def test_it_stands_below_the_reason(self, run: Run, over: list[str], statement: str) -> None:
        """The interval, and the cases that would settle an unclear one, are at their target."""
        assert statement in words(run(*over).out)

    def test_what_is_clear_alone_may_not_be_among_many(self, run: Run, over: list[str]) -> None:
        """Where the evidence is clear for one target but not among all, the page says so."""
        caution = "Adjusted for how many targets are tested, the evidence is not clear."
        text = words(run(*over).out)
        assert text.count(caution) == 1
        assert f"because its baseline was rounded. {caution}" in text
        assert (
            "Adjusted for how many targets are tested, the evidence is not clear for 1 of the "
            "targets that are clearly met or missed."
        ) in words(run(*over, "--length", "badge").out)

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            pytest.param(
                ("level: 23%", "level: 23%"),
                "1 of the 4 figures was published without counts, so we cannot test it for chance. "
                "Rounding leaves 1 result open.",
                id="one, open",
            ),
            pytest.param(
                ("level: 23%", "level: 25%"),
                "1 of the 4 figures was published without counts, so we cannot test it for chance. "
                "Rounding does not change any result.",
                id="one",
            ),
            pytest.param(
                ("counts: {numerator: 133, denominator: 160}", "level: 83%"),
                "2 of the 4 figures were published without counts, so we cannot test them for "
                "chance. Rounding leaves 1 result open.",
                id="two",
            ),
        ],
    )
    def test_figures_without_counts_are_counted_once(
        self, run: Run, over: list[str], change: tuple[str, str], sentence: str
    ) -> None:
        """Where only some figures have no counts, the head says how many."""
        Path(over[-1]).write_text(OVER.replace(*change), "utf-8")
        assert sentence in words(run(*over).out)

    def test_figures_that_all_have_counts_need_no_caution(self, run: Run, over: list[str]) -> None:
        """Nothing is said about missing counts where none are missing."""
        counted = OVER.replace("level: 23%", "counts: {numerator: 92, denominator: 400}")
        Path(over[-1]).write_text(counted, "utf-8")
        assert "without counts" not in run(*over).out

    def test_a_figure_that_decides_nothing_is_no_evidence(self, run: Run) -> None:
        """The baseline, which is not a later figure, is not tested against the goal."""
        assert "Evidence" not in run(*REGION, "--length", "paragraph").out


class TestPolicies:
    """``--policy`` chooses the rule about pace, or puts several side by side."""

    def test_two_policies_read_as_reviewed(self, run: Run, under_way: list[str]) -> None:
        """Targets not yet due, under two policies, are shown word for word as reviewed."""
        ran = run(*under_way, "--policy", "straight-line", "--policy", "traffic-light")
        reviewed = (SNAPSHOTS / "evaluate-two-policies.txt").read_text("utf-8")
        assert ran == (0, reviewed, "")

    @pytest.mark.parametrize(
        ("name", "status"),
        [
            ("straight-line", "At risk"),
            ("traffic-light", "Off track"),
            ("statistics-canada", "Off track"),
            ("statistical", "At risk"),
            ("assurance", "Not graded"),
        ],
    )
    def test_the_policy_named_grades(
        self, run: Run, under_way: list[str], name: str, status: str
    ) -> None:
        """Each policy has a name in small letters, and a target its grade by it."""
        out = run(*under_way, "--policy", name).out
        assert re.search(rf"^{status} +Raise the proportion of people", out, re.MULTILINE)
        assert f'graded by the "{name.replace("-", " ")}" policy: ' in out.lower()

    def test_a_policy_named_twice_is_one(self, run: Run, under_way: list[str]) -> None:
        """Repeating a policy does not set it beside itself."""
        once = run(*under_way, "--policy", "assurance")
        assert run(*under_way, "--policy", "assurance", "--policy", "assurance") == once

    def test_a_badge_has_every_status(self, run: Run, under_way: list[str]) -> None:
        """Where policies differ, a badge says all that they say, and takes no side."""
        both = ("--policy", "straight-line", "--policy", "traffic-light")
        out = run(*under_way, *both, "--length", "badge").out
        assert re.search(
            r"^  Housed on the night .+  At risk / off track +Jul 2023$", out, re.MULTILINE
        )

    def test_all_there_is_to_say_is_said_of_each(self, run: Run, under_way: list[str]) -> None:
        """The reason of one policy is beside its name, and not among the reasons of all."""
        both = ("--policy", "straight-line", "--policy", "traffic-light")
        text = words(run(*under_way, *both, "--length", "paragraph").out)
        made = "50% of the change expected by then has been made."
        assert text.count(made) == 1
        assert f"- straight line: at risk. {made}" in text

    def test_a_comparator_is_not_graded(self, run: Run, northern: list[str]) -> None:
        """The baseline of another area expects no level, so no policy grades the target."""
        policies = ("--area", "The South", "--policy", "straight-line", "--policy", "statistical")
        assert (
            "Not graded Housing rises. Why 85% in March 2023 is 5 percentage points below the 90% "
            "goal, due by 31 March 2024. Policies - straight line: not graded. The baseline is "
            "for The North, so no level is expected of The South by now."
        ) in words(run(*northern, *policies).out)

    def test_policies_change_nothing_after_the_deadline(self, run: Run) -> None:
        """Where nothing is graded, the page says so and explains no policy."""
        ran = run(*MAIN_JOB, "--policy", "traffic-light", "--policy", "assurance")
        explanation = (
            "a policy grades only a target that is not yet due and does not meet its goal."
        )
        assert f"No policy changes any of the targets: {explanation}" in words(ran.out)
        assert "control chart" not in ran.out
        assert ran.out.count("on the figures") == 4

    def test_a_plan_whose_targets_are_all_graded_needs_no_such_note(
        self, run: Run, northern: list[str]
    ) -> None:
        """Where every target is graded, no others are counted."""
        first, _, rest = PLAN.partition("      - {kind: reach, id: reach")
        text = first + rest[rest.index("  - id: work") :]
        Path("plan.yaml").write_text(text, "utf-8")
        out = run(*northern, "--policy", "traffic-light", "--policy", "statistical").out
        assert "1 target by traffic light: 1 at risk\n" in out
        assert "No policy changes" not in out

    def test_a_pace_is_never_called_a_forecast(self, run: Run, under_way: list[str]) -> None:
        """A grade describes a target on the day, and the page says so."""
        both = ("--policy", "straight-line", "--policy", "traffic-light")
        assert "A grade describes a target on the day; it is not a forecast." in (
            run(*under_way, *both).out
        )

    @pytest.mark.parametrize(
        ("policies", "code"), [(["statistical"], 0), (["statistical", "traffic-light"], 1)]
    )
    def test_a_status_under_any_policy_can_fail(
        self, run: Run, under_way: list[str], policies: list[str], code: int
    ) -> None:
        """--fail-on applies to the statuses under every policy that is named."""
        named = [word for policy in policies for word in ("--policy", policy)]
        assert run(*under_way, *named, "--fail-on", "off_track").code == code


class TestTables:
    HEADING = "measure,area,period,level,published\n"

    def test_figures_may_stand_in_a_table(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A table in the tidy layout gives figures; the ids of the plan name its measures."""
        table = tmp_path / "figures.csv"
        row = "housed-on-release,East Midlands,December 2022,87%,2023-01-20\n"
        table.write_text(self.HEADING + row, encoding="utf-8")
        asked = ["evaluate", "east-midlands-2022-25", "--as-of", "2023-02-01"]
        assert main([*asked, "--observations", str(table), "--length", "paragraph"]) == 0
        assert "Latest        87% (December 2022), published 20 January 2023" in (
            capsys.readouterr().out
        )

    def test_a_measure_that_nobody_knows_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The file, the line and the nearest measure are named."""
        table = tmp_path / "figures.csv"
        row = "housed-on-realease,East Midlands,December 2022,87%,2023-01-20\n"
        table.write_text(self.HEADING + row, encoding="utf-8")
        asked = ["evaluate", "east-midlands-2022-25", "--as-of", "2023-02-01"]
        assert main([*asked, "--observations", str(table)]) == 2
        assert f"{table}:2:" in (errors := capsys.readouterr().err)
        assert "did you mean 'housed-on-release'?" in errors


def test_a_completion_of_no_target_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A misspelt milestone is a warning, and the plan is assessed all the same."""
    reports = tmp_path / "reports.yaml"
    reports.write_text(
        "schema_version: '1'\nkind: observations\nid: reports\ntitle: Reports\n"
        "completions: [{target: housed-on-realease-by-july-2023, day: 2023-06-01}]\n",
        encoding="utf-8",
    )
    asked = ["evaluate", "east-midlands-2022-25", "--as-of", "2024-08-01"]
    assert main([*asked, "--observations", str(reports)]) == 0
    assert capsys.readouterr().err == (
        "a completion names the target 'housed-on-realease-by-july-2023', which this plan does not "
        "have: did you mean 'housed-on-release-by-july-2023'?\n"
    )


class TestEvaluateJson:
    """``--format json`` gives the same assessment to programs."""

    def test_the_assessment_is_complete(self, run: Run) -> None:
        """The document names plan, day, area and policy, and counts the statuses."""
        ran = run(*MAIN_JOB, "--format", "json")
        answer = json.loads(ran.out)
        targets = answer.pop("targets")
        assert answer == {
            "schema_version": "1",
            "kind": "evaluation",
            "plan": "east-midlands-2022-25",
            "title": "East Midlands Reducing Reoffending Plan 2022-25",
            "as_of": "2024-08-01",
            "area": "England and Wales",
            "policy": "straight line",
            "policy_statement": STRAIGHT_LINE.statement,
            "counts": {"met": 1, "missed": 3, "no_data": 1, "not_quantified": 2},
            "verdicts": {},
            "policies": [
                {
                    "name": "straight line",
                    "statement": STRAIGHT_LINE.statement,
                    "counts": {"met": 1, "missed": 3, "no_data": 1, "not_quantified": 2},
                    "statuses": {row["target"]: row["status"] for row in targets},
                }
            ],
        }
        assert {row["status"] for row in targets} <= set(Status)
        assert ran.out.endswith("}\n")

    def test_numbers_are_exact_texts(self, run: Run, northern: list[str]) -> None:
        """Quantities are written as in plan files, shares as fractions, what is unknown as null."""
        target = json.loads(run(*northern, "--format", "json").out)["targets"][0]
        shown = {key: target[key] for key in ("goal", "gap", "progress", "expected", "status")}
        assert shown == {
            "goal": "90%",
            "gap": "6 percentage points",
            "progress": "1/4",
            "expected": "86%",
            "status": "at_risk",
        }

    def test_the_latest_figure_has_its_source(self, run: Run, northern: list[str]) -> None:
        """A figure is given with its period, series, publication and document."""
        target = json.loads(run(*northern, "--format", "json").out)["targets"][0]
        assert target["latest"] == {
            "id": None,
            "level": "84%",
            "value": 84.0,
            "period": "March 2023",
            "period_kind": "month",
            "first_day": "2023-03-01",
            "last_day": "2023-03-31",
            "numerator": None,
            "denominator": None,
            "published": "2023-05-01",
            "series": "A1",
            "marks": [],
            "source": {
                "document": "d",
                "title": "A bulletin",
                "publisher": "A publisher",
                "url": None,
                "section": "Table 1",
                "item": None,
            },
        }

    def test_excluded_figures_have_a_reason(self, run: Run, northern: list[str]) -> None:
        """A figure that does not decide is there with the reason."""
        target = json.loads(run(*northern, "--format", "json").out)["targets"][0]
        assert [(each["area"], each["reason"]) for each in target["excluded"]] == [
            ("The South", "other_area")
        ]

    def test_a_figure_without_citation_has_no_source(self, run: Run, northern: list[str]) -> None:
        """A value that is not known is null, and its key is there."""
        beds = json.loads(run(*northern, "--format", "json").out)["targets"][1]
        assert beds["latest"]["source"] is None

    def test_evidence_is_written_whole(self, run: Run, over: list[str]) -> None:
        """Verdict, basis, interval, confidence and cases are there for every target tested."""
        targets = json.loads(run(*over, "--format", "json").out)["targets"]
        tested = {target["target"]: target["evidence"] for target in targets}
        p_value = tested["settled-three-months-after-release-by-july-2023"].pop("p_value")
        assert 0.3 < p_value < 0.4
        assert tested["settled-three-months-after-release-by-july-2023"] == {
            "verdict": "not_distinguishable_from_target",
            "basis": "counts",
            "against": "goal",
            "reference_low": "82%",
            "reference_low_value": 82.0,
            "reference_high": "82%",
            "reference_high_value": 82.0,
            "interval_low": "76.56%",
            "interval_low_value": 76.56,
            "interval_high": "88.14%",
            "interval_high_value": 88.14,
            "confidence": 0.95,
            "cases": 160,
            "cases_needed": 4480,
        }
        assert tested["employed-six-months-after-release-by-july-2023"] == {
            "verdict": "not_distinguishable_from_target",
            "basis": "rounding",
            "against": "goal",
            "reference_low": "22.5%",
            "reference_low_value": 22.5,
            "reference_high": "23.5%",
            "reference_high_value": 23.5,
            "interval_low": "22.5%",
            "interval_low_value": 22.5,
            "interval_high": "23.5%",
            "interval_high_value": 23.5,
            "confidence": None,
            "p_value": None,
            "cases": None,
            "cases_needed": None,
        }
        assert tested["treatment-requirements-meet-needs"] is None

    def test_every_key_is_in_the_reference(self, run: Run, over: list[str]) -> None:
        """No key has to be guessed at."""
        answer = json.loads(run(*over, "--format", "json").out)
        target = answer["targets"][4]
        records = (answer, answer["policies"][0], target, target["latest"], target["evidence"])
        page = (Path(__file__).parents[1] / "docs/reference/records.md").read_text("utf-8")
        assert [key for record in records for key in record if f"`{key}`" not in page] == []

    def test_the_words_are_there_too(self, run: Run, over: list[str]) -> None:
        """Badge and sentence are those of the library."""
        target = json.loads(run(*over, "--format", "json").out)["targets"][4]
        assert target["badge"] == "Missed, clearly"
        assert target["explanation"] == (
            "Missed, clearly: 86.25% in March 2023 is 3.75 percentage points below the 90% goal, "
            "due by 31 July 2023."
        )

    def test_pace_movement_and_revisions_are_there(self, run: Run, under_way: list[str]) -> None:
        """The change per 30 days, which way it goes, and each version of the latest figure."""
        target = json.loads(run(*under_way, "--format", "json").out)["targets"][4]
        shown = {key: target[key] for key in ("pace", "movement", "required_pace")}
        assert shown == {
            "pace": "27/110 percentage points",
            "movement": "towards",
            "required_pace": "345/424 percentage points",
        }
        assert [revision["published"] for revision in target["revisions"]] == [
            "2023-01-10",
            "2023-01-20",
        ]

    def test_verdicts_are_adjusted_for_how_many_targets_are_tested(
        self, run: Run, over: list[str]
    ) -> None:
        """Evidence that is clear for one target alone may not be clear among all."""
        answer = json.loads(run(*over, "--format", "json").out)
        housed = "housed-on-release-by-july-2023"
        alone = {target["target"]: target["evidence"] for target in answer["targets"]}[housed]
        assert (alone["verdict"], answer["verdicts"][housed]) == (
            "significantly_missed",
            "not_distinguishable_from_target",
        )
        assert len(answer["verdicts"]) == 3

    def test_every_policy_has_its_statuses(self, run: Run, under_way: list[str]) -> None:
        """The first policy grades the targets; each has its counts and statuses beside it."""
        both = ("--policy", "traffic-light", "--policy", "straight-line")
        answer = json.loads(run(*under_way, *both, "--format", "json").out)
        first, second = answer["policies"]
        assert (answer["policy"], answer["policy_statement"]) == (first["name"], first["statement"])
        assert first["statuses"] == {row["target"]: row["status"] for row in answer["targets"]}
        assert first["counts"] == answer["counts"]
        housed = "housed-on-release-by-july-2023"
        assert (first["statuses"][housed], second["statuses"][housed]) == ("off_track", "at_risk")


class TestShow:
    """``rrmodel show`` lists what a plan holds."""

    def test_the_bundled_plan_is_summed_up(self, run: Run) -> None:
        """Title, subject, period and every pathway are there."""
        ran = run("show", "east-midlands-2022-25")
        plan = datasets.load("east-midlands-2022-25")
        assert ran.out.startswith(
            f"{plan.title}\nEast Midlands · April 2022 to March 2025\n\nVision "
        )
        assert [line for line in ran.out.splitlines() if line in {p.name for p in plan}] == [
            pathway.name for pathway in plan
        ]
        assert f"4 pathways, 7 targets, {len(plan.objectives)} objectives, " in ran.out

    def test_an_establishment_without_targets_is_shown_too(self, run: Run) -> None:
        """A plan of another kind, with chapters and no targets, needs no special case."""
        out = run("show", "hmp-leeds-regimes").out
        assert out.count("\nTargets") == 0
        assert "9 pathways, 3 further chapters" in out

    def test_editions_are_told_apart(self, run: Run, northern: list[str]) -> None:
        """The edition, what it replaces and who published it are said."""
        out = run("show", northern[1]).out
        assert "April 2022 to March 2025 · edition second · replaces northern-2019\n" in out
        assert "- The plan as published, A publisher, June 2022\n" in out
        assert "\nHealth\n------\nnothing listed\n" in out

    def test_json_is_the_plan_file(self, run: Run) -> None:
        """The JSON can be read back as the same plan."""
        ran = run("show", "hmp-leeds-regimes", "--format", "json")
        assert io.loads(ran.out, format="json") == datasets.load("hmp-leeds-regimes")


class TestBadInput:
    """Bad input ends with 2 and one message that says what, where and what to do."""

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("evaluate", ["'PLAN...'", "Try 'rrmodel evaluate -h'."]),
            ("bogus", ["'bogus'", "Try 'rrmodel -h'."]),
            ("show x --format xml", ["'xml'", "'text', 'json'", "Try 'rrmodel show -h'."]),
            ("show east-midlands", ["did you mean 'east-midlands-2022-25'?"]),
            ("show no/plan.yaml", ["no/plan.yaml: the file cannot be read: no such file"]),
            ("show seen.yaml", ["seen.yaml is not a plan file: use a file of kind 'plan'"]),
            ("show folder", ["folder: ", "the suffix '' is not that of a format"]),
            (f"show {'x' * 5000}", ["there is no bundled plan"]),
            (
                "evaluate plan.yaml --observations plan.yaml",
                ["is not an observation file: use a file of kind 'obs"],
            ),
            ("evaluate plan.yaml --observations england", ["did you mean 'england-and-wales'?"]),
            ("evaluate plan.yaml --as-of yesterday", ["--as-of: 'yesterday' is not a valid date"]),
            ("evaluate plan.yaml --as-of early-2023", ["not one exact day", "2023-04-30"]),
            ("evaluate plan.yaml --fail-on mist", ["--fail-on", "did you mean 'missed'?"]),
            ("evaluate plan.yaml --length line", ["--length", "'badge', 'sentence', 'paragraph'"]),
            (
                "evaluate plan.yaml --policy strait-line",
                ["--policy", "unknown policy 'strait-line': did you mean 'straight-line'?"],
            ),
            (
                "evaluate plan.yaml --observations seen.yaml --area South",
                ["--area: no figures of 'South'", "did you mean 'The South'?"],
            ),
        ],
    )
    @pytest.mark.usefixtures("northern")
    def test_one_message_says_what_to_do(self, run: Run, line: str, words: list[str]) -> None:
        """The message stands on standard error, alone."""
        Path("folder").mkdir()
        ran = run(*line.split())
        assert (ran.code, ran.out) == (2, "")
        assert [word for word in words if word not in ran.err] == []
        assert "Traceback" not in ran.err

    @pytest.mark.usefixtures("northern")
    def test_every_error_of_a_file_is_placed(self, run: Run) -> None:
        """Each error is named with its file, line, column and path."""
        Path("plan.yaml").write_text(PLAN.replace("82%", "182%").replace("3 bed", "3 crib"))
        ran = run("show", "plan.yaml")
        assert ran.code == 2
        placed = re.findall(r"^plan\.yaml:(\d+):\d+: .+ \((\$\..+)\)$", ran.err, re.MULTILINE)
        assert placed == [
            ("21", "$.pathways[0].targets[0].baseline.level"),
            ("22", "$.pathways[0].targets[1]"),
            ("26", "$.pathways[0].targets[2].baseline.level"),
        ]

    def test_a_stop_by_the_user_is_quiet(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """Control-C ends with the code that shells expect."""

        def stop(name: str) -> None:
            raise KeyboardInterrupt(name)

        monkeypatch.setattr(datasets, "load", stop)
        assert run("show", "hmp-leeds-regimes") == (130, "", "\n")


class TestStreams:
    """A page suits where it goes: a terminal, a pipe, a closed pipe, a full disk."""

    def terminal(self, monkeypatch: pytest.MonkeyPatch, columns: int, *arguments: str) -> list[str]:
        """Return the lines that a command prints on a terminal of that width."""

        class Terminal(streams.TextIOWrapper):
            def isatty(self) -> bool:
                return True

        for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLUMNS", str(columns))
        screen = streams.BytesIO()
        monkeypatch.setattr(sys, "stdout", Terminal(screen, "ascii"))
        assert main(arguments) == 0
        return screen.getvalue().decode("ascii").splitlines()

    def test_a_terminal_gets_colour_and_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The status word is coloured and written out."""
        lines = self.terminal(monkeypatch, 100, *MAIN_JOB)
        assert any(line.startswith("\x1b[1;31mMissed\x1b[0m  ") for line in lines)

    def test_a_terminal_gets_what_it_can_show(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A character that the terminal lacks is replaced, not fatal."""
        lines = self.terminal(monkeypatch, 100, *MAIN_JOB)
        assert "As of 1 August 2024 ? figures for England and Wales" in lines

    @pytest.mark.parametrize(
        ("columns", "widest"), [pytest.param(c, w, id=f"{c}") for c, w in [(20, 60), (80, 80)]]
    )
    def test_lines_wrap_to_the_terminal(
        self, monkeypatch: pytest.MonkeyPatch, columns: int, widest: int
    ) -> None:
        """Lines are as wide as the terminal, but no narrower than sixty columns."""
        monkeypatch.setenv("NO_COLOR", "1")
        lines = self.terminal(monkeypatch, columns, *MAIN_JOB)
        plain = [click.unstyle(line) for line in lines]
        assert widest - 8 < max(map(len, plain)) <= widest

    def test_a_wide_terminal_is_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """On a wide screen words are not shortened to a hundred columns."""
        lines = self.terminal(monkeypatch, 160, *MAIN_JOB, "--length", "badge")
        plain = [click.unstyle(line).rstrip() for line in lines]
        assert 120 < max(map(len, plain)) <= 160
        assert any("2.6 percentage points below  Missed on the figures" in line for line in plain)

    def test_a_pipe_gets_plain_deterministic_bytes(self) -> None:
        """Neither terminal settings nor encoding nor hash seed change a piped page."""
        wanted = (SNAPSHOTS / "evaluate-east-midlands.txt").read_bytes()
        settings = {"FORCE_COLOR": "1", "COLUMNS": "61", "PYTHONIOENCODING": "ascii"}
        ran = spawn(*MAIN_JOB, PYTHONHASHSEED="7", TERM="xterm", **settings)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, wanted, b"")
        assert b"\x1b" not in wanted
        assert [line for line in wanted.splitlines() if line != line.rstrip()] == []

    def test_the_installed_command_ends_with_the_code(self) -> None:
        """Exit codes and messages leave the process."""
        assert spawn(*MAIN_JOB, "--fail-on", "missed").returncode == 1
        refused = spawn("show", "nowhere.yaml")
        assert refused.returncode == 2
        assert refused.stderr.startswith(b"nowhere.yaml: the file cannot be read")
        assert b"Traceback" not in refused.stderr

    def test_a_reader_who_leaves_is_no_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A closed pipe is quiet, and the exit code is that of the assessment."""
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "w", encoding="utf-8") as stream:
            monkeypatch.setattr(sys, "stdout", stream)
            assert main([*MAIN_JOB, "--fail-on", "missed"]) == 1

    def test_a_full_disk_is_said(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        """An answer that cannot be written is bad luck, told in one message."""
        with (tmp_path / "out.txt").open("w", encoding="utf-8") as stream:

            class Full(streams.StringIO):
                def write(self, _: str) -> int:
                    raise OSError(28, "No space left on device")

                def fileno(self) -> int:
                    return stream.fileno()

            monkeypatch.setattr(sys, "stdout", Full())
            code = main(MAIN_JOB)
        assert code == 2
        assert capsys.readouterr().err == (
            "the output cannot be written: no space left on device\n"
        )

    def test_a_closed_output_is_said(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Without a standard output there is a message, and no traceback."""
        monkeypatch.setattr(sys, "stdout", None)
        assert main(MAIN_JOB) == 2
        assert capsys.readouterr().err == (
            "the output cannot be written: standard output is closed\n"
        )


class TestHelp:
    """Help is short and ends with an example."""

    @pytest.mark.parametrize("name", sorted(_SUMMARIES))
    def test_the_list_of_commands_agrees_with_their_help(self, name: str) -> None:
        """The list, which loads no command, has the first sentence of each command's help."""
        _, command, rest = _program.resolve_command(click.Context(_program), [name, "-h"])
        assert command is not None
        assert (command.name, rest) == (name, ["-h"])
        assert command.get_short_help_str(limit=100) == _SUMMARIES[name]

    def test_every_command_is_listed(self) -> None:
        """A command that has a module is in the list."""
        folder = Path(cli.__file__).parent
        modules = (file.stem for file in folder.glob("_*_command.py"))
        assert {module[1:].removesuffix("_command") for module in modules} == set(_SUMMARIES)

    @pytest.mark.parametrize("columns", [80, 160])
    @pytest.mark.parametrize("name", ["", *sorted(_SUMMARIES)])
    def test_help_fits_the_terminal(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, name: str, columns: int
    ) -> None:
        """No line of help is wider than the terminal, or than a hundred columns; examples are."""
        monkeypatch.setenv("COLUMNS", str(columns))
        ran = run(*name.split(), "-h")
        assert (ran.code, ran.err) == (0, "")
        lines = ran.out.partition("\n  Example")[0].splitlines()
        assert max(map(len, lines)) <= min(columns, 100)

    def test_no_words_at_all_ask_for_help(self, run: Run) -> None:
        """``rrmodel`` alone shows the commands."""
        assert run() == run("-h")
        assert "evaluate  Assess the targets of a plan on a day." in run().out

    def test_the_words_of_the_process_are_used(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Without arguments, ``main`` reads those of the process."""
        monkeypatch.setattr(sys, "argv", ["rrmodel", "show", "-h"])
        assert main() == 0
        assert capsys.readouterr().out == run("show", "--help").out

    @pytest.mark.parametrize("command", ["evaluate", "show"])
    def test_help_names_the_bundled_plans_and_an_example(self, run: Run, command: str) -> None:
        """A reader can start from the help alone."""
        out = run(command, "-h").out
        assert [name for name in datasets.names() if f"    {name}\n" not in out] == []
        assert f"  Example:\n    rrmodel {command} east-midlands-2022-25" in out

    @pytest.mark.parametrize(
        ("package", "words"),
        [
            pytest.param("click", ["--version"], id="click"),
            pytest.param("rich", ["show", "hmp-leeds-regimes"], id="rich"),
        ],
    )
    def test_a_missing_extra_is_named(self, package: str, words: list[str]) -> None:
        """Without its packages, the command line says in one line which to install."""
        program = (
            f"import sys; sys.modules[{package!r}] = None; from rrmodel.cli import main; "
            f"sys.exit(main({words}))"
        )
        ran = subprocess.run(  # noqa: S603  our own interpreter and our own words
            [sys.executable, "-c", program], check=False, capture_output=True, text=True
        )
        assert (ran.returncode, ran.stdout, ran.stderr) == (
            2,
            "",
            "The command line needs click and rich: pip install click rich (extra: cli)\n",
        )

    def test_another_missing_module_is_not_hidden(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Only the extra is excused: a broken installation is not called a missing extra."""
        monkeypatch.setitem(sys.modules, "rrmodel.cli._commands", None)
        with pytest.raises(ModuleNotFoundError, match=r"rrmodel\.cli\._commands"):
            main(["--version"])


SUFFIXES = (
    ".arrow .csv .db .ddb .docx .duckdb .feather .htm .html .ics .ipc .json .jsonl .md .ndjson "
    ".ods .parquet .pdf .png .stratml .svg .toml .txt .xls .xlsx .xml .yaml .yml .zip"
).split()
OTHER_REFUSALS = re.compile("is a table of figures, not a plan|is read and never written")
WORKBOOK = io.Layout(
    figures=[io.FigureColumn(measure="m", heading="Level")],
    area_heading="Area",
    period_from="sheet name",
)


def message_of(call: Callable[[str], object]) -> Callable[[str], str]:
    """Return what calls a function with a path, and returns its message."""

    def message(path: str) -> str:
        try:
            call(path)
        except RrmodelError as error:
            return str(error)
        return ""

    return message


def message_of_command(command: str) -> Callable[[str], str]:
    """Return what runs a command with a path, and returns its message."""

    def message(path: str) -> str:
        errors = streams.StringIO()
        with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(streams.StringIO()):
            main(command.replace("FILE", path).split())
        return errors.getvalue()

    return message


@pytest.mark.parametrize(
    "message",
    [
        message_of(io.load),
        message_of(lambda path: io.load_observations(path, measures=[])),
        message_of(lambda path: io.read_workbook(path, WORKBOOK)),
        message_of(lambda path: frames.read_observations(path, measures=[])),
        message_of(lambda path: io.dump(datasets.load("hmp-leeds-regimes"), path)),
        message_of(lambda path: io.dump_observations([], path)),
        message_of_command("show FILE"),
        message_of_command("convert hmp-leeds-regimes FILE"),
        message_of_command("figures FILE"),
        message_of_command("evaluate hmp-leeds-regimes --observations FILE"),
        message_of_command("evaluate hmp-leeds-regimes --observations FILE --out results.csv"),
        message_of_command("evaluate hmp-leeds-regimes --out FILE"),
        message_of_command("evaluate hmp-leeds-regimes --report FILE"),
        message_of_command("chart partners hmp-leeds-regimes FILE"),
    ],
)
def test_the_advice_about_a_suffix_lists_those_that_are_accepted(
    message: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A suffix is in the message if and only if a file with it is read or written."""
    monkeypatch.chdir(tmp_path)

    def words(suffix: str) -> str:
        Path(f"name{suffix}").touch()
        return message(f"name{suffix}").replace(suffix, "")

    refusal = words(".zzz")
    others = {suffix: words(suffix) for suffix in SUFFIXES}
    accepted = {
        suffix
        for suffix, text in others.items()
        if text != refusal.replace(suffix, "") and not OTHER_REFUSALS.search(text)
    }
    assert set(re.findall(r"\.[a-z]+\b", refusal)) == accepted
