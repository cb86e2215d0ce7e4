"""A visit of a page with a browser: requests, messages, and problems that axe finds."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Literal, Self

import attrs
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


class Server:
    """A server of pages, which notes each path that it is asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        """The page at each path."""
        self.asked: list[str] = []
        """The paths asked for."""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                body = outer.pages.get(self.path)
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None:
                """Print nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def address(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self._server.server_port}{path}"


@attrs.define
class Visit:
    """A page that is open in a browser."""

    page: Page
    requests: list[str]
    """The addresses that the page asked for, its own first."""
    messages: list[str]
    """What the console, a script or a dialog said."""

    def violations(self) -> list[str]:
        """Return what axe finds against WCAG 2.2 AA and good practice, with the elements."""
        results = Axe().run(self.page, options={"runOnly": list(RULES)}).response["violations"]
        return [f"{each['id']}: {node['html'][:120]}" for each in results for node in each["nodes"]]


@contextmanager
def visiting(
    browser: Browser, address: str, *, width: int = 1280, scheme: Scheme = "light"
) -> Generator[Visit]:
    """Open a page in a new window.

    Args:
        browser: The browser.
        address: The address of the page.
        width: The width of the window in pixels.
        scheme: Whether the reader prefers light or dark pages.
    """
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    visit = Visit(page, [], [])
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("console", lambda message: visit.messages.append(message.text))
    page.on("pageerror", lambda error: visit.messages.append(str(error)))
    page.on("dialog", lambda dialog: (visit.messages.append(dialog.message), dialog.dismiss()))
    page.goto(address)
    yield visit
    context.close()
