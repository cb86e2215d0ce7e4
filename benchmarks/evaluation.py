"""One evaluation, against the same six figures on bare floats and on pint.

Run it with ``python benchmarks/evaluation.py``. Ours goes from records to a record: it chooses the
figure, decides the status and gives goal, gap, progress, expected level and required pace, exactly.
The others are given the chosen figure and calculate the same numbers from floats and dates.
"""

from __future__ import annotations

from datetime import date

import pint
from quantities import race

from rrmodel import (
    Baseline,
    ChangeTarget,
    Citation,
    Deadline,
    Measure,
    Month,
    Observation,
    Percentage,
    PercentagePoints,
    evaluate,
)

DAY = date(2023, 1, 31)
MEASURE = Measure(
    id="housed-on-release",
    name="Housed on the night of release",
    counts="releases into accommodation",
    out_of="releases",
    better="higher",
)
TARGET = ChangeTarget(
    id="housed-on-release-by-july-2023",
    statement="The share housed on release rises by 8 points by July 2023.",
    citation=Citation("east-midlands-plan-2022-25"),
    measure=MEASURE,
    area="East Midlands",
    baseline=Baseline(level=Percentage("82"), period=Month("March 2022")),
    change=PercentagePoints(8),
    deadline=Deadline("By July 2023"),
)
FIGURES = (
    Observation(
        measure=MEASURE,
        area="East Midlands",
        period=Month("December 2022"),
        level=Percentage("85"),
    ),
)


def ours() -> tuple[object, ...]:
    """Assess the target and read every number."""
    result = evaluate(TARGET, FIGURES, as_of=DAY)
    return (
        result.status,
        result.goal,
        result.gap,
        result.progress,
        result.expected,
        result.required_pace,
    )


def status_only() -> object:
    """Assess the target and read only its status."""
    return evaluate(TARGET, FIGURES, as_of=DAY).status


def numbers(baseline, change, level):  # noqa: ANN001, ANN201 - floats and pint quantities alike
    """Work out the same figures from bare numbers and dates."""
    start, deadline, day = date(2022, 3, 31), date(2023, 7, 31), date(2022, 12, 31)
    goal = baseline + change
    gap = goal - level
    progress = (level - baseline) / change
    elapsed = (day - start).days / (deadline - start).days
    expected = baseline + change * elapsed
    if deadline < DAY:
        status = "met" if level >= goal else "missed"
    elif level >= expected:
        status = "on_track"
    else:
        status = "at_risk" if level - baseline >= (expected - baseline) / 2 else "off_track"
    pace = gap * (30 / (deadline - day).days)
    return status, goal, gap, progress, expected, pace


def main() -> None:
    """Run the race."""
    registry = pint.UnitRegistry()
    percent = registry.Quantity
    names = {
        "ours": ours,
        "status_only": status_only,
        "numbers": numbers,
        "b": percent(82, "percent"),
        "c": percent(8, "percent"),
        "x": percent(85, "percent"),
    }
    race(
        "one evaluation, six figures",
        names,
        {
            "ours": "ours()",
            "status": "status_only()",
            "floats": "numbers(82.0, 8.0, 85.0)",
            "pint": "numbers(b, c, x)",
        },
    )


if __name__ == "__main__":
    main()
