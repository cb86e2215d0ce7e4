"""Reference answers for intervals of shares and of changes, and for the verdicts that rest on them.

They were printed in the papers, or given by PHEindicatormethods 2.1.0 (R 4.2.2), by statsmodels
and scipy, or by exact fractions. Where a reference package is wrong, a test says so.
"""

from __future__ import annotations

import json
from fractions import Fraction
from statistics import NormalDist
from typing import Any

import pytest
from tests.beside import beside

from rrmodel.errors import CountsError
from rrmodel.inference import (
    Interval,
    assess_change,
    assess_share,
    binomial_tails,
    clopper_pearson_interval,
    fisher_exact,
    jeffreys_interval,
    newcombe_interval,
    probability_next_meets,
    score_statistic,
    wilson_interval,
)
from rrmodel.model import Counts

VECTORS = "oracles/progress_vectors.json"
CHECKS = "the tables of intervals have every reference case"

WILSON = [
    # name, how many, of how many, 95% interval, 99.8% interval; within 1e-12
    ("wilson_phe_0_100", 0, 100, (0, 0.0369934982069857), (0, 0.0871709372799556)),
    ("wilson_phe_18_100", 18, 100, (0.117002254989464, 0.266673583863007),
     (0.0910848346497941, 0.324704565209378)),
    ("wilson_phe_45_250", 45, 250, (0.137333432301442, 0.232351879375643),
     (0.117146425084079, 0.266400921418649)),
    ("wilson_phe_82_100", 82, 100, (0.733326416136993, 0.882997745010536),
     (0.675295434790622, 0.908915165350206)),
    ("wilson_phe_410_500", 410, 500, (0.783925330017366, 0.851195092087241),
     (0.761067431317718, 0.866938243452598)),
    ("wilson_phe_820_1000", 820, 1000, (0.794977767097988, 0.842573107471257),
     (0.779485176300382, 0.854460932696024)),
    ("wilson_phe_100_100", 100, 100, (0.963006501793014, 1), (0.912829062720044, 1)),
    ("wilson_phe_10_10", 10, 10, (0.722467200137111, 1), (0.511521099546538, 1)),
    ("wilson_phe_1640_2000", 1640, 2000, (0.802554061217565, 0.836219028522433),
     (0.791951630670908, 0.84500703954682)),
]  # fmt: skip
NO_SHARES = [("ci_n0", 0, 0), ("ci_x_gt_n", 11, 10), ("ci_negative", -1, 10)]
PRINTED = [
    # name, how many, of how many, Wilson, Clopper and Pearson; the same to four decimals, as
    # Newcombe (1998) prints them; within 1e-9
    ("newcombe1998a_81_263", 81, 263, (0.2552885198782742, 0.36620957698280004),
     (0.25273674558527126, 0.3676219226013514), ("0.2553", "0.3662"), ("0.2527", "0.3676")),
    ("newcombe1998a_15_148", 15, 148, (0.06238639953073628, 0.16048724172330803),
     (0.05784401008344857, 0.161650490349479), ("0.0624", "0.1605"), ("0.0578", "0.1617")),
    ("newcombe1998a_1_29", 1, 29, (0.006113214292762662, 0.17175521879320285),
     (0.000872646883579922, 0.17764429548872293), ("0.0061", "0.1718"), ("0.0009", "0.1776")),
]  # fmt: skip
DIFFERENCES = [
    # name, the two samples, the interval, as Newcombe (1998) prints it; within 1e-9
    ("newcombe1998b_a", (56, 70), (48, 80),
     (0.0524314724023649, 0.333872654036906), ("0.0524", "0.3339")),
    ("newcombe1998b_c", (6, 7), (2, 7),
     (0.058227927482312314, 0.8062496375242277), ("0.0582", "0.8062")),
    ("newcombe1998b_d", (5, 56), (0, 29),
     (-0.03813714790353685, 0.1925600138551116), ("-0.0381", "0.1926")),
    ("newcombe1998b_e", (0, 10), (0, 20),
     (-0.16112515805281932, 0.2775327998628892), ("-0.1611", "0.2775")),
    ("newcombe1998b_f", (0, 10), (0, 10),
     (-0.2775327998628892, 0.2775327998628892), ("-0.2775", "0.2775")),
    ("newcombe1998b_h", (10, 10), (0, 10), (0.6075093504305242, 1.0), ("0.6075", "1.0000")),
]  # fmt: skip
CHANGES = [
    # name, now, at first, intended rise; met, verdict, interval, z, its p value, Fisher's p value
    # of no change, the z of statsmodels 0.15.0; within 1e-6
    ("diff_housed_8pp_ok", (930, 1000), (820, 1000), "0.08", True, "significantly_met",
     (0.08142889430259727, 0.13878235494710908), 2.075257868886509, 0.018981320953305972,
     7.544188982994594e-14, 2.0413247698567054),
    ("diff_housed_8pp_short", (860, 1000), (820, 1000), "0.08", False, "significantly_missed",
     (0.007854303118839757, 0.07211520554180517), -2.4299814812477627, 0.992450202840014,
     0.01727433933037243, -2.4109040899132537),
    ("diff_housed_8pp_sure_miss", (840, 1000), (820, 1000), "0.08", False, "significantly_missed",
     (-0.012959949705963557, 0.05293483170497987), -3.547082863627599, 0.9998052389725848,
     0.258019154896045, -3.5234267242904576),
    ("diff_employed_5pp_small_n", (28, 120), (21, 118), "0.05", True,
     "not_distinguishable_from_target",
     (-0.04787479546984917, 0.15710176439284773), 0.10270572289318959, 0.4590982657280991,
     0.3372311320091801, 0.10291751951844871),
    ("diff_maintain_82", (415, 500), (410, 500), "0", True, "not_distinguishable_from_target",
     (-0.037192395236051175, 0.05716252718009645), 0.4161251892882398, 0.33865919930718086,
     0.739283656261634, None),
    ("diff_decline", (380, 500), (410, 500), "0", False, "significantly_missed",
     (-0.11019691955819427, -0.009484034628894307), -2.3291532349854935, 0.9900745253311,
     0.024206354334461135, None),
]  # fmt: skip
AGAINST_A_GOAL = [
    # name, how many, of how many, goal, p values of at least and at most so many, 95% interval,
    # met, verdict; within 1e-12
    ("fixed_target_95_100_9_10", 95, 100, "9/10", 0.05757688648703381, 0.9762889173365232,
     (0.8882495307680809, 0.978456320845632), True, "not_distinguishable_from_target"),
    ("fixed_target_84_100_9_10", 84, 100, "9/10", 0.9794011898546998, 0.039890527111083346,
     (0.7557973061072976, 0.8990471151119522), False, "significantly_missed"),
    ("fixed_target_10_10_9_10", 10, 10, "9/10", 0.3486784401, 1.0,
     (0.7224672001371109, 1.0), True, "not_distinguishable_from_target"),
    ("fixed_target_0_10_9_10", 0, 10, "9/10", 1.0, 1e-10,
     (0.0, 0.2775327998628892), False, "significantly_missed"),
    ("fixed_target_27_100_23_100", 27, 100, "23/100", 0.200897673056609, 0.8570687674513044,
     (0.19269584149576344, 0.36432116767945), True, "not_distinguishable_from_target"),
]  # fmt: skip
CREDIBLE = [
    # name, how many, of how many, Clopper and Pearson, plain quantiles of the posterior of
    # Jeffreys, the same with the ends of Brown, Cai and DasGupta (2001); within 1e-9
    ("cp_jeffreys_0_10", 0, 10, (0.0, 0.30849710781876294),
     (4.7890433157581876e-05, 0.21719626750921053), (0.0, 0.21719626750921053)),
    ("cp_jeffreys_10_10", 10, 10, (0.6915028921812371, 1.0),
     (0.7828037324907894, 0.9999521095668424), (0.7828037324907894, 1.0)),
    ("cp_jeffreys_1_10", 1, 10, (0.0025285785444625728, 0.44501611702819543),
     (0.011011673763161133, 0.3813147710666164), (0.011011673763161133, 0.3813147710666164)),
    ("cp_jeffreys_410_500", 410, 500, (0.783463630562919, 0.8526994175007099),
     (0.7845302525033852, 0.8517779495701839), (0.7845302525033852, 0.8517779495701839)),
]  # fmt: skip
NEXT = [
    # name, how many, of how many, cases of the next figure, goal, cases needed, probability;
    # within 1e-9
    ("betabinom_88_100_100_9_10", 88, 100, 100, "9/10", 90, 0.3689148251492978),
    ("betabinom_86_100_100_9_10", 86, 100, 100, "9/10", 90, 0.2254672648656257),
    ("betabinom_92_100_100_9_10", 92, 100, 100, "9/10", 90, 0.7285775747787321),
    ("betabinom_23_100_120_23_100", 23, 100, 120, "23/100", 28, 0.5068957434362561),
]


def ends(interval: Interval, tolerance: float) -> Any:
    """Return both ends, to be compared with a reference to within a tolerance."""
    return pytest.approx((interval.lower, interval.upper), rel=0, abs=tolerance)


def printed(interval: Interval) -> tuple[str, str]:
    """Return both ends as a paper prints them."""
    return f"{interval.lower:.4f}", f"{interval.upper:.4f}"


@pytest.mark.parametrize("case", WILSON, ids=lambda case: case[0])
def test_wilson_s_interval_is_that_of_public_health(case: Any) -> None:
    """At both confidences of the health profiles the interval is that of their R package."""
    _, counted, cases, usual, strict = case
    counts = Counts(counted, cases)
    assert usual == ends(wilson_interval(counts), 1e-12)
    assert strict == ends(wilson_interval(counts, confidence=0.998), 1e-12)


@pytest.mark.parametrize("case", NO_SHARES, ids=lambda case: case[0])
def test_counts_that_are_no_share_have_no_interval(case: Any) -> None:
    """Nothing of nothing, more than all, and less than none are refused before any method."""
    with pytest.raises(CountsError, match=r"does not make a share|is not a count"):
        Counts(*case[1:])


@pytest.mark.parametrize("case", PRINTED, ids=lambda case: case[0])
def test_single_shares_are_those_of_the_paper(case: Any) -> None:
    """Both intervals agree with Newcombe's first table."""
    _, counted, cases, wilson, exact, wilson_printed, exact_printed = case
    counts = Counts(counted, cases)
    assert wilson == ends(wilson_interval(counts), 1e-9)
    assert exact == ends(clopper_pearson_interval(counts), 1e-9)
    assert printed(wilson_interval(counts)) == wilson_printed
    assert printed(clopper_pearson_interval(counts)) == exact_printed


@pytest.mark.parametrize("case", DIFFERENCES, ids=lambda case: case[0])
def test_differences_are_those_of_the_paper(case: Any) -> None:
    """The interval agrees with method 10 in Newcombe's second table, for none and all too."""
    _, current, baseline, interval, in_print = case
    result = newcombe_interval(Counts(*current), Counts(*baseline))
    assert interval == ends(result, 1e-9)
    assert printed(result) == in_print


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case[0])
def test_a_rise_from_a_sampled_baseline(case: Any) -> None:
    """A rise is tested by the interval of the difference, and the score statistic is apart."""
    _, current, baseline, rise, is_met, verdict, interval, z, p_value, no_change, _ = case
    now, start = Counts(*current), Counts(*baseline)
    assessment = assess_change(now, start, Fraction(rise), better="higher")
    assert (assessment.is_met, assessment.verdict) == (is_met, verdict)
    assert interval == ends(assessment.interval, 1e-6)
    score = score_statistic(now, start, Fraction(rise))
    assert score is not None
    assert score == pytest.approx(z, rel=0, abs=1e-6)
    assert NormalDist().cdf(-score) == pytest.approx(p_value, rel=0, abs=1e-6)
    assert fisher_exact(now, start) == pytest.approx(no_change, rel=1e-6)


@pytest.mark.parametrize(
    "case", [case for case in CHANGES if case[-1] is not None], ids=lambda case: case[0]
)
def test_the_score_of_statsmodels_is_wrong_for_a_promised_rise(case: Any) -> None:
    """Statsmodels up to 0.15.0 takes the wrong shares for a margin other than 0 (#10269)."""
    _, current, baseline, rise, *_, wrong = case
    score = score_statistic(Counts(*current), Counts(*baseline), Fraction(rise))
    assert score is not None
    assert abs(score - wrong) > 1e-4


@pytest.mark.parametrize("case", AGAINST_A_GOAL, ids=lambda case: case[0])
def test_a_share_against_a_fixed_goal(case: Any) -> None:
    """The tails are exact, and the verdict is that of the interval, which the tails may not share.

    Of 84 in 100 against 90% the interval says significantly missed, the exact tail 4.0%.
    """
    _, counted, cases, goal, at_least, at_most, interval, is_met, verdict = case
    counts, share = Counts(counted, cases), Fraction(goal)
    assessment = assess_share(counts, share, better="higher")
    assert (assessment.is_met, assessment.verdict) == (is_met, verdict)
    assert interval == ends(assessment.interval, 1e-12)
    assert binomial_tails(counts, share) == pytest.approx((at_least, at_most), rel=0, abs=1e-12)


@pytest.mark.parametrize("case", CREDIBLE, ids=lambda case: case[0])
def test_exact_and_credible_intervals(case: Any) -> None:
    """For none and all the credible interval ends where the paper says; elsewhere it does not."""
    _, counted, cases, exact, raw, modified = case
    counts = Counts(counted, cases)
    assert exact == ends(clopper_pearson_interval(counts), 1e-9)
    assert raw == ends(jeffreys_interval(counts, raw=True), 1e-9)
    assert modified == ends(jeffreys_interval(counts), 1e-9)


@pytest.mark.parametrize("case", NEXT, ids=lambda case: case[0])
def test_what_the_next_figure_needs(case: Any) -> None:
    """The count needed is the goal's share rounded up, and its probability is beta-binomial."""
    _, counted, cases, next_cases, goal, needed, probability = case
    result = probability_next_meets(
        Counts(counted, cases), next_cases, Fraction(goal), better="higher"
    )
    assert result.count_needed == needed
    assert result.probability == pytest.approx(probability, rel=0, abs=1e-9)


def test_the_tables_hold_every_reference_case() -> None:
    """No case of the seven methods is missing here or altered."""
    cases = json.loads(beside(VECTORS, checks=CHECKS).read_text(encoding="utf-8"))

    def rows(method: str, *keys: str, errors: bool = False) -> list[tuple[Any, ...]]:
        return [
            (case["id"], *(part(case, key) for key in keys))
            for case in cases
            if case["method"] == method and ("error" in case["expected"]) is errors
        ]

    def part(case: Any, key: str) -> Any:
        item: Any = case
        for name in key.split("."):
            item = item.get(name)
        return tuple(item) if isinstance(item, list) else item

    assert [
        (name, counted, of, (low, high), (lowest, highest))
        for name, counted, of, low, high, lowest, highest in rows(
            "wilson_score_interval", "input.count", "input.n", "expected.lower95",
            "expected.upper95", "expected.lower998", "expected.upper998",
        )
    ] == WILSON  # fmt: skip
    assert rows("wilson_score_interval", "input.count", "input.n", errors=True) == NO_SHARES
    assert rows(
        "wilson_and_clopper_pearson", "input.count", "input.n", "expected.wilson",
        "expected.clopper_pearson", "expected.printed.wilson", "expected.printed.clopper_pearson",
    ) == PRINTED  # fmt: skip
    assert [
        (name, (counted, of), (counted_first, of_first), (low, high), in_print)
        for name, counted, of, counted_first, of_first, low, high, in_print in rows(
            "newcombe_hybrid_score_difference", "input.count1", "input.n1", "input.count2",
            "input.n2", "expected.lower", "expected.upper",
            "expected.printed",
        )
    ] == DIFFERENCES  # fmt: skip
    assert [
        (name, (counted, of), (counted_first, of_first), *rest)
        for name, counted, of, counted_first, of_first, *rest in rows(
            "increase_by_pp_from_sampled_baseline", "input.current", "input.n_current",
            "input.baseline", "input.n_baseline", "input.required_increase", "expected.point_met",
            "expected.verdict", "expected.newcombe", "expected.score_z",
            "expected.score_p_one_sided", "expected.fisher_two_sided_p_no_change",
            "expected.statsmodels_0_15_0_wrong_score_z",
        )
    ] == CHANGES  # fmt: skip
    assert rows(
        "one_sample_vs_target", "input.count", "input.n", "input.target",
        "expected.p_value_at_least", "expected.p_value_at_most", "expected.wilson95",
        "expected.point_met", "expected.verdict",
    ) == AGAINST_A_GOAL  # fmt: skip
    assert rows(
        "clopper_pearson_and_jeffreys", "input.count", "input.n", "expected.clopper_pearson",
        "expected.jeffreys_raw", "expected.jeffreys_brown_cai_dasgupta",
    ) == CREDIBLE  # fmt: skip
    assert rows(
        "probability_next_period_meets_target", "input.count", "input.n", "input.next_n",
        "input.target", "expected.successes_needed", "expected.probability",
    ) == NEXT  # fmt: skip
