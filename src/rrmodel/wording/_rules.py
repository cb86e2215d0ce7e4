"""The rules: patterns over the names of tokens, each with sentences that show what it is for.

A pattern is a regular expression over names of tokens instead of characters. ``<goal FIGURE>``
gives the token that matches a role; the first rule that gives a token a role wins. Spaces are for
the reader only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import attrs

from rrmodel.wording._fields import Role
from rrmodel.wording._tokens import FIGURES, SYMBOLS, Token, symbols

__all__ = ["RULES", "Rule", "compiled", "leading_verb", "roles_of"]

_MACROS: Final = {
    "FIGURE": "(?:LEVEL|COUNT|DURATION|POINTS)",
    "LEVEL": "(?:LEVEL|MONEY)",
    "COMMA": "(?:COMMA|COLON)",
    "BOUND": "(?:AT_LEAST|AT_MOST|ABOVE|BELOW)",
    "OR": "(?:OR_MORE|OR_LESS)",
    "SOME": "(?:WORDS|AVERAGE|LEVELS|OF|TARGET|BASELINE|QUOTED)",
    "GAP": "(?:WORDS|OF|FOR|IN|WITHIN|AND|EXTRA|DELIVER|LEVELS|AVERAGE|NAME|QUOTED|WHO|UP|"
    "DOWN|NEED|OPEN|CLOSE|MAINTAIN|TARGET)",
    "VERB": "(?:UP|DOWN|DELIVER|ADD|MAINTAIN|MULTIPLY|HALVE)",
}


@attrs.frozen
class Rule:
    """A pattern over names of tokens, and the words that it gives a role to in examples."""

    name: str
    """The meaning that it reads."""
    pattern: str
    """The pattern."""
    examples: tuple[tuple[str, str, Role], ...]
    """Sentences, words of each, and the role that they must get."""


def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern over names of tokens as one over their symbols."""
    for name, macro in _MACROS.items():
        pattern = re.sub(rf"\b{name}\b", macro, pattern)
    pattern = re.sub("[A-Z][A-Z_]+", lambda name: SYMBOLS[name[0]], pattern)
    pattern = re.sub(r"<(\w+) ", r"(?P<\1__", pattern).replace(">", ")").replace("__", ">")
    return re.compile(pattern.replace(" ", ""))


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "a range with its unit at the end",
        "(?<!FROM)(?<!BY) <low COUNT> TO <high (?:LEVEL|DURATION)>",
        (
            ("keep waiting times at 10 to 12 weeks", "10", "low"),
            ("keep vacancies at 5 to 8 per cent", "8 per cent", "high"),
        ),
    ),
    Rule(
        "the time that a plan has, after its figure",
        "(?:LEVEL|POINTS|COUNT) COMMA? (?:WITHIN|IN|ABOVE) NEXT? <horizon DURATION>",
        (("reduce vehicle crime by 30% within five years", "five years", "horizon"),),
    ),
    Rule(
        "the period of the plan, in its own words",
        "(?:IN|WITHIN|ABOVE) NEXT <horizon DURATION>"
        "|(?:MULTIPLY|HALVE) GAP{0,6} (?:IN|WITHIN|ABOVE) <horizon2 DURATION>"
        "|ABOVE <horizon3 DURATION> (?:COMMA|$)|^ (?:IN|WITHIN) NEXT? <horizon4 DURATION> COMMA",
        (
            ("recruit 500 more officers within the next two years", "two years", "horizon"),
            ("halve knife crime in a decade", "a decade", "horizon"),
            ("cut by 20% the number of burglaries over three years", "three years", "horizon"),
            ("Within three years, 80% of flats will have sprinklers", "three years", "horizon"),
        ),
    ),
    Rule(
        "a limit of time is part of what is measured",
        "(?:WITHIN|FOR) BOUND? <condition DURATION> OR?",
        (
            ("70% of cases dealt with within 40 weeks", "40 weeks", "condition"),
            ("90% of people remanded for one week or more", "one week", "condition"),
        ),
    ),
    Rule(
        "a follow-up is part of what is measured",
        "<condition DURATION> (?:WITHIN|END (?=WORDS))"
        "|(?<!AT_LEAST)(?<!AT_MOST)(?<!TO)(?<!AT)(?<!AVERAGE)(?<!OF)(?<!DELIVER)(?<!COMMIT)"
        " (?<=.) <condition2 DURATION> OF",
        (
            ("keep those employed six weeks after release at 20%", "six weeks", "condition"),
            ("the share housed 3 months after leaving prison at 82%", "3 months", "condition"),
        ),
    ),
    Rule(
        "the time that a plan has",
        "IN NEXT? <horizon DURATION>",
        (("reduce escapes by 10% over the next three years", "three years", "horizon"),),
    ),
    Rule(
        "the change of a part",
        "WITH GAP{0,8} FROM <part FIGURE> TO <part2 FIGURE>",
        (("to 900 by 2004, including a rise from 120 to 150 for women", "120", "part"),),
    ),
    Rule(
        "a list of parts",
        "WITH <part COUNT> (?:AT|GAP){0,4} COMMA <part2 COUNT> "
        "(?:(?:AT|GAP){0,4} AND <part3 COUNT>)?",
        (
            (
                "900 awards, comprising 200 at entry level, 300 at Level 1 and 400 at Level 2",
                "300",
                "part",
            ),
        ),
    ),
    Rule(
        "a figure in brackets after a part",
        "WITH (?:COMMA|BOUND|SOME|FOR|EXTRA){0,3} <part FIGURE> OR?",
        (
            ("deliver 7,100 completions, including 950 for sex offenders", "950", "part"),
            ("to no more than 19, equivalent to 14 days per annum", "14 days per annum", "part"),
        ),
    ),
    Rule(
        "a range of changes",
        "(?:BY|(?:UP|DOWN) OF) BETWEEN <change_range FIGURE> AND <change_range2 FIGURE>"
        "|BY <change_range3 COUNT> (?:TO|DASH) <change_range4 (?:LEVEL|POINTS|COUNT)>"
        "|BY <change_range5 FIGURE> DASH <change_range6 FIGURE>",
        (
            ("raise it by between 5 and 10 percentage points", "5", "unplaced"),
            ("raise the share by 5-10%", "10%", "unplaced"),
        ),
    ),
    Rule(
        "a level as a share of another",
        "TO BOUND? <of_level LEVEL> OF? (?:WORDS|IN|OF){0,2} (?:DATE (?:LEVELS|BASELINE)|LEVELS "
        "IN DATE|BASELINE)",
        (("cut emissions to 60% of 2010 levels", "60%", "unplaced"),),
    ),
    Rule(
        "a level between two dates",
        "(?:BETWEEN|FROM) <baseline_period DATE> (?:AND|TO) <deadline DATE>"
        "|<since DATE> TO <deadline2 DATE>",
        (
            ("reduce crime by 20% between 2020 and 2025", "2020", "baseline period"),
            ("reduce crime by 20% from 2020 to 2025", "2025", "deadline"),
            ("over three years, 1996-97 to 1998-99, a cut of 2%", "1996-97", "first period"),
        ),
    ),
    Rule(
        "the first day, at the head",
        "^ FROM <since DATE> COMMA",
        (("From April 2025, 90% of calls will be answered", "April 2025", "first period"),),
    ),
    Rule(
        "a level that was reached",
        "ACTUAL <fact DATE>? COMMA <fact2 FIGURE>",
        (("Target 2010-11: 65%. Actual 2009-10: 61%", "61%", "fact"),),
    ),
    Rule(
        "the level now",
        "FACT (?:AT|OF|AVERAGE|LEVELS){0,2} <baseline (?:LEVEL|POINTS|COUNT)>",
        (("increase the share to 60% (currently 45%)", "45%", "baseline"),),
    ),
    Rule(
        "a range of levels",
        "(?<!BY) BETWEEN <low FIGURE> (?:WORDS|OF|DELIVER|NEED|AVERAGE|LEVELS|EXTRA|UP|"
        "DOWN){0,2} (?:AND|TO) <high FIGURE>",
        (
            ("keep occupancy between 85% and 95%", "85%", "low"),
            ("keep occupancy between 85% and 95%", "95%", "high"),
        ),
    ),
    Rule(
        "a range of levels, written with a dash or to",
        "(?<!FROM) <low FIGURE> DASH <high FIGURE>|(?:TO|AT) <low2 (?:LEVEL|COUNT)> TO <high2 "
        "(?:LEVEL|COUNT)>",
        (
            ("reduce the rate to 40-50% by 2025", "50%", "high"),
            ("keep the rate at 40% to 50%", "40%", "low"),
        ),
    ),
    Rule(
        "a tolerance",
        "TOLERANCE <tolerance FIGURE>",
        (
            (
                "maintain the share at 82%, give or take 2 percentage points",
                "2 percentage points",
                "tolerance",
            ),
        ),
    ),
    Rule(
        "from one level to another",
        "FROM BOUND? <baseline FIGURE> (?: (?:IN|AT|FOR|COMMA|OPEN|OF){0,2} "
        "<baseline_period DATE> CLOSE?)? "
        "(?:WORDS|COMMA){0,2} TO BOUND? AVERAGE? OF? BOUND? <goal FIGURE>",
        (
            (
                "reduce the rate from 20 per cent in 1998-99 to 10 per cent by 31 March 2004",
                "20 per cent",
                "baseline",
            ),
            (
                "reduce the rate from 20 per cent in 1998-99 to 10 per cent by 31 March 2004",
                "1998-99",
                "baseline period",
            ),
            ("an overall national reduction from 24% to 17% by March 2006", "17%", "goal"),
        ),
    ),
    Rule(
        "a figure that rises to another",
        "^ <baseline (?:LEVEL|COUNT)> (?:WORDS|COMMA){0,2} THEN_TO <goal (?:LEVEL|COUNT)>"
        "|<baseline2 (?:LEVEL|COUNT)> IN? <baseline_period DATE> COMMA? TO (?:UP|DOWN) TO BOUND? "
        "<goal2 (?:LEVEL|COUNT)>"
        "|(?<!TO)<baseline3 LEVEL> IN <baseline_period2 DATE> COMMA? (?:TO|AT|COMMIT AT?) BOUND? "
        "<goal3 LEVEL>",
        (
            ("11 prisons, rising to 13 by 2023", "11", "baseline"),
            ("17% in 2021, to rise to 25% by 2025", "17%", "baseline"),
            ("people in work: 17% in 2021 to reach 25% by 2025", "17%", "baseline"),
            ("people in work: 17% in 2021, reaching 25% by 2025", "2021", "baseline period"),
        ),
    ),
    Rule(
        "the level of the baseline as a bound",
        "BOUND WORDS? <baseline_period DATE>? BASELINE OF? <goal LEVEL>"
        "|BOUND <baseline_period2 DATE> (?:BASELINE|LEVELS|WORDS) OF? <goal2 FIGURE>",
        (
            ("keep it at or above the 2010-11 baseline of 63%", "63%", "goal"),
            (
                "keep it at or above the 2010-11 baseline of 63%",
                "the 2010-11",
                "baseline period",
            ),
        ),
    ),
    Rule(
        "the level to start from",
        "(?:FROM|COMPARED|BASELINE|SINCE) (?:BASELINE|OF|AVERAGE|LEVELS|BOUND|AT){0,3} "
        "<baseline (?:LEVEL|POINTS)> "
        "(?: (?:IN|AT|FOR|COMMA|OPEN|OF|WORDS){0,2} <baseline_period DATE>)?"
        "|(?:COMPARED|BELOW) (?:IN|WHO){0,2} <baseline_period2 DATE> OPEN <baseline2 LEVEL> CLOSE",
        (
            ("raise the share by 5 percentage points from 18% in March 2022", "18%", "baseline"),
            (
                "to 10 per cent by 2026/27 from 12 per cent in the year to March 2024",
                "12 per cent",
                "baseline",
            ),
            ("raise it to 90% against a baseline of 82%", "82%", "baseline"),
        ),
    ),
    Rule(
        "a baseline and a target side by side",
        "BASELINE <baseline_period DATE>? COMMA <baseline (?:LEVEL|POINTS)> "
        "(?:OPEN <baseline_period2 DATE> CLOSE)?|BASELINE COMMA <baseline_period3 DATE>"
        "|TARGET (?:OPEN? (?:FOR|IN)? <deadline DATE> CLOSE?)? COMMA BOUND? <goal FIGURE>",
        (
            ("reduce it to 50% by 2010 (baseline 2000: 70%)", "70%", "baseline"),
            ("baseline: 58%. Target: 65% by 2006", "65%", "goal"),
        ),
    ),
    Rule(
        "the number to start from",
        "(?:FROM|BASELINE) (?:BASELINE|OF|AVERAGE|LEVELS|COMMA){0,3} <baseline (?:COUNT|DURATION)> "
        "(?: (?:IN|AT|FOR|COMMA|OPEN|OF|WORDS|DELIVER|NEED){0,2} <baseline_period DATE>)?",
        (("increase places to 250 from 200 in March 2022", "200", "baseline"),),
    ),
    Rule(
        "another period that the baseline may be",
        "DATE OPEN OR_ELSE <may_be DATE> CLOSE",
        (
            (
                "by 5 points from 18% in March 2022 (or possibly 2021/22)",
                "2021/22",
                "baseline period",
            ),
        ),
    ),
    Rule(
        "the first period",
        "(?:SINCE|FROM) (?:IN)? <since DATE> (?=ONWARDS)|SINCE <since2 DATE>"
        "|DURATION FROM <since3 DATE>",
        (
            ("maintain the share at 82% from 2022/23 onwards", "2022/23", "first period"),
            ("maintain the share at 82%, starting in 2022/23", "2022/23", "first period"),
        ),
    ),
    Rule(
        "the period to compare with",
        "(?:COMPARED|BELOW|ABOVE|BASELINE) (?:IN|BASELINE|LEVELS|OF|FOR|WHO|"
        "WORDS){0,2} <baseline_period DATE>"
        "|FROM (?:IN|AT|BASELINE|LEVELS|OF|FOR){0,2} <baseline_period3 DATE>"
        "|<baseline_period2 DATE> (?:BASELINE|LEVELS)"
        "|(?:AT_LEAST|AT_MOST) IN <baseline_period4 DATE>"
        "|(?:TO|AT) WORDS? LEVELS <baseline_period5 DATE>",
        (
            (
                "to ensure that the number of escapes is lower than in 1997-98",
                "1997-98",
                "baseline period",
            ),
            ("reduce offending by 2 points compared with 2002", "2002", "baseline period"),
            ("cut assaults to 2019 levels", "2019", "baseline period"),
        ),
    ),
    Rule(
        "a deadline in other words",
        "DUE <deadline QUOTED>",
        (
            (
                'complete the move, due "by July 2023 at the latest"',
                "by July 2023 at the latest",
                "deadline",
            ),
        ),
    ),
    Rule(
        "a step on the way",
        "INTERIM (?:TARGET|OF|AT|LEVELS|WORDS){0,3} BOUND? <interim FIGURE>",
        (("to 30% by 2010 with an interim target of 18.5% by March 2006", "18.5%", "interim"),),
    ),
    Rule(
        "a change after by",
        "BY BOUND? (?:WORDS? EXTRA|WORDS (?=POINTS|LEVEL)|AVERAGE OF?|LEVELS)? BOUND? "
        "<change FIGURE>",
        (
            ("reduce reconviction by 2 percentage points by 2011", "2 percentage points", "change"),
            ("increase the number of spaces by 200", "200", "change"),
            ("cut crime by a further 10%", "10%", "change"),
            ("cut costs by an average of 1.5% a year", "1.5%", "change"),
        ),
    ),
    Rule(
        "a change before its noun",
        "<change (?:POINTS|LEVEL)> (?:(?:REPEATED|EXTRA|IN|RELATIVE)? (?:UP|DOWN)|EXTRA)"
        "|<change2 (?:POINTS|LEVEL)> (?=(?:ABOVE|BELOW) (?:WORDS|IN|LEVELS){0,2} DATE)",
        (
            ("a 20% increase in referrals", "20%", "change"),
            ("10% more people in treatment", "10%", "change"),
            ("a 3 percentage point reduction in the rate", "3 percentage point", "change"),
        ),
    ),
    Rule(
        "a change after its noun",
        "(?:UP|DOWN|GAIN) (?: (?:IN|FOR) GAP{0,8})? OF BOUND? <change FIGURE>"
        "|(?:UP|DOWN) GAP{1,6} <change2 POINTS>",
        (
            ("an improvement in police efficiency of 2% a year", "2%", "change"),
            ("a fall of 2.2 percentage points", "2.2 percentage points", "change"),
        ),
    ),
    Rule(
        "more of something",
        "EXTRA (?:DELIVER|WORDS|OF)? <change (?:COUNT|MONEY)>|EXTRA <change6 LEVEL>"
        "|<change5 MONEY> (?:OF)? EXTRA|<change2 COUNT> (?:WORDS)? EXTRA|ADD "
        "(?:WORDS|EXTRA)? <change3 COUNT>"
        "|UP BY <change4 COUNT>|<change7 COUNT> DOWN (?=WORDS)",
        (
            ("recruiting an extra 2,500 officers", "2,500", "change"),
            ("register an additional 4% of the land", "4%", "change"),
            ("600 more police officers by the end of 2023", "600", "change"),
            ("adding three unpaid work supervisors", "three", "change"),
        ),
    ),
    Rule(
        "the level to reach",
        "(?:TO|AT|THEN_TO|TARGET) (?:AVERAGE|LEVELS|OF|AT){0,3} BOUND? AVERAGE? OF? "
        "<goal FIGURE> OR?"
        "|(?:TO|AT|THEN_TO|TARGET) (?:WORDS|AVERAGE|LEVELS|OF|AT){0,3} BOUND? <goal2 "
        "(?:LEVEL|POINTS)> OR?|TARGET OF (?:WORDS|DELIVER) <goal3 COUNT>",
        (
            ("to increase representation to 30% by December 2010", "30%", "goal"),
            (
                "reduce absenteeism to an annual average of no more than 19 days per head",
                "19 days per head",
                "goal",
            ),
            ("continue to maintain the proportion employed at 20%", "20%", "goal"),
        ),
    ),
    Rule(
        "a target for a time",
        "TARGET (?:FOR|IN|BY) DATE (?:WORDS|OF|AT|AVERAGE){0,2} BOUND? <goal FIGURE>",
        (("our target for 2024/25 is 400 starts", "400", "goal"),),
    ),
    Rule(
        "a level with a bound, or an average",
        "BOUND AVERAGE? OF? <goal FIGURE>|<goal2 FIGURE> WORDS? OR|AVERAGE OF? <goal3 FIGURE>",
        (
            (
                "each member of staff should receive an average of five training days",
                "five",
                "goal",
            ),
            ("prisoners spend at least 24 hours per week in activity", "24 hours per week", "goal"),
            ("the level is 27% or less by March 2006", "27%", "goal"),
            ("hold it at 4 per 100 tenants or fewer", "4 per 100", "goal"),
        ),
    ),
    Rule(
        "a second number in a series",
        "(?:AND|COMMA) (?:TO|BY|BOUND|EXTRA)? <goal COUNT> (?=(?:IN|BY|END|FOR) DATE)"
        "|AND (?:TO|BOUND){0,2} <goal2 DURATION>",
        (
            ("support 250 women in 2023/24 and 300 in 2024/25", "300", "goal"),
            ("to 45 days for adults and 35 days for youths", "35 days", "goal"),
        ),
    ),
    Rule(
        "a level",
        "<bare LEVEL>",
        (("90 per cent of young people complete their orders", "90 per cent", "goal"),),
    ),
    Rule(
        "a number to deliver",
        "(?:DELIVER|ADD|MAINTAIN|COMMIT PERFECT?) (?:WORDS|AVERAGE|OF|EXTRA|WITHIN)? "
        "<goal (?:COUNT|DURATION)>"
        "|COMMIT WHO <goal3 (?:COUNT|DURATION)>|AND <goal6 COUNT> (?=WORDS PERFECT)"
        "|^ (?:FROM DATE (?:TO DATE)? COMMA)? (?:NAME|BY|END|IN|DATE|COMMA|COMMIT|REPEATED){0,4} "
        "<goal2 (?:COUNT|DURATION)> (?=WORDS|DELIVER|AVERAGE|OF|AT|BY|IN|COMMA|$)"
        "|^ (?:TO? (?:MAINTAIN|DELIVER|UP|DOWN))? (?:WORDS|OF|FOR|FROM|TO|IN|AND|NAME|LEVELS|"
        "AVERAGE|NEED|OPEN|CLOSE|DATE|DELIVER){1,10} COLON "
        "<goal5 (?:COUNT|DURATION)> (?=WORDS|DELIVER|REPEATED|TO|AT|BY|IN|COMMA|$)"
        "|<goal4 ZERO> (?=WORDS|BY|COMMA|$)",
        (
            ("to deliver 7,100 programme completions in 2002-03", "7,100", "goal"),
            ("has set a target of relocating 20 posts by 31 March 2008", "20", "goal"),
            ("to ensure no Category A prisoners escape", "no", "goal"),
            ("ensure that 80 tenants have completed a course and 30 have moved", "80", "goal"),
            ("the time from charge to trial: 44 days", "44 days", "goal"),
            ("maintain the number of wardens: 75", "75", "goal"),
            ("to increase the number removed: 3,500", "3,500", "goal"),
            ("Every month, 90 tenants will complete a course", "90", "goal"),
        ),
    ),
)
"""The rules, in the order in which they are tried."""

_LEADING: Final = compiled(
    "^ (?:NAME|BY|END|IN|DATE|COMMA|WHO|QUOTED|OPEN|CLOSE)*+ (?: (?:WORDS|OF|IN|AND|"
    "COMMA|QUOTED)* COMMIT)? TO? "
    "(?:WORDS|EXTRA|REPEATED){0,2} <verb VERB>"
)
_ADVERB: Final = re.compile(r"(?:(?:a|an|the|further|also|overall|and|all|[a-z]+ly) ?){1,3}")


_COMPILED: Final = tuple((rule, compiled(rule.pattern)) for rule in RULES)
_WITH_ROLES: Final = (*FIGURES, "DATE", "ZERO", "DUE")
_NEEDS_FIGURE: Final = re.compile("[" + "".join(SYMBOLS[name] for name in _WITH_ROLES) + "]")


def roles_of(tokens: Sequence[Token]) -> dict[int, str]:
    """Return the role of each figure and date that a rule reads, by the token's place.

    >>> from rrmodel.wording._tokens import tokens_of
    >>> roles_of(tokens_of("raise it by 5 points from 18% in March 2022"))
    {3: 'change', 5: 'baseline', 7: 'baseline_period'}
    """
    line = symbols(list(tokens))
    roles: dict[int, str] = {}
    if not _NEEDS_FIGURE.search(line):
        return roles
    for _, pattern in _COMPILED:
        for match in pattern.finditer(line):
            given = {
                match.start(role): role.rstrip("23456789")
                for role, symbol in match.groupdict().items()
                if symbol
            }
            if not any(place in roles for place in given):
                roles.update(given)
    return dict(sorted(roles.items()))


def leading_verb(low: str, tokens: Sequence[Token], line: str) -> int | None:
    """Return the place of the verb at the head of a target: of "we will reduce", "reduce".

    Args:
        low: The sentence in lower case.
        tokens: Its tokens.
        line: Their symbols.
    """
    match = _LEADING.match(line)
    if match is None:
        return None
    place = match.start("verb")
    before = tokens[max(0, place - 1)]
    is_after_words = before.name == "WORDS" and not _ADVERB.fullmatch(low, before.start, before.end)
    return None if is_after_words else place
