"""The coverage of a plan as records: its rows, its published needs, and its gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import ClassVar, Literal, TypeAlias, get_args

import attrs

from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.model import (
    Activity,
    Fact,
    Figure,
    Measure,
    MeasuredTarget,
    Objective,
    Plan,
    Target,
)
from rrmodel.periods import Deadline
from rrmodel.quantities import Percentage, counted
from rrmodel.records import Field, Layout, Result, ShownColumn, Table, quantity, short_repr

__all__ = [
    "COLUMNS",
    "COUNTS",
    "SCHEMA_VERSION",
    "SHOWN_COUNTS",
    "Column",
    "Coverage",
    "Gap",
    "Missing",
    "NeedCoverage",
    "PathwayCoverage",
    "check_column",
    "filled_cells",
]

SCHEMA_VERSION = "1"
"""The version of the layout of a coverage, which is not that of plan files."""

Column: TypeAlias = Literal[
    "needs",
    "context",
    "objectives",
    "activities",
    "partners",
    "targets",
    "measured_targets",
    "deadlines",
]
"""A column: the records that are counted in a pathway."""

COLUMNS: tuple[Column, ...] = get_args(Column)
"""The columns of a pathway, in the order of a table."""

Missing: TypeAlias = Column | Literal["activity_for_objective", "pathway_for_need"]
"""The missing part: a whole column, an activity for an objective, or a pathway for a need."""


def _counted(column: Column) -> Field[dict[Column, int]]:
    words = column.replace("_", " ")
    return Field(column, "whole", f"How many {words} there are.", lambda counts: counts[column])


COUNTS: Layout[dict[Column, int]] = Layout(
    "counts", "How many there are of each.", tuple(map(_counted, COLUMNS))
)

SHOWN_COUNTS = tuple(
    ShownColumn(column.replace("_", " ").capitalize(), f"counts_{column}") for column in COLUMNS
)
"""The columns that a notebook shows of them."""

_PATHWAY: Layout[PathwayCoverage] = Layout(
    "pathway_coverage",
    "The contents of a pathway.",
    (
        Field("pathway", "text", "The id of the pathway.", lambda row: row.pathway),
        Field("name", "text", "Its name.", lambda row: row.name),
        Field(
            "counts", "record", "How many there are of each.", lambda row: row.counts(), of=COUNTS
        ),
    ),
    shown=(
        ShownColumn("Pathway", "name", on_hover=("pathway",), distinguished_by="pathway"),
        *SHOWN_COUNTS,
    ),
)


def _share(need: NeedCoverage) -> Percentage | None:
    return need.share


def _target_ids(need: NeedCoverage) -> list[str]:
    return [each.id for each in need.targets]


def _measure_ids(need: NeedCoverage) -> list[str]:
    return [each.id for each in need.measures]


def _number_of(name: str) -> Callable[[NeedCoverage], int]:
    return lambda need: len(getattr(need, name))


_COUNTED_IN_NEEDS = ("objectives", "activities", "targets", "measures")

_NEED: Layout[NeedCoverage] = Layout(
    "need_coverage",
    "A need that a plan states, with the objectives, activities and targets for it.",
    (
        Field("id", "text", "The id of the fact that states it.", lambda need: need.fact.id),
        Field("of", "text", "The people or things that the share describes.", lambda need: need.of),
        *quantity("share", "The published share of people who have the need", _share),
        Field(
            "stated_in",
            "text",
            "The id of the pathway that states it; null if no pathway does.",
            lambda need: need.stated_in,
            is_optional=True,
        ),
        Field(
            "pathways",
            "texts",
            "The ids of the pathways that deal with it.",
            lambda need: need.pathways,
        ),
        Field("reason", "text", "How that is known.", lambda need: need.reason),
        Field(
            "objectives",
            "texts",
            "The ids of the objectives of those pathways.",
            lambda need: [each.id for each in need.objectives],
        ),
        Field(
            "activities",
            "texts",
            "The ids of their activities.",
            lambda need: [each.id for each in need.activities],
        ),
        Field(
            "targets",
            "texts",
            "The ids of their targets.",
            _target_ids,
        ),
        Field(
            "measures",
            "texts",
            "The ids of the measures of those targets.",
            _measure_ids,
        ),
        *(
            Field(f"{name}_count", "whole", f"How many {name} there are.", _number_of(name))
            for name in _COUNTED_IN_NEEDS
        ),
    ),
    shown=(
        ShownColumn("Need", "of"),
        ShownColumn("Share", "share"),
        ShownColumn("Pathways", "pathways", on_hover=("reason",)),
        *(
            ShownColumn(name.capitalize(), f"{name}_count", on_hover=(name,))
            for name in _COUNTED_IN_NEEDS
        ),
    ),
)
_GAP: Layout[Gap] = Layout(
    "gap",
    "A gap in a plan, and how to close it.",
    (
        Field(
            "pathway",
            "text",
            "The id of the pathway; null for a need that no pathway deals with.",
            lambda gap: gap.pathway,
            is_optional=True,
        ),
        Field("missing", "text", "The missing part.", lambda gap: gap.missing),
        Field(
            "of",
            "text",
            "The id of the objective or need that it is missing for.",
            lambda gap: gap.of,
            is_optional=True,
        ),
        Field("closed_by", "text", "How to close the gap.", lambda gap: gap.closed_by),
    ),
)
_COVERAGE: Layout[Coverage] = Layout(
    "coverage",
    "The coverage of a plan, and its gaps.",
    (
        Field("schema_version", "text", "The version of this layout.", lambda _: SCHEMA_VERSION),
        Field(
            "kind",
            "text",
            "The kind of this result.",
            lambda _: "coverage",
            choose_from=lambda: ("coverage",),
        ),
        Field("plan", "text", "The id of the plan.", lambda one: one.plan.id),
        Field("title", "text", "Its title.", lambda one: one.plan.title),
        Field(
            "pathways",
            "records",
            "Its pathways, in document order.",
            lambda one: one.rows,
            of=_PATHWAY,
        ),
        Field("needs", "records", "The needs that it states.", lambda one: one.needs, of=_NEED),
        Field("gaps", "records", "Its gaps.", lambda one: one.gaps, of=_GAP),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class PathwayCoverage(Result):
    """The contents of a pathway."""

    pathway: str
    """Its id."""
    name: str
    """Its name."""
    needs: tuple[Fact, ...]
    """The needs that it states."""
    context: tuple[Fact, ...]
    """The other facts of the plan's own area."""
    objectives: tuple[Objective, ...]
    """Its objectives."""
    activities: tuple[Activity, ...]
    """Its activities."""
    partners: tuple[str, ...]
    """The ids of the partners that work in it, each once."""
    targets: tuple[Target, ...]
    """Its targets."""
    measured_targets: tuple[MeasuredTarget, ...]
    """Those of them that have a measure."""
    deadlines: tuple[Deadline, ...]
    """The deadlines of its targets, objectives, activities and commitments, in that order."""

    layout: ClassVar[Layout[PathwayCoverage]] = _PATHWAY
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(self, self.pathway, **self.counts())

    @property
    def is_upper_bound(self) -> bool:
        """Whether its counts may include records that do not belong to it: never, in its plan."""
        return False

    def counts(self) -> dict[Column, int]:
        """Return how many there are in each column."""
        return {column: len(getattr(self, column)) for column in COLUMNS}


@attrs.frozen(kw_only=True, repr=False)
class NeedCoverage(Result):
    """A need that a plan states, with the objectives, activities and targets for it."""

    fact: Fact
    """The fact that states it."""
    figure: Figure | None
    """Its figure; ``None`` if it is stated without one."""
    stated_in: str | None
    """The id of the pathway that states it; ``None`` if another part of the plan states it."""
    pathways: tuple[str, ...]
    """The ids of the pathways that deal with it."""
    reason: str
    """How that is known."""
    objectives: tuple[Objective, ...]
    """The objectives of those pathways."""
    activities: tuple[Activity, ...]
    """Their activities."""
    targets: tuple[Target, ...]
    """Their targets."""
    measures: tuple[Measure, ...]
    """The measures of those targets."""

    layout: ClassVar[Layout[NeedCoverage]] = _NEED
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.fact.id,
            share=self.share,
            pathways=self.pathways,
            objectives=self.objectives,
            activities=self.activities,
            targets=self.targets,
            measures=self.measures,
        )

    @property
    def share(self) -> Percentage | None:
        """The published share of people who have the need, if there is one."""
        value = self.figure.value if self.figure else None
        return value if isinstance(value, Percentage) else None

    @property
    def of(self) -> str:
        """The people or things that the share describes, or the statement if there is no figure."""
        return self.figure.of if self.figure else self.fact.statement


@attrs.frozen(kw_only=True)
class Gap(Result):
    """A gap in a plan, and how to close it."""

    pathway: str | None
    """The id of the pathway; ``None`` for a need that no pathway deals with."""
    missing: Missing
    """The missing part."""
    of: str | None = None
    """The id of the objective or need that it is missing for."""
    closed_by: str
    """How to close the gap, in words."""

    layout: ClassVar[Layout[Gap]] = _GAP
    """The fields of :meth:`to_dict`."""


@attrs.frozen(kw_only=True, repr=False)
class Coverage(Result):
    """The coverage of a plan, and its gaps.

    Iterating it yields the rows, one for each pathway, in the order of the plan.
    """

    plan: Plan
    """The plan."""
    rows: tuple[PathwayCoverage, ...]
    """The counts of each pathway."""
    needs: tuple[NeedCoverage, ...]
    """Each published need, with what the plan sets against it."""
    gaps: tuple[Gap, ...]
    """The gaps: pathway by pathway, then the needs without a pathway."""

    layout: ClassVar[Layout[Coverage]] = _COVERAGE
    """The fields of :meth:`to_dict`; the rows of :meth:`to_records` are the pathways."""

    def __repr__(self) -> str:
        return short_repr(self, self.plan.id, rows=self.rows, needs=self.needs, gaps=self.gaps)

    def to_table(self) -> Table[PathwayCoverage]:
        """Return the pathways as a table with its columns."""
        caption = f"{self.plan.title}. {self.summary}"
        return Table(PathwayCoverage.layout, self.rows, caption=caption)

    @property
    def names(self) -> dict[str, str]:
        """The names of the pathways by their ids, told apart where they are equal."""
        return self.plan.pathway_names

    @property
    def summary(self) -> str:
        """How many pathways, gaps, filled cells, and objectives without an activity there are.

        >>> from rrmodel import coverage, datasets
        >>> print(coverage.coverage(datasets.load("east-midlands-2022-25")).summary)
        4 pathways, 9 gaps. Filled cells: 29 of 32. Objectives without an activity: 6 of 23.
        """
        unserved = [gap.missing for gap in self.gaps].count("activity_for_objective")
        objectives = sum(len(row.objectives) for row in self.rows)
        filled = filled_cells(row.counts() for row in self.rows)
        text = f"{counted(len(self.rows), 'pathway')}, {counted(len(self.gaps), 'gap')}. {filled}"
        if not unserved:
            return text
        return f"{text} Objectives without an activity: {unserved} of {objectives}."

    def __iter__(self) -> Iterator[PathwayCoverage]:
        return iter(self.rows)

    def row(self, pathway: str) -> PathwayCoverage:
        """Return the row of a pathway.

        Raises:
            UnknownNameError: There is no such pathway.
        """
        for row in self.rows:
            if row.pathway == pathway:
                return row
        known = [row.pathway for row in self.rows]
        raise UnknownNameError(f"there is no pathway {pathway!r}: {did_you_mean(pathway, known)}")

    def without(self, column: Column) -> tuple[str, ...]:
        """Return the ids of the pathways that have nothing in a column.

        Raises:
            UnknownNameError: There is no such column.
        """
        check_column(column)
        return tuple(row.pathway for row in self.rows if not row.counts()[column])

    @property
    def share(self) -> Fraction | None:
        """The cells with a record, as a share of all; ``None`` if there is no pathway."""
        filled = sum(bool(count) for row in self.rows for count in row.counts().values())
        return Fraction(filled, len(self.rows) * len(COLUMNS)) if self.rows else None


def check_column(column: str) -> None:
    """Check that there is such a column."""
    if column not in COLUMNS:
        raise UnknownNameError(f"there is no column {column!r}: {did_you_mean(column, COLUMNS)}")


def filled_cells(rows: Iterable[Mapping[Column, int]]) -> str:
    """Return how many cells of a table, a column and a pathway each, have a record, in words."""
    cells = [bool(count) for counts in rows for count in counts.values()]
    return f"Filled cells: {sum(cells)} of {len(cells)}."
