"""Progress that a terminal shows during a long command."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from threading import Timer

__all__ = ["working"]

_PATIENCE = 0.5
"""Seconds after which work is long."""


@contextmanager
def working(words: str) -> Generator[None, None, None]:
    """Show words with a spinner on standard error while work takes long, if it is a terminal."""
    stream = sys.stderr
    if not stream.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - a pipe does not need it
    from rich.text import Text  # noqa: PLC0415 - as above

    status = Console(file=stream).status(Text(words))
    timer = Timer(_PATIENCE, status.start)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        status.stop()
