"""Targets put into sentences that are read back as the same targets."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import Final, assert_never

from rrmodel.model import (
    Baseline,
    ChangeTarget,
    DirectionTarget,
    InterimGoal,
    MaintainTarget,
    Measure,
    MilestoneTarget,
    NarrativeTarget,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    Target,
    Trajectory,
    with_article,
)
from rrmodel.periods import Deadline, Period
from rrmodel.quantities import Amount, Change, Level, Percentage, PercentagePoints, RelativeChange
from rrmodel.wording._dates import Date, deadline_of
from rrmodel.wording._tokens import tokens_of

__all__ = ["render"]

_PLAIN_NAME: Final = re.compile(r"[A-Za-z][a-z'-]*(?: [A-Za-z][a-z'-]*){0,20}")
_NAME_TOKENS: Final = frozenset({"WORDS", "OF", "DURATION", "WITHIN"})
_TRAJECTORIES: Final[dict[Trajectory, str]] = {
    "straight": "",
    "stepped": ", on a stepped trajectory",
    "logit": ", on a logit trajectory",
}
_LEAD: Final = re.compile(r"(?i:by|before|until|in|during|on or before|no later than)\b")


def render(target: Target) -> str:
    """Return a target as one sentence, which :func:`parse_target` reads back as the same target.

    The target's own sentence, id and citation are not part of it: pass them to ``.target()``. Names
    that would be read as something else are in quotation marks.

    >>> from rrmodel.datasets import load
    >>> render(load("east-midlands-2022-25").target("housed-on-release-by-july-2023"))
    'By July 2023, raise the share housed on the night of release in the East Midlands by 8 ...

    Args:
        target: The target.

    Raises:
        RecordError: A name is longer than a sentence may be.
    """
    first, last = _due(target.deadline)
    body = _body(target)
    sentence = f"{first}{body}" if first else f"{body[0].upper()}{body[1:]}"
    return f"{sentence}{last}{_after(target)}."


def _body(target: Target) -> str:
    match target:
        case NarrativeTarget():
            return f"work towards {_quoted(target.statement)}{_place(target)}"
        case MilestoneTarget():
            return f"complete {_quoted(target.statement)}{_place(target)}"
        case ChangeTarget():
            return (
                f"{_verb(target.measure)} {_measured(target)} by {_change(target.change)}"
                f"{_from(target.baseline)}"
            )
        case ReachTarget():
            bound = "at least" if target.measure.better == "higher" else "at most"
            return (
                f"bring {_measured(target)} to {bound} {_figure(target.goal)}"
                f"{_from(target.baseline)}{_since(target.since)}"
            )
        case MaintainTarget() | StandingTarget():
            tolerance = (
                "" if target.tolerance is None else f", give or take {_figure(target.tolerance)}"
            )
            return (
                f"maintain {_measured(target)} at {_figure(target.goal)}{tolerance}"
                f"{_since(target.since)}"
            )
        case RangeTarget():
            low, high = _figure(target.goal.low), _figure(target.goal.high)
            return (
                f"bring {_measured(target)} to between {low} and {high}"
                f"{_from(target.baseline)}{_since(target.since)}"
            )
        case DirectionTarget():
            every = "" if target.every is None else f", compared every {target.every}"
            return f"{_verb(target.measure)} {_measured(target)}{_from(target.baseline)}{every}"
        case _:
            assert_never(target)


def _after(target: Target) -> str:
    """Return what follows the deadline: the steps on the way and the trajectory."""
    if isinstance(target, ChangeTarget | ReachTarget):
        return _steps(target.interim) + _TRAJECTORIES[target.trajectory]
    return ""


def _verb(measure: Measure) -> str:
    return "raise" if measure.better == "higher" else "lower"


def _measured(
    target: ChangeTarget
    | ReachTarget
    | MaintainTarget
    | StandingTarget
    | RangeTarget
    | DirectionTarget,
) -> str:
    return f"{_measure_name(target.measure)}{_place(target)}"


def _measure_name(measure: Measure) -> str:
    """Return the name of a measure within a sentence: "the share housed on release"."""
    name = _name(measure.name)
    if name[0] == '"' or not name[1:2].islower():
        return name
    lowered = name[0].lower() + name[1:]
    is_share = measure.unit == "%" and lowered.split()[0].endswith("ed")
    return f"the share {lowered}" if is_share else lowered


def _place(target: Target) -> str:
    return f" in {with_article(_name(target.area))}"


def _name(words: str) -> str:
    """Return a name as it is, if its words mean nothing else, or in quotation marks."""
    if not _PLAIN_NAME.fullmatch(words):
        return _quoted(words)
    names = [token.name for token in tokens_of(words)]
    # "six weeks after release" is read as part of what is measured
    follow_up = all(
        after == "WITHIN" for name, after in pairwise([*names, ""]) if name == "DURATION"
    )
    return words if set(names) <= _NAME_TOKENS and follow_up else _quoted(words)


def _quoted(words: str) -> str:
    """Return a name in quotation marks; one that it contains is doubled."""
    return '"' + re.sub('["“”„«»]', lambda mark: mark[0] * 2, words) + '"'


def _due(deadline: Deadline | None) -> tuple[str, str]:
    """Return the deadline as the first words of a sentence, or as its last."""
    if deadline is None:
        return "", ""
    wording = deadline.wording
    if not _is_read(deadline):
        return "", f', due "{wording}"'
    if wording[0].isupper() and _LEAD.match(wording):
        return f"{wording}, ", ""
    return "", f", {wording}" if _LEAD.match(wording) else f", due {wording}"


def _is_read(deadline: Deadline) -> bool:
    """Return whether the words of a deadline are read as one date with the word before it."""
    tokens = tokens_of(deadline.wording)
    date = tokens[-1].value
    if not isinstance(date, Date) or len(tokens) > 2:  # noqa: PLR2004
        return False
    first = deadline.wording[: tokens[0].end] if len(tokens) > 1 else ""
    return deadline_of(first, date.text) == deadline


def _from(baseline: Baseline | None) -> str:
    if baseline is None:
        return ""
    may_be = "" if baseline.may_be is None else f" (or possibly {_period(baseline.may_be)})"
    return f" from {_figure(baseline.level)} in {_period(baseline.period)}{may_be}"


def _since(since: Period | None) -> str:
    return "" if since is None else f", starting in {_period(since)}"


def _period(period: Period) -> str:
    return str(period)


def _steps(interim: tuple[InterimGoal, ...]) -> str:
    return "".join(
        f", passing {_figure(step.level)}{''.join(_due_in_line(step.deadline))}" for step in interim
    )


def _due_in_line(deadline: Deadline) -> str:
    first, last = _due(deadline)
    return f" {first.removesuffix(', ')}" if first else last.removeprefix(",")


def _change(change: Change) -> str:
    """Return the size of a change: the verb says which way it goes."""
    size = -change if not isinstance(change, RelativeChange) and change.value < 0 else change
    if isinstance(size, RelativeChange):
        return f"{_number(abs(size.value))}% in relative terms"
    return _figure(size)


def _figure(level: Level) -> str:
    """Return a level with its exact number, whatever its decimals."""
    number = _number(level.value)
    if isinstance(level, Percentage):
        return f"{number}%"
    if isinstance(level, PercentagePoints):
        return f"{number} percentage points"
    if level.unit.startswith("% "):
        return f"{number}% ({level.unit[2:]})"
    one = "1" if level.value == 1 else "2"
    return str(Amount(one, level.unit)).replace(one, number, 1)


def _number(value: Fraction) -> str:
    """Return an exact number: decimals if they end, else a fraction."""
    bottom, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while bottom % prime == 0:
            bottom //= prime
            count += 1
        places = max(places, count)
    if bottom != 1:
        return f"{value.numerator}/{value.denominator}"
    sign = "-" if value < 0 else ""
    digits = str(abs(value.numerator) * 10**places // value.denominator)
    digits = digits.rjust(places + 1, "0")
    # with commas, 2,026 places are not read as a year
    whole = f"{int(digits[: len(digits) - places]):,}"
    return f"{sign}{whole}.{digits[-places:]}" if places else f"{sign}{whole}"
