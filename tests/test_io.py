"""Files in and out: what is read, what is refused and with which words, what is written."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from pathlib import Path
from typing import Any

import attrs
import pytest
from cattrs import Converter
from cattrs.errors import ClassValidationError

from rrmodel import datasets
from rrmodel.errors import DumpError, LoadError, RecordError, UnknownNameError
from rrmodel.io import (
    Format,
    configure_converter,
    dump,
    dumps,
    load,
    loads,
    make_converter,
)
from rrmodel.model import (
    ChangeTarget,
    Citation,
    Correspondence,
    Counts,
    LevelRange,
    Mark,
    Measure,
    Observation,
    ObservationSet,
    PathwaySchemes,
    Plan,
    Target,
)
from rrmodel.periods import Deadline, Duration, FinancialYear, Month, Period, parse_period
from rrmodel.quantities import Amount, Percentage, PercentagePoints, RelativeChange

OTHER: Any = "yml"
PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "write-a-plan.md"

PLAN = """\
schema_version: "1"
kind: plan
id: a-plan
title: A plan
subject: {kind: region, id: a-region, name: A region}
documents:
  - {id: printed, title: The plan as printed, published: July 2022}
measures:
  - id: housed
    name: Housed on the night of release
    counts: releases into accommodation
    better: higher
    follow_up: six weeks
    series_breaks:
      - {starts: 2024-05-01, code: MI014R, reason: It counts supervised cases only.}
partners:
  - {id: council, name: The council, kind: local_authority}
pathways:
  - id: homes
    name: Homes
    citation: {document: printed, section: Homes}
    targets:
      - kind: change
        id: housed-by-july
        statement: The share housed on release rises by 8 points by July 2023.
        citation: {document: printed, item: 1}
        measure: housed
        area: A region
        baseline: {level: 82%, period: March 2022}
        change: 8 percentage points
        deadline: By July 2023
    objectives:
      - {id: a-home, statement: Everyone has a home., citation: {document: printed}}
    activities:
      - id: find-homes
        statement: The council finds homes.
        citation: {document: printed}
        lead: council
        serves: [a-home]
"""

FIGURES = """\
schema_version: "1"
kind: observations
id: figures
title: Published figures
measures:
  - {id: housed, name: Housed, counts: releases into accommodation, better: higher}
observations:
  - measure: housed
    area: A region
    period: April to June 2023 cohort
    counts: {numerator: 1, denominator: 2}
    level: 50%
    published: 2023-10-26
    marks: [provisional]
"""

SCHEMES = """\
schema_version: "1"
kind: schemes
documents: [{id: printed, title: A report}]
schemes:
  - {id: old, name: Old, citation: {document: printed}, pathways: [{id: homes, name: Homes}]}
  - {id: new, name: New, citation: {document: printed}, pathways: [{id: home, name: Home}]}
crosswalks:
  - id: old-to-new
    source: old
    target: new
    correspondences:
      - {source: homes, target: home, strength: exact, part: true, reason: Both are homes.}
"""


def with_change(text: str, old: str, new: str) -> str:
    """Return a text in which one passage, which occurs once, is replaced."""
    assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
    return text.replace(old, new)


def refusal(text: str, form: Format = "yaml") -> str:
    """Return the message about a text that has errors."""
    with pytest.raises(LoadError) as caught:
        loads(text, format=form, name=f"plan.{form}")
    return str(caught.value)


def plan_of(text: str, form: Format = "yaml") -> Plan:
    """Return the plan that a text holds."""
    record = loads(text, format=form)
    assert isinstance(record, Plan)
    return record


def figures_of(text: str) -> ObservationSet:
    """Return the set of figures that a text holds."""
    record = loads(text)
    assert isinstance(record, ObservationSet)
    return record


def as_json(text: str) -> str:
    """Return a plan's text in JSON."""
    return dumps(loads(text), format="json")


class TestReading:
    def test_plan(self) -> None:
        """A plan's file becomes its records, with values of their own types."""
        (target,) = plan_of(PLAN).targets
        assert isinstance(target, ChangeTarget)
        assert target.change == PercentagePoints(8)
        assert target.goal == Percentage(90)
        assert target.baseline.period == Month("March 2022")
        assert target.measure.follow_up == Duration("six weeks")
        assert target.citation == Citation("printed", None, "1")

    def test_target_has_the_measure_of_its_plan(self) -> None:
        """A target names its measure by id and holds the very record that the plan defines."""
        plan = plan_of(PLAN)
        (target,) = plan.targets
        assert isinstance(target, ChangeTarget)
        assert target.measure == plan.measure("housed")

    @pytest.mark.parametrize(
        ("fields", "measure", "expected"),
        [
            ("kind: standing, goal: 90%", "unit: '%'", {"goal": Percentage(90), "since": None}),
            (
                "kind: standing, goal: 90%, tolerance: 1 percentage point, since: 2022-23",
                "unit: '%'",
                {"tolerance": PercentagePoints(1), "since": FinancialYear("2022-23")},
            ),
            (
                "kind: range, goal: {low: 40%, high: 50%}",
                "unit: '%'",
                {"goal": LevelRange(low=Percentage(40), high=Percentage(50)), "deadline": None},
            ),
            (
                "kind: range, goal: {low: 4 place, high: 6 place}, deadline: by 2025",
                "unit: place",
                {"deadline": Deadline("by 2025")},
            ),
            (
                "kind: reach, goal: 210 place, since: 2022-23, deadline: by 2024-25",
                "unit: place, kind: flow",
                {"since": FinancialYear("2022-23")},
            ),
            ("kind: direction, every: 1 year", "unit: '%'", {"every": Duration("1 year")}),
            (
                "kind: reach, goal: 3.5 percentage points, deadline: by 2025",
                "unit: percentage points",
                {"goal": PercentagePoints("3.5")},
            ),
            (
                "kind: standing, goal: '50 per 1,000 prisoners'",
                "unit: 'per 1,000 prisoners'",
                {"goal": Amount(50, "per 1,000 prisoners")},
            ),
            (
                "kind: standing, goal: 104% of capacity",
                "unit: '% of capacity'",
                {"goal": Amount(104, "% of capacity")},
            ),
        ],
    )
    @pytest.mark.parametrize("form", ["yaml", "json"])
    def test_each_kind_of_target_comes_back(
        self, fields: str, measure: str, expected: dict[str, object], form: Format
    ) -> None:
        """Standing levels, ranges, totals, gaps and rates are read, and written as read."""
        start, rest = PLAN.split("      - kind: change\n")
        end = rest[rest.index("    objectives:") :]
        common = "id: t, statement: S, citation: {document: printed}, measure: m, area: A"
        entry = f"{{{common}, {fields}}}"
        text = f"{start}      - {entry}\n{end}".replace(
            "measures:\n",
            f"measures:\n  - {{id: m, name: M, counts: c, better: higher, {measure}}}\n",
        )
        plan = plan_of(text)
        (target,) = plan.targets
        assert {name: getattr(target, name) for name in expected} == expected
        assert loads(dumps(plan, format=form), format=form) == plan

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("change: 8 percentage points", "change: 8 place", "'housed-by-july' changes a level"),
            ("better: higher", "better: higher\n    kind: flow", "'housed' is a flow in '%'"),
            (
                "better: higher",
                "better: higher\n    kind: flwo",
                "'flwo' is not allowed here: use 'stock' or 'flow'",
            ),
            ("better: higher", "better: higher\n    unit: Places!", "the unit of the measure 'hou"),
        ],
    )
    def test_kinds_that_do_not_fit_are_refused(self, old: str, new: str, message: str) -> None:
        """A measure and its targets are checked when they are read."""
        assert message in refusal(with_change(PLAN, old, new))

    def test_rounded_counts_come_back(self) -> None:
        """The rounding of counts is kept, and needed where they differ from the level."""
        counts = "counts: {numerator: 5, denominator: 15, rounded_to: 5}"
        text = FIGURES.replace("counts: {numerator: 1, denominator: 2}", counts)
        figures = figures_of(text.replace("level: 50%", "level: 28.6%"))
        assert figures.observations[0].counts == Counts(5, 15, rounded_to=5)
        assert loads(dumps(figures)) == figures
        exact = text.replace(", rounded_to: 5", "").replace("level: 50%", "level: 28.6%")
        assert (
            "plan.yaml:8:5: 28.6% is published beside 5 of 15, which is 33.33%: correct one"
            in refusal(exact)
        )

    def test_observations(self) -> None:
        """A file of figures becomes its observations, with counts, marks and cohorts."""
        (observation,) = figures_of(FIGURES).observations
        assert observation.counts == Counts(1, 2)
        assert observation.marks == (Mark.PROVISIONAL,)
        assert observation.period == parse_period("April to June 2023 cohort")
        assert observation.period.kind == "cohort"

    def test_schemes(self) -> None:
        """A file of schemes becomes its crosswalks, switches and all."""
        schemes = loads(SCHEMES)
        assert isinstance(schemes, PathwaySchemes)
        (crosswalk,) = schemes.crosswalks
        assert crosswalk.of("homes") == (
            Correspondence(
                source="homes", target="home", strength="exact", part=True, reason="Both are homes."
            ),
        )

    @pytest.mark.parametrize("text", [PLAN, FIGURES, SCHEMES], ids=["plan", "figures", "schemes"])
    def test_json_reads_as_yaml_does(self, text: str) -> None:
        """JSON gives the same records, its numbers and switches included."""
        assert loads(as_json(text), format="json") == loads(text)

    def test_json_keeps_the_printed_decimals(self) -> None:
        """A number in JSON is read as its text."""
        text = with_change(as_json(PLAN), '"item": "1"', '"item": 1.50')
        assert plan_of(text, "json").targets[0].citation.item == "1.50"

    def test_yaml_turns_no_text_into_something_else(self) -> None:
        """Words and numbers that YAML takes for switches, sums and days stay texts."""
        for word in ("NO", "1e3", "2022-07-01", "0x1F", "12:30"):
            assert plan_of(with_change(PLAN, "title: A plan", f"title: {word}")).title == word

    @pytest.mark.parametrize("nothing", ["", " null", " ~"])
    def test_key_with_nothing_after_it_is_as_if_left_out(self, nothing: str) -> None:
        """An optional key without a value means that there is none, and never the word null."""
        plan = plan_of(with_change(PLAN, "title: A plan", f"title: A plan\nedition:{nothing}"))
        assert plan.edition is None

    def test_quoted_null_is_a_text(self) -> None:
        """In quotes, null is a word like any other."""
        plan = plan_of(with_change(PLAN, "title: A plan", 'title: A plan\nedition: "null"'))
        assert plan.edition == "null"

    def test_alias_repeats_a_part(self) -> None:
        """An anchor and its aliases save writing a citation twice."""
        anchored = with_change(PLAN, "citation: {document: printed, section", "citation: &here {x")
        text = anchored.replace("{x", "{document: printed, section").replace(
            "citation: {document: printed}\n", "citation: *here\n"
        )
        assert plan_of(text).activities[0].citation == Citation("printed", "Homes")

    @pytest.mark.parametrize("form", ["yaml", "json"])
    def test_byte_order_mark_is_overlooked(self, form: Format) -> None:
        """A mark that some editors put before the text does not belong to it."""
        text = dumps(loads(PLAN), format=form)
        assert loads("\ufeff" + text, format=form) == loads(PLAN)

    def test_format_that_is_none(self) -> None:
        """A format that nothing reads is named, with those that there are."""
        with pytest.raises(UnknownNameError, match=r"'yml': did you mean 'yaml'\?"):
            loads(PLAN, format=OTHER)


ERRORS = [
    (
        "title: A",
        "titles: A",
        ["1:1: the key 'title' is missing ($.title)", "4:9: there is no key 'titles' "],
    ),
    ("title: A plan\n", "", ["plan.yaml:1:1: the key 'title' is missing ($.title)"]),
    ("    name: Homes\n", "", ["plan.yaml:19:5: the key 'name' is missing ($.pathways[0].name)"]),
    (
        "title: A plan",
        "title: A plan\nname.of: x",
        ["plan.yaml:1:1: there is no key 'name.of' here: ", " ($['name.of'])"],
    ),
    (
        "title: A plan",
        'title: A plan\n"documents[7]": x',
        ["plan.yaml:1:1: there is no key 'documents[7]' here: did you mean 'documents'? ($['doc"],
    ),
    (
        "title: A plan",
        'title: A plan\n"a\\tb\\nc @ d": x',
        [r"plan.yaml:1:1: there is no key 'a\tb\nc @ d' here: use one of 24, such as 'id', 'ti"],
    ),
    (
        "kind: plan\n",
        "kind: plam\n",
        ["2:7: kind is 'plam': use 'plan', 'observations' or 'schemes' ($.kind)"],
    ),
    ("kind: plan\n", "kind: [plan]\n", ["2:7: kind is not a text: use 'plan', "]),
    (
        "kind: plan\n",
        "",
        ["1:1: the key 'kind' is missing: use 'plan', 'observations' or 'schemes' "],
    ),
    ('"1"', '"2"', ["1:17: schema_version is '2': write '1' ($.schema_version)"]),
    ('schema_version: "1"\n', "", ["1:1: the key 'schema_version' is missing: write '1'"]),
    (
        "title: A plan\n",
        "title: A plan\ntitle: B plan\n",
        ["plan.yaml:5:1: the key 'title' is here twice: keep one ($.title)"],
    ),
    ("title: A plan", "title: A plan\n? [a]\n: b", ["5:3: a key must be a text, not a list "]),
    ("82%", "182%", ["29:27: 182% is not between 0% and 100% ($.pathways[0].targets[0].baseline"]),
    ("82%", "+8%", ["29:27: '+8%' is another kind of quantity than '82%' or '8 per"]),
    ("82%", "8 percentage points", ["23:9: the baseline of 'housed-by-july' is in 'p"]),
    ("82%", "82", ["'82' does not say what kind of quantity it is: write '82%' for a level, "]),
    ("82%", "about 82%", ["29:27: 'about 82' is not a plain number"]),
    ("82%", "null", ["29:27: a text is needed here, not nothing ($.pathways[0].targets[0].baseli"]),
    ("8 percentage points\n", "90%\n", ["'90%' is another kind of quantity than '8 percentage "]),
    ("March 2022", "soon", ["29:40: 'soon' is not a period: write a month ("]),
    ("March 2022", "{kind: cohort, days: 2022}", ["29:40: a text is needed here, not a mapping"]),
    ("By July 2023", "soon", ["31:19: 'soon' is not a deadline: write a day ("]),
    ("By July 2023", "by 2023-25", ["31:19: 2023-25 is a span of 2 plan years, not a financial "]),
    ("By July 2023", "by March 2022", ["of 'housed-by-july' end on 2022-03-31, 2022-03-31"]),
    ("2024-05-01", "2024-13-01", ["15:18: '2024-13-01' is not a valid date: use 2024-08-01 ($.m"]),
    ("2024-05-01", "[2024]", ["15:18: a text is needed here, not a list ($.measures[0].series_"]),
    ("six weeks", "ages", ["13:16: 'ages' is not a duration: write whole numbers of years, "]),
    (
        "better: higher",
        "better: up",
        ["12:13: 'up' is not allowed here: use 'higher' or 'lower' ($.m"],
    ),
    (
        "kind: local_authority",
        "kind: localauthority",
        ["17:44: 'localauthority' is not allowed here: use 'statutory', '"],
    ),
    (
        "kind: change",
        "kind: chance",
        ["23:9: 'chance' is not allowed here: use 'change', 'reach', "],
    ),
    ("kind: change", "kind: [change]", ["23:9: a text is needed here, not a list ($.pathways[0]."]),
    ("kind: change\n        id", "id", ["23:9: the key 'kind' is missing: use 'change', "]),
    (
        "subject: {kind: region, id: a-region, name: A region}",
        "subject: A region",
        ["5:10: a mapping with a kind is needed here, not 'A region' ($.subject)"],
    ),
    (
        "better: higher",
        "better: up",
        ["plan.yaml:27:18: fix the errors in the measure 'housed' first ($.path"],
    ),
    ("measure: housed", "measure: hosed", ["there is no measure 'hosed': did you mean 'housed'?"]),
    ("measure: housed", "measure: [housed]", ["27:18: a text is needed here, not a list ($.path"]),
    ("lead: council", "lead: the-council", ["there is no partner 'the-council': did you mean "]),
    ("[a-home]", "[a-hom]", ["39:18: there is no objective 'a-hom': did you mean 'a-home'? ($.pa"]),
    ("{document: printed, item", "{document: print, item", ["there is no document 'print': did"]),
    ("serves: [a-home]", "serves: a-home", ["39:17: a list is needed here, not 'a-home' ($.pat"]),
    ("serves: [a-home]", "serves: {a: b}", ["39:17: a list is needed here, not a mapping ($.pa"]),
    ("serves: [a-home]", "serves:", ["39:16: a list is needed here, not nothing ($.pathways[0]"]),
    (
        "citation: {document: printed, section: Homes}",
        "citation: [printed, Homes]",
        ["21:15: a mapping with keys of document, section, item, place is needed here, not a list"],
    ),
    (
        "  - {id: council, name: The council, kind: local_authority}",
        "  - council",
        ["17:5: a mapping with keys of id, name, kind, aliases, members is needed here, not 'c"],
    ),
    ("targets:\n", "targets: {}\n    x:\n", ["22:14: a list is needed here, not a mapping"]),
    ("    targets:\n", "    targets:\n      - a\n", ["23:9: a mapping with a kind is needed here"]),
    ("pathways:\n", "pathways: all\nx:\n", ["18:11: a list is needed here, not 'all' ($.pathways"]),
    ("pathways:\n", "pathways:\n  - all\n", ["19:5: a mapping with keys of id, name, citation, s"]),
    ("title: A plan", "title: [A, plan]", ["4:8: a text is needed here, not a list ($.title)"]),
    (
        "title: A plan",
        'title: "A\ttab\\x"',
        ["4:16: a backslash is special in double quotation marks: use single"],
    ),
    ("title: A plan", "\ttitle: A plan", ["4:1: a tab indents this line: use spaces"]),
    (
        "title: A plan",
        'title: "A plan',
        ["4:8: the quotation mark that opens here is not closed: close it"],
    ),
    (
        "title: A plan",
        "title: A plan\n---\na: b",
        ["5:1: '---' begins a second document here: write each into "],
    ),
    (
        "title: A plan",
        "title: *plan",
        ["4:8: a text cannot begin with '*': put the text in quotation marks"],
    ),
    (
        "title: A plan",
        "title: Plan: the first",
        ["4:12: a second colon in this line: put the text in quotation marks"],
    ),
    (
        "name: A region}",
        "name: A region",
        ["5:10: the '{' that opens here is not closed: close it"],
    ),
    (
        "change: 8 percentage points",
        "goal: 90%",
        ["the key 'change' is missing", "there is no key 'goal' here: use 'id', 'st"],
    ),
    ("title: A plan", "title: \0", ["4:8: the character U+0000 cannot be in a text: remove it"]),
    ("title: A plan", "title: A \ud800", ["plan.yaml: '\\ud800', character 52, is only half of "]),
]


class TestMistakes:
    @pytest.mark.parametrize(("old", "new", "parts"), ERRORS)
    def test_mistake_is_led_back(self, old: str, new: str, parts: list[str]) -> None:
        """Each error is named with its file, line, column and path, and with what to do."""
        answer = refusal(with_change(PLAN, old, new))
        assert answer.startswith("plan.yaml:")
        assert [part for part in parts if part not in answer] == []

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("numerator: 1,", "numerator: 3,", "3 of 2 does not make a share: the first "),
            (
                "numerator: 1,",
                "numerator: -1,",
                "11:25: a whole number such as 336 is needed here,",
            ),
            (
                "numerator: 1,",
                "numerator: [],",
                "11:25: a whole number such as 336 is needed here,",
            ),
            ("numerator: 1,", f"numerator: {'1' * 19},", "a whole number such as 336 is needed he"),
            ("[provisional]", "[p]", "14:13: 'p' is not allowed here: use one of 17, such as 'br"),
            ("measure: housed", "measure: house", "8:14: there is no measure 'house': did you mea"),
            ("part: true", "part: yes", "true or false is needed here, not 'yes' ($.crosswalks[0]"),
            (
                "part: true",
                "part: null",
                "true or false is needed here, not nothing ($.crosswalks[0]",
            ),
        ],
    )
    def test_mistake_in_figures_and_schemes(self, old: str, new: str, message: str) -> None:
        """Counts, marks, switches and references of other files are led back too."""
        text = FIGURES if old in FIGURES else SCHEMES
        assert message in refusal(with_change(text, old, new))

    def test_several_come_at_once_in_the_order_of_the_file(self) -> None:
        """One reading is enough to fix a file."""
        text = PLAN
        for old, new in [
            ('schema_version: "1"', "schema_version: 2"),
            ("name: The council", "named: The council"),
            ("title: A plan", "title: A plan\ntitle: B plan"),
            ("82%", "182%"),
            ("six weeks", "ages"),
        ]:
            text = with_change(text, old, new)
        with pytest.raises(LoadError) as caught:
            loads(text, name="plan.yaml")
        places = [(problem.line, problem.path) for problem in caught.value.problems]
        assert places == [
            (1, "$.schema_version"),
            (5, "$.title"),
            (14, "$.measures[0].follow_up"),
            (18, "$.partners[0].name"),
            (18, "$.partners[0].named"),
            (28, "$.pathways[0].targets[0].measure"),
            (30, "$.pathways[0].targets[0].baseline.level"),
        ]
        assert {problem.file for problem in caught.value.problems} == {"plan.yaml"}

    def test_broken_references_come_all_at_once(self) -> None:
        """References to nothing are reported together, each at its place."""
        text = with_change(PLAN, "lead: council", "lead: nobody")
        text = with_change(text, "[a-home]", "[work]")
        assert [line[:15] for line in refusal(text).splitlines()] == [
            "plan.yaml:38:15",
            "plan.yaml:39:18",
        ]

    def test_mistake_in_a_measure_is_reported_once(self) -> None:
        """Targets only name their measure, so its errors are in one place."""
        text = with_change(PLAN, "six weeks", "six weeks\n    citation: {document: print}")
        message = "there is no document 'print': did you mean 'printed'?"
        assert refusal(text).splitlines() == [
            f"plan.yaml:14:26: {message} ($.measures[0].citation.document)",
        ]

    def test_text_without_a_name_is_named_by_line_alone(self) -> None:
        """A text that is not a file is led back by line and column."""
        with pytest.raises(LoadError, match=r"^29:27: 182% is not between"):
            loads(with_change(PLAN, "82%", "182%"))

    @pytest.mark.parametrize("text", ["", " \n", "# only a comment\n"])
    def test_empty_text(self, text: str) -> None:
        """Where nothing is written, that is what is said."""
        message = "plan.yaml: the text is empty: write a plan or a set of figures ($)"
        assert refusal(text) == message

    @pytest.mark.parametrize(("text", "form"), [("[a]", "yaml"), ("a", "yaml"), ("null", "json")])
    def test_text_that_is_no_mapping(self, text: str, form: Format) -> None:
        """A list or a word is not a plan."""
        message = "1:1: a mapping with keys such as schema_version and kind is needed ($)"
        assert refusal(text, form) == f"plan.{form}:{message}"


class TestJson:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "plan.json:1:1: this cannot be read as JSON: the text ends here: close "),
            (
                '{"kind": "plan",\n "id": }',
                "plan.json:2:8: this cannot be read as JSON: a text in ",
            ),
            ("{'kind': 'plan'}", "plan.json:1:2: this cannot be read as JSON: write double quot"),
        ],
    )
    def test_text_that_is_not_json(self, text: str, message: str) -> None:
        """An error in JSON is reported at its place."""
        assert refusal(text, "json").startswith(message)

    @pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "9" * 5_000])
    def test_number_that_is_none(self, number: str) -> None:
        """JSON's ways out of arithmetic, and infinite numbers, are not values."""
        text = with_change(as_json(PLAN), '"82%"', number)
        assert "$.pathways[0].targets[0].baseline.level" in refusal(text, "json")

    def test_switch_where_a_text_belongs(self) -> None:
        """JSON's switches are not texts, and its null is nothing."""
        text = with_change(as_json(PLAN), '"A plan"', "false")
        text = with_change(text, '"The council"', "null")
        assert refusal(text, "json").splitlines() == [
            "plan.json:5:12: a text is needed here, not False ($.title)",
            "plan.json:72:15: a text is needed here, not nothing ($.partners[0].name)",
        ]

    def test_key_that_stands_twice(self) -> None:
        """A key that JSON's readers would silently overwrite is reported, at its place."""
        text = with_change(as_json(PLAN), '"title": "A plan",', '"title": "A",\n"title": "B",')
        message = "plan.json:6:10: the key 'title' is here twice: keep one ($.title)"
        assert refusal(text, "json") == message

    def test_key_that_stands_twice_within_lists(self) -> None:
        """It is found wherever it is, three times or twice."""
        text = as_json(PLAN)
        text = with_change(text, '"lead": "council"', '"lead": "a", "lead": "b", "lead": "council"')
        answer = refusal(text, "json")
        assert "the key 'lead' is here twice: keep one ($.pathways[0].activities[0].lead)" in (
            answer
        )
        assert answer.count("\n") == 0

    def test_key_that_stands_twice_under_an_odd_key(self) -> None:
        """A path goes through keys that need quotes, and its place is the nearest that is known."""
        text = '{"kind": "plan", "title": "A", "a.b": {"title": [1, {"c": 1, "c": 2}]}}'
        assert "plan.json:1:1: the key 'c' is here twice: keep one ($['a.b'].title[1].c)" in (
            refusal(text, "json")
        )

    def test_half_of_a_character(self) -> None:
        """An escape of JSON that is only half of a character is refused."""
        text = with_change(as_json(PLAN), '"A plan"', r'"A \ud83d plan"')
        assert "'A \\ud83d plan' has only half of a character" in refusal(text, "json")

    def test_whole_character_in_two_escapes(self) -> None:
        """An escaped pair is one character."""
        text = with_change(as_json(PLAN), '"A plan"', r'"A \ud83d\ude00 plan"')
        assert plan_of(text, "json").title == "A \U0001f600 plan"

    def test_where_the_place_cannot_be_told(self) -> None:
        """In JSON that is not YAML, the path alone leads back."""
        text = with_change(as_json(PLAN), '"A plan"', r'"A \ud83d\ude00 plan"')
        text = with_change(text, '"82%"', '"182%"')
        message = "182% is not between 0% and 100% ($.pathways[0].targets[0].baseline.level)"
        assert refusal(text, "json") == f"plan.json: {message}"


class TestHostileTexts:
    @pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? ", "[[a, b], "])
    def test_deep_yaml(self, opening: str) -> None:
        """Nesting that would end the process is refused where it passes what plans need."""
        message = "it nests more than 50 levels deep, more than any plan needs"
        assert message in refusal(opening * 100_000)

    @pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
    def test_deep_json(self, opening: str, closing: str) -> None:
        """Nesting that exhausts the reader of JSON is refused."""
        message = (
            "this cannot be read as JSON: it nests more than 50 levels deep, more than any plan"
        )
        assert message in refusal(opening * 100_000 + "1" + closing * 100_000, "json")

    def test_aliases_that_multiply(self) -> None:
        """A few lines that unfold to thousands of millions of parts are refused at once."""
        lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
        lines += [
            f"{here}: &{here} [{', '.join(['*' + before] * 10)}]"
            for before, here in zip("abcdefghi", "bcdefghij", strict=True)
        ]
        assert "its aliases unfold to more than it could have without them" in refusal(
            "\n".join(lines)
        )

    def test_alias_within_itself(self) -> None:
        """A part that holds itself is refused."""
        assert "it nests more than 50 levels deep" in refusal("a: &a [*a, *a]")

    def test_large_file_without_aliases_is_read(self) -> None:
        """Size alone is not an error: the limit on parts grows with the text."""
        row = "  - {measure: housed, area: A, period: 2022, level: 5%}\n"
        assert len(figures_of(FIGURES + row * 2_000).observations) == 2_001

    @pytest.mark.parametrize(
        "old",
        ["82%", "kind: change", "measure: housed", "By July 2023", "six weeks", "kind: plan\n"],
    )
    def test_endless_text_gives_a_short_answer(self, old: str) -> None:
        """A message shows the beginning and the end of a text without end."""
        key, colon, _ = old.rpartition(": ")
        text = with_change(PLAN, old, f"{key}{colon}{'x' * 200_000}\n")
        assert len(refusal(text)) < 2_500

    def test_tags_make_nothing(self) -> None:
        """A tag that asks YAML for a Python object is not obeyed: the text stays a text."""
        text = with_change(PLAN, "title: A plan", 'title: !!python/name:os.system "A plan"')
        assert loads(text) == loads(PLAN)


class TestFiles:
    @pytest.mark.parametrize("suffix", [".yaml", ".yml", ".json", ".JSON"])
    def test_suffix_tells_the_format(self, tmp_path: Path, suffix: str) -> None:
        """A file is read and written in the format that its suffix names."""
        file = tmp_path / f"plan{suffix}"
        dump(loads(PLAN), file)
        assert load(str(file)) == loads(PLAN)
        assert file.read_text("utf-8").startswith("{") == (suffix.lower() == ".json")

    @pytest.mark.parametrize("name", ["plan.txt", "plan", ".yaml"])
    def test_suffix_that_names_no_format(self, tmp_path: Path, name: str) -> None:
        """Another suffix is refused, with those that there are."""
        with pytest.raises(LoadError, match=r"is not that of a format: use \.yaml, \.yml, \.json"):
            load(tmp_path / name)
        with pytest.raises(DumpError, match=r"is not that of a format: use \.yaml, \.yml, \.json"):
            dump(loads(PLAN), tmp_path / name)

    def test_file_that_is_not_there(self, tmp_path: Path) -> None:
        """A missing file is named."""
        with pytest.raises(LoadError) as caught:
            load(tmp_path / "plan.yaml")
        message = (
            f"{tmp_path / 'plan.yaml'}: the file cannot be read: no such file or directory ($)"
        )
        assert str(caught.value) == message

    def test_folder_is_no_file(self, tmp_path: Path) -> None:
        """A folder is neither read nor overwritten."""
        folder = tmp_path / "plan.yaml"
        folder.mkdir()
        with pytest.raises(LoadError, match="the file cannot be read: "):
            load(folder)
        with pytest.raises(DumpError, match="the file cannot be written: "):
            dump(loads(PLAN), folder)
        assert list(tmp_path.iterdir()) == [folder]

    def test_name_that_no_file_has(self) -> None:
        """A name with a null character is refused like any other."""
        with pytest.raises(LoadError, match="null"):
            load("a\0.yaml")
        with pytest.raises(DumpError, match="null"):
            dump(loads(PLAN), "a\0.yaml")

    def test_file_in_another_encoding(self, tmp_path: Path) -> None:
        """A file that is not UTF-8 is refused at the byte that shows it."""
        file = tmp_path / "plan.yaml"
        file.write_bytes(with_change(PLAN, "A plan\n", "Café\n").encode("latin-1"))
        with pytest.raises(LoadError, match="byte 52 is not UTF-8: save the file in that encoding"):
            load(file)

    def test_mistakes_name_the_file(self, tmp_path: Path) -> None:
        """An error in a file is reported at its place."""
        file = tmp_path / "plan.yaml"
        file.write_text(with_change(PLAN, "82%", "182%"), encoding="utf-8-sig")
        with pytest.raises(LoadError) as caught:
            load(file)
        assert str(caught.value).startswith(f"{file}:29:27: 182% is not between")


class TestWriting:
    @pytest.mark.parametrize("form", ["yaml", "json"])
    @pytest.mark.parametrize("text", [PLAN, FIGURES, SCHEMES], ids=["plan", "figures", "schemes"])
    def test_writing_twice_gives_the_same_bytes(self, text: str, form: Format) -> None:
        """A text that is read and written again is the same text."""
        written = dumps(loads(text), format=form)
        assert dumps(loads(written, format=form), format=form) == written

    @pytest.mark.parametrize("form", ["yaml", "json"])
    @pytest.mark.parametrize("name", datasets.names())
    def test_bundled_plans_are_written_the_same_twice(self, name: str, form: Format) -> None:
        """The bundled plans come back from either format as the same bytes."""
        written = dumps(datasets.load(name), format=form)
        assert dumps(loads(written, format=form), format=form) == written

    def test_what_is_written(self) -> None:
        """A text says what it holds, keeps the order of the record and omits defaults."""
        assert dumps(loads(FIGURES)) == (
            "schema_version: '1'\n"
            "kind: observations\n"
            "id: figures\n"
            "title: Published figures\n"
            "measures:\n"
            "- id: housed\n"
            "  name: Housed\n"
            "  counts: releases into accommodation\n"
            "  better: higher\n"
            "observations:\n"
            "- measure: housed\n"
            "  area: A region\n"
            "  period: April to June 2023 cohort\n"
            "  counts:\n"
            "    numerator: 1\n"
            "    denominator: 2\n"
            "  published: '2023-10-26'\n"
            "  marks:\n"
            "  - provisional\n"
            "  level: 50%\n"
        )

    def test_published_level_keeps_its_decimals_beside_its_counts(self) -> None:
        """A published 50% of 1 in 2 stays a rounded one, and not exactly a half."""
        (observation,) = figures_of(dumps(loads(FIGURES))).observations
        assert isinstance(observation.level, Percentage)
        assert observation.level.places == 0

    def test_level_of_counts_is_not_written(self) -> None:
        """A level that only follows from the counts is worked out again."""
        assert "level" not in dumps(loads(with_change(FIGURES, "    level: 50%\n", "")))

    def test_withheld_level_stays_withheld(self) -> None:
        """Where the publisher gives counts and no level, none is made up in writing."""
        text = with_change(FIGURES, "level: 50%", "level: null")
        assert figures_of(dumps(loads(text))).observations[0].level is None

    def test_letters_of_any_script_are_written_as_they_are(self) -> None:
        """Names keep their letters in both formats."""
        plan = loads(with_change(PLAN, "title: A plan", "title: Cynllun Ŵyl – łódź"))
        assert "Cynllun Ŵyl – łódź" in dumps(plan)
        assert "Cynllun Ŵyl – łódź" in dumps(plan, format="json")

    @pytest.mark.parametrize("form", ["yaml", "json"])
    def test_half_of_a_character_is_not_written(self, form: Format) -> None:
        """A text that no file can hold is refused before a file is touched."""
        plan = attrs.evolve(plan_of(PLAN), title="A \ud83d plan")
        with pytest.raises(RecordError, match=r"'\\ud83d' is only half of a character"):
            dumps(plan, format=form)

    def test_only_whole_files_are_written(self, tmp_path: Path) -> None:
        """A part of a plan is not written on its own."""
        part: Any = plan_of(PLAN).measures[0]
        with pytest.raises(RecordError, match="Measure cannot be written as a file"):
            dumps(part)
        with pytest.raises(RecordError, match="Measure cannot be written as a file"):
            dump(part, tmp_path / "measure.yaml")
        assert list(tmp_path.iterdir()) == []

    def test_format_that_is_none(self) -> None:
        """A format that nothing writes is named."""
        with pytest.raises(UnknownNameError, match="there is no format 'yml'"):
            dumps(loads(PLAN), format=OTHER)

    def test_failed_writing_leaves_the_old_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """When the disk is full half-way, the old file stands and nothing lies beside it."""
        file = tmp_path / "plan.yaml"
        dump(loads(PLAN), file)
        before = file.read_bytes()

        def run_out_of_space(self: Path, data: bytes) -> int:
            with self.open("wb") as begun:
                begun.write(data[:20])
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(Path, "write_bytes", run_out_of_space)
        with pytest.raises(DumpError) as caught:
            dump(loads(FIGURES), file)
        assert str(caught.value) == f"{file}: the file cannot be written: no space left on device"
        assert file.read_bytes() == before
        assert list(tmp_path.iterdir()) == [file]

    def test_folder_that_is_not_there(self, tmp_path: Path) -> None:
        """A missing folder is not made."""
        with pytest.raises(
            DumpError, match="the file cannot be written: no such file or directory"
        ):
            dump(loads(PLAN), tmp_path / "plans" / "plan.yaml")

    @pytest.mark.skipif(os.name != "posix", reason="permissions and links are those of POSIX")
    def test_permissions_are_those_of_any_new_file(self, tmp_path: Path) -> None:
        """A new file is as readable as others; an old one stays as private as it was."""
        other, new, old = (tmp_path / name for name in ("other", "new.yaml", "old.yaml"))
        other.touch()
        old.touch(mode=0o600)
        dump(loads(PLAN), new)
        dump(loads(PLAN), old)
        assert stat.S_IMODE(new.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)
        assert stat.S_IMODE(old.stat().st_mode) == 0o600

    @pytest.mark.skipif(os.name != "posix", reason="permissions and links are those of POSIX")
    def test_link_still_leads_to_the_file(self, tmp_path: Path) -> None:
        """Writing through a link writes the file that it leads to."""
        file, link = tmp_path / "plan.yaml", tmp_path / "link.yaml"
        link.symlink_to(file)
        dump(loads(PLAN), link)
        assert link.is_symlink()
        assert load(file) == loads(PLAN)


@attrs.frozen(kw_only=True)
class Briefing:
    """A class of somebody else's, with some of our records in it."""

    title: str
    number: int
    plan: Plan | None = None
    level: Percentage
    change: PercentagePoints | RelativeChange | None = None
    period: Period | None = None
    observations: tuple[Observation, ...] = ()
    headline: Target | None = None


BRIEFING = {
    "title": 2023,
    "number": "7",
    "level": "82.0%",
    "change": "+20%",
    "period": "2022/23",
    "observations": [
        {"measure": "housed", "area": "A region", "period": "2022/23", "level": "86.3%"}
    ],
    "headline": {
        "kind": "milestone",
        "id": "strategy",
        "statement": "A strategy is in place by the end of 2023.",
        "citation": {"document": "printed"},
        "area": "A region",
        "deadline": "by the end of 2023",
    },
}


class TestConverters:
    def test_records_in_classes_of_ones_own(self) -> None:
        """A converter of one's own learns our types and reads its own classes as before."""
        converter = Converter()
        configure_converter(converter)
        plan = make_converter().unstructure(loads(PLAN))
        briefing = converter.structure({**BRIEFING, "plan": plan}, Briefing)
        assert (briefing.title, briefing.number) == ("2023", 7)
        assert briefing.plan == loads(PLAN)
        assert briefing.level.places == 1
        assert briefing.change == RelativeChange("+20%")
        assert briefing.period == FinancialYear("2022/23")
        assert briefing.observations[0].level == Percentage("86.3%")
        assert briefing.headline is not None
        assert briefing.headline.id == "strategy"

    def test_records_go_out_and_come_back(self) -> None:
        """It writes plain data that it reads back."""
        converter = Converter(omit_if_default=True)
        configure_converter(converter)
        briefing = attrs.evolve(converter.structure(BRIEFING, Briefing), plan=plan_of(PLAN))
        written = json.loads(json.dumps(converter.unstructure(briefing)))
        assert converter.structure(written, Briefing) == briefing
        assert {**written, "plan": None} == {**BRIEFING, "title": "2023", "number": 7, "plan": None}

    def test_nothing_where_nothing_is_allowed(self) -> None:
        """An optional value can be null."""
        converter = Converter()
        configure_converter(converter)
        without = {"plan": None, "change": None, "period": None, "headline": None}
        briefing = converter.structure({**BRIEFING, **without}, Briefing)
        assert {name: getattr(briefing, name) for name in without} == without

    @pytest.mark.parametrize("forbid", [True, False])
    def test_unknown_keys_follow_the_setting(self, forbid: bool) -> None:
        """Unknown keys are refused where the converter refuses them, and overlooked elsewhere."""
        converter = Converter(forbid_extra_keys=forbid)
        configure_converter(converter)
        fields = {"document": "printed", "page": "3"}
        if forbid:
            with pytest.raises(ClassValidationError):
                converter.structure(fields, Citation)
        else:
            assert converter.structure(fields, Citation) == Citation("printed")

    @pytest.mark.parametrize("omit", [True, False])
    def test_defaults_follow_the_setting(self, omit: bool) -> None:
        """Defaults are omitted where the converter omits them."""
        converter = Converter(omit_if_default=omit)
        configure_converter(converter)
        written = converter.unstructure(Citation("printed"))
        assert written == {"document": "printed"} | (
            {} if omit else {"section": None, "item": None, "place": None}
        )

    def test_errors_follow_the_setting(self) -> None:
        """Errors are collected only where the converter collects them."""
        converter = Converter(detailed_validation=False)
        configure_converter(converter)
        with pytest.raises(RecordError, match="a text is needed here, not nothing"):
            converter.structure({"document": None}, Citation)

    def test_hooks_of_ones_own_see_nothing_of_ours(self) -> None:
        """A hook for every text of one's own leaves the texts of our records alone."""
        converter = Converter()
        converter.register_structure_hook(str, lambda value, _: str(value).upper())
        configure_converter(converter)
        briefing = converter.structure({**BRIEFING, "title": "a title"}, Briefing)
        assert briefing.title == "A TITLE"
        assert briefing.observations[0].measure == "housed"

    def test_nothing_stays_ones_own(self) -> None:
        """A hook for ``None`` itself is not replaced."""
        converter = Converter()
        converter.register_unstructure_hook_func(lambda kind: kind is type(None), lambda _: "none")
        configure_converter(converter)
        assert converter.unstructure(None) == "none"

    def test_measure_on_its_own(self) -> None:
        """Outside a plan, a target holds its measure whole."""
        converter = make_converter()
        plan = plan_of(PLAN)
        (target,) = plan.targets
        written = converter.unstructure(target)
        assert converter.structure(written["measure"], Measure) == plan.measures[0]
        assert converter.structure(written, ChangeTarget) == target

    def test_switches_may_be_pythons_own(self) -> None:
        """Data that comes from Python rather than from a file may hold real switches."""
        fields = {"source": "homes", "part": True, "reason": "It has no match."}
        assert make_converter().structure(fields, Correspondence).part


class TestPage:
    def test_plan_of_the_page_can_be_read(self) -> None:
        """The pieces of the page on writing a plan, one under another, are a plan."""
        pieces = re.findall(
            r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
        )
        plan = plan_of("".join(pieces))
        kinds = {type(target).__name__ for target in plan.targets}
        assert len(kinds) == 8
