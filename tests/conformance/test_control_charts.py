"""Control charts of the R package of NHS England's "Making Data Count", run for real."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

import attrs
import pytest
from tests.beside import beside

from rrmodel.inference import Assurance, CautionKind, ControlChart, xmr_chart
from rrmodel.model import Better

VECTORS = "oracles/progress_vectors.json"
CHECKS = "the tables of control charts have every reference case"


@attrs.frozen
class Chart:
    """A series, how it is charted, and what NHSRplotthedots 0.2.2 says of it."""

    name: str
    values: str
    better: Better
    target: int | None
    rebase_at: tuple[int, ...]
    fix_after: int | None
    screen_outliers: bool
    limits: str
    """How many points have which mean, lower limit and upper limit."""
    signals: str
    """How many points have which signal and variation."""
    variation: str
    assurance: str | None
    is_short: bool


CHARTS = [
    Chart(*row)
    for row in [
        # name, values,
        # better, target, rebase at, fix after, screen outliers,
        # limits,
        # signals,
        # variation, assurance, short group
        ("vignette_screened", "1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1",
         "higher", None, (), None, True,
         "18x 1.94444444444444 -0.715555555555556 4.60444444444444",
         "4x none common_cause, 1x above_upper_limit improvement, 13x none common_cause",
         "common_cause", None, False),
        ("vignette_unscreened", "1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1",
         "higher", None, (), None, False,
         "18x 1.94444444444444 -3.06261437908497 6.95150326797386",
         "4x none common_cause, 1x above_upper_limit improvement, 13x none common_cause",
         "common_cause", None, False),
        ("housing_rebase_and_fix12",
         "82 81 83 82 80 83 82 81 82 84 81 82 86 88 87 86 89 88 87 88 86 90 88 87",
         "higher", 90, (12,), 12, True,
         ("12x 81.9166666666667 77.5639393939394 86.269393939394; "
          "12x 87.5 82.9054545454545 92.0945454545455"),
         "24x none common_cause",
         "common_cause", "inconsistent", True),
        ("reoffending_decrease_pass", "30 29 31 30 29 30 31 30 29 30 31 30 29 30",
         "lower", 35, (), None, True,
         "14x 29.9285714285714 27.063956043956 32.7931868131868",
         "14x none common_cause",
         "common_cause", "consistent_pass", False),
        ("reoffending_decrease_fail", "30 29 31 30 29 30 31 30 29 30 31 30 29 30",
         "lower", 26, (), None, True,
         "14x 29.9285714285714 27.063956043956 32.7931868131868",
         "14x none common_cause",
         "common_cause", "consistent_fail", False),
        ("run_of_seven_above", "10 12 10 12 10 12 10 13 13.5 13 13.2 13.1 13.4 13.3",
         "higher", None, (), None, True,
         "14x 12.0357142857143 8.61863736263736 15.4527912087912",
         "7x seven_below_mean concern, 7x seven_above_mean improvement",
         "improvement", None, False),
        ("run_of_six_is_not_enough", "10 12 10 12 10 12 10 12 13 13.5 13 13.2 13.1 13.4",
         "higher", None, (), None, True,
         "14x 11.9428571428571 8.54624175824176 15.3394725274725",
         "7x none common_cause, 7x seven_above_mean improvement",
         "improvement", None, False),
        ("trend_seven_up", "10 11 10 11 10 11 10 10.2 10.4 10.6 10.8 11 11.2 10",
         "higher", None, (), None, True,
         "14x 10.5142857142857 8.79551648351648 12.2330549450549",
         "6x none common_cause, 7x seven_rising improvement, 1x none common_cause",
         "common_cause", None, False),
        ("trend_broken_by_tie", "10 11 10 11 10 11 10 10.2 10.4 10.4 10.8 11 11.2 10",
         "higher", None, (), None, True,
         "14x 10.5 8.78123076923077 12.2187692307692",
         "14x none common_cause",
         "common_cause", None, False),
        ("two_in_three_same_side", "50 52 49 51 50 52 49 51 50 52 49 51 50 49 54.9 54.8 51.8 49",
         "higher", None, (), None, True,
         "18x 50.8611111111111 45.1029934640523 56.6192287581699",
         ("14x none common_cause, 2x two_of_three_near_upper_limit improvement, "
          "2x none common_cause"),
         "common_cause", None, False),
        ("two_in_three_third_point_other_side",
         "50 52 49 51 50 52 49 51 50 52 49 51 50 49 58.5 49.5 58.5 49",
         "higher", None, (), None, True,
         "18x 51.1388888888889 41.4377124183006 60.8400653594771",
         "18x none common_cause",
         "common_cause", None, False),
        ("two_in_three_opposite_sides", "1 -1 1 -1 1 -1 1 -1 1 -1 1 -1 1 -1 5.5 -5.5",
         "higher", None, (), None, True,
         "16x 0 -6.175 6.175",
         "16x none common_cause",
         "common_cause", None, False),
        ("constant_series_screened", "95 95 95 95 95 95 95 95 95 95 95 95 95 95",
         "higher", 90, (), None, True,
         "14x 95 None None",
         "14x none common_cause",
         "common_cause", "inconsistent", False),
        ("constant_series_unscreened_pass", "95 95 95 95 95 95 95 95 95 95 95 95 95 95",
         "higher", 90, (), None, False,
         "14x 95 95 95",
         "14x none common_cause",
         "common_cause", "consistent_pass", False),
        ("limits_exceed_100", "97 99 96 100 98 100 97 99 95 100 98 99 97 100",
         "higher", 95, (), None, True,
         "14x 98.2142857142857 91.0527472527473 105.375824175824",
         "14x none common_cause",
         "common_cause", "inconsistent", False),
        ("five_points_trial_limits", "80 82 81 83 82",
         "higher", 85, (), None, True,
         "5x 81.6 77.61 85.59",
         "5x none common_cause",
         "common_cause", "inconsistent", True),
        ("twelve_points_still_warns", "80 82 81 83 82 80 82 81 83 82 81 82",
         "higher", 85, (), None, True,
         "12x 81.5833333333333 77.7142424242424 85.4524242424242",
         "12x none common_cause",
         "common_cause", "inconsistent", True),
        ("thirteen_points_no_warning", "80 82 81 83 82 80 82 81 83 82 81 82 81",
         "higher", 85, (), None, True,
         "13x 81.5384615384615 77.7701282051282 85.3067948717949",
         "13x none common_cause",
         "common_cause", "inconsistent", False),
        ("two_points", "80 84",
         "higher", 90, (), None, True,
         "2x 82 71.36 92.64",
         "2x none common_cause",
         "common_cause", "inconsistent", True),
        ("one_point", "80",
         "higher", 90, (), None, True,
         "1x 80 None None",
         "1x none common_cause",
         "common_cause", "inconsistent", True),
        ("all_on_mean_then_change", "10 10 10 10 10 10 10 10 12 8 12 8 12 8",
         "higher", None, (), None, False,
         "14x 10 5.49846153846154 14.5015384615385",
         "14x none common_cause",
         "common_cause", None, False),
    ]
]  # fmt: skip

WRONG = {
    "constant_series_screened": "it drops every moving range, as none is below 3.267 times nothing",
    "one_point": "without limits no comparison holds, and what is left is inconsistent",
}
"""Answers of the package that are not ours, and what it does to get them."""

LIMITS = [
    # screen outliers, mean, lower limit, upper limit of the series in the package's vignette
    (True, "35/18", "-161/225", "1036/225"),
    (False, "35/18", "-23429/7650", "53179/7650"),
]
VIGNETTE = CHARTS[0].values

SIGNALS = {
    "Common Cause": "none",
    "Above UCL": "above_upper_limit",
    "Below LCL": "below_lower_limit",
    "7 Point Trend (Increasing)": "seven_rising",
    "7 Point Trend (Decreasing)": "seven_falling",
    "2 in 3 Above CL": "two_of_three_near_upper_limit",
    "2 in 3 Below CL": "two_of_three_near_lower_limit",
    "7 Points Above CL": "seven_above_mean",
    "7 Points Below CL": "seven_below_mean",
}
ASSURANCES = {
    None: None,
    "consistent_pass": Assurance.CONSISTENTLY_PASSES,
    "inconsistent": Assurance.INCONSISTENT,
    "consistent_fail": Assurance.CONSISTENTLY_FAILS,
}


def charted(case: Chart) -> ControlChart[Fraction]:
    """Return our chart of a case."""
    return xmr_chart(
        [Decimal(value) for value in case.values.split()],
        better=case.better,
        target=case.target,
        rebase_at=case.rebase_at,
        fix_after=case.fix_after,
        screen_outliers=case.screen_outliers,
        min_points=2,
    )


def in_turn(points: Iterable[str]) -> list[tuple[int, str]]:
    """Return how many points in a row say the same."""
    return [(len(list(same)), text) for text, same in groupby(points)]


def written(runs: list[tuple[int, str]], mark: str) -> str:
    """Return runs of points as the table writes them."""
    return mark.join(f"{number}x {text}" for number, text in runs)


@pytest.mark.parametrize("case", CHARTS, ids=lambda case: case.name)
def test_the_signals_are_those_of_the_package(case: Chart) -> None:
    """Every point has the package's signal, and the chart its variation."""
    chart = charted(case)
    runs = in_turn(f"{point.signal or 'none'} {point.variation}" for point in chart.points)
    assert written(runs, ", ") == case.signals
    assert chart.variation == case.variation
    groups = [point.group for point in chart.points]
    assert groups == [
        sum(start <= place for start in case.rebase_at) for place in range(len(groups))
    ]


@pytest.mark.parametrize("case", CHARTS, ids=lambda case: case.name)
def test_the_means_and_limits_are_those_of_the_package(case: Chart) -> None:
    """Mean and limits agree to nine decimals; the two answers that are wrong are named."""
    wanted = [
        [None if number == "None" else float(number) for number in numbers.split()]
        for run in case.limits.split("; ")
        for times, _, numbers in [run.partition("x ")]
        for _ in range(int(times))
    ]
    chart = charted(case)
    assert [float(point.mean) for point in chart.points] == pytest.approx(
        [mean for mean, _, _ in wanted], rel=0, abs=1e-9
    )
    if case.name in WRONG:
        assert {(lower, upper) for _, lower, upper in wanted} == {(None, None)}
        return
    for point, (_, lower, upper) in zip(chart.points, wanted, strict=True):
        assert (point.lower, point.upper) == pytest.approx((lower, upper), rel=0, abs=1e-9)


@pytest.mark.parametrize("case", CHARTS, ids=lambda case: case.name)
def test_the_assurance_is_that_of_the_package(case: Chart) -> None:
    """Targets are passed, hit and missed, or failed, as in the package but for two answers."""
    if case.name in WRONG:
        assert case.assurance == "inconsistent"
    else:
        assert charted(case).assurance == ASSURANCES[case.assurance]


@pytest.mark.parametrize("case", CHARTS, ids=lambda case: case.name)
def test_short_groups_are_cautioned(case: Chart) -> None:
    """Groups of fewer than 13 points are, although the package's message says 12."""
    kinds = {caution.kind for caution in charted(case).cautions}
    assert bool(kinds) == case.is_short
    assert kinds <= {CautionKind.TRIAL_LIMITS, CautionKind.NO_LIMITS}


def test_a_constant_series_passes_the_target_below_it() -> None:
    """At 95% every month a target of 90% is passed, where the package says "inconsistent"."""
    (case,) = (case for case in CHARTS if case.name == "constant_series_screened")
    chart = charted(case)
    assert {(point.lower, point.upper) for point in chart.points} == {(95, 95)}
    assert chart.assurance is Assurance.CONSISTENTLY_PASSES


def test_one_point_assures_nothing() -> None:
    """One point has no limits, so nothing is said where the package says "inconsistent"."""
    (case,) = (case for case in CHARTS if case.name == "one_point")
    chart = charted(case)
    assert (chart.points[0].lower, chart.points[0].upper, chart.assurance) == (None, None, None)
    assert [caution.kind for caution in chart.cautions] == [CautionKind.NO_LIMITS]


@pytest.mark.parametrize(("screen_outliers", "mean", "lower", "upper"), LIMITS)
def test_published_limits_are_exact(
    screen_outliers: bool, mean: str, lower: str, upper: str
) -> None:
    """The published series has exactly these limits, with and without screening."""
    values = [int(value) for value in VIGNETTE.split()]
    last = xmr_chart(values, better="higher", screen_outliers=screen_outliers).points[-1]
    assert (last.mean, last.lower, last.upper) == (Fraction(mean), Fraction(lower), Fraction(upper))


def test_the_tables_hold_every_reference_case() -> None:
    """No case of the two methods is missing here or altered."""
    cases = json.loads(
        beside(VECTORS, checks=CHECKS).read_text(encoding="utf-8"), parse_float=Decimal
    )

    def row(given: dict[str, Any], results: dict[str, Any]) -> dict[str, Any]:
        limits = zip(results["mean"], results["lpl"], results["upl"], strict=True)
        signals = zip(results["special_cause"], results["point_type"], strict=True)
        return {
            "values": " ".join(map(str, given["values"])),
            "better": {"increase": "higher", "decrease": "lower"}[given["improvement_direction"]],
            "target": given["target"],
            "rebase_at": tuple(given["rebase_at_index0"] or ()),
            "fix_after": given["fix_after_n_points"],
            "screen_outliers": given["screen_outliers"],
            "limits": written(in_turn(" ".join(map(str, numbers)) for numbers in limits), "; "),
            "signals": written(
                in_turn(
                    f"{SIGNALS[signal]} {kind.removeprefix('special_cause_')}"
                    for signal, kind in signals
                ),
                ", ",
            ),
            "variation": results["variation"].removeprefix("special_cause_"),
            "assurance": results["assurance"],
            "is_short": results["short_group_warning"],
        }

    assert [
        Chart(name=case["id"].removeprefix("ptd_"), **row(case["input"], case["expected"]))
        for case in cases
        if case["method"] == "xmr_making_data_count"
    ] == CHARTS
    assert [
        (
            " ".join(map(str, case["input"]["values"])),
            case["input"]["screen_outliers"],
            *(case["expected"][key]["fraction"] for key in ("mean", "lpl", "upl")),
        )
        for case in cases
        if case["method"] == "xmr_limits"
    ] == [(VIGNETTE, *row) for row in LIMITS]
