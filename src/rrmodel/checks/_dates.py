"""What is looked for in the dates of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rrmodel.checks._promises import targets_of
from rrmodel.errors import Problem
from rrmodel.model import (
    Commitment,
    MaintainTarget,
    MilestoneTarget,
    NarrativeTarget,
    Observation,
    Plan,
    walk,
)
from rrmodel.periods import Deadline

__all__ = [
    "baselines_of_two_periods",
    "deadlines_before_their_start",
    "deadlines_outside_the_plan",
    "parts_after_the_whole",
    "vague_deadlines",
]

_MARCH = 3
_CLEAR = re.compile(r"\bmonth of\b|\byear (?:to|ending|ended)\b", re.IGNORECASE)


def vague_deadlines(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find deadlines, and starts, whose wording leaves the day open."""
    for path, record in walk(plan):
        if isinstance(record, Deadline) and record.is_vague:
            yield Problem(
                f"{record.wording!r} is vague: it can mean any day from {record.first_day} to "
                f"{record.last_day}; ask for the month or the day",
                path,
            )


def parts_after_the_whole(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find parts of a commitment that are due later than the whole."""
    for path, record in walk(plan):
        if isinstance(record, Commitment) and record.deadline is not None:
            for index, part in enumerate(record.parts):
                if part.deadline.first_day > record.deadline.last_day:
                    whole = "" if record.amount is None else f"{record.amount} "
                    yield Problem(
                        f"the commitment {record.id!r} promises {whole}"
                        f"{record.deadline.wording!r}, of which {part.amount} only "
                        f"{part.deadline.wording!r}, which is later: ask which date holds",
                        f"{path}.parts[{index}]",
                    )


def deadlines_before_their_start(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find what is due before it starts, where the record itself does not refuse it."""
    for path, record in walk(plan):
        if not isinstance(record, Commitment) or record.starts is None or record.deadline is None:
            continue
        if record.starts.first_day > record.deadline.last_day:
            yield Problem(
                f"{record.id!r} is due {record.deadline.wording!r} and starts with "
                f"{record.starts}, which is no earlier: correct one of them",
                path,
            )


def deadlines_outside_the_plan(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find targets that are due before the plan's period begins or after it ends."""
    if plan.period is None:
        return
    for path, target in targets_of(plan):
        due = target.deadline
        if due is None:
            continue
        if due.first_day > plan.period.last_day:
            where = "after the plan ends"
        elif due.last_day < plan.period.first_day:
            where = "before the plan begins"
        else:
            continue
        yield Problem(
            f"the target {target.id!r} is due {due.wording!r}, {where}: the plan covers "
            f"{plan.period}; correct one of them, or say who answers for it then",
            path,
        )


def baselines_of_two_periods(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find baselines of a month that may be those of a year."""
    for path, target in targets_of(plan):
        if isinstance(target, MaintainTarget | MilestoneTarget | NarrativeTarget):
            continue
        if (baseline := target.baseline) is None:
            continue
        period, other = baseline.period, baseline.may_be
        if other is not None and other != period:
            yield Problem(
                f"the baseline of {target.id!r} is of {period} or of {other}, as its words allow "
                "both, and the level may differ: ask which, and compare with figures of that kind",
                f"{path}.baseline",
            )
        elif (
            other is None
            and period.kind == "month"
            and period.last_day.month == _MARCH
            and not _CLEAR.search(target.statement)
        ):
            yield Problem(
                f"the baseline of {target.id!r} is of {period}, which may mean the month or the "
                "year to it: write the other under 'may_be', or 'the month of' in the statement",
                f"{path}.baseline",
            )
