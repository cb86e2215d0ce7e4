"""The terms of targets as rows of whole numbers, with which figures are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeAlias

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
from rrmodel.frames._whole_numbers import RuleNumbers, WholeNumbers
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
from rrmodel.quantities import Level, PercentagePoints

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "Cell",
    "GivenTarget",
    "TargetTable",
    "TermRow",
    "part_on",
    "target_rows",
]

FIRST_DAY, LAST_DAY = date(1700, 1, 1), date(2199, 12, 31)
"""The first and the last day of a frame, which pandas can hold in nanoseconds."""

_END = LAST_DAY.toordinal()

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
    rows = _Rows(as_of, policy, RuleNumbers.of(policy), ObservationIndex.of(completions))
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
    rule: RuleNumbers
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
        numbers = WholeNumbers.of(terms, self.rule)
        own: dict[str, Cell] = {"term": place}
        return TermRow(
            target=target,
            terms=terms,
            answer=answer,
            selecting=own | _selecting(terms, self.as_of, self._latest_known(target)),
            deciding=own | _deciding(terms, self.rule, numbers, self.as_of),
            path=tuple(own | part for part in _path(terms, numbers)),
            out_of_bounds=not numbers.is_bounded,
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
        return {"goal_low_value": _number(low), "goal_high_value": _number(high)}
    return {"goal_value": _number(target.goal)}


def _number(level: Level) -> float:
    above, below = level.ratio
    return above / below


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
    terms: Terms, rule: RuleNumbers, numbers: WholeNumbers, as_of: date
) -> dict[str, Cell]:
    goal, baseline, deadline, window = terms.goal, terms.baseline, terms.deadline, terms.window
    target = terms.target
    unit, better = target.measure.unit, target.measure.better
    months = None if window is None else window.month_count
    up = 1 if (better if goal is None else goal.better) == "higher" else -1
    intended = up * (numbers.goal - numbers.baseline)
    if numbers.limit is not None:
        intended = max(intended, up * (numbers.baseline - numbers.limit))
    tolerated = numbers.goal - up * numbers.tolerance
    if unit == "%":
        tolerated = min(max(tolerated, 0), 100 * numbers.scale)
    rounded_goals = [track[-1] for track in numbers.rounded] or [tolerated, tolerated]
    is_by_points = isinstance(target, ChangeTarget) and isinstance(target.change, PercentagePoints)
    start_least, start_most, start_parts = numbers.start
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
        "window_whole": -1 if window is None else int(months is not None),
        "window_length": 0 if window is None else months or window.days,
        "is_points": int(unit in {"%", "percentage points"}),
        "is_share": int(unit == "%"),
        "rule": rule.kind,
        "margin": numbers.margin,
        "share_above": rule.share[0],
        "share_below": rule.share[1],
        # The goal as it is tested for chance: with its tolerance, and from a rounded baseline.
        "goal_least": min(tolerated, *rounded_goals),
        "goal_most": max(tolerated, *rounded_goals),
        "has_rounded": int(bool(numbers.rounded)),
        "rounded_goal_0": rounded_goals[0],
        "rounded_goal_1": rounded_goals[1],
        "is_by_points": int(is_by_points and baseline is not None),
        # What the counts of the baseline must round to, in parts of a point.
        "start_least": start_least,
        "start_most": start_most,
        "start_parts": start_parts,
        "most_units": numbers.most_units,
        "most_cases": numbers.most_cases,
    }


def _path(terms: Terms, numbers: WholeNumbers) -> Iterator[dict[str, Cell]]:
    """Yield the parts of the trajectory; the level is not defined before its first point."""
    if terms.is_kept:
        start = FIRST_DAY if terms.start is None else max(terms.start, FIRST_DAY)
        first = start.toordinal()
        yield _part(0, first - 1, None)
        yield _part(first, _END, [numbers.goal] * 3)
        return
    days = tuple([day for day, _ in terms.points])
    yield _part(0, days[0].toordinal() - 1 if days else _END, None)
    tracks = [numbers.points, *(numbers.rounded or [numbers.points] * 2)]
    is_stepped = terms.trajectory == "stepped"
    for place, span in enumerate(_spans(days)):
        part = _part(span.from_day, span.to_day, [track[place] for track in tracks])
        if not is_stepped:
            part["rise"], part["rise_0"], part["rise_1"] = (
                track[place + 1] - track[place] for track in tracks
            )
        part["days"], part["months"] = span.days, span.months
        part["first_month"] = span.first_month
        yield part
    if days:
        yield _part(days[-1].toordinal(), _END, [track[-1] for track in tracks])


@attrs.frozen
class _Span:
    """The time from one point of a trajectory to the next."""

    from_day: int
    to_day: int
    days: int
    months: int
    first_month: int


@lru_cache(maxsize=4096)
def _spans(days: tuple[date, ...]) -> Sequence[_Span]:
    return [
        _Span(
            day.toordinal(),
            next_day.toordinal() - 1,
            (next_day - day).days,
            whole_months_between(day, next_day) or 0,
            day.year * 12 + day.month,
        )
        for day, next_day in pairwise(days)
    ]


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


def part_on(path: Sequence[Mapping[str, Any]], day: int) -> Mapping[str, Any]:
    """Return the part of a trajectory in which a day lies."""
    return next(part for part in path if day <= part["to_day"])
