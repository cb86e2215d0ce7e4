"""Exact reference answers for straight and stepped trajectories and for changes between levels."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest
from tests.beside import beside

from rrmodel import (
    Baseline,
    ChangeTarget,
    Citation,
    DateRange,
    Deadline,
    MaintainTarget,
    Measure,
    Observation,
    Percentage,
    PercentagePoints,
    RelativeChange,
    evaluate,
)
from rrmodel.evaluation import expected_level, shortfall

VECTORS = "oracles/progress_vectors.json"
CHECKS = "the tables of trajectories have every reference case"


@attrs.frozen
class Straight:
    """A target, one figure, and the numbers that exact arithmetic gives."""

    name: str
    baseline: str
    change: str
    baseline_day: str
    deadline: str
    level: str
    day: str
    goal: str
    expected: str
    progress: str | None
    gap: str
    required_pace: str | None


STRAIGHT = [
    Straight(*row)
    for row in [
        # name, baseline, change, its day, deadline, level, its day,
        # goal, expected, progress, gap, required pace
        ("housed_on_track", "82", "8", "2022-03-31", "2023-07-31", "87", "2022-12-31",
         "90", "42134/487", "5/8", "3", "45/106"),
        ("housed_behind", "82", "8", "2022-03-31", "2023-07-31", "83.5", "2022-12-31",
         "90", "42134/487", "3/16", "13/2", "195/212"),
        ("housed_worse_than_baseline", "82", "8", "2022-03-31", "2023-07-31", "80", "2022-12-31",
         "90", "42134/487", "-1/4", "10", "75/53"),
        ("housed_exactly_target", "82", "8", "2022-03-31", "2023-07-31", "90", "2023-07-31",
         "90", "90", "1", "0", None),
        ("deadline_passed_missed", "82", "8", "2022-03-31", "2023-07-31", "88", "2023-12-31",
         "90", "90", "3/4", "2", None),
        ("on_baseline_date", "82", "8", "2022-03-31", "2023-07-31", "82", "2022-03-31",
         "90", "82", "0", "8", "240/487"),
        ("employed_six_months", "18", "5", "2022-03-31", "2023-07-31", "21.4", "2023-03-31",
         "23", "10591/487", "17/25", "8/5", "24/61"),
        ("maintain_target_equals_baseline", "82", "0", "2022-03-31", "2023-07-31", "81",
         "2022-12-31", "82", "82", None, "1", "15/106"),
        ("decimal_trap", "0.1", "0.2", "2022-01-01", "2023-01-01", "0.3", "2023-01-01",
         "3/10", "3/10", "1", "0", None),
    ]
]  # fmt: skip

STEPS = [("2022-09-30", "84"), ("2023-03-31", "87"), ("2023-07-31", "90")]
STEPPED = [
    ("2022-06-30", "82"),
    ("2022-09-30", "84"),
    ("2023-05-01", "87"),
    ("2023-07-31", "90"),
]
CHANGES = [("86.3", "85.7", "-3/5", "-600/863"), ("75.6", "73.5", "-21/10", "-25/9")]

MEASURE = Measure(id="m", name="A share", counts="some", out_of="all", better="higher")


def target_of(case: Straight) -> ChangeTarget | MaintainTarget:
    """Return the target of a case; a change of zero is a level to maintain."""
    common: dict[str, Any] = {
        "id": case.name,
        "statement": "The share changes.",
        "citation": Citation("d"),
        "measure": MEASURE,
        "area": "East Midlands",
        "deadline": Deadline(case.deadline),
    }
    if case.change == "0":
        return MaintainTarget(**common, goal=Percentage(case.baseline))
    start = DateRange(f"{case.baseline_day}/{case.baseline_day}")
    return ChangeTarget(
        **common,
        baseline=Baseline(level=Percentage(case.baseline), period=start),
        change=PercentagePoints(case.change),
    )


@pytest.mark.parametrize("case", STRAIGHT, ids=lambda case: case.name)
def test_the_line_and_the_shortfall_are_exact(case: Straight) -> None:
    """Goal, expected level, gap and progress agree as fractions."""
    start, goal = Percentage(case.baseline), target_of(case).goal
    level = Percentage(case.level)
    points = [
        (date.fromisoformat(case.baseline_day), start),
        (date.fromisoformat(case.deadline), goal),
    ]
    assert goal == Percentage(Fraction(case.goal))
    assert expected_level(points, date.fromisoformat(case.day), elapsed="days") == Percentage(
        Fraction(case.expected)
    )
    assert shortfall(level, goal, "higher") == PercentagePoints(Fraction(case.gap))
    if case.progress is not None:
        assert (level - start) / (goal - start) == Fraction(case.progress)


@pytest.mark.parametrize(
    "case", [case for case in STRAIGHT if case.day <= case.deadline], ids=lambda case: case.name
)
def test_evaluating_gives_the_same_numbers(case: Straight) -> None:
    """Assessed on the day of its figure, each target has the reference numbers."""
    day = date.fromisoformat(case.day)
    figure = Observation(
        measure="m",
        area="East Midlands",
        period=DateRange(day, day),
        level=Percentage(case.level),
    )
    result = evaluate(target_of(case), [figure], as_of=day)
    assert result.goal == Percentage(Fraction(case.goal))
    terms = result.assessment.terms
    assert terms is not None
    if terms.points:  # the reference counts days; an evaluation counts months between month ends
        assert expected_level(terms.points, day, elapsed="days") == Percentage(
            Fraction(case.expected)
        )
        assert result.expected == expected_level(terms.points, day)
    else:
        assert result.expected == Percentage(Fraction(case.expected))
    assert result.gap == PercentagePoints(Fraction(case.gap))
    assert result.progress == (None if case.progress is None else Fraction(case.progress))
    assert result.required_pace == (
        None if case.required_pace is None else PercentagePoints(Fraction(case.required_pace))
    )


@pytest.mark.parametrize(("day", "expected"), STEPPED)
def test_a_step_holds_from_its_day_until_the_next(day: str, expected: str) -> None:
    """With interim goals in steps the level expected is that of the last step reached."""
    points = [(date(2022, 3, 31), Percentage(82))] + [
        (date.fromisoformat(step), Percentage(level)) for step, level in STEPS
    ]
    result = expected_level(points, date.fromisoformat(day), "stepped")
    assert result == Percentage(expected)


@pytest.mark.parametrize(("before", "after", "points", "relative"), CHANGES)
def test_points_and_per_cent_are_not_mixed_up(
    before: str, after: str, points: str, relative: str
) -> None:
    """Housed on release fell by 0.6 points, which is 0.7 per cent."""
    assert Percentage(after) - Percentage(before) == PercentagePoints(Fraction(points))
    change = RelativeChange.between(Percentage(before), Percentage(after))
    assert change == RelativeChange(Fraction(relative))


def test_the_tables_hold_every_reference_case() -> None:
    """No case of the three methods is missing here or altered."""

    def number(value: Any) -> str | None:
        return value and value["fraction"].removesuffix("/1")

    cases = json.loads(beside(VECTORS, checks=CHECKS).read_text(encoding="utf-8"))
    given = {method: [case for case in cases if case["method"] == method] for method in (
        "linear_trajectory", "stepped_trajectory", "pp_change"
    )}  # fmt: skip
    assert [
        Straight(
            case["id"].removeprefix("lin_"),
            *(case["input"][key] for key in ("baseline", "change_pp", "baseline_date")),
            *(case["input"][key] for key in ("deadline", "current", "current_date")),
            *(number(case["expected"][key]) for key in ("target", "expected_now")),
            number(case["expected"]["share_of_change_delivered"]),
            number(case["expected"]["gap_to_target_pp"]),
            number(case["expected"]["required_pp_per_30_days"]),
        )
        for case in given["linear_trajectory"]
    ] == STRAIGHT
    assert [
        (case["input"]["date"], number(case["expected"]["expected"]))
        for case in given["stepped_trajectory"]
    ] == STEPPED
    assert [
        (
            case["input"]["previous"],
            case["input"]["current"],
            number(case["expected"]["change_pp"]),
            number(case["expected"]["relative_change_pct"]),
        )
        for case in given["pp_change"]
    ] == CHANGES
