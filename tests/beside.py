"""The folder ``shared`` beside the project, with published texts and reference answers.

The project is complete without it. A test that reads it is skipped where it is absent, and the
reason says what the test would have checked: one reason for each file of tests.
"""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"
ABSENT = "../shared is absent, so not checked: "


def beside(path: str, *, checks: str) -> Path:
    """Return a file or folder of ``shared``; skip the test if it is absent.

    Args:
        path: The path below ``shared``.
        checks: The checks of the calling file, as the reason continues.
    """
    location = SHARED / path
    if not location.exists():
        pytest.skip(ABSENT + checks)
    return location
