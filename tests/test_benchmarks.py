"""The programs that measure speed can be started; no test measures time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
IMPORT_ALL = """
import pathlib, runpy, sys

sys.path.insert(0, sys.argv[1])
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.py")):
    runpy.run_path(str(path), run_name="imported")
"""


@pytest.mark.slow
def test_every_benchmark_imports() -> None:
    """Each program finds every name that it imports, and measures nothing until it is run."""
    ran = subprocess.run(  # noqa: S603  our own interpreter and our own programs
        [sys.executable, "-c", IMPORT_ALL, BENCHMARKS],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert (ran.stdout, ran.stderr) == ("", "")
