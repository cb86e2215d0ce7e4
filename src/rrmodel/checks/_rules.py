"""The rules, and how selectors choose among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rrmodel.checks._agreement import (
    baselines_that_differ_from_figures,
    changes_that_do_not_fit,
    figures_that_differ,
    levels_that_differ_from_counts,
    parts_that_do_not_add_up,
    sentences_that_differ,
)
from rrmodel.checks._dates import (
    baselines_of_two_periods,
    deadlines_before_their_start,
    deadlines_outside_the_plan,
    parts_after_the_whole,
    vague_deadlines,
)
from rrmodel.checks._partners import (
    partners_never_listed,
    partners_never_used,
    partners_of_one_name,
    partners_under_two_names,
)
from rrmodel.checks._repetitions import (
    lengths_in_two_units,
    repeated_sentences,
    repeated_targets,
)
from rrmodel.checks._rule import Rule, Severity
from rrmodel.checks._targets import (
    activities_without_objective,
    amounts_over_time_of_stocks,
    effect_sizes,
    goals_met_at_the_start,
    impossible_goals,
    measures_without_figures,
    objectives_without_activity,
    repeated_pathway_names,
    targets_without_baseline,
    targets_without_number,
    targets_without_tolerance,
    untargeted_pathways,
)
from rrmodel.errors import UnknownNameError, did_you_mean

__all__ = ["RULES", "chosen_rules", "rule", "severity_of"]

RULES: tuple[Rule, ...] = (
    Rule(
        id="RRA001",
        name="objective-without-activity",
        severity=Severity.WARNING,
        summary="An objective that no activity of its pathway serves.",
        explanation="Nothing is done for such an objective. Either the activity that serves it "
        "does not name it under 'serves', or the plan has no such activity.",
        find=objectives_without_activity,
    ),
    Rule(
        id="RRA002",
        name="activity-without-objective",
        severity=Severity.ADVICE,
        summary="An activity that serves no objective.",
        explanation="Work without a stated purpose cannot be compared with other work. Name the "
        "objective that it serves, or ask for its purpose.",
        find=activities_without_objective,
    ),
    Rule(
        id="RRD001",
        name="vague-deadline",
        severity=Severity.WARNING,
        summary="A deadline or a start whose wording does not fix the day.",
        explanation="'Early 2023' is four months long, so a target can be met on its last day and "
        "missed on its first. The model keeps the words and the interval; only the authors can "
        "say which day they mean.",
        find=vague_deadlines,
    ),
    Rule(
        id="RRD002",
        name="part-after-deadline",
        severity=Severity.ERROR,
        summary="A part of a commitment that is due later than the whole.",
        explanation="If 12 posts are due by the end of 2022, and 7 of them in 2023, one of the "
        "two dates is wrong. Keep both as they are printed, and ask which is right.",
        find=parts_after_the_whole,
    ),
    Rule(
        id="RRD003",
        name="due-before-start",
        severity=Severity.ERROR,
        summary="A commitment that is due before it starts.",
        explanation="A deadline before the start leaves no time to do anything. The model itself "
        "refuses a target whose deadline is before its start, so this rule looks at commitments.",
        find=deadlines_before_their_start,
    ),
    Rule(
        id="RRD004",
        name="outside-plan-period",
        severity=Severity.WARNING,
        summary="A target that is due before the plan begins or after it ends.",
        explanation="Nobody is responsible for a target after its plan has ended, or before it "
        "begins. Correct the deadline or the period, or say who is responsible for it then.",
        find=deadlines_outside_the_plan,
    ),
    Rule(
        id="RRD005",
        name="month-or-year-baseline",
        severity=Severity.ADVICE,
        summary="A baseline for a month that may be for the year to it.",
        explanation="'From 82% in March 2022' may mean the month or the year to its end, and for "
        "one measure these were 19.4% and 17.4%. Give the other period under 'may_be', so that "
        "anyone who assesses the target sees both.",
        find=baselines_of_two_periods,
    ),
    Rule(
        id="RRF001",
        name="parts-do-not-add-up",
        severity=Severity.ERROR,
        summary="A commitment whose parts add up to more or less than its amount.",
        explanation="The parts of an exact amount add up to it; those of 'at least' or 'over' an "
        "amount are not less, and those of 'up to' an amount are not more. Amounts with decimals "
        "may be rounded, and whole numbers are counted. 'About', 'almost' and parts in other "
        "units are not checked.",
        find=parts_that_do_not_add_up,
    ),
    Rule(
        id="RRF002",
        name="change-does-not-fit",
        severity=Severity.WARNING,
        summary="A change that does not fit the levels printed beside it.",
        explanation="37% then 43% may be 5 points, since all three are rounded; it cannot be 4. "
        "The rule looks at facts with two levels of one thing in two periods and one change, and "
        "at targets to reach a level whose sentence says by how many points.",
        find=changes_that_do_not_fit,
    ),
    Rule(
        id="RRF003",
        name="one-length-in-two-units",
        severity=Severity.ADVICE,
        summary="The same length of time in weeks and in days or nights, within one chapter.",
        explanation="A reader may take 'up to 84 nights' and 'up to 12 weeks' for two different "
        "lengths. Use one unit if they are the same.",
        find=lengths_in_two_units,
    ),
    Rule(
        id="RRF004",
        name="sentence-and-record-differ",
        severity=Severity.WARNING,
        summary="A target whose sentence states another level or change than its record.",
        explanation="The record decides the assessment and the sentence is what people read, so "
        "both must state the same numbers. Numbers agree if one exact number could be rounded to "
        "both: '75%' agrees with a rise of a fifth from 62%. The rule looks at sentences with one "
        "'from', one 'to' and one 'by' number in per cent or points.",
        find=sentences_that_differ,
    ),
    Rule(
        id="RRF005",
        name="baseline-and-figure-differ",
        severity=Severity.WARNING,
        summary="A baseline that differs from the published figure for its period.",
        explanation="Progress is counted from the baseline, so a wrong one makes every later "
        "answer wrong. The figure may have been revised after the plan was written, or the "
        "baseline may be for another period or area. Without figures for the baseline's own "
        "measure, area and period, nothing is compared.",
        find=baselines_that_differ_from_figures,
    ),
    Rule(
        id="RRF006",
        name="figures-differ",
        severity=Severity.WARNING,
        summary="Two different figures of a measure for one area and period.",
        explanation="Two figures that were published on the same day cannot both be right. If one "
        "is a revision of the other, give the day when each was published: the later one is then "
        "used. Figures that round to each other agree.",
        find=figures_that_differ,
    ),
    Rule(
        id="RRF007",
        name="level-and-counts-differ",
        severity=Severity.ERROR,
        summary="A figure whose level and counts contradict each other.",
        explanation="82.5% beside 1,300 of 1,600, which is 81.25%, states one fact twice and "
        "differently, so one of the two is wrong. Figures that are read from files are refused if "
        "they do so; this rule looks at those made in Python. Counts that the publisher rounds "
        "have 'rounded_to', and a level that is marked as estimated may differ from its counts.",
        find=levels_that_differ_from_counts,
    ),
    Rule(
        id="RRP001",
        name="pathway-without-targets",
        severity=Severity.WARNING,
        summary="A pathway without targets.",
        explanation="Such a pathway cannot be assessed. Its chapter may state a target that was "
        "not recorded; if not, ask its authors for one.",
        find=untargeted_pathways,
    ),
    Rule(
        id="RRP002",
        name="pathway-name-repeated",
        severity=Severity.WARNING,
        summary="A pathway with the name of an earlier one.",
        explanation="A document that lists one need twice may mean one pathway or two. Readers of "
        "a table by pathway cannot tell them apart. Differences of case, quotation marks, hyphens "
        "and '&' do not make another name.",
        find=repeated_pathway_names,
    ),
    Rule(
        id="RRS001",
        name="sentence-repeated",
        severity=Severity.WARNING,
        summary="A statement that repeats an earlier one.",
        explanation="A statement that is recorded twice is counted twice. Two sentences are the "
        "same if only case, punctuation, or the name of a partner differs. Footnotes, terms of "
        "the glossary and the roles of partners are not checked.",
        find=repeated_sentences,
    ),
    Rule(
        id="RRS002",
        name="target-repeated",
        severity=Severity.WARNING,
        summary="A target that repeats an earlier one.",
        explanation="Two targets with the same measure, area, levels and dates are one target, "
        "which would be counted twice among those met or missed.",
        find=repeated_targets,
    ),
    Rule(
        id="RRT001",
        name="target-without-number",
        severity=Severity.WARNING,
        summary="A target that states neither a level nor a change.",
        explanation="A target without a number is never met and never missed. Milestones are not "
        "checked: they are completed or not.",
        find=targets_without_number,
    ),
    Rule(
        id="RRT002",
        name="target-without-baseline",
        severity=Severity.WARNING,
        summary="A target that does not say when it starts.",
        explanation="Without a baseline there is no progress to measure: 82% of 90% is not 91% of "
        "the way. A target to change a level always has a baseline, and a standing target, a "
        "range at all times and a year-on-year direction need none; this rule looks at the "
        "others.",
        find=targets_without_baseline,
    ),
    Rule(
        id="RRT003",
        name="met-at-the-start",
        severity=Severity.WARNING,
        summary="A target whose baseline meets its goal already.",
        explanation="Either a level is wrong, or the measure has the wrong direction under "
        "'better', or the target is to maintain the level and should be recorded as that.",
        find=goals_met_at_the_start,
    ),
    Rule(
        id="RRT004",
        name="impossible-goal",
        severity=Severity.ERROR,
        summary="A target with a level below 0.",
        explanation="There cannot be fewer than 0 places. Money is not checked, since it can be "
        "owed. A share below 0% or above 100% needs no rule: the model refuses it.",
        find=impossible_goals,
    ),
    Rule(
        id="RRT005",
        name="maintain-without-tolerance",
        severity=Severity.ADVICE,
        summary="A target to maintain a level that states no tolerance.",
        explanation="Figures vary a little by chance. Without a tolerance, a tenth of a point "
        "below the level misses the target. Standing targets are checked too.",
        find=targets_without_tolerance,
    ),
    Rule(
        id="RRT006",
        name="measure-without-figures",
        severity=Severity.WARNING,
        summary="A target whose measure has no figure among the observations given.",
        explanation="A target without published figures cannot be assessed. Often the id of the "
        "measure is misspelt on one of the two sides. Without any observations the rule finds "
        "nothing.",
        find=measures_without_figures,
    ),
    Rule(
        id="RRT007",
        name="effect-size-as-target",
        severity=Severity.WARNING,
        summary="An effect size among the targets.",
        explanation="'Up to nine percentage points less likely' says what helps, and is not a "
        "target. The rule looks at targets without a deadline that compare likelihoods, and at "
        "those that repeat the figure of a fact of the kind 'effect size' with the same citation.",
        find=effect_sizes,
    ),
    Rule(
        id="RRT008",
        name="total-of-a-stock",
        severity=Severity.ADVICE,
        summary="A target for a total over time whose measure is a stock.",
        explanation="Of '210 places over three years', reported as 60, 70 and 80, the total is "
        "210 if each figure counts the places opened in one year, and 80 if each is the number of "
        "places at its end. Say which: 'kind: flow' adds the figures up, 'kind: stock' uses the "
        "latest. The rule looks at targets to reach an amount that have 'since', or whose "
        "sentence says 'over three years' or 'in total'.",
        find=amounts_over_time_of_stocks,
    ),
    Rule(
        id="RRW001",
        name="partner-never-used",
        severity=Severity.WARNING,
        summary="A partner without a part in the plan.",
        explanation="A group has a part if a member has one, and a member if its group has one. A "
        "partner whose name occurs in a statement is not reported.",
        find=partners_never_used,
    ),
    Rule(
        id="RRW002",
        name="partner-never-listed",
        severity=Severity.ADVICE,
        summary="A partner with a part in the plan that is missing from the plan's own list.",
        explanation="Readers expect the list to be complete. A partner is listed if a group is "
        "listed that it belongs to, and a group if all its members are; 'Police' on the list "
        "covers every name with that word in it. Plans without a list are not checked.",
        find=partners_never_listed,
    ),
    Rule(
        id="RRW003",
        name="partner-under-two-names",
        severity=Severity.ADVICE,
        summary="A partner that the document calls by two names.",
        explanation="A partner with two names is counted twice. Differences of case, plural, small "
        "words and punctuation do not make a second name. The finding is at the "
        "first use of the second name.",
        find=partners_under_two_names,
    ),
    Rule(
        id="RRW004",
        name="name-of-two-partners",
        severity=Severity.WARNING,
        summary="A partner with the name of an earlier partner.",
        explanation="Two records of one organisation divide its work in two. If they are two "
        "organisations, readers need names that tell them apart. Names are the same if only case, "
        "quotation marks, apostrophes, hyphens, '&' for 'and', or the encoding of a letter "
        "differs.",
        find=partners_of_one_name,
    ),
)
"""Every rule, in the order of their ids."""


def rule(id: str) -> Rule:  # noqa: A002 - the word of the model
    """Return the rule of that id.

    >>> rule("RRT005").name
    'maintain-without-tolerance'

    Raises:
        UnknownNameError: There is no such rule.
    """
    known = {each.id: each for each in RULES}
    if id not in known:
        raise UnknownNameError(f"there is no rule {id!r}: {did_you_mean(id, known)}")
    return known[id]


_SELECTOR = re.compile("(?:RR)?(?P<beginning>[A-Z]?[0-9]*)")


def chosen_rules(select: Iterable[str] | None, ignore: Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules that are selected and not ignored: the longer selector decides."""
    wanted = [""] if select is None else [*map(_beginning, select)]
    unwanted = [*map(_beginning, ignore)]
    return tuple(rule for rule in RULES if _longest(rule, wanted) > _longest(rule, unwanted))


def severity_of(rule: Rule, severities: Mapping[str, Severity]) -> Severity:
    """Return the severity of the findings of a rule: the longer selector decides."""
    named = {_beginning(selector): level for selector, level in severities.items()}
    fitting = [beginning for beginning in named if _fits(rule, beginning)]
    return _level(named[max(fitting, key=len)]) if fitting else rule.severity


def _level(text: str) -> Severity:
    known = [level.value for level in Severity]
    if text not in known:
        raise UnknownNameError(f"there is no severity {text!r}: {did_you_mean(text, known)}")
    return Severity(text)


def _beginning(selector: str) -> str:
    """Return the beginning of the ids that a selector means, without ``RR``."""
    match = _SELECTOR.fullmatch(selector)
    beginning = match["beginning"] if match else ""
    if not selector or not match or not any(_fits(rule, beginning) for rule in RULES):
        known = [rule.id for rule in RULES]
        raise UnknownNameError(f"no rule begins with {selector!r}: {did_you_mean(selector, known)}")
    return beginning


def _fits(rule: Rule, beginning: str) -> bool:
    return rule.id.removeprefix("RR").startswith(beginning)


def _longest(rule: Rule, beginnings: Iterable[str]) -> int:
    return max((len(each) for each in beginnings if _fits(rule, each)), default=-1)
