"""Progress that a terminal shows while a command works, and a pipe does not."""

from __future__ import annotations

import sys
from io import StringIO
from threading import Event

import pytest

from rrmodel.cli import _progress as progress


class Terminal(StringIO):
    """Standard error of a terminal, which says when something was written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = Event()

    def isatty(self) -> bool:
        """Say that it is a terminal."""
        return True

    def write(self, text: str) -> int:
        """Keep a text, and let those who wait go on."""
        count = super().write(text)
        self.written.set()
        return count


def test_long_work_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while a terminal shows what is done, and is then left as it was."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setenv("TERM", "xterm")
    with progress.working("Reading [plan].yaml"):
        assert stream.written.wait(timeout=30)
    assert "Reading [plan].yaml" in stream.getvalue()
    assert stream.getvalue().endswith("\x1b[2K")


def test_short_work_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that ends soon leaves no trace on the screen."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress.working("Reading"):
        pass
    assert "Reading" not in stream.getvalue()


def test_a_pipe_gets_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Only a terminal gets progress."""
    with progress.working("Reading"):
        pass
    assert capsys.readouterr() == ("", "")
