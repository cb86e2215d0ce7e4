"""The report in Chromium: one request, no error, WCAG 2.2 AA, the keyboard, and print."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from tests.browser.visits import Scheme, Server, visiting
from tests.test_report import drawn

from rrmodel import datasets, evaluate_plan
from rrmodel.reporting import report

BUNDLED, HOSTILE = "/bundled.html", "/hostile.html"
A4_PORTRAIT, A4_LANDSCAPE = 680, 1009
"""The widths between the margins of a sheet, in pixels."""


@cache
def bundled() -> str:
    """Return the report of the bundled plan, whose tables of partners fill several sheets."""
    plan = datasets.load("east-midlands-2022-25")
    sets = [datasets.observation_set(name) for name in datasets.observation_sets()]
    figures = [observation for each in sets for observation in each]
    first, area, earlier = (
        evaluate_plan(plan, figures, as_of=day, area=area)
        for day, area in (
            ("2024-08-01", "England and Wales"),
            ("2024-08-01", "East Midlands"),
            ("2023-08-01", "England and Wales"),
        )
    )
    return report(first, beside=[area, earlier], sets=sets)


@pytest.fixture(autouse=True)
def pages(server: Server) -> None:
    """Serve both pages."""
    server.pages = {BUNDLED: bundled().encode(), HOSTILE: drawn().encode()}


@pytest.mark.parametrize(
    ("path", "width", "scheme"),
    [
        (BUNDLED, 1280, "light"),
        (BUNDLED, 320, "dark"),
        (HOSTILE, 1280, "dark"),
        (HOSTILE, 320, "light"),
    ],
)
def test_everybody_can_use_it(
    browser: Browser, server: Server, path: str, width: int, scheme: Scheme
) -> None:
    """A page is one request, says nothing on the console, has no fault by axe, and reflows."""
    server.asked.clear()
    with visiting(browser, server.address(path), width=width, scheme=scheme) as visit:
        assert visit.violations() == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        smallest = visit.page.evaluate(
            """() => Math.min(...[...document.querySelectorAll('.chart svg')]
                .filter(svg => svg.getBoundingClientRect().width)
                .flatMap(svg => [...svg.querySelectorAll('text')].map(text =>
                    parseFloat(getComputedStyle(text).fontSize)
                    * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)))"""
        )
        assert smallest >= 11, "text in charts can be read"
        assert visit.messages == []
        assert visit.requests == [server.address(path)]
    assert server.asked == [path], "not even an icon"


def test_names_stay_text(browser: Browser, server: Server) -> None:
    """A name with a script in it is read, not run."""
    with visiting(browser, server.address(HOSTILE)) as visit:
        visit.page.wait_for_timeout(100)
        assert "script>alert(2)" in visit.page.inner_text("nav")
        assert visit.page.locator("script, img, b, i").count() == 0
        assert visit.messages == []


STEP = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    const all = [...document.querySelectorAll('a[href], [tabindex="0"]')];
    return {place: all.indexOf(at), all: all.length, ring: style.outlineStyle,
            thick: parseFloat(style.outlineWidth),
            visible: box.width > 0 && box.bottom > 0 && box.top < innerHeight};
}"""


def test_the_keyboard_reaches_everything(browser: Browser, server: Server) -> None:
    """Each link and each table that scrolls is reached in order, in sight and with a ring."""
    with visiting(browser, server.address(BUNDLED), width=320) as visit:
        keyboard, steps = visit.page.keyboard, list[dict[str, Any]]()
        keyboard.press("Tab")
        while (step := visit.page.evaluate(STEP))["place"] == len(steps) < step["all"]:
            steps.append(step)
            keyboard.press("Tab")
        assert len(steps) == steps[0]["all"] > 40
        assert all(
            each["visible"] and each["ring"] == "solid" and each["thick"] >= 2 for each in steps
        )


def test_the_keyboard_skips_and_scrolls(browser: Browser, server: Server) -> None:
    """The first link skips to the results, and arrow keys scroll a table."""
    with visiting(browser, server.address(BUNDLED), width=320) as visit:
        page = visit.page
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        table = page.locator(".scroll").first
        table.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.activeElement.scrollLeft > 0")


def squeezed(text: str) -> str:
    """Return a text without its spaces and line ends, which sheets set differently."""
    return re.sub(r"\s", "", text)


def test_it_prints_without_cut_tables(browser: Browser, server: Server) -> None:
    """Rows stay whole, headings are repeated on each sheet, and addresses and numbers are there."""
    with visiting(browser, server.address(BUNDLED)) as visit:
        visit.page.emulate_media(media="print")
        rows = visit.page.evaluate(
            """() => [...document.querySelectorAll('table')].map(table => [
                table.tHead.innerText, [...table.querySelectorAll('tbody tr')].map(
                    row => [...row.cells].map(cell => cell.innerText).join(''))])"""
        )
        printed = visit.page.pdf(prefer_css_page_size=True, print_background=True)
    sheets = PdfReader(BytesIO(printed))
    texts = [squeezed(sheet.extract_text()) for sheet in sheets.pages]
    longest = 0
    for head, body in rows:
        places = [
            [place for place, text in enumerate(texts) if squeezed(row) in text] for row in body
        ]
        assert [row for row, row_places in zip(body, places, strict=True) if not row_places] == []
        used = {row_places[0] for row_places in places if len(row_places) == 1}
        longest = max(longest, len(used))
        assert all(squeezed(head) in texts[place] for place in used)
    assert longest > 2, "a table is longer than a sheet"
    assert all(f"{number}of{len(texts)}" in text for number, text in enumerate(texts, 1))
    assert any("(https://www.gov.uk/government/statistics/" in text for text in texts)
    for sheet in sheets.pages:
        assert sorted(map(round, sheet.mediabox[2:])) == [595, 842], "A4"


@pytest.mark.parametrize(
    ("width", "tables"), [(A4_PORTRAIT, "section:not(.landscape) table"), (A4_LANDSCAPE, "table")]
)
def test_tables_fit_the_sheet(browser: Browser, server: Server, width: int, tables: str) -> None:
    """No table is wider than the paper: those of the data are on sheets turned sideways."""
    with visiting(browser, server.address(BUNDLED), width=width) as visit:
        visit.page.emulate_media(media="print")
        widths = visit.page.locator(tables).evaluate_all(
            "tables => tables.map(table => table.getBoundingClientRect().width)"
        )
        assert max(widths) <= width
