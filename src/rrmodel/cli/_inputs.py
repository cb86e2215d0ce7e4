"""The inputs of a command: a plan, figures, an area and a day."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path

import attrs

from rrmodel import datasets, frames, io
from rrmodel.cli._progress import working
from rrmodel.errors import LossWarning, PeriodError, RecordError, UnknownNameError, did_you_mean
from rrmodel.model import (
    Completion,
    Document,
    Measure,
    Observation,
    ObservationSet,
    Plan,
    document_of,
)
from rrmodel.periods import parse_deadline

__all__ = [
    "PLANS",
    "PLAN_HELP",
    "SETS",
    "Figures",
    "areas",
    "check_area",
    "is_table",
    "known_measures",
    "read_day",
    "read_figures",
    "read_plan",
    "read_set",
    "write_losses",
]

PLANS = (*datasets.names(), *datasets.made_up_plans())
"""The names of the bundled plans, the published ones first."""
SETS = (*datasets.observation_sets(), *datasets.made_up_observation_sets())
"""The names of the bundled sets of figures, the published ones first."""
PLAN_HELP = "\n".join(
    (
        "PLAN is the path of a plan file, or the name of a bundled plan:",
        "",
        "\b",
        *(f"  {name}" for name in datasets.names()),
        *(f"  {name} (made up, for trying things out)" for name in datasets.made_up_plans()),
    )
)
"""The help about PLAN. The line of ``\\b`` keeps click from wrapping the list."""


@attrs.frozen
class Figures:
    """The observations and completions of one or more sets, and the documents that they cite."""

    sets: tuple[ObservationSet, ...]

    @property
    def reports(self) -> tuple[Observation | Completion, ...]:
        """Every observation, then every completion of a milestone."""
        observations = (one for each in self.sets for one in each.observations)
        completions = (one for each in self.sets for one in each.completions)
        return (*observations, *completions)

    def of(self, plan: Plan) -> Iterator[Observation]:
        """Yield the observations of the plan's measures."""
        measures = {measure.id for measure in plan.measures}
        for each in self.sets:
            yield from (one for one in each.observations if one.measure in measures)

    def source(self, observation: Observation) -> Document | None:
        """Return the document that an observation cites, if it cites one."""
        return document_of(observation, self.sets)


def read_plan(name: str) -> Plan:
    """Return the bundled plan of that name, or the plan in the file at that path."""
    if name in PLANS or not _is_path(name):
        return datasets.load(name)
    with write_losses(), _reading(name):
        record = io.load(name)
    if isinstance(record, Plan):
        return record
    raise RecordError(f"{name} is not a plan file: use a file of kind 'plan'")


def _reading(name: str) -> AbstractContextManager[None]:
    """Show that a file is read. Standard input may be typed, so nothing is shown for it."""
    return nullcontext() if name == "-" else working(f"Reading {name}")


@contextmanager
def write_losses() -> Generator[None, None, None]:
    """Write what is lost of a file that is read, one line each, to standard error."""
    with warnings.catch_warnings(record=True) as losses:
        warnings.simplefilter("always", LossWarning)
        yield
    for loss in losses:
        sys.stderr.write(f"{loss.message}\n")


def read_figures(
    names: Sequence[str], plan: Plan, *, query: str | None = None, places: int | None = None
) -> Figures:
    """Return the sets with those names and paths.

    Default: all published sets; for a made-up plan, the made-up sets. A table refers to measures by
    their ids: those of the plan, or of the bundled sets.
    """
    is_made_up = plan.id in datasets.made_up_plans()
    default = datasets.made_up_observation_sets() if is_made_up else datasets.observation_sets()
    chosen = dict.fromkeys(names) or default
    figures = Figures(tuple(read_set(name, [plan], query, places) for name in chosen))
    targets = [target.id for target in plan.targets]
    for record in figures.reports:
        if isinstance(record, Completion) and record.target not in targets:
            advice = did_you_mean(record.target, targets)
            sys.stderr.write(
                f"a completion names the target {record.target!r}, which this plan does not have: "
                f"{advice}\n"
            )
    return figures


def known_measures(plans: Iterable[Plan]) -> tuple[Measure, ...]:
    """Return the measures that a table may name: those of plans, then those of bundled sets."""
    bundled = map(datasets.observation_set, SETS)
    measures = [measure for plan in plans for measure in plan.measures]
    measures += [measure for each in bundled for measure in each.measures]
    known = {measure.id: measure for measure in reversed(measures)}
    return tuple(known.values())


def is_table(name: str) -> bool:
    """Return whether a path is that of a table, a file of columns or a database."""
    return name == "-" or Path(name).suffix.lower() in frames.READ_SUFFIXES


def read_set(
    name: str, plans: Iterable[Plan] = (), query: str | None = None, places: int | None = None
) -> ObservationSet:
    """Return the set with a name, or the figures of a file.

    Args:
        name: The name or the path.
        plans: The plans whose measures a table may name.
        query: The query on a database.
        places: The decimals of binary values in a table without ``places``.
    """
    if name in SETS or not _is_path(name):
        return datasets.observation_set(name)
    if is_table(name):
        measures = known_measures(plans)
        with write_losses(), _reading(name):
            if query is None and (name == "-" or Path(name).suffix.lower() in io.TABLE_SUFFIXES):
                return io.load_observations(name, measures=measures)
            frame = frames.read_observations(name, measures=measures, query=query, places=places)
        figures = frames.observations(frame)
        cited = dict.fromkeys(each.citation.document for each in figures if each.citation)
        return ObservationSet(
            id=Path(name).stem,
            title=Path(name).name,
            documents=tuple(Document(id=document, title=document) for document in cited),
            measures=measures,
            observations=figures,
        )
    suffix = Path(name).suffix.lower()
    if suffix not in io.RECORD_SUFFIXES:
        known = ", ".join((*io.RECORD_SUFFIXES, *frames.READ_SUFFIXES))
        raise RecordError(f"{name}: the suffix {suffix!r} is not that of figures: use {known}")
    with _reading(name):
        record = io.load(name)
    if isinstance(record, ObservationSet):
        return record
    raise RecordError(f"{name} is not an observation file: use a file of kind 'observations'")


def _is_path(name: str) -> bool:
    separators = {os.sep, os.altsep or os.sep}
    # Path.exists raises OSError if the name is too long.
    is_named_so = bool(Path(name).suffix) or bool(separators & set(name)) or name == "-"
    return is_named_so or os.path.exists(name)  # noqa: PTH110


def read_day(text: str | None, option: str = "--as-of") -> date:
    """Return the day that a text names. Default: today, from the only clock of the library.

    Args:
        text: The text.
        option: The option that has it, as a message begins.

    Raises:
        PeriodError: The text is not a valid date, or is vague.
    """
    if text is None:
        return datetime.now().astimezone().date()
    try:
        deadline = parse_deadline(text)
    except PeriodError as error:
        raise PeriodError(f"{option}: {text!r} is not a valid date: use 2024-08-01") from error
    if deadline.is_vague:
        raise PeriodError(
            f"{option}: {text!r} is not one exact day: use a date such as {deadline.last_day}"
        )
    return deadline.last_day


def areas(plan: Plan, figures: Figures) -> tuple[str, ...]:
    """Return the areas of the observations of a plan's measures, in alphabetical order."""
    return tuple(sorted({observation.area for observation in figures.of(plan)}))


def check_area(area: str, plan: Plan, figures: Figures, option: str = "--area") -> None:
    """Check that an area has observations of the plan's measures, or a target of the plan.

    Args:
        area: The area.
        plan: The plan.
        figures: The observations.
        option: The option that names the area, as a message begins.

    Raises:
        UnknownNameError: It has neither.
    """
    known = sorted({*areas(plan, figures), *(target.area for target in plan.targets)})
    if area not in known:
        raise UnknownNameError(
            f"{option}: no figures of {area!r} for the measures of this plan: "
            f"{did_you_mean(area, known)}"
        )
