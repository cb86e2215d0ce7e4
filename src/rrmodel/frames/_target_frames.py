"""Targets in a frame, one row for each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, cast

import narwhals.stable.v2 as nw
from narwhals.exceptions import DuplicateError

from rrmodel.errors import RecordError
from rrmodel.frames._in_python import cells_of
from rrmodel.io import targets_from_rows
from rrmodel.model import Measure, Plan, Target

__all__ = ["TargetFrame", "records_of"]

_NAMES = "each column of a frame of targets needs a name, a text, and no name twice: rename them"


class TargetFrame(Protocol):
    """A frame that is not lazy, with the columns :data:`rrmodel.io.TARGET_COLUMNS`."""

    @property
    def columns(self) -> object:
        """Its columns."""


def records_of(
    targets: Plan | Target | Iterable[Plan | Target] | TargetFrame,
    measures: Iterable[Measure] | None,
) -> Plan | Target | Iterable[Plan | Target]:
    """Return targets as they are, or the records of a frame of them.

    Args:
        targets: The targets.
        measures: The measures that a frame names.

    Raises:
        LoadError: Rows have errors; all of them are reported at once.
        RecordError: A frame is lazy, has columns without a name or with the same one, or comes
            without its measures.

    Warns:
        LossWarning: A frame has columns that are not part of the layout.
    """
    try:
        frame_or_targets: object = nw.from_native(targets, pass_through=True)
    except DuplicateError as error:  # pandas lets two columns have one name
        raise RecordError(_NAMES) from error
    if isinstance(frame_or_targets, nw.LazyFrame):
        raise RecordError(
            f"the targets are a lazy frame of {frame_or_targets.implementation.name.lower()}, and "
            "targets are not collected here: collect them first"
        )
    if not isinstance(frame_or_targets, nw.DataFrame):
        return cast("Plan | Target | Iterable[Plan | Target]", targets)
    if measures is None:
        raise RecordError(
            "a frame of targets names measures and does not describe them: give measures=, such "
            "as the measures of a plan"
        )
    frame: nw.DataFrame[Any] = nw.from_native(cast("Any", targets), eager_only=True)
    names: list[object] = [*frame.columns]
    if not all(isinstance(name, str) for name in names):  # pandas has columns with numbers
        raise RecordError(_NAMES)
    columns = cells_of(frame)
    cells = zip(*columns.values(), strict=True)
    return targets_from_rows(
        (dict(zip(columns, row, strict=True)) for row in cells), measures=measures
    )
