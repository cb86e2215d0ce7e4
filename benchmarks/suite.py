"""How long the tests take: one file, and with ``--all`` the whole suite on two processors.

Run it with ``python benchmarks/suite.py [--all]``, in an environment that has the tests' packages.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter

from results import Measured, Result, at_most, show

ROOT = Path(__file__).parents[1]
ONE_FILE = "tests/test_periods.py"
IN_PARALLEL = ("-n2", "--dist=worksteal")


def seconds(*arguments: str) -> float:
    """Return how long pytest takes."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    start = perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)  # noqa: S603
    return perf_counter() - start


def measure(*, is_whole: bool = False) -> Measured:
    """Time one file of tests, and all of them if asked."""
    whole = seconds(*IN_PARALLEL) / 60 if is_whole else None
    return Measured((
        Result("Tests", ONE_FILE, seconds(ONE_FILE), "s", at_most(4)),
        Result("Tests", "all tests on two processors", whole, "minutes", at_most(3)),
    ))  # fmt: skip


if __name__ == "__main__":
    show(measure(is_whole="--all" in sys.argv))
