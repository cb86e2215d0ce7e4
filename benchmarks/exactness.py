"""A million generated targets assessed in columns, each compared with the exact answer of records.

Run it with ``python benchmarks/exactness.py``, or with a number of targets, such as ``20000``. The
targets are of four kinds, from baselines and towards goals of one decimal, and most figures are
level with something that decides: the goal, the level expected by then, half of the change
expected, or one of these less what was rounded. :func:`rrmodel.evaluate` answers with fractions.
Every column that figures decide is compared; numbers may differ in their last binary digits.
"""

from __future__ import annotations

import sys
from datetime import date
from fractions import Fraction
from itertools import chain
from math import isclose
from random import Random

import polars as pl
from results import Measured, Result, at_most, show

from rrmodel import (
    Baseline,
    ChangeTarget,
    Citation,
    Deadline,
    MaintainTarget,
    Measure,
    Month,
    Observation,
    Percentage,
    PercentagePoints,
    ReachTarget,
    evaluate,
    frames,
)
from rrmodel.evaluation import Evaluation, terms_of
from rrmodel.model import Counts, LevelRange, MeasuredTarget, RangeTarget
from rrmodel.periods import Period

ROWS = 1_000_000
AT_A_TIME = 20_000
SUBJECT = "Frames"
DAYS = (date(2023, 1, 1), date(2024, 6, 1))
"""Before every deadline, and after most."""
MONTHS = [Month("January 2021") + number for number in range(42)]
DEADLINES = ("March 2023", "31 December 2023", "17 May 2024")
CITATION = Citation("plan")
MEASURES = {
    better: Measure(id=f"m-{better}", name="M", counts="some", out_of="all", better=better)
    for better in ("higher", "lower")
}


def tenths(rng: Random, low: int, high: int) -> Percentage:
    """Return a level with one decimal."""
    return Percentage(f"{rng.randrange(10 * low, 10 * high) / 10:.1f}")


def a_target(rng: Random, area: str) -> MeasuredTarget:
    """Draw a target for one area."""
    better = rng.choice(("higher", "lower"))
    start, goal = tenths(rng, 40, 60), tenths(rng, 61, 80)
    if better == "lower":
        start, goal = goal, start
    common = {
        "id": f"target-{area}",
        "statement": "Improve it.",
        "citation": CITATION,
        "measure": MEASURES[better],
        "area": area,
        "deadline": Deadline(rng.choice(DEADLINES)),
    }
    baseline = Baseline(level=start, period=MONTHS[rng.randrange(12)])
    kind = rng.randrange(4)
    if kind == 0:
        return ChangeTarget(**common, baseline=baseline, change=goal - start)
    if kind == 1:
        trajectory = rng.choice(("straight", "stepped"))
        return ReachTarget(**common, baseline=baseline, goal=goal, trajectory=trajectory)
    if kind == 2:  # noqa: PLR2004 - one of four
        tolerance = rng.choice((None, PercentagePoints("0.5")))
        return MaintainTarget(**common, goal=goal, tolerance=tolerance, since=baseline.period)
    low, high = sorted((start, goal))
    outside = Baseline(level=tenths(rng, 20, 39), period=baseline.period)
    return RangeTarget(**common, goal=LevelRange(low=low, high=high), baseline=outside)


def a_figure(rng: Random, target: MeasuredTarget, period: Period) -> Observation:
    """Draw a figure that is level with something that decides, or close to it."""
    terms = terms_of(target)
    bounds = [each for each in (terms.expected(period.last_day), terms.goal) if each is not None]
    ends = [end for each in bounds for end in (each.level, each.limit) if end is not None]
    near = [end.value for end in ends]
    if terms.baseline is not None:
        near += [(value + terms.baseline.level.value) / 2 for value in near]
    steps = (0, 0, 0, Fraction(1, 20), Fraction(-1, 20), Fraction(1, 10), Fraction(-1, 2), 3)
    number = min(max(rng.choice(near) + rng.choice(steps), Fraction(0)), Fraction(100))
    level, counts = Percentage(number).rounded(rng.choice((0, 1, 1, 2))), None
    if rng.randrange(2):
        cases = rng.choice((40, 160, 1_000, 20_000))
        counts = Counts(round(number * cases / 100), cases)
        level = Percentage.from_counts(counts.numerator, counts.denominator)
    return Observation(
        measure=target.measure.id,
        area=target.area,
        period=period,
        level=level,
        counts=counts,
        published=rng.choice((None, date(2022, 6, 1), date(2023, 6, 1))),
    )


def table(observations: list[Observation]) -> pl.DataFrame:
    """Return figures as a frame; a level that follows from counts is left blank."""
    printed = [None if each.level.places is None else each.level for each in observations]
    counts = [each.counts for each in observations]
    return pl.DataFrame(
        {
            "measure": [each.measure for each in observations],
            "area": [each.area for each in observations],
            "first_day": [each.period.first_day for each in observations],
            "last_day": [each.period.last_day for each in observations],
            "value": [None if level is None else float(level) for level in printed],
            "unit": [None if level is None else "%" for level in printed],
            "places": [None if level is None else level.places for level in printed],
            "numerator": [None if each is None else each.numerator for each in counts],
            "denominator": [None if each is None else each.denominator for each in counts],
            "published": [each.published for each in observations],
        }
    )


def decided(result: Evaluation) -> dict[str, object]:
    """Return what figures decide of an evaluation, by the columns of a frame."""
    expected, evidence, latest = result.expected, result.evidence, result.latest
    is_range = isinstance(expected, LevelRange)
    ends = (None,) * 4 if evidence is None else (*evidence.reference, *evidence.interval)
    numbers = {
        "latest_value": None if latest is None else latest.level,
        "gap_value": result.gap,
        "expected_value": None if is_range else expected,
        "expected_low_value": expected.low if is_range else None,
        "expected_high_value": expected.high if is_range else None,
        "pace_value": result.pace,
        "required_pace_value": result.required_pace,
        "evidence_reference_low_value": ends[0],
        "evidence_reference_high_value": ends[1],
        "evidence_interval_low_value": ends[2],
        "evidence_interval_high_value": ends[3],
    }
    return {
        "status": result.status.value,
        "movement": None if result.movement is None else result.movement.value,
        "progress_value": None if result.progress is None else float(result.progress),
        "evidence_verdict": None if evidence is None else evidence.verdict.value,
        "evidence_basis": None if evidence is None else evidence.basis.value,
        "evidence_against": None if evidence is None else evidence.against.value,
        **{name: None if each is None else float(each.value) for name, each in numbers.items()},
    }


def differing(rows: int, seed: int) -> tuple[int, set[str]]:
    """Return how many of so many targets differ from their records, and in which columns."""
    rng = Random(seed)  # noqa: S311 - not for secrets
    targets = [a_target(rng, f"area {number}") for number in range(rows)]
    day = DAYS[seed % len(DAYS)]
    observations = [
        [a_figure(rng, target, period) for period in rng.sample(MONTHS[12:], rng.randrange(1, 3))]
        for target in targets
    ]
    answers = frames.evaluate(table(list(chain(*observations))), targets, as_of=day).iter_rows(
        named=True
    )
    places, columns = set[int](), set[str]()
    for place, answer in enumerate(answers):
        record = decided(evaluate(targets[place], observations[place], as_of=day))
        for name, exact in record.items():
            if not is_alike(answer[name], exact):
                places.add(place)
                columns.add(name)
    return len(places), columns


def is_alike(cell: object, exact: object) -> bool:
    """Return whether a cell is that of the record, but for the last binary digits of numbers."""
    if isinstance(cell, float) and isinstance(exact, float):
        return isclose(cell, exact, rel_tol=1e-12, abs_tol=1e-12)
    return cell == exact


def measure(rows: int = ROWS) -> Measured:
    """Compare so many rows, a part of them at a time."""
    different, columns = 0, set[str]()
    for seed, first in enumerate(range(0, rows, AT_A_TIME)):
        count, names = differing(min(AT_A_TIME, rows - first), seed)
        different += count
        columns |= names
    name = f"{rows:,} targets with ties, rows that differ from those of records"
    return Measured((Result(SUBJECT, name, different, "rows", at_most(0), "", ", ".join(columns)),))


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
