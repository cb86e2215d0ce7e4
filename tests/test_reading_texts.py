"""Plans and sets of figures as people write them, and files that are not plans."""

from __future__ import annotations

import io as streams
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.test_io import FIGURES, PLAN, SCHEMES, with_change

from rrmodel.cli import main
from rrmodel.errors import LoadError, UnknownNameError
from rrmodel.io import (
    FigureColumn,
    Format,
    Layout,
    load,
    load_observations,
    loads,
    read_stratml,
    read_workbook,
)
from rrmodel.model import ChangeTarget, Measure, ObservationSet, Plan
from rrmodel.quantities import Percentage, PercentagePoints

HOUSED = Measure(id="housed", name="Housed", counts="releases", better="higher")


def refusal(text: str, form: Format = "yaml") -> list[str]:
    """Return what is wrong in a text, one line each."""
    with pytest.raises(LoadError) as caught:
        loads(text, format=form, name="plan.yaml")
    return str(caught.value).splitlines()


class TestEditors:
    @pytest.mark.parametrize("sign", [">", "|", ">+", "|-"])
    def test_a_folded_text_is_read_without_its_line_break(self, sign: str) -> None:
        """Editors fold long texts."""
        text = with_change(
            PLAN,
            "        statement: The council finds homes.\n",
            f"        statement: {sign}\n          The council\n          finds homes.\n\n",
        )
        (activity,) = plan_of(text).activities
        assert " ".join(activity.statement.split()) == "The council finds homes."
        assert activity.statement == activity.statement.strip()

    @pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "  "])
    def test_spaces_before_units_do_not_matter(self, space: str) -> None:
        """A no-break space is before a unit, and within one."""
        text = PLAN.replace("82%", f"82{space}%").replace(
            "8 percentage points", f"8{space}percentage{space}points"
        )
        target = plan_of(text).target("housed-by-july")
        assert isinstance(target, ChangeTarget)
        assert target.change == PercentagePoints(8)
        assert target.baseline.level == Percentage(82)

    def test_spaces_around_texts_do_not_matter(self) -> None:
        """Quoted texts keep them."""
        assert plan_of(PLAN.replace("title: A plan", "title: ' A plan '")).title == "A plan"


def plan_of(text: str) -> Plan:
    """Return the plan of a text."""
    plan = loads(text)
    assert isinstance(plan, Plan)
    return plan


class TestDroppedTexts:
    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("The council finds homes.", "Find homes #1 of ten.", "36:20: '#1 of ten.' is a comm"),
            ("The council finds homes.", "Find homes  # of ten.", "36:20: '# of ten.' is a comme"),
            ("title: A plan", "title: A plan #2", "4:8: '#2' is a comment in YAML, which is not"),
            ("section: Homes}", "section: Homes #3\n    }", "'#3' is a comment in YAML, which is"),
            ("title: A plan", f"title: A #{'x' * 90}", "… is a comment in YAML"[1:]),
            ("title: A plan", "title: !Urgent A plan", "4:8: '!' begins a tag in YAML, which is"),
            ("title: A plan", "title: &Sons Ltd", "4:8: '&Sons' is an anchor in YAML, which is"),
        ],
    )
    def test_a_text_that_yaml_drops_is_reported(self, old: str, new: str, message: str) -> None:
        """It is never lost in silence."""
        assert any(message in line for line in refusal(with_change(PLAN, old, new)))

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("title: A plan", "title: A plan  # as printed"),
            ("title: A plan", "title: 'A plan #2' #2"),
            ("better: higher", "better: higher # always"),
            ("title: A plan", "# the title\ntitle: A plan"),
            ("title: A plan", "title: &a A plan\nedition: *a"),
        ],
    )
    def test_comments_and_anchors_are_read_as_such(self, old: str, new: str) -> None:
        """A comment behind two spaces, on a line alone, or behind another value is a comment."""
        assert plan_of(with_change(PLAN, old, new)).title.startswith("A plan")


SYNTAX = [
    ("a: b: c\n", "1:5: a second colon in this line: put the text in quotation marks"),
    ("title: x\nfoo\nbar: 1\n", "3:1: this line has no colon after its key"),
    ("a:\n  b: 1\n c: 2\n", "3:2: this does not fit the lines above"),
    ("a: [1, 2\nb: 3\n", "1:4: the '[' that opens here is not closed"),
    ("a: {b: W #1, c: 2}\n", "1:4: the '{' that opens here is not closed before ' #'"),
    ("a: {b: 1\nc: 3\n", "1:4: the '{' that opens here is not closed"),
    ("a: 'text\nb: 3\n", "1:4: the quotation mark that opens here is not closed"),
    ("a:\n\tb: 1\n", "2:1: a tab indents this line: use spaces"),
    ("a: @x\n", "1:4: a text cannot begin with '@'"),
    ("a: `x`\n", "1:4: a text cannot begin with '`'"),
    ("a: %x\n", "1:4: a text cannot begin with '%'"),
    ("a: *x\n", "1:4: a text cannot begin with '*'"),
    ("a: & x\n", "1:5: a text cannot begin with this sign"),
    ('a: "x\\y"\n', "1:6: a backslash is special"),
    ("a: |x\n", "1:5: nothing may follow '|' or '>'"),
    ("a: - b\n", "1:4: a list begins in the line below its key"),
    ("a:\n  - b\n  c: 1\n", "3:3: this is not an item of the list above"),
    ("a: ,x\n", "1:4: a text cannot begin with this sign"),
    ("a: &x 1\nb: &x 2\nc: *x\n", "2:4: this anchor is defined before"),
    ("a: 1\n---\nb: 2\n", "2:1: '---' begins a second document here"),
    ("%x\na: b\n", "1:3: this line is not valid YAML"),
    ("a: 1\nb: x\x07y\n", "2:5: the character U+0007 cannot be in a text"),
]
PARSER_WORDS = ["scanning", "parsing", "scalar", "token", "block", "flow", "mapping", "found "]


@pytest.mark.parametrize(("text", "message"), SYNTAX)
def test_a_syntax_error_speaks_of_the_line(text: str, message: str) -> None:
    """The words of the parser are not those of the author of a plan."""
    (line,) = refusal(text)
    assert line.startswith(f"plan.yaml:{message}")
    assert not any(word in line for word in PARSER_WORDS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the text ends here"),
        ('{"a": 1,}', "1:"),
        ("{'a': 1}", "write double quotation marks"),
        ('{"a" 1}', "a colon is needed here"),
        ('{"a": 1 "b": 2}', "a comma is needed here"),
        ('{"a": 1} x', "the text goes on after its end"),
        ('{"a": "x\ty"}', "write a line break in a text as"),
        ('{"a": "\\x"}', "write a backslash in a text as"),
        ('{"a": "x', "the quotation mark that opens here is not closed"),
        ('{"a": x}', "a text in double quotation marks, a number"),
    ],
)
def test_json_is_answered_in_words_too(text: str, message: str) -> None:
    """The message says what is needed at its place."""
    (line,) = refusal(text, "json")
    assert message in line


def test_json_too_long_is_placed_by_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """The places of its parts would take more memory than the text."""
    monkeypatch.setattr("rrmodel.io._source_texts._LONGEST_PLACED", 10)
    (line, *_) = refusal('{"schema_version": "1", "kind": "plan"}', "json")
    assert line == "plan.yaml: the key 'id' is missing ($.id)"


class TestAllAtOnce:
    @pytest.mark.parametrize(
        ("text", "changes", "parts"),
        [
            (PLAN, [("82%", "182%"), ("lead: council", "lead: counsel")],
             ["29:27: 182% is not between", "38:15: there is no partner 'counsel': did you mean"]),
            (PLAN, [("July 2022}", "Juli 2022}"), ("printed, item: 1}", "x}")],
             ["'Juli 2022' is not", "26:30: there is no document 'x'"]),
            (PLAN, [("8 percentage points", "8"), ("serves: [a-home]", "serves: [home]")],
             ["change", "39:18: there is no objective 'home'"]),
            (PLAN, [("better: higher", "better: up"), ("lead: council", "lead: x")],
             ["use 'higher' or 'lower'", "there is no partner 'x'"]),
            (PLAN, [("kind: change", "kind: chance"), ("lead: council", "lead: x")],
             ["'chance' is not allowed", "there is no partner 'x'"]),
            (PLAN, [("measure: housed", "measure: houses"), ("82%", "182%"),
                    ("lead: council", "lead: x")],
             ["there is no measure 'houses'", "182%", "there is no partner 'x'"]),
            (FIGURES, [("level: 50%", "level: 500%"), ("measure: housed", "measure: house")],
             ["500% is not between", "there is no measure 'house': did you mean 'housed'?"]),
            (SCHEMES, [("part: true", "part: yes"), ("source: homes", "source: house")],
             ["true or false", "there is no pathway 'house'"]),
        ],
    )  # fmt: skip
    def test_bad_values_do_not_hide_wrong_references(
        self, text: str, changes: list[tuple[str, str]], parts: list[str]
    ) -> None:
        """One reading names both, and nothing twice."""
        for old, new in changes:
            text = with_change(text, old, new)
        lines = refusal(text)
        assert [part for part in parts if not any(part in line for line in lines)] == []
        assert len(lines) == len(set(lines))

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("  - {id: council, name: The council, kind: local_authority}\n", "  - {name: T}\n"),
            ("partners:\n", "partner:\n"),
            ("partners:\n  - {id: council", "partners: none\nx:\n  - {id: council"),
        ],
    )
    def test_references_to_what_cannot_be_read_are_not_counted_wrong(
        self, old: str, new: str
    ) -> None:
        """Without the partners nobody can say who is missing."""
        assert not any(
            "there is no partner" in line for line in refusal(with_change(PLAN, old, new))
        )

    def test_garbage_has_no_references(self) -> None:
        """Whatever is in a plan, each error is reported at its place."""
        text = PLAN.replace("activities:\n", "activities:\n      - 7\n      - {lead: [x]}\n")
        assert all(line.startswith("plan.yaml:") for line in refusal(text))
        text = with_change(PLAN, "measure: housed", "measure: {id: 3}")
        assert refusal(text)
        text = PLAN.replace("measures:\n", "measures:\n  - none\n")
        assert refusal(text)

    def test_the_key_that_is_missing_is_named(self) -> None:
        """With the path at which it belongs."""
        (line,) = refusal(with_change(PLAN, "        area: A region\n", ""))
        assert line == ("plan.yaml:23:9: the key 'area' is missing ($.pathways[0].targets[0].area)")

    def test_words_are_listed_up_to_ten(self) -> None:
        """Of more, the nearest is named, or some."""
        assert refusal(with_change(FIGURES, "[provisional]", "[provisonal]"))[0].endswith(
            "did you mean 'provisional'? ($.observations[0].marks[0])"
        )
        assert "use one of 17, such as" in refusal(with_change(FIGURES, "[provisional]", "[q]"))[0]


ENDLESS: list[tuple[str, Callable[[Path], None], str]] = [
    ("zero", lambda path: path.symlink_to("/dev/zero"), "it is a device"),
    ("null", lambda path: path.symlink_to("/dev/null"), "it is a device"),
    ("pipe", os.mkfifo, "it is a pipe"),
    ("folder", Path.mkdir, "it is a directory"),
]
LAYOUT = Layout(
    figures=[FigureColumn(measure="m", heading="Level")], area="York", period_from="title"
)
FILE_READERS: list[tuple[str, Callable[[Path], Any]]] = [
    (".yaml", load),
    (".json", load),
    (".toml", load),
    (".xml", load),
    (".csv", lambda path: load_observations(path, measures=[HOUSED])),
    (".xlsx", lambda path: load_observations(path, measures=[HOUSED])),
    (".ods", lambda path: read_workbook(path, LAYOUT)),
]


class TestFiles:
    @pytest.mark.parametrize("reader", FILE_READERS)
    @pytest.mark.parametrize("endless", ENDLESS)
    def test_only_regular_files_are_read(
        self,
        tmp_path: Path,
        reader: tuple[str, Callable[[Path], Any]],
        endless: tuple[str, Callable[[Path], None], str],
    ) -> None:
        """An endless file does not fill the memory, and a pipe is not waited for."""
        (suffix, read), (name, make, message) = reader, endless
        path = tmp_path / f"{name}{suffix}"
        make(path)
        with pytest.raises(LoadError, match=message):
            read(path)

    @pytest.mark.parametrize("suffix", [".yaml", ".json", ".toml", ".xml"])
    def test_a_file_is_read_up_to_its_limit(
        self, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One byte more is enough to refuse it."""
        limits = dict.fromkeys(["yaml", "json", "toml", "stratml"], 9)
        monkeypatch.setattr("rrmodel.io._exchange._LARGEST", limits)
        path = tmp_path / f"plan{suffix}"
        path.write_bytes(b"a" * 10)
        with pytest.raises(LoadError, match="it has more than 9 bytes: split it"):
            load(path)
        path.write_bytes(b"a" * 9)
        with pytest.raises(LoadError) as caught:
            load(path)
        assert "more than" not in str(caught.value)

    @pytest.mark.parametrize("text", [PLAN, "\ufeff" + PLAN])
    def test_standard_input_is_read(self, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """A dash replaces it."""
        self.give(monkeypatch, text)
        assert isinstance(load("-"), Plan)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('{"kind": 1}', "standard input:1:10: kind is '1': use 'plan'"),
            ("<a/>", "standard input:1: a StratML document begins with"),
            ("a: [", "standard input:2:1: the text ends here"),
        ],
    )
    def test_its_first_sign_shows_its_format(
        self, text: str, message: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Unless the format is named."""
        self.give(monkeypatch, text)
        with pytest.raises(LoadError) as caught:
            load("-")
        assert message in str(caught.value)

    def test_a_format_may_be_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It counts before the suffix, and must be one that is read."""
        path = tmp_path / "plan.txt"
        path.write_text(PLAN)
        assert isinstance(load(path, format="yaml"), Plan)
        with pytest.raises(UnknownNameError):
            load(path, format="ics")  # type: ignore[arg-type]
        self.give(monkeypatch, PLAN)
        assert isinstance(load("-", format="yaml"), Plan)

    def test_standard_input_has_the_limit_of_its_format(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Only JSON may be long."""
        limits = {"yaml": 9, "json": 20, "toml": 9, "stratml": 9}
        monkeypatch.setattr("rrmodel.io._exchange._LARGEST", limits)
        self.give(monkeypatch, "a" * 10)
        with pytest.raises(LoadError, match="yaml of more than 9 bytes is not read"):
            load("-")

    def test_a_table_is_read_from_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Its set is named so."""
        self.give(monkeypatch, "measure,area,period\nhoused,York,2023\n")
        observation_set = load_observations("-", measures=[HOUSED])
        assert isinstance(observation_set, ObservationSet)
        assert (observation_set.id, len(observation_set.observations)) == ("standard input", 1)

    def test_the_command_line_reads_it_too(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A plan, and figures in a table."""
        self.give(monkeypatch, PLAN)
        assert main(["show", "-"]) == 0
        table = "measure,area,period,level,extra\nhoused-on-release,York,2022/23,84%,x\n"
        self.give(monkeypatch, table)
        words = ["evaluate", "east-midlands-2022-25", "--observations", "-"]
        assert main([*words, "--area", "York", "--as-of", "2024-08-01"]) == 0
        assert "standard input: 1 column is not part of the layout" in capsys.readouterr().err

    def give(self, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        """Let a text be what is on standard input."""
        monkeypatch.setattr(
            sys, "stdin", streams.TextIOWrapper(streams.BytesIO(text.encode()), "utf-8")
        )


class TestTablesGivenAsPlans:
    TABLE = "Measure,Area,Period,Level\nhoused,York,2023,82%\n"

    @pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".ods", ".CSV"])
    def test_a_table_is_told_apart_by_its_suffix(self, suffix: str) -> None:
        """The message names the way to read it."""
        with pytest.raises(LoadError, match=r"a table of figures, not a plan: .* --observations"):
            load(f"figures{suffix}")

    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_a_table_is_told_apart_by_its_heading(self, separator: str) -> None:
        """Whatever it is called."""
        (line,) = refusal("\ufeff" + self.TABLE.replace(",", separator))
        assert "this is a table of figures, not a plan" in line

    def test_another_text_is_not(self) -> None:
        """It lacks the keys of a file."""
        (line,) = refusal("hello\n")
        assert "a mapping with keys such as schema_version and kind is needed" in line


STRATML = """<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core">
<Name>P</Name><StrategicPlanCore><Organization><Name>Org</Name></Organization>
<Goal><Name>Work</Name><Description/><Objective><Name>Hire</Name>
<PerformanceIndicator><MeasurementDimension>In work</MeasurementDimension>
<UnitOfMeasurement>percent</UnitOfMeasurement>
<MeasurementInstance><TargetResult>{}</TargetResult></MeasurementInstance>
</PerformanceIndicator></Objective></Goal></StrategicPlanCore></StrategicPlan>"""


@pytest.mark.parametrize(
    ("result", "is_lost"),
    [
        ("<NumberOfUnits>30</NumberOfUnits>", False),
        ("<NumberOfUnits/>", True),
        ("<Description>More people</Description>", True),
        ("<Descriptor><DescriptorName>Grade</DescriptorName></Descriptor>", True),
    ],
)
def test_a_unit_without_a_number_is_reported(result: str, is_lost: bool) -> None:
    """It is among the losses, at its own line."""
    losses = [str(loss) for loss in read_stratml(STRATML.format(result)).losses]
    messages = [loss for loss in losses if "the unit 'percent' has no number beside it" in loss]
    assert len(messages) == is_lost
    assert all(loss.startswith("5: ") for loss in messages)
