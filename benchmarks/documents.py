"""How fast documents are read, and whether the time grows with their size only.

Run it with ``python benchmarks/documents.py``. It makes documents of several sizes, text without
figures and plans, and prints megabytes a second for each, the best of several runs.
"""

from __future__ import annotations

import time

from results import Measured, Point, Result, at_least, at_most, growth, show

from rrmodel.wording import parse_plan

ROUNDS = 3
LARGE = 1_000_000
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
PARAGRAPH = (
    "People who leave prison with a stable home, a steady job and strong ties to their family and "
    "community are less likely to return, so the service works with partners of every kind to make "
    "sure that support begins before release and goes on for as long as it is needed.\n\n"
)
PATHWAY = """Pathway {number}: Work and learning {number}

Employment and education cut crime. Prison leavers who get a job are up to nine percentage points
less likely to reoffend. The region will invest £2.4 million in workshops.

Regional context

- In the region, only {share}% of prison leavers have a job six weeks after release (April 2020 to
  March 2021).
- Training prisons have focused on skills in drylining, cycle repairs, carpentry and hospitality.

Important partners in this work

- Provider {number}, the current provider of education, training and employment
- Department for Work and Pensions, helping people on probation to find work

Targets

- By July 2023, the region will increase the proportion employed six months after release by 5
  percentage points from 18% in March 2022
- By July 2023, the region will maintain the proportion employed six weeks after release at {share}%

Three-year objectives

- Ensure that more prisoners obtain practical skills in construction, warehousing and logistics
- Deliver an employment hub in each prison by 2023-24

Three-year activities

- Ensure improved links between Provider {number} and prison employment hubs
- Deliver an embedded peer mentoring strategy across the region by the end of 2023

"""


def text_without_figures(size: int) -> str:
    """Return a chapter of about so many bytes."""
    return "A long chapter\n\n" + PARAGRAPH * (size // len(PARAGRAPH) + 1)


def plan(size: int) -> str:
    """Return a plan of about so many bytes."""
    title = "A Region Reducing Reoffending Plan 2022-25\n\n"
    count = size // len(PATHWAY) + 1
    return title + "".join(
        PATHWAY.format(number=number, share=10 + number % 80) for number in range(1, count + 1)
    )


def seconds(document: str, rounds: int) -> float:
    """Return the least time that a document took."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        parse_plan(document)
        best = min(best, time.process_time() - start)
    return best


def measure(sizes: tuple[int, ...] = SIZES) -> Measured:
    """Time each kind of document at each size."""
    parse_plan(plan(1))  # loads the bundled measures once
    results: list[Result] = []
    points: list[Point] = []
    kinds = (("text without figures", text_without_figures, 5), ("a plan", plan, 1))
    for title, make, goal in kinds:
        line: list[Point] = []
        for size in sizes:
            document = make(size)
            took = seconds(document, ROUNDS if size <= LARGE else 1)
            line.append(Point("Reading documents", "bytes", title, len(document.encode()), took))
        last = line[-1]
        megabytes = last.size / 1e6
        name = f"{title}, {megabytes:.3g} MB"
        results += [
            Result("Documents", name, megabytes / last.seconds, "MB/s", at_least(goal)),
            growth("Documents", line, at_most(1.1)),
        ]
        points += line
    return Measured(tuple(results), tuple(points))


if __name__ == "__main__":
    show(measure())
