"""The findings in the bundled plans, reviewed line by line against the documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from rrmodel import datasets
from rrmodel.checks import check

SNAPSHOTS = Path(__file__).parents[1] / "snapshots"
FIGURES = [
    observation
    for name in datasets.observation_sets()
    for observation in datasets.observations(name)
]


@pytest.mark.parametrize("name", datasets.names())
def test_the_findings_are_those_reviewed(name: str) -> None:
    """Each finding in a bundled plan was compared with its document and is right."""
    findings = check(datasets.load(name), observations=FIGURES)
    texts = [f"{finding}\n    {finding.citation}" for finding in findings]
    reviewed = (SNAPSHOTS / f"findings-{name}.txt").read_text("utf-8")
    assert "\n".join(texts) + "\n" == reviewed


def test_the_managers_of_two_years_are_found() -> None:
    """Twelve managers "by the end of 2022" contradict 5 in 2022 and 7 in 2023."""
    (finding,) = check(datasets.load("east-midlands-2022-25"), select=["RRD002"])
    assert finding.path == "$.commitments[2].parts[1]"
    assert "12 posts is due 'by the end of 2022', and 7 posts of it 'in 2023'" in finding.message


def test_one_stay_in_nights_and_in_weeks_is_found() -> None:
    """A stay of "up to 84 nights" and one of "up to 12 weeks" have the same duration."""
    (finding,) = check(datasets.load("east-midlands-2022-25"), select=["RRF003"])
    assert finding.message.startswith("84 nights and 12 weeks, at ")


def test_each_partner_with_two_names_is_found() -> None:
    """The documents call six partners by names that a reader might count twice."""
    named = {
        name: [
            finding.message.split("'")[1]
            for finding in check(datasets.load(name), select=["RRW003"])
        ]
        for name in datasets.names()
    }
    assert named == {
        "east-midlands-2022-25": [
            "st-giles",
            "east-midlands-local-authorities",
            "police-and-crime-commissioners",
            "victims-services-providers",
        ],
        "hmp-leeds-regimes": [
            "leeds-community-healthcare",
            "voluntary-and-community-sector-partners",
        ],
    }


def test_the_drugs_that_are_listed_twice_are_found() -> None:
    """HMP Leeds lists drugs as items 4 and 5, with the same intervention in both."""
    plan = datasets.load("hmp-leeds-regimes")
    findings = check(plan, select=["RRP002", "RRS"])
    assert [(finding.rule, finding.path) for finding in findings] == [
        ("RRP002", "$.pathways[4]"),
        ("RRS001", "$.pathways[4].activities[0]"),
    ]
