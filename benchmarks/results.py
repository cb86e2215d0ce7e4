"""The results of benchmarks: races whose racers take turns, results with goals, and growth curves.

Each benchmark has a function ``measure``, which returns :class:`Measured`; its own program and
``python benchmarks`` both print it with :func:`show`.
"""

from __future__ import annotations

import subprocess
import sys
import timeit
from collections.abc import Callable, Iterable, Mapping
from math import log
from statistics import median
from time import process_time
from typing import Any

import attrs

__all__ = [
    "Goal",
    "Measured",
    "Point",
    "Result",
    "at_least",
    "at_most",
    "growth",
    "in_words",
    "memory",
    "race",
    "show",
    "timed",
    "times_faster",
    "times_slower",
]

SECONDS_A_RUN = 0.02
LITTLE = 0.1


@attrs.frozen
class Goal:
    """The most or the least that a result may be."""

    limit: float
    is_least: bool

    def __str__(self) -> str:
        """Return the goal as a table shows it."""
        return f"{'≥' if self.is_least else '≤'} {self.limit:g}"

    def is_met(self, value: float) -> bool:
        """Return whether a value meets the goal."""
        return value >= self.limit if self.is_least else value <= self.limit


def at_most(limit: float) -> Goal:
    """Return the goal that a value is so large or less."""
    return Goal(limit, is_least=False)


def at_least(limit: float) -> Goal:
    """Return the goal that a value is so large or more."""
    return Goal(limit, is_least=True)


@attrs.frozen
class Result:
    """One measurement: its subject and name, its peer if it is a ratio, its value and its goal.

    The value is None if this run did not measure it.
    """

    subject: str
    name: str
    value: float | None
    unit: str
    goal: Goal | None = None
    peer: str = ""
    detail: str = ""

    @property
    def measured(self) -> str:
        """The value with its unit, and its peer."""
        if self.value is None:
            return "–"
        number = f"{self.value:.2f}" if LITTLE <= abs(self.value) < 10 else f"{self.value:.4g}"  # noqa: PLR2004
        return " ".join(part for part in (number, self.unit, self.peer) if part)

    @property
    def is_met(self) -> bool | None:
        """Whether the goal was met; None if there is no goal or no value."""
        if self.goal is None or self.value is None:
            return None
        return self.goal.is_met(self.value)

    @property
    def verdict(self) -> str:
        """Whether the goal was met, and by how much it was missed."""
        if self.goal is None:
            return ""
        if self.value is None:
            return "not measured"
        if self.is_met:
            return "met"
        distance = f": {self.value / self.goal.limit:.3g} × the goal" if self.goal.limit else ""
        return f"missed{distance}"


@attrs.frozen
class Point:
    """One point of a growth curve: the time in seconds for so many rows, edges or bytes."""

    chart: str
    unit: str
    line: str
    size: int
    seconds: float


@attrs.frozen
class Measured:
    """The result of a benchmark."""

    results: tuple[Result, ...]
    points: tuple[Point, ...] = ()


def timed(
    code: str | Callable[[], object],
    *,
    names: Mapping[str, object] | None = None,
    calls: int | None = None,
    timer: Callable[[], float] = process_time,
) -> Callable[[], float]:
    """Return what runs some code and returns the seconds of one call.

    Args:
        code: A statement or a function.
        names: The names that the statement may use.
        calls: How many calls a run makes. Default: as many as take about 20 ms.
        timer: Returns the seconds. Default: the CPU time of this process.
    """
    clock = timeit.Timer(code, timer=timer, globals=dict(names or {}))
    if calls is None:
        calls = max(1, int(20 * SECONDS_A_RUN / max(1e-9, min(clock.repeat(number=20, repeat=5)))))
    return lambda: clock.timeit(calls) / calls


def race(racers: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each racer; they run in turns, A B B A."""
    times: dict[str, list[float]] = {name: [] for name in racers}
    for _ in range(rounds):
        for name in [*racers, *reversed(racers)]:
            times[name].append(racers[name]())
    return {name: median(taken) for name, taken in times.items()}


def times_slower(
    subject: str,
    name: str,
    taken: Mapping[str, float],
    peer: str,
    goal: Goal | None = None,
    *,
    ours: str = "ours",
) -> Result:
    """Return how many times the time of a peer ours takes."""
    mine, other = taken[ours], taken[peer]
    detail = f"{in_words(mine)} against {in_words(other)}"
    return Result(subject, name, mine / other, "× the time of", goal, peer, detail)


def times_faster(
    subject: str,
    name: str,
    taken: Mapping[str, float],
    peer: str,
    goal: Goal | None = None,
    *,
    ours: str = "ours",
) -> Result:
    """Return how many times our time a peer takes."""
    mine, other = taken[ours], taken[peer]
    detail = f"{in_words(mine)} against {in_words(other)}"
    return Result(subject, name, other / mine, "× faster than", goal, peer, detail)


def growth(subject: str, points: Iterable[Point], goal: Goal | None = None) -> Result:
    """Return the exponent by which the time of a line of a chart grows, over its last two sizes.

    It is 1 if the time grows as the size does, and 2 if it grows as the square of the size.
    """
    smaller, larger = sorted(points, key=lambda point: point.size)[-2:]
    value = log(larger.seconds / smaller.seconds) / log(larger.size / smaller.size)
    detail = f"from {smaller.size:,} to {larger.size:,}"
    return Result(subject, f"growth: {larger.line}", value, "power of the size", goal, "", detail)


def memory(setup: str, reading: str) -> int:
    """Return by how many bytes the memory of a new interpreter grows at its most, on Linux.

    Args:
        setup: Code that is not counted, such as imports.
        reading: An expression whose value is kept.
    """
    code = f"""
from pathlib import Path
def most():
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024
{setup}
before = most()
kept = {reading}
print(most() - before)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    return int(done.stdout)


def show(measured: Measured) -> None:
    """Print results in a table, then the points of each curve."""
    rows = [
        (each.subject, each.name, each.measured, str(each.goal or ""), each.verdict, each.detail)
        for each in measured.results
    ]
    print_columns([("subject", "measured", "value", "goal", "verdict", "detail"), *rows])
    charts: dict[str, list[tuple[Any, ...]]] = {}
    for point in measured.points:
        row = (point.line, f"{point.size:,}", in_words(point.seconds))
        charts.setdefault(point.chart, []).append(row)
    for title, lines in charts.items():
        print(f"\n{title}")
        print_columns(lines)


def print_columns(rows: list[tuple[Any, ...]]) -> None:
    """Print rows of texts, each column as wide as its longest text."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip(), flush=True)


def in_words(value: float) -> str:
    """Return seconds in the unit that suits them."""
    for unit, scale in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if value * scale >= 1:
            return f"{value * scale:,.3g} {unit}" if value * scale < 1000 else f"{value:,.0f} s"  # noqa: PLR2004
    return f"{value * 1e9:,.0f} ns"
