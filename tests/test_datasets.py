from __future__ import annotations

import pytest

from rrmodel import Status, datasets, evaluate_plan, io
from rrmodel.checks import Severity, check
from rrmodel.errors import UnknownNameError
from rrmodel.model import Correspondence, ObservationSet, PathwaySchemes, Plan

FAMILY = "family-accommodation-and-readjustment"


class TestNames:
    def test_plans_are_named_in_order(self) -> None:
        """Two plans are bundled."""
        assert datasets.names() == ("east-midlands-2022-25", "hmp-leeds-regimes")

    def test_sets_are_named_in_order(self) -> None:
        """Seven sets of figures are bundled."""
        assert datasets.observation_sets() == (
            "accommodation-on-release",
            "accredited-programmes",
            "continuity-of-care",
            "east-midlands",
            "england-and-wales",
            "local-areas",
            "service-levels",
        )


class TestMadeUp:
    """The made-up plan and its figures are listed apart, and say what they are."""

    def test_they_are_listed_apart(self) -> None:
        """No published plan or set is among the made-up ones, and the other way round."""
        assert datasets.made_up_plans() == ("made-up-plan-under-way",)
        assert datasets.made_up_observation_sets() == ("made-up-figures-under-way",)
        assert not {*datasets.made_up_plans()} & {*datasets.names()}
        assert not {*datasets.made_up_observation_sets()} & {*datasets.observation_sets()}

    def test_titles_and_citations_say_so(self) -> None:
        """Every title begins with the words, and every citation names a made-up document."""
        for record in (
            *map(datasets.load, datasets.made_up_plans()),
            *map(datasets.observation_set, datasets.made_up_observation_sets()),
        ):
            assert record.title.startswith("Made up: ")
            assert record.documents
            assert all(document.title.startswith("Made up: ") for document in record.documents)
            assert all(document.id.startswith("made-up-") for document in record.documents)
            assert io.loads(io.dumps(record, format="json"), format="json") == record

    def test_no_published_figure_shares_its_measures_or_areas(self) -> None:
        """Made-up and published figures cannot be mixed up in one assessment."""
        made_up = datasets.observation_set("made-up-figures-under-way")
        published = [
            figure for name in datasets.observation_sets() for figure in datasets.observations(name)
        ]
        for field in ("measure", "area"):
            ours = {getattr(figure, field) for figure in made_up.observations}
            assert not ours & {getattr(figure, field) for figure in published}

    def test_its_targets_have_every_status(self) -> None:
        """On one day the plan under way shows every status that there is."""
        result = evaluate_plan(
            datasets.load("made-up-plan-under-way"),
            datasets.observation_set("made-up-figures-under-way"),
            as_of="2026-07-01",
        )
        assert set(result.counts()) == set(Status)
        revised = result.of("housed-on-release-by-september-2026")
        assert [str(each.published) for each in revised.revisions] == ["2026-05-28", "2026-06-18"]

    def test_it_follows_its_scheme_and_contradicts_nothing(self) -> None:
        """Its pathways are those of its scheme, and no check finds an error."""
        plan = datasets.load("made-up-plan-under-way")
        scheme = datasets.pathway_schemes().scheme(plan.scheme or "")
        assert [pathway.id for pathway in plan] == [pathway.id for pathway in scheme.pathways]
        figures = datasets.observations("made-up-figures-under-way")
        assert Severity.ERROR not in {
            finding.severity for finding in check(plan, observations=figures)
        }


class TestReading:
    def test_name_is_the_id_of_what_it_holds(self) -> None:
        """Each name gives the plan or the set that has it as its id."""
        assert tuple(datasets.load(name).id for name in datasets.names()) == datasets.names()
        sets = datasets.observation_sets()
        assert tuple(datasets.observation_set(name).id for name in sets) == sets

    def test_kinds(self) -> None:
        """Plans, sets of figures and schemes are records of those kinds."""
        assert all(isinstance(datasets.load(name), Plan) for name in datasets.names())
        assert all(
            isinstance(datasets.observation_set(name), ObservationSet)
            for name in datasets.observation_sets()
        )
        assert isinstance(datasets.pathway_schemes(), PathwaySchemes)

    def test_observations_are_those_of_the_set(self) -> None:
        """The figures alone are the figures of the set, in its order."""
        for name in datasets.observation_sets():
            assert datasets.observations(name) == datasets.observation_set(name).observations

    @pytest.mark.parametrize("form", ["yaml", "json"])
    def test_bundled_files_can_be_written_and_read(self, form: io.Format) -> None:
        """Everything bundled comes back equal from YAML and from JSON."""
        for record in (
            *map(datasets.load, datasets.names()),
            *map(datasets.observation_set, datasets.observation_sets()),
            datasets.pathway_schemes(),
        ):
            assert io.loads(io.dumps(record, format=form), format=form) == record


class TestUnknownNames:
    def test_unknown_plan(self) -> None:
        """A misspelt plan is refused with the name that is close."""
        with pytest.raises(UnknownNameError, match=r"plan 'hmp-leeds': did you mean 'hmp-leeds-re"):
            datasets.load("hmp-leeds")

    def test_set_is_no_plan(self) -> None:
        """The name of a set of figures is not the name of a plan."""
        with pytest.raises(UnknownNameError, match="there is no bundled plan 'service-levels'"):
            datasets.load("service-levels")

    @pytest.mark.parametrize("read", [datasets.observation_set, datasets.observations])
    def test_unknown_set(self, read: object) -> None:
        """A misspelt set is refused with the name that is close."""
        assert callable(read)
        with pytest.raises(
            UnknownNameError, match=r"set of observations 'england': did you mean 'england-and-"
        ):
            read("england")

    @pytest.mark.parametrize("name", ["", "..", "../plans/hmp-leeds-regimes", "a/b"])
    def test_name_is_no_path(self, name: str) -> None:
        """Only the names that are listed are read, so that no name leads to another file."""
        with pytest.raises(UnknownNameError, match="there is no bundled set"):
            datasets.observation_set(name)


class TestSchemes:
    def test_schemes_have_their_numbers_of_pathways(self) -> None:
        """Six schemes, oldest first, have 9, 7, 8, 9, 6 and 4 pathways."""
        assert [
            (scheme.id, len(scheme.pathways)) for scheme in datasets.pathway_schemes().schemes
        ] == [
            ("social-exclusion-unit-2002", 9),
            ("national-action-plan-2004", 7),
            ("north-west-2005", 8),
            ("hmp-leeds", 9),
            ("commissioned-rehabilitative-services", 6),
            ("regional-plans-2022", 4),
        ]

    def test_plans_follow_their_schemes(self) -> None:
        """Every bundled plan has the pathways of the scheme that it says it follows."""
        schemes = datasets.pathway_schemes()
        for plan in map(datasets.load, datasets.names()):
            assert plan.scheme is not None
            assert [(pathway.id, pathway.name) for pathway in plan] == [
                (pathway.id, pathway.name) for pathway in schemes.scheme(plan.scheme).pathways
            ]

    def test_north_west_adds_victims_to_the_national_seven(self) -> None:
        """The North West has an eighth pathway, which is that of victims."""
        scheme = datasets.pathway_schemes().scheme("north-west-2005")
        assert scheme.pathways[7].id == "victims-of-crime"

    def test_nine_of_leeds_onto_four(self) -> None:
        """The prison's nine pathways answer the regional four as exactly as they can, no more."""
        crosswalk = datasets.pathway_schemes().crosswalk("hmp-leeds", "regional-plans-2022")
        assert [
            (
                correspondence.source,
                correspondence.target,
                correspondence.strength,
                correspondence.part,
            )
            for correspondence in crosswalk.correspondences
        ] == [
            ("accommodation", FAMILY, "exact", True),
            ("education-training-and-employment", "training-skills-and-work", "exact", False),
            ("mental-and-physical-health", "drugs-and-alcohol", "related", False),
            ("drug-and-alcohol-misuse-recovery-wing", "drugs-and-alcohol", "exact", False),
            (
                "drug-and-alcohol-misuse-substitute-prescribing",
                "drugs-and-alcohol",
                "exact",
                False,
            ),
            ("finance-benefit-and-debt", FAMILY, "narrow", False),
            ("children-and-families-of-offenders", FAMILY, "exact", True),
            ("attitudes-and-thinking-behaviour", "public-security", "related", False),
            ("voluntary-sector-involvement", None, None, False),
        ]

    def test_nine_factors_onto_seven(self) -> None:
        """Two factors of 2002 are parts of one pathway of 2004; one has no more than a relation."""
        crosswalk = datasets.pathway_schemes().crosswalk(
            "social-exclusion-unit-2002", "national-action-plan-2004"
        )

        def sources(*, strength: str | None = None, part: bool = False) -> list[str]:
            def wanted(correspondence: Correspondence) -> bool:
                return correspondence.part if part else correspondence.strength == strength

            return [
                correspondence.source
                for correspondence in crosswalk.correspondences
                if wanted(correspondence)
            ]

        assert sources(part=True) == ["education", "employment"]
        assert sources(strength="related") == ["institutionalisation-and-life-skills"]

    def test_what_was_not_read_is_said(self) -> None:
        """A list that was not compared with its own document says so in its citation."""
        schemes = datasets.pathway_schemes()
        for name in ("social-exclusion-unit-2002", "national-action-plan-2004", "north-west-2005"):
            item = schemes.scheme(name).citation.item
            assert item is not None
            assert any(words in item for words in ("not compared", "not read", "follows from"))
