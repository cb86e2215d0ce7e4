"""The tables that a notebook shows of plans, results and figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from lxml.html import HtmlElement, fromstring

from rrmodel import (
    Citation,
    LevelRange,
    Month,
    Observation,
    Percentage,
    Plan,
    RangeTarget,
    checks,
    datasets,
    evaluate,
    evaluate_plan,
    graph,
)
from rrmodel.coverage import compare_editions, coverage
from rrmodel.evaluation import compare_policies, evaluate_over
from rrmodel.graph import partner_graph, partner_table
from rrmodel.model import Counts
from rrmodel.records import to_table

REGION, PRISON = datasets.load("east-midlands-2022-25"), datasets.load("hmp-leeds-regimes")
FIGURES = datasets.observation_set("england-and-wales")
PLACE = "England and Wales"
RESULTS = evaluate_plan(REGION, FIGURES, as_of="2024-08-01", area=PLACE)
HOUSED = REGION.target("housed-on-release-by-july-2023")
RESULT = RESULTS.of(HOUSED.id)
RANGE = RangeTarget(
    id="housed-in-range",
    statement="Between 40% and 50% are housed.",
    citation=Citation("plan"),
    measure=REGION.measure("housed-on-release"),
    area="York",
    goal=LevelRange(low=Percentage(40), high=Percentage(50)),
)


def table(shown: Any) -> HtmlElement:
    """Return the table that a notebook shows of a value."""
    return fromstring(shown._repr_html_()).find(".//table")


def rows(shown: Any) -> list[list[str]]:
    """Return the texts of the rows of its body."""
    return [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in table(shown).findall("tbody/tr")
    ]


def heads(shown: Any) -> list[str]:
    """Return the headings of its columns."""
    return [cell.text for cell in table(shown).findall("thead/tr/th")]


def test_a_plan_shows_its_pathways() -> None:
    """A row for each, with counts; the caption names the plan."""
    assert heads(REGION)[:3] == ["Pathway", "Objectives", "Activities"]
    assert [row[1] for row in rows(REGION)] == ["6", "6", "5", "6"]
    assert table(REGION).find("caption").text.endswith("East Midlands (east-midlands-2022-25)")


def test_rows_of_one_name_are_told_apart() -> None:
    """The id is in small print where another id has the same name, and only there."""
    shown = [row[0] for row in rows(coverage(PRISON))]
    assert shown[2:5] == [
        "Mental & Physical Health",
        "Drug & Alcohol Misusedrug-and-alcohol-misuse-recovery-wing",
        "Drug & Alcohol Misusedrug-and-alcohol-misuse-substitute-prescribing",
    ]
    pathways = {row[1] for row in rows(partner_table(partner_graph(PRISON)))}
    assert {"Accommodation", shown[3], shown[4]} <= pathways


def test_a_status_has_an_icon_and_a_word() -> None:
    """Colour is never needed, and a screen reader hears the word alone."""
    shown = {row[0]: row[1] for row in rows(RESULTS)}
    assert shown[HOUSED.id] == "✗ Missed on the figures"
    assert shown["treatment-requirements-meet-needs"] == "– Not quantified"
    icons = table(RESULTS).findall(".//span[@aria-hidden]")
    assert {icon.text for icon in icons} == {"✗", "✓", "–"}


def test_numbers_are_aligned_to_the_right() -> None:
    """In the heading too, with figures of one width."""
    numeric = [cell.text for cell in table(RESULTS).findall("thead/tr/th[@class='n']")]
    assert numeric == ["Latest", "Goal", "Gap"]
    assert "tabular-nums" in RESULTS._repr_html_()


def test_the_source_is_shown_on_hover() -> None:
    """That of the figure, and the statement and citation of the target."""
    titles = [each.get("title") for each in table(RESULT).findall(".//span[@title]")]
    assert any("Published: 25 July 2024" in title for title in titles)
    assert any("Document: east-midlands-plan-2022-25" in title for title in titles)


def test_colours_are_those_of_the_page() -> None:
    """Nothing but lines has a colour, and those are grey with alpha, so that dark pages work."""
    html = RESULTS._repr_html_()
    assert "color:inherit" in html
    assert "background:none" in html
    assert "#" not in html.partition("</style>")[0]


def test_an_evaluation_is_a_list_of_its_fields() -> None:
    """One result is read downwards; what is undefined is omitted."""
    shown = dict(rows(RESULT))
    assert shown["Gap"] == "3.7 percentage points"
    assert shown["Latest"] == "86.3%2022/23"
    assert "Progress" not in shown
    december = Observation(
        measure=HOUSED.measure, area="East Midlands", period=Month("2022-12"), level=Percentage(87)
    )
    assert dict(rows(evaluate(HOUSED, [december], as_of="2023-01-31")))["Progress"] == "62.5%"


def test_a_column_that_says_nothing_is_left_out() -> None:
    """A value that all rows share is not repeated, and an empty column is not shown."""
    assert heads(compare_policies(HOUSED, FIGURES, as_of="2024-08-01", area=PLACE))[0] == "Policy"
    days = ["2023-01-01", "2024-08-01"]
    over = to_table(evaluate_over(HOUSED, FIGURES, days, area=PLACE))
    assert heads(over)[0] == "As of"
    assert "Gap" not in heads(evaluate_plan(REGION, [], as_of="2024-08-01"))


def test_long_tables_and_texts_are_cut() -> None:
    """The last row says how many there are; the rest of a text is shown on hover."""
    (*_, last) = rows(FIGURES)
    assert last == [f"… and {len(FIGURES) - 20} more: see to_records()"]
    citation = Citation("plan", ("Vision " * 200).strip())
    assert rows(citation)[1][1].endswith("Vision…")
    assert table(citation).find(".//span").get("title").count("Vision") == 200


def test_nothing_to_show_is_said() -> None:
    """A table without rows is one cell."""
    assert rows(checks.to_table([])) == [["No rows"]]
    assert rows(compare_editions(REGION, REGION)) == [["No rows"]]


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (coverage(REGION), "Training, skills and work"),
        (checks.check(PRISON)[0], "Warning"),
        (checks.to_table(checks.check(PRISON)), "▲ Warning"),
        (graph.partner_table(graph.partner_graph(PRISON)), "Shelter"),
        (compare_editions(REGION, PRISON), "Dropped"),
        (FIGURES.observations[0], "19.3%"),
        (evaluate(RANGE, [], as_of="2024-08-01"), "40% to 50%"),
        (datasets.pathway_schemes().crosswalks[0], "yes"),
        (Observation(measure="m", area="York", period="2022/23", counts=Counts(1, 3)), "33.33%"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_kind_is_shown_in_words(shown: Any, text: str) -> None:
    """Words of closed lists are capitalised, and exact fractions are rounded."""
    assert text in table(shown).text_content()


def test_an_exact_number_is_shown_on_hover() -> None:
    """Where its decimals do not end."""
    third = Observation(measure="m", area="York", period="2022/23", counts=Counts(1, 3))
    titles = [each.get("title") for each in table(third).findall(".//span[@title]")]
    assert titles == ["Exactly 100/3%"]


def test_days_are_written_as_plans_write_them() -> None:
    """Whatever the locale."""
    assert dict(rows(RESULT))["As of"] == "1 August 2024"
    assert RESULT.as_of == date(2024, 8, 1)
    assert isinstance(REGION, Plan)
