"""The two published documents, read by rules, against the bundled plans that people wrote."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

import pytest
from tests.beside import beside
from tests.conformance.documents import typed_mentions

from rrmodel import datasets
from rrmodel.model import Plan, normal_form, walk
from rrmodel.wording import ParsedPlan, parse_plan

CHECKS = "that the published documents are read as the bundled plans have them"
SEEDS = {
    "east-midlands-2022-25": "seeds/004_8b987886d60120c9.txt",
    "hmp-leeds-regimes": "seeds/000_b8ad3b9d6f6a8d0a.txt",
}
Place = tuple[str | None, str | None]

MESSAGES = {
    ("Delivering HMPPS and MoJ priorities", f"paragraph {number}") for number in range(10, 18)
}
"""The bundled plan calls the signed messages at the end of this chapter a foreword; no heading of
the document says so, and they are read as priorities."""

OTHER_FACTS: dict[Place, str] = {
    ("Training, skills and work > Three-year objectives", "3"): "'a specific officer' is one post "
    "in the bundled plan; the document prints no number",
}
"""Where the figures and dates of the two readings differ, and why."""

INTERPRETED = {"Schools"}
"""Partners of running text that the document writes in small letters, as any noun."""

INTERPRETED_AT_LEEDS = {
    "Offender Management Function",
    "Resettlement work team",
    "Regimes work team",
    "Key agencies",
    "Secondary care team",
    "In-house primary care service",
}
"""Parts of the prison, and groups without a name, which the bundled plan counts as partners."""


@cache
def read(name: str) -> ParsedPlan:
    """Return the reading of a published document."""
    return parse_plan(beside(SEEDS[name], checks=CHECKS))


def by_place(plan: Plan) -> dict[Place, list[Any]]:
    """Return the records of a plan by section and item."""
    records: dict[Place, list[Any]] = defaultdict(list)
    for path, record in walk(plan):
        citation = getattr(record, "citation", None)
        own = citation is not None and citation.document == plan.documents[0].id
        if own and ".measure" not in path:
            records[citation.section, citation.item].append(record)
    return records


def kinds(records: list[Any]) -> dict[str, int]:
    """Return how many records of each kind there are."""
    counts: dict[str, int] = defaultdict(int)
    for record in records:
        counts[type(record).__name__] += 1
    return dict(counts)


@pytest.mark.parametrize("name", SEEDS)
def test_every_item_of_the_bundled_plan_is_read_and_no_other(name: str) -> None:
    """Parser and people see the same bullets, paragraphs, terms and footnotes, and none is left."""
    parsed = read(name)
    assert by_place(parsed.plan).keys() == by_place(datasets.load(name)).keys()
    assert parsed.unplaced == ()


def test_every_figure_and_date_is_that_of_the_bundled_plan() -> None:
    """Each item has the same numbers, days, months, years, money and footnotes in both."""
    name = "east-midlands-2022-25"
    bundled, parsed = by_place(datasets.load(name)), by_place(read(name).plan)
    different = {
        place
        for place in bundled
        if set().union(*map(typed_mentions, bundled[place]))
        != set().union(*map(typed_mentions, parsed[place]))
    }
    assert different == OTHER_FACTS.keys()


def test_every_target_is_that_of_the_bundled_plan() -> None:
    """Kind, measure, goal, baseline, change, deadline, first period and area are equal."""
    name = "east-midlands-2022-25"
    fields = "measure area goal baseline change deadline since tolerance".split()

    def facts(plan: Plan) -> list[list[Any]]:
        return [[type(each), *(getattr(each, f, None) for f in fields)] for each in plan.targets]

    assert facts(read(name).plan) == facts(datasets.load(name))


def test_objectives_activities_terms_and_footnotes_are_one_to_one() -> None:
    """Each item makes as many objectives, activities, terms and footnotes in both."""
    name = "east-midlands-2022-25"
    bundled, parsed = by_place(datasets.load(name)), by_place(read(name).plan)
    for place, records in bundled.items():
        mine, own = kinds(parsed[place]), kinds(records)
        for kind in ("Objective", "Activity", "Term", "Footnote", "PartnerListing"):
            assert mine.get(kind, 0) == own.get(kind, 0), (place, kind)
        if place in MESSAGES:
            assert set(mine) == {"Fact"}
            assert set(own) == {"Statement"}
        else:
            assert mine.get("Statement", 0) == own.get("Statement", 0), place


def test_deadlines_of_objectives_and_activities_are_equal() -> None:
    """Each objective and activity is due when the bundled plan says."""
    name = "east-midlands-2022-25"
    for part in ("objectives", "activities"):
        bundled, parsed = getattr(datasets.load(name), part), getattr(read(name).plan, part)
        assert [each.deadline for each in parsed] == [each.deadline for each in bundled]


def test_partners_of_sections_and_lists_are_one_to_one() -> None:
    """Each entry of a list of partners names the same partners in both, and the same members."""
    name = "east-midlands-2022-25"
    bundled, parsed = datasets.load(name), read(name).plan

    def names(plan: Plan, place: Place) -> list[set[str]]:
        partners = (
            plan.partner(each.partner) for each in by_place(plan)[place] if hasattr(each, "partner")
        )
        return [set(map(normal_form, partner.names)) for partner in partners]

    for place, records in by_place(bundled).items():
        section = place[0] or ""
        if section != "Our partners" and not section.endswith("Important partners in this work"):
            continue
        mine, own = names(parsed, place), names(bundled, place)
        assert len(mine) == len([each for each in records if hasattr(each, "partner")])
        assert all(one & other for one, other in zip(mine, own, strict=True)), place
    groups = {each.name: len(each.members) for each in parsed.partners if each.members}
    assert groups == {"Local health providers": 6}


@pytest.mark.parametrize(
    ("name", "interpreted"),
    [("east-midlands-2022-25", INTERPRETED), ("hmp-leeds-regimes", INTERPRETED_AT_LEEDS)],
)
def test_partners_of_running_text_are_candidates(name: str, interpreted: set[str]) -> None:
    """Each bundled partner is a partner or a candidate, save those that no name in it shows."""
    parsed = read(name)
    known = {normal_form(one) for partner in parsed.plan.partners for one in partner.names}
    known |= {normal_form(candidate.name) for candidate in parsed.candidates}
    missing = {
        partner.name
        for partner in datasets.load(name).partners
        if known.isdisjoint(map(normal_form, partner.names))
    }
    assert missing == interpreted


def test_the_older_page_has_its_nine_pathways_with_what_they_do() -> None:
    """Pathways, objectives and activities are those of the bundled plan; one is interpreted."""
    name = "hmp-leeds-regimes"
    bundled, parsed = datasets.load(name), read(name).plan
    assert [each.name for each in parsed.pathways] == [each.name for each in bundled.pathways]
    assert parsed.subject == bundled.subject
    for mine, own in zip(parsed.pathways, bundled.pathways, strict=True):
        assert len(mine.activities) == len(own.activities), own.name
        # the bundled plan makes an objective of "gaining … vocational qualifications" as well
        interpreted = own.id == "education-training-and-employment"
        assert len(mine.objectives) == len(own.objectives) - interpreted, own.name
    led = [each.lead for each in parsed.activities if each.lead is not None]
    assert led == ["leeds-community-health-trust"]


def test_nothing_is_inherited_or_ambiguous_in_the_plan_of_2022() -> None:
    """The targets state all that they need; what is derived is said."""
    kinds_of_questions = {finding.kind for finding in read("east-midlands-2022-25").findings}
    assert kinds_of_questions == {"derived", "in question"}
