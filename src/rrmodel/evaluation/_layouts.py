"""The fields of an evaluation as data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import TypeAlias

import attrs

from rrmodel.evaluation._assessment import Assessment
from rrmodel.evaluation._evidence import Evidence
from rrmodel.evaluation._exclusions import ExcludedObservation
from rrmodel.evaluation._explanation import explain
from rrmodel.evaluation._figure_layouts import LATEST, Latest
from rrmodel.evaluation._progress import Difference, Movement
from rrmodel.evaluation._reasons import grading, reasons, revisions, undefined
from rrmodel.evaluation._status import Status
from rrmodel.model import Citation, Document, LevelRange, Measure, MeasuredTarget, Observation
from rrmodel.quantities import Level, write_quantity
from rrmodel.records import Field, Layout, ShownColumn, fraction, nearest_number, quantity

__all__ = ["EVALUATION", "AssessedRow", "DocumentOf"]

DocumentOf: TypeAlias = Callable[[Observation], Document | None]
"""Returns the document that a figure cites, where it is known."""


def _unknown_document(_: Observation) -> Document | None:
    return None


@attrs.frozen
class AssessedRow:
    """An assessment, with its place in a plan and the documents that its figures cite."""

    case: Assessment
    plan: str | None = None
    pathway: str | None = None
    document_of: DocumentOf = _unknown_document

    @property
    def latest(self) -> Latest | None:
        observation, measure = self.case.selection.latest, self.measure
        if observation is None or measure is None:
            return None
        series = observation.series or measure.series_of(observation.period)
        return Latest(observation, series, self.document_of(observation))

    @property
    def measure(self) -> Measure | None:
        target = self.case.target
        return target.measure if isinstance(target, MeasuredTarget) else None


def _levels(
    name: str, description: str, get: Callable[[AssessedRow], Level | LevelRange | None]
) -> tuple[Field[AssessedRow], ...]:
    """Return the fields of what may be a level or a range of levels."""

    def text(row: AssessedRow) -> str | None:
        match level := get(row):
            case None:
                return None
            case LevelRange():
                return f"{write_quantity(level.low)} to {write_quantity(level.high)}"
            case _:
                return write_quantity(level)

    def number(row: AssessedRow) -> float | None:
        level = get(row)
        return None if level is None or isinstance(level, LevelRange) else _nearest(level)

    def low(row: AssessedRow) -> float | None:
        level = get(row)
        return _nearest(level.low) if isinstance(level, LevelRange) else None

    def high(row: AssessedRow) -> float | None:
        level = get(row)
        return _nearest(level.high) if isinstance(level, LevelRange) else None

    return (
        Field(
            name,
            "text",
            f"{description}, as exact text.",
            text,
            is_optional=True,
            number=f"{name}_value",
        ),
        _number(f"{name}_value", "The same as a number; null for a range.", number),
        _number(f"{name}_low_value", "The low end of a range as a number.", low),
        _number(f"{name}_high_value", "The high end of a range as a number.", high),
    )


def _nearest(level: Level) -> float | None:
    return nearest_number(level.value)


def _number(
    name: str, description: str, get: Callable[[AssessedRow], float | None]
) -> Field[AssessedRow]:
    return Field(name, "number", description, get, is_optional=True)


def _deadline(row: AssessedRow) -> date | None:
    target = row.case.target
    return None if target.deadline is None else target.deadline.last_day


def _gap(row: AssessedRow) -> Difference | None:
    return row.case.progress.gap


def _pace(row: AssessedRow) -> Difference | None:
    return row.case.progress.pace


def _required_pace(row: AssessedRow) -> Difference | None:
    return row.case.progress.required_pace


def _progress(one: AssessedRow) -> Fraction | None:
    return one.case.progress.share


_ICONS = {
    "met": "✓",
    "met_late": "✓",
    "on_track": "▲",
    "at_risk": "◆",
    "off_track": "▼",
    "missed": "✗",
}
"""The icon of each status; the others have a dash. Charts have the same shapes."""
_SOURCE = (
    *("latest_source_title", "latest_source_document", "latest_source_publisher"),
    *("latest_source_section", "latest_source_item", "latest_published", "latest_marks"),
)
_TARGET = ShownColumn(
    "Target",
    "target",
    on_hover=("statement", "citation_document", "citation_section", "citation_item"),
    if_different=True,
)
_STATUS = ShownColumn(
    "Status",
    "badge",
    icon_of="status",
    icons={status.value: _ICONS.get(status.value, "–") for status in Status},
    on_hover=("explanation",),
)
_LATEST = ShownColumn("Latest", "latest_level", also=("latest_period",), on_hover=_SOURCE)
_GOAL = ShownColumn("Goal", "goal", also=("deadline",))
_GAP = ShownColumn("Gap", "gap")
_EXPECTED = ShownColumn("Expected by then", "expected")

EVALUATION: Layout[AssessedRow] = Layout(
    "evaluation",
    "The assessment of one target on a day.",
    (
        Field(
            "plan",
            "text",
            "The id of the plan; null where a target is evaluated alone.",
            lambda row: row.plan,
            is_optional=True,
        ),
        Field(
            "pathway",
            "text",
            "The id of its pathway; null where a target is evaluated alone.",
            lambda row: row.pathway,
            is_optional=True,
        ),
        Field("target", "text", "The id of the target.", lambda row: row.case.target.id),
        Field(
            "statement", "text", "The target in a sentence.", lambda row: row.case.target.statement
        ),
        Field(
            "citation",
            "record",
            "Where the target was read.",
            lambda row: row.case.target.citation,
            of=Citation.layout,
        ),
        Field(
            "measure",
            "text",
            "The id of its measure.",
            lambda row: row.measure and row.measure.id,
            is_optional=True,
        ),
        Field("area", "text", "The area whose figures are assessed.", lambda row: row.case.area),
        Field(
            "is_comparator",
            "flag",
            "Whether that is another area than the target's.",
            lambda row: row.case.is_comparator,
        ),
        Field("as_of", "day", "The day of the assessment.", lambda row: row.case.as_of),
        Field(
            "policy",
            "text",
            "The policy that grades targets before their deadlines.",
            lambda row: row.case.policy.name,
        ),
        Field(
            "status",
            "text",
            "The answer.",
            lambda row: row.case.status.value,
            choose_from=lambda: Status,
        ),
        Field(
            "badge",
            "text",
            "The status with its evidence, in two or three words.",
            lambda row: explain(row.case, "badge"),
        ),
        Field(
            "explanation",
            "text",
            "The same in a sentence.",
            lambda row: explain(row.case, "sentence"),
        ),
        Field(
            "grading",
            "text",
            "Why the policy gives that grade, in a sentence; null where no policy is needed.",
            lambda row: row.case.grade and grading(row.case.grade),
            is_optional=True,
        ),
        Field(
            "unit",
            "text",
            "The unit of the measure, in which the numbers are.",
            lambda row: row.measure and row.measure.unit,
            is_optional=True,
        ),
        *_levels("goal", "The level or range to reach", lambda row: row.case.goal),
        Field("deadline", "day", "The last day for it.", _deadline, is_optional=True),
        Field(
            "latest",
            "record",
            "The figure that decides: of the latest period that ends by the deadline.",
            lambda row: row.latest,
            is_optional=True,
            of=LATEST,
        ),
        *quantity(
            "gap",
            "How far that figure is outside the goal; zero or less if the goal is met",
            _gap,
        ),
        *fraction(
            "progress",
            "The share of the intended change that has been made",
            _progress,
        ),
        Field(
            "movement",
            "text",
            "The direction of the change since the baseline.",
            lambda row: row.case.progress.movement and row.case.progress.movement.value,
            is_optional=True,
            choose_from=lambda: Movement,
        ),
        *_levels(
            "expected",
            "The level that the trajectory expects by the end of the figure's period",
            lambda row: row.case.expected,
        ),
        *quantity(
            "pace",
            "The change per 30 days since the baseline, above zero if it is for the better",
            _pace,
        ),
        *quantity(
            "required_pace",
            "The change per 30 days that meets the goal by the deadline",
            _required_pace,
        ),
        Field(
            "evidence",
            "record",
            "The evidence for the status.",
            lambda row: row.case.evidence,
            is_optional=True,
            of=Evidence.layout,
        ),
        Field(
            "completed",
            "day",
            "The day on which a milestone was completed.",
            lambda row: row.case.completion and row.case.completion.day,
            is_optional=True,
        ),
        Field(
            "undefined",
            "texts_by_name",
            "Why a number is null, by its key.",
            lambda row: undefined(row.case),
        ),
        Field(
            "reasons",
            "sentences",
            "Why the status is what it is, in sentences.",
            lambda row: tuple(reasons(row.case)),
        ),
        Field(
            "revisions",
            "records",
            "Every figure published for the latest period, the first published first.",
            lambda row: revisions(row.case.selection),
            of=Observation.layout,
        ),
        Field(
            "excluded",
            "records",
            "The figures of the measure that do not decide, each with its reason.",
            lambda row: row.case.selection.excluded,
            of=ExcludedObservation.layout,
        ),
    ),
    shown=(
        _TARGET,
        ShownColumn("Area", "area", if_different=True),
        ShownColumn("As of", "as_of", if_different=True),
        ShownColumn("Policy", "policy", if_different=True),
        *(_STATUS, _LATEST, _GOAL, _GAP),
        ShownColumn("Reason for the grade", "grading", if_different=True),
    ),
    details=(
        ShownColumn("Target", "statement", on_hover=_TARGET.on_hover[1:]),
        _STATUS,
        _LATEST,
        _GOAL,
        _GAP,
        ShownColumn("Progress", "progress_value", is_share=True),
        _EXPECTED,
        ShownColumn("Required per 30 days", "required_pace"),
        ShownColumn("Area", "area"),
        ShownColumn("As of", "as_of"),
        ShownColumn("Completed", "completed"),
        ShownColumn("Reasons", "reasons"),
    ),
)
