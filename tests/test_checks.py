"""The rules of the checks, their selection and their reports."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest

from rrmodel import io
from rrmodel.checks import (
    RULES,
    Finding,
    Severity,
    by_rule,
    check,
    rule,
    severities_text,
    to_json,
    to_sarif,
)
from rrmodel.errors import UnknownNameError
from rrmodel.model import (
    Citation,
    Completion,
    Counts,
    Measure,
    Observation,
    ObservationSet,
    Plan,
)
from rrmodel.periods import FinancialYear, Month
from rrmodel.quantities import Amount, Percentage

PAGES = Path(__file__).parents[1] / "docs" / "reference" / "checks"
HEAD = """
schema_version: "1"
kind: plan
id: northern
title: The Northern Plan
subject: {kind: region, id: north, name: The North}
documents: [{id: plan, title: The plan as published}]
"""
HOUSED = (
    Observation(
        measure="housed-on-release",
        area="East Midlands",
        period=FinancialYear("2022-23"),
        level=Percentage("86.3"),
    ),
    Observation(
        measure="settled",
        area="York",
        period=FinancialYear("2022-23"),
        level=Percentage("82.5"),
        counts=Counts(1300, 1600),
    ),
    *(
        Observation(
            measure="employed",
            area="East Midlands",
            period=FinancialYear("2022-23"),
            level=Percentage(level),
            published="2023-10-26",
        )
        for level in ("23.1", "25.4")
    ),
)
MEASURES = """
measures:
  - {id: housed, name: Housed, counts: homes, out_of: releases, better: higher}
  - {id: posts, name: Posts, counts: posts, unit: post, better: higher}
  - {id: money, name: Money, counts: pounds, unit: GBP, better: higher}
"""


DUE = "deadline: by 2023"
CHANGE = (
    "kind: change, measure: housed, change: 8 percentage points, deadline: by 2023, "
    "baseline: {level: 82%, period: 2021-22}"
)
FIFTH = CHANGE.replace("8 percentage points", "+20%").replace("82%", "62%")
POSTS = (
    "kind: change, measure: posts, change: 8 post, deadline: by 2023, "
    "baseline: {level: 82 post, period: 2021-22}"
)
POSTS_BY_2025 = "kind: reach, measure: posts, goal: 9 post, deadline: by 2025"
RANGE = "kind: range, measure: housed, goal: {low: 40%, high: 50%}"


def plan_of(text: str, head: str = HEAD) -> Plan:
    """Return the plan of a text that omits the required keys."""
    rest = "" if re.search("^pathways:", text, re.MULTILINE) else "pathways: []\n"
    record = io.loads(f"{head}{text}\n{rest}")
    assert isinstance(record, Plan)
    return record


def pathway(fields: str, name: str = "work") -> str:
    """Return the text of a pathway with some fields, each on its own line."""
    lines = "".join(f"    {line}\n" for line in fields.strip().splitlines())
    return f"  - id: {name}\n    name: {name}\n    citation: {{document: plan}}\n{lines}"


def targets(*entries: str) -> str:
    """Return the text of the measures and a pathway with targets that have common fields."""
    fields = "statement: It improves., citation: {document: plan}, area: The North"
    lines = "".join(f"  - {{id: t{n}, {fields}, {entry}}}\n" for n, entry in enumerate(entries))
    return f"{MEASURES}pathways:\n{pathway('targets:' + chr(10) + lines)}"


def commitment(fields: str) -> str:
    """Return the text of a commitment."""
    return (
        f"commitments:\n  - {{id: c, statement: It comes., citation: {{document: plan}}, {fields}}}"
    )


def finding_paths(text: str, name: str, **more: Any) -> list[str]:
    """Return the paths of the findings of a rule in a plan."""
    return [finding.path for finding in check(plan_of(text), select=[name], **more)]


def examples(name: str) -> list[str]:
    """Return the two plans on the page of a rule."""
    return re.findall("```yaml\n(.*?)```", (PAGES / f"{name}.md").read_text("utf-8"), re.DOTALL)


class TestPages:
    @pytest.mark.parametrize("name", [known.id for known in RULES])
    def test_the_page_of_a_rule_shows_what_it_finds(self, name: str) -> None:
        """The rule finds one thing in the first plan on its page, and nothing in the second."""
        bad, good = examples(name)
        assert len(finding_paths(bad, name, observations=HOUSED)) == 1
        assert finding_paths(good, name, observations=HOUSED) == []

    @pytest.mark.parametrize("name", [known.id for known in RULES])
    def test_the_page_of_a_rule_says_what_the_rule_says(self, name: str) -> None:
        """A rule and its page have the same name, severity, summary and explanation."""
        known = rule(name)
        page = " ".join((PAGES / f"{name}.md").read_text("utf-8").split())
        assert page.startswith(f"# {name}: {known.name} {known.summary} ")
        assert f"severity `{known.severity}`" in page
        assert f" {known.explanation} " in page

    def test_every_page_has_its_rule(self) -> None:
        """There is a page for each rule, no other page, and a line in the index for each."""
        names = [known.id for known in RULES]
        assert sorted(page.stem for page in PAGES.glob("RR*.md")) == names
        index = (PAGES / "index.md").read_text("utf-8")
        for known in RULES:
            link = f"[{known.id}]({known.id}.md)"
            assert f"| {link} | {known.name} | {known.severity} | {known.summary} |" in index


class TestRules:
    def test_ids_are_in_order_and_never_shared(self) -> None:
        """Each rule has another id and name, and the ids are in order."""
        names = [known.id for known in RULES]
        assert names == sorted(set(names))
        assert len({known.name for known in RULES}) == len(RULES)

    def test_an_unknown_rule_is_refused(self) -> None:
        """An unknown id is refused, with a close one offered."""
        with pytest.raises(UnknownNameError, match="there is no rule 'RRT05': did you mean 'RRT0"):
            rule("RRT05")

    def test_a_target_with_a_day_to_be_done_by_needs_no_number(self) -> None:
        """A direction has no number, and a milestone needs none."""
        text = targets(
            "kind: direction, measure: housed",
            "kind: milestone, deadline: by 2023",
            "kind: reach, measure: housed, goal: 90%, deadline: by 2023",
        )
        assert finding_paths(text, "RRT001") == ["$.pathways[0].targets[0]"]

    def test_a_level_to_maintain_says_from_when(self) -> None:
        """A target to maintain a level has a first period; other kinds have or need no start."""
        text = targets(
            "kind: maintain, measure: housed, goal: 90%, deadline: by 2023",
            "kind: maintain, measure: housed, goal: 90%, deadline: by 2023, since: 2021-22",
            "kind: direction, measure: housed",
            "kind: narrative",
            "kind: direction, measure: housed, every: 1 year",
            "kind: standing, measure: housed, goal: 90%",
            "kind: range, measure: housed, goal: {low: 40%, high: 50%}",
            "kind: range, measure: housed, goal: {low: 40%, high: 50%}, deadline: by 2023",
            "kind: reach, measure: housed, goal: 90%, deadline: by 2023, since: 2021-22",
        )
        places = [f"$.pathways[0].targets[{place}]" for place in (0, 2, 7)]
        assert finding_paths(text, "RRT002") == places

    def test_a_total_says_which_period_is_its_first(self) -> None:
        """A flow without a first period is asked for one."""
        text = targets("kind: reach, measure: posts, goal: 9 post, deadline: by 2023").replace(
            "unit: post,", "unit: post, kind: flow,"
        )
        (finding,) = check(plan_of(text), select=["RRT002"])
        assert "give the first period to add up, under 'since'" in finding.message

    def test_a_baseline_in_the_range_is_met_at_the_start(self) -> None:
        """A range that holds the baseline is met before it begins."""
        text = targets(
            "kind: range, measure: housed, goal: {low: 40%, high: 50%}, deadline: by 2023, "
            "baseline: {level: 40%, period: 2021-22}",
            "kind: range, measure: housed, goal: {low: 40%, high: 50%}, deadline: by 2023, "
            "baseline: {level: 39%, period: 2021-22}",
        )
        (finding,) = check(plan_of(text), select=["RRT003"])
        assert finding.path == "$.pathways[0].targets[0]"
        assert "the baseline is 40%, the range 40% to 50%; correct" in finding.message

    def test_a_goal_that_equals_the_baseline_is_met_at_the_start(self) -> None:
        """Equality counts as met, and for a measure that should fall the lower level is better."""
        text = targets(
            "kind: reach, measure: housed, goal: 82%, deadline: by 2023, "
            "baseline: {level: 82%, period: 2021-22}",
        )
        assert finding_paths(text, "RRT003") == ["$.pathways[0].targets[0]"]
        assert finding_paths(text.replace("better: higher", "better: lower"), "RRT003") == [
            "$.pathways[0].targets[0]"
        ]
        assert finding_paths(text.replace("goal: 82%", "goal: 80%"), "RRT003") == [
            "$.pathways[0].targets[0]"
        ]
        lower = text.replace("goal: 82%", "goal: 80%").replace("better: higher", "better: lower")
        assert finding_paths(lower, "RRT003") == []

    def test_goals_on_the_way_may_be_impossible_too(self) -> None:
        """Fewer than 0 posts are found at every level of a target; money may be owed."""
        text = targets(
            "kind: reach, measure: posts, goal: 2 post, deadline: by 2023, "
            "interim: [{level: -1 post, deadline: in 2022}]",
            "kind: maintain, measure: posts, goal: -2 post, deadline: by 2023",
            "kind: maintain, measure: money, goal: -2 GBP, deadline: by 2023",
            "kind: narrative",
            "kind: standing, measure: posts, goal: -1 post",
            "kind: range, measure: posts, goal: {low: -1 post, high: 5 post}",
        )
        assert finding_paths(text, "RRT004") == [
            "$.pathways[0].targets[0].interim[0]",
            "$.pathways[0].targets[1]",
            "$.pathways[0].targets[4]",
            "$.pathways[0].targets[5].goal",
        ]

    def test_figures_are_asked_for_only_if_some_are_given(self) -> None:
        """Without figures no rule asks for them, and a figure without a level does not count."""
        text = targets(
            "kind: reach, measure: housed, goal: 90%, deadline: by 2023", "kind: narrative"
        )
        empty = Observation(measure="housed", area="The North", period=FinancialYear("2022-23"))
        assert finding_paths(text, "RRT006") == []
        assert finding_paths(text, "RRT006", observations=[empty]) == ["$.pathways[0].targets[0]"]

    def test_a_target_that_repeats_an_effect_size_is_found(self) -> None:
        """A change with the figure and the citation of an effect size is found, others are not."""
        text = targets(
            "kind: change, measure: housed, baseline: {level: 82%, period: 2021-22}, "
            "change: 8 percentage points, deadline: by 2023"
        )
        fact = (
            "    context:\n      - {id: f, statement: A home helps., citation: {document: plan}, "
            "kind: effect size, figures: [{value: 8 percentage points, of: homes}]}\n"
        )
        assert finding_paths(text + fact, "RRT007") == ["$.pathways[0].targets[0]"]
        assert finding_paths(text + fact.replace("effect size", "need"), "RRT007") == []
        assert (
            finding_paths(
                text + fact.replace("{document: plan}", "{document: plan, item: '2'}"), "T007"
            )
            == []
        )

    @pytest.mark.parametrize(
        "words",
        [
            "By 2025 people are 5% less likely to reoffend.",
            "People are less likely to reoffend.",
            "Of all people, 5 per cent find work.",
        ],
    )
    def test_a_target_that_only_sounds_like_an_effect_size_is_left_alone(self, words: str) -> None:
        """A deadline, or no number, or no likelihood: each makes a sentence something else."""
        deadline = ", deadline: by 2025" if "2025" in words else ""
        text = targets(f"kind: narrative{deadline}").replace("It improves.", f'"{words}"')
        assert finding_paths(text, "RRT007") == []

    def test_an_activity_without_objectives_to_serve_is_told_so(self) -> None:
        """Where the pathway states no objective, the message says so."""
        bad, _ = examples("RRA002")
        (finding,) = check(plan_of(bad), select=["RRA002"])
        assert "and its pathway has no objectives" in finding.message
        objective = "    objectives: [{id: o, statement: Work., citation: {document: plan}}]\n"
        (finding,) = check(plan_of(bad + objective), select=["RRA002"])
        assert "has no objectives" not in finding.message

    def test_vague_words_are_found_wherever_a_deadline_stands(self) -> None:
        """The start of a partnership can be vague as well."""
        text = "partners: [{id: p, name: P, kind: health}]\npathways:\n" + pathway(
            "partnerships: [{partner: p, role: R, citation: {document: plan}, starts: summer 2023}]"
        )
        assert finding_paths(text, "RRD001") == ["$.pathways[0].partnerships[0].starts"]

    def test_a_part_may_be_late_where_the_whole_has_no_amount(self) -> None:
        """Dates contradict each other with or without amounts, if they certainly do."""
        part = "parts: [{amount: 5 post, deadline: in 2023}]"
        assert finding_paths(commitment(f"deadline: in 2022, {part}"), "RRD002") == [
            "$.commitments[0].parts[0]"
        ]
        assert finding_paths(commitment(part), "RRD002") == []
        vague = commitment("deadline: in 2022, parts: [{amount: 5 post, deadline: winter 2022-23}]")
        assert finding_paths(vague, "RRD002") == []

    def test_a_commitment_that_starts_after_it_is_due_is_found(self) -> None:
        """Commitments with both dates are checked; the model refuses such targets."""
        assert finding_paths(commitment("starts: 2023-24, deadline: in 2022"), "RRD003") == [
            "$.commitments[0]"
        ]
        assert finding_paths(commitment("starts: 2022-23, deadline: in 2022"), "RRD003") == []

    def test_a_target_can_be_due_before_the_plan_begins(self) -> None:
        """Both ends of the period of a plan count, and a plan without one is not checked."""
        text = targets("kind: milestone, deadline: by March 2022", "kind: narrative")
        assert finding_paths(f"period: April 2022 to March 2025{text}", "RRD004") == [
            "$.pathways[0].targets[0]"
        ]
        assert finding_paths(text, "RRD004") == []

    @pytest.mark.parametrize(
        ("baseline", "count"),
        [
            ("{level: 82%, period: March 2022, may_be: 2021-22}", 1),
            ("{level: 82%, period: March 2022, may_be: March 2022}", 0),
            ("{level: 82%, period: June 2022}", 0),
            ("{level: 82%, period: 2021-22}", 0),
        ],
    )
    def test_a_baseline_of_a_month_or_a_year_is_found(self, baseline: str, count: int) -> None:
        """A second reading is found, as is a month of March that says no more."""
        text = targets(
            f"kind: reach, measure: housed, goal: 90%, deadline: in 2023, baseline: {baseline}",
            "kind: reach, measure: housed, goal: 90%, deadline: in 2023",
            "kind: narrative",
        )
        assert finding_paths(text, "RRD005") == ["$.pathways[0].targets[0].baseline"] * count

    @pytest.mark.parametrize(
        ("bound", "count"),
        [("exactly", 1), ("at least", 1), ("over", 1), ("up to", 0), ("about", 0), ("almost", 0)],
    )
    def test_parts_add_up_as_their_bound_allows(self, bound: str, count: int) -> None:
        """Eleven posts are fewer than twelve, at least twelve and over twelve."""
        parts = "parts: [{amount: 5 post, deadline: in 2022}, {amount: 6 post, deadline: in 2023}]"
        text = commitment(f"amount: 12 post, bound: {bound}, {parts}")
        assert finding_paths(text, "RRF001") == ["$.commitments[0]"] * count

    @pytest.mark.parametrize(
        "fields",
        [
            "parts: [{amount: 5 post, deadline: in 2022}]",
            "amount: 12 post",
            "amount: 12 post, parts: [{amount: 5 place, deadline: in 2022}]",
        ],
    )
    def test_parts_that_cannot_be_added_up_are_not_checked(self, fields: str) -> None:
        """Without a whole, without parts, or in other units there is nothing to compare."""
        assert finding_paths(commitment(fields), "RRF001") == []

    @pytest.mark.parametrize(
        ("figures", "count"),
        [
            ("37% 2021-22|43% 2022-23|4 percentage points", 1),
            ("43% 2022-23|4 percentage points|37% 2021-22", 1),
            ("37% 2021-22|43% 2022-23|+5%", 1),
            ("37% 2021-22|43% 2022-23|+16%", 0),
            ("100 post 2021-22|120 post 2022-23|+30%", 1),
            ("100 post 2021-22|120 place 2022-23|+30%", 0),
            ("37% 2021-22|43% 2021-22|4 percentage points", 0),
            ("37%|43% 2021-22|4 percentage points", 0),
            ("37% 2021-22|4 percentage points", 0),
            ("37% 2021-22|43% 2022-23|4 percentage points|5 percentage points", 0),
        ],
    )
    def test_a_change_fits_the_levels_beside_it(self, figures: str, count: int) -> None:
        """Two levels of one thing in two periods and their change fit together, if rounded."""
        entries: list[str] = []
        for text in figures.split("|"):
            value, _, period = text.partition(" 20")
            entries.append(
                f"{{value: {value}, of: homes{f', period: 20{period}' if period else ''}}}"
            )
        fact = "profile: [{id: f, statement: It rose., citation: {document: plan}, figures: [%s]}]"
        assert len(finding_paths(fact % ", ".join(entries), "RRF002")) == count

    @pytest.mark.parametrize(
        ("amount", "parts", "count"),
        [
            ("1.0 GBP", ("0.33 GBP", "0.33 GBP", "0.33 GBP"), 0),
            ("1.0 GBP", ("0.30 GBP", "0.30 GBP", "0.30 GBP"), 1),
            ("12 post", ("5 post", "6 post"), 1),
        ],
    )
    def test_parts_with_decimals_may_be_rounded(
        self, amount: str, parts: tuple[str, ...], count: int
    ) -> None:
        """Printed decimals allow for rounding, and whole numbers do not."""
        each = ", ".join(f"{{amount: {part}, deadline: in 2022}}" for part in parts)
        assert (
            len(finding_paths(commitment(f"amount: {amount}, parts: [{each}]"), "RRF001")) == count
        )

    @pytest.mark.parametrize(
        ("sentence", "entry", "excerpt"),
        [
            ("It rises to 90% by 2023.", CHANGE, None),
            ("It rises by 8 percentage points (up to 91%).", CHANGE, None),
            ("It rises by 8 percentage points (up to 92%).", CHANGE, "says 92%, and its baseline"),
            ("It rises to ninety-two per cent.", CHANGE, "says 92%, and its baseline and change"),
            ("It rises by nine percentage points.", CHANGE, "says by 9 percentage points, and its"),
            ("It rises from 80% to 90%.", CHANGE, "says from 80%, and its baseline is 82%"),
            ("It rises from 82.4%.", CHANGE, None),
            ("It rises to 92% and then to 95%.", CHANGE, None),
            ("It rises to some per cent.", CHANGE, None),
            ("It rises by 20% (up to 75%).", FIFTH, None),
            ("It rises by 20% (up to 82%).", FIFTH, "says 82%, and its baseline and change give"),
            ("It rises by 25%.", FIFTH, "says by +25%, and its change is +20%"),
            ("It rises to 50% of homes.", POSTS, None),
            ("At least 85% are housed.", "kind: reach, measure: housed, goal: 90%, " + DUE, "85%"),
            (
                "At least 5% more are housed.",
                "kind: reach, measure: housed, goal: 90%, " + DUE,
                None,
            ),
            ("At least 90% are housed.", "kind: reach, measure: housed, goal: 90%, " + DUE, None),
            ("Stay at 81%.", "kind: maintain, measure: housed, goal: 82%, " + DUE, "says 81%"),
            ("Have no more than 9%.", "kind: standing, measure: housed, goal: 10%", "says 9%, and"),
            ("Be between 40% and 55%.", RANGE, "says 40% to 55%, and its goal is 40% to 50%"),
            ("Be between 40 and 50 per cent.", RANGE, None),
            ("Be between some and 50%.", RANGE, None),
            ("Be above 41%.", RANGE, None),
            ("It rises to 41%.", "kind: direction, measure: housed", None),
            ("It rises to 41%.", "kind: milestone, " + DUE, None),
        ],
    )
    def test_a_sentence_states_the_numbers_of_its_record(
        self, sentence: str, entry: str, excerpt: str | None
    ) -> None:
        """Levels and changes in a sentence agree with the record, within their rounding."""
        text = targets(entry).replace("It improves.", f'"{sentence}"')
        messages = [finding.message for finding in check(plan_of(text), select=["RRF004"])]
        assert len(messages) == (excerpt is not None)
        assert all(str(excerpt) in message for message in messages)

    @pytest.mark.parametrize(
        ("changes", "count"),
        [
            ({}, 1),
            ({"level": Percentage("82.4")}, 0),
            ({"area": "YORK"}, 1),
            ({"area": "Leeds"}, 0),
            ({"measure": "posts"}, 0),
            ({"period": FinancialYear("2020-21")}, 0),
            ({"period": Month("March 2022")}, 1),
            ({"level": None}, 0),
            ({"level": Amount(80, "place")}, 0),
        ],
    )
    def test_a_baseline_is_compared_with_its_own_figure(
        self, changes: dict[str, Any], count: int
    ) -> None:
        """Figures of another measure, area or period say nothing about a baseline."""
        fields = {
            "measure": "housed",
            "area": "York",
            "period": FinancialYear("2021-22"),
            "level": Percentage("80.1"),
            **changes,
        }
        baseline = "baseline: {level: 82%, period: 2021-22, may_be: March 2022}"
        text = (
            targets(
                f"kind: reach, measure: housed, goal: 90%, {DUE}, {baseline}",
                "kind: maintain, measure: housed, goal: 90%, " + DUE,
            )
            .replace("The North}", "York}")
            .replace("area: The North", "area: York")
        )
        places = finding_paths(text, "RRF005", observations=[Observation(**fields)])
        assert places == ["$.pathways[0].targets[0].baseline"] * count

    def test_one_agreeing_figure_is_enough(self) -> None:
        """A baseline agrees if one of several figures for its period does, cited or not."""
        text = targets(CHANGE).replace("area: The North", "area: York")
        figures = [
            Observation(
                measure="housed",
                area="York",
                period=FinancialYear("2021-22"),
                level=Percentage(level),
                citation=Citation("plan", "Table 1"),
            )
            for level in ("80.1", "82.1")
        ]
        assert finding_paths(text, "RRF005", observations=figures) == []
        (finding,) = check(plan_of(text), select=["RRF005"], observations=figures[:1])
        assert "2021/22 was published as 80.1% (plan, Table 1): correct" in finding.message

    @pytest.mark.parametrize(
        ("changes", "count"),
        [
            ({}, 1),
            ({"area": "york", "measure": "HOUSED"}, 1),
            ({"level": Percentage("80")}, 0),
            ({"level": None}, 0),
            ({"area": "Leeds"}, 0),
            ({"period": Month("March 2022")}, 0),
            ({"published": "2023-11-26"}, 0),
            ({"series": "B"}, 0),
            ({"measure": "another"}, 0),
        ],
    )
    def test_figures_are_compared_if_they_describe_one_thing(
        self, changes: dict[str, Any], count: int
    ) -> None:
        """Another area, period, series or day of publication makes another figure."""
        fields: dict[str, Any] = {
            "measure": "housed",
            "area": "York",
            "period": FinancialYear("2021-22"),
            "level": Percentage("80.1"),
            "published": "2022-10-26",
        }
        other = {**fields, "level": Percentage("82.1"), **changes}
        figures = [Observation(**fields), Observation(**other)]
        assert finding_paths(MEASURES, "RRF006", observations=figures) == ["$.measures[0]"] * count

    def test_all_figures_that_differ_are_counted(self) -> None:
        """One finding for a measure names the first pair and counts the others."""
        figures = [
            Observation(measure="housed", area=area, period="2021-22", level=Percentage(level))
            for area in ("York", "Leeds", "Hull")
            for level in ("80.1", "82.1")
        ]
        (finding,) = check(plan_of(MEASURES), select=["RRF006"], observations=figures)
        assert finding.message == (
            "the figures of 'housed' for York in 2021/22 are 80.1% and 82.1% (and 2 more such "
            "pairs): keep one, or give the day when each was published"
        )

    def test_figures_that_contradict_their_counts_are_counted(self) -> None:
        """One finding for a measure names the first figure and counts the others."""
        figures = [
            Observation(
                measure="housed",
                area=area,
                period="2021-22",
                level=Percentage("82.5"),
                counts=Counts(1300, 1600),
            )
            for area in ("York", "Leeds")
        ]
        (finding,) = check(plan_of(MEASURES), select=["RRF007"], observations=figures)
        assert finding.message.startswith(
            "the figure of 'housed' for York in 2021/22 (one of 2 such figures): 82.5% is "
            "published beside 1,300 of 1,600, which is 81.25%: correct one of them"
        )

    def test_a_set_of_observations_is_accepted(self) -> None:
        """Completions in a set of observations are not figures."""
        figures = ObservationSet(
            id="set",
            title="Figures",
            measures=(Measure(id="housed", name="H", counts="homes", better="higher"),),
            observations=(
                Observation(measure="housed", area="York", period="2021-22", level=Percentage(8)),
            ),
            completions=(Completion(target="t", day="2023-07-01"),),
        )
        text = targets("kind: reach, measure: housed, goal: 90%, " + DUE)
        assert finding_paths(text, "RRT006", observations=figures) == []

    @pytest.mark.parametrize(
        ("sentence", "entry", "count"),
        [
            ("It opens 9 posts over three years.", POSTS_BY_2025, 1),
            ("It opens 9 posts across the next 3 years.", POSTS_BY_2025, 1),
            ("It opens 9 posts in total.", POSTS_BY_2025, 1),
            ("There are 9 posts.", POSTS_BY_2025, 0),
            ("There are 9 posts.", POSTS_BY_2025 + ", since: 2022-23", 1),
            ("90% over three years.", "kind: reach, measure: housed, goal: 90%, " + DUE, 0),
            ("It opens 9 posts over three years.", "kind: direction, measure: posts", 0),
        ],
    )
    def test_a_total_over_time_is_a_flow(self, sentence: str, entry: str, count: int) -> None:
        """A sentence or a first period that adds up is found for a stock, and not for a flow."""
        text = targets(entry).replace("It improves.", sentence)
        assert len(finding_paths(text, "RRT008")) == count
        assert finding_paths(text.replace("unit: post,", "unit: post, kind: flow,"), "RRT008") == []

    @pytest.mark.parametrize("hedge", ["bound: about", "area: York"])
    def test_a_hedged_change_is_not_checked(self, hedge: str) -> None:
        """A figure that is approximate, or for another area, is not checked."""
        bad, _ = examples("RRF002")
        assert finding_paths(bad.replace("of: the rise", f"of: the rise, {hedge}"), "RRF002") == []

    def test_levels_of_two_things_have_no_change(self) -> None:
        """A change between two different things is not checked."""
        bad, _ = examples("RRF002")
        assert finding_paths(bad.replace("37%, of: people", "37%, of: women"), "RRF002") == []

    @pytest.mark.parametrize(
        ("words", "goal", "count"),
        [
            ("It rises by 8 percentage points.", "91%", 0),
            ("It rises by 8 percentage points.", "92%", 1),
            ("It rises by eight percentage points.", "92%", 1),
            ("It falls by 8 percentage points.", "74%", 0),
            ("It rises by some percentage points.", "92%", 0),
            ("It rises by 8 percentage points, then by 2 percentage points.", "92%", 0),
        ],
    )
    def test_the_points_of_a_sentence_fit_the_goal(self, words: str, goal: str, count: int) -> None:
        """A goal fits the points in the sentence, up or down."""
        text = targets(
            f"kind: reach, measure: housed, goal: {goal}, deadline: in 2023, "
            "baseline: {level: 82%, period: 2021-22}",
            "kind: reach, measure: posts, goal: 2 post, deadline: in 2023, "
            "baseline: {level: 1 post, period: 2021-22}",
            "kind: reach, measure: housed, goal: 90%, deadline: in 2023",
        ).replace("It improves.", f'"{words}"')
        assert len(finding_paths(text, "RRF002")) == count

    def test_lengths_are_compared_within_a_chapter_and_by_their_bound(self) -> None:
        """Another bound, another chapter, and days beside nights are not reported."""
        bad, _ = examples("RRF003")
        assert finding_paths(bad.replace("84 night", "84 day"), "RRF003") == [
            "$.pathways[0].commitments[0]"
        ]
        assert finding_paths(bad.replace("bound: up to}", "bound: about}"), "RRF003") == []
        assert finding_paths(bad.replace("12 week,", "84 day,"), "RRF003") == []
        figure = "{value: %s, of: a stay}"
        fact = "{id: f%s, statement: It is long., citation: {document: plan}, figures: [%s]}"
        two = fact % (1, figure % "2 week"), fact % (2, figure % "14 day")
        apart = "chapters:\n" + "".join(
            f"  - {{id: c{place}, name: C, facts: [{each}]}}\n" for place, each in enumerate(two)
        )
        assert finding_paths(apart, "RRF003") == []
        both = f"chapters: [{{id: c, name: C, facts: [{', '.join(two)}]}}]"
        assert finding_paths(both, "RRF003") == ["$.chapters[0].facts[1].figures[0]"]

    def test_sentences_are_the_same_whatever_the_partner_is_called(self) -> None:
        """Case, punctuation and another name of a partner make no other sentence."""
        text = (
            "partners: [{id: p, name: St Giles, kind: voluntary, aliases: [St Giles Wise]}]\n"
            "vision:\n"
            "  - {statement: St Giles helps people., citation: {document: plan}}\n"
            "  - {statement: 'St Giles Wise helps people', citation: {document: plan}}\n"
            "  - {statement: '…', citation: {document: plan}}\n"
            "  - {statement: '!', citation: {document: plan}}\n"
        )
        assert finding_paths(text, "RRS001") == ["$.vision[1]"]

    def test_footnotes_terms_and_roles_may_repeat_themselves(self) -> None:
        """Footnotes, terms and roles may say the same thing in many places."""
        fields = "statement: The same., citation: {document: plan}"
        text = (
            f"footnotes: [{{number: '1', {fields}}}, {{number: '2', {fields}}}]\n"
            f"glossary: [{{term: A, {fields}}}, {{term: B, {fields}}}]\n"
            "partners: [{id: p, name: P, kind: health}]\npathways:\n"
        ) + pathway(
            "partnerships:\n"
            "  - {partner: p, role: The same., citation: {document: plan}}\n"
            "  - {partner: p, role: The same., citation: {document: plan}}"
        )
        assert finding_paths(text, "RRS001") == []

    def test_milestones_of_one_day_are_not_one_target(self) -> None:
        """Only targets with a measure can be the same target in other words."""
        text = targets("kind: milestone, deadline: in 2023", "kind: milestone, deadline: in 2023")
        assert finding_paths(text, "RRS002") == []


class TestPartners:
    @pytest.mark.parametrize(
        "text",
        [
            "activities: [{id: a, statement: S, citation: {document: plan}, lead: p}]",
            "activities: [{id: a, statement: S, citation: {document: plan}, partners: [p]}]",
            "partnerships: [{partner: g, role: R, citation: {document: plan}}]",
            "context: [{id: f, statement: S, citation: {document: plan}, partners: [p]}]",
            "context: [{id: f, statement: The city's YMCA in Derby., citation: {document: plan}}]",
        ],
    )
    def test_a_partner_can_be_used_in_many_ways(self, text: str) -> None:
        """Leading, helping, being a member of a group with a part, and being mentioned are uses."""
        names = (
            "partners:\n"
            "  - {id: p, name: Derby YMCA, kind: voluntary}\n"
            "  - {id: q, name: Other, kind: voluntary}\n"
            "  - {id: g, name: Group, kind: voluntary, members: [p, h]}\n"
            "  - {id: h, name: Half, kind: voluntary, members: [g]}\n"
        )
        unused = [
            finding.message
            for finding in check(plan_of(f"{names}pathways:\n{pathway(text)}"), select=["W001"])
        ]
        assert [message for message in unused if "Derby YMCA" in message] == []
        assert len([message for message in unused if "'Other'" in message]) == 1

    def test_a_listed_partner_is_found_on_the_list(self) -> None:
        """The finding is at the line of the list of partners, with its citation."""
        bad, _ = examples("RRW001")
        line = "partner_list: [{partner: shelter, citation: {document: plan, item: '7'}}]\n"
        (finding,) = check(plan_of(line + bad), select=["RRW001"])
        assert (finding.path, finding.citation) == (
            "$.partner_list[0]",
            Citation("plan", None, "7"),
        )

    @pytest.mark.parametrize(
        ("listed", "count"),
        [("other", 1), ("group", 0), ("police", 0), ("p", 0)],
    )
    def test_a_partner_is_listed_by_its_group_or_its_kind(self, listed: str, count: int) -> None:
        """A partner is listed by itself, by its group, or by a name within its own."""
        text = (
            "partners:\n"
            "  - {id: p, name: Leicestershire Police, kind: statutory}\n"
            "  - {id: police, name: Police, kind: statutory}\n"
            "  - {id: other, name: Other, kind: statutory}\n"
            "  - {id: group, name: Forces, kind: statutory, members: [p]}\n"
            f"partner_list: [{{partner: {listed}, citation: {{document: plan}}}}]\n"
            "pathways:\n"
        ) + pathway(
            "partnerships:\n"
            "  - {partner: p, role: R, citation: {document: plan}}\n"
            "  - {partner: p, role: R again, citation: {document: plan}}"
        )
        assert finding_paths(text, "RRW002") == ["$.pathways[0].partnerships[0]"] * count

    @pytest.mark.parametrize(("members", "count"), [("[a, b]", 0), ("[a, c]", 1)])
    def test_a_group_is_listed_by_all_its_members(self, members: str, count: int) -> None:
        """A group whose every member is listed needs no separate line."""
        text = (
            "partners:\n"
            + "".join(f"  - {{id: {name}, name: N{name}, kind: health}}\n" for name in "abc")
            + f"  - {{id: g, name: Group, kind: health, members: {members}}}\n"
            "partner_list:\n"
            "  - {partner: a, citation: {document: plan}}\n"
            "  - {partner: b, citation: {document: plan}}\n"
            "pathways:\n"
        ) + pathway("partnerships: [{partner: g, role: R, citation: {document: plan}}]")
        assert finding_paths(text, "RRW002") == ["$.pathways[0].partnerships[0]"] * count

    def test_a_name_in_a_sentence_counts_as_used(self) -> None:
        """A partner that a sentence calls by another name than a list has two names."""
        bad, good = examples("RRW003")
        vision = "vision: [{statement: With St Giles Wise we grow., citation: {document: plan}}]\n"
        assert finding_paths(vision + good, "RRW003") == ["$.pathways[0].partnerships[0]"]
        (finding,) = check(plan_of(bad), select=["RRW003"])
        assert "'St Giles' and also 'St Giles Wise'" in finding.message

    def test_a_plural_is_no_second_name(self) -> None:
        """Case, plural and small words do not make a name another."""
        _, good = examples("RRW003")
        text = good.replace("St Giles Wise", "the St Gile").replace(
            "  - partner: st-giles\n", "  - partner: st-giles\n    named_as: the St Gile\n", 1
        )
        assert "named_as" in text
        assert finding_paths(text, "RRW003") == []

    def test_a_name_of_two_partners_belongs_to_neither(self) -> None:
        """A shared name is found once, at the later partner, and identifies neither."""
        text = (
            "partners:\n"
            "  - {id: a, name: One, kind: health, aliases: [Both, Two]}\n"
            "  - {id: b, name: two, kind: health, aliases: [Both]}\n"
            "vision: [{statement: Both help., citation: {document: plan}}]\n"
            "pathways:\n"
        ) + pathway("partnerships: [{partner: a, role: R, citation: {document: plan}}]")
        assert finding_paths(text, "RRW004") == ["$.partners[1]"]
        assert finding_paths(text, "RRW003") == []

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Caf\u00e9 Direct", "Cafe\u0301 Direct"),
            ("Citizen's Advice", "Citizens\u2019 Advice"),
            ("Health & Care", "Health and care"),
            ("Work-First", "Work First"),
        ],
    )
    def test_names_are_compared_by_their_words(self, one: str, other: str) -> None:
        """Spelling does not make two names of one, of partners or of pathways."""
        partners = "".join(
            f'  - {{id: p{place}, name: "{name}", kind: health}}\n'
            for place, name in enumerate((one, other))
        )
        assert finding_paths(f"partners:\n{partners}", "RRW004") == ["$.partners[1]"]
        pathways = pathway("", "one").replace("name: one", f'name: "{one}"') + pathway(
            "", "other"
        ).replace("name: other", f'name: "{other}"')
        assert finding_paths(f"pathways:\n{pathways}", "RRP002") == ["$.pathways[1]"]

    def test_another_apostrophe_is_not_a_second_name(self) -> None:
        """A sentence that spells a name with another apostrophe uses that name."""
        text = (
            'partners: [{id: p, name: "Citizen\'s Advice", kind: voluntary}]\n'
            "vision:\n"
            "  - {statement: With Citizen\u2019s Advice we grow., citation: {document: plan}}\n"
            "pathways:\n"
        ) + pathway("partnerships: [{partner: p, role: R, citation: {document: plan}}]")
        assert finding_paths(text, "RRW003") == []
        assert finding_paths(text, "RRW001") == []


TWO = pathway("objectives: [{id: o, statement: S, citation: {document: plan, item: '3'}}]")


class TestChoosing:
    @pytest.mark.parametrize(
        ("select", "ignore", "rules"),
        [
            (None, (), ["RRP001", "RRA001"]),
            (["RRP"], (), ["RRP001"]),
            (["P"], (), ["RRP001"]),
            (["RR"], ["A001"], ["RRP001"]),
            (["RRA001"], ["RR"], ["RRA001"]),
            (["RRA001"], ["RRA001"], []),
            (["A0"], ["A"], ["RRA001"]),
            ([], (), []),
        ],
    )
    def test_the_longer_selector_decides(
        self, select: list[str] | None, ignore: list[str], rules: list[str]
    ) -> None:
        """A rule is used if the longest selector that fits it selects it."""
        findings = check(plan_of(f"pathways:\n{TWO}"), select=select, ignore=ignore)
        assert [finding.rule for finding in findings] == rules

    @pytest.mark.parametrize("selector", ["", "RRX", "t001", "RRT0011", "target-without-number"])
    def test_an_unknown_selector_is_refused(self, selector: str) -> None:
        """A selector that no rule begins with is refused, wherever it is given."""
        plan = plan_of("")
        for arguments in ({"select": [selector]}, {"ignore": [selector]}):
            with pytest.raises(UnknownNameError, match="no rule begins with"):
                check(plan, **arguments)
        with pytest.raises(UnknownNameError, match="no rule begins with"):
            check(plan, severities={selector: Severity.ERROR})

    @pytest.mark.parametrize(
        ("severities", "expected"),
        [
            ({}, ["warning", "warning"]),
            ({"RR": Severity.ADVICE}, ["advice", "advice"]),
            ({"RR": Severity.ADVICE, "A001": Severity.ERROR}, ["advice", "error"]),
            ({"D": Severity.ERROR}, ["warning", "warning"]),
        ],
    )
    def test_the_severity_can_be_set(
        self, severities: Mapping[str, Severity], expected: list[str]
    ) -> None:
        """The longest selector that fits a rule sets its severity."""
        findings = check(plan_of(f"pathways:\n{TWO}"), severities=severities)
        assert [finding.severity for finding in findings] == expected

    def test_an_unknown_severity_is_refused(self) -> None:
        """An unknown severity is refused, with a close one offered."""
        wrong: Any = {"RR": "eror"}
        with pytest.raises(UnknownNameError, match="no severity 'eror': did you mean 'error'"):
            check(plan_of(f"pathways:\n{TWO}"), severities=wrong)

    def test_the_citation_is_that_of_the_nearest_record(self) -> None:
        """A finding has the citation of the nearest record, if one has a citation."""
        (vague,) = check(plan_of(commitment("deadline: early 2023")), select=["D001"])
        assert (vague.path, vague.citation) == ("$.commitments[0].deadline", Citation("plan"))
        bad, _ = examples("RRW001")
        (unused,) = check(plan_of(bad), select=["RRW001"])
        assert (unused.path, unused.citation) == ("$.partners[1]", None)

    def test_severities_are_ordered(self) -> None:
        """An error is the most serious and advice the least."""
        assert [severity.is_at_least(Severity.WARNING) for severity in Severity] == [
            True,
            True,
            False,
        ]


FINDINGS = (
    Finding(
        rule="RRT005",
        severity=Severity.ADVICE,
        path="$.pathways[0].targets[0]",
        message="no “tolerance”",
        citation=Citation("plan", "Targets", "1"),
    ),
    Finding(rule="RRW001", severity=Severity.ERROR, path="$.partners[1]", message="unused"),
)


def places(path: str) -> tuple[int, int] | None:
    """Know where one of two paths stands."""
    return (5, 15) if "targets" in path else None


class TestReports:
    def test_a_finding_reads_as_a_line(self) -> None:
        """A finding as a text has its rule, severity, message and path."""
        assert str(FINDINGS[1]) == "RRW001 error unused ($.partners[1])"

    def test_findings_are_grouped_by_rule_the_most_serious_first(self) -> None:
        """Rules of one severity are in the order of their ids, findings in the order given."""
        more = attrs.evolve(FINDINGS[0], path="$.pathways[0].targets[1]")
        vague = attrs.evolve(FINDINGS[0], rule="RRD001")
        assert list(by_rule([*FINDINGS, more, vague]).items()) == [
            (rule("RRW001"), (FINDINGS[1],)),
            (rule("RRD001"), (vague,)),
            (rule("RRT005"), (FINDINGS[0], more)),
        ]
        assert by_rule([]) == {}

    @pytest.mark.parametrize(
        ("findings", "words"),
        [
            ((), "none"),
            (FINDINGS, "1 error, 1 advice"),
            (FINDINGS * 2, "2 errors, 2 advice"),
        ],
    )
    def test_severities_are_counted_in_words(
        self, findings: tuple[Finding, ...], words: str
    ) -> None:
        """Each severity that has findings is counted, the most serious first."""
        assert severities_text(findings) == words

    def test_json_has_every_key_of_every_finding(self) -> None:
        """Places and citations that are not known are null, and each severity is counted."""
        written = json.loads(to_json(FINDINGS, file="a plan.yaml", positions=places))
        assert written["findings"] == [
            {
                "rule": "RRT005",
                "name": "maintain-without-tolerance",
                "severity": "advice",
                "path": "$.pathways[0].targets[0]",
                "line": 5,
                "column": 15,
                "message": "no “tolerance”",
                "citation": {
                    "document": "plan",
                    "section": "Targets",
                    "item": "1",
                    "place": None,
                },
            },
            {
                "rule": "RRW001",
                "name": "partner-never-used",
                "severity": "error",
                "path": "$.partners[1]",
                "line": None,
                "column": None,
                "message": "unused",
                "citation": None,
            },
        ]
        assert written["counts"] == {"error": 1, "warning": 0, "advice": 1}
        assert written["file"] == "a plan.yaml"

    def test_sarif_has_the_place_of_each_result(self) -> None:
        """A result has its level, its path, its place in the file, and its citation."""
        run = json.loads(to_sarif(FINDINGS, file="plans/a plan.yaml", positions=places))["runs"][0]
        first, second = run["results"]
        assert (first["level"], second["level"]) == ("note", "error")
        location = first["locations"][0]
        assert location["physicalLocation"] == {
            "artifactLocation": {"uri": "plans/a%20plan.yaml"},
            "region": {"startLine": 5, "startColumn": 15},
        }
        assert location["logicalLocations"] == [{"fullyQualifiedName": "$.pathways[0].targets[0]"}]
        assert first["properties"] == {"citation": "plan, Targets, 1"}
        assert second["locations"][0]["physicalLocation"] == {
            "artifactLocation": {"uri": "plans/a%20plan.yaml"}
        }
        assert "properties" not in second

    def test_sarif_describes_every_rule(self) -> None:
        """Each result has the id and the index of its rule, and without a file only a path."""
        log = json.loads(to_sarif(FINDINGS))
        run = log["runs"][0]
        described = run["tool"]["driver"]["rules"]
        assert [each["id"] for each in described] == [known.id for known in RULES]
        for result in run["results"]:
            assert described[result["ruleIndex"]]["id"] == result["ruleId"]
            assert "physicalLocation" not in result["locations"][0]
        assert log["version"] == "2.1.0"
