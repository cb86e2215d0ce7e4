"""The records of a plan: what they hold, refuse and look up."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from rrmodel.errors import (
    CountsError,
    PercentageOutOfRangeError,
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
    Completion,
    Correspondence,
    Counts,
    Crosswalk,
    DirectionTarget,
    Document,
    Fact,
    Footnote,
    InterimGoal,
    MaintainTarget,
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
    ReachTarget,
    Region,
    SchemePathway,
    SeriesBreak,
    Statement,
    Term,
    same_partners,
    walk,
)
from rrmodel.periods import DateRange, Deadline, Duration, FinancialYear, Month
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
MARCH = Baseline(level=Percentage("82"), period=Month("March 2022"))
JULY = Deadline("By July 2023")


def change(**differently: object) -> ChangeTarget:
    """Promise 8 points more of 82% by July 2023, or something else."""
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
    """Promise 90% by July 2023, or something else."""
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
    """Promise to hold 20% until July 2023, or something else."""
    fields: dict[str, object] = {
        "id": "hold",
        "statement": "The share stays at 20%.",
        "citation": CITED,
        "measure": HOUSED,
        "area": "East Midlands",
        "goal": Percentage(20),
        "deadline": JULY,
        **differently,
    }
    return MaintainTarget(**fields)  # type: ignore[arg-type]


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
    """A text that names or says something is not empty."""

    @pytest.mark.parametrize("text", ["", " ", "Work together. "])
    def test_a_text_is_not_empty_or_padded(self, text: str) -> None:
        """An empty or padded text is refused, with the field's name."""
        with pytest.raises(RecordError, match=r"statement cannot be .* without spaces around it"):
            Statement(statement=text, citation=CITED)

    def test_a_citation_prints_what_it_has(self) -> None:
        """A citation of a whole document prints the document alone."""
        assert str(Citation("plan")) == "plan"
        assert str(CITED) == "plan, Targets, 1"


class TestMeasures:
    """A measure is what is counted, with its series, follow-up and lag."""

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
        """A period is told apart by where it ends."""
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
        """Series breaks out of order, or twice on a day, are refused."""
        breaks = tuple(SeriesBreak(starts=day, code="B", reason="Counted anew.") for day in days)
        with pytest.raises(RecordError, match="breaks of 'housed' are out of order"):
            attrs.evolve(HOUSED, series_breaks=breaks)

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
    """An observation holds a level: as published, or that of its counts."""

    @pytest.mark.parametrize("counts", [(-1, 5), (6, 5), (0, 0)])
    def test_counts_make_a_share(self, counts: tuple[int, int]) -> None:
        """Counts below nothing, beyond the whole or out of nothing are refused."""
        with pytest.raises(CountsError, match=rf"{counts[0]} of {counts[1]} is no share"):
            Counts(*counts)

    def test_the_level_is_that_of_the_counts(self) -> None:
        """Without a published level the counts give an exact one."""
        seen = Observation(
            measure="housed", area="York", period=Month("2022-03"), counts=Counts(1, 3)
        )
        assert seen.level == Percentage.from_counts(1, 3)

    def test_the_published_level_stands_beside_the_counts(self) -> None:
        """A level as published is kept, though the counts give more decimals."""
        seen = Observation(
            measure="housed",
            area="York",
            period=Month("2022-03"),
            counts=Counts(1, 3),
            level=Percentage("33"),
        )
        assert seen.level == Percentage(33)

    def test_no_figure_is_not_zero(self) -> None:
        """Without counts and level there is no level."""
        assert Observation(measure="housed", area="York", period=Month("2022-03")).level is None

    def test_a_measure_may_be_given_whole(self) -> None:
        """An observation keeps the id of a measure that is given whole."""
        seen = Observation(measure=HOUSED, area="York", period=Month("2022-03"))
        assert seen.measure == "housed"

    def test_a_set_holds_figures_of_its_measures(self) -> None:
        """A set whose figures name its measures is one, with reports of milestones too."""
        figures = ObservationSet(
            id="set",
            title="Figures",
            measures=(HOUSED,),
            observations=(Observation(measure=HOUSED, area="York", period=Month("2022-03")),),
            completions=(Completion(target="done", day=date(2023, 7, 1)),),
        )
        assert figures.observations[0].measure == figures.measures[0].id

    def test_a_set_names_each_problem(self) -> None:
        """Unknown measures, documents and repeated ids are reported together."""
        seen = Observation(
            measure="hosed", area="York", period=Month("2022-03"), citation=Citation("nowhere")
        )
        document = Document(id="plan", title="The plan")
        with pytest.raises(PlanError) as error:
            ObservationSet(
                id="set",
                title="Figures",
                documents=(document, document),
                measures=(HOUSED, HOUSED),
                observations=(seen,),
            )
        assert problems(error) == [
            (
                "$.documents[1].id",
                "'plan' is the id of an earlier record too: give each its own",
            ),
            (
                "$.measures[1].id",
                "'housed' is the id of an earlier record too: give each its own",
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
    """The housing promise: 82% in March 2022, 8 percentage points more by July 2023."""

    def test_the_goal_is_baseline_and_change(self) -> None:
        """82% and 8 points are 90%."""
        assert change().goal == Percentage(90)

    def test_a_relative_change_scales_the_baseline(self) -> None:
        """62% and a fifth of it are 74.4%."""
        promise = change(
            baseline=Baseline(level=Percentage(62), period=Month("2022-03")),
            change=RelativeChange("+20%"),
        )
        assert promise.goal == Percentage("74.4")

    @pytest.mark.parametrize("more", [Amount(50, "place"), RelativeChange("+25%")])
    def test_an_amount_changes_by_an_amount_or_a_share(self, more: Amount | RelativeChange) -> None:
        """200 places and 50 more, or a quarter more, are 250."""
        promise = change(
            measure=PLACES,
            baseline=Baseline(level=Amount(200, "place"), period=Month("2022-03")),
            change=more,
        )
        assert promise.goal == Amount(250, "place")

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

    def test_no_change_is_no_change_target(self) -> None:
        """A change of nothing is a level to be held."""
        with pytest.raises(RecordError, match=r"changes nothing: .* is a MaintainTarget"):
            change(change=PercentagePoints(0))

    @pytest.mark.parametrize(
        ("measure", "points", "way"),
        [(HOUSED, -8, "lower"), (REOFFENDING, 8, "higher")],
    )
    def test_a_change_goes_the_better_way(self, measure: Measure, points: int, way: str) -> None:
        """A promise that contradicts the measure's better way is refused."""
        with pytest.raises(RecordError, match=f"promises a {way} level .* correct one of them"):
            change(measure=measure, change=PercentagePoints(points))

    def test_a_fall_is_promised_of_a_measure_that_should_fall(self) -> None:
        """A lower level is a change the better way where lower is better."""
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
        """A promise runs forward in time, from its baseline to its deadline."""
        with pytest.raises(RecordError, match=r"forward in time: .* 2022-03-31, 2022-03-31; write"):
            change(deadline=Deadline("by March 2022"))


class TestReachTargets:
    """A promise to reach a level, with goals on the way."""

    def test_goals_on_the_way_lie_between_baseline_and_deadline(self) -> None:
        """20 per cent in 2002-03 and 25 per cent in 2003-04 are two goals of one promise."""
        step = InterimGoal(level=Percentage(20), deadline=Deadline("in 2002-03"))
        promise = reach(
            goal=Percentage(25),
            deadline=Deadline("in 2003-04"),
            interim=(step,),
            baseline=Baseline(level=Percentage(15), period=FinancialYear("2001-02")),
        )
        assert promise.interim[0].deadline < promise.deadline

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
    """Levels to be held, and directions."""

    @pytest.mark.parametrize(
        ("differently", "message"),
        [
            ({"goal": Amount(20, "place")}, "the goal of 'hold' is in 'place'"),
            ({"tolerance": Amount(1, "place")}, "the tolerance of 'hold', 1 place, does not go"),
            ({"tolerance": PercentagePoints(-1)}, "negative: write 1 percentage point"),
        ],
    )
    def test_a_level_to_be_held_has_a_tolerance_of_its_kind(
        self, differently: dict[str, object], message: str
    ) -> None:
        """A tolerance of another kind than the goal, or below nothing, is refused."""
        with pytest.raises(RecordError, match=message):
            maintain(**differently)

    def test_a_tolerance_may_be_nothing_or_more(self) -> None:
        """A tolerance of nothing is one."""
        assert maintain(tolerance=PercentagePoints(0)).tolerance == PercentagePoints(0)

    def test_an_amount_to_be_held_has_a_tolerance_in_points_refused(self) -> None:
        """Points of an amount mean nothing."""
        with pytest.raises(RecordError, match="in percentage points for a percentage"):
            maintain(measure=PLACES, goal=Amount(20, "place"), tolerance=PercentagePoints(1))

    def test_a_level_is_held_from_a_day_before_the_deadline(self) -> None:
        """A promise that begins after it ends is refused."""
        late = Month("2030-01")
        with pytest.raises(RecordError, match="to hold a level from January 2030 and ends before"):
            maintain(since=late)

    def test_the_baseline_of_a_direction_is_in_the_unit_of_the_measure(self) -> None:
        """A direction from a baseline in another unit is refused."""
        with pytest.raises(RecordError, match="the baseline of 'more' is in 'place'"):
            DirectionTarget(
                id="more",
                statement="More are housed.",
                citation=CITED,
                measure=HOUSED,
                area="York",
                baseline=Baseline(level=Amount(1, "place"), period=Month("2022-03")),
            )

    def test_a_direction_needs_no_baseline(self) -> None:
        """A direction may name neither baseline nor deadline."""
        promise = DirectionTarget(
            id="more", statement="More are housed.", citation=CITED, measure=HOUSED, area="York"
        )
        assert promise.baseline is promise.deadline is None


class TestPlans:
    """A plan is checked whole, and everything in it is found by its id."""

    def test_collections_are_in_document_order(self) -> None:
        """Iterating gives the pathways; targets, objectives and activities follow them."""
        found = plan()
        assert [pathway.id for pathway in found] == ["work", "homes"]
        assert [target.id for target in found.targets] == ["housed-by-july-2023", "words"]
        assert [objective.id for objective in found.objectives] == ["jobs", "roofs"]
        assert [activity.id for activity in found.activities] == ["hire"]

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
        """Where nothing could be meant, the message says that there is nothing."""
        with pytest.raises(UnknownNameError, match="there is no partner 'trust': there are none"):
            plan(pathways=(), partners=()).partner("trust")

    def test_repeated_ids_are_named(self) -> None:
        """Ids that stand twice in a collection of the plan are reported, each with its path."""
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

    def test_an_id_is_told_apart_across_the_plan(self) -> None:
        """Two statements of one kind share no id, wherever they stand."""
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
            (there, f"the {kind} {name!r} stands at {here} already: give each its own id")
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
        """References to nothing are reported at once, each with its path and advice."""
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
        told = attrs.evolve(fact("one"), partners=("trust", "truss"), footnotes=("1", "2"))
        with pytest.raises(PlanError) as error:
            plan(
                profile=(told,),
                footnotes=(Footnote(number="1", statement="A source.", citation=CITED),),
            )
        assert problems(error) == [
            ("$.profile[0].partners[1]", "there is no partner 'truss': did you mean 'trust'?"),
            ("$.profile[0].footnotes[1]", "there is no footnote '2': choose from '1'"),
        ]

    def test_a_group_is_no_member_of_itself(self) -> None:
        """A partner that is its own member is reported."""
        with pytest.raises(PlanError) as error:
            plan(partners=(partner("trust", "trust"),))
        assert problems(error) == [
            ("$.partners[0].members[0]", "'trust' is a member of itself: leave it out")
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
                    "'jobs' is an objective of the pathway 'work': an activity serves objectives "
                    "of its own pathway"
                ),
            )
        ]

    def test_a_target_has_the_very_measure_of_the_plan(self) -> None:
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
        """A promise without a measure stands in a plan without measures."""
        milestone = MilestoneTarget(
            id="done", statement="A hub opens.", citation=CITED, area="York", deadline=JULY
        )
        pathway = Pathway(id="work", name="Work", citation=CITED, targets=(milestone,))
        assert plan(measures=(), partners=(), pathways=(pathway,)).target("done") is milestone

    def test_a_partner_goes_by_all_its_names(self) -> None:
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
    def test_the_lead_of_an_activity_stands_before_its_partners(
        self, differently: dict[str, object], expected: tuple[str, ...]
    ) -> None:
        """Each partner with a part in an activity stands once, the lead first."""
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


def test_walking_yields_each_record_with_its_path() -> None:
    """A walk goes through a record in the order of its fields, itself first."""
    found = list(walk(plan()))
    assert found[0][0] == "$"
    paths = [path for path, _ in found]
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
        found = SCHEMES.crosswalk("leeds", "regional").of("drugs")
        assert [known.target for known in found] == ["drugs-and-alcohol"]

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
        """Unknown pathways, missing strengths and pathways left out are reported together."""
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
                "a correspondence has a target and a strength, or neither",
            ),
            (
                "$.crosswalks[0].correspondences[1].strength",
                "a correspondence has a target and a strength, or neither",
            ),
            (
                "$.crosswalks[0].correspondences",
                (
                    "the pathway 'drugs' is left out: say what it corresponds to, or that it "
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
