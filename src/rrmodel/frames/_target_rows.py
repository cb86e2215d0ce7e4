"""The terms of targets as rows of whole numbers, with which figures are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import NamedTuple, TypeAlias, cast

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
from rrmodel.frames._deciding import (
    FIRST_DAY,
    LAST_DAY,
    Deciding,
    PathPart,
    deciding_numbers,
    path_of,
)
from rrmodel.frames._whole_numbers import RuleNumbers, WholeNumbers
from rrmodel.model import (
    ChangeTarget,
    Completion,
    DirectionTarget,
    LevelRange,
    Measure,
    MeasuredTarget,
    MilestoneTarget,
    NarrativeTarget,
    ObservationIndex,
    Plan,
    ReachTarget,
    Target,
)
from rrmodel.periods import Duration
from rrmodel.quantities import Level, PercentagePoints

__all__ = [
    "Cell",
    "GivenTarget",
    "ResultRow",
    "TargetTable",
    "TermRow",
    "given_targets",
    "target_rows",
]

Cell: TypeAlias = str | int | float | date | None
"""The content of a column."""


@attrs.frozen
class GivenTarget:
    """A target, and the plan and pathway that it is in."""

    target: Target
    """The target."""
    plan: str | None = None
    """The id of its plan, if it was given in one."""
    pathway: str | None = None
    """The id of its pathway there."""


def given_targets(targets: Plan | Target | Iterable[Plan | Target]) -> Iterator[GivenTarget]:
    """Yield each target with the plan and pathway that it was given in.

    Raises:
        RecordError: Something is neither a plan nor a target.
    """
    given = cast("object", targets)
    is_one = isinstance(given, Plan | Target) or not isinstance(given, Iterable)
    for each in cast("Iterable[object]", (given,) if is_one else given):
        if isinstance(each, Plan):
            for pathway in each.pathways:
                yield from (GivenTarget(target, each.id, pathway.id) for target in pathway.targets)
        elif isinstance(each, Target):
            yield GivenTarget(each)
        else:
            raise RecordError(
                f"a value of type {type(each).__name__!r} is not a target: give a plan, plans or "
                "targets"
            )


@attrs.frozen(kw_only=True)
class TermRow:
    """The terms of targets that ask the same of their own areas, or of any other."""

    answer: dict[str, Cell]
    """The row of the result where no figure decides, without the names of a target."""
    terms: Terms | None = None
    """The terms; ``None`` without a measure."""
    selecting: dict[str, Cell] = attrs.Factory(dict[str, Cell])
    """The columns that choose among the figures: the unit, the days and the series."""
    deciding: Deciding | None = None
    """The whole numbers that the chosen figures are compared with; ``None`` where it is decided by
    records."""
    path: Sequence[PathPart] = ()
    """The parts of the trajectory: days, levels and time. Every day lies in one of them."""
    by_records: str | None = None
    """Why whole numbers cannot decide it, as the end of a sentence; ``None`` if they can."""
    out_of_bounds: bool = False
    """Whether its whole numbers are too large for 64 bits."""


class ResultRow(NamedTuple):
    """A target in an area, which has a row of the result."""

    given: GivenTarget
    area: str
    measure: str | None
    """The id of its measure, if it has one."""
    term: int
    """The number of its terms."""


@attrs.frozen
class TargetTable:
    """The terms of targets, each once, and the rows of the result to which they apply."""

    terms: tuple[TermRow, ...]
    """The terms."""
    rows: tuple[ResultRow, ...]
    """The rows of the result."""

    def terms_of(self, key: int) -> TermRow:
        """Return the terms of a row of the result."""
        return self.terms[self.rows[key].term]


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
    terms = _TermRows(as_of, policy, RuleNumbers.of(policy), ObservationIndex.of(completions))
    rows: list[ResultRow] = []
    for given in targets:
        target = given.target
        measure = target.measure.id if isinstance(target, MeasuredTarget) else None
        # What is asked is alike in all areas but the target's own.
        places: dict[bool, int] = {}
        for area in [target.area] if areas is None else areas:
            is_own = area == target.area
            if is_own not in places:
                places[is_own] = terms.place_of(target, area)
            rows.append(ResultRow(given, area, measure, places[is_own]))
    if not rows:
        raise RecordError("there is no target to assess: give a plan or targets, and areas")
    return TargetTable(tuple(terms.rows), tuple(rows))


@attrs.frozen
class _TermRows:
    """Makes the terms of targets that are assessed on one day, by one policy."""

    as_of: date
    policy: Policy
    rule: RuleNumbers
    completions: ObservationIndex
    rows: list[TermRow] = attrs.Factory(list[TermRow])
    _places: dict[object, int] = attrs.Factory(dict[object, int])
    _measures: dict[int, object] = attrs.Factory(dict[int, object])
    _last_known: dict[Duration | None, date] = attrs.Factory(dict[Duration | None, date])
    _without: dict[object, Status] = attrs.Factory(dict[object, Status])

    def place_of(self, target: Target, area: str) -> int:
        """Return the number of a target's terms, which targets that ask the same share."""
        place = len(self.rows)
        if isinstance(target, MeasuredTarget):
            asked = self._asked(target), area == target.area
            place = self._places.setdefault(asked, place)
        if place == len(self.rows):
            self.rows.append(self._row(target, area, place))
        return place

    def _asked(self, target: MeasuredTarget) -> object:
        """Return what a target asks, but for its names and those of its area and measure."""
        measure = target.measure
        if id(measure) not in self._measures:
            self._measures[id(measure)] = _what_chooses(measure)
        kind: type = type(target)
        fields = _fields_asked(kind)(target)
        baseline = getattr(target, "baseline", None)
        # Equal levels may be printed with different decimals.
        places = None if baseline is None else baseline.level.places
        return kind, self._measures[id(measure)], fields, places

    def _row(self, target: Target, area: str, place: int) -> TermRow:
        answer: dict[str, Cell] = {
            "is_comparator": area != target.area,
            "as_of": self.as_of,
            "policy": self.policy.name,
            "deadline": None if target.deadline is None else target.deadline.last_day,
        }
        match target:
            case NarrativeTarget():
                answer |= {"status": Status.NOT_QUANTIFIED.value, "reason": "not_quantified"}
                return TermRow(answer=answer)
            case MilestoneTarget():
                evaluation = evaluate(target, self.completions, as_of=self.as_of)
                day = None if evaluation.completion is None else evaluation.completion.day
                reason = "no_completion" if day is None else "completion"
                answer |= {"status": evaluation.status.value, "reason": reason, "completed": day}
                return TermRow(answer=answer)
            case _:
                return self._of_measured(target, area, place, answer)

    def _of_measured(
        self, target: MeasuredTarget, area: str, place: int, answer: dict[str, Cell]
    ) -> TermRow:
        terms = terms_of(target, area)
        status = self._status_without(terms)
        answer |= {
            "unit": target.measure.unit,
            "status": status.value,
            "reason": "no_figure" if status is Status.NO_DATA else "not_yet_known",
            **_goal(target),
        }
        if reason := _by_records(target, self.policy):
            return TermRow(terms=terms, answer=answer, by_records=reason)
        numbers = WholeNumbers.of(terms, self.rule)
        return TermRow(
            terms=terms,
            answer=answer,
            selecting=_selecting(terms, self.as_of, self._latest_known(target)),
            deciding=deciding_numbers(place, terms, self.rule, numbers, self.as_of),
            path=path_of(place, terms, numbers),
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


_what_chooses: Callable[[Measure], object] = attrgetter(
    "unit", "kind", "better", "code", "follow_up", "series_breaks"
)
"""Returns what of a measure its targets depend on."""


@cache
def _fields_asked(kind: type) -> Callable[[MeasuredTarget], object]:
    """Return what reads the fields of targets of one kind, but for their names."""
    names = {"id", "statement", "citation", "measure", "area"}
    return attrgetter(*(each.name for each in attrs.fields(kind) if each.name not in names))


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
    for number, series_break in enumerate(measure.series_breaks, 1):
        row[f"break_{number}"] = min(max(series_break.starts, FIRST_DAY), LAST_DAY)
        row[f"in_series_{number}"] = int(terms.series in {None, series_break.code})
    return row
