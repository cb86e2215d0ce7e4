"""The regimes of HMP Leeds are carried whole, though they are another kind of plan.

The published text is not part of the repository. Where it is beside it, each of its items is
compared with the records that cite it; everywhere, its counts and its traps are asserted.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from tests.beside import beside
from tests.conformance.documents import (
    Index,
    Item,
    gaps,
    index_of,
    printed_names,
    read_document,
    runs,
    sentences,
)

from rrmodel import datasets
from rrmodel.model import Establishment, Fact, Plan, walk
from rrmodel.quantities import Amount

SEED = "seeds/000_b8ad3b9d6f6a8d0a.txt"
CHECKS = "the plan of HMP Leeds carries each item of its published text"

MANAGEMENT = "Offender management"
ACTION_PLAN = "Regional Reducing Re-Offending Action Plan (RRRAP)"
RECOVERY_WING = "drug-and-alcohol-misuse-recovery-wing"
PRESCRIBING = "drug-and-alcohol-misuse-substitute-prescribing"


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return the bundled plan."""
    return datasets.load("hmp-leeds-regimes")


@pytest.fixture(scope="module")
def index(plan: Plan) -> Index:
    """Return its records by what they cite."""
    return index_of(plan)


@pytest.fixture(scope="module")
def text() -> str:
    """Return the published text, if it is there."""
    return re.sub("[ \xa0]+", " ", beside(SEED, checks=CHECKS).read_text("utf-8"))


@pytest.fixture(scope="module")
def items(text: str) -> tuple[Item, ...]:
    """Return the items of the published text."""
    return read_document(
        text,
        chapters=(MANAGEMENT, "Drug Strategy", "Medical Facilities"),
        furniture=("Return to Leeds",),
    )


class TestDocument:
    def test_every_item_is_carried(self, plan: Plan, index: Index, items: tuple[Item, ...]) -> None:
        """Each paragraph and item has records that say every name and number in it."""
        assert gaps(items, index, plan) == []

    def test_no_item_is_made_up(self, index: Index, items: tuple[Item, ...]) -> None:
        """Records cite the items of the document and no others."""
        assert set(index) == {(item.section, item.item) for item in items}

    def test_missing_item_is_noticed(
        self, plan: Plan, index: Index, items: tuple[Item, ...]
    ) -> None:
        """Removing the records of any one item leaves a gap there."""
        for place in index:
            rest = {other: records for other, records in index.items() if other != place}
            assert gaps(items, rest, plan) == [f"{place[0]}, {place[1]}: no record cites it"]

    def test_altered_number_is_noticed(
        self, plan: Plan, index: Index, items: tuple[Item, ...]
    ) -> None:
        """Both numbers of the document are compared, not only their places."""
        altered = [
            item._replace(text=re.sub("[0-9]", "7", item.text))
            for item in items
            if re.search("[0-9]", item.text)
        ]
        assert len(altered) == 2
        assert all(gaps([item], index, plan) for item in altered)

    def test_altered_name_is_noticed(
        self, plan: Plan, index: Index, items: tuple[Item, ...]
    ) -> None:
        """Another partner or programme in the text leaves a gap."""
        names = ("Shelter", "Lifeline", "CAB", "JC", "Fathers Inside", "OASys", "RRRAP")
        for name in names:
            named = [item for item in items if name in item.text]
            assert named, name
            for item in named:
                assert gaps([item._replace(text=item.text.replace(name, "Xyz"))], index, plan)

    def test_every_sentence_of_an_item_has_words_in_our_own(
        self, index: Index, items: tuple[Item, ...]
    ) -> None:
        """Of each sentence of the document, three long words in ten or more are in our records."""
        for item in items:
            recorded = " ".join(
                sentence.lower()
                for record in index[item.section, item.item]
                for _, sentence in (*sentences(record), ("name", getattr(record, "name", "")))
            )
            for sentence in re.split(r"(?<=\.) ", item.text):
                stems = {word.lower()[:6] for word in re.findall(r"[A-Za-z]{6,}", sentence)}
                assert 10 * sum(stem in recorded for stem in stems) >= 3 * len(stems), sentence

    def test_pathways_are_named_as_printed(self, plan: Plan, items: tuple[Item, ...]) -> None:
        """Each numbered item begins with the name of its pathway."""
        numbered = [item.text for item in items if item.item.isdigit()]
        assert len(numbered) == len(plan.pathways)
        for pathway, printed in zip(plan, numbered, strict=True):
            assert printed.startswith(pathway.name)

    def test_sentences_are_our_own(self, plan: Plan, text: str) -> None:
        """Apart from the regional plan's name, no run of six words is the document's."""
        published = runs(text, 6)
        ours = {path: sentence.replace(ACTION_PLAN, " ") for path, sentence in sentences(plan)}
        assert {
            path: sentence for path, sentence in ours.items() if runs(sentence, 6) & published
        } == {}


class TestPlan:
    def test_it_is_the_plan_of_an_establishment(self, plan: Plan) -> None:
        """The plan is for one prison, with no period, no measures and no targets."""
        assert isinstance(plan.subject, Establishment)
        assert plan.subject.name == "HMP Leeds"
        assert (plan.period, plan.measures, plan.targets) == (None, (), ())

    def test_pathways_are_those_of_the_scheme_in_its_order(self, plan: Plan) -> None:
        """The nine pathways have the ids and names that the scheme of HMP Leeds gives them."""
        scheme = datasets.pathway_schemes().scheme(str(plan.scheme))
        assert [(pathway.id, pathway.name) for pathway in plan] == [
            (pathway.id, pathway.name) for pathway in scheme.pathways
        ]

    def test_items_cited(self, index: Index) -> None:
        """Nine numbered items and four paragraphs are cited, and nothing else."""
        numbered = {(MANAGEMENT, str(number)) for number in range(1, 10)}
        paragraphs = {
            (MANAGEMENT, "paragraph 1"),
            (MANAGEMENT, "paragraph 2"),
            ("Drug Strategy", "paragraph 1"),
            ("Medical Facilities", "paragraph 1"),
        }
        assert set(index) == numbered | paragraphs

    def test_drugs_stand_twice(self, plan: Plan) -> None:
        """Items 4 and 5 are both drug and alcohol misuse, with the same partners and other work."""
        wing, prescribing = plan.pathway(RECOVERY_WING), plan.pathway(PRESCRIBING)
        assert wing.name == prescribing.name == "Drug & Alcohol Misuse"
        assert (wing.citation.item, prescribing.citation.item) == ("4", "5")
        assert {part.partner for part in wing.partnerships} == {
            part.partner for part in prescribing.partnerships
        }
        assert {activity.id for activity in wing.activities}.isdisjoint(
            activity.id for activity in prescribing.activities
        )

    def test_health_provider_is_one_partner(self, plan: Plan) -> None:
        """Leeds Community Healthcare has other names in the document and is one partner."""
        provider = plan.partner("leeds-community-healthcare")
        assert {"Leeds Community Health Trust", "Leeds Community Health"} <= set(provider.aliases)
        named = {
            printed_names(part, plan)
            for chapter in (*plan.pathways, *plan.chapters)
            for part in chapter.partnerships
            if part.partner == provider.id
        }
        assert named == {
            ("Leeds Community Health Trust",),
            ("Leeds Community Healthcare",),
            ("Leeds Community Health",),
        }

    def test_partners_of_each_pathway(self, plan: Plan) -> None:
        """Six pathways name partners; education, families and attitudes name none."""
        assert {
            pathway.id: [printed_names(part, plan)[0] for part in pathway.partnerships]
            for pathway in plan
        } == {
            "accommodation": ["Shelter"],
            "education-training-and-employment": [],
            "mental-and-physical-health": ["Leeds Community Health Trust"],
            RECOVERY_WING: ["Leeds Community Healthcare", "Lifeline"],
            PRESCRIBING: ["Leeds Community Healthcare", "Lifeline"],
            "finance-benefit-and-debt": ["CAB", "JC"],
            "children-and-families-of-offenders": [],
            "attitudes-and-thinking-behaviour": [],
            "voluntary-sector-involvement": ["Voluntary and Community Sector partners"],
        }

    def test_aims_and_work_of_each_pathway(self, plan: Plan) -> None:
        """Each pathway has the aims and the work that its item names."""
        assert {
            pathway.id: (
                [objective.id for objective in pathway.objectives],
                [activity.id for activity in pathway.activities],
            )
            for pathway in plan
        } == {
            "accommodation": (["housing-on-release"], ["help-to-find-housing"]),
            "education-training-and-employment": (
                ["vocational-qualifications"],
                ["educational-skills"],
            ),
            "mental-and-physical-health": ([], ["health-services"]),
            RECOVERY_WING: ([], ["intervention-at-reception", "recovery-wing"]),
            PRESCRIBING: ([], ["interventions-at-reception", "substitute-prescribing"]),
            "finance-benefit-and-debt": (
                ["debt-counselling-in-time", "able-to-manage-money"],
                ["advice-on-money"],
            ),
            "children-and-families-of-offenders": (
                ["family-and-community-relationships"],
                ["fathers-inside"],
            ),
            "attitudes-and-thinking-behaviour": (
                ["problem-solving", "less-anti-social-behaviour"],
                ["pro-social-strategies", "sentence-planning-with-oasys"],
            ),
            "voluntary-sector-involvement": (
                ["effective-management-and-rehabilitation"],
                ["work-with-the-voluntary-sector"],
            ),
        }

    def test_context_of_two_pathways(self, plan: Plan) -> None:
        """The text calls families and the voluntary sector important: neither an aim nor work."""
        assert {pathway.id: fact.id for pathway in plan for fact in pathway.context} == {
            "children-and-families-of-offenders": "families-support-offenders",
            "voluntary-sector-involvement": "voluntary-sector-is-fundamental",
        }

    def test_programmes_are_activities(self, plan: Plan) -> None:
        """'Fathers Inside' and OASys are named where they are used."""
        assert "'Fathers Inside'" in plan.activity("fathers-inside").statement
        assert "(OASys)" in plan.activity("sentence-planning-with-oasys").statement

    def test_work_teams_are_members_of_the_function(self, plan: Plan) -> None:
        """The function that was formed has the two teams that it was formed of."""
        function = plan.partner("offender-management-function")
        assert [plan.partner(member).name for member in function.members] == [
            "Resettlement work team",
            "Regimes work team",
        ]

    def test_numbers_are_of_context(self, plan: Plan) -> None:
        """The only numbers are nine pathways and six beds, which are facts and not targets."""
        facts = [part for _, part in walk(plan) if isinstance(part, Fact)]
        assert [figure.value for fact in facts for figure in fact.figures] == [
            Amount(9, "pathway"),
            Amount(6, "bed"),
        ]
        assert Counter(fact.kind for fact in facts) == {"context": len(facts)}

    def test_chapters_that_are_no_pathway(self, plan: Plan) -> None:
        """Three chapters are not pathways; each has its facts, and two name partners."""
        assert [
            (
                chapter.name,
                [fact.id for fact in chapter.facts],
                [printed_names(part, plan)[0] for part in chapter.partnerships],
            )
            for chapter in plan.chapters
        ] == [
            (
                "Offender management",
                ["offender-management-function", "close-work-with-others", "nine-pathways"],
                [
                    "Offender Management Function",
                    "Key agencies",
                    "Voluntary and community providers",
                ],
            ),
            ("Drug Strategy", ["drug-problems-found-at-reception", "drugs-recovery-wing"], []),
            (
                "Medical Facilities",
                ["in-patient-unit", "secondary-care"],
                [
                    "Leeds Community Health",
                    "Secondary team care provider",
                    "In-house primary care service",
                ],
            ),
        ]
