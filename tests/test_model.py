"""The records of a plan: their fields, their checks and their look-ups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pandas as pd  # pyright: ignore[reportMissingTypeStubs]
import pytest

from rrmodel.errors import (
    CountsError,
    MixedQuantityError,
    PercentageOutOfRangeError,
    PeriodError,
    PlanError,
    RecordError,
    UnknownNameError,
)
from rrmodel.model import (
    Activity,
    Baseline,
    ChangeTarget,
    Chapter,
    Citation,
    Commitment,
    CommitmentPart,
    Completion,
    Correspondence,
    Counts,
    Crosswalk,
    DirectionTarget,
    Document,
    Fact,
    Footnote,
    InterimGoal,
    LevelRange,
    MaintainTarget,
    Mark,
    Measure,
    MilestoneTarget,
    NarrativeTarget,
    Objective,
    Observation,
    ObservationSet,
    Partner,
    PartnerKind,
    PartnerListing,
    Partnership,
    Pathway,
    PathwayScheme,
    PathwaySchemes,
    Plan,
    RangeTarget,
    ReachTarget,
    Region,
    SchemePathway,
    SeriesBreak,
    StandingTarget,
    Statement,
    Term,
    deadlines,
    distinct_names,
    normal_form,
    same_partners,
    walk,
    with_article,
)
from rrmodel.periods import (
    CalendarYear,
    DateRange,
    Deadline,
    Duration,
    FinancialYear,
    Month,
    Period,
    Quarter,
)
from rrmodel.quantities import Amount, Percentage, PercentagePoints, RelativeChange

CITED = Citation("plan", "Targets", "1")
HOUSED = Measure(
    id="housed",
    name="Housed on the night of release",
    counts="releases into accommodation",
    out_of="releases",
    better="higher",
    code="MI014",
)
REOFFENDING = attrs.evolve(HOUSED, id="reoffending", better="lower", code="PRS")
PLACES = Measure(id="places", name="Places", counts="places", unit="place", better="higher")
GAP = attrs.evolve(
    HOUSED, id="gap", name="Gap between women and men", unit="percentage points", better="lower"
)
MARCH = Baseline(level=Percentage("82"), period=Month("March 2022"))
JULY = Deadline("By July 2023")
CALENDAR_2022 = CalendarYear("2022")


def change(**differently: object) -> ChangeTarget:
    """Return a target of 8 points above 82% by July 2023, with some fields changed."""
    fields: dict[str, object] = {
        "id": "rise",
        "statement": "The share housed rises by 8 points.",
        "citation": CITED,
        "measure": HOUSED,
        "area": "East Midlands",
        "baseline": MARCH,
        "change": PercentagePoints(8),
        "deadline": JULY,
        **differently,
    }
    return ChangeTarget(**fields)  # type: ignore[arg-type]


def reach(**differently: object) -> ReachTarget:
    """Return a target of 90% by July 2023, with some fields changed."""
    fields: dict[str, object] = {
        "id": "reach",
        "statement": "The share housed reaches 90%.",
        "citation": CITED,
        "measure": HOUSED,
        "area": "East Midlands",
        "goal": Percentage(90),
        "deadline": JULY,
        **differently,
    }
    return ReachTarget(**fields)  # type: ignore[arg-type]


def maintain(**differently: object) -> MaintainTarget:
    """Return a target to maintain 20% until July 2023, with some fields changed."""
    fields: dict[str, object] = {
        "id": "maintain",
        "statement": "The share stays at 20%.",
        "citation": CITED,
        "measure": HOUSED,
        "area": "East Midlands",
        "goal": Percentage(20),
        "deadline": JULY,
        **differently,
    }
    return MaintainTarget(**fields)  # type: ignore[arg-type]


def standing(**differently: object) -> StandingTarget:
    """Return a target to have at least 90% at all times, with some fields changed."""
    fields: dict[str, object] = {
        "id": "standing",
        "statement": "At least 90% are housed.",
        "citation": CITED,
        "measure": HOUSED,
        "area": "East Midlands",
        "goal": Percentage(90),
        **differently,
    }
    return StandingTarget(**fields)  # type: ignore[arg-type]


def within(**differently: object) -> RangeTarget:
    """Return a target to be between 40% and 50% at all times, with some fields changed."""
    fields: dict[str, object] = {
        "id": "within",
        "statement": "Between 40% and 50% are housed.",
        "citation": CITED,
        "measure": HOUSED,
        "area": "East Midlands",
        "goal": LevelRange(low=Percentage(40), high=Percentage(50)),
        **differently,
    }
    return RangeTarget(**fields)  # type: ignore[arg-type]


def direction(**differently: object) -> DirectionTarget:
    """Return a target to raise the share housed, with some fields changed."""
    fields: dict[str, object] = {
        "id": "more",
        "statement": "More are housed.",
        "citation": CITED,
        "measure": HOUSED,
        "area": "East Midlands",
        **differently,
    }
    return DirectionTarget(**fields)  # type: ignore[arg-type]


def figure_of(**differently: object) -> Observation:
    """Return a figure for March 2022, with some fields changed."""
    fields: dict[str, object] = {
        "measure": "housed",
        "area": "York",
        "period": Month("2022-03"),
        **differently,
    }
    return Observation(**fields)  # type: ignore[arg-type]


def objective(name: str) -> Objective:
    """Return an objective."""
    return Objective(id=name, statement="More people are housed.", citation=CITED)


def activity(name: str, **differently: object) -> Activity:
    """Return an activity."""
    made = Activity(id=name, statement="Open a hostel.", citation=CITED)
    return attrs.evolve(made, **differently)


def partner(name: str, *members: str) -> Partner:
    """Return a partner, or a group if it has members."""
    return Partner(id=name, name=name.title(), kind=PartnerKind.VOLUNTARY, members=members)


def fact(name: str) -> Fact:
    """Return a fact."""
    return Fact(id=name, statement="Many were housed.", citation=CITED)


def plan(**differently: object) -> Plan:
    """Return a plan with two pathways, or another."""
    fields: dict[str, object] = {
        "id": "a-plan",
        "title": "A plan",
        "subject": Region(id="r", name="East Midlands"),
        "documents": (Document(id="plan", title="The plan"),),
        "pathways": (
            Pathway(
                id="work",
                name="Work",
                citation=CITED,
                objectives=(objective("jobs"),),
                activities=(activity("hire", serves=("jobs",), lead="trust", partners=("trust",)),),
                targets=(change(id="housed-by-july-2023"),),
            ),
            Pathway(
                id="homes",
                name="Homes",
                citation=CITED,
                objectives=(objective("roofs"),),
                targets=(
                    NarrativeTarget(
                        id="words", statement="Do well.", citation=CITED, area="East Midlands"
                    ),
                ),
            ),
        ),
        "partners": (partner("trust"),),
        "measures": (HOUSED,),
        **differently,
    }
    return Plan(**fields)  # type: ignore[arg-type]


def problems(error: pytest.ExceptionInfo[PlanError]) -> list[tuple[str, str]]:
    """Return the paths and messages of a plan's problems."""
    return [(problem.path, problem.message) for problem in error.value.problems]


class TestTexts:
    """Names and statements are not empty."""

    @pytest.mark.parametrize("text", ["", " ", "Work together. "])
    def test_a_text_is_not_empty_or_padded(self, text: str) -> None:
        """An empty or padded text is refused, with the field's name."""
        with pytest.raises(RecordError, match=r"statement cannot be .* without spaces around it"):
            Statement(statement=text, citation=CITED)

    def test_a_citation_prints_what_it_has(self) -> None:
        """A citation of a whole document prints the document alone."""
        assert str(Citation("plan")) == "plan"

    @pytest.mark.parametrize("place", ["line 7", "lines 7 to 9", "page 4", "page 4, lines 7 to 9"])
    def test_places_are_shown_and_not_compared(self, place: str) -> None:
        """A statement has another place in another format, and is the same statement."""
        cited = Citation("plan", "Targets", "1", place)
        assert str(cited) == f"plan, Targets, 1, {place}"
        assert cited == Citation("plan", "Targets", "1")

    @pytest.mark.parametrize("place", ["", "7", "line 0", "lines 9 to 7", "page 4 line 7", 7])
    def test_places_are_lines_or_pages(self, place: Any) -> None:
        """Any other text, and lines that run backwards, are refused with the ways to write one."""
        with pytest.raises(RecordError, match="write 'line 7', 'lines 7 to 9', 'page 4' or"):
            Citation("plan", place=place)
        assert str(CITED) == "plan, Targets, 1"


class TestMeasures:
    """A measure has a unit, a kind, a series, a follow-up and a lag."""

    broken = attrs.evolve(
        HOUSED,
        series_breaks=(
            SeriesBreak(starts=date(2024, 4, 1), code="MI015Ra", reason="One month only."),
            SeriesBreak(starts=date(2024, 5, 1), code="MI015Sa", reason="Supervised cases."),
        ),
    )

    @pytest.mark.parametrize(
        ("day", "code"),
        [
            (date(2024, 3, 31), "MI014"),
            (date(2024, 4, 1), "MI015Ra"),
            (date(2024, 4, 30), "MI015Ra"),
            (date(2024, 5, 1), "MI015Sa"),
        ],
    )
    def test_the_series_on_a_day_is_that_of_the_last_break(self, day: date, code: str) -> None:
        """A series runs from its first day to the day before the next."""
        assert self.broken.series_on(day) == code

    def test_the_series_of_a_period_is_that_of_its_last_day(self) -> None:
        """The last day of a period decides its series."""
        assert self.broken.series_of(FinancialYear("2023-24")) == "MI014"
        assert self.broken.series_of(Month("April 2024")) == "MI015Ra"

    @pytest.mark.parametrize(
        ("period", "straddles"),
        [
            (Month("March 2024"), False),
            (Month("April 2024"), False),
            (DateRange(date(2024, 3, 31), date(2024, 4, 1)), True),
            (DateRange(date(2024, 3, 31), date(2024, 3, 31)), False),
            (FinancialYear("2024-25"), True),
        ],
    )
    def test_a_period_straddles_a_break_inside_it(
        self, period: Month | FinancialYear | DateRange, straddles: bool
    ) -> None:
        """A break on a period's first day does not fall inside it, one on its last day does."""
        assert self.broken.straddles(period) is straddles

    @pytest.mark.parametrize(
        "days",
        [(date(2024, 5, 1), date(2024, 4, 1)), (date(2024, 4, 1), date(2024, 4, 1))],
    )
    def test_breaks_stand_in_order(self, days: tuple[date, date]) -> None:
        """Series breaks out of order, or two on one day, are refused."""
        breaks = tuple(SeriesBreak(starts=day, code="B", reason="Counted anew.") for day in days)
        with pytest.raises(RecordError, match="breaks of 'housed' are out of order"):
            attrs.evolve(HOUSED, series_breaks=breaks)

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"better": "up"}, "'better' of the measure 'm' is 'up': choose from 'higher'"),
            ({"better": "hihger"}, "did you mean 'higher'"),
            ({"kind": "flows"}, "the kind of the measure 'm' is 'flows': did you mean 'flow'"),
            ({"unit": ""}, "unit cannot be ''"),
            ({"unit": "Places!"}, "the unit of the measure 'm': 'Places!' is not"),
        ],
    )
    def test_the_words_of_a_measure_are_checked(self, fields: dict[str, Any], message: str) -> None:
        """A way, a kind or a unit that does not exist is refused, with the measure's id."""
        with pytest.raises(RecordError, match=message):
            Measure(**{"id": "m", "name": "M", "counts": "c", "better": "higher", **fields})

    @pytest.mark.parametrize(
        "unit",
        ["%", "percentage points", "per 1,000 prisoners", "% of capacity", "GBP/year"],
    )
    def test_a_flow_has_a_unit_that_adds_up(self, unit: str) -> None:
        """Shares, gaps and rates do not add up over periods, and a stock may have any of them."""
        stock = attrs.evolve(PLACES, unit=unit)
        assert stock.kind == "stock"
        with pytest.raises(RecordError, match=r"'places' is a flow in .* do not add up"):
            attrs.evolve(stock, kind="flow")

    @pytest.mark.parametrize("unit", ["place", "GBP", "person"])
    def test_amounts_add_up(self, unit: str) -> None:
        """A count of each period can be a flow."""
        assert attrs.evolve(PLACES, unit=unit, kind="flow").kind == "flow"

    def test_outcomes_mature_after_the_follow_up(self) -> None:
        """Outcomes are known after the follow-up, and published after the lag."""
        late = attrs.evolve(
            REOFFENDING, follow_up=Duration("18 months"), publication_lag=Duration("4 weeks")
        )
        assert late.matures_on(date(2023, 6, 30)) == date(2024, 12, 30)
        assert late.published_by(date(2023, 6, 30)) == date(2025, 1, 27)

    def test_without_follow_up_outcomes_are_known_at_once(self) -> None:
        """A measure without follow-up or lag is known on the day."""
        assert HOUSED.matures_on(date(2023, 6, 30)) == date(2023, 6, 30)
        assert HOUSED.published_by(date(2023, 6, 30)) == date(2023, 6, 30)


class TestObservations:
    """An observation has a level, as published or from its counts."""

    @pytest.mark.parametrize(
        ("counts", "message"),
        [
            ((-1, 5), "-1 is not a count: give a whole number from 0"),
            ((6, 5), "6 of 5 does not make a share: the first count must be at most the second"),
            ((0, 0), "0 of 0 does not make a share: .* the second above 0"),
            ((338.0, 400), "338.0 is not a count"),
            ((True, 5), "True is not a count"),
            (("338", 400), "'338' is not a count"),
            ((1, -(10**5000)), "a number of thousands of digits is not a count"),
            ((336, 1138, 5), "336 was not rounded to a multiple of 5"),
            ((5, 1138, 5), "1,138 was not rounded to a multiple of 5"),
            ((1, 2, 0), "1 was not rounded to a multiple of 0"),
        ],
    )
    def test_counts_that_make_no_share_are_refused(
        self, counts: tuple[Any, ...], message: str
    ) -> None:
        """Each error of counts is refused in plain words."""
        with pytest.raises(CountsError, match=message):
            Counts(*counts)

    @pytest.mark.parametrize("kind", [np.int64, np.uint8, int])
    def test_whole_numbers_of_any_kind_are_counts(self, kind: Any) -> None:
        """The whole numbers of a table are counts, and are stored as plain ones."""
        counts = Counts(kind(100), kind(200))
        assert counts == Counts(100, 200)
        assert type(counts.numerator) is type(counts.denominator) is int

    @pytest.mark.parametrize(
        ("counts", "interval"),
        [
            (Counts(1, 3), (Fraction(1, 3), Fraction(1, 3))),
            (Counts(10, 25, rounded_to=5), (Fraction(3, 11), Fraction(5, 9))),
            (Counts(0, 5, rounded_to=5), (Fraction(0), Fraction(1))),
            (Counts(5, 5, rounded_to=5), (Fraction(1, 3), Fraction(1))),
        ],
    )
    def test_rounded_counts_stand_for_an_interval_of_shares(
        self, counts: Counts, interval: tuple[Fraction, Fraction]
    ) -> None:
        """The share of rounded counts lies between the shares of the counts before rounding."""
        assert counts.share_interval == interval

    def test_the_level_is_that_of_the_counts(self) -> None:
        """Without a published level, the level is exactly that of the counts."""
        figure = Observation(
            measure="housed", area="York", period=Month("2022-03"), counts=Counts(1, 3)
        )
        assert figure.level == Percentage.from_counts(1, 3)

    def test_the_published_level_stands_beside_the_counts(self) -> None:
        """A published level is kept with its decimals, although the counts give more."""
        figure = Observation(
            measure="housed",
            area="York",
            period=Month("2022-03"),
            counts=Counts(1, 3),
            level=Percentage("33"),
        )
        assert figure.level == Percentage(33)

    @pytest.mark.parametrize(
        ("level", "counts", "exact"),
        [
            (Percentage("82.5"), Counts(1300, 1600), "81.25%"),
            (Percentage("76"), Counts(300, 400), "75.0%"),
            (Percentage("33"), Counts(2, 5), "40.0%"),
            (Percentage(Fraction(100, 3)), Counts(1, 4), "25.0%"),
            (Percentage("82.5"), Counts(1300, 1600, rounded_to=5), "81.25%"),
            (Amount("51", "per 1,000 prisoners"), Counts(60, 1200), "50.0 per 1,000 prisoners"),
            (Amount("91", "% of capacity"), Counts(90, 100), "90.0% of capacity"),
            (Percentage("28.6"), Counts(5, 16), "31.25%"),
        ],
    )
    def test_a_level_may_contradict_its_counts(
        self, level: Any, counts: Counts, exact: str
    ) -> None:
        """The contradiction names both figures and the level of the counts."""
        contradiction = figure_of(level=level, counts=counts).contradiction
        assert contradiction is not None
        assert f"{level} is published beside {counts}, which is {exact}: correct" in contradiction

    @pytest.mark.parametrize(
        ("level", "counts"),
        [
            (Percentage("81.3"), Counts(1300, 1600)),
            (Percentage("81.2"), Counts(1300, 1600)),
            (Percentage("81"), Counts(1300, 1600)),
            (Percentage(Fraction(100, 3)), Counts(1, 3)),
            (Percentage("41.7"), Counts(10, 25, rounded_to=5)),
            (Percentage("28.6"), Counts(5, 15, rounded_to=5)),
            (Amount("50.4", "per 1,000 prisoners"), Counts(57, 1131)),
            (Amount(12, "place"), Counts(1, 3)),
        ],
    )
    def test_a_level_agrees_with_its_counts_within_rounding(
        self, level: Any, counts: Counts
    ) -> None:
        """A level that the counts give when rounded is kept; other units are not compared."""
        figure = figure_of(level=level, counts=counts)
        assert (figure.level, figure.contradiction) == (level, None)

    def test_an_estimate_may_differ_from_its_counts(self) -> None:
        """A level that is marked as estimated is kept as published."""
        estimate = Percentage("82.5")
        figure = figure_of(level=estimate, counts=Counts(1300, 1600), marks=(Mark.ESTIMATED,))
        assert figure.level == estimate

    def test_a_gap_has_no_counts(self) -> None:
        """Two counts give one share and not the gap between two."""
        with pytest.raises(RecordError, match=r"4 percentage points is a gap .* omit the counts"):
            figure_of(level=PercentagePoints(4), counts=Counts(1, 3))

    @pytest.mark.parametrize(
        ("period", "expected"),
        [
            ("2022-23", FinancialYear("2022-23")),
            (pd.Period("2022-03", "M"), Month("2022-03")),
            (pd.Period("2022Q1", "Q"), Quarter("Q1 2022")),
            (pd.Period("2022", "Y"), CalendarYear("2022")),
            (pd.Period("2023", "Y-MAR"), FinancialYear("2022-23")),
            (pd.Period("2022-03-07", "W"), DateRange(date(2022, 3, 7), date(2022, 3, 13))),
            (pd.Period("2022-03-07", "D"), DateRange(date(2022, 3, 7), date(2022, 3, 7))),
        ],
    )
    def test_a_period_with_one_meaning_is_read(self, period: Any, expected: Period) -> None:
        """The text of a period and a pandas period become the period of those days."""
        figure = figure_of(period=period)
        assert figure.period == expected
        assert figure.period.kind == expected.kind

    @pytest.mark.parametrize("period", [pd.NaT, 2022, None, date(2022, 3, 1)])
    def test_another_value_is_not_a_period(self, period: Any) -> None:
        """A missing period, a number and a day are refused, with what to write."""
        with pytest.raises(RecordError, match=r"period cannot be .* FinancialYear\('2022-23'\)"):
            figure_of(period=period)

    def test_a_text_that_names_no_period_is_refused(self) -> None:
        """The error is that of the text."""
        with pytest.raises(PeriodError):
            figure_of(period="Marsh 2022")

    def test_a_part_of_a_day_is_not_a_period(self) -> None:
        """An hour of another library is refused."""
        with pytest.raises(PeriodError, match="is part of a day"):
            figure_of(period=pd.Period("2022-03-07 10:00", "h"))

    @pytest.mark.parametrize("level", ["82%", 82, 0.82, LevelRange])
    def test_a_level_is_one_of_ours(self, level: Any) -> None:
        """Texts and numbers are refused as levels, with what to write."""
        with pytest.raises(RecordError, match=r"level cannot be .* Percentage\('82%'\)"):
            figure_of(level=level)

    @pytest.mark.parametrize(
        "day",
        [
            date(2024, 8, 1),
            datetime(2024, 8, 1, 9, 30, tzinfo=UTC),
            pd.Timestamp("2024-08-01"),
            "2024-08-01",
        ],
    )
    def test_days_are_read_wherever_they_occur(self, day: Any) -> None:
        """A day may be a date, a date with a time or ISO text, and is stored as a plain date."""
        days = [
            figure_of(published=day).published,
            Completion(target="t", day=day).day,
            Completion(target="t", day=day, published=day).published,
            SeriesBreak(starts=day, code="B", reason="Counted anew.").starts,
        ]
        assert days == [date(2024, 8, 1)] * 4
        assert {type(each) for each in days} == {date}

    @pytest.mark.parametrize("day", ["01/08/2024", pd.NaT, 20240801])
    def test_another_value_is_not_a_day(self, day: Any) -> None:
        """Anything but one day is refused."""
        with pytest.raises(PeriodError, match="is not a valid date: use 2024-08-01"):
            figure_of(published=day)

    def test_no_figure_is_not_zero(self) -> None:
        """Without counts and level there is no level."""
        assert Observation(measure="housed", area="York", period=Month("2022-03")).level is None

    def test_a_measure_may_be_given_whole(self) -> None:
        """An observation keeps the id of a measure that is given whole."""
        figure = Observation(measure=HOUSED, area="York", period=Month("2022-03"))
        assert figure.measure == "housed"

    def test_a_set_holds_figures_of_its_measures(self) -> None:
        """A set has figures of its measures, and reports of milestones."""
        figures = ObservationSet(
            id="set",
            title="Figures",
            measures=(HOUSED,),
            observations=(Observation(measure=HOUSED, area="York", period=Month("2022-03")),),
            completions=(Completion(target="done", day=date(2023, 7, 1)),),
        )
        assert figures.observations[0].measure == figures.measures[0].id

    def test_a_set_names_each_problem(self) -> None:
        """Unknown measures and documents and repeated ids are reported together."""
        figure = Observation(
            measure="hosed", area="York", period=Month("2022-03"), citation=Citation("nowhere")
        )
        document = Document(id="plan", title="The plan")
        with pytest.raises(PlanError) as error:
            ObservationSet(
                id="set",
                title="Figures",
                documents=(document, document),
                measures=(HOUSED, HOUSED),
                observations=(figure,),
            )
        assert problems(error) == [
            (
                "$.documents[1].id",
                "'plan' is also the id of an earlier record: give each another id",
            ),
            (
                "$.measures[1].id",
                "'housed' is also the id of an earlier record: give each another id",
            ),
            (
                "$.observations[0].citation.document",
                "there is no document 'nowhere': choose from 'plan', 'plan'",
            ),
            (
                "$.observations[0].measure",
                "there is no measure 'hosed': did you mean 'housed'?",
            ),
        ]


class TestChangeTargets:
    """The housing target: from 82% in March 2022, up 8 percentage points by July 2023."""

    def test_the_goal_is_baseline_and_change(self) -> None:
        """82% and 8 points make 90%."""
        assert change().goal == Percentage(90)

    def test_a_relative_change_scales_the_baseline(self) -> None:
        """62% and a fifth of it make 74.4%."""
        target = change(
            baseline=Baseline(level=Percentage(62), period=Month("2022-03")),
            change=RelativeChange("+20%"),
        )
        assert target.goal == Percentage("74.4")

    @pytest.mark.parametrize("more", [Amount(50, "place"), RelativeChange("+25%")])
    def test_an_amount_changes_by_an_amount_or_a_share(self, more: Amount | RelativeChange) -> None:
        """200 places and 50 more, or a quarter more, are 250."""
        target = change(
            measure=PLACES,
            baseline=Baseline(level=Amount(200, "place"), period=Month("2022-03")),
            change=more,
        )
        assert target.goal == Amount(250, "place")

    @pytest.mark.parametrize(
        ("measure", "level", "more"),
        [
            (HOUSED, Percentage(82), Amount(8, "place")),
            (PLACES, Amount(200, "place"), PercentagePoints(8)),
        ],
    )
    def test_level_and_change_go_together(
        self, measure: Measure, level: Percentage | Amount, more: Amount | PercentagePoints
    ) -> None:
        """A change of another kind than the level is refused, with what to write."""
        with pytest.raises(RecordError, match=r"'rise' changes a level of .* in percentage points"):
            change(
                measure=measure,
                baseline=Baseline(level=level, period=Month("2022-03")),
                change=more,
            )

    def test_a_change_of_nothing_is_refused(self) -> None:
        """A change of 0 points is refused: it is a level to maintain."""
        with pytest.raises(RecordError, match="changes nothing: use a MaintainTarget"):
            change(change=PercentagePoints(0))

    @pytest.mark.parametrize(
        ("measure", "points", "way"),
        [(HOUSED, -8, "lower"), (REOFFENDING, 8, "higher")],
    )
    def test_a_change_goes_the_better_way(self, measure: Measure, points: int, way: str) -> None:
        """A change to a worse level is refused."""
        with pytest.raises(
            RecordError, match=f"aims at a {way} level .* correct the change or the measure"
        ):
            change(measure=measure, change=PercentagePoints(points))

    def test_a_fall_is_a_change_the_better_way_where_lower_is_better(self) -> None:
        """A fall is accepted for a measure of which less is better."""
        assert change(measure=REOFFENDING, change=PercentagePoints(-2)).goal == Percentage(80)

    def test_a_goal_is_a_level(self) -> None:
        """A goal above 100% is refused as any level is."""
        with pytest.raises(PercentageOutOfRangeError, match="102% is not between 0% and 100%"):
            change(change=PercentagePoints(20))

    def test_a_baseline_is_in_the_unit_of_the_measure(self) -> None:
        """A baseline in another unit than the measure is refused."""
        with pytest.raises(
            RecordError, match=r"the baseline of 'rise' is in 'place' and .* in '%'"
        ):
            change(
                baseline=Baseline(level=Amount(2, "place"), period=Month("2022-03")),
                change=Amount(1, "place"),
            )

    def test_the_deadline_is_after_the_baseline(self) -> None:
        """A deadline on or before the last day of the baseline is refused."""
        with pytest.raises(RecordError, match="2022-03-31, 2022-03-31: each must be later"):
            change(deadline=Deadline("by March 2022"))


class TestReachTargets:
    """A level to reach, with interim goals."""

    def test_goals_on_the_way_lie_between_baseline_and_deadline(self) -> None:
        """20 per cent in 2002-03 and 25 per cent in 2003-04 are two goals of one target."""
        step = InterimGoal(level=Percentage(20), deadline=Deadline("in 2002-03"))
        target = reach(
            goal=Percentage(25),
            deadline=Deadline("in 2003-04"),
            interim=(step,),
            baseline=Baseline(level=Percentage(15), period=FinancialYear("2001-02")),
        )
        assert target.interim[0].deadline < target.deadline

    def test_goals_on_the_way_come_in_order(self) -> None:
        """Interim goals out of order are refused, with the days."""
        steps = tuple(
            InterimGoal(level=Percentage(level), deadline=Deadline(f"by {month}"))
            for level, month in [(84, "June 2023"), (83, "May 2023")]
        )
        with pytest.raises(RecordError, match="end on 2023-06-30, 2023-05-31, 2023-07-31"):
            reach(interim=steps)

    def test_goals_on_the_way_are_in_the_unit_of_the_measure(self) -> None:
        """An interim goal in another unit is refused."""
        step = InterimGoal(level=Amount(1, "place"), deadline=Deadline("by May 2023"))
        with pytest.raises(RecordError, match="the interim goal of 'reach' is in 'place'"):
            reach(interim=(step,))

    def test_the_goal_is_in_the_unit_of_the_measure(self) -> None:
        """A goal in another unit is refused."""
        with pytest.raises(RecordError, match="the goal of 'reach' is in 'night'"):
            reach(goal=Amount(84, "night"))


class TestOtherTargets:
    """Levels to maintain, standing levels, ranges and directions."""

    @pytest.mark.parametrize(
        ("differently", "message"),
        [
            ({"goal": Amount(20, "place")}, "the goal of 'maintain' is in 'place'"),
            (
                {"tolerance": Amount(1, "place")},
                "the tolerance of 'maintain', 1 place, does not fit",
            ),
            ({"tolerance": PercentagePoints(-1)}, "negative: use 1 percentage point"),
        ],
    )
    def test_a_level_to_maintain_has_a_tolerance_in_its_unit(
        self, differently: dict[str, object], message: str
    ) -> None:
        """A goal or tolerance in another unit, and a negative tolerance, are refused."""
        with pytest.raises(RecordError, match=message):
            maintain(**differently)

    def test_a_tolerance_of_nothing_is_accepted(self) -> None:
        """A tolerance of 0 points is stated, and so differs from none."""
        assert maintain(tolerance=PercentagePoints(0)).tolerance == PercentagePoints(0)

    def test_a_tolerance_in_points_does_not_fit_an_amount(self) -> None:
        """Percentage points are refused as the tolerance of an amount."""
        with pytest.raises(RecordError, match="use percentage points for a share or a gap"):
            maintain(measure=PLACES, goal=Amount(20, "place"), tolerance=PercentagePoints(1))

    def test_a_target_covers_time_before_its_deadline(self) -> None:
        """A target that begins after its deadline is refused."""
        late = Month("2030-01")
        with pytest.raises(
            RecordError, match="covers the time from January 2030 and ends before it"
        ):
            maintain(since=late)

    def test_the_baseline_of_a_direction_is_in_the_unit_of_the_measure(self) -> None:
        """A direction from a baseline in another unit is refused."""
        with pytest.raises(RecordError, match="the baseline of 'more' is in 'place'"):
            direction(baseline=Baseline(level=Amount(1, "place"), period=Month("2022-03")))

    def test_a_direction_needs_no_baseline(self) -> None:
        """A direction may name neither baseline nor deadline."""
        target = direction()
        assert target.baseline is target.deadline is target.every is None

    def test_a_direction_year_on_year_has_a_length(self) -> None:
        """Each period is compared with one before it, never with itself."""
        assert direction(every=Duration("1 year")).every == Duration("12 months")
        with pytest.raises(RecordError, match="'more' compares each period with itself"):
            direction(every=Duration("0 days"))


class TestValuesOfFields:
    """A field accepts values with one meaning, and refuses others when the record is made."""

    @pytest.mark.parametrize(
        ("made", "field", "expected"),
        [
            (lambda: reach(deadline="By July 2023"), "deadline", JULY),
            (lambda: reach(since="2022-23"), "since", FinancialYear("2022-23")),
            (lambda: direction(deadline="By July 2023"), "deadline", JULY),
            (
                lambda: Baseline(level=Percentage(82), period="2021-22", may_be="March 2022"),
                "may_be",
                Month("2022-03"),
            ),
            (lambda: plan(period="2022-23"), "period", FinancialYear("2022-23")),
            (lambda: Document(id="d", title="T", published="2022"), "published", CALENDAR_2022),
        ],
    )
    def test_texts_with_one_meaning_are_read(
        self, made: Callable[[], object], field: str, expected: object
    ) -> None:
        """The wording of a deadline and the text of a period become the record."""
        assert getattr(made(), field) == expected

    @pytest.mark.parametrize(
        ("made", "message"),
        [
            (
                lambda: reach(measure="housed"),
                "measure cannot be 'housed'.* give the Measure",
            ),
            (lambda: reach(deadline=date(2023, 7, 31)), r"deadline cannot be .* Deadline\('by Ju"),
            (lambda: reach(baseline=Percentage(82)), "baseline cannot be .* give a Baseline, with"),
            (lambda: change(baseline=None), "baseline cannot be None.* give a Baseline"),
            (
                lambda: within(goal=Percentage(40)),
                "goal cannot be .* give a LevelRange",
            ),
            (lambda: maintain(tolerance="1"), "the tolerance of 'maintain', 1, does not fit"),
            (lambda: maintain(since=2022), "period cannot be 2022, of type 'int'"),
        ],
    )
    def test_values_of_another_type_are_refused(
        self, made: Callable[[], object], message: str
    ) -> None:
        """The error names the field, the value and what to write."""
        with pytest.raises(RecordError, match=message):
            made()

    def test_a_wording_that_names_no_deadline_is_refused(self) -> None:
        """The error is that of the wording."""
        with pytest.raises(PeriodError, match="'soon' is not a deadline"):
            reach(deadline="soon")


class TestStandingTargets:
    """A level that applies at all times."""

    def test_a_standing_level_has_no_deadline(self) -> None:
        """The deadline of a standing target is None, and it cannot be given one."""
        assert standing().deadline is None
        with pytest.raises(TypeError):
            standing(deadline=JULY)

    @pytest.mark.parametrize(
        ("differently", "message"),
        [
            ({"goal": Amount(20, "place")}, "the goal of 'standing' is in 'place'"),
            ({"goal": PercentagePoints(4)}, "the goal of 'standing' is in 'percentage points'"),
            ({"goal": "90%"}, "goal cannot be '90%', of type 'str'"),
            ({"tolerance": Amount(1, "place")}, "the tolerance of 'standing', 1 place, does not"),
            ({"tolerance": PercentagePoints(-1)}, "negative: use 1 percentage point"),
        ],
    )
    def test_goal_and_tolerance_fit_the_measure(
        self, differently: dict[str, object], message: str
    ) -> None:
        """A goal or a tolerance that does not fit the measure is refused."""
        with pytest.raises(RecordError, match=message):
            standing(**differently)


class TestRanges:
    """A range of levels, both ends included."""

    goal = LevelRange(low=Percentage(40), high=Percentage(50))

    @pytest.mark.parametrize(
        ("level", "inside"),
        [("39.9", False), ("40", True), ("45", True), ("50", True), ("50.1", False)],
    )
    def test_both_ends_are_in_the_range(self, level: str, inside: bool) -> None:
        """A level at an end is in the range."""
        assert (Percentage(level) in self.goal) is inside

    @pytest.mark.parametrize(
        ("low", "high", "message"),
        [
            (Percentage(50), Percentage(40), "from 50% to 40% is not in order"),
            (Percentage(40), Percentage(40), "from 40% to 40% is not in order"),
            (Percentage(4), PercentagePoints(5), "has two units"),
            (Amount(4, "place"), Amount(5, "post"), "has two units"),
            (40, Percentage(50), "low cannot be 40, of type 'int'"),
            (Percentage(40), "50%", "high cannot be '50%'"),
        ],
    )
    def test_the_ends_are_in_order_and_in_one_unit(self, low: Any, high: Any, message: str) -> None:
        """A range that holds no levels, or one level, or has two units is refused."""
        with pytest.raises(RecordError, match=message):
            LevelRange(low=low, high=high)

    @pytest.mark.parametrize("level", [PercentagePoints(45), Amount(45, "place")])
    def test_a_level_in_another_unit_is_not_compared(self, level: Any) -> None:
        """The error says which unit the range has."""
        with pytest.raises(MixedQuantityError, match=r"cannot be compared with 40% to 50%: .* '%'"):
            _ = level in self.goal

    @pytest.mark.parametrize(
        ("goal", "text"),
        [
            (goal, "40% to 50%"),
            (LevelRange(low=Amount(4, "place"), high=Amount(6, "place")), "4 to 6 places"),
        ],
    )
    def test_a_range_reads_as_words(self, goal: LevelRange, text: str) -> None:
        """A range prints both ends."""
        assert str(goal) == text

    @pytest.mark.parametrize(
        ("differently", "message"),
        [
            (
                {"goal": LevelRange(low=Amount(4, "place"), high=Amount(6, "place"))},
                "the goal of 'within' is in 'place'",
            ),
            (
                {"baseline": MARCH, "deadline": Deadline("by March 2022")},
                "the baseline, interim goals and deadline of 'within' end on",
            ),
            (
                {"since": Month("2030-01"), "deadline": JULY},
                "'within' covers the time from January 2030",
            ),
            ({"since": Month("2022-01"), "baseline": MARCH}, "'within' has a baseline and 'since'"),
        ],
    )
    def test_a_target_in_a_range_is_checked(
        self, differently: dict[str, object], message: str
    ) -> None:
        """Units, dates and starts that do not fit are refused."""
        with pytest.raises(RecordError, match=message):
            within(**differently)

    def test_a_range_may_apply_at_all_times(self) -> None:
        """A range needs neither a deadline nor a start."""
        assert within().deadline is None
        assert within(deadline=JULY, since=Month("2022-01")).deadline == JULY


class TestGaps:
    """A measure of a gap between two shares has levels in percentage points."""

    start = Baseline(level=PercentagePoints("5.5"), period=Month("2022-03"))

    def test_a_gap_changes_by_points(self) -> None:
        """A gap of 5.5 points that falls by 2 points is 3.5 points."""
        target = change(measure=GAP, baseline=self.start, change=PercentagePoints(-2))
        assert target.goal == PercentagePoints("3.5")

    def test_a_gap_changes_by_a_share_of_itself(self) -> None:
        """A gap of 5.5 points that is halved is 2.75 points."""
        target = change(measure=GAP, baseline=self.start, change=RelativeChange("-50%"))
        assert target.goal == PercentagePoints("2.75")

    def test_a_gap_does_not_change_by_an_amount(self) -> None:
        """An amount is refused as the change of a gap."""
        with pytest.raises(RecordError, match=r"'rise' changes a level of 5.5 percentage points"):
            change(measure=GAP, baseline=self.start, change=Amount(2, "place"))

    def test_a_share_is_not_a_gap(self) -> None:
        """A goal in % is refused for a measure in percentage points."""
        with pytest.raises(RecordError, match="is in '%' and its measure 'gap' in 'percentage po"):
            reach(measure=GAP, goal=Percentage(4))

    def test_a_gap_has_a_tolerance_in_points(self) -> None:
        """A level to maintain of a gap is closed to within points."""
        target = maintain(measure=GAP, goal=PercentagePoints(2), tolerance=PercentagePoints("0.5"))
        assert target.goal == PercentagePoints(2)

    def test_no_logit_passes_a_gap(self) -> None:
        """Odds exist for shares only."""
        with pytest.raises(RecordError, match="the logit trajectory of 'reach' cannot pass 4 per"):
            reach(measure=GAP, goal=PercentagePoints(4), trajectory="logit")


class TestFlows:
    """A flow adds up over periods."""

    opened = attrs.evolve(PLACES, id="opened", kind="flow")

    def test_a_total_counts_from_a_first_period(self) -> None:
        """210 places over three years are counted from the first day of the first year."""
        target = reach(
            measure=self.opened,
            goal=Amount(210, "place"),
            deadline=Deadline("by 2024-25"),
            since=FinancialYear("2022-23"),
        )
        assert target.since == FinancialYear("2022-23")

    def test_a_total_starts_once(self) -> None:
        """A baseline and a first period are two starts."""
        with pytest.raises(RecordError, match="'reach' has a baseline and 'since'"):
            reach(baseline=MARCH, since=Month("2022-04"))

    def test_a_total_starts_before_it_is_due(self) -> None:
        """A first period after the deadline is refused."""
        with pytest.raises(RecordError, match="'reach' covers the time from April 2024"):
            reach(since=Month("2024-04"))

    def test_a_logit_trajectory_passes_shares(self) -> None:
        """Odds exist for shares above 0% and below 100%."""
        step = InterimGoal(level=Percentage(85), deadline=Deadline("by May 2023"))
        target = reach(baseline=MARCH, interim=(step,), trajectory="logit")
        assert target.trajectory == "logit"

    def test_an_unknown_trajectory_is_refused(self) -> None:
        """A trajectory that does not exist is answered with a close one."""
        with pytest.raises(RecordError, match="trajectory of 'reach' is 'strait': did you mean"):
            reach(trajectory="strait")


class TestNames:
    """Names are compared by their words."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Northshire", "NORTHSHIRE"),
            ("Caf\u00e9 Direct", "Cafe\u0301 Direct"),
            ("Citizen's Advice", "Citizens\u2019 Advice"),
            ("Citizens\u00b4 Advice", "Citizens Advice"),
            ("Health & Care", "health and care"),
            ("Health\uff06Care", "Health and Care"),
            ("Stoke-on-Trent", "Stoke\u2011on\u2011Trent"),
            ("Stoke on Trent", "Stoke \u2013 on \u2014 Trent"),
            ("\u201cSt Giles\u201d", "St\u00a0Giles"),
            ("  St   Giles ", "St Giles"),
            ("Stra\u00dfe", "STRASSE"),
            ("\uff39\uff4f\uff52\uff4b", "York"),
            ("Not\u00adting\u200bham", "Nottingham"),
        ],
    )
    def test_spelling_makes_no_other_name(self, one: str, other: str) -> None:
        """Case, quotation marks, hyphens, spaces and encodings make no difference."""
        assert normal_form(one) == normal_form(other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("East Midlands", "West Midlands"),
            ("Northshire", "North shire"),
            ("Shelter", "Shelters"),
            ("'", "-"),
            ("\u00e9", "e"),
        ],
    )
    def test_other_words_make_another_name(self, one: str, other: str) -> None:
        """Other letters and other words are other names."""
        assert normal_form(one) != normal_form(other)

    def test_an_id_within_another_is_given_whole(self) -> None:
        """Where nothing but the start of an id is shared, equal names are followed by all of it."""
        assert distinct_names({"shelter": "Shelter", "shelter-2": "Shelter"}) == {
            "shelter": "Shelter (shelter)",
            "shelter-2": "Shelter (shelter-2)",
        }


class TestPlans:
    """A plan is checked whole, and everything in it is found by its id."""

    def test_collections_are_in_document_order(self) -> None:
        """Iterating gives the pathways; targets, objectives and activities follow them."""
        example = plan()
        assert [pathway.id for pathway in example] == ["work", "homes"]
        assert [target.id for target in example.targets] == ["housed-by-july-2023", "words"]
        assert [objective.id for objective in example.objectives] == ["jobs", "roofs"]
        assert [activity.id for activity in example.activities] == ["hire"]

    @pytest.mark.parametrize(
        ("kind", "name"),
        [
            ("pathway", "homes"),
            ("objective", "roofs"),
            ("activity", "hire"),
            ("target", "words"),
            ("partner", "trust"),
            ("measure", "housed"),
            ("document", "plan"),
        ],
    )
    def test_a_record_is_found_by_its_id(self, kind: str, name: str) -> None:
        """Each kind of record is looked up by its id."""
        assert getattr(plan(), kind)(name).id == name

    @pytest.mark.parametrize(
        ("kind", "name", "advice"),
        [
            ("pathway", "home", "did you mean 'homes'?"),
            ("objective", "roof", "did you mean 'roofs'?"),
            ("activity", "hires", "did you mean 'hire'?"),
            ("target", "word", "did you mean 'words'?"),
            ("partner", "xyz", "choose from 'trust'"),
            ("measure", "hosed", "did you mean 'housed'?"),
            ("document", "plans", "did you mean 'plan'?"),
        ],
    )
    def test_an_unknown_id_is_answered_with_a_close_one(
        self, kind: str, name: str, advice: str
    ) -> None:
        """A wrong id gets the nearest right one, or the choice."""
        with pytest.raises(UnknownNameError) as error:
            getattr(plan(), kind)(name)
        assert str(error.value) == f"there is no {kind} {name!r}: {advice}"

    def test_a_plan_without_records_of_a_kind_says_so(self) -> None:
        """Where there are no records of that kind, the message says so."""
        with pytest.raises(UnknownNameError, match="there is no partner 'trust': there are none"):
            plan(pathways=(), partners=()).partner("trust")

    def test_repeated_ids_are_named(self) -> None:
        """Ids that are twice in a collection of the plan are reported, each with its path."""
        twice = plan().pathways[1]
        chapter = Chapter(id="drugs", name="Drugs", facts=())
        with pytest.raises(PlanError) as error:
            plan(
                documents=(Document(id="plan", title="The plan"),) * 2,
                measures=(HOUSED,) * 2,
                partners=(partner("trust"),) * 2,
                pathways=(attrs.evolve(twice, targets=(), objectives=()),) * 2,
                chapters=(chapter,) * 2,
                glossary=(Term(term="OMiC", statement="A model.", citation=CITED),) * 2,
                footnotes=(Footnote(number="1", statement="A source.", citation=CITED),) * 2,
            )
        assert [path for path, _ in problems(error)] == [
            "$.documents[1].id",
            "$.measures[1].id",
            "$.partners[1].id",
            "$.pathways[1].id",
            "$.chapters[1].id",
            "$.glossary[1].term",
            "$.footnotes[1].number",
        ]

    def test_an_id_occurs_once_in_the_plan(self) -> None:
        """Two statements of one kind with one id are reported, wherever they are."""
        money = Commitment(id="money", statement="More money.", citation=CITED)
        work, homes = plan().pathways
        with pytest.raises(PlanError) as error:
            plan(
                profile=(fact("one"),),
                achievements=(fact("one"),),
                priorities=(fact("two"),),
                commitments=(money,),
                pathways=(
                    attrs.evolve(work, background=(fact("two"),), context=(fact("three"),)),
                    attrs.evolve(
                        homes,
                        objectives=(objective("jobs"),),
                        targets=work.targets,
                        activities=(activity("hire"),),
                        commitments=(money,),
                    ),
                ),
                chapters=(
                    Chapter(id="drugs", name="Drugs", facts=(fact("three"),), commitments=(money,)),
                ),
            )
        assert problems(error) == [
            (there, f"{name!r} is also the id of the {kind} at {here}: give each another id")
            for kind, name, here, there in [
                ("fact", "one", "$.profile[0].id", "$.achievements[0].id"),
                ("fact", "two", "$.priorities[0].id", "$.pathways[0].background[0].id"),
                (
                    "target",
                    "housed-by-july-2023",
                    "$.pathways[0].targets[0].id",
                    "$.pathways[1].targets[0].id",
                ),
                (
                    "objective",
                    "jobs",
                    "$.pathways[0].objectives[0].id",
                    "$.pathways[1].objectives[0].id",
                ),
                (
                    "activity",
                    "hire",
                    "$.pathways[0].activities[0].id",
                    "$.pathways[1].activities[0].id",
                ),
                (
                    "commitment",
                    "money",
                    "$.commitments[0].id",
                    "$.pathways[1].commitments[0].id",
                ),
                (
                    "fact",
                    "three",
                    "$.pathways[0].context[0].id",
                    "$.chapters[0].facts[0].id",
                ),
                ("commitment", "money", "$.commitments[0].id", "$.chapters[0].commitments[0].id"),
            ]
        ]

    def test_each_broken_reference_is_named(self) -> None:
        """Broken references are reported together, each with its path and advice."""
        work = plan().pathways[0]
        part = Partnership(partner="trsut", role="Mentors.", citation=CITED)
        with pytest.raises(PlanError) as error:
            plan(
                vision=(Statement(statement="Work together.", citation=Citation("plam")),),
                partners=(partner("trust", "truss"),),
                partner_list=(PartnerListing(partner="trusty", citation=CITED),),
                measures=(),
                pathways=(
                    attrs.evolve(
                        work,
                        partnerships=(part,),
                        activities=(
                            activity("hire", lead="rust", partners=("dust",), serves=("job",)),
                        ),
                    ),
                ),
                chapters=(Chapter(id="drugs", name="Drugs", facts=(), partnerships=(part,)),),
            )
        assert problems(error) == [
            ("$.vision[0].citation.document", "there is no document 'plam': did you mean 'plan'?"),
            ("$.partners[0].members[0]", "there is no partner 'truss': did you mean 'trust'?"),
            ("$.partner_list[0].partner", "there is no partner 'trusty': did you mean 'trust'?"),
            (
                "$.pathways[0].partnerships[0].partner",
                "there is no partner 'trsut': did you mean 'trust'?",
            ),
            ("$.pathways[0].targets[0].measure", "there is no measure 'housed': there are none"),
            (
                "$.pathways[0].activities[0].lead",
                "there is no partner 'rust': did you mean 'trust'?",
            ),
            (
                "$.pathways[0].activities[0].partners[0]",
                "there is no partner 'dust': did you mean 'trust'?",
            ),
            (
                "$.pathways[0].activities[0].serves[0]",
                "there is no objective 'job': did you mean 'jobs'?",
            ),
            (
                "$.chapters[0].partnerships[0].partner",
                "there is no partner 'trsut': did you mean 'trust'?",
            ),
        ]

    def test_a_fact_names_partners_and_footnotes_of_the_plan(self) -> None:
        """Partners and footnotes of facts are looked up wherever the facts stand."""
        profile_fact = attrs.evolve(fact("one"), partners=("trust", "truss"), footnotes=("1", "2"))
        with pytest.raises(PlanError) as error:
            plan(
                profile=(profile_fact,),
                footnotes=(Footnote(number="1", statement="A source.", citation=CITED),),
            )
        assert problems(error) == [
            ("$.profile[0].partners[1]", "there is no partner 'truss': did you mean 'trust'?"),
            ("$.profile[0].footnotes[1]", "there is no footnote '2': choose from '1'"),
        ]

    def test_a_group_is_not_a_member_of_itself(self) -> None:
        """A partner that is its own member is reported."""
        with pytest.raises(PlanError) as error:
            plan(partners=(partner("trust", "trust"),))
        assert problems(error) == [
            ("$.partners[0].members[0]", "'trust' is a member of itself: remove it")
        ]

    def test_an_activity_serves_objectives_of_its_own_pathway(self) -> None:
        """An objective of another pathway is named with its home."""
        work, homes = plan().pathways
        with pytest.raises(PlanError) as error:
            plan(
                pathways=(
                    work,
                    attrs.evolve(homes, activities=(activity("build", serves=("jobs",)),)),
                )
            )
        assert problems(error) == [
            (
                "$.pathways[1].activities[0].serves[0]",
                (
                    "'jobs' is an objective of the pathway 'work': name an objective of the "
                    "activity's own pathway"
                ),
            )
        ]

    def test_a_target_has_the_measure_of_the_plan(self) -> None:
        """A measure that differs from the plan's of the same id is reported."""
        with pytest.raises(PlanError) as error:
            plan(measures=(attrs.evolve(HOUSED, name="Housed"),))
        assert problems(error) == [
            (
                "$.pathways[0].targets[0].measure",
                (
                    "the target's measure 'housed' differs from the plan's measure of that id: use "
                    "the same record"
                ),
            )
        ]

    def test_a_milestone_needs_no_measure(self) -> None:
        """A target without a measure is accepted in a plan without measures."""
        milestone = MilestoneTarget(
            id="done", statement="A hub opens.", citation=CITED, area="York", deadline=JULY
        )
        pathway = Pathway(id="work", name="Work", citation=CITED, targets=(milestone,))
        assert plan(measures=(), partners=(), pathways=(pathway,)).target("done") is milestone

    def test_a_partner_has_all_its_names(self) -> None:
        """The usual name comes first, then the aliases."""
        known = attrs.evolve(partner("st giles"), aliases=("St Giles Wise",))
        assert known.names == ("St Giles", "St Giles Wise")

    @pytest.mark.parametrize(
        ("differently", "expected"),
        [
            ({}, ()),
            ({"partners": ("nacro", "novus", "nacro")}, ("nacro", "novus")),
            ({"lead": "novus"}, ("novus",)),
            ({"lead": "novus", "partners": ("nacro", "novus")}, ("novus", "nacro")),
        ],
    )
    def test_the_lead_of_an_activity_comes_before_its_partners(
        self, differently: dict[str, object], expected: tuple[str, ...]
    ) -> None:
        """Each partner with a part in an activity is listed once, the lead first."""
        bare = attrs.evolve(activity("hub"), lead=None, partners=())
        assert attrs.evolve(bare, **differently).lead_and_partners == expected

    def test_a_partner_works_where_it_has_a_part(self) -> None:
        """Partnerships come first, then the leads and partners of activities; facts give none."""
        pathway = Pathway(
            id="work",
            name="Work",
            citation=CITED,
            context=(attrs.evolve(fact("need"), partners=("shelter",)),),
            partnerships=(Partnership(partner="nacro", role="Advises.", citation=CITED),),
            activities=(
                attrs.evolve(activity("hub"), lead="novus", partners=("nacro", "lifeline")),
            ),
        )
        assert pathway.partners == ("nacro", "novus", "lifeline")

    def test_partners_of_several_plans_are_known_by_id_and_name(self) -> None:
        """An id decides before a name does, and two partners of one plan stay two."""
        first = plan(partners=(partner("nacro"), partner("novus")), pathways=(), measures=())
        second = attrs.evolve(
            first,
            partners=(
                attrs.evolve(partner("skills"), name="NOVUS"),
                attrs.evolve(partner("novus-again"), name="novus"),
                attrs.evolve(partner("nacro"), name="Nacro Housing"),
            ),
        )
        own, other = same_partners([first, second])
        assert own == {"nacro": "nacro", "novus": "novus"}
        assert other == {"skills": "novus", "novus-again": "novus-again", "nacro": "nacro"}


def test_deadlines_are_in_the_order_of_their_last_days() -> None:
    """Of one day, kinds and statements are in order; a record without a deadline is not there."""
    posts = Commitment(
        id="posts",
        statement="Fill 12 posts.",
        citation=CITED,
        deadline="by the end of 2023",
        parts=(CommitmentPart(amount=Amount(5, "post"), deadline="in 2022"),),
    )
    interim = InterimGoal(level=Percentage(85), deadline="by March 2023")
    hostel = attrs.evolve(activity("hostel"), deadline=Deadline("by summer 2023"))
    targets = (
        change(id="rise", interim=(interim,)),
        standing(),
        direction(),
        maintain(),
        MilestoneTarget(
            id="strategy", statement="Have a strategy.", citation=CITED, area="York", deadline=JULY
        ),
    )
    homes = Pathway(
        id="homes",
        name="Homes",
        citation=CITED,
        objectives=(objective("roofs"), attrs.evolve(objective("beds"), deadline=JULY)),
        activities=(activity("hire"), hostel),
        targets=targets,
    )
    health = Chapter(
        id="health",
        name="Health",
        facts=(),
        commitments=(attrs.evolve(posts, id="more", parts=()),),
    )
    rows = deadlines(plan(pathways=(homes,), chapters=(health,), commitments=(posts,)))
    assert [(str(each.deadline), each.kind, each.statement, each.id) for each in rows] == [
        ("in 2022", "Commitment", "5 posts: Fill 12 posts.", "posts"),
        ("by March 2023", "Interim goal", "85%: The share housed rises by 8 points.", "rise"),
        ("By July 2023", "Milestone", "Have a strategy.", "strategy"),
        ("By July 2023", "Objective", "More people are housed.", "beds"),
        ("By July 2023", "Target", "The share housed rises by 8 points.", "rise"),
        ("By July 2023", "Target", "The share stays at 20%.", "maintain"),
        ("by summer 2023", "Activity", "Open a hostel.", "hostel"),
        ("by the end of 2023", "Commitment", "Fill 12 posts.", "more"),
        ("by the end of 2023", "Commitment", "Fill 12 posts.", "posts"),
    ]
    row = rows[6].to_dict()
    assert (row["first_day"], row["last_day"], row["is_vague"]) == (
        "2023-06-01",
        "2023-08-31",
        True,
    )


def test_walking_yields_each_record_with_its_path() -> None:
    """A walk yields a record before its parts, in the order of the fields."""
    records = list(walk(plan()))
    assert records[0][0] == "$"
    paths = [path for path, _ in records]
    assert paths.index("$.documents[0]") < paths.index("$.pathways[0].citation")
    assert "$.pathways[0].targets[0].baseline.period" in paths
    assert "$.pathways[0].targets[0].baseline.level" not in paths


SCHEMES = PathwaySchemes(
    documents=(Document(id="plan", title="The plan"),),
    schemes=(
        PathwayScheme(
            id="leeds",
            name="HMP Leeds",
            citation=CITED,
            pathways=(
                SchemePathway(id="drugs", name="Drugs"),
                SchemePathway(id="voluntary", name="Voluntary sector"),
            ),
        ),
        PathwayScheme(
            id="regional",
            name="Regional plans",
            citation=CITED,
            pathways=(SchemePathway(id="drugs-and-alcohol", name="Drugs and alcohol"),),
        ),
    ),
    crosswalks=(
        Crosswalk(
            id="leeds-regional",
            source="leeds",
            target="regional",
            correspondences=(
                Correspondence(
                    source="drugs",
                    target="drugs-and-alcohol",
                    strength="exact",
                    reason="The same need.",
                ),
                Correspondence(source="voluntary", reason="It is a kind of partner."),
            ),
        ),
    ),
)


class TestPathwaySchemes:
    """Schemes map onto each other, many-to-many and lossily."""

    def test_schemes_and_crosswalks_are_found(self) -> None:
        """A scheme is found by its id, a crosswalk by its two schemes."""
        assert SCHEMES.scheme("regional").name == "Regional plans"
        correspondences = SCHEMES.crosswalk("leeds", "regional").of("drugs")
        assert [known.target for known in correspondences] == ["drugs-and-alcohol"]

    def test_an_unknown_scheme_is_answered_with_a_close_one(self) -> None:
        """A wrong id gets the nearest right one."""
        with pytest.raises(UnknownNameError, match="no scheme 'leed': did you mean 'leeds'"):
            SCHEMES.scheme("leed")

    def test_an_unknown_crosswalk_is_answered_with_those_there_are(self) -> None:
        """The other way round is not the same crosswalk."""
        with pytest.raises(
            UnknownNameError, match="regional to leeds: choose from 'leeds to regional'"
        ):
            SCHEMES.crosswalk("regional", "leeds")

    def test_each_problem_of_a_crosswalk_is_named(self) -> None:
        """Unknown pathways, missing strengths and missing pathways are reported together."""
        walked = attrs.evolve(
            SCHEMES.crosswalks[0],
            correspondences=(
                Correspondence(source="drug", target="drugs-and-alcohol", reason="A slip."),
                Correspondence(source="voluntary", strength="exact", reason="Another."),
            ),
        )
        with pytest.raises(PlanError) as error:
            attrs.evolve(SCHEMES, crosswalks=(walked,))
        assert problems(error) == [
            (
                "$.crosswalks[0].correspondences[0].source",
                "there is no pathway 'drug': did you mean 'drugs'?",
            ),
            (
                "$.crosswalks[0].correspondences[0].strength",
                "the correspondence has only one of target and strength: give both or neither",
            ),
            (
                "$.crosswalks[0].correspondences[1].strength",
                "the correspondence has only one of target and strength: give both or neither",
            ),
            (
                "$.crosswalks[0].correspondences",
                (
                    "the pathway 'drugs' has no correspondence: give one, without a target if it "
                    "corresponds to nothing"
                ),
            ),
        ]

    def test_each_problem_of_the_schemes_is_named(self) -> None:
        """Repeated ids, unknown documents and unknown schemes are reported together."""
        first = SCHEMES.schemes[0]
        with pytest.raises(PlanError) as error:
            PathwaySchemes(
                documents=(Document(id="other", title="Another"),) * 2,
                schemes=(attrs.evolve(first, pathways=first.pathways[:1] * 2), first),
                crosswalks=(
                    attrs.evolve(SCHEMES.crosswalks[0], source="leed", correspondences=()),
                    SCHEMES.crosswalks[0],
                ),
            )
        assert [path for path, _ in problems(error)] == [
            "$.documents[1].id",
            "$.schemes[1].id",
            "$.crosswalks[1].id",
            "$.schemes[0].citation.document",
            "$.schemes[1].citation.document",
            "$.schemes[0].pathways[1].id",
            "$.crosswalks[0].source",
            "$.crosswalks[0].target",
            "$.crosswalks[1].target",
            "$.crosswalks[1].correspondences[0].target",
        ]


@pytest.mark.parametrize(
    ("area", "in_a_sentence"),
    [
        ("East Midlands", "the East Midlands"),
        ("North East", "the North East"),
        ("South-West", "the South-West"),
        ("East of England", "the East of England"),
        ("North", "the North"),
        ("Isle of Wight", "the Isle of Wight"),
        ("United Kingdom", "the United Kingdom"),
        ("East Riding of Yorkshire", "the East Riding of Yorkshire"),
        ("Royal Borough of Greenwich", "the Royal Borough of Greenwich"),
        ("Scottish Borders", "the Scottish Borders"),
        ("The North", "The North"),
        ("Yorkshire and the Humber", "Yorkshire and the Humber"),
        ("North Yorkshire", "North Yorkshire"),
        ("South Central", "South Central"),
        ("England and Wales", "England and Wales"),
        ("Fellmoor East", "Fellmoor East"),
    ],
)
def test_areas_have_an_article_where_english_requires_it(area: str, in_a_sentence: str) -> None:
    """Points of the compass and areas of a common noun have "the", names of places do not."""
    assert with_article(area) == in_a_sentence
