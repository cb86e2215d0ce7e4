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
    r"(?:currently |in \w+,? )?(?:around|approximately|about|nearly|almost|roughly|only|just|some)$"
)
_TO_BE: Final = re.compile(r"\bto (?:be|have|result|lead)\b")
_ABOUT_TARGET: Final = re.compile(
    r"(?:this|these|that|those|the) (?:[a-z-]+ ){0,3}targets? (?:will not be\b"
    r"|(?:has|have|had) been (?!set|agreed|raised|lowered|increased|reduced|revised)"
    r"|[^;]{1,200}\b(?:was|were) (?:not |narrowly |comfortably )?"
    r"(?:met|missed|exceeded|achieved)\b)"
)
_SETS_TARGET: Final = re.compile(r"\b(?:has|have)(?: been)? set (?:[a-z]+ ){0,5}targets? of\b")
_HELD_TO_TARGET: Final = re.compile(
    r"[0-9][^;]*\b(?:against|exceed(?:ing|ed)|miss(?:ing|ed)|short of|ahead of|well above) "
    r"(?:a|an|the|its|their|our) (?:[a-z]+ ){0,2}target\b"
)
_FACT_START: Final = compiled("^ (?:NAME|WORDS|COMMA)? FACT")
_PAST: Final = compiled(
    "(?:PAST(?!COLON)|PERFECT (?:WORDS)? (?:PAST|UP|DOWN|DELIVER|MAINTAIN|MULTIPLY|HALVE))"
)
_IN_CLAUSE: Final = compiled("WHO (?:WORDS|IN|OF|NEED|AND){0,5} (?:PAST|PERFECT)")
_EFFECT: Final = compiled("CAN (?:WORDS)? (?:UP|DOWN)")
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
    r"\b(?:has|have|had)\b(?: (?:now|already|also|all|since))? [a-z]+(?:ed|en)\b"
)
_THEY_DID: Final = re.compile(r"\b(?:we|it|i) [a-z]+ed\b|(?<![a-z] )\bthey [a-z]+ed\b")
_PEOPLE_DID: Final = re.compile(
    r"\b(?:adults|children|leavers|men|offenders|people|prisoners|residents|respondents|victims"
    r"|women)\b[^,.;]{0,60}\b(?:attained|felt|gained|obtained|re-?offended|said|thought|told)\b"
)
_ALREADY: Final = re.compile(r"\b(?:has|have)(?: (?:now|already|also))? [a-z]+ed\b")
_MAIN_CLAUSE: Final = re.compile(r"\b(?:who|whom|which|whose|that|those|if|where|when|as)\b[^,;.]*")
_DESCRIBES: Final = re.compile(
    r"(?<!to )\b(?:costs? (?:the|about|around|an|society|us)"
    r"|costs (?:[a-z]+ ){0,2}(?<!of )(?<!to )(?<!by )£"
    r"|takes (?:on average|about|around|up to|between)|makes? up|comprises?|consists? of"
    r"|represents?|we (?:employ|hold|manage|run|spend|supervise) (?:about|around|over|£|[0-9])"
    r"|(?:has|have) a (?:budget|population|capacity) of|equates? to|is home to|is worth"
    r"|is responsible for|are responsible for|is (?:currently|now|roughly|about|around)"
    r"|are (?:currently|now)|live with|suffers?|tends? to|every £1|ranges? from|varies|vary)\b"
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
    if has_figure and "LIKELY" in names and not _goal_besides_effect(tokens, roles):
        return "effect size"
    if has_figure and not committed and _HAVE_NEED.search(low):
        return "share of need"
    if has_figure and head is None and (_EFFECT.search(line) or _finds(sentence)):
        return "effect size"
    if _reports(low, tokens, line, names, committed=committed, has_figure=has_figure):
        return "fact"
    if mode == "running" and not _commits(sentence, committed=committed):
        return "no commitment"
    return None


def _finds(sentence: Sentence) -> bool:
    """Return whether something changes a level by a figure, without a date: a finding."""
    if "COMMIT" in sentence.names or "DATE" in sentence.names:
        return False
    return any(
        token.name in {"UP", "DOWN", "MULTIPLY", "HALVE"}
        and place > 0
        and sentence.tokens[place - 1].name == "WORDS"
        and _FINDS.match(sentence.low, token.start)
        for place, token in enumerate(sentence.tokens)
    )


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
    if _FACT_START.match(line) or _ABOUT_TARGET.match(low):
        return True
    if committed:
        return False
    if has_figure and ("FACT" in names or _HELD_TO_TARGET.search(low)):
        return True
    main = _MAIN_CLAUSE.sub("", low)
    if has_figure and _DESCRIBES.search(main):
        return True
    if _THEY_DID.search(main) or (has_figure and _PEOPLE_DID.search(main)):
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
        if _STATES.search(words) or is_rough:
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
