"""One reading of a sentence, and the record of the target that it makes."""

from __future__ import annotations

from typing import TypeVar

import attrs

from rrmodel.errors import IncompleteReadingError, RecordError, RrmodelError
from rrmodel.model import (
    Baseline,
    ChangeTarget,
    Citation,
    DirectionTarget,
    InterimGoal,
    LevelRange,
    MaintainTarget,
    Measure,
    MilestoneTarget,
    NarrativeTarget,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    Target,
    Trajectory,
)
from rrmodel.periods import Deadline, Duration, Period
from rrmodel.quantities import (
    Amount,
    Change,
    Level,
    Percentage,
    PercentagePoints,
    RelativeChange,
)
from rrmodel.records import short_repr
from rrmodel.wording._fields import (
    Direction,
    Field,
    GoalBound,
    Mention,
    ReadingKind,
    ReadingProblem,
    Step,
)
from rrmodel.wording._figures import Figure
from rrmodel.wording._measure_units import MeasureUnit, moved

__all__ = ["Reading"]

_ValueT = TypeVar("_ValueT")


@attrs.frozen(kw_only=True, repr=False)
class Reading:
    """One reading of a sentence as a target, complete or not."""

    text: str
    """The sentence."""
    kind: ReadingKind
    """The kind of the target."""
    goal: Field[Figure] | None = None
    """The level to reach or to maintain, or the low end of a range."""
    high: Field[Figure] | None = None
    """The high end of a range."""
    change: Field[Figure] | None = None
    """How much the level is to change: a size without a sign, see ``direction``."""
    is_relative: bool = False
    """Whether the change is a share of the level it starts from."""
    bound: Field[GoalBound] | None = None
    """On which side of the goal the target is met, if the sentence says."""
    direction: Field[Direction] | None = None
    """Which way the level is to change."""
    deadline: Field[Deadline] | None = None
    """The day by which it is due."""
    horizon: Field[Duration] | None = None
    """How long the plan has, where the sentence gives a length instead of a day."""
    baseline: Field[Figure] | None = None
    """The level that it starts from."""
    baseline_period: Field[Period] | None = None
    """The period of that level."""
    may_be: Field[Period] | None = None
    """Another period that the sentence allows for it."""
    since: Field[Period] | None = None
    """The first period that it covers."""
    every: Field[Duration] | None = None
    """How far apart the periods are that it compares: one year for "year on year"."""
    tolerance: Field[Figure] | None = None
    """How far outside the goal still meets it."""
    trajectory: Field[Trajectory] | None = None
    """How the level is to change, if the sentence says."""
    interim: tuple[Step, ...] = ()
    """Steps on the way, earliest first."""
    parts: tuple[Figure, ...] = ()
    """Other figures of the sentence, which are not its goal."""
    measure: Field[str] | None = None
    """The id of the measure, where the vocabulary knows its words."""
    mentions: tuple[Mention, ...] = ()
    """Every figure and date of the sentence, in order."""
    problems: tuple[ReadingProblem, ...] = ()
    """Problems to check."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.kind,
            text=self.text,
            goal_level=self.goal_level,
            deadline=self.deadline and self.deadline.value,
            missing=self.missing,
            mentions=self.mentions,
            problems=self.problems,
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The missing fields of the target, and parts of the sentence that are not read."""
        needed: list[tuple[str, object]] = []
        match self.kind:
            case "change" | "relative" | "count_change":
                if self.goal is None or self.change is not None:
                    needed += [
                        ("the direction", self.direction),
                        ("the level of the baseline", self.baseline),
                        ("the period of the baseline", self.baseline_period),
                    ]
                needed.append(("the deadline", self.deadline))
            case "milestone":
                needed.append(("the deadline", self.deadline))
            case _:
                pass
        given = {"the deadline": self.deadline, "the period of the baseline": self.baseline_period}
        needed += [
            (problem.unread, given.get(problem.unread))
            for problem in self.problems
            if problem.unread
        ]
        return tuple(dict.fromkeys(name for name, value in needed if value is None))

    @property
    def goal_level(self) -> Percentage | PercentagePoints | Amount | None:
        """The level to reach: as stated, or as baseline and change give it.

        Returns:
            The level, or ``None`` where there is none or it is impossible; ``problems`` says so.
        """
        try:
            if self.goal is not None and self.kind != "range":
                return self.goal.value.level
            if self.baseline is None or self.change is None or self.direction is None:
                return None
            return moved(self.baseline.value.level, self.signed_change(self.baseline.value.unit))
        except RrmodelError:
            return None

    def signed_change(self, unit: str) -> Change:
        """Return the change with its sign, in the unit of a measure.

        Raises:
            RecordError: There is no change, or the sentence does not say which way.
        """
        if self.change is None or self.direction is None:
            raise RecordError(f"{self.text!r} names no change with a direction")
        figure, up = self.change.value, self.direction.value == "up"
        if self.is_relative:
            return RelativeChange(figure.value if up else -figure.value)
        size = MeasureUnit(unit).change(figure)
        return size if up else -size

    def target(
        self,
        *,
        measure: Measure | None = None,
        area: str | None = None,
        citation: Citation | None = None,
        id: str | None = None,  # noqa: A002 -- the name of the record's field
        statement: str | None = None,
    ) -> Target:
        """Build the record of the target.

        Args:
            measure: The measure; not needed for a milestone or a narrative.
            area: The area that the target is for.
            citation: Where the sentence was read.
            id: The target's id. Default: the measure's id and the deadline, or ``"target"``.
            statement: The target in a sentence of yours. Default: the sentence.

        Raises:
            IncompleteReadingError: Something is missing; the message names all of it.
            RecordError: The sentence and the measure contradict each other.
            PercentageOutOfRangeError: A level is below 0% or above 100%.
            MixedQuantityError: A figure is in another unit than the measure.
        """
        missing = list(self.missing)
        measured = self.kind not in {"milestone", "narrative"}
        if measured and measure is None:
            missing.append("the measure")
        if area is None:
            missing.append("the area")
        if citation is None:
            missing.append("the citation")
        if missing or area is None or citation is None:
            raise IncompleteReadingError(self.text, missing)
        name = id or (measure.id if measure is not None else "target")
        common = _CommonFields(name, statement or self.text, citation, area)
        if measure is None or not measured:
            return self._unmeasured(common)
        return _Build(self, measure, common).target()

    def _unmeasured(self, common: _CommonFields) -> Target:
        deadline = None if self.deadline is None else self.deadline.value
        if self.kind == "milestone" and deadline is not None:
            return MilestoneTarget(
                id=common.id,
                statement=common.statement,
                citation=common.citation,
                area=common.area,
                deadline=deadline,
            )
        return NarrativeTarget(
            id=common.id,
            statement=common.statement,
            citation=common.citation,
            area=common.area,
            deadline=deadline,
        )


@attrs.frozen
class _CommonFields:
    """The fields of every target."""

    id: str
    statement: str
    citation: Citation
    area: str


@attrs.frozen
class _Build:
    """A reading with the measure that it is about."""

    reading: Reading
    measure: Measure
    common: _CommonFields

    def target(self) -> Target:
        """Return the record of the target."""
        reading = self.reading
        self._check_direction()
        match reading.kind:
            case "change" | "relative" | "count_change":
                if reading.change is not None:
                    return self._change_target()
                return self._reach()
            case "maintain":
                return self._maintain()
            case "range":
                return self._range()
            case "direction":
                return self._direction()
            case _:
                return self._reach()

    def _check_direction(self) -> None:
        reading, better = self.reading, self.measure.better
        bound = reading.bound.value if reading.bound else None
        direction = reading.direction.value if reading.direction else None
        lower = bound in {"at_most", "below"} or (bound is None and direction == "down")
        higher = bound in {"at_least", "above"} or (bound is None and direction == "up")
        if (lower and better == "higher") or (higher and better == "lower"):
            raise RecordError(
                f"{reading.text!r} asks for a {'lower' if lower else 'higher'} level, and {better} "
                f"is better for {self.measure.id!r}: correct the direction of the measure"
            )

    def _level(self, field: Field[Figure]) -> Level:
        level = MeasureUnit(self.measure.unit).level(field.value)
        if level.unit != self.measure.unit:
            raise RecordError(
                f"{field.value.text!r} is in {level.unit!r} and the measure {self.measure.id!r} in "
                f"{self.measure.unit!r}: use one unit for both"
            )
        return level

    def _baseline(self) -> Baseline | None:
        level, period = self.reading.baseline, self.reading.baseline_period
        if level is None or period is None:
            return None
        may_be = self.reading.may_be
        return Baseline(
            level=self._level(level), period=period.value, may_be=may_be.value if may_be else None
        )

    def _interim(self) -> tuple[InterimGoal, ...]:
        return tuple(
            InterimGoal(level=self._level(Field(step.figure)), deadline=step.deadline)
            for step in self.reading.interim
        )

    @property
    def _trajectory(self) -> Trajectory:
        return self.reading.trajectory.value if self.reading.trajectory else "straight"

    def _change_target(self) -> ChangeTarget:
        common, reading = self.common, self.reading
        return ChangeTarget(
            id=common.id,
            statement=common.statement,
            citation=common.citation,
            area=common.area,
            measure=self.measure,
            baseline=_given(self._baseline()),
            change=reading.signed_change(self.measure.unit),
            deadline=_given(reading.deadline).value,
            interim=self._interim(),
            trajectory=self._trajectory,
        )

    def _reach(self) -> ReachTarget | StandingTarget:
        common, reading = self.common, self.reading
        if reading.deadline is None:
            return StandingTarget(
                id=common.id,
                statement=common.statement,
                citation=common.citation,
                area=common.area,
                measure=self.measure,
                goal=self._level(_given(reading.goal)),
                tolerance=self._tolerance(),
                since=reading.since.value if reading.since else None,
            )
        return ReachTarget(
            id=common.id,
            statement=common.statement,
            citation=common.citation,
            area=common.area,
            measure=self.measure,
            goal=self._level(_given(reading.goal)),
            deadline=reading.deadline.value,
            baseline=self._baseline(),
            since=reading.since.value if reading.since else None,
            interim=self._interim(),
            trajectory=self._trajectory,
        )

    def _maintain(self) -> MaintainTarget | StandingTarget | ReachTarget:
        common, reading = self.common, self.reading
        if reading.deadline is None:
            return self._reach()
        return MaintainTarget(
            id=common.id,
            statement=common.statement,
            citation=common.citation,
            area=common.area,
            measure=self.measure,
            goal=self._level(_given(reading.goal)),
            deadline=reading.deadline.value,
            tolerance=self._tolerance(),
            since=reading.since.value if reading.since else None,
        )

    def _range(self) -> RangeTarget:
        common, reading = self.common, self.reading
        return RangeTarget(
            id=common.id,
            statement=common.statement,
            citation=common.citation,
            area=common.area,
            measure=self.measure,
            goal=LevelRange(
                low=self._level(_given(reading.goal)), high=self._level(_given(reading.high))
            ),
            deadline=reading.deadline.value if reading.deadline else None,
            baseline=self._baseline(),
            since=reading.since.value if reading.since else None,
        )

    def _direction(self) -> DirectionTarget:
        common, reading = self.common, self.reading
        return DirectionTarget(
            id=common.id,
            statement=common.statement,
            citation=common.citation,
            area=common.area,
            measure=self.measure,
            baseline=self._baseline(),
            deadline=reading.deadline.value if reading.deadline else None,
            every=reading.every.value if reading.every else None,
        )

    def _tolerance(self) -> PercentagePoints | Amount | None:
        field = self.reading.tolerance
        return None if field is None else MeasureUnit(self.measure.unit).change(field.value)


def _given(value: _ValueT | None) -> _ValueT:
    """Return a value that ``missing`` has looked for."""
    if value is None:
        raise RecordError("the reading has no value here: read the sentence with parse_target")
    return value
