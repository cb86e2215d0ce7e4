"""Ranges, levels without a date, gaps between groups, and improvement year on year."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest

from rrmodel import (
    Amount,
    Baseline,
    Citation,
    Deadline,
    DirectionTarget,
    Duration,
    FinancialYear,
    MaintainTarget,
    Measure,
    Observation,
    Percentage,
    PercentagePoints,
    ReachTarget,
    Status,
    evaluate,
    parse_period,
)
from rrmodel.evaluation import Basis, Evaluation, Movement
from rrmodel.inference import Verdict
from rrmodel.model import Counts, LevelRange, MeasuredTarget, RangeTarget, StandingTarget
from rrmodel.quantities import Level

SHARE = Measure(id="share", name="A share", counts="some", out_of="all", better="higher")
COMMON: dict[str, Any] = {
    "id": "a-target",
    "statement": "Keep the share in order.",
    "citation": Citation("a-plan"),
    "measure": SHARE,
    "area": "York",
}
GOAL = LevelRange(low=Percentage(40), high=Percentage(50))
START = FinancialYear("2021-22")
DUE = Deadline("March 2025")
AFTER, BEFORE = date(2025, 9, 1), date(2024, 9, 1)


def assessed(
    target: MeasuredTarget, figures: dict[str, str | Level], as_of: date = AFTER, **more: Any
) -> Evaluation:
    """Assess a target from levels by period, each published when its period has ended."""
    observations = [
        Observation(
            measure=target.measure,
            area="York",
            period=(period := parse_period(text)),
            level=Percentage(level) if isinstance(level, str) else level,
            published=period.last_day,
            **more,
        )
        for text, level in figures.items()
    ]
    return evaluate(target, observations, as_of=as_of)


class TestRange:
    """Between 40% and 50%, both included."""

    @pytest.mark.parametrize(
        ("level", "status", "gap", "where"),
        [
            ("39.9", Status.MISSED, "0.1", "0.1 percentage points below the goal of 40% to 50%"),
            ("40", Status.MET, "0", "within the goal of 40% to 50%"),
            ("45", Status.MET, "-5", "within the goal of 40% to 50%"),
            ("50", Status.MET, "0", "within the goal of 40% to 50%"),
            ("52", Status.MISSED, "2", "2 percentage points above the goal of 40% to 50%"),
        ],
    )
    def test_has_two_ends(self, level: str, status: Status, gap: str, where: str) -> None:
        """Too much misses it as too little does, by the distance to the nearer end."""
        result = assessed(RangeTarget(**COMMON, goal=GOAL, deadline=DUE), {"2024-25": level})
        assert (result.status, result.gap) == (status, PercentagePoints(gap))
        assert result.goal == GOAL
        assert result.reasons[0] == f"{level}% in 2024/25 is {where}, due by 31 March 2025."

    @pytest.mark.parametrize(
        ("start", "level", "status", "expected", "progress"),
        [
            ("25", "35", Status.ON_TRACK, "35", Fraction(2, 3)),
            ("25", "33", Status.AT_RISK, "35", Fraction(8, 15)),
            ("25", "28", Status.OFF_TRACK, "35", Fraction(1, 5)),
            ("25", "53", Status.OFF_TRACK, "35", Fraction(4, 5)),
            ("65", "55", Status.ON_TRACK, "55", Fraction(2, 3)),
            ("65", "59", Status.AT_RISK, "55", Fraction(2, 5)),
            ("65", "38", Status.OFF_TRACK, "55", Fraction(13, 15)),
        ],
    )
    def test_is_entered_from_either_side(
        self, start: str, level: str, status: Status, expected: str, progress: Fraction
    ) -> None:
        """Two of three years after 25% or 65%, two thirds of the way to the nearer end are due."""
        target = RangeTarget(
            **COMMON,
            goal=GOAL,
            deadline=DUE,
            baseline=Baseline(level=Percentage(start), period=START),
        )
        result = assessed(target, {"2023-24": level}, BEFORE)
        if level == "59":  # six of the ten points due are made
            assert result.assessment.grade is not None
        assert (result.status, result.expected) == (status, Percentage(expected))
        assert result.progress == progress

    def test_without_a_deadline_a_baseline_outside_expects_nothing(self) -> None:
        """The range has no deadline, so no line leads there."""
        target = RangeTarget(
            **COMMON, goal=GOAL, baseline=Baseline(level=Percentage("65"), period=START)
        )
        result = assessed(target, {"2023-24": "58"}, BEFORE)
        assert (result.expected, result.gap) == (None, PercentagePoints(8))

    def test_past_its_other_end_is_graded_by_the_distance(self) -> None:
        """38% has passed 50% and 40%: no share of the change is praised."""
        target = RangeTarget(
            **COMMON,
            goal=GOAL,
            deadline=DUE,
            baseline=Baseline(level=Percentage("65"), period=START),
        )
        result = assessed(target, {"2023-24": "38"}, BEFORE)
        assert "That is 2 percentage points below the expected 40% to 55%." in result.reasons

    @pytest.mark.parametrize(
        ("fields", "level", "status"),
        [
            ({"since": START}, "45", Status.ON_TRACK),
            ({"since": START}, "39.5", Status.AT_RISK),
            ({"since": START}, "38", Status.OFF_TRACK),
            (
                {"baseline": Baseline(level=Percentage("45"), period=START)},
                "51.5",
                Status.OFF_TRACK,
            ),
            ({}, "38", Status.NOT_GRADED),
            ({}, "45", Status.ON_TRACK),
        ],
    )
    def test_may_be_one_to_stay_within(
        self, fields: dict[str, Any], level: str, status: Status
    ) -> None:
        """Since a period, or from a baseline within it, the range itself is expected."""
        result = assessed(
            RangeTarget(**COMMON, goal=GOAL, deadline=DUE, **fields), {"2023-24": level}, BEFORE
        )
        assert result.status is status
        assert result.expected == (GOAL if fields else None)
        assert result.progress is None

    def test_without_a_date_the_latest_figure_decides(self) -> None:
        """At all times between 40% and 50%."""
        target = RangeTarget(**COMMON, goal=GOAL)
        assert assessed(target, {"2023-24": "60", "2024-25": "45"}).status is Status.MET
        assert assessed(target, {"2023-24": "45", "2024-25": "60"}).status is Status.MISSED

    @pytest.mark.parametrize(
        ("counts", "verdict"),
        [
            (Counts(450, 1000), Verdict.SIGNIFICANTLY_MET),
            (Counts(410, 1000), Verdict.NOT_DISTINGUISHABLE),
            (Counts(490, 1000), Verdict.NOT_DISTINGUISHABLE),
            (Counts(45, 100), Verdict.NOT_DISTINGUISHABLE),
            (Counts(350, 1000), Verdict.SIGNIFICANTLY_MISSED),
            (Counts(550, 1000), Verdict.SIGNIFICANTLY_MISSED),
        ],
    )
    def test_its_evidence_concerns_both_ends(self, counts: Counts, verdict: Verdict) -> None:
        """Only an interval wholly within both ends shows that it is met."""
        target = RangeTarget(**COMMON, goal=GOAL, deadline=DUE)
        level = Percentage.from_counts(counts.numerator, counts.denominator)
        result = assessed(target, {"2024-25": level}, counts=counts)
        assert result.evidence is not None
        assert result.evidence.verdict is verdict

    @pytest.mark.parametrize(
        ("level", "words"),
        [
            ("45", "between 44.5% and 45.5%: within the goal of 40% to 50% either way."),
            ("38", "between 37.5% and 38.5%: below the goal of 40% to 50% either way."),
            ("52", "between 51.5% and 52.5%: above the goal of 40% to 50% either way."),
            (
                "50",
                "49.5% and 50.5%: rounding leaves open whether it reaches the goal of 40% to 50%.",
            ),
        ],
    )
    def test_its_evidence_names_both_ends(self, level: str, words: str) -> None:
        """A reader sees the range and not the end that decides."""
        result = assessed(RangeTarget(**COMMON, goal=GOAL, deadline=DUE), {"2024-25": level})
        assert result.evidence is not None
        assert words in result.evidence.statement

    def test_of_growth_is_not_graded(self) -> None:
        """The growth ratio knows no range."""
        target = RangeTarget(
            **COMMON,
            goal=GOAL,
            deadline=DUE,
            baseline=Baseline(level=Percentage("25"), period=START),
        )
        observations = Observation(
            measure=SHARE, area="York", period=FinancialYear("2023-24"), level=Percentage("33")
        )
        result = evaluate(target, [observations], as_of=BEFORE, policy="statistics-canada")
        assert result.status is Status.NOT_GRADED
        assert any("Growth towards a range is not defined" in why for why in result.reasons)


class TestStanding:
    """A level without a date is assessed by the latest figure."""

    TARGET = StandingTarget(**COMMON, goal=Percentage(90), tolerance=PercentagePoints(1))

    @pytest.mark.parametrize(
        ("level", "status"),
        [("91", Status.MET), ("89", Status.MET), ("88.9", Status.MISSED)],
    )
    def test_is_met_or_missed_now(self, level: str, status: Status) -> None:
        """A tolerance is part of it, and no deadline is spoken of."""
        result = assessed(self.TARGET, {"2023-24": "50", "2024-25": level})
        assert (result.status, result.target.deadline) == (status, None)
        assert result.expected == Percentage(90)
        assert "due" not in result.explain()
        assert result.undefined["required_pace"] == "There is no deadline to come."

    def test_its_evidence_names_the_tolerance(self) -> None:
        """The reasons name the goal, and the evidence the goal with its tolerance."""
        result = assessed(self.TARGET, {"2024-25": "88"})
        assert "2 percentage points below the 90% goal" in result.reasons[0]
        assert result.evidence is not None
        assert "below the goal with its tolerance, 89%, either way" in result.evidence.statement

    def test_has_a_first_period(self) -> None:
        """Figures from before it say nothing."""
        since = attrs.evolve(self.TARGET, since=FinancialYear("2024-25"))
        assert assessed(since, {"2023-24": "50"}).status is Status.NO_DATA


class TestUnits:
    """Gaps between groups, rates, and shares beyond 100%."""

    def test_a_gap_between_groups_is_narrowed(self) -> None:
        """From 5 to 2 percentage points by March 2025, in three years: 3 by March 2024."""
        gap = attrs.evolve(SHARE, unit="percentage points", better="lower", out_of=None)
        target = ReachTarget(
            **{**COMMON, "measure": gap},
            goal=PercentagePoints(2),
            deadline=DUE,
            baseline=Baseline(level=PercentagePoints("5.0"), period=START),
        )
        result = assessed(target, {"2023-24": PercentagePoints("3.2")}, BEFORE)
        assert (result.status, result.expected) == (Status.AT_RISK, PercentagePoints(3))
        assert (result.gap, result.progress) == (PercentagePoints("1.2"), Fraction(3, 5))
        assert result.movement is Movement.TOWARDS
        assert result.evidence is not None
        assert (result.evidence.basis, result.evidence.verdict.direction) == (
            Basis.ROUNDING,
            "missed",
        )
        assert result.reasons[0].startswith(
            "3.2 percentage points in 2023/24 is 1.2 percentage points above the goal of 2 "
            "percentage points"
        )

    @pytest.mark.parametrize(
        ("unit", "levels"),
        [
            ("% of capacity", ("105", "107.2", "2.2 percentage points above the goal of 105%")),
            ("per 1,000 prisoners", ("10", "12.5", "2.5 per 1,000 prisoners above the goal of 10")),
        ],
    )
    def test_rates_and_occupancy_are_amounts(self, unit: str, levels: tuple[str, str, str]) -> None:
        """They have their own unit, may pass 100, and are not tested for chance."""
        goal, level, where = levels
        measure = attrs.evolve(SHARE, unit=unit, better="lower", out_of=None)
        target = MaintainTarget(
            **{**COMMON, "measure": measure}, goal=Amount(goal, unit), deadline=DUE
        )
        result = assessed(target, {"2024-25": Amount(level, unit)})
        assert (result.status, result.evidence) == (Status.MISSED, None)
        assert where in result.reasons[0]

    def test_a_rate_may_be_level_by_rounding(self) -> None:
        """10.1 per 1,000, published to one decimal place, reaches the 10.05 expected."""
        unit = "per 1,000 prisoners"
        measure = attrs.evolve(SHARE, unit=unit, better="lower", out_of=None)
        target = ReachTarget(
            **{**COMMON, "measure": measure},
            goal=Amount("9.05", unit),
            deadline=Deadline("March 2026"),
            baseline=Baseline(level=Amount("11.05", unit), period=FinancialYear("2023-24")),
        )
        result = assessed(target, {"2024-25": Amount("10.1", unit)})
        assert (result.status, result.expected) == (Status.ON_TRACK, Amount("10.05", unit))
        assert any("that includes the expected level" in why for why in result.reasons)
        counted = Observation(
            measure=measure,
            area=COMMON["area"],
            period=FinancialYear("2024-25"),
            level=Amount("10.1", unit),
            counts=Counts(101, 10_000),
            published=FinancialYear("2024-25").last_day,
        )
        again = evaluate(target, [counted], as_of=AFTER)
        assert (again.status, again.reasons[:3]) == (result.status, result.reasons[:3])
        assert again.explain("paragraph")


class TestYearOnYear:
    """Each year is compared with the one before."""

    TARGET = DirectionTarget(**COMMON, every=Duration("1 year"), deadline=DUE)

    @pytest.mark.parametrize(
        ("levels", "status"),
        [
            (("80", "82", "83"), Status.MET),
            (("80", "82", "82"), Status.MISSED),
            (("80", "79", "83"), Status.MISSED),
        ],
    )
    def test_every_year_must_improve(self, levels: tuple[str, ...], status: Status) -> None:
        """One year that does not is enough to miss it."""
        years = dict(zip(("2022-23", "2023-24", "2024-25"), levels, strict=True))
        assert assessed(self.TARGET, years).status is status

    @pytest.mark.parametrize(
        ("levels", "status"),
        [
            (("80", "82"), Status.ON_TRACK),
            (("80", "80"), Status.AT_RISK),
            (("80", "79"), Status.OFF_TRACK),
            (("80", "79", "81"), Status.AT_RISK),
        ],
    )
    def test_before_the_deadline_the_last_year_grades_it(
        self, levels: tuple[str, ...], status: Status
    ) -> None:
        """A fall last year is off track, an earlier one puts it at risk."""
        years = dict(zip(("2021-22", "2022-23", "2023-24"), levels, strict=False))
        result = assessed(self.TARGET, years, BEFORE)
        assert result.status is status

    def test_names_the_year_that_did_not_improve(self) -> None:
        """The reasons give the last change and the first failure."""
        result = assessed(self.TARGET, {"2022-23": "80", "2023-24": "79", "2024-25": "83"})
        assert result.reasons[1:3] == (
            "That is 4 percentage points better than 79% in 2023/24.",
            "It did not improve from 80% in 2022/23 to 79% in 2023/24.",
        )

    def test_months_are_compared_with_the_same_month_of_the_year_before(self) -> None:
        """February 2024 has a leap day and is compared with February 2023 all the same."""
        months = {"January 2023": "81", "February 2023": "80", "February 2024": "82"}
        result = assessed(self.TARGET, months, BEFORE)
        (step,) = result.assessment.progress.steps
        assert (step.start.level, step.end.level) == (Percentage(80), Percentage(82))

    def test_a_missing_year_leaves_it_open(self) -> None:
        """2024-25 cannot be compared with 2023-24 if that was not published."""
        result = assessed(self.TARGET, {"2022-23": "80", "2024-25": "83"})
        assert result.status is Status.NO_DATA
        assert (
            "No comparable figure is known for the period that lies 1 year before."
            in result.reasons
        )

    def test_starts_from_its_baseline(self) -> None:
        """The baseline is the first year."""
        target = attrs.evolve(
            self.TARGET, baseline=Baseline(level=Percentage("80"), period=FinancialYear("2023-24"))
        )
        assert assessed(target, {"2024-25": "83"}).status is Status.MET
