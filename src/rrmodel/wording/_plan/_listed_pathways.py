"""Pathways that are the items of one list, each with a name and a few sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rrmodel.model import Activity, Citation, Objective, Partnership
from rrmodel.wording._documents import Block
from rrmodel.wording._plan._draft import Draft
from rrmodel.wording._plan._headings import stem_role
from rrmodel.wording._plan._ledger import Ledger
from rrmodel.wording._plan._parts import PartReader
from rrmodel.wording._plan._words import sentences, without_marks

__all__ = ["is_list_of_pathways", "read_listed_pathway"]

_NAME: Final = re.compile(
    r"(?P<name>[A-Z][\w’'-]*(?:(?:,? (?:&|and|of|for|with|the) |, | )(?=[A-Z])[A-Z][\w’'-]*)*)"
    r"(?P<rest>.*)"
)
_FACT: Final = re.compile(
    r"\b(?:is|are) (?:recognised|fundamental|important|central|key|essential|vital)\b"
)
_PURPOSE: Final = re.compile(
    r"(?<!\blink )(?<!\bable )(?<!\bwith )\b(?:to|aim to|in order to) (?P<purpose>(?:help|ensure|"
    r"support|develop|change|deliver|"
    r"improve|reduce|provide|enable|encourage|find|prepare|address|increase|give|raise|promote|"
    r"prevent|build|maintain|make|achieve|assist|protect|secure|sustain)\b.*)"
)
_AIM: Final = re.compile(r"\b(?:we|partners|the prison|it) aims? to (?P<purpose>\w.*)")
_AND_VERB: Final = re.compile(r",? and (?=(?:are|is|can|have|the provision of|to)\b)")
_PROVISION: Final = re.compile(r",? and (?=the provision of\b)")
_PARTNERS: Final = re.compile(
    r"\b(?P<cue>[Ww]ork(?:s|ing)? (?:closely )?with|[Dd]elivered (?:through|by)|[Pp]artnerships? "
    r"(?:developed )?with|reception by|provided by) (?:the )?(?P<names>[A-Z][\w&’'-]*"
    r"(?:(?: and | & | )(?:[A-Z][\w&’'-]*|healthcare|community|partners|providers|agencies|"
    r"services))*)"
)
_AND: Final = re.compile(r" and (?=[A-Z])")
_JOINED: Final = re.compile(
    r"\b(?:Voluntary|Health|Community) and (?:Community|Social|Justice|Voluntary)\b"
)


def is_list_of_pathways(stem: str, block: Block) -> bool:
    """Return whether an item is in a list of pathways, and starts with the name of one."""
    return (
        block.kind == "item"
        and bool(stem)
        and stem_role(stem) == "pathways"
        and _NAME.match(block.text) is not None
    )


def read_listed_pathway(
    block: Block, citation: Citation, draft: Draft, parts: PartReader, ledger: Ledger
) -> str:
    """Read an item of a list of pathways, and return the name of the pathway.

    The work that the item describes becomes an activity; the purpose after "to" an objective; a
    sentence that only says how important the pathway is, a fact.
    """
    text, _ = without_marks(block.text)
    match = _NAME.fullmatch(text)
    name, rest = (match["name"].rstrip(","), match["rest"]) if match else (text, "")
    rest = rest.strip(" ,:–—-")
    for sentence in sentences(rest):
        if _FACT.search(sentence):
            parts.sentence_fact(
                block,
                f"{name} {sentence}" if rest.startswith(sentence) else sentence,
                citation,
                draft,
            )
            continue
        _statement(block, sentence, citation, draft, parts=parts, ledger=ledger)
    return name


def _statement(
    block: Block,
    sentence: str,
    citation: Citation,
    draft: Draft,
    *,
    parts: PartReader,
    ledger: Ledger,
) -> None:
    aim = _AIM.search(sentence)
    purpose = aim or _last(_PURPOSE, sentence)
    actions = [] if aim else _PROVISION.split(sentence)
    named = tuple(_named(sentence))
    ids = tuple(dict.fromkeys(parts.partner_id(each) for _, each in named))
    lead = next(
        (parts.partner_id(each) for cue, each in named if cue.startswith("elivered", 1)), None
    )
    for action in actions:
        words = action[:1].upper() + action[1:]
        activity = Activity(
            id=parts.new_activity_id(action),
            statement=words,
            citation=citation,
            lead=lead,
            partners=ids,
        )
        draft.activities.append(activity)
        ledger.placed(block, (activity,))
    if purpose is not None:
        for goal in _AND_VERB.split(purpose["purpose"].rstrip(".")):
            objective = Objective(
                id=parts.new_objective_id(goal),
                statement=goal[:1].upper() + goal[1:],
                citation=citation,
            )
            draft.objectives.append(objective)
            ledger.placed(block, (objective,))
    for identifier, (_, each) in zip(
        dict.fromkeys(parts.partner_id(n) for _, n in named), named, strict=False
    ):
        partnership = Partnership(
            partner=identifier,
            role=sentence[:1].upper() + sentence[1:],
            citation=citation,
            named_as=parts.alias(identifier, each),
        )
        draft.partnerships.append(partnership)
        message = f"{each!r} is read from running text as a partner: confirm it"
        ledger.placed(block, (partnership,), [("in question", message)])


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the last match of a purpose: that of the innermost "to"."""
    match = pattern.search(text)
    while match is not None and (inner := pattern.search(text, match.start("purpose"))):
        match = inner
    return match


def _named(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield the cue and the name of each organisation that a sentence works with."""
    for match in _PARTNERS.finditer(sentence):
        names = [match["names"]] if _JOINED.search(match["names"]) else _AND.split(match["names"])
        for name in names:
            yield match["cue"], name.strip()
