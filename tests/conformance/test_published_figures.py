"""Every published figure is carried once, with its value, period, source and warnings.

The list that they were gathered in is not part of the repository. Where it is beside it, each
of its rows is compared with the figure of that id; everywhere, the counts and traps are asserted.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise

import attrs
import pytest
from tests.beside import beside
from tests.conformance.documents import runs, sentences

from rrmodel import datasets
from rrmodel.model import Counts, Document, Mark, Measure, Observation, walk
from rrmodel.periods import FinancialYear, Month, parse_period
from rrmodel.quantities import Amount, Percentage, PercentagePoints

LIST = "data/published_figures.csv"
CHECKS = "each published figure is carried exactly, in sentences of our own"

Row = dict[str, str]
Figures = dict[str, tuple[str, Observation]]
Listed = list[tuple[Row, str, Observation]]

KINDS = {
    "annual_cohort": "cohort",
    "eleven_months": "custom",
    "month_label": "month",
    "point": "calendar_year",
    "quarter_cohort": "cohort",
    "year_as_labelled": "calendar_year",
}
PRESS = (" via ", "Press", "illycorp", "factfile")


@pytest.fixture(scope="module")
def figures() -> Figures:
    """Return every figure by its id, with the name of its set."""
    return {
        str(observation.id): (name, observation)
        for name in datasets.observation_sets()
        for observation in datasets.observations(name)
    }


def rows() -> Iterator[tuple[str, Row]]:
    """Yield each row of the list with the id of its figure; three years in a row are three."""
    with beside(LIST, checks=CHECKS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            years = row["period"].split("; ")
            for year in years:
                suffix = f"-{year.replace('/', '-')}" if len(years) > 1 else ""
                yield row["id"] + suffix, {**row, "period": year}


@pytest.fixture(scope="module")
def listed(figures: Figures) -> Listed:
    """Return each row of the list, if there is one, with its figure and the name of its set."""
    return [(row, *figures[identifier]) for identifier, row in rows()]


def document_of(name: str, observation: Observation) -> Document:
    """Return the document that a figure cites."""
    documents = {document.id: document for document in datasets.observation_set(name).documents}
    assert observation.citation is not None
    return documents[observation.citation.document]


def numbers_of(text: str) -> set[str]:
    """Return the numbers in a text, but for the years and the ids of figures."""
    plain = re.sub(r"F[0-9]{3}|20[0-9]{2}([/-][0-9]{2})?\b", "", text.replace(",", ""))
    return set(re.findall(r"[0-9]+(?:\.[0-9]+)?", plain))


class TestList:
    def test_every_row_stands_in_one_set(self, listed: Listed) -> None:
        """The 74 rows are 76 figures, as one row holds three years."""
        ids = [observation.id for _, _, observation in listed]
        everywhere = Counter(
            observation.id
            for name in datasets.observation_sets()
            for observation in datasets.observations(name)
        )
        assert len(ids) == 76
        assert {everywhere[identifier] for identifier in ids} == {1}

    def test_value_is_as_printed(self, listed: Listed) -> None:
        """A percentage or a count has the number of the list, with its decimals."""
        for row, _, observation in listed:
            if row["unit"].startswith("count of"):
                assert observation.counts == Counts(int(row["value"]), int(row["unit"].split()[-1]))
                continue
            kind = Percentage if row["unit"] == "percent" else Amount
            assert isinstance(observation.level, kind), row["id"]
            assert f"{observation.level:n}" == row["value"], row["id"]

    def test_period_has_its_days_and_kind(self, listed: Listed) -> None:
        """A month, a year, eleven months and a cohort are told apart, and have the right days."""
        for row, _, observation in listed:
            assert observation.period.kind == KINDS.get(row["period_kind"], row["period_kind"]), (
                row["id"]
            )
            words = row["period"] if row["period_kind"] != "point" else "2023"
            read = parse_period(words.removesuffix(" cohort"))
            days = (read.first_day, read.last_day)
            assert (observation.period.first_day, observation.period.last_day) == days, row["id"]

    def test_area_is_that_of_the_list(self, listed: Listed) -> None:
        """The area is the list's, whose words may go on to say which people are counted."""
        for row, _, observation in listed:
            area = row["geography"].replace("5 regions", "Five probation regions")
            assert area.startswith(observation.area), row["id"]

    def test_source_has_the_address_of_the_list(self, listed: Listed) -> None:
        """The document cited has the address that the list gives, or is the plan itself."""
        for row, name, observation in listed:
            document = document_of(name, observation)
            if row["url"] in {"", "-"}:
                assert document.publisher == "HM Prison and Probation Service", row["id"]
            else:
                assert document.url == row["url"], row["id"]

    def test_day_of_publication_is_that_of_the_source(self, listed: Listed) -> None:
        """Where the source names a day, the figure was published on it."""
        dated = 0
        for row, _, observation in listed:
            if day := re.search("[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}", row["source"]):
                assert observation.published == datetime.strptime(day[0], "%d %b %Y").date()  # noqa: DTZ007
                dated += 1
        assert dated > 30

    def test_series_is_that_of_the_code(self, listed: Listed) -> None:
        """The code of the list is the figure's series; a monthly ad hoc figure has its own."""
        for row, _, observation in listed:
            if re.fullmatch("MI[0-9]+[a-zR]*", row["code"]):
                assert observation.series == row["code"], row["id"]
            if row["code"] == "ad hoc monthly":
                assert observation.series == "ad-hoc-monthly", row["id"]

    def test_marks_say_what_is_derived_and_second_hand(self, listed: Listed) -> None:
        """Figures that we calculated are marked as derived, those of the press as second-hand."""
        for row, _, observation in listed:
            derived = row["source"].startswith("DERIVED") or row["note"].startswith("derived")
            assert (Mark.DERIVED in observation.marks) == derived, row["id"]
            second_hand = any(word in row["source"] for word in PRESS)
            assert (Mark.SECOND_HAND in observation.marks) == second_hand, row["id"]

    def test_numbers_beside_a_figure_are_kept(self, listed: Listed) -> None:
        """Every number that the list notes of a figure's scope and changes is in its own note."""
        noted = 0
        for row, _, observation in listed:
            numbers = numbers_of(f"{row['note']} {row['denominator_or_scope']}")
            assert numbers <= numbers_of(f"{observation.note} {observation.period}"), row["id"]
            noted += len(numbers)
        assert noted == 88


def test_sentences_are_our_own() -> None:
    """No sentence of ours shares a run of more than eight words with a published plan."""
    seeds = beside("seeds", checks=CHECKS).glob("*.txt")
    published = runs(" . ".join(path.read_text("utf-8") for path in seeds), 9)
    records = [*map(datasets.observation_set, datasets.observation_sets())]
    for record in (*records, datasets.pathway_schemes()):
        assert [
            sentence for _, sentence in sentences(record) if runs(sentence, 9) & published
        ] == []


class TestSets:
    def test_figures_of_each_set(self) -> None:
        """The sets hold 79 figures: 76 of the list and three more that the plan states."""
        assert {name: len(datasets.observations(name)) for name in datasets.observation_sets()} == {
            "accommodation-on-release": 7,
            "accredited-programmes": 4,
            "continuity-of-care": 9,
            "east-midlands": 6,
            "england-and-wales": 30,
            "local-areas": 16,
            "service-levels": 7,
        }

    def test_every_figure_has_an_id_and_a_citation(self, figures: Figures) -> None:
        """All 79 figures have their own id, a level and a citation."""
        assert len(figures) == 79
        assert all(
            observation.citation is not None and observation.level is not None
            for _, observation in figures.values()
        )

    def test_measures_and_documents_are_used(self) -> None:
        """A set carries the measures and documents of its figures and no others."""
        for name in datasets.observation_sets():
            observation_set = datasets.observation_set(name)
            assert {measure.id for measure in observation_set.measures} == {
                observation.measure for observation in observation_set.observations
            }
            assert {document.id for document in observation_set.documents} == {
                document_of(name, observation).id for observation in observation_set.observations
            }

    def test_one_id_is_one_record_everywhere(self) -> None:
        """Measures and documents of one id are equal in every plan, set and scheme file."""
        by_id: defaultdict[tuple[type, str], list[attrs.AttrsInstance]] = defaultdict(list)
        files = (
            *map(datasets.load, datasets.names()),
            *map(datasets.observation_set, datasets.observation_sets()),
            datasets.pathway_schemes(),
        )
        for file in files:
            for _, record in walk(file):
                if isinstance(record, Measure | Document):
                    by_id[type(record), record.id].append(record)
        assert len(by_id) > 30
        for (_, identifier), records in by_id.items():
            assert all(one == other for one, other in pairwise(records)), identifier

    def test_figures_follow_their_period(self, figures: Figures) -> None:
        """No figure was published before its period had ended."""
        dated = [
            observation for _, observation in figures.values() if observation.published is not None
        ]
        assert len(dated) == 42
        assert all(
            observation.published > observation.period.last_day
            for observation in dated
            if observation.published
        )


class TestNation:
    def test_measures_of_the_plan_in_2022_23(self) -> None:
        """England and Wales had 17.4%, 25.9%, 86.3% and 75.6%, published on 25 July 2024."""
        assert {
            observation.measure: (str(observation.level), observation.published)
            for observation in datasets.observations("england-and-wales")
            if observation.period == FinancialYear("2022-23")
        } == {
            "employed-six-weeks-after-release": ("17.4%", date(2024, 7, 25)),
            "employed-six-months-after-release": ("25.9%", date(2024, 7, 25)),
            "housed-on-release": ("86.3%", date(2024, 7, 25)),
            "settled-three-months-after-release": ("75.6%", date(2024, 7, 25)),
        }

    def test_month_is_not_the_year(self, figures: Figures) -> None:
        """Six weeks after release 17.4% had work in the year and 19.4% in its last month."""
        (_, year), (_, month) = figures["F002"], figures["F009"]
        assert (year.period.last_day, year.measure) == (month.period.last_day, month.measure)
        assert (month.period, month.level) == (Month("March 2023"), Percentage("19.4"))
        assert year.series != month.series

    def test_series_is_that_of_the_measure(self) -> None:
        """A figure of the yearly bulletins is in the series in force when its period ends."""
        observation_set = datasets.observation_set("england-and-wales")
        measures = {measure.id: measure for measure in observation_set.measures}
        bulletins = [
            observation
            for observation in observation_set.observations
            if (observation.series or "").startswith("MI")
        ]
        assert len(bulletins) == 13
        for observation in bulletins:
            assert observation.series == measures[observation.measure].series_of(observation.period)
            assert not measures[observation.measure].straddles(observation.period)

    def test_break_is_marked(self, figures: Figures) -> None:
        """The eleven months from May 2024 are in a new series, with the mark of a break."""
        _, observation = figures["F008"]
        assert (observation.series, observation.marks, observation.period.kind) == (
            "MI016R",
            (Mark.BREAK,),
            "custom",
        )

    def test_derived_levels_follow_from_published_changes(self, figures: Figures) -> None:
        """17.4% less 4.4 points is 13.0%, less 3.4 is 9.6%; 25.9% less 8.6 is 17.3%."""
        levels = {name: observation.level for name, (_, observation) in figures.items()}
        assert levels["F003"] == Percentage("17.4") - PercentagePoints("4.4")
        assert levels["F004"] == Percentage("13.0") - PercentagePoints("3.4")
        assert levels["F007"] == Percentage("25.9") - PercentagePoints("8.6")

    def test_denominators_of_reoffending_are_told_apart(self) -> None:
        """Nobody confuses adults, juveniles, prison leavers or an older method for everyone."""
        series = Counter(
            observation.series
            for observation in datasets.observations("england-and-wales")
            if observation.measure == "proven-reoffending"
        )
        assert series == {
            "PRS": 3,
            "PRS-adults": 1,
            "PRS-juveniles": 1,
            "PRS-adults-released-or-starting-court-orders": 1,
            "PRS-custody-under-12-months": 1,
            "PRS-adults-released-from-prison": 1,
            "PbR-NPS": 1,
            "PRS-old-method": 1,
        }

    def test_reoffending_is_known_after_a_year_and_six_months(self, figures: Figures) -> None:
        """The cohort of April to June 2023 was published when its measure says that it would be."""
        name, observation = figures["F050"]
        [measure] = [
            measure
            for measure in datasets.observation_set(name).measures
            if measure.id == observation.measure
        ]
        assert measure.better == "lower"
        assert measure.matures_on(observation.period.last_day) == date(2024, 12, 30)
        assert (
            observation.published
            == date(2025, 4, 24)
            <= measure.published_by(observation.period.last_day)
        )


class TestAreas:
    def test_plan_states_six_levels_of_its_region(self) -> None:
        """The baselines, the two facts of 2020/21 and the reoffending rate stand as printed."""
        assert [
            (observation.measure, str(observation.level), str(observation.period))
            for observation in datasets.observations("east-midlands")
        ] == [
            ("employed-six-weeks-after-release", "7%", "2020/21"),
            ("employed-six-months-after-release", "18%", "March 2022"),
            ("housed-on-release", "77%", "2020/21"),
            ("housed-on-release", "82%", "March 2022"),
            ("sexual-offence-interventions-completed", "42%", "March 2022"),
            ("proven-reoffending", "26%", "April 2019 to March 2020 cohort"),
        ]

    def test_plan_s_levels_cite_what_the_plan_s_records_cite(self) -> None:
        """Each level of the region is cited from an item that the bundled plan has a record of."""
        plan = datasets.load("east-midlands-2022-25")
        cited = {getattr(record, "citation", None) for _, record in walk(plan)}
        assert all(
            observation.citation in cited for observation in datasets.observations("east-midlands")
        )

    def test_york_has_its_counts(self, figures: Figures) -> None:
        """336 of 1,138 is 29.5% to the decimal printed."""
        _, york = figures["F071"]
        assert york.counts == Counts(336, 1138)
        assert Percentage.from_counts(336, 1138).rounded(1) == york.level

    def test_published_changes_are_those_of_levels_not_yet_rounded(self, figures: Figures) -> None:
        """37% to 43% was published as 5 points and 30% to 43% as 12, which rounding allows."""
        levels = {name: observation.level for name, (_, observation) in figures.items()}
        for earlier, change in (("F042", 5), ("F043", 12)):
            before, after = levels[earlier], levels["F041"]
            assert isinstance(before, Percentage)
            assert isinstance(after, Percentage)
            assert after - before != PercentagePoints(change)
            least = after.published_interval[0] - before.published_interval[1]
            most = after.published_interval[1] - before.published_interval[0]
            low, high = PercentagePoints(change).published_interval
            assert least <= high
            assert low <= most

    def test_settled_on_release_is_another_measure(self, figures: Figures) -> None:
        """Settled accommodation on release is neither housed on release nor settled later."""
        measures = {figures[identifier][1].measure for identifier in ("F022", "F025", "F028")}
        assert len(measures) == 3

    def test_same_number_as_in_the_plan(self, figures: Figures) -> None:
        """2,396 people were accepted from 1 July 2021 to 17 June 2022, as the plan says too."""
        _, observation = figures["F034"]
        assert (observation.level, str(observation.period)) == (
            Amount(2396, "person"),
            "1 July 2021 to 17 June 2022",
        )


class TestCounts:
    def test_service_levels_keep_their_denominators(self, figures: Figures) -> None:
        """8 of 16, 10 and 9 of 26 and 7 of 27 are in three series."""
        shares = [figures[identifier][1] for identifier in ("F090", "F091", "F092", "F093")]
        assert [observation.counts for observation in shares] == [
            Counts(8, 16),
            Counts(10, 26),
            Counts(9, 26),
            Counts(7, 27),
        ]
        assert [observation.series for observation in shares] == [
            "16-service-levels",
            "26-service-levels",
            "26-service-levels",
            "27-service-levels",
        ]
        assert shares[0].marks == (Mark.REVISED,)

    def test_two_regions_of_twelve_in_each_year(self, figures: Figures) -> None:
        """Two of 12 regions were rated good in each of three years."""
        years = {
            str(observation.period): observation.counts
            for name, (_, observation) in figures.items()
            if name.startswith("F094")
        }
        assert years == dict.fromkeys(("2022/23", "2023/24", "2024/25"), Counts(2, 12))

    def test_programmes_not_commenced_are_the_difference(self, figures: Figures) -> None:
        """42,483 imposed less 25,417 commenced leaves the 17,066 that were published."""
        imposed, commenced = (figures[identifier][1].level for identifier in ("F080", "F081"))
        assert isinstance(imposed, Amount)
        assert isinstance(commenced, Amount)
        assert imposed - commenced == Amount(17066, "programme")
