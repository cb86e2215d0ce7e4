"""The columns of a table of targets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias, get_args

from rrmodel.quantities import write_quantity
from rrmodel.records import Field, Layout, ShownColumn

__all__ = ["TARGET", "TargetKind"]

TargetKind: TypeAlias = Literal[
    "change", "reach", "maintain", "standing", "range", "direction", "milestone", "narrative"
]
"""The kinds of target, by the words that files and tables use."""


def _of(*names: str) -> Callable[[Any], Any]:
    """Return what reads the attribute of an attribute; ``None`` where a target lacks one."""

    def get(value: Any) -> Any:  # noqa: ANN401 - of any field
        for name in names:
            value = getattr(value, name, None)
        return value

    return get


def _text(
    name: str, description: str, get: Callable[[Any], Any], write: Callable[[Any], str] = str
) -> Field[Any]:
    """Return the field of a text that a target may lack."""

    def written(target: Any) -> str | None:  # noqa: ANN401 - a target of any kind
        value = get(target)
        return None if value is None else write(value)

    return Field(name, "text", description, written, is_optional=True)


def _level(name: str, description: str, get: Callable[[Any], Any]) -> Field[Any]:
    return _text(name, description, get, write_quantity)


def _stated_goal(target: Any) -> Any:  # noqa: ANN401 - a level
    return None if target.kind in {"change", "range"} else _of("goal")(target)


_WORDING = _of("wording")

TARGET: Layout[Any] = Layout(
    "target",
    "A target, in the texts that plan files have. A field that its kind does not have is null.",
    (
        Field("id", "text", "Its name.", _of("id")),
        Field("statement", "text", "The target, in a sentence of ours.", _of("statement")),
        Field("kind", "text", "Its kind.", _of("kind"), choose_from=lambda: get_args(TargetKind)),
        _text("measure", "The id of its measure.", _of("measure", "id")),
        Field("area", "text", "The area that it is for.", _of("area")),
        _level("baseline_level", "The level that it starts from.", _of("baseline", "level")),
        _text(
            "baseline_period",
            "The period that this level describes.",
            _of("baseline", "period"),
        ),
        _text(
            "baseline_may_be",
            "Another period that the wording of the baseline allows.",
            _of("baseline", "may_be"),
        ),
        _level("change", "The change of the baseline level, of a change.", _of("change")),
        _level(
            "goal",
            "The level to reach or maintain. Null for a change, whose goal follows from the "
            "baseline, and for a range.",
            _stated_goal,
        ),
        _level("goal_low", "The lowest level that is good enough, of a range.", _of("goal", "low")),
        _level(
            "goal_high", "The highest level that is good enough, of a range.", _of("goal", "high")
        ),
        _level("tolerance", "How far outside the goal still meets it.", _of("tolerance")),
        _text("deadline", "The words for the day by which it is due.", _of("deadline"), _WORDING),
        _text("since", "The first period that it covers.", _of("since")),
        _text("every", "How long before each period the one to improve on lies.", _of("every")),
        Field(
            "interim_levels",
            "texts",
            "The levels of goals on the way, earliest first.",
            lambda one: [write_quantity(each.level) for each in getattr(one, "interim", ())],
        ),
        Field(
            "interim_deadlines",
            "texts",
            "The words for the days by which they are due.",
            lambda one: [each.deadline.wording for each in getattr(one, "interim", ())],
        ),
        _text(
            "trajectory",
            "How the level is expected to change on the way. Default: `straight`.",
            _of("trajectory"),
        ),
        Field(
            "document",
            "text",
            "The id of the document that it was read in.",
            _of("citation", "document"),
        ),
        _text("section", "The heading above it there.", _of("citation", "section")),
        _text("item", "Which row or paragraph it is there.", _of("citation", "item")),
    ),
    shown=(
        ShownColumn("Target", "id", on_hover=("statement", "document", "section", "item")),
        ShownColumn("Kind", "kind"),
        ShownColumn("Measure", "measure"),
        ShownColumn("Area", "area"),
        ShownColumn("Baseline", "baseline_level", also=("baseline_period",)),
        ShownColumn("Change", "change"),
        ShownColumn("Goal", "goal", also=("goal_low", "goal_high")),
        ShownColumn("Deadline", "deadline"),
    ),
)
