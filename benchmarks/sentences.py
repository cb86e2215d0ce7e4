"""How fast sentences are read: text without figures, and the sentences of a plan.

Run it with ``python benchmarks/sentences.py``. Each line gives megabytes a second, the best of
several runs.
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

from results import Goal, Measured, Result, at_least, show

from rrmodel import datasets
from rrmodel.model import walk
from rrmodel.wording import parse_target, read_figures, render

ROUNDS = 7


def speed(
    title: str, sentences: list[str], read: Callable[[str], object], goal: Goal | None = None
) -> Result:
    """Return how many megabytes of sentences are read in a second."""
    size = sum(map(len, sentences)) / 1e6
    best = float("inf")
    for _ in range(ROUNDS):
        start = process_time()
        for sentence in sentences:
            read(sentence)
        best = min(best, process_time() - start)
    return Result("Sentences", title, size / best, "MB/s", goal)


def measure() -> Measured:
    """Time each reader on the statements of the bundled plans."""
    plans = [datasets.load(name) for name in datasets.names()]
    statements = [
        statement
        for plan in plans
        for _, record in walk(plan)
        if isinstance(statement := getattr(record, "statement", None), str)
    ]
    without = [one for one in statements if not any(mark.isdigit() for mark in one)] * 5
    targets = [render(target) for target in plans[0].targets] * 20
    return Measured(
        (
            speed("running text without figures", without, running, at_least(5)),
            speed("running text of plans", statements, running),
            speed("entries of lists", statements, parse_target),
            speed("targets with figures", targets, parse_target),
            speed("figures of running text", statements, read_figures),
            speed("figures of text without any", without, read_figures),
        )
    )


def running(sentence: str) -> object:
    """Read a sentence of running text."""
    return parse_target(sentence, mode="running")


if __name__ == "__main__":
    show(measure())
