"""How fast documents are read, and whether the time grows with their size only.

Run it with ``python benchmarks/documents.py``. It makes documents of several sizes, text without
figures and plans, and prints megabytes a second for each, the best of several runs.
"""

from __future__ import annotations

import time

from rrmodel.wording import parse_plan

ROUNDS = 3
LARGE = 1_000_000
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


def main() -> None:
    """Time each kind of document at each size."""
    parse_plan(plan(1))  # loads the bundled measures once
    for title, make, sizes in (
        ("text without figures", text_without_figures, (100_000, 1_000_000, 10_000_000)),
        ("a plan", plan, (36_000, 360_000, 3_600_000, 10_000_000)),
    ):
        for size in sizes:
            document = make(size)
            took = seconds(document, ROUNDS if size <= LARGE else 1)
            megabytes = len(document.encode()) / 1e6
            print(f"{title:24}{megabytes:8.2f} MB{took:8.2f} s{megabytes / took:8.2f} MB/s")


if __name__ == "__main__":
    main()
