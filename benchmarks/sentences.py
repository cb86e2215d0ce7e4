"""How fast sentences are read: text without figures, and the sentences of a plan.

Run it with ``python benchmarks/sentences.py``. Each line gives megabytes a second, the best of
several runs.
"""

from __future__ import annotations

import timeit
from collections.abc import Callable

from rrmodel import datasets
from rrmodel.model import walk
from rrmodel.wording import parse_target, read_figures, render

ROUNDS = 7


def speed(title: str, sentences: list[str], read: Callable[[str], object]) -> None:
    """Print how many megabytes of sentences are read in a second."""
    size = sum(map(len, sentences)) / 1e6
    seconds = min(timeit.repeat(lambda: [read(one) for one in sentences], number=1, repeat=ROUNDS))
    print(f"{title:48}{size / seconds:8.2f} MB/s")


def main() -> None:
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
    speed("running text without figures", without, lambda one: parse_target(one, mode="running"))
    speed("running text of plans", statements, lambda one: parse_target(one, mode="running"))
    speed("entries of lists", statements, parse_target)
    speed("targets with figures", targets, parse_target)
    speed("figures of running text", statements, read_figures)
    speed("figures of text without any", without, read_figures)


if __name__ == "__main__":
    main()
