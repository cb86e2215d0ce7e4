"""Policies: rules with names and thresholds that grade a target before its deadline."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest

from rrmodel import (
    Amount,
    Deadline,
    Month,
    Observation,
    Percentage,
    PercentagePoints,
    ReachTarget,
    Status,
    datasets,
    evaluate,
)
from rrmodel.errors import RecordError
from rrmodel.evaluation import (
    ASSURANCE,
    POLICIES,
    STATISTICAL,
    STATISTICS_CANADA,
    STRAIGHT_LINE,
    TRAFFIC_LIGHT,
    AssuranceRule,
    ComparisonRule,
    GrowthRule,
    MarginRule,
    Policy,
    compare_policies,
)
from rrmodel.inference import growth_ratio
from rrmodel.model import Counts, InterimGoal, SeriesBreak

PLAN = datasets.load("east-midlands-2022-25")
HOUSED: Any = PLAN.target("housed-on-release-by-july-2023")
SETTLED: Any = PLAN.target("settled-three-months-after-release-by-july-2023")
DAY = date(2023, 2, 1)


def figure(target: Any, month: str, level: str | None, *counts: int) -> Observation:
    """Return a figure of a target's measure and area, as printed or from counts."""
    fields: dict[str, Any] = {"counts": Counts(*counts)} if counts else {"level": Percentage(level)}
    return Observation(
        measure=target.measure,
        area=target.area,
        period=Month(month),
        published=Month(month).last_day,
        **fields,
    )


def graded(
    policy: Policy, *observations: Observation, target: Any = HOUSED, area: str | None = None
) -> Any:
    """Assess a target under way: 86.52% is expected of those housed by 31 December 2022."""
    return evaluate(target, observations, as_of=DAY, policy=policy, area=area)


def monthly(target: Any, *levels: str) -> list[Observation]:
    """Return as many monthly figures, the last of December 2022."""
    months = [Month("December 2022") - place for place in range(len(levels))][::-1]
    return [figure(target, str(month), level) for month, level in zip(months, levels, strict=True)]


EXPECTED = Percentage("86.5")
"""What the straight trajectory expects of those housed by 31 December 2022: 9 of 16 months."""


class TestStraightLine:
    """The change made is compared with the change expected by then, exactly."""

    @pytest.mark.parametrize(
        ("share", "status"),
        [
            (Fraction(1), Status.ON_TRACK),
            (Fraction(999, 1000), Status.AT_RISK),
            (Fraction(1, 2), Status.AT_RISK),
            (Fraction(499, 1000), Status.OFF_TRACK),
        ],
    )
    def test_half_of_the_change_is_enough(self, share: Fraction, status: Status) -> None:
        """Exactly half of what is due is at risk, and a hair less is off track."""
        # A fraction was not rounded, so the edges are exact.
        level = HOUSED.baseline.level + (EXPECTED - HOUSED.baseline.level) * share
        observation = attrs.evolve(figure(HOUSED, "December 2022", "82"), level=level)
        assert graded(STRAIGHT_LINE, observation).status is status

    def test_says_how_much_of_the_change_was_made(self) -> None:
        """Half a point of four and a half is 11%."""
        result = graded(STRAIGHT_LINE, figure(HOUSED, "December 2022", "82.5"))
        assert "11% of the change expected by then has been made." in result.reasons

    @pytest.mark.parametrize("level", ["82", "80"])
    def test_says_that_no_change_was_made(self, level: str) -> None:
        """At the baseline or below it there is no share to speak of."""
        result = graded(STRAIGHT_LINE, figure(HOUSED, "December 2022", level))
        assert "No part of the change expected by then has been made." in result.reasons

    def test_before_the_first_step_no_change_is_due(self) -> None:
        """Where nothing is due yet the reason is the distance, not a share of nothing."""
        steps = attrs.evolve(
            HOUSED,
            trajectory="stepped",
            interim=(InterimGoal(level=Percentage(86), deadline=Deadline("March 2023")),),
        )
        result = graded(STRAIGHT_LINE, figure(HOUSED, "December 2022", "81"), target=steps)
        assert result.status is Status.OFF_TRACK
        assert "That is 1 percentage point below the expected 82%." in result.reasons


class TestTrafficLight:
    """Green at or beyond the line, amber within two points of it, red otherwise."""

    @pytest.mark.parametrize(
        ("level", "status"),
        [
            ("86.6", Status.ON_TRACK),
            ("86.5", Status.ON_TRACK),
            ("86.4", Status.AT_RISK),
            ("84.5", Status.AT_RISK),
            ("84.4", Status.OFF_TRACK),
        ],
    )
    def test_grades_by_its_margin(self, level: str, status: Status) -> None:
        """86.5% is expected, and two points below it is 84.5%."""
        assert graded(TRAFFIC_LIGHT, figure(HOUSED, "December 2022", level)).status is status

    def test_says_how_far_short(self) -> None:
        """The reason is the distance from the line."""
        result = graded(TRAFFIC_LIGHT, figure(HOUSED, "December 2022", "84"))
        assert "That is 2.5 percentage points below the expected 86.5%." in result.reasons

    def test_on_the_line_is_on_track(self) -> None:
        """A level that is exactly the one expected is not short of it."""
        exact = attrs.evolve(figure(HOUSED, "December 2022", "82"), level=EXPECTED)
        result = graded(TRAFFIC_LIGHT, exact)
        assert result.status is Status.ON_TRACK
        assert "That is exactly the expected 86.5%." in result.reasons

    def test_says_that_the_line_is_reached(self) -> None:
        """A level on the line is not short of it."""
        result = graded(TRAFFIC_LIGHT, figure(HOUSED, "December 2022", "87"))
        assert "That is 0.5 percentage points above the expected 86.5%." in result.reasons

    def test_refuses_a_negative_margin(self) -> None:
        """A margin is written without a sign."""
        with pytest.raises(RecordError, match=r"margin is .* without a sign"):
            MarginRule(margin=PercentagePoints(-2))


class TestStatisticsCanada:
    """The yearly growth so far is compared with the yearly growth that the goal needs."""

    @pytest.mark.parametrize(
        ("level", "status"),
        [
            ("86.4", Status.ON_TRACK),
            ("85", Status.AT_RISK),
            ("84.5", Status.OFF_TRACK),
            ("81", Status.OFF_TRACK),
        ],
    )
    def test_grades_by_the_ratio(self, level: str, status: Status) -> None:
        """On track is 95% of the growth needed, at risk 60%."""
        assert graded(STATISTICS_CANADA, figure(HOUSED, "December 2022", level)).status is status

    def test_says_the_ratio(self) -> None:
        """The reason is the share of the rate needed."""
        result = graded(STATISTICS_CANADA, figure(HOUSED, "December 2022", "85"))
        assert "It has improved at 68% of the yearly rate that the goal requires." in result.reasons

    def test_a_threshold_reached_exactly_is_reached(self) -> None:
        """The ratio is that of days over days, and equal to a threshold is at it."""
        ratio = growth_ratio(
            82, 85, 90, elapsed=275 / 365.25, allowed=487 / 365.25, better="higher"
        ).ratio
        assert ratio is not None
        for rule, status in (
            (GrowthRule(on_track_from=Fraction(ratio), at_risk_from=Fraction(0)), Status.ON_TRACK),
            (GrowthRule(on_track_from=Fraction(1), at_risk_from=Fraction(ratio)), Status.AT_RISK),
        ):
            policy = attrs.evolve(STATISTICS_CANADA, rule=rule)
            assert graded(policy, figure(HOUSED, "December 2022", "85")).status is status

    def test_has_no_answer_for_a_level_to_be_held(self) -> None:
        """No growth is required, so there is no ratio to it and no grade."""
        result = graded(STATISTICS_CANADA, figure(SETTLED, "December 2022", "81"), target=SETTLED)
        assert result.status is Status.NOT_GRADED
        assert "A level to maintain requires no growth." in result.reasons

    def test_has_no_answer_from_a_baseline_beyond_the_goal(self) -> None:
        """From 18 to 20 no fall is required, whatever the 21 of now."""
        fewer = attrs.evolve(HOUSED.measure, better="lower")
        past = ReachTarget(
            id="past",
            statement="At most 20% are not housed.",
            citation=HOUSED.citation,
            measure=fewer,
            area=HOUSED.area,
            goal=Percentage(20),
            baseline=attrs.evolve(HOUSED.baseline, level=Percentage("18")),
            deadline=HOUSED.deadline,
        )
        result = graded(STATISTICS_CANADA, figure(past, "December 2022", "21"), target=past)
        assert result.status is Status.NOT_GRADED
        assert (
            "The baseline was at the goal or beyond it, so no growth is required." in result.reasons
        )

    def test_has_no_answer_from_zero(self) -> None:
        """No rate of growth leads from 0%."""
        start = attrs.evolve(HOUSED.baseline, level=Percentage(0))
        from_zero = attrs.evolve(HOUSED, baseline=start, change=PercentagePoints(90))
        result = graded(STATISTICS_CANADA, figure(HOUSED, "December 2022", "40"), target=from_zero)
        assert result.status is Status.NOT_GRADED
        start = "The growth ratio is undefined: "
        assert any(reason.startswith(start) for reason in result.reasons)

    @pytest.mark.parametrize(
        ("on_track_from", "at_risk_from", "message"),
        [
            (Fraction(3, 2), Fraction(1, 2), "on_track_from is 3/2: give a share from 0 to 1"),
            (Fraction(1), Fraction(-1), "at_risk_from is -1: give a share from 0 to 1"),
            (Fraction(1, 2), Fraction(1), "exchange them"),
        ],
    )
    def test_refuses_thresholds_out_of_order(
        self, on_track_from: Fraction, at_risk_from: Fraction, message: str
    ) -> None:
        """Both are shares, and at risk starts below on track."""
        with pytest.raises(RecordError, match=message):
            GrowthRule(on_track_from=on_track_from, at_risk_from=at_risk_from)


class TestStatistical:
    """Better, similar or worse than the level expected, by the counts."""

    @pytest.mark.parametrize(
        ("count", "status", "words"),
        [
            (
                895,
                Status.ON_TRACK,
                "By its counts it is significantly at or above the expected level.",
            ),
            (865, Status.AT_RISK, "The difference from the expected level is within chance."),
            (830, Status.OFF_TRACK, "By its counts it is significantly below the expected level."),
        ],
    )
    def test_grades_by_the_interval(self, count: int, status: Status, words: str) -> None:
        """Of 1,000 cases, 86% to 87% are expected: the baseline was rounded."""
        result = graded(STATISTICAL, figure(HOUSED, "December 2022", None, count, 1000))
        assert result.status is status
        assert words in result.reasons

    def test_cannot_tell_without_counts(self) -> None:
        """A figure without counts is not graded, and the reason says why."""
        result = graded(STATISTICAL, figure(HOUSED, "December 2022", "80"))
        assert result.status is Status.NOT_GRADED
        assert "The figure was published without counts." in result.reasons

    def test_tests_shares_only(self) -> None:
        """Places are counted and not sampled."""
        places = attrs.evolve(HOUSED.measure, unit="place", out_of=None)
        target = ReachTarget(
            id="places",
            statement="Open 200 places.",
            citation=HOUSED.citation,
            measure=places,
            area=HOUSED.area,
            goal=Amount(200, "place"),
            baseline=attrs.evolve(HOUSED.baseline, level=Amount(100, "place")),
            deadline=HOUSED.deadline,
        )
        observation = attrs.evolve(
            figure(HOUSED, "December 2022", "80"), level=Amount(120, "place")
        )
        result = graded(STATISTICAL, observation, target=target)
        assert result.status is Status.NOT_GRADED
        assert "Only shares can be tested for chance." in result.reasons

    def test_refuses_a_confidence_that_is_none(self) -> None:
        """95 is not a share."""
        with pytest.raises(RecordError, match=r"confidence is 95.*such as 0\.95"):
            ComparisonRule(confidence=95)


class TestAssurance:
    """A control chart says whether the process can be relied on to be where it should be."""

    PASSING = ("89", "89.4", "89", "89.4") * 4
    MIXED = ("84", "88", "85", "89") * 4
    FAILING = ("81", "82", "81", "82") * 4

    @pytest.mark.parametrize(
        ("levels", "status", "words"),
        [
            (PASSING, Status.ON_TRACK, "consistently passes"),
            (MIXED, Status.AT_RISK, "hits and misses"),
            (FAILING, Status.OFF_TRACK, "consistently fails"),
        ],
    )
    def test_grades_by_the_chart(self, levels: tuple[str, ...], status: Status, words: str) -> None:
        """The limits of sixteen months are compared with the trajectory, figures before it too."""
        result = graded(ASSURANCE, *monthly(HOUSED, *levels))
        assert result.status is status
        assert f"The control chart {words} the expected level." in result.reasons

    def test_needs_points_enough(self) -> None:
        """Limits of twelve points are trial limits, so nothing is said about assurance."""
        result = graded(ASSURANCE, *monthly(HOUSED, *self.PASSING[:12]))
        assert result.status is Status.NOT_GRADED
        assert "A control chart needs 13 comparable figures, and 12 are known." in result.reasons

    def test_thirteen_points_are_enough(self) -> None:
        """From thirteen on the limits are trusted."""
        result = graded(ASSURANCE, *monthly(HOUSED, *self.PASSING[:13]))
        assert result.status is Status.ON_TRACK

    def test_needs_limits_after_a_break(self) -> None:
        """The limits start anew where the measure changed, whatever the figures are said to be."""
        broken = attrs.evolve(
            HOUSED.measure,
            code="old",
            series_breaks=(SeriesBreak(starts=date(2022, 7, 1), code="new", reason="Recounted."),),
        )
        target = attrs.evolve(HOUSED, measure=broken)
        observations = [attrs.evolve(each, series="old") for each in monthly(HOUSED, *self.PASSING)]
        result = graded(ASSURANCE, *observations, target=target)
        assert result.status is Status.NOT_GRADED
        assert (
            "The control chart has no limits after the last break in the series." in result.reasons
        )

    def test_says_one_figure_in_the_singular(self) -> None:
        """One figure is known, not are."""
        result = graded(ASSURANCE, *monthly(HOUSED, "85"))
        assert any(reason.endswith("and 1 is known.") for reason in result.reasons)

    def test_refuses_a_chart_without_limits(self) -> None:
        """Fewer than ten points make a run chart, which has no limits."""
        with pytest.raises(RecordError, match="fewest is 9"):
            AssuranceRule(fewest=9)
        assert AssuranceRule(fewest=10).fewest == 10


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
class TestEvery:
    """Statuses that no policy changes."""

    def test_says_what_it_does_and_where_it_is_from(self, policy: Policy) -> None:
        """A policy has a name, a sentence and a source, and calls nothing a forecast."""
        assert policy.name
        assert policy.citation
        assert policy.statement.endswith(".")
        assert "forecast" not in policy.statement

    def test_changes_nothing_once_the_deadline_has_passed(self, policy: Policy) -> None:
        """86.3% of 90% is missed under every policy."""
        observations = datasets.observations("england-and-wales")
        area = "England and Wales"
        result = evaluate(HOUSED, observations, as_of=date(2024, 8, 1), area=area, policy=policy)
        assert result.status is Status.MISSED

    def test_a_level_at_its_goal_is_on_track(self, policy: Policy) -> None:
        """Before the deadline a goal reached is on track, however few the cases."""
        assert graded(policy, figure(HOUSED, "December 2022", None, 9, 10)).status is (
            Status.ON_TRACK
        )

    def test_cannot_judge_the_pace_of_a_comparator(self, policy: Policy) -> None:
        """Without a baseline of its own a comparator below the goal is not graded."""
        wales = attrs.evolve(figure(HOUSED, "December 2022", "80"), area="Wales")
        result = graded(policy, wales, area="Wales")
        assert result.status is Status.NOT_GRADED
        assert (
            "The baseline is for the East Midlands, so no level is expected "
            "of Wales by now." in result.reasons
        )


class TestSideBySide:
    """The same figures under several policies, and why the answers differ."""

    def test_says_what_each_makes_of_the_figure(self) -> None:
        """The shared reasons come first, then a sentence for each policy."""
        observations = [figure(HOUSED, "December 2022", None, 84, 100)]
        comparison = compare_policies(HOUSED, observations, (STRAIGHT_LINE, STATISTICAL), as_of=DAY)
        assert not comparison.agree
        assert comparison.reasons[1:] == (
            "The straight trajectory expects 86.5% by 31 December 2022.",
            "straight line: off track. 44% of the change expected by then has been made.",
            "statistical: at risk. The difference from the expected level is within chance.",
        )

    def test_they_agree_on_what_is_settled(self) -> None:
        """After the deadline there is nothing to grade."""
        comparison = compare_policies(
            HOUSED,
            datasets.observations("england-and-wales"),
            as_of=date(2024, 8, 1),
            area="England and Wales",
        )
        assert comparison.agree
        assert comparison.reasons[-1] == (
            "A policy grades only a target that is not yet due and does not meet its goal."
        )

    def test_a_comparator_has_no_more_to_say(self) -> None:
        """Where no level is expected no policy gives a grade."""
        wales = attrs.evolve(figure(HOUSED, "December 2022", "80"), area="Wales")
        comparison = compare_policies(HOUSED, [wales], POLICIES[:1], as_of=DAY, area="Wales")
        assert comparison.reasons[-1] == (
            "straight line: not graded. The baseline is for the East Midlands, "
            "so no level is expected of Wales by now."
        )

    def test_asks_for_a_policy(self) -> None:
        """No policy can be ``None``."""
        with pytest.raises(RecordError, match="name at least one"):
            compare_policies(HOUSED, [], (), as_of=DAY)
