"""What the words of a command line stand for: a plan, figures, a day."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import attrs

from rrmodel import datasets, io
from rrmodel.errors import LossWarning, PeriodError, RecordError, UnknownNameError, did_you_mean
from rrmodel.evaluation import Report
from rrmodel.model import (
    Completion,
    Document,
    Observation,
    ObservationSet,
    PathwaySchemes,
    Plan,
)
from rrmodel.periods import parse_deadline

__all__ = [
    "PLAN_HELP",
    "Figures",
    "areas",
    "check_area",
    "read_day",
    "read_figures",
    "read_plan",
]

PLAN_HELP = "\n".join(
    (
        "PLAN is the path of a plan file, or the name of a bundled plan:",
        "",
        "\b",
        *(f"  {name}" for name in datasets.names()),
    )
)
"""What the help of a command says of its PLAN; the line of ``\\b`` keeps the list as it is."""

_TABLES = {".csv", ".xlsx", ".ods"}
_CONTENTS: dict[type[io.Root], str] = {
    Plan: "a plan",
    ObservationSet: "figures",
    PathwaySchemes: "pathway schemes",
}


@attrs.frozen
class Figures:
    """The figures and reports of one or more sets, and the documents that they cite."""

    sets: tuple[ObservationSet, ...]

    @property
    def reports(self) -> tuple[Report, ...]:
        """Every figure, then every report that a milestone was reached."""
        figures = (found for each in self.sets for found in each.observations)
        reports = (found for each in self.sets for found in each.completions)
        return (*figures, *reports)

    def of(self, plan: Plan) -> Iterator[Observation]:
        """Yield the figures of the plan's measures."""
        measures = {measure.id for measure in plan.measures}
        for each in self.sets:
            yield from (found for found in each.observations if found.measure in measures)

    def source(self, observation: Observation) -> Document | None:
        """Return the document that a figure is cited from, if it is cited."""
        if observation.citation is None:
            return None
        # Two files may give one id to two documents: the figure's own set decides.
        home = next(each for each in self.sets if observation in each.observations)
        known = {document.id: document for document in home.documents}
        return known[observation.citation.document]


def read_plan(name: str) -> Plan:
    """Return the bundled plan of that name, or the plan in the file at that path."""
    if name in datasets.names() or not _is_path(name):
        return datasets.load(name)
    with _losses_told():
        record = io.load(name)
    if isinstance(record, Plan):
        return record
    raise RecordError(
        f"{name}: the file has {_CONTENTS[type(record)]}, not a plan: name a file of kind 'plan'"
    )


@contextmanager
def _losses_told() -> Iterator[None]:
    """Write what is lost of a file that is read, one line each, to standard error."""
    with warnings.catch_warnings(record=True) as losses:
        warnings.simplefilter("always", LossWarning)
        yield
    for loss in losses:
        sys.stderr.write(f"{loss.message}\n")


def read_figures(names: Sequence[str], plan: Plan) -> Figures:
    """Return the sets of those names and paths; all bundled sets if there are none.

    A table names its measures by their ids: those of the plan, or of the bundled sets.
    """
    chosen = dict.fromkeys(names) or datasets.observation_sets()
    figures = Figures(tuple(_read_set(name, plan) for name in chosen))
    targets = [target.id for target in plan.targets]
    for found in figures.reports:
        if isinstance(found, Completion) and found.target not in targets:
            advice = did_you_mean(found.target, targets)
            sys.stderr.write(f"a completion reports {found.target!r}, no target here: {advice}\n")
    return figures


def _read_set(name: str, plan: Plan) -> ObservationSet:
    if name in datasets.observation_sets() or not _is_path(name):
        return datasets.observation_set(name)
    if Path(name).suffix.lower() in _TABLES or name == "-":
        bundled = (datasets.observation_set(known) for known in datasets.observation_sets())
        measures = [*plan.measures, *(measure for each in bundled for measure in each.measures)]
        known = {measure.id: measure for measure in reversed(measures)}
        with _losses_told():
            return io.load_observations(name, measures=known.values())
    record = io.load(name)
    if isinstance(record, ObservationSet):
        return record
    raise RecordError(
        f"{name}: the file has {_CONTENTS[type(record)]}, not figures: name a file of kind "
        "'observations', or a table such as .csv"
    )


def _is_path(name: str) -> bool:
    separators = {os.sep, os.altsep or os.sep}
    # Path.exists raises for a name that is too long to be one.
    is_named_so = bool(Path(name).suffix) or bool(separators & set(name)) or name == "-"
    return is_named_so or os.path.exists(name)  # noqa: PTH110


def read_day(text: str | None) -> date:
    """Return the day that a text names, or today.

    This is the only clock of the library.

    Raises:
        PeriodError: The text names no day, or does not say exactly which.
    """
    if text is None:
        return datetime.now().astimezone().date()
    try:
        deadline = parse_deadline(text)
    except PeriodError as error:
        raise PeriodError(f"--as-of: {text!r} is no day: write it as 2024-08-01") from error
    if deadline.is_vague:
        raise PeriodError(
            f"--as-of: {text!r} is not one exact day: write it as {deadline.last_day}"
        )
    return deadline.last_day


def areas(plan: Plan, figures: Figures) -> tuple[str, ...]:
    """Return the areas of the figures of a plan's measures, in alphabetical order."""
    return tuple(sorted({found.area for found in figures.of(plan)}))


def check_area(area: str, plan: Plan, figures: Figures) -> None:
    """Check that an area has figures of the plan's measures, or a promise made for it.

    Raises:
        UnknownNameError: It has neither.
    """
    known = sorted({*areas(plan, figures), *(target.area for target in plan.targets)})
    if area not in known:
        raise UnknownNameError(
            f"there is no figure of {area!r} for the measures of this plan: "
            f"{did_you_mean(area, known)}"
        )
