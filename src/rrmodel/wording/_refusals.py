"""Which sentences are not targets: facts, effect sizes, shares of need, running text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from rrmodel.wording._fields import NoTargetReason
from rrmodel.wording._rules import compiled, leading_verb
from rrmodel.wording._sentence import Sentence
from rrmodel.wording._tokens import FIGURES, Token

__all__ = ["Mode", "refusal"]

Mode: TypeAlias = Literal["listed", "running"]
"""Where a sentence stands: in a list of targets, or in running text, where only a sentence that
commits somebody to a figure by a date is taken."""

_HAVE_NEED: Final = re.compile(r"\b(?:have|has|had|with|having)\b[^.;%]{0,70}\bneeds?\b")
_ROUGHLY: Final = re.compile(
    r"(?:currently |in \w+,? )?(?:around|approximately|about|nearly|almost|roughly|only|just|some"
    r"|as many as|as much as)$"
)
_TO_BE: Final = re.compile(r"\bto (?:be|have|result|lead)\b")
_ABOUT_TARGET: Final = re.compile(
    r"(?:this|these|that|those|the) (?:[a-z-]+ ){0,3}targets? (?:will not be\b"
    r"|(?:has|have|had) been (?!set|agreed|raised|lowered|increased|reduced|revised)"
    r"|[^;]{1,200}\b(?:was|were) (?:not |narrowly |comfortably )?"
    r"(?:met|missed|exceeded|achieved)\b)"
)
_SETS_TARGET: Final = re.compile(r"\b(?:has|have|had)(?: been)? set\b[^.;]{0,90}\btargets? of\b")
_AGAINST_TARGET: Final = re.compile(
    r"[0-9][^;]*\b(?:against|exceed(?:ing|ed)|miss(?:ing|ed)|short of|ahead of|well above) "
    r"(?:a|an|the|its|their|our) (?:[a-z]+ ){0,2}target\b"
)
_PROGRESS: Final = re.compile(
    r"\b(?:targets?|ambitions?|commitments?|goals?|milestones?)\b[^;.]{0,160}?\b(?:is|are|remains?)"
    r"(?: (?:now|also|both|all|not|currently|still))* (?:on (?:track|course|target)|at risk"
    r"|off (?:track|course|target)|in danger|(?:un)?likely|no longer)\b"
)
_AT_ANY_TIME: Final = re.compile(
    r"^(?:at any (?:one|given) time|in any (?:one |given )?year|on an average day|on average,"
    r"|historically|typically)\b"
)
_PERFORMANCE: Final = re.compile(
    r"^(?:our )?(?:outturns?|performance|progress|results?) (?:against|for|in|on)\b"
)
_OUTTURN: Final = re.compile(
    r"(?:(?:not|partially|partly|narrowly|fully) )?(?:met|achieved|missed|exceeded)(?: ?[-:,.;]|$)"
    r"|(?:target|goal|kpi|milestone)s? (?:not |narrowly )?(?:met|achieved|missed|exceeded)\b"
)
_OVER_A_SHARE: Final = re.compile(
    r"(?:above|more than|over|up to) (?:[0-9.]+ ?(?:%|per ?cent\.?)|an? [a-z]+|half) of\b"
)
_DID_A: Final = re.compile(
    r"(?<!to )\b(?!(?:offer|award|grant|refus|deni|allocat|assign|issu|charg|ask|ne|exce|proce"
    r"|succe|fe|spe|emb)ed\b)[a-z]{2,}ed (?:a|an|the|its|their|his|her|our)\b"
)
_DID_SO_MANY: Final = re.compile(
    r"(?!.*(?:average|number|percentage|proportion|rate|ratio|share|total|volume)\b)[^:]*"
    r"(?<!to )\b(?!(?:ag|bas|exce|fe|fix|limit|ne|number|pric|requir|restrict|spe"
    r"|valu)ed\b)[a-z]{2,}ed (?:(?:about|almost|an? (?:estimated|extra|further)|around|just"
    r"|more than|nearly|only|over|some) )?(?=[0-9£])(?![0-9.]+ ?(?:%|per ?cent))"
)
_PEOPLE_DO: Final = re.compile(
    r"\b(?:adults|children|leavers|men|offenders|people|prisoners|users|women|those)\b"
    r"[^,.;]{0,60}\b(?:commit(?! to\b)|re-?offend|relapse|return to (?:prison|custody)|lack|suffer"
    r"|misuse|struggle|come from"
    r"|are (?:re-?convicted|homeless|unemployed)|leave (?:prison|custody) (?:homeless|with)"
    r"|go on to)\b"
)
_THERE_ARE: Final = re.compile(
    r"(?:[a-z ]{1,30}, )?there (?:are|is)\b(?! (?:at least|no (?:more|fewer|less)|fewer|less))"
)
_ABOUT_DOCUMENT: Final = re.compile(
    r"(?:the|this|our) (?:document|strategy|plan|report|programme|paper|chapter|section)"
    r" (?:focuses|outlines|stresses|describes|looks at|explains|summarises|highlights|notes)\b"
)
_LAW: Final = re.compile(
    r"\b(?:are|is) (?:not )?(?:eligible|entitled|liable)\b|\bto be eligible\b"
    r"|\bmust (?:serve|have served) (?:at least )?(?:half|two[- ]thirds|[0-9]+ (?:day|month|year))"
    r"|\bsection [0-9]+[a-z]? of the\b"
)
_THEY_SPENT: Final = re.compile(
    r"(?:the|our|a|an) [a-z]+(?: [a-z]+){0,3} (?:bought|lost|paid|sold|spent|took|won)"
    r" (?:[a-z]+ ){0,2}[0-9£]"
)
_THEY_CUT: Final = re.compile(
    r"(?:a|an|each|every|our|the|these|this|those) [a-z]+(?: [a-z]+){0,4}$"
)
_MAY: Final = re.compile(r"\b(?:could|might|can|may (?:also|be|have|not|only|well))\b")
_FACT_START: Final = compiled("^ (?:NAME|WORDS|COMMA)? FACT")
_PAST: Final = compiled(
    "(?:PAST(?!COLON)|PERFECT (?:WORDS)? (?:PAST|UP|DOWN|DELIVER|MAINTAIN|MULTIPLY|HALVE))"
)
_IN_CLAUSE: Final = compiled("WHO (?:WORDS|IN|OF|NEED|AND){0,5} (?:PAST|PERFECT)")
_EFFECT: Final = compiled("CAN (?:WORDS)? (?:UP|DOWN)")
_WOULD: Final = re.compile(
    r"[a-z]+ing\b(?!.*\b(?:so|that|which|who|as|if)\b)[^.;]*\b(?:can|could|may|might|would)"
    r" (?:[a-z]+ly )?[a-z]+"
)
_TIMES_LIKELY: Final = re.compile(r"\b(?:half|twice|times) (?:as|more|less) likely\b")
_FINDS: Final = re.compile(
    r"(?:increases|reduces|raises|improves|cuts|lowers|decreases|boosts|doubles|halves)\b"
)
_IMPERATIVE: Final = re.compile(
    r"(?:to )?(?:accept|act|adopt|advise|agree|allocate|allow|apply|arrange|assign|avoid|begin"
    r"|conclude|confirm|consult|cover|deal|determine|develop|divert|eliminate|enable|end|enforce"
    r"|equip|eradicate|examine|exceed|execute|extend|finalise|find|finish|follow|free|get|give"
    r"|identify|inform|initiate|integrate|involve|join|keep|lead|link|list|make|manage|monitor"
    r"|move|notify|obtain|operate|pay|perform|place|prepare|present|prevent|produce|progress"
    r"|promote|protect|pursue|put|rebuild|receive|record|register|release|repair|reply|report"
    r"|resettle|restore|retain|return|revise|roll|schedule|secure|seek|select|send|set|settle|share"
    r"|speed|start|stop|streamline|submit|supervise|sustain|tackle|take|target|transfer|transform"
    r"|turn|update|use|vaccinate|verify|win|work|write)\b(?! (?:is|are|was|were|has|have|by)\b)"
)
_PERFECT_VERB: Final = re.compile(
    r"\b(?:has|have|had)\b(?: (?:now|already|also|all|since))? (?:[a-z]+(?:ed|en|wn)|begun|brought"
    r"|built|done|found|gone|held|kept|lost|made|paid|spent|won)\b"
)
_THEY_DID: Final = re.compile(r"\b(?:we|it|i) [a-z]+ed\b|(?<![a-z] )\bthey [a-z]+ed\b")
_PEOPLE_DID: Final = re.compile(
    r"\b(?:adults|children|leavers|men|offenders|people|prisoners|residents|respondents|victims"
    r"|women)\b[^,.;]{0,60}\b(?:attained|came|felt|found|gained|got|left|obtained|re-?offended|said"
    r"|thought|told)\b"
)
_ALREADY: Final = re.compile(r"\b(?:has|have)(?: (?:now|already|also))? [a-z]+ed\b")
_MAIN_CLAUSE: Final = re.compile(r"\b(?:who|whom|which|whose|that|those|if|where|when|as)\b[^,;.]*")
_DESCRIBES: Final = re.compile(
    r"(?<!to )\b(?:budget of|carr(?:y|ies) an?|remains? (?:at )?(?:around|about)|saves? (?:the|us)"
    r"|costs? (?:on average|the|about|around|an|society|us)"
    r"|costs (?:[a-z]+ ){0,2}(?<!of )(?<!to )(?<!by )£"
    r"|takes (?:on average|about|around|up to|between)|makes? up|comprises?|consists? of"
    r"|represents?|we (?:employ|hold|manage|run|spend|supervise) (?:about|around|over|£|[0-9])"
    r"|accounts? for|(?:has|have) an? (?:[a-z-]+ ){0,4}(?:average|budget|capacity|level|population"
    r"|rate|share|total) of|equates? to|is home to|is worth"
    r"|(?:we|they) are (?:within|above|below|at|over|under|ahead|behind|halfway)"
    r"|(?:is|are) (?:caused|committed|driven|funded|led|staffed|underpinned) by"
    r"|(?:is|are) supported by (?:record |an? )?(?:funding|investment)"
    r"|drives? (?:almost|half|most|nearly)"
    r"|(?:prison|jail|estate|unit|service|force|area|county|hostel|centre|court|department|it)"
    r" (?:holds|houses|employs|accommodates|runs|manages|supervises|covers|serves|operates"
    r"|has(?! to\b))"
    r"|is responsible for|are responsible for|is (?:currently|now|roughly|about|around)"
    r"|are (?:currently|now)|live with|suffers?|tends? to|every £1|ranges? from|varies|vary)\b"
)
_NEGATED: Final = re.compile(r"\b(?:are|is|do|does|have|has) not\b")
_HEDGED: Final = re.compile(
    r"\b(?:almost|an estimated|approximately|just over|just under|nearly|roughly|well over)$"
)
_STATES: Final = re.compile(r"\b(?:is|are|stands at|averages|totals)$")
_ENDED: Final = re.compile(
    r"(?:increased|reduced|improved|decreased|raised|lowered|doubled|halved)$"
)
_STRONG: Final = re.compile(
    r"\b(?:will|shall|must|target|targets|ambition|goal|commit|commits|committed|"
    r"commitment|aims? to|pledge[sd]?"
    r"|plans? to|intends? to|ensure)\b"
)

_STATED: Final = frozenset({"LEVEL", "MONEY", "COUNT", "POINTS", "DURATION"})
_LIMITING: Final = frozenset({"AT_MOST", "BELOW", "BY", "END", "TARGET"})
_COUNTS: Final = frozenset({"count", "duration"})
_CLAUSE_STARTS: Final = frozenset({"COMMIT", "COMMA", "COLON"})
_CLAUSE_ENDS: Final = frozenset({"BY", "END", "TO", "FOR", "COMMIT", "COMMA", "COLON"})
_CALLED_TARGET: Final = re.compile(
    r"\b(?:targets?|ambition|goal|milestone|aim(?:s|ing)? to reach)\b"
)
_OUTCOMES: Final = re.compile(
    r"\b(?:absconds?|accidents?|arrests?|assaults?|burglar\w+|casualties|collisions|completions?"
    r"|convictions?|crimes?|deaths?|detections?|drug tests?|employed|entrants?|escapes?|fires"
    r"|homeless\w*|homicides?|housed|incidents?|injur\w+|murders?|offences?|qualif\w+|re-?convict\w*"
    r"|re-?offen\w+|recalls?|robber\w+|self-harm|sickness|stabbings|suicides?|thefts?|victims"
    r"|in (?:work|employment|education|custody|prison|treatment|accommodation|(?:a )?homes?))\b"
)
_AIMED: Final = re.compile(r"\b(?:ensure|target|ambition|goal|aim)")
_SAVING: Final = re.compile(r"\b(?:target|saving|efficienc|gain|cost)")

_MESSAGES: Final[Mapping[NoTargetReason, str]] = {
    "fact": "the sentence reports figures and sets no target",
    "effect size": "the figure says how much an outcome differs between groups, which is an effect "
    "size and not a level to reach",
    "share of need": "the figure is the share of people who have a need, and not a level to reach",
    "no commitment": "running text is a target only if it commits somebody to a figure by a date",
    "no words": "there are no words to read",
    "too long": "the text is too long to be one sentence: split it into sentences",
}


def message_of(reason: NoTargetReason) -> str:
    """Return a reason in words."""
    return _MESSAGES[reason]


def refusal(sentence: Sentence, mode: Mode) -> NoTargetReason | None:
    """Return why a sentence is not a target, or ``None`` if it may be one."""
    tokens, line, roles, low = sentence.tokens, sentence.line, sentence.roles, sentence.low
    names = set(sentence.names)
    has_figure = bool(names & FIGURES)
    head = leading_verb(low, tokens, line)
    committed = head is not None or bool(_IMPERATIVE.match(low))
    committed = committed or (_is_committed(tokens) and not _has_done(sentence))
    committed = committed or _SETS_TARGET.search(low) is not None
    if _TIMES_LIKELY.search(low) and not committed:
        return "effect size"
    if has_figure and "COMMIT" not in names and _WOULD.match(low):
        return "effect size"
    if has_figure and "LIKELY" in names and not _goal_besides_effect(tokens, roles):
        return "effect size"
    if has_figure and not committed and _HAVE_NEED.search(low):
        return "share of need"
    if has_figure and head is None and (_EFFECT.search(line) or _finds(sentence)):
        return "effect size"
    may = _MAY.search(_MAIN_CLAUSE.sub("", low))
    if has_figure and not committed and may and (may[0] != "can" or "DATE" not in names):
        return "effect size"
    if _reports(low, tokens, line, names, committed=committed, has_figure=has_figure):
        return "fact"
    if mode == "running" and not _commits(sentence, committed=committed):
        return "no commitment"
    return None


def _finds(sentence: Sentence) -> bool:
    """Return whether something changes a level by a figure, without a date: a finding."""
    if sentence.names & {"COMMIT", "DATE", "TARGET"}:
        return False
    return any(
        token.name in {"UP", "DOWN", "MULTIPLY", "HALVE"}
        and place > 0
        and sentence.tokens[place - 1].name == "WORDS"
        and (_FINDS.match(sentence.low, token.start) or _they_cut(sentence, place))
        for place, token in enumerate(sentence.tokens)
    )


def _they_cut(sentence: Sentence, place: int) -> bool:
    """Return whether a verb tells what somebody does to a level: "the pilots cut crime by 8%"."""
    after = [token.name for token in sentence.tokens[place + 1 : place + 2]]
    is_first = place == 1 and after == ["WORDS"]
    start, end = sentence.tokens[0].start, sentence.tokens[0].end
    return is_first and _THEY_CUT.fullmatch(sentence.low, start, end) is not None


def _has_done(sentence: Sentence) -> bool:
    """Return whether all figures say what was done: "we have hired 50, and are on track to …"."""
    start = next(token.start for token in sentence.tokens if token.name == "COMMIT")
    figures = sentence.places("goal", "change", "low", "bare")
    return (
        bool(figures)
        and all(sentence.tokens[place].end <= start for place in figures)
        and _ALREADY.search(sentence.low, 0, start) is not None
    )


def _is_committed(tokens: Sequence[Token]) -> bool:
    """Return whether somebody commits to something before any fact is stated."""
    for token in tokens:
        if token.name in {"FACT", "COMMIT"}:
            return token.name == "COMMIT"
    return False


def _goal_besides_effect(tokens: Sequence[Token], roles: Mapping[int, str]) -> bool:
    """Return whether a figure that no "more likely" follows is a goal or a change."""
    return any(
        role in {"goal", "change"}
        and not any(token.name == "LIKELY" for token in tokens[place : place + 4])
        for place, role in roles.items()
    )


def _reports(
    low: str,
    tokens: Sequence[Token],
    line: str,
    names: set[str],
    *,
    committed: bool,
    has_figure: bool,
) -> bool:
    if _FACT_START.match(line) or _ABOUT_TARGET.match(low) or _PROGRESS.search(low):
        return True
    main = _MAIN_CLAUSE.sub("", low)
    if _LAW.search(main) or _OUTTURN.match(low):
        return True
    is_open = has_figure and not names & {"BY", "END", "COMMIT", "TARGET"}
    if is_open and _THERE_ARE.match(low):
        return True
    if is_open and _OVER_A_SHARE.match(low) and not _TO_BE.search(low):
        return True
    if has_figure and "TARGET" not in names and _ABOUT_DOCUMENT.match(low):
        return True
    if committed:
        return False
    if has_figure and ("FACT" in names or _AGAINST_TARGET.search(low)):
        return True
    if has_figure and _DESCRIBES.search(main):
        return True
    if _THEY_DID.search(main):
        return True
    if has_figure and any(
        words.search(main)
        for words in (_PEOPLE_DID, _DID_A, _AT_ANY_TIME, _PERFORMANCE, _THEY_SPENT)
    ):
        return True
    if has_figure and _DID_SO_MANY.match(main):
        return True
    if has_figure and not names & {*_LIMITING, "AT_LEAST"} and _NEGATED.search(main):
        return True
    if has_figure and not names & {*_LIMITING, "TO"} and _PEOPLE_DO.search(main):
        return True
    if names & {"PAST", "PERFECT"} and (
        _PAST.search(_IN_CLAUSE.sub("", line)) or _PERFECT_VERB.search(main)
    ):
        return True
    if not has_figure:
        return False
    for place, (token, after) in enumerate(pairwise(tokens)):
        if token.name == "TARGET":
            break
        bounded = place + 2 < len(tokens) and tokens[place + 2].name in {"OR_MORE", "OR_LESS"}
        if token.name != "WORDS" or after.name not in _STATED or bounded:
            continue
        words = low[token.start : token.end]
        is_rough = place == 0 and _ROUGHLY.match(words) and not _TO_BE.search(low)
        is_hedged = not names & {"BY", "END"} and _HEDGED.search(words)
        if _STATES.search(words) or is_rough or is_hedged:
            return True
    is_dated = (bool(names & {"BY", "END", "WITHIN"}) and "DATE" in names) or "DURATION" in names
    return not is_dated and any(
        token.name in {"UP", "DOWN", "MULTIPLY", "HALVE"}
        and _ENDED.search(low[token.start : token.end])
        for token in tokens
    )


def _commits(sentence: Sentence, *, committed: bool) -> bool:
    """Return whether running text commits somebody to a level or a change by a date.

    Sums of money are commitments and not targets, unless the text calls them so; a level without a
    word before it is a target only where something is to be ensured or aimed at.
    """
    if not committed or not _STRONG.search(sentence.low) or "PAST" in sentence.names:
        return False
    figures = [
        place
        for place in sentence.places("goal", "change", "low")
        if _may_be_target(sentence, place)
    ]
    dated = "DATE" in sentence.names and bool(sentence.names & {"BY", "END"})
    if not figures or not (dated or "TARGET" in sentence.names):
        return False
    before = {token.name for token in sentence.tokens[: figures[0]]}
    return bool(before & {"COMMIT", "TARGET"})


def _may_be_target(sentence: Sentence, place: int) -> bool:
    is_money = sentence.figure(place).kind == "money"
    if is_money and not _SAVING.search(sentence.low):
        return False
    start = sentence.tokens[place].start
    if sentence.low.endswith("up to ", 0, start):
        return False
    if sentence.figure(place).kind in _COUNTS and not _counts_outcomes(sentence, place):
        return False
    return place not in sentence.bare or bool(_AIMED.search(sentence.low))


def _counts_outcomes(sentence: Sentence, place: int) -> bool:
    """Return whether a number is of outcomes, or is called a target.

    "open 2 prisons", "consult 900 tenants" and "recruit 40 officers" are things to do.
    """
    if _CALLED_TARGET.search(sentence.low):
        return True
    tokens = sentence.tokens
    start = max((t.end for t in tokens[:place] if t.name in _CLAUSE_STARTS), default=0)
    end = next((t.start for t in tokens[place + 1 :] if t.name in _CLAUSE_ENDS), len(sentence.low))
    return bool(_OUTCOMES.search(sentence.low, start, end))
