"""The commands that ask the partner graph and measure coverage."""

from __future__ import annotations

import json
from pathlib import Path

import click
import networkx as nx
import pytest

from rrmodel import datasets
from rrmodel.cli._answer import Answer
from rrmodel.cli._coverage_command import coverage_command
from rrmodel.cli._graph_command import graph_command
from rrmodel.coverage import coverage
from rrmodel.errors import UnknownNameError
from rrmodel.reporting import coverage_picture, partner_picture

REGION, PRISON = "east-midlands-2022-25", "hmp-leeds-regimes"

PLAN = """
schema_version: "1"
kind: plan
id: northern
title: The Northern Plan
subject: {kind: region, id: north, name: The North}
documents: [{id: d, title: The plan as published}]
profile:
  - {id: gambling, kind: need, statement: Gambling is a need., citation: {document: d}}
pathways:
  - {id: homes, name: Homes, citation: {document: d, section: Homes}}
"""


def answer(command: click.Command, *words: str) -> str:
    """Return what a command prints."""
    answered = command.main(list(words), standalone_mode=False)
    assert isinstance(answered, Answer)
    assert answered.code == 0
    return answered.text


@pytest.fixture
def northern(tmp_path: Path) -> str:
    """Return the path of a plan with one empty pathway."""
    path = tmp_path / "northern.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return str(path)


class TestGraph:
    def test_the_answers_are_said_in_words(self) -> None:
        """Who is where, on whom a pathway hangs, which kinds are missing, who is unlisted."""
        text = answer(graph_command, REGION)
        assert "59 partners · 4 pathways · 59 links\n" in text
        assert "- St Giles: 'Family, accommodation and readjustment to society' and 'Public" in text
        assert "- East Midlands local authorities: no other partner joins 'Drugs and" in text
        assert "- Training, skills and work: local authority, health and voluntary\n" in text
        assert "Listed, unused    NHS; Local authority housing services; Local authority" in text
        assert "\nUsed, unlisted    Violence Reduction Network; New Futures Network;" in text

    def test_a_plan_without_a_list_leaves_nobody_out(self) -> None:
        """HMP Leeds lists no partners, so that none is missing from its list."""
        text = answer(graph_command, PRISON)
        assert "Shelter: no other partner works in 'Accommodation'\n" in text
        assert "unlisted" not in text

    def test_several_plans_make_one_graph(self) -> None:
        """Both titles stand above the answers, and pathways are told apart."""
        text = answer(graph_command, REGION, PRISON)
        assert "71 partners · 13 pathways · 78 links\n" in text
        graph = nx.parse_graphml(answer(graph_command, REGION, PRISON, "--format", "graphml"))
        assert "pathway:hmp-leeds-regimes/accommodation" in graph

    def test_groups_may_be_expanded(self) -> None:
        """Members stand in place of their group."""
        text = answer(graph_command, REGION, "--groups", "expand")
        assert "- Leicester City Council: " in text
        assert "- East Midlands local authorities: " not in text

    def test_the_graph_is_written_for_other_tools(self) -> None:
        """The partner graph, or everything that a plan holds."""
        assert answer(graph_command, PRISON, "--format", "dot").startswith("graph ")
        everything = answer(graph_command, PRISON, "--format", "dot", "--everything")
        assert everything.startswith("digraph ")

    @pytest.mark.parametrize("words", [[PRISON], [PRISON, REGION, "--format", "dot"]])
    def test_everything_is_one_plan_in_a_format(self, words: list[str]) -> None:
        """There is no text of everything, and no graph of everything in several plans."""
        with pytest.raises(click.UsageError, match="one plan and a --format"):
            answer(graph_command, *words, "--everything")


class TestCoverage:
    def test_what_a_plan_covers_is_said_in_words(self) -> None:
        """Counts, needs and what would close the gaps, pathway by pathway."""
        text = answer(coverage_command, REGION)
        assert "4 pathways · 9 gaps\n" in text
        assert "- 39% prison leavers with an accommodation need\n" in text
        assert "with an employment need (only there one speaks of 'employment')" in text
        assert "- a target with a measure, so that figures can decide it\n" in text
        assert "- an activity that serves it: The estate grows and so holds more.\n" in text

    def test_needs_that_no_pathway_deals_with_come_last(self, northern: str) -> None:
        """A need without a home is named by its id."""
        text = answer(coverage_command, northern)
        assert text.endswith("\nGaps      - a pathway that names the need: gambling\n")

    def test_a_plan_is_seen_through_another_scheme(self) -> None:
        """Each pathway there says what it holds at most, and why."""
        text = answer(coverage_command, REGION, "--through", "hmp-leeds")
        assert "Mapped to: Nine pathways of HMP Leeds\n" in text
        assert "Contents  at most 2 needs, 5 context facts, 5 objectives" in text
        assert "- exact, in part: Accommodation is named in the theme" in text
        assert "- none: The voluntary sector is a kind of partner" in text

    def test_the_way_of_the_crosswalk_does_not_matter(self) -> None:
        """A plan of the scheme that is mapped is seen through the scheme it is mapped onto."""
        text = answer(coverage_command, PRISON, "--through", "regional-plans-2022")
        assert "\nTraining, skills and work\n" in text

    def test_schemes_that_nothing_joins_are_refused(self, northern: str) -> None:
        """The error offers the schemes that the plan's is joined to."""
        with pytest.raises(UnknownNameError, match="did you mean 'hmp-leeds'"):
            answer(coverage_command, REGION, "--through", "leeds")
        with pytest.raises(UnknownNameError, match="there are none"):
            answer(coverage_command, northern, "--through", "hmp-leeds")

    def test_a_picture_is_drawn_of_both(self) -> None:
        """The pictures are those that a notebook shows."""
        plan = datasets.load(REGION)
        assert answer(coverage_command, REGION, "--format", "svg") == (
            coverage_picture(coverage(plan)).svg
        )
        assert answer(graph_command, REGION, "--format", "svg") == partner_picture(plan).svg

    def test_machines_get_json(self, northern: str) -> None:
        """Every count, need and gap, with null for what is not known."""
        found = json.loads(answer(coverage_command, northern, "--format", "json"))
        assert found["pathways"][0]["counts"]["targets"] == 0
        assert found["needs"] == [
            {
                "id": "gambling",
                "of": "Gambling is a need.",
                "share": None,
                "stated_in": None,
                "pathways": [],
                "because": "no pathway alone uses a word of it",
                "objectives": [],
                "activities": [],
                "targets": [],
                "measures": [],
            }
        ]
        assert found["gaps"][-1]["missing"] == "pathway_for_need"
        region = json.loads(answer(coverage_command, REGION, "--format", "json"))
        assert region["needs"][0]["share"] == "45%"

    def test_machines_get_the_view_through_a_scheme(self) -> None:
        """Strength, part and reason are kept."""
        words = (REGION, "--through", "hmp-leeds", "--format", "json")
        found = json.loads(answer(coverage_command, *words))
        assert found["scheme"] == "hmp-leeds"
        first = found["pathways"][0]
        assert first["is_upper_bound"]
        assert first["pathways"] == ["family-accommodation-and-readjustment"]
        assert first["correspondences"][0]["part"]
