"""The commands that ask the partner graph and measure coverage."""

from __future__ import annotations

import json
from pathlib import Path

import click
import networkx as nx
import pytest

from rrmodel.cli._answer import Answer
from rrmodel.cli._commands import _program
from rrmodel.errors import DumpError, UnknownNameError

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


def answer(*words: str) -> str:
    """Return the text that a command prints."""
    answered = _program.main(list(words), standalone_mode=False)
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
    def test_the_text_sums_up_the_graph(self) -> None:
        """Partners of each pathway, missing kinds, and the first names of each list."""
        text = answer("graph", REGION)
        assert "59 partners · 4 pathways · 59 links\n" in text
        lines = [" ".join(line.split()) for line in text.splitlines()]
        assert "Training, skills and work 19 local authority, health and voluntary" in lines
        assert "Single points of dependence 2 Police and crime commissioners; East" in lines
        assert "Network; GXO Logistics and 29 more" in lines
        assert lines[-1] == (
            "For all names and the reasons, use --list: several-pathways, single-points, unused, "
            "unlisted."
        )

    def test_lists_are_printed_on_request(self) -> None:
        """``--list`` prints all names of a list, and the reasons where there are some."""
        lists = ("several-pathways", "single-points", "unlisted")
        text = answer("graph", REGION, *(word for name in lists for word in ("--list", name)))
        assert "- St Giles: 'Family, accommodation and readjustment to society' and 'Public" in text
        assert "- East Midlands local authorities: no other partner joins 'Drugs and" in text
        assert "\n- Violence Reduction Network\n- New Futures Network\n" in text
        assert text.endswith("\nFor all names and the reasons, use --list: unused.\n")
        every = answer("graph", PRISON, "--list", "several-pathways", "--list", "single-points")
        assert "--list" not in every

    def test_without_a_partner_list_no_partner_is_unlisted(self) -> None:
        """HMP Leeds has no partner list, so no partner is missing from it."""
        text = answer("graph", PRISON, "--list", "single-points")
        assert "Shelter: no other partner works in 'Accommodation'\n" in text
        assert "unlisted" not in text

    def test_several_plans_make_one_graph(self) -> None:
        """The text begins with both titles, and the pathways of both plans stay distinct."""
        text = answer("graph", REGION, PRISON)
        assert "71 partners · 13 pathways · 78 links\n" in text
        graph = nx.parse_graphml(answer("graph", REGION, PRISON, "--format", "graphml"))
        assert "pathway:hmp-leeds-regimes/accommodation" in graph

    def test_groups_may_be_expanded(self) -> None:
        """Members replace their group."""
        text = answer("graph", REGION, "--groups", "expand", "--list", "several-pathways")
        assert "- Leicester City Council: " in text
        assert "- East Midlands local authorities: " not in text

    def test_the_graph_is_written_for_other_tools(self) -> None:
        """The partner graph, or the graph of the whole plan."""
        assert answer("graph", PRISON, "--format", "dot").startswith("graph ")
        everything = answer("graph", PRISON, "--format", "dot", "--everything")
        assert everything.startswith("digraph ")

    def test_pathways_and_kinds_may_be_chosen(self) -> None:
        """The text says so, and misses only kinds that were chosen."""
        text = answer("graph", PRISON, "--pathway", "accommodation", "--kind", "voluntary")
        assert (
            "\nOnly these are considered: pathway accommodation and voluntary partners.\n" in text
        )
        assert "4 partners · 1 pathway · 2 links\n" in text
        lines = [" ".join(line.split()) for line in text.splitlines()]
        assert "Accommodation 1 –" in lines
        assert lines[-1] == "For all names and the reasons, use --list: single-points."
        table = answer(
            "graph", PRISON, REGION, "--pathway", f"{PRISON}/accommodation", "--format", "csv"
        )
        assert {line.split(",")[4] for line in table.splitlines()[1:]} == {
            f"{PRISON}/accommodation"
        }

    def test_a_chart_has_the_chosen_pathways(self, tmp_path: Path) -> None:
        """The chart of one plan names its pathways by their own ids."""
        path = tmp_path / "partners.json"
        answer("graph", PRISON, "--pathway", "accommodation", "--chart", str(path))
        drawn = path.read_text("utf-8")
        assert "Accommodation" in drawn
        assert "Attitudes" not in drawn
        with pytest.raises(UnknownNameError, match="no pathway 'accommodatio': did you mean"):
            answer("graph", PRISON, "--pathway", "accommodatio", "--chart", str(path))

    def test_lists_about_the_whole_plan_take_no_choice(self) -> None:
        """The partner list names partners of all kinds, for all pathways."""
        with pytest.raises(click.UsageError, match="--list unused is about the whole plan: omit"):
            answer("graph", REGION, "--kind", "health", "--list", "unused")
        with pytest.raises(click.UsageError, match="neither --pathway nor --kind"):
            answer("graph", PRISON, "--kind", "health", "--everything", "--format", "dot")

    @pytest.mark.parametrize("words", [[PRISON], [PRISON, REGION, "--format", "dot"]])
    def test_everything_is_one_plan_in_a_format(self, words: list[str]) -> None:
        """The whole plan has no text, and several whole plans have no graph."""
        with pytest.raises(click.UsageError, match="one plan and a --format"):
            answer("graph", *words, "--everything")


class TestCoverage:
    def test_the_text_counts_the_parts_of_each_pathway(self) -> None:
        """Each pathway has a line with its counts, and a list of what is missing."""
        text = answer("coverage", REGION)
        assert "4 pathways, 9 gaps. Filled cells: 29 of 32. Objectives without an activity:" in text
        lines = [line.split() for line in text.splitlines()]
        assert ["Training,", "skills", "and", "work", *"1 6 6 19 2 of 2 5 0".split()] in lines
        part = "\nA target with a measure, so that figures can decide it\n"
        assert f"{part}- Drugs and alcohol addiction\n" in text
        served = "\nAn activity that serves the objective\n- Drugs and alcohol addiction: Reduce "
        assert served in text
        assert "employment need" not in text

    def test_needs_are_listed_on_request(self) -> None:
        """``--needs`` lists the needs of each pathway, with the reason for their place."""
        text = answer("coverage", REGION, "--needs")
        assert "- 39% prison leavers with an accommodation need\n" in text
        assert "with an employment need (no other pathway mentions 'employment')" in text
        assert "\nNeeds\n" not in answer("coverage", PRISON, "--needs")

    def test_needs_that_no_pathway_deals_with_come_last(self, northern: str) -> None:
        """A need without a home is named by its id."""
        text = answer("coverage", northern)
        assert text.endswith("\nA pathway that names the need\n- gambling\n")

    def test_each_objective_without_an_activity_is_listed(self, northern: str) -> None:
        """Also where every pathway has just one; what the pathways themselves lack is one line."""
        cited = "citation: {document: d}"
        parts = [
            f"  - {{id: {each}, name: {each}, {cited}, objectives: [{{id: aim-{each}, "
            f"statement: Improve {each}., {cited}}}]}}\n"
            for each in ("jobs", "health")
        ]
        Path(northern).write_text(PLAN.partition("  - {id: homes")[0] + "".join(parts), "utf-8")
        text = answer("coverage", northern)
        assert (
            "\nAn activity that serves the objective\n"
            "- jobs: Improve jobs.\n"
            "- health: Improve health.\n"
        ) in text
        assert "\nA target\n- all 2 pathways\n" in text

    def test_pathways_of_one_name_are_told_apart(self) -> None:
        """Both have the end of their ids, in tables and lists; what all lack is one line."""
        text = answer("coverage", PRISON)
        assert "\nA target\n- all 9 pathways\n" in text
        for end in ("recovery-wing", "substitute-prescribing"):
            assert f"\n({end})" in text
            assert f"\n- Drug & Alcohol Misuse ({end})\n" in text
            assert f"({end})" in answer("graph", PRISON)
            assert f"\nDrug & Alcohol Misuse ({end})\n" in answer("show", PRISON)

    def test_a_plan_is_mapped_to_another_scheme(self) -> None:
        """Each pathway of the other scheme has its counts, or upper bounds, and the reason."""
        text = answer("coverage", REGION, "--through", "hmp-leeds")
        assert (
            "Mapped to: Nine pathways of HMP Leeds\n9 pathways. Filled cells: 57 of 72.\n" in text
        )
        lines = [line.split() for line in text.splitlines()]
        assert ["Accommodation", "*", *"2 5 6 9 2 of 2 7".split()] in lines
        assert "\n* At most: some of what is counted may not belong to this pathway.\n" in text
        assert "- exact, in part: Accommodation is named in the theme" in text
        assert "- none: The voluntary sector is a kind of partner" in text

    def test_the_way_of_the_crosswalk_does_not_matter(self) -> None:
        """A crosswalk is used in either direction."""
        text = answer("coverage", PRISON, "--through", "regional-plans-2022")
        assert "\nTraining, skills and work" in text

    def test_schemes_that_nothing_joins_are_refused(self, northern: str) -> None:
        """The error offers the schemes that the plan's is joined to."""
        with pytest.raises(UnknownNameError, match="did you mean 'hmp-leeds'"):
            answer("coverage", REGION, "--through", "leeds")
        with pytest.raises(UnknownNameError, match="there are none"):
            answer("coverage", northern, "--through", "hmp-leeds")

    @pytest.mark.parametrize(
        ("ending", "start"),
        [(".svg", b"<svg "), (".png", b"\x89PNG"), (".HTML", b"<!DOCTYPE html>"), (".json", b"{")],
    )
    def test_a_chart_is_saved_by_the_ending_of_its_file(
        self, northern: str, tmp_path: Path, ending: str, start: bytes
    ) -> None:
        """Both commands save SVG, PNG, a page or Vega-Lite, and say so."""
        for command in ("coverage", "graph"):
            path = tmp_path / f"{command}{ending}"
            assert answer(command, northern, "--chart", str(path)) == f"{path}: chart saved\n"
            assert path.read_bytes().startswith(start)

    def test_a_page_needs_no_network(self, northern: str, tmp_path: Path) -> None:
        """It has its scripts in it."""
        path = tmp_path / "coverage.html"
        answer("coverage", northern, "--chart", str(path))
        assert "<script src=" not in path.read_text("utf-8")

    def test_a_chart_and_a_format_are_not_both_given(self, northern: str, tmp_path: Path) -> None:
        """Neither is ignored in silence, whichever comes first."""
        chart = ["--chart", str(tmp_path / "c.svg")]
        for command in ("coverage", "graph"):
            for words in ([*chart, "--format", "text"], ["--format", "text", *chart]):
                with pytest.raises(click.UsageError, match="give --chart or --format, not both"):
                    answer(command, northern, *words)
        assert not (tmp_path / "c.svg").exists()

    def test_a_chart_that_cannot_be_saved_names_its_file(
        self, northern: str, tmp_path: Path
    ) -> None:
        """A folder that is missing is named, and nothing is left behind."""
        path = tmp_path / "none" / "c.png"
        with pytest.raises(DumpError, match=r"c\.png: the file cannot be written: no such file"):
            answer("coverage", northern, "--chart", str(path))
        assert not path.parent.exists()

    def test_another_ending_is_refused(self, northern: str) -> None:
        """The message lists the endings that there are."""
        with pytest.raises(click.BadParameter, match=r"'c\.gif' does not end in \.svg, \.png"):
            answer("coverage", northern, "--chart", "c.gif")

    def test_machines_get_json(self, northern: str) -> None:
        """The document has every count, need and gap, and null for unknown values."""
        printed = json.loads(answer("coverage", northern, "--format", "json"))
        assert printed["pathways"][0]["counts"]["targets"] == 0
        assert printed["needs"] == [
            {
                "id": "gambling",
                "of": "Gambling is a need.",
                "share": None,
                "share_value": None,
                "stated_in": None,
                "pathways": [],
                "reason": "no word of it is used in one pathway only",
                "objectives": [],
                "activities": [],
                "targets": [],
                "measures": [],
                "objectives_count": 0,
                "activities_count": 0,
                "targets_count": 0,
                "measures_count": 0,
            }
        ]
        assert printed["gaps"][-1]["missing"] == "pathway_for_need"
        region = json.loads(answer("coverage", REGION, "--format", "json"))
        assert region["needs"][0]["share"] == "45%"

    def test_machines_get_the_view_through_a_scheme(self) -> None:
        """Strength, part and reason are kept."""
        words = (REGION, "--through", "hmp-leeds", "--format", "json")
        printed = json.loads(answer("coverage", *words))
        assert printed["scheme"] == "hmp-leeds"
        first = printed["pathways"][0]
        assert first["is_upper_bound"]
        assert first["pathways"] == ["family-accommodation-and-readjustment"]
        assert first["correspondences"][0]["part"]
