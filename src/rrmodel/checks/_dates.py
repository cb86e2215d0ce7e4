"""Rules about the dates of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rrmodel.checks._targets import targets_of
from rrmodel.errors import Problem
from rrmodel.model import (
    Commitment,
    MaintainTarget,
    MilestoneTarget,
    NarrativeTarget,
    Observation,
    Plan,
    StandingTarget,
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
_EXPLICIT = re.compile(r"\bmonth of\b|\byear (?:to|ending|ended)\b", re.IGNORECASE)


def vague_deadlines(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find deadlines and starts with a vague wording."""
    for path, record in walk(plan):
        if isinstance(record, Deadline) and record.is_vague:
            yield Problem(
                f"{record.wording!r} is vague, and can mean any day from {record.first_day} to "
                f"{record.last_day}: ask for the month or the day",
                path,
            )


def parts_after_the_whole(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find parts of a commitment that are due later than the whole."""
    for path, record in walk(plan):
        if isinstance(record, Commitment) and record.deadline is not None:
            for index, part in enumerate(record.parts):
                if part.deadline.first_day > record.deadline.last_day:
                    whole = "" if record.amount is None else f"of {record.amount} "
                    yield Problem(
                        f"the commitment {record.id!r} {whole}is due {record.deadline.wording!r}, "
                        f"and {part.amount} of it {part.deadline.wording!r}, which is later: ask "
                        "which date is right",
                        f"{path}.parts[{index}]",
                    )


def deadlines_before_their_start(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find commitments that are due before they start."""
    for path, record in walk(plan):
        if not isinstance(record, Commitment) or record.starts is None or record.deadline is None:
            continue
        if record.starts.first_day > record.deadline.last_day:
            yield Problem(
                f"the commitment {record.id!r} is due {record.deadline.wording!r} and starts in "
                f"{record.starts}, which is later: correct one of them",
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
            f"{plan.period}; correct one of them, or say who is responsible for it then",
            path,
        )


def baselines_of_two_periods(plan: Plan, _: tuple[Observation, ...]) -> Iterator[Problem]:
    """Find baselines for a month that may be for the year to it."""
    for path, target in targets_of(plan):
        if isinstance(target, MaintainTarget | StandingTarget | MilestoneTarget | NarrativeTarget):
            continue
        if (baseline := target.baseline) is None:
            continue
        period, other = baseline.period, baseline.may_be
        if other is not None and other != period:
            yield Problem(
                f"the baseline of the target {target.id!r} may be for {period} or for {other}, and "
                "the level may differ: ask which, and compare figures of that kind with it",
                f"{path}.baseline",
            )
        elif (
            other is None
            and period.kind == "month"
            and period.last_day.month == _MARCH
            and not _EXPLICIT.search(target.statement)
        ):
            yield Problem(
                f"the baseline of the target {target.id!r} is for {period}, which may mean the "
                "month or the year to it: give the other under 'may_be', or write 'the month of' "
                "in the statement",
                f"{path}.baseline",
            )
