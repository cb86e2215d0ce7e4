"""The kind of target that a reading is, such as one that maintains or reaches a level."""

from __future__ import annotations

import re
from typing import Final

from rrmodel.periods import Deadline
from rrmodel.wording._fields import Field, ReadingKind, ReadingProblem
from rrmodel.wording._readings import Reading
from rrmodel.wording._rules import leading_verb
from rrmodel.wording._sentence import Sentence

__all__ = ["kind_of", "question_time"]

_CHANGE_OF: Final = re.compile(
    " (?:an? )?(?:(?:year[- ]on[- ]year|annual|further|sustained|overall|significant|continued) )*"
    "(?:reduction|decrease|fall|drop|decline|increase|rise|growth|improvement)s? (?:in|of)"
)
_WHEN: Final = re.compile("(?:in|during|at|over) ", re.IGNORECASE)
_HOLDS_SO_MANY: Final = re.compile(
    r"\bhold(?:s|ing)? (?:(?:about|around|at least|fewer than|less than|more than|no fewer than"
    r"|no more than|not more than|over|under|up to) )?[0-9]"
)
_OPEN_VERBS: Final = re.compile(
    r"(?:to )?(?:work|support|continue|contribute|promote|seek|encourage|explore|consider|aim|"
    r"focus|maintain|keep|sustain)\b"
)


def kind_of(sentence: Sentence, reading: Reading) -> ReadingKind:
    """Return the kind of target that a reading is."""
    if reading.high is not None:
        return "range"
    if reading.change is not None:
        if reading.is_relative:
            return "relative"
        return "change" if reading.change.value.unit.startswith("%") else "count_change"
    if reading.goal is not None:
        if _is_about_maintaining(sentence, reading):
            return "maintain"
        return "reach" if reading.baseline is None else "change"
    if reading.direction is not None and _is_about_direction(sentence, reading):
        return "direction"
    if reading.deadline is not None and not _OPEN_VERBS.match(sentence.low):
        return "milestone" if _is_to_be_done(sentence, reading.deadline) else "narrative"
    return "narrative"


def _is_to_be_done(sentence: Sentence, deadline: Field[Deadline]) -> bool:
    """Return whether a date is one to do something by, and not one when something was done."""
    if leading_verb(sentence.low, sentence.tokens, sentence.line) is not None:
        return True
    if "COMMIT" in sentence.names or not _WHEN.match(deadline.value.wording):
        return True
    sentence.problems.append(
        ReadingProblem(
            f"{deadline.value.wording!r} may say when something was done: check whether it is due",
            deadline.span,
        )
    )
    return False


def question_time(sentence: Sentence, deadline: Field[Deadline] | None) -> None:
    """Say of "a third used drugs in 2018", which asks for nothing, that it may be a fact."""
    if deadline is None or not _WHEN.match(deadline.value.wording):
        return
    verb = leading_verb(sentence.low, sentence.tokens, sentence.line)
    if verb is not None or sentence.names & {"AT", "COMMIT", "TARGET", "TO", "COLON"}:
        return
    sentence.problems.append(
        ReadingProblem(
            f"{deadline.value.wording!r} may say when it was so: check whether it is due",
            deadline.span,
        )
    )


def _is_about_maintaining(sentence: Sentence, reading: Reading) -> bool:
    """Return whether a level is to stay as it is; "cut the costs of keeping …" is a change."""
    if "MAINTAIN" not in sentence.names or reading.baseline is not None:
        return False
    verb = leading_verb(sentence.low, sentence.tokens, sentence.line)
    leads = verb is not None and sentence.tokens[verb].name == "MAINTAIN"
    if _HOLDS_SO_MANY.search(sentence.low):
        # "hold 12 events" is to be done, and "hold the rate at 12%" stays as it is
        return False
    return leads or (reading.direction is None and not _is_outcome(sentence))


def _is_outcome(sentence: Sentence) -> bool:
    """Return whether a share of people keep something: "80% of tenants to keep their tenancy"."""
    place, token = next(
        (place, token) for place, token in enumerate(sentence.tokens) if token.name == "MAINTAIN"
    )
    if sentence.low[token.start : token.end].endswith(("maintained", "sustained")):
        return False
    return any(
        goal < place and sentence.tokens[goal + 1].name == "OF" for goal in sentence.places("goal")
    )


def _is_about_direction(sentence: Sentence, reading: Reading) -> bool:
    verb = leading_verb(sentence.low, sentence.tokens, sentence.line)
    if verb is not None and _CHANGE_OF.match(sentence.low, sentence.tokens[verb].end):
        return True
    if verb is not None:
        return sentence.tokens[verb].name in {"UP", "DOWN"}
    return bool(reading.baseline_period) or (
        "COMMIT" in sentence.names and bool(sentence.names & {"BELOW", "ABOVE"})
    )
