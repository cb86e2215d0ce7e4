"""Tests of sentences read as targets, and of what running text says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from rrmodel import datasets
from rrmodel.errors import IncompleteReadingError, RecordError
from rrmodel.model import (
    Baseline,
    ChangeTarget,
    Citation,
    LevelRange,
    Measure,
    MilestoneTarget,
    NarrativeTarget,
    Partner,
    PartnerKind,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    Target,
)
from rrmodel.periods import Deadline, Duration, FinancialYear, Month, parse_period
from rrmodel.quantities import Amount, Percentage, RelativeChange
from rrmodel.records import to_table
from rrmodel.wording import (
    Ambiguous,
    Context,
    Field,
    NotATarget,
    Parsed,
    Reading,
    Vocabulary,
    dates_in,
    find_partners,
    parse_target,
    read_figures,
    render,
    split_names,
)
from rrmodel.wording._phrases import PHRASES
from rrmodel.wording._rules import RULES, roles_of
from rrmodel.wording._tokens import LONGEST_SENTENCE, tokens_of

HERE = Citation("plan")
SHARE = Measure(id="housed", name="Housed", counts="releases", better="higher")
PLACES = Measure(id="places", name="Places", counts="places", unit="place", better="higher")
ESCAPES = Measure(
    id="escapes", name="Escapes", counts="escapes", unit="per 1,000 prisoners", better="lower"
)


def reading_of(sentence: str, **options: Any) -> Reading:
    """Return the one reading of a sentence."""
    result = parse_target(sentence, **options)
    assert isinstance(result, Parsed), result
    return result.reading


def facts(reading: Reading) -> dict[str, Any]:
    """Return what a reading says, without spans: figures as their words, dates as days."""
    values: dict[str, Any] = {"kind": reading.kind}
    for name in ("goal", "high", "change", "baseline", "tolerance"):
        if (field := getattr(reading, name)) is not None:
            values[name] = field.value.value
    for name in ("bound", "direction"):
        if (field := getattr(reading, name)) is not None:
            values[name] = field.value
    if reading.deadline:
        values["due"] = str(reading.deadline.value.last_day)
    if reading.baseline_period:
        values["from"] = str(reading.baseline_period.value)
    if reading.since:
        values["since"] = str(reading.since.value)
    if reading.horizon:
        values["horizon"] = str(reading.horizon.value)
    if reading.every:
        values["every"] = str(reading.every.value)
    if reading.interim:
        values["interim"] = [
            (step.figure.value, str(step.deadline.last_day)) for step in reading.interim
        ]
    if reading.parts:
        values["parts"] = [part.value for part in reading.parts]
    return values


SENTENCES: tuple[tuple[str, dict[str, Any]], ...] = (
    # levels, with the deadline first, last or missing
    (
        "To increase the share in work to 40% by March 2025",
        {"kind": "reach", "goal": 40, "direction": "up", "due": "2025-03-31"},
    ),
    (
        "By the end of 2025, 72 per cent of referrals lead to a conference",
        {"kind": "reach", "goal": 72, "due": "2025-12-31"},
    ),
    (
        "Ensure that 88% of reports reach the court on the day it asks for",
        {"kind": "reach", "goal": 88},
    ),
    ("Statements taken within agreed times in 65 per cent of cases", {"kind": "reach", "goal": 65}),
    (
        "At least 91% of orders are enforced within 12 working days",
        {"kind": "reach", "goal": 91, "bound": "at_least"},
    ),
    (
        "90 per cent. of people held for two weeks or more to be seen by a nurse within three days",
        {"kind": "reach", "goal": 90},
    ),
    (
        "one in five prisoners in paid work by 2030",
        {"kind": "reach", "goal": 20, "due": "2030-12-31"},
    ),
    (
        "two-thirds of leavers to be housed before April 2024",
        {"kind": "reach", "goal": Fraction(200, 3), "due": "2024-03-31"},
    ),
    # bounds
    (
        "to ensure that the rate of assaults is lower than 8 per cent by April 2004",
        {"kind": "reach", "goal": 8, "bound": "below", "due": "2004-04-30"},
    ),
    (
        "the cost of a place does not exceed £41,250",
        {"kind": "reach", "goal": 41250, "bound": "at_most"},
    ),
    (
        "Absence should be no higher than 9.5 days per person",
        {"kind": "reach", "goal": Fraction("9.5"), "bound": "at_most"},
    ),
    (
        "No more than five absconds per 1,000 prisoners",
        {"kind": "reach", "goal": 5, "bound": "at_most"},
    ),
    (
        "The level of complaints is 30% or less by the year ending March 2007",
        {"kind": "reach", "goal": 30, "bound": "at_most", "due": "2007-03-31"},
    ),
    (
        "prisoners spend on average at least 26 hours per week out of their cells",
        {"kind": "reach", "goal": 26, "bound": "at_least"},
    ),
    ("to ensure no Category B prisoners abscond", {"kind": "reach", "goal": 0, "bound": "at_most"}),
    # points, and from one level to another
    (
        "Reduce reconviction rates by 3 percentage points by 2013",
        {"kind": "change", "change": 3, "direction": "down", "due": "2013-12-31"},
    ),
    (
        "Raise completions by six points from 51% in 2021/22 by March 2025",
        {
            "kind": "change",
            "change": 6,
            "baseline": 51,
            "from": "2021/22",
            "direction": "up",
            "due": "2025-03-31",
        },
    ),
    (
        "a 4 percentage point fall in the rate of reoffending by 2026-27",
        {"kind": "change", "change": 4, "direction": "down", "due": "2027-03-31"},
    ),
    (
        "cut positive tests from 19 per cent. in 1999–2000 to 9 per cent. by 31 March 2005",
        {
            "kind": "change",
            "baseline": 19,
            "from": "1999/00",
            "goal": 9,
            "direction": "down",
            "due": "2005-03-31",
        },
    ),
    (
        "reduce the rate to 11 per cent by 2027/28 from 14 per cent in the year to March 2024",
        {
            "kind": "change",
            "goal": 11,
            "baseline": 14,
            "from": "2023/24",
            "direction": "down",
            "due": "2028-03-31",
        },
    ),
    (
        "increase the share of trials that go ahead from 61 to 70%",
        {"kind": "change", "baseline": 61, "goal": 70, "direction": "up"},
    ),
    (
        "a 3% reduction in the rate from 29% to 26%",
        {"kind": "change", "change": 3, "baseline": 29, "goal": 26, "direction": "down"},
    ),
    (
        "14 prisons, rising to 16 by 2026",
        {"kind": "change", "baseline": 14, "goal": 16, "direction": "up", "due": "2026-12-31"},
    ),
    (
        "raise the rate by a third from 30% to 40%",
        {
            "kind": "relative",
            "change": Fraction(100, 3),
            "baseline": 30,
            "goal": 40,
            "direction": "up",
        },
    ),
    (
        "reduce the rate of growth in complaints to 2%",
        {"kind": "reach", "goal": 2, "direction": "down"},
    ),
    (
        "improve attainment by reducing to 5% by 2030 the share who leave early",
        {"kind": "reach", "goal": 5, "direction": "down", "due": "2030-12-31"},
    ),
    ("85% of people spend at least 24 hours per week out of cell", {"kind": "reach", "goal": 85}),
    (
        "the number of completed orders shall be 20,000 in the calendar year 2005",
        {"kind": "reach", "goal": 20_000, "due": "2005-12-31"},
    ),
    ("to have completed at least 600 visits", {"kind": "reach", "goal": 600, "bound": "at_least"}),
    (
        "limit the growth in numbers to 2% a year",
        {"kind": "reach", "goal": 2, "direction": "down", "every": "1 year"},
    ),
    ("provide 20 hours a week of work", {"kind": "reach", "goal": 20}),
    (
        "reduce it to 50% by 2010 (baseline 2000: 70%)",
        {
            "kind": "change",
            "goal": 50,
            "baseline": 70,
            "from": "2000",
            "direction": "down",
            "due": "2010-12-31",
        },
    ),
    ("a further 3% reduction in deaths", {"kind": "relative", "change": 3, "direction": "down"}),
    ("Provide 12 to 16 weeks of support", {"kind": "range", "goal": 12, "high": 16}),
    ("a minimum of 40 hours of training", {"kind": "reach", "goal": 40, "bound": "at_least"}),
    ("close 90% of cases within 10-12 weeks", {"kind": "reach", "goal": 90}),
    ("answer 90% within 30 days", {"kind": "reach", "goal": 90}),
    ("keep the level 80% for 2025-26", {"kind": "maintain", "goal": 80, "due": "2026-03-31"}),
    (
        "bring the rate from 58% down to 50%",
        {"kind": "change", "baseline": 58, "goal": 50, "direction": "down"},
    ),
    ("bring it from 50% to 50%", {"kind": "change", "baseline": 50, "goal": 50}),
    (
        "reduce the time by 20% to 40 days",
        {"kind": "relative", "change": 20, "goal": 40, "direction": "down"},
    ),
    # relative changes
    (
        "Reduce vehicle crime by 25% by 2005",
        {"kind": "relative", "change": 25, "direction": "down", "due": "2005-12-31"},
    ),
    (
        "increase by 15 per cent the number of women who start treatment",
        {"kind": "relative", "change": 15, "direction": "up"},
    ),
    (
        "Reduce burglary by 10% by 2004 and 20% by 2006",
        {
            "kind": "relative",
            "change": 20,
            "direction": "down",
            "due": "2006-12-31",
            "interim": [(10, "2004-12-31")],
        },
    ),
    (
        "To reduce robberies by 20% within three years",
        {"kind": "relative", "change": 20, "direction": "down", "horizon": "3 years"},
    ),
    (
        "halve the number of assaults by 2027",
        {"kind": "relative", "change": 50, "direction": "down", "due": "2027-12-31"},
    ),
    (
        "double the use of tags by March 2026",
        {"kind": "relative", "change": 100, "direction": "up", "due": "2026-03-31"},
    ),
    (
        "reduce the rate by half by 2027",
        {"kind": "relative", "change": 50, "direction": "down", "due": "2027-12-31"},
    ),
    ("treble the number of places", {"kind": "relative", "change": 200, "direction": "up"}),
    (
        "cut the number of deaths by 20% by 2004 on a 1999 baseline",
        {
            "kind": "relative",
            "change": 20,
            "direction": "down",
            "due": "2004-12-31",
            "from": "1999",
        },
    ),
    (
        "raise the rate by 20% in relative terms from 62% in 2022",
        {"kind": "relative", "change": 20, "direction": "up", "baseline": 62, "from": "2022"},
    ),
    # counts
    (
        "to deliver 6,300 programme completions in 2003-04, including 900 by women",
        {"kind": "reach", "goal": 6300, "due": "2004-03-31", "parts": [900]},
    ),
    ("To achieve 80 visits per case holder", {"kind": "reach", "goal": 80}),
    ("each officer should receive an average of six training days", {"kind": "reach", "goal": 6}),
    (
        "no more than 200 burglaries by 2026",
        {"kind": "reach", "goal": 200, "bound": "at_most", "due": "2026-12-31"},
    ),
    (
        "recruiting an extra 3,200 officers",
        {"kind": "count_change", "change": 3200, "direction": "up"},
    ),
    (
        "450 more police officers by the end of 2024",
        {"kind": "count_change", "change": 450, "direction": "up", "due": "2024-12-31"},
    ),
    (
        "adding four supervisors in 2023-24",
        {"kind": "count_change", "change": 4, "direction": "up", "due": "2024-03-31"},
    ),
    (
        "increase the number of spaces by 300",
        {"kind": "count_change", "change": 300, "direction": "up"},
    ),
    (
        "deliver £21 million of savings by March 2009",
        {"kind": "reach", "goal": 21_000_000, "due": "2009-03-31"},
    ),
    (
        "achieve gains of £40 million by 2008",
        {"kind": "reach", "goal": 40_000_000, "due": "2008-12-31"},
    ),
    (
        "to increase the number of offences brought to justice to 1.3 million by 2006-07",
        {"kind": "reach", "goal": 1_300_000, "direction": "up", "due": "2007-03-31"},
    ),
    (
        "Raise €3.5 million for hostels by 2027",
        {"kind": "reach", "goal": 3_500_000, "direction": "up", "due": "2027-12-31"},
    ),
    (
        "Spend at least $40 a night on each place",
        {"kind": "reach", "goal": 40, "bound": "at_least"},
    ),
    (
        "Rebuild the estate with half a million places",
        {"kind": "reach", "goal": 500_000},
    ),
    ("(b) provide 2½ days of training", {"kind": "reach", "goal": Fraction(5, 2)}),
    (
        "Cut the use of cells by 10 percentage points in the north within a decade",
        {"kind": "change", "change": 10, "direction": "down", "horizon": "10 years"},
    ),
    (
        "Deliver 500 places between 2022 and 2025",
        {"kind": "reach", "goal": 500, "since": "2022", "due": "2025-12-31"},
    ),
    (
        "increase offences brought to justice by 150 to 1,150",
        {"kind": "count_change", "change": 150, "goal": 1150, "direction": "up"},
    ),
    (
        "a tenfold increase in tags by 2030",
        {"kind": "relative", "change": 900, "direction": "up", "due": "2030-12-31"},
    ),
    # steps, ranges, levels to maintain
    (
        "36% by 2031-32, 31% by 2029-30",
        {"kind": "reach", "goal": 36, "due": "2032-03-31", "interim": [(31, "2030-03-31")]},
    ),
    (
        "to raise the share to 35% by June 2012 with an interim target of 21.5% by June 2009",
        {
            "kind": "reach",
            "goal": 35,
            "direction": "up",
            "due": "2012-06-30",
            "interim": [(Fraction("21.5"), "2009-06-30")],
        },
    ),
    (
        "between 40% and 50% of leavers in work by March 2025",
        {"kind": "range", "goal": 40, "high": 50, "due": "2025-03-31"},
    ),
    (
        "reduce the vacancy rate to 5-8% by 2026",
        {"kind": "range", "goal": 5, "high": 8, "direction": "down", "due": "2026-12-31"},
    ),
    (
        "By July 2024 the region will maintain employment six weeks after release at 24%",
        {"kind": "maintain", "goal": 24, "due": "2024-07-31"},
    ),
    (
        "maintain the share at 82%, give or take 2 percentage points, from 2022/23 onwards",
        {"kind": "maintain", "goal": 82, "tolerance": 2, "since": "2022/23"},
    ),
    # no figure
    ("Reduce alcohol-related deaths", {"kind": "direction", "direction": "down"}),
    ("We will drive up the use of treatment orders", {"kind": "direction", "direction": "up"}),
    (
        "increase year on year the share who finish treatment",
        {"kind": "direction", "direction": "up", "every": "1 year"},
    ),
    (
        "to ensure that the number of escapes is lower than in 1998-99",
        {"kind": "direction", "direction": "down", "from": "1998/99"},
    ),
    (
        "lower staff turnover, compared every 6 months",
        {"kind": "direction", "direction": "down", "every": "6 months"},
    ),
    (
        "Deliver a mentoring strategy across the region by the end of 2024",
        {"kind": "milestone", "due": "2024-12-31"},
    ),
    ("achieve Investors in People accreditation", {"kind": "narrative"}),
    ("Work towards better handovers by 2024", {"kind": "narrative", "due": "2024-12-31"}),
    ("maintain the present low rate of escapes", {"kind": "narrative"}),
)


class TestTargets:
    @pytest.mark.parametrize(
        ("sentence", "expected"), SENTENCES, ids=[s[:50] for s, _ in SENTENCES]
    )
    def test_a_sentence_has_one_reading(self, sentence: str, expected: dict[str, Any]) -> None:
        """Every shape that plans print is read, with its figures, bounds and days."""
        reading = reading_of(sentence)
        assert facts(reading) == expected
        assert not reading.problems

    @pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
    def test_every_rule_reads_its_examples(self, rule: Any) -> None:
        """The examples beside a rule get the role that they are there for."""
        names = {
            "may_be": "baseline period",
            "baseline_period": "baseline period",
            "since": "first period",
            "bare": "goal",
            "change_range": "unplaced",
            "of_level": "unplaced",
        }
        for sentence, words, role in rule.examples:
            tokens = tokens_of(sentence)
            roles = {
                sentence[tokens[place].start : tokens[place].end].strip('"'): names.get(name, name)
                for place, name in roles_of(tokens).items()
            }
            assert roles[words] == role

    @pytest.mark.parametrize(
        ("sentence", "text", "origin"),
        [
            ("reduce the rate to 10% by 2025", "by 2025", "stated"),
            ("Publish a strategy, March 2024", "March 2024", "in question"),
            ("Publish a strategy by the year 2024", "by 2024", "stated"),
            ("Publish a strategy before the year 2024", "before 2024", "stated"),
            ("finish by the year ending of March 2026", "by the year ending March 2026", "stated"),
            ("complete the move, due early 2025", "early 2025", "stated"),
            ("raise it to 20% by end-March 2006", "by end-March 2006", "stated"),
            (
                "raise it to 20% over the period May 2004 to March 2007",
                "over the period May 2004 to March 2007",
                "stated",
            ),
            (
                'complete the move, due "by July 2023 at the latest"',
                "by July 2023 at the latest",
                "stated",
            ),
        ],
    )
    def test_the_words_of_a_deadline_are_kept(self, sentence: str, text: str, origin: str) -> None:
        """A deadline has the words of the sentence, and says if it is in question."""
        deadline = reading_of(sentence).deadline
        assert deadline is not None
        assert (deadline.value.wording, deadline.origin) == (text, origin)

    @pytest.mark.parametrize(
        ("sentence", "what"),
        [
            ("reduce the rate to 10% by 2025 in 7 areas", "'7' has no part"),
            ("reduce the rate to 10% by 2025 in 2026", "'2026' is a second date"),
            ("cut the rate to 10% by the end of 2022-25", "2022-25 is a span of 3 plan years"),
            ("cut the rate to 10% by FY 2018", "may mean 2017/18, which ends in 2018"),
            ("cut the rate to 10% by the year ending 2021", "March 2021 ('2020/21') or the year"),
            ("cut the rate to 10% in academic year 2005/06", "as schools count, or 1 August 2005"),
            ("cut the rate to 10% over the lifetime of the plan", "'lifetime of the plan' has"),
            ("cut the rate to 10% by this time next year", "'this time next year' has no part"),
            ("cut the rate to 60% of 2010 levels", "'60%' is a share of another level"),
            ("cut the rate to 10% by 31 March each year", "'31 March each year' has no part"),
            ("cut the rate to 10% from the average to 2022", "'2022' stands without a word"),
            ("A strategy for the region in 2024", "'in 2024' may say when something was done"),
            ("Rebuild with 2,000 places and at least 150 gyms", "'150' is a second level"),
            ("from 20% in early 2020 to 10% by 2025", "'early 2020' names no period"),
            ("85% of cases and 70% of orders", "'70%' is a second level"),
            ("85% by 2010, 70% of orders, and 60% by 2009", "'70%' is neither the goal nor a step"),
            (
                "cut it to 10% by 2025 with an interim target of 15%",
                "'15%' is a step without a date",
            ),
            ("reduce it from 30% from 31% to 20%", "'31%' is a second level to start"),
            (
                "raise it by 5 points from 20% against a baseline of 30%",
                "'30%' is a second level to",
            ),
            (
                "reduce the rate to 10% by the end of this parliament",
                "'the end of this parliament'",
            ),
            ("cut the rate to ٣% or 10% by 2025", "'٣' has no part"),
            ("85% of cases by 2010, 2011 and 2012 and 9% of orders", "'2012' belongs to no figure"),
            ("cut it, compared every 0.5 years", "'0.5 years' is not a whole number"),
            ("raise it by 20% within 1.5 years", "'1.5 years' is not a whole number"),
            ("to have completed 600 visits by the end of the year", "'the end of the year' has no"),
            ("complete it before early 2023", "'early 2023' names no day"),
            ("raise it to 10% before early 2023", "'early 2023' names no day"),
            ("By 2025, 85% of cases and 70% of orders", "'70%' is a second level"),
            ("appraise 98% of staff by the end of June each year", "'June' has no part"),
            ("raise it to 20% by 1/4/2005", "1 April 2005 or 4 January 2005"),
            ("raise it to 20% by Whitsun 2005", "'2005' has no part"),
            ("raise it to 20% over the period 2003-06", "'2003-06' has no part"),
            (
                "raise it by between 5 and 10 percentage points",
                "'10 percentage points' is an end of a range of changes",
            ),
            ("raise the share by 5 to 10 per cent", "'5' is an end of a range of changes"),
            ("reduce absence 10% by 2026", "'10%' stands without 'to' or 'by'"),
            ("raise the number by 20 to 90%", "'90%' is an end of a range of changes"),
        ],
    )
    def test_no_figure_is_passed_over_in_silence(self, sentence: str, what: str) -> None:
        """A figure or date without a role has a problem that names it."""
        problems = parse_target(sentence).problems
        assert any(what in problem.message for problem in problems), problems

    @pytest.mark.parametrize(
        ("sentence", "message"),
        [
            ("raise the share to 182% by 2025", "182% is not between"),
            ("raise it by 30 percentage points from 82% in 2022 by 2025", "82% changed by"),
            ("raise it from 82% in March 2024 to 90% by July 2023", "is not after the baseline"),
            ("bring it between 60% and 50% by 2025", "is not in order"),
            ("raise it by 5 percentage points from 20% to 40%", "is 25%, not 40%"),
            ("increase it from 82% to 80% by July 2024", "from 82% to 80% is not a change up"),
            ("cut assaults from 100 to 120 by 2025", "from 100 to 120 is not a change down"),
            ("increase it by -5 percentage points by 2025", "a change up by -5 percentage points"),
            ("reduce the number of assaults by -10% by 2025", "a change down by -10%"),
            ("increase it by minus 5 percentage points by 2025", "'minus' before 5 percentage"),
            ("raise it to minus 5% by 2025", "'minus' before 5% is not read"),
        ],
    )
    def test_impossible_targets_are_read_with_their_error(
        self, sentence: str, message: str
    ) -> None:
        """A target that nobody can meet is read as printed, and its error says why."""
        errors = [problem for problem in parse_target(sentence).problems if problem.is_error]
        assert [message in error.message for error in errors] == [True]

    @pytest.mark.parametrize(
        ("sentence", "way"),
        [
            ("Improve waits from 10 days to 8 days by 2025", "down"),
            ("Improve the share housed from 80% to 90% by 2025", "up"),
            ("Improve the share housed by 5 percentage points by 2025", "up"),
        ],
    )
    def test_printed_levels_say_which_way_is_better(self, sentence: str, way: str) -> None:
        """A verb that says better, not up or down, takes its direction from the levels."""
        reading = reading_of(sentence)
        assert (reading.direction.value, reading.problems) == (way, ())

    def test_letters_that_grow_in_lower_case_move_no_figure(self) -> None:
        """Places are those of the sentence as it was given."""
        sentence = "İzmir Street: raise the share housed to 90% by 2025"
        assert [sentence[slice(*each.span)] for each in reading_of(sentence).mentions] == [
            "90%",
            "2025",
        ]

    def test_every_figure_has_its_place_and_role(self) -> None:
        """Mentions name each figure, date and number in a name, with its role."""
        sentence = "Reduce Category 2 calls to 10% (Home Office, 2019) by 2025"
        reading = reading_of(sentence)
        assert [(mention.text, mention.role) for mention in reading.mentions] == [
            ("2", "name"),
            ("10%", "goal"),
            ("2019", "unplaced"),
            ("2025", "deadline"),
        ]
        assert all(sentence[slice(*mention.span)] == mention.text for mention in reading.mentions)

    @pytest.mark.parametrize(
        "sentence",
        [
            "Ensure the 10-year Drugs Strategy is followed",
            "Deliver the Priorities Plan for 2004-05",
            "1. Work with people aged 16 or above and under 18s",
            "Follow Section 17, the 2001 Census and the Business Plan 2004-05",
            "See SR 2004 and https://a.org/2023",
            "Use MI016 for 5-year-olds and the 3rd sector, where two or more agree",
        ],
    )
    def test_numbers_in_names_are_not_figures(self, sentence: str) -> None:
        """Ages, document years, codes and list numbers are names."""
        reading = reading_of(sentence)
        assert {mention.role for mention in reading.mentions} == {"name"}
        assert reading.kind == "narrative"

    def test_every_phrase_has_one_name(self) -> None:
        """No phrase is read as two kinds of token."""
        phrases = [phrase for phrases in PHRASES.values() for phrase in phrases]
        assert len(phrases) == len(set(phrases))

    @pytest.mark.parametrize(
        ("text", "unit"), [("€2 million", "euro"), ("$5 a night", "dollar/night"), ("£3", "GBP")]
    )
    def test_money_has_its_currency(self, text: str, unit: str) -> None:
        """Pounds, euros and dollars are not added up."""
        assert read_figures(f"We will spend {text}.")[0].figure.unit == unit

    def test_a_sentence_must_be_a_text(self) -> None:
        """Anything but a text is refused by an error of ours."""
        with pytest.raises(RecordError, match="expected a sentence, not int"):
            parse_target(7)  # type: ignore[arg-type]


class TestAmbiguous:
    def test_a_bare_change_has_both_readings_and_goals(self) -> None:
        """A share changed by "%" has a reading in points and a relative one, each with its goal."""
        both = parse_target("Increase the share housed by 20% from 62% in 2021/22 by March 2025")
        assert isinstance(both, Ambiguous)
        assert [(reading.kind, reading.goal_level) for reading in both.readings] == [
            ("change", Percentage(82)),
            ("relative", Percentage("74.4")),
        ]
        assert "'20%' may mean" in both.reason
        assert both.span == (29, 32)

    @pytest.mark.parametrize(
        "sentence",
        [
            "a reduction in re-offending rates by 5% in 2004",
            "reduce reoffending by 10% by 2026",
            "Reduce the use of custody by 10 per cent.",
            "an improvement in efficiency of 2% a year",
            "20% increase (up to 75%)",
            "deliver efficiency gains of 3% per annum",
            "raise the share of victims satisfied by 10%",
        ],
    )
    def test_what_may_be_a_share_has_two_readings(self, sentence: str) -> None:
        """Without printed levels or a counted noun nobody guesses."""
        assert isinstance(parse_target(sentence), Ambiguous)

    @pytest.mark.parametrize(
        ("sentence", "kind"),
        [
            ("a 10% reduction in the share from 50% to 45%", "relative"),
            ("a 5% reduction in the share from 50% to 45%", "change"),
            ("increase places by 20% from 200 to 240", "relative"),
        ],
    )
    def test_printed_levels_decide(self, sentence: str, kind: str) -> None:
        """Where the levels are printed, only one reading fits them."""
        assert reading_of(sentence).kind == kind

    def test_users_extend_the_counted_nouns(self) -> None:
        """A noun of the user's is counted, so that its change has one reading."""
        sentence = "reduce widgets by 10%"
        assert isinstance(parse_target(sentence), Ambiguous)
        words = Vocabulary().with_counted("widgets")
        assert reading_of(sentence, vocabulary=words).kind == "relative"


class TestNotTargets:
    @pytest.mark.parametrize(
        ("sentence", "reason"),
        [
            ("Reoffending fell by 5% in 2019.", "fact"),
            ("The share for the year 1999–2000 was 15 per cent.", "fact"),
            ("This is an increase of 11% on the baseline of 900,000.", "fact"),
            ("This represents a fall of 2.2 percentage points against 44.6% in 2005.", "fact"),
            ("The report shows that the service met 9 of its 12 targets.", "fact"),
            ("Rates for successive cohorts have surpassed the 5% target each year.", "fact"),
            ("The reoffending rate is 26%.", "fact"),
            ("Around 80% of people who are cautioned have offended before.", "fact"),
            ("Completions improved from 78% to 84% over the year.", "fact"),
            ("Reported crime increased by 5%", "fact"),
            ("By 2010 the prison population will have risen to 95,000.", "fact"),
            ("Numbers are projected to rise to 98,700 by September 2026.", "fact"),
            ("In the region currently only 7% of leavers have a job.", "fact"),
            ("In July 2021 we launched a service that gives up to 12 weeks of support.", "fact"),
            (
                "Leavers with a job are up to nine percentage points less likely to reoffend.",
                "effect size",
            ),
            (
                "Treatment can increase the number who do not reoffend to 44% (PHE, 2017).",
                "effect size",
            ),
            ("45% of people on probation have a need for work", "share of need"),
            ("34% have an accommodation need and 22% have an alcohol misuse need", "share of need"),
            ("… 12 % –", "no words"),
            ("", "no words"),
            ("a" * (LONGEST_SENTENCE + 1), "too long"),
        ],
    )
    def test_the_reason_is_named(self, sentence: str, reason: str) -> None:
        """A sentence that is not a target says which kind of sentence it is."""
        result = parse_target(sentence)
        assert isinstance(result, NotATarget)
        assert result.reason == reason
        assert result.message

    @pytest.mark.parametrize(
        "sentence",
        [
            "We are recruiting 8 leads, 12 (5 in 2022) managers by 2022, and 2 cooks will join.",
            "The government will invest £40 million in treatment.",
            "We will invest up to £40m by 2025.",
            "The grant will rise to £3 million by 2025.",
            "The prison will hold up to 1,680 men by spring 2023.",
            "These plans will be reviewed by 2023, when 60% of the budget will be spent.",
            "The second phase will start in 2 prisons by 2024.",
            "HMPPS will increase the number of spaces by 200.",
            "HMPPS will open two prisons by 2027.",
            "The region, which had a target of 80%, will be reviewed by 2024.",
            "Deliver a strategy by the end of 2023",
            "We work together across the region.",
            "There are 12 courts, and 45% of cases end early by choice in 2022.",
            "We are committed to opening new prisons providing 3,000 places by March 2027.",
            "We will consult 2,000 residents by March 2026.",
            "We will recruit 250 officers by March 2026, to cut crime.",
            "The programme will reach at least 1,200 children by July 2026.",
        ],
    )
    def test_running_text_needs_a_commitment_to_a_figure_by_a_date(self, sentence: str) -> None:
        """In running text nothing less is taken as a target."""
        result = parse_target(sentence, mode="running")
        assert isinstance(result, NotATarget)
        assert result.reason == "no commitment"

    @pytest.mark.parametrize(
        "sentence",
        [
            "By July 2024 the region will raise the share housed by 8 percentage points.",
            "The service will make savings of £3 million by March 2025.",
            "We will ensure that 85% of leavers are housed by March 2025.",
            "Our ambition is to have 13,000 more officers by 2029.",
            "We will meet the target of 85% for visits to each prison.",
            "We aim to reach 400 people by March 2026.",
            "We will reduce the number of assaults to 300 by March 2026.",
            "We will ensure 600 people on licence are in work by March 2026.",
        ],
    )
    def test_running_text_with_a_commitment_is_read(self, sentence: str) -> None:
        """A commitment to a figure by a date, or a target named as one, is taken."""
        assert isinstance(parse_target(sentence, mode="running"), Parsed)


class TestAnswersAsData:
    """The mapping and the row of each answer; ``test_records`` tests the layout itself."""

    def test_a_reading(self) -> None:
        """Its values say where they come from and where they stand."""
        text = "Raise the share by 8 points from 82% in March 2022 to 90% by 31 July 2023"
        answer = parse_target(text).to_dict()
        reading = answer["reading"]
        assert (answer["answer"], answer["text"], answer["alternative"]) == ("parsed", text, None)
        assert (reading["kind"], reading["direction"]) == ("change", "up")
        assert (reading["goal_level"], reading["goal_level_value"]) == ("90%", 90.0)
        assert reading["change"] | {"start": 0, "end": 0} == {
            "text": "8 points",
            "kind": "points",
            "number": "8",
            "number_value": 8.0,
            "unit": "%",
            "origin": "stated",
            "start": 0,
            "end": 0,
        }
        assert reading["deadline"]["day"] == "2023-07-31"
        assert reading["baseline_period"]["first_day"] == "2022-03-01"
        deadline = reading["deadline"]
        assert text[deadline["start"] : deadline["end"]] == "by 31 July 2023"
        assert [each["role"] for each in answer["mentions"]] == [
            "change",
            "baseline",
            "baseline period",
            "goal",
            "deadline",
        ]

    def test_steps_parts_and_problems(self) -> None:
        """Each is a list of mappings."""
        answer = parse_target(
            "Cut crime by 16% by 2004 and 25% by 2005, including 7 areas"
        ).to_dict()
        (step,) = answer["reading"]["interim"]
        assert (step["figure"]["text"], step["day"]) == ("16%", "2004-12-31")
        assert [part["text"] for part in answer["reading"]["parts"]] == ["7"]
        (problem,) = parse_target("raise it to 80% before early 2023").to_dict()["problems"]
        assert (problem["unread"], problem["is_error"]) == ("the deadline", False)

    def test_two_readings(self) -> None:
        """Both are there, with the words that have two meanings."""
        text = "20% increase in the share from 62% in 2021/22 by March 2025"
        answer = parse_target(text).to_dict()
        assert (answer["reading"]["kind"], answer["alternative"]["kind"]) == ("change", "relative")
        assert text[answer["start"] : answer["end"]] == "20%"
        assert "20% of the level" in answer["message"]

    def test_one_table_takes_all_answers(self) -> None:
        """A sentence that is not a target has the columns of a reading too, without values."""
        sentences = ("Reduce it to 25% by March 2026", "Reoffending fell by 5% in 2019.")
        rows = to_table(map(parse_target, sentences)).to_records()
        assert [row["answer"] for row in rows] == ["parsed", "not_a_target"]
        assert [row["reason"] for row in rows] == [None, "fact"]
        assert [row["reading_deadline_day"] for row in rows] == [date(2026, 3, 31), None]


class TestContext:
    def test_what_the_sentence_does_not_say_is_inherited(self) -> None:
        """Deadline, direction and baseline come from the context and say so."""
        context = Context(
            deadline=Deadline("By July 2025"), direction="down", baseline=FinancialYear("2021-22")
        )
        reading = reading_of("vehicle crime by 4 percentage points from 30%", context=context)
        assert reading.deadline == Field(Deadline("By July 2025"), "inherited")
        assert reading.direction == Field("down", "inherited")
        assert reading.baseline_period == Field(FinancialYear("2021-22"), "inherited")

    def test_what_the_sentence_says_stays(self) -> None:
        """Stated values are never replaced."""
        context = Context(
            deadline=Deadline("By July 2025"), direction="down", baseline=FinancialYear("2021-22")
        )
        reading = reading_of("raise it by 4 points from 30% in 2022 by 2024", context=context)
        assert facts(reading)["due"] == "2024-12-31"
        assert facts(reading)["direction"] == "up"
        assert facts(reading)["from"] == "2022"


class TestVocabulary:
    def test_measures_are_recognised_by_their_words(self) -> None:
        """The longest words of a measure in the sentence name it."""
        words = Vocabulary().with_measures({"homed": "a", "homed on release": "b"})
        reading = reading_of("raise the share Homed  on release to 90%", vocabulary=words)
        assert reading.measure == Field("b", "stated")
        assert words.measure_in("in paid work") is None

    @pytest.mark.parametrize(
        ("measures", "message"),
        [({" ": "a"}, "has no words"), ({"HOUSED": "b"}, "names the measures")],
    )
    def test_words_name_one_measure(self, measures: dict[str, str], message: str) -> None:
        """Empty words, and words that name two measures, are refused."""
        with pytest.raises(RecordError, match=message):
            Vocabulary().with_measures({"housed": "a"}).with_measures(measures)


class TestBuilding:
    def test_what_is_missing_is_named_at_once(self) -> None:
        """One error names all that the sentence does not say."""
        result = parse_target("Reduce reoffending by 4 percentage points")
        assert isinstance(result, Parsed)
        with pytest.raises(IncompleteReadingError) as error:
            result.target()
        assert error.value.missing == (
            "the level of the baseline",
            "the period of the baseline",
            "the deadline",
            "the measure",
            "the area",
            "the citation",
        )
        assert error.value.text in str(error.value)

    @pytest.mark.parametrize(
        ("sentence", "unread"),
        [
            ("raise it to 80% by FY 2018", "the deadline"),
            ("raise it to 80% by the year ending 2021", "the deadline"),
            ("raise it to 80% by the end of the plan", "the deadline"),
            ("raise it to 80% before early 2023", "the deadline"),
            ("complete the move before early 2023", "the deadline"),
            ("raise it to 80% by 2024 or 2025", "the deadline"),
            ("raise it to 80% by June 2025/26", "the deadline"),
            ("raise it from 60% in FY 2018 to 80% by 2030", "the period of the baseline"),
            ("raise it by between 5 and 10 percentage points by 2027", "the change"),
            ("cut emissions to 60% of 2010 levels by 2030", "the level to reach"),
            ("reduce the number of thefts 10% by 2026", "the level to reach or the change"),
        ],
    )
    def test_what_the_sentence_says_and_is_not_read_is_missing(
        self, sentence: str, unread: str
    ) -> None:
        """No target is built without a part that the sentence states."""
        result = parse_target(sentence)
        assert isinstance(result, Parsed)
        assert unread in result.reading.missing
        with pytest.raises(IncompleteReadingError, match=unread):
            result.target(measure=SHARE, area="York", citation=HERE)

    def test_a_vague_deadline_is_that_of_the_plan(self) -> None:
        """The context says when "the end of the plan" is."""
        context = Context(deadline=Deadline("By July 2025"))
        reading = reading_of("raise it to 80% by the end of the plan", context=context)
        assert reading.missing == ()

    def test_the_reason_for_two_readings_gives_both_goals(self) -> None:
        """Where the level of the baseline is printed, the goals can be compared."""
        both = parse_target("a 10% increase in the share from 60% in 2021/22 by March 2025")
        assert isinstance(both, Ambiguous)
        assert [str(reading.goal_level) for reading in both.readings] == ["70%", "66%"]
        assert "points, or 10% of the level (a goal of 70% or 66%): ask" in both.reason

    def test_a_milestone_needs_its_deadline(self) -> None:
        """A milestone, unlike a narrative, is due by a day."""
        parsed = parse_target("complete the move by July 2024")
        assert isinstance(parsed, Parsed)
        target = parsed.target(area="York", citation=HERE)
        assert isinstance(target, MilestoneTarget)
        assert (target.id, target.deadline) == ("target", Deadline("by July 2024"))
        narrative = parse_target("achieve accreditation")
        assert isinstance(narrative, Parsed)
        assert isinstance(narrative.target(area="York", citation=HERE), NarrativeTarget)
        undated = Reading(text="complete it", kind="milestone")
        assert undated.missing == ("the deadline",)

    @pytest.mark.parametrize(
        ("sentence", "measure", "kind", "goal"),
        [
            ("raise it by 8 points from 82% in 2022 by 2025", SHARE, ChangeTarget, Percentage(90)),
            ("raise it to 90% by 2025", SHARE, ReachTarget, Percentage(90)),
            ("raise it from 82% in 2022 to 90% by 2025", SHARE, ReachTarget, Percentage(90)),
            ("85% of leavers to be housed", SHARE, StandingTarget, Percentage(85)),
            ("maintain it at 85%", SHARE, StandingTarget, Percentage(85)),
            ("between 40% and 50% by 2025", SHARE, RangeTarget, None),
            ("add 30 places from 200 in 2022 by 2025", PLACES, ChangeTarget, Amount(230, "place")),
            ("deliver 250 new homes by 2025", PLACES, None, None),
            (
                "no more than 5 escapes per 1,000 prisoners",
                ESCAPES,
                StandingTarget,
                Amount(5, "per 1,000 prisoners"),
            ),
            ("no more than 5 escapes per 100 prisoners", ESCAPES, None, None),
            ("at least 5% by 2025", ESCAPES, None, None),
            ("reduce it to 5% by 2025", SHARE, None, None),
            ("deliver 300 hostel places by 2025", PLACES, ReachTarget, Amount(300, "place")),
            ("deliver 250 homes by 2025", PLACES, None, None),
            ("deliver 250 bail place units by 2025", PLACES, ReachTarget, Amount(250, "place")),
            ("spend £300 a year by 2025", PLACES, None, None),
            ("deliver 300 by 2025", PLACES, ReachTarget, Amount(300, "place")),
        ],
    )
    def test_a_reading_makes_the_record_of_its_kind(
        self, sentence: str, measure: Measure, kind: type | None, goal: Any
    ) -> None:
        """Figures take the unit of the measure; what contradicts it is refused."""
        result = parse_target(sentence)
        assert isinstance(result, Parsed)
        if kind is None:
            with pytest.raises(RecordError):
                result.target(measure=measure, area="York", citation=HERE)
            return
        target = result.target(measure=measure, area="York", citation=HERE)
        assert type(target) is kind
        assert goal is None or target.goal == goal
        assert target.statement == sentence

    def test_a_reading_of_an_ambiguous_sentence_is_built_too(self) -> None:
        """Who decides for a reading builds its target from that."""
        both = parse_target("Increase the share housed by 20% from 62% in 2021/22 by March 2025")
        assert isinstance(both, Ambiguous)
        target = both.readings[1].target(measure=SHARE, area="York", citation=HERE)
        assert isinstance(target, ChangeTarget)
        assert target.change == RelativeChange("+20%")

    def test_goal_levels(self) -> None:
        """The goal is as stated or as derived, and ``None`` where there is none."""
        assert reading_of("raise it to 90%").goal_level == Percentage(90)
        assert reading_of("raise it to 190%").goal_level is None
        assert reading_of("raise it by 8 points").goal_level is None
        assert reading_of("raise it by 30 places from 200 places").goal_level == Amount(
            230, "place"
        )
        assert reading_of("raise it by 30 places from 20% in 2022").goal_level is None
        assert reading_of("raise it by 30 places from £200 in 2022").goal_level is None
        assert reading_of("bring it between 40% and 50%").goal_level is None
        with pytest.raises(RecordError, match="names no change"):
            reading_of("raise it to 90%").signed_change("%")
        with pytest.raises(RecordError, match="has no value"):
            Reading(text="x", kind="reach").target(measure=SHARE, area="York", citation=HERE)


class TestRendering:
    def test_the_regional_plan_is_read_back(self) -> None:
        """Each target of the bundled plan is the same after rendering and reading."""
        for target in datasets.load("east-midlands-2022-25").targets:
            result = parse_target(render(target))
            assert isinstance(result, Parsed)
            again = result.target(
                measure=getattr(target, "measure", None),
                area=target.area,
                id=target.id,
                citation=target.citation,
                statement=target.statement,
            )
            assert again == target
            assert not result.problems

    @pytest.mark.parametrize(
        ("target", "sentence"),
        [
            (
                RangeTarget(
                    id="m",
                    statement="Keep it.",
                    citation=HERE,
                    area="York",
                    measure=SHARE,
                    goal=LevelRange(low=Percentage(40), high=Percentage(50)),
                    deadline=Deadline("by March 2025"),
                ),
                "Bring the share housed in York to between 40% and 50%, by March 2025.",
            ),
            (
                ReachTarget(
                    id="m",
                    statement="Reach it.",
                    citation=HERE,
                    area="York",
                    measure=SHARE,
                    goal=Percentage(90),
                    deadline=Deadline("by March 2025"),
                ),
                "Bring the share housed in York to at least 90%, by March 2025.",
            ),
        ],
    )
    def test_levels_without_a_baseline(self, target: Target, sentence: str) -> None:
        """Nothing is said about a start that is not known."""
        assert render(target) == sentence

    def test_relative_changes_are_named_as_such(self) -> None:
        """A rendered relative change is never a bare "%"."""
        target = ChangeTarget(
            id="m",
            statement="Raise it.",
            citation=HERE,
            area="York",
            measure=SHARE,
            baseline=Baseline(level=Percentage(62), period=FinancialYear("2021-22")),
            change=RelativeChange("+20%"),
            deadline=Deadline("by March 2025"),
        )
        assert render(target) == (
            "Raise the share housed in York by 20% in relative terms from 62% in 2021/22, "
            "by March 2025."
        )

    @pytest.mark.parametrize(
        ("unit", "printed"),
        [
            ("% of capacity", "104% (of capacity)"),
            ("per 1,000 prisoners", "104 per 1,000 prisoners"),
            ("GBP/night", "£104 a night"),
            ("GBP/prisoner", "£104 per prisoner"),
            ("day/head", "104 days per head"),
            ("completion/case-holder", "104 completions per case-holder"),
            ("person/year", "104 people a year"),
            ("hour/week", "104 hours a week"),
        ],
    )
    def test_every_unit_is_read_back(self, unit: str, printed: str) -> None:
        """Rates, money and shares of a capacity keep their unit."""
        measure = Measure(id="m", name="Use", counts="use", unit=unit, better="higher")
        target = StandingTarget(
            id="m",
            statement="Use.",
            citation=HERE,
            area="York",
            measure=measure,
            goal=Amount(104, unit),
        )
        sentence = render(target)
        assert printed in sentence
        again = parse_target(sentence)
        assert isinstance(again, Parsed)
        assert (
            again.target(measure=measure, area="York", citation=HERE, id="m", statement="Use.")
            == target
        )

    def test_unusual_words_of_a_deadline_are_quoted(self) -> None:
        """Words that a sentence would not keep together are in quotation marks."""
        target = MilestoneTarget(
            id="m",
            statement="Move.",
            citation=HERE,
            area="York",
            deadline=Deadline("by July 2023 at the latest"),
        )
        assert render(target) == 'Complete "Move." in York, due "by July 2023 at the latest".'


class TestRunningText:
    def test_counts_with_parts_share_the_deadline_of_their_list(self) -> None:
        """A list of counts is due by its last day; parts in brackets have their own."""
        figures = read_figures(
            "We are recruiting 8 leads, 12 (5 in 2022 and 7 in 2023) support managers, and 4 "
            "co-ordinators by the end of 2022 – 2 specialists will also be recruited"
        )
        assert [(each.figure.text, str(each.deadline)) for each in figures] == [
            ("8", "by the end of 2022"),
            ("12", "by the end of 2022"),
            ("4", "by the end of 2022"),
            ("2", "None"),
        ]
        assert figures[1].of == "support managers"
        assert [(part.figure.value, part.period) for part in figures[1].parts] == [
            (5, parse_period("2022")),
            (7, parse_period("2023")),
        ]

    def test_respectively_gives_each_figure_its_group(self) -> None:
        """Two groups with two figures each are told apart."""
        figures = read_figures(
            "Misuse of alcohol and drugs is 31% and 36% respectively for women, compared to 20% "
            "and 33% respectively for men; 5 and 6 respectively."
        )
        assert [(each.figure.text, each.group) for each in figures] == [
            ("31%", "women"),
            ("36%", "women"),
            ("20%", "men"),
            ("33%", "men"),
            ("5", None),
            ("6", None),
        ]
        assert read_figures("Both, respectively for men.") == ()

    @pytest.mark.parametrize(
        ("text", "hedge"),
        [
            ("around 1,500 employees", "about"),
            ("up to 84 nights", "up to"),
            ("over 21,000 cases", "over"),
            ("almost 50% more", "almost"),
            ("at least 12 weeks", "at least"),
            ("11 prisons", "exactly"),
        ],
    )
    def test_hedges(self, text: str, hedge: str) -> None:
        """The words before a figure say how exact it is."""
        assert read_figures(text)[0].bound == hedge

    def test_dates_of_figures(self) -> None:
        """A figure has the date that follows it: a deadline, a start or a period."""
        first, second, third, fourth = read_figures(
            "£75 million a year by 2024-25. Three supervisors to commence in 2022-23. 77% of "
            "people in March 2021. 11 prisons (of several kinds), rising to 13 by 2023."
        )[:4]
        assert str(first.deadline) == "by 2024-25"
        assert second.starts == FinancialYear("2022-23")
        assert third.period == Month("March 2021")
        assert fourth.deadline is None
        assert fourth.parts == ()

    def test_dates_alone(self) -> None:
        """Dates without figures are listed with what they are for."""
        text = "Between May 2019 and June 2020. Live by the end of 2023, from May 2022, as in 2021."
        dates = dates_in(text)
        assert [(each.text, each.role) for each in dates] == [
            ("Between May 2019 and June 2020", "baseline period"),
            ("by the end of 2023", "deadline"),
            ("May 2022", "first period"),
            ("2021", "baseline period"),
        ]
        assert all(text[slice(*each.span)] == each.text for each in dates)

    def test_partners_by_any_name(self) -> None:
        """Partners are found by name and alias, the longest first."""
        pcc = Partner(
            id="pcc",
            name="Police and crime commissioners",
            kind=PartnerKind.STATUTORY,
            aliases=("Regional police & crime commissioners",),
        )
        police = Partner(id="police", name="Police", kind=PartnerKind.STATUTORY)
        text = "The police and regional police and crime commissioners meet."
        mentions = find_partners(text, [police, pcc])
        assert [(each.partner, each.text) for each in mentions] == [
            ("police", "police"),
            ("pcc", "regional police and crime commissioners"),
        ]
        assert all(text[slice(*each.span)] == each.text for each in mentions)

    @pytest.mark.parametrize(
        ("entry", "names"),
        [
            ("Ingeus, the current provider of training", ("Ingeus",)),
            (
                "Department for Work and Pensions, helping people",
                ("Department for Work and Pensions",),
            ),
            (
                "York City and Yorkshire County Council and Hull City Council – linking in",
                ("York City Council", "Yorkshire County Council", "Hull City Council"),
            ),
            (
                "Health providers, including Alpha, and Beta Trust",
                ("Health providers", "Alpha", "Beta Trust"),
            ),
            (" – nothing", ()),
        ],
    )
    def test_names_in_one_entry(self, entry: str, names: tuple[str, ...]) -> None:
        """An entry that names several organisations is split, and their part omitted."""
        assert split_names(entry) == names


class TestDurations:
    def test_a_horizon_is_a_duration(self) -> None:
        """A length of time that the plan has is kept as one."""
        horizon = reading_of("reduce escapes by 10% over the next three years").horizon
        assert horizon is not None
        assert horizon.value.after(date(2024, 1, 1)) == date(2027, 1, 1)
        assert horizon.value == Duration("36 months")
