"""Completion of commands in bash and zsh."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sysconfig
import time
from pathlib import Path

import pytest
from click.shell_completion import BashComplete, ShellComplete

from rrmodel import datasets
from rrmodel.cli._commands import _program
from rrmodel.evaluation import Status

pty = pytest.importorskip("pty", reason="only POSIX systems have terminals to type on")

LONGEST = 60
"""Seconds to wait for a shell."""
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], ""),
    "zsh": (["zsh", "-f", "-i"], "autoload -U compinit; compinit -u -D; "),
}
REGION = "east-midlands-2022-25"


@pytest.fixture(
    params=[
        pytest.param(
            shell,
            marks=pytest.mark.skipif(
                shutil.which(shell) is None, reason=f"{shell} is not installed"
            ),
        )
        for shell in SHELLS
    ]
)
def shell(request: pytest.FixtureRequest) -> str:
    """Return the name of a shell that is installed."""
    return str(request.param)


def typed(shell: str, home: Path, line: str) -> list[str]:
    """Return the words of a line in a shell's terminal after the tab key was pressed."""
    start, setup = SHELLS[shell]
    # control-a goes to the start of the line, where a command is put that prints its words
    keys = (
        f'{setup}eval "$(_RRMODEL_COMPLETE={shell}_source rrmodel)"\n{line}\t\x01printf "<%s>" \n'
    )
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: S603  a shell and our own words
        start,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=home,
        env={
            "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]),
            "HOME": str(home),
            "HISTFILE": os.devnull,
            "TERM": "dumb",
            "LC_ALL": "C",
        },
        start_new_session=True,
    )
    try:
        os.write(ours, keys.encode())
        printed, deadline = "", time.monotonic() + LONGEST
        while not (answer := re.search(r"^((?:<[^<>\n]+>)+)", printed, re.MULTILINE)):
            ready, _, _ = select.select([ours], [], [], deadline - time.monotonic())
            assert ready, f"{shell} printed no words but {printed!r}"
            printed += os.read(ours, 4096).decode()
    finally:
        process.kill()
        process.wait()
        os.close(ours)
        os.close(theirs)
    return answer[1].strip("<>").split("><")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("rrmodel ev", ["evaluate"], id="command"),
        pytest.param("rrmodel show e", ["show", REGION], id="plan"),
        pytest.param("rrmodel show my", ["show", "my-plan.yaml"], id="file"),
        pytest.param("rrmodel graph -", ["graph", "-"], id="option"),
        pytest.param("rrmodel show --format j", ["show", "--format", "json"], id="format"),
        pytest.param(
            f"rrmodel evaluate {REGION} --policy tr",
            ["evaluate", REGION, "--policy", "traffic-light"],
            id="policy",
        ),
        pytest.param(
            f"rrmodel evaluate {REGION} --area Engl",
            ["evaluate", REGION, "--area", "England and Wales"],
            id="area",
        ),
    ],
)
def test_the_tab_key_completes(shell: str, tmp_path: Path, line: str, words: list[str]) -> None:
    """A line that is typed in a real shell is completed, its special characters escaped."""
    (tmp_path / "my-plan.yaml").touch()
    assert typed(shell, tmp_path, line) == ["rrmodel", *words]


def offered(*words: str) -> list[tuple[str, str]]:
    """Return the kind and the text of each completion of the last word."""
    *before, last = words
    completion = ShellComplete(_program, {}, "rrmodel", "_RRMODEL_COMPLETE")
    return [(item.type, item.value) for item in completion.get_completions(before, last)]


def plain(*words: str) -> list[str]:
    """Return the texts that a shell inserts, without files."""
    return [text for kind, text in offered(*words) if kind == "plain"]


class TestOffers:
    """The words that are offered, in any shell."""

    @pytest.mark.parametrize("command", ["check", "convert", "coverage", "graph", "show"])
    def test_plans_are_bundled_names_or_files(self, command: str) -> None:
        """Files come before names, because bash forgets the words before a request for files."""
        assert offered(command, "") == [
            ("file", ""),
            *(("plain", name) for name in (*datasets.names(), *datasets.made_up_plans())),
        ]
        assert offered(command, "hmp") == [("file", "hmp"), ("plain", "hmp-leeds-regimes")]

    @pytest.mark.parametrize("command", ["check", "evaluate"])
    def test_sets_are_bundled_names_or_files(self, command: str) -> None:
        """A set of figures is named or is a file."""
        offers = offered(command, REGION, "--observations", "")
        assert offers == [
            ("file", ""),
            *(("plain", name) for name in datasets.observation_sets()),
            ("plain", "made-up-figures-under-way"),
        ]

    def test_targets_measures_and_pathways_are_those_of_the_plan(self) -> None:
        """Ids are offered for the plan on the line; without a plan, the bundled measures."""
        assert plain("forecast", "hmp-leeds-regimes", "--target", "") == []
        assert plain("forecast", "nowhere.yaml", "--target", "") == []
        chart = ("chart", "areas", "made-up-plan-under-way", "areas.svg")
        assert plain(*chart, "--measure", "fellmoor-r") == ["fellmoor-recalls"]
        assert plain("chart", "target", "made-up-plan-under-way", "a.svg", "--target", "occ") == [
            "occupancy"
        ]
        assert plain("figures", "--measure", "housed") == ["housed-on-release"]
        assert plain("graph", "hmp-leeds-regimes", "--pathway", "acc") == ["accommodation"]

    def test_areas_are_those_of_the_plan(self) -> None:
        """The areas that have figures for the plan, from the sets that were named before."""
        assert plain("evaluate", REGION, "--area", "E") == ["East Midlands", "England and Wales"]
        chosen = ("--observations", "local-areas")
        assert plain("evaluate", REGION, *chosen, "--area", "") == []
        assert plain("evaluate", "--area", "") == []

    def test_a_plan_that_cannot_be_read_offers_no_areas(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The line that is being typed is not disturbed by messages."""
        assert plain("evaluate", str(tmp_path / "plan.yaml"), "--area", "") == []
        assert capsys.readouterr() == ("", "")

    def test_lists_are_completed_word_by_word(self) -> None:
        """After a comma the next word is completed, and the first ones are kept."""
        assert plain("evaluate", REGION, "--fail-on", "missed,met_") == ["missed,met_late"]
        assert plain("evaluate", REGION, "--fail-on", "") == [status.value for status in Status]
        assert plain("check", REGION, "--select", "RRT001,RRD00")[0] == "RRT001,RRD001"
        assert plain("check", REGION, "--ignore", "RRT00")[0] == "RRT001"

    def test_schemes_are_the_bundled_ones(self) -> None:
        """A scheme is completed by its id."""
        assert plain("coverage", REGION, "--through", "hmp") == ["hmp-leeds"]

    def test_a_misspelt_command_offers_the_commands(self) -> None:
        """The error is reported when the command runs, not while it is typed."""
        assert plain("evalute", "") == plain("")

    def test_bash_gets_its_words_escaped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Bash inserts a word as it is, and its script takes one backslash of two away."""
        monkeypatch.setenv("_RRMODEL_COMPLETE", "bash_complete")
        completion = BashComplete(_program, {}, "rrmodel", "_RRMODEL_COMPLETE")
        (area,) = completion.get_completions(["evaluate", REGION, "--area"], "England and")
        assert area.value == r"England\\ and\\ Wales"
