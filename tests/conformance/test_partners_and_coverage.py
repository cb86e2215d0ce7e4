"""Who does what where in the two published plans, as worked out from the documents by hand.

The bullets of the published text are counted where it is beside the repository.
"""

from __future__ import annotations

import re

import networkx as nx
import pytest
from tests.beside import beside

from rrmodel import datasets
from rrmodel.coverage import Coverage, SchemeCoverage, coverage, coverage_through
from rrmodel.graph import (
    departure,
    missing_kinds,
    partner_graph,
    partner_list_against_chapters,
    partner_overlap,
    partners_in_several_pathways,
    reach,
    route,
    shared_pathways,
    single_points,
)
from rrmodel.model import Plan

SEED = "seeds/004_8b987886d60120c9.txt"
CHECKS = "the plan has as many partners as its published lists"

WORK, DRUGS = "training-skills-and-work", "drugs-and-alcohol"
FAMILY, SECURITY = "family-accommodation-and-readjustment", "public-security"
COMMISSIONERS, COUNCILS = "police-and-crime-commissioners", "east-midlands-local-authorities"
SEVEN_COUNCILS = (
    "leicester-city-council leicestershire-county-council derby-city-council "
    "derbyshire-county-council lincolnshire-county-council nottingham-city-council "
    "nottingham-county-council"
).split()


@pytest.fixture(scope="module")
def region() -> Plan:
    """Return the plan of the East Midlands."""
    return datasets.load("east-midlands-2022-25")


@pytest.fixture(scope="module")
def prison() -> Plan:
    """Return the regimes of HMP Leeds."""
    return datasets.load("hmp-leeds-regimes")


@pytest.fixture(scope="module")
def graph(region: Plan) -> nx.MultiGraph[str]:
    """Return the partner graph of the East Midlands."""
    return partner_graph(region)


@pytest.fixture(scope="module")
def regional_coverage(region: Plan) -> Coverage:
    """Return the coverage of the East Midlands."""
    return coverage(region)


@pytest.fixture(scope="module")
def scheme_coverage(region: Plan) -> SchemeCoverage:
    """Return the coverage of the plan of 2022 by the nine pathways of HMP Leeds."""
    schemes = datasets.pathway_schemes()
    crosswalk = schemes.crosswalk("hmp-leeds", "regional-plans-2022")
    return coverage_through(region, crosswalk, schemes)


class TestPartnersOfTheRegion:
    def test_police_and_crime_commissioners_stand_in_three_pathways_under_two_names(
        self, region: Plan, graph: nx.MultiGraph[str]
    ) -> None:
        """The chapters say "Police and crime commissioners", the list puts "Regional" before it."""
        first = partners_in_several_pathways(graph)[0]
        assert (first.partner, first.pathways) == (COMMISSIONERS, (WORK, FAMILY, SECURITY))
        (listing,) = (each for each in region.partner_list if each.partner == COMMISSIONERS)
        assert listing.named_as == "Regional police and crime commissioners"

    def test_st_giles_stands_in_two(self, graph: nx.MultiGraph[str]) -> None:
        """Once as St Giles and otherwise as St Giles Wise, it is one partner."""
        pathways = {each.partner: each.pathways for each in partners_in_several_pathways(graph)}
        assert pathways["st-giles"] == (FAMILY, SECURITY)

    def test_local_authorities_stand_in_three_as_a_group(self, graph: nx.MultiGraph[str]) -> None:
        """An activity against drugs names them, and two chapters list them."""
        pathways = {each.partner: each.pathways for each in partners_in_several_pathways(graph)}
        assert set(pathways) == {COMMISSIONERS, "st-giles", COUNCILS}
        assert pathways[COUNCILS] == (DRUGS, FAMILY, SECURITY)

    def test_each_council_stands_in_three_if_the_group_is_expanded(self, region: Plan) -> None:
        """Seven councils, named in one chapter and meant in two others."""
        expanded = partner_graph(region, groups="expand")
        partners = [each.partner for each in partners_in_several_pathways(expanded)]
        assert partners == [COMMISSIONERS, *SEVEN_COUNCILS, "st-giles"]

    def test_inclusion_health_stands_alone_and_in_a_group(self, region: Plan) -> None:
        """Its own part and that of the local health providers are two edges to one pathway."""
        expanded = partner_graph(region, groups="expand")
        parts = expanded.get_edge_data("partner:inclusion-health", f"pathway:{DRUGS}")
        assert [each.get("group") for each in parts.values()] == ["local-health-providers", None]

    def test_who_shares_more_than_one_pathway(self, graph: nx.MultiGraph[str]) -> None:
        """Family and security have three partners in common."""
        pairs = {(each.partner, each.other): each.pathways for each in shared_pathways(graph)}
        several = {pair: pathways for pair, pathways in pairs.items() if len(pathways) > 1}
        assert several == {
            (COMMISSIONERS, COUNCILS): (FAMILY, SECURITY),
            (COMMISSIONERS, "st-giles"): (FAMILY, SECURITY),
            (COUNCILS, "st-giles"): (FAMILY, SECURITY),
        }

    def test_two_partners_hold_the_plan_together(self, graph: nx.MultiGraph[str]) -> None:
        """Work depends on the commissioners, drugs on the councils."""
        assert {each.partner: each.parted for each in single_points(graph)} == {
            COMMISSIONERS: ((WORK,), (FAMILY, SECURITY)),
            COUNCILS: ((DRUGS,), (FAMILY, SECURITY)),
        }

    def test_no_single_council_holds_it_together(self, region: Plan) -> None:
        """Seven councils carry what their group carried alone."""
        departures = single_points(partner_graph(region, groups="expand"))
        assert [each.partner for each in departures] == [COMMISSIONERS]

    def test_education_reaches_treatment_by_two_bridges(self, graph: nx.MultiGraph[str]) -> None:
        """From education in prison to treatment it takes the commissioners and the councils."""
        way = route(graph, "novus", "turning-point")
        assert way is not None
        assert way.partners == ("novus", COMMISSIONERS, COUNCILS, "turning-point")
        assert way.pathways == (WORK, FAMILY, DRUGS)

    def test_kinds_that_are_missing(self, graph: nx.MultiGraph[str]) -> None:
        """Nobody from health works on jobs, families or security; no employer but on jobs."""
        missing = {each.pathway: each.missing for each in missing_kinds(graph)}
        assert missing == {
            WORK: ("local_authority", "health", "voluntary"),
            DRUGS: ("commissioned", "employer", "community"),
            FAMILY: ("health", "employer"),
            SECURITY: ("health", "voluntary", "employer", "community"),
        }

    def test_the_list_of_partners_against_the_chapters(self, region: Plan) -> None:
        """Of twenty on the list two are nowhere else, one only in an achievement."""
        groups = partner_list_against_chapters(region)
        assert len(groups.listed_and_used) == 17
        assert groups.listed_and_mentioned == ("nhs",)
        assert groups.listed_and_never_used == (
            "local-authority-housing-services",
            "local-authority-health-services",
        )

    def test_most_partners_of_the_chapters_are_not_on_the_list(self, region: Plan) -> None:
        """Fifteen on work (ten employers), eleven on drugs, six on families, none on security."""
        unlisted = set(partner_list_against_chapters(region).used_and_never_listed)
        assert len(unlisted) == 15 + 11 + 6
        named = {
            pathway.id: unlisted & {part.partner for part in pathway.partnerships}
            for pathway in region
        }
        assert {name: len(each) for name, each in named.items()} == {
            WORK: 15,
            DRUGS: 11,
            FAMILY: 6,
            SECURITY: 1,
        }
        assert named[SECURITY] == {COUNCILS}

    def test_the_bullets_of_the_published_text(self, region: Plan) -> None:
        """The chapters list 8, 6, 5 and 8 important partners, and the list has 20 lines."""
        text = beside(SEED, checks=CHECKS).read_text("utf-8")
        headings = "Important partners in this work|Our partners"
        blocks = re.findall(rf"\n(?:{headings})\n\n((?:- .+\n)+)", text)
        assert [len(block.splitlines()) for block in blocks] == [8, 6, 5, 8, 20]
        assert len(region.partner_list) == 20
        cited = [
            len(
                {
                    part.citation.item
                    for part in pathway.partnerships
                    if "Important partners" in str(part.citation.section)
                }
            )
            for pathway in region
        ]
        assert cited == [8, 6, 5, 8]


class TestPartnersOfThePrison:
    def test_the_health_provider_stands_in_three_pathways_under_two_names(
        self, prison: Plan
    ) -> None:
        """Leeds Community Health Trust in item 3 is Leeds Community Healthcare in 4 and 5."""
        partners = partners_in_several_pathways(partner_graph(prison))
        assert [(each.name, len(each.pathways)) for each in partners] == [
            ("Leeds Community Healthcare", 3),
            ("Lifeline", 2),
        ]

    def test_three_pathways_have_no_partner(self, prison: Plan) -> None:
        """Items 2, 7 and 8 name nobody."""
        assert coverage(prison).without("partners") == (
            "education-training-and-employment",
            "children-and-families-of-offenders",
            "attitudes-and-thinking-behaviour",
        )

    def test_three_pathways_hang_on_one_partner(self, prison: Plan) -> None:
        """Shelter, the health provider and the voluntary sector are alone in theirs."""
        departures = single_points(partner_graph(prison))
        assert {each.partner: each.left_empty for each in departures} == {
            "voluntary-and-community-sector-partners": ("voluntary-sector-involvement",),
            "shelter": ("accommodation",),
            "leeds-community-healthcare": ("mental-and-physical-health",),
        }

    def test_advice_on_money_is_shared_by_two(self, prison: Plan) -> None:
        """CAB and JC: neither is the only one, and they reach nobody else."""
        graph = partner_graph(prison)
        assert not departure(graph, "jobcentre").is_single_point
        assert [each.partners[-1] for each in reach(graph, "jobcentre")] == [
            "citizens-advice-bureau"
        ]

    def test_the_two_plans_have_no_partner_in_common(self, region: Plan, prison: Plan) -> None:
        """Another part of the country and other years."""
        overlap = partner_overlap(region, prison)
        assert (overlap.shared, overlap.share) == ((), 0)


class TestCoverageOfTheRegion:
    def test_the_table(self, regional_coverage: Coverage) -> None:
        """Needs, context, objectives, activities, partners, targets, measured, deadlines."""
        assert {row.pathway: tuple(row.counts().values()) for row in regional_coverage} == {
            WORK: (1, 4, 6, 6, 19, 2, 2, 5),
            DRUGS: (3, 0, 6, 6, 19, 2, 0, 2),
            FAMILY: (2, 5, 5, 6, 9, 2, 2, 7),
            SECURITY: (0, 3, 6, 5, 8, 1, 1, 1),
        }

    @pytest.mark.parametrize(
        ("share", "of", "pathway", "measures"),
        [
            (45, "employment", WORK, 2),
            (34, "accommodation", FAMILY, 2),
            (39, "accommodation", FAMILY, 2),
            (29, "accommodation", FAMILY, 2),
            (32, "drug misuse", DRUGS, 0),
            (22, "alcohol misuse", DRUGS, 0),
        ],
    )
    def test_needs_with_a_published_share(
        self, regional_coverage: Coverage, share: int, of: str, pathway: str, measures: int
    ) -> None:
        """Jobs and homes are measured; drugs and alcohol, which a third need help with, are not."""
        needs = [
            need
            for need in regional_coverage.needs
            if need.share is not None and need.share.value == share and of in need.of
        ]
        assert needs
        for need in needs:
            assert need.pathways == (pathway,)
            assert len(need.measures) == measures
            assert need.objectives
            assert need.activities

    def test_no_published_need_is_without_a_pathway(self, regional_coverage: Coverage) -> None:
        """Every need of the profile is dealt with somewhere."""
        assert all(need.pathways for need in regional_coverage.needs)

    def test_what_is_left_open(self, regional_coverage: Coverage) -> None:
        """No measure against drugs, no need stated for security, six objectives unserved."""
        assert [(gap.pathway, gap.missing, gap.of) for gap in regional_coverage.gaps] == [
            (DRUGS, "context", None),
            (DRUGS, "measured_targets", None),
            (DRUGS, "activity_for_objective", "fewer-deaths"),
            (DRUGS, "activity_for_objective", "homes-and-jobs-with-treatment"),
            (FAMILY, "activity_for_objective", "young-adults-and-care-experience"),
            (SECURITY, "needs", None),
            (SECURITY, "activity_for_objective", "insight-from-women"),
            (SECURITY, "activity_for_objective", "estate-expansion"),
            (SECURITY, "activity_for_objective", "security-technology"),
        ]


class TestTheRegionThroughNinePathways:
    def test_one_has_no_objective_and_no_target(self, scheme_coverage: SchemeCoverage) -> None:
        """The voluntary sector is a kind of partner and no need."""
        assert scheme_coverage.without("objectives") == ("voluntary-sector-involvement",)
        assert scheme_coverage.without("targets") == ("voluntary-sector-involvement",)

    def test_four_have_no_measured_target(self, scheme_coverage: SchemeCoverage) -> None:
        """The two entries under targets against drugs have no number, so health has none either."""
        assert scheme_coverage.without("measured_targets") == (
            "mental-and-physical-health",
            "drug-and-alcohol-misuse-recovery-wing",
            "drug-and-alcohol-misuse-substitute-prescribing",
            "voluntary-sector-involvement",
        )

    def test_strength_part_and_reason_are_kept(self, scheme_coverage: SchemeCoverage) -> None:
        """Each of the nine says how it corresponds, and why."""
        kept = [
            (each.strength, each.part) for row in scheme_coverage for each in row.correspondences
        ]
        assert kept == [
            ("exact", True),
            ("exact", False),
            ("related", False),
            ("exact", False),
            ("exact", False),
            ("narrow", False),
            ("exact", True),
            ("related", False),
            (None, False),
        ]
        assert all(each.reason for row in scheme_coverage for each in row.correspondences)

    def test_by_close_correspondences_four_have_nothing(self, region: Plan) -> None:
        """Health, finance and attitudes have no pathway of their own in 2022."""
        schemes = datasets.pathway_schemes()
        close_coverage = coverage_through(
            region, schemes.crosswalks[-1], schemes, strengths=["exact", "close"]
        )
        assert close_coverage.without("objectives") == (
            "mental-and-physical-health",
            "finance-benefit-and-debt",
            "attitudes-and-thinking-behaviour",
            "voluntary-sector-involvement",
        )


def test_the_prison_has_no_target_and_six_pathways_with_an_objective(prison: Plan) -> None:
    """An older plan of another kind: items 3, 4 and 5 say no aim, and nothing has a number."""
    prison_coverage = coverage(prison)
    assert len(prison_coverage.without("targets")) == 9
    assert prison_coverage.without("objectives") == (
        "mental-and-physical-health",
        "drug-and-alcohol-misuse-recovery-wing",
        "drug-and-alcohol-misuse-substitute-prescribing",
    )
