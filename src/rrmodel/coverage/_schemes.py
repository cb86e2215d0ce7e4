"""A plan mapped to another pathway scheme."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import ClassVar, get_args

import attrs

from rrmodel.coverage._contents import (
    COLUMNS,
    COUNTS,
    SCHEMA_VERSION,
    SHOWN_COUNTS,
    Column,
    PathwayCoverage,
    check_column,
    filled_cells,
)
from rrmodel.coverage._coverage import coverage
from rrmodel.errors import RecordError, UnknownNameError, did_you_mean
from rrmodel.model import (
    Activity,
    Correspondence,
    Crosswalk,
    Fact,
    MeasuredTarget,
    Objective,
    PathwayScheme,
    PathwaySchemes,
    Plan,
    Strength,
    Target,
    distinct_names,
)
from rrmodel.periods import Deadline
from rrmodel.quantities import counted
from rrmodel.records import Field, Layout, Result, ShownColumn, Table, short_repr

__all__ = ["SchemeCoverage", "SchemeRow", "coverage_through"]

_STRENGTHS: tuple[Strength, ...] = get_args(Strength)


_ROW: Layout[SchemeRow] = Layout(
    "scheme_row",
    "The contents of a plan that correspond to a pathway of another scheme.",
    (
        Field("pathway", "text", "The id of the pathway in the scheme.", lambda row: row.pathway),
        Field("name", "text", "Its name in the scheme.", lambda row: row.name),
        Field(
            "counts", "record", "How many there are of each.", lambda row: row.counts(), of=COUNTS
        ),
        Field(
            "is_upper_bound",
            "flag",
            "Whether the counts may include records that do not belong to it.",
            lambda row: row.is_upper_bound,
        ),
        Field(
            "pathways",
            "texts",
            "The ids of the pathways of the plan that correspond to it.",
            lambda row: [each.pathway for each in row.pathways],
        ),
        Field(
            "correspondences",
            "records",
            "The correspondences of the crosswalk.",
            lambda row: row.correspondences,
            of=Correspondence.layout,
        ),
    ),
    shown=(
        ShownColumn(
            "Pathway", "name", on_hover=("pathway", "pathways"), distinguished_by="pathway"
        ),
        ShownColumn("Upper bound", "is_upper_bound"),
        *SHOWN_COUNTS,
    ),
)
_COVERAGE: Layout[SchemeCoverage] = Layout(
    "scheme_coverage",
    "The coverage of a plan, mapped to another pathway scheme.",
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
        Field("scheme", "text", "The id of the scheme.", lambda one: one.scheme.id),
        Field("crosswalk", "text", "The id of the crosswalk.", lambda one: one.crosswalk.id),
        Field(
            "pathways",
            "records",
            "The pathways of the scheme, in its order.",
            lambda one: one.rows,
            of=_ROW,
        ),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class SchemeRow(Result):
    """A pathway of another scheme, and the parts of a plan that correspond to it.

    Its counts are those of the corresponding pathways of the plan. Where only a part of
    one corresponds, or loosely, that is more than belongs here, and ``is_upper_bound`` says so.
    """

    pathway: str
    """Its id in the scheme."""
    name: str
    """Its name in the scheme."""
    correspondences: tuple[Correspondence, ...]
    """The entries of the crosswalk about it, in either direction."""
    pathways: tuple[PathwayCoverage, ...]
    """The pathways of the plan that correspond to it, each with its contents."""
    is_upper_bound: bool
    """Whether its counts may include records that do not belong to it."""

    layout: ClassVar[Layout[SchemeRow]] = _ROW
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.pathway,
            pathways=self.pathways,
            correspondences=self.correspondences,
            **self.counts(),
        )

    @property
    def needs(self) -> tuple[Fact, ...]:
        """The needs stated there."""
        return tuple(need for each in self.pathways for need in each.needs)

    @property
    def context(self) -> tuple[Fact, ...]:
        """The other facts of the plan's own area."""
        return tuple(fact for each in self.pathways for fact in each.context)

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """The objectives there."""
        return tuple(objective for each in self.pathways for objective in each.objectives)

    @property
    def activities(self) -> tuple[Activity, ...]:
        """The activities there."""
        return tuple(activity for each in self.pathways for activity in each.activities)

    @property
    def partners(self) -> tuple[str, ...]:
        """The ids of the partners that work there, each once."""
        return tuple(dict.fromkeys(partner for each in self.pathways for partner in each.partners))

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets there."""
        return tuple(target for each in self.pathways for target in each.targets)

    @property
    def measured_targets(self) -> tuple[MeasuredTarget, ...]:
        """Those of them that have a measure."""
        return tuple(target for each in self.pathways for target in each.measured_targets)

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The deadlines there."""
        return tuple(deadline for each in self.pathways for deadline in each.deadlines)

    def counts(self) -> dict[Column, int]:
        """Return how many there are in each column."""
        return {column: len(getattr(self, column)) for column in COLUMNS}


@attrs.frozen(kw_only=True, repr=False)
class SchemeCoverage(Result):
    """A plan mapped to another scheme. Iterating it yields the rows."""

    plan: Plan
    """The plan."""
    scheme: PathwayScheme
    """The scheme that it is mapped to."""
    crosswalk: Crosswalk
    """The crosswalk that was used."""
    rows: tuple[SchemeRow, ...]
    """Each pathway of the scheme, in its order."""

    layout: ClassVar[Layout[SchemeCoverage]] = _COVERAGE
    """The fields of :meth:`to_dict`; the rows of :meth:`to_records` are the pathways."""

    def __repr__(self) -> str:
        return short_repr(self, self.plan.id, scheme=self.scheme.id, rows=self.rows)

    def to_table(self) -> Table[SchemeRow]:
        """Return the pathways of the scheme as a table with its columns."""
        caption = f"{self.plan.title}, by the pathways of {self.scheme.name}. {self.summary}"
        return Table(SchemeRow.layout, self.rows, caption=caption)

    @property
    def names(self) -> dict[str, str]:
        """The names of the pathways by their ids, told apart where they are equal."""
        return distinct_names({row.pathway: row.name for row in self.rows})

    @property
    def summary(self) -> str:
        """How many pathways of the scheme, and how many filled cells, there are."""
        filled = filled_cells(row.counts() for row in self.rows)
        return f"{counted(len(self.rows), 'pathway')}. {filled}"

    def __iter__(self) -> Iterator[SchemeRow]:
        return iter(self.rows)

    def without(self, column: Column) -> tuple[str, ...]:
        """Return the ids of the scheme's pathways that have nothing in a column.

        Raises:
            UnknownNameError: There is no such column.
        """
        check_column(column)
        return tuple(row.pathway for row in self.rows if not row.counts()[column])


def coverage_through(
    plan: Plan,
    crosswalk: Crosswalk,
    schemes: PathwaySchemes,
    *,
    strengths: Collection[Strength] = _STRENGTHS,
) -> SchemeCoverage:
    """Return the coverage of a plan, mapped to the other scheme of a crosswalk.

    The plan's own scheme may be at either end: a crosswalk from HMP Leeds to the plans of 2022
    shows a plan of 2022 through the nine pathways of HMP Leeds, and the other way round.

    >>> from rrmodel import datasets
    >>> schemes = datasets.pathway_schemes()
    >>> covered = coverage_through(datasets.load("east-midlands-2022-25"),
    ...     schemes.crosswalk("hmp-leeds", "regional-plans-2022"), schemes)
    >>> covered.without("objectives")
    ('voluntary-sector-involvement',)
    >>> for row in covered.rows[2:4]:
    ...     print(row.pathway, row.correspondences[0].strength, len(row.measured_targets))
    mental-and-physical-health related 0
    drug-and-alcohol-misuse-recovery-wing exact 0

    Args:
        plan: The plan.
        crosswalk: A crosswalk with the plan's scheme at one end.
        schemes: The schemes that it joins.
        strengths: The correspondences that count. Default: all. The others are still in the
            row, with their reasons.

    Raises:
        RecordError: The crosswalk has nothing to do with the plan's scheme.
        UnknownNameError: There is no such scheme or strength.
    """
    for strength in strengths:
        if strength not in _STRENGTHS:
            raise UnknownNameError(
                f"there is no strength {strength!r}: {did_you_mean(strength, _STRENGTHS)}"
            )
    if plan.scheme is None or plan.scheme not in {crosswalk.source, crosswalk.target}:
        raise RecordError(
            f"the crosswalk {crosswalk.id!r} joins {crosswalk.source!r} to {crosswalk.target!r}, "
            f"and the scheme of {plan.id!r} is {plan.scheme!r}: choose a crosswalk with the plan's "
            "scheme at one end"
        )
    backwards = plan.scheme == crosswalk.target
    scheme = schemes.scheme(crosswalk.source if backwards else crosswalk.target)
    rows: list[SchemeRow] = []
    plan_coverage = coverage(plan)
    names = {pathway.id: pathway.scheme_pathway or pathway.id for pathway in plan}
    for pathway in scheme.pathways:
        correspondences = tuple(
            each
            for each in crosswalk.correspondences
            if pathway.id == (each.source if backwards else each.target)
        )
        chosen = [each for each in correspondences if each.strength in strengths]
        theirs = {each.target if backwards else each.source for each in chosen}
        rows.append(
            SchemeRow(
                pathway=pathway.id,
                name=pathway.name,
                correspondences=correspondences,
                pathways=tuple(row for row in plan_coverage if names[row.pathway] in theirs),
                is_upper_bound=any(each.part or each.strength != "exact" for each in chosen),
            )
        )
    return SchemeCoverage(plan=plan, scheme=scheme, crosswalk=crosswalk, rows=tuple(rows))
