"""One Chromium for all tests of this folder, and a server that counts what it is asked for."""

from __future__ import annotations

import shutil
from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.visits import Server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """Return a Chromium that asks for nothing on its own."""
    if CHROMIUM is None:
        pytest.exit("there is no Chromium: install the package 'chromium'", returncode=2)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server() -> Generator[Server]:
    """Return a server of pages on this machine."""
    with Server() as running:
        yield running
