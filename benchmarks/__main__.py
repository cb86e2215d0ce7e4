"""Every goal for speed with what was measured, in one run: ``python benchmarks`` or nox.

``nox -s benchmarks`` runs it in an environment with every package. Sizes are small unless
``--full`` is given. ``--write docs/explanation/benchmarks.md`` also replaces the results on that
page, and the charts in ``docs/static``.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import documents
import evaluation
import exactness
import frames
import graph
import loading
import page
import parquet
import quantities
import sentences
import start
import suite
from results import Measured, race, show, timed

PACKAGES = (
    "rrmodel attrs cattrs narwhals networkx numpy pandas pint polars pyarrow pydantic scipy".split()
)
SUBTRACTION = 35e-9
"""The seconds of one subtraction of decimals on the idle machine for which the goals were set."""
PACE_ROUNDS = 5
QUICK: dict[str, Callable[[], Measured]] = {
    "quantities": quantities.measure,
    "evaluation": evaluation.measure,
    "start": lambda: start.measure(3),
    "loading": loading.measure,
    "frames": frames.measure,
    "exactness": lambda: exactness.measure(20_000),
    "parquet": parquet.measure,
    "graph": graph.measure,
    "sentences": sentences.measure,
    "documents": documents.measure,
    "suite": suite.measure,
}
FULL: dict[str, Callable[[], Measured]] = {
    **QUICK,
    "evaluation": lambda: evaluation.measure(evaluation.MORE_AREAS),
    "start": start.measure,
    "loading": lambda: loading.measure(loading.MORE_ROWS),
    "frames": lambda: frames.measure(frames.MORE_SIZES),
    "exactness": exactness.measure,
    "parquet": lambda: parquet.measure(parquet.ALL_FILES),
    "graph": lambda: graph.measure((*graph.POWERS, 6)),
    "documents": lambda: documents.measure((*documents.SIZES, 100_000_000)),
    "suite": lambda: suite.measure(is_whole=True),
}


def processor() -> str:
    """Return the name of the processor, as Linux or Python gives it."""
    cpuinfo = Path("/proc/cpuinfo")
    text = cpuinfo.read_text("utf-8") if cpuinfo.exists() else ""
    names = [line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line]
    return names[0] if names else platform.processor() or platform.machine()


def load() -> float:
    """Return the load average of the last minute (POSIX only)."""
    return os.getloadavg()[0]


def pace() -> float:
    """Return how many times longer a subtraction takes than where the goals were set."""
    numbers = {"x": Decimal(90), "y": Decimal(82)}
    return race({"": timed("x - y", names=numbers)}, PACE_ROUNDS)[""] / SUBTRACTION


def circumstances(before: float, after: float, seconds: float, size: str) -> list[str]:
    """Return where and how the results were measured, in sentences."""
    count = os.cpu_count() or 1
    share = max(before, after) / count
    busy = (
        "Other programs were running, so absolute times are longer than on an idle machine, and "
        "ratios less certain."
        if share > 1
        else "The machine was otherwise almost idle."
    )
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        (
            f"Measured on {datetime.now(tz=UTC).date()} in {seconds / 60:.1f} minutes, with "
            f"`--{size}`: {processor()}, {count} processors, {platform.system()}, "
            f"Python {platform.python_version()}."
        ),
        (
            f"The load average was {before:.1f} before and {after:.1f} after the run, for {count} "
            f"processors. {busy}"
        ),
        (
            "One subtraction of decimals took "
            f"{pace():.1f} times as long as on the idle machine for which the goals were set. "
            "If that is more than 1, goals in units of time (µs, s, MB/s) are harder to meet here."
        ),
        f"Versions: {versions}.",
    ]


def main() -> None:
    """Run the benchmarks and print, and if asked write, what they measured."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument(
        "--quick", action="store_true", help="Use small sizes, for a few minutes. Default."
    )
    sizes.add_argument(
        "--full",
        action="store_true",
        help="Use the sizes of every goal, to 10^8 rows; takes long, and gigabytes of disk.",
    )
    parser.add_argument(
        "--only", nargs="+", choices=QUICK, help="Run these benchmarks. Default: all.", default=[]
    )
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="Replace the results on this page of the docs."
    )
    options = parser.parse_args()
    if options.write is not None and (problem := page.problem_of(options.write)):
        parser.error(problem)
    chosen = FULL if options.full else QUICK
    before, begun = load(), perf_counter()
    measured: list[Measured] = []
    for name in options.only or chosen:
        print(f"{name} …", file=sys.stderr, flush=True)
        measured.append(chosen[name]())
    everything = Measured(
        tuple(result for each in measured for result in each.results),
        tuple(point for each in measured for point in each.points),
    )
    size = "full" if options.full else "quick"
    sentences_about = circumstances(before, load(), perf_counter() - begun, size)
    if excluded := [name for name in QUICK if name not in (options.only or chosen)]:
        sentences_about.append(f"This run did not measure: {', '.join(excluded)}.")
    show(everything)
    print("", page.summary(everything.results), *sentences_about, sep="\n")
    if options.write is not None:
        page.write(options.write, everything, sentences_about)


if __name__ == "__main__":
    main()
