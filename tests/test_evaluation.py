"""Targets assessed on a day: statuses, numbers, evidence and reasons."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import attrs
import pandas as pd
import pytest

from rrmodel import (
    STRAIGHT_LINE,
    Amount,
    Baseline,
    ChangeTarget,
    Citation,
    Deadline,
    DirectionTarget,
    Document,
    Duration,
    MaintainTarget,
    Measure,
    MilestoneTarget,
    Month,
    NarrativeTarget,
    Observation,
    Pathway,
    Percentage,
    PercentagePoints,
    Plan,
    ReachTarget,
    Region,
    RelativeChange,
    Status,
    Target,
    evaluate,
    evaluate_plan,
    parse_period,
)
from rrmodel.errors import MixedQuantityError, PeriodError, RecordError, UnknownNameError
from rrmodel.evaluation import Evaluation, Exclusion, PaceRule, expected_level, shortfall, terms_of
from rrmodel.model import (
    Completion,
    Counts,
    InterimGoal,
    LevelRange,
    Mark,
    MeasuredTarget,
    RangeTarget,
    SeriesBreak,
)
from rrmodel.quantities import Level

MEASURE = Measure(
    id="housed-on-release",
    name="Housed on the night of release",
    counts="releases into accommodation",
    out_of="releases",
    better="higher",
    code="MI014",
)
DEADLINE = Deadline("By July 2023")
BASELINE = Baseline(level=Percentage("82"), period=Month("March 2022"))
COMMON: dict[str, Any] = {
    "statement": "The share housed rises.",
    "citation": Citation("a-plan"),
    "area": "East Midlands",
}


def change_target(**changes: Any) -> ChangeTarget:
    """Return the plan's target: housed on release, up 8 points from 82% by July 2023."""
    fields: dict[str, Any] = {
        **COMMON,
        "id": "housed-on-release-by-july-2023",
        "measure": MEASURE,
        "baseline": BASELINE,
        "change": PercentagePoints(8),
        "deadline": DEADLINE,
    }
    return ChangeTarget(**{**fields, **changes})


def reach_target(**changes: Any) -> ReachTarget:
    """Return a target to reach 90% by July 2023, without a baseline."""
    fields: dict[str, Any] = {
        **COMMON,
        "id": "reach",
        "measure": MEASURE,
        "goal": Percentage(90),
        "deadline": DEADLINE,
    }
    return ReachTarget(**{**fields, **changes})


def maintain_target(**changes: Any) -> MaintainTarget:
    """Return a target to hold 82% until July 2023."""
    fields: dict[str, Any] = {
        **COMMON,
        "id": "hold",
        "measure": MEASURE,
        "goal": Percentage(82),
        "deadline": DEADLINE,
    }
    return MaintainTarget(**{**fields, **changes})


def direction_target(**changes: Any) -> DirectionTarget:
    """Return a target to house more people, without saying how many."""
    return DirectionTarget(**{**COMMON, "id": "more", "measure": MEASURE, **changes})


MILESTONE = MilestoneTarget(**COMMON, id="strategy", deadline=Deadline("by the end of 2023"))


def figure(level: str | Level | None, period: str, **changes: Any) -> Observation:
    """Return a figure of the plan's measure and area."""
    fields: dict[str, Any] = {
        "measure": MEASURE,
        "area": "East Midlands",
        "period": parse_period(period),
        "level": Percentage(level) if isinstance(level, str) else level,
    }
    return Observation(**{**fields, **changes})


def assessed(
    target: Target, *figures: Observation | Completion, on: str, **more: Any
) -> Evaluation:
    """Assess a target on a day."""
    return evaluate(target, figures, as_of=date.fromisoformat(on), **more)


class TestBeforeTheDeadline:
    """Until the deadline has passed a target is graded by its pace and never called met."""

    @pytest.mark.parametrize(
        ("level", "status"),
        [
            ("95", Status.ON_TRACK),
            ("90", Status.ON_TRACK),
            ("87", Status.ON_TRACK),
            ("86.5", Status.ON_TRACK),
            ("86.4", Status.AT_RISK),
            ("84.3", Status.AT_RISK),
            ("84.2", Status.OFF_TRACK),
            ("82", Status.OFF_TRACK),
            ("80", Status.OFF_TRACK),
        ],
    )
    def test_grades_by_the_straight_line(self, level: str, status: Status) -> None:
        """After 9 of 16 months 86.5% is expected, and half of the change by then is 84.25%."""
        assert assessed(
            change_target(), figure(level, "December 2022"), on="2023-01-31"
        ).status is (status)

    def test_gives_exact_numbers(self) -> None:
        """The housed target at 87% has made five eighths of its change."""
        result = assessed(change_target(), figure("87", "December 2022"), on="2022-12-31")
        assert result.goal == Percentage(90)
        assert result.gap == PercentagePoints(3)
        assert result.progress == Fraction(5, 8)
        assert result.expected == Percentage("86.5")
        assert result.required_pace == PercentagePoints(Fraction(45, 106))

    def test_a_goal_reached_early_is_on_track_for_that_reason(self) -> None:
        """Reaching 90% in March does not yet keep a target for July."""
        result = assessed(change_target(), figure("90", "March 2023"), on="2023-06-01")
        assert result.status is Status.ON_TRACK
        assert "The deadline has not passed, so the target is on track and not yet met." in (
            result.reasons
        )
        assert result.required_pace == PercentagePoints(0)

    def test_the_day_of_the_deadline_is_not_past_it(self) -> None:
        """On 31 July 2023 the month of July is not over."""
        assert assessed(change_target(), figure("95", "March 2023"), on="2023-07-31").status is (
            Status.ON_TRACK
        )
        assert assessed(change_target(), figure("95", "March 2023"), on="2023-08-01").status is (
            Status.MET
        )

    def test_without_a_baseline_a_level_below_the_goal_is_not_graded(self) -> None:
        """No level can be expected from one end of a path."""
        result = assessed(reach_target(), figure("82", "December 2022"), on="2023-01-01")
        assert result.status is Status.NOT_GRADED
        assert result.progress is None
        assert result.expected is None
        assert (
            "The baseline is not stated, so no level is expected of "
            "the East Midlands by now." in result.reasons
        )
        assert "The plan gives no baseline, so there is no share of progress." in result.reasons

    def test_a_reach_target_with_a_baseline_is_graded_like_a_change(self) -> None:
        """From 82% to at least 90% is the same line as 8 points from 82%."""
        result = assessed(
            reach_target(baseline=BASELINE), figure("87", "December 2022"), on="2023-01-01"
        )
        assert (result.status, result.progress) == (Status.ON_TRACK, Fraction(5, 8))

    def test_a_baseline_at_the_goal_has_no_share(self) -> None:
        """There is no change to have a share of, and falling behind is off track."""
        done = reach_target(baseline=Baseline(level=Percentage(90), period=Month("March 2022")))
        result = assessed(done, figure("89", "December 2022"), on="2023-01-01")
        assert (result.status, result.progress) == (Status.OFF_TRACK, None)
        assert "The baseline is at the goal, so a share of progress is undefined." in result.reasons

    @pytest.mark.parametrize(
        ("level", "status"),
        [("82", "on_track"), ("81", "at_risk"), ("80.9", "off_track"), ("99", "on_track")],
    )
    def test_a_level_to_be_held_is_at_risk_within_a_point(self, level: str, status: str) -> None:
        """Maintain targets have no pace; the policy's margin grades them."""
        result = assessed(maintain_target(), figure(level, "December 2022"), on="2023-01-01")
        assert result.status == status
        assert result.expected == Percentage(82)
        assert result.progress is None
        assert "A level to maintain has no share of progress." in result.reasons

    def test_another_policy_moves_the_thresholds(self) -> None:
        """A policy that allows no lag turns at risk into off track."""
        strict = attrs.evolve(
            STRAIGHT_LINE,
            name="strict",
            rule=PaceRule(at_risk_from=Fraction(1), near=PercentagePoints(1)),
        )
        assert (
            assessed(
                change_target(), figure("86.4", "December 2022"), on="2023-01-31", policy=strict
            ).status
            is Status.OFF_TRACK
        )

    def test_the_baseline_itself_shows_no_pace(self) -> None:
        """A figure of 31 March 2022 has its numbers, and says nothing of what came after."""
        result = assessed(change_target(), figure("82", "March 2022"), on="2023-02-01")
        assert (result.status, result.progress) == (Status.NO_DATA, 0)
        assert result.expected == Percentage(82)
        assert any("had been published by 1 February 2023." in reason for reason in result.reasons)


class TestAfterTheDeadline:
    """Met and missed describe the latest period that ends by the deadline."""

    def test_met_is_inclusive(self) -> None:
        """A level at the goal meets it, a tenth below misses it."""
        assert assessed(change_target(), figure("90", "July 2023"), on="2023-09-01").status is (
            Status.MET
        )
        assert assessed(change_target(), figure("89.9", "July 2023"), on="2023-09-01").status is (
            Status.MISSED
        )

    def test_only_the_latest_period_in_time_decides(self) -> None:
        """A goal reached in spring and lost by summer is missed."""
        result = assessed(
            change_target(),
            figure("91", "March 2023"),
            figure("88", "July 2023"),
            on="2023-09-01",
        )
        assert result.status is Status.MISSED
        assert [item.reason for item in result.excluded] == [Exclusion.SUPERSEDED]

    def test_a_later_period_makes_it_late(self) -> None:
        """Reached only in August, it is met late, and the reasons say when."""
        result = assessed(
            change_target(),
            figure("88", "July 2023"),
            figure("91", "August 2023"),
            figure("89", "September 2023"),
            on="2023-12-01",
        )
        assert result.status is Status.MET_LATE
        assert "The goal was first met after the deadline: 91% in August 2023." in (result.reasons)
        assert result.decided_by is result.reached_late is result.later[0]
        assert [item.reason for item in result.excluded] == [Exclusion.AFTER_THE_DEADLINE] * 2

    def test_a_later_figure_that_falls_short_is_named(self) -> None:
        """The reader learns that it was not reached afterwards either."""
        result = assessed(
            change_target(),
            figure("88", "July 2023"),
            figure("89", "September 2023"),
            on="2023-12-01",
        )
        assert result.status is Status.MISSED
        assert (
            "No later figure meets the goal either; the last is 89% in September 2023."
            in result.reasons
        )

    def test_a_figure_after_the_deadline_alone_decides_nothing(self) -> None:
        """91% in the year after does not tell whether July was kept."""
        result = assessed(change_target(), figure("91", "2023/24"), on="2024-08-01")
        assert result.status is Status.NO_DATA
        assert any("first figure after the deadline" in reason for reason in result.reasons)

    def test_the_baseline_itself_decides_nothing(self) -> None:
        """A figure that ends with the baseline is not evidence about later levels."""
        result = assessed(change_target(), figure("95", "2021/22"), on="2023-09-01")
        assert result.status is Status.NO_DATA
        assert any("That is the baseline itself" in reason for reason in result.reasons)

    def test_required_pace_is_undefined(self) -> None:
        """No pace reaches a goal whose day has passed."""
        result = assessed(change_target(), figure("88", "July 2023"), on="2023-09-01")
        assert result.required_pace is None
        assert result.expected == Percentage(90)

    def test_progress_is_not_clamped(self) -> None:
        """Shares below 0 and above 1 stay what they are."""
        assert assessed(change_target(), figure("98", "July 2023"), on="2023-09-01").progress == 2
        assert assessed(change_target(), figure("80", "July 2023"), on="2023-09-01").progress == (
            Fraction(-1, 4)
        )

    def test_a_tolerance_is_part_of_the_promise(self) -> None:
        """81.5% keeps a target of 82% give or take half a point."""
        target = maintain_target(tolerance=PercentagePoints("0.5"))
        result = assessed(target, figure("81.5", "July 2023"), on="2023-09-01")
        assert result.status is Status.MET
        assert "That is within the tolerance of 0.5 percentage points." in result.reasons
        assert (
            assessed(target, figure("81.4", "July 2023"), on="2023-09-01").status is Status.MISSED
        )


class TestWhatIsLeftOut:
    """Every figure of the measure that does not decide is listed with its reason."""

    @pytest.mark.parametrize(
        ("changes", "exclusion"),
        [
            ({"area": "Wales"}, Exclusion.OTHER_AREA),
            ({"published": date(2023, 9, 2)}, Exclusion.NOT_YET_PUBLISHED),
            ({"level": None, "marks": (Mark.NOT_AVAILABLE,)}, Exclusion.NO_FIGURE),
            ({"marks": (Mark.FORECAST,)}, Exclusion.FORECAST),
            ({"level": Amount(90, "release")}, Exclusion.OTHER_UNIT),
            ({"series": "ad-hoc"}, Exclusion.OTHER_SERIES),
            ({"period": parse_period("2021 Q3")}, Exclusion.BEFORE_THE_START),
            ({"period": parse_period("September 2023")}, Exclusion.NOT_YET_MATURE),
        ],
    )
    def test_says_why(self, changes: dict[str, Any], exclusion: Exclusion) -> None:
        """One figure, excluded for one reason, which a reason in words repeats."""
        result = assessed(
            change_target(), attrs.evolve(figure("91", "July 2023"), **changes), on="2023-09-01"
        )
        assert result.latest is None
        assert [item.reason for item in result.excluded] == [exclusion]
        assert any(reason.startswith("Not used") for reason in result.reasons)

    def test_passes_over_other_measures(self) -> None:
        """Figures of another measure are neither evidence nor listed."""
        result = assessed(
            change_target(), figure("91", "July 2023", measure="other"), on="2023-09-01"
        )
        assert (result.status, result.excluded) == (Status.NO_DATA, ())

    def test_names_three_and_counts_the_rest(self) -> None:
        """A long list of excluded figures is cut short in words, not in the record."""
        figures = [figure("80", f"{month} 2021") for month in ("May", "June", "July", "August")]
        result = assessed(change_target(), *figures, on="2023-09-01")
        assert result.reasons[-1] == (
            "Not used: 80% in May 2021, 80% in June 2021, 80% in July 2021 and 1 more (before the "
            "target's start)."
        )
        assert len(result.excluded) == 4

    def test_prefers_the_kind_of_period_of_the_baseline(self) -> None:
        """The month is compared with a month where both end on the same day."""
        month, year = figure("88", "March 2023"), figure("89", "2022/23")
        assert assessed(change_target(), year, month, on="2023-09-01").latest is month
        target = maintain_target(since=parse_period("2022-23"))
        assert assessed(target, year, month, on="2023-09-01").latest is year
        assert assessed(reach_target(), year, month, on="2023-09-01").latest is year

    def test_prefers_the_last_revision(self) -> None:
        """Of two figures for one period the one published later counts."""
        first = figure("88", "July 2023", published=date(2023, 8, 1))
        revised = figure("91", "July 2023", published=date(2023, 9, 1), marks=(Mark.REVISED,))
        assert assessed(change_target(), revised, first, on="2023-08-15").latest is first
        result = assessed(change_target(), revised, first, on="2023-10-01")
        assert result.latest is revised
        assert "The figure is marked revised." in result.reasons

    def test_says_that_two_figures_contradict_each_other(self) -> None:
        """Of two figures for one period and day of publication the worse counts, openly."""
        better, worse = figure("91", "July 2023"), figure("81", "July 2023")
        for given in ((better, worse), (worse, better)):
            result = assessed(change_target(), *given, on="2023-10-01")
            assert (result.latest, result.status) == (worse, Status.MISSED)
            assert [item.reason for item in result.excluded] == [Exclusion.CONTRADICTED]
            assert any("91% in July 2023 (a worse figure" in reason for reason in result.reasons)

    def test_warns_of_two_kinds_of_period(self) -> None:
        """A month and a year do not compare exactly."""
        result = assessed(change_target(), figure("88", "2022/23"), on="2023-09-01")
        assert (
            "The baseline describes March 2022 and the figure 2022/23: periods of "
            "different lengths." in result.reasons
        )

    def test_warns_of_an_uncertain_baseline(self) -> None:
        """'In March 2022' may be the month or the year to it."""
        unsure = attrs.evolve(BASELINE, may_be=parse_period("2021-22"))
        result = assessed(
            change_target(baseline=unsure),
            figure("88", "2022/23", published=date(2023, 7, 27)),
            on="2023-09-01",
        )
        assert result.reasons[-1] == "The baseline may describe March 2022 or 2021/22."


class TestFigures:
    """Every figure that was considered has a use, and the levels that it allows."""

    def test_each_is_there_once_with_its_use(self) -> None:
        """By the last days of their periods, and then by the length of the period."""
        figures = (
            figure("90", "2023/24"),
            figure("86", "2022/23"),
            figure("85", "March 2023"),
            figure("85", "March 2023"),
            figure("84", "December 2022", published=date(2023, 2, 1)),
            figure("80", "December 2022", published=date(2023, 1, 1)),
            figure("70", "March 2021"),
            figure("88", "July 2023", area="Wales"),
        )
        result = assessed(change_target(), *figures, on="2024-06-01")
        assert [
            (each.use, str(each.observation.period), str(each.observation.level))
            for each in result.figures
        ] == [
            ("before_the_start", "March 2021", "70%"),
            ("superseded", "December 2022", "84%"),
            ("superseded", "December 2022", "80%"),
            ("decides", "March 2023", "85%"),
            ("superseded", "2022/23", "86%"),
            ("other_area", "July 2023", "88%"),
            ("after_the_deadline", "2023/24", "90%"),
        ]

    def test_a_direction_is_decided_by_two(self) -> None:
        """The earliest and the latest figure decide it, and the one between does not."""
        figures = (
            figure(level, f"March {year}")
            for level, year in (("5", 2020), ("6", 2021), ("7", 2022))
        )
        result = assessed(direction_target(), *figures, on="2023-06-01")
        assert [each.use for each in result.figures] == ["decides", "superseded", "decides"]

    def test_a_narrative_has_none(self) -> None:
        """No figure is considered for a target without a measure."""
        assert assessed(NarrativeTarget(**COMMON, id="talk"), on="2023-06-01").figures == ()

    @pytest.mark.parametrize(
        ("changes", "ends"),
        [
            ({}, (Fraction("85.5"), Fraction("86.5"))),
            ({"level": Amount(1200, "release")}, (Fraction("1199.5"), Fraction("1200.5"))),
            ({"level": None}, (None, None)),
            (
                {"counts": Counts(430, 500)},
                (pytest.approx(82.68, abs=0.01), pytest.approx(88.77, abs=0.01)),
            ),
        ],
    )
    def test_its_ends_follow_from_counts_or_rounding(
        self, changes: dict[str, Any], ends: tuple[object, object]
    ) -> None:
        """Counts give their 95% interval, a level what rounds to it, and no level nothing."""
        observation = attrs.evolve(figure("86", "March 2023"), **changes)
        (assessed_figure,) = assessed(change_target(), observation, on="2023-06-01").figures
        assert (assessed_figure.lower, assessed_figure.upper) == ends

    def test_is_data(self) -> None:
        """The mapping has the columns of the figure, its days, its interval and its use."""
        observation = figure(
            "86", "March 2023", counts=Counts(430, 500), published=date(2023, 5, 1)
        )
        row = assessed(change_target(), observation, on="2023-06-01").figures[0].to_dict()
        assert {
            key: row[key] for key in ("period", "level", "value", "numerator", "published")
        } == {
            "period": "March 2023",
            "level": "86%",
            "value": 86,
            "numerator": 430,
            "published": "2023-05-01",
        }
        assert (row["first_day"], row["last_day"], row["use"]) == (
            "2023-03-01",
            "2023-03-31",
            "decides",
        )
        assert row["lower"] < row["value"] < row["upper"]


class TestTermsAsLines:
    """Terms give the expected line and the edges of what meets the goal."""

    def test_a_straight_path_has_the_points(self) -> None:
        """Nothing is added between them, and a target without a baseline has none."""
        assert terms_of(change_target()).path() == (
            (date(2022, 3, 31), Percentage(82)),
            (date(2023, 7, 31), Percentage(90)),
        )
        assert terms_of(reach_target()).path() == ()

    def test_a_stepped_path_has_the_old_level_on_the_day_of_a_step(self) -> None:
        """The level is due on the day itself."""
        interim = InterimGoal(level=Percentage(85), deadline=Deadline("by December 2022"))
        target = change_target(trajectory="stepped", interim=(interim,))
        assert [(str(day), str(level)) for day, level in terms_of(target).path()] == [
            ("2022-03-31", "82%"),
            ("2022-12-31", "82%"),
            ("2022-12-31", "85%"),
            ("2023-07-31", "85%"),
            ("2023-07-31", "90%"),
        ]

    def test_a_logit_path_is_a_curve(self) -> None:
        """Some 20 levels between the points are those expected on their days, once each."""
        terms = terms_of(change_target(trajectory="logit"))
        path = terms.path()
        assert (path[0], path[-1]) == (terms.points[0], terms.points[-1])
        assert 20 <= len(path) <= 24
        assert len({day for day, _ in path}) == len(path)
        assert all(level == expected_level(terms.points, day, "logit") for day, level in path)

    def test_points_on_following_days_have_nothing_between(self) -> None:
        """A curve from one day to the next is a line."""
        target = reach_target(
            trajectory="logit",
            baseline=Baseline(level=Percentage(82), period=Month("July 2023")),
            deadline=Deadline("by 1 August 2023"),
        )
        assert len(terms_of(target).path()) == 2

    @pytest.mark.parametrize(
        ("target", "goals", "edges"),
        [
            (change_target(), ["90%"], ["90%"]),
            (direction_target(), [], []),
            (maintain_target(), ["82%"], ["82%"]),
            (maintain_target(tolerance=PercentagePoints(2)), ["82%"], ["80%", "82%"]),
            (maintain_target(tolerance=PercentagePoints(0)), ["82%"], ["82%"]),
            (maintain_target(tolerance=PercentagePoints(90)), ["82%"], ["0%", "82%"]),
            (
                maintain_target(
                    measure=attrs.evolve(MEASURE, better="lower"), tolerance=PercentagePoints(2)
                ),
                ["82%"],
                ["82%", "84%"],
            ),
            (
                maintain_target(
                    measure=attrs.evolve(MEASURE, unit="place", out_of=None),
                    goal=Amount(40, "place"),
                    tolerance=Amount(5, "place"),
                ),
                ["40 places"],
                ["35 places", "40 places"],
            ),
            (
                RangeTarget(
                    **COMMON,
                    id="within",
                    measure=MEASURE,
                    goal=LevelRange(low=Percentage(40), high=Percentage(50)),
                ),
                ["40%", "50%"],
                ["40%", "50%"],
            ),
        ],
    )
    def test_goals_and_edges(
        self, target: MeasuredTarget, goals: list[str], edges: list[str]
    ) -> None:
        """A tolerance adds the furthest level that still meets the goal, if there is one."""
        terms = terms_of(target)
        assert (list(map(str, terms.goals)), list(map(str, terms.edges))) == (goals, edges)
        assert all(terms.is_met_by(edge) for edge in terms.edges)


class TestSeriesBreaks:
    """Across a break there is no answer in numbers."""

    BROKEN = attrs.evolve(
        MEASURE,
        series_breaks=(
            SeriesBreak(starts=date(2023, 5, 1), code="MI014R", reason="Other cases count."),
        ),
    )

    def test_a_later_series_does_not_decide(self) -> None:
        """July 2023 belongs to the new series, the baseline to the old one."""
        result = assessed(
            change_target(measure=self.BROKEN), figure("95", "July 2023"), on="2023-09-01"
        )
        assert result.status is Status.NOT_COMPARABLE
        assert result.gap is None

    def test_a_period_across_the_break_belongs_to_no_series(self) -> None:
        """April to June 2023 holds both."""
        result = assessed(
            change_target(measure=self.BROKEN), figure("95", "2023 Q2"), on="2023-09-01"
        )
        assert result.status is Status.NOT_COMPARABLE
        assert [item.reason for item in result.excluded] == [Exclusion.ACROSS_A_BREAK]

    def test_a_figure_may_name_its_series(self) -> None:
        """A publisher who says which series a figure belongs to is believed."""
        observation = figure("95", "2023 Q2", series="MI014")
        result = assessed(change_target(measure=self.BROKEN), observation, on="2023-09-01")
        assert result.status is Status.MET

    def test_a_promise_without_a_baseline_is_in_the_series_of_its_deadline(self) -> None:
        """A level to maintain by July 2023 is one of the series then in force."""
        result = assessed(
            maintain_target(measure=self.BROKEN), figure("95", "July 2023"), on="2023-09-01"
        )
        assert result.status is Status.MET
        endless = direction_target(measure=self.BROKEN)
        assert assessed(endless, figure("95", "July 2023"), on="2023-09-01").status is (
            Status.NOT_COMPARABLE
        )

    def test_a_measure_without_a_code_has_one_series(self) -> None:
        """Without a code there is nothing to tell series apart by."""
        uncoded = attrs.evolve(MEASURE, code=None)
        result = assessed(
            change_target(measure=uncoded), figure("95", "July 2023", series="x"), on="2023-09-01"
        )
        assert result.status is Status.MET


class TestMaturity:
    """Outcomes that cannot be known yet decide nothing."""

    SLOW = attrs.evolve(MEASURE, follow_up=Duration("six months"))

    def test_a_period_whose_outcomes_are_open_does_not_decide(self) -> None:
        """Employment six months after a release in July is known in January."""
        target = change_target(measure=self.SLOW)
        early = assessed(target, figure("95", "July 2023"), on="2024-01-30")
        assert early.status is Status.NOT_YET_MEASURABLE
        assert any("31 January 2024" in reason for reason in early.reasons)
        assert assessed(target, figure("95", "July 2023"), on="2024-01-31").status is Status.MET

    def test_what_has_been_published_is_known(self) -> None:
        """A publisher who dates figures by their outcomes need not wait for the follow-up."""
        target = change_target(measure=self.SLOW)
        early = figure("95", "July 2023", published=date(2023, 10, 1))
        result = assessed(target, early, on="2023-12-01")
        assert (result.latest, result.status) == (early, Status.ON_TRACK)
        unfinished = figure("95", "July 2023", published=date(2023, 7, 1))
        assert assessed(target, unfinished, on="2023-07-15").latest is None

    def test_a_goal_reached_before_outcomes_mature_is_on_track(self) -> None:
        """The deadline has passed, and what happened by then is not known yet."""
        result = assessed(
            change_target(measure=self.SLOW), figure("95", "January 2023"), on="2023-08-15"
        )
        assert result.status is Status.ON_TRACK
        assert (
            "The deadline has passed, but outcomes by then can be known from 31 January 2024."
            in result.reasons
        )

    def test_without_figures_the_answer_is_not_yet(self) -> None:
        """Between the deadline and the maturity of its outcomes nothing can be known."""
        target = change_target(measure=self.SLOW)
        assert assessed(target, on="2023-12-01").status is Status.NOT_YET_MEASURABLE
        assert assessed(target, on="2024-02-01").status is Status.NO_DATA
        assert assessed(target, on="2023-07-01").status is Status.NO_DATA

    def test_before_the_baseline_nothing_can_be_known(self) -> None:
        """A target is not measurable before it begins, and nothing is expected of it."""
        result = assessed(change_target(), on="2022-01-01")
        assert (result.status, result.expected) == (Status.NOT_YET_MEASURABLE, None)
        maintained = assessed(maintain_target(since=parse_period("2022-23")), on="2022-01-01")
        assert (maintained.status, maintained.expected) == (Status.NOT_YET_MEASURABLE, None)

    def test_a_promise_without_a_deadline_can_wait_too(self) -> None:
        """Its outcomes mature all the same."""
        target = direction_target(measure=self.SLOW)
        result = assessed(target, figure("95", "July 2023"), on="2023-09-01")
        assert result.status is Status.NOT_YET_MEASURABLE
        assert result.reasons[0] == "No outcome that decides was known by 1 September 2023."


class TestComparators:
    """Figures of another area are compared with the goal and with nothing else."""

    def test_gives_the_gap_and_refuses_the_share(self) -> None:
        """England and Wales at 86.3% is 3.7 points short of East Midlands' goal."""
        observation = figure("86.3", "2022/23", area="England and Wales")
        result = assessed(change_target(), observation, on="2024-08-01", area="England and Wales")
        assert result.is_comparator
        assert (result.status, result.gap) == (Status.MISSED, PercentagePoints("3.7"))
        assert (result.progress, result.expected) == (None, None)
        assert result.reasons[0] == (
            "The figures describe England and Wales, a comparator; the target is for the East "
            "Midlands."
        )

    def test_its_pace_is_not_judged(self) -> None:
        """The baseline is the region's own."""
        observation = figure("86.3", "2022/23", area="England and Wales")
        result = assessed(change_target(), observation, on="2023-06-01", area="England and Wales")
        assert result.status is Status.NOT_GRADED

    def test_the_own_area_is_no_comparator(self) -> None:
        """Naming the target's own area changes nothing."""
        observation = figure("87", "December 2022")
        own = assessed(change_target(), observation, on="2023-01-31", area="East Midlands")
        assert own == assessed(change_target(), observation, on="2023-01-31")
        assert not own.is_comparator


class TestDirections:
    """A target to move the better way is assessed by the way and not by a level."""

    @pytest.mark.parametrize(
        ("level", "before", "after"),
        [
            ("83", Status.ON_TRACK, Status.MET),
            ("82", Status.AT_RISK, Status.MISSED),
            ("81", Status.OFF_TRACK, Status.MISSED),
        ],
    )
    def test_from_a_baseline(self, level: str, before: Status, after: Status) -> None:
        """Better keeps it, the same or worse does not."""
        target = direction_target(baseline=BASELINE, deadline=DEADLINE)
        observation = figure(level, "March 2023")
        assert assessed(target, observation, on="2023-06-01").status is before
        result = assessed(target, observation, on="2023-09-01")
        assert result.status is after
        assert (result.goal, result.gap, result.progress, result.expected) == (None,) * 4
        assert result.required_pace is None

    def test_without_a_baseline_the_first_figure_is_the_start(self) -> None:
        """Two figures show a way; the first is not excluded."""
        first, last = figure("70", "March 2020"), figure("75", "March 2023")
        result = assessed(direction_target(), last, first, on="2023-06-01")
        assert (result.status, result.earliest, result.excluded) == (Status.ON_TRACK, first, ())
        assert "That is 5 percentage points better than 70% in March 2020." in result.reasons

    def test_one_figure_shows_no_way(self) -> None:
        """Neither does the baseline itself."""
        assert assessed(direction_target(), figure("75", "March 2023"), on="2023-06-01").status is (
            Status.NO_DATA
        )
        result = assessed(
            direction_target(baseline=BASELINE), figure("75", "2021/22"), on="2023-06-01"
        )
        assert result.status is Status.NO_DATA
        assert "One figure alone, or the baseline itself, shows no direction." in result.reasons

    def test_says_which_way(self) -> None:
        """The reasons name the change, or that there is none."""
        target = direction_target(baseline=BASELINE)
        same = assessed(target, figure("82", "March 2023"), on="2023-06-01").reasons
        assert "That is the same as in March 2022." in same
        worse = assessed(target, figure("80", "March 2023"), on="2023-06-01").reasons
        assert "That is 2 percentage points worse than 82% in March 2022." in worse


class TestMilestonesAndNarratives:
    """Milestones, and targets that cannot be assessed."""

    def test_done_by_its_deadline_is_met_at_once(self) -> None:
        """A milestone needs no deadline to pass."""
        done = Completion(target="strategy", day=date(2023, 6, 1))
        result = assessed(MILESTONE, done, figure("1", "2022"), on="2023-06-01")
        assert (result.status, result.completion) == (Status.MET, done)
        assert result.reasons == (
            "It was reported as completed on 1 June 2023, by the deadline of 31 December 2023.",
        )
        assert (result.goal, result.gap, result.progress) == (None, None, None)
        assert (result.expected, result.required_pace) == (None, None)

    def test_done_after_its_deadline_is_met_late(self) -> None:
        """The first report counts."""
        late = Completion(target="strategy", day=date(2024, 2, 1))
        later = Completion(target="strategy", day=date(2024, 3, 1))
        result = assessed(MILESTONE, later, late, on="2024-06-01")
        assert (result.status, result.completion) == (Status.MET_LATE, late)
        assert "after the deadline" in result.reasons[0]

    def test_an_unreported_milestone_is_not_called_missed(self) -> None:
        """No report, one for another milestone or one published later leave it open."""
        other = Completion(target="other", day=date(2023, 6, 1))
        unpublished = Completion(
            target="strategy", day=date(2023, 6, 1), published=date(2025, 1, 1)
        )
        result = assessed(MILESTONE, other, unpublished, on="2024-06-01")
        assert result.status is Status.NO_DATA
        assert "does not mean that the milestone was missed" in result.reasons[0]

    def test_a_narrative_is_not_quantified(self) -> None:
        """There is nothing to count."""
        result = assessed(NarrativeTarget(**COMMON, id="words"), on="2024-06-01")
        assert result.status is Status.NOT_QUANTIFIED
        assert (result.goal, result.gap, result.progress, result.expected) == (None,) * 4
        assert result.reasons == (
            "This target has no measure and no goal level, so it cannot be assessed.",
        )


class TestCountsAndMoney:
    """Amounts are assessed by the same rules as percentages."""

    PLACES = attrs.evolve(MEASURE, id="places", unit="place", out_of=None, code=None)

    def places(self, number: int, period: str) -> Observation:
        """Return a count of places."""
        return figure(Amount(number, "place"), period, measure="places")

    def test_a_change_in_places(self) -> None:
        """200 more places from 1,000: at 1,150 three quarters are made."""
        target = change_target(
            measure=self.PLACES,
            baseline=Baseline(level=Amount(1000, "place"), period=Month("March 2022")),
            change=Amount(200, "place"),
        )
        result = assessed(target, self.places(1150, "December 2022"), on="2023-01-01")
        assert (result.status, result.goal) == (Status.ON_TRACK, Amount(1200, "place"))
        assert (result.gap, result.progress) == (Amount(50, "place"), Fraction(3, 4))
        assert result.required_pace == Amount(Fraction(50 * 30, 212), "place")

    def test_a_true_zero_is_a_figure(self) -> None:
        """No place at all is not the same as no figure."""
        target = maintain_target(measure=self.PLACES, goal=Amount(10, "place"))
        result = assessed(target, self.places(0, "July 2023"), on="2023-09-01")
        assert (result.status, result.gap) == (Status.MISSED, Amount(10, "place"))

    def test_a_later_zero_may_be_the_goal(self) -> None:
        """Where fewer is better, zero after the deadline is reached late."""
        fewer = attrs.evolve(self.PLACES, better="lower")
        target = reach_target(measure=fewer, goal=Amount(0, "place"))
        observations = (self.places(3, "July 2023"), self.places(0, "August 2023"))
        assert assessed(target, *observations, on="2023-12-01").status is Status.MET_LATE

    def test_a_relative_change(self) -> None:
        """A 10 per cent reduction of 200 leads to 180."""
        fewer = attrs.evolve(self.PLACES, better="lower")
        target = change_target(
            measure=fewer,
            baseline=Baseline(level=Amount(200, "place"), period=Month("March 2022")),
            change=RelativeChange("-10%"),
        )
        assert target.goal == Amount(180, "place")
        result = assessed(target, self.places(190, "December 2022"), on="2023-01-01")
        assert (result.gap, result.progress) == (Amount(10, "place"), Fraction(1, 2))

    def test_an_amount_to_be_held_has_no_margin(self) -> None:
        """The policy's margin is in percentage points and does not apply to places."""
        target = maintain_target(measure=self.PLACES, goal=Amount(10, "place"))
        result = assessed(target, self.places(9, "December 2022"), on="2023-01-01")
        assert result.status is Status.OFF_TRACK


def test_the_sources_are_those_of_the_target_and_of_the_figure_that_decides() -> None:
    """Of a target met late that is the figure that met it; without one the target alone has one."""
    missed = figure("88", "July 2023", citation=Citation("bulletin", "Table 1"))
    met = figure("91", "August 2023", citation=Citation("bulletin", "Table 2"))
    target = "The target is in a-plan."
    for observations, sources in (
        ([missed, met], (target, "The figure is in bulletin, Table 2.")),
        ([missed], (target, "The figure is in bulletin, Table 1.")),
        ([figure("91", "July 2023", citation=None)], (target,)),
        ([], (target,)),
    ):
        result = assessed(change_target(), *observations, on="2023-12-01")
        assert result.sources == sources
        assert result.explain("paragraph").endswith(" ".join(sources))


def test_interim_goals_bend_the_line() -> None:
    """With 84% due by September 2022 the line reaches it on that day, and a step holds it."""
    interim = (InterimGoal(level=Percentage(84), deadline=Deadline("September 2022")),)
    observation = figure("84", "December 2022")
    straight = assessed(change_target(interim=interim), observation, on="2023-01-01")
    assert straight.expected == Percentage("85.8")
    stepped = assessed(
        change_target(interim=interim, trajectory="stepped"), observation, on="2023-01-01"
    )
    assert (stepped.expected, stepped.status) == (Percentage(84), Status.ON_TRACK)
    behind = assessed(
        change_target(interim=interim, trajectory="stepped"),
        figure("83", "December 2022"),
        on="2023-01-01",
    )
    assert "The stepped trajectory expects 84% by 31 December 2022." in behind.reasons


def test_a_vague_deadline_is_said_to_be_vague() -> None:
    """The last day that the words allow is used, and the reader is told."""
    result = assessed(change_target(deadline=Deadline("early 2023")), on="2023-06-01")
    assert result.reasons[0] == (
        "The deadline, 'early 2023', is vague: its last possible day, 30 April 2023, is used."
    )


def test_a_policy_refuses_thresholds_out_of_range() -> None:
    """A share above one and a negative margin are errors."""
    with pytest.raises(RecordError, match="give a share"):
        PaceRule(at_risk_from=Fraction(3, 2), near=PercentagePoints(1))
    with pytest.raises(RecordError, match="without a sign"):
        PaceRule(at_risk_from=Fraction(1, 2), near=PercentagePoints(-1))


def test_levels_of_different_kinds_do_not_compare() -> None:
    """A share and a count have no shortfall and no line between them."""
    with pytest.raises(MixedQuantityError, match="cannot be compared"):
        shortfall(Percentage(82), Amount(90, "place"), "higher")
    with pytest.raises(MixedQuantityError, match="no line leads"):
        expected_level(
            [(date(2022, 3, 31), Percentage(82)), (date(2023, 7, 31), Amount(90, "place"))],
            date(2022, 12, 31),
        )


class TestWholePlans:
    """A plan's targets are assessed one by one and counted, never averaged."""

    PLAN = Plan(
        id="a-plan",
        title="A plan",
        subject=Region(id="east-midlands", name="East Midlands"),
        documents=(Document(id="a-plan", title="The plan"),),
        measures=(MEASURE,),
        pathways=(
            Pathway(
                id="work",
                name="Work",
                citation=Citation("a-plan"),
                targets=(change_target(), maintain_target()),
            ),
            Pathway(id="drugs", name="Drugs", citation=Citation("a-plan")),
            Pathway(
                id="home",
                name="Home",
                citation=Citation("a-plan"),
                targets=(NarrativeTarget(**COMMON, id="words"),),
            ),
        ),
    )
    OBSERVATIONS = (figure("89", "July 2023"), figure("87", "July 2023", area="Wales"))

    def test_groups_by_pathway_in_document_order(self) -> None:
        """A pathway without targets is there, empty."""
        result = evaluate_plan(self.PLAN, iter(self.OBSERVATIONS), as_of=date(2023, 9, 1))
        grouped = {
            pathway: [evaluation.target.id for evaluation in evaluations]
            for pathway, evaluations in result.by_pathway().items()
        }
        assert grouped == {
            "work": ["housed-on-release-by-july-2023", "hold"],
            "drugs": [],
            "home": ["words"],
        }

    def test_counts_statuses(self) -> None:
        """Only statuses that some target has are counted, in the order of the statuses."""
        result = evaluate_plan(self.PLAN, self.OBSERVATIONS, as_of=date(2023, 9, 1))
        assert list(result.counts().items()) == [
            (Status.MET, 1),
            (Status.MISSED, 1),
            (Status.NOT_QUANTIFIED, 1),
        ]

    def test_the_summary_counts_statuses_in_words(self) -> None:
        """The caption of the table ends with it; a plan without targets has none to count."""
        result = evaluate_plan(self.PLAN, self.OBSERVATIONS, as_of="2023-09-01")
        assert result.summary == "1 met, 1 missed, 1 not quantified"
        assert result.to_table().caption == f"A plan, as of 1 September 2023: {result.summary}"
        bare = attrs.evolve(self.PLAN, pathways=())
        assert evaluate_plan(bare, (), as_of="2023-09-01").summary == "no targets"

    def test_answers_by_target(self) -> None:
        """A target's evaluation is found by its id, and a misspelt id is helped."""
        result = evaluate_plan(self.PLAN, self.OBSERVATIONS, as_of=date(2023, 9, 1))
        assert result.of("hold") is result.evaluations[1]
        with pytest.raises(UnknownNameError, match="did you mean 'hold'"):
            result.of("holds")

    def test_passes_the_area_and_the_policy_on(self) -> None:
        """Each target is assessed as evaluate would assess it."""
        policy = attrs.evolve(STRAIGHT_LINE, name="other")
        result = evaluate_plan(
            self.PLAN, self.OBSERVATIONS, as_of=date(2023, 9, 1), area="Wales", policy=policy
        )
        assert result.evaluations == tuple(
            evaluate(target, self.OBSERVATIONS, as_of=date(2023, 9, 1), area="Wales", policy=policy)
            for target in self.PLAN.targets
        )

    def test_labels_name_its_day_area_and_policy(self) -> None:
        """Without an area asked for, the area is the one that the targets have in common."""
        labels = evaluate_plan(self.PLAN, self.OBSERVATIONS, as_of="2023-09-01").labels
        assert labels == {
            "day": "1 September 2023",
            "area": "East Midlands",
            "policy": "straight line",
        }
        asked = evaluate_plan(self.PLAN, self.OBSERVATIONS, as_of="2023-09-01", area="Wales")
        assert asked.labels["area"] == "Wales"
        pathway = attrs.evolve(
            self.PLAN.pathway("home"),
            targets=(NarrativeTarget(**COMMON | {"area": "Wales"}, id="words"),),
        )
        plan = attrs.evolve(self.PLAN, pathways=(self.PLAN.pathway("work"), pathway))
        several = evaluate_plan(plan, self.OBSERVATIONS, as_of="2023-09-01")
        assert several.labels["area"] == "each target's own area"

    def test_others_are_grouped_by_what_differs_first(self) -> None:
        """Labels name all that differs in a group; days are in order, and no label is twice."""
        now = evaluate_plan(self.PLAN, self.OBSERVATIONS, as_of="2023-09-01")
        wales = evaluate_plan(self.PLAN, self.OBSERVATIONS, as_of="2023-09-01", area="Wales")
        lenient = evaluate_plan(
            self.PLAN, self.OBSERVATIONS, as_of="2023-09-01", policy="traffic-light"
        )
        earlier = evaluate_plan(
            self.PLAN, self.OBSERVATIONS, as_of="2023-06-01", policy="traffic-light"
        )
        beside = now.side_by_side([lenient, wales, wales, earlier])
        assert [(by, list(group.items())) for by, group in beside.items()] == [
            (
                "day",
                [
                    ("1 June 2023 · traffic light", earlier),
                    ("1 September 2023 · straight line", now),
                ],
            ),
            ("area", [("East Midlands", now), ("Wales", wales)]),
            ("policy", [("straight line", now), ("traffic light", lenient)]),
        ]
        assert now.side_by_side([]) == {}

    def test_only_other_assessments_of_the_plan_are_beside_it(self) -> None:
        """An assessment of another plan, or the same one again, is refused."""
        now = evaluate_plan(self.PLAN, self.OBSERVATIONS, as_of="2023-09-01")
        with pytest.raises(RecordError, match="the same day, area and policy: change one"):
            now.side_by_side([now])
        other = evaluate_plan(
            attrs.evolve(self.PLAN, id="b-plan"), self.OBSERVATIONS, as_of="2023-06-01"
        )
        with pytest.raises(RecordError, match="'b-plan' cannot be beside one of 'a-plan'"):
            now.side_by_side([other])


def test_no_pace_is_needed_when_the_time_is_over() -> None:
    """While outcomes by a deadline that has passed are still open, nothing more can be done."""
    slow = attrs.evolve(MEASURE, follow_up=Duration("6 months"))
    observation = figure("88", "December 2022", published=date(2023, 7, 1))
    result = assessed(change_target(measure=slow), observation, on="2023-09-01")
    assert (result.status, result.required_pace) == (Status.ON_TRACK, None)
    assert not any("every 30 days" in reason for reason in result.reasons)


class TestLogitTrajectory:
    """A curve that moves by the same log odds every day, slower near 0% and 100%."""

    POINTS = ((date(2022, 3, 31), Percentage(95)), (date(2023, 3, 31), Percentage(99)))

    def test_is_ahead_of_the_straight_line_near_the_ceiling(self) -> None:
        """Half-way from 95% to 99% the curve is at 97.74% and the line at 97%."""
        half = date(2022, 9, 30)
        curve = expected_level(self.POINTS, half, "logit")
        assert f"{curve:.2}" == "97.75%"

    @pytest.mark.parametrize(("day", "level"), [("2022-03-31", 95), ("2023-03-31", 99)])
    def test_has_the_same_ends(self, day: str, level: int) -> None:
        """It starts at the baseline and ends at the goal."""
        expected = expected_level(self.POINTS, date.fromisoformat(day), "logit")
        assert expected == Percentage(level)

    def test_of_the_others_is_the_rest(self) -> None:
        """Those not housed follow the curve of those housed, turned over."""
        turned = [(day, level.complement) for day, level in self.POINTS]
        day = date(2022, 11, 5)
        expected, rest = (expected_level(points, day, "logit") for points in (self.POINTS, turned))
        assert isinstance(expected, Percentage)
        assert rest == expected.complement

    def test_is_followed_by_a_promise(self) -> None:
        """A target may name it, and its reasons do."""
        result = assessed(
            change_target(trajectory="logit"), figure("86.8", "December 2022"), on="2023-01-31"
        )
        assert result.status is Status.AT_RISK
        assert result.reasons[1] == "The logit trajectory expects 86.9817% by 31 December 2022."

    @pytest.mark.parametrize(
        "levels",
        [
            (Percentage(95), Percentage(100)),
            (Percentage(0), Percentage(50)),
            (Amount(10, "place"), Amount(20, "place")),
        ],
    )
    def test_has_no_odds_of_nothing_or_all(self, levels: tuple[Level, Level]) -> None:
        """0%, 100% and amounts have no odds, which the message says."""
        days = (date(2022, 3, 31), date(2023, 3, 31))
        with pytest.raises(RecordError, match="odds exist only for shares above 0% and below 100%"):
            expected_level(list(zip(days, levels, strict=True)), date(2022, 9, 30), "logit")

    def test_a_trajectory_that_is_none_is_refused(self) -> None:
        """A misspelt one is not taken for a straight line."""
        with pytest.raises(
            RecordError, match=r"trajectory of 'reach' is 'straightt': did you mean 'straight'"
        ):
            reach_target(trajectory="straightt")
        misspelt: Any = "step"
        with pytest.raises(
            UnknownNameError, match=r"unknown trajectory 'step': did you mean 'stepped'"
        ):
            expected_level(self.POINTS, date(2022, 9, 30), misspelt)

    def test_a_promise_cannot_follow_it_to_all(self) -> None:
        """100% is the goal on a straight line or none."""
        with pytest.raises(RecordError, match="the logit trajectory of 'reach' cannot pass 100%"):
            reach_target(goal=Percentage(100), trajectory="logit")


class TestOnSchedule:
    """A figure that is exactly or by rounding at the expected level is on track, and says so."""

    TARGET = change_target(
        baseline=Baseline(level=Percentage("80"), period=parse_period("2022-23")),
        change=PercentagePoints(6),
        deadline=Deadline("March 2026"),
    )

    def test_years_are_of_equal_length(self) -> None:
        """Two of three years are two thirds of the way, leap day or not."""
        result = assessed(self.TARGET, figure("84.0", "2024/25"), on="2025-08-01")
        assert (result.status, result.expected) == (Status.ON_TRACK, Percentage(84))
        assert "That is exactly the expected 84%." in result.reasons

    @pytest.mark.parametrize(
        ("level", "status", "words"),
        [
            ("84", Status.ON_TRACK, "between 83.5% and 84.5%: that includes the expected level."),
            (
                "84.0",
                Status.ON_TRACK,
                "between 83.95% and 84.05%: that includes the expected level.",
            ),
            ("83.99", Status.AT_RISK, "99% of the change expected by then has been made."),
            ("83.9", Status.AT_RISK, "97% of the change expected by then has been made."),
        ],
    )
    def test_a_figure_stands_for_what_rounds_to_it(
        self, level: str, status: Status, words: str
    ) -> None:
        """By 1 April 2025 one day more has passed than two years, so 84.005% is expected."""
        period = "2 April 2024 to 1 April 2025"
        result = assessed(self.TARGET, figure(level, period), on="2025-08-01")
        assert result.status is status
        assert any(reason.endswith(words) for reason in result.reasons)

    def test_counts_are_exact(self) -> None:
        """8,399 of 10,000 printed as 84% are 83.99%, which is below the 84% expected."""
        observation = figure("84", "2024/25", counts=Counts(8399, 10000))
        assert assessed(self.TARGET, observation, on="2025-08-01").status is Status.ON_TRACK
        behind = figure("84", "2 April 2024 to 1 April 2025", counts=Counts(8399, 10000))
        assert assessed(self.TARGET, behind, on="2025-08-01").status is Status.AT_RISK
        level = figure("84", "2 April 2024 to 1 April 2025", counts=Counts(8402, 10000))
        result = assessed(self.TARGET, level, on="2025-08-01")
        assert result.status is Status.ON_TRACK
        assert (
            "Published as 84%, which is 84.02% by its counts: that reaches the expected level."
            in result.reasons
        )
        ahead = figure("84", "2 April 2024 to 1 April 2025", counts=Counts(8401, 10000))
        assert assessed(self.TARGET, ahead, on="2025-08-01").status is Status.ON_TRACK

    def test_whole_amounts_are_not_rounded(self) -> None:
        """139 places are one short of 140; half a place is nothing that was rounded away."""
        places = attrs.evolve(MEASURE, id="places", unit="place", out_of=None)
        target = change_target(
            measure=places,
            baseline=Baseline(level=Amount(100, "place"), period=parse_period("2021-22")),
            change=Amount(61, "place"),
            deadline=Deadline("March 2025"),
        )
        observation = figure(Amount("140", "place"), "2023/24", measure="places")
        result = assessed(target, observation, on="2024-08-01")
        assert (result.status, result.expected) == (
            Status.AT_RISK,
            Amount(100, "place") + Amount(61, "place") * Fraction(2, 3),
        )

    def test_no_two_different_numbers_are_printed_alike(self) -> None:
        """A level of a hundred thousandth below its goal is printed with the decimals it takes."""
        level = Percentage.from_counts(89_999, 100_001)
        result = assessed(change_target(), figure(level, "July 2023"), on="2023-09-01")
        assert result.reasons[0] == (
            "89.998% in July 2023 is 0.002 percentage points below the 90.000% goal, due by "
            "31 July 2023."
        )

    def test_a_level_beyond_all_decimals_is_printed_as_a_fraction(self) -> None:
        """So near to the goal that twelve decimals do not tell them apart."""
        level = Percentage(Fraction(90) - Fraction(1, 3 * 10**15))
        result = assessed(change_target(), figure(level, "July 2023"), on="2023-09-01")
        assert result.reasons[0].startswith(
            "269999999999999999/3000000000000000 % in July 2023 is "
        )
        assert "0.000000000000 percentage" not in result.reasons[0]

    def test_more_than_the_goal_is_never_expected(self) -> None:
        """A baseline beyond the goal, or an interim goal beyond it, leads no further than it."""
        past = reach_target(goal=Percentage(80), baseline=BASELINE)
        assert assessed(past, figure("81", "December 2022"), on="2023-01-31").expected == (
            Percentage(80)
        )

    @pytest.mark.parametrize("elapsed", ["months", "days"])
    def test_time_is_counted_by_name(self, elapsed: Any) -> None:
        """Six months of twelve are half of the way, and 183 days of 365 are not."""
        points = [(date(2022, 3, 31), Percentage(80)), (date(2023, 3, 31), Percentage(90))]
        expected = {"months": Percentage(85), "days": Percentage(80 + Fraction(1830, 365))}
        assert expected_level(points, date(2022, 9, 30), elapsed=elapsed) == expected[elapsed]

    def test_months_are_refused_between_other_days(self) -> None:
        """Months between days that do not end one are not even."""
        points = [(date(2022, 3, 31), Percentage(80)), (date(2023, 3, 31), Percentage(90))]
        with pytest.raises(RecordError, match="is not whole months: count it in days"):
            expected_level(points, date(2022, 9, 15), elapsed="months")
        misspelt: Any = "month"
        with pytest.raises(UnknownNameError, match="unit of time 'month': did you mean 'months'"):
            expected_level(points, date(2022, 9, 30), elapsed=misspelt)


class TestWhatIsAccepted:
    """A value with one meaning is accepted, and any other is our error in plain words."""

    OBSERVATIONS = (figure("87", "December 2022", published=date(2023, 1, 9)),)

    @pytest.mark.parametrize(
        "as_of",
        ["2023-01-31", datetime(2023, 1, 31, 23, 59, tzinfo=UTC), pd.Timestamp("2023-01-31 08:00")],
    )
    def test_a_day_in_any_form(self, as_of: Any) -> None:
        """A text, a datetime and a pandas timestamp name the day that they fall on."""
        result = evaluate(change_target(), self.OBSERVATIONS, as_of=as_of)
        assert result == evaluate(change_target(), self.OBSERVATIONS, as_of=date(2023, 1, 31))
        assert type(result.as_of) is date

    @pytest.mark.parametrize("as_of", ["31/01/2023", "January 2023", None, 20230131, pd.NaT])
    def test_what_is_not_a_day_is_refused(self, as_of: Any) -> None:
        """The message gives the form that is read."""
        with pytest.raises(PeriodError, match="is not a valid date: use 2024-08-01"):
            evaluate(change_target(), self.OBSERVATIONS, as_of=as_of)

    @pytest.mark.parametrize(
        "policy", ["straight-line", "Straight line", "straight line", STRAIGHT_LINE]
    )
    def test_a_policy_by_its_name(self, policy: Any) -> None:
        """Case, spaces and hyphens make no difference."""
        assert assessed(
            change_target(), *self.OBSERVATIONS, on="2023-01-31", policy=policy
        ).policy is (STRAIGHT_LINE)

    @pytest.mark.parametrize("policy", ["traffic lights", "", None, 1])
    def test_a_policy_that_does_not_exist_is_refused_early(self, policy: Any) -> None:
        """Even where no grade is needed."""
        with pytest.raises(UnknownNameError, match="unknown policy"):
            assessed(change_target(), on="2023-01-31", policy=policy)

    @pytest.mark.parametrize(
        ("area", "advice"),
        [
            ("EAST MIDLANDS", "did you mean 'East Midlands'?"),
            ("East-Midlands", "did you mean 'East Midlands'?"),
            ("East Midland", "did you mean 'East Midlands'?"),
            ("Wales", "choose from 'East Midlands'"),
        ],
    )
    def test_an_area_that_nothing_has_is_not_a_comparator(self, area: str, advice: str) -> None:
        """Another spelling of the target's own area is asked about."""
        with pytest.raises(UnknownNameError) as error:
            assessed(change_target(), *self.OBSERVATIONS, on="2023-01-31", area=area)
        assert str(error.value) == f"no target and no figure has the area {area!r}: {advice}"

    def test_an_area_in_another_encoding_is_the_same(self) -> None:
        """An accent in one character or in two is the same name."""
        one, two = "Orl\u00e9ans", "Orle\u0301ans"
        target = change_target(area=one)
        observation = figure("87", "December 2022", area=two)
        result = assessed(target, observation, on="2023-01-31", area=two)
        assert (result.area, result.latest, result.is_comparator) == (one, observation, False)

    def test_areas_of_figures_are_compared_by_their_normal_form(self) -> None:
        """Figures for "EAST MIDLANDS" are figures for the East Midlands."""
        observation = figure("87", "December 2022", area="EAST  MIDLANDS")
        assert assessed(change_target(), observation, on="2023-01-31").latest == observation

    def test_without_any_figure_an_area_is_believed(self) -> None:
        """There is nothing to compare its name with."""
        result = assessed(change_target(), on="2023-01-31", area="Wales")
        assert (result.status, result.is_comparator) == (Status.NO_DATA, True)

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (5, "'int' is not an observation: give an ObservationSet, or observations"),
            ("figures.csv", "'str' is not an observation: read a data frame with"),
            ([change_target()], "'ChangeTarget' is not an observation: give"),
            (
                pd.DataFrame({"level": ["82%"]}),
                "'DataFrame' is not an observation: read a data",
            ),
        ],
    )
    def test_what_is_not_an_observation_is_refused(self, given: Any, words: str) -> None:
        """The message says what to give."""
        with pytest.raises(RecordError, match=words):
            evaluate(change_target(), given, as_of=date(2023, 1, 31))

    def test_shows_itself_in_a_line(self) -> None:
        """An evaluation says its target, day, status, figure, goal and gap."""
        result = assessed(change_target(), *self.OBSERVATIONS, on="2023-01-31")
        assert repr(result) == (
            "<Evaluation of 'housed-on-release-by-july-2023' on 2023-01-31: on_track, latest "
            "87% in December 2022, goal 90%, gap 3 percentage points>"
        )
        assert "latest None" in repr(assessed(change_target(), on="2023-01-31"))
