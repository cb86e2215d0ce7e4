"""Coverage, the view through another scheme, and the comparison of editions, by example."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import attrs
import pytest

from rrmodel.coverage import COLUMNS, Coverage, compare_editions, coverage, coverage_through
from rrmodel.errors import RecordError, UnknownNameError
from rrmodel.model import (
    Activity,
    Baseline,
    ChangeTarget,
    Chapter,
    Citation,
    Commitment,
    Correspondence,
    Crosswalk,
    Document,
    Fact,
    Figure,
    Measure,
    NarrativeTarget,
    Objective,
    Partner,
    PartnerKind,
    Partnership,
    Pathway,
    PathwayScheme,
    PathwaySchemes,
    Plan,
    ReachTarget,
    Region,
    SchemePathway,
    Target,
)
from rrmodel.periods import Deadline, Month
from rrmodel.quantities import Amount, Percentage, PercentagePoints

CITED = Citation("d", "A section", "1")
HOUSED = Measure(id="housed", name="Housed", counts="people", out_of="releases", better="higher")
EMPLOYED = attrs.evolve(HOUSED, id="employed", name="Employed")


def need(name: str, *figures: Figure, **fields: Any) -> Fact:
    """Return a fact that states a need."""
    return Fact(
        **{
            "id": name,
            "statement": "Many need help.",
            "citation": CITED,
            "kind": "need",
            "figures": figures,
            **fields,
        }
    )


def share(percent: int, of: str) -> Figure:
    """Return a published share."""
    return Figure(value=Percentage(percent), of=of)


def fact(name: str) -> Fact:
    """Return a fact of context."""
    return Fact(id=name, statement="It is so.", citation=CITED)


def objective(name: str, statement: str = "It is wanted.", **fields: Any) -> Objective:
    """Return an objective."""
    return Objective(id=name, statement=statement, citation=CITED, **fields)


def activity(name: str, statement: str = "It is done.", **fields: Any) -> Activity:
    """Return an activity."""
    return Activity(id=name, statement=statement, citation=CITED, **fields)


def narrative(name: str, statement: str = "It gets better.") -> NarrativeTarget:
    """Return a target without a measure."""
    return NarrativeTarget(id=name, statement=statement, citation=CITED, area="A region")


def reach(name: str, **fields: Any) -> ReachTarget:
    """Return a target with a measure."""
    return ReachTarget(
        **{
            "id": name,
            "statement": "90% are housed.",
            "citation": CITED,
            "measure": HOUSED,
            "area": "A region",
            "goal": Percentage(90),
            "deadline": Deadline("by July 2023"),
            **fields,
        }
    )


def change(name: str, start: int, points: int, **fields: Any) -> ChangeTarget:
    """Return a target that changes a level."""
    return ChangeTarget(
        **{
            "id": name,
            "statement": "More are housed.",
            "citation": CITED,
            "measure": HOUSED,
            "area": "A region",
            "baseline": Baseline(level=Percentage(start), period=Month("March 2022")),
            "change": PercentagePoints(points),
            "deadline": Deadline("by July 2023"),
            **fields,
        }
    )


def pathway(name: str, /, **fields: Any) -> Pathway:
    """Return a pathway."""
    return Pathway(**{"id": name, "name": name.title(), "citation": CITED, **fields})


def partner(name: str, /, **fields: Any) -> Partner:
    """Return a partner."""
    return Partner(**{"id": name, "name": name.upper(), "kind": PartnerKind.HEALTH, **fields})


def part(name: str) -> Partnership:
    """Return a partner's part."""
    return Partnership(partner=name, role="It works.", citation=CITED)


def plan_of(pathways: Iterable[Pathway], **fields: Any) -> Plan:
    """Return a plan of those."""
    return Plan(
        **{
            "id": "p",
            "title": "A plan",
            "subject": Region(id="r", name="A region"),
            "documents": (Document(id="d", title="The plan"),),
            "measures": (HOUSED, EMPLOYED),
            "partners": tuple(map(partner, "abc")),
            "pathways": tuple(pathways),
            **fields,
        }
    )


HOMES = pathway(
    "homes",
    name="Homes and shelter",
    background=(fact("national"), need("n1", share(39, "prison leavers without a home"))),
    context=(
        fact("local"),
        need("n2", statement="Debt is a need."),
        need("n3", Figure(value=Amount(5, "person"), of="people in tents")),
    ),
    partnerships=(part("a"), part("a")),
    targets=(narrative("t1"), reach("t2")),
    objectives=(objective("o1", deadline=Deadline("by 2023-24")), objective("o2")),
    activities=(activity("x1", lead="b", partners=("a", "c"), serves=("o2",)),),
    commitments=(
        Commitment(
            id="c1", statement="Beds.", citation=CITED, deadline=Deadline("by the end of 2022")
        ),
    ),
)
WORK = pathway("work", targets=(narrative("t3"),), activities=(activity("x2"),))
EMPTY = pathway("empty", name="Probation")
PLAN = plan_of(
    [HOMES, WORK, EMPTY],
    profile=(
        fact("large"),
        need(
            "n4",
            share(45, "people on probation who need work"),
            share(34, "people with a shelter need and homes need, or work"),
            share(9, "people on probation with a gambling need"),
        ),
    ),
    chapters=(Chapter(id="c", name="C", facts=(need("n5", statement="Work is scarce."),)),),
)


@pytest.fixture(scope="module")
def plan_coverage() -> Coverage:
    """Return the coverage of the plan."""
    return coverage(PLAN)


class TestRows:
    def test_a_row_holds_what_its_pathway_holds(self, plan_coverage: Coverage) -> None:
        """Needs are separate from context, partners counted once, targets measured or not."""
        row = plan_coverage.row("homes")
        assert [each.id for each in row.needs] == ["n1", "n2", "n3"]
        assert [each.id for each in row.context] == ["local"]
        assert row.partners == ("a", "b", "c")
        assert [each.id for each in row.measured_targets] == ["t2"]
        assert [each.wording for each in row.deadlines] == [
            "by July 2023",
            "by 2023-24",
            "by the end of 2022",
        ]

    def test_counts_are_in_the_order_of_the_columns(self, plan_coverage: Coverage) -> None:
        """A row of the table is its counts."""
        counts = [row.counts() for row in plan_coverage]
        assert tuple(counts[0]) == COLUMNS
        assert [tuple(each.values()) for each in counts] == [
            (3, 1, 2, 1, 3, 2, 1, 3),
            (0, 0, 0, 1, 0, 1, 0, 0),
            (0, 0, 0, 0, 0, 0, 0, 0),
        ]

    def test_pathways_without_something_are_found(self, plan_coverage: Coverage) -> None:
        """Each column can be asked for."""
        assert plan_coverage.without("activities") == ("empty",)
        assert plan_coverage.without("measured_targets") == ("work", "empty")

    def test_the_share_of_filled_cells_is_exact(self, plan_coverage: Coverage) -> None:
        """Ten of twenty-four cells hold something; without pathways there is no share."""
        assert plan_coverage.share == Fraction(10, 24)
        assert coverage(plan_of([])).share is None

    def test_the_summary_counts_pathways_gaps_cells_and_objectives(
        self, plan_coverage: Coverage
    ) -> None:
        """Nouns agree with their numbers, and objectives are named where one has no activity."""
        assert plan_coverage.summary == (
            f"3 pathways, {len(plan_coverage.gaps)} gaps. Filled cells: 10 of 24. "
            "Objectives without an activity: 1 of 2."
        )
        assert plan_coverage.to_table().caption == f"A plan. {plan_coverage.summary}"
        served = attrs.evolve(HOMES, objectives=HOMES.objectives[1:])
        assert coverage(plan_of([served])).summary == "1 pathway, 0 gaps. Filled cells: 8 of 8."
        lacking = attrs.evolve(HOMES, objectives=HOMES.objectives[:1], activities=())
        assert coverage(plan_of([lacking])).summary.startswith("1 pathway, 2 gaps. ")
        assert coverage(plan_of([])).summary == "0 pathways, 0 gaps. Filled cells: 0 of 0."

    def test_unknown_names_are_refused(self, plan_coverage: Coverage) -> None:
        """The errors offer what there is."""
        with pytest.raises(UnknownNameError, match="no pathway 'home': did you mean 'homes'"):
            plan_coverage.row("home")
        with pytest.raises(UnknownNameError, match="no column 'target': did you mean 'targets'"):
            plan_coverage.without("target")  # type: ignore[arg-type]


class TestNeeds:
    def test_a_need_of_a_pathway_is_dealt_with_there(self, plan_coverage: Coverage) -> None:
        """Beside it stand the objectives, activities, targets and measures of the pathway."""
        first = next(each for each in plan_coverage.needs if each.fact.id == "n1")
        assert (first.share, first.of) == (Percentage(39), "prison leavers without a home")
        assert (first.stated_in, first.pathways) == ("homes", ("homes",))
        assert first.reason == "the pathway states it"
        assert (first.objectives, first.activities) == (HOMES.objectives, HOMES.activities)
        assert (first.targets, first.measures) == (HOMES.targets, (HOUSED,))

    def test_a_need_may_have_no_share(self, plan_coverage: Coverage) -> None:
        """Without a figure it is its statement; an amount is not a share."""
        second, third = (each for each in plan_coverage.needs if each.fact.id in {"n2", "n3"})
        assert (second.share, second.figure, second.of) == (None, None, "Debt is a need.")
        assert (third.share, third.of) == (None, "people in tents")

    def test_a_need_stated_elsewhere_goes_where_its_words_are(
        self, plan_coverage: Coverage
    ) -> None:
        """One pathway alone uses the word; several words may lead to several pathways."""
        elsewhere = [each for each in plan_coverage.needs if each.stated_in is None]
        assert [(each.of, each.pathways, each.reason) for each in elsewhere] == [
            (
                "people on probation who need work",
                ("work",),
                "no other pathway mentions 'work'",
            ),
            (
                "people with a shelter need and homes need, or work",
                ("homes", "work"),
                "no other pathway mentions 'shelter', 'home', 'work'",
            ),
            (
                "people on probation with a gambling need",
                (),
                "no word of it is used in one pathway only",
            ),
            ("Work is scarce.", ("work",), "no other pathway mentions 'work'"),
        ]


class TestGaps:
    def test_gaps_say_what_is_missing_and_what_would_close_them(
        self, plan_coverage: Coverage
    ) -> None:
        """Empty columns, objectives that nothing serves, needs that no pathway deals with."""
        assert [(each.pathway, each.missing, each.of) for each in plan_coverage.gaps] == [
            ("homes", "activity_for_objective", "o1"),
            ("work", "needs", None),
            ("work", "context", None),
            ("work", "objectives", None),
            ("work", "partners", None),
            ("work", "measured_targets", None),
            ("work", "deadlines", None),
            ("empty", "needs", None),
            ("empty", "context", None),
            ("empty", "objectives", None),
            ("empty", "activities", None),
            ("empty", "partners", None),
            ("empty", "targets", None),
            ("empty", "deadlines", None),
            (None, "pathway_for_need", "n4"),
        ]
        assert plan_coverage.gaps[0].closed_by == "an activity that serves the objective"
        assert plan_coverage.gaps[-1].closed_by == "a pathway that names the need"


def scheme(name: str, *pathways: str) -> PathwayScheme:
    """Return a scheme."""
    return PathwayScheme(
        id=name,
        name=name.title(),
        citation=CITED,
        pathways=tuple(SchemePathway(id=each, name=each.title()) for each in pathways),
    )


CROSSWALK = Crosswalk(
    id="old-to-new",
    source="old",
    target="new",
    correspondences=(
        Correspondence(source="housing", target="homes", strength="exact", reason="Same."),
        Correspondence(source="housing", target="job", strength="related", reason="Near."),
        Correspondence(
            source="debt", target="homes", strength="exact", part=True, reason="A part."
        ),
        Correspondence(source="clubs", reason="Nothing there."),
    ),
)
SCHEMES = PathwaySchemes(
    documents=(Document(id="d", title="The plan"),),
    schemes=(scheme("old", "housing", "debt", "clubs"), scheme("new", "homes", "job", "other")),
    crosswalks=(CROSSWALK,),
)
NEW = attrs.evolve(
    PLAN, scheme="new", pathways=(HOMES, attrs.evolve(WORK, scheme_pathway="job"), EMPTY)
)


class TestThroughAScheme:
    def test_a_plan_is_seen_against_the_arrow(self) -> None:
        """Each pathway of the other scheme has what corresponds to it, and why."""
        result = coverage_through(NEW, CROSSWALK, SCHEMES)
        assert [(row.pathway, row.name, row.is_upper_bound) for row in result] == [
            ("housing", "Housing", True),
            ("debt", "Debt", True),
            ("clubs", "Clubs", False),
        ]
        assert [[each.pathway for each in row.pathways] for row in result] == [
            ["homes", "work"],
            ["homes"],
            [],
        ]
        assert [each.reason for each in result.rows[0].correspondences] == ["Same.", "Near."]
        assert result.rows[2].correspondences[0].strength is None
        assert result.scheme.id == "old"

    def test_a_row_holds_what_its_pathways_hold(self) -> None:
        """Everything is counted in each column, and a partner once."""
        result = coverage_through(NEW, CROSSWALK, SCHEMES)
        assert tuple(result.rows[0].counts().values()) == (3, 1, 2, 2, 3, 3, 1, 3)
        assert result.without("objectives") == ("clubs",)
        assert result.summary == "3 pathways. Filled cells: 16 of 24."
        assert (
            result.to_table().caption
            == f"A plan, by the pathways of {result.scheme.name}. {result.summary}"
        )

    def test_only_some_strengths_may_count(self) -> None:
        """Correspondences that do not count are listed; an exact whole is not an upper bound."""
        result = coverage_through(NEW, CROSSWALK, SCHEMES, strengths=["related"])
        assert [[each.pathway for each in row.pathways] for row in result] == [["work"], [], []]
        assert len(result.rows[1].correspondences) == 1
        whole = attrs.evolve(CROSSWALK, correspondences=CROSSWALK.correspondences[:1])
        assert not coverage_through(NEW, whole, SCHEMES).rows[0].is_upper_bound

    def test_a_plan_is_seen_along_the_arrow(self) -> None:
        """The plan's own scheme may be the source."""
        old = plan_of([attrs.evolve(HOMES, id="housing")], scheme="old")
        result = coverage_through(old, CROSSWALK, SCHEMES)
        assert [(row.pathway, len(row.pathways)) for row in result] == [
            ("homes", 1),
            ("job", 1),
            ("other", 0),
        ]
        assert result.without("measured_targets") == ("other",)

    @pytest.mark.parametrize("name", [None, "another"])
    def test_a_crosswalk_must_join_the_scheme_of_the_plan(self, name: str | None) -> None:
        """The error says which schemes are joined and which is the plan's."""
        with pytest.raises(RecordError, match="joins 'old' to 'new', and the scheme of 'p' is"):
            coverage_through(attrs.evolve(NEW, scheme=name), CROSSWALK, SCHEMES)

    def test_unknown_words_are_refused(self) -> None:
        """There are five strengths, and the errors offer them and the columns."""
        with pytest.raises(UnknownNameError, match="no strength 'exactly': did you mean 'exact'"):
            coverage_through(NEW, CROSSWALK, SCHEMES, strengths=["exactly"])  # type: ignore[list-item]
        with pytest.raises(UnknownNameError, match="no column 'partner'"):
            coverage_through(NEW, CROSSWALK, SCHEMES).without("partner")  # type: ignore[arg-type]


def with_targets(*targets: Target) -> Plan:
    """Return an edition with those targets."""
    return plan_of([pathway("homes", targets=targets)])


class TestEditions:
    def test_targets_that_moved_are_told_from_those_with_another_baseline(self) -> None:
        """A new baseline with the same goal is not a move; a new day is one."""
        old = with_targets(change("a", 82, 8), reach("b", measure=EMPLOYED))
        new = with_targets(
            change("a", 84, 6), reach("b", measure=EMPLOYED, deadline=Deadline("by July 2024"))
        )
        comparison = compare_editions(old, new)
        assert [(each.new.id, each.fields) for each in comparison.targets.amended] == [
            ("a", ("baseline", "change")),
            ("b", ("deadline",)),
        ]
        assert [each.new.id for each in comparison.rebaselined] == ["a"]
        assert [each.old.id for each in comparison.moved] == ["b"]

    def test_another_id_for_one_measure_and_area_is_the_same_target(self) -> None:
        """Ids tell the day, so that next year's target has another."""
        old, new = with_targets(change("by-2023", 82, 8)), with_targets(change("by-2024", 82, 9))
        (amended,) = compare_editions(old, new).targets.amended
        assert (amended.old.id, amended.new.id) == ("by-2023", "by-2024")
        assert amended.fields == ("change", "goal")

    def test_targets_are_dropped_added_and_kept(self) -> None:
        """A record of one edition only is alone; other words for a day are not a change."""
        old = with_targets(reach("a"), narrative("b", "Old."), narrative("c", "Same."))
        new = with_targets(
            reach("a", deadline=Deadline("by 31 July 2023")),
            narrative("d", "Same."),
            narrative("e", "New."),
        )
        targets = compare_editions(old, new).targets
        assert [each.id for each in targets.kept] == ["a", "d"]
        assert ([each.id for each in targets.dropped], [each.id for each in targets.added]) == (
            ["b"],
            ["e"],
        )

    def test_two_targets_of_one_measure_are_not_guessed_at(self) -> None:
        """Where a measure does not tell which is which, they are dropped and added."""
        old = with_targets(reach("a", statement="One."), reach("b", statement="Two."))
        targets = compare_editions(old, with_targets(reach("c", statement="Three."))).targets
        assert [each.id for each in targets.dropped] == ["a", "b"]
        assert [each.id for each in targets.added] == ["c"]

    def test_another_kind_of_target_is_said(self) -> None:
        """A target that was words and has a level now is amended in kind."""
        old, new = with_targets(narrative("a", "90% are housed.")), with_targets(reach("a"))
        (amended,) = compare_editions(old, new).targets.amended
        assert amended.fields == ("kind", "deadline", "measure", "goal", "interim", "trajectory")

    def test_objectives_activities_and_pathways_are_compared(self) -> None:
        """By id, else by their statement or name."""
        old = plan_of(
            [
                pathway(
                    "homes",
                    objectives=(objective("o1"), objective("o2", "Two.")),
                    activities=(activity("x", lead="a"),),
                ),
                pathway("work"),
                pathway("gone"),
            ]
        )
        new = plan_of(
            [
                pathway(
                    "homes",
                    name="Housing",
                    objectives=(objective("o1", "One."), objective("o3", "Two.")),
                    activities=(activity("x", lead="b"),),
                ),
                pathway("jobs", name="Work"),
            ]
        )
        comparison = compare_editions(old, new)
        assert [each.fields for each in comparison.pathways.amended] == [("name",)]
        assert [each.id for each in comparison.pathways.kept] == ["jobs"]
        assert [each.id for each in comparison.pathways.dropped] == ["gone"]
        assert [each.fields for each in comparison.objectives.amended] == [("statement",)]
        assert [each.id for each in comparison.objectives.kept] == ["o3"]
        assert [each.fields for each in comparison.activities.amended] == [("lead",)]

    def test_partners_join_leave_and_change_their_parts(self) -> None:
        """A partner that goes by an alias of old is the same one."""
        old = plan_of(
            [pathway("homes", partnerships=(part("a"), part("b"))), pathway("work")],
            partners=(partner("a", aliases=("Alpha",)), partner("b"), partner("c")),
        )
        new = plan_of(
            [
                pathway("homes", partnerships=(part("d"),)),
                pathway("work", partnerships=(part("alpha"),)),
            ],
            partners=(
                partner("alpha"),
                partner("another", name="Alpha"),
                partner("d"),
                partner("b"),
            ),
        )
        comparison = compare_editions(old, new)
        assert [each.id for each in comparison.partners_joined] == ["another", "d"]
        assert [each.id for each in comparison.partners_left] == ["c"]
        assert comparison.parts_taken_up == (("alpha", "work"),)
        assert comparison.parts_given_up == (("a", "homes"), ("b", "homes"))
        assert (comparison.old, comparison.new) == (old, new)
