"""Hypothesis profiles, and one line for the skipped tests of a file.

Every run draws the same examples, on any machine. ``pytest --hypothesis-profile ci`` chooses a
profile; the default is ``fast``. A law whose examples are expensive takes a share of the profile's
number, ``settings.default.max_examples // 6``.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, Phase, settings
from tests.beside import ABSENT

EXAMPLES = {"fast": 20, "ci": 100, "thorough": 1_000}

for name, max_examples in EXAMPLES.items():
    settings.register_profile(
        name,
        max_examples=max_examples,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],  # it reads the clock
        # To explain the failure of a whole plan takes minutes and says little.
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
    )
settings.load_profile("fast")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Report tests that lack ``../shared`` by their file alone, so that pytest counts them."""
    report = yield
    if isinstance(report.longrepr, tuple) and ABSENT in report.longrepr[2]:
        report.longrepr = (str(item.path), None, report.longrepr[2])  # type: ignore[assignment]
    return report
