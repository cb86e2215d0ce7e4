"""The rules, and how one chooses among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rrmodel.checks._dates import (
    baselines_of_two_periods,
    deadlines_before_their_start,
    deadlines_outside_the_plan,
    parts_after_the_whole,
    vague_deadlines,
)
from rrmodel.checks._figures import (
    changes_that_do_not_fit,
    lengths_in_two_units,
    parts_that_do_not_add_up,
    repeated_promises,
    repeated_sentences,
)
from rrmodel.checks._findings import Rule, Severity
from rrmodel.checks._partners import (
    partners_never_listed,
    partners_never_used,
    partners_of_one_name,
    partners_under_two_names,
)
from rrmodel.checks._promises import (
    effect_sizes,
    goals_met_at_the_start,
    idle_activities,
    impossible_goals,
    measures_without_figures,
    neglected_objectives,
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
        explanation="What nothing is done for is a wish. Either the activity that serves it does "
        "not say so under 'serves', or the plan has none.",
        find=neglected_objectives,
    ),
    Rule(
        id="RRA002",
        name="activity-without-objective",
        severity=Severity.ADVICE,
        summary="An activity that serves no objective.",
        explanation="Work whose purpose is not stated cannot be weighed against other work. Name "
        "the objective that it serves, or ask what it is for.",
        find=idle_activities,
    ),
    Rule(
        id="RRD001",
        name="vague-deadline",
        severity=Severity.WARNING,
        summary="A deadline, or a start, whose wording leaves open which day is meant.",
        explanation="'Early 2023' is four months long, and a promise can be kept on its last day "
        "and broken on its first. The model keeps the words and the interval; only the authors "
        "can say which day they mean.",
        find=vague_deadlines,
    ),
    Rule(
        id="RRD002",
        name="part-after-deadline",
        severity=Severity.ERROR,
        summary="A part of a commitment that is due later than the whole.",
        explanation="If 12 posts are promised by the end of 2022, and 7 of them in 2023, one of "
        "the two is not so. Keep both as they are printed, and ask which holds.",
        find=parts_after_the_whole,
    ),
    Rule(
        id="RRD003",
        name="due-before-start",
        severity=Severity.ERROR,
        summary="A commitment that is due before it starts.",
        explanation="A deadline before the start leaves no time to do anything. A target that does "
        "not run forward in time is refused by the model itself, so this rule looks at "
        "commitments.",
        find=deadlines_before_their_start,
    ),
    Rule(
        id="RRD004",
        name="outside-plan-period",
        severity=Severity.WARNING,
        summary="A target that is due before the plan begins or after it ends.",
        explanation="After a plan has ended nobody answers for its promises, and before it began "
        "nobody did. Correct the deadline or the period, or say who answers for it then.",
        find=deadlines_outside_the_plan,
    ),
    Rule(
        id="RRD005",
        name="month-or-year-baseline",
        severity=Severity.ADVICE,
        summary="A baseline of a month that may be that of the year to it.",
        explanation="'From 82% in March 2022' may be the month, or the year to its end, and for "
        "one measure these were 19.4% and 17.4%. Give the other reading under 'may_be', so that "
        "whoever judges the promise knows of both.",
        find=baselines_of_two_periods,
    ),
    Rule(
        id="RRF001",
        name="parts-do-not-add-up",
        severity=Severity.ERROR,
        summary="A commitment whose parts are together more or less than it promises.",
        explanation="The parts of an exact amount make it up exactly; those of 'at least' or "
        "'over' an amount are no less, those of 'up to' it no more. 'About' and 'almost' are left "
        "alone, as are parts in other units.",
        find=parts_that_do_not_add_up,
    ),
    Rule(
        id="RRF002",
        name="change-does-not-fit",
        severity=Severity.WARNING,
        summary="A change that does not fit the levels printed beside it.",
        explanation="37% then 43% may be 5 points, since all three are rounded; it cannot be 4. "
        "The rule looks at facts that hold two levels of one thing in two periods and one change, "
        "and at targets to reach a level whose sentence says by how many points.",
        find=changes_that_do_not_fit,
    ),
    Rule(
        id="RRF003",
        name="one-length-in-two-units",
        severity=Severity.ADVICE,
        summary="The same length of time in weeks and in days or nights, within one chapter.",
        explanation="A reader of 'up to 84 nights' and of 'up to 12 weeks' may take them for two "
        "promises. Use one unit if they are the same thing.",
        find=lengths_in_two_units,
    ),
    Rule(
        id="RRP001",
        name="pathway-without-targets",
        severity=Severity.WARNING,
        summary="A pathway without targets.",
        explanation="Nothing that is promised in such a pathway can be judged. Its chapter may "
        "state a target that was not recorded; otherwise ask its authors for one.",
        find=untargeted_pathways,
    ),
    Rule(
        id="RRP002",
        name="pathway-name-repeated",
        severity=Severity.WARNING,
        summary="A pathway with the name of an earlier one.",
        explanation="A document that lists one need twice may mean one pathway or two. Readers of "
        "a table that is ordered by pathway cannot tell them apart.",
        find=repeated_pathway_names,
    ),
    Rule(
        id="RRS001",
        name="sentence-repeated",
        severity=Severity.WARNING,
        summary="A statement that says the same as an earlier one.",
        explanation="What is recorded twice is counted twice. Two sentences are the same if only "
        "case, punctuation, or the name used for a partner differs. Footnotes, terms of the "
        "glossary and the parts of partners may repeat themselves.",
        find=repeated_sentences,
    ),
    Rule(
        id="RRS002",
        name="promise-repeated",
        severity=Severity.WARNING,
        summary="A target that promises what an earlier one does.",
        explanation="Two targets with the same measure, area, levels and dates are one promise, "
        "which would be counted twice among those met or missed.",
        find=repeated_promises,
    ),
    Rule(
        id="RRT001",
        name="target-without-number",
        severity=Severity.WARNING,
        summary="A target that names neither a level nor a change.",
        explanation="An entry among the targets that cannot be counted is never met and never "
        "missed. Milestones are left alone: they are done on a day or they are not.",
        find=targets_without_number,
    ),
    Rule(
        id="RRT002",
        name="target-without-baseline",
        severity=Severity.WARNING,
        summary="A target that does not say from when it counts.",
        explanation="Without a baseline there is no progress to speak of: 82% of 90% is not 91% "
        "of the way. A target that changes a level always has its baseline; this rule looks at "
        "the others.",
        find=targets_without_baseline,
    ),
    Rule(
        id="RRT003",
        name="met-at-the-start",
        severity=Severity.WARNING,
        summary="A target whose baseline is at or beyond its goal already.",
        explanation="Either a level is wrong, or the measure says the wrong way is better, or the "
        "promise is to maintain the level and should be recorded so.",
        find=goals_met_at_the_start,
    ),
    Rule(
        id="RRT004",
        name="impossible-goal",
        severity=Severity.ERROR,
        summary="A target that promises less than nothing.",
        explanation="There are no fewer than 0 places. Money is left alone, since it can be owed. "
        "A share below 0% or above 100% needs no rule: the model refuses it.",
        find=impossible_goals,
    ),
    Rule(
        id="RRT005",
        name="maintain-without-tolerance",
        severity=Severity.ADVICE,
        summary="A target to maintain a level that states no tolerance.",
        explanation="Figures move a little by chance. Without a tolerance, a tenth of a point "
        "below the level is a promise missed.",
        find=targets_without_tolerance,
    ),
    Rule(
        id="RRT006",
        name="measure-without-figures",
        severity=Severity.WARNING,
        summary="A target whose measure has no figure among the observations given.",
        explanation="A promise that nobody publishes figures for cannot be judged. Often the id "
        "of the measure is misspelt on one of the two sides. The rule is silent if no observations "
        "are given.",
        find=measures_without_figures,
    ),
    Rule(
        id="RRT007",
        name="effect-size-as-target",
        severity=Severity.WARNING,
        summary="An effect size among the targets.",
        explanation="'Up to nine percentage points less likely' says what helps, and promises "
        "nothing. The rule looks at targets without a deadline that compare likelihoods, and at "
        "those that repeat the figure of a fact of the kind 'effect size' read in the same place.",
        find=effect_sizes,
    ),
    Rule(
        id="RRW001",
        name="partner-never-used",
        severity=Severity.WARNING,
        summary="A partner that is listed and has no part anywhere.",
        explanation="A group is at work if a member is, and a member if its group is. A partner "
        "whose name stands in any statement is left alone.",
        find=partners_never_used,
    ),
    Rule(
        id="RRW002",
        name="partner-never-listed",
        severity=Severity.ADVICE,
        summary="A partner with a part in the plan that the plan's own list leaves out.",
        explanation="Readers take the list for complete. A partner is listed if a group is that it "
        "belongs to, and a group if all its members are; 'Police' on the list stands for every "
        "name with that word in it. Plans without a list are left alone.",
        find=partners_never_listed,
    ),
    Rule(
        id="RRW003",
        name="partner-under-two-names",
        severity=Severity.ADVICE,
        summary="A partner that the document calls by two names.",
        explanation="Whoever counts names counts it twice. Case, plural and small words make no "
        "second name. The finding stands where the second name is first used.",
        find=partners_under_two_names,
    ),
    Rule(
        id="RRW004",
        name="name-of-two-partners",
        severity=Severity.WARNING,
        summary="A partner with a name that an earlier partner has.",
        explanation="Two records of one organisation split what it does in two. If they are two "
        "organisations, a reader needs names that tell them apart.",
        find=partners_of_one_name,
    ),
)
"""Every rule, in the order of their ids."""


def rule(id: str) -> Rule:  # noqa: A002 - the word of the model
    """Return the rule of that id.

    >>> rule("RRT005").name
    'maintain-without-tolerance'

    Raises:
        UnknownNameError: There is none.
    """
    known = {found.id: found for found in RULES}
    if id not in known:
        raise UnknownNameError(f"there is no rule {id!r}: {did_you_mean(id, known)}")
    return known[id]


_SELECTOR = re.compile("(?:RR)?(?P<beginning>[A-Z]?[0-9]*)")


def chosen_rules(select: Iterable[str] | None, ignore: Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules selected and not ignored; of two selectors the longer decides."""
    wanted = [""] if select is None else [*map(_beginning, select)]
    unwanted = [*map(_beginning, ignore)]
    return tuple(found for found in RULES if _longest(found, wanted) > _longest(found, unwanted))


def severity_of(found: Rule, severities: Mapping[str, Severity]) -> Severity:
    """Return the severity of a rule's findings; of two selectors the longer decides."""
    named = {_beginning(selector): level for selector, level in severities.items()}
    fitting = [beginning for beginning in named if _fits(found, beginning)]
    return _level(named[max(fitting, key=len)]) if fitting else found.severity


def _level(text: str) -> Severity:
    known = [level.value for level in Severity]
    if text not in known:
        raise UnknownNameError(f"there is no severity {text!r}: {did_you_mean(text, known)}")
    return Severity(text)


def _beginning(selector: str) -> str:
    """Return how the ids that a selector means begin, without the letters that all share."""
    match = _SELECTOR.fullmatch(selector)
    beginning = match["beginning"] if match else ""
    if not selector or not match or not any(_fits(found, beginning) for found in RULES):
        known = [found.id for found in RULES]
        raise UnknownNameError(f"no rule begins with {selector!r}: {did_you_mean(selector, known)}")
    return beginning


def _fits(found: Rule, beginning: str) -> bool:
    return found.id.removeprefix("RR").startswith(beginning)


def _longest(found: Rule, beginnings: Iterable[str]) -> int:
    return max((len(each) for each in beginnings if _fits(found, each)), default=-1)
