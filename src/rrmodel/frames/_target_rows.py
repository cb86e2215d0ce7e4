"""The terms of targets as rows of whole numbers, which a frame of figures is joined to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import isqrt, lcm
from typing import TypeAlias, cast

import attrs

from rrmodel.errors import RecordError
from rrmodel.evaluation import (
    Evaluation,
    MarginRule,
    PaceRule,
    Policy,
    Status,
    Terms,
    evaluate,
)
from rrmodel.model import (
    ChangeTarget,
    DirectionTarget,
    LevelRange,
    MeasuredTarget,
    MilestoneTarget,
    NarrativeTarget,
    Plan,
    ReachTarget,
    Target,
)
from rrmodel.periods import whole_months_between
from rrmodel.quantities import Level

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "MOST_PLACES",
    "NEVER",
    "RESULT_COLUMNS",
    "UNITS",
    "Cell",
    "TargetTable",
    "TermRow",
    "target_rows",
    "targets_in",
]

RESULT_COLUMNS: tuple[str, ...] = (
    "plan",
    "target",
    "measure",
    "area",
    "as_of",
    "status",
    "reason",
    "unit",
    "goal",
    "goal_low",
    "goal_high",
    "latest",
    "first_day",
    "last_day",
    "published",
    "numerator",
    "denominator",
    "gap",
    "progress",
    "expected",
    "pace",
    "required_pace",
)
"""The columns of the frame that :func:`evaluate` returns, one row for each target and area.

Levels, gaps and paces are binary numbers in the ``unit`` of the measure, days are days, and the
others are texts; what is undefined is null. A range has ``goal_low`` and ``goal_high`` and no
``goal``. ``reason`` is the code of what decides the status:

``goal``
    the latest figure, compared with the goal
``later_period``
    a figure of a period after the deadline
``expected_level``
    the latest figure, compared with the level expected by then
``pace``
    the share of the change expected by then that has been made
``direction``
    the change since the baseline or the earliest figure
``no_expected_level``
    no level is expected, so there is no grade
``baseline_only``
    the latest figure is that of the baseline itself
``one_figure``
    one figure alone shows no direction
``incomplete_total``
    the figures do not cover the whole time
``no_figure``
    no figure was known on the day
``not_comparable``
    all figures are of another series or unit
``not_yet_known``
    the outcomes that decide cannot be known yet
``no_completion``
    a frame of figures has no completion of the milestone
``not_quantified``
    the target has no measure
``invalid_figure``
    in lazy frames only: a deciding figure cannot be read exactly, so the status is null
"""

MOST_PLACES = 4
"""The most decimals of a published figure."""
UNITS = 10**MOST_PLACES
"""The units of a published figure in 1: levels are counted in ten-thousandths."""
NEVER = date(2200, 1, 1)
"""A day after every figure."""
FIRST_DAY, LAST_DAY = date(1700, 1, 1), date(2199, 12, 31)
"""The first and the last day of a frame, which pandas can hold in nanoseconds."""

_MOST = 2**60
"""Products of whole numbers stay below this, and sums of a few of them below 2 ** 63."""
_MOST_CASES = 2**26
"""Shares of fewer cases than this are in the same order as the nearest binary numbers."""
_MOST_UNITS = 2**50
_FEWEST_UNITS = 100 * UNITS
_FEWEST_CASES = 10_000
_END = LAST_DAY.toordinal()

Cell: TypeAlias = str | int | float | date | None


@attrs.frozen
class TermRow:
    """What a target asks of its own area, or of any other: the row without a figure included."""

    selecting: dict[str, Cell]
    """What chooses among the figures: the measure, the unit, the days and the series; empty for a
    target without a measure."""
    deciding: dict[str, Cell]
    """The whole numbers that the chosen figures are compared with."""
    path: tuple[dict[str, Cell], ...]
    """The parts of the trajectory: days, levels and time. Every day lies in one of them."""
    answer: dict[str, Cell]
    """The result where no figure decides."""


@attrs.frozen
class TargetTable:
    """The terms of targets, each once, and the areas to which they apply."""

    terms: tuple[TermRow, ...]
    """The terms."""
    pairs: tuple[tuple[int, str], ...]
    """The place of the terms, and the area, of each row of the result."""


def targets_in(
    targets: Plan | Target | Iterable[Plan | Target],
) -> Iterator[tuple[str | None, Target]]:
    """Yield each target with the id of its plan, if it was given in one.

    Raises:
        RecordError: Something is neither a plan nor a target.
    """
    for each in _listed(targets):
        if isinstance(each, Plan):
            yield from ((each.id, target) for target in each.targets)
        elif isinstance(each, Target):
            yield None, each
        else:
            raise RecordError(
                f"a value of type {type(each).__name__!r} is not a target: give a plan, plans or "
                "targets"
            )


def _listed(targets: object) -> Iterable[object]:
    if isinstance(targets, Plan | Target) or not isinstance(targets, Iterable):
        return (targets,)
    return cast("Iterable[object]", targets)


def target_rows(
    targets: Sequence[tuple[str | None, Target]],
    areas: Sequence[str] | None,
    as_of: date,
    policy: Policy,
) -> TargetTable:
    """Return the terms of targets, each in its own area or in every area given.

    Raises:
        RecordError: A target or the policy cannot be assessed in frames; all are named at once.
    """
    rule = policy.rule
    if not isinstance(rule, PaceRule | MarginRule):
        raise RecordError(
            f"the policy {policy.name!r} is not available in frames: use 'straight line' or "
            "'traffic light', or assess each target with rrmodel.evaluate"
        )
    if not FIRST_DAY <= as_of <= LAST_DAY:
        raise RecordError(f"{as_of} is outside the years 1700 to 2199, which frames cover")
    terms: list[TermRow] = []
    pairs: list[tuple[int, str]] = []
    problems: list[str] = []
    for plan, target in targets:
        if reason := _refusal(target):
            problems.append(_problem(target, reason))
            continue
        # What is asked is alike in all areas but the target's own.
        places: dict[bool, int] = {}
        for area in [target.area] if areas is None else areas:
            is_own = area == target.area
            if is_own not in places:
                bare = evaluate(target, (), as_of=as_of, area=area, policy=policy)
                row = _term_row(plan, bare, rule, len(terms))
                if row is None:
                    reason = "its levels have too many decimals for whole numbers of 64 bits"
                    problems.append(_problem(target, reason))
                    break
                places[is_own] = len(terms)
                terms.append(row)
            pairs.append((places[is_own], area))
    if problems:
        raise RecordError("\n".join(problems))
    return TargetTable(tuple(terms), tuple(pairs))


def _problem(target: Target, reason: str) -> str:
    return (
        f"the target {target.id!r} cannot be assessed in frames, because {reason}: assess it with "
        "rrmodel.evaluate"
    )


def _refusal(target: Target) -> str | None:
    """Return why a target of its kind cannot be assessed in frames, as the end of a sentence."""
    if isinstance(target, MilestoneTarget | NarrativeTarget):
        return None
    if target.measure.kind == "flow":
        return "the figures of its measure add up over periods"
    if isinstance(target, DirectionTarget) and target.every is not None:
        return f"each period is compared with the one {target.every} before"
    if isinstance(target, ChangeTarget | ReachTarget) and target.trajectory == "logit":
        return "its trajectory is logit, which is not exact"
    return None


def _term_row(
    plan: str | None, bare: Evaluation, rule: PaceRule | MarginRule, place: int
) -> TermRow | None:
    """Return the row of a target, or ``None`` if its whole numbers would be too large."""
    answer, terms = _answer(plan, bare), bare.assessment.terms
    if terms is None:
        return TermRow({}, {}, (), answer)
    numbers = _WholeNumbers.of(terms, rule)
    if numbers.most_units < _FEWEST_UNITS or numbers.most_cases < _FEWEST_CASES:
        return None
    own: dict[str, Cell] = {"term": place}
    return TermRow(
        own | _selecting(terms, bare.as_of),
        own | _deciding(terms, rule, numbers, bare.as_of),
        tuple(own | part for part in _path(terms, numbers)),
        answer,
    )


@attrs.frozen(kw_only=True)
class _WholeNumbers:
    """The levels of terms as whole numbers, and how large those of figures may be."""

    scale: int
    """The least number whose product with every level of the terms is whole."""
    goal: int
    limit: int | None
    tolerance: int
    margin: int
    baseline: int
    points: tuple[int, ...]
    most_units: int
    """The greatest published figure, in units, whose products stay in bounds."""
    most_cases: int
    """The greatest denominator whose products stay in bounds."""

    @classmethod
    def of(cls, terms: Terms, rule: PaceRule | MarginRule) -> _WholeNumbers:
        goal, nothing = terms.goal, Fraction(0)
        limit = None if goal is None or goal.limit is None else goal.limit.value
        margin = rule.near if isinstance(rule, PaceRule) else rule.margin
        levels = (
            nothing if goal is None else goal.level.value,
            nothing if limit is None else limit,
            nothing if terms.tolerance is None else terms.tolerance.value,
            margin.value,
            nothing if terms.baseline is None else terms.baseline.level.value,
            *(level.value for _, level in terms.points),
        )
        scale = lcm(*(number.denominator for number in levels))
        whole = [number.numerator * (scale // number.denominator) for number in levels]
        greatest = max(map(abs, whole)) + 1
        # What a level is multiplied with besides the scale: time, and the share of a pace.
        days = max([1, *((end - start).days for (start, _), (end, _) in pairwise(terms.points))])
        share = rule.at_risk_from if isinstance(rule, PaceRule) else Fraction(1)
        factor = 8 * days * max(share.numerator, share.denominator)
        most_cases = min(_MOST_CASES, _MOST // ((greatest + 100 * scale) * factor))
        if limit is not None:
            # Distances to either end of a range are put in order as binary numbers.
            most_cases = min(most_cases, isqrt(2**52 // (greatest + 100 * scale)))
        is_bounded = greatest * UNITS * factor <= _MOST
        return cls(
            scale=scale,
            goal=whole[0],
            limit=None if limit is None else whole[1],
            tolerance=whole[2],
            margin=whole[3],
            baseline=whole[4],
            points=tuple(whole[5:]),
            most_units=min(_MOST_UNITS, _MOST // (scale * factor)) if is_bounded else 0,
            most_cases=most_cases,
        )


def _selecting(terms: Terms, as_of: date) -> dict[str, Cell]:
    measure = terms.target.measure
    row: dict[str, Cell] = {
        "measure": measure.id,
        "target_unit": measure.unit,
        "start": max(terms.start or FIRST_DAY, FIRST_DAY),
        "deadline": min(terms.deadline or LAST_DAY, LAST_DAY),
        "known_by": _latest_known(terms.target, as_of),
        "target_series": terms.series,
        "any_series": int(terms.series is None),
        "in_series_0": int(terms.series in {None, measure.code}),
        "needs_earliest": int(terms.goal is None and terms.baseline is None),
        "needs_later": int(terms.goal is not None and terms.has_settled(as_of)),
    }
    for place, series_break in enumerate(measure.series_breaks, 1):
        row[f"break_{place}"] = min(max(series_break.starts, FIRST_DAY), LAST_DAY)
        row[f"in_series_{place}"] = int(terms.series in {None, series_break.code})
    return row


def _latest_known(target: MeasuredTarget, as_of: date) -> date:
    """Return the last day whose outcomes can be known on a day, of a figure without a date."""
    low, high = FIRST_DAY.toordinal() - 1, as_of.toordinal()
    while low < high:
        middle = (low + high + 1) // 2
        if target.measure.matures_on(date.fromordinal(middle)) <= as_of:
            low = middle
        else:
            high = middle - 1
    return max(date.fromordinal(low), FIRST_DAY)


def _deciding(
    terms: Terms, rule: PaceRule | MarginRule, numbers: _WholeNumbers, as_of: date
) -> dict[str, Cell]:
    goal, baseline, deadline = terms.goal, terms.baseline, terms.deadline
    unit = terms.target.measure.unit
    months = None if terms.window is None else terms.window.month_count
    better = terms.target.measure.better
    share = rule.at_risk_from if isinstance(rule, PaceRule) else Fraction(0)
    up = 1 if (better if goal is None else goal.better) == "higher" else -1
    intended = up * (numbers.goal - numbers.baseline)
    if numbers.limit is not None:
        intended = max(intended, up * (numbers.baseline - numbers.limit))
    return {
        "scale": numbers.scale,
        "up": up,
        "has_goal": int(goal is not None),
        "goal_at": numbers.goal,
        "has_limit": int(numbers.limit is not None),
        "limit_at": numbers.limit or 0,
        "tolerance": numbers.tolerance,
        "is_kept": int(terms.is_kept),
        "has_baseline": int(baseline is not None),
        "baseline_at": numbers.baseline,
        "baseline_end": baseline.period.last_day.toordinal() if baseline else 0,
        "stated_end": terms.baseline_day.toordinal() if terms.baseline_day else 0,
        "intended": intended,
        "has_deadline": int(deadline is not None),
        "is_settled": int(terms.has_settled(as_of)),
        "deadline_at": deadline.toordinal() if deadline else 0,
        "due_at": deadline.toordinal() if deadline and as_of < deadline else 0,
        "is_total": int(terms.counts_from is not None),
        "open_if_met": int(better == "lower"),
        "window_whole": -1 if terms.window is None else int(months is not None),
        "window_length": 0 if terms.window is None else months or terms.window.days,
        "is_points": int(unit in {"%", "percentage points"}),
        "is_share": int(unit == "%"),
        "by_margin": int(isinstance(rule, MarginRule)),
        "margin": numbers.margin,
        "share_above": share.numerator,
        "share_below": share.denominator,
        "most_units": numbers.most_units,
        "most_cases": numbers.most_cases,
    }


def _path(terms: Terms, numbers: _WholeNumbers) -> Iterator[dict[str, Cell]]:
    """Yield the parts of the trajectory; the level is not defined before its first point."""
    if terms.is_kept:
        yield _part(0, _END, numbers.goal)
        return
    days = [day for day, _ in terms.points]
    yield _part(0, days[0].toordinal() - 1 if days else _END, None)
    ends = zip(days, numbers.points, strict=True)
    for (day, level), (next_day, next_level) in pairwise(ends):
        months = whole_months_between(day, next_day)
        yield _part(day.toordinal(), next_day.toordinal() - 1, level) | {
            "rise": 0 if terms.trajectory == "stepped" else next_level - level,
            "days": (next_day - day).days,
            "months": months or 0,
            "first_month": day.year * 12 + day.month,
        }
    if days:
        yield _part(days[-1].toordinal(), _END, numbers.points[-1])


def _part(first: int, last: int, level: int | None) -> dict[str, Cell]:
    return {
        "from_day": first,
        "to_day": last,
        "has_path": int(level is not None),
        "start_at": level or 0,
        "rise": 0,
        "days": 1,
        "months": 0,
        "first_month": 0,
    }


def _answer(plan: str | None, bare: Evaluation) -> dict[str, Cell]:
    """Return the row of a target for which no figure is known at all."""
    target, goal, expected = bare.target, bare.goal, bare.expected
    measure = unit = None
    match target:
        case NarrativeTarget():
            reason = "not_quantified"
        case MilestoneTarget():
            reason = "no_completion"
        case _:
            measure, unit = target.measure.id, target.measure.unit
            reason = "no_figure" if bare.status is Status.NO_DATA else "not_yet_known"
    low, high = (goal.low, goal.high) if isinstance(goal, LevelRange) else (None, None)
    return {
        "plan": plan,
        "target": target.id,
        "measure": measure,
        "as_of": bare.as_of,
        "status_without": bare.status.value,
        "reason_without": reason,
        "unit": unit,
        "goal": _number(goal),
        "goal_low": _number(low),
        "goal_high": _number(high),
        "expected_without": _number(expected),
    }


def _number(level: Level | LevelRange | None) -> float | None:
    return None if level is None or isinstance(level, LevelRange) else float(level.value)
