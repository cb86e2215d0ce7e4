"""The East Midlands plan is carried whole: every item, figure, day, name, footnote and term of it.

The published text is not part of the repository. Where it is beside it, each of its items is
compared with the records that cite it; everywhere, the counts and the traps of it are asserted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import pytest
from tests.beside import beside
from tests.conformance.documents import (
    Index,
    Item,
    Mention,
    Place,
    gaps,
    index_of,
    mentions,
    printed_names,
    read_document,
    runs,
    sentences,
    typed_mentions,
    written_mentions,
)

from rrmodel import datasets
from rrmodel.model import (
    ChangeTarget,
    Commitment,
    Fact,
    Figure,
    MaintainTarget,
    NarrativeTarget,
    Partnership,
    Plan,
    walk,
)
from rrmodel.periods import Deadline, Duration, FinancialYear, Month
from rrmodel.quantities import Amount, Percentage, PercentagePoints, RelativeChange

SEED = "seeds/004_8b987886d60120c9.txt"
CHECKS = "the plan of the East Midlands carries each item of its published text"

WORK = "Training, skills and work"
DRUGS = "Drugs and alcohol addiction"
FAMILY = "Family, accommodation and readjustment to society"
SECURITY = "Public security through engagement and compliance"
CHAPTERS = (
    "Foreword",
    "Vision",
    "Principles",
    "Values",
    "About the East Midlands region",
    "Achievements",
    "Delivering HMPPS and MoJ priorities",
    WORK,
    DRUGS,
    FAMILY,
    SECURITY,
    "Our partners",
    "Measuring progress and impact",
    "Glossary",
)
SUBSECTIONS = (
    "Regional context",
    "Important partners in this work",
    "Targets",
    "Three-year objectives",
    "Three-year activities",
)
ITEMS = {
    ("Foreword", "paragraph"): 6,
    ("Vision", "paragraph"): 1,
    ("Principles", "paragraph"): 4,
    ("Values", "bullet"): 4,
    ("Values", "paragraph"): 1,
    ("About the East Midlands region", "paragraph"): 11,
    ("About the East Midlands region", "footnote"): 2,
    ("Achievements", "paragraph"): 9,
    ("Delivering HMPPS and MoJ priorities", "paragraph"): 17,
    ("Delivering HMPPS and MoJ priorities", "bullet"): 4,
    (WORK, "paragraph"): 3,
    (f"{WORK} > Regional context", "bullet"): 5,
    (f"{WORK} > Regional context", "footnote"): 2,
    (f"{WORK} > Important partners in this work", "bullet"): 8,
    (f"{WORK} > Targets", "bullet"): 2,
    (f"{WORK} > Three-year objectives", "bullet"): 6,
    (f"{WORK} > Three-year activities", "bullet"): 6,
    (DRUGS, "paragraph"): 4,
    (f"{DRUGS} > Regional context", "bullet"): 3,
    (f"{DRUGS} > Regional context", "footnote"): 1,
    (f"{DRUGS} > Important partners in this work", "bullet"): 6,
    (f"{DRUGS} > Targets", "bullet"): 2,
    (f"{DRUGS} > Three-year objectives", "bullet"): 6,
    (f"{DRUGS} > Three-year activities", "bullet"): 6,
    (FAMILY, "paragraph"): 5,
    (f"{FAMILY} > Regional context", "bullet"): 8,
    (f"{FAMILY} > Regional context", "footnote"): 2,
    (f"{FAMILY} > Important partners in this work", "bullet"): 5,
    (f"{FAMILY} > Targets", "bullet"): 2,
    (f"{FAMILY} > Three-year objectives", "bullet"): 5,
    (f"{FAMILY} > Three-year activities", "bullet"): 6,
    (SECURITY, "paragraph"): 5,
    (f"{SECURITY} > Regional context", "bullet"): 3,
    (f"{SECURITY} > Important partners in this work", "bullet"): 8,
    (f"{SECURITY} > Targets", "bullet"): 1,
    (f"{SECURITY} > Three-year objectives", "bullet"): 6,
    (f"{SECURITY} > Three-year activities", "bullet"): 5,
    ("Our partners", "bullet"): 20,
    ("Measuring progress and impact", "paragraph"): 2,
    ("Glossary", "term"): 31,
}
"""How many items of each kind each section of the plan has."""

STATED_TWICE = [
    "employment-leads",
    "work-and-learning-cut-crime",
    "more-job-opportunities",
    "new-futures-network",
    "recruitment-of-lived-experience",
    "unpaid-work-supervisors-with-lived-experience",
    "probation-services-officer-with-lived-experience",
    "continuity-of-treatment",
    "drug-treatment-across-the-country",
    "local-health-providers",
    "prisoners-families-helpline",
    "release-from-womens-prisons",
    "leicestershire-police",
    "schools",
    "violence-reduction-network",
]
"""Records whose figures and names other records of the same item say too."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return the bundled plan."""
    return datasets.load("east-midlands-2022-25")


@pytest.fixture(scope="module")
def index(plan: Plan) -> Index:
    """Return its records by the item that they cite."""
    return index_of(plan)


@pytest.fixture(scope="module")
def text() -> str:
    """Return the published text, where it is at hand."""
    return beside(SEED, checks=CHECKS).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def items(text: str) -> tuple[Item, ...]:
    """Return the items of the published text."""
    return read_document(
        text,
        chapters=CHAPTERS,
        subsections=SUBSECTIONS,
        glossary="Glossary",
        furniture=("HM Prison & Probation Service",),
    )


def kind_of(section: str, item: str) -> str:
    """Return which kind of item a citation names."""
    if section == "Glossary":
        return "term"
    return "bullet" if item.isdigit() else item.split(maxsplit=1)[0]


def is_printed(mention: Mention, printed: frozenset[Mention]) -> bool:
    """Return whether a text prints a mention, or the months between which a period lies."""
    if mention[0] != "days":
        return mention in printed
    days = [other for other in printed if other[0] == "days"]
    return any(mention[1] == first for _, first, _ in days) and any(
        mention[2] == last for _, _, last in days
    )


def fact(plan: Plan, name: str) -> Fact:
    """Return the fact of that id."""
    return next(part for _, part in walk(plan) if isinstance(part, Fact) and part.id == name)


def commitment(plan: Plan, name: str) -> Commitment:
    """Return the commitment of that id."""
    return next(part for _, part in walk(plan) if isinstance(part, Commitment) and part.id == name)


def values(plan: Plan) -> Iterator[object]:
    """Yield every typed value that the plan prints; values that its targets derive are omitted."""
    for _, part in walk(plan):
        for name in ("value", "level", "change", "amount"):
            yield getattr(part, name, None)
        if isinstance(part, MaintainTarget):
            yield part.goal


class TestAgainstThePublishedText:
    def test_document_has_the_items_that_we_count(self, items: tuple[Item, ...]) -> None:
        """The reader finds as many items of each kind in each section as we found by hand."""
        assert Counter((item.section, kind_of(item.section, item.item)) for item in items) == ITEMS

    def test_nothing_is_left_out(self, plan: Plan, index: Index, items: tuple[Item, ...]) -> None:
        """Each item is cited, and its figures, days, names and marks are in its records."""
        assert gaps(items, index, plan) == []

    def test_nothing_is_invented(self, index: Index, items: tuple[Item, ...]) -> None:
        """Every citation of an item finds that item in the document."""
        known = {(item.section, item.item) for item in items}
        assert {cited for cited in index if cited[1] is not None} == known

    def test_record_taken_away_is_noticed(
        self, plan: Plan, index: Index, items: tuple[Item, ...]
    ) -> None:
        """Any record that is taken away leaves a gap, unless those beside it say its figures."""
        unnoticed: list[str] = []
        for item in items:
            place = (item.section, item.item)
            for record in index[place]:
                rest = [other for other in index[place] if other is not record]
                if not gaps([item], {place: rest}, plan):
                    unnoticed.append(getattr(record, "partner", getattr(record, "id", "")))
        assert unnoticed == STATED_TWICE

    def test_altered_number_is_noticed(
        self, plan: Plan, index: Index, items: tuple[Item, ...]
    ) -> None:
        """Any other number in any item leaves a gap, so no figure is checked only by its place."""
        altered = 0
        for item in items:
            for match in re.finditer(r"(?<![\w/-])[0-9]+(?:,[0-9]{3})*", item.text):
                number = int(match[0].replace(",", ""))
                others = (*range(number - 1, 0, -1), *range(number + 1, number + 9))
                other = next(str(other) for other in others if str(other) not in item.text)
                changed = item.text[: match.start()] + other + item.text[match.end() :]
                assert gaps([item._replace(text=changed)], index, plan), (item, match[0])
                altered += 1
        assert altered > 90

    def test_typed_values_are_printed(self, index: Index, items: tuple[Item, ...]) -> None:
        """Every quantity, period and deadline of a record is in the text that it cites."""
        unprinted = [
            (item.section, mention)
            for item in items
            for record in index[item.section, item.item]
            for mention in typed_mentions(record)
            if not is_printed(mention, mentions(item.text))
        ]
        # "a specific probation services officer" is one post
        assert unprinted == [(f"{WORK} > Three-year objectives", ("number", 1))]

    def test_sentences_name_nobody_else(self, index: Index, text: str) -> None:
        """Every name and figure in our sentences is one that the document has somewhere."""
        whole = mentions(text) | {("name", word) for word in re.findall(r"\w+", text.lower())}
        others = {
            mention
            for records in index.values()
            for record in records
            for _, sentence in sentences(record)
            for mention in mentions(sentence)
            if mention not in whole
        }
        assert others == set()

    def test_hedges_are_kept(self, index: Index, items: tuple[Item, ...]) -> None:
        """Around, over, almost and up to occur with as many figures as in the document."""
        words = {"around": "about", "over": "over", "almost": "almost", "up to": "up to"}
        spoken = 0
        for item in items:
            hedges = re.findall(
                rf"({'|'.join(words)}) (?=[0-9]|nine)", item.text, flags=re.IGNORECASE
            )
            bounds = {
                part.bound
                for record in index[item.section, item.item]
                for _, part in walk(record)
                if isinstance(part, Figure | Commitment)
            }
            assert {words[hedge.lower()] for hedge in hedges} <= bounds
            spoken += len(hedges)
        assert spoken == 10

    def test_partners_are_named_as_printed(
        self, plan: Plan, index: Index, items: tuple[Item, ...]
    ) -> None:
        """Each partnership cites a text that prints its name."""
        texts: dict[Place, str] = {(it.section, it.item): it.text.lower() for it in items}
        for place, records in index.items():
            for part in records:
                if isinstance(part, Partnership):
                    [name] = printed_names(part, plan)
                    assert name.lower() in texts[place]

    def test_partner_list_is_as_printed(self, plan: Plan, items: tuple[Item, ...]) -> None:
        """The list of partners has the lines that are printed, in their order."""
        printed = [item.text for item in items if item.section == "Our partners"]
        listed = [printed_names(listing, plan) for listing in plan.partner_list]
        assert listed == [(line,) for line in printed]

    def test_sentences_are_our_own(self, plan: Plan, text: str) -> None:
        """No sentence of ours shares a run of more than eight words with the document."""
        published = runs(text, 9)
        assert {
            path: sentence for path, sentence in sentences(plan) if runs(sentence, 9) & published
        } == {}


class TestCounts:
    def test_every_item_of_every_section_has_its_record(self, index: Index) -> None:
        """Records cite as many items of each kind in each section as the document has."""
        places = [(section, item) for section, item in index if section and item]
        assert Counter((section, kind_of(section, item)) for section, item in places) == ITEMS

    def test_targets_objectives_and_activities(self, plan: Plan) -> None:
        """Four pathways have 7 targets, 23 objectives and 23 activities."""
        assert [
            (len(pathway.targets), len(pathway.objectives), len(pathway.activities))
            for pathway in plan
        ] == [(2, 6, 6), (2, 6, 6), (2, 5, 6), (1, 6, 5)]

    def test_percentages_are_typed(self, plan: Plan) -> None:
        """The 28 percentages that are printed are 23 levels, 4 changes and 1 relative change."""
        kinds = Counter(type(value) for value in values(plan))
        assert kinds[Percentage] == 23
        assert kinds[PercentagePoints] == 4
        assert kinds[RelativeChange] == 1

    def test_money_is_typed(self, plan: Plan) -> None:
        """Four sums are committed by the year, and two once."""
        sums = [
            (value.unit, value.value)
            for value in values(plan)
            if isinstance(value, Amount) and value.unit.startswith("GBP")
        ]
        assert sums == [
            *(("GBP/year", Fraction(f"{number}e6")) for number in (200, 155, 75, 40)),
            *(("GBP", Fraction(f"{number}e6")) for number in (40, 780)),
        ]

    def test_deadlines_are_typed(self, plan: Plan) -> None:
        """Each deadline is at its record, in the plan's own words of time."""
        wordings = Counter(
            deadline.wording
            for _, part in walk(plan)
            if isinstance(deadline := getattr(part, "deadline", None), Deadline)
        )
        assert wordings == {
            "By July 2023": 4,
            "By April 2023": 1,
            "by 2023-24": 5,
            "by 2024-25": 2,
            "in 2022-23": 2,
            "by the end of 2022": 4,
            "by the end of 2023": 1,
            "early 2023": 1,
            "in 2022": 2,
            "in 2023": 1,
        }

    def test_footnotes_glossary_and_partner_list(self, plan: Plan) -> None:
        """Seven footnotes, 31 terms and 20 lines of partners are in their order."""
        assert [note.number for note in plan.footnotes] == list("1234567")
        assert len(plan.glossary) == 31
        assert [term.term.lower() for term in plan.glossary] == sorted(
            term.term.lower() for term in plan.glossary
        )
        assert [listing.citation.item for listing in plan.partner_list] == [
            str(line) for line in range(1, 21)
        ]

    def test_only_organisations_without_a_pathway_have_none(self, plan: Plan) -> None:
        """Partners outside every pathway are those of the achievements and of the list alone."""
        partnerships = {part.partner for pathway in plan for part in pathway.partnerships}
        assert [partner.id for partner in plan.partners if partner.id not in partnerships] == [
            "nottingham-womans-centre",
            "nhs",
            "rmf-construction",
            "people-plus",
            "derby-homes",
            "ymca-in-derby",
            "soft-touch-arts",
            "local-authority-housing-services",
            "local-authority-health-services",
        ]


class TestOwnSentences:
    def test_typed_values_are_in_their_sentence(self, index: Index) -> None:
        """A record's quantities and days are in its own sentence too, and are the same there."""
        absent = {
            mention
            for records in index.values()
            for record in records
            for mention in typed_mentions(record)
            if mention[0] != "footnote" and not is_printed(mention, written_mentions(record))
        }
        assert absent == {("number", 1)}  # "a probation services officer"


class TestTargets:
    def test_goals_and_deadlines(self, plan: Plan) -> None:
        """The five targets with a number have the goals that their wording gives."""
        assert [
            (target.id, target.goal, str(target.deadline.last_day))
            for target in plan.targets
            if isinstance(target, ChangeTarget | MaintainTarget)
        ] == [
            ("employed-six-weeks-after-release-by-july-2023", Percentage(20), "2023-07-31"),
            ("employed-six-months-after-release-by-july-2023", Percentage(23), "2023-07-31"),
            ("housed-on-release-by-july-2023", Percentage(90), "2023-07-31"),
            ("settled-three-months-after-release-by-july-2023", Percentage(82), "2023-07-31"),
            ("sexual-offence-interventions-completed-by-april-2023", Percentage(70), "2023-04-30"),
        ]

    def test_id_says_the_measure(self, plan: Plan) -> None:
        """A target's id begins with the id of its measure, and each measure has its target."""
        measured = [
            target for target in plan.targets if isinstance(target, ChangeTarget | MaintainTarget)
        ]
        assert all(target.id.startswith(f"{target.measure.id}-by-") for target in measured)
        assert [target.measure for target in measured] == list(plan.measures)

    def test_two_entries_have_no_number(self, plan: Plan) -> None:
        """Both entries under the targets of the drugs chapter are narrative, with no deadline."""
        targets = plan.pathway("drugs-and-alcohol").targets
        assert all(isinstance(target, NarrativeTarget) for target in targets)
        assert [target.deadline for target in targets] == [None, None]

    def test_six_month_baseline_lies_below_the_six_week_level(self, plan: Plan) -> None:
        """18% after six months and 20% after six weeks both stand, though they look exchanged."""
        weeks = plan.target("employed-six-weeks-after-release-by-july-2023")
        months = plan.target("employed-six-months-after-release-by-july-2023")
        assert isinstance(weeks, MaintainTarget)
        assert isinstance(months, ChangeTarget)
        assert (months.baseline.level, weeks.goal) == (Percentage(18), Percentage(20))

    def test_march_2022_may_be_the_year_to_it(self, plan: Plan) -> None:
        """A baseline in March 2022 is that month, or the year that ends with it."""
        changes = [target for target in plan.targets if isinstance(target, ChangeTarget)]
        assert len(changes) == 3
        assert {(target.baseline.period, target.baseline.may_be) for target in changes} == {
            (Month("March 2022"), FinancialYear("2021-22"))
        }


class TestTraps:
    def test_twelve_managers_by_2022_are_five_and_seven(self, plan: Plan) -> None:
        """Twelve managers are due by the end of 2022, and seven of them only in 2023."""
        managers = commitment(plan, "neurodiversity-support-managers")
        assert managers.deadline is not None
        assert (managers.amount, managers.deadline.last_day.year) == (Amount(12, "post"), 2022)
        assert [(part.amount.value, part.deadline.last_day.year) for part in managers.parts] == [
            (Fraction(5), 2022),
            (Fraction(7), 2023),
        ]

    def test_84_nights_are_12_weeks(self, plan: Plan) -> None:
        """Up to 84 nights and up to 12 weeks are kept as printed, and are as long."""
        nights = commitment(plan, "nights-of-accommodation")
        weeks = fact(plan, "transitional-accommodation-launched").figures[0]
        assert (nights.amount, nights.bound) == (Amount(84, "night"), "up to")
        assert (weeks.value, weeks.bound) == (Amount(12, "week"), "up to")
        assert Duration("12 weeks") == Duration("84 days")

    def test_effect_sizes_are_facts(self, plan: Plan) -> None:
        """Nine points less likely, 44%, and almost 50% more likely are facts and no targets."""
        effects = [
            (figure.value, figure.bound)
            for pathway in plan
            for fact in pathway.background
            if fact.kind == "effect size"
            for figure in fact.figures
        ]
        assert effects == [
            (PercentagePoints(-9), "up to"),
            (Percentage(44), "exactly"),
            (RelativeChange("+50%"), "almost"),
        ]

    def test_commissioners_are_one_partner(self, plan: Plan) -> None:
        """Police and crime commissioners, regional or not, are one partner in three pathways."""
        partner = plan.partner("police-and-crime-commissioners")
        assert partner.aliases == ("Regional police and crime commissioners",)
        assert [
            pathway.id
            for pathway in plan
            if partner.id in {part.partner for part in pathway.partnerships}
        ] == [
            "training-skills-and-work",
            "family-accommodation-and-readjustment",
            "public-security",
        ]
        listing = plan.partner_list[9]
        assert (listing.partner, listing.named_as) == (partner.id, partner.aliases[0])

    def test_st_giles_is_one_partner(self, plan: Plan) -> None:
        """St Giles of the contract is St Giles Wise of the lists."""
        assert plan.partner("st-giles").names == ("St Giles", "St Giles Wise")
        named = (part for pathway in plan for part in pathway.partnerships)
        assert [part.named_as for part in named if part.partner == "st-giles"] == [
            "St Giles Wise",
            "St Giles Wise",
        ]
        assert plan.partner_list[8].named_as == "St Giles Wise"
        assert "St Giles" in fact(plan, "contract-with-st-giles").statement

    def test_inclusion_health_stands_alone_and_in_the_group(self, plan: Plan) -> None:
        """Inclusion Health is a line of the partners' list and a local health provider."""
        assert plan.partner_list[0].partner == "inclusion-health"
        assert "inclusion-health" in plan.partner("local-health-providers").members
        assert [listing.partner for listing in plan.partner_list[:6]] == list(
            plan.partner("local-health-providers").members
        )

    def test_recruitment_is_counted_in_posts(self, plan: Plan) -> None:
        """Six groups of posts are committed in one sentence, the last two without a day."""
        posts = [
            (str(commitment.amount), commitment.deadline is not None)
            for commitment in plan.commitments
            if commitment.amount is not None and commitment.amount.unit == "post"
        ]
        assert posts == [
            ("8 posts", True),
            ("8 posts", True),
            ("12 posts", True),
            ("4 posts", True),
            ("2 posts", False),
            ("2 posts", False),
        ]

    def test_approved_premises_count_places(self, plan: Plan) -> None:
        """The approved premises grow by 200 places, which is neither money nor a share."""
        assert commitment(plan, "approved-premises-places").amount == Amount(200, "place")

    def test_money_by_the_year_has_an_end_or_none(self, plan: Plan) -> None:
        """Two of the yearly sums are to be reached by 2024-25; two have no day."""
        sums = [
            (
                commitment.amount.value / 1_000_000,
                commitment.deadline and commitment.deadline.wording,
            )
            for commitment in plan.commitments
            if commitment.amount is not None and commitment.amount.unit == "GBP/year"
        ]
        assert sums == [
            (Fraction(200), "by 2024-25"),
            (Fraction(155), None),
            (Fraction(75), "by 2024-25"),
            (Fraction(40), None),
        ]

    def test_posts_start_in_2022_23(self, plan: Plan) -> None:
        """Three supervisors and one officer are posts that commence, with no day to end."""
        posts = plan.pathway("training-skills-and-work").commitments
        assert [
            (post.amount and post.amount.value, post.starts, post.deadline) for post in posts
        ] == [
            (Fraction(3), FinancialYear("2022-23"), None),
            (Fraction(1), FinancialYear("2022-23"), None),
        ]

    def test_needs_are_split_by_sex_and_by_sentence(self, plan: Plan) -> None:
        """A regional fact may have a figure for each part of the people it is about."""
        by_sex = fact(plan, "substance-misuse-by-sex").figures
        assert [figure.value for figure in by_sex] == [
            Percentage(share) for share in (30, 35, 21, 32)
        ]
        by_sentence = fact(plan, "accommodation-need-by-sentence").figures
        assert [figure.value for figure in by_sentence] == [Percentage(39), Percentage(29)]
