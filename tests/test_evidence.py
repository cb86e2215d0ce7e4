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
from rrmodel.evaluation import Basis, Evidence, PlanEvaluation, weigh_evidence
from rrmodel.inference import Verdict, assess_change, assess_share, cases_needed
from rrmodel.model import Counts, MeasuredTarget

PLAN = datasets.load("east-midlands-2022-25")
HOUSED: Any = PLAN.target("housed-on-release-by-july-2023")
SETTLED: Any = PLAN.target("settled-three-months-after-release-by-july-2023")
WORK: Any = PLAN.target("employed-six-months-after-release-by-july-2023")
AFTER = date(2023, 12, 1)


def figure(target: MeasuredTarget, month: str, *counts: int, **more: Any) -> Observation:
    """Return a figure of a promise's measure and area, from counts or as printed."""
    return Observation(
        measure=target.measure,
        area=target.area,
        period=Month(month),
        counts=Counts(*counts) if counts else None,
        published=more.pop("published", date(2023, 10, 1)),
        **more,
    )


def weighed(target: MeasuredTarget, *seen: Observation) -> Evidence:
    """Return the evidence for a promise after its deadline."""
    found = evaluate(target, seen, as_of=AFTER).evidence
    assert found is not None
    return found


class TestWithCounts:
    """The counts of the latest figure are held against the goal."""

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
        """90% is promised, but from a printed 82%, so it may be 89.5% to 90.5%."""
        found = weighed(HOUSED, figure(HOUSED, "July 2023", *counts))
        assert (found.verdict, found.basis, found.cases) == (verdict, Basis.COUNTS, counts[1])

    def test_never_changes_the_status(self) -> None:
        """95 of 100 is met, and cannot be told from 90%: two answers."""
        result = evaluate(HOUSED, [figure(HOUSED, "July 2023", 95, 100)], as_of=AFTER)
        assert result.status is Status.MET
        assert result.evidence is not None
        assert result.evidence.verdict is Verdict.NOT_DISTINGUISHABLE

    def test_gives_the_interval_of_wilson(self) -> None:
        """84 of 100 may be 75.58% to 89.90%, to two decimals."""
        found = weighed(SETTLED, figure(SETTLED, "July 2023", 84, 100))
        assert found.interval == (Percentage("75.58"), Percentage("89.90"))
        assert found.confidence == 0.95

    def test_says_how_many_cases_would_settle_it(self) -> None:
        """84% is told from 82% with 1,418 cases, and with 100 it is not."""
        found = weighed(SETTLED, figure(SETTLED, "July 2023", 84, 100))
        assert found.cases_needed == 1418
        settled = weighed(SETTLED, figure(SETTLED, "July 2023", 84 * 15, 1500))
        assert (settled.verdict, settled.cases_needed) == (Verdict.SIGNIFICANTLY_MET, None)

    @pytest.mark.parametrize(
        ("counts", "needed"), [((525, 600), 903), ((915, 1000), 3303), ((540, 600), None)]
    )
    def test_the_nearer_end_of_a_rounded_goal_is_told_last(
        self, counts: tuple[int, int], needed: int | None
    ) -> None:
        """Of 89.5% to 90.5%, 87.5% is told last from the one, 91.5% from the other, 90% never."""
        assert weighed(HOUSED, figure(HOUSED, "July 2023", *counts)).cases_needed == needed

    def test_no_number_settles_a_figure_at_its_goal(self) -> None:
        """82 of 100 is the goal itself, whatever the number of cases."""
        assert weighed(SETTLED, figure(SETTLED, "July 2023", 82, 100)).cases_needed is None

    def test_can_be_more_confident(self) -> None:
        """At 99.99% confidence what was significant at 95% no longer is."""
        result = evaluate(SETTLED, [figure(SETTLED, "July 2023", 780, 1000)], as_of=AFTER)
        assert result.evidence is not None
        assert result.evidence.verdict is Verdict.SIGNIFICANTLY_MISSED
        surer = weigh_evidence(result, confidence=0.9999)
        assert surer is not None
        assert surer.verdict is Verdict.NOT_DISTINGUISHABLE

    def test_refuses_a_confidence_that_is_none(self) -> None:
        """95 is not a share."""
        result = evaluate(SETTLED, [figure(SETTLED, "July 2023", 780, 1000)], as_of=AFTER)
        with pytest.raises(ConfidenceError, match=r"such as 0\.95"):
            weigh_evidence(result, confidence=95)

    def test_allows_the_tolerance_of_the_plan(self) -> None:
        """With two points of tolerance 81% holds a level of 82% beyond doubt."""
        loose = attrs.evolve(SETTLED, tolerance=PercentagePoints(2))
        seen = figure(SETTLED, "July 2023", 8200, 10000)
        assert weighed(SETTLED, seen).verdict is Verdict.NOT_DISTINGUISHABLE
        assert weighed(loose, seen).verdict is Verdict.SIGNIFICANTLY_MET

    def test_takes_the_tolerance_off_the_goal(self) -> None:
        """How many cases are needed is asked of 80%, two points below 82%."""
        loose = attrs.evolve(SETTLED, tolerance=PercentagePoints(2))
        found = weighed(loose, figure(SETTLED, "July 2023", 81, 100))
        assert found.cases_needed == cases_needed(Fraction(81, 100), Fraction(80, 100))

    @pytest.mark.parametrize(("count", "goal"), [(840, "0.895"), (950, "0.905")])
    def test_the_p_value_is_that_of_the_nearer_end(self, count: int, goal: str) -> None:
        """What is missed is missed even of 89.5%, and what is met is met even of 90.5%."""
        found = weighed(HOUSED, figure(HOUSED, "July 2023", count, 1000))
        judged = assess_share(Counts(count, 1000), Fraction(goal), better="higher")
        assert found.p_value == judged.p_value

    def test_allows_the_tolerance_on_the_other_side_of_a_fall(self) -> None:
        """A share to be held at or below 18% is held at 18% with two points of tolerance."""
        falling = attrs.evolve(
            SETTLED,
            measure=attrs.evolve(SETTLED.measure, better="lower"),
            goal=Percentage(18),
            tolerance=PercentagePoints(2),
        )
        found = weighed(falling, figure(falling, "July 2023", 1800, 10000))
        assert found.verdict is Verdict.SIGNIFICANTLY_MET

    @pytest.mark.parametrize(("better", "goal"), [("lower", 98), ("higher", 2)])
    def test_a_tolerance_ends_where_shares_do(self, better: str, goal: int) -> None:
        """Five points beyond 98% is all there is, and nobody is more than all."""
        wide = attrs.evolve(
            SETTLED,
            measure=attrs.evolve(SETTLED.measure, better=better),
            goal=Percentage(goal),
            tolerance=PercentagePoints(5),
        )
        found = weighed(wide, figure(wide, "July 2023", 50, 100))
        assert found.verdict is Verdict.SIGNIFICANTLY_MET

    def test_a_relative_change_carries_the_rounding_of_its_baseline(self) -> None:
        """Half as much again of 18% is 27%, or 26.25% to 27.75% as it was printed."""
        half_more = attrs.evolve(WORK, change=RelativeChange("+50%"))
        seen = figure(WORK, "July 2023", 27300, 100000)
        assert weighed(half_more, seen).verdict is Verdict.NOT_DISTINGUISHABLE
        clear = figure(WORK, "July 2023", 28100, 100000)
        assert weighed(half_more, clear).verdict is Verdict.SIGNIFICANTLY_MET

    def test_a_goal_stays_a_share(self) -> None:
        """From a printed 0% to 100%, what it may be is no less and no more."""
        everybody = attrs.evolve(
            HOUSED,
            baseline=Baseline(level=Percentage("92"), period=Month("March 2022")),
        )
        assert everybody.goal == Percentage(100)
        found = weighed(everybody, figure(HOUSED, "July 2023", 100, 100))
        assert found.verdict is Verdict.NOT_DISTINGUISHABLE


class TestWithTheCountsOfTheBaseline:
    """Where the baseline was counted too, the change is held against the one promised."""

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
        """8 points are promised from 820 of 1,000."""
        found = weighed(HOUSED, self.BEFORE, figure(HOUSED, "July 2023", *counts))
        assert (found.verdict, found.basis) == (verdict, Basis.CHANGE)

    def test_gives_the_interval_of_newcombe(self) -> None:
        """From 820 to 930 of 1,000 is a rise of 8.14 to 13.88 points."""
        found = weighed(HOUSED, self.BEFORE, figure(HOUSED, "July 2023", 930, 1000))
        assert found.interval == (PercentagePoints("8.14"), PercentagePoints("13.88"))

    def test_asks_of_the_change_promised(self) -> None:
        """The probability is that of eight points, exactly."""
        found = weighed(HOUSED, self.BEFORE, figure(HOUSED, "July 2023", 905, 1000))
        judged = assess_change(
            Counts(905, 1000), Counts(820, 1000), Fraction(8, 100), better="higher"
        )
        assert found.p_value == judged.p_value

    def test_counts_that_just_round_to_the_baseline_are_its_counts(self) -> None:
        """815 of 1,000 may be printed as 82%."""
        edge = attrs.evolve(self.BEFORE, counts=Counts(815, 1000), level=Percentage("81.5"))
        found = weighed(HOUSED, edge, figure(HOUSED, "July 2023", 930, 1000))
        assert found.basis is Basis.CHANGE

    def test_counts_that_are_not_the_baseline_are_passed_over(self) -> None:
        """830 of 1,000 does not round to the 82% that the plan starts from."""
        other = attrs.evolve(self.BEFORE, counts=Counts(830, 1000), level=Percentage("83.0"))
        found = weighed(HOUSED, other, figure(HOUSED, "July 2023", 930, 1000))
        assert found.basis is Basis.COUNTS

    def test_a_comparator_has_no_baseline(self) -> None:
        """Another area's change from its own level is not the one promised."""
        wales = [
            attrs.evolve(seen, area="Wales")
            for seen in (self.BEFORE, figure(HOUSED, "July 2023", 930, 1000))
        ]
        found = evaluate(HOUSED, wales, as_of=AFTER, area="Wales").evidence
        assert found is not None
        assert found.basis is Basis.COUNTS


class TestOfADirection:
    """A promise to move the better way is held against no change."""

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
        found = weighed(self.MORE, first, figure(HOUSED, "July 2023", count, 1000))
        assert (found.verdict, found.basis) == (verdict, Basis.CHANGE)

    def test_from_its_baseline(self) -> None:
        """The counts of the baseline are those of its own period."""
        before = TestWithTheCountsOfTheBaseline.BEFORE
        promise = attrs.evolve(self.MORE, baseline=HOUSED.baseline)
        found = weighed(promise, before, figure(HOUSED, "July 2023", 880, 1000))
        assert found.verdict is Verdict.SIGNIFICANTLY_MET

    def test_needs_both_counts(self) -> None:
        """A printed figure at either end leaves chance out."""
        first = figure(HOUSED, "June 2022", 820, 1000, published=date(2022, 9, 1))
        printed = figure(HOUSED, "July 2023", level=Percentage("88"))
        assert evaluate(self.MORE, [first, printed], as_of=AFTER).evidence is None
        promise = attrs.evolve(self.MORE, baseline=HOUSED.baseline)
        counted = figure(HOUSED, "July 2023", 880, 1000)
        assert evaluate(promise, [counted], as_of=AFTER).evidence is None


class TestWithoutCounts:
    """A printed figure stands for all that rounds to it, and chance cannot be weighed."""

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
        found = weighed(HOUSED, figure(HOUSED, "July 2023", level=Percentage(level)))
        assert (found.verdict, found.basis, found.p_value) == (verdict, Basis.ROUNDING, None)

    def test_the_baseline_is_no_evidence(self) -> None:
        """The figure that a promise starts from shows nothing of what came after."""
        assert evaluate(
            HOUSED, [figure(HOUSED, "March 2022", 820, 1000)], as_of=AFTER
        ).evidence is (None)

    def test_there_is_none_without_a_figure(self) -> None:
        """Nothing published is no evidence of anything."""
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
        seen = figure(places, "July 2023", level=Amount(190, "place"))
        assert evaluate(places, [seen], as_of=AFTER).evidence is None


class TestStatement:
    """The evidence is said in plain English, with its interval and what would settle it."""

    def test_that_is_clear(self) -> None:
        """All of the interval lies on one side."""
        assert weighed(HOUSED, figure(HOUSED, "July 2023", 840, 1000)).statement == (
            "The evidence is clear: with 1,000 cases the level may be 81.6% to 86.1% at 95% "
            "confidence, all of it short of what was promised."
        )

    def test_that_is_not_clear(self) -> None:
        """The accepted wording says that more cases are needed, and that this is no failure."""
        assert weighed(SETTLED, figure(SETTLED, "July 2023", 79, 100)).statement == (
            "The evidence is not clear: with 100 cases the level may be 70.0% to 85.8% at 95% "
            "confidence, which holds what was promised; more cases are needed, and this must not "
            "be read as failure. At this level 630 would do."
        )

    def test_of_a_figure_at_its_goal(self) -> None:
        """No number of cases tells 82% from 82%."""
        assert weighed(SETTLED, figure(SETTLED, "July 2023", 82, 100)).statement.endswith(
            "failure."
        )

    def test_of_a_change(self) -> None:
        """The interval is of the change since the baseline."""
        found = weighed(
            HOUSED,
            TestWithTheCountsOfTheBaseline.BEFORE,
            figure(HOUSED, "July 2023", 930, 1000),
        )
        assert found.statement == (
            "The evidence is clear: with 1,000 cases the change may be +8.1 to +13.9 percentage "
            "points at 95% confidence, all of it at or beyond what was promised."
        )

    def test_of_a_printed_figure(self) -> None:
        """Rounding is all that can be spoken of."""
        assert weighed(HOUSED, figure(HOUSED, "July 2023", level=Percentage("86.3"))).statement == (
            "As printed it stands for 86.25% to 86.35%, all of it short of what was promised. "
            "Without counts, chance cannot be weighed."
        )
        assert weighed(HOUSED, figure(HOUSED, "July 2023", level=Percentage("90"))).statement == (
            "As printed it stands for 89.5% to 90.5%, so rounding alone leaves open whether the "
            "goal is reached. Without counts, chance cannot be weighed."
        )

    def test_of_an_exact_figure(self) -> None:
        """A fraction was not rounded, so nothing is said of rounding."""
        exact = figure(HOUSED, "July 2023", level=Percentage(Fraction(259, 3)))
        assert weighed(HOUSED, exact).statement == "Without counts, chance cannot be weighed."


class TestExplain:
    """A judgement in plain English claims no more than its evidence."""

    @pytest.mark.parametrize(
        ("seen", "badge"),
        [
            ({"level": Percentage("86.3")}, "Missed on the figures"),
            ({"level": Percentage("90")}, "Met, evidence unclear"),
            ({"counts": Counts(950, 1000)}, "Met, clearly"),
            ({"counts": Counts(95, 100)}, "Met, evidence unclear"),
            ({"counts": Counts(84, 100)}, "Missed, evidence unclear"),
            ({"counts": Counts(840, 1000)}, "Missed, clearly"),
        ],
    )
    def test_as_a_badge(self, seen: dict[str, Any], badge: str) -> None:
        """Two or three words say the answer and how sure one can be."""
        july = Observation(
            measure=HOUSED.measure, area=HOUSED.area, period=Month("July 2023"), **seen
        )
        assert evaluate(HOUSED, [july], as_of=AFTER).explain("badge") == badge

    def test_a_badge_claims_nothing_of_the_goal_before_the_deadline(self) -> None:
        """How a promise stands under way is no answer about its goal."""
        seen = figure(HOUSED, "December 2022", 870, 1000, published=date(2023, 1, 31))
        assert evaluate(HOUSED, [seen], as_of=date(2023, 2, 1)).explain("badge") == "On track"

    def test_before_the_deadline_says_by_what_it_was_graded(self) -> None:
        """The level expected and what the policy makes of it are part of the sentence."""
        seen = figure(HOUSED, "December 2022", level=Percentage("84.5"), published=date(2023, 1, 9))
        result = evaluate(HOUSED, [seen], as_of=date(2023, 2, 1))
        assert len(result.deciding_reasons) == 3
        assert result.explain() == (
            "At risk: 84.5% in December 2022 is 5.5 percentage points short of the 90% promised by "
            "31 July 2023; the straight line expects 86.52% by 31 December 2022; it has made 55% "
            "of the change expected by then."
        )

    def test_as_a_sentence(self) -> None:
        """The reason that decides, and the accepted wording where the evidence is unclear."""
        result = evaluate(SETTLED, [figure(SETTLED, "July 2023", 79, 100)], as_of=AFTER)
        assert result.explain() == (
            "Missed, evidence unclear: 79% in July 2023 is 3 percentage points short of the 82% "
            "promised by 31 July 2023; more cases are needed, and this must not be read as failure."
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
            "Missed on the figures: 86.3% in 2022/23 is 3.7 percentage points short of the 90% "
            "promised by 31 July 2023 (figures of England and Wales, a comparator)."
        )

    def test_without_a_figure(self) -> None:
        """No data is said as such, and of nobody's figures."""
        assert evaluate(HOUSED, [], as_of=AFTER).explain() == (
            "No data: no figure of East Midlands that tells of it was published by 1 December 2023."
        )

    def test_as_a_paragraph(self) -> None:
        """The promise, the answer, its reasons, its evidence and its sources."""
        result = evaluate(
            HOUSED,
            datasets.observations("england-and-wales"),
            as_of=date(2024, 8, 1),
            area="England and Wales",
        )
        said = result.explain("paragraph")
        assert said.startswith(f"{HOUSED.statement} Missed on the figures. The figures are those")
        assert (
            "promised by 31 July 2023. As printed it stands for 86.25% to 86.35%, all of it short "
            "of what was promised. Without counts, chance cannot be weighed. Later figures"
        ) in said
        assert said.endswith(
            "The promise stands in east-midlands-plan-2022-25, Family, accommodation and "
            "readjustment to society > Targets, 1. "
            "The figure was read in offender-accommodation-outcomes-to-march-2024."
        )

    def test_at_a_length_that_is_none(self) -> None:
        """The lengths that there are are offered."""
        length: Any = "sentences"
        with pytest.raises(
            UnknownNameError, match=r"no length 'sentences': did you mean 'sentence'"
        ):
            evaluate(HOUSED, [], as_of=AFTER).explain(length)

    def test_a_paragraph_of_a_narrative(self) -> None:
        """An entry without a number has neither evidence nor a figure's source."""
        narrative = PLAN.pathways[1].targets[0]
        said = evaluate(narrative, [], as_of=AFTER).explain("paragraph")
        assert said == (
            f"{narrative.statement} Not quantified. The entry names nothing to count and no level "
            f"to reach. The promise stands in {narrative.citation}."
        )


class TestWholePlan:
    """Of many promises looked at, some stand out by chance."""

    def judged(self, *counts: tuple[int, int]) -> PlanEvaluation:
        """Judge as many promises to hold 82%, each of an area of its own, by its counts."""
        promises = tuple(
            attrs.evolve(SETTLED, id=f"promise-{place}", area=f"Area {place}")
            for place in range(len(counts))
        )
        chapter = attrs.evolve(PLAN.pathways[2], targets=promises)
        plan = attrs.evolve(PLAN, pathways=(*PLAN.pathways[:2], chapter, *PLAN.pathways[3:]))
        seen = [
            figure(promise, "July 2023", *pair)
            for promise, pair in zip(promises, counts, strict=True)
        ]
        return evaluate_plan(plan, seen, as_of=AFTER)

    def test_one_of_many_must_stand_out_more(self) -> None:
        """794 of 1,000 is significantly short of 82% alone, and not as one of five."""
        assert self.judged((794, 1000)).verdicts() == {"promise-0": Verdict.SIGNIFICANTLY_MISSED}
        several = self.judged((794, 1000), *[(820, 1000)] * 4)
        assert set(several.verdicts().values()) == {Verdict.NOT_DISTINGUISHABLE}

    def test_one_beyond_doubt_stays_so(self) -> None:
        """700 of 1,000 is short of 82% however many others are looked at."""
        found = self.judged((700, 1000), (880, 1000), *[(820, 1000)] * 3).verdicts()
        assert list(found.values())[:2] == [
            Verdict.SIGNIFICANTLY_MISSED,
            Verdict.SIGNIFICANTLY_MET,
        ]

    def test_promises_without_counts_are_left_out(self) -> None:
        """Nothing can be said of chance where only rounded figures were published."""
        judged = evaluate_plan(
            PLAN,
            datasets.observations("england-and-wales"),
            as_of=date(2024, 8, 1),
            area="England and Wales",
        )
        assert judged.verdicts() == {}

    def test_counts_are_kept_for_each_pathway(self) -> None:
        """Statuses of a pathway are counted, and its colours are not averaged."""
        judged = evaluate_plan(
            PLAN,
            datasets.observations("england-and-wales"),
            as_of=date(2024, 8, 1),
            area="England and Wales",
        )
        assert judged.counts_by_pathway()["training-skills-and-work"] == {
            Status.MET: 1,
            Status.MISSED: 1,
        }
