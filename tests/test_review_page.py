"""The page that shows a document beside what was read from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rrmodel.reporting import review_page
from rrmodel.wording import parse_plan

DOCUMENTS = Path(__file__).parent / "specimens" / "documents"


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
def test_every_line_is_on_the_page_uncertain_ones_first(path: Path) -> None:
    """Each statement is there with its words; ambiguous lines lead."""
    parsed = parse_plan(path)
    page = review_page(parsed)
    ranks = [
        {"Ambiguous": 0, "In question": 1, "Inherited": 2, "Derived": 2}[kind]
        for kind in re.findall(r'<p class="question"><span class="kind">([^:]+):', page)
    ]
    assert ranks[0] == min(ranks)
    assert page.count("<tr>") >= parsed.counts.placed
    assert "<script" not in page
    assert "http" not in re.sub(r"https?://www\.example\.org[^\s<]*", "", page)


def test_words_of_a_document_are_escaped() -> None:
    """Markup in a document is shown, and does nothing."""
    text = (
        "# Kent Plan 2022-25\n\n## Work\n\n### Actions\n\n- Hire "
        "`<b>3</b>` people\n\n## Glossary\n\nA\n"
    )
    page = review_page(parse_plan(text))
    assert "<b>" not in page
    assert "No place:" in page


def test_pages_of_a_pdf_and_parts_of_commitments_are_named() -> None:
    """Lines are counted on each page; instalments and groups are written out."""
    from tests.rendered_documents import as_pdf  # noqa: PLC0415 - only this test needs reportlab

    page = review_page(parse_plan(as_pdf((DOCUMENTS / "northshire-plan.md").read_text("utf-8"))))
    assert "page 1, line " in page
    assert "4 managers, in 2023" in page
    assert "Orbit Rail" in page
