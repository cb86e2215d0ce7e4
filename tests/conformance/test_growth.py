"""Reference answers for the growth ratio of Statistics Canada, as Open SDG computes it."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from tests.beside import beside

from rrmodel.inference import growth_ratio, growth_towards_limit
from rrmodel.model import Better

CHECKS = "the tables of growth ratios have every reference case"
ELAPSED, ALLOWED = 5, 15  # Open SDG counts from 2015; the levels are of 2020, the goals of 2030
ZERO = 0.001  # what Open SDG puts in place of a goal of zero


@attrs.frozen
class WithGoal:
    """Levels of three years, and the answer that the program of Open SDG gives."""

    baseline: float
    level: float
    goal: float
    better: Better
    ratio: float
    status: str
    score: float


@attrs.frozen
class WithoutGoal:
    """Levels of two years and a limit, and the answer that the program of Open SDG gives."""

    baseline: float
    level: float
    limit: float | None
    better: Better
    growth: float
    scaling: float
    status: str
    score: float


@attrs.frozen
class Described:
    """Levels of three years, and the answer that the description of the method gives."""

    baseline: str
    level: str
    goal: str
    elapsed: int
    allowed: int
    better: Better
    observed: float
    required: float
    ratio: float | None
    category: str
    score: float | None


WITH_GOAL = [
    WithGoal(*row)
    for row in [
        # baseline, level, goal, better, ratio, status, score
        (7, 20, 20, "higher", 3.222741981577843, "target_achieved", 5),
        (18, 21, 23, "lower", -1.9003873523854378, "target_achieved", 5),
        (50, 60, 75, "higher", 1.3553923882880219, "substantial_progress", 5),
        (100, 80, 50, "lower", 0.9665423041902719, "substantial_progress", 2.6182150246006923),
        (50, 45, 75, "higher", -0.7610181422525673, "deterioration", -5),
        (50, 60, 75, "lower", -1.3553923882880219, "target_achieved", 5),
        (20, 23, 30, "higher", 1.0345647744847781, "substantial_progress", 3.1040927276673216),
        (20, 23, 30, "lower", -1.0345647744847781, "target_achieved", 5),
        (42, 56, 70, "higher", 1.7096185105533799, "substantial_progress", 5),
        (100, 110, 50, "lower", -0.4261638622700265, "deterioration", -4.275696964920519),
        (82, 86, 90, "lower", -1.5374493787259864, "target_achieved", 5),
        (100, 110, 50, "higher", 0.4261638622700265, "target_achieved", 5),
        (-10, -8, -5, "lower", -0.9665423041902719, "target_achieved", 5),
        (18, 21, 23, "higher", 1.9003873523854378, "substantial_progress", 5),
        (10, 5, 0, "lower", 0.28212911781890315, "limited_progress", -1.3244526047839764),
        (26, 24, 20, "lower", 0.9159238067448721, "moderate_progress", 2.2566521591979463),
        (82, 90, 90, "higher", 3.018714731167423, "target_achieved", 5),
        (82, 90, 90, "lower", -3.018714731167423, "target_achieved", 5),
        (42, 56, 70, "lower", -1.7096185105533799, "target_achieved", 5),
    ]
]  # fmt: skip

WITHOUT_GOAL = [
    WithoutGoal(*row)
    for row in [
        # baseline, level, limit, better, growth, scaling, status, score
        (2, 2, 2, "lower", 0.0, 0.0, "substantial_progress", 5),
        (5, 4.9, 0, "higher", -0.004032389459044716, 1.0, "deterioration", -3.0040486823805894),
        (2, 2, 2, "higher", 0.0, 0.0, "substantial_progress", 5),
        (91.3, 92.3, 100, "lower", -0.002181045809251936, 0.3324400825985916,
         "deterioration", -2.7726307261564918),
        (3, 2.5, 2, "higher", -0.03580749599737276, 0.9539290869596531, "deterioration", -5),
        (3, 2.5, 2, "lower", 0.03580749599737276, 0.9539290869596531, "substantial_progress", 5),
        (99, 99.2, 100, "lower", -0.00040371430193975044, 0.04364250892314536,
         "deterioration", -2.550464287742469),
        (50, 55, 100, "lower", -0.019244876491456564, 0.9539290869596531,
         "deterioration", -4.905609561432071),
        (91.3, 92.3, 100, "higher", 0.002181045809251936, 0.3324400825985916,
         "moderate_progress", 0.3901796319229227),
        (91.3, 92.3, None, "lower", -0.002181045809251936, 1.0,
         "deterioration", -2.7726307261564918),
        (100, 100, 100, "higher", 0.0, 0.0, "substantial_progress", 5),
    ]
]  # fmt: skip

DESCRIBED = [
    Described(*row)
    for row in [
        # baseline, level, goal, years elapsed, years allowed, better,
        # growth observed, growth required, ratio, category, score
        ("82", "86", "90", 2, 4, "higher",
         0.02409984269351299, 0.023545525931488454, 1.0235423393657657,
         "on_track", 3.0253024240411825),
        ("82", "84", "90", 2, 4, "higher",
         0.012121654694947737, 0.023545525931488454, 0.5148177505237597,
         "limited_progress", -0.35492603948433454),
        ("82", "82.5", "90", 2, 4, "higher",
         0.0030441470721065704, 0.023545525931488454, 0.12928770760798766,
         "limited_progress", -1.9613012183000513),
        ("26", "24.5", "23", 2, 4, "lower",
         -0.029274656605849037, -0.030185614085891026, 0.969821469344638,
         "on_track", 2.6415819238902714),
        ("82", "82", "90", 2, 4, "higher",
         0.0, 0.023545525931488454, 0.0,
         "limited_progress", -2.5),
        ("82", "81", "82", 2, 4, "higher",
         -0.006116265326381102, 0.0, None,
         "not_available", None),
        ("82", "82", "82", 2, 4, "higher",
         0.0, 0.0, None,
         "target_achieved", 5.0),
    ]
]  # fmt: skip

NEAR_A_LIMIT = [
    # baseline, limit, scaling, on track from, acceleration needed from
    ("82", "100", 0.5856822833391289, 0.008785234250086933, 0.0029284114166956443),
    ("18", "100", 0.9995063604785092, 0.014992595407177636, 0.004997531802392546),
    ("100", "100", 0.0, 0.0, 0.0),
]


def near(number: float | None, tolerance: float = 1e-9) -> Any:
    """Return what compares as equal within the tolerance; nothing equals nothing only."""
    return None if number is None else pytest.approx(number, rel=tolerance, abs=tolerance)


@pytest.mark.parametrize("case", WITH_GOAL, ids=str)
def test_ratios_agree_with_the_program(case: WithGoal) -> None:
    """Ratio, status and score are those of the program, which rounds the slopes of its score."""
    result = growth_ratio(
        case.baseline,
        case.level,
        case.goal,
        elapsed=ELAPSED,
        allowed=ALLOWED,
        better=case.better,
        in_place_of_zero=ZERO,
    )
    assert result.ratio == near(case.ratio)
    assert result.category.open_sdg_status == case.status
    assert result.open_sdg_score == near(case.score)
    assert result.score == near(case.score, 1e-4)


@pytest.mark.parametrize("case", WITHOUT_GOAL, ids=str)
def test_growth_without_a_goal_agrees_with_the_program(case: WithoutGoal) -> None:
    """Growth, scaling, status and score are those of the program."""
    result = growth_towards_limit(
        case.baseline, case.level, case.limit, elapsed=ELAPSED, better=case.better
    )
    assert result.growth == near(case.growth)
    assert result.scaling == near(case.scaling)
    assert result.category.open_sdg_status == case.status
    assert result.score == near(case.score)


@pytest.mark.parametrize("case", DESCRIBED, ids=str)
def test_ratios_agree_with_the_description(case: Described) -> None:
    """Both rates, the ratio, the category and the score are those of the published method."""
    result = growth_ratio(
        float(case.baseline),
        float(case.level),
        float(case.goal),
        elapsed=case.elapsed,
        allowed=case.allowed,
        better=case.better,
    )
    assert result.observed == near(case.observed)
    assert result.required == near(case.required)
    assert result.ratio == near(case.ratio)
    assert result.category == case.category
    assert result.score == near(case.score)


@pytest.mark.parametrize(("baseline", "limit", "scaling", "on_track", "needed"), NEAR_A_LIMIT)
def test_thresholds_shrink_near_a_limit(
    baseline: str, limit: str, scaling: float, on_track: float, needed: float
) -> None:
    """From 82%, 0.9% a year is on track; from 18% it takes all but 1.5%; at 100%, nothing."""
    result = growth_towards_limit(
        float(baseline), float(baseline), float(limit), elapsed=1, better="higher"
    )
    assert result.scaling == near(scaling, 1e-12)
    assert result.on_track_from == near(on_track, 1e-12)
    assert result.acceleration_needed_from == near(needed, 1e-12)


def better(direction: str) -> Better:
    """Return our word for a direction of the reference answers."""
    return "higher" if direction == "positive" else "lower"


def test_the_tables_hold_every_case_of_the_program() -> None:
    """None of the thirty cases is missing here or altered."""
    cases = json.loads(beside("oracles/statcan_vectors.json", checks=CHECKS).read_text("utf-8"))
    spans = {(case["base_year"], case["current_year"], case.get("target_year")) for case in cases}
    assert spans == {(2015, 2020, 2030), (2015, 2020, None)}
    assert [
        WithGoal(
            *(case[key] for key in ("base", "current", "target")),
            better(case["direction"]),
            *(case[key] for key in ("value", "status", "score")),
        )
        for case in cases
        if case["method"] == 2
    ] == WITH_GOAL
    assert [
        WithoutGoal(
            *(case[key] for key in ("base", "current", "limit")),
            better(case["direction"]),
            *(case[key] for key in ("value", "C", "status", "score")),
        )
        for case in cases
        if case["method"] == 1
    ] == WITHOUT_GOAL


def test_the_tables_hold_every_case_of_the_description() -> None:
    """None of the cases of the two methods is missing here or altered."""
    cases = json.loads(beside("oracles/progress_vectors.json", checks=CHECKS).read_text("utf-8"))
    assert [
        Described(
            *(given[key] for key in ("baseline", "current", "target")),
            given["current_year"] - given["baseline_year"],
            given["target_year"] - given["baseline_year"],
            better(given["direction"]),
            *(expected[key] for key in ("cagr_actual", "cagr_required", "ratio", "category")),
            expected["score_minus5_to_5"],
        )
        for case in cases
        if case["method"] == "eurostat_statcan_cagr_ratio"
        for given, expected in [(case["input"], case["expected"])]
    ] == DESCRIBED
    assert [
        (
            *(case["input"][key] for key in ("baseline", "natural_limit")),
            *(case["expected"][key] for key in ("C", "on_track_cagr", "moderate_cagr")),
        )
        for case in cases
        if case["method"] == "statcan_limit_scaling"
    ] == NEAR_A_LIMIT
