"""Plans in every format: the files, the losses, and the messages of the command."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from rrmodel import datasets, io
from rrmodel.cli import main
from rrmodel.errors import DumpError, LoadError, LossWarning, RecordError, UnknownNameError
from rrmodel.io import WriteFormat, dump, dumps, losses, written_format
from rrmodel.io._stratml import read_stratml

pytest.importorskip("icalendar", reason="calendars need the extra 'calendar'")
pytest.importorskip("lxml", reason="StratML needs the extra 'stratml'")

REGION, PRISON = "east-midlands-2022-25", "hmp-leeds-regimes"


class Ran(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


Convert = Callable[..., Ran]


@pytest.fixture
def convert(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Convert:
    """Return what runs ``rrmodel convert`` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ran:
        code = main(["convert", *arguments])
        return Ran(code, *capsys.readouterr())

    return run


class TestFormats:
    @pytest.mark.parametrize(
        ("name", "form"),
        [
            ("plan.yaml", "yaml"),
            ("plan.yml", "yaml"),
            ("plan.JSON", "json"),
            ("plan.stratml", "stratml"),
            ("plan.xml", "stratml"),
            ("plan.ics", "ics"),
        ],
    )
    def test_suffix_names_the_format(self, name: str, form: WriteFormat) -> None:
        """Each suffix means one format."""
        assert written_format(name) == form

    def test_other_suffix_is_refused(self) -> None:
        """A suffix that means no format is refused with those that do."""
        with pytest.raises(DumpError, match=r"'\.txt' is not that of a format: use \.yaml, "):
            written_format("plan.txt")

    def test_toml_is_only_read(self) -> None:
        """That TOML is not written is said, with what to choose instead."""
        with pytest.raises(DumpError, match=r"never written: choose \.yaml or \.json"):
            written_format("plan.toml")

    def test_unknown_format_is_refused(self) -> None:
        """A format that there is not is named, with the nearest that there is."""
        form: Any = "jsn"
        with pytest.raises(UnknownNameError, match="there is no format 'jsn': did you mean 'json'"):
            dumps(datasets.load(PRISON), format=form)

    def test_export_takes_the_format_of_the_suffix(self, tmp_path: Path) -> None:
        """Without a format the suffix decides; with one the suffix does not matter."""
        plan = datasets.load(PRISON)
        dump(plan, tmp_path / "plan.json")
        dump(plan, tmp_path / "plan.txt", format="json")
        written = (tmp_path / "plan.json").read_text("utf-8")
        assert (
            written == (tmp_path / "plan.txt").read_text("utf-8") == io.dumps(plan, format="json")
        )

    def test_only_a_calendar_loses(self) -> None:
        """Plan files and StratML hold the whole plan."""
        plan = datasets.load(REGION)
        lossless: tuple[WriteFormat, ...] = ("yaml", "json", "stratml")
        assert [losses(plan, format=form) for form in lossless] == [(), (), ()]

    def test_what_a_calendar_loses_is_counted(self) -> None:
        """Records without a day are counted by kind; a commitment that only starts has a day."""
        first, second = losses(datasets.load(REGION), format="ics")
        assert first.startswith("without a day, and so not written: 2 of 7 targets, ")
        assert "facts, partners, measures" in second

    def test_plan_of_days_only_loses_no_record(self) -> None:
        """A plan whose every target has a day loses none of them."""
        plan = io.loads(
            """
            schema_version: "1"
            kind: plan
            id: p
            title: P
            subject: {kind: region, id: r, name: R}
            documents: [{id: d, title: D}]
            commitments:
              - {id: a, statement: A., citation: {document: d}, starts: 2022/23}
              - {id: b, statement: B., citation: {document: d}, deadline: in 2022}
              - {id: c, statement: C., citation: {document: d},
                 parts: [{amount: 1 post, deadline: in 2022}]}
            pathways: [{id: w, name: W, citation: {document: d}}]
            """
        )
        assert len(losses(plan, format="ics")) == 1  # type: ignore[arg-type]


class TestBundledPlans:
    @pytest.mark.parametrize("name", [REGION, PRISON])
    @pytest.mark.parametrize("suffix", ["yaml", "json"])
    def test_plan_files_come_back_whole(self, convert: Convert, name: str, suffix: str) -> None:
        """A bundled plan, converted and loaded, is the same plan."""
        assert convert(name, f"plan.{suffix}").code == 0
        assert io.load(f"plan.{suffix}") == datasets.load(name)

    @pytest.mark.parametrize("name", [REGION, PRISON])
    def test_stratml_comes_back_whole(self, convert: Convert, name: str) -> None:
        """A bundled plan, converted to StratML and read again, is the same plan."""
        assert convert(name, "plan.stratml").code == 0
        assert read_stratml(Path("plan.stratml").read_text("utf-8")).plan == datasets.load(name)

    def test_one_format_leads_to_another(self, convert: Convert) -> None:
        """A plan that was converted can be converted on, and back."""
        convert(PRISON, "plan.yaml")
        convert("plan.yaml", "plan.json")
        assert convert("plan.json", "again.yaml").code == 0
        assert Path("again.yaml").read_bytes() == Path("plan.yaml").read_bytes()


class TestCommand:
    def test_the_new_file_is_reported(self, convert: Convert) -> None:
        """One line names the file and its format. Without losses no loss is reported."""
        assert convert(PRISON, "plan.json") == (
            0,
            "plan.json: written as a plan file in JSON\n",
            "",
        )

    def test_losses_are_reported(self, convert: Convert) -> None:
        """Standard error lists the parts that a calendar cannot carry."""
        ran = convert(REGION, "plan.ics")
        assert (ran.code, ran.out) == (0, "plan.ics: written as a calendar\n")
        first, second = ran.err.splitlines()
        assert first.startswith(f"{REGION}: without a day, and so not written: 2 of 7 targets, ")
        assert second.startswith(f"{REGION}: without a place in a calendar: ")

    def test_calendar_keeps_its_line_ends(self, convert: Convert) -> None:
        """The lines of the file end as the standard asks, on any system."""
        convert(REGION, "plan.ics")
        written = Path("plan.ics").read_bytes()
        assert written.startswith(b"BEGIN:VCALENDAR\r\n")
        assert written.count(b"\n") == written.count(b"\r\n")

    def test_standard_output(self, convert: Convert) -> None:
        """With - the plan itself is printed, and nothing else."""
        ran = convert(PRISON, "-", "--to", "json")
        assert ran == (0, io.dumps(datasets.load(PRISON), format="json"), "")

    def test_standard_output_needs_a_format(self, convert: Convert) -> None:
        """Standard output has no suffix, so the format has to be named."""
        ran = convert(PRISON, "-")
        assert (ran.code, ran.out) == (2, "")
        assert "name the format with --to" in ran.err

    def test_format_that_is_named_wins(self, convert: Convert) -> None:
        """With --to the suffix does not matter."""
        assert convert(PRISON, "plan.txt", "--to", "yaml").code == 0
        assert io.loads(Path("plan.txt").read_text("utf-8")) == datasets.load(PRISON)

    def test_nothing_is_overwritten_unasked(self, convert: Convert) -> None:
        """An existing file stays as it is, and the message names --force."""
        Path("plan.json").write_text("mine", "utf-8")
        ran = convert(PRISON, "plan.json")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == ("plan.json: the file exists: choose another name, or use --force\n")
        assert Path("plan.json").read_text("utf-8") == "mine"

    def test_force_overwrites(self, convert: Convert) -> None:
        """With --force the new file takes the place of the old one."""
        Path("plan.json").write_text("mine", "utf-8")
        assert convert(PRISON, "plan.json", "--force").code == 0
        assert io.load("plan.json") == datasets.load(PRISON)

    def test_plan_can_be_converted_in_place(self, convert: Convert) -> None:
        """A file may be read and overwritten at once: it is read whole before."""
        convert(PRISON, "plan.yaml")
        assert convert("plan.yaml", "plan.yaml", "--force").code == 0
        assert io.load("plan.yaml") == datasets.load(PRISON)

    def test_bad_plan_leaves_no_file(self, convert: Convert) -> None:
        """A plan with errors is refused with all of them, and no file is written."""
        Path("bad.yaml").write_text('schema_version: "1"\nkind: plan\n', "utf-8")
        ran = convert("bad.yaml", "plan.json")
        assert (ran.code, ran.out) == (2, "")
        assert "bad.yaml:1:1: " in ran.err
        assert os.listdir() == ["bad.yaml"]  # noqa: PTH208 - the current folder

    def test_folder_that_is_not_there(self, convert: Convert) -> None:
        """A file that cannot be written is named with the reason."""
        ran = convert(PRISON, "plans/plan.json")
        assert ran == (
            2,
            "",
            "plans/plan.json: the file cannot be written: no such file or directory\n",
        )

    def test_suffix_that_names_no_format(self, convert: Convert) -> None:
        """An unknown suffix is refused before anything is read."""
        ran = convert("no-such-plan", "plan.txt")
        assert ran.code == 2
        assert ran.err.startswith(
            "plan.txt: the file cannot be written: the suffix '.txt' is not that of a format"
        )

    def test_folder_is_not_overwritten(self, convert: Convert) -> None:
        """A folder cannot be overwritten, not even with --force."""
        Path("plan.json").mkdir()
        ran = convert(PRISON, "plan.json", "--force")
        assert ran.code == 2
        assert ran.err.startswith("plan.json: the file cannot be written: ")

    @pytest.mark.skipif(os.name != "posix", reason="pipes are those of POSIX")
    def test_pipe_is_not_replaced(self, convert: Convert) -> None:
        """A device or a pipe stays as it is, even with --force."""
        os.mkfifo("plan.json")
        ran = convert(PRISON, "plan.json", "--force")
        assert ran.code == 2
        assert ran.err.startswith(
            "plan.json: the file cannot be written: a device or a pipe has this name"
        )
        assert not Path("plan.json").is_file()


FOREIGN = """<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core">
<Name>A foreign plan</Name>
<StrategicPlanCore><Organization><Name>Riverside</Name><Acronym>R</Acronym></Organization>
<Goal><Name>Work</Name><Objective><Name>Jobs</Name></Objective></Goal></StrategicPlanCore>
</StrategicPlan>
"""


def test_losses_of_a_foreign_file_are_reported(convert: Convert) -> None:
    """A plan of another program is read, and standard error lists the parts without a place."""
    Path("plan.stratml").write_text(FOREIGN, encoding="utf-8")
    ran = convert("plan.stratml", "plan.yaml")
    assert ran.code == 0
    assert "plan.stratml:3: Acronym 'R' has no place, and was not read" in ran.err
    with warnings.catch_warnings(record=True) as losses:
        warnings.simplefilter("always")
        assert io.load("plan.stratml") == io.load("plan.yaml")
    assert {loss.category for loss in losses} == {LossWarning}
    assert ran.err.splitlines() == [str(loss.message) for loss in losses]


def test_only_plans_have_other_formats(tmp_path: Path) -> None:
    """A set of figures has no place in StratML or in a calendar."""
    figures = datasets.observation_set("england-and-wales")
    with pytest.raises(RecordError, match="only plans are"):
        dump(figures, tmp_path / "figures.ics")


def test_a_broken_foreign_file_is_led_back_to_its_line(tmp_path: Path) -> None:
    """Errors in a StratML file are reported with their lines, as in any other file."""
    file = tmp_path / "plan.stratml"
    file.write_text(FOREIGN.replace("</Goal>", ""), encoding="utf-8")
    with pytest.raises(LoadError, match=r"plan\.stratml:4"):
        io.load(file)
