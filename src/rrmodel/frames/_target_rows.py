"""The terms of targets as rows of whole numbers, with which figures are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import isqrt, lcm
from typing import TypeAlias

import attrs

from rrmodel.errors import RecordError
from rrmodel.evaluation import (
    ComparisonRule,
    Evaluation,
    MarginRule,
    PaceRule,
    Policy,
    Status,
    Terms,
    evaluate,
    terms_of,
)
from rrmodel.model import (
    ChangeTarget,
    Completion,
    DirectionTarget,
    LevelRange,
    MeasuredTarget,
    MilestoneTarget,
    NarrativeTarget,
    ObservationIndex,
    ReachTarget,
    Target,
)
from rrmodel.periods import Duration, whole_months_between
from rrmodel.quantities import Amount, PercentagePoints, RelativeChange

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "MOST_PLACES",
    "UNITS",
    "Cell",
    "GivenTarget",
    "TargetTable",
    "TermRow",
    "part_on",
    "target_rows",
]

MOST_PLACES = 4
"""The most decimals of a published figure."""
UNITS = 10**MOST_PLACES
"""The units of a published figure in 1: levels are counted in ten-thousandths."""
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
_NOTHING = Fraction(0)
_PACE, _MARGIN, _COMPARISON = range(3)

Cell: TypeAlias = str | int | float | date | None
"""What is in a column."""


@attrs.frozen
class GivenTarget:
    """A target, and the plan and pathway that it is in."""

    target: Target
    """The target."""
    plan: str | None = None
    """The id of its plan, if it was given in one."""
    pathway: str | None = None
    """The id of its pathway there."""


@attrs.frozen(kw_only=True)
class TermRow:
    """What a target asks of its own area, or of any other."""

    target: Target
    """The target."""
    answer: dict[str, Cell]
    """The row of the result where no figure decides."""
    terms: Terms | None = None
    """The terms; ``None`` without a measure."""
    selecting: dict[str, Cell] = attrs.Factory(dict[str, Cell])
    """What chooses among the figures: the measure, the unit, the days and the series."""
    deciding: dict[str, Cell] = attrs.Factory(dict[str, Cell])
    """The whole numbers that the chosen figures are compared with; empty where it is decided by
    records."""
    path: tuple[dict[str, Cell], ...] = ()
    """The parts of the trajectory: days, levels and time. Every day lies in one of them."""
    by_records: str | None = None
    """Why whole numbers cannot decide it, as the end of a sentence; ``None`` if they can."""
    out_of_bounds: bool = False
    """Whether its whole numbers are too large for 64 bits."""


@attrs.frozen
class TargetTable:
    """The terms of targets, each once, and the areas to which they apply."""

    terms: tuple[TermRow, ...]
    """The terms."""
    pairs: tuple[tuple[int, str], ...]
    """The place of the terms, and the area, of each row of the result."""


def target_rows(
    targets: Iterable[GivenTarget],
    areas: Sequence[str] | None,
    as_of: date,
    policy: Policy,
    completions: Iterable[Completion],
) -> TargetTable:
    """Return the terms of targets, each in its own area or in every area given.

    Raises:
        RecordError: The day is outside the years that frames cover, or there is no target or area.
    """
    if not FIRST_DAY <= as_of <= LAST_DAY:
        raise RecordError(f"{as_of} is outside the years 1700 to 2199, which frames cover")
    rows = _Rows(as_of, policy, ObservationIndex.of(completions))
    terms: list[TermRow] = []
    pairs: list[tuple[int, str]] = []
    for given in targets:
        own_area = given.target.area
        # What is asked is alike in all areas but the target's own.
        places: dict[bool, int] = {}
        for area in [own_area] if areas is None else areas:
            is_own = area == own_area
            if is_own not in places:
                places[is_own] = len(terms)
                terms.append(rows.of(given, area, len(terms)))
            pairs.append((places[is_own], area))
    if not pairs:
        raise RecordError("there is no target to assess: give a plan or targets, and areas")
    return TargetTable(tuple(terms), tuple(pairs))


@attrs.define
class _Rows:
    """Makes the rows of targets that are assessed on one day, by one policy."""

    as_of: date
    policy: Policy
    completions: ObservationIndex
    _last_known: dict[Duration | None, date] = attrs.Factory(dict[Duration | None, date])
    _without: dict[object, Status] = attrs.Factory(dict[object, Status])

    def of(self, given: GivenTarget, area: str, place: int) -> TermRow:
        """Return the row of a target in an area."""
        target = given.target
        answer: dict[str, Cell] = {
            "plan": given.plan,
            "pathway": given.pathway,
            "target": target.id,
            "measure": None,
            "is_comparator": area != target.area,
            "as_of": self.as_of,
            "policy": self.policy.name,
            "unit": None,
            "goal_value": None,
            "goal_low_value": None,
            "goal_high_value": None,
            "deadline": None if target.deadline is None else target.deadline.last_day,
            "completed": None,
        }
        match target:
            case NarrativeTarget():
                answer |= {"status": Status.NOT_QUANTIFIED.value, "reason": "not_quantified"}
                return TermRow(target=target, answer=answer)
            case MilestoneTarget():
                found = evaluate(target, self.completions, as_of=self.as_of)
                day = None if found.completion is None else found.completion.day
                reason = "no_completion" if day is None else "completion"
                answer |= {"status": found.status.value, "reason": reason, "completed": day}
                return TermRow(target=target, answer=answer)
            case _:
                return self._of_measured(target, area, answer, place)

    def _of_measured(
        self, target: MeasuredTarget, area: str, answer: dict[str, Cell], place: int
    ) -> TermRow:
        terms = terms_of(target, area)
        status = self._status_without(terms)
        answer |= {
            "measure": target.measure.id,
            "unit": target.measure.unit,
            "status": status.value,
            "reason": "no_figure" if status is Status.NO_DATA else "not_yet_known",
            **_goal(target),
        }
        if reason := _by_records(target, self.policy):
            return TermRow(target=target, terms=terms, answer=answer, by_records=reason)
        numbers = _WholeNumbers.of(terms, self.policy)
        own: dict[str, Cell] = {"term": place}
        return TermRow(
            target=target,
            terms=terms,
            answer=answer,
            selecting=own | _selecting(terms, self.as_of, self._latest_known(target)),
            deciding=own | _deciding(terms, self.policy, numbers, self.as_of),
            path=tuple(own | part for part in _path(terms, numbers)),
            out_of_bounds=(
                numbers.most_units < _FEWEST_UNITS or numbers.most_cases < _FEWEST_CASES
            ),
        )

    def _status_without(self, terms: Terms) -> Status:
        """Return the status of a target for which no figure is known at all."""
        key = terms.start, terms.deadline, terms.target.measure.follow_up
        if key not in self._without:
            bare: Evaluation = evaluate(
                terms.target, (), as_of=self.as_of, area=terms.area, policy=self.policy
            )
            self._without[key] = bare.status
        return self._without[key]

    def _latest_known(self, target: MeasuredTarget) -> date:
        """Return the last day whose outcomes can be known on a day, of a figure without a date."""
        measure = target.measure
        if measure.follow_up not in self._last_known:
            low, high = FIRST_DAY.toordinal(), self.as_of.toordinal()
            while low < high:
                middle = (low + high + 1) // 2
                if measure.matures_on(date.fromordinal(middle)) <= self.as_of:
                    low = middle
                else:
                    high = middle - 1
            self._last_known[measure.follow_up] = date.fromordinal(low)
        return self._last_known[measure.follow_up]


def _by_records(target: MeasuredTarget, policy: Policy) -> str | None:
    """Return why whole numbers cannot decide a target, as the end of a sentence."""
    if not isinstance(policy.rule, PaceRule | MarginRule | ComparisonRule):
        return f"the policy {policy.name!r} needs more than sums"
    if target.measure.kind == "flow":
        return "the figures of its measure add up over periods"
    if isinstance(target, DirectionTarget) and target.every is not None:
        return f"each period is compared with the one {target.every} before"
    if isinstance(target, ChangeTarget | ReachTarget) and target.trajectory == "logit":
        return "its trajectory is logit"
    return None


def _goal(target: MeasuredTarget) -> dict[str, Cell]:
    if isinstance(target, DirectionTarget):
        return {}
    if isinstance(target.goal, LevelRange):
        low, high = target.goal.low, target.goal.high
        return {"goal_low_value": float(low.value), "goal_high_value": float(high.value)}
    return {"goal_value": float(target.goal.value)}


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
    rounded: tuple[tuple[int, ...], ...]
    """The points of the trajectory from each end of a rounded baseline, and the goal then."""
    most_units: int
    """The greatest published figure, in units, whose products stay in bounds."""
    most_cases: int
    """The greatest denominator whose products stay in bounds."""

    @classmethod
    def of(cls, terms: Terms, policy: Policy) -> _WholeNumbers:
        goal, rule = terms.goal, policy.rule
        limit = None if goal is None or goal.limit is None else goal.limit.value
        margin = _NOTHING
        if isinstance(rule, PaceRule):
            margin = rule.near.value
        elif isinstance(rule, MarginRule):
            margin = rule.margin.value
        points = [level.value for _, level in terms.points]
        rounded = _from_rounded_baselines(terms)
        levels = [
            _NOTHING if goal is None else goal.level.value,
            _NOTHING if limit is None else limit,
            _NOTHING if terms.tolerance is None else terms.tolerance.value,
            margin,
            _NOTHING if terms.baseline is None else terms.baseline.level.value,
            *points,
            *(number for each in rounded for number in each),
        ]
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
        ends = iter(whole[5 + len(points) :])
        return cls(
            scale=scale,
            goal=whole[0],
            limit=None if limit is None else whole[1],
            tolerance=whole[2],
            margin=whole[3],
            baseline=whole[4],
            points=tuple(whole[5 : 5 + len(points)]),
            rounded=tuple(tuple(next(ends) for _ in each) for each in rounded),
            most_units=min(_MOST_UNITS, _MOST // (scale * factor)) if is_bounded else 0,
            most_cases=most_cases,
        )


def _from_rounded_baselines(terms: Terms) -> list[list[Fraction]]:
    """Return the trajectory and its goal from each end of the numbers that a baseline stands for.

    The last level is the goal; without a trajectory it stands alone.
    """
    target = terms.target
    if not isinstance(target, ChangeTarget | ReachTarget) or target.baseline is None:
        return []
    baseline = target.baseline.level
    if isinstance(baseline, Amount) or baseline.places is None:
        return []
    between = [level.value for _, level in terms.points[1:-1]]
    found: list[list[Fraction]] = []
    for end in baseline.published_interval:
        start = end.value
        goal = target.goal.value
        if isinstance(target, ChangeTarget):
            change = target.change
            by_share = isinstance(change, RelativeChange)
            goal = start * change.factor if by_share else start + change.value
        if target.measure.unit == "%":
            goal = min(max(goal, _NOTHING), Fraction(100))
        found.append([start, *between, goal] if terms.points else [goal])
    return found


def _selecting(terms: Terms, as_of: date, known_by: date) -> dict[str, Cell]:
    measure, baseline = terms.target.measure, terms.baseline
    # The counts of the baseline's own period are read where a change is tested for chance.
    is_change = (
        isinstance(terms.target, DirectionTarget)
        or (isinstance(terms.target, ChangeTarget)
        and isinstance(terms.target.change, PercentagePoints))
    )  # fmt: skip
    counted = baseline if is_change and measure.unit == "%" else None
    row: dict[str, Cell] = {
        "measure": measure.id,
        "target_unit": measure.unit,
        "start": max(terms.start or FIRST_DAY, FIRST_DAY),
        "deadline": min(terms.deadline or LAST_DAY, LAST_DAY),
        "known_by": known_by,
        "target_series": terms.series or "",
        "any_series": int(terms.series is None),
        "in_series_0": int(terms.series in {None, measure.code}),
        "needs_earliest": int(terms.goal is None and terms.baseline is None),
        "needs_later": int(terms.goal is not None and terms.has_settled(as_of)),
        "needs_start": int(counted is not None),
        "start_first": FIRST_DAY if counted is None else counted.period.first_day,
        "start_last": FIRST_DAY if counted is None else counted.period.last_day,
    }
    for place, series_break in enumerate(measure.series_breaks, 1):
        row[f"break_{place}"] = min(max(series_break.starts, FIRST_DAY), LAST_DAY)
        row[f"in_series_{place}"] = int(terms.series in {None, series_break.code})
    return row


def _deciding(
    terms: Terms, policy: Policy, numbers: _WholeNumbers, as_of: date
) -> dict[str, Cell]:
    goal, baseline, deadline = terms.goal, terms.baseline, terms.deadline
    unit, rule = terms.target.measure.unit, policy.rule
    months = None if terms.window is None else terms.window.month_count
    better = terms.target.measure.better
    share = rule.at_risk_from if isinstance(rule, PaceRule) else _NOTHING
    up = 1 if (better if goal is None else goal.better) == "higher" else -1
    intended = up * (numbers.goal - numbers.baseline)
    if numbers.limit is not None:
        intended = max(intended, up * (numbers.baseline - numbers.limit))
    tolerated = numbers.goal - up * numbers.tolerance
    if unit == "%":
        tolerated = min(max(tolerated, 0), 100 * numbers.scale)
    goals = [tolerated, *(each[-1] for each in numbers.rounded)]
    is_by_points = isinstance(terms.target, ChangeTarget) and isinstance(
        terms.target.change, PercentagePoints
    )
    start_ends = _NOTHING, _NOTHING
    if baseline is not None and unit == "%":
        low, high = baseline.level.published_interval
        start_ends = low.value, high.value
    parts = lcm(*(end.denominator for end in start_ends))
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
        "rule": _kind_of_rule(policy),
        "margin": numbers.margin,
        "share_above": share.numerator,
        "share_below": share.denominator,
        # The goal as it is tested for chance: with its tolerance, and from a rounded baseline.
        "tolerated_at": tolerated,
        "goal_least": min(goals),
        "goal_most": max(goals),
        "has_rounded": int(bool(numbers.rounded)),
        "rounded_goal_0": numbers.rounded[0][-1] if numbers.rounded else 0,
        "rounded_goal_1": numbers.rounded[1][-1] if numbers.rounded else 0,
        "is_by_points": int(is_by_points and baseline is not None),
        # What the counts of the baseline must round to, in parts of a point.
        "start_parts": parts,
        "start_least": int(start_ends[0] * parts),
        "start_most": int(start_ends[1] * parts),
        "most_units": numbers.most_units,
        "most_cases": numbers.most_cases,
    }


def _kind_of_rule(policy: Policy) -> int:
    match policy.rule:
        case PaceRule():
            return _PACE
        case MarginRule():
            return _MARGIN
        case _:
            return _COMPARISON


def _path(terms: Terms, numbers: _WholeNumbers) -> Iterator[dict[str, Cell]]:
    """Yield the parts of the trajectory; the level is not defined before its first point."""
    if terms.is_kept:
        start = FIRST_DAY if terms.start is None else max(terms.start, FIRST_DAY)
        first = start.toordinal()
        yield _part(0, first - 1, None)
        yield _part(first, _END, [numbers.goal] * 3)
        return
    days = [day for day, _ in terms.points]
    yield _part(0, days[0].toordinal() - 1 if days else _END, None)
    tracks = [numbers.points, *(numbers.rounded or [numbers.points] * 2)]
    is_stepped = terms.trajectory == "stepped"
    for place, (day, next_day) in enumerate(pairwise(days)):
        part = _part(
            day.toordinal(), next_day.toordinal() - 1, [track[place] for track in tracks]
        )
        rises = [0 if is_stepped else track[place + 1] - track[place] for track in tracks]
        yield part | {
            "rise": rises[0],
            "rise_0": rises[1],
            "rise_1": rises[2],
            "days": (next_day - day).days,
            "months": whole_months_between(day, next_day) or 0,
            "first_month": day.year * 12 + day.month,
        }
    if days:
        yield _part(days[-1].toordinal(), _END, [track[-1] for track in tracks])


def _part(first: int, last: int, levels: Sequence[int] | None) -> dict[str, Cell]:
    level, level_0, level_1 = (0, 0, 0) if levels is None else levels
    return {
        "from_day": first,
        "to_day": last,
        "has_path": int(levels is not None),
        "start_at": level,
        "start_0": level_0,
        "start_1": level_1,
        "rise": 0,
        "rise_0": 0,
        "rise_1": 0,
        "days": 1,
        "months": 0,
        "first_month": 0,
    }


def part_on(path: Sequence[Mapping[str, Cell]], day: int) -> Mapping[str, Cell]:
    """Return the part of a trajectory in which a day lies."""
    return next(part for part in path if day <= int(str(part["to_day"])))
