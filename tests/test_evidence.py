"""Evidence beside a status: what counts and printed figures can show, and how it is said."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest

from rrmodel import (
    Amount,
    Baseline,
    Deadline,
    DirectionTarget,
    Measure,
    Month,
    Observation,
    Percentage,
    PercentagePoints,
    ReachTarget,
    RelativeChange,
    Status,
    datasets,
    evaluate,
    evaluate_plan,
)
from rrmodel.errors import ConfidenceError, UnknownNameError
from rrmodel.evaluation import (
    STATISTICAL,
    Against,
    Basis,
    ComparisonRule,
    Evidence,
    PlanEvaluation,
    assess_evidence,
)
from rrmodel.inference import Verdict, assess_change, assess_share, cases_needed
from rrmodel.model import Counts, MeasuredTarget

PLAN = datasets.load("east-midlands-2022-25")
HOUSED: Any = PLAN.target("housed-on-release-by-july-2023")
SETTLED: Any = PLAN.target("settled-three-months-after-release-by-july-2023")
WORK: Any = PLAN.target("employed-six-months-after-release-by-july-2023")
AFTER = date(2023, 12, 1)


def figure(target: MeasuredTarget, month: str, *counts: int, **more: Any) -> Observation:
    """Return a figure of a target's measure and area, from counts or as printed."""
    return Observation(
        measure=target.measure,
        area=target.area,
        period=Month(month),
        counts=Counts(*counts) if counts else None,
        published=more.pop("published", date(2023, 10, 1)),
        **more,
    )


def evidence_of(target: MeasuredTarget, *observations: Observation) -> Evidence:
    """Return the evidence for a target after its deadline."""
    evidence = evaluate(target, observations, as_of=AFTER).evidence
    assert evidence is not None
    return evidence


class TestWithCounts:
    """The counts of the latest figure are compared with the goal."""

    @pytest.mark.parametrize(
        ("counts", "verdict"),
        [
            ((950, 1000), Verdict.SIGNIFICANTLY_MET),
            ((915, 1000), Verdict.NOT_DISTINGUISHABLE),
            ((95, 100), Verdict.NOT_DISTINGUISHABLE),
            ((890, 1000), Verdict.NOT_DISTINGUISHABLE),
            ((840, 1000), Verdict.SIGNIFICANTLY_MISSED),
        ],
    )
    def test_gives_a_verdict(self, counts: tuple[int, int], verdict: Verdict) -> None:
        """90% is the goal, but from a printed 82%, so it may be 89.5% to 90.5%."""
        evidence = evidence_of(HOUSED, figure(HOUSED, "July 2023", *counts))
        assert (evidence.verdict, evidence.basis, evidence.cases) == (
            verdict,
            Basis.COUNTS,
            counts[1],
        )

    def test_never_changes_the_status(self) -> None:
        """95 of 100 is met, and is within chance of 90%: two answers."""
        result = evaluate(HOUSED, [figure(HOUSED, "July 2023", 95, 100)], as_of=AFTER)
        assert result.status is Status.MET
        assert result.evidence is not None
        assert result.evidence.verdict is Verdict.NOT_DISTINGUISHABLE

    def test_gives_the_interval_of_wilson(self) -> None:
        """84 of 100 may be 75.58% to 89.90%, to two decimals."""
        evidence = evidence_of(SETTLED, figure(SETTLED, "July 2023", 84, 100))
        assert evidence.interval == (Percentage("75.58"), Percentage("89.90"))
        assert evidence.confidence == 0.95

    def test_says_how_many_cases_would_settle_it(self) -> None:
        """84% differs clearly from 82% with 1,418 cases, but not with 100."""
        evidence = evidence_of(SETTLED, figure(SETTLED, "July 2023", 84, 100))
        assert evidence.cases_needed == 1418
        settled = evidence_of(SETTLED, figure(SETTLED, "July 2023", 84 * 15, 1500))
        assert (settled.verdict, settled.cases_needed) == (Verdict.SIGNIFICANTLY_MET, None)

    @pytest.mark.parametrize(
        ("counts", "needed"), [((525, 600), 903), ((915, 1000), 3303), ((540, 600), None)]
    )
    def test_the_nearer_end_of_a_rounded_goal_is_told_last(
        self, counts: tuple[int, int], needed: int | None
    ) -> None:
        """Of 89.5% to 90.5%, 87.5% is told last from the one, 91.5% from the other, 90% never."""
        assert evidence_of(HOUSED, figure(HOUSED, "July 2023", *counts)).cases_needed == needed

    def test_no_number_settles_a_figure_at_its_goal(self) -> None:
        """82 of 100 is the goal itself, whatever the number of cases."""
        assert evidence_of(SETTLED, figure(SETTLED, "July 2023", 82, 100)).cases_needed is None

    def test_can_be_more_confident(self) -> None:
        """At 99.99% confidence what was significant at 95% no longer is."""
        result = evaluate(SETTLED, [figure(SETTLED, "July 2023", 780, 1000)], as_of=AFTER)
        assert result.evidence is not None
        assert result.evidence.verdict is Verdict.SIGNIFICANTLY_MISSED
        surer = assess_evidence(result, confidence=0.9999)
        assert surer is not None
        assert surer.verdict is Verdict.NOT_DISTINGUISHABLE

    def test_refuses_a_confidence_that_is_none(self) -> None:
        """95 is not a share."""
        result = evaluate(SETTLED, [figure(SETTLED, "July 2023", 780, 1000)], as_of=AFTER)
        with pytest.raises(ConfidenceError, match=r"such as 0\.95"):
            assess_evidence(result, confidence=95)

    def test_allows_the_tolerance_of_the_plan(self) -> None:
        """With two points of tolerance, 81% clearly maintains a level of 82%."""
        loose = attrs.evolve(SETTLED, tolerance=PercentagePoints(2))
        observation = figure(SETTLED, "July 2023", 8200, 10000)
        assert evidence_of(SETTLED, observation).verdict is Verdict.NOT_DISTINGUISHABLE
        assert evidence_of(loose, observation).verdict is Verdict.SIGNIFICANTLY_MET

    def test_takes_the_tolerance_off_the_goal(self) -> None:
        """The cases needed are those for 80%, two points below 82%."""
        loose = attrs.evolve(SETTLED, tolerance=PercentagePoints(2))
        evidence = evidence_of(loose, figure(SETTLED, "July 2023", 81, 100))
        assert evidence.cases_needed == cases_needed(Fraction(81, 100), Fraction(80, 100))

    @pytest.mark.parametrize(("count", "goal"), [(840, "0.895"), (950, "0.905")])
    def test_the_p_value_is_that_of_the_nearer_end(self, count: int, goal: str) -> None:
        """What is missed is missed even of 89.5%, and what is met is met even of 90.5%."""
        evidence = evidence_of(HOUSED, figure(HOUSED, "July 2023", count, 1000))
        assessed = assess_share(Counts(count, 1000), Fraction(goal), better="higher")
        assert evidence.p_value == assessed.p_value

    def test_allows_the_tolerance_on_the_other_side_of_a_fall(self) -> None:
        """A share to be held at or below 18% is held at 18% with two points of tolerance."""
        falling = attrs.evolve(
            SETTLED,
            measure=attrs.evolve(SETTLED.measure, better="lower"),
            goal=Percentage(18),
            tolerance=PercentagePoints(2),
        )
        evidence = evidence_of(falling, figure(falling, "July 2023", 1800, 10000))
        assert evidence.verdict is Verdict.SIGNIFICANTLY_MET

    @pytest.mark.parametrize(("better", "goal"), [("lower", 98), ("higher", 2)])
    def test_a_tolerance_ends_where_shares_do(self, better: str, goal: int) -> None:
        """Five points beyond 98% is all there is, and nobody is more than all."""
        wide = attrs.evolve(
            SETTLED,
            measure=attrs.evolve(SETTLED.measure, better=better),
            goal=Percentage(goal),
            tolerance=PercentagePoints(5),
        )
        evidence = evidence_of(wide, figure(wide, "July 2023", 50, 100))
        assert evidence.verdict is Verdict.SIGNIFICANTLY_MET

    def test_a_relative_change_carries_the_rounding_of_its_baseline(self) -> None:
        """Half as much again of 18% is 27%, or 26.25% to 27.75% as it was printed."""
        half_more = attrs.evolve(WORK, change=RelativeChange("+50%"))
        observation = figure(WORK, "July 2023", 27300, 100000)
        assert evidence_of(half_more, observation).verdict is Verdict.NOT_DISTINGUISHABLE
        clear = figure(WORK, "July 2023", 28100, 100000)
        assert evidence_of(half_more, clear).verdict is Verdict.SIGNIFICANTLY_MET

    def test_a_goal_stays_a_share(self) -> None:
        """From a printed 0% to 100%, what it may be is no less and no more."""
        everybody = attrs.evolve(
            HOUSED,
            baseline=Baseline(level=Percentage("92"), period=Month("March 2022")),
        )
        assert everybody.goal == Percentage(100)
        evidence = evidence_of(everybody, figure(HOUSED, "July 2023", 100, 100))
        assert evidence.verdict is Verdict.NOT_DISTINGUISHABLE


class TestWithTheCountsOfTheBaseline:
    """Where the baseline was counted too, the change is compared with the one aimed at."""

    BEFORE = figure(HOUSED, "March 2022", 820, 1000, published=date(2022, 6, 1))

    @pytest.mark.parametrize(
        ("counts", "verdict"),
        [
            ((930, 1000), Verdict.SIGNIFICANTLY_MET),
            ((905, 1000), Verdict.NOT_DISTINGUISHABLE),
            ((860, 1000), Verdict.SIGNIFICANTLY_MISSED),
        ],
    )
    def test_weighs_the_change(self, counts: tuple[int, int], verdict: Verdict) -> None:
        """8 points are aimed at from 820 of 1,000."""
        evidence = evidence_of(HOUSED, self.BEFORE, figure(HOUSED, "July 2023", *counts))
        assert (evidence.verdict, evidence.basis) == (verdict, Basis.CHANGE)

    def test_gives_the_interval_of_newcombe(self) -> None:
        """From 820 to 930 of 1,000 is a rise of 8.14 to 13.88 points."""
        evidence = evidence_of(HOUSED, self.BEFORE, figure(HOUSED, "July 2023", 930, 1000))
        assert evidence.interval == (PercentagePoints("8.14"), PercentagePoints("13.88"))

    def test_asks_of_the_change_promised(self) -> None:
        """The probability is that of eight points, exactly."""
        evidence = evidence_of(HOUSED, self.BEFORE, figure(HOUSED, "July 2023", 905, 1000))
        assessed = assess_change(
            Counts(905, 1000), Counts(820, 1000), Fraction(8, 100), better="higher"
        )
        assert evidence.p_value == assessed.p_value

    def test_counts_that_just_round_to_the_baseline_are_its_counts(self) -> None:
        """815 of 1,000 may be printed as 82%."""
        edge = attrs.evolve(self.BEFORE, counts=Counts(815, 1000), level=Percentage("81.5"))
        evidence = evidence_of(HOUSED, edge, figure(HOUSED, "July 2023", 930, 1000))
        assert evidence.basis is Basis.CHANGE

    def test_counts_that_are_not_the_baseline_are_passed_over(self) -> None:
        """830 of 1,000 does not round to the 82% that the plan starts from."""
        other = attrs.evolve(self.BEFORE, counts=Counts(830, 1000), level=Percentage("83.0"))
        evidence = evidence_of(HOUSED, other, figure(HOUSED, "July 2023", 930, 1000))
        assert evidence.basis is Basis.COUNTS

    def test_a_comparator_has_no_baseline(self) -> None:
        """Another area's change from its own level is not the one aimed at."""
        wales = [
            attrs.evolve(observation, area="Wales")
            for observation in (self.BEFORE, figure(HOUSED, "July 2023", 930, 1000))
        ]
        evidence = evaluate(HOUSED, wales, as_of=AFTER, area="Wales").evidence
        assert evidence is not None
        assert evidence.basis is Basis.COUNTS


class TestOfADirection:
    """A target to move the better way is compared with no change."""

    MORE = DirectionTarget(
        id="more",
        statement="More are housed.",
        citation=HOUSED.citation,
        measure=HOUSED.measure,
        area=HOUSED.area,
        deadline=HOUSED.deadline,
    )

    @pytest.mark.parametrize(
        ("count", "verdict"),
        [
            (880, Verdict.SIGNIFICANTLY_MET),
            (830, Verdict.NOT_DISTINGUISHABLE),
            (760, Verdict.SIGNIFICANTLY_MISSED),
        ],
    )
    def test_from_the_first_figure(self, count: int, verdict: Verdict) -> None:
        """Without a baseline the first figure is where it started: 820 of 1,000."""
        first = figure(HOUSED, "June 2022", 820, 1000, published=date(2022, 9, 1))
        evidence = evidence_of(self.MORE, first, figure(HOUSED, "July 2023", count, 1000))
        assert (evidence.verdict, evidence.basis) == (verdict, Basis.CHANGE)
        assert "no change" in evidence.statement

    def test_from_its_baseline(self) -> None:
        """The counts of the baseline are those of its own period."""
        before = TestWithTheCountsOfTheBaseline.BEFORE
        target = attrs.evolve(self.MORE, baseline=HOUSED.baseline)
        evidence = evidence_of(target, before, figure(HOUSED, "July 2023", 880, 1000))
        assert evidence.verdict is Verdict.SIGNIFICANTLY_MET

    def test_needs_both_counts(self) -> None:
        """A printed figure at either end cannot be tested for chance."""
        first = figure(HOUSED, "June 2022", 820, 1000, published=date(2022, 9, 1))
        printed = figure(HOUSED, "July 2023", level=Percentage("88"))
        assert evaluate(self.MORE, [first, printed], as_of=AFTER).evidence is None
        target = attrs.evolve(self.MORE, baseline=HOUSED.baseline)
        counted = figure(HOUSED, "July 2023", 880, 1000)
        assert evaluate(target, [counted], as_of=AFTER).evidence is None


class TestWithoutCounts:
    """A printed figure can be any value that rounds to it, and chance cannot be tested."""

    @pytest.mark.parametrize(
        ("level", "verdict"),
        [
            ("91", Verdict.MET_BEYOND_ROUNDING),
            ("90", Verdict.NOT_DISTINGUISHABLE),
            ("88", Verdict.MISSED_BEYOND_ROUNDING),
            ("90.6", Verdict.MET_BEYOND_ROUNDING),
            ("90.1", Verdict.NOT_DISTINGUISHABLE),
        ],
    )
    def test_carries_its_rounding_into_the_verdict(self, level: str, verdict: Verdict) -> None:
        """90% from a printed 82% is 89.5% to 90.5%, and 90% printed is the same again."""
        evidence = evidence_of(HOUSED, figure(HOUSED, "July 2023", level=Percentage(level)))
        assert (evidence.verdict, evidence.basis, evidence.p_value) == (
            verdict,
            Basis.ROUNDING,
            None,
        )

    def test_the_baseline_is_no_evidence(self) -> None:
        """The figure that a target starts from shows nothing of what came after."""
        assert evaluate(
            HOUSED, [figure(HOUSED, "March 2022", 820, 1000)], as_of=AFTER
        ).evidence is (None)

    def test_there_is_none_without_a_figure(self) -> None:
        """Without a published figure there is no evidence."""
        assert evaluate(HOUSED, [], as_of=AFTER).evidence is None

    def test_there_is_none_for_an_amount(self) -> None:
        """Places opened are counted, not sampled."""
        places = ReachTarget(
            id="places",
            statement="200 places are open.",
            citation=HOUSED.citation,
            measure=Measure(
                id="places", name="Places", counts="places", unit="place", better="higher"
            ),
            area="East Midlands",
            goal=Amount(200, "place"),
            deadline=HOUSED.deadline,
        )
        observation = figure(places, "July 2023", level=Amount(190, "place"))
        assert evaluate(places, [observation], as_of=AFTER).evidence is None


class TestStatement:
    """The evidence is said in plain English, with its interval and what would settle it."""

    def test_that_is_clear(self) -> None:
        """All of the interval lies on one side."""
        assert evidence_of(HOUSED, figure(HOUSED, "July 2023", 840, 1000)).statement == (
            "The evidence is clear: with 1,000 cases the 95% confidence interval is 81.6% "
            "to 86.1%, all of it below the goal. The goal is between 89.5% and 90.5%, because "
            "its baseline was rounded."
        )

    def test_that_is_not_clear(self) -> None:
        """The accepted wording says that more cases are needed, and that this is not a failure."""
        assert evidence_of(SETTLED, figure(SETTLED, "July 2023", 79, 100)).statement == (
            "The difference from the 82% goal is within chance: with 100 cases the 95% confidence "
            "interval is 70.0% to 85.8%. More cases are needed, and this must not be read as "
            "failure. At this level, about 630 cases would settle it."
        )

    def test_that_no_realistic_number_would_settle(self) -> None:
        """Beyond a million cases, the sentence gives no exact number."""
        evidence = evidence_of(SETTLED, figure(SETTLED, "July 2023", 82_001, 100_000))
        assert evidence.cases_needed is not None
        assert evidence.cases_needed > 1_000_000
        wanted = "At this level, only more than 1,000,000 cases would settle it."
        assert evidence.statement.endswith(wanted)

    def test_of_a_figure_at_its_goal(self) -> None:
        """No number of cases tells 82% from 82%."""
        assert evidence_of(SETTLED, figure(SETTLED, "July 2023", 82, 100)).statement.endswith(
            "failure."
        )

    def test_of_a_change(self) -> None:
        """The interval is of the change since the baseline."""
        evidence = evidence_of(
            HOUSED,
            TestWithTheCountsOfTheBaseline.BEFORE,
            figure(HOUSED, "July 2023", 930, 1000),
        )
        assert evidence.statement == (
            "The evidence is clear: with 1,000 cases the 95% confidence interval of the change is "
            "+8.1 to +13.9 percentage points, all of it at or above the intended change of 8 "
            "percentage points."
        )

    def test_of_a_printed_figure(self) -> None:
        """Rounding is all that can be spoken of."""
        assert evidence_of(
            HOUSED, figure(HOUSED, "July 2023", level=Percentage("86.3"))
        ).statement == (
            "Published as 86.3%, so the true value is between 86.25% and 86.35%: below the goal "
            "either way. It was published without counts, so there is no test for chance. The goal "
            "is between 89.5% and 90.5%, because its baseline was rounded."
        )
        assert evidence_of(
            HOUSED, figure(HOUSED, "July 2023", level=Percentage("90"))
        ).statement == (
            "Published as 90%, so the true value is between 89.5% and 90.5%: rounding leaves open "
            "whether it reaches the goal. It was published without counts, so there is no test for "
            "chance. The goal is between 89.5% and 90.5%, because its baseline was rounded."
        )

    def test_of_an_exact_figure(self) -> None:
        """A fraction was not rounded, so nothing is said about rounding."""
        exact = figure(HOUSED, "July 2023", level=Percentage(Fraction(259, 3)))
        assert evidence_of(HOUSED, exact).statement == (
            "It was published without counts, so there is no test for chance. The goal is between "
            "89.5% and 90.5%, because its baseline was rounded."
        )


class TestExplain:
    """An assessment in plain English claims no more than its evidence."""

    @pytest.mark.parametrize(
        ("fields", "badge"),
        [
            ({"level": Percentage("86.3")}, "Missed on the figures"),
            ({"level": Percentage("90")}, "Met, evidence unclear"),
            ({"counts": Counts(950, 1000)}, "Met, clearly"),
            ({"counts": Counts(95, 100)}, "Met, evidence unclear"),
            ({"counts": Counts(84, 100)}, "Missed, evidence unclear"),
            ({"counts": Counts(840, 1000)}, "Missed, clearly"),
        ],
    )
    def test_as_a_badge(self, fields: dict[str, Any], badge: str) -> None:
        """Two or three words say the answer and how sure one can be."""
        july = Observation(
            measure=HOUSED.measure, area=HOUSED.area, period=Month("July 2023"), **fields
        )
        assert evaluate(HOUSED, [july], as_of=AFTER).explain("badge") == badge

    def test_a_badge_claims_nothing_of_the_goal_before_the_deadline(self) -> None:
        """The state of a target before its deadline does not answer whether its goal is met."""
        observation = figure(HOUSED, "December 2022", 870, 1000, published=date(2023, 1, 31))
        assert (
            evaluate(HOUSED, [observation], as_of=date(2023, 2, 1)).explain("badge") == "On track"
        )

    def test_before_the_deadline_says_by_what_it_was_graded(self) -> None:
        """The level expected and what the policy makes of it are part of the sentence."""
        observation = figure(
            HOUSED, "December 2022", level=Percentage("84.5"), published=date(2023, 1, 9)
        )
        result = evaluate(HOUSED, [observation], as_of=date(2023, 2, 1))
        assert len(result.deciding_reasons) == 3
        assert result.explain() == (
            "At risk: 84.5% in December 2022 is 5.5 percentage points below the 90% goal, due by "
            "31 July 2023; the straight trajectory expects 86.5% by 31 December 2022; 55% of "
            "the change expected by then has been made."
        )

    def test_as_a_sentence(self) -> None:
        """The reason that decides, and the accepted wording where the evidence is unclear."""
        result = evaluate(SETTLED, [figure(SETTLED, "July 2023", 79, 100)], as_of=AFTER)
        assert result.explain() == (
            "Missed, evidence unclear: 79% in July 2023 is 3 percentage points below the 82% "
            "goal, due by 31 July 2023; more cases are needed, and this must not be read "
            "as failure."
        )

    def test_says_when_the_figures_are_a_comparators(self) -> None:
        """The sentence of a comparator names it."""
        result = evaluate(
            HOUSED,
            datasets.observations("england-and-wales"),
            as_of=date(2024, 8, 1),
            area="England and Wales",
        )
        assert result.explain() == (
            "Missed on the figures: 86.3% in 2022/23 is 3.7 percentage points below the 90% goal, "
            "due by 31 July 2023 (figures for England and Wales, a comparator)."
        )

    def test_without_a_figure(self) -> None:
        """No data is said as such, and of nobody's figures."""
        assert evaluate(HOUSED, [], as_of=AFTER).explain() == (
            "No data: no East Midlands figure for this measure had been published by 1 "
            "December 2023."
        )

    def test_as_a_paragraph(self) -> None:
        """The target, the answer, its reasons, its evidence and its sources."""
        result = evaluate(
            HOUSED,
            datasets.observations("england-and-wales"),
            as_of=date(2024, 8, 1),
            area="England and Wales",
        )
        text = result.explain("paragraph")
        assert text.startswith(f"{HOUSED.statement} Missed on the figures. The figures describe")
        assert (
            "due by 31 July 2023. Published as 86.3%, so the true value is between 86.25% and "
            "86.35%: below the goal either way. It was published without counts, so there is no "
            "test for chance. The goal is between 89.5% and 90.5%, because its baseline was "
            "rounded. No later figure"
        ) in text
        assert text.endswith(
            "The target is in east-midlands-plan-2022-25, Family, accommodation and "
            "readjustment to society > Targets, 1. "
            "The figure is in offender-accommodation-outcomes-to-march-2024."
        )

    def test_at_a_length_that_is_none(self) -> None:
        """The lengths that there are are offered."""
        length: Any = "sentences"
        with pytest.raises(
            UnknownNameError, match=r"unknown length 'sentences': did you mean 'sentence'"
        ):
            evaluate(HOUSED, [], as_of=AFTER).explain(length)

    def test_a_paragraph_of_a_narrative(self) -> None:
        """An entry without a number has neither evidence nor a figure's source."""
        narrative = PLAN.pathways[1].targets[0]
        text = evaluate(narrative, [], as_of=AFTER).explain("paragraph")
        assert text == (
            f"{narrative.statement} Not quantified. This target has no measure and no goal level, "
            f"so it cannot be assessed. The target is in {narrative.citation}."
        )


class TestWholePlan:
    """Of many targets looked at, some stand out by chance."""

    def assessed(self, *counts: tuple[int, int]) -> PlanEvaluation:
        """Assess as many targets of 82%, each with its own area, by its counts."""
        targets = tuple(
            attrs.evolve(SETTLED, id=f"target-{place}", area=f"Area {place}")
            for place in range(len(counts))
        )
        chapter = attrs.evolve(PLAN.pathways[2], targets=targets)
        plan = attrs.evolve(PLAN, pathways=(*PLAN.pathways[:2], chapter, *PLAN.pathways[3:]))
        observations = [
            figure(target, "July 2023", *pair) for target, pair in zip(targets, counts, strict=True)
        ]
        return evaluate_plan(plan, observations, as_of=AFTER)

    def test_one_of_many_must_stand_out_more(self) -> None:
        """794 of 1,000 is significantly short of 82% alone, and not as one of five."""
        assert self.assessed((794, 1000)).verdicts() == {"target-0": Verdict.SIGNIFICANTLY_MISSED}
        several = self.assessed((794, 1000), *[(820, 1000)] * 4)
        assert set(several.verdicts().values()) == {Verdict.NOT_DISTINGUISHABLE}

    def test_one_beyond_doubt_stays_so(self) -> None:
        """700 of 1,000 is short of 82% however many others are looked at."""
        verdicts = self.assessed((700, 1000), (880, 1000), *[(820, 1000)] * 3).verdicts()
        assert list(verdicts.values())[:2] == [
            Verdict.SIGNIFICANTLY_MISSED,
            Verdict.SIGNIFICANTLY_MET,
        ]

    def test_promises_without_counts_are_left_out(self) -> None:
        """Nothing can be said of chance where only rounded figures were published."""
        assessed = evaluate_plan(
            PLAN,
            datasets.observations("england-and-wales"),
            as_of=date(2024, 8, 1),
            area="England and Wales",
        )
        assert assessed.verdicts() == {}

    def test_counts_are_kept_for_each_pathway(self) -> None:
        """Statuses of a pathway are counted, and its colours are not averaged."""
        assessed = evaluate_plan(
            PLAN,
            datasets.observations("england-and-wales"),
            as_of=date(2024, 8, 1),
            area="England and Wales",
        )
        assert assessed.counts_by_pathway()["training-skills-and-work"] == {
            Status.MET: 1,
            Status.MISSED: 1,
        }


class TestDisagreement:
    """Where the status and the evidence point different ways, the text says so first."""

    GOAL = ReachTarget(
        id="reach",
        statement="Reach 90%.",
        citation=HOUSED.citation,
        measure=HOUSED.measure,
        area=HOUSED.area,
        goal=Percentage(90),
        deadline=HOUSED.deadline,
    )

    @pytest.mark.parametrize(
        ("level", "counts", "better", "badge", "share"),
        [
            ("90", (89_600, 100_000), "higher", "Met, evidence disagrees", "89.6%"),
            ("89.9", (380, 400), "higher", "Missed, evidence disagrees", "95%"),
            ("90", (90_400, 100_000), "lower", "Met, evidence disagrees", "90.4%"),
            ("90.1", (36_030, 40_000), "higher", "Met, evidence unclear", None),
            ("91", (90_600, 100_000), "higher", "Met, clearly", None),
        ],
    )
    def test_of_a_published_figure_and_its_counts(
        self, level: str, counts: tuple[int, int], better: Any, badge: str, share: str | None
    ) -> None:
        """The status rests on the published figure, the evidence on the counts."""
        target = attrs.evolve(self.GOAL, measure=attrs.evolve(self.GOAL.measure, better=better))
        july = figure(target, "July 2023", *counts, level=Percentage(level))
        result = evaluate(target, [july], as_of=AFTER)
        assert result.explain("badge") == badge
        sentence = (
            f"The published figure and its counts disagree: the status rests on {level}%, but "
            f"{counts[0]:,} of {counts[1]:,} is {share}."
        )
        start = f"{target.statement} {badge}. {sentence if share else level}"
        assert result.explain("paragraph").startswith(start)
        lower = sentence[0].lower() + sentence[1:-1]
        assert result.explain().startswith(f"{badge}: {lower if share else level}")

    def test_of_a_policy_and_the_expected_level(self) -> None:
        """A growth ratio may be content with a figure that is clearly below the expected level."""
        fall = attrs.evolve(
            self.GOAL,
            measure=attrs.evolve(self.GOAL.measure, better="lower"),
            goal=Percentage(10),
            baseline=Baseline(level=Percentage("60"), period=Month("July 2021")),
        )
        july = figure(fall, "July 2022", 26_000, 100_000, published=date(2022, 8, 1))
        result = evaluate(fall, [july], as_of=date(2022, 9, 1), policy="straight line")
        assert (result.status, result.expected) == (Status.ON_TRACK, Percentage(35))
        slow = figure(fall, "July 2022", 30_000, 100_000, published=date(2022, 8, 1))
        against = evaluate(fall, [slow], as_of=date(2022, 9, 1), policy="Statistics Canada")
        assert against.status is Status.AT_RISK
        assert against.explain("badge") == "At risk, evidence disagrees"
        assert (
            "The status and the evidence disagree: the status is that of the policy 'Statistics "
            "Canada', but by the evidence the figure is at or below the expected level."
            in against.explain("paragraph")
        )

    def test_says_the_goal_that_it_tests_against(self) -> None:
        """86% is 4 points above a printed 82%, so it is between 85.5% and 86.5%."""
        target = attrs.evolve(HOUSED, change=PercentagePoints(4))
        evidence = evidence_of(target, figure(HOUSED, "July 2023", 840, 1000))
        assert evidence.reference == (Percentage("85.5"), Percentage("86.5"))
        assert evidence.cases_needed == cases_needed(Fraction(84, 100), Fraction("0.855"))
        assert (
            evidence.p_value
            == assess_share(Counts(840, 1000), Fraction("0.855"), better="higher").p_value
        )
        assert evidence.statement == (
            "The difference from the goal is within chance: with 1,000 cases the 95% confidence "
            "interval is 81.6% to 86.1%. More cases are needed, and this must not be read as "
            "failure. At this level, about 2,117 cases would settle it. The goal is between 85.5% "
            "and 86.5%, because its baseline was rounded."
        )


class TestBeforeTheDeadline:
    """The evidence is about the level expected by then, and stated once."""

    EARLY = date(2023, 2, 1)

    @pytest.mark.parametrize(
        ("counts", "verdict"),
        [
            ((900, 1000), Verdict.SIGNIFICANTLY_MET),
            ((865, 1000), Verdict.NOT_DISTINGUISHABLE),
            ((830, 1000), Verdict.SIGNIFICANTLY_MISSED),
        ],
    )
    def test_compares_with_the_expected_level(
        self, counts: tuple[int, int], verdict: Verdict
    ) -> None:
        """86% to 87% is expected by December 2022 of a goal of 89.5% to 90.5%."""
        december = figure(HOUSED, "December 2022", *counts, published=date(2023, 1, 9))
        result = evaluate(HOUSED, [december], as_of=self.EARLY)
        assert result.evidence is not None
        assert (result.evidence.verdict, result.evidence.against) == (verdict, Against.EXPECTED)
        assert result.evidence.reference == (Percentage(86), Percentage(87))
        assert result.explain("paragraph").count("confidence interval") == 1

    def test_compares_a_change_with_the_change_expected(self) -> None:
        """Of 8 points in 16 months, 4.5 are expected after 9."""
        before = TestWithTheCountsOfTheBaseline.BEFORE
        december = figure(HOUSED, "December 2022", 840, 1000, published=date(2023, 1, 9))
        evidence = evaluate(HOUSED, [before, december], as_of=self.EARLY).evidence
        assert evidence is not None
        assert (evidence.basis, evidence.against) == (Basis.CHANGE, Against.EXPECTED)
        assert evidence.reference == (PercentagePoints("4.5"), PercentagePoints("4.5"))
        assert (
            "The difference from the expected change of 4.5 percentage points" in evidence.statement
        )

    def test_a_rounded_baseline_of_a_reach_target_counts_less_the_later_it_is(self) -> None:
        """Half-way from a printed 82% to exactly 90%, half of its rounding is left."""
        target = attrs.evolve(
            TestDisagreement.GOAL,
            baseline=Baseline(level=Percentage("82"), period=Month("March 2022")),
            deadline=Deadline("September 2023"),
        )
        december = figure(target, "December 2022", 865, 1000, published=date(2023, 1, 9))
        evidence = evaluate(target, [december], as_of=self.EARLY).evidence
        assert evidence is not None
        assert evidence.reference == (Percentage("85.75"), Percentage("86.25"))

    def test_there_is_none_where_nothing_is_expected(self) -> None:
        """Nothing is expected of a comparator; one beyond the goal is tested against the goal."""
        wales = attrs.evolve(figure(HOUSED, "December 2022", 830, 1000), area="Wales")
        wales = attrs.evolve(wales, published=date(2023, 1, 9))
        assert evaluate(HOUSED, [wales], as_of=self.EARLY, area="Wales").evidence is None
        best = attrs.evolve(wales, counts=Counts(950, 1000), level=Percentage("95"))
        evidence = evaluate(HOUSED, [best], as_of=self.EARLY, area="Wales").evidence
        assert evidence is not None
        assert (evidence.against, evidence.verdict) == (Against.GOAL, Verdict.SIGNIFICANTLY_MET)

    def test_a_logit_path_is_tested_as_it_is_printed(self) -> None:
        """A curve has no exact rounding of its own to carry."""
        curve = attrs.evolve(HOUSED, trajectory="logit")
        december = figure(HOUSED, "December 2022", 830, 1000, published=date(2023, 1, 9))
        evidence = evaluate(curve, [december], as_of=self.EARLY).evidence
        assert evidence is not None
        assert evidence.reference[0] == evidence.reference[1] == Percentage("86.9817")
        assert "below the expected 86.9817%" in evidence.statement

    def test_the_statistical_policy_gives_the_same_verdict(self) -> None:
        """There is one test of the counts, at the confidence of the policy."""
        december = figure(HOUSED, "December 2022", 848, 1000, published=date(2023, 1, 9))
        sure = attrs.evolve(STATISTICAL, rule=ComparisonRule(confidence=0.5))
        for policy, status in ((STATISTICAL, Status.AT_RISK), (sure, Status.OFF_TRACK)):
            result = evaluate(HOUSED, [december], as_of=self.EARLY, policy=policy)
            assert result.status is status
            assert result.assessment.grade is not None
            assert result.evidence == result.assessment.grade.basis
