"""One evaluation against the same numbers from bare floats and from pint, and many areas at once.

Run it with ``python benchmarks/evaluation.py``. Ours goes from 30 observations, 6 of them of the
measure, to a record: it chooses the figure, decides the status and gives goal, gap, progress,
expected level and required pace, exactly. The racers get the chosen figure and work out the same
numbers from floats and dates.
"""

from __future__ import annotations

from datetime import date
from time import process_time

import pint
from results import (
    Measured,
    Point,
    Result,
    at_least,
    at_most,
    race,
    show,
    timed,
    times_faster,
    times_slower,
)

from rrmodel import (
    Baseline,
    ChangeTarget,
    Citation,
    Deadline,
    FinancialYear,
    Measure,
    Month,
    Observation,
    Percentage,
    PercentagePoints,
    evaluate,
)
from rrmodel.model import ObservationIndex

DAY = date(2023, 1, 31)
MONTHS = 80
AREAS = (5, 50, 500)
MORE_AREAS = (*AREAS, 2_500)
"""So many areas, 5 measures and 80 months are 2,000 to 200,000 and 1,000,000 figures."""
ROUNDS = 9


def share(name: str) -> Measure:
    """Return a measure in per cent."""
    return Measure(id=name, name="A measure", counts="some", out_of="all", better="higher")


def target(name: str, start: Month | FinancialYear, deadline: str) -> ChangeTarget:
    """Return a target of 8 points more than 82%."""
    return ChangeTarget(
        id=f"{name}-{deadline}",
        statement="Raise the share by 8 points.",
        citation=Citation("a-plan"),
        measure=share(name),
        area="East Midlands",
        baseline=Baseline(level=Percentage("82"), period=start),
        change=PercentagePoints(8),
        deadline=Deadline(deadline),
    )


def figures(name: str, area: str, first: Month, months: int) -> list[Observation]:
    """Return monthly figures of a measure for an area."""
    return [
        Observation(
            measure=name,
            area=area,
            period=first + number,
            level=Percentage(str(80 + number % 20)),
            published=(first + number).last_day,
        )
        for number in range(months)
    ]


TARGET = target("housed-on-release", Month("March 2022"), "By July 2023")
NAMES = ("housed-on-release", "a", "b", "c", "d")
OBSERVATIONS = tuple(
    observation
    for name in NAMES
    for observation in figures(name, "East Midlands", Month("July 2022"), 6)
)
INDEX = ObservationIndex.of(OBSERVATIONS)


def ours(observations: ObservationIndex | tuple[Observation, ...]) -> tuple[object, ...]:
    """Assess the target and ask for every number."""
    result = evaluate(TARGET, observations, as_of=DAY)
    return (
        result.status,
        result.goal,
        result.gap,
        result.progress,
        result.expected,
        result.required_pace,
    )


def numbers(baseline, change, level):  # noqa: ANN001, ANN201 - floats and pint quantities alike
    """Work out the same numbers from bare numbers and dates."""
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


def many_areas(areas: int) -> tuple[int, float]:
    """Return how many figures of areas there are, and the CPU time of 5 targets for each area."""
    observations = [
        observation
        for name in NAMES
        for area in range(areas)
        for observation in figures(name, f"Area {area}", Month("April 2018"), MONTHS)
    ]
    targets = [target(name, FinancialYear("2021-22"), "March 2026") for name in NAMES]
    start = process_time()
    index = ObservationIndex.of(observations)
    for area in range(areas):
        for each in targets:
            result = evaluate(each, index, as_of=date(2024, 8, 1), area=f"Area {area}")
            _ = result.status, result.gap, result.progress, result.expected
    return len(observations), process_time() - start


def measure(areas: tuple[int, ...] = AREAS, rounds: int = ROUNDS) -> Measured:
    """Race one evaluation, then time those of many areas."""
    percent = pint.UnitRegistry().Quantity
    names = {
        "ours": ours,
        "observations": OBSERVATIONS,
        "index": INDEX,
        "numbers": numbers,
        "b": percent(82, "percent"),
        "c": percent(8, "percent"),
        "x": percent(85, "percent"),
    }
    codes = {
        "ours": "ours(observations)",
        "indexed": "ours(index)",
        "bare floats": "numbers(82.0, 8.0, 85.0)",
        "pint": "numbers(b, c, x)",
    }
    taken = race({racer: timed(code, names=names) for racer, code in codes.items()}, rounds)
    subject, name = "Evaluation", "one target, 30 observations"
    results = [
        Result(subject, name, taken["ours"] * 1e6, "µs", at_most(15)),
        Result(subject, f"{name}, indexed before", taken["indexed"] * 1e6, "µs"),
        times_slower(subject, name, taken, "bare floats", at_most(10)),
        times_faster(subject, name, taken, "pint", at_least(15)),
    ]
    points: list[Point] = []
    for count in areas:
        rows, seconds = many_areas(count)
        points.append(
            Point("Targets of areas, one by one", "figures", "5 for each area", rows, seconds)
        )
        if count == AREAS[-1]:
            job = f"{rows:,} figures, {count} areas x {len(NAMES)} targets"
            results.append(Result(subject, job, seconds, "s of CPU", at_most(2)))
    return Measured(tuple(results), tuple(points))


if __name__ == "__main__":
    show(measure())
