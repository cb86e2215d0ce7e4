"""Figures of a flow are added up over the time that a target covers."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rrmodel import (
    Amount,
    Baseline,
    ChangeTarget,
    Citation,
    Deadline,
    DirectionTarget,
    FinancialYear,
    MaintainTarget,
    Measure,
    Month,
    Observation,
    ReachTarget,
    Status,
    evaluate,
    parse_period,
)
from rrmodel.evaluation import Evaluation, Exclusion
from rrmodel.model import LevelRange, Mark, MeasuredTarget, RangeTarget, StandingTarget

PLACES = Measure(
    id="places", name="Places opened", counts="places", unit="place", better="higher", kind="flow"
)
COMMON: dict[str, Any] = {
    "id": "places-by-march-2025",
    "statement": "Open 210 places over three years.",
    "citation": Citation("a-plan"),
    "measure": PLACES,
    "area": "York",
}
TOTAL = ReachTarget(
    **COMMON,
    goal=Amount(210, "place"),
    deadline=Deadline("March 2025"),
    since=FinancialYear("2022-23"),
)
BY_YEAR = {"2022-23": 60, "2023-24": 70, "2024-25": 80}
AFTER = date(2025, 9, 1)


def figures(numbers: dict[str, int], **more: Any) -> list[Observation]:
    """Return a figure of places opened in each period, published when the period has ended."""
    return [
        Observation(
            measure=PLACES,
            area="York",
            period=(period := parse_period(text)),
            level=Amount(number, "place"),
            **{"published": period.last_day, **more},
        )
        for text, number in numbers.items()
    ]


def assessed(
    numbers: dict[str, int], target: MeasuredTarget = TOTAL, as_of: date = AFTER
) -> Evaluation:
    """Assess the target from figures by period."""
    return evaluate(target, figures(numbers), as_of=as_of)


class TestTowardsATotal:
    """210 places over three years, reported as 60, 70 and 80."""

    def test_adds_the_figures_of_its_span(self) -> None:
        """60, 70 and 80 are 210: the target is met, and the figure says that it is a sum."""
        result = assessed(BY_YEAR)
        assert result.status is Status.MET
        assert result.latest is not None
        assert (result.latest.level, str(result.latest.period), result.latest.note) == (
            Amount(210, "place"),
            "April 2022 to March 2025",
            "The sum of 3 figures.",
        )
        assert result.latest.marks == (Mark.DERIVED,)
        assert (result.gap, result.latest.published) == (Amount(0, "place"), date(2025, 3, 31))

    @pytest.mark.parametrize(
        "numbers",
        [
            {"2022-23": 60, "2023-24": 70, "Q1 2024/25": 20, "Q2 2024/25": 30, "Q3 2024/25": 10,
             "Q4 2024/25": 20},
            {"2022-04-01/2025-03-31": 210},
            {"April 2022 to March 2024": 130, "2024-25": 80},
            {**BY_YEAR, "2021-22": 400, "Q1 2022/23": 15, "2025 Q2": 90},
            {"April to September 2022": 25, "October 2022 to March 2023": 35,
             "April to December 2022": 40, "January to March 2023": 20,
             "2023-24": 70, "2024-25": 80},
        ],
    )  # fmt: skip
    def test_adds_periods_of_any_length(self, numbers: dict[str, int]) -> None:
        """Quarters complete a year; figures before, after and within others are not added."""
        result = assessed(numbers)
        assert (result.status, result.gap) == (Status.MET, Amount(0, "place"))

    def test_says_that_the_figure_is_a_sum(self) -> None:
        """The figure was not published as such, and its reasons say of how many it is made."""
        reasons = assessed(BY_YEAR).reasons
        assert "The figure is the sum of 3 figures." in reasons
        assert not any("marked" in reason for reason in reasons)

    def test_expects_a_share_of_the_total_by_each_day(self) -> None:
        """After 24 of 36 months 140 places are expected, and there is no baseline to move from."""
        result = assessed({"2022-23": 60, "2023-24": 80}, as_of=date(2024, 9, 1))
        assert (result.status, result.expected) == (Status.ON_TRACK, Amount(140, "place"))
        behind = assessed({"2022-23": 60, "2023-24": 79}, as_of=date(2024, 9, 1))
        assert behind.status is Status.OFF_TRACK
        assert "That is 1 place below the expected 140 places." in behind.reasons

    @pytest.mark.parametrize(
        "numbers",
        [
            {"2022-23": 60, "2024-25": 80},
            {"2023-24": 70, "2024-25": 80},
            {"2022-23": 60, "2023-24": 70, "Q1 2024/25": 20, "Q3 2024/25": 10},
            {"2022-23": 60, "2023-24": 70},
        ],
    )
    def test_a_gap_leaves_the_answer_open(self, numbers: dict[str, int]) -> None:
        """Where a year or a quarter is missing, places may have been opened in it."""
        result = assessed(numbers)
        assert result.status is Status.NO_DATA
        assert any(
            "not cover the whole time that the target covers" in why for why in result.reasons
        )

    def test_a_gap_is_the_reason_of_each_figure_that_is_not_used(self) -> None:
        """Neither the year before the gap nor the year after it decides."""
        result = assessed({"2022-23": 60, "2024-25": 80})
        assert {each.reason for each in result.excluded} == {Exclusion.INCOMPLETE}
        assert len(result.excluded) == 2

    @pytest.mark.parametrize(
        "numbers",
        [
            {"2022": 60, "2022-23": 50, "2023": 70, "2024": 80, "2024-25": 80},
            {"2022-23": 60, "2023": 70, "2024-25": 80},
        ],
    )
    def test_an_overlap_cannot_be_added(self, numbers: dict[str, int]) -> None:
        """Calendar years overlap with financial years, so that places would count twice."""
        result = assessed(numbers)
        assert result.status is Status.NOT_COMPARABLE
        assert Exclusion.OVERLAPPING in {each.reason for each in result.excluded}
        assert (
            "The periods of the figures overlap, so the figures cannot be added up."
            in result.reasons
        )

    def test_a_goal_passed_early_is_met(self) -> None:
        """220 places in two years are enough, whatever the third year brings."""
        assert assessed({"2022-23": 120, "2023-24": 100}).status is Status.MET

    def test_a_limit_passed_early_is_missed_and_one_not_passed_is_open(self) -> None:
        """No more than 50 incidents: 60 in two years miss it, 30 do not yet meet it."""
        fewer = attrs.evolve(
            TOTAL, measure=attrs.evolve(PLACES, better="lower"), goal=Amount(50, "place")
        )
        assert assessed({"2022-23": 40, "2023-24": 20}, fewer).status is Status.MISSED
        assert assessed({"2022-23": 20, "2023-24": 10}, fewer).status is Status.NO_DATA
        assert assessed({"2022-23": 20, "2023-24": 10, "2024-25": 5}, fewer).status is Status.MET

    def test_without_a_start_there_is_nothing_to_add_from(self) -> None:
        """A total whose first day is not stated is not guessed."""
        result = assessed(BY_YEAR, attrs.evolve(TOTAL, since=None))
        assert result.status is Status.NOT_COMPARABLE
        assert {each.reason for each in result.excluded} == {Exclusion.NO_SPAN}
        assert "state the first period with 'since'" in result.reasons[0]

    def test_a_range_of_a_flow_needs_a_start_too(self) -> None:
        """Between 200 and 220 places by March 2025, counted from when?"""
        ends = LevelRange(low=Amount(200, "place"), high=Amount(220, "place"))
        target = RangeTarget(**COMMON, goal=ends, deadline=Deadline("March 2025"))
        assert assessed(BY_YEAR, target).status is Status.NOT_COMPARABLE

    def test_a_baseline_of_none_is_where_the_adding_starts(self) -> None:
        """From 0 places in March 2022, 210 more by March 2025."""
        target = ChangeTarget(
            **COMMON,
            baseline=Baseline(level=Amount(0, "place"), period=Month("March 2022")),
            change=Amount(210, "place"),
            deadline=Deadline("March 2025"),
        )
        result = assessed(BY_YEAR, target)
        assert (result.status, result.progress) == (Status.MET, 1)

    def test_a_stock_is_not_added(self) -> None:
        """The same figures as levels at the end of each year miss the goal by 130."""
        stock = attrs.evolve(TOTAL, measure=attrs.evolve(PLACES, kind="stock"))
        assert assessed(BY_YEAR, stock).gap == Amount(130, "place")

    def test_a_part_of_unknown_publication_leaves_the_total_without_one(self) -> None:
        """The sum was published when its last part was, if all of that is known."""
        known, unknown = figures({"2022-23": 60}), figures({"2023-24": 70}, published=None)
        result = evaluate(TOTAL, [*known, *unknown], as_of=date(2024, 9, 1))
        assert result.latest is not None
        assert result.latest.published is None


class TestOverALength:
    """Where the baseline is a year, figures of its length are compared."""

    TARGET = ChangeTarget(
        **COMMON,
        baseline=Baseline(level=Amount(700, "place"), period=FinancialYear("2021-22")),
        change=Amount(200, "place"),
        deadline=Deadline("March 2025"),
    )

    def test_quarters_are_added_to_years(self) -> None:
        """Four quarters of 225 are the 900 of a year."""
        quarters = {f"Q{number} 2024/25": 225 for number in range(1, 5)}
        result = assessed(quarters, self.TARGET)
        assert (result.status, result.gap) == (Status.MET, Amount(0, "place"))

    def test_three_quarters_are_no_year(self) -> None:
        """Three quarters cannot be compared with the year that the baseline is."""
        result = assessed({f"Q{number} 2024/25": 225 for number in range(1, 4)}, self.TARGET)
        assert result.status is Status.NO_DATA

    def test_years_are_compared_as_they_are(self) -> None:
        """800 in 2023-24 is half of the change, and not 1,500 in two years."""
        result = assessed({"2022-23": 700, "2023-24": 800}, self.TARGET)
        assert (result.gap, result.progress) == (Amount(100, "place"), 0.5)

    def test_a_level_to_maintain_is_a_total_of_the_first_period_covered(self) -> None:
        """100 places a year since 2022-23: twelve months of 9 are 108."""
        target = MaintainTarget(
            **COMMON,
            goal=Amount(100, "place"),
            deadline=Deadline("March 2025"),
            since=FinancialYear("2022-23"),
        )
        months = {str(Month("April 2024") + number): 9 for number in range(12)}
        assert assessed(months, target).gap == Amount(-8, "place")

    def test_weeks_are_added_by_days(self) -> None:
        """A baseline of 28 days is compared with four weeks."""
        target = attrs.evolve(
            self.TARGET,
            baseline=attrs.evolve(
                self.TARGET.baseline, period=parse_period("2022-03-01/2022-03-28")
            ),
        )
        weeks = {f"2024-01-{first:02}/2024-01-{first + 6:02}": 250 for first in range(1, 29, 7)}
        result = assessed(weeks, target, as_of=date(2024, 9, 1))
        assert result.latest is not None
        assert (result.latest.level, result.latest.period.days) == (Amount(1000, "place"), 28)

    @pytest.mark.parametrize(
        ("target", "numbers"),
        [
            (DirectionTarget(**COMMON), {"2022-23": 40, "January 2024": 4}),
            (
                StandingTarget(**COMMON, goal=Amount(10, "place")),
                {"January 2024": 4, "Q4 2023/24": 12},
            ),
            (
                MaintainTarget(**COMMON, goal=Amount(10, "place"), deadline=Deadline("March 2025")),
                {"January 2025": 4, "2024-25": 50},
            ),
        ],
    )
    def test_figures_of_different_lengths_are_not_compared(
        self, target: MeasuredTarget, numbers: dict[str, int]
    ) -> None:
        """A month has fewer places than a year, which is neither an improvement nor a fall."""
        result = assessed(numbers, target)
        assert result.status is Status.NOT_COMPARABLE
        assert {each.reason for each in result.excluded} == {Exclusion.NO_SPAN}

    def test_a_direction_compares_figures_as_reported(self) -> None:
        """Without a baseline no length is asked for."""
        result = assessed(BY_YEAR, DirectionTarget(**COMMON))
        assert (result.status, result.latest) == (Status.ON_TRACK, figures({"2024-25": 80})[0])
